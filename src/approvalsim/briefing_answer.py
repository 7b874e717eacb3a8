"""The first page of a briefing: question, answer, the main charts, and what it does not say."""

from collections.abc import Iterator
from datetime import timedelta
from math import isfinite

import numpy as np

from approvalsim.briefing_charts import Bar, Curve, bars, curves
from approvalsim.briefing_parts import Block, Chart, Charts, Grid, Words
from approvalsim.briefing_subject import Telling, within
from approvalsim.console import partial_line, verdict
from approvalsim.estimate import Estimate
from approvalsim.sample import Sample
from approvalsim.voice import days, percent

_DATES = 2
"""Dates of start rates shown at most."""
_SHOWN = np.linspace(0.0, 0.99, 100)
"""Shares at which curves are drawn; the last hundredth would make them twice as long."""


def first_page(telling: Telling) -> Iterator[Block]:
    """Question, answer and the main chart."""
    say = telling.say
    yield Words(
        say(
            "以下数字都是模型算出来的，不是观察到的；方括号内是 95% 区间，只说明重复次数够不够，"
            "不说明假设对不对。",
            "All figures are computed by a model; none was observed. Brackets hold 95 %"
            " intervals: they say whether replications were enough, not whether assumptions"
            " are right.",
        ),
        "caution",
    )
    if telling.subject.manifest.partial:
        yield Words(partial_line(telling.subject.manifest, say.language), "caution")
    yield Words(say("问题", "The question"), "heading")
    yield Words(_question(telling), "question")
    yield Words(say("回答", "The answer"), "heading")
    yield Words(_answer(telling), "answer")
    yield Words(verdict(telling.found, say, of=telling.subject.reform))
    yield from _target_words(telling)
    yield _key_figures(telling)
    yield Charts((_curves(telling),))
    if telling.found.b.start_rates:
        yield Charts((_start_rates(telling),))
    yield Words(say("这份简报没有说的", "What this does not say"), "heading")
    yield Words(_silence(telling), "small")


def _question(telling: Telling) -> str:
    say, goal, projects = telling.say, telling.goal, telling.found.b.projects
    if telling.subject.reform == "supervision":
        return say(
            f"{telling.scenario}：{projects} 个项目有督导（B），比没有督导（A）早多少天{goal}？"
            "有多大把握？",
            f"{telling.scenario}: if {projects} projects are supervised (B) instead of not (A),"
            f" how much earlier do they reach {goal}, and how sure is that?",
        )
    if telling.subject.reform:
        return say(
            f"{telling.scenario}：{projects} 个项目容缺审批、承诺后补（B），比标准流程（A）早多少天"
            f"{goal}？有多大把握？代价是什么？",
            f"{telling.scenario}: if {projects} projects may go ahead on commitments (B) instead of"
            f" by the standard process (A), how much earlier do they reach {goal}, how sure is"
            " that, and what does it cost?",
        )
    a, b = telling.names
    return say(
        f"换成“{b}”（B），比“{a}”（A）早多少天{goal}？有多大把握？代价是什么？",
        f'With "{b}" (B) instead of "{a}" (A), how much earlier do projects reach {goal}, how'
        " sure is that, and what does it cost?",
    )


def _answer(telling: Telling) -> str:
    """How soon 8 in 10 are there."""
    say, goal, a, b = telling.say, telling.goal, telling.found.a, telling.found.b
    if not isfinite(b.times.p80.value):
        return say(f"B 没有项目{goal}。", f"Under B no project reaches {goal}.")
    when = _when(telling, b.times.p80)
    if b.reach.reached == 1:
        text = say(
            f"10 个类似项目中有 8 个能在{when}{goal}（B）",
            f"8 in 10 such projects reach {goal} {when} under B",
        )
    else:
        text = say(
            f"会{goal}的项目里，10 个中有 8 个能在{when}{goal}（B）",
            f"Of 10 projects that reach {goal}, 8 do so {when} under B",
        )
    if isfinite(a.times.p80.value):
        text += say(
            f"；A 是{_when(telling, a.times.p80)}", f"; under A {_when(telling, a.times.p80)}"
        )
    return text + say("。", ".")


def _when(telling: Telling, p80: Estimate) -> str:
    """By which date, where all projects sign on one; else within how many days; with interval."""
    say, known = telling.say, [round(each) for each in vars(p80).values() if isfinite(each)]
    if telling.signed_on:
        words = [str(telling.signed_on + timedelta(days)) for days in known]
    else:
        words = [str(days) for days in known]
    interval = f" [{', '.join(words[1:])}]" if words[1:] else ""
    if telling.signed_on:
        return say(f" {words[0]}{interval} 前", f"by {words[0]}{interval}")
    return say(f"签约后 {words[0]}{interval} 天内", f"within {words[0]}{interval} days of signing")


def _target_words(telling: Telling) -> Iterator[Block]:
    if telling.target is None:
        return
    say, goal = telling.say, telling.goal
    a, b = (percent(within(sample, telling.target)) for sample in telling.subject.samples)
    yield Words(
        say(
            f"{_target_label(telling)}：会{goal}的项目里，赶得上的 B 有 {b}，A 有 {a}。",
            f"The {_target_label(telling)}: of the projects that reach {goal}, {b} make it under"
            f" B, {a} under A.",
        )
    )


