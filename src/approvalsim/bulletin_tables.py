"""A bulletin in words: weekly summary, monthly bulletin, quarterly and yearly assessment."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from approvalsim.bulletin import LEFT, SIGNED, Bulletin
from approvalsim.bulletin_figures import GroupFigures, Period
from approvalsim.dispatch_tables import (
    late,
    line_figures,
    people,
    project_name,
    rules_figures,
    rules_line,
)
from approvalsim.lights import Signal
from approvalsim.printed import Cell, Column, Paper, Table, plain
from approvalsim.register import KINDS
from approvalsim.voice import Voice

TITLES: Mapping[Period, tuple[str, str]] = {
    "weekly": ("周总结", "Weekly summary"),
    "monthly": ("月通报", "Monthly bulletin"),
    "quarterly": ("季考核", "Quarterly assessment"),
    "yearly": ("年考评", "Yearly assessment"),
}
BY_WORDS = {
    "owner": ("责任单位", "owner"),
    "team": ("专班", "task force"),
    "leader": ("挂点领导", "leader"),
    "grade": ("信用等级", "grade"),
}


def bulletin_paper(found: Bulletin, say: Voice, ranked: bool = True) -> Paper:
    """The bulletin as a paper; its tables depend on its period, and on whether it is ``ranked``."""
    span = say(f"{found.since} 至 {found.until}", f"{found.since} to {found.until}")
    return Paper(
        title=say(*TITLES[found.period]),
        byline=f"{say.title()} · {span}",
        notes=tuple(_notes(found, say)),
        tables=tuple(_tables(found, say, ranked)),
        footer=rules_line(found.after.rules, say),
        language=say.language,
        result=bulletin_figures(found),
    )


def _tables(found: Bulletin, say: Voice, ranked: bool) -> Iterator[Table]:
    if found.period == "weekly":
        yield _events(found, say)
        yield _changed(found, say)
    if ranked:
        yield _groups(found, say)
    if found.spans:
        yield _spans(found, say)
    yield _urged(found, say)
    yield _demand_figures(found, say)
    if found.period == "weekly":
        yield _demands(found, say)


# --- what is said before the tables --------------------------------------------------------------


def _notes(found: Bulletin, say: Voice) -> Iterator[str]:
    counted = Counter(event.what for event in found.events)
    kinds = [SIGNED, *found.after.scenario.milestone, LEFT]
    happened = [f"{_what(kind, say)} {counted[kind]}" for kind in kinds if kind in counted]
    submitted, finished = found.papers
    happened.append(
        say(
            f"环节送审 {submitted} 件、办结 {finished} 件",
            f"stages submitted {submitted}, finished {finished}",
        )
    )
    yield say("本期：", "In this period: ") + say("，", ", ").join(happened) + say("。", ".")
    shown = [
        f"{say(shape, shape_en)} {found.after.count(signal)}（{found.before.count(signal)}）"
        if say.language == "zh"
        else f"{shape_en} {found.after.count(signal)} ({found.before.count(signal)})"
        for signal, shape, shape_en in (
            (Signal.RED, "■ 红", "■ red"),
            (Signal.YELLOW, "▲ 黄", "▲ yellow"),
            (Signal.GREEN, "● 绿", "● green"),
        )
    ]
    yield say("期末灯（期初）：", "Lights at the end (at the beginning): ") + say("，", ", ").join(
        shown
    )
    if not found.recorded:
        yield say(
            "期初时台账还没有记录，期初的情况按现有日期推得。",
            "Nothing was recorded yet when the period began; how it began is taken from the dates.",
        )


def _what(kind: str, say: Voice) -> str:
    if kind == SIGNED:
        return say("签约", "signed")
    if kind == LEFT:
        return say("退出", "left")
    return say.goal(kind)


# --- tables --------------------------------------------------------------------------------------


def _events(found: Bulletin, say: Voice) -> Table:
    rows = tuple(
        (
            _what(event.what, say),
            project_name(event.entry),
            event.day,
            say("补记", "entered late") if event.late else "",
            event.entry.owner,
        )
        for event in found.events
    )
    return Table(
        say("本期进展", "What happened"),
        (
            Column(say("进展", "what"), width=14),
            Column(say("项目", "project"), width=28),
            Column(say("日期", "date"), "date", 12),
            Column(say("备注", "note"), width=14),
            Column(say("责任单位", "owner"), width=22),
        ),
        rows,
        say("没有新的进展", "nothing new"),
    )


def _changed(found: Bulletin, say: Voice) -> Table:
    return Table(
        say("变灯", "Lights that changed"),
        (
            Column(say("项目", "project"), width=28),
            Column(say("期初", "before"), "light", 16),
            Column(say("期末", "after"), "light", 16),
            Column(say("责任单位", "owner"), width=22),
        ),
        tuple(
            (project_name(each.entry), each.before, each.after, each.entry.owner)
            for each in found.changed
        ),
        say("没有变灯的项目", "no light changed"),
    )


def _urged(found: Bulletin, say: Voice) -> Table:
    rows = []
    for line in found.urged:
        why = tuple(late(each, say) for each in line.late[:2])
        slack = line.slack
        days = None if slack is None else max(-slack, 0)
        rows.append((project_name(line.entry), line.signal, days, why, people(line, say)))
    return Table(
        say("督办清单", "Urged on"),
        (
            Column(say("项目", "project"), width=28),
            Column(say("灯", "light"), "light", 16),
            Column(say("超期（天）", "days late"), "number", 9),
            Column(say("滞后原因", "why"), width=40),
            Column(say("责任单位/挂点领导/专班", "owner/leader/task force"), width=28),
        ),
        tuple(rows),
        say("没有需要督办的项目", "no project is urged on"),
    )


def _demand_figures(found: Bulletin, say: Voice) -> Table:
    heads = (
        *(("新增", "raised"), ("答复", "answered"), ("办结", "closed"), ("未办结", "open")),
        ("未答复", "not answered"),
    )
    return Table(
        say("诉求响应", "Demands"),
        (
            Column(say("类别", "kind"), width=14),
            *(Column(say(*head), "number", 12) for head in heads),
            Column(say("平均答复天数", "mean days to answer"), "number", 14),
        ),
        tuple(
            (
                say(*KINDS[each.kind]) if each.kind in KINDS else each.kind,
                *(each.raised, each.answered, each.closed, each.open, each.unanswered),
                each.days_to_answer,
            )
            for each in found.demands
        ),
        say("没有诉求", "no demands"),
    )


def _demands(found: Bulletin, say: Voice) -> Table:
    """Demands still open, and those closed in the period."""
    names = {line.entry.id: project_name(line.entry) for line in found.after.lines}
    rows = [
        (
            names.get(each.project, each.project),
            say(*KINDS[each.kind]) if each.kind in KINDS else each.kind,
            each.text,
            each.raised,
            each.answered if each.answered and each.answered <= found.until else None,
            each.closed if each.closed and each.closed <= found.until else None,
            each.responsible or say("责任人未明确", "nobody named"),
        )
        for each in (*found.open_demands, *found.closed_demands)
    ]
    return Table(
        say("诉求清单", "Demands open, or closed in the period"),
        (
            Column(say("项目", "project"), width=28),
            Column(say("类别", "kind"), width=10),
            Column(say("内容", "demand"), width=36),
            Column(say("提出", "raised"), "date", 12),
            Column(say("答复", "answered"), "date", 12),
            Column(say("办结", "closed"), "date", 12),
            Column(say("责任单位", "responsible"), width=20),
        ),
        tuple(rows),
        say("没有诉求", "no demands"),
    )


def _groups(found: Bulletin, say: Voice) -> Table:
    """The ranking; longer periods also compare with their beginning."""
    rate, compares = say.rate(found.measure), found.period != "monthly"
    rows = []
    for each in found.groups:
        rates: tuple[Cell, ...] = (each.rate_before,) if compares else ()
        rows.append(
            (
                *(each.rank, _group_name(each, say), each.signed, each.started, *rates),
                *(each.rate, each.staying, each.signed_now, each.started_now),
                *(each.red, each.yellow, each.green, each.worst, each.open_demands),
            )
        )
    before = [(say(f"期初{rate}", f"{rate} before"), "share")] if compares else []
    heads: list[tuple[str, Any]] = [
        *(
            (say("名次", "rank"), "number"),
            (say(*BY_WORDS.get(found.by, (found.by,) * 2)), "words"),
        ),
        (say("已签约", "signed"), "number"),
        (say(f"已{say.goal(found.measure)}", "reached"), "number"),
        *before,
        (rate, "share"),
        (say(f"{rate}（扣除退出）", f"{rate}, without those that left"), "share"),
        (say("本期签约", "signed in the period"), "number"),
        (say(f"本期{say.goal(found.measure)}", "reached in the period"), "number"),
        *((say("■ 红", "■ red"), "number"), (say("▲ 黄", "▲ yellow"), "number")),
        (say("● 绿", "● green"), "number"),
        (say("最多超期（天）", "most days late"), "number"),
        (say("未办结诉求", "open demands"), "number"),
    ]
    columns = tuple(
        Column(head, form, *((24, True) if form == "words" else (10,))) for head, form in heads
    )
    return Table(say("排名", "Ranking"), columns, tuple(rows), say("没有项目", "no projects"))


def _group_name(each: GroupFigures, say: Voice) -> str:
    return each.name or say("未明确", "not named")


def _spans(found: Bulletin, say: Voice) -> Table:
    goal = say.goal(found.measure)
    return Table(
        say("分期", "By month") if found.period == "quarterly" else say("分期", "By quarter"),
        (
            Column(say("起", "from"), "date", 12),
            Column(say("止", "to"), "date", 12),
            Column(say("签约", "signed"), "number"),
            Column(goal, "number"),
            Column(say(f"期末{say.rate(found.measure)}", say.rate(found.measure)), "share"),
            Column(say("新增诉求", "demands raised"), "number"),
            Column(say("答复诉求", "demands answered"), "number"),
        ),
        tuple(
            (
                *(each.since, each.until, each.signed, each.started, each.rate),
                *(each.raised, each.answered),
            )
            for each in found.spans
        ),
    )


# --- as JSON -------------------------------------------------------------------------------------


def bulletin_figures(found: Bulletin) -> dict[str, Any]:
    """Every value of the bulletin."""
    submitted, finished = found.papers
    same = ("period", "since", "until", "recorded", "measure", "by", "demands", "spans")
    return {
        **{name: plain(getattr(found, name)) for name in same},
        "rules": rules_figures(found.after.rules),
        "events": [
            {"project": each.entry.id, "what": each.what, "day": plain(each.day), "late": each.late}
            for each in found.events
        ],
        "papers": {"submitted": submitted, "finished": finished},
        "changed": [
            {"project": each.entry.id, "before": each.before, "after": each.after}
            for each in found.changed
        ],
        "open_demands": plain(found.open_demands),
        "closed_demands": plain(found.closed_demands),
        "groups": [plain(each) | {"staying": each.staying} for each in found.groups],
        "urged": [line_figures(line) for line in found.urged],
    }
