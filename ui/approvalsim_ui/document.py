"""An open scenario: its current value, the file it came from, and the way back.

The scenario itself is frozen; an edit replaces it, and undoing puts the earlier one back.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from approvalsim.errors import Problem, ScenarioError
from approvalsim.evidence import Text
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import ScenarioFile, as_text, read, save, shipped
from approvalsim.scenario_save import write_safely

MERGE_SECONDS = 1.0
"""Edits of one name that follow each other so closely are undone together: a drag."""


class ScenarioDocument(QObject):
    """One open scenario. `scenario` is what it says now, `filed` what its file says."""

    changed = Signal()
    """The scenario is another one now."""
    saved = Signal()
    state_changed = Signal()
    """Its name, its file, or whether it has unsaved changes."""
    changed_on_disk = Signal()
    """Somebody else has changed, or removed, the file; see `reload` and `keep_mine`."""

    def __init__(
        self,
        scenario: Scenario,
        file: ScenarioFile | None = None,
        path: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scenario = scenario
        self._file = file
        self.path = path
        """Where `save` writes; None for a new scenario and for those shipped with the program."""
        self.filed = file.scenario if file else scenario
        """The scenario that marks of change refer to."""
        self.undo = QUndoStack(self)
        self.undo.cleanChanged.connect(self._tell_state)
        self._drags = 0
        self.is_disturbed = False
        """The file on disk is not what was read; until that is settled nothing is written."""
        self._unwanted: bytes | None = None
        """What somebody else wrote into the file and the user does not want."""
        self._later = QTimer(self, singleShot=True, interval=150)
        self._later.timeout.connect(self.look_at_disk)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._later.start)
        self._watch()

    # --- making one ---------------------------------------------------------------------------

    @classmethod
    def opened(cls, path: Path, parent: QObject | None = None) -> "ScenarioDocument":
        """The scenario in a file; raises `ScenarioError` with everything that is wrong with it."""
        file = read(path)
        return cls(file.scenario, file, None if is_shipped(path) else path, parent)

    def variant(self, identifier: str) -> "ScenarioDocument":
        """A copy under another id, with no file of its own yet; keeps the comments."""
        named = {"id": identifier, "name": _variant_name(self._scenario.name, identifier)}
        copy = ScenarioDocument(self._scenario.model_copy(update=named), None, None, self.parent())
        copy._file = self._file
        copy.undo.resetClean()
        return copy

    # --- what it says -------------------------------------------------------------------------

    @property
    def scenario(self) -> Scenario:
        """What it says now."""
        return self._scenario

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return not self.undo.isClean()

    @property
    def is_example(self) -> bool:
        """Whether it is one of those that come with the program, with no file of its own yet."""
        return self.path is None and self._file is not None and self._file.scenario is self.filed

    @property
    def reference(self) -> str:
        """How the command line would name it: a path, or the id of a shipped scenario."""
        if self.path:
            return str(self.path)
        return self._file.path.stem if self._file else self._scenario.id

    def title(self, language: str) -> str:
        """Its name for people."""
        name = self._scenario.name
        return name.in_language(language) if name else self._scenario.id

    # --- changing it --------------------------------------------------------------------------

    def edit(self, scenario: Scenario, text: str, merge: str | None = None) -> None:
        """Make another scenario the current one; ``text`` names the step for undo.

        Steps of one ``merge`` that follow each other are one, however slowly a hand drags; steps
        that have no such key are one if they have one text and follow each other at once.
        """
        if scenario is self._scenario or scenario == self._scenario:
            return
        key = f"{self._drags} {merge or text}"
        self.undo.push(_Edit(self._show, self._scenario, scenario, text, key, not merge))

    def end_drag(self) -> None:
        """What comes next is a step of its own, whatever it is called."""
        self._drags += 1

    def _tell_state(self, _clean: bool) -> None:
        self.state_changed.emit()

    def _show(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.changed.emit()

    # --- its file -----------------------------------------------------------------------------

    def save(self, path: Path | None = None) -> None:
        """Write it, to another file if ``path`` is given; comments survive.

        Raises `ScenarioError`, having changed nothing, where that fails, and where the file is not
        what it was when it was read.
        """
        target = path or self.path
        if target is None:
            raise ValueError("a scenario without a file needs a path")
        if path is None and self._differs_on_disk():
            self.look_at_disk()
            raise ScenarioError([Problem("disturbed", file=str(target))])
        if self._file is not None:
            self._file = save(self._file, self._scenario, target)
        else:
            write_safely(target, as_text(self._scenario))
            self._file = read(target)
        self.path, self.filed = target, self._scenario
        self.is_disturbed, self._unwanted = False, None
        self._watch()
        self.undo.setClean()
        self.saved.emit()
        self.state_changed.emit()

    def reload(self) -> None:
        """Take what the file says now; can be undone. Raises `ScenarioError` if it is broken."""
        assert self.path is not None
        self._file = read(self.path)
        self.filed = self._file.scenario
        self.is_disturbed = False
        self._watch()
        self.edit(self._file.scenario, self.tr("Reload from disk"))
        self.end_drag()
        self.undo.setClean()
        self.changed.emit()  # the marks of change refer to another file now
        self.state_changed.emit()

    def keep_mine(self) -> None:
        """Let the next save overwrite what somebody else wrote."""
        assert self.path is not None
        self.is_disturbed = False
        self._unwanted = _bytes_of(self.path)
        self.undo.resetClean()
        self._watch()
        self.state_changed.emit()

    def recover(self, scenario: Scenario) -> None:
        """Put back what had not been saved when the program ended; can be undone."""
        self.edit(scenario, self.tr("Recover unsaved changes"))
        self.undo.resetClean()

    def look_at_disk(self) -> None:
        """Find out whether somebody else has changed the file."""
        disturbed = self._differs_on_disk()
        self._watch()  # a file that was replaced is no longer watched
        if disturbed and not self.is_disturbed:
            self.is_disturbed = True
            self.changed_on_disk.emit()
        elif not disturbed and self.is_disturbed:
            self.is_disturbed = False
            self.state_changed.emit()

    def _differs_on_disk(self) -> bool:
        if self.path is None or self._file is None:
            return False
        return _bytes_of(self.path) not in (self._file.text.encode(), self._unwanted)

    def _watch(self) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        if self.path and self.path.is_file():
            self._watcher.addPath(str(self.path))


class _Edit(QUndoCommand):
    """One step from a scenario to the next."""

    def __init__(
        self,
        show: Callable[[Scenario], None],
        before: Scenario,
        after: Scenario,
        text: str,
        merge: str,
        only_at_once: bool,
    ) -> None:
        super().__init__(text)
        self._show, self.before, self.after = show, before, after
        self.merge, self.time, self.only_at_once = merge, monotonic(), only_at_once

    def id(self) -> int:
        return 1

    def redo(self) -> None:
        self._show(self.after)

    def undo(self) -> None:
        self._show(self.before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other.merge != self.merge:
            return False
        if self.only_at_once and other.time - self.time > MERGE_SECONDS:
            return False
        self.after, self.time = other.after, other.time
        self.setObsolete(self.after == self.before)
        return True


def is_shipped(path: Path) -> bool:
    """Whether a file belongs to the program, and is not to be written."""
    return path.resolve() in {file.resolve() for file in shipped().values()}


def _bytes_of(path: Path) -> bytes:
    """What a file holds; nothing where there is none."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _variant_name(name: Text | None, identifier: str) -> Text | None:
    if name is None:
        return None
    mark = identifier.rsplit("-", 1)[-1]
    return Text(zh=f"{name.zh}（变体 {mark}）", en=f"{name.en} (variant {mark})")
