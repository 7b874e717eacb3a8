"""One project of one replication, from signing to groundbreaking: what it was at, and from when on.

No Qt here. The core tells events and sums; this puts them into intervals by the model's own rules.
Times are calendar days on the scenario's clock.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, inf, isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import Facts
from approvalsim.network import Edge, Mode
from approvalsim.plan import Plan
from approvalsim.plan_parts import COMMITMENT, PREREVIEW, REVIEWED, SUBMITTED
from approvalsim.scenario import Path, Scenario
from approvalsim.simulation import Happening, trace
from approvalsim.timetable import next_meeting
from approvalsim.workdays import WorkingCalendar

Phase = Literal[
    "preparing", "meeting", "queueing", "reviewing", "correcting", "notice", "waiting", "issuing"
]
"""What a stage is at: ``meeting`` waits for one, ``waiting`` for others' certificates."""
Case = Literal["median", "p80", "worst"]

PHASES: tuple[Phase, ...] = (
    "preparing",
    "meeting",
    "queueing",
    "reviewing",
    "correcting",
    "notice",
    "waiting",
    "issuing",
)
QUANTILES: Mapping[Case, float] = {"median": 0.5, "p80": 0.8, "worst": 1.0}
ROUNDING = 1e-9
"""Days by which a sum of durations may differ from a difference of times."""


@dataclass(frozen=True)
class Interval:
    """A stage at one thing."""

    stage: str
    phase: Phase
    begin: float
    end: float
    round: int = 0
    """Which submission this belongs to, from 1; 0 before the first."""


@dataclass(frozen=True)
class Event:
    """Something that happened; ``subject`` is a stage, milestone or edge, empty for the project."""

    time: float
    subject: str
    what: str
    round: int = 0


@dataclass(frozen=True)
class Debt:
    """Papers owed: from going ahead without them until they came (inf if never)."""

    edge: Edge
    begin: float
    end: float
    broken: float
    """When the promise counted as broken; inf if it was kept."""


@dataclass(frozen=True, eq=False)
class Walk:
    """All that happened to one project in one replication."""

    scenario: Scenario
    calendar: WorkingCalendar
    project: str
    replication: int
    path: Path
    grade: str
    modes: Mapping[Edge, Mode]
    """What each dependency was for this project."""
    signed: float
    started: float
    """When the measured milestone happened; inf if never."""
    end: float
    """When the last thing happened, or the horizon came."""
    events: tuple[Event, ...]
    intervals: tuple[Interval, ...]
    """Stage by stage in the scenario's order, and in time; none is empty."""
    reached: Mapping[Edge, float]
    """When each dependency's predecessor got as far as is needed; inf if never."""
    begun: Mapping[str, float]
    """When each stage became ready, or each milestone happened; inf if never."""
    finished: Mapping[str, float]
    holds: tuple[tuple[float, float], ...]
    """When the project was held after broken promises."""
    debts: tuple[Debt, ...]

    @cached_property
    def times(self) -> tuple[float, ...]:
        """The moments at which something happened, each once."""
        return tuple(sorted({event.time for event in self.events}))

    @cached_property
    def by_stage(self) -> Mapping[str, tuple[Interval, ...]]:
        """The intervals of each stage."""
        return {
            stage: tuple(each for each in self.intervals if each.stage == stage)
            for stage in self.scenario.stage
        }

    @cached_property
    def sent_back(self) -> Mapping[str, tuple[float, ...]]:
        """When each stage was sent back for correction."""
        return {
            stage: tuple(
                event.time
                for event in self.events
                if event.subject == stage and event.what == "sent_back"
            )
            for stage in self.scenario.stage
        }

    @property
    def days(self) -> float:
        """From signing to the measured milestone."""
        return self.started - self.signed


