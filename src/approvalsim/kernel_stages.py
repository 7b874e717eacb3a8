"""One project through its stages and milestones, in the compiled kernel."""

from math import ceil, inf

import numpy as np

from approvalsim.kernel_clock import (
    after,
    at,
    completion,
    drawn,
    elapsed,
    mix,
    read,
    rest_until,
    uniform,
)
from approvalsim.kernel_cohort import draw_submission
from approvalsim.kernel_edges import begin, launch, may_begin, tell
from approvalsim.kernel_offices import call, is_reviewed, join, release, withdraw
from approvalsim.kernel_promises import count_stop_work, oblige
from approvalsim.kernel_records import (
    ASK,
    BEGIN,
    BLOCKED,
    CERTIFY,
    ENDED,
    FINISH,
    ISSUE,
    JUDGE,
    PASS,
    QUEUED,
    RESTING,
    REVIEW,
    SUBMIT,
    UNISSUED,
    arc_at,
    case_at,
    cell_at,
    compiled,
    compiled_aside,
    compiled_in_place,
    cover_at,
    edge_at,
    form_at,
    into_at,
    into_start_at,
    number_at,
    page_at,
    project_at,
    stage_at,
    table_at,
    window_at,
)
from approvalsim.kernel_situation import (
    end_of_notice,
    end_of_review,
    finish_as_known,
    happened_at,
    has_begun,
    known_of,
    resume,
    submits_from,
)
from approvalsim.kernel_steering import accompany, is_on_its_way, pace
from approvalsim.luck import Purpose
from approvalsim.plan_parts import FINISHED, PREREVIEW, REVIEWED, SUBMITTED
from approvalsim.timetable import ROUNDING

_WINDOW = int(Purpose.WINDOW)
_REWORK = int(Purpose.REWORK)
_ISSUE = int(Purpose.ISSUE)


@compiled
def sign(rules, world, project):
    """The project is signed: whatever waits for nothing may begin."""
    accompany(rules, world, project, 1)
    for node in range(rules.node_count):
        index = completion(rules, project, node)
        if not cell_at(world, index).waiting or (
            rules.is_situated and has_begun(rules, project, node)
        ):
            launch(rules, world, index)


@compiled_in_place
def stage(rules, world, books, index, project, s):
    """One project's stage takes its turn: every step up to the next that takes time."""
    cell = cell_at(world, index)
    if case_at(world, project).left:
        if is_reviewed(rules, cell):
            release(rules, world, books, index, s)
        cell.step = ENDED
        return
    step = cell.step - RESTING
    while step < RESTING and step != ENDED:
        if step == BEGIN:
            step = begin_stage(rules, world, books, index, project, s)
        if step == SUBMIT:
            step = submit(rules, world, books, index, project, s)
        if step == ASK:
            step = ask(rules, world, books, index, project, s)
        if step == REVIEW:
            step = review(rules, world, books, index, project, s)
        if step == JUDGE:
            step = judge(rules, world, books, index, project, s)
        if step == PASS:
            step = pass_(rules, world, books, index, project, s)
        if step == CERTIFY:
            step = certify(rules, world, books, index, project, s)
        if step == ISSUE:
            step = issue(rules, world, index, project, s)
        if step == FINISH:
            step = finish(rules, world, books, index, project, s)
    cell.step = step


@compiled
def spend(rules, world, index, duration, workdays, step):
    """Let a duration pass; then comes the step."""
    if not duration:
        return step
    end = after(rules, world.now, duration, workdays)
    return rest_until(world, index, end, step)


@compiled
def begin_stage(rules, world, books, index, project, s):
    """The stage becomes ready, unless something is missing or the project drops out."""
    cell, now = cell_at(world, index), world.now
    if rules.is_situated and has_begun(rules, project, s):
        return resume(rules, world, books, index, project, s)
    if now < stage_at(rules, s).not_before:
        return rest_until(world, index, stage_at(rules, s).not_before, BEGIN)
    if not may_begin(rules, world, project, s):
        return BLOCKED
    if s == rules.dropout_stage and case_at(world, project).drops_out:
        leave(rules, world, books, project)
        return ENDED
    cell.chance = form_at(rules, cell.form).correction
    page_at(books.stages, project * rules.stage_count + s).ready = now
    begin(rules, world, books, project, s)
    prepare = cell.prepare
    if rules.is_steered:
        prepare = prepare * pace(rules, world, project)
    workdays = form_at(rules, cell.form).prepare_in_workdays
    return spend(rules, world, index, prepare, workdays, SUBMIT)


