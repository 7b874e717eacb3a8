"""The Departments screen: load of A and B, one more reviewer at a click, what matters most."""

from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from answers import policy_answer, same_answer
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from approvalsim.errors import Problem, ScenarioError
from approvalsim.scenario import Scenario
from approvalsim.simulation import trace
from approvalsim.yardstick import Yardstick
from approvalsim_ui import language
from approvalsim_ui.analysis_worker import AnalysisWorker
from approvalsim_ui.department_view import DepartmentView
from approvalsim_ui.load_course import LoadAnswer, course_days, load_answers, load_course
from approvalsim_ui.load_course_chart import LoadCourseChart
from approvalsim_ui.tornado_answer import TornadoAnswer, TornadoQuestion, answers
from approvalsim_ui.tornado_chart import TornadoChart


def small() -> Scenario:
    """Two stages of the district's portfolio are enough for a quick tornado."""
    scenario = policy_answer().b.scenario
    return scenario.model_copy(update={"project": scenario.project[:6]})


@pytest.fixture(scope="module")
def effects() -> TornadoAnswer:
    question = TornadoQuestion(small(), Yardstick("mean"), 1, replications=4, engine="simpy")
    *_, last = answers(question, bool)
    return last


@pytest.fixture
def view(qtbot: QtBot) -> DepartmentView:
    answer = policy_answer()
    view = DepartmentView()
    qtbot.addWidget(view)
    view.resize(1180, 700)
    view.show_scenario(answer.b.scenario, answer.b.scenario)
    view.show_answer(answer)
    view.show()
    qtbot.waitExposed(view)
    return view


# --- load ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "columns"), [(1160, 2), (480, 1)])
def test_no_card_is_wider_than_its_column(
    view: DepartmentView, qtbot: QtBot, width: int, columns: int
) -> None:
    view.resize(width, 560)
    qtbot.waitUntil(lambda: view.grid.columns == columns)
    page = view.grid.widget()
    assert page.minimumSizeHint().width() <= view.grid.viewport().width()
    qtbot.waitUntil(lambda: page.width() == view.grid.viewport().width())


@pytest.mark.parametrize(
    ("card", "measure"),
    [("utilisation", "utilisation"), ("wait", "mean_wait"), ("queue", "longest_queue")],
)
def test_loads_equal_the_summaries(view: DepartmentView, card: str, measure: str) -> None:
    answer = policy_answer()
    rows = view.cards[card].chart.figures().rows
    expected = [
        (getattr(a, measure), getattr(b, measure))
        for a, b in zip(
            answer.a.summary.departments.values(),
            answer.b.summary.departments.values(),
            strict=True,
        )
    ]
    assert [row[1:] for row in rows] == expected
    assert view.cards[card].reading.text().endswith(".")


def test_a_scenario_without_departments_says_so(qtbot: QtBot) -> None:
    view = DepartmentView()
    qtbot.addWidget(view)
    view.show_scenario(same_answer().b.scenario, same_answer().b.scenario)
    view.show_answer(same_answer())
    assert view.utilisation.reading() == "There are no departments."
    assert not view.grab().isNull()


def test_tables_of_all_cards_are_proper(
    view: DepartmentView, effects: TornadoAnswer, qtmodeltester: ModelTester
) -> None:
    view.show_effects(effects)
    for card in view.cards.values():
        card.show_table(True)
        qtmodeltester.check(card.model)
        assert card.model.figures == card.chart.figures()


# --- reviewers and meetings ----------------------------------------------------------------------


def test_one_more_reviewer_is_one_click(view: DepartmentView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.edited) as told:
        qtbot.mouseClick(view.panel.more["housing"], Qt.MouseButton.LeftButton)
    changed, words, _ = told.args
    before = policy_answer().b.scenario
    assert changed.department["housing"].reviewers == before.department["housing"].reviewers + 1
    assert "2" in words
    view.show_scenario(changed, before)
    assert view.panel.reviewers["housing"].value() == 2


def test_reviewers_can_be_typed_and_meetings_moved(view: DepartmentView, qtbot: QtBot) -> None:
    spin = view.panel.reviewers["ecology"]
    spin.selectAll()
    with qtbot.waitSignal(view.edited) as told:
        qtbot.keyClicks(spin, "7")
        qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert told.args[0].department["ecology"].reviewers == 7
    meeting = view.panel.meetings["land_supply"]
    meeting.setFocus()
    meeting.selectAll()
    with qtbot.waitSignal(view.edited) as told:
        qtbot.keyClicks(meeting, "7")
        qtbot.keyClick(meeting, Qt.Key.Key_Return)
    assert told.args[0].stage["land_supply"].meeting.every == 7


