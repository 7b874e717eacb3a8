"""What all charts have in common: a plot that keeps still, a legend that reads, a table twin.

A chart knows its title, a sentence that reads it aloud, and its figures; a card shows them, an
export writes them. Colours are asked for whenever the theme changes, texts whenever the language
does.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, Literal, Self

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from approvalsim_ui import theme
from approvalsim_ui.figures_table import Figures
from approvalsim_ui.legend import Entry, LegendStrip, Shape, line_pen
from approvalsim_ui.plot_axes import SteadyRange, Ticks
from approvalsim_ui.theme import Colours

SETTLE_AFTER = 700
"""Milliseconds without a new answer after which axes fit their values again."""

_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}

Side = Literal["left", "right", "top", "bottom"]


class _Axis(pg.AxisItem):
    """An axis whose first and last label may stand out beyond its ends.

    It is drawn anew only if something about it is different: that takes longer than all else.
    """

    def boundingRect(self) -> QRectF:
        """Where it paints, with room for half a label at either end."""
        inside: QRectF = super().boundingRect()
        if self.orientation == "left":
            return inside.adjusted(0, -14, 0, 14)
        return inside.adjusted(-30, 0, 30, 0)

    def setTicks(self, ticks: list[Ticks] | None) -> None:
        """Ticks at these places."""
        if ticks != self._tickLevels:
            super().setTicks(ticks)

    def setWidth(self, width: float | None = None) -> None:
        """Pixels for the labels beside it."""
        if width is None or width != self.fixedWidth:
            super().setWidth(width)

    def setLabel(self, text: str | None = None, *units: Any, **style: Any) -> None:
        """What it measures, in words."""
        if units or style or (text or "") != self.labelText:
            super().setLabel(text, *units, **style)


class Chart(QWidget):
    """A plot with a legend above it. Subclasses say what to draw, and in which words."""

    changed = Signal()
    """Title, sentence or figures are different now."""

    reads_along: Literal["x", "y"] = "x"
    """The axis along which the pointer and the arrow keys read."""
    _is_built = False

    def __init__(
        self,
        parent: QWidget | None = None,
        colours: Colours | None = None,
        stroke: float = 1.0,
    ) -> None:
        """``colours`` are kept whatever the theme; without them the theme decides.

        ``stroke`` is how many times thicker than usual lines are, for pictures of high resolution.
        """
        super().__init__(parent)
        self._own_colours, self._stroke = colours, stroke
        self._x, self._y = SteadyRange(), SteadyRange()
        self._fits_exactly = True
        self._position: float | None = None
        self.legend = LegendStrip(self)
        axes = {side: _Axis(side) for side in ("left", "bottom")}
        self.plot: Any = pg.PlotWidget(parent=self, background=None, axisItems=axes)
        self._cursor: Any = pg.InfiniteLine(angle=90 if self.reads_along == "x" else 0)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_AFTER)
        self._settling.timeout.connect(self.settle)
        self._lay_out()
        self._plain_axes()
        self._build()
        self._is_built = True
        self._paint(self.colours)

    # --- what a subclass says --------------------------------------------------------------------

    @abstractmethod
    def title(self) -> str:
        """What the chart is about."""

    @abstractmethod
    def reading(self) -> str:
        """The chart in one or two sentences, for everybody and for screen readers."""

    @abstractmethod
    def figures(self) -> Figures:
        """All that it shows, as a table."""

    @abstractmethod
    def entries(self) -> Sequence[Entry]:
        """The legend."""

    @abstractmethod
    def copied(self, colours: Colours, stroke: float = 1.0) -> Self:
        """The same chart in fixed colours, for export."""

    @abstractmethod
    def _build(self) -> None:
        """Make the items of the plot, once."""

    @abstractmethod
    def _paint(self, colours: Colours) -> None:
        """Give the items their colours; ``super()`` does so for axes and cursor."""
        self.plot.setBackground(colours.panel)
        axis_pen = self.thin_pen(colours.border)
        for side in ("left", "bottom"):
            axis = self.axis(side)
            axis.setPen(axis_pen)
            axis.setTickPen(self.thin_pen(colours.grid))
            axis.setTextPen(QPen(colours.muted))
            axis.setTickFont(theme.text_font())
        self._cursor.setPen(self.thin_pen(colours.muted, dotted=True))

    @abstractmethod
    def _draw(self) -> None:
        """Set values, ranges and ticks from what is to be shown."""

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        """What stands at a position of the axis, and the exact place it is read at."""
        del position
        return None

    def _stride(self) -> float:
        """How far an arrow key goes."""
        (low, high), _ = self.plot.viewRange()
        return float(high - low) / 60

    # --- for subclasses --------------------------------------------------------------------------

    @property
    def colours(self) -> Colours:
        """The colours to paint with."""
        return self._own_colours or theme.colours()

    def axis(self, side: Side) -> Any:
        """One of the plot's axes."""
        return self.plot.getPlotItem().getAxis(side)

    def refresh(self) -> None:
        """Draw anew, as values or texts are different."""
        self._draw()
        self._fits_exactly = False
        self.legend.show_legend(self.entries())
        self._show_position()
        self.plot.setAccessibleName(self.title())
        self.plot.setAccessibleDescription(self.reading())
        self.changed.emit()

    def fit(
        self, x: tuple[float, float], y: tuple[float, float], steps: tuple[int, int] = (8, 8)
    ) -> None:
        """Make room for values; axes grow at once, and shrink when no more values come.

        ``steps`` are about how many round steps bounds are apart; 0 takes bounds as they are.
        """
        for axis, (low, high), about in ((self._x, x, steps[0]), (self._y, y, steps[1])):
            if self._fits_exactly:
                axis.settle(low, high, about)
            else:
                axis.take_in(low, high, about)
        self.plot.setRange(
            xRange=(self._x.low, self._x.high), yRange=(self._y.low, self._y.high), padding=0
        )
        if not self._fits_exactly:
            self._settling.start()

    def thin_pen(self, colour: QColor, width: float = 1.0, dotted: bool = False) -> QPen:
        """A pen as wide on the screen whatever the scale of the axes."""
        style = Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine
        pen = QPen(colour, width * self._stroke, style)
        pen.setCosmetic(True)
        return pen

    def line_pen(self, shape: Shape, colour: QColor, width: float = 2.2) -> QPen:
        """The pen of a curve, as in the legend."""
        return line_pen(shape, colour, width * self._stroke)

    def set_ticks(self, side: Side, ticks: Ticks) -> None:
        """Ticks of an axis, with gridlines."""
        self.axis(side).setTicks([ticks])

    def text_width(self, text: str) -> float:
        """Pixels a tick's text takes."""
        return QFontMetricsF(theme.text_font()).horizontalAdvance(text)

    def room(self) -> tuple[float, float]:
        """Width and height of the plot inside its axes, in pixels."""
        box = self.plot.getPlotItem().getViewBox()
        return float(box.width()), float(box.height())

    # --- the rest --------------------------------------------------------------------------------

    def settle(self) -> None:
        """Fit the axes to what is shown now."""
        self._fits_exactly = True
        self.refresh()

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        self._paint(self.colours)
        self.legend.update()

    def read_at(self, position: float | None) -> None:
        """Read the chart at a position of its axis; None stops reading."""
        self._position = position
        self._show_position()

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.retheme()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame around the plot that has the focus of the keyboard."""
        super().paintEvent(event)
        if self.plot.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.colours.focus, 2))
            painter.drawRoundedRect(self.plot.geometry().adjusted(-1, -1, 1, 1), 4, 4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page, the arrow keys read, the pointer rest and leave."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._explain(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
            if event.type() == QEvent.Type.FocusOut:
                self.read_at(None)
        if event.type() == QEvent.Type.Leave and watched is self.plot.viewport():
            self.read_at(None)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self._position is not None:
            self.read_at(None)
            return True
        steps = _KEYS.get(Qt.Key(event.key()))
        if steps is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        low, high = self.plot.viewRange()[0 if self.reads_along == "x" else 1]
        begin = (low + high) / 2 if self._position is None else self._position
        moved = begin if self._position is None else begin + steps * self._stride()
        self.read_at(min(max(moved, low), high))
        return True

    def _explain(self, event: QHelpEvent) -> bool:
        """Say a row in full, as its name may have been cut short."""
        box = self.plot.getPlotItem().getViewBox()
        at = box.mapSceneToView(self.plot.mapToScene(event.pos()))
        found = self._read(at.y()) if self.reads_along == "y" else None
        words = "\n".join(entry.words for entry in found[1]) if found else ""
        QToolTip.showText(event.globalPos(), words, self.plot)
        return True

    def _moved(self, scene: QPointF) -> None:
        item = self.plot.getPlotItem()
        if not item.sceneBoundingRect().contains(scene):
            self.read_at(None)
            return
        at = item.getViewBox().mapSceneToView(scene)
        self.read_at(at.x() if self.reads_along == "x" else at.y())

    def _show_position(self) -> None:
        found = None if self._position is None else self._read(self._position)
        self._cursor.setVisible(found is not None)
        self.legend.show_readout(None if found is None else found[1])
        if found is not None:
            self._cursor.setValue(found[0])
            words = "; ".join(entry.words for entry in found[1])
            self.plot.setAccessibleDescription(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(2)
        column.addWidget(self.legend)
        column.addWidget(self.plot, 1)
        self.setFocusProxy(self.plot)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(False, False)
        self.plot.setMinimumSize(120, 220)
        for watched in (self.plot, self.plot.viewport()):
            watched.installEventFilter(self)
        self.plot.scene().sigMouseMoved.connect(self._moved)
        self._cursor.setZValue(50)
        self._cursor.hide()
        self.plot.addItem(self._cursor, ignoreBounds=True)

    def _plain_axes(self) -> None:
        item = self.plot.getPlotItem()
        item.layout.setContentsMargins(4, 8, 22, 2)
        item.getViewBox().disableAutoRange()
        item.getViewBox().setDefaultPadding(0)
        for side in ("left", "bottom"):
            axis = self.axis(side)
            axis.setZValue(-1000)  # gridlines behind what is drawn
            axis.setGrid(255)
            axis.setStyle(tickAlpha=255, hideOverlappingLabels=False, tickTextOffset=6)
            axis.enableAutoSIPrefix(False)
