"""Every word about how far projects have got follows the milestone that times are counted to."""

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from answers import answered, policy_answer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.compare_view import CompareView
from approvalsim_ui.department_view import DepartmentView
from approvalsim_ui.difference_chart import DifferenceChart
from approvalsim_ui.explanations import explanation
from approvalsim_ui.graph_legend import legend_of
from approvalsim_ui.graph_picture import network_picture
from approvalsim_ui.graph_view import GraphView
from approvalsim_ui.headline_words import figures, sentence
from approvalsim_ui.start_rate_chart import StartRateChart
from approvalsim_ui.walk_view import WalkView

STARTS = re.compile(r"动工|开工|[Gg]roundbreak|\bstart rate|\b[Ss]tart(s|ed)? ")


@lru_cache
def produced() -> Answer:
    """The whole process, counted to production, policy off against on."""
    scenario: Scenario = load(find("whole-process"))
    assert scenario.measure == "production"
    return answered(scenario.with_policy(False), scenario.with_policy(True), 3, scenario)


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> str:
    language.use(qapp, request.param)
    return str(request.param)


def test_the_strip_speaks_of_production(spoken: str) -> None:
    answer = produced()
    texts = [sentence(answer), *(f"{f.caption} {f.words}" for f in figures(answer))]
    texts += [explanation(answer, figure.key) for figure in figures(answer)]
    rates = [figure for figure in figures(answer) if figure.key.startswith("rate:")]
    assert rates
    wanted = "年12月31日投产率" if spoken == "zh" else "Reached production by 31 Dec "
    assert all(wanted in figure.caption for figure in rates)
    assert not [text for text in texts if STARTS.search(text.split("seed")[0])]


def test_groundbreaking_keeps_its_own_word(spoken: str) -> None:
    captions = [figure.caption for figure in figures(policy_answer())]
    wanted = "2022年12月31日动工率" if spoken == "zh" else "Started by 31 Dec 2022"
    assert wanted in captions


def test_charts_speak_of_production(spoken: str, qtbot: QtBot) -> None:
    rate, difference = StartRateChart(), DifferenceChart()
    for chart in (rate, difference):
        qtbot.addWidget(chart)
        chart.show_answer(produced())
        texts = [chart.title(), chart.reading(), *(each.words for each in chart.entries())]
        assert not [text for text in texts if STARTS.search(text)]
    title = "投产率走势" if spoken == "zh" else "Share that reached production over time"
    assert rate.title() == title
    rate.show_answer(policy_answer())
    assert rate.title() == ("动工率走势" if spoken == "zh" else "Start rate over time")


def test_the_tornado_may_measure_the_share_that_produces(spoken: str, qtbot: QtBot) -> None:
    view = DepartmentView()
    qtbot.addWidget(view)
    view.show_answer(produced())
    box = view.tornado.measure
    entries = [box.itemText(n) for n in range(box.count())]
    wanted = "投产率" if spoken == "zh" else "Reached production by"
    assert any(wanted in entry for entry in entries)
    assert not [entry for entry in entries if STARTS.search(entry)]


def test_the_graph_says_what_is_decided_and_delayed(spoken: str) -> None:
    scenario = produced().b.scenario
    shares = dict.fromkeys(scenario.stage, 0.5)
    spoken_of = [card.spoken for card in network_picture(scenario, "standard", shares).cards]
    bar = next(entry.words for entry in legend_of(scenario) if entry.sign == "bar")
    goal = "投产" if spoken == "zh" else "production"
    assert goal in bar
    stages = [words for words in spoken_of if "50" in words]
    assert len(stages) == len(scenario.stage)
    assert all(words.count(goal) >= 2 for words in stages)


def test_the_graph_names_the_milestone_that_the_run_counted_to(qtbot: QtBot) -> None:
    scenario = load(find("whole-process"))
    answer = answered(*[scenario.with_measure("groundbreaking")] * 2, 2)
    view = GraphView()
    qtbot.addWidget(view)
    view.show_scenario(scenario, "standard")
    view.show_criticality(answer.b.summary)
    view.show()
    bar = next(entry.words for entry in view.legend.entries if entry.sign == "bar")
    assert "groundbreaking" in bar


def test_who_never_gets_there_does_not_reach_production(spoken: str, qtbot: QtBot) -> None:
    answer = produced()
    never = replace(answer.b, started=np.full_like(answer.b.started, np.inf))
    view = WalkView()
    qtbot.addWidget(view)
    view.show_answer(replace(answer, a=never, b=never))
    view._show_nothing()
    said = view.picker.headline.text()
    assert ("投产" if spoken == "zh" else "production") in said
    assert not STARTS.search(said)


def test_the_whole_screen_holds_no_word_of_groundbreaking(spoken: str, qtbot: QtBot) -> None:
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(1280, 900)
    view.show()
    view.show_answer(produced())
    qtbot.wait(50)
    found = [
        text
        for child in view.findChildren(object)
        for name in ("text", "toolTip", "accessibleName")
        if callable(getattr(child, name, None))
        for text in [str(getattr(child, name)())]
        if STARTS.search(text)
    ]
    assert found == []
