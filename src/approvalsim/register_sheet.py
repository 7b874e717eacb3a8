"""Where in a sheet the table is: its heading rows, its columns, and the rows of each project."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from approvalsim.errors import Problem
from approvalsim.register_cells import CellError, read_date, read_text
from approvalsim.register_headings import Column, Field, squeezed, step_in

HEADING_ROWS = 40
"""A heading stands within so many rows; above it are titles."""

_NOTE = re.compile(r"\s*(注|备注|说明|填表|制表|填报|note)[^:：]{0,4}[:：]", re.IGNORECASE)
_TOTAL = re.compile(r"(合计|总计|小计|共计|total|subtotal|sum)([(\d].*)?")

Recognise = Callable[[tuple[str, ...]], Column | None]


class Grid:
    """The values of a sheet, rows and columns from 1; a merged value stands in all its cells."""

    def __init__(self, values: Worksheet, formulas: Worksheet) -> None:
        self.title = values.title
        self._values: dict[tuple[int, int], Any] = {}
        self._merged: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        self.rows, self.columns = 0, 0
        self._unknown: set[tuple[int, int]] = set()
        for number, row in enumerate(formulas.iter_rows(), start=1):
            for index, cell in enumerate(row, start=1):
                value = values.cell(number, index).value
                if value is None and cell.data_type == "f":
                    self._unknown.add((number, index))
                elif value is None:
                    continue
                self._values[number, index] = value
                self.rows, self.columns = max(self.rows, number), max(self.columns, index)
        for area in values.merged_cells.ranges:
            self._merge(area.bounds)

    def _merge(self, bounds: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = bounds
        value = self._values.get((top, left))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._merged[row, column] = bounds
                if value is not None:
                    self._values[row, column] = value
        if value is not None:
            self.rows, self.columns = max(self.rows, bottom), max(self.columns, right)

    def value(self, row: int, column: int) -> Any:
        """What a cell says; raises `CellError` for a formula whose result was never stored."""
        if (row, column) in self._unknown:
            raise CellError("no_value")
        return self._values.get((row, column))

    def text(self, row: int, column: int) -> str:
        """What a cell says, as text."""
        return read_text(self._values.get((row, column)))

    def own(self, row: int, column: int) -> str:
        """What stands in a cell itself, as text, not by a merged cell that begins elsewhere."""
        area = self.area(row, column)
        return "" if area and area[:2] != (column, row) else self.text(row, column)

    def area(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The merged cells that a cell belongs to: left, top, right, bottom."""
        return self._merged.get((row, column))

    def place(self, row: int, column: int) -> str:
        """A cell as people write it: ``项目台账!F12``."""
        return f"{self.title}!{get_column_letter(column)}{row}"


@dataclass(frozen=True)
class Table:
    """A table in a sheet."""

    grid: Grid
    top: int
    """First row of the heading."""
    bottom: int
    """Last row of the heading."""
    columns: Mapping[Field, int]
    """Which column holds a field; the user's own are ``("extra", heading)``."""
    units: Mapping[Field, str | None]
    rows: tuple[tuple[int, ...], ...]
    """The rows of each project; more than one where its id is merged over several."""
    problems: tuple[Problem, ...]

    @property
    def last_row(self) -> int:
        """The last row of any project, or of the heading."""
        return max((row for rows in self.rows for row in rows), default=self.bottom)

    def value(self, row: int, field: Field) -> Any:
        """What a row says of a field; a heading merged down into the rows says nothing of them."""
        area = self.grid.area(row, self.columns[field])
        if area and area[1] <= self.bottom:
            return None
        return self.grid.value(row, self.columns[field])

    def place(self, row: int, field: Field) -> str:
        """The cell of a field, or its row's first where the table has no such column."""
        return self.grid.place(row, self.columns.get(field, 1))


def score(grid: Grid, recognise: Recognise, keys: tuple[str, ...]) -> tuple[int, int]:
    """How many of a table's fields the best heading row of a sheet names, and which row that is.

    Zero where no row names at least two of them, one of the ``keys`` among these.
    """
    best = (0, 0)
    for row in range(1, min(grid.rows, HEADING_ROWS) + 1):
        found = {
            column.field
            for index in range(1, grid.columns + 1)
            if (text := grid.text(row, index)) and (column := recognise((text,)))
        }
        if {field[0] for field in found} & set(keys) and len(found) > max(1, best[0]):
            best = (len(found), row)
    return best


def table_in(grid: Grid, row: int, recognise: Recognise, keys: tuple[str, ...]) -> Table:
    """The table with a heading in this row; ``keys`` are the fields that name a row of it."""
    top, bottom = _heading_rows(grid, row, recognise, keys)
    paths = {
        index: path
        for index in range(1, grid.columns + 1)
        if (path := _heading_path(grid, top, bottom, index))
    }
    found, problems = _recognised(grid, bottom, paths, recognise)
    named = [found[(key,)][0] for key in keys if (key,) in found]
    rows = tuple(_rows(grid, bottom, named))
    columns = _with_own(grid, bottom, paths, _dated(grid, found, rows))
    units = {field: column.unit for field, (_, column) in found.items()}
    return Table(grid, top, bottom, columns, units, rows, tuple(problems))


