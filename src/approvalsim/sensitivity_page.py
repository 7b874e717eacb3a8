"""Sensitivity analyses as pages of plain words and tables."""

from collections.abc import Iterator, Mapping, Sequence
from math import fsum, isfinite
from typing import get_args

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim.analyses import SobolDone, TornadoDone
from approvalsim.bars import Bar
from approvalsim.console import footnotes
from approvalsim.estimate import Estimate
from approvalsim.findings import mark
from approvalsim.parameters import usual_unit
from approvalsim.sensitivity import Effect, Moved
from approvalsim.sobol import Index
from approvalsim.uncertainty import HIGH, LOW, MORE, Change, Input
from approvalsim.voice import Voice, days, new_table, percent
from approvalsim.yardstick import Yardstick

Page = Iterator[RenderableType]

CHANGES: tuple[Change, ...] = get_args(Change)
MOST_ROWS = 20
"""Rows of a table of inputs; the others are told in one line."""


def tornado_page(done: TornadoDone, say: Voice) -> Page:
    """What matters most, in words; then the bars of each kind of change, the longest first."""
    yardstick = done.base.yardstick
    yield Text(say.title(), style="bold")
    yield Text(_level(done, say), style="bold")
    if partial := partial_line(done, say.language):
        yield Text(partial, style="bold yellow")
    groups = {
        change: [effect for effect in done.effects if effect.change == change] for change in CHANGES
    }
    yield from _widest(groups, yardstick, say)
    yield Text(_legend(say))
    yield Text()
    titles = {
        "range": say("不确定的时间：P10 与 P90", "Uncertain times: P10 and P90"),
        "decision": say("可以决定的：席位与承诺路径", "Decisions: reviewers and commitment path"),
        "percent": say("同样变动 ±20%", "Everything by the same ±20%"),
    }
    for change, found in groups.items():
        yield from _effects(found, titles[change], yardstick, say)
    yield from footnotes(done.manifest, [say], None)


def sobol_page(done: SobolDone, say: Voice) -> Page:
    """Where the variance comes from, in words; then all inputs, the most important first."""
    order = sorted(done.indices, key=lambda index: -index.total.value)
    yield Text(say.title(), style="bold")
    yield Text(_explained(order, done.yardstick, say), style="bold")
    yield Text(
        say(
            f"{done.manifest.samples} 个样本，共 {len(order) + 2} × {done.manifest.samples} 个点，"
            f"每点同一运气下重复 {done.manifest.replications} 次",
            f"{done.manifest.samples} samples, that is {len(order) + 2} × {done.manifest.samples}"
            f" points of {done.manifest.replications} replications under the same luck",
        )
    )
    if partial := partial_line(done, say.language):
        yield Text(partial, style="bold yellow")
    yield Text()
    shown = [index for index in order if index.total.value > 0][:MOST_ROWS]
    if shown:
        yield _shares(shown, say)
    if rest := len(order) - len(shown):
        yield Text(
            say(
                f"其余 {rest} 个参数的总效应更小或为零；全部见 --json。",
                f"The total of the other {rest} inputs is smaller or nothing; --json has all.",
            )
        )
        yield Text()
    yield from footnotes(done.manifest, [say], None)


def _shares(shown: Sequence[Index], say: Voice) -> Table:
    table = new_table(
        say("方差从哪里来（95% 区间）", "Where the variance comes from (95 %)"),
        say("参数", "input"),
        say("来历", "origin"),
        say("变动范围", "varied over"),
        say("一阶", "first order"),
        say("总效应", "total"),
    )
    for index in shown:
        table.add_row(
            input_name(index.input, say),
            origin(index.input, say),
            _span(index.input, _sampled(index.input), say),
            _share(index.first),
            _share(index.total),
        )
    return table


def partial_line(done: TornadoDone | SobolDone, language: str) -> str:
    """That an analysis was interrupted, and what there is of it; empty where it was not."""
    manifest = done.manifest
    if not manifest.partial:
        return ""
    if isinstance(done, TornadoDone):
        some, inputs = manifest.inputs, done.inputs
        if language == "zh":
            return f"分析被中断：只做了 {inputs} 个参数中的 {some} 个，结果已标为不完整。"
        return (
            f"The analysis was interrupted after {some} of {inputs} inputs; it is marked partial."
        )
    if language == "zh":
        return f"分析被中断：只用了 {manifest.samples} 个样本，结果已标为不完整。"
    return f"The analysis was interrupted: only {manifest.samples} samples; it is marked partial."


