"""One project under way in a simulated world: what it waits for, and what it owes."""

from collections.abc import Generator
from math import inf
from typing import Any, Protocol

from approvalsim.lists import PlanLists
from approvalsim.plan_parts import HARD, PREREVIEW

Event = Any
"""Something that will happen; SimPy's, which only `simulation` needs to know."""
Story = Generator[Event, Any, None]
"""What happens to a project, told as a SimPy process."""


class Process(Protocol):
    """A story that is being told, and can be given up."""

    def give_up(self) -> None:
        """End it where it stands."""


class Clock(Protocol):
    """The clock of a simulated world."""

    time: float

    def pending(self) -> Event:
        """An event that nobody has let happen yet."""

    def at(self, time: float, turn: int) -> Event:
        """An event at a time, in its turn."""

    def nothing_happened(self) -> None:
        """The present event comes to nothing, and does not count as the last one."""

    def begin(self, story: Story, time: float, turn: int) -> Process:
        """Begin a story at a time, in its turn."""

    def promise(self, project: int, edge: int) -> int:
        """Turn of the deadline of an obligation."""

    def hold(self, project: int, edge: int) -> int:
        """Turn of what ends a hold."""


class Case:
    """What is going on with one project."""

    def __init__(self, clock: Clock, lists: PlanLists, number: int, modes: list[int]) -> None:
        """Nothing has begun; ``modes`` say what each dependency is for this project."""
        self.clock = clock
        self.number = number
        self.modes = modes
        self.relaxed = any(modes)  # HARD is 0
        self.waiting = lists.predecessors.copy()  # hard predecessors that are missing
        self.unissued = [0] * lists.stages  # predecessors in pre-review mode that are missing
        for edge, mode in enumerate(modes if self.relaxed else ()):
            if mode != HARD:
                self.waiting[lists.target[edge]] -= 1
            if mode == PREREVIEW:
                self.unissued[lists.target[edge]] += 1
        self.launched = [False] * lists.nodes
        self.begun = [False] * lists.nodes
        self.done_at = [inf] * lists.edges  # when the predecessor reached the awaited phase
        self.certificate: dict[int, Event] = {}  # by stage: all predecessors have finished
        self.supply: dict[int, Event] = {}  # by edge: the missing paper is there
        self.holds = 0
        self.held_since = inf
        self.missing: list[int] = []  # stages that running holds wait for
        self.urged = False  # late against its plan, or looked after by a leader
        self.led = False  # a leader looks after it
        self.due = 0  # which of the deadlines comes next
        self.changed = clock.pending()
        self.may_leave = lists.dropout_stage >= 0
        self.processes: list[Process] = []

    def start(self, story: Story, time: float, turn: int) -> None:
        """Let a stage, a milestone or a promise of this project take its course."""
        process = self.clock.begin(story, time, turn)
        if self.may_leave:  # else nobody asks for it, and it is forgotten when it ends
            self.processes.append(process)

    def may_begin(self, stage: int, before: list[frozenset[int]]) -> bool:
        """Nothing is missing and no hold stops it; what a hold waits for may always go on."""
        if self.waiting[stage]:
            return False
        return not self.holds or any(stage in before[missing] for missing in self.missing)

    def announce_change(self) -> None:
        """Let whatever could not begin look again."""
        self.changed.succeed()
        self.changed = self.clock.pending()
