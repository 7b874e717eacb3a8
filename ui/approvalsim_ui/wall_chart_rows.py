"""The rows of a wall chart: which projects and stages, grouped how, with which bars. No Qt here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor, isfinite
from typing import Literal

from approvalsim.scenario import Project
from approvalsim_ui.wall_chart import Course, Span, WallChart, WallSide

Grouping = Literal["projects", "stages", "departments"]
"""One row for each project; one for each stage, by project; the same by department."""
What = Literal["one", "bands", "actual"]
"""One representative replication, P50 and P80 over all, or a register against the plan."""
Sides = Literal["a", "b", "both"]
Order = Literal["listed", "dates"]

GROUPINGS: tuple[Grouping, ...] = ("projects", "stages", "departments")


@dataclass(frozen=True)
class Choice:
    """What of a wall chart is to be seen; empty names mean all."""

    grouping: Grouping = "projects"
    what: What = "one"
    sides: Sides = "b"
    order: Order = "listed"
    project: str = ""
    department: str = ""


@dataclass(frozen=True)
class Bar:
    """A stage under way, or the whole of a project where `stage` is empty."""

    side: str
    stage: str
    span: Span
    number: int = 0
    """The stage's position in its scenario, from 1: what it is called where there is no room."""
    place: int | None = None
    """The position of its department among `departments`."""
    lane: int = 0


@dataclass(frozen=True)
class Mark:
    """A milestone that happens, or a project that drops out where `milestone` is empty."""

    side: str
    milestone: str
    span: Span
    is_goal: bool = False
    lane: int = 0


@dataclass(frozen=True)
class Row:
    """One row, with its bars in lanes."""

    kind: Literal["project", "head", "stage"]
    project: str
    stage: str = ""
    department: str = ""
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    signings: tuple[tuple[str, float], ...] = ()
    """When it signs, by side."""
    target: date | None = None
    lanes: int = 1
    begins_group: bool = False


def sides_of(chart: WallChart, sides: Sides) -> tuple[tuple[str, WallSide], ...]:
    """The sides asked for, A first."""
    return tuple((name, chart.side(name)) for name in ("a", "b") if sides in (name, "both"))


def projects_of(chart: WallChart, sides: Sides) -> tuple[str, ...]:
    """All projects of the sides asked for."""
    return tuple(
        dict.fromkeys(name for _, side in reversed(sides_of(chart, sides)) for name in side.one)
    )


def departments_of(chart: WallChart) -> tuple[str, ...]:
    """All departments of both sides; their colours go by this order."""
    return tuple(dict.fromkeys((*chart.b.scenario.department, *chart.a.scenario.department)))


def rows_of(chart: WallChart, choice: Choice) -> tuple[Row, ...]:
    """The rows to be seen, from top to bottom."""
    names = [name for name in projects_of(chart, choice.sides) if choice.project in ("", name)]
    rows = [_Project(chart, choice, name) for name in names]
    if choice.order == "dates":
        rows.sort(key=lambda each: min((time for _, time in each.signings), default=0.0))
    if choice.grouping == "projects":
        return tuple(row for row in (each.in_one_row() for each in rows) if row.bars)
    by_project = [row for each in rows for row in each.by_stage()]
    if choice.grouping == "stages":
        return tuple(by_project)
    return _by_department(chart, [row for row in by_project if row.kind == "stage"])


def extent(rows: Sequence[Row], beside: Sequence[date] = ()) -> tuple[float, float]:
    """From when to when rows reach, whole days, ``beside`` included; a year where there are none.

    Dates beside are included only where they are near: they must not push everything together.
    """
    times = [time for row in rows for time in _times(row)]
    if not times:
        first = float(date(2024, 1, 1).toordinal())
        return first, first + 366
    first, last = float(floor(min(times))), float(ceil(max(times)))
    room = 0.15 * (last - first)
    near = [d.toordinal() + 1.0 for d in beside if first - 1 <= d.toordinal() <= last + room]
    return first, max([last, *near, first + 7])


def _times(row: Row) -> Iterator[float]:
    for bar in row.bars:
        yield bar.span.begin
        yield bar.span.late
    for mark in row.marks:
        yield mark.span.late
    for _, time in row.signings:
        yield time
    if row.target:
        yield row.target.toordinal() + 1.0