def chosen(
    times: NDArray[np.float64], case: Case, project: int | None = None
) -> tuple[int, int] | None:
    """The row and column of the case asked for, among all times or those of one project.

    ``times`` is (replication, project), infinite for what never started. The median is the time
    that half of all do not exceed, P80 the one that 80 % do not, the worst the longest that is
    finite. Of equal ones the first; None where nothing started.
    """
    columns = np.arange(times.shape[1]) if project is None else np.array([project])
    part = times[:, columns].ravel()
    order = np.argsort(part, kind="stable")
    count = int(np.isfinite(part).sum())
    if not count:
        return None
    place = max(ceil(QUANTILES[case] * count - ROUNDING) - 1, 0)
    value = part[order[place]]
    row, column = divmod(int(np.flatnonzero(part == value)[0]), len(columns))
    return row, int(columns[column])


def walk(scenario: Scenario, plan: Plan, seed: int, replication: int, project: str) -> Walk:
    """Simulate one replication and tell what happened to one project in it.

    ``plan`` is that of the scenario. Raises `ValueError` where there is no such project.
    """
    facts, history = trace(plan, seed, replication)
    return told(scenario, plan, facts, history, project)


def told(
    scenario: Scenario, plan: Plan, facts: Facts, history: Sequence[Happening], project: str
) -> Walk:
    """What the facts and the history of one replication say about one project."""
    return _Teller(scenario, plan, facts, history, project).walk()


