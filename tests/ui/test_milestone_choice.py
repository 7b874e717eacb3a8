"""The milestone that times are counted to, chosen among the settings of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import finished, shown

from approvalsim import experiments
from approvalsim.execution import Effort
from approvalsim.scenario_file import find, load
from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.session import Choice


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot)
    yield window
    window.close_now()


def choose(window: MainWindow, qtbot: QtBot, position: int) -> Answer:
    """Choose an entry of the box by its keys; the answer to it."""
    window.commands["run_settings"].trigger()
    box = window.panels.run_settings.milestone
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(position):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    answer = finished(window, qtbot)
    assert answer
    return answer


def test_the_box_offers_what_the_scenario_says_and_every_milestone(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("whole-process")
    finished(window, qtbot)
    box = window.panels.run_settings.milestone

    entries = [box.itemText(position) for position in range(box.count())]

    own, *names = (entry.casefold() for entry in entries)
    milestones = load(find("whole-process")).milestone
    spoken = language.current()
    assert names == [part.name.in_language(spoken).casefold() for part in milestones.values()]  # type: ignore[union-attr]
    assert names[5] in own
    assert box.currentIndex() == 0


def test_a_chosen_milestone_gives_the_figures_of_the_command_line(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("fast-track")
    finished(window, qtbot)
    answer = choose(window, qtbot, 2)

    scenario = load(find("fast-track")).with_measure("land_handover")
    done = experiments.compare(scenario, "fast-track", Effort(20, scenario.run.seed, 1))
    wanted = done.manifest
    assert answer.comparison.b.measure == "land_handover"
    assert answer.manifest.milestone == "land_handover"
    assert answer.manifest.scenario_hash == wanted.scenario_hash
    assert answer.manifest.result_hash == done.result["manifest"]["result_hash"]

    again = choose(window, qtbot, 0)
    assert again.comparison.b.measure == "groundbreaking"


def test_a_milestone_that_a_side_lacks_is_left_until_both_have_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("whole-process")
    finished(window, qtbot)
    assert choose(window, qtbot, 4).comparison.b.measure == "completion"
    panel = window.panels.run_settings

    window.files.open_and_show("fast-track")
    document = window.session.documents[-1]
    window.session.show_alone(document)
    answer = finished(window, qtbot)
    assert answer
    assert answer.comparison.b.measure == "groundbreaking"
    assert panel.milestone.currentIndex() == 0

    panel.own_seed.click()  # another setting does not take it away
    finished(window, qtbot)
    window.session.show_alone(window.session.documents[0])
    answer = finished(window, qtbot)
    assert answer
    assert answer.comparison.b.measure == "completion"
    assert panel.milestone.currentIndex() == 4


def test_scenarios_of_different_measures_are_compared_by_a_common_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("fast-track")
    window.files.open_and_show("whole-process")
    finished(window, qtbot)
    first, second = window.session.documents
    with qtbot.waitSignal(window.session.failed, timeout=60_000) as told:
        window.session.show_sides(Choice(first), Choice(second))
    assert [problem.sentence for problem in told.args[0]] == ["different_shape"]

    answer = choose(window, qtbot, 3)

    assert answer.comparison.a.measure == answer.comparison.b.measure == "groundbreaking"
    assert answer.comparison.equal == 1


def test_names_of_milestones_follow_the_language(window: MainWindow, qtbot: QtBot) -> None:
    window.files.open_and_show("fast-track")
    finished(window, qtbot)
    box = window.panels.run_settings.milestone
    language.use(QApplication.instance(), "zh")
    qtbot.waitUntil(lambda: box.itemText(0) == "按方案（动工）")
    assert box.itemText(3) == "动工"
    language.use(QApplication.instance(), "en")
    qtbot.waitUntil(lambda: box.itemText(3) == "Groundbreaking")


def test_the_chosen_milestone_is_written_into_the_scenario_and_taken_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("fast-track")
    finished(window, qtbot)
    panel, document = window.panels.run_settings, window.session.documents[-1]
    assert not panel.write.isEnabled()
    choose(window, qtbot, 2)
    assert panel.write.isEnabled()

    qtbot.mouseClick(panel.write, Qt.MouseButton.LeftButton)
    answer = finished(window, qtbot)

    assert answer
    assert document.scenario.run.measure == "land_handover"
    assert window.session.settings.milestone is None
    assert answer.comparison.b.measure == "land_handover"
    assert panel.milestone.currentIndex() == 0
    assert "land handover" in panel.milestone.itemText(0).casefold()
    assert not panel.write.isEnabled()
    assert document.has_changes

    document.undo.undo()
    answer = finished(window, qtbot)
    assert answer
    assert answer.comparison.b.measure == "groundbreaking"
    assert not document.has_changes


def test_a_written_milestone_is_in_the_saved_file(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    base = tmp_path / "based.toml"
    base.write_text('format = 1\nextends = "whole-process"\nid = "based"\n', encoding="utf-8")
    document = window.session.open(base)
    window.session.show_alone(document)
    finished(window, qtbot)
    choose(window, qtbot, 3)  # the usual one, though the scenario it extends says another
    window.panels.run_settings.write.click()
    finished(window, qtbot)
    document.save()
    assert load(base).measure == "groundbreaking"


def test_the_check_says_what_times_are_counted_to_and_leads_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.open_and_show("whole-process")
    finished(window, qtbot)
    window.panels.show("check")
    check = window.panels.check
    qtbot.waitUntil(lambda: check.model.rowCount() > 0)
    said = [check.model.index(row, 1).data() for row in range(check.model.rowCount())]
    assert "Times, rates and differences are counted to Production." in said
    check.field_requested.emit(("run", "measure"))
    assert window.panels.docks["run_settings"].isVisible()
    assert not window.panels.docks["run_settings"].isHidden()
