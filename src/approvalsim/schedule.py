"""The backward schedule (倒排工期): by which date each stage has to be submitted and finished.

Asked is a target date and how sure it shall be, say 80 %. The dates are found in three steps, all
under the same luck:

1. The projects go on as fast as they can. Each replication says how long it still takes from every
   stage to the measured milestone (`remaining`).
2. At a *level*, a stage's date is the target less the time within which some share of the
   replications gets from it to the milestone: at level 0 the share that was asked for, at level 1
   all, at level -1 hardly any. A higher level gives earlier dates. Beyond level 1 all dates are
   moved to the front by up to half a year, as the target may lie behind a holiday.
3. One level for all stages of a project is searched from above: the lowest at which the target is
   still held as surely as was asked when every stage is submitted as late as its date allows. That
   is simulated too, with all projects that are planned following their dates
   (`Situation.submit_from`), so queues and seasons are those the dates lead to.

A target close behind a closed window is taken to be the last day before it closes. Projects do not
drop out here: a schedule is for those that go on. Where the target cannot be held that surely even
if everything goes as fast as it can, nothing is held back: the dates are those by which each stage
is then through as surely as was asked, and `levers` says what would help.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial, reduce
from math import inf, isfinite, nan

import numpy as np
from numpy.typing import NDArray

from approvalsim.engines import chosen
from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.evidence import Text
from approvalsim.execution import Effort
from approvalsim.facts import Facts
from approvalsim.levers import Aims, Gain, conditioned, gains
from approvalsim.outlook import DayCounts, Watch, measured, origin, outcomes
from approvalsim.plan import Plan, with_situation
from approvalsim.plan_parts import Flags, Situation
from approvalsim.register import Register
from approvalsim.remaining import FINISH, SUBMIT, remaining
from approvalsim.scenario import Scenario
from approvalsim.standing import entered, scenario_of

Floats = NDArray[np.float64]

LOWEST, HIGHEST = -1.0, 2.0
"""Between which levels lie."""
STEPS = ((1 / 8, 25), (1 / 64, 8))
"""How far the level goes down at a time, and how often at most: large steps, then small ones."""
MENDS = 16
"""How often levels are raised again at most."""
AHEAD = 183.0
"""Days by which dates are moved to the front at most, beyond level 1."""


@dataclass(frozen=True)
class StageDates:
    """When a stage was, or has to be, submitted and finished."""

    stage: str
    owner: Text | None
    """Who is responsible, as the scenario says."""
    submitted: date | None
    finished: date | None
    submit_by: date | None
    """None where it has been already, the milestone does not wait for it, or it never comes."""
    finish_by: date | None
    at_once: bool
    """There is no time to lose: its date is not in the future, or the target is missed anyhow."""


@dataclass(frozen=True)
class ProjectSchedule:
    """The dates of one project, and what they are worth."""

    id: str
    name: Text | None
    owner: str
    """Who is responsible for the project, as the register says."""
    target: date
    fastest: float
    """Probability of the target if everything goes as fast as it can."""
    earliest: date | None
    """The first day that can be held as surely as was asked; None if there is none."""
    missed_by: int | None
    """Days between the target and that day; 0 where the target is held, None if it never is."""
    level: float
    """At which the dates were found (see the module); infinite where all is to be done at once."""
    probability: float
    """That the target is held when all follow their dates."""
    stages: tuple[StageDates, ...]

    @property
    def holds(self) -> bool:
        """Whether the target can be held as surely as was asked."""
        return self.missed_by == 0


@dataclass(frozen=True, eq=False)
class Schedule:
    """Backward schedules of some projects of a scenario."""

    scenario: Scenario
    """With the register's projects, where there is one; nobody drops out."""
    plan: Plan
    """In which the dates are followed."""
    as_of: date | None
    measure: str
    confidence: float
    projects: tuple[ProjectSchedule, ...]
    gains: tuple[Gain, ...]
    """What would bring those closer that miss their targets; most days first."""
    replications: int
    seed: int
    engine: str


@dataclass(frozen=True, eq=False)
class _Task:
    """What is planned; arrays over all projects of the plan."""

    scenario: Scenario
    plan: Plan
    known: Situation
    """As it was entered, to be shown."""
    effort: Effort
    confidence: float
    planned: NDArray[np.bool_]
    goal: Floats
    """The end of the target date on the clock."""
    watch: Watch

    def ahead(self, days: DayCounts) -> Floats:
        """Probability of the goal, by counts of days up to the milestone."""
        return days.by(self.goal - 1 - origin(self.plan))


