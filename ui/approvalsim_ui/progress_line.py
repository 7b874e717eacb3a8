"""How far a run is: a thin line that is drawn when there is time for it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from approvalsim_ui import theme


class ProgressLine(QWidget):
    """Unlike `QProgressBar`, which draws at once, and keeps everything else waiting for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self.setFixedSize(QSize(90, 6))

    def show_share(self, share: float) -> None:
        """So much is done, from 0 to 1."""
        self.share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, and the part that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colours().raised)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme.colours().raised)
        painter.drawRoundedRect(whole, 3, 3)
        painter.setPen(theme.colours().focus)
        painter.setBrush(theme.colours().focus)
        if self.share > 0:
            whole.setWidth(max(whole.width() * self.share, 6))
            painter.drawRoundedRect(whole, 3, 3)
        painter.end()
