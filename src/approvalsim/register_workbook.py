"""Reading a register from an Excel workbook, as district offices write them, with all mistakes.

A mistake is placed by sheet, row and column: ``项目台账!F12``.
"""

import warnings
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.register import Register, problems_in
from approvalsim.register_headings import (
    DEMAND_HEADINGS,
    DEMAND_SHEETS,
    NOTES_SHEETS,
    PROJECT_SHEETS,
    Column,
    Field,
    Headings,
    fixed_column,
    squeezed,
)
from approvalsim.register_rows import demands_in, entries_in
from approvalsim.register_sheet import Grid, Recognise, Table, score, table_in
from approvalsim.register_template import marked_scenario
from approvalsim.scenario import Scenario


@dataclass(frozen=True)
class RegisterWorkbook:
    """A register with the workbook it was read from, so that saving keeps all else in it."""

    path: Path
    content: bytes
    register: Register
    scenario: Scenario | None
    projects: Table
    demands: Table | None
    demand_rows: tuple[tuple[int, ...], ...]
    """The rows of each demand; those without a date of raising are left out."""
    unreadable: tuple[Problem, ...]
    """Cells that say nothing usable, and headings: what they would say is not in the register."""

    def located(self, problem: Problem) -> Problem:
        """A problem of the register at the cell it comes from."""
        match problem.path:
            case ("project", int(index), *rest):
                table, rows = self.projects, self.projects.rows[index]
            case ("demand", int(index), *rest) if self.demands:
                table, rows = self.demands, self.demand_rows[index]
            case _:
                return replace(problem, file=str(self.path))
        field: Field = tuple(map(str, rest))
        if field not in table.columns:  # a stage as a whole: the first of its columns
            field = next((each for each in table.columns if each[:2] == field[:2]), field)
        return replace(problem, path=(table.place(rows[0], field),), file=str(self.path))


def read(path: str | PathLike[str], scenario: Scenario | None = None) -> RegisterWorkbook:
    """The register in a workbook; contradictions in it are left to `problems_in`.

    Headings are those of the ``scenario`` besides the fixed ones. Raises `ScenarioError` with
    every cell that cannot be read.
    """
    found = parsed(Path(path), bytes_of(Path(path)), scenario)
    if found.unreadable:
        raise ScenarioError(found.unreadable)
    return found


def examined(
    path: str | PathLike[str], scenario: Scenario | None = None, as_of: date | None = None
) -> tuple[RegisterWorkbook, tuple[Problem, ...]]:
    """The register in a workbook and everything that is wrong with it.

    What cannot be read is left out. Raises `ScenarioError` where there is no table at all.
    """
    found = parsed(Path(path), bytes_of(Path(path)), scenario)
    wrong = [found.located(each) for each in problems_in(found.register, scenario, as_of)]
    told = {problem.path for problem in found.unreadable}
    return found, (*found.unreadable, *(each for each in wrong if each.path not in told))


def scenario_named_in(path: str | PathLike[str]) -> str | None:
    """The scenario a workbook says it belongs to; raises `ScenarioError` if it is no workbook."""
    book, _ = opened(bytes_of(Path(path)), Path(path))
    return marked_scenario(book)


# --- the file ------------------------------------------------------------------------------------


def bytes_of(path: Path) -> bytes:
    """The content of a file; raises `ScenarioError` where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ScenarioError([Problem("no_file", file=str(path))]) from None
    except (OSError, ValueError) as error:
        words = {"reason": getattr(error, "strerror", None) or error}
        raise ScenarioError([Problem("unreadable", words=words, file=str(path))]) from None


def opened(content: bytes, path: Path, **options: Any) -> tuple[Workbook, tuple[str, ...]]:
    """A workbook, and what of it openpyxl says it would not keep.

    Raises `ScenarioError` where this is no workbook.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _no_workbook(path, "旧格式 .xls，或设有密码", "an old .xls, or it has a password")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            book = load_workbook(BytesIO(content), **options)
        except Exception as error:  # a broken file can come out as almost anything
            reason = str(error) or type(error).__name__
            raise _no_workbook(path, reason, reason) from None
    lost = (str(each.message) for each in caught if "removed" in str(each.message))
    return book, tuple(dict.fromkeys(lost))


def _no_workbook(path: Path, reason: str, reason_en: str) -> ScenarioError:
    words = {"reason": reason, "reason_en": reason_en}
    return ScenarioError([Problem("not_workbook", words=words, file=str(path))])


def parsed(path: Path, content: bytes, scenario: Scenario | None) -> RegisterWorkbook:
    """The register in the content of a workbook.

    Raises `ScenarioError` where there is no table at all.
    """
    values, _ = opened(content, path, data_only=True)
    formulas, _ = opened(content, path)
    grids = [
        Grid(sheet, formulas[sheet.title])
        for sheet in values.worksheets
        if squeezed(sheet.title) not in map(squeezed, NOTES_SHEETS)
    ]
    recognise = Headings(scenario).column
    demand_grid = _named(grids, DEMAND_SHEETS)
    others = [each for each in grids if each is not demand_grid]
    grid, top = _project_table(path, others, recognise)
    projects = table_in(grid, top, recognise, ("id", "name"))
    entries = entries_in(projects, scenario)
    table = _demand_table(demand_grid)
    demands = demands_in(table, entries.parts) if table else None
    reference = marked_scenario(values) or (scenario.id if scenario else "")
    register = Register(reference, entries.parts, demands.parts if demands else ())
    problems = (*entries.problems, *(demands.problems if demands else ()))
    return RegisterWorkbook(
        path,
        content,
        register,
        scenario,
        projects,
        table,
        demands.rows if demands else (),
        tuple(replace(each, file=str(path)) for each in problems),
    )


def _demand_table(grid: Grid | None) -> Table | None:
    def recognise(path: tuple[str, ...]) -> Column | None:
        return fixed_column(path[-1], DEMAND_HEADINGS)

    if grid is None:
        return None
    number, top = score(grid, recognise, ("id", "project"))
    return table_in(grid, top, recognise, ("id", "project")) if number else None


def _named(grids: list[Grid], names: tuple[str, ...]) -> Grid | None:
    wanted = [squeezed(name) for name in names]
    found = [grid for grid in grids if squeezed(grid.title) in wanted]
    return min(found, key=lambda grid: wanted.index(squeezed(grid.title)), default=None)


def _project_table(path: Path, grids: list[Grid], recognise: Recognise) -> tuple[Grid, int]:
    """The sheet with the table of projects and its heading row."""
    scores = {grid.title: score(grid, recognise, ("id", "name")) for grid in grids}
    likely = [grid for grid in grids if scores[grid.title][0]]
    named = _named(likely, PROJECT_SHEETS)
    if named is None and len(likely) > 1:
        words = {"found": listed(grid.title for grid in likely)}
        raise ScenarioError([Problem("two_tables", words=words, file=str(path))])
    if not likely:
        raise ScenarioError([Problem("no_table", file=str(path))])
    grid = named or likely[0]
    return grid, scores[grid.title][1]
