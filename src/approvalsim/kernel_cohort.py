"""What is decided when the projects of a replication sign; see `cohort`, its readable twin."""

import numpy as np

from approvalsim.kernel_clock import cell_of, mix, read, uniform
from approvalsim.kernel_memory import (
    arc_at,
    case_at,
    compiled,
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

_SIGNING = int(Purpose.SIGNING)
_ATTRIBUTE = int(Purpose.ATTRIBUTE)
_GRADE = int(Purpose.GRADE)
_PATH = int(Purpose.PATH)
_DROPOUT = int(Purpose.DROPOUT)
_VARY_PREPARE = int(Purpose.VARIATION_PREPARE)
_VARY_REVIEW = int(Purpose.VARIATION_REVIEW)
_UPTAKE = int(Purpose.UPTAKE)


@compiled
def draw_cohort(rules, world, seed_word):
    """Signing, attributes, grade, path, forms and relaxed edges of every project."""
    own = rules.own_count
    gap_total = 0.0
    for p in range(rules.project_count):
        word = mix(seed_word ^ project_at(rules, p).key)
        whole = mix(word ^ rules.whole_project)
        case = case_at(world, p)
        drawn = read(rules, rules.signing, uniform(whole, _SIGNING, 0))
        if rules.gaps:
            gap_total += drawn
            drawn = gap_total
        signed = project_at(rules, p).signed
        case.signed = rules.first_signing + drawn if np.isnan(signed) else signed
        case.drops_out = uniform(whole, _DROPOUT, 0) < rules.dropout
        case.vary_prepare = case.vary_review = 1.0
        if rules.vary_prepare:
            draw = uniform(whole, _VARY_PREPARE, 0)
            case.vary_prepare = read(rules, rules.vary_prepare, draw)
        if rules.vary_review:
            draw = uniform(whole, _VARY_REVIEW, 0)
            case.vary_review = read(rules, rules.vary_review, draw)
        first = p * rules.attribute_count
        for a in range(own):
            value = index_at(rules.attribute, p * own + a).value
            if value == DRAWN:
                draw = uniform(mix(word ^ key_at(rules.attribute_keys, a).value), _ATTRIBUTE, 0)
                value = 0
                for i in range(a * rules.value_count, (a + 1) * rules.value_count):
                    if draw >= number_at(rules.shares, i).value:
                        value += 1
            index_at(world.values, first + a).value = value
        grade = project_at(rules, p).grade
        if grade == DRAWN and rules.grade_count:
            draw = uniform(whole, _GRADE, 0)
            grade = 0
            for i in range(rules.grade_count):
                if draw >= number_at(rules.grade_shares, i).value:
                    grade += 1
        case.grade = grade
        index_at(world.values, first + own).value = STANDARD
        index_at(world.values, first + own + 1).value = grade + 1
        case.path = path_of(rules, world, p, uniform(whole, _PATH, 0))
        index_at(world.values, first + own).value = case.path
        for s in range(rules.stage_count):
            cell = cell_of(rules, world, p, s)
            cell.word = mix(word ^ stage_at(rules, s).key)
            cell.form = form_of(rules, world, p, s)
        case.relaxed = False
        if case.path == COMMITMENT:
            relax(rules, world, p, word)


@compiled
def relax(rules, world, p, word):
    """Each relaxable edge that the grade allows is relaxed iff its own draw says so."""
    case, edges = case_at(world, p), rules.edge_count
    rank = rank_of(rules, case.grade)
    for e in range(edges):
        arc = arc_at(world, p * edges + e)
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
