"""Changes to the network of a scenario: each gives the scenario that would be, or why it cannot be.

Pure functions without Qt. A change is refused if the core finds a problem that was not there
before, so a scenario without problems stays one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from approvalsim.errors import Problem, ScenarioError
from approvalsim.evidence import Text
from approvalsim.network import Edge, Mode, cycles
from approvalsim.scenario import Dependency, MilestoneDependency, Phase, Scenario, edge_id
from approvalsim.validation import problems
from approvalsim_ui.duration_text import UnreadableError, parsed
from approvalsim_ui.edits import UNSET, stated

Wait = Dependency | MilestoneDependency
Reason = Literal[
    "unknown",
    "itself",
    "already",
    "from_milestone",
    "no_edge",
    "circle",
    "last_of_milestone",
    "unneeded",
    "only_stages",
    "remedy_missing",
    "unreadable",
    "other",
]


@dataclass(frozen=True)
class Refused:
    """Why a change cannot be made."""

    reason: Reason
    ids: tuple[str, ...] = ()
    """The stages and milestones the reason is about; for a circle in the direction of waiting."""
    problems: tuple[Problem, ...] = ()
    """What the core says to the scenario that would be."""


Outcome = Scenario | Refused


def dependency(scenario: Scenario, source: str, target: str) -> Wait | None:
    """What the scenario says about one dependency; None where there is none."""
    waiting = scenario.stage.get(target) or scenario.milestone.get(target)
    return waiting.after.get(source) if waiting else None


def edges_of(scenario: Scenario) -> tuple[Edge, ...]:
    """Every dependency between things that exist, in the order of the file."""
    waits = [(name, stage.after) for name, stage in scenario.stage.items()]
    goals = [(name, milestone.after) for name, milestone in scenario.milestone.items()]
    return tuple(
        (source, target)
        for target, after in (*waits, *goals)
        for source in after
        if source in scenario.stage
    )


def mode_of(edge: Wait) -> Mode:
    """What a dependency is on the commitment path."""
    return edge.relaxed or "hard"


def added(scenario: Scenario, source: str, target: str) -> Outcome:
    """With a new hard dependency: ``target`` waits until ``source`` is finished."""
    if source == target:
        return Refused("itself", (source,))
    if source in scenario.milestone:
        return Refused("from_milestone", (source,))
    if source not in scenario.stage or not _exists(scenario, target):
        return Refused("unknown", (source, target))
    if dependency(scenario, source, target) is not None:
        return Refused("already", (source, target))
    kind = Dependency if target in scenario.stage else MilestoneDependency
    return _checked(scenario, _with(scenario, source, target, kind(assumed=True)))


def removed(scenario: Scenario, source: str, target: str) -> Outcome:
    """Without a dependency."""
    if dependency(scenario, source, target) is None:
        return Refused("no_edge", (source, target))
    return _checked(scenario, _with(scenario, source, target, None))


def with_mode(scenario: Scenario, source: str, target: str, mode: Mode) -> Outcome:
    """With another kind of dependency on the commitment path; `hard` relaxes nothing.

    What has no meaning under the new kind goes (an issue time, a deadline); a source becomes a
    note, since the mark of a relaxed dependency belongs to its uptake and its deadline.
    """
    edge = dependency(scenario, source, target)
    if edge is None:
        return Refused("no_edge", (source, target))
    if mode == mode_of(edge):
        return scenario
    if mode == "prereview" and isinstance(edge, MilestoneDependency):
        return Refused("only_stages", (source, target))
    kept = {name: getattr(edge, name) for name in edge.model_fields_set}
    dropped = {"issue", "due", "grace", "relaxed"} | ({"uptake"} if mode == "hard" else set())
    kept = {name: value for name, value in kept.items() if name not in dropped}
    if mode != "hard":
        kept |= {"relaxed": mode, **_as_assumption(edge, "依据", "basis")}
    return _checked(scenario, _with(scenario, source, target, type(edge)(**kept)))


def with_terms(
    scenario: Scenario,
    source: str,
    target: str,
    *,
    phase: Phase | None = None,
    uptake: float | None = None,
    due: float | None = None,
    grace: float | None = None,
) -> Outcome:
    """With other terms of a dependency; those left out stay as they are."""
    edge = dependency(scenario, source, target)
    if edge is None:
        return Refused("no_edge", (source, target))
    asked: Mapping[str, Any] = {"phase": phase, "uptake": uptake, "due": due, "grace": grace}
    new = {name: value for name, value in asked.items() if value is not None}
    new = {name: value for name, value in new.items() if getattr(edge, name) != value}
    if not new:
        return scenario
    if set(new) != {"phase"}:
        new |= _as_assumption(edge, "原出处", "formerly")
    kept = {name: getattr(edge, name) for name in edge.model_fields_set}
    return _checked(scenario, _with(scenario, source, target, type(edge)(**kept | new)))


def with_issue(scenario: Scenario, source: str, target: str, text: str) -> Outcome:
    """With another time to issue a pre-reviewed certificate, as one types it; none for no text."""
    edge = dependency(scenario, source, target)
    if not isinstance(edge, Dependency):
        return Refused("no_edge", (source, target))
    place = ("stage", target, "after", source, "issue")
    try:
        value = parsed(text, edge.issue) or UNSET
        return stated(scenario, scenario, place, value)
    except UnreadableError:
        return Refused("unreadable")
    except ScenarioError as error:
        return Refused("other", (), error.problems)


def with_grade(scenario: Scenario, source: str, target: str, grade: str, may: bool) -> Outcome:
    """With a credit grade that may relax a dependency, or may not."""
    policy, edge = scenario.commitment, edge_id(source, target)
    if policy is None or grade not in policy.grades:
        return Refused("unknown", (grade,))
    if may == may_relax(scenario, source, target, grade):
        return scenario
    known = policy.grades[grade].may_relax
    listed = relaxable(scenario) if known is None else known
    listed = (*listed, edge) if may else tuple(name for name in listed if name != edge)
    return _checked(scenario, _with_lists(scenario, {grade: listed}))


def may_relax(scenario: Scenario, source: str, target: str, grade: str) -> bool:
    """Whether a credit grade may relax a dependency."""
    listed = scenario.commitment.grades[grade].may_relax if scenario.commitment else ()
    return listed is None or edge_id(source, target) in listed


def relaxable(scenario: Scenario) -> tuple[str, ...]:
    """The names of all dependencies that the commitment path relaxes."""
    found = ((*edge, dependency(scenario, *edge)) for edge in edges_of(scenario))
    return tuple(
        edge_id(source, target)
        for source, target, edge in found
        if edge is not None and edge.relaxed is not None
    )


def _exists(scenario: Scenario, name: str) -> bool:
    return name in scenario.stage or name in scenario.milestone


def _as_assumption(edge: Wait, zh: str, en: str) -> dict[str, Any]:
    """Marks of an edge whose numbers are the user's own: assumed, its source kept in the note."""
    marks: dict[str, Any] = {"assumed": True}
    if edge.source:
        said = edge.note or Text(zh="", en="")
        words_zh = "；".join(filter(None, (said.zh, f"{zh}：{edge.source}")))
        words_en = "; ".join(filter(None, (said.en, f"{en}: {edge.source}")))
        marks |= {"source": None, "note": Text(zh=words_zh, en=words_en)}
    return marks


