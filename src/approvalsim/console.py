"""Results as pages of plain words and tables, for a terminal or an HTML page."""

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import isfinite

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim.comparison import Comparison
from approvalsim.estimate import Estimate
from approvalsim.fitting import fitted
from approvalsim.pairing import LARGE_GAIN
from approvalsim.report import Manifest
from approvalsim.result_tables import (
    commitments_table,
    departments_table,
    gains_table,
    milestones_table,
    rates_table,
    stages_table,
    times_table,
)
from approvalsim.summary import Summary
from approvalsim.voice import Voice, manifest_line, word_table

WIDTH = 140
"""Columns of a page that goes into a pipe or a file."""

Page = Iterator[RenderableType]


def summary_page(
    summary: Summary, manifest: Manifest, say: Voice, assumed_from: date | None = None
) -> Page:
    """One experiment: the answer in words, then tables.

    ``assumed_from`` is the first date the run used whose holidays are not published.
    """
    yield Text(say.title(), style="bold")
    yield Text(_answer(summary, say), style="bold")
    yield from _policy(say)
    yield from _partial(manifest, say)
    one = [("", summary)]
    yield from _present(
        times_table(one, None, say),
        rates_table(one, None, say),
        milestones_table(summary, say),
        stages_table(summary, say),
        departments_table(one, say),
        commitments_table(one, say),
    )
    yield from _rounded(summary, say)
    yield from footnotes(manifest, [say], assumed_from)


def comparison_page(
    comparison: Comparison,
    manifest: Manifest,
    voices: Sequence[Voice],
    assumed_from: date | None = None,
) -> Page:
    """Two experiments: the answer in words, differences with intervals, the price, the reasons.

    One voice means one scenario with its policy off and on.
    """
    say = voices[-1]
    names = side_names(manifest, voices)
    pair = list(zip(names, (comparison.a, comparison.b), strict=True))
    yield Text(" / ".join(dict.fromkeys(voice.title() for voice in voices)), style="bold")
    yield Text(f"A = {names[0]}    B = {names[1]}")
    what = None if len(voices) > 1 else manifest.reform or "commitment"
    yield Text(verdict(comparison, say, of=what), style="bold")
    yield from _partial(manifest, say)
    yield Text(_eight_of_ten(comparison, say))
    yield from price_line(comparison, say)
    yield from _present(
        times_table(pair, comparison, say),
        rates_table(pair, comparison, say),
        gains_table(comparison, say),
        commitments_table(pair, say),
        departments_table(pair, say),
    )
    yield Text(pairs_line(comparison, say))
    yield Text()
    yield from _rounded(comparison.b, say)
    yield from footnotes(manifest, voices, assumed_from)


def print_page(page: Iterable[RenderableType]) -> None:
    """Print a page: as wide as the terminal, or whole and without colours where there is none."""
    if sys.stdout.isatty():
        _print(page, Console(markup=False, emoji=False), soft_wrap=False)
        return
    text = io.StringIO()
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) else WIDTH
    _print(page, Console(file=text, width=width, markup=False, emoji=False), soft_wrap=True)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))


def _print(page: Iterable[RenderableType], console: Console, soft_wrap: bool) -> None:
    for part in page:
        if isinstance(part, Table) and part.title:
            console.print(*fitted(part, console.width), sep="\n")
        else:
            console.print(part, soft_wrap=soft_wrap and isinstance(part, Text))


def shipped_table(rows: Sequence[tuple[str, str, str]], language: str) -> Table:
    """The shipped scenarios: id, name, description."""
    heads = ("编号", "名称", "说明") if language == "zh" else ("id", "name", "what it is")
    table = word_table(heads, whole=heads[:1])
    for key, name, about in rows:
        table.add_row(key, name, re.split(r"(?<=。)|(?<=\.)\s", about)[0])
    return table


def partial_line(manifest: Manifest, language: str) -> str:
    """That a run was interrupted, and what there is of it."""
    done = manifest.replications
    if language == "zh":
        return f"运行被中断：只有 {done} 次重复，结果已标为不完整。"
    return f"The run was interrupted: only {done} replications; the result is marked as partial."


def _present(*tables: Table | None) -> Page:
    yield Text()
    yield from (table for table in tables if table is not None)


