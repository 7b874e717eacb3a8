"""The commitment policy: grades, shares that add up, promises, deadlines; all by hand and keys."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from approvalsim.parameters import parameters
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim.validation import problems
from approvalsim_ui import language
from approvalsim_ui.cell_roles import CHANGED_ROLE
from approvalsim_ui.grade_table import COLUMNS
from approvalsim_ui.policy_panel import PolicyPanel
from approvalsim_ui.relaxations import allowed, relaxations

DISTRICT = load(find("jianghai-2022"))
STANDARD = load(find("standard"))
PROMISES = {one.name for one in relaxations(DISTRICT) if one.mode == "deferred"}


@pytest.fixture
def panel(qtbot: QtBot) -> PolicyPanel:
    view = PolicyPanel()
    qtbot.addWidget(view)
    view.resize(1280, 700)
    view.show_scenario(DISTRICT, DISTRICT)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def edits(panel: PolicyPanel) -> list[Scenario]:
    found: list[Scenario] = []
    panel.edited.connect(lambda scenario, _text, _key: found.append(scenario))
    return found


def cell(panel: PolicyPanel, grade: str, field: str) -> QModelIndex:
    return panel.grades.index(panel.grades.row_of(grade), COLUMNS.index(field))


def grade(scenario: Scenario, name: str) -> Any:
    assert scenario.commitment is not None
    return scenario.commitment.grades[name]


def click(panel: PolicyPanel, index: QModelIndex, qtbot: QtBot) -> None:
    table = panel.grade_table
    point = table.visualRect(index).center() + QPoint(10, 0)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_the_models_keep_qts_rules(panel: PolicyPanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.grades)
    qtmodeltester.check(panel.edges)


def test_commitments_for_grade_c_are_one_click(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    assert not set(allowed(DISTRICT, "C")) & PROMISES
    click(panel, cell(panel, "C", "deferred"), qtbot)
    assert set(allowed(edits[-1], "C")) >= PROMISES
    assert problems(edits[-1]) == ()
    assert cell(panel, "C", "deferred").data(CHANGED_ROLE)
    assert not cell(panel, "C", "prereview").data(CHANGED_ROLE)
    click(panel, cell(panel, "C", "deferred"), qtbot)
    assert content_hash(edits[-1]) == content_hash(DISTRICT)


def test_a_tick_is_set_with_the_space_bar(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    panel.focus_field(("commitment", "grades", "C", "may_relax"))
    assert panel.grade_table.currentIndex() == cell(panel, "C", "deferred")
    qtbot.keyClick(panel.grade_table, Qt.Key.Key_Space)
    assert set(allowed(edits[-1], "C")) >= PROMISES


def test_a_grade_that_may_some_becomes_one_that_may_all_and_then_none(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    index = cell(panel, "B", "deferred")
    assert index.data() == "some"
    click(panel, index, qtbot)
    assert index.data() == "yes"
    click(panel, index, qtbot)
    assert index.data() == "no"
    assert not set(allowed(edits[-1], "B")) & PROMISES


def test_one_dependency_is_ticked_for_one_grade(panel: PolicyPanel, edits: list[Scenario]) -> None:
    row = next(n for n, one in enumerate(relaxations(DISTRICT)) if one.source == "design_review")
    column = 5 + list(DISTRICT.commitment.grades).index("B")  # type: ignore[union-attr]
    index = panel.edges.index(row, column)
    assert index.data() == "no"
    role = Qt.ItemDataRole.CheckStateRole
    assert panel.edges.setData(index, Qt.CheckState.Checked, role)
    assert "design_review->construction_permit" in allowed(edits[-1], "B")
    assert index.data(CHANGED_ROLE)


def test_all_permissions_of_a_grade_without_a_list_stay_without_one(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    for _ in range(2):
        click(panel, cell(panel, "A", "prereview"), qtbot)
    assert grade(edits[0], "A").may_relax is not None
    assert grade(edits[-1], "A").may_relax is None
    assert content_hash(edits[-1]) == content_hash(DISTRICT)


def test_a_breach_rate_is_typed(panel: PolicyPanel, edits: list[Scenario]) -> None:
    assert panel.grades.setData(cell(panel, "C", "breach"), "25%")
    assert grade(edits[-1], "C").breach == 0.25
    assert panel.grades.refusal(cell(panel, "C", "breach"), "140")


def test_shares_that_do_not_add_up_stay_a_draft_and_tell_nobody(
    panel: PolicyPanel, edits: list[Scenario]
) -> None:
    panel.grades.setData(cell(panel, "A", "share"), "40%")
    assert edits == []
    assert panel.grades.has_draft
    assert "110" in panel.total.text()
    assert panel.balance.isVisible()
    panel.grades.setData(cell(panel, "B", "share"), "35%")
    assert not panel.grades.has_draft
    assert [grade(edits[-1], name).share for name in "ABCD"] == [0.4, 0.35, 0.2, 0.05]
    assert problems(edits[-1]) == ()


def test_the_others_can_make_room(panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot) -> None:
    panel.grades.setData(cell(panel, "A", "share"), "65%")
    qtbot.mouseClick(panel.balance, Qt.MouseButton.LeftButton)
    shares = [grade(edits[-1], name).share for name in "ABCD"]
    assert shares[0] == 0.65
    assert sum(shares) == pytest.approx(1)
    assert shares[1] / shares[2] == pytest.approx(0.45 / 0.20, rel=1e-4)


def test_a_draft_can_be_given_up(panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot) -> None:
    panel.grades.setData(cell(panel, "A", "share"), "65%")
    qtbot.mouseClick(panel.drop, Qt.MouseButton.LeftButton)
    assert cell(panel, "A", "share").data() == language.percent(0.3)
    assert edits == []


def test_shares_go_back_together(panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot) -> None:
    panel.grades.setData(cell(panel, "A", "share"), "40%")
    panel.grades.setData(cell(panel, "B", "share"), "35%")
    panel.grade_table.setFocus()
    panel.grade_table.setCurrentIndex(cell(panel, "A", "share"))
    qtbot.keyClick(panel.grade_table, Qt.Key.Key_Delete)
    assert content_hash(edits[-1]) == content_hash(DISTRICT)


@pytest.mark.parametrize(("field", "text", "value"), [(2, "80%", 0.8), (3, "25", 25), (4, "5", 5)])
def test_uptake_and_deadlines_are_typed(
    panel: PolicyPanel, edits: list[Scenario], field: int, text: str, value: float
) -> None:
    row = next(n for n, one in enumerate(relaxations(DISTRICT)) if one.source == "financing")
    assert panel.edges.setData(panel.edges.index(row, field), text)
    edge = edits[-1].stage["construction_permit"].after["financing"]
    assert value in (edge.uptake, edge.due, edge.grace)
    assert panel.edges.index(row, field).data(CHANGED_ROLE)


def test_a_pre_review_has_no_deadline(panel: PolicyPanel) -> None:
    index = panel.edges.index(0, 3)
    assert index.data() == "–"
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    assert not panel.edges.setData(index, "5")


def test_the_policy_is_switched_off_and_on(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    panel.enabled.setFocus()
    qtbot.keyClick(panel.enabled, Qt.Key.Key_Space)
    assert not edits[-1].commitment.enabled  # type: ignore[union-attr]
    assert "off" in panel.enabled.text()
    qtbot.keyClick(panel.enabled, Qt.Key.Key_Space)
    assert edits[-1] == DISTRICT


def test_the_share_of_projects_moves_with_its_slider(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    panel.focus_field(("commitment", "share"))
    assert panel.share.box.hasFocus()
    panel.share.slider.setFocus()
    qtbot.keyClick(panel.share.slider, Qt.Key.Key_Right)
    assert edits[-1].commitment.share == 0.61  # type: ignore[union-attr]


def test_projects_that_never_take_the_path_can_be_let_in(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    boxes = panel.barred.boxes
    assert len(boxes) == 2
    place, box = next(iter(boxes.items()))
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert edits[-1].stage["eia"].variant[int(place[3])].commitment is None
    assert box.isVisible(), "so that it can be barred again"
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert content_hash(edits[-1]) == content_hash(DISTRICT)


def test_a_scenario_without_a_policy_can_be_given_one(qtbot: QtBot) -> None:
    view = PolicyPanel()
    qtbot.addWidget(view)
    found: list[Scenario] = []
    view.edited.connect(lambda scenario, _text, _key: found.append(scenario))
    view.show_scenario(STANDARD, STANDARD)
    view.show()
    assert view.empty.isVisible()
    qtbot.mouseClick(view.add, Qt.MouseButton.LeftButton)
    assert problems(found[-1]) == ()
    assert not view.empty.isVisible()
    added = [p for p in parameters(found[-1]) if p.place[0] == "commitment"]
    assert added
    assert all(p.evidence.assumed for p in added)


NUMBERS = [
    found.place
    for found in parameters(DISTRICT)
    if found.place[0] == "commitment" or found.place[-1] in ("uptake", "due", "grace")
]


def test_every_number_of_the_policy_can_be_reached(panel: PolicyPanel) -> None:
    for place in NUMBERS:
        assert panel.focus_field(place), place
        focus = QApplication.focusWidget()
        assert focus is not None
        assert panel.isAncestorOf(focus), place


def test_places_of_others_are_left_to_them(panel: PolicyPanel) -> None:
    assert not panel.focus_field(("stage", "eia", "review"))
    assert not panel.focus_field(())


def test_it_follows_the_language_while_open(panel: PolicyPanel, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    QApplication.processEvents()
    texts = [panel.edges.index(row, 0).data() for row in range(panel.edges.rowCount())]
    language.use(qapp, "en")
    assert "金融 → 施工许可与进场" in texts
