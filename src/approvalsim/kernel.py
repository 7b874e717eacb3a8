"""The approval model compiled: thousands of replications with no Python object in sight.

The twin of `simulation`, to be read beside it: the same words for the same steps, in the same
order, with the same arithmetic, so that every fact agrees to the last bit. Where SimPy keeps a
process waiting, the kernel keeps a *step* in the cell of the project's stage; a step above
`RESTING` waits for an event, whose turn says which cell it wakes.
"""

import os
from datetime import date
from math import inf
from threading import get_ident

import numpy as np
from numba import config, njit

from approvalsim.facts import Facts
from approvalsim.kernel_cache import folder
from approvalsim.kernel_clock import (
    GAMMA,
    add_event,
    at,
    cell_of,
    clear,
    completion,
    mix,
    next_instant,
    next_turn,
    open_instant,
)
from approvalsim.kernel_cohort import draw_project
from approvalsim.kernel_memory import facts_of, new_books, rules_of, world_of
from approvalsim.kernel_offices import assign, is_reviewed
from approvalsim.kernel_promises import count_stop_work, hold, promise
from approvalsim.kernel_records import (
    UNLAUNCHED,
    account_at,
    arc_at,
    case_at,
    cell_at,
    compiled,
    compiled_aside,
    compiled_in_place,
    cover_at,
    department_at,
    edge_at,
    entry_at,
    event_at,
    fixed,
    into_start_at,
    lay,
    number_at,
    office_at,
    stage_at,
)
from approvalsim.kernel_stages import milestone, sign, stage
from approvalsim.kernel_steering import is_done, open_supervision, review_at, review_projects
from approvalsim.plan import Plan, compile_plan
from approvalsim.plan_parts import HARD, PREREVIEW
from approvalsim.scenario import Scenario

if "NUMBA_CACHE_DIR" not in os.environ:
    config.CACHE_DIR = str(folder())  # type: ignore[attr-defined]


def simulate(plan: Plan, seed: int, replications: range) -> Facts:
    """The facts of some replications of a plan (at least one), in their order; see `simulation`."""
    rules, world = rules_of(plan), world_of(plan, get_ident())
    books = new_books(plan, len(replications))
    replicate_range(
        rules.record,
        world.record,
        books.record,
        np.uint64(seed),
        replications.start,
        len(replications),
    )
    return facts_of(plan, seed, replications, books)


def compile_now() -> None:
    """Have everything compiled, by running the smallest scenario there can be."""
    smallest = {
        "format": 1,
        "id": "smallest",
        "start": date(2022, 1, 1),
        "calendar": {"kind": "everyday"},
        "stage": {"only": {}},
        "milestone": {"groundbreaking": {"after": {"only": {}}}},
        "projects": {"count": 1, "arrivals": {"kind": "all_at", "date": date(2022, 1, 1)}},
    }
    simulate(compile_plan(Scenario.model_validate(smallest)), 0, range(1))


@compiled_in_place
def replicate(rules, world, books, seed_word):
    """One replication, from the first signing to the last event or the horizon."""
    open_books(rules, world, books, seed_word)
    while next_instant(world) <= rules.last_instant:
        open_instant(world)
        while world.present_count:
            happen(rules, world, books, next_turn(world))
            if not world.present_count and world.called:
                assign(rules, world, books)
    if anything_to_come(rules, world):
        stop_at_horizon(rules, world, books)
    number_at(books.whole, 0).value = world.last


@compiled_in_place
def happen(rules, world, books, turn):
    """What takes its turn now."""
    if not is_idle(rules, world, turn):
        world.last_before, world.last = world.last, world.now
    if turn < rules.first_promise:
        cell = cell_at(world, turn)
        if cell.node >= rules.stage_count:
            milestone(rules, world, books, turn, cell.project, cell.node)
        elif cell.node >= 0:
            stage(rules, world, books, turn, cell.project, cell.node)
        else:
            sign(rules, world, cell.project)
    elif turn < rules.first_hold:
        promise(rules, world, books, turn - rules.first_promise)
    elif turn < rules.first_supervision:
        hold(rules, world, books, turn - rules.first_hold)
    else:
        supervise(rules, world, books)


@compiled
def is_idle(rules, world, turn):
    """Whether nobody waits for an event any more, its project having left; no one for a review."""
    if turn >= rules.first_supervision:
        return True
    if not world.anybody_left:
        return False
    if turn >= rules.first_promise:
        arc = (turn - rules.first_promise) % (rules.project_count * rules.edge_count)
        return case_at(world, arc_at(world, arc).project).left
    cell = cell_at(world, turn)
    return case_at(world, cell.project).left and not is_reviewed(rules, cell)


