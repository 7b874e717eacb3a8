"""Two scenarios share every draw they have in common, to the last bit."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from builders import Outcome, corrected, day, fixed, outcome, owed, policy, provisional, scenario
from hypothesis import given, settings
from random_scenarios import random_scenarios

from approvalsim.facts import Facts
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.simulation import simulate

SKEWED = {"dist": "lognormal", "mean": 20.0, "sd": 15.0}
LUCKY = {
    "prepare": SKEWED,
    "review": SKEWED | {"unit": "days"},
    "notice": SKEWED,
    "correction": corrected(probability=0.5, max_rounds=9) | {"rework": SKEWED},
}
"""A stage in which everything is left to luck; without a department nobody is in the way."""
VARIED = {"variation": {"prepare": 0.4, "review": 0.3}}
STAGES = {"a": LUCKY, "b": LUCKY, "c": LUCKY}
PROJECTS = dict.fromkeys(("p1", "p2", "p3"), 0)


def run_of(
    stages: Mapping[str, Any] = STAGES, projects: Mapping[str, Any] = PROJECTS, **more: Any
) -> Outcome:
    return outcome(scenario(stages, projects=projects, **VARIED, **more))


def times(run: Outcome, stage: str, project: str) -> list[float]:
    facts = ("ready", "submitted", "reviewed", "finished", "review", "rework", "rounds")
    return [run.stage(fact, stage, project) for fact in facts]


def same(one: Outcome, other: Outcome, stages: str, projects: tuple[str, ...]) -> bool:
    return all(times(one, s, p) == times(other, s, p) for s in stages for p in projects)


def test_stages_and_projects_have_luck_of_their_own() -> None:
    run = run_of()

    assert len({tuple(times(run, s, p)) for s in "abc" for p in PROJECTS}) == 9


def test_another_stage_leaves_the_luck_of_the_others_untouched() -> None:
    more = {"new": LUCKY, **STAGES, "last": LUCKY | {"after": {"a": {}}}}

    assert same(run_of(), run_of(more), "abc", tuple(PROJECTS))


def test_a_stage_less_leaves_the_luck_of_the_others_untouched() -> None:
    assert same(run_of(), run_of({"a": LUCKY, "c": LUCKY}), "ac", tuple(PROJECTS))


def test_the_order_of_stages_and_projects_does_not_matter_to_their_luck() -> None:
    turned = run_of(dict(reversed(STAGES.items())), dict(reversed(PROJECTS.items())))

    assert same(run_of(), turned, "abc", tuple(PROJECTS))


def test_another_project_leaves_the_luck_of_the_others_untouched() -> None:
    more = {"first": 0, "p1": 0, "second": 0, "p2": 0, "p3": 0}

    assert same(run_of(), run_of(projects=more), "abc", tuple(PROJECTS))
    assert same(run_of(), run_of(projects={"p3": 0}), "abc", ("p3",))


def test_departments_that_never_make_anybody_wait_leave_everything_untouched() -> None:
    staffed = {name: LUCKY | {"department": "office"} for name in STAGES}

    assert same(run_of(), run_of(staffed, department={"office": {"reviewers": 9}}),
                "abc", tuple(PROJECTS))  # fmt: skip


def test_a_change_to_one_stage_leaves_its_other_draws_untouched() -> None:
    quick = run_of(STAGES | {"b": LUCKY | {"prepare": fixed(0)}})

    assert same(run_of(), quick, "ac", tuple(PROJECTS))
    for project in PROJECTS:
        there, here = (times(run, "b", project)[-3:] for run in (run_of(), quick))
        # The same reviews, rework and rounds at other times: the clock's last digits differ.
        assert there == pytest.approx(here, abs=1e-9)


def test_generated_projects_keep_their_luck_when_there_are_more_of_them() -> None:
    def facts(count: int) -> Facts:
        arrivals = {"kind": "uniform", "from": day(0), "to": day(60)}
        generator = {"count": count, "arrivals": arrivals}
        shares = {"eia": {"form": 0.5, "book": 0.5}}
        built = scenario(STAGES, generator=generator | {"attributes": shares}, **VARIED)
        return simulate(compile_plan(built), 7, range(3))

    few, many = facts(12), facts(30)
    np.testing.assert_array_equal(few.project.signed, many.project.signed[:, :12])
    np.testing.assert_array_equal(few.project.values, many.project.values[:, :12])
    np.testing.assert_array_equal(few.stage.finished, many.stage.finished[:, :12])


def test_the_policy_off_and_on_share_their_draws() -> None:
    stages = {
        "a": LUCKY,
        "b": LUCKY | {"after": {"a": provisional()}},
        "c": LUCKY | {"after": {"a": owed(10_000)}},
    }
    off = run_of(stages, commitment=policy(enabled=False))
    on = run_of(stages, commitment=policy())

    assert same(off, on, "a", tuple(PROJECTS))
    for project in PROJECTS:
        for stage in "bc":
            there, here = (
                [run.stage(fact, stage, project) for fact in ("review", "rework", "notice")]
                for run in (off, on)
            )
            assert there == pytest.approx(here, abs=1e-9)
        assert on.happened(project=project) < off.happened(project=project)


@settings(max_examples=40)
@given(random_scenarios())
def test_what_is_settled_at_signing_is_the_same_with_the_policy_off_and_on(
    scenario: Scenario,
) -> None:
    off, on = (simulate(compile_plan(scenario.with_policy(x)), 1, range(2)) for x in (False, True))
    own = len(off.axes.attributes) - 2
    np.testing.assert_array_equal(off.project.signed, on.project.signed)
    np.testing.assert_array_equal(off.project.values[..., :own], on.project.values[..., :own])
    np.testing.assert_array_equal(off.project.values[..., -1], on.project.values[..., -1])


def test_another_seed_and_another_replication_are_other_luck() -> None:
    built = scenario(STAGES)

    first = times(outcome(built, seed=1, replication=0), "a", "p1")
    assert first == times(outcome(built, seed=1, replication=0), "a", "p1")
    assert first != times(outcome(built, seed=2, replication=0), "a", "p1")
    assert first != times(outcome(built, seed=1, replication=1), "a", "p1")
