"""The command `report`: a leader's briefing as HTML and PDF."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from approvalsim import desktop, options
from approvalsim.delivery import INTERRUPTED, check_outputs, write_json
from approvalsim.errors import Problem, ScenarioError
from approvalsim.options import (
    EngineChoice,
    JsonFile,
    Language,
    Milestone,
    Other,
    Reference,
    Reform,
    Replications,
    Seed,
    Workers,
    say,
)

if TYPE_CHECKING:
    from approvalsim.briefing_parts import Briefing
    from approvalsim.briefing_subject import Sensitivity, Subject
    from approvalsim.engines import Asked

_ENDINGS = (".html", ".htm", ".pdf")

Outputs = Annotated[
    list[Path],
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say(
            "写到 .html 或 .pdf；可给两次，两种都写",
            "the file, .html or .pdf; give it twice for both",
        ),
    ),
]
Title = Annotated[
    str | None,
    typer.Option("--title", metavar="TEXT", help=say("简报的标题", "title of the briefing")),
]
Target = Annotated[
    int | None,
    typer.Option(
        "--target",
        metavar="DAYS",
        min=1,
        max=100_000,
        help=say("目标：签约后多少天内", "target: within how many days of signing"),
    ),
]
NoSensitivity = Annotated[
    bool,
    typer.Option(
        "--no-sensitivity",
        help=say("不做敏感性分析，快得多", "without what matters most, which takes longest"),
    ),
]


def report(
    scenario: Reference,
    output: Outputs,
    other: Other = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    milestone: Milestone = None,
    of: Reform = "commitment",
    target: Target = None,
    title: Title = None,
    no_sensitivity: NoSensitivity = False,
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Write a leader's briefing."""
    from approvalsim import experiments
    from approvalsim.briefing import briefing
    from approvalsim.briefing_subject import Subject
    from approvalsim.execution import effort_for
    from approvalsim.scenario_file import find, load

    first = experiments.measured(load(find(scenario)), milestone)
    second = experiments.measured(load(find(other)), milestone) if other else None
    _check_outputs(output)
    check_outputs(json, *output)
    effort = effort_for(second or first, replications, seed, workers, engine, None, "mean", 5_000)
    done = experiments.compare(first, scenario, effort, second, other, of=of)
    subject = replace(Subject.of(done, first, second), target=target)
    partial = done.manifest.partial
    if not (no_sensitivity or partial):
        found = _sensitivity(subject, other or scenario, effort.replications, workers, engine)
        subject, partial = subject.with_sensitivity(found), not found.complete
    made = briefing(subject, lang or options.LANGUAGE, date.today(), title)
    for path in output:
        _write(made, path, quiet=json == "-")
    if json:
        write_json(done.result, json)
    if partial:
        typer.echo(say("已中断，简报里有注明", "interrupted; the briefing says so"), err=True)
        raise typer.Exit(INTERRUPTED)


def _check_outputs(paths: list[Path]) -> None:
    """Before a long run: is it known how to write these files, and can it be done here?"""
    wrong = [path.name for path in paths if path.suffix.lower() not in _ENDINGS]
    if wrong:
        words = {
            "option": "-o",
            "reason": f"文件名应以 .html 或 .pdf 结尾，现为 {', '.join(wrong)}",
            "reason_en": f"the file's name must end in .html or .pdf, found {', '.join(wrong)}",
        }
        raise ScenarioError([Problem("option", words=words)])
    if any(path.suffix.lower() == ".pdf" for path in paths):
        desktop.check_pdf()


def _sensitivity(
    subject: "Subject", file: str, replications: int, workers: int | None, engine: "Asked"
) -> "Sensitivity":
    """What matters most on side B, as far as it was found out before an interruption."""
    from approvalsim import analyses
    from approvalsim.briefing_subject import Sensitivity, enough
    from approvalsim.uncertainty import uncertain_inputs
    from approvalsim.yardstick import Yardstick

    manifest, scenario = subject.manifest, subject.scenarios[1]
    luck = analyses.luck_for(scenario, None, manifest.seed, workers, engine)
    luck = replace(luck, replications=min(replications, enough(luck.engine)))
    try:
        return Sensitivity.of(analyses.tornado(scenario, file, Yardstick("mean"), luck))
    except KeyboardInterrupt:
        return Sensitivity((), luck.replications, 0, len(uncertain_inputs(scenario)))


def _write(briefing: "Briefing", path: Path, *, quiet: bool) -> None:
    from approvalsim.briefing_page import briefing_page
    from approvalsim.report import write_text

    if path.suffix.lower() == ".pdf":
        desktop.write_pdf(briefing, path)
    else:
        write_text(briefing_page(briefing), path)
    if not quiet:
        typer.echo(say(f"已写入 {path}", f"written: {path}"))
