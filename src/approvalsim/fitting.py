"""Fit a table of numbers into a narrow terminal: break lines, or make several tables of it.

The first column holds labels and may be broken anywhere between words; a cell of the others is
broken at a blank, as before an interval, and never inside a number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.table import Column, Table

_GAP = 3
"""Blanks around a column, and the line between two."""
_EDGE = 1
"""What the outermost line takes beyond that."""


def fitted(table: Table, width: int) -> Iterator[Table]:
    """The table itself where it fits; else tables that do, each beginning with the labels."""
    columns, width = table.columns, width - _EDGE
    whole = [_longest(column, whole=True) for column in columns]
    if sum(whole) + _GAP * len(columns) <= width:
        yield table
        return
    least = [_longest(column, whole=False) for column in columns]
    label = min(whole[0], max(least[0], width // 4))
    for chosen in _shares(least[1:], width - label - _GAP):
        wanted = {0: label, **{i + 1: least[i + 1] for i in chosen}}
        _give(wanted, whole, width - sum(wanted.values()) - _GAP * len(wanted))
        part = _empty_like(table)
        part.columns = [
            replace(columns[i], width=each, _index=n) for n, (i, each) in enumerate(wanted.items())
        ]
        part.rows = table.rows
        yield part


def _longest(column: Column, whole: bool) -> int:
    """Cells of the longest text of a column, or of the longest piece it can be broken into."""
    texts = [str(column.header), *map(str, column.cells)]
    return max(
        (cell_len(piece) for text in texts for piece in ([text] if whole else text.split())),
        default=0,
    )


def _shares(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """Positions of columns that go together into one table."""
    chosen: list[int] = []
    left = room
    for position, width in enumerate(widths):
        if chosen and width + _GAP > left:
            yield chosen
            chosen, left = [], room
        chosen.append(position)
        left -= width + _GAP
    yield chosen


def _give(widths: dict[int, int], wanted: Sequence[int], spare: int) -> None:
    """Hand out spare room, a blank at a time, to the columns that are short of it."""
    while spare > 0 and (short := [i for i, width in widths.items() if width < wanted[i]]):
        for i in short[:spare]:
            widths[i] += 1
            spare -= 1


def _empty_like(table: Table) -> Table:
    return Table(
        title=table.title,
        title_justify=table.title_justify,
        title_style=table.title_style,
        box=table.box,
    )