def _target_label(telling: Telling) -> str:
    assert telling.target is not None
    if telling.signed_on:
        return telling.say(
            f"目标日 {telling.signed_on + timedelta(telling.target)}",
            f"target {telling.signed_on + timedelta(telling.target)}",
        )
    return telling.say(f"目标 {telling.target} 天", f"target {telling.target} days")


def _key_figures(telling: Telling) -> Grid:
    say, found = telling.say, telling.found
    a, b, between = found.a, found.b, found.difference
    labels = {
        "p50": say("一半项目（P50），天", "half of them (P50), days"),
        "p80": say("八成项目（P80），天", "8 in 10 (P80), days"),
        "mean": say("平均，天", "mean, days"),
    }
    rows: list[tuple[str, ...]] = [
        (
            label,
            days(getattr(a.times, key)),
            days(getattr(b.times, key)),
            days(getattr(between, key), signed=True),
        )
        for key, label in labels.items()
    ]
    changes, rate = dict(between.start_rates), say.rate(found.b.measure)
    for first, second in list(zip(a.start_rates, b.start_rates, strict=True))[:_DATES]:
        name = say(f"{first.date} 末{rate}", f"{rate}, end of {first.date}")
        change = percent(changes[first.date], signed=True)
        rows.append((name, percent(first.rate), percent(second.rate), change))
    never = [f"{1 - side.reach.reached:.1%}" for side in (a, b)]
    rows.append((say(f"始终没有{telling.goal}", f"never reach {telling.goal}"), *never, ""))
    heads = (
        say(f"签约到{telling.goal}", f"signing to {telling.goal}"),
        f"A {telling.names[0]}",
        f"B {telling.names[1]}",
        say("差 B − A", "difference B − A"),
    )
    return Grid(heads, tuple(rows))


def _curves(telling: Telling) -> Chart:
    say, goal = telling.say, telling.goal
    sides = [
        _curve(name, sample, summary.times.p50, summary.times.p80)
        for name, sample, summary in zip(
            telling.names, telling.subject.samples, (telling.found.a, telling.found.b), strict=True
        )
    ]
    target = None if telling.target is None else (float(telling.target), _target_label(telling))
    return curves(
        (sides[0], sides[1]),
        (say("签约后的日历天数", "calendar days from signing"), say("天", "d")),
        target,
        say(
            f"签约后多少天之内，会{goal}的项目里有多大比例已{goal}",
            f"Share of the projects that reach {goal} which do so within so many days",
        ),
        say(
            "两条累计曲线：A 虚线圆点，B 实线方点；粗横线是 P50、P80 的 95% 区间；画到 99%。",
            "Two cumulative curves: A dashed with dots, B solid with squares; thick bars are"
            " 95 % intervals of P50 and P80; up to 99 %.",
        ),
    )


def _start_rates(telling: Telling) -> Chart:
    say, rate, rows = telling.say, telling.say.rate(telling.found.b.measure), []
    pairs = zip(telling.found.a.start_rates, telling.found.b.start_rates, strict=True)
    for a, b in list(pairs)[:_DATES]:
        rows.append(Bar(f"{a.date}  A", _hundredfold(a.rate), percent(a.rate), "soft_a"))
        rows.append(Bar(f"{b.date}  B", _hundredfold(b.rate), percent(b.rate), "b"))
    return bars(
        "start-rates",
        rows,
        say("已签约项目中的百分比", "per cent of the signed projects"),
        say(
            f"{rate}：到各日期末，已签约项目中的百分比（细线为 95% 区间）",
            f"{rate[:1].upper()}{rate[1:]} at the end of each date, per cent of signed projects"
            " (thin lines: 95 %)",
        ),
        "",
        wide=True,
    )


def _hundredfold(share: Estimate) -> Estimate:
    return Estimate(100 * share.value, 100 * share.low, 100 * share.high)


def _silence(telling: Telling) -> str:
    say = telling.say
    text = say(
        f"没有说某个项目哪天{telling.goal}，也没有说实际会怎样：差值比"
        "绝对值可信，两者都只在附录所列假设成立时可信。市场、资金和突发情况不在模型里。",
        f"It does not say on which day any one project reaches {telling.goal}, nor what will"
        " happen. Differences deserve more trust than levels, and both only as far as the"
        " assumptions in the appendix. Markets, funding and surprises are not in the model.",
    )
    if since := telling.subject.assumed_from:
        text += say(
            f"自 {since} 起没有公布的放假安排，按周末和法定节日推算。",
            f" From {since} on, holidays are assumed: no official schedule is known.",
        )
    return text


def _curve(name: str, sample: Sample, p50: Estimate, p80: Estimate) -> Curve:
    found = sample.quantiles(_SHOWN.tolist()).tolist()
    known = tuple(day for day in found if isfinite(day))
    return Curve(name, known, tuple(_SHOWN.tolist()) if known else (), p50, p80)
