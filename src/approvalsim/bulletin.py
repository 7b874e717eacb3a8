"""Weekly summary, monthly bulletin, quarterly and yearly assessment: what changed in a period.

A period lies between two states of knowledge: what was recorded by the evening before it began,
and what was by its last one (`Known`). So a date that was entered late counts in the period in
which it became known, and says so. Where nothing was recorded yet when the period began, that
state is taken from the later one, by its dates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from approvalsim.bulletin_figures import (
    DemandFigures,
    Fresh,
    GroupFigures,
    Known,
    Period,
    Span,
    demand_figures,
    grouping,
    groups,
    open_demands,
    spans,
)
from approvalsim.deadlines import gone
from approvalsim.dispatch import Dispatch, Line, dispatch
from approvalsim.lights import LightRules, Signal
from approvalsim.register import Demand, Entry, Register
from approvalsim.scenario import Scenario

SIGNED, LEFT = "signed", "left"
"""Events beside the scenario's milestones."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a project, or became known, in the period."""

    entry: Entry
    what: str
    """`SIGNED`, `LEFT`, or the id of a milestone."""
    day: date
    late: bool
    """Whether it happened before the period and was only entered in it."""


@dataclass(frozen=True)
class Changed:
    """A project that shows another signal at the end than at the beginning."""

    entry: Entry
    before: Signal
    after: Signal


@dataclass(frozen=True)
class Bulletin:
    """A period told from what was known at its two ends."""

    period: Period
    since: date
    until: date
    recorded: bool
    """Whether the state at the beginning was recorded by then."""
    measure: str
    events: tuple[Event, ...]
    papers: tuple[int, int]
    """Stages submitted and finished in the period, by their dates."""
    changed: tuple[Changed, ...]
    demands: tuple[DemandFigures, ...]
    open_demands: tuple[Demand, ...]
    closed_demands: tuple[Demand, ...]
    by: str
    groups: tuple[GroupFigures, ...]
    spans: tuple[Span, ...]
    before: Dispatch
    after: Dispatch

    @property
    def urged(self) -> tuple[Line, ...]:
        """The projects with a yellow or red light at the end, the latest first."""
        lines = [line for line in self.after.lines if line.urged]
        return tuple(sorted(lines, key=lambda line: line.margin))


def begin_of(period: Period, until: date) -> date:
    """The first day of the period that ends with a date: of seven days, or of its month …"""
    match period:
        case "weekly":
            return until - timedelta(days=6)
        case "monthly":
            return until.replace(day=1)
        case "quarterly":
            return until.replace(month=(until.month - 1) // 3 * 3 + 1, day=1)
        case "yearly":
            return until.replace(month=1, day=1)


def bulletin(
    scenario: Scenario,
    period: Period,
    before: Known,
    after: Known,
    by: str = "owner",
    rules: LightRules | None = None,
) -> Bulletin:
    """What happened between two states; the period begins on the day after the first.

    ``by`` is what projects are grouped by: owner, team, leader, grade, an attribute, or a column
    of the user's own. Raises `ScenarioError` where there is no such thing.
    """
    since, until = before.day + timedelta(days=1), after.day
    tables = [dispatch(scenario, each.register, each.day, rules) for each in (before, after)]
    group = grouping(after.register, by)
    fresh = Fresh(scenario.measure, since, until)
    return Bulletin(
        period=period,
        since=since,
        until=until,
        recorded=before.recorded,
        measure=scenario.measure,
        events=tuple(_events(scenario, before, after)),
        papers=(
            _papers(after.register, "submitted", fresh),
            _papers(after.register, "finished", fresh),
        ),
        changed=tuple(_changed(tables[0], tables[1], after)),
        demands=tuple(demand_figures(after.register, fresh)),
        open_demands=tuple(open_demands(after.register.demands, until)),
        closed_demands=tuple(each for each in after.register.demands if fresh.has(each.closed)),
        by=by,
        groups=tuple(groups(before, after, tables[1], group, fresh)),
        spans=tuple(spans(after.register, period, fresh)),
        before=tables[0],
        after=tables[1],
    )


# --- what happened -------------------------------------------------------------------------------


def _happened(known: Known, milestones: Sequence[str]) -> dict[tuple[str, str], tuple[Entry, date]]:
    """Everything that had happened to the projects, as far as was known."""
    found = {}
    for entry in known.register.entries:
        days = {SIGNED: entry.signed, **{name: entry.milestones.get(name) for name in milestones}}
        for what, day in (days | {LEFT: entry.left}).items():
            if day and day <= known.day:
                found[entry.id, what] = entry, day
    return found


def _events(scenario: Scenario, before: Known, after: Known) -> Iterator[Event]:
    """What had not happened, as far as was known, in the order of kinds, then of dates."""
    names = list(scenario.milestone)
    old, order = _happened(before, names), [SIGNED, *names, LEFT]
    fresh = [(key, each) for key, each in _happened(after, names).items() if key not in old]
    fresh.sort(key=lambda item: (order.index(item[0][1]), item[1][1], item[0][0]))
    for (_, what), (entry, day) in fresh:
        yield Event(entry, what, day, day <= before.day)


def _papers(register: Register, phase: str, fresh: Fresh) -> int:
    return sum(
        fresh.has(getattr(record, phase))
        for entry in register.entries
        for record in entry.stages.values()
    )


def _changed(old: Dispatch, new: Dispatch, after: Known) -> Iterator[Changed]:
    """Signals that are not what they were; the most urgent first."""
    was = {line.entry.id: line.signal for line in old.lines}
    shown = {line.entry.id: line.signal for line in new.lines}
    found = []
    for entry in after.register.entries:
        now = Signal.LEFT if gone(entry, after.day) else shown.get(entry.id, Signal.UNSIGNED)
        then = was.get(entry.id, Signal.LEFT if now is Signal.LEFT else Signal.UNSIGNED)
        if now is not then:
            found.append(Changed(entry, then, now))
    yield from sorted(found, key=lambda each: list(Signal).index(each.after))
