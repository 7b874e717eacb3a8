from collections.abc import Callable
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from answers import policy_answer, provisional
from builders import corrected, needs, owed, policy, scenario
from networks import fixed
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim_ui import language, theme
from approvalsim_ui.answer import Answer, Side
from approvalsim_ui.walk_moment import moment
from approvalsim_ui.walk_player import WalkPlayer
from approvalsim_ui.walk_story import Walk, chosen, walk
from approvalsim_ui.walk_table import WalkEvents
from approvalsim_ui.walk_timeline import HEAD, LEGEND
from approvalsim_ui.walk_tokens import STOP, stands
from approvalsim_ui.walk_view import WalkView


def example() -> Scenario:
    """Land is sent back once; the permit needs land and bank, and groundbreaking the permit."""
    stages = {
        "land": {
            "name": {"zh": "土地", "en": "Land"},
            "department": "office",
            "prepare": fixed(2),
            "review": fixed(3),
            "correction": corrected(rework=4),
        },
        "bank": {"name": {"zh": "银行", "en": "Bank"}, "prepare": fixed(6)},
        "permit": {
            "name": {"zh": "许可", "en": "Permit"},
            "prepare": fixed(5),
            "after": {"land": {}, "bank": {}},
        },
    }
    goals = {"groundbreaking": {"name": {"zh": "动工", "en": "Start"}, **needs("permit")}}
    return scenario(stages, goals, department={"office": {}})


def story(of: Scenario | None = None) -> Walk:
    built = example() if of is None else of
    return walk(built, compile_plan(built), 1, 0, "p1")


def held_story() -> Walk:
    stages = {"paper": {"prepare": fixed(60)}, "permit": {"prepare": fixed(5)}}
    stages["permit"]["after"] = {"paper": owed(due=8)}  # type: ignore[assignment]
    goals = {"groundbreaking": needs("permit")}
    return story(scenario(stages, goals, commitment=policy(4)))


@pytest.fixture
def view(qtbot: QtBot) -> WalkView:
    made = WalkView()
    qtbot.addWidget(made)
    made.canvas.graph.animated = False
    made.tokens.animated = False
    made.resize(1200, 720)
    made.show()
    qtbot.waitExposed(made)
    made.show_story(story())
    made.canvas.setFocus()
    return made


