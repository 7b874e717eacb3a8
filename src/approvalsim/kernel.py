"""The approval model compiled: thousands of replications with no Python object in sight.

The twin of `simulation`, to be read beside it: the same words for the same steps, in the same
order, with the same arithmetic, so that every fact agrees to the last bit. Where SimPy keeps a
process waiting, the kernel keeps a *step* in the cell of the project's stage; a step above
`RESTING` waits for an event, whose turn says which cell it wakes.
"""

from math import ceil, floor, inf, sqrt

import numpy as np
from numba import njit

from approvalsim.kernel_data import (
    account_at, arc_at, case_at, cell_at, cover_at, department_at, edge_at, entry_at, event_at, flag_at, form_at, grade_at, index_at, key_at, number_at, office_at, page_at, project_at, stage_at, table_at, window_at,
)
from approvalsim.luck import Purpose
from approvalsim.plan import COMMITMENT, DEFERRED, DRAWN, FINISHED, HARD, PREREVIEW, REVIEWED, STANDARD, SUBMITTED

u8 = np.uint64

# The steps of a stage, in their order; a milestone knows only the first and the last.
UNLAUNCHED, BEGIN, SUBMIT, ASK, REVIEW, JUDGE, PASS, CERTIFY, ISSUE, FINISH, ENDED = range(11)
RESTING = 100  # and then comes step - RESTING
BLOCKED = RESTING + 100  # waits for a change in the project
QUEUED = RESTING + 101  # waits for a reviewer
UNISSUED = RESTING + 102  # waits for predecessors after pre-review

# What is going on with a promise.
NONE, PROMISED, LACKING, SUPPLIED, REMEDYING = range(5)

_MIX_1, _MIX_2, _GAMMA = u8(0xBF58476D1CE4E5B9), u8(0x94D049BB133111EB), u8(0x9E3779B97F4A7C15)
_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_12 = u8(30), u8(27), u8(31), u8(12)
_UNIT = 2.0**-52

_SIGNING, _ATTRIBUTE, _GRADE = int(Purpose.SIGNING), int(Purpose.ATTRIBUTE), int(Purpose.GRADE)
_PATH, _DROPOUT, _WINDOW = int(Purpose.PATH), int(Purpose.DROPOUT), int(Purpose.WINDOW)
_VARY_PREPARE, _VARY_REVIEW = int(Purpose.VARIATION_PREPARE), int(Purpose.VARIATION_REVIEW)
_PREPARE, _REVIEW, _REWORK = int(Purpose.PREPARE), int(Purpose.REVIEW), int(Purpose.REWORK)
_CORRECTION, _NOTICE, _UPTAKE = int(Purpose.CORRECTION), int(Purpose.NOTICE), int(Purpose.UPTAKE)
_ISSUE, _BREACH, _REMEDY = int(Purpose.ISSUE), int(Purpose.BREACH), int(Purpose.REMEDY)

compiled = njit(nogil=True, error_model="numpy", forceinline=True)


# Luck


@compiled
def mix(word):
    word = (word ^ (word >> _SHIFT_30)) * _MIX_1
    word = (word ^ (word >> _SHIFT_27)) * _MIX_2
    return word ^ (word >> _SHIFT_31)


@compiled
def uniform(word, purpose, round_):
    counter = u8(round_ * 64 + purpose + 1) * _GAMMA
    return (np.float64(mix(word + counter) >> _SHIFT_12) + 0.5) * _UNIT


@compiled
def read(rules, table, draw):
    """A duration from its table, in the table's unit."""
    cells = table_at(rules.tables, table).cells
    if table_at(rules.tables, table).warped:
        if draw < 0.5:
            draw = sqrt(draw * 0.5)
        else:
            draw = 1.0 - sqrt((1.0 - draw) * 0.5)
    position = draw * cells
    cell = min(np.int64(position), cells - 1)
    knot = table_at(rules.tables, table).start + cell
    low, high = number_at(rules.knots, knot).value, number_at(rules.knots, knot + 1).value
    return min(low + (high - low) * (position - cell), high)


# The working calendar


@compiled
def elapsed(rules, time):
    """Working days elapsed at a time."""
    day = np.int64(floor(time))
    length = rules.day_count
    if day < length:
        worked = number_at(rules.worked, day).value
        return worked + (time - day) if flag_at(rules.works, day).value else worked
    a_week = rules.workdays_a_week
    weeks, weekday = (day - length) // 7, (day - length) % 7
    worked = np.float64(rules.workday_count + a_week * weeks + min(weekday, a_week))
    return worked + (time - day) if weekday < a_week else worked


