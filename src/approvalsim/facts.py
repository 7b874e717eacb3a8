"""What happened: arrays with named axes, and nothing derived from them.

Times are calendar days on the clock (since 00:00 of the scenario's start), infinite for what did
not happen; durations are calendar days. Every table of results, every chart and every comparison is
computed from these arrays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.plan_parts import Axes

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class StageFacts:
    """Arrays over (replication, project, stage).

    For a finished stage ``finished - ready`` is the sum of preparation (``submitted - ready``),
    ``queue``, ``review``, ``rework``, ``meeting``, ``notice`` and ``issue``.
    """

    ready: Floats
    submitted: Floats
    review_start: Floats
    reviewed: Floats
    """When the review passed and the notice began."""
    finished: Floats
    queue: Floats
    review: Floats
    rework: Floats
    meeting: Floats
    notice: Floats
    issue: Floats
    """Waiting for predecessors in pre-review mode, and issuing the certificate after them."""
    rounds: Counts
    """Submissions that were reviewed."""
    over_statutory: Counts
    """Reviews that took more working days than the law allows."""


@dataclass(frozen=True, eq=False)
class ProjectFacts:
    """Arrays over (replication, project), some with a last axis of their own."""

    signed: Floats
    left: Floats
    """When the project dropped out."""
    path: Counts
    values: Counts
    """(…, attribute) positions in `Axes.values`."""
    milestone: Floats
    """(…, milestone) when each happened."""
    edge_mode: Counts
    """(…, edge) what each dependency was when its successor began: hard, prereview, deferred."""
    obliged: Floats
    """(…, edge) when an obligation arose."""
    breached: Floats
    """(…, edge) when the promise counted as broken."""
    remedied: Floats
    """(…, edge) when the broken promise was put right, and its hold ended."""
    stop_work: Floats
    """Days the project stood still after the measured milestone."""


@dataclass(frozen=True, eq=False)
class DepartmentFacts:
    """Arrays over (replication, department)."""

    busy: Floats
    """Reviewer-days (calendar) spent holding papers."""
    wait: Floats
    """Days all submissions together stood in the queue."""
    visits: Counts
    """Submissions taken up by a reviewer."""
    longest_queue: Counts
    """Most submissions still waiting after reviewers had been assigned."""


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts of replications ``replications`` (their numbers) of one plan under one seed."""

    scenario_id: str
    scenario_hash: str
    axes: Axes
    measure: int
    seed: int
    replications: Counts
    """The replications' numbers, in order."""
    last_event: Floats
    """When the last thing happened in each replication, or the horizon came before it."""
    stage: StageFacts
    project: ProjectFacts
    department: DepartmentFacts

    @property
    def started(self) -> Floats:
        """(replication, project) when the measured milestone happened."""
        return self.project.milestone[:, :, self.measure]

    @property
    def time_to_measure(self) -> Floats:
        """(replication, project) days from signing to the measured milestone; inf if never."""
        return self.started - self.project.signed


def joined(parts: Iterable[Facts]) -> Facts:
    """Batches of one run, one behind the other; at least one is needed.

    Raises `ValueError` where they do not belong to one run.
    """
    batches: Sequence[Facts] = tuple(parts)
    if not batches:
        raise ValueError("no facts to join")
    first = batches[0]
    if any((b.scenario_hash, b.seed) != (first.scenario_hash, first.seed) for b in batches):
        raise ValueError("facts of different scenarios or seeds cannot be joined")
    numbers = np.concatenate([batch.replications for batch in batches])
    if len(np.unique(numbers)) != len(numbers):
        raise ValueError("the same replication cannot be joined twice")
    if len(batches) == 1:
        return first

    def together(name: str) -> Any:
        parts = [getattr(batch, name) for batch in batches]
        if isinstance(parts[0], np.ndarray):
            return np.concatenate(parts)
        kind = type(parts[0])
        return kind(
            *(np.concatenate([getattr(p, item.name) for p in parts]) for item in fields(kind))
        )

    return Facts(
        scenario_id=first.scenario_id,
        scenario_hash=first.scenario_hash,
        axes=first.axes,
        measure=first.measure,
        seed=first.seed,
        **{
            name: together(name)
            for name in ("replications", "last_event", "stage", "project", "department")
        },
    )


def differences(a: Facts, b: Facts) -> tuple[str, ...]:
    """Names of the arrays in which two runs differ, for a readable complaint."""
    found = []
    for part in ("stage", "project", "department"):
        left, right = getattr(a, part), getattr(b, part)
        found += [
            f"{part}.{item.name}"
            for item in fields(left)
            if not np.array_equal(getattr(left, item.name), getattr(right, item.name))
        ]
    whole = ("replications", "last_event")
    found += [name for name in whole if not np.array_equal(getattr(a, name), getattr(b, name))]
    return tuple(found)
