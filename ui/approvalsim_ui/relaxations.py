"""Dependencies that the commitment path may relax, and which grades may relax them. No Qt here."""

from dataclasses import dataclass
from typing import Any

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario, edge_id


@dataclass(frozen=True)
class Relaxation:
    """A dependency that is, or could be, relaxed."""

    place: Place
    source: str
    target: str
    edge: Any
    """A `Dependency` or a `MilestoneDependency`."""

    @property
    def name(self) -> str:
        """As grades name it: ``land_supply->planning_permit``."""
        return edge_id(self.source, self.target)

    @property
    def is_milestone(self) -> bool:
        """Whether a milestone waits here, and not a stage."""
        return self.place[0] == "milestone"

    @property
    def mode(self) -> str:
        """``hard``, ``prereview`` or ``deferred``."""
        return self.edge.relaxed or "hard"


def dependencies(scenario: Scenario) -> tuple[Relaxation, ...]:
    """All dependencies of a scenario, in its order."""
    found = []
    for kind in ("stage", "milestone"):
        for target, waiting in getattr(scenario, kind).items():
            for source, edge in waiting.after.items():
                place = (kind, target, "after", source)
                found.append(Relaxation(place, source, target, edge))
    return tuple(found)


def relaxations(scenario: Scenario) -> tuple[Relaxation, ...]:
    """The dependencies that the commitment path may relax."""
    return tuple(one for one in dependencies(scenario) if one.mode != "hard")


def about(scenario: Scenario, stage: str) -> tuple[Relaxation, ...]:
    """What a stage waits for, and the milestones that wait for it."""
    return tuple(
        one
        for one in dependencies(scenario)
        if one.target == stage or (one.is_milestone and one.source == stage)
    )


def relaxations_of(scenario: Scenario, stage: str) -> tuple[Relaxation, ...]:
    """Those of `about` that the commitment path may relax."""
    return tuple(one for one in about(scenario, stage) if one.mode != "hard")


def allowed(scenario: Scenario, grade: str) -> tuple[str, ...]:
    """Names of the dependencies that a grade may relax."""
    names = tuple(one.name for one in relaxations(scenario))
    if scenario.commitment is None:
        return ()
    may = scenario.commitment.grades[grade].may_relax
    return names if may is None else tuple(name for name in names if name in may)
