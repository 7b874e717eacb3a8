"""The charts of a briefing: from figures to shapes, computed once and drawn by whatever draws.

Side A is blue, dashed, with round marks; side B vermilion, solid, with square ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Literal

from approvalsim.briefing_parts import WIDTH, Area, Chart, Label, Look, Mark, Shape, Stroke
from approvalsim.estimate import Estimate

SMALL = 11.0
"""Size of most labels."""
HALF = (WIDTH - 24) / 2
"""Width of one of two charts side by side."""
_ROW = 18.5
_DASHES = (6.0, 3.5)
_TARGET = (2.0, 3.0)
_ENDS: tuple[Look, Look] = ("low", "high")


@dataclass(frozen=True)
class _Side:
    """How a side is told from the other one."""

    letter: str
    look: Look
    sign: Literal["dot", "square"]
    dashes: tuple[float, ...]


_SIDES = (_Side("A", "a", "dot", _DASHES), _Side("B", "b", "square", ()))


@dataclass(frozen=True)
class Curve:
    """How many of one side's projects that get there do so within so many days."""

    name: str
    days: tuple[float, ...]
    shares: tuple[float, ...]
    p50: Estimate
    p80: Estimate


@dataclass(frozen=True)
class Bar:
    """One row of a bar chart: from 0 to a value."""

    name: str
    value: Estimate
    words: str
    look: Look = "b"


@dataclass(frozen=True)
class Swing:
    """One row of a tornado: where the outcome goes at the low and at the high end of an input."""

    name: str
    low: float | None
    high: float | None
    words: str