def press(qtbot: QtBot, view: WalkView, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(view.canvas, key)


def facts(view: WalkView, name: str) -> str:
    return ", ".join(view.canvas.graph.cards[name].card.facts)


def test_the_headline_is_shown_in_full_in_a_narrow_window(view: WalkView, qtbot: QtBot) -> None:
    headline = view.picker.headline
    below = view.picker.calm.geometry().bottom()
    assert headline.geometry().top() > below
    assert headline.width() >= headline.fontMetrics().horizontalAdvance(headline.text())
    view.resize(1700, 720)
    qtbot.waitUntil(lambda: headline.geometry().top() < below)
    view.resize(1200, 720)
    qtbot.waitUntil(lambda: headline.geometry().top() > below)


def test_a_walk_begins_at_signing(view: WalkView) -> None:
    assert view.player.time == 0.0
    assert not view.player.playing
    assert facts(view, "land") == "preparing day 1"
    assert facts(view, "permit") == "awaits Land, Bank"
    assert view.picker.headline.text().startswith("p1 · 17 days to “Start”")
    assert view.ticker.words()[:3] == ("1 Jan 2024", "Monday", "working day")


def test_arrow_keys_step_from_event_to_event(qtbot: QtBot, view: WalkView) -> None:
    times = []
    for _ in range(8):
        press(qtbot, view, Qt.Key.Key_Right)
        times.append(view.player.time)

    assert times == [2, 5, 6, 9, 12, 17, 17, 17]
    press(qtbot, view, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert view.player.time == 9
    press(qtbot, view, Qt.Key.Key_Home)
    assert view.player.time == 0
    press(qtbot, view, Qt.Key.Key_End)
    assert view.player.time == 17


def test_cards_say_what_a_stage_is_at(qtbot: QtBot, view: WalkView) -> None:
    said = []
    for _ in range(5):
        press(qtbot, view, Qt.Key.Key_Right)
        said.append(facts(view, "land"))

    assert said[:4] == [
        "under review day 1",
        "correcting day 1",
        "correcting day 2",
        "under review day 1",
    ]
    assert said[4].startswith("done ")
    assert view.canvas.graph.cards["land"].card.badge == "sent back ×1"
    assert view.canvas.graph.cards["permit"].card.progress == "active"


def test_a_queue_is_told_by_a_badge(view: WalkView) -> None:
    stage = {"department": "office", "review": fixed(4)}
    built = scenario({"land": stage}, projects={"p0": 0, "p1": 1}, department={"office": {}})
    view.show_story(story(built))

    assert view.canvas.graph.cards["land"].card.badge == "queueing"
    view.player.seek(4.0)
    assert view.canvas.graph.cards["land"].card.badge == ""


def test_cards_keep_their_places_while_it_plays(qtbot: QtBot, view: WalkView) -> None:
    graph = view.canvas.graph
    before = {name: (item.pos(), item.box) for name, item in graph.cards.items()}
    press(qtbot, view, *[Qt.Key.Key_Right] * 4)

    assert {name: (item.pos(), item.box) for name, item in graph.cards.items()} == before


def test_tokens_stand_on_active_stages_and_wait_for_the_others(view: WalkView) -> None:
    view.player.seek(3.0)
    assert set(view.tokens.places) == {"land", "bank"}
    review = view.tokens.places["land"]

    view.player.seek(7.0)  # sent back; the bank is done and waits
    assert set(view.tokens.places) == {"land", ("bank", "permit")}
    assert view.tokens.places["land"].x() < review.x()
    arrow = view.canvas.graph.arrows["bank", "permit"]
    assert view.tokens.places["bank", "permit"] == arrow.along(STOP)

    view.player.seek(13.0)
    assert set(view.tokens.places) == {"permit"}


def test_a_token_glides_along_the_arrow_that_leads_on(qtbot: QtBot, view: WalkView) -> None:
    view.tokens.animated = True
    view.player.seek(5.9)
    view.player.seek(6.0)
    arrow = view.canvas.graph.arrows["bank", "permit"]
    assert view.tokens.places["bank", "permit"] == arrow.along(0.0)

    qtbot.waitUntil(lambda: view.tokens.places["bank", "permit"] == arrow.along(STOP))


def test_time_that_goes_back_does_not_glide(view: WalkView) -> None:
    view.tokens.animated = True
    view.player.seek(13.0)
    view.tokens.settle()
    view.player.seek(7.0)

    arrow = view.canvas.graph.arrows["bank", "permit"]
    assert view.tokens.places["bank", "permit"] == arrow.along(STOP)


def test_space_plays_and_pauses(qtbot: QtBot, view: WalkView) -> None:
    press(qtbot, view, Qt.Key.Key_Space)
    assert view.player.playing
    qtbot.waitUntil(lambda: view.player.time > 0)
    press(qtbot, view, Qt.Key.Key_Space)
    assert not view.player.playing
    stood = view.player.time
    qtbot.wait(80)
    assert view.player.time == stood


def test_the_play_button_says_what_it_does_next(qtbot: QtBot, view: WalkView) -> None:
    assert view.controls.play.accessibleName() == "Play (Space)"
    qtbot.mouseClick(view.controls.play, Qt.MouseButton.LeftButton)
    assert view.controls.play.accessibleName() == "Pause (Space)"


def test_the_slider_scrubs(qtbot: QtBot, view: WalkView) -> None:
    view.controls.slider.setFocus()
    qtbot.keyClick(view.controls.slider, Qt.Key.Key_Right)

    assert view.player.time == 1.0
    assert view.timeline.time == 1.0


def test_a_click_on_the_timeline_goes_there(qtbot: QtBot, view: WalkView) -> None:
    x = view.timeline.scale.x(8.5)
    qtbot.mouseClick(view.timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 70))

    assert view.player.time == pytest.approx(8.5, abs=0.1)
    assert facts(view, "land") == "correcting day 4"


def test_bars_of_the_timeline_are_where_their_times_are(view: WalkView) -> None:
    timeline = view.timeline
    y = LEGEND + HEAD + timeline._row() / 2
    found = timeline.interval_at(QPointF(timeline.scale.x(6.5), y))

    assert found is not None
    assert (found.stage, found.phase) == ("land", "correcting")
    assert "Land: correcting" in timeline._bar_words(found)
    assert timeline.interval_at(QPointF(timeline.scale.x(15.0), y)) is None


def test_the_table_follows_the_clock_and_the_clock_the_table(qtbot: QtBot, view: WalkView) -> None:
    qtbot.mouseClick(view.picker.below[1], Qt.MouseButton.LeftButton)
    assert view.table.isVisible()
    view.player.seek(5.5)
    assert view.walk is not None
    row = view.table.currentIndex().row()
    assert view.walk.events[row].what == "sent_back"

    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.player.time == view.walk.events[row + 1].time


def test_the_table_holds_every_event_in_words(qtbot: QtBot, qapp: QApplication) -> None:
    model = WalkEvents()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_walk(story())
    rows = model.copied().splitlines()

    assert rows[0].split("\t")[0] == "date"
    assert rows[1] == "1 Jan 2024\t0.0\tp1\tsigned\t"
    assert len(rows) == 1 + len(story().events)
    assert any("Land\tsent back for correction\t1" in row for row in rows)
    assert model.rowCount(model.index(0, 0)) == 0
    model.show_walk(None)
    assert model.rowCount() == 0
    del tester


def test_the_table_is_copied_whole(qtbot: QtBot, view: WalkView) -> None:
    qtbot.mouseClick(view.picker.below[1], Qt.MouseButton.LeftButton)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == view.table.events.copied()


def test_a_hold_is_told_by_the_ticker_and_the_tokens(view: WalkView) -> None:
    view.show_story(held_story())
    view.player.seek(20.0)

    assert "held until put right" in view.ticker.words()
    assert all(item.held for item in view.tokens._items.values())
    assert view.canvas.graph.arrows["paper", "permit"].arrow.passage == "owed"
    assert view.canvas.graph.arrows["paper", "permit"].arrow.word == "papers owed"


def test_with_less_motion_it_goes_from_event_to_event(qtbot: QtBot, view: WalkView) -> None:
    qtbot.mouseClick(view.picker.calm, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert not view.tokens.animated
    seen = []
    view.player.moved.connect(seen.append)
    for _ in range(3):
        view.player.advance(0.7)

    assert seen == [2, 5, 6]


def test_speed_is_in_days_of_the_clock(qtbot: QtBot, view: WalkView) -> None:
    view.controls.speed.setFocus()
    qtbot.keyClick(view.controls.speed, Qt.Key.Key_Home)
    assert view.player.speed == 2.0
    view.player.advance(1.5)

    assert view.player.time == 3.0


def test_playing_ends_at_the_end_and_begins_anew(qtbot: QtBot) -> None:
    player = WalkPlayer()
    player.load((1.0, 4.0, 9.0))
    player.play()
    player.advance(99.0)
    assert (player.time, player.playing) == (9.0, False)
    player.play()
    assert player.time == 1.0
    player.pause()


def test_it_pauses_when_nobody_looks(view: WalkView) -> None:
    view.player.play()
    view.hide()

    assert not view.player.playing


# --- picking -------------------------------------------------------------------------------------


@pytest.fixture
def asked(view: WalkView) -> list[tuple[str, int, str]]:
    """What the view asks for; every wish is granted at once."""
    found: list[tuple[str, int, str]] = []

    def tell(project: str, replication: int, side: str) -> None:
        found.append((project, replication, side))
        answer = view.answer
        assert answer is not None
        of: Side = answer.a if side == "a" else answer.b
        view.show_story(walk(of.scenario, of.plan, answer.seed, replication, project))

    view.story_requested.connect(tell)
    return found


def test_an_answer_is_walked_through_at_its_median(
    view: WalkView, asked: list[tuple[str, int, str]]
) -> None:
    answer = policy_answer()
    view.show_answer(answer)

    found = chosen(answer.b.times, "median")
    assert found is not None
    assert asked == [(answer.b.plan.axes.projects[found[1]], found[0], "b")]
    assert view.walk is not None
    assert view.walk.days == pytest.approx(float(answer.b.times[found]))


def test_case_project_and_side_can_be_picked(
    qtbot: QtBot, view: WalkView, asked: list[tuple[str, int, str]]
) -> None:
    answer = policy_answer()
    view.show_answer(answer)
    qtbot.mouseClick(view.picker.cases["worst"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.picker.sides["a"], Qt.MouseButton.LeftButton)
    worst = chosen(answer.a.times, "worst")
    assert worst is not None
    assert asked[-1] == (answer.a.plan.axes.projects[worst[1]], worst[0], "a")

    view.picker.project.setFocus()
    qtbot.keyClick(view.picker.project, Qt.Key.Key_Down)
    first = answer.a.plan.axes.projects[0]
    assert asked[-1][0] == first
    assert view.walk is not None
    times = answer.a.times[:, 0]
    assert view.walk.days == times[np.isfinite(times)].max()


def test_a_refined_answer_does_not_disturb_whoever_is_watching(
    view: WalkView, asked: list[tuple[str, int, str]]
) -> None:
    view.show_answer(provisional(policy_answer()))
    view.player.seek(view.player.times[0] + 5)
    count = len(asked)
    view.show_answer(policy_answer())

    assert len(asked) == count


def test_a_refined_answer_is_taken_up_before_anybody_plays(
    view: WalkView, asked: list[tuple[str, int, str]]
) -> None:
    view.show_answer(provisional(policy_answer()))
    count = len(asked)
    view.show_answer(policy_answer())

    assert len(asked) == count + 1


def test_an_answer_while_hidden_waits_until_somebody_looks(
    view: WalkView, asked: list[tuple[str, int, str]]
) -> None:
    view.hide()
    view.show_answer(policy_answer())
    assert asked == []

    view.show()
    assert len(asked) == 1


def test_where_nothing_starts_it_says_so(view: WalkView) -> None:
    answer = policy_answer()
    never = replace(answer.b, started=np.full_like(answer.b.started, inf))
    view.show_answer(replace(answer, b=never))

    assert view.picker.headline.text() == "No such project reaches groundbreaking."
    assert view.canvas.graph.cards == {}
    assert view.tokens.places == {}


# --- words and looks -----------------------------------------------------------------------------


def test_words_follow_the_language(qtbot: QtBot, qapp: QApplication, view: WalkView) -> None:
    language.use(qapp, "zh")

    qtbot.waitUntil(lambda: view.canvas.graph.cards["land"].card.title == "土地")
    assert view.ticker.words()[0] == "2024年1月1日"


def test_colours_follow_the_theme(qapp: QApplication, view: WalkView) -> None:
    theme.apply(qapp, "dark")

    assert all(item.colours is theme.DARK for item in view.tokens._items.values())


def test_what_happens_is_said_for_those_who_listen(qtbot: QtBot, view: WalkView) -> None:
    press(qtbot, view, Qt.Key.Key_Right, Qt.Key.Key_Right)

    assert "Land: sent back for correction" in view.canvas.accessibleDescription()
    assert "day 5 since signing" in view.controls.slider.accessibleDescription()


def test_stands_are_a_function_of_the_moment() -> None:
    told = story()

    assert stands(told, moment(told, 3.0)) == stands(told, moment(told, 3.0))
    assert stands(told, moment(told, -1.0)) == {}
    assert stands(told, moment(told, 99.0)) == {}


Maker = Callable[[], Walk]


@pytest.mark.parametrize("make", [story, held_story])
def test_every_part_can_be_drawn_at_any_time(view: WalkView, make: Maker) -> None:
    view.show_story(make())
    for time in np.linspace(view.player.times[0], view.player.times[-1], 9):
        view.player.seek(float(time))
        assert not view.grab().isNull()


def test_answers_are_shown_with_the_names_of_their_sides(view: WalkView) -> None:
    answer: Answer = policy_answer()
    view.show_answer(answer)

    assert view.picker.sides["a"].text().startswith("A ")
    assert view.picker.project.itemText(1) == "Project 01"
