"""Collect Python's cyclic garbage in the thread of the windows, and nowhere else.

Python collects in whichever thread happens to allocate. Where windows and signals hang together in
circles that would destroy Qt objects in the thread that computes, and crash.
"""

import gc
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

INTERVAL = 500
"""Milliseconds between two looks."""
NOTICEABLE = 0.01
"""Seconds; a full round that takes longer puts what it has seen aside."""
THOROUGH = 20
"""One in so many full rounds looks through what was put aside as well."""


class GarbageCollector(QObject):
    """Takes collecting over from Python for as long as it lives.

    A full round waits until nothing ``is_busy``: it may take as long as a picture on the screen.
    """

    def __init__(
        self, parent: QObject | None = None, is_busy: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._is_busy = is_busy
        self._rounds = 0
        gc.disable()
        gc.freeze()  # what the imports made stays, and need not be looked through again
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect as much as Python itself would by now."""
        youngest, young, old = (
            count > most for count, most in zip(gc.get_count(), self._thresholds, strict=True)
        )
        if old and not self._is_busy():
            self._collect_all()
        elif young:
            gc.collect(1)
        elif youngest:
            gc.collect(0)

    def _collect_all(self) -> None:
        self._rounds += 1
        if self._rounds % THOROUGH == 0:
            gc.unfreeze()
        begun = perf_counter()
        gc.collect()
        if perf_counter() - begun > NOTICEABLE:
            gc.freeze()

    def close(self) -> None:
        """Hand collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
