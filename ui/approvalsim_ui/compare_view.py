"""The Compare screen: five charts of one answer, each with its sentence and its table."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from approvalsim_ui.answer import Answer
from approvalsim_ui.answer_chart import AnswerChart
from approvalsim_ui.card_grid import CardGrid
from approvalsim_ui.chart_card import ChartCard
from approvalsim_ui.curve_chart import CurveChart
from approvalsim_ui.date_chips import DateChips
from approvalsim_ui.difference_chart import DifferenceChart
from approvalsim_ui.explanations import origin
from approvalsim_ui.gain_chart import GainChart
from approvalsim_ui.price_chart import PriceChart
from approvalsim_ui.start_rate_chart import StartRateChart
from approvalsim_ui.target_field import TargetField

_A_MOMENT = 250
"""Milliseconds after which cards that nobody sees catch up."""
_CARD_OF = {"difference": "difference", "p50": "curve", "p80": "curve", "price": "price"}
"""Which chart shows the figures of the headline."""


class CompareView(QWidget):
    """Curves, paired differences, gains, start rates and the price, for one answer."""

    dates_changed = Signal(tuple)
    """The user wants start rates at the end of these dates."""
    target_changed = Signal(object)
    """The user's target in days from signing, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self.curve, self.difference, self.gain = CurveChart(), DifferenceChart(), GainChart()
        self.start_rate, self.price = StartRateChart(), PriceChart()
        self.charts: dict[str, AnswerChart] = {
            "curve": self.curve,
            "difference": self.difference,
            "gain": self.gain,
            "start_rate": self.start_rate,
            "price": self.price,
        }
        self.cards = {key: ChartCard(chart, key) for key, chart in self.charts.items()}
        self._behind: list[str] = []
        self._turn, self._soon = QTimer(self, singleShot=True), QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._take_turn)
        self._soon.timeout.connect(self._take_late_turn)
        self.target, self.dates = TargetField(), DateChips()
        self.cards["curve"].add_controls(self.target)
        self.cards["start_rate"].add_controls(self.dates)
        self.grid = CardGrid(tuple(self.cards.values()), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.grid.seen_changed.connect(self._catch_up)
        self.target.target_changed.connect(self._take_target)
        self.curve.target_changed.connect(self._take_target)
        self.dates.dates_changed.connect(self.dates_changed)

    def show_answer(self, answer: Answer) -> None:
        """Show an answer, in place of the one before; charts that are seen follow one by one.

        Each does so in a turn of its own, that the window is never away for long.
        """
        is_first, self._answer = self._answer is None, answer
        # Those that have waited longest come first, or a quick hand would leave some behind.
        self._behind += [key for key in self.cards if key not in self._behind]
        if is_first:
            self._catch_up()
        self._soon.stop()
        self._turn.start(0)
        self.dates.show_dates(answer.dates, date(answer.b.scenario.start.year, 12, 31))
        self._write_notes()

    def show_target(self, days: int | None) -> None:
        """Show how many make it within so many days of signing; None for no target."""
        self.target.show_target(days)
        self.curve.show_target(days)

    def show_figure(self, key: str) -> None:
        """Bring the chart behind a figure of the headline into view."""
        name = "start_rate" if key.startswith("rate:") else _CARD_OF.get(key, "curve")
        self.grid.ensureWidgetVisible(self.cards[name])
        self.cards[name].chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _catch_up(self) -> None:
        """Show the answer in all cards that are seen and behind it."""
        for key in self._seen_behind():
            self._show(key)

    def _take_turn(self) -> None:
        """One card that is seen catches up; those nobody sees can wait a moment."""
        for key in self._seen_behind()[:1]:
            self._show(key)
            self._turn.start(0)
            return
        if self._behind:
            self._soon.start(_A_MOMENT)

    def _take_late_turn(self) -> None:
        self._show(self._behind[0])
        if self._behind:
            self._soon.start(0)

    def _seen_behind(self) -> list[str]:
        return [key for key in self._behind if self.grid.sees(self.cards[key])]

    def _show(self, key: str) -> None:
        if self._answer is not None:
            self._behind.remove(key)
            self.charts[key].show_answer(self._answer)

    def _take_target(self, days: int | None) -> None:
        self.show_target(days)
        self.target_changed.emit(days)

    def _write_notes(self) -> None:
        if self._answer is None:
            return
        stem = self._answer.b.scenario.id
        note = origin(self._answer)
        for key, card in self.cards.items():
            card.name = f"{stem}-{key.replace('_', '-')}"
            card.show_note(note)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_notes()
