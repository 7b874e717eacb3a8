"""What matters most: each uncertain input moved by itself, under the same luck as the base.

**To its P10** means: the input is known to be its P10. The duration of every project, and of every
submission, is then this constant instead of a draw (a stage's variants each take the P10 of their
own distribution), and everything else stays as uncertain as it was. The outcome is so the
expectation *given* that value of the input, as in the usual tornado of a Monte Carlo study. To
shift or stretch a distribution until its mean reaches the P10 would keep its spread, and so move
some draws beyond what the scenario holds possible, even below zero. The price of the usual meaning
is that at both ends the input's own spread is gone, and with it the queues and latest-of-several
waits that spread alone causes: a bar may therefore be a little longer to the left than to the
right. Two things stay on top of the constant: the factors of variants, and each project's own pace
(``[variation]``).

**Decisions** are moved as far as somebody may decide: a department has one reviewer less or more,
nobody or everybody eligible takes the commitment path.

**±20 %** is another question: every time, mean and spread alike, fixed or not, and every share and
probability is made larger and smaller by the same part. Correction probabilities and breach rates,
of which the scenario knows no range, are moved in this way only.

A difference is that of the variant to the base, replication by replication, with its 95 % interval.
Inputs are ranked by the length of their bar.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from approvalsim.estimate import Estimate
from approvalsim.inputs import with_values
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.uncertainty import Change, End, Input, uncertain_inputs
from approvalsim.yardstick import SameLuck, Watch, Yardstick, readings


@dataclass(frozen=True, eq=False)
class Base:
    """A scenario as it is, run once; what all its variants are compared with."""

    scenario: Scenario
    yardstick: Yardstick
    luck: SameLuck
    readings: NDArray[np.float64]

    @property
    def level(self) -> Estimate:
        """The measure, as the scenario stands."""
        return self.yardstick.level(self.readings)


@dataclass(frozen=True)
class Moved:
    """One end of a bar: how far the input was moved, and what came of it."""

    end: End
    difference: Estimate
    """Variant less base."""


@dataclass(frozen=True)
class Effect:
    """One bar: an input, moved both ways."""

    input: Input
    change: Change
    low: Moved | None
    """None where it cannot be moved that way."""
    high: Moved | None

    @property
    def swing(self) -> float:
        """The length of the bar: from the lowest outcome to the highest, the base included."""
        ends = [end.difference.value for end in (self.low, self.high) if end]
        known = [0.0, *filter(isfinite, ends)]
        return max(known) - min(known)

    @property
    def moves(self) -> bool:
        """Whether the outcome is another at either end, or cannot be told there."""
        return any(end.difference.value != 0 for end in (self.low, self.high) if end)


def base_of(scenario: Scenario, yardstick: Yardstick, luck: SameLuck, watch: Watch = bool) -> Base:
    """Run the scenario as it is."""
    (rows,) = readings((compile_plan(scenario),), yardstick, luck, watch)
    return Base(scenario, yardstick, luck, rows)


def variants(scenario: Scenario) -> int:
    """How many variants `effects` runs."""
    swings = (swing for found in uncertain_inputs(scenario) for swing in found.swings())
    return sum((swing.low is not None) + (swing.high is not None) for swing in swings)


def effects(base: Base, watch: Watch = bool) -> Generator[tuple[Effect, ...], None, None]:
    """The effects of one input after the other, in the scenario's order; to cancel, stop iterating.

    What has come until then is right as far as it goes, and ranked among itself.
    """
    inputs = uncertain_inputs(base.scenario)
    together = max(1, base.luck.at_once // 4)  # an input has up to four variants
    for first in range(0, len(inputs), together):
        yield from _moved(base, inputs[first : first + together], watch)


def _moved(
    base: Base, inputs: Sequence[Input], watch: Watch
) -> Generator[tuple[Effect, ...], None, None]:
    """The effects of some inputs, all their variants run together."""
    swings = [(found, tuple(found.swings())) for found in inputs]
    ends = [end for _, both in swings for swing in both for end in (swing.low, swing.high) if end]
    plans = [compile_plan(with_values(base.scenario, end.changes)) for end in ends]
    rows = readings(plans, base.yardstick, base.luck, watch)
    moved = {
        id(end): Moved(end, base.yardstick.difference(base.readings, part))
        for end, part in zip(ends, rows, strict=True)
    }
    for found, both in swings:
        yield tuple(
            Effect(found, swing.change, moved.get(id(swing.low)), moved.get(id(swing.high)))
            for swing in both
        )


def ranked(found: Iterable[Effect]) -> tuple[Effect, ...]:
    """The effects by the length of their bars, the longest first; equals stay in their order."""
    return tuple(sorted(found, key=lambda effect: -effect.swing))
