"""Departments of the compiled kernel; see `department`, its readable twin."""

from approvalsim.kernel_clock import at
from approvalsim.kernel_records import (
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
    office_at,
    page_at,
    project_at,
    stage_at,
)
from approvalsim.kernel_situation import end_of_review


@compiled
def priority_of(rules, world, index):
    """Priority class of the project of a cell; who is urged on goes a class before."""
    project = cell_at(world, index).project
    return project_at(rules, project).priority - case_at(world, project).urged


@compiled
def goes_first(rules, world, department, a, b):
    """Order of two cells in a queue: priority class, time of joining, project, stage."""
    if department_at(rules, department).by_priority:
        rank_a, rank_b = priority_of(rules, world, a), priority_of(rules, world, b)
        if rank_a != rank_b:
            return rank_a < rank_b
    joined_a, joined_b = cell_at(world, a).joined, cell_at(world, b).joined
    return joined_a < joined_b or (joined_a == joined_b and a < b)


@compiled
def place_in_queue(world, department, place):
    """A place in a department's queue."""
    return index_at(world.queues, office_at(world, department).first + place)


@compiled
def call(world, department):
    """When all else of this instant is done, the department assigns reviewers."""
    if office_at(world, department).called:
        return
    office_at(world, department).called = True
    place = world.called_count
    world.called_count = place + 1
    while place > 0 and index_at(world.called, place - 1).value > department:
        index_at(world.called, place).value = index_at(world.called, place - 1).value
        place -= 1
    index_at(world.called, place).value = department


@compiled
def join(rules, world, department, index):
    """Put papers into the department's queue, a heap."""
    place = office_at(world, department).waiting
    office_at(world, department).waiting = place + 1
    while place > 0:
        parent = place_in_queue(world, department, (place - 1) >> 1).value
        if not goes_first(rules, world, department, index, parent):
            break
        place_in_queue(world, department, place).value = parent
        place = (place - 1) >> 1
    place_in_queue(world, department, place).value = index


@compiled
def take_first(rules, world, department):
    """Take the first papers out of the queue."""
    last = office_at(world, department).waiting - 1
    office_at(world, department).waiting = last
    first = place_in_queue(world, department, 0).value
    moved = place_in_queue(world, department, last).value
    place, child = 0, 1
    while child < last:
        best = place_in_queue(world, department, child).value
        if child + 1 < last:
            right = place_in_queue(world, department, child + 1).value
            if goes_first(rules, world, department, right, best):
                child, best = child + 1, right
        if goes_first(rules, world, department, moved, best):
            break
        place_in_queue(world, department, place).value = best
        place, child = child, 2 * child + 1
    place_in_queue(world, department, place).value = moved
    return first


@compiled_aside
def rank_anew(rules, world, department):
    """Let the queue follow the priority classes as they are now."""
    waiting = office_at(world, department).waiting
    office_at(world, department).waiting = 0
    for place in range(waiting):
        join(rules, world, department, place_in_queue(world, department, place).value)


@compiled_aside
def withdraw(rules, world, department, project):
    """Take the papers of a project that has left out of the queue."""
    waiting = office_at(world, department).waiting
    office_at(world, department).waiting = 0
    for place in range(waiting):
        index = place_in_queue(world, department, place).value
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
    now = world.now
    count = world.called_count
    world.called_count = 0
    for place in range(count):
        d = index_at(world.called, place).value
        office, facts = office_at(world, d), account_at(books.departments, d)
        office.called = False
        while office.free and office.waiting:
            index = take_first(rules, world, d)
            cell = cell_at(world, index)
            project, s = cell.project, cell.node
            office.free -= 1
            facts.visits += 1
            facts.wait += now - cell.joined
            cell.started = now
            cell.step = RESTING + JUDGE
            if not cell.round:
                page_at(books.stages, project * rules.stage_count + s).review_start = now
            at(world, end_of_review(rules, world, cell), index)
        facts.longest_queue = max(facts.longest_queue, office.waiting)
