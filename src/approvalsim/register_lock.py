"""Who has a register file open for changing; a lock that ends with the program that holds it."""

import os
import platform
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from approvalsim.errors import Problem, ScenarioError


class Lock:
    """The right to change a file, held until `release` or the end of this program.

    A small database beside the file stays in a write transaction, which the system ends with the
    program, however that ends; so no lock outlives its holder. Others can still read who that is.
    """

    def __init__(self, path: Path, who: str) -> None:
        self._path = path.resolve().with_name(f".{path.name}.lock")
        self._token = uuid4().hex
        while True:
            self._connection = self._connected()
            try:
                self._take(who)
            except sqlite3.Error as error:
                holder = self._holder()
                self._connection.close()
                if holder is None:
                    words = {"reason": error}
                    raise ScenarioError([Problem("cannot_write", (), words, str(path))]) from None
                raise ScenarioError([Problem("opened_by", (), holder, str(path))]) from None
            if self._is_ours():
                return
            self._connection.close()  # it was removed by its last holder while we took it

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, isolation_level=None, timeout=0, check_same_thread=False)

    def _take(self, who: str) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute("CREATE TABLE IF NOT EXISTS holder (who TEXT, place TEXT, since TEXT, token TEXT)")
        execute("DELETE FROM holder")
        since = datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")
        place = f"{platform.node() or 'localhost'}:{os.getpid()}"
        execute("INSERT INTO holder VALUES (?, ?, ?, ?)", (who, place, since, self._token))
        execute("COMMIT")
        execute("BEGIN IMMEDIATE")

    def _is_ours(self) -> bool:
        """Whether what lies in the lock's place is what this program holds."""
        with closing(self._connected()) as other, suppress(sqlite3.Error):
            return bool(other.execute("SELECT token FROM holder").fetchone() == (self._token,))
        return False

    def _holder(self) -> dict[str, str] | None:
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA busy_timeout = 1000")
            row = self._connection.execute("SELECT who, place, since FROM holder").fetchone()
            if row:
                return dict(zip(("who", "place", "since"), row, strict=True))
        return None

    def release(self) -> None:
        """Let others change the file."""
        removed = self._removed()
        self._connection.close()
        if not removed:  # Windows removes only what nobody has open
            self._removed()

    def _removed(self) -> bool:
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
