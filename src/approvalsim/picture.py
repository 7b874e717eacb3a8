"""A network as a picture: a stand-alone SVG that any browser, Word or vector editor opens.

Knows boxes, arrows and words, and nothing of scenarios. What matters is told twice, by shape or
line style and by colour (Okabe and Ito's, which the colour-blind tell apart). The width of text is
estimated, generously: the fonts of the reader are unknown.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from approvalsim.drawing import Box, Layout, Line, Point, Spacing, arrange

Style = Literal["hard", "prereview", "deferred"]

FONTS = (
    '"Microsoft YaHei UI","PingFang SC","Noto Sans CJK SC","Noto Sans SC",'
    '"WenQuanYi Micro Hei",sans-serif'
)
CSS = f"""
text {{ font-family: {FONTS}; fill: #1b1f24; }}
.title {{ font-size: 18px; font-weight: bold; }}
.small {{ font-size: 12px; fill: #424a53; }}
.name {{ font-size: 14px; font-weight: bold; }}
.word {{ font-size: 11px; fill: #424a53; }}
.box {{ fill: #f6f8fa; stroke: #57606a; stroke-width: 1.2; }}
.milestone {{ fill: #e3f0fa; stroke: #0072b2; stroke-width: 1.2; }}
.critical {{ fill: #fff1e6; stroke: #d55e00; stroke-width: 2.8; }}
.line {{ fill: none; stroke: #6e7781; stroke-width: 1.4; }}
.prereview {{ stroke-dasharray: 8 4; stroke: #0072b2; }}
.deferred {{ stroke-dasharray: 2 4; stroke: #0072b2; }}
.binding {{ stroke: #d55e00; stroke-width: 2.8; }}
.head {{ fill: #6e7781; }}
.head.prereview, .head.deferred {{ fill: #0072b2; stroke: none; }}
.head.binding {{ fill: #d55e00; stroke: none; }}
.paper {{ fill: #ffffff; }}
"""

NAME_SIZE, FACT_SIZE, WORD_SIZE = 14.0, 12.0, 11.0
NAME_LINE, FACT_LINE = 19.0, 17.0
PADDING = 12.0
NAME_WIDTH = 12 * NAME_SIZE
NAME_LINES = 3
MARGIN = 28.0
HEAD = 9.0
TIP = 14.0
"""Pixels by which a milestone's point reaches into its box."""


@dataclass(frozen=True)
class Card:
    """A stage or milestone as people see it: its name and a few facts, one in each line."""

    id: str
    name: str
    facts: tuple[str, ...] = ()
    milestone: bool = False
    critical: bool = False


@dataclass(frozen=True)
class Arrow:
    """A dependency as people see it."""

    source: str
    target: str
    style: Style = "hard"
    word: str = ""
    critical: bool = False


@dataclass(frozen=True)
class Caption:
    """The words around a picture."""

    title: str
    subtitle: str = ""
    stage: str = ""
    milestone: str = ""
    critical: str = ""
    styles: tuple[tuple[Style, str], ...] = ()
    """The line styles the legend explains, with their meaning; empty words leave a sign out."""
    language: str = "en"
    provenance: str = ""
    """Where the picture comes from, for whoever opens the file; not drawn."""


def picture(cards: Sequence[Card], arrows: Iterable[Arrow], caption: Caption) -> str:
    """The SVG text of a network with its title above and its legend below."""
    arrows = tuple(arrows)
    by_edge = {(arrow.source, arrow.target): arrow for arrow in arrows}
    layout = place(cards, arrows)
    legend, legend_width, legend_height = _legend(caption, max(layout.width, 560.0))
    header = 52.0 if caption.subtitle else 34.0
    heading = max(text_width(caption.title, 18) * 1.08, text_width(caption.subtitle, 12))
    width = max(layout.width, legend_width, heading) + 2 * MARGIN
    height = header + layout.height + legend_height + 3 * MARGIN
    parts = [
        _opening(width, height, caption),
        _text(MARGIN, MARGIN + 14, caption.title, "title"),
        _text(MARGIN, MARGIN + 36, caption.subtitle, "small"),
        f'<g transform="translate({_n(MARGIN)} {_n(MARGIN + header)})">',
        *(_line(line, by_edge[line.source, line.target]) for line in layout.lines),
        *(_word(line, by_edge[line.source, line.target]) for line in layout.lines),
        *(_card(card, layout.boxes[card.id]) for card in cards),
        "</g>",
        f'<g transform="translate({_n(MARGIN)} {_n(height - legend_height - MARGIN)})">',
        *legend,
        "</g>",
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def place(cards: Sequence[Card], arrows: Sequence[Arrow]) -> Layout:
    """The layout for these cards: boxes that hold their text and all arrows that reach them."""
    room = max((text_width(arrow.word, WORD_SIZE) for arrow in arrows), default=0.0)
    spacing = Spacing(word=room + HEAD + 12)
    ends = [end for arrow in arrows for end in ((arrow.target, "in"), (arrow.source, "out"))]
    sizes = {}
    for card in cards:
        lines = max(ends.count((card.id, "in")), ends.count((card.id, "out")))
        width, height = card_size(card)
        sizes[card.id] = (width, max(height, lines * spacing.lanes))
    return arrange(sizes, ((arrow.source, arrow.target) for arrow in arrows), spacing)


def card_size(card: Card) -> tuple[float, float]:
    """Width and height in pixels that a card's text needs."""
    names = wrapped(_shown_name(card), NAME_WIDTH, NAME_SIZE, NAME_LINES)
    widths = [text_width(line, NAME_SIZE) * 1.08 for line in names]
    widths += [text_width(fact, FACT_SIZE) for fact in card.facts]
    height = len(names) * NAME_LINE + len(card.facts) * FACT_LINE + 2 * PADDING
    tip = TIP if card.milestone else 0.0
    return max([96.0, *widths]) + 2 * PADDING + tip, height


def text_width(text: str, size: float) -> float:
    """Estimated width of text in pixels, for a font size in pixels."""
    return size * sum(_em(character) for character in text)


def wrapped(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """Text in at most so many lines no wider than ``width`` pixels; what is left out shows as …."""
    lines = [""]
    # A Chinese character may begin a line; a Latin word stays whole unless it is too long itself.
    for word in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+", text):
        if text_width(lines[-1] + word, size) <= width:
            lines[-1] += word
            continue
        if lines[-1].strip() and not word.isspace():
            lines.append("")
        for character in "" if word.isspace() else word:
            if text_width(lines[-1] + character, size) > width:
                lines.append("")
            lines[-1] += character
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) > most:
        last = lines[most - 1]
        while last and text_width(last + "…", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return tuple(lines) or ("",)


def xml_text(text: str) -> str:
    """Text for XML: markup escaped, and characters that XML cannot hold replaced."""
    text = plain(text)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text


def plain(text: str) -> str:
    """Text in one line without control characters, which no picture and no XML can show."""
    text = re.sub(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", text)
    return re.sub(r"[\t\n\r\x85\u2028\u2029]+", " ", text)


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in "MWmw@%&—":
        return 0.9
    return 0.68 if character.isupper() else 0.57


def _shown_name(card: Card) -> str:
    return plain(f"◆ {card.name}" if card.milestone else card.name)


def _n(number: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}">{xml_text(words)}</text>' if words else ""


def _opening(width: float, height: float, caption: Caption) -> str:
    language = "zh-CN" if caption.language == "zh" else "en"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{language}" role="img" '
        f'width="{_n(width)}" height="{_n(height)}" viewBox="0 0 {_n(width)} {_n(height)}">\n'
        f"<title>{xml_text(caption.title)}</title>\n"
        f"<desc>{xml_text(caption.provenance)}</desc>\n<style>{CSS}</style>\n"
        f'<rect class="paper" width="{_n(width)}" height="{_n(height)}"/>'
    )


def _outline(box: Box, milestone: bool, kind: str) -> str:
    """A rounded box, or a milestone's sign: a box with a point."""
    x, y, width, height = box.x, box.y, box.width, box.height
    if not milestone:
        return (
            f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" rx="6" '
            f'width="{_n(width)}" height="{_n(height)}"/>'
        )
    tip = min(TIP, height / 2)
    corners: tuple[Point, ...] = (
        (x, y),
        (x + width - tip, y),
        (x + width, y + height / 2),
        (x + width - tip, y + height),
        (x, y + height),
    )
    points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
    return f'<polygon class="{kind}" points="{points}"/>'


def _card(card: Card, box: Box) -> str:
    kind = "critical" if card.critical else "milestone" if card.milestone else "box"
    names = wrapped(_shown_name(card), NAME_WIDTH, NAME_SIZE, NAME_LINES)
    free = box.height - len(names) * NAME_LINE - len(card.facts) * FACT_LINE
    x, y = box.x + PADDING, box.y + free / 2 - 5
    shapes = [_outline(box, card.milestone, kind)]
    for line in names:
        y += NAME_LINE
        shapes.append(_text(x, y, line, "name"))
    for fact in card.facts:
        y += FACT_LINE
        shapes.append(_text(x, y, fact, "small"))
    body = "\n".join(shapes)
    return f"<g><title>{xml_text(card.name)}</title>\n{body}\n</g>"


def _line(line: Line, arrow: Arrow) -> str:
    end_x, end_y = line.points[-1]
    points = (*line.points[:-1], (end_x - HEAD + 1, end_y))
    steps = [f"M{_n(points[0][0])},{_n(points[0][1])}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(next_y - y) < 0.05:
            steps.append(f"L{_n(next_x)},{_n(next_y)}")
        else:
            middle = _n((x + next_x) / 2)
            steps.append(f"C{middle},{_n(y)} {middle},{_n(next_y)} {_n(next_x)},{_n(next_y)}")
    kind = arrow.style + (" binding" if arrow.critical else "")
    head = f"M{_n(end_x)},{_n(end_y)}l{_n(-HEAD)},-4.5v9z"
    return (
        f'<path class="line {kind}" d="{" ".join(steps)}"/>\n<path class="head {kind}" d="{head}"/>'
    )


def _word(line: Line, arrow: Arrow) -> str:
    """The word of an arrow, on a bit of paper just before its head."""
    if not arrow.word:
        return ""
    x, y = line.points[-1]
    width = text_width(arrow.word, WORD_SIZE)
    left = x - HEAD - width - 5
    paper = f'x="{_n(left - 2)}" y="{_n(y - 7)}" width="{_n(width + 4)}" height="14"'
    return f'<rect class="paper" {paper}/>\n{_text(left, y + 4, arrow.word, "word")}'


def _legend(caption: Caption, width: float) -> tuple[list[str], float, float]:
    """The legend's shapes, wrapped to a width, with the width and height they take."""
    sample = Box("", 0, -8, 34, 16)
    signs = [
        (caption.stage, _outline(sample, False, "box")),
        (caption.milestone, _outline(sample, True, "milestone")),
        (caption.critical, _outline(sample, False, "critical")),
    ]
    for style, words in caption.styles:
        stretch = Line("", "", ((0.0, 0.0), (34.0, 0.0)))
        signs.append((words, _line(stretch, Arrow("", "", style))))
    shapes, x, y, widest = [], 0.0, 8.0, 0.0
    for words, sign in signs:
        if not words:
            continue
        needed = 42 + text_width(words, FACT_SIZE)
        if x and x + needed > width:
            x, y = 0.0, y + 26
        shapes.append(f'<g transform="translate({_n(x)} {_n(y)})">{sign}')
        shapes.append(f"{_text(42, 4, words, 'small')}</g>")
        x += needed + 24
        widest = max(widest, x - 24)
    return shapes, widest, y + 8 if shapes else 0.0