def _heading_rows(
    grid: Grid, row: int, recognise: Recognise, keys: tuple[str, ...]
) -> tuple[int, int]:
    """A heading reaches as far as it is merged, and down to where the steps of stages stand."""
    top = bottom = row
    naming = []
    for index in range(1, grid.columns + 1):
        found = recognise((text,)) if (text := grid.text(row, index)) else None
        area = grid.area(row, index)
        if found and area:
            top, bottom = min(top, area[1]), max(bottom, area[3])
        if found and found.field[0] in keys:
            naming.append(index)
    while any(step_in(grid.text(bottom + 1, index)) for index in range(1, grid.columns + 1)):
        if any(grid.text(bottom + 1, index) for index in naming):
            break  # a project that has "finished" written somewhere
        bottom += 1
    return top, bottom


def _heading_path(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """The headings of a column from the top down, each said once.

    A heading over several columns need not be merged: it holds until the next one.
    """
    texts = [grid.text(row, column) for row in range(top, bottom + 1)]
    if len(texts) > 1 and step_in(texts[-1]) and not any(texts[:-1]):
        for before in range(column - 1, 0, -1):
            over = grid.text(bottom - 1, before)
            if over or not step_in(grid.text(bottom, before)):
                texts[-2] = over
                break
    return tuple(dict.fromkeys(" ".join(text.split()) for text in texts if text))


def _recognised(
    grid: Grid, bottom: int, paths: Mapping[int, tuple[str, ...]], recognise: Recognise
) -> tuple[dict[Field, tuple[int, Column]], list[Problem]]:
    """The columns whose headings are known; of two for one field the better named."""
    known: dict[Field, tuple[int, Column]] = {}
    problems = []
    for index, path in paths.items():
        column = recognise(path)
        if column is None:
            continue
        first, other = known.get(column.field, (index, None))
        if other is not None and other.rank == column.rank:
            words = {"name": path[-1], "name_en": path[-1], "other": grid.place(bottom, first)}
            problems.append(Problem("two_columns", (grid.place(bottom, index),), words))
        elif other is None or column.rank < other.rank:
            known[column.field] = (index, column)
    return known, problems


def _dated(
    grid: Grid, found: Mapping[Field, tuple[int, Column]], rows: tuple[tuple[int, ...], ...]
) -> dict[Field, int]:
    """A single column of a stage holds its last date, where it holds nothing but dates."""
    result = {}
    for field, (index, _) in found.items():
        if field[0] != "stages" or len(field) == 3:
            result[field] = index
        elif (*field, "finished") not in found and all(
            _is_dated(grid, row, index) for each in rows for row in each
        ):
            result[(*field, "finished")] = index
    return result


def _is_dated(grid: Grid, row: int, column: int) -> bool:
    try:
        read_date(grid.value(row, column))
    except CellError:
        return False
    return True


def _with_own(
    grid: Grid, bottom: int, paths: Mapping[int, tuple[str, ...]], columns: dict[Field, int]
) -> dict[Field, int]:
    """The columns and the user's own among them, in their order; one without heading is ``[K]``."""
    by_index = {index: field for field, index in columns.items()}
    result: dict[Field, int] = {}
    for index in range(1, grid.columns + 1):
        text = "/".join(paths.get(index, ()))
        if index in by_index:
            result[by_index[index]] = index
        elif text or any(grid.text(row, index) for row in range(bottom + 1, grid.rows + 1)):
            result[_own_field(result, text or f"[{get_column_letter(index)}]")] = index
    return result


def _own_field(columns: Mapping[Field, int], text: str) -> Field:
    """A name for a column of the user's; headings may occur twice."""
    names = chain([text], (f"{text} ({number})" for number in count(2)))
    return next(("extra", name) for name in names if ("extra", name) not in columns)


def _rows(grid: Grid, bottom: int, named: list[int]) -> Iterator[tuple[int, ...]]:
    """The rows below the heading, without empty ones, totals, notes, and the heading said again."""
    heading = {squeezed(grid.text(bottom, column)) for column in named}
    row = bottom + 1
    while row <= grid.rows:
        area = grid.area(row, named[0]) if named else None
        texts = [text for column in range(1, grid.columns + 1) if (text := grid.own(row, column))]
        names = {squeezed(text) for column in named if (text := grid.text(row, column))}
        first = texts[0] if texts else ""
        is_total = any(_TOTAL.fullmatch(text) for text in {squeezed(first), *names})
        is_wide = bool(area and area[0] != area[2])
        is_note = is_wide or (len(texts) == 1 and _NOTE.match(first))
        is_heading = bool(names) and names <= heading
        last = area[3] if area else row
        if texts and not (is_total or is_note or is_heading):
            yield tuple(range(row, last + 1))
        row = last + 1
