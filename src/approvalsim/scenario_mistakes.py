"""From plain tables to a scenario, or to everything that is wrong with them, in the file's words.

What pydantic refuses is cut out, so that the rules across the scenario still judge the rest; what
they say about a place that was cut is dropped, for it may only be an echo.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from approvalsim.errors import Problem, listed
from approvalsim.scenario import Scenario
from approvalsim.scenario_shape import Shape, located
from approvalsim.sentences import SENTENCES
from approvalsim.toml_lines import Path
from approvalsim.validation import problems

Table = dict[str, Any]
Error = dict[str, Any]


def examined(data: Table) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The scenario that the tables describe, and all that is wrong with it."""
    try:
        scenario = _validated(data)
    except ValidationError as refusal:
        return None, tuple(_all_problems(data, refusal))
    return scenario, problems(scenario)


def _validated(data: Table) -> Scenario:
    return Scenario.model_validate(data, by_alias=True, by_name=False)


def _all_problems(data: Table, refusal: ValidationError) -> Iterator[Problem]:
    yield from _translated(refusal)
    remains = _Remains(data)
    echoes = ("missing", "too_short", "too_long", "arrivals_need")
    for _ in range(MOST_CUTS):
        remains.cut(refusal)
        try:
            scenario = _validated(remains.data)
        except ValidationError as again:
            refusal = again
            translated = _translated(refusal)
            yield from (problem for problem in translated if problem.sentence not in echoes)
            continue
        yield from (problem for problem in problems(scenario) if not remains.explain(problem))
        return


MOST_CUTS = 50

# --- sentences ---------------------------------------------------------------------------------


def _translated(refusal: ValidationError) -> Iterator[Problem]:
    errors: list[Error] = [dict(error) for error in refusal.errors(include_url=False)]
    places = [located(error["loc"])[0] for error in errors]
    misspelt = set(filter(None, map(_misspelt, errors)))
    for error, place in zip(errors, places, strict=True):
        inner = any(len(other) > len(place) == _shared(other, place) for other in places)
        if error["type"] == "too_short" and inner:
            continue  # what would have filled it was refused
        if error["type"] == "missing" and place in misspelt:
            continue  # it stands there, misspelt
        yield _sentence(error)


def _misspelt(error: Error) -> Path | None:
    """The place of the key that an unknown key was probably meant to be."""
    if error["type"] != "extra_forbidden":
        return None
    place, around, _ = located(error["loc"])
    meant = _meant(str(place[-1]), around.keys)
    return (*place[:-1], meant) if meant else None


def _shared(one: Path, other: Path) -> int:
    """How many steps two paths share from the start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _sentence(error: Error) -> Problem:
    """One of pydantic's errors in the words of `SENTENCES`."""
    kind, context, found = error["type"], error.get("ctx", {}), error["input"]
    place, around, shape = located(error["loc"])
    if kind in SENTENCES and kind not in _LIMITS and kind != "missing":
        return Problem(kind, place, {name: _plain(value) for name, value in context.items()})
    if kind == "missing":
        return Problem("missing", place[:-1], {"name": place[-1]})
    if kind == "extra_forbidden":
        return Problem("unknown_key", place, key_hint(str(place[-1]), around.keys))
    if kind in _LIMITS:
        sentence, limit = _LIMITS[kind]
        words = {"limit": _plain(context[limit]), "found": _plain(found)}
        return Problem(sentence, place, words)
    if kind in ("string_pattern_mismatch", "string_too_long"):
        return Problem("bad_id", place, {"found": _quoted(str(found))})
    if kind == "union_tag_not_found":
        return Problem("missing", place, {"name": "dist"})
    if kind == "union_tag_invalid":
        return _choice_sentence((*place, "dist"), shape.choices, found.get("dist"))
    if kind == "literal_error":
        return _choice_sentence(place, shape.choices, found)
    if kind == "finite_number":
        return Problem("not_finite", place)
    return _type_sentence(error, place, shape)


def _choice_sentence(place: Path, choices: list[Any], found: object) -> Problem:
    if len(choices) == 1:
        words = {"expected": _quoted(choices[0]), "found": _quoted(found)}
        return Problem("only_choice", place, words)
    words = {"expected": listed(map(str, choices)), "found": _quoted(found)}
    return Problem("choice", place, words)


_LIMITS = {
    "greater_than_equal": ("at_least", "ge"),
    "greater_than": ("above", "gt"),
    "less_than_equal": ("at_most", "le"),
    "less_than": ("below", "lt"),
    "too_short": ("too_short", "min_length"),
    "too_long": ("too_long", "max_length"),
}


