"""Charts: they say what the comparison says, keep still while it moves, and can be read by keys."""

from math import isfinite

import numpy as np
import pytest
from answers import policy_answer, provisional, same_answer
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from approvalsim.estimate import Estimate
from approvalsim_ui import language, theme
from approvalsim_ui.answer import Answer
from approvalsim_ui.charts import Chart
from approvalsim_ui.compare_words import span
from approvalsim_ui.curve_chart import CurveChart
from approvalsim_ui.difference_chart import DifferenceChart
from approvalsim_ui.gain_chart import GainChart
from approvalsim_ui.price_chart import PriceChart
from approvalsim_ui.start_rate_chart import StartRateChart

AnswerChart = CurveChart | DifferenceChart | GainChart | PriceChart | StartRateChart
CHARTS: list[type[AnswerChart]] = [
    CurveChart,
    DifferenceChart,
    GainChart,
    StartRateChart,
    PriceChart,
]
every_chart = pytest.mark.parametrize("kind", CHARTS, ids=lambda kind: kind.__name__)


def shown(qtbot: QtBot, kind: type[AnswerChart], answer: Answer | None = None) -> AnswerChart:
    """A chart on the screen, of the size of a card."""
    chart = kind()
    qtbot.addWidget(chart)
    chart.resize(620, 380)
    chart.show_answer(answer or policy_answer())
    chart.show()
    qtbot.waitExposed(chart)
    chart.settle()
    return chart


@every_chart
def test_a_chart_has_a_title_a_sentence_and_a_table(qtbot: QtBot, kind: type[AnswerChart]) -> None:
    chart = shown(qtbot, kind)
    assert chart.title()
    assert chart.reading().endswith(".")
    assert "{" not in chart.title() + chart.reading()
    assert chart.figures().rows
    assert chart.plot.accessibleName() == chart.title()
    assert chart.plot.accessibleDescription() == chart.reading()


@every_chart
def test_a_chart_of_nothing_is_empty_and_says_nothing(
    qtbot: QtBot, kind: type[AnswerChart]
) -> None:
    chart = kind()
    qtbot.addWidget(chart)
    chart.show()
    assert chart.reading() == ""
    assert chart.figures().rows == ()
    assert chart.figures().columns


@every_chart
def test_no_difference_no_commitments_and_no_dates_can_be_shown(
    qtbot: QtBot, kind: type[AnswerChart]
) -> None:
    chart = shown(qtbot, kind, same_answer())
    assert chart.reading()
    assert not chart.grab().isNull()


@every_chart
def test_a_new_answer_moves_what_is_there_and_makes_nothing_new(
    qtbot: QtBot, kind: type[AnswerChart]
) -> None:
    chart = shown(qtbot, kind)
    before = {id(item) for item in chart.plot.getPlotItem().items}
    chart.show_answer(policy_answer(6))
    chart.show_answer(policy_answer())
    assert {id(item) for item in chart.plot.getPlotItem().items} == before


@every_chart
def test_axes_grow_at_once_and_shrink_only_when_nothing_moves_any_more(
    qtbot: QtBot, kind: type[AnswerChart]
) -> None:
    chart = shown(qtbot, kind, same_answer())
    (narrow_low, narrow_high), _ = chart.plot.viewRange()
    chart.show_answer(policy_answer())
    (low, high), _ = chart.plot.viewRange()
    assert low <= narrow_low or kind is StartRateChart
    assert high >= narrow_high or kind is StartRateChart
    chart.show_answer(same_answer())
    assert tuple(chart.plot.viewRange()[0]) == (
        pytest.approx(min(low, narrow_low)),
        pytest.approx(max(high, narrow_high)),
    )
    chart.settle()
    assert tuple(chart.plot.viewRange()[0]) == (
        pytest.approx(narrow_low),
        pytest.approx(narrow_high),
    )


def test_axes_settle_by_themselves_after_a_while(qtbot: QtBot) -> None:
    chart = shown(qtbot, CurveChart)
    chart.show_answer(same_answer())
    wide = chart.plot.viewRange()[0][1]
    qtbot.waitUntil(lambda: chart.plot.viewRange()[0][1] < wide, timeout=5_000)


