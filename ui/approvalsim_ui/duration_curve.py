"""A duration drawn small: its density, with handles on the axis of days that can be dragged.

By keyboard: up and down choose a handle, left and right move it, Page Up and Down by more.
"""

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from approvalsim_ui import theme
from approvalsim_ui.density import density, handles, reach, rounded_up
from approvalsim_ui.duration_text import as_table, plain
from approvalsim_ui.scenario_words import number_words, translate

_POINTS = 181
_SIDE = 14
_RADIUS = 7.0


class DurationCurve(QWidget):
    """A density over its axis. Dragging a handle asks for other numbers; it changes nothing."""

    moved = Signal(dict)
    """The numbers on the axis as they would be now, by name."""
    drag_started = Signal()
    """A handle is held, or another one is chosen: what moves from now on is a new step."""
    drag_finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(190)
        self.setMouseTracking(True)
        self._duration: Any = None
        self._filed: Any = None
        self._numbers: dict[str, float] = {}
        self._end = 10.0
        self._active = ""
        self._grabbed: list[str] = []
        self._is_loose = False
        """A drag has just ended: the axis may take another length, whatever the duration is."""
        self._grabbed_at = 0.0
        self._before: dict[str, float] = {}

    def sizeHint(self) -> QSize:
        """Room for the curve, its handles and the numbers below."""
        return QSize(260, 84)

    def minimumSizeHint(self) -> QSize:
        """The least room in which it can be read."""
        return QSize(160, 60)

    def show_duration(self, duration: Any, filed: Any = None) -> None:
        """Draw a duration, and the file's beside it where it is another one.

        While a handle is held, the curve follows the hand and nothing else.
        """
        if (duration, filed) == (self._duration, self._filed) and not self._is_loose:
            return
        self._filed = filed
        self.update()
        if self._grabbed:
            return
        self._is_loose = False
        self._duration = duration
        self._numbers = handles(duration)
        if self._active not in self._numbers:
            names = list(self._numbers)
            self._active = "mode" if "mode" in names else names[0] if names else ""
        self._end = rounded_up(max(reach(duration), reach(filed)))
        self._describe()

    @property
    def is_dragging(self) -> bool:
        """Whether a handle is held."""
        return bool(self._grabbed)

    def position_of(self, name: str) -> QPointF:
        """Where the handle of a number is, in the widget."""
        return QPointF(self._x(self._numbers[name]), self._base())

    # --- geometry -----------------------------------------------------------------------------

    def _base(self) -> float:
        return self.height() - self.fontMetrics().height() - 9.0

    def _x(self, value: float) -> float:
        return _SIDE + value / self._end * (self.width() - 2 * _SIDE)

    def _value(self, x: float) -> float:
        return (x - _SIDE) / (self.width() - 2 * _SIDE) * self._end

    @property
    def _step(self) -> float:
        """Days between the values a handle snaps to."""
        return 1.0 if self._end >= 15 else 0.5 if self._end >= 4 else 0.1

    # --- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle."""
        if event.button() != Qt.MouseButton.LeftButton or not self._numbers:
            return
        x = event.position().x()
        distances = {name: abs(self._x(value) - x) for name, value in self._numbers.items()}
        nearest = min(distances.values())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._grabbed = list(self._numbers)
        else:
            # Handles that lie on each other are told apart by where the mouse goes next.
            self._grabbed = [name for name, gap in distances.items() if gap <= nearest + 1]
            self._active = self._grabbed[-1]
        self._grabbed_at, self._before = self._value(x), dict(self._numbers)
        self.drag_started.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if not self._grabbed:
            return
        way = self._value(event.position().x()) - self._grabbed_at
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._shift(way)
            return
        if len(self._grabbed) > 1 and abs(way) > self._end / 200:
            self._grabbed = [self._grabbed[-1 if way > 0 else 0]]
        if len(self._grabbed) == 1:
            self._active = self._grabbed[0]
            self._put(self._active, self._snapped(self._before[self._active] + way))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; the axis may now take another length."""
        if self._grabbed and event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = []
            self._is_loose = True
            self.show_duration(self._duration, self._filed)
            self.drag_finished.emit()

    def _snapped(self, value: float) -> float:
        return round(round(value / self._step) * self._step, 6)

    def _put(self, name: str, value: float) -> None:
        """Move a handle, not past its neighbours nor off the axis."""
        names = list(self._numbers)
        place = names.index(name)
        low = self._numbers[names[place - 1]] if place else 0.0
        high = self._numbers[names[place + 1]] if place + 1 < len(names) else self._end
        value = min(max(value, low), max(high, low))
        if value != self._numbers[name]:
            self._ask({**self._numbers, name: value})

    def _shift(self, way: float) -> None:
        """Move all handles together."""
        way = max(self._snapped(way), -min(self._before.values()))
        way = min(way, self._end - max(self._before.values()))
        moved = {name: round(value + way, 6) for name, value in self._before.items()}
        if moved != self._numbers:
            self._ask(moved)

    def _ask(self, numbers: dict[str, float]) -> None:
        self._numbers = numbers
        self._duration = type(self._duration)(**{**as_table(self._duration), **numbers})
        self._describe()
        self.moved.emit(dict(numbers))
        self.update()

    # --- keyboard -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a handle, or move it."""
        names = list(self._numbers)
        keys = Qt.Key
        ways = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_PageDown: -5,
            keys.Key_PageUp: 5,
        }
        key = keys(event.key())
        if not names or key not in (*ways, keys.Key_Up, keys.Key_Down):
            super().keyPressEvent(event)
        elif key in (keys.Key_Up, keys.Key_Down):
            step = 1 if key == keys.Key_Up else -1
            place = min(max(names.index(self._active) + step, 0), len(names) - 1)
            self._active = names[place]
            self._describe()
            self.drag_started.emit()
            self.update()
        else:
            value = self._numbers[self._active] + ways[key] * self._step
            if value > self._end:
                self._end = rounded_up(value)
            self._put(self._active, self._snapped(value))
            self.drag_finished.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys arrive here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()

    def _describe(self) -> None:
        """Say for screen readers what is drawn."""
        words = ", ".join(f"{number_words(n)} {plain(v)}" for n, v in self._numbers.items())
        if self._active:
            words += "; " + translate("Words", "handle: {name}").format(
                name=number_words(self._active)
            )
        self.setAccessibleDescription(words)

    # --- drawing ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axis, curves and handles."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_axis(painter, colours)
        if self._filed is not None:
            self._draw_density(painter, self._filed, colours.muted, dashed=True)
        if self._duration is not None:
            self._draw_density(painter, self._duration, colours.focus, dashed=False)
        self._draw_handles(painter, colours)

    def _draw_axis(self, painter: QPainter, colours: theme.Colours) -> None:
        base = self._base()
        painter.setPen(QPen(colours.border, 1))
        painter.drawLine(QPointF(_SIDE, base), QPointF(self.width() - _SIDE, base))
        painter.setPen(colours.muted)
        metrics = self.fontMetrics()
        for value in np.linspace(0, self._end, 5):
            x, text = self._x(float(value)), plain(round(float(value), 3))
            width = metrics.horizontalAdvance(text)
            left = min(max(x - width / 2, 0), self.width() - width)
            painter.drawText(QPointF(left, self.height() - metrics.descent()), text)

    def _draw_density(
        self, painter: QPainter, duration: Any, colour: QColor, *, dashed: bool
    ) -> None:
        axis = np.linspace(0, self._end, _POINTS)
        base, top = self._base(), 4.0
        pen = QPen(colour, 1.6)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        if duration.dist == "fixed":
            x = self._x(duration.value)
            painter.setPen(pen)
            painter.drawLine(QPointF(x, base), QPointF(x, top))
            return
        heights = density(duration, axis)
        points = [
            QPointF(self._x(float(day)), base - float(height) * (base - top))
            for day, height in zip(axis, heights, strict=True)
        ]
        curve = QPolygonF(points)
        if not dashed:
            soft = QColor(colour)
            soft.setAlpha(50)
            area = QPolygonF(curve)
            area.append(QPointF(self._x(self._end), base))
            area.append(QPointF(_SIDE, base))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(soft)
            painter.drawPolygon(area)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(curve)

    def _draw_handles(self, painter: QPainter, colours: theme.Colours) -> None:
        for name in sorted(self._numbers, key=lambda each: each == self._active):
            centre = self.position_of(name)
            chosen = name == self._active and self.hasFocus()
            painter.setPen(QPen(colours.text if chosen else colours.panel, 2 if chosen else 1.5))
            painter.setBrush(colours.focus)
            if name in ("mode", "mean", "value"):
                painter.drawEllipse(centre, _RADIUS, _RADIUS)
            else:
                painter.drawPolygon(_pointer(centre, towards=-1 if name == "min" else 1))
        if self.hasFocus() and not self._numbers:
            painter.setPen(QPen(colours.focus, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


def _pointer(centre: QPointF, towards: int) -> QPolygonF:
    """A triangle at an end of the distribution, its flat side at the value."""
    x, y = centre.x(), centre.y()
    return QPolygonF(
        [
            QPointF(x, y - _RADIUS),
            QPointF(x, y + _RADIUS),
            QPointF(x + towards * 1.5 * _RADIUS, y),
        ]
    )
