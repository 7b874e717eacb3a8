"""The two bars of a walk: whose walk it is; and playing, stepping, scrubbing with the date."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import language, theme
from approvalsim_ui.walk_player import SPEEDS
from approvalsim_ui.walk_story import Case

translate = QCoreApplication.translate

CASES: tuple[Case, ...] = ("median", "p80", "worst")
PARTS = 20
"""Places of the slider for one day."""
ROOMY = 1500
"""Pixels in which all choices and the headline have room side by side."""


class ElidedLabel(QLabel):
    """A label in one line that shows as much as there is room for; the tooltip has it all."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what there is room for."""
        painter = QPainter(self)
        elide, align = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignVCenter
        shown = self.fontMetrics().elidedText(self.text(), elide, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), align, shown)
        painter.end()


class WalkPicker(QWidget):
    """Chooses side, project and case."""

    picked = Signal()
    """Somebody chose something else."""
    smooth_chosen = Signal(bool)
    below_chosen = Signal(int)
    """What stands below the network: the timeline (0) or the events (1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._row = row = QHBoxLayout()
        self._rows.addLayout(row)
        row.setSpacing(6)
        self.sides = {side: QPushButton() for side in ("a", "b")}
        self.cases = {case: QPushButton() for case in CASES}
        self.project = QComboBox()
        self._projects: tuple[tuple[str, str], ...] = ()
        self.project.setMinimumContentsLength(12)
        self.headline, self.calm = ElidedLabel(), QCheckBox()
        self.below = {number: QPushButton() for number in range(2)}
        for buttons in (self.sides, self.cases, self.below):
            group = QButtonGroup(self, exclusive=True)
            for button in buttons.values():
                button.setCheckable(True)
                theme.set_role(button, "chip")
                group.addButton(button)
        for button in self.sides.values():
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.project)
        for button in self.cases.values():
            row.addWidget(button)
        row.addSpacing(8)
        self._place_of_headline = row.count()
        row.addWidget(self.headline, 1)
        row.addStretch()
        row.addWidget(self.calm)
        for button in self.below.values():
            row.addWidget(button)
        self.sides["b"].setChecked(True)
        self.cases["median"].setChecked(True)
        self.below[0].setChecked(True)
        self._connect()
        self._chooses = [*self.sides.values(), self.project, *self.cases.values()]
        self.show_ready(False)

    def _connect(self) -> None:
        for button in (*self.sides.values(), *self.cases.values()):
            button.clicked.connect(self.picked)
        for number, button in self.below.items():
            button.clicked.connect(lambda _=False, number=number: self.below_chosen.emit(number))
        self.project.activated.connect(self.picked)
        self.calm.toggled.connect(lambda on: self.smooth_chosen.emit(not on))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, the headline stands in a line of its own."""
        super().resizeEvent(event)
        below = self.width() < ROOMY
        if below == (self._row.indexOf(self.headline) < 0):
            return
        if below:
            self._row.removeWidget(self.headline)
            self._rows.addWidget(self.headline)
        else:
            self._rows.removeWidget(self.headline)
            self._row.insertWidget(self._place_of_headline, self.headline, 1)

    @property
    def side(self) -> str:
        """``a`` or ``b``."""
        return next(side for side, button in self.sides.items() if button.isChecked())

    @property
    def case(self) -> Case:
        """The case asked for."""
        return next(case for case, button in self.cases.items() if button.isChecked())

    @property
    def chosen_project(self) -> str:
        """The id of the project; empty for whichever is the case."""
        return str(self.project.currentData() or "")

    def show_ready(self, ready: bool) -> None:
        """Whether there is anything to choose from."""
        for part in self._chooses:
            part.setVisible(ready)
        if not ready:
            self.headline.setText(translate("WalkBar", "Waiting for the first result…"))

    def show_sides(self, names: tuple[str, str]) -> None:
        """What A and B are."""
        for (side, button), name in zip(self.sides.items(), names, strict=True):
            button.setText(f"{side.upper()} {name}")

    def show_projects(self, projects: Sequence[tuple[str, str]]) -> None:
        """Projects to choose from (ids and names), behind *any*."""
        if tuple(projects) == self._projects:
            return
        kept, self._projects = self.chosen_project, tuple(projects)
        with QSignalBlocker(self.project):
            self.project.clear()
            self.project.addItem(translate("WalkBar", "any project"), "")
            for id_, name in projects:
                self.project.addItem(name, id_)
            self.project.setCurrentIndex(max(self.project.findData(kept), 0))

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        words = {
            "median": translate("WalkBar", "median"),
            "p80": translate("WalkBar", "P80"),
            "worst": translate("WalkBar", "worst"),
        }
        tips = {
            "median": translate("WalkBar", "Half of all are not slower"),
            "p80": translate("WalkBar", "Eight of ten are not slower"),
            "worst": translate("WalkBar", "The slowest of all"),
        }
        if not self.sides["a"].text():
            self.show_ready(False)
        for case, button in self.cases.items():
            button.setText(words[case])
            button.setToolTip(tips[case])
        self.below[0].setText(translate("WalkBar", "Timeline"))
        self.below[1].setText(translate("WalkBar", "Events"))
        self.calm.setText(translate("WalkBar", "Less motion"))
        self.calm.setToolTip(translate("WalkBar", "Go from event to event instead of gliding"))
        self.project.setAccessibleName(translate("WalkBar", "Project"))
        if self.project.count():
            self.project.setItemText(0, translate("WalkBar", "any project"))


