"""Where numbers come from: the one under focus, the list, and what users know better."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from approvalsim.parameters import parameter, parameters
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim_ui.edits import stated
from approvalsim_ui.evidence_panel import EvidencePanel
from approvalsim_ui.evidence_words import kind_of
from approvalsim_ui.parameter_table import PLACE_ROLE

DISTRICT = load(find("jianghai-2022"))
LIMIT = ("stage", "eia", "statutory")
PREPARE = ("stage", "eia", "prepare")


@pytest.fixture
def panel(qtbot: QtBot) -> EvidencePanel:
    view = EvidencePanel()
    qtbot.addWidget(view)
    view.resize(420, 760)
    view.show_scenario(DISTRICT, DISTRICT)
    view.show()
    qtbot.waitExposed(view)
    return view


def shown(panel: EvidencePanel) -> list[tuple[str | int, ...]]:
    rows = range(panel.filter.rowCount())
    return [tuple(panel.filter.index(row, 0).data(PLACE_ROLE)) for row in rows]


def test_the_models_keep_qts_rules(panel: EvidencePanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.model)
    qtmodeltester.check(panel.filter)


def test_before_anything_is_chosen_it_says_what_to_do(panel: EvidencePanel) -> None:
    assert panel.card.kind.text()
    assert not panel.card.value.isVisible()


def test_a_sourced_number_names_its_source_which_is_copied_not_opened(
    panel: EvidencePanel, qtbot: QtBot
) -> None:
    panel.show_place(LIMIT)
    assert panel.card.value.text() == "20 working days"
    assert panel.card.source.isVisible()
    qtbot.mouseClick(panel.card.source, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "《环境影响评价法》第二十二条"


def test_an_assumed_number_says_so_in_words(panel: EvidencePanel) -> None:
    panel.show_place(PREPARE)
    assert "assumption" in panel.card.kind.text()
    assert not panel.card.source.isVisible()
    assert "Liangjiang" in panel.card.note.text()


def test_a_default_is_the_programs_own(panel: EvidencePanel) -> None:
    panel.show_place(("stage", "design_review", "correction", "decay"))
    assert "default" in panel.card.kind.text()
    assert not panel.card.source.isVisible()


def test_a_changed_number_shows_what_the_file_says_and_goes_back(
    panel: EvidencePanel, qtbot: QtBot
) -> None:
    changed = stated(DISTRICT, DISTRICT, LIMIT, 15.0)
    panel.show_scenario(changed, DISTRICT)
    panel.show_place(LIMIT)
    assert "15" in panel.card.value.text()
    assert "20 wd" in panel.card.filed.text()
    assert "第二十二条" in panel.card.filed.text()
    assert not panel.card.source.isVisible(), "the law does not say fifteen"
    with qtbot.waitSignal(panel.edited) as edit:
        qtbot.mouseClick(panel.card.reset, Qt.MouseButton.LeftButton)
    assert content_hash(edit.args[0]) == content_hash(DISTRICT)
    assert panel.card.source.isVisible()


def test_a_table_shows_its_first_number(panel: EvidencePanel) -> None:
    panel.show_place(("stage", "eia", "correction"))
    assert "probability" in panel.card.title.text()


def test_who_knows_better_states_a_source(panel: EvidencePanel, qtbot: QtBot) -> None:
    panel.show_place(PREPARE)
    qtbot.mouseClick(panel.card.state, Qt.MouseButton.LeftButton)
    editor = panel.card.editor
    assert editor.source.hasFocus()
    qtbot.keyClicks(editor.source, "our ledger of 2023")
    with qtbot.waitSignal(panel.edited) as edit:
        qtbot.keyClick(editor.source, Qt.Key.Key_Return)
    found = parameter(edit.args[0], PREPARE)
    assert found is not None
    assert found.evidence.source == "our ledger of 2023"
    assert found.value == parameter(DISTRICT, PREPARE).value.model_copy(  # type: ignore[union-attr]
        update={"source": "our ledger of 2023", "assumed": False}
    )
    assert not editor.isVisible()
    assert panel.card.source.text() == "our ledger of 2023"


def test_no_source_makes_it_an_assumption(panel: EvidencePanel, qtbot: QtBot) -> None:
    panel.show_place(("stage", "land_supply", "notice"))
    qtbot.mouseClick(panel.card.state, Qt.MouseButton.LeftButton)
    panel.card.editor.source.clear()
    with qtbot.waitSignal(panel.edited) as edit:
        qtbot.mouseClick(panel.card.editor.take, Qt.MouseButton.LeftButton)
    found = parameter(edit.args[0], ("stage", "land_supply", "notice"))
    assert found is not None
    assert (found.evidence.source, found.evidence.assumed) == (None, True)


def test_the_list_begins_with_all_that_is_assumed(panel: EvidencePanel) -> None:
    assumed = [p.place for p in parameters(DISTRICT) if kind_of(p) == "assumed"]
    assert shown(panel) == assumed
    assert str(len(assumed)) in panel.counts.text()


@pytest.mark.parametrize("kind", ["sourced", "silent", ""])
def test_other_kinds_can_be_listed(panel: EvidencePanel, kind: str) -> None:
    panel.show_kind(kind)  # type: ignore[arg-type]
    expected = [p.place for p in parameters(DISTRICT) if kind in ("", kind_of(p))]
    assert shown(panel) == expected


def test_words_narrow_the_list(panel: EvidencePanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "environmental notice")
    assert shown(panel)
    assert all("eia" in place and "notice" in place for place in shown(panel))


def test_changed_numbers_can_be_listed(panel: EvidencePanel, qtbot: QtBot) -> None:
    panel.show_scenario(stated(DISTRICT, DISTRICT, LIMIT, 15.0), DISTRICT)
    panel.show_kind("changed")
    qtbot.waitUntil(lambda: shown(panel) == [LIMIT])


def test_enter_goes_to_the_field_and_moving_shows_the_evidence(
    panel: EvidencePanel, qtbot: QtBot
) -> None:
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.filter.index(3, 0))
    assert "Drawing review agency" in panel.card.title.text()
    with qtbot.waitSignal(panel.field_requested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked.args == [shown(panel)[3]]


def test_the_card_follows_an_edit_at_once_and_the_list_soon(
    panel: EvidencePanel, qtbot: QtBot
) -> None:
    panel.show_place(LIMIT)
    changed: Scenario = stated(DISTRICT, DISTRICT, LIMIT, 15.0)
    panel.show_scenario(changed, DISTRICT)
    assert panel.card.value.text() == "15 working days"
    row = shown(panel).index(LIMIT) if LIMIT in shown(panel) else -1
    assert row == -1
    qtbot.waitUntil(lambda: LIMIT in shown(panel))
