"""Figures as a table: on the screen in words, in files and on the clipboard in full."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isfinite, isnan, nan
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from approvalsim.estimate import Estimate
from approvalsim_ui import language, theme

Form = Literal[
    "text", "date", "days", "change", "share", "share change", "count", "change count", "whole"
]
"""How a column's values are written; changes carry their sign."""
Cell = str | date | float | Estimate | None
Index = QModelIndex | QPersistentModelIndex

NOTHING = "–"
_BLANK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Column:
    """A column's heading, how it is written, and the side it belongs to."""

    head: str
    form: Form = "text"
    side: Literal["a", "b"] | None = None


@dataclass(frozen=True)
class Figures:
    """A table of figures; the intervals of `Estimate` cells have columns of their own in files."""

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    def csv(self) -> str:
        """For spreadsheets: numbers in full, dates as ISO 8601, shares as fractions."""
        return self._written(",")

    def tsv(self) -> str:
        """The same for the clipboard."""
        return self._written("\t")

    def _written(self, delimiter: str) -> str:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=delimiter)
        with_interval = [
            any(isinstance(row[n], Estimate) for row in self.rows) for n in range(len(self.columns))
        ]
        writer.writerow(
            head
            for column, wide in zip(self.columns, with_interval, strict=True)
            for head in _heads(column.head, wide)
        )
        for row in self.rows:
            writer.writerow(
                part
                for cell, wide in zip(row, with_interval, strict=True)
                for part in _parts(cell, wide)
            )
        return text.getvalue()


def _heads(head: str, with_interval: bool) -> tuple[str, ...]:
    if not with_interval:
        return (head,)
    translate = QCoreApplication.translate
    return (
        head,
        translate("Figures", "{}, 95 % from").format(head),
        translate("Figures", "{}, 95 % to").format(head),
    )


def _parts(cell: Cell, with_interval: bool) -> Iterator[str]:
    if isinstance(cell, Estimate):
        yield from map(_plain, (cell.value, cell.low, cell.high))
        return
    yield _plain(cell)
    if with_interval:
        yield from ("", "")


def _plain(cell: str | date | float | None) -> str:
    if cell is None or (isinstance(cell, float) and not isfinite(cell)):
        return ""
    return cell if isinstance(cell, str) else str(cell)


def written(cell: Cell, form: Form) -> str:
    """A cell as people read it, its interval in brackets."""
    if isinstance(cell, Estimate):
        value = _value(cell.value, form)
        if value == NOTHING or not isfinite(cell.half_width) or cell.low == cell.high:
            return value
        bounds = (_value(bound, form, unit=False) for bound in (cell.low, cell.high))
        span = f"{_BLANK}–{_BLANK}".join(bounds)
        return f"{value} ({span})" if language.current() == "en" else f"{value}（{span}）"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return language.day(cell)
    return _value(nan if cell is None else float(cell), form)


def _value(value: float, form: Form, unit: bool = True) -> str:
    if isnan(value):
        return NOTHING
    if form == "share" and unit:
        return language.percent(value, 1)
    scale = 100 if form in {"share", "share change"} else 1
    decimals = {"count": 2, "change count": 2, "whole": 0}.get(form, 1)
    if decimals == 2 and abs(value) >= 10:
        decimals = 1 if abs(value) < 1000 else 0
    text = language.number(value * scale, decimals)
    if "change" in form and round(value * scale, decimals) > 0:
        text = f"+{text}"
    return text


class FiguresModel(QAbstractTableModel):
    """Shows figures; numbers stand to the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._figures = Figures()

    @property
    def figures(self) -> Figures:
        """What is shown."""
        return self._figures

    def show_figures(self, figures: Figures) -> None:
        """Show other figures; a table of the same shape keeps its selection and place."""
        old, self._figures = self._figures, figures
        if old == figures:
            return
        if old.columns != figures.columns or len(old.rows) != len(figures.rows):
            self._figures = old
            self.beginResetModel()
            self._figures = figures
            self.endResetModel()
        elif figures.rows:
            last = self.index(len(figures.rows) - 1, len(figures.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self._figures.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self._figures.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid():
            return None
        column = self._figures.columns[index.column()]
        cell = self._figures.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return written(cell, column.form)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = isinstance(cell, str) and column.form == "text"
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: D102
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(
            self._figures.columns
        ):
            return None
        column = self._figures.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role == Qt.ItemDataRole.ForegroundRole and column.side:
            colours = theme.colours()
            return colours.side_a if column.side == "a" else colours.side_b
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = column.form == "text"
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
