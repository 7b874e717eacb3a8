"""What stages and milestones tell each other, in the compiled kernel."""

from math import inf

from approvalsim.kernel_clock import at, cell_of, completion
from approvalsim.kernel_records import (
    BEGIN,
    BLOCKED,
    ISSUE,
    LACKING,
    RESTING,
    SUPPLIED,
    UNISSUED,
    UNLAUNCHED,
    arc_at,
    case_at,
    cell_at,
    compiled,
    compiled_aside,
    edge_at,
    entry_at,
    flag_at,
    into_at,
    into_start_at,
    out_at,
    out_start_at,
)
from approvalsim.plan_parts import HARD, PREREVIEW


@compiled
def launch(rules, world, index):
    """Nothing hard is missing any more: the stage or milestone takes its turn to begin."""
    cell = cell_at(world, index)
    if cell.step != UNLAUNCHED:
        announce_change(rules, world, cell.project)
        return
    cell.step = RESTING + BEGIN
    at(world, world.now, index)


@compiled_aside
def announce_change(rules, world, project):
    """Let whatever could not begin look again."""
    for node in range(rules.node_count):
        index = completion(rules, project, node)
        cell = cell_at(world, index)
        if cell.step == BLOCKED:
            cell.step = RESTING + BEGIN
            at(world, world.now, index)


@compiled
def tell(rules, world, project, s, phase):
    """Tell whatever waits for this phase of the stage that it is reached."""
    relaxed = case_at(world, project).relaxed
    for i in range(
        out_start_at(rules, 3 * s + phase).value,
        out_start_at(rules, 3 * s + phase + 1).value,
    ):
        e = out_at(rules, i).value
        if relaxed:
            supply(rules, world, project, e)
        else:
            supply_hard(rules, world, completion(rules, project, edge_at(rules, e).target))


@compiled_aside
def supply(rules, world, project, e):
    """What a dependency waited for is there."""
    arc = arc_at(world, project * rules.edge_count + e)
    index = completion(rules, project, edge_at(rules, e).target)
    cell, now = cell_at(world, index), world.now
    arc.done_at = now
    if arc.mode == HARD:
        supply_hard(rules, world, index)
    elif arc.mode == PREREVIEW:
        cell.unissued -= 1
        if not cell.unissued and cell.step == UNISSUED:
            cell.step = RESTING + ISSUE
            at(world, now, index)
    if arc.promise == LACKING:
        arc.promise = SUPPLIED
        at(world, now, hold_turn(rules, project, e))


@compiled
def supply_hard(rules, world, index):
    """What a hard dependency waited for is there."""
    cell = cell_at(world, index)
    cell.waiting -= 1
    if not cell.waiting:
        launch(rules, world, index)


@compiled
def promise_turn(rules, project, e):
    """Turn of the deadline of an obligation."""
    return rules.first_promise + project * rules.edge_count + e


@compiled
def hold_turn(rules, project, e):
    """Turn of what ends a hold: the missing paper comes, the remedy is done."""
    return rules.first_hold + project * rules.edge_count + e


@compiled
def may_begin(rules, world, project, s):
    """Nothing is missing and no hold stops it; what a hold waits for may always go on."""
    if cell_of(rules, world, project, s).waiting:
        return False
    return not case_at(world, project).holds or is_awaited(rules, world, project, s)


@compiled_aside
def is_awaited(rules, world, project, s):
    """Whether what a hold waits for comes after the stage."""
    for e in range(rules.edge_count):
        promise = arc_at(world, project * rules.edge_count + e).promise
        if (LACKING <= promise <= SUPPLIED) and flag_at(
            rules.before, edge_at(rules, e).source * rules.stage_count + s
        ).value:
            return True
    return False


@compiled
def begin(rules, world, books, project, node):
    """From here on the dependencies of the stage or milestone are what they are."""
    if case_at(world, project).relaxed:
        settle(rules, world, books, project, node)


@compiled_aside
def settle(rules, world, books, project, node):
    """Enter what the dependencies of the stage or milestone are now."""
    cell_of(rules, world, project, node).begun = True
    for i in range(into_start_at(rules, node).value, into_start_at(rules, node + 1).value):
        index = project * rules.edge_count + into_at(rules, i).value
        entry_at(books.arcs, index).edge_mode = arc_at(world, index).mode


@compiled_aside
def bar(rules, world, project):
    """From now on every dependency of what has not begun is hard."""
    for e in range(rules.edge_count):
        arc = arc_at(world, project * rules.edge_count + e)
        cell = cell_of(rules, world, project, edge_at(rules, e).target)
        if arc.mode == HARD or cell.begun:
            continue
        if arc.done_at == inf:
            cell.waiting += 1
            if arc.mode == PREREVIEW:
                cell.unissued -= 1
        arc.mode = HARD
