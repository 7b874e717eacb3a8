"""A plan and its facts as the compiled kernel sees them: records in flat arrays.

Nodes are stages, then milestones. Cells of (project, node) and arcs of (project, edge) are numbered
row by row; the cell before a project's nodes is that of the project as a whole, so that the number
of a cell is its turn as well.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, njit, types
from numba.core.cgutils import raw_memcpy
from numba.extending import intrinsic
from numpy.typing import NDArray

from approvalsim.facts import DepartmentFacts, Facts, ProjectFacts, StageFacts
from approvalsim.luck import key
from approvalsim.plan import Plan
from approvalsim.plan_parts import HARD

Records = NDArray[Any]

f8, i8, i4, u8, b1 = np.float64, np.int64, np.int32, np.uint64, np.bool_

# The steps of a stage, in their order; a milestone knows only the first and the last.
UNLAUNCHED, BEGIN, SUBMIT, ASK, REVIEW, JUDGE, PASS, CERTIFY, ISSUE, FINISH, ENDED = range(11)
NEVER = 2**63 - 1
"""The turn of what never happens."""
RESTING = 100  # and then comes step - RESTING
BLOCKED = RESTING + 100  # waits for a change in the project
QUEUED = RESTING + 101  # waits for a reviewer
UNISSUED = RESTING + 102  # waits for predecessors after pre-review

# What is going on with a promise.
NONE, PROMISED, LACKING, SUPPLIED, REMEDYING = range(5)

compiled = njit(nogil=True, error_model="numpy", forceinline=True)
"""How every part of the kernel is compiled: into the one function that is called from Python."""


EVENT = np.dtype([("turn", i8), ("time", f8)], align=True)  # one number of 128 bits; `comes_first`
CELL = np.dtype(
    [
        ("step", i4), ("waiting", i4), ("unissued", i4), ("round", i4), ("form", i8),
        ("chance", f8), ("joined", f8), ("started", f8), ("since", f8), ("word", u8),
        ("project", i4), ("node", i4), ("begun", b1),
    ],
    align=True,
)  # fmt: skip
ARC = np.dtype(
    [("mode", i8), ("promise", i8), ("done_at", f8), ("word", u8), ("project", i8), ("edge", i8)],
    align=True,
)
CASE = np.dtype(
    [
        ("signed", f8), ("grade", i8), ("path", i8), ("holds", i8), ("held_since", f8),
        ("left", b1), ("drops_out", b1), ("relaxed", b1), ("vary_prepare", f8),
        ("vary_review", f8),
    ],
    align=True,
)  # fmt: skip
OFFICE = np.dtype([("free", i8), ("waiting", i8), ("called", b1)], align=True)

_TIMES = (
    "ready", "submitted", "review_start", "reviewed", "finished", "queue", "review", "rework",
    "meeting", "notice", "issue",
)  # fmt: skip
_PROMISED = ("obliged", "breached", "remedied")
STAGE_FACTS = np.dtype(
    [*((n, f8) for n in _TIMES), ("rounds", i8), ("over_statutory", i8)], align=True
)
PROJECT_FACTS = np.dtype(
    [("signed", f8), ("left", f8), ("path", i8), ("stop_work", f8)], align=True
)
ARC_FACTS = np.dtype([("edge_mode", i8), ("obliged", f8), ("breached", f8), ("remedied", f8)])
DEPARTMENT_FACTS = np.dtype([("busy", f8), ("wait", f8), ("visits", i8), ("longest_queue", i8)])


HEAP_WIDTH = 4
"""Children of a place in a heap of events; four fill one line of a processor's cache."""

NUMBER, INDEX, KEY, FLAG = (np.dtype([("value", kind)]) for kind in (f8, i8, u8, b1))
TABLE = np.dtype([("start", i8), ("cells", i8), ("warped", b1), ("workdays", b1)], align=True)
STAGE = np.dtype(
    [
        ("department", i8), ("not_before", f8), ("meeting_every", f8), ("meeting_offset", f8),
        ("form_base", i8), ("key", u8),
    ],
    align=True,
)  # fmt: skip
FORM = np.dtype(
    [
        ("prepare", i8), ("review", i8), ("notice", i8), ("rework", i8), ("correction", f8),
        ("decay", f8), ("max_rounds", i8), ("statutory", f8), ("bars_commitment", b1),
    ],
    align=True,
)  # fmt: skip
EDGE = np.dtype(
    [
        ("source", i8), ("target", i8), ("phase", i8), ("relaxed", i8), ("uptake", f8),
        ("deadline", f8), ("issue", i8), ("key", u8),
    ],
    align=True,
)  # fmt: skip
WINDOW = np.dtype(
    [
        ("has_window", b1), ("closed_before", f8), ("closed_after", f8), ("full_after", f8),
        ("key", u8),
    ],
    align=True,
)  # fmt: skip
DEPARTMENT = np.dtype([("reviewers", i8), ("by_priority", b1)], align=True)
PROJECT = np.dtype(
    [("signed", f8), ("grade", i8), ("path", i8), ("priority", i8), ("key", u8)], align=True
)
GRADE = np.dtype([("eligible", b1), ("breach", f8)], align=True)


