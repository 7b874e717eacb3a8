"""The line above the dispatch board: how many of each light, and what is expected."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from approvalsim.forecast import Forecast
from approvalsim.lights import Signal
from approvalsim.voice import Voice
from approvalsim_ui import language, theme
from approvalsim_ui.progress_line import ProgressLine
from approvalsim_ui.signal_words import signal_words
from approvalsim_ui.standing_answer import Standing

_ROLES: dict[Signal, theme.Role] = {
    Signal.RED: "bad",
    Signal.YELLOW: "warn",
    Signal.WARNING: "info",
    Signal.GREEN: "good",
}


class DispatchSummary(QWidget):
    """Counts of the lights, starts expected this quarter, and the start rate at the year's end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing: Standing | None = None
        self.counts = {signal: QLabel() for signal in Signal if signal is not Signal.LEFT}
        self.expected, self.state = QLabel(), QLabel()
        self.expected.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = ProgressLine()
        keeps = self.progress.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps)
        self.progress.hide()
        theme.set_role(self.state, "muted")
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for signal, label in self.counts.items():
            if signal in _ROLES:
                theme.set_role(label, _ROLES[signal])
            upper.addWidget(label)
        upper.addStretch(1)
        upper.addWidget(self.state)
        upper.addWidget(self.progress)
        lower.addWidget(self.expected, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(upper)
        column.addLayout(lower)

    def show_standing(self, standing: Standing) -> None:
        """Show what is known."""
        self._standing = standing
        self._write()

    def show_running(self, running: bool) -> None:
        """Whether the forecast is on its way."""
        self.progress.setVisible(running)
        if running:
            self.progress.show_share(0.0)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.progress.show_share(done / max(total, 1))

    def _write(self) -> None:
        standing = self._standing
        if standing is None:
            return
        for signal, label in self.counts.items():
            number = standing.board.count(signal)
            label.setText(f"{signal_words(signal)} {number}")
            label.setVisible(signal in _ROLES or number > 0)
        ahead = standing.forecast
        self.expected.setText(_expected(ahead) if ahead else "")
        self.expected.setToolTip(self.expected.text())
        self.state.setText(self._state(standing))

    def _state(self, standing: Standing) -> str:
        ahead = standing.forecast
        if ahead is None:
            follows = self.tr("Lights from the register; forecast follows")
            return "" if standing.question.effort is None or standing.is_final else follows
        number = language.number(ahead.replications, 0)
        if standing.is_final:
            return self.tr("Forecast by the model, {number} replications").format(number=number)
        return self.tr("Provisional forecast, {number} replications").format(number=number)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write()


def _expected(ahead: Forecast) -> str:
    """Starts expected this quarter, and the rate at the year's end with its interval."""
    voice = Voice(ahead.scenario, language.current())
    quarter = (ahead.as_of.month + 2) // 3
    now = next(
        (q for q in ahead.quarters if (q.year, q.quarter) == (ahead.as_of.year, quarter)), None
    )
    known, more = (now.known, now.expected - now.known) if now else (0, 0.0)
    goal = voice.goal(ahead.measure)
    first = voice(
        f"本季度已{goal} {known} 个，预计还有 {more:.1f} 个",
        f"This quarter {known} reached {goal}, {more:.1f} more expected",
    )
    rate = next((r for r in ahead.rates if (r.date.month, r.date.day) == (12, 31)), None)
    if rate is None:
        return first
    share = tuple(language.percent(each) for each in (rate.rate, rate.low, rate.high))
    name = voice.rate(ahead.measure)
    second = voice(
        f"{rate.date.year} 年底{name} {share[0]}（九成可能在 {share[1]} 至 {share[2]} 之间）",
        f"{name} at the end of {rate.date.year}: {share[0]}"
        f" (nine times in ten from {share[1]} to {share[2]})",
    )
    return voice(f"{first}；{second}。", f"{first}; {second}.")
