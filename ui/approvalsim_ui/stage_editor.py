"""The live what-if: all stages as a table, one of them beside it on live curves; departments."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim.summary import Summary
from approvalsim_ui import theme
from approvalsim_ui.cell_roles import Index
from approvalsim_ui.change_bar import ChangeBar
from approvalsim_ui.department_table import COLUMNS as DEPARTMENT_COLUMNS
from approvalsim_ui.department_table import DepartmentTable, DepartmentTableModel
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import part_name, when_words
from approvalsim_ui.stage_cells import CellDelegate, CellTable
from approvalsim_ui.stage_forms import VARIED, Form, forms
from approvalsim_ui.stage_inspector import StageInspector
from approvalsim_ui.stage_table import COLUMNS, StageTableModel
from approvalsim_ui.table_columns import Column, TableFitter

_NARROW = 1080
"""Below this width some words go."""

_NUMBERS = Column(48, 170)
_WIDTHS = {
    "name": Column(96, 220, words=True, whole_words=True),
    "department": Column(62, 200, words=True, whole_words=True, spare=4),
    "owner": Column(62, 200, words=True, whole_words=True, spare=6),
    "prepare": _NUMBERS,
    "review": _NUMBERS,
    "notice": _NUMBERS,
    "correction": _NUMBERS,
    "statutory": Column(48, 170, spare=1),
    "relaxed": Column(74, 260, words=True, spare=5),
    "criticality": Column(48, 170, spare=2),
    "duration": Column(48, 170, spare=3),
}


class StageEditor(QWidget):
    """Shows a scenario, and tells of edits; it keeps no file and no run."""

    edited = Signal(object, str, str)
    """A new scenario, what to call the step for undo, and a key: steps of one key are one."""
    drag_finished = Signal()
    place_focused = Signal(object)
    """The user is at this place of the scenario."""
    evidence_requested = Signal(object)
    """The user asks where the number at this place comes from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = ScenarioEditing(self)
        self.editing.edited.connect(self.edited)
        self._is_arranged = False
        self._build()
        self._connect()
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.form_label = QLabel()
        self.form_box = QComboBox()
        self.form_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.form_box.setMinimumContentsLength(12)
        self.form_label.setBuddy(self.form_box)
        self.changes = ChangeBar(self.editing)
        self.stages = StageTableModel(self.editing, self)
        self.table = CellTable()
        self.table.setModel(self.stages)
        self.table.setItemDelegate(_StageDelegate(self.table))
        self.departments = DepartmentTableModel(self.editing, self)
        self.department_table = DepartmentTable(self.departments)
        self.inspector = StageInspector(self.editing)
        self._lay_out()
        columns = [_WIDTHS[name] for name in COLUMNS]
        self._fitter = TableFitter(self.table, columns, COLUMNS.index("relaxed"), lines=2)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.form_label)
        bar.addWidget(self.form_box)
        bar.addStretch(1)
        bar.addWidget(self.changes)
        self.tables = QSplitter(Qt.Orientation.Vertical)
        self.tables.addWidget(self.table)
        self.tables.addWidget(self.department_table)
        self.tables.setStretchFactor(0, 2)
        self.tables.setStretchFactor(1, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(bar)
        column.addWidget(self.tables, 1)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.addWidget(left)
        self.halves.addWidget(self.inspector)
        self.halves.setStretchFactor(0, 1)
        self.halves.setStretchFactor(1, 0)
        self.halves.setCollapsible(0, False)
        self.halves.setSizes([814, 388])
        self.inspector.setMinimumWidth(376)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.addWidget(self.halves)

    def _connect(self) -> None:
        self.editing.shown.connect(self._refresh)
        self.form_box.activated.connect(lambda _: self._show_form(self.form_box.currentData()))
        self.inspector.form_chosen.connect(self._choose_form)
        self.inspector.touched.connect(self.place_focused)
        self.inspector.drag_finished.connect(self.drag_finished)
        self.changes.field_requested.connect(self.focus_field)
        for table in (self.table, self.department_table):
            table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            table.customContextMenuRequested.connect(
                lambda point, view=table: self._open_menu(view, point)
            )
            table.reset_wished.connect(self._reset)
            table.selectionModel().currentChanged.connect(
                lambda index, _before: self._follow(index)
            )
        self.table.opened.connect(self._open)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the stages the room they need; departments get the rest."""
        super().showEvent(event)
        if not self._is_arranged and self.stages.rowCount():
            self._is_arranged = True
            header = self.table.horizontalHeader().height()
            wanted = header + self._fitter.least_height() * self.stages.rowCount() + 12
            room = self.tables.height()
            self.tables.setSizes([min(wanted, room - 96), max(room - wanted, 96)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer words where room is short."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.form_label.setVisible(not narrow)
        self.changes.show_compact(narrow)

    # --- what is shown ------------------------------------------------------------------------

    def show_scenario(self, scenario: Scenario, original: Scenario) -> None:
        """Show a scenario, and mark where it differs from ``original``, what its file says."""
        self.editing.show_scenario(scenario, original)

    def show_summary(self, summary: Summary | None) -> None:
        """Show beside the rows what a run says; None while nothing is known."""
        self.stages.show_summary(summary)
        self.departments.show_summary(summary)

    def _refresh(self) -> None:
        self._fill_forms()
        if not self.table.currentIndex().isValid() and self.stages.rowCount():
            self.table.setCurrentIndex(self.stages.index(0, COLUMNS.index("prepare")))
        row = self.table.currentIndex().row()
        stage = self.stages.stage_at(row) if row >= 0 else ""
        if stage != self.inspector.stage or self.stages.form != self.inspector.form:
            self.inspector.show_stage(stage, self.stages.form)

    def _fill_forms(self) -> None:
        found = forms(self.editing.scenario) if self.editing.has_scenario else (None,)
        if self.stages.form not in found:
            self.stages.show_form(None)
        with QSignalBlocker(self.form_box):
            self.form_box.clear()
            for form in found:
                words = self.tr("all projects") if form is None else when_words(form)
                self.form_box.addItem(words, form)
            self.form_box.setCurrentIndex(found.index(self.stages.form))
        self._explain_form()

    def _choose_form(self, form: Form) -> None:
        self._show_form(form)
        self._fill_forms()

    def _explain_form(self) -> None:
        """The box may be narrower than its words."""
        self.form_box.setToolTip(self.form_box.currentText())

    def _show_form(self, form: Form) -> None:
        self.stages.show_form(form)
        self._explain_form()
        self.inspector.show_stage(self.inspector.stage, form)

    def _follow(self, index: QModelIndex) -> None:
        """Show beside the table what the user is at."""
        if not index.isValid():
            return
        if index.model() is self.stages:
            stage = self.stages.stage_at(index.row())
            if stage != self.inspector.stage:
                self.inspector.show_stage(stage, self.stages.form)
        place = self._place_at(index)
        if place:
            self.place_focused.emit(place)

    def _place_at(self, index: Index) -> Place | None:
        model = index.model()
        if isinstance(model, StageTableModel | DepartmentTableModel):
            return model.place_at(index)
        return None

    # --- wishes -------------------------------------------------------------------------------

    def _reset(self, index: QModelIndex) -> None:
        place = self._place_at(index)
        if place and self.editing.is_changed(place):
            self.changes.show_refusal(self.editing.reset(place))

    def _open(self, index: QModelIndex) -> None:
        place = self._place_at(index)
        if place and COLUMNS[index.column()] == "relaxed":
            self.inspector.focus_field((*place[:2], "after"))

    def _open_menu(self, view: QTableView, point: QPoint) -> None:
        index = view.indexAt(point)
        if index.isValid():
            self.menu_for(index).popup(view.viewport().mapToGlobal(point))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with a cell."""
        place = self._place_at(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        back = menu.addAction(theme.icon("reset"), self.tr("Put back what the file says"))
        back.setShortcut(Qt.Key.Key_Delete)
        back.setEnabled(place is not None and self.editing.is_changed(place))
        back.triggered.connect(lambda: self._reset(index))
        asked = menu.addAction(theme.icon("source"), self.tr("Where does it come from?"))
        asked.setEnabled(place is not None)
        asked.triggered.connect(lambda: self.evidence_requested.emit(place))
        copy = menu.addAction(theme.icon("copy"), self.tr("Copy"))
        copy.triggered.connect(lambda: QApplication.clipboard().setText(str(index.data())))
        return menu

    # --- finding fields -----------------------------------------------------------------------

    def focus_field(self, place: Place) -> bool:
        """Bring the user to a place of the scenario; False where this view does not show it."""
        if not self.editing.has_scenario or len(place) < 2:
            return False
        if place[0] == "department":
            return self._focus_department(place)
        stage = self._stage_of(place)
        row = self.stages.row_of(stage)
        if row < 0:
            return False
        self._choose_form(self._form_of(place))
        field = str(place[4] if place[2:3] == ("variant",) and len(place) > 4 else _column(place))
        column = COLUMNS.index(field) if field in COLUMNS else 0
        self.table.setCurrentIndex(self.stages.index(row, column))
        if not self.inspector.focus_field(place):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _focus_department(self, place: Place) -> bool:
        row = self.departments.row_of(str(place[1]))
        if row < 0:
            return False
        field = str(place[2]) if len(place) > 2 else "reviewers"
        column = DEPARTMENT_COLUMNS.index(field) if field in DEPARTMENT_COLUMNS else 0
        self.department_table.setCurrentIndex(self.departments.index(row, column))
        target = self.department_table.box_of(str(place[1])) if field == "reviewers" else None
        (target or self.department_table).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _stage_of(self, place: Place) -> str:
        """The stage in whose row a place is shown: for a milestone's edge where it comes from."""
        if place[0] == "milestone" and place[2:3] == ("after",) and len(place) > 3:
            return str(place[3])
        return str(place[1]) if place[0] == "stage" else ""

    def _form_of(self, place: Place) -> Form:
        if place[2:3] != ("variant",) or len(place) < 4:
            return self.stages.form if place[2:3] and place[2] not in VARIED else None
        variants = self.editing.scenario.stage[str(place[1])].variant
        position = place[3]
        if isinstance(position, int) and position < len(variants):
            return dict(variants[position].when)
        return None

    # --- language -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words anew."""
        self.form_label.setText(self.tr("&Values for"))
        self.form_box.setAccessibleName(self.tr("Projects whose values are shown"))
        self.table.setAccessibleName(self.tr("Stages"))
        self.department_table.setAccessibleName(self.tr("Departments"))
        self._fill_forms()
        self.stages.refresh()
        self.departments.refresh()
        for model in (self.stages, self.departments):
            last = model.columnCount() - 1
            model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._fitter.fit()
        self.department_table.fitter.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _column(place: Place) -> str:
    if place[0] == "milestone" or place[2:3] == ("after",):
        return "relaxed"
    return str(place[2]) if len(place) > 2 else "name"


class _StageDelegate(CellDelegate):
    def choices(self, index: Index) -> list[tuple[str, str]]:
        """All departments, and none."""
        model = index.model()
        if not isinstance(model, StageTableModel) or COLUMNS[index.column()] != "department":
            return []
        scenario = model.editing.scenario
        names = [(key, part_name(scenario, "department", key)) for key in scenario.department]
        return [("", self.tr("none: no queue")), *names]
