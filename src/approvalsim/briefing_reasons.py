"""The second page of a briefing: the price, where the gain comes from, what matters, the basis."""

from collections.abc import Iterator, Sequence
from math import inf, isfinite

from rich.table import Table

from approvalsim.briefing_appendix import account, sources
from approvalsim.briefing_charts import Bar, Swing, bars, differences, tornado
from approvalsim.briefing_parts import Block, Chart, Charts, Grid, Words
from approvalsim.briefing_subject import Sensitivity, Telling
from approvalsim.console import pairs_line, price_line
from approvalsim.estimate import Estimate
from approvalsim.pairing import LARGE_GAIN
from approvalsim.result_tables import commitments_table
from approvalsim.sensitivity import Effect
from approvalsim.sensitivity_page import input_name, origin
from approvalsim.voice import Voice, days

_STAGES = 8
"""Stages shown at most; the others stand together."""
_UNCERTAIN, _DECISIONS = 5, 2
"""Rows of the tornado at most."""


def second_page(telling: Telling) -> Iterator[Block]:
    """What it costs, where the gain comes from, what matters, and what it rests on."""
    say, found = telling.say, telling.found
    yield Words(say("代价", "The price"), "heading")
    yield from _price(telling)
    yield Words(say("快在哪里，谁得益", "Where the days are won, and by whom"), "heading")
    yield Charts((_gains(telling), _differences(telling)))
    yield Words(pairs_line(found, say), "small")
    if telling.subject.sensitivity:
        yield Words(say("什么影响最大", "What matters most"), "heading")
        yield from _matters(telling.subject.sensitivity, say, telling.goal)
    yield Words(say("依据", "What it rests on"), "heading")
    yield from _basis(telling)


def _price(telling: Telling) -> Iterator[Block]:
    say, found = telling.say, telling.found
    lines = [line.plain for line in price_line(found, say)]
    if not lines:
        yield Words(say("两边都没有承诺，也就没有违诺。", "Neither side promises anything."))
        return
    price, effective = found.price, found.difference.effective_mean
    yield Words(" ".join(lines))
    yield Words(
        say(
            f"每个项目多违诺 {_small(price.breaches)} 次、多停工 {_small(price.stop_work_days)}"
            f" 天；把停工天数算进去，平均差 {days(effective, signed=True)} 天（B − A）。",
            f"Per project: {_small(price.breaches)} more broken promises,"
            f" {_small(price.stop_work_days)} more days of stop-work; with those days counted"
            f" the mean difference is {days(effective, signed=True)} days (B − A).",
        )
    )
    table = commitments_table([("", found.a), ("", found.b)], say)
    if table:
        yield grid_of(table)


def _gains(telling: Telling) -> Chart:
    say = telling.say
    gains = [(say.name("stage", key), gain) for key, gain in telling.found.gain_by_stage.items()]
    largest = sorted(gains, key=lambda each: -abs(each[1]))[:_STAGES]
    shown = [each for each in gains if each in largest]
    rest = sum(gain for each, gain in gains if (each, gain) not in shown)
    elsewhere = say("其他（停工、窗口）", "elsewhere (holds, windows)")
    shown.append((elsewhere, telling.found.gain_elsewhere + rest))
    rows = [
        Bar(name, Estimate(gain, -inf, inf), f"{gain:+z.1f}", "b" if gain < 0 else "low")
        for name, gain in shown
    ]
    return bars(
        "gains",
        rows,
        say("天，负为提前", "days, negative is earlier"),
        say("平均差来自哪些环节（B − A）", "Which stages the mean difference comes from"),
        "",
        wide=False,
    )


def _differences(telling: Telling) -> Chart:
    say, found, between = telling.say, telling.found, telling.found.difference
    labels = {
        "mean": say("平均", "mean"),
        **{f"p{n}": f"P{n}" for n in (10, 50, 80, 90)},
    }
    rows = [
        (label, getattr(between, key), days(getattr(between, key), signed=True))
        for key, label in labels.items()
    ]
    gain = f"{LARGE_GAIN:.0f}"
    shares = (
        (say(f"提前超过 {gain} 天", f"over {gain} d earlier"), found.large_gain, "b"),
        (say("提前", "earlier"), found.earlier - found.large_gain, "soft_b"),
        (say("不变", "the same"), found.equal, "even"),
        (say("推迟", "later"), found.later, "soft_a"),
    )
    return differences(
        rows,
        tuple(each for each in shares if each[1] > 0),  # type: ignore[misc]
        say("天，负为提前", "days, negative is earlier"),
        say("逐项目配对的差（B − A，95% 区间）", "Paired differences (B − A, 95 %)"),
        "",
    )