@compiled
def submit(rules, world, books, index, project, s):
    """The papers are handed in for the first time."""
    if rules.is_situated and world.now < submits_from(rules, project, s):
        return rest_until(world, index, submits_from(rules, project, s), SUBMIT)
    page = page_at(books.stages, project * rules.stage_count + s)
    page.submitted = world.now
    tell(rules, world, project, s, SUBMITTED)
    if rules.is_situated and not np.isnan(known_of(rules, project, s).reviewed):
        page.review_start = world.now
        return rest_until(world, index, known_of(rules, project, s).reviewed, PASS)
    return ASK


@compiled
def ask(rules, world, books, index, project, s):
    """A submission waits for the first meeting at or after now."""
    cell = cell_at(world, index)
    page = page_at(books.stages, project * rules.stage_count + s)
    now, every = world.now, stage_at(rules, s).meeting_every
    if cell.round:
        page.rework += now - cell.since
    if not every:
        return REVIEW
    held_at = next_meeting(now, every, stage_at(rules, s).meeting_offset)
    page.meeting += held_at - now
    return rest_until(world, index, held_at, REVIEW)


@compiled_aside
def next_meeting(now, every, offset):
    """The first meeting at or after now; see `timetable`."""
    number = max(0.0, np.float64(ceil((now - offset) / every)))
    held_at = offset + number * every
    if number and offset + (number - 1.0) * every >= now:
        return offset + (number - 1.0) * every
    return held_at if held_at >= now else offset + (number + 1.0) * every


@compiled
def review(rules, world, books, index, project, s):
    """Queue for a reviewer; a stage without a department is reviewed at once."""
    cell, now = cell_at(world, index), world.now
    cell.since = cell.started = now
    department = stage_at(rules, s).department
    if department >= 0:
        join(rules, world, department, index)
        call(world, department)
        return QUEUED
    if not cell.round:
        page_at(books.stages, project * rules.stage_count + s).review_start = now
    return rest_until(world, index, end_of_review(rules, world, cell), JUDGE)


@compiled
def judge(rules, world, books, index, project, s):
    """The review is done: passed, or sent back for a correction while rounds remain."""
    cell, now = cell_at(world, index), world.now
    form = form_at(rules, cell.form)
    page = page_at(books.stages, project * rules.stage_count + s)
    if stage_at(rules, s).department >= 0:
        release(rules, world, books, index, s)
    enter_review(page, cell.round, cell.started - cell.since, now - cell.started)
    if form.statutory < inf:
        page.over_statutory += is_over_statutory(rules, world, index)
    if not cell.verdict < cell.chance or cell.round >= form.max_rounds:
        return PASS
    cell.chance = cell.chance * form.decay
    cell.since = now
    rework = drawn(rules, form.rework, cell.word, _REWORK, cell.round)
    if rules.is_steered:
        rework = rework * pace(rules, world, project)
    cell.round += 1
    draw_submission(rules, world, cell)
    return spend(rules, world, index, rework, form.rework_in_workdays, ASK)


@compiled
def enter_review(page, round_, queue, review):
    """Add one review to the books."""
    page.queue += queue
    page.review += review
    page.rounds = round_ + 1


@compiled_aside
def is_over_statutory(rules, world, index):
    """Whether the review that ends now took more working days than the law allows."""
    cell = cell_at(world, index)
    form = form_at(rules, cell.form)
    if form.review_in_workdays or rules.every_day_works:
        return cell.review > form.statutory
    taken = elapsed(rules, world.now) - elapsed(rules, cell.started)
    return taken > form.statutory + ROUNDING


