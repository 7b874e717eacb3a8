"""What differs from the file, in words: dependencies by the names of their stages."""

import pytest
from PySide6.QtWidgets import QApplication

from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui import language
from approvalsim_ui.change_words import change_words, stated_words
from approvalsim_ui.edits import UNSET, changes, replaced
from approvalsim_ui.relaxations import relaxations

PLACE = ("commitment", "grades", "C", "may_relax")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(find("jianghai-2022"))


def said(scenario: Scenario, names: object) -> str:
    (change,) = changes(replaced(scenario, PLACE, names), scenario)
    return change_words(scenario, change)


def test_only_what_came_or_went_is_named(scenario: Scenario) -> None:
    assert scenario.commitment is not None
    before = scenario.commitment.grades["C"].may_relax
    assert before == ("land_supply->planning_permit", "planning_permit->design_review")
    fewer = said(scenario, before[:1])
    assert fewer.endswith(": no longer Planning permits → Design and drawing review")
    others = [one.name for one in relaxations(scenario) if one.name not in before]
    more = said(scenario, (*before, others[0]))
    assert ": now also " in more
    assert "Land supply → Planning permits" not in more
    assert "->" not in more


def test_all_and_none_are_said_in_a_word(scenario: Scenario) -> None:
    names = tuple(one.name for one in relaxations(scenario))
    assert said(scenario, names).endswith(": everything")
    assert said(scenario, ()).endswith(": nothing")
    assert stated_words(scenario, PLACE, UNSET) == "everything"


def test_a_long_list_is_counted(scenario: Scenario) -> None:
    names = tuple(one.name for one in relaxations(scenario))
    said = stated_words(scenario, PLACE, names[1:])
    assert said.endswith(f" and {len(names) - 4} more")


def test_it_is_said_in_chinese(scenario: Scenario, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    assert said(scenario, ("land_supply->planning_permit",)).endswith("不再包括 规划报建 → 施工图")


def test_other_values_are_told_before_and_after(scenario: Scenario) -> None:
    place = ("department", next(iter(scenario.department)), "reviewers")
    (change,) = changes(replaced(scenario, place, 7), scenario)
    assert change_words(scenario, change).endswith(": 4 → 7")
