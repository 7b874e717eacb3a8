"""How the bars and milestones of a wall chart are painted; never told apart by colour alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from approvalsim_ui import theme
from approvalsim_ui.theme import Colours
from approvalsim_ui.wall_chart_axis import TimeScale
from approvalsim_ui.wall_chart_rows import Bar, Mark, Row
from approvalsim_ui.wall_chart_words import WallWords, day_of, short_date

LANE = 15.0
"""Height of a lane: room for a number in the smallest type."""
_BETWEEN = 0.8
"""Half of what is left free between lanes."""
SMALLEST = 3.0
"""The least width of a bar."""
_DIAMOND = 6.5
_THIN = 5.0


class BarPainter:
    """Paints what stands in a row."""

    def __init__(self, words: WallWords) -> None:
        self.words = words
        self.both = words.choice.sides == "both"
        self.recorded = words.chart.recorded is not None

    def area(self, row: Row, bar: Bar, scale: TimeScale, whole: QRectF, lane: float) -> QRectF:
        """Where a bar is, its P80 included."""
        left = scale.x(bar.span.begin)
        width = max(scale.x(bar.span.late) - left, SMALLEST)
        top = self._lane_top(row, bar.lane, whole, lane)
        if bar.stage or row.kind == "project":
            return QRectF(left, top + _BETWEEN, width, lane - 2 * _BETWEEN)
        return QRectF(left, top + (lane - _THIN) / 2, width, _THIN)

    def paint(
        self,
        painter: QPainter,
        row: Row,
        scale: TimeScale,
        whole: QRectF,
        lane: float,
        colours: Colours,
    ) -> None:
        """Paint the bars and marks of a row that lies at ``whole``."""
        painter.setFont(theme.text_font())
        for bar in row.bars:
            area = self.area(row, bar, scale, whole, lane)
            if area.right() >= whole.left() and area.left() <= whole.right():
                self._bar(painter, row, bar, area, scale, colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.target:
            self._target(painter, row, scale, whole, colours)
        for side, time in row.signings:
            y = self._side_middle(row, side, whole, lane)
            self._signing(painter, QPointF(scale.x(time), y), colours)
        taken: list[tuple[float, float]] = []
        for mark in sorted(row.marks, key=lambda each: not each.is_goal):
            y = self._side_middle(row, mark.side, whole, lane)
            self._mark(painter, row, mark, y, scale, whole, taken, colours)

    def _lane_top(self, row: Row, lane_number: int, whole: QRectF, lane: float) -> float:
        return whole.center().y() - row.lanes * lane / 2 + lane_number * lane

    def _side_middle(self, row: Row, side: str, whole: QRectF, lane: float) -> float:
        """The middle of the lanes of one side."""
        lanes = [bar.lane for bar in row.bars if bar.side == side] or [0]
        if row.kind == "project":  # on top, where the first stages leave room
            lanes = lanes[:1] if self.both else [min(lanes)]
        return self._lane_top(row, min(lanes), whole, lane) + lane / 2

    # --- bars ------------------------------------------------------------------------------------

    def _colour(self, bar: Bar, colours: Colours) -> QColor:
        if self.both and not self.recorded:
            return colours.side_a if bar.side == "a" else colours.side_b
        if not bar.stage:
            return colours.muted
        return colours.department(bar.place)

    def _bar(
        self,
        painter: QPainter,
        row: Row,
        bar: Bar,
        area: QRectF,
        scale: TimeScale,
        colours: Colours,
    ) -> None:
        colour = self._colour(bar, colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        solid, late = QRectF(area), QRectF(area)
        solid.setRight(min(max(scale.x(bar.span.end), area.left() + SMALLEST), area.right()))
        late.setLeft(solid.right())
        if self.recorded and bar.side == "a":
            _outlined(painter, solid, colour)
        elif bar.span.cut and not self.recorded:
            _soft(painter, solid, colour, Qt.BrushStyle.Dense6Pattern)
        else:
            painter.fillRect(solid, colour)
            if solid.width() > SMALLEST + 1:  # neighbours of one colour stand apart
                edge = QRectF(solid.left(), solid.top(), 1, solid.height())
                painter.fillRect(edge, colours.panel)
        if late.width() >= 1:
            _soft(painter, late, colour, Qt.BrushStyle.BDiagPattern)
        if not bar.stage and row.kind == "head":
            return
        self._number(painter, row, bar, solid, colours)
        if row.kind == "stage":
            self._ends(painter, bar, area, colours)

    def _number(
        self, painter: QPainter, row: Row, bar: Bar, solid: QRectF, colours: Colours
    ) -> None:
        """What a bar is, where the row does not say it: the stage's number, or the side."""
        said = bar.side.upper() if self.both and not self.recorded else ""
        if row.kind == "project":
            said = str(bar.number) if bar.stage else self.words.days(bar.span)
            if self.recorded:
                said = f"{self.words.letter(bar.side)} {said}"
        metrics = QFontMetricsF(painter.font())
        if not said.isascii() and solid.height() < metrics.ascent() - 2:
            said = said.split()[0]  # digits are lower than Chinese characters
        width = metrics.horizontalAdvance(said)
        if said and width + 3 <= solid.width() and (self.recorded or not bar.span.cut):
            hollow = self.recorded and bar.side == "a"
            painter.setPen(colours.text if hollow else colours.panel)
            write_inside(painter, solid, said)

    def _ends(self, painter: QPainter, bar: Bar, area: QRectF, colours: Colours) -> None:
        """When it is finished, to the right of the bar."""
        end, late = (short_date(day_of(time)) for time in (bar.span.end, bar.span.late))
        said = end if end == late else f"{end} – {late}"
        if bar.span.cut:
            said = self.words.unfinished()
        width = QFontMetricsF(painter.font()).horizontalAdvance(said)
        room = QRectF(area.right() + 5, area.top() - 4, width + 2, area.height() + 8)
        ground = QColor(colours.panel)
        ground.setAlphaF(0.7)
        painter.fillRect(room.adjusted(-1, 5, 0, -5), ground)
        painter.setPen(colours.muted)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)

    # --- marks -----------------------------------------------------------------------------------

    def _signing(self, painter: QPainter, at: QPointF, colours: Colours) -> None:
        painter.setPen(QPen(colours.text, 1.4))
        painter.setBrush(colours.panel)
        painter.drawEllipse(at, 4.0, 4.0)

    def _target(
        self, painter: QPainter, row: Row, scale: TimeScale, whole: QRectF, colours: Colours
    ) -> None:
        """A line where the project should be there, with a flag on it."""
        assert row.target is not None
        x = scale.x(row.target.toordinal() + 1)
        painter.setPen(target_pen(colours))
        painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.critical)
        corners = [QPointF(x, whole.top() + 1), QPointF(x + 9, whole.top() + 5)]
        painter.drawPolygon(QPolygonF([*corners, QPointF(x, whole.top() + 9)]))

    def _mark(
        self,
        painter: QPainter,
        row: Row,
        mark: Mark,
        y: float,
        scale: TimeScale,
        whole: QRectF,
        taken: list[tuple[float, float]],
        colours: Colours,
    ) -> None:
        x, late = scale.x(mark.span.end), scale.x(mark.span.late)
        if late < whole.left() - 200 or x > whole.right() + 10:
            return
        if late > x + 1 and mark.is_goal:
            painter.setPen(QPen(colours.text, 1.2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, y), QPointF(late, y))
            diamond(painter, QPointF(late, y), colours.panel, colours)
        else:
            late = x
        if mark.milestone:
            ground = colours.text if mark.is_goal else colours.muted
            if self.recorded and mark.side == "a":
                ground = colours.panel
            diamond(painter, QPointF(x, y), ground, colours)
        else:
            cross(painter, QPointF(x, y), colours)
        words = self.words.milestone(mark.milestone)
        if self.both and mark.is_goal:
            words = f"{self.words.letter(mark.side)} {words}"
        width = QFontMetricsF(painter.font()).horizontalAdvance(words)
        at = late + _DIAMOND + 4
        if row.kind == "project":  # behind all bars of its lane
            ends = [scale.x(b.span.late) for b in row.bars if b.lane == mark.lane]
            at = max([at, *(end + 4 for end in ends if end > at - 4)])
        others = [scale.x(each.span.end) for each in row.marks if each is not mark]
        free = all(other + 6 < at or at + width < other - 6 for other in others)
        if free and all(at + width < low or high < at for low, high in taken):
            taken.append((at, at + width))
            if row.kind == "head":
                painter.fillRect(QRectF(at - 2, y - 8, width + 4, 16), colours.panel)
            painter.setPen(colours.text)
            room = QRectF(at, y - 12, width + 2, 24)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def write_inside(painter: QPainter, area: QRectF, words: str) -> None:
    """Words in the middle of a bar, by the height of their digits and not of their line."""
    metrics = QFontMetricsF(painter.font())
    x = area.center().x() - metrics.horizontalAdvance(words) / 2
    painter.drawText(QPointF(x, area.center().y() + metrics.capHeight() / 2), words)


