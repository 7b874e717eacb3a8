"""The dispatch board: order, groups, lights that are never a colour alone, forecasts and wishes."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from steering import all_standings, example, example_day

from approvalsim.dispatch import Line
from approvalsim.lights import Signal
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import SHARE_ROLE
from approvalsim_ui.dispatch_table import BARS_ROLE, COLUMNS, LIT, Heading
from approvalsim_ui.dispatch_view import PAPERS, DispatchView


@pytest.fixture
def view(qtbot: QtBot) -> DispatchView:
    view = DispatchView()
    qtbot.addWidget(view)
    view.resize(1150, 620)
    view.show()
    qtbot.waitExposed(view)
    view.show_opened(example_day(), "simulated")
    view.show_standing(all_standings()[-1])
    return view


def lines(view: DispatchView) -> list[Line]:
    rows = (view.model.row(number) for number in range(view.model.rowCount()))
    return [row for row in rows if isinstance(row, Line)]


def cell(view: DispatchView, row: int, name: str) -> str:
    return str(view.model.index(row, COLUMNS.index(name)).data() or "")


def test_the_model_is_a_model(view: DispatchView, qtmodeltester: ModelTester) -> None:
    view.grouping.setCurrentIndex(1)
    view.grouping.activated.emit(1)
    qtmodeltester.check(view.model)


def test_answers_come_better_and_better() -> None:
    first, quick, full = all_standings()
    assert first.forecast is None
    assert quick.forecast
    assert full.forecast
    assert (quick.forecast.replications, full.forecast.replications) == (20, 120)
    assert (first.is_final, quick.is_final, full.is_final) == (False, False, True)
    assert all(line.prospect is None for line in first.board.lines)


def test_the_most_urgent_come_first(view: DispatchView) -> None:
    order = [list(Signal).index(line.signal) for line in lines(view)]
    assert order == sorted(order)
    red = [line.margin for line in lines(view) if line.signal is Signal.RED]
    assert red == sorted(red)


def test_every_light_has_a_shape_and_a_word(view: DispatchView) -> None:
    shapes = {cell(view, row, "light")[0] for row in range(view.model.rowCount())}
    signals = {line.signal for line in lines(view)}
    assert len(shapes) == len(signals) > 2
    assert all(len(cell(view, row, "light")) > 3 for row in range(view.model.rowCount()))


def test_days_and_chances_are_told_in_numbers_beside_their_bars(view: DispatchView) -> None:
    busy = next(n for n, line in enumerate(lines(view)) if line.under_way and line.prospect)
    line = lines(view)[busy]
    assert f"{line.under_way[0].used}/" in cell(view, busy, "stages")
    bars = view.model.index(busy, COLUMNS.index("stages")).data(BARS_ROLE)
    assert len(bars) == min(len(line.under_way), 3)
    assert line.prospect
    share = view.model.index(busy, COLUMNS.index("chance")).data(SHARE_ROLE)
    assert share == line.prospect.on_time
    assert cell(view, busy, "chance") == language.percent(share)
    assert cell(view, busy, "p80") == str(line.prospect.p80)
    assert cell(view, busy, "actions").count("\n") == len(line.actions) - 1


def test_the_summary_counts_lights_and_marks_what_is_provisional(view: DispatchView) -> None:
    board = all_standings()[-1].board
    counts = view.summary.counts
    assert counts[Signal.RED].text() == f"■ red: urge on {board.count(Signal.RED)}"
    assert "start rate at the end of 2023" in view.summary.expected.text()
    assert "nine times in ten" in view.summary.expected.text()
    assert view.summary.state.text() == "Forecast by the model, 120 replications"
    view.show_standing(all_standings()[1])
    assert view.summary.state.text() == "Provisional forecast, 20 replications"
    view.show_standing(all_standings()[0])
    assert "forecast follows" in view.summary.state.text()
    assert view.summary.expected.text() == ""


def test_only_what_is_lit_or_fits_a_text_is_left(view: DispatchView, qtbot: QtBot) -> None:
    lit = [line for line in lines(view) if line.signal in LIT]
    qtbot.mouseClick(view.only_lit, Qt.MouseButton.LeftButton, pos=view.only_lit.rect().center())
    view.only_lit.setChecked(True)
    assert lines(view) == lit
    view.only_lit.setChecked(False)
    qtbot.keyClicks(view.filter, lit[0].entry.id)
    assert [line.entry.id for line in lines(view)] == [lit[0].entry.id]
    view.filter.setText("nothing at all")
    assert view.inner.currentWidget() is view.empty


@pytest.mark.parametrize("grouping", ["team", "owner", "leader", "light"])
def test_groups_have_headings_with_counts(view: DispatchView, grouping: str) -> None:
    number = ["none", "team", "owner", "leader", "light"].index(grouping)
    view.grouping.setCurrentIndex(number)
    view.grouping.activated.emit(number)
    headings = [
        row
        for row in (view.model.row(n) for n in range(view.model.rowCount()))
        if isinstance(row, Heading)
    ]
    assert sum(heading.count for heading in headings) == len(lines(view))
    if grouping != "light":
        assert {heading.words for heading in headings} == {
            getattr(line.entry, grouping) for line in lines(view)
        }
    assert view.table.columnSpan(0, 0) == len(COLUMNS)


def test_letters_are_offered_for_those_that_are_late(view: DispatchView, qtbot: QtBot) -> None:
    assert not view.letters.isEnabled()
    done = next(n for n, line in enumerate(lines(view)) if line.signal is Signal.DONE)
    view.table.selectRow(done)
    assert not view.letters.isEnabled()
    view.table.selectRow(0)
    with qtbot.waitSignal(view.letters_wanted) as told:
        qtbot.mouseClick(view.letters, Qt.MouseButton.LeftButton)
    assert told.args == [(lines(view)[0].entry.id,)]


def test_enter_on_a_line_asks_for_its_project(view: DispatchView, qtbot: QtBot) -> None:
    view.table.selectRow(2)
    with qtbot.waitSignal(view.project_wanted) as told:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert told.args == [lines(view)[2].entry.id]


def test_another_date_is_told_when_it_is_typed_to_the_end(view: DispatchView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.as_of_changed, timeout=3000) as told:
        view.as_of.setDate(QDate(2022, 10, 1))
    assert told.args == [date(2022, 10, 1)]
    with qtbot.waitSignal(view.as_of_changed) as told:
        qtbot.mouseClick(view.today, Qt.MouseButton.LeftButton)
    assert told.args == [date.today()]


def test_every_paper_can_be_asked_for(view: DispatchView, qtbot: QtBot) -> None:
    menu = view.papers.menu()
    asked: list[str] = []
    view.paper_wanted.connect(asked.append)
    for action in menu.actions():
        action.trigger()
    assert tuple(asked) == PAPERS


def test_the_table_is_copied_as_it_is_seen(view: DispatchView) -> None:
    view.copy_table()
    rows = QGuiApplication.clipboard().text().split("\n")
    assert len(rows) == view.model.rowCount() + 1
    assert rows[1].startswith(lines(view)[0].entry.id)


def test_a_newer_answer_keeps_what_is_chosen(view: DispatchView) -> None:
    view.table.selectRow(3)
    chosen = view.chosen
    view.show_standing(all_standings()[1])
    assert {line.entry.id for line in view.chosen} == {line.entry.id for line in chosen}


@pytest.mark.parametrize("looks", ["light", "dark"])
def test_it_is_drawn_in_both_languages(
    view: DispatchView, qapp: QApplication, tmp_path: Path, looks: theme.Theme
) -> None:
    theme.apply(qapp, looks)
    pictures = []
    for spoken in ("zh", "en"):
        language.use(qapp, spoken)  # type: ignore[arg-type]
        qapp.processEvents()
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]
    assert view.model.headerData(1, Qt.Orientation.Horizontal) == "Light"
    assert example().entries
