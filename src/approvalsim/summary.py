"""What an experiment says: times with intervals, start rates, where time goes, what promises cost.

Days are calendar days unless a name says working days. Times are summarised over the (replication,
project) pairs that reach the measured milestone, with the shares that do not beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from approvalsim.criticality import BindingPath, binding_path
from approvalsim.estimate import Estimate, Influence, quantiles, ratio
from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import COMMITMENT, HARD

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SHARES = (0.1, 0.5, 0.8, 0.9)
"""The quantiles every summary names."""


@dataclass(frozen=True)
class Times:
    """Time from signing to a milestone."""

    mean: Estimate
    p10: Estimate
    p50: Estimate
    p80: Estimate
    p90: Estimate


@dataclass(frozen=True)
class Reach:
    """What became of all (replication, project) pairs; the three shares add up to 1."""

    reached: float
    dropped_out: float
    censored: float
    """Neither: the horizon came first."""


@dataclass(frozen=True)
class StartRate:
    """动工率 at the end of a date, over all replications; counts are means of one replication."""

    date: date
    signed: float
    """Projects signed by then."""
    started: float
    rate: Estimate
    """Started / signed."""
    rate_without_dropouts: Estimate
    """Started / signed and not dropped out by then."""


@dataclass(frozen=True)
class StageSummary:
    """Means over the (replication, project) pairs that finished the stage; days."""

    criticality: float
    """Share of pairs in which the stage lies on the path that determined the milestone."""
    duration: float
    """From ready to finished."""
    wait: float
    """In the queue of the department."""
    prepare: float
    review: float
    work: float
    """Preparation and review together."""
    rework: float
    meeting: float
    notice: float
    issue: float
    rounds: float
    over_statutory: float
    """Share of reviews that took more working days than the law allows."""


@dataclass(frozen=True)
class DepartmentSummary:
    """Load of a department."""

    utilisation: float
    """Share of reviewers' time spent holding papers, from clock zero to the last event."""
    mean_wait: float
    """Days a submission stood in the queue."""
    longest_queue: float
    """Longest queue of a replication, on average."""
    longest_queue_ever: int


@dataclass(frozen=True)
class CommitmentSummary:
    """Means per project."""

    share: float
    """Share of projects on the commitment path."""
    relaxed: Estimate
    """Dependencies that were relaxed (容缺, counted per item)."""
    obligations: Estimate
    breaches: Estimate
    stop_work_days: Estimate
    effective_mean: Estimate
    """Mean time to the milestone with stop-work days added."""


@dataclass(frozen=True)
class MilestoneSummary:
    """How one milestone (挂网, 交地, 动工) goes."""

    reached: float
    """Share of all (replication, project) pairs."""
    p50: Estimate
    """Median days from signing, of those that reach it."""
    rates: tuple[tuple[date, Estimate], ...]
    """At the end of each date: reached / signed by then."""


@dataclass(frozen=True)
class Summary:
    """All that one experiment says."""

    replications: int
    projects: int
    measure: str
    times: Times
    working_times: Times
    """The same in working days."""
    reach: Reach
    start_rates: tuple[StartRate, ...]
    milestones: Mapping[str, MilestoneSummary]
    stages: Mapping[str, StageSummary]
    other_on_path: float
    """Mean days of the binding path spent in no stage: holds, windows, fixed dates."""
    departments: Mapping[str, DepartmentSummary]
    commitments: CommitmentSummary


def summarise(
    facts: Facts, plan: Plan, dates: Sequence[date] = (), path: BindingPath | None = None
) -> Summary:
    """Summarise the facts of a plan; ``dates`` are those at whose end the start rate is asked.

    ``path`` is their `binding_path`, where it is known already.
    """
    path = path or binding_path(facts, plan)
    reached = max(int(np.isfinite(facts.started).sum()), 1)
    return Summary(
        replications=len(facts.replications),
        projects=len(facts.axes.projects),
        measure=facts.axes.milestones[facts.measure],
        times=time_estimates(facts.time_to_measure),
        working_times=time_estimates(_working_times(facts, plan)),
        reach=_reach(facts),
        start_rates=tuple(_start_rate(facts, plan, day) for day in dates),
        milestones=_milestones(facts, plan, dates),
        departments=_departments(facts, plan),
        commitments=_commitments(facts, plan),
        stages=_stages(facts, path.on_path.sum(axis=(0, 1)) / reached),
        other_on_path=float(path.other.sum() / reached),
    )


def time_estimates(times: Floats) -> Times:
    """Mean and quantiles of all finite times (first axis: replications)."""
    p10, p50, p80, p90 = quantiles(times, SHARES)
    return Times(mean_time(times).estimate(), p10, p50, p80, p90)


def mean_time(times: Floats) -> Influence:
    """Mean of all finite times."""
    finite = np.isfinite(times)
    return ratio(np.where(finite, times, 0.0).sum(axis=1), finite.sum(axis=1).astype(np.float64))


def started_by(
    facts: Facts, plan: Plan, day: date, projects: NDArray[np.int64] | slice = slice(None)
) -> tuple[Influence, Influence]:
    """Start rates at the end of ``day``: over all signed, and over those that have not left.

    ``projects`` picks some of them by position.
    """
    moment = _end_of(plan, day)
    started = facts.started[:, projects] < moment
    signed = facts.project.signed[:, projects] < moment
    present = started | (signed & ~(facts.project.left[:, projects] < moment))
    return _rate(started & signed, signed), _rate(started & signed, present)