def _basis(telling: Telling) -> Iterator[Block]:
    say, scenario = telling.say, telling.subject.scenarios[1]
    counted = account(scenario)
    yield Words(
        say(
            f"方案（B）共 {counted.total} 个数：{counted.sourced} 个有出处，{counted.assumed} 个"
            f"是假设，{counted.silent} 个未注明；全部见附录。",
            f"The scenario (B) holds {counted.total} numbers: {counted.sourced} with a source,"
            f" {counted.assumed} assumed, {counted.silent} not stated; all are in the appendix.",
        )
    )
    if known := sources(telling.subject.scenarios):
        listed = "；".join(f"[{n}] {source}" for source, n in known.items())
        yield Words(say(f"出处：{listed}。", f"Sources: {listed}."), "small")


def _matters(found: Sensitivity, say: Voice, goal: str) -> Iterator[Block]:
    """A short tornado: uncertain times first, then what can be decided."""
    moving = [effect for effect in found.effects if effect.moves]
    chosen = [effect for effect in moving if effect.change == "range"][:_UNCERTAIN]
    chosen += [effect for effect in moving if effect.change == "decision"][:_DECISIONS]
    if not found.done and found.inputs:
        yield Words(
            say("分析被中断，没有结果。", "The analysis was interrupted; it found nothing.")
        )
        return
    if not chosen:
        yield Words(say("没有一个参数改变平均时间。", "No input moves the mean time."))
        return
    top = max(chosen, key=lambda effect: effect.swing)
    name, mark = input_name(top.input, say), origin(top.input, say)
    yield Words(
        say(
            f"影响最大的是“{name}”（{mark}）：平均时间在两端相差 {top.swing:.1f} 天。",
            f'"{name}" ({mark}) matters most: from end to end the mean time moves by'
            f" {top.swing:.1f} days.",
        )
    )
    yield Charts((_tornado(sorted(chosen, key=lambda effect: -effect.swing), say, goal),))
    text = say(
        f"每次只动一个：时间取 P10 或 P90，席位减一或加一，承诺路径无人走或都走；同一运气下重复"
        f" {found.replications} 次。",
        "One at a time: times at their P10 or P90, one reviewer less or more, nobody or everybody"
        f" on the commitment path; {found.replications} replications under the same luck.",
    )
    if not found.complete:
        text += say(
            f"分析没有做完：{found.inputs} 个参数中的 {found.done} 个。",
            f" The analysis is not complete: {found.done} of {found.inputs} inputs.",
        )
    yield Words(text, "small")


def _tornado(effects: Sequence[Effect], say: Voice, goal: str) -> Chart:
    rows = []
    for effect in effects:
        ends = [end.difference if end else None for end in (effect.low, effect.high)]
        words = " / ".join("–" if end is None else days(end, signed=True) for end in ends)
        name = f"{input_name(effect.input, say)}（{origin(effect.input, say)}）"
        if say.language != "zh":
            name = f"{input_name(effect.input, say)} ({origin(effect.input, say)})"
        values = [None if end is None else end.value for end in ends]
        rows.append(Swing(name, values[0], values[1], words))
    return tornado(
        rows,
        (say("在低端", "at the low end"), say("在高端", "at the high end")),
        say("与现状之差，天", "difference to now, days"),
        say(
            f"签约到{goal}的平均时间（B）随什么变；右边是低端 / 高端及 95% 区间",
            f"What moves the mean time to {goal} (B); at the right: low / high end with 95 %",
        ),
        "",
    )


def grid_of(table: Table) -> Grid:
    """A table made for a terminal, as a part of a briefing."""
    rows = zip(*(column.cells for column in table.columns), strict=True)
    return Grid(
        tuple(str(column.header) for column in table.columns),
        tuple(tuple(str(cell) for cell in row) for row in rows),
        str(table.title or ""),
    )


def _small(estimate: Estimate) -> str:
    if not isfinite(estimate.half_width):
        return f"{estimate.value:z.4f}"
    return f"{estimate.value:z.4f} [{estimate.low:z.4f},{estimate.high:z.4f}]"