def diamond(painter: QPainter, at: QPointF, ground: QColor, colours: Colours) -> None:
    """A milestone: filled for the goal."""
    x, y, r = at.x(), at.y(), _DIAMOND
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.text, 1.3))
    painter.setBrush(ground)
    corners = [QPointF(x - r, y), QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r)]
    painter.drawPolygon(QPolygonF(corners))


def cross(painter: QPainter, at: QPointF, colours: Colours) -> None:
    """A project that drops out."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.bad, 2.2))
    for down in (-5, 5):
        painter.drawLine(at + QPointF(-5, down), at + QPointF(5, -down))


def target_pen(colours: Colours) -> QPen:
    """The line of a target date."""
    pen = QPen(colours.critical, 2.0)
    pen.setDashPattern([1.5, 1.5])
    return pen


def _outlined(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """A bar of the plan: its outline only."""
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))


def _soft(painter: QPainter, area: QRectF, colour: QColor, hatch: Qt.BrushStyle) -> None:
    """A lighter bar with a hatch and an outline."""
    light = QColor(colour)
    light.setAlphaF(0.18)
    painter.fillRect(area, light)
    line = QColor(colour)
    line.setAlphaF(0.75)
    painter.fillRect(area, QBrush(line, hatch))
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0, 0, -1, -1))
