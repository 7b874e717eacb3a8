"""A chart on a page of its own, for reports: light colours, title, sentence and origin beside it.

PNG at twice the resolution of the screen, SVG as lines and letters, CSV with all figures in full.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPaintDevice, QPainter
from PySide6.QtSvg import QSvgGenerator

from approvalsim_ui import theme
from approvalsim_ui.charts import Chart
from approvalsim_ui.legend import paint_legend

Kind = Literal["png", "svg", "csv"]

SCALE = 2
"""Pixels of a PNG for each of the page's units."""
PLOT = QSize(940, 420)
_MARGIN = 28.0
_WIDTH = PLOT.width() + 2 * _MARGIN
_TEXT = 0.93 * PLOT.width()
"""Width of paragraphs: where a reader of the SVG has another font, it may be wider."""
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class _Block:
    """A part of the page from top to bottom: how high it is, and how it is painted."""

    height: float
    paint: Callable[[QPainter, QRectF], None]


class Page:
    """A chart as it goes into a report; ``note`` says where its figures come from."""

    def __init__(self, chart: Chart, note: str = "", stroke: float = 1.0) -> None:
        self._chart = chart.copied(theme.LIGHT, stroke)
        self._chart.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        legend = self._chart.legend.sizeHint().height()
        self._chart.resize(PLOT.width(), PLOT.height() + legend)
        self._chart.show()  # nowhere, but only what is shown is laid out
        self._chart.settle()
        ink, faint = theme.LIGHT.text, theme.LIGHT.muted
        self._blocks = [
            _words(self._chart.title(), theme.text_font(1.45, bold=True), ink),
            _Block(
                float(legend),
                lambda painter, box: paint_legend(
                    painter, box, self._chart.legend.entries, theme.LIGHT
                ),
            ),
            _Block(float(self._chart.plot.height()), self._paint_plot),
            _words(self._chart.reading(), theme.text_font(1.1), ink),
            _words(note, theme.text_font(), faint),
        ]
        # A name by which an image reader for the blind introduces the picture.
        self.title, self.description = self._chart.title(), self._chart.reading()

    @property
    def size(self) -> QSize:
        """Of the page, in its own units."""
        gaps = 8 * sum(block.height > 0 for block in self._blocks)
        high = sum(block.height for block in self._blocks)
        return QSize(round(_WIDTH), round(high + gaps + 2 * _MARGIN))

    def image(self) -> QImage:
        """The page as a picture of `SCALE` times its size."""
        image = QImage(self.size * SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SCALE)
        self._paint_on(image)
        return image

    def png(self) -> bytes:
        """The picture as a PNG file."""
        found = QByteArray()
        buffer = QBuffer(found)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        buffer.close()
        return bytes(found.data())

    def svg(self) -> bytes:
        """The page as an SVG file: lines stay lines, letters stay letters."""
        found = QByteArray()
        buffer = QBuffer(found)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setResolution(self._chart.logicalDpiX())
        generator.setSize(self.size)
        generator.setViewBox(QRectF(0, 0, self.size.width(), self.size.height()))
        generator.setTitle(self.title)
        generator.setDescription(self.description)
        self._paint_on(generator)
        buffer.close()
        # The families Qt knows by its own names mean nothing elsewhere.
        families = theme.text_font().families()
        portable = f"{families[0]},sans-serif"
        return bytes(found.data()).replace(",".join(families).encode(), portable.encode())

    def close(self) -> None:
        """Let go of the copy of the chart."""
        self._chart.close()
        self._chart.deleteLater()

    def _paint_on(self, device: QPaintDevice) -> None:
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), theme.LIGHT.panel)
        top = _MARGIN
        for block in self._blocks:
            if block.height:
                block.paint(painter, QRectF(_MARGIN, top, _WIDTH - 2 * _MARGIN, block.height))
                top += block.height + 8
        painter.end()

    def _paint_plot(self, painter: QPainter, box: QRectF) -> None:
        view = self._chart.plot
        view.scene().prepareForPaint()  # as before every painting on the screen
        painter.save()
        view.render(painter, box, view.viewport().rect())
        painter.restore()


def _words(text: str, font: QFont, colour: QColor) -> _Block:
    """A paragraph as wide as the page; nothing for an empty one."""
    room = QRectF(0, 0, _TEXT, 10_000)
    high = QFontMetricsF(font).boundingRect(room, int(_WRAPPED), text).height() if text else 0.0

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRectF(box.topLeft(), QSizeF(_TEXT, box.height())), int(_WRAPPED), text)

    return _Block(high, paint)


def exported(chart: Chart, kind: Kind, note: str = "") -> bytes:
    """The chart as a file of this kind; CSV as spreadsheets like it, in UTF-8 with its mark."""
    if kind == "csv":
        return chart.figures().csv().encode("utf-8-sig")
    page = Page(chart, note, SCALE if kind == "png" else 1.0)
    try:
        return page.png() if kind == "png" else page.svg()
    finally:
        page.close()


def picture(chart: Chart, note: str = "") -> QImage:
    """The chart on its page, for the clipboard."""
    page = Page(chart, note, SCALE)
    try:
        return page.image()
    finally:
        page.close()


def write(path: Path, content: bytes) -> str:
    """Write a file, whole or not at all; gives what went wrong, or nothing."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return file.errorString()
    file.write(content)
    return "" if file.commit() else file.errorString()