def _accessor(dtype: np.dtype[Any]) -> Any:
    """A compiled function ``at(address, index)`` that gives one record of an array by reference."""
    record = from_dtype(dtype)

    @intrinsic
    def at(typing: Any, address: Any, index: Any) -> Any:  # noqa: ARG001
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
            start, number = arguments
            offset = builder.mul(number, ir.Constant(number.type, dtype.itemsize))
            return builder.inttoptr(builder.add(start, offset), context.get_value_type(record))

        return record(types.uint64, types.int64), generate

    return at


def _part(dtype: np.dtype[Any], field: str) -> Any:
    """A compiled function ``at(owner, index)``: a record of the array whose address is a field.

    The address never changes while the kernel runs, and the compiler is told so: it need not look
    it up again after every write.
    """
    record = from_dtype(dtype)

    @intrinsic
    def at(typing: Any, owner: Any, index: Any) -> Any:  # noqa: ARG001
        offset = owner.offset(field)

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
            holder, number = arguments
            start = builder.ptrtoint(holder, ir.IntType(64))
            place = builder.add(start, ir.Constant(start.type, offset))
            address = builder.load(builder.inttoptr(place, ir.IntType(64).as_pointer()))
            address.set_metadata("invariant.load", builder.module.add_metadata([]))
            distance = builder.mul(number, ir.Constant(number.type, dtype.itemsize))
            return builder.inttoptr(builder.add(address, distance), context.get_value_type(record))

        return record(owner, types.int64), generate

    return at


@intrinsic
def lay(typing: Any, target: Any, source: Any, size: Any) -> Any:  # noqa: ARG001
    """Compiled ``lay(target, source, size)``: copy so many bytes from one address to another."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        byte = ir.IntType(8).as_pointer()
        to, start, count = arguments
        raw_memcpy(builder, builder.inttoptr(to, byte), builder.inttoptr(start, byte), count, 1)
        return context.get_dummy_value()

    return types.void(types.uint64, types.uint64, types.uint64), generate


@intrinsic
def comes_first(typing: Any, heap: Any, one: Any, other: Any) -> Any:  # noqa: ARG001
    """Compiled ``comes_first(heap, one, other)``: 1 if one event comes before another, else 0.

    By time, then by turn. Times are not negative, and such floats stand in the order of their bits:
    so an event is compared as one whole number, without a jump that is hard to foresee.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        start, *numbers = arguments
        events = [builder.load(_event(builder, start, number), align=8) for number in numbers]
        return builder.zext(builder.icmp_unsigned("<", *events), ir.IntType(64))

    return types.int64(types.uint64, types.int64, types.int64), generate


