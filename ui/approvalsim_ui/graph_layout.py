"""A layered layout made to fit a window with readable text: columns drawn close, and folded.

The core lays a network out from left to right, however wide that gets. Here the room between its
columns is cut to what words and bends need there. If that is not enough, the columns are cut into
bands that stand below each other, like the lines of a page. A line that goes on in a later band
turns at the end of its own, runs back between the bands in a lane of its own, and enters the next
from the left; no two lines share a lane and none passes through a box. Pure geometry without Qt;
lengths are in pixels, y grows downwards.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil

from approvalsim.drawing import Edge, Layout, Line, Point, Spacing, arrange

LANE = 13.0
"""Pixels between two lines that turn side by side."""

MOST_HEAD = 12.0
"""Pixels before a column that the head of an arrow needs."""

MOST_BANDS = 4
"""A network that needs more is not folded: one would lose one's way among the lines."""


@dataclass(frozen=True)
class Frame:
    """The room there is, and the smallest scale at which the text can still be read."""

    width: float
    height: float
    least: float = 0.7
    most: float = 1.5

    def scale(self, layout: Layout) -> float:
        """The scale at which all of a layout fits."""
        across = self.width / max(layout.width, 1.0)
        return min(across, self.height / max(layout.height, 1.0), self.most)


@dataclass(frozen=True)
class Column:
    """The x of the sides of a column, and of the place before it where lines are level again."""

    entry: float
    left: float
    right: float


@dataclass(frozen=True)
class Sheet:
    """A layout with its columns, as wide as it comes."""

    layout: Layout
    columns: tuple[Column, ...]

    @cached_property
    def steepest(self) -> tuple[float, ...]:
        """For each column the most that a line rises or falls on its way into it."""
        climbs = [0.0] * len(self.columns)
        rights = [column.right for column in self.columns]
        for line in self.layout.lines:
            for (_, y), (next_x, next_y) in pairwise(line.points):
                if y != next_y:
                    column = bisect_left(rights, next_x)
                    climbs[column] = max(climbs[column], abs(next_y - y))
        return tuple(climbs)


@lru_cache(maxsize=64)
def spread(
    sizes: tuple[tuple[str, tuple[float, float]], ...], edges: tuple[Edge, ...], spacing: Spacing
) -> Sheet:
    """The core's layout, remembered: a network is arranged anew only when it has changed."""
    layout = arrange(dict(sizes), edges, spacing)
    right: dict[float, float] = {}
    for box in layout.boxes.values():
        right[box.x] = max(right.get(box.x, 0.0), box.x + box.width)
    columns = tuple(Column(x - spacing.word, x, right[x]) for x in sorted(right))
    return Sheet(layout, columns)


def tightened(sheet: Sheet, words: Mapping[Edge, float], bend: float) -> Sheet:
    """A sheet whose columns keep only the room that is needed between them.

    ``words`` gives the pixels that each line needs straight before its end, its head included;
    ``bend`` is the least room for a line to change its height, and steep lines get twice that.
    """
    room = [MOST_HEAD] * len(sheet.columns)
    lefts = {column.left: number for number, column in enumerate(sheet.columns)}
    for edge, width in words.items():
        number = lefts[sheet.layout.boxes[edge[1]].x]
        room[number] = max(room[number], width)
    columns: list[Column] = []
    for number, column in enumerate(sheet.columns):
        bends = min(max(bend, sheet.steepest[number] / 5), 2 * bend)
        left = columns[-1].right + bends + room[number] if columns else 0.0
        columns.append(Column(left - room[number], left, left + column.right - column.left))

    entries = [column.entry for column in sheet.columns[1:]]

    def moved(x: float) -> float:
        number = bisect_right(entries, x)
        old, new = sheet.columns[number], columns[number]
        if x >= old.left:
            return new.left + (x - old.left)
        return new.entry + (x - old.entry) / (old.left - old.entry) * (new.left - new.entry)

    boxes = {name: replace(box, x=moved(box.x)) for name, box in sheet.layout.boxes.items()}
    lines = tuple(
        replace(line, points=tuple((moved(x), y) for x, y in line.points))
        for line in sheet.layout.lines
    )
    width = columns[-1].right if columns else 0.0
    return Sheet(Layout(width, sheet.layout.height, boxes, lines), tuple(columns))


