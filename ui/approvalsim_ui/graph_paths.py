"""The shapes of lines: curves between columns, round corners between bands, heads of arrows."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from approvalsim.drawing import Point

CORNER = 9.0
HEAD_LENGTH, HEAD_WIDTH = 9.0, 4.5
LEVEL = 0.05


def curve(points: Sequence[Point]) -> QPainterPath:
    """A line through points: straight where level or upright, else an S-curve, corners rounded."""
    path = QPainterPath(QPointF(*points[0]))
    last = len(points) - 2
    for number, ((x, y), (next_x, next_y)) in enumerate(pairwise(points)):
        upright = abs(next_x - x) < LEVEL
        if abs(next_y - y) < LEVEL or upright:
            end = QPointF(next_x, next_y)
            if number < last and _turns((x, y), *points[number + 1 : number + 3]):
                _corner(path, (x, y), *points[number + 1 : number + 3])
            else:
                path.lineTo(end)
        else:
            middle = (x + next_x) / 2
            path.cubicTo(middle, y, middle, next_y, next_x, next_y)
    return path


def _turns(a: Point, b: Point, c: Point) -> bool:
    """Whether a level stretch is followed by an upright one, or the other way round."""
    upright = abs(a[0] - b[0]) < LEVEL, abs(b[0] - c[0]) < LEVEL
    level = abs(a[1] - b[1]) < LEVEL, abs(b[1] - c[1]) < LEVEL
    return (upright[0] and level[1]) or (level[0] and upright[1])


def _corner(path: QPainterPath, a: Point, b: Point, c: Point) -> None:
    """Towards ``b`` and round its corner, on the way from ``a`` to ``c``."""
    before, after = _step(b, a), _step(b, c)
    path.lineTo(QPointF(*before))
    path.quadTo(QPointF(*b), QPointF(*after))


def _step(start: Point, towards: Point) -> Point:
    """A corner's radius away from a point, at most half of the way."""
    dx, dy = towards[0] - start[0], towards[1] - start[1]
    length = max(abs(dx), abs(dy))
    share = min(CORNER, length / 2) / length
    return start[0] + dx * share, start[1] + dy * share


def mixed(old: Sequence[Point], new: Sequence[Point], share: float) -> tuple[Point, ...]:
    """Points on the way from old ones to as many new ones."""
    if share >= 1.0:
        return tuple(new)
    return tuple(
        (x + (next_x - x) * share, y + (next_y - y) * share)
        for (x, y), (next_x, next_y) in zip(old, new, strict=True)
    )


def arrow_head(end: QPointF) -> QPainterPath:
    """The head of an arrow that points to the right, its tip at ``end``."""
    path = QPainterPath()
    corners = [
        end,
        end + QPointF(-HEAD_LENGTH, -HEAD_WIDTH),
        end + QPointF(-HEAD_LENGTH, HEAD_WIDTH),
        end,
    ]
    path.addPolygon(QPolygonF(corners))
    return path
