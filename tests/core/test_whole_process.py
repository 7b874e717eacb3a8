"""The shipped scenario that goes on to production: what it adds, and what it leaves as it was."""

import numpy as np
import pytest

from approvalsim.facts import Facts
from approvalsim.network import dependency_graph
from approvalsim.parameters import parameters
from approvalsim.plan import Plan, compile_plan
from approvalsim.plan_parts import HARD
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim.simulation import simulate

REPLICATIONS = range(12)
SOON = 1e-6

both_policies = pytest.mark.parametrize("policy", [False, True])


def whole() -> Scenario:
    return load(find("whole-process"))


def ran(scenario: Scenario, policy: bool) -> tuple[Facts, Plan]:
    plan = compile_plan(scenario.with_policy(policy))
    return simulate(plan, scenario.run.seed, REPLICATIONS), plan


def stage(facts: Facts, fact: str, name: str) -> np.ndarray:
    """(replication, project) of the projects that reach production."""
    times = getattr(facts.stage, fact)[:, :, facts.axes.stages.index(name)]
    return times[np.isfinite(facts.started)]


def happened(facts: Facts, name: str) -> np.ndarray:
    times = facts.project.milestone[:, :, facts.axes.milestones.index(name)]
    return times[np.isfinite(facts.started)]


def test_times_count_to_production() -> None:
    assert whole().measure == "production"
    assert whole().usual_measure == "groundbreaking"


@both_policies
def test_up_to_groundbreaking_it_is_the_fast_track_to_the_last_bit(policy: bool) -> None:
    longer, plan = ran(whole(), policy)
    shorter, _ = ran(load(find("fast-track")), policy)

    assert plan.axes.stages[:8] == shorter.axes.stages
    assert plan.axes.milestones[:3] == shorter.axes.milestones
    np.testing.assert_array_equal(longer.project.milestone[:, :, :3], shorter.project.milestone)
    for fact in ("ready", "submitted", "review_start", "reviewed", "finished", "queue", "rounds"):
        np.testing.assert_array_equal(
            getattr(longer.stage, fact)[:, :, :8], getattr(shorter.stage, fact)
        )


@both_policies
def test_milestones_come_one_after_the_other(policy: bool) -> None:
    facts, plan = ran(whole(), policy)
    order = ("land_handover", "groundbreaking", "completion", "acceptance", "production")

    times = np.array([happened(facts, name) for name in (*order, "expansion")])

    assert set(order) < set(plan.axes.milestones)
    assert times.shape[1] > 100
    assert (np.diff(times, axis=0) >= 0).all()


@both_policies
def test_nothing_is_produced_before_what_law_asks_for(policy: bool) -> None:
    facts, _ = ran(whole(), policy)
    production = happened(facts, "production")

    for name in ("joint_acceptance", "environmental_acceptance", "commissioning", "energy", "eia"):
        assert (stage(facts, "finished", name) <= production).all(), name
    for name in ("energy", "discharge_permit"):
        finished = stage(facts, "finished", name)
        assert (finished <= stage(facts, "ready", "commissioning")).all(), name
    drawings = stage(facts, "finished", "design_review")
    assert (drawings <= stage(facts, "ready", "main_works")).all()


@both_policies
def test_works_wait_for_permit_and_assessment_and_only_the_window_comes_after(policy: bool) -> None:
    facts, _ = ran(whole(), policy)
    begun = stage(facts, "ready", "site_works")
    later = happened(facts, "groundbreaking") - begun

    for name in ("construction_permit", "eia"):
        assert (stage(facts, "finished", name) <= begun).all()
    assert (later >= 0).all()
    assert later.max() < 15 + 28 + SOON  # the festival's window from its closing to the last site
    assert (later > SOON).mean() < 0.15


def test_on_the_path_equipment_may_come_before_acceptance_but_not_production() -> None:
    facts, plan = ran(whole(), policy=True)
    edge = plan.axes.edges.index("joint_acceptance->commissioning")
    relaxed = facts.project.edge_mode[:, :, edge][np.isfinite(facts.started)] != HARD
    accepted = stage(facts, "finished", "joint_acceptance")
    begun = stage(facts, "ready", "commissioning")

    assert 0.1 < relaxed.mean() < 0.5
    assert (begun[relaxed] < accepted[relaxed]).all()
    assert (begun[~relaxed] >= accepted[~relaxed]).all()
    assert (accepted <= happened(facts, "production")).all()


def test_a_project_without_an_assessment_needs_no_environmental_acceptance() -> None:
    facts, plan = ran(whole(), policy=False)
    attribute = plan.axes.attributes.index("eia")
    exempt = plan.axes.values[attribute].index("exempt")
    free = (facts.project.values[:, :, attribute] == exempt)[np.isfinite(facts.started)]
    days = stage(facts, "finished", "environmental_acceptance") - stage(
        facts, "ready", "environmental_acceptance"
    )

    assert 0 < free.mean() < 0.5
    assert (days[free] == 0).all()
    assert (days[~free] > 20).all()


def test_the_legally_required_order_is_never_relaxed() -> None:
    graph = dependency_graph(whole(), "commitment")
    hard = (
        ("construction_permit", "site_works"),
        ("eia", "site_works"),
        ("design_review", "main_works"),
        ("energy", "commissioning"),
        ("discharge_permit", "commissioning"),
        ("joint_acceptance", "production"),
        ("environmental_acceptance", "production"),
    )

    assert [edge for edge in hard if graph.edges[edge]["mode"] != "hard"] == []


def test_every_duration_after_groundbreaking_is_marked() -> None:
    added = set(whole().stage) - set(load(find("fast-track")).stage)
    found = [each for each in parameters(whole(), ("stage",)) if each.place[1] in added]

    assert len(found) > 15
    assert all(each.evidence.assumed or each.evidence.source for each in found)
