"""The project register (项目台账): what has happened to every project, edited in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim.dispatch import Line
from approvalsim.errors import Problem
from approvalsim.register import Register
from approvalsim.register_changes import Change
from approvalsim.register_log import Recorded
from approvalsim.scenario import Scenario
from approvalsim_ui import language, theme
from approvalsim_ui.column_chooser import ColumnChooser
from approvalsim_ui.date_cells import DateCellDelegate
from approvalsim_ui.frozen_table import FrozenTable
from approvalsim_ui.register_details import RegisterDetails
from approvalsim_ui.register_fields import FROZEN, LIGHT, NOW, RARE, groups_of, is_shown
from approvalsim_ui.register_start import RegisterStart
from approvalsim_ui.register_table import RegisterTableModel

_WIDTHS = {("name",): 170, NOW: 140, ("target",): 96}
_LIGHT = {"zh": 118, "en": 150}
_USUAL = 104
_WIDER = {"owner": 128, "extra": 150, "id": 92, "investment": 116, "milestones": 110}


@dataclass(frozen=True)
class Opened:
    """What is said about an open register above its table."""

    name: str
    read_only: bool = False
    note: str = ""
    """A warning that stays: that it is simulated, or can only be read."""


class RegisterView(QWidget):
    """A start page, or the table of projects with what belongs to the one that is chosen."""

    edited = Signal(tuple, str)
    """Changes, and what to call the step for undo."""
    project_chosen = Signal(str)
    hidden_changed = Signal(frozenset)
    export_wanted = Signal()
    close_wanted = Signal()
    looked_at = Signal()

    _is_built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = RegisterStart()
        self.model, self.table = RegisterTableModel(self), FrozenTable(len(FROZEN))
        self.details = RegisterDetails()
        self.name, self.note = QLabel(), QLabel(wordWrap=True)
        self.filter, self.count = QLineEdit(), QLabel()
        self.columns = ColumnChooser()
        self.new, self.add = QLineEdit(), QPushButton()
        self.export, self.close_button = QPushButton(), QToolButton()
        self.stack, self.splitter = QStackedWidget(), QSplitter(Qt.Orientation.Vertical)
        self._scenario: Scenario | None = None
        self._opened: Opened | None = None
        self._hidden: frozenset[str] = RARE
        self._current: tuple[str, tuple[str, ...]] = ("", ("name",))
        self._sorted: tuple[int, bool] | None = None
        self._lay_out()
        self._connect()
        self._is_built = True
        self.retranslate()

    def _lay_out(self) -> None:
        theme.set_role(self.name, "heading")
        theme.set_role(self.note, "warn")
        theme.set_role(self.count, "muted")
        theme.set_role(self.close_button, "flat")
        self.note.hide()
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(190)
        self.new.setFixedWidth(150)
        self.table.setModel(self.model)
        self.table.setItemDelegate(DateCellDelegate(self.table))
        header = self.table.horizontalHeader()
        header.setFixedHeight(3 * header.fontMetrics().lineSpacing() + 8)
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        header.setDefaultAlignment(Qt.AlignmentFlag(int(beside) | int(Qt.TextFlag.TextWordWrap)))
        self.table.above.horizontalHeader().setDefaultAlignment(header.defaultAlignment())
        self.table.verticalHeader().setDefaultSectionSize(30)
        for table in (self.table, self.table.above):
            table.setWordWrap(False)
        bar = QHBoxLayout()
        left: tuple[QWidget, ...] = (self.name, self.count, self.filter, self.columns)
        right: tuple[QWidget, ...] = (self.new, self.add, self.export, self.close_button)
        for widget in left:
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in right:
            bar.addWidget(widget)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([300, 200])
        self.splitter.setChildrenCollapsible(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(bar)
        column.addWidget(self.note)
        column.addWidget(self.splitter, 1)
        for each in (self.start, page):
            self.stack.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.columns.chosen.connect(self._hide)
        self.new.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.export.clicked.connect(self.export_wanted)
        self.close_button.clicked.connect(self.close_wanted)
        self.model.wished.connect(self.edited)
        self.details.wished.connect(self.edited)
        self.details.place_wanted.connect(self._show_place)
        self.model.modelReset.connect(self._restore)
        self.table.selectionModel().currentChanged.connect(self._choose)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.above.horizontalHeader().sectionClicked.connect(self._sort)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.filter.setFocus)

    # --- what is shown ------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No register is open."""
        self._opened = None
        self.stack.setCurrentWidget(self.start)

    def show_register(
        self,
        opened: Opened,
        register: Register,
        scenario: Scenario,
        problems: Sequence[Problem],
        as_of: date,
    ) -> None:
        """Show what a register says now, as of a date."""
        self._opened, self._scenario = opened, scenario
        before = self.model.fields
        self.model.show_register(register, scenario, problems, opened.read_only)
        self.details.show_register(register, scenario, problems, opened.read_only, as_of)
        self.columns.show_groups(groups_of(self.model.fields, scenario), self._hidden)
        if self.model.fields != before:
            self._set_widths()
        for widget in (self.new, self.add):
            widget.setEnabled(not opened.read_only)
        self._write()
        self.stack.setCurrentIndex(1)
        if not self._current[0]:
            self._restore()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Lights and stages, as soon as they are known."""
        self.model.show_lines(lines)

    def show_history(self, lines: Sequence[Recorded]) -> None:
        """What was changed of the project chosen, oldest first."""
        self.details.show_history(lines)

    def show_hidden(self, hidden: frozenset[str]) -> None:
        """Hide these groups of columns, as the user left them."""
        self._hidden = hidden
        if self._scenario is not None:
            self.columns.show_groups(groups_of(self.model.fields, self._scenario), hidden)
        self._hide_columns()

    def show_project(self, project: str) -> None:
        """Bring a project to the front."""
        self.filter.clear()
        index = self.model.place(project, ("name",))
        if index.isValid():
            self.table.setCurrentIndex(self.model.index(index.row(), index.column()))
            self.table.setFocus()

    @property
    def project(self) -> str:
        """The project chosen; empty where there is none."""
        return self.model.project(self.table.currentIndex().row())

    def _write(self) -> None:
        opened = self._opened
        if opened is None:
            return
        self.name.setText(opened.name)
        self.note.setText(opened.note)
        self.note.setVisible(bool(opened.note))
        shown, known = self.model.rowCount(), self.model.count
        words = self.tr("{known} projects") if shown == known else self.tr("{shown} of {known}")
        self.count.setText(words.format(shown=shown, known=known))

    def _set_widths(self) -> None:
        for number, field in enumerate(self.model.fields):
            width = _WIDTHS.get(field) or _WIDER.get(field[0], _USUAL)
            if field == LIGHT:
                width = _LIGHT[language.current()]
            self.table.setColumnWidth(number, width)
        self._hide_columns()
        self.table.freeze()

    def _hide_columns(self) -> None:
        for number, field in enumerate(self.model.fields):
            hidden = field not in FROZEN and not is_shown(field, self._hidden)
            self.table.setColumnHidden(number, hidden)

    # --- wishes -------------------------------------------------------------------------------

    def _filter(self, text: str) -> None:
        self.model.show_filter(text)
        self._write()

    def _hide(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        self._hide_columns()
        self.hidden_changed.emit(hidden)

    def _sort(self, column: int) -> None:
        down = self._sorted == (column, False)
        self._sorted = (column, down)
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        for table in (self.table, self.table.above):
            table.horizontalHeader().setSortIndicatorShown(True)
            table.horizontalHeader().setSortIndicator(column, order)
        self.model.sort(column, order)

    def _add(self) -> None:
        name = self.new.text().strip()
        if not name:
            self.new.setFocus()
            return
        if self.model.place(name, ("name",)).isValid():
            self.show_project(name)
            return
        self._current = (name, ("name",))
        self.new.clear()
        self.edited.emit((Change(name, "id", name),), self.tr("Add project {id}").format(id=name))

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        project = self.model.project(index.row())
        if not project:
            return
        changed = project != self._current[0]
        self._current = (project, self.model.fields[index.column()])
        self.details.show_project(project)
        if changed:
            self.project_chosen.emit(project)

    def _restore(self) -> None:
        """The cell that was current before, wherever it stands now."""
        project, field = self._current
        index = self.model.place(project, field)
        if not index.isValid() and self.model.rowCount():
            index = self.model.index(0, 0)
        if index.isValid():
            self.table.setCurrentIndex(self.model.index(index.row(), index.column()))

    def _show_place(self, path: tuple[object, ...]) -> None:
        match path:
            case ("project", int(number), *rest):
                self.filter.clear()
                project = self.details.project_at(number)
                index = self.model.place(project, tuple(map(str, rest)) or ("name",))
                if index.isValid():
                    self.table.setColumnHidden(index.column(), False)
                    self.table.setCurrentIndex(self.model.index(index.row(), index.column()))
                    self.table.setFocus()

    # --- words and looks ----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.filter.setPlaceholderText(self.tr("Filter: name, owner, date…"))
        self.filter.setAccessibleName(self.tr("Filter projects"))
        self.new.setPlaceholderText(self.tr("Id of a new project"))
        self.new.setAccessibleName(self.new.placeholderText())
        self.add.setText(self.tr("Add project"))
        self.export.setText(self.tr("To Excel…"))
        self.export.setToolTip(
            self.tr("Writes a new workbook, or what has changed into one that exists")
        )
        self.close_button.setToolTip(self.tr("Close the register"))
        self.close_button.setAccessibleName(self.close_button.toolTip())
        self.table.setAccessibleName(self.tr("Projects of the register"))
        self.table.setToolTip("")
        self.model.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, max(self.model.columnCount() - 1, 0)
        )
        if self._scenario is not None:
            self.columns.show_groups(groups_of(self.model.fields, self._scenario), self._hidden)
            self._set_widths()
        self._write()
        self._retheme()

    def _retheme(self) -> None:
        self.columns.setIcon(theme.icon("columns"))
        self.columns.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.close_button.setIcon(theme.icon("close"))
        self.close_button.setIconSize(QSize(12, 12))
        self.export.setIcon(theme.icon("export"))

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: lights are wanted now."""
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
            self._retheme()
