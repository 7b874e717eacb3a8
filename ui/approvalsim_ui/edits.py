"""Edits of a scenario as pure functions: a valid scenario in, another one out, or a refusal.

No Qt here. A place is a path in the file's words, as in `errors.Problem`. Every result has gone
through the core's own checks; what they refuse raises `ScenarioError` with the reasons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from approvalsim.distributions import Duration
from approvalsim.errors import Problem, ScenarioError
from approvalsim.evidence import Marked, Text
from approvalsim.parameters import (
    Place,
    field_of,
    inner,
    parameter,
    parameters,
    usual_unit,
    value_at,
)
from approvalsim.scenario import Scenario
from approvalsim.scenario_mistakes import examined
from approvalsim.validation import problems

MARKS = ("source", "assumed", "note")

_FAMILIES = get_args(get_args(Duration)[0])
_DURATION: TypeAdapter[Any] = TypeAdapter(Duration)


class _Unset:
    """What a field holds that the file does not mention."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET = _Unset()


@dataclass(frozen=True)
class Change:
    """A difference between a scenario and the file it came from; None where nothing stands."""

    place: Place
    before: Any
    after: Any


# --- making a new scenario ---------------------------------------------------------------------


def replaced(scenario: Scenario, place: Place, value: Any) -> Scenario:
    """The scenario with ``value`` at ``place``, or with nothing there for `UNSET`.

    Raises `ScenarioError` with every problem that the scenario did not have before.
    """
    try:
        changed = _replaced(scenario, place, value)
    except ValidationError:
        raise ScenarioError(_reasons(scenario, place, value)) from None
    assert isinstance(changed, Scenario)
    return _checked(changed, scenario)


def stated(scenario: Scenario, filed: Scenario, place: Place, value: Any) -> Scenario:
    """Like `replaced`, for a number somebody entered: no source may vouch for it any longer.

    Where it is what the file says (``filed``), the file's own mark comes back with it. A duration
    may also be given as a plain table.
    """
    if isinstance(value, dict) and "dist" in value:
        value = _made(scenario, place, value)
    if isinstance(value, _FAMILIES):
        value = _marked(scenario, filed, place, value)
        return replaced(scenario, place, value)
    changed = replaced(scenario, place, value)
    return _remarked(changed, filed, place)


def stated_together(scenario: Scenario, filed: Scenario, values: Mapping[Place, Any]) -> Scenario:
    """Like `stated`, for plain numbers that are only valid together, as shares that add up to 1."""
    changed = scenario
    for place, value in values.items():
        changed = _replaced(changed, place, value)
    changed = _checked(changed, scenario)
    for place in values:
        changed = _remarked(changed, filed, place)
    return changed


def reset(scenario: Scenario, filed: Scenario, place: Place) -> Scenario:
    """The scenario with what the file says back at ``place``, and with its evidence."""
    steps = (place[:length] for length in range(1, len(place) + 1))
    place = next((step for step in steps if not _says(filed, step)), place)
    value = value_at(filed, place) if _says(filed, place) else UNSET
    changed = replaced(scenario, place, value)
    return changed if isinstance(value, BaseModel) else _remarked(changed, filed, place)


def with_evidence(
    scenario: Scenario, place: Place, source: str | None, note: Text | None
) -> Scenario:
    """The scenario with another source for the number at ``place``; without one it is assumed.

    The mark is put where the number's mark stands now: on itself, or on the table around it.
    """
    table = mark_place(scenario, place)
    fields = {
        "source": source or UNSET,
        "assumed": UNSET if source else True,
        "note": note or UNSET,
    }
    return replaced(scenario, table, _rebuilt(value_at(scenario, table), fields))


def mark_place(scenario: Scenario, place: Place) -> Place:
    """The table that says where the number at ``place`` comes from, or that could say so."""
    if isinstance(value_at(scenario, place), Marked):
        return place
    found = parameter(scenario, place)
    if found and found.evidence.place:
        return found.evidence.place
    around = [place[:length] for length in range(len(place), 0, -1)]
    return next((p for p in around if isinstance(value_at(scenario, p), Marked)), ())


def reworded(present: Text | None, words: str, language: str) -> Any:
    """A text with other words in one language; the other keeps its own, unless both were one.

    `UNSET` for no words.
    """
    if not words:
        return UNSET
    if present is None or present.zh == present.en:
        return Text(zh=words, en=words)
    return present.model_copy(update={language: words})


# --- what differs ------------------------------------------------------------------------------


def changes(scenario: Scenario, filed: Scenario) -> tuple[Change, ...]:
    """Everything in which a scenario differs from its file, in the file's order.

    A duration is one value. Marks are told only where the numbers they are about are the same.
    """
    return tuple(_differences(filed, scenario, ()))


