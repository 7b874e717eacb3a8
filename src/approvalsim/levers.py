"""What would bring projects closer that miss their targets: one thing changed at a time.

Each change is run under the same luck as the scenario itself, so what a project gains is the
change's doing. What it costs nobody knows here; days gained are what can be told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from approvalsim.execution import Effort
from approvalsim.inputs import with_values
from approvalsim.outlook import DayCounts, Watch, measured, origin, outcomes
from approvalsim.parameters import Place
from approvalsim.plan import Plan, compile_plan, with_situation
from approvalsim.plan_parts import Situation
from approvalsim.register import Register
from approvalsim.scenario import Commitment, Scenario, edge_id
from approvalsim.standing import plan_as_of
from approvalsim.uncertainty import uncertain_inputs

Floats = NDArray[np.float64]
Kind = Literal["policy", "edge", "reviewer", "meeting", "prepare"]


@dataclass(frozen=True)
class Lever:
    """One thing that could be changed: a relaxation allowed, one more reviewer, …"""

    kind: Kind
    subject: str
    """Id of the edge, department or stage; empty for the policy and for all stages together."""
    scenario: Scenario


@dataclass(frozen=True)
class Gain:
    """What a change brings to the projects that miss their targets."""

    kind: Kind
    subject: str
    days: float
    """By how many days the date that is held as surely as was asked comes earlier, on average."""
    closes: int
    """How many of them then hold their targets."""


@dataclass(frozen=True, eq=False)
class Aims:
    """Arrays over projects."""

    missing: NDArray[np.bool_]
    """Which miss their targets."""
    goal: Floats
    """The end of the target date on the clock."""
    confidence: float


def conditioned(scenario: Scenario, register: Register | None, as_of: date | None) -> Plan:
    """The plan of a scenario, going on from where a register's projects stand if there is one."""
    if register is not None and as_of is not None:
        return plan_as_of(scenario, register, as_of)
    plan = compile_plan(scenario)
    return with_situation(plan, Situation.unknown(plan.axes))


def gains(
    scenario: Scenario,
    register: Register | None,
    as_of: date | None,
    effort: Effort,
    aims: Aims,
    base: DayCounts,
    watch: Watch = bool,
) -> tuple[Gain, ...]:
    """What each change brings, most days first; nothing where no project misses its target.

    ``base`` are the days to the milestone as the scenario stands.
    """
    missing = aims.missing
    if not missing.any():
        return ()
    found = []
    before = base.within(aims.confidence)[missing]
    for lever in levers(scenario, missing):
        plan = conditioned(lever.scenario, register, as_of)
        finish = partial(measured, plan)
        days = reduce(DayCounts.plus, outcomes(plan, effort, finish, watch))
        after = days.within(aims.confidence)[missing]
        both = np.isfinite(before) & np.isfinite(after)
        earlier = float((before[both] - after[both]).mean()) if both.any() else 0.0
        held = days.by(aims.goal - 1 - origin(plan))[missing] >= aims.confidence
        found.append(Gain(lever.kind, lever.subject, earlier, int(held.sum())))
    return tuple(sorted(found, key=lambda gain: (-gain.days, -gain.closes)))


def levers(scenario: Scenario, missing: NDArray[np.bool_]) -> Iterator[Lever]:
    """Every change worth trying for the projects that miss their targets.

    The commitment path for them, each relaxable dependency, one more reviewer in each department,
    meetings twice as often, and preparation 20 % shorter: stage by stage, and of all stages.
    """
    yield from _relaxations(scenario, missing)
    shorter: dict[Place, Any] = {}
    for each in uncertain_inputs(scenario):
        if each.kind == "reviewers":
            change = next(each.swings()).high
            assert change is not None
            yield Lever("reviewer", each.subject, with_values(scenario, change.changes))
        if each.kind == "prepare":
            change = list(each.swings())[-1].low
            assert change is not None
            shorter |= change.changes
            yield Lever("prepare", each.subject, with_values(scenario, change.changes))
    if shorter:
        yield Lever("prepare", "", with_values(scenario, shorter))
    for name, stage in scenario.stage.items():
        if stage.meeting:
            place: Place = ("stage", name, "meeting", "every")
            often = max(stage.meeting.every / 2, 0.01)
            yield Lever("meeting", name, with_values(scenario, {place: often}))


def _relaxations(scenario: Scenario, missing: NDArray[np.bool_]) -> Iterator[Lever]:
    """The commitment path as a whole, and each of the dependencies that it may relax.

    With the policy off, a single dependency is relaxed for the projects that miss their targets,
    and no other, without what else the commitment path makes quicker; with it on, the dependency is
    relaxed by all that may.
    """
    policy = scenario.commitment
    if policy is None:
        return
    path = _on_path(scenario, policy, missing)
    if path is not None:
        yield Lever("policy", "", path)
    uptakes = _uptakes(scenario)
    for edge, place in uptakes.items():
        allowed = _allowing(policy, edge)
        if policy.enabled:
            base, others = scenario, {}
        elif path is not None:
            base = _no_quicker(path)
            others = dict.fromkeys((each for each in uptakes.values() if each != place), 0.0)
        else:
            continue
        relaxed = base.model_copy(
            update={"commitment": allowed.model_copy(update={"enabled": True})}
        )
        yield Lever("edge", edge, with_values(relaxed, {**others, place: 1.0}))


def _no_quicker(scenario: Scenario) -> Scenario:
    """The scenario with stages that take the same time on either path."""
    stages = {
        name: stage.model_copy(
            update={"variant": tuple(each for each in stage.variant if "path" not in each.when)}
        )
        for name, stage in scenario.stage.items()
    }
    return scenario.model_copy(update={"stage": stages})


def _on_path(scenario: Scenario, policy: Commitment, missing: NDArray[np.bool_]) -> Scenario | None:
    """The projects that miss their targets on the commitment path; None where all are."""
    if not scenario.project:
        if policy.enabled:
            return None
        return scenario.with_policy(True)
    if policy.enabled and all(
        project.path == "commitment"
        for project, late in zip(scenario.project, missing, strict=True)
        if late
    ):
        return None
    stays = None if policy.enabled else "standard"
    projects = [
        project.model_copy(update={"path": "commitment" if late else project.path or stays})
        for project, late in zip(scenario.project, missing.tolist(), strict=True)
    ]
    return scenario.model_copy(
        update={
            "project": tuple(projects),
            "commitment": policy.model_copy(update={"enabled": True}),
        }
    )


def _uptakes(scenario: Scenario) -> Mapping[str, Place]:
    """Where the scenario says how often each relaxable dependency is relaxed."""
    places: dict[str, Place] = {}
    for table in ("stage", "milestone"):
        for target, part in getattr(scenario, table).items():
            for source, edge in part.after.items():
                if edge.relaxed:
                    places[edge_id(source, target)] = (table, target, "after", source, "uptake")
    return places


def _allowing(policy: Commitment, edge: str) -> Commitment:
    """The policy with one dependency that every grade may relax."""
    grades = {
        name: grade.model_copy(update={"may_relax": tuple({*grade.may_relax, edge})})
        if grade.may_relax is not None
        else grade
        for name, grade in policy.grades.items()
    }
    return policy.model_copy(update={"grades": grades})
