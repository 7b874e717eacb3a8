"""The command line: parse, call, print. Heavy imports wait until a command needs them."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from approvalsim import __version__
from approvalsim.language import language_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from approvalsim.execution import Effort
    from approvalsim.scenario import Scenario

LANGUAGE = language_of(sys.argv[1:])


def _(zh: str, en: str) -> str:
    return zh if LANGUAGE == "zh" else en


app = typer.Typer(
    help=_(
        "从签约到动工:标准流程与容缺审批+承诺制的比较。",
        "From signing to groundbreaking: the standard process against fast track with commitments.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

OK, DIFFERENT, USER_ERROR, INTERRUPTED = 0, 1, 2, 130

Reference = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help=_(
            "方案文件,或自带方案的编号(见 list)", "scenario file, or id of a shipped one (see list)"
        ),
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "-n",
        "--replications",
        min=1,
        max=10_000_000,
        help=_("重复次数,默认按方案", "replications; default: the scenario's"),
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        min=0,
        max=2**63 - 1,
        help=_("随机种子,默认按方案", "seed of all luck; default: the scenario's"),
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, max=1024, help=_("并行进程数", "processes that share the work")
    ),
]
PrecisionText = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="DAYS",
        help=_(
            "一直运行到 95% 区间的半宽不超过这么多天,例如 2d",
            "run until the 95 % interval's half-width is at most so many days, such as 2d",
        ),
    ),
]
Measure = Annotated[
    Literal["mean", "p10", "p50", "p80", "p90"],
    typer.Option(
        "--measure",
        help=_("--precision 所指的量", "what --precision is about (the difference, in compare)"),
    ),
]
Cap = Annotated[
    int,
    typer.Option(
        "--cap",
        min=2,
        max=10_000_000,
        help=_("--precision 最多的重复次数", "most replications under --precision"),
    ),
]
JsonFile = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="FILE|-",
        help=_(
            "结果写成 JSON;- 表示只在标准输出写 JSON", "write JSON; - writes nothing else to stdout"
        ),
    ),
]
FactsFile = Annotated[
    Path | None,
    typer.Option(
        "--facts",
        metavar="FILE.parquet",
        help=_(
            "逐次事实写成 Parquet;compare 写 FILE-a 和 FILE-b",
            "write all facts as Parquet; compare writes FILE-a and FILE-b",
        ),
    ),
]
HtmlFile = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help=_("结果写成一页 HTML", "write the result as one HTML page")
    ),
]
PolicySwitch = Annotated[
    Literal["on", "off"] | None,
    typer.Option("--policy", help=_("打开或关闭承诺政策", "switch the commitment policy")),
]
Language = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--lang", help=_("语言,默认随系统", "language; default: the system's")),
]


@app.callback(invoke_without_command=True)
def program(
    version: Annotated[
        bool, typer.Option("--version", help=_("显示版本", "show the version"))
    ] = False,
) -> None:
    """Options that stand before any command."""
    if version:
        typer.echo(f"approvalsim {__version__}")
        raise typer.Exit(OK)


@app.command("list", help=_("列出自带方案。", "List the shipped scenarios."))
def list_(lang: Language = None) -> None:
    """List the shipped scenarios."""
    from approvalsim.console import shipped_table
    from approvalsim.scenario_file import load, shipped

    language = lang or LANGUAGE
    rows = []
    for key, file in shipped().items():
        scenario = load(file)
        name, about = (
            text.in_language(language).strip() if text else ""
            for text in (scenario.name, scenario.description)
        )
        rows.append((key, name, about.splitlines()[0] if about else ""))
    _print([shipped_table(rows, language)])


@app.command(help=_("检查方案文件,列出所有问题。", "Check scenario files and list every problem."))
def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE…")], lang: Language = None
) -> None:
    """Check scenario files and list every problem."""
    from approvalsim.errors import ScenarioError
    from approvalsim.scenario_file import find, problems_in

    bad = False
    for reference in files:
        try:
            problems = problems_in(find(reference))
        except ScenarioError as error:
            problems = error.problems
        if problems:
            bad = True
            _complain(problems, lang or LANGUAGE)
        else:
            typer.echo(f"{reference}: " + _("没有问题", "no problems"))
    raise typer.Exit(USER_ERROR if bad else OK)


@app.command(help=_("运行一个方案。", "Run one scenario."))
def run(
    scenario: Reference,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    precision: PrecisionText = None,
    measure: Measure = "p80",
    cap: Cap = 20_000,
    policy: PolicySwitch = None,
    json: JsonFile = None,
    facts: FactsFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Run one scenario."""
    from approvalsim import experiments
    from approvalsim.console import Voice, summary_page
    from approvalsim.facts_file import write_facts
    from approvalsim.scenario_file import find, load

    subject = _with_policy(load(find(scenario)), policy)
    effort = _effort(subject, replications, seed, workers, precision, measure, cap)
    done = experiments.run(subject, scenario, effort, policy=policy)
    say = Voice(subject, lang or LANGUAGE)
    page = list(summary_page(done.summary, done.manifest, say, done.plan.calendar))
    if facts:
        write_facts(done.facts, facts)
    _deliver(done.result, page, say.title(), json, html, lang or LANGUAGE)
    raise typer.Exit(INTERRUPTED if done.manifest.partial else OK)


