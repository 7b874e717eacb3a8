"""The approval model compiled: thousands of replications with no Python object in sight.

The twin of `simulation`, to be read beside it: the same words for the same steps, in the same
order, with the same arithmetic, so that every fact agrees to the last bit. Where SimPy keeps a
process waiting, the kernel keeps a *step* in the cell of the project's stage; a step above
`RESTING` waits for an event, whose turn says which cell it wakes.
"""

from math import ceil, floor, inf, sqrt

import numpy as np
from numba import njit

from approvalsim.kernel_data import Books, Rules, World
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

compiled = njit(nogil=True, cache=True, inline="always")
compiled_apart = njit(nogil=True, cache=True)


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
    cells = rules.tables[table].cells
    if rules.tables[table].warped:
        if draw < 0.5:
            draw = sqrt(draw * 0.5)
        else:
            draw = 1.0 - sqrt((1.0 - draw) * 0.5)
    position = draw * cells
    cell = min(np.int64(position), cells - 1)
    knot = rules.tables[table].start + cell
    low, high = rules.knots[knot], rules.knots[knot + 1]
    return min(low + (high - low) * (position - cell), high)


# The working calendar


@compiled_apart
def elapsed(rules, time):
    """Working days elapsed at a time."""
    day = np.int64(floor(time))
    length = len(rules.works)
    if day < length:
        worked = rules.worked[day]
        return worked + (time - day) if rules.works[day] else worked
    a_week = rules.terms[0].workdays_a_week
    weeks, weekday = (day - length) // 7, (day - length) % 7
    worked = np.float64(len(rules.days) + a_week * weeks + min(weekday, a_week))
    return worked + (time - day) if weekday < a_week else worked


@compiled_apart
def day_of(rules, workday):
    """Which day a working day is, both counted from 0."""
    if workday < len(rules.days):
        return rules.days[workday]
    a_week = rules.terms[0].workdays_a_week
    weeks, weekday = (workday - len(rules.days)) // a_week, (workday - len(rules.days)) % a_week
    return np.float64(len(rules.works) + 7 * weeks + weekday)


@compiled_apart
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


# The clock: a heap of times, and of turns among equal times


@compiled_apart
def at(clock, times, turns, time, turn):
    """Something happens at a time, at its turn among all that happens then."""
    place = clock[0].waiting
    clock[0].waiting = place + 1
    while place > 0:
        parent = (place - 1) >> 1
        if times[parent] < time or (times[parent] == time and turns[parent] < turn):
            break
        times[place], turns[place] = times[parent], turns[parent]
        place = parent
    times[place], turns[place] = time, turn


@compiled_apart
def next_turn(clock, times, turns):
    """Take the next event off the clock, which is set to its time."""
    first = turns[0]
    clock[0].now = times[0]
    last = clock[0].waiting - 1
    clock[0].waiting = last
    time, turn = times[last], turns[last]
    place, child = 0, 1
    while child < last:
        right = child + 1
        if right < last and (
            times[right] < times[child]
            or (times[right] == times[child] and turns[right] < turns[child])
        ):
            child = right
        if time < times[child] or (time == times[child] and turn < turns[child]):
            break
        times[place], turns[place] = times[child], turns[child]
        place, child = child, 2 * child + 1
    times[place], turns[place] = time, turn
    return first


@compiled
def completion(rules, project, node):
    nodes = len(rules.stages) + len(rules.milestones)
    return project * (nodes + 1) + 1 + node


# The cohort: what is decided when the projects sign


