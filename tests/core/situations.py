"""Where the projects of a simulated replication stand at some time, as a register would hold it."""

from dataclasses import fields
from math import inf, nan

import numpy as np
from hypothesis import strategies as st

from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import Situation

PHASES = ("ready", "submitted", "reviewed", "finished")


def seen(facts: Facts, as_of: float, row: int = 0) -> Situation:
    """What has happened in one replication before an as-of time."""

    def by_then(times: np.ndarray) -> np.ndarray:
        return np.where(times[row] < as_of, times[row], nan)

    return Situation(
        as_of=as_of,
        **{name: by_then(getattr(facts.stage, name)) for name in PHASES},
        happened=by_then(facts.project.milestone),
        submit_from=np.full(facts.stage.ready.shape[1:], -inf),
    )


@st.composite
def situations(draw: st.DrawFn, plan: Plan, facts: Facts) -> Situation:
    """What is known at some time of a replication, some of it forgotten, some put off."""
    latest = max(float(facts.last_event[0]), 1.0)
    share = draw(st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.7, 1.0, 1.1)))
    as_of = draw(st.sampled_from((round(latest * share), latest * share)))
    known = seen(facts, float(as_of))
    projects, stages = len(plan.axes.projects), len(plan.axes.stages)
    arrays = {each.name: getattr(known, each.name) for each in fields(Situation)}
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, projects - 1)), draw(st.integers(0, stages - 1))
        forgotten = draw(st.integers(0, len(PHASES)))  # this phase and all later ones
        for name in PHASES[forgotten:]:
            arrays[name][place] = nan
        if draw(st.booleans()):
            arrays["submit_from"][place] = as_of + draw(st.integers(0, 9))
    return Situation(**arrays)
