"""Through the whole window, as a first-time user: change a stage, read the effect, put it back."""

import gc
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from windows import finished, in_front, shown, with_seed

from approvalsim import experiments
from approvalsim.execution import Effort
from approvalsim.scenario import stage_for
from approvalsim.scenario_file import find, load
from approvalsim_ui import theme
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.session import Choice

PREPARE = ("stage", "eia", "prepare")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot)
    yield window
    window.close_now()


@pytest.fixture
def project(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window with a file of one project, answered."""
    path = tmp_path / "mine.toml"
    path.write_bytes(find("single-project").read_bytes())
    window.files.open_and_show(str(path))
    finished(window, qtbot)
    in_front(window, qtbot)
    return window


def type_mode(window: MainWindow, qtbot: QtBot, days: str) -> None:
    """Go to the preparation of the EIA, and type another most likely duration."""
    assert window.views.go_to(PREPARE)
    box: Any = window.views.stages.inspector.times["prepare"].boxes["mode"]
    qtbot.waitUntil(box.hasFocus, timeout=5000)
    box.selectAll()
    qtbot.keyClicks(box, days)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def test_a_stage_is_changed_and_the_figures_are_those_of_the_core(
    project: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = project
    before = finished(window, qtbot)
    assert before
    original = (tmp_path / "mine.toml").read_bytes()
    type_mode(window, qtbot, "25")
    after = finished(window, qtbot)
    assert after
    assert after.b.summary.stages["eia"].prepare < before.b.summary.stages["eia"].prepare
    document = window.session.edited_document
    assert document
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    changed = load(tmp_path / "mine.toml")
    duration = stage_for(changed.stage["eia"], {}).stage.prepare
    assert duration is not None
    assert duration.mode == 25  # type: ignore[union-attr]
    effort = Effort(20, changed.run.seed)
    done = experiments.compare(changed, "x", effort, changed, "x")
    assert after.manifest.result_hash == done.result["manifest"]["result_hash"]
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    again = finished(window, qtbot)
    assert again
    assert again.manifest.result_hash == before.manifest.result_hash
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "mine.toml").read_bytes() == original


def test_the_effect_of_a_change_is_read_beside_what_was_before(
    project: MainWindow, qtbot: QtBot
) -> None:
    window = project
    type_mode(window, qtbot, "21")
    qtbot.mouseClick(window.strip.bar.pairs["changes"], Qt.MouseButton.LeftButton)
    answer = finished(window, qtbot)
    assert answer
    assert answer.roles == ("before", "after")
    assert answer.comparison.difference.mean.value <= 0
    document = window.session.edited_document
    assert document
    document.undo.undo()
    again = finished(window, qtbot)
    assert again
    assert again.comparison.difference.mean.value == 0


def test_what_stands_on_the_sides_is_always_named_in_their_lists(
    project: MainWindow, qtbot: QtBot
) -> None:
    window, bar = project, project.strip.bar
    window.files.open_and_show("fast-track")
    finished(window, qtbot)
    document = window.session.edited_document
    assert document
    document.edit(with_seed(document.scenario, 7), "seed")
    bar.pairs["changes"].click()
    document.undo.undo()
    assert "before changes" in bar.a.currentText()
    window.session.duplicate(document)
    assert bar.a.currentText() == document.title("en")
    assert bar.b.currentText()


def test_a_change_in_one_screen_is_seen_in_all_others(project: MainWindow, qtbot: QtBot) -> None:
    window = project
    for key in window.rail.keys:
        window.screens.choose(key)
    window.commands["evidence"].trigger()
    window.commands["check"].trigger()
    type_mode(window, qtbot, "25")
    finished(window, qtbot)
    document = window.session.edited_document
    assert document
    window.screens.choose("graph")
    assert window.views.graph.scenario is document.scenario
    window.screens.choose("departments")
    assert window.views.departments.editing.scenario is document.scenario
    window.panels.show("evidence")
    assert window.panels.evidence.editing.scenario is document.scenario


def test_an_edge_drawn_in_the_graph_is_an_edit_like_any_other(
    project: MainWindow, qtbot: QtBot
) -> None:
    window = project
    window.screens.choose("graph")
    document = window.session.edited_document
    assert document
    before = document.scenario
    window.views.graph.canvas.linked.emit("energy", "construction_permit")
    assert "energy" in document.scenario.stage["construction_permit"].after
    answer = finished(window, qtbot)
    assert answer
    assert answer.b.scenario is document.scenario
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.scenario is before


@pytest.mark.parametrize("other", [False, True])
def test_a_broken_file_is_listed_in_the_check_panel(
    other: bool, window: MainWindow, tmp_path: Path
) -> None:
    if other:
        window.files.open_and_show("fast-track")
    path = tmp_path / "broken.toml"
    text = find("single-project").read_text(encoding="utf-8")
    path.write_text(text.replace("max = 10, unit", "max = 1, unit"), encoding="utf-8")
    before = path.read_bytes()
    window.files.open_and_show(str(path))
    assert window.panels.docks["check"].isVisible()
    assert window.panels.check.problem_count > 0
    assert path.read_bytes() == before
    path.write_bytes(find("single-project").read_bytes())
    banner = window.banners.shown[f"broken {path}"]
    banner.buttons[0].click()
    assert path in [document.path for document in window.session.documents]
    assert window.panels.check.problem_count == 0


def test_dates_of_start_rates_are_part_of_the_scenario(project: MainWindow, qtbot: QtBot) -> None:
    window = project
    start = load(find("single-project")).start
    day = start.replace(year=start.year + 1)
    window.views.compare.dates_changed.emit((day,))
    answer = finished(window, qtbot)
    assert answer
    assert answer.dates == (day,)
    document = window.session.edited_document
    assert document
    assert document.has_changes


def test_a_story_is_told_and_the_load_is_traced(project: MainWindow, qtbot: QtBot) -> None:
    window = project
    window.screens.choose("walk")
    qtbot.waitUntil(lambda: window.views.walk.walk is not None, timeout=30_000)
    window.screens.choose("departments")
    view = window.views.departments
    qtbot.mouseClick(view.trace, Qt.MouseButton.LeftButton)
    assert not view.trace.isEnabled()
    qtbot.waitUntil(view.trace.isEnabled, timeout=60_000)


def test_the_manifest_names_the_file(project: MainWindow, tmp_path: Path) -> None:
    project.copy_manifest()
    manifest = json.loads(QGuiApplication.clipboard().text())
    assert manifest["file"] == str(tmp_path / "mine.toml")


# --- the tour ------------------------------------------------------------------------------------


def test_the_tour_leads_through_the_window_and_is_not_shown_again(
    project: MainWindow, qtbot: QtBot
) -> None:
    window = project
    window.settings.tour_seen = False
    qtbot.keyClick(window, Qt.Key.Key_F1)
    tour = window.tour
    assert tour
    seen = []
    for number in range(4):
        assert tour.at == number
        assert window.rect().contains(tour.geometry())
        assert window.screens.seen
        seen.append(window.screens.seen.key)
        qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert seen == ["compare", "stages", "compare", "graph"]
    assert window.tour is None
    assert window.settings.tour_seen


def test_the_tour_can_be_skipped_and_gone_back_in(project: MainWindow, qtbot: QtBot) -> None:
    window = project
    window.start_tour()
    tour = window.tour
    assert tour
    assert not tour.back.isEnabled()
    qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tour.back, Qt.MouseButton.LeftButton)
    assert tour.at == 0
    qtbot.mouseClick(tour.skip, Qt.MouseButton.LeftButton)
    assert window.tour is None
    assert window.settings.tour_seen


def test_the_window_can_be_used_during_the_tour(project: MainWindow, qtbot: QtBot) -> None:
    project.start_tour()
    type_mode(project, qtbot, "25")
    document = project.session.edited_document
    assert document
    assert document.has_changes


# --- leaks ---------------------------------------------------------------------------------------


def resident() -> int:
    """Memory of this process, bytes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_a_hundred_runs_and_switches_leave_memory_and_threads_where_they_were(
    project: MainWindow, qtbot: QtBot
) -> None:
    window = project
    window.session.settings = RunSettings(replications=10, engine="simpy")
    window.files.open_and_show("single-project")
    mine, other = window.session.documents
    keys = [key for key in window.rail.keys if key != "walk"]

    def round_of(number: int) -> None:
        document = (mine, other)[number % 2]
        window.session.show_sides(Choice(other), Choice(document))
        document.edit(with_seed(document.scenario, number), f"Seed {number}")
        window.screens.choose(keys[number % len(keys)])
        finished(window, qtbot)

    for number in range(30):  # caches fill, screens are made
        round_of(number)
    gc.collect()
    memory, threads = resident(), threading.active_count()
    objects = len(gc.get_objects())
    for number in range(30, 130):
        round_of(number)
        if number % 10 == 0:
            gc.collect()
    gc.collect()
    assert threading.active_count() <= threads
    # A hundred undo steps stay; what a run leaves behind would be far more.
    assert len(gc.get_objects()) - objects < 100 * 200
    assert resident() - memory < 40e6


def test_looks_change_while_everything_is_open(project: MainWindow, qtbot: QtBot) -> None:
    window = project
    for key in window.rail.keys:
        window.screens.choose(key)
    for name in window.panels.docks:
        window.panels.show(name)
    window.start_tour()
    for chosen in ("dark", "light"):
        window.dress(chosen)  # type: ignore[arg-type]
        for spoken in ("zh", "en"):
            window.speak(spoken)  # type: ignore[arg-type]
            qtbot.wait(20)
    assert theme.current() == "light"
