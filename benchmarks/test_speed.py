"""Speed, as ratios measured in one run: `make bench` prints them, nothing here can fail by time."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import idiomatic_w43
import pytest

from approvalsim import kernel, simulation
from approvalsim.plan import compile_plan
from approvalsim.scenario_file import load

W43 = Path(__file__).parent / "w43.toml"


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The quickest of several runs: what the work takes when nothing else disturbs it."""
    best = float("inf")
    for _ in range(times):
        begun = perf_counter()
        work()
        best = min(best, perf_counter() - begun)
    return best


@pytest.fixture(scope="module")
def idiomatic() -> float:
    """Seconds a replication takes in the model a newcomer to SimPy would write."""
    return seconds(lambda: [idiomatic_w43.replication(seed) for seed in range(50)]) / 50


def report(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        print(f"\n  {line}", end="")


def test_simpy_engine_against_an_idiomatic_model(
    idiomatic: float, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = compile_plan(load(W43))
    ours = seconds(lambda: simulation.simulate(plan, 43, range(50))) / 50
    report(
        capsys,
        f"w43, replications per second: idiomatic SimPy {1 / idiomatic:.0f},"
        f" our SimPy engine {1 / ours:.0f} ({idiomatic / ours:.2f} times as fast)",
    )


def test_kernel_against_an_idiomatic_model(
    idiomatic: float, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = compile_plan(load(W43))
    kernel.simulate(plan, 43, range(1))
    compiled = seconds(lambda: kernel.simulate(plan, 43, range(500))) / 500
    report(
        capsys,
        f"w43, replications per second: compiled kernel {1 / compiled:.0f}"
        f" ({idiomatic / compiled:.0f} times as fast as idiomatic SimPy)",
    )


@pytest.mark.parametrize("code", ["import approvalsim", "import approvalsim.cli"])
def test_import_time(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    spent = seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    report(capsys, f"{code}: {1000 * spent:.0f} ms, of which Python itself {1000 * bare:.0f} ms")


def test_help_time(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "approvalsim", "--help"]
    spent = seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    report(capsys, f"approvalsim --help: {1000 * spent:.0f} ms")
