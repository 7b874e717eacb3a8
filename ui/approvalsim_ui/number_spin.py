"""A box for one number: arrows and the wheel change it, Enter or leaving takes what was typed."""

from typing import Any

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from approvalsim_ui.duration_text import plain


class NumberSpin(QDoubleSpinBox):
    """A number without needless decimals; the wheel moves it only while it has the focus."""

    entered = Signal(float)
    """Somebody entered another number."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        most: float = 100_000,
        least: float = 0.0,
        decimals: int = 3,
        step: float = 1.0,
    ) -> None:
        super().__init__(parent)
        plain_locale = QLocale(QLocale.Language.C)
        plain_locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        self.setLocale(plain_locale)
        self.setDecimals(decimals)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._changed)
        self._quiet = False

    def show_number(self, value: float) -> None:
        """Show another number, which nobody entered here."""
        if value == self.value():
            return
        self._quiet = True
        self.setValue(value)
        self._quiet = False

    def minimumSizeHint(self) -> QSize:
        """Room for four digits; boxes grow where there is more."""
        return QSize(self.fontMetrics().horizontalAdvance("0000") + 30, super().sizeHint().height())

    def textFromValue(self, value: float) -> str:
        """The number without needless decimals."""
        return plain(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _changed(self, value: Any) -> None:
        if not self._quiet:
            self.entered.emit(float(value))
