"""What is not saved is not lost: copies beside the user's files, found again after a crash.

Each running app has a folder of its own, with a lock. A folder whose lock nobody holds belongs to
an app that did not end as it should; what it left behind can be recovered.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError
from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer

from approvalsim.errors import ScenarioError
from approvalsim.scenario import Scenario
from approvalsim.scenario_save import write_safely
from approvalsim.validation import problems
from approvalsim_ui.document import ScenarioDocument

SECONDS = 30.0
"""Between two rounds of copies."""
LOCK = "lock"


@dataclass(frozen=True)
class Leftover:
    """A scenario with changes that were never saved."""

    copy: Path
    scenario: Scenario
    path: Path | None
    """The file it was opened from, if there was one."""


def state_folder() -> Path:
    """The user's own folder for what the app remembers; ``APPROVALSIM_STATE`` names another."""
    if chosen := os.environ.get("APPROVALSIM_STATE"):
        return Path(chosen)
    place = QStandardPaths.StandardLocation.GenericDataLocation
    return Path(QStandardPaths.writableLocation(place)) / "approvalsim"


class Recovery(QObject):
    """Keeps copies of documents with unsaved changes; `leftovers` are those of a dead app."""

    def __init__(self, parent: QObject | None = None, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._root = state_folder() / "recovery"
        self._folder = self._root / uuid4().hex[:12]
        self._copies: dict[ScenarioDocument, Path] = {}
        self._documents: list[ScenarioDocument] = []
        self._dead: list[QLockFile] = []
        self._lock: QLockFile | None = None
        self._timer = QTimer(self, interval=round(seconds * 1000))
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    def watch(self, documents: Iterable[ScenarioDocument]) -> None:
        """From now on these are the open documents."""
        self._documents = list(documents)
        for gone in set(self._copies) - set(self._documents):
            self._forget(gone)

    def keep(self) -> None:
        """Copy every document with unsaved changes; drop copies that are needed no more."""
        for document in self._documents:
            if document.has_changes:
                with suppress(ScenarioError, OSError):  # a full disk must not disturb the work
                    self._copy(document)
            else:
                self._forget(document)

    def leftovers(self) -> list[Leftover]:
        """What apps that are not running any more left behind, newest first."""
        found = []
        folders = sorted(self._root.glob("*/"), key=_age) if self._root.is_dir() else []
        for folder in folders:
            if folder == self._folder:
                continue
            lock = _locked(folder)
            if lock is None:
                continue
            self._dead.append(lock)
            left = [one for copy in sorted(folder.glob("*.json")) if (one := _leftover(copy))]
            found += left
            if not left:
                _clear(folder)
        return found

    def settle(self, leftover: Leftover) -> None:
        """It has been recovered, or nobody wants it."""
        leftover.copy.unlink(missing_ok=True)
        _clear(leftover.copy.parent)

    def close(self) -> None:
        """End in good order: nothing is left behind."""
        self._timer.stop()
        for document in list(self._copies):
            self._forget(document)
        for lock in (self._lock, *self._dead):
            if lock:
                lock.unlock()
        _clear(self._folder)

    def _copy(self, document: ScenarioDocument) -> None:
        if self._lock is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = _locked(self._folder)
        copy = self._copies.setdefault(document, self._folder / f"{uuid4().hex[:12]}.json")
        content = {
            "path": str(document.path) if document.path else None,
            "scenario": document.scenario.model_dump(
                mode="json", by_alias=True, exclude_defaults=True
            ),
        }
        write_safely(copy, json.dumps(content, ensure_ascii=False))

    def _forget(self, document: ScenarioDocument) -> None:
        if copy := self._copies.pop(document, None):
            copy.unlink(missing_ok=True)


def _locked(folder: Path) -> QLockFile | None:
    """The lock of a folder, if nobody who is alive holds it."""
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    return lock if lock.tryLock(0) else None


def _leftover(copy: Path) -> Leftover | None:
    try:
        content = json.loads(copy.read_text(encoding="utf-8"))
        scenario = Scenario.model_validate_json(json.dumps(content["scenario"]))
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None
    if problems(scenario):
        return None
    path = content.get("path")
    return Leftover(copy, scenario, Path(path) if path else None)


def _age(folder: Path) -> float:
    try:
        return -folder.stat().st_mtime
    except OSError:
        return 0.0


def _clear(folder: Path) -> None:
    """Remove a folder in which no copy is left."""
    if not any(folder.glob("*.json")):
        with suppress(OSError):
            (folder / LOCK).unlink(missing_ok=True)
            folder.rmdir()
