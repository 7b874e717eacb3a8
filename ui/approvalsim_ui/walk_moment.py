"""How a walk stands at a moment: what each stage is at, which way is passed, what is owed.

No Qt here. Everything that happened up to the moment, itself included, has happened.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from approvalsim.network import Edge
from approvalsim_ui.graph_cards import Passage, Progress
from approvalsim_ui.walk_story import Interval, Phase, Walk


@dataclass(frozen=True)
class StageMoment:
    """A stage or milestone at a moment."""

    progress: Progress
    interval: Interval | None = None
    """What it is at; None if it is not under way."""
    corrections: int = 0
    """How often it was sent back so far."""
    missing: tuple[str, ...] = ()
    """Before it begins: what it still has to wait for."""


@dataclass(frozen=True)
class Moment:
    """A project at a moment."""

    time: float
    parts: Mapping[str, StageMoment]
    passages: Mapping[Edge, Passage]
    held: bool
    """Whether a broken promise keeps it from going on."""

    @property
    def active(self) -> tuple[str, ...]:
        """The stages under way."""
        return tuple(name for name, part in self.parts.items() if part.progress == "active")


def moment(walk: Walk, time: float) -> Moment:
    """How things stand at a time on the clock."""
    parts = {name: _part(walk, name, time) for name in walk.begun}
    return Moment(
        time=time,
        parts=parts,
        passages={edge: _passage(walk, edge, time) for edge in walk.modes},
        held=any(begin <= time < end for begin, end in walk.holds),
    )


def stations(walk: Walk, stage: str) -> tuple[Phase, ...]:
    """What a stage may be at, in the order in which it comes to it; corrections begin anew."""
    part = walk.scenario.stage[stage]
    possible: dict[Phase, bool] = {
        "preparing": True,
        "meeting": part.meeting is not None,
        "queueing": part.department is not None,
        "reviewing": True,
        "notice": part.notice is not None or any(variant.notice for variant in part.variant),
        "issuing": any(walk.modes.get((before, stage)) == "prereview" for before in part.after),
    }
    return tuple(phase for phase, there in possible.items() if there)


def station(walk: Walk, interval: Interval) -> float:
    """Where on its stations a stage stands, from 0 on."""
    places = stations(walk, interval.stage)
    stands_for: dict[Phase, Phase] = {"correcting": "preparing", "waiting": "issuing"}
    phase = stands_for.get(interval.phase, interval.phase)
    return float(places.index(phase)) if phase in places else len(places) - 1.0


def following(times: tuple[float, ...], time: float) -> float | None:
    """The first of some ascending times after this one."""
    place = bisect_right(times, time)
    return times[place] if place < len(times) else None


def preceding(times: tuple[float, ...], time: float) -> float | None:
    """The last of some ascending times before this one."""
    earlier = [each for each in times if each < time]
    return earlier[-1] if earlier else None


def _part(walk: Walk, name: str, time: float) -> StageMoment:
    if walk.finished[name] <= time:
        return StageMoment("done", corrections=_corrections(walk, name, time))
    if walk.begun[name] > time:
        missing = tuple(
            source
            for (source, target), at in walk.reached.items()
            if target == name and at > time and walk.modes[source, target] == "hard"
        )
        return StageMoment("ahead", missing=missing)
    current = next((each for each in walk.by_stage[name] if each.begin <= time < each.end), None)
    if current is None and time >= walk.end:  # cut off: it stays at what it was at last
        current = next(reversed(walk.by_stage[name]), None)
    return StageMoment("active", current, _corrections(walk, name, time))


def _corrections(walk: Walk, name: str, time: float) -> int:
    return sum(at <= time for at in walk.sent_back.get(name, ()))


def _passage(walk: Walk, edge: Edge, time: float) -> Passage:
    if walk.reached[edge] <= time:
        waits = walk.modes[edge] == "hard" and walk.begun[edge[1]] > time
        return "waiting" if waits else "passed"
    owed = any(debt.edge == edge and debt.begin <= time for debt in walk.debts)
    return "owed" if owed else ""
