"""Writing a register into a workbook: only cells that say something else change."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.register import Register
from approvalsim.register_changes import Change, differences, owner_of, path_of
from approvalsim.register_headings import (
    DEMAND_HEADINGS,
    ENTRY_HEADINGS,
    Field,
    heading,
    stage_heading,
    step_heading,
)
from approvalsim.register_sheet import Table
from approvalsim.register_template import (
    add_demand_sheet,
    mark_scenario,
    new_workbook,
    put,
    shown,
)
from approvalsim.register_workbook import RegisterWorkbook, bytes_of, opened, parsed
from approvalsim.scenario import Scenario
from approvalsim.scenario_save import write_safely

# Parts of a workbook that openpyxl does not write back.
_LOST = re.compile(
    r"xl/(charts|drawings/(?!.*\.vml)[^_]|media|diagrams|ctrlProps|activeX|slicers|slicerCaches"
    r"|timelines|embeddings|threadedComments|richData|cellimages|webextensions)|customXml/item\d"
)


def write_new(
    path: str | PathLike[str], register: Register, scenario: Scenario, language: str
) -> None:
    """Write a register as a new workbook; raises `ScenarioError` if there is such a file."""
    target = Path(path)
    if target.exists():
        raise ScenarioError([Problem("exists", file=str(target))])
    write_safely(target, new_workbook(register, scenario, language))


def save(
    file: RegisterWorkbook, register: Register, path: str | PathLike[str] | None = None
) -> RegisterWorkbook:
    """Write a register into the workbook it came from, or a copy of that at another ``path``.

    Only cells that say something else are touched; columns, rows and the sheet of demands are
    added where there are none. The file is replaced at once, and only after the new content has
    been read back as the same register. Raises `ScenarioError`, having changed nothing, where the
    file has cells that cannot be read, or has changed since, or holds what would be lost, or cannot
    be written.
    """
    if file.unreadable:
        raise ScenarioError(file.unreadable)
    target = file.path if path is None else Path(path)
    here = target.exists() and target.resolve() == file.path.resolve()
    if here and bytes_of(target) != file.content:
        raise ScenarioError([Problem("disturbed", file=str(target))])
    changes = differences(file.register, register)
    if not changes and file.register.scenario == register.scenario:
        if not here:
            write_safely(target, file.content)
        return replace(file, path=target)
    if file.demands is None and any(owner_of(change)[0][0] == "demand" for change in changes):
        file = _with_demand_sheet(file)
    content = _changed(file, register, changes, target, here)
    again = parsed(target, content, file.scenario)
    if again.unreadable or differences(again.register, register):
        reason = "the workbook would not read back as the same register"
        raise ScenarioError([Problem("cannot_write", (), {"reason": reason}, str(target))])
    write_safely(target, content)
    return again


def _changed(
    file: RegisterWorkbook,
    register: Register,
    changes: Sequence[Change],
    target: Path,
    here: bool,
) -> bytes:
    """The content of the workbook with changes made."""
    macros = target.suffix.lower() == ".xlsm"
    book, lost = opened(file.content, file.path, rich_text=True, keep_vba=macros)
    if here and (losses := (*lost, *_unkept(file.content))):
        words = {"found": listed(losses, 4)}
        raise ScenarioError([Problem("would_lose", words=words, file=str(target))])
    entries = (entry.id for entry in file.register.entries)
    sheets = {"project": _Sheet(book, file.projects, file.scenario, entries, file.projects.rows)}
    if file.demands is not None:
        demands = (demand.id for demand in file.register.demands)
        sheets["demand"] = _Sheet(book, file.demands, None, demands, file.demand_rows)
    for change in changes:
        (kind, owner), field = owner_of(change)
        if kind in sheets:
            sheets[kind].change(owner, kind, field, change.new)
    mark_scenario(book, register.scenario)
    return _bytes(book)


def _unkept(content: bytes) -> tuple[str, ...]:
    """The parts of a workbook that would not be written back."""
    with ZipFile(BytesIO(content)) as parts:
        return tuple(name for name in parts.namelist() if _LOST.match(name))


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _with_demand_sheet(file: RegisterWorkbook) -> RegisterWorkbook:
    """The workbook with an empty sheet of demands."""
    book, _ = opened(file.content, file.path, rich_text=True)
    add_demand_sheet(book, (), language_of(file.projects))
    return parsed(file.path, _bytes(book), file.scenario)


def language_of(table: Table) -> str:
    """The language a table's headings are in."""
    texts = (table.grid.text(table.bottom, index) for index in range(1, table.grid.columns + 1))
    return "zh" if re.search(r"[\u4e00-\u9fff]", "".join(texts)) else "en"