@intrinsic
def move(typing: Any, heap: Any, to: Any, origin: Any) -> Any:  # noqa: ARG001
    """Compiled ``move(heap, to, origin)``: write the event of one place at another."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        start, target, source = arguments
        event = builder.load(_event(builder, start, source), align=8)
        builder.store(event, _event(builder, start, target), align=8)
        return context.get_dummy_value()

    return types.void(types.uint64, types.int64, types.int64), generate


def _event(builder: Any, start: Any, number: Any) -> Any:
    """Pointer to an event of a heap as one number."""
    offset = builder.mul(number, ir.Constant(number.type, EVENT.itemsize))
    return builder.inttoptr(builder.add(start, offset), ir.IntType(128).as_pointer())


number_at, index_at, key_at, flag_at = (_accessor(kind) for kind in (NUMBER, INDEX, KEY, FLAG))
event_at, page_at, cover_at = (_accessor(kind) for kind in (EVENT, STAGE_FACTS, PROJECT_FACTS))
entry_at, account_at = _accessor(ARC_FACTS), _accessor(DEPARTMENT_FACTS)

cell_at, arc_at = _part(CELL, "cells"), _part(ARC, "arcs")
case_at, office_at = _part(CASE, "cases"), _part(OFFICE, "offices")
table_at, knot_at = _part(TABLE, "tables"), _part(NUMBER, "knots")
stage_at, form_at, edge_at = _part(STAGE, "stages"), _part(FORM, "forms"), _part(EDGE, "edges")
into_at, into_start_at = _part(INDEX, "into"), _part(INDEX, "into_start")
out_at, out_start_at = _part(INDEX, "out"), _part(INDEX, "out_start")
project_at, window_at = _part(PROJECT, "projects"), _part(WINDOW, "milestones")
department_at, grade_at = _part(DEPARTMENT, "offices"), _part(GRADE, "grades")


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


def rules_of(plan: Plan) -> Memory:
    """A plan laid out for the kernel: everything that stays the same in all replications."""
    axes, edges, policy, portfolio = plan.axes, plan.edges, plan.policy, plan.portfolio
    calendar = plan.calendar
    nodes = len(axes.stages) + len(axes.milestones)
    into = [np.flatnonzero(edges.target == node) for node in range(nodes)]
    out = [
        np.flatnonzero((edges.source == stage) & (edges.phase == phase))
        for stage in range(len(axes.stages))
        for phase in range(3)
    ]
    arrays = {
        "knots": plan.tables.knots,
        "tables": _records(TABLE, plan.tables),
        "stages": _records(STAGE, plan.stages, key=plan.stage_keys),
        "form_stride": plan.stages.form_stride,
        "forms": _records(FORM, plan.forms),
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
        "fresh_cells": _fresh_cells(plan),
        "fresh_arcs": _fresh_arcs(plan),
        "blank_pages": _filled(len(axes.projects) * len(axes.stages), STAGE_FACTS, _TIMES[:5]),
        "blank_milestones": np.full(len(axes.projects) * len(axes.milestones), np.inf),
        "blank_entries": _filled(len(axes.projects) * len(axes.edges), ARC_FACTS, _PROMISED),
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
        cells_size=np.uint64(len(axes.projects) * (nodes + 1) * CELL.itemsize),
        arcs_size=np.uint64(len(axes.projects) * len(axes.edges) * ARC.itemsize),
        first_promise=len(axes.projects) * (nodes + 1),
        first_hold=len(axes.projects) * (nodes + 1 + len(axes.edges)),
        edge_count=len(axes.edges),
        project_count=len(axes.projects),
        office_count=len(axes.departments),
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
        whole_project=np.uint64(key("")),
    )


def new_world(plan: Plan) -> Memory:
    """Room for one replication; one for each thread, used again and again."""
    axes = plan.axes
    projects, stages, edges = len(axes.projects), len(axes.stages), len(axes.edges)
    nodes = stages + len(axes.milestones)
    arrays = {
        # Each node waits for one event at most, each project for its signing, each promise for one.
        "later": _heap(projects * (nodes + 1 + edges)),
        "signings": _heap(projects),
        "called": np.zeros(len(axes.departments), i8),
        "present": np.zeros(projects * (nodes + 1 + edges) + 1, i8),
        "cells": np.zeros(projects * (nodes + 1), CELL),
        "arcs": np.zeros(projects * edges, ARC),
        "cases": np.zeros(projects, CASE),
        "offices": np.zeros(len(axes.departments), OFFICE),
        "queues": np.zeros(len(axes.departments) * projects * stages, i8),
        "values": np.zeros(projects * len(axes.attributes), i8),
    }
    return _memory(
        arrays,
        now=0.0,
        last=0.0,
        last_before=0.0,
        anybody_left=False,
        later_count=0,
        present_count=0,
        signing_count=0,
        called_count=0,
        seed_word=np.uint64(0),
    )


def new_books(plan: Plan, replications: int) -> Memory:
    """Empty books for a batch: the facts, a row for each replication."""
    axes = plan.axes
    projects, stages, edges = len(axes.projects), len(axes.stages), len(axes.edges)
    arrays = {
        "whole": np.empty((replications, 1), f8),
        "stages": np.empty((replications, projects * stages), STAGE_FACTS),
        "projects": np.empty((replications, projects), PROJECT_FACTS),
        "milestones": np.empty((replications, projects * len(axes.milestones)), f8),
        "arcs": np.empty((replications, projects * edges), ARC_FACTS),
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
    arcs = {name: found["arcs"][name].reshape(by_project) for name in ARC_FACTS.names or ()}
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


def _heap(most: int) -> Records:
    """Room for a heap of events; what lies beyond its end never happens."""
    heap = np.zeros(most + 2 * HEAP_WIDTH, EVENT)
    heap["time"] = np.inf
    heap["turn"] = NEVER
    return heap


def _fresh_cells(plan: Plan) -> Records:
    """Cells before anything has happened: every stage waits for all that comes before it."""
    nodes = len(plan.axes.stages) + len(plan.axes.milestones)
    projects = len(plan.axes.projects)
    cells = np.zeros((projects, nodes + 1), CELL)
    cells["step"] = UNLAUNCHED
    cells["project"], cells["node"] = np.arange(projects)[:, None], np.arange(-1, nodes)
    cells["waiting"][:, 1:] = np.bincount(plan.edges.target, minlength=nodes)
    return cells.reshape(-1)


def _fresh_arcs(plan: Plan) -> Records:
    """Arcs before anything has happened: every dependency hard, nothing promised."""
    projects, edges = len(plan.axes.projects), len(plan.axes.edges)
    arcs = np.zeros((projects, edges), ARC)
    arcs["mode"], arcs["promise"], arcs["done_at"] = HARD, NONE, np.inf
    arcs["project"], arcs["edge"] = np.arange(projects)[:, None], np.arange(edges)
    return arcs.reshape(-1)


def _filled(count: int, dtype: np.dtype[Any], times: tuple[str, ...]) -> Records:
    """So many records of zeros in which the ``times`` have not come."""
    records = np.zeros(count, dtype)
    for name in times:
        records[name] = np.inf
    return records


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
