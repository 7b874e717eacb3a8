"""What really happened against the plan, as a wall chart: the register's projects, stage by stage.

No Qt here. Side ``a`` of such a chart is the plan and side ``b`` what the register says. The plan
is that of the lights: the latest dates by which the target still holds at typical times; for a
project without a target the earliest ones after its signing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf, isfinite

from approvalsim.deadlines import Board, gone, is_dated, with_targets
from approvalsim.dispatch import dispatch
from approvalsim.errors import ScenarioError
from approvalsim.evidence import Text
from approvalsim.lights import LightRules, Signal
from approvalsim.network import Schedule
from approvalsim.register import Entry, Register, StageRecord, dates_of
from approvalsim.scenario import Project, Scenario
from approvalsim.workdays import festivals
from approvalsim.yardstick import Watch
from approvalsim_ui.answer import Answer
from approvalsim_ui.example_register import origin_of
from approvalsim_ui.wall_chart import Course, Recorded, Span, WallChart, WallSide


@dataclass(frozen=True)
class ActualQuestion:
    """Whose register, read as of the end of which day; for the scenario of side B."""

    answer: Answer
    register: Register
    as_of: date


def actual_charts(question: ActualQuestion, watch: Watch, begin: Watch) -> Iterator[WallChart]:
    """The one chart of a register; empty where it does not fit the scenario, as is told elsewhere.

    Projects that were given up are in it too.
    """
    begin(1)
    try:
        found = _chart(question)
    except ScenarioError:
        side = WallSide(question.answer.b.scenario, question.answer.b.plan.calendar, {}, {})
        recorded = Recorded(question.as_of, {})
        found = WallChart(question.answer, side, side, 0, 0, (), date.today(), recorded)
    yield found
    watch(1)


def _chart(question: ActualQuestion) -> WallChart:
    answer, as_of = question.answer, question.as_of
    scenario = answer.b.scenario
    rules = LightRules.of(scenario)
    register = with_targets(question.register, scenario, rules.within)
    entries = tuple(
        entry for entry in register.entries if is_dated(entry, scenario) and dates_of(entry)
    )
    lines = dispatch(scenario, question.register, as_of).lines
    signals = {line.entry.id: line.signal for line in lines}
    board = Board.of(scenario, replace(register, entries=entries), as_of)
    there = _with_those_who_left(board.scenario, entries)
    plans = {entry.id: _planned(entry, board.schedule) for entry in entries}
    facts = {entry.id: _happened(entry, as_of) for entry in entries}
    calendar = board.plan.calendar
    left = {entry.id: Signal.LEFT for entry in entries if gone(entry, as_of)}
    days = [time for course in (*plans.values(), *facts.values()) for time in _times(course)]
    first, last = (int(end) for end in (min(days, default=1.0), max(days, default=1.0)))
    feasts = (
        festivals(date(date.fromordinal(first).year, 1, 1), date.fromordinal(last))
        if days and scenario.calendar.kind == "china"
        else ()
    )
    return WallChart(
        answer,
        WallSide(there, calendar, plans, plans),
        WallSide(there, calendar, facts, facts),
        replication=0,
        replications=0,
        festivals=feasts,
        made=date.today(),
        recorded=Recorded(as_of, signals | left, origin_of(question.register) is not None),
    )


def _with_those_who_left(scenario: Scenario, entries: Sequence[Entry]) -> Scenario:
    """The scenario with all projects of the register, for their names."""
    there = {project.id for project in scenario.project}
    others = tuple(
        Project(id=entry.id, name=Text(zh=entry.name, en=entry.name) if entry.name else None)
        for entry in entries
        if entry.id not in there
    )
    return scenario.model_copy(update={"project": (*scenario.project, *others)})


def _times(course: Course) -> Iterator[float]:
    yield course.signed
    for span in (*course.stages.values(), *course.milestones.values()):
        yield span.late


def _signed(entry: Entry) -> float:
    """When it signed; where that is not written, the first date there is."""
    day = entry.signed or min(day for _, day in dates_of(entry))
    return float(day.toordinal())


def _planned(entry: Entry, schedule: Schedule) -> Course:
    signed = _signed(entry)
    stages, milestones = {}, {}
    for name, each in schedule.activities.items():
        if entry.target is not None:
            origin = entry.target.toordinal() + 1 - schedule.length
            start, end = origin + each.latest_start, origin + each.latest_finish
        else:
            start, end = signed + each.earliest_start, signed + each.earliest_finish
        if each.kind == "milestone":
            milestones[name] = Span(end, end, end)
        else:
            stages[name] = Span(start, end, end)
    return Course(entry.id, signed, inf, stages, milestones, {})


def _happened(entry: Entry, as_of: date) -> Course:
    """What the register says by the end of a day; what is under way reaches up to it."""
    now = float(as_of.toordinal() + 1)
    over = min(now, float(entry.left.toordinal()) if entry.left else inf)
    found = {name: _span(record, over) for name, record in entry.stages.items()}
    milestones = {
        name: Span(float(day.toordinal()), float(day.toordinal()), float(day.toordinal()))
        for name, day in entry.milestones.items()
        if day <= as_of
    }
    return Course(
        entry.id,
        min(_signed(entry), now),
        over if entry.left and over < now else inf,
        {name: span for name, span in found.items() if span},
        milestones,
        {},
    )


def _span(record: StageRecord, over: float) -> Span | None:
    """From the first date of a stage to its end, or to the present."""
    steps = (record.ready, record.submitted, record.reviewed, record.finished)
    begin = min((float(day.toordinal()) for day in steps if day), default=inf)
    if not isfinite(begin) or begin >= over:
        return None
    end = float(record.finished.toordinal()) if record.finished else inf
    cut = end > over
    last = over if cut else end
    return Span(begin, last, last, cut=cut)
