"""From the rows of a register's tables to projects and demands, with every cell that is wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from approvalsim.errors import Problem, ScenarioError
from approvalsim.register import (
    KINDS,
    PATHS,
    Demand,
    Entry,
    known_attributes,
    known_grades,
)
from approvalsim.register_cells import (
    CellError,
    is_empty,
    plain,
    read_amount,
    read_choice,
    read_date,
    read_id,
    read_own,
    read_text,
)
from approvalsim.register_changes import Fields, demand_from, entry_from, kind_of
from approvalsim.register_headings import (
    DEMAND_HEADINGS,
    ENTRY_HEADINGS,
    Field,
    value_words,
)
from approvalsim.register_sheet import Table
from approvalsim.scenario import Scenario

_PATHS: Mapping[str, tuple[str, ...]] = {
    "standard": (*PATHS["standard"], "标准流程", "常规", "一般程序"),
    "commitment": (
        *PATHS["commitment"],
        *("承诺制", "容缺", "容缺审批", "容缺承诺", "告知承诺", "容缺+承诺"),
    ),
}
_KINDS: Mapping[str, tuple[str, ...]] = {
    "land": (*KINDS["land"], "土地"),
    "energy": (*KINDS["energy"], "用电", "用水", "用气", "能源"),
    "environment": (*KINDS["environment"], "环评"),
    "financing": (*KINDS["financing"], "资金", "金融", "贷款"),
    "labour": (*KINDS["labour"], "招工", "人才", "labor"),
    "other": (*KINDS["other"], "其它"),
}

Reader = Callable[[Any], Any]


@dataclass(frozen=True)
class Found:
    """What a table says: its parts, the rows each comes from, and what is wrong with cells."""

    parts: tuple[Any, ...]
    rows: tuple[tuple[int, ...], ...]
    problems: tuple[Problem, ...]


def entries_in(table: Table, scenario: Scenario | None) -> Found:
    """The projects of a table; what a cell cannot say is left out of its project."""
    if lacking := _lacking(table, ("id",), ENTRY_HEADINGS):
        return Found((), (), (*table.problems, *lacking))
    readers = {field: _entry_reader(field, table, scenario) for field in table.columns}
    problems: list[Problem] = []
    entries: list[Entry] = []
    for rows in table.rows:
        given = _fields(table, rows, readers, problems)
        entries.append(entry_from({"id": ""} | given))
    return Found(tuple(entries), table.rows, (*table.problems, *problems))


def demands_in(table: Table, entries: Sequence[Entry]) -> Found:
    """The demands of a table; one whose date of raising cannot be told is left out."""
    if lacking := _lacking(table, ("id", "project", "raised"), DEMAND_HEADINGS):
        return Found((), (), (*table.problems, *lacking))
    known = [field for field in table.columns if field[0] in DEMAND_HEADINGS]
    readers = {field: _demand_reader(field, entries) for field in known}
    problems: list[Problem] = []
    demands: list[Demand] = []
    kept: list[tuple[int, ...]] = []
    for rows in table.rows:
        given = {"id": ""} | _fields(table, rows, readers, problems)
        try:
            demands.append(demand_from(given))
        except ScenarioError as error:
            place = (table.place(rows[0], ("raised",)),)
            if place not in {problem.path for problem in problems}:
                problems += [replace(each, path=place) for each in error.problems]
            continue
        kept.append(rows)
    return Found(tuple(demands), tuple(kept), (*table.problems, *problems))


def _lacking(
    table: Table, names: Iterable[str], headings: Mapping[str, tuple[str, ...]]
) -> list[Problem]:
    """Columns a table cannot be read without."""
    place = (table.grid.place(table.bottom, 1),)
    return [
        Problem("no_column", place, {"name": headings[name][0], "name_en": headings[name][1]})
        for name in names
        if (name,) not in table.columns
    ]


def _fields(
    table: Table,
    rows: Sequence[int],
    readers: Mapping[Field, Reader],
    problems: list[Problem],
) -> Fields:
    """The fields of one part by their names; adds what cannot be read to ``problems``."""
    given: Fields = {}
    for field, reader in readers.items():
        found: list[Any] = []
        for row in rows:
            try:
                value = reader(table.value(row, field))
                if value in (None, "") or value in found:
                    continue
                if found and field[0] != "extra":
                    raise CellError("two_values", first=found[0], found=value)
                found.append(value)
            except CellError as error:
                if field[0] != "extra":  # a formula of the user's is no business of ours
                    place = (table.place(row, field),)
                    problems.append(Problem(error.sentence, place, error.words))
        if found:
            one = len(found) == 1
            given[".".join(field)] = found[0] if one else "\n".join(map(read_text, found))
    return given


def _entry_reader(field: Field, table: Table, scenario: Scenario | None) -> Reader:
    match field:
        case ("id",):
            return read_id
        case ("investment",):
            return partial(read_amount, unit=table.units.get(field))
        case ("grade",):
            return partial(_read_grade, grades=known_grades(scenario) if scenario else ())
        case ("path",):
            return partial(read_choice, words=_PATHS)
        case ("attributes", name):
            values = known_attributes(scenario).get(name, ()) if scenario else ()
            return partial(read_choice, words=value_words(name, values)) if values else read_text
        case ("extra", _):
            return read_own
    return read_date if kind_of(".".join(field)) == "date" else read_text


def _read_grade(value: Any, grades: Sequence[str]) -> str | None:
    """A grade as the scenario spells it: A, Ａ, a, A级."""
    text = plain(read_text(value))
    if is_empty(text):
        return None
    for grade in grades:
        if grade.casefold() in (text.casefold(), text.casefold().removesuffix("级").strip()):
            return grade
    return text


def _demand_reader(field: Field, entries: Sequence[Entry]) -> Reader:
    match field:
        case ("id",):
            return read_id
        case ("project",):
            return partial(_read_project, entries=entries)
        case ("kind",):
            return partial(read_choice, words=_KINDS)
        case ("raised" | "answered" | "closed",):
            return read_date
    return read_text


def _read_project(value: Any, entries: Sequence[Entry]) -> str:
    """The id of the project that a cell names by its id or its name."""
    text = read_id(value)
    if any(entry.id == text for entry in entries):
        return text
    named = [entry.id for entry in entries if text and plain(entry.name) == text]
    if len(named) > 1:
        raise CellError("two_projects", found=read_text(value))
    return named[0] if named else text
