"""The approval model in SimPy: one replication, told as it happens.

A project is signed; its stages walk through the offices: prepare, submit, perhaps wait for a
meeting, queue for a reviewer, be reviewed, perhaps be sent back, stand as a public notice, be
issued. Milestones happen when what they wait for is done. On the commitment path some papers may
follow later, as obligations, and a broken promise holds the project.

Simultaneous events take explicit turns (see `Clock`), so an outcome never depends on the order in
which anything was set up.
"""

import gc
from itertools import count
from math import inf, isnan
from typing import NamedTuple

from approvalsim.casework import Case, Event, Story
from approvalsim.clock import Clock, Papers
from approvalsim.cohort import draw_cohort
from approvalsim.commitments import Commitments
from approvalsim.department import Department
from approvalsim.facts import Facts, joined
from approvalsim.ledger import Ledger
from approvalsim.lists import CohortLists, PlanLists, Sheet
from approvalsim.plan import Plan
from approvalsim.plan_parts import FINISHED, HARD, PREREVIEW, REVIEWED, SUBMITTED
from approvalsim.steering import Steering
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
    return joined(_undisturbed(lists, seed, number) for number in replications)


def _undisturbed(lists: PlanLists, seed: int, number: int) -> Facts:
    """One replication; garbage is collected afterwards, for meanwhile there is hardly any."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return _Replication(lists, seed, number).run()
    finally:
        if collects:
            gc.enable()


def trace(plan: Plan, seed: int, replication: int) -> tuple[Facts, tuple[Happening, ...]]:
    """One replication with its complete history, in the order in which things happened."""
    world = _Replication(PlanLists(plan), seed, replication, history=[])
    facts = world.run()
    return facts, tuple(world.history or ())


class _Replication(Steering, Commitments):
    """The world of one replication."""

    clock: Clock

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
        self.clock = Clock(len(plan.axes.projects), lists.nodes, lists.edges)
        self.departments: list[Department[Papers]] = [
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
        self.is_steered, self.as_of, self.known = lists.is_steered, lists.as_of, lists.known
        self.submit_from = lists.submit_from
        self.under_way = [0] * len(self.projects)  # by team, of which there are not more

    def run(self) -> Facts:
        """Let everything happen, up to the horizon, and give the facts."""
        for project, signed in zip(self.projects, self.luck.signed, strict=True):
            project.start(self.sign(project), signed, self.clock.completion(project.number))
        if self.plan.supervision.enabled:
            first, turn = self.first_review(), self.lists.supervision_turn
            self.clock.begin(self.supervise(first), self.review_at(first), turn)
        self.clock.run_before(self.plan.end, self.calling, self.assign)
        if self.clock.anything_to_come(before=self.lists.supervision_turn):
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
        self.accompany(project, 1)
        is_situated = self.plan.situation is not None
        for node in range(self.lists.nodes):
            if not project.waiting[node] or (is_situated and self.has_begun(project, node)):
                self.launch(project, node)
        yield from ()

    def has_begun(self, project: Case, node: int) -> bool:
        """Whether it is known that a stage has begun, or a milestone happened."""
        which = node - self.lists.stages
        if which < 0:
            return project.number * self.lists.stages + node in self.lists.known
        return project.number * self.lists.milestones + which in self.lists.happened

    def launch(self, project: Case, node: int) -> None:
        """Nothing hard is missing any more: the stage or milestone takes its turn to begin."""
        if project.launched[node]:
            project.announce_change()
            return
        project.launched[node] = True
        turn = self.clock.completion(project.number, node)
        if node >= self.lists.stages:
            story = self.milestone(project, node, turn)
        elif self.known and self.has_begun(project, node):
            story = self.known_stage(project, node, turn)
        else:
            story = self.stage(project, node, turn)
        project.start(story, self.clock.time, turn)

    def stage(self, project: Case, stage: int, turn: int, reached: int | None = None) -> Story:
        """One project through one stage; ``reached`` is the phase in which it is, if any."""
        clock, facts, luck = self.clock, self.facts, self.luck
        cell, told = project.number * self.lists.stages + stage, self.lists.edges_from[stage]

        if reached is None:
            if clock.time < self.lists.not_before[stage]:
                yield clock.at(self.lists.not_before[stage], turn)
            while not project.may_begin(stage, self.lists.before):
                yield project.changed
                yield clock.at(clock.time, turn)
            if stage == self.lists.dropout_stage and luck.drops_out[project.number]:
                self.leave(project)
                return
            facts.ready[cell] = clock.time
            if project.relaxed or self.history is not None:
                self.begin(project, stage, "ready")

            pace = self.pace(project) if self.is_steered else 1.0
            if pause := self.spend(luck.prepare, cell, turn, pace):
                yield pause
            if self.submit_from and (pause := self.wait_to_submit(cell, turn)):
                yield pause
            facts.submitted[cell] = clock.time
            if told[SUBMITTED]:
                self.tell(project, told[SUBMITTED])

        meets = self.lists.meeting_every[stage] or self.history is not None
        for round_ in () if reached == REVIEWED else count():
            if meets and (pause := self.meeting(project, cell, round_, turn)):
                yield pause
            joined = clock.time
            if papers := self.hand_in(project, cell, round_, turn):
                yield papers
            if self.passes(project, cell, round_, joined, papers):
                break
            sent_back = clock.time
            pace = self.pace(project) if self.is_steered else 1.0
            if pause := self.spend(luck.rework(round_), cell, turn, pace):
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
        self.finish(project, stage)

    def known_stage(self, project: Case, stage: int, turn: int) -> Story:
        """One project through a stage that it had begun by the as-of time, as far as known."""
        facts, cell = self.facts, project.number * self.lists.stages + stage
        ready, submitted, reviewed, finished = self.lists.known[cell]
        if pause := self.wait_until(ready, turn):
            yield pause
        facts.ready[cell] = self.clock.time
        self.begin(project, stage, "ready")
        if isnan(submitted):
            if pause := self.spend(self.luck.prepare, cell, turn):
                yield pause
            pause = self.wait_to_submit(cell, turn)
        else:
            pause = self.wait_until(submitted, turn)
        if pause:
            yield pause
        facts.submitted[cell] = self.clock.time
        self.tell(project, self.lists.edges_from[stage][SUBMITTED])
        if isnan(reviewed):
            yield from self.stage(project, stage, turn, SUBMITTED)
            return
        facts.review_start[cell] = self.clock.time
        if pause := self.wait_until(reviewed, turn):
            yield pause
        if isnan(finished):
            yield from self.stage(project, stage, turn, REVIEWED)
            return
        facts.reviewed[cell] = self.clock.time
        self.tell(project, self.lists.edges_from[stage][REVIEWED])
        if pause := self.wait_until(finished, turn):
            yield pause
        facts.notice[cell] = self.clock.time - facts.reviewed[cell]
        self.finish(project, stage)

    def finish(self, project: Case, stage: int) -> None:
        """The stage is finished; its successors are told."""
        self.facts.finished[project.number * self.lists.stages + stage] = self.clock.time
        if self.history is not None:
            self.note(project, stage, "finished")
        self.tell(project, self.lists.edges_from[stage][FINISHED])
        if project.relaxed:
            self.oblige(project, stage)

    def hand_in(self, project: Case, cell: int, round_: int, turn: int) -> "Papers | Event | None":
        """Queue for a reviewer and be reviewed; a stage without a department never queues."""
        clock, stage = self.clock, cell % self.lists.stages
        department = self.lists.department[stage]
        if department < 0:
            self.note(project, stage, "review", round_ + 1)
            if not round_:
                self.facts.review_start[cell] = clock.time
            return self.spend(self.luck.review(round_), cell, turn)
        papers = Papers(clock, project.number, stage, round_, turn, self.release)
        rank = self.lists.priority[project.number] - project.urged
        self.departments[department].join(papers, rank)
        self.calling.add(department)
        return papers

    def passes(
        self, project: Case, cell: int, round_: int, joined: float, papers: Event | None
    ) -> bool:
        """The review is over: enter how long it took, and say whether the papers pass."""
        facts, now = self.facts, self.clock.time
        started = papers.started if isinstance(papers, Papers) else joined
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
        happened = self.lists.happened.get(project.number * self.lists.milestones + which)
        if happened is not None and (pause := self.wait_until(happened, turn)):
            yield pause
        while happened is None:
            if clock.time < self.lists.as_of:
                yield clock.at(self.lists.as_of, turn)
            elif project.waiting[node] or project.holds:
                yield project.changed
                yield clock.at(clock.time, turn)
            elif (open_at := self.open_at(project.number, which)) > clock.time:
                yield clock.at(open_at, turn)
            else:
                break
        self.facts.milestone[project.number * self.lists.milestones + which] = clock.time
        if which == self.plan.measure:
            self.accompany(project, -1)
        self.begin(project, node, "happened")
        self.oblige(project, node)

    def begin(self, project: Case, node: int, what: str) -> None:
        """From here on the dependencies of the stage or milestone are what they are."""
        if project.relaxed:
            project.begun[node] = True
            for edge in self.lists.edges_into[node]:
                self.facts.edge_mode[project.number * self.lists.edges + edge] = project.modes[edge]
        if self.history is not None:
            self.note(project, node, what)

    def leave(self, project: Case) -> None:
        """The project drops out: all that it has under way ends here, its papers are withdrawn.

        A reviewer who holds papers of it still finishes them.
        """
        if self.is_on_its_way(project):
            self.accompany(project, -1)
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

    def anything_else_to_come(self) -> bool:
        """Whether anything is left to happen but reviews of the projects."""
        turn = self.lists.supervision_turn
        return bool(self.calling) or self.clock.anything_to_come(before=turn)

    # Departments

    def release(self, papers: Papers) -> None:
        """The review is done: the reviewer lays the papers down."""
        number = self.lists.department[papers.stage]
        department = self.departments[number]
        department.release(papers, self.clock.time)
        if department.queue:
            self.calling.add(number)

    def assign(self, now: float) -> None:
        """The departments, in the scenario's order, give free reviewers to their queues."""
        for number in sorted(self.calling):
            for papers in self.departments[number].assign(now):
                cell, round_ = papers.project * self.lists.stages + papers.stage, papers.round
                if not round_:
                    self.facts.review_start[cell] = now
                if self.history is not None:
                    self.note(self.projects[papers.project], papers.stage, "review", round_ + 1)
                sheet = self.luck.review(round_)
                if now < self.as_of:
                    end = self.end_beyond(sheet, cell)
                else:
                    duration = sheet.durations[cell]
                    end = self.end_of(now, duration) if sheet.workdays[cell] else now + duration
                self.clock.happen(papers, end, papers.turn)
        self.calling.clear()

    # Time

    def is_over_statutory(self, sheet: Sheet, cell: int, started: float) -> bool:
        """Whether the review that ends now took more working days than the law allows."""
        if sheet.workdays[cell] or self.lists.every_day_works:
            return sheet.durations[cell] > self.luck.statutory[cell]
        elapsed = self.plan.calendar.elapsed
        taken = elapsed(self.clock.time) - elapsed(started)
        return taken > self.luck.statutory[cell] + ROUNDING

    def spend(self, sheet: Sheet, cell: int, turn: int, pace: float = 1.0) -> Event | None:
        """What to wait for while a duration passes: nothing if it takes no time."""
        duration, now = sheet.durations[cell], self.clock.time
        if now < self.as_of:
            return self.wait_until(self.end_beyond(sheet, cell), turn)
        if not duration:
            return None
        return self.wait_until(self.after(now, duration * pace, sheet.workdays[cell]), turn)

    def end_beyond(self, sheet: Sheet, cell: int) -> float:
        """When something that was begun now ends, given that it has not at the as-of time."""
        now, as_of, elapsed = self.clock.time, self.lists.as_of, self.plan.calendar.elapsed
        workdays = sheet.workdays[cell]
        spent = elapsed(as_of) - elapsed(now) if workdays else as_of - now
        project, stage = divmod(cell, self.lists.stages)
        duration = self.luck.cohort.longer_than(sheet.purpose, sheet.round, project, stage, spent)
        return max(as_of, self.after(now, duration, workdays))

    def wait_to_submit(self, cell: int, turn: int) -> Event | None:
        """What to wait for until the time before which a stage shall not be submitted."""
        return self.wait_until(self.lists.submit_from.get(cell, -inf), turn)

    def wait_until(self, time: float, turn: int) -> Event | None:
        """What to wait for until a time: nothing if it is not in the future."""
        return self.clock.at(time, turn) if time > self.clock.time else None

    def meeting(self, project: Case, cell: int, round_: int, turn: int) -> Event | None:
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
