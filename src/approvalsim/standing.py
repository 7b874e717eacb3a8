"""Where the projects of a register stand: as a scenario, and as what an engine goes on from.

A thing dated d happened at 00:00 of d on the clock. What is known *as of* a date is everything up
to the end of that day, so the as-of instant is 00:00 of the next one; later dates do not count.

What a register leaves blank is filled in as far as it follows from the rest:

1. A phase of a stage was reached at the latest when a later phase was.
2. A stage or milestone that has begun shows that what it waits for was there, at the latest then;
   unless the project may have gone ahead without it.
3. A stage whose predecessors have all finished has been ready since the last of them.
4. A project of unknown path that went ahead with a paper missing is on the commitment path.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from approvalsim.errors import Problem, ScenarioError
from approvalsim.evidence import Text
from approvalsim.plan import Plan, compile_plan, with_situation
from approvalsim.plan_parts import HARD, STANDARD, Flags, Situation
from approvalsim.register import STEPS, Entry, Register, dates_of
from approvalsim.scenario import Arrivals, Path, Project, Scenario
from approvalsim.serving import take_up
from approvalsim.validation import problems

PHASES = tuple(STEPS)


def scenario_of(scenario: Scenario, register: Register, as_of: date | None = None) -> Scenario:
    """The scenario with the register's projects, in its order, instead of its own.

    Projects that left (by the as-of date, where one is given) are not among them. Whoever has not
    signed yet does so after the as-of date. A scenario that starts later than the first signing
    starts with it; its meetings and reviews keep their days. What the register does not say of a
    project is taken from the scenario's project of the same id, or left to luck. Raises
    `ScenarioError` where no project is left, or what the register says makes no sense in it.
    """
    entries = [entry for entry in register.entries if not _left(entry, as_of)]
    if not entries:
        raise ScenarioError([Problem("no_entries", file=register.scenario)])
    listed = {project.id: project for project in scenario.project}
    projects = [_project(entry, listed.get(entry.id), scenario) for entry in entries]
    first = min((each.signed for each in projects if each.signed), default=scenario.start)
    own = scenario.projects
    changed = _begun_by(scenario, first).model_copy(
        update={
            "projects": own.model_copy(
                update={"count": None, "arrivals": _yet_to_come(own.arrivals, as_of)}
            ),
            "project": tuple(projects),
        }
    )
    if found := problems(changed):
        raise ScenarioError(found)
    return changed


def plan_as_of(scenario: Scenario, register: Register, as_of: date) -> Plan:
    """The plan of a scenario with the register's projects that goes on from where they stand.

    Raises `ScenarioError` where the scenario ends before that.
    """
    if scenario.end and as_of >= scenario.end:
        words = {"found": as_of, "end": scenario.end}
        raise ScenarioError([Problem("after_end", ("--as-of",), words)])
    plan = compile_plan(scenario)
    return with_situation(plan, situation_of(plan, register, as_of))


def situation_of(plan: Plan, register: Register, as_of: date) -> Situation:
    """What an engine goes on from: what is `entered`, and whose papers the reviewers hold.

    Papers in a queue are then submitted when they are taken up; see `serving`.
    """
    known = entered(plan, register, as_of)
    take_up(plan, known)
    return known


def entered(plan: Plan, register: Register, as_of: date) -> Situation:
    """What is known, as of a date, of the projects of a plan that are in the register too."""
    known = Situation.unknown(plan.axes, plan.calendar.clock_of(as_of) + 1)
    entries = {entry.id: entry for entry in register.entries}
    for place, name in enumerate(plan.axes.projects):
        if name in entries:
            _enter(plan, known, place, entries[name], as_of)
    _in_order(plan, known)
    _follow_backward(plan, known)
    _follow_forward(plan, known)
    return known


def _left(entry: Entry, as_of: date | None) -> bool:
    return entry.left is not None and (as_of is None or entry.left <= as_of)


def _project(entry: Entry, listed: Project | None, scenario: Scenario) -> Project:
    """A project of the register as one of the scenario."""
    earliest = min((day for _, day in dates_of(entry)), default=None)
    said: dict[str, Any] = {
        "name": Text(zh=entry.name, en=entry.name) if entry.name else None,
        "signed": entry.signed or earliest,
        "grade": entry.grade if scenario.commitment and scenario.commitment.grades else None,
        "investment": entry.investment,
        "target": entry.target,
        "path": entry.path or _path_shown(entry, scenario),
    }
    stated = {name: value for name, value in said.items() if value is not None}
    project = listed or Project(id=entry.id)
    own = {name: value for name, value in entry.attributes.items() if value}
    return project.model_copy(update={**stated, "attributes": {**project.attributes, **own}})


def _path_shown(entry: Entry, scenario: Scenario) -> Path | None:
    """``commitment`` where a stage has begun before one that only that path need not wait for."""
    if scenario.commitment is None or not scenario.commitment.enabled:
        return None
    for name, stage in scenario.stage.items():
        begun = _first_of(entry, name)
        for predecessor, edge in stage.after.items():
            record = entry.stages.get(predecessor)
            # A predecessor without any date may just not have been entered: it tells nothing.
            if not (edge.relaxed and begun and record and _first_of(entry, predecessor)):
                continue
            if record.finished is None or record.finished > begun:
                return "commitment"
    return None


def _first_of(entry: Entry, stage: str) -> date | None:
    """The first date of a stage."""
    record = entry.stages.get(stage)
    days = [day for phase in PHASES if record and (day := getattr(record, phase))]
    return min(days, default=None)


def _begun_by(scenario: Scenario, first: date) -> Scenario:
    """The scenario with its clock begun by a date, and what is periodic on the same days."""
    days = (scenario.start - first).days
    if days <= 0:
        return scenario
    stages = dict(scenario.stage)
    for name, stage in stages.items():
        if meeting := stage.meeting:
            moved = meeting.model_copy(update={"offset": (meeting.offset + days) % meeting.every})
            stages[name] = stage.model_copy(update={"meeting": moved})
    update: dict[str, Any] = {"start": first, "stage": stages}
    if weekly := scenario.supervision:
        moved_review = {"offset": (weekly.offset + days) % weekly.every}
        update["supervision"] = weekly.model_copy(update=moved_review)
    return scenario.model_copy(update=update)


def _yet_to_come(arrivals: Arrivals | None, as_of: date | None) -> Arrivals | None:
    """Signings given that they come after the as-of date."""
    if arrivals is None or as_of is None or arrivals.kind == "exponential":
        return arrivals
    next_day = as_of + timedelta(days=1)
    if arrivals.kind == "uniform" and arrivals.from_ and arrivals.to:
        begin = max(arrivals.from_, next_day)
        return arrivals.model_copy(update={"from_": begin, "to": max(arrivals.to, begin)})
    return arrivals.model_copy(update={"date": max(arrivals.date or next_day, next_day)})


# --- what is known -------------------------------------------------------------------------------


def _enter(plan: Plan, known: Situation, place: int, entry: Entry, as_of: date) -> None:
    """Write a project's dates up to the as-of date into the arrays."""
    clock_of = plan.calendar.clock_of
    for stage, record in entry.stages.items():
        if stage in plan.axes.stages:
            column = plan.axes.stages.index(stage)
            for phase in PHASES:
                if (day := getattr(record, phase)) and day <= as_of:
                    getattr(known, phase)[place, column] = clock_of(day)
    for milestone, day in entry.milestones.items():
        if milestone in plan.axes.milestones and day <= as_of:
            known.happened[place, plan.axes.milestones.index(milestone)] = clock_of(day)


