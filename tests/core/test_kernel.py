"""The compiled kernel agrees with the SimPy model in every fact, to the last bit."""

from pathlib import Path

import pytest
from builders import needs, scenario
from hypothesis import HealthCheck, given, settings
from random_scenarios import random_scenarios

from approvalsim import kernel, simulation
from approvalsim.facts import differences
from approvalsim.plan import Plan, compile_plan
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import load, shipped

REFERENCE_WORKLOAD = Path(__file__).parents[2] / "benchmarks" / "w43.toml"


def disagreements(plan: Plan, seed: int, replications: range) -> tuple[str, ...]:
    """Names of the facts in which the engines differ."""
    return differences(
        kernel.simulate(plan, seed, replications), simulation.simulate(plan, seed, replications)
    )


@pytest.mark.parametrize("name", shipped())
@pytest.mark.parametrize("policy", [False, True])
def test_the_engines_agree_on_every_shipped_scenario(name: str, policy: bool) -> None:
    scenario = load(shipped()[name])
    if scenario.commitment is None and policy:
        pytest.skip("this scenario has no policy to switch on")
    plan = compile_plan(scenario.with_policy(policy))
    assert disagreements(plan, scenario.run.seed, range(8)) == ()


def test_the_engines_agree_on_the_reference_workload() -> None:
    plan = compile_plan(load(REFERENCE_WORKLOAD))
    assert disagreements(plan, 43, range(8)) == ()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=random_scenarios(steering=True))
def test_the_engines_agree_on_any_scenario(scenario: Scenario) -> None:
    assert disagreements(compile_plan(scenario), 7, range(3)) == ()


def test_the_engines_agree_on_more_departments_than_a_number_has_bits() -> None:
    offices = [f"office-{number}" for number in range(150)]
    review = {"dist": "uniform", "min": 1, "max": 9, "unit": "days"}
    stages = {
        f"in-{office}": {"department": office, "review": review, "after": {"first": {}}}
        for office in offices[1:]
    }
    stages["first"] = {"department": offices[0], "review": review}
    plan = compile_plan(
        scenario(
            stages,
            {"groundbreaking": needs(*stages)},
            department={office: {"reviewers": 1} for office in offices},
            projects={f"p{number}": number for number in range(6)},
        )
    )
    assert disagreements(plan, 3, range(4)) == ()


def test_a_replication_does_not_depend_on_its_neighbours() -> None:
    plan = compile_plan(load(shipped()["fast-track"]))
    together = kernel.simulate(plan, 5, range(4))
    alone = kernel.simulate(plan, 5, range(3, 4))
    assert (together.project.milestone[3] == alone.project.milestone[0]).all()
    assert (together.stage.finished[3] == alone.stage.finished[0]).all()
