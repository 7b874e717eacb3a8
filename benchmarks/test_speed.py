"""Speed, as ratios measured in one run: `make bench` prints them, nothing here can fail by time.

What is measured, and how, stands in `approvalsim.speed`; here it takes its time.
"""

from collections.abc import Callable

import pytest

from approvalsim import kernel, kernel_cache, simulation, speed
from approvalsim.facts import differences
from approvalsim.reference_workload import reference_plan

SECONDS = 15.0
"""For each measurement: many turns, and the quickest counts."""

Report = Callable[[str], None]


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Nobody measures compiling."""
    assert kernel_cache.warm_up()


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return line


def test_what_is_compared_gives_the_same_facts() -> None:
    plan, some = reference_plan(), range(50)
    facts = simulation.simulate(plan, speed.SEED, some)
    assert differences(kernel.simulate(plan, speed.SEED, some), facts) == ()
    if loop := speed.event_loop(plan):
        assert differences(loop.simulate(speed.SEED, some), facts) == ()


def test_engines(report: Report) -> None:
    found = speed.engines(2 * SECONDS)
    newcomer = found.idiomatic_simpy
    report(f"w43, replications per second: SimPy as a newcomer writes it {newcomer:,.0f}")
    report(f"our SimPy engine {found.simpy:,.0f}: {found.simpy_vs_idiomatic:.2f} times as fast")
    report(f"compiled kernel {found.kernel:,.0f}: {found.kernel_vs_idiomatic:.0f} times as fast")
    if found.c is None:
        report("no C compiler (gcc), so no comparison with C")
    else:
        report(f"loop in C {found.c:,.0f}: the kernel takes {found.kernel_vs_c:.2f} times as long")


def test_threads(report: Report) -> None:
    for name, found in zip(("kernel", "loop in C"), speed.threads(2 * SECONDS), strict=True):
        if found:
            report(
                f"w43, {name}, replications per second on the wall: one thread {found.one:,.0f},"
                f" two {found.two:,.0f} ({found.gain:.2f} times as fast)"
            )


def test_from_plans_to_comparison(report: Report) -> None:
    found = speed.answer(SECONDS)
    report(
        f"compare {speed.COMPARED}, {found.replications:,} replications a side, from plans to"
        f" comparison: {1000 * found.seconds:.0f} ms, statistics {found.statistics_share:.0%} of it"
    )


def test_growth(report: Report) -> None:
    small, *larger = speed.growth(2 * SECONDS)
    report(f"w43: {1e6 * small.seconds:.2f} µs a project with {small.projects} projects")
    for found in larger:
        report(f"with {found.projects:,}: {found.seconds / small.seconds:.2f} times as long")


def test_memory_of_a_long_run(report: Report, request: pytest.FixtureRequest) -> None:
    found = speed.long_run(request.config.getoption("--long-run"))
    if found is None:
        pytest.skip("this system does not tell how much memory a process has needed")
    report(
        f"{found.replications:,} replications of {speed.COMPARED}: at most"
        f" {found.megabytes:.0f} MB, {found.seconds:.1f} s"
    )


def test_start_up(report: Report) -> None:
    found = speed.start_up(SECONDS / 2)
    report(
        f"until it has started: Python {1000 * found.python:.0f} ms, with the command line"
        f" {1000 * found.command_line:.0f} ms, approvalsim --help {1000 * found.help:.0f} ms"
    )
