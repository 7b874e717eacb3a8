"""Inputs for one number: a share with a slider, a plain number; each with its mark of change."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import theme
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.throttle import Throttle


class FieldInput(QWidget):
    """What all inputs share: a label, a mark of change with a way back, and room for a reason."""

    wished = Signal(object)
    step_began = Signal()
    """What is wished for from now on is a new step: a drag, or a box that got the focus."""
    drag_finished = Signal()
    reset_wished = Signal()
    touched = Signal()
    """Something in here got the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_held = False
        """Whether a handle is held: what is wished for until it is let go is one step."""
        self.label = QLabel()
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.mark = QLabel()
        self.reset_button = QToolButton()
        self.reset_button.setIconSize(QSize(14, 14))
        theme.set_role(self.reset_button, "flat")
        self.reset_button.clicked.connect(self.reset_wished)
        self.reason = QLabel(wordWrap=True)
        theme.set_role(self.reason, "bad")
        self.reason.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        for widget in (self.label, self.mark, self.reset_button):
            self.head.addWidget(widget)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(0, 0, 0, 0)
        self.page.setSpacing(2)
        self.page.addLayout(self.head)
        self.show_change(False)
        self._draw_icon()

    def set_label(self, words: str) -> None:
        """What the number is."""
        self.label.setText(words)
        self.retranslate()

    def show_change(self, changed: bool) -> None:
        """Mark that the value differs from the file, or that it does not."""
        self.mark.setVisible(changed)
        self.reset_button.setVisible(changed)

    def show_refusal(self, words: str) -> None:
        """Say why the last wish was refused; what was entered stays."""
        self.reason.setText(words)
        self.reason.setVisible(bool(words))

    def retranslate(self) -> None:
        """Set all words anew."""
        words = self.label.text()
        self.mark.setText("◤")
        self.mark.setToolTip(self.tr("Differs from the file"))
        self.reset_button.setToolTip(self.tr("Put back what the file says"))
        self.reset_button.setAccessibleName(self.tr("{name}: reset to the file").format(name=words))

    def watch(self, *widgets: QWidget) -> None:
        """Tell when one of these gets the focus, and keep the wheel for the page."""
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See `watch`."""
        if event.type() == QEvent.Type.FocusIn:
            self.step_began.emit()
            self.touched.emit()
        if isinstance(event, QWheelEvent) and not isinstance(watched, NumberSpin):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was refused."""
        if event.key() == Qt.Key.Key_Escape and self.reason.text():
            self.show_refusal("")
            self.restore()
        else:
            super().keyPressEvent(event)

    def show_value(
        self, value: Any, *, filed: Any = None, unit: str = "days", changed: bool = False
    ) -> None:
        """Show a value; ``filed`` is what the file says, ``unit`` the usual one at its place."""
        raise NotImplementedError

    def restore(self) -> None:
        """Show the last value again that was not refused."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """The widget in which one would type."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language, in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self.reset_button.setIcon(theme.icon("reset"))


class ShareInput(FieldInput):
    """A share from 0 to 100 %, or as far as ``most`` goes: a slider and a box."""

    def __init__(self, parent: QWidget | None = None, most: int = 100) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, min(most, 100))
        self.slider.setPageStep(5)
        self.box = NumberSpin(most=most)
        self.box.setSuffix(" %")
        self.box.setFixedWidth(92)
        self._throttle = Throttle(self)
        self._throttle.passed.connect(self.wished)
        self.slider.sliderPressed.connect(self._hold)
        self.slider.valueChanged.connect(self._slide)
        self.slider.sliderReleased.connect(self._let_go)
        self.box.entered.connect(lambda percent: self.wished.emit(round(percent / 100, 10)))
        self.head.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        self.page.addLayout(row)
        self.page.addWidget(self.reason)
        self.watch(self.slider, self.box)

    def show_value(
        self,
        value: Any,
        *,
        filed: Any = None,
        unit: str = "days",
        changed: bool = False,
    ) -> None:
        """Show a share."""
        self.show_change(changed)
        if self.reason.text() and value == self._share:
            return
        self._share = float(value or 0.0)
        self.show_refusal("")
        self.restore()

    def restore(self) -> None:
        """Show the last share again that was not refused."""
        self.box.show_number(round(self._share * 100, 8))
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(self._share * 100))

    def retranslate(self) -> None:
        """Set all words anew."""
        super().retranslate()
        self.slider.setAccessibleName(self.label.text())
        self.box.setAccessibleName(self.label.text())

    def focus_target(self) -> QWidget:
        """The box."""
        return self.box

    def _slide(self, percent: int) -> None:
        self.box.show_number(percent)
        self._throttle.put(percent / 100)

    def _hold(self) -> None:
        self.step_began.emit()
        self.is_held = True

    def _let_go(self) -> None:
        self._throttle.flush()
        self.is_held = False
        self.drag_finished.emit()


class NumberInput(FieldInput):
    """A number in a line with its label; it may be absent where ``none`` is said."""

    def __init__(self, parent: QWidget | None = None, **limits: Any) -> None:
        super().__init__(parent)
        self._number: float | None = None
        self.is_whole = limits.get("decimals") == 0
        self.absent = QCheckBox()
        self.absent.hide()
        self.box = NumberSpin(**limits)
        self.box.setFixedWidth(92)
        self.unit = QLabel()
        theme.set_role(self.unit, "muted")
        self.box.entered.connect(self._enter)
        self.absent.clicked.connect(self._toggle)
        self.label.setWordWrap(True)
        self.head.setStretch(0, 1)
        for widget in (self.absent, self.box, self.unit):
            self.head.addWidget(widget)
        self.page.addWidget(self.reason)
        self.label.setBuddy(self.box)
        self.watch(self.absent, self.box)
        self._usual = 1.0

    def set_absent(self, words: str, usual: float) -> None:
        """Let the number be absent; ``usual`` is what it begins with once it is there."""
        self.absent.setText(words)
        self.absent.setVisible(bool(words))
        self._usual = usual

    def show_value(
        self,
        value: Any,
        *,
        filed: Any = None,
        unit: str = "days",
        changed: bool = False,
    ) -> None:
        """Show a number, or that there is none."""
        self.show_change(changed)
        if self.reason.text() and value == self._number:
            return
        self._number = value
        self.show_refusal("")
        self.restore()

    def restore(self) -> None:
        """Show the last number again that was not refused."""
        with QSignalBlocker(self.absent):
            self.absent.setChecked(self._number is None)
        self.box.setEnabled(self._number is not None)
        self.box.show_number(self._number or 0.0)

    def retranslate(self) -> None:
        """Set all words anew."""
        super().retranslate()
        self.box.setAccessibleName(self.label.text())
        self.absent.setAccessibleName(f"{self.label.text()}: {self.absent.text()}")

    def focus_target(self) -> QWidget:
        """The box, or the way to get one."""
        return self.box if self._number is not None else self.absent

    def _enter(self, number: float) -> None:
        self.wished.emit(round(number) if self.is_whole else number)

    def _toggle(self, absent: bool) -> None:
        self.step_began.emit()
        self.wished.emit(None if absent else self._usual)
