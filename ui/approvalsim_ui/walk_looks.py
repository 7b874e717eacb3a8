"""How phases look: each has a colour and a hatch, so that neither is needed alone."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from approvalsim_ui.theme import Colours
from approvalsim_ui.walk_story import Phase

_Pattern = Qt.BrushStyle

LOOKS: Mapping[Phase, tuple[str, str, _Pattern]] = {
    "preparing": ("side_a_soft", "side_a", _Pattern.NoBrush),
    "meeting": ("raised", "muted", _Pattern.Dense6Pattern),
    "queueing": ("warn_soft", "warn", _Pattern.BDiagPattern),
    "reviewing": ("side_a", "side_a", _Pattern.NoBrush),
    "correcting": ("side_b_soft", "side_b", _Pattern.DiagCrossPattern),
    "notice": ("raised", "muted", _Pattern.VerPattern),
    "waiting": ("panel", "muted", _Pattern.HorPattern),
    "issuing": ("good_soft", "good", _Pattern.FDiagPattern),
}
"""Ground and ink by their names in `Colours`, and the hatch."""


def paint_phase(painter: QPainter, area: QRectF, phase: Phase, colours: Colours) -> None:
    """A bar of a phase."""
    ground, ink, hatch = LOOKS[phase]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(area, getattr(colours, ground))
    if hatch != _Pattern.NoBrush:
        shade = QColor(getattr(colours, ink))
        shade.setAlphaF(0.55)
        painter.fillRect(area, QBrush(shade, hatch))
    painter.setPen(QPen(getattr(colours, ink), 1.0))
    painter.setBrush(_Pattern.NoBrush)
    painter.drawRect(area)


def word_colour(phase: Phase, colours: Colours) -> QColor:
    """The colour of a word on the bar of a phase."""
    return colours.panel if phase == "reviewing" else colours.text
