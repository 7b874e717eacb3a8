"""Rules across a scenario: ids that must exist, shares that must add up, dates that must fit.

`problems` returns everything that is wrong and raises nothing; each rule is one small function.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import fsum, prod
from typing import Any

from approvalsim.errors import Problem, listed
from approvalsim.network import cycles
from approvalsim.scenario import (
    RESERVED_ATTRIBUTES,
    Correction,
    Project,
    Scenario,
    edge_id,
)

MOST_FORMS = 4096
"""Combinations of attribute values a stage may distinguish."""

FIRST_YEAR, LAST_YEAR = 1950, 2060
TOLERANCE = 1e-6

Place = tuple[str | int, ...]


def problems(scenario: Scenario) -> tuple[Problem, ...]:
    """Everything that does not fit together in a scenario; an empty tuple if it can be run."""
    rules = (
        _dates,
        _departments,
        _ids,
        _predecessors,
        _cycles,
        _milestones,
        _measure,
        _unneeded_stages,
        _edge_options,
        _corrections,
        _attribute_shares,
        _reserved_attributes,
        _variants,
        _forms,
        _grades,
        _relaxable,
        _remedy,
        _project_counts,
        _listed_projects,
        _project_dates,
        _dropout,
    )
    return tuple(problem for rule in rules for problem in rule(scenario))


# --- the clock ---------------------------------------------------------------------------------


def _dates(scenario: Scenario) -> Iterator[Problem]:
    start, end = scenario.start, scenario.end
    for name, day in (("start", start), ("end", end)):
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Problem("calendar_range", (name,), {"found": day})
    if end and end <= start:
        yield Problem("end_before_start", ("end",))
    for index, day in enumerate(scenario.run.start_rate_on):
        place = ("run", "start_rate_on", index)
        yield from _not_before_start(scenario, day, place)
        if end and day > end:
            yield Problem("after_end", place, {"found": day, "end": end})
    for name, stage in scenario.stage.items():
        yield from _not_before_start(scenario, stage.not_before, ("stage", name, "not_before"))
    holidays = set(scenario.calendar.holidays)
    for index, day in enumerate(scenario.calendar.workdays):
        if day in holidays:
            yield Problem("both_kinds_of_day", ("calendar", "workdays", index), {"found": day})


def _not_before_start(scenario: Scenario, day: date | None, place: Place) -> Iterator[Problem]:
    if day and day < scenario.start:
        yield Problem("before_start", place, {"found": day, "start": scenario.start})
    elif day and day.year > LAST_YEAR:
        yield Problem("calendar_range", place, {"found": day})


# --- stages, departments and milestones --------------------------------------------------------


def _unknown(place: Place, found: str, what: str, what_en: str, known: Iterable[str]) -> Problem:
    words = {"found": found, "what": what, "what_en": what_en, "known": listed(known)}
    return Problem("unknown_reference", place, words)


def _departments(scenario: Scenario) -> Iterator[Problem]:
    for name, stage in scenario.stage.items():
        if stage.department is not None and stage.department not in scenario.department:
            place = ("stage", name, "department")
            yield _unknown(place, stage.department, "部门", "department", scenario.department)


def _ids(scenario: Scenario) -> Iterator[Problem]:
    for name in scenario.milestone:
        if name in scenario.stage:
            yield Problem("same_id", ("milestone", name), {"name": name})


def _waiting(scenario: Scenario) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Everything that waits: its kind, its id, and what it waits for."""
    for name, stage in scenario.stage.items():
        yield "stage", name, stage.after
    for name, milestone in scenario.milestone.items():
        yield "milestone", name, milestone.after


def _predecessors(scenario: Scenario) -> Iterator[Problem]:
    for kind, name, after in _waiting(scenario):
        for predecessor in after:
            if predecessor not in scenario.stage:
                place = (kind, name, "after", predecessor)
                yield _unknown(place, predecessor, "环节", "stage", scenario.stage)


def _cycles(scenario: Scenario) -> Iterator[Problem]:
    for cycle in cycles(scenario):
        # The last of the circle is what the first one waits for.
        place = ("stage", cycle[0], "after", cycle[-1])
        yield Problem("cycle", place, {"loop": " → ".join((*cycle, cycle[0]))})


