"""What `make run` does: open the app where there is a display, else compare in the terminal."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FILE = Path(__file__).parents[2] / "bootstrap.py"


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module that starts nothing."""
    spec = importlib.util.spec_from_file_location("bootstrap", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module, "qt_starts", lambda platform: True)
    return module


@pytest.fixture
def started(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "start", lambda *words: calls.append(words) or 0)
    return calls


def commands(started: list[tuple[str, ...]]) -> list[str]:
    return [words[2] for words in started]


def test_with_a_display_the_app_is_opened(
    bootstrap: ModuleType, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert bootstrap.run([]) == 0
    assert commands(started) == ["gui"]


def test_without_one_the_command_line_compares_and_says_why(
    bootstrap: ModuleType, started: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.run([]) == 0
    assert commands(started) == ["warm-up", "compare"]
    assert "no display" in capsys.readouterr().out


def test_arguments_are_those_of_the_comparison(
    bootstrap: ModuleType, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    bootstrap.run(["--seed", "7"])
    assert commands(started) == ["warm-up", "compare"]
    assert started[-1][-2:] == ("--seed", "7")


def test_missing_libraries_are_named_and_the_command_line_stands_in(
    bootstrap: ModuleType,
    started: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(bootstrap, "qt_starts", lambda platform: False)
    monkeypatch.setattr(bootstrap, "install_packages", lambda packages: False)
    bootstrap.run([])
    assert commands(started) == ["warm-up", "compare"]
    told = capsys.readouterr().err
    assert "libegl1" in told
    assert "libxcb-cursor0" in told


def test_missing_libraries_are_installed_by_who_may(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    answers = iter((False, True))
    monkeypatch.setattr(bootstrap, "qt_starts", lambda platform: next(answers))
    monkeypatch.setattr(
        bootstrap, "install_packages", lambda packages: asked.append(packages) or True
    )
    assert bootstrap.ensure_qt("offscreen")
    assert asked == [bootstrap.LIBRARIES["offscreen"].split()]