@compiled
def draw_cohort(rules, world, seed_word):
    """Signing, attributes, grade, path, forms and relaxed edges of every project."""
    terms = rules.terms[0]
    edges, stages = len(rules.edges), len(rules.stages)
    nodes = stages + len(rules.milestones)
    own = rules.attribute.shape[1]
    gap_total = 0.0
    for p in range(len(rules.projects)):
        word = mix(seed_word ^ rules.projects[p].key)
        whole = mix(word ^ terms.whole_project)
        case = world.cases[p]
        drawn = read(rules, terms.signing, uniform(whole, _SIGNING, 0))
        if terms.gaps:
            gap_total += drawn
            drawn = gap_total
        signed = rules.projects[p].signed
        case.signed = terms.first_signing + drawn if np.isnan(signed) else signed
        case.drops_out = uniform(whole, _DROPOUT, 0) < terms.dropout
        case.vary_prepare = case.vary_review = 1.0
        if terms.vary_prepare:
            draw = uniform(whole, _VARY_PREPARE, 0)
            case.vary_prepare = read(rules, terms.vary_prepare, draw)
        if terms.vary_review:
            draw = uniform(whole, _VARY_REVIEW, 0)
            case.vary_review = read(rules, terms.vary_review, draw)
        for a in range(own):
            value = rules.attribute[p, a]
            if value == DRAWN:
                draw = uniform(mix(word ^ rules.attribute_keys[a]), _ATTRIBUTE, 0)
                value = 0
                for bound in rules.shares[a]:
                    if draw >= bound:
                        value += 1
            world.values[p, a] = value
        grade = rules.projects[p].grade
        if grade == DRAWN and len(rules.grade_shares):
            draw = uniform(whole, _GRADE, 0)
            grade = 0
            for bound in rules.grade_shares:
                if draw >= bound:
                    grade += 1
        case.grade = grade
        world.values[p, own] = STANDARD
        world.values[p, own + 1] = grade + 1
        case.path = path_of(rules, world, p, uniform(whole, _PATH, 0))
        world.values[p, own] = case.path
        for s in range(stages):
            cell = world.cells[p * nodes + s]
            cell.word = mix(word ^ rules.stages[s].key)
            cell.form = form_of(rules, world, p, s)
        for e in range(edges):
            arc = world.arcs[p * edges + e]
            arc.word = mix(word ^ rules.edges[e].key)
            relaxed = (
                case.path == COMMITMENT
                and rules.may_relax[grade, e]
                and uniform(arc.word, _UPTAKE, 0) < rules.edges[e].uptake
            )
            arc.mode = rules.edges[e].relaxed if relaxed else HARD


@compiled
def form_of(rules, world, p, s):
    form = rules.stages[s].form_base
    for a in range(world.values.shape[1]):
        form += world.values[p, a] * rules.form_stride[s, a]
    return form


@compiled
def path_of(rules, world, p, draw):
    """Who takes the commitment path: the policy on, eligible, not barred, and lucky enough."""
    terms = rules.terms[0]
    if not terms.policy:
        return STANDARD
    if rules.projects[p].path != DRAWN:
        return rules.projects[p].path
    if not rules.grades[world.cases[p].grade].eligible or not draw < terms.share:
        return STANDARD
    for s in range(len(rules.stages)):
        if rules.forms[form_of(rules, world, p, s)].bars_commitment:
            return STANDARD
    return COMMITMENT


# One replication


