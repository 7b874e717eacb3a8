"""A network under mouse and keyboard: choosing, opening, drawing lines from card to card.

The keyboard walks from card to card and from arrow to arrow. What somebody wishes to change is only
passed on.
"""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from approvalsim_ui.graph_rubber import RubberLine
from approvalsim_ui.graph_scene import Key
from approvalsim_ui.graph_viewport import STEP, GraphViewport

DRAG = 6
"""Pixels the pointer must move before a press becomes a drag."""

_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class GraphCanvas(GraphViewport):
    """Shows a network and is moved about by mouse and keyboard."""

    pointed = Signal(object)
    """The card or arrow (its key) that is under the pointer or has the keyboard; None for none."""
    opened = Signal(object)
    linked = Signal(str, str)
    """A line was drawn from one card to another."""
    linking = Signal(str)
    """A line is being drawn from this card by the keyboard; empty when that ends."""
    key_wish = Signal(str, object)
    """``remove`` or a kind of dependency, for the arrow with this key."""
    menu_wish = Signal(object, QPoint)
    """A menu for a card or arrow, at a place of the screen."""

    def __init__(
        self, parent: QWidget | None = None, *, editable: bool = True, least: float = 0.7
    ) -> None:
        """Only an ``editable`` canvas lets lines be drawn, and keeps arrow keys for itself."""
        super().__init__(parent, least=least)
        self.editable = editable
        self._hovered: Key | None = None
        self._pressed: QPoint | None = None
        self._source: str | None = None
        self._rubber: RubberLine | None = None

    def go_to(self, key: Key | None) -> None:
        """Put the keyboard at a card or arrow."""
        self.graph.set_current(key)
        item = None if key is None else self.graph.item_of(key)
        if item is not None:
            self.ensureVisible(item.sceneBoundingRect(), 12, 12)
        self.pointed.emit(key)

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag a line from a card, to pan, or to choose."""
        place = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.MiddleButton:
            self.begin_pan(place)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        key = self.key_at(place)
        if self._source is not None and isinstance(key, str) and self._rubber is None:
            self._end_link(key)
            return
        self._pressed = place
        self.go_to(key)
        if key is None:
            self.begin_pan(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, draw a line, or say what is under the pointer."""
        place = event.position().toPoint()
        if self.pan(place):
            return
        far = self._pressed is not None and (place - self._pressed).manhattanLength() >= DRAG
        if far and self.editable and self._rubber is None and isinstance(self.graph.current, str):
            self._begin_rubber(self.graph.current)
        if self._rubber is not None:
            self._rubber.stretch(self.mapToScene(place))
        self._hover(self.key_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what was begun."""
        self._pressed = None
        self.end_pan()
        if self._rubber is not None:
            key = self.key_at(event.position().toPoint())
            self._end_link(key if isinstance(key, str) else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a card or arrow; on nothing, fit."""
        key = self.key_at(event.position().toPoint())
        if key is None:
            self.fit()
        else:
            self.opened.emit(key)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is under the pointer, or of what the keyboard is at."""
        key = self.graph.current
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            key = self.key_at(event.pos())
            self.go_to(key)
        if key is not None:
            self.menu_wish.emit(key, self.screen_place(key))

    def _hover(self, key: Key | None) -> None:
        if key == self._hovered:
            return
        for each, on in ((self._hovered, False), (key, True)):
            item = None if each is None else self.graph.item_of(each)
            if item is not None:
                item.hovered = on
                item.update()
        self._hovered = key
        self.pointed.emit(key if key is not None else self.graph.current)

    # --- drawing a line -------------------------------------------------------------------------

    def begin_link(self, source: str) -> None:
        """Draw a line from a card by the keyboard: the next card that is chosen is its end."""
        self._source = source
        self.linking.emit(source)

    def _begin_rubber(self, source: str) -> None:
        self._source = source
        self._rubber = RubberLine(self.graph.cards[source])
        self.graph.addItem(self._rubber)
        self.linking.emit(source)

    def _end_link(self, target: str | None) -> None:
        source, self._source = self._source, None
        if self._rubber is not None:
            self.graph.removeItem(self._rubber)
            self._rubber = None
        self.linking.emit("")
        if source is not None and target is not None and source != target:
            self.linked.emit(source, target)

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, zoom, open, remove, draw lines."""
        key = Qt.Key(event.key())
        if key in _DIRECTIONS and self.editable:
            self._walk(*_DIRECTIONS[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key in (Qt.Key.Key_F, Qt.Key.Key_0):
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and (self._source or self.graph.current is not None):
            self._escape()
        elif self.editable and self._edit_key(key):
            pass
        elif self.editable:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _edit_key(self, key: Qt.Key) -> bool:
        current = self.graph.current
        if key == Qt.Key.Key_L and isinstance(current, str):
            self.begin_link(current)
            return True
        wishes = {
            Qt.Key.Key_Delete: "remove",
            Qt.Key.Key_Backspace: "remove",
            Qt.Key.Key_1: "hard",
            Qt.Key.Key_2: "prereview",
            Qt.Key.Key_3: "deferred",
        }
        if key not in wishes or not isinstance(current, tuple):
            return False
        self.key_wish.emit(wishes[key], current)
        return True

    def _enter(self) -> None:
        current = self.graph.current
        if self._source is not None and isinstance(current, str):
            self._end_link(current)
        elif current is not None:
            self.opened.emit(current)

    def _escape(self) -> None:
        if self._source is not None:
            self._end_link(None)
        else:
            self.go_to(None)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through everything on the picture before it leaves."""
        order = list(self.graph.in_reading_order())
        current = self.graph.current
        place = order.index(current) if current in order else (-1 if forward else len(order))
        place += 1 if forward else -1
        if not 0 <= place < len(order):
            return super().focusNextPrevChild(forward)
        self.go_to(order[place])
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first thing, or, coming from behind, at the last."""
        super().focusInEvent(event)
        order = list(self.graph.in_reading_order())
        if not order:
            return
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.go_to(order[0])
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.go_to(order[-1])

    def _walk(self, dx: int, dy: int) -> None:
        found = self.graph.beside(self.graph.current, dx, dy)
        if found is not None:
            self.go_to(found)
