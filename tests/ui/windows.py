"""The whole window for tests, with few replications and no tour."""

from pytestqt.qtbot import QtBot

from approvalsim.scenario import Scenario
from approvalsim_ui.answer import Answer
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.recovery import Recovery
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings


def shown(qtbot: QtBot, replications: int = 20) -> MainWindow:
    """A window nobody has opened anything in."""
    session = Session()
    session.settings = RunSettings(replications=replications, engine="simpy")
    settings = Settings()
    settings.tour_seen = True
    window = MainWindow(session, settings, Recovery())
    qtbot.addWidget(window)
    window.show()
    return window


def finished(window: MainWindow, qtbot: QtBot) -> Answer | None:
    """Wait until everything asked is answered; the answer."""
    session = window.session
    qtbot.waitUntil(lambda: not session._soon.isActive(), timeout=10_000)
    qtbot.waitUntil(lambda: not session.is_running, timeout=60_000)
    return session.answer


def in_front(window: MainWindow, qtbot: QtBot) -> None:
    """Give the window the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)


def with_seed(scenario: Scenario, seed: int) -> Scenario:
    """Another scenario, by the least of changes."""
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"seed": seed})})
