"""Tells walks away from the window's thread; only the newest one asked for arrives."""

from threading import Thread

from PySide6.QtCore import QObject, Signal

from approvalsim.plan import Plan
from approvalsim.scenario import Scenario
from approvalsim_ui.walk_story import walk


class WalkTeller(QObject):
    """Simulates one replication with SimPy, and keeps what happened to one project."""

    told = Signal(object)
    """A `walk_story.Walk`, in the thread of the window."""
    _arrived = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._threads: list[Thread] = []
        self._arrived.connect(self._pass_on)

    def ask(
        self, scenario: Scenario, plan: Plan, seed: int, replication: int, project: str
    ) -> None:
        """Tell what happened to a project in a replication; ``plan`` is that of the scenario."""
        self._number += 1
        question = (scenario, plan, seed, replication, project)
        thread = Thread(target=self._tell, args=(self._number, *question), daemon=True)
        self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def close(self) -> None:
        """Wait for whatever is still being told; it arrives nowhere."""
        self._number += 1
        for thread in self._threads:
            thread.join()

    def _tell(
        self,
        number: int,
        scenario: Scenario,
        plan: Plan,
        seed: int,
        replication: int,
        project: str,
    ) -> None:
        self._arrived.emit(number, walk(scenario, plan, seed, replication, project))

    def _pass_on(self, number: int, story: object) -> None:
        if number == self._number:
            self.told.emit(story)
