"""A replication told again from the rules, to be compared with what the engine said.

`Retelling` works out each step of `MODEL.md`'s *one project through one stage* and *commitments*
from the draws and from the facts of the steps before it, without a clock or a queue of events. Only
who goes first at the same instant is left open: there both answers are allowed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from math import inf

import networkx as nx
import numpy as np
from builders import Outcome

from approvalsim.cohort import Cohort, draw_cohort
from approvalsim.luck import Purpose
from approvalsim.plan import Plan
from approvalsim.plan_parts import DEFERRED, FINISHED, HARD, PREREVIEW, REVIEWED, SUBMITTED
from approvalsim.simulation import Happening

Step = tuple[str, int, float]
"""What happens to a stage, in which round, and when."""


@dataclass(frozen=True)
class Hold:
    """A breach holds its project from ``begin`` to ``end``; the paper comes at ``supplied``."""

    edge: int
    begin: float
    supplied: float
    end: float


@dataclass(frozen=True)
class Visit:
    """A submission in a department: it joins the queue, and one reviewer takes it up."""

    project: int
    stage: int
    joined: float
    started: float
    ended: float
    """When the reviewer is free again; for a submission never taken up, when it gave up."""


class Retelling:
    """One replication and the plan it came from."""

    def __init__(self, outcome: Outcome, seed: int = 1, replication: int = 0) -> None:
        self.plan: Plan = outcome.plan
        self.history = outcome.history
        self.cohort: Cohort = draw_cohort(outcome.plan, seed, replication)
        self.stage = outcome.facts.stage
        self.facts = outcome.facts.project
        self.departments = outcome.facts.department
        self.projects = range(len(self.plan.axes.projects))
        self.stages = range(len(self.plan.axes.stages))
        self.nodes = range(len(self.stages) + len(self.plan.axes.milestones))

    # What the engine said

    def done(self, project: int, edge: int) -> float:
        """When the predecessor reached the phase that an edge waits for."""
        names = {SUBMITTED: "submitted", REVIEWED: "reviewed", FINISHED: "finished"}
        fact = getattr(self.stage, names[int(self.plan.edges.phase[edge])])
        return float(fact[0, project, self.plan.edges.source[edge]])

    def begun(self, project: int, node: int) -> float:
        """When a stage became ready or a milestone happened."""
        if node in self.stages:
            return float(self.stage.ready[0, project, node])
        return float(self.facts.milestone[0, project, node - len(self.stages)])

    def over(self, project: int, node: int) -> float:
        """When a stage was finished or a milestone happened."""
        if node in self.stages:
            return float(self.stage.finished[0, project, node])
        return self.begun(project, node)

    def left(self, project: int) -> float:
        """When a project dropped out."""
        return float(self.facts.left[0, project])

    def last(self, project: int) -> float:
        """Until when anything can happen to a project."""
        return min(self.left(project), self.plan.end)

    def edges_into(self, node: int) -> list[int]:
        return np.flatnonzero(self.plan.edges.target == node).tolist()

    @cached_property
    def lines(self) -> dict[tuple[str, str], list[Happening]]:
        """The history by project and subject."""
        found: dict[tuple[str, str], list[Happening]] = {}
        for line in self.history:
            found.setdefault((line.project, line.subject), []).append(line)
        return found

    def steps(self, project: int, stage: int) -> list[Step]:
        """The history of one stage of one project."""
        names = self.plan.axes.projects[project], self.plan.axes.stages[stage]
        return [(line.what, line.round, line.time) for line in self.lines.get(names, [])]

    # What the rules say

    def is_needed(self, node: int, hold: Hold) -> bool:
        """Whether the paper that a hold waits for comes from this stage, or needs it."""
        graph = nx.DiGraph(zip(self.plan.edges.source, self.plan.edges.target, strict=True))
        missing = self.plan.edges.source[hold.edge]
        return node == missing or node in nx.ancestors(graph, missing)

    def after(self, begin: float, duration: float, workdays: bool) -> float:
        return self.plan.calendar.end_of(begin, duration) if workdays else begin + duration

    def spent(
        self, begin: float, purpose: Purpose, project: int, stage: int, round_: int = 0
    ) -> float:
        """When a duration ends that begins then."""
        duration = float(self.cohort.durations(purpose, round_)[project, stage])
        return self.after(begin, duration, self.cohort.in_workdays(purpose)[project, stage])

    def meeting(self, stage: int, now: float) -> float:
        """The first meeting at or after now."""
        every = self.plan.stages.meeting_every[stage]
        if not every:
            return now
        times = (self.plan.stages.meeting_offset[stage] + number * every for number in count())
        return float(next(time for time in times if time >= now))

    def sent_back(self, project: int, stage: int, round_: int) -> bool:
        form, forms = self.cohort.form[project, stage], self.plan.forms
        chance = forms.correction[form]
        for _ in range(round_):
            chance = chance * forms.decay[form]
        return bool(
            round_ < forms.max_rounds[form]
            and self.cohort.corrections(round_)[project, stage] < chance
        )

    def expected_steps(self, project: int, stage: int) -> Iterator[Step]:
        """All steps of a stage from its being ready; the queue is taken as the engine said."""
        steps = self.steps(project, stage)
        taken_up = {round_: time for what, round_, time in steps if what == "review"}
        now = self.begun(project, stage)
        if now == inf:
            return
        yield "ready", 0, now
        now = self.spent(now, Purpose.PREPARE, project, stage)
        for round_ in count():
            yield "submitted", round_ + 1, now
            now = self.meeting(stage, now)
            if self.plan.stages.department[stage] >= 0:
                now = taken_up.get(round_ + 1, inf)
            if now == inf:
                return
            yield "review", round_ + 1, now
            now = self.spent(now, Purpose.REVIEW, project, stage, round_)
            if not self.sent_back(project, stage, round_):
                break
            yield "sent_back", round_ + 1, now
            now = self.spent(now, Purpose.REWORK, project, stage, round_)
        yield "passed", round_ + 1, now
        now = self.spent(now, Purpose.NOTICE, project, stage)
        yield "finished", 0, self.issued(project, stage, now)

    def issued(self, project: int, stage: int, now: float) -> float:
        """Finished: after the predecessors in pre-review mode, and the longest issue time."""
        modes = self.facts.edge_mode[0, project]
        edges = [edge for edge in self.edges_into(stage) if modes[edge] == PREREVIEW]
        begin = max([now, *(self.done(project, edge) for edge in edges)])
        if begin == inf:
            return inf
        return max(
            [begin]
            + [
                self.after(
                    begin,
                    float(self.cohort.issue[project, edge]),
                    bool(self.plan.tables.workdays[self.plan.edges.issue[edge]]),
                )
                for edge in edges
            ]
        )

    def deadline(self, project: int, edge: int) -> float:
        """When an obligation is due at last; infinite where there is none."""
        obliged = float(self.facts.obliged[0, project, edge])
        if obliged == inf:
            return inf
        return self.plan.calendar.end_of(obliged, float(self.plan.edges.deadline[edge]))

    def holds(self, project: int) -> list[Hold]:
        """The holds of a project, by edge."""
        found = []
        for edge in range(len(self.plan.axes.edges)):
            begin = float(self.facts.breached[0, project, edge])
            if begin < inf:
                supplied = max(begin, self.done(project, edge))
                remedy = float(self.cohort.remedy[project, edge])
                workdays = bool(self.plan.tables.workdays[self.plan.policy.remedy])
                end = inf if supplied == inf else self.after(supplied, remedy, workdays)
                found.append(Hold(edge, begin, supplied, end))
        return found

    def stop_work(self, project: int, *, touching: bool) -> float:
        """Days on which a hold is on, in spells that began at or after the measured milestone.

        Holds that overlap make one spell; so do those that only touch, if ``touching`` says so.
        """
        measured = float(self.facts.milestone[0, project, self.plan.measure])
        spells: list[tuple[float, float]] = []
        for hold in sorted(self.holds(project), key=lambda hold: hold.begin):
            begin, end = spells[-1] if spells else (-inf, -inf)
            if hold.begin < end or (touching and hold.begin == end):
                spells[-1] = begin, max(end, hold.end)
            else:
                spells.append((hold.begin, hold.end))
        last = self.last(project)
        return sum(min(end, last) - begin for begin, end in spells if begin >= measured)

    def may_begin(self, project: int, node: int, earliest: float) -> tuple[list[float], float]:
        """When a stage or milestone may begin that lacks nothing since ``earliest``.

        The times allowed, and the one by which it must have begun. They differ only where a hold
        begins, or a missing paper comes, at that very moment: then either may come first.
        """
        if earliest == inf:
            return [], inf
        holds = self.holds(project)
        chances = {earliest, *(at for hold in holds for at in (hold.begin, hold.end))}
        allowed = []
        for chance in sorted(chances):
            if earliest <= chance < inf:
                at = self.opening(project, node, chance)
                if not self._stopped(holds, node, at, certainly=True):
                    allowed.append(at)
                if not self._stopped(holds, node, at, certainly=False):
                    return allowed, at
        return allowed, inf

    def _stopped(self, holds: list[Hold], node: int, at: float, *, certainly: bool) -> bool:
        """Whether a hold is on, and not for a paper that needs this very stage."""
        if certainly:
            running = [hold for hold in holds if hold.begin < at < hold.end]
            missing = [hold for hold in holds if hold.begin <= at <= hold.supplied]
        else:
            running = [hold for hold in holds if hold.begin <= at < hold.end]
            missing = [hold for hold in holds if hold.begin <= at < hold.supplied]
        return bool(running) and not any(self.is_needed(node, hold) for hold in missing)

    def opening(self, project: int, node: int, now: float) -> float:
        """The earliest time from now at which the share of resumed sites covers the draw."""
        windows, milestone = self.plan.milestones, node - len(self.stages)
        if milestone < 0 or not windows.has_window[milestone]:
            return now
        draw = float(self.cohort.milestone_luck.draw(Purpose.WINDOW)[project, milestone])
        closed, full = windows.closed_after[milestone], windows.full_after[milestone]
        for new_year in windows.new_years:
            resumed = float(new_year + (closed + (full - closed) * draw))
            if new_year - windows.closed_before[milestone] <= now < resumed:
                return resumed
        return now

    def modes(self, project: int, edge: int) -> set[int]:
        """What an edge may have been when its successor began, or may be by now."""
        mode = int(self.cohort.edge_mode[project, edge])
        begun = self.begun(project, int(self.plan.edges.target[edge]))
        breach = min((hold.begin for hold in self.holds(project)), default=inf)
        if not self.plan.policy.bar_after_breach or breach > begun or begun == inf:
            return {mode}
        return {HARD} if breach < begun else {HARD, mode}

    def earliest(self, project: int, node: int) -> float:
        """When nothing is missing any more for a stage or milestone, holds and windows apart."""
        times = [float(self.cohort.signed[project])]
        if node in self.stages:
            times.append(float(self.plan.stages.not_before[node]))
        modes = self.facts.edge_mode[0, project]
        barred = self.begun(project, node) == inf and self.barred(project)
        times += [
            self.done(project, edge)
            for edge in self.edges_into(node)
            if modes[edge] == HARD or barred
        ]
        return max(times)

    def barred(self, project: int) -> bool:
        """Whether what has not begun runs with hard edges."""
        return self.plan.policy.bar_after_breach and bool(self.holds(project))

    def owes(self, project: int, edge: int) -> set[float]:
        """When an obligation arose, or infinity."""
        over = self.over(project, int(self.plan.edges.target[edge]))
        done = self.done(project, edge)
        if self.facts.edge_mode[0, project, edge] != DEFERRED or done < over:
            return {inf}
        return {over, inf} if done == over else {over}

    # Departments

    def visits(self, department: int) -> list[Visit]:
        """Every submission that joined the queue of a department."""
        found = []
        for project in self.projects:
            for stage in np.flatnonzero(self.plan.stages.department == department).tolist():
                steps = self.steps(project, stage)
                starts = {round_: time for what, round_, time in steps if what == "review"}
                for what, round_, time in steps:
                    joined = self.meeting(stage, time)
                    if what != "submitted" or joined >= self.plan.end:
                        continue
                    started = starts.get(round_, inf)
                    if started == inf and joined >= self.left(project):
                        continue
                    ended = (
                        self.last(project)
                        if started == inf
                        else self.spent(started, Purpose.REVIEW, project, stage, round_ - 1)
                    )
                    found.append(Visit(project, stage, joined, started, ended))
        return found
