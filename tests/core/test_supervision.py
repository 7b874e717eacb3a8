"""Supervision on the command line: switched on and off, compared, and repeated from its result."""

from pathlib import Path

import pytest
from command_line import call

from approvalsim.experiments import off_and_on, switched
from approvalsim.scenario_file import find, load

SCENARIO = "supervised-2022"
FEW = ("-n", "20", "--engine", "simpy")


def test_supervision_off_is_compared_with_supervision_on(tmp_path: Path) -> None:
    file = tmp_path / "compare.json"
    said = call("compare", SCENARIO, "--of", "supervision", *FEW, "--json", file)
    assert "A = without supervision    B = with supervision" in said.out
    assert "Supervised (B), projects reach groundbreaking" in said.out
    assert call("rerun", file).code == 0
    chinese = call("compare", SCENARIO, "--of", "supervision", *FEW, lang="zh").out
    assert "督导（B）比没有督导（A）平均提前" in chinese


def test_a_run_with_supervision_switched_off_can_be_repeated(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    said = call("run", SCENARIO, "--supervision", "off", *FEW, "--json", file)
    assert "Supervision: off" in said.out
    assert call("rerun", file).code == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_scenario_does_not_have_cannot_be_switched(lang: str) -> None:
    said = call("compare", "standard", "--of", "supervision", lang=lang)
    assert said.code == 2
    assert "[supervision]" in said.err


def test_the_sides_differ_in_supervision_alone() -> None:
    scenario = load(find(SCENARIO))
    off, on = off_and_on(scenario, "supervision")
    assert on == scenario
    assert off.model_copy(update={"supervision": scenario.supervision}) == scenario
    assert switched(scenario, None, None) is scenario


def test_what_two_scenarios_are_compared_of_is_not_asked() -> None:
    said = call("compare", SCENARIO, "standard", "--of", "supervision", *FEW)
    assert said.code == 2
    assert said.err == "--of: has no use where two scenarios are compared\n"
