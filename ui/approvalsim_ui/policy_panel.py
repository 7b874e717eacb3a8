"""The commitment policy, who may promise what; and below it supervision and task forces."""

from functools import partial
from typing import Any, Literal, get_args

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui import language, theme
from approvalsim_ui.barred_projects import BarredProjects
from approvalsim_ui.bindings import Binding
from approvalsim_ui.change_bar import ChangeBar
from approvalsim_ui.field_inputs import ShareInput
from approvalsim_ui.grade_table import COLUMNS as GRADE_COLUMNS
from approvalsim_ui.grade_table import GRADES, GradeTableModel
from approvalsim_ui.relaxation_table import RelaxationTableModel
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.stage_cells import CellDelegate, CellTable
from approvalsim_ui.supervision_panel import SupervisionPanel
from approvalsim_ui.table_columns import Column, TableFitter
from approvalsim_ui.three_point import DurationInput

_NARROW = 900
"""Below this width the parts stand under each other."""

Part = Literal["commitment", "supervision"]

NEW_POLICY: dict[str, Any] = {
    "share": 0.5,
    "grades": {"A": {"share": 1.0, "assumed": True}},
    "remedy": {"dist": "fixed", "value": 10, "unit": "workdays", "assumed": True},
    "assumed": True,
}
"""What a scenario without a policy begins with."""


