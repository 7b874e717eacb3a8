"""SimPy's clock where simultaneous events take explicit turns: all of SimPy the model needs."""

from collections.abc import Callable, Collection
from heapq import heappop, heappush
from math import inf
from typing import Any

import simpy

from approvalsim.casework import Story


class Clock(simpy.Environment):
    """SimPy's clock where events of one instant take turns by an explicit number.

    Completions come first, by project and stage; then broken promises, by project and edge; then
    what ends holds, likewise. When none is left, the instant is closed: the departments assign
    their free reviewers. SimPy orders simultaneous events by priority, so the turn is the priority.
    """

    def __init__(self, projects: int, nodes: int, edges: int) -> None:
        super().__init__()
        self.time = 0.0  # as `now`, but an attribute: it is read in every other line below
        self.last = self.last_before = 0.0  # when something happened that anybody waited for
        self._slots = nodes + 1  # the project as a whole comes before its stages and milestones
        self._edges = edges
        self._promises = projects * self._slots
        self._holds = self._promises + projects * edges

    def completion(self, project: int, node: int = -1) -> int:
        """Turn of a project's stage or milestone; of the project as a whole without ``node``."""
        return project * self._slots + 1 + node

    def promise(self, project: int, edge: int) -> int:
        """Turn of the deadline of an obligation."""
        return self._promises + project * self._edges + edge

    def hold(self, project: int, edge: int) -> int:
        """Turn of what ends a hold: the missing paper comes, the remedy is done."""
        return self._holds + project * self._edges + edge

    def at(self, time: float, turn: int) -> simpy.Event:
        """An event at an absolute time, which a sum of delays would not meet to the last bit."""
        event = simpy.Event(self)
        self.happen(event, time, turn)
        return event

    def pending(self) -> simpy.Event:
        """An event that nobody has let happen yet."""
        return simpy.Event(self)

    def happen(self, event: simpy.Event, time: float, turn: int) -> None:
        """Let ``event`` happen at an absolute time."""
        heappush(self._queue, (time, turn, next(self._eid), event))  # type: ignore[misc]

    def begin(self, story: Story, time: float, turn: int) -> "Process":
        """Start a process at a turn of its own instead of at once, as SimPy would."""
        process = Process(self, story)
        self.happen(process, time, turn)
        return process

    def run_before(
        self, end: float, calls: Collection[Any], answer_calls: Callable[[float], None]
    ) -> None:
        """Let everything happen that comes before ``end``.

        When nothing is left at an instant, ``calls`` are answered if there are any; what this sets
        off at the same instant happens then, and so on until nothing is left indeed.
        """
        queue = self._queue
        while queue and queue[0][0] < end:
            now, _, _, event = heappop(queue)
            self._now = self.time = now
            callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
            if callbacks:
                self.last_before, self.last = self.last, now
                for callback in callbacks:
                    callback(event)
            if calls and (not queue or queue[0][0] > now):
                answer_calls(now)

    def nothing_happened(self) -> None:
        """The present event comes to nothing, and does not count as the last one."""
        self.last = self.last_before

    def anything_to_come(self, before: int) -> bool:
        """Whether there are events that anybody still waits for, their turn being before one."""
        return any(event.callbacks and turn < before for _, turn, _, event in self._queue)


class Process(simpy.Process):
    """A SimPy process that can be given up.

    Nobody waits for its end, so as an event it is its own beginning; and since events of ours never
    fail, what goes wrong in it goes straight to whoever runs the clock.
    """

    def __init__(self, clock: Clock, story: Story) -> None:
        self.env = clock
        self.callbacks = [self._resume]
        self._generator = story
        self._target = self

    def _resume(self, _: simpy.Event) -> None:
        """Go on with the story until it waits for something again, or ends."""
        event = self._target = next(self._generator, None)  # type: ignore[assignment]
        if event is not None:
            event.callbacks.append(self._resume)

    def give_up(self) -> None:
        """End the process where it stands; whatever it waits for happens without it."""
        waiting_for = self._target
        if waiting_for is not None and waiting_for.callbacks:
            waiting_for.callbacks.remove(self._resume)
            self._generator.close()


class Papers(simpy.Event):
    """A submission handed to a department; it happens when the review is done."""

    def __init__(
        self,
        clock: Clock,
        project: int,
        stage: int,
        round_: int,
        turn: int,
        when_done: Callable[["Papers"], None],
    ) -> None:
        self.env = clock
        self.callbacks = [when_done]
        self.project = project
        self.stage = stage
        self.round = round_
        self.turn = turn
        self.joined = clock.time
        self.started = inf
