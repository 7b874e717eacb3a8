"""The reference workload w43, and what the engines are measured against on it.

Beside it in ``benchmarks/`` lie a newcomer's SimPy model and an event loop in plain C, which gives
the same facts as the engines, to the last bit.
"""

import ctypes
import subprocess
from collections.abc import Callable
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import DepartmentFacts, Facts, ProjectFacts, StageFacts
from approvalsim.luck import key
from approvalsim.plan import Plan, compile_plan
from approvalsim.plan_parts import FINISHED, HARD
from approvalsim.scenario_file import load

Records = NDArray[Any]

GCC = ("gcc", "-std=c11", "-O3", "-ffp-contract=off", "-shared", "-fPIC")
"""The compiler of the C loop; without contraction, since a fused operation rounds otherwise."""

f8, i8, u8 = np.float64, np.int64, np.uint64
_TABLE = np.dtype([(name, i8) for name in ("start", "cells", "warped")])
_NODE = np.dtype(
    [
        ("key", u8), ("department", i8), ("review", i8), ("rework", i8), ("max_rounds", i8),
        ("correction", f8), ("decay", f8),
        ("waits_for", i8), ("first_successor", i8), ("successors", i8),
    ]
)  # fmt: skip
_TIMES = (
    "ready", "submitted", "review_start", "reviewed", "finished", "queue", "review", "rework",
    "meeting", "notice", "issue",
)  # fmt: skip
_PAGE = np.dtype([*((name, f8) for name in _TIMES), ("rounds", i8), ("over_statutory", i8)])
_COVER = np.dtype([("signed", f8), ("left", f8), ("stop_work", f8), ("path", i8)])
_ENTRY = np.dtype([("edge_mode", i8), ("obliged", f8), ("breached", f8), ("remedied", f8)])
_NOT_RELAXED = np.array((HARD, inf, inf, inf), _ENTRY)
_ACCOUNT = np.dtype([("busy", f8), ("wait", f8), ("visits", i8), ("longest_queue", i8)])


def folder() -> Path:
    """Where the reference workload and its yardsticks lie."""
    installed = Path(str(files("approvalsim"))) / "_benchmarks"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "benchmarks"


def reference_plan(times: int = 1) -> Plan:
    """The reference workload; so many times as large, at the same load of each reviewer."""
    scenario = load(folder() / "w43.toml")
    projects, arrivals = scenario.projects, scenario.projects.arrivals
    if times != 1 and arrivals and arrivals.mean_days:
        arrivals = arrivals.model_copy(update={"mean_days": arrivals.mean_days / times})
        count = (projects.count or 0) * times
        departments = {
            name: office.model_copy(update={"reviewers": office.reviewers * times})
            for name, office in scenario.department.items()
        }
        projects = projects.model_copy(update={"count": count, "arrivals": arrivals})
        scenario = scenario.model_copy(update={"projects": projects, "department": departments})
    return compile_plan(scenario)


