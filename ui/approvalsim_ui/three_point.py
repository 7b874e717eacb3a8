"""Entering a duration: its numbers as boxes and as handles on a live curve, its family and unit."""

from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from approvalsim_ui import theme
from approvalsim_ui.duration_curve import DurationCurve
from approvalsim_ui.duration_text import (
    FAMILIES,
    Table,
    UnreadableError,
    as_table,
    as_text,
    fields_of,
    parsed,
)
from approvalsim_ui.field_inputs import FieldInput
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.scenario_editing import unreadable_words
from approvalsim_ui.scenario_words import choice_words, number_words
from approvalsim_ui.throttle import Throttle


class DurationInput(FieldInput):
    """One duration of a stage. It asks for changes; what is refused stays here with its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._duration: Any = None
        self._unit = "days"
        self._absent_words = ""
        self._throttle = Throttle(self)
        self._throttle.passed.connect(self.wished)
        self._build()
        self.retranslate()
        self.show_value(None)

    def _build(self) -> None:
        theme.set_role(self.label, "heading")
        self.family = QComboBox()
        self.unit = QComboBox()
        for combo in (self.family, self.unit):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.family.activated.connect(self._choose_family)
        self.unit.activated.connect(self._choose_unit)
        self.curve = DurationCurve()
        self.curve.moved.connect(self._drag)
        self.curve.drag_started.connect(self._hold)
        self.curve.drag_finished.connect(self._finish_drag)
        self.watch(self.family, self.unit, self.curve, self.reset_button)
        self.head.setSpacing(4)
        self.head.addStretch(1)
        self.head.addWidget(self.family)
        self.head.addWidget(self.unit)
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(5)
        self.boxes: dict[str, NumberSpin | QLineEdit] = {}
        self._captions: dict[str, QLabel] = {}
        self.page.addWidget(self.curve)
        self.page.addLayout(self._boxes)
        self.page.addWidget(self.reason)

    # --- what is shown ------------------------------------------------------------------------

    def set_words(self, label: str, absent: str) -> None:
        """What the duration is of, and what it is called where there is none."""
        self._absent_words = absent
        self.set_label(label)

    def show_value(
        self, value: Any, *, filed: Any = None, unit: str = "days", changed: bool = False
    ) -> None:
        """Show a duration, and the file's where it is another one; ``unit`` is the usual one."""
        duration = value
        self.show_change(changed)
        self.curve.show_duration(duration, filed if changed else None)
        if self.curve.is_dragging:
            self._duration, self._unit = duration, unit
            return
        if self.reason.text() and duration == self._duration:
            return  # what was refused stays, with its reason
        rebuilt = _kind(duration) != _kind(self._duration) or not self.boxes
        self._duration, self._unit = duration, unit
        self.show_refusal("")
        if rebuilt:
            self._make_boxes()
        with QSignalBlocker(self.family), QSignalBlocker(self.unit):
            self.family.setCurrentIndex(self.family.findData(_kind(duration)))
            given = duration.unit if duration is not None else None
            self.unit.setCurrentIndex(self.unit.findData(given or unit))
        for widget in (self.curve, self.unit):
            widget.setVisible(duration is not None)
        self.restore()

    def restore(self) -> None:
        """Show the last duration again that was not refused."""
        for name, box in self.boxes.items():
            value = getattr(self._duration, name)
            if isinstance(box, NumberSpin):
                box.show_number(value)
            elif not box.isModified():
                box.setText(as_text(self._duration))

    def focus_target(self) -> QWidget:
        """The most likely value, or the way to get one."""
        boxes = self.boxes
        return boxes.get("mode") or next(iter(boxes.values()), self.family)

    def _make_boxes(self) -> None:
        while item := self._boxes.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self.boxes, self._captions = {}, {}
        if self._duration is None:
            return
        for name in fields_of(self._duration.dist):
            caption, box = QLabel(), self._new_box(name)
            caption.setBuddy(box)
            theme.set_role(caption, "muted")
            self._boxes.addWidget(caption)
            self._boxes.addWidget(box, 1)
            self.boxes[name], self._captions[name] = box, caption
        self._name_boxes()

    def _new_box(self, name: str) -> NumberSpin | QLineEdit:
        if name == "quantiles":
            line = QLineEdit()
            line.editingFinished.connect(self._enter_quantiles)
            self.watch(line)
            return line
        step = 0.1 if name == "shape" else 1.0
        box = NumberSpin(step=step)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.entered.connect(lambda value, field=name: self._enter(field, value))
        self.watch(box)
        return box

    # --- wishes -------------------------------------------------------------------------------

    def _enter(self, name: str, value: float) -> None:
        self.show_refusal("")
        entered = {
            field: box.value() for field, box in self.boxes.items() if isinstance(box, NumberSpin)
        }
        self._throttle.flush()
        self.wished.emit({**as_table(self._duration), **entered, name: value})

    def _enter_quantiles(self) -> None:
        box = self.boxes.get("quantiles")
        if not isinstance(box, QLineEdit) or not box.isModified():
            return
        try:
            table = parsed(box.text(), self._duration)
        except UnreadableError as error:
            self.show_refusal(unreadable_words(error))
            return
        box.setModified(False)
        self.wished.emit(table)

    def _drag(self, numbers: dict[str, float]) -> None:
        for name, value in numbers.items():
            box = self.boxes[name]
            if isinstance(box, NumberSpin):
                box.show_number(value)
        self._throttle.put({**as_table(self._duration), **numbers})

    def _hold(self) -> None:
        self.step_began.emit()
        self.is_held = self.curve.is_dragging

    def _finish_drag(self) -> None:
        self._throttle.flush()
        self.is_held = False
        self.drag_finished.emit()

    def _choose_family(self, index: int) -> None:
        kind = self.family.itemData(index)
        if kind != _kind(self._duration):
            self.step_began.emit()
            self.wished.emit(None if not kind else self._in_family(kind))

    def _in_family(self, kind: str) -> Table:
        """The duration in another family, as near to what it was as that can be."""
        unit = {"unit": self.unit.currentData()} if self._duration is not None else {}
        return {"dist": kind, **_like(self._duration, kind), **unit}

    def _choose_unit(self, index: int) -> None:
        self.step_began.emit()
        self.wished.emit({**as_table(self._duration), "unit": self.unit.itemData(index)})

    # --- language, looks, focus ---------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words anew."""
        super().retranslate()
        with QSignalBlocker(self.family), QSignalBlocker(self.unit):
            self._fill(
                self.family, {"": self._absent_words, **{k: choice_words(k) for k in FAMILIES}}
            )
            units = {"days": self.tr("days"), "workdays": self.tr("workdays")}
            self._fill(self.unit, units)
        named = {
            self.family: self.tr("{name}: kind of distribution"),
            self.unit: self.tr("{name}: unit"),
            self.curve: self.tr("{name}: curve with handles"),
        }
        for widget, words in named.items():
            widget.setAccessibleName(words.format(name=self.label.text()))
        self.unit.setToolTip(self.tr("Calendar days, or working days of the scenario's calendar"))
        self.curve.setToolTip(
            self.tr("Drag the handles; with Shift all together. Keys: ↑ ↓ choose, ← → move.")
        )
        self._name_boxes()

    def _name_boxes(self) -> None:
        for name, caption in self._captions.items():
            caption.setText(number_words(name))
            words = f"{self.label.text()}: {number_words(name)}"
            self.boxes[name].setAccessibleName(words)

    @staticmethod
    def _fill(combo: QComboBox, words: dict[str, str]) -> None:
        chosen = combo.currentData()
        combo.clear()
        for data, text in words.items():
            combo.addItem(text, data)
        combo.setCurrentIndex(max(combo.findData(chosen), 0))


