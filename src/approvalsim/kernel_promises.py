"""Commitments in the compiled kernel: obligations, breaches, holds, stop-work."""

from math import inf

from approvalsim.kernel_clock import after, at, end_of, read, uniform
from approvalsim.kernel_cohort import rank_of
from approvalsim.kernel_edges import announce_change, bar, hold_turn, promise_turn
from approvalsim.kernel_records import (
    LACKING,
    NONE,
    PROMISED,
    REMEDYING,
    SUPPLIED,
    arc_at,
    case_at,
    compiled,
    compiled_aside,
    cover_at,
    edge_at,
    entry_at,
    grade_at,
    into_at,
    into_start_at,
    number_at,
    table_at,
)
from approvalsim.luck import Purpose
from approvalsim.plan_parts import DEFERRED

_BREACH = int(Purpose.BREACH)
_REMEDY = int(Purpose.REMEDY)


@compiled
def oblige(rules, world, books, project, node):
    """Whatever went ahead without a paper now owes it."""
    if case_at(world, project).relaxed:
        owe(rules, world, books, project, node)


@compiled_aside
def owe(rules, world, books, project, node):
    """Make an obligation of every paper that is still missing."""
    now = world.now
    for i in range(into_start_at(rules, node).value, into_start_at(rules, node + 1).value):
        e = into_at(rules, i).value
        index = project * rules.edge_count + e
        if arc_at(world, index).mode == DEFERRED and arc_at(world, index).done_at == inf:
            entry_at(books.arcs, index).obliged = now
            arc_at(world, index).promise = PROMISED
            # One that has passed unnoticed by the as-of time is broken then.
            deadline = max(rules.as_of, end_of(rules, now, edge_at(rules, e).deadline))
            at(world, deadline, promise_turn(rules, project, e))


@compiled_aside
def promise(rules, world, books, index):
    """The deadline of an obligation: kept, or broken and the project held until it is good."""
    arc, now = arc_at(world, index), world.now
    project = arc.project
    case = case_at(world, project)
    if case.left:
        return
    supplied = arc.done_at < inf
    if (
        supplied
        and not uniform(arc.word, _BREACH, 0) < grade_at(rules, rank_of(rules, case.grade)).breach
    ):
        world.last = world.last_before  # it comes to nothing
        return
    entry_at(books.arcs, index).breached = now
    if not case.holds:
        case.held_since = now
    case.holds += 1
    if not supplied:
        arc.promise = LACKING
    if rules.bar_after_breach:
        bar(rules, world, project)
    announce_change(rules, world, project)
    if supplied:
        remedy(rules, world, project, index)


@compiled_aside
def hold(rules, world, books, index):
    """What ends a hold: the missing paper comes, or the remedy is done."""
    arc, now = arc_at(world, index), world.now
    project = arc.project
    case = case_at(world, project)
    if case.left:
        return
    if arc.promise == SUPPLIED:
        remedy(rules, world, project, index)
        return
    arc.promise = NONE
    entry_at(books.arcs, index).remedied = now
    case.holds -= 1
    if not case.holds:
        count_stop_work(rules, world, books, project, now)
        announce_change(rules, world, project)


@compiled_aside
def remedy(rules, world, project, index):
    """The paper is there: now the broken promise is put right."""
    arc, now = arc_at(world, index), world.now
    arc.promise = REMEDYING
    table = rules.remedy
    duration = read(rules, table, uniform(arc.word, _REMEDY, 0))
    end = after(rules, now, duration, table_at(rules, table).workdays)
    at(world, end, hold_turn(rules, project, arc.edge))


@compiled_aside
def count_stop_work(rules, world, books, project, until):
    """A hold that began after the measured milestone is stop-work."""
    measured = project * rules.milestone_count + rules.measure
    since = case_at(world, project).held_since
    if number_at(books.milestones, measured).value <= since:
        cover_at(books.projects, project).stop_work += until - since
