"""Tokens on a network: one on each stage that is under way, one on each way that waits for others.

When things move on, a token glides along its card or along the arrows that lead on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from approvalsim.network import Edge
from approvalsim_ui.graph_scene import GraphScene, Key
from approvalsim_ui.theme import Colours
from approvalsim_ui.walk_moment import Moment, station
from approvalsim_ui.walk_story import Walk

GLIDE_MILLISECONDS = 420
RADIUS = 8.0
STOP = 0.9
"""How far along an arrow a token waits for the others."""


class TokenItem(QGraphicsItem):
    """A disc; a hollow one waits."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self.colours = colours
        self.waits = self.held = False
        self.setZValue(6)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """The disc and its rim."""
        return QRectF(-RADIUS - 3, -RADIUS - 3, 2 * RADIUS + 6, 2 * RADIUS + 6)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw it."""
        c = self.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = c.bad if self.held else c.focus
        painter.setPen(QPen(ink if self.waits else c.panel, 2.5))
        painter.setBrush(c.panel if self.waits else ink)
        radius = RADIUS - 2 if self.waits else RADIUS
        painter.drawEllipse(QPointF(0, 0), radius, radius)


@dataclass(frozen=True)
class Stand:
    """Where a token is: on a card's station, or so far along an arrow."""

    key: Key
    at: float


class Tokens(QObject):
    """All tokens of one scene."""

    def __init__(self, scene: GraphScene) -> None:
        super().__init__(scene)
        self.scene = scene
        self.animated = True
        self._items: dict[Key, TokenItem] = {}
        self._stands: dict[Key, Stand] = {}
        self._old: dict[Key, Stand] = {}
        self._passing: list[tuple[Edge, TokenItem]] = []
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(GLIDE_MILLISECONDS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._motion.valueChanged.connect(self._glide)
        self._motion.finished.connect(self.settle)

    @property
    def places(self) -> Mapping[Key, QPointF]:
        """Where each token is on the scene."""
        return {key: item.pos() for key, item in self._items.items()}

    def clear(self) -> None:
        """Take all tokens away."""
        self.settle()
        for item in self._items.values():
            self.scene.removeItem(item)
        self._items, self._stands, self._old = {}, {}, {}

    def show_moment(self, walk: Walk, moment: Moment, *, forward: bool = True) -> None:
        """Put the tokens where they stand at a moment; glide there if time goes ``forward``."""
        wanted = stands(walk, moment)
        if wanted == self._stands and all(i.held == moment.held for i in self._items.values()):
            return
        self.settle()
        self._old = dict(self._stands)
        gone = [key for key in self._items if key not in wanted]
        for key in gone:
            self.scene.removeItem(self._items.pop(key))
        glides = self.animated and forward
        if glides:
            self._send_on(moment, gone)
        for key, stand in wanted.items():
            if key not in self._items:
                self._items[key] = TokenItem(self.scene.colours)
                self.scene.addItem(self._items[key])
            self._items[key].waits = isinstance(stand.key, tuple)
            self._items[key].held = moment.held
            self._items[key].update()
        self._stands = wanted
        if glides:
            self._glide(0.0)
            self._motion.start()
        else:
            self._glide(1.0)

    def settle(self) -> None:
        """Come to the end of whatever glides."""
        self._motion.stop()
        self._glide(1.0)
        for _, item in self._passing:
            self.scene.removeItem(item)
        self._passing = []

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        for item in self._items.values():
            item.colours = self.scene.colours
            item.update()

    def _send_on(self, moment: Moment, gone: list[Key]) -> None:
        """From each card that is done now a token runs along every arrow that leads on."""
        done = {key for key in gone if isinstance(key, str)}
        for edge, passage in moment.passages.items():
            if edge[0] in done and passage == "passed":
                item = TokenItem(self.scene.colours)
                self.scene.addItem(item)
                self._passing.append((edge, item))

    def _glide(self, share: float) -> None:
        for key, stand in self._stands.items():
            old = self._old.get(key)
            if old is None and isinstance(stand.key, tuple):
                old = Stand(stand.key, 0.0)
            at = stand.at if old is None else old.at + (stand.at - old.at) * share
            self._items[key].setPos(self._place(stand.key, at))
        for edge, item in self._passing:
            item.setPos(self._place(edge, share))

    def _place(self, key: Key, at: float) -> QPointF:
        if isinstance(key, str):
            card = self.scene.cards.get(key)
            return card.rail(at) if card is not None else QPointF()
        arrow = self.scene.arrows.get(key)
        return arrow.along(at) if arrow is not None else QPointF()


def stands(walk: Walk, moment: Moment) -> dict[Key, Stand]:
    """Where the tokens are at a moment."""
    found: dict[Key, Stand] = {}
    for name in moment.active:
        interval = moment.parts[name].interval
        found[name] = Stand(name, 0.0 if interval is None else station(walk, interval))
    for edge, passage in moment.passages.items():
        if passage == "waiting":
            found[edge] = Stand(edge, STOP)
    return found