@every_chart
def test_arrow_keys_read_a_chart_and_escape_stops(qtbot: QtBot, kind: type[AnswerChart]) -> None:
    chart = shown(qtbot, kind)
    legend = chart.legend.entries
    chart.plot.setFocus()
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    first = chart.legend.entries
    assert first != legend
    assert chart.plot.accessibleDescription() != chart.reading()
    qtbot.keyClick(chart.plot, Qt.Key.Key_PageUp)
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    assert chart.legend.entries != first
    qtbot.keyClick(chart.plot, Qt.Key.Key_Escape)
    assert chart.legend.entries == legend


@every_chart
def test_the_pointer_reads_a_chart_until_it_leaves(qtbot: QtBot, kind: type[AnswerChart]) -> None:
    chart = shown(qtbot, kind)
    legend = chart.legend.entries
    box = chart.plot.getPlotItem().getViewBox()
    for part in (0.2, 0.4):
        place = box.mapToScene(QPointF(box.width() * part, box.height() * 0.5))
        qtbot.mouseMove(chart.plot.viewport(), chart.plot.mapFromScene(place))
    qtbot.waitUntil(lambda: chart.legend.entries != legend, timeout=2_000)
    chart.read_at(None)
    assert chart.legend.entries == legend


def test_what_the_curve_says_at_a_day_is_what_the_replications_say(qtbot: QtBot) -> None:
    chart = shown(qtbot, CurveChart)
    answer = policy_answer()
    chart.read_at(250.2)
    words = [entry.words for entry in chart.legend.entries]
    times = answer.b.times[np.isfinite(answer.b.times)]
    share = language.percent(float((times <= 250).mean()), 1)
    assert words[0] == "within 250 days"
    assert words[2] == f"B {share}"


@every_chart
def test_the_wheel_scrolls_the_page_and_not_the_chart(
    qtbot: QtBot, kind: type[AnswerChart]
) -> None:
    chart = shown(qtbot, kind)
    before = chart.plot.viewRange()
    turn = QWheelEvent(
        QPointF(100, 100),
        QPointF(100, 100),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart.plot.viewport(), turn)
    assert not turn.isAccepted()
    assert chart.plot.viewRange() == before


@every_chart
def test_a_chart_follows_the_theme(
    qtbot: QtBot, qapp: QApplication, kind: type[AnswerChart]
) -> None:
    chart = shown(qtbot, kind)
    corner = QPoint(3, chart.height() - 6)
    assert chart.grab().toImage().pixelColor(corner) == theme.LIGHT.panel
    theme.apply(qapp, "dark")
    assert chart.grab().toImage().pixelColor(corner) == theme.DARK.panel


@every_chart
def test_a_chart_follows_the_language(
    qtbot: QtBot, qapp: QApplication, kind: type[AnswerChart]
) -> None:
    chart = shown(qtbot, kind)
    with qtbot.waitSignal(chart.changed):
        language.use(qapp, "zh")
    assert chart.figures() is not None
    language.use(qapp, "en")


# --- figures equal the comparison's --------------------------------------------------------------


def test_the_curves_table_holds_the_times_and_their_differences(qtbot: QtBot) -> None:
    answer = policy_answer()
    rows = {row[0]: row[1:] for row in shown(qtbot, CurveChart).figures().rows}
    a, b, between = answer.a.summary.times, answer.b.summary.times, answer.comparison.difference
    assert rows["Mean"] == (a.mean, b.mean, between.mean)
    assert rows["P80"] == (a.p80, b.p80, between.p80)
    quarter = rows["P25"][0]
    assert isinstance(quarter, float)
    assert a.p10.value < quarter < a.p50.value


def test_markers_stand_at_the_percentiles(qtbot: QtBot) -> None:
    chart = shown(qtbot, CurveChart)
    assert isinstance(chart, CurveChart)
    x, y = chart._markers["b"].getData()
    times = policy_answer().b.summary.times
    assert list(x) == [times.p50.value, times.p80.value]
    assert list(y) == [0.5, 0.8]


def test_the_differences_table_holds_every_pair(qtbot: QtBot) -> None:
    figures = shown(qtbot, DifferenceChart).figures()
    pairs = [row[2] for row in figures.rows]
    shares = [row[3] for row in figures.rows]
    assert sum(pairs) == policy_answer().pictures.gaps.pairs
    assert sum(shares) == pytest.approx(1.0)


def test_the_sentence_of_the_differences_names_mean_and_interval(qtbot: QtBot) -> None:
    mean = policy_answer().comparison.difference.mean
    reading = shown(qtbot, DifferenceChart).reading()
    assert f"{abs(mean.value):.1f} days earlier" in reading
    assert span(-mean.high, -mean.low) in reading