def schedule(
    scenario: Scenario,
    effort: Effort,
    target: date | None = None,
    confidence: float = 0.8,
    register: Register | None = None,
    as_of: date | None = None,
    only: Sequence[str] = (),
    watch: Watch = bool,
) -> Schedule:
    """Backward schedules to a target date, or else to each project's own.

    With a register, projects go on from where they stand by the as-of date (both are given, or
    neither). ``only`` names the projects to plan; all others go on as fast as they can. Raises
    `ScenarioError` where a project is unknown, or none that is left to plan has a target.
    """
    task = _task(scenario, effort, target, confidence, register, as_of, only, watch)
    start = origin(task.plan)
    fast = _as_fast_as_can_be(task)
    fastest, earliest = task.ahead(fast.days), fast.days.within(confidence)
    missing = task.planned & (fastest < confidence)
    held = replace(task, planned=task.planned & ~missing)
    level = _level(held, fast.lasts)
    dates = _dates(held, fast.lasts, level)
    chances = fastest, _chances(held, fast.lasts, level)
    pace = start + fast.pace.within(confidence)
    dates = np.where(missing[:, None, None] & (dates < inf), pace, dates)
    owners = {entry.id: entry.owner for entry in register.entries} if register else {}
    aims = Aims(missing, task.goal, confidence)
    return Schedule(
        scenario=task.scenario,
        plan=_following(held, dates),
        as_of=as_of,
        measure=task.scenario.measure,
        confidence=confidence,
        projects=tuple(_projects(task, missing, earliest, level, chances, dates, owners)),
        gains=gains(task.scenario, register, as_of, effort, aims, fast.days, watch),
        replications=fast.days.replications,
        seed=effort.seed,
        engine=chosen(effort.engine),
    )


# --- what is asked -------------------------------------------------------------------------------


def _task(
    scenario: Scenario,
    effort: Effort,
    target: date | None,
    confidence: float,
    register: Register | None,
    as_of: date | None,
    only: Sequence[str],
    watch: Watch,
) -> _Task:
    there = scenario if register is None else scenario_of(scenario, register, as_of)
    stays = there.projects.model_copy(update={"dropout": None})
    there = there.model_copy(update={"projects": stays})
    plan = conditioned(there, register, as_of)
    names = plan.axes.projects
    if unknown := [name for name in only if name not in names]:
        known_ids = listed(names, 5)
        raise ScenarioError(
            Problem("unknown_project", ("--project",), {"found": name, "known": known_ids})
            for name in unknown
        )
    own = [project.target for project in there.project] or [None] * len(names)
    days = [target or day for day in own]
    goal = np.array([plan.calendar.clock_of(day) + 1 if day else nan for day in days])
    known = Situation.unknown(plan.axes)
    if register is not None and as_of is not None:
        known = entered(plan, register, as_of)
    wanted = np.array([not only or name in only for name in names])
    planned = wanted & np.isnan(known.happened[:, plan.measure]) & ~np.isnan(goal)
    if not planned.any():
        raise ScenarioError([Problem("nothing_to_plan", ("--target",))])
    return _Task(there, plan, known, effort, confidence, planned, goal, watch)


# --- the dates -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Fastest:
    """What happens if everything goes as fast as it can."""

    days: DayCounts
    """(project) days to the milestone."""
    lasts: DayCounts
    """(project, stage, 2) days from the submission and from the end of each stage to it, above."""
    pace: DayCounts
    """(project, stage, 2) days to the submission and to the end of each stage."""

    def plus(self, other: "_Fastest") -> "_Fastest":
        return _Fastest(
            self.days.plus(other.days), self.lasts.plus(other.lasts), self.pace.plus(other.pace)
        )


def _as_fast_as_can_be(task: _Task) -> _Fastest:
    return reduce(
        _Fastest.plus, outcomes(task.plan, task.effort, partial(_fastest, task.plan), task.watch)
    )


def _fastest(plan: Plan, facts: Facts) -> _Fastest:
    lasts = remaining(plan, facts)
    pace = np.stack([facts.stage.submitted, facts.stage.finished], axis=-1)
    return _Fastest(
        measured(plan, facts),
        DayCounts.of(np.where(lasts < 0, 0.0, np.floor(lasts) + 1)),  # 0: nothing waits for it
        DayCounts.of(np.floor(pace) - origin(plan)),
    )


def _chances(task: _Task, lasts: DayCounts, level: Floats) -> Floats:
    """(project) probability of the goal when all projects follow the dates of their levels."""
    plan = _following(task, _dates(task, lasts, level))
    parts = outcomes(plan, task.effort, partial(measured, plan), task.watch)
    return task.ahead(reduce(DayCounts.plus, parts))


