"""What a cell of a register means, as people write dates, amounts and choices; no file here.

Each reader takes a cell's value and returns what it means or raises `CellError` with the name of a
sentence and its words; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from approvalsim.errors import listed

Words = Mapping[str, tuple[str, ...]]
"""Ids with what they are called in Chinese, in English, and otherwise."""

NOTHING = frozenset(
    (
        *("", "/", "\\", "-", "--", "—", "——", "―", "–", "无", "暂无", "未定", "待定"),
        *("未办", "未办理", "空", "n/a", "na", "none", "nil", "tbd"),
    )
)
"""What people write into a cell that has nothing to say."""

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)

_DATE = re.compile(
    r"(?P<year>\d{4}) (?: (?P<mark>[-/.]) (?P<month>\d{1,2}) (?P=mark) (?P<day>\d{1,2})"
    r" | 年 (?P<month2>\d{1,2}) 月 (?P<day2>\d{1,2}) [日号]? | (?P<month3>\d\d) (?P<day3>\d\d) )"
    r" (?: [日号] )? (?: [T\ ]? \d{1,2}:\d\d (?: :\d\d (?: \.\d+ )? )? )?",
    re.VERBOSE,
)
_AMOUNT = re.compile(r"(?P<number>[+-]?[\d,]*\.?\d+)(?P<unit>亿元?|万元?|千万元?|元)?(人民币)?")
_UNITS = {"亿": Decimal(1), "千万": Decimal("0.1"), "万": Decimal("0.0001")}
_YUAN = Decimal("0.00000001")


class CellError(Exception):
    """A cell that cannot be understood: the name of a sentence, and its words."""

    def __init__(self, sentence: str, **words: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.words = words


def plain(value: object) -> str:
    """A value as text in ordinary letters and digits, without spaces around it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()


def is_empty(value: object) -> bool:
    """Whether a cell says nothing, be it by a dash."""
    return not isinstance(value, date | time) and plain(value).casefold() in NOTHING


def read_text(value: object) -> str:
    """A cell as text; dates in their ISO form, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def read_id(value: object) -> str:
    """A cell as an id: ordinary letters and digits, no space around it."""
    return plain(read_text(value))


def read_date(value: object) -> date | None:
    """A cell as a date: Excel's own dates and day numbers, or text with year, month and day."""
    if isinstance(value, datetime):
        return _possible(value.date(), value)
    if isinstance(value, date):
        return _possible(value, value)
    if is_empty(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _from_number(value)
    else:
        found = _from_text(plain(value))
    if found is None:
        raise CellError("not_a_date", found=read_text(value))
    return _possible(found, value)


def _possible(day: date, value: object) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CellError("not_a_date", found=read_text(value))
    return day


def _from_number(value: float) -> date | None:
    """A number in a column of dates: 20220305, or the days Excel counts from 1900."""
    if value != int(value):
        return None
    if 18_264 <= value <= 73_415:  # 1950 to 2100
        return date(1899, 12, 30) + timedelta(days=int(value))
    return _from_text(str(int(value)))


def _from_text(text: str) -> date | None:
    match = _DATE.fullmatch(re.sub(r"\s*([-/.年月日号])\s*", r"\1", text))
    if match is None:
        return None
    part = match.groupdict()
    month = part["month"] or part["month2"] or part["month3"]
    day = part["day"] or part["day2"] or part["day3"]
    try:
        return date(int(part["year"]), int(month), int(day))
    except ValueError:
        return None


def read_amount(value: object, unit: str | None) -> float | None:
    """An investment in 亿元; ``unit`` (亿 or 万) is the column's, and a cell may name its own."""
    if is_empty(value):
        return None
    if isinstance(value, bool | date | time | timedelta):
        raise CellError("not_a_number", found=read_text(value))
    text = re.sub(r"\s", "", plain(value if not isinstance(value, float) else repr(value)))
    match = _AMOUNT.fullmatch(text)
    try:
        number = Decimal(match["number"].replace(",", "")) if match else Decimal(text)
    except InvalidOperation:
        raise CellError("not_a_number", found=read_text(value)) from None
    if not number.is_finite():
        raise CellError("not_a_number", found=read_text(value))
    own = match["unit"] if match else None
    if own == "元":
        return float(number * _YUAN)
    named = own.removesuffix("元") if own else unit
    if named is None:
        raise CellError("no_unit")
    return float(number * _UNITS[named])


def in_unit(amount: float, unit: str | None) -> float:
    """An investment in 亿元 as a number for a column in another unit."""
    number = Decimal(repr(amount)) / _UNITS[unit or "亿"]
    return float(number)


def read_choice(value: object, words: Words) -> str | None:
    """The id a cell means, by its id or by its words in either language."""
    text = plain(value).casefold()
    for name, called in words.items():
        if text in {name.casefold(), *(plain(each).casefold() for each in called)}:
            return name
    if is_empty(value):
        return None
    raise CellError("choice", expected=listed(_shown(words)), found=read_text(value))


def _shown(words: Words) -> Iterable[str]:
    return (
        called[0] if called[0] == name else f"{called[0]} ({name})"
        for name, called in words.items()
    )


def read_own(value: object) -> object:
    """A cell of the user's own column as it is; a date without a time of day as a date."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if value is None or isinstance(value, str | int | float | bool | date | time | timedelta):
        return value if value != "" else None
    return str(value)
