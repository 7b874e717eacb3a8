"""Backward schedules: their dates keep their promise, and where none can, they say so."""

from datetime import date
from functools import partial, reduce
from math import inf, sqrt
from typing import Any

import numpy as np
import pytest
from builders import day, needs, outcome, owed, policy, provisional, scenario
from networks import fixed

from approvalsim import kernel
from approvalsim.errors import ScenarioError
from approvalsim.execution import Effort
from approvalsim.outlook import DayCounts, measured, origin, outcomes
from approvalsim.plan import compile_plan
from approvalsim.register import Entry, Register, StageRecord
from approvalsim.remaining import FINISH, SUBMIT, remaining
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import load, shipped
from approvalsim.schedule import Schedule, schedule


def effort(seed: int = 1, replications: int = 1000) -> Effort:
    return Effort(replications, seed, engine="kernel")


def spread(low: float, high: float) -> dict[str, Any]:
    return {"dist": "uniform", "min": float(low), "max": float(high)}


def office(reviewers: int = 3) -> Scenario:
    """Eight projects that sign within a month, one department, two stages beside each other."""
    stages = {
        "land": {"prepare": spread(10, 40), "review": spread(5, 15), "department": "office"},
        "eia": {"prepare": spread(5, 20), "review": spread(5, 10), "department": "office"},
        "permit": {
            "prepare": spread(5, 15),
            "review": spread(2, 8),
            "department": "office",
            "after": {"land": {}},
        },
    }
    projects = {f"p{number}": 4 * number for number in range(8)}
    offices = {"office": {"reviewers": reviewers}}
    done = {"groundbreaking": needs("eia", "permit")}
    return scenario(stages, done, projects, department=offices)


def kept(done: Schedule, target: date, seed: int = 99, replications: int = 4000) -> Any:
    """(project) how often the target is held in other replications that follow the dates."""
    plan, asked = done.plan, effort(seed, replications)
    parts = outcomes(plan, asked, partial(measured, plan))
    goal = np.full(len(plan.axes.projects), plan.calendar.clock_of(target))
    return reduce(DayCounts.plus, parts).by(goal - origin(plan))


# --- the promise ---------------------------------------------------------------------------------


@pytest.mark.parametrize("confidence", [0.6, 0.8, 0.95])
def test_who_follows_the_dates_reaches_the_target_as_surely_as_promised(confidence: float) -> None:
    target = day(150)
    done = schedule(office(), effort(), target, confidence)
    assert all(project.holds for project in done.projects)
    chances = kept(done, target)
    # Two binomial errors: of the replications the dates were found in, and of these here.
    error = sqrt(confidence * (1 - confidence) * (1 / 1000 + 1 / 4000))
    assert chances.min() > confidence - 3.5 * error
    assert [project.probability >= confidence for project in done.projects] == [True] * 8


def test_the_dates_are_late_and_not_only_safe() -> None:
    done = schedule(office(), effort(), day(150), 0.8, only=("p3",))
    (project,) = done.projects
    assert project.fastest == 1.0
    assert 0.8 <= project.probability < 0.84
    assert kept(done, day(150))[3] == pytest.approx(0.8, abs=0.05)
    assert done.plan.situation is not None
    held = done.plan.situation.submit_from > -inf
    assert held[3].all()
    assert not np.delete(held, 3, axis=0).any()  # all others go on as fast as they can


def test_a_target_behind_the_spring_festival_is_kept_too() -> None:
    scene = load(shipped()["jianghai-2022"]).with_policy(False)
    target = date(2024, 2, 28)  # New Year's Day was 10 February: not all sites have resumed
    done = schedule(scene, effort(), target, 0.7, only=("p07",))
    (project,) = done.projects
    assert project.holds
    permit = next(stage for stage in project.stages if stage.stage == "construction_permit")
    assert permit.finish_by is not None
    assert permit.finish_by <= date(2024, 1, 26)
    assert kept(done, target)[6] > 0.7 - 0.05


def test_from_where_the_projects_stand_dates_are_kept_too() -> None:
    stages = {"land": StageRecord(ready=day(0), submitted=day(20), reviewed=day(33),
                                  finished=day(33))}  # fmt: skip
    register = Register(
        "network",
        (
            Entry("p0", signed=day(0), target=day(90), owner="Zhang", stages=stages),
            Entry("p1", signed=day(4), target=day(100)),
            Entry("p2", signed=day(4), milestones={"groundbreaking": day(30)}, target=day(99)),
        ),
    )
    done = schedule(office(), effort(), None, 0.8, register, day(35))
    assert [project.id for project in done.projects] == ["p0", "p1"]
    first, second = done.projects
    land, eia, permit = first.stages
    assert (first.owner, first.target) == ("Zhang", day(90))
    assert (land.submitted, land.finished, land.submit_by) == (day(20), day(33), None)
    assert eia.submit_by is not None
    assert permit.submit_by is not None
    assert day(35) < eia.submit_by < day(90)
    assert day(35) < permit.submit_by < day(90)
    assert kept(done, day(90))[0] > 0.76
    assert kept(done, day(100))[1] > 0.76
    assert second.holds


