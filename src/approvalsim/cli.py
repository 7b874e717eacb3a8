"""The command line: parse, call, print. Heavy imports wait until a command needs them."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from approvalsim.errors import Problem, ScenarioError
from approvalsim.options import (
    LANGUAGE,
    Cap,
    EngineChoice,
    FactsFile,
    GraphFormat,
    HtmlFile,
    JsonFile,
    Language,
    ManifestFile,
    Measure,
    Other,
    OutputFile,
    PathChoice,
    PolicySwitch,
    PrecisionText,
    ProjectId,
    Reference,
    References,
    Replication,
    Replications,
    Seed,
    StoryFormat,
    Version,
    Workers,
    say,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from approvalsim.experiments import ComparisonDone, RunDone

OK, DIFFERENT, USER_ERROR, INTERRUPTED = 0, 1, 2, 130


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
    del lang  # LANGUAGE knows it already
    if version:
        from approvalsim import __version__

        typer.echo(f"approvalsim {__version__}")
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


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
    precision: PrecisionText = None,
    measure: Measure = "p80",
    cap: Cap = 5_000,
    policy: PolicySwitch = None,
    json: JsonFile = None,
    facts: FactsFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Run one scenario."""
    from approvalsim import experiments
    from approvalsim.console import summary_page
    from approvalsim.execution import effort_for
    from approvalsim.facts_file import write_facts
    from approvalsim.scenario_file import find, load
    from approvalsim.voice import Voice

    subject = load(find(scenario))
    _check_outputs(json, facts, html)
    effort = effort_for(subject, replications, seed, workers, engine, precision, measure, cap)
    done = experiments.run(subject, scenario, effort, policy)
    voice = Voice(done.scenario, lang or LANGUAGE)
    page = list(summary_page(done.summary, done.manifest, voice, done.assumed_from))
    _deliver(done, page, voice.title(), json, html)
    if facts:
        write_facts(done.facts, facts, done.manifest.engine)
    _end(done)


@app.command(
    help=say(
        "比较两个方案；只给一个时，比较其政策关与开。",
        "Compare two scenarios; of one alone, the policy off against on.",
    )
)
def compare(
    scenario: Reference,
    other: Other = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    precision: PrecisionText = None,
    measure: Measure = "mean",
    cap: Cap = 5_000,
    json: JsonFile = None,
    facts: FactsFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Compare two scenarios, or the policy off against on of one."""
    from approvalsim import experiments
    from approvalsim.console import comparison_page
    from approvalsim.execution import effort_for
    from approvalsim.facts_file import write_facts
    from approvalsim.scenario_file import find, load
    from approvalsim.voice import Voice

    first = load(find(scenario))
    second = load(find(other)) if other else None
    _check_outputs(json, facts, html)
    decisive = second or first
    effort = effort_for(decisive, replications, seed, workers, engine, precision, measure, cap)
    done = experiments.compare(first, scenario, effort, second, other)
    voices = [Voice(side, lang or LANGUAGE) for side in (first, second) if side]
    page = list(comparison_page(done.comparison, done.manifest, voices, done.assumed_from))
    _deliver(done, page, voices[-1].title(), json, html)
    if facts:
        for letter, part in zip("ab", done.facts, strict=True):
            path = facts.with_stem(f"{facts.stem}-{letter}")
            write_facts(part, path, done.manifest.engine)
    _end(done)


@app.command(help=say("按清单重做一次。", "Repeat what a manifest or result file describes."))
def rerun(
    manifest: ManifestFile, workers: Workers = None, json: JsonFile = None, lang: Language = None
) -> None:
    """Repeat a run to the last bit, or say what changed."""
    from approvalsim.console import partial_line
    from approvalsim.repetition import repeat
    from approvalsim.voice import manifest_line

    language = lang or LANGUAGE
    _check_outputs(json, None, None)
    again = repeat(manifest, workers)
    if json:
        _write_json(again.result, json)
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
    output: OutputFile = None,
    lang: Language = None,
) -> None:
    """Show the dependency graph and its critical path."""
    from approvalsim import network_export as export
    from approvalsim.report import write_text
    from approvalsim.scenario_file import find, load

    subject, language = load(find(scenario)), lang or LANGUAGE
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
        _emit(text)


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
        _emit(told.csv())
        typer.echo(manifest_line(told.manifest, language), err=True)
    else:
        _emit(json_text(told.result()))


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


@app.command(help=say("输出方案文件的 JSON Schema。", "Print the JSON Schema of scenario files."))
def schema(lang: Language = None) -> None:
    """Print the JSON Schema of scenario files."""
    del lang
    from approvalsim.report import json_text
    from approvalsim.scenario_file import schema as scenario_schema

    _emit(json_text(scenario_schema()))


def _check_outputs(json: str | None, facts: Path | None, html: Path | None) -> None:
    """Before a long run: can its results be written where they shall go?"""
    from approvalsim.report import check_writable

    for path in (None if json in (None, "-") else Path(json), facts, html):
        if path:
            check_writable(path)
    if facts and facts.suffix != ".parquet":
        words = {
            "option": "--facts",
            "reason": f"文件名应以 .parquet 结尾，现为 {facts.name}",
            "reason_en": f"the file's name must end in .parquet, found {facts.name}",
        }
        raise ScenarioError([Problem("option", words=words)])


def _deliver(
    done: "RunDone | ComparisonDone",
    page: Sequence["RenderableType"],
    title: str,
    json: str | None,
    html: Path | None,
) -> None:
    """Print the page unless stdout belongs to JSON, and write the files that were asked for."""
    from approvalsim.console import print_page
    from approvalsim.report import write_text
    from approvalsim.web_page import web_page

    if json != "-":
        print_page(page)
    if json:
        _write_json(done.result, json)
    if html:
        write_text(web_page(page, title, LANGUAGE), html)


def _end(done: "RunDone | ComparisonDone") -> None:
    """Say on stderr what keeps the result from being what was asked for, and end."""
    from approvalsim.console import partial_line

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


def _write_json(result: dict[str, Any], target: str) -> None:
    from approvalsim.report import json_text, write_text

    if target == "-":
        _emit(json_text(result))
    else:
        write_text(json_text(result), Path(target))


def _emit(text: str) -> None:
    """Write what other programs read: UTF-8, except where a terminal shows it."""
    if sys.stdout.isatty():
        typer.echo(text, nl=False)
    else:
        typer.echo(text.encode(), nl=False)


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(problem.text(LANGUAGE), err=True)
