"""A scenario and its parts, named as in the file: departments, stages, policy, projects, and more.

Frozen values that check themselves (types, ranges, order of three points). What needs a look across
parts, such as ids that must exist, stands in `validation`.
"""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError, PydanticSerializationError

from approvalsim.distributions import Duration
from approvalsim.evidence import Marked, Part, Text
from approvalsim.oversight import Supervision, TaskForce


def _exactly(kind: type) -> BeforeValidator:
    """Refuse what Python counts as equal: ``true`` for 1, or 0 for ``false``."""

    def check(value: object) -> object:
        if value is not None and type(value) is not kind:
            raise PydanticCustomError("literal_error", "not {kind}", {"kind": kind.__name__})
        return value

    return BeforeValidator(check)


Id = Annotated[str, Field(pattern=r"^[^\W_][\w-]*$", max_length=80)]
Probability = Annotated[float, Field(ge=0, le=1)]
WorkingDays = Annotated[float, Field(ge=0, le=10_000)]
Phase = Literal["submitted", "reviewed", "finished"]
Path = Literal["standard", "commitment"]

RESERVED_ATTRIBUTES = ("path", "grade")
"""Attributes every project has: the path it takes, and its credit grade."""

GROUNDBREAKING = "groundbreaking"

Day = date  # for a class with a field called date


class Calendar(Marked):
    """Which days are worked: China's, Monday to Friday, or every day; and exceptions to that."""

    kind: Literal["china", "weekdays", "everyday"] = "china"
    holidays: Annotated[tuple[date, ...], Field(strict=False)] = ()
    workdays: Annotated[tuple[date, ...], Field(strict=False)] = ()


class Department(Marked):
    """A department (部门) whose reviewers are shared by all projects."""

    name: Text | None = None
    reviewers: Annotated[int, Field(ge=1, le=10_000)] = 1
    discipline: Literal["fifo", "priority"] = "fifo"


class Correction(Marked):
    """补正: with some probability a review sends the papers back to the applicant."""

    probability: Probability = 0.0
    decay: Probability = 0.5
    """Factor on the probability at each further round; 1 keeps it."""
    max_rounds: Annotated[int, Field(ge=0, le=1_000)] = 3
    """Corrections at most; the submission after the last of them passes."""
    rework: Duration | None = None


class Meeting(Marked):
    """会审: reviews begin only at meetings, ``every`` so many days from the start of the clock."""

    every: Annotated[float, Field(ge=0.01, le=3_660)]
    offset: Annotated[float, Field(ge=0, le=3_660)] = 0.0


class Factor(Marked):
    """Factors on a stage's durations."""

    prepare: Annotated[float, Field(ge=0, le=1_000)] = 1.0
    review: Annotated[float, Field(ge=0, le=1_000)] = 1.0
    notice: Annotated[float, Field(ge=0, le=1_000)] = 1.0
    rework: Annotated[float, Field(ge=0, le=1_000)] = 1.0


class Variant(Marked):
    """What is different in a stage for projects with certain attributes."""

    when: Annotated[Mapping[str, str], Field(min_length=1)]
    prepare: Duration | None = None
    review: Duration | None = None
    notice: Duration | None = None
    correction: Correction | None = None
    factor: Factor | None = None
    statutory: WorkingDays | None = None
    commitment: Annotated[Literal[False] | None, _exactly(bool)] = None
    """``false`` bars such a project from the commitment path."""


class _Edge(Marked):
    """What every dependency may say about its relaxed form."""

    uptake: Probability = 1.0
    """Share of the projects allowed to relax this edge that do so (容缺 is counted per item)."""
    due: WorkingDays = 20.0
    """Deferred: the missing paper is due so many working days after the work went ahead."""
    grace: WorkingDays = 15.0
    """Deferred: working days after ``due`` before the promise counts as broken."""


class Dependency(_Edge):
    """A stage waits for another; on the commitment path it may wait less."""

    relaxed: Literal["prereview", "deferred"] | None = None
    issue: Duration | None = None
    """Pre-review: time to issue the certificate once the predecessor has finished."""


class MilestoneDependency(_Edge):
    """A milestone waits for a stage, or for one of its phases."""

    phase: Phase = "finished"
    relaxed: Literal["deferred"] | None = None


