"""The answer to the question two scenarios ask: the only thing views get from a run.

Side A is blue and comes first, side B orange and second; differences are B minus A.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from approvalsim.comparison import Comparison
from approvalsim.engines import Engine
from approvalsim.plan import Plan
from approvalsim.report import Manifest
from approvalsim.scenario import Scenario
from approvalsim.summary import Summary
from approvalsim_ui.pictures import Pictures

Floats = NDArray[np.float64]

Reform = Literal["commitment", "supervision"]
"""What of a scenario may be off on one side and on on the other, as in `experiments`."""

Role = Literal[
    "standard", "commitment", "unsupervised", "supervised", "before", "after", "scenario"
]
"""What a side is: one scenario with a reform off or on, before or after changes, or any."""

SIDES_OF: dict[Reform, tuple[Role, Role]] = {
    "commitment": ("standard", "commitment"),
    "supervision": ("unsupervised", "supervised"),
}
"""What a side is with a reform off, and with it on."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two: what was asked, and what came out.

    Arrays are (replication, project), calendar days on the scenario's clock, infinite for what did
    not happen; of very many replications they hold the first. `plan.calendar.date_of` turns a clock
    time into a date.
    """

    scenario: Scenario
    plan: Plan
    summary: Summary
    signed: Floats
    started: Floats
    """When the measured milestone happened."""
    left: Floats
    """When the project dropped out."""

    @property
    def times(self) -> Floats:
        """(replication, project) days from signing to the measured milestone; inf if never."""
        return self.started - self.signed


@dataclass(frozen=True, eq=False)
class Answer:
    """Two sides under the same luck, and what lies between them."""

    a: Side
    b: Side
    comparison: Comparison
    pictures: Pictures
    """What charts draw."""
    manifest: Manifest
    one_scenario: bool
    """Both sides are one scenario, a reform of it off (A) and on (B)."""
    roles: tuple[Role, Role]
    """What A and B are to each other."""
    engine: Engine
    seed: int
    replications: int
    wanted: int
    """Replications that were asked for; as long as there are fewer, the answer is provisional.

    Where a precision was asked for, the most it may take until it is reached.
    """
    dates: tuple[date, ...]
    """At whose end start rates are asked."""
    missed: float | None = None
    """Half-width of the interval (days), where it is wider than was asked for."""
    assumed_from: date | None = None
    """The first date used whose holidays are not published yet."""

    @property
    def is_final(self) -> bool:
        """Whether all replications asked for are in."""
        return self.replications >= self.wanted


def paired_gaps(a: Side, b: Side) -> Floats:
    """Finite differences of the times of projects both sides have, B minus A, flat; in days."""
    position = {name: n for n, name in enumerate(b.plan.axes.projects)}
    both = [(n, position[name]) for n, name in enumerate(a.plan.axes.projects) if name in position]
    times_a, times_b = a.times[:, [n for n, _ in both]], b.times[:, [m for _, m in both]]
    known = np.isfinite(times_a) & np.isfinite(times_b)
    return times_b[known] - times_a[known]
