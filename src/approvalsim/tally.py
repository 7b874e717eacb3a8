"""What is counted of the facts of one plan: quantities of each project, and their sums.

Sums are formed over the projects of a replication, and nowhere else; so they are the same to the
last bit in whatever batch, process or machine the replication was simulated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.criticality import BindingPath, binding_path
from approvalsim.digest import Digest, Subject
from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import COMMITMENT, DEFERRED, HARD
from approvalsim.sample import Exact

Floats = NDArray[np.float64]
Quantities = Mapping[str, NDArray[Any]]
"""By name: (…, replication, project)."""
Sums = Mapping[str, Floats]
"""By name: (…, replication)."""

SHARES = (0.1, 0.5, 0.8, 0.9)
"""The quantiles every summary names."""
_CLOSE = 7_000
"""Stages of projects whose facts a processor keeps close by: some 700 kB of records."""


def digest(facts: Facts, plan: Plan, dates: Sequence[date] = ()) -> Digest:
    """What a summary needs of a batch; ``dates`` are those at whose end start rates are asked."""
    return observe(facts, plan, dates).digest


@dataclass(frozen=True, eq=False)
class Observed:
    """What is counted of one plan, and the quantities of its projects for further questions."""

    facts: Facts
    path: BindingPath
    quantities: Quantities
    digest: Digest


def observe(facts: Facts, plan: Plan, dates: Sequence[date] = ()) -> Observed:
    """Look at a batch of one plan."""
    facts, stages = _by_stage(facts)
    axes, part, last_event = facts.axes, facts.department, facts.last_event
    path = binding_path(facts, plan)
    happened = np.ascontiguousarray(facts.project.milestone.transpose(2, 0, 1))
    quantities = _times(facts, plan, happened)
    quantities |= _rates(facts, plan, happened, dates)
    quantities |= _commitments(facts, plan, happened)
    sums = (
        summed(quantities)
        | stages
        | _since_ready(facts)
        | _on_path(path)
        | {
            "last_event": last_event,
            "busy": part.busy.T,
            "queued": part.wait.T,
            "visits": part.visits.T,
            "longest_queue": part.longest_queue.T,
        }
    )
    most = {"longest_queue": part.longest_queue, "last_event": last_event}
    subject = Subject(
        scenario_hash=facts.scenario_hash,
        seed=facts.seed,
        measure=axes.milestones[facts.measure],
        projects=len(axes.projects),
        stages=axes.stages,
        milestones=axes.milestones,
        departments=axes.departments,
        reviewers=tuple(plan.reviewers.tolist()),
        dates=tuple(dates),
    )
    return Observed(
        facts,
        path,
        quantities,
        digest_of(
            subject,
            facts.replications,
            sums,
            _samples(facts, happened, quantities),
            {name: each.max(axis=0).astype(np.float64) for name, each in most.items()},
        ),
    )


def _by_stage(facts: Facts) -> tuple[Facts, dict[str, Floats]]:
    """The same facts with their times stage by stage in memory, and sums of what stages took.

    Times are looked at again and again, all else once. The facts of a stage lie beside each other:
    they are fetched together, of as many replications at a time as stay close by.
    """
    part = facts.stage
    replications, projects, stages = part.ready.shape
    together = max(1, _CLOSE // max(stages * projects, 1))
    times = np.empty((3, stages, replications, projects))
    room = np.empty((8, stages, together, projects))
    of_all, of_finished = np.empty((2, 8, stages, replications))
    looked_at = part.ready, part.submitted, part.finished
    summed_up = (
        part.queue, part.review, part.rework, part.meeting, part.notice, part.issue, part.rounds,
        part.over_statutory,
    )  # fmt: skip
    for first in range(0, replications, together):
        some = slice(first, first + together)
        here, there = times[:, :, some], room[:, :, : replications - first]
        for fact, place in zip((*looked_at, *summed_up), (*here, *there), strict=True):
            np.copyto(place, fact[some].transpose(2, 0, 1))
        of_all[:, :, some] = of_finished[:, :, some] = np.add.reduce(there, axis=-1)
        stopped = np.isfinite(here[0]) & ~np.isfinite(here[2])
        if stopped.any():  # what was never begun has taken no time
            there[:, stopped] = 0.0
            of_finished[:, :, some] = np.add.reduce(there, axis=-1)
    ready, submitted, finished = times.transpose(0, 2, 3, 1)
    names = "wait", "review", "rework", "meeting", "notice", "issue", "rounds"
    sums = dict(zip(names, of_finished[:7], strict=True))
    sums |= {"reviews": of_all[6], "over_statutory": of_all[7]}
    stage = replace(part, ready=ready, submitted=submitted, finished=finished)
    return replace(facts, stage=stage), sums


def summed(quantities: Quantities) -> dict[str, Floats]:
    """Quantities over the projects of each replication."""
    return {name: _over_projects(each) for name, each in quantities.items()}


def _over_projects(quantity: NDArray[Any]) -> Floats:
    # Projects stand beside each other in memory, or numpy would add them in another order.
    sums: Floats = np.add.reduce(np.ascontiguousarray(quantity), axis=-1, dtype=np.float64)
    return sums


def digest_of(
    subject: Subject,
    replications: NDArray[np.int64],
    sums: Mapping[str, NDArray[Any]],
    samples: Mapping[str, Exact],
    most: Mapping[str, Floats],
) -> Digest:
    """A digest whose units are replications."""
    columns: dict[str, int | slice] = {}
    width, number = 0, len(replications)
    for name, each in sums.items():
        several = each.size // number
        columns[name] = width if each.ndim == 1 else slice(width, width + several)
        width += several
    table = np.concatenate([each.reshape(-1, number) for each in sums.values()])
    return Digest(
        subject=subject,
        first=replications,
        size=np.ones_like(replications),
        columns=columns,
        table=np.ascontiguousarray(table.T),
        most=most,
        samples=samples,
    )


def _times(facts: Facts, plan: Plan, happened: Floats) -> dict[str, NDArray[Any]]:
    """Days from signing to milestones, and who reaches them."""
    signed, started = facts.project.signed, happened[facts.measure]
    milestones = np.isfinite(happened)
    reached = milestones[facts.measure]
    elapsed = plan.calendar.elapsed_all
    started = np.where(reached, started, signed)
    time = started - signed
    return {
        "milestones": milestones,
        "reached": reached,
        "dropped_out": np.isfinite(facts.project.left) & ~reached,
        "time": time,
        "working_time": elapsed(started) - elapsed(signed),
        "effective_time": time + facts.project.stop_work * reached,
    }


def _samples(facts: Facts, happened: Floats, quantities: Quantities) -> dict[str, Exact]:
    """Times of which quantiles are asked."""
    reached = quantities["reached"]
    samples = {
        name: Exact(np.where(reached, quantities[name], inf), SHARES)
        for name in ("time", "working_time")
    }
    for position, name in enumerate(facts.axes.milestones):
        if position != facts.measure:
            times = happened[position] - facts.project.signed
            samples[f"milestone {name}"] = Exact(times, (0.5,))
    return samples


def _rates(
    facts: Facts, plan: Plan, happened: Floats, dates: Sequence[date]
) -> dict[str, NDArray[Any]]:
    """Who has signed, left, and got to milestones at the end of each date."""
    moments = np.array([plan.calendar.clock_of(day) + 1 for day in dates]).reshape(-1, 1, 1)
    signed = facts.project.signed < moments
    there = (happened[:, None] < moments) & signed
    started = there[facts.measure]
    return {
        "signed_by": signed,
        "started_by": started,
        "present_by": started | (signed & ~(facts.project.left < moments)),
        "milestones_by": there,
    }


def _commitments(facts: Facts, plan: Plan, happened: Floats) -> dict[str, NDArray[Any]]:
    """What was promised, and what became of it."""
    project, edges, stages = facts.project, plan.edges, len(plan.axes.stages)
    relaxed, obligations, breaches = np.zeros((3, *project.signed.shape))
    for edge, mode in enumerate(edges.relaxed.tolist()):
        if mode == HARD or not plan.policy.enabled:
            continue
        target = edges.target[edge]
        begun = facts.stage.ready[:, :, target] if target < stages else happened[target - stages]
        relaxed += (project.edge_mode[:, :, edge] != HARD) & np.isfinite(begun)
        if mode == DEFERRED:
            obligations += np.isfinite(project.obliged[:, :, edge])
            breaches += np.isfinite(project.breached[:, :, edge])
    return {
        "commitment": project.path == COMMITMENT,
        "relaxed": relaxed,
        "obligations": obligations,
        "breaches": breaches,
        "stop_work_days": project.stop_work,
    }


def _since_ready(facts: Facts) -> dict[str, Floats]:
    """How many finished a stage, and their days from when it was ready."""
    part = facts.stage
    ready, submitted, finished = (
        times.transpose(2, 0, 1) for times in (part.ready, part.submitted, part.finished)
    )
    among = np.isfinite(finished)
    others = np.flatnonzero(~among)
    room = np.empty(among.shape)

    def until(times: Floats) -> Floats:
        with np.errstate(invalid="ignore"):  # what never happened is infinite, and left out
            np.subtract(times, ready, out=room)
        room.reshape(-1)[others] = 0.0
        return _over_projects(room)

    return {
        "finished": _over_projects(among),
        "duration": until(finished),
        "prepare": until(submitted),
    }


def _on_path(path: BindingPath) -> dict[str, Floats]:
    """Who was on the binding path, and its days in no stage."""
    return {
        "on_path": _over_projects(path.on_path.transpose(2, 0, 1)),
        "other_on_path": _over_projects(path.other),
    }