class Stage(Marked):
    """One of the approval stages (环节); calendar days or working days as each duration says."""

    name: Text | None = None
    department: str | None = None
    owner: Text | None = None
    time_with: Literal["applicant", "government", "market"] | None = None
    not_before: date | None = None
    prepare: Duration | None = None
    review: Duration | None = None
    notice: Duration | None = None
    statutory: WorkingDays | None = None
    """Legal maximum of one review, working days; reported when exceeded, never cut."""
    correction: Correction = Correction()
    meeting: Meeting | None = None
    after: Mapping[str, Dependency] = {}
    variant: Annotated[tuple[Variant, ...], Field(strict=False)] = ()


class SpringFestivalWindow(Marked):
    """No starts around the Spring Festival; then sites resume, linearly, until all have.

    Calendar days before and after Lunar New Year's Day (正月初一).
    """

    kind: Literal["spring_festival"]
    closed_before: Annotated[float, Field(ge=0, le=120)] = 15.0
    closed_after: Annotated[float, Field(ge=0, le=120)] = 8.0
    full_after: Annotated[float, Field(ge=0, le=120)] = 28.0

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.closed_after > self.full_after:
            raise PydanticCustomError(
                "wrong_order",
                "{lower} must not be above {upper}",
                {
                    "lower": "closed_after",
                    "upper": "full_after",
                    "a": self.closed_after,
                    "b": self.full_after,
                },
            )
        return self


class Milestone(Marked):
    """A named event that happens once what it waits for is done: 交地, 动工."""

    name: Text | None = None
    after: Mapping[str, MilestoneDependency] = {}
    window: SpringFestivalWindow | None = None


class Grade(Marked):
    """A credit grade (信用等级) of applicants."""

    share: Probability = 0.0
    eligible: bool = True
    breach: Probability = 0.0
    """Probability that an obligation is broken whatever the time needed."""
    may_relax: Annotated[tuple[str, ...], Field(strict=False)] | None = None
    """Edges ``u->v`` this grade may relax; omitted: every relaxable edge."""


class Commitment(Marked):
    """容缺审批 + 承诺制: who may proceed with papers missing, and what a broken promise costs."""

    enabled: bool = True
    share: Probability = 1.0
    grades: Mapping[Id, Grade] = {}
    remedy: Duration | None = None
    bar_after_breach: bool = False


class Variation(Marked):
    """Project-level lognormal multipliers (mean 1): sigma on all prepare and all review times."""

    prepare: Annotated[float, Field(ge=0, le=3)] = 0.0
    review: Annotated[float, Field(ge=0, le=3)] = 0.0


class Arrivals(Marked):
    """When projects sign: spread over a span of days, exponential gaps, or all on one date."""

    kind: Literal["uniform", "exponential", "all_at"]
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None
    mean_days: Annotated[float | None, Field(gt=0, le=100_000)] = None
    date: Day | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needs = {"uniform": ("from", "to"), "exponential": ("mean_days",), "all_at": ("date",)}
        given = {"from": self.from_, "to": self.to, "mean_days": self.mean_days, "date": self.date}
        missing = [name for name in needs[self.kind] if given[name] is None]
        if missing:
            raise PydanticCustomError(
                "arrivals_need", "needs {names}", {"kind": self.kind, "names": ", ".join(missing)}
            )
        idle = [name for name in given if given[name] is not None and name not in needs[self.kind]]
        if idle:
            raise PydanticCustomError(
                "arrivals_idle", "ignores {names}", {"kind": self.kind, "names": ", ".join(idle)}
            )
        if self.from_ and self.to and self.from_ > self.to:
            raise PydanticCustomError(
                "wrong_order",
                "{lower} must not be above {upper}",
                {"lower": "from", "upper": "to", "a": str(self.from_), "b": str(self.to)},
            )
        return self


class Dropout(Marked):
    """Projects that never start: they leave when the named stage would begin."""

    probability: Probability
    stage: str


class Projects(Marked):
    """The project generator, or what a list of projects leaves open."""

    count: Annotated[int | None, Field(ge=1, le=100_000)] = None
    arrivals: Arrivals | None = None
    attributes: Mapping[Id, Mapping[str, Probability]] = {}
    dropout: Dropout | None = None


class Project(Marked):
    """One listed project; what it leaves open is drawn as the generator would draw it."""

    id: Id
    name: Text | None = None
    signed: date | None = None
    grade: str | None = None
    attributes: Mapping[Id, str] = {}
    investment: Annotated[float | None, Field(ge=0)] = None
    """亿元 (100 million yuan)."""
    target: date | None = None
    path: Path | None = None
    priority: Annotated[int, Field(ge=-1_000, le=1_000)] = 0
    """Priority class in departments with discipline ``priority``; lower goes first."""


