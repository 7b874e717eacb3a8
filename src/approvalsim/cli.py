"""The command line: parse, call, print. Heavy imports wait until a command needs them."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from approvalsim.analysis_commands import sensitivity, sweep
from approvalsim.bench_command import bench
from approvalsim.briefing_command import report
from approvalsim.delivery import (
    DIFFERENT,
    INTERRUPTED,
    OK,
    USER_ERROR,
    check_outputs,
    deliver,
    emit,
    write_json,
)
from approvalsim.dispatch_commands import group as dispatch
from approvalsim.errors import Problem, ScenarioError
from approvalsim.options import (
    LANGUAGE,
    Cap,
    ClusterAddress,
    EngineChoice,
    FactsFile,
    GraphFormat,
    HtmlFile,
    JsonFile,
    Language,
    ManifestFile,
    Measure,
    Milestone,
    OpenAtStart,
    Other,
    OutputFile,
    PathChoice,
    PolicySwitch,
    PrecisionText,
    ProjectId,
    Reference,
    References,
    Reform,
    Replication,
    Replications,
    ScreenshotFolder,
    Seed,
    StoryFormat,
    SupervisionSwitch,
    Version,
    Workers,
    check_ending,
    say,
    wrong,
)
from approvalsim.register_commands import group as register
from approvalsim.steering_commands import forecast, plan

if TYPE_CHECKING:
    from approvalsim.experiments import ComparisonDone, RunDone


class _Commands(TyperGroup):
    """A user's mistake ends any command with its problems, Ctrl-C with a word; no traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            _complain(error.problems)
            raise typer.Exit(USER_ERROR) from None
        except KeyboardInterrupt:
            typer.echo(say("已中断，没有结果", "interrupted, no result"), err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=_Commands,
    help=say(
        "从签约到动工：标准流程与容缺审批＋承诺制的比较。",
        "From signing to groundbreaking: the standard process against fast track with commitments.",
    ),
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def program(ctx: typer.Context, version: Version = False, lang: Language = None) -> None:
    """Options that stand before any command."""
    if version:
        from approvalsim import __version__

        typer.echo(f"approvalsim {__version__}")
    elif ctx.invoked_subcommand is None:
        from approvalsim import desktop

        if desktop.can_open():
            raise typer.Exit(desktop.open_window((), lang))
        typer.echo(ctx.get_help())


@app.command(help=say("打开桌面界面。", "Open the desktop app."))
def gui(
    files: OpenAtStart = None, screenshot: ScreenshotFolder = None, lang: Language = None
) -> None:
    """Open the desktop app, or draw its screens into a folder."""
    from approvalsim import desktop

    if screenshot is None:
        raise typer.Exit(desktop.open_window(files or (), lang))
    for path in desktop.take_screenshots(screenshot, files or ()):
        typer.echo(path)


@app.command("list", help=say("列出自带方案。", "List the shipped scenarios."))
def list_(lang: Language = None) -> None:
    """List the shipped scenarios."""
    from approvalsim.console import print_page, shipped_table
    from approvalsim.scenario_file import load, shipped

    language = lang or LANGUAGE
    rows = []
    for key, file in shipped().items():
        scenario = load(file)
        name, about = (
            text.in_language(language).strip() if text else ""
            for text in (scenario.name, scenario.description)
        )
        rows.append((key, name, about))
    print_page([shipped_table(rows, language)])


@app.command(help=say("检查方案文件，列出所有问题。", "Check scenario files; list every problem."))
def validate(files: References, lang: Language = None) -> None:
    """Check scenario files and list every problem."""
    from approvalsim.scenario_file import find, problems_in

    del lang
    bad = False
    for reference in files:
        try:
            problems = problems_in(find(reference))
        except ScenarioError as error:
            problems = error.problems
        if problems:
            bad = True
            _complain(problems)
        else:
            typer.echo(say(f"{reference}：没有问题", f"{reference}: no problems"))
    raise typer.Exit(USER_ERROR if bad else OK)


@app.command(help=say("运行一个方案。", "Run one scenario."))
def run(
    scenario: Reference,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    cluster: ClusterAddress = None,
    precision: PrecisionText = None,
    measure: Measure = "p80",
    cap: Cap = 5_000,
    policy: PolicySwitch = None,
    supervision: SupervisionSwitch = None,
    milestone: Milestone = None,
    json: JsonFile = None,
    facts: FactsFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Run one scenario."""
    from approvalsim import experiments
    from approvalsim.console import summary_page
    from approvalsim.execution import effort_for
    from approvalsim.scenario_file import find, load
    from approvalsim.voice import Voice

    subject = experiments.measured(load(find(scenario)), milestone)
    check_outputs(json, facts, html)
    _check_facts_file(facts)
    effort = effort_for(
        subject, replications, seed, workers, engine, precision, measure, cap, cluster
    )
    done = experiments.run(subject, scenario, effort, policy, facts, supervision)
    voice = Voice(done.scenario, lang or LANGUAGE)
    page = list(summary_page(done.summary, done.manifest, voice, done.assumed_from))
    deliver(done.result, page, voice.title(), json, html, LANGUAGE)
    _end(done)


@app.command(
    help=say(
        "比较两个方案；只给一个时，比较其政策关与开。",
        "Compare two scenarios; of one alone, the policy or supervision off against on.",
    )
)
def compare(
    scenario: Reference,
    other: Other = None,
    of: Reform = "commitment",
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    cluster: ClusterAddress = None,
    precision: PrecisionText = None,
    measure: Measure = "mean",
    cap: Cap = 5_000,
    milestone: Milestone = None,
    json: JsonFile = None,
    facts: FactsFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Compare two scenarios, or the policy or supervision off against on of one."""
    from approvalsim import experiments
    from approvalsim.console import comparison_page
    from approvalsim.execution import effort_for
    from approvalsim.scenario_file import find, load
    from approvalsim.voice import Voice

    if other and of != "commitment":
        raise wrong("--of", "比较两个方案时用不到", "has no use where two scenarios are compared")
    first = experiments.measured(load(find(scenario)), milestone)
    second = experiments.measured(load(find(other)), milestone) if other else None
    check_outputs(json, facts, html)
    _check_facts_file(facts)
    decisive = second or first
    effort = effort_for(
        decisive, replications, seed, workers, engine, precision, measure, cap, cluster
    )
    done = experiments.compare(first, scenario, effort, second, other, facts, of)
    voices = [Voice(side, lang or LANGUAGE) for side in (first, second) if side]
    page = list(comparison_page(done.comparison, done.manifest, voices, done.assumed_from))
    deliver(done.result, page, voices[-1].title(), json, html, LANGUAGE)
    _end(done)


app.command(help=say("写一份给领导看的简报。", "Write a leader's briefing."))(report)
app.command(help=say("找出影响最大的参数。", "Find out which inputs matter most."))(sensitivity)
app.command(
    help=say("让参数取一系列值，结果写入文件。", "Let inputs take many values; write a file.")
)(sweep)


@app.command(help=say("按清单重做一次。", "Repeat what a manifest or result file describes."))
def rerun(
    manifest: ManifestFile, workers: Workers = None, json: JsonFile = None, lang: Language = None
) -> None:
    """Repeat a run to the last bit, or say what changed."""
    from approvalsim.console import partial_line
    from approvalsim.repetition import repeat
    from approvalsim.voice import manifest_line

    language = lang or LANGUAGE
    check_outputs(json)
    again = repeat(manifest, workers)
    if json:
        write_json(again.result, json)
    if again.partial:
        typer.echo(partial_line(again.now, language), err=True)
        raise typer.Exit(INTERRUPTED)
    for line in again.changes(language):
        typer.echo(line, err=True)
    if json != "-":
        typer.echo(manifest_line(again.now, language))
        if again.same:
            typer.echo(say("结果逐位相同", "the same result, to the last bit"))
    raise typer.Exit(OK if again.same else DIFFERENT)


@app.command(help=say("画出先后关系和关键路径。", "Show the dependencies and the critical path."))
def graph(
    scenario: Reference,
    format_: GraphFormat = "text",
    path: PathChoice = "standard",
    milestone: Milestone = None,
    output: OutputFile = None,
    lang: Language = None,
) -> None:
    """Show the dependency graph and its critical path."""
    from approvalsim import network_export as export
    from approvalsim.experiments import measured
    from approvalsim.report import write_text
    from approvalsim.scenario_file import find, load

    subject, language = measured(load(find(scenario)), milestone), lang or LANGUAGE
    if path == "commitment" and subject.commitment is None:
        raise ScenarioError([Problem("no_commitment", ("--path",), file=scenario)])
    text = {
        "text": lambda: export.to_text(subject, path, language),
        "dot": lambda: export.to_dot(subject, path, language),
        "svg": lambda: export.to_svg(subject, path, language),
        "graphml": lambda: export.to_graphml(subject, path),
        "json": lambda: export.to_json(subject, path),
    }[format_]()
    text = text if text.endswith("\n") else text + "\n"
    if output:
        write_text(text, output)
    elif format_ == "text":
        typer.echo(text, nl=False)
    else:
        emit(text)


@app.command(help=say("讲述一次重复的经过。", "Tell the story of one replication."))
def trace(
    scenario: Reference,
    replication: Replication = 0,
    project: ProjectId = None,
    format_: StoryFormat = "table",
    seed: Seed = None,
    policy: PolicySwitch = None,
    lang: Language = None,
) -> None:
    """Tell the story of one replication."""
    from approvalsim import story
    from approvalsim.console import print_page
    from approvalsim.report import json_text
    from approvalsim.scenario_file import find, load
    from approvalsim.voice import manifest_line

    language = lang or LANGUAGE
    told = story.tell(load(find(scenario)), scenario, replication, project, seed, policy)
    if format_ == "table":
        print_page(told.page(language))
    elif format_ == "csv":
        emit(told.csv())
        typer.echo(manifest_line(told.manifest, language), err=True)
    else:
        emit(json_text(told.result()))


@app.command(
    "warm-up",
    help=say(
        "编译快速引擎，以后运行更快。", "Compile the quick engine, for faster runs hereafter."
    ),
)
def warm_up(lang: Language = None) -> None:
    """Compile the quick engine, for faster runs hereafter."""
    del lang
    from approvalsim.engines import chosen

    chosen("kernel")
    typer.echo(say("快速引擎已就绪", "the quick engine is ready"))


app.command(help=say("测量本机上各引擎的速度。", "Measure the engines on this machine."))(bench)


app.add_typer(register, name="register")
app.command(
    help=say("从台账所记的进度预测各项目何时动工。", "Forecast from where the projects stand.")
)(forecast)
app.command(
    help=say("倒排工期：各环节最迟哪天送审、办结。", "Backward schedule from a target date.")
)(plan)
app.add_typer(dispatch, name="dispatch")


@app.command(help=say("输出方案文件的 JSON Schema。", "Print the JSON Schema of scenario files."))
def schema(lang: Language = None) -> None:
    """Print the JSON Schema of scenario files."""
    del lang
    from approvalsim.report import json_text
    from approvalsim.scenario_file import schema as scenario_schema

    emit(json_text(scenario_schema()))


def _check_facts_file(facts: Path | None) -> None:
    if facts:
        check_ending("--facts", facts, ".parquet")


def _end(done: "RunDone | ComparisonDone") -> None:
    """Say on stderr what keeps the result from being what was asked for, and end."""
    from approvalsim.console import partial_line

    _complain(done.lost)
    if done.manifest.partial:
        typer.echo(partial_line(done.manifest, LANGUAGE), err=True)
        raise typer.Exit(INTERRUPTED)
    if done.missed is not None:
        typer.echo(
            say(
                f"重复 {done.manifest.replications} 次后区间半宽仍有 {done.missed:.1f} 天，"
                "没有达到 --precision",
                f"after {done.manifest.replications} replications the half-width is still"
                f" {done.missed:.1f} days: --precision was not reached",
            ),
            err=True,
        )


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(problem.text(LANGUAGE), err=True)
