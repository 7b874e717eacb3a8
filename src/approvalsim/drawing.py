"""Where the boxes and lines of a network go: a layered layout from left to right (Sugiyama).

Every box stands one column to the right of the last box it waits for. A line that passes columns
reserves a place in each of them, so it runs around the boxes and not through them. The order inside
the columns is improved by barycentre sweeps, the best of them kept; heights follow the neighbours.
Nothing is random: the same input gives the same layout. Lengths are in pixels, y grows downwards.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Point = tuple[float, float]
Edge = tuple[str, str]
Node = str | tuple[str, str, int]
"""A box by its id, or the place of a line in a column that it passes: source, target, column."""

SWEEPS = 24
"""Barycentre sweeps over all columns, and rounds in which heights follow the neighbours."""


@dataclass(frozen=True)
class Spacing:
    """Pixels to keep free."""

    rows: float = 26.0
    """Between two boxes of a column."""
    lanes: float = 16.0
    """Between a passing line and a box or another line, and between lines that reach one box."""
    bend: float = 56.0
    """Between two columns, at least, for lines to change their height."""
    word: float = 16.0
    """Before each column, after the bends: lines are straight there and leave room for words."""


@dataclass(frozen=True)
class Box:
    """A box by its upper left corner."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A line from the right side of one box to the left side of another.

    Between two points of equal y it is straight; between others it may be straight or curved, as
    long as it rises or falls steadily. The last stretch is straight and at least `Spacing.word`
    long.
    """

    source: str
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Layout:
    """All boxes and lines inside a rectangle that begins at (0, 0)."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    lines: tuple[Line, ...]


def arrange(
    sizes: Mapping[str, tuple[float, float]],
    edges: Iterable[Edge],
    spacing: Spacing | None = None,
) -> Layout:
    """Lay out boxes of given (width, height) and the lines between them.

    The order of ``sizes`` and ``edges`` decides ties. Edges that name an unknown box, or occur
    twice, are passed over; edges that go in a circle are a `ValueError`.
    """
    spacing = spacing or Spacing()
    edges = [edge for edge in dict.fromkeys(edges) if set(edge) <= sizes.keys()]
    layer = _layers(sizes, edges)
    chains = {edge: _chain(edge, layer) for edge in edges}
    columns = _ordered(_columns(sizes, layer, chains), list(chains.values()))
    mesh = _Mesh.of(sizes, columns, chains, spacing)
    heights = _straightened(mesh, _centres(mesh))
    return _drawn(mesh, heights)


