"""The wall chart on one sheet: title block, chart, legend, signatures; always in light colours.

A sheet is laid out in units, pixels of the screen, and scaled to the paper as a whole, so that its
smallest type is as large as the paper allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator

from approvalsim_ui import theme
from approvalsim_ui.wall_chart_axis import HEAD, TimeScale
from approvalsim_ui.wall_chart_legend import Entry, legend_height, paint_legend
from approvalsim_ui.wall_chart_picture import DENSEST, WallPicture

Format = Literal["A3", "A2", "A0"]
FORMATS: tuple[Format, ...] = ("A3", "A2", "A0")
_SIZES = {
    "A3": QPageSize.PageSizeId.A3,
    "A2": QPageSize.PageSizeId.A2,
    "A0": QPageSize.PageSizeId.A0,
}
LEAST_TYPE = 6.0
"""Points of the smallest type on paper that counts as readable."""
_COMFORTABLE = 7.0
"""Points below which rows are set closer, so that type can be larger."""
_LARGEST = {"A3": 12.0, "A2": 16.0, "A0": 26.0}
"""Points beyond which type is not made larger, however few the rows."""
MARGIN = 10.0
"""Millimetres round the sheet."""
_TIME = 420.0
"""The least width of the time axis, units."""
_STRETCH = 2.6
"""How many times as high as they need to be rows may become."""
_ALONE = 1560.0
"""The width of a sheet that is not for a paper, units."""
_EDGE = 24.0
"""Units round such a sheet; paper has margins of its own."""
_GAP = 12.0
_SIGNATURE = 76.0
_FRAME = {"A3": 7.0, "A2": 9.0, "A0": 12.0}
"""Points that the type of title block, legend and signatures has at least."""


@dataclass(frozen=True)
class Paper:
    """A format and which way it lies."""

    format: Format = "A3"
    landscape: bool = True

    @property
    def layout(self) -> QPageLayout:
        """For whatever prints."""
        way = QPageLayout.Orientation
        return QPageLayout(
            QPageSize(_SIZES[self.format]),
            way.Landscape if self.landscape else way.Portrait,
            QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN),
            QPageLayout.Unit.Millimeter,
        )


PAPERS = tuple(Paper(format_, landscape) for format_ in FORMATS for landscape in (True, False))


@dataclass(frozen=True)
class Sheet:
    """All that stands on the paper."""

    picture: WallPicture
    extent: tuple[float, float]
    title: str
    subtitle: str
    caution: str
    facts: Sequence[tuple[str, str]]
    """Of the title block: what a run can be repeated by."""
    legend: Sequence[Entry]
    signatures: Sequence[str]


@dataclass(frozen=True)
class Fit:
    """How a sheet fits a paper."""

    points: float
    """Of the smallest type."""

    @property
    def readable(self) -> bool:
        """Whether that can be read."""
        return self.points >= LEAST_TYPE


def fit(sheet: Sheet, paper: Paper) -> Fit:
    """How large type becomes on a paper."""
    return Fit(_scale(sheet, _room(paper), paper) * theme.POINT_SIZE)


def write_pdf(sheet: Sheet, paper: Paper) -> bytes:
    """The sheet as a PDF of one page, its letters embedded."""
    found = QByteArray()
    buffer = QBuffer(found)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(round(_dpi()))
    writer.setTitle(sheet.title)
    writer.setCreator("approvalsim")
    print_on(writer, sheet, paper)
    buffer.close()
    return bytes(found.data())


def print_on(device: QPagedPaintDevice, sheet: Sheet, paper: Paper) -> bool:
    """Paint the sheet on the one page of a device; gives whether that was possible."""
    device.setPageLayout(paper.layout)
    room = _room(paper)
    scale = _scale(sheet, room, paper)
    painter = QPainter()
    if not painter.begin(device):
        return False
    painter.scale(device.logicalDpiX() / _dpi(), device.logicalDpiY() / _dpi())
    painter.scale(scale, scale)
    frame = _frame(paper, scale)
    _Drawing(sheet, room.width() / scale, room.height() / scale, frame).paint(painter)
    painter.end()
    return True


def write_png(sheet: Sheet) -> bytes:
    """The sheet by itself as a picture, as fine as its size allows."""
    drawing = _Drawing(sheet, _ALONE)
    fine = 2 if drawing.size.height() < 5_000 else 1
    image = QImage(_with_edge(drawing).toSize() * fine, QImage.Format.Format_RGB32)
    image.fill(theme.LIGHT.panel)
    image.setDevicePixelRatio(fine)
    image.setText("Title", sheet.title)
    image.setText("Description", sheet.caution)
    painter = QPainter(image)
    painter.translate(_EDGE, _EDGE)
    drawing.paint(painter)
    painter.end()
    found = QByteArray()
    buffer = QBuffer(found)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(found.data())


def write_svg(sheet: Sheet) -> bytes:
    """The sheet by itself as a drawing: lines stay lines, letters stay letters."""
    drawing = _Drawing(sheet, _ALONE)
    found = QByteArray()
    buffer = QBuffer(found)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(round(_dpi()))
    size = _with_edge(drawing)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(sheet.title)
    generator.setDescription(sheet.caution)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), theme.LIGHT.panel)
    painter.translate(_EDGE, _EDGE)
    drawing.paint(painter)
    painter.end()
    buffer.close()
    # The families Qt knows by its own names mean nothing elsewhere.
    families = theme.text_font().families()
    portable = f"{families[0]},sans-serif"
    return bytes(found.data()).replace(",".join(families).encode(), portable.encode())


def _with_edge(drawing: "_Drawing") -> QSizeF:
    """The size of a sheet that is not for a paper, with room round it."""
    return drawing.size + QSizeF(2 * _EDGE, 2 * _EDGE)


def _dpi() -> float:
    """Pixels of the screen in an inch, by which letters are measured."""
    return QGuiApplication.primaryScreen().logicalDotsPerInch()


def _room(paper: Paper) -> QSizeF:
    """What is inside the margins, in units of the screen."""
    inside = paper.layout.paintRect(QPageLayout.Unit.Millimeter)
    return QSizeF(inside.width(), inside.height()) * (_dpi() / 25.4)


def _scale(sheet: Sheet, room: QSizeF, paper: Paper) -> float:
    """The largest scale at which everything has room."""
    most = _LARGEST[paper.format] / theme.POINT_SIZE
    most = min(most, room.width() / (sum(sheet.picture.natural) + _TIME))
    usual = _scale_at(1.0, sheet, room, most, paper)
    if usual * theme.POINT_SIZE >= _COMFORTABLE:
        return usual
    dense = _scale_at(DENSEST, sheet, room, most, paper)
    return max(usual, min(dense, _COMFORTABLE / theme.POINT_SIZE))


def _frame(paper: Paper, scale: float) -> float:
    """How many times as large as usual what is around the chart must be at a scale."""
    return max(_FRAME[paper.format] / (theme.POINT_SIZE * scale), 1.0)


def _scale_at(factor: float, sheet: Sheet, room: QSizeF, most: float, paper: Paper) -> float:
    """The largest scale, up to the most, at which rows of such a height have room."""
    rows = sheet.picture.height_at(factor)

    def has_room(scale: float) -> bool:
        drawing = _Drawing(sheet, room.width() / scale, frame=_frame(paper, scale))
        return drawing.around + rows <= room.height() / scale

    if has_room(most):
        return most
    low, high = 0.0, most
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if has_room(middle) else (low, middle)
    return low or high


class _Drawing:
    """A sheet laid out for a width; a height, if given, is filled.

    What is around the chart is ``frame`` times as large as the chart itself.
    """

    def __init__(
        self, sheet: Sheet, width: float, height: float | None = None, frame: float = 1.0
    ) -> None:
        self.sheet, self.width, self.frame = sheet, width, frame
        self._metrics = QFontMetricsF(theme.text_font())
        self.line = self._metrics.height() + 2
        self.inner = width / frame
        self.box = self._box_width()
        facts = len(sheet.facts) * self.line + 8
        self.top = max(facts, self._title_height()) + _GAP
        self.legend = legend_height(sheet.legend, self.inner)
        self.bottom = _GAP + self.legend + _GAP + _SIGNATURE
        self.around = (self.top + self.bottom) * frame + HEAD + 2
        self.factor = 1.0 if height is None else self._filling(height - self.around)
        chart = HEAD + sheet.picture.height_at(self.factor)
        self.size = QSizeF(width, height or (self.top + self.bottom) * frame + chart)
        self.chart = QRectF(0, self.top * frame, width, chart)

    def _filling(self, height: float) -> float:
        """How many times as high as usual rows must be to fill a height."""
        low, high = DENSEST, _STRETCH
        for _ in range(30):
            middle = (low + high) / 2
            fits = self.sheet.picture.height_at(middle) <= height
            low, high = (middle, high) if fits else (low, middle)
        return low

    def _title_height(self) -> float:
        """One large line and two usual ones."""
        return QFontMetricsF(_title_font()).height() + 2 * self.line + 4

    def _box_width(self) -> float:
        """The width of the title block's table."""
        metrics = self._metrics
        heads = max(metrics.horizontalAdvance(head) for head, _ in self.sheet.facts)
        values = max(metrics.horizontalAdvance(value) for _, value in self.sheet.facts)
        return min(heads + values + 34, 0.45 * self.inner)

    def paint(self, painter: QPainter) -> None:
        """Draw all of it from (0, 0)."""
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), theme.LIGHT.panel)
        self._paint_chart(painter)
        painter.save()
        painter.scale(self.frame, self.frame)
        high = self.size.height() / self.frame
        self._paint_title(painter)
        self._paint_facts(painter)
        legend = QRectF(0, high - self.bottom + _GAP, self.inner, self.legend)
        paint_legend(painter, legend, self.sheet.legend, theme.LIGHT)
        self._paint_signatures(painter, high - _SIGNATURE)
        painter.restore()

    def _paint_chart(self, painter: QPainter) -> None:
        picture, (first, last) = self.sheet.picture, self.sheet.extent
        picture.columns = picture.natural
        picture.narrow(self.width / 2)
        picture.stretch(self.factor)
        scale = TimeScale.fitted(first, last, picture.left, self.width - picture.tail)
        picture.paint(painter, scale, self.chart, colours=theme.LIGHT)
        picture.stretch(1.0)
        painter.setPen(QPen(theme.LIGHT.border, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.chart)

    def _paint_title(self, painter: QPainter) -> None:
        room = self.inner - self.box - 2 * _GAP
        y = 0.0
        for words, font, colour in (
            (self.sheet.title, _title_font(), theme.LIGHT.text),
            (self.sheet.subtitle, theme.text_font(), theme.LIGHT.muted),
            (self.sheet.caution, theme.text_font(bold=True), theme.LIGHT.warn),
        ):
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(colour)
            said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            box = QRectF(0, y, room, metrics.height() + 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, said)
            y += box.height()

    def _paint_facts(self, painter: QPainter) -> None:
        """The table of the title block, at the right."""
        colours, left = theme.LIGHT, self.inner - self.box
        painter.setFont(theme.text_font())
        heads = max(self._metrics.horizontalAdvance(head) for head, _ in self.sheet.facts) + 12
        frame = QRectF(left, 0, self.box, len(self.sheet.facts) * self.line + 8)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        for number, (head, value) in enumerate(self.sheet.facts):
            row = QRectF(left + 8, 4 + number * self.line, self.box - 16, self.line)
            painter.setPen(colours.muted)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, head)
            painter.setPen(colours.text)
            room = row.adjusted(heads, 0, 0, 0)
            said = self._metrics.elidedText(value, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, said)

    def _paint_signatures(self, painter: QPainter, top: float) -> None:
        """Boxes to sign in, side by side at the bottom right."""
        colours, number = theme.LIGHT, len(self.sheet.signatures)
        if not number:
            return
        width = min(self.inner / number, 260.0)
        painter.setFont(theme.text_font())
        for place, words in enumerate(self.sheet.signatures):
            left = self.inner - (number - place) * width
            box = QRectF(left, top, width, _SIGNATURE)
            painter.setPen(QPen(colours.border, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            painter.setPen(colours.muted)
            painter.drawText(box.adjusted(8, 4, 0, 0), Qt.AlignmentFlag.AlignTop, words)


def _title_font() -> QFont:
    return theme.text_font(1.9, bold=True)
