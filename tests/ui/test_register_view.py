"""The table of projects, edited with keyboard and mouse; demands, history and problems below."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from steering import all_standings, district, example, example_day

from approvalsim.register import Register, problems_in
from approvalsim.register_changes import Change, changed
from approvalsim_ui import language
from approvalsim_ui.register_fields import NOW, Field
from approvalsim_ui.register_view import Opened, RegisterView
from approvalsim_ui.stage_cells import CellLine


class Clerk:
    """Makes every change that is wished for, as the desk does."""

    def __init__(self, view: RegisterView, register: Register) -> None:
        self.view, self.register = view, register
        self.wished: list[Change] = []
        view.edited.connect(self.take)
        self.show()

    def take(self, changes: Sequence[Change], _text: str) -> None:
        self.wished += changes
        self.register = changed(self.register, changes)
        self.show()

    def show(self, read_only: bool = False) -> None:
        problems = problems_in(self.register, district(), date(2030, 1, 1))
        opened = Opened("example.approvalsim", read_only, "simulated")
        day = example_day()
        self.view.show_register(opened, self.register, district(), problems, day)


@pytest.fixture
def view(qtbot: QtBot) -> RegisterView:
    view = RegisterView()
    qtbot.addWidget(view)
    view.resize(1150, 700)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def clerk(view: RegisterView) -> Clerk:
    return Clerk(view, example())


def at(view: RegisterView, project: str, field: Field) -> QModelIndex:
    place = view.model.place(project, field)
    return view.model.index(place.row(), place.column())


def words(view: RegisterView, project: str, field: Field) -> str:
    return str(at(view, project, field).data() or "")


def type_date(view: RegisterView, index: QModelIndex, text: str, qtbot: QtBot) -> CellLine:
    view.table.setFocus()
    view.table.setCurrentIndex(index)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    line = view.table.viewport().findChildren(CellLine)[-1]
    line.selectAll()
    line.insert(text)  # as by an input method: not all of it is on every keyboard
    return line


def enter(line: CellLine, qtbot: QtBot) -> None:
    qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()  # the editor hands over a little later


SUBMITTED = ("stages", "construction_permit", "submitted")


# --- the table -----------------------------------------------------------------------------------


def test_the_models_are_models(
    view: RegisterView, clerk: Clerk, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(view.model)
    view.details.every.setChecked(True)
    qtmodeltester.check(view.details.demands)


@pytest.mark.parametrize("text", ["2023/2/3", "2023年2月3日", "20230203", "2023.02.03"])
def test_any_common_form_of_a_date_is_understood(
    view: RegisterView, clerk: Clerk, qtbot: QtBot, text: str
) -> None:
    line = type_date(view, at(view, "p03", SUBMITTED), text, qtbot)
    enter(line, qtbot)
    assert clerk.wished == [Change("p03", ".".join(SUBMITTED), date(2023, 2, 3))]
    assert words(view, "p03", SUBMITTED) == "2023-02-03"


def test_what_is_no_date_stays_in_its_editor_with_the_reason(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    line = type_date(view, at(view, "p03", SUBMITTED), "2023-13-01", qtbot)
    enter(line, qtbot)
    assert clerk.wished == []
    assert line.isVisible()
    assert "2022-03-05" in line.accessibleDescription()  # how one is written
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert words(view, "p03", SUBMITTED) == ""


def test_a_key_enters_today_and_another_empties_a_cell(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    view.table.setFocus()
    view.table.setCurrentIndex(at(view, "p03", SUBMITTED))
    qtbot.keyClick(view.table, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert clerk.wished == [Change("p03", ".".join(SUBMITTED), date.today())]
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert clerk.wished[1:] == [Change("p03", ".".join(SUBMITTED), None)]
    assert words(view, "p03", SUBMITTED) == ""


def test_a_calendar_opens_by_key_and_enters_the_day_that_is_clicked(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    line = type_date(view, at(view, "p03", SUBMITTED), "2023-02-03", qtbot)
    qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    delegate = view.table.itemDelegate()
    menu = getattr(delegate, "menu", None)
    assert menu is not None
    calendar = menu.actions()[0].defaultWidget()
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2023-02-03"
    calendar.clicked.emit(calendar.selectedDate().addDays(4))
    assert clerk.wished == [Change("p03", ".".join(SUBMITTED), date(2023, 2, 7))]


def test_choices_are_offered_in_words(view: RegisterView, clerk: Clerk) -> None:
    view.table.setCurrentIndex(at(view, "p03", ("path",)))
    offered = view.model.choices(view.table.currentIndex())
    assert offered == {"": "–", "standard": "standard", "commitment": "commitment"}
    other = {"standard": "commitment", "commitment": "standard"}
    entry = next(each for each in example().entries if each.id == "p03")
    assert entry.path
    assert view.model.setData(view.table.currentIndex(), other[entry.path])
    assert clerk.wished == [Change("p03", "path", other[entry.path])]


def test_lights_and_stages_come_when_they_are_known(view: RegisterView, clerk: Clerk) -> None:
    done = next(line for line in all_standings()[0].board.lines if line.done)
    busy = next(line for line in all_standings()[0].board.lines if line.under_way)
    assert words(view, done.entry.id, ("light",)) == ""
    view.show_lines(all_standings()[0].board.lines)
    assert words(view, done.entry.id, ("light",)) == "✓ done"
    assert words(view, busy.entry.id, NOW)
    given_up = next(entry for entry in example().entries if entry.left)
    assert words(view, given_up.id, ("light",)) == "× left"


def test_the_first_columns_stay_in_sight(view: RegisterView, clerk: Clerk) -> None:
    assert not view.table.above.isVisible()
    view.table.setCurrentIndex(at(view, "p03", SUBMITTED))
    above = view.table.above
    assert above.isVisible()
    assert [n for n in range(view.model.columnCount()) if not above.isColumnHidden(n)] == [
        *range(4)
    ]
    left = view.table.visualRect(view.table.currentIndex()).left()
    assert left >= view.table.frozen_width()


def test_a_name_is_edited_where_it_stays_in_sight(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    view.table.setCurrentIndex(at(view, "p03", SUBMITTED))
    above = view.table.above
    spot = above.visualRect(at(view, "p05", ("name",))).center()
    port = above.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=spot)
    line = view.table.viewport().findChildren(CellLine)[-1]
    line.selectAll()
    qtbot.keyClicks(line, "Factory")
    enter(line, qtbot)
    assert clerk.wished == [Change("p05", "name", "Factory")]


def test_the_filter_leaves_what_fits(view: RegisterView, clerk: Clerk, qtbot: QtBot) -> None:
    team = example().entries[0].team
    fitting = sum(entry.team == team for entry in example().entries)
    view.filter.insert(team)
    assert view.model.rowCount() == fitting
    assert view.count.text() == f"{fitting} of {len(example().entries)}"
    view.filter.clear()
    assert view.model.rowCount() == len(example().entries)


def test_columns_are_chosen_and_told(view: RegisterView, clerk: Clerk, qtbot: QtBot) -> None:
    ready = view.model.fields.index(("stages", "eia", "ready"))
    assert view.table.isColumnHidden(ready)
    with qtbot.waitSignal(view.hidden_changed) as told:
        view.columns.switches["step ready"].trigger()
    assert not view.table.isColumnHidden(ready)
    assert told.args == [frozenset({"step reviewed"})]
    view.columns.switches["stage eia"].trigger()
    assert view.table.isColumnHidden(ready)


def test_a_click_on_a_heading_puts_projects_in_order(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    column = view.model.fields.index(("investment",))
    header = view.table.horizontalHeader()
    for down in (False, True):
        header.sectionClicked.emit(column)
        found = [view.model.value(view.model.index(row, column)) for row in range(5)]
        assert found == sorted(found, reverse=down)


def test_a_project_is_added_and_chosen(view: RegisterView, clerk: Clerk, qtbot: QtBot) -> None:
    qtbot.keyClicks(view.new, "n-1")
    qtbot.keyClick(view.new, Qt.Key.Key_Return)
    assert clerk.wished == [Change("n-1", "id", "n-1")]
    assert view.project == "n-1"


def test_a_read_only_register_offers_no_editing(view: RegisterView, clerk: Clerk) -> None:
    clerk.show(read_only=True)
    index = at(view, "p03", SUBMITTED)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert not view.add.isEnabled()
    assert not view.details.add.isEnabled()


# --- what stands below ---------------------------------------------------------------------------


def test_a_contradiction_is_marked_told_and_found_again(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    place = at(view, "p03", ("stages", "eia", "finished"))
    line = type_date(view, place, "2001-01-01", qtbot)
    enter(line, qtbot)
    details = view.details
    assert "Problems (" in details.tabText(2)
    wrong = at(view, "p03", ("stages", "eia", "finished"))
    assert wrong.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "2001-01-01" in str(wrong.data(Qt.ItemDataRole.ToolTipRole))
    view.table.setCurrentIndex(at(view, "p01", ("name",)))
    details.setCurrentIndex(2)
    details.problem_table.setCurrentIndex(details.problems.index(0, 0))
    qtbot.keyClick(details.problem_table, Qt.Key.Key_Return)
    assert view.project == "p03"


def test_demands_are_added_answered_and_removed(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    view.table.setCurrentIndex(at(view, "p03", ("name",)))
    details = view.details
    qtbot.keyClicks(details.text, "More power")
    details.kind.setCurrentIndex(1)
    qtbot.keyClick(details.text, Qt.Key.Key_Return)
    made = clerk.register.demands[-1]
    assert (made.project, made.kind, made.text) == ("p03", "energy", "More power")
    rows = details.demands.rowCount()
    index = details.demands.index(rows - 1, details.demands.fields.index("answered"))
    details.demand_table.setCurrentIndex(index)
    key, control = Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(details.demand_table, key, control)
    assert clerk.register.demands[-1].answered == date.today()
    assert details.demands.refusal(details.demands.index(rows - 1, 3), "")  # raised is needed
    qtbot.mouseClick(details.remove, Qt.MouseButton.LeftButton)
    assert made.id not in {demand.id for demand in clerk.register.demands}


def test_the_start_page_stands_there_without_a_register(
    view: RegisterView, clerk: Clerk, qtbot: QtBot
) -> None:
    view.show_nothing()
    for button, signal in (
        (view.start.open, view.start.open_wanted),
        (view.start.template, view.start.template_wanted),
        (view.start.example, view.start.example_wanted),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_all_words_are_chinese_where_chinese_is_spoken(
    view: RegisterView, clerk: Clerk, qapp: QApplication
) -> None:
    entry = replace(example().entries[0], extra={"备注": "x"})
    clerk.register = replace(clerk.register, entries=(entry,))
    language.use(qapp, "zh")
    qapp.processEvents()
    clerk.show()
    heads = [
        str(view.model.headerData(column, Qt.Orientation.Horizontal))
        for column in range(view.model.columnCount())
    ]
    assert heads[:4] == ["项目名称", "灯", "在办环节", "目标日期"]
    assert "环评\n送审" in heads
    assert heads[-1] == "备注"