def _end_of(plan: Plan, day: date) -> float:
    """The clock at the end of a date: what counts by then comes before it."""
    return plan.calendar.clock_of(day) + 1


def _rate(some: Flags, all_: Flags) -> Influence:
    """Share of some (replication, project) pairs in others."""
    return ratio(some.sum(axis=1).astype(np.float64), all_.sum(axis=1).astype(np.float64))


def effective_times(facts: Facts) -> Floats:
    """(replication, project) time to the milestone with stop-work days added."""
    return facts.time_to_measure + facts.project.stop_work


def commitment_counts(facts: Facts, plan: Plan) -> dict[str, Floats]:
    """(replication, project) relaxed edges, obligations, breaches and stop-work days."""
    project = facts.project
    begun = np.concatenate([facts.stage.ready, project.milestone], axis=2)
    relaxed = (project.edge_mode != HARD) & np.isfinite(begun[:, :, plan.edges.target])
    return {
        "relaxed": relaxed.sum(axis=2).astype(np.float64),
        "obligations": np.isfinite(project.obliged).sum(axis=2).astype(np.float64),
        "breaches": np.isfinite(project.breached).sum(axis=2).astype(np.float64),
        "stop_work_days": project.stop_work,
    }


def per_project(counts: Floats) -> Influence:
    """Mean of a (replication, project) array over all pairs."""
    projects = np.full(len(counts), float(counts.shape[1]))
    return ratio(counts.sum(axis=1), projects)


def _working_times(facts: Facts, plan: Plan) -> Floats:
    elapsed = plan.calendar.elapsed_all
    reached = np.isfinite(facts.started)
    started = elapsed(np.where(reached, facts.started, facts.project.signed))
    return np.where(reached, started - elapsed(facts.project.signed), inf)


def _reach(facts: Facts) -> Reach:
    reached = np.isfinite(facts.started)
    left = np.isfinite(facts.project.left) & ~reached
    return Reach(float(reached.mean()), float(left.mean()), float((~reached & ~left).mean()))


def _start_rate(facts: Facts, plan: Plan, day: date) -> StartRate:
    moment = _end_of(plan, day)
    signed = facts.project.signed < moment
    rate, without = started_by(facts, plan, day)
    return StartRate(
        date=day,
        signed=float(signed.sum(axis=1).mean()),
        started=float((signed & (facts.started < moment)).sum(axis=1).mean()),
        rate=rate.share(),
        rate_without_dropouts=without.share(),
    )


def _stages(facts: Facts, criticality: Floats) -> dict[str, StageSummary]:
    part = facts.stage
    finished = np.isfinite(part.finished)
    count = np.maximum(finished.sum(axis=(0, 1)), 1)

    def mean(values: Floats) -> Floats:
        return np.asarray(np.where(finished, values, 0.0).sum(axis=(0, 1)) / count)

    with np.errstate(invalid="ignore"):
        columns = {
            "duration": mean(part.finished - part.ready),
            "prepare": mean(part.submitted - part.ready),
            "wait": mean(part.queue),
            "review": mean(part.review),
            "rework": mean(part.rework),
            "meeting": mean(part.meeting),
            "notice": mean(part.notice),
            "issue": mean(part.issue),
            "rounds": mean(part.rounds.astype(np.float64)),
        }
    columns["work"] = columns["prepare"] + columns["review"]
    columns["criticality"] = criticality
    reviews = np.maximum(part.rounds.sum(axis=(0, 1)), 1)
    columns["over_statutory"] = part.over_statutory.sum(axis=(0, 1)) / reviews
    return {
        name: StageSummary(**{key: float(column[i]) for key, column in columns.items()})
        for i, name in enumerate(facts.axes.stages)
    }


def _milestones(facts: Facts, plan: Plan, dates: Sequence[date]) -> dict[str, MilestoneSummary]:
    summaries = {}
    signed = facts.project.signed
    for position, name in enumerate(facts.axes.milestones):
        happened = facts.project.milestone[:, :, position]
        rates = []
        for day in dates:
            moment = _end_of(plan, day)
            present = signed < moment
            rates.append((day, _rate((happened < moment) & present, present).share()))
        summaries[name] = MilestoneSummary(
            reached=float(np.isfinite(happened).mean()),
            p50=quantiles(happened - signed, (0.5,))[0],
            rates=tuple(rates),
        )
    return summaries


def _departments(facts: Facts, plan: Plan) -> dict[str, DepartmentSummary]:
    part, span = facts.department, float(facts.last_event.sum())
    summaries = {}
    for i, name in enumerate(facts.axes.departments):
        capacity = float(plan.reviewers[i]) * span
        visits = int(part.visits[:, i].sum())
        summaries[name] = DepartmentSummary(
            utilisation=float(part.busy[:, i].sum()) / capacity if capacity else 0.0,
            mean_wait=float(part.wait[:, i].sum()) / visits if visits else 0.0,
            longest_queue=float(part.longest_queue[:, i].mean()),
            longest_queue_ever=int(part.longest_queue[:, i].max()),
        )
    return summaries


def _commitments(facts: Facts, plan: Plan) -> CommitmentSummary:
    counts = {
        name: per_project(count).estimate(lowest=0.0)
        for name, count in commitment_counts(facts, plan).items()
    }
    return CommitmentSummary(
        share=float((facts.project.path == COMMITMENT).mean()),
        effective_mean=mean_time(effective_times(facts)).estimate(),
        **counts,
    )
