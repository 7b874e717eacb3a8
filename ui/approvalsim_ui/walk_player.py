"""The clock of a walk: plays, pauses, steps from event to event, goes to any time.

It knows times and nothing of what happens in them.
"""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from approvalsim_ui.walk_moment import following, preceding

TICK = 33
"""Milliseconds between two pictures while it plays."""
PACE = 700
"""Milliseconds at each event where motion is not wanted."""
SPEEDS = (2.0, 5.0, 10.0, 20.0, 40.0)
"""Days on the clock in a second of the viewer's."""


class WalkPlayer(QObject):
    """Moves from a first to a last time."""

    moved = Signal(float)
    """The time on the clock is another one."""
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.times: tuple[float, ...] = (0.0,)
        self.time = 0.0
        self.speed = 10.0
        self.smooth = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._clock = QElapsedTimer()

    @property
    def playing(self) -> bool:
        """Whether time goes on by itself."""
        return self._timer.isActive()

    def load(self, times: tuple[float, ...]) -> None:
        """Other times (ascending, at least one); begin at the first."""
        self.pause()
        self.times = times
        self.seek(times[0])

    def play(self) -> None:
        """Let time go on; from the end begin anew."""
        if self.time >= self.times[-1]:
            self.seek(self.times[0])
        if not self.playing:
            self._clock.start()
            self._timer.start(TICK if self.smooth else PACE)
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Let time stand still."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def step(self, direction: int) -> None:
        """To the next event, or to the one before; time stands still there."""
        self.pause()
        find = following if direction > 0 else preceding
        found = find(self.times, self.time)
        if found is not None:
            self.seek(found)

    def seek(self, time: float) -> None:
        """To any time from the first to the last."""
        time = min(max(time, self.times[0]), self.times[-1])
        self.time = time
        self.moved.emit(time)

    def set_smooth(self, smooth: bool) -> None:
        """Glide, or go from event to event."""
        playing = self.playing
        self.pause()
        self.smooth = smooth
        if playing:
            self.play()

    def advance(self, seconds: float) -> None:
        """Let some of the viewer's time pass."""
        if self.smooth:
            self.seek(self.time + seconds * self.speed)
        else:
            found = following(self.times, self.time)
            self.seek(self.times[-1] if found is None else found)
        if self.time >= self.times[-1]:
            self.pause()

    def _tick(self) -> None:
        self.advance(self._clock.restart() / 1000)
