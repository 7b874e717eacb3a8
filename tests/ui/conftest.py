"""Settings for the tests of the app: no screen, an own theme, nobody's real settings."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from approvalsim_ui import language, theme


@pytest.fixture(autouse=True)
def plain_app(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Every test begins in English and light, with settings and recovery files of its own."""
    monkeypatch.setenv("APPROVALSIM_STATE", str(tmp_path / "state"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.apply(qapp, "light")
    language.use(qapp, "en")
    yield
    if theme.current() != "light":
        theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def garbage_of_this_thread(qapp: QApplication) -> Iterator[None]:
    """Qt objects are destroyed here and never in a thread that computes, as in the app."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()