def _milestones(scenario: Scenario) -> Iterator[Problem]:
    for name, milestone in scenario.milestone.items():
        if not milestone.after:
            yield Problem("needs_predecessor", ("milestone", name))


def _measure(scenario: Scenario) -> Iterator[Problem]:
    measure = scenario.run.measure
    if measure is not None and measure not in scenario.milestone:
        place = ("run", "measure")
        yield _unknown(place, measure, "里程碑", "milestone", scenario.milestone)


def _unneeded_stages(scenario: Scenario) -> Iterator[Problem]:
    """Stages no milestone waits for; those that wait for unknown ones have a problem already."""
    needed: set[str] = set()
    waiting = [name for milestone in scenario.milestone.values() for name in milestone.after]
    while waiting:
        name = waiting.pop()
        if name not in needed and name in scenario.stage:
            needed.add(name)
            waiting.extend(scenario.stage[name].after)
    involved = {name for cycle in cycles(scenario) for name in cycle}
    for name in scenario.stage:
        if name not in needed and name not in involved:
            yield Problem("unneeded_stage", ("stage", name))


def _edge_options(scenario: Scenario) -> Iterator[Problem]:
    """Options of a relaxed edge that are given where the edge is not relaxed that way."""
    for kind, name, after in _waiting(scenario):
        for predecessor, edge in after.items():
            given, place = edge.model_fields_set, (kind, name, "after", predecessor)
            if getattr(edge, "issue", None) is not None and edge.relaxed != "prereview":
                yield Problem("only_with", (*place, "issue"), {"mode": "prereview"})
            if edge.relaxed != "deferred":
                for option in ("due", "grace"):
                    if option in given:
                        yield Problem("only_with", (*place, option), {"mode": "deferred"})
            if "uptake" in given and edge.relaxed is None:
                modes = 'prereview" | "deferred' if kind == "stage" else "deferred"
                yield Problem("only_with", (*place, "uptake"), {"mode": modes})


def _corrections(scenario: Scenario) -> Iterator[Problem]:
    def lacking(correction: Correction | None, place: Place) -> Iterator[Problem]:
        if correction and correction.probability > 0 and correction.rework is None:
            yield Problem("rework_missing", (*place, "correction"))

    for name, stage in scenario.stage.items():
        yield from lacking(stage.correction, ("stage", name))
        for index, variant in enumerate(stage.variant):
            yield from lacking(variant.correction, ("stage", name, "variant", index))


# --- attributes and variants -------------------------------------------------------------------


def _attribute_shares(scenario: Scenario) -> Iterator[Problem]:
    for name, shares in scenario.projects.attributes.items():
        yield from _adding_up(shares.values(), ("projects", "attributes", name))


def _adding_up(shares: Iterable[float], place: Place) -> Iterator[Problem]:
    total = fsum(shares)
    if abs(total - 1) > TOLERANCE:
        yield Problem("shares", place, {"total": f"{total:.6g}"})


def _reserved_attributes(scenario: Scenario) -> Iterator[Problem]:
    for name in scenario.projects.attributes:
        if name in RESERVED_ATTRIBUTES:
            yield Problem("reserved_attribute", ("projects", "attributes", name), {"name": name})
    for index, project in enumerate(scenario.project):
        for name in project.attributes:
            if name in RESERVED_ATTRIBUTES:
                place = ("project", index, "attributes", name)
                yield Problem("reserved_attribute", place, {"name": name})


def _attribute_values(scenario: Scenario) -> dict[str, list[str]]:
    """Every attribute a project may have, with the values it may take."""
    values: dict[str, dict[str, None]] = {}
    for name, shares in scenario.projects.attributes.items():
        values.setdefault(name, {}).update(dict.fromkeys(shares))
    for project in scenario.project:
        for name, value in project.attributes.items():
            values.setdefault(name, {})[value] = None
    values["path"] = dict.fromkeys(("standard", "commitment"))
    values["grade"] = dict.fromkeys(scenario.commitment.grades if scenario.commitment else ())
    return {name: list(given) for name, given in values.items()}


def _variants(scenario: Scenario) -> Iterator[Problem]:
    known = _attribute_values(scenario)
    for name, stage in scenario.stage.items():
        for index, variant in enumerate(stage.variant):
            for attribute, value in variant.when.items():
                place = ("stage", name, "variant", index, "when", attribute)
                if attribute not in known:
                    yield _unknown(place, attribute, "属性", "attribute", known)
                elif value not in known[attribute]:
                    what, what_en = f"属性值（{attribute}）", f"value of {attribute}"
                    yield _unknown(place, value, what, what_en, known[attribute])


