"""The wall chart on the screen: columns and axis stand still, rows and time scroll and zoom."""

from math import exp

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from approvalsim_ui import theme
from approvalsim_ui.wall_chart_axis import HEAD, LEAD, TimeScale
from approvalsim_ui.wall_chart_picture import ROW, WallPicture

CLOSEST = 24.0
"""Units of a day when zoomed in as far as possible."""
STEP = 1.25
_COLUMNS = 0.5
"""Share of the width that the columns may take."""
_STRETCH = 1.7
"""How many times as high as they need to be rows may become where there are few."""


class WallCanvas(QAbstractScrollArea):
    """Shows a picture; one row is the current one."""

    row_changed = Signal(int)
    """Another row is the current one; −1 for none."""
    opened = Signal(int)
    """Somebody wants to see what belongs to a row."""
    left_wanted = Signal()
    """Somebody wants to go back to all projects."""
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: WallPicture | None = None
        self.current = -1
        self.fitted = True
        self._pulled = QPoint()
        self._first, self._last, self._per_day = 0.0, 1.0, 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(480, 200))
        self.viewport().setMouseTracking(True)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(24)
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    # --- what is shown ---------------------------------------------------------------------------

    def show_picture(self, picture: WallPicture | None, extent: tuple[float, float]) -> None:
        """Show another picture over a time; the place and the zoom stay, unless it is fitted."""
        middle = self.scale.time(self._middle()) if self.picture else 0.0
        self.picture = picture
        self._first, self._last = extent
        rows = len(picture.rows) if picture else 0
        if self.current >= rows:
            self._go_to(rows - 1)
        self._narrow()
        if self.fitted:
            self.fit_width()
        else:
            self._measure()
            self.horizontalScrollBar().setValue(round(self._offset(middle) - self._room() / 2))
        self.viewport().update()

    def _narrow(self) -> None:
        if self.picture:
            self.picture.columns = self.picture.natural
            self.picture.narrow(self.viewport().width() * _COLUMNS)
            self.picture.stretch(1.0)
            free = (self.viewport().height() - HEAD - 2) / max(self.picture.height, 1.0)
            self.picture.stretch(min(max(free, 1.0), _STRETCH))

    @property
    def scale(self) -> TimeScale:
        """Where times are now."""
        left = self.picture.left if self.picture else 0.0
        left += LEAD - self.horizontalScrollBar().value()
        return TimeScale(self._first, self._per_day, left)

    def _room(self) -> float:
        """The width that is there for time."""
        left = self.picture.left if self.picture else 0.0
        return max(self.viewport().width() - left - LEAD - self._tail(), 50.0)

    def _tail(self) -> float:
        return self.picture.tail if self.picture else 0.0

    def _middle(self) -> float:
        return self.viewport().width() - self._tail() - self._room() / 2

    def _offset(self, time: float) -> float:
        return (time - self._first) * self._per_day

    @property
    def per_day(self) -> float:
        """Pixels of a day."""
        return self._per_day

    def fit_width(self) -> None:
        """All of the time at once."""
        self.fitted = True
        self._per_day = self._room() / (self._last - self._first)
        self._measure()
        self.viewport().update()
        self.zoomed.emit()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Stretch time around a place; what stands there stays."""
        x = self._middle() if at is None else at
        time = self.scale.time(x)
        smallest = min(self._room() / (self._last - self._first), CLOSEST)
        wanted = min(max(self._per_day * factor, smallest), CLOSEST)
        self.fitted = wanted == smallest
        self._per_day = wanted
        self._measure()
        self.horizontalScrollBar().setValue(
            round(self._offset(time) - (x - self.viewport().width() + self._tail() + self._room()))
        )
        self.viewport().update()
        self.zoomed.emit()

    def _measure(self) -> None:
        """Tell the scroll bars how much there is."""
        seen = self.viewport().size()
        wide, high = self.horizontalScrollBar(), self.verticalScrollBar()
        wide.setRange(0, max(round(self._offset(self._last) - self._room()), 0))
        wide.setPageStep(round(self._room()))
        body = seen.height() - HEAD
        height = self.picture.height if self.picture else 0.0
        high.setRange(0, max(round(height - body + 2), 0))
        high.setPageStep(max(round(body), 1))

    # --- rows ------------------------------------------------------------------------------------

    def go_to(self, row: int) -> None:
        """Make a row the current one, and show it."""
        if self.picture is None or not self.picture.rows:
            return
        row = min(max(row, 0), len(self.picture.rows) - 1)
        self._go_to(row)
        bar, body = self.verticalScrollBar(), self.viewport().height() - HEAD
        top, bottom = self.picture.tops[row], self.picture.tops[row + 1]
        if top < bar.value():
            bar.setValue(int(top))
        elif bottom > bar.value() + body:
            bar.setValue(round(bottom - body + 1))

    def _go_to(self, row: int) -> None:
        if row != self.current:
            self.current = row
            self.row_changed.emit(row)
        self.viewport().update()

    def row_at(self, place: QPointF) -> int:
        """The row at a place of the viewport; −1 where there is none."""
        if self.picture is None or place.y() < HEAD:
            return -1
        return self.picture.row_at(place.y() - HEAD + self.verticalScrollBar().value())

    def words_at(self, place: QPointF) -> str:
        """What is to be said about a place."""
        row = self.row_at(place)
        if self.picture is None or row < 0:
            return ""
        if place.x() < self.picture.left:
            return "\n".join(filter(None, self.picture.cells[row]))
        y = place.y() - HEAD + self.verticalScrollBar().value()
        bar = self.picture.bar_at(row, y, self.scale, place.x())
        words = self.picture.words
        return words.bar(self.picture.rows[row], bar) if bar else ""

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is seen and nothing else."""
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        if self.picture is None:
            painter.fillRect(area, theme.colours().panel)
        else:
            scrolled = float(self.verticalScrollBar().value())
            focused = self.hasFocus()
            self.picture.paint(painter, self.scale, area, scrolled, self.current, focused)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew, or keep the zoom."""
        super().resizeEvent(event)
        self._narrow()
        if self.fitted:
            self.fit_width()
        else:
            self._measure()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint anew: columns and axis do not move along."""
        self.viewport().update()

    # --- mouse and keys --------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms, Shift goes through time, else through rows."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(exp((turned.y() or turned.x()) / 500), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turned.y() or turned.x()))
        else:
            super().wheelEvent(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a row; dragging pulls the sheet."""
        self._pulled = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            row = self.row_at(event.position())
            if row >= 0:
                self._go_to(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the sheet along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            here = event.position().toPoint()
            moved: QPoint = here - self._pulled
            self._pulled = here
            for bar, distance in (
                (self.horizontalScrollBar(), moved.x()),
                (self.verticalScrollBar(), moved.y()),
            ):
                bar.setValue(bar.value() - distance)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what belongs to a row."""
        row = self.row_at(event.position())
        if row >= 0:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rows up and down, time left and right, plus and minus zoom, Enter opens."""
        key = Qt.Key(event.key())
        page = max(int((self.viewport().height() - HEAD) / ROW) - 1, 1)
        last = len(self.picture.rows) - 1 if self.picture else 0
        rows = {
            Qt.Key.Key_Up: self.current - 1,
            Qt.Key.Key_Down: self.current + 1,
            Qt.Key.Key_PageUp: self.current - page,
            Qt.Key.Key_PageDown: self.current + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in rows:
            self.go_to(rows[key])
        elif key in aside:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + aside[key] * round(self._room() / 8))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Backspace:
            self.left_wanted.emit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what stands where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(QPointF(event.pos()))
            box = QRect(event.pos() - QPoint(4, 4), QSize(8, 8))
            QToolTip.showText(event.globalPos(), words, self.viewport(), box)
            return True
        return super().viewportEvent(event)
