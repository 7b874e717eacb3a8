"""Cards and arrows on the screen: how they look, and how they change from one look to the next.

An item is told what it shows from now on and how far the change has come, from 0 to 1; who drives
the change is not its business.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from approvalsim.drawing import Box, Point
from approvalsim.network import Mode
from approvalsim_ui.graph_cards import Arrow, Card
from approvalsim_ui.graph_paths import arrow_head, curve, mixed
from approvalsim_ui.graph_type import (
    PADDING,
    STRIPE,
    TIP,
    SetCard,
    draw_line,
    pill,
    set_card,
    text_font,
    text_height,
    tip,
    title_font,
)
from approvalsim_ui.theme import Colours

GRIP = 12.0
"""Pixels around an arrow in which it can be hit."""


class CardItem(QGraphicsItem):
    """A stage or milestone: its name, its department in words and colour, and its numbers."""

    def __init__(self, card: Card, box: Box, text_width: float, colours: Colours) -> None:
        super().__init__()
        self.card, self.colours, self.text_width = card, colours, text_width
        self.box = self._from = box
        self.hovered = self.current = False
        self.setPos(box.x, box.y)
        self.setZValue(2)
        self.setToolTip(tip(card.spoken))

    def show_next(self, card: Card, box: Box, text_width: float) -> None:
        """Show something else from now on; the place follows with `morph`."""
        self.prepareGeometryChange()
        here = self.pos()
        self._from = Box(box.id, here.x(), here.y(), self.box.width, self.box.height)
        self.card, self.box, self.text_width = card, box, text_width
        self.setToolTip(tip(card.spoken))
        self.update()

    def restate(self, card: Card) -> None:
        """Say something else at the same place."""
        if card != self.card:
            self.card = card
            self.setToolTip(tip(card.spoken))
            self.update()

    def morph(self, share: float) -> None:
        """Stand so far on the way to the new place."""
        x, y = mixed(((self._from.x, self._from.y),), ((self.box.x, self.box.y),), share)[0]
        if (x, y) != (self.x(), self.y()):
            self.setPos(x, y)

    def boundingRect(self) -> QRectF:
        """Room for the card, the ring around it and the badge on its corner."""
        return self.outline_rect().adjusted(-12, -14, 12, 14)

    def shape(self) -> QPainterPath:
        """What can be hit."""
        return self._outline()

    def outline_rect(self) -> QRectF:
        """The card without its surroundings."""
        return QRectF(0, 0, self.box.width, self.box.height)

    def rail(self, station: float) -> QPointF:
        """The place for a token on the upper edge, in the scene; stations count from 0."""
        last = max(len(self.card.stations) - 1, 1)
        left, right = STRIPE + 10.0, self.box.width - 16.0
        return self.mapToScene(QPointF(left + (right - left) * station / last, 0.0))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the card."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid = set_card(self.card, self.text_width)
        self._paint_body(painter)
        self._paint_text(painter, laid)
        if self.card.stations:
            self._paint_rail(painter)
        if self.card.badge:
            self._paint_badge(painter)
        if self.current:
            painter.setPen(QPen(self.colours.focus, 2.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.outline_rect().adjusted(-5, -5, 5, 5), 9, 9)

    def _outline(self) -> QPainterPath:
        path, rect = QPainterPath(), self.outline_rect()
        if self.card.kind == "stage":
            path.addRoundedRect(rect, 7, 7)
            return path
        middle, tip = rect.center().y(), rect.right() - TIP
        corners = [rect.topLeft(), QPointF(tip, 0), QPointF(rect.right(), middle)]
        corners += [QPointF(tip, rect.bottom()), rect.bottomLeft(), rect.topLeft()]
        path.addPolygon(QPolygonF(corners))
        return path

    def _paint_body(self, painter: QPainter) -> None:
        c, card = self.colours, self.card
        fill = c.raised if self.hovered or card.kind == "milestone" else c.panel
        if card.progress == "active":
            fill = c.side_a_soft
        if card.progress == "done":
            fill = c.good_soft
        strong = card.critical or card.progress == "active"
        edge = c.critical if card.critical else c.focus if strong else c.border
        outline = self._outline()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(outline, fill)
        if card.kind == "stage":
            stripe = QPainterPath()
            stripe.addRect(QRectF(0, 0, STRIPE, self.box.height))
            painter.fillPath(outline.intersected(stripe), c.department(card.place))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(edge, 2.4 if strong else 1.2))
        painter.drawPath(outline)

    def _paint_text(self, painter: QPainter, laid: SetCard) -> None:
        c, card = self.colours, self.card
        milestone = card.kind == "milestone"
        x, top = PADDING + (2.0 if milestone else STRIPE), (self.box.height - laid.height) / 2
        y = top = max(top, 0.0) + PADDING - 2
        room = self.box.width - x - (TIP if milestone else PADDING - 2)
        metrics = QFontMetricsF(text_font())
        plain = c.muted if card.progress == "ahead" else c.text
        painter.setPen(plain)
        for line in laid.title:
            y += draw_line(painter, title_font(), QPointF(x, y), line)
        if laid.beside:
            x, y, room = x + laid.beside, top, room - laid.beside
        shown = [(laid.department, c.muted)] if laid.department else []
        for line, colour in (*shown, *((fact, plain) for fact in laid.facts)):
            painter.setPen(colour)
            fitting = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            y += draw_line(painter, text_font(), QPointF(x, y), fitting)
        if card.share_words:
            self._paint_share(painter, QRectF(x - 2, y + 1, room + 2, text_height() + 2))

    def _paint_share(self, painter: QPainter, room: QRectF) -> None:
        """A bar as long as the share says, with the words on it."""
        c, share = self.colours, self.card.share
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(c.grid)
        painter.drawRoundedRect(room, 3, 3)
        if share:
            filled = QRectF(room)
            filled.setWidth(max(room.width() * share, 4.0))
            bar = QColor(c.critical if self.card.critical else c.muted)
            bar.setAlphaF(0.38)
            painter.setBrush(bar)
            painter.drawRoundedRect(filled, 3, 3)
        painter.setPen(c.text)
        draw_line(painter, text_font(), room.topLeft() + QPointF(4, 1), self.card.share_words)

    def _paint_rail(self, painter: QPainter) -> None:
        c, count = self.colours, len(self.card.stations)
        painter.setPen(QPen(c.muted, 1.2))
        painter.setBrush(c.panel)
        for station in range(count):
            painter.drawEllipse(self.mapFromScene(self.rail(station)), 3.5, 3.5)

    def _paint_badge(self, painter: QPainter) -> None:
        c = self.colours
        room = pill(text_font(), self.card.badge)
        room.moveBottomRight(QPointF(self.box.width + 6, self.box.height + 12))
        painter.setPen(QPen(c.warn, 1.2))
        painter.setBrush(c.warn_soft)
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        painter.setPen(c.text)
        draw_line(painter, text_font(), room.topLeft() + QPointF(4, 0), self.card.badge)


class ArrowItem(QGraphicsItem):
    """A dependency: line style and word say what it means."""

    def __init__(self, arrow: Arrow, points: tuple[Point, ...], colours: Colours) -> None:
        super().__init__()
        self.arrow, self.colours = arrow, colours
        self.points = self._from = self._shown = points
        self._old = arrow
        self._share = 1.0
        self.hovered = self.current = False
        self.path = curve(points)
        self.setZValue(0)
        self.setToolTip(tip(arrow.spoken))

    def show_next(self, arrow: Arrow, points: tuple[Point, ...]) -> None:
        """Show something else from now on; line and style follow with `morph`."""
        changed = (arrow, points) != (self.arrow, self._shown)
        self._old = self.arrow
        self._from = self._shown if len(self._shown) == len(points) else points
        self.arrow, self.points = arrow, points
        self.setToolTip(tip(arrow.spoken))
        if changed:
            self._share = 0.0
            self.morph(0.0)

    def restate(self, arrow: Arrow) -> None:
        """Say something else on the same line."""
        if arrow != self.arrow:
            self._old = self.arrow = arrow
            self.setToolTip(tip(arrow.spoken))
            self.update()

    def morph(self, share: float) -> None:
        """Be so far on the way to the new line and style."""
        if self._share == 1.0:
            return
        self.prepareGeometryChange()
        self._share = share
        self._shown = mixed(self._from, self.points, share)
        self.path = curve(self._shown)
        self.update()

    def boundingRect(self) -> QRectF:
        """Room for the line, its head and its word."""
        return self.path.boundingRect().adjusted(-14, -14, 14, 14)

    def shape(self) -> QPainterPath:
        """What can be hit: the line, somewhat wider than it looks."""
        stroker = QPainterPathStroker()
        stroker.setWidth(GRIP)
        return stroker.createStroke(self.path)

    def along(self, share: float) -> QPointF:
        """A place on the line, from its beginning (0) to its end (1)."""
        return self.path.pointAtPercent(min(max(share, 0.0), 1.0))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the line; while it changes its kind, the old and the new look over each other."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.current or self.hovered:
            glow = QColor(self.colours.focus)
            glow.setAlphaF(0.35 if self.current else 0.2)
            painter.setPen(QPen(glow, 9, c=Qt.PenCapStyle.RoundCap))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self.path)
        if self._share < 1.0:
            painter.setOpacity(1.0 - self._share)
            self._paint_look(painter, self._old)
        painter.setOpacity(self._share if self._old != self.arrow else 1.0)
        self._paint_look(painter, self.arrow)

    def _paint_look(self, painter: QPainter, arrow: Arrow) -> None:
        colour = arrow_colour(arrow, self.colours)
        strong = arrow.critical or arrow.passage in ("passed", "owed") or self.current
        painter.setPen(arrow_pen(arrow.mode, colour, 2.6 if strong else 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path)
        end = self.path.pointAtPercent(1.0)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(self.colours.panel if arrow.mode == "deferred" else colour)
        painter.drawPath(arrow_head(end))
        if arrow.word:
            self._paint_word(painter, end, arrow.word, colour)

    def _paint_word(self, painter: QPainter, end: QPointF, word: str, colour: QColor) -> None:
        font = text_font()
        room = pill(font, word)
        room.moveCenter(QPointF(end.x() - 11 - room.width() / 2, end.y()))
        painter.setPen(QPen(colour, 1.0))
        painter.setBrush(self.colours.panel)
        painter.drawRoundedRect(room, 5, 5)
        painter.setPen(self.colours.text)
        draw_line(painter, font, room.topLeft() + QPointF(4, 0), word)


def arrow_colour(arrow: Arrow, colours: Colours) -> QColor:
    """The colour of an arrow: what binds comes first, then what a walk says, then its kind."""
    if arrow.passage:
        by_passage = {"passed": colours.good, "waiting": colours.focus, "owed": colours.bad}
        return by_passage[arrow.passage]
    if arrow.critical:
        return colours.critical
    return {"hard": colours.muted, "prereview": colours.link, "deferred": colours.warn}[arrow.mode]


def arrow_pen(mode: Mode, colour: QColor, width: float) -> QPen:
    """The line of an arrow: solid, long dashes for pre-review, dots for deferred."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if mode == "prereview":
        pen.setDashPattern([10 / width, 6 / width])
    if mode == "deferred":
        pen.setWidthF(width * 1.35)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 4.4 / width])
    return pen
