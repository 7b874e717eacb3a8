"""The scene of a network: a card and an arrow for everything on a picture, changed in place.

Whatever is on both the old and the new picture stays the same item and glides to its new place and
look; what comes or goes fades. Things that do not change do not move.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEasingCurve, QObject, QRectF, QVariantAnimation, Signal
from PySide6.QtWidgets import QGraphicsScene

from approvalsim.drawing import Layout, Spacing
from approvalsim.network import Edge
from approvalsim_ui import theme
from approvalsim_ui.graph_cards import EMPTY, Picture
from approvalsim_ui.graph_items import ArrowItem, CardItem
from approvalsim_ui.graph_layout import LANE, Frame, Sheet, best_fold, spread, tightened
from approvalsim_ui.graph_type import pill, set_card, text_font
from approvalsim_ui.theme import Colours

MORPH_MILLISECONDS = 300
MARGIN = 14.0
ROWS, BEND = 12.0, 24.0
WORD_ROOM = 13.0
"""Pixels beside a word, for the head of its arrow."""
WIDTHS = (84.0, 96.0, 108.0, 124.0, 145.0, 170.0)
"""Widths of text that a small network tries, to find what fills the window best."""
LARGE = 40
"""Cards from which on only one width is tried."""

Key = str | Edge
"""A card by its id, or an arrow by its ends."""


class GraphScene(QGraphicsScene):
    """Cards and arrows of one picture."""

    progressed = Signal(float)
    """How far a change has come, from 0 to 1."""

    def __init__(self, parent: QObject | None = None, colours: Colours | None = None) -> None:
        """``colours`` are kept whatever the theme; without them the theme decides."""
        super().__init__(parent)
        self._own_colours = colours
        self.picture = EMPTY
        self.layout = Layout(0.0, 0.0, {}, ())
        self.cards: dict[str, CardItem] = {}
        self.arrows: dict[Edge, ArrowItem] = {}
        self.animated = True
        self.current: Key | None = None
        self._leaving: list[CardItem | ArrowItem] = []
        self._coming: list[CardItem | ArrowItem] = []
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(MORPH_MILLISECONDS)
        self._motion.setStartValue(0.0)
        self._motion.setEndValue(1.0)
        self._motion.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._motion.valueChanged.connect(self._morph)
        self._motion.finished.connect(self.settle)

    @property
    def colours(self) -> Colours:
        """The colours to paint with."""
        return self._own_colours or theme.colours()

    def show_picture(self, picture: Picture, frame: Frame) -> None:
        """Show another picture in a window of this size."""
        layout, width = laid_out(picture, frame)
        if (picture, layout) == (self.picture, self.layout):
            return
        self.settle()
        first = not self.cards
        self.picture, self.layout = picture, layout
        self._match_cards(width)
        self._match_arrows()
        if self.current is not None and self.item_of(self.current) is None:
            self.set_current(None)
        if self.animated and not first:
            self._morph(0.0)
            self._motion.start()
        else:
            self.settle()

    def restate(self, picture: Picture) -> None:
        """Say something else on the same cards and arrows, without laying them out anew."""
        self.picture = picture
        for card in picture.cards:
            self.cards[card.id].restate(card)
        for arrow in picture.arrows:
            self.arrows[arrow.edge].restate(arrow)

    def settle(self) -> None:
        """Come to the end of whatever moves."""
        self._motion.stop()
        self._morph(1.0)
        for item in self._leaving:
            self.removeItem(item)
        self._leaving, self._coming = [], []

    @property
    def extent(self) -> QRectF:
        """Everything there is when nothing moves, with a margin."""
        whole = QRectF(0, 0, self.layout.width, self.layout.height)
        return whole.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    @property
    def moving(self) -> bool:
        """Whether something is still on its way."""
        return self._motion.state() == QVariantAnimation.State.Running

    def item_of(self, key: Key) -> CardItem | ArrowItem | None:
        """The card or arrow with this key."""
        return self.cards.get(key) if isinstance(key, str) else self.arrows.get(key)

    def set_current(self, key: Key | None) -> None:
        """Mark one card or arrow as the one the keyboard is at."""
        for each, on in ((self.current, False), (key, True)):
            item = None if each is None else self.item_of(each)
            if item is not None:
                item.current = on
                item.update()
        self.current = key

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        for items in (self.cards, self.arrows):
            for item in items.values():
                item.colours = self.colours
                item.update()

    def in_reading_order(self) -> Iterator[Key]:
        """Every card, from left to right and down, each followed by the arrows that leave it."""
        leaving: dict[str, list[Edge]] = {name: [] for name in self.cards}
        for edge in self.arrows:
            leaving[edge[0]].append(edge)
        places = self.layout.boxes
        for name in sorted(self.cards, key=lambda each: (places[each].x, places[each].y)):
            yield name
            yield from sorted(leaving[name], key=lambda edge: (places[edge[1]].y, edge[1]))

    def beside(self, key: Key | None, dx: int, dy: int) -> Key | None:
        """What comes next in a direction: another card; from an arrow its ends, or its siblings."""
        if isinstance(key, tuple) and dx:
            return key[1] if dx > 0 else key[0]
        if isinstance(key, tuple):
            siblings = [
                edge
                for edge in self.in_reading_order()
                if isinstance(edge, tuple) and edge[0] == key[0]
            ]
            return siblings[(siblings.index(key) + dy) % len(siblings)]
        boxes = self.layout.boxes
        if key is None or key not in boxes:
            return next(self.in_reading_order(), None)
        here, best, least = boxes[key], None, float("inf")
        for name, there in boxes.items():
            right = there.x + there.width / 2 - here.x - here.width / 2
            down = there.y + there.height / 2 - here.y - here.height / 2
            along, aside = right * dx + down * dy, abs(right * dy) + abs(down * dx)
            if name != key and along > 1 and along + 2 * aside < least:
                best, least = name, along + 2 * aside
        return best

    def _match_cards(self, width: float) -> None:
        wanted = self.picture.card
        for name in [name for name in self.cards if name not in wanted]:
            self._leaving.append(self.cards.pop(name))
        for name, card in wanted.items():
            box = self.layout.boxes[name]
            if name in self.cards:
                self.cards[name].show_next(card, box, width)
            else:
                self.cards[name] = CardItem(card, box, width, self.colours)
                self.addItem(self.cards[name])
                self._coming.append(self.cards[name])

    def _match_arrows(self) -> None:
        wanted = self.picture.arrow
        lines = {(line.source, line.target): line.points for line in self.layout.lines}
        for edge in [edge for edge in self.arrows if edge not in wanted]:
            self._leaving.append(self.arrows.pop(edge))
        for edge, arrow in wanted.items():
            if edge in self.arrows:
                self.arrows[edge].show_next(arrow, lines[edge])
            else:
                self.arrows[edge] = ArrowItem(arrow, lines[edge], self.colours)
                self.addItem(self.arrows[edge])
                self._coming.append(self.arrows[edge])

    def _morph(self, share: float) -> None:
        for card in self.cards.values():
            card.morph(share)
        for arrow in self.arrows.values():
            arrow.morph(share)
        for item in self._coming:
            item.setOpacity(share)
        for item in self._leaving:
            item.setOpacity(1.0 - share)
        self.progressed.emit(share)


def laid_out(picture: Picture, frame: Frame) -> tuple[Layout, float]:
    """The layout of a picture that reads best in a window, and the width of text on its cards."""
    if not picture.cards:
        return Layout(0.0, 0.0, {}, ()), WIDTHS[0]
    widths = WIDTHS if len(picture.cards) <= LARGE else WIDTHS[3:4]
    if any(card.stations for card in picture.cards):
        widths = (0.0, *widths)  # cards that are kept low may be set in one line
    inner = Frame(frame.width - 2 * MARGIN, frame.height - 2 * MARGIN, frame.least, frame.most)
    sheets = [_sheet(picture, width) for width in widths]
    number, layout = best_fold(sheets, ROWS, inner)
    return layout, widths[number]


def _sheet(picture: Picture, width: float) -> Sheet:
    """All cards and arrows from left to right, with text so wide on the cards."""
    line = pill(text_font(), "").height() + 2 if picture.room else LANE
    spacing = Spacing(rows=ROWS, lanes=line, bend=BEND)
    edges = tuple(arrow.edge for arrow in picture.arrows)
    sheet = spread(tuple(_sizes(picture, width, line).items()), edges, spacing)
    words = {
        edge: max(pill(text_font(), word).width() for word in words) + WORD_ROOM
        for edge, words in picture.room.items()
    }
    return tightened(sheet, words, BEND)


def _sizes(picture: Picture, width: float, line: float) -> dict[str, tuple[float, float]]:
    """Width and height of each card; stages are all equally wide."""
    laid = {card.id: set_card(card, width) for card in picture.cards}
    widest = max((laid[card.id].width for card in picture.cards if card.kind == "stage"), default=0)
    arriving = [arrow.target for arrow in picture.arrows]
    leaving = [arrow.source for arrow in picture.arrows]
    return {
        card.id: (
            widest if card.kind == "stage" else laid[card.id].width,
            max(
                laid[card.id].height,
                line * arriving.count(card.id),
                LANE * leaving.count(card.id),
            ),
        )
        for card in picture.cards
    }
