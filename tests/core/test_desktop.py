"""The way to the window: opened where it can be, and said in words where it cannot."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from command_line import call, program

from approvalsim import desktop


def with_qt_that_says(error: str, folder: Path) -> str:
    """A PYTHONPATH with a Qt that cannot be imported."""
    package = folder / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text(f"raise {error}\n", encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("words", [("gui",), ("gui", "--screenshot", "shots")])
def test_without_the_extra_the_command_names_what_to_install(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    place = with_qt_that_says("ModuleNotFoundError", tmp_path)
    for language in ("zh", "en"):
        said = program(*words, "--lang", language, cwd=tmp_path, PYTHONPATH=place)
        assert said.code == 2
        assert 'pip install "approvalsim[desktop]"' in said.err
        assert "Traceback" not in said.err


def test_a_missing_library_of_the_system_is_named(tmp_path: Path) -> None:
    place = with_qt_that_says("ImportError('libEGL.so.1: no such file')", tmp_path)
    said = program("gui", "--lang", "en", PYTHONPATH=place)
    assert said.code == 2
    assert "a library of the system is missing: libEGL.so.1" in said.err


def test_without_arguments_a_window_opens_where_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[tuple[Sequence[str], str | None]] = []

    def open_window(references: Sequence[str], language: str | None = None) -> int:
        opened.append((references, language))
        return 0

    monkeypatch.setattr(desktop, "can_open", lambda: True)
    monkeypatch.setattr(desktop, "open_window", open_window)
    assert call().code == 0
    assert call("gui", "a.toml", "b.toml").code == 0
    assert opened == [((), None), (["a.toml", "b.toml"], None)]


def test_a_display_decides_and_not_how_qt_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not desktop.can_open()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert desktop.can_open()


def test_screenshots_are_asked_for_by_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(folder: Path, references: Sequence[str]) -> Sequence[Path]:
        return [folder / f"{name}.png" for name in references]

    monkeypatch.setattr(desktop, "take_screenshots", take)
    said = call("gui", "a", "b", "--screenshot", tmp_path)
    assert said.out.split() == [str(tmp_path / "a.png"), str(tmp_path / "b.png")]
