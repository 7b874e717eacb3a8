"""The rubber line from a card to the pointer, while somebody draws a dependency."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from approvalsim_ui.graph_items import CardItem
from approvalsim_ui.graph_paths import curve


class RubberLine(QGraphicsPathItem):
    """A dashed curve that begins at a card."""

    def __init__(self, source: CardItem) -> None:
        super().__init__()
        rect = source.mapRectToScene(source.outline_rect())
        self._start = rect.right(), rect.center().y()
        self.setPen(QPen(source.colours.focus, 2.5, Qt.PenStyle.DashLine))
        self.setZValue(5)

    def stretch(self, end: QPointF) -> None:
        """Let it end at a place of the scene."""
        self.setPath(curve((self._start, (end.x(), end.y()))))
