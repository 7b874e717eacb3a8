"""The network on paper: SVG and PNG in light colours, with title, legend and provenance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from approvalsim_ui import theme
from approvalsim_ui.graph_cards import Picture
from approvalsim_ui.graph_layout import Frame
from approvalsim_ui.graph_legend import Entry, legend_height, paint_legend
from approvalsim_ui.graph_scene import GraphScene
from approvalsim_ui.graph_type import draw_line, text_font, text_height

EDGE = 24.0
PAPER = Frame(1500.0, 1000.0, least=0.9)
"""The window the network is laid out for."""


@dataclass(frozen=True)
class Sheet:
    """A network with the words around it."""

    picture: Picture
    title: str
    subtitle: str
    provenance: str
    legend: Sequence[Entry]


def write_svg(sheet: Sheet, path: str) -> bool:
    """Write a sheet as SVG; gives whether that was possible."""
    drawing = _Drawing(sheet)
    generator = QSvgGenerator()
    generator.setFileName(path)
    generator.setTitle(sheet.title)
    generator.setDescription(sheet.provenance)
    generator.setSize(QSize(ceil(drawing.size.width()), ceil(drawing.size.height())))
    generator.setViewBox(QRectF(QPointF(0, 0), drawing.size))
    generator.setResolution(96)
    painter = QPainter()
    if not painter.begin(generator):
        return False
    drawing.paint(painter)
    painter.end()
    return True


def write_png(sheet: Sheet, path: str, scale: float = 2.0) -> bool:
    """Write a sheet as PNG, ``scale`` times as large as on the screen; gives whether it could."""
    drawing = _Drawing(sheet)
    size = QSize(ceil(drawing.size.width() * scale), ceil(drawing.size.height() * scale))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setText("Title", sheet.title)
    image.setText("Description", sheet.provenance)
    painter = QPainter(image)
    painter.scale(scale, scale)
    drawing.paint(painter)
    painter.end()
    return image.save(path, "PNG")  # type: ignore[call-overload, no-any-return]


class _Drawing:
    """A sheet laid out on paper."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.scene = GraphScene(colours=theme.LIGHT)
        self.scene.animated = False
        self.scene.show_picture(sheet.picture, PAPER)
        extent = self.scene.extent
        self.width = max(extent.width(), 700.0)
        self.header = theme_height(1.4) + text_height() + 12
        self.legend = legend_height(sheet.legend, self.width)
        height = self.header + extent.height() + self.legend + text_height() + 20
        self.size = QSizeF(self.width + 2 * EDGE, height + 2 * EDGE)

    def paint(self, painter: QPainter) -> None:
        """Draw it, from (0, 0)."""
        colours, extent = theme.LIGHT, self.scene.extent
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(QPointF(0, 0), self.size), colours.panel)
        painter.setPen(colours.text)
        y = EDGE
        y += draw_line(painter, theme.text_font(1.4, bold=True), QPointF(EDGE, y), self.sheet.title)
        painter.setPen(colours.muted)
        draw_line(painter, text_font(), QPointF(EDGE, y), self.sheet.subtitle)
        y = EDGE + self.header
        left = EDGE + (self.width - extent.width()) / 2
        self.scene.render(painter, QRectF(left, y, extent.width(), extent.height()), extent)
        y += extent.height() + 8
        area = QRectF(EDGE, y, self.width, self.legend)
        paint_legend(painter, area, self.sheet.legend, colours)
        painter.setPen(colours.muted)
        draw_line(painter, text_font(), QPointF(EDGE, y + self.legend + 10), self.sheet.provenance)


def theme_height(scale: float) -> float:
    """Pixels of a line of bold text, so many times its usual size."""
    return text_height() * scale
