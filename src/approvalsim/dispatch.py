"""The dispatch table (要素调度表): how each project of a register stands against its plan.

One line a project, from what is known at the end of the as-of day: the stages it is in, with days
used against promised; its margin to the next deadline and its light; what the forecast says; who
has to do what next, by when; what it asks for, and what makes it late.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import floor, isfinite, isinf, isnan, nan
from typing import Literal

import numpy as np

from approvalsim.deadlines import Board, gone, is_dated, with_targets
from approvalsim.evidence import Text
from approvalsim.forecast import Forecast
from approvalsim.lights import URGED, LightRules, Signal
from approvalsim.register import Demand, Entry, Register
from approvalsim.scenario import Scenario, stage_for
from approvalsim.supervision import Light

Step = Literal["prepare", "review", "notice", "wait"]
"""The last one: papers that passed early wait for what they depend on (预审)."""
Deed = Literal["submit", "finish", "reach"]

ACTIONS = 3
"""How many next actions are named of a project."""


@dataclass(frozen=True)
class Prospect:
    """What the forecast says of a project: when it gets to the measured milestone."""

    p50: date | None
    p80: date | None
    reached: float
    """Share of the replications that get there at all."""
    on_time: float | None
    """Probability of the target; None without one."""


@dataclass(frozen=True)
class UnderWay:
    """A stage that has begun and not ended."""

    stage: str
    step: Step
    since: date
    used: int
    """Days so far, the as-of day included: of the review against a legal limit, else of all."""
    promised: float | None
    workdays: bool
    basis: Literal["statutory", "typical"]
    """What is promised: the legal limit of a review, or the stage's typical time."""

    @property
    def over(self) -> bool:
        """Whether it takes longer than promised."""
        return self.promised is not None and self.used > self.promised


@dataclass(frozen=True)
class Action:
    """What has to be done next, by when, and by whom."""

    deed: Deed
    subject: str
    """Id of the stage or milestone."""
    due: date | None
    """None for a project without a target."""
    overdue: bool
    """Whether that day is over."""
    responsible: Text | None


@dataclass(frozen=True)
class Late:
    """A stage or milestone that should have been finished by a date, and is not."""

    subject: str
    due: date
    days: int
    responsible: Text | None


@dataclass(frozen=True)
class OpenDemand:
    """诉求: a demand that is not closed, and for how many days it has been open."""

    demand: Demand
    days: int
    answered: date | None


@dataclass(frozen=True)
class Line:
    """One project of the table."""

    entry: Entry
    target: date | None
    """Its own, or that which follows from its signing."""
    done: date | None
    """When it got to the measured milestone."""
    under_way: tuple[UnderWay, ...]
    margin: float
    """Days to the next deadline not met yet; infinite without a target, nan if not under way."""
    light: Light
    signal: Signal
    prospect: Prospect | None
    actions: tuple[Action, ...]
    late: tuple[Late, ...]
    """Most days first."""
    demands: tuple[OpenDemand, ...]

    @property
    def slack(self) -> int | None:
        """Whole days to the next deadline; negative: days since it passed."""
        return floor(self.margin) if isfinite(self.margin) else None

    @property
    def urged(self) -> bool:
        """Whether it has a yellow or red light."""
        return self.signal in URGED


@dataclass(frozen=True)
class Dispatch:
    """The table of all projects that have not left, in the register's order."""

    scenario: Scenario
    as_of: date
    rules: LightRules
    lines: tuple[Line, ...]

    def count(self, signal: Signal) -> int:
        """How many projects show a signal."""
        return sum(line.signal is signal for line in self.lines)


def dispatch(
    scenario: Scenario,
    register: Register,
    as_of: date,
    rules: LightRules | None = None,
    prospects: Mapping[str, Prospect] | None = None,
) -> Dispatch:
    """The dispatch table as of the end of a day; ``prospects`` are by the projects' ids.

    A project without any date, which the scenario does not let sign by chance, is not signed.
    Raises `ScenarioError` where the register does not fit the scenario.
    """
    rules = rules or LightRules.of(scenario)
    register = with_targets(register, scenario, rules.within)
    here = [entry for entry in register.entries if not gone(entry, as_of)]
    known = tuple(entry for entry in here if is_dated(entry, scenario))
    found: dict[str, Line] = {}
    if known:
        board = Board.of(scenario, replace(register, entries=known), as_of)
        demands = _open_demands(register, as_of)
        for place, entry in enumerate(known):
            prospect = (prospects or {}).get(entry.id)
            found[entry.id] = _line(board, place, entry, rules, prospect, demands)
    lines = (found.get(entry.id) or _unsigned(entry, register, as_of) for entry in here)
    return Dispatch(scenario, as_of, rules, tuple(lines))


def prospects_of(forecast: Forecast) -> dict[str, Prospect]:
    """What a forecast says of each project's way to the measured milestone."""
    found = {}
    for project in forecast.projects:
        goal = project.milestones[forecast.measure]
        found[project.id] = Prospect(goal.p50, goal.p80, goal.reached, project.on_time)
    return found


def _unsigned(entry: Entry, register: Register, as_of: date) -> Line:
    demands = _open_demands(register, as_of).get(entry.id, ())
    return Line(
        *(entry, entry.target, None, (), nan, Light.NONE, Signal.UNSIGNED, None, (), (), demands)
    )


# --- one line ------------------------------------------------------------------------------------


