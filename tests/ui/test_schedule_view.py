"""The backward schedule: what is asked, the dates as picture and table, and what would help."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from steering import district, example, example_day

from approvalsim.execution import Effort
from approvalsim.scenario_file import find, load
from approvalsim_ui.schedule_answer import (
    TYPICAL,
    ScheduleAnswer,
    ScheduleQuestion,
    schedules,
    with_lever,
    with_typical,
)
from approvalsim_ui.schedule_view import Offered, ScheduleView, Wish

SINGLE = load(find("single-project"))
EFFORT = Effort(40, seed=1, workers=1, engine="simpy")
SIGNING = SINGLE.start


@lru_cache
def answers(target: date) -> tuple[ScheduleAnswer, ...]:
    project = SINGLE.project[0].id
    question = ScheduleQuestion(SINGLE, EFFORT, target, 0.8, project, SIGNING)
    return tuple(schedules(question, bool))


EARLY, LATE = date(2022, 6, 30), date(2024, 6, 30)


@pytest.fixture
def view(qtbot: QtBot) -> ScheduleView:
    view = ScheduleView()
    qtbot.addWidget(view)
    view.resize(1150, 620)
    view.show()
    qtbot.waitExposed(view)
    offered = (Offered("p1", "One", date(2023, 1, 31)), Offered("p2", "Two"))
    view.show_offered(offered, SIGNING, None)
    return view


# --- what is asked -------------------------------------------------------------------------------


def test_a_typical_project_is_offered_first_and_signs_on_a_day(view: ScheduleView) -> None:
    assert view.wish == Wish(TYPICAL, date(2023, 3, 1), 0.8, SIGNING)
    assert view.signing.isVisible()
    view.choose_project("p1")
    assert not view.signing.isVisible()
    assert view.wish.target == date(2023, 1, 31)


def test_every_change_of_what_is_asked_is_told(view: ScheduleView, qtbot: QtBot) -> None:
    view.sure.setFocus()
    with qtbot.waitSignal(view.wished, timeout=3000) as told:
        qtbot.keyClick(view.sure, Qt.Key.Key_Right)
    assert told.args[0].confidence == 0.81
    assert view.sure_value.text() == "81\N{NO-BREAK SPACE}%"
    with qtbot.waitSignal(view.wished, timeout=3000) as told:
        view.target.setDate(QDate(2023, 5, 1))
    assert told.args[0].target == date(2023, 5, 1)


def test_a_typical_project_joins_the_list_or_is_one_of_those_generated() -> None:
    listed, name = with_typical(district(), date(2022, 4, 1))
    assert (len(listed.project), name) == (len(district().project) + 1, TYPICAL)
    generated = load(find("fast-track"))
    made, _ = with_typical(generated, date(2022, 4, 1))
    assert len(made.project) == generated.projects.count
    assert made.projects.count is None


def test_a_project_of_the_register_goes_on_from_where_it_stands() -> None:
    busy = next(
        entry
        for entry in example().entries
        if not entry.milestones.get("groundbreaking") and entry.left is None
    )
    question = ScheduleQuestion(
        *(district(), replace(EFFORT, replications=10), date(2025, 6, 30), 0.8, busy.id, SIGNING),
        *(example(), example_day()),
    )
    *_, last = schedules(question, bool)
    known = {stage.stage: stage for stage in last.project.stages}
    for stage, record in busy.stages.items():
        if record.finished:
            assert known[stage].finished == record.finished
            assert known[stage].finish_by is None


# --- what is answered ----------------------------------------------------------------------------


def test_a_quick_answer_is_marked_as_provisional(view: ScheduleView) -> None:
    quick, full = answers(LATE)
    view.show_answer(quick)
    assert "Provisional, after 10 replications." in view.said.text()
    view.show_answer(full)
    assert "Provisional" not in view.said.text()
    assert "40 replications" in view.state.text()


def test_a_target_that_holds_has_dates_for_every_stage(view: ScheduleView) -> None:
    view.show_answer(answers(LATE)[-1])
    assert "with a probability of" in view.said.text()
    assert not view.measures.isVisible()
    assert view.model.rowCount() == len(SINGLE.stage)
    for row in range(view.model.rowCount()):
        assert view.model.index(row, 5).data() != "–"  # finish by


def test_a_target_that_cannot_be_held_says_by_how_much_and_what_would_help(
    view: ScheduleView, qtbot: QtBot
) -> None:
    last = answers(EARLY)[-1]
    view.show_answer(last)
    assert last.project.missed_by
    assert f"{last.project.missed_by} more days are needed" in view.said.text()
    assert view.measures.isVisible()
    days = [gain.days for gain in view.measures.gains]
    assert days == sorted(days, reverse=True)
    with qtbot.waitSignal(view.variant_wanted) as told:
        qtbot.mouseClick(view.measures.buttons[0], Qt.MouseButton.LeftButton)
    assert told.args == [view.measures.gains[0]]


def test_every_measure_offered_makes_another_scenario() -> None:
    for gain in answers(EARLY)[-1].gains:
        changed = with_lever(SINGLE, gain)
        assert changed is not None
        assert changed != SINGLE


def test_what_a_register_says_of_a_path_is_not_tried_in_a_variant(view: ScheduleView) -> None:
    last = answers(EARLY)[-1]
    path = replace(last.gains[0], kind="policy", subject="")
    asked = replace(last.question, register=example(), as_of=example_day())
    found = replace(last.schedule, gains=(path,))
    view.show_answer(replace(last, question=asked, schedule=found))
    assert not view.measures.buttons[0].isVisible()
    assert "not in the scenario" in view.measures.days[0].text()


def test_the_table_takes_the_place_of_the_picture(view: ScheduleView, qtbot: QtBot) -> None:
    view.show_answer(answers(LATE)[-1])
    qtbot.mouseClick(view.table_switch, Qt.MouseButton.LeftButton)
    assert view.table.isVisible()
    assert not view.picture.isVisible()
    view.copy()
    assert QGuiApplication.clipboard().text().startswith("Stage (deliverable)\tOwner")


def test_it_is_exported_as_page_picture_and_table(view: ScheduleView, tmp_path: Path) -> None:
    assert not view.export("pdf", str(tmp_path / "x.pdf"))  # nothing there yet
    view.show_answer(answers(EARLY)[-1])
    for kind in ("pdf", "png", "csv"):
        assert view.export(kind, str(tmp_path / f"x.{kind}"))
    pdf = (tmp_path / "x.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1
    assert QImage(str(tmp_path / "x.png")).width() > 2000
    rows = (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(SINGLE.stage)
    assert not view.export("csv", str(tmp_path / "none" / "x.csv"))


def test_why_there_are_no_dates_is_said(view: ScheduleView) -> None:
    view.show_failure("nothing to plan")
    assert view.said.text() == "nothing to plan"
    assert view.verdict.property("role") == "bad"
