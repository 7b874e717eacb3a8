"""A thread for analyses on demand: one at a time, told of as they go on, cancelled at will."""

import sys
from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from approvalsim.errors import ScenarioError

Watch = Callable[[int], object]
Analysis = Callable[[Watch, Watch], Iterator[Any]]
"""Gives better and better answers. It calls the first with what has been done since the last call,
and the second once with how much there is to do; the first may raise to end it."""

_BEAT = 0.1
"""Seconds between two reports of progress."""


class _Enough(Exception):  # noqa: N818 - not an error
    """Nobody wants the rest."""


class AnalysisWorker(QThread):
    """Runs one analysis; its signals arrive in the thread of the window."""

    answered = Signal()
    """There is an answer to `take`; one signal may stand for several."""
    progressed = Signal(int, int)
    """How much has been done, and how much there is to do."""
    failed = Signal(tuple)
    """Problems: there will be no answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("analysis")
        self._analysis: Analysis | None = None
        self._box = Lock()
        self._mail: Any = None
        self._stopped = False
        self._done = self._total = 0
        self._last_beat = 0.0

    def ask(self, analysis: Analysis) -> bool:
        """Run an analysis, unless another one is not finished; gives whether it is taken."""
        if self.isRunning():
            return False
        self._analysis, self._stopped = analysis, False
        self._done = self._total = 0
        self.start()
        return True

    def cancel(self) -> None:
        """Stop soon; what has been found stays."""
        self._stopped = True

    def take(self) -> Any:
        """The newest answer, once; None where there is none."""
        with self._box:
            mail, self._mail = self._mail, None
        return mail

    def close(self) -> None:
        """Stop, and wait for the thread to end."""
        self.cancel()
        self.wait()

    def run(self) -> None:
        """Run the analysis."""
        # Python code of this thread lets the window have its turn a thousand times a second.
        sys.setswitchinterval(0.001)
        try:
            for answer in self._analysis(self._watch, self._begin) if self._analysis else ():
                self._post(answer)
        except _Enough:
            pass
        except ScenarioError as error:
            self.failed.emit(error.problems)
        except Exception:  # a bug shows itself, and the next analysis is run all the same
            sys.excepthook(*sys.exc_info())

    def _begin(self, total: int) -> None:
        self._total = total

    def _watch(self, done: int) -> None:
        if self._stopped:
            raise _Enough
        self._done += done
        if monotonic() - self._last_beat >= _BEAT or self._done >= self._total:
            self._last_beat = monotonic()
            self.progressed.emit(self._done, self._total)

    def _post(self, answer: Any) -> None:
        with self._box:
            is_first, self._mail = self._mail is None, answer
        if is_first:
            self.answered.emit()
