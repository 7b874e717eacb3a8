"""The dependency network of a scenario: cycles, generations, critical path and slack.

The only module that imports networkx. Every function is a pure question about a scenario. Except
for `cycles` they need a scenario without cycles (`validation` sees to it) and raise
`networkx.NetworkXUnfeasible` otherwise. Ids that name nothing are passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import networkx as nx

from approvalsim import __version__
from approvalsim.distributions import Duration, Unit
from approvalsim.scenario import Calendar, Path, Scenario, Stage, content_hash, stage_for
from approvalsim.workdays import CalendarKind, working_calendar

Kind = Literal["stage", "milestone"]
Mode = Literal["hard", "prereview", "deferred"]
Edge = tuple[str, str]
Event = tuple[str, str]
"""A node and one of its moments: start, submitted, reviewed, issuable, finished."""

SAME_MOMENT = 1e-6
"""Calendar days; latest and earliest times closer than this differ by rounding alone."""


def cycles(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Circles in which stages wait for each other, each in the direction of the waiting.

    ``("a", "b")`` says that b waits for a and a for b. Every stage that waits for itself is named,
    and of each knot of stages that all wait for each other one shortest circle through the stage
    that stands first in the file; resolve it and ask again. Ids that are no stage are passed over.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(scenario.stage)
    for successor, stage in scenario.stage.items():
        graph.add_edges_from((name, successor) for name in stage.after if name in scenario.stage)
    found: list[tuple[str, ...]] = [
        (name,) for name in scenario.stage if graph.has_edge(name, name)
    ]
    graph.remove_edges_from([(name, name) for name, *_ in found])
    place = {name: index for index, name in enumerate(scenario.stage)}
    knots = (knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1)
    found.extend(_shortest_circle(graph, min(knot, key=place.__getitem__)) for knot in knots)
    return tuple(sorted(found, key=lambda circle: place[circle[0]]))


def dependency_graph(scenario: Scenario, path: Path = "standard") -> nx.DiGraph:
    """The graph of who waits for whom on a path, in the order of the file.

    Nodes are stages and milestones with their ``kind``; edges have the ``mode`` in effect on that
    path (on the commitment path every relaxable edge is relaxed, whatever grade and uptake say) and
    the ``phase`` of the predecessor that is waited for.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(scenario.stage, kind="stage")
    graph.add_nodes_from(scenario.milestone, kind="milestone")
    relaxing = path == "commitment"
    for name, stage in scenario.stage.items():
        for predecessor, edge in stage.after.items():
            mode = (relaxing and edge.relaxed) or "hard"
            if predecessor in scenario.stage:
                graph.add_edge(predecessor, name, mode=mode, phase="finished")
    for name, milestone in scenario.milestone.items():
        for predecessor, wait in milestone.after.items():
            mode = (relaxing and wait.relaxed) or "hard"
            if predecessor in scenario.stage:
                graph.add_edge(predecessor, name, mode=mode, phase=wait.phase)
    return graph


