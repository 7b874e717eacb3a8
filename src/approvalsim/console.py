"""Results as tables and plain words, in Chinese or English, for a terminal or an HTML page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim.comparison import LARGE_GAIN, Comparison
from approvalsim.estimate import Estimate
from approvalsim.report import Manifest
from approvalsim.scenario import Scenario
from approvalsim.summary import Summary
from approvalsim.workdays import WorkingCalendar


@dataclass(frozen=True)
class Voice:
    """Speaks of one scenario in one language: its names, and every phrase in both tongues."""

    scenario: Scenario
    language: str

    def __call__(self, zh: str, en: str) -> str:
        """The phrase in the chosen language."""
        return zh if self.language == "zh" else en

    def name(self, kind: str, key: str) -> str:
        """The name of a stage, department or milestone; its id where it has none."""
        part = getattr(self.scenario, kind).get(key)
        return part.name.in_language(self.language) if part and part.name else key

    def title(self) -> str:
        """The scenario's name and id."""
        name = self.scenario.name
        return (
            f"{name.in_language(self.language)} ({self.scenario.id})" if name else self.scenario.id
        )


def summary_page(
    summary: Summary, manifest: Manifest, say: Voice, calendar: WorkingCalendar
) -> Iterator[RenderableType]:
    """One experiment: the answer in words, then tables."""
    goal = say.name("milestone", summary.measure)
    yield Text(say.title(), style="bold")
    yield from _partial(manifest, say)
    p80 = summary.times.p80.value
    if isfinite(p80):
        yield Text(
            say(
                f"10 个会{goal}的同类项目中,有 8 个在签约后 {p80:.0f} 天内{goal}。",
                f"Of 10 such projects that reach {goal.lower()}, 8 do so within {p80:.0f} days of"
                " signing.",
            )
        )
    yield _times_table([("", summary)], None, say)
    yield _rates_table([("", summary)], None, say)
    yield _stages_table(summary, say)
    yield _departments_table([("", summary)], say)
    yield _commitments_table([("", summary)], say)
    yield from _footnotes(summary, manifest, say, calendar)


def comparison_page(
    comparison: Comparison,
    manifest: Manifest,
    say: Voice,
    sides: tuple[str, str],
    calendar: WorkingCalendar,
) -> Iterator[RenderableType]:
    """Two experiments: the answer in words, differences with intervals, the price, the reasons."""
    pair = list(zip(sides, (comparison.a, comparison.b), strict=True))
    yield Text(say.title(), style="bold")
    yield Text(f"A = {sides[0]}    B = {sides[1]}")
    yield from _partial(manifest, say)
    yield from _verdict(comparison, say)
    yield _times_table(pair, comparison, say)
    yield _rates_table(pair, comparison, say)
    yield _gains_table(comparison, say)
    yield _commitments_table(pair, say)
    yield _departments_table(pair, say)
    yield _pairs_line(comparison, say)
    yield from _footnotes(comparison.a, manifest, say, calendar)


def print_page(console: Console, page: Iterable[RenderableType]) -> None:
    """Print the parts of a page with room between them."""
    for part in page:
        console.print(part, soft_wrap=False)


