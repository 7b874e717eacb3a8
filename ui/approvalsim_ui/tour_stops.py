"""What the tour shows of the window, and says about it."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from approvalsim_ui.rail import Rail
from approvalsim_ui.screens import Screens
from approvalsim_ui.strip import Strip
from approvalsim_ui.tour import Stop

translate = QCoreApplication.translate


def stops(strip: Strip, rail: Rail, screens: Screens) -> Sequence[Stop]:
    """The cards, in order."""
    return (
        Stop(
            lambda: strip,
            lambda: translate("Tour", "The answer is here already"),
            lambda: translate(
                "Tour",
                "A is the standard process, B the fast track with commitments, for the same "
                "projects under the same luck. The sentence says what differs; the cards say by "
                "how much, and what it costs.",
            ),
            lambda: screens.choose("compare"),
        ),
        Stop(
            lambda: rail.button("stages"),
            lambda: translate("Tour", "Change anything"),
            lambda: translate(
                "Tour",
                "In Stages every duration, correction and reviewer can be changed. The answer "
                "follows while you drag. Ctrl+Z takes everything back.",
            ),
            lambda: screens.choose("stages"),
        ),
        Stop(
            lambda: strip.bar.pairs["changes"],
            lambda: translate("Tour", "See what your change does"),
            lambda: translate(
                "Tour",
                "This button compares the scenario before your changes with what it is now. The "
                "two lists beside it put any two open scenarios next to each other.",
            ),
            lambda: screens.choose("compare"),
        ),
        Stop(
            lambda: rail.button("graph"),
            lambda: translate("Tour", "Why it takes so long"),
            lambda: translate(
                "Tour",
                "The graph shows who waits for whom, and which stage decides. Every number "
                "tells where it comes from. F1 brings this tour back.",
            ),
            lambda: screens.choose("graph"),
        ),
    )
