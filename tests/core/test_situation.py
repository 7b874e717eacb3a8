"""Going on from where projects stand: what has happened stays, what is under way lasts on."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_scenarios import random_scenarios
from situations import PHASES, seen, situations

from approvalsim import kernel, simulation
from approvalsim.facts import Facts, differences
from approvalsim.plan import Plan, compile_plan, with_situation
from approvalsim.plan_parts import Situation
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import load, shipped


def simulated(plan: Plan, known: Situation, seed: int = 7, count: int = 3) -> Facts:
    """Facts that both engines agree on."""
    conditioned = with_situation(plan, known)
    facts = simulation.simulate(conditioned, seed, range(count))
    assert differences(kernel.simulate(conditioned, seed, range(count)), facts) == ()
    return facts


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=random_scenarios(steering=True), data=st.data())
def test_the_engines_agree_from_any_situation(scenario: Scenario, data: st.DataObject) -> None:
    plan = compile_plan(scenario)
    known = data.draw(situations(plan, simulation.simulate(plan, 1, range(1))))
    simulated(plan, known)


@pytest.mark.parametrize("name", shipped())
def test_the_engines_agree_half_way_through_every_shipped_scenario(name: str) -> None:
    plan = compile_plan(load(shipped()[name]))
    facts = kernel.simulate(plan, 3, range(1))
    simulated(
        plan, seen(facts, float(np.median(facts.stage.ready[np.isfinite(facts.stage.ready)])))
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenario=random_scenarios(steering=True))
def test_knowing_nothing_changes_nothing_to_the_last_bit(scenario: Scenario) -> None:
    plan = compile_plan(scenario)
    unconditional = simulation.simulate(plan, 7, range(3))
    assert differences(simulated(plan, Situation.unknown(plan.axes)), unconditional) == ()
    assert differences(simulated(plan, Situation.unknown(plan.axes, 0.0)), unconditional) == ()


@pytest.mark.parametrize("name", ["jianghai-2022", "fast-track", "single-project"])
def test_knowing_everything_gives_the_facts_back(name: str) -> None:
    plan = compile_plan(load(shipped()[name]))
    truth = kernel.simulate(plan, 5, range(1))
    signed = truth.project.signed[0]
    left = np.isfinite(truth.project.left[0])
    portfolio = replace(plan.portfolio, signed=signed)
    known = seen(truth, inf)
    known = replace(known, as_of=float(truth.last_event[0]) + 1.0)
    found = simulated(replace(plan, portfolio=portfolio), known, seed=99, count=2)
    for row in range(2):
        for phase in PHASES:
            expected = getattr(truth.stage, phase)[0][~left]
            assert (getattr(found.stage, phase)[row][~left] == expected).all()
        assert (found.project.milestone[row][~left] == truth.project.milestone[0][~left]).all()
