"""The engine against closed formulas of queueing theory and of networks without queues.

Each replication is one long stream of customers through one office. The office starts empty, so the
first customers are left out; the mean over the others of each replication is one observation, and
the formula must lie within 4 standard errors of their mean. Everything runs from a fixed seed; by
chance one seed in some 10,000 would fail.
"""

from math import factorial, sqrt
from typing import Any

import networkx as nx
import numpy as np
import pytest
from builders import fixed, needs, outcome, scenario
from hypothesis import given
from hypothesis import strategies as st
from networks import scenarios

from approvalsim.network import critical_path
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.simulation import simulate

CUSTOMERS, WARM_UP, REPLICATIONS = 900, 300, 30


def exponential(mean: float) -> dict[str, Any]:
    return {"dist": "weibull", "shape": 1.0, "mean": mean, "unit": "days"}


def office(service: dict[str, Any], gap: float, reviewers: int) -> Scenario:
    return scenario(
        {"a": {"department": "office", "review": service}},
        generator={"count": CUSTOMERS, "arrivals": {"kind": "exponential", "mean_days": gap}},
        department={"office": {"reviewers": reviewers}},
    )


def assert_mean(samples: np.ndarray, expected: float) -> None:
    """The expected value lies within four standard errors of the samples' mean."""
    error = samples.std(ddof=1) / sqrt(samples.size)
    assert abs(samples.mean() - expected) < 4 * error
    assert error < 0.08 * expected  # else the test would say nothing


def erlang_c(load: float, servers: int) -> float:
    """Probability of having to wait in M/M/c."""
    waiting = load**servers / factorial(servers) / (1 - load / servers)
    return waiting / (sum(load**k / factorial(k) for k in range(servers)) + waiting)


@pytest.mark.parametrize(("servers", "utilisation"), [(1, 0.6), (2, 0.7), (5, 0.7)])
def test_waits_in_m_m_c_are_those_of_erlang(servers: int, utilisation: float) -> None:
    service = 3.0
    gap = service / (servers * utilisation)
    facts = simulate(
        compile_plan(office(exponential(service), gap, servers)), 11, range(REPLICATIONS)
    )
    queue = facts.stage.queue[:, WARM_UP:, 0]

    # M/M/c: P(wait) = C(c, λ/μ), mean wait = C / (cμ − λ).
    waits = erlang_c(servers * utilisation, servers)
    assert_mean((queue > 0).mean(axis=1), waits)
    assert_mean(queue.mean(axis=1), waits / (servers / service - 1 / gap))


@pytest.mark.parametrize(
    ("service", "second_moment"),
    [
        (fixed(3), 9.0),
        ({"dist": "uniform", "min": 0.0, "max": 6.0, "unit": "days"}, 12.0),
        ({"dist": "gamma", "shape": 0.5, "mean": 3.0, "unit": "days"}, 27.0),
    ],
    ids=["M/D/1", "M/U/1", "M/Γ/1"],
)
def test_waits_in_m_g_1_are_those_of_pollaczek_and_khinchine(
    service: dict[str, Any], second_moment: float
) -> None:
    gap = 6.0
    facts = simulate(compile_plan(office(service, gap, 1)), 12, range(REPLICATIONS))
    queue = facts.stage.queue[:, WARM_UP:, 0]

    # Mean wait = λ E[S²] / (2 (1 − ρ)), with ρ = 3 / 6.
    assert_mean(queue.mean(axis=1), second_moment / gap / (2 * (1 - 0.5)))


def test_as_many_are_in_the_queue_as_arrive_during_a_wait() -> None:
    # Little's law holds for every sample path: both sides are the same area.
    run = outcome(office(exponential(3.0), 4.0, 1))
    waits = run.facts.stage.queue[0, :, 0]
    moments = np.sort(np.concatenate([run.facts.stage.submitted.ravel(),
                                      run.facts.stage.review_start.ravel()]))  # fmt: skip
    middles = (moments[1:] + moments[:-1]) / 2
    waiting = (run.facts.stage.submitted.ravel() <= middles[:, None]) & (
        middles[:, None] < run.facts.stage.review_start.ravel()
    )

    area = (waiting.sum(axis=1) * np.diff(moments)).sum()
    assert area == pytest.approx(waits.sum())
    assert run.department("wait", "office") == pytest.approx(waits.sum())


# Networks without queues


def samples(stages: dict[str, Any], count: int = 6000) -> np.ndarray:
    """Times to groundbreaking of so many independent projects."""
    projects = 300
    listed = dict.fromkeys([f"p{number}" for number in range(projects)], 0)
    plan = compile_plan(scenario(stages, projects=listed))
    return simulate(plan, 13, range(count // projects)).time_to_measure.ravel()


def uniform(most: float) -> dict[str, Any]:
    return {"prepare": {"dist": "uniform", "min": 0.0, "max": most}}


def test_the_longer_of_two_exponentials_takes_one_and_a_half_means() -> None:
    stage = {"prepare": exponential(10.0)}

    # E max = 1/λ + 1/(2λ)
    assert_mean(samples({"a": stage, "b": stage}), 15.0)


def test_the_longest_of_n_uniforms_takes_n_over_n_plus_one() -> None:
    assert_mean(samples({name: uniform(12.0) for name in "abcde"}), 12.0 * 5 / 6)


def test_two_uniforms_in_a_row_beside_one_of_twice_the_length() -> None:
    # X = U₁ + U₂ and Y = 2·U₃ lie in 0..2. E max = ∫ 1 − F(x)·G(x) dx with G = x / 2 and
    # F = x² / 2 up to 1, then 1 − (2 − x)² / 2: that is 2 − 1/16 − 31/48 = 31/24.
    stages = {"a": uniform(1.0), "b": uniform(1.0) | {"after": {"a": {}}}, "c": uniform(2.0)}

    assert_mean(samples(stages), 31 / 24)


@given(scenarios(days=st.integers(0, 30).map(float)))
def test_fixed_durations_without_queues_take_the_longest_path(network: Scenario) -> None:
    listed = [{"id": "p1", "signed": network.start}]
    run = outcome(Scenario.model_validate({**network.model_dump(by_alias=True), "project": listed}))

    schedule = critical_path(network)
    for name in network.stage:
        assert run.stage("ready", name) == schedule.activities[name].earliest_start
        assert run.finished(name) == schedule.activities[name].earliest_finish
    for name in network.milestone:
        assert run.happened(name) == schedule.activities[name].earliest_finish


@given(st.lists(st.tuples(st.integers(0, 20), st.sets(st.integers(1, 4))), min_size=1, max_size=9))
def test_groundbreaking_comes_after_the_longest_path_that_networkx_finds(
    activities: list[tuple[int, set[int]]],
) -> None:
    graph = nx.DiGraph()
    stages = {}
    for number, (days, back) in enumerate(activities):
        before = [number - each for each in back if each <= number]
        graph.add_edges_from(((each, number) for each in before), days=days)
        graph.add_edge("start", number, days=days)
        after = {f"s{each}": {} for each in before}
        stages[f"s{number}"] = {"prepare": fixed(days), "after": after}

    longest = nx.dag_longest_path_length(graph, weight="days")
    assert outcome(scenario(stages, {"groundbreaking": needs(*stages)})).happened() == longest
