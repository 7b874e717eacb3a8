"""The time axis of a wall chart: years, months and weeks, days off, named holidays, dates asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from PySide6.QtCore import QDate, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from approvalsim_ui import language, theme
from approvalsim_ui.theme import Colours
from approvalsim_ui.wall_chart import WallChart, WallSide
from approvalsim_ui.wall_chart_words import festival_name, today_words, translate, year_date

LINE = 22.0
"""Height of one of the three lines of the axis."""
HEAD = 3 * LINE
LEAD = 14.0
"""Room left of the first time; how much there is right of the last one is the picture's matter."""
DAYS_SEEN = 3.0
"""Units a day needs for single days off to be shaded."""
_FOREMOST = ("春节", "国庆")
"""Holidays that are named before others where there is little room."""
Unit = str


@dataclass(frozen=True)
class TimeScale:
    """Times from left to right: `first` stands at `left`."""

    first: float
    per_day: float
    left: float

    @classmethod
    def fitted(cls, first: float, last: float, left: float, right: float) -> "TimeScale":
        """All from first to last between two places, with room on the left."""
        per_day = max(right - left - LEAD, 40.0) / (last - first)
        return cls(first, per_day, left + LEAD)

    def x(self, time: float) -> float:
        """Where a time is."""
        return self.left + (time - self.first) * self.per_day

    def time(self, x: float) -> float:
        """The time at a place."""
        return self.first + (x - self.left) / self.per_day


@dataclass(frozen=True)
class Tick:
    """A year, quarter, month or week on the axis."""

    begin: float
    end: float
    words: str


def units(per_day: float) -> tuple[Unit, Unit]:
    """What the upper and the lower line of the axis count, for a scale."""
    widest = QFontMetricsF(theme.text_font())
    if 7 * per_day >= widest.horizontalAdvance("28") + 6:
        return "month", "week"
    if 28 * per_day >= widest.horizontalAdvance(_words(date(2024, 12, 1), "bare month")) + 5:
        return "year", "bare month"
    return "year", "quarter"


def ticks(first: float, last: float, unit: Unit) -> Iterator[Tick]:
    """All ticks of a unit that are seen between two times."""
    day = _begin(date.fromordinal(max(floor(first), 1)), unit)
    while day.toordinal() < last:
        after = _next(day, unit)
        yield Tick(float(day.toordinal()), float(after.toordinal()), _words(day, unit))
        day = after


