"""The app from its start to its end."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from approvalsim_ui import language, theme
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.app import main
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.recovery import state_folder
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    make = Session.__init__

    def made(self: Session) -> None:
        make(self)
        self.settings = RunSettings(replications=10, engine="simpy")

    monkeypatch.setattr(Session, "__init__", made)


def run(
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[MainWindow], None],
    *references: str,
    spoken: str | None = None,
) -> int:
    """Run the app with somebody in front of it who acts, and closes the window."""

    def sit_in_front(*_: object) -> int:
        windows = QApplication.topLevelWidgets()
        (window,) = [w for w in windows if isinstance(w, MainWindow) and w.isVisible()]
        act(window)
        window.close_now()
        window.deleteLater()
        return 0

    monkeypatch.setattr(QApplication, "exec", sit_in_front)
    return main(references, spoken)


def test_the_app_starts_answers_and_ends(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def act(window: MainWindow) -> None:
        assert window.isVisible()
        qtbot.waitUntil(lambda: bool(window.session.answer), timeout=30_000)
        assert window.session.answer
        assert window.session.answer.a.scenario.id == "jianghai-2022"
        assert window.tour

    hook, handler = sys.excepthook, signal.getsignal(signal.SIGINT)
    assert run(monkeypatch, act) == 0
    assert (sys.excepthook, signal.getsignal(signal.SIGINT)) == (hook, handler)


def test_language_and_looks_are_those_of_last_time(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings()
    settings.language, settings.theme = "zh", "dark"
    settings.save()
    seen: list[tuple[str, str]] = []
    for spoken in (None, "en"):
        run(
            monkeypatch,
            lambda _: seen.append((language.current(), theme.current())),
            "single-project",
            spoken=spoken,
        )
    assert seen == [("zh", "dark"), ("en", "dark")]


def test_a_bug_is_told_from_any_thread_and_the_work_is_kept(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: printed.append(error))

    def break_something() -> None:
        try:
            raise ZeroDivisionError("by zero")
        except ZeroDivisionError:
            sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]

    def act(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: bool(window.session.documents), timeout=10_000)
        document = window.session.documents[0]
        changed = document.scenario.run.model_copy(update={"seed": 5})
        document.edit(document.scenario.model_copy(update={"run": changed}), "Seed")
        thread = Thread(target=break_something)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: "bug" in window.banners.shown, timeout=5000)
        assert "ZeroDivisionError: by zero" in window.banners.shown["bug"].text
        assert list(state_folder().rglob("*.json"))

    run(monkeypatch, act, "single-project")
    assert [type(error) for error in printed] == [ZeroDivisionError]


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_ctrl_c_keeps_what_is_not_saved(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", lambda *code: ended.append(0))

    def act(window: MainWindow) -> None:
        qtbot.waitUntil(lambda: bool(window.session.documents), timeout=10_000)
        document = window.session.documents[0]
        changed = document.scenario.run.model_copy(update={"seed": 5})
        document.edit(document.scenario.model_copy(update={"run": changed}), "Seed")
        os.kill(os.getpid(), signal.SIGINT)
        qtbot.waitUntil(lambda: bool(ended), timeout=5000)
        assert list(state_folder().rglob("*.json"))

    run(monkeypatch, act, "single-project")
    assert ended == [0]
