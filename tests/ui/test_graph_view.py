from typing import Any

import pytest
from builders import corrected, needs, owed, policy, provisional, scenario
from networks import fixed
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.simulation import simulate
from approvalsim.summary import summarise
from approvalsim.tally import digest
from approvalsim_ui import language, theme
from approvalsim_ui.duration_text import parsed
from approvalsim_ui.graph_edits import dependency, edges_of, mode_of
from approvalsim_ui.graph_scene import Key
from approvalsim_ui.graph_view import GraphView

Wishes = list[tuple[Scenario, str]]


def text(words: str) -> dict[str, str]:
    return {"zh": f"{words}（中）", "en": words}


def example() -> Scenario:
    """Filing, then land and bank, then permit (land may be provisional, bank may follow)."""
    stages = {
        "filing": {"name": text("Filing"), "prepare": fixed(5), "department": "office"},
        "land": {
            "name": text("Land"),
            "prepare": fixed(30),
            "review": fixed(10),
            "after": {"filing": {}},
            "correction": corrected(rework=3),
        },
        "bank": {"name": text("Bank"), "prepare": fixed(20), "after": {"filing": {}}},
        "permit": {
            "name": text("Permit"),
            "prepare": fixed(8),
            "after": {"land": provisional(2.0), "bank": owed(due=20.0)},
        },
    }
    milestones = {"groundbreaking": {"name": text("Start"), **needs("permit")}}
    department = {"office": {"name": text("Office")}}
    return scenario(stages, milestones, department=department, commitment=policy(remedy=5.0))


@pytest.fixture
def view(qtbot: QtBot) -> GraphView:
    made = GraphView()
    qtbot.addWidget(made)
    made.canvas.graph.animated = False
    made.resize(1100, 640)
    made.show_scenario(example(), "commitment")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.canvas.setFocus()
    return made


@pytest.fixture
def wishes(view: GraphView) -> Wishes:
    """What the view asks for; every wish is granted, as the shell does."""
    found: Wishes = []

    def take(wanted: Scenario, said: str) -> None:
        found.append((wanted, said))
        view.show_scenario(wanted)

    view.edited.connect(take)
    return found


def place(view: GraphView, key: Key) -> QPoint:
    """Where a card or arrow is in the window."""
    item: Any = view.canvas.graph.item_of(key)
    if isinstance(key, tuple):
        # A bit before the middle, where no word and no other arrow is in the way.
        for share in (0.3, 0.2, 0.4, 0.5, 0.6, 0.1):
            spot = view.canvas.mapFromScene(item.along(share))
            if view.canvas.key_at(spot) == key:
                return spot
        raise AssertionError(f"{key} cannot be hit")
    return view.canvas.mapFromScene(item.mapRectToScene(item.outline_rect()).center())


def drag(qtbot: QtBot, view: GraphView, source: Key, target: Key) -> None:
    port, begin, end = view.canvas.viewport(), place(view, source), place(view, target)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
    for step in range(1, 6):
        qtbot.mouseMove(port, begin + (end - begin) * step / 5)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def click(qtbot: QtBot, view: GraphView, key: Key) -> None:
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(view, key))


