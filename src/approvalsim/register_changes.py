"""What is different between two registers, field by field, and a register with changes made.

A register is also a plain table of fields, which is what history is kept of: an entry's fields are
``name``, ``signed``, ``attributes.eia``, ``stages.eia.finished``, ``milestones.groundbreaking``,
``extra.备注`` …, a demand's are ``demands.D1.answered`` … Empty fields are left out.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.register import PATHS, STEPS, Demand, Entry, Register, StageRecord

Value = str | int | float | bool | date | datetime | time | timedelta | None
"""What a field may hold; None empties it."""

Fields = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One field of a project gets another value.

    The field ``id`` makes a project (its own id) or takes it out (None), and so does
    ``demands.D1.id`` with a demand; ``project`` then is the demand's project.
    """

    project: str
    field: str
    new: Value


_TEXTS = ("name", "grade", "owner", "leader", "team")
_DATES = ("signed", "target", "left")
_MAPPINGS = ("attributes", "stages", "milestones", "extra")
_DEMAND_TEXTS = ("project", "kind", "text", "responsible")
_DEMAND_DATES = ("raised", "answered", "closed")


# --- a register as plain fields ------------------------------------------------------------------


def fields_of(entry: Entry) -> Fields:
    """An entry's fields that are not empty, ``id`` first."""
    found: Fields = {"id": entry.id}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name == "stages":
            for stage, record in value.items():
                for step in STEPS:
                    found[f"stages.{stage}.{step}"] = getattr(record, step)
        elif field.name in _MAPPINGS:
            found |= {f"{field.name}.{name}": each for name, each in value.items()}
        else:
            found[field.name] = value
    return {name: value for name, value in found.items() if value is not None and value != ""}


def entry_from(given: Fields) -> Entry:
    """The entry with these fields; the inverse of `fields_of`."""
    plain: Fields = {}
    stages: dict[str, dict[str, date]] = {}
    inner: dict[str, Any] = {name: {} for name in ("attributes", "milestones", "extra")}
    for name, value in given.items():
        kind, _, rest = name.partition(".")
        if kind == "stages":
            stage, _, step = rest.rpartition(".")
            stages.setdefault(stage, {})[step] = value
        elif kind in inner:
            inner[kind][rest] = value
        else:
            plain[name] = value
    records = {stage: StageRecord(**dates) for stage, dates in stages.items()}
    return Entry(**(plain | inner), stages=records)


def demand_fields(demand: Demand) -> Fields:
    """A demand's fields that are not empty, ``id`` first."""
    found = {field.name: getattr(demand, field.name) for field in fields(demand)}
    return {name: value for name, value in found.items() if value is not None and value != ""}


def demand_from(given: Fields) -> Demand:
    """The demand with these fields; raises `ScenarioError` where a needed one is missing."""
    if "raised" not in given:
        place = ("demands", str(given["id"]), "raised")
        raise ScenarioError([Problem("missing", place, {"name": "raised"})])
    empty: Fields = {"project": "", "kind": "", "text": ""}
    return Demand(**(empty | given))


# --- differences ---------------------------------------------------------------------------------


def differences(old: Register, new: Register) -> tuple[Change, ...]:
    """The changes that turn one register into another; new projects come last.

    Raises `ScenarioError` where the new one has an id twice.
    """
    return (
        *_entry_differences(_by_id(old.entries), _by_id(new.entries)),
        *_demand_differences(_by_id(old.demands), _by_id(new.demands)),
    )


