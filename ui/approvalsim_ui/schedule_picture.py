"""A backward schedule as a picture: a row a stage, with its dates, and bars before the target.

The same painter draws on the screen, into a PNG, and on one page of paper.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from approvalsim.schedule import StageDates
from approvalsim_ui import language, theme
from approvalsim_ui.schedule_answer import ScheduleAnswer
from approvalsim_ui.schedule_words import deliverable, sentence, slack, title, translate
from approvalsim_ui.theme import Colours

ROW = 42.0
HEAD = 44.0
FOOT = 46.0
_PAGE = 1260.0
"""Width of a printed page in the picture's units: type of 10.5 pt stays readable on A3."""
_MARGIN = 24.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class _Axis:
    """Where a date stands."""

    first: date
    last: date
    left: float
    width: float

    def x(self, day: date) -> float:
        return self.left + self.width * (day - self.first).days / (self.last - self.first).days


def height(answer: ScheduleAnswer) -> float:
    """What the picture needs, in its units."""
    return HEAD + ROW * len(answer.project.stages) + FOOT


def paint(painter: QPainter, box: QRectF, answer: ScheduleAnswer, colours: Colours) -> None:
    """Paint the rows and bars of a schedule into a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    columns = _columns(box, answer)
    first, last = _span(answer)
    axis = _Axis(first, last, columns[-1].left() + 16, columns[-1].width() - 40)
    row = (box.height() - HEAD - FOOT) / max(len(answer.project.stages), 1)
    row = min(max(row, ROW), ROW * 1.5)
    bottom = box.top() + HEAD + row * len(answer.project.stages)
    _heads(painter, columns, answer, colours, box.top())
    _months(painter, axis, box.top(), bottom, colours)
    for number, stage in enumerate(answer.project.stages):
        top = box.top() + HEAD + row * number
        painter.setPen(QPen(colours.grid, 1))
        painter.drawLine(QPointF(box.left(), top), QPointF(box.right(), top))
        cells = [QRectF(column.left(), top, column.width(), row) for column in columns]
        _row(painter, cells, answer, stage, colours)
        _bar(painter, axis, top, row, stage, colours)
    _lines(painter, axis, answer, box.top(), bottom, colours)
    painter.restore()


def _columns(box: QRectF, answer: ScheduleAnswer) -> list[QRectF]:
    """Stage and owner, submit by, finish by, slack if there is any, and the chart."""
    metrics = QFontMetricsF(theme.text_font(bold=True))
    names = [deliverable(answer, stage) for stage in answer.project.stages]
    names += [language.words(stage.owner, "") for stage in answer.project.stages]
    widest = max(metrics.horizontalAdvance(name) for name in names) + 16
    dates = metrics.horizontalAdvance("✓ 2022-12-31") + 16
    widths = [min(max(widest, 90), box.width() * 0.3), dates, dates]
    if answer.schedule.as_of is not None:
        widths.append(metrics.horizontalAdvance("−1000") + 26)
    found, x = [], box.left()
    for width in (*widths, box.width() - sum(widths)):
        found.append(QRectF(x, box.top(), width, box.height()))
        x += width
    return found


def _span(answer: ScheduleAnswer) -> tuple[date, date]:
    """From the first date that is shown to the last, and some days more."""
    stages, project = answer.project.stages, answer.project
    days = [
        day
        for stage in stages
        for day in (stage.submitted, stage.finished, stage.submit_by, stage.finish_by)
        if day
    ]
    start = answer.schedule.as_of or answer.question.signing
    if answer.schedule.as_of is None and answer.project.stages and days:
        start = min(start, *days)
    days += [project.target, start, *([project.earliest] if project.earliest else [])]
    first, last = min(days), max(days)
    room = max((last - first).days // 30, 3)
    return first - timedelta(days=room), last + timedelta(days=room)


def _heads(
    painter: QPainter, columns: list[QRectF], answer: ScheduleAnswer, c: Colours, top: float
) -> None:
    heads = [
        translate("Schedule", "Stage, owner"),
        translate("Schedule", "Submit by"),
        translate("Schedule", "Finish by"),
        *([translate("Schedule", "Slack")] if answer.schedule.as_of is not None else []),
    ]
    painter.setFont(theme.text_font(bold=True))
    painter.setPen(c.text)
    for head, column in zip(heads, columns, strict=False):
        painter.drawText(QRectF(column.left() + 6, top, column.width(), HEAD), _LEFT, head)


def _months(painter: QPainter, axis: _Axis, top: float, bottom: float, c: Colours) -> None:
    """Lines at the beginnings of months, as many as there is room for."""
    painter.setFont(theme.text_font())
    metrics = QFontMetricsF(painter.font())
    months = max((axis.last - axis.first).days / 30.4, 1)
    needed = metrics.horizontalAdvance("2022-12") + 14
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60) if axis.width / months * s >= needed), 120)
    year, month = axis.first.year, axis.first.month
    while True:
        month += 1
        year, month = (year + 1, 1) if month > 12 else (year, month)
        day = date(year, month, 1)
        if day > axis.last:
            return
        if (month - 1) % min(step, 12) or (step > 12 and year % (step // 12)):
            continue
        x = axis.x(day)
        painter.setPen(QPen(c.grid, 1))
        painter.drawLine(QPointF(x, top + HEAD - 8), QPointF(x, bottom))
        painter.setPen(c.muted)
        painter.drawText(QRectF(x - 50, top + 14, 100, HEAD - 20), _CENTRE, f"{year}-{month:02}")


def _row(
    painter: QPainter,
    cells: list[QRectF],
    answer: ScheduleAnswer,
    stage: StageDates,
    c: Colours,
) -> None:
    name, owner = deliverable(answer, stage), language.words(stage.owner, "–")
    half = cells[0].height() / 2
    for font, colour, words, top in (
        (theme.text_font(bold=True), c.text, name, cells[0].top() + 2),
        (theme.text_font(), c.muted, owner, cells[0].top() + half - 2),
    ):
        box = QRectF(cells[0].left() + 6, top, cells[0].width() - 10, half)
        _text(painter, box, words, font, colour)
    for cell, known, due in (
        (cells[1], stage.submitted, stage.submit_by),
        (cells[2], stage.finished, stage.finish_by),
    ):
        box = cell.adjusted(6, 0, -2, 0)
        if known:
            _text(painter, box, f"✓ {known}", theme.text_font(), c.muted)
        else:
            late = stage.at_once and due == (stage.submit_by or stage.finish_by)
            font = theme.text_font(bold=due is not None)
            _text(painter, box, str(due or "–"), font, c.bad if late else c.text)
    left = slack(answer, stage)
    if len(cells) == 5:
        words = "–" if left is None else language.number(left, 0)
        colour = c.bad if left is not None and left <= 0 else c.text
        _text(painter, cells[3].adjusted(6, 0, -2, 0), words, theme.text_font(), colour)


def _text(painter: QPainter, box: QRectF, words: str, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    said = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, said)


def _bar(
    painter: QPainter, axis: _Axis, top: float, row: float, stage: StageDates, c: Colours
) -> None:
    """What has been done in grey; what is to come from its submission to its end."""
    middle, thick = top + row / 2, min(row * 0.36, 18.0)
    begin, end = stage.submitted or stage.submit_by, stage.finished or stage.finish_by
    colour = c.muted if stage.finished else c.bad if stage.at_once else c.side_a
    if begin and end and end >= begin:
        width = max(axis.x(end) - axis.x(begin), 2.0)
        box = QRectF(axis.x(begin), middle - thick / 2, width, thick)
        soft = QColor(colour)
        soft.setAlpha(70)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(soft)
        painter.drawRect(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if stage.submit_by and not stage.submitted:
        x = axis.x(stage.submit_by)
        size = thick * 0.55
        points = [QPointF(x - size, middle - size), QPointF(x + size, middle)]
        painter.drawPolygon(QPolygonF([*points, QPointF(x - size, middle + size)]))
    if stage.finish_by and not stage.finished:
        x, size = axis.x(stage.finish_by), thick * 0.62
        points = [QPointF(x, middle - size), QPointF(x + size, middle)]
        points += [QPointF(x, middle + size), QPointF(x - size, middle)]
        painter.drawPolygon(QPolygonF(points))


def _lines(
    painter: QPainter, axis: _Axis, answer: ScheduleAnswer, top: float, bottom: float, c: Colours
) -> None:
    """The as-of date, the target, and the first date that is sure where that is later."""
    project, as_of = answer.project, answer.schedule.as_of
    marks = [(project.target, c.critical, Qt.PenStyle.DashLine, translate("Schedule", "target"))]
    if as_of is not None:
        words = translate("Schedule", "today") if as_of == date.today() else f"{as_of}"
        marks.append((as_of, c.side_b, Qt.PenStyle.SolidLine, words))
    if project.missed_by and project.earliest:
        words = translate("Schedule", "sure by {date}").format(date=project.earliest)
        marks.append((project.earliest, c.good, Qt.PenStyle.DotLine, words))
    painter.setFont(theme.text_font(bold=True))
    taken: list[tuple[float, float, int]] = []
    for day, colour, style, words in marks:
        painter.setPen(QPen(colour, 2, style))
        x = axis.x(day)
        painter.drawLine(QPointF(x, top + HEAD - 6), QPointF(x, bottom + 2))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 8
        left = min(max(x - width / 2, axis.left - 14), axis.left + axis.width + 24 - width)
        line = int(any(a < left + width and left < b and n == 0 for a, b, n in taken))
        taken.append((left, left + width, line))
        high = FOOT / 2 - 2
        painter.drawText(QRectF(left, bottom + 2 + line * high, width, high), _CENTRE, words)


# --- pages ---------------------------------------------------------------------------------------


def page_size(answer: ScheduleAnswer) -> QSize:
    """Of the picture with title, sentence and origin, in its units."""
    text = sum(_blocks(answer)[name][1] for name in ("title", "sentence", "origin"))
    return QSize(round(_PAGE), round(text + height(answer) + 2 * _MARGIN + 24))


def _blocks(answer: ScheduleAnswer) -> dict[str, tuple[str, float, QFont]]:
    found = answer.schedule
    origin = translate(
        "Schedule",
        "Seed {seed}, {replications} replications. Dates by a model, with every submission as late "
        "as they allow; earlier is better.",
    ).format(seed=found.seed, replications=found.replications)
    room = QRectF(0, 0, _PAGE - 2 * _MARGIN, 10_000)
    blocks = {}
    for name, words, font in (
        ("title", title(answer), theme.text_font(1.6, bold=True)),
        ("sentence", sentence(answer), theme.text_font(1.2)),
        ("origin", origin, theme.text_font()),
    ):
        high = QFontMetricsF(font).boundingRect(room, int(_WRAP), words).height() + 6
        blocks[name] = words, high, font
    return blocks


def paint_page(painter: QPainter, size: QSize, answer: ScheduleAnswer) -> None:
    """Paint the picture with what stands around it on a page of a size."""
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.LIGHT.panel)
    blocks, width, top = _blocks(answer), size.width() - 2 * _MARGIN, _MARGIN
    for name in ("title", "sentence"):
        words, high, font = blocks[name]
        painter.setFont(font)
        painter.setPen(theme.LIGHT.text)
        painter.drawText(QRectF(_MARGIN, top, width, high), int(_WRAP), words)
        top += high + 6
    words, high, font = blocks["origin"]
    room = size.height() - top - high - _MARGIN - 8
    paint(painter, QRectF(_MARGIN, top, width, room), answer, theme.LIGHT)
    painter.setFont(font)
    painter.setPen(theme.LIGHT.muted)
    painter.drawText(QRectF(_MARGIN, size.height() - high - _MARGIN, width, high), _WRAP, words)


def png(answer: ScheduleAnswer) -> bytes:
    """The page as a picture, at twice the resolution of the screen."""
    size = page_size(answer)
    image = QImage(size * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    painter = QPainter(image)
    paint_page(painter, size, answer)
    painter.end()
    found = QByteArray()
    buffer = QBuffer(found)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(found.data())


def pdf(answer: ScheduleAnswer) -> bytes:
    """One page of A3, landscape."""
    found = QByteArray()
    buffer = QBuffer(found)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    margins = QMarginsF(12, 12, 12, 12)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A3),
            QPageLayout.Orientation.Landscape,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(title(answer))
    writer.setCreator("approvalsim")
    # In units of the screen: letters are measured by them.
    writer.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
    needed = page_size(answer)
    page = QSize(needed.width(), round(needed.width() * writer.height() / writer.width()))
    size = needed.expandedTo(page)
    scale = min(writer.width() / size.width(), writer.height() / size.height())
    painter = QPainter(writer)
    painter.scale(scale, scale)
    paint_page(painter, size, answer)
    painter.end()
    return bytes(found.data())
