"""Dates one can add, change and take away: those at whose end projects are counted."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDateEdit, QGridLayout, QLabel, QToolButton, QWidget

from approvalsim_ui import language, theme

MOST = 4
"""Dates that can be changed here; further ones a scenario may have stay as they are."""
_IN_A_ROW = 2
_PAUSE = 600
"""Milliseconds without typing after which a date counts."""


class DateChips(QWidget):
    """A row of dates in order, with a button to add one."""

    dates_changed = Signal(tuple)
    """The user wants these dates, in order, none twice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dates: tuple[date, ...] = ()
        self._rest: tuple[date, ...] = ()
        self._first = date(2022, 12, 31)
        self.label, self.add = QLabel(), QToolButton()
        theme.set_role(self.label, "muted")
        theme.set_role(self.add, "flat")
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setIconSize(QSize(14, 14))
        self.add.clicked.connect(self._add_one)
        self.edits = [self._edit(position) for position in range(MOST)]
        self.removes = [self._remove_button(position) for position in range(MOST)]
        self._typed = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typed.timeout.connect(self._tell)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance("日期") + 16)
        grid.addWidget(self.label, 0, 0)
        for position, (edit, remove) in enumerate(zip(self.edits, self.removes, strict=True)):
            row, column = divmod(position, _IN_A_ROW)
            grid.addWidget(edit, row, 1 + 2 * column)
            grid.addWidget(remove, row, 2 + 2 * column)
        grid.addWidget(self.add, 0, 1 + 2 * _IN_A_ROW)
        grid.setColumnStretch(2 + 2 * _IN_A_ROW, 1)
        self.retranslate()
        self.retheme()

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates as they stand in the fields, in order, none twice."""
        shown = self.edits[: len(self._dates)]
        return tuple(sorted({_python_date(edit.date()) for edit in shown} | set(self._rest)))

    def show_dates(self, dates: Sequence[date], first: date | None = None) -> None:
        """Show these dates; a field the user is typing in is left alone.

        ``first`` is the date that is added where there is none yet.
        """
        self._first = first or self._first
        if self._typed.isActive():
            return
        self._dates, self._rest = tuple(dates)[:MOST], tuple(dates)[MOST:]
        for position, edit in enumerate(self.edits):
            shown = position < len(self._dates)
            edit.setVisible(shown)
            self.removes[position].setVisible(shown)
            if shown:
                day = self._dates[position]
                with QSignalBlocker(edit):
                    edit.setDate(QDate(day.year, day.month, day.day))
        self.add.setEnabled(len(self._dates) < MOST)

    def _edit(self, position: int) -> QDateEdit:
        edit = QDateEdit()
        edit.setCalendarPopup(True)
        edit.setVisible(False)
        edit.dateChanged.connect(lambda _: self._typed.start())
        edit.editingFinished.connect(self._finish_typing)
        edit.setObjectName(f"date {position + 1}")
        return edit

    def _remove_button(self, position: int) -> QToolButton:
        button = QToolButton()
        theme.set_role(button, "flat")
        button.setIconSize(QSize(10, 10))
        button.setVisible(False)
        button.clicked.connect(lambda: self._remove(position))
        return button

    def _finish_typing(self) -> None:
        if self._typed.isActive():
            self._typed.stop()
            self._tell()

    def _tell(self) -> None:
        dates = self.dates
        self.show_dates(dates)
        self.dates_changed.emit(dates)

    def _remove(self, position: int) -> None:
        left = (*self._dates[:position], *self._dates[position + 1 :], *self._rest)
        self.show_dates(left)
        self.dates_changed.emit(left)

    def _add_one(self) -> None:
        added = _a_year_later(self._dates[-1]) if self._dates else self._first
        self.show_dates((*self._dates, added, *self._rest))
        self.dates_changed.emit(self.dates)
        self.edits[len(self._dates) - 1].setFocus()

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.label.setText(self.tr("Dates"))
        self.add.setText(self.tr("Date"))
        self.add.setToolTip(self.tr("Count projects at one more date"))
        self.add.setAccessibleName(self.add.toolTip())
        pattern = "yyyy年M月d日" if language.current() == "zh" else "d MMM yyyy"
        for position, (edit, remove) in enumerate(zip(self.edits, self.removes, strict=True)):
            with QSignalBlocker(edit):
                edit.setLocale(language.locale())
                edit.setDisplayFormat(pattern)
            edit.setAccessibleName(self.tr("Reporting date {n}").format(n=position + 1))
            remove.setToolTip(self.tr("Take this date away"))
            remove.setAccessibleName(self.tr("Take date {n} away").format(n=position + 1))

    def retheme(self) -> None:
        """Take icons in the colours of the theme."""
        self.add.setIcon(theme.icon("add"))
        for remove in self.removes:
            remove.setIcon(theme.icon("close", theme.colours().muted))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.retheme()


def _a_year_later(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if is_leap_day else day.replace(year=day.year + 1)


def _python_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