def idiomatic() -> Callable[[int], list[float]]:
    """One replication of the newcomer's model: from a seed the days each project took."""
    file = folder() / "idiomatic_w43.py"
    spec = spec_from_file_location("approvalsim_idiomatic_w43", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {file}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    replication: Callable[[int], list[float]] = module.replication
    return replication


class EventLoop:
    """The C loop for one plan, which must ask for no more than the reference workload does."""

    def __init__(self, plan: Plan) -> None:
        """Compile it.

        Raises `OSError` or `subprocess.SubprocessError` where there is no gcc that can do it, and
        `ValueError` where the plan asks for more.
        """
        if not _is_simple(plan):
            raise ValueError("the event loop in C knows no more than the reference workload needs")
        self._plan = plan
        self._replications = _library().replications
        self._arrays = _arrays_of(plan)
        axes = plan.axes
        self._words = _words(
            *(len(names) for names in (axes.projects, axes.stages, axes.milestones)),
            *(len(names) for names in (axes.departments, axes.attributes)),
            plan.portfolio.signing,
            key(""),
            *(array.ctypes.data for array in self._arrays),
        )

    def simulate(self, seed: int, replications: range) -> Facts:
        """The facts of some replications, in their order; Python's lock is not held meanwhile."""
        axes, count = self._plan.axes, len(replications)
        projects, by_project = len(axes.projects), (count, len(axes.projects))
        pages = np.empty((*by_project, len(axes.stages)), _PAGE)
        covers = np.empty(by_project, _COVER)
        entries = np.broadcast_to(_NOT_RELAXED, (*by_project, len(axes.edges)))
        accounts = np.empty((count, len(axes.departments)), _ACCOUNT)
        milestones = np.empty((count, projects, len(axes.milestones)), f8)
        last_event = np.empty(count, f8)
        values = np.empty((count, projects, len(axes.attributes)), i8)
        books = (pages, covers, accounts, milestones, last_event, values)
        if not self._replications(
            self._words,
            _words(*(book.ctypes.data for book in books)),
            *(ctypes.c_uint64(number) for number in (seed, replications.start, count)),
        ):
            raise MemoryError
        return Facts(
            scenario_id=self._plan.scenario_id,
            scenario_hash=self._plan.scenario_hash,
            axes=axes,
            measure=self._plan.measure,
            seed=seed,
            replications=np.array(replications, dtype=i8),
            last_event=last_event,
            stage=StageFacts(**_columns(pages)),
            project=ProjectFacts(
                **_columns(covers), **_columns(entries), values=values, milestone=milestones
            ),
            department=DepartmentFacts(**_columns(accounts)),
        )


def _library() -> ctypes.CDLL:
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        library = Path(place) / "event_loop.so"
        command = [*GCC, "-o", str(library), str(folder() / "event_loop.c"), "-lm"]
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        return ctypes.CDLL(str(library))


def _words(*values: int) -> "ctypes.Array[ctypes.c_uint64]":
    """A C structure of so many words: numbers and addresses."""
    return (ctypes.c_uint64 * len(values))(*values)


def _columns(records: Records) -> dict[str, Records]:
    return {name: records[name] for name in records.dtype.names or ()}


def _arrays_of(plan: Plan) -> tuple[Records, ...]:
    """The arrays of the C loop's plan, in the order in which it names them."""
    stages, edges = len(plan.axes.stages), plan.edges
    nodes = np.zeros(stages + len(plan.axes.milestones), _NODE)
    nodes["key"][:stages] = plan.stage_keys
    nodes["department"][:stages] = plan.stages.department
    for name in ("review", "rework", "max_rounds", "correction", "decay"):
        nodes[name][:stages] = getattr(plan.forms, name)
    nodes["waits_for"] = np.bincount(edges.target, minlength=len(nodes))
    nodes["successors"] = np.bincount(edges.source, minlength=len(nodes))
    nodes["first_successor"] = np.cumsum(nodes["successors"]) - nodes["successors"]
    tables = np.zeros(len(plan.tables.cells), _TABLE)
    for name in ("start", "cells", "warped"):
        tables[name] = getattr(plan.tables, name)
    successors = edges.target[np.argsort(edges.source, kind="stable")]
    return plan.project_keys, plan.reviewers, successors, nodes, tables, plan.tables.knots


def _is_simple(plan: Plan) -> bool:
    """Whether a plan asks for nothing that the C loop leaves out."""
    stages, forms, portfolio = plan.stages, plan.forms, plan.portfolio
    nothing = (
        stages.not_before, stages.meeting_every, stages.form_stride, forms.prepare, forms.notice,
        plan.edges.relaxed, plan.by_priority, plan.milestones.has_window, portfolio.attribute,
        np.array([portfolio.dropout, portfolio.vary_prepare, portfolio.vary_review]),
    )  # fmt: skip
    return (
        not any(array.any() for array in nothing)
        and plan.calendar.every_day_works
        and plan.end == inf
        and portfolio.gaps
        and bool(np.isnan(portfolio.signed).all())
        and bool((plan.edges.phase == FINISHED).all())
        and bool((stages.department >= 0).all())
        and bool((forms.statutory == inf).all())
        and not plan.policy.enabled
    )
