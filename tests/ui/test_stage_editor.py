"""The stage editor as a whole: edits, steps for undo, links to fields, languages and themes."""

from collections.abc import Iterator
from typing import Any

import pytest
from answers import policy_answer
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from approvalsim.parameters import parameters
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim.summary import Summary
from approvalsim.validation import problems
from approvalsim_ui import bindings, language, theme
from approvalsim_ui import document as document_module
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.stage_editor import StageEditor
from approvalsim_ui.stage_table import COLUMNS

DISTRICT = load(find("jianghai-2022"))
PREPARE = ("stage", "eia", "prepare")


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
def steps(editor: StageEditor) -> list[tuple[Scenario, str, str]]:
    found: list[tuple[Scenario, str, str]] = []
    editor.edited.connect(lambda *step: found.append(step))
    return found


@pytest.fixture(scope="module")
def summary() -> Summary:
    return policy_answer().b.summary


def prepare_box(editor: StageEditor, name: str) -> NumberSpin:
    box = editor.inspector.times["prepare"].boxes[name]
    assert isinstance(box, NumberSpin)
    return box


def drag_mode(editor: StageEditor, qtbot: QtBot, pixels: int = -60) -> None:
    curve = editor.inspector.times["prepare"].curve
    start = curve.position_of("mode")
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for step in range(1, 21):
        QTest.mouseMove(curve, (start + QPointF(pixels * step / 20, 0)).toPoint())
        qtbot.wait(10)
    end = (start + QPointF(pixels, 0)).toPoint()
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton, pos=end)


def test_a_drag_gives_several_scenarios_that_are_one_step(
    editor: StageEditor, steps: list[Any], qtbot: QtBot
) -> None:
    editor.focus_field(PREPARE)
    with qtbot.waitSignal(editor.drag_finished):
        drag_mode(editor, qtbot)
    assert len(steps) > 2
    assert len({key for _, _, key in steps}) == 1
    modes = [scenario.stage["eia"].prepare.mode for scenario, _, _ in steps]
    assert modes == sorted(modes, reverse=True)
    assert modes[-1] < 40
    assert all(problems(scenario) == () for scenario, _, _ in steps)
    assert "Environmental assessment" in steps[0][1]


def test_two_drags_are_two_steps(editor: StageEditor, steps: list[Any], qtbot: QtBot) -> None:
    editor.focus_field(PREPARE)
    drag_mode(editor, qtbot)
    drag_mode(editor, qtbot, 30)
    assert len({key for _, _, key in steps}) == 2


def test_a_drag_that_rests_is_still_one_step_for_undo(
    editor: StageEditor, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_module, "MERGE_SECONDS", 0.0)
    monkeypatch.setattr(bindings, "PAUSE", 0)
    document = ScenarioDocument(DISTRICT)
    editor.edited.connect(document.edit)
    editor.drag_finished.connect(document.end_drag)
    editor.focus_field(PREPARE)
    drag_mode(editor, qtbot)
    assert document.undo.count() == 1
    drag_mode(editor, qtbot, 20)
    assert document.undo.count() == 2
    document.undo.undo()
    document.undo.undo()
    assert document.scenario is DISTRICT


def test_the_mode_goes_from_forty_to_twenty_and_back(
    editor: StageEditor, steps: list[Any], qtbot: QtBot
) -> None:
    editor.focus_field(PREPARE)
    mode = prepare_box(editor, "mode")
    assert mode.hasFocus()
    qtbot.keyClicks(mode, "20")
    qtbot.keyClick(mode, Qt.Key.Key_Return)
    assert steps[-1][0].stage["eia"].prepare.mode == 20
    assert editor.inspector.times["prepare"].mark.isVisible()
    index = editor.stages.index(editor.stages.row_of("eia"), COLUMNS.index("prepare"))
    assert index.data() == "20/20/90"
    qtbot.mouseClick(editor.inspector.times["prepare"].reset_button, Qt.MouseButton.LeftButton)
    assert content_hash(steps[-1][0]) == content_hash(DISTRICT)
    assert not editor.inspector.times["prepare"].mark.isVisible()


