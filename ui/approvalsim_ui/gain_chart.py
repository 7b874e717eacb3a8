"""Where the days are won or lost: a waterfall of the stages, down to the mean difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPen

from approvalsim.comparison import Comparison
from approvalsim_ui import language, theme
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.compare_words import joined, stage_name
from approvalsim_ui.figures_table import Cell, Column, Figures
from approvalsim_ui.legend import Entry
from approvalsim_ui.plot_axes import number_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

MOST = 12
"""Stages with a bar of their own; the smallest of more go together."""
_ROW = 20
"""Pixels a bar needs, with its name."""
_NOTICEABLE = 0.05
"""Days that are worth a word."""


@dataclass(frozen=True)
class Step:
    """One bar: from the days before it to the days after it."""

    name: str
    change: float
    begin: float

    @property
    def end(self) -> float:
        """The sum up to and with this bar."""
        return self.begin + self.change


class GainChart(AnswerChart):
    """Steps from nought to the mean difference, one for each stage, in the order of the process."""

    reads_along = "y"
    _steps: tuple[Step, ...] = ()

    def title(self) -> str:  # noqa: D102
        return self.tr("Where the days are won")

    def reading(self) -> str:  # noqa: D102
        if self._answer is None:
            return ""
        gains = self._answer.comparison.gain_by_stage
        won = sorted((days, key) for key, days in gains.items() if days < -_NOTICEABLE)
        lost = sorted((-days, key) for key, days in gains.items() if days > _NOTICEABLE)
        parts = []
        if won:
            parts.append(self.tr("Most is won in {}.").format(self._listed(won[:3])))
        if lost:
            parts.append(self.tr("Days are lost in {}.").format(self._listed(lost[:2])))
        if not parts:
            parts.append(self.tr("No stage changes by more than a tenth of a day."))
        mean = self._answer.comparison.difference.mean.value
        parts.append(
            self.tr("All together, with holds and windows: {} days on the path that binds.").format(
                _signed(mean)
            )
        )
        return joined(parts)

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("Stage")),
            Column(self.tr("Change B − A, days"), "change"),
            Column(self.tr("Criticality A"), "share", "a"),
            Column(self.tr("Criticality B"), "share", "b"),
        )
        if self._answer is None:
            return Figures(columns)
        comparison = self._answer.comparison
        rows: list[tuple[Cell, ...]] = [
            (
                stage_name(self._answer, key),
                days,
                *(_criticality(side, key) for side in (comparison.a, comparison.b)),
            )
            for key, days in comparison.gain_by_stage.items()
        ]
        rows.append((self.tr("Elsewhere (holds, windows)"), comparison.gain_elsewhere, None, None))
        rows.append((self.tr("Mean difference"), comparison.difference.mean.value, None, None))
        return Figures(columns, tuple(rows))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        return (
            Entry(self.tr("B quicker"), "bar", "side_b"),
            Entry(self.tr("B slower"), "bar", "side_a"),
            Entry(self.tr("mean difference"), "bar", "muted"),
        )

    def _build(self) -> None:
        self._bars: dict[str, Any] = {}
        for part in ("won", "lost", "sum"):
            self._bars[part] = pg.BarGraphItem(x0=[], x1=[], y=[], height=0.62)
            self.plot.addItem(self._bars[part])
        self._links = pg.PlotCurveItem(connect="pairs")
        self.plot.addItem(self._links)
        self._zero = pg.InfiniteLine(0.0, angle=90)
        self.plot.addItem(self._zero, ignoreBounds=True)
        self._labels: list[PlotLabel] = []

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for part, colour in (
            ("won", colours.side_b),
            ("lost", colours.side_a),
            ("sum", colours.muted),
        ):
            self._bars[part].setOpts(brush=colour, pen=QPen(Qt.PenStyle.NoPen))
        self._links.setPen(self.thin_pen(colours.muted))
        self._zero.setPen(self.thin_pen(colours.text, 1.4))
        self.axis("left").setTextPen(QPen(colours.text))
        for label in self._labels:
            label.show_colours(colours.text)

    def _draw(self) -> None:
        if self._answer is None:
            return
        self._steps = self._waterfall(self._answer.comparison)
        rows = len(self._steps)
        self.plot.setMinimumHeight(rows * _ROW + 62)
        ends = [0.0, *(step.end for step in self._steps)]
        low, high = min(ends), max(ends)
        # Room for the number beside the longest bar.
        spare = 0.17 * max(high - low, 1.0)
        self.fit((low - spare, high + spare), (-0.6, rows - 0.4), (8, 0))
        self._draw_bars(rows)
        self._draw_labels(rows)
        self._draw_names(rows)
        width, _ = self.room()
        self.set_ticks("bottom", number_ticks(self._x.low, self._x.high, max(int(width / 75), 2)))
        self.axis("bottom").setLabel(self.tr("mean change of days on the binding path, B − A"))

    def _draw_bars(self, rows: int) -> None:
        begin = np.array([step.begin for step in self._steps])
        end = np.array([step.end for step in self._steps])
        place = rows - 1.0 - np.arange(rows)
        is_sum = np.arange(rows) == rows - 1
        for part, chosen in (
            ("won", (end < begin) & ~is_sum),
            ("lost", (end >= begin) & ~is_sum),
            ("sum", is_sum),
        ):
            self._bars[part].setOpts(x0=begin[chosen], x1=end[chosen], y=place[chosen])
        x = np.repeat(end[:-1], 2)
        y = np.column_stack([place[:-1] - 0.31, place[1:] + 0.31]).ravel()
        self._links.setData(x, y)

    def _draw_labels(self, rows: int) -> None:
        while len(self._labels) < rows:
            label = PlotLabel(self.plot, bold=False)
            label.show_colours(self.colours.text)
            self._labels.append(label)
        for row, label in enumerate(self._labels):
            label.setVisible(row < rows)
            if row >= rows:
                continue
            step = self._steps[row]
            left = step.change < 0
            anchor = (1.0, 0.5) if left else (0.0, 0.5)
            label.show_words(_signed(step.change), step.end, rows - 1 - row, anchor)

    def _draw_names(self, rows: int) -> None:
        metrics = QFontMetricsF(theme.text_font())
        longest = max((metrics.horizontalAdvance(step.name) for step in self._steps), default=0.0)
        width = min(longest, max(0.34 * self.plot.width(), 90.0))
        elide = Qt.TextElideMode.ElideRight
        names = [metrics.elidedText(step.name, elide, width + 1) for step in self._steps]
        self.axis("left").setWidth(width + 14)
        self.set_ticks("left", [(rows - 1.0 - row, name) for row, name in enumerate(names)])

    def _waterfall(self, comparison: Comparison) -> tuple[Step, ...]:
        """Stages in the order of the process, then all else, then the sum."""
        assert self._answer is not None
        gains = dict(comparison.gain_by_stage)
        most = MOST if len(gains) > MOST + 1 else len(gains)
        kept = sorted(gains, key=lambda key: -abs(gains[key]))[:most]
        parts = [(stage_name(self._answer, key), gains[key]) for key in gains if key in kept]
        if others := [days for key, days in gains.items() if key not in kept]:
            parts.append((self.tr("{n} other stages").format(n=len(others)), sum(others)))
        parts.append((self.tr("Elsewhere (holds, windows)"), comparison.gain_elsewhere))
        steps, total = [], 0.0
        for name, change in parts:
            steps.append(Step(name, change, total))
            total += change
        return (*steps, Step(self.tr("Mean difference"), total, 0.0))

    def _listed(self, ranked: Sequence[tuple[float, str]]) -> str:
        assert self._answer is not None
        join = "、" if language.current() == "zh" else ", "
        return join.join(
            self.tr("{stage} ({days} days)").format(
                stage=stage_name(self._answer, key), days=language.number(abs(days), 1)
            )
            for days, key in ranked
        )

    def _stride(self) -> float:
        return 1.0

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        row = len(self._steps) - 1 - round(position)
        if not 0 <= row < len(self._steps):
            return None
        step = self._steps[row]
        words = self.tr("{name}: {change} days; {sum} in all so far").format(
            name=step.name, change=_signed(step.change), sum=_signed(step.end)
        )
        colour = "side_b" if step.change < 0 else "side_a"
        return float(len(self._steps) - 1 - row), (Entry(words, "bar", colour),)


def _signed(days: float) -> str:
    text = language.number(days, 1)
    return f"+{text}" if float(f"{days:.1f}") > 0 else text


def _criticality(side: Any, key: str) -> float | None:
    return side.stages[key].criticality if key in side.stages else None
