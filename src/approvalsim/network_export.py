"""The dependency network for people and other programs: text, SVG, DOT, GraphML and JSON.

Each function answers with the whole text of one file. Times are calendar days since signing at the
durations' modes, as `network.critical_path` counts them; ``language`` is ``zh`` or ``en``.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from approvalsim import __version__
from approvalsim.network import (
    Schedule,
    annotated_graph,
    critical_path,
    dependency_graph,
    generations,
    graphml,
    node_link,
)
from approvalsim.picture import Arrow, Caption, Card, Style, picture, plain
from approvalsim.scenario import Path, Scenario, content_hash

Attributes = Mapping[str, str] | None

WORDS: Mapping[str, tuple[str, str]] = {
    "standard": ("标准路径", "standard path"),
    "commitment": ("承诺路径", "commitment path"),
    "hard": ("", ""),
    "prereview": ("预审", "pre-review"),
    "deferred": ("容缺", "deferred"),
    "submitted": ("受理后", "submitted"),
    "reviewed": ("审过后", "reviewed"),
    "finished": ("", ""),
    "stage": ("环节", "stage"),
    "milestone": ("里程碑", "milestone"),
    "critical": ("关键", "critical"),
    "days": ("{days} 天", "{days} days"),
    "day": ("{days} 天", "{days} day"),
    "on_day": ("第 {days} 天", "day {days}"),
    "slack": ("时差 {days} 天", "slack {days} d"),
    "work_slack": ("办理时差 {days} 天", "slack of the work {days} d"),
    "until": (
        "从签约到“{measure}”{days} 天（最可能工期，日历日；不含补正、排队、会议和停工窗口）",
        '{days} calendar days from signing to "{measure}" (most likely durations; without'
        " corrections, queues, meetings and windows)",
    ),
    "chain": ("关键路径：{chain}", "Critical path: {chain}"),
    "legend_stage": (
        "环节：最可能工期、时差（日历日）",
        "stage: most likely duration, slack (calendar days)",
    ),
    "legend_milestone": ("里程碑", "milestone"),
    "legend_critical": ("关键：拖一天，晚一天", "critical: a day late is a day lost"),
    "legend_hard": ("办结后才能开始", "waits until finished"),
    "legend_prereview": (
        "预审：先办理，前项办结后发证",
        "pre-review: issued once that is finished",
    ),
    "legend_deferred": ("容缺：先办，材料后补", "deferred: goes ahead, papers follow"),
    "provenance": (
        "方案 {id} {hash} · 版本 {version}",
        "scenario {id} {hash} · version {version}",
    ),
    "columns": (
        "环节|工期|最早开始|最早完成|最晚完成|时差|等待",
        "stage|days|earliest start|earliest finish|latest finish|slack|waits for",
    ),
}
"""Words in Chinese and English."""


def to_text(
    scenario: Scenario, path: Path = "standard", language: str = "en", attributes: Attributes = None
) -> str:
    """A table for the terminal: one line per stage and milestone, by generation."""
    schedule = critical_path(scenario, path, attributes)
    names = _names(scenario, language)
    graph = dependency_graph(scenario, path)
    rows = [_say("columns", language).split("|")]
    for name in (name for generation in generations(scenario) for name in generation):
        each = schedule.activities[name]
        waits = [
            names[before] + _in_brackets(_edge_word(facts, language))
            for before, _, facts in graph.in_edges(name, data=True)
        ]
        mark = "* " if each.critical else "◆ " if each.kind == "milestone" else "  "
        times = (each.duration, each.earliest_start, each.earliest_finish, each.latest_finish)
        numbers = [days_text(days) for days in (*times, each.slack)]
        rows.append([mark + names[name], *numbers, ", ".join(waits)])
    rows[0][0] = "  " + rows[0][0]
    heading = _heading(scenario, schedule, names, language)
    return "\n".join([*heading, "", *_table(rows), "", _provenance(scenario, language)]) + "\n"


def to_svg(
    scenario: Scenario, path: Path = "standard", language: str = "en", attributes: Attributes = None
) -> str:
    """A stand-alone picture: boxes with duration and slack, lines told apart by what they mean."""
    schedule = critical_path(scenario, path, attributes)
    names = _names(scenario, language)
    cards = [
        Card(
            name,
            names[name],
            _facts(schedule, name, language),
            each.kind == "milestone",
            each.critical,
        )
        for name, each in schedule.activities.items()
    ]
    arrows = [
        Arrow(
            source=before,
            target=after,
            style=facts["mode"],
            word=_edge_word(facts, language),
            critical=(before, after) in schedule.critical_edges,
        )
        for before, after, facts in dependency_graph(scenario, path).edges(data=True)
    ]
    title, subtitle, _ = _heading(scenario, schedule, names, language)
    caption = _caption(title, subtitle, arrows, language)
    return picture(cards, arrows, replace(caption, provenance=_provenance(scenario, language)))


def to_dot(
    scenario: Scenario, path: Path = "standard", language: str = "en", attributes: Attributes = None
) -> str:
    """The network in Graphviz's DOT language, to be laid out by ``dot``."""
    schedule = critical_path(scenario, path, attributes)
    names = _names(scenario, language)
    graph = dependency_graph(scenario, path)
    styles = {"hard": "solid", "prereview": "dashed", "deferred": "dotted"}
    lines = [
        f"digraph {dot_quoted(scenario.id)} {{",
        f"  comment={dot_quoted(_provenance(scenario, language))};",
        "  rankdir=LR;",
        '  node [fontname="Noto Sans CJK SC", style=rounded, margin="0.2,0.1"];',
        '  edge [fontname="Noto Sans CJK SC", fontsize=10];',
    ]
    for name, kind in graph.nodes(data="kind"):
        label = "\n".join((names[name], *_facts(schedule, name, language)))
        shape = "box" if kind == "stage" else "cds"
        strong = ', color="#d55e00", penwidth=2.5' if schedule.activities[name].critical else ""
        lines.append(f"  {dot_quoted(name)} [label={dot_quoted(label)}, shape={shape}{strong}];")
    for before, after, facts in graph.edges(data=True):
        strong = ', color="#d55e00", penwidth=2.5'
        strong = strong if (before, after) in schedule.critical_edges else ""
        label = dot_quoted(_edge_word(facts, language))
        lines.append(
            f"  {dot_quoted(before)} -> {dot_quoted(after)} "
            f"[label={label}, style={styles[facts['mode']]}{strong}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def to_graphml(scenario: Scenario, path: Path = "standard", attributes: Attributes = None) -> str:
    """The network as GraphML, with names in both languages (yEd, Gephi, igraph, R)."""
    graph = annotated_graph(scenario, path, attributes)
    for _, facts in graph.nodes(data=True):
        facts.update(name_zh=plain(facts["name_zh"]), name_en=plain(facts["name_en"]))
    return graphml(graph)


def to_json(scenario: Scenario, path: Path = "standard", attributes: Attributes = None) -> str:
    """The network as node-link JSON, with names in both languages (networkx, D3)."""
    data = node_link(annotated_graph(scenario, path, attributes))
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def dot_quoted(text: str) -> str:
    """Text as a DOT string: quotes, backslashes and character entities stand for themselves."""
    lines = [plain(line) for line in text.split("\n")]
    for character, safe in (("&", "&amp;"), ("\\", "\\\\"), ('"', '\\"')):
        lines = [line.replace(character, safe) for line in lines]
    return '"' + "\\n".join(lines) + '"'


def days_text(days: float) -> str:
    """A number of days with at most one decimal: ``12``, ``4.5``."""
    return f"{days:.1f}".removesuffix(".0")


def _say(word: str, language: str, **words: str) -> str:
    return WORDS[word][language != "zh"].format(**words)


def _names(scenario: Scenario, language: str) -> dict[str, str]:
    """What people call each stage and milestone, in one line."""
    given = {id_: stage.name for id_, stage in scenario.stage.items()}
    given |= {id_: milestone.name for id_, milestone in scenario.milestone.items()}
    return {id_: plain(name.in_language(language)) if name else id_ for id_, name in given.items()}


def _heading(
    scenario: Scenario, schedule: Schedule, names: Mapping[str, str], language: str
) -> list[str]:
    """Title, length, and the critical path in words."""
    title = plain(scenario.name.in_language(language)) if scenario.name else scenario.id
    chain = " → ".join(names[name] for name in schedule.critical_path)
    days, measure = days_text(schedule.length), names[schedule.measure]
    return [
        f"{title} · {_say(schedule.path, language)}",
        _say("until", language, days=days, measure=measure),
        _say("chain", language, chain=chain),
    ]


def _provenance(scenario: Scenario, language: str) -> str:
    """Which scenario, to the last letter of its content, and which version of the program."""
    hash_ = content_hash(scenario)[:12]
    return _say("provenance", language, id=scenario.id, hash=hash_, version=__version__)


def _caption(title: str, subtitle: str, arrows: Sequence[Arrow], language: str) -> Caption:
    """The words around the picture; the legend explains the styles that occur."""
    used = {arrow.style for arrow in arrows}
    styles: tuple[Style, ...] = ("hard", "prereview", "deferred")
    return Caption(
        title=title,
        subtitle=subtitle,
        stage=_say("legend_stage", language),
        milestone=_say("legend_milestone", language),
        critical=_say("legend_critical", language),
        styles=tuple((each, _say(f"legend_{each}", language)) for each in styles if each in used),
        language=language,
    )


def _facts(schedule: Schedule, name: str, language: str) -> tuple[str, ...]:
    """What a box says below the name: when or how long, and how much room there is.

    Under pre-review a stage may be critical for its certificate while its work has room.
    """
    each = schedule.activities[name]
    facts = [_say("on_day", language, days=days_text(each.earliest_finish))]
    if each.kind == "stage":
        days = days_text(each.duration)
        facts = [_say("day" if days == "1" else "days", language, days=days)]
    room = each.latest_start - each.earliest_start
    if each.critical:
        facts.append(_say("critical", language))
        if each.kind == "stage" and room > 0:
            facts.append(_say("work_slack", language, days=days_text(room)))
    elif each.kind == "stage":
        facts.append(_say("slack", language, days=days_text(each.slack)))
    return tuple(facts)


def _edge_word(facts: Mapping[str, Any], language: str) -> str:
    mode, phase = facts["mode"], facts["phase"]
    return " ".join(filter(None, (_say(mode, language), _say(phase, language))))


def _in_brackets(word: str) -> str:
    return f" ({word})" if word else ""


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as aligned lines: the first and last column to the left, numbers to the right."""
    widths = [max(map(_cells, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        first = row[0] + " " * (widths[0] - _cells(row[0]))
        middle = [
            " " * (width - _cells(cell)) + cell
            for cell, width in zip(row[1:-1], widths[1:-1], strict=True)
        ]
        lines.append("  ".join([first, *middle, row[-1]]).rstrip())
    return lines


def _cells(text: str) -> int:
    """Columns of a terminal that text takes: a Chinese character takes two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
