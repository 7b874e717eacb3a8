"""A short tour for the first start: four cards, each beside what it is about. It can be skipped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from approvalsim_ui import theme

WIDTH = 380
GAP = 14


@dataclass(frozen=True)
class Stop:
    """One card of the tour: what it is about, and what it says."""

    target: Callable[[], QWidget]
    title: Callable[[], str]
    text: Callable[[], str]
    arrive: Callable[[], None] = lambda: None
    """What has to be seen, such as a screen."""


class Tour(QFrame):
    """The cards, over the window; the window can be used meanwhile."""

    ended = Signal()
    """It was finished or skipped."""

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__(window)
        self._window = window
        self._stops, self._at = tuple(stops), 0
        theme.set_role(self, "tour")
        self._ring = _Ring(window)
        self._title, self._text = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._count = QLabel()
        self.back, self.next, self.skip = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self.back.clicked.connect(lambda: self.show_stop(self._at - 1))
        self.next.clicked.connect(lambda: self.show_stop(self._at + 1))
        self.skip.clicked.connect(self.end)
        window.installEventFilter(self)
        self.show_stop(0)
        self.show()

    def _lay_out(self) -> None:
        theme.set_role(self._title, "heading")
        theme.set_role(self._count, "muted")
        theme.set_role(self.skip, "flat")
        theme.set_role(self.next, "primary")
        buttons = QHBoxLayout()
        buttons.addWidget(self._count)
        buttons.addStretch(1)
        for button in (self.skip, self.back, self.next):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    @property
    def at(self) -> int:
        """Which card is seen, from 0."""
        return self._at

    def show_stop(self, number: int) -> None:
        """Show a card; beyond the last one the tour is over."""
        if number >= len(self._stops):
            self.end()
            return
        self._at = max(number, 0)
        self._stops[self._at].arrive()
        self.retranslate()
        self._place()

    def end(self) -> None:
        """Take the tour away."""
        self._window.removeEventFilter(self)
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        self.ended.emit()

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        stop, count = self._stops[self._at], len(self._stops)
        self._title.setText(stop.title())
        self._text.setText(stop.text())
        self._count.setText(f"{self._at + 1} / {count}")
        self.back.setText(self.tr("&Back"))
        self.back.setEnabled(self._at > 0)
        self.next.setText(self.tr("&Next") if self._at + 1 < count else self.tr("&Done"))
        self.skip.setText(self.tr("S&kip"))
        self.skip.setVisible(self._at + 1 < count)
        self.setAccessibleName(stop.title())
        self.setAccessibleDescription(stop.text())

    def _place(self) -> None:
        """Beside the target: below it, else to its right, else above it, always inside."""
        window, target = self._window, self._stops[self._at].target()
        place = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self._ring.surround(place)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        size = QSize(WIDTH, max(layout.heightForWidth(WIDTH), self.minimumSizeHint().height()))
        self.resize(size)
        if place.bottom() + GAP + size.height() <= window.height():
            corner = QPoint(place.left(), place.bottom() + GAP)
        elif place.right() + GAP + size.width() <= window.width():
            corner = QPoint(place.right() + GAP, place.top())
        else:
            corner = QPoint(place.left(), place.top() - GAP - size.height())
        corner.setX(max(GAP, min(corner.x(), window.width() - size.width() - GAP)))
        corner.setY(max(GAP, min(corner.y(), window.height() - size.height() - GAP)))
        self.move(corner)
        self._ring.raise_()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the target when the window changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._place()
        super().changeEvent(event)


class _Ring(QWidget):
    """A frame around the target, which the mouse does not notice."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def surround(self, place: QRect) -> None:
        """Draw it around this place of the window."""
        self.setGeometry(place.adjusted(-4, -4, 4, 4))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours().focus, 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)
        painter.end()
