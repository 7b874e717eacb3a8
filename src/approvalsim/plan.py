"""A scenario compiled to arrays: what an engine needs, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import product
from math import inf

import numpy as np

from approvalsim.luck import Keys, keys
from approvalsim.plan_parts import (
    DEFERRED,
    FINISHED,
    HARD,
    PREREVIEW,
    REVIEWED,
    SUBMITTED,
    Axes,
    Edges,
    Flags,
    Forms,
    Ints,
    Milestones,
    Policy,
    Portfolio,
    Situation,
    Stages,
    Supervision,
    TaskForces,
)
from approvalsim.plan_projects import policy, portfolio
from approvalsim.plan_steering import supervision, task_forces
from approvalsim.scenario import (
    RESERVED_ATTRIBUTES,
    Scenario,
    Stage,
    content_hash,
    edge_id,
    stage_for,
)
from approvalsim.tables import DurationTables, TableBuilder
from approvalsim.workdays import CalendarKind, WorkingCalendar, spring_festivals, working_calendar

_MODES = {None: HARD, "prereview": PREREVIEW, "deferred": DEFERRED}
_PHASES = {"submitted": SUBMITTED, "reviewed": REVIEWED, "finished": FINISHED}


@dataclass(frozen=True, eq=False)
class Plan:
    """All an engine needs. Arrays are read-only; times are calendar days on the clock."""

    scenario_id: str
    scenario_hash: str
    axes: Axes
    measure: int
    """Position of the milestone that times are counted to."""
    calendar: WorkingCalendar
    end: float
    """The horizon on the clock, inf where there is none: what comes later is censored."""
    tables: DurationTables
    stages: Stages
    forms: Forms
    edges: Edges
    ancestors: Flags
    """(stages, stages): whether the second comes before the first, or is it."""
    milestones: Milestones
    reviewers: Ints
    by_priority: Flags
    policy: Policy
    portfolio: Portfolio
    supervision: Supervision
    task_forces: TaskForces
    project_keys: Keys
    stage_keys: Keys
    milestone_keys: Keys
    edge_keys: Keys
    attribute_keys: Keys
    situation: Situation | None = None
    """What is known of the projects already; see `with_situation`."""


def compile_plan(scenario: Scenario) -> Plan:
    """Compile a scenario that has no problems (see `validation`)."""
    calendar = working_calendar(
        scenario.start,
        CalendarKind(scenario.calendar.kind),
        scenario.calendar.holidays,
        scenario.calendar.workdays,
    )
    tables = TableBuilder(every_day_works=calendar.every_day_works)
    axes = _axes(scenario)
    stages, forms = _stages(scenario, axes, tables, calendar)
    edges = _edges(scenario, axes, tables)
    ancestors = _ancestors(edges, len(axes.stages))
    said, projects = policy(scenario, axes, tables), portfolio(scenario, axes, tables, calendar)
    plan = Plan(
        scenario_id=scenario.id,
        scenario_hash=content_hash(scenario),
        axes=axes,
        measure=axes.milestones.index(scenario.measure),
        calendar=calendar,
        end=calendar.clock_of(scenario.end) + 1 if scenario.end else inf,
        tables=tables.build(),
        stages=stages,
        forms=forms,
        edges=edges,
        ancestors=ancestors,
        milestones=_milestones(scenario, calendar),
        reviewers=np.array([d.reviewers for d in scenario.department.values()], dtype=np.int64),
        by_priority=np.array(
            [d.discipline == "priority" for d in scenario.department.values()], dtype=np.bool_
        ),
        policy=said,
        portfolio=projects,
        supervision=supervision(scenario, axes, edges, ancestors, calendar),
        task_forces=task_forces(scenario),
        project_keys=keys(axes.projects),
        stage_keys=keys(axes.stages),
        milestone_keys=keys(axes.milestones),
        edge_keys=keys(axes.edges),
        attribute_keys=keys(axes.attributes[: -len(RESERVED_ATTRIBUTES)]),
    )
    _freeze(plan)
    return plan


def with_situation(plan: Plan, situation: Situation) -> Plan:
    """A plan that goes on from where the projects stand."""
    _freeze(situation)
    return replace(plan, situation=situation)


def _freeze(part: object) -> None:
    """Make every array of a dataclass read-only, parts included."""
    for item in fields(part):  # type: ignore[arg-type]
        value = getattr(part, item.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
        elif hasattr(value, "__dataclass_fields__"):
            _freeze(value)


def _axes(scenario: Scenario) -> Axes:
    if scenario.project:
        projects = tuple(project.id for project in scenario.project)
    else:
        count = scenario.projects.count or 0
        # An id must not depend on how many there are, or the luck of all would change with it.
        projects = tuple(f"p{number:03}" for number in range(1, count + 1))
    values: dict[str, dict[str, None]] = {
        name: dict.fromkeys(shares) for name, shares in scenario.projects.attributes.items()
    }
    for project in scenario.project:
        for name, value in project.attributes.items():
            values.setdefault(name, {})[value] = None
    grades = tuple(scenario.commitment.grades) if scenario.commitment else ()
    edges = [edge_id(u, v) for v, stage in scenario.stage.items() for u in stage.after]
    edges += [edge_id(u, v) for v, goal in scenario.milestone.items() for u in goal.after]
    return Axes(
        projects=projects,
        stages=tuple(scenario.stage),
        milestones=tuple(scenario.milestone),
        edges=tuple(edges),
        departments=tuple(scenario.department),
        attributes=(*values, *RESERVED_ATTRIBUTES),
        values=(
            *(("", *names) for names in values.values()),
            ("standard", "commitment"),
            ("", *grades),
        ),
        grades=grades,
    )


def _stages(
    scenario: Scenario, axes: Axes, tables: TableBuilder, calendar: WorkingCalendar
) -> tuple[Stages, Forms]:
    """Stages with their forms laid out one stage behind the other, the last attribute fastest."""
    departments = {name: position for position, name in enumerate(axes.departments)}
    base: list[int] = []
    stride = np.zeros((len(axes.stages), len(axes.attributes)), dtype=np.int64)
    rows: list[tuple[int, int, int, int, float, float, int, float, bool]] = []
    for position, stage in enumerate(scenario.stage.values()):
        base.append(len(rows))
        used = _attributes_used(stage, axes)
        step = 1
        for attribute in reversed(used):
            stride[position, attribute] = step
            step *= len(axes.values[attribute])
        for combination in product(*(axes.values[attribute] for attribute in used)):
            having = {axes.attributes[a]: v for a, v in zip(used, combination, strict=True)}
            rows.append(_form(stage, having, tables))
    columns = list(zip(*rows, strict=True))
    ints, floats = np.int64, np.float64
    forms = Forms(
        prepare=np.array(columns[0], dtype=ints),
        review=np.array(columns[1], dtype=ints),
        notice=np.array(columns[2], dtype=ints),
        rework=np.array(columns[3], dtype=ints),
        correction=np.array(columns[4], dtype=floats),
        decay=np.array(columns[5], dtype=floats),
        max_rounds=np.array(columns[6], dtype=ints),
        statutory=np.array(columns[7], dtype=floats),
        bars_commitment=np.array(columns[8], dtype=np.bool_),
    )
    stages = list(scenario.stage.values())
    return (
        Stages(
            department=np.array(
                [departments.get(stage.department or "", -1) for stage in stages], dtype=ints
            ),
            not_before=np.array(
                [calendar.clock_of(s.not_before) if s.not_before else 0.0 for s in stages]
            ),
            meeting_every=np.array([s.meeting.every if s.meeting else 0.0 for s in stages]),
            meeting_offset=np.array([s.meeting.offset if s.meeting else 0.0 for s in stages]),
            form_base=np.array(base, dtype=ints),
            form_stride=stride,
        ),
        forms,
    )


def _attributes_used(stage: Stage, axes: Axes) -> list[int]:
    named = {name for variant in stage.variant for name in variant.when}
    return [position for position, name in enumerate(axes.attributes) if name in named]


def _form(
    stage: Stage, having: Mapping[str, str], tables: TableBuilder
) -> tuple[int, int, int, int, float, float, int, float, bool]:
    form, factor, bars = stage_for(stage, having)
    return (
        tables.add(form.prepare, "days", factor.prepare),
        tables.add(form.review, "workdays", factor.review),
        tables.add(form.notice, "days", factor.notice),
        tables.add(form.correction.rework, "days", factor.rework),
        form.correction.probability,
        form.correction.decay,
        form.correction.max_rounds,
        inf if form.statutory is None else form.statutory,
        bars,
    )


def _edges(scenario: Scenario, axes: Axes, tables: TableBuilder) -> Edges:
    stage_of = {name: position for position, name in enumerate(axes.stages)}
    rows: list[tuple[int, int, int, int, float, float, int]] = []
    for target, stage in enumerate(scenario.stage.values()):
        for source, edge in stage.after.items():
            issue = tables.add(edge.issue, "workdays")
            relaxed = _MODES[edge.relaxed]
            deadline = edge.due + edge.grace
            rows.append((stage_of[source], target, FINISHED, relaxed, edge.uptake, deadline, issue))
    for target, milestone in enumerate(scenario.milestone.values(), start=len(axes.stages)):
        for source, goal in milestone.after.items():
            relaxed, phase = _MODES[goal.relaxed], _PHASES[goal.phase]
            deadline = goal.due + goal.grace
            rows.append((stage_of[source], target, phase, relaxed, goal.uptake, deadline, 0))
    columns: list[tuple[float, ...]] = list(zip(*rows, strict=True)) if rows else [()] * 7
    u, v, phases, modes, uptakes, deadlines, issues = columns
    return Edges(
        source=np.array(u, dtype=np.int64),
        target=np.array(v, dtype=np.int64),
        phase=np.array(phases, dtype=np.int64),
        relaxed=np.array(modes, dtype=np.int64),
        uptake=np.array(uptakes, dtype=np.float64),
        deadline=np.array(deadlines, dtype=np.float64),
        issue=np.array(issues, dtype=np.int64),
    )


def _ancestors(edges: Edges, stages: int) -> Flags:
    before = np.eye(stages, dtype=np.bool_)
    direct = [(u, v) for u, v in zip(edges.source, edges.target, strict=True) if v < stages]
    for _ in range(stages):
        known = before.sum()
        for u, v in direct:
            before[v] |= before[u]
        if before.sum() == known:
            break
    return before


def _milestones(scenario: Scenario, calendar: WorkingCalendar) -> Milestones:
    windows = [milestone.window for milestone in scenario.milestone.values()]
    new_years: tuple[date, ...] = ()
    if any(windows):
        new_years = spring_festivals(scenario.start.year, scenario.start.year + 40)
    return Milestones(
        has_window=np.array([window is not None for window in windows]),
        closed_before=np.array([w.closed_before if w else 0.0 for w in windows]),
        closed_after=np.array([w.closed_after if w else 0.0 for w in windows]),
        full_after=np.array([w.full_after if w else 0.0 for w in windows]),
        new_years=np.array([calendar.clock_of(day) for day in new_years], dtype=np.float64),
    )
