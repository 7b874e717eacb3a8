"""The window as its user meets it: by mouse and keys, from the first start to a safe end."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from windows import finished, in_front, shown, with_seed

from approvalsim.scenario_file import find, load
from approvalsim_ui import language, theme
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.app import open_first
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.session import Choice

BROKEN = Path(__file__).parents[1] / "core" / "broken"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot)
    yield window
    end(window)


def end(window: MainWindow) -> None:
    window.close_now()


def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_bytes(find("single-project").read_bytes())
    return path


# --- first start ---------------------------------------------------------------------------------


def test_the_first_start_shows_the_worked_example_answered(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.settings.tour_seen = False
    open_first(window, ())
    document = window.session.edited_document
    assert document
    assert document.scenario.id == "jianghai-2022"
    assert (window.session.a, window.session.b) == (
        Choice(document, "off"),
        Choice(document, "on"),
    )
    finished(window, qtbot)
    assert window.session.answer
    assert window.session.answer.is_final
    assert "Complete" in window.status.state.text()
    assert "SimPy" in window.status.engine.text()
    assert "20" in window.status.replications.text()
    assert str(document.scenario.run.seed) in window.status.seed.text()
    assert window.tour


def test_target_and_motion_are_as_they_were_left(window: MainWindow, qtbot: QtBot) -> None:
    views = window.views
    assert (views.compare.target.target, views.graph.bar.motion.isChecked()) == (None, True)
    views.compare.target.use.click()
    views.compare.target.days.setValue(250)
    views.graph.bar.motion.click()
    views.walk.picker.calm.click()
    end(window)
    again = shown(qtbot)
    assert again.views.compare.target.target == 250
    assert not again.views.graph.bar.motion.isChecked()
    assert not again.views.graph.canvas.graph.animated
    assert again.views.walk.picker.calm.isChecked()
    assert not again.views.walk.tokens.animated
    again.views.compare.target.use.click()
    end(again)
    third = shown(qtbot)
    assert third.views.compare.target.target is None
    end(third)


def test_what_was_open_last_is_open_again(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = mine(tmp_path)
    window.files.open_and_show(str(path))
    finished(window, qtbot)
    end(window)
    again = shown(qtbot)
    open_first(again, ())
    assert [document.path for document in again.session.documents] == [path]
    end(again)


def test_the_window_fits_on_a_small_screen(window: MainWindow) -> None:
    assert window.minimumSize().width() <= 1280
    assert window.minimumSize().height() <= 760
    window.resize(1280, 760)
    assert (window.width(), window.height()) == (1280, 760)


# --- screens -------------------------------------------------------------------------------------


def test_screens_are_reached_by_mouse_and_by_alt_and_a_number(
    window: MainWindow, qtbot: QtBot
) -> None:
    keys = window.rail.keys
    assert keys[:4] == ("compare", "stages", "policy", "graph")
    for key in reversed(keys):
        qtbot.mouseClick(window.rail.button(key), Qt.MouseButton.LeftButton)
        assert window.screens.seen
        assert window.screens.seen.key == key
    in_front(window, qtbot)
    for number, key in enumerate(keys):
        modifier = Qt.KeyboardModifier.AltModifier
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + (number + 1) % 10), modifier)
        assert window.screens.seen.key == key
        assert window.rail.button(key).isChecked()


def test_everything_with_a_picture_has_a_name_for_those_who_cannot_see_it(
    window: MainWindow,
) -> None:
    bar = window.strip.bar
    for widget in (bar.a, bar.b, bar.swap, window.status.language, window.status.theme):
        assert widget.accessibleName()
    for key in window.rail.keys:
        assert window.rail.button(key).accessibleName()


# --- editing, undoing, saving --------------------------------------------------------------------


def test_an_edit_is_undone_and_done_again_by_keys(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.files.open_and_show(str(mine(tmp_path)))
    document = window.session.edited_document
    assert document
    before = document.scenario
    document.edit(with_seed(before, 5), "Seed")
    assert window.isWindowModified()
    assert "Seed" in window.commands["undo"].text()
    in_front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.scenario is before
    assert not window.isWindowModified()
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert document.scenario.run.seed == 5


def test_saving_by_key_writes_the_file_and_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = mine(tmp_path)
    window.files.open_and_show(str(path))
    document = window.session.edited_document
    assert document
    document.edit(with_seed(document.scenario, 5), "Seed")
    in_front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert load(path).run.seed == 5
    assert not window.isWindowModified()
    assert str(path) in window.banners.shown["saved"].text


def test_changes_can_be_compared_with_the_file_by_one_click(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("fast-track")
    document = window.session.edited_document
    assert document
    chip = window.strip.bar.pairs["changes"]
    assert not chip.isEnabled()
    policy = document.scenario.commitment
    assert policy
    changed = {"commitment": policy.model_copy(update={"share": 0.5})}
    document.edit(document.scenario.model_copy(update=changed), "Share")
    assert chip.isEnabled()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert window.session.a == Choice(document, "on", filed=True)
    assert window.session.b == Choice(document, "on")
    assert chip.isChecked()
    qtbot.mouseClick(window.strip.bar.pairs["policy"], Qt.MouseButton.LeftButton)
    assert window.session.a == Choice(document, "off")


def test_sides_are_chosen_from_all_that_is_open(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_all(["standard", "fast-track"])
    standard, fast = window.session.documents
    chooser = window.strip.bar.a
    texts = [chooser.itemText(n) for n in range(chooser.count())]
    assert len(texts) == 3
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Home)
    assert window.session.a == Choice(standard)
    qtbot.mouseClick(window.strip.bar.swap, Qt.MouseButton.LeftButton)
    assert (window.session.a, window.session.b) == (Choice(fast, "on"), Choice(standard))


def test_a_duplicate_is_a_side_and_a_card(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("fast-track")
    window.commands["duplicate"].trigger()
    window.commands["library"].trigger()
    assert window.panels.docks["library"].isVisible()
    qtbot.waitUntil(lambda: len(window.panels.library.frames) == 2, timeout=5000)
    original, variant = window.session.documents
    assert (window.session.a, window.session.b) == (Choice(original), Choice(variant))
    frame = window.panels.library.frames[original]
    qtbot.mouseClick(frame.alone, Qt.MouseButton.LeftButton)
    assert window.session.b == Choice(original, "on")


def test_a_variant_of_unsaved_changes_offers_to_put_the_original_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    document = window.files.open("fast-track")
    assert document is not None
    document.edit(with_seed(document.scenario, 77), "seed")
    variant = window.session.duplicate(document)
    banner = window.banners.shown["shared"]
    assert document.title("en") in banner.text
    qtbot.mouseClick(banner.buttons[0], Qt.MouseButton.LeftButton)
    assert document.scenario == document.filed
    assert variant.scenario.run.seed == 77
    document.undo.undo()
    assert document.scenario.run.seed == 77
    window.session.swap()
    assert "shared" not in window.banners.shown


def test_a_new_scenario_can_be_run_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["new"].trigger()
    document = window.session.edited_document
    assert document
    assert document.path is None
    assert document.has_changes
    finished(window, qtbot)
    assert window.session.answer
    assert window.session.answer.b.scenario is document.scenario


# --- running -------------------------------------------------------------------------------------


def test_f5_runs_and_escape_stops(window: MainWindow, qtbot: QtBot) -> None:
    window.session.settings = RunSettings(replications=100_000, engine="simpy")
    window.files.open_and_show("single-project")
    qtbot.waitUntil(lambda: window.session.answer is not None, timeout=20_000)
    in_front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    finished(window, qtbot)
    assert window.session.answer
    assert window.session.answer.manifest.partial
    assert "Provisional" in window.status.state.text()
    window.session.settings = RunSettings(replications=15, engine="simpy")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    finished(window, qtbot)
    assert window.session.answer.replications == 15


def test_settings_of_a_run_are_in_force_as_soon_as_they_are_entered(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("single-project")
    finished(window, qtbot)
    window.commands["run_settings"].trigger()
    panel = window.panels.run_settings
    panel.replications.setValue(12)
    panel.own_seed.click()
    panel.seed.selectAll()
    qtbot.keyClicks(panel.seed, "99")
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    finished(window, qtbot)
    answer = window.session.answer
    assert answer
    assert (answer.replications, answer.seed) == (12, 99)
    panel.seed.selectAll()
    qtbot.keyClicks(panel.seed, "luck")
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    assert panel.seed.text() == "99"


def test_a_precision_can_be_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("single-project")
    window.commands["run_settings"].trigger()
    panel = window.panels.run_settings
    assert panel.replications.isVisible()
    assert not panel.days.isVisible()
    panel.cap.setValue(30)
    panel.days.setValue(0.01)
    panel.how.setFocus()
    qtbot.keyClick(panel.how, Qt.Key.Key_End)
    assert panel.days.isVisible()
    assert not panel.replications.isVisible()
    finished(window, qtbot)
    settings = window.session.settings
    assert (settings.precision, settings.cap, settings.replications) == (0.01, 30, None)
    assert window.session.answer
    assert window.session.answer.replications <= 30


def test_without_following_every_edit_only_f5_runs(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("single-project")
    finished(window, qtbot)
    window.commands["live"].trigger()
    document = window.session.edited_document
    assert document
    document.edit(with_seed(document.scenario, 33), "Seed")
    assert not window.session._soon.isActive()
    window.commands["run"].trigger()
    finished(window, qtbot)
    assert window.session.answer
    assert window.session.answer.seed == 33


def test_the_manifest_goes_to_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("single-project")
    finished(window, qtbot)
    window.commands["copy_manifest"].trigger()
    manifest = json.loads(QGuiApplication.clipboard().text())
    assert manifest["scenario"] == "single-project"
    assert manifest["replications"] == 20
    assert len(manifest["result_hash"]) == 64
    assert "copied" in window.banners.shown


# --- languages and looks -------------------------------------------------------------------------


def test_the_language_changes_while_it_runs(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("jianghai-2022")
    finished(window, qtbot)
    english = (window.windowTitle(), window.status.state.text(), window.strip.bar.run.text())
    qtbot.mouseClick(window.status.language, Qt.MouseButton.LeftButton)
    assert language.current() == "zh"
    qtbot.waitUntil(lambda: window.strip.bar.run.text() == "运行", timeout=5000)
    assert window.rail.button("compare").text() == "对比"
    assert "江海区" in window.windowTitle()
    assert window.commands.menus["file"].title().startswith("文件")
    assert window.settings.language == "zh"
    qtbot.mouseClick(window.status.language, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.strip.bar.run.text() == "Run", timeout=5000)
    assert english == (
        window.windowTitle(),
        window.status.state.text(),
        window.strip.bar.run.text(),
    )


def test_light_and_dark_are_switched_and_remembered(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.status.theme, Qt.MouseButton.LeftButton)
    assert (theme.current(), window.settings.theme) == ("dark", "dark")
    assert window.commands["theme_dark"].isChecked()
    qtbot.mouseClick(window.status.theme, Qt.MouseButton.LeftButton)
    assert (theme.current(), window.settings.theme) == ("light", "light")


def test_a_missing_chinese_font_is_explained(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.messages.tell_missing_font()
    monkeypatch.setattr(theme, "has_chinese_font", lambda: False)
    window.messages.tell_missing_font()
    assert "approvalsim[font]" in window.banners.shown["font"].text
    assert window.banners.isVisible()


def test_the_layout_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["library"].trigger()
    end(window)
    again = shown(qtbot)
    assert again.panels.docks["library"].isVisible()
    assert not again.panels.docks["run_settings"].isVisible()
    end(again)


# --- files ---------------------------------------------------------------------------------------


def test_every_broken_file_is_told_of_and_left_alone(window: MainWindow) -> None:
    files = sorted(BROKEN.glob("*.toml"))
    assert len(files) > 40
    for path in files:
        before = path.read_bytes()
        window.files.open_and_show(str(path))
        assert window.session.documents == []
        (banner,) = window.banners.shown.values()
        assert ".toml" in banner.text
        assert path.read_bytes() == before
        banner.close()
    assert window.banners.isHidden()


def test_files_are_opened_by_dropping_them(window: MainWindow, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mine(tmp_path)))])
    for event in (QDragEnterEvent, QDropEvent):
        QApplication.sendEvent(
            window,
            event(
                QPoint(600, 400),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            ),
        )
    assert [document.path for document in window.session.documents] == [mine(tmp_path)]


def test_recent_files_are_offered(window: MainWindow, tmp_path: Path) -> None:
    path = mine(tmp_path)
    window.files.open_and_show(str(path))
    menu = window.commands.menus["recent"]
    menu.aboutToShow.emit()
    assert path.name in menu.actions()[0].text()
    window.session.close(window.session.documents[0])
    menu.actions()[0].trigger()
    assert [document.path for document in window.session.documents] == [path]


def test_the_shipped_scenarios_are_offered_by_name(window: MainWindow) -> None:
    menu = window.commands.menus["shipped"]
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert any("jianghai-2022" in text and "Jianghai" in text for text in texts)


def test_a_file_changed_by_somebody_else_is_reloaded_or_kept(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = mine(tmp_path)
    window.files.open_and_show(str(path))
    document = window.session.edited_document
    assert document
    key = f"disk {path}"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("start = 2022-03-01", "start = 2022-02-01"), encoding="utf-8")
    qtbot.waitUntil(lambda: key in window.banners.shown, timeout=5000)
    qtbot.mouseClick(window.banners.shown[key].buttons[0], Qt.MouseButton.LeftButton)
    assert document.scenario == load(path)
    path.write_text(text, encoding="utf-8")
    qtbot.waitUntil(lambda: key in window.banners.shown, timeout=5000)
    qtbot.mouseClick(window.banners.shown[key].buttons[1], Qt.MouseButton.LeftButton)
    window.commands["save"].trigger()
    assert load(path) == document.scenario
    assert document.scenario.start.month == 2


def test_with_nothing_open_the_window_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("single-project")
    finished(window, qtbot)
    in_front(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.session.documents == []
    assert not window.screens.isVisible()
    assert "No answer" in window.status.state.text()
    example = window.banners.shown["empty"].buttons[1]
    qtbot.mouseClick(example, Qt.MouseButton.LeftButton)
    assert window.session.documents[0].scenario.id == "jianghai-2022"
    assert window.screens.isVisible()
    assert "empty" not in window.banners.shown


# --- closing -------------------------------------------------------------------------------------


def question(window: MainWindow, qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=5000)
    return window.findChildren(QMessageBox)[-1]


def press(window: MainWindow, qtbot: QtBot, words: str) -> None:
    box = question(window, qtbot)
    button = next(button for button in box.buttons() if words in button.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box.isVisible(), timeout=5000)


@pytest.fixture
def unsaved(window: MainWindow, tmp_path: Path) -> MainWindow:
    window.files.open_and_show(str(mine(tmp_path)))
    document = window.session.edited_document
    assert document
    document.edit(with_seed(document.scenario, 44), "Seed")
    return window


def test_closing_with_unsaved_changes_asks_and_can_be_called_off(
    unsaved: MainWindow, qtbot: QtBot
) -> None:
    unsaved.close()
    press(unsaved, qtbot, "Cancel")
    assert unsaved.isVisible()
    assert unsaved.session.documents


def test_closing_can_save_first(unsaved: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    unsaved.close()
    press(unsaved, qtbot, "Save")
    qtbot.waitUntil(lambda: not unsaved.isVisible(), timeout=5000)
    assert load(tmp_path / "mine.toml").run.seed == 44


def test_closing_can_discard(unsaved: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    before = (tmp_path / "mine.toml").read_bytes()
    unsaved.close()
    press(unsaved, qtbot, "Discard")
    qtbot.waitUntil(lambda: not unsaved.isVisible(), timeout=5000)
    assert (tmp_path / "mine.toml").read_bytes() == before


def test_what_was_not_saved_is_offered_after_a_crash(
    unsaved: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    unsaved.recovery.keep()
    lock = unsaved.recovery._lock
    assert lock
    lock.unlock()  # as if its process were gone
    again = shown(qtbot)
    open_first(again, ())
    (key,) = [key for key in again.banners.shown if key.startswith("leftover")]
    assert "mine.toml" in again.banners.shown[key].text
    qtbot.mouseClick(again.banners.shown[key].buttons[0], Qt.MouseButton.LeftButton)
    document = again.session.edited_document
    assert document
    assert document.path == tmp_path / "mine.toml"
    assert document.scenario.run.seed == 44
    assert document.has_changes
    end(again)


def test_an_example_recovered_takes_the_place_of_the_untouched_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    open_first(window, ())
    document = window.session.edited_document
    assert document
    document.edit(with_seed(document.scenario, 44), "Seed")
    window.recovery.keep()
    lock = window.recovery._lock
    assert lock
    lock.unlock()  # as if its process were gone
    again = shown(qtbot)
    open_first(again, ())
    (key,) = [key for key in again.banners.shown if key.startswith("leftover")]
    qtbot.mouseClick(again.banners.shown[key].buttons[0], Qt.MouseButton.LeftButton)
    (recovered,) = again.session.documents
    assert recovered.scenario.run.seed == 44
    assert recovered.filed.run.seed != 44
    assert recovered.has_changes
    end(again)
