"""The screens behind the rail: made when first seen, kept up to date while they are seen."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from approvalsim_ui.answer import Answer
from approvalsim_ui.document import ScenarioDocument


def _nothing(_value: object) -> None:
    """A view that does not care."""


@dataclass(frozen=True)
class Shown:
    """A view, and how it is told of a new answer and of the document that is edited."""

    view: QWidget
    show_answer: Callable[[Answer], None] = _nothing
    show_document: Callable[[ScenarioDocument], None] = _nothing


@dataclass
class Screen:
    """A place on the rail, and what stands there once somebody has looked."""

    key: str
    icon: str
    title: Callable[[], str]
    make: Callable[[], Shown]
    shown: Shown | None = None
    frame: QWidget | None = None
    """Around the view, so that nothing is cut off where there is little room."""
    stale: set[str] = field(default_factory=lambda: {"answer", "document"})
    """What has changed since the view was told."""


def _scrolling(view: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(view)
    return area


class Screens(QStackedWidget):
    """All screens; `seen` is the one in front."""

    switched = Signal(str)
    """The key of the screen seen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screens: dict[str, Screen] = {}
        self._answer: Answer | None = None
        self._document: ScenarioDocument | None = None

    def add(self, screen: Screen) -> None:
        """One more screen."""
        self._screens[screen.key] = screen

    @property
    def all(self) -> tuple[Screen, ...]:
        """All screens in the order in which they were added."""
        return tuple(self._screens.values())

    @property
    def seen(self) -> Screen | None:
        """The screen in front."""
        front = self.currentWidget()
        return next((s for s in self._screens.values() if front and s.frame is front), None)

    def choose(self, key: str) -> None:
        """Bring a screen to the front, up to date."""
        screen = self._screens[key]
        if screen.shown is None:
            screen.shown = screen.make()
            screen.frame = _scrolling(screen.shown.view)
            self.addWidget(screen.frame)
        self._refresh(screen, screen.shown)
        assert screen.frame is not None
        self.setCurrentWidget(screen.frame)
        self.switched.emit(key)

    def show_answer(self, answer: Answer | None) -> None:
        """There is a new answer."""
        self._answer = answer
        self._spoil("answer")

    def show_document(self, document: ScenarioDocument | None) -> None:
        """There is another document to edit, or it says something else now."""
        self._document = document
        self._spoil("document")

    def _spoil(self, what: str) -> None:
        for screen in self._screens.values():
            screen.stale.add(what)
        seen = self.seen
        if seen and seen.shown:
            self._refresh(seen, seen.shown)

    def _refresh(self, screen: Screen, shown: Shown) -> None:
        if "document" in screen.stale and self._document:
            shown.show_document(self._document)
            screen.stale.discard("document")
        if "answer" in screen.stale and self._answer:
            shown.show_answer(self._answer)
            screen.stale.discard("answer")
