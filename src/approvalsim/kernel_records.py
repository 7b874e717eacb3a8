"""What the compiled kernel works on: records in flat arrays, and how compiled code reaches them.

Nodes are stages, then milestones. Cells of (project, node) and arcs of (project, edge) are numbered
row by row; the cell before a project's nodes is that of the project as a whole, so that the number
of a cell is its turn as well.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, njit, types
from numba.core.cgutils import get_record_member, raw_memcpy
from numba.core.datamodel.models import RecordModel
from numba.extending import intrinsic as written_in_llvm
from numba.extending import lower_getattr_generic, register_model
from numpy.typing import NDArray

Records = NDArray[Any]
intrinsic: Any = written_in_llvm  # its parameters are not those of the function it makes

f8, i8, i4, i2, u8, b1 = np.float64, np.int64, np.int32, np.int16, np.uint64, np.bool_

# The steps of a stage, in their order; a milestone knows only the first and the last.
UNLAUNCHED, BEGIN, SUBMIT, ASK, REVIEW, JUDGE, PASS, CERTIFY, ISSUE, FINISH, ENDED = range(11)
RESTING = 100  # and then comes step - RESTING
BLOCKED = RESTING + 100  # waits for a change in the project
QUEUED = RESTING + 101  # waits for a reviewer
UNISSUED = RESTING + 102  # waits for predecessors after pre-review

# What is going on with a promise.
NONE, PROMISED, LACKING, SUPPLIED, REMEDYING = range(5)

compiled = njit(nogil=True, error_model="numpy", forceinline=True)
"""How the parts of the kernel are compiled: into the one function that is called from Python."""
compiled_in_place = njit(nogil=True, error_model="numpy", inline="always")
"""The same for the largest parts, which would otherwise be made ready twice over."""
compiled_aside = njit(nogil=True, error_model="numpy")
"""How parts are compiled that few events need: apart, so that the rest stays small and quick."""


EVENT = np.dtype([("turn", i8), ("time", f8)], align=True)
# `since` when papers queue, are corrected, noticed or issued; `started` when their review did.
CELL = np.dtype(
    [
        ("step", i2), ("node", i2), ("waiting", i2), ("unissued", i2), ("round", i2), ("begun", b1),
        ("project", i4), ("form", i4),
        ("since", f8), ("started", f8), ("chance", f8), ("word", u8),
        ("prepare", f8), ("review", f8), ("verdict", f8), ("notice", f8),
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
        ("left", b1), ("drops_out", b1), ("relaxed", b1), ("urged", b1), ("led", b1),
        ("vary_prepare", f8), ("vary_review", f8), ("due", i8), ("margin", f8),
    ],
    align=True,
)  # fmt: skip
OFFICE = np.dtype(
    [("free", i8), ("waiting", i8), ("ring", i8), ("first", i8), ("joined_last", f8)], align=True
)

TIMES = (
    "ready", "submitted", "review_start", "reviewed", "finished", "queue", "review", "rework",
    "meeting", "notice", "issue",
)  # fmt: skip
PROMISED_TIMES = ("obliged", "breached", "remedied")
STAGE_FACTS = np.dtype(
    [*((n, f8) for n in TIMES), ("rounds", i8), ("over_statutory", i8)], align=True
)
PROJECT_FACTS = np.dtype(
    [("signed", f8), ("left", f8), ("path", i8), ("stop_work", f8)], align=True
)
ARC_FACTS = np.dtype([("edge_mode", i8), ("obliged", f8), ("breached", f8), ("remedied", f8)])
DEPARTMENT_FACTS = np.dtype([("busy", f8), ("wait", f8), ("visits", i8), ("longest_queue", i8)])


CALLS = 64
"""Bits of the number that tells which departments have been called, CALLS apart sharing a bit."""
HEAP_WIDTH = 4
"""Children of a place in a heap of events; four fill one line of a processor's cache."""

