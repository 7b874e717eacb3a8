"""The walk as a table: every event with its date; the one where the clock stands is marked."""

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from approvalsim_ui import language
from approvalsim_ui.walk_story import Walk
from approvalsim_ui.walk_words import WalkWords, day_of, event_words, translate

Index = QModelIndex | QPersistentModelIndex


class WalkEvents(QAbstractTableModel):
    """Events in rows: date, days since signing, what it is about, what happened, which round."""

    def __init__(self) -> None:
        super().__init__()
        self.walk: Walk | None = None
        self._words: WalkWords | None = None

    def show_walk(self, walk: Walk | None) -> None:
        """Show another walk."""
        self.beginResetModel()
        self.walk = walk
        self._words = None if walk is None else WalkWords(walk)
        self.endResetModel()

    def row_at(self, time: float) -> int:
        """The last event that has happened at a time; −1 if none has."""
        events = () if self.walk is None else self.walk.events
        return bisect_right([event.time for event in events], time) - 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """How many events there are."""
        return 0 if parent.isValid() or self.walk is None else len(self.walk.events)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's signature)
        """Five."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            translate("WalkTable", "date"),
            translate("WalkTable", "days since signing"),
            translate("WalkTable", "stage"),
            translate("WalkTable", "event"),
            translate("WalkTable", "round"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid() or self.walk is None or self._words is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (1, 4):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        event = self.walk.events[index.row()]
        return (
            language.day(day_of(self.walk.calendar, event.time)),
            language.number(event.time - self.walk.signed, 1),
            self._words.subject(event),
            event_words(event.what),
            str(event.round) if event.round else "",
        )[index.column()]

    def copied(self) -> str:
        """All of it as text, columns apart by tabs."""
        rows = [[self.headerData(n, Qt.Orientation.Horizontal) for n in range(5)]]
        rows += [
            [self.data(self.index(row, column)) for column in range(5)]
            for row in range(self.rowCount())
        ]
        return "\n".join("\t".join(row) for row in rows) + "\n"


class WalkTable(QTableView):
    """Shows the events; choosing one goes there."""

    sought = Signal(float)
    """Somebody wants to see this time on the clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.events = WalkEvents()
        self.setModel(self.events)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setTabKeyNavigation(False)
        self._following = False
        self.selectionModel().currentRowChanged.connect(self._chosen)

    def show_walk(self, walk: Walk | None) -> None:
        """Show another walk."""
        self.events.show_walk(walk)

    def show_time(self, time: float) -> None:
        """Mark the last event that has happened."""
        row = self.events.row_at(time)
        if row == self.currentIndex().row():
            return
        self._following = True
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.events.index(row, 0))
        self._following = False

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.setAccessibleName(translate("WalkTable", "Events"))
        self.events.show_walk(self.events.walk)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy everything; leave playing to the view."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.events.copied())
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _chosen(self, index: QModelIndex) -> None:
        if not self._following and index.isValid() and self.events.walk is not None:
            self.sought.emit(self.events.walk.events[index.row()].time)