@compiled
def replicate(rules, world, books, row, seed_word):
    """One replication, from the first signing to the last event or the horizon."""
    open_books(rules, world, books, row, seed_word)
    slots = len(rules.stages) + len(rules.milestones) + 1
    projects, edges = len(rules.projects), len(rules.edges)
    promises = projects * slots
    holds = promises + projects * edges
    end = rules.terms[0].end
    while world.clock[0].waiting and world.times[0] < end:
        turn = next_turn(world.clock, world.times, world.turns)
        if turn < promises:
            project, node = turn // slots, turn % slots - 1
            if node < 0:
                sign(rules, world, project)
            elif node < len(rules.stages):
                stage(rules, world, books, row, project, node)
            else:
                milestone(rules, world, books, row, project, node)
        elif turn < holds:
            arc = turn - promises
            promise(rules, world, books, row, arc // edges, arc % edges)
        else:
            arc = turn - holds
            hold(rules, world, books, row, arc // edges, arc % edges)
        nothing_left = not world.clock[0].waiting or world.times[0] > world.clock[0].now
        if nothing_left and world.clock[0].called:
            assign(rules, world, books, row)
    if world.clock[0].waiting:
        stop_at_horizon(rules, world, books, row)
    books.whole[row, 0] = world.clock[0].now


@compiled
def open_books(rules, world, books, row, seed_word):
    """Nothing has happened yet."""
    draw_cohort(rules, world, seed_word)
    stages, edges = len(rules.stages), len(rules.edges)
    nodes = stages + len(rules.milestones)
    world.clock[0].now, world.clock[0].waiting, world.clock[0].called = 0.0, 0, False
    world.clock[0].seed_word = seed_word
    for d in range(len(rules.offices)):
        office, facts = world.offices[d], books.departments[row, d]
        office.free, office.waiting, office.called = rules.offices[d].reviewers, 0, False
        facts.busy, facts.wait, facts.visits, facts.longest_queue = 0.0, 0.0, 0, 0
    books.milestones[row, :] = inf
    for p in range(len(rules.projects)):
        case, facts = world.cases[p], books.projects[row, p]
        case.holds, case.held_since, case.left = 0, inf, False
        facts.signed, facts.left, facts.path, facts.stop_work = case.signed, inf, case.path, 0.0
        for a in range(world.values.shape[1]):
            books.values[row, p, a] = world.values[p, a]
        for node in range(nodes):
            cell = world.cells[p * nodes + node]
            cell.step, cell.waiting, cell.unissued, cell.begun = UNLAUNCHED, 0, 0, False
        for e in range(edges):
            arc = world.arcs[p * edges + e]
            arc.promise, arc.done_at = NONE, inf
            target = world.cells[p * nodes + rules.edges[e].target]
            if arc.mode == HARD:
                target.waiting += 1
            elif arc.mode == PREREVIEW:
                target.unissued += 1
            entry = books.arcs[row, p * edges + e]
            entry.edge_mode = arc.mode
            entry.obliged = entry.breached = entry.remedied = inf
        for s in range(stages):
            open_page(books.stages[row, p * stages + s])
        at(world.clock, world.times, world.turns, case.signed, completion(rules, p, -1))


@compiled
def open_page(page):
    page.ready = page.submitted = page.review_start = page.reviewed = page.finished = inf
    page.queue = page.review = page.rework = page.meeting = page.notice = page.issue = 0.0
    page.rounds = page.over_statutory = 0


@compiled
def stop_at_horizon(rules, world, books, row):
    """What is under way at the horizon counts up to it."""
    end = rules.terms[0].end
    world.clock[0].now = end
    stages = len(rules.stages)
    nodes = stages + len(rules.milestones)
    for p in range(len(rules.projects)):
        if world.cases[p].holds:
            count_stop_work(rules, world, books, row, p, end)
        for s in range(stages):
            cell = world.cells[p * nodes + s]
            department = rules.stages[s].department
            if cell.step == RESTING + JUDGE and department >= 0:
                books.departments[row, department].busy += end - cell.started


# A project, its stages and its milestones


@compiled
def sign(rules, world, project):
    """The project is signed: whatever waits for nothing may begin."""
    nodes = len(rules.stages) + len(rules.milestones)
    for node in range(nodes):
        if not world.cells[project * nodes + node].waiting:
            launch(rules, world, project, node)


@compiled_apart
def launch(rules, world, project, node):
    """Nothing hard is missing any more: the stage or milestone takes its turn to begin."""
    nodes = len(rules.stages) + len(rules.milestones)
    cell = world.cells[project * nodes + node]
    if cell.step != UNLAUNCHED:
        announce_change(rules, world, project)
        return
    cell.step = RESTING + BEGIN
    now = world.clock[0].now
    at(world.clock, world.times, world.turns, now, completion(rules, project, node))


@compiled_apart
def announce_change(rules, world, project):
    """Let whatever could not begin look again."""
    nodes = len(rules.stages) + len(rules.milestones)
    now = world.clock[0].now
    for node in range(nodes):
        cell = world.cells[project * nodes + node]
        if cell.step == BLOCKED:
            cell.step = RESTING + BEGIN
            at(world.clock, world.times, world.turns, now, completion(rules, project, node))


@compiled
def stage(rules, world, books, row, project, s):
    """One project's stage takes its turn: every step up to the next that takes time."""
    nodes = len(rules.stages) + len(rules.milestones)
    index = project * nodes + s
    cell = world.cells[index]
    if world.cases[project].left:
        if cell.step == RESTING + JUDGE and rules.stages[s].department >= 0:
            release(rules, world, books, row, index, s)
        cell.step = ENDED
        return
    step = cell.step - RESTING
    while step < RESTING and step != ENDED:
        if step == BEGIN:
            step = begin_stage(rules, world, books, row, project, s)
        elif step == SUBMIT:
            step = submit(rules, world, books, row, project, s)
        elif step == ASK:
            step = ask(rules, world, books, row, project, s)
        elif step == REVIEW:
            step = review(rules, world, books, row, project, s)
        elif step == JUDGE:
            step = judge(rules, world, books, row, project, s)
        elif step == PASS:
            step = pass_(rules, world, books, row, project, s)
        elif step == CERTIFY:
            step = certify(rules, world, books, row, project, s)
        elif step == ISSUE:
            step = issue(rules, world, project, s)
        else:
            step = finish(rules, world, books, row, project, s)
    cell.step = step


@compiled
def rest_until(rules, world, project, node, time, step):
    """The step to come at a time, or at once if it is not in the future."""
    if time > world.clock[0].now:
        at(world.clock, world.times, world.turns, time, completion(rules, project, node))
        return RESTING + step
    return step


@compiled
def spend(rules, world, project, node, table, purpose, multiplier, step):
    """Let a duration of the cell's present round pass; then comes the step."""
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + node]
    if not table:
        return step
    round_ = cell.round if purpose == _REWORK else 0
    duration = read(rules, table, uniform(cell.word, purpose, round_)) * multiplier
    if not duration:
        return step
    end = after(rules, world.clock[0].now, duration, rules.tables[table].workdays)
    return rest_until(rules, world, project, node, end, step)


@compiled
def may_begin(rules, world, project, s):
    """Nothing is missing and no hold stops it; what a hold waits for may always go on."""
    nodes, edges = len(rules.stages) + len(rules.milestones), len(rules.edges)
    if world.cells[project * nodes + s].waiting:
        return False
    if not world.cases[project].holds:
        return True
    for e in range(edges):
        promise = world.arcs[project * edges + e].promise
        if (promise == LACKING or promise == SUPPLIED) and rules.before[rules.edges[e].source, s]:
            return True
    return False


@compiled
def begin_stage(rules, world, books, row, project, s):
    terms, nodes = rules.terms[0], len(rules.stages) + len(rules.milestones)
    cell, now = world.cells[project * nodes + s], world.clock[0].now
    if now < rules.stages[s].not_before:
        return rest_until(rules, world, project, s, rules.stages[s].not_before, BEGIN)
    if not may_begin(rules, world, project, s):
        return BLOCKED
    if s == terms.dropout_stage and world.cases[project].drops_out:
        leave(rules, world, books, row, project)
        return ENDED
    form = rules.forms[cell.form]
    cell.round, cell.chance = 0, form.correction
    books.stages[row, project * len(rules.stages) + s].ready = now
    begin(rules, world, books, row, project, s)
    vary = world.cases[project].vary_prepare
    return spend(rules, world, project, s, form.prepare, _PREPARE, vary, SUBMIT)


@compiled
def submit(rules, world, books, row, project, s):
    books.stages[row, project * len(rules.stages) + s].submitted = world.clock[0].now
    tell(rules, world, project, s, SUBMITTED)
    return ASK


@compiled
def ask(rules, world, books, row, project, s):
    """A submission waits for the first meeting at or after now."""
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + s]
    page = books.stages[row, project * len(rules.stages) + s]
    now, every = world.clock[0].now, rules.stages[s].meeting_every
    if cell.round:
        page.rework += now - cell.since
    if not every:
        return REVIEW
    offset = rules.stages[s].meeting_offset
    number = max(0.0, np.float64(ceil((now - offset) / every)))
    held_at = offset + number * every
    if held_at < now:
        held_at = offset + (number + 1.0) * every
    page.meeting += held_at - now
    return rest_until(rules, world, project, s, held_at, REVIEW)


