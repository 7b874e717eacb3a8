"""A scenario's numbers as people address them: ``stage.eia.review.mode=5:20:1``.

An address is the place of a value in the scenario file, its steps joined by dots; entries of a list
are counted from 0, as in ``stage.eia.variant[0].review.mode``. A scenario with other values is
always examined as a file would be: what comes out has no problems.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, NoReturn

from approvalsim.errors import Problem, ScenarioError, field_name
from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim.scenario_mistakes import examined, key_hint
from approvalsim.scenario_shape import Shape

Value = int | float | bool | str | date
Table = dict[str, Any]

_NUMBER = (int, float)

MOST_VALUES = 10_000
"""Values that one range may have."""

_STEP = re.compile(r'"(?P<quoted>[^"]*)"|(?P<bare>[^.\[\]"]+)|\[(?P<index>\d+)\]')
_TABLES_OF_THE_RUN = ("format", "id", "run")
"""What says how a scenario is named and run rather than how the world is."""


@dataclass(frozen=True)
class Axis:
    """A place of a scenario, and the values it shall take one after the other."""

    place: Place
    values: tuple[Value, ...]

    @property
    def name(self) -> str:
        """The place as people write it."""
        return field_name(tuple(f'"{step}"' if "." in str(step) else step for step in self.place))

    @property
    def setting(self) -> str:
        """The axis as it is written on a command line, value by value."""
        return f"{self.name}={','.join(map(_written, self.values))}"


def axis_of(text: str, scenario: Scenario) -> Axis:
    """Understand ``PATH=FROM:TO:STEP`` or ``PATH=V1,V2,V3`` for a scenario.

    Raises `ScenarioError` where the scenario has no such place, or the values make no sense.
    """
    path, sign, values = text.partition("=")
    if not sign:
        _refuse("bad_values", text, found=text)
    return Axis(place_of(path.strip(), scenario), _values(values.strip(), text))


def place_of(path: str, scenario: Scenario) -> Place:
    """The place of a single value, given as ``stage.eia.review.mode``.

    Raises `ScenarioError` where the scenario has no such place, with the names that are close.
    """
    return _resolved(_steps(path), scenario)


def with_values(scenario: Scenario, values: Mapping[Place, Any]) -> Scenario:
    """The scenario with other values at some places; a value may be a whole duration.

    A most likely value beyond an end of its own estimate takes that end with it, so that one number
    can be moved alone; unless the end is among the values. Raises `ScenarioError` with everything
    that is wrong with the scenario that this would be.
    """
    tables: Table = scenario.model_dump(by_alias=True, exclude_unset=True)
    for place, value in values.items():
        tables = _replaced(tables, place, value)
        for end, moved in _ends_taken_along(tables, place):
            if end not in values:
                tables = _replaced(tables, end, moved)
    changed, problems = examined(tables)
    if changed is None or problems:
        raise ScenarioError(problems)
    return changed


def _ends_taken_along(tables: Table, place: Place) -> Iterator[tuple[Place, Any]]:
    """The ends that a most likely value has passed, and where it takes them."""
    *inside, last = place
    if last != "mode":
        return
    estimate: Any = tables
    for step in inside:
        estimate = estimate[step]
    mode = estimate["mode"]
    low, high = estimate.get("min"), estimate.get("max")
    if isinstance(mode, _NUMBER) and isinstance(low, _NUMBER) and mode < low:
        yield (*inside, "min"), mode
    if isinstance(mode, _NUMBER) and isinstance(high, _NUMBER) and mode > high:
        yield (*inside, "max"), mode


def _written(value: Value) -> str:
    """A value as TOML writes it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else str(value)


def _replaced(part: Any, place: Place, value: Any) -> Any:
    """A copy of tables with another value at a place; tables that are missing are made."""
    if not place:
        return value
    step, *rest = place
    if isinstance(step, int):
        return [_replaced(old, tuple(rest), value) if i == step else old
                for i, old in enumerate(part)]  # fmt: skip
    table = dict(part or {})
    table[step] = _replaced(table.get(step), tuple(rest), value)
    return table


# --- places ------------------------------------------------------------------------------------


def _steps(path: str) -> Place:
    """The steps of a written path; ids with a dot in them stand in quotes."""
    steps: list[str | int] = []
    position = 0
    while position < len(path):
        found = _STEP.match(path, position)
        if not found:
            _refuse("bad_path", path)
        if found["index"] is not None:
            steps.append(int(found["index"]))
        else:
            steps.append(found["bare"] if found["quoted"] is None else found["quoted"])
        position = found.end()
        if path[position : position + 1] == "." and position + 1 < len(path):
            position += 1
        elif position < len(path) and path[position] != "[":
            _refuse("bad_path", path)
    if not steps:
        _refuse("bad_path", path)
    return tuple(steps)