class _Teller:
    """Puts one project's events into intervals."""

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        facts: Facts,
        history: Sequence[Happening],
        project: str,
    ) -> None:
        self.scenario, self.plan, self.facts = scenario, plan, facts
        if project not in plan.axes.projects:
            raise ValueError(f"there is no project {project}")
        self.number = plan.axes.projects.index(project)
        self.project = project
        self.events = tuple(
            Event(line.time, line.subject, line.what, line.round)
            for line in history
            if line.project == project
        )
        left = float(facts.project.left[0, self.number])
        last = max((event.time for event in self.events), default=0.0)
        open_end = left if isfinite(left) else plan.end
        self.cut = open_end if isfinite(open_end) else last

    def walk(self) -> Walk:
        """Everything together."""
        axes, project = self.plan.axes, self.facts.project
        nodes = (*axes.stages, *axes.milestones)
        ends = zip(self.plan.edges.source.tolist(), self.plan.edges.target.tolist(), strict=True)
        edges = [(nodes[source], nodes[target]) for source, target in ends]
        modes: tuple[Mode, ...] = ("hard", "prereview", "deferred")
        edge_modes = project.edge_mode[0, self.number].tolist()
        intervals = tuple(
            interval
            for stage in axes.stages
            for interval in self._intervals(stage)
            if interval.end > interval.begin + ROUNDING
        )
        ended = [event.time for event in self.events] + [interval.end for interval in intervals]
        grade = int(project.values[0, self.number, -1])
        return Walk(
            scenario=self.scenario,
            calendar=self.plan.calendar,
            project=self.project,
            replication=int(self.facts.replications[0]),
            path="commitment" if project.path[0, self.number] == COMMITMENT else "standard",
            grade=axes.values[-1][grade] if grade > 0 else "",
            modes={edge: modes[mode] for edge, mode in zip(edges, edge_modes, strict=True)},
            signed=float(project.signed[0, self.number]),
            started=float(self.facts.started[0, self.number]),
            end=max(ended, default=0.0),
            events=self.events,
            intervals=intervals,
            reached=dict(zip(edges, self._reached(), strict=True)),
            begun=self._by_name(self.facts.stage.ready),
            finished=self._by_name(self.facts.stage.finished),
            holds=self._holds(),
            debts=self._debts(edges),
        )

    def _by_name(self, stage_times: NDArray[np.float64]) -> dict[str, float]:
        """A time of each stage, and the one at which each milestone happened."""
        axes = self.plan.axes
        stages = zip(axes.stages, stage_times[0, self.number].tolist(), strict=True)
        happened = self.facts.project.milestone[0, self.number].tolist()
        return dict((*stages, *zip(axes.milestones, happened, strict=True)))

    def _reached(self) -> list[float]:
        """When each edge's predecessor reached the phase it waits for."""
        part, edges = self.facts.stage, self.plan.edges
        times = {SUBMITTED: part.submitted, REVIEWED: part.reviewed}
        return [
            float(times.get(phase, part.finished)[0, self.number, source])
            for source, phase in zip(edges.source.tolist(), edges.phase.tolist(), strict=True)
        ]

    def _intervals(self, stage: str) -> list[Interval]:
        """What one stage was at; what is not over is cut off at the end."""
        found: list[Interval] = []
        phase: Phase = "preparing"
        begin, round_ = inf, 0
        place = self.plan.axes.stages.index(stage)

        def close(end: float) -> None:
            if begin < inf:
                found.append(Interval(stage, phase, begin, end, round_))

        for event in self.events:
            if event.subject != stage:
                continue
            if event.what == "ready":
                phase, begin = "preparing", event.time
            elif event.what == "submitted":
                close(event.time)
                phase, begin, round_ = "queueing", event.time, event.round
            elif event.what == "review":
                found += self._queued(place, begin, event.time, round_)
                phase, begin = "reviewing", event.time
            elif event.what == "sent_back":
                close(event.time)
                phase, begin = "correcting", event.time
            elif event.what == "passed":
                close(event.time)
                phase, begin = "notice", event.time
            elif event.what == "finished":
                found += self._passed(place, begin, event.time, round_)
                begin = inf
        if begin < self.cut:
            found += self._unfinished(place, phase, begin, round_, close)
        return found

    def _unfinished(
        self,
        place: int,
        phase: Phase,
        begin: float,
        round_: int,
        close: Callable[[float], None],
    ) -> list[Interval]:
        """What a stage was at when everything ended."""
        if phase == "queueing":
            return self._queued(place, begin, self.cut, round_)
        if phase == "notice":
            return self._passed(place, begin, self.cut, round_)
        close(self.cut)
        return []

    def _queued(self, place: int, begin: float, end: float, round_: int) -> list[Interval]:
        """From a submission to its review: waiting for a meeting, then for a reviewer."""
        stage = self.plan.axes.stages[place]
        every = float(self.plan.stages.meeting_every[place])
        held = begin
        if every:
            offset = float(self.plan.stages.meeting_offset[place])
            held = min(next_meeting(begin, every, offset), end)
        return [
            Interval(stage, "meeting", begin, held, round_),
            Interval(stage, "queueing", held, end, round_),
        ]

    def _passed(self, place: int, begin: float, end: float, round_: int) -> list[Interval]:
        """From a passed review on: notice, waiting for others, issuing the certificate."""
        stage, edges = self.plan.axes.stages[place], self.plan.edges
        noticed = min(begin + float(self.facts.stage.notice[0, self.number, place]), end)
        mode, part = self.facts.project.edge_mode[0, self.number], self.facts.stage
        before = [
            float(part.finished[0, self.number, edges.source[edge]])
            for edge in np.flatnonzero((edges.target == place) & (mode == PREREVIEW))
        ]
        awaited = min(max([noticed, *before]), end)
        return [
            Interval(stage, "notice", begin, noticed, round_),
            Interval(stage, "waiting", noticed, awaited, round_),
            Interval(stage, "issuing", awaited, end, round_),
        ]

    def _holds(self) -> tuple[tuple[float, float], ...]:
        holds, began = [], inf
        for event in self.events:
            if event.what == "breach":
                began = min(began, event.time)
            elif event.what == "hold_ended":
                holds.append((began, event.time))
                began = inf
        if began < self.cut:
            holds.append((began, self.cut))
        return tuple(holds)

    def _debts(self, edges: Sequence[Edge]) -> tuple[Debt, ...]:
        broken = self.facts.project.breached[0, self.number].tolist()
        owed = self.facts.project.obliged[0, self.number].tolist()
        ends = zip(edges, owed, self._reached(), broken, strict=True)
        return tuple(Debt(edge, begin, end, at) for edge, begin, end, at in ends if begin < inf)
