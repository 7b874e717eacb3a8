"""The shape of a duration's distribution, as a curve to draw. No Qt here."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.distributions import quantile_table
from approvalsim_ui.duration_text import ON_AXIS, fields_of

Array = NDArray[np.float64]

_TAIL = 0.995
"""Where the drawing of an unbounded distribution ends."""


def density(duration: Any, axis: Array) -> Array:
    """How likely durations near each point of ``axis`` (ascending) are; the highest is 1.

    Made from the table of quantiles that the engines draw from. All zero for a duration that is
    always the same, which has no density.
    """
    table = quantile_table(duration)
    if table.knots[-1] <= table.knots[0]:
        return np.zeros_like(axis)
    steps = np.linspace(0, 1, len(table.knots))
    edges = np.concatenate([axis[:1], (axis[1:] + axis[:-1]) / 2, axis[-1:]])
    at = np.interp(edges, table.knots, steps)
    share = np.diff(_unwarped(at) if table.warped else at)
    share[edges[1:] < table.knots[0]] = 0
    width = np.diff(edges)
    curve: Array = np.divide(share, width, out=np.zeros_like(share), where=width > 0)
    return curve / curve.max() if curve.max() > 0 else curve


def reach(duration: Any) -> float:
    """The longest duration worth drawing, in its own unit."""
    if duration is None:
        return 0.0
    if duration.dist in ("lognormal", "gamma", "weibull"):
        return float(duration.quantile(np.array([_TAIL]))[0])
    if duration.dist == "empirical":
        return float(duration.quantiles[-1])
    return float(max(getattr(duration, name) for name in fields_of(duration.dist)))


def handles(duration: Any) -> dict[str, float]:
    """The numbers of a duration that lie on the axis of days, from the shortest to the longest."""
    if duration is None:
        return {}
    names = fields_of(duration.dist)
    return {name: float(getattr(duration, name)) for name in ON_AXIS if name in names}


def rounded_up(value: float) -> float:
    """A round number a little above ``value``, for the end of an axis."""
    if value <= 0:
        return 10.0
    wanted = value * 1.12
    size = 10.0 ** float(np.floor(np.log10(wanted)))
    steps = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
    return float(next(size * step for step in steps if size * step >= wanted))


def _unwarped(v: Array) -> Array:
    """The inverse of `distributions.warp`."""
    return np.where(v < 0.5, 2 * v**2, 1 - 2 * (1 - v) ** 2)