def _resolved(steps: Place, scenario: Scenario) -> Place:
    """The place itself, once every step of it has been found and it holds a single value."""
    if steps[0] in _TABLES_OF_THE_RUN:
        raise ScenarioError([Problem("not_an_input", steps)])
    shape = Shape()
    part: Any = scenario.model_dump(by_alias=True)
    for length in range(1, len(steps) + 1):
        shape, part = _further(shape, part, steps[:length])
    if shape.is_words:
        raise ScenarioError([Problem("not_an_input", steps)])
    if shape.is_table or isinstance(part, list | tuple):
        names = [name for name in _names(shape, part) if name not in ("dist", "unit")]
        example = field_name((*steps, *names[:1]))
        raise ScenarioError([Problem("not_single", steps, {"example": example})])
    return steps


def _further(shape: Shape, part: Any, place: Place) -> tuple[Shape, Any]:
    """The shape and the content one step further in, which is the last of ``place``."""
    step, names = place[-1], _names(shape, part)
    if shape.kinds and part is None:
        raise ScenarioError([Problem("no_duration", place[:-1])])
    if isinstance(part, list | tuple):
        if not isinstance(step, int) or step >= len(part):
            _unknown(place, names)
        return shape.at(step), part[step]
    if step not in names:
        _unknown(place, names)
    inside = Shape(shape.kinds[part["dist"]]) if shape.kinds else shape
    return inside.at(step), None if part is None else part.get(step)


def _names(shape: Shape, part: Any) -> list[Any]:
    """What can be addressed inside: the keys of a table, the ids in it, the numbers of a list."""
    if isinstance(part, list | tuple):
        return list(range(len(part)))
    if shape.kinds:
        return Shape(shape.kinds[part["dist"]]).keys if part else []
    return shape.keys or list(part or ()) if shape.is_table else []


def _unknown(place: Place, names: Sequence[Any]) -> NoReturn:
    hint = key_hint(str(place[-1]), [str(name) for name in names])
    raise ScenarioError([Problem("unknown_key", place, hint)])


# --- values ------------------------------------------------------------------------------------


def _values(text: str, whole: str) -> tuple[Value, ...]:
    parts = text.split(":")
    if len(parts) == 3 and not re.search(r"[,\"']", text):
        return _range(parts, whole)
    values = _listed(text)
    if not values or not all(isinstance(value, Value) for value in values):
        _refuse("bad_values", whole, found=text)
    return tuple(values[k] for k in range(len(values)) if values[k] not in values[:k])


def _listed(text: str) -> list[Any]:
    """Values separated by commas, as TOML writes them; other words stand for themselves."""
    try:
        found: list[Any] = tomllib.loads(f"values = [{text}]")["values"]
        return found
    except tomllib.TOMLDecodeError:
        words = [word.strip() for word in text.split(",")]
        return [_word(word) for word in words] if all(words) else []


def _word(word: str) -> Any:
    try:
        return tomllib.loads(f"value = {word}")["value"]
    except tomllib.TOMLDecodeError:
        return word


def _range(parts: Sequence[str], whole: str) -> tuple[Value, ...]:
    """From the first value to the last, both included; downwards where the last is smaller."""
    first, last, step = (part.strip() for part in parts)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", first):
            days = _days(date.fromisoformat(first), date.fromisoformat(last), int(step))
            values: list[Value] = list(islice(days, MOST_VALUES + 1))
        else:
            numbers = _numbers(Decimal(first), Decimal(last), Decimal(step))
            values = [_plain(number) for number in islice(numbers, MOST_VALUES + 1)]
    except (ValueError, ArithmeticError):
        _refuse("bad_values", whole, found=":".join(parts))
    if len(values) > MOST_VALUES:
        _refuse("too_many", whole, limit=MOST_VALUES)
    return tuple(values)


def _numbers(first: Decimal, last: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Exact decimals, so that 0:1:0.1 ends at 1 and not a hair beside it."""
    if not all(number.is_finite() for number in (first, last, step)):
        raise InvalidOperation
    if step == 0 or (step < 0 and first < last):
        raise InvalidOperation
    step = abs(step) if first <= last else -abs(step)  # downwards with either sign
    number = 0
    while (first + number * step <= last) if step > 0 else (first + number * step >= last):
        yield first + number * step
        number += 1


def _days(first: date, last: date, step: int) -> Iterator[date]:
    days = (last - first).days
    for number in _numbers(Decimal(0), Decimal(days), Decimal(step)):
        yield first + timedelta(days=int(number))


def _plain(number: Decimal) -> int | float:
    """A whole number where it was written as one."""
    exponent = number.as_tuple().exponent
    return int(number) if isinstance(exponent, int) and exponent >= 0 else float(number)


def _refuse(sentence: str, file: str, **words: Any) -> NoReturn:
    raise ScenarioError([Problem(sentence, words=words, file=file)])