def press(qtbot: QtBot, view: GraphView, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(view.canvas, key)


def test_every_stage_milestone_and_dependency_is_shown_in_words(view: GraphView) -> None:
    graph = view.canvas.graph

    assert set(graph.cards) == {"filing", "land", "bank", "permit", "groundbreaking"}
    assert set(graph.arrows) == set(edges_of(example()))
    assert graph.cards["filing"].card.department == "Office"
    assert graph.cards["land"].card.facts == ("40 d", "slack 0 d")
    assert graph.arrows["land", "permit"].arrow.word == "pre-review"
    assert graph.arrows["bank", "permit"].arrow.word == "deferred"
    assert "Bank" in graph.arrows["bank", "permit"].arrow.spoken
    assert "20 working days" in graph.arrows["bank", "permit"].arrow.spoken


def test_a_run_shows_how_often_each_stage_determined_the_start(view: GraphView) -> None:
    plan = compile_plan(example())
    summary = summarise(digest(simulate(plan, 1, range(2)), plan))

    view.show_criticality(summary)

    card = view.canvas.graph.cards["land"].card
    assert card.share == summary.stages["land"].criticality
    assert card.share_words == f"critical {language.percent(card.share)}"


def test_a_drag_from_card_to_card_adds_a_dependency(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    drag(qtbot, view, "land", "bank")

    [(wanted, said)] = wishes
    assert dependency(wanted, "land", "bank") is not None
    assert said == "add Land → Bank"
    assert ("land", "bank") in view.canvas.graph.arrows


def test_a_drag_that_would_close_a_circle_is_refused_in_words(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    drag(qtbot, view, "permit", "filing")

    assert wishes == []
    assert view.foot.currentWidget() is view.said
    assert "circle" in view.said.text()
    assert "“Filing” → “Land” → “Permit” → “Filing”" in view.said.text()


def test_a_refusal_stays_until_somebody_points_at_something_else(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    drag(qtbot, view, "permit", "filing")
    plan = compile_plan(example())
    view.show_criticality(summarise(digest(simulate(plan, 1, range(2)), plan)))
    assert "circle" in view.said.text()

    view.canvas.go_to("land")
    assert "circle" not in view.said.text()


def test_a_drag_into_the_void_adds_nothing(qtbot: QtBot, view: GraphView, wishes: Wishes) -> None:
    port, begin = view.canvas.viewport(), place(view, "land")
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(port, QPoint(3, 3))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))

    assert wishes == []
    assert view.canvas._rubber is None


def test_a_chosen_arrow_is_removed_with_delete(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    drag(qtbot, view, "filing", "permit")
    click(qtbot, view, ("filing", "permit"))
    press(qtbot, view, Qt.Key.Key_Delete)

    assert wishes[-1][1] == "remove Filing → Permit"
    assert wishes[-1][0] == example()
    assert view.canvas.graph.current is None


def test_what_may_not_be_removed_says_why(qtbot: QtBot, view: GraphView, wishes: Wishes) -> None:
    click(qtbot, view, ("permit", "groundbreaking"))
    press(qtbot, view, Qt.Key.Key_Delete)

    assert wishes == []
    assert "“Start”" in view.said.text()


@pytest.mark.parametrize(
    ("key", "mode"),
    [(Qt.Key.Key_1, "hard"), (Qt.Key.Key_3, "deferred")],
)
def test_a_number_changes_the_kind_of_the_chosen_arrow(
    qtbot: QtBot, view: GraphView, wishes: Wishes, key: Qt.Key, mode: str
) -> None:
    click(qtbot, view, ("land", "permit"))
    press(qtbot, view, key)

    found = dependency(wishes[0][0], "land", "permit")
    assert found is not None
    assert mode_of(found) == mode
    assert view.canvas.graph.arrows["land", "permit"].arrow.mode == mode


def test_the_menu_offers_the_kinds_that_are_possible(view: GraphView, wishes: Wishes) -> None:
    into_stage = view.editing.menu_for(("bank", "permit"))
    into_milestone = view.editing.menu_for(("permit", "groundbreaking"))
    kinds = [action.text() for action in into_stage.actions() if action.isCheckable()]

    assert kinds == ["strict", "pre-review", "deferred"]
    assert [a.text() for a in into_stage.actions() if a.isChecked()] == ["deferred"]
    assert "pre-review" not in [action.text() for action in into_milestone.actions()]
    next(a for a in into_stage.actions() if a.text() == "strict").trigger()
    assert wishes[0][1] == "make Bank → Permit strict"


def test_a_right_click_opens_the_menu_of_what_is_there(qtbot: QtBot, view: GraphView) -> None:
    edge = ("bank", "permit")
    where = place(view, edge)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, view.canvas.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(view.canvas.viewport(), event)

    assert view.canvas.graph.current == edge
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "pre-review" in [action.text() for action in menu.actions()]
    menu.close()


def test_the_menu_key_opens_the_menu_of_what_the_keyboard_is_at(
    qtbot: QtBot, view: GraphView
) -> None:
    asked: list[Any] = []
    view.canvas.menu_wish.disconnect(view.editing._menu)
    view.canvas.menu_wish.connect(lambda key, place: asked.append(key))
    view.canvas.go_to(("land", "permit"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view.canvas, event)

    assert asked == [("land", "permit")]


@pytest.fixture
def neighbours(qtbot: QtBot, view: GraphView) -> tuple[QWidget, QLineEdit, QPushButton]:
    """The graph between a field before it and a button behind it."""
    window = QWidget()
    before, behind = QLineEdit(), QPushButton()
    column = QVBoxLayout(window)
    for part in (before, view.canvas, behind):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    qtbot.waitExposed(window)
    return window, before, behind


def test_tab_walks_through_everything_and_leaves(
    qtbot: QtBot, view: GraphView, neighbours: tuple[QWidget, QLineEdit, QPushButton]
) -> None:
    _, before, behind = neighbours
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    seen = []
    while view.canvas.hasFocus() and len(seen) < 50:
        seen.append(view.canvas.graph.current)
        qtbot.keyClick(view.canvas, Qt.Key.Key_Tab)

    graph = view.canvas.graph
    assert set(seen) == {*graph.cards, *graph.arrows}
    assert len(seen) == len(graph.cards) + len(graph.arrows)
    assert seen[0] == "filing"
    assert behind.hasFocus()
    qtbot.keyClick(behind, Qt.Key.Key_Backtab)
    back = []
    while view.canvas.hasFocus() and len(back) < 50:
        back.append(graph.current)
        qtbot.keyClick(view.canvas, Qt.Key.Key_Backtab)
    assert back == seen[::-1]


def test_arrow_keys_go_to_the_next_card_and_to_the_ends_of_an_arrow(
    qtbot: QtBot, view: GraphView
) -> None:
    view.canvas.go_to("filing")
    boxes = view.canvas.graph.layout.boxes
    press(qtbot, view, Qt.Key.Key_Right)
    second = view.canvas.graph.current
    assert second in ("land", "bank")
    down = boxes["bank"].y > boxes["land"].y
    view.canvas.go_to("land")
    press(qtbot, view, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
    assert view.canvas.graph.current == "bank"

    view.canvas.go_to(("bank", "permit"))
    press(qtbot, view, Qt.Key.Key_Right)
    assert view.canvas.graph.current == "permit"
    view.canvas.go_to(("filing", "bank"))
    press(qtbot, view, Qt.Key.Key_Down)
    assert view.canvas.graph.current == ("filing", "land")


def test_what_the_keyboard_is_at_is_said_for_those_who_listen(
    qtbot: QtBot, view: GraphView
) -> None:
    view.canvas.go_to(("land", "permit"))

    assert "Pre-review" in view.canvas.accessibleDescription()
    assert view.canvas.accessibleName() == "Dependency graph"


def test_a_dependency_is_drawn_with_the_keyboard_alone(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.canvas.go_to("land")
    press(qtbot, view, Qt.Key.Key_L)
    assert "“Land”" in view.said.text()
    view.canvas.go_to("bank")
    press(qtbot, view, Qt.Key.Key_Return)

    assert wishes[0][1] == "add Land → Bank"


def test_escape_gives_up_drawing(qtbot: QtBot, view: GraphView, wishes: Wishes) -> None:
    view.canvas.go_to("land")
    press(qtbot, view, Qt.Key.Key_L, Qt.Key.Key_Escape)
    view.canvas.go_to("bank")
    press(qtbot, view, Qt.Key.Key_Return)

    assert wishes == []
    assert view.editing.card_panel.isVisible()


def test_enter_opens_the_small_editor_and_escape_closes_it(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.canvas.go_to(("bank", "permit"))
    press(qtbot, view, Qt.Key.Key_Return)
    panel = view.editing.edge_panel
    assert panel.isVisible()
    assert panel.kind.hasFocus()
    assert panel.kind.currentText() == "deferred"
    assert (panel.due.value(), panel.grace.value()) == (20.0, 0.0)

    qtbot.keyClick(panel.kind, Qt.Key.Key_Up)
    assert wishes[-1][1] == "make Bank → Permit pre-review"
    assert not panel.due.isVisible()

    qtbot.keyClick(panel.kind, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert view.canvas.hasFocus()


def test_terms_are_changed_in_the_small_editor(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.editing.open(("bank", "permit"))
    panel = view.editing.edge_panel
    panel.due.selectAll()
    qtbot.keyClicks(panel.due, "7")
    qtbot.keyClick(panel.due, Qt.Key.Key_Return)
    panel.uptake.selectAll()
    qtbot.keyClicks(panel.uptake, "40")
    qtbot.keyClick(panel.uptake, Qt.Key.Key_Return)

    edge: Any = dependency(wishes[-1][0], "bank", "permit")
    assert (edge.due, edge.uptake) == (7.0, 0.4)
    assert wishes[-1][1] == "change Bank → Permit"


def test_the_time_to_issue_is_typed_in_the_small_editor(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.editing.open(("land", "permit"))
    panel = view.editing.edge_panel
    assert panel.issue.isVisible()
    assert panel.issue.text() == "2 d"
    panel.issue.selectAll()
    qtbot.keyClicks(panel.issue, "1/2/6 d")
    qtbot.keyClick(panel.issue, Qt.Key.Key_Return)

    edge: Any = dependency(wishes[-1][0], "land", "permit")
    assert (edge.issue.min, edge.issue.mode, edge.issue.max) == (1.0, 2.0, 6.0)
    assert (edge.issue.unit, edge.issue.source) == ("days", None)
    assert wishes[-1][1] == "change Land → Permit"
    assert panel.issue.text() == "1/2/6 d"

    panel.issue.clear()
    qtbot.keyClick(panel.issue, Qt.Key.Key_Return)
    edge = dependency(wishes[-1][0], "land", "permit")
    assert edge.issue is None
    qtbot.keyClicks(panel.issue, "4")
    qtbot.keyClick(panel.issue, Qt.Key.Key_Return)
    assert panel.issue.text() == "4 wd"
    language.use(QApplication.instance(), "zh")  # type: ignore[arg-type]
    QApplication.processEvents()
    assert parsed(panel.issue.text()) == {"dist": "fixed", "value": 4.0, "unit": "workdays"}
    assert len(wishes) == 3


def test_a_time_to_issue_that_cannot_be_is_refused_and_escape_gives_it_up(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.editing.open(("land", "permit"))
    panel = view.editing.edge_panel
    for typed, said in (("soon", "Three numbers"), ("9/2/6", "Not possible")):
        panel.issue.selectAll()
        qtbot.keyClicks(panel.issue, typed)
        qtbot.keyClick(panel.issue, Qt.Key.Key_Return)
        assert said in view.said.text()
        assert panel.issue.text() == "2 d"
    panel.issue.setFocus()
    qtbot.keyClicks(panel.issue, "5")
    qtbot.keyClick(panel.issue, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert wishes == []


def test_a_stage_gets_something_to_wait_for_in_its_small_editor(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.editing.open("bank")
    panel = view.editing.card_panel
    offered = [panel.candidate.itemText(row) for row in range(panel.candidate.count())]
    assert offered == ["Land", "Permit"]
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)

    assert wishes[0][1] == "add Land → Bank"
    assert panel.candidate.itemText(0) == "Permit"
    qtbot.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert len(wishes) == 1
    assert "circle" in view.said.text()


def test_an_editor_does_not_hide_what_it_is_about(view: GraphView) -> None:
    for key in ("filing", "groundbreaking"):
        view.editing.open(key)
        item = view.canvas.graph.cards[key]
        rect = view.canvas.mapFromScene(item.sceneBoundingRect()).boundingRect()
        rect.translate(view.canvas.pos())
        assert not view.editing.card_panel.geometry().intersects(rect)


def test_an_editor_closes_when_its_dependency_is_gone(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    drag(qtbot, view, "filing", "permit")
    view.editing.open(("filing", "permit"))
    qtbot.mouseClick(view.editing.edge_panel.remove_button, Qt.MouseButton.LeftButton)

    assert wishes[-1][0] == example()
    assert not view.editing.edge_panel.isVisible()


def test_grades_that_may_relax_a_dependency_are_ticked(
    qtbot: QtBot, view: GraphView, wishes: Wishes
) -> None:
    view.editing.open(("bank", "permit"))
    [grade] = view.editing.edge_panel.grades.findChildren(QCheckBox)
    assert grade.isChecked()
    qtbot.keyClick(grade, Qt.Key.Key_Space)

    assert wishes[0][0].commitment is not None
    assert wishes[0][0].commitment.grades["A"].may_relax == ("land->permit",)


def test_the_other_path_changes_lines_in_place(qtbot: QtBot, view: GraphView) -> None:
    graph = view.canvas.graph
    before = {name: item.pos() for name, item in graph.cards.items()}
    items = dict(graph.arrows)

    with qtbot.waitSignal(view.path_changed) as told:
        qtbot.mouseClick(view.bar.paths["standard"], Qt.MouseButton.LeftButton)

    assert told.args == ["standard"]
    assert graph.arrows == items
    assert graph.arrows["land", "permit"].arrow.mode == "hard"
    assert {name: item.pos() for name, item in graph.cards.items()} == before


def test_only_what_changes_moves_and_it_glides(qtbot: QtBot, view: GraphView) -> None:
    graph = view.canvas.graph
    graph.animated = True
    start = {name: item.pos() for name, item in graph.cards.items()}
    seen: list[dict[str, Any]] = []
    graph.progressed.connect(
        lambda _: seen.append({name: item.pos() for name, item in graph.cards.items()})
    )
    stages = dict(example().stage)
    stages["extra"] = stages["bank"].model_copy(update={"after": {}, "name": None})
    stages["permit"] = stages["permit"].model_copy(
        update={"after": {**stages["permit"].after, "extra": stages["land"].after["filing"]}}
    )
    view.show_scenario(example().model_copy(update={"stage": stages}))
    assert graph.moving
    qtbot.waitUntil(lambda: not graph.moving)

    end = {name: item.pos() for name, item in graph.cards.items()}
    for name, began in start.items():
        places = {(each[name].x(), each[name].y()) for each in seen}
        if began == end[name]:
            assert len(places) == 1
    moved = [name for name, began in start.items() if began != end[name]]
    assert moved
    first = moved[0]
    on_the_way = [each[first] for each in seen if each[first] not in (start[first], end[first])]
    assert on_the_way


def test_without_motion_everything_is_in_place_at_once(qtbot: QtBot, view: GraphView) -> None:
    qtbot.mouseClick(view.bar.motion, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert not view.canvas.graph.animated
    view.show_scenario(example(), "standard")

    assert not view.canvas.graph.moving


def test_wheel_and_keys_zoom_and_f_fits_again(qtbot: QtBot, view: GraphView) -> None:
    fitted = view.canvas.zoom
    press(qtbot, view, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert view.canvas.zoom == pytest.approx(fitted * 1.44)
    press(qtbot, view, Qt.Key.Key_Minus)
    assert view.canvas.zoom == pytest.approx(fitted * 1.2)
    press(qtbot, view, Qt.Key.Key_F)
    assert view.canvas.zoom == pytest.approx(fitted)


def test_zooming_keeps_what_is_under_the_pointer_there(view: GraphView) -> None:
    view.canvas.zoom_by(2.0)
    at = QPointF(view.canvas.viewport().rect().center()) + QPointF(30, 20)
    before = view.canvas.mapToScene(at.toPoint())
    view.canvas.zoom_by(1.2, at)
    after = view.canvas.mapToScene(at.toPoint())

    assert (after - before).manhattanLength() < 3


def test_all_of_it_is_in_view_after_fitting(view: GraphView) -> None:
    port = view.canvas.viewport().rect()

    for item in view.canvas.graph.cards.values():
        rect = view.canvas.mapFromScene(item.sceneBoundingRect()).boundingRect()
        assert port.contains(rect)


def test_f_again_shows_all_of_what_does_not_fit(qtbot: QtBot, view: GraphView) -> None:
    stages = {f"s{n}": {"after": {f"s{n - 1}": {}} if n else {}} for n in range(40)}
    view.resize(500, 400)
    view.show_scenario(scenario(stages, {"groundbreaking": needs("s39")}))
    press(qtbot, view, Qt.Key.Key_F)
    view.canvas.fitted = False
    press(qtbot, view, Qt.Key.Key_F)
    readable = view.canvas.zoom
    press(qtbot, view, Qt.Key.Key_F)

    assert view.canvas.zoom < readable
    test_all_of_it_is_in_view_after_fitting(view)
    press(qtbot, view, Qt.Key.Key_F)
    assert view.canvas.zoom == pytest.approx(readable)


def test_another_size_of_the_window_folds_anew(qtbot: QtBot, view: GraphView) -> None:
    wide = view.canvas.graph.layout
    view.resize(520, 900)
    qtbot.waitUntil(lambda: view.canvas.graph.layout != wide)
    folded = view.canvas.graph.layout

    assert folded.width < wide.width
    assert folded.height > wide.height


def test_the_background_is_dragged_to_pan(qtbot: QtBot, view: GraphView) -> None:
    view.canvas.zoom_by(3.0)
    before = view.canvas.mapToScene(QPoint(0, 0))
    port = view.canvas.viewport()
    empty = next(
        QPoint(x, y)
        for x in range(5, port.width(), 10)
        for y in range(5, port.height(), 10)
        if view.canvas.key_at(QPoint(x, y)) is None
    )
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=empty)
    qtbot.mouseMove(port, empty - QPoint(0, 40))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=empty - QPoint(0, 40))

    assert view.canvas.mapToScene(QPoint(0, 0)).y() > before.y()


def test_while_hidden_it_only_remembers_what_to_show(qtbot: QtBot, view: GraphView) -> None:
    view.hide()
    shown = view.canvas.graph.picture
    view.show_scenario(example(), "standard")
    assert view.canvas.graph.picture is shown

    view.show()
    assert view.canvas.graph.arrows["land", "permit"].arrow.mode == "hard"


def test_a_scenario_that_goes_in_a_circle_is_told_and_not_drawn(view: GraphView) -> None:
    stages = dict(example().stage)
    waits = {**stages["filing"].after, "permit": stages["land"].after["filing"]}
    stages["filing"] = stages["filing"].model_copy(update={"after": waits})

    view.show_scenario(example().model_copy(update={"stage": stages}))

    assert view.canvas.graph.cards == {}
    assert "circle" in view.said.text()


def test_hovering_says_what_is_meant(qtbot: QtBot, view: GraphView) -> None:
    qtbot.mouseMove(view.canvas.viewport(), place(view, ("bank", "permit")))

    assert view.foot.currentWidget() is view.said
    assert view.said.text().startswith("Deferred: “Permit” goes ahead")
    qtbot.mouseMove(view.canvas.viewport(), QPoint(2, 2))
    assert view.foot.currentWidget() is view.legend


def test_names_follow_the_language(qtbot: QtBot, qapp: QApplication, view: GraphView) -> None:
    language.use(qapp, "zh")

    qtbot.waitUntil(lambda: view.canvas.graph.cards["land"].card.title == "Land（中）")


def test_colours_follow_the_theme(qapp: QApplication, view: GraphView) -> None:
    theme.apply(qapp, "dark")

    assert view.canvas.graph.cards["land"].colours is theme.DARK
    assert view.canvas.backgroundBrush().color() == theme.DARK.window


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_export_is_asked_for(qtbot: QtBot, view: GraphView, kind: str) -> None:
    with qtbot.waitSignal(view.export_wanted) as told:
        view.bar.kinds[kind].trigger()
    assert told.args == [kind]


def test_exported_pictures_can_be_opened_again(view: GraphView, tmp_path: Any) -> None:
    theme_before = theme.current()
    svg, png = str(tmp_path / "graph.svg"), str(tmp_path / "graph.png")
    assert view.export("svg", svg)
    assert view.export("png", png)

    renderer = QSvgRenderer(svg)
    assert renderer.isValid()
    said = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    assert "Permit" in said
    assert "scenario network" in said
    image = QImage(png)
    assert image.width() == pytest.approx(2 * renderer.viewBoxF().width(), abs=4)
    assert image.pixelColor(3, 3) == theme.LIGHT.panel
    assert theme.current() == theme_before


def test_export_into_nowhere_is_told_to_the_caller(view: GraphView, tmp_path: Any) -> None:
    assert not view.export("png", str(tmp_path / "no" / "such" / "folder.png"))
