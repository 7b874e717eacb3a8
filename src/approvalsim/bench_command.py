"""The command `bench`: how fast the engines are on the user's own machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from approvalsim.delivery import check_outputs, write_json
from approvalsim.options import LANGUAGE, JsonFile, Language, say

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from approvalsim.speed import Part, Speeds

Say = Callable[[str, str], str]
"""Of a phrase in Chinese and in English the one for the reader."""
Quick = Annotated[
    bool,
    typer.Option(
        "--quick",
        help=say("少测几项，十秒之内", "measure less, in less than ten seconds"),
    ),
]


def bench(json: JsonFile = None, quick: Quick = False, lang: Language = None) -> None:
    """Measure the engines on this machine."""
    from approvalsim.console import print_page
    from approvalsim.speed import machine, measure

    check_outputs(json)
    _have_kernel_compiled()
    with _progress() as tell:
        speeds = measure(quick, tell)
    facts = machine()
    if json != "-":
        print_page(page(speeds, facts, lang or LANGUAGE))
    if json:
        write_json(figures(speeds, facts), json)


def figures(speeds: "Speeds", machine: dict[str, Any]) -> dict[str, Any]:
    """The speeds as numbers, for programs; None for what was not or cannot be measured."""
    found, in_c = speeds.engines, speeds.c_threads
    return {
        "machine": machine,
        "kernel_vs_idiomatic_simpy": found.kernel_vs_idiomatic,
        "simpy_vs_idiomatic_simpy": found.simpy_vs_idiomatic,
        "two_threads_vs_one": speeds.threads.gain,
        "kernel_vs_c": found.kernel_vs_c,
        "c_two_threads_vs_one": in_c and in_c.gain,
        "replications_per_second": {
            **asdict(found),
            "kernel_two_threads": speeds.threads.two,
            "c_two_threads": in_c and in_c.two,
        },
        "compare": asdict(speeds.answer) | {"statistics_share": speeds.answer.statistics_share},
        "growth": [
            asdict(each) | {"relative": each.seconds / speeds.growth[0].seconds}
            for each in speeds.growth
        ],
        "long_run": speeds.long_run and asdict(speeds.long_run),
        "start_up": speeds.start_up and asdict(speeds.start_up),
    }


def page(speeds: "Speeds", machine: dict[str, Any], language: str) -> "Iterator[RenderableType]":
    """The speeds as tables, for people."""
    from rich.text import Text

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    yield _engines_table(speeds, say)
    if (ratio := speeds.engines.kernel_vs_c) is None:
        line = say(
            "本机没有 gcc，无法与 C 比较。", "There is no gcc here, so no comparison with C."
        )
    else:
        line = say(
            f"编译内核用时是 C 循环的 {ratio:.2f} 倍。",
            f"The kernel takes {ratio:.2f} times as long as the loop in C.",
        )
    yield Text(line)
    yield Text()
    yield _other_table(speeds, say)
    about = (
        f"{machine['processor']}, {machine['cores']} {say('核', 'cores')}, {machine['system']},"
        f" Python {machine['python']}, numba {machine['numba']}, approvalsim"
        f" {machine['approvalsim']}"
    )
    yield Text(about)


def _engines_table(speeds: "Speeds", say: Say) -> "Table":
    from approvalsim.voice import new_table

    found = speeds.engines
    table = new_table(
        say("参考负载 w43：每秒重复次数", "Reference workload w43: replications per second"),
        say("引擎", "engine"),
        say("一个线程", "one thread"),
        say("为初学写法的几倍", "times a newcomer's"),
        say("两个线程", "two threads"),
    )
    rows = (
        (say("初学者的 SimPy 写法", "SimPy as a newcomer writes it"), found.idiomatic_simpy, None),
        (say("本程序的 SimPy 引擎", "our SimPy engine"), found.simpy, None),
        (say("编译内核", "compiled kernel"), found.kernel, speeds.threads),
        (say("C 语言事件循环（gcc -O3）", "event loop in C (gcc -O3)"), found.c, speeds.c_threads),
    )
    for name, one, two in rows:
        if one is not None:
            table.add_row(
                name,
                f"{one:,.0f}",
                f"{one / found.idiomatic_simpy:.3g}",
                f"{two.two:,.0f} (×{two.gain:.2f})" if two else "–",
            )
    return table


def _other_table(speeds: "Speeds", say: Say) -> "Table":
    from approvalsim.speed import COMPARED
    from approvalsim.voice import new_table

    table = new_table("", say("其他", "else"), say("实测", "measured"))
    answer, growth = speeds.answer, speeds.growth
    table.add_row(
        say(
            f"{COMPARED} 政策关与开对比，各 {answer.replications:,} 次",
            f"compare {COMPARED}, policy off and on, {answer.replications:,} replications each",
        ),
        say(
            f"{1000 * answer.seconds:,.0f} 毫秒，其中统计 {answer.statistics_share:.0%}",
            f"{1000 * answer.seconds:,.0f} ms, statistics {answer.statistics_share:.0%} of it",
        ),
    )
    for larger in growth[1:]:
        table.add_row(
            say(
                f"{larger.projects:,} 个项目时每个项目的用时，与 {growth[0].projects} 个时相比",
                f"time for each of {larger.projects:,} projects, against {growth[0].projects}",
            ),
            f"×{larger.seconds / growth[0].seconds:.2f}",
        )
    if run := speeds.long_run:
        table.add_row(
            say(
                f"{COMPARED} 连续 {run.replications:,} 次的内存",
                f"memory of {run.replications:,} replications of {COMPARED}",
            ),
            f"{run.megabytes:,.0f} MB",
        )
    if start := speeds.start_up:
        seconds = (start.python, start.command_line, start.help)
        table.add_row(
            say("启动：Python、命令行、--help", "start: Python, command line, --help"),
            " / ".join(f"{1000 * each:.0f}" for each in seconds) + say(" 毫秒", " ms"),
        )
    return table


def _have_kernel_compiled() -> None:
    """Compile the kernel where that has not been done, saying so."""
    from approvalsim import kernel_cache
    from approvalsim.engines import chosen

    if not kernel_cache.is_ready():
        typer.echo(
            say(
                "先编译快速引擎（只需一次，约十几秒）……",
                "compiling the quick engine first (once only, some ten seconds) …",
            ),
            err=True,
        )
    chosen("kernel")


def _progress() -> "AbstractContextManager[Callable[[Part], object]]":
    """Say on a terminal what is being measured; elsewhere nothing."""
    if not sys.stderr.isatty():
        return nullcontext(lambda _: None)
    return _Progress()


class _Progress:
    """A line on the terminal that changes, and goes away at the end."""

    def __init__(self) -> None:
        from rich.console import Console

        self._status = Console(stderr=True).status("")
        self._words: dict[Part, str] = {
            "engines": say("比较引擎……", "comparing the engines …"),
            "threads": say("一个线程与两个线程……", "one thread and two …"),
            "answer": say("比较两个方案……", "comparing two scenarios …"),
            "growth": say("越来越多的项目……", "more and more projects …"),
            "start_up": say("启动时间……", "starting up …"),
            "long_run": say("长时间运行的内存……", "the memory of a long run …"),
        }

    def __enter__(self) -> "Callable[[Part], object]":
        self._status.start()
        return lambda part: self._status.update(self._words[part])

    def __exit__(self, *_: object) -> None:
        self._status.stop()