def _answer(summary: Summary, say: Voice) -> str:
    """One experiment in a sentence: who gets there, and how soon."""
    goal, reach = say.goal(summary.measure), summary.reach
    if reach.reached == 0:
        return say(f"没有项目{goal}。", f"No project reaches {goal}.")
    soon = f"{summary.times.p80.value:.0f}"
    if reach.reached == 1:
        return say(
            f"所有项目都会{goal}；10 个里有 8 个在签约后 {soon} 天内{goal}。",
            f"Every project reaches {goal}; 8 in 10 do so within {soon} days of signing.",
        )
    return say(
        f"{reach.reached:.1%} 的项目会{goal}，其中 10 个里有 8 个在签约后 {soon} 天内{goal}；"
        f"其余 {1 - reach.reached:.1%} 中途退出，或到期末仍未{goal}。",
        f"{reach.reached:.1%} of projects reach {goal}, 8 in 10 of these within {soon} days of"
        f" signing; the other {1 - reach.reached:.1%} drop out or are not there when the run ends.",
    )


def verdict(comparison: Comparison, say: Voice, of: str | None) -> str:
    """Two experiments in a sentence: the mean difference, how sure, and of which projects.

    ``of`` is what is off in A and on in B: ``commitment`` or ``supervision``; None for two
    scenarios.
    """
    goal, mean = say.goal(comparison.a.measure), comparison.difference.mean
    if not isfinite(mean.value):
        return say(f"没有项目在两边都{goal}。", f"No project reaches {goal} in both A and B.")
    both = f"{comparison.pairs.both:.1%}"
    among = say(
        f"（按两边都{goal}的 {both} 计算）", f" (over the {both} of projects that reach it in both)"
    )
    if comparison.earlier == comparison.later == 0:
        return say(f"A 和 B 没有差别{among}。", f"A and B do not differ at all{among}.")
    days, interval = f"{abs(mean.value):.1f}", _without_sign(mean, say)
    direction = say("提前", "earlier") if mean.value <= 0 else say("推迟", "later")
    unsure = ""
    if mean.low <= 0 <= mean.high:
        unsure = say("；区间包含 0，看不出确定的差别", "; the interval holds 0: no sure difference")
    a, b = say("A", "under A"), say("B", "Under B")
    if of == "supervision":
        a, b = say("没有督导（A）", "without supervision (A)"), say("督导（B）", "Supervised (B)")
    elif of == "commitment":
        a = say("标准流程（A）", "by the standard process (A)")
        b = say("容缺审批与承诺制（B）", "With the policy on (B)")
    return say(
        f"{b}比{a}平均{direction} {days} 天{goal}{interval}{among}{unsure}。",
        f"{b}, projects reach {goal} {days} days {direction} on average than {a}"
        f"{interval}{among}{unsure}.",
    )


def _without_sign(mean: Estimate, say: Voice) -> str:
    """The interval of a difference whose direction the sentence names."""
    if not isfinite(mean.half_width):
        return ""
    low, high = sorted((mean.low, mean.high) if mean.value > 0 else (-mean.low, -mean.high))
    return say(
        f"，95% 区间 {low:z.1f} 至 {high:z.1f} 天", f", 95 % interval {low:z.1f} to {high:z.1f}"
    )


def _eight_of_ten(comparison: Comparison, say: Voice) -> str:
    goal = say.goal(comparison.a.measure)
    a, b = (f"{summary.times.p80.value:.0f}" for summary in (comparison.a, comparison.b))
    never = [f"{1 - summary.reach.reached:.1%}" for summary in (comparison.a, comparison.b)]
    if "nan" in (a, b):
        return ""
    return say(
        f"会{goal}的项目里，10 个中有 8 个在签约后 {b} 天内{goal}（B），A 为 {a} 天；"
        f"始终没有{goal}的，A 为 {never[0]}，B 为 {never[1]}。",
        f"Of the projects that reach {goal}, 8 in 10 do so within {b} days of signing under B,"
        f" {a} under A; {never[0]} never reach it under A, {never[1]} under B.",
    )


def price_line(comparison: Comparison, say: Voice) -> Iterator[Text]:
    """What B's speed costs, where anything was promised at all."""
    if not (comparison.a.commitments.share or comparison.b.commitments.share):
        return
    breaches = 100 * comparison.price.breaches.value
    stopped = 100 * comparison.price.stop_work_days.value
    since = say.stop_work_since(comparison.a.measure)

    def more(value: float) -> str:
        return say("少" if value < 0 else "多", "fewer" if value < 0 else "more")

    yield Text(
        say(
            f"代价：每 100 个项目{more(breaches)} {abs(breaches):.2f} 次违诺、"
            f"{more(stopped)}停工 {abs(stopped):.1f} 天{since}。",
            f"The price: per 100 projects {abs(breaches):.2f} {more(breaches)} broken promises and"
            f" {abs(stopped):.1f} {more(stopped)} days of stop-work{since}.",
        )
    )


