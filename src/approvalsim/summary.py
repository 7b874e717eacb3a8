"""What an experiment says: times with intervals, start rates, where time goes, what promises cost.

Days are calendar days unless a name says working days. Times are summarised over the (replication,
project) pairs that reach the measured milestone, with the shares that do not beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from approvalsim.digest import Digest, joined
from approvalsim.estimate import Estimate, Influence, ratio, sample_quantiles
from approvalsim.tally import SHARES

Floats = NDArray[np.float64]


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
    grid: float = 0.0
    """Days to which quantiles are rounded; 0 where there are few enough times to keep each."""


def summarise(digest: Digest) -> Summary:
    """Summarise what was counted of all replications."""
    digest = joined((digest,))
    reached = max(float(digest.total("reached")), 1.0)
    return Summary(
        replications=digest.replications,
        projects=digest.subject.projects,
        measure=digest.subject.measure,
        times=_times(digest, "time"),
        working_times=_times(digest, "working_time"),
        reach=_reach(digest),
        start_rates=_start_rates(digest),
        milestones=_milestones(digest),
        departments=_departments(digest),
        commitments=_commitments(digest),
        stages=_stages(digest, digest.total("on_path") / reached),
        other_on_path=float(digest.total("other_on_path") / reached),
        grid=digest.grid,
    )


def time_estimate(digest: Digest, measure: str) -> Estimate:
    """The mean of the time to the measured milestone or, as ``p80``, a quantile."""
    digest = joined((digest,))
    if measure == "mean":
        return ratio(digest["time"], digest["reached"]).estimate()
    (found,) = sample_quantiles(digest.samples["time"], (int(measure[1:]) / 100,))
    return found.estimate()


def _times(digest: Digest, name: str) -> Times:
    mean = ratio(digest[name], digest["reached"])
    found = (mean, *sample_quantiles(digest.samples[name], SHARES))
    return Times(*(each.estimate() for each in found))


def per_project(digest: Digest, name: str) -> Influence:
    """Mean of a quantity over all pairs of a replication and a project."""
    return ratio(digest[name], digest.size.astype(np.float64) * digest.subject.projects)


def _reach(digest: Digest) -> Reach:
    reached, left = float(digest.total("reached")), float(digest.total("dropped_out"))
    pairs = digest.pairs
    return Reach(reached / pairs, left / pairs, (pairs - reached - left) / pairs)


def _start_rates(digest: Digest) -> tuple[StartRate, ...]:
    signed, started, present = (digest[f"{what}_by"] for what in ("signed", "started", "present"))
    number = digest.replications
    return tuple(
        StartRate(
            date=day,
            signed=float(signed[:, n].sum()) / number,
            started=float(started[:, n].sum()) / number,
            rate=ratio(started[:, n], signed[:, n]).share(),
            rate_without_dropouts=ratio(started[:, n], present[:, n]).share(),
        )
        for n, day in enumerate(digest.subject.dates)
    )


def _stages(digest: Digest, criticality: Floats) -> dict[str, StageSummary]:
    finished = np.maximum(digest.total("finished"), 1.0)
    means = (
        "duration", "prepare", "wait", "review", "rework", "meeting", "notice", "issue", "rounds",
    )  # fmt: skip
    columns = {name: digest.total(name) / finished for name in means}
    columns["work"] = columns["prepare"] + columns["review"]
    columns["criticality"] = criticality
    reviews = np.maximum(digest.total("reviews"), 1.0)
    columns["over_statutory"] = digest.total("over_statutory") / reviews
    return {
        name: StageSummary(**{key: float(column[i]) for key, column in columns.items()})
        for i, name in enumerate(digest.subject.stages)
    }


def _milestones(digest: Digest) -> dict[str, MilestoneSummary]:
    subject, reached, summaries = digest.subject, digest.total("milestones"), {}
    there, signed = digest["milestones_by"], digest["signed_by"]
    for m, name in enumerate(subject.milestones):
        first = m * len(subject.dates)
        rates = [
            (day, ratio(there[:, first + n], signed[:, n]).share())
            for n, day in enumerate(subject.dates)
        ]
        sample = digest.samples["time" if name == subject.measure else f"milestone {name}"]
        summaries[name] = MilestoneSummary(
            reached=float(reached[m]) / digest.pairs,
            p50=sample_quantiles(sample, (0.5,))[0].estimate(),
            rates=tuple(rates),
        )
    return summaries


def _departments(digest: Digest) -> dict[str, DepartmentSummary]:
    span, busy, queued = (digest.total(name) for name in ("last_event", "busy", "queued"))
    visits, longest = digest.total("visits"), digest.total("longest_queue")
    summaries = {}
    for i, (name, reviewers) in enumerate(
        zip(digest.subject.departments, digest.subject.reviewers, strict=True)
    ):
        capacity = reviewers * float(span)
        summaries[name] = DepartmentSummary(
            utilisation=float(busy[i]) / capacity if capacity else 0.0,
            mean_wait=float(queued[i]) / float(visits[i]) if visits[i] else 0.0,
            longest_queue=float(longest[i]) / digest.replications,
            longest_queue_ever=int(digest.most["longest_queue"][i]),
        )
    return summaries


def _commitments(digest: Digest) -> CommitmentSummary:
    counted = ("relaxed", "obligations", "breaches", "stop_work_days")
    return CommitmentSummary(
        share=float(digest.total("commitment")) / digest.pairs,
        effective_mean=ratio(digest["effective_time"], digest["reached"]).estimate(),
        **{name: per_project(digest, name).estimate(lowest=0.0) for name in counted},
    )
