"""Inputs for words: a line of text, and a choice from a list."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from approvalsim_ui.field_inputs import FieldInput


class LineInput(FieldInput):
    """A line of text, taken on Enter or when it is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.line = QLineEdit()
        self.line.editingFinished.connect(self._enter)
        self.label.setBuddy(self.line)
        self.head.addStretch(1)
        self.page.addWidget(self.line)
        self.page.addWidget(self.reason)
        self.watch(self.line)

    def show_value(
        self,
        value: Any,
        *,
        filed: Any = None,
        unit: str = "days",
        changed: bool = False,
    ) -> None:
        """Show words."""
        self.show_change(changed)
        if not (self.line.isModified() and self.line.hasFocus() and value == self._words):
            self._words = value
            self.restore()

    def restore(self) -> None:
        """Show the last words again."""
        self.line.setText(self._words)
        self.line.setCursorPosition(0)

    def focus_target(self) -> QWidget:
        """The line."""
        return self.line

    def retranslate(self) -> None:
        """Set all words anew."""
        super().retranslate()
        self.line.setAccessibleName(self.label.text())

    def _enter(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.step_began.emit()
            self.wished.emit(self.line.text().strip())


class ChoiceInput(FieldInput):
    """One of several things; the empty one stands for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ""
        self._choices: list[tuple[str, str]] = []
        self.combo = QComboBox()
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.combo.setMinimumContentsLength(10)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.activated.connect(self._choose)
        self.label.setBuddy(self.combo)
        self.head.addStretch(1)
        self.page.addWidget(self.combo)
        self.page.addWidget(self.reason)
        self.watch(self.combo)

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """What can be chosen, with its words."""
        if list(choices.items()) == self._choices:
            return
        self._choices = list(choices.items())
        with QSignalBlocker(self.combo):
            self.combo.clear()
            for data, words in choices.items():
                self.combo.addItem(words, data)
            self.combo.setCurrentIndex(self.combo.findData(self._chosen))

    def show_value(
        self,
        value: Any,
        *,
        filed: Any = None,
        unit: str = "days",
        changed: bool = False,
    ) -> None:
        """Show what is chosen."""
        self.show_change(changed)
        self._chosen = value or ""
        self.restore()

    def restore(self) -> None:
        """Show again what is chosen."""
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(self._chosen))

    def focus_target(self) -> QWidget:
        """The list."""
        return self.combo

    def retranslate(self) -> None:
        """Set all words anew."""
        super().retranslate()
        self.combo.setAccessibleName(self.label.text())

    def _choose(self, index: int) -> None:
        chosen = self.combo.itemData(index)
        if chosen != self._chosen:
            self.step_began.emit()
            self.wished.emit(chosen or None)
            self.restore()
