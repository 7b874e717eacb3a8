"""Tables of figures: on the screen with intervals in brackets, in files in full."""

import csv
import io
from datetime import date
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from approvalsim.estimate import Estimate
from approvalsim_ui import language
from approvalsim_ui.figures_table import Cell, Column, Figures, FiguresModel, Form, written

FIGURES = Figures(
    (Column("what"), Column("when", "date"), Column("A", "days", "a"), Column("share", "share")),
    (
        ("mean, of all", date(2022, 12, 31), Estimate(12.34, 11.0, 13.0), 0.5),
        ("none", None, None, nan),
    ),
)


def plain(words: str) -> str:
    """Words with ordinary blanks."""
    return words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize(
    ("cell", "form", "words"),
    [
        (Estimate(12.34, 11.0, 13.06), "days", "12.3 (11.0 – 13.1)"),
        (Estimate(12.34, -inf, inf), "days", "12.3"),
        (Estimate(nan, nan, nan), "days", "–"),
        (Estimate(0.0, 0.0, 0.0), "count", "0.00"),
        (0.1234, "share", "12.3 %"),
        (3.21, "change", "+3.2"),
        (-3.21, "change", "−3.2"),
        (0.01, "change", "0.0"),
        (0.0312, "share change", "+3.1"),
        (131.66, "count", "131.7"),
        (12.0, "whole", "12"),
        (date(2022, 12, 31), "date", "31 Dec 2022"),
        (None, "days", "–"),
        ("words", "text", "words"),
    ],
)
def test_cells_are_written_for_people(cell: Cell, form: Form, words: str) -> None:
    assert plain(written(cell, form)) == words


def test_chinese_cells_are_written_in_chinese(qapp: QApplication) -> None:
    language.use(qapp, "zh")
    assert plain(written(Estimate(12.34, 11.0, 13.06), "days")) == "12.3（11.0 – 13.1）"
    assert written(0.1234, "share") == "12.3%"
    assert written(date(2022, 12, 31), "date") == "2022年12月31日"
    language.use(qapp, "en")


def test_files_hold_numbers_in_full_with_bounds_in_columns_of_their_own() -> None:
    rows = list(csv.reader(io.StringIO(FIGURES.csv())))
    assert rows[0] == ["what", "when", "A", "A, 95 % from", "A, 95 % to", "share"]
    assert rows[1] == ["mean, of all", "2022-12-31", "12.34", "11.0", "13.0", "0.5"]
    assert rows[2] == ["none", "", "", "", "", ""]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_numbers_come_back_from_a_file_to_the_last_bit(values: list[float]) -> None:
    columns = tuple(Column(str(n), "days") for n in range(len(values)))
    text = Figures(columns, (tuple(values),)).csv()
    back = list(csv.reader(io.StringIO(text)))[1]
    assert [float(cell) for cell in back] == values


def test_the_clipboard_gets_columns_apart_by_tabs() -> None:
    head = FIGURES.tsv().splitlines()[0]
    assert head.split("\t")[:3] == ["what", "when", "A"]


def test_the_model_is_a_proper_table(qtmodeltester: ModelTester) -> None:
    model = FiguresModel()
    qtmodeltester.check(model)
    model.show_figures(FIGURES)
    qtmodeltester.check(model)
    model.show_figures(Figures(FIGURES.columns, FIGURES.rows[:1]))
    qtmodeltester.check(model)
    model.show_figures(Figures())
    qtmodeltester.check(model)
    assert model.rowCount(QModelIndex()) == 0


def test_the_model_shows_words_numbers_to_the_right_and_sides_in_their_colours() -> None:
    model = FiguresModel()
    model.show_figures(FIGURES)
    assert plain(model.data(model.index(0, 2))) == "12.3 (11.0 – 13.0)"
    right = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    head = Qt.Orientation.Horizontal
    assert model.headerData(2, head) == "A"
    assert model.headerData(2, head, Qt.ItemDataRole.ForegroundRole) is not None
    assert model.headerData(0, head, Qt.ItemDataRole.ForegroundRole) is None


def test_new_values_of_the_same_shape_do_not_reset_the_table() -> None:
    model = FiguresModel()
    model.show_figures(FIGURES)
    resets, changes = [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.dataChanged.connect(lambda *_: changes.append(1))
    first, second = FIGURES.rows
    model.show_figures(Figures(FIGURES.columns, (first, ("other", None, 1.0, 0.25))))
    assert (len(resets), len(changes)) == (0, 1)
    model.show_figures(Figures(FIGURES.columns, (first,)))
    assert (len(resets), len(changes)) == (1, 1)
    assert second[0] == "none"
