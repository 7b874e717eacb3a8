"""A backward schedule in words and tables, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from math import isfinite
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim import __version__
from approvalsim.language import counted
from approvalsim.levers import Gain
from approvalsim.report import Json
from approvalsim.scenario import content_hash
from approvalsim.schedule import ProjectSchedule, Schedule, StageDates
from approvalsim.voice import Voice, new_table

IN_FULL = 3
"""Projects that are shown stage by stage at most; of more, only what comes next."""
BEST = 8
"""Levers that are shown at most."""


def schedule_page(done: Schedule, say: Voice) -> Iterator[RenderableType]:
    """Whether the targets can be held, by which dates, and what would help where they cannot."""
    yield Text(say.title(), style="bold")
    if done.as_of:
        yield Text(say(f"截至 {done.as_of}", f"As of {done.as_of}"))
    yield Text(_answer(done, say), style="bold")
    yield Text()
    yield _overview(done, say)
    if len(done.projects) <= IN_FULL:
        for project in done.projects:
            yield _stages(project, say)
    if done.gains:
        yield _gains(done.gains, say)
    yield from _remarks(done, say)


def schedule_figures(done: Schedule, register: str | None) -> Json:
    """All dates, and how to make them again; a level that is null means everything at once."""
    return {
        "schedule": {
            "scenario": done.scenario.id,
            "scenario_hash": content_hash(done.scenario),
            "register": register,
            "as_of": None if done.as_of is None else str(done.as_of),
            "seed": done.seed,
            "replications": done.replications,
            "engine": done.engine,
            "version": __version__,
        },
        "measure": done.measure,
        "confidence": done.confidence,
        "projects": [_of_project(project) for project in done.projects],
        "gains": [asdict(gain) for gain in done.gains],
    }


def _of_project(project: ProjectSchedule) -> Json:
    figures = _plain(
        asdict(project) | {"name": project.name and project.name.model_dump(), "stages": None}
    )
    stages = [
        _plain(asdict(stage) | {"owner": stage.owner and stage.owner.model_dump()})
        for stage in project.stages
    ]
    return {**figures, "holds": project.holds, "stages": stages}


def _plain(figures: Json) -> Json:
    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return str(value)
        return None if isinstance(value, float) and not isfinite(value) else value

    return {key: plain(value) for key, value in figures.items()}


def _answer(done: Schedule, say: Voice) -> str:
    goal, sure = say.goal(done.measure), f"{done.confidence:.0%}"
    missed = [project for project in done.projects if not project.holds]
    if not missed:
        return say(
            f"照下面的日期办，{len(done.projects)} 个项目都能以至少 {sure} 的把握"
            f"在目标日前{goal}。",
            f"By the dates below, all of the projects ({len(done.projects)}) reach {goal} by their"
            f" targets with a probability of at least {sure}.",
        )
    return say(
        f"{len(done.projects)} 个项目中有 {len(missed)} 个即使一切从速，也没有 {sure} 的把握"
        f"在目标日前{goal}。",
        f"{len(missed)} of {counted(len(done.projects), 'project')} cannot reach {goal} by their"
        f" targets with a probability of {sure}, even if everything goes as fast as it can.",
    )


def _overview(done: Schedule, say: Voice) -> Table:
    heads = (
        ("项目", "责任人", "目标", "从速的概率", "照办的概率", "最早可保", "差几天", "下一个期限")
        if say.language == "zh"
        else ("project", "owner", "target", "if fastest", "by these dates", "earliest sure",
              "days short", "next date")
    )  # fmt: skip
    table = new_table(say("项目", "Projects"), *heads)
    table.columns[1].justify = table.columns[-1].justify = "left"
    for project in done.projects:
        short = "–" if project.holds else say("达不到", "never")
        if project.missed_by:
            short = str(project.missed_by)
        table.add_row(
            _title(project, say),
            project.owner or "–",
            str(project.target),
            f"{project.fastest:.0%}",
            f"{project.probability:.0%}",
            str(project.earliest or "–"),
            short,
            _next(project, say),
        )
    return table


def _title(project: ProjectSchedule, say: Voice) -> str:
    name = project.name.in_language(say.language) if project.name else ""
    return f"{project.id} {name}".strip()


def _next(project: ProjectSchedule, say: Voice) -> str:
    """The first date that is still to come."""
    due = [(stage.submit_by, stage) for stage in project.stages if stage.submit_by]
    if not due:
        return "–"
    day, stage = min(due, key=lambda each: each[0])
    name = say.name("stage", stage.stage)
    return say(f"{day} 前送审{name}", f"{day} submit {name}")


def _stages(project: ProjectSchedule, say: Voice) -> Table:
    heads = (
        ("环节（交付物）", "责任单位", "最迟送审", "最迟办结", "")
        if say.language == "zh"
        else ("stage (deliverable)", "owner", "submit by", "finish by", "")
    )
    table = new_table(_title(project, say), *heads)
    table.columns[1].justify = table.columns[-1].justify = "left"
    for stage in project.stages:
        owner = stage.owner.in_language(say.language) if stage.owner else "–"
        submit, finish = _dates(stage, say)
        hurry = say("立即", "at once") if stage.at_once else ""
        table.add_row(say.name("stage", stage.stage), owner, submit, finish, hurry)
    return table


def _dates(stage: StageDates, say: Voice) -> tuple[str, str]:
    """The two dates of a stage; those that are past are marked as done."""
    done = say("已办 {}", "done {}")
    return (
        done.format(stage.submitted) if stage.submitted else str(stage.submit_by or "–"),
        done.format(stage.finished) if stage.finished else str(stage.finish_by or "–"),
    )


def _gains(gains: tuple[Gain, ...], say: Voice) -> Table:
    heads = (
        ("措施", "平均提前天数", "因此达标的项目")
        if say.language == "zh"
        else ("what would help", "days gained on average", "projects that then hold")
    )
    table = new_table(say("可以缩短差距的措施", "What would close the gap"), *heads)
    for gain in gains[:BEST]:
        if gain.days > 0 or gain.closes:
            table.add_row(lever_words(gain, say), f"{gain.days:.0f}", str(gain.closes))
    return table


def lever_words(gain: Gain, say: Voice) -> str:
    """What would be changed, in a few words."""
    if gain.kind == "policy":
        return say("走承诺路径", "take the commitment path")
    if gain.kind == "edge":
        before, after = gain.subject.split("->")
        kind = "stage" if after in say.scenario.stage else "milestone"
        u, v = say.name("stage", before), say.name(kind, after)
        return say(f"允许容缺：{v}不等{u}", f"relax: {v} does not wait for {u}")
    if gain.kind == "reviewer":
        name = say.name("department", gain.subject)
        return say(f"{name}增加 1 名审查人员", f"one more reviewer: {name}")
    if not gain.subject:
        return say("所有环节的准备缩短 20%", "all preparation 20 % shorter")
    name = say.name("stage", gain.subject)
    if gain.kind == "meeting":
        return say(f"{name}会审加密一倍", f"meetings twice as often: {name}")
    return say(f"{name}的准备缩短 20%", f"preparation 20 % shorter: {name}")


def _remarks(done: Schedule, say: Voice) -> Iterator[RenderableType]:
    yield Text(
        say(
            "以上是模型的推算，不是承诺。期限是把送审压到那一天的情形下模拟出来的："
            "更早更好，更晚就不再有这样的把握。"
            "差距无法弥补的项目，日期是一切从速时按同样把握能到的日子。",
            "This is what the model expects, not a promise. The dates are simulated with every"
            " submission as late as they allow: earlier is better, later is no longer as sure. Of"
            " projects that fall short, they are the dates that are reached as surely if everything"
            " goes as fast as it can.",
        ),
        style="dim",
    )
    made = (
        f"{done.scenario.id} {content_hash(done.scenario)[:12]}",
        say(f"种子 {done.seed}", f"seed {done.seed}"),
        say(f"重复 {done.replications}", f"replications {done.replications}"),
    )
    yield Text(" · ".join(made), style="dim")