@app.command(
    help=_(
        "比较两个方案;只给一个时,比较其政策关与开。",
        "Compare two scenarios; of one alone, the policy off against on.",
    )
)
def compare(
    scenario: Reference,
    other: Annotated[str | None, typer.Argument(metavar="[OTHER]")] = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    precision: PrecisionText = None,
    measure: Measure = "mean",
    cap: Cap = 20_000,
    json: JsonFile = None,
    facts: FactsFile = None,
    html: HtmlFile = None,
    lang: Language = None,
) -> None:
    """Compare two scenarios, or the policy off against on of one."""
    from approvalsim import experiments
    from approvalsim.console import Voice, comparison_page
    from approvalsim.facts_file import write_facts
    from approvalsim.scenario_file import find, load

    first = load(find(scenario))
    second = load(find(other)) if other else None
    effort = _effort(second or first, replications, seed, workers, precision, measure, cap)
    done = experiments.compare(first, scenario, effort, second, other)
    say = Voice(second or first, lang or LANGUAGE)
    if second is None:
        sides = (
            _("标准(政策关)", "standard (policy off)"),
            _("提速(政策开)", "fast track (policy on)"),
        )
    else:
        sides = (Voice(first, say.language).title(), Voice(second, say.language).title())
    page = list(comparison_page(done.comparison, done.manifest, say, sides, done.plans[0].calendar))
    if facts:
        for letter, part in zip("ab", done.facts, strict=True):
            write_facts(part, facts.with_stem(f"{facts.stem}-{letter}"))
    _deliver(done.result, page, say.title(), json, html, lang or LANGUAGE)
    raise typer.Exit(INTERRUPTED if done.manifest.partial else OK)


