"""Small editors that open inside the graph: one for a dependency, one for a stage or milestone."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim.network import Edge, Mode
from approvalsim.scenario import Dependency, MilestoneDependency, Phase, Scenario
from approvalsim_ui import theme
from approvalsim_ui.duration_text import as_text
from approvalsim_ui.graph_edits import (
    Outcome,
    Wait,
    added,
    dependency,
    may_relax,
    mode_of,
    removed,
    with_grade,
    with_issue,
    with_mode,
    with_terms,
)
from approvalsim_ui.graph_words import NetworkWords, mode_words, phase_words
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.scenario_words import unit_words

translate = QCoreApplication.translate

PHASES: tuple[Phase, ...] = ("finished", "reviewed", "submitted")


class _Panel(QFrame):
    """What both editors share: a card with a title, closed by Escape or its button."""

    tried = Signal(object, str)
    """What would come of an edit (`graph_edits.Outcome`), and what the edit is called."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self.title = QLabel(wordWrap=True)
        theme.set_role(self.title, "heading")
        self.form = QFormLayout()
        self.form.setVerticalSpacing(6)
        self.close_button = QPushButton()
        self.close_button.clicked.connect(self.close_panel)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addLayout(self.form)
        column.addLayout(self.buttons)
        self.hide()

    def fit_words(self, width: int = 330) -> None:
        """Be as high as the words need at this width."""
        column = self.layout()
        if column is not None:
            column.activate()
            self.setFixedSize(width, max(column.totalHeightForWidth(width), 60))

    def close_panel(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.close_button.setText(translate("GraphPanel", "Close"))


class EdgePanel(_Panel):
    """A dependency: its kind on the fast track, its terms, who may relax it; and its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scenario: Scenario | None = None
        self.edge: Edge = ("", "")
        self.kind, self.phase = QComboBox(), QComboBox()
        self.uptake = NumberSpin(most=100, decimals=1, step=5)
        self.due = NumberSpin(most=10_000, decimals=1)
        self.grace = NumberSpin(most=10_000, decimals=1)
        self.issue, self._issue_shown = QLineEdit(), ""
        self.grades = QWidget()
        self._grade_row = QHBoxLayout(self.grades)
        self._grade_row.setContentsMargins(0, 0, 0, 0)
        self.remove_button = QPushButton()
        self.buttons.insertWidget(0, self.remove_button)
        self._labels: dict[QWidget, QLabel] = {}
        terms = (self.uptake, self.issue, self.due, self.grace, self.grades)
        for field in (self.kind, self.phase, *terms):
            self._labels[field] = QLabel()
            self._labels[field].setBuddy(field)
            self.form.addRow(self._labels[field], field)
        self.kind.activated.connect(self._kind_chosen)
        self.phase.activated.connect(self._phase_chosen)
        self.uptake.entered.connect(lambda value: self._terms(uptake=value / 100))
        self.due.entered.connect(lambda value: self._terms(due=value))
        self.grace.entered.connect(lambda value: self._terms(grace=value))
        self.issue.editingFinished.connect(self._issue_typed)
        self.remove_button.clicked.connect(self._remove)

    def show_edge(self, scenario: Scenario, edge: Edge) -> None:
        """Show a dependency that the scenario has."""
        self.scenario, self.edge = scenario, edge
        self.retranslate()

    def close_panel(self) -> None:
        """Close it; what is being typed is given up."""
        self.issue.setText(self._issue_shown)
        super().close_panel()

    def retranslate(self) -> None:
        """Say everything in the language spoken now, with the values of now."""
        super().retranslate()
        self.issue.setPlaceholderText(translate("GraphPanel", "at once"))
        self.issue.setToolTip(
            translate("GraphPanel", "One number, or least/likely/most; working days unless said")
        )
        self.remove_button.setText(translate("GraphPanel", "Remove"))
        labels = {
            self.kind: translate("GraphPanel", "On the fast track"),
            self.phase: translate("GraphPanel", "Waits until"),
            self.uptake: translate("GraphPanel", "Uptake, %"),
            self.issue: translate("GraphPanel", "Time to issue"),
            self.due: translate("GraphPanel", "Papers due, working days"),
            self.grace: translate("GraphPanel", "Grace, working days"),
            self.grades: translate("GraphPanel", "Credit grades that may"),
        }
        for field, words in labels.items():
            self._labels[field].setText(words)
            field.setAccessibleName(words)
        if self.scenario is not None:
            self._fill(self.scenario)

    def _fill(self, scenario: Scenario) -> None:
        edge = dependency(scenario, *self.edge)
        if edge is None:
            return
        words = NetworkWords(scenario, "commitment")
        self.title.setText(" → ".join(words.name(end) for end in self.edge))
        milestone = isinstance(edge, MilestoneDependency)
        modes: tuple[Mode, ...] = ("hard", "prereview", "deferred")
        _refill(
            self.kind,
            [(mode_words(each), each) for each in modes if each != "prereview" or not milestone],
            mode_of(edge),
        )
        phase = edge.phase if isinstance(edge, MilestoneDependency) else "finished"
        _refill(self.phase, [(phase_words(each), each) for each in PHASES], phase)
        self.uptake.show_number(edge.uptake * 100)
        self.due.show_number(edge.due)
        self.grace.show_number(edge.grace)
        self._fill_issue(edge)
        self._fill_grades(scenario, edge.relaxed is not None)
        shown = {
            self.phase: milestone,
            self.uptake: edge.relaxed is not None,
            self.issue: edge.relaxed == "prereview",
            self.due: edge.relaxed == "deferred",
            self.grace: edge.relaxed == "deferred",
            self.grades: edge.relaxed is not None and self._grade_row.count() > 0,
        }
        for field, visible in shown.items():
            self.form.setRowVisible(field, visible)

    def _fill_issue(self, edge: Wait) -> None:
        """Its numbers and their unit, as one would type them."""
        issue, words = edge.issue if isinstance(edge, Dependency) else None, ""
        if issue is not None:
            words = f"{as_text(issue)} {unit_words(issue.unit or 'workdays', short=True)}"
        self._issue_shown = words
        self.issue.setText(words)

    def _fill_grades(self, scenario: Scenario, relaxed: bool) -> None:
        grades = scenario.commitment.grades if scenario.commitment and relaxed else {}
        boxes = {box.text(): box for box in self.grades.findChildren(QCheckBox)}
        if list(boxes) != list(grades):
            while (item := self._grade_row.takeAt(0)) is not None:
                if widget := item.widget():
                    widget.setParent(None)
                    widget.deleteLater()
            boxes = {}
            for grade in grades:
                box = boxes[grade] = QCheckBox(grade)
                box.toggled.connect(self._grade_chosen(grade))
                self._grade_row.addWidget(box)
            if boxes:
                self._grade_row.addStretch(1)
        for grade, part in grades.items():
            with QSignalBlocker(boxes[grade]):
                boxes[grade].setChecked(part.eligible and may_relax(scenario, *self.edge, grade))
            boxes[grade].setEnabled(part.eligible)
            said = "" if part.eligible else translate("GraphPanel", "not on the commitment path")
            boxes[grade].setToolTip(said)

    def _grade_chosen(self, grade: str) -> Callable[[bool], None]:
        def chosen(may: bool) -> None:
            if self.scenario is not None:
                self._try(with_grade(self.scenario, *self.edge, grade, may))

        return chosen

    def _kind_chosen(self) -> None:
        if self.scenario is not None:
            mode: Mode = self.kind.currentData()
            said = NetworkWords(self.scenario, "commitment").made(*self.edge, mode)
            self.tried.emit(with_mode(self.scenario, *self.edge, mode), said)
            self.retranslate()

    def _phase_chosen(self) -> None:
        self._terms(phase=self.phase.currentData())

    def _terms(
        self,
        phase: Phase | None = None,
        uptake: float | None = None,
        due: float | None = None,
        grace: float | None = None,
    ) -> None:
        if self.scenario is not None:
            source, target = self.edge
            self._try(
                with_terms(
                    self.scenario, source, target, phase=phase, uptake=uptake, due=due, grace=grace
                )
            )

    def _issue_typed(self) -> None:
        if self.scenario is not None and self.issue.text() != self._issue_shown:
            self._try(with_issue(self.scenario, *self.edge, self.issue.text()))

    def _try(self, outcome: Outcome) -> None:
        if self.scenario is not None and outcome != self.scenario:
            said = NetworkWords(self.scenario, "commitment").changed(*self.edge)
            self.tried.emit(outcome, said)
            self.retranslate()

    def _remove(self) -> None:
        if self.scenario is not None:
            said = NetworkWords(self.scenario, "commitment").removed(*self.edge)
            self.tried.emit(removed(self.scenario, *self.edge), said)


class CardPanel(_Panel):
    """A stage or milestone in words, and a way to let it wait for something more."""

    stage_wanted = Signal(str)
    """Somebody wants to edit this stage."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scenario: Scenario | None = None
        self.id = ""
        self.words = QLabel(wordWrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.form.addRow(self.words)
        self.waits_label, self.candidate = QLabel(), QComboBox()
        self.waits_label.setBuddy(self.candidate)
        self.form.addRow(self.waits_label, self.candidate)
        self.add_button, self.edit_button = QPushButton(), QPushButton()
        self.buttons.insertWidget(0, self.add_button)
        self.buttons.insertWidget(1, self.edit_button)
        self.add_button.clicked.connect(self._add)
        self.edit_button.clicked.connect(lambda: self.stage_wanted.emit(self.id))

    def show_card(self, scenario: Scenario, id_: str, spoken: str) -> None:
        """Show a stage or milestone with what is to be said about it."""
        self.scenario, self.id = scenario, id_
        self.words.setText(spoken)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        super().retranslate()
        self.waits_label.setText(translate("GraphPanel", "Let it wait for"))
        self.candidate.setAccessibleName(self.waits_label.text())
        self.add_button.setText(translate("GraphPanel", "Add"))
        self.edit_button.setText(translate("GraphPanel", "Edit stage"))
        if self.scenario is None:
            return
        words = NetworkWords(self.scenario, "commitment")
        self.title.setText(words.name(self.id))
        free = [
            (words.name(name), name)
            for name in self.scenario.stage
            if name != self.id and dependency(self.scenario, name, self.id) is None
        ]
        _refill(self.candidate, free, self.candidate.currentData())
        self.add_button.setEnabled(bool(free))
        self.edit_button.setVisible(self.id in self.scenario.stage)

    def _add(self) -> None:
        source = self.candidate.currentData()
        if self.scenario is not None and source:
            said = NetworkWords(self.scenario, "commitment").added(source, self.id)
            self.tried.emit(added(self.scenario, source, self.id), said)


def _refill(box: QComboBox, items: list[tuple[str, str]], chosen: str | None) -> None:
    """Give a box these items (words and values), with one of them chosen."""
    with QSignalBlocker(box):
        box.clear()
        for words, value in items:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))