class _Project:
    """The rows of one project."""

    def __init__(self, chart: WallChart, choice: Choice, name: str) -> None:
        self.choice, self.name = choice, name
        self.places = {each: n for n, each in enumerate(departments_of(chart))}
        self.courses: list[tuple[str, WallSide, Course]] = []
        for side, part in sides_of(chart, choice.sides):
            course = (part.one if choice.what == "one" else part.bands).get(name)
            if course:
                self.courses.append((side, part, course))
        self.bars = {side: self._bars(side, part, c) for side, part, c in self.courses}
        self.signings = tuple((side, course.signed) for side, _, course in self.courses)
        listed = [_listed(part, name) for _, part, _ in self.courses]
        self.target = next((each.target for each in listed if each and each.target), None)

    def in_one_row(self) -> Row:
        """All in one row: stages in lanes, so that none covers another; or A above B."""
        if self.choice.sides == "both" and not self.choice.department:
            lanes = max(len(self.courses), 1)
            return self._row("project", self._wholes(), self._all_marks(goal=True), lanes)
        bars: list[Bar] = []
        marks: list[Mark] = []
        lanes = 0
        for side, part, course in self.courses:
            own = _in_lanes(sorted(self.bars[side].values(), key=lambda b: b.span.begin))
            used = 1 + max((bar.lane for bar in own), default=0)
            bars += [replace(bar, lane=bar.lane + lanes) for bar in own]
            marks += [replace(mark, lane=lanes) for mark in _marks(side, part, course, goal=True)]
            lanes += used
        return self._row("project", bars=tuple(bars), marks=tuple(marks), lanes=max(lanes, 1))

    def by_stage(self) -> Iterator[Row]:
        """A row for the whole of it, then one for each stage."""
        stages = [
            (stage, self._department(stage))
            for stage in self._stages()
            if self.choice.department in ("", self._department(stage))
        ]
        rows = [self._stage_row(stage, department) for stage, department in stages]
        shown = [row for row in rows if row.bars]
        if not shown:
            return
        head = self._row("head", self._wholes(), self._all_marks(), max(len(self.courses), 1))
        yield replace(head, begins_group=True)
        yield from shown

    def _wholes(self) -> tuple[Bar, ...]:
        """From signing to the goal, or to the last there is of it; a lane for each side."""
        found = []
        for lane, (side, part, course) in enumerate(self.courses):
            goal = course.milestones.get(part.scenario.measure)
            every = [*course.stages.values(), *course.milestones.values()]
            last = goal or max(every, key=lambda span: span.end, default=None)
            if last:
                span = replace(last, begin=course.signed, cut=goal is None)
                found.append(Bar(side, "", span, lane=lane))
        return tuple(found)

    def _all_marks(self, goal: bool = False) -> tuple[Mark, ...]:
        return tuple(
            replace(mark, lane=lane)
            for lane, (side, part, course) in enumerate(self.courses)
            for mark in _marks(side, part, course, goal)
        )

    def _stage_row(self, stage: str, department: str) -> Row:
        bars = [
            replace(self.bars[side][stage], lane=lane) if lane else self.bars[side][stage]
            for lane, (side, _, _) in enumerate(self.courses)
            if stage in self.bars[side]
        ]
        return Row(
            "stage",
            self.name,
            stage,
            department,
            bars=tuple(bars),
            lanes=max(len(self.courses), 1),
        )

    def _row(
        self,
        kind: Literal["project", "head"],
        bars: tuple[Bar, ...],
        marks: tuple[Mark, ...],
        lanes: int,
    ) -> Row:
        return Row(
            kind,
            self.name,
            bars=bars,
            marks=marks,
            signings=self.signings,
            target=self.target,
            lanes=lanes,
        )

    def _bars(self, side: str, part: WallSide, course: Course) -> dict[str, Bar]:
        """The bars of one side by their stages."""
        found = {}
        for number, (stage, described) in enumerate(part.scenario.stage.items(), start=1):
            span = course.stages.get(stage)
            if span and self.choice.department in ("", described.department or ""):
                place = self.places.get(described.department or "")
                found[stage] = Bar(side, stage, span, number, place)
        return found

    def _stages(self) -> tuple[str, ...]:
        """The stages of all courses, in the order of the last side."""
        return tuple(
            dict.fromkeys(s for _, part, _ in reversed(self.courses) for s in part.scenario.stage)
        )

    def _department(self, stage: str) -> str:
        for _, part, _ in reversed(self.courses):
            if stage in part.scenario.stage:
                return part.scenario.stage[stage].department or ""
        return ""


def _in_lanes(bars: Sequence[Bar]) -> list[Bar]:
    """Each bar, in order of their beginnings, in the first lane that is free."""
    free: list[float] = []
    placed = []
    for bar in bars:
        lane = next((n for n, until in enumerate(free) if until <= bar.span.begin), len(free))
        free[lane : lane + 1] = [bar.span.late]
        placed.append(replace(bar, lane=lane))
    return placed


def _marks(side: str, part: WallSide, course: Course, goal: bool = False) -> Iterator[Mark]:
    """Its milestones, or only the measured one; and where it drops out."""
    for name, span in course.milestones.items():
        is_goal = name == part.scenario.measure
        if is_goal or not goal:
            yield Mark(side, name, span, is_goal)
    if isfinite(course.left):
        yield Mark(side, "", Span(course.left, course.left, course.left))


def _listed(part: WallSide, name: str) -> Project | None:
    return next((each for each in part.scenario.project if each.id == name), None)


def _by_department(chart: WallChart, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Departments one after the other, what begins first on top; those of nobody last."""
    found: list[Row] = []
    for department in (*departments_of(chart), ""):
        own = [row for row in rows if row.department == department]
        own.sort(key=lambda row: min(bar.span.begin for bar in row.bars))
        found += [replace(row, begins_group=n == 0) for n, row in enumerate(own)]
    return tuple(found)
