"""How long it still takes from each stage of a project to the measured milestone.

The longest way is meant, as in a critical path, but with the durations of a replication: what a
stage waited for others is slack, and not counted. So a stage beside the longest way has a short
time, and a late date.
"""

from math import inf

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import DEFERRED, FINISHED, HARD, PREREVIEW, REVIEWED, SUBMITTED

Floats = NDArray[np.float64]

SUBMIT, FINISH = 0, 1
"""Places along the last axis of `remaining`."""


def remaining(plan: Plan, facts: Facts) -> Floats:
    """(replication, project, stage, 2) days from submission, and from the end, to the milestone.

    Minus infinite where the milestone does not wait for the stage, infinite where a stage on the
    way never finished. The milestone's own window is left out.
    """
    stage, edges, stages = facts.stage, plan.edges, len(plan.axes.stages)
    shape = stage.ready.shape
    from_phase = {phase: np.full(shape, -inf) for phase in (SUBMITTED, REVIEWED, FINISHED)}
    from_ready = np.full(shape, -inf)
    done = np.isfinite(stage.finished)
    prepare, handling = _days(stage.ready, stage.submitted), _days(stage.submitted, stage.reviewed)
    noticed = np.where(done, stage.reviewed + stage.notice, inf)
    before = plan.ancestors.sum(axis=1)
    for node in (stages + plan.measure, *sorted(range(stages), key=lambda s: -int(before[s]))):
        ends = np.zeros(shape[:2])
        if node < stages:
            into = np.flatnonzero(edges.target == node)
            issue = _issue(plan, facts, into, node, noticed[:, :, node])
            ends = _plus(from_phase[FINISHED][:, :, node], issue)
            notice = np.where(done[:, :, node], stage.notice[:, :, node], inf)
            late = np.maximum(from_phase[REVIEWED][:, :, node], _plus(ends, notice))
            from_phase[REVIEWED][:, :, node] = late
            late = np.maximum(from_phase[SUBMITTED][:, :, node], _plus(late, handling[:, :, node]))
            from_phase[SUBMITTED][:, :, node] = late
            from_ready[:, :, node] = _plus(late, prepare[:, :, node])
        for edge in np.flatnonzero(edges.target == node).tolist():
            mode = facts.project.edge_mode[:, :, edge]
            way = np.where(mode == HARD, 0.0, -inf)
            if node < stages:
                hard, provisional = from_ready[:, :, node], ends
                way = np.where(mode == PREREVIEW, provisional, hard)
                way = np.where(mode == DEFERRED, -inf, way)
            source, phase = edges.source[edge], int(edges.phase[edge])
            cell = from_phase[phase][:, :, source]
            from_phase[phase][:, :, source] = np.maximum(cell, way)
    return np.stack([from_phase[SUBMITTED], from_phase[FINISHED]], axis=-1)


def _issue(plan: Plan, facts: Facts, into: NDArray[np.int64], node: int, noticed: Floats) -> Floats:
    """Time to issue the certificate after the last predecessor in pre-review mode, if any."""
    latest = noticed.copy()
    any_ = np.zeros(noticed.shape, dtype=np.bool_)
    for edge in into.tolist():
        ahead = facts.project.edge_mode[:, :, edge] == PREREVIEW
        finished = facts.stage.finished[:, :, plan.edges.source[edge]]
        latest = np.where(ahead, np.maximum(latest, finished), latest)
        any_ |= ahead
    return np.where(any_, _days(latest, facts.stage.finished[:, :, node]), 0.0)


def _days(begin: Floats, end: Floats) -> Floats:
    """Days between two times; infinite where the later never came."""
    there = np.isfinite(end)
    days: Floats = np.where(there, end, 0.0) - np.where(there, begin, 0.0)
    return np.where(there, days, inf)


def _plus(way: Floats, days: Floats) -> Floats:
    """A way made longer; what leads nowhere still does."""
    return np.where(way == -inf, -inf, np.where(way == -inf, 0.0, way) + days)
