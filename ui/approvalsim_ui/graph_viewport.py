"""A window onto a network: zoom, pan, fit, and what is under a place of it."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from approvalsim_ui.graph_cards import Picture
from approvalsim_ui.graph_items import ArrowItem, CardItem
from approvalsim_ui.graph_layout import Frame
from approvalsim_ui.graph_scene import GraphScene, Key

STEP = 1.2
SMALLEST, LARGEST = 0.1, 4.0
RESIZE_MILLISECONDS = 120


class GraphViewport(QGraphicsView):
    """Shows a network; all of it, until somebody zooms."""

    def __init__(self, parent: QWidget | None = None, *, least: float = 0.7) -> None:
        """``least`` is the smallest zoom at which all is fitted into the window."""
        self.graph = GraphScene()
        super().__init__(self.graph, parent)
        self.least = least
        self.fitted, self._whole = True, False
        self._zooms = (1.0, 1.0)
        self._panned: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setMinimumSize(280, 180)
        self._resized = QTimer(self, singleShot=True, interval=RESIZE_MILLISECONDS)
        self._resized.timeout.connect(self._refold)
        self.graph.progressed.connect(self._progress)
        self.retheme()

    # --- what is shown --------------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Show another picture in place of the last one."""
        self._zooms = (self.zoom, self.zoom)
        self.graph.show_picture(picture, self._frame())
        if self.fitted:
            self._zooms = (self.zoom, self._fitting_zoom())
        if not self.graph.moving:
            self._progress(1.0)

    def fit(self) -> None:
        """Lay everything out for this window, and show all of it if it can be read then.

        Where it is fitted already and some of it is out of sight, show all of it at any size.
        """
        self._whole = self.fitted and not self._whole and not self._sees_all()
        self.refit()

    def refit(self) -> None:
        """Fit again as it was fitted."""
        self.fitted = True
        self.show_picture(self.graph.picture)

    def _sees_all(self) -> bool:
        extent, size = self.graph.extent, self.viewport().size()
        across = extent.width() * self.zoom <= size.width() + 1
        return across and extent.height() * self.zoom <= size.height() + 1

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one of the scene."""
        return self.transform().m11()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in or out around a place of the window, by default its middle."""
        self.fitted = False
        anchor = QPointF(self.viewport().rect().center()) if at is None else at
        before = self.mapToScene(anchor.toPoint())
        factor = min(max(self.zoom * factor, SMALLEST), LARGEST) / self.zoom
        self.scale(factor, factor)
        moved = self.mapFromScene(before) - anchor.toPoint()
        self._scroll(moved)

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        self.graph.retheme()
        self.setBackgroundBrush(self.graph.colours.window)

    def key_at(self, place: QPoint) -> Key | None:
        """The card or arrow at a place of the window."""
        for item in self.items(place):
            if isinstance(item, CardItem):
                return item.card.id
            if isinstance(item, ArrowItem):
                return item.arrow.edge
        return None

    def screen_place(self, key: Key) -> QPoint:
        """A place of the screen at a card or arrow."""
        item = self.graph.item_of(key)
        if isinstance(item, ArrowItem):
            scene = item.along(0.5)
        else:
            scene = item.sceneBoundingRect().center() if item else QPointF()
        return self.viewport().mapToGlobal(self.mapFromScene(scene))

    def _frame(self) -> Frame:
        size, least = self.viewport().size(), SMALLEST if self._whole else self.least
        return Frame(max(size.width(), 1), max(size.height(), 1), least)

    def _fitting_zoom(self) -> float:
        frame, extent = self._frame(), self.graph.extent
        scale = min(frame.width / extent.width(), frame.height / extent.height(), frame.most)
        return max(scale, frame.least)

    def _progress(self, share: float) -> None:
        """Follow a change with the zoom, so that nothing jumps."""
        if self.fitted:
            old, new = self._zooms
            wanted = old + (new - old) * share
            if abs(wanted - self.zoom) > 1e-9:
                self.resetTransform()
                self.scale(wanted, wanted)
        if share >= 1.0:
            self.setSceneRect(self.graph.extent)

    # --- zoom and pan ---------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the pointer is."""
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom_by(STEP**turns, event.position())
        event.accept()

    def begin_pan(self, place: QPoint) -> None:
        """Hold the picture at a place of the window."""
        self._panned = place
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def pan(self, place: QPoint) -> bool:
        """Move what is held to another place; gives whether anything is."""
        if self._panned is None:
            return False
        self.fitted = False
        self._scroll(self._panned - place)
        self._panned = place
        return True

    def end_pan(self) -> None:
        """Let go."""
        self._panned = None
        self.viewport().unsetCursor()

    def _scroll(self, by: QPoint) -> None:
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + by.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + by.y())

    # --- the window -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all in view at once, and fold anew when the size has come to rest."""
        super().resizeEvent(event)
        if self.fitted:
            self._zooms = (self._fitting_zoom(),) * 2
            self._progress(1.0)
            self._resized.start()

    def _refold(self) -> None:
        if self.fitted:
            self.refit()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """A frame around the window while it has the keyboard."""
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.save()
            painter.resetTransform()
            painter.setPen(QPen(self.graph.colours.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
            painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_zooms"):
            self.retheme()
