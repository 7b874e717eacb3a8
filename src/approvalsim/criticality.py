"""The path that determined a milestone: traced back, through facts, from constraint to constraint.

From the milestone to the predecessor it waited for longest, from there to what that stage waited
for, and so on back to signing. A stage that waits in a queue is on the path itself: queueing counts
to the stage that queued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import inf
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.plan_parts import DEFERRED, FINISHED, HARD, PREREVIEW, REVIEWED, SUBMITTED

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Kind = TypeVar("Kind", bound=np.generic)

_ROUNDING = 1e-9
"""Days by which a sum of durations may differ from a difference of times."""
_NONE = -1


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


_Waited = tuple[Floats, list[tuple[int, Floats]]]
"""When the last of some predecessors was done; each edge, and when its predecessor was done."""


class _Tracer:
    """Walks all paths at once, from the last stage to the first.

    ``needed[s]`` is the time at which a stage's path leaves it, where it is on the path: when it
    was finished, unless something waited for less. No stage comes before its successors, so one
    backward pass is enough, except where a hold leads to a paper that is no predecessor: that takes
    another pass. Arrays are flat: pairs of a replication and a project, one behind the other.
    """

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts, self.plan = facts, plan
        self.signed = self._flat(facts.project.signed)
        shape = len(plan.axes.stages), len(self.signed)
        self._times: dict[tuple[str, int], Floats] = {}
        self.needed = [self._of("finished", stage) for stage in range(shape[0])]
        self.on_path = np.zeros(shape, dtype=np.bool_)
        self.accounted = np.zeros(shape, dtype=np.bool_)
        self.days = np.zeros(shape)
        self.other = np.zeros(len(self.signed))
        self.entries: list[list[int]] = [[] for _ in (*plan.axes.stages, *plan.axes.milestones)]
        for edge, target in enumerate(plan.edges.target.tolist()):
            self.entries[target].append(edge)
        # Later stages first: a stage's ancestors are always fewer than its successors'.
        self.backward = np.argsort(-plan.ancestors.sum(axis=1), kind="stable").tolist()
        self.relaxed = [HARD] * len(plan.axes.edges)
        if plan.policy.enabled:
            self.relaxed = plan.edges.relaxed.tolist()
        self._hard: dict[int, Flags] = {}
        held = np.zeros(shape[1], dtype=np.bool_)
        ended = {}
        for edge in [edge for edge, mode in enumerate(self.relaxed) if mode == DEFERRED]:
            ended[edge] = self._flat(facts.project.remedied[:, :, edge])
            held |= np.isfinite(ended[edge])
        self.held = np.flatnonzero(held)
        self.ended = {edge: times[self.held] for edge, times in ended.items()}

    def trace(self, goal: int) -> BindingPath:
        """Paths to the milestone at position ``goal``."""
        happened = self._flat(self.facts.project.milestone[:, :, goal])
        entries = self.entries[len(self.plan.axes.stages) + goal]
        waited_for = self._latest(entries, (HARD, PREREVIEW))
        holds = list(self.ended)
        with np.errstate(invalid="ignore"):  # what never happened is infinite, and masked out
            self._step_back(np.isfinite(happened), happened, waited_for, holds)
            for stage in self.backward:
                self._leave(stage)
            while len(self.held) and (self.on_path & ~self.accounted).any():
                for stage in self.backward:
                    self._leave(stage)
        pairs = self.facts.project.signed.shape
        return BindingPath(
            np.moveaxis(self.on_path.reshape(-1, *pairs), 0, 2),
            np.moveaxis(self.days.reshape(-1, *pairs), 0, 2),
            self.other.reshape(pairs),
        )

    def _leave(self, stage: int) -> None:
        """Account for the stage where it is on the path, and go on to what it waited for."""
        here = self.on_path[stage] & ~self.accounted[stage]
        if not here.any():
            return
        self.accounted[stage] |= here
        entries = self.entries[stage]
        ready, until = self._of("ready", stage), self.needed[stage]
        # A hold never stops what its own paper needs.
        source, ancestors = self.plan.edges.source, self.plan.ancestors
        holds = [edge for edge in self.ended if not ancestors[source[edge], stage]]
        if any(self.relaxed[edge] == PREREVIEW for edge in entries):
            waited_for = self._latest(entries, (PREREVIEW,))
            certificate = waited_for[0]
            noticed = self._of("reviewed", stage) + self._of("notice", stage)
            issued_late = here & (certificate > noticed + _ROUNDING) & (until > noticed)
            self.days[stage] += np.where(issued_late, until - certificate, 0.0)
            self._step_back(issued_late, certificate, waited_for, holds)
            here &= ~issued_late
        self.days[stage] += np.where(here, until - ready, 0.0)
        self._step_back(here, ready, self._latest(entries, (HARD,)), holds)

    def _step_back(
        self, here: Flags, time: Floats, waited_for: _Waited, holds: Sequence[int]
    ) -> None:
        """From something that happened at ``time`` to the stage it waited for; else to signing.

        ``holds`` are the edges whose broken promises may have kept it waiting.
        """
        latest, candidates = waited_for
        explained = np.maximum(latest, self.signed)
        if len(self.held) and here[self.held].any():
            here = here.copy()
            here[self._step_back_to_holds(here, time, explained, holds)] = False
        elsewhere = here & (time != explained)
        if elsewhere.any():  # most begin as soon as what they waited for is done
            self.other += np.where(elsewhere, time - explained, 0.0)
        waited = here & (latest >= self.signed)
        for edge, done in candidates:  # of those that were done together, the first counts
            binding = waited
            if len(candidates) > 1:
                binding = waited & (done == latest)
                waited = waited & ~binding
            stage = self.plan.edges.source[edge]
            if self.plan.edges.phase[edge] != FINISHED:
                self.needed[stage] = np.where(binding, latest, self.needed[stage])
            self.on_path[stage] |= binding

    def _step_back_to_holds(
        self, here: Flags, time: Floats, explained: Floats, holds: Sequence[int]
    ) -> Places:
        """Go to the papers that were missing where a hold ended last before a beginning; where."""
        chosen = here[self.held]
        held, time, last = self.held[chosen], time[self.held[chosen]], explained[self.held[chosen]]
        missing = np.full(len(held), _NONE)
        for edge in holds:
            ended = self.ended[edge][chosen]
            later = (ended > last) & (ended <= time)
            if later.any():
                last, missing = np.where(later, ended, last), np.where(later, edge, missing)
        for edge in set(missing.tolist()) - {_NONE}:
            there = held[missing == edge]
            supplied = self._done(edge)[there]
            self.other[there] += time[missing == edge] - supplied
            stage = self.plan.edges.source[edge]
            if self.plan.edges.phase[edge] != FINISHED:
                self.needed[stage] = self.needed[stage].copy()
                self.needed[stage][there] = supplied
            self.on_path[stage, there] = True
        gone: Places = held[missing != _NONE]
        return gone

    def _latest(self, entries: Sequence[int], modes: tuple[int, ...]) -> _Waited:
        """When the last of the predecessors in these modes was done, and when each of them was."""
        candidates = []
        for edge in entries:
            done = self._done(edge)
            hard, relaxed = HARD in modes, self.relaxed[edge] in modes
            if hard and not relaxed:
                done = np.where(self._was_hard(edge), done, -inf)
            elif relaxed and not hard:
                done = np.where(self._was_hard(edge), -inf, done)
            if hard or relaxed:
                candidates.append((edge, done))
        times = [done for _, done in candidates] or [np.full_like(self.signed, -inf)]
        return reduce(np.maximum, times), candidates

    def _done(self, edge: int) -> Floats:
        """When the predecessor of an edge reached the phase that the edge waits for."""
        phase = int(self.plan.edges.phase[edge])
        fact = {SUBMITTED: "submitted", REVIEWED: "reviewed", FINISHED: "finished"}[phase]
        return self._of(fact, int(self.plan.edges.source[edge]))

    def _was_hard(self, edge: int) -> Flags:
        """Where an edge that might have been relaxed was not."""
        if edge not in self._hard:
            self._hard[edge] = self._flat(self.facts.project.edge_mode[:, :, edge] == HARD)
        return self._hard[edge]

    def _of(self, fact: str, stage: int) -> Floats:
        """One of a stage's facts."""
        if (fact, stage) not in self._times:
            times: Floats = getattr(self.facts.stage, fact)
            self._times[fact, stage] = self._flat(times[:, :, stage])
        return self._times[fact, stage]

    @staticmethod
    def _flat(array: NDArray[Kind]) -> NDArray[Kind]:
        """(pair) what is known of each (replication, project), beside each other in memory."""
        return np.ascontiguousarray(array).reshape(-1)
