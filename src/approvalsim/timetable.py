"""When things may happen: meetings (会审) and availability windows, pure functions of the clock."""

from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

ROUNDING = 1e-9
"""Days by which a difference of two times may miss the duration between them."""


class Window(NamedTuple):
    """Days around Lunar New Year's Day; see `approvalsim.scenario.SpringFestivalWindow`."""

    closed_before: float
    closed_after: float
    full_after: float


def next_meeting(now: float, every: float, offset: float) -> float:
    """The first of the meetings at ``offset``, ``offset + every``, … that is not before now."""
    number = max(0.0, ceil((now - offset) / every))
    # The quotient may have been rounded up past a whole number, or down onto one.
    if number and offset + (number - 1.0) * every >= now:
        return offset + (number - 1.0) * every
    time = offset + number * every
    return time if time >= now else offset + (number + 1.0) * every


def opening(now: float, window: Window, new_years: Iterable[float], draw: float) -> float:
    """Earliest time from now on at which the window is open for a site with this draw.

    Outside the closed days it is open. After them sites resume evenly until ``full_after``: the
    share ``draw`` of them before this one.
    """
    for new_year in new_years:
        if now < new_year - window.closed_before:
            break
        spread = (window.full_after - window.closed_after) * draw
        resumed = new_year + (window.closed_after + spread)
        if now < resumed:
            return resumed
    return now
