"""Departments of the compiled kernel; see `department`, its readable twin."""

import numpy as np

from approvalsim.kernel_clock import at
from approvalsim.kernel_records import (
    CALLS,
    JUDGE,
    RESTING,
    account_at,
    case_at,
    cell_at,
    compiled,
    compiled_aside,
    compiled_in_place,
    department_at,
    index_at,
    lowest,
    office_at,
    page_at,
    project_at,
    stage_at,
)
from approvalsim.kernel_situation import end_of_review

u8 = np.uint64


@compiled
def priority_of(rules, world, index):
    """Priority class of the project of a cell; who is urged on goes a class before."""
    project = cell_at(world, index).project
    return project_at(rules, project).priority - case_at(world, project).urged


@compiled
def joined_first(world, a, b):
    """Whether one cell is before another by time of joining, project and stage."""
    joined_a, joined_b = cell_at(world, a).since, cell_at(world, b).since
    return joined_a < joined_b or (joined_a == joined_b and a < b)


@compiled
def goes_first(rules, world, a, b):
    """Whether one cell is before another by priority class, then as they have joined."""
    rank_a, rank_b = priority_of(rules, world, a), priority_of(rules, world, b)
    return joined_first(world, a, b) if rank_a == rank_b else rank_a < rank_b


@compiled
def place_in_queue(rules, world, department, place):
    """A place in a department's queue, which goes round in a ring."""
    office = office_at(world, department)
    return index_at(world.queues, office.ring + ((office.first + place) & rules.last_place))


@compiled
def call(world, department):
    """When all else of this instant is done, the department assigns reviewers."""
    world.called |= u8(1) << u8(department % CALLS)


@compiled
def join(rules, world, department, index):
    """Put papers into the department's queue: at its end, unless others have joined just now."""
    place = office_at(world, department).waiting
    office_at(world, department).waiting = place + 1
    if department_at(rules, department).by_priority:
        join_by_priority(rules, world, department, place, index)
        return
    if office_at(world, department).joined_last == world.now:
        place = place_among_the_last(rules, world, department, place, index)
    office_at(world, department).joined_last = world.now
    place_in_queue(rules, world, department, place).value = index


@compiled_aside
def place_among_the_last(rules, world, department, place, index):
    """Make room for papers among those that have joined at the same time."""
    while place > 0:
        before = place_in_queue(rules, world, department, place - 1).value
        if not joined_first(world, index, before):
            break
        place_in_queue(rules, world, department, place).value = before
        place -= 1
    return place


@compiled_aside
def join_by_priority(rules, world, department, place, index):
    """Put papers into a queue that is a heap, so far with so many ``place``s."""
    while place > 0:
        parent = place_in_queue(rules, world, department, (place - 1) >> 1).value
        if not goes_first(rules, world, index, parent):
            break
        place_in_queue(rules, world, department, place).value = parent
        place = (place - 1) >> 1
    place_in_queue(rules, world, department, place).value = index


@compiled
def take_first(rules, world, department):
    """Take the first papers out of the queue."""
    office_at(world, department).waiting -= 1
    first = place_in_queue(rules, world, department, 0).value
    if department_at(rules, department).by_priority:
        fill_up(rules, world, department, office_at(world, department).waiting)
    else:
        office_at(world, department).first += 1
    return first


@compiled_aside
def fill_up(rules, world, department, last):
    """Let the others move up in a queue that is a heap, whose first has gone."""
    moved = place_in_queue(rules, world, department, last).value
    place, child = 0, 1
    while child < last:
        best = place_in_queue(rules, world, department, child).value
        if child + 1 < last:
            right = place_in_queue(rules, world, department, child + 1).value
            if goes_first(rules, world, right, best):
                child, best = child + 1, right
        if goes_first(rules, world, moved, best):
            break
        place_in_queue(rules, world, department, place).value = best
        place, child = child, 2 * child + 1
    place_in_queue(rules, world, department, place).value = moved


@compiled_aside
def rank_anew(rules, world, department):
    """Let the queue follow the priority classes as they are now."""
    waiting = office_at(world, department).waiting
    office_at(world, department).waiting = 0
    for place in range(waiting):
        join(rules, world, department, place_in_queue(rules, world, department, place).value)


@compiled_aside
def withdraw(rules, world, department, project):
    """Take the papers of a project that has left out of the queue."""
    waiting = office_at(world, department).waiting
    office_at(world, department).waiting = 0
    for place in range(waiting):
        index = place_in_queue(rules, world, department, place).value
        if cell_at(world, index).project != project:
            join(rules, world, department, index)


@compiled
def is_reviewed(rules, cell):
    """Whether a reviewer holds the papers, and will finish them even if the project leaves."""
    if cell.step != RESTING + JUDGE or cell.node >= rules.stage_count:
        return False
    return stage_at(rules, cell.node).department >= 0


@compiled
def release(rules, world, books, index, s):
    """The review is done: the reviewer lays the papers down."""
    department = stage_at(rules, s).department
    now = world.now
    office_at(world, department).free += 1
    account_at(books.departments, department).busy += now - cell_at(world, index).started
    if office_at(world, department).waiting:
        call(world, department)


@compiled_in_place
def assign(rules, world, books):
    """The departments, in the scenario's order, give free reviewers to their queues."""
    called = world.called
    world.called = u8(0)
    while called:
        department = lowest(called)
        while department < rules.office_count:
            assign_in(rules, world, books, department)
            department += CALLS
        called &= called - u8(1)


@compiled_in_place
def assign_in(rules, world, books, d):
    """A department gives its free reviewers to its queue."""
    now, office, facts = world.now, office_at(world, d), account_at(books.departments, d)
    for _ in range(min(office.free, office.waiting)):
        index = take_first(rules, world, d)
        cell = cell_at(world, index)
        project, s = cell.project, cell.node
        office.free -= 1
        facts.visits += 1
        facts.wait += now - cell.since
        cell.started = now
        cell.step = RESTING + JUDGE
        page = page_at(books.stages, project * rules.stage_count + s)
        page.review_start = min(page.review_start, now)  # that of the first round
        at(world, end_of_review(rules, world, cell), index)
    facts.longest_queue = max(facts.longest_queue, office.waiting)
