"""What would bring a target that cannot be held closer: each measure with a way to try it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from approvalsim.levers import Gain
from approvalsim_ui import language, theme
from approvalsim_ui.schedule_answer import ScheduleAnswer
from approvalsim_ui.schedule_words import lever_words, voice_of

MOST = 8
"""Measures that are offered."""
AT_ONCE = 3
"""Measures that are seen without scrolling."""


class ScheduleMeasures(QFrame):
    """The measures that gain most days; hidden where the target holds."""

    variant_wanted = Signal(object)
    """A `Gain`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self._answer: ScheduleAnswer | None = None
        self.title = QLabel()
        theme.set_role(self.title, "heading")
        self.names = [QLabel() for _ in range(MOST)]
        self.days = [QLabel() for _ in range(MOST)]
        self.buttons = [QPushButton() for _ in range(MOST)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for row in range(MOST):
            grid.addWidget(self.names[row], row, 0)
            grid.addWidget(self.days[row], row, 1)
            grid.addWidget(self.buttons[row], row, 2)
            self.buttons[row].clicked.connect(lambda _=False, row=row: self._try(row))
            theme.set_role(self.buttons[row], "link")
        grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(4)
        inner = QWidget()
        inner.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setWidget(inner)
        theme.set_role(inner, "list")
        column.addWidget(self.title)
        column.addWidget(self._scroller)
        self._write()

    @property
    def gains(self) -> tuple[Gain, ...]:
        """Those that are offered."""
        return self._answer.gains[:MOST] if self._answer else ()

    def show_answer(self, answer: ScheduleAnswer) -> None:
        """Offer what would help."""
        self._answer = answer
        self._write()

    def _write(self) -> None:
        self.setVisible(bool(self.gains))
        self.title.setText(self.tr("What would bring it closer, one thing at a time"))
        for number in range(MOST):
            self.buttons[number].setText(self.tr("Try in a variant"))
            for widget in (self.names[number], self.days[number], self.buttons[number]):
                widget.setVisible(number < len(self.gains))
        row = max(self.buttons[0].sizeHint().height(), self.names[0].sizeHint().height()) + 2
        self._scroller.setFixedHeight(row * min(max(len(self.gains), 1), AT_ONCE) + 2)
        if self._answer is not None:
            for number, gain in enumerate(self.gains):
                self._write_gain(number, gain, self._answer)

    def _write_gain(self, number: int, gain: Gain, answer: ScheduleAnswer) -> None:
        words = lever_words(gain, voice_of(answer))
        self.names[number].setText(f"{number + 1}. {words}")
        said = self.tr("{days} days earlier")
        if gain.closes:
            said = self.tr("{days} days earlier: the target then holds")
        if not _is_of_scenario(gain, answer):
            said += " · " + self.tr("decided for the project, not in the scenario")
            self.buttons[number].hide()
        self.days[number].setText(said.format(days=language.number(gain.days, 0)))
        named = self.tr("Try in a variant: {measure}").format(measure=words)
        self.buttons[number].setAccessibleName(named)

    def _try(self, row: int) -> None:
        if row < len(self.gains):
            self.variant_wanted.emit(self.gains[row])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write()


def _is_of_scenario(gain: Gain, answer: ScheduleAnswer) -> bool:
    """Whether a variant of the scenario can try it.

    The path of a project of the register, or of a generated one, is no matter of the scenario.
    """
    question = answer.question
    policy = question.scenario.commitment
    all_may = policy is not None and policy.enabled and not question.scenario.project
    return gain.kind != "policy" or (question.register is None and not all_may)
