"""The parts of a plan: arrays with the meaning of each of their numbers.

Ids become positions in the scenario's order, dates become the clock (calendar days since 00:00 of
the start), durations become tables. What depends on a project's attributes is laid out as *forms*:
one for each combination of the attributes that a stage's variants name, so that an engine picks a
form by arithmetic on attribute values.
"""

from dataclasses import dataclass
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

HARD, PREREVIEW, DEFERRED = 0, 1, 2
"""What an edge is for one project."""
SUBMITTED, REVIEWED, FINISHED = 0, 1, 2
"""The phases of a stage that an edge can wait for."""
STANDARD, COMMITMENT = 0, 1
"""The path a project takes."""
DRAWN = -1
"""A project leaves it to luck (its grade, an attribute, its path)."""


@dataclass(frozen=True, eq=False)
class Axes:
    """The names along each axis, in the scenario's order."""

    projects: tuple[str, ...]
    stages: tuple[str, ...]
    milestones: tuple[str, ...]
    edges: tuple[str, ...]
    departments: tuple[str, ...]
    attributes: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    """For each attribute its values; the first, empty one means *not stated*."""
    grades: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Stages:
    """Arrays over stages."""

    department: Ints  # -1: unlimited reviewers
    not_before: Floats
    meeting_every: Floats  # 0: no meetings
    meeting_offset: Floats
    form_base: Ints
    form_stride: Ints  # (stages, attributes)


@dataclass(frozen=True, eq=False)
class Forms:
    """Arrays over forms of stages; durations are indices into the tables."""

    prepare: Ints
    review: Ints
    notice: Ints
    rework: Ints
    correction: Floats
    decay: Floats
    max_rounds: Ints
    statutory: Floats  # working days; inf: no limit
    bars_commitment: Flags


@dataclass(frozen=True, eq=False)
class Edges:
    """Arrays over dependencies; targets count stages first, then milestones."""

    source: Ints
    target: Ints
    phase: Ints
    relaxed: Ints  # what the edge may become: HARD means never relaxed
    uptake: Floats
    deadline: Floats  # working days from going ahead to the broken promise: due + grace
    issue: Ints  # table


@dataclass(frozen=True, eq=False)
class Milestones:
    """Arrays over milestones: availability windows around Lunar New Year's Day, calendar days."""

    has_window: Flags
    closed_before: Floats
    closed_after: Floats
    full_after: Floats
    new_years: Floats
    """Clock times of Lunar New Year's Days (the same for all milestones)."""


@dataclass(frozen=True, eq=False)
class Policy:
    """The commitment policy; with ``enabled`` false every project is standard."""

    enabled: bool
    share: float
    grade_shares: Floats  # cumulative
    eligible: Flags
    breach: Floats
    may_relax: Flags  # (grades, edges)
    remedy: int  # table
    bar_after_breach: bool


@dataclass(frozen=True, eq=False)
class Portfolio:
    """What is known of the projects beforehand; `DRAWN` or nan where luck decides."""

    signed: Floats
    first_signing: float  # start of the drawn signing dates, clock
    signing: int  # table of the drawn date (uniform) or gap (exponential)
    gaps: bool  # drawn signings are gaps that add up
    grade: Ints
    attribute: Ints  # (projects, attributes without the reserved ones)
    shares: Floats  # (attributes, values) cumulative shares; inf past the last value
    path: Ints
    priority: Ints
    dropout: float
    dropout_stage: int
    vary_prepare: int  # table
    vary_review: int


@dataclass(frozen=True, eq=False)
class Supervision:
    """Who is urged on, and when; ``enabled`` false where the scenario does without."""

    enabled: bool
    every: float  # calendar days between reviews
    offset: float  # clock time of the first review
    within: float  # calendar days from signing to the target where none is stated; inf: no target
    effect: float
    leaders: int
    target: Floats  # (projects) end of the target date on the clock; nan: none is stated
    order: Ints  # nodes that lead to the measured milestone, the earliest deadline first
    lead: Floats  # of these, calendar days between their deadline and the target


@dataclass(frozen=True, eq=False)
class TaskForces:
    """Teams that accompany projects; project ``p`` belongs to team ``p // projects``."""

    projects: int
    capacity: int
    overload: float  # 0 where the scenario knows no task forces


@dataclass(frozen=True, eq=False)
class Situation:
    """Where projects stand at an as-of time, and what shall not be submitted before some time.

    Times on the clock by (project, stage), nan for what has not happened by then. A stage that has
    a later time has all earlier ones. Simulated from here on: what has happened happens again at
    its time, what is under way lasts beyond the as-of time, all else begins then at the earliest.
    """

    as_of: float  # -inf: nothing is known
    ready: Floats
    submitted: Floats
    reviewed: Floats
    finished: Floats
    happened: Floats  # (projects, milestones)
    submit_from: Floats  # -inf: as soon as it is prepared

    @classmethod
    def unknown(cls, axes: Axes, as_of: float = -inf) -> "Situation":
        """Nothing has happened by the as-of time, as far as is known; arrays to be filled in."""
        by_stage = len(axes.projects), len(axes.stages)
        ready, submitted, reviewed, finished = (np.full(by_stage, nan) for _ in range(4))
        return cls(
            as_of=as_of,
            ready=ready,
            submitted=submitted,
            reviewed=reviewed,
            finished=finished,
            happened=np.full((len(axes.projects), len(axes.milestones)), nan),
            submit_from=np.full(by_stage, -inf),
        )
