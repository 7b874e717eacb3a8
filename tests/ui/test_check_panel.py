"""体检: problems and remarks, each a link; broken files with file and line."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load, problems_in
from approvalsim.validation import problems
from approvalsim_ui import language
from approvalsim_ui.check_panel import CheckPanel
from approvalsim_ui.edits import stated
from approvalsim_ui.remarks import remarks

DISTRICT = load(find("jianghai-2022"))
BROKEN = sorted((Path(__file__).parents[1] / "core" / "broken").glob("*.toml"))


def spoiled() -> Scenario:
    """A scenario with problems of its own, which only a defect could open."""
    eia = DISTRICT.stage["eia"].model_copy(update={"department": "nobody"})
    return DISTRICT.model_copy(update={"stage": {**DISTRICT.stage, "eia": eia}})


@pytest.fixture
def panel(qtbot: QtBot) -> CheckPanel:
    view = CheckPanel()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    qtbot.waitExposed(view)
    return view


def texts(panel: CheckPanel, column: int) -> list[str]:
    return [panel.model.index(row, column).data() for row in range(panel.model.rowCount())]


def test_the_model_keeps_qts_rules(panel: CheckPanel, qtmodeltester: ModelTester) -> None:
    panel.show_scenario(spoiled())
    qtmodeltester.check(panel.model)


def test_nothing_yet_is_said_in_words(panel: CheckPanel) -> None:
    assert panel.state.text() == "Nothing to check yet."


def test_no_problems_is_said_in_words(panel: CheckPanel) -> None:
    panel.show_scenario(DISTRICT)
    assert panel.problem_count == 0
    assert panel.state.text() == "No problems: the scenario can be run."
    assert "190 assumed" in panel.numbers.text()


def test_all_problems_are_listed_in_words_with_their_place(panel: CheckPanel) -> None:
    panel.show_scenario(spoiled())
    assert panel.problem_count == len(problems(spoiled())) > 0
    assert texts(panel, 0)[0] == "Environmental assessment › department"
    assert "nobody" in texts(panel, 1)[0]


def test_a_line_leads_to_its_field_by_key_and_by_click(panel: CheckPanel, qtbot: QtBot) -> None:
    panel.show_scenario(spoiled())
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(0, 1))
    with qtbot.waitSignal(panel.field_requested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked.args == [("stage", "eia", "department")]
    where = panel.table.visualRect(panel.model.index(0, 0)).center()
    with qtbot.waitSignal(panel.field_requested):
        qtbot.mouseClick(
            panel.table.viewport(), Qt.MouseButton.LeftButton, pos=where + QPoint(5, 0)
        )


@pytest.mark.parametrize("file", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_shows_all_that_is_wrong_with_file_and_line(
    panel: CheckPanel, file: Path
) -> None:
    found = problems_in(file)
    panel.show_problems(found, str(file))
    assert panel.model.rowCount() == len(found) > 0
    assert texts(panel, 1) == [problem.message("en") for problem in found]
    for text, problem in zip(texts(panel, 2), found, strict=True):
        assert problem.line is None or text.endswith(f":{problem.line}")
    assert "has not been changed" in panel.advice.text()


def test_a_line_of_a_broken_file_leads_to_the_file(panel: CheckPanel, qtbot: QtBot) -> None:
    file = next(path for path in BROKEN if path.stem == "durations")
    found = problems_in(file)
    panel.show_problems(found, str(file))
    panel.table.setCurrentIndex(panel.model.index(1, 0))
    with qtbot.waitSignal(panel.file_requested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked.args == [str(file), found[1].line]


def test_sentences_follow_the_language(panel: CheckPanel, qapp: QApplication) -> None:
    panel.show_scenario(spoiled())
    language.use(qapp, "zh")
    QApplication.processEvents()
    said = texts(panel, 1)[0]
    language.use(qapp, "en")
    assert said == problems(spoiled())[0].message("zh")


def test_what_is_worth_a_look_is_no_problem_and_leads_to_its_field(
    panel: CheckPanel, qtbot: QtBot
) -> None:
    quick = stated(DISTRICT, DISTRICT, ("stage", "eia", "statutory"), 5.0)
    panel.show_scenario(quick)
    assert panel.problem_count == 0
    row = texts(panel, 0).index("Environmental assessment › review")
    assert "the law allows 5" in texts(panel, 1)[row]
    panel.table.setCurrentIndex(panel.model.index(row, 0))
    with qtbot.waitSignal(panel.field_requested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked.args == [("stage", "eia", "review")]


def test_an_edit_is_checked_soon_after(panel: CheckPanel, qtbot: QtBot) -> None:
    panel.show_scenario(DISTRICT)
    before = panel.model.rowCount()
    panel.show_scenario(stated(DISTRICT, DISTRICT, ("stage", "eia", "statutory"), 30.0))
    qtbot.waitUntil(lambda: panel.model.rowCount() == before - 1)


def test_all_assumed_numbers_are_one_click_away(panel: CheckPanel, qtbot: QtBot) -> None:
    panel.show_scenario(DISTRICT)
    with qtbot.waitSignal(panel.evidence_requested) as asked:
        qtbot.mouseClick(panel.assumed, Qt.MouseButton.LeftButton)
    assert asked.args == ["assumed"]


def test_a_department_nobody_needs_and_a_policy_without_effect_are_remarked() -> None:
    from approvalsim_ui.edits import replaced

    assert [r.kind for r in remarks(DISTRICT)] == ["over_limit", "over_limit"]
    idle = replaced(DISTRICT, ("department", "spare"), {"reviewers": 1})
    assert "idle_department" in [r.kind for r in remarks(idle)]
    standard = load(find("standard"))
    policy = {"grades": {"A": {"share": 1.0}}}
    useless = replaced(standard, ("commitment",), policy)
    assert "no_relaxation" in [r.kind for r in remarks(useless)]
