"""Supervision and task forces: edited by hand and keys, compared off and on, their effect drawn."""

from functools import lru_cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import finished, shown

from approvalsim.engines import Engine
from approvalsim.parameters import parameters
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim.validation import problems
from approvalsim.yardstick import SameLuck, Yardstick, readings
from approvalsim_ui import language
from approvalsim_ui.analyses import effect_question
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.effect_answer import (
    EFFECTS,
    EffectAnswer,
    EffectQuestion,
    answers,
    effects_of,
    with_effect,
)
from approvalsim_ui.effect_chart import EffectChart
from approvalsim_ui.policy_panel import PolicyPanel
from approvalsim_ui.session import Choice, Session

SUPERVISED = load(find("supervised-2022"))
PLAIN = load(find("standard"))


@lru_cache
def swept(replications: int = 8) -> EffectAnswer:
    """What supervision wins in a small run."""
    *_, last = answers(EffectQuestion(SUPERVISED, 7, replications, "simpy"), bool)
    return last


@pytest.fixture
def panel(qtbot: QtBot) -> PolicyPanel:
    view = PolicyPanel()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show_scenario(SUPERVISED, SUPERVISED)
    view.show()
    qtbot.waitExposed(view)
    qtbot.mouseClick(view.chips["supervision"], Qt.MouseButton.LeftButton)
    return view


@pytest.fixture
def edits(panel: PolicyPanel) -> list[Scenario]:
    found: list[Scenario] = []
    panel.edited.connect(lambda scenario, _text, _key: found.append(scenario))
    return found


# --- editing -------------------------------------------------------------------------------------


