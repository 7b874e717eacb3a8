"""Supervision and task forces of a scenario, compiled for the engines."""

from math import inf, nan

import numpy as np

from approvalsim.plan_parts import Axes, Edges, Flags, Floats, Ints, Supervision, TaskForces
from approvalsim.scenario import Scenario
from approvalsim.workdays import WorkingCalendar


def supervision(
    scenario: Scenario, axes: Axes, edges: Edges, ancestors: Flags, calendar: WorkingCalendar
) -> Supervision:
    """Deadlines count back from the target along the standard path's typical durations."""
    said = scenario.supervision
    targets = [project.target for project in scenario.project] or [None] * len(axes.projects)
    if said is None or not said.enabled:
        order, lead = np.zeros(0, dtype=np.int64), np.zeros(0)
    else:
        order, lead = _deadlines(scenario, axes, edges, ancestors)
    return Supervision(
        enabled=said is not None and said.enabled,
        every=said.every if said else 7.0,
        offset=said.offset if said else 0.0,
        within=inf if said is None or said.within is None else said.within,
        effect=said.effect if said else 0.0,
        leaders=said.leaders if said else 0,
        target=np.array([calendar.clock_of(day) + 1 if day else nan for day in targets]),
        order=order,
        lead=lead,
    )


def task_forces(scenario: Scenario) -> TaskForces:
    """How many projects a team has, and what overload costs."""
    said = scenario.task_force
    if said is None:
        return TaskForces(projects=1, capacity=1, overload=0.0)
    return TaskForces(said.projects, said.capacity, said.overload)


def _deadlines(
    scenario: Scenario, axes: Axes, edges: Edges, ancestors: Flags
) -> tuple[Ints, Floats]:
    """What leads to the measured milestone, and how long before the target it has to be done."""
    from approvalsim.network import critical_path  # noqa: PLC0415 - few scenarios need networkx

    schedule = critical_path(scenario)
    goal = len(axes.stages) + axes.milestones.index(scenario.measure)
    into = edges.source[edges.target == goal]
    leading = [*np.flatnonzero(ancestors[into].any(axis=0)).tolist(), goal]
    names = (*axes.stages, *axes.milestones)
    latest = np.array([schedule.activities[names[node]].latest_finish for node in leading])
    lead = np.maximum(0.0, schedule.length - latest)
    ranked = np.lexsort((np.array(leading), -lead))
    return np.array(leading, dtype=np.int64)[ranked], lead[ranked]