def pairs_line(comparison: Comparison, say: Voice) -> str:
    """How many gain and lose, project by project, and what the same luck is worth."""
    gained = f"{comparison.large_gain:.0%}"
    reduction = comparison.variance_reduction
    text = say(
        f"逐一配对：{comparison.earlier:.1%} 提前，{comparison.later:.1%} 推迟，"
        f"{comparison.equal:.1%} 不变；{gained} 提前超过 {LARGE_GAIN:.0f} 天。",
        f"Pair by pair: {comparison.earlier:.1%} earlier, {comparison.later:.1%} later,"
        f" {comparison.equal:.1%} the same; {gained} gain more than {LARGE_GAIN:.0f} days.",
    )
    if isfinite(reduction) and reduction > 0:
        text += say(
            f"两边用同一运气，均值差的方差是独立运行的 {1 / reduction:.0%}。",
            " With the same luck on both sides the variance of the mean difference is"
            f" {1 / reduction:.0%} of that of independent runs.",
        )
    return text


def side_names(manifest: Manifest, voices: Sequence[Voice]) -> tuple[str, str]:
    """What A and B are; scenarios of the same name are told apart by their files."""
    say = voices[-1]
    if manifest.reform == "supervision":
        return say("没有督导", "without supervision"), say("有督导", "with supervision")
    if len(voices) == 1 or manifest.other is None:
        return (
            say("标准流程（政策关闭）", "standard process (policy off)"),
            say("容缺与承诺（政策开启）", "fast track (policy on)"),
        )
    a, b = (voice.title() for voice in voices)
    if a != b:
        return a, b
    return f"{a} – {manifest.file}", f"{b} – {manifest.other['file']}"


def _policy(say: Voice) -> Iterator[Text]:
    if policy := say.scenario.commitment:
        on = say("开启", "on") if policy.enabled else say("关闭", "off")
        yield Text(say(f"承诺政策：{on}", f"Commitment policy: {on}"))
    if supervision := say.scenario.supervision:
        on = say("开启", "on") if supervision.enabled else say("关闭", "off")
        yield Text(say(f"督导：{on}", f"Supervision: {on}"))


def _partial(manifest: Manifest, say: Voice) -> Iterator[Text]:
    if manifest.partial:
        yield Text(partial_line(manifest, say.language), style="bold yellow")


def _rounded(summary: Summary, say: Voice) -> Iterator[Text]:
    """To what quantiles are rounded, where they are."""
    if summary.grid:
        minutes = f"{summary.grid * 24 * 60:.0f}"
        yield Text(
            say(
                f"重复次数很多，分位数取整到 {minutes} 分钟。",
                f"Of so many replications quantiles are rounded to {minutes} minutes.",
            ),
            style="dim",
        )


def footnotes(manifest: Manifest, voices: Sequence[Voice], assumed_from: date | None) -> Page:
    """About the scenarios, what a result is worth, and how to repeat it."""
    say = voices[-1]
    about = {
        voice.title(): voice.scenario.description.in_language(voice.language).strip()
        for voice in voices
        if voice.scenario.description
    }
    for title, description in about.items():
        heading = say("关于这个方案", "About this scenario")
        yield Text(heading if len(about) == 1 else f"{heading}: {title}", style="bold")
        yield Text(description, style="dim")
        yield Text()
    yield Text(
        say(
            "以上是模型的结果，不是观察值；哪些参数是假设，方案文件里有标注。",
            "These are a model's results, not observations; the scenario file says which parameters"
            " are assumed.",
        ),
        style="dim",
    )
    if assumed_from:
        yield Text(
            say(
                f"自 {assumed_from} 起没有公布的放假安排，按周末和法定节日推算。",
                f"From {assumed_from} on no official holiday schedule is known: weekends"
                " and statutory holidays are assumed.",
            ),
            style="dim",
        )
    yield Text(manifest_line(manifest, say.language), style="dim")
    if manifest.other:
        other = manifest.other
        yield Text(f"B: {other['scenario']} {other['scenario_hash'][:12]}", style="dim")
