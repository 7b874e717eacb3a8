"""The approval model in SimPy: one replication, told as it happens.

A project is signed; its stages walk through the offices: prepare, submit, perhaps wait for a
meeting, queue for a reviewer, be reviewed, perhaps be sent back, stand as a public notice, be
issued. Milestones happen when what they wait for is done. On the commitment path some papers may
follow later, as obligations, and a broken promise holds the project.

Simultaneous events take explicit turns (see `_Clock`), so an outcome never depends on the order in
which anything was set up.
"""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any, NamedTuple

import simpy

from approvalsim.casework import Case, Story
from approvalsim.cohort import draw_cohort
from approvalsim.commitments import Commitments
from approvalsim.department import Department
from approvalsim.facts import Facts, joined
from approvalsim.ledger import Ledger
from approvalsim.lists import CohortLists, PlanLists, Sheet
from approvalsim.plan import Plan
from approvalsim.plan_parts import FINISHED, HARD, PREREVIEW, REVIEWED, SUBMITTED
from approvalsim.timetable import ROUNDING, next_meeting, opening


class Happening(NamedTuple):
    """One line of a replication's history; ``time`` in calendar days on the clock.

    ``subject`` is a stage, a milestone or an edge (empty for the project as a whole); ``round``
    counts submissions from 1 and is 0 where it means nothing.
    """

    time: float
    project: str
    subject: str
    what: str
    round: int = 0


def simulate(plan: Plan, seed: int, replications: range) -> Facts:
    """The facts of some replications of a plan (at least one), in their order."""
    lists = PlanLists(plan)
    return joined(_Replication(lists, seed, number).run() for number in replications)


def trace(plan: Plan, seed: int, replication: int) -> tuple[Facts, tuple[Happening, ...]]:
    """One replication with its complete history, in the order in which things happened."""
    world = _Replication(PlanLists(plan), seed, replication, history=[])
    facts = world.run()
    return facts, tuple(world.history or ())


class _Clock(simpy.Environment):
    """SimPy's clock where events of one instant take turns by an explicit number.

    Completions come first, by project and stage; then broken promises, by project and edge; then
    what ends holds, likewise. When none is left, the instant is closed: the departments assign
    their free reviewers. SimPy orders simultaneous events by priority, so the turn is the priority.
    """

    def __init__(self, projects: int, nodes: int, edges: int) -> None:
        super().__init__()
        self.time = 0.0  # as `now`, but an attribute: it is read in every other line below
        self.last = self.last_before = 0.0  # when something happened that anybody waited for
        self._slots = nodes + 1  # the project as a whole comes before its stages and milestones
        self._edges = edges
        self._promises = projects * self._slots
        self._holds = self._promises + projects * edges

    def completion(self, project: int, node: int = -1) -> int:
        """Turn of a project's stage or milestone; of the project as a whole without ``node``."""
        return project * self._slots + 1 + node

    def promise(self, project: int, edge: int) -> int:
        """Turn of the deadline of an obligation."""
        return self._promises + project * self._edges + edge

    def hold(self, project: int, edge: int) -> int:
        """Turn of what ends a hold: the missing paper comes, the remedy is done."""
        return self._holds + project * self._edges + edge

    def at(self, time: float, turn: int) -> simpy.Event:
        """An event at an absolute time, which a sum of delays would not meet to the last bit."""
        event = _Moment(self)
        heappush(self._queue, (time, turn, next(self._eid), event))  # type: ignore[misc]
        return event

    def pending(self) -> simpy.Event:
        """An event that nobody has let happen yet."""
        return simpy.Event(self)

    def happen(self, event: simpy.Event, time: float, turn: int) -> None:
        """Let ``event`` happen at an absolute time."""
        event._ok = True
        event._value = None
        heappush(self._queue, (time, turn, next(self._eid), event))  # type: ignore[misc]

    def begin(self, story: Story, time: float, turn: int) -> "_Process":
        """Start a process at a turn of its own instead of at once, as SimPy would."""
        start = _Moment(self)
        heappush(self._queue, (time, turn, next(self._eid), start))  # type: ignore[misc]
        return _Process(self, story, start)

    def schedule(self, event: simpy.Event, *args: Any, **options: Any) -> None:
        """As in SimPy, but nobody waits for the end of our processes, so it is no event."""
        if not (isinstance(event, _Process) and event._ok):
            super().schedule(event, *args, **options)

    def run_before(self, end: float, close_instant: Callable[[float], None]) -> None:
        """Let everything happen that comes before ``end``.

        ``close_instant`` is called when nothing is left at an instant; what it sets off at the same
        instant happens then, and so on until nothing is left indeed.
        """
        queue = self._queue
        while queue and queue[0][0] < end:
            now, _, _, event = heappop(queue)
            self._now = self.time = now
            callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
            if callbacks:
                self.last_before, self.last = self.last, now
                for callback in callbacks:
                    callback(event)
            if not event._ok:
                raise event._value
            if not queue or queue[0][0] > now:
                close_instant(now)

    def nothing_happened(self) -> None:
        """The present event comes to nothing, and does not count as the last one."""
        self.last = self.last_before

    def anything_to_come(self) -> bool:
        """Whether there are events that anybody still waits for."""
        return any(event.callbacks for _, _, _, event in self._queue)


