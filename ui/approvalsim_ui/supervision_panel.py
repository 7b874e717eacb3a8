"""Supervision (督导) and task forces (专班): on or off, how often, how strongly, what they win."""

from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim.parameters import Place, parameter
from approvalsim.scenario import Scenario
from approvalsim_ui import theme
from approvalsim_ui.bindings import Binding
from approvalsim_ui.edits import UNSET
from approvalsim_ui.effect_answer import EffectAnswer, with_effect
from approvalsim_ui.effect_card import EffectCard
from approvalsim_ui.field_inputs import FieldInput, NumberInput, ShareInput
from approvalsim_ui.scenario_editing import ScenarioEditing

NEW_SUPERVISION: dict[str, Any] = {
    "enabled": True,
    "every": 7,
    "within": 180,
    "red_after": 30,
    "effect": 0.15,
    "leaders": 0,
    "assumed": True,
}
"""What a scenario without supervision begins with: the defaults of the core, and a target."""
NEW_TASK_FORCE: dict[str, Any] = {"projects": 1, "capacity": 1, "overload": 0.1, "assumed": True}

Table = Literal["supervision", "task_force"]
TABLES: tuple[Table, ...] = ("supervision", "task_force")


class SupervisionPanel(QWidget):
    """Shows ``[supervision]`` and ``[task_force]`` of the scenario being edited."""

    drag_finished = Signal()
    place_focused = Signal(object)
    """The user is at this place of the scenario."""
    refused = Signal(str)
    """Why the last switch was refused; empty if it was not."""
    compared = Signal()
    """The user wants to see supervision off against on."""
    effect_requested = Signal(object)
    """Find out what supervision wins in this `Scenario`, by its effect."""

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._effect_of: Scenario | None = None
        self._build()
        self._lay_out()
        self._connect()
        self.retranslate()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.switches: dict[Table, QCheckBox] = {table: QCheckBox() for table in TABLES}
        self.meanings: dict[Table, QLabel] = {table: QLabel(wordWrap=True) for table in TABLES}
        self.switches["supervision"].setFont(theme.text_font(1.2, bold=True))
        self.switches["task_force"].setFont(theme.text_font(bold=True))
        for meaning in self.meanings.values():
            theme.set_role(meaning, "muted")
        days: dict[str, Any] = {"most": 3_660.0, "decimals": 1}
        fields: dict[Place, FieldInput] = {
            ("supervision", "effect"): ShareInput(most=90),
            ("supervision", "within"): NumberInput(most=36_500.0, decimals=1),
            ("supervision", "every"): NumberInput(least=0.5, **days),
            ("supervision", "offset"): NumberInput(**days),
            ("supervision", "red_after"): NumberInput(most=36_500.0, decimals=1),
            ("supervision", "leaders"): NumberInput(most=10_000, decimals=0),
            ("task_force", "projects"): NumberInput(least=1, most=100_000, decimals=0),
            ("task_force", "capacity"): NumberInput(least=1, most=100_000, decimals=0),
            ("task_force", "overload"): ShareInput(most=1_000),
        }
        self.bindings = {
            place: Binding(self.editing, field, partial(_itself, place))
            for place, field in fields.items()
        }
        self.compare = QPushButton()
        self.effect = EffectCard()

    def _lay_out(self) -> None:
        self._parts: dict[Table, QWidget] = {}
        numbers = QFrame()
        theme.set_role(numbers, "card")
        numbers.setMinimumWidth(390)
        card = QVBoxLayout(numbers)
        card.setSpacing(12)
        for table in TABLES:
            if table == "task_force":
                card.addSpacing(4)
                card.addWidget(self.switches[table])
                card.addWidget(self.meanings[table])
            self._parts[table] = part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
            for place, binding in self.bindings.items():
                if place[0] == table:
                    column.addWidget(binding.field)
            card.addWidget(part)
        card.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self.switches["supervision"])
        head.addStretch(1)
        head.addWidget(self.compare)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._sides.addWidget(self.effect, 1)
        self._sides.addWidget(numbers)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self.meanings["supervision"])
        page.addLayout(self._sides)

    def _connect(self) -> None:
        self.editing.shown.connect(self.refresh)
        for table, box in self.switches.items():
            box.clicked.connect(lambda on, table=table: self._switch(table, on))
        for binding in self.bindings.values():
            binding.touched.connect(self.place_focused)
            binding.drag_finished.connect(self.drag_finished)
        self.compare.clicked.connect(self.compared)
        self.effect.requested.connect(self._ask_for_effect)

    # --- what is shown ---------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the scenario says now."""
        if not self.editing.has_scenario:
            return
        scenario = self.editing.scenario
        for table, box in self.switches.items():
            part = getattr(scenario, table)
            with QSignalBlocker(box):
                box.setChecked(part is not None and getattr(part, "enabled", True))
            self._parts[table].setVisible(part is not None)
        for place, binding in self.bindings.items():
            if getattr(scenario, str(place[0])) is not None:
                binding.refresh()
        has_supervision = scenario.supervision is not None
        self.compare.setVisible(has_supervision)
        self.effect.setVisible(has_supervision)
        self._show_effect_now()
        self._write_switches()

    def show_effect(self, answer: EffectAnswer | None) -> None:
        """Show what supervision wins, as far as it is known."""
        self._effect_of = answer.question.scenario if answer else None
        self.effect.show_answer(answer)
        self._show_effect_now()

    def _show_effect_now(self) -> None:
        """Mark the effect of now, and say whether the picture is of the scenario of now."""
        scenario = self.editing.scenario
        if scenario.supervision is None:
            self.effect.effect.show_now(None, True)
            return
        found = parameter(scenario, ("supervision", "effect"))
        assumed = found is None or not found.evidence.source
        self.effect.effect.show_now(scenario.supervision.effect, assumed)
        known = self._effect_of
        is_old = known is not None and not _alike(known, scenario)
        self.effect.effect.show_old(is_old)

    # --- wishes ----------------------------------------------------------------------------------

    def _switch(self, table: Table, on: bool) -> None:
        scenario, filed = self.editing.scenario, self.editing.filed
        if table == "supervision" and scenario.supervision is not None:
            self.place_focused.emit(("supervision", "enabled"))
            self.refused.emit(self.editing.enter(("supervision", "enabled"), on))
            return
        new = NEW_SUPERVISION if table == "supervision" else NEW_TASK_FORCE
        there = getattr(filed, table) or new  # as the file has it, if it has one
        self.refused.emit(self.editing.enter((table,), there if on else UNSET))
        self.refresh()

    def _ask_for_effect(self) -> None:
        if self.editing.has_scenario and self.editing.scenario.supervision is not None:
            self.effect_requested.emit(self.editing.scenario)

    def target_of(self, place: Place) -> QWidget | None:
        """Where one would change what stands at a place of these tables."""
        binding = self.bindings.get(place[:2])
        if binding is not None and getattr(self.editing.scenario, str(place[0])) is not None:
            return binding.field.focus_target()
        return next((box for table, box in self.switches.items() if place[:1] == (table,)), None)

    # --- language, room --------------------------------------------------------------------------

    def show_narrow(self, narrow: bool) -> None:
        """Put the parts under each other where room is short."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)

    def _write_switches(self) -> None:
        has = self.editing.has_scenario
        scenario = self.editing.scenario if has else None
        supervision = scenario.supervision if scenario else None
        mark = " ◤" if has and self.editing.is_changed(("supervision", "enabled")) else ""
        if supervision is None:
            words, meaning = (
                self.tr("Supervision: none"),
                self.tr("Nobody is urged on. Tick it to add supervision with assumed numbers."),
            )
        elif supervision.enabled:
            words, meaning = (
                self.tr("Supervision: on"),
                self.tr(
                    "Projects that are late against their plan are urged on: applicants work"
                    " faster, and departments that serve by priority ({n} of {all}) take them"
                    " first."
                ),
            )
        else:
            words, meaning = self.tr("Supervision: off"), self.tr("Nobody is urged on.")
        departments = list(scenario.department.values()) if scenario else []
        n = sum(each.discipline == "priority" for each in departments)
        self.switches["supervision"].setText(words + mark)
        self.meanings["supervision"].setText(meaning.format(n=n, all=len(departments)))
        mark = " ◤" if has and self.editing.is_changed(("task_force",)) else ""
        self.switches["task_force"].setText(self.tr("Task forces accompany projects") + mark)
        self.meanings["task_force"].setText(
            self.tr("A team with more projects under way than it can accompany slows them down.")
        )

    def retranslate(self) -> None:
        """Set all words anew."""
        texts: dict[Place, tuple[str, str]] = {
            ("supervision", "effect"): (self.tr("Time saved while urged on"), ""),
            ("supervision", "within"): (self.tr("Target after signing"), self.tr("days")),
            ("supervision", "every"): (self.tr("Review of all projects every"), self.tr("days")),
            ("supervision", "offset"): (self.tr("First review after"), self.tr("days")),
            ("supervision", "red_after"): (self.tr("Red when late by more than"), self.tr("days")),
            ("supervision", "leaders"): (self.tr("Places with a leader"), self.tr("projects")),
            ("task_force", "projects"): (self.tr("Projects of one team"), ""),
            ("task_force", "capacity"): (self.tr("Projects at a time without delay"), ""),
            ("task_force", "overload"): (self.tr("Slower for each project beyond"), ""),
        }
        for place, (label, unit) in texts.items():
            field = self.bindings[place].field
            field.set_label(label)
            if isinstance(field, NumberInput):
                field.unit.setText(unit)
        numbers = [each.field for each in self.bindings.values()]
        labels = [field.unit for field in numbers if isinstance(field, NumberInput)]
        widest = max(each.fontMetrics().horizontalAdvance(each.text()) for each in labels)
        for each in labels:
            each.setFixedWidth(widest + 2)  # so that all boxes stand in one column
        within = self.bindings["supervision", "within"].field
        if isinstance(within, NumberInput):
            within.set_absent(self.tr("own only"), 180.0)
            within.absent.setToolTip(self.tr("Only projects that state a target date have one"))
            within.retranslate()
        self.compare.setText(self.tr("Compare off → on"))
        self.compare.setToolTip(self.tr("Compare this scenario without and with supervision"))
        self._write_switches()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _itself(place: Place) -> Place:
    return place


def _alike(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in nothing but the effect, its switch, and how they are run."""
    if one.supervision is None or other.supervision is None:
        return False
    unmarked = {"source": None, "assumed": False, "note": None}
    a, b = (
        made.model_copy(
            update={"supervision": made.supervision.model_copy(update=unmarked), "run": one.run}
        )
        for made in (with_effect(one, 0.0), with_effect(other, 0.0))
        if made.supervision is not None
    )
    return a == b