def _in_order(plan: Plan, known: Situation) -> None:
    """No phase before the signing, none later than one that follows it."""
    signed = plan.portfolio.signed[:, None]
    latest = np.full(known.ready.shape, np.nan)
    for phase in reversed(PHASES):
        times = getattr(known, phase)
        latest = np.fmin(latest, times)
        times[:] = np.where(np.isnan(latest), latest, np.fmax(latest, signed))
    known.happened[:] = np.where(
        np.isnan(known.happened), known.happened, np.fmax(known.happened, signed)
    )


def _surely_hard(plan: Plan) -> Flags:
    """(projects, edges) dependencies that nobody can have relaxed."""
    standard = (plan.portfolio.path == STANDARD) | (not plan.policy.enabled)
    hard: Flags = standard[:, None] | (plan.edges.relaxed == HARD)
    return hard


def _follow_backward(plan: Plan, known: Situation) -> None:
    """What has begun shows that what it waits for was there, at the latest then."""
    stages = len(plan.axes.stages)
    hard = _surely_hard(plan)
    for target, edges in _edges_into(plan):
        begun = known.happened[:, target - stages] if target >= stages else known.ready[:, target]
        for edge in edges:
            source, phase = plan.edges.source[edge], plan.edges.phase[edge]
            times = getattr(known, PHASES[1 + phase])[:, source]
            shown = np.isnan(times) & ~np.isnan(begun) & hard[:, edge]
            times[shown] = begun[shown]
            for earlier in reversed(PHASES[: 1 + phase]):
                before = getattr(known, earlier)[:, source]
                before[:] = np.where(shown, np.fmin(before, times), before)


def _follow_forward(plan: Plan, known: Situation) -> None:
    """Stages have been ready since the last of their predecessors finished."""
    stages = len(plan.axes.stages)
    for target, edges in _edges_into(plan):
        if target >= stages:
            continue
        since = np.maximum(plan.portfolio.signed, plan.stages.not_before[target])
        for edge in edges:  # nan wins: a predecessor is missing, or the project has not signed
            since = np.maximum(since, known.finished[:, plan.edges.source[edge]])
        ready = known.ready[:, target]
        due = np.isnan(ready) & (since < known.as_of)
        ready[due] = since[due]


def _edges_into(plan: Plan) -> Iterator[tuple[int, list[int]]]:
    """The dependencies of every milestone and stage; what comes last in a project comes first."""
    stages = len(plan.axes.stages)
    before = plan.ancestors.sum(axis=1)
    order = sorted(range(stages), key=lambda stage: -int(before[stage]))
    for node in (*range(stages, stages + len(plan.axes.milestones)), *order):
        yield node, np.flatnonzero(plan.edges.target == node).tolist()
