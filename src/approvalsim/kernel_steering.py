"""督导 and 专班 in the compiled kernel; see `steering`, its readable twin."""

from math import inf

import numpy as np

from approvalsim.kernel_clock import at
from approvalsim.kernel_offices import rank_anew
from approvalsim.kernel_records import (
    case_at,
    compiled,
    compiled_aside,
    cover_at,
    department_at,
    index_at,
    number_at,
    page_at,
)


@compiled
def accompany(rules, world, project, change):
    """A project joins (1) or leaves (-1) those that its team looks after."""
    if rules.is_steered:
        index_at(world.teams, project // rules.team_projects).value += change


@compiled_aside
def pace(rules, world, project):
    """Factor on preparing and reworking that the applicant begins now."""
    factor = 1.0 - rules.effect if case_at(world, project).urged else 1.0
    under_way = index_at(world.teams, project // rules.team_projects).value
    beyond = under_way - rules.team_capacity
    return factor * (1.0 + rules.overload * beyond) if beyond > 0 else factor


@compiled
def is_done(rules, books, project):
    """Whether a project has left or reached the measured milestone."""
    measured = number_at(books.milestones, project * rules.milestone_count + rules.measure).value
    return measured < inf or cover_at(books.projects, project).left < inf


@compiled
def is_on_its_way(rules, world, books, project):
    """Whether a project is signed, has not left and not reached the measured milestone."""
    signed = case_at(world, project).signed
    return signed <= world.now and not is_done(rules, books, project)


@compiled
def review_at(rules, number):
    """When the projects are reviewed for the ``number``-th time, counted from 0."""
    return rules.review_offset + number * rules.review_every


@compiled_aside
def open_supervision(rules, world):
    """Nobody is urged on yet; the first review comes after a signing."""
    first = inf
    for p in range(rules.project_count):
        case = case_at(world, p)
        case.urged, case.led, case.due = False, False, 0
        index_at(world.teams, p).value = 0
        first = min(first, case.signed)
    if rules.is_supervised:
        world.review_number = 0
        while not review_at(rules, world.review_number) >= first:
            world.review_number += 1
        at(world, review_at(rules, world.review_number), rules.first_supervision)


@compiled_aside
def review_projects(rules, world, books):
    """Urge on who is late or has a leader; leaders take on those with the least margin."""
    free = rules.leaders
    for p in range(rules.project_count):
        case = case_at(world, p)
        case.margin = np.nan
        if is_on_its_way(rules, world, books, p):
            case.margin = margin(rules, world, books, p)
            free -= case.led
    while free > 0:
        best = -1
        for p in range(rules.project_count):
            case = case_at(world, p)
            if case.led or np.isnan(case.margin):
                continue
            if best < 0 or case.margin < case_at(world, best).margin:
                best = p
        if best < 0:
            break
        case_at(world, best).led = True
        free -= 1
    changed = False
    for p in range(rules.project_count):
        case = case_at(world, p)
        urged = not np.isnan(case.margin) and (case.margin < 0.0 or case.led)
        changed = changed or urged != case.urged
        case.urged = urged
    if changed:
        for department in range(rules.office_count):
            if department_at(rules, department).by_priority:
                rank_anew(rules, world, department)


@compiled_aside
def margin(rules, world, books, project):
    """Calendar days until the next deadline that is not met yet; negative if it has passed."""
    case = case_at(world, project)
    while case.due < rules.due_count - 1 and is_finished(rules, books, project, case.due):
        case.due += 1
    target = number_at(rules.targets, project).value
    if np.isnan(target):
        target = case.signed + rules.within
    return target - number_at(rules.due_lead, case.due).value - world.now


@compiled
def is_finished(rules, books, project, due):
    """Whether what a deadline is for is done."""
    node = index_at(rules.due_nodes, due).value
    if node < rules.stage_count:
        return page_at(books.stages, project * rules.stage_count + node).finished < inf
    which = node - rules.stage_count
    return number_at(books.milestones, project * rules.milestone_count + which).value < inf
