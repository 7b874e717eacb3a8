"""The legend above a chart: a sample of each line or bar, and words beside it.

While the pointer or the arrow keys read a chart, the same place says what stands there, so that
nothing moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from approvalsim_ui import theme
from approvalsim_ui.theme import Colours

Shape = Literal["line", "dash", "bar", "target", "none"]

_SAMPLE = 24.0
_GAP = 18.0


@dataclass(frozen=True)
class Entry:
    """One entry: its shape, its colour by name in `Colours`, its words."""

    words: str
    shape: Shape = "none"
    colour: str = "muted"


def paint_legend(
    painter: QPainter, area: QRectF, entries: Sequence[Entry], colours: Colours
) -> None:
    """Paint entries side by side, from the left; what has no room is elided."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.text_font()
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    x = area.left()
    for entry in entries:
        if entry.shape != "none":
            _sample(painter, entry, QPointF(x, area.center().y()), getattr(colours, entry.colour))
            x += _SAMPLE + 6
        room = area.right() - x
        if room < 12:
            break
        words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, room)
        painter.setPen(colours.muted if entry.shape == "none" else colours.text)
        width = metrics.horizontalAdvance(words)
        box = QRectF(x, area.top(), width + 1, area.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        x += width + _GAP
    painter.restore()


def line_pen(shape: Shape, colour: QColor, width: float = 2.2) -> QPen:
    """The pen of a line of this shape, of a fixed width on the screen."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setCapStyle(
        Qt.PenCapStyle.FlatCap if shape in ("dash", "target") else Qt.PenCapStyle.RoundCap
    )
    if shape == "dash":
        pen.setDashPattern([4.5, 2.0])
    elif shape == "target":
        pen.setDashPattern([1.5, 1.5])
    return pen


def _sample(painter: QPainter, entry: Entry, at: QPointF, colour: QColor) -> None:
    if entry.shape == "bar":
        painter.fillRect(QRectF(at.x() + 5, at.y() - 6, 12, 12), colour)
        return
    pen = line_pen(entry.shape, colour)
    pen.setCosmetic(False)  # on a page of high resolution it grows with the letters
    painter.setPen(pen)
    painter.drawLine(at, at + QPointF(_SAMPLE, 0))


class LegendStrip(QWidget):
    """Shows a legend, or for the moment a readout in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._legend: tuple[Entry, ...] = ()
        self._readout: tuple[Entry, ...] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it shows now."""
        return self._legend if self._readout is None else self._readout

    def show_legend(self, entries: Sequence[Entry]) -> None:
        """The legend, when nothing is read."""
        if self._legend != (shown := tuple(entries)):
            self._legend = shown
            self.setToolTip("\n".join(entry.words for entry in shown))
            self.update()

    def show_readout(self, entries: Sequence[Entry] | None) -> None:
        """What is read, instead of the legend; None shows the legend again."""
        if self._readout != (shown := None if entries is None else tuple(entries)):
            self._readout = shown
            self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(200, round(QFontMetricsF(theme.text_font()).height()) + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        paint_legend(painter, QRectF(self.rect()), self.entries, theme.colours())
        painter.end()
