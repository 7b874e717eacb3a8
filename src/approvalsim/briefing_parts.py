"""What a briefing is made of, whatever it is drawn with: words, tables, charts, sheets of paper.

A chart is finished geometry: lines, areas, marks and labels with their places in units of a chart,
one of which is 1/96 inch on paper. HTML and PDF draw the same shapes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Point = tuple[float, float]
Look = Literal[
    "a", "b", "text", "muted", "axis", "grid", "low", "high", "soft_a", "soft_b", "even", "paper"
]

COLOURS: Mapping[Look, str] = {
    "a": "#0072b2",
    "b": "#d55e00",
    "text": "#1b1f24",
    "muted": "#4b5560",
    "axis": "#57606a",
    "grid": "#dde2e8",
    "low": "#8c959f",
    "high": "#0072b2",
    "soft_a": "#a9cfe6",
    "soft_b": "#f3c19b",
    "even": "#c9d1d9",
    "paper": "#ffffff",
}
"""Okabe and Ito's blue and vermilion, which the colour-blind tell apart; nothing is told by colour
alone."""

WIDTH = 680.0
"""Units across a sheet in portrait between its margins of 15 mm."""
MARGIN_MM = 15.0


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    look: Look
    width: float = 1.0
    dashes: tuple[float, ...] = ()
    """Lengths of strokes and gaps, units; empty for a solid line."""


@dataclass(frozen=True)
class Area:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    look: Look


@dataclass(frozen=True)
class Mark:
    """A small sign at a point."""

    x: float
    y: float
    shape: Literal["dot", "square"]
    look: Look


@dataclass(frozen=True)
class Label:
    """Words on a chart; ``y`` is their baseline."""

    x: float
    y: float
    text: str
    look: Look = "text"
    anchor: Literal["start", "middle", "end"] = "start"
    size: float = 12.0
    bold: bool = False


Shape = Stroke | Area | Mark | Label


@dataclass(frozen=True)
class Chart:
    """A finished drawing with its title; ``reading`` says in words what is seen on it."""

    key: str
    title: str
    reading: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


Style = Literal["title", "byline", "caution", "heading", "question", "answer", "plain", "small"]


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True)
class Grid:
    """A table; all cells are text. ``widths`` are the columns' shares, or else as they need."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    widths: tuple[float, ...] = ()
    """Such a table is of words: cells stand left and may take several lines."""


@dataclass(frozen=True)
class Charts:
    """Charts side by side."""

    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Drawing:
    """An SVG drawing as wide as the sheet."""

    svg: str
    reading: str


Block = Words | Grid | Charts | Drawing


@dataclass(frozen=True)
class Sheet:
    """What begins on a new page, and goes on to the next ones if it must."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    one_page: bool = False
    """It is made a little smaller, where that is enough for all to stand on one page."""


@dataclass(frozen=True, eq=False)
class Briefing:
    """The whole of it."""

    title: str
    language: str
    sheets: tuple[Sheet, ...]
    footer: str
    """What the result can be repeated by, in one line."""
    result: Mapping[str, Any]
    """Every figure in full, as ``compare --json`` writes it."""
