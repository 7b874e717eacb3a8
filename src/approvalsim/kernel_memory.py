"""A plan, the room for a replication and the facts of a batch, laid out for the compiled kernel."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import DepartmentFacts, Facts, ProjectFacts, StageFacts
from approvalsim.kernel_records import (
    ARC,
    ARC_FACTS,
    CASE,
    CELL,
    DEPARTMENT,
    DEPARTMENT_FACTS,
    EDGE,
    EVENT,
    FORM,
    GRADE,
    HEAP_WIDTH,
    OFFICE,
    PROJECT,
    PROJECT_FACTS,
    PROMISED_TIMES,
    SITUATION,
    STAGE,
    STAGE_FACTS,
    TABLE,
    TIMES,
    WINDOW,
    Records,
    b1,
    f8,
    i8,
    u8,
)
from approvalsim.luck import key
from approvalsim.plan import Plan
from approvalsim.plan_parts import Situation


@dataclass(frozen=True, eq=False)
class Memory:
    """One record of plain values and of the addresses of arrays, which it keeps alive."""

    record: Records
    arrays: dict[str, Records]


def _memory(arrays: dict[str, Records], **values: Any) -> Memory:
    """Gather arrays by address and values by their kind."""
    arrays = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    kinds = {bool: b1, int: i8, float: f8}
    fields: list[tuple[str, Any]] = [(name, u8) for name in arrays]
    fields += [
        (n, v.dtype.type if hasattr(v, "dtype") else kinds[type(v)]) for n, v in values.items()
    ]
    row = (*(array.ctypes.data for array in arrays.values()), *values.values())
    return Memory(np.array([row], np.dtype(fields, align=True)), arrays)


@lru_cache(maxsize=8)  # one plan is run batch after batch
def rules_of(plan: Plan) -> Memory:
    """A plan laid out for the kernel: everything that stays the same in all replications."""
    axes, edges, policy, portfolio = plan.axes, plan.edges, plan.policy, plan.portfolio
    calendar = plan.calendar
    nodes = len(axes.stages) + len(axes.milestones)
    situation, supervision, teams = plan.situation, plan.supervision, plan.task_forces
    as_of = situation.as_of if situation else -np.inf
    into = [np.flatnonzero(edges.target == node) for node in range(nodes)]
    out = [
        np.flatnonzero((edges.source == stage) & (edges.phase == phase))
        for stage in range(len(axes.stages))
        for phase in range(3)
    ]
    arrays = {
        "knots": plan.tables.knots,
        "tables": _records(TABLE, plan.tables),
        "stages": _records(
            STAGE,
            plan.stages,
            key=plan.stage_keys,
            not_before=np.maximum(plan.stages.not_before, as_of),
            varies=(plan.stages.form_stride != 0).any(axis=1),
        ),
        "form_stride": plan.stages.form_stride,
        "forms": _forms(plan),
        "edges": _records(EDGE, edges, key=plan.edge_keys),
        "into_start": _starts(into),
        "into": _behind(into),
        "out_start": _starts(out),
        "out": _behind(out),
        "before": plan.ancestors,
        "milestones": _records(WINDOW, plan.milestones, key=plan.milestone_keys),
        "new_years": plan.milestones.new_years,
        "offices": _records(DEPARTMENT, plan),
        "projects": _records(PROJECT, portfolio, key=plan.project_keys),
        "attribute": portfolio.attribute,
        "attribute_keys": plan.attribute_keys,
        "shares": portfolio.shares,
        "grade_shares": policy.grade_shares,
        "grades": _grades(plan),
        "may_relax": np.vstack([policy.may_relax, np.ones(len(axes.edges), dtype=b1)]),
        "situation": _situation(situation),
        "happened": situation.happened.reshape(-1) if situation else np.zeros(0),
        "due_nodes": supervision.order,
        "due_lead": supervision.lead,
        "targets": supervision.target,
        "blank_pages": _filled(len(axes.stages), STAGE_FACTS, TIMES[:5]),
        "blank_entries": _blank_entries(plan),
        "works": calendar.is_working,
        "worked": calendar.worked_before.astype(f8),
        "days": calendar.day_of_workday.astype(f8),
    }
    return _memory(
        arrays,
        stage_count=len(axes.stages),
        milestone_count=len(axes.milestones),
        node_count=nodes,
        slot_count=nodes + 1,
        pages_size=np.uint64(len(axes.stages) * STAGE_FACTS.itemsize),
        entries_size=np.uint64(_entries(plan) * ARC_FACTS.itemsize),
        first_promise=len(axes.projects) * (nodes + 1),
        first_hold=len(axes.projects) * (nodes + 1 + len(axes.edges)),
        first_supervision=len(axes.projects) * (nodes + 1 + 2 * len(axes.edges)),
        edge_count=len(axes.edges),
        project_count=len(axes.projects),
        office_count=len(axes.departments),
        last_place=_ring(plan) - 1,
        attribute_count=len(axes.attributes),
        own_count=portfolio.attribute.shape[1],
        value_count=portfolio.shares.shape[1],
        grade_count=len(axes.grades),
        new_year_count=len(plan.milestones.new_years),
        day_count=len(calendar.is_working),
        workday_count=len(calendar.day_of_workday),
        workdays_a_week=5 if calendar.weekly else 7,
        every_day_works=calendar.every_day_works,
        measure=plan.measure,
        last_instant=np.nextafter(plan.end, -np.inf),
        end=plan.end,
        policy=policy.enabled,
        share=policy.share,
        remedy=policy.remedy,
        bar_after_breach=policy.bar_after_breach,
        dropout=portfolio.dropout,
        dropout_stage=portfolio.dropout_stage,
        vary_prepare=portfolio.vary_prepare,
        vary_review=portfolio.vary_review,
        first_signing=portfolio.first_signing,
        signing=portfolio.signing,
        gaps=portfolio.gaps,
        is_situated=situation is not None,
        as_of=as_of,
        worked_by_as_of=calendar.elapsed(max(as_of, 0.0)),
        is_steered=supervision.enabled or teams.overload > 0,
        is_supervised=supervision.enabled,
        review_every=supervision.every,
        review_offset=supervision.offset,
        within=supervision.within,
        effect=supervision.effect,
        leaders=supervision.leaders,
        due_count=len(supervision.order),
        team_projects=teams.projects,
        team_capacity=teams.capacity,
        overload=teams.overload,
        whole_project=np.uint64(key("")),
    )


@lru_cache(maxsize=16)  # as long as a thread goes on with a plan
def world_of(plan: Plan, thread: int) -> Memory:  # noqa: ARG001
    """Room for one replication of a plan, used again and again by one thread."""
    axes = plan.axes
    projects, stages, edges = len(axes.projects), len(axes.stages), len(axes.edges)
    nodes = stages + len(axes.milestones)
    arrays = {
        # Each node waits for one event at most, each project for its signing, each promise for
        # one, all projects for their review.
        "later": _heap(projects * (nodes + 1 + edges) + 1),
        "signings": _heap(projects),
        "present": np.zeros(projects * (nodes + 1 + edges) + 1, i8),
        "cells": _numbered(projects, range(-1, nodes), CELL, "node"),
        "arcs": _numbered(projects, range(edges), ARC, "edge"),
        "cases": np.zeros(projects, CASE),
        "offices": _offices(plan),
        "queues": np.zeros(len(axes.departments) * _ring(plan), i8),
        "values": np.zeros(projects * len(axes.attributes), i8),
        "teams": np.zeros(projects, i8),
    }
    return _memory(
        arrays,
        # `last` takes over from `now`, and `last_before` from `last`: side by side they would be
        # moved together, and a processor would have to wait until the new `now` is in its cache.
        now=0.0,
        seed_word=np.uint64(0),
        last=0.0,
        gaps=0.0,
        last_before=0.0,
        anybody_left=False,
        later_count=0,
        present_count=0,
        signing_count=0,
        called=np.uint64(0),
        review_number=0,
    )


def new_books(plan: Plan, replications: int) -> Memory:
    """Empty books for a batch: the facts, a row for each replication."""
    axes = plan.axes
    projects, stages = len(axes.projects), len(axes.stages)
    arrays = {
        "whole": np.empty((replications, 1), f8),
        "stages": np.empty((replications, projects * stages), STAGE_FACTS),
        "projects": np.empty((replications, projects), PROJECT_FACTS),
        "milestones": np.empty((replications, projects * len(axes.milestones)), f8),
        "arcs": np.empty((replications, projects * _entries(plan)), ARC_FACTS),
        "values": np.empty((replications, projects * len(axes.attributes)), i8),
        "departments": np.empty((replications, len(axes.departments)), DEPARTMENT_FACTS),
    }
    sizes = {f"{name}_size": array.shape[1] * array.itemsize for name, array in arrays.items()}
    return _memory(arrays, **{name: np.uint64(size) for name, size in sizes.items()})


def facts_of(plan: Plan, seed: int, replications: range, books: Memory) -> Facts:
    """The books of a batch as facts."""
    axes, count, found = plan.axes, len(replications), books.arrays
    projects = len(axes.projects)
    by_stage, by_project = (count, projects, len(axes.stages)), (count, projects, -1)
    stage = {name: found["stages"][name].reshape(by_stage) for name in STAGE_FACTS.names or ()}
    arcs = _arcs(plan, found["arcs"].reshape(count, projects, _entries(plan)))
    project = {name: found["projects"][name] for name in PROJECT_FACTS.names or ()}
    department = {name: found["departments"][name] for name in DEPARTMENT_FACTS.names or ()}
    return Facts(
        scenario_id=plan.scenario_id,
        scenario_hash=plan.scenario_hash,
        axes=axes,
        measure=plan.measure,
        seed=seed,
        replications=np.array(replications, dtype=i8),
        last_event=found["whole"][:, 0],
        stage=StageFacts(**stage),
        project=ProjectFacts(
            **project,
            **arcs,
            values=found["values"].reshape(by_project),
            milestone=found["milestones"].reshape(by_project),
        ),
        department=DepartmentFacts(**department),
    )


def _entries(plan: Plan) -> int:
    """Entries that each project has in the books: one for each edge, where any may be relaxed."""
    return len(plan.axes.edges) if plan.policy.enabled else 0


def _arcs(plan: Plan, entries: Records) -> dict[str, NDArray[Any]]:
    """What the books say of edges; without a policy all say the same, and one stands for them."""
    if not plan.policy.enabled:
        shape = (*entries.shape[:2], len(plan.axes.edges))
        entries = np.broadcast_to(_blank_entries(plan), shape)
    return {name: entries[name] for name in ARC_FACTS.names or ()}


def _blank_entries(plan: Plan) -> Records:
    """What is entered of a project's edges before anything has happened."""
    return _filled(len(plan.axes.edges), ARC_FACTS, PROMISED_TIMES)


