"""The project register (项目台账): what really happened so far, by date, and what does not fit.

Frozen values with dates only; None stands for what has not happened, as far as is known. Nothing
here knows a file: `register_workbook` reads and writes Excel, `register_log` keeps the history.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from approvalsim.errors import Problem, listed
from approvalsim.scenario import Path, Scenario

STEPS: Mapping[str, tuple[str, str]] = {
    "ready": ("具备条件", "ready"),
    "submitted": ("送审", "submitted"),
    "reviewed": ("批复", "reviewed"),
    "finished": ("办结", "finished"),
}
"""The four dates of a stage in their order, in Chinese and English."""

KINDS: Mapping[str, tuple[str, str]] = {
    "land": ("用地", "land"),
    "energy": ("用能", "energy"),
    "environment": ("环保", "environment"),
    "financing": ("融资", "financing"),
    "labour": ("用工", "labour"),
    "other": ("其他", "other"),
}
"""Kinds of demands, in Chinese and English."""

PATHS: Mapping[str, tuple[str, str]] = {
    "standard": ("标准", "standard"),
    "commitment": ("承诺", "commitment"),
}

_ID = re.compile(r"[^\W_][\w-]{0,79}")
"""As `scenario.Id`: a project of the register can be one of a scenario."""

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class StageRecord:
    """When a stage was ready, submitted, reviewed, finished (具备条件、送审、批复、办结)."""

    ready: date | None = None
    submitted: date | None = None
    reviewed: date | None = None
    finished: date | None = None


@dataclass(frozen=True)
class Demand:
    """诉求: what an enterprise asks for, and how it was answered; `KINDS` has the kinds."""

    id: str
    project: str
    kind: str
    text: str
    raised: date
    answered: date | None = None
    closed: date | None = None
    responsible: str = ""


@dataclass(frozen=True)
class Entry:
    """One project, one row."""

    id: str
    name: str = ""
    investment: float | None = None
    """亿元 (100 million yuan)."""
    grade: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    signed: date | None = None
    target: date | None = None
    path: Path | None = None
    owner: str = ""
    """责任单位 or 责任人."""
    leader: str = ""
    """挂点领导."""
    team: str = ""
    """专班."""
    stages: Mapping[str, StageRecord] = field(default_factory=dict)
    milestones: Mapping[str, date] = field(default_factory=dict)
    left: date | None = None
    """退出: when the project was given up."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """The user's own columns, by their headings."""


@dataclass(frozen=True)
class Register:
    """All projects and their demands; ``scenario`` is the id or path of what they belong to."""

    scenario: str
    entries: tuple[Entry, ...] = ()
    demands: tuple[Demand, ...] = ()


def problems_in(
    register: Register, scenario: Scenario | None, as_of: date | None = None
) -> tuple[Problem, ...]:
    """Everything in a register that contradicts itself, the scenario, or the date it stands for.

    Places are ``("project", index, …)`` and ``("demand", index, …)``. Without a scenario only the
    register itself is looked at. A date after ``as_of`` has not happened yet, so it is a problem.
    """
    found: list[Problem] = []
    found += _twice("project", [entry.id for entry in register.entries])
    for index, entry in enumerate(register.entries):
        found += _entry_problems(entry, ("project", index), as_of)
        if scenario is not None:
            found += _against(entry, scenario, ("project", index))
    found += _twice("demand", [demand.id for demand in register.demands])
    projects = {entry.id for entry in register.entries}
    for index, demand in enumerate(register.demands):
        found += _demand_problems(demand, ("demand", index), projects, as_of)
    return tuple(found)


def register_of(scenario: Scenario, reference: str, language: str) -> Register:
    """The projects a scenario lists, as it describes them; ``reference`` names the scenario."""
    return Register(
        reference,
        tuple(
            Entry(
                id=project.id,
                name=project.name.in_language(language) if project.name else "",
                investment=project.investment,
                grade=project.grade,
                attributes=dict(project.attributes),
                signed=project.signed,
                target=project.target,
                path=project.path,
            )
            for project in scenario.project
        ),
    )


def known_grades(scenario: Scenario) -> tuple[str, ...]:
    """The credit grades a scenario tells apart."""
    return tuple(scenario.commitment.grades) if scenario.commitment else ()


