"""A briefing as a PDF on A4, its letters embedded: the same words, tables and shapes as in HTML.

It needs no window; where an app runs, it may be made in any thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF
from PySide6.QtGui import (
    QColor,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtWidgets import QApplication

from approvalsim.briefing_parts import COLOURS, MARGIN_MM, Briefing
from approvalsim.errors import Problem, ScenarioError
from approvalsim.report import check_writable
from approvalsim.scenario_save import write_safely
from approvalsim_ui import theme
from approvalsim_ui.briefing_pieces import Piece, Type, pieces

_UNITS = 96.0
"""Units in an inch."""
_DPI = 1200
"""Of the paper, so that lines and letters are placed finely."""
_FOOT = 24.0
"""Units at the bottom of a page for its footer."""
_SMALLEST = 0.82
"""How small a sheet may become to stand on one page."""
_FOOTER = Type(11, look="muted")
_own: list[QApplication] = []
"""Letters need an app, be it one without windows; it lives as long as the program."""


@dataclass
class Page:
    """What stands on a page, and at which height."""

    landscape: bool
    width: float
    room: float
    placed: list[tuple[float, Piece]] = field(default_factory=list)
    top: float = 0.0
    """Where the next piece goes."""
    scale: float = 1.0

    def add(self, piece: Piece) -> None:
        """Put a piece below the others."""
        self.placed.append((self.top, piece))
        self.top += piece.height


def write(briefing: Briefing, path: Path) -> None:
    """Write the PDF, whole or not at all; raises `ScenarioError` where that is impossible."""
    check_writable(path)
    write_safely(path, pdf(briefing))


def pdf(briefing: Briefing) -> bytes:
    """The PDF's content; raises `ScenarioError` where there are no Chinese letters for it."""
    _prepare(briefing)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(briefing.title)
    writer.setCreator("approvalsim")
    painter = QPainter()
    for number, page in enumerate(found := pages(briefing), start=1):
        writer.setPageLayout(_layout(page.landscape))
        if number == 1:
            painter.begin(writer)
        else:
            writer.newPage()
        painter.resetTransform()
        painter.scale(_DPI / _UNITS, _DPI / _UNITS)
        _paint(painter, page, briefing.footer, f"{number} / {len(found)}")
    painter.end()
    buffer.close()
    return bytes(content.data())


def images(briefing: Briefing, dpi: int = 100) -> list[QImage]:
    """The same pages as pictures."""
    _prepare(briefing)
    made = []
    for number, page in enumerate(found := pages(briefing), start=1):
        image = QImage(
            _layout(page.landscape).fullRectPixels(dpi).size(), QImage.Format.Format_RGB32
        )
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(dpi / _UNITS, dpi / _UNITS)
        painter.translate(MARGIN_MM / 25.4 * _UNITS, MARGIN_MM / 25.4 * _UNITS)
        _paint(painter, page, briefing.footer, f"{number} / {len(found)}")
        painter.end()
        made.append(image)
    return made


def pages(briefing: Briefing) -> list[Page]:
    """All pages laid out; every sheet begins a new one."""
    made: list[Page] = []
    for sheet in briefing.sheets:
        inside = _layout(sheet.landscape).paintRect(QPageLayout.Unit.Inch)
        width, room = inside.width() * _UNITS, inside.height() * _UNITS - _FOOT
        every = [piece for block in sheet.blocks for piece in pieces(block, width, room)]
        scale = 1.0
        if sheet.one_page:
            needed = sum(piece.height for piece in every)
            scale = min(1.0, max(room / needed, _SMALLEST))
        made += _filled(every, Page(sheet.landscape, width, room / scale, scale=scale))
    return made


def _filled(every: Sequence[Piece], page: Page) -> list[Page]:
    """Pieces one below the other, on a new page where there is no room for the next one."""
    made = [page]
    for number, piece in enumerate(every):
        needed, last = piece.height, number
        while every[last].keeps_next and last + 1 < len(every):
            last += 1
            needed += every[last].height
        if page.placed and page.top + needed > page.room:
            page = Page(page.landscape, page.width, page.room, scale=page.scale)
            made.append(page)
            if piece.head is not None:
                page.add(piece.head)
        page.add(piece)
    return made


def _paint(painter: QPainter, page: Page, footer: str, number: str) -> None:
    painter.save()
    painter.translate(page.width * (1 - page.scale) / 2, 0)
    painter.scale(page.scale, page.scale)
    for top, piece in page.placed:
        piece.paint(painter, top)
    painter.restore()
    bottom = page.room * page.scale
    line, baseline = bottom + 8, bottom + 22
    painter.setPen(QPen(QColor(COLOURS["even"]), 1))
    painter.drawLine(QPointF(0, line), QPointF(page.width, line))
    _FOOTER.draw(painter, 0, baseline, footer)
    _FOOTER.draw(painter, page.width - _FOOTER.width(number), baseline, number)


def _layout(landscape: bool) -> QPageLayout:
    way = QPageLayout.Orientation
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        way.Landscape if landscape else way.Portrait,
        QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM),
        QPageLayout.Unit.Millimeter,
    )


def _prepare(briefing: Briefing) -> None:
    """See that there are letters to write with."""
    if QApplication.instance() is None:
        _own.append(QApplication(["approvalsim"]))
    if briefing.language == "zh" and not theme.has_chinese_font():
        theme.load_font_package()
        if not theme.has_chinese_font():
            raise ScenarioError([Problem("no_chinese_font")])
