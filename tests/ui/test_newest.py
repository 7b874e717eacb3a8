"""Of several questions only the newest is answered, and the window never waits."""

from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from approvalsim.errors import Problem, ScenarioError
from approvalsim_ui.analysis_worker import Watch
from approvalsim_ui.newest import Newest


@pytest.fixture
def newest() -> Iterator[Newest]:
    newest = Newest()
    yield newest
    newest.close()


def slow(begun: Event, watch: Watch, _begin: Watch) -> Iterator[str]:
    """Goes on until nobody wants it."""
    begun.set()
    while True:
        watch(0)
    yield "never"


def quick(answer: str, _watch: Watch, _begin: Watch) -> Iterator[str]:
    yield answer


def broken(_watch: Watch, _begin: Watch) -> Iterator[str]:
    raise ScenarioError([Problem("no_entries")])
    yield


def test_a_newer_question_takes_the_place_of_the_one_under_way(
    newest: Newest, qtbot: QtBot
) -> None:
    begun, answers = Event(), list[str]()
    newest.answered.connect(answers.append)
    newest.ask(partial(slow, begun))
    assert begun.wait(5)
    newest.ask(partial(quick, "second"))
    newest.ask(partial(quick, "third"))
    assert newest.is_running
    qtbot.waitUntil(lambda: not newest.is_running, timeout=5000)
    assert answers == ["third"]


def test_what_is_given_up_is_not_answered(newest: Newest, qtbot: QtBot) -> None:
    begun, answers = Event(), list[str]()
    newest.answered.connect(answers.append)
    newest.ask(partial(slow, begun))
    assert begun.wait(5)
    newest.cancel()
    qtbot.waitUntil(lambda: not newest.is_running, timeout=5000)
    assert answers == []


def test_problems_are_told_and_the_next_question_is_answered(newest: Newest, qtbot: QtBot) -> None:
    with qtbot.waitSignal(newest.failed) as told:
        newest.ask(broken)
    assert [problem.sentence for problem in told.args[0]] == ["no_entries"]
    with qtbot.waitSignal(newest.answered) as answered:
        newest.ask(partial(quick, "yes"))
    assert answered.args == ["yes"]
