"""Measure everything, and write it into docs/performance.md.

.venv/bin/python benchmarks/write_figures.py                        # some three minutes
.venv/bin/python benchmarks/write_figures.py --long-run 1000000     # some minutes more
"""

import argparse
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import profile_kernel

from approvalsim import kernel_cache, speed

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
Row = tuple[str, ...]


def figures(seconds: float, long_run: int) -> Iterator[Row]:
    """What was measured, and what is aimed at; each measured for so many seconds."""
    yield "实测 measured", "结果 result", "目标 aim"
    found = speed.engines(2 * seconds)
    yield _rate("初学者的 SimPy 写法 SimPy as a newcomer writes it", found.idiomatic_simpy)
    yield _rate("本程序的 SimPy 引擎 our SimPy engine", found.simpy)
    yield _rate("编译内核，一个线程 compiled kernel, one thread", found.kernel)
    if found.c and found.kernel_vs_c:
        yield _rate("C 语言事件循环 event loop in C (gcc -O3)", found.c)
        yield _times("内核用时 / C 用时 kernel's time / C's time", found.kernel_vs_c, "≤ 1.5")
    yield _times(
        "内核 / 初学者的 SimPy kernel / newcomer's SimPy", found.kernel_vs_idiomatic, "≥ 120"
    )
    yield _times(
        "本 SimPy / 初学者的 SimPy our SimPy / newcomer's", found.simpy_vs_idiomatic, "≥ 1"
    )
    kernel, in_c = speed.threads(2 * seconds)
    yield _times("两个线程 / 一个 two threads / one", kernel.gain, "≥ 1.8")
    if in_c:
        yield _times("C：两个线程 / 一个 C: two threads / one", in_c.gain)
    yield from _answer(seconds)
    small, *larger = speed.growth(2 * seconds)
    for each in larger:
        label = f"{each.projects:,} 个项目时每个项目的用时 / {small.projects} 个时"
        label += f" time a project with {each.projects:,} / with {small.projects}"
        yield _times(label, each.seconds / small.seconds, "≤ 1.3")
    if run := speed.long_run(long_run):
        label = f"`run {speed.COMPARED} -n {long_run}`：内存 memory"
        yield label, f"{run.megabytes:,.0f} MB ({run.seconds:,.0f} s)", "≤ 500 MB"
    start = speed.start_up(seconds / 2)
    milliseconds = (1000 * each for each in (start.python, start.command_line, start.help))
    label = "启动：Python、命令行、`--help` start: Python, command line, `--help`"
    yield label, " / ".join(f"{each:.0f}" for each in milliseconds) + " ms", "≤ 300 ms"


def _answer(seconds: float) -> Iterator[Row]:
    found = speed.answer(seconds)
    label = f"`compare {speed.COMPARED}`，两侧各 {found.replications:,} 次：从 plan 到结果"
    label += " from plans to comparison"
    yield label, f"{1000 * found.seconds:.0f} ms", "≤ 150 ms"
    yield "其中统计 statistics' share of it", f"{found.statistics_share:.0%}", "≤ 33%"


def _rate(label: str, rate: float) -> Row:
    return f"{label}：w43", f"{rate:,.0f} /s", ""


def _times(label: str, ratio: float, aim: str = "") -> Row:
    return label, f"{ratio:.3g}" if ratio >= 10 else f"{ratio:.2f}", aim


def profile() -> Iterator[Row]:
    """The functions of the kernel that take most of its time."""
    yield "函数 function", "自身 own", "连同所调用的 with all it calls"
    own, whole = profile_kernel.measured()
    total = own.total()
    for name, samples in own.most_common(16):
        yield f"`{name}`", f"{samples / total:.1%}", f"{whole[name] / total:.1%}"


def table(rows: Iterable[Row]) -> str:
    head, *body = rows
    ruled = [head, ("---", *("---:" for _ in head[1:])), *body]
    return "".join(f"| {' | '.join(row)} |\n" for row in ruled)


def measured_on() -> str:
    found = speed.machine()
    load = f", {os.getloadavg()[0]:.1f} other programs at work" if hasattr(os, "getloadavg") else ""
    return (
        f"{date.today()}: {found['processor']}, {found['cores']} cores, {found['system']},"
        f" Python {found['python']}, numba {found['numba']}, approvalsim {found['approvalsim']}"
        f"{load}.\n"
    )


def written(page: str, name: str, content: str) -> str:
    """The page with something else between the marks of that name."""
    marks = rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)"
    page, times = re.subn(marks, lambda found: found[1] + content + found[2], page, flags=re.DOTALL)
    if times != 1:
        raise ValueError(f"{times} places for the {name} in {PAGE.name}")
    return page


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--seconds", type=float, default=15.0, help="for each measurement")
    arguments.add_argument("--long-run", type=int, default=50_000, help="replications")
    given = arguments.parse_args()
    kernel_cache.warm_up()
    place = measured_on()
    measured = table(figures(given.seconds, given.long_run))
    page = written(PAGE.read_text(encoding="utf-8"), "figures", f"{place}\n{measured}")
    if shutil.which("perf"):
        page = written(page, "profile", table(profile()))
    PAGE.write_text(page, encoding="utf-8")
    print(measured)


if __name__ == "__main__":
    main()