@compiled
def review_time(rules, world, project, s):
    """Duration of the review of the present round, in the unit of its table."""
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + s]
    table = rules.forms[cell.form].review
    if not table:
        return 0.0
    draw = uniform(cell.word, _REVIEW, cell.round)
    return read(rules, table, draw) * world.cases[project].vary_review


@compiled
def review(rules, world, books, row, project, s):
    """Queue for a reviewer; a stage without a department is reviewed at once."""
    index = project * (len(rules.stages) + len(rules.milestones)) + s
    cell, now = world.cells[index], world.clock[0].now
    cell.joined = cell.started = now
    department = rules.stages[s].department
    if department >= 0:
        join(rules, world, department, index)
        call(world, department)
        return QUEUED
    page = books.stages[row, project * len(rules.stages) + s]
    if page.review_start == inf:
        page.review_start = now
    duration = review_time(rules, world, project, s)
    table = rules.forms[cell.form].review
    end = after(rules, now, duration, rules.tables[table].workdays)
    return rest_until(rules, world, project, s, end, JUDGE)


@compiled
def judge(rules, world, books, row, project, s):
    """The review is done: passed, or sent back for a correction while rounds remain."""
    index = project * (len(rules.stages) + len(rules.milestones)) + s
    cell, now = world.cells[index], world.clock[0].now
    form = rules.forms[cell.form]
    page = books.stages[row, project * len(rules.stages) + s]
    if rules.stages[s].department >= 0:
        release(rules, world, books, row, index, s)
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
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + s]
    form = rules.forms[cell.form]
    if rules.tables[form.review].workdays or rules.terms[0].every_day_works:
        return review_time(rules, world, project, s) > form.statutory
    now = world.clock[0].now
    return elapsed(rules, now) - elapsed(rules, cell.started) > form.statutory


