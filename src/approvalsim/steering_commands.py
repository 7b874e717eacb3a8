"""The commands `forecast` and `plan`: where projects will be, and by when things must be done."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from approvalsim import options
from approvalsim.delivery import check_outputs, deliver
from approvalsim.options import (
    EngineChoice,
    HtmlFile,
    JsonFile,
    Language,
    Milestone,
    Reference,
    Replications,
    Seed,
    Workers,
    check_later,
    dates,
    say,
    wrong,
)

if TYPE_CHECKING:
    from approvalsim.engines import Asked
    from approvalsim.execution import Effort
    from approvalsim.register import Register
    from approvalsim.scenario import Scenario

_REGISTER = say("台账：.xlsx、.approvalsim 或 .json", "the register: .xlsx, .approvalsim or .json")

RegisterFile = Annotated[Path, typer.Option("--register", metavar="FILE", help=_REGISTER)]
RegisterOrNone = Annotated[Path | None, typer.Option("--register", metavar="FILE", help=_REGISTER)]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=say("截至哪天末；默认今天", "known by the end of which day; default: today"),
    ),
]
RateDates = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help=say("还要看哪天的动工率；可给多次", "start rate at one more date; may be given again"),
    ),
]
TargetDate = Annotated[
    str | None,
    typer.Option(
        "--target",
        metavar="YYYY-MM-DD",
        help=say("目标日期；默认各项目自己的目标", "target; default: each project's own"),
    ),
]
Planned = Annotated[
    list[str] | None,
    typer.Option(
        "--project",
        metavar="ID",
        help=say("只排这个项目；可给多次", "plan only this project; may be given again"),
    ),
]
Confidence = Annotated[
    float,
    typer.Option(
        "--confidence",
        metavar="P",
        min=0.5,
        max=0.99,
        help=say("要有多大把握", "how sure the target shall be"),
    ),
]


def forecast(
    scenario: Reference,
    register: RegisterFile,
    as_of: AsOf = None,
    on: RateDates = None,
    milestone: Milestone = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    json: JsonFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Forecast where the projects of a register will be."""
    from approvalsim import forecast as ahead
    from approvalsim.forecast_page import forecast_figures, forecast_page
    from approvalsim.progress import progress
    from approvalsim.voice import Voice

    asked, *rates = dates(("--as-of", as_of), *(("--on", text) for text in on or ()))
    day = asked or date.today()
    subject = _subject(scenario, milestone)
    check_outputs(json, html)
    known = _read(register, subject)
    ends = [found for found in rates if found]
    effort = _effort(subject, replications, seed, workers, engine)
    with progress(subject.id, effort.replications) as advance:
        done = ahead.forecast(subject, known, day, effort, ends, advance)
    voice = Voice(done.scenario, lang or options.LANGUAGE)
    page = list(forecast_page(done, voice))
    figures = forecast_figures(done, str(register))
    deliver(figures, page, voice.title(), json, html, voice.language)


def plan(
    scenario: Reference,
    target: TargetDate = None,
    project: Planned = None,
    confidence: Confidence = 0.8,
    register: RegisterOrNone = None,
    as_of: AsOf = None,
    milestone: Milestone = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    json: JsonFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Plan backward from a target date."""
    from approvalsim.progress import progress
    from approvalsim.schedule import schedule
    from approvalsim.schedule_page import schedule_figures, schedule_page
    from approvalsim.voice import Voice

    day, goal = dates(("--as-of", as_of), ("--target", target))
    if register is not None:
        day = day or date.today()
    elif day is not None:
        raise wrong("--as-of", "只与 --register 同用", "goes with --register only")
    subject = _subject(scenario, milestone)
    if goal:  # one that a register states may have been missed
        check_later("--target", goal, day or subject.start)
    check_outputs(json, html)
    known = None if register is None else _read(register, subject)
    effort = _effort(subject, replications, seed, workers, engine)
    with progress(subject.id, None) as advance:
        done = schedule(
            subject, effort, goal, confidence, known, day, tuple(project or ()), advance
        )
    voice = Voice(done.scenario, lang or options.LANGUAGE)
    page = list(schedule_page(done, voice))
    figures = schedule_figures(done, None if register is None else str(register))
    deliver(figures, page, voice.title(), json, html, voice.language)


def _subject(scenario: str, milestone: str | None) -> "Scenario":
    from approvalsim.experiments import measured
    from approvalsim.scenario_file import find, load

    return measured(load(find(scenario)), milestone)


def _read(path: Path, scenario: "Scenario") -> "Register":
    """The register in a file; dates in it that contradict each other are told on stderr."""
    from approvalsim.register_source import read_register

    register, problems = read_register(path, scenario)
    for problem in problems:
        typer.echo(problem.text(options.LANGUAGE), err=True)
    return register


def _effort(
    scenario: "Scenario",
    replications: int | None,
    seed: int | None,
    workers: int | None,
    engine: "Asked",
) -> "Effort":
    from approvalsim.execution import effort_for

    return effort_for(scenario, replications, seed, workers, engine, None, "mean", 2)
