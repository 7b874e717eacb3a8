"""The scenario library: a card for each open scenario, with what it changes against its file."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import theme

_SCROLL_BAR = 18
"""Pixels that a scroll bar may take."""
MOST_CHANGES = 4
"""Changes a card names; further ones are counted."""


@dataclass(frozen=True)
class Card:
    """What a card says about an open scenario, in the language spoken now."""

    key: Hashable
    title: str
    place: str
    """The file it is in, or that it is in none."""
    sides: str
    """``A``, ``B``, ``AB`` or nothing: where it stands in the comparison."""
    is_unsaved: bool
    changes: tuple[str, ...]
    """What differs from its file, in words."""


class Library(QWidget):
    """Cards, one below the other."""

    shown_alone = Signal(object)
    """Compare the policy of this scenario, off and on."""
    put_on_a = Signal(object)
    put_on_b = Signal(object)
    duplicate_asked = Signal(object)
    close_asked = Signal(object)
    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[Card, ...] = ()
        self.frames: dict[Hashable, _CardFrame] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inner)
        self.open = QPushButton()
        self.open.clicked.connect(self.open_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.open, 0, Qt.AlignmentFlag.AlignHCenter)
        self.retranslate()

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these scenarios; cards that stay keep their place and the focus."""
        if tuple(cards) == self._cards:
            return
        self._cards = tuple(cards)
        keys = [card.key for card in cards]
        for gone in set(self.frames) - set(keys):
            frame = self.frames.pop(gone)
            frame.hide()
            frame.deleteLater()
        for position, card in enumerate(cards):
            if card.key not in self.frames:
                self.frames[card.key] = self._framed(card)
            frame = self.frames[card.key]
            frame.show_card(card)
            if self._column.indexOf(frame) != position:
                self._column.insertWidget(position, frame)
        self.setMinimumWidth(self._inner.minimumSizeHint().width() + _SCROLL_BAR)

    def _framed(self, card: Card) -> "_CardFrame":
        frame = _CardFrame()
        frame.a.clicked.connect(lambda: self.put_on_a.emit(card.key))
        frame.b.clicked.connect(lambda: self.put_on_b.emit(card.key))
        frame.alone.clicked.connect(lambda: self.shown_alone.emit(card.key))
        frame.duplicate.clicked.connect(lambda: self.duplicate_asked.emit(card.key))
        frame.close_it.clicked.connect(lambda: self.close_asked.emit(card.key))
        return frame

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.open.setText(self.tr("Open another scenario…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _CardFrame(QFrame):
    """One card."""

    def __init__(self) -> None:
        super().__init__()
        theme.set_role(self, "card")
        self._card: Card | None = None
        self._title, self._place = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._changes = QLabel(wordWrap=True)
        self._sides = {letter: QLabel(letter) for letter in "AB"}
        theme.set_role(self._title, "heading")
        theme.set_role(self._place, "muted")
        for label in (self._title, self._place, self._changes):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.a, self.b = QPushButton(), QPushButton()
        self.alone, self.duplicate, self.close_it = QToolButton(), QToolButton(), QToolButton()
        for tool in (self.alone, self.duplicate, self.close_it):
            theme.set_role(tool, "flat")
            tool.setIconSize(QSize(16, 16))
        for button in (self.a, self.b):
            theme.set_role(button, "chip")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self.retranslate()
        self._retheme()

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._title, 1)
        for letter, label in self._sides.items():
            theme.set_role(label, "badge-a" if letter == "A" else "badge-b")
            top.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        bottom.setSpacing(4)
        for button in (self.a, self.b):
            bottom.addWidget(button)
        bottom.addStretch(1)
        for tool in (self.alone, self.duplicate, self.close_it):
            bottom.addWidget(tool)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._place)
        layout.addWidget(self._changes)
        layout.addLayout(bottom)

    def show_card(self, card: Card) -> None:
        """Say what the card says."""
        self._card = card
        self.setAccessibleName(card.title)
        self._title.setText(f"{card.title} •" if card.is_unsaved else card.title)
        self._title.setToolTip(self.tr("Has unsaved changes") if card.is_unsaved else "")
        self._place.setText(card.place)
        for letter, label in self._sides.items():
            label.setVisible(letter in card.sides)
        lines = list(card.changes[:MOST_CHANGES])
        if len(card.changes) > MOST_CHANGES:
            more = self.tr("… and {count} more")
            lines.append(more.format(count=len(card.changes) - MOST_CHANGES))
        self._changes.setText("\n".join(lines))
        self._changes.setVisible(bool(lines))

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.a.setText(self.tr("To A"))
        self.b.setText(self.tr("To B"))
        for tool, words in (
            (self.alone, self.tr("Compare its policy off with on")),
            (self.duplicate, self.tr("Duplicate as variant")),
            (self.close_it, self.tr("Close")),
        ):
            tool.setToolTip(words)
            tool.setAccessibleName(words)
        if self._card:
            self.show_card(self._card)

    def _retheme(self) -> None:
        for tool, name in (
            (self.alone, "compare"),
            (self.duplicate, "duplicate"),
            (self.close_it, "close"),
        ):
            tool.setIcon(theme.icon(name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._retheme()
        super().changeEvent(event)
