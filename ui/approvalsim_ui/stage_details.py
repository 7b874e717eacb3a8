"""Who does a stage and when: department, owner, meetings."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from approvalsim.parameters import Place
from approvalsim_ui import language
from approvalsim_ui.bindings import Binding
from approvalsim_ui.edits import UNSET, reworded
from approvalsim_ui.field_inputs import FieldInput, NumberInput
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import choice_words, part_name, unit_words
from approvalsim_ui.word_inputs import ChoiceInput, LineInput


class StageDetails(QWidget):
    """The part of the inspector that is the same for all projects."""

    touched = Signal(object)

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self.stage = ""
        self.name, self.owner = LineInput(), LineInput()
        self.department, self.time_with = ChoiceInput(), ChoiceInput()
        self.every = NumberInput(least=0, most=3660)
        self.offset = NumberInput(least=0, most=3660)
        self._bindings: dict[str, Binding] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 8, 8, 4)
        layout.setSpacing(10)
        for field, widget in self._fields().items():
            layout.addWidget(widget)
            self._bind(field, widget)
        layout.addStretch(1)
        self.retranslate()

    def _fields(self) -> dict[str, FieldInput]:
        return {
            "name": self.name,
            "department": self.department,
            "owner": self.owner,
            "time_with": self.time_with,
            "meeting.every": self.every,
            "meeting.offset": self.offset,
        }

    def _bind(self, field: str, widget: FieldInput) -> None:
        enter = {
            "name": self._enter_words,
            "owner": self._enter_words,
            "meeting.every": self._enter_every,
        }.get(field, self._enter)
        binding = Binding(
            self.editing,
            widget,
            lambda: self._place(field),
            lambda value, step: enter(field, value, step),
        )
        binding.touched.connect(self.touched)
        self._bindings[field] = binding

    def show_stage(self, stage: str) -> None:
        """Show a stage."""
        self.stage = stage
        scenario = self.editing.scenario
        part = scenario.stage[stage]
        names = {key: part_name(scenario, "department", key) for key in scenario.department}
        self.department.set_choices({"": self.tr("none: no queue"), **names})
        values: dict[str, Any] = {
            "name": language.words(part.name),
            "owner": language.words(part.owner),
            "department": part.department,
            "time_with": part.time_with,
            "meeting.every": part.meeting.every if part.meeting else None,
            "meeting.offset": part.meeting.offset if part.meeting else None,
        }
        self.offset.setVisible(part.meeting is not None)
        for field, binding in self._bindings.items():
            binding.refresh(values[field])

    def focus_field(self, place: Place) -> bool:
        """Give the focus to the input of a place of this stage; False where there is none."""
        for field, binding in self._bindings.items():
            mine = self._place(field)
            if place[: len(mine)] == mine or (len(mine) == 4 and place == mine[:-1]):
                binding.field.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _place(self, field: str) -> Place:
        return ("stage", self.stage, *field.split("."))

    def _enter(self, field: str, value: Any, step: str) -> str:
        return self.editing.enter(self._place(field), value, step)

    def _enter_words(self, field: str, value: Any, step: str) -> str:
        present = getattr(self.editing.scenario.stage[self.stage], field)
        words = reworded(present, value if isinstance(value, str) else "", language.current())
        return self.editing.enter(self._place(field), words, step)

    def _enter_every(self, field: str, value: Any, step: str) -> str:
        """How often meetings are; with the first number there are meetings, without it none."""
        present = self.editing.scenario.stage[self.stage].meeting
        if value is UNSET:
            return self.editing.enter(self._place("meeting"), UNSET, step)
        if present is None:
            return self.editing.enter(
                self._place("meeting"), {"every": value, "assumed": True}, step
            )
        return self._enter(field, value, step)

    def retranslate(self) -> None:
        """Set all words anew."""
        self.name.set_label(self.tr("Name"))
        self.owner.set_label(self.tr("Owner: who answers for it"))
        self.department.set_label(self.tr("Department"))
        self.time_with.set_label(self.tr("Whose time it mostly is"))
        whose = {name: choice_words(name) for name in ("applicant", "government", "market")}
        self.time_with.set_choices({"": self.tr("not said"), **whose})
        self.every.set_label(self.tr("Joint meeting every"))
        self.every.set_absent(self.tr("none"), 14.0)
        self.offset.set_label(self.tr("First meeting after"))
        for box in (self.every, self.offset):
            box.unit.setText(unit_words("days"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
