"""What really happened against the plan, on the wall chart: bars, lights, today's line, paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_wall_chart import chart, example, made
from windows import finished, shown

from approvalsim.lights import Signal
from approvalsim.network import critical_path
from approvalsim.register import Entry, Register, StageRecord
from approvalsim_ui import language, theme
from approvalsim_ui.example_register import ORIGIN, example_register, origin_of
from approvalsim_ui.main_window import MainWindow
from approvalsim_ui.wall_chart import WallChart
from approvalsim_ui.wall_chart_actual import ActualQuestion, actual_charts
from approvalsim_ui.wall_chart_legend import entries
from approvalsim_ui.wall_chart_view import WallChartView
from approvalsim_ui.wall_chart_words import today_words

AS_OF = date(2024, 1, 8)
LATE = Entry(
    "p1",
    signed=date(2024, 1, 1),
    target=date(2024, 1, 9),
    stages={
        "land": StageRecord(ready=date(2024, 1, 1), submitted=date(2024, 1, 3)),
        "bank": StageRecord(ready=date(2024, 1, 1), finished=date(2024, 1, 5)),
    },
)
DONE = Entry(
    "real-2",
    name="新能源",
    signed=date(2023, 12, 1),
    stages={"land": StageRecord(date(2023, 12, 1), finished=date(2023, 12, 9))},
    milestones={"groundbreaking": date(2023, 12, 20)},
)
REGISTER = Register("example", (LATE, DONE))


def no_watch(_number: int) -> None:
    pass


def actual(register: Register = REGISTER, as_of: date = AS_OF) -> WallChart:
    question = ActualQuestion(chart().answer, register, as_of)
    (found,) = actual_charts(question, no_watch, no_watch)
    return found


def day(when: date) -> float:
    return float(when.toordinal())


@pytest.fixture
def view(qtbot: QtBot) -> WallChartView:
    """The small chart, with a register loaded and chosen."""
    made_view = WallChartView()
    qtbot.addWidget(made_view)
    made_view.resize(1200, 720)
    made_view.show()
    qtbot.waitExposed(made_view)
    made_view.show_answer(chart().answer)
    made_view.show_chart(chart())
    made_view.show_register(REGISTER, AS_OF)
    qtbot.mouseClick(made_view.bar.whats["actual"], Qt.MouseButton.LeftButton)
    made_view.show_chart(actual())
    return made_view


# --- values --------------------------------------------------------------------------------------


def test_bars_reach_from_the_first_date_to_the_end_or_to_the_as_of_day() -> None:
    stages = actual().b.one["p1"].stages
    bank, land = stages["bank"], stages["land"]
    assert (bank.begin, bank.end, bank.cut) == (day(date(2024, 1, 1)), day(date(2024, 1, 5)), False)
    assert (land.begin, land.end, land.cut) == (day(date(2024, 1, 1)), day(AS_OF) + 1, True)
    assert "permit" not in stages


def test_the_plan_ends_with_the_target_and_keeps_typical_times() -> None:
    found = actual()
    plan, schedule = found.a.one["p1"], critical_path(found.a.scenario)
    assert plan.milestones["groundbreaking"].end == day(date(2024, 1, 9)) + 1
    for name, span in plan.stages.items():
        assert span.end - span.begin == pytest.approx(schedule.activities[name].duration)
        assert span.end <= plan.milestones["groundbreaking"].end


def test_without_a_target_the_plan_begins_with_the_signing() -> None:
    found = actual()
    plan = found.a.one["real-2"]
    assert min(span.begin for span in plan.stages.values()) == day(date(2023, 12, 1))


def test_what_comes_after_the_as_of_day_is_not_known_yet() -> None:
    found = actual(as_of=date(2024, 1, 3))
    assert found.b.one["p1"].stages["bank"].cut
    early = actual(as_of=date(2023, 12, 15))
    assert early.b.one["real-2"].milestones == {}


def test_lights_are_those_of_the_dispatch_table() -> None:
    recorded = actual().recorded
    assert recorded
    assert recorded.signals == {"p1": Signal.YELLOW, "real-2": Signal.DONE}


def test_a_project_that_was_given_up_ends_there_and_keeps_its_name() -> None:
    left = replace(LATE, name="旧厂", left=date(2024, 1, 6))
    found = actual(Register("example", (left, DONE)))
    assert found.recorded
    assert found.recorded.signals["p1"] is Signal.LEFT
    assert found.b.one["p1"].left == day(date(2024, 1, 6))
    assert "旧厂" in [p.name.zh for p in found.b.scenario.project if p.name]


def test_a_register_without_anybody_who_goes_on_gives_an_empty_chart() -> None:
    found = actual(Register("example", (replace(LATE, left=date(2024, 1, 6)),)))
    assert found.b.one == {}
    assert found.recorded


# --- the view ------------------------------------------------------------------------------------


def test_it_is_offered_only_while_a_register_is_open(qtbot: QtBot) -> None:
    view = WallChartView()
    qtbot.addWidget(view)
    view.show()
    view.show_chart(chart())
    assert not view.bar.whats["actual"].isVisible()
    view.show_register(REGISTER, AS_OF)
    assert view.bar.whats["actual"].isVisible()
    view.bar.whats["actual"].click()
    view.show_register(None)
    assert not view.bar.whats["actual"].isVisible()
    assert view.chart is chart()
    assert view.stack.currentWidget() is view.canvas


def test_it_is_asked_for_when_chosen_and_again_when_the_register_changes(qtbot: QtBot) -> None:
    view = WallChartView()
    qtbot.addWidget(view)
    asked: list[object] = []
    view.actual_requested.connect(asked.append)
    view.show()
    view.show_answer(chart().answer)
    view.show_chart(chart())
    view.show_register(REGISTER, AS_OF)
    assert asked == []
    view.bar.whats["actual"].click()
    assert len(asked) == 1
    assert view.stack.currentWidget() is view.waiting
    view.show_register(REGISTER, AS_OF)
    assert len(asked) == 1
    view.show_register(REGISTER, AS_OF + timedelta(days=1))
    assert len(asked) == 2
    (found,) = asked[1](no_watch, no_watch)  # type: ignore[operator]
    view.show_chart(found)
    assert view.stack.currentWidget() is view.canvas


def test_a_row_holds_plan_above_actual_and_says_its_light(view: WallChartView) -> None:
    picture = view.canvas.picture
    assert picture
    assert [bar.side for bar in picture.rows[0].bars] == ["a", "b"]
    assert [row[1] for row in picture.cells] == ["▲ yellow: late", "✓ done"]
    assert picture.cells[0][2].startswith("plan ")
    assert not picture.cells[1][2].startswith("plan ")
    assert view.bar.choice.sides == "both"
    assert not view.bar.sides["a"].isEnabled()
    view.bar.groupings["stages"].click()
    said = view.canvas.picture.words.row(view.canvas.picture.rows[1])  # type: ignore[union-attr]
    assert "plan " in said
    assert "actual " in said


def test_the_legend_and_the_caution_say_what_is_recorded(view: WallChartView) -> None:
    shapes = [entry.shape for entry in view.legend.legend]
    assert "plan" in shapes
    assert "today" in shapes
    assert "cut" not in shapes
    assert view.canvas.picture.words.caution() == "Solid: recorded. Outlined: plan"  # type: ignore[union-attr]
    assert "register" in view._sheet().caution


def test_a_made_up_register_is_said_to_be_one(view: WallChartView) -> None:
    scenario = example()
    marked = example_register(scenario, "example")
    origin = origin_of(marked)
    assert origin
    assert all(ORIGIN in entry.extra for entry in marked.entries)
    view.show_chart(actual(marked, origin.as_of))
    assert "nothing observed" in view.canvas.picture.words.caution()  # type: ignore[union-attr]
    assert "simulated" in view._sheet().caution


def test_plan_is_outlined_and_actual_is_filled(view: WallChartView) -> None:
    picture, canvas = view.canvas.picture, view.canvas
    assert picture
    image = QImage(canvas.viewport().size(), QImage.Format.Format_RGB32)
    canvas.viewport().render(image)
    row = picture.rows[0]
    areas = [
        picture.bars.area(row, bar, canvas.scale, picture._row_area(0), picture.lane)
        for bar in row.bars
    ]
    muted, panel = theme.colours().muted, theme.colours().panel
    spots = [
        image.pixelColor(round(area.left() + area.width() * 0.12), round(area.center().y() + 66))
        for area in areas
    ]
    assert spots[0] != muted
    assert abs(spots[0].lightness() - panel.lightness()) < 20
    assert spots[1] == muted


def test_the_table_twin_names_plan_and_actual(view: WallChartView) -> None:
    picture = view.canvas.picture
    assert picture
    view.bar.groupings["stages"].click()
    sides = {row[0] for row in view.canvas.picture.words.figures(view.canvas.picture.rows).rows}  # type: ignore[union-attr]
    assert sides == {"plan", "actual"}


def test_it_is_printed(view: WallChartView, tmp_path: Path) -> None:
    assert view.export("pdf", str(tmp_path / "actual.pdf"))
    assert view.export("csv", str(tmp_path / "actual.csv"))
    assert (tmp_path / "actual.pdf").stat().st_size > 5_000
    assert "actual" in (tmp_path / "actual.csv").read_text(encoding="utf-8-sig")


def test_it_speaks_chinese(view: WallChartView, qapp: QApplication) -> None:
    language.use(qapp, "zh")
    QApplication.processEvents()
    picture = view.canvas.picture
    assert picture
    assert picture.cells[0][1] == "▲ 黄 预警"
    assert picture.words.caution() == "实心为实际，空心为计划"
    assert [entry.words for entry in view.legend.legend][:2] == ["计划", "实际"]


# --- today's line --------------------------------------------------------------------------------


def test_today_stands_on_the_chart_where_it_lies_in_its_time(qtbot: QtBot) -> None:
    view = WallChartView()
    qtbot.addWidget(view)
    view.resize(1200, 720)
    view.show()
    view.show_chart(replace(chart(), made=date(2024, 1, 10)))
    assert "today" in [entry.shape for entry in view.legend.legend]
    image = QImage(view.canvas.viewport().size(), QImage.Format.Format_RGB32)
    view.canvas.viewport().render(image)
    x = round(view.canvas.scale.x(date(2024, 1, 11).toordinal()))
    colours = [image.pixelColor(x + off, 68) for off in (-1, 0, 1)]
    assert theme.colours().link in colours
    view.show_chart(chart())
    assert "today" not in [entry.shape for entry in view.legend.legend]


def test_the_line_is_called_today_or_by_its_date() -> None:
    assert today_words(replace(chart(), made=date.today())) == "today"
    assert today_words(actual()) == "as of 8 Jan 24"


def test_names_of_the_simulated_chart_stay_as_they_are() -> None:
    names = [entry.words for entry in entries(_picture(), ("x", "y"))]
    assert "plan" not in names


def _picture() -> object:
    from approvalsim_ui.wall_chart_picture import WallPicture
    from approvalsim_ui.wall_chart_rows import Choice, rows_of

    found = made(chart().answer)
    choice = Choice(sides="both")
    return WallPicture(found, choice, rows_of(found, choice))


# --- in the window -------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = shown(qtbot, 4)
    yield window
    window.close_now()


def test_the_window_shows_the_register_that_is_open(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from approvalsim_ui.register_document import RegisterDocument

    window.files.open_and_show("fast-track")
    finished(window, qtbot)
    scenario = window.session.documents[-1].scenario
    register = example_register(scenario, "fast-track")
    window.screens.choose("wall_chart")
    view = window.views.wall_chart
    desk = window.views.desk
    desk.show_register(RegisterDocument.made(tmp_path / "r.approvalsim", register, "me"))
    assert view.bar.whats["actual"].isVisible()
    qtbot.waitUntil(view.bar.isEnabled, timeout=60_000)
    qtbot.mouseClick(view.bar.whats["actual"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.actual is not None, timeout=30_000)
    assert view.canvas.picture
    assert len(view.canvas.picture.rows) > 10
    desk.close_register()
    assert not view.bar.whats["actual"].isVisible()
