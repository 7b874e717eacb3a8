"""The walk as a Gantt chart: a row for each stage, what it was at, and where the clock stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, isfinite

from PySide6.QtCore import QDate, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from approvalsim_ui import language, theme
from approvalsim_ui.walk_looks import paint_phase, word_colour
from approvalsim_ui.walk_story import PHASES, Interval, Phase, Walk
from approvalsim_ui.walk_words import (
    WalkWords,
    day_of,
    is_worked,
    phase_words,
    short_day,
    translate,
)

ROW, HEAD, LEGEND = 18.0, 23.0, 22.0
NAMES = 0.26
"""Share of the width for names, at most."""
DAYS_SEEN = 4.0
"""Pixels a day needs for days off to be drawn."""


@dataclass(frozen=True)
class Scale:
    """Times from left to right; names stand left of ``left``."""

    first: float
    last: float
    left: float
    right: float

    def x(self, time: float) -> float:
        """Where a time is."""
        return self.left + (time - self.first) / (self.last - self.first) * (self.right - self.left)

    def time(self, x: float) -> float:
        """The time at a place."""
        return self.first + (x - self.left) / (self.right - self.left) * (self.last - self.first)


class WalkTimeline(QWidget):
    """Stages over time; a click goes there."""

    sought = Signal(float)
    """Somebody wants to see this time on the clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.walk: Walk | None = None
        self.time = 0.0
        self._words: WalkWords | None = None
        self._scale: Scale | None = None
        self.setMouseTracking(True)
        self.setMinimumHeight(round(LEGEND + HEAD + 4 * ROW))

    def show_walk(self, walk: Walk | None) -> None:
        """Show another walk."""
        self.walk = walk
        self._words = None if walk is None else WalkWords(walk)
        self._scale = None
        self.setMinimumHeight(round(self._height()))
        self.update()

    def show_time(self, time: float) -> None:
        """Put the clock to another time."""
        if time != self.time:
            old, self.time = self.scale.x(self.time), time
            for x in (old, self.scale.x(time)):
                self.update(int(x) - 40, 0, 80, self.height())

    def sizeHint(self) -> QSize:
        """A row for each stage."""
        return QSize(520, round(self._height()))

    def _height(self) -> float:
        rows = len(self.walk.scenario.stage) + 1 if self.walk else 4
        return LEGEND + HEAD + rows * ROW + 4

    # --- where things are ------------------------------------------------------------------------

    @property
    def scale(self) -> Scale:
        """Where times are, for the size and the words of now."""
        if self._scale is None:
            first, last, names, goal = 0.0, 1.0, ["――――"], ""
            if self.walk is not None and self._words is not None:
                first = float(floor(self.walk.signed))
                last = max(self.walk.end + 0.5, first + 7.0)
                names = [self._words.network.name(stage) for stage in self.walk.scenario.stage]
                goal = self._words.network.name(self.walk.scenario.measure)
            metrics = QFontMetricsF(theme.text_font())
            widest = max(metrics.horizontalAdvance(name) for name in names)
            left = min(widest + 14, self.width() * NAMES)
            beyond = metrics.horizontalAdvance(goal) + 22
            self._scale = Scale(first, last, left, self.width() - beyond)
        return self._scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Times are elsewhere now."""
        super().resizeEvent(event)
        self._scale = None

    def retranslate(self) -> None:
        """Names are of another length now."""
        self._scale = None
        self.update()

    def interval_at(self, place: QPointF) -> Interval | None:
        """The bar at a place of the widget."""
        if self.walk is None:
            return None
        row = floor((place.y() - LEGEND - HEAD) / self._row())
        stages = list(self.walk.scenario.stage)
        if not 0 <= row < len(stages) or place.x() < self.scale.left:
            return None
        time = self.scale.time(place.x())
        bars = self.walk.by_stage[stages[row]]
        return next((each for each in bars if each.begin <= time < each.end), None)

    def _row(self) -> float:
        rows = len(self.walk.scenario.stage) + 1 if self.walk else 1
        room = self.height() - LEGEND - HEAD - 4
        return max(ROW, min(room / rows, 38.0))

    # --- painting --------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.text_font())
        painter.fillRect(self.rect(), theme.colours().panel)
        if self.walk is not None and self._words is not None:
            self._paint_legend(painter)
            self._paint_calendar(painter, self.walk)
            self._paint_rows(painter, self.walk, self._words)
            self._paint_milestones(painter, self.walk, self._words)
            self._paint_now(painter, self.walk)
        painter.end()

    def _used_phases(self) -> Sequence[Phase]:
        used = {interval.phase for interval in self.walk.intervals} if self.walk else set()
        return [phase for phase in PHASES if phase in used]

    def _paint_legend(self, painter: QPainter) -> None:
        colours, x = theme.colours(), 8.0
        metrics = QFontMetricsF(painter.font())
        for phase in self._used_phases():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            paint_phase(painter, QRectF(x, 6, 20, 13), phase, colours)
            words = phase_words(phase)
            painter.setPen(colours.muted)
            painter.drawText(QPointF(x + 25, 6 + metrics.ascent() - 2), words)
            x += 25 + metrics.horizontalAdvance(words) + 16

    def _paint_calendar(self, painter: QPainter, walk: Walk) -> None:
        """Months, and days off where there is room for them."""
        colours = theme.colours()
        first, last = self.scale.first, self.scale.last
        top, bottom = LEGEND, self.height() - 2.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if (self.scale.x(1.0) - self.scale.x(0.0)) >= DAYS_SEEN:
            for number in range(int(first), int(last) + 1):
                if not is_worked(walk.calendar, float(number)):
                    area = QRectF(self.scale.x(number), top + HEAD, 0, bottom - top - HEAD)
                    area.setRight(min(self.scale.x(number + 1.0), self.scale.right))
                    painter.fillRect(area, colours.window)
        metrics, free = QFontMetricsF(painter.font()), self.scale.left
        for day in _month_beginnings(walk.calendar.date_of(first), walk.calendar.date_of(last)):
            x = self.scale.x(walk.calendar.clock_of(day))
            painter.setPen(QPen(colours.grid, 1))
            painter.drawLine(QPointF(x, top + HEAD - 4), QPointF(x, bottom))
            words = _month_words(day)
            if x >= free and x + metrics.horizontalAdvance(words) < self.width():
                painter.setPen(colours.muted)
                painter.drawText(QPointF(x + 3, top + metrics.ascent() + 1), words)
                free = x + metrics.horizontalAdvance(words) + 12

    def _paint_rows(self, painter: QPainter, walk: Walk, words: WalkWords) -> None:
        colours, metrics = theme.colours(), QFontMetricsF(painter.font())
        left, row = self.scale.left, self._row()
        for number, stage in enumerate(walk.scenario.stage):
            y = LEGEND + HEAD + number * row
            painter.setPen(QPen(colours.grid, 1))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
            painter.setPen(colours.text)
            name = metrics.elidedText(
                words.network.name(stage), Qt.TextElideMode.ElideRight, left - 12
            )
            base = y + (row + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(8, base), name)
            for interval in walk.by_stage[stage]:
                self._paint_bar(painter, interval, y, base)

    def _paint_bar(self, painter: QPainter, interval: Interval, y: float, base: float) -> None:
        colours, metrics = theme.colours(), QFontMetricsF(painter.font())
        x = self.scale.x(interval.begin)
        area = QRectF(x, y + 2, max(self.scale.x(interval.end) - x, 1.5), self._row() - 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        paint_phase(painter, area, interval.phase, colours)
        word = phase_words(interval.phase)
        width = metrics.horizontalAdvance(word)
        if width + 8 <= area.width():
            if interval.phase not in ("preparing", "reviewing"):
                ground = QRectF(0, 0, width + 4, area.height() - 2)
                ground.moveCenter(area.center())
                painter.fillRect(ground, colours.panel)
                painter.setPen(colours.text)
            else:
                painter.setPen(word_colour(interval.phase, colours))
            painter.drawText(QPointF(area.center().x() - width / 2, base), word)

    def _paint_milestones(self, painter: QPainter, walk: Walk, words: WalkWords) -> None:
        """A last row with a diamond for each milestone, and holds as a band over everything."""
        colours, metrics = theme.colours(), QFontMetricsF(painter.font())
        row = self._row()
        y = LEGEND + HEAD + len(walk.scenario.stage) * row
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.grid, 1))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        for begin, end in walk.holds:
            area = QRectF(self.scale.x(begin), LEGEND + HEAD, 0, y - LEGEND - HEAD)
            area.setRight(self.scale.x(end))
            shade = QColor(colours.bad)
            shade.setAlphaF(0.35)
            painter.fillRect(area, QBrush(shade, Qt.BrushStyle.BDiagPattern))
            painter.setPen(colours.bad)
            painter.drawText(QPointF(area.left() + 3, y - 5), translate("WalkTimeline", "held"))
        names = [name for name in walk.scenario.milestone if isfinite(walk.begun[name])]
        names.sort(key=lambda name: name != walk.scenario.measure)
        taken = [
            (self.scale.x(walk.begun[name]) - 7, self.scale.x(walk.begun[name]) + 7)
            for name in names
        ]
        base = y + (row + metrics.ascent() - metrics.descent()) / 2
        for name in names:
            x, middle = self.scale.x(walk.begun[name]), y + row / 2
            painter.setPen(QPen(colours.text, 1))
            painter.setBrush(colours.good)
            corners = [QPointF(x - 6, middle), QPointF(x, middle - 6), QPointF(x + 6, middle)]
            painter.drawPolygon(QPolygonF([*corners, QPointF(x, middle + 6)]))
            said = words.network.name(name)
            width = metrics.horizontalAdvance(said)
            for at in (x + 9, x - 9 - width):
                inside = self.scale.left <= at and at + width <= self.width()
                if inside and all(at + width < low or high < at for low, high in taken):
                    painter.setPen(colours.text)
                    painter.drawText(QPointF(at, base), said)
                    taken.append((at, at + width + 4))
                    break

    def _paint_now(self, painter: QPainter, walk: Walk) -> None:
        colours = theme.colours()
        x = self.scale.x(self.time)
        painter.setPen(QPen(colours.focus, 2))
        painter.drawLine(QPointF(x, LEGEND + 2), QPointF(x, self.height()))
        words = short_day(day_of(walk.calendar, self.time))
        metrics = QFontMetricsF(painter.font())
        label = QRectF(0, LEGEND, metrics.horizontalAdvance(words) + 10, HEAD - 3)
        label.moveLeft(min(max(x - label.width() / 2, 0), self.width() - label.width()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.focus)
        painter.drawRoundedRect(label, 4, 4)
        painter.setPen(colours.panel)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    # --- mouse -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the time that is clicked."""
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= self.scale.left:
            self.sought.emit(self.scale.time(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the clock."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.sought.emit(self.scale.time(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys to the view."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Say what a bar is when the pointer rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            interval = self.interval_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._bar_words(interval), self)
            return True
        return super().event(event)

    def _bar_words(self, interval: Interval | None) -> str:
        if interval is None or self.walk is None or self._words is None:
            return ""
        said = translate("WalkTimeline", "{stage}: {phase}, {begin} to {end}, {days} days")
        return said.format(
            stage=self._words.network.name(interval.stage),
            phase=phase_words(interval.phase),
            begin=short_day(day_of(self.walk.calendar, interval.begin)),
            end=short_day(day_of(self.walk.calendar, interval.end)),
            days=language.number(interval.end - interval.begin, 1),
        )


def _month_beginnings(first: date, last: date) -> Iterator[date]:
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1) if first.day > 1 else first
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _month_words(day: date) -> str:
    pattern = "yyyy年M月" if language.current() == "zh" else "MMM yyyy"
    if day.month != 1:
        pattern = "M月" if language.current() == "zh" else "MMM"
    return language.locale().toString(QDate(day.year, day.month, day.day), pattern)
