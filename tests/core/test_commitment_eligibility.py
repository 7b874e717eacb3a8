"""Who takes the commitment path, and which edges it relaxes there."""

from collections.abc import Mapping
from typing import Any

import pytest
from builders import Outcome, fixed, outcome, owed, policy, provisional, scenario

from approvalsim.luck import Purpose, uniform
from approvalsim.plan_parts import COMMITMENT, DEFERRED, HARD, PREREVIEW, STANDARD

STAGES = {
    "u": {"prepare": fixed(10)},
    "v": {"prepare": fixed(4), "after": {"u": provisional()}},
    "w": {"prepare": fixed(4), "after": {"u": owed(90)}},
}
GRADES = {
    "A": {"share": 0.5, "may_relax": ["u->v", "u->w"]},
    "B": {"share": 0.25, "may_relax": ["u->w"]},
    "C": {"share": 0.25, "eligible": False},
}


def of_grades(
    projects: Mapping[str, Any], stages: Mapping[str, Any] = STAGES, **more: Any
) -> Outcome:
    rules = policy() | {"grades": GRADES} | more
    return outcome(scenario(stages, projects=projects, commitment=rules))


def modes(run: Outcome, project: str = "p1") -> list[float]:
    return [run.edge("edge_mode", edge, project) for edge in ("u->v", "u->w")]


def test_a_grade_relaxes_what_it_may_and_nothing_else() -> None:
    run = of_grades({grade: {"grade": grade} for grade in GRADES})

    assert modes(run, "A") == [PREREVIEW, DEFERRED]
    assert modes(run, "B") == [HARD, DEFERRED]
    assert modes(run, "C") == [HARD, HARD]
    assert [run.project("path", grade) for grade in GRADES] == [COMMITMENT, COMMITMENT, STANDARD]
    assert [run.stage("ready", "v", grade) for grade in GRADES] == [0, 10, 10]


def test_with_the_policy_off_every_project_is_standard() -> None:
    run = of_grades({"p1": {"grade": "A", "path": "commitment"}}, enabled=False)

    assert run.project("path") == STANDARD
    assert modes(run) == [HARD, HARD]


def test_a_stated_path_is_taken_whatever_the_grade_and_the_share() -> None:
    run = of_grades(
        {"p1": {"grade": "C", "path": "commitment"}, "p2": {"grade": "A", "path": "standard"}},
        share=0.0,
    )

    assert [run.project("path", name) for name in ("p1", "p2")] == [COMMITMENT, STANDARD]


def test_an_attribute_bars_a_project_from_the_path_for_all_its_stages() -> None:
    dangerous = {"when": {"hazard": "high"}, "commitment": False}
    stages = STAGES | {"u": STAGES["u"] | {"variant": [dangerous]}}
    projects = {
        "p1": {"grade": "A", "attributes": {"hazard": "high"}},
        "p2": {"grade": "A", "attributes": {"hazard": "low"}},
    }
    run = of_grades(projects, stages)

    assert modes(run, "p1") == [HARD, HARD]
    assert modes(run, "p2") == [PREREVIEW, DEFERRED]


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_eligible_projects_commit_where_their_path_draw_lies_below_the_share(share: float) -> None:
    names = [f"p{number}" for number in range(40)]
    run = of_grades({name: {"grade": "A"} for name in names}, share=share)

    lucky = [uniform(1, 0, name, "", 0, Purpose.PATH) < share for name in names]
    assert [run.project("path", name) == COMMITMENT for name in names] == lucky
    assert 0.0 < share < 1.0 or len(set(lucky)) == 1


def test_each_edge_of_a_committed_project_is_relaxed_by_its_own_uptake_draw() -> None:
    stages = STAGES | {
        "v": {"after": {"u": provisional(uptake=0.5)}},
        "w": {"after": {"u": owed(90, uptake=0.25)}},
    }
    names = [f"p{number}" for number in range(40)]
    run = of_grades({name: {"grade": "A"} for name in names}, stages)

    expected = [
        [
            PREREVIEW if uniform(1, 0, name, "u->v", 0, Purpose.UPTAKE) < 0.5 else HARD,
            DEFERRED if uniform(1, 0, name, "u->w", 0, Purpose.UPTAKE) < 0.25 else HARD,
        ]
        for name in names
    ]
    assert [modes(run, name) for name in names] == expected
    assert len({tuple(pair) for pair in expected}) == 4  # all combinations come up


def test_a_promise_is_broken_where_its_draw_lies_below_the_breach_of_the_grade() -> None:
    grades = {"A": {"share": 0.5, "breach": 0.2}, "B": {"share": 0.5, "breach": 0.7}}
    names = [f"p{number}" for number in range(40)]
    given = {name: {"grade": "AB"[number % 2]} for number, name in enumerate(names)}
    run = of_grades(given, grades=grades)

    for name in names:
        chance = {"A": 0.2, "B": 0.7}[given[name]["grade"]]
        broken = uniform(1, 0, name, "u->w", 0, Purpose.BREACH) < chance
        # w is finished on day 4, 90 days before the deadline; u comes on day 10.
        assert run.edge("breached", "u->w", name) == (94 if broken else float("inf"))


def test_projects_without_a_grade_draw_one_by_the_shares() -> None:
    run = of_grades({f"p{number}": 0 for number in range(60)})

    ends = {"A": 0.5, "B": 0.75, "C": 1.0}
    expected = []
    for number in range(60):
        draw = uniform(1, 0, f"p{number}", "", 0, Purpose.GRADE)
        expected.append(1 + next(i for i, end in enumerate(ends.values()) if draw < end))
    assert run.facts.project.values[0, :, -1].tolist() == expected
    assert set(expected) == {1, 2, 3}


def test_a_committed_project_runs_the_variants_of_its_path() -> None:
    quick = {"when": {"path": "commitment"}, "prepare": fixed(1)}
    stages = STAGES | {"u": STAGES["u"] | {"variant": [quick]}}
    run = of_grades({"p1": {"grade": "A"}, "p2": {"grade": "C"}}, stages)

    assert [run.finished("u", name) for name in ("p1", "p2")] == [1, 10]
