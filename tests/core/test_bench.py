"""Measuring the engines: what is measured, and how it is told. No figure is judged."""

import json
import platform
import sys
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from command_line import call

from approvalsim import bench_command, engines, kernel_cache, speed
from approvalsim.speed import (
    Answer,
    Engines,
    Growth,
    LongRun,
    Speeds,
    StartUp,
    Threads,
    quickest,
)

SPEEDS = Speeds(
    engines=Engines(idiomatic_simpy=200.0, simpy=300.0, kernel=30_000.0, c=36_000.0),
    threads=Threads(one=30_000.0, two=57_000.0),
    c_threads=Threads(one=36_000.0, two=70_000.0),
    answer=Answer(replications=1_000, seconds=0.12, simulating=0.09),
    growth=(Growth(43, 1e-6), Growth(430, 1.1e-6), Growth(4_300, 1.25e-6)),
    start_up=StartUp(python=0.01, command_line=0.06, help=0.07),
    long_run=LongRun(replications=10_000, seconds=3.0, megabytes=150.0),
)
BARE = replace(
    SPEEDS, engines=replace(SPEEDS.engines, c=None), c_threads=None, start_up=None, long_run=None
)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each call was for a quick measurement; it comes to `SPEEDS`, or `BARE` if quick."""
    asked: list[bool] = []

    def measure(quick: bool, tell: Any) -> Speeds:
        tell("engines")
        asked.append(quick)
        return BARE if quick else SPEEDS

    monkeypatch.setattr(speed, "measure", measure)
    monkeypatch.setattr(kernel_cache, "is_ready", lambda: True)
    return asked


def test_of_many_turns_the_quickest_counts_and_works_take_turns() -> None:
    said: list[str] = []
    ticks = iter([0, 5, 10, 12, 20, 23, 30, 37])
    works = {name: (lambda name=name: said.append(name)) for name in ("a", "b")}

    assert quickest(works, seconds=0.0, clock=lambda: float(next(ticks))) == {"a": 3.0, "b": 2.0}
    assert said == ["a", "b", "a", "b"]


def test_everything_can_be_measured_here() -> None:
    found = speed.engines(0)
    one_and_two, in_c = speed.threads(0)
    numbers = [found.idiomatic_simpy, found.simpy, found.kernel, one_and_two.one, one_and_two.two]
    numbers += [found.c, in_c.one, in_c.two] if found.c and in_c else []
    numbers += [each.seconds for each in speed.growth(0, (1, 2))]
    answer = speed.answer(0, replications=20)
    numbers += [answer.seconds, answer.simulating]

    assert all(isfinite(number) and number > 0 for number in numbers)
    assert (found.c is None) == (in_c is None)


def test_without_a_compiler_the_rest_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("approvalsim.reference_workload.GCC", ("no-such-compiler",))

    assert speed.engines(0).c is None
    assert speed.threads(0)[1] is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell")
def test_the_long_run_tells_its_memory() -> None:
    found = speed.long_run(30)

    assert found
    assert found.replications == 30
    assert found.seconds > 0
    assert 20 < found.megabytes < 20_000


def test_the_ratios_are_those_of_the_speeds() -> None:
    found = bench_command.figures(SPEEDS, speed.machine())

    assert found["kernel_vs_idiomatic_simpy"] == 150.0
    assert found["simpy_vs_idiomatic_simpy"] == 1.5
    assert found["two_threads_vs_one"] == 1.9
    assert found["kernel_vs_c"] == 1.2
    assert [each["relative"] for each in found["growth"]] == pytest.approx([1.0, 1.1, 1.25])


@pytest.mark.usefixtures("measured")
def test_to_stdout_the_json_comes_alone_and_null_stands_for_what_is_not_known() -> None:
    said = call("bench", "--quick", "--json", "-")

    assert said.code == 0
    assert said.json["kernel_vs_idiomatic_simpy"] == 150.0
    assert said.json["kernel_vs_c"] is None
    assert said.json["replications_per_second"]["c"] is None
    assert said.json["long_run"] is said.json["start_up"] is None


def test_a_json_file_comes_beside_the_tables(tmp_path: Path, measured: list[bool]) -> None:
    said = call("bench", "--json", tmp_path / "speeds.json")

    assert said.code == 0
    assert measured == [False]
    assert "30,000" in said.out
    assert json.loads((tmp_path / "speeds.json").read_text())["kernel_vs_c"] == 1.2


def test_where_the_json_cannot_go_nothing_is_measured(tmp_path: Path, measured: list[bool]) -> None:
    (tmp_path / "file").touch()
    said = call("bench", "--json", tmp_path / "file" / "speeds.json")

    assert (said.code, measured) == (2, [])


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("150", "57,000 (×1.90)", "1.20 times as long", "120 ms, statistics 25%", "×1.25")),
        ("zh", ("150", "57,000 (×1.90)", "1.20 倍", "120 毫秒，其中统计 25%", "×1.25")),
    ],
)
def test_the_tables_tell_the_ratios(language: str, words: tuple[str, ...]) -> None:
    said = call("bench", "--lang", language, lang=language)

    assert said.code == 0
    assert all(word in said.out for word in words), said.out


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(("language", "words"), [("en", "no gcc here"), ("zh", "本机没有 gcc")])
def test_the_tables_say_why_there_is_no_loop_in_c(language: str, words: str) -> None:
    said = call("bench", "--quick", "--lang", language, lang=language)

    assert words in said.out
    assert "36,000" not in said.out


def test_nothing_tells_whose_machine_it_is() -> None:
    told = speed.machine().values()
    assert platform.node() not in told
    assert not any(str(Path.home()) in str(each) for each in told)


@pytest.mark.usefixtures("measured")
def test_a_kernel_that_is_not_ready_is_compiled_first_with_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(kernel_cache, "is_ready", lambda: False)
    monkeypatch.setattr(engines, "chosen", asked.append)
    said = call("bench", "--json", "-")

    assert asked == ["kernel"]
    assert "compiling the quick engine first" in said.err
    assert said.json