def _layers(names: Iterable[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The column of each box: the longest chain of edges that leads to it."""
    after: dict[str, list[str]] = {name: [] for name in names}
    missing = dict.fromkeys(after, 0)
    for before, name in edges:
        after[before].append(name)
        missing[name] += 1
    layer = {name: 0 for name in after if missing[name] == 0}
    ready = list(layer)
    for before in ready:
        for name in after[before]:
            layer[name] = max(layer.get(name, 0), layer[before] + 1)
            missing[name] -= 1
            if missing[name] == 0:
                ready.append(name)
    if len(ready) < len(after):
        raise ValueError("edges go in a circle")
    return layer


def _chain(edge: Edge, layer: Mapping[str, int]) -> tuple[Node, ...]:
    """An edge as the nodes it visits, one in each column from its source to its target."""
    source, target = edge
    passed = range(layer[source] + 1, layer[target])
    return (source, *((source, target, column) for column in passed), target)


def _columns(
    names: Iterable[str], layer: Mapping[str, int], chains: Mapping[Edge, tuple[Node, ...]]
) -> list[list[Node]]:
    columns: list[list[Node]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for name in names:
        columns[layer[name]].append(name)
    for (source, _), chain in chains.items():
        for offset, node in enumerate(chain[1:-1], start=1):
            columns[layer[source] + offset].append(node)
    return columns


def _ordered(columns: list[list[Node]], chains: Sequence[Sequence[Node]]) -> list[list[Node]]:
    """The columns reordered so that few lines cross: the best of all sweeps."""
    before: dict[Node, list[Node]] = {node: [] for column in columns for node in column}
    after: dict[Node, list[Node]] = {node: [] for column in columns for node in column}
    for chain in chains:
        for left, right in pairwise(chain):
            before[right].append(left)
            after[left].append(right)

    best, fewest = columns, _crossings(columns, after)
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        forward = sweep % 2 == 0
        columns = _swept(columns, before if forward else after, forward)
        crossings = _crossings(columns, after)
        if crossings < fewest:
            best, fewest = columns, crossings
    return _exchanged(best, (before, after))


def _swept(
    columns: list[list[Node]], neighbours: Mapping[Node, list[Node]], forward: bool
) -> list[list[Node]]:
    """Every column sorted by the mean place of its nodes' neighbours in the one before it."""
    swept: list[list[Node]] = []
    place: dict[Node, int] = {}
    for column in columns if forward else reversed(columns):
        own = {node: index for index, node in enumerate(column)}
        wish = {
            node: sum(place[n] for n in near) / len(near)
            if swept and (near := neighbours[node])
            else float(own[node])
            for node in column
        }
        ordered = sorted(column, key=lambda node: (wish[node], own[node]))
        place = {node: index for index, node in enumerate(ordered)}
        swept.append(ordered)
    return swept if forward else swept[::-1]


def _exchanged(
    columns: list[list[Node]], sides: Sequence[Mapping[Node, list[Node]]]
) -> list[list[Node]]:
    """The columns with upper and lower neighbours exchanged wherever fewer lines cross then."""
    columns = [list(column) for column in columns]
    place = {node: index for column in columns for index, node in enumerate(column)}

    def crossings(upper: Node, lower: Node) -> int:
        return sum(place[a] > place[b] for side in sides for a in side[upper] for b in side[lower])

    improved = True
    while improved:  # ends, as every exchange leaves fewer crossings
        improved = False
        for column in columns:
            for index in range(len(column) - 1):
                upper, lower = column[index], column[index + 1]
                if crossings(upper, lower) > crossings(lower, upper):
                    column[index : index + 2] = lower, upper
                    place[lower], place[upper] = index, index + 1
                    improved = True
    return columns


def _crossings(columns: list[list[Node]], after: Mapping[Node, list[Node]]) -> int:
    """How many pairs of lines cross between neighbouring columns."""
    count = 0
    for left, right in pairwise(columns):
        place = {node: index for index, node in enumerate(right)}
        seen: list[int] = []
        for node in left:
            ends = sorted(place[each] for each in after[node])
            count += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return count


@dataclass(frozen=True)
class _Mesh:
    """Ordered columns and what is attached where."""

    sizes: Mapping[str, tuple[float, float]]
    columns: Sequence[Sequence[Node]]
    chains: Mapping[Edge, tuple[Node, ...]]
    spacing: Spacing
    ports: Mapping[tuple[Node, Node], Point]
    """For each step of a chain the heights at which it leaves and arrives, from the centres."""

    @classmethod
    def of(
        cls,
        sizes: Mapping[str, tuple[float, float]],
        columns: Sequence[Sequence[Node]],
        chains: Mapping[Edge, tuple[Node, ...]],
        spacing: Spacing,
    ) -> "_Mesh":
        """Give every line its port: in the order of the other ends, so that none cross there."""
        place = {node: index for column in columns for index, node in enumerate(column)}
        leaving: dict[Node, list[Node]] = {}
        arriving: dict[Node, list[Node]] = {}
        steps = [step for chain in chains.values() for step in pairwise(chain)]
        for left, right in steps:
            leaving.setdefault(left, []).append(right)
            arriving.setdefault(right, []).append(left)
        for ends in (*leaving.values(), *arriving.values()):
            ends.sort(key=place.__getitem__)

        def port(node: Node, other: Node, ends: Sequence[Node]) -> float:
            room = _height(node, sizes) / len(ends)
            return (ends.index(other) - (len(ends) - 1) / 2) * min(spacing.lanes, room)

        ports = {
            (left, right): (port(left, right, leaving[left]), port(right, left, arriving[right]))
            for left, right in steps
        }
        return cls(sizes, columns, chains, spacing, ports)

    def height(self, node: Node) -> float:
        return _height(node, self.sizes)

    def distance(self, upper: Node, lower: Node) -> float:
        """Pixels to keep between the centres of two neighbours in a column."""
        boxes = isinstance(upper, str) and isinstance(lower, str)
        gap = self.spacing.rows if boxes else self.spacing.lanes
        return (self.height(upper) + self.height(lower)) / 2 + gap


def _height(node: Node, sizes: Mapping[str, tuple[float, float]]) -> float:
    return sizes[node][1] if isinstance(node, str) else 0.0


def _centres(mesh: _Mesh) -> dict[Node, float]:
    """The y of every node's centre, as level with its neighbours as the distances allow."""
    near: dict[Node, list[tuple[Node, float]]] = {n: [] for col in mesh.columns for n in col}
    for (left, right), (leaves, arrives) in mesh.ports.items():
        near[left].append((right, arrives - leaves))
        near[right].append((left, leaves - arrives))

    centres: dict[Node, float] = {}
    for column in mesh.columns:
        for index, node in enumerate(column):
            above = column[index - 1]
            centres[node] = centres[above] + mesh.distance(above, node) if index else 0.0
    for sweep in range(SWEEPS):
        for column in mesh.columns if sweep % 2 else reversed(mesh.columns):
            wishes = [
                median(centres[other] + shift for other, shift in near[node])
                if near[node]
                else centres[node]
                for node in column
            ]
            weights = [1.0 if isinstance(node, str) else 4.0 for node in column]
            gaps = [mesh.distance(upper, lower) for upper, lower in pairwise(column)]
            centres.update(zip(column, _spread(wishes, weights, gaps), strict=True))
    return centres


def _spread(
    wishes: Sequence[float], weights: Sequence[float], gaps: Sequence[float]
) -> list[float]:
    """The positions nearest to the wishes (least squares) that keep order and gaps.

    With the gaps taken off this is isotonic regression: neighbours in the wrong order move together
    to their mean (pool adjacent violators).
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, float, int]] = []  # mean, weight, members
    for wish, weight, offset in zip(wishes, weights, offsets, strict=False):
        mean, members = wish - offset, 1
        while pools and pools[-1][0] >= mean:
            other, other_weight, count = pools.pop()
            mean = (mean * weight + other * other_weight) / (weight + other_weight)
            weight, members = weight + other_weight, members + count  # noqa: PLW2901
        pools.append((mean, weight, members))
    means = [mean for mean, _, members in pools for _ in range(members)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


def _straightened(mesh: _Mesh, centres: dict[Node, float]) -> dict[Node, float]:
    """Long lines made straight over the columns they pass, where their neighbours leave room."""
    centres = dict(centres)
    place = {node: index for column in mesh.columns for index, node in enumerate(column)}
    column_of = {node: column for column in mesh.columns for node in column}
    for chain in (*mesh.chains.values(), *mesh.chains.values()):  # again, with the room made
        passed = chain[1:-1]
        lowest, highest = float("-inf"), float("inf")
        for node in passed:
            column, index = column_of[node], place[node]
            if index > 0:
                above = column[index - 1]
                lowest = max(lowest, centres[above] + mesh.distance(above, node))
            if index + 1 < len(column):
                below = column[index + 1]
                highest = min(highest, centres[below] - mesh.distance(node, below))
        if passed and lowest <= highest:
            wish = median(centres[node] for node in passed)
            start, end = (chain[0], chain[1]), (chain[-2], chain[-1])
            ports = (
                centres[chain[0]] + mesh.ports[start][0],
                centres[chain[-1]] + mesh.ports[end][1],
            )
            level = min(ports, key=lambda y: abs(y - wish))
            if abs(level - wish) <= mesh.spacing.rows and lowest <= level <= highest:
                wish = level
            centres.update(dict.fromkeys(passed, min(max(wish, lowest), highest)))
    return centres


def _drawn(mesh: _Mesh, centres: Mapping[Node, float]) -> Layout:
    """The finished picture: columns get their x, lines their points."""
    top = min((y - mesh.height(node) / 2 for node, y in centres.items()), default=0.0)
    bottom = max((y + mesh.height(node) / 2 for node, y in centres.items()), default=0.0)
    left, right = _column_sides(mesh, centres)
    boxes, where = {}, {}
    for index, column in enumerate(mesh.columns):
        for node in column:
            where[node] = index
            if isinstance(node, str):
                width, height = mesh.sizes[node]
                y = centres[node] - height / 2 - top
                boxes[node] = Box(node, left[index], y, width, height)

    lines = []
    for (source, target), chain in mesh.chains.items():
        points: list[Point] = []
        for here, there in pairwise(chain):
            leaves, arrives = mesh.ports[here, there]
            y, next_y = centres[here] + leaves - top, centres[there] + arrives - top
            if isinstance(here, str):
                points.append((boxes[here].x + boxes[here].width, y))
            before = left[where[there]] - mesh.spacing.word
            points += [(right[where[here]], y), (before, next_y), (left[where[there]], next_y)]
        lines.append(Line(source, target, tuple(dict.fromkeys(points))))
    ordered = {name: boxes[name] for name in mesh.sizes}
    return Layout(right[-1] if right else 0.0, bottom - top, ordered, tuple(lines))


def _column_sides(mesh: _Mesh, centres: Mapping[Node, float]) -> tuple[list[float], list[float]]:
    """The x of the left and right side of each column; steep lines get more room to bend."""
    index_of = {node: index for index, column in enumerate(mesh.columns) for node in column}
    steepest = [0.0] * len(mesh.columns)
    for (here, there), (leaves, arrives) in mesh.ports.items():
        climb = abs(centres[there] + arrives - centres[here] - leaves)
        steepest[index_of[there]] = max(steepest[index_of[there]], climb)
    left, right = [], []
    x = 0.0
    for index, column in enumerate(mesh.columns):
        if index:
            x += max(mesh.spacing.bend, min(steepest[index] / 3, 140.0)) + mesh.spacing.word
        left.append(x)
        x += max((mesh.sizes[node][0] for node in column if isinstance(node, str)), default=0.0)
        right.append(x)
    return left, right
