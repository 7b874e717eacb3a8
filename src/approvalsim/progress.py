"""A progress bar on stderr, where that is a terminal."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any


def progress(title: str, total: int | None) -> AbstractContextManager[Callable[[int], Any]]:
    """A bar that is told how much has been done since; without a terminal, nothing."""
    if not sys.stderr.isatty():
        return nullcontext(lambda _: None)
    return _Bar(title, total)


class _Bar:
    """Rich's progress bar as a function of what has been done."""

    def __init__(self, title: str, total: int | None) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(title, total=total)

    def __enter__(self) -> Callable[[int], Any]:
        self._progress.start()
        return lambda done: self._progress.advance(self._task, done)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
