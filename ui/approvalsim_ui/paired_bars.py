"""Bars in pairs, row by row: side A below in blue, side B above in orange, numbers beside them."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPen

from approvalsim.estimate import Estimate
from approvalsim_ui import theme
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.figures_table import Form, written
from approvalsim_ui.legend import Entry
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

_ROW = 46
"""Pixels a row needs for its two bars and their numbers."""
_THICK = 0.34
_APART = 0.24
"""How far a bar stands from the middle of its row, so that the words beside it have room."""


@dataclass(frozen=True)
class Row:
    """A name, a value for each side, and the value whose bar is as long as can be."""

    name: str
    a: Estimate | float | None
    b: Estimate | float | None
    full: float
    form: Form = "count"


class PairedBars(AnswerChart):
    """A chart of rows; each row may have a scale of its own, and says its numbers in words."""

    reads_along = "y"

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """What to show, from top to bottom."""

    def _build(self) -> None:
        self.axis("left").setGrid(False)
        self.axis("left").setStyle(tickLength=0)
        self._bars: dict[str, Any] = {}
        self._labels: dict[str, list[PlotLabel]] = {"a": [], "b": []}
        for side in "ab":
            self._bars[side] = pg.BarGraphItem(x0=[], x1=[], y=[], height=_THICK)
            self.plot.addItem(self._bars[side])

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for side, colour in (("a", colours.side_a), ("b", colours.side_b)):
            self._bars[side].setOpts(brush=colour, pen=QPen(Qt.PenStyle.NoPen))
            for label in self._labels[side]:
                label.show_colours(colours.text)
        self.axis("left").setTextPen(QPen(colours.text))

    def _draw(self) -> None:
        rows = self.rows()
        self.plot.setMinimumHeight(_ROW * max(len(rows), 2) + 16)
        self._draw_names(rows)
        self._make_labels(len(rows))
        if not rows:
            return
        words = {side: [self._words(row, side) for row in rows] for side in "ab"}
        widest = max(self.text_width(f"  {text} ") for both in words.values() for text in both)
        width, _ = self.room()
        self.fit((0.0, width / max(width - widest - 8, 40)), (-0.6, len(rows) - 0.4), (0, 0))
        place = len(rows) - 1.0 - np.arange(len(rows))
        for side, shift in (("a", -_APART), ("b", _APART)):
            values = [_value(getattr(row, side)) for row in rows]
            full = [row.full or 1.0 for row in rows]
            lengths = np.array([v / most for v, most in zip(values, full, strict=True)])
            self._bars[side].setOpts(x0=np.zeros(len(rows)), x1=lengths, y=place + shift)
            for n, label in enumerate(self._labels[side][: len(rows)]):
                at = float(lengths[n]), float(place[n] + shift)
                label.show_words(words[side][n], *at, (0.0, 0.5))

    def _draw_names(self, rows: Sequence[Row]) -> None:
        metrics = QFontMetricsF(theme.text_font())
        longest = max((self.text_width(row.name) for row in rows), default=0.0)
        width = min(longest, max(0.42 * self.plot.width(), 90.0))
        elide = Qt.TextElideMode.ElideRight
        names = [metrics.elidedText(row.name, elide, width + 1) for row in rows]
        self.set_ticks("left", [(len(rows) - 1.0 - n, name) for n, name in enumerate(names)])
        self.axis("left").setWidth(width + 14)
        self.set_ticks("bottom", [])

    def _make_labels(self, rows: int) -> None:
        for labels in self._labels.values():
            while len(labels) < rows:
                labels.append(PlotLabel(self.plot, bold=False))
                labels[-1].show_colours(self.colours.text)
            for n, label in enumerate(labels):
                label.setVisible(n < rows)

    def _words(self, row: Row, side: str) -> str:
        return f"{side.upper()} {written(getattr(row, side), row.form)}"

    def _stride(self) -> float:
        return 1.0

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        rows = self.rows()
        number = len(rows) - 1 - round(position)
        if not 0 <= number < len(rows):
            return None
        row = rows[number]
        return float(len(rows) - 1 - number), (
            Entry(row.name),
            Entry(self._words(row, "a"), "bar", "side_a"),
            Entry(self._words(row, "b"), "bar", "side_b"),
        )


def _value(cell: Estimate | float | None) -> float:
    value = cell.value if isinstance(cell, Estimate) else cell
    return value if value is not None and np.isfinite(value) else 0.0
