"""Durations as one types and reads them: ``10/20/35``, ``20``, ``0~30``, ``１０、２０、３５ 日``.

No Qt here. Reading is tolerant of full-width digits, several separators and units; whether the
numbers make sense is for the core to say.
"""

import re
import unicodedata
from typing import Any, Literal, get_args

from approvalsim.distributions import (
    Duration,
    Empirical,
    Fixed,
    Gamma,
    Lognormal,
    Uniform,
    Weibull,
)

Kind = Literal[
    "fixed", "uniform", "triangular", "pert", "lognormal", "gamma", "weibull", "empirical"
]
Table = dict[str, Any]

FAMILIES: dict[str, Any] = {
    get_args(family.model_fields["dist"].annotation)[0]: family
    for family in get_args(get_args(Duration)[0])
}
"""The families of durations by the word that names them in a file."""

ON_AXIS = ("value", "min", "mode", "max", "mean")
"""Numbers of a family that are durations themselves, from the shortest to the longest."""

_NOT_NUMBERS = ("source", "assumed", "note", "unit", "dist")


class UnreadableError(ValueError):
    """Text that is no duration: not made of numbers, or of too many or too few of them."""

    def __init__(self, reason: Literal["numbers", "count", "unit"]) -> None:
        super().__init__(reason)
        self.reason = reason


def fields_of(kind: str) -> tuple[str, ...]:
    """The numbers of a family, in the order in which one types them."""
    return tuple(name for name in FAMILIES[kind].model_fields if name not in _NOT_NUMBERS)


def as_table(duration: Any) -> Table:
    """A duration as the file says it, without its marks."""
    names = ("dist", *fields_of(duration.dist), "unit")
    table = {name: getattr(duration, name) for name in names}
    return {name: value for name, value in table.items() if value is not None}


def as_text(duration: Any) -> str:
    """The numbers of a duration, as one would type them: ``20/40/90``, ``30``, ``0~30``."""
    match duration:
        case Fixed(value=value):
            return plain(value)
        case Uniform(min=low, max=high):
            return f"{plain(low)}~{plain(high)}"
        case Empirical(quantiles=quantiles):
            return "/".join(plain(value) for value in quantiles)
        case Lognormal(mean=mean, sd=sd):
            return f"{plain(mean)}±{plain(sd)}"
        case Gamma(mean=mean, shape=shape) | Weibull(mean=mean, shape=shape):
            return f"{plain(mean)} (k={plain(shape)})"
        case _:
            return "/".join(plain(getattr(duration, name)) for name in ("min", "mode", "max"))


def plain(value: float) -> str:
    """A number without needless decimals: ``20``, ``0.5``."""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def parsed(text: str, present: Any = None) -> Table | None:
    """The duration that was typed, as a plain table for the core to judge; None for no text.

    ``present`` is what stood there before: it decides the family where the numbers fit it, and the
    unit where none is typed. One number is a fixed duration; three are triangular, or PERT where it
    was PERT; two with a dash are uniform. Raises `UnreadableError`.
    """
    words = unicodedata.normalize("NFKC", text).strip().lower()
    if not words:
        return None
    words, unit = _without_unit(words)
    numbers = _numbers(words)
    table = _of_kind(numbers, words, present.dist if present is not None else "triangular")
    unit = unit or (present.unit if present is not None else None)
    return table | ({"unit": unit} if unit else {})


def _of_kind(numbers: list[float], words: str, present: str) -> Table:
    if present == "empirical" and len(numbers) > 1:
        return {"dist": "empirical", "quantiles": tuple(numbers)}
    if len(numbers) == 1:
        return {"dist": "fixed", "value": numbers[0]}
    if len(numbers) == 3:
        dist = "pert" if present == "pert" else "triangular"
        return {"dist": dist, **dict(zip(fields_of(dist), numbers, strict=True))}
    if len(numbers) != 2:
        raise UnreadableError("count")
    if present == "lognormal" or "±" in words:
        return {"dist": "lognormal", "mean": numbers[0], "sd": numbers[1]}
    if present in ("gamma", "weibull"):
        return {"dist": present, "mean": numbers[0], "shape": numbers[1]}
    if present == "uniform" or re.search(r"[~–—至到-]|to", words):
        return {"dist": "uniform", "min": numbers[0], "max": numbers[1]}
    raise UnreadableError("count")


_UNITS = {
    "workdays": r"个?工作[日天]|work(?:ing)?\s*days?|wd",
    "days": r"日历[日天]|自然[日天]|calendar\s*days?|days?|cd|[日天d]",
}


def _without_unit(words: str) -> tuple[str, str | None]:
    found = []
    for unit, pattern in _UNITS.items():
        words, count = re.subn(pattern, "", words)
        found += [unit] if count else []
    if len(found) > 1:
        raise UnreadableError("unit")
    return words.strip(), found[0] if found else None


def _numbers(words: str) -> list[float]:
    words = re.sub(r"\(\s*k\s*=|\)", " ", words).strip()
    parts = re.split(r"\s*(?:[/,;、|~–—至到±-]|to|\.\.)\s*|\s+", words)
    if not all(re.fullmatch(r"\d{1,9}(\.\d{1,6})?|\.\d{1,6}", part) for part in parts):
        raise UnreadableError("numbers")
    return [float(part) for part in parts]


def share_from(text: str) -> float | None:
    """A share that was typed: ``35 %``, ``35`` or ``0.35``; None for no text.

    Raises `UnreadableError`.
    """
    words = unicodedata.normalize("NFKC", text).strip()
    if not words:
        return None
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?|\.\d{1,6})\s*(%?)", words)
    if not found:
        raise UnreadableError("numbers")
    value = float(found[1])
    # Below one without a per cent sign it is a share already: 0.35.
    return round(value / 100, 10) if found[2] or value >= 1 else value


def number_from(text: str) -> float | None:
    """One number with an optional unit of days; None for no text. Raises `UnreadableError`."""
    words = unicodedata.normalize("NFKC", text).strip().lower()
    if not words:
        return None
    numbers = _numbers(_without_unit(words)[0])
    if len(numbers) != 1:
        raise UnreadableError("count")
    return numbers[0]