# --- inputs in words ---------------------------------------------------------------------------


def input_name(one: Input, say: Voice) -> str:
    """An input as people call it: ``Land supply: review``."""
    if one.kind == "share":
        return say("承诺路径占比", "share on the commitment path")
    if one.kind == "breach":
        return say(f"{one.subject} 级违诺率", f"breach rate of grade {one.subject}")
    where = say.name("department" if one.kind == "reviewers" else "stage", one.subject)
    what = {
        "prepare": say("准备", "preparation"),
        "review": say("审查", "review"),
        "notice": say("公告", "notice"),
        "correction": say("补正概率", "corrections"),
        "reviewers": say("审查席位", "reviewers"),
    }[one.kind]
    return say(f"{where}：{what}", f"{where}: {what}")


def origin(one: Input, say: Voice) -> str:
    """Whether the input's numbers have a source or are assumed, in a word."""
    return {
        "source": say("有出处", "sourced"),
        "assumed": say("假设", "assumed"),
        "both": say("部分假设", "part assumed"),
        "none": say("未注明", "not stated"),
    }[mark(one)]


def _span(one: Input, change: Change, say: Voice) -> str:
    """What an input is moved over, in its own units."""
    swing = next(swing for swing in one.swings() if swing.change == change)
    values = [end.value for end in (swing.low, swing.high) if end and end.value is not None]
    if one.kind == "reviewers":
        now = next(iter(one.values.values()))
        return f"{min(now, *values)}–{max(values)}"
    if not one.is_time:
        return "–".join(
            f"{value:.0%}" if change == "decision" else f"{value:.1%}" for value in values
        )
    if change == "percent":
        return f"±{MORE:.0%}"
    if len(set(values)) < 2:
        return ""  # only its variants vary
    place, duration = next(iter(one.values.items()))
    working = (duration.unit or usual_unit(place)) == "workdays"
    unit = say("工作日", "wd") if working else say("天", "d")
    return f"{values[0]:.1f}–{values[1]:.1f} {unit}"


# --- tornado -----------------------------------------------------------------------------------


def _level(done: TornadoDone, say: Voice) -> str:
    """The measure, as the scenario stands."""
    yardstick, goal = done.base.yardstick, say.goal(done.base.scenario.measure)
    level = _value(done.base.level, yardstick)
    if not isfinite(done.base.level.value):
        return say(f"没有项目{goal}。", f"No project reaches {goal}.")
    if yardstick.day:
        return say(
            f"方案现状：到 {yardstick.day} 末，已签约的项目中 {level} 已{goal}。",
            f"As the scenario stands, {level} of signed projects have reached {goal} by the end of"
            f" {yardstick.day}.",
        )
    what = _measure(yardstick, say)
    return say(
        f"方案现状：签约到{goal}{what} {level} 天。",
        f"As the scenario stands, {goal} comes {level} days after signing ({what}).",
    )


def _widest(groups: Mapping[Change, Sequence[Effect]], yardstick: Yardstick, say: Voice) -> Page:
    """What matters most of what is uncertain, and of what can be decided."""
    words: dict[Change, tuple[str, str]] = {
        "range": ("不确定的时间中，影响最大的是", "Of the uncertain times"),
        "decision": ("可以决定的事中，影响最大的是", "Of what can be decided"),
    }
    for change, (zh, en) in words.items():
        top = [effect for effect in groups[change] if effect.swing > 0]
        if not top:
            continue
        name = input_name(top[0].input, say)
        swing = f"{top[0].swing:.1%}" if yardstick.day else f"{top[0].swing:.1f}"
        unit = "" if yardstick.day else say(" 天", " days")
        yield Text(
            say(
                f"{zh}“{name}”：两端相差 {swing}{unit}。",
                f'{en}, "{name}" matters most: from end to end {swing}{unit}.',
            )
        )


def _legend(say: Voice) -> str:
    """How to read the tables."""
    low, high = f"P{LOW * 100:.0f}", f"P{HIGH * 100:.0f}"
    return say(
        f"时间恒为其 {low} 或 {high}；席位减一或加一；符合条件者都不走或都走承诺路径。"
        "与现状之差附 95% 区间；▓ 为低端，█ 为高端。",
        f"A time is always its {low} or its {high}; there is a reviewer less or more; nobody or"
        " everybody eligible takes the commitment path. Differences to now with 95 % intervals;"
        " ▓ is the low end, █ the high end; d calendar days, wd working days.",
    )