class WalkControls(QWidget):
    """Play, pause, step, scrub, speed."""

    play_wanted = Signal()
    step_wanted = Signal(int)
    ends_wanted = Signal(int)
    """To the beginning (−1) or to the end (1)."""
    sought = Signal(float)
    speed_chosen = Signal(float)

    def __init__(self, ticker: QWidget, parent: QWidget | None = None) -> None:
        """``ticker`` stands between the buttons and the slider."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.first, self.back, self.play = QToolButton(), QToolButton(), QToolButton()
        self.forward, self.last = QToolButton(), QToolButton()
        self._playing, self._begin = False, 0.0
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setSingleStep(PARTS)
        self.slider.setPageStep(7 * PARTS)
        self.slider.setMinimumWidth(120)
        self.speed = QComboBox()
        self.speed.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for button in (self.first, self.back, self.play, self.forward, self.last):
            theme.set_role(button, "flat")
            button.setIconSize(QSize(18, 18))
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(ticker, 4)
        row.addWidget(self.slider, 1)
        row.addWidget(self.speed)
        self.play.clicked.connect(self.play_wanted)
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.forward.clicked.connect(lambda: self.step_wanted.emit(1))
        self.first.clicked.connect(lambda: self.ends_wanted.emit(-1))
        self.last.clicked.connect(lambda: self.ends_wanted.emit(1))
        self.slider.valueChanged.connect(lambda at: self.sought.emit(self._begin + at / PARTS))
        self.speed.activated.connect(lambda: self.speed_chosen.emit(self.speed.currentData()))
        self.retheme()

    def show_span(self, begin: float, end: float) -> None:
        """The times the slider goes through."""
        self._begin = begin
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(round((end - begin) * PARTS), 1))

    def show_time(self, time: float, words: str) -> None:
        """Where the clock stands."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((time - self._begin) * PARTS))
        self.slider.setAccessibleDescription(words)

    def show_playing(self, playing: bool) -> None:
        """Whether time goes on by itself."""
        self._playing = playing
        self.retheme()
        self._name_play()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        names = {
            self.first: translate("WalkBar", "To the signing (Home)"),
            self.back: translate("WalkBar", "Event before (←)"),
            self.forward: translate("WalkBar", "Next event (→)"),
            self.last: translate("WalkBar", "To the end (End)"),
        }
        for button, words in names.items():
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.slider.setAccessibleName(translate("WalkBar", "Time"))
        self.speed.setAccessibleName(translate("WalkBar", "Speed"))
        chosen = self.speed.currentData() or SPEEDS[2]
        with QSignalBlocker(self.speed):
            self.speed.clear()
            for speed in SPEEDS:
                said = translate("WalkBar", "{days} days a second")
                self.speed.addItem(said.format(days=language.number(speed, 0)), speed)
            self.speed.setCurrentIndex(max(self.speed.findData(chosen), 0))
        self._name_play()

    def _name_play(self) -> None:
        if self._playing:
            words = translate("WalkBar", "Pause (Space)")
        else:
            words = translate("WalkBar", "Play (Space)")
        self.play.setToolTip(words)
        self.play.setAccessibleName(words)

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        self.play.setIcon(theme.icon("pause" if self._playing else "play"))
        icons = {"to_start": self.first, "step_back": self.back, "step": self.forward}
        for name, button in {**icons, "to_end": self.last}.items():
            button.setIcon(theme.icon(name))
