"""The figures of a bulletin: demands, groups of projects, and the parts of its period."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean
from typing import Literal

from approvalsim.deadlines import gone
from approvalsim.dispatch import Dispatch, Line
from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.lights import Signal
from approvalsim.register import KINDS, Demand, Entry, Register

Period = Literal["weekly", "monthly", "quarterly", "yearly"]

GROUPS: Mapping[str, Callable[[Entry], str]] = {
    "owner": lambda entry: entry.owner,
    "team": lambda entry: entry.team,
    "leader": lambda entry: entry.leader,
    "grade": lambda entry: entry.grade or "",
}


@dataclass(frozen=True)
class Known:
    """What was known at the end of a day: a register, of which later dates do not count."""

    register: Register
    day: date
    recorded: bool = True
    """Whether the register was recorded by then, or is a later one read by its dates."""


@dataclass(frozen=True)
class Fresh:
    """A period, and what counts as started."""

    measure: str
    since: date
    until: date

    def has(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.since <= day <= self.until


@dataclass(frozen=True)
class DemandFigures:
    """Demands of one kind in the period; those still open are counted at its end."""

    kind: str
    raised: int
    answered: int
    closed: int
    open: int
    unanswered: int
    days_to_answer: float | None
    """Mean over those answered in the period."""


@dataclass(frozen=True)
class GroupFigures:
    """How one department, town or task force stands at the end of the period."""

    name: str
    """Empty for the projects of which it is not known."""
    rank: int | None
    signed: int
    left: int
    started: int
    rate_before: float | None
    """Share of the signed projects that had started when the period began."""
    rate: float | None
    signed_now: int
    """Of these, in the period."""
    started_now: int
    green: int
    yellow: int
    red: int
    worst: int
    """Days by which its most overdue project is late."""
    open_demands: int

    @property
    def staying(self) -> float | None:
        """Share of those signed that started, leaving out those that left before."""
        stayed = self.signed - self.left
        return self.started / stayed if stayed else None


@dataclass(frozen=True)
class Span:
    """A month of a quarter, or a quarter of a year: what happened in it, by its dates."""

    since: date
    until: date
    signed: int
    started: int
    raised: int
    answered: int
    rate: float | None
    """At its end."""


# --- demands -------------------------------------------------------------------------------------


def open_demands(demands: Sequence[Demand], until: date) -> Iterator[Demand]:
    """Those not closed by the end of a day, the oldest first."""
    for demand in sorted(demands, key=lambda each: each.raised):
        if demand.raised <= until and not (demand.closed and demand.closed <= until):
            yield demand


def demand_figures(register: Register, fresh: Fresh) -> Iterator[DemandFigures]:
    """Kinds of which there are demands, in the order of `KINDS`, any others behind."""
    kinds = dict.fromkeys((*KINDS, *(demand.kind for demand in register.demands)))
    for kind in kinds:
        demands = [demand for demand in register.demands if demand.kind == kind]
        still = list(open_demands(demands, fresh.until))
        waits = [
            (each.answered - each.raised).days
            for each in demands
            if each.answered and fresh.has(each.answered)
        ]
        figures = DemandFigures(
            kind=kind,
            raised=sum(fresh.has(each.raised) for each in demands),
            answered=len(waits),
            closed=sum(fresh.has(each.closed) for each in demands),
            open=len(still),
            unanswered=sum(not (d.answered and d.answered <= fresh.until) for d in still),
            days_to_answer=fmean(waits) if waits else None,
        )
        if any((figures.raised, figures.answered, figures.closed, figures.open)):
            yield figures


# --- groups --------------------------------------------------------------------------------------


def grouping(register: Register, by: str) -> Callable[[Entry], str]:
    """How a project's group is found; raises `ScenarioError` where nothing is called so."""
    if by in GROUPS:
        return GROUPS[by]
    attributes = dict.fromkeys(name for entry in register.entries for name in entry.attributes)
    own = dict.fromkeys(name for entry in register.entries for name in entry.extra)
    if by in own:
        return lambda entry: str(entry.extra.get(by) or "").strip()
    if by in attributes:
        return lambda entry: entry.attributes.get(by, "")
    words = {"found": by, "what": "分组方式", "what_en": "grouping"}
    words["known"] = listed((*GROUPS, *own, *attributes))
    raise ScenarioError([Problem("unknown_reference", ("--by",), words)])