def _with(scenario: Scenario, source: str, target: str, edge: Wait | None) -> Scenario:
    """The scenario with this dependency, or without; grades name it no more if it relaxes nothing.

    A new one stands behind the others, so that these keep their places.
    """
    kind = "stage" if target in scenario.stage else "milestone"
    parts: dict[str, Any] = dict(getattr(scenario, kind))
    after = dict(parts[target].after)
    if edge is None:
        del after[source]
    else:
        after[source] = edge
    parts[target] = parts[target].model_copy(update={"after": after})
    changed = scenario.model_copy(update={kind: parts})
    if edge is not None and edge.relaxed is not None:
        return changed
    name = edge_id(source, target)
    grades = scenario.commitment.grades if scenario.commitment else {}
    lists = {
        grade: tuple(each for each in part.may_relax if each != name)
        for grade, part in grades.items()
        if part.may_relax is not None and name in part.may_relax
    }
    return _with_lists(changed, lists)


def _with_lists(scenario: Scenario, lists: Mapping[str, tuple[str, ...]]) -> Scenario:
    """The scenario with other lists of what these grades may relax."""
    policy = scenario.commitment
    if policy is None or not lists:
        return scenario
    grades = {
        grade: part.model_copy(update={"may_relax": lists[grade]}) if grade in lists else part
        for grade, part in policy.grades.items()
    }
    policy = policy.model_copy(update={"grades": grades})
    return scenario.model_copy(update={"commitment": policy})


def _checked(before: Scenario, after: Scenario) -> Outcome:
    """The changed scenario, unless it has a problem that it did not have before."""
    old = problems(before)
    new = tuple(problem for problem in problems(after) if problem not in old)
    if not new:
        return after
    kinds = {problem.sentence for problem in new}
    if "cycle" in kinds:
        known = cycles(before)
        circle = next(each for each in cycles(after) if each not in known)
        return Refused("circle", circle, new)
    if "needs_predecessor" in kinds:
        return Refused("last_of_milestone", _places(new, "needs_predecessor"), new)
    if "unneeded_stage" in kinds:
        return Refused("unneeded", _places(new, "unneeded_stage"), new)
    if "remedy_missing" in kinds:
        return Refused("remedy_missing", (), new)
    return Refused("other", (), new)


def _places(found: tuple[Problem, ...], sentence: str) -> tuple[str, ...]:
    """The stages or milestones that problems of one kind are about."""
    return tuple(str(problem.path[1]) for problem in found if problem.sentence == sentence)