NUMBER, INDEX, KEY, FLAG = (np.dtype([("value", kind)]) for kind in (f8, i8, u8, b1))
TABLE = np.dtype([("start", i8), ("cells", i8), ("warped", b1), ("workdays", b1)], align=True)
STAGE = np.dtype(
    [
        ("department", i8), ("not_before", f8), ("meeting_every", f8), ("meeting_offset", f8),
        ("form_base", i8), ("key", u8), ("varies", b1),
    ],
    align=True,
)  # fmt: skip
FORM = np.dtype(
    [
        ("prepare", i8), ("review", i8), ("notice", i8), ("rework", i8), ("correction", f8),
        ("decay", f8), ("max_rounds", i8), ("statutory", f8), ("bars_commitment", b1),
        ("prepare_in_workdays", b1), ("review_in_workdays", b1), ("notice_in_workdays", b1),
        ("rework_in_workdays", b1),
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
SITUATION = np.dtype(
    [(name, f8) for name in ("ready", "submitted", "reviewed", "finished", "submit_from")]
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


class Fixed(types.Record):
    """A record that never changes while the kernel runs, and the compiler is told so.

    It need not look anything up in it again after every write.
    """

    def __init__(self, record: types.Record) -> None:
        fields: Any = [(name, field._asdict()) for name, field in record.fields.items()]
        super().__init__(fields, record.size, record.aligned)


register_model(Fixed)(RecordModel)


@lower_getattr_generic(Fixed)
def _look_up(context: Any, builder: Any, record: Any, address: Any, name: str) -> Any:
    kind = record.typeof(name)
    stored = context.get_data_type(kind)
    place = get_record_member(builder, address, record.offset(name), stored)
    return context.data_model_manager[kind].from_data(builder, _unchanging(builder, place))


def _unchanging(builder: Any, place: Any) -> Any:
    """What stands at a place, as something that never changes while the kernel runs."""
    found = builder.load(place)
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return found


@intrinsic
def fixed(typing: Any, record: Any) -> Any:  # noqa: ARG001
    """Compiled ``fixed(record)``: the same record as one that never changes."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(signature.return_type))

    return Fixed(record)(record), generate


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
            address = _unchanging(builder, builder.inttoptr(place, ir.IntType(64).as_pointer()))
            distance = builder.mul(number, ir.Constant(number.type, dtype.itemsize))
            return builder.inttoptr(builder.add(address, distance), context.get_value_type(found))

        found = Fixed(record) if isinstance(owner, Fixed) else record
        return found(owner, types.int64), generate

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
def lowest(typing: Any, number: Any) -> Any:  # noqa: ARG001
    """Compiled ``lowest(number)``: which is the lowest bit that is set; one is set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


@intrinsic
def comes_first(typing: Any, heap: Any, one: Any, other: Any) -> Any:  # noqa: ARG001
    """Compiled ``comes_first(heap, one, other)``: 1 if one event is earlier than another, else 0.

    Times are not negative, and such floats stand in the order of their bits: so they are compared
    as whole numbers, without a jump that is hard to foresee.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        start, *numbers = arguments
        times = [builder.load(_time(builder, start, number)) for number in numbers]
        return builder.zext(builder.icmp_unsigned("<", *times), ir.IntType(64))

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


@intrinsic
def put(typing: Any, heap: Any, place: Any, time: Any, turn: Any) -> Any:  # noqa: ARG001
    """Compiled ``put(heap, place, time, turn)``: write an event at a place.

    In one piece, for it is moved in one piece: a processor waits long for what was written in two.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        start, place, time, turn = arguments
        word = ir.IntType(64)
        event = ir.Constant(ir.VectorType(word, 2), ir.Undefined)
        for position, value in enumerate((turn, builder.bitcast(time, word))):
            event = builder.insert_element(event, value, ir.Constant(ir.IntType(32), position))
        target = builder.bitcast(_event(builder, start, place), event.type.as_pointer())
        builder.store(event, target, align=8)
        return context.get_dummy_value()

    return types.void(types.uint64, types.int64, types.float64, types.int64), generate


def _event(builder: Any, start: Any, number: Any) -> Any:
    """Pointer to an event of a heap as one number."""
    distance = builder.mul(number, ir.Constant(number.type, EVENT.itemsize))
    return builder.inttoptr(builder.add(start, distance), ir.IntType(128).as_pointer())


def _time(builder: Any, start: Any, number: Any) -> Any:
    """Pointer to the time of an event, which stands behind its turn."""
    turn = builder.bitcast(_event(builder, start, number), ir.IntType(64).as_pointer())
    return builder.gep(turn, [ir.Constant(number.type, 1)])


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
situation_at = _part(SITUATION, "situation")
department_at, grade_at = _part(DEPARTMENT, "offices"), _part(GRADE, "grades")
