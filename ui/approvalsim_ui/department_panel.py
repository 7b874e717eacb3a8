"""Reviewers and meetings of every department, to be changed at a click."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSpinBox, QWidget

from approvalsim.estimate import Estimate
from approvalsim_ui import language, theme
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import part_name

_GAIN = 84
"""Pixels that what one more reviewer would bring has at least."""


class DepartmentPanel(QFrame):
    """A row for each department: its reviewers, one more of them, and what that would bring."""

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self._gains: Mapping[str, Estimate] = {}
        self._built_for: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.reviewers: dict[str, QSpinBox] = {}
        self.more: dict[str, QPushButton] = {}
        self.gains: dict[str, QLabel] = {}
        self.meetings: dict[str, NumberSpin] = {}
        self._names: dict[str, QLabel] = {}
        self._meeting_names: dict[str, QLabel] = {}
        self._units: dict[str, QLabel] = {}
        self.heading, self.message = QLabel(), QLabel(wordWrap=True)
        self._heads = [QLabel(wordWrap=True) for _ in range(3)]
        theme.set_role(self, "card")
        theme.set_role(self.heading, "heading")
        theme.set_role(self.message, "bad")
        self.message.hide()
        for head in self._heads:
            theme.set_role(head, "muted")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 14, 12)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        editing.shown.connect(self.refresh)
        self.retranslate()

    def show_gains(self, gains: Mapping[str, Estimate]) -> None:
        """What one more reviewer does to the mean, by department; days, negative is earlier."""
        self._gains = gains
        self._write_gains()

    def refresh(self) -> None:
        """Show what the scenario says now."""
        if not self._editing.has_scenario:
            return
        scenario = self._editing.scenario
        wanted = (
            tuple(scenario.department),
            tuple(name for name, stage in scenario.stage.items() if stage.meeting),
        )
        if wanted != self._built_for:
            self._rebuild(*wanted)
        for name, department in scenario.department.items():
            with QSignalBlocker(self.reviewers[name]):
                self.reviewers[name].setValue(department.reviewers)
        for name, spin in self.meetings.items():
            if meeting := scenario.stage[name].meeting:
                spin.show_number(meeting.every)
        self._write()

    # --- inside ----------------------------------------------------------------------------------

    def _rebuild(self, departments: tuple[str, ...], meetings: tuple[str, ...]) -> None:
        self._built_for = departments, meetings
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget and widget not in (self.heading, self.message, *self._heads):
                widget.hide()
                widget.deleteLater()
        for parts in (
            self.reviewers, self.more, self.gains, self.meetings,
            self._names, self._meeting_names, self._units,
        ):  # fmt: skip
            parts.clear()
        self._grid.addWidget(self.heading, 0, 0, 1, 5)
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 1, (0, 1, 3)[column])
        row = 2
        for name in departments:
            self._add_department(name, row)
            row += 1
        for name in meetings:
            self._add_meeting(name, row)
            row += 1
        self._grid.addWidget(self.message, row, 0, 1, 4)
        self._grid.setRowStretch(row + 1, 1)
        self._grid.setColumnMinimumWidth(3, _GAIN)
        self._grid.setColumnStretch(4, 1)

    def _add_department(self, name: str, row: int) -> None:
        spin = QSpinBox()
        spin.setRange(1, 10_000)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(partial(self._enter_reviewers, name))
        more = QPushButton()
        more.clicked.connect(lambda: self._one_more(name))
        self.reviewers[name], self.more[name] = spin, more
        self._names[name], self.gains[name] = QLabel(wordWrap=True), QLabel(wordWrap=True)
        theme.set_role(self.gains[name], "muted")
        for column, widget in enumerate((self._names[name], spin, more, self.gains[name])):
            self._grid.addWidget(widget, row, column)

    def _add_meeting(self, stage: str, row: int) -> None:
        spin = NumberSpin(least=0.01, most=3_660, decimals=2)
        spin.entered.connect(lambda days: self._enter(("stage", stage, "meeting", "every"), days))
        self.meetings[stage] = spin
        self._meeting_names[stage], self._units[stage] = QLabel(wordWrap=True), QLabel()
        theme.set_role(self._units[stage], "muted")
        for column, widget in enumerate((self._meeting_names[stage], spin, self._units[stage])):
            self._grid.addWidget(widget, row, column)

    def _enter_reviewers(self, department: str, number: int) -> None:
        self._enter(("department", department, "reviewers"), number)

    def _one_more(self, department: str) -> None:
        now = self._editing.scenario.department[department].reviewers
        self._enter_reviewers(department, now + 1)

    def _enter(self, place: tuple[str, ...], value: float) -> None:
        refused = self._editing.enter(place, value)
        self.message.setText(refused)
        self.message.setVisible(bool(refused))
        if refused:
            self.refresh()

    def _write(self) -> None:
        if not self._editing.has_scenario:
            return
        scenario = self._editing.scenario
        for name, label in self._names.items():
            words = part_name(scenario, "department", name)
            label.setText(words)
            self.reviewers[name].setAccessibleName(self.tr("Reviewers of {}").format(words))
            self.more[name].setText(self.tr("One more"))
            self.more[name].setAccessibleName(self.tr("One more reviewer for {}").format(words))
            self.more[name].setToolTip(self.more[name].accessibleName())
        for name, label in self._meeting_names.items():
            words = part_name(scenario, "stage", name)
            label.setText(self.tr("{} meets every").format(words))
            self._units[name].setText(self.tr("days"))
            self.meetings[name].setAccessibleName(
                self.tr("Days between two meetings of {}").format(words)
            )
        self._write_gains()

    def _write_gains(self) -> None:
        for name, label in self.gains.items():
            gain = self._gains.get(name)
            label.setText("–" if gain is None else self._gain_words(gain))
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _gain_words(self, gain: Estimate) -> str:
        if gain.low <= 0 <= gain.high:
            return self.tr("no sure change")
        if abs(gain.value) < 0.05:
            return self.tr("next to nothing")
        form = self.tr("{} days earlier") if gain.value < 0 else self.tr("{} days later")
        return form.format(language.number(abs(gain.value), 1))

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.heading.setText(self.tr("Reviewers and meetings"))
        self.setAccessibleName(self.heading.text())
        heads = (
            self.tr("Department"),
            self.tr("Reviewers"),
            self.tr("One more would bring"),
        )
        for label, words in zip(self._heads, heads, strict=True):
            label.setText(words)
        self._heads[2].setToolTip(self.tr("Known once “What matters most” has been calculated"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
