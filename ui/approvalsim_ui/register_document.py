"""An open register: its file with the history, what it says now, and the way back.

Every edit is written at once. Undoing one is an edit too: the history only grows.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from approvalsim.errors import Problem, ScenarioError
from approvalsim.register import Register
from approvalsim.register_changes import Change, differences
from approvalsim.register_log import Recorded, RegisterFile, user

LOOK_EVERY = 2_000
"""Milliseconds between two looks at a file that another program may change."""
_ONLY_READ = ("opened_by", "cannot_write")
"""Problems with which a file can still be read."""


class RegisterDocument(QObject):
    """One open register. `register` is what it says now."""

    changed = Signal()
    """The register is another one now."""
    refused = Signal(tuple)
    """Problems that kept a change from being made."""

    def __init__(
        self, file: RegisterFile, held: Problem | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._file = file
        self.held = held
        """Why it can only be read; None where it can be changed."""
        self.register: Register = file.register
        self.undo = QUndoStack(self)
        self._looks = QTimer(self, interval=LOOK_EVERY)
        self._looks.timeout.connect(self.look)
        if held is not None:
            self._looks.start()

    @classmethod
    def opened(cls, path: Path, parent: QObject | None = None) -> "RegisterDocument":
        """The register in a file, for reading only where somebody else has it.

        Raises `ScenarioError` where it cannot even be read.
        """
        try:
            return cls(RegisterFile.open(path), None, parent)
        except ScenarioError as error:
            held = next((each for each in error.problems if each.sentence in _ONLY_READ), None)
            if held is None:
                raise
        return cls(RegisterFile.open(path, read_only=True), held, parent)

    @classmethod
    def made(
        cls, path: Path, register: Register, who: str, parent: QObject | None = None
    ) -> "RegisterDocument":
        """A register in a file: a new one, or one that takes over what differs.

        Raises `ScenarioError` where that cannot be written.
        """
        if path.exists():
            file = RegisterFile.open(path, who=user())
            try:
                file.apply(differences(file.register, register), who)
            except ScenarioError:
                file.close()
                raise
        else:
            file = RegisterFile.create(path, register, who)
        return cls(file, None, parent)

    @property
    def path(self) -> Path:
        """Its file."""
        return self._file.path

    @property
    def read_only(self) -> bool:
        """Whether it can only be looked at."""
        return self._file.read_only

    @property
    def scenario_reference(self) -> str:
        """The scenario it belongs to: a file beside it, else an id; empty if it names none."""
        return self._file.scenario_reference()

    def history(self, project: str | None = None) -> tuple[Recorded, ...]:
        """Every change of a project, or of all, oldest first."""
        return self._file.history(project)

    def recorded(self, day: date) -> Register:
        """The register as it was recorded at the end of a day."""
        return self._file.as_of(day)

    def edit(self, changes: Sequence[Change], text: str) -> bool:
        """Make changes and record them; ``text`` names the step for undo. Gives whether it did."""
        before = self.register
        if not self.apply(changes):
            return False
        made = differences(before, self.register)
        if made:
            self.undo.push(_Edit(self, made, differences(self.register, before), text))
        return True

    def apply(self, changes: Sequence[Change]) -> bool:
        """Make changes and record them, without a way back; gives whether that was possible."""
        before = self.register
        try:
            self.register = self._file.apply(changes)
        except ScenarioError as error:
            self.refused.emit(error.problems)
            return False
        if self.register != before:
            self.changed.emit()
        return True

    def look(self) -> None:
        """Find out whether another program has changed the file."""
        try:
            found = self._file.register
        except ScenarioError as error:
            self._looks.stop()
            self.refused.emit(error.problems)
            return
        if found != self.register:
            self.register = found
            self.changed.emit()

    def close(self) -> None:
        """Let others change the file."""
        self._looks.stop()
        self.undo.blockSignals(True)
        self._file.close()


class _Edit(QUndoCommand):
    """Changes that have been made already, and those that take them back."""

    def __init__(
        self,
        document: RegisterDocument,
        forth: Sequence[Change],
        back: Sequence[Change],
        text: str,
    ) -> None:
        super().__init__(text)
        self._document, self._forth, self._back = document, forth, back
        self._is_made = True

    def redo(self) -> None:
        """Make the changes again; the first time they have been made already."""
        if self._is_made:
            self._is_made = False
        else:
            self._apply(self._forth)

    def undo(self) -> None:
        """Take them back, by changes of their own."""
        self._apply(self._back)

    def _apply(self, changes: Sequence[Change]) -> None:
        if not self._document.apply(changes):
            self.setObsolete(True)  # the file cannot be written: there is no way back or forth
