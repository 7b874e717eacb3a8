"""The legend of a network: what lines, bars, borders and colours mean, in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from approvalsim.network import Mode
from approvalsim.scenario import Scenario
from approvalsim.voice import Voice
from approvalsim_ui import language, theme
from approvalsim_ui.graph_cards import Arrow
from approvalsim_ui.graph_edits import dependency, edges_of
from approvalsim_ui.graph_items import arrow_colour, arrow_pen
from approvalsim_ui.graph_paths import arrow_head
from approvalsim_ui.graph_type import draw_line, text_font, text_height
from approvalsim_ui.theme import Colours

translate = QCoreApplication.translate

Sign = Literal["hard", "prereview", "deferred", "critical", "bar", "milestone", "department"]
_MODES: dict[str, Mode] = {"hard": "hard", "prereview": "prereview", "deferred": "deferred"}

SAMPLE, GAP, AIR = 34.0, 20.0, 5.0


@dataclass(frozen=True)
class Entry:
    """A sign and what it means."""

    sign: Sign
    words: str


def legend_of(scenario: Scenario, measure: str | None = None) -> tuple[Entry, ...]:
    """The signs that occur in a scenario's network.

    ``measure`` is the milestone to which a run counted, if not to the scenario's own.
    """
    found = (dependency(scenario, *edge) for edge in edges_of(scenario))
    relaxed = {edge.relaxed for edge in found if edge is not None}
    goal = Voice(scenario, language.current()).goal(measure or scenario.measure)
    often = translate("GraphLegend", "how often it decides {goal}, of all projects")
    entries = [
        Entry("hard", translate("GraphLegend", "strict: waits until finished")),
        Entry("prereview", translate("GraphLegend", "pre-review: certificate waits")),
        Entry("deferred", translate("GraphLegend", "deferred: papers follow")),
        Entry("critical", translate("GraphLegend", "critical: a day late is a day lost")),
        Entry("bar", often.format(goal=goal)),
        Entry("milestone", translate("GraphLegend", "milestone")),
    ]
    shown = [entry for entry in entries if entry.sign not in _MODES or entry.sign in relaxed]
    shown.insert(0, entries[0])
    return (*shown, Entry("department", translate("GraphLegend", "stripe: department")))


def paint_legend(
    painter: QPainter, area: QRectF, entries: Sequence[Entry], colours: Colours
) -> None:
    """Paint entries from left to right, in rows."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    for entry, place in _placed(entries, area.width()):
        middle = QPointF(place.x(), place.y() + text_height() / 2)
        _paint_sign(painter, entry, middle, colours)
        painter.setPen(colours.muted)
        words = QPointF(place.x() + _sample(entry) + 6, place.y())
        draw_line(painter, text_font(), words, entry.words)
    painter.restore()


def legend_height(entries: Sequence[Entry], width: float) -> float:
    """Pixels that entries take in rows of this width."""
    placed = _placed(entries, width)
    return placed[-1][1].y() + text_height() if placed else 0.0


def _sample(entry: Entry) -> float:
    return 14.0 if entry.sign == "department" else SAMPLE


def _placed(entries: Sequence[Entry], width: float) -> list[tuple[Entry, QPointF]]:
    placed, x, y = [], 0.0, 0.0
    metrics = QFontMetricsF(text_font())
    for entry in entries:
        needed = _sample(entry) + 6 + metrics.horizontalAdvance(entry.words)
        if x and x + needed > width:
            x, y = 0.0, y + text_height() + AIR
        placed.append((entry, QPointF(x, y)))
        x += needed + GAP
    return placed


def _paint_sign(painter: QPainter, entry: Entry, at: QPointF, colours: Colours) -> None:
    """A sample whose left end is ``at``."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if entry.sign in _MODES:
        mode = _MODES[entry.sign]
        colour = arrow_colour(Arrow("", "", mode), colours)
        painter.setPen(arrow_pen(mode, colour, 1.6))
        painter.drawLine(at, at + QPointF(SAMPLE - 6, 0))
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colours.panel if mode == "deferred" else colour)
        painter.drawPath(arrow_head(at + QPointF(SAMPLE, 0)))
    elif entry.sign == "department":
        for place in range(3):
            stripe = QRectF(at.x() + 5 * place, at.y() - 7, 4, 14)
            painter.fillRect(stripe, colours.department(place))
    elif entry.sign == "bar":
        room = QRectF(at.x(), at.y() - 7, SAMPLE, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.grid)
        painter.drawRoundedRect(room, 3, 3)
        bar = QColor(colours.critical)
        bar.setAlphaF(0.38)
        painter.setBrush(bar)
        painter.drawRoundedRect(QRectF(room.x(), room.y(), SAMPLE * 0.6, 14), 3, 3)
    else:
        strong = entry.sign == "critical"
        pen = QPen(colours.critical, 2.4) if strong else QPen(colours.border, 1.2)
        painter.setPen(pen)
        painter.setBrush(colours.panel if strong else colours.raised)
        x, y, tip = at.x(), at.y(), 0.0 if strong else 6.0
        right = x + SAMPLE
        corners = [QPointF(x, y - 7), QPointF(right - tip, y - 7), QPointF(right, y)]
        painter.drawPolygon([*corners, QPointF(right - tip, y + 7), QPointF(x, y + 7)])


class GraphLegend(QWidget):
    """Shows a legend in as many rows as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.entries = tuple(entries)
        self.setAccessibleDescription("; ".join(entry.words for entry in entries))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Pixels of all rows."""
        return round(legend_height(self.entries, width)) + 4

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint_legend(painter, QRectF(self.rect()), self.entries, theme.colours())
        painter.end()