def _situation(situation: Situation | None) -> Records:
    """What is known of stages, one record behind the other; none where nothing is known."""
    if situation is None:
        return np.zeros(0, SITUATION)
    records = np.zeros(situation.ready.size, SITUATION)
    for name in SITUATION.names or ():
        records[name] = getattr(situation, name).reshape(-1)
    return records


def _ring(plan: Plan) -> int:
    """Places of a queue that holds the papers of all stages: a power of two."""
    return 1 << (len(plan.axes.projects) * len(plan.axes.stages)).bit_length()


def _offices(plan: Plan) -> Records:
    """Departments, each with a ring of its own for its queue."""
    offices = np.zeros(len(plan.axes.departments), OFFICE)
    offices["ring"] = np.arange(len(offices)) * _ring(plan)
    return offices


def _heap(most: int) -> Records:
    """Room for a heap of events; what lies beyond its end never happens."""
    heap = np.zeros(most + 2 * HEAP_WIDTH, EVENT)
    heap["time"] = np.inf
    return heap


def _numbered(projects: int, numbers: range, dtype: np.dtype[Any], name: str) -> Records:
    """Records of each project, told the project's number and their own."""
    records = np.zeros((projects, len(numbers)), dtype)
    records["project"], records[name] = np.arange(projects)[:, None], numbers
    return records.reshape(-1)