def _forms(scenario: Scenario) -> Iterator[Problem]:
    """Each stage is prepared once for every combination of the attributes its variants name."""
    known = _attribute_values(scenario)
    for name, stage in scenario.stage.items():
        named = {attribute for variant in stage.variant for attribute in variant.when}
        count = prod(len(known.get(attribute, ())) + 1 for attribute in named)
        if count > MOST_FORMS:
            words = {"count": count, "limit": MOST_FORMS}
            yield Problem("too_many_forms", ("stage", name, "variant"), words)


# --- the commitment policy ---------------------------------------------------------------------


def _grades(scenario: Scenario) -> Iterator[Problem]:
    policy = scenario.commitment
    if policy is None:
        return
    if not policy.grades:
        yield Problem("no_grades", ("commitment",))
        return
    shares = (grade.share for grade in policy.grades.values())
    yield from _adding_up(shares, ("commitment", "grades"))


def _relaxed_edges(scenario: Scenario) -> dict[str, str]:
    """Relaxable edges by name, each with what it becomes."""
    return {
        edge_id(predecessor, name): edge.relaxed
        for _, name, after in _waiting(scenario)
        for predecessor, edge in after.items()
        if edge.relaxed is not None
    }


def _relaxable(scenario: Scenario) -> Iterator[Problem]:
    known = _relaxed_edges(scenario)
    grades = scenario.commitment.grades if scenario.commitment else {}
    for name, grade in grades.items():
        for index, edge in enumerate(grade.may_relax or ()):
            if edge not in known:
                place = ("commitment", "grades", name, "may_relax", index)
                yield Problem("not_relaxable", place, {"found": edge, "known": listed(known)})


def _remedy(scenario: Scenario) -> Iterator[Problem]:
    policy = scenario.commitment
    if policy and policy.remedy is None and "deferred" in _relaxed_edges(scenario).values():
        yield Problem("remedy_missing", ("commitment",))


# --- projects ----------------------------------------------------------------------------------


def _project_counts(scenario: Scenario) -> Iterator[Problem]:
    generator = scenario.projects
    if scenario.project and generator.count is not None:
        yield Problem("count_and_list", ("projects", "count"))
    elif not scenario.project and generator.count is None:
        yield Problem("no_projects", ("projects",))
    elif generator.count is not None and generator.arrivals is None:
        yield Problem("no_arrivals", ("projects", "count"))


def _listed_projects(scenario: Scenario) -> Iterator[Problem]:
    seen: set[str] = set()
    grades = scenario.commitment.grades if scenario.commitment else {}
    for index, project in enumerate(scenario.project):
        if project.id in seen:
            yield Problem("twice", ("project", index, "id"), {"name": project.id})
        seen.add(project.id)
        if project.grade is not None and project.grade not in grades:
            place = ("project", index, "grade")
            yield _unknown(place, project.grade, "信用等级", "credit grade", grades)
        if project.path == "commitment" and scenario.commitment is None:
            yield Problem("no_commitment", ("project", index, "path"))
        if project.signed is None and scenario.projects.arrivals is None:
            yield Problem("no_signing_date", ("project", index))


def _project_dates(scenario: Scenario) -> Iterator[Problem]:
    arrivals = scenario.projects.arrivals
    if arrivals:
        for name, day in (("from", arrivals.from_), ("to", arrivals.to), ("date", arrivals.date)):
            yield from _not_before_start(scenario, day, ("projects", "arrivals", name))
    for index, project in enumerate(scenario.project):
        yield from _not_before_start(scenario, project.signed, ("project", index, "signed"))
        yield from _target(project, index)


def _target(project: Project, index: int) -> Iterator[Problem]:
    target, signed = project.target, project.signed
    if target and signed and target < signed:
        words = {"found": target, "signed": signed}
        yield Problem("target_before_signing", ("project", index, "target"), words)


def _dropout(scenario: Scenario) -> Iterator[Problem]:
    dropout = scenario.projects.dropout
    if dropout and dropout.stage not in scenario.stage:
        place = ("projects", "dropout", "stage")
        yield _unknown(place, dropout.stage, "环节", "stage", scenario.stage)
