"""The strip that stands above every screen: the outcome in a sentence, and the figures behind it.

Every figure can be asked where it comes from. How fresh they are is said in words, in a place of
its own, so that nothing moves while answers get better.
"""

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import language, theme
from approvalsim_ui.answer import Answer
from approvalsim_ui.chart_card import ReadingLabel
from approvalsim_ui.explanations import explanation
from approvalsim_ui.figure_button import FigureButton
from approvalsim_ui.headline_words import figures, sentence

State = Literal["empty", "fresh", "refining", "stale", "partial", "failed"]
_GAP = 8
_A_MOMENT = 300
"""Milliseconds."""


class Headline(QWidget):
    """The outcome in words, and P50, P80, start rates, difference and price as buttons."""

    explain = Signal(str)
    """Where does this figure come from? The figure's key."""
    chart_wanted = Signal(str)
    """Which chart shows this figure? The figure's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._state: State = "empty"
        self._progress = (0, 0)
        self.sentence, self.state = ReadingLabel(lines=1), QLabel()
        self.sentence.setFont(theme.text_font(1.2, bold=True))
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.buttons: list[FigureButton] = []
        self.explanation = Explanation(self)
        self.explanation.chart_wanted.connect(self.chart_wanted)
        # What passes in a moment is not worth a word: under a drag the words would flicker.
        self._soon = QTimer(self, singleShot=True, interval=_A_MOMENT)
        self._soon.timeout.connect(self._write_state)
        # Its buttons must not keep the window from getting narrower: some of them give way then.
        self._shelf = QWidget()
        self._shelf.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self._shelf)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self.retranslate()

    # --- what to show ----------------------------------------------------------------------------

    def show_answer(self, answer: Answer) -> None:
        """Show an answer; it says itself whether it is final or provisional."""
        self._answer = answer
        if answer.manifest.partial:
            self._state = "partial"
        else:
            self._state = "fresh" if answer.is_final else "refining"
        self._progress = (answer.replications, answer.wanted)
        self._show_state()
        self._write()

    def show_stale(self) -> None:
        """What is shown no longer belongs to what is asked; a new answer is on its way."""
        if self._answer is not None and self._state != "stale":
            self._state = "stale"
            self._show_state()

    def show_progress(self, done: int, wanted: int) -> None:
        """So many replications are done."""
        self._progress = (done, wanted)
        self._show_state()

    def show_failure(self) -> None:
        """There will be no new answer: the sides cannot be compared."""
        self._state = "failed"
        self._show_state()

    # --- inside ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.sentence, 1)
        top.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._shelf)

    def _show_state(self) -> None:
        if self._state in ("refining", "stale"):
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._soon.stop()
            self._write_state()

    def _write(self) -> None:
        if self._answer is None:
            self.sentence.show_text(self.tr("Calculating the first answer…"))
            return
        self.sentence.show_text(sentence(self._answer))
        found = tuple(figures(self._answer))
        while len(self.buttons) < len(found):
            self._add_button()
        for number, button in enumerate(self.buttons):
            if number < len(found):
                button.show_figure(found[number])
                button.setToolTip(self.tr("Where does this come from?"))
        self._fit(len(found))

    def _add_button(self) -> None:
        button = FigureButton(self)
        button.clicked.connect(lambda: self._explain(button))
        self._row.insertWidget(len(self.buttons), button)
        self.buttons.append(button)

    def _fit(self, count: int) -> None:
        """Show as many as there is room for; start rates at later dates give way first."""
        used = [button for button in self.buttons[:count] if button.figure]
        left = self.width() - sum(button.sizeHint().width() + _GAP for button in used)
        hidden = set(self.buttons[count:])
        for button in reversed(used):
            if left >= -_GAP:
                break
            if button.figure and button.figure.key.startswith("rate:"):
                hidden.add(button)
                left += button.sizeHint().width() + _GAP
        for button in self.buttons:
            button.setVisible(button not in hidden)

    def _write_state(self) -> None:
        done, wanted = (language.number(number, 0) for number in self._progress)
        words = self._state_words().format(done=done, wanted=wanted)
        self.state.setText(words)
        self.state.setAccessibleName(words)
        roles: dict[State, theme.Role] = {
            "fresh": "muted",
            "empty": "muted",
            "refining": "info",
            "stale": "warn",
            "partial": "warn",
            "failed": "bad",
        }
        if self.state.property("role") != roles[self._state]:
            theme.set_role(self.state, roles[self._state])

    def _state_words(self, state: State | None = None) -> str:
        return {
            "empty": "",
            "fresh": self.tr("up to date · {wanted} replications"),
            "refining": self.tr("first answer · {done} of {wanted}"),
            "stale": self.tr("changed · calculating anew"),
            "partial": self.tr("stopped · only {done} of {wanted}"),
            "failed": self.tr("no answer · see the messages"),
        }[state or self._state]

    def _explain(self, button: FigureButton) -> None:
        if button.figure is None or self._answer is None:
            return
        key = button.figure.key
        self.explanation.show_text(key, button.figure.caption, explanation(self._answer, key))
        self.explanation.show_below(button)
        self.explain.emit(button.figure.key)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        metrics = QFontMetricsF(theme.text_font())
        every: tuple[State, ...] = ("fresh", "refining", "stale", "partial", "failed")
        words = (self._state_words(state).format(done="88,888", wanted="88,888") for state in every)
        self.state.setFixedWidth(round(max(map(metrics.horizontalAdvance, words))) + 20)
        self._write_state()
        self._write()
        for button in self.buttons:
            button.refit()
        self._fit(sum(button.figure is not None for button in self.buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer figures."""
        super().resizeEvent(event)
        if self._answer is not None:
            self._fit(len(tuple(figures(self._answer))))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            for button in self.buttons:
                button.update()


class Explanation(QFrame):
    """Words about one figure, in a small window that goes away by itself or with Escape."""

    chart_wanted = Signal(str)
    """Which chart shows this figure? The figure's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        theme.set_role(self, "card")
        self._key = ""
        self.heading, self.text = QLabel(), QLabel(wordWrap=True)
        self.link = QPushButton()
        theme.set_role(self.link, "link")
        self.link.clicked.connect(self._follow)
        theme.set_role(self.heading, "heading")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.text.setFixedWidth(440)

    def show_text(self, key: str, heading: str, text: str) -> None:
        """What to say about the figure of a key."""
        self._key = key
        self.link.setText(self.tr("Show the chart"))
        self.heading.setText(heading)
        self.text.setText(text)
        self.text.setMinimumHeight(0)  # or the height needed would not be below what it has
        self.text.setFixedHeight(self.text.heightForWidth(440))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
        self.adjustSize()

    def _follow(self) -> None:
        self.close()
        self.chart_wanted.emit(self._key)

    def show_below(self, widget: QWidget) -> None:
        """Appear below a widget, inside the screen."""
        corner = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        space = widget.screen().availableGeometry()
        corner.setX(min(corner.x(), space.right() - self.width() - 8))
        if corner.y() + self.height() > space.bottom():
            corner.setY(max(space.bottom() - self.height() - 8, space.top()))
        self.move(corner)
        self.show()
