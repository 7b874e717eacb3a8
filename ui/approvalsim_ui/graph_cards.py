"""What a picture of a network shows: a card for each stage or milestone, an arrow for each edge.

Values without Qt and without scenarios: whoever fills them has chosen the words already, and
whoever paints them need not know what they are about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from approvalsim.network import Edge, Kind, Mode

Progress = Literal["", "ahead", "active", "done"]
"""Where a walk stands with a card: nothing to say, not yet begun, under way, done."""
Passage = Literal["", "waiting", "passed", "owed"]
"""Where a walk stands with an arrow: nothing to say, done but not yet needed, passed, owed."""


@dataclass(frozen=True)
class Card:
    """A stage or milestone as people see it."""

    id: str
    kind: Kind
    title: str
    department: str = ""
    place: int | None = None
    """Position of the department, which gives the colour."""
    facts: tuple[str, ...] = ()
    """Short, one behind the other as the width allows."""
    room: tuple[str, ...] = ()
    """Facts for which room is kept instead, where they change while one looks."""
    share: float | None = None
    """A bar from 0 to 1; None leaves it empty."""
    share_words: str = ""
    """The words above the bar; a card without them has no bar."""
    critical: bool = False
    progress: Progress = ""
    stations: tuple[str, ...] = ()
    """Where a token may stand, from left to right; such a card is kept low."""
    badge: str = ""
    """A word or two in the corner."""
    spoken: str = ""
    """All of it in a sentence or two, for the tooltip and for those who listen."""


@dataclass(frozen=True)
class Arrow:
    """A dependency as people see it."""

    source: str
    target: str
    mode: Mode = "hard"
    word: str = ""
    critical: bool = False
    passage: Passage = ""
    spoken: str = ""

    @property
    def edge(self) -> Edge:
        """Its two ends."""
        return self.source, self.target


@dataclass(frozen=True)
class Picture:
    """Everything on one picture."""

    cards: tuple[Card, ...]
    arrows: tuple[Arrow, ...]
    room: Mapping[Edge, tuple[str, ...]] = field(default_factory=dict)
    """All words that an arrow may ever bear: room is kept for the longest."""

    @property
    def card(self) -> dict[str, Card]:
        """Cards by id."""
        return {card.id: card for card in self.cards}

    @property
    def arrow(self) -> dict[Edge, Arrow]:
        """Arrows by their two ends."""
        return {arrow.edge: arrow for arrow in self.arrows}


EMPTY = Picture((), ())
