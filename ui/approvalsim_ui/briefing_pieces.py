"""The pieces of a briefing on paper: lines of words, rows of tables, charts; each knows its height.

Units are those of `briefing_parts`, 1/96 inch. Painting needs no window, and may be done in any
thread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtSvg import QSvgRenderer

from approvalsim.briefing_parts import (
    COLOURS,
    Area,
    Block,
    Chart,
    Charts,
    Drawing,
    Grid,
    Label,
    Look,
    Mark,
    Shape,
    Stroke,
    Style,
    Words,
)
from approvalsim_ui import theme

_FINE = 16
"""Letters are measured so many times as large: sizes in pixels are whole numbers."""
_LEADING = 1.42
"""Height of a line over the size of its letters."""
_BETWEEN = 24.0
"""Units between charts side by side."""
_PAD = 6.0
_LEAST_LABEL = 110.0
"""Units that the first column of a table has at least."""


@dataclass(frozen=True)
class Type:
    """Letters of a size, and how a paragraph of them stands."""

    size: float
    bold: bool = False
    look: Look = "text"
    before: float = 3.0
    """Units above it."""
    ruled: bool = False
    boxed: bool = False

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.size * _LEADING

    def font(self) -> QFont:
        """The letters, `_FINE` times as large."""
        font = theme.text_font(bold=self.bold)
        font.setPixelSize(round(self.size * _FINE))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def width(self, text: str) -> float:
        """How wide words are."""
        return QFontMetricsF(self.font()).horizontalAdvance(text) / _FINE

    def broken(self, text: str, width: float) -> list[str]:
        """Words in lines that are no wider."""
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width * _FINE)
            lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        return lines or [""]

    def draw(self, painter: QPainter, x: float, baseline: float, text: str) -> None:
        """Words from a point on."""
        painter.save()
        painter.setPen(QColor(COLOURS[self.look]))
        painter.setFont(self.font())
        painter.translate(x, baseline)
        painter.scale(1 / _FINE, 1 / _FINE)
        painter.drawText(QPointF(0, 0), text)
        painter.restore()


TYPES: dict[Style, Type] = {
    "title": Type(23, bold=True, before=0.0),
    "byline": Type(12, look="muted"),
    "caution": Type(12.5, before=7.0, boxed=True),
    "heading": Type(15, bold=True, before=9.0, ruled=True),
    "question": Type(13, bold=True),
    "answer": Type(17, bold=True),
    "plain": Type(13),
    "small": Type(12, look="muted"),
}
_LABELS, _CELLS = Type(12.5, bold=True), Type(12)
_WORD_CELLS = Type(11.5)


class Piece:
    """Something that is not divided between pages."""

    height = 0.0
    keeps_next = False
    """It must not be the last one on a page."""
    head: "Piece | None" = None
    """What must stand above it where it is the first one on a page."""

    def paint(self, painter: QPainter, top: float) -> None:
        """Draw it from a height on."""
        raise NotImplementedError


def pieces(block: Block, width: float, room: float) -> Iterator[Piece]:
    """The pieces of a block on a page so wide and high."""
    match block:
        case Words():
            yield from _paragraph(block, width)
        case Grid():
            yield from _table(block, width)
        case Charts():
            yield _Figures(block.charts)
        case Drawing():
            yield _Svg(block.svg, width, room - 80)


# --- words ---------------------------------------------------------------------------------------


class _Lines(Piece):
    """Some lines of a paragraph."""

    def __init__(self, lines: Sequence[str], type_: Type, width: float, before: float) -> None:
        self.lines, self.type, self.width, self.before = lines, type_, width, before
        self.keeps_next = type_.ruled
        self.inset = 9.0 if type_.boxed else 0.0
        below = 3.0 if type_.ruled else 5.0 if type_.boxed else 0.0
        self.height = before + len(lines) * type_.line + (5.0 if type_.boxed else 0.0) + below
        self.height += 5.0 if type_.boxed else 0.0

    def paint(self, painter: QPainter, top: float) -> None:
        first = top + self.before + (5.0 if self.type.boxed else 0.0)
        for number, line in enumerate(self.lines):
            baseline = first + number * self.type.line + self.type.size * 1.1
            self.type.draw(painter, self.inset, baseline, line)
        bottom = first + len(self.lines) * self.type.line
        if self.type.boxed:
            painter.setPen(QPen(QColor(COLOURS["axis"]), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(
                QRectF(0, top + self.before, self.width, bottom + 5 - top - self.before)
            )
        if self.type.ruled:
            painter.setPen(QPen(QColor(COLOURS["even"]), 1))
            painter.drawLine(QPointF(0, bottom + 1), QPointF(self.width, bottom + 1))


def _paragraph(words: Words, width: float) -> Iterator[Piece]:
    """A long text may go on on the next page, from line to line."""
    type_ = TYPES[words.style]
    room = width - (18.0 if type_.boxed else 0.0)
    lines = [line for part in words.text.splitlines() for line in type_.broken(part, room)]
    if len(lines) < 8 or type_.boxed:
        yield _Lines(lines, type_, width, type_.before)
        return
    for number, line in enumerate(lines):
        yield _Lines([line], type_, width, 0.0 if number else type_.before)


# --- tables --------------------------------------------------------------------------------------


class _Row(Piece):
    """A row of a table; its cells may have several lines."""

    def __init__(
        self,
        cells: Sequence[str],
        type_: Type,
        widths: Sequence[float],
        words: bool,
        head: Piece | None,
    ) -> None:
        self.type, self.widths, self.words, self.head = type_, widths, words, head
        self.cells = [
            type_.broken(cell, width - 2 * _PAD) for cell, width in zip(cells, widths, strict=True)
        ]
        self.before = 4.0 if head is None else 0.0
        self.height = self.before + max(map(len, self.cells)) * type_.line + 2.5
        self.keeps_next = head is None

    def paint(self, painter: QPainter, top: float) -> None:
        left = 0.0
        for number, (lines, width) in enumerate(zip(self.cells, self.widths, strict=True)):
            for line, text in enumerate(lines):
                below = top + self.before + line * self.type.line
                baseline = below + self.type.size * 1.1 + 1
                far = width - _PAD - self.type.width(text)
                x = left + (_PAD if self.words or not number else far)
                self.type.draw(painter, x, baseline, text)
            left += width
        bottom = top + self.height
        look: Look = "axis" if self.head is None else "grid"
        painter.setPen(QPen(QColor(COLOURS[look]), 1.4 if self.head is None else 1))
        painter.drawLine(QPointF(0, bottom), QPointF(sum(self.widths), bottom))


def _table(grid: Grid, width: float) -> Iterator[Piece]:
    """A title, a row of heads, and the rows; the heads stand on every page the table goes on to."""
    plain = _WORD_CELLS if grid.widths else _CELLS
    bold = Type(plain.size, bold=True)
    widths = [share * width for share in grid.widths] or _widths(grid, plain, bold, width)
    if grid.title:
        title = _Lines([grid.title], _LABELS, width, 4.0)
        title.keeps_next = True
        yield title
    head = _Row(grid.heads, bold, widths, bool(grid.widths), None)
    yield head
    for row in grid.rows:
        yield _Row(row, plain, widths, bool(grid.widths), head)


def _widths(grid: Grid, plain: Type, bold: Type, width: float) -> list[float]:
    """Every column as wide as it needs, and its share of what is left.

    Where there is too little, the labels are broken into lines, and figures stay whole.
    """
    needs = []
    for number, head in enumerate(grid.heads):
        cells = [plain.width(row[number]) for row in grid.rows]
        needs.append(max([bold.width(head), *cells]) + 2 * _PAD)
    needs[0] = max(min(needs[0], width - sum(needs[1:])), _LEAST_LABEL)
    return [need * width / sum(needs) for need in needs]


# --- drawings ------------------------------------------------------------------------------------


class _Figures(Piece):
    """Charts side by side, each with its title and what it says."""

    def __init__(self, charts: Sequence[Chart]) -> None:
        self.charts = charts
        self.readings = [
            TYPES["small"].broken(chart.reading, chart.width) if chart.reading else []
            for chart in charts
        ]
        self.titles = [_LABELS.broken(chart.title, chart.width) for chart in charts]
        self.title = max(len(lines) for lines in self.titles) * _LABELS.line
        drawn = [
            chart.height + len(lines) * TYPES["small"].line
            for chart, lines in zip(charts, self.readings, strict=True)
        ]
        self.height = 6.0 + self.title + max(drawn) + 2.0

    def paint(self, painter: QPainter, top: float) -> None:
        left = 0.0
        for chart, titles, readings in zip(self.charts, self.titles, self.readings, strict=True):
            for number, line in enumerate(titles):
                _LABELS.draw(painter, left, top + 6 + number * _LABELS.line + 13, line)
            painter.save()
            painter.translate(left, top + 6 + self.title)
            paint_chart(painter, chart)
            painter.restore()
            small = TYPES["small"]
            for number, line in enumerate(readings):
                below = top + 6 + self.title + chart.height + number * small.line
                small.draw(painter, left, below + small.size * 1.1, line)
            left += chart.width + _BETWEEN


def paint_chart(painter: QPainter, chart: Chart) -> None:
    """Draw the shapes of a chart, from (0, 0)."""
    for shape in chart.shapes:
        _paint(painter, shape)


def _paint(painter: QPainter, shape: Shape) -> None:
    colour = QColor(COLOURS[shape.look])
    match shape:
        case Stroke():
            pen = QPen(colour, shape.width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if shape.dashes:
                pen.setDashPattern([length / shape.width for length in shape.dashes])
            painter.setPen(pen)
            painter.drawPolyline([QPointF(x, y) for x, y in shape.points])
        case Area():
            painter.fillRect(QRectF(shape.x, shape.y, shape.width, shape.height), colour)
        case Mark():
            painter.setPen(QPen(QColor("white"), 1))
            painter.setBrush(colour)
            if shape.shape == "dot":
                painter.drawEllipse(QPointF(shape.x, shape.y), 4.5, 4.5)
            else:
                painter.drawRect(QRectF(shape.x - 4, shape.y - 4, 8, 8))
        case Label():
            type_ = Type(shape.size, shape.bold, shape.look)
            behind = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
            type_.draw(painter, shape.x - behind * type_.width(shape.text), shape.y, shape.text)


class _Svg(Piece):
    """A drawing as wide as the page, or as high as there is room."""

    def __init__(self, svg: str, width: float, room: float) -> None:
        self.renderer = QSvgRenderer(QByteArray(svg.encode()))
        size = self.renderer.defaultSize()
        scale = min(width / max(size.width(), 1), room / max(size.height(), 1))
        self.size = QRectF(0, 0, size.width() * scale, size.height() * scale)
        self.height = self.size.height() + 8

    def paint(self, painter: QPainter, top: float) -> None:
        self.renderer.render(painter, self.size.translated(0, top + 4))