class Run(Marked):
    """How the scenario is run unless the caller says otherwise."""

    replications: Annotated[int, Field(ge=1, le=10_000_000)] = 1000
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    start_rate_on: Annotated[tuple[date, ...], Field(strict=False)] = ()
    measure: str | None = None
    """Milestone that times are counted to; ``groundbreaking`` if omitted, or else the last one."""


class Scenario(Part):
    """Everything a run needs to know, except the seed and the number of replications."""

    format: Annotated[Literal[1], _exactly(int)]
    id: Id
    name: Text | None = None
    description: Text | None = None
    start: date
    end: date | None = None
    calendar: Calendar = Calendar()
    department: Mapping[Id, Department] = {}
    stage: Annotated[Mapping[Id, Stage], Field(min_length=1, max_length=200)]
    milestone: Annotated[Mapping[Id, Milestone], Field(min_length=1, max_length=100)]
    commitment: Commitment | None = None
    supervision: Supervision | None = None
    task_force: TaskForce | None = None
    variation: Variation = Variation()
    projects: Projects = Projects()
    project: Annotated[tuple[Project, ...], Field(strict=False, max_length=100_000)] = ()
    run: Run = Run()

    @property
    def measure(self) -> str:
        """The milestone that times are counted to: what `run` says, or else `usual_measure`."""
        return self.usual_measure if self.run.measure is None else self.run.measure

    @property
    def usual_measure(self) -> str:
        """The milestone counted to if nobody says otherwise: groundbreaking, or the last one."""
        return GROUNDBREAKING if GROUNDBREAKING in self.milestone else list(self.milestone)[-1]

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """As plain tables; Ctrl-C stays Ctrl-C, which pydantic would make an error of its own."""
        try:
            return super().model_dump(**options)
        except PydanticSerializationError as error:
            if "KeyboardInterrupt" in str(error):
                raise KeyboardInterrupt from None
            raise

    def with_measure(self, milestone: str) -> "Scenario":
        """This scenario with its times counted to a milestone of it.

        Itself where they are already. Raises `ValueError` where there is no such milestone.
        """
        if milestone not in self.milestone:
            raise ValueError(f"the scenario has no milestone {milestone}")
        if milestone == self.measure:
            return self
        named = None if milestone == self.usual_measure else milestone
        return self.model_copy(update={"run": self.run.model_copy(update={"measure": named})})

    def with_policy(self, enabled: bool) -> "Scenario":
        """This scenario with the commitment policy switched on or off.

        Raises `ValueError` where it is switched on and the scenario defines no policy.
        """
        if self.commitment is None:
            if enabled:
                raise ValueError("the scenario has no [commitment] table")
            return self
        policy = self.commitment.model_copy(update={"enabled": enabled})
        return self.model_copy(update={"commitment": policy})

    def with_supervision(self, enabled: bool) -> "Scenario":
        """This scenario with supervision switched on or off.

        Raises `ValueError` where it is switched on and the scenario defines none.
        """
        if self.supervision is None:
            if enabled:
                raise ValueError("the scenario has no [supervision] table")
            return self
        supervision = self.supervision.model_copy(update={"enabled": enabled})
        return self.model_copy(update={"supervision": supervision})


def content_hash(scenario: Scenario) -> str:
    """SHA-256 of all that the scenario says, in its order, whatever the layout of its file."""
    content = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def edge_id(predecessor: str, successor: str) -> str:
    """How a dependency is named: ``land_supply->planning_permit``."""
    return f"{predecessor}->{successor}"


class StageForm(NamedTuple):
    """A stage as it is for projects with certain attributes."""

    stage: Stage
    factor: Factor
    bars_commitment: bool


def stage_for(stage: Stage, attributes: Mapping[str, str]) -> StageForm:
    """The stage with every variant applied that ``attributes`` call for, in the file's order.

    A later replacement wins over an earlier one; factors multiply.
    """
    factor, bars = Factor(), False
    for variant in stage.variant:
        if any(attributes.get(name) != value for name, value in variant.when.items()):
            continue
        replaced = {
            name: value
            for name in ("prepare", "review", "notice", "correction", "statutory")
            if (value := getattr(variant, name)) is not None
        }
        stage = stage.model_copy(update=replaced)
        bars = bars or variant.commitment is False
        if variant.factor is not None:
            # The bounds are those of one factor in the file, not of their product.
            factor = Factor.model_construct(
                prepare=factor.prepare * variant.factor.prepare,
                review=factor.review * variant.factor.review,
                notice=factor.notice * variant.factor.notice,
                rework=factor.rework * variant.factor.rework,
            )
    return StageForm(stage, factor, bars)