def _type_sentence(error: Error, place: Path, shape: Shape) -> Problem:
    """What kind of value belongs here, and what kind was found."""
    found = error["input"]
    number = isinstance(found, int) and not isinstance(found, bool)
    if error["type"] == "float_type" and number:  # more digits than a float can hold
        words = {"limit": _plain(shape.node.get("maximum", 1e308)), "found": _plain(found)}
        return Problem("at_most", place, words)
    if shape.is_words:
        expected = _WORDS
    elif error["type"] == "tuple_type" and shape.at(0).is_table:
        heading = ".".join(str(step) for step in place if isinstance(step, str))
        expected = (f"用 [[{heading}]] 写成的表", f"tables written as [[{heading}]]")
    elif error["type"] == "model_attributes_type":
        expected = _DURATION
    elif error["type"] == "date_type" and isinstance(found, datetime):
        expected = ("不带时刻的日期，例如 2022-01-04", "a date without a time such as 2022-01-04")
    elif error["type"] in _EXPECTED:
        expected = _EXPECTED[error["type"]]
    else:
        return Problem("other", place, {"reason": error["msg"]})
    now, now_en = _shown(found)
    words = {"expected": expected[0], "expected_en": expected[1]}
    return Problem("type", place, {**words, "found": now, "found_en": now_en})


_WORDS = ("文字，或含 zh 和 en 的表", "text, or a table with zh and en")
_DURATION = (
    '时间分布，例如 { dist = "fixed", value = 5, unit = "workdays" }',
    'a duration such as { dist = "fixed", value = 5, unit = "workdays" }',
)
_TABLE = ("表", "a table")
_EXPECTED = {
    "string_type": ("文字（加引号）", "text in quotes"),
    "float_type": ("数", "a number"),
    "int_type": ("整数", "a whole number"),
    "bool_type": ("true 或 false", "true or false"),
    "date_type": ("不加引号的日期，例如 2022-01-04", "a date without quotes such as 2022-01-04"),
    "dict_type": _TABLE,
    "mapping_type": _TABLE,
    "model_type": _TABLE,
    "tuple_type": ("列表", "a list"),
}


def _meant(key: str, allowed: list[str]) -> str | None:
    """The key that was meant, if one is close enough."""
    return next(iter(get_close_matches(key.lower(), allowed, n=1)), None)


def key_hint(key: str, allowed: list[str]) -> dict[str, str]:
    """What an unknown key may have been meant to be."""
    if meant := _meant(key, allowed):
        return {"hint": f"是否想写 {meant}？", "hint_en": f"did you mean {meant}?"}
    names = listed(allowed, most=20)
    return {"hint": f"这里可用：{names}", "hint_en": f"known here: {names}"}


def _shown(value: object) -> tuple[str, str]:
    """A value with its kind, in Chinese and in English."""
    kinds: tuple[tuple[Any, str, str], ...] = (
        (str, "文字", "text"),
        (bool, "", ""),
        (int | float, "数", "the number"),
        (datetime, "带时刻的日期", "the date and time"),
        (date, "日期", "the date"),
        (time, "时刻", "the time"),
    )
    if isinstance(value, dict):
        return "表", "a table"
    if isinstance(value, list):
        return "列表", "a list"
    zh, en = next(((zh, en) for kind, zh, en in kinds if isinstance(value, kind)), ("", ""))
    return f"{zh} {_quoted(value)}", f"{en} {_quoted(value)}".lstrip()


def _quoted(value: object) -> str:
    return f'"{_cut(value)}"' if isinstance(value, str) else _plain(value)