@compiled
def pass_(rules, world, books, row, project, s):
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + s]
    books.stages[row, project * len(rules.stages) + s].reviewed = world.clock[0].now
    tell(rules, world, project, s, REVIEWED)
    return spend(rules, world, project, s, rules.forms[cell.form].notice, _NOTICE, 1.0, CERTIFY)


@compiled
def certify(rules, world, books, row, project, s):
    """After pre-review, the certificate waits for all the predecessors."""
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + s]
    page = books.stages[row, project * len(rules.stages) + s]
    cell.since = world.clock[0].now
    page.notice = cell.since - page.reviewed
    return UNISSUED if cell.unissued else ISSUE


@compiled
def issue(rules, world, project, s):
    """When the certificate is issued, all predecessors in pre-review mode having finished."""
    latest = now = world.clock[0].now
    for i in range(rules.into_start[s], rules.into_start[s + 1]):
        e = rules.into[i]
        arc = world.arcs[project * len(rules.edges) + e]
        if arc.mode == PREREVIEW:
            table = rules.edges[e].issue
            duration = read(rules, table, uniform(arc.word, _ISSUE, 0))
            latest = max(latest, after(rules, now, duration, rules.tables[table].workdays))
    return rest_until(rules, world, project, s, latest, FINISH)


@compiled
def finish(rules, world, books, row, project, s):
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + s]
    page = books.stages[row, project * len(rules.stages) + s]
    page.issue = world.clock[0].now - cell.since
    page.finished = world.clock[0].now
    cell.step = ENDED
    tell(rules, world, project, s, FINISHED)
    oblige(rules, world, books, row, project, s)
    return ENDED


@compiled
def milestone(rules, world, books, row, project, node):
    """A milestone happens when nothing is missing, no hold runs and its window is open."""
    cell = world.cells[project * (len(rules.stages) + len(rules.milestones)) + node]
    case, now = world.cases[project], world.clock[0].now
    if case.left:
        return
    if cell.waiting or case.holds:
        cell.step = BLOCKED
        return
    which = node - len(rules.stages)
    opens = opening(rules, world, project, which, now)
    if opens > now:
        at(world.clock, world.times, world.turns, opens, completion(rules, project, node))
        return
    cell.step = ENDED
    books.milestones[row, project * len(rules.milestones) + which] = now
    begin(rules, world, books, row, project, node)
    oblige(rules, world, books, row, project, node)


@compiled
def opening(rules, world, project, which, now):
    """Earliest time from now on at which the milestone's window is open for this project."""
    window = rules.milestones[which]
    if not window.has_window:
        return now
    word = mix(mix(world.clock[0].seed_word ^ rules.projects[project].key) ^ window.key)
    draw = uniform(word, _WINDOW, 0)
    for new_year in rules.new_years:
        if now < new_year - window.closed_before:
            break
        spread = (window.full_after - window.closed_after) * draw
        resumed = new_year + (window.closed_after + spread)
        if now < resumed:
            return resumed
    return now


@compiled
def begin(rules, world, books, row, project, node):
    """From here on the dependencies of the stage or milestone are what they are."""
    world.cells[project * (len(rules.stages) + len(rules.milestones)) + node].begun = True
    for i in range(rules.into_start[node], rules.into_start[node + 1]):
        index = project * len(rules.edges) + rules.into[i]
        books.arcs[row, index].edge_mode = world.arcs[index].mode


