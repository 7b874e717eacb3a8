"""Fewer signals than a hand gives: what moves with a drag is told at most 30 times a second."""

from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

MILLISECONDS = 33
"""The least time between two values passed on."""


class Throttle(QObject):
    """Passes values on, at most one every `MILLISECONDS`; the last one always arrives."""

    passed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Any] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)
        self._clock = QElapsedTimer()

    def put(self, value: Any) -> None:
        """Pass a value on, now or soon, unless a later one comes first."""
        self._waiting = [value]
        gone = self._clock.elapsed() if self._clock.isValid() else MILLISECONDS
        if gone >= MILLISECONDS:
            self.flush()
        elif not self._timer.isActive():
            self._timer.start(int(MILLISECONDS - gone))

    def flush(self) -> None:
        """Pass on what waits, without waiting any longer."""
        self._timer.stop()
        self._clock.start()
        if self._waiting:
            self.passed.emit(self._waiting.pop())
