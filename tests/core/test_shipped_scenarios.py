"""The scenarios that come with the program: complete, marked with their sources, and unchanged.

After a meant change of a scenario or of the model, write the stored results anew with

    APPROVALSIM_UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/core/test_shipped_scenarios.py
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from approvalsim import experiments
from approvalsim.execution import Effort
from approvalsim.scenario_file import load, problems_in, shipped
from approvalsim.scenario_source import read_source

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "APPROVALSIM_UPDATE_GOLDEN"
REPLICATIONS, PAIRS = 20, 10
NOT_FIGURES = ("manifest", "scenarios")

every_scenario = pytest.mark.parametrize("key", list(shipped()))


def figures(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name not in NOT_FIGURES}


def results(key: str) -> dict[str, Any]:
    """A run as the file says and, where there is a policy, the comparison of off with on."""
    scenario = load(shipped()[key])
    seed = scenario.run.seed
    found = {"run": figures(experiments.run(scenario, key, Effort(REPLICATIONS, seed, 1)).result)}
    if scenario.commitment is not None:
        done = experiments.compare(scenario, key, Effort(PAIRS, seed, 1))
        found["compare"] = figures(done.result)
    return found


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value of a nested structure with its path."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from leaves(part, f"{path}[{position}]")
    else:
        yield path, value


def difference(stored: Any, found: Any, most: int = 20) -> str:
    """What differs, a line each: where, what is stored, what was found."""
    old, new = dict(leaves(stored)), dict(leaves(found))
    lines = [
        f"{path}: {old.get(path, 'nothing')} → {new.get(path, 'nothing')}"
        for path in dict.fromkeys((*old, *new))
        if old.get(path, "nothing") != new.get(path, "nothing")
    ]
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join(lines[:most] + more)


@every_scenario
def test_results_are_the_stored_ones_to_the_last_bit(key: str) -> None:
    file = GOLDEN / f"{key}.json"
    found = json.loads(json.dumps(results(key)))
    if os.environ.get(UPDATE):
        file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")

    stored = json.loads(file.read_text(encoding="utf-8"))

    assert found == stored, f"{difference(stored, found)}\nmeant? then run with {UPDATE}=1"


def test_no_result_is_stored_of_a_scenario_that_is_not_shipped() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(shipped())


@every_scenario
def test_a_shipped_scenario_has_no_problem_and_bears_its_files_name(key: str) -> None:
    assert problems_in(shipped()[key]) == ()
    assert load(shipped()[key]).id == key


@every_scenario
def test_every_name_and_description_is_there_in_both_languages(key: str) -> None:
    scenario = load(shipped()[key])
    parts = (*scenario.stage.values(), *scenario.milestone.values(), *scenario.department.values())

    assert scenario.description is not None
    for text in (scenario.name, scenario.description, *(part.name for part in parts)):
        assert text is not None
        assert text.zh.strip()
        assert text.en.strip()
        assert text.en.isascii() or text is scenario.description, text.en


@every_scenario
def test_a_portfolio_asks_for_start_rates_from_its_first_day_on(key: str) -> None:
    scenario = load(shipped()[key])
    many = (scenario.projects.count or len(scenario.project)) > 1

    assert bool(scenario.run.start_rate_on) == many
    assert all(day > scenario.start for day in scenario.run.start_rate_on)


def unmarked(value: Any, path: str, marked: bool) -> Iterator[str]:
    """Paths of numbers that neither their own table nor one around it marks."""
    if isinstance(value, dict):
        marked = marked or bool(value.get("source") or value.get("assumed"))
        for name, part in value.items():
            yield from unmarked(part, f"{path}.{name}" if path else name, marked)
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from unmarked(part, f"{path}[{position}]", marked)
    elif isinstance(value, int | float) and not isinstance(value, bool) and not marked:
        yield path


def marked_twice(value: Any, path: str = "") -> Iterator[str]:
    """Paths of tables that are both sourced and assumed."""
    if isinstance(value, dict):
        if value.get("source") and value.get("assumed"):
            yield path
        for name, part in value.items():
            yield from marked_twice(part, f"{path}.{name}")
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from marked_twice(part, f"{path}[{position}]")


@every_scenario
def test_every_number_says_where_it_comes_from(key: str) -> None:
    data = read_source(shipped()[key]).data

    assert [path for path in unmarked(data, "", marked=False) if path != "format"] == []


@every_scenario
def test_nothing_is_both_sourced_and_assumed(key: str) -> None:
    assert list(marked_twice(read_source(shipped()[key]).data)) == []


@pytest.mark.parametrize("key", [key for key in shipped() if load(shipped()[key]).commitment])
def test_a_policy_switched_on_shows_and_brings_projects_forward(key: str) -> None:
    scenario = load(shipped()[key])

    compared = experiments.compare(scenario, key, Effort(2, scenario.run.seed, 1)).comparison

    assert compared.a.commitments.share == 0 < compared.b.commitments.share
    assert compared.earlier > compared.later


def test_a_difference_is_told_by_its_path() -> None:
    stored = {"a": [1, {"b": 2.0}], "gone": 1}

    assert difference(stored, {"a": [1, {"b": 2.5}], "new": None}) == (
        "a[1].b: 2.0 → 2.5\ngone: 1 → nothing\nnew: nothing → None"
    )
