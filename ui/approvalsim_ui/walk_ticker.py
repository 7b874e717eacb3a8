"""The date ticker of a walk: today in large letters, and the days around it."""

from math import floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from approvalsim_ui import language, theme
from approvalsim_ui.walk_story import Walk
from approvalsim_ui.walk_words import day_of, is_worked, kind_of_day, translate, weekday

CELL = 30.0
_INSET = 5.0
"""Pixels on either side of a day's number."""


class WalkTicker(QWidget):
    """Shows the date of a time on the clock; days off are hatched, and said in a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.walk: Walk | None = None
        self.time = 0.0
        self.held = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_walk(self, walk: Walk | None) -> None:
        """Show the days of another walk."""
        self.walk = walk
        self.update()

    def show_time(self, time: float, held: bool) -> None:
        """Show another time; ``held`` says whether the project may not go on."""
        self.time, self.held = time, held
        self.setAccessibleName(", ".join(self.words()))
        self.update()

    def words(self) -> tuple[str, ...]:
        """The date, what kind of day it is, and how long since signing."""
        if self.walk is None:
            return ()
        today = day_of(self.walk.calendar, self.time)
        since = translate("WalkTicker", "day {number} since signing")
        number = floor(self.time - self.walk.signed + 1e-9)
        said = [language.day(today), weekday(today), kind_of_day(self.walk.calendar, self.time)]
        said.append(since.format(number=number))
        if self.held:
            said.insert(1, translate("WalkTicker", "held until put right"))
        return tuple(said)

    def sizeHint(self) -> QSize:
        """One line of large letters."""
        return QSize(600, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self.walk is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, words = theme.colours(), self.words()
        big = theme.text_font(1.5, bold=True)
        metrics = QFontMetricsF(big)
        painter.setFont(big)
        painter.setPen(colours.text)
        middle = self.height() / 2
        base = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(2, base), words[0])
        # Room for the widest date there is, so that nothing beside it moves.
        x = metrics.horizontalAdvance(_widest_date()) + 16
        painter.setFont(theme.text_font())
        painter.setPen(colours.bad if self.held else colours.muted)
        rest = " · ".join(words[1:])
        small = QFontMetricsF(painter.font())
        room = self.width() - x - 5 * CELL
        rest = small.elidedText(rest, Qt.TextElideMode.ElideRight, max(room, 80.0))
        painter.drawText(QPointF(x, middle + (small.ascent() - small.descent()) / 2), rest)
        x += max(small.horizontalAdvance(rest) + 20, min(room, 240.0))
        self._paint_days(painter, x)
        painter.end()

    def _paint_days(self, painter: QPainter, left: float) -> None:
        """Cells of days that pass under a mark which stands for now."""
        count = floor((self.width() - left) / CELL)
        if self.walk is None or count < 3:
            return
        colours, calendar = theme.colours(), self.walk.calendar
        area = QRectF(left, 2, count * CELL, self.height() - 4)
        painter.setClipRect(area)
        today = floor(self.time)
        shift = (self.time - today) * CELL
        now = left + area.width() / 2
        painter.setFont(theme.text_font())
        for offset in range(-count // 2 - 1, count // 2 + 2):
            day = today + offset
            if day < 0:
                continue
            cell = QRectF(now + offset * CELL - shift, area.top(), CELL, area.height())
            works = is_worked(calendar, float(day))
            painter.fillRect(cell, colours.panel if works else colours.raised)
            if not works:
                shade = QColor(colours.muted)
                shade.setAlphaF(0.35)
                painter.fillRect(cell, QBrush(shade, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(colours.border, 1))
            painter.drawRect(cell)
            painter.setPen(colours.text if works else colours.muted)
            if area.contains(cell.adjusted(_INSET, 0, -_INSET, 0)):  # no half numbers at the ends
                number = str(calendar.date_of(float(day)).day)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, number)
        painter.setPen(QPen(colours.border, 1))
        painter.drawRect(area.adjusted(0.5, 0, -0.5, 0))
        painter.setPen(QPen(colours.bad if self.held else colours.focus, 2))
        painter.drawLine(QPointF(now, area.top()), QPointF(now, area.bottom()))


def _widest_date() -> str:
    return "8888年88月88日" if language.current() == "zh" else "88 Www 8888"