class _Moment(simpy.Event):
    """An event whose time is known from the beginning."""

    _ok = True
    _value = None


class _Process(simpy.Process):
    """A SimPy process whose first step waits for a given event, and which can be given up."""

    def __init__(self, clock: _Clock, story: Story, start: simpy.Event) -> None:
        self.env = clock
        self.callbacks = []
        self._generator = story
        self._target = start
        start.callbacks.append(self._resume)

    def give_up(self) -> None:
        """End the process where it stands; whatever it waits for happens without it."""
        waiting_for = self._target
        if self.is_alive and waiting_for is not None and waiting_for.callbacks:
            waiting_for.callbacks.remove(self._resume)
            self._generator.close()


class _Papers(simpy.Event):
    """A submission handed to a department; it happens when the review is done."""

    def __init__(self, clock: _Clock, project: int, stage: int, round_: int, turn: int) -> None:
        super().__init__(clock)
        self.project = project
        self.stage = stage
        self.round = round_
        self.turn = turn
        self.joined = clock.time
        self.started = inf


class _Replication(Commitments):
    """The world of one replication."""

    clock: _Clock

    def __init__(
        self,
        lists: PlanLists,
        seed: int,
        replication: int,
        history: list[Happening] | None = None,
    ) -> None:
        plan = lists.plan
        self.plan, self.lists, self.history = plan, lists, history
        self.luck = CohortLists(draw_cohort(plan, seed, replication))
        self.facts = Ledger(lists, self.luck)
        self.end_of = plan.calendar.end_of
        self.clock = _Clock(len(plan.axes.projects), lists.nodes, lists.edges)
        self.departments: list[Department[_Papers]] = [
            Department(reviewers, by_priority)
            for reviewers, by_priority in zip(
                plan.reviewers.tolist(), plan.by_priority.tolist(), strict=True
            )
        ]
        self.calling: set[int] = set()  # departments that have something to assign
        self.projects = [
            Case(self.clock, lists, number, modes)
            for number, modes in enumerate(self.luck.edge_mode)
        ]

    def run(self) -> Facts:
        """Let everything happen, up to the horizon, and give the facts."""
        for project, signed in zip(self.projects, self.luck.signed, strict=True):
            project.start(self.sign(project), signed, self.clock.completion(project.number))
        self.clock.run_before(self.plan.end, self.assign)
        if self.clock.anything_to_come():
            self.stop_at_horizon()
        return self.facts.close(self.departments, self.clock.last)

    def stop_at_horizon(self) -> None:
        """What is under way at the horizon counts up to it."""
        self.clock.time = self.clock.last = self.plan.end
        for project in self.projects:
            if project.holds:
                self.count_stop_work(project, self.plan.end)
        for department in self.departments:
            department.close(self.plan.end)

    # A project, its stages and its milestones

    def sign(self, project: Case) -> Story:
        """The project is signed: whatever waits for nothing may begin."""
        self.note(project, "", "signed")
        for node in range(self.lists.nodes):
            if not project.waiting[node]:
                self.launch(project, node)
        yield from ()

    def launch(self, project: Case, node: int) -> None:
        """Nothing hard is missing any more: the stage or milestone takes its turn to begin."""
        if project.launched[node]:
            project.announce_change()
            return
        project.launched[node] = True
        course = self.stage if node < self.lists.stages else self.milestone
        turn = self.clock.completion(project.number, node)
        project.start(course(project, node, turn), self.clock.time, turn)

    def stage(self, project: Case, stage: int, turn: int) -> Story:
        """One project through one stage."""
        clock, facts, luck = self.clock, self.facts, self.luck
        cell, told = project.number * self.lists.stages + stage, self.lists.edges_from[stage]

        if clock.time < self.lists.not_before[stage]:
            yield clock.at(self.lists.not_before[stage], turn)
        while not project.may_begin(stage, self.lists.before):
            yield project.changed
            yield clock.at(clock.time, turn)
        if stage == self.lists.dropout_stage and luck.drops_out[project.number]:
            self.leave(project)
            return
        facts.ready[cell] = clock.time
        self.begin(project, stage, "ready")

        if pause := self.spend(luck.prepare, cell, turn):
            yield pause
        facts.submitted[cell] = clock.time
        if told[SUBMITTED]:
            self.tell(project, told[SUBMITTED])

        for round_ in count():
            if pause := self.meeting(project, cell, round_, turn):
                yield pause
            joined = clock.time
            if papers := self.hand_in(project, cell, round_, turn):
                yield papers
            if self.passes(project, cell, round_, joined, papers):
                break
            sent_back = clock.time
            if pause := self.spend(luck.rework(round_), cell, turn):
                yield pause
            facts.rework[cell] += clock.time - sent_back
        passed = facts.reviewed[cell] = clock.time
        if told[REVIEWED]:
            self.tell(project, told[REVIEWED])

        if pause := self.spend(luck.notice, cell, turn):
            yield pause
        noticed = clock.time
        facts.notice[cell] = noticed - passed
        if project.unissued[stage]:
            yield self.predecessors_finished(project, stage)
        if project.relaxed and (pause := self.wait_until(self.issued(project, stage), turn)):
            yield pause
        facts.issue[cell] = clock.time - noticed
        facts.finished[cell] = clock.time
        self.note(project, stage, "finished")
        self.tell(project, told[FINISHED])
        if project.relaxed:
            self.oblige(project, stage)

    def hand_in(
        self, project: Case, cell: int, round_: int, turn: int
    ) -> "_Papers | simpy.Event | None":
        """Queue for a reviewer and be reviewed; a stage without a department never queues."""
        clock, stage = self.clock, cell % self.lists.stages
        department = self.lists.department[stage]
        if department < 0:
            self.note(project, stage, "review", round_ + 1)
            if not round_:
                self.facts.review_start[cell] = clock.time
            return self.spend(self.luck.review(round_), cell, turn)
        papers = _Papers(clock, project.number, stage, round_, turn)
        papers.callbacks.append(self.release)
        self.departments[department].join(papers, self.lists.priority[project.number])
        self.calling.add(department)
        return papers

    def passes(
        self, project: Case, cell: int, round_: int, joined: float, papers: simpy.Event | None
    ) -> bool:
        """The review is over: enter how long it took, and say whether the papers pass."""
        facts, now = self.facts, self.clock.time
        started = papers.started if isinstance(papers, _Papers) else joined
        facts.queue[cell] += started - joined
        facts.review[cell] += now - started
        facts.rounds[cell] += 1
        if self.luck.statutory[cell] < inf:
            sheet = self.luck.review(round_)
            facts.over_statutory[cell] += self.is_over_statutory(sheet, cell, started)
        passed = not self.luck.sent_back(round_)[cell]
        if self.history is not None:
            stage, what = cell % self.lists.stages, "passed" if passed else "sent_back"
            self.note(project, stage, what, round_ + 1)
        return passed

    def milestone(self, project: Case, node: int, turn: int) -> Story:
        """A milestone happens when nothing is missing, no hold runs and its window is open."""
        clock = self.clock
        which = node - self.lists.stages
        while True:
            if project.waiting[node] or project.holds:
                yield project.changed
                yield clock.at(clock.time, turn)
            elif (open_at := self.open_at(project.number, which)) > clock.time:
                yield clock.at(open_at, turn)
            else:
                break
        self.facts.milestone[project.number * self.lists.milestones + which] = clock.time
        self.begin(project, node, "happened")
        self.oblige(project, node)

    def begin(self, project: Case, node: int, what: str) -> None:
        """From here on the dependencies of the stage or milestone are what they are."""
        if project.relaxed:
            project.begun[node] = True
            for edge in self.lists.edges_into[node]:
                self.facts.edge_mode[project.number * self.lists.edges + edge] = project.modes[edge]
        self.note(project, node, what)

    def leave(self, project: Case) -> None:
        """The project drops out: all that it has under way ends here, its papers are withdrawn.

        A reviewer who holds papers of it still finishes them.
        """
        self.facts.left[project.number] = self.clock.time
        self.note(project, "", "left")
        if project.holds:
            self.count_stop_work(project, self.clock.time)
            project.holds = 0
        for process in project.processes:
            process.give_up()
        for department in self.departments:
            department.withdraw(project.number)

    def tell(self, project: Case, edges: list[int]) -> None:
        """Tell whatever waits for a phase of a stage that it is reached."""
        now = self.clock.time
        for edge in edges:
            target, mode = self.lists.target[edge], project.modes[edge]
            project.done_at[edge] = now
            if mode == HARD:
                project.waiting[target] -= 1
                if not project.waiting[target]:
                    self.launch(project, target)
            elif mode == PREREVIEW:
                project.unissued[target] -= 1
                if not project.unissued[target] and target in project.certificate:
                    turn = self.clock.completion(project.number, target)
                    self.clock.happen(project.certificate[target], now, turn)
            if project.supply and edge in project.supply:
                self.clock.happen(project.supply[edge], now, self.clock.hold(project.number, edge))

    # Departments

    def release(self, papers: simpy.Event) -> None:
        """The review is done: the reviewer lays the papers down."""
        assert isinstance(papers, _Papers)
        number = self.lists.department[papers.stage]
        department = self.departments[number]
        department.release(papers, self.clock.time)
        if department.queue:
            self.calling.add(number)

    def assign(self, now: float) -> None:
        """The departments, in the scenario's order, give free reviewers to their queues."""
        if not self.calling:
            return
        called = sorted(self.calling)
        self.calling.clear()
        for number in called:
            for papers in self.departments[number].assign(now):
                cell, round_ = papers.project * self.lists.stages + papers.stage, papers.round
                if not round_:
                    self.facts.review_start[cell] = now
                if self.history is not None:
                    self.note(self.projects[papers.project], papers.stage, "review", round_ + 1)
                sheet = self.luck.review(round_)
                end = self.after(now, sheet.durations[cell], sheet.workdays[cell])
                self.clock.happen(papers, end, papers.turn)

    # Time

    def is_over_statutory(self, sheet: Sheet, cell: int, started: float) -> bool:
        """Whether the review that ends now took more working days than the law allows."""
        if sheet.workdays[cell] or self.lists.every_day_works:
            return sheet.durations[cell] > self.luck.statutory[cell]
        elapsed = self.plan.calendar.elapsed
        taken = elapsed(self.clock.time) - elapsed(started)
        return taken > self.luck.statutory[cell] + ROUNDING

    def spend(self, sheet: Sheet, cell: int, turn: int) -> simpy.Event | None:
        """What to wait for while a duration passes: nothing if it takes no time."""
        duration = sheet.durations[cell]
        if not duration:
            return None
        return self.wait_until(self.after(self.clock.time, duration, sheet.workdays[cell]), turn)

    def wait_until(self, time: float, turn: int) -> simpy.Event | None:
        """What to wait for until a time: nothing if it is not in the future."""
        return self.clock.at(time, turn) if time > self.clock.time else None

    def meeting(self, project: Case, cell: int, round_: int, turn: int) -> simpy.Event | None:
        """Submitted: what to wait for until the first meeting at or after now."""
        stage = cell % self.lists.stages
        if self.history is not None:
            self.note(project, stage, "submitted", round_ + 1)
        every = self.lists.meeting_every[stage]
        if not every:
            return None
        now = self.clock.time
        held_at = next_meeting(now, every, self.lists.meeting_offset[stage])
        self.facts.meeting[cell] += held_at - now
        return self.wait_until(held_at, turn)

    def issued(self, project: Case, stage: int) -> float:
        """When the certificate is issued, all predecessors in pre-review mode having finished."""
        latest = now = self.clock.time
        for edge in self.lists.edges_into[stage]:
            if project.modes[edge] == PREREVIEW:
                duration = self.luck.issue(project.number, edge)
                end = self.after(now, duration, self.lists.issue_in_workdays[edge])
                latest = max(latest, end)
        return latest

    def open_at(self, project: int, milestone: int) -> float:
        """Earliest time from now on at which the milestone's window is open for this project."""
        now, window = self.clock.time, self.lists.window[milestone]
        if window is None:
            return now
        return opening(now, window, self.lists.new_years, self.luck.window(project, milestone))

    # History

    def note(self, project: Case, subject: int | str, what: str, round_: int = 0) -> None:
        """Write a line of history, where somebody wants it."""
        if self.history is not None:
            axes = self.plan.axes
            if isinstance(subject, int):
                subject = (*axes.stages, *axes.milestones)[subject]
            name = axes.projects[project.number]
            self.history.append(Happening(self.clock.time, name, subject, what, round_))