def test_showing_a_scenario_is_no_edit(view: DepartmentView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.edited):
        scenario = policy_answer().a.scenario
        view.show_scenario(scenario, scenario)


def test_what_one_more_would_bring_comes_from_the_effects(
    view: DepartmentView, effects: TornadoAnswer
) -> None:
    assert view.panel.gains["housing"].text() == "–"
    view.show_effects(effects)
    assert view.panel.gains["housing"].text() != "–"
    by_start_rate = replace(effects.question, yardstick=Yardstick("p80"))
    view.show_effects(replace(effects, question=by_start_rate))
    assert view.panel.gains["housing"].text() == "–"


def test_everything_has_a_name(view: DepartmentView) -> None:
    panel = view.panel
    for spin in (*panel.reviewers.values(), *panel.meetings.values()):
        assert spin.accessibleName()
    assert "Housing" in panel.more["housing"].accessibleName()


def test_the_language_changes_while_it_is_open(view: DepartmentView, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    QApplication.processEvents()
    assert "住房" in view.utilisation.reading()
    assert "住房" in view.department.itemText(4)
    language.use(qapp, "en")


# --- what matters most ---------------------------------------------------------------------------


def test_the_tornado_is_asked_for_and_cancelled(view: DepartmentView, qtbot: QtBot) -> None:
    card = view.tornado
    card.measure.setCurrentIndex(1)
    with qtbot.waitSignal(view.sensitivity_requested) as told:
        qtbot.mouseClick(card.run, Qt.MouseButton.LeftButton)
    question = told.args[0]
    assert question.scenario is policy_answer().b.scenario
    assert question.yardstick == Yardstick("p50")
    view.show_sensitivity_running(True)
    view.show_sensitivity_progress(30, 100)
    assert card.run.text() == "Cancel"
    assert card.progress.value() == 30
    with qtbot.waitSignal(view.sensitivity_cancelled):
        qtbot.mouseClick(card.run, Qt.MouseButton.LeftButton)
    view.show_sensitivity_running(False)
    assert card.run.text() == "Calculate"


def test_a_start_rate_is_asked_at_the_first_date(view: DepartmentView, qtbot: QtBot) -> None:
    view.tornado.measure.setCurrentIndex(4)
    with qtbot.waitSignal(view.sensitivity_requested) as told:
        view.tornado.run.click()
    assert told.args[0].yardstick == Yardstick("start-rate", date(2022, 12, 31))


def test_effects_come_one_input_after_the_other_and_end_ranked() -> None:
    counted: list[int] = []
    totals: list[int] = []
    question = TornadoQuestion(small(), Yardstick("mean"), 1, replications=2, engine="simpy")
    found = list(answers(question, counted.append, totals.append))
    assert [answer.done for answer in found] == list(range(1, found[-1].inputs + 1))
    assert found[-1].is_final
    assert not found[0].is_final
    swings = [effect.swing for effect in found[-1].effects]
    assert swings == sorted(swings, reverse=True)
    assert sum(counted) == totals[0]


def test_the_tornado_shows_the_longest_bars_and_its_table_all_inputs(
    qtbot: QtBot, effects: TornadoAnswer
) -> None:
    chart = TornadoChart()
    qtbot.addWidget(chart)
    chart.resize(700, 560)
    chart.show_answer(effects)
    chart.show()
    real = [effect for effect in effects.effects if effect.change != "percent"]
    rows = chart.figures().rows
    assert len(rows) == len(real)
    assert rows[0][3] == (real[0].low.difference if real[0].low else None)
    swings = [effect.swing for effect in chart._shown]
    assert swings == sorted(swings, reverse=True)
    assert len(chart._shown) <= 12
    chart.show_group("percent")
    assert all(effect.change == "percent" for effect in chart._shown)
    assert "20 %" in chart.reading()


def test_the_tornado_can_be_read_by_keys(qtbot: QtBot, effects: TornadoAnswer) -> None:
    chart = TornadoChart()
    qtbot.addWidget(chart)
    chart.resize(700, 560)
    chart.show_answer(effects)
    chart.show()
    qtbot.waitExposed(chart)
    chart.plot.setFocus()
    qtbot.keyClick(chart.plot, Qt.Key.Key_Up)
    assert len(chart.legend.entries) >= 2


def test_effects_of_an_earlier_scenario_are_marked(
    view: DepartmentView, effects: TornadoAnswer
) -> None:
    view.show_effects(effects)
    assert "has been changed since" in view.tornado.tornado.reading()
    now = replace(effects.question, scenario=policy_answer().b.scenario)
    view.show_effects(replace(effects, question=now))
    assert "has been changed since" not in view.tornado.tornado.reading()


# --- load over time ------------------------------------------------------------------------------


def test_the_load_over_time_adds_up_to_the_facts() -> None:
    plan = policy_answer().a.plan
    facts, _ = trace(plan, 1, 0)
    span = int(facts.last_event[0]) + 2
    days = [plan.calendar.date_of(n) for n in range(span)]
    course = load_course(plan, 1, days, 1)
    for number, name in enumerate(plan.axes.departments):
        load = course.loads[name]
        assert load.waiting.min() >= 0
        assert load.in_review.min() >= 0
        # Counted once a day, so a paper's hours do not show: close is all it can be.
        busy, wait = facts.department.busy[0, number], facts.department.wait[0, number]
        assert load.in_review.sum() == pytest.approx(busy, rel=0.1, abs=10)
        assert load.waiting.sum() == pytest.approx(wait, rel=0.3, abs=12)


def test_days_of_a_course_are_even_and_reach_the_end() -> None:
    days = course_days(date(2022, 1, 4), date(2024, 9, 1))
    steps = {(b - a).days for a, b in pairwise(days)}
    assert len(steps) == 1
    assert days[0] == date(2022, 1, 4)
    assert days[-1] >= date(2024, 9, 1)


def test_the_load_over_time_is_traced_on_demand(view: DepartmentView, qtbot: QtBot) -> None:
    chart = view.course
    assert chart.figures().rows == ()
    with qtbot.waitSignal(view.load_requested) as told:
        qtbot.mouseClick(view.trace, Qt.MouseButton.LeftButton)
    (load,) = told.args[0](bool, bool)
    view.show_load(load)
    assert chart.figures().rows
    assert "Mean of 20 replications." in chart.reading()
    first = chart.title()
    view.department.setCurrentIndex(3)
    assert chart.title() != first
    view.show_answer(same_answer())
    assert "earlier answer" in chart.reading()


def test_copies_of_the_load_chart_show_the_same(qtbot: QtBot) -> None:
    answer = policy_answer()
    plans = answer.a.plan, answer.b.plan
    days = course_days(date(2022, 1, 4), date(2023, 9, 1))
    (load,) = load_answers(plans, 1, days, bool, bool)
    assert isinstance(load, LoadAnswer)
    chart = LoadCourseChart()
    qtbot.addWidget(chart)
    chart.show_load(load, answer)
    chart.show_department("housing")
    twin = chart.copied(chart.colours)
    qtbot.addWidget(twin)
    assert twin.reading() == chart.reading()
    assert np.isfinite(twin.plot.viewRange()[0]).all()


# --- the thread ----------------------------------------------------------------------------------


def test_the_thread_gives_the_last_answer_and_reports_progress(qtbot: QtBot) -> None:
    worker = AnalysisWorker()

    def count(watch, begin):  # type: ignore[no-untyped-def]
        begin(3)
        for n in range(3):
            watch(1)
            yield n

    with qtbot.waitSignals([worker.finished, worker.answered, worker.progressed]):
        assert worker.ask(count)
    assert worker.take() == 2
    assert worker.take() is None
    worker.close()


def test_the_thread_can_be_cancelled_and_takes_one_question_at_a_time(qtbot: QtBot) -> None:
    worker = AnalysisWorker()

    def endless(watch, begin):  # type: ignore[no-untyped-def]
        begin(0)
        while True:
            watch(1)
            yield 1

    with qtbot.waitSignal(worker.answered):
        assert worker.ask(endless)
    assert not worker.ask(endless)
    with qtbot.waitSignal(worker.finished):
        worker.cancel()
    worker.close()


def test_problems_come_out_of_the_thread_as_problems(qtbot: QtBot) -> None:
    worker = AnalysisWorker()

    def wrong(watch, begin):  # type: ignore[no-untyped-def]
        raise ScenarioError([Problem("no_kernel", words={"folder": "x"})])
        yield

    with qtbot.waitSignal(worker.failed) as told:
        worker.ask(wrong)
    assert told.args[0][0].sentence == "no_kernel"
    worker.close()


def test_a_real_tornado_runs_in_the_thread(qtbot: QtBot) -> None:
    worker = AnalysisWorker()
    question = TornadoQuestion(small(), Yardstick("mean"), 1, replications=2, engine="simpy")
    with qtbot.waitSignal(worker.finished, timeout=60_000):
        worker.ask(partial(answers, question))
    assert worker.take().is_final
    worker.close()