class PolicyPanel(QWidget):
    """Shows the policy of a scenario, and tells of edits."""

    edited = Signal(object, str, str)
    """A new scenario, what to call the step for undo, and a key: steps of one key are one."""
    drag_finished = Signal()
    place_focused = Signal(object)
    """The user is at this place of the scenario."""
    supervision_compared = Signal()
    """The user wants to see supervision off against on."""
    effect_requested = Signal(object)
    """Find out what supervision wins in this `Scenario`, by its effect."""
    effect_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = ScenarioEditing(self)
        self.editing.edited.connect(self.edited)
        self._build()
        self._connect()
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.enabled = QCheckBox()
        self.enabled.setFont(theme.text_font(1.2, bold=True))
        self.meaning = QLabel(wordWrap=True)
        theme.set_role(self.meaning, "muted")
        self.changes = ChangeBar(self.editing)
        self.share = ShareInput()
        self.remedy = DurationInput()
        self.bar_after = QCheckBox()
        self.barred = BarredProjects(self.editing)
        self.grades = GradeTableModel(self.editing, self)
        self.grade_table, grades = _table(self.grades)
        self.edges = RelaxationTableModel(self.editing, self)
        self.edge_table, edges = _table(self.edges)
        self._fitters = (grades, edges)
        self.total = QLabel(wordWrap=True)
        self.balance, self.drop = QPushButton(), QPushButton()
        self.grade_heading, self.edge_heading = QLabel(), QLabel()
        for label in (self.grade_heading, self.edge_heading):
            theme.set_role(label, "heading")
        self.empty, self.add = QLabel(wordWrap=True), QPushButton()
        theme.set_role(self.add, "primary")
        self.supervision = SupervisionPanel(self.editing)
        self.chips: dict[Part, QPushButton] = {part: QPushButton() for part in get_args(Part)}
        self._group = QButtonGroup(self)
        for chip in self.chips.values():
            chip.setCheckable(True)
            theme.set_role(chip, "chip")
            self._group.addButton(chip)
        self._bindings: dict[Place, Binding] = {
            ("commitment", "share"): Binding(
                self.editing, self.share, lambda: ("commitment", "share")
            ),
            ("commitment", "remedy"): Binding(
                self.editing, self.remedy, lambda: ("commitment", "remedy")
            ),
        }
        self._lay_out()
        self.show_part("commitment")
        for fitter in self._fitters:
            fitter.fitted.connect(self._fit_tables)

    def _lay_out(self) -> None:
        head, switch = QHBoxLayout(), QHBoxLayout()
        for chip in self.chips.values():
            head.addWidget(chip)
        head.addStretch(1)
        head.addWidget(self.changes)
        for widget in (self.enabled, self.empty, self.add):
            switch.addWidget(widget)
        switch.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addLayout(self._tables(), 1)
        self._sides.addWidget(self._numbers())
        self._policy, self._commitment = QWidget(), QWidget()
        self._policy.setLayout(self._sides)
        commitment = QVBoxLayout(self._commitment)
        commitment.setContentsMargins(0, 0, 0, 0)
        commitment.setSpacing(8)
        commitment.addLayout(switch)
        commitment.addWidget(self.meaning)
        commitment.addWidget(self._policy)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._commitment)
        column.addWidget(self.supervision)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)

    def _tables(self) -> QVBoxLayout:
        sums = QHBoxLayout()
        sums.addWidget(self.total, 1)
        for widget in (self.balance, self.drop):
            sums.addWidget(widget)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.grade_heading)
        column.addWidget(self.grade_table)
        column.addLayout(sums)
        column.addSpacing(8)
        column.addWidget(self.edge_heading)
        column.addWidget(self.edge_table)
        column.addStretch(1)
        return column

    def _numbers(self) -> QWidget:
        card = QFrame()
        theme.set_role(card, "card")
        card.setMinimumWidth(390)
        column = QVBoxLayout(card)
        column.setSpacing(12)
        for widget in (self.share, self.remedy, self.bar_after, self.barred):
            column.addWidget(widget)
        column.addStretch(1)
        return card

    def _connect(self) -> None:
        self.editing.shown.connect(self._refresh)
        self.enabled.clicked.connect(lambda on: self._switch("enabled", on))
        self.bar_after.clicked.connect(lambda on: self._switch("bar_after_breach", on))
        self.add.clicked.connect(lambda: self.editing.enter(("commitment",), NEW_POLICY))
        for part, chip in self.chips.items():
            chip.clicked.connect(partial(self.show_part, part))
        self.balance.clicked.connect(self.grades.balance)
        self.drop.clicked.connect(self.grades.drop_draft)
        self.grades.draft_changed.connect(self._show_total)
        self.grades.refused.connect(self.changes.show_refusal)
        self.changes.field_requested.connect(self.focus_field)
        for binding in self._bindings.values():
            binding.touched.connect(self.place_focused)
            binding.drag_finished.connect(self.drag_finished)
        self.supervision.place_focused.connect(self.place_focused)
        self.supervision.drag_finished.connect(self.drag_finished)
        self.supervision.refused.connect(self.changes.show_refusal)
        self.supervision.compared.connect(self.supervision_compared)
        self.supervision.effect_requested.connect(self.effect_requested)
        self.supervision.effect.cancelled.connect(self.effect_cancelled)
        for table in (self.grade_table, self.edge_table):
            table.reset_wished.connect(self._reset)
            table.selectionModel().currentChanged.connect(
                lambda index, _before: self._follow(index)
            )

    # --- what is shown ------------------------------------------------------------------------

    def show_scenario(self, scenario: Scenario, original: Scenario) -> None:
        """Show a policy, and mark where it differs from ``original``, what the file says."""
        self.editing.show_scenario(scenario, original)

    def show_part(self, part: Part) -> None:
        """Show the commitment policy, or supervision and task forces."""
        self.chips[part].setChecked(True)
        self._commitment.setVisible(part == "commitment")
        self.supervision.setVisible(part == "supervision")

    def _refresh(self) -> None:
        policy = self.editing.scenario.commitment
        for widget in (self.enabled, self.meaning, self._policy):
            widget.setVisible(policy is not None)
        for widget in (self.empty, self.add):
            widget.setVisible(policy is None)
        if policy is None:
            return
        for box, state in (
            (self.enabled, policy.enabled),
            (self.bar_after, policy.bar_after_breach),
        ):
            with QSignalBlocker(box):
                box.setChecked(state)
        for binding in self._bindings.values():
            binding.refresh()
        self._show_switch()
        self._show_total()
        for fitter in self._fitters:
            fitter.fit()

    def _show_switch(self) -> None:
        policy = self.editing.scenario.commitment if self.editing.has_scenario else None
        mark = " ◤" if self.editing.is_changed(("commitment", "enabled")) else ""
        if policy is not None and policy.enabled:
            self.enabled.setText(self.tr("Commitment policy: on") + mark)
            self.meaning.setText(
                self.tr(
                    "Eligible projects may take the commitment path: reviews run ahead, papers are"
                    " promised and handed in later, and a broken promise stops the work."
                )
            )
        else:
            self.enabled.setText(self.tr("Commitment policy: off") + mark)
            self.meaning.setText(self.tr("Every project goes the standard way."))

    def _show_total(self) -> None:
        total = self.grades.total
        words = self.tr("Shares add up to {total}.").format(total=language.percent(total, 1))
        if self.grades.has_draft:
            words += " " + self.tr("They must add up to 100 %; nothing has been changed yet.")
        theme.set_role(self.total, "bad" if self.grades.has_draft else "muted")
        self.total.setText(words)
        for button in (self.balance, self.drop):
            button.setVisible(self.grades.has_draft)

    def _fit_tables(self) -> None:
        """Tables as high as their rows: the page scrolls, not they."""
        for table in (self.grade_table, self.edge_table):
            rows = max(table.verticalHeader().length(), table.fontMetrics().lineSpacing())
            scrolling = table.horizontalHeader().length() > table.viewport().width()
            bar = table.horizontalScrollBar().sizeHint().height() if scrolling else 0
            table.setFixedHeight(table.horizontalHeader().height() + rows + bar + 3)

    # --- wishes -------------------------------------------------------------------------------

    def _switch(self, field: str, state: bool) -> None:
        self.place_focused.emit(("commitment", field))
        self.changes.show_refusal(self.editing.enter(("commitment", field), state))

    def _reset(self, index: QModelIndex) -> None:
        model = index.model()
        if model is self.grades and GRADE_COLUMNS[index.column()] == "share":
            self.grades.reset_shares()
            return
        place = self._place_at(index)
        if place and self.editing.is_changed(place):
            self.changes.show_refusal(self.editing.reset(place))

    def _follow(self, index: QModelIndex) -> None:
        place = self._place_at(index)
        if place:
            self.place_focused.emit(place)

    def _place_at(self, index: QModelIndex) -> Place | None:
        model = index.model()
        if index.isValid() and isinstance(model, GradeTableModel | RelaxationTableModel):
            return model.place_at(index)
        return None

    # --- finding fields -----------------------------------------------------------------------

    def focus_field(self, place: Place) -> bool:
        """Bring the user to a place of the policy; False where this view does not show it."""
        if not self.editing.has_scenario or not place:
            return False
        if place[:2] == GRADES:
            return self._focus_grade(place)
        if target := self.supervision.target_of(place):
            self.show_part("supervision")
            self._focus(target)
            return True
        if place[0] == "commitment":
            binding = self._bindings.get(place[:2])
            boxes = {"bar_after_breach": self.bar_after}
            number = binding.field.focus_target() if binding else None
            self._focus(number or boxes.get(str(place[1:2][0]) if place[1:] else "", self.enabled))
            return True
        index = self.edges.index_of(place)
        if index.isValid():
            self.edge_table.setCurrentIndex(index)
            self._focus(self.edge_table)
        return bool(index.isValid())

    def _focus_grade(self, place: Place) -> bool:
        row = self.grades.row_of(str(place[2])) if len(place) > 2 else 0
        field = str(place[3]) if len(place) > 3 else "share"
        field = "deferred" if field == "may_relax" else field
        column = GRADE_COLUMNS.index(field) if field in GRADE_COLUMNS else 0
        if row >= 0:
            self.grade_table.setCurrentIndex(self.grades.index(row, column))
            self._focus(self.grade_table)
        return row >= 0

    def _focus(self, target: QWidget) -> None:
        if not self.supervision.isAncestorOf(target):
            self.show_part("commitment")
        self._area.ensureWidgetVisible(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- language, room -----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words anew."""
        self.share.set_label(self.tr("Share of eligible projects that take the path"))
        self.remedy.set_words(self.tr("Time to put a breach right"), self.tr("none"))
        self.bar_after.setText(self.tr("After a breach: strict for the rest of the project"))
        self.grade_heading.setText(self.tr("Credit grades: who may promise what"))
        self.edge_heading.setText(self.tr("What need not wait, by when, and for which grades"))
        self.grade_table.setAccessibleName(self.grade_heading.text())
        self.edge_table.setAccessibleName(self.edge_heading.text())
        self.balance.setText(self.tr("Balance the others"))
        self.drop.setText(self.tr("Give up"))
        self.chips["commitment"].setText(self.tr("Commitments"))
        self.chips["supervision"].setText(self.tr("Supervision and task forces"))
        self.empty.setText(self.tr("This scenario has no commitment policy."))
        self.add.setText(self.tr("Add a commitment policy"))
        for model in (self.grades, self.edges):
            model.refresh()
            model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, model.columnCount() - 1)
        self._show_switch()
        self._show_total()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts beside each other, or under each other where room is short."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)
        self.changes.show_compact(narrow)
        self.supervision.show_narrow(narrow)


def _table(model: GradeTableModel | RelaxationTableModel) -> tuple[CellTable, TableFitter]:
    table = CellTable()
    table.setModel(model)
    table.setItemDelegate(CellDelegate(table))
    words, number = Column(90, 300, words=True), Column(52, 130)
    if isinstance(model, GradeTableModel):
        columns = [Column(56, 90), *[number] * 5, words]
        fitter = TableFitter(table, columns, 6, lines=1, heading_lines=2, by_content=True)
    else:
        columns = [words, Column(80, 200, words=True)]
        fitter = TableFitter(table, columns, 0, lines=1, heading_lines=2, by_content=True)
        fitter.more = number
    return table, fitter
