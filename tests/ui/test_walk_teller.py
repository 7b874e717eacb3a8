from builders import scenario
from networks import fixed
from pytestqt.qtbot import QtBot

from approvalsim.plan import compile_plan
from approvalsim_ui.walk_story import Walk, walk
from approvalsim_ui.walk_teller import WalkTeller

EXAMPLE = scenario({"land": {"prepare": fixed(3)}}, projects={"p1": 0, "p2": 1})
PLAN = compile_plan(EXAMPLE)


def test_a_walk_is_told_as_if_it_were_told_here(qtbot: QtBot) -> None:
    teller = WalkTeller()
    with qtbot.waitSignal(teller.told) as told:
        teller.ask(EXAMPLE, PLAN, 1, 0, "p2")
    teller.close()

    found: Walk = told.args[0]
    expected = walk(EXAMPLE, PLAN, 1, 0, "p2")
    assert (found.events, found.intervals) == (expected.events, expected.intervals)


def test_only_the_newest_walk_arrives(qtbot: QtBot) -> None:
    teller = WalkTeller()
    arrived: list[Walk] = []
    teller.told.connect(arrived.append)
    for project in ("p1", "p2", "p1", "p2"):
        teller.ask(EXAMPLE, PLAN, 1, 0, project)
    qtbot.waitUntil(lambda: bool(arrived))
    qtbot.wait(50)
    teller.close()

    assert [each.project for each in arrived] == ["p2"]


def test_nothing_arrives_once_it_is_closed(qtbot: QtBot) -> None:
    teller = WalkTeller()
    arrived: list[Walk] = []
    teller.told.connect(arrived.append)
    teller.ask(EXAMPLE, PLAN, 1, 0, "p1")
    teller.close()
    qtbot.wait(50)

    assert arrived == []
