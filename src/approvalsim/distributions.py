"""Durations by inverse transform: families of distributions and their quantile tables.

Every family is sampled as ``quantile(u)`` with one uniform draw, so a duration is a monotone
function of its luck and two scenarios with the same luck stay comparable. Engines do not call the
quantile functions: they read a `QuantileTable`, built once, with a few arithmetic operations that
any engine repeats to the last bit.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from approvalsim.evidence import Marked

Array = NDArray[np.float64]
Unit = Literal["days", "workdays"]
Nonnegative = Annotated[float, Field(ge=0, le=100_000)]
Positive = Annotated[float, Field(gt=0, le=100_000)]
# A shape under 0.5 would put most of the mass at zero; no approval takes its time like that, and
# the error bound of the tables is kept from 0.5 upwards.
Shape = Annotated[float, Field(ge=0.5, le=1_000)]

WARPED_CELLS = 2048
"""Cells of a table on the warped axis; the error bound in the tests belongs to this number."""


class _Family(Marked):
    """What every family shares: the unit, and the quantile function."""

    unit: Unit | None = None
    """Calendar ``days`` or ``workdays``; where omitted, the usual unit of the role it plays."""

    def quantile(self, u: Array) -> Array:
        """Duration below which the share ``u`` (inside 0..1) of all durations lies, in `unit`."""
        raise NotImplementedError

    def typical(self) -> float:
        """The mode where the family names one, else the median: what a wall chart would show."""
        return float(self.quantile(np.array([0.5]))[0])


class Fixed(_Family):
    """Always the same duration."""

    dist: Literal["fixed"]
    value: Nonnegative

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        return np.full_like(u, self.value)


class Uniform(_Family):
    """Every duration from ``min`` to ``max`` alike."""

    dist: Literal["uniform"]
    min: Nonnegative
    max: Nonnegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _require_order(min=self.min, max=self.max)
        return self

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        return self.min + (self.max - self.min) * u


class _ThreePoint(_Family):
    """A smallest, a most likely and a largest duration."""

    min: Nonnegative
    mode: Nonnegative
    max: Nonnegative

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _require_order(min=self.min, mode=self.mode, max=self.max)
        return self

    def typical(self) -> float:
        """The most likely duration."""
        return self.mode


class Triangular(_ThreePoint):
    """Triangular density over ``min``, ``mode``, ``max``."""

    dist: Literal["triangular"]

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        width = self.max - self.min
        if width == 0:
            return np.full_like(u, self.min)
        rising = self.min + np.sqrt(u * width * (self.mode - self.min))
        falling = self.max - np.sqrt((1 - u) * width * (self.max - self.mode))
        return np.where(u < (self.mode - self.min) / width, rising, falling)


class Pert(_ThreePoint):
    """PERT: a beta density with lambda 4 (Malcolm, Roseboom, Clark and Fazar 1959)."""

    dist: Literal["pert"]

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        from scipy.special import betaincinv  # noqa: PLC0415

        width = self.max - self.min
        if width == 0:
            return np.full_like(u, self.min)
        left = 1 + 4 * (self.mode - self.min) / width
        right = 1 + 4 * (self.max - self.mode) / width
        return np.asarray(self.min + width * betaincinv(left, right, u), dtype=np.float64)


class Lognormal(_Family):
    """Lognormal, given by the mean and standard deviation of the duration itself."""

    dist: Literal["lognormal"]
    mean: Positive
    sd: Positive

    @model_validator(mode="after")
    def _within_reach(self) -> Self:
        # Far beyond this the tables would miss their error bound; nobody's durations go there.
        _require_order(**{"sd": self.sd, "100 × mean": 100 * self.mean})
        return self

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        from scipy.special import ndtri  # noqa: PLC0415

        variance = math.log1p((self.sd / self.mean) ** 2)
        return np.asarray(
            self.mean * _exp(math.sqrt(variance) * ndtri(u) - variance / 2), dtype=np.float64
        )


class Gamma(_Family):
    """Gamma with a shape and a mean."""

    dist: Literal["gamma"]
    shape: Shape
    mean: Positive

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        from scipy.special import gammaincinv  # noqa: PLC0415

        return np.asarray(self.mean / self.shape * gammaincinv(self.shape, u), dtype=np.float64)


class Weibull(_Family):
    """Weibull with a shape and a mean; shape 1 is the exponential distribution."""

    dist: Literal["weibull"]
    shape: Shape
    mean: Positive

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        from scipy.special import gamma  # noqa: PLC0415

        scale = self.mean / float(gamma(1 + 1 / self.shape))
        return np.asarray(scale * _power(-_log1p(-u), 1 / self.shape), dtype=np.float64)


class Empirical(_Family):
    """Equally spaced quantiles from the smallest to the largest duration, joined by lines."""

    dist: Literal["empirical"]
    quantiles: Annotated[tuple[Nonnegative, ...], Field(min_length=2, strict=False)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if any(a > b for a, b in pairwise(self.quantiles)):
            raise PydanticCustomError("not_ascending", "quantiles must not fall")
        return self

    def quantile(self, u: Array) -> Array:
        """See `_Family.quantile`."""
        return np.interp(u, np.linspace(0, 1, len(self.quantiles)), self.quantiles)


Duration = Annotated[
    Fixed | Uniform | Triangular | Pert | Lognormal | Gamma | Weibull | Empirical,
    Field(discriminator="dist"),
]


def _by_the_c_library(function: Callable[..., float]) -> Callable[..., Array]:
    """Apply a function of the C library to every element of an array.

    NumPy's own exp, log1p and power take other roads on processors of other generations, and may
    differ there in the last bit; results must not.
    """
    return np.vectorize(function, otypes=[np.float64])


_exp, _log1p, _power = (_by_the_c_library(f) for f in (math.exp, math.log1p, math.pow))


def _require_order(**values: float) -> None:
    """Raise one error that names the first two of ``values`` that stand in the wrong order."""
    names = list(values)
    for lower, upper in pairwise(names):
        if values[lower] > values[upper]:
            raise PydanticCustomError(
                "wrong_order",
                "{lower} must not be above {upper}",
                {"lower": lower, "upper": upper, "a": values[lower], "b": values[upper]},
            )


@dataclass(frozen=True, eq=False)
class QuantileTable:
    """A quantile function as knots at equal steps, joined by lines.

    ``knots`` has one more entry than there are cells. A *warped* table has its equal steps on the
    axis ``warp(u)``, which stretches both tails so that a line is enough there too.
    """

    knots: Array
    warped: bool


def warp(u: Array) -> Array:
    """Map 0..1 onto itself so that both tails widen: ``sqrt(u / 2)``, mirrored above one half.

    Square roots are rounded the same by every processor and compiler (IEEE 754), which no other
    stretching function promises.
    """
    side = np.sqrt(np.minimum(u, 1.0 - u) * 0.5)
    warped: Array = np.where(u < 0.5, side, 1.0 - side)
    return warped


def _unwarp(v: Array) -> Array:
    """Inverse of `warp`."""
    return np.where(v < 0.5, 2 * v**2, 1 - 2 * (1 - v) ** 2)


def quantile_table(distribution: _Family, factor: float = 1.0) -> QuantileTable:
    """Table of ``factor`` times the distribution's quantile function.

    Families made of lines get the exact knots; the curved ones `WARPED_CELLS` cells, with a
    relative error under 0.1 % from the 0.1 % to the 99.9 % quantile. The ends of an unbounded
    family are cut at its quantiles of 2**-52 and 1 - 2**-52, beyond which no draw can fall.
    """
    fields = distribution.model_dump(exclude={"source", "assumed", "note", "unit"})
    return _table(type(distribution), tuple(fields.items()), factor)


@lru_cache(maxsize=4096)
def _table(
    family: type[_Family], fields: tuple[tuple[str, Any], ...], factor: float
) -> QuantileTable:
    distribution = family(**dict(fields))
    match distribution:
        case Fixed(value=value):
            knots, warped = np.array([value, value]), False
        case Uniform(min=low, max=high):
            knots, warped = np.array([low, high]), False
        case Empirical(quantiles=quantiles):
            knots, warped = np.array(quantiles), False
        case _:
            axis = _unwarp(np.linspace(0, 1, WARPED_CELLS + 1))
            knots = distribution.quantile(np.clip(axis, 2.0**-52, 1 - 2.0**-52))
            # Guard against the last digit of an inverse function that wobbles.
            knots, warped = np.maximum.accumulate(knots), True
    knots = np.ascontiguousarray(knots * factor, dtype=np.float64)
    knots.setflags(write=False)
    return QuantileTable(knots, warped)