def _differences(before: Any, after: Any, place: Place) -> Iterator[Change]:
    if before is after or before == after:
        return
    if isinstance(before, _FAMILIES) or type(before) is not type(after):
        yield Change(place, before, after)
    elif isinstance(before, BaseModel):
        yield from _part_differences(before, after, place)
    elif isinstance(before, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _differences(before.get(key), after.get(key), (*place, key))
    elif isinstance(before, tuple) and len(before) == len(after) and _holds_parts(before):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(one, other, (*place, index))
    else:
        yield Change(place, before, after)


def _part_differences(before: Any, after: Any, place: Place) -> Iterator[Change]:
    found = []
    for name, field in type(before).model_fields.items():
        if name not in MARKS:
            step = (*place, field.alias or name)
            found += list(_differences(getattr(before, name), getattr(after, name), step))
    yield from found
    if not found:
        for name in MARKS:
            yield from _differences(
                getattr(before, name, 0), getattr(after, name, 0), (*place, name)
            )


def _holds_parts(entries: tuple[Any, ...]) -> bool:
    return all(isinstance(entry, BaseModel) for entry in entries)


# --- inside ------------------------------------------------------------------------------------


def _replaced(part: Any, place: Place, value: Any) -> Any:
    """``part`` with ``value`` at ``place``; parts and plain tables alike."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(part, BaseModel):
        name = field_of(part, step)
        return _rebuilt(part, {name: _replaced(getattr(part, name), rest, value)})
    if isinstance(step, int):
        entries = list(part or ())
        entries[step : step + 1] = [_replaced(entries[step] if rest else None, rest, value)]
        return tuple(entry for entry in entries if entry is not UNSET)
    table = dict(part or {})
    table[step] = _replaced(table.get(step), rest, value)
    return {key: entry for key, entry in table.items() if entry is not UNSET}


def _rebuilt(part: BaseModel, changed: Mapping[str, Any]) -> BaseModel:
    """The part with other values in some fields, through its own checks."""
    fields = {name: getattr(part, name) for name in part.model_fields_set} | dict(changed)
    return type(part)(**{name: value for name, value in fields.items() if value is not UNSET})


def _checked(changed: Scenario, before: Scenario) -> Scenario:
    """The changed scenario; raises `ScenarioError` with problems it did not have before."""
    found = problems(changed)
    if found:
        had = problems(before)
        found = tuple(problem for problem in found if problem not in had)
    if found:
        raise ScenarioError(found)
    return changed


def _made(scenario: Scenario, place: Place, table: dict[str, Any]) -> Any:
    """A duration from a plain table; raises `ScenarioError` in the core's words."""
    try:
        return _DURATION.validate_python(table)
    except ValidationError:
        raise ScenarioError(_reasons(scenario, place, table)) from None


def _says(scenario: Scenario, place: Place) -> bool:
    """Whether something is given at a place, and not by default."""
    part: Any = scenario
    for step in place:
        if isinstance(part, BaseModel) and field_of(part, step) not in part.model_fields_set:
            return False
        part = inner(part, step)
        if part is None:
            return False
    return True


def _reasons(scenario: Scenario, place: Place, value: Any) -> tuple[Problem, ...]:
    """What the core says about the value, in its sentences and with its places."""
    tables = scenario.model_dump(by_alias=True, exclude_unset=True)
    if isinstance(value, BaseModel):
        value = value.model_dump(by_alias=True, exclude_unset=True)
    return examined(_replaced(tables, place, value))[1]


# --- marks -------------------------------------------------------------------------------------


def _marked(scenario: Scenario, filed: Scenario, place: Place, value: Any) -> Any:
    """A duration somebody entered, with the mark that is true of it."""
    before = value_at(filed, place)
    if same_numbers(before, value, usual_unit(place)):
        return before
    present = parameter(scenario, place)
    if present is None:
        return _rebuilt(value, {"source": UNSET, "assumed": True, "note": UNSET})
    own = {name: getattr(present.value, name) for name in MARKS}
    if present.evidence.source:
        note = _former(present.evidence.source, present.evidence.note)
        own = {"source": None, "assumed": True, "note": note}
    return _rebuilt(value, {name: mark or UNSET for name, mark in own.items()})


def same_numbers(one: Any, other: Any, unit: str) -> bool:
    """Whether two durations are the same, wherever they come from; ``unit`` is the usual one."""
    if type(one) is not type(other) or not isinstance(one, _FAMILIES):
        return False
    kept = {name: getattr(one, name) for name in type(one).model_fields if name not in MARKS}
    return all(
        getattr(other, name) == mine or (name == "unit" and (mine or unit) == (other.unit or unit))
        for name, mine in kept.items()
    )


def _remarked(scenario: Scenario, filed: Scenario, place: Place) -> Scenario:
    """The scenario with a true mark on the table that vouches for the number at ``place``."""
    table = mark_place(scenario, place)
    part, before = value_at(scenario, table), value_at(filed, table)
    if parameter(scenario, place) is None or not isinstance(part, Marked):
        return scenario
    if isinstance(before, Marked) and _covered(scenario, table) == _covered(filed, table):
        marks = {name: getattr(before, name) or UNSET for name in MARKS}
    elif part.source:
        marks = {"source": UNSET, "assumed": True, "note": _former(part.source, part.note)}
    else:
        return scenario
    return replaced(scenario, table, _rebuilt(part, marks))


def _covered(scenario: Scenario, table: Place) -> dict[Place, Any]:
    """The plain numbers under a table that carry no nearer mark; durations get one of their own."""
    return {
        p.place: p.value
        for p in parameters(scenario, table)
        if p.evidence.place in (table, ()) and not isinstance(p.value, _FAMILIES)
    }


def _former(source: str, note: Text | None) -> Text:
    """A note that keeps the source a number had before it was changed."""
    zh, en = (f"；{note.zh}", f"; {note.en}") if note else ("", "")
    return Text(
        zh=f"已改动；改动前的出处：{source}{zh}", en=f"changed; source before: {source}{en}"
    )
