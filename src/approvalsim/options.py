"""Arguments and options of the command line, with their help in the user's language."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from approvalsim.errors import Problem, ScenarioError
from approvalsim.language import language_of

LANGUAGE = language_of(sys.argv[1:])
"""Decided before the command line is parsed, for the help is part of it."""


def say(zh: str, en: str) -> str:
    """The phrase in the user's language."""
    return zh if LANGUAGE == "zh" else en


Reference = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO",
        help=say(
            "方案文件，或自带方案的编号（见 list）",
            "scenario file, or id of a shipped one (see list)",
        ),
    ),
]
References = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help=say("方案文件，或自带方案的编号", "scenario files, or ids of shipped ones"),
    ),
]
OpenAtStart = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE…",
        help=say("打开的方案：文件，或自带方案的编号", "scenarios to open: files, or shipped ids"),
    ),
]
ScreenshotFolder = Annotated[
    Path | None,
    typer.Option(
        "--screenshot",
        metavar="FOLDER",
        help=say("不开窗口，把每个界面画成 PNG", "open no window; draw every screen as PNG"),
    ),
]
Other = Annotated[
    str | None,
    typer.Argument(
        metavar="OTHER",
        help=say("第二个方案；不给则比较政策关与开", "second scenario; without it, policy off/on"),
    ),
]
ManifestFile = Annotated[
    Path,
    typer.Argument(
        metavar="MANIFEST.json",
        help=say("清单，或 --json 写出的结果文件", "a manifest, or a file written by --json"),
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(
        "-n",
        "--replications",
        metavar="N",
        min=1,
        max=10_000_000,
        help=say("重复次数；默认按方案", "replications; default: the scenario's"),
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        metavar="N",
        min=0,
        max=2**63 - 1,
        help=say("随机种子；默认按方案", "seed of all luck; default: the scenario's"),
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        max=1024,
        help=say("并行进程数；默认按核数", "processes that share the work; default: the cores"),
    ),
]
EngineChoice = Annotated[
    Literal["auto", "kernel", "simpy"],
    typer.Option(
        "--engine",
        help=say(
            "引擎，结果逐位相同；auto 在编译好后用 kernel",
            "engine, same results to the last bit; auto takes the kernel once it is compiled",
        ),
    ),
]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help=say(
            "交给已启动的 dask 集群计算，例如 tcp://10.0.0.5:8786；--workers 则指用它多少个线程",
            "compute on a running Dask cluster, such as tcp://10.0.0.5:8786;"
            " --workers is then how many of its threads to use",
        ),
    ),
]
PrecisionText = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="DAYS",
        help=say(
            "一直运行到 95% 区间的半宽不超过这么多天，例如 2d",
            "run until the 95 % interval's half-width is at most so many days, such as 2d",
        ),
    ),
]
Measure = Annotated[
    Literal["mean", "p10", "p50", "p80", "p90"],
    typer.Option(
        "--measure",
        help=say(
            "--precision 所指的量（compare 中指差值）",
            "what --precision is about (in compare, its difference)",
        ),
    ),
]
Milestone = Annotated[
    str | None,
    typer.Option(
        "--milestone",
        metavar="ID",
        help=say(
            "时间算到哪个里程碑；默认按方案",
            "milestone that times are counted to; default: the scenario's",
        ),
    ),
]
Cap = Annotated[
    int,
    typer.Option(
        "--cap",
        metavar="N",
        min=2,
        max=10_000_000,
        help=say("用 --precision 时最多重复多少次", "most replications under --precision"),
    ),
]
JsonFile = Annotated[
    str | None,
    typer.Option(
        "--json",
        metavar="FILE|-",
        help=say(
            "结果写成 JSON；- 表示标准输出只写 JSON", "write JSON; - writes nothing else to stdout"
        ),
    ),
]
FactsFile = Annotated[
    Path | None,
    typer.Option(
        "--facts",
        metavar="FILE.parquet",
        help=say(
            "逐次事实写成 Parquet；compare 写 FILE-a 和 FILE-b",
            "write all facts as Parquet; compare writes FILE-a and FILE-b",
        ),
    ),
]
HtmlFile = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help=say("结果写成一页 HTML", "write the result as one HTML page")
    ),
]
PolicySwitch = Annotated[
    Literal["on", "off"] | None,
    typer.Option("--policy", help=say("打开或关闭承诺政策", "switch the commitment policy")),
]
SupervisionSwitch = Annotated[
    Literal["on", "off"] | None,
    typer.Option("--supervision", help=say("打开或关闭督导", "switch supervision")),
]
Reform = Annotated[
    Literal["commitment", "supervision"],
    typer.Option(
        "--of",
        help=say(
            "只有一个方案时，比较哪一项的关与开：承诺政策或督导",
            "with one scenario, what is off and on: the commitment policy or supervision",
        ),
    ),
]
Language = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--lang", help=say("语言；默认随系统", "language; default: the system's")),
]
GraphFormat = Annotated[
    Literal["text", "dot", "graphml", "json", "svg"],
    typer.Option("--format", "-f", help=say("输出格式", "what to write")),
]
PathChoice = Annotated[
    Literal["standard", "commitment"],
    typer.Option("--path", help=say("项目走哪条路径", "which path a project takes")),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help=say("写到文件", "write to a file")),
]
Replication = Annotated[
    int,
    typer.Option(
        "--replication",
        "-k",
        metavar="K",
        min=0,
        max=9_999_999,
        help=say("第几次重复，从 0 起", "which replication, from 0"),
    ),
]
ProjectId = Annotated[
    str | None,
    typer.Option("--project", metavar="ID", help=say("只看这个项目", "only this project")),
]
StoryFormat = Annotated[
    Literal["table", "csv", "json"],
    typer.Option("--format", "-f", help=say("输出格式", "what to write")),
]
Version = Annotated[bool, typer.Option("--version", help=say("显示版本", "show the version"))]


