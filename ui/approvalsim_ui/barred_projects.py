"""Projects that never take the commitment path: what variants of stages bar, each to be lifted."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui import theme
from approvalsim_ui.edits import UNSET
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import part_name, when_words


class BarredProjects(QWidget):
    """A box for every kind of project that a stage keeps off the path."""

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self.heading = QLabel()
        theme.set_role(self.heading, "heading")
        self.boxes: dict[Place, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.heading)
        editing.shown.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the scenario says now, and bars of the file that have been lifted."""
        editing = self.editing
        places = bars(editing.scenario, editing.filed) if editing.has_scenario else ()
        if tuple(self.boxes) != places:
            self._make_boxes(places)
        self.heading.setText(self.tr("Never on the commitment path"))
        self.setVisible(bool(places))
        for place, box in self.boxes.items():
            variant = editing.scenario.stage[str(place[1])].variant[int(place[3])]
            stage = part_name(editing.scenario, "stage", str(place[1]))
            mark = " ◤" if editing.is_changed(place) else ""
            box.setText(f"{when_words(variant.when)} ({stage}){mark}")
            box.blockSignals(True)
            box.setChecked(variant.commitment is False)
            box.blockSignals(False)

    def _make_boxes(self, places: tuple[Place, ...]) -> None:
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {place: QCheckBox() for place in places}
        for place, box in self.boxes.items():
            box.clicked.connect(lambda barred, at=place: self._switch(at, barred))
            self._column.addWidget(box)

    def _switch(self, place: Place, barred: bool) -> None:
        self.editing.enter(place, False if barred else UNSET)

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()


def bars(scenario: Scenario, filed: Scenario) -> tuple[Place, ...]:
    """Where a variant bars projects from the path, now or in the file."""
    found: list[Place] = []
    for name, stage in scenario.stage.items():
        before = filed.stage[name].variant if name in filed.stage else ()
        for index, variant in enumerate(stage.variant):
            barred = index < len(before) and before[index].commitment is False
            if variant.commitment is False or barred:
                found.append(("stage", name, "variant", index, "commitment"))
    return tuple(found)
