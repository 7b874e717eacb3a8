"""Every number of a scenario by its place in the file, with where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel

from approvalsim.distributions import Duration
from approvalsim.evidence import Marked, Text
from approvalsim.scenario import Scenario

Place = tuple[str | int, ...]

Value = int | float | date | Duration

_FAMILIES = get_args(get_args(Duration)[0])
_VALUES: tuple[Any, ...] = (int, float, date, *_FAMILIES)
_SETTINGS = ("format", "run")
"""Tables whose numbers say how the scenario is written or run, not how the world is."""

_WORKING = ("review", "issue", "remedy")
"""Durations that are in working days unless they say otherwise."""


@dataclass(frozen=True)
class Evidence:
    """Where a number comes from: a source, an assumption, or nothing said at all."""

    source: str | None = None
    assumed: bool = False
    note: Text | None = None
    place: Place = ()
    """The table whose mark this is: the number's own, or one around it."""


@dataclass(frozen=True)
class Parameter:
    """One number, duration or date of a scenario."""

    place: Place
    value: Value
    evidence: Evidence
    given: bool = True
    """Whether the file says it; otherwise it is the program's default."""


def parameters(scenario: Scenario, under: Place = ()) -> tuple[Parameter, ...]:
    """Every number, duration and date that the scenario gives, in the file's order.

    Only those ``under`` a place, if one is named.
    """
    sections = (name for name in type(scenario).model_fields if name not in _SETTINGS)
    return tuple(
        found
        for name in sections
        if name in scenario.model_fields_set and (not under or name == under[0])
        for found in _inside(getattr(scenario, name), (name,), Evidence())
        if len(found.place) > 1 and found.place[: len(under)] == under
    )


def parameter(scenario: Scenario, place: Place) -> Parameter | None:
    """The number at a place, be it a default; None where there is none."""
    part: Any = scenario
    evidence, given = Evidence(), True
    for length, step in enumerate(place, start=1):
        if isinstance(part, BaseModel):
            given = given and field_of(part, step) in part.model_fields_set
        part = inner(part, step)
        evidence = _evidence(part, place[:length], evidence)
    if isinstance(part, bool) or not isinstance(part, _VALUES):
        return None
    return Parameter(place, part, evidence, given)


def value_at(scenario: Scenario, place: Place) -> Any:
    """What stands at a place, in the file's words; None where nothing does."""
    part: Any = scenario
    for step in place:
        part = inner(part, step)
    return part


def inner(part: Any, step: str | int) -> Any:
    """What stands one step further in; None where nothing does."""
    if isinstance(part, BaseModel):
        return getattr(part, field_of(part, step), None)
    try:
        return part[step]
    except (KeyError, IndexError, TypeError):
        return None


def field_of(part: BaseModel, step: str | int) -> str:
    """The field of a part that the file calls ``step``."""
    fields = type(part).model_fields.items()
    return next((name for name, field in fields if field.alias == step), str(step))


def usual_unit(place: Place) -> str:
    """The unit of a duration at this place that names none: ``days`` or ``workdays``."""
    return "workdays" if place and place[-1] in _WORKING else "days"


def _inside(part: Any, place: Place, around: Evidence) -> Iterator[Parameter]:
    evidence = _evidence(part, place, around)
    if isinstance(part, _FAMILIES):
        yield Parameter(place, part, evidence)
    elif isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            if name in part.model_fields_set:
                yield from _inside(getattr(part, name), (*place, field.alias or name), evidence)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _inside(value, (*place, key), evidence)
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from _inside(value, (*place, index), evidence)
    elif isinstance(part, _VALUES) and not isinstance(part, bool):
        yield Parameter(place, part, evidence)


def _evidence(part: object, place: Place, around: Evidence) -> Evidence:
    """What is said about the numbers of a part: its own mark, or else the one around it."""
    if not isinstance(part, Marked):
        return around
    if part.source is not None or part.assumed:
        return Evidence(part.source, part.assumed, part.note, place)
    return around if part.note is None else replace(around, note=part.note)