@compiled
def day_of(rules, workday):
    """Which day a working day is, both counted from 0."""
    if workday < rules.workday_count:
        return number_at(rules.days, workday).value
    a_week, beyond = rules.workdays_a_week, workday - rules.workday_count
    return np.float64(rules.day_count + 7 * (beyond // a_week) + beyond % a_week)


@compiled
def end_of(rules, begin, working_days):
    """When work of so many working days ends."""
    if working_days == 0.0:
        return begin
    target = elapsed(rules, begin) + working_days
    whole = np.int64(target)
    fraction = target - whole
    end = 1.0 + day_of(rules, whole - 1) if fraction == 0.0 else fraction + day_of(rules, whole)
    return end if end > begin else begin


@compiled
def after(rules, begin, duration, workdays):
    """When something begun then ends on the clock."""
    return end_of(rules, begin, duration) if workdays else begin + duration


# The clock: what happens at this instant in a short list, what happens later in a heap


@compiled
def at(rules, world, time, turn, subject):
    """Something happens at a time, at its turn among all that happens then.

    ``subject`` is the cell or arc that it happens to.
    """
    if time == world.now:
        event = event_at(world.present, world.present_count)
        world.present_count += 1
        event.time, event.turn, event.subject = time, turn, subject
        return
    place = world.later_count
    world.later_count = place + 1
    while place > 0:
        parent = event_at(world.later, (place - 1) >> 1)
        if parent.time < time or (parent.time == time and parent.turn < turn):
            break
        put(world, place, parent.time, parent.turn, parent.subject)
        place = (place - 1) >> 1
    put(world, place, time, turn, subject)


@compiled
def put(world, place, time, turn, subject):
    event = event_at(world.later, place)
    event.time, event.turn, event.subject = time, turn, subject


@compiled
def anything_at(world, time):
    """Whether anything is left at an instant that has come."""
    return world.present_count or (
        world.later_count and event_at(world.later, 0).time <= time
    )


@compiled
def next_event(world):
    """Take the next event of this instant, or the first of the next one; gives turn, subject."""
    first = event_at(world.later, 0)
    if not world.present_count:
        world.now = first.time
        return next_later(world)
    best = 0
    for place in range(1, world.present_count):
        if event_at(world.present, place).turn < event_at(world.present, best).turn:
            best = place
    chosen = event_at(world.present, best)
    turn, subject = chosen.turn, chosen.subject
    if world.later_count and first.time == world.now and first.turn < turn:
        return next_later(world)
    world.present_count -= 1
    last = event_at(world.present, world.present_count)
    chosen.turn, chosen.subject = last.turn, last.subject
    return turn, subject


@compiled
def next_later(world):
    """Take the first event off the heap."""
    first = event_at(world.later, 0)
    due = first.turn, first.subject
    last = world.later_count - 1
    world.later_count = last
    moved = event_at(world.later, last)
    time, turn, subject = moved.time, moved.turn, moved.subject
    place, child = 0, 1
    while child < last:
        best = event_at(world.later, child)
        if child + 1 < last:
            right = event_at(world.later, child + 1)
            if right.time < best.time or (right.time == best.time and right.turn < best.turn):
                child, best = child + 1, right
        if time < best.time or (time == best.time and turn < best.turn):
            break
        put(world, place, best.time, best.turn, best.subject)
        place, child = child, 2 * child + 1
    put(world, place, time, turn, subject)
    return due


@compiled
def wake(rules, world, project, node, time):
    """A project's stage or milestone takes its turn at a time."""
    at(rules, world, time, completion(rules, project, node), project * rules.node_count + node)


@compiled
def completion(rules, project, node):
    nodes = rules.node_count
    return project * (nodes + 1) + 1 + node


# The cohort: what is decided when the projects sign


@compiled
def draw_cohort(rules, world, seed_word):
    """Signing, attributes, grade, path, forms and relaxed edges of every project."""
    edges, stages = rules.edge_count, rules.stage_count
    nodes = rules.node_count
    own = rules.own_count
    gap_total = 0.0
    for p in range(rules.project_count):
        word = mix(seed_word ^ project_at(rules.projects, p).key)
        whole = mix(word ^ rules.whole_project)
        case = case_at(world.cases, p)
        drawn = read(rules, rules.signing, uniform(whole, _SIGNING, 0))
        if rules.gaps:
            gap_total += drawn
            drawn = gap_total
        signed = project_at(rules.projects, p).signed
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
        grade = project_at(rules.projects, p).grade
        if grade == DRAWN and rules.grade_count:
            draw = uniform(whole, _GRADE, 0)
            grade = 0
            for i in range(rules.grade_count):
                if draw >= number_at(rules.grade_shares, i).value:
                    grade += 1
        case.grade = grade
        rank = rank_of(rules, grade)
        index_at(world.values, first + own).value = STANDARD
        index_at(world.values, first + own + 1).value = grade + 1
        case.path = path_of(rules, world, p, uniform(whole, _PATH, 0))
        index_at(world.values, first + own).value = case.path
        for s in range(stages):
            cell = cell_at(world.cells, p * nodes + s)
            cell.word = mix(word ^ stage_at(rules.stages, s).key)
            cell.form = form_of(rules, world, p, s)
        for e in range(edges):
            arc = arc_at(world.arcs, p * edges + e)
            arc.word = mix(word ^ edge_at(rules.edges, e).key)
            relaxed = (
                case.path == COMMITMENT
                and flag_at(rules.may_relax, rank * edges + e).value
                and uniform(arc.word, _UPTAKE, 0) < edge_at(rules.edges, e).uptake
            )
            arc.mode = edge_at(rules.edges, e).relaxed if relaxed else HARD


@compiled
def rank_of(rules, grade):
    """Where a grade stands in the policy; behind all grades what holds where there are none."""
    return rules.grade_count if grade == DRAWN else grade


@compiled
def form_of(rules, world, p, s):
    form = stage_at(rules.stages, s).form_base
    for a in range(rules.attribute_count):
        value = index_at(world.values, p * rules.attribute_count + a).value
        form += value * index_at(rules.form_stride, s * rules.attribute_count + a).value
    return form


@compiled
def path_of(rules, world, p, draw):
    """Who takes the commitment path: the policy on, eligible, not barred, and lucky enough."""
    if not rules.policy:
        return STANDARD
    if project_at(rules.projects, p).path != DRAWN:
        return project_at(rules.projects, p).path
    if not grade_at(rules.grades, rank_of(rules, case_at(world.cases, p).grade)).eligible or not draw < rules.share:
        return STANDARD
    for s in range(rules.stage_count):
        if form_at(rules.forms, form_of(rules, world, p, s)).bars_commitment:
            return STANDARD
    return COMMITMENT


# One replication


@compiled
def replicate(rules, world, books, seed_word):
    """One replication, from the first signing to the last event or the horizon."""
    open_books(rules, world, books, seed_word)
    signings = rules.project_count * rules.node_count
    promises = rules.project_count * (rules.node_count + 1)
    holds = promises + rules.project_count * rules.edge_count
    while anything_at(world, rules.last_instant):
        turn, subject = next_event(world)
        if turn >= holds:
            hold(rules, world, books, arc_at(world.arcs, subject).project, subject)
        elif turn >= promises:
            promise(rules, world, books, arc_at(world.arcs, subject).project, subject)
        elif subject >= signings:
            sign(rules, world, subject - signings)
        else:
            cell = cell_at(world.cells, subject)
            if cell.node < rules.stage_count:
                stage(rules, world, books, cell.project, cell.node)
            else:
                milestone(rules, world, books, cell.project, cell.node)
        if world.called and not anything_at(world, world.now):
            assign(rules, world, books)
    if world.later_count:
        stop_at_horizon(rules, world, books)
    number_at(books.whole, 0).value = world.now


@compiled
def open_books(rules, world, books, seed_word):
    """Nothing has happened yet."""
    draw_cohort(rules, world, seed_word)
    stages, edges = rules.stage_count, rules.edge_count
    nodes = rules.node_count
    world.now, world.later_count, world.present_count, world.called = -1.0, 0, 0, False
    world.seed_word = seed_word
    for d in range(rules.office_count):
        office, facts = office_at(world.offices, d), account_at(books.departments, d)
        office.free, office.waiting, office.called = department_at(rules.offices, d).reviewers, 0, False
        facts.busy, facts.wait, facts.visits, facts.longest_queue = 0.0, 0.0, 0, 0
    for m in range(rules.project_count * rules.milestone_count):
        number_at(books.milestones, m).value = inf
    for p in range(rules.project_count):
        case, facts = case_at(world.cases, p), cover_at(books.projects, p)
        case.holds, case.held_since, case.left = 0, inf, False
        facts.signed, facts.left, facts.path, facts.stop_work = case.signed, inf, case.path, 0.0
        for a in range(rules.attribute_count):
            i = p * rules.attribute_count + a
            index_at(books.values, i).value = index_at(world.values, i).value
        for node in range(nodes):
            cell = cell_at(world.cells, p * nodes + node)
            cell.step, cell.waiting, cell.unissued, cell.begun = UNLAUNCHED, 0, 0, False
        for e in range(edges):
            arc = arc_at(world.arcs, p * edges + e)
            arc.promise, arc.done_at = NONE, inf
            target = cell_at(world.cells, p * nodes + edge_at(rules.edges, e).target)
            if arc.mode == HARD:
                target.waiting += 1
            elif arc.mode == PREREVIEW:
                target.unissued += 1
            entry = entry_at(books.arcs, p * edges + e)
            entry.edge_mode = arc.mode
            entry.obliged = entry.breached = entry.remedied = inf
        for s in range(stages):
            open_page(page_at(books.stages, p * stages + s))
        at(rules, world, case.signed, completion(rules, p, -1), rules.project_count * nodes + p)


@compiled
def open_page(page):
    page.ready = page.submitted = page.review_start = page.reviewed = page.finished = inf
    page.queue = page.review = page.rework = page.meeting = page.notice = page.issue = 0.0
    page.rounds = page.over_statutory = 0


@compiled
def stop_at_horizon(rules, world, books):
    """What is under way at the horizon counts up to it."""
    end = rules.end
    world.now = end
    stages = rules.stage_count
    nodes = rules.node_count
    for p in range(rules.project_count):
        if case_at(world.cases, p).holds:
            count_stop_work(rules, world, books, p, end)
        for s in range(stages):
            cell = cell_at(world.cells, p * nodes + s)
            department = stage_at(rules.stages, s).department
            if cell.step == RESTING + JUDGE and department >= 0:
                account_at(books.departments, department).busy += end - cell.started


# A project, its stages and its milestones


@compiled
def sign(rules, world, project):
    """The project is signed: whatever waits for nothing may begin."""
    nodes = rules.node_count
    for node in range(nodes):
        if not cell_at(world.cells, project * nodes + node).waiting:
            launch(rules, world, project, node)


@compiled
def launch(rules, world, project, node):
    """Nothing hard is missing any more: the stage or milestone takes its turn to begin."""
    nodes = rules.node_count
    cell = cell_at(world.cells, project * nodes + node)
    if cell.step != UNLAUNCHED:
        announce_change(rules, world, project)
        return
    cell.step = RESTING + BEGIN
    now = world.now
    wake(rules, world, project, node, now)


@compiled
def announce_change(rules, world, project):
    """Let whatever could not begin look again."""
    nodes = rules.node_count
    now = world.now
    for node in range(nodes):
        cell = cell_at(world.cells, project * nodes + node)
        if cell.step == BLOCKED:
            cell.step = RESTING + BEGIN
            wake(rules, world, project, node, now)


@compiled
def stage(rules, world, books, project, s):
    """One project's stage takes its turn: every step up to the next that takes time."""
    nodes = rules.node_count
    index = project * nodes + s
    cell = cell_at(world.cells, index)
    if case_at(world.cases, project).left:
        if cell.step == RESTING + JUDGE and stage_at(rules.stages, s).department >= 0:
            release(rules, world, books, index, s)
        cell.step = ENDED
        return
    step = cell.step - RESTING
    while step < RESTING and step != ENDED:
        if step == BEGIN:
            step = begin_stage(rules, world, books, project, s)
        elif step == SUBMIT:
            step = submit(rules, world, books, project, s)
        elif step == ASK:
            step = ask(rules, world, books, project, s)
        elif step == REVIEW:
            step = review(rules, world, books, project, s)
        elif step == JUDGE:
            step = judge(rules, world, books, project, s)
        elif step == PASS:
            step = pass_(rules, world, books, project, s)
        elif step == CERTIFY:
            step = certify(rules, world, books, project, s)
        elif step == ISSUE:
            step = issue(rules, world, project, s)
        else:
            step = finish(rules, world, books, project, s)
    cell.step = step


@compiled
def rest_until(rules, world, project, node, time, step):
    """The step to come at a time, or at once if it is not in the future."""
    if time > world.now:
        wake(rules, world, project, node, time)
        return RESTING + step
    return step


@compiled
def spend(rules, world, project, node, table, purpose, multiplier, step):
    """Let a duration of the cell's present round pass; then comes the step."""
    cell = cell_at(world.cells, project * rules.node_count + node)
    if not table:
        return step
    round_ = cell.round if purpose == _REWORK else 0
    duration = read(rules, table, uniform(cell.word, purpose, round_)) * multiplier
    if not duration:
        return step
    end = after(rules, world.now, duration, table_at(rules.tables, table).workdays)
    return rest_until(rules, world, project, node, end, step)


@compiled
def may_begin(rules, world, project, s):
    """Nothing is missing and no hold stops it; what a hold waits for may always go on."""
    nodes, edges = rules.node_count, rules.edge_count
    if cell_at(world.cells, project * nodes + s).waiting:
        return False
    if not case_at(world.cases, project).holds:
        return True
    for e in range(edges):
        promise = arc_at(world.arcs, project * edges + e).promise
        if (promise == LACKING or promise == SUPPLIED) and flag_at(rules.before, edge_at(rules.edges, e).source * rules.stage_count + s).value:
            return True
    return False


@compiled
def begin_stage(rules, world, books, project, s):
    nodes = rules.node_count
    cell, now = cell_at(world.cells, project * nodes + s), world.now
    if now < stage_at(rules.stages, s).not_before:
        return rest_until(rules, world, project, s, stage_at(rules.stages, s).not_before, BEGIN)
    if not may_begin(rules, world, project, s):
        return BLOCKED
    if s == rules.dropout_stage and case_at(world.cases, project).drops_out:
        leave(rules, world, books, project)
        return ENDED
    form = form_at(rules.forms, cell.form)
    cell.round, cell.chance = 0, form.correction
    page_at(books.stages, project * rules.stage_count + s).ready = now
    begin(rules, world, books, project, s)
    vary = case_at(world.cases, project).vary_prepare
    return spend(rules, world, project, s, form.prepare, _PREPARE, vary, SUBMIT)


@compiled
def submit(rules, world, books, project, s):
    page_at(books.stages, project * rules.stage_count + s).submitted = world.now
    tell(rules, world, project, s, SUBMITTED)
    return ASK


@compiled
def ask(rules, world, books, project, s):
    """A submission waits for the first meeting at or after now."""
    cell = cell_at(world.cells, project * rules.node_count + s)
    page = page_at(books.stages, project * rules.stage_count + s)
    now, every = world.now, stage_at(rules.stages, s).meeting_every
    if cell.round:
        page.rework += now - cell.since
    if not every:
        return REVIEW
    offset = stage_at(rules.stages, s).meeting_offset
    number = max(0.0, np.float64(ceil((now - offset) / every)))
    held_at = offset + number * every
    if number and offset + (number - 1.0) * every >= now:
        held_at = offset + (number - 1.0) * every
    elif held_at < now:
        held_at = offset + (number + 1.0) * every
    page.meeting += held_at - now
    return rest_until(rules, world, project, s, held_at, REVIEW)


@compiled
def review_time(rules, world, project, s):
    """Duration of the review of the present round, in the unit of its table."""
    cell = cell_at(world.cells, project * rules.node_count + s)
    table = form_at(rules.forms, cell.form).review
    if not table:
        return 0.0
    draw = uniform(cell.word, _REVIEW, cell.round)
    return read(rules, table, draw) * case_at(world.cases, project).vary_review


@compiled
def review(rules, world, books, project, s):
    """Queue for a reviewer; a stage without a department is reviewed at once."""
    index = project * rules.node_count + s
    cell, now = cell_at(world.cells, index), world.now
    cell.joined = cell.started = now
    department = stage_at(rules.stages, s).department
    if department >= 0:
        join(rules, world, department, index)
        call(world, department)
        return QUEUED
    page = page_at(books.stages, project * rules.stage_count + s)
    if page.review_start == inf:
        page.review_start = now
    duration = review_time(rules, world, project, s)
    table = form_at(rules.forms, cell.form).review
    end = after(rules, now, duration, table_at(rules.tables, table).workdays)
    return rest_until(rules, world, project, s, end, JUDGE)


@compiled
def judge(rules, world, books, project, s):
    """The review is done: passed, or sent back for a correction while rounds remain."""
    index = project * rules.node_count + s
    cell, now = cell_at(world.cells, index), world.now
    form = form_at(rules.forms, cell.form)
    page = page_at(books.stages, project * rules.stage_count + s)
    if stage_at(rules.stages, s).department >= 0:
        release(rules, world, books, index, s)
    page.queue += cell.started - cell.joined
    page.review += now - cell.started
    page.rounds += 1
    if form.statutory < inf:
        page.over_statutory += is_over_statutory(rules, world, project, s)
    sent_back = uniform(cell.word, _CORRECTION, cell.round) < cell.chance
    if not sent_back or cell.round >= form.max_rounds:
        return PASS
    cell.chance = cell.chance * form.decay
    cell.since = now
    step = spend(rules, world, project, s, form.rework, _REWORK, 1.0, ASK)
    cell.round += 1
    return step


@compiled
def is_over_statutory(rules, world, project, s):
    """Whether the review that ends now took more working days than the law allows."""
    cell = cell_at(world.cells, project * rules.node_count + s)
    form = form_at(rules.forms, cell.form)
    if table_at(rules.tables, form.review).workdays or rules.every_day_works:
        return review_time(rules, world, project, s) > form.statutory
    now = world.now
    return elapsed(rules, now) - elapsed(rules, cell.started) > form.statutory


@compiled
def pass_(rules, world, books, project, s):
    cell = cell_at(world.cells, project * rules.node_count + s)
    page_at(books.stages, project * rules.stage_count + s).reviewed = world.now
    tell(rules, world, project, s, REVIEWED)
    return spend(rules, world, project, s, form_at(rules.forms, cell.form).notice, _NOTICE, 1.0, CERTIFY)


@compiled
def certify(rules, world, books, project, s):
    """After pre-review, the certificate waits for all the predecessors."""
    cell = cell_at(world.cells, project * rules.node_count + s)
    page = page_at(books.stages, project * rules.stage_count + s)
    cell.since = world.now
    page.notice = cell.since - page.reviewed
    return UNISSUED if cell.unissued else ISSUE


@compiled
def issue(rules, world, project, s):
    """When the certificate is issued, all predecessors in pre-review mode having finished."""
    latest = now = world.now
    for i in range(index_at(rules.into_start, s).value, index_at(rules.into_start, s + 1).value):
        e = index_at(rules.into, i).value
        arc = arc_at(world.arcs, project * rules.edge_count + e)
        if arc.mode == PREREVIEW:
            table = edge_at(rules.edges, e).issue
            duration = read(rules, table, uniform(arc.word, _ISSUE, 0))
            latest = max(latest, after(rules, now, duration, table_at(rules.tables, table).workdays))
    return rest_until(rules, world, project, s, latest, FINISH)


@compiled
def finish(rules, world, books, project, s):
    cell = cell_at(world.cells, project * rules.node_count + s)
    page = page_at(books.stages, project * rules.stage_count + s)
    page.issue = world.now - cell.since
    page.finished = world.now
    cell.step = ENDED
    tell(rules, world, project, s, FINISHED)
    oblige(rules, world, books, project, s)
    return ENDED


@compiled
def milestone(rules, world, books, project, node):
    """A milestone happens when nothing is missing, no hold runs and its window is open."""
    cell = cell_at(world.cells, project * rules.node_count + node)
    case, now = case_at(world.cases, project), world.now
    if case.left:
        return
    if cell.waiting or case.holds:
        cell.step = BLOCKED
        return
    which = node - rules.stage_count
    opens = opening(rules, world, project, which, now)
    if opens > now:
        wake(rules, world, project, node, opens)
        return
    cell.step = ENDED
    number_at(books.milestones, project * rules.milestone_count + which).value = now
    begin(rules, world, books, project, node)
    oblige(rules, world, books, project, node)


@compiled
def opening(rules, world, project, which, now):
    """Earliest time from now on at which the milestone's window is open for this project."""
    window = window_at(rules.milestones, which)
    if not window.has_window:
        return now
    word = mix(mix(world.seed_word ^ project_at(rules.projects, project).key) ^ window.key)
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


@compiled
def begin(rules, world, books, project, node):
    """From here on the dependencies of the stage or milestone are what they are."""
    cell_at(world.cells, project * rules.node_count + node).begun = True
    for i in range(index_at(rules.into_start, node).value, index_at(rules.into_start, node + 1).value):
        index = project * rules.edge_count + index_at(rules.into, i).value
        entry_at(books.arcs, index).edge_mode = arc_at(world.arcs, index).mode


@compiled
def leave(rules, world, books, project):
    """The project drops out: all that it has under way ends here, its papers are withdrawn."""
    case, now = case_at(world.cases, project), world.now
    cover_at(books.projects, project).left = now
    if case.holds:
        count_stop_work(rules, world, books, project, now)
        case.holds = 0
    case.left = True
    for department in range(rules.office_count):
        withdraw(rules, world, department, project)


@compiled
def tell(rules, world, project, s, phase):
    """Tell whatever waits for this phase of the stage that it is reached."""
    nodes, edges = rules.node_count, rules.edge_count
    now = world.now
    for i in range(index_at(rules.out_start, 3 * s + phase).value, index_at(rules.out_start, 3 * s + phase + 1).value):
        e = index_at(rules.out, i).value
        arc, target = arc_at(world.arcs, project * edges + e), edge_at(rules.edges, e).target
        cell = cell_at(world.cells, project * nodes + target)
        arc.done_at = now
        if arc.mode == HARD:
            cell.waiting -= 1
            if not cell.waiting:
                launch(rules, world, project, target)
        elif arc.mode == PREREVIEW:
            cell.unissued -= 1
            if not cell.unissued and cell.step == UNISSUED:
                cell.step = RESTING + ISSUE
                wake(rules, world, project, target, now)
        if arc.promise == LACKING:
            arc.promise = SUPPLIED
            at(rules, world, now, hold_turn(rules, project, e), project * edges + e)


# Commitments


@compiled
def promise_turn(rules, project, e):
    slots = (rules.node_count + 1)
    return rules.project_count * slots + project * rules.edge_count + e


@compiled
def hold_turn(rules, project, e):
    return rules.project_count * rules.edge_count + promise_turn(rules, project, e)


@compiled
def oblige(rules, world, books, project, node):
    """Whatever went ahead without a paper now owes it."""
    now = world.now
    for i in range(index_at(rules.into_start, node).value, index_at(rules.into_start, node + 1).value):
        e = index_at(rules.into, i).value
        index = project * rules.edge_count + e
        if arc_at(world.arcs, index).mode == DEFERRED and arc_at(world.arcs, index).done_at == inf:
            entry_at(books.arcs, index).obliged = now
            arc_at(world.arcs, index).promise = PROMISED
            deadline = end_of(rules, now, edge_at(rules.edges, e).deadline)
            turn = promise_turn(rules, project, e)
            at(rules, world, deadline, turn, index)


@compiled
def promise(rules, world, books, project, index):
    """The deadline of an obligation: kept, or broken and the project held until it is good."""
    arc, case, now = arc_at(world.arcs, index), case_at(world.cases, project), world.now
    if case.left:
        return
    supplied = arc.done_at < inf
    if supplied and not uniform(arc.word, _BREACH, 0) < grade_at(rules.grades, rank_of(rules, case.grade)).breach:
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


@compiled
def hold(rules, world, books, project, index):
    """What ends a hold: the missing paper comes, or the remedy is done."""
    arc, case, now = arc_at(world.arcs, index), case_at(world.cases, project), world.now
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


@compiled
def remedy(rules, world, project, index):
    """The paper is there: now the broken promise is put right."""
    arc, now = arc_at(world.arcs, index), world.now
    arc.promise = REMEDYING
    table = rules.remedy
    duration = read(rules, table, uniform(arc.word, _REMEDY, 0))
    end = after(rules, now, duration, table_at(rules.tables, table).workdays)
    turn = hold_turn(rules, project, index - project * rules.edge_count)
    at(rules, world, end, turn, index)


@compiled
def bar(rules, world, project):
    """From now on every dependency of what has not begun is hard."""
    nodes, edges = rules.node_count, rules.edge_count
    for e in range(edges):
        arc = arc_at(world.arcs, project * edges + e)
        cell = cell_at(world.cells, project * nodes + edge_at(rules.edges, e).target)
        if arc.mode == HARD or cell.begun:
            continue
        if arc.done_at == inf:
            cell.waiting += 1
            if arc.mode == PREREVIEW:
                cell.unissued -= 1
        arc.mode = HARD


@compiled
def count_stop_work(rules, world, books, project, until):
    """A hold that began after the measured milestone is stop-work."""
    measured = project * rules.milestone_count + rules.measure
    since = case_at(world.cases, project).held_since
    if number_at(books.milestones, measured).value <= since:
        cover_at(books.projects, project).stop_work += until - since


# Departments


@compiled
def priority_of(rules, world, index):
    return project_at(rules.projects, cell_at(world.cells, index).project).priority


@compiled
def goes_first(rules, world, department, a, b):
    """Order of two cells in a queue: priority class, time of joining, project, stage."""
    if department_at(rules.offices, department).by_priority:
        rank_a, rank_b = priority_of(rules, world, a), priority_of(rules, world, b)
        if rank_a != rank_b:
            return rank_a < rank_b
    joined_a, joined_b = cell_at(world.cells, a).joined, cell_at(world.cells, b).joined
    return joined_a < joined_b or (joined_a == joined_b and a < b)


@compiled
def call(world, department):
    """When all else of this instant is done, the department assigns reviewers."""
    office_at(world.offices, department).called = True
    world.called = True


@compiled
def place_in_queue(rules, world, department, place):
    return index_at(world.queues, department * rules.project_count * rules.stage_count + place)


@compiled
def join(rules, world, department, index):
    """Put papers into the department's queue, a heap."""
    place = office_at(world.offices, department).waiting
    office_at(world.offices, department).waiting = place + 1
    while place > 0:
        parent = place_in_queue(rules, world, department, (place - 1) >> 1).value
        if not goes_first(rules, world, department, index, parent):
            break
        place_in_queue(rules, world, department, place).value = parent
        place = (place - 1) >> 1
    place_in_queue(rules, world, department, place).value = index


@compiled
def take_first(rules, world, department):
    """Take the first papers out of the queue."""
    last = office_at(world.offices, department).waiting - 1
    office_at(world.offices, department).waiting = last
    first = place_in_queue(rules, world, department, 0).value
    moved = place_in_queue(rules, world, department, last).value
    place, child = 0, 1
    while child < last:
        best = place_in_queue(rules, world, department, child).value
        if child + 1 < last:
            right = place_in_queue(rules, world, department, child + 1).value
            if goes_first(rules, world, department, right, best):
                child, best = child + 1, right
        if goes_first(rules, world, department, moved, best):
            break
        place_in_queue(rules, world, department, place).value = best
        place, child = child, 2 * child + 1
    place_in_queue(rules, world, department, place).value = moved
    return first


@compiled
def withdraw(rules, world, department, project):
    """Take the papers of a project that has left out of the queue."""
    waiting = office_at(world.offices, department).waiting
    office_at(world.offices, department).waiting = 0
    for place in range(waiting):
        index = place_in_queue(rules, world, department, place).value
        if cell_at(world.cells, index).project != project:
            join(rules, world, department, index)


@compiled
def release(rules, world, books, index, s):
    """The review is done: the reviewer lays the papers down."""
    department = stage_at(rules.stages, s).department
    now = world.now
    office_at(world.offices, department).free += 1
    account_at(books.departments, department).busy += now - cell_at(world.cells, index).started
    call(world, department)


@compiled
def assign(rules, world, books):
    """The departments, in the scenario's order, give free reviewers to their queues."""
    nodes, now = rules.node_count, world.now
    world.called = False
    for d in range(rules.office_count):
        office, facts = office_at(world.offices, d), account_at(books.departments, d)
        if not office.called:
            continue
        office.called = False
        while office.free and office.waiting:
            index = take_first(rules, world, d)
            cell = cell_at(world.cells, index)
            project, s = cell.project, cell.node
            office.free -= 1
            facts.visits += 1
            facts.wait += now - cell.joined
            cell.started = now
            cell.step = RESTING + JUDGE
            page = page_at(books.stages, project * rules.stage_count + s)
            if page.review_start == inf:
                page.review_start = now
            table = form_at(rules.forms, cell.form).review
            duration = review_time(rules, world, project, s)
            end = after(rules, now, duration, table_at(rules.tables, table).workdays)
            wake(rules, world, project, s, end)
        facts.longest_queue = max(facts.longest_queue, office.waiting)


# Many replications


@njit(nogil=True, cache=True, error_model="numpy")
def replicate_range(rules_, world_, books_, seed, first, count):
    """Fill the books with so many replications from ``first`` on, a row for each."""
    rules, world, books = rules_[0], world_[0], books_[0]
    for number in range(first, first + count):
        seed_word = mix(mix(seed) + u8(number + 1) * _GAMMA)
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