class _Sheet:
    """A sheet being changed: which rows belong to whom, and which columns hold what."""

    def __init__(
        self,
        book: Workbook,
        table: Table,
        scenario: Scenario | None,
        owners: Iterable[str],
        rows: Sequence[tuple[int, ...]],
    ) -> None:
        self._sheet: Worksheet = book[table.grid.title]
        self._scenario = scenario
        self._top, self._bottom = table.top, table.bottom
        self._columns = dict(table.columns)
        self._units = table.units
        self._last, self._width = table.last_row, table.grid.columns
        self._rows = dict(zip(owners, rows, strict=True))
        self._language = language_of(table)

    def change(self, owner: str, kind: str, name: str, new: Any) -> None:
        """Let a field say something else; ``id`` makes the owner's row, or empties it."""
        if name == "id" and new is None:
            for row in self._rows.pop(owner):
                for column in self._columns.values():
                    self._write((row,), column, None)
            return
        if owner not in self._rows:
            self._rows[owner] = (self._new_row(),)
        field: Field = path_of(name)
        if field not in self._columns:
            self._columns[field] = self._new_column(field)
        asked = (kind, *field) if kind == "demand" else field
        value = shown(asked, new, self._language, self._units.get(field))
        self._write(self._rows[owner], self._columns[field], value)

    def _write(self, rows: Sequence[int], column: int, value: Any) -> None:
        """Write a value for some rows: into the first that says anything, the others empty."""
        for row in rows:
            self._part(row, column, rows)
        cells: list[Any] = [self._sheet.cell(row, column) for row in rows]
        said = [cell for cell in cells if cell.value is not None]
        first = said[0] if said else cells[0]
        for cell in said:
            if cell is not first:
                cell.value = None
        put(self._sheet, first.row, column, value)

    def _part(self, row: int, column: int, rows: Sequence[int]) -> None:
        """Take merged cells apart that hold a value for other rows too."""
        for area in list(self._sheet.merged_cells.ranges):
            left, top, right, bottom = area.bounds
            if not (left <= column <= right and top <= row <= bottom):
                continue
            if left == right and top >= min(rows) and bottom <= max(rows):
                continue
            source: Any = self._sheet.cell(top, left)
            owned = {top, *(each for owners in self._rows.values() for each in owners)}
            self._sheet.unmerge_cells(area.coord)
            for each in range(top, bottom + 1):
                for index in range(left, right + 1):
                    cell: Any = self._sheet.cell(each, index)
                    cell._style = copy(source._style)
                    cell.value = source.value if each in owned else None

    def _new_row(self) -> int:
        """A row after the last project, dressed like that one; what stands there moves down."""
        row = self._last + 1
        last_used = self._sheet.max_row
        if any(self._sheet.cell(row, index).value is not None for index in self._all_columns()):
            self._move_down(row, last_used)
        if self._last > self._bottom:
            for index in self._all_columns():
                above: Any = self._sheet.cell(self._last, index)
                cell: Any = self._sheet.cell(row, index)
                cell._style = copy(above._style)
        self._last = row
        return row

    def _all_columns(self) -> range:
        return range(1, self._width + 1)

    def _move_down(self, row: int, last: int) -> None:
        """Move totals and notes below the table down by a row; sums go on to the new row."""
        sheet = self._sheet
        moved = [area for area in sheet.merged_cells.ranges if area.bounds[1] >= row]
        for area in moved:
            sheet.unmerge_cells(area.coord)
        letter = get_column_letter(max(sheet.max_column, self._width))
        sheet.move_range(f"A{row}:{letter}{last}", rows=1)
        for area in moved:
            area.shift(row_shift=1)
            sheet.merge_cells(area.coord)
        until = re.compile(rf"(:\$?[A-Z]{{1,3}}\$?){row - 1}\b")
        for cells in sheet.iter_rows(min_row=row + 1, max_row=last + 1):
            for cell in cells:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = until.sub(rf"\g<1>{row}", cell.value)

    def _new_column(self, field: Field) -> int:
        """A column to the right of all others, with its heading."""
        self._width = column = self._width + 1
        match field:
            case ("stages", stage, step) if self._bottom > self._top:
                name = stage_heading(self._scenario, stage, self._language)
                self._head(self._bottom - 1, column, name)
                self._head(self._bottom, column, step_heading(step, self._language))
            case (name,) if name in DEMAND_HEADINGS and name not in ENTRY_HEADINGS:
                self._head(self._bottom, column, DEMAND_HEADINGS[name][self._language != "zh"])
            case _:
                self._head(self._bottom, column, heading(field, self._scenario, self._language))
        return column

    def _head(self, row: int, column: int, text: str) -> None:
        cell: Any = self._sheet.cell(row, column)
        before: Any = self._sheet.cell(row, max(column - 1, 1))
        put(self._sheet, row, column, text)
        cell._style = copy(before._style)