def _level(task: _Task, lasts: DayCounts) -> Floats:
    """(project) the lowest level at which the goal is still held as surely as was asked.

    All go down together, because those who submit late queue with each other; whoever cannot
    follow stays where he is. Infinite stands for everything at once, where no level will do.
    """
    level = np.full(len(task.planned), inf)
    for step, times in STEPS:
        for _ in range(times):
            lower = np.maximum(np.minimum(level, HIGHEST + step) - step, LOWEST)
            trial = np.where(task.planned, lower, inf)
            enough = task.planned & (_chances(task, lasts, trial) >= task.confidence)
            if not enough.any() or (trial[enough] == level[enough]).all():
                break
            level = np.where(enough, trial, level)
    return _all_hold(task, lasts, level)


def _all_hold(task: _Task, lasts: DayCounts, level: Floats) -> Floats:
    """Levels raised until every goal holds: who went on falling made the queues of others long."""
    for _ in range(MENDS):
        short = task.planned & (_chances(task, lasts, level) < task.confidence)
        if not short.any() or np.isinf(level[short]).all():
            break
        level = np.where(short, np.where(level < HIGHEST, level + STEPS[-1][0], inf), level)
    return level


def _dates(task: _Task, lasts: DayCounts, level: Floats) -> Floats:
    """(project, stage, 2) latest times to submit and to finish; minus infinite: at once.

    Infinite where the milestone does not wait for the stage.
    """
    above, below = np.clip(level, 0.0, 1.0), np.clip(level, LOWEST, 0.0)
    share = task.confidence * (1 + below) + (1 - task.confidence) * above
    sooner = AHEAD * np.clip(level - 1, 0.0, 1.0)
    lead = lasts.within(share[:, None, None])
    leads = lasts.counts[..., 1:].any(axis=-1)
    times = _before_the_window(task)[:, None, None] - lead - np.floor(sooner)[:, None, None]
    times = np.where(np.isinf(level)[:, None, None], -inf, times)
    dates: Floats = np.where(leads, times, inf)
    return dates


def _before_the_window(task: _Task) -> Floats:
    """(project) the goal, or where it lies behind a closed window, when that closes."""
    windows, measure = task.plan.milestones, task.plan.measure
    if not windows.has_window[measure]:
        return task.goal
    goal = task.goal.copy()
    for new_year in windows.new_years.tolist():
        closes = new_year - windows.closed_before[measure]
        inside = (closes < goal) & (goal <= new_year + windows.full_after[measure])
        goal = np.where(inside, closes, goal)
    return goal


def _following(task: _Task, dates: Floats) -> Plan:
    """The plan in which nothing is submitted before its date; what has been stays."""
    known = task.plan.situation
    assert known is not None
    late = dates[:, :, SUBMIT]
    held = task.planned[:, None] & np.isfinite(late) & (late > known.as_of)
    held &= np.isnan(known.submitted)
    return with_situation(task.plan, replace(known, submit_from=np.where(held, late, -inf)))


def _projects(
    task: _Task,
    missing: Flags,
    earliest: Floats,
    level: Floats,
    chances: tuple[Floats, Floats],
    dates: Floats,
    owners: Mapping[str, str],
) -> Iterator[ProjectSchedule]:
    """What was found of each project; ``chances`` if all goes fast, and by the dates."""
    plan, start = task.plan, origin(task.plan)
    for p in np.flatnonzero(task.planned).tolist():
        name = plan.axes.projects[p]
        yield ProjectSchedule(
            id=name,
            name=task.scenario.project[p].name if task.scenario.project else None,
            owner=owners.get(name, ""),
            target=plan.calendar.date_of(task.goal[p] - 1),
            fastest=float(chances[0][p]),
            earliest=_day(plan, start + earliest[p]),
            missed_by=_missed_by(start + earliest[p] + 1 - task.goal[p]) if missing[p] else 0,
            level=float(level[p]),
            probability=float(chances[1][p]),
            stages=tuple(_stages(task, dates[p], p, bool(missing[p]))),
        )


def _stages(task: _Task, dates: Floats, project: int, is_missed: bool) -> Iterator[StageDates]:
    """The dates of one project's stages, in the scenario's order."""
    plan, known = task.plan, task.known
    today = origin(plan)
    for place, (name, stage) in enumerate(task.scenario.stage.items()):
        done = [_day(plan, t[project, place]) for t in (known.submitted, known.finished)]
        due = dates[place].tolist()
        open_ = [done[end] is None and due[end] < inf for end in (SUBMIT, FINISH)]
        by = [_day(plan, max(due[end], today)) if open_[end] else None for end in (SUBMIT, FINISH)]
        yield StageDates(
            stage=name,
            owner=stage.owner,
            submitted=done[SUBMIT],
            finished=done[FINISH],
            submit_by=by[SUBMIT],
            finish_by=by[FINISH],
            at_once=any(open_) and (is_missed or (open_[SUBMIT] and due[SUBMIT] <= today)),
        )


def _day(plan: Plan, time: float) -> date | None:
    return plan.calendar.date_of(time) if isfinite(time) else None


def _missed_by(days: float) -> int | None:
    return round(days) if isfinite(days) else None
