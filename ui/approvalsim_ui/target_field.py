"""The target: within how many days of signing a project ought to be there."""

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from approvalsim_ui import theme


class TargetField(QWidget):
    """A number of days that can be switched off."""

    target_changed = Signal(object)
    """Days from signing, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.use, self.days, self.unit = QPushButton(), QSpinBox(), QLabel()
        self.use.setCheckable(True)
        theme.set_role(self.use, "chip")
        theme.set_role(self.unit, "muted")
        self.days.setRange(1, 3_650)
        self.days.setValue(365)
        self.days.setSingleStep(5)
        self.days.setEnabled(False)
        self.use.toggled.connect(self.days.setEnabled)
        self.use.toggled.connect(self._tell)
        self.days.valueChanged.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.use)
        row.addWidget(self.days)
        row.addWidget(self.unit)
        row.addStretch(1)
        self.retranslate()

    @property
    def target(self) -> int | None:
        """What is asked for now."""
        return self.days.value() if self.use.isChecked() else None

    def show_target(self, days: int | None) -> None:
        """Show a target that was set elsewhere."""
        with QSignalBlocker(self.use), QSignalBlocker(self.days):
            self.use.setChecked(days is not None)
            self.days.setEnabled(days is not None)
            if days is not None:
                self.days.setValue(days)

    def _tell(self) -> None:
        self.target_changed.emit(self.target)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.use.setText(self.tr("Target"))
        self.unit.setText(self.tr("days from signing"))
        self.days.setAccessibleName(self.tr("Target in days from signing"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
