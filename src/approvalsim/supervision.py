"""Lights (督导的红黄绿灯): how late projects are against their plan, from what has happened.

The rules follow those published by 银川 (2025): yellow when a planned date has passed, red when it
has stayed so for long; see `docs/parameters.md`. Engines urge on whoever is not green (`steering`);
here the same margins are worked out from times, simulated or real.
"""

from enum import StrEnum

import numpy as np

from approvalsim.plan import Plan
from approvalsim.plan_parts import Floats


class Light(StrEnum):
    """How a project stands; ``none`` for one that is not signed, has left or is done."""

    NONE = "none"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


def light(margin: float, red_after: float) -> Light:
    """The light for a margin as in `margins`; red from more than ``red_after`` days late."""
    if np.isnan(margin):
        return Light.NONE
    if margin >= 0:
        return Light.GREEN
    return Light.RED if margin < -red_after else Light.YELLOW


def margins(
    plan: Plan, signed: Floats, finished: Floats, milestone: Floats, left: Floats, now: float
) -> Floats:
    """Calendar days from ``now`` to the next deadline of each project that is not met yet.

    ``signed`` and ``left`` (projects), ``finished`` (projects, stages) and ``milestone`` (projects,
    milestones) are times on the clock; those after ``now``, infinite or nan have not come. A margin
    is negative where the deadline has passed, infinite without a target, and nan for projects that
    are not on their way to the measured milestone.
    """
    supervision = plan.supervision
    done_at = np.hstack([finished, milestone])[:, supervision.order]
    is_open = ~(done_at <= now)
    target = np.where(np.isnan(supervision.target), signed + supervision.within, supervision.target)
    due = np.where(is_open, target[:, None] - supervision.lead, np.inf).min(axis=1)
    on_its_way = (signed <= now) & ~(left <= now) & ~(milestone[:, plan.measure] <= now)
    return np.where(on_its_way, due - now, np.nan)
