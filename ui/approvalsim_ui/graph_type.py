"""How text is set on the cards of a network: lines, sizes, what is left out."""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from approvalsim_ui import theme
from approvalsim_ui.graph_cards import Card

PADDING = 9.0
STRIPE = 6.0
"""Pixels of the department's colour at the left of a card."""
TIP = 12.0
"""Pixels by which a milestone's point reaches into its card."""
MOST_TITLE_LINES = 3
INLINE = 110.0
"""Pixels of a title that has facts beside it, at most."""
INLINE_GAP = 8.0
BETWEEN = "  "


def title_font() -> QFont:
    """The font of a card's title."""
    return theme.text_font(bold=True)


def text_font() -> QFont:
    """The font of everything else on a card."""
    return theme.text_font()


def text_height() -> float:
    """Pixels from one line of text to the next."""
    return QFontMetricsF(text_font()).height()


@dataclass(frozen=True)
class SetCard:
    """A card's text broken into lines, and the room it takes; what is wider is elided."""

    title: tuple[str, ...]
    department: str
    facts: tuple[str, ...]
    width: float
    height: float
    beside: float = 0.0
    """How far from the title the facts stand beside it; 0 where they stand below."""


@lru_cache(maxsize=2048)
def set_low_card(card: Card) -> SetCard:
    """A card in one line: the title, elided where it is long, and the facts beside it."""
    title, metrics = QFontMetricsF(title_font()), QFontMetricsF(text_font())
    shown = title.elidedText(card.title, Qt.TextElideMode.ElideRight, INLINE)
    beside = title.horizontalAdvance(shown) + INLINE_GAP
    room = max(map(metrics.horizontalAdvance, card.room or card.facts), default=0.0)
    side = TIP if card.kind == "milestone" else STRIPE
    facts = (BETWEEN.join(card.facts),)
    width = beside + room + 2 * PADDING + side
    return SetCard((shown,), "", facts, width, title.height() + 2 * PADDING - 4, beside)


@lru_cache(maxsize=2048)
def set_card(card: Card, width: float) -> SetCard:
    """Break a card's text into lines no wider than ``width`` pixels; 0 sets it in one line."""
    if not width:
        return set_low_card(card)
    title = title_font()
    metrics = QFontMetricsF(text_font())
    width = max(
        [width, _widest_word(card.title, title) + 1, *map(metrics.horizontalAdvance, card.room)]
    )
    lines = broken(card.title, title, width, 2 if card.stations else MOST_TITLE_LINES)
    lasting = _joined(card.room or card.facts, metrics, width)
    facts = tuple(_joined(card.facts, metrics, width)[: len(lasting)])
    widths = [QFontMetricsF(title).horizontalAdvance(line) for line in lines]
    shown = (card.department, *lasting)
    widths += [min(metrics.horizontalAdvance(line), width) for line in shown]
    widths.append(metrics.horizontalAdvance(card.share_words) + 10)
    height = len(lines) * QFontMetricsF(title).height()
    height += (bool(card.department) + len(lasting) + bool(card.share_words)) * metrics.height()
    height += 4.0 if card.share_words else 0.0
    side = TIP if card.kind == "milestone" else STRIPE
    return SetCard(
        lines,
        card.department,
        facts,
        max(64.0, *widths) + 2 * PADDING + side,
        height + 2 * PADDING - 4,
    )


def _widest_word(text: str, font: QFont) -> float:
    """Pixels of the longest run of letters without a place to break; Chinese breaks anywhere."""
    metrics = QFontMetricsF(font)
    words = re.findall(r"[^\s\u2e80-\uffef]{1,18}", text)
    return max((metrics.horizontalAdvance(word) for word in words), default=0.0)


def _joined(facts: tuple[str, ...], metrics: QFontMetricsF, width: float) -> list[str]:
    """Facts one behind the other while they fit, then on the next line."""
    lines: list[str] = []
    for fact in facts:
        longer = f"{lines[-1]}{BETWEEN}{fact}" if lines else fact
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fact)
    return lines


def _line_ends(text: str, font: QFont, width: float) -> list[int]:
    """Where Unicode's rules let the lines of a text end, none wider than ``width``."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return ends


def broken(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """Text in at most so many lines; what is left out shows as ``…``."""
    text = " ".join(text.split())
    starts = [0, *_line_ends(text, font, width)]
    lines = [text[a:b].strip() for a, b in itertools.pairwise(starts)]
    if len(lines) > most:
        rest = text[starts[most - 1] :]
        metrics = QFontMetricsF(font)
        elided = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
        lines = [*lines[: most - 1], elided]
    return tuple(lines) or ("",)


def draw_line(painter: QPainter, font: QFont, at: QPointF, text: str) -> float:
    """Draw a line of text whose upper left corner is ``at``; gives its height."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), text)
    return metrics.height()


def pill(font: QFont, text: str) -> QRectF:
    """The room of a word with rounded ends around it, from (0, 0)."""
    metrics = QFontMetricsF(font)
    return QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height())


def tip(text: str) -> str:
    """A text as a tooltip that breaks its lines."""
    return "<qt>" + "<br>".join(escape(line) for line in text.splitlines()) + "</qt>"
