"""Tables of a steering paper, whatever they are shown on: terminal, HTML, PDF or a workbook.

Cells are values; what they look like is decided by their column and the language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from math import isfinite
from typing import Any, Literal

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from approvalsim.briefing_parts import Block, Briefing, Grid, Sheet, Words
from approvalsim.evidence import Part
from approvalsim.lights import SIGNAL_WORDS, Signal
from approvalsim.voice import word_table

Form = Literal["words", "date", "number", "share", "light"]
Cell = str | int | float | date | Signal | tuple[str, ...] | None
"""A tuple is of lines one below the other."""


@dataclass(frozen=True)
class Column:
    """A column's heading, what its cells are, and how wide it is in letters of a workbook."""

    head: str
    form: Form = "words"
    width: float = 12.0
    whole: bool = False
    """Its words are not broken into lines where there is little room."""


@dataclass(frozen=True)
class Table:
    """A table with its title; ``empty`` is said where it has no rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


@dataclass(frozen=True, eq=False)
class Paper:
    """A table or bulletin with its title, what is said before the tables, and its figures."""

    title: str
    byline: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
    footer: str
    language: str
    result: Mapping[str, Any]
    """Every figure, as JSON."""


def text(cell: Cell, form: Form, language: str) -> str:
    """A cell in one line."""
    match cell:
        case None:
            return "–"
        case Signal():
            return SIGNAL_WORDS[cell][language != "zh"]
        case tuple():
            return ("；" if language == "zh" else "; ").join(cell) or "–"
        case float() if form == "share":
            return f"{cell:.0%}"
        case float():
            return f"{cell:.1f}"
        case _:
            return str(cell) or "–"


def page(paper: Paper, tables: Sequence[Table] | None = None) -> Iterator[RenderableType]:
    """For a terminal; other ``tables`` than the paper's own may be shown instead."""
    yield Text(paper.title, style="bold")
    yield Text(paper.byline)
    for note in paper.notes:
        yield Text(note)
    for table in paper.tables if tables is None else tables:
        yield Text()
        if table.title:
            yield Text(table.title, style="bold")
        if not table.rows:
            yield Text(table.empty)
            continue
        heads = [column.head for column in table.columns]
        unbroken = ("date", "light")
        whole = [each.head for each in table.columns if each.whole or each.form in unbroken]
        shown = word_table(heads, whole=whole)
        for number, column in enumerate(table.columns):
            shown.columns[number].justify = "right" if _is_number(column) else "left"
            shown.columns[number].min_width = _longest_word(column.head)
        for row in table.rows:
            shown.add_row(*cells(table, row, paper.language))
        yield shown
    yield Text()
    yield Text(paper.footer, style="dim")


def cells(table: Table, row: Sequence[Cell], language: str) -> list[str]:
    """A row in words."""
    pairs = zip(row, table.columns, strict=True)
    return [text(cell, column.form, language) for cell, column in pairs]


def briefing(paper: Paper) -> Briefing:
    """For HTML and PDF: sheets in landscape, the tables one below the other."""
    blocks: list[Block] = [Words(paper.title, "title"), Words(paper.byline, "byline")]
    blocks += [Words(note, "small") for note in paper.notes]
    for table in paper.tables:
        if table.title:
            blocks.append(Words(table.title, "heading"))
        if not table.rows:
            blocks.append(Words(table.empty))
            continue
        total = sum(column.width for column in table.columns)
        blocks.append(
            Grid(
                tuple(column.head for column in table.columns),
                tuple(tuple(cells(table, row, paper.language)) for row in table.rows),
                widths=tuple(column.width / total for column in table.columns),
            )
        )
    sheet = Sheet(tuple(blocks), landscape=True)
    return Briefing(paper.title, paper.language, (sheet,), paper.footer, paper.result)


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates as text, what is not finite as null, parts as objects."""
    match value:
        case date():
            return value.isoformat()
        case float():
            return value if isfinite(value) else None
        case Part():
            return value.model_dump()
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case _ if is_dataclass(value):
            return plain({each.name: getattr(value, each.name) for each in fields(value)})
        case _:
            return value


def _longest_word(head: str) -> int:
    """Cells of a terminal below which a heading would be broken inside a word, within reason."""
    return min(max(cell_len(word) for word in (*head.split(), "")), 12)


def _is_number(column: Column) -> bool:
    return column.form in ("number", "share")