@compiled
def pass_(rules, world, books, index, project, s):
    """The review is passed and the notice begins."""
    cell = cell_at(world, index)
    cell.since = world.now
    page_at(books.stages, project * rules.stage_count + s).reviewed = world.now
    tell(rules, world, project, s, REVIEWED)
    if rules.is_situated and not np.isnan(known_of(rules, project, s).finished):
        return finish_as_known(rules, world, books, index, project, s)
    if world.now < rules.as_of:
        return rest_until(world, index, end_of_notice(rules, world, cell), CERTIFY)
    workdays = form_at(rules, cell.form).notice_in_workdays
    return spend(rules, world, index, cell.notice, workdays, CERTIFY)


@compiled
def certify(rules, world, books, index, project, s):
    """After pre-review, the certificate waits for all the predecessors."""
    cell = cell_at(world, index)
    page = page_at(books.stages, project * rules.stage_count + s)
    page.notice = world.now - cell.since
    cell.since = world.now
    return UNISSUED if cell.unissued else ISSUE


@compiled
def issue(rules, world, index, project, s):
    """When the certificate is issued, all predecessors in pre-review mode having finished."""
    if not case_at(world, project).relaxed:
        return FINISH
    return rest_until(world, index, issued(rules, world, project, s), FINISH)


@compiled_aside
def issued(rules, world, project, s):
    """When the certificate is issued, if it waits for what came in after pre-review."""
    latest = now = world.now
    for i in range(into_start_at(rules, s).value, into_start_at(rules, s + 1).value):
        e = into_at(rules, i).value
        arc = arc_at(world, project * rules.edge_count + e)
        if arc.mode == PREREVIEW:
            table = edge_at(rules, e).issue
            duration = read(rules, table, uniform(arc.word, _ISSUE, 0))
            latest = max(latest, after(rules, now, duration, table_at(rules, table).workdays))
    return latest


@compiled
def finish(rules, world, books, index, project, s):
    """The stage is finished; its successors are told."""
    cell = cell_at(world, index)
    page = page_at(books.stages, project * rules.stage_count + s)
    page.issue = world.now - cell.since
    page.finished = world.now
    cell.step = ENDED
    tell(rules, world, project, s, FINISHED)
    oblige(rules, world, books, project, s)
    return ENDED


@compiled
def milestone(rules, world, books, index, project, node):
    """A milestone happens when nothing is missing, no hold runs and its window is open."""
    cell = cell_at(world, index)
    case, now = case_at(world, project), world.now
    if case.left:
        return
    which = node - rules.stage_count
    happened = happened_at(rules, project, which) if rules.is_situated else np.nan
    if now < happened or (np.isnan(happened) and now < rules.as_of):
        at(world, rules.as_of if np.isnan(happened) else happened, index)
        return
    if np.isnan(happened):
        if cell.waiting or case.holds:
            cell.step = BLOCKED
            return
        opens = opening(rules, world, project, which, now)
        if opens > now:
            at(world, opens, index)
            return
    cell.step = ENDED
    number_at(books.milestones, project * rules.milestone_count + which).value = now
    if which == rules.measure:
        accompany(rules, world, project, -1)
    begin(rules, world, books, project, node)
    oblige(rules, world, books, project, node)


@compiled_aside
def opening(rules, world, project, which, now):
    """Earliest time from now on at which the milestone's window is open for this project."""
    window = window_at(rules, which)
    if not window.has_window:
        return now
    word = mix(mix(world.seed_word ^ project_at(rules, project).key) ^ window.key)
    draw = uniform(word, _WINDOW, 0)
    for i in range(rules.new_year_count):
        new_year = number_at(rules.new_years, i).value
        if now < new_year - window.closed_before:
            break
        spread = (window.full_after - window.closed_after) * draw
        resumed = new_year + (window.closed_after + spread)
        if now < resumed:
            return resumed
    return now


@compiled_aside
def leave(rules, world, books, project):
    """The project drops out: all that it has under way ends here, its papers are withdrawn."""
    case, now = case_at(world, project), world.now
    if is_on_its_way(rules, world, books, project):
        accompany(rules, world, project, -1)
    cover_at(books.projects, project).left = now
    if case.holds:
        count_stop_work(rules, world, books, project, now)
        case.holds = 0
    case.left = world.anybody_left = True
    for department in range(rules.office_count):
        withdraw(rules, world, department, project)
