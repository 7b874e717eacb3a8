"""Days that supervision wins, for every effect that urging on may have: one picture of a doubt."""

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any, Literal, Self

import numpy as np
import pyqtgraph as pg

from approvalsim.estimate import Estimate
from approvalsim.voice import Voice
from approvalsim_ui import language
from approvalsim_ui.charts import Chart
from approvalsim_ui.compare_words import decimals_of, interval, joined
from approvalsim_ui.effect_answer import EFFECTS, EffectAnswer, Point
from approvalsim_ui.figures_table import Column, Figures
from approvalsim_ui.legend import Entry, Shape
from approvalsim_ui.plot_axes import number_ticks, share_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

Line = Literal["mean", "p80"]
_LINES: dict[Line, tuple[Shape, str, str]] = {
    "mean": ("line", "o", "side_b"),
    "p80": ("dash", "s", "text"),
}
"""How each is drawn: its line, its symbol, its colour."""


class EffectChart(Chart):
    """The change of mean and P80 against no supervision, with intervals; a line at the one now."""

    _answer: EffectAnswer | None = None
    _now: float | None = None
    _is_assumed = True
    _is_old = False

    def show_answer(self, answer: EffectAnswer | None) -> None:
        """Show the values found so far."""
        self._answer, self._is_old = answer, False
        self.refresh()

    def show_now(self, effect: float | None, assumed: bool) -> None:
        """Mark the effect that the scenario says now, and whether that is an assumption."""
        if (effect, assumed) != (self._now, self._is_assumed):
            self._now, self._is_assumed = effect, assumed
            self.refresh()

    def show_old(self, old: bool) -> None:
        """Say that the values are those of a scenario as it was before."""
        if old != self._is_old:
            self._is_old = old
            self.refresh()

    # --- words -----------------------------------------------------------------------------------

    def title(self) -> str:  # noqa: D102
        return self.tr("What supervision wins, by the effect of urging on")

    def reading(self) -> str:  # noqa: D102
        answer = self._answer
        if answer is None or not answer.points:
            return self.tr(
                "How much faster applicants work while urged on is an assumption. Here it goes from"
                " 0 to 30 %, each value under the same luck as no supervision at all."
            )
        low, high = answer.points[0], answer.points[-1]
        texts = [
            self._change(self.tr("At {effect}: {change}."), low),
            self._change(self.tr("At {effect}: {change}."), high) if high is not low else "",
        ]
        if low.effect == 0:
            texts.append(self.tr("What is won at 0 comes from going first in the queues alone."))
        if self._is_old:
            texts.append(self.tr("The scenario has been changed since."))
        return joined(texts)

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("Effect"), "share"),
            Column(self.tr("Mean, days"), "days"),
            Column(self.tr("P80, days"), "days"),
            Column(self.tr("Mean against no supervision, days"), "change"),
            Column(self.tr("P80 against no supervision, days"), "change"),
        )
        if self._answer is None:
            return Figures(columns)
        rows = [
            (each.effect, each.mean, each.p80, each.mean_change, each.p80_change)
            for each in self._answer.points
        ]
        without = (self.tr("no supervision"), self._answer.mean, self._answer.p80, None, None)
        return Figures(columns, (without, *rows))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        names = {"mean": self.tr("mean"), "p80": "P80"}
        goal = self._voice.goal(self._answer.question.scenario.measure)
        return (
            Entry(self.tr("change in days from signing to {goal}").format(goal=goal)),
            *(Entry(names[line], looks[0], looks[2]) for line, looks in _LINES.items()),
        )

    def copied(self, colours: Colours, stroke: float = 1.0) -> Self:  # noqa: D102
        made = type(self)(colours=colours, stroke=stroke)
        made.show_now(self._now, self._is_assumed)
        made.show_answer(self._answer)
        made.show_old(self._is_old)
        return made

    # --- drawing ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._curves: dict[Line, Any] = {}
        self._points: dict[Line, Any] = {}
        self._bars: dict[Line, Any] = {}
        for line, (_, symbol, _) in _LINES.items():
            self._curves[line] = pg.PlotCurveItem(antialias=True)
            self._bars[line] = pg.ErrorBarItem(x=np.zeros(0), y=np.zeros(0), beam=0.006)
            self._points[line] = pg.ScatterPlotItem(symbol=symbol, size=9, useCache=False)
            for item in (self._curves[line], self._bars[line], self._points[line]):
                self.plot.addItem(item)
        self._zero = pg.InfiniteLine(0.0, angle=0)
        self._marked = pg.InfiniteLine(angle=90)
        for thin in (self._zero, self._marked):
            thin.setZValue(-5)
            self.plot.addItem(thin, ignoreBounds=True)
        self._zero_label = PlotLabel(self.plot, bold=False)
        self._marked_label = PlotLabel(self.plot)

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for line, (shape, _, name) in _LINES.items():
            colour = getattr(colours, name)
            self._curves[line].setPen(self.line_pen(shape, colour))
            self._points[line].setBrush(colour)
            self._points[line].setPen(self.thin_pen(colours.panel, 1.5))
            self._bars[line].setOpts(pen=self.thin_pen(colour, 1.5))
        self._zero.setPen(self.thin_pen(colours.text, 1.2))
        self._marked.setPen(self.line_pen("target", colours.text, 1.6))
        self._zero_label.show_colours(colours.muted, colours.panel)
        self._marked_label.show_colours(colours.text, colours.panel)

    def _draw(self) -> None:
        points = self._answer.points if self._answer else ()
        changes = {line: [_change_of(each, line) for each in points] for line in _LINES}
        for line, found in changes.items():
            shift = 0.0015 if line == "p80" else 0.0  # so that neither bar hides the other
            x = np.array([each.effect + shift for each in points])
            y = np.array([each.value for each in found])
            self._curves[line].setData(x, y)
            self._points[line].setData(x, y)
            low = np.array([_ends(each)[0] for each in found])
            high = np.array([_ends(each)[1] for each in found])
            self._bars[line].setData(x=x, y=y, top=high - y, bottom=y - low)
        ends = [end for found in changes.values() for each in found for end in _ends(each)]
        last = max([*EFFECTS, *(each.effect for each in points)])
        bottom, top = min([*ends, -1.0]), max([*ends, 0.0])
        tall = top - bottom
        self.fit((-0.012, last + 0.014), (bottom - 0.12 * tall, top + 0.12 * tall), (0, 0))
        self._draw_marks(bool(points))
        width, height = self.room()
        marks = EFFECTS if width > 8 * self.text_width("30 %") else EFFECTS[::2]
        self.set_ticks("bottom", share_ticks(marks))
        self.set_ticks("left", number_ticks(self._y.low, self._y.high, max(int(height / 45), 2)))
        self.axis("left").setWidth(self.text_width("−88.8") + 14)
        self.axis("bottom").setLabel(self.tr("time saved on preparation and rework while urged on"))

    def _draw_marks(self, shown: bool) -> None:
        self._zero.setVisible(shown)
        self._zero_label.setVisible(shown)
        self._zero_label.show_words(self.tr("no supervision"), self._x.high, 0.0, (1.0, 1.0))
        marked = shown and self._now is not None
        self._marked.setVisible(marked)
        self._marked_label.setVisible(marked)
        if self._now is not None:
            said = self.tr("now {effect}, assumed") if self._is_assumed else self.tr("now {effect}")
            words = said.format(effect=_percent(self._now))
            self._marked.setValue(self._now)
            near_right = self._now > (self._x.low + self._x.high) / 2
            anchor = (1.04 if near_right else -0.04, 1.0)
            self._marked_label.show_words(words, self._now, self._y.low, anchor)

    # --- reading ---------------------------------------------------------------------------------

    @property
    def _voice(self) -> Voice:
        assert self._answer is not None
        return Voice(self._answer.question.scenario, language.current())

    def _change(self, text: str, point: Point) -> str:
        """What supervision wins at a value, in words."""
        change = point.mean_change
        if not isfinite(change.value):
            words = "–"
        elif change.low <= 0 <= change.high:
            words = self.tr("no sure change of the mean")
        else:
            said = (
                self.tr("the mean {days} days earlier ({interval})")
                if change.value < 0
                else self.tr("the mean {days} days later ({interval})")
            )
            decimals = decimals_of(change.value)
            days = language.number(abs(change.value), decimals)
            words = said.format(days=days, interval=interval(change, decimals))
        return text.format(effect=_percent(point.effect), change=words)

    def _stride(self) -> float:
        return 0.05

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        points = self._answer.points if self._answer else ()
        if not points:
            return None
        nearest = min(points, key=lambda each: abs(each.effect - position))
        return nearest.effect, (Entry(_percent(nearest.effect)), *self._read_lines(nearest))

    def _read_lines(self, point: Point) -> Iterator[Entry]:
        names = {"mean": self.tr("mean"), "p80": "P80"}
        for line, (shape, _, colour) in _LINES.items():
            change, level = _change_of(point, line), getattr(point, line)
            signed = language.number(change.value, 1)
            words = f"{names[line]} {language.number(level.value, 1)} ({signed})"
            yield Entry(words, shape, colour)


def _change_of(point: Point, line: Line) -> Estimate:
    return point.mean_change if line == "mean" else point.p80_change


def _ends(change: Estimate) -> tuple[float, float]:
    """The ends of an interval, or the value twice where there is none."""
    if isfinite(change.half_width):
        return change.low, change.high
    return change.value, change.value


def _percent(share: float) -> str:
    return language.percent(share, 0 if round(share * 100, 6) % 1 == 0 else 1)