@compiled
def leave(rules, world, books, row, project):
    """The project drops out: all that it has under way ends here, its papers are withdrawn."""
    case, now = world.cases[project], world.clock[0].now
    books.projects[row, project].left = now
    if case.holds:
        count_stop_work(rules, world, books, row, project, now)
        case.holds = 0
    case.left = True
    for department in range(len(rules.offices)):
        withdraw(rules, world, department, project)


@compiled_apart
def tell(rules, world, project, s, phase):
    """Tell whatever waits for this phase of the stage that it is reached."""
    nodes, edges = len(rules.stages) + len(rules.milestones), len(rules.edges)
    now = world.clock[0].now
    for i in range(rules.out_start[3 * s + phase], rules.out_start[3 * s + phase + 1]):
        e = rules.out[i]
        arc, target = world.arcs[project * edges + e], rules.edges[e].target
        cell = world.cells[project * nodes + target]
        arc.done_at = now
        if arc.mode == HARD:
            cell.waiting -= 1
            if not cell.waiting:
                launch(rules, world, project, target)
        elif arc.mode == PREREVIEW:
            cell.unissued -= 1
            if not cell.unissued and cell.step == UNISSUED:
                cell.step = RESTING + ISSUE
                turn = completion(rules, project, target)
                at(world.clock, world.times, world.turns, now, turn)
        if arc.promise == LACKING:
            arc.promise = SUPPLIED
            at(world.clock, world.times, world.turns, now, hold_turn(rules, project, e))


# Commitments


@compiled
def promise_turn(rules, project, e):
    slots = len(rules.stages) + len(rules.milestones) + 1
    return len(rules.projects) * slots + project * len(rules.edges) + e


@compiled
def hold_turn(rules, project, e):
    return len(rules.projects) * len(rules.edges) + promise_turn(rules, project, e)


@compiled
def oblige(rules, world, books, row, project, node):
    """Whatever went ahead without a paper now owes it."""
    now = world.clock[0].now
    for i in range(rules.into_start[node], rules.into_start[node + 1]):
        e = rules.into[i]
        index = project * len(rules.edges) + e
        if world.arcs[index].mode == DEFERRED and world.arcs[index].done_at == inf:
            books.arcs[row, index].obliged = now
            world.arcs[index].promise = PROMISED
            deadline = end_of(rules, now, rules.edges[e].deadline)
            turn = promise_turn(rules, project, e)
            at(world.clock, world.times, world.turns, deadline, turn)


@compiled
def promise(rules, world, books, row, project, e):
    """The deadline of an obligation: kept, or broken and the project held until it is good."""
    index = project * len(rules.edges) + e
    arc, case, now = world.arcs[index], world.cases[project], world.clock[0].now
    if case.left:
        return
    supplied = arc.done_at < inf
    if supplied and not uniform(arc.word, _BREACH, 0) < rules.grades[case.grade].breach:
        return
    books.arcs[row, index].breached = now
    if not case.holds:
        case.held_since = now
    case.holds += 1
    if not supplied:
        arc.promise = LACKING
    if rules.terms[0].bar_after_breach:
        bar(rules, world, project)
    announce_change(rules, world, project)
    if supplied:
        remedy(rules, world, project, e)


@compiled
def hold(rules, world, books, row, project, e):
    """What ends a hold: the missing paper comes, or the remedy is done."""
    index = project * len(rules.edges) + e
    arc, case, now = world.arcs[index], world.cases[project], world.clock[0].now
    if case.left:
        return
    if arc.promise == SUPPLIED:
        remedy(rules, world, project, e)
        return
    arc.promise = NONE
    books.arcs[row, index].remedied = now
    case.holds -= 1
    if not case.holds:
        count_stop_work(rules, world, books, row, project, now)
        announce_change(rules, world, project)


@compiled
def remedy(rules, world, project, e):
    """The paper is there: now the broken promise is put right."""
    arc, now = world.arcs[project * len(rules.edges) + e], world.clock[0].now
    arc.promise = REMEDYING
    table = rules.terms[0].remedy
    duration = read(rules, table, uniform(arc.word, _REMEDY, 0))
    end = after(rules, now, duration, rules.tables[table].workdays)
    at(world.clock, world.times, world.turns, end, hold_turn(rules, project, e))


