"""The wall chart as a picture: where its rows and columns are, and how they are painted.

The same on the screen and on paper; lengths are in units, a pixel on the screen.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from approvalsim_ui import theme
from approvalsim_ui.theme import Colours
from approvalsim_ui.wall_chart import WallChart
from approvalsim_ui.wall_chart_axis import HEAD, LINE, TimeScale, paint_axis, paint_ground
from approvalsim_ui.wall_chart_bars import LANE, BarPainter
from approvalsim_ui.wall_chart_rows import Bar, Choice, Row
from approvalsim_ui.wall_chart_words import WallWords

ROW = 24.0
"""The least height of a row."""
DENSEST = 0.86
"""How many times as high as usual rows are on a full sheet of paper."""
_CLOSER = 1.6
"""How much closer than lanes rows of one line are set: letters are lower than their lines."""
_THICKEST = 2.0
_PADDING = 8.0
_TAIL = 110.0
"""Room for the two dates of a band."""
_WIDEST = (230.0, 210.0, 200.0, 190.0)
"""Columns are as wide as what they hold, but not wider."""


class WallPicture:
    """One wall chart as it is chosen to be seen, laid out for a font."""

    def __init__(self, chart: WallChart, choice: Choice, rows: Sequence[Row]) -> None:
        self.chart, self.choice, self.rows = chart, choice, tuple(rows)
        self.words = WallWords(chart, choice)
        self.heads = self.words.heads()
        self.cells = [self.words.cells(row) for row in self.rows]
        self.groups = list(accumulate(row.begins_group for row in self.rows))
        self.bars = BarPainter(self.words)
        self.columns = self.natural = self._columns()
        self.stretch(1.0)

    def _columns(self) -> tuple[float, ...]:
        """How wide each column is."""
        bold = QFontMetricsF(theme.text_font(bold=True))
        widths = []
        for column, head in enumerate(self.heads):
            cells = {
                cells[column]
                for row, cells in zip(self.rows, self.cells, strict=True)
                if column == 0 or row.kind != "head"
            }
            widest = max((bold.horizontalAdvance(cell) for cell in cells), default=0.0)
            widest = max(widest, bold.horizontalAdvance(head))
            widths.append(min(widest + 2 * _PADDING, _WIDEST[column]))
        return tuple(widths)

    def stretch(self, factor: float) -> None:
        """Make rows so many times as high as they usually are; `DENSEST` at least."""
        self.lane = LANE * min(factor, _THICKEST)
        self.tops = (0.0, *accumulate(self._heights(factor)))

    def height_at(self, factor: float) -> float:
        """The height of all rows if they were so many times as high."""
        return sum(self._heights(factor))

    def _heights(self, factor: float) -> list[float]:
        least = ROW * (factor if factor > 1 else 1 - _CLOSER * (1 - factor))
        return [max(least, (row.lanes * LANE + 6) * factor) for row in self.rows]

    def narrow(self, most: float) -> None:
        """Take from the widest columns until all together are no wider than this."""
        widths = list(self.columns)
        while sum(widths) > most and max(widths) > 40:
            widths[widths.index(max(widths))] -= 2
        self.columns = tuple(widths)

    # --- where things are ------------------------------------------------------------------------

    @property
    def left(self) -> float:
        """The width of all columns."""
        return sum(self.columns)

    @property
    def tail(self) -> float:
        """Room for the words behind the last bar or milestone."""
        metrics = QFontMetricsF(theme.text_font())
        goal = metrics.horizontalAdvance(f"{self.words.letter('a')} {self.words.goal()}") + 22
        return max(goal, _TAIL if self.choice.grouping != "projects" else 0.0)

    @property
    def height(self) -> float:
        """The height of all rows, without the axis."""
        return self.tops[-1]

    def row_at(self, y: float) -> int:
        """Which row is so far below the first row's top; −1 where there is none."""
        if not 0 <= y < self.height:
            return -1
        return bisect_right(self.tops, y) - 1

    def bar_at(self, row: int, y: float, scale: TimeScale, x: float) -> Bar | None:
        """The bar of a row at a place."""
        for bar in reversed(self.rows[row].bars):
            area = self.bars.area(self.rows[row], bar, scale, self._row_area(row), self.lane)
            if area.adjusted(-2, -2, 2, 2).contains(QPointF(x, y)):
                return bar
        return None

    def _row_area(self, row: int) -> QRectF:
        return QRectF(0, self.tops[row], 1, self.tops[row + 1] - self.tops[row])

    # --- painting --------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        scale: TimeScale,
        area: QRectF,
        scrolled: float = 0.0,
        current: int = -1,
        focused: bool = False,
        colours: Colours | None = None,
    ) -> None:
        """Paint what is seen in an area: axis, columns, and as many rows as there is room for."""
        colours = colours or theme.colours()
        body = area.adjusted(self.left, HEAD, 0, 0)
        shown = self._shown(scrolled, body.height())
        painter.fillRect(area, colours.panel)
        _clipped(painter, body)
        side = self.chart.side("a" if self.choice.sides == "a" else "b")
        ground = QRectF(body)
        ground.setBottom(min(body.bottom(), body.top() + self.height - scrolled))
        paint_ground(painter, scale, ground, self.chart, side, colours)
        painter.translate(0, body.top() - scrolled)
        for number in shown:
            self._paint_row(painter, number, scale, body, number == current, colours)
        painter.restore()
        _clipped(painter, area.adjusted(0, HEAD, 0, 0))
        painter.translate(area.left(), body.top() - scrolled)
        self._paint_columns(painter, shown, scrolled, current, colours)
        if current in shown and focused:
            box = QRectF(1, self.tops[current], area.width() - 2, self._row_area(current).height())
            painter.setPen(QPen(colours.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        painter.restore()
        _clipped(painter, QRectF(body.left(), area.top(), body.width(), HEAD))
        paint_axis(
            painter, scale, QRectF(body.left(), area.top(), body.width(), HEAD), self.chart, colours
        )
        painter.restore()
        self._paint_corner(painter, QRectF(area.left(), area.top(), self.left, HEAD), colours)

    def _shown(self, scrolled: float, height: float) -> range:
        first = max(bisect_right(self.tops, scrolled) - 1, 0)
        last = bisect_right(self.tops, scrolled + height)
        return range(first, min(last, len(self.rows)))

    def _paint_row(
        self,
        painter: QPainter,
        number: int,
        scale: TimeScale,
        body: QRectF,
        is_current: bool,
        colours: Colours,
    ) -> None:
        row, area = self.rows[number], self._row_area(number)
        whole = QRectF(body.left(), area.top(), body.width(), area.height())
        if is_current:
            shade = QColor(colours.selection)
            shade.setAlphaF(0.45)
            painter.fillRect(whole, shade)
        self._line(painter, row, whole, colours)
        self.bars.paint(painter, row, scale, whole, self.lane, colours)

    def _line(self, painter: QPainter, row: Row, area: QRectF, colours: Colours) -> None:
        strong = row.begins_group
        painter.setPen(QPen(colours.border if strong else colours.grid, 1))
        painter.drawLine(area.topLeft(), area.topRight())

    def _paint_columns(
        self,
        painter: QPainter,
        shown: range,
        scrolled: float,
        current: int,
        colours: Colours,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number in shown:
            area = self._row_area(number)
            area.setWidth(self.left)
            painter.fillRect(area, colours.selection if number == current else colours.panel)
            self._line(painter, self.rows[number], area, colours)
            self._paint_cells(
                painter, number, colours.selection_text if number == current else colours.text
            )
        self._paint_groups(painter, shown, scrolled, current, colours)
        painter.setPen(QPen(colours.border, 1))
        if shown:
            bottom = self.tops[shown.stop]
            painter.drawLine(QPointF(self.left, self.tops[shown.start]), QPointF(self.left, bottom))
            painter.drawLine(QPointF(0, bottom), QPointF(self.left, bottom))

    def _paint_cells(self, painter: QPainter, number: int, colour: QColor) -> None:
        row, cells, area = self.rows[number], self.cells[number], self._row_area(number)
        painter.setPen(colour)
        x = 0.0
        for column, (cell, width) in enumerate(zip(cells, self.columns, strict=True)):
            grouped = column == 0 and row.kind != "project"
            if not grouped and cell:
                room = self.left - x if row.kind == "head" else width
                _write(
                    painter,
                    cell,
                    QRectF(x, area.top(), room, area.height()),
                    theme.text_font(bold=column == 0 or row.kind == "head"),
                )
            x += width

    def _paint_groups(
        self, painter: QPainter, shown: range, scrolled: float, current: int, colours: Colours
    ) -> None:
        """The group's name beside its first row that is seen, wherever that is."""
        last = None
        for number in shown:
            if self.rows[number].kind == "project" or self.groups[number] == last:
                continue
            last = self.groups[number]
            end = number
            while end < len(self.rows) and self.groups[end] == last:
                end += 1
            top = min(max(self.tops[number], scrolled), self.tops[end] - ROW)
            begins = top == self.tops[number]
            high = self._row_area(number).height() if begins else ROW
            room = QRectF(0, top, self.columns[0], high)
            painter.setPen(colours.selection_text if number == current else colours.text)
            _write(painter, self.cells[number][0], room, theme.text_font(bold=True))

    def _paint_corner(self, painter: QPainter, area: QRectF, colours: Colours) -> None:
        """What it is, and the heads of the columns."""
        _clipped(painter, area)
        painter.fillRect(area, colours.raised)
        above = QRectF(area.left(), area.top(), area.width(), LINE)
        painter.setPen(colours.warn)
        _write(painter, self.words.caution(), above, theme.text_font(bold=True))
        painter.setPen(colours.muted)
        _write(painter, self.words.basis(), above.translated(0, LINE), theme.text_font())
        x = area.left()
        for head, width in zip(self.heads, self.columns, strict=True):
            painter.setPen(colours.text)
            box = QRectF(x, area.bottom() - LINE, width, LINE)
            _write(painter, head, box, theme.text_font(bold=True))
            x += width
        painter.setPen(QPen(colours.border, 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.restore()


def _clipped(painter: QPainter, area: QRectF) -> None:
    """Paint only there, until the painter is restored."""
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)


def _write(painter: QPainter, words: str, area: QRectF, font: QFont) -> None:
    """A line of text with room at both sides, elided."""
    painter.setFont(font)
    room = area.width() - 2 * _PADDING + 4
    said = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area.adjusted(_PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, said)
