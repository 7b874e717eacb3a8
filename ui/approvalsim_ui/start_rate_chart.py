"""The start rate (动工率) in the course of time, with intervals at the chosen dates."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from math import inf, isfinite, isnan, nan
from typing import Any

import numpy as np
import pyqtgraph as pg

from approvalsim.estimate import Estimate
from approvalsim.summary import StartRate
from approvalsim_ui import language
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.compare_words import capitalised, goal, interval, joined, rate, side_names
from approvalsim_ui.figures_table import Cell, Column, Figures
from approvalsim_ui.legend import Entry
from approvalsim_ui.pictures import Course
from approvalsim_ui.plot_axes import date_ticks, share_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

_LABELLED = 4
"""Chosen dates at most that are labelled in the picture."""
_LANE = 26
"""Pixels above 100 %, where the dates stand."""
_SYMBOLS = {"a": "o", "b": "s"}


class StartRateChart(AnswerChart):
    """Started / signed by the end of each date, A and B; error bars where intervals are asked.

    Started is who has reached the measured milestone.
    """

    def title(self) -> str:  # noqa: D102
        if self._answer is None:
            return self.tr("Share of projects over time")
        return self.tr("{rate} over time").format(rate=capitalised(rate(self._answer)))

    def reading(self) -> str:  # noqa: D102
        if self._answer is None:
            return ""
        changes = self._answer.comparison.difference.start_rates
        texts = [
            self._date_words(day, *pair, change)
            for (day, change), pair in zip(changes[:3], self._pairs(), strict=False)
        ]
        if not texts:
            text = self.tr("Choose dates to see the {rate} with its interval.")
            return text.format(rate=rate(self._answer))
        return joined(texts)

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("By the end of"), "date"),
            Column(self.tr("Out of")),
            Column("A", "share", "a"),
            Column("B", "share", "b"),
            Column(self.tr("Difference B − A, points"), "share change"),
        )
        if self._answer is None:
            return Figures(columns)
        return Figures(columns, (*self._chosen_rows(), *self._course_rows()))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        a, b = side_names(self._answer)
        return (
            Entry(self.tr("reached {goal} / signed").format(goal=goal(self._answer))),
            Entry(f"A {a}", "dash", "side_a"),
            Entry(f"B {b}", "line", "side_b"),
        )

    def _build(self) -> None:
        self._courses: dict[str, Any] = {}
        self._points: dict[str, Any] = {}
        self._bars: dict[str, Any] = {}
        self._dates: list[Any] = []
        for side in "ab":
            self._courses[side] = pg.PlotCurveItem(antialias=True)
            self._bars[side] = pg.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=8.0)
            self._points[side] = pg.ScatterPlotItem(symbol=_SYMBOLS[side], size=11, useCache=False)
            for item in (self._courses[side], self._bars[side], self._points[side]):
                self.plot.addItem(item)
        self._labels = {
            kind: [PlotLabel(self.plot, bold=kind != "date") for _ in range(_LABELLED)]
            for kind in ("a", "b", "date")
        }

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for side, colour in (("a", colours.side_a), ("b", colours.side_b)):
            self._courses[side].setPen(self.line_pen("dash" if side == "a" else "line", colour))
            self._points[side].setBrush(colour)
            self._points[side].setPen(self.thin_pen(colours.panel, 1.5))
            self._bars[side].setOpts(pen=self.thin_pen(colour, 1.5))
            for label in self._labels[side]:
                label.show_colours(colour, colours.panel)
        for label in self._labels["date"]:
            label.show_colours(colours.muted, colours.panel)
        for line in self._dates:
            line.setPen(self.line_pen("target", colours.muted, 1.2))

    def _draw(self) -> None:
        if self._answer is None:
            return
        pictures = self._answer.pictures
        for side, course in (("a", pictures.course_a), ("b", pictures.course_b)):
            x, y = _line(course)
            self._courses[side].setData(x, y)
        days = pictures.course_a.dates
        top = 1 + _LANE / max(self.room()[1] - _LANE, 80.0)
        self.fit((_place(days[0]), _place(days[-1]) + 1), (0.0, top), (0, 0))
        self._draw_chosen()
        width, _ = self.room()
        self.set_ticks("left", share_ticks((0.0, 0.2, 0.4, 0.6, 0.8, 1.0)))
        most = max(int(width / (self.text_width("Sep 2022") + 18)), 2)
        self.set_ticks("bottom", date_ticks(self._x.low, self._x.high, most))
        self.axis("left").setWidth(self.text_width("100 %") + 12)
        self.axis("bottom").setLabel("")

    def _draw_chosen(self) -> None:
        assert self._answer is not None
        pairs = tuple(self._pairs())
        for side, rates in (("a", [a for a, _ in pairs]), ("b", [b for _, b in pairs])):
            known = [rate for rate in rates if isfinite(rate.rate.value)]
            x = np.array([_place(rate.date) for rate in known])
            y = np.array([rate.rate.value for rate in known])
            low, high = (
                np.array([_bounded(bound) for bound in bounds])
                for bounds in ([r.rate.low for r in known], [r.rate.high for r in known])
            )
            self._points[side].setData(x, y)
            self._bars[side].setData(x=x, y=y, top=high - y, bottom=y - low)
        self._draw_date_lines([a.date for a, _ in pairs])
        for n in range(_LABELLED):
            pair = pairs[n] if n < len(pairs) else None
            self._place_labels(n, pair)
        self._place_days([a.date for a, _ in pairs[:_LABELLED]])

    def _draw_date_lines(self, days: Sequence[date]) -> None:
        while len(self._dates) < len(days):
            line = pg.InfiniteLine(angle=90)
            line.setPen(self.line_pen("target", self.colours.muted, 1.2))
            line.setZValue(-5)
            self.plot.addItem(line, ignoreBounds=True)
            self._dates.append(line)
        for n, line in enumerate(self._dates):
            line.setVisible(n < len(days))
            if n < len(days):
                line.setValue(_place(days[n]))

    def _place_labels(self, number: int, pair: tuple[StartRate, StartRate] | None) -> None:
        for side in ("a", "b", "date"):
            self._labels[side][number].setVisible(pair is not None)
        if pair is None:
            return
        a, b = pair
        width = self._x.high - self._x.low
        near_right = (_place(a.date) - self._x.low) / max(width, 1e-9) > 0.7
        heights = {"a": a.rate.value, "b": b.rate.value}
        for side, other in (("a", "b"), ("b", "a")):
            label = self._labels[side][number]
            label.setVisible(isfinite(heights[side]))
            if not isfinite(heights[side]):
                continue
            above = heights[side] > heights[other] or (
                heights[side] == heights[other] and side == "b"
            )
            words = f"{side.upper()} {language.percent(heights[side], 1)}"
            leftward = 1.06 if above or near_right else -0.06
            anchor = (leftward, 1.0 if above else -0.05)
            label.show_words(words, _place(a.date), heights[side], anchor)

    def _place_days(self, days: Sequence[date]) -> None:
        """Each day above its line, or beside it; none over another."""
        room, taken = self.room()[0], 0.0
        scale = room / max(self._x.high - self._x.low, 1e-9)
        places = [(_place(day) - self._x.low) * scale for day in days]
        for number, (day, x) in enumerate(zip(days, places, strict=True)):
            label, words = self._labels["date"][number], language.day(day)
            width = self.text_width(words) + 12
            after = places[number + 1] if number + 1 < len(places) else inf
            shift = 0.5 if x - width / 2 >= taken else 0.0
            if after - x < width and x - width >= taken:
                shift = 1.0  # leaves the room to the right to the next one
            shift = 0.0 if x < shift * width else 1.0 if room - x < (1 - shift) * width else shift
            begin = x - shift * width
            label.setVisible(begin >= taken - 1)
            if begin >= taken - 1:
                taken = begin + width
                label.show_words(words, _place(day), self._y.high, (shift, 0.0))

    def _pairs(self) -> Iterator[tuple[StartRate, StartRate]]:
        """The start rates at the chosen dates, A and B."""
        assert self._answer is not None
        comparison = self._answer.comparison
        return zip(comparison.a.start_rates, comparison.b.start_rates, strict=True)

    def _chosen_rows(self) -> Iterator[tuple[Cell, ...]]:
        assert self._answer is not None
        changes = dict(self._answer.comparison.difference.start_rates)
        for a, b in self._pairs():
            yield a.date, self.tr("all signed"), a.rate, b.rate, changes.get(a.date)
            without = a.rate_without_dropouts, b.rate_without_dropouts
            yield a.date, self.tr("signed and not left"), *without, None

    def _course_rows(self) -> Iterator[tuple[Cell, ...]]:
        assert self._answer is not None
        pictures = self._answer.pictures
        chosen = {day for day, _ in self._answer.comparison.difference.start_rates}
        courses = zip(
            pictures.course_a.dates, pictures.course_a.rates, pictures.course_b.rates, strict=True
        )
        for day, a, b in courses:
            if day not in chosen:
                yield day, self.tr("all signed"), a, b, None

    def _date_words(self, day: date, a: StartRate, b: StartRate, change: Estimate) -> str:
        assert self._answer is not None
        words = {
            "date": language.day(day),
            "goal": goal(self._answer),
            "a": language.percent(a.rate.value, 1),
            "b": language.percent(b.rate.value, 1),
        }
        if isnan(change.value):
            return self.tr("By {date} nobody has signed.").format(**words)
        points = Estimate(100 * change.value, 100 * change.low, 100 * change.high)
        if not isfinite(change.half_width) or points.low <= 0 <= points.high:
            text = self.tr("By {date}: A {a}, B {b}, no sure difference.")
            return text.format(**words)
        words |= {"points": language.number(abs(points.value), 1), "interval": interval(points)}
        if change.value > 0:
            text = self.tr("By {date}: A {a}, B {b}, {points} points more ({interval}).")
        else:
            text = self.tr("By {date}: A {a}, B {b}, {points} points fewer ({interval}).")
        return text.format(**words)

    def _stride(self) -> float:
        return 14.0

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        if self._answer is None:
            return None
        course_a, course_b = self._answer.pictures.course_a, self._answer.pictures.course_b
        places = [_place(day) for day in course_a.dates]
        after = min(bisect_left(places, position), len(places) - 1)
        before = max(after - 1, 0)
        nearest = before if position - places[before] < places[after] - position else after
        a, b = (course.rates[nearest].value for course in (course_a, course_b))
        if not (isfinite(a) and isfinite(b)):
            return None
        return places[nearest], (
            Entry(self.tr("by {date}").format(date=language.day(course_a.dates[nearest]))),
            Entry(f"A {language.percent(a, 1)}", "dash", "side_a"),
            Entry(f"B {language.percent(b, 1)}", "line", "side_b"),
        )


def _place(day: date) -> float:
    """Where the end of a date stands on the axis."""
    return float(day.toordinal())


def _line(course: Course) -> tuple[list[float], list[float]]:
    known = [
        (_place(day), rate.value)
        for day, rate in zip(course.dates, course.rates, strict=True)
        if isfinite(rate.value)
    ]
    return [x for x, _ in known], [y for _, y in known]


def _bounded(bound: float) -> float:
    return min(max(bound, 0.0), 1.0) if not isnan(bound) else nan
