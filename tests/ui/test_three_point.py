"""Entering a duration: boxes, handles on the curve, families and units, by mouse and keys."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from approvalsim.distributions import Duration
from approvalsim_ui.density import density, reach, rounded_up
from approvalsim_ui.duration_text import FAMILIES
from approvalsim_ui.field_inputs import NumberInput, ShareInput
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.three_point import DurationInput
from approvalsim_ui.throttle import Throttle

ADAPTER: TypeAdapter[Any] = TypeAdapter(Duration)


def made(**table: Any) -> Any:
    return ADAPTER.validate_python(table)


EIA = made(dist="triangular", min=20, mode=40, max=90, unit="days")
KINDS = {
    "fixed": made(dist="fixed", value=8),
    "uniform": made(dist="uniform", min=0, max=30),
    "triangular": EIA,
    "pert": made(dist="pert", min=20, mode=40, max=90),
    "lognormal": made(dist="lognormal", mean=40, sd=12),
    "gamma": made(dist="gamma", mean=40, shape=2),
    "weibull": made(dist="weibull", mean=40, shape=2),
    "empirical": made(dist="empirical", quantiles=(0, 5, 10, 40)),
}


@pytest.fixture
def field(qtbot: QtBot) -> DurationInput:
    widget = DurationInput()
    qtbot.addWidget(widget)
    widget.set_words("Preparation", "none")
    widget.show_value(EIA, filed=EIA)
    widget.resize(380, 170)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def wishes(field: DurationInput) -> list[Any]:
    found: list[Any] = []
    field.wished.connect(found.append)
    return found


def box(field: DurationInput, name: str) -> NumberSpin:
    found = field.boxes[name]
    assert isinstance(found, NumberSpin)
    return found


def drag(field: DurationInput, name: str, days: float, qtbot: QtBot, steps: int = 8) -> None:
    """Drag a handle by so many days with the mouse, in several moves."""
    curve = field.curve
    start = curve.position_of(name)
    way = days * (curve.width() - 28) / curve._end
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for step in range(1, steps + 1):
        QTest.mouseMove(curve, (start + QPointF(way * step / steps, 0)).toPoint())
        qtbot.wait(5)
    end = (start + QPointF(way, 0)).toPoint()
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton, pos=end)


def test_a_typed_number_is_wished_for_on_enter(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    mode = box(field, "mode")
    mode.setFocus()
    mode.selectAll()
    qtbot.keyClicks(mode, "25")
    assert wishes == [], "not while one types"
    qtbot.keyClick(mode, Qt.Key.Key_Return)
    assert wishes == [{"dist": "triangular", "min": 20, "mode": 25, "max": 90, "unit": "days"}]


def test_a_handle_is_dragged_and_its_numbers_follow(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(field.drag_finished):
        drag(field, "mode", -15, qtbot)
    assert wishes[-1]["mode"] == pytest.approx(25, abs=1)
    assert box(field, "mode").value() == wishes[-1]["mode"]
    assert (wishes[-1]["min"], wishes[-1]["max"]) == (20, 90)


def test_a_drag_is_one_step_and_tells_fewer_values_than_the_mouse(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    begun: list[None] = []
    field.curve.setFocus()
    field.step_began.connect(lambda: begun.append(None))
    drag(field, "max", -30, qtbot, steps=60)
    assert len(begun) == 1
    assert 1 < len(wishes) < 45
    assert wishes[-1]["max"] == pytest.approx(60, abs=1), "the last value always arrives"


def test_a_handle_stops_at_its_neighbour(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    drag(field, "mode", -60, qtbot)
    assert wishes[-1]["mode"] == 20
    drag(field, "mode", 10, qtbot)
    assert wishes[-1]["mode"] == pytest.approx(30, abs=1), "handles on each other come apart"
    assert wishes[-1]["min"] == 20


def test_with_shift_all_handles_move_together(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    curve, shift = field.curve, Qt.KeyboardModifier.ShiftModifier
    start = curve.position_of("mode").toPoint()
    qtbot.mousePress(curve, Qt.MouseButton.LeftButton, shift, start)
    away = start - QPoint(40, 0)
    event_pos = QPointF(away)
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    move = QMouseEvent(
        QEvent.Type.MouseMove,
        event_pos,
        curve.mapToGlobal(event_pos),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        shift,
    )
    curve.mouseMoveEvent(move)
    qtbot.mouseRelease(curve, Qt.MouseButton.LeftButton, shift, away)
    last = wishes[-1]
    assert last["mode"] - last["min"] == 20
    assert last["max"] - last["mode"] == 50
    assert last["mode"] < 40


def test_arrow_keys_choose_and_move_handles(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    curve = field.curve
    curve.setFocus()
    qtbot.keyClick(curve, Qt.Key.Key_Right)
    assert wishes[-1]["mode"] == 41
    qtbot.keyClick(curve, Qt.Key.Key_Up)
    assert "most" in curve.accessibleDescription()
    qtbot.keyClick(curve, Qt.Key.Key_PageUp)
    assert wishes[-1]["max"] == 95
    qtbot.keyClick(curve, Qt.Key.Key_Down)
    qtbot.keyClick(curve, Qt.Key.Key_Down)
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    assert wishes[-1]["min"] == 19


def test_what_was_refused_stays_with_its_reason_until_it_is_given_up(
    field: DurationInput, qtbot: QtBot
) -> None:
    least = box(field, "min")
    least.setFocus()
    least.selectAll()
    qtbot.keyClicks(least, "95")
    qtbot.keyClick(least, Qt.Key.Key_Return)
    field.show_refusal("min (95) must not be above mode (40)")
    field.show_value(EIA, filed=EIA)  # something else has changed meanwhile
    assert least.value() == 95
    assert field.reason.isVisible()
    qtbot.keyClick(least, Qt.Key.Key_Escape)
    assert least.value() == 20
    assert not field.reason.isVisible()


def test_two_numbers_wrong_alone_can_be_right_together(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    box(field, "min").setValue(50)
    field.show_refusal("refused")
    box(field, "mode").setValue(60)
    assert (wishes[-1]["min"], wishes[-1]["mode"]) == (50, 60)


@pytest.mark.parametrize("before", list(KINDS))
@pytest.mark.parametrize("after", list(FAMILIES))
def test_every_family_becomes_every_other(
    field: DurationInput, wishes: list[Any], before: str, after: str
) -> None:
    field.show_value(KINDS[before], filed=KINDS[before])
    wishes.clear()
    field.family.setCurrentIndex(field.family.findData(after))
    field.family.activated.emit(field.family.currentIndex())
    if before == after:
        assert wishes == []
    else:
        assert made(**wishes[-1]).dist == after


def test_no_duration_and_back(field: DurationInput, wishes: list[Any]) -> None:
    field.family.setCurrentIndex(0)
    field.family.activated.emit(0)
    assert wishes == [None]
    field.show_value(None, filed=EIA, changed=True)
    assert not field.curve.isVisible()
    assert field.boxes == {}
    field.family.activated.emit(field.family.findData("fixed"))
    assert made(**wishes[-1]).value == 10


def test_the_unit_changes_and_nothing_else(field: DurationInput, wishes: list[Any]) -> None:
    field.unit.activated.emit(field.unit.findData("workdays"))
    assert wishes == [{"dist": "triangular", "min": 20, "mode": 40, "max": 90, "unit": "workdays"}]


def test_quantiles_are_typed_as_a_line(
    field: DurationInput, wishes: list[Any], qtbot: QtBot
) -> None:
    field.show_value(KINDS["empirical"])
    line = field.boxes["quantiles"]
    line.setFocus()
    line.selectAll()  # type: ignore[union-attr]
    qtbot.keyClicks(line, "1/2/x")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert wishes == []
    assert field.reason.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(line, "9")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert wishes == [{"dist": "empirical", "quantiles": (1, 2, 9)}]


def test_a_changed_value_is_marked_by_shape_and_can_be_put_back(
    field: DurationInput, qtbot: QtBot
) -> None:
    assert not field.mark.isVisible()
    field.show_value(KINDS["fixed"], filed=EIA, changed=True)
    assert field.mark.isVisible()
    assert field.mark.text()
    with qtbot.waitSignal(field.reset_wished):
        qtbot.mouseClick(field.reset_button, Qt.MouseButton.LeftButton)


def test_everything_in_it_has_a_name(field: DurationInput) -> None:
    for widget in (field.family, field.unit, field.curve, field.reset_button):
        assert "Preparation" in widget.accessibleName()
    names = {box.accessibleName() for box in field.boxes.values()}
    assert len(names) == 3


def test_the_wheel_over_a_box_without_focus_scrolls_the_page(
    field: DurationInput, wishes: list[Any]
) -> None:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    mode = box(field, "mode")
    field.curve.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        mode.mapToGlobal(QPointF(5, 5)),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(mode, wheel)
    assert not wheel.isAccepted()
    assert wishes == []


# --- the curve itself --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "fixed"])
def test_a_density_holds_all_of_the_distribution(kind: str) -> None:
    import numpy as np

    duration = KINDS[kind]
    axis = np.linspace(0, reach(duration) * 1.3, 400)
    curve = density(duration, axis)
    assert curve.min() >= 0
    assert curve.max() == 1
    mean = float((curve * axis).sum() / curve.sum())
    expected = float(duration.quantile((np.arange(4000) + 0.5) / 4000).mean())
    assert mean == pytest.approx(expected, rel=0.03)


def test_the_top_of_a_triangle_is_its_most_likely_value() -> None:
    import numpy as np

    axis = np.linspace(0, 100, 201)
    assert axis[density(EIA, axis).argmax()] == pytest.approx(40, abs=0.6)


@pytest.mark.parametrize("value", [0, 0.3, 1, 9, 90, 352, 99_999])
def test_an_axis_ends_a_little_above_what_it_must_show(value: float) -> None:
    assert value < rounded_up(value) <= max(10, 2 * value)


# --- other inputs ------------------------------------------------------------------------------


def test_a_share_moves_with_its_slider_and_its_box(qtbot: QtBot) -> None:
    field = ShareInput()
    qtbot.addWidget(field)
    field.set_label("Uptake")
    field.show_value(0.35)
    field.show()
    wishes: list[Any] = []
    field.wished.connect(wishes.append)
    assert (field.slider.value(), field.box.value()) == (35, 35)
    field.slider.setFocus()
    qtbot.keyClick(field.slider, Qt.Key.Key_Right)
    assert wishes[-1] == 0.36
    field.box.setFocus()
    field.box.selectAll()
    qtbot.keyClicks(field.box, "12.5")
    qtbot.keyClick(field.box, Qt.Key.Key_Return)
    assert wishes[-1] == 0.125


def test_a_number_can_be_absent(qtbot: QtBot) -> None:
    field = NumberInput()
    qtbot.addWidget(field)
    field.set_label("Limit")
    field.set_absent("none", 20.0)
    field.show_value(None)
    field.show()
    wishes: list[Any] = []
    field.wished.connect(wishes.append)
    assert not field.box.isEnabled()
    field.absent.click()
    assert wishes == [20.0]
    field.show_value(20.0)
    field.absent.click()
    assert wishes[-1] is None


def test_the_last_value_of_many_arrives(qtbot: QtBot) -> None:
    throttle = Throttle()
    passed: list[int] = []
    throttle.passed.connect(passed.append)
    for number in range(50):
        throttle.put(number)
    assert passed == [0]
    qtbot.waitUntil(lambda: passed[-1] == 49)
    assert len(passed) == 2