def best_fold(sheets: Sequence[Sheet], rows: float, frame: Frame) -> tuple[int, Layout]:
    """Of some sheets of one network, from narrow to wide, which is best to read, and how folded.

    What fits as it is at a readable scale is not folded: the largest scale wins, and among scales
    that are about the same the widest sheet, whose names are least broken. Otherwise what fits when
    folded; and else what fits across and needs the least scrolling down. ``rows`` is the room to
    keep between bands.
    """
    folds = [(number, sheet.layout) for number, sheet in enumerate(sheets)]
    best = _largest(folds, frame)
    if frame.scale(best[1]) >= frame.least:
        return best
    for number in sorted({0, len(sheets) // 2}):
        sheet = sheets[number]
        needed = ceil(sheet.layout.width * frame.least / frame.width)
        folds += [
            (number, folded(sheet, bands, rows))
            for bands in range(max(needed, 2), min(needed + 2, MOST_BANDS, len(sheet.columns)) + 1)
        ]
    best = _largest(folds, frame)
    across = [each for each in folds if each[1].width * frame.least <= frame.width]
    if frame.scale(best[1]) >= frame.least or not across:
        return best
    return min(across, key=lambda each: each[1].height)


def _largest(folds: Sequence[tuple[int, Layout]], frame: Frame) -> tuple[int, Layout]:
    most = max(frame.scale(layout) for _, layout in folds)
    good = [each for each in folds if frame.scale(each[1]) >= 0.97 * most]
    return max(good, key=lambda each: each[0])


def folded(sheet: Sheet, bands: int, rows: float) -> Layout:
    """A sheet whose columns are cut into so many bands, at most one for each column."""
    bands = min(bands, len(sheet.columns))
    if bands < 2:
        return sheet.layout
    return _Fold(sheet, _cuts(sheet.columns, bands), rows).folded()


def _cuts(columns: Sequence[Column], bands: int) -> tuple[int, ...]:
    """Where each band begins, such that the widest is as narrow as can be."""
    spans = sorted({last.right - first.left for first in columns for last in columns})
    low, high = 0, len(spans) - 1
    while low < high:
        middle = (low + high) // 2
        if len(_filled(columns, spans[middle])) <= bands:
            high = middle
        else:
            low = middle + 1
    return _filled(columns, spans[low])


def _filled(columns: Sequence[Column], most: float) -> tuple[int, ...]:
    """Where each band begins, if every one takes all it can within a width."""
    starts = [0]
    for number, column in enumerate(columns):
        if column.right - columns[starts[-1]].left > most and number > starts[-1]:
            starts.append(number)
    return tuple(starts)


@dataclass(frozen=True)
class _Crossing:
    """A line at the end of a band: at which height it leaves and enters, and its lane."""

    leaves: float
    enters: float
    lane: int
    """From the innermost on the left, which is the outermost on the right."""
    lanes: int


class _Fold:
    """One way to fold one sheet."""

    def __init__(self, sheet: Sheet, starts: Sequence[int], rows: float) -> None:
        self.layout, self.columns, self.starts, self.rows = (
            sheet.layout,
            sheet.columns,
            starts,
            rows,
        )
        self._entries = [sheet.columns[start].entry - 0.5 for start in starts[1:]]
        self.pieces = {line: self._pieces(line) for line in self.layout.lines}
        self.extents = self._extents()
        self.crossings = [self._crossings(band) for band in range(len(starts) - 1)]
        most = max(len(each) for each in self.crossings)
        first = [self.columns[start] for start in starts[1:]]
        self.before = max(column.left - column.entry for column in first)
        self.margin = self.before + LANE * (most + 1)
        self.tops = self._tops()

    def folded(self) -> Layout:
        """Boxes and lines at their new places."""
        boxes = {}
        for name, box in self.layout.boxes.items():
            band = self._band(box.x)
            x, y = self._moved(band, (box.x, box.y))
            boxes[name] = replace(box, x=x, y=y)
        lines = tuple(self._line(line) for line in self.layout.lines)
        width = max(x for line in lines for x, _ in line.points) if lines else 0.0
        width = max([width, *(box.x + box.width for box in boxes.values())])
        height = max([y for line in lines for _, y in line.points], default=0.0)
        height = max([height, *(box.y + box.height for box in boxes.values())])
        return Layout(width, height, boxes, lines)

    def _band(self, x: float) -> int:
        """The band of a place in the unfolded layout."""
        return bisect_right(self._entries, x)

    def _pieces(self, line: Line) -> dict[int, list[Point]]:
        """The points of a line in each band that it touches."""
        pieces: dict[int, list[Point]] = {}
        for point in line.points:
            pieces.setdefault(self._band(point[0]), []).append(point)
        return pieces

    def _crossings(self, band: int) -> dict[Line, _Crossing]:
        """The lines that go on from a band to the next; the topmost turns on the outside."""
        ends = [
            (pieces[band][-1][1], pieces[band + 1][0][1], number, line)
            for number, (line, pieces) in enumerate(self.pieces.items())
            if band in pieces and band + 1 in pieces
        ]
        ordered = sorted(ends, key=lambda end: end[:3])
        return {
            line: _Crossing(leaves, enters, lane, len(ordered))
            for lane, (leaves, enters, _, line) in enumerate(ordered)
        }

    def _extents(self) -> list[tuple[float, float]]:
        """Highest and lowest y of each band in the unfolded layout."""
        heights: list[list[float]] = [[] for _ in self.starts]
        for pieces in self.pieces.values():
            for band, piece in pieces.items():
                heights[band] += [y for _, y in piece]
        for box in self.layout.boxes.values():
            heights[self._band(box.x)] += [box.y, box.y + box.height]
        return [(min(each), max(each)) for each in heights]

    def _tops(self) -> list[float]:
        """By how much each band moves down."""
        tops, below = [], 0.0
        for band in range(len(self.starts)):
            highest, lowest = self.extents[band]
            tops.append(below - highest)
            below += lowest - highest
            if band < len(self.crossings):
                below += LANE * (len(self.crossings[band]) + 1) + self.rows
        return tops

    def _moved(self, band: int, point: Point) -> Point:
        left = self.columns[self.starts[band]].left
        return point[0] - left + self.margin, point[1] + self.tops[band]

    def _line(self, line: Line) -> Line:
        points: list[Point] = []
        for band, piece in self.pieces[line].items():
            points += [self._moved(band, point) for point in piece]
            if band < len(self.crossings) and line in self.crossings[band]:
                points += self._turn(band, self.crossings[band][line])
        return replace(line, points=tuple(dict.fromkeys(points)))

    def _turn(self, band: int, crossing: _Crossing) -> list[Point]:
        """From the right end of a band back to the left and down into the next."""
        last = self.starts[band + 1] - 1
        edge = self._moved(band, (self.columns[last].right, 0.0))[0]
        inner, outer = crossing.lane + 1, crossing.lanes - crossing.lane
        right = edge + outer * LANE
        left = self.margin - self.before - inner * LANE
        bottom = self.extents[band][1] + self.tops[band] + self.rows / 2 + outer * LANE
        leaves = crossing.leaves + self.tops[band]
        enters = crossing.enters + self.tops[band + 1]
        return [(right, leaves), (right, bottom), (left, bottom), (left, enters)]