def _filled(count: int, dtype: np.dtype[Any], times: tuple[str, ...]) -> Records:
    """So many records of zeros in which the ``times`` have not come."""
    records = np.zeros(count, dtype)
    for name in times:
        records[name] = np.inf
    return records


def _forms(plan: Plan) -> Records:
    """Forms of stages, told which of their durations are working days."""
    workdays = {
        f"{name}_in_workdays": plan.tables.workdays[getattr(plan.forms, name)]
        for name in ("prepare", "review", "notice", "rework")
    }
    return _records(FORM, plan.forms, **workdays)


def _grades(plan: Plan) -> Records:
    """Grades, and behind them what holds where there are none."""
    policy = plan.policy
    grades = np.zeros(len(policy.breach) + 1, GRADE)
    grades["eligible"] = [*policy.eligible, True]
    grades["breach"] = [*policy.breach, 0.0]
    return grades


def _records(dtype: np.dtype[Any], part: object, **more: NDArray[Any]) -> Records:
    """The arrays of a dataclass as one array of records."""
    columns = {
        name: more[name] if name in more else getattr(part, name) for name in dtype.names or ()
    }
    records = np.zeros(len(next(iter(columns.values()))), dtype)
    for name, column in columns.items():
        records[name] = column
    return records


def _starts(lists: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum([len(each) for each in lists]))).astype(i8)


def _behind(lists: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([*lists, np.zeros(0, i8)]).astype(i8)
