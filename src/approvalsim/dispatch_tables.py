"""The dispatch table in words: one wide table for paper, three narrow ones for a terminal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from approvalsim.dispatch import Action, Dispatch, Late, Line, OpenDemand, UnderWay
from approvalsim.evidence import Text
from approvalsim.language import counted
from approvalsim.lights import LightRules, Signal
from approvalsim.printed import Cell, Column, Paper, Table, plain
from approvalsim.register import KINDS, Entry
from approvalsim.voice import Voice

STEP_WORDS = {
    "prepare": ("准备", "preparation"),
    "review": ("审查", "review"),
    "notice": ("公示发证", "notice"),
    "wait": ("待前置环节办结", "waiting for its predecessors"),
}
DEED_WORDS = {"submit": ("送审", "submit"), "finish": ("办结", "finish"), "reach": ("", "")}


def dispatch_paper(table: Dispatch, say: Voice, manifest: Mapping[str, Any] | None) -> Paper:
    """The table as a paper; ``manifest`` says by what the forecast can be repeated."""
    forecast = manifest is not None
    tables = (_wide(table, say, forecast),)
    return Paper(
        title=say("要素调度表", "Dispatch table"),
        byline=say(f"{say.title()} · 截至 {table.as_of}", f"{say.title()} · as of {table.as_of}"),
        notes=tuple(_notes(table, say, forecast)),
        tables=tables,
        footer=rules_line(table.rules, say),
        language=say.language,
        result=dispatch_figures(table, manifest),
    )


def screen_tables(table: Dispatch, say: Voice, forecast: bool) -> tuple[Table, ...]:
    """The same in three tables: how projects stand, what comes next, what they ask for."""
    columns = {name: column for name, column, _ in _columns(table, say, forecast)}
    rows = [
        {name: cell(line) for name, _, cell in _columns(table, say, forecast)}
        for line in table.lines
    ]

    def chosen(title: str, names: Sequence[str], empty: str, keep: str = "project") -> Table:
        names = [name for name in names if name in columns]
        kept = [row for row in rows if row[keep] not in (None, ())]
        cells = tuple(tuple(row[name] for name in names) for row in kept)
        return Table(title, tuple(columns[name] for name in names), cells, empty)

    stand = ("project", "light", "stages", "slack", "target", "p80", "chance")
    nothing = say("没有项目", "no projects")
    return (
        chosen("", stand, nothing),
        chosen(
            say("下一步", "Next actions"),
            ("project", "actions"),
            say("没有待办事项", "nothing left to do"),
            "actions",
        ),
        chosen(
            say("滞后原因", "What makes them late"),
            ("project", "late", "owner"),
            say("没有滞后的项目", "no project is late"),
            "late",
        ),
        chosen(
            say("未办结诉求", "Open demands"),
            ("project", "demands"),
            say("没有未办结的诉求", "no open demands"),
            "demands",
        ),
    )


def _wide(table: Dispatch, say: Voice, forecast: bool) -> Table:
    columns = _columns(table, say, forecast)
    rows = tuple(tuple(cell(line) for _, _, cell in columns) for line in table.lines)
    return Table(
        "", tuple(column for _, column, _ in columns), rows, say("没有项目", "no projects")
    )


def _columns(table: Dispatch, say: Voice, forecast: bool) -> list[tuple[str, Column, Any]]:
    """Every column: its key, its heading, and what it shows of a line."""

    def column(name: str, head: tuple[str, str], form: Any, width: float, cell: Any) -> Any:
        return name, Column(say(*head), form, width), cell

    goal = say.goal(table.scenario.measure)
    found = [
        column("project", ("项目", "project"), "words", 16, lambda line: project_name(line.entry)),
        column("light", ("灯", "light"), "light", 14, lambda line: line.signal),
        column(
            *("stages", ("所在环节（已用/承诺）", "stages (days used/promised)"), "words", 24),
            lambda line: tuple(under_way(each, say) for each in line.under_way),
        ),
        column("slack", ("余量（天）", "slack (days)"), "number", 8, lambda line: line.slack),
        column(
            *("target", (f"目标：{goal}", f"target: {goal}"), "date", 12),
            lambda line: line.target,
        ),
    ]
    if forecast:
        found += [
            column("p80", ("预测 P80", "forecast P80"), "date", 12, _p80),
            column("chance", ("按期概率", "on time"), "share", 8, _chance),
        ]
    return [
        *found,
        column(
            *("actions", ("下一步（期限，责任人）", "next (by, responsible)"), "words", 34),
            lambda line: tuple(action(each, say) for each in line.actions),
        ),
        column(
            *("late", ("滞后原因", "why late"), "words", 24),
            lambda line: tuple(late(each, say) for each in line.late[:2]),
        ),
        column(
            *("demands", ("未办结诉求", "open demands"), "words", 24),
            lambda line: tuple(demand(each, say) for each in line.demands),
        ),
        column(
            *("owner", ("责任单位/挂点领导/专班", "owner/leader/task force"), "words", 16),
            lambda line: people(line, say),
        ),
    ]


# --- phrases -------------------------------------------------------------------------------------


def project_name(entry: Entry) -> str:
    """Id and name of a project."""
    return " ".join(part for part in (entry.id, entry.name) if part)


def people(line: Line, say: Voice) -> str:
    """Who is responsible for a project, or that nobody is named."""
    entry = line.entry
    named = [part for part in (entry.owner, entry.leader, entry.team) if part]
    return " / ".join(named) or unknown(say)


def unknown(say: Voice) -> str:
    """That nobody is named as responsible."""
    return say("责任人未明确", "nobody named")


def responsible(who: Text | None, say: Voice) -> str:
    """Who is responsible, or that nobody is named."""
    return who.in_language(say.language) if who else unknown(say)


def under_way(each: UnderWay, say: Voice) -> str:
    """A stage with the days it has taken and what was promised."""
    step = say(*STEP_WORDS[each.step])
    name = say.name("stage", each.stage)
    over = say("，超期", ", over") if each.over else ""
    if each.promised is None:
        return say(f"{name}·{step} {each.used} 天", f"{name}, {step}: {each.used} d")
    unit = say("工作日", "wd") if each.workdays else say("天", "d")
    basis = say("法定", "legal limit") if each.basis == "statutory" else say("典型", "typical time")
    days = f"{each.used}/{each.promised:.0f}"
    return say(
        f"{name}·{step} {days} {unit}（{basis}{over}）",
        f"{name}, {step}: {days} {unit} ({basis}{over})",
    )


def deed(each: Action | Late, say: Voice) -> str:
    """What has to be done with what."""
    what = each.deed if isinstance(each, Action) else "finish"
    kind = "stage" if each.subject in say.scenario.stage else "milestone"
    name = say.name(kind, each.subject)
    if kind == "milestone":
        return name
    word = say(*DEED_WORDS[what])
    return say(f"{name}{word}", f"{word} {name}")


def action(each: Action, say: Voice) -> str:
    """A next action with its date and who is responsible."""
    over = say("（已过）", " (passed)") if each.overdue else ""
    by = f"{each.due}{over} " if each.due else ""
    who = responsible(each.responsible, say)
    return say(f"{by}{deed(each, say)}（{who}）", f"{by}{deed(each, say)} ({who})")


def late(each: Late, say: Voice) -> str:
    """What is late, since when."""
    what = deed(each, say)
    return say(
        f"{what}应于 {each.due} 前，已超 {each.days} 天",
        f"{what}: due {each.due}, {each.days} d late",
    )


def demand(each: OpenDemand, say: Voice) -> str:
    """A demand with its kind and the days it has been open."""
    said = each.demand
    kind = say(*KINDS[said.kind]) if said.kind in KINDS else said.kind
    state = say("已答复", "answered") if each.answered else say("未答复", "not answered")
    return say(
        f"[{kind}] {said.text}（{each.days} 天，{state}）",
        f"[{kind}] {said.text} ({each.days} d, {state})",
    )


def _p80(line: Line) -> Cell:
    return None if line.done or line.prospect is None else line.prospect.p80


def _chance(line: Line) -> Cell:
    return None if line.done or line.prospect is None else line.prospect.on_time


# --- what is said around it ----------------------------------------------------------------------


def _notes(table: Dispatch, say: Voice, forecast: bool) -> list[str]:
    def of(signal: Signal) -> int:
        return table.count(signal)

    yellow, red, warned = of(Signal.YELLOW), of(Signal.RED), of(Signal.WARNING)
    green, done = of(Signal.GREEN) + warned, of(Signal.DONE)
    goal = say.goal(table.scenario.measure)
    counts = say(
        f"{len(table.lines)} 个项目：■ 红 {red}，▲ 黄 {yellow}，● 绿 {green}"
        f"（其中 ◆ 预测预警 {warned}），✓ 已{goal} {done}",
        f"{counted(len(table.lines), 'project')}: ■ red {red}, ▲ yellow {yellow}, ● green {green}"
        f" (of these ◆ forecast doubtful {warned}), ✓ reached {goal} {done}",
    )
    notes = [counts]
    if forecast:
        notes.append(
            say(
                "P80 与按期概率是模型的预测，不是事实；其余来自台账。",
                "P80 and the probability are a model's forecasts, not facts; all else is from the"
                " register.",
            )
        )
    return notes


def rules_line(rules: LightRules, say: Voice) -> str:
    """The rules behind the lights in one line."""
    mark = say("，假设", ", assumed") if rules.assumed else ""
    yellow = say(
        "过了期限" if rules.yellow_below == 0 else f"余量不足 {rules.yellow_below:g} 天",
        "past a deadline" if rules.yellow_below == 0 else f"margin below {rules.yellow_below:g} d",
    )
    within = ""
    if rules.within is not None:
        within = say(
            f"；未定目标的按签约后 {rules.within:g} 天",
            f"; without a target of their own: {rules.within:g} d after signing",
        )
    return say(
        f"亮灯规则 {rules.version}（{yellow}为黄；超期 {rules.red_after:g} 天以上为红；"
        f"绿灯而按期概率低于 {rules.warn_below:.0%} 为预测预警{within}{mark}）",
        f"Rules {rules.version} (yellow: {yellow}; red: more than {rules.red_after:g} d late;"
        f" doubtful: green, but on time with a probability below {rules.warn_below:.0%}"
        f"{within}{mark})",
    )


# --- as JSON -------------------------------------------------------------------------------------


def dispatch_figures(table: Dispatch, manifest: Mapping[str, Any] | None) -> dict[str, Any]:
    """Every value of the table."""
    return {
        "as_of": table.as_of.isoformat(),
        "scenario": table.scenario.id,
        "measure": table.scenario.measure,
        "rules": rules_figures(table.rules),
        "forecast": manifest,
        "projects": [line_figures(line) for line in table.lines],
    }


def rules_figures(rules: LightRules) -> dict[str, Any]:
    """The rules and their version."""
    return {"version": rules.version, **plain(rules)}


def line_figures(line: Line) -> dict[str, Any]:
    """One line of the table."""
    entry = line.entry
    told = {name: getattr(entry, name) for name in ("id", "name", "owner", "leader", "team")}
    more = {name: value for name, value in vars(line).items() if name not in ("entry", "demands")}
    demands = [
        {**plain(each.demand), "answered": plain(each.answered), "days": each.days}
        for each in line.demands
    ]
    return {**told, **plain(more), "demands": demands}


# --- dates ---------------------------------------------------------------------------------------


def day_text(day: date, say: Voice) -> str:
    """A date as letters write it."""
    return say(f"{day.year}年{day.month}月{day.day}日", str(day))
