"""How much sooner or later, project by project: the spread of the paired differences."""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
import pyqtgraph as pg

from approvalsim.pairing import LARGE_GAIN
from approvalsim_ui import language
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.compare_words import joined, verdict
from approvalsim_ui.figures_table import Column, Figures
from approvalsim_ui.legend import Entry
from approvalsim_ui.pictures import Floats, round_step
from approvalsim_ui.plot_axes import number_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours

_SHOWN = 0.998
"""The axis spans all but so few of the pairs; the table has them all."""


class DifferenceChart(AnswerChart):
    """Bars of B − A: orange where B is earlier, blue where it is later, with zero and mean."""

    def title(self) -> str:  # noqa: D102
        return self.tr("Project by project: how much sooner or later")

    def reading(self) -> str:  # noqa: D102
        if self._answer is None:
            return ""
        comparison = self._answer.comparison
        text = verdict(self._answer)
        if not isfinite(comparison.difference.mean.value):
            return text
        more = self.tr(
            "{earlier} of the pairs are earlier under B, {later} later, {equal} not a moment"
            " sooner or later; {large} gain more than {days} days."
        )
        shares = {
            "earlier": comparison.earlier,
            "later": comparison.later,
            "equal": comparison.equal,
            "large": comparison.large_gain,
        }
        words = {name: language.percent(share, 1) for name, share in shares.items()}
        return joined((text, more.format(days=language.number(LARGE_GAIN, 0), **words)))

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("B − A from, days"), "change"),
            Column(self.tr("to, days"), "change"),
            Column(self.tr("Pairs"), "whole"),
            Column(self.tr("Share"), "share"),
        )
        if self._answer is None:
            return Figures(columns)
        gaps = self._answer.pictures.gaps
        rows = []
        for n, count in enumerate(gaps.counts):
            low, high = float(gaps.edges[n]), float(gaps.edges[n + 1])
            if low == 0:
                rows.append((0.0, 0.0, float(gaps.equal), gaps.equal / gaps.pairs))
            rows.append((low, high, float(count), count / gaps.pairs))
            if high == 0 and n + 1 == len(gaps.counts):
                rows.append((0.0, 0.0, float(gaps.equal), gaps.equal / gaps.pairs))
        return Figures(columns, tuple(rows))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None or not self._answer.pictures.gaps.pairs:
            return ()
        comparison = self._answer.comparison
        earlier, same, later = (
            language.percent(share, 1)
            for share in (comparison.earlier, comparison.equal, comparison.later)
        )
        return (
            Entry(self.tr("B earlier {}").format(earlier), "bar", "side_b"),
            Entry(self.tr("no difference {}").format(same), "bar", "muted"),
            Entry(self.tr("B later {}").format(later), "bar", "side_a"),
        )

    def _build(self) -> None:
        self._bars: dict[str, Any] = {}
        for part in ("earlier", "later", "equal"):
            self._bars[part] = pg.BarGraphItem(x0=[], x1=[], height=[])
            self.plot.addItem(self._bars[part])
        self._zero = pg.InfiniteLine(0.0, angle=90)
        self._zero.setZValue(-1)
        self._mean = pg.InfiniteLine(0.0, angle=90)
        for item in (self._zero, self._mean):
            self.plot.addItem(item, ignoreBounds=True)
        self._mean_label = PlotLabel(self.plot)

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for part, colour in (
            ("earlier", colours.side_b),
            ("later", colours.side_a),
            ("equal", colours.muted),
        ):
            self._bars[part].setOpts(brush=colour, pen=self.thin_pen(colours.panel))
        self._zero.setPen(self.thin_pen(colours.text, 1.4))
        self._mean.setPen(self.line_pen("target", colours.text, 1.6))
        self._mean_label.show_colours(colours.text, colours.panel)

    def _draw(self) -> None:
        if self._answer is None:
            return
        gaps = self._answer.pictures.gaps
        share = gaps.counts / max(gaps.pairs, 1)
        low, high = self._span()
        top = float(share.max()) * 1.08 if len(share) else 1.0
        self.fit((low, high), (0.0, top or 1.0), (8, 3))
        left, right = gaps.edges[:-1], gaps.edges[1:]
        for part, chosen in (("earlier", right <= 0), ("later", left >= 0)):
            self._set_bars(part, left[chosen], right[chosen], share[chosen])
        # A thin bar of its own, cut where it would dwarf the rest; the legend has the number.
        half = 0.005 * (self._x.high - self._x.low)
        equal = min(gaps.equal / max(gaps.pairs, 1), self._y.high)
        self._set_bars("equal", np.array([-half]), np.array([half]), np.array([equal]))
        self._draw_mean()
        width, height = self.room()
        self.set_ticks("bottom", number_ticks(self._x.low, self._x.high, max(int(width / 75), 2)))
        self.set_ticks("left", _share_ticks(self._y.high, max(int(height / 50), 2)))
        self.axis("left").setWidth(self.text_width("100 %") + 12)
        self.axis("bottom").setLabel(self.tr("B − A in days   ← B earlier | B later →"))

    def _set_bars(self, part: str, left: Floats, right: Floats, height: Floats) -> None:
        self._bars[part].setOpts(x0=left, x1=right, height=height)

    def _span(self) -> tuple[float, float]:
        """From where to where nearly all pairs lie, zero included."""
        assert self._answer is not None
        gaps = self._answer.pictures.gaps
        if not len(gaps.counts):
            return -1.0, 1.0
        done = np.cumsum(gaps.counts) / gaps.counts.sum()
        first = int(np.searchsorted(done, (1 - _SHOWN) / 2))
        last = int(np.searchsorted(done, 1 - (1 - _SHOWN) / 2))
        width = float(gaps.edges[1] - gaps.edges[0])
        return min(float(gaps.edges[first]), -width), max(float(gaps.edges[last + 1]), width)

    def _draw_mean(self) -> None:
        assert self._answer is not None
        mean = self._answer.comparison.difference.mean.value
        for item in (self._mean, self._mean_label):
            item.setVisible(isfinite(mean))
        if not isfinite(mean):
            return
        self._mean.setValue(mean)
        words = self.tr("mean {days} days").format(days=language.number(mean, 1))
        near_left = (mean - self._x.low) / (self._x.high - self._x.low) < 0.3
        self._mean_label.show_words(words, mean, self._y.high, (0.0 if near_left else 1.0, -0.1))

    def _stride(self) -> float:
        if self._answer is None or not len(self._answer.pictures.gaps.counts):
            return 1.0
        edges = self._answer.pictures.gaps.edges
        return float(edges[1] - edges[0])

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        if self._answer is None:
            return None
        gaps = self._answer.pictures.gaps
        bar = int(np.searchsorted(gaps.edges, position, side="right")) - 1
        if not 0 <= bar < len(gaps.counts):
            return None
        low, high = (language.number(float(edge), 0) for edge in gaps.edges[bar : bar + 2])
        words = self.tr("{low} to {high} days: {share} of pairs").format(
            low=low, high=high, share=language.percent(gaps.counts[bar] / gaps.pairs, 1)
        )
        colour = "side_b" if gaps.edges[bar] < 0 else "side_a"
        middle = float(gaps.edges[bar] + gaps.edges[bar + 1]) / 2
        return middle, (Entry(words, "bar", colour),)


def _share_ticks(high: float, most: int) -> list[tuple[float, str]]:
    step = round_step(high / max(most, 1))
    decimals = 0 if step >= 0.00999 else 1
    return [
        (n * step, language.percent(n * step, decimals)) for n in range(int(high / step + 1.001))
    ]
