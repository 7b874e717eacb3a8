"""Two experiments, paired by replication and project: same luck, different rules.

Differences are ``b - a``: negative days mean that ``b`` comes earlier.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import inf, isnan, nan

import numpy as np

from approvalsim.digest import PairedDigest, joined
from approvalsim.estimate import Estimate, ratio, sample_quantiles
from approvalsim.sample import Exact, Sample
from approvalsim.summary import Summary, per_project, summarise
from approvalsim.tally import SHARES


@dataclass(frozen=True)
class Difference:
    """``b - a`` over the pairs that reach the milestone in both; days."""

    mean: Estimate
    p10: Estimate
    p50: Estimate
    p80: Estimate
    p90: Estimate
    effective_mean: Estimate
    """Difference of the means with stop-work days added."""
    start_rates: tuple[tuple[date, Estimate], ...]


@dataclass(frozen=True)
class Pairs:
    """Shares of all (replication, project) pairs that reach the milestone so."""

    both: float
    only_a: float
    only_b: float
    neither: float


@dataclass(frozen=True)
class Price:
    """What ``b`` costs more than ``a``, per project."""

    obligations: Estimate
    breaches: Estimate
    stop_work_days: Estimate


@dataclass(frozen=True)
class Comparison:
    """Two experiments side by side, and what lies between them."""

    a: Summary
    b: Summary
    difference: Difference
    pairs: Pairs
    earlier: float
    """Share of the pairs in both in which ``b`` starts earlier; with the next two it makes 1."""
    later: float
    equal: float
    large_gain: float
    """Share in which ``b`` starts more than `pairing.LARGE_GAIN` days earlier."""
    gain_by_stage: Mapping[str, float]
    """Mean change (``b - a``) of the days each stage adds to the binding path."""
    gain_elsewhere: float
    """The same outside the stages: holds, windows. With the stages it adds up to the mean."""
    price: Price
    variance_reduction: float
    """How many times more replications independent runs would need for the same interval of the
    mean; infinite where the pairs never differ, nan where there is too little to tell."""


def compare(digest: PairedDigest) -> Comparison:
    """Compare two runs by what was counted of them, project by project."""
    digest = joined((digest,))
    between = digest.between
    both, pairs = float(between.total("both")), between.pairs
    reached = max(both, 1.0)
    only_a, only_b = float(between.total("only_a")), float(between.total("only_b"))
    earlier, later = float(between.total("earlier")), float(between.total("later"))
    by_stage, elsewhere = _gains(digest, reached)
    return Comparison(
        a=summarise(digest.a),
        b=summarise(digest.b),
        difference=_difference(digest),
        pairs=Pairs(
            both=both / pairs,
            only_a=only_a / pairs,
            only_b=only_b / pairs,
            neither=(pairs - both - only_a - only_b) / pairs,
        ),
        earlier=earlier / reached,
        later=later / reached,
        equal=(both - earlier - later) / reached,
        large_gain=float(between.total("large_gain")) / reached,
        gain_by_stage=by_stage,
        gain_elsewhere=elsewhere,
        price=_price(digest),
        variance_reduction=_variance_reduction(digest),
    )


def difference_estimate(digest: PairedDigest, measure: str) -> Estimate:
    """The difference of the mean time or, as ``p80``, of a quantile."""
    digest = joined((digest,))
    if measure == "mean":
        return ratio(digest.between["gap"], digest.between["both"]).estimate()
    (found,) = _quantile_differences(digest, (int(measure[1:]) / 100,))
    return found


def _quantile_differences(digest: PairedDigest, shares: tuple[float, ...]) -> list[Estimate]:
    samples = digest.between.samples
    of_a, of_b = (
        sample_quantiles(_known(samples[side], whole.samples["time"]), shares)
        for side, whole in (("a", digest.a), ("b", digest.b))
    )
    return [y.minus(x).estimate() for x, y in zip(of_a, of_b, strict=True)]


def _known(sample: Sample, whole: Sample) -> Sample:
    """The sample of a whole side instead, where it is the same: its times are sorted already."""
    if isinstance(sample, Exact) and isinstance(whole, Exact):
        return whole if np.array_equal(sample.times, whole.times) else sample
    return sample


def _difference(digest: PairedDigest) -> Difference:
    between = digest.between
    p10, p50, p80, p90 = _quantile_differences(digest, SHARES)
    rates = [
        [
            ratio(between[f"started_by_{side}"][:, n], between[f"signed_by_{side}"][:, n])
            for side in ("a", "b")
        ]
        for n in range(len(between.subject.dates))
    ]
    return Difference(
        mean=ratio(between["gap"], between["both"]).estimate(),
        p10=p10,
        p50=p50,
        p80=p80,
        p90=p90,
        effective_mean=ratio(between["effective_gap"], between["both"]).estimate(),
        start_rates=tuple(
            (day, b.minus(a).estimate())
            for day, (a, b) in zip(between.subject.dates, rates, strict=True)
        ),
    )


def _gains(digest: PairedDigest, reached: float) -> tuple[dict[str, float], float]:
    """Mean change of what each stage, and all else, adds to the binding path."""
    between = digest.between
    a, b = (
        dict(zip(side.subject.stages, between.total(f"days_{letter}").tolist(), strict=True))
        for side, letter in ((digest.a, "a"), (digest.b, "b"))
    )
    by_stage = {name: (b.get(name, 0.0) - a.get(name, 0.0)) / reached for name in {**a, **b}}
    elsewhere = float(between.total("elsewhere_b") - between.total("elsewhere_a"))
    return by_stage, elsewhere / reached


def _price(digest: PairedDigest) -> Price:
    counted = ("obligations", "breaches", "stop_work_days")
    a, b = (
        [per_project(digest.between, f"{name}_{side}") for name in counted] for side in ("a", "b")
    )
    return Price(*(y.minus(x).estimate() for x, y in zip(a, b, strict=True)))


def _variance_reduction(digest: PairedDigest) -> float:
    """Variance of the difference of means from independent runs, over that of the paired one."""
    between = digest.between
    mean_a, mean_b = (ratio(between[f"time_{side}"], between["both"]) for side in ("a", "b"))
    paired = mean_b.minus(mean_a).variance
    independent = mean_a.variance + mean_b.variance
    if isnan(paired) or isnan(independent):
        return nan
    return independent / paired if paired > 0 else inf
