"""Any scenario can be looked at and walked through."""

import pytest
from hypothesis import HealthCheck, given, settings
from pytestqt.qtbot import QtBot
from random_scenarios import random_scenarios

from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim_ui.graph_edits import edges_of
from approvalsim_ui.graph_view import GraphView
from approvalsim_ui.walk_story import walk
from approvalsim_ui.walk_view import WalkView

few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def graph(qtbot: QtBot) -> GraphView:
    view = GraphView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


@pytest.fixture
def player(qtbot: QtBot) -> WalkView:
    view = WalkView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    return view


@few
@given(random_scenarios(max_stages=9))
def test_any_scenario_can_be_looked_at_on_both_paths(graph: GraphView, scenario: Scenario) -> None:
    graph.show_scenario(scenario, "commitment")
    graph.show_scenario(scenario, "standard")
    scene = graph.canvas.graph

    assert set(scene.cards) == {*scenario.stage, *scenario.milestone}
    assert set(scene.arrows) == set(edges_of(scenario))
    assert not graph.grab().isNull()
    scene.settle()
    assert all(item.pos().x() == item.box.x for item in scene.cards.values())


@few
@given(random_scenarios(max_stages=9))
def test_any_scenario_can_be_walked_through(player: WalkView, scenario: Scenario) -> None:
    plan = compile_plan(scenario)
    player.show_story(walk(scenario, plan, 1, 0, plan.axes.projects[0]))
    for _ in range(6):
        player.player.step(1)
    assert not player.grab().isNull()
    player.player.seek(player.player.times[-1])
    assert not player.grab().isNull()