@compiled
def bar(rules, world, project):
    """From now on every dependency of what has not begun is hard."""
    nodes, edges = len(rules.stages) + len(rules.milestones), len(rules.edges)
    for e in range(edges):
        arc = world.arcs[project * edges + e]
        cell = world.cells[project * nodes + rules.edges[e].target]
        if arc.mode == HARD or cell.begun:
            continue
        if arc.done_at == inf:
            cell.waiting += 1
            if arc.mode == PREREVIEW:
                cell.unissued -= 1
        arc.mode = HARD


@compiled
def count_stop_work(rules, world, books, row, project, until):
    """A hold that began after the measured milestone is stop-work."""
    measured = project * len(rules.milestones) + rules.terms[0].measure
    since = world.cases[project].held_since
    if books.milestones[row, measured] <= since:
        books.projects[row, project].stop_work += until - since


# Departments


@compiled
def goes_first(rules, world, department, a, b):
    """Order of two cells in a queue: priority class, time of joining, project, stage."""
    nodes = len(rules.stages) + len(rules.milestones)
    if rules.offices[department].by_priority:
        rank_a, rank_b = rules.projects[a // nodes].priority, rules.projects[b // nodes].priority
        if rank_a != rank_b:
            return rank_a < rank_b
    joined_a, joined_b = world.cells[a].joined, world.cells[b].joined
    return joined_a < joined_b or (joined_a == joined_b and a < b)


@compiled
def call(world, department):
    """When all else of this instant is done, the department assigns reviewers."""
    world.offices[department].called = True
    world.clock[0].called = True


@compiled
def join(rules, world, department, index):
    """Put papers into the department's queue, a heap."""
    queue, place = world.queues[department], world.offices[department].waiting
    world.offices[department].waiting = place + 1
    while place > 0:
        parent = (place - 1) >> 1
        if not goes_first(rules, world, department, index, queue[parent]):
            break
        queue[place] = queue[parent]
        place = parent
    queue[place] = index


@compiled
def take_first(rules, world, department):
    """Take the first papers out of the queue."""
    queue, last = world.queues[department], world.offices[department].waiting - 1
    world.offices[department].waiting = last
    first, moved = queue[0], queue[last]
    place, child = 0, 1
    while child < last:
        if child + 1 < last and goes_first(
            rules, world, department, queue[child + 1], queue[child]
        ):
            child += 1
        if goes_first(rules, world, department, moved, queue[child]):
            break
        queue[place] = queue[child]
        place, child = child, 2 * child + 1
    queue[place] = moved
    return first


@compiled
def withdraw(rules, world, department, project):
    """Take the papers of a project that has left out of the queue."""
    nodes = len(rules.stages) + len(rules.milestones)
    waiting = world.offices[department].waiting
    world.offices[department].waiting = 0
    for place in range(waiting):
        index = world.queues[department, place]
        if index // nodes != project:
            join(rules, world, department, index)


@compiled
def release(rules, world, books, row, index, s):
    """The review is done: the reviewer lays the papers down."""
    department = rules.stages[s].department
    now = world.clock[0].now
    world.offices[department].free += 1
    books.departments[row, department].busy += now - world.cells[index].started
    call(world, department)


@compiled
def assign(rules, world, books, row):
    """The departments, in the scenario's order, give free reviewers to their queues."""
    nodes, now = len(rules.stages) + len(rules.milestones), world.clock[0].now
    world.clock[0].called = False
    for d in range(len(rules.offices)):
        office, facts = world.offices[d], books.departments[row, d]
        if not office.called:
            continue
        office.called = False
        while office.free and office.waiting:
            index = take_first(rules, world, d)
            project, s = index // nodes, index % nodes
            cell = world.cells[index]
            office.free -= 1
            facts.visits += 1
            facts.wait += now - cell.joined
            cell.started = now
            cell.step = RESTING + JUDGE
            page = books.stages[row, project * len(rules.stages) + s]
            if page.review_start == inf:
                page.review_start = now
            table = rules.forms[cell.form].review
            duration = review_time(rules, world, project, s)
            end = after(rules, now, duration, rules.tables[table].workdays)
            at(world.clock, world.times, world.turns, end, completion(rules, project, s))
        facts.longest_queue = max(facts.longest_queue, office.waiting)


# Many replications


@compiled_apart
def replicate_range(rules, world, books, seed, first):
    """Fill the books with the replications from ``first`` on."""
    for row in range(len(books.whole)):
        seed_word = mix(mix(seed) + u8(first + row + 1) * _GAMMA)
        replicate(rules, world, books, row, seed_word)