@app.command(help=_("按清单重做一次运行。", "Repeat the run of a manifest or result file."))
def rerun(
    manifest: Annotated[Path, typer.Argument(metavar="MANIFEST.json")],
    workers: Workers = None,
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Repeat a run to the last bit, or say what changed."""
    from approvalsim import experiments

    language = lang or LANGUAGE
    again = experiments.repeat(manifest, workers)
    for line in again.changes(language):
        typer.echo(line, err=True)
    if json:
        _write_json(again.result, json)
    if not again.same:
        raise typer.Exit(DIFFERENT)
    if json != "-":
        typer.echo(_("结果逐位相同", "the same result, to the last bit"))


@app.command(help=_("画出先后关系和关键路径。", "Show the dependency graph and its critical path."))
def graph(
    scenario: Reference,
    format_: Annotated[
        Literal["text", "dot", "graphml", "json", "svg"], typer.Option("--format", "-f")
    ] = "text",
    path: Annotated[
        Literal["standard", "commitment"],
        typer.Option("--path", help=_("哪条路径", "which path a project takes")),
    ] = "standard",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=_("写到文件", "write to a file"))
    ] = None,
    lang: Language = None,
) -> None:
    """Show the dependency graph and its critical path."""
    from approvalsim import network_export as export
    from approvalsim.report import write_text
    from approvalsim.scenario_file import find, load

    subject, language = load(find(scenario)), lang or LANGUAGE
    text = {
        "text": lambda: export.to_text(subject, path, language),
        "dot": lambda: export.to_dot(subject, path, language),
        "svg": lambda: export.to_svg(subject, path, language),
        "graphml": lambda: export.to_graphml(subject, path),
        "json": lambda: export.to_json(subject, path),
    }[format_]()
    if output:
        write_text(text, output)
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


@app.command(help=_("讲述一次重复的经过。", "Tell the story of one replication."))
def trace(
    scenario: Reference,
    replication: Annotated[
        int, typer.Option("--replication", "-k", min=0, help=_("第几次,从 0 起", "which, from 0"))
    ] = 0,
    project: Annotated[
        str | None, typer.Option("--project", help=_("只看这个项目", "only this project"))
    ] = None,
    format_: Annotated[Literal["table", "csv", "json"], typer.Option("--format", "-f")] = "table",
    seed: Seed = None,
    policy: PolicySwitch = None,
    lang: Language = None,
) -> None:
    """Tell the story of one replication."""
    from approvalsim import story
    from approvalsim.scenario_file import find, load

    subject = _with_policy(load(find(scenario)), policy)
    told = story.tell(subject, scenario, replication, project, seed)
    if format_ == "table":
        _print([told.table(lang or LANGUAGE)])
    else:
        sys.stdout.write(told.csv() if format_ == "csv" else told.json())


@app.command(help=_("输出方案文件的 JSON Schema。", "Print the JSON Schema of scenario files."))
def schema() -> None:
    """Print the JSON Schema of scenario files."""
    from approvalsim.report import json_text
    from approvalsim.scenario_file import schema as scenario_schema

    sys.stdout.write(json_text(scenario_schema()))


def main() -> None:
    """Run the command line; a user's mistake ends with its problems and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    # Errors are the only exceptions a caller may cause; everything else is a bug and shows itself.
    from approvalsim.errors import ScenarioError

    try:
        app()
    except ScenarioError as error:
        _complain(error.problems, LANGUAGE)
        sys.exit(USER_ERROR)
    except KeyboardInterrupt:
        typer.echo(_("已中断,没有结果", "interrupted, no result"), err=True)
        sys.exit(INTERRUPTED)


def _effort(
    scenario: "Scenario",
    replications: int | None,
    seed: int | None,
    workers: int | None,
    precision: str | None,
    measure: str,
    cap: int,
) -> "Effort":
    from approvalsim.execution import Effort, precision_of

    return Effort(
        replications=replications or scenario.run.replications,
        seed=scenario.run.seed if seed is None else seed,
        workers=workers,
        precision=precision_of(precision, cap) if precision else None,
        measure=measure,
    )


def _with_policy(scenario: "Scenario", policy: str | None) -> "Scenario":
    from approvalsim.experiments import switched

    return scenario if policy is None else switched(scenario, policy == "on")


def _deliver(
    result: dict[str, Any],
    page: Sequence["RenderableType"],
    title: str,
    json: str | None,
    html: Path | None,
    language: str,
) -> None:
    """Write the files that were asked for, and print the page unless stdout belongs to JSON."""
    from approvalsim.report import write_text
    from approvalsim.web_page import web_page

    if html:
        write_text(web_page(page, title, language), html)
    if json:
        _write_json(result, json)
    if json != "-":
        _print(page)


def _write_json(result: dict[str, Any], target: str) -> None:
    from approvalsim.report import json_text, write_text

    if target == "-":
        sys.stdout.write(json_text(result))
    else:
        write_text(json_text(result), Path(target))


def _print(page: Iterable["RenderableType"]) -> None:
    from rich.console import Console

    # Without a terminal there is no width to obey: tables are printed whole, for pipes and files.
    console = Console(width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "140")))
    for part in page:
        console.print(part)


def _complain(problems: Iterable[Any], language: str) -> None:
    for problem in problems:
        typer.echo(problem.text(language), err=True)
