"""The way from the command line to the desktop app, which is an extra and may not be there."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from approvalsim.errors import Problem, ScenarioError
from approvalsim.language import LANGUAGES

if TYPE_CHECKING:
    from approvalsim.briefing_parts import Briefing


def can_open() -> bool:
    """Whether a window could be opened: the app is installed, and there is a screen."""
    if find_spec("PySide6") is None or find_spec("approvalsim_ui") is None:
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_window(references: Sequence[str], language: str | None = None) -> int:
    """Open the app with these scenarios; the exit code, once it is closed.

    Raises `ScenarioError` where the app or a library of the system is missing.
    """
    _check()
    from approvalsim_ui.app import main  # noqa: PLC0415

    return main(references, language if language in LANGUAGES else None)


def take_screenshots(folder: Path, references: Sequence[str]) -> Sequence[Path]:
    """Draw every screen, without a screen, into PNG files of a folder; gives the files.

    Raises `ScenarioError` as `open_window` does.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _check()
    from approvalsim_ui.screenshots import take  # noqa: PLC0415

    return take(folder, references)


def check_pdf() -> None:
    """Whether PDF can be drawn here; raises `ScenarioError` as `open_window` does."""
    _check("PySide6.QtWidgets", "PySide6.QtSvg")


def write_pdf(briefing: "Briefing", path: Path) -> None:
    """Draw a briefing as PDF; raises `ScenarioError` where that, or writing it, is impossible."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    check_pdf()
    from approvalsim_ui.briefing_pdf import write  # noqa: PLC0415

    write(briefing, path)


def _check(*modules: str) -> None:
    try:
        for name in modules or ("PySide6.QtWidgets", "pyqtgraph"):
            import_module(name)
    except ModuleNotFoundError:
        raise ScenarioError([Problem("no_desktop")]) from None
    except ImportError as error:
        raise ScenarioError([Problem("no_qt", words={"reason": error})]) from None