# --- what cannot be held -------------------------------------------------------------------------


def test_a_target_that_cannot_be_held_says_by_how_much_and_what_would_help() -> None:
    done = schedule(office(1), effort(), day(60), 0.8)
    worst = max(done.projects, key=lambda project: project.missed_by or 0)
    assert not worst.holds
    assert worst.fastest < 0.8
    assert worst.earliest is not None
    assert worst.missed_by == (worst.earliest - day(60)).days > 0
    assert all(stage.at_once for stage in worst.stages)
    gains = {(gain.kind, gain.subject): gain for gain in done.gains}
    assert gains[("reviewer", "office")] == done.gains[0]
    assert gains[("reviewer", "office")].days > 10
    assert gains[("prepare", "")].days >= gains[("prepare", "eia")].days
    assert [gain.days for gain in done.gains] == sorted((g.days for g in done.gains), reverse=True)


def test_a_relaxation_and_meetings_are_among_what_would_help() -> None:
    stages = {
        "land": {"prepare": fixed(30), "review": fixed(5), "meeting": {"every": 20.0}},
        "permit": {"prepare": fixed(10), "after": {"land": owed(90.0)}},
    }
    done = {"groundbreaking": needs("permit")}
    scene = scenario(stages, done, commitment=policy(enabled=False))
    gains = {(gain.kind, gain.subject): gain for gain in schedule(scene, effort(), day(20)).gains}
    assert gains[("edge", "land->permit")].days == 45 - 0  # 40 + 5 + 10 days become 10
    assert gains[("policy", "")].days == 45
    assert gains[("edge", "land->permit")].closes == 1
    assert gains[("meeting", "land")].days == 10  # at 30 instead of 40


def test_a_project_that_never_gets_there_has_no_date() -> None:
    stages = {"land": {"prepare": fixed(400)}}
    done = schedule(scenario(stages, end=day(200)), effort(), day(100))
    (project,) = done.projects
    assert (project.fastest, project.earliest, project.missed_by) == (0.0, None, None)
    assert not project.holds


def test_what_cannot_be_planned_is_said() -> None:
    def sentence(**wishes: Any) -> str:
        with pytest.raises(ScenarioError) as error:
            schedule(office(), effort(replications=10), **wishes)
        (problem,) = error.value.problems
        return problem.sentence

    assert sentence() == "nothing_to_plan"
    assert sentence(target=day(90), only=("p9",)) == "unknown_project"


# --- how long it still takes ---------------------------------------------------------------------


def left(scene: Scenario) -> dict[str, tuple[float, float]]:
    """Days from the submission and from the end of each stage of the one project."""
    plan = compile_plan(scene)
    lasts = remaining(plan, kernel.simulate(plan, 1, range(1)))[0, 0]
    return {
        name: (lasts[place, SUBMIT], lasts[place, FINISH])
        for place, name in enumerate(plan.axes.stages)
    }


def test_what_a_stage_waits_for_others_does_not_count() -> None:
    stages = {
        "long": {"prepare": fixed(50), "review": fixed(10)},
        "short": {"prepare": fixed(5), "review": fixed(3), "notice": fixed(2)},
        "last": {"prepare": fixed(4), "review": fixed(6), "after": {"long": {}, "short": {}}},
    }
    scene = scenario(stages, {"groundbreaking": needs("last")})
    assert left(scene) == {"long": (20.0, 10.0), "short": (15.0, 10.0), "last": (6.0, 0.0)}
    assert outcome(scene).happened() == 70.0


def test_a_phase_a_paper_to_follow_and_a_provisional_one_count_as_they_are() -> None:
    stages = {
        "drawings": {"prepare": fixed(5), "review": fixed(30)},
        "eia": {"prepare": fixed(7), "review": fixed(9)},
        "land": {"prepare": fixed(20), "review": fixed(5)},
        "permit": {
            "prepare": fixed(4),
            "review": fixed(6),
            "after": {"land": provisional(3), "eia": owed(90.0)},
        },
    }
    after = {"permit": {}, "drawings": {"phase": "submitted"}}
    found = left(
        scenario(
            stages,
            {"groundbreaking": {"after": after}, "closing": needs("eia", "drawings")},
            {"p1": {"path": "commitment"}},
            commitment=policy(share=1.0),
        )
    )
    assert found["drawings"] == (0.0, -inf)
    assert found["eia"] == (-inf, -inf)
    assert found["land"] == (8.0, 3.0)
    assert found["permit"] == (9.0, 0.0)  # reviewed while land is under way, issued 3 days after it
