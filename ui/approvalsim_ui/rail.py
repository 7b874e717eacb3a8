"""The navigation rail: one button for each screen, Alt+1 for the first of them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from approvalsim_ui import theme

LEAST = 84
"""Pixels that are enough for most titles."""
_ICONS = {False: 24, True: 18}
"""Size of icons; smaller ones, beside their words, where there is little height."""


class Rail(QFrame):
    """Buttons for the screens, from top to bottom."""

    chosen = Signal(str)
    """The key of the screen the user wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "rail")
        self._buttons: dict[str, QToolButton] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        self._icons: dict[str, str] = {}
        self._titles: dict[str, Callable[[], str]] = {}
        self._group = QButtonGroup(self, exclusive=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 6, 6, 6)
        self._layout.setSpacing(2)
        self._layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def add(self, key: str, icon: str, title: Callable[[], str]) -> None:
        """One more screen, below the others."""
        button = QToolButton()
        button.setCheckable(True)
        theme.set_role(button, "rail")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The tenth is reached by Alt+0, as on the keyboard.
        shortcut = QShortcut(QKeySequence(f"Alt+{(len(self._buttons) + 1) % 10}"), self)
        shortcut.activated.connect(button.click)
        self._shortcuts[key] = shortcut
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._buttons[key], self._icons[key], self._titles[key] = button, icon, title
        self._group.addButton(button)
        self._layout.insertWidget(len(self._buttons) - 1, button)
        self._write(key)

    @property
    def keys(self) -> tuple[str, ...]:
        """The screens there are."""
        return tuple(self._buttons)

    def button(self, key: str) -> QToolButton:
        """The button of a screen."""
        return self._buttons[key]

    def show_chosen(self, key: str) -> None:
        """Mark the screen that is seen."""
        self._buttons[key].setChecked(True)

    def _write(self, key: str) -> None:
        button = self._buttons[key]
        button.setText(self._titles[key]())
        keys = self._shortcuts[key].key().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{self._titles[key]()} ({keys})")
        button.setAccessibleName(self._titles[key]())
        button.setIcon(theme.icon(self._icons[key]))
        self._fit()

    def _fit(self) -> None:
        """As wide as the longest title, written as it is when it is chosen."""
        metrics = QFontMetrics(theme.text_font(bold=True))
        room = self.height() // max(len(self._buttons), 1) - self._layout.spacing() - 2
        high = _ICONS[False] + metrics.height() + 10
        beside = room < high
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            button.setIconSize(QSize(_ICONS[beside], _ICONS[beside]))
            button.setFixedHeight(metrics.height() + 10 if beside else max(min(room, 64), high))
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if beside else style.ToolButtonTextUnderIcon
            )
        widest = max(metrics.horizontalAdvance(button.text()) for button in self._buttons.values())
        self.setFixedWidth(max(LEAST, widest + (50 if beside else 26)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height may have room for larger buttons, or for smaller ones only."""
        super().resizeEvent(event)
        if self._buttons and event.size().height() != event.oldSize().height():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            for key in self._buttons:
                self._write(key)
        super().changeEvent(event)
