"""A forecast in words and tables, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim import __version__
from approvalsim.forecast import INTERVAL, Forecast, ProjectForecast, RateForecast, UnderWay
from approvalsim.language import counted
from approvalsim.report import Json
from approvalsim.scenario import content_hash
from approvalsim.voice import Voice, new_table

STEP_WORDS = {
    "prepare": ("准备", "preparing"),
    "review": ("审查", "in review"),
    "notice": ("公示", "on notice"),
}


def forecast_page(done: Forecast, say: Voice) -> Iterator[RenderableType]:
    """The start rate in a sentence, then projects, rates and quarters, and what to know of them."""
    yield Text(say.title(), style="bold")
    yield Text(say(f"截至 {done.as_of}", f"As of {done.as_of}"))
    if done.rates:
        yield Text(_answer(done, done.rates[0], say), style="bold")
    yield Text()
    yield _projects(done, say)
    yield _rates(done, say)
    yield _quarters(done, say)
    yield from _remarks(done, say)


def forecast_figures(done: Forecast, register: str) -> Json:
    """Everything that was forecast; dates as text, and how to make it again."""
    return {
        "forecast": {
            "scenario": done.scenario.id,
            "scenario_hash": content_hash(done.scenario),
            "register": register,
            "as_of": str(done.as_of),
            "seed": done.seed,
            "replications": done.replications,
            "engine": done.engine,
            "version": __version__,
        },
        "measure": done.measure,
        "interval": INTERVAL,
        "projects": [_plain(_of_project(project)) for project in done.projects],
        "start_rate": [_plain(asdict(rate)) for rate in done.rates],
        "quarters": [asdict(quarter) for quarter in done.quarters],
    }


def _of_project(project: ProjectForecast) -> Json:
    figures = asdict(project)
    figures["name"] = None if project.name is None else project.name.model_dump()
    return figures


def _plain(value: Any) -> Any:
    """Dates as text, in whatever tables and lists."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, date) else value


def _answer(done: Forecast, rate: RateForecast, say: Voice) -> str:
    goal = say.goal(done.measure)
    low, high = f"{rate.low:.0%}", f"{rate.high:.0%}"
    return say(
        f"到 {rate.date} 末，{rate.signed:.0f} 个签约项目预计有 {rate.started:.1f} 个{goal}，"
        f"占 {rate.rate:.0%}；十次里有九次在 {low} 到 {high} 之间。",
        f"By the end of {rate.date}, {rate.started:.1f} of"
        f" {counted(round(rate.signed), 'signed project')} are expected to reach {goal}:"
        f" {rate.rate:.0%}; nine times in ten {low} to {high}.",
    )


def _projects(done: Forecast, say: Voice) -> Table:
    goal = say.name("milestone", done.measure)
    heads = (
        ("项目", "正在办", f"{goal} P50", "P80", "目标", "按期概率")
        if say.language == "zh"
        else ("project", "under way", f"{goal} P50", "P80", "target", "on time")
    )
    table = new_table(say("项目", "Projects"), *heads)
    table.columns[1].justify = "left"
    for project in done.projects:
        goal_of = project.milestones[done.measure]
        if goal_of.happened:
            first, second = str(goal_of.happened), say("已达到", "reached")
        else:
            first, second = _day(goal_of.p50), _day(goal_of.p80)
        chance = "–" if project.on_time is None else f"{project.on_time:.0%}"
        under_way = say("；", "; ").join(_step(step, say) for step in project.under_way) or "–"
        named = project.name.in_language(say.language) if project.name else ""
        title = f"{project.id} {named}".strip()
        table.add_row(title, under_way, first, second, _day(project.target), chance)
    return table


def _step(step: UnderWay, say: Voice) -> str:
    name, words = say.name("stage", step.stage), STEP_WORDS[step.step]
    late = say("，超期", ", overdue") if step.overdue else ""
    return say(f"{name} {words[0]} {step.days} 天{late}", f"{name} {words[1]} {step.days} d{late}")


def _day(day: date | None) -> str:
    return str(day) if day else "–"


def _rates(done: Forecast, say: Voice) -> Table:
    heads = (
        ("日期", "签约", "预计达到", "比例", "九成预测区间")
        if say.language == "zh"
        else ("date", "signed", "expected", "share", "90 % prediction interval")
    )
    title = say.rate(done.measure)
    table = new_table(title[:1].upper() + title[1:], *heads)
    for rate in done.rates:
        span = f"{rate.low:.1%} – {rate.high:.1%}"
        counts = f"{rate.signed:.1f}", f"{rate.started:.1f}"
        table.add_row(str(rate.date), *counts, f"{rate.rate:.1%}", span)
    return table


def _quarters(done: Forecast, say: Voice) -> Table:
    heads = (
        ("季度", "已达到", "预计（含已达到）")
        if say.language == "zh"
        else ("quarter", "known", "expected in all")
    )
    table = new_table(say("按季度", "By quarter"), *heads)
    for quarter in done.quarters:
        if quarter.expected >= 0.05:
            name = say(
                f"{quarter.year} 年第 {quarter.quarter} 季度", f"{quarter.year} Q{quarter.quarter}"
            )
            table.add_row(name, str(quarter.known), f"{quarter.expected:.1f}")
    return table


def _remarks(done: Forecast, say: Voice) -> Iterator[RenderableType]:
    overdue = [project.id for project in done.projects if project.overdue]
    if overdue:
        names = say("、", ", ").join(overdue)
        yield Text(
            say(
                f"超期：所处步骤已比方案给的最长时间还久（{names}）。规则：还要再等一个新抽取的时间。",
                f"Overdue: a step has lasted longer than the scenario's distribution allows"
                f" ({names}). The rule: as much as a fresh draw is still to come.",
            )
        )
    drawn = [project.id for project in done.projects if project.drawn]
    if drawn:
        yield Text(
            say(
                f"{len(drawn)} 个项目没有填全属性、信用等级或路径，按方案的比例抽取；"
                "这时 P80 偏早（docs/forecast.md）。",
                f"Of {counted(len(drawn), 'project')} attributes, grade or path are not stated and"
                " are drawn by the scenario's shares; P80 is then too early (docs/forecast.md).",
            )
        )
    yield Text(
        say(
            "以上是模型从台账所记的进度往后推算的，不是承诺；区间是预测区间，重复再多也不会变窄。",
            "This is what the model expects from where the register says projects stand, not a"
            " promise; intervals are prediction intervals, which more replications do not narrow.",
        ),
        style="dim",
    )
    made = (
        f"{done.scenario.id} {content_hash(done.scenario)[:12]}",
        say(f"种子 {done.seed}", f"seed {done.seed}"),
        say(f"重复 {done.replications}", f"replications {done.replications}"),
    )
    yield Text(" · ".join(made), style="dim")
