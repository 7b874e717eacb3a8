"""The status bar: which engine answered, how many replications, the seed; language and looks."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from approvalsim_ui import language, theme
from approvalsim_ui.answer import Answer


class StatusBar(QStatusBar):
    """Facts about the answer shown, and two switches."""

    language_asked = Signal()
    theme_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._readiness = "unknown"
        self._running = False
        self.state, self.engine = QLabel(), QLabel()
        self.replications, self.seed, self.calendar = QLabel(), QLabel(), QLabel()
        self.language, self.theme = QToolButton(), QToolButton()
        self.addWidget(self.state)
        self.addWidget(self.engine)
        self.addWidget(self.replications)
        self.addWidget(self.seed)
        self.addWidget(self.calendar)
        for label in (self.engine, self.replications, self.seed, self.calendar):
            theme.set_role(label, "muted")
            label.setContentsMargins(10, 2, 0, 2)
        self.state.setContentsMargins(8, 2, 0, 2)
        for button, signal in (
            (self.language, self.language_asked),
            (self.theme, self.theme_asked),
        ):
            theme.set_role(button, "flat")
            button.setIconSize(QSize(16, 16))
            button.clicked.connect(signal)
            self.addPermanentWidget(button)
        self.setSizeGripEnabled(False)
        self.retranslate()

    def show_answer(self, answer: Answer | None) -> None:
        """What the figures on the screen come from."""
        self._answer = answer
        self._write()

    def show_readiness(self, readiness: str) -> None:
        """How it stands with the compiled engine."""
        self._readiness = readiness
        self._write()

    def show_running(self, running: bool) -> None:
        """Whether a run is under way."""
        self._running = running
        self._write()

    def _write(self) -> None:
        self.state.setText(self._state())
        answer = self._answer
        for label in (self.engine, self.replications, self.seed, self.calendar):
            label.setVisible(answer is not None)
        if answer is None:
            return
        self.engine.setText(self._engine(answer))
        self.replications.setText(
            self.tr("Replications: {done} of {wanted}").format(**_counts(answer))
            if not answer.is_final
            else self.tr("Replications: {done}").format(**_counts(answer))
        )
        self.seed.setText(self.tr("Seed: {seed}").format(seed=answer.seed))
        self.calendar.setVisible(answer.assumed_from is not None)
        if answer.assumed_from:
            self.calendar.setText(
                self.tr("Holidays assumed from {date}").format(
                    date=language.day(answer.assumed_from)
                )
            )

    def _state(self) -> str:
        if self._running:
            return self.tr("◔ Running")
        if self._answer is None:
            return self.tr("○ No answer yet")
        if self._answer.is_final:
            return self.tr("● Complete")
        return self.tr("◑ Provisional")

    def _engine(self, answer: Answer) -> str:
        if answer.engine == "kernel":
            return self.tr("Engine: compiled")
        if self._readiness in ("wanted", "compiling"):
            return self.tr("Engine: SimPy, while the quick one is being compiled (once)")
        if self._readiness == "failed":
            return self.tr("Engine: SimPy; the quick one could not be compiled")
        return self.tr("Engine: SimPy")

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.language.setText("English" if language.current() == "zh" else "中文")
        self.language.setToolTip(self.tr("Change the language"))
        self.language.setAccessibleName(self.tr("Change the language"))
        self.theme.setToolTip(self.tr("Light or dark"))
        self.theme.setAccessibleName(self.tr("Light or dark"))
        self.theme.setIcon(theme.icon("theme"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)


def _counts(answer: Answer) -> dict[str, Any]:
    return {
        "done": language.locale().toString(answer.replications),
        "wanted": language.locale().toString(answer.wanted),
    }
