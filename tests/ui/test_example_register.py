"""The register to try things with: simulated, said to be so, and without a contradiction."""

from dataclasses import replace
from datetime import date

import pytest
from steering import district, example, example_day

from approvalsim.register import Register, dates_of, problems_in
from approvalsim.scenario_file import load, shipped
from approvalsim_ui.example_register import ORIGIN, SEED, example_register, origin_of


def test_every_project_says_that_it_is_simulated_with_seed_and_date() -> None:
    said = {entry.extra[ORIGIN] for entry in example().entries}
    assert said == {f"模拟所得，并非真实记录 simulated, not observed; seed {SEED}, {example_day()}"}
    origin = origin_of(example())
    assert origin
    assert (origin.seed, origin.as_of) == (SEED, example_day())


def test_one_project_that_does_not_say_so_makes_it_no_example() -> None:
    first, *others = example().entries
    mixed = replace(example(), entries=(replace(first, extra={}), *others))
    assert origin_of(mixed) is None
    assert origin_of(Register("", ())) is None


def test_nothing_in_it_lies_after_its_date() -> None:
    for entry in example().entries:
        assert all(day <= example_day() for _, day in dates_of(entry))
    for demand in example().demands:
        days = (demand.raised, demand.answered or date.min, demand.closed or date.min)
        assert max(days) <= example_day()


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_has_one_without_a_contradiction(name: str) -> None:
    scenario = load(shipped()[name])
    register = example_register(scenario, name)
    assert register.entries
    assert problems_in(register, scenario) == ()


def test_the_same_seed_makes_the_same_register_and_another_one_another() -> None:
    assert example_register(district(), "jianghai-2022") == example()
    assert example_register(district(), "jianghai-2022", SEED + 1) != example()


def test_it_is_written_in_the_language_of_the_app() -> None:
    register = example_register(district(), "jianghai-2022", language="en")
    assert {entry.owner.partition(" ")[0] for entry in register.entries} == {"Example"}
    assert all(demand.text.isascii() for demand in register.demands)
    assert [entry.stages for entry in register.entries] == [e.stages for e in example().entries]
