"""What matters most: a bar for each input, from what its low end does to what its high end does."""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Literal, Self

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPen

from approvalsim.parameters import usual_unit
from approvalsim.sensitivity import Effect, Moved
from approvalsim.sensitivity_page import input_name, origin
from approvalsim.voice import Voice
from approvalsim_ui import language, theme
from approvalsim_ui.charts import Chart
from approvalsim_ui.compare_words import joined
from approvalsim_ui.figures_table import Column, Figures, Form, written
from approvalsim_ui.legend import Entry
from approvalsim_ui.plot_axes import number_ticks
from approvalsim_ui.plot_label import PlotLabel
from approvalsim_ui.theme import Colours
from approvalsim_ui.tornado_answer import TornadoAnswer

Group = Literal["real", "percent"]
"""Inputs as far as they really go, decisions included; or everything by the same 20 %."""

MOST = 12
"""Bars at most; the table has all inputs."""
_ROW = 38
_ENDS = (("low", 0.19), ("high", -0.19))


class TornadoChart(Chart):
    """Bars in pairs: the low end of an input hollow and above, its high end filled and below."""

    reads_along = "y"
    _answer: TornadoAnswer | None = None
    _group: Group = "real"
    _shown: tuple[Effect, ...] = ()
    _is_old = False

    def show_answer(self, answer: TornadoAnswer | None) -> None:
        """Show the effects found so far; None where there are none yet."""
        self._answer = answer
        self.refresh()

    def show_old(self, old: bool) -> None:
        """Say that the effects are those of a scenario as it was before."""
        if old != self._is_old:
            self._is_old = old
            self.refresh()

    def show_group(self, group: Group) -> None:
        """Show inputs moved in this way."""
        self._group = group
        self.refresh()

    def title(self) -> str:  # noqa: D102
        return self.tr("What matters most")

    def reading(self) -> str:  # noqa: D102
        if self._answer is None:
            return self.tr(
                "Every uncertain input is moved by itself, under the same luck: its lowest and its"
                " highest likely value, a reviewer less and more, nobody and everybody on the"
                " commitment path. For many projects this takes minutes; bars appear as they are"
                " found, and it can be cancelled at any time."
            )
        uncertain = self._widest("range") or self._widest("percent")
        decision = self._widest("decision")
        texts = []
        if uncertain and self._group == "real":
            texts.append(self.tr("Of what is uncertain, {} matters most.").format(uncertain))
        if decision and self._group == "real":
            texts.append(self.tr("Of what can be decided, it is {}.").format(decision))
        if self._group == "percent" and (top := self._widest("percent")):
            texts.append(self.tr("Moved by 20 % each, {} matters most.").format(top))
        if not texts:
            texts.append(self.tr("No input moves the outcome."))
        if not self._answer.is_final:
            done = {"done": self._answer.done, "inputs": self._answer.inputs}
            texts.append(self.tr("So far {done} of {inputs} inputs.").format(**done))
        if self._is_old:
            texts.append(self.tr("The scenario has been changed since."))
        return joined(texts)

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("Input")),
            Column(self.tr("Origin")),
            Column(self.tr("Low end")),
            Column(self.tr("Change at the low end"), self._form),
            Column(self.tr("High end")),
            Column(self.tr("Change at the high end"), self._form),
        )
        if self._answer is None:
            return Figures(columns)
        say = self._voice
        rows = tuple(
            (
                input_name(effect.input, say),
                origin(effect.input, say),
                self._end_words(effect, effect.low),
                effect.low.difference if effect.low else None,
                self._end_words(effect, effect.high),
                effect.high.difference if effect.high else None,
            )
            for effect in self._of_group()
        )
        return Figures(columns, rows)

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        better, worse = self.tr("better"), self.tr("worse")
        return (
            Entry(self._level_words()),
            Entry(better, "bar", "good"),
            Entry(worse, "bar", "warn"),
            Entry(self.tr("hollow: low end; filled: high end")),
        )

    def copied(self, colours: Colours, stroke: float = 1.0) -> Self:  # noqa: D102
        made = type(self)(colours=colours, stroke=stroke)
        made.show_group(self._group)
        made.show_answer(self._answer)
        return made

    # --- drawing ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._bars: dict[tuple[str, str], Any] = {}
        for end, _ in _ENDS:
            for kind in ("good", "warn"):
                self._bars[end, kind] = bars = pg.BarGraphItem(x0=[], x1=[], y=[], height=0.34)
                self.plot.addItem(bars)
        self._zero = pg.InfiniteLine(0.0, angle=90)
        self.plot.addItem(self._zero, ignoreBounds=True)
        self._labels: dict[str, list[PlotLabel]] = {end: [] for end, _ in _ENDS}
        self.axis("left").setGrid(False)
        self.axis("left").setStyle(tickLength=0)

    def _paint(self, colours: Colours) -> None:
        super()._paint(colours)
        for (end, kind), bars in self._bars.items():
            colour, soft = getattr(colours, kind), getattr(colours, f"{kind}_soft")
            bars.setOpts(brush=colour if end == "high" else soft, pen=self.thin_pen(colour, 1.5))
        self._zero.setPen(self.thin_pen(colours.text, 1.4))
        self.axis("left").setTextPen(QPen(colours.text))
        for labels in self._labels.values():
            for label in labels:
                label.show_colours(colours.text)

    def _draw(self) -> None:
        self._shown = tuple(effect for effect in self._of_group() if effect.moves)[:MOST]
        rows = len(self._shown)
        self.plot.setMinimumHeight(max(_ROW * rows + 60, 220))
        values = {end: [_value(getattr(e, end)) for e in self._shown] for end, _ in _ENDS}
        reach = max((abs(v) for both in values.values() for v in both), default=1.0) or 1.0
        spare = 1.0 + 70.0 / max(self.room()[0] / 2, 120.0)
        scale = 100.0 if self._is_rate else 1.0
        self.fit(
            (-reach * spare * scale, reach * spare * scale), (-0.6, max(rows, 1) - 0.4), (0, 0)
        )
        place = rows - 1.0 - np.arange(rows)
        for end, shift in _ENDS:
            found = np.array(values[end]) * scale
            good = found > 0 if self._is_rate else found < 0
            for kind, chosen in (("good", good), ("warn", ~good)):
                self._bars[end, kind].setOpts(
                    x0=np.zeros(int(chosen.sum())), x1=found[chosen], y=place[chosen] + shift
                )
        self._draw_labels(values, scale)
        self._draw_names()
        width, _ = self.room()
        self.set_ticks("bottom", number_ticks(self._x.low, self._x.high, max(int(width / 80), 2)))
        self.axis("bottom").setLabel(
            self.tr("change in percentage points") if self._is_rate else self.tr("change in days")
        )

    def _draw_labels(self, values: dict[str, list[float]], scale: float) -> None:
        rows = len(self._shown)
        for end, shift in _ENDS:
            labels = self._labels[end]
            while len(labels) < rows:
                labels.append(PlotLabel(self.plot, bold=False))
                labels[-1].show_colours(self.colours.text)
            for row, label in enumerate(labels):
                moved = getattr(self._shown[row], end) if row < rows else None
                label.setVisible(moved is not None)
                if moved is None:
                    continue
                value = values[end][row] * scale
                anchor = (1.0, 0.5) if value < 0 else (0.0, 0.5)
                label.show_words(_signed(value), value, rows - 1.0 - row + shift, anchor)

    def _draw_names(self) -> None:
        metrics = QFontMetricsF(theme.text_font())
        names = [input_name(effect.input, self._voice) for effect in self._shown]
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0.0)
        width = min(longest, max(0.42 * self.plot.width(), 90.0))
        elide = Qt.TextElideMode.ElideMiddle
        short = [metrics.elidedText(name, elide, width + 1) for name in names]
        self.axis("left").setWidth(width + 14)
        self.set_ticks("left", [(len(names) - 1.0 - n, name) for n, name in enumerate(short)])

    # --- words -----------------------------------------------------------------------------------

    @property
    def _is_rate(self) -> bool:
        return self._answer is not None and self._answer.question.yardstick.measure == "start-rate"

    @property
    def _form(self) -> Form:
        return "share change" if self._is_rate else "change"

    @property
    def _voice(self) -> Voice:
        assert self._answer is not None
        return Voice(self._answer.question.scenario, language.current())

    def _of_group(self) -> tuple[Effect, ...]:
        if self._answer is None:
            return ()
        percent = self._group == "percent"
        return tuple(e for e in self._answer.effects if (e.change == "percent") == percent)

    def _widest(self, change: str) -> str:
        """The input with the longest bar of a kind, and what its ends do."""
        assert self._answer is not None
        top = next((e for e in self._answer.effects if e.change == change and e.swing > 0), None)
        if top is None:
            return ""
        scale = 100.0 if self._is_rate else 1.0
        ends = [
            self.tr("{change} at {end}").format(
                end=self._end_words(top, end), change=_signed(_value(end) * scale)
            )
            for end in (top.low, top.high)
            if end
        ]
        separator = "，" if language.current() == "zh" else ", "
        name = input_name(top.input, self._voice)
        return self.tr('"{name}" ({ends})').format(name=name, ends=separator.join(ends))

    def _end_words(self, effect: Effect, moved: Moved | None) -> str:
        """How far an input was moved: its value there, in its own unit."""
        if moved is None:
            return "–"
        end = moved.end
        label = end.label.upper().replace("-", "−")
        if effect.input.is_time and end.value is not None:
            place, duration = next(iter(effect.input.values.items()))
            working = (duration.unit or usual_unit(place)) == "workdays"
            unit = self.tr("{n} working days") if working else self.tr("{n} days")
            return f"{label} = {unit.format(n=language.number(end.value, 1))}"
        if effect.input.kind == "reviewers" and end.value is not None:
            return self.tr("{n} reviewers").format(n=language.number(end.value, 0))
        if end.value is not None:
            whole = round(end.value * 100, 6) % 1 == 0
            return language.percent(end.value, 0 if whole else 1)
        return label

    def _level_words(self) -> str:
        assert self._answer is not None
        level = self._answer.level.value
        if self._is_rate:
            return self.tr("now {}").format(language.percent(level, 1))
        return self.tr("now {} days").format(language.number(level, 1))

    def _stride(self) -> float:
        return 1.0

    def _read(self, position: float) -> tuple[float, Sequence[Entry]] | None:
        row = len(self._shown) - 1 - round(position)
        if not 0 <= row < len(self._shown):
            return None
        effect = self._shown[row]
        words = [
            f"{self._end_words(effect, end)}: {written(end.difference, self._form)}"
            for end in (effect.low, effect.high)
            if end
        ]
        entries = [Entry(input_name(effect.input, self._voice)), *map(Entry, words)]
        return float(len(self._shown) - 1 - row), tuple(entries)


def _value(moved: Moved | None) -> float:
    value = moved.difference.value if moved else 0.0
    return value if isfinite(value) else 0.0


def _signed(value: float) -> str:
    text = language.number(value, 1)
    return f"+{text}" if round(value, 1) > 0 else text
