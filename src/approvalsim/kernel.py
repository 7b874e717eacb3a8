"""The approval model compiled: thousands of replications with no Python object in sight.

The twin of `simulation`, to be read beside it: the same words for the same steps, in the same
order, with the same arithmetic, so that every fact agrees to the last bit. Where SimPy keeps a
process waiting, the kernel keeps a *step* in the cell of the project's stage; a step above
`RESTING` waits for an event, whose turn says which cell it wakes.
"""

import os
from datetime import date
from math import inf

import numpy as np
from numba import config, njit

from approvalsim.facts import Facts
from approvalsim.kernel_cache import folder
from approvalsim.kernel_clock import GAMMA, anything_at, completion, mix, next_event, rise
from approvalsim.kernel_cohort import draw_cohort
from approvalsim.kernel_memory import (
    NONE,
    UNLAUNCHED,
    account_at,
    arc_at,
    case_at,
    cell_at,
    compiled,
    cover_at,
    department_at,
    edge_at,
    entry_at,
    event_at,
    facts_of,
    index_at,
    new_books,
    new_world,
    number_at,
    office_at,
    page_at,
    rules_of,
    stage_at,
)
from approvalsim.kernel_offices import assign, is_reviewed
from approvalsim.kernel_promises import count_stop_work, hold, promise
from approvalsim.kernel_stages import milestone, sign, stage
from approvalsim.plan import Plan, compile_plan
from approvalsim.plan_parts import HARD, PREREVIEW
from approvalsim.scenario import Scenario

if "NUMBA_CACHE_DIR" not in os.environ:
    config.CACHE_DIR = str(folder())  # type: ignore[attr-defined]


def simulate(plan: Plan, seed: int, replications: range) -> Facts:
    """The facts of some replications of a plan (at least one), in their order; see `simulation`."""
    rules, world, books = rules_of(plan), new_world(plan), new_books(plan, len(replications))
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


@compiled
def replicate(rules, world, books, seed_word):
    """One replication, from the first signing to the last event or the horizon."""
    open_books(rules, world, books, seed_word)
    signings = rules.project_count * rules.node_count
    promises = rules.project_count * (rules.node_count + 1)
    holds = promises + rules.project_count * rules.edge_count
    while anything_at(world, rules.last_instant):
        turn, subject = next_event(world)
        if not is_idle(rules, world, subject, turn >= promises):
            world.last_before, world.last = world.last, world.now
        if turn >= holds:
            hold(rules, world, books, arc_at(world, subject).project, subject)
        elif turn >= promises:
            promise(rules, world, books, arc_at(world, subject).project, subject)
        elif subject >= signings:
            sign(rules, world, subject - signings)
        else:
            cell = cell_at(world, subject)
            if cell.node < rules.stage_count:
                stage(rules, world, books, cell.project, cell.node)
            else:
                milestone(rules, world, books, cell.project, cell.node)
        if world.called_count and not anything_at(world, world.now):
            assign(rules, world, books)
    if anything_to_come(rules, world):
        stop_at_horizon(rules, world, books)
    number_at(books.whole, 0).value = world.last


@compiled
def is_idle(rules, world, subject, is_promise):
    """Whether nobody waits for an event any more, its project having left."""
    if is_promise:
        return case_at(world, arc_at(world, subject).project).left
    if subject >= rules.project_count * rules.node_count:
        return False
    cell = cell_at(world, subject)
    return case_at(world, cell.project).left and not is_reviewed(rules, cell)


@compiled
def anything_to_come(rules, world):
    """Whether there are events beyond the horizon that anybody still waits for."""
    promises = rules.project_count * (rules.node_count + 1)
    for place in range(world.later_count):
        event = event_at(world.later, place)
        if not is_idle(rules, world, event.subject, event.turn >= promises):
            return True
    return world.signing_count > 0


@compiled
def open_books(rules, world, books, seed_word):
    """Nothing has happened yet."""
    draw_cohort(rules, world, seed_word)
    stages, edges = rules.stage_count, rules.edge_count
    nodes = rules.node_count
    world.now, world.later_count, world.present_count, world.called_count = -1.0, 0, 0, 0
    world.seed_word, world.last, world.last_before = seed_word, 0.0, 0.0
    for d in range(rules.office_count):
        office, facts = office_at(world, d), account_at(books.departments, d)
        office.free, office.waiting, office.called = (
            department_at(rules, d).reviewers,
            0,
            False,
        )
        facts.busy, facts.wait, facts.visits, facts.longest_queue = 0.0, 0.0, 0, 0
    for m in range(rules.project_count * rules.milestone_count):
        number_at(books.milestones, m).value = inf
    for p in range(rules.project_count):
        case, facts = case_at(world, p), cover_at(books.projects, p)
        case.holds, case.held_since, case.left = 0, inf, False
        facts.signed, facts.left, facts.path, facts.stop_work = case.signed, inf, case.path, 0.0
        for a in range(rules.attribute_count):
            i = p * rules.attribute_count + a
            index_at(books.values, i).value = index_at(world.values, i).value
        for node in range(nodes):
            cell = cell_at(world, p * nodes + node)
            cell.step, cell.waiting, cell.unissued, cell.begun = UNLAUNCHED, 0, 0, False
        for e in range(edges):
            arc = arc_at(world, p * edges + e)
            arc.promise, arc.done_at = NONE, inf
            target = cell_at(world, p * nodes + edge_at(rules, e).target)
            if arc.mode == HARD:
                target.waiting += 1
            elif arc.mode == PREREVIEW:
                target.unissued += 1
            entry = entry_at(books.arcs, p * edges + e)
            entry.edge_mode = arc.mode
            entry.obliged = entry.breached = entry.remedied = inf
        for s in range(stages):
            open_page(page_at(books.stages, p * stages + s))
        turn, subject = completion(rules, p, -1), rules.project_count * nodes + p
        rise(world.signings, p, case.signed, turn, subject)
    world.signing_count = rules.project_count


@compiled
def open_page(page):
    """Nothing has happened yet in a stage."""
    page.ready = page.submitted = page.review_start = page.reviewed = page.finished = inf
    page.queue = page.review = page.rework = page.meeting = page.notice = page.issue = 0.0
    page.rounds = page.over_statutory = 0


@compiled
def stop_at_horizon(rules, world, books):
    """What is under way at the horizon counts up to it."""
    end = rules.end
    world.now = world.last = end
    stages = rules.stage_count
    nodes = rules.node_count
    for p in range(rules.project_count):
        if case_at(world, p).holds:
            count_stop_work(rules, world, books, p, end)
        for s in range(stages):
            cell = cell_at(world, p * nodes + s)
            if is_reviewed(rules, cell):
                department = stage_at(rules, s).department
                account_at(books.departments, department).busy += end - cell.started


@njit(nogil=True, cache=True, error_model="numpy")
def replicate_range(rules_, world_, books_, seed, first, count):
    """Fill the books with so many replications from ``first`` on, a row for each."""
    rules, world, books = rules_[0], world_[0], books_[0]
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
