"""The register as a live document: a file with the current state and the history of every field.

A ``.approvalsim`` file is an SQLite database. ``part`` holds the register as it is, ``log`` every
change ever made, and can only grow; both change in one transaction, so a crash leaves either all
of a change or nothing of it. One program writes at a time, any number may read.
"""

import getpass
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from approvalsim.errors import Problem, ScenarioError
from approvalsim.register import Register
from approvalsim.register_changes import (
    Change,
    Value,
    changed,
    decoded,
    demand_fields,
    demand_from,
    differences,
    encoded,
    entry_from,
    fields_of,
    owner_of,
    tagged,
    untagged,
)
from approvalsim.register_lock import Lock

SUFFIX = ".approvalsim"
FORMAT = 1
_APPLICATION = 0x61707273  # "aprs", so that the file is known by its head
_PATIENCE = 5.0  # seconds to wait for somebody else's commit

_SCHEMA = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE part (
    kind TEXT NOT NULL, id TEXT NOT NULL, fields TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE log (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL,
    project TEXT NOT NULL, field TEXT NOT NULL, old TEXT, new TEXT
);
CREATE INDEX log_project ON log (project, number);
CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {FORMAT};
"""


@dataclass(frozen=True)
class Recorded:
    """One line of the history: when, who, which project, which field, from what to what."""

    when: datetime
    who: str
    project: str
    field: str
    old: Value
    new: Value


class RegisterFile:
    """An open register file; use it in a ``with`` block, or `close` it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: Lock | None) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._version = -1
        self._register = Register("")

    @classmethod
    def create(
        cls, path: str | PathLike[str], register: Register, who: str | None = None
    ) -> "RegisterFile":
        """A new file with a register, as the first lines of its history.

        Raises `ScenarioError` if there is such a file, or it cannot be written.
        """
        target = Path(path)
        if target.exists():
            raise ScenarioError([Problem("exists", file=str(target))])
        empty = Register(register.scenario)
        first = differences(empty, register)
        changed(empty, first)  # raises before there is a file
        with _as_problems(target, "cannot_write"):
            _make(target, register.scenario)
        file = cls.open(target, who=who)
        file.apply(first, who)
        return file

    @classmethod
    def open(
        cls, path: str | PathLike[str], *, read_only: bool = False, who: str | None = None
    ) -> "RegisterFile":
        """Open a file, for changing it unless ``read_only``.

        Raises `ScenarioError` where it is no register, or where another program that is still
        running has it open for changing; a lock left behind by one that died is taken over.
        """
        target = Path(path)
        if not target.is_file():
            raise ScenarioError([Problem("no_file", file=str(target))])
        lock = None if read_only else Lock(target, who or user())
        try:
            with _as_problems(target, "not_register"):
                connection = _connected(target, read_only)
                file = cls(target, connection, lock)
                file._refresh()
        except BaseException:
            if lock:
                lock.release()
            raise
        return file

    @property
    def read_only(self) -> bool:
        """Whether this opening can only look."""
        return self._lock is None

    @property
    def register(self) -> Register:
        """The register as it is now, also after another program has changed it."""
        self._refresh()
        return self._register

    def apply(self, changes: Iterable[Change], who: str | None = None) -> Register:
        """Make changes, all or none, and record each; returns the register as it then is.

        What changes nothing is not recorded. Raises `ScenarioError` with every change that cannot
        be made, or where the file is open for reading only.
        """
        if self._lock is None:
            raise ScenarioError([Problem("only_read", file=str(self.path))])
        with _as_problems(self.path, "cannot_write"), self._transaction():
            before = self._register
            after = changed(before, changes)
            made = differences(before, after)
            self._record(before, made, who or user())
            self._keep(after, made)
        self._register = after
        return after

    def history(self, project: str | None = None) -> tuple[Recorded, ...]:
        """Every change ever made, of one project or all, oldest first."""
        where, words = ("WHERE project = ?", (project,)) if project is not None else ("", ())
        with _as_problems(self.path, "unreadable"):
            rows = self._connection.execute(
                f"SELECT at, who, project, field, old, new FROM log {where} ORDER BY number", words
            ).fetchall()
        return tuple(
            Recorded(datetime.fromisoformat(at), by, name, field, decoded(old), decoded(new))
            for at, by, name, field, old, new in rows
        )

    def as_of(self, day: date) -> Register:
        """The register as it was recorded at the end of a day, by this computer's clock."""
        end = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC)
        changes = [
            Change(line.project, line.field, line.new) for line in self.history() if line.when < end
        ]
        return changed(Register(self.register.scenario), changes)

    def scenario_reference(self) -> str:
        """The scenario as `scenario_file.find` knows it: a file beside this one, else an id."""
        reference = self.register.scenario
        beside = self.path.parent / reference
        return str(beside) if reference and beside.is_file() else reference

    def close(self) -> None:
        """Let others change the file."""
        self._connection.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- inside ----------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._refresh()
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def _refresh(self) -> None:
        """Read the register anew where another program has changed the file."""
        with _as_problems(self.path, "unreadable"):
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                self._register = _read(self._connection)
                self._version = version

    def _record(self, before: Register, made: Iterable[Change], who: str) -> None:
        (latest,) = self._connection.execute("SELECT max(at) FROM log").fetchone()
        # A clock that was set back must not put later changes before earlier ones.
        at = max(datetime.now(UTC).isoformat(timespec="microseconds"), latest or "")
        self._connection.executemany(
            "INSERT INTO log (at, who, project, field, old, new) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (at, who, each.project, each.field, encoded(old), encoded(each.new))
                for each, old in _with_old(before, made)
            ],
        )

    def _keep(self, after: Register, made: Iterable[Change]) -> None:
        touched = {owner_of(change)[0] for change in made}
        for owner, fields in _parts(after):
            if owner in touched:
                content = json.dumps(tagged(fields), ensure_ascii=False)
                self._connection.execute(_KEEP, (*owner, content))
                touched.remove(owner)
        self._connection.executemany("DELETE FROM part WHERE kind = ? AND id = ?", touched)


