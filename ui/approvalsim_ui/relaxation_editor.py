"""What the commitment path need not wait for at a stage: pre-review, and papers handed in later."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from approvalsim.errors import ScenarioError
from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui import theme
from approvalsim_ui.bindings import Binding
from approvalsim_ui.field_inputs import NumberInput, ShareInput
from approvalsim_ui.graph_edits import Refused, with_mode
from approvalsim_ui.graph_words import mode_words
from approvalsim_ui.relaxations import Relaxation, about
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import part_name, place_words, unit_words
from approvalsim_ui.three_point import DurationInput
from approvalsim_ui.word_inputs import ChoiceInput


class RelaxationEditor(QWidget):
    """All dependencies of one stage, each with how it is relaxed."""

    touched = Signal(object)
    drag_finished = Signal()

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._stage = ""
        self.hint = QLabel(wordWrap=True)
        theme.set_role(self.hint, "muted")
        self._cards: list[EdgeCard] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2, 8, 8, 4)
        self._layout.setSpacing(10)
        self._layout.addWidget(self.hint)
        self._layout.addStretch(1)

    def show_stage(self, stage: str) -> None:
        """Show the dependencies of a stage."""
        self._stage = stage
        edges = about(self.editing.scenario, stage)
        if [one.place for one in edges] != [card.edge.place for card in self._cards]:
            self._make_cards(edges)
        for card, edge in zip(self._cards, edges, strict=True):
            card.show_edge(edge)
        self.hint.setText(
            self.tr("What may go ahead on the commitment path before its predecessor is finished.")
            if edges
            else self.tr("This stage waits for no other, and no milestone waits for it.")
        )

    def _make_cards(self, edges: tuple[Relaxation, ...]) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [EdgeCard(self.editing, edge) for edge in edges]
        for position, card in enumerate(self._cards, start=1):
            card.touched.connect(self.touched)
            card.drag_finished.connect(self.drag_finished)
            self._layout.insertWidget(position, card)

    def focus_field(self, place: Place) -> bool:
        """Give the focus to the input of a place; False where there is none."""
        if place == ("stage", self._stage, "after") and self._cards:
            place = self._cards[0].edge.place
        return any(card.focus_field(place) for card in self._cards)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._stage:
            self.show_stage(self._stage)


class EdgeCard(QFrame):
    """One dependency: how it is relaxed, how often, and by when the paper must follow."""

    touched = Signal(object)
    drag_finished = Signal()

    def __init__(
        self, editing: ScenarioEditing, edge: Relaxation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self.editing, self.edge = editing, edge
        self.mode = ChoiceInput()
        self.uptake = ShareInput()
        self.due, self.grace = NumberInput(most=10_000), NumberInput(most=10_000)
        self.issue = DurationInput()
        self._fields = {
            "relaxed": self.mode,
            "uptake": self.uptake,
            "due": self.due,
            "grace": self.grace,
            "issue": self.issue,
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        self._bindings: dict[str, Binding] = {}
        for name, widget in self._fields.items():
            layout.addWidget(widget)
            enter = self._choose_mode if name == "relaxed" else None
            binding = Binding(editing, widget, partial(self._place, name), enter)
            binding.touched.connect(self.touched)
            binding.drag_finished.connect(self.drag_finished)
            self._bindings[name] = binding
        theme.set_role(self.mode.label, "heading")
        self.mode.label.setWordWrap(True)
        self.retranslate()

    def show_edge(self, edge: Relaxation) -> None:
        """Show what the scenario says about it now."""
        self.edge = edge
        shown = {
            "hard": ("relaxed",),
            "prereview": ("relaxed", "uptake", "issue"),
            "deferred": ("relaxed", "uptake", "due", "grace"),
        }[edge.mode]
        for name, binding in self._bindings.items():
            self._fields[name].setVisible(name in shown)
            if name in shown:
                binding.refresh(edge.mode if name == "relaxed" else getattr(edge.edge, name))

    def focus_field(self, place: Place) -> bool:
        """Give the focus to the input of a place; False where there is none."""
        mine = self.edge.place
        if place[: len(mine)] != mine:
            return False
        field = self._fields.get(str(place[len(mine)])) if len(place) > len(mine) else None
        target = field if field and field.isVisibleTo(self) else self.mode
        target.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _place(self, field: str) -> Place:
        """How a dependency is relaxed and on what terms go together, also when put back."""
        return self.edge.place if field == "relaxed" else (*self.edge.place, field)

    def _choose_mode(self, value: Any, step: str) -> str:
        def make() -> Scenario:
            outcome = with_mode(self.editing.scenario, self.edge.source, self.edge.target, value)
            if isinstance(outcome, Refused):
                raise ScenarioError(outcome.problems)
            return outcome

        where = place_words(self.editing.scenario, self.edge.place)
        return self.editing.apply(make, f"{where}: {mode_words(value)}", step)

    def retranslate(self) -> None:
        """Set all words anew."""
        scenario = self.editing.scenario
        kind = "milestone" if self.edge.is_milestone else "stage"
        words = self.tr("{target} waits for {source}").format(
            target=part_name(scenario, kind, self.edge.target),
            source=part_name(scenario, "stage", self.edge.source),
        )
        self.mode.set_label(words)
        self.mode.set_choices({mode: mode_words(mode) for mode in self._modes()})
        self.uptake.set_label(self.tr("Uptake: share of projects that use it"))
        self.due.set_label(self.tr("Paper due after"))
        self.grace.set_label(self.tr("Grace before it is a breach"))
        for box in (self.due, self.grace):
            box.unit.setText(unit_words("workdays"))
        self.issue.set_words(self.tr("Time to issue"), self.tr("at once"))

    def _modes(self) -> tuple[Any, ...]:
        return ("hard", "deferred") if self.edge.is_milestone else ("hard", "prereview", "deferred")

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
