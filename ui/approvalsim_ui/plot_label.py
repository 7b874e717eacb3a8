"""Words that stand at a point of a plot, on a background that keeps them readable."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor

from approvalsim_ui import theme

_SEEN_THROUGH = 215
"""Opacity of the background, out of 255."""


class PlotLabel(pg.TextItem):
    """A text at a point; how it lies to the point is its anchor, in widths and heights of it."""

    def __init__(self, plot: Any, bold: bool = True) -> None:
        super().__init__(anchor=(0.0, 0.5))
        self.setFont(theme.text_font(bold=bold))
        self.setZValue(40)
        plot.addItem(self, ignoreBounds=True)
        # Else it would find its place only in its first painting, which may be an export's.
        self._lastScene = self.scene()
        self._lastScene.sigPrepareForPaint.connect(self.updateTransform)

    @property
    def words(self) -> str:
        """What it says."""
        return str(self.toPlainText())

    def show_colours(self, colour: QColor, background: QColor | None = None) -> None:
        """The colour of the letters, and what is behind them."""
        self.setColor(colour)
        if background is not None:
            seen = QColor(background)
            seen.setAlpha(_SEEN_THROUGH)
            self.fill = pg.mkBrush(seen)
        self.update()

    def show_words(self, words: str, x: float, y: float, anchor: tuple[float, float]) -> None:
        """Say something at a point."""
        self.setText(words)
        if tuple(self.anchor) != anchor:
            self.setAnchor(anchor)
        self.setPos(x, y)
