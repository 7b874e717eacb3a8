"""A figure one can ask: caption and value, side A with a dot, side B with a square."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from approvalsim_ui import theme
from approvalsim_ui.headline_words import Figure, Look

_PAD = 10.0
_SIGN = 16.0
"""Room for the sign of a side before its value."""
_GAP = 14.0


def tabular(font: QFont) -> QFont:
    """The font with digits of equal width, where it has them."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class FigureButton(QAbstractButton):
    """Shows a figure; a click asks where it comes from. It only ever grows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._wide = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def figure(self) -> Figure | None:
        """What it shows."""
        return self._figure

    def show_figure(self, figure: Figure) -> None:
        """Show a figure."""
        if figure == self._figure:
            return
        kept = self._figure is not None and self._figure.key == figure.key
        self._figure = figure
        self.setText(figure.words)
        self.setAccessibleName(figure.words)
        wanted = self._needed(figure)
        if not kept or wanted > self._wide:
            self._wide = wanted
            self.setFixedSize(self.sizeHint())
        self.update()

    def refit(self) -> None:
        """Take the width the words need now: another language, another font."""
        self._wide = self._needed(self._figure) if self._figure else 0.0
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        high = QFontMetricsF(_small()).height() + QFontMetricsF(_large()).height() + 10
        return QSize(round(self._wide), round(high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Caption above, value below; a frame under the pointer and for the keyboard."""
        if self._figure is None:
            return
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        frame = colours.focus if self.hasFocus() or self.underMouse() else colours.border
        painter.setPen(frame)
        painter.setBrush(colours.raised if self.isDown() or self.underMouse() else colours.panel)
        painter.drawRoundedRect(box, 7, 7)
        top = QFontMetricsF(_small()).height()
        painter.setFont(_small())
        painter.setPen(colours.muted)
        line = QRectF(_PAD, 4, self.width() - 2 * _PAD, top)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._figure.caption)
        self._paint_value(painter, top + 5)
        painter.end()

    def _paint_value(self, painter: QPainter, top: float) -> None:
        assert self._figure is not None
        colours, x = theme.colours(), _PAD
        painter.setFont(_large())
        metrics = QFontMetricsF(_large())
        for part in self._figure.parts:
            colour = {"a": colours.side_a, "b": colours.side_b, "text": colours.text}[part.look]
            if part.look == "text" and x > _PAD:
                x -= _GAP / 2
            if part.look != "text":
                paint_sign(painter, part.look, QPointF(x + 5, top + metrics.height() / 2), colour)
                x += _SIGN
            painter.setPen(colour)
            width = metrics.horizontalAdvance(part.words)
            room = QRectF(x, top, width + 2, metrics.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, part.words)
            x += width + _GAP

    def _needed(self, figure: Figure) -> float:
        caption = QFontMetricsF(_small()).horizontalAdvance(figure.caption)
        signs = sum(_SIGN for part in figure.parts if part.look != "text")
        gaps = _GAP * (len(figure.parts) - 1)
        large = QFontMetricsF(_large())
        now = sum(large.horizontalAdvance(part.words) for part in figure.parts)
        value = max(large.horizontalAdvance(figure.widest), now) + signs + gaps
        return max(caption, value) + 2 * _PAD + 2


def paint_sign(painter: QPainter, look: Look, at: QPointF, colour: QColor) -> None:
    """The sign of a side, as in the charts: a dot for A, a square for B."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if look == "a":
        painter.drawEllipse(at, 5.0, 5.0)
    else:
        painter.drawRect(QRectF(at.x() - 4.5, at.y() - 4.5, 9, 9))
    painter.restore()


def _small() -> QFont:
    return tabular(theme.text_font())


def _large() -> QFont:
    return tabular(theme.text_font(1.25, bold=True))