def _line(
    board: Board,
    place: int,
    entry: Entry,
    rules: LightRules,
    prospect: Prospect | None,
    demands: Mapping[str, tuple[OpenDemand, ...]],
) -> Line:
    plan, known = board.plan, board.known
    margin = float(board.margin[place])
    happened = float(known.happened[place, plan.measure])
    done = plan.calendar.date_of(happened) if isfinite(happened) else None
    light = rules.light(margin)
    return Line(
        entry=entry,
        target=board.scenario.project[place].target,
        done=done,
        under_way=() if done else tuple(_under_way(board, place)),
        margin=margin,
        light=light,
        signal=_signal(margin, light, done, prospect, rules),
        prospect=prospect,
        actions=() if isnan(margin) else tuple(_deeds(board, place, entry))[:ACTIONS],
        late=() if isnan(margin) else tuple(_late(board, place, entry)),
        demands=demands.get(entry.id, ()),
    )


def _signal(
    margin: float, light: Light, done: date | None, prospect: Prospect | None, rules: LightRules
) -> Signal:
    if done:
        return Signal.DONE
    if light is Light.NONE:
        return Signal.UNSIGNED
    if isinf(margin):
        return Signal.NO_TARGET
    if light is not Light.GREEN:
        return Signal(light.value)
    chance = prospect.on_time if prospect else None
    doubtful = chance is not None and chance < rules.warn_below
    return Signal.WARNING if doubtful else Signal.GREEN


# --- stages under way ----------------------------------------------------------------------------


def _under_way(board: Board, place: int) -> Iterator[UnderWay]:
    plan, known, project = board.plan, board.known, board.scenario.project[place]
    having = {**project.attributes, "path": project.path or "standard"}
    if project.grade:
        having["grade"] = project.grade
    clock, now = plan.calendar, known.as_of
    for column, name in enumerate(plan.axes.stages):
        ready, submitted, reviewed, finished = (
            float(times[place, column])
            for times in (known.ready, known.submitted, known.reviewed, known.finished)
        )
        if not ready < now or isfinite(finished):
            continue
        step: Step = "prepare" if isnan(submitted) else "review" if isnan(reviewed) else "notice"
        since = {"prepare": ready, "review": submitted, "notice": reviewed}[step]
        before = plan.edges.source[plan.edges.target == column]
        if step == "notice" and np.isnan(known.finished[place, before]).any():
            step = "wait"
        limit = stage_for(board.scenario.stage[name], having).stage.statutory
        by_law = step == "review" and limit is not None
        typical = None if step == "wait" else board.schedule.activities[name].duration or None
        spent = clock.elapsed(now) - clock.elapsed(submitted) if by_law else now - ready
        yield UnderWay(
            stage=name,
            step=step,
            since=clock.date_of(since),
            used=round(spent),
            promised=limit if by_law else typical,
            workdays=by_law,
            basis="statutory" if by_law else "typical",
        )


# --- what comes next, and what is late -----------------------------------------------------------


def _deeds(board: Board, place: int, entry: Entry) -> Iterator[Action]:
    """What still has to be done on the way to the measured milestone, the earliest date first."""
    plan, schedule = board.plan, board.schedule
    rank = plan.ancestors.sum(axis=1).tolist()
    open_: list[tuple[float, int, int, Action]] = []
    for node, lead in zip(
        plan.supervision.order.tolist(), plan.supervision.lead.tolist(), strict=True
    ):
        name, is_stage = board.named(node)
        if board.is_done(place, node):
            continue
        deed: Deed = "finish" if is_stage else "reach"
        by = _responsible(board, name if is_stage else None, entry)
        order = rank[node] if is_stage else len(rank)
        time = board.due(place, lead)
        over = time < board.known.as_of
        open_.append((-lead, order, 1, Action(deed, name, board.day_of(time), over, by)))
        stage = board.scenario.stage.get(name)
        if stage and stage.review and isnan(board.known.submitted[place, node]):
            before = max(0.0, schedule.length - schedule.activities[name].latest_submission)
            time = board.due(place, before)
            over = time < board.known.as_of
            open_.append((-before, order, 0, Action("submit", name, board.day_of(time), over, by)))
    yield from (action for *_, action in sorted(open_, key=lambda each: each[:3]))


def _late(board: Board, place: int, entry: Entry) -> Iterator[Late]:
    """What should have been finished by now; deadlines come with the longest lead first."""
    plan, now = board.plan, board.known.as_of
    for node, lead in zip(
        plan.supervision.order.tolist(), plan.supervision.lead.tolist(), strict=True
    ):
        time = board.due(place, lead)
        due = board.day_of(time)
        if time >= now or due is None or board.is_done(place, node):
            continue
        name, is_stage = board.named(node)
        by = _responsible(board, name if is_stage else None, entry)
        yield Late(name, due, round(now) - floor(time), by)


def _responsible(board: Board, stage: str | None, entry: Entry) -> Text | None:
    """Whose a stage is: the scenario's owner of it, else who the register holds responsible."""
    owner = board.scenario.stage[stage].owner if stage else None
    if owner:
        return owner
    name = entry.owner or entry.leader or entry.team
    return Text(zh=name, en=name) if name else None


# --- demands -------------------------------------------------------------------------------------


def _open_demands(register: Register, as_of: date) -> dict[str, tuple[OpenDemand, ...]]:
    """By project, those that have been open longest first."""
    found: dict[str, list[OpenDemand]] = {}
    for demand in sorted(register.demands, key=lambda each: each.raised):
        if demand.raised > as_of or (demand.closed and demand.closed <= as_of):
            continue
        answered = demand.answered if demand.answered and demand.answered <= as_of else None
        days = (as_of - demand.raised).days
        found.setdefault(demand.project, []).append(OpenDemand(demand, days, answered))
    return {project: tuple(each) for project, each in found.items()}
