"""Any milestone as the measure: in the file, on the command line, and what it does not touch."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import needs, owed, policy, scenario
from command_line import call, written
from hypothesis import assume, given
from hypothesis import strategies as st
from networks import fixed
from random_scenarios import random_scenarios

from approvalsim import experiments
from approvalsim.errors import ScenarioError
from approvalsim.execution import Effort
from approvalsim.facts import differences
from approvalsim.network import critical_path
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load, problems_in
from approvalsim.simulation import simulate

STAGES = {"a": {"prepare": fixed(2)}, "b": {"prepare": fixed(3), "after": {"a": {}}}}
GOALS = {"groundbreaking": needs("a"), "production": needs("b")}

FILE = """
format = 1
extends = "single-project"
id = "mine"

[run]
measure = "land_handover"
"""


def two_goals(**run: Any) -> Scenario:
    return scenario(STAGES, GOALS, run=run)


# In the scenario


def test_times_count_to_groundbreaking_unless_the_file_says_otherwise() -> None:
    assert two_goals().measure == "groundbreaking"
    assert two_goals(measure="production").measure == "production"


def test_a_scenario_that_names_no_measure_says_nothing_about_it() -> None:
    content = two_goals(seed=7).model_dump(mode="json", by_alias=True, exclude_defaults=True)

    assert content["run"] == {"seed": 7}


def test_a_measure_that_is_no_milestone_is_named_with_those_there_are(tmp_path: Path) -> None:
    file = written(tmp_path / "mine.toml", FILE.replace("land_handover", "eia"))

    (problem,) = problems_in(file)

    assert problem.sentence == "unknown_reference"
    assert problem.where == f"{file}:7: run.measure"
    assert "land_handover" in problem.message("zh")


def test_a_chosen_measure_makes_another_scenario_and_the_old_choice_the_old_one() -> None:
    usual = two_goals()
    chosen = usual.with_measure("production")

    assert chosen.measure == "production"
    assert content_hash(chosen) != content_hash(usual)
    assert chosen.with_measure("groundbreaking") == usual
    assert chosen.with_measure("production") is chosen
    with pytest.raises(ValueError, match="no milestone"):
        usual.with_measure("a")


# In a run


def test_the_time_is_that_to_the_chosen_milestone() -> None:
    usual = two_goals()

    times = {
        goal: simulate(compile_plan(usual.with_measure(goal)), 1, range(1)).time_to_measure[0, 0]
        for goal in GOALS
    }

    assert times == {"groundbreaking": 2.0, "production": 5.0}
    assert critical_path(usual.with_measure("production")).length == 5.0
    assert critical_path(usual).critical_path == ("a", "groundbreaking")


@given(random_scenarios(), st.integers(0, 10**6))
def test_what_happens_does_not_depend_on_what_is_measured(subject: Scenario, seed: int) -> None:
    # Supervision and task forces follow projects to the measured milestone, so without them.
    subject = subject.model_copy(update={"supervision": None, "task_force": None})
    assume(len(subject.milestone) > 1)
    first, *_, last = (
        simulate(compile_plan(subject.with_measure(goal)), seed, range(2))
        for goal in subject.milestone
    )

    # Stop-work is what comes after the measured milestone, and no other fact knows of it.
    assert set(differences(first, last)) <= {"project.stop_work"}


def test_a_hold_counts_as_stop_work_only_after_the_measured_milestone() -> None:
    stages = {
        "paper": {"prepare": fixed(30)},
        "permit": {"prepare": fixed(2), "after": {"paper": owed(3)}},
        "works": {"prepare": fixed(60), "after": {"permit": {}}},
    }
    goals = {"groundbreaking": needs("permit"), "production": needs("works")}
    usual = scenario(stages, goals, commitment=policy(remedy=4))

    def stopped(goal: str) -> float:
        facts = simulate(compile_plan(usual.with_measure(goal)), 1, range(1))
        return float(facts.project.stop_work[0, 0])

    assert stopped("groundbreaking") == 30 + 4 - 5
    assert stopped("production") == 0


def test_a_summary_of_one_measure_knows_the_median_of_the_other() -> None:
    subject = load(find("fast-track"))
    effort = Effort(6, 3, 1)
    usual = experiments.run(subject, "x", effort).summary
    early = experiments.run(subject.with_measure("land_handover"), "x", effort).summary

    assert (usual.measure, early.measure) == ("groundbreaking", "land_handover")
    assert early.times.p50 == usual.milestones["land_handover"].p50
    assert early.milestones["groundbreaking"].p50 == usual.times.p50


# On the command line

COMMANDS = (
    ("run", "jianghai-2022", "-n", 2),
    ("run", "jianghai-2022", "-n", 2, "--policy", "off"),
    ("compare", "jianghai-2022", "-n", 2),
    ("compare", "standard", "fast-track", "-n", 2),
    ("sensitivity", "single-project", "-n", 2),
)


def named(words: tuple[object, ...]) -> str:
    return " ".join(map(str, words))


@pytest.mark.parametrize("words", COMMANDS, ids=named)
@pytest.mark.parametrize("bare", [False, True])
def test_a_result_says_its_milestone_and_is_repeated_with_it(
    words: tuple[object, ...], bare: bool, tmp_path: Path
) -> None:
    file = tmp_path / "result.json"

    result = call(*words, "--milestone", "land_handover", "--json", "-").json
    written(file, json.dumps(result["manifest"] if bare else result))
    again = call("rerun", file)

    assert result["manifest"]["milestone"] == "land_handover"
    assert (result.get("a") or result)["measure"] == "land_handover"
    assert (again.code, again.err) == (0, "")


@pytest.mark.parametrize("words", COMMANDS, ids=named)
def test_no_milestone_is_the_scenarios_own(words: tuple[object, ...]) -> None:
    by_itself = call(*words, "--json", "-").json

    assert call(*words, "--milestone", "groundbreaking", "--json", "-").json == by_itself


def test_a_bare_manifest_keeps_a_choice_against_the_file(tmp_path: Path) -> None:
    file = written(tmp_path / "mine.toml", FILE)
    words = ("run", file, "-n", 2, "--milestone", "groundbreaking", "--json", "-")
    manifest = call(*words).json["manifest"]

    again = call("rerun", written(tmp_path / "manifest.json", json.dumps(manifest)))

    assert manifest["milestone"] == "groundbreaking"
    assert again.code == 0


@pytest.mark.parametrize(
    "words", [*COMMANDS, ("graph", "fast-track"), ("sweep", "fast-track", "-n", 1)], ids=named
)
def test_a_milestone_that_is_not_there_is_named(words: tuple[object, ...], tmp_path: Path) -> None:
    more = ("--set", "commitment.share=0,1", "-o", tmp_path / "x.csv") if "sweep" in words else ()

    said = call(*words, *more, "--milestone", "topping_out")

    assert said.code == 2
    assert "--milestone: there is no milestone named topping_out" in said.err
    assert "land_handover, groundbreaking" in said.err


def test_a_sweep_and_a_graph_count_to_it(tmp_path: Path) -> None:
    to = ("--milestone", "land_listed")
    grid = tmp_path / "grid.json"
    call("sweep", "fast-track", *to, "--set", "commitment.share=0,1", "-n", 2, "-o", grid)
    drawn = call("graph", "fast-track", *to).out

    assert json.loads(grid.read_text(encoding="utf-8"))["measure"] == "land_listed"
    assert 'from signing to "Land listed"' in drawn
    assert "* Land listed" in drawn
    assert "* Groundbreaking" not in drawn


def test_two_measures_are_compared_only_when_one_is_chosen_for_both(tmp_path: Path) -> None:
    file = written(tmp_path / "mine.toml", FILE)

    apart = call("compare", "single-project", file, "-n", 2)
    together = call("compare", "single-project", file, "-n", 2, "--milestone", "land_handover")

    assert apart.code == 2
    assert "groundbreaking ≠ land_handover; choose one for both" in apart.err
    assert together.code == 0
    assert "A and B do not differ at all" in together.out


@pytest.mark.parametrize(
    ("lang", "goal", "heading"),
    [
        ("zh", "groundbreaking", "动工率"),
        ("zh", "land_handover", "交地率"),
        ("en", "groundbreaking", "Start rate"),
        ("en", "land_handover", "Share that reached land handover"),
    ],
)
def test_a_rate_is_called_after_its_milestone(lang: str, goal: str, heading: str) -> None:
    said = call("run", "fast-track", "-n", 2, "--milestone", goal, "--lang", lang, lang=lang)

    assert f"\n{heading}" in said.out


def test_an_unknown_milestone_is_told_to_a_caller_as_well() -> None:
    with pytest.raises(ScenarioError):
        experiments.measured(load(find("standard")), "production")
