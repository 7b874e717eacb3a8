"""The app itself: one `QApplication`, one window."""

import signal
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from approvalsim_ui import language, theme
from approvalsim_ui.garbage import GarbageCollector
from approvalsim_ui.language import Language
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.recovery import Recovery
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings


def main(references: Sequence[str], chosen_language: str | None = None) -> int:
    """Run the app until its window is closed; gives the exit code."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([sys.argv[0]])
    app.setApplicationName("approvalsim")
    app.setDesktopFileName("approvalsim")
    settings = Settings()
    if not theme.has_chinese_font():
        theme.load_font_package()
    spoken = cast(Language | None, chosen_language) or settings.language or language.current()
    language.use(app, spoken)
    theme.apply(app, settings.theme)
    session, recovery = Session(), Recovery()
    window = MainWindow(session, settings, recovery)
    window.show()
    app.aboutToQuit.connect(session.shut_down)
    collector = GarbageCollector(app, lambda: session.is_running)
    before = sys.excepthook, signal.getsignal(signal.SIGINT)
    _tell_of_bugs(window)
    _let_ctrl_c_through(app, recovery)
    QTimer.singleShot(0, window, lambda: open_first(window, references))
    try:
        return app.exec()
    finally:
        sys.excepthook = before[0]
        signal.signal(signal.SIGINT, before[1])
        collector.close()


def open_first(window: MainWindow, references: Sequence[str]) -> None:
    """Open what was asked for, else what was open last, else the example; and say what is amiss."""
    window.files.open_all(references or window.settings.open_files)
    if not window.session.documents:
        window.files.open_example()
    window.messages.tell_missing_font()
    window.messages.tell_leftovers()
    if not window.settings.tour_seen:
        window.start_tour()


def _tell_of_bugs(window: MainWindow) -> None:
    """A bug is printed, as ever; its user is told, and his work is copied to a safe place."""
    print_it = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        print_it(kind, error, trace)
        window.messages.bug.emit(f"{kind.__name__}: {error}")

    sys.excepthook = hook


def _let_ctrl_c_through(app: QApplication, recovery: Recovery) -> None:
    """Ctrl-C in the terminal ends the app, at once; what is not saved can be recovered."""

    def end(*_: object) -> None:
        recovery.keep()
        app.exit()

    signal.signal(signal.SIGINT, end)
    # Python sees the signal only when it has something to do.
    beat = QTimer(app, interval=500)
    beat.timeout.connect(lambda: None)
    beat.start()