def _by_id(parts: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        if part.id in found:
            raise ScenarioError([Problem("twice", words={"name": part.id})])
        found[part.id] = part
    return found


def _entry_differences(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[Change]:
    for name in old:
        if name not in new:
            yield Change(name, "id", None)
    for name, entry in new.items():
        before = fields_of(old[name]) if name in old else {}
        for field, value in _different(before, fields_of(entry)):
            yield Change(name, field, value)


def _demand_differences(old: Mapping[str, Demand], new: Mapping[str, Demand]) -> Iterator[Change]:
    for name, demand in old.items():
        if name not in new:
            yield Change(demand.project, f"demands.{name}.id", None)
    for name, demand in new.items():
        before = demand_fields(old[name]) if name in old else {}
        for field, value in _different(before, demand_fields(demand)):
            yield Change(demand.project, f"demands.{name}.{field}", value)


def _different(before: Fields, after: Fields) -> Iterator[tuple[str, Any]]:
    for field in before:
        if field not in after:
            yield field, None
    for field, value in after.items():
        if field not in before or not same(before[field], value):
            yield field, value


def same(one: object, other: object) -> bool:
    """Whether two values are equal and not only numerically: True is not 1."""
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    if numbers and not isinstance(one, bool) and not isinstance(other, bool):
        return one == other
    return type(one) is type(other) and one == other


# --- changes made --------------------------------------------------------------------------------


def changed(register: Register, changes: Iterable[Change]) -> Register:
    """The register with changes made in their order.

    Raises `ScenarioError` with every change that cannot be made.
    """
    entries = {entry.id: fields_of(entry) for entry in register.entries}
    demands = {demand.id: demand_fields(demand) for demand in register.demands}
    problems: list[Problem] = []
    for change in changes:
        owner, name = owner_of(change)
        problem = _wrong(change, name, owner, entries if owner[0] == "project" else demands)
        if problem:
            problems.append(problem)
            continue
        _make(entries if owner[0] == "project" else demands, owner[1], name, change.new)
    if problems:
        raise ScenarioError(problems)
    return Register(
        register.scenario,
        tuple(entry_from(found) for found in entries.values()),
        tuple(demand_from(found) for found in demands.values()),
    )


def owner_of(change: Change) -> tuple[tuple[str, str], str]:
    """Whose field a change is about, ``("project" | "demand", id)``, and which of its fields."""
    kind, _, rest = change.field.partition(".")
    if kind == "demands":
        name, _, field = rest.rpartition(".")
        return ("demand", name), field
    return ("project", change.project), change.field


def path_of(field: str) -> tuple[str, ...]:
    """A field in its parts: ``("stages", "eia", "finished")``."""
    kind, _, rest = field.partition(".")
    if kind == "stages":
        stage, _, step = rest.rpartition(".")
        return kind, stage, step
    return (kind, rest) if kind in _MAPPINGS else (field,)


def _make(parts: dict[str, Fields], owner: str, field: str, new: Value) -> None:
    if field == "id":
        if new is None:
            del parts[owner]
        else:
            parts.setdefault(owner, {"id": owner})
    elif new is None or new == "":
        parts[owner].pop(field, None)
    else:
        parts[owner][field] = new


def _wrong(
    change: Change, field: str, owner: tuple[str, str], parts: Mapping[str, Fields]
) -> Problem | None:
    place = (change.project, change.field)
    if owner[1] not in parts and not (field == "id" and change.new == owner[1]):
        return Problem("unknown_project", place, {"found": owner[1], "known": listed(parts, 5)})
    expected = kind_of(field, owner[0])
    if expected is None:
        hint = {"hint": "台账没有这一项", "hint_en": "the register has no such field"}
        return Problem("unknown_key", place, hint)
    if change.new is None or _fits(expected, change.new, owner[1]):
        return None
    zh, en = _KIND_WORDS[expected]
    words = {"expected": zh, "expected_en": en, "found": change.new, "found_en": change.new}
    return Problem("type", place, words)


_KIND_WORDS = {
    "id": ("自己的编号", "its own id"),
    "text": ("文字", "text"),
    "number": ("数", "a number"),
    "date": ("日期", "a date"),
    "path": ("standard 或 commitment", "standard or commitment"),
    "any": ("文字、数或日期", "text, a number or a date"),
}


def kind_of(field: str, owner: str = "project") -> str | None:
    """What a field holds: ``id``, ``text``, ``number``, ``date``, ``path``, ``any``; None: none."""
    kind, _, rest = field.partition(".")
    texts, dates = (_TEXTS, _DATES) if owner == "project" else (_DEMAND_TEXTS, _DEMAND_DATES)
    if field == "id":
        return "id"
    if field in texts:
        return "text"
    if field in dates:
        return "date"
    if owner != "project":
        return None
    if kind == "stages":
        stage, _, step = rest.rpartition(".")
        return "date" if stage and step in STEPS else None
    inner = {"attributes": "text", "milestones": "date", "extra": "any"}
    if rest and kind in inner:
        return inner[kind]
    return {"investment": "number", "path": "path"}.get(field)


def _fits(kind: str, value: Value, owner: str) -> bool:
    match kind:
        case "id":
            return value == owner
        case "text":
            return isinstance(value, str)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "path":
            return value in PATHS
        case _:
            return isinstance(value, str | int | float | date | time | timedelta)


# --- values as text ------------------------------------------------------------------------------


def tagged(value: Any) -> Any:
    """A value, or fields, for JSON: dates and times as ``{"date": "2022-03-05"}`` and alike."""
    if isinstance(value, dict):
        return {name: tagged(each) for name, each in value.items()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, date | time):
        return {type(value).__name__: value.isoformat()}
    return value


def untagged(value: Any) -> Any:
    """The inverse of `tagged`."""
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((kind, said),) = value.items()
        if kind in _READERS:
            return _READERS[kind](said)
    return {name: untagged(each) for name, each in value.items()}


_READERS: Mapping[str, Callable[[Any], Value]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
}


def encoded(value: Value) -> str | None:
    """A value as JSON text; None stays None."""
    return None if value is None else json.dumps(tagged(value), ensure_ascii=False)


def decoded(text: str | None) -> Value:
    """The inverse of `encoded`."""
    value: Value = None if text is None else untagged(json.loads(text))
    return value