def test_gains_add_up_to_the_mean_difference(qtbot: QtBot) -> None:
    chart = shown(qtbot, GainChart)
    assert isinstance(chart, GainChart)
    comparison = policy_answer().comparison
    *parts, total = chart.figures().rows
    assert sum(row[1] for row in parts) == pytest.approx(total[1])
    assert total[1] == comparison.difference.mean.value
    *steps, last = chart._steps
    assert sum(step.change for step in steps) == pytest.approx(last.change)
    assert steps[0].begin == 0


def test_start_rates_of_the_table_are_the_summarys(qtbot: QtBot) -> None:
    comparison = policy_answer().comparison
    rows = shown(qtbot, StartRateChart).figures().rows
    first_a, first_b = comparison.a.start_rates[0], comparison.b.start_rates[0]
    day, change = comparison.difference.start_rates[0]
    assert rows[0] == (day, "all signed", first_a.rate, first_b.rate, change)
    without = (first_a.rate_without_dropouts, first_b.rate_without_dropouts)
    assert rows[1] == (day, "signed and not left", *without, None)


def test_the_price_is_told_per_hundred_projects(qtbot: QtBot) -> None:
    answer = policy_answer()
    rows = {row[0]: row[1:] for row in shown(qtbot, PriceChart).figures().rows}
    owed = rows["papers owed"][1]
    assert isinstance(owed, Estimate)
    assert owed.value == 100 * answer.b.summary.commitments.obligations.value
    stopped = rows["days of stop-work"][2]
    assert isinstance(stopped, Estimate)
    assert stopped.value == 100 * answer.comparison.price.stop_work_days.value


def test_provisional_answers_are_drawn_like_any_other(qtbot: QtBot) -> None:
    chart = shown(qtbot, CurveChart, provisional(policy_answer()))
    assert isfinite(chart.plot.viewRange()[0][1])


# --- the target ----------------------------------------------------------------------------------


def test_the_target_line_says_how_many_make_it(qtbot: QtBot) -> None:
    chart = shown(qtbot, CurveChart)
    assert isinstance(chart, CurveChart)
    assert "Within" not in chart.reading()
    chart.show_target(300)
    share = language.percent(policy_answer().pictures.b.within(300))
    assert "Within 300 days: A" in chart.reading()
    assert f"B {share} of them" in chart.reading()


def test_the_target_line_can_be_dragged(qtbot: QtBot) -> None:
    chart = shown(qtbot, CurveChart)
    assert isinstance(chart, CurveChart)
    chart.show_target(300)
    told: list[int] = []
    chart.target_changed.connect(told.append)
    view, box = chart.plot.viewport(), chart.plot.getPlotItem().getViewBox()

    def pixel(days: float) -> QPoint:
        return chart.plot.mapFromScene(box.mapViewToScene(QPointF(days, 0.3)))

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=pixel(300))
    for days in (320, 360, 400):
        qtbot.mouseMove(view, pixel(days))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=pixel(400))
    assert told
    assert told[-1] == pytest.approx(400, abs=6)


def test_copies_for_export_keep_colours_and_target(qtbot: QtBot, qapp: QApplication) -> None:
    chart = shown(qtbot, CurveChart)
    assert isinstance(chart, CurveChart)
    chart.show_target(300)
    theme.apply(qapp, "dark")
    twin: Chart = chart.copied(theme.LIGHT)
    qtbot.addWidget(twin)
    assert twin.colours is theme.LIGHT
    assert twin.reading() == chart.reading()


def test_a_name_cut_short_is_told_in_full_where_the_pointer_rests(qtbot: QtBot) -> None:
    chart = shown(qtbot, GainChart)
    assert isinstance(chart, GainChart)
    chart.resize(360, 420)
    QApplication.processEvents()
    ticks = [words for _, words in chart.axis("left")._tickLevels[0]]
    row, name = next((n, s.name) for n, s in enumerate(chart._steps) if s.name not in ticks)
    box = chart.plot.getPlotItem().getViewBox()
    height = chart.plot.mapFromScene(
        box.mapViewToScene(QPointF(0, len(chart._steps) - 1 - row))
    ).y()
    at = QPoint(20, height)
    viewport = chart.plot.viewport()
    QApplication.sendEvent(
        viewport, QHelpEvent(QHelpEvent.Type.ToolTip, at, viewport.mapToGlobal(at))
    )
    assert name in QToolTip.text()
    assert "B quicker" in chart.legend.toolTip()
