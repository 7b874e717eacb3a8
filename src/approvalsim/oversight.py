"""How a district steers, as a scenario file says it: supervision (督导) and task forces (专班).

What they do to a project stands in `steering`; their places in the file are ``[supervision]`` and
``[task_force]``.
"""

from typing import Annotated

from pydantic import Field

from approvalsim.evidence import Marked

Days = Annotated[float, Field(ge=0, le=36_500)]


class Supervision(Marked):
    """督导: projects that are late against their plan are urged on.

    At every review each project on its way to the measured milestone is compared with its plan: the
    target date, and before it the dates by which each stage has to be finished if all that follows
    takes its typical time (see `network.critical_path`). While it is late, or has a leader (挂点),
    it goes first in departments by priority, and the applicant works faster.
    """

    enabled: bool = True
    every: Annotated[float, Field(ge=0.5, le=3_660)] = 7.0
    """Calendar days from one review to the next."""
    offset: Annotated[float, Field(ge=0, le=3_660)] = 0.0
    """Calendar days from the start of the clock to the first review."""
    within: Days | None = None
    """Calendar days from signing to the target, for projects that state none."""
    red_after: Days = 30.0
    """Calendar days late after which yellow turns red."""
    effect: Annotated[float, Field(ge=0, le=0.9)] = 0.15
    """Share by which preparing and reworking, begun while urged on, becomes shorter."""
    leaders: Annotated[int, Field(ge=0, le=10_000)] = 0
    """Projects that leaders (挂点领导) can look after at a time; these are urged on at once."""


class TaskForce(Marked):
    """专班: teams that accompany projects, each its share of them in the scenario's order."""

    projects: Annotated[int, Field(ge=1, le=100_000)] = 1
    """Projects of one team: 1 for 一个项目一个专班."""
    capacity: Annotated[int, Field(ge=1, le=100_000)] = 1
    """Projects under way that a team accompanies without delay."""
    overload: Annotated[float, Field(ge=0, le=10)] = 0.1
    """Share by which each project beyond lengthens preparing and reworking begun meanwhile."""
