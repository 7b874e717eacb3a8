"""The card of what supervision wins by its effect: run and cancel, progress, and the chart."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from approvalsim_ui import theme
from approvalsim_ui.chart_card import ChartCard
from approvalsim_ui.effect_answer import EffectAnswer
from approvalsim_ui.effect_chart import EffectChart
from approvalsim_ui.progress_line import ProgressLine


class EffectCard(ChartCard):
    """The picture of the effect, on demand."""

    requested = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.effect, self.run, self.progress = EffectChart(), QPushButton(), ProgressLine()
        self._is_running = False
        super().__init__(self.effect, "supervision-effect", parent)
        theme.set_role(self.run, "primary")
        self.run.clicked.connect(self._run_or_cancel)
        controls = QWidget()
        row = QHBoxLayout(controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.run)
        row.addWidget(self.progress)
        row.addStretch(1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, controls)  # above the chart, where it is seen on a low screen too
        self.effect.refresh()
        self.show_running(False)

    def show_running(self, running: bool) -> None:
        """Whether the analysis is under way."""
        self._is_running = running
        self.progress.setVisible(running)
        self.progress.show_share(0)
        self._write()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.progress.show_share(done / max(total, 1))

    def show_answer(self, answer: EffectAnswer | None) -> None:
        """What has been found so far."""
        self.effect.show_answer(answer)

    def _run_or_cancel(self) -> None:
        (self.cancelled if self._is_running else self.requested).emit()

    def _write(self) -> None:
        self.run.setText(self.tr("Cancel") if self._is_running else self.tr("Calculate"))
        self.run.setToolTip(self.tr("Run every effect from 0 to 30 % under the same luck"))
        self.progress.setAccessibleName(self.tr("Progress of the analysis"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._is_built:
            self._write()
