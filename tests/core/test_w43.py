"""The reference workload w43: 43 projects, eight stages, eight departments, corrections.

Six independent engines agree on a mean time in system of 105.41 ± 0.1 days, and on a P80 within a
replication that averages 127.2.
"""

from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from approvalsim.facts import Facts
from approvalsim.plan import compile_plan
from approvalsim.scenario_file import load
from approvalsim.simulation import simulate

W43 = Path(__file__).resolve().parents[2] / "benchmarks" / "w43.toml"
REPLICATIONS = 1000


@cache
def facts() -> Facts:
    return simulate(compile_plan(load(W43)), 43, range(REPLICATIONS))


@pytest.mark.parametrize(
    ("statistic", "published", "tolerance"),
    [(np.mean, 105.41, 0.1), (lambda times, axis: np.quantile(times, 0.8, axis=axis), 127.2, 0.05)],
    ids=["mean", "P80"],
)
def test_times_in_system_agree_with_the_other_engines(
    statistic: object, published: float, tolerance: float
) -> None:
    by_replication = statistic(facts().time_to_measure, axis=1)
    half_width = 1.96 * by_replication.std(ddof=1) / sqrt(REPLICATIONS)

    assert half_width < 1.5
    assert abs(by_replication.mean() - published) < half_width + tolerance


def test_every_project_gets_through() -> None:
    assert np.isfinite(facts().started).all()
    assert (facts().stage.rounds.mean(axis=(0, 1)) > 1.2).all()  # 1 / (1 − 0.2) = 1.25
    assert (facts().stage.rounds.mean(axis=(0, 1)) < 1.3).all()
