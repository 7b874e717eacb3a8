"""Register, dispatch board and backward schedule in the window: from a workbook to a letter."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from windows import finished, in_front, shown

from approvalsim.lights import Signal
from approvalsim.register import Entry, Register
from approvalsim.register_changes import Change
from approvalsim.register_export import write_new
from approvalsim.register_log import RegisterFile
from approvalsim.scenario_file import find, load
from approvalsim_ui import language
from approvalsim_ui.app import open_first
from approvalsim_ui.example_register import ORIGIN, origin_of
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.register_document import RegisterDocument

SINGLE = load(find("single-project"))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot)
    window.files.open_and_show("single-project")
    finished(window, qtbot)
    yield window
    window.close_now()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook with two projects, as somebody filled it in."""
    entries = (
        Entry("p1", "One", signed=date(2022, 3, 1), target=date(2022, 12, 31), team="T1"),
        Entry("p2", "Two", signed=date(2022, 4, 1), target=date(2023, 3, 31)),
    )
    path = tmp_path / "district.xlsx"
    write_new(path, Register("single-project", entries), SINGLE, "zh")
    return path


@pytest.fixture
def live(tmp_path: Path, workbook: Path) -> Path:
    """The same as a live register."""
    path = tmp_path / "live.approvalsim"
    entries = (Entry("p1", "One", signed=date(2022, 3, 1), target=date(2022, 12, 31)),)
    RegisterFile.create(path, Register("single-project", entries)).close()
    return path


def register_of(window: MainWindow) -> RegisterDocument:
    document = window.views.desk.document
    assert document is not None
    return document


def settled(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.views.is_drawing, timeout=60_000)


def choose(qtbot: QtBot, window: MainWindow, path: Path, act: Callable[[], None]) -> None:
    """Choose a path in the file dialog that comes up."""
    act()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)), timeout=5000)
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.filesSelected.emit([str(path)])
    dialog.close()


# --- beginning -----------------------------------------------------------------------------------


def test_without_a_register_a_start_page_offers_three_ways(
    window: MainWindow, qtbot: QtBot
) -> None:
    for key in ("register", "dispatch"):
        qtbot.mouseClick(window.rail.button(key), Qt.MouseButton.LeftButton)
        view = getattr(window.views, key)
        assert view.start.isVisible()
        assert view.start.example.isVisible()


def test_an_example_is_made_by_the_scenario_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.screens.choose("dispatch")
    qtbot.mouseClick(window.views.dispatch.start.example, Qt.MouseButton.LeftButton)
    origin = origin_of(register_of(window).register)
    assert origin
    assert all(ORIGIN in entry.extra for entry in register_of(window).register.entries)
    view = window.views.dispatch
    assert "Simulated example" in view.note.text()
    assert view.note.isVisible()
    assert window.views.desk.as_of == origin.as_of
    settled(window, qtbot)
    standing = view.standing
    assert standing
    assert standing.is_final
    assert standing.forecast
    assert standing.forecast.replications == 20
    qtbot.mouseClick(window.rail.button("register"), Qt.MouseButton.LeftButton)
    assert "Simulated example" in window.views.register.note.text()
    assert window.settings.recent == []


def test_a_workbook_is_asked_about_in_the_window_and_kept_beside_it(
    window: MainWindow, qtbot: QtBot, workbook: Path
) -> None:
    window.files.open_and_show(str(workbook))
    banner = window.banners.shown["register import"]
    assert "2 projects" in banner.text
    assert window.views.desk.document is None
    qtbot.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    document = register_of(window)
    assert document.path == workbook.with_suffix(".approvalsim")
    assert [entry.name for entry in document.register.entries] == ["One", "Two"]
    assert "district.xlsx" in document.history()[0].who
    assert window.screens.seen
    assert window.screens.seen.key == "register"
    assert document.path in window.settings.recent


def test_a_workbook_that_cannot_be_read_goes_to_the_check_panel(
    window: MainWindow, workbook: Path
) -> None:
    book = load_workbook(workbook)
    sheet = book.worksheets[0]
    column = next(c.column for c in sheet[1] if c.value == "签约日期")
    sheet.cell(3, column).value = "soon"
    book.save(workbook)
    window.files.open_and_show(str(workbook))
    assert window.views.desk.document is None
    assert window.panels.docks["check"].isVisible()
    assert window.panels.check.problem_count == 1