def known_attributes(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Every attribute a scenario speaks of and the values it may have, in the scenario's order."""
    values: dict[str, dict[str, None]] = {
        name: dict.fromkeys(shares) for name, shares in scenario.projects.attributes.items()
    }
    for project in scenario.project:
        for name, value in project.attributes.items():
            values.setdefault(name, {})[value] = None
    for stage in scenario.stage.values():
        for variant in stage.variant:
            for name, value in variant.when.items():
                if name not in ("path", "grade"):
                    values.setdefault(name, {})[value] = None
    return {name: tuple(found) for name, found in values.items()}


# --- one project ---------------------------------------------------------------------------------


def dates_of(entry: Entry) -> Iterator[tuple[Place, date]]:
    """Every date on which something of a project happened, with its place, signing first."""
    if entry.signed:
        yield ("signed",), entry.signed
    for name, record in entry.stages.items():
        for step in STEPS:
            if day := getattr(record, step):
                yield ("stages", name, step), day
    for name, day in entry.milestones.items():
        yield ("milestones", name), day
    if entry.left:
        yield ("left",), entry.left


def _entry_problems(entry: Entry, place: Place, as_of: date | None) -> Iterator[Problem]:
    yield from _bad_id(entry.id, place)
    if entry.investment is not None:
        if not isfinite(entry.investment):
            yield Problem("not_finite", (*place, "investment"))
        elif entry.investment < 0:
            yield Problem(
                "at_least", (*place, "investment"), {"limit": 0, "found": entry.investment}
            )
    if entry.path not in (None, *PATHS):
        yield _choice((*place, "path"), entry.path, PATHS)
    if entry.signed and entry.target and entry.target < entry.signed:
        words = {"found": entry.target, "signed": entry.signed}
        yield Problem("target_before_signing", (*place, "target"), words)
    for where, day in dates_of(entry):
        if as_of and day > as_of:
            yield Problem("after_as_of", (*place, *where), {"found": day, "as_of": as_of})
        if entry.signed and day < entry.signed:
            words = {"found": day, "signed": entry.signed}
            yield Problem("before_signing", (*place, *where), words)
        if entry.left and day > entry.left:
            yield Problem("after_left", (*place, *where), {"found": day, "left": entry.left})
    for name, record in entry.stages.items():
        yield from _falling(record, (*place, "stages", name))


def _falling(record: StageRecord, place: Place) -> Iterator[Problem]:
    """Steps of a stage that came before a step they follow."""
    latest: tuple[str, date] | None = None
    for step in STEPS:
        day = getattr(record, step)
        if day is None:
            continue
        if latest is None or day >= latest[1]:
            latest = step, day
        else:
            yield _order((*place, step), STEPS[step], day, STEPS[latest[0]], latest[1])


def _against(entry: Entry, scenario: Scenario, place: Place) -> Iterator[Problem]:
    for name in entry.stages:
        if name not in scenario.stage:
            yield _unknown((*place, "stages", name), name, "环节", "stage", scenario.stage)
    for name in entry.milestones:
        if name not in scenario.milestone:
            known = scenario.milestone
            yield _unknown((*place, "milestones", name), name, "里程碑", "milestone", known)
    grades = known_grades(scenario)
    if entry.grade is not None and grades and entry.grade not in grades:
        yield _unknown((*place, "grade"), entry.grade, "信用等级", "grade", grades)
    attributes = known_attributes(scenario)
    for name, value in entry.attributes.items():
        where = (*place, "attributes", name)
        if name not in attributes:
            yield _unknown(where, name, "属性", "attribute", attributes)
        elif value not in attributes[name]:
            yield _choice(where, value, attributes[name])
    if entry.path == "commitment" and scenario.commitment is None:
        yield Problem("no_commitment", (*place, "path"))


# --- one demand ----------------------------------------------------------------------------------


def _demand_problems(
    demand: Demand, place: Place, projects: set[str], as_of: date | None
) -> Iterator[Problem]:
    yield from _bad_id(demand.id, place)
    if demand.project not in projects:
        yield _unknown((*place, "project"), demand.project, "项目", "project", sorted(projects))
    if demand.kind not in KINDS:
        yield _choice((*place, "kind"), demand.kind, KINDS)
    raised, answered, closed = ("提出", "raised"), ("答复", "answered"), ("办结", "closed")
    if demand.answered and demand.answered < demand.raised:
        yield _order((*place, "answered"), answered, demand.answered, raised, demand.raised)
    if demand.closed and demand.closed < (demand.answered or demand.raised):
        before = answered if demand.answered else raised
        day = demand.answered or demand.raised
        yield _order((*place, "closed"), closed, demand.closed, before, day)
    for name in ("raised", "answered", "closed"):
        day_of = getattr(demand, name)
        if as_of and day_of and day_of > as_of:
            yield Problem("after_as_of", (*place, name), {"found": day_of, "as_of": as_of})


# --- sentences -----------------------------------------------------------------------------------


def _twice(kind: str, ids: list[str]) -> Iterator[Problem]:
    often = {name for name, count in Counter(ids).items() if count > 1}
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in often and name in seen:
            yield Problem("twice", (kind, index, "id"), {"name": name})
        seen.add(name)


def _bad_id(name: str, place: Place) -> Iterator[Problem]:
    if not name:
        yield Problem("missing", (*place, "id"), {"name": "id"})
    elif not _ID.fullmatch(name):
        yield Problem("bad_id", (*place, "id"), {"found": name})


def _order(
    place: Place, later: tuple[str, str], found: date, earlier: tuple[str, str], limit: date
) -> Problem:
    words = {"later": later[0], "later_en": later[1], "found": found}
    words |= {"earlier": earlier[0], "earlier_en": earlier[1], "limit": limit}
    return Problem("dates_fall", place, words)


def _unknown(place: Place, found: str, what: str, what_en: str, known: Iterable[str]) -> Problem:
    words = {"found": found, "what": what, "what_en": what_en, "known": listed(known)}
    return Problem("unknown_reference", place, words)


def _choice(place: Place, found: Any, known: Iterable[str]) -> Problem:
    return Problem("choice", place, {"expected": listed(known), "found": found})
