"""How long it takes from signing: the cumulative curves of both sides, one over the other."""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Self

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSignalBlocker, Signal

from approvalsim_ui import language
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.compare_words import goal, joined, side_names, whole_days
from approvalsim_ui.figures_table import Cell, Column, Figures
from approvalsim_ui.legend import Entry
from approvalsim_ui.pictures import Curve
from approvalsim_ui.plot_axes import number_ticks, share_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

_LEVELS = {"p50": 0.5, "p80": 0.8}
"""The percentiles with a marker."""
_SHOWN = 0.99
"""The axis reaches to this quantile; the curves go on beyond it."""
_SYMBOLS = {"a": "o", "b": "s"}


class CurveChart(AnswerChart):
    """Cumulative curves of A and B with P50 and P80, and a target that can be dragged."""

    target_changed = Signal(int)
    """The target in days from signing was dragged."""
    _target: int | None = None

    def show_target(self, days: int | None) -> None:
        """Show how many make it within so many days of signing; None for no target."""
        if days != self._target:
            self._target = days
            self.refresh()

    def title(self) -> str:  # noqa: D102
        if self._answer is None:
            return self.tr("How long from signing")
        return self.tr("From signing to {goal}").format(goal=goal(self._answer))

    def reading(self) -> str:  # noqa: D102
        if self._answer is None:
            return ""
        a, b = (side.summary.times for side in (self._answer.a, self._answer.b))
        words = {
            "goal": goal(self._answer),
            "a50": whole_days(a.p50.value),
            "b50": whole_days(b.p50.value),
            "a80": whole_days(a.p80.value),
            "b80": whole_days(b.p80.value),
        }
        if not (isfinite(a.p50.value) and isfinite(b.p50.value)):
            return self.tr("On one side no project reaches {goal}.").format(**words)
        text = self.tr(
            "Of the projects that reach {goal}, half do so within {b50} days of signing under B"
            " ({a50} under A), and 8 in 10 within {b80} ({a80})."
        ).format(**words)
        return joined((text, self._target_words()))

    def figures(self) -> Figures:  # noqa: D102
        answer = self._answer
        columns = (
            Column(self.tr("Days from signing")),
            Column("A", "days", "a"),
            Column("B", "days", "b"),
            Column(self.tr("Difference B − A"), "change"),
        )
        if answer is None:
            return Figures(columns)
        a, b, between = answer.a.summary.times, answer.b.summary.times, answer.comparison.difference
        rows: list[tuple[Cell, ...]] = [(self.tr("Mean"), a.mean, b.mean, between.mean)]
        for percent in range(5, 100, 5):
            key = f"p{percent}"
            if hasattr(a, key):
                rows.append(
                    (f"P{percent}", getattr(a, key), getattr(b, key), getattr(between, key))
                )
            else:
                curves = answer.pictures.a, answer.pictures.b
                rows.append((f"P{percent}", *(_quantile(c, percent / 100) for c in curves), None))
        return Figures(columns, tuple(rows))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        a, b = side_names(self._answer)
        return (
            Entry(self.tr("share that got there")),
            Entry(f"A {a}", "dash", "side_a"),
            Entry(f"B {b}", "line", "side_b"),
        )

    def copied(self, colours: Colours, stroke: float = 1.0) -> Self:  # noqa: D102
        made = super().copied(colours, stroke)
        made.show_target(self._target)
        return made

    def _build(self) -> None:
        self._curves: dict[str, Any] = {}
        self._markers: dict[str, Any] = {}
        self._labels: dict[tuple[str, str], PlotLabel] = {}
        for side in "ab":
            self._curves[side] = pg.PlotCurveItem(antialias=True)
            self._markers[side] = pg.ScatterPlotItem(symbol=_SYMBOLS[side], size=11, useCache=False)
            self.plot.addItem(self._curves[side])
            self.plot.addItem(self._markers[side])
            for level in _LEVELS:
                self._labels[side, level] = PlotLabel(self.plot)
        self._line = pg.InfiniteLine(angle=90, movable=True)
        self._line.setZValue(20)
        self._line.sigPositionChanged.connect(self._dragged)
        self.plot.addItem(self._line, ignoreBounds=True)
        self._line_label = PlotLabel(self.plot)
        for item in (self._line, self._line_label):
            item.hide()

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for side, shape in (("a", "dash"), ("b", "line")):
            colour = colours.side_a if side == "a" else colours.side_b
            self._curves[side].setPen(self.line_pen("dash" if shape == "dash" else "line", colour))
            self._markers[side].setBrush(colour)
            self._markers[side].setPen(self.thin_pen(colours.panel, 1.5))
            for level in _LEVELS:
                self._labels[side, level].show_colours(colour, colours.panel)
        self._line.setPen(self.line_pen("target", colours.text, 1.6))
        self._line.setHoverPen(self.line_pen("target", colours.focus, 3))
        self._line_label.show_colours(colours.text, colours.panel)

    def _draw(self) -> None:
        if self._answer is None:
            return
        pictures = self._answer.pictures
        self.fit((0.0, self._reach()), (0.0, 1.0), (8, 5))
        for side, curve in (("a", pictures.a), ("b", pictures.b)):
            self._curves[side].setData(curve.days, curve.share)
        self._draw_markers()
        self._draw_target()
        self.set_ticks("left", share_ticks((0.0, 0.2, 0.5, 0.8, 1.0)))
        width, _ = self.room()
        self.set_ticks("bottom", number_ticks(0.0, self._x.high, max(int(width / 75), 2)))
        self.axis("left").setWidth(self.text_width("100 %") + 12)
        self.axis("bottom").setLabel(self.tr("calendar days from signing"))

    def _reach(self) -> float:
        """How far the axis goes: to the slowest, but for one in a hundred."""
        assert self._answer is not None
        curves = self._answer.pictures.a, self._answer.pictures.b
        far = [_quantile(curve, _SHOWN) for curve in curves if len(curve.known)]
        return max(self._target or 0.0, 1.0, *far)

    def _draw_markers(self) -> None:
        assert self._answer is not None
        sides = {"a": self._answer.a.summary.times, "b": self._answer.b.summary.times}
        points = {
            (side, level): getattr(times, level).value
            for side, times in sides.items()
            for level in _LEVELS
        }
        for side in "ab":
            own = [(points[side, level], share) for level, share in _LEVELS.items()]
            known = [(x, y) for x, y in own if isfinite(x)]
            self._markers[side].setData([x for x, _ in known], [y for _, y in known])
        pixel = (self._x.high - self._x.low) / max(self.room()[0], 1.0)
        for level, share in _LEVELS.items():
            at = {side: points[side, level] for side in "ab"}
            for side, other in (("a", "b"), ("b", "a")):
                label = self._labels[side, level]
                label.setVisible(isfinite(at[side]))
                if not isfinite(at[side]):
                    continue
                words = self.tr("{side} {level} {days} days").format(
                    side=side.upper(), level=level.upper(), days=whole_days(at[side])
                )
                left = at[side] < at[other] or (at[side] == at[other] and side == "b")
                needed = (self.text_width(words) + 24) * pixel
                if left and at[side] < needed:
                    anchor = (-0.05, 1.25)
                elif not left and self._x.high - at[side] < needed:
                    anchor = (1.06, -0.25)
                else:
                    anchor = (1.06, 0.95) if left else (-0.06, 0.05)
                label.show_words(words, at[side], share, anchor)

    def _draw_target(self) -> None:
        shown = self._target is not None
        self._line.setVisible(shown)
        self._line_label.setVisible(shown)
        if self._target is None:
            return
        with QSignalBlocker(self._line):
            self._line.setValue(self._target)
        self._line.setBounds((1.0, None))
        words = self.tr("target: {days} days").format(days=self._target)
        self._line_label.show_words(words, self._target, 0.0, (0.0, 1.1))

    def _dragged(self) -> None:
        days = max(round(self._line.value()), 1)
        if days != self._target:
            self.show_target(days)
            self.target_changed.emit(days)

    def _target_words(self) -> str:
        if self._target is None or self._answer is None:
            return ""
        a, b = (
            curve.within(self._target)
            for curve in (self._answer.pictures.a, self._answer.pictures.b)
        )
        return self.tr("Within {days} days: A {a}, B {b} of them.").format(
            days=self._target, a=language.percent(a), b=language.percent(b)
        )

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        if self._answer is None:
            return None
        days = max(round(position), 0)
        a, b = (
            language.percent(curve.within(days), 1)
            for curve in (self._answer.pictures.a, self._answer.pictures.b)
        )
        return days, (
            Entry(self.tr("within {days} days").format(days=days)),
            Entry(f"A {a}", "dash", "side_a"),
            Entry(f"B {b}", "line", "side_b"),
        )


def _quantile(curve: Curve, share: float) -> float:
    if not len(curve.known):
        return float("nan")
    place = share * (len(curve.known) - 1)
    return float(np.interp(place, np.arange(len(curve.known)), curve.known))