@dataclass(frozen=True)
class _Scale:
    """From values to places."""

    first: float
    last: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (min(max(value, self.first), self.last) - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round numbers from ``low`` to ``high``, at most so many; 0 is one if it is between."""
    span = max(high - low, 1e-9)
    power = 10.0 ** floor(log10(span / most))
    step = next(power * m for m in (1, 2, 5, 10, 20) if span / (power * m) <= most)
    return tuple(n * step for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1))


def curves(
    sides: tuple[Curve, Curve],
    axis: tuple[str, str],
    target: tuple[float, str] | None,
    title: str,
    reading: str,
) -> Chart:
    """Cumulative curves with P50 and P80, their intervals, and the target as an upright line.

    ``axis`` names the horizontal axis and the unit of days; a target is its place and its words.
    """
    height, left, right, top = 208.0, 46.0, 18.0, 30.0
    bottom = height - 40.0
    known = [side.days[-1] for side in sides if side.days]
    reach = max([*known, target[0] * 1.05 if target else 0.0, 1.0])
    x = _Scale(0.0, reach, left, WIDTH - right)
    y = _Scale(0.0, 1.0, bottom, top)
    shapes: list[Shape] = []
    for share in (0.0, 0.2, 0.5, 0.8, 1.0):
        shapes.append(Stroke(((left, y(share)), (WIDTH - right, y(share))), "grid"))
        shapes.append(Label(left - 6, y(share) + 4, f"{share:.0%}", "muted", "end", SMALL))
    shapes += _bottom_axis(x, bottom, ticks(0.0, reach, 10), axis[0])
    shapes += _legend(sides, left)
    if target:
        shapes.append(
            Stroke(((x(target[0]), top - 4), (x(target[0]), bottom)), "text", 1.6, _TARGET)
        )
        place = x(target[0])
        if place + _across(target[1]) > WIDTH - right:
            shapes.append(Label(place - 5, bottom - 6, target[1], "text", "end", SMALL, bold=True))
        else:
            shapes.append(Label(place + 5, bottom - 6, target[1], size=SMALL, bold=True))
    for side, looks in zip(sides, _SIDES, strict=True):
        path = tuple((x(day), y(share)) for day, share in zip(side.days, side.shares, strict=True))
        if path:
            shapes.append(Stroke(((x(0.0), bottom), *path), looks.look, 2.2, looks.dashes))
    return Chart(
        "curves", title, reading, WIDTH, height, (*shapes, *_quantile_marks(sides, x, y, axis[1]))
    )


def _quantile_marks(sides: Sequence[Curve], x: _Scale, y: _Scale, unit: str) -> list[Shape]:
    """P50 and P80: a sign, its interval, and words on the side where the other curve is not."""
    shapes: list[Shape] = []
    for level, share in (("p50", 0.5), ("p80", 0.8)):
        at = [getattr(side, level) for side in sides]
        for found, other, looks in zip(at, reversed(at), _SIDES, strict=True):
            if not isfinite(found.value):
                continue
            place, height = x(found.value), y(share)
            if isfinite(found.half_width):
                ends = ((x(found.low), height), (x(found.high), height))
                shapes.append(Stroke(ends, looks.look, 3.0))
            shapes.append(Mark(place, height, looks.sign, looks.look))
            words = f"{looks.letter} {level.upper()} {found.value:.0f} {unit}"
            first = (found.value, looks.letter == "A") < (other.value, looks.letter == "B")
            wide = _across(words)
            before = first and place - x.start > wide + 12
            if before or place + wide + 12 > WIDTH:
                above = -8.0 if before else 15.0
                label = Label(place - 8, height + above, words, looks.look, "end", SMALL, bold=True)
                left = place - 8 - wide
            else:
                label = Label(place + 8, height + 15, words, looks.look, "start", SMALL, bold=True)
                left = place + 8
            shapes += [Area(left - 2, label.y - 10, wide + 4, 13, "paper"), label]
    return shapes


def _legend(sides: Sequence[Curve], left: float) -> list[Shape]:
    shapes: list[Shape] = []
    for side, looks in zip(sides, _SIDES, strict=True):
        words = f"{looks.letter} {side.name}"
        shapes.append(Stroke(((left, 10), (left + 30, 10)), looks.look, 2.2, looks.dashes))
        shapes.append(Mark(left + 15, 10, looks.sign, looks.look))
        shapes.append(Label(left + 36, 14, words, "text", "start", SMALL))
        left += 36 + _across(words) + 24
    return shapes


def _bottom_axis(x: _Scale, bottom: float, places: Sequence[float], words: str) -> list[Shape]:
    shapes: list[Shape] = [Stroke(((x.start, bottom), (x.end, bottom)), "axis", 1.2)]
    for place in places:
        shapes.append(Stroke(((x(place), bottom), (x(place), bottom + 4)), "axis", 1.2))
        shapes.append(Label(x(place), bottom + 16, f"{place:g}", "muted", "middle", SMALL))
    shapes.append(Label((x.start + x.end) / 2, bottom + 32, words, "muted", "middle", SMALL))
    return shapes


def differences(
    rows: Sequence[tuple[str, Estimate, str]],
    shares: Sequence[tuple[str, float, Look]],
    axis: str,
    title: str,
    reading: str,
) -> Chart:
    """Paired differences B − A with their intervals, and below them who gains and who loses.

    ``shares`` are shares of the pairs that make 1 together, from left to right.
    """
    names = max([_across(name) for name, _, _ in rows], default=0.0)
    words = max([_across(each) for _, _, each in rows], default=0.0)
    left, right = names + 10, HALF - words - 8
    ends = [0.0, *(e for _, found, _ in rows for e in _ends(found))]
    low, high = _padded(min(ends), max(ends))
    x = _Scale(low, high, left, right)
    bottom = len(rows) * _ROW + 6
    shapes: list[Shape] = [Stroke(((x(0.0), 0), (x(0.0), bottom)), "axis", 1.2)]
    for number, (name, found, told) in enumerate(rows):
        y = number * _ROW + _ROW / 2
        shapes.append(Label(0, y + 4, name, "text", "start", SMALL))
        shapes.append(Label(HALF, y + 4, told, "text", "end", SMALL))
        if not isfinite(found.value):
            continue
        ends = _ends(found)
        shapes.append(Stroke(((x(ends[0]), y), (x(ends[-1]), y)), "b", 3.0))
        shapes.append(Mark(x(found.value), y, "square", "b"))
    shapes += _bottom_axis(x, bottom, ticks(low, high, 4), axis)
    top = bottom + 46
    shapes += _strip(shares, top)
    return Chart("differences", title, reading, HALF, top + 58, tuple(shapes))


def _strip(shares: Sequence[tuple[str, float, Look]], top: float) -> list[Shape]:
    """One bar divided into shares, with a key below."""
    shapes: list[Shape] = []
    place, key, line = 0.0, 0.0, top + 36
    for words, share, look in shares:
        width = share * HALF
        shapes.append(Area(place, top, width, 18, look))
        if width > 34:
            shapes.append(
                Label(place + width / 2, top + 13, f"{share:.0%}", "text", "middle", SMALL)
            )
        place += width
        needed = 16 + _across(words)
        if key and key + needed > HALF:
            key, line = 0.0, line + 16
        shapes.append(Area(key, line - 9, 10, 10, look))
        shapes.append(Label(key + 14, line, words, "muted", "start", SMALL))
        key += needed + 10
    return shapes


def bars(key: str, rows: Sequence[Bar], axis: str, title: str, reading: str, wide: bool) -> Chart:
    """Bars from 0, to the left where a value is negative; intervals as thin lines, values beside.

    Rows whose interval is not known have bounds that are not finite.
    """
    width = WIDTH if wide else HALF
    room = width * (0.35 if wide else 0.5)
    names = [_short(row.name, room) for row in rows]
    left = max([_across(name) for name in names], default=0.0) + 10
    right = width - max([_across(row.words) for row in rows], default=0.0) - 8
    ends = [0.0, *(end for row in rows for end in _ends(row.value))]
    low, high = _padded(min(ends), max(ends))
    x = _Scale(low, high, left, right)
    bottom = len(rows) * _ROW + 6
    shapes: list[Shape] = []
    for number, (row, name) in enumerate(zip(rows, names, strict=True)):
        y = number * _ROW + _ROW / 2
        shapes.append(Label(0, y + 4, name, "text", "start", SMALL))
        shapes.append(Label(width, y + 4, row.words, "text", "end", SMALL))
        if not isfinite(row.value.value):
            continue
        begin, end = sorted((x(0.0), x(row.value.value)))
        shapes.append(Area(begin, y - 6, end - begin, 12, row.look))
        if isfinite(row.value.half_width):
            shapes.append(Stroke(((x(row.value.low), y), (x(row.value.high), y)), "text", 1.4))
    shapes.append(Stroke(((x(0.0), 0), (x(0.0), bottom)), "axis", 1.2))
    shapes += _bottom_axis(x, bottom, ticks(low, high, 8 if wide else 4), axis)
    return Chart(key, title, reading, width, bottom + 38, tuple(shapes))


def tornado(
    rows: Sequence[Swing], ends: tuple[str, str], axis: str, title: str, reading: str
) -> Chart:
    """Bars to both sides of what the scenario says now; ``ends`` name the low and the high end."""
    names = [_short(row.name, WIDTH * 0.4) for row in rows]
    left = max([_across(name) for name in names], default=0.0) + 10
    right = WIDTH - max([_across(row.words) for row in rows], default=0.0) - 10
    found = [0.0, *(end for row in rows for end in (row.low, row.high) if end is not None)]
    low, high = _padded(min(found), max(found))
    x = _Scale(low, high, left, right)
    top, bottom = 22.0, 22.0 + len(rows) * _ROW + 6
    shapes: list[Shape] = []
    place = left
    for words, look in zip(ends, _ENDS, strict=True):
        shapes.append(Area(place, 2, 12, 10, look))
        shapes.append(Label(place + 16, 11, words, "muted", "start", SMALL))
        place += 16 + _across(words) + 18
    for number, (row, name) in enumerate(zip(rows, names, strict=True)):
        y = top + number * _ROW + _ROW / 2
        shapes.append(Label(0, y + 4, name, "text", "start", SMALL))
        shapes.append(Label(WIDTH, y + 4, row.words, "text", "end", SMALL))
        both = [
            (end, look)
            for end, look in zip((row.low, row.high), _ENDS, strict=True)
            if end is not None
        ]
        for end, look in sorted(both, key=lambda each: -abs(each[0])):  # the shorter one in front
            first, last = sorted((x(0.0), x(end)))
            shapes.append(Area(first, y - 6, last - first, 12, look))
    shapes.append(Stroke(((x(0.0), top), (x(0.0), bottom)), "axis", 1.2))
    shapes += _bottom_axis(x, bottom, ticks(low, high, 8), axis)
    return Chart("tornado", title, reading, WIDTH, bottom + 38, tuple(shapes))


def _short(name: str, room: float) -> str:
    """A name, cut where it is longer than there is room for."""
    cut = name
    while len(cut) > 1 and _across(cut) > room:
        cut = cut.removesuffix("…")[:-1].rstrip() + "…"
    return cut


def _across(text: str) -> float:
    """About how wide a label is; the fonts of the reader are unknown."""
    wide = sum(ord(character) >= 0x2E80 for character in text)
    return SMALL * (wide + 0.55 * (len(text) - wide))


def _ends(found: Estimate) -> list[float]:
    """The finite ones of a value's bounds, or the value itself."""
    known = [bound for bound in (found.low, found.high) if isfinite(bound)]
    return known or [value for value in (found.value,) if isfinite(value)]


def _padded(low: float, high: float) -> tuple[float, float]:
    span = high - low
    if span < 1e-9:
        return low - 0.5, high + 0.5
    return (low - 0.04 * span if low < 0 else low), (high + 0.04 * span if high > 0 else high)