@compiled_aside
def anything_to_come(rules, world):
    """Whether there are events beyond the horizon that anybody still waits for."""
    for place in range(world.later_count):
        if not is_idle(rules, world, event_at(world.later, place).turn):
            return True
    return world.signing_count > 0


@compiled_in_place
def open_books(rules, world, books, seed_word):
    """Nothing has happened yet."""
    clear(world.later, world.later_count)
    clear(world.signings, world.signing_count)
    world.now, world.later_count, world.present_count = -1.0, 0, 0
    world.seed_word, world.last, world.last_before = seed_word, 0.0, 0.0
    world.anybody_left, world.gaps = False, 0.0
    for d in range(rules.office_count):
        office, facts = office_at(world, d), account_at(books.departments, d)
        office.free, office.waiting, office.first = department_at(rules, d).reviewers, 0, 0
        office.joined_last = -1.0
        facts.busy, facts.wait, facts.visits, facts.longest_queue = 0.0, 0.0, 0, 0
    for p in range(rules.project_count):
        draw_project(rules, world, seed_word, p)
        open_project(rules, world, books, p)
        add_event(world.signings, p, case_at(world, p).signed, completion(rules, p, -1))
    world.signing_count = rules.project_count
    if rules.is_steered:
        open_supervision(rules, world)
    lay(books.values, world.values, books.values_size)


@compiled
def open_project(rules, world, books, p):
    """Nothing has happened yet in a project, and every stage waits for all that comes before."""
    case, facts, row = case_at(world, p), cover_at(books.projects, p), np.uint64(p)
    case.holds, case.held_since, case.left = 0, inf, False
    facts.signed, facts.left, facts.path, facts.stop_work = case.signed, inf, case.path, 0.0
    lay(books.stages + row * rules.pages_size, rules.blank_pages, rules.pages_size)
    lay(books.arcs + row * rules.entries_size, rules.blank_entries, rules.entries_size)
    for m in range(rules.milestone_count):
        number_at(books.milestones, p * rules.milestone_count + m).value = inf
    for node in range(rules.node_count):
        cell = cell_of(rules, world, p, node)
        cell.step, cell.unissued, cell.begun = UNLAUNCHED, 0, False
        cell.waiting = into_start_at(rules, node + 1).value - into_start_at(rules, node).value
    if case.relaxed:
        count_relaxed(rules, world, books, p)


@compiled_aside
def count_relaxed(rules, world, books, p):
    """What a stage or milestone need not wait for, its edge being relaxed."""
    for e in range(rules.edge_count):
        arc = arc_at(world, p * rules.edge_count + e)
        entry_at(books.arcs, p * rules.edge_count + e).edge_mode = arc.mode
        if arc.mode == HARD:
            continue
        target = cell_of(rules, world, p, edge_at(rules, e).target)
        target.waiting -= 1
        if arc.mode == PREREVIEW:
            target.unissued += 1


@compiled_aside
def supervise(rules, world, books):
    """Review all projects, and again from time to time, as long as anything else is to come."""
    review_projects(rules, world, books)
    anybody = False
    for p in range(rules.project_count):
        anybody = anybody or not is_done(rules, books, p)
    if anybody and (world.called or anything_to_come(rules, world)):
        world.review_number += 1
        at(world, review_at(rules, world.review_number), rules.first_supervision)


@compiled_aside
def stop_at_horizon(rules, world, books):
    """What is under way at the horizon counts up to it."""
    end = rules.end
    world.now = world.last = end
    for p in range(rules.project_count):
        if case_at(world, p).holds:
            count_stop_work(rules, world, books, p, end)
        for s in range(rules.stage_count):
            cell = cell_of(rules, world, p, s)
            if is_reviewed(rules, cell):
                department = stage_at(rules, s).department
                account_at(books.departments, department).busy += end - cell.started


@njit(nogil=True, cache=True, error_model="numpy")
def replicate_range(rules_, world_, books_, seed, first, count):
    """Fill the books with so many replications from ``first`` on, a row for each."""
    rules, world, books = fixed(rules_[0]), world_[0], books_[0]
    for number in range(first, first + count):
        seed_word = mix(mix(seed) + np.uint64(number + 1) * GAMMA)
        replicate(rules, world, books, seed_word)
        turn_over(books)


@compiled
def turn_over(books):
    """On to the books' next row."""
    books.whole += books.whole_size
    books.stages += books.stages_size
    books.projects += books.projects_size
    books.milestones += books.milestones_size
    books.arcs += books.arcs_size
    books.values += books.values_size
    books.departments += books.departments_size