def _verdict(comparison: Comparison, say: Voice) -> Iterator[Text]:
    goal = say.name("milestone", comparison.a.measure)
    mean, price = comparison.difference.mean, comparison.price
    if not isfinite(mean.value):
        yield Text(say(f"没有项目在两边都{goal}。", f"No project reaches {goal.lower()} in both."))
        return
    days = abs(mean.value)
    direction = say("提前", "earlier") if mean.value <= 0 else say("推迟", "later")
    bounds = sorted((abs(mean.low), abs(mean.high)))
    if mean.low <= 0 <= mean.high:
        interval = f"{mean.low:+.1f} … {mean.high:+.1f}"
    else:
        interval = f"{bounds[0]:.1f}–{bounds[1]:.1f}"
    yield Text(
        say(
            f"与 A 相比,B 平均{direction} {days:.1f} 天{goal}(95% 区间 {interval})。",
            f"B reaches {goal.lower()} {days:.1f} days {direction} than A on average"
            f" (95 % interval {interval}).",
        ),
        style="bold",
    )
    yield Text(
        say(
            f"10 个会{goal}的同类项目中,有 8 个在签约后 {comparison.b.times.p80.value:.0f} 天内"
            f"{goal}(B),A 为 {comparison.a.times.p80.value:.0f} 天。",
            f"Of 10 such projects that reach {goal.lower()}, 8 do so within"
            f" {comparison.b.times.p80.value:.0f} days of signing under B,"
            f" {comparison.a.times.p80.value:.0f} under A.",
        )
    )
    yield Text(
        say(
            f"代价:每 100 个项目多 {100 * price.breaches.value:.2f} 次违诺、"
            f"{100 * price.stop_work_days.value:.1f} 天停工。",
            f"The price: per 100 projects {100 * price.breaches.value:.2f} more broken promises and"
            f" {100 * price.stop_work_days.value:.1f} more days of stop-work.",
        )
    )


def _times_table(
    sides: Sequence[tuple[str, Summary]], comparison: Comparison | None, say: Voice
) -> Table:
    goal = say.name("milestone", sides[0][1].measure)
    table = _table(
        say(f"签约到{goal},日历天(95% 区间)", f"Signing to {goal.lower()}, calendar days (95 %)"),
        say("指标", "measure"),
        *(_side(number, len(sides), say) for number in range(len(sides))),
        *([say("差 B − A", "difference B − A")] if comparison else []),
    )
    labels = {
        "mean": say("平均", "mean"),
        **{f"p{share}": f"P{share}" for share in (10, 50, 80, 90)},
    }
    for name, label in labels.items():
        row = [_days(getattr(summary.times, name)) for _, summary in sides]
        if comparison:
            row.append(_days(getattr(comparison.difference, name), signed=True))
        table.add_row(label, *row)
    working = [_days(summary.working_times.mean) for _, summary in sides]
    blank = [""] if comparison else []
    table.add_row(say("平均,工作日", "mean, working days"), *working, *blank)
    effective = [_days(summary.commitments.effective_mean) for _, summary in sides]
    if comparison:
        effective.append(_days(comparison.difference.effective_mean, signed=True))
    table.add_row(say("平均,加停工天数", "mean with stop-work days"), *effective)
    never = [f"{1 - summary.reach.reached:.1%}" for _, summary in sides]
    table.add_row(say(f"未{goal}(退出或截尾)", "never (dropped out or censored)"), *never, *blank)
    return table


def _rates_table(
    sides: Sequence[tuple[str, Summary]], comparison: Comparison | None, say: Voice
) -> RenderableType:
    if not sides[0][1].start_rates:
        return Text()
    table = _table(
        say("动工率(95% 区间)", "Start rate (95 %)"),
        say("日期", "date"),
        say("分母", "out of"),
        *(_side(number, len(sides), say) for number in range(len(sides))),
        *([say("差 B − A", "difference B − A")] if comparison else []),
    )
    differences = dict(comparison.difference.start_rates) if comparison else {}
    for rates in zip(*(summary.start_rates for _, summary in sides), strict=True):
        day = rates[0].date
        all_signed = [_percent(rate.rate) for rate in rates]
        if comparison:
            all_signed.append(_percent(differences[day], signed=True))
        signed = f"{rates[0].signed:.1f}"
        table.add_row(str(day), say(f"已签约 {signed}", f"{signed} signed"), *all_signed)
        table.add_row(
            "",
            say("其中未退出", "of them not left"),
            *(_percent(rate.rate_without_dropouts) for rate in rates),
            *([""] if comparison else []),
        )
    return table


