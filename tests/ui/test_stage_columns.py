"""Room in tables: what bends, what goes, what takes the rest."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from approvalsim.scenario_file import find, load
from approvalsim_ui.stage_editor import StageEditor
from approvalsim_ui.stage_table import COLUMNS
from approvalsim_ui.table_columns import Column, shared_out

COLUMN = st.builds(Column, least=st.integers(20, 80), words=st.booleans(), spare=st.integers(0, 3))


@given(
    st.lists(st.tuples(COLUMN, st.integers(20, 300)), min_size=1, max_size=9), st.integers(0, 2000)
)
def test_columns_fill_the_room_and_never_overflow_it_without_need(
    wishes: list[tuple[Column, int]], room: int
) -> None:
    columns = [column for column, _ in wishes]
    columns[0] = replace(columns[0], spare=0)  # what a row is about always stays
    natural = [max(width, column.least) for column, width in wishes]
    widths = shared_out(natural, columns, len(columns) - 1, room)
    kept = [n for n, width in enumerate(widths) if width]
    stays = [n for n, column in enumerate(columns) if not column.spare]
    assert set(stays) <= set(kept), "only what can be spared goes"
    tightest = sum(columns[n].least if columns[n].words else natural[n] for n in kept)
    assert sum(widths) <= max(room, tightest) if kept else True
    if kept and tightest <= room:
        assert sum(widths) == room
    assert all(widths[n] >= min(columns[n].least, natural[n]) for n in kept)


def test_what_can_be_spared_goes_in_order() -> None:
    columns = [Column(), Column(spare=1), Column(spare=2)]
    assert shared_out([100, 100, 100], columns, 0, 300) == [100, 100, 100]
    assert shared_out([100, 100, 100], columns, 0, 250) == [150, 100, 0]
    assert shared_out([100, 100, 100], columns, 0, 150) == [150, 0, 0]
    assert shared_out([100, 100, 100], columns, 0, 50) == [100, 0, 0]


def test_a_narrow_table_keeps_its_times_and_needs_no_scrolling(qtbot: QtBot) -> None:
    scenario = load(find("jianghai-2022"))
    view = StageEditor()
    qtbot.addWidget(view)
    view.show_scenario(scenario, scenario)
    view.resize(820, 600)
    view.show()
    qtbot.waitExposed(view)
    hidden = {name for n, name in enumerate(COLUMNS) if view.table.isColumnHidden(n)}
    assert "owner" in hidden
    assert not hidden & {"name", "prepare", "review", "notice", "correction"}
    assert view.table.horizontalScrollBar().maximum() == 0
    metrics = QFontMetrics(view.table.font())
    office = view.table.columnWidth(COLUMNS.index("department"))
    if office:
        assert office > metrics.horizontalAdvance("Development"), "words are not broken"
    view.resize(1500, 600)
    qtbot.waitUntil(lambda: not any(view.table.isColumnHidden(n) for n in range(len(COLUMNS))))
    assert view.table.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
