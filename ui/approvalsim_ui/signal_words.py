"""Lights in words, shapes and colours; never by a colour alone."""

from PySide6.QtGui import QColor

from approvalsim.lights import SIGNAL_WORDS, Signal
from approvalsim_ui import language, theme

URGENCY = tuple(Signal)
"""Signals with the most urgent first."""


def signal_words(signal: Signal) -> str:
    """Shape and word in the language spoken now."""
    return SIGNAL_WORDS[signal][language.current() != "zh"]


def shape_and_word(signal: Signal) -> tuple[str, str]:
    """The shape, and the words beside it."""
    shape, _, words = signal_words(signal).partition(" ")
    return shape, words


def signal_colours(signal: Signal) -> tuple[QColor, QColor | None]:
    """The colour of a signal's shape, and that behind its words."""
    c = theme.colours()
    return {
        Signal.RED: (c.bad, c.bad_soft),
        Signal.YELLOW: (c.warn, c.warn_soft),
        Signal.WARNING: (c.side_a, c.side_a_soft),
        Signal.GREEN: (c.good, c.good_soft),
    }.get(signal, (c.muted, None))