def _stages_table(summary: Summary, say: Voice) -> Table:
    table = _table(
        say("各环节平均天数", "Stages, mean days"),
        say("环节", "stage"),
        say("关键度", "criticality"),
        say("合计", "total"),
        say("办理", "work"),
        say("补正", "rework"),
        say("排队", "queue"),
        say("等会", "meeting"),
        say("公示", "notice"),
        say("发证", "issue"),
        say("次数", "rounds"),
        say("超法定", "over limit"),
    )
    for key, stage in summary.stages.items():
        days = (
            stage.duration, stage.work, stage.rework, stage.wait, stage.meeting, stage.notice,
            stage.issue,
        )  # fmt: skip
        table.add_row(
            say.name("stage", key),
            f"{stage.criticality:.0%}",
            *(f"{value:.1f}" for value in days),
            f"{stage.rounds:.2f}",
            f"{stage.over_statutory:.0%}",
        )
    return table


def _gains_table(comparison: Comparison, say: Voice) -> Table:
    table = _table(
        say("差别来自哪里(关键路径上的平均天数)", "Where it comes from (mean days on the path)"),
        say("环节", "stage"),
        say("变化 B − A", "change B − A"),
        say("关键度 A", "criticality A"),
        say("关键度 B", "criticality B"),
    )
    for key, gain in comparison.gain_by_stage.items():
        shares = [
            f"{side.stages[key].criticality:.0%}" if key in side.stages else "–"
            for side in (comparison.a, comparison.b)
        ]
        table.add_row(say.name("stage", key), f"{gain:+.1f}", *shares)
    table.add_row(say("其他(停工整改、节后复工)", "elsewhere (holds, windows)"),
                  f"{comparison.gain_elsewhere:+.1f}", "", "")  # fmt: skip
    return table


def _departments_table(sides: Sequence[tuple[str, Summary]], say: Voice) -> RenderableType:
    if not sides[0][1].departments:
        return Text()
    columns = []
    for number in range(len(sides)):
        mark = _mark(number, len(sides))
        columns += [
            say("占用率", "utilisation") + mark,
            say("平均排队天", "mean wait") + mark,
            say("最长队列", "longest queue") + mark,
        ]
    table = _table(say("部门", "Departments"), say("部门", "department"), *columns)
    for key in sides[0][1].departments:
        row = []
        for _, summary in sides:
            load = summary.departments.get(key)
            row += (
                [f"{load.utilisation:.0%}", f"{load.mean_wait:.1f}", f"{load.longest_queue:.1f}"]
                if load
                else ["–"] * 3
            )
        table.add_row(say.name("department", key), *row)
    return table


def _commitments_table(sides: Sequence[tuple[str, Summary]], say: Voice) -> RenderableType:
    if not any(summary.commitments.share for _, summary in sides):
        return Text()
    table = _table(
        say("容缺与承诺,每个项目平均(95% 区间)", "Commitments, mean per project (95 %)"),
        "",
        *(_side(number, len(sides), say) for number in range(len(sides))),
    )
    labels = {
        "relaxed": say("放宽事项", "relaxed items"),
        "obligations": say("实际欠件", "obligations"),
        "breaches": say("违诺", "breaches"),
        "stop_work_days": say("停工天数", "stop-work days"),
    }
    shares = [f"{summary.commitments.share:.0%}" for _, summary in sides]
    table.add_row(say("走承诺路径的项目", "projects on that path"), *shares)
    for name, label in labels.items():
        cells = [_count(getattr(summary.commitments, name)) for _, summary in sides]
        table.add_row(label, *cells)
    return table


