"""The card of what matters most: what to measure, run and cancel, progress, and the chart."""

from datetime import date
from typing import get_args

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim.yardstick import Measure, Yardstick
from approvalsim_ui import theme
from approvalsim_ui.chart_card import ChartCard
from approvalsim_ui.tornado_answer import TornadoAnswer
from approvalsim_ui.tornado_chart import Group, TornadoChart

_MEASURES: tuple[Measure, ...] = get_args(Measure)


class TornadoCard(ChartCard):
    """A tornado on demand."""

    requested = Signal(Yardstick)
    """Find out what matters most, by this yardstick."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.tornado = TornadoChart()
        self.measure, self.run = QComboBox(), QPushButton()
        self.progress = QProgressBar()
        self.groups: dict[Group, QPushButton] = {"real": QPushButton(), "percent": QPushButton()}
        self._dates: tuple[date, ...] = ()
        self._rate = "–"
        self._is_running = False
        super().__init__(self.tornado, "what-matters-most", parent)
        self.measure.addItems(list(_MEASURES))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        keeps_its_place = self.progress.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps_its_place)
        self.progress.hide()
        theme.set_role(self.run, "primary")
        self.run.clicked.connect(self._run_or_cancel)
        self._group = QButtonGroup(self)
        for group, button in self.groups.items():
            button.setCheckable(True)
            theme.set_role(button, "chip")
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, group=group: self.tornado.show_group(group))
        self.groups["real"].setChecked(True)
        self.add_controls(self._controls())
        self.tornado.refresh()
        self._write()

    def show_dates(self, dates: tuple[date, ...], rate: str) -> None:
        """Dates at which the share of projects may be asked, which is called ``rate`` on the first.

        The first one is taken.
        """
        if (dates, rate) != (self._dates, self._rate):
            self._dates, self._rate = dates, rate
            self._write()

    def show_running(self, running: bool) -> None:
        """Whether the analysis is under way."""
        self._is_running = running
        self.progress.setVisible(running)
        self.progress.reset()
        self.measure.setEnabled(not running)
        self._write()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def show_effects(self, answer: TornadoAnswer | None) -> None:
        """What has been found so far; None where it is of another scenario."""
        self.tornado.show_answer(answer)

    def _controls(self) -> QWidget:
        controls = QWidget()
        column = QVBoxLayout(controls)
        column.setContentsMargins(0, 0, 0, 0)
        choices, measured = QHBoxLayout(), QHBoxLayout()
        for button in self.groups.values():
            choices.addWidget(button)
        choices.addStretch(1)
        measured.addWidget(self.measure)
        measured.addStretch(1)
        measured.addWidget(self.run)
        column.addLayout(measured)
        column.addLayout(choices)
        column.addWidget(self.progress)
        return controls

    def _run_or_cancel(self) -> None:
        if self._is_running:
            self.cancelled.emit()
            return
        measure = _MEASURES[self.measure.currentIndex()]
        day = self._dates[0] if measure == "start-rate" and self._dates else None
        self.requested.emit(Yardstick(measure, day))

    def _write(self) -> None:
        """Words of the controls; a share can be asked only where there is a date."""
        words = {
            "mean": self.tr("Mean time"),
            "p50": "P50",
            "p80": "P80",
            "effective": self.tr("Mean time with stop-work"),
            "start-rate": self._rate,
        }
        for position, measure in enumerate(_MEASURES):
            self.measure.setItemText(position, words[measure])
        model = self.measure.model()
        rate = model.index(_MEASURES.index("start-rate"), 0)
        if item := getattr(model, "itemFromIndex", lambda _: None)(rate):
            item.setEnabled(bool(self._dates))
        self.measure.setAccessibleName(self.tr("What is measured"))
        self.run.setText(self.tr("Cancel") if self._is_running else self.tr("Calculate"))
        self.run.setToolTip(
            "" if self._is_running else self.tr("Some seconds for one project, minutes for many")
        )
        self.groups["real"].setText(self.tr("As far as they go"))
        self.groups["percent"].setText(self.tr("All by ±20 %"))
        self.progress.setAccessibleName(self.tr("Progress of the analysis"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._is_built:
            self._write()