def generations(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """Stages and milestones by the longest chain of edges that leads to them.

    The first generation waits for nothing; inside a generation the order is that of the file.
    """
    graph = dependency_graph(scenario)
    place = {name: index for index, name in enumerate(graph)}
    return tuple(
        tuple(sorted(generation, key=place.__getitem__))
        for generation in nx.topological_generations(graph)
    )


def ancestors(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    """For each stage and milestone all stages it waits for, directly or not, whatever the mode."""
    graph = dependency_graph(scenario)
    found: dict[str, frozenset[str]] = dict.fromkeys(graph, frozenset())
    for name in nx.topological_sort(graph):
        direct = list(graph.predecessors(name))
        found[name] = frozenset(direct).union(*(found[predecessor] for predecessor in direct))
    return found


@dataclass(frozen=True)
class Activity:
    """A stage or milestone in a `Schedule`; all times in calendar days since signing."""

    id: str
    kind: Kind
    duration: float
    """Calendar days of prepare, review and notice together; 0 for a milestone."""
    earliest_start: float
    earliest_finish: float
    latest_start: float
    latest_submission: float
    """Of a stage, when its papers have to be submitted; of a milestone, its latest finish."""
    latest_finish: float
    slack: float
    """Calendar days by which any of its moments that lead to the measured milestone may slip."""
    critical: bool
    """Whether it lies on a critical path to the measured milestone."""


@dataclass(frozen=True)
class Schedule:
    """What `critical_path` found; all times in calendar days since signing."""

    path: Path
    measure: str
    length: float
    """Calendar days from signing to the measured milestone."""
    activities: Mapping[str, Activity]
    """Every stage, then every milestone, in the order of the file."""
    critical_path: tuple[str, ...]
    """One longest chain to the measured milestone, in the order of time."""
    critical_edges: frozenset[Edge]
    """Every dependency on some longest chain."""

    @property
    def critical(self) -> frozenset[str]:
        """Every stage and milestone on some longest chain."""
        return frozenset(name for name, each in self.activities.items() if each.critical)


def critical_path(
    scenario: Scenario,
    path: Path = "standard",
    attributes: Mapping[str, str] | None = None,
) -> Schedule:
    """The deterministic schedule when every duration takes its typical value (the mode).

    One project alone, signed at time 0, with the given attributes, on the given path. It knows
    prepare, review, notice and issue times and nothing else: no corrections, queues, meetings,
    windows, ``not_before`` dates, obligations or supervision, so a simulated project is usually
    later. Working days count as calendar days at the long-run ratio of the scenario's calendar.

    Latest times are those that do not delay the measured milestone; where something does not lead
    to it, those that do not delay the end of everything. A stage under pre-review has no slack if
    either its work or the certificate it waits for has none.
    """
    measured = (scenario.measure, "finished")
    times = _times(_event_graph(scenario, path, attributes or {}), measured)
    chain = dict.fromkeys(name for name, _ in reversed(_chain_back(times, measured)))
    kinds = dependency_graph(scenario).nodes(data="kind")
    return Schedule(
        path=path,
        measure=scenario.measure,
        length=times.earliest[measured],
        activities={name: _activity(name, kind, times) for name, kind in kinds},
        critical_path=tuple(chain),
        critical_edges=_tight_edges(times),
    )


def annotated_graph(
    scenario: Scenario, path: Path = "standard", attributes: Mapping[str, str] | None = None
) -> nx.DiGraph:
    """`dependency_graph` with names and the schedule of `critical_path`, made for export.

    All attributes are plain strings, numbers and truth values; times in calendar days.
    """
    graph = dependency_graph(scenario, path)
    schedule = critical_path(scenario, path, attributes)
    graph.graph.update(
        scenario=scenario.id,
        scenario_hash=content_hash(scenario),
        version=__version__,
        path=path,
        measure=schedule.measure,
        length_days=schedule.length,
    )
    for name, facts in graph.nodes(data=True):
        part = scenario.stage.get(name) or scenario.milestone[name]
        each = schedule.activities[name]
        facts.update(
            name_zh=part.name.zh if part.name else name,
            name_en=part.name.en if part.name else name,
            duration_days=each.duration,
            earliest_start_days=each.earliest_start,
            earliest_finish_days=each.earliest_finish,
            latest_start_days=each.latest_start,
            latest_finish_days=each.latest_finish,
            slack_days=each.slack,
            critical=each.critical,
        )
    for before, after, facts in graph.edges(data=True):
        facts["critical"] = (before, after) in schedule.critical_edges
    return graph


def graphml(graph: nx.DiGraph) -> str:
    """A graph as GraphML (UTF-8 text without an XML declaration)."""
    return "\n".join(nx.generate_graphml(graph)) + "\n"


def node_link(graph: nx.DiGraph) -> dict[str, Any]:
    """A graph as plain data in networkx's node-link form."""
    data: dict[str, Any] = nx.node_link_data(graph, edges="edges")
    return data


def _shortest_circle(graph: nx.DiGraph, start: str) -> tuple[str, ...]:
    """A shortest way from a node back to itself, in the order of the edges."""
    ways = nx.single_source_shortest_path(graph, start)
    circles = [tuple(ways[last]) for last in graph.predecessors(start) if last in ways]
    return min(circles, key=len)


def _event_graph(scenario: Scenario, path: Path, attributes: Mapping[str, str]) -> nx.DiGraph:
    """The moments of all stages and milestones, with the ``days`` from one to the next at least."""
    having = {**attributes, "path": path}
    ratio = _days_per_workday(scenario.start, scenario.calendar)
    graph = nx.DiGraph()
    for name, stage in scenario.stage.items():
        prepare, review, notice = _typical_work(stage, having, ratio)
        issue = _typical_issue(stage, path, ratio)
        graph.add_edge((name, "start"), (name, "submitted"), days=prepare)
        graph.add_edge((name, "submitted"), (name, "reviewed"), days=review)
        graph.add_edge((name, "reviewed"), (name, "issuable"), days=notice)
        graph.add_edge((name, "issuable"), (name, "finished"), days=issue)
    graph.add_nodes_from((name, "finished") for name in scenario.milestone)
    for before, after, facts in dependency_graph(scenario, path).edges(data=True):
        if facts["mode"] == "deferred":
            continue
        moment = "issuable" if facts["mode"] == "prereview" else "start"
        target = (after, "finished" if after in scenario.milestone else moment)
        graph.add_edge((before, facts["phase"]), target, days=0.0)
    return graph


class _Times(NamedTuple):
    """The event graph with the times of its events, and the events that lead to the measure."""

    graph: nx.DiGraph
    earliest: Mapping[Event, float]
    latest: Mapping[Event, float]
    leading: frozenset[Event]


def _times(graph: nx.DiGraph, measured: Event) -> _Times:
    """One pass forward and one back; see `critical_path` for what latest means."""
    earliest: dict[Event, float] = {}
    order = list(nx.topological_sort(graph))
    for event in order:
        arrivals = (earliest[before] + days for before, days in _into(graph, event))
        earliest[event] = max(arrivals, default=0.0)

    leading = frozenset(nx.ancestors(graph, measured) | {measured})
    end = max(earliest.values())
    latest: dict[Event, float] = {}
    for event in reversed(order):
        bounds = (
            latest[after] - days
            for _, after, days in graph.out_edges(event, data="days")
            if event not in leading or after in leading
        )
        bound = min(bounds, default=earliest[measured] if event in leading else end)
        slips = bound - earliest[event] >= SAME_MOMENT
        latest[event] = bound if slips else earliest[event]
    return _Times(graph, earliest, latest, leading)


def _chain_back(times: _Times, event: Event | None) -> list[Event]:
    """From an event back to signing, each time to the first predecessor that determined it."""
    chain: list[Event] = []
    while event is not None:
        chain.append(event)
        moment = times.earliest[event]
        arrivals = _into(times.graph, event)
        binding = (before for before, days in arrivals if times.earliest[before] + days == moment)
        event = next(binding, None)
    return chain


def _tight_edges(times: _Times) -> frozenset[Edge]:
    """Dependencies that leave no room on the way to the measured milestone."""
    found = set()
    for before, after in times.graph.edges:
        if before[0] != after[0] and before in times.leading and after in times.leading:
            gap = times.latest[after] - times.earliest[before]
            if gap < SAME_MOMENT:
                found.add((before[0], after[0]))
    return frozenset(found)


def _activity(name: str, kind: Kind, times: _Times) -> Activity:
    """What the times of its events say about one stage or milestone."""
    start: Event = (name, "start" if kind == "stage" else "finished")
    finish: Event = (name, "finished")
    events = [event for event in _moments(name) if event in times.earliest]
    decisive = [event for event in events if event in times.leading] or events
    slack = min(times.latest[event] - times.earliest[event] for event in decisive)
    return Activity(
        id=name,
        kind=kind,
        duration=_work_days(times.graph, name) if kind == "stage" else 0.0,
        earliest_start=times.earliest[start],
        earliest_finish=times.earliest[finish],
        latest_start=times.latest[start],
        latest_submission=times.latest.get((name, "submitted"), times.latest[finish]),
        latest_finish=times.latest[finish],
        slack=slack,
        critical=slack == 0.0 and decisive[0] in times.leading,
    )


def _moments(name: str) -> tuple[Event, ...]:
    moments = ("start", "submitted", "reviewed", "issuable", "finished")
    return tuple((name, moment) for moment in moments)


def _work_days(graph: nx.DiGraph, name: str) -> float:
    start, submitted, reviewed, issuable, _ = _moments(name)
    arcs = ((start, submitted), (submitted, reviewed), (reviewed, issuable))
    return float(sum(graph.edges[arc]["days"] for arc in arcs))


def _into(graph: nx.DiGraph, event: Event) -> Iterator[tuple[Event, float]]:
    return ((before, days) for before, _, days in graph.in_edges(event, data="days"))


def _typical_work(
    stage: Stage, having: Mapping[str, str], ratio: float
) -> tuple[float, float, float]:
    """Prepare, review and notice at their modes for a project with these attributes, in days."""
    form, factor, _ = stage_for(stage, having)
    return (
        factor.prepare * _calendar_days(form.prepare, "days", ratio),
        factor.review * _calendar_days(form.review, "workdays", ratio),
        factor.notice * _calendar_days(form.notice, "days", ratio),
    )


def _typical_issue(stage: Stage, path: Path, ratio: float) -> float:
    """The longest issue time of the edges under pre-review on this path, in days."""
    if path != "commitment":
        return 0.0
    edges = [edge for edge in stage.after.values() if edge.relaxed == "prereview"]
    return max((_calendar_days(edge.issue, "workdays", ratio) for edge in edges), default=0.0)


def _calendar_days(duration: Duration | None, usual: Unit, ratio: float) -> float:
    if duration is None:
        return 0.0
    typical = duration.typical()
    return typical * ratio if (duration.unit or usual) == "workdays" else typical


@lru_cache(maxsize=32)
def _days_per_workday(start: date, calendar: Calendar) -> float:
    """Calendar days per working day over the whole weeks of thirty years; 1 if all are worked.

    A calendar without a working day in all that time counts as every-day.
    """
    kind = CalendarKind(calendar.kind)
    table = working_calendar(start, kind, calendar.holidays, calendar.workdays).is_working
    whole_weeks = table[len(table) % 7 :]  # the table ends with a week
    return len(whole_weeks) / (int(whole_weeks.sum()) or len(whole_weeks))
