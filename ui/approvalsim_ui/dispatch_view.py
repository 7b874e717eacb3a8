"""The dispatch board (督办看板): one line a project, the most urgent first."""

from datetime import date
from typing import get_args

from PySide6.QtCore import QDate, QEvent, QModelIndex, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from approvalsim.dispatch import Line
from approvalsim_ui import language, theme
from approvalsim_ui.dispatch_cells import DispatchCells
from approvalsim_ui.dispatch_summary import DispatchSummary
from approvalsim_ui.dispatch_table import (
    COLUMNS,
    LIT,
    DispatchTableModel,
    Grouping,
    Heading,
    rows_of,
)
from approvalsim_ui.reading_table import ReadingTable
from approvalsim_ui.register_start import RegisterStart
from approvalsim_ui.standing_answer import Standing
from approvalsim_ui.table_columns import Column, TableFitter

_GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)
_PAUSE = 500
"""Milliseconds without typing after which a date counts."""
PAPERS = ("table", "weekly", "monthly", "quarterly", "yearly")


class DispatchView(QWidget):
    """A start page, or the board with its summary."""

    as_of_changed = Signal(object)
    """The date by whose end things are known."""
    project_wanted = Signal(str)
    """The user wants to see a project in the register."""
    paper_wanted = Signal(str)
    """One of `PAPERS`."""
    letters_wanted = Signal(tuple)
    """Ids of the projects to write about."""
    looked_at = Signal()

    _is_built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start, self.summary = RegisterStart(), DispatchSummary()
        self.model, self.table = DispatchTableModel(self), ReadingTable()
        self.note = QLabel(wordWrap=True)
        self.as_of_label, self.as_of, self.today = QLabel(), QDateEdit(), QPushButton()
        self.group_label, self.grouping, self.only_lit = QLabel(), QComboBox(), QCheckBox()
        self.filter = QLineEdit()
        self.papers, self.letters = QPushButton(), QPushButton()
        self.empty = QLabel()
        self.stack, self.inner = QStackedWidget(), QStackedWidget()
        self.standing: Standing | None = None
        self._fitted: tuple[bool, str] | None = None
        self._paper_actions = {paper: QAction(self) for paper in PAPERS}
        self._typed = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._is_built = True
        self.retranslate()

    def _lay_out(self) -> None:
        theme.set_role(self.note, "warn")
        theme.set_role(self.today, "flat")
        self.note.hide()
        self.as_of.setCalendarPopup(True)
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(180)
        self.grouping.addItems(list(_GROUPINGS))
        menu = QMenu(self.papers)
        for action in self._paper_actions.values():
            menu.addAction(action)
        self.papers.setMenu(menu)
        self.table.setModel(self.model)
        self.table.setItemDelegate(DispatchCells(self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        columns = [
            *(Column(128, 280, words=True), Column(104, 150, words=True)),
            *(Column(184, 260, words=True), Column(52, 64), Column(92, 100, spare=1)),
            *(Column(92, 120), Column(72, 84)),
            *(Column(300, 460, words=True), Column(110, 280, words=True)),
        ]
        self.fitter = TableFitter(
            self.table, columns, COLUMNS.index("actions"), lines=3, heading_lines=2
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.inner.addWidget(self.table)
        self.inner.addWidget(self.empty)
        bar = QHBoxLayout()
        when: tuple[QWidget, ...] = (self.as_of_label, self.as_of, self.today)
        which = (self.group_label, self.grouping, self.only_lit, self.filter)
        for widget in (*when, *which):
            bar.addWidget(widget)
            if widget is self.today:
                bar.addSpacing(8)
        bar.addStretch(1)
        bar.addWidget(self.letters)
        bar.addWidget(self.papers)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self.note)
        column.addWidget(self.summary)
        column.addWidget(self.inner, 1)
        for each in (self.start, page):
            self.stack.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _connect(self) -> None:
        self.as_of.dateChanged.connect(lambda _: self._typed.start())
        self.as_of.editingFinished.connect(self._finish_typing)
        self._typed.timeout.connect(self._tell_date)
        self.today.clicked.connect(self._choose_today)
        self.grouping.activated.connect(lambda _: self._show_rows())
        self.only_lit.toggled.connect(lambda _: self._show_rows())
        self.filter.textChanged.connect(lambda _: self._show_rows())
        self.letters.clicked.connect(self._write_letters)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer_letters())
        self.model.modelReset.connect(self._span)
        for paper, action in self._paper_actions.items():
            action.triggered.connect(lambda _=False, paper=paper: self.paper_wanted.emit(paper))
        copy = QAction(self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.triggered.connect(self.copy_table)
        self.addAction(copy)

    # --- what is shown ------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No register is open."""
        self.standing = None
        self.stack.setCurrentWidget(self.start)

    def show_opened(self, as_of: date, note: str = "") -> None:
        """A register is open; its lights are on their way."""
        with QSignalBlocker(self.as_of):
            self.as_of.setDate(QDate(as_of.year, as_of.month, as_of.day))
        self._typed.stop()
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.stack.setCurrentIndex(1)

    def show_standing(self, standing: Standing) -> None:
        """Show where projects stand."""
        self.standing = standing
        self.summary.show_standing(standing)
        self._show_rows()

    def show_running(self, running: bool) -> None:
        """Whether the forecast is on its way."""
        self.summary.show_running(running)

    def show_progress(self, done: int, total: int) -> None:
        """How far the forecast is."""
        self.summary.show_progress(done, total)

    @property
    def chosen(self) -> tuple[Line, ...]:
        """The lines chosen, from top to bottom."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        found = (self.model.row(row) for row in rows)
        return tuple(row for row in found if row is not None and not isinstance(row, Heading))

    def _show_rows(self) -> None:
        standing = self.standing
        if standing is None:
            return
        chosen = {line.entry.id for line in self.chosen}
        grouping = _GROUPINGS[self.grouping.currentIndex()]
        lit = self.only_lit.isChecked()
        rows = rows_of(standing.board, grouping, lit, self.filter.text())
        self.model.show_rows(standing.board, rows, standing.forecast is not None)
        self._span()
        if chosen != {line.entry.id for line in self.chosen}:
            self._choose(chosen)
        self.inner.setCurrentWidget(self.table if rows else self.empty)
        kind = standing.forecast is None, language.current()
        if kind != self._fitted:  # what the columns hold is of another kind now
            self._fitted = kind
            self.fitter.fit()
        if grouping != "none":
            self._fit_headings()
        self._offer_letters()

    def _choose(self, projects: set[str]) -> None:
        for number in range(self.model.rowCount()):
            row = self.model.row(number)
            if isinstance(row, Line) and row.entry.id in projects:
                self.table.selectRow(number)

    def _span(self) -> None:
        """Headings go across the table."""
        self.table.clearSpans()
        for number in range(self.model.rowCount()):
            if isinstance(self.model.row(number), Heading):
                self.table.setSpan(number, 0, 1, len(COLUMNS))

    def _fit_headings(self) -> None:
        header = self.table.verticalHeader()
        usual, low = header.defaultSectionSize(), self.fontMetrics().lineSpacing() + 12
        for number in range(self.model.rowCount()):
            is_heading = isinstance(self.model.row(number), Heading)
            self.table.setRowHeight(number, low if is_heading else usual)

    # --- wishes -------------------------------------------------------------------------------

    def _finish_typing(self) -> None:
        if self._typed.isActive():
            self._typed.stop()
            self._tell_date()

    def _tell_date(self) -> None:
        chosen = self.as_of.date()
        self.as_of_changed.emit(date(chosen.year(), chosen.month(), chosen.day()))

    def _choose_today(self) -> None:
        today = date.today()
        with QSignalBlocker(self.as_of):
            self.as_of.setDate(QDate(today.year, today.month, today.day))
        self.as_of_changed.emit(today)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if isinstance(row, Line):
            self.project_wanted.emit(row.entry.id)

    def _write_letters(self) -> None:
        late = [line.entry.id for line in self.chosen if line.signal in LIT]
        if late:
            self.letters_wanted.emit(tuple(late))

    def _offer_letters(self) -> None:
        late = sum(line.signal in LIT for line in self.chosen)
        self.letters.setEnabled(late > 0)
        words = self.tr("Letters for {number}…") if late > 1 else self.tr("Dunning letter…")
        self.letters.setText(words.format(number=late))
        self.letters.setToolTip(
            self.tr("Choose projects with a red or yellow light, or a warning, in the table")
        )

    def copy_table(self) -> None:
        """The rows seen, to the clipboard."""
        lines = []
        for number in range(self.model.rowCount()):
            cells = (self.model.index(number, column).data() for column in range(len(COLUMNS)))
            lines.append("\t".join(str(cell or "").replace("\n", "; ") for cell in cells))
        heads = "\t".join(
            str(self.model.headerData(column, Qt.Orientation.Horizontal))
            for column in range(len(COLUMNS))
        )
        QGuiApplication.clipboard().setText("\n".join((heads, *lines)))

    # --- words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.as_of_label.setText(self.tr("As of the end of"))
        self.as_of.setLocale(language.locale())
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setAccessibleName(self.tr("As-of date"))
        self.today.setText(self.tr("Today"))
        self.group_label.setText(self.tr("Group by"))
        words = {
            "none": self.tr("nothing"),
            "team": self.tr("task force"),
            "owner": self.tr("owner"),
            "leader": self.tr("leader"),
            "light": self.tr("light"),
        }
        for position, grouping in enumerate(_GROUPINGS):
            self.grouping.setItemText(position, words[grouping])
        self.grouping.setAccessibleName(self.group_label.text())
        self.only_lit.setText(self.tr("Only lit"))
        self.only_lit.setToolTip(self.tr("Only red, yellow, and green with a warning"))
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter projects"))
        self.papers.setText(self.tr("Export"))
        titles = {
            "table": self.tr("Dispatch table…"),
            "weekly": self.tr("Weekly summary…"),
            "monthly": self.tr("Monthly bulletin…"),
            "quarterly": self.tr("Quarterly assessment…"),
            "yearly": self.tr("Yearly assessment…"),
        }
        for paper, action in self._paper_actions.items():
            action.setText(titles[paper])
        self.empty.setText(self.tr("No project fits this choice."))
        self.table.setAccessibleName(self.tr("Dispatch board"))
        last = self.model.columnCount() - 1
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self.papers.setIcon(theme.icon("export"))
        self._offer_letters()
        self._show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: a forecast is wanted now."""
        super().showEvent(event)
        self.looked_at.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.papers.setIcon(theme.icon("export"))
            self.table.viewport().update()