def test_a_register_brings_its_scenario_along(qtbot: QtBot, live: Path) -> None:
    window = shown(qtbot)
    window.files.open_example()
    window.files.open_and_show(str(live))
    document = window.session.edited_document
    assert document
    assert document.scenario.id == "single-project"
    finished(window, qtbot)
    window.close_now()


def test_the_register_of_last_time_is_open_again(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    window.files.open_and_show(str(live))
    window.close_now()
    again = shown(qtbot)
    open_first(again, ())
    assert register_of(again).path == live
    assert [d.scenario.id for d in again.session.documents] == ["single-project"]
    finished(again, qtbot)
    again.close_now()


def test_a_register_that_is_open_is_opened_again_for_changing(
    window: MainWindow, live: Path
) -> None:
    for _ in range(2):
        window.files.open_and_show(str(live))
        assert not register_of(window).read_only
    assert "register lock" not in window.banners.shown


def test_a_workbook_changed_since_brings_its_changes_into_the_open_register(
    window: MainWindow, qtbot: QtBot, workbook: Path
) -> None:
    for name in ("One", "Uno"):
        book = load_workbook(workbook)
        sheet = book.worksheets[0]
        column = next(cell.column for cell in sheet[1] if cell.value == "项目名称")
        sheet.cell(3, column).value = name
        book.save(workbook)
        window.files.open_and_show(str(workbook))
        banner = window.banners.shown["register import"]
        qtbot.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert banner.buttons[0].text() == "Update district.approvalsim"
    document = register_of(window)
    assert document.register.entries[0].name == "Uno"
    assert [line.new for line in document.history("p1") if line.field == "name"] == ["One", "Uno"]


def test_a_template_is_written_for_the_scenario(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.screens.choose("register")
    start = window.views.register.start
    path = tmp_path / "template.xlsx"
    choose(qtbot, window, path, start.template.click)
    book = load_workbook(path)
    assert "项目台账" in book.sheetnames or "Projects" in book.sheetnames
    assert str(path) in window.banners.shown["saved"].text


# --- working -------------------------------------------------------------------------------------


def test_an_edit_is_seen_on_the_board_and_taken_back_by_a_key(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    window.files.open_and_show(str(live))
    view = window.views.register
    place = view.model.place("p1", ("stages", "filing", "submitted"))
    view.model.setData(place, "2022/3/2")
    assert register_of(window).register.entries[0].stages["filing"].submitted == date(2022, 3, 2)
    view.details.setCurrentIndex(1)
    assert view.details.history.index(0, 4).data() == "2022-03-02"
    in_front(window, qtbot)
    assert "filing" in window.commands["undo"].text().lower() or window.commands["undo"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert register_of(window).register.entries[0].stages == {}
    window.screens.choose("compare")
    assert not window.commands["undo"].isEnabled()  # nothing was done to the scenario


def test_the_board_follows_date_and_scenario(window: MainWindow, qtbot: QtBot, live: Path) -> None:
    window.files.open_and_show(str(live))
    window.views.desk.set_as_of(date(2022, 6, 30))
    window.screens.choose("dispatch")
    settled(window, qtbot)
    first = window.views.dispatch.standing
    assert first
    assert first.forecast
    assert first.board.as_of == date(2022, 6, 30)
    document = window.session.edited_document
    assert document
    prepare = {"prepare": document.scenario.stage["filing"].prepare}
    stage = document.scenario.stage["land_supply"].model_copy(update=prepare)
    stages = {**document.scenario.stage, "land_supply": stage}
    document.edit(document.scenario.model_copy(update={"stage": stages}), "Faster")
    settled(window, qtbot)
    second = window.views.dispatch.standing
    assert second
    assert second.question.scenario.stage["land_supply"] == stage
    window.views.dispatch.as_of_changed.emit(date(2022, 9, 30))
    settled(window, qtbot)
    third = window.views.dispatch.standing
    assert third
    assert third.board.as_of == date(2022, 9, 30)


def test_a_register_somebody_works_on_is_read_only_until_it_is_free(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    with RegisterFile.open(live, who="Wang") as other:
        window.files.open_and_show(str(live))
        banner = window.banners.shown["register lock"]
        assert "Wang" in banner.text
        assert "Read only" in window.views.register.note.text()
        other.apply((Change("p1", "name", "Uno"),))
        register_of(window).look()
        view = window.views.register
        assert view.model.place("p1", ("name",)).data() == "Uno"
    qtbot.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert not register_of(window).read_only
    assert "register lock" not in window.banners.shown


def test_a_register_of_another_scenario_says_what_does_not_fit(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    window.files.open_and_show(str(live))
    register_of(window).apply((Change("p1", "stages.nowhere.finished", date(2022, 5, 1)),))
    view = window.views.register
    assert "Problems (1)" in view.details.tabText(2)


def test_the_register_goes_back_to_excel(
    window: MainWindow, qtbot: QtBot, live: Path, workbook: Path
) -> None:
    window.files.open_and_show(str(live))
    register_of(window).edit((Change("p1", "owner", "Li"),), "Owner")
    view = window.views.register
    choose(qtbot, window, workbook, view.export.click)  # into one that exists
    sheet = load_workbook(workbook).worksheets[0]
    values = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"One", "Li"} <= values
    assert "Two" not in values


def test_papers_and_letters_are_written(
    window: MainWindow, qtbot: QtBot, live: Path, tmp_path: Path
) -> None:
    window.files.open_and_show(str(live))
    window.views.desk.set_as_of(date(2023, 6, 30))
    window.screens.choose("dispatch")
    settled(window, qtbot)
    view = window.views.dispatch
    for paper, name in (("table", "t.xlsx"), ("weekly", "w.html"), ("monthly", "m.pdf")):
        path = tmp_path / name
        with qtbot.waitSignal(window.files.saved, timeout=20_000):
            choose(qtbot, window, path, lambda paper=paper: view.paper_wanted.emit(paper))
        assert path.stat().st_size > 1000
    view.table.selectRow(0)
    path = tmp_path / "letter.docx"
    with qtbot.waitSignal(window.files.saved, timeout=20_000):
        choose(qtbot, window, path, view.letters.click)
    assert path.read_bytes().startswith(b"PK")


def test_a_project_of_the_board_is_found_in_the_register(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    window.files.open_and_show(str(live))
    window.screens.choose("dispatch")
    settled(window, qtbot)
    window.views.dispatch.project_wanted.emit("p1")
    assert window.screens.seen
    assert window.screens.seen.key == "register"
    assert window.views.register.project == "p1"


def test_closing_the_register_brings_the_start_page_back(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    window.files.open_and_show(str(live))
    qtbot.mouseClick(window.views.register.close_button, Qt.MouseButton.LeftButton)
    assert window.views.desk.document is None
    assert window.views.register.start.isVisible()
    with RegisterFile.open(live) as free:
        assert not free.read_only


# --- planning backward ---------------------------------------------------------------------------


def test_a_measure_becomes_a_variant_on_side_b(window: MainWindow, qtbot: QtBot) -> None:
    window.screens.choose("schedule")
    view = window.views.schedule
    settled(window, qtbot)
    view.target.setDate(view.target.date().addDays(-250))
    qtbot.waitUntil(lambda: bool(view.answer and view.answer.gains), timeout=60_000)
    settled(window, qtbot)
    assert view.answer
    before = window.session.edited_document
    qtbot.mouseClick(view.measures.buttons[0], Qt.MouseButton.LeftButton)
    after = window.session.edited_document
    assert after
    assert before
    assert after is not before
    assert after.scenario.id.startswith("single-project-")
    assert after.scenario.stage != before.scenario.stage or (
        after.scenario.department != before.scenario.department
        or after.scenario.commitment != before.scenario.commitment
    )
    settled(window, qtbot)
    finished(window, qtbot)


def test_the_register_offers_its_projects_with_their_targets(
    window: MainWindow, qtbot: QtBot, live: Path
) -> None:
    window.files.open_and_show(str(live))
    window.views.desk.set_as_of(date(2022, 6, 30))
    window.screens.choose("schedule")
    settled(window, qtbot)
    view = window.views.schedule
    assert view.project.findData("p1") == 1
    view.choose_project("p1")
    assert view.wish.target == date(2022, 12, 31)
    settled(window, qtbot)
    assert view.answer
    assert view.answer.schedule.as_of == date(2022, 6, 30)


def test_the_language_changes_while_a_register_is_open(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    window.screens.choose("dispatch")
    window.views.desk.files.try_example()
    settled(window, qtbot)
    language.use(qapp, "zh")
    settled(window, qtbot)
    assert "模拟示例" in window.views.dispatch.note.text()
    assert window.rail.button("dispatch").text() == "督办看板"
    assert window.views.dispatch.summary.counts[Signal.RED].text().startswith("■ 红 督办")