_KEEP = """
INSERT INTO part (kind, id, fields, position)
VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM part))
ON CONFLICT (kind, id) DO UPDATE SET fields = excluded.fields
"""


def user() -> str:
    """Who works at this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "–"


# --- what is in the file -------------------------------------------------------------------------


def _make(target: Path, scenario: str) -> None:
    """An empty register file, there at once or not at all."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    draft.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(draft, isolation_level=None)
        try:
            connection.executescript(_SCHEMA)
            connection.execute("INSERT INTO about VALUES ('scenario', ?)", (scenario,))
        finally:
            connection.close()
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _connected(target: Path, read_only: bool) -> sqlite3.Connection:
    # Not mode=ro: whoever opens a file after a crash must be able to undo the half-made change.
    address = f"{target.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=_PATIENCE, check_same_thread=False
    )
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != _APPLICATION:
            raise sqlite3.DatabaseError("another kind of file")
        if version > FORMAT:
            words = {"found": version, "known": FORMAT}
            raise ScenarioError([Problem("newer_register", words=words, file=str(target))])
        # No WAL: one file at rest, that can be copied and may lie on a shared drive.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA query_only = {int(read_only)}")
    except BaseException:
        connection.close()
        raise
    return connection


def _read(connection: sqlite3.Connection) -> Register:
    (scenario,) = connection.execute("SELECT value FROM about WHERE key = 'scenario'").fetchone()
    rows = connection.execute("SELECT kind, fields FROM part ORDER BY position, id").fetchall()
    parts: list[tuple[str, dict[str, Any]]] = [
        (kind, untagged(json.loads(fields))) for kind, fields in rows
    ]
    return Register(
        scenario,
        tuple(entry_from(fields) for kind, fields in parts if kind == "project"),
        tuple(demand_from(fields) for kind, fields in parts if kind == "demand"),
    )


def _parts(register: Register) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    for entry in register.entries:
        yield ("project", entry.id), fields_of(entry)
    for demand in register.demands:
        yield ("demand", demand.id), demand_fields(demand)


def _with_old(before: Register, made: Iterable[Change]) -> Iterator[tuple[Change, Value]]:
    fields = dict(_parts(before))
    for change in made:
        owner, name = owner_of(change)
        yield change, fields.get(owner, {}).get(name)


@contextmanager
def _as_problems(path: Path, sentence: str) -> Iterator[None]:
    """Let an error of the file be a problem."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise ScenarioError([Problem(sentence, words={"reason": error}, file=str(path))]) from None
