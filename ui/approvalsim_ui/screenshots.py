"""Every screen as PNG, drawn without a screen: for the documentation, and for judging the looks."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QSettings, QSize, QTimer
from PySide6.QtWidgets import QApplication

from approvalsim import kernel_cache
from approvalsim_ui import language, theme
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.files import EXAMPLE
from approvalsim_ui.garbage import GarbageCollector
from approvalsim_ui.language import Language
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.recovery import Recovery
from approvalsim_ui.scenes import scenes
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings
from approvalsim_ui.theme import Theme

LANGUAGES: tuple[Language, ...] = ("zh", "en")
THEMES: tuple[Theme, ...] = ("light", "dark")
SIZES = (QSize(1280, 800), QSize(1920, 1080))

FEW = 100
"""Replications where only SimPy is there to make them."""
_SETTLING = 400
"""Milliseconds a screen gets to draw, tell its story and come to rest."""
_PATIENCE = 60_000
"""Milliseconds to wait at most for what takes longer."""


def take(
    folder: Path,
    references: Sequence[str] = (),
    settings: RunSettings | None = None,
    sizes: Sequence[QSize] = SIZES,
) -> Sequence[Path]:
    """Draw every screen in both languages and themes; gives the files written.

    The comparison shown is that of the first of the scenarios named, by default the example.
    """
    folder.mkdir(parents=True, exist_ok=True)
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    if not theme.has_chinese_font():
        theme.load_font_package()
    theme.apply(app, THEMES[0])
    with _nobodys_settings():
        collector = GarbageCollector()
        window = _answered(references or (EXAMPLE,), settings or _usual())
        try:
            return list(_pictures(app, window, folder, sizes))
        finally:
            window.close_now()
            collector.close()


def _usual() -> RunSettings:
    ready = kernel_cache.is_ready()
    return RunSettings() if ready else RunSettings(replications=FEW, engine="simpy")


@contextmanager
def _nobodys_settings() -> Iterator[None]:
    """Settings and recovery files that nobody uses, as for a first start."""
    before = os.environ.get("APPROVALSIM_STATE")
    with TemporaryDirectory() as place:
        os.environ["APPROVALSIM_STATE"] = place
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
        try:
            yield
        finally:
            os.environ.pop("APPROVALSIM_STATE")
            if before is not None:
                os.environ["APPROVALSIM_STATE"] = before


def _answered(references: Sequence[str], settings: RunSettings) -> MainWindow:
    """A window with an answer in full."""
    session = Session()
    session.settings = settings
    window = MainWindow(session, Settings(), Recovery())
    window.show()
    window.files.open_all(references)
    if session.documents:
        session.show_alone(session.documents[0])
    loop = QEventLoop()
    session.answer_changed.connect(lambda answer: loop.quit() if answer.is_final else None)
    session.failed.connect(loop.quit)
    if session.documents and not (session.answer and session.answer.is_final):
        loop.exec()
    if session.documents:
        window.views.desk.files.try_example()
    return window


def _pictures(
    app: QApplication, window: MainWindow, folder: Path, sizes: Sequence[QSize]
) -> Iterator[Path]:
    for size in sizes:
        window.resize(size)
        for spoken in LANGUAGES:
            language.use(app, spoken)
            for looks in THEMES:
                theme.apply(app, looks)
                for key in _shown(window):
                    name = f"{key}-{spoken}-{looks}-{size.width()}x{size.height()}.png"
                    window.grab().save(str(folder / name))
                    yield folder / name


def _shown(window: MainWindow) -> Iterator[str]:
    """Show every screen, then every scene; gives the name of what is seen, once it rests."""
    for screen in window.screens.all:
        window.screens.choose(screen.key)
        _rest(window)
        yield screen.key
    for scene in scenes(window):
        scene.enter(window)
        _rest(window)
        yield scene.key
        scene.leave(window)
        _rest(window)


def _rest(window: MainWindow) -> None:
    """Wait until nothing is on its way any more."""
    _wait(_SETTLING)
    waited = 0
    while waited < _PATIENCE and (window.session.is_running or window.views.is_drawing):
        _wait(_SETTLING)
        waited += _SETTLING


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
