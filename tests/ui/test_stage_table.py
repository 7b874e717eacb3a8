"""The tables of stages and departments: what they show, and editing in place with the keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from approvalsim.parameters import value_at
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui import language
from approvalsim_ui.cell_roles import CHANGED_ROLE, INHERITED_ROLE
from approvalsim_ui.department_table import COLUMNS as DEPARTMENT_COLUMNS
from approvalsim_ui.stage_cells import CellLine
from approvalsim_ui.stage_editor import StageEditor
from approvalsim_ui.stage_table import COLUMNS

DISTRICT = load(find("jianghai-2022"))


@pytest.fixture
def editor(qtbot: QtBot) -> StageEditor:
    view = StageEditor()
    qtbot.addWidget(view)
    view.resize(1400, 800)
    view.show_scenario(DISTRICT, DISTRICT)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def edits(editor: StageEditor) -> list[Scenario]:
    found: list[Scenario] = []
    editor.edited.connect(lambda scenario, _text, _key: found.append(scenario))
    return found


def cell(editor: StageEditor, stage: str, field: str) -> QModelIndex:
    return editor.stages.index(editor.stages.row_of(stage), COLUMNS.index(field))


def begin(editor: StageEditor, index: QModelIndex, qtbot: QtBot) -> Any:
    """Open the editor of a cell with F2."""
    editor.table.setFocus()
    editor.table.setCurrentIndex(index)
    qtbot.keyClick(editor.table, Qt.Key.Key_F2)
    return line_of(editor)


def line_of(editor: StageEditor) -> Any:
    lines = editor.table.viewport().findChildren(CellLine)
    return lines[-1] if lines else None


def type_into(line: Any, text: str, qtbot: QtBot) -> None:
    """Type; what no key has comes from an input method, first as a draft."""
    line.selectAll()
    if text.isascii():
        qtbot.keyClicks(line, text)
        return
    QApplication.sendEvent(line, QInputMethodEvent("draft", []))
    committed = QInputMethodEvent("", [])
    committed.setCommitString(text)
    QApplication.sendEvent(line, committed)


def finish(line: Any, qtbot: QtBot) -> None:
    """Enter, and what comes of it."""
    qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_the_models_keep_qts_rules(editor: StageEditor, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(editor.stages)
    qtmodeltester.check(editor.departments)


def test_every_stage_has_a_row_in_the_files_order(editor: StageEditor) -> None:
    rows = [editor.stages.stage_at(row) for row in range(editor.stages.rowCount())]
    assert rows == list(DISTRICT.stage)
    assert cell(editor, "eia", "prepare").data() == "20/40/90"
    assert cell(editor, "eia", "statutory").data() == "20"
    assert cell(editor, "eia", "correction").data() == language.percent(0.35)
    assert cell(editor, "eia", "department").data() == "Ecology and Environment Bureau"
    assert cell(editor, "financing", "department").data() == "no queue"


def test_a_unit_other_than_the_columns_is_said(editor: StageEditor) -> None:
    editor.table.model().setData(cell(editor, "eia", "prepare"), "20/40/90 wd")
    assert cell(editor, "eia", "prepare").data() == "20/40/90 wd"


@pytest.mark.parametrize(
    ("field", "text", "place", "value"),
    [
        ("prepare", "10/20/35", ("prepare", "mode"), 20),
        ("review", "7", ("review", "value"), 7),
        ("notice", "5~9 工作日", ("notice", "unit"), "workdays"),
        ("statutory", "15", ("statutory",), 15),
        ("correction", "20%", ("correction", "probability"), 0.2),
        ("owner", "Room 12", ("owner", "en"), "Room 12"),
    ],
)
def test_a_cell_is_edited_in_place_by_keyboard(
    editor: StageEditor,
    edits: list[Scenario],
    qtbot: QtBot,
    field: str,
    text: str,
    place: tuple[str, ...],
    value: Any,
) -> None:
    line = begin(editor, cell(editor, "eia", field), qtbot)
    type_into(line, text, qtbot)
    finish(line, qtbot)
    assert len(edits) == 1
    assert value_at(edits[0], ("stage", "eia", *place)) == value


def test_typing_alone_begins_an_edit(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    editor.table.setFocus()
    editor.table.setCurrentIndex(cell(editor, "eia", "statutory"))
    qtbot.keyClick(editor.table, "1")
    line = line_of(editor)
    qtbot.keyClicks(line, "8")
    finish(line, qtbot)
    assert edits[0].stage["eia"].statutory == 18


def test_no_text_means_no_such_time(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    line = begin(editor, cell(editor, "eia", "notice"), qtbot)
    type_into(line, " ", qtbot)
    finish(line, qtbot)
    assert edits[0].stage["eia"].notice is None
    assert cell(editor, "eia", "notice").data() == "–"


@pytest.mark.parametrize("text", ["95/40/90", "ten", "-5", "1/2/3/4", "999999"])
def test_what_is_refused_stays_in_its_cell_with_the_reason(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot, text: str
) -> None:
    line = begin(editor, cell(editor, "eia", "prepare"), qtbot)
    type_into(line, text, qtbot)
    finish(line, qtbot)
    delegate: Any = editor.table.itemDelegate()
    assert edits == []
    assert line_of(editor).text() == text
    assert delegate.reason.isVisible()
    assert line.accessibleDescription() == delegate.reason.text() != ""
    editor.table.setCurrentIndex(cell(editor, "energy", "review"))  # nor does it go when left
    assert line_of(editor).text() == text
    qtbot.keyClick(line_of(editor), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not delegate.reason.isVisible())
    assert edits == []


def test_a_refused_entry_can_be_put_right(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    line = begin(editor, cell(editor, "eia", "prepare"), qtbot)
    type_into(line, "95/40/90", qtbot)
    finish(line, qtbot)
    type_into(line, "15/40/90", qtbot)
    finish(line, qtbot)
    assert edits[0].stage["eia"].prepare.min == 15  # type: ignore[union-attr]


def test_what_one_types_is_not_overwritten_by_what_a_run_tells(
    editor: StageEditor, qtbot: QtBot
) -> None:
    line = begin(editor, cell(editor, "eia", "prepare"), qtbot)
    type_into(line, "10/20", qtbot)
    editor.stages.refresh()
    assert line.text() == "10/20"


def test_an_unchanged_cell_changes_nothing(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    line = begin(editor, cell(editor, "eia", "prepare"), qtbot)
    finish(line, qtbot)
    assert edits == []


def test_a_department_is_chosen_from_a_list(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    begin(editor, cell(editor, "eia", "department"), qtbot)
    combo = editor.table.viewport().findChildren(QComboBox)[-1]
    assert combo.itemData(0) == ""
    combo.setCurrentIndex(combo.findData("housing"))
    combo.activated.emit(combo.currentIndex())
    assert edits[0].stage["eia"].department == "housing"


def test_changed_cells_are_marked_and_delete_puts_the_files_value_back(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    index = cell(editor, "eia", "prepare")
    editor.stages.setData(index, "10/20/35")
    assert index.data(CHANGED_ROLE)
    assert index.data(Qt.ItemDataRole.FontRole).bold()
    assert "20/40/90 d" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert not cell(editor, "eia", "review").data(CHANGED_ROLE)
    editor.table.setFocus()
    editor.table.setCurrentIndex(index)
    qtbot.keyClick(editor.table, Qt.Key.Key_Delete)
    assert edits[-1] == DISTRICT
    assert not index.data(CHANGED_ROLE)


def test_a_name_changes_in_the_language_spoken_now(
    editor: StageEditor, edits: list[Scenario], qapp: QApplication
) -> None:
    editor.stages.setData(cell(editor, "eia", "name"), "Impact study")
    language.use(qapp, "zh")
    editor.stages.setData(cell(editor, "eia", "name"), "环境影响评价")
    language.use(qapp, "en")
    name = edits[-1].stage["eia"].name
    assert name is not None
    assert (name.zh, name.en) == ("环境影响评价", "Impact study")


def test_results_and_relaxations_cannot_be_typed_over(editor: StageEditor) -> None:
    for field in ("relaxed", "criticality", "duration"):
        index = cell(editor, "eia", field)
        assert not index.flags() & Qt.ItemFlag.ItemIsEditable
        assert not editor.stages.setData(index, "1")


def test_what_a_stage_need_not_wait_for_is_said(editor: StageEditor) -> None:
    assert "Land supply" in cell(editor, "planning_permit", "relaxed").data()
    assert "Groundbreaking" in cell(editor, "energy", "relaxed").data()
    assert cell(editor, "filing", "relaxed").data() == "–"


def test_values_for_other_projects_are_shown_and_edited(
    editor: StageEditor, edits: list[Scenario]
) -> None:
    editor.inspector.form_chosen.emit({"path": "commitment"})
    own, taken_over = cell(editor, "eia", "prepare"), cell(editor, "energy", "notice")
    assert own.data() == "10/20/45"
    assert not own.data(INHERITED_ROLE)
    assert taken_over.data(INHERITED_ROLE)
    editor.stages.setData(own, "5/10/20")
    assert edits[-1].stage["eia"].variant[0].prepare.mode == 10  # type: ignore[union-attr]
    assert edits[-1].stage["eia"].prepare == DISTRICT.stage["eia"].prepare
    editor.stages.setData(taken_over, "3")
    assert edits[-1].stage["energy"].variant[0].notice.value == 3  # type: ignore[union-attr]


def test_a_factor_is_said(editor: StageEditor) -> None:
    editor.inspector.form_chosen.emit({"eia": "book"})
    assert cell(editor, "eia", "prepare").data() == "20/40/90 × 2"


# --- departments -------------------------------------------------------------------------------


def test_reviewers_go_up_at_a_click(
    editor: StageEditor, edits: list[Scenario], qtbot: QtBot
) -> None:
    box = editor.department_table.box_of("housing")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert edits[-1].department["housing"].reviewers == 2
    index = editor.departments.index(
        editor.departments.row_of("housing"), DEPARTMENT_COLUMNS.index("reviewers")
    )
    assert index.data(CHANGED_ROLE)
    editor.show_scenario(DISTRICT, DISTRICT)
    assert box.value() == 1


def test_the_interval_of_meetings_is_edited_where_there_is_one(
    editor: StageEditor, edits: list[Scenario]
) -> None:
    column = DEPARTMENT_COLUMNS.index("meeting")
    land = editor.departments.index(editor.departments.row_of("natural_resources"), column)
    other = editor.departments.index(editor.departments.row_of("ecology"), column)
    assert land.data() == "14 d"
    assert not other.flags() & Qt.ItemFlag.ItemIsEditable
    assert editor.departments.refusal(land, "0")
    assert editor.departments.setData(land, "7")
    meeting = edits[-1].stage["land_supply"].meeting
    assert meeting is not None
    assert meeting.every == 7


def test_the_order_of_a_queue_is_chosen(editor: StageEditor, edits: list[Scenario]) -> None:
    index = editor.departments.index(0, DEPARTMENT_COLUMNS.index("discipline"))
    assert editor.departments.setData(index, "priority")
    assert edits[-1].department["development_reform"].discipline == "priority"
