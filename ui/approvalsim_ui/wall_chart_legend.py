"""The legend of a wall chart: a sample of each bar, mark and line with its words, in lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from approvalsim_ui import theme
from approvalsim_ui.theme import Colours
from approvalsim_ui.wall_chart_axis import today_pen
from approvalsim_ui.wall_chart_bars import cross, diamond, target_pen, write_inside
from approvalsim_ui.wall_chart_picture import WallPicture
from approvalsim_ui.wall_chart_rows import extent
from approvalsim_ui.wall_chart_words import today_words, translate

Shape = Literal[
    "bar",
    "plan",
    "late",
    "cut",
    "signing",
    "milestone",
    "goal",
    "dropped",
    "asked",
    "today",
    "target",
    "holiday",
]
_LINE = 21.0
_SAMPLE = 22.0
_GAP = 16.0


@dataclass(frozen=True)
class Entry:
    """A sample with its words; a number stands on bars."""

    shape: Shape
    words: str
    colour: str = "muted"
    """By name in `Colours`, or the position of a department as a number."""
    number: int = 0


def entries(picture: WallPicture, names: tuple[str, str]) -> tuple[Entry, ...]:
    """The legend of a picture; ``names`` are those of A and B. Only what can be seen in it."""
    return (*_bars(picture, names), *_marks(picture), *_lines(picture))


def _bars(picture: WallPicture, names: tuple[str, str]) -> Iterator[Entry]:
    words, both = picture.words, picture.choice.sides == "both"
    by_number = picture.choice.grouping == "projects"
    bars = [bar for row in picture.rows for bar in row.bars if bar.stage]
    if picture.chart.recorded:
        yield Entry("plan", words.letter("a"), "text")
        yield Entry("bar", words.letter("b"), "text")
        both = False
    if both:
        yield Entry("bar", f"A {names[0]}", "side_a")
        yield Entry("bar", f"B {names[1]}", "side_b")
    found: dict[int | str | None, Entry] = {}
    for row in picture.rows:
        for bar in row.bars:
            place = "" if bar.place is None else str(bar.place)
            colour = "muted" if both else place or "muted"
            if not bar.stage:
                continue
            if by_number:
                found[bar.number] = Entry("bar", words.stage(bar.stage), colour, bar.number)
            elif not both:
                found[bar.place] = Entry("bar", words.department(row.department), colour)
    yield from (found[key] for key in sorted(found, key=lambda key: (key is None, key)))
    if picture.choice.what == "bands":
        yield Entry("bar", translate("WallLegend", "P50 begin to P50 end"), "text")
        yield Entry("late", translate("WallLegend", "on to P80 end"), "text")
    if any(bar.span.cut for bar in bars) and not picture.chart.recorded:
        yield Entry("cut", translate("WallLegend", "not finished"))


def _marks(picture: WallPicture) -> Iterator[Entry]:
    marks = [mark for row in picture.rows for mark in row.marks]
    if any(row.signings for row in picture.rows):
        yield Entry("signing", translate("WallLegend", "signing"))
    if any(mark.milestone and not mark.is_goal for mark in marks):
        yield Entry("milestone", translate("WallLegend", "milestone"))
    if any(mark.is_goal for mark in marks):
        goal = picture.words.goal()
        if picture.choice.what == "bands":
            goal = translate("WallLegend", "{goal} (P50; hollow: P80)").format(goal=goal)
        yield Entry("goal", goal)
    if any(not mark.milestone for mark in marks):
        yield Entry("dropped", picture.words.milestone(""))


def _lines(picture: WallPicture) -> Iterator[Entry]:
    if any(row.target for row in picture.rows):
        yield Entry("target", translate("WallLegend", "target date"))
    if picture.chart.answer.dates:
        yield Entry("asked", translate("WallLegend", "reporting date"))
    first, last = extent(picture.rows, picture.chart.answer.dates)
    if first <= picture.chart.today.toordinal() + 1 <= last:
        yield Entry("today", today_words(picture.chart))
    if picture.chart.festivals:
        yield Entry("holiday", translate("WallLegend", "public holiday"))


def arranged(legend: Sequence[Entry], width: float) -> list[tuple[float, float, Entry]]:
    """Where each entry begins, in lines no wider than ``width``."""
    metrics = QFontMetricsF(theme.text_font())
    placed, x, y = [], 0.0, 0.0
    for entry in legend:
        needed = _SAMPLE + 6 + metrics.horizontalAdvance(entry.words)
        if x and x + needed > width:
            x, y = 0.0, y + _LINE
        placed.append((x, y, entry))
        x += needed + _GAP
    return placed


def legend_height(legend: Sequence[Entry], width: float) -> float:
    """How high a legend of this width is."""
    placed = arranged(legend, width)
    return placed[-1][1] + _LINE if placed else 0.0


def paint_legend(
    painter: QPainter, area: QRectF, legend: Sequence[Entry], colours: Colours
) -> None:
    """Paint a legend from the top left of an area."""
    painter.setFont(theme.text_font())
    metrics = QFontMetricsF(painter.font())
    for x, y, entry in arranged(legend, area.width()):
        at = QRectF(area.left() + x, area.top() + y, _SAMPLE, _LINE)
        _sample(painter, entry, at, colours)
        painter.setPen(colours.text)
        words = metrics.elidedText(
            entry.words, Qt.TextElideMode.ElideRight, area.width() - x - _SAMPLE - 6
        )
        room = QRectF(at.right() + 6, at.top(), metrics.horizontalAdvance(words) + 2, _LINE)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _sample(painter: QPainter, entry: Entry, at: QRectF, colours: Colours) -> None:
    middle, box = at.center(), at.adjusted(0, 4, 0, -4)
    if entry.shape in ("bar", "plan", "late", "cut"):
        _bar(painter, entry, box, colours)
    elif entry.shape in ("milestone", "goal"):
        diamond(painter, middle, colours.text if entry.shape == "goal" else colours.muted, colours)
    elif entry.shape == "dropped":
        cross(painter, middle, colours)
    elif entry.shape == "signing":
        painter.setPen(QPen(colours.text, 1.4))
        painter.setBrush(colours.panel)
        painter.drawEllipse(middle, 4.0, 4.0)
    elif entry.shape == "holiday":
        painter.fillRect(box, colours.warn_soft)
        painter.setPen(QPen(colours.warn, 0.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
    else:
        pen = target_pen(colours) if entry.shape == "target" else QPen(colours.text, 1.4)
        if entry.shape == "today":
            pen = today_pen(colours)
        if entry.shape == "asked":
            pen.setDashPattern([5.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(middle.x(), at.top() + 2), QPointF(middle.x(), at.bottom() - 2))


def _bar(painter: QPainter, entry: Entry, box: QRectF, colours: Colours) -> None:
    if entry.colour.isdigit():
        colour = colours.department(int(entry.colour))
    else:
        colour = getattr(colours, entry.colour)
    if entry.shape == "bar":
        painter.fillRect(box, colour)
        if entry.number:
            painter.setPen(colours.panel)
            write_inside(painter, box, str(entry.number))
        return
    if entry.shape == "plan":
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        return
    light = QColor(colour)
    light.setAlphaF(0.18)
    painter.fillRect(box, light)
    late = entry.shape == "late"
    hatch = Qt.BrushStyle.BDiagPattern if late else Qt.BrushStyle.Dense6Pattern
    painter.fillRect(box, QBrush(colour, hatch))
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


class WallLegend(QWidget):
    """The legend on the screen, in as many lines as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend: tuple[Entry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_legend(self, legend: Sequence[Entry]) -> None:
        """Show another legend."""
        self.legend = tuple(legend)
        self.setAccessibleName(translate("WallLegend", "Legend"))
        said = [f"{each.number or ''} {each.words}".strip() for each in legend]
        self.setAccessibleDescription(", ".join(said))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrow ones have more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        return round(max(legend_height(self.legend, width), _LINE))

    def sizeHint(self) -> QSize:
        """As high as its lines at the width it has."""
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_legend(painter, QRectF(self.rect()), self.legend, theme.colours())
        painter.end()
