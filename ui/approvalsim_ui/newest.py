"""The newest question only: what was asked before is given up as soon as another is asked."""

from PySide6.QtCore import QObject, Signal

from approvalsim_ui.analysis_worker import Analysis, AnalysisWorker


class Newest(QObject):
    """A thread for one question at a time; a new one takes the place of the one under way."""

    answered = Signal(object)
    progressed = Signal(int, int)
    failed = Signal(tuple)
    """Problems: there will be no answer."""
    running_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = AnalysisWorker(self)
        self._waiting: Analysis | None = None
        self._is_running = False
        self._worker.answered.connect(self._take)
        self._worker.progressed.connect(self.progressed)
        self._worker.failed.connect(self._fail)
        self._worker.finished.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether an answer is on its way."""
        return self._is_running

    def ask(self, analysis: Analysis) -> None:
        """Run this one instead of what is under way."""
        if self._worker.ask(analysis):
            self._waiting = None
        else:
            self._waiting = analysis
            self._worker.cancel()
        self._show_running(True)

    def cancel(self) -> None:
        """Stop soon; what has been found stays."""
        self._waiting = None
        self._worker.cancel()

    def close(self) -> None:
        """End the thread."""
        self._waiting = None
        self._worker.blockSignals(True)
        self._worker.close()

    def _take(self) -> None:
        answer = self._worker.take()
        if answer is not None and self._waiting is None:
            self.answered.emit(answer)

    def _fail(self, problems: tuple[object, ...]) -> None:
        if self._waiting is None:
            self.failed.emit(problems)

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.ask(waiting)
        elif not self._worker.isRunning():
            self._show_running(False)

    def _show_running(self, running: bool) -> None:
        if running != self._is_running:
            self._is_running = running
            self.running_changed.emit(running)