def _plain(value: object) -> str:
    """A value as TOML writes it, cut where it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return str(len(value))
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, int) and abs(value) >= 10**30:
        return f"≈1e{int(value.bit_length() * 0.30103)}"
    return _cut(str(value))


def _cut(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 40 else f"{text[:39]}…"


# --- what remains ------------------------------------------------------------------------------


class _Remains:
    """The tables without what was refused, and the memory of what was cut."""

    def __init__(self, data: Table) -> None:
        self.data = deepcopy(data)
        self.lost: set[Path] = set()
        self.suspect: set[Path] = set()

    def cut(self, refusal: ValidationError) -> None:
        """Take out whatever pydantic refused, or put something harmless in its place."""
        for details in refusal.errors(include_url=False, include_input=False):
            error: Error = dict(details)
            place, _, _ = located(error["loc"])
            if meant := _misspelt(error):
                self.suspect.add(meant)
            if error["type"] == "missing":
                self._lose(place[:-1], str(place[-1]))
            elif error["loc"][-1:] == ("[key]",):
                self._remove(place)
            else:
                self._lose(place, "")

    def _lose(self, place: Path, missing: str) -> None:
        """Lose the value at ``place``, or the least around it that may be lost."""
        table = self._value(place)
        stand_ins = _stand_ins(place)
        if isinstance(table, dict) and missing in stand_ins:
            self.lost.add((*place, missing))
            table[missing] = stand_ins[missing]
        elif not place:
            return
        elif place in self.lost:
            self._lose(place[:-1], "")
        elif isinstance(place[-1], int) and place[-2] not in ("project", "variant"):
            self._remove(place[:-1])
        elif isinstance(place[-1], int) or _is_entry(place):
            self.lost.add(place)
            self._put(place, dict(stand_ins))
        else:
            self._remove(place)

    def _remove(self, place: Path) -> None:
        self.lost.add(place)
        table = self._value(place[:-1])
        if isinstance(table, dict):
            table.pop(place[-1], None)

    def _put(self, place: Path, value: object) -> None:
        table: Any = self._value(place[:-1])
        if isinstance(table, dict | list):
            table[place[-1]] = value  # type: ignore[index] # a step fits what it came from

    def _value(self, place: Path) -> Any:
        value: Any = self.data
        for step in place:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def explain(self, problem: Problem) -> bool:
        """Whether a problem may be nothing but an echo of what was cut."""
        path = problem.path
        if any(path[: len(lost)] == lost for lost in self.lost):
            return True
        suspects = _SUSPECTS.get(problem.sentence)
        if problem.sentence == "unknown_reference":
            return self._explain_reference(problem)
        if suspects is None:
            return False
        return any(self._touched(place) for place in suspects(path))

    def _explain_reference(self, problem: Problem) -> bool:
        found, what = problem.words["found"], problem.words["what_en"]
        homes: dict[str, Path] = {
            "department": ("department",),
            "stage": ("stage",),
            "credit grade": ("commitment", "grades"),
        }
        if what in homes:
            home = (*homes[what], found)
            return self._touched(home)
        grades = ("commitment", "grades")
        return any(map(self._touched, (("projects",), ("project",), grades, problem.path[:-2])))

    def _touched(self, place: Path) -> bool:
        """Whether something was cut at a place, around it or inside it."""
        cuts = self.lost | self.suspect
        return any(_shared(place, cut) == min(len(place), len(cut)) for cut in cuts)


def _is_entry(place: Path) -> bool:
    """Whether this is an entry of a keyed table, whose id others may refer to."""
    if len(place) == 2:
        return place[0] in ("department", "stage", "milestone")
    return place[:2] == ("commitment", "grades") and len(place) == 3


def _stand_ins(place: Path) -> Table:
    """Harmless values for what must not be missing at a place."""
    match place:
        case ():
            return {
                "format": 1,
                "id": "lost",
                "start": date(1950, 1, 1),
                "stage": {"lost": {}},
                "milestone": {"lost": {}},
            }
        case ("project", int(index)):
            return {"id": f"lost-{index}"}
        case (*_, "variant", int()):
            return {"when": {"path": "standard"}}
        case _:
            return {}


def _around(path: Path) -> tuple[Path, ...]:
    return (path[:-1],)


def _at(*places: Path) -> Callable[[Path], tuple[Path, ...]]:
    return lambda _: places


_NETWORK = _at(("stage",), ("milestone",))
_PROJECTS = _at(("projects",), ("project",))

# Where a cut may have caused a problem that would not be there otherwise. Sentences that are not
# named here speak of what is present, never of what is absent.
_SUSPECTS: dict[str, Callable[[Path], tuple[Path, ...]]] = {
    "unneeded_stage": _NETWORK,
    "not_relaxable": _NETWORK,
    "needs_predecessor": lambda path: ((*path, "after"),),
    "only_with": _around,
    "shares": lambda path: (path,),
    "rework_missing": lambda path: (path,),
    "remedy_missing": _at(("commitment", "remedy")),
    "no_grades": _at(("commitment", "grades")),
    "no_commitment": _at(("commitment",)),
    "no_projects": _PROJECTS,
    "no_arrivals": _PROJECTS,
    "count_and_list": _PROJECTS,
    "no_signing_date": lambda path: (("projects", "arrivals"), ("projects",), path),
    "before_start": _at(("start",)),
    "end_before_start": _at(("start",)),
}
