"""The commands `sensitivity` and `sweep`: what matters most, and what happens in between."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from approvalsim import options
from approvalsim.delivery import INTERRUPTED, check_outputs, deliver
from approvalsim.errors import Problem, ScenarioError
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
    say,
)

if TYPE_CHECKING:
    from approvalsim.analyses import SobolDone, SweepPlan, TornadoDone
    from approvalsim.sweep_file import Journal

SAMPLES = 256

Method = Annotated[
    Literal["tornado", "sobol"],
    typer.Option(
        "--method",
        help=say(
            "tornado 逐个变动；sobol 同时变动，分解方差（需要 approvalsim[sobol]）",
            "tornado moves one input at a time; sobol all at once, and divides the variance"
            " (needs approvalsim[sobol])",
        ),
    ),
]
Outcome = Annotated[
    Literal["mean", "p50", "p80", "effective", "start-rate"],
    typer.Option(
        "--measure",
        help=say(
            "看什么：签约到动工（或 --milestone）的平均、P50、P80，加停工天数的平均，"
            "或某日的动工率",
            "judged by: mean, P50 or P80 of signing to groundbreaking (or --milestone), the mean"
            " with stop-work days, or the start rate at a date",
        ),
    ),
]
OnDate = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help=say("动工率的日期；默认按方案", "date of the start rate; default: the scenario's"),
    ),
]
Samples = Annotated[
    int | None,
    typer.Option(
        "--samples",
        metavar="N",
        min=1,
        max=2**20,
        help=say(
            f"sobol 的样本数，2 的幂；默认 {SAMPLES}",
            f"samples of sobol, a power of two; default: {SAMPLES}",
        ),
    ),
]
Settings = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="PATH=VALUES",
        help=say(
            "变动的参数，例如 commitment.share=0:1:0.1 或 department.ecology.reviewers=4,5,6；"
            "可给多个，取所有组合",
            "an input and its values, such as commitment.share=0:1:0.1 or"
            " department.ecology.reviewers=4,5,6; of several, all combinations",
        ),
    ),
]
SweepOutput = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say(
            "结果文件，.parquet、.csv 或 .json；中断后同一命令接着做",
            "the result: .parquet, .csv or .json; after an interruption the same command goes on",
        ),
    ),
]
Restart = Annotated[
    bool,
    typer.Option(
        "--restart",
        help=say("重新开始，覆盖已有的文件", "begin anew, replacing what is there"),
    ),
]


def sensitivity(
    scenario: Reference,
    measure: Outcome = "mean",
    on: OnDate = None,
    milestone: Milestone = None,
    method: Method = "tornado",
    samples: Samples = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    json: JsonFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Find out which inputs matter most."""
    from approvalsim import analyses
    from approvalsim.experiments import measured
    from approvalsim.scenario_file import find, load
    from approvalsim.sensitivity_page import partial_line, sobol_page, tornado_page
    from approvalsim.voice import Voice

    subject, language = measured(load(find(scenario)), milestone), lang or options.LANGUAGE
    voice = Voice(subject, language)
    yardstick = analyses.yardstick_for(subject, measure, _day(on))
    check_outputs(json, html)
    if method == "sobol":
        replications = replications or analyses.SOBOL_REPLICATIONS
    elif samples is not None:
        raise _wrong("--samples", "只用于 --method sobol", "goes with --method sobol only")
    luck = analyses.luck_for(subject, replications, seed, workers, engine)
    done: TornadoDone | SobolDone
    if method == "sobol":
        done = analyses.sobol(subject, scenario, yardstick, luck, samples or SAMPLES)
        page = list(sobol_page(done, voice))
    else:
        done = analyses.tornado(subject, scenario, yardstick, luck)
        page = list(tornado_page(done, voice))
    deliver(done.result, page, voice.title(), json, html, language)
    if partial := partial_line(done, language):
        typer.echo(partial, err=True)
        raise typer.Exit(INTERRUPTED)


def sweep(
    scenario: Reference,
    settings: Settings,
    output: SweepOutput,
    milestone: Milestone = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    restart: Restart = False,
    lang: Language = None,
) -> None:
    """Compute a grid of variants into a file."""
    from approvalsim import analyses
    from approvalsim.console import print_page
    from approvalsim.experiments import measured
    from approvalsim.scenario_file import find, load
    from approvalsim.sweep_file import Journal
    from approvalsim.sweep_page import sweep_page
    from approvalsim.voice import Voice

    subject = measured(load(find(scenario)), milestone)
    luck = analyses.luck_for(subject, replications, seed, workers, engine)
    plan = analyses.sweep_plan(subject, scenario, settings, luck)
    journal = Journal(output, plan.manifest, restart)
    if journal.finished:
        typer.echo(
            say(
                f"{output} 已有这次扫描的全部结果，没有改动",
                f"{output} holds all of this sweep already and was left as it is",
            )
        )
        return
    try:
        done = analyses.sweep(plan, journal)
    except KeyboardInterrupt:
        _kept(plan, journal)
        raise typer.Exit(INTERRUPTED) from None
    print_page(sweep_page(done, str(output), Voice(subject, lang or options.LANGUAGE)))


def _kept(plan: "SweepPlan", journal: "Journal") -> None:
    """Say what an interrupted sweep leaves behind."""
    done, points = len(journal.points), len(plan.grid.points)
    typer.echo(
        say(
            f"已中断：{points} 个点中的 {done} 个保存在 {journal.path}，同一命令会接着做",
            f"interrupted: {done} of {points} points are kept in {journal.path};"
            " the same command goes on from there",
        ),
        err=True,
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(
            "--on",
            f"应为日期，例如 2022-12-31；现为 {text}",
            f"must be a date such as 2022-12-31, found {text}",
        ) from None


def _wrong(option: str, reason: str, reason_en: str) -> ScenarioError:
    words = {"option": option, "reason": reason, "reason_en": reason_en}
    return ScenarioError([Problem("option", words=words)])
