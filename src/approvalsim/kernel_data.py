"""A plan and its facts as the compiled kernel sees them: records in flat arrays.

Nodes are stages, then milestones. Cells of (project, node) and arcs of (project, edge) are numbered
row by row.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import DepartmentFacts, Facts, ProjectFacts, StageFacts
from approvalsim.luck import key
from approvalsim.plan import Plan

Records = NDArray[Any]

f8, i8, u8, b1 = np.float64, np.int64, np.uint64, np.bool_


class Rules(NamedTuple):
    """A plan: everything that stays the same in all replications."""

    terms: Records
    knots: NDArray[np.float64]
    tables: Records
    stages: Records
    form_stride: NDArray[np.int64]
    forms: Records
    edges: Records
    into_start: NDArray[np.int64]
    into: NDArray[np.int64]
    out_start: NDArray[np.int64]
    out: NDArray[np.int64]
    before: NDArray[np.bool_]
    milestones: Records
    new_years: NDArray[np.float64]
    offices: Records
    projects: Records
    attribute: NDArray[np.int64]
    attribute_keys: NDArray[np.uint64]
    shares: NDArray[np.float64]
    grade_shares: NDArray[np.float64]
    grades: Records
    may_relax: NDArray[np.bool_]
    works: NDArray[np.bool_]
    worked: NDArray[np.float64]
    days: NDArray[np.float64]


class World(NamedTuple):
    """What is going on in one replication; one for each thread, used again and again."""

    clock: Records
    times: NDArray[np.float64]
    turns: NDArray[np.int64]
    cells: Records
    arcs: Records
    cases: Records
    offices: Records
    queues: NDArray[np.int64]
    values: NDArray[np.int64]


class Books(NamedTuple):
    """The facts of a batch, replications first."""

    whole: Records
    stages: Records
    projects: Records
    milestones: NDArray[np.float64]
    arcs: Records
    values: NDArray[np.int64]
    departments: Records


TERMS = np.dtype(
    [
        ("measure", i8), ("end", f8), ("policy", b1), ("share", f8), ("remedy", i8),
        ("bar_after_breach", b1), ("dropout", f8), ("dropout_stage", i8), ("vary_prepare", i8),
        ("vary_review", i8), ("first_signing", f8), ("signing", i8), ("gaps", b1),
        ("workdays_a_week", i8), ("every_day_works", b1), ("whole_project", u8),
    ]
)  # fmt: skip
CLOCK = np.dtype([("now", f8), ("waiting", i8), ("called", b1), ("seed_word", u8)])
CELL = np.dtype(
    [
        ("step", i8), ("waiting", i8), ("unissued", i8), ("round", i8), ("form", i8),
        ("chance", f8), ("joined", f8), ("started", f8), ("since", f8), ("begun", b1),
        ("word", u8),
    ]
)  # fmt: skip
ARC = np.dtype([("mode", i8), ("promise", i8), ("done_at", f8), ("word", u8)])
CASE = np.dtype(
    [
        ("signed", f8), ("grade", i8), ("path", i8), ("holds", i8), ("held_since", f8),
        ("left", b1), ("drops_out", b1), ("vary_prepare", f8), ("vary_review", f8),
    ]
)  # fmt: skip
OFFICE = np.dtype([("free", i8), ("waiting", i8), ("called", b1)])

_TIMES = (
    "ready", "submitted", "review_start", "reviewed", "finished", "queue", "review", "rework",
    "meeting", "notice", "issue",
)  # fmt: skip
STAGE_FACTS = np.dtype([*((n, f8) for n in _TIMES), ("rounds", i8), ("over_statutory", i8)])
PROJECT_FACTS = np.dtype([("signed", f8), ("left", f8), ("path", i8), ("stop_work", f8)])
ARC_FACTS = np.dtype(
    [("edge_mode", i8), ("obliged", f8), ("breached", f8), ("remedied", f8)]
)
DEPARTMENT_FACTS = np.dtype(
    [("busy", f8), ("wait", f8), ("visits", i8), ("longest_queue", i8)]
)


def rules_of(plan: Plan) -> Rules:
    """Lay a plan out for the kernel."""
    axes, edges, policy = plan.axes, plan.edges, plan.policy
    stages, nodes = len(axes.stages), len(axes.stages) + len(axes.milestones)
    into = [np.flatnonzero(edges.target == node) for node in range(nodes)]
    out = [
        np.flatnonzero((edges.source == stage) & (edges.phase == phase))
        for stage in range(stages)
        for phase in range(3)
    ]
    calendar = plan.calendar
    return Rules(
        terms=_terms(plan),
        knots=plan.tables.knots,
        tables=_records(plan.tables, ("start", "cells", "warped", "workdays")),
        stages=_records(
            plan.stages,
            ("department", "not_before", "meeting_every", "meeting_offset", "form_base"),
            key=plan.stage_keys,
        ),
        form_stride=plan.stages.form_stride,
        forms=_records(plan.forms, tuple(vars(plan.forms))),
        edges=_records(edges, tuple(vars(edges)), key=plan.edge_keys),
        into_start=_starts(into),
        into=_behind(into),
        out_start=_starts(out),
        out=_behind(out),
        before=plan.ancestors,
        milestones=_records(
            plan.milestones,
            ("has_window", "closed_before", "closed_after", "full_after"),
            key=plan.milestone_keys,
        ),
        new_years=plan.milestones.new_years,
        offices=_records(plan, ("reviewers", "by_priority")),
        projects=_records(
            plan.portfolio, ("signed", "grade", "path", "priority"), key=plan.project_keys
        ),
        attribute=plan.portfolio.attribute,
        attribute_keys=plan.attribute_keys,
        shares=plan.portfolio.shares,
        grade_shares=policy.grade_shares,
        grades=_grades(plan),
        may_relax=np.vstack([policy.may_relax, np.ones(len(axes.edges), dtype=b1)]),
        works=calendar.is_working,
        worked=calendar.worked_before.astype(f8),
        days=calendar.day_of_workday.astype(f8),
    )


def new_world(plan: Plan) -> World:
    """Room for one replication."""
    axes = plan.axes
    projects, stages, edges = len(axes.projects), len(axes.stages), len(axes.edges)
    nodes = stages + len(axes.milestones)
    # Each node waits for one event at most, each project for its signing, each promise for one.
    events = projects * (nodes + 1 + edges) + 1
    return World(
        clock=np.zeros(1, CLOCK),
        times=np.zeros(events),
        turns=np.zeros(events, i8),
        cells=np.zeros(projects * nodes, CELL),
        arcs=np.zeros(projects * edges, ARC),
        cases=np.zeros(projects, CASE),
        offices=np.zeros(len(axes.departments), OFFICE),
        queues=np.zeros((len(axes.departments), projects * stages), i8),
        values=np.zeros((projects, len(axes.attributes)), i8),
    )


def new_books(plan: Plan, replications: int) -> Books:
    """Empty books for a batch."""
    axes = plan.axes
    projects, stages, edges = len(axes.projects), len(axes.stages), len(axes.edges)
    return Books(
        whole=np.empty((replications, 1), f8),
        stages=np.empty((replications, projects * stages), STAGE_FACTS),
        projects=np.empty((replications, projects), PROJECT_FACTS),
        milestones=np.empty((replications, projects * len(axes.milestones)), f8),
        arcs=np.empty((replications, projects * edges), ARC_FACTS),
        values=np.empty((replications, projects, len(axes.attributes)), i8),
        departments=np.empty((replications, len(axes.departments)), DEPARTMENT_FACTS),
    )


def facts_of(plan: Plan, seed: int, replications: range, books: Books) -> Facts:
    """The books of a batch as facts."""
    axes, count = plan.axes, len(replications)
    projects = len(axes.projects)
    by_stage = (count, projects, len(axes.stages))
    stage = {name: books.stages[name].reshape(by_stage) for name in STAGE_FACTS.names or ()}
    arc = {name: books.arcs[name].reshape(count, projects, -1) for name in ARC_FACTS.names or ()}
    return Facts(
        scenario_id=plan.scenario_id,
        scenario_hash=plan.scenario_hash,
        axes=axes,
        measure=plan.measure,
        seed=seed,
        replications=np.array(replications, dtype=i8),
        last_event=books.whole[:, 0],
        stage=StageFacts(**stage),
        project=ProjectFacts(
            **{name: books.projects[name] for name in PROJECT_FACTS.names or ()},
            **arc,
            values=books.values,
            milestone=books.milestones.reshape(count, projects, -1),
        ),
        department=DepartmentFacts(
            **{name: books.departments[name] for name in DEPARTMENT_FACTS.names or ()}
        ),
    )


def _terms(plan: Plan) -> Records:
    policy, portfolio, calendar = plan.policy, plan.portfolio, plan.calendar
    every_day = bool(calendar.is_working.all()) and not calendar.weekly
    row = (
        plan.measure, plan.end, policy.enabled, policy.share, policy.remedy,
        policy.bar_after_breach, portfolio.dropout, portfolio.dropout_stage,
        portfolio.vary_prepare, portfolio.vary_review, portfolio.first_signing, portfolio.signing,
        portfolio.gaps, 5 if calendar.weekly else 7, every_day, key(""),
    )  # fmt: skip
    return np.array([row], TERMS)


def _grades(plan: Plan) -> Records:
    """Grades, and behind them what holds where there are none."""
    policy = plan.policy
    grades = np.zeros(len(policy.breach) + 1, np.dtype([("eligible", b1), ("breach", f8)]))
    grades["eligible"] = [*policy.eligible, True]
    grades["breach"] = [*policy.breach, 0.0]
    return grades


def _records(part: object, names: tuple[str, ...], **more: NDArray[Any]) -> Records:
    """Arrays of a dataclass, one behind the other, as one array of records."""
    columns = {name: getattr(part, name) for name in names} | more
    length = len(next(iter(columns.values())))
    records = np.zeros(length, np.dtype([(name, col.dtype) for name, col in columns.items()]))
    for name, column in columns.items():
        records[name] = column
    return records


def _starts(lists: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum([len(each) for each in lists]))).astype(i8)


def _behind(lists: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([*lists, np.zeros(0, i8)]).astype(i8)