def _begin(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "year":
        return day.replace(month=1, day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(day=1)


def _next(day: date, unit: Unit) -> date:
    if unit == "week":
        return day + timedelta(days=7)
    months = {"year": 12, "quarter": 3}.get(unit, 1)
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _words(day: date, unit: Unit) -> str:
    if unit == "quarter":
        quarter = translate("WallAxis", "Q{number}")
        return quarter.format(number=(day.month - 1) // 3 + 1)
    zh = language.current() == "zh"
    pattern = {
        "week": "d",
        "bare month": "M月" if zh else "MMM",
        "month": "yyyy年M月" if zh else "MMM yyyy",
        "year": "yyyy年" if zh else "yyyy",
    }[unit]
    return language.locale().toString(QDate(day.year, day.month, day.day), pattern)


# --- painting ------------------------------------------------------------------------------------


def paint_ground(
    painter: QPainter,
    scale: TimeScale,
    area: QRectF,
    chart: WallChart,
    side: WallSide,
    colours: Colours,
) -> None:
    """Days off, holidays, lines of the axis and the dates asked, behind the rows."""
    first, last = scale.time(area.left()), scale.time(area.right())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if scale.per_day >= DAYS_SEEN:
        shade = QColor(colours.raised)
        shade.setAlphaF(0.6)
        for begin, end in _days_off(side, floor(first), ceil(last)):
            painter.fillRect(_band(scale, area, begin, end), shade)
    feast = QColor(colours.warn_soft)
    for festival in chart.festivals:
        begin, end = festival.first.toordinal(), festival.last.toordinal() + 1
        if begin <= last and end >= first:
            painter.fillRect(_band(scale, area, begin, end), feast)
    upper, lower = units(scale.per_day)
    for unit, colour in ((lower, colours.grid), (upper, colours.border)):
        painter.setPen(QPen(colour, 1))
        for tick in ticks(first, last, unit):
            x = scale.x(tick.begin)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    painter.setPen(_asked_pen(colours))
    for day in chart.answer.dates:
        x = scale.x(day.toordinal() + 1)
        if area.left() <= x <= area.right():
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    x = scale.x(chart.today.toordinal() + 1)
    if area.left() <= x <= area.right():
        painter.setPen(today_pen(colours))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def paint_axis(
    painter: QPainter, scale: TimeScale, area: QRectF, chart: WallChart, colours: Colours
) -> None:
    """Two lines of time, and one of dates asked and holidays by name."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(area, colours.raised)
    painter.setFont(theme.text_font())
    first, last = scale.time(area.left()), scale.time(area.right())
    for number, unit in enumerate(units(scale.per_day)):
        line = QRectF(area.left(), area.top() + number * LINE, area.width(), LINE)
        _paint_line(painter, scale, line, tuple(ticks(first, last, unit)), colours)
    names = QRectF(area.left(), area.top() + 2 * LINE, area.width(), area.height() - 2 * LINE)
    _paint_names(painter, scale, names, chart, colours)
    painter.setPen(QPen(colours.border, 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _paint_line(
    painter: QPainter, scale: TimeScale, line: QRectF, shown: Sequence[Tick], colours: Colours
) -> None:
    metrics = QFontMetricsF(painter.font())
    for tick in shown:
        left = max(scale.x(tick.begin), line.left())
        right = min(scale.x(tick.end), line.right())
        painter.setPen(QPen(colours.border, 1))
        if scale.x(tick.begin) >= line.left():
            x = scale.x(tick.begin)
            painter.drawLine(QPointF(x, line.top()), QPointF(x, line.bottom()))
        if metrics.horizontalAdvance(tick.words) + 4 <= right - left:
            painter.setPen(colours.text)
            box = QRectF(left, line.top(), right - left, line.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tick.words)
    painter.setPen(QPen(colours.border, 1))
    painter.drawLine(line.bottomLeft(), line.bottomRight())


def _paint_names(
    painter: QPainter, scale: TimeScale, line: QRectF, chart: WallChart, colours: Colours
) -> None:
    """Dates asked first, then the great holidays, then whatever still finds room."""
    metrics = QFontMetricsF(painter.font())
    taken: list[tuple[float, float]] = []

    def place(x: float, words: str, colour: QColor, centred: bool) -> None:
        width = metrics.horizontalAdvance(words)
        left = x - width / 2 if centred else x + 4
        if not centred and left + width > line.right():
            left = x - 4 - width
        right = left + width
        inside = line.left() <= left and right <= line.right()
        if inside and all(right + 6 < low or high + 6 < left for low, high in taken):
            taken.append((left, right))
            painter.setPen(colour)
            box = QRectF(left, line.top(), width + 1, line.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    shown = [
        each
        for each in sorted(chart.festivals, key=lambda each: each.name not in _FOREMOST)
        if scale.x(each.last.toordinal() + 1) >= line.left()
        and scale.x(each.first.toordinal()) <= line.right()
    ]
    for each in shown:
        begin, end = each.first.toordinal(), each.last.toordinal() + 1
        painter.fillRect(_band(scale, line, begin, end), colours.warn_soft)
    now = scale.x(chart.today.toordinal() + 1)
    if line.left() <= now <= line.right():
        painter.setPen(today_pen(colours))
        painter.drawLine(QPointF(now, line.top()), QPointF(now, line.bottom()))
        place(now, today_words(chart), colours.link, centred=False)
    for day in chart.answer.dates:
        x = scale.x(day.toordinal() + 1)
        if line.left() <= x <= line.right():
            painter.setPen(_asked_pen(colours))
            painter.drawLine(QPointF(x, line.top()), QPointF(x, line.bottom()))
            place(x, year_date(day), colours.text, centred=False)
    for each in shown:
        middle = scale.x((each.first.toordinal() + each.last.toordinal() + 1) / 2)
        place(middle, festival_name(each.name), colours.warn, centred=True)


def today_pen(colours: Colours) -> QPen:
    """The line of today."""
    return QPen(colours.link, 2.0)


def _asked_pen(colours: Colours) -> QPen:
    pen = QPen(colours.text, 1.4)
    pen.setDashPattern([5.0, 3.0])
    return pen


def _band(scale: TimeScale, area: QRectF, begin: float, end: float) -> QRectF:
    left, right = max(scale.x(begin), area.left()), min(scale.x(end), area.right())
    return QRectF(left, area.top(), max(right - left, 0.0), area.height())


def _days_off(side: WallSide, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of days that are not worked."""
    begin = None
    for day in range(max(first, 1), last + 1):
        if side.works(day):
            if begin is not None:
                yield begin, day
            begin = None
        elif begin is None:
            begin = day
    if begin is not None:
        yield begin, last + 1