def _kind(duration: Any) -> str:
    return "" if duration is None else str(duration.dist)


def _like(duration: Any, kind: str) -> Table:
    """Numbers of a family for a duration like another one; 5, 10, 20 where there was none."""
    if duration is None:
        low, middle, high = 5.0, 10.0, 20.0
    else:
        low, middle, high = _three_points(duration)
    mean, spread = (low + middle + high) / 3, (high - low) / 6
    mean = max(mean, 0.1)
    numbers: dict[str, Table] = {
        "fixed": {"value": middle},
        "uniform": {"min": low, "max": high},
        "triangular": {"min": low, "mode": middle, "max": high},
        "pert": {"min": low, "mode": middle, "max": high},
        "lognormal": {"mean": round(mean, 1), "sd": round(max(spread, 0.1), 1)},
        "gamma": {"mean": round(mean, 1), "shape": 4.0},
        "weibull": {"mean": round(mean, 1), "shape": 2.0},
        "empirical": {"quantiles": (low, middle, high)},
    }
    return numbers[kind]


def _three_points(duration: Any) -> tuple[float, float, float]:
    low, high = (round(float(q), 1) for q in duration.quantile(np.array([0.005, 0.995])))
    low = float(getattr(duration, "min", low))
    high = float(getattr(duration, "max", high))
    middle = min(max(round(float(duration.typical()), 1), low), high)
    if low == high and duration.dist == "fixed":
        return (round(low * 0.5, 1), low, round(low * 1.5, 1))
    return low, middle, high
