"""Cells of a register: typed, chosen from a list, or taken from a calendar."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCalendarWidget,
    QMenu,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
    QWidgetAction,
)

from approvalsim.register_cells import CellError, read_date
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import Index
from approvalsim_ui.stage_cells import CellDelegate, CellLine, CellTable

TODAY = QKeySequence("Ctrl+;")
"""The key that enters today's date, as in spreadsheets."""


class DateCellDelegate(CellDelegate):
    """Edits in place; its model must have ``choices(index)`` and ``is_date(column)``."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.menu: QMenu | None = None

    def choices(self, index: Index) -> list[tuple[str, str]]:
        """What can be chosen in a cell, as data and words."""
        model: Any = index.model()
        return list(model.choices(index).items())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line with a calendar behind it where a date is wanted."""
        editor = super().createEditor(parent, option, index)
        model: Any = index.model()
        if isinstance(editor, CellLine) and model.is_date(index.column()):
            opener = editor.addAction(
                theme.icon("calendar"), CellLine.ActionPosition.TrailingPosition
            )
            opener.setToolTip(self.tr("Calendar (Alt+Down)"))
            opener.triggered.connect(lambda: self._open_calendar(editor))
        return editor

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Alt+Down opens the calendar; an editor is not left because of it."""
        if isinstance(watched, CellLine):
            if event.type() == QEvent.Type.FocusOut and self.menu is not None:
                return False
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
                if alt and event.key() == Qt.Key.Key_Down and watched.actions():
                    self._open_calendar(watched)
                    return True
        return super().eventFilter(watched, event)

    def _open_calendar(self, line: CellLine) -> None:
        calendar = QCalendarWidget()
        calendar.setLocale(language.locale())
        calendar.setGridVisible(True)
        try:
            known = read_date(line.text())
        except CellError:
            known = None
        if known:
            calendar.setSelectedDate(QDate(known.year, known.month, known.day))
        self.menu = QMenu(line)
        holder = QWidgetAction(self.menu)
        holder.setDefaultWidget(calendar)
        self.menu.addAction(holder)
        self.menu.aboutToHide.connect(self._forget_menu)
        calendar.clicked.connect(lambda day: self._take(line, day))
        calendar.activated.connect(lambda day: self._take(line, day))
        self.menu.popup(line.mapToGlobal(line.rect().bottomLeft()))
        calendar.setFocus()

    def _take(self, line: CellLine, day: QDate) -> None:
        line.setText(day.toString(Qt.DateFormat.ISODate))
        if self.menu is not None:
            self.menu.close()
        self._commit(line)

    def _forget_menu(self) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
            self.menu = None


def enters_today(table: CellTable, event: QKeyEvent) -> bool:
    """Enter today's date in the current cell if that is what the key asks for."""
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    index = table.currentIndex()
    if not control or event.key() != Qt.Key.Key_Semicolon or not index.isValid():
        return False
    model: Any = table.model()
    if model.is_date(index.column()) and index.flags() & Qt.ItemFlag.ItemIsEditable:
        model.setData(index, date.today().isoformat())
    return True


class RegisterCells(CellTable):
    """A table of a register: Ctrl+; enters today, Delete empties a cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reset_wished.connect(lambda index: self.model().setData(index, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+; enters today."""
        if not enters_today(self, event):
            super().keyPressEvent(event)
