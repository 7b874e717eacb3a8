"""The path that determined a milestone: traced back, through facts, from constraint to constraint.

From the milestone to the predecessor it waited for longest, from there to what that stage waited
for, and so on back to signing. A stage that waits in a queue is on the path itself: queueing counts
to the stage that queued.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import DEFERRED, HARD, PREREVIEW, REVIEWED, SUBMITTED

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_ROUNDING = 1e-9
"""Days by which a sum of durations may differ from a difference of times."""


@dataclass(frozen=True, eq=False)
class BindingPath:
    """For every (replication, project): who is on the path, and how its time divides.

    For a project that reached the milestone, the days of all stages and ``other`` (holds, windows,
    waiting for a fixed date) add up to its time from signing.
    """

    on_path: Flags
    """(replication, project, stage)"""
    days: Floats
    """(replication, project, stage) calendar days of the path spent in the stage."""
    other: Floats
    """(replication, project) calendar days of the path spent in no stage."""


def binding_path(facts: Facts, plan: Plan, milestone: int | None = None) -> BindingPath:
    """Trace the path to a milestone (by default the measured one) through all facts."""
    goal = facts.measure if milestone is None else milestone
    return _Tracer(facts, plan).trace(goal)


class _Tracer:
    """Walks all paths at once, from the last stage to the first.

    ``needed[s]`` is the time at which a stage's path leaves it, infinite where it is not on the
    path. No stage comes before its successors, so one backward pass is enough, except where a hold
    leads to a paper that is no predecessor: that takes another pass.
    """

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts, self.plan = facts, plan
        shape = facts.stage.ready.shape
        self.needed = np.full(shape, inf)
        self.accounted = np.zeros(shape, dtype=np.bool_)
        self.days = np.zeros(shape)
        self.other = np.zeros(shape[:2])
        edges = plan.edges
        self.edges_into = [
            np.flatnonzero(edges.target == n)
            for n in range(len(plan.axes.stages) + len(plan.axes.milestones))
        ]
        # Later stages first: a stage's ancestors are always fewer than its successors'.
        self.backward = np.argsort(-plan.ancestors.sum(axis=1), kind="stable")

    def trace(self, goal: int) -> BindingPath:
        """Paths to the milestone at position ``goal``."""
        happened = self.facts.project.milestone[:, :, goal]
        reached = np.isfinite(happened)
        with np.errstate(invalid="ignore"):  # what never happened is infinite, and masked out
            self._walk(reached, happened, goal)
        return BindingPath(np.isfinite(self.needed), self.days, self.other)

    def _walk(self, reached: Flags, happened: Floats, goal: int) -> None:
        node = len(self.plan.axes.stages) + goal
        self._step_back(reached, happened, self.edges_into[node], (HARD, PREREVIEW))
        while (np.isfinite(self.needed) & ~self.accounted).any():
            for stage in self.backward:
                self._leave(stage)

    def _leave(self, stage: int) -> None:
        """Account for the stage where it is on the path, and go on to what it waited for."""
        here = np.isfinite(self.needed[:, :, stage]) & ~self.accounted[:, :, stage]
        if not here.any():
            return
        self.accounted[:, :, stage] |= here
        part = self.facts.stage
        entries = self.edges_into[stage]
        ready, until = part.ready[:, :, stage], self.needed[:, :, stage]
        noticed = part.reviewed[:, :, stage] + part.notice[:, :, stage]
        certificate = self._latest(entries, (PREREVIEW,))[0]
        issued_late = here & (certificate > noticed + _ROUNDING) & (until > noticed)
        began_late = here & ~issued_late
        self.days[:, :, stage] += np.where(began_late, until - ready, 0.0)
        self.days[:, :, stage] += np.where(issued_late, until - certificate, 0.0)
        self._step_back(issued_late, certificate, entries, (PREREVIEW,))
        self._step_back(began_late, ready, entries, (HARD,))

    def _step_back(
        self, here: Flags, time: Floats, entries: NDArray[np.int64], modes: tuple[int, ...]
    ) -> None:
        """From something that happened at ``time`` to the stage it waited for; else to signing."""
        latest, binding = self._latest(entries, modes)
        signed = self.facts.project.signed
        held, supplied, missing = self._hold(time, np.maximum(latest, signed))
        held &= here
        self._go(held, time, supplied, missing)
        waited = here & ~held & (latest >= signed)
        self._go(waited, time, latest, binding)
        from_signing = here & ~held & ~waited
        self.other += np.where(from_signing, time - signed, 0.0)

    def _go(self, here: Flags, time: Floats, back: Floats, edge: NDArray[np.int64]) -> None:
        """The path goes on at ``back`` in the stage where ``edge`` begins."""
        self.other += np.where(here, time - back, 0.0)
        source = self.plan.edges.source[edge]
        for stage in np.unique(source[here]):
            on_path = here & (source == stage)
            self.needed[:, :, stage] = np.where(on_path, back, self.needed[:, :, stage])

    def _latest(
        self, entries: NDArray[np.int64], modes: tuple[int, ...]
    ) -> tuple[Floats, NDArray[np.int64]]:
        """When the last of the predecessors in these modes was done, and its edge."""
        shape = self.other.shape
        latest, binding = np.full(shape, -inf), np.zeros(shape, dtype=np.int64)
        for edge in entries:
            done = self._done(edge)
            mode = self.facts.project.edge_mode[:, :, edge]
            later = np.logical_or.reduce([mode == each for each in modes]) & (done > latest)
            latest, binding = np.where(later, done, latest), np.where(later, edge, binding)
        return latest, binding

    def _hold(self, time: Floats, explained: Floats) -> tuple[Flags, Floats, NDArray[np.int64]]:
        """Where a hold ended last before a beginning: when its paper came, and its edge."""
        last, supplied, missing = explained, np.full(time.shape, -inf), np.zeros(time.shape, int)
        for edge in np.flatnonzero(self.plan.edges.relaxed == DEFERRED):
            ended = self.facts.project.remedied[:, :, edge]
            if not np.isfinite(ended).any():
                continue
            later = (ended > last) & (ended <= time)
            last = np.where(later, ended, last)
            supplied = np.where(later, self._done(edge), supplied)
            missing = np.where(later, edge, missing)
        return last > explained, supplied, missing

    def _done(self, edge: np.int64 | int) -> Floats:
        """When the predecessor of an edge reached the phase that the edge waits for."""
        stage, phase = self.plan.edges.source[edge], self.plan.edges.phase[edge]
        part = self.facts.stage
        times = {SUBMITTED: part.submitted, REVIEWED: part.reviewed}.get(phase, part.finished)
        return times[:, :, stage]
