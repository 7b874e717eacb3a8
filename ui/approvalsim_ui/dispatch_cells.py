"""Cells of the dispatch board: lights by shape, word and colour; bars for days and chances."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from approvalsim.dispatch import Line
from approvalsim_ui import theme
from approvalsim_ui.cell_roles import SHARE_ROLE, Index
from approvalsim_ui.dispatch_table import BARS_ROLE, COLUMNS, LINE_ROLE, Bar
from approvalsim_ui.signal_words import shape_and_word, signal_colours

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
DOUBTFUL = 0.6
"""A bar below this chance is drawn as a warning, as the lights' rules have it by default."""


class DispatchCells(QStyledItemDelegate):
    """Draws what words alone do not show at a glance."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        line = index.data(LINE_ROLE)
        name = COLUMNS[index.column()]
        special = line is not None and name not in ("slack", "target", "p80")
        self.initStyleOption(option, index)
        look: Any = option
        words = str(index.data() or "")
        look.text = "" if special else look.text
        style = look.widget.style() if look.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, look.widget)
        if not special:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(look.rect).adjusted(7, 4, -7, -4)
        match name:
            case "light":
                _light(painter, area, line)
            case "stages":
                _bars(painter, area, index.data(BARS_ROLE) or [])
            case "chance":
                _chance(painter, area, words, index.data(SHARE_ROLE))
            case _:
                _lines(painter, area, words, bold=name == "project")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the longest line; three lines high, whatever they say."""
        metrics = QFontMetricsF(theme.text_font(bold=True))
        high = 3 * round(metrics.lineSpacing()) + 12
        if index.data(LINE_ROLE) is None:
            return QSize(20, high)
        lines = str(index.data() or "").split("\n")
        bars = index.data(BARS_ROLE)
        if bars is not None:
            lines = [f"{bar.name}  {bar.days}" for bar in bars]
        widest = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
        return QSize(round(widest) + 24, high)


def _light(painter: QPainter, area: QRectF, line: Line) -> None:
    shape, words = shape_and_word(line.signal)
    colour, behind = signal_colours(line.signal)
    font, large = theme.text_font(bold=True), theme.text_font(1.2)
    height = QFontMetricsF(font).lineSpacing()
    lines = _wrapped(words, QFontMetricsF(font), area.width() - 32)
    box = QRectF(area.left() - 2, 0, area.width() + 4, height * len(lines) + 8)
    box.moveCenter(area.center())
    if behind is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(behind)
        painter.drawRoundedRect(box, 6, 6)
    painter.setFont(large)
    painter.setPen(colour)
    painter.drawText(QRectF(box.left() + 6, box.top(), 20, box.height()), _LEFT, shape)
    painter.setFont(font)
    painter.setPen(theme.colours().text)
    top = box.top() + 4
    for each in lines:
        painter.drawText(QRectF(box.left() + 28, top, area.width(), height), _LEFT, each)
        top += height


def _bars(painter: QPainter, area: QRectF, bars: list[Bar]) -> None:
    """Of each stage its name and days above a bar: how much of the promised time is used."""
    c, font = theme.colours(), theme.text_font()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    step = area.height() / 3
    top = area.top() + (area.height() - step * len(bars)) / 2
    for bar in bars:
        box = QRectF(area.left(), top - 2, area.width(), step)
        room = area.width() - metrics.horizontalAdvance(bar.days) - 8
        name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.setPen(c.bad if bar.over else c.text)
        painter.drawText(box, _LEFT, name)
        painter.drawText(box, _RIGHT, bar.days)
        if bar.share is not None:
            track = QRectF(area.left(), top + step - 4, area.width(), 3)
            painter.fillRect(track, c.grid)
            used = QRectF(track)
            used.setWidth(track.width() * min(bar.share, 1.0))
            painter.fillRect(used, c.bad if bar.over else c.side_a)
        top += step


def _chance(painter: QPainter, area: QRectF, words: str, share: float | None) -> None:
    c = theme.colours()
    painter.setFont(theme.text_font(bold=True))
    painter.setPen(c.text)
    painter.drawText(area.adjusted(0, 0, 0, -8), Qt.AlignmentFlag.AlignCenter, words)
    if share is not None:
        high = QFontMetricsF(painter.font()).height()
        track = QRectF(area.left(), area.center().y() + high / 2, area.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        _rounded(painter, track, c.grid)
        track.setWidth(max(area.width() * share, 3))
        _rounded(painter, track, c.warn if share < DOUBTFUL else c.good)


def _rounded(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 2, 2)


def _lines(painter: QPainter, area: QRectF, words: str, bold: bool) -> None:
    """Up to three lines; where there are more, the last says so."""
    c = theme.colours()
    lines = words.split("\n") if words else []
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2]} … +{len(lines) - 3}"]
    step = QFontMetricsF(theme.text_font()).lineSpacing()
    if bold and len(lines) == 2:  # the name may take two lines
        metrics = QFontMetricsF(theme.text_font(bold=True))
        lines = [*_wrapped(lines[0], metrics, area.width())[:2], lines[1]]
    top = area.top() + max((area.height() - step * len(lines)) / 2, 0)
    for number, each in enumerate(lines):
        is_name = bold and number < len(lines) - 1
        font = theme.text_font(bold=is_name)
        painter.setFont(font)
        painter.setPen(c.muted if bold and not is_name else c.text)
        said = QFontMetricsF(font).elidedText(each, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(QRectF(area.left(), top, area.width(), step + 2), _TOP, said)
        top += step


def _wrapped(words: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """Words in at most two lines."""
    if metrics.horizontalAdvance(words) <= width:
        return [words]
    first = ""
    rest = words
    for part in words.split(" ") if " " in words else list(words):
        blank = " " if first and " " in words else ""
        if metrics.horizontalAdvance(first + blank + part) > width:
            break
        first += blank + part
        rest = words[len(first) :].strip()
    if not first:
        return [words]
    return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
