"""How soon the app answers and how well it follows a hand: printed by `make bench`, never failing.

Each measurement runs in a process of its own, without a screen: see `window_runs.py`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import time
from typing import Any

import pytest

from approvalsim import kernel_cache

STARTS = 3
CHILD = Path(__file__).with_name("window_runs.py")

Report = Callable[[str], None]
Figures = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def _ready() -> None:
    """Nobody measures compiling."""
    pytest.importorskip("PySide6", reason="the desktop app is not installed")
    assert kernel_cache.warm_up()


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    def line(text: str) -> None:
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return line


def measured(name: str, place: Path) -> Figures:
    """What a process of its own finds out, with settings nobody uses."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "APPROVALSIM_STATE": str(place)}
    done = subprocess.run(
        [sys.executable, str(CHILD), name, str(place), str(time())],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def test_start_up(report: Report, tmp_path: Path) -> None:
    found = [measured("start", tmp_path / str(number)) for number in range(STARTS)]
    middle = {key: 1000 * median(each[key] for each in found) for key in found[0]}
    report(
        f"app, from the start of its process: imported {middle['imported']:.0f} ms, window shown"
        f" {middle['shown']:.0f} ms, first answer {middle['answered']:.0f} ms, all replications"
        f" {middle['final']:.0f} ms (median of {STARTS})"
    )


@pytest.mark.parametrize("screen", ["stages", "compare"])
def test_a_drag_is_followed(report: Report, tmp_path: Path, screen: str) -> None:
    found = measured(screen, tmp_path)
    report(
        f"app, {found['replications']:,} replications a side, a stage's slider dragged for"
        f" {found['seconds']:.0f} s, {screen} seen: {found['updates']:.1f} updates a second of"
        f" {found['shown']:.0f} replications with {found['cores']:.1f} cores,"
        f" longest gap of the window's event loop {found['gap']:.0f} ms (median of the ten longest"
        f" {found['gaps']:.0f} ms), {found['superseded']} of {found['asked']} runs superseded,"
        f" all replications {found['settled']:.0f} ms after it was let go"
    )
