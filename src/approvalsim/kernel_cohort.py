"""What is decided when the projects of a replication sign; see `cohort`, its readable twin."""

from math import inf

import numpy as np

from approvalsim.kernel_clock import cell_of, drawn, mix, read, uniform
from approvalsim.kernel_records import (
    NONE,
    arc_at,
    case_at,
    compiled,
    compiled_aside,
    edge_at,
    flag_at,
    form_at,
    grade_at,
    index_at,
    key_at,
    number_at,
    project_at,
    stage_at,
)
from approvalsim.luck import Purpose
from approvalsim.plan_parts import COMMITMENT, DRAWN, HARD, STANDARD

_PREPARE = int(Purpose.PREPARE)
_REVIEW = int(Purpose.REVIEW)
_CORRECTION = int(Purpose.CORRECTION)
_NOTICE = int(Purpose.NOTICE)
_SIGNING = int(Purpose.SIGNING)
_ATTRIBUTE = int(Purpose.ATTRIBUTE)
_GRADE = int(Purpose.GRADE)
_PATH = int(Purpose.PATH)
_DROPOUT = int(Purpose.DROPOUT)
_VARY_PREPARE = int(Purpose.VARIATION_PREPARE)
_VARY_REVIEW = int(Purpose.VARIATION_REVIEW)
_UPTAKE = int(Purpose.UPTAKE)


@compiled
def draw_project(rules, world, seed_word, p):
    """Signing, attributes, grade, path, forms and relaxed edges of a project."""
    word = mix(seed_word ^ project_at(rules, p).key)
    whole = mix(word ^ rules.whole_project)
    case = case_at(world, p)
    case.signed = draw_signing(rules, world, p, whole)
    case.drops_out = uniform(whole, _DROPOUT, 0) < rules.dropout
    case.vary_prepare = case.vary_review = 1.0
    if rules.vary_prepare:
        case.vary_prepare = read(rules, rules.vary_prepare, uniform(whole, _VARY_PREPARE, 0))
    if rules.vary_review:
        case.vary_review = read(rules, rules.vary_review, uniform(whole, _VARY_REVIEW, 0))
    first, own = p * rules.attribute_count, rules.own_count
    for a in range(own):
        value = index_at(rules.attribute, p * own + a).value
        if value == DRAWN:
            draw = uniform(mix(word ^ key_at(rules.attribute_keys, a).value), _ATTRIBUTE, 0)
            value = count_up_to(rules.shares, a * rules.value_count, rules.value_count, draw)
        index_at(world.values, first + a).value = value
    grade = project_at(rules, p).grade
    if grade == DRAWN and rules.grade_count:
        draw = uniform(whole, _GRADE, 0)
        grade = count_up_to(rules.grade_shares, 0, rules.grade_count, draw)
    case.grade = grade
    index_at(world.values, first + own).value = STANDARD
    index_at(world.values, first + own + 1).value = grade + 1
    case.path = path_of(rules, world, p, uniform(whole, _PATH, 0))
    index_at(world.values, first + own).value = case.path
    for s in range(rules.stage_count):
        cell = cell_of(rules, world, p, s)
        cell.word = mix(word ^ stage_at(rules, s).key)
        cell.form = form_of(rules, world, p, s)
        draw_stage(rules, world, cell)
    case.relaxed = False
    if case.path == COMMITMENT:
        relax(rules, world, p, word)


@compiled
def draw_signing(rules, world, p, whole):
    """When the project signs: as stated, at a date of its own, or some time after the last one."""
    drawn = read(rules, rules.signing, uniform(whole, _SIGNING, 0))
    if rules.gaps:
        world.gaps += drawn
        drawn = world.gaps
    signed = project_at(rules, p).signed
    return max(rules.first_signing + drawn, rules.as_of) if np.isnan(signed) else signed


@compiled
def count_up_to(numbers, first, count, draw):
    """How many of some cumulative shares the draw has reached: the value that it falls on."""
    reached = 0
    for i in range(first, first + count):
        if draw >= number_at(numbers, i).value:
            reached += 1
    return reached


@compiled
def draw_stage(rules, world, cell):
    """How long the stage takes to prepare, to be reviewed the first time, and to be noticed.

    Drawn for all stages at once because that keeps a processor busiest.
    """
    form = form_at(rules, cell.form)
    vary = case_at(world, cell.project).vary_prepare
    cell.round = 0
    cell.prepare = drawn(rules, form.prepare, cell.word, _PREPARE, 0) * vary
    cell.notice = drawn(rules, form.notice, cell.word, _NOTICE, 0)
    draw_submission(rules, world, cell)


@compiled
def draw_submission(rules, world, cell):
    """The review of the cell's present submission, and the draw that decides its outcome."""
    review = form_at(rules, cell.form).review
    vary = case_at(world, cell.project).vary_review
    cell.review = drawn(rules, review, cell.word, _REVIEW, cell.round) * vary
    cell.verdict = uniform(cell.word, _CORRECTION, cell.round)


@compiled_aside
def relax(rules, world, p, word):
    """Each relaxable edge that the grade allows is relaxed iff its own draw says so."""
    case, edges = case_at(world, p), rules.edge_count
    rank = rank_of(rules, case.grade)
    for e in range(edges):
        arc = arc_at(world, p * edges + e)
        arc.mode, arc.promise, arc.done_at = HARD, NONE, inf
        arc.word = mix(word ^ edge_at(rules, e).key)
        allowed = flag_at(rules.may_relax, rank * edges + e).value
        if allowed and uniform(arc.word, _UPTAKE, 0) < edge_at(rules, e).uptake:
            arc.mode = edge_at(rules, e).relaxed
            case.relaxed = case.relaxed or arc.mode != HARD


@compiled
def rank_of(rules, grade):
    """Where a grade stands in the policy; behind all grades what holds where there are none."""
    return rules.grade_count if grade == DRAWN else grade


@compiled
def form_of(rules, world, p, s):
    """Which form of a stage applies to a project."""
    form = stage_at(rules, s).form_base
    if not stage_at(rules, s).varies:
        return form
    for a in range(rules.attribute_count):
        value = index_at(world.values, p * rules.attribute_count + a).value
        form += value * index_at(rules.form_stride, s * rules.attribute_count + a).value
    return form


@compiled
def path_of(rules, world, p, draw):
    """Who takes the commitment path: the policy on, eligible, not barred, and lucky enough."""
    if not rules.policy:
        return STANDARD
    if project_at(rules, p).path != DRAWN:
        return project_at(rules, p).path
    if (
        not grade_at(rules, rank_of(rules, case_at(world, p).grade)).eligible
        or not draw < rules.share
    ):
        return STANDARD
    for s in range(rules.stage_count):
        if form_at(rules, form_of(rules, world, p, s)).bars_commitment:
            return STANDARD
    return COMMITMENT