def usage_problem(error: Exception) -> str:
    """What is wrong with the command line itself; the parser knows only English."""
    context = getattr(error, "ctx", None)
    program = context.command_path if context else "approvalsim"
    parameter, place = getattr(error, "param", None), ""
    if parameter is not None:
        is_option = parameter.param_type_name == "option"
        place = " / ".join(parameter.opts) if is_option else str(parameter.metavar)
    english = str(error.format_message()) if hasattr(error, "format_message") else str(error)
    chinese = {
        "NoSuchOption": f"没有选项 {getattr(error, 'option_name', '')}",
        "MissingParameter": f"缺少 {place}",
        "BadParameter": f"{place} 的值不能用：{_in_chinese(getattr(error, 'message', ''))}",
    }.get(type(error).__name__, f"命令写法有误：{_in_chinese(english)}")
    return say(
        f"{program}: {chinese}\n用法见 {program} --help",
        f"{program}: {english}\nSee {program} --help",
    )


_PARSER_WORDS = (
    (r"Input should be greater than or equal to (\S+)", r"不能小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不能大于 \1"),
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be a valid number.*", "应为数"),
    (r"(?:Value error, )?('.*?') is not one of (.*?)\.?", r"\1 不在其中：\2"),
    (r"No such command '(.*?)'\.?", r"没有这个命令：\1"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多出来的参数：\1"),
)
"""What the parser says in English, as a pattern of the whole, and the same in Chinese."""


def _in_chinese(english: str) -> str:
    """A sentence of the parser in Chinese, or as it is where it is not known."""
    for pattern, chinese in _PARSER_WORDS:
        if found := re.fullmatch(pattern, english):
            return found.expand(chinese)
    return english


def wrong(option: str, reason: str, reason_en: str) -> ScenarioError:
    """That an option cannot be used, and why."""
    words = {"option": option, "reason": reason, "reason_en": reason_en}
    return ScenarioError([Problem("option", words=words)])


def dates(*asked: tuple[str, str | None]) -> list[date | None]:
    """The dates that options name; None where nothing was given.

    Raises `ScenarioError` with all that are no dates, or lie where no calendar is known.
    """
    from approvalsim.validation import FIRST_YEAR, LAST_YEAR

    days: list[date | None] = []
    problems: list[Problem] = []
    for option, text in asked:
        try:
            day = None if text is None else date.fromisoformat(text)
        except ValueError:
            reason = f"应为日期，例如 2022-12-31；现为 {text}"
            reason_en = f"must be a date such as 2022-12-31, found {text}"
            problems += wrong(option, reason, reason_en).problems
            continue
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            problems.append(Problem("calendar_range", (option,), {"found": day}))
        days.append(day)
    if problems:
        raise ScenarioError(problems)
    return days


def check_later(option: str, day: date, begin: date) -> None:
    """Whether a date that an option names still lies ahead of another."""
    if day <= begin:
        raise wrong(option, f"应晚于 {begin}，现为 {day}", f"must lie after {begin}, found {day}")


def check_ending(option: str, path: Path, *endings: str) -> None:
    """Whether the name of a file to be written says what will be in it."""
    if path.suffix.lower() not in endings:
        known, known_zh = " or ".join(endings), " 或 ".join(endings)
        raise wrong(
            option,
            f"文件名应以 {known_zh} 结尾，现为 {path.name}",
            f"the file's name must end in {known}, found {path.name}",
        )
