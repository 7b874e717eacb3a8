"""What is counted of two runs under the same luck, project by project.

Differences are ``b - a``; days are calendar days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.digest import Digest, PairedDigest
from approvalsim.errors import Problem, ScenarioError
from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.sample import Exact
from approvalsim.tally import SHARES, Observed, digest_of, observe, summed

Floats = NDArray[np.float64]

LARGE_GAIN = 30.0
"""Days earlier that count as a large gain."""
_SAME = 1e-9
"""Days within which two starts are equal; a clock in floats cannot tell less."""


def paired_digest(
    facts: tuple[Facts, ...], plans: tuple[Plan, ...], dates: Sequence[date] = ()
) -> PairedDigest:
    """What a comparison needs of a batch of two runs; ``dates`` as in `digest`.

    Projects are paired by id. Raises `ScenarioError` where there is nothing to pair.
    """
    chosen = _pairing(*facts)
    a, b = (observe(run, plan, dates) for run, plan in zip(facts, plans, strict=True))
    left, right = (_Side(side, some) for side, some in zip((a, b), chosen, strict=True))
    return PairedDigest(a.digest, b.digest, _between(left, right))


@dataclass(frozen=True, eq=False)
class _Side:
    """One of the two runs, and which of its projects are paired."""

    observed: Observed
    chosen: NDArray[np.int64] | slice

    def __getitem__(self, name: str) -> NDArray[Any]:
        """A quantity of the paired projects: (…, replication, project)."""
        return self.of(self.observed.quantities[name])

    def of(self, array: NDArray[Any]) -> NDArray[Any]:
        """The paired projects of an array over (…, replication, project)."""
        return array[..., self.chosen]


def _pairing(a: Facts, b: Facts) -> tuple[NDArray[np.int64] | slice, ...]:
    """Positions of the common projects in both; raises `ScenarioError` if they do not pair."""
    position = {name: i for i, name in enumerate(b.axes.projects)}
    pairs = [(i, position[name]) for i, name in enumerate(a.axes.projects) if name in position]
    first, second = (f"{r[0]}–{r[-1]}" for r in (a.replications, b.replications))
    goal_a, goal_b = (side.axes.milestones[side.measure] for side in (a, b))
    reason = None
    if a.seed != b.seed:
        reason = f"种子 {a.seed} ≠ {b.seed}", f"seed {a.seed} ≠ {b.seed}"
    elif not np.array_equal(a.replications, b.replications):
        reason = f"重复 {first} ≠ {second}", f"replications {first} ≠ {second}"
    elif goal_a != goal_b:
        reason = (
            f"时间算到不同的里程碑，{goal_a} ≠ {goal_b}；请给两边指定同一个",
            f"times are counted to different milestones, {goal_a} ≠ {goal_b}; choose one for both",
        )
    elif not pairs:
        reason = (
            "没有相同的项目编号；请比较同一批项目的两个方案",
            "no project id in common; compare two scenarios of the same projects",
        )
    if reason:
        words = {"reason": reason[0], "reason_en": reason[1]}
        raise ScenarioError([Problem("different_shape", words=words)])
    if a.axes.projects == b.axes.projects:
        return slice(None), slice(None)  # all of them, without a copy
    return np.array([i for i, _ in pairs]), np.array([j for _, j in pairs])


def _between(a: _Side, b: _Side) -> Digest:
    """What lies between the two."""
    in_a, in_b = a["reached"], b["reached"]
    both = in_a & in_b
    among = both.astype(np.float64)
    time_a, time_b = a["time"] * among, b["time"] * among
    gap = time_b - time_a
    path_a, path_b = a.observed.path, b.observed.path
    quantities = {
        "both": among,
        "only_a": in_a & ~in_b,
        "only_b": in_b & ~in_a,
        "time_a": time_a,
        "time_b": time_b,
        "gap": gap,
        "effective_gap": (b["effective_time"] - a["effective_time"]) * among,
        "earlier": gap < -_SAME,
        "later": gap > _SAME,
        "large_gain": gap < -LARGE_GAIN,
        "days_a": a.of(path_a.days.transpose(2, 0, 1)) * among,
        "days_b": b.of(path_b.days.transpose(2, 0, 1)) * among,
        "elsewhere_a": a.of(path_a.other) * among,
        "elsewhere_b": b.of(path_b.other) * among,
    }
    for side, letter in ((a, "a"), (b, "b")):
        for name in ("signed_by", "started_by", "obligations", "breaches", "stop_work_days"):
            quantities[f"{name}_{letter}"] = side[name]
    samples = {
        "a": Exact(np.where(both, time_a, inf), SHARES),
        "b": Exact(np.where(both, time_b, inf), SHARES),
    }
    subject = replace(a.observed.digest.subject, projects=both.shape[1])
    numbers = a.observed.facts.replications
    return digest_of(subject, numbers, summed(quantities), samples, {})
