"""What is known of projects by an as-of time, in the compiled kernel."""

from math import inf

import numpy as np

from approvalsim.kernel_clock import after, elapsed, read, rest_until, uniform
from approvalsim.kernel_edges import begin
from approvalsim.kernel_records import (
    BEGIN,
    FINISH,
    SUBMIT,
    case_at,
    cell_at,
    compiled,
    compiled_aside,
    form_at,
    knot_at,
    number_at,
    page_at,
    situation_at,
    table_at,
)
from approvalsim.luck import Purpose

_PREPARE = int(Purpose.PREPARE)
_REVIEW = int(Purpose.REVIEW)
_NOTICE = int(Purpose.NOTICE)


@compiled
def known_of(rules, project, s):
    """What is known of a project's stage; only where anything is known at all."""
    return situation_at(rules, project * rules.stage_count + s)


@compiled_aside
def has_begun(rules, project, node):
    """Whether it is known that a stage has begun, or a milestone happened."""
    if node < rules.stage_count:
        return not np.isnan(known_of(rules, project, node).ready)
    return not np.isnan(happened_at(rules, project, node - rules.stage_count))


@compiled
def happened_at(rules, project, which):
    """When a milestone of a project is known to have happened, or nan."""
    return number_at(rules.happened, project * rules.milestone_count + which).value


@compiled_aside
def level(rules, table, duration):
    """The draw up to which a table's durations are not longer than this one."""
    start, cells = table_at(rules, table).start, table_at(rules, table).cells
    low, high = np.int64(-1), cells + 1
    while high - low > 1:
        middle = (low + high) // 2
        if knot_at(rules, start + middle).value <= duration:
            low = middle
        else:
            high = middle
    if low < 0:
        return 0.0
    if low >= cells:
        return 1.0
    below, above = knot_at(rules, start + low).value, knot_at(rules, start + low + 1).value
    found = (low + (duration - below) / (above - below)) / cells
    if not table_at(rules, table).warped:
        return found
    other = 1.0 - found
    return 2.0 * found * found if found < 0.5 else 1.0 - 2.0 * other * other


@compiled_aside
def end_beyond(rules, world, cell, table, purpose, vary):
    """When something that was begun now ends, given that it has not at the as-of time."""
    now, as_of = world.now, rules.as_of
    workdays = table_at(rules, table).workdays
    spent = rules.worked_by_as_of - elapsed(rules, now) if workdays else as_of - now
    draw, spent = uniform(cell.word, purpose, cell.round), spent / vary
    reached = level(rules, table, spent)
    if reached >= 1.0:
        duration = spent + read(rules, table, draw)
    else:
        duration = read(rules, table, reached + draw * (1.0 - reached))
    return max(as_of, after(rules, now, duration * vary, workdays))


@compiled_aside
def resume(rules, world, books, index, project, s):
    """A stage that is known to have begun becomes ready when it did."""
    cell, known = cell_at(world, index), known_of(rules, project, s)
    now = world.now
    if now < known.ready:
        return rest_until(world, index, known.ready, BEGIN)
    form = form_at(rules, cell.form)
    cell.chance = form.correction
    page_at(books.stages, project * rules.stage_count + s).ready = now
    begin(rules, world, books, project, s)
    end = known.submitted
    if np.isnan(end):
        vary = case_at(world, project).vary_prepare
        end = after(rules, now, cell.prepare, form.prepare_in_workdays)
        if now < rules.as_of:
            end = end_beyond(rules, world, cell, form.prepare, _PREPARE, vary)
    return rest_until(world, index, end, SUBMIT)


@compiled
def submits_from(rules, project, s):
    """Before when a stage shall not be submitted; -inf where it may or already has been."""
    known = known_of(rules, project, s)
    return known.submit_from if np.isnan(known.submitted) else -inf


@compiled
def end_of_review(rules, world, cell):
    """When the review ends that begins now."""
    if world.now < rules.as_of:
        vary = case_at(world, cell.project).vary_review
        review = form_at(rules, cell.form).review
        return end_beyond(rules, world, cell, review, _REVIEW, vary)
    workdays = form_at(rules, cell.form).review_in_workdays
    return after(rules, world.now, cell.review, workdays)


@compiled_aside
def end_of_notice(rules, world, cell):
    """When the notice ends that is under way at the as-of time."""
    return end_beyond(rules, world, cell, form_at(rules, cell.form).notice, _NOTICE, 1.0)


@compiled_aside
def finish_as_known(rules, world, books, index, project, s):
    """The review is passed; the certificate comes when it is known to have come."""
    cell, now = cell_at(world, index), world.now
    end = max(now, known_of(rules, project, s).finished)
    page_at(books.stages, project * rules.stage_count + s).notice = end - now
    cell.since = end
    return rest_until(world, index, end, FINISH)
