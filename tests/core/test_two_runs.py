"""What must hold between two runs that differ in one thing."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from math import inf
from typing import Any

import numpy as np
import pytest
from builders import day, outcome, workdays
from builders import scenario as small
from hypothesis import given, settings
from hypothesis import strategies as st
from random_scenarios import durations, random_scenarios

from approvalsim.experiment import run
from approvalsim.facts import Facts, differences, joined
from approvalsim.plan import compile_plan
from approvalsim.scenario import Correction, Department, Scenario, Stage
from approvalsim.simulation import simulate, trace

SOON = 1e-6


def facts_of(scenario: Scenario, seed: int = 1, replications: range = range(1)) -> Facts:
    return simulate(compile_plan(scenario), seed, replications)


def with_stages(scenario: Scenario, change: Callable[[Any], Mapping[str, Any]]) -> Scenario:
    """The scenario with every stage changed; `change` gives the new values of a stage."""
    stages = {
        name: stage.model_copy(update=dict(change(stage))) for name, stage in scenario.stage.items()
    }
    return scenario.model_copy(update={"stage": stages})


def alone(scenario: Scenario) -> Scenario:
    """No departments, so that nobody has to wait for anybody else."""
    return with_stages(scenario, lambda stage: {"department": None})


# How it is computed does not matter


@settings(max_examples=30)
@given(random_scenarios(), st.integers(0, 2**63 - 1), st.integers(0, 10**6))
def test_one_replication_is_the_same_alone_among_others_and_with_its_history(
    scenario: Scenario, seed: int, replication: int
) -> None:
    plan = compile_plan(scenario)
    among_others = simulate(plan, seed, range(replication, replication + 2))
    second, _ = trace(plan, seed, replication + 1)
    first = simulate(plan, seed, range(replication, replication + 1))

    assert differences(among_others, joined([first, second])) == ()


@settings(max_examples=20)
@given(random_scenarios(), st.integers(1, 7))
def test_the_size_of_a_batch_does_not_matter(scenario: Scenario, size: int) -> None:
    plan = compile_plan(scenario)

    whole = simulate(plan, 1, range(7))

    assert differences(joined(run(plan, 1, 7, batch=size, workers=1)), whole) == ()


def test_the_number_of_processes_does_not_matter() -> None:
    stage = {"department": "office", "review": {"dist": "gamma", "shape": 2.0, "mean": 9.0}}
    arrivals = {"kind": "uniform", "from": day(0), "to": day(30)}
    scenario = small(
        {"a": stage, "b": stage | {"after": {"a": {}}}},
        generator={"count": 6, "arrivals": arrivals},
        department={"office": {}},
    )
    plan = compile_plan(scenario)

    shared = joined(run(plan, 5, 12, batch=3, workers=2))

    assert differences(shared, simulate(plan, 5, range(12))) == ()


# What comes later does not change what was before


@given(random_scenarios(), st.integers(1, 60))
def test_the_horizon_takes_away_what_comes_after_it_and_changes_nothing_before(
    scenario: Scenario, days: int
) -> None:
    end = scenario.start + timedelta(days=days)
    whole = facts_of(scenario.model_copy(update={"end": None}))
    cut = facts_of(scenario.model_copy(update={"end": end}))

    times = ("ready", "submitted", "review_start", "reviewed", "finished")
    pairs = [(getattr(whole.stage, name), getattr(cut.stage, name)) for name in times]
    times = ("left", "milestone", "obliged", "breached", "remedied")
    pairs += [(getattr(whole.project, name), getattr(cut.project, name)) for name in times]
    for complete, seen in pairs:
        np.testing.assert_array_equal(seen, np.where(complete < days + 1, complete, inf))
    finished = np.isfinite(cut.stage.finished)
    for name in ("queue", "review", "rework", "meeting", "notice", "issue", "rounds"):
        complete, seen = getattr(whole.stage, name), getattr(cut.stage, name)
        np.testing.assert_array_equal(seen[finished], complete[finished])
        assert (seen <= complete + SOON).all()
    for name in ("signed", "path", "values"):
        np.testing.assert_array_equal(getattr(cut.project, name), getattr(whole.project, name))
    assert (cut.project.stop_work <= whole.project.stop_work + SOON).all()
    assert (cut.department.visits <= whole.department.visits).all()


# What cannot hurt does not hurt


def harmless(scenario: Scenario) -> Scenario:
    """The policy at its best: nothing is broken, issued for nothing, or different by path."""

    def patient(after: Mapping[str, Any]) -> dict[str, Any]:
        relief = {"issue": None, "due": 10_000.0}
        return {
            name: edge.model_copy(
                update={key: v for key, v in relief.items() if hasattr(edge, key)}
            )
            for name, edge in after.items()
        }

    assert scenario.commitment is not None
    grades = {
        name: grade.model_copy(update={"breach": 0.0})
        for name, grade in scenario.commitment.grades.items()
    }
    scenario = with_stages(
        scenario,
        lambda stage: {
            "after": patient(stage.after),
            "variant": tuple(each for each in stage.variant if "path" not in each.when),
        },
    )
    milestones = {
        name: milestone.model_copy(update={"after": patient(milestone.after)})
        for name, milestone in scenario.milestone.items()
    }
    policy = scenario.commitment.model_copy(update={"grades": grades})
    return scenario.model_copy(update={"milestone": milestones, "commitment": policy})


@given(random_scenarios())
def test_relaxed_edges_never_delay_where_nothing_is_broken_and_nobody_queues(
    scenario: Scenario,
) -> None:
    scenario = alone(harmless(scenario))
    standard = facts_of(scenario.with_policy(False))
    relaxed = facts_of(scenario.with_policy(True))

    # A project that drops out leaves earlier, too, and so may take part in less.
    stay = np.isinf(relaxed.project.left) & np.isinf(standard.project.left)
    assert (relaxed.stage.finished <= standard.stage.finished + SOON)[stay].all()
    assert (relaxed.project.milestone <= standard.project.milestone + SOON)[stay].all()
    assert not np.isfinite(relaxed.project.breached).any()


@given(random_scenarios(max_projects=2, policies=False), st.integers(0, 5), durations())
def test_a_shorter_stage_never_delays_where_nobody_queues(
    scenario: Scenario, which: int, longer: dict[str, Any]
) -> None:
    # With promises it can: what goes ahead earlier has its deadline earlier. With queues as well.
    name = list(scenario.stage)[which % len(scenario.stage)]
    stage = scenario.stage[name]
    scenario = alone(scenario)

    def with_notice(duration: Any) -> Scenario:
        changed = stage.model_copy(update={"department": None, "variant": (), "notice": duration})
        return scenario.model_copy(update={"stage": {**scenario.stage, name: changed}})

    quick = facts_of(with_notice(None))
    late = facts_of(with_notice(Stage.model_validate({"notice": longer}).notice))

    stay = np.isinf(late.project.left) & np.isinf(quick.project.left)
    assert (quick.stage.finished <= late.stage.finished + SOON)[stay].all()
    assert (quick.project.milestone <= late.project.milestone + SOON)[stay].all()


@given(random_scenarios(max_stages=1, policies=False))
def test_one_more_reviewer_never_delays_anybody_in_a_single_queue(scenario: Scenario) -> None:
    # With corrections, or several stages, what goes ahead earlier can be in somebody's way.
    def straight(stage: Stage) -> Mapping[str, Any]:
        variants = tuple(v.model_copy(update={"correction": None}) for v in stage.variant)
        return {"department": "office", "correction": Correction(), "variant": variants}

    scenario = with_stages(scenario, straight)

    def staffed(reviewers: int) -> Facts:
        office = {"office": Department(reviewers=reviewers)}
        return facts_of(scenario.model_copy(update={"department": office}))

    for few in (1, 2):
        assert (staffed(few + 1).stage.finished <= staffed(few).stage.finished).all()


@pytest.mark.parametrize("reviewers", [1, 2, 3])
def test_reviewers_do_not_matter_to_a_project_that_competes_with_nobody(reviewers: int) -> None:
    stages = {"a": {"department": "office", "review": workdays(3)}}
    stages["b"] = stages["a"] | {"after": {"a": {}}}

    assert outcome(small(stages, department={"office": {"reviewers": reviewers}})).happened() == 6
