"""Digests: the little of each replication's facts that results are made of, in bounded memory.

Nearly every figure is a ratio of sums over replications. A digest has a row of such sums for each
*unit*. A unit is one replication; where replications are more than `UNITS`, neighbours are added in
pairs, and these again, by their numbers alone: 0 to 3 together, 4 to 7, and so on. So what is added
to what, and every last bit, depends on how many replications there are and never on the batches in
which they came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from approvalsim.sample import Counted, Exact, Sample, in_order

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

UNITS = 4096
"""Units at most, or nearly so; beyond as many replications, they are added in pairs."""
TIMES = 2**20
"""Times at most that a sample keeps each of; beyond, they are counted on a grid."""


@dataclass(frozen=True)
class Subject:
    """What a digest tells of: the same for all batches of a run."""

    scenario_hash: str
    seed: int
    measure: str
    """The milestone that times are counted to."""
    projects: int
    stages: tuple[str, ...]
    milestones: tuple[str, ...]
    departments: tuple[str, ...]
    reviewers: tuple[int, ...]
    """Of each department."""
    dates: tuple[date, ...]
    """At whose end start rates are asked."""


@dataclass(frozen=True, eq=False)
class Digest:
    """Sums of some replications, and samples of their times."""

    subject: Subject
    first: Counts
    """(unit) the number of its first replication."""
    size: Counts
    """(unit) how many replications it holds; a power of two."""
    columns: Mapping[str, int | slice]
    """Where in a row each quantity stands, or each of several beside each other."""
    table: Floats
    """(unit, column) sums over the replications and projects of a unit."""
    most: Mapping[str, Floats]
    """The most there ever was of some other quantities."""
    samples: Mapping[str, Sample]

    def __getitem__(self, name: str) -> Floats:
        """A quantity of each unit: (unit), or (unit, place) where several stand together."""
        quantity: Floats = self.table[:, self.columns[name]]
        return quantity

    def total(self, name: str) -> Floats:
        """A quantity over all units."""
        total: Floats = self._totals[self.columns[name]]
        return total

    @cached_property
    def _totals(self) -> Floats:
        totals: Floats = self.table.sum(axis=0)
        return totals

    @property
    def replications(self) -> int:
        """How many there are."""
        return int(self.size.sum())

    @property
    def pairs(self) -> int:
        """How many pairs of a replication and a project."""
        return self.replications * self.subject.projects

    @property
    def is_counted(self) -> bool:
        """Whether there were too many times to keep each of them."""
        return any(isinstance(sample, Counted) for sample in self.samples.values())

    @property
    def grid(self) -> float:
        """Days to which quantiles are rounded; 0 where they are exact."""
        return max((sample.grid for sample in self.samples.values()), default=0.0)

    @property
    def room(self) -> int:
        """Replications of which every time may be kept."""
        return max(2, min(UNITS, TIMES // max(self.subject.projects, 1)))

    def followed_by(self, others: Sequence["Digest"]) -> "Digest":
        """The digests of a run as one, this the first; see `joined`."""
        return _joined((self, *others))


@dataclass(frozen=True, eq=False)
class PairedDigest:
    """Two runs under the same luck, and what lies between them."""

    a: Digest
    b: Digest
    between: Digest
    """Of the projects that both have."""

    @property
    def replications(self) -> int:
        """How many there are."""
        return self.a.replications

    @property
    def room(self) -> int:
        """Replications of which every time may be kept."""
        return min(self.a.room, self.b.room)

    def followed_by(self, others: Sequence["PairedDigest"]) -> "PairedDigest":
        """The digests of a comparison as one, this the first; see `joined`."""
        parts = self, *others
        return PairedDigest(
            joined(part.a for part in parts),
            joined(part.b for part in parts),
            joined(part.between for part in parts),
        )


AnyDigest = TypeVar("AnyDigest", Digest, PairedDigest)


def joined(digests: Iterable[AnyDigest]) -> AnyDigest:
    """Digests of one run in the order of its replications, as one; at least one is needed.

    The first may be the outcome of an earlier joining. Raises `ValueError` where they do not belong
    to one run.
    """
    parts = tuple(digests)
    if not parts:
        raise ValueError("no digests to join")
    return parts[0].followed_by(parts[1:])


class Gathered(Generic[AnyDigest]):
    """The digests of a run as they come; what is held of them stays bounded."""

    def __init__(self) -> None:
        self._parts: list[AnyDigest] = []
        self._loose = 0

    def add(self, digest: AnyDigest) -> None:
        """The next batch of the run."""
        self._parts.append(digest)
        self._loose += digest.replications
        if self._loose >= digest.room:
            self.whole()

    def whole(self) -> AnyDigest:
        """All so far as one digest; raises `ValueError` before there is any."""
        self._parts, self._loose = [joined(self._parts)], 0
        return self._parts[0]

    def __bool__(self) -> bool:
        return bool(self._parts)


def _joined(parts: Sequence[Digest]) -> Digest:
    _check(parts)
    head, rest = parts[0], parts[1:]
    if head.is_counted:
        pieces = [head, _in_order(rest)] if rest else [head]
    else:
        pieces = [_in_order(parts)]
        if pieces[0].replications <= head.room:
            return pieces[0]
    pilots = {
        name: sample.pilots(head.room) if isinstance(sample, Exact) else sample.pilots
        for name, sample in pieces[0].samples.items()
    }
    first, last = head.first[0], parts[-1].first[-1] + parts[-1].size[-1] - 1
    size = 1
    while last // size - first // size >= UNITS:
        size *= 2
    counted = [_added_up(_counted(piece, pilots), size) for piece in pieces]
    return _added_up(_in_order(counted), size)


def _check(parts: Sequence[Digest]) -> None:
    """Raises `ValueError` where digests do not follow each other in one run."""
    if any(part.subject != parts[0].subject for part in parts):
        raise ValueError("digests of different scenarios or seeds cannot be joined")
    numbers = np.concatenate([part.first for part in parts])
    if (np.diff(numbers) < np.concatenate([part.size for part in parts])[:-1]).any():
        raise ValueError("digests are joined in the order of their replications, each once")
    if any(part.is_counted for part in parts[1:]):
        raise ValueError("only the first of several digests may have been joined before")


def _in_order(parts: Sequence[Digest]) -> Digest:
    """Units of several digests, one behind the other."""
    if len(parts) == 1:
        return parts[0]
    head = parts[0]
    return replace(
        head,
        first=np.concatenate([part.first for part in parts]),
        size=np.concatenate([part.size for part in parts]),
        table=np.concatenate([part.table for part in parts]),
        most={name: np.maximum.reduce([part.most[name] for part in parts]) for name in head.most},
        samples={name: in_order([part.samples[name] for part in parts]) for name in head.samples},
    )


def _counted(digest: Digest, pilots: Mapping[str, Floats]) -> Digest:
    samples = {
        name: sample.counted(pilots[name]) if isinstance(sample, Exact) else sample
        for name, sample in digest.samples.items()
    }
    return replace(digest, samples=samples)


def _added_up(digest: Digest, size: int) -> Digest:
    """Add neighbours in pairs, and these again, until units hold ``size`` replications."""
    small = np.flatnonzero(digest.size < size)
    if not len(small):
        return digest
    done = small[0]  # the units before are as large as they shall be
    samples = {name: each for name, each in digest.samples.items() if isinstance(each, Counted)}
    tables = [digest.table, *(sample.units for sample in samples.values())]
    rows = np.hstack([table[done:] for table in tables])
    first, sizes = digest.first[done:].copy(), digest.size[done:].copy()
    width = 1
    while width < size:
        left = np.flatnonzero(
            (sizes[:-1] == width)
            & (sizes[1:] == width)
            & (first[:-1] % (2 * width) == 0)
            & (np.diff(first) == width)
        )
        if len(left):
            rows[left] += rows[left + 1]
            sizes[left] += width
            kept = np.ones(len(first), dtype=np.bool_)
            kept[left + 1] = False
            rows, first, sizes = rows[kept], first[kept], sizes[kept]
        width *= 2
    ends = np.cumsum([table.shape[1] for table in tables])[:-1]
    added = np.hsplit(rows, ends)
    whole = [np.concatenate([old[:done], new]) for old, new in zip(tables, added, strict=True)]
    units = zip(samples.items(), whole[1:], strict=True)
    return replace(
        digest,
        first=np.concatenate([digest.first[:done], first]),
        size=np.concatenate([digest.size[:done], sizes]),
        table=whole[0],
        samples={name: replace(sample, units=rows) for (name, sample), rows in units},
    )
