"""Messages inside the window: what happened, and what can be done about it. Never in the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import theme

Kind = Literal["info", "good", "warn", "bad"]
_ICONS = {"info": "info", "good": "ok", "warn": "warning", "bad": "error"}
Words = Callable[[], str]
"""Text that is asked for again when the language changes."""


@dataclass(frozen=True)
class Offer:
    """Something the user can do about a message; doing it closes the message."""

    words: Words
    act: Callable[[], None]


class Banner(QFrame):
    """One message with its offers."""

    closed = Signal()

    def __init__(
        self, kind: Kind, words: Words, offers: Sequence[Offer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind, self._words, self._offers = kind, words, tuple(offers)
        theme.set_role(self, kind)
        self._icon = QLabel()
        self._text = QLabel(wordWrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.buttons = [QPushButton() for _ in offers]
        self.dismiss = QToolButton()
        theme.set_role(self.dismiss, "flat")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        for button, offer in zip(self.buttons, self._offers, strict=True):
            layout.addWidget(button)
            button.clicked.connect(offer.act)
            button.clicked.connect(self.close)
        layout.addWidget(self.dismiss)
        self.dismiss.clicked.connect(self.close)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.retranslate()
        self._retheme()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def retranslate(self) -> None:
        """Say it in the language spoken now."""
        self._text.setText(self._words())
        self.setAccessibleName(self._text.text())
        for button, offer in zip(self.buttons, self._offers, strict=True):
            button.setText(offer.words())
        dismiss = QCoreApplication.translate("Banner", "Dismiss this message")
        self.dismiss.setToolTip(dismiss)
        self.dismiss.setAccessibleName(dismiss)

    def _retheme(self) -> None:
        colour = theme.colours().link if self.kind == "info" else None
        shades = {"good": "good", "warn": "warn", "bad": "bad"}
        if self.kind in shades:
            colour = getattr(theme.colours(), shades[self.kind])
        self._icon.setPixmap(theme.icon(_ICONS[self.kind], colour).pixmap(QSize(20, 20)))
        self.dismiss.setIcon(theme.icon("close"))
        self.dismiss.setIconSize(QSize(12, 12))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell those who hold it."""
        self.closed.emit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._retheme()
        super().changeEvent(event)


class Banners(QWidget):
    """All messages, the newest on top; one of a key replaces the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(10, 8, 10, 2)
        self._layout.setSpacing(6)
        self._by_key: dict[str, Banner] = {}
        self.hide()

    @property
    def shown(self) -> dict[str, Banner]:
        """The messages that stand there, by their keys."""
        return dict(self._by_key)

    def tell(
        self,
        key: str,
        kind: Kind,
        words: Words,
        offers: Sequence[Offer] = (),
        seconds: float | None = None,
    ) -> Banner:
        """Show a message; one that only confirms something goes away after some ``seconds``."""
        self.withdraw(key)
        banner = Banner(kind, words, offers, self)
        self._by_key[key] = banner
        self._layout.insertWidget(0, banner)
        banner.closed.connect(lambda: self._gone(key, banner))
        banner.show()
        self.show()
        if seconds is not None:
            QTimer.singleShot(round(seconds * 1000), banner, banner.close)
        return banner

    def withdraw(self, key: str) -> None:
        """Take a message back, if it still stands there."""
        if banner := self._by_key.pop(key, None):
            banner.close()
        self.setVisible(bool(self._by_key))

    def _gone(self, key: str, banner: Banner) -> None:
        if self._by_key.get(key) is banner:
            del self._by_key[key]
            self.setVisible(bool(self._by_key))