def test_what_is_refused_emits_nothing_and_says_why(
    editor: StageEditor, steps: list[Any], qtbot: QtBot
) -> None:
    editor.focus_field(PREPARE)
    most = prepare_box(editor, "max")
    most.setFocus()
    most.selectAll()
    qtbot.keyClicks(most, "30")
    qtbot.keyClick(most, Qt.Key.Key_Return)
    assert steps == []
    assert most.value() == 30
    assert "mode (40)" in editor.inspector.times["prepare"].reason.text()


def test_showing_what_was_just_emitted_disturbs_nothing(editor: StageEditor, qtbot: QtBot) -> None:
    editor.edited.connect(lambda scenario, _text, _key: editor.show_scenario(scenario, DISTRICT))
    editor.focus_field(PREPARE)
    mode = prepare_box(editor, "mode")
    qtbot.keyClick(mode, Qt.Key.Key_Up)
    assert mode.hasFocus()
    assert editor.editing.scenario.stage["eia"].prepare.mode == 41  # type: ignore[union-attr]


def test_undo_from_outside_is_shown(editor: StageEditor) -> None:
    editor.stages.setData(editor.stages.index(2, COLUMNS.index("prepare")), "10/20/35")
    editor.show_scenario(DISTRICT, DISTRICT)
    assert editor.stages.index(2, COLUMNS.index("prepare")).data() == "20/40/90"
    assert prepare_box(editor, "mode").value() == 3, "the first stage is still beside it"
    assert editor.changes.count.text() == "As in the file"


def test_all_changes_are_listed_and_go_back_at_once(
    editor: StageEditor, steps: list[Any], qtbot: QtBot
) -> None:
    editor.stages.setData(editor.stages.index(2, COLUMNS.index("prepare")), "10/20/35")
    editor.department_table.box_of("housing").setValue(2)
    assert "2 values differ" in editor.changes.count.text()
    editor.changes.menu.aboutToShow.emit()
    words = [action.text() for action in editor.changes.menu.actions()]
    assert words == [
        "Housing and Construction Bureau › reviewers: 1 → 2",
        "Environmental assessment › preparation: 20/40/90 d → 10/20/35 d",
    ]
    qtbot.mouseClick(editor.changes.all_back, Qt.MouseButton.LeftButton)
    assert steps[-1][0] == DISTRICT
    assert not editor.changes.all_back.isEnabled()


def test_the_context_menu_resets_and_asks_for_evidence(
    editor: StageEditor, steps: list[Any], qtbot: QtBot
) -> None:
    index = editor.stages.index(2, COLUMNS.index("prepare"))
    assert not editor.menu_for(index).actions()[0].isEnabled()
    editor.stages.setData(index, "10/20/35")
    menu = editor.menu_for(index)
    with qtbot.waitSignal(editor.evidence_requested) as asked:
        menu.actions()[1].trigger()
    assert asked.args == [PREPARE]
    menu.actions()[0].trigger()
    assert steps[-1][0] == DISTRICT


def test_the_place_of_the_user_is_told(editor: StageEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.place_focused) as told:
        editor.table.setCurrentIndex(editor.stages.index(2, COLUMNS.index("review")))
    assert told.args == [("stage", "eia", "review")]


def shown(widget: QWidget | None) -> bool:
    return widget is not None and widget.isVisible()


NUMBERS = [
    found.place
    for found in parameters(DISTRICT)
    if found.place[0] in ("stage", "department") and "factor" not in found.place
]


def test_every_number_of_stages_and_departments_can_be_reached(editor: StageEditor) -> None:
    for place in NUMBERS:
        assert editor.focus_field(place), place
        assert shown(QApplication.focusWidget()), place
        assert editor.isAncestorOf(QApplication.focusWidget()), place


