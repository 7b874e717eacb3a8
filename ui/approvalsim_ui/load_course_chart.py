"""One department's load over time: papers in review and waiting, against its reviewers."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pyqtgraph as pg

from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.compare_words import department_name, joined, side_names
from approvalsim_ui.figures_table import Cell, Column, Figures
from approvalsim_ui.legend import Entry
from approvalsim_ui.load_course import Load, LoadAnswer
from approvalsim_ui.pictures import Floats
from approvalsim_ui.plot_axes import date_ticks, number_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

_SOME = 0.05
"""Papers that are worth showing: the axis ends when no more come."""


class LoadCourseChart(AnswerChart):
    """Papers at a department day by day, A and B, with a line at the number of reviewers."""

    _load: LoadAnswer | None = None
    _department = ""
    _is_old = False

    def show_load(self, load: LoadAnswer, answer: Answer) -> None:
        """Show the load over time that belongs to an answer."""
        self._load, self._is_old = load, False
        self.show_answer(answer)

    def show_old(self) -> None:
        """Say that what is shown belongs to an earlier answer."""
        if self._load is not None and not self._is_old:
            self._is_old = True
            self.refresh()

    def show_department(self, department: str) -> None:
        """Show this department."""
        if department != self._department:
            self._department = department
            self.settle()

    def title(self) -> str:  # noqa: D102
        if self._answer is None or not self._department:
            return self.tr("Load over time")
        name = department_name(self._answer, self._department)
        return self.tr("Load over time: {name}").format(name=name)

    def reading(self) -> str:  # noqa: D102
        loads = self._loads()
        if self._answer is None or loads is None:
            return self.tr("A few replications are traced step by step to see when papers pile up.")
        assert self._load is not None
        tops = [float(_all(load).max()) for load in loads]
        days = [self._load.a.days[int(_all(load).argmax())] for load in loads]
        text = self.tr(
            "Most papers at once, on average: {a} under A ({day_a}), {b} under B ({day_b});"
            " {reviewers} reviewers. Mean of {n} replications."
        ).format(
            a=language.number(tops[0], 1),
            b=language.number(tops[1], 1),
            day_a=language.day(days[0]),
            day_b=language.day(days[1]),
            reviewers=self._reviewers(),
            n=self._load.a.replications,
        )
        old = self.tr("This belongs to an earlier answer.") if self._is_old else ""
        return joined((text, old))

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("Day"), "date"),
            Column(self.tr("A waiting"), "count", "a"),
            Column(self.tr("A in review"), "count", "a"),
            Column(self.tr("B waiting"), "count", "b"),
            Column(self.tr("B in review"), "count", "b"),
        )
        loads = self._loads()
        if loads is None or self._load is None:
            return Figures(columns)
        numbers = [part.tolist() for load in loads for part in (load.waiting, load.in_review)]
        rows: list[tuple[Cell, ...]] = list(zip(self._load.a.days, *numbers, strict=True))
        return Figures(columns, tuple(rows))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None or self._load is None:
            return ()
        a, b = side_names(self._answer)
        return (
            Entry(self.tr("papers in review and waiting")),
            Entry(f"A {a}", "dash", "side_a"),
            Entry(f"B {b}", "line", "side_b"),
        )

    def copied(self, colours: Colours, stroke: float = 1.0) -> Self:  # noqa: D102
        made = super().copied(colours, stroke)
        made._load, made._is_old = self._load, self._is_old
        made.show_department(self._department)
        return made

    def _build(self) -> None:
        self._courses: dict[str, Any] = {side: pg.PlotCurveItem(antialias=True) for side in "ab"}
        for course in self._courses.values():
            self.plot.addItem(course)
        self._capacity = pg.InfiniteLine(angle=0)
        self._capacity.setZValue(-5)
        self.plot.addItem(self._capacity, ignoreBounds=True)
        self._capacity_label = PlotLabel(self.plot, bold=False)

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        self._courses["a"].setPen(self.line_pen("dash", colours.side_a))
        self._courses["b"].setPen(self.line_pen("line", colours.side_b))
        self._capacity.setPen(self.line_pen("target", colours.muted, 1.4))
        self._capacity_label.show_colours(colours.muted, colours.panel)

    def _draw(self) -> None:
        loads = self._loads()
        shown = loads is not None and self._load is not None
        self._capacity.setVisible(shown)
        self._capacity_label.setVisible(shown)
        if loads is None or self._load is None:
            for course in self._courses.values():
                course.setData([], [])
            for side in ("bottom", "left"):
                self.set_ticks(side, [])
            return
        x = np.array([day.toordinal() for day in self._load.a.days], dtype=np.float64)
        top = float(self._reviewers())
        for side, load in zip("ab", loads, strict=True):
            self._courses[side].setData(x, _all(load))
            top = max(top, float(_all(load).max()))
        busy = np.flatnonzero(sum(_all(load) for load in loads) > _SOME)
        last = min(int(busy[-1]) + 3 if len(busy) else len(x), len(x)) - 1
        self.fit((x[0], x[max(last, 1)]), (0.0, 1.12 * top), (0, 0))
        self._capacity.setValue(self._reviewers())
        words = self.tr("reviewers: {n}").format(n=self._reviewers())
        self._capacity_label.show_words(words, self._x.high, self._reviewers(), (1.0, 1.0))
        width, height = self.room()
        most = max(int(width / (self.text_width("Sep 2022") + 18)), 2)
        self.set_ticks("bottom", date_ticks(self._x.low, self._x.high, most))
        self.set_ticks("left", number_ticks(0.0, self._y.high, max(int(height / 45), 2)))
        self.axis("left").setWidth(self.text_width("88.8") + 12)

    def _loads(self) -> tuple[Load, Load] | None:
        if self._load is None:
            return None
        a, b = (course.loads.get(self._department) for course in (self._load.a, self._load.b))
        return (a, b) if a is not None and b is not None else None

    def _reviewers(self) -> int:
        """Of side B, where the two differ."""
        assert self._answer is not None
        department = self._answer.b.scenario.department.get(self._department)
        return department.reviewers if department else 0

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        loads = self._loads()
        if loads is None or self._load is None:
            return None
        places = np.array([day.toordinal() for day in self._load.a.days])
        nearest = int(np.abs(places - position).argmin())
        a, b = (
            self.tr("{side} {review} in review, {waiting} waiting").format(
                side=side,
                review=language.number(float(load.in_review[nearest]), 1),
                waiting=language.number(float(load.waiting[nearest]), 1),
            )
            for side, load in zip("AB", loads, strict=True)
        )
        day = language.day(self._load.a.days[nearest])
        return float(places[nearest]), (
            Entry(day),
            Entry(a, "dash", "side_a"),
            Entry(b, "line", "side_b"),
        )

    def _stride(self) -> float:
        days = self._load.a.days if self._load else ()
        return float((days[1] - days[0]).days) if len(days) > 1 else 7.0


def _all(load: Load) -> Floats:
    return load.waiting + load.in_review
