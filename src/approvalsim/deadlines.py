"""Where the projects of a register stand against their deadlines, at the end of a day.

Deadlines are those of `plan_steering`: so early before the target that all that follows fits in if
it takes its typical time. A deadline's date is the last day on whose evening it is still met, so a
light turns yellow with the day after it.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor, inf, isfinite

import numpy as np

from approvalsim.network import Schedule, critical_path
from approvalsim.oversight import Supervision
from approvalsim.plan import Plan, compile_plan
from approvalsim.plan_parts import Floats, Situation
from approvalsim.plan_steering import supervision
from approvalsim.register import Entry, Register, dates_of
from approvalsim.scenario import Scenario
from approvalsim.standing import entered, scenario_of
from approvalsim.supervision import margins
from approvalsim.workdays import CalendarKind, working_calendar


@dataclass(frozen=True, eq=False)
class Board:
    """The projects' plan with what is known of them, and all deadlines."""

    scenario: Scenario
    """With the register's projects."""
    plan: Plan
    known: Situation
    """What has happened by now; its as-of time is the present."""
    schedule: Schedule
    """Typical times on the standard path, which deadlines are counted by."""
    margin: Floats
    target: Floats
    """(project) the end of the target date on the clock; infinite where there is none."""

    @classmethod
    def of(cls, scenario: Scenario, register: Register, as_of: date) -> "Board":
        """All projects of a register; raises `ScenarioError` where it does not fit the scenario."""
        there = scenario_of(scenario, register, as_of)
        watched = there.model_copy(update={"supervision": there.supervision or Supervision()})
        plan = compile_plan(there)
        steered = supervision(
            *(watched.with_supervision(True), plan.axes, plan.edges),
            *(plan.ancestors, plan.calendar),
        )
        # Targets are those of the register; whatever follows from the signing is among them.
        plan = replace(plan, supervision=replace(steered, within=inf))
        known = entered(plan, register, as_of)
        # The as-of instant is the next day's 00:00: who signs on that day has not signed yet.
        signed = np.where(plan.portfolio.signed < known.as_of, plan.portfolio.signed, inf)
        here = np.full(len(plan.axes.projects), inf)
        margin = margins(plan, signed, known.finished, known.happened, here, known.as_of)
        target = np.where(np.isnan(steered.target), inf, steered.target)
        return cls(there, plan, known, critical_path(there), margin, target)

    def due(self, project: int, lead: float) -> float:
        """A deadline on the clock, so many days before the target."""
        return float(self.target[project]) - lead

    def is_done(self, project: int, node: int) -> bool:
        """Whether a stage has been finished, or a milestone has happened."""
        known, stages = self.known, len(self.plan.axes.stages)
        if node < stages:
            return bool(known.finished[project, node] <= known.as_of)
        return bool(known.happened[project, node - stages] <= known.as_of)

    def named(self, node: int) -> tuple[str, bool]:
        """The id of a node, and whether it is a stage."""
        stages = len(self.plan.axes.stages)
        if node < stages:
            return self.plan.axes.stages[node], True
        return self.plan.axes.milestones[node - stages], False

    def day_of(self, time: float) -> date | None:
        """The last day on whose evening a deadline is still met."""
        return self.plan.calendar.date_of(floor(time) - 1) if isfinite(time) else None


def with_targets(register: Register, scenario: Scenario, within: float | None) -> Register:
    """The register with a target for every signed project that neither states nor inherits one."""
    if within is None:
        return register
    stated = {project.id for project in scenario.project if project.target}
    days = timedelta(days=max(ceil(within) - 1, 0))  # the last of so many days from signing

    def targeted(entry: Entry) -> Entry:
        signed = min((day for _, day in dates_of(entry)), default=None)
        if entry.target or entry.id in stated or signed is None:
            return entry
        return replace(entry, target=(entry.signed or signed) + days)

    return replace(register, entries=tuple(map(targeted, register.entries)))


def gone(entry: Entry, as_of: date) -> bool:
    """Whether a project has been given up by the end of a day."""
    return entry.left is not None and entry.left <= as_of


def is_dated(entry: Entry, scenario: Scenario) -> bool:
    """Whether it is known, or left to luck, when a project signs."""
    listed = any(project.id == entry.id and project.signed for project in scenario.project)
    return any(dates_of(entry)) or listed or scenario.projects.arrivals is not None


def in_working_days(scenario: Scenario, day: date, days: int) -> date:
    """The date on which so many working days after a day have passed."""
    said = scenario.calendar
    calendar = working_calendar(day, CalendarKind(said.kind), said.holidays, said.workdays)
    return calendar.date_of(calendar.end_of(1.0, float(days)) - 1)
