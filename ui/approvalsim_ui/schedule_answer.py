"""Backward schedules, asked and answered: a quick one first. No Qt here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from approvalsim.engines import chosen
from approvalsim.evidence import Text
from approvalsim.execution import Effort
from approvalsim.levers import Gain, levers
from approvalsim.register import Register
from approvalsim.scenario import Project, Scenario
from approvalsim.schedule import ProjectSchedule, Schedule, schedule
from approvalsim_ui.analysis_worker import Watch

TYPICAL = "typical"
"""Stands for a project of which nothing is known but when it signs."""
_NAME = Text(zh="典型项目", en="a typical project")
_QUICK = {"kernel": 100, "simpy": 10}
_FULL = {"kernel": 1_000, "simpy": 100}
"""Replications at most: each trial date is simulated anew."""
_TRIALS = 30
"""How many simulations one schedule takes, roughly."""


@dataclass(frozen=True)
class ScheduleQuestion:
    """Which project shall be where by when, and how sure."""

    scenario: Scenario
    effort: Effort
    target: date
    confidence: float
    project: str
    signing: date
    """When the typical project signs."""
    register: Register | None = None
    as_of: date | None = None


@dataclass(frozen=True, eq=False)
class ScheduleAnswer:
    """The dates, and by which scenario they were found."""

    question: ScheduleQuestion
    schedule: Schedule
    is_final: bool

    @property
    def project(self) -> ProjectSchedule:
        """The only project that is planned."""
        return self.schedule.projects[0]

    @property
    def gains(self) -> tuple[Gain, ...]:
        """What would help, most days first."""
        return tuple(gain for gain in self.schedule.gains if gain.days > 0 or gain.closes)


def schedules(
    question: ScheduleQuestion, watch: Watch, begin: Watch = bool
) -> Iterator[ScheduleAnswer]:
    """A quick answer and a better one; raises `ScenarioError` where there is nothing to plan."""
    engine = chosen(question.effort.engine)
    most = min(question.effort.replications, _FULL[engine])
    steps = sorted({min(_QUICK[engine], most), most})
    begin(_TRIALS * sum(steps))
    scenario, project = question.scenario, question.project
    register = question.register
    if project == TYPICAL:
        scenario, project = with_typical(scenario, question.signing)
        register = None
    for number in steps:
        found = schedule(
            scenario,
            replace(question.effort, replications=number, precision=None),
            question.target,
            question.confidence,
            register,
            question.as_of if register is not None else None,
            (project,),
            watch,
        )
        yield ScheduleAnswer(question, found, number == most)


def with_typical(scenario: Scenario, signing: date) -> tuple[Scenario, str]:
    """The scenario with a project that signs on a day; all else of it is left to luck.

    It joins those that are listed, or is one of those that are generated.
    """
    others = scenario.project or tuple(
        Project(id=f"p{number:03}") for number in range(1, scenario.projects.count or 1)
    )
    used = {project.id for project in others}
    name = next(n for n in (TYPICAL, *(f"{TYPICAL}-{k}" for k in range(2, 999))) if n not in used)
    added = Project(id=name, name=_NAME, signed=max(signing, scenario.start))
    projects = scenario.projects.model_copy(update={"count": None})
    changed = scenario.model_copy(update={"project": (*others, added), "projects": projects})
    return changed, name


def with_lever(scenario: Scenario, gain: Gain) -> Scenario | None:
    """The scenario with what a gain comes from; None where that is no change of a scenario."""
    missing = np.ones(len(scenario.project), dtype=np.bool_)
    for lever in levers(scenario, missing):
        if (lever.kind, lever.subject) == (gain.kind, gain.subject):
            return lever.scenario
    return None
