"""The app in a process of its own, measured: ``window_runs.py start|stages|compare FOLDER BEGUN``.

FOLDER takes its settings, BEGUN is the time at which the process was started. Prints JSON.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from time import perf_counter, process_time, time
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from approvalsim_ui import language, theme
from approvalsim_ui.answer import Answer
from approvalsim_ui.app import open_first
from approvalsim_ui.duration_curve import DurationCurve
from approvalsim_ui.garbage import GarbageCollector
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.recovery import Recovery
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings

IMPORTED = time()

PORTFOLIO = "jianghai-2022"
SECONDS = 3.0
"""How long is dragged."""
BEAT = 5
"""Milliseconds between two ticks of the timer that looks for gaps."""
STEP = 16
"""Milliseconds between two moves of the mouse."""
PIXELS = 3
"""How far each of them goes: as far as it takes for another value nearly every time."""


def opened(place: str) -> MainWindow:
    """The window as `approvalsim gui` makes it; no scenario is open yet."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
    app = QApplication([])
    settings = Settings()
    settings.tour_seen = True
    language.use(app, language.current())
    theme.apply(app, settings.theme)
    session = Session()
    window = MainWindow(session, settings, Recovery())
    GarbageCollector(app, lambda: session.is_running)
    window.show()
    app.processEvents()
    return window


def pause(milliseconds: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(window: MainWindow, wanted: Callable[[Answer], bool]) -> Answer:
    """The first answer that is as wanted, once it is drawn."""
    session = window.session
    while not (session.answer and wanted(session.answer)):
        pause(1)
    QApplication.processEvents()
    return session.answer


def start(place: str, begun: float) -> dict[str, float]:
    """Seconds from the start of the process until something is there."""
    window = opened(place)
    found = {"imported": IMPORTED - begun, "shown": time() - begun}
    open_first(window, ())
    wait_for(window, lambda _: True)
    found["answered"] = time() - begun
    wait_for(window, lambda answer: answer.is_final)
    found["final"] = time() - begun
    window.close_now()
    return found


class Hand:
    """Holds the handle of a duration's most likely value and moves it to and fro."""

    def __init__(self, curve: DurationCurve) -> None:
        self._curve, self._steps = curve, 0
        self._begin = curve.position_of("mode").toPoint()
        QTest.mousePress(curve, Qt.MouseButton.LeftButton, pos=self._begin)

    def _place(self) -> QPoint:
        return self._begin + QPoint(60 - abs(PIXELS * self._steps % 120 - 60), 0)

    def move(self) -> None:
        """Some pixels further."""
        self._steps += 1
        QTest.mouseMove(self._curve, self._place())

    def release(self) -> None:
        """Let it go where it is."""
        QTest.mouseRelease(self._curve, Qt.MouseButton.LeftButton, pos=self._place())


@dataclass
class Counts:
    """What happens during a drag."""

    asked: int = 0
    shown: list[int] = field(default_factory=list)
    final: int = 0
    beats: list[float] = field(default_factory=list)

    def ask(self) -> None:
        """A run was begun."""
        self.asked += 1

    def answer(self, answer: Answer) -> None:
        """There is something to see."""
        self.shown.append(answer.replications)
        self.final += answer.is_final

    def beat(self) -> None:
        """The window's event loop is alive."""
        self.beats.append(perf_counter())


def drag(place: str, screen: str) -> dict[str, Any]:
    """Drag the preparation of land supply while a screen is seen."""
    window = opened(place)
    window.files.open_and_show(PORTFOLIO)
    session = window.session
    wait_for(window, lambda answer: answer.is_final)
    window.views.go_to(("stage", "land_supply", "prepare"))
    pause(500)
    hand = Hand(window.views.stages.inspector.times["prepare"].curve)
    window.screens.choose(screen)
    pause(1000)
    counts, beat, moves = Counts(), QTimer(interval=BEAT), QTimer(interval=STEP)
    beat.setTimerType(Qt.TimerType.PreciseTimer)
    session.asked.connect(counts.ask)
    session.answer_changed.connect(counts.answer)
    beat.timeout.connect(counts.beat)
    moves.timeout.connect(hand.move)
    beat.start()
    moves.start()
    before = process_time()
    pause(round(1000 * SECONDS))
    moves.stop()
    cores = (process_time() - before) / SECONDS
    followed, ended = tuple(counts.shown), perf_counter()
    hand.release()
    pause(0)
    while session.is_running:
        pause(1)
    settled = perf_counter() - ended
    beat.stop()
    answer = wait_for(window, lambda answer: answer.is_final)
    window.close_now()
    gaps = sorted(1000 * (after - before) for before, after in pairwise(counts.beats))
    return {
        "seconds": SECONDS,
        "replications": answer.replications,
        "updates": len(followed) / SECONDS,
        "shown": median(followed),
        "cores": cores,
        "gap": gaps[-1],
        "gaps": median(gaps[-10:]),
        "asked": counts.asked,
        "superseded": counts.asked - counts.final,
        "settled": 1000 * settled,
    }


if __name__ == "__main__":
    name, folder, started = sys.argv[1:]
    print(json.dumps(start(folder, float(started)) if name == "start" else drag(folder, name)))