def _effects(effects: Sequence[Effect], title: str, yardstick: Yardstick, say: Voice) -> Page:
    """The longest bars as a table, and how little the others matter."""
    moving = [effect for effect in effects if effect.moves]
    shown = moving[:MOST_ROWS]
    if shown:
        yield _bars(shown, title, yardstick, say)
    yield from _others(moving[MOST_ROWS:], len(effects) - len(moving), yardstick, say)


def _bars(shown: Sequence[Effect], title: str, yardstick: Yardstick, say: Voice) -> Table:
    table = new_table(
        title,
        say("参数", "input"),
        say("来历", "origin"),
        say("低端–高端", "low–high"),
        say("在低端", "at the low end"),
        say("在高端", "at the high end"),
        "",
    )
    longest = max(
        (abs(end.difference.value) for effect in shown for end in _ends(effect)), default=1.0
    )
    for effect in shown:
        table.add_row(
            input_name(effect.input, say),
            origin(effect.input, say),
            _span(effect.input, effect.change, say),
            *(_difference(end, yardstick) for end in (effect.low, effect.high)),
            Bar(*(_length(end, longest) for end in (effect.low, effect.high))),
        )
    return table


def _others(rest: Sequence[Effect], still: int, yardstick: Yardstick, say: Voice) -> Page:
    """A line about what the table leaves out."""
    if rest:
        form = ".2%" if yardstick.day else ".2f"
        most = format(rest[0].swing, form)
        yield Text(
            say(
                f"另有 {len(rest)} 个参数，影响都不超过 {most}；全部见 --json。",
                f"{len(rest)} more move it by no more than {most}; --json has them all.",
            )
        )
    if still:
        yield Text(say(f"{still} 个参数对它毫无影响。", f"{still} inputs do not move it at all."))
    if rest or still:
        yield Text()


def _ends(effect: Effect) -> list[Moved]:
    return [end for end in (effect.low, effect.high) if end]


def _length(end: Moved | None, longest: float) -> float:
    value = end.difference.value if end else 0.0
    return value / longest if longest > 0 and isfinite(value) else 0.0


def _difference(end: Moved | None, yardstick: Yardstick) -> str:
    if end is None:
        return "–"
    form = percent if yardstick.day else days
    return form(end.difference, signed=True)


def _value(estimate: Estimate, yardstick: Yardstick) -> str:
    return percent(estimate) if yardstick.day else days(estimate)


def _measure(yardstick: Yardstick, say: Voice) -> str:
    return {
        "mean": say("平均", "mean"),
        "effective": say("平均（加停工天数）", "mean with stop-work days"),
        "p50": say("的中位数为", "median"),
        "p80": say("的 P80 为", "P80"),
    }.get(yardstick.measure, "")


# --- Sobol -------------------------------------------------------------------------------------


def _explained(order: Sequence[Index], yardstick: Yardstick, say: Voice) -> str:
    """Which input the variance mostly comes from, and how much is due to none alone."""
    first = fsum(index.first.value for index in order)
    what = _measure(yardstick, say) or say.rate(say.scenario.measure)
    if not isfinite(first):
        return say(
            "所有参数都变动时结果也不变，没有方差可分。",
            "The outcome does not vary with any input: there is no variance to divide.",
        )
    name = input_name(order[0].input, say)
    total = f"{order[0].total.value:.0%}"
    return say(
        f"所有参数同时变动时，结果（{what}）的方差有 {total} 与“{name}”有关；"
        f"各参数单独的作用合计 {first:.0%}，其余来自相互作用与抽样误差。",
        f'With all inputs moving at once, "{name}" is involved in {total} of the variance of the'
        f" outcome ({what}); what inputs do alone adds up to {first:.0%}, the rest is interaction"
        " and sampling error.",
    )


def _sampled(one: Input) -> Change:
    """Which of its movements an input is sampled over when all move at once."""
    return "range" if one.is_time else "decision" if one.kind == "reviewers" else "percent"


def _share(estimate: Estimate) -> str:
    if not isfinite(estimate.value):
        return "–"
    return f"{estimate.value:z.3f} [{estimate.low:z.3f},{estimate.high:z.3f}]"