def test_supervision_is_switched_off_and_on_and_keeps_its_numbers(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    box = panel.supervision.switches["supervision"]
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert edits[-1] == SUPERVISED.with_supervision(False)
    assert "off" in box.text()
    assert "◤" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert content_hash(edits[-1]) == content_hash(SUPERVISED)


def test_a_scenario_without_supervision_is_given_one_that_is_marked_assumed(qtbot: QtBot) -> None:
    view = PolicyPanel()
    qtbot.addWidget(view)
    found: list[Scenario] = []
    view.edited.connect(lambda scenario, _text, _key: found.append(scenario))
    view.show_scenario(PLAIN, PLAIN)
    view.show()
    view.show_part("supervision")
    panel = view.supervision
    assert not panel.effect.isVisible()

    for table, number in (("supervision", 5), ("task_force", 3)):
        panel.switches[table].click()  # type: ignore[index]
        assert problems(found[-1]) == ()
        added = parameters(found[-1], (table,))
        assert len(added) == number
        assert all(each.evidence.assumed for each in added)
    assert found[-1].supervision.effect == 0.15  # type: ignore[union-attr]
    assert panel.effect.isVisible()

    panel.switches["task_force"].click()
    assert found[-1].task_force is None


def test_task_forces_taken_out_come_back_as_the_file_has_them(
    panel: PolicyPanel, edits: list[Scenario]
) -> None:
    box = panel.supervision.switches["task_force"]
    box.click()
    assert edits[-1].task_force is None
    assert not panel.supervision.bindings["task_force", "projects"].field.isVisible()
    box.click()
    assert content_hash(edits[-1]) == content_hash(SUPERVISED)


@pytest.mark.parametrize(
    ("place", "typed", "value"),
    [
        (("supervision", "effect"), "25", 0.25),
        (("supervision", "within"), "200", 200),
        (("supervision", "every"), "14", 14),
        (("supervision", "offset"), "3", 3),
        (("supervision", "red_after"), "60", 60),
        (("supervision", "leaders"), "5", 5),
        (("task_force", "projects"), "5", 5),
        (("task_force", "capacity"), "3", 3),
        (("task_force", "overload"), "20", 0.2),
    ],
)
def test_every_number_is_reached_typed_marked_and_reset(
    panel: PolicyPanel,
    edits: list[Scenario],
    qtbot: QtBot,
    place: tuple[str, str],
    typed: str,
    value: float,
) -> None:
    panel.show_part("commitment")
    assert panel.focus_field(place)
    box = QApplication.focusWidget()
    assert box is not None
    assert panel.supervision.isVisible()
    box.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(box, typed)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert getattr(getattr(edits[-1], place[0]), place[1]) == value
    field = panel.supervision.bindings[place].field
    assert field.reset_button.isVisible()
    field.reset_button.click()
    assert content_hash(edits[-1]) == content_hash(SUPERVISED)


def test_projects_may_have_no_target_but_their_own(
    panel: PolicyPanel, edits: list[Scenario]
) -> None:
    panel.supervision.bindings["supervision", "within"].field.absent.click()  # type: ignore[attr-defined]
    assert edits[-1].supervision.within is None  # type: ignore[union-attr]


def test_the_effect_follows_its_slider(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    slider = panel.supervision.bindings["supervision", "effect"].field.slider  # type: ignore[attr-defined]
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert edits[-1].supervision.effect == 0.16  # type: ignore[union-attr]


def test_the_panel_speaks_chinese(panel: PolicyPanel, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    QApplication.processEvents()
    assert panel.chips["supervision"].text() == "督导与专班"
    assert panel.supervision.switches["supervision"].text() == "督导：开"
    assert "5 个中有 5 个" in panel.supervision.meanings["supervision"].text()


# --- off against on ------------------------------------------------------------------------------


def test_supervision_off_and_on_stand_beside_each_other_at_a_click(qtbot: QtBot) -> None:
    window = shown(qtbot, 4)
    window.files.open_and_show("supervised-2022")
    finished(window, qtbot)
    document = window.session.documents[-1]
    window.screens.choose("policy")
    window.views.policy.supervision.compare.click()
    answer = finished(window, qtbot)
    assert answer
    assert answer.roles == ("unsupervised", "supervised")
    off, on = (Choice(document, state, of="supervision") for state in ("off", "on"))  # type: ignore[arg-type]
    assert (window.session.a, window.session.b) == (off, on)
    bar = window.strip.bar
    assert bar.pairs["supervision"].isChecked()
    assert "without supervision" in bar.a.currentText()
    assert "with supervision" in bar.b.currentText()
    assert "With supervision (B)" in window.views.headline.sentence.text()

    bar.pairs["policy"].click()
    assert window.session.a == Choice(document, "off")
    assert not bar.pairs["supervision"].isChecked()

    window.files.open_and_show("fast-track")
    finished(window, qtbot)
    assert not bar.pairs["supervision"].isVisible()
    window.close_now()


# --- the effect in one picture -------------------------------------------------------------------


def test_every_effect_runs_under_the_luck_of_no_supervision() -> None:
    found = swept()
    luck = SameLuck(7, 8, "simpy", 1)
    yardstick = Yardstick("mean")
    plans = [SUPERVISED.with_supervision(False), with_effect(SUPERVISED, 0.25)]
    base, times = readings([compile_plan(plan) for plan in plans], yardstick, luck)
    point = next(point for point in found.points if point.effect == 0.25)
    assert point.mean == yardstick.level(times)
    assert point.mean_change == yardstick.difference(base, times)
    assert point.p80_change == Yardstick("p80").difference(base, times)
    assert found.mean == yardstick.level(base)


def test_more_effect_wins_more_days() -> None:
    changes = [point.mean_change.value for point in swept().points]
    assert changes == sorted(changes, reverse=True)
    assert changes[-1] < -5


def test_the_effect_of_the_scenario_is_one_of_the_values() -> None:
    assert effects_of(SUPERVISED) == EFFECTS
    assert 0.12 in effects_of(with_effect(SUPERVISED, 0.12))


@pytest.mark.parametrize("engine", ["simpy"])
def test_values_come_one_after_the_other_and_progress_is_counted(engine: Engine) -> None:
    done: list[int] = []
    totals: list[int] = []
    question = EffectQuestion(SUPERVISED, 7, 2, engine)
    found = list(answers(question, done.append, totals.append))
    assert [len(each.points) for each in found][-1] == len(EFFECTS)
    assert found[0].points == ()
    assert found[-1].is_final
    assert sum(done) == totals[0] == 2 * (1 + len(EFFECTS))


def test_the_chart_has_a_twin_marks_the_assumption_and_is_read_by_keys(qtbot: QtBot) -> None:
    chart = EffectChart()
    qtbot.addWidget(chart)
    chart.resize(600, 380)
    chart.show_now(0.15, True)
    chart.show_answer(swept())
    chart.show()
    rows = chart.figures().rows
    assert rows[0][0] == "no supervision"
    assert [row[0] for row in rows[1:]] == list(EFFECTS)
    assert rows[4][3] == swept().points[3].mean_change
    assert chart._marked_label.words.endswith("assumed")
    assert chart._marked.value() == 0.15
    chart.plot.setFocus()
    qtbot.keyClick(chart.plot, Qt.Key.Key_Right)
    assert any("P80" in entry.words for entry in chart.legend.entries)
    chart.show_now(0.2, False)
    assert "assumed" not in chart._marked_label.words


def test_the_picture_is_asked_for_and_says_when_it_is_old(
    panel: PolicyPanel, edits: list[Scenario], qtbot: QtBot
) -> None:
    asked: list[Scenario] = []
    panel.effect_requested.connect(asked.append)
    qtbot.mouseClick(panel.supervision.effect.run, Qt.MouseButton.LeftButton)
    assert asked == [SUPERVISED]
    panel.supervision.effect.show_running(True)
    with qtbot.waitSignal(panel.effect_cancelled):
        qtbot.mouseClick(panel.supervision.effect.run, Qt.MouseButton.LeftButton)
    panel.supervision.show_effect(swept())
    chart = panel.supervision.effect.effect
    enter = panel.editing.enter
    assert enter(("supervision", "effect"), 0.2) == ""
    assert "changed since" not in chart.reading()
    assert chart._marked.value() == 0.2
    assert enter(("supervision", "every"), 14) == ""
    assert "changed since" in chart.reading()


def test_the_question_is_the_one_of_the_session(qtbot: QtBot) -> None:
    session = Session()
    session.settings = RunSettings(replications=4, engine="simpy", milestone="land_handover")
    session.open(find("supervised-2022"))
    question = effect_question(SUPERVISED, session)
    assert question.scenario.measure == "land_handover"
    assert question.seed == SUPERVISED.run.seed
    session.shut_down()


def test_the_window_finds_it_out_in_the_background(qtbot: QtBot) -> None:
    window = shown(qtbot, 4)
    window.files.open_and_show("supervised-2022")
    finished(window, qtbot)
    window.screens.choose("policy")
    view = window.views.policy
    view.show_part("supervision")
    question = EffectQuestion(SUPERVISED, 7, 2, "simpy")
    worker = window.views.analyses._effect
    assert worker.ask(lambda watch, begin: answers(question, watch, begin))
    qtbot.waitUntil(lambda: len(view.supervision.effect.effect.figures().rows) == 8, timeout=60_000)
    window.close_now()
