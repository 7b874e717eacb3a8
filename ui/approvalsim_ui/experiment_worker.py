"""The thread that answers: the newest question counts, older ones are dropped.

The window never waits for it. While the compiled engine is not ready SimPy answers, with fewer
replications; the engine is compiled in a child process meanwhile.
"""

import sys
from dataclasses import dataclass, replace
from threading import Condition, Thread
from time import monotonic
from typing import Literal

from PySide6.QtCore import QObject, QThread, Signal

from approvalsim import kernel_cache
from approvalsim.engines import Asked, Engine
from approvalsim.errors import Problem, ScenarioError
from approvalsim_ui.answer import Answer
from approvalsim_ui.answering import Answering, Question

FEW = 100
"""Replications of SimPy that have to do until the compiled engine is ready."""
_BEAT = 0.1
"""Seconds between two reports of progress."""

Readiness = Literal["unknown", "wanted", "compiling", "ready", "failed"]


@dataclass(frozen=True)
class Asking:
    """A question on its way: the engine wanted, and its number."""

    question: Question
    engine: Asked
    number: int


class ExperimentWorker(QThread):
    """Answers questions; signals arrive in the thread of the window."""

    answered = Signal()
    """There is an answer to `take`; one signal may stand for several answers."""
    progressed = Signal(int, int)
    """Replications done, and wanted; at most ten times a second."""
    failed = Signal(tuple)
    """Problems: the sides cannot be compared."""
    finished_asking = Signal(bool)
    """Nothing more will come to the last question; whether it was answered in full."""
    readiness_changed = Signal(str)
    """How it stands with the compiled engine, see `Readiness`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("experiments")
        self._bell = Condition()
        self._next: Asking | None = None
        self._number = 0
        self._cancelled = 0
        self._closing = False
        self._mail: Answer | None = None
        self._readiness: Readiness = "unknown"
        self._last_beat = 0.0

    # --- called from the window ---------------------------------------------------------------

    def ask(self, question: Question, engine: Asked = "auto") -> None:
        """Answer this question and forget older ones; starts the thread if need be."""
        with self._bell:
            self._number += 1
            self._next = Asking(question, engine, self._number)
            self._bell.notify()
        if not self.isRunning():
            self.start()

    def cancel(self) -> None:
        """Stop at what has been done so far."""
        with self._bell:
            self._cancelled = self._number

    def take(self) -> Answer | None:
        """The newest answer, once."""
        with self._bell:
            mail, self._mail = self._mail, None
        return mail

    def close(self) -> None:
        """End the thread, at the next batch."""
        with self._bell:
            self._closing = True
            self._cancelled = self._number
            self._bell.notify()
        self.wait()

    # --- the thread ---------------------------------------------------------------------------

    def run(self) -> None:
        """Answer until closed."""
        # Python code of this thread lets the window have its turn a thousand times a second.
        sys.setswitchinterval(0.001)
        answering = Answering()
        while asking := self._wait_for_question():
            whole = False
            try:
                whole = self._answer(answering, asking)
            except ScenarioError as error:
                if not self._is_old(asking):
                    self.failed.emit(error.problems)
            except Exception:  # a bug shows itself, and the next question is answered all the same
                sys.excepthook(*sys.exc_info())
            if not self._is_old(asking):
                self.finished_asking.emit(whole)

    def _wait_for_question(self) -> Asking | None:
        with self._bell:
            self._bell.wait_for(lambda: self._next is not None or self._closing)
            asking, self._next = self._next, None
            return None if self._closing else asking

    def _answer(self, answering: Answering, asking: Asking) -> bool:
        """Post better and better answers; gives whether the last one is what was asked for."""
        engine = self._engine(asking.engine)
        waits = engine == "simpy" and asking.engine != "simpy"
        few = FEW if waits and self._readiness in ("wanted", "compiling") else None
        control = _Control(self, asking.number)
        answer = None
        for answer in answering.answers(asking.question, engine, control, few):
            self._post(answer)
            if few:  # only now: compiling would take the first answer's time
                self._start_compiling()
            # An old question's answer was still worth showing: all are, while the user drags on.
            if self._is_old(asking):
                return False
        if few and not control.cancelled() and not self._is_old(asking):
            self._wait_for_kernel(asking)
        if answer is not None and control.cancelled():
            self._post_as_partial(answer)
        return answer is not None and answer.is_final

    def _wait_for_kernel(self, asking: Asking) -> None:
        """Ask the same again once the compiled engine is ready, unless something newer comes."""
        with self._bell:
            self._bell.wait_for(
                lambda: (
                    self._readiness != "compiling"
                    or self._next is not None
                    or self._closing
                    or self._cancelled >= asking.number
                )
            )
            if self._next is None and self._cancelled < asking.number:
                self._next = replace(asking, number=self._number)

    def _engine(self, asked: Asked) -> Engine:
        if asked == "simpy":
            return "simpy"
        if self._readiness == "unknown":
            self._set_readiness("ready" if kernel_cache.is_ready() else "wanted")
        if asked == "kernel" and self._readiness == "failed":
            raise ScenarioError([Problem("no_kernel", words={"folder": kernel_cache.folder()})])
        return "kernel" if self._readiness == "ready" else "simpy"

    def _start_compiling(self) -> None:
        if self._readiness == "wanted":
            self._set_readiness("compiling")
            Thread(target=self._compile, name="compiling", daemon=True).start()

    def _compile(self) -> None:
        ready = kernel_cache.warm_up()
        if not self._closing:
            self._set_readiness("ready" if ready else "failed")

    def _set_readiness(self, readiness: Readiness) -> None:
        with self._bell:
            self._readiness = readiness
            self._bell.notify_all()
        self.readiness_changed.emit(readiness)

    def _post(self, answer: Answer) -> None:
        with self._bell:
            is_first, self._mail = self._mail is None, answer
        if is_first:
            self.answered.emit()

    def _post_as_partial(self, answer: Answer) -> None:
        """Stopped between two answers: the last one is all there is, and has to say so."""
        if not answer.is_final and not answer.manifest.partial:
            self._post(replace(answer, manifest=replace(answer.manifest, partial=True)))

    def _is_old(self, asking: Asking) -> bool:
        return self._number != asking.number

    def _report(self, done: int, wanted: int) -> None:
        if monotonic() - self._last_beat >= _BEAT or done >= wanted:
            self._last_beat = monotonic()
            self.progressed.emit(done, wanted)


class _Control:
    """What the thread asks between two batches."""

    def __init__(self, worker: ExperimentWorker, number: int) -> None:
        self._worker, self._number = worker, number

    def cancelled(self) -> bool:
        return self._worker._cancelled >= self._number

    def superseded(self) -> bool:
        return self._worker._number != self._number

    def progress(self, done: int, wanted: int) -> None:
        self._worker._report(done, wanted)
