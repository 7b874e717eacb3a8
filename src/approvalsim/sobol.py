"""Which inputs the spread of the outcome comes from: Sobol's variance-based indices, by SALib.

The tornado moves one input at a time; here all of them move at once, each over its range (see
`uncertainty.Input.sampled`), and the variance of the outcome is divided among them. The
*first-order* index of an input is the share of the variance that knowing it alone would remove; its
*total* index is the share that remains while it alone is unknown, and counts what it does together
with others. In an additive world both are the same and add up to 1.

Every point is run under the same luck, so the outcome is a function of the inputs alone: the mean,
quantile or rate over a stated number of replications. What is left to luck at a given point is so
not part of the variance that is divided.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil, nan
from os import cpu_count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.errors import Problem, ScenarioError
from approvalsim.estimate import Estimate
from approvalsim.inputs import with_values
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.uncertainty import Input, uncertain_inputs
from approvalsim.yardstick import SameLuck, Watch, Yardstick, readings

Floats = NDArray[np.float64]

RESAMPLES = 500
"""Bootstrap samples behind each interval."""
FEWEST = 8
"""Samples below which an interrupted analysis says nothing."""


@dataclass(frozen=True, eq=False)
class Design:
    """Where the outcome is asked: Saltelli's blocks of points, one after the other."""

    scenario: Scenario
    inputs: tuple[Input, ...]
    samples: int
    points: Floats
    """(samples * (inputs + 2), inputs) positions inside the ranges, 0 to 1."""
    seed: int

    @property
    def block(self) -> int:
        """Points that belong to one sample."""
        return len(self.inputs) + 2


@dataclass(frozen=True)
class Index:
    """What one input does to the variance of the outcome; shares with 95 % intervals."""

    input: Input
    first: Estimate
    total: Estimate


def design_of(scenario: Scenario, samples: int, seed: int) -> Design:
    """The points to ask for; ``samples`` is a power of two.

    Raises `ScenarioError` where it is not, where SALib is missing, or where nothing is uncertain.
    """
    if samples < FEWEST or samples & (samples - 1):
        words = {
            "option": "--samples",
            "reason": f"应为 2 的幂，至少 {FEWEST}；现为 {samples}",
            "reason_en": f"must be a power of two, at least {FEWEST}; found {samples}",
        }
        raise ScenarioError([Problem("option", words=words)])
    inputs = tuple(found for found in uncertain_inputs(scenario) if found.varies)
    if not inputs:
        raise ScenarioError([Problem("nothing_uncertain", file=scenario.id)])
    sampling, _ = _salib()
    points = sampling.sample(_problem(inputs), samples, calc_second_order=False, seed=seed)
    return Design(scenario, inputs, samples, np.asarray(points), seed)


def outcomes(
    design: Design, yardstick: Yardstick, luck: SameLuck, watch: Watch = bool
) -> Generator[Floats, None, None]:
    """The outcome at the points of one sample after the other; to cancel, stop iterating."""
    share = ceil(luck.replications / (luck.workers or cpu_count() or 1))
    points = iter(design.points)
    for _ in range(design.samples):
        plans = [compile_plan(_at(design, point)) for point in islice(points, design.block)]
        rows = readings(plans, yardstick, luck, watch, batch=share)
        yield np.array([yardstick.level(part).value for part in rows])


def usable(samples: int) -> int:
    """How many of the first samples of Sobol's sequence are as evenly spread as they should be."""
    return 1 << (samples.bit_length() - 1)


def indices(design: Design, found: Sequence[Floats]) -> tuple[Index, ...]:
    """The indices of all inputs, from the outcomes of a power of two of samples.

    Nan where the outcome never varies.
    """
    values = np.concatenate(found)
    if not np.isfinite(values).all() or np.ptp(values) < _SAME:
        unknown = Estimate(nan, nan, nan)
        return tuple(Index(one, unknown, unknown) for one in design.inputs)
    _, analysis = _salib()
    result = analysis.analyze(
        _problem(design.inputs),
        values,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        seed=design.seed + 1,  # of 0 it would make none
    )
    return tuple(
        Index(one, _estimate(result, "S1", number), _estimate(result, "ST", number))
        for number, one in enumerate(design.inputs)
    )


_SAME = 1e-9
"""Days within which outcomes are equal; a clock in floats cannot tell less."""


def _at(design: Design, point: Floats) -> Scenario:
    changes = {
        place: value
        for one, share in zip(design.inputs, point.tolist(), strict=True)
        for place, value in one.sampled(share).items()
    }
    return with_values(design.scenario, changes)


def _problem(inputs: Sequence[Input]) -> dict[str, Any]:
    names = [one.path for one in inputs]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _estimate(result: Any, name: str, number: int) -> Estimate:
    value, half = float(result[name][number]), float(result[f"{name}_conf"][number])
    return Estimate(value, value - half, value + half)


def _salib() -> tuple[Any, Any]:
    """SALib's sampling and analysis; raises `ScenarioError` where it is not installed."""
    try:
        from SALib.analyze import sobol as analysis  # noqa: PLC0415 - a second, and an extra
        from SALib.sample import sobol as sampling  # noqa: PLC0415
    except ImportError:
        raise ScenarioError([Problem("no_salib", ("--method",))]) from None
    return sampling, analysis
