"""A scenario's network as a picture: what stands on each card and each arrow, in words.

Durations and slack are those of the core's deterministic schedule at the durations' modes; the
criticality is what a run found.
"""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from approvalsim.network import Activity, Edge, Schedule, critical_path
from approvalsim.scenario import Path, Scenario
from approvalsim.voice import Voice
from approvalsim_ui import language
from approvalsim_ui.graph_cards import Arrow, Card, Picture
from approvalsim_ui.graph_edits import edges_of
from approvalsim_ui.graph_words import NetworkWords, about

translate = QCoreApplication.translate

Shares = Mapping[str, float]


def network_picture(
    scenario: Scenario,
    path: Path,
    criticality: Shares | None = None,
    measure: str | None = None,
) -> Picture:
    """The picture of a scenario without circles on one path.

    ``criticality`` gives for each stage the share of projects whose way it determined, up to the
    milestone ``measure`` if not to the scenario's own.
    """
    words = NetworkWords(scenario, path)
    schedule = critical_path(scenario, path)
    cards = tuple(
        _card(words, schedule, name, (criticality or {}).get(name), measure or schedule.measure)
        for name in schedule.activities
    )
    arrows = tuple(_arrow(words, schedule, *edge) for edge in edges_of(scenario))
    return Picture(cards, arrows, _room(scenario))


def _room(scenario: Scenario) -> dict[Edge, tuple[str, ...]]:
    """The words an arrow bears on either path: the picture must not move when the path changes."""
    both = (NetworkWords(scenario, "standard"), NetworkWords(scenario, "commitment"))
    found = {
        edge: tuple(filter(None, (each.arrow_word(*edge, each.mode(*edge)) for each in both)))
        for edge in edges_of(scenario)
    }
    return {edge: words for edge, words in found.items() if words}


def _card(
    words: NetworkWords, schedule: Schedule, name: str, share: float | None, measure: str
) -> Card:
    each = schedule.activities[name]
    stage = words.scenario.stage.get(name)
    departments = list(words.scenario.department)
    known = stage is not None and stage.department in departments
    share_words = ""
    if stage is not None:
        said = translate("GraphWords", "critical {share}")
        share_words = said.format(share="–" if share is None else language.percent(share))
    return Card(
        id=name,
        kind=each.kind,
        title=words.name(name),
        department=words.department(name),
        place=departments.index(stage.department) if stage and known and stage.department else None,
        facts=_facts(each),
        share=share,
        share_words=share_words,
        critical=each.critical,
        spoken=_spoken(words, each, share, measure),
    )


def _facts(each: Activity) -> tuple[str, ...]:
    """How long and how much room; for a milestone, when."""
    if each.kind == "milestone":
        return (translate("GraphWords", "day {day}").format(day=days(each.earliest_finish)),)
    slack = translate("GraphWords", "slack {days} d").format(days=days(each.slack))
    return (translate("GraphWords", "{days} d").format(days=days(each.duration)), slack)


def _spoken(words: NetworkWords, each: Activity, share: float | None, measure: str) -> str:
    name = words.name(each.id)
    if each.kind == "milestone":
        said = translate(
            "GraphWords",
            "Milestone “{name}”: {days} days after signing at the most likely durations.",
        )
        return said.format(name=name, days=days(each.earliest_finish))
    parts = [about(name, words.who_and_how_long(each.id))]
    said = translate(
        "GraphWords",
        "Most likely {days} calendar days; {slack} days of slack before it delays {goal}.",
    )
    say = Voice(words.scenario, language.current())
    goal = say.goal(words.scenario.measure)
    parts.append(said.format(days=days(each.duration), slack=days(each.slack), goal=goal))
    if share is not None:
        said = translate(
            "GraphWords", "In the run it determined {goal} of {share} of the projects."
        )
        parts.append(said.format(share=language.percent(share), goal=say.goal(measure)))
    return "\n".join(parts)


def _arrow(words: NetworkWords, schedule: Schedule, source: str, target: str) -> Arrow:
    mode = words.mode(source, target)
    return Arrow(
        source=source,
        target=target,
        mode=mode,
        word=words.arrow_word(source, target, mode),
        critical=(source, target) in schedule.critical_edges,
        spoken="\n".join(words.edge_sentences(source, target)),
    )


def days(value: float) -> str:
    """Whole days; a decimal only below two days, where it makes a difference."""
    return language.number(value, 0 if value >= 2 or abs(value - round(value)) < 0.05 else 1)
