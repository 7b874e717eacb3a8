"""Cards side by side, as many as there is room for; the rest below, and the page scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

COLUMN = 500
"""Pixels a column needs at least."""
MOST_COLUMNS = 3
_SPACING = 12


class CardGrid(QScrollArea):
    """Lays cards out in one to three columns, row by row, and keeps them equally high."""

    seen_changed = Signal()
    """Other cards may be seen now."""

    def __init__(self, cards: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = tuple(cards)
        self.columns = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(14, 12, 14, 14)
        self._grid.setSpacing(_SPACING)
        self.setWidget(page)
        self.verticalScrollBar().valueChanged.connect(self.seen_changed)
        self._arrange(2)

    def sees(self, card: QWidget) -> bool:
        """Whether any of the card is to be seen."""
        return not card.visibleRegion().isEmpty()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another number of columns."""
        super().resizeEvent(event)
        widest = max(card.minimumSizeHint().width() for card in self._cards)
        column = max(COLUMN, widest + 2 * _SPACING)
        self._arrange(min(max(self.viewport().width() // column, 1), MOST_COLUMNS))
        self.seen_changed.emit()

    def _arrange(self, columns: int) -> None:
        if columns == self.columns:
            return
        self.columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for position, card in enumerate(self._cards):
            row, column = divmod(position, columns)
            is_last = position == len(self._cards) - 1
            self._grid.addWidget(card, row, column, 1, columns - column if is_last else 1)