def groups(
    before: Known, after: Known, table: Dispatch, group: Callable[[Entry], str], fresh: Fresh
) -> Iterator[GroupFigures]:
    """Ranked by start rate, then by fewer reds and yellows; the unnamed stand last, unranked."""
    lines = {line.entry.id: line for line in table.lines}
    members: dict[str, list[Entry]] = {}
    for entry in after.register.entries:
        members.setdefault(group(entry), []).append(entry)
    old: dict[str, list[Entry]] = {}
    for entry in before.register.entries:
        old.setdefault(group(entry), []).append(entry)
    found = [
        _figures(name, entries, old.get(name, []), lines, after, before, fresh)
        for name, entries in members.items()
    ]
    named = sorted((each for each in found if each.name), key=_place)
    for each in named:
        rank = 1 + sum(_place(other) < _place(each) for other in named)
        yield replace(each, rank=rank)
    yield from (each for each in found if not each.name)


def _place(figures: GroupFigures) -> tuple[float, int, int]:
    rate = -1.0 if figures.rate is None else figures.rate
    return -rate, figures.red, figures.yellow


def _figures(
    name: str,
    entries: Sequence[Entry],
    old: Sequence[Entry],
    lines: Mapping[str, Line],
    after: Known,
    before: Known,
    fresh: Fresh,
) -> GroupFigures:
    mine = [lines[entry.id] for entry in entries if entry.id in lines]
    signed, started = signed_and_started(entries, fresh.measure, after.day)
    signed_before, started_before = signed_and_started(old, fresh.measure, before.day)
    names = {entry.id for entry in entries}
    shown = [line.signal for line in mine]
    still_open = open_demands(after.register.demands, after.day)
    return GroupFigures(
        name=name,
        rank=None,
        signed=signed,
        left=sum(_left_unstarted(entry, fresh.measure, after.day) for entry in entries),
        started=started,
        rate_before=started_before / signed_before if signed_before else None,
        rate=started / signed if signed else None,
        signed_now=sum(fresh.has(entry.signed) for entry in entries),
        started_now=sum(fresh.has(entry.milestones.get(fresh.measure)) for entry in entries),
        green=sum(signal in (Signal.GREEN, Signal.WARNING) for signal in shown),
        yellow=shown.count(Signal.YELLOW),
        red=shown.count(Signal.RED),
        worst=max((line.late[0].days for line in mine if line.late), default=0),
        open_demands=sum(each.project in names for each in still_open),
    )


def signed_and_started(entries: Sequence[Entry], measure: str, day: date) -> tuple[int, int]:
    """How many projects had signed by the end of a day, and how many of these had started."""
    signed = [entry for entry in entries if entry.signed and entry.signed <= day]
    started = [entry.milestones.get(measure) for entry in signed]
    return len(signed), sum(each is not None and each <= day for each in started)


def _left_unstarted(entry: Entry, measure: str, day: date) -> bool:
    started = entry.milestones.get(measure)
    signed = entry.signed is not None and entry.signed <= day
    return signed and gone(entry, day) and not (started and started <= day)


# --- parts of the period -------------------------------------------------------------------------


def spans(register: Register, period: Period, fresh: Fresh) -> Iterator[Span]:
    """The months of a quarter, the quarters of a year, as far as they have come."""
    months = {"quarterly": 1, "yearly": 3}.get(period)
    if months is None:
        return
    begin = fresh.since
    while begin <= fresh.until:
        first = begin.year * 12 + (begin.month - 1) // months * months + months
        following = date(first // 12, first % 12 + 1, 1)
        span = Fresh(fresh.measure, begin, min(following - timedelta(days=1), fresh.until))
        signed, started = signed_and_started(register.entries, fresh.measure, span.until)
        yield Span(
            since=span.since,
            until=span.until,
            signed=sum(span.has(entry.signed) for entry in register.entries),
            started=sum(span.has(e.milestones.get(fresh.measure)) for e in register.entries),
            raised=sum(span.has(demand.raised) for demand in register.demands),
            answered=sum(span.has(demand.answered) for demand in register.demands),
            rate=started / signed if signed else None,
        )
        begin = following