@pytest.mark.parametrize(
    "place", [(), ("stage",), ("stage", "nobody", "review"), ("commitment", "share"), ("run",)]
)
def test_places_of_others_are_left_to_them(
    editor: StageEditor, place: tuple[str | int, ...]
) -> None:
    assert not editor.focus_field(place)


def test_the_paper_a_milestone_need_not_wait_for_is_found_at_its_stage(
    editor: StageEditor,
) -> None:
    assert editor.focus_field(("milestone", "groundbreaking", "after", "energy", "due"))
    assert editor.inspector.stage == "energy"


def test_results_stand_beside_the_rows_and_are_not_guessed(
    editor: StageEditor, summary: Summary
) -> None:
    index = editor.stages.index(0, COLUMNS.index("criticality"))
    assert index.data() == "…"
    editor.show_summary(summary)
    assert index.data() == language.percent(summary.stages["filing"].criticality)
    days = editor.stages.index(0, COLUMNS.index("duration"))
    assert days.data() == language.number(summary.stages["filing"].duration)
    editor.show_summary(None)
    assert index.data() == "…"


def test_relaxations_are_changed_in_the_inspector(editor: StageEditor, steps: list[Any]) -> None:
    editor.focus_field(("stage", "construction_permit", "after", "financing"))
    cards = {card.edge.source: card for card in editor.inspector.relaxed._cards}
    mode = cards["financing"].mode.combo
    mode.setCurrentIndex(mode.findData("hard"))
    mode.activated.emit(mode.currentIndex())
    edge = steps[-1][0].stage["construction_permit"].after["financing"]
    assert edge.relaxed is None
    assert problems(steps[-1][0]) == ()
    cards["financing"].mode.reset_wished.emit()
    assert steps[-1][0].stage == DISTRICT.stage


def test_a_meeting_is_added_and_taken_away(editor: StageEditor, steps: list[Any]) -> None:
    editor.focus_field(("stage", "eia", "meeting"))
    details = editor.inspector.details
    details.every.absent.click()
    assert steps[-1][0].stage["eia"].meeting.every == 14
    details.every.absent.click()
    assert steps[-1][0].stage["eia"].meeting is None


def test_a_correction_of_a_form_begins_as_a_copy_and_vouches_for_nothing(
    editor: StageEditor, steps: list[Any]
) -> None:
    editor.focus_field(("stage", "design_review", "correction"))
    editor.inspector.form_chosen.emit({"hazard": "chemical"})
    editor.inspector.probability.box.setValue(70)
    correction = steps[-1][0].stage["design_review"].variant[-1].correction
    assert correction.probability == 0.7
    assert correction.rework == DISTRICT.stage["design_review"].correction.rework
    assert correction.source is None


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    yield
    language.use(qapp, "en")


@pytest.mark.usefixtures("chinese")
def test_it_follows_language_and_theme_while_open(editor: StageEditor, qapp: QApplication) -> None:
    editor.focus_field(PREPARE)
    language.use(qapp, "zh")
    QApplication.processEvents()
    assert editor.inspector.title.text() == "环评"
    index = editor.stages.index(editor.stages.row_of("eia"), 0)
    assert index.data() == "环评"
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    assert editor.grab().toImage().pixelColor(3, 3) == theme.colours().window


def test_everything_one_can_reach_has_a_name(editor: StageEditor) -> None:
    for tab in range(editor.inspector.tabs.count()):
        editor.inspector.tabs.setCurrentIndex(tab)
        for widget in editor.findChildren(QWidget):
            reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            inner = widget.objectName().startswith("qt_") or widget.focusProxy() is not None
            if not reachable or inner or not widget.isEnabled():
                continue
            named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert named, f"{widget} in {widget.parent()}"


def test_all_boxes_are_reached_with_the_tab_key(editor: StageEditor, qtbot: QtBot) -> None:
    editor.form_box.setFocus()
    seen = set()
    for _ in range(60):
        widget = QApplication.focusWidget()
        seen.add(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert {editor.table, editor.department_table, editor.inspector.times["prepare"].curve} <= seen
    assert set(editor.inspector.times["review"].boxes.values()) <= seen
