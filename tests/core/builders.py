"""Small scenarios in few words, and one replication of them to ask questions of.

Unless a test says otherwise every day is worked, the clock's zero is Monday, 1 January 2024, one
project ``p1`` signs then, and groundbreaking waits for every stage.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from networks import fixed, network

from approvalsim.facts import Facts
from approvalsim.plan import Plan, compile_plan
from approvalsim.scenario import Scenario
from approvalsim.simulation import Happening, trace
from approvalsim.validation import problems

START = date(2024, 1, 1)
"""A Monday."""

Parts = Mapping[str, Mapping[str, Any]]
Promise = Mapping[str, Any]


def day(number: float) -> date:
    """The date of a day counted from 0, the day `START`."""
    return START + timedelta(days=number)


def workdays(value: float) -> dict[str, Any]:
    """A duration of so many working days."""
    return fixed(value, "workdays")


def needs(*stages: str) -> dict[str, Any]:
    """A milestone that waits for some stages."""
    return {"after": {name: {} for name in stages}}


def owed(due: float = 0.0, **more: Any) -> dict[str, Any]:
    """An edge that may be deferred; the promise counts as broken ``due`` working days later."""
    return {"relaxed": "deferred", "due": float(due), "grace": 0.0, **more}


def provisional(issue: float | None = None, **more: Any) -> dict[str, Any]:
    """An edge that may go into pre-review mode; the certificate takes ``issue`` days."""
    return {"relaxed": "prereview", **({} if issue is None else {"issue": fixed(issue)}), **more}


def policy(remedy: float = 0.0, breach: float = 0.0, **more: Any) -> dict[str, Any]:
    """A commitment policy with the one grade A, remedies in calendar days."""
    grades = {"A": {"share": 1.0, "breach": breach}}
    return {"grades": grades, "remedy": fixed(remedy), **more}


def corrected(
    rework: float = 0.0, probability: float = 1.0, decay: float = 1.0, max_rounds: int = 1
) -> dict[str, Any]:
    """Corrections; as many as allowed unless ``probability`` or ``decay`` says otherwise."""
    return {
        "probability": probability,
        "decay": decay,
        "max_rounds": max_rounds,
        "rework": fixed(rework),
    }


def scenario(
    stages: Parts,
    milestones: Parts | None = None,
    projects: Mapping[str, Any] | None = None,
    generator: Mapping[str, Any] | None = None,
    **more: Any,
) -> Scenario:
    """A scenario without problems.

    ``stages`` and ``milestones`` are as in a file; ``projects`` gives for each id its signing day
    (a number, see `day`) or its table, and ``generator`` is the file's ``[projects]``. Everything
    else, departments included, goes by keyword.
    """
    if milestones is None:
        milestones = {"groundbreaking": needs(*stages)}
    if projects is None:
        projects = {"p1": 0} if generator is None else {}
    listed = [_project(name, given) for name, given in projects.items()]
    built = network(
        stages, {}, milestone=milestones, project=listed, projects=generator or {}, **more
    )
    assert problems(built) == ()
    return built


def _project(name: str, given: Any) -> dict[str, Any]:
    table = dict(given) if isinstance(given, Mapping) else {"signed": given}
    if isinstance(table.get("signed"), int | float):
        table["signed"] = day(table["signed"])
    return {"id": name, **({"signed": START} | table)}


@dataclass(frozen=True)
class Outcome:
    """One replication: facts by name, and its history."""

    plan: Plan
    facts: Facts
    history: tuple[Happening, ...]

    def stage(self, fact: str, stage: str, project: str = "p1") -> float:
        """A fact of one stage."""
        where = self.plan.axes.projects.index(project), self.plan.axes.stages.index(stage)
        return getattr(self.facts.stage, fact)[0][where].item()

    def finished(self, stage: str, project: str = "p1") -> float:
        """When a stage was finished."""
        return self.stage("finished", stage, project)

    def project(self, fact: str, project: str = "p1") -> float:
        """A fact of one project as a whole."""
        return getattr(self.facts.project, fact)[0, self.plan.axes.projects.index(project)].item()

    def happened(self, milestone: str = "groundbreaking", project: str = "p1") -> float:
        """When a milestone happened."""
        axes = self.plan.axes
        where = axes.projects.index(project), axes.milestones.index(milestone)
        return self.facts.project.milestone[0][where].item()

    def edge(self, fact: str, edge: str, project: str = "p1") -> float:
        """A fact of one dependency, which is written ``u->v``."""
        where = self.plan.axes.projects.index(project), self.plan.axes.edges.index(edge)
        return getattr(self.facts.project, fact)[0][where].item()

    def department(self, fact: str, department: str) -> float:
        """A fact of one department."""
        where = self.plan.axes.departments.index(department)
        return getattr(self.facts.department, fact)[0, where].item()

    @cached_property
    def reviews(self) -> list[tuple[float, str, str]]:
        """Papers taken up in departments, in the order of their turns: when, who, which."""
        stages, department = self.plan.axes.stages, self.plan.stages.department
        office = {name for name, number in zip(stages, department, strict=True) if number >= 0}
        return [
            (line.time, line.project, line.subject)
            for line in self.history
            if line.what == "review" and line.subject in office
        ]


def outcome(scenario: Scenario, seed: int = 1, replication: int = 0) -> Outcome:
    """One replication of a scenario."""
    plan = compile_plan(scenario)
    return Outcome(plan, *trace(plan, seed, replication))