def _pairs_line(comparison: Comparison, say: Voice) -> Text:
    gained = f"{comparison.large_gain:.0%}"
    reduction = comparison.variance_reduction
    spared = f"{reduction:.1f}" if isfinite(reduction) else "∞" if reduction > 0 else "–"
    return Text(
        say(
            f"逐一配对:{comparison.earlier:.1%} 提前,{comparison.later:.1%} 推迟,"
            f"{comparison.equal:.1%} 不变;{gained} 提前超过 {LARGE_GAIN:.0f} 天。"
            f"同一运气使均值差的方差缩小到独立运行的 1/{spared}。",
            f"Pair by pair: {comparison.earlier:.1%} earlier, {comparison.later:.1%} later,"
            f" {comparison.equal:.1%} the same; {gained} gain more than {LARGE_GAIN:.0f} days."
            f" The same luck on both sides cuts the variance of the mean difference"
            f" {spared} times.",
        )
    )


def _partial(manifest: Manifest, say: Voice) -> Iterator[Text]:
    if manifest.partial:
        yield Text(
            say(
                f"运行被中断:只有 {manifest.replications} 次重复。",
                f"The run was interrupted: only {manifest.replications} replications.",
            ),
            style="bold yellow",
        )


def _footnotes(
    summary: Summary, manifest: Manifest, say: Voice, calendar: WorkingCalendar
) -> Iterator[Text]:
    yield Text(
        say(
            "以上是模型结果,不是观察值;参数中标为假设的部分见方案文件。",
            "These are a model's results, not observations; the scenario file says which parameters"
            " are assumed.",
        ),
        style="dim",
    )
    if calendar.first_assumed:
        yield Text(
            say(
                f"自 {calendar.first_assumed} 起没有公布的放假安排,按周末和法定节日推算。",
                f"From {calendar.first_assumed} on no official holiday schedule is known: weekends"
                " and statutory holidays are assumed.",
            ),
            style="dim",
        )
    yield Text(manifest_line(manifest, say.language), style="dim")
    del summary


def manifest_line(manifest: Manifest, language: str) -> str:
    """The manifest in one line."""
    words = (
        ("方案", "种子", "重复", "引擎", "版本")
        if language == "zh"
        else ("scenario", "seed", "replications", "engine", "version")
    )
    values = (
        f"{manifest.scenario} {manifest.scenario_hash[:12]}",
        manifest.seed,
        manifest.replications,
        manifest.engine,
        manifest.version,
    )
    return " · ".join(f"{word} {value}" for word, value in zip(words, values, strict=True))


def trace_table(rows: Sequence[Mapping[str, Any]], title: str) -> Table:
    """The story of one replication."""
    table = _table(title, *rows[0]) if rows else _table(title)
    for column in table.columns:
        column.justify = "left"
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    return table


def shipped_table(rows: Sequence[tuple[str, str, str]], language: str) -> Table:
    """The shipped scenarios."""
    heads = ("编号", "名称", "说明") if language == "zh" else ("id", "name", "what it is")
    table = _table("", *heads)
    for column in table.columns:
        column.justify = "left"
    for row in rows:
        table.add_row(*row)
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold"
    )
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=number > 0)
    return table


def _side(number: int, sides: int, say: Voice) -> str:
    return "AB"[number] if sides > 1 else say("结果", "result")


def _mark(number: int, sides: int) -> str:
    return f" {'AB'[number]}" if sides > 1 else ""


def _days(estimate: Estimate, signed: bool = False) -> str:
    return _interval(estimate, "+.1f" if signed else ".1f")


def _percent(estimate: Estimate, signed: bool = False) -> str:
    return _interval(estimate, "+.1%" if signed else ".1%")


def _count(estimate: Estimate) -> str:
    return _interval(estimate, ".3f")


def _interval(estimate: Estimate, form: str) -> str:
    if not isfinite(estimate.value):
        return "–"
    value = format(estimate.value, form)
    if not isfinite(estimate.low):
        return value
    return f"{value} ({format(estimate.low, form)} … {format(estimate.high, form)})"


def dated(day: date, time: float) -> str:
    """A time of day on a date, to the minute."""
    minutes = round((time % 1) * 24 * 60)
    return f"{day} {minutes // 60:02}:{minutes % 60:02}"
