"""Inputs joined to places of the scenario being edited."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from approvalsim.parameters import Place, usual_unit, value_at
from approvalsim_ui.edits import UNSET
from approvalsim_ui.field_inputs import FieldInput
from approvalsim_ui.scenario_editing import ScenarioEditing

PAUSE = 1000
"""Milliseconds after which another number from the same box is another step, unless it is held."""

Enter = Callable[[Any, str], str]
"""Takes a value and the key of its step; gives the reason if it is refused."""


class Binding(QObject):
    """One input and the place it is about; the place may change, as with another stage."""

    touched = Signal(object)
    """The input got the focus; carries its place."""
    drag_finished = Signal()

    def __init__(
        self,
        editing: ScenarioEditing,
        field: FieldInput,
        place: Callable[[], Place],
        enter: Enter | None = None,
    ) -> None:
        super().__init__(field)
        self.editing, self.field, self.place = editing, field, place
        self._enter = enter or self._enter_at_place
        self._step = editing.new_step()
        self._since = QElapsedTimer()
        field.step_began.connect(self._begin_step)
        field.wished.connect(self._wish)
        field.reset_wished.connect(self._reset)
        field.touched.connect(lambda: self.touched.emit(self.place()))
        field.drag_finished.connect(self.drag_finished)

    def refresh(self, value: Any = UNSET) -> None:
        """Show what the scenario says now, or a value it takes over from elsewhere."""
        place = self.place()
        scenario, filed = self.editing.scenario, self.editing.filed
        value = value_at(scenario, place) if value is UNSET else value
        changed = self.editing.is_changed(place)
        self.field.show_value(
            value, filed=value_at(filed, place), unit=usual_unit(place), changed=changed
        )

    def _begin_step(self) -> None:
        self._step = self.editing.new_step()

    def _wish(self, value: Any) -> None:
        rested = self._since.isValid() and self._since.elapsed() > PAUSE
        if rested and not self.field.is_held:
            self._begin_step()
        self._since.start()
        self.field.show_refusal(self._enter(UNSET if value is None else value, self._step))

    def _enter_at_place(self, value: Any, step: str) -> str:
        return self.editing.enter(self.place(), value, step)

    def _reset(self) -> None:
        self.field.show_refusal(self.editing.reset(self.place()))
