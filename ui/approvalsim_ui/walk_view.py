"""A walk through one replication: tokens on the network, the date, the timeline, the events.

It is given an answer to pick a case from, asks for the story of that case, and plays it.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from approvalsim_ui.answer import Answer, Side
from approvalsim_ui.compare_words import goal, side_names
from approvalsim_ui.graph_canvas import GraphCanvas
from approvalsim_ui.graph_cards import EMPTY
from approvalsim_ui.walk_bar import WalkControls, WalkPicker
from approvalsim_ui.walk_moment import moment
from approvalsim_ui.walk_player import WalkPlayer
from approvalsim_ui.walk_story import Walk, chosen
from approvalsim_ui.walk_table import WalkTable
from approvalsim_ui.walk_ticker import WalkTicker
from approvalsim_ui.walk_timeline import WalkTimeline
from approvalsim_ui.walk_tokens import Tokens
from approvalsim_ui.walk_words import WalkWords, project_name, translate

Request = tuple[str, int, str]
"""Project, replication, side (``a`` or ``b``)."""


class WalkView(QWidget):
    """Plays the story of one project."""

    gliding_changed = Signal(bool)
    """Whether it shall glide from event to event from now on."""
    story_requested = Signal(str, int, str)
    """Wants `show_story` for a project, a replication and a side (``a`` or ``b``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Answer | None = None
        self.walk: Walk | None = None
        self._words: WalkWords | None = None
        self._asked: Request | None = None
        self._asked_of: Answer | None = None
        self.picker, self.ticker = WalkPicker(), WalkTicker()
        self.controls = WalkControls(self.ticker)
        self.canvas = GraphCanvas(editable=False, least=0.65)
        self.tokens = Tokens(self.canvas.graph)
        self.timeline, self.table = WalkTimeline(), WalkTable()
        self.player = WalkPlayer(self)
        self.below = QStackedWidget()
        self.below.addWidget(self.timeline)
        self.below.addWidget(self.table)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.canvas)
        self.split.addWidget(self.below)
        self.split.setStretchFactor(0, 1)
        self._split_by_user = False
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 5)
        column.setSpacing(4)
        for part in (self.picker, self.controls, self.split):
            column.addWidget(part)
        column.setStretchFactor(self.split, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.picker.picked.connect(self.ask)
        self.player.moved.connect(self._show_time)
        self.player.playing_changed.connect(self.controls.show_playing)
        self.controls.play_wanted.connect(self.player.toggle)
        self.controls.step_wanted.connect(self.player.step)
        self.controls.ends_wanted.connect(self._to_end)
        self.controls.sought.connect(self._seek)
        self.controls.speed_chosen.connect(lambda speed: setattr(self.player, "speed", speed))
        self.picker.smooth_chosen.connect(self._set_smooth)
        self.split.splitterMoved.connect(self._keep_split)
        self.picker.below_chosen.connect(self.below.setCurrentIndex)
        self.timeline.sought.connect(self._seek)
        self.table.sought.connect(self._seek)

    # --- what is shown ---------------------------------------------------------------------------

    def show_answer(self, answer: Answer) -> None:
        """Pick cases from an answer from now on."""
        self.answer = answer
        self.picker.show_sides(side_names(answer))
        self.picker.show_ready(True)
        axes, scenario = self._side(answer).plan.axes, self._side(answer).scenario
        self.picker.show_projects([(id_, project_name(scenario, id_)) for id_ in axes.projects])
        if self.isVisible() and (answer.is_final or self._asked_of is None):
            self._ask_anew()

    def _redraw(self) -> None:
        """Lay the network out anew for other words, without motion."""
        if self.walk is None or self._words is None:
            return
        self.tokens.settle()
        self.canvas.graph.animated = False
        self.canvas.show_picture(self._words.picture(moment(self.walk, self.player.time)))
        self.canvas.graph.animated = True
        self._show_time(self.player.time)

    def show_story(self, walk: Walk) -> None:
        """Show a walk from its beginning."""
        self.player.pause()
        self.tokens.clear()
        self.walk, self._words = walk, WalkWords(walk)
        self.picker.headline.setText(self._words.headline())
        for part in (self.ticker, self.timeline, self.table):
            part.show_walk(walk)
        times = tuple(sorted({walk.signed, *walk.times, walk.end}))
        self._share_room()
        self.controls.show_span(times[0], times[-1])
        self.canvas.fitted = True
        self.canvas.show_picture(self._words.picture(moment(walk, times[0])))
        self.player.load(times)

    def ask(self) -> None:
        """Ask for the story of what is picked."""
        answer = self.answer
        if answer is None:
            return
        side = self._side(answer)
        projects = side.plan.axes.projects
        project = self.picker.chosen_project
        place = projects.index(project) if project in projects else None
        found = chosen(side.times, self.picker.case, place)
        if found is None:
            self._show_nothing()
            return
        row, column = found
        self._asked, self._asked_of = (projects[column], row, self.picker.side), answer
        self.story_requested.emit(*self._asked)

    def _ask_anew(self) -> None:
        """Ask again where the answer is another one, unless somebody is watching."""
        watching = self.player.playing or self.player.time > self.player.times[0]
        same = self._asked_of is not None and self._same_sides(self._asked_of)
        if self.answer is not self._asked_of and not (watching and same):
            self.ask()

    def _same_sides(self, other: Answer) -> bool:
        answer = self.answer
        return answer is not None and (other.a.scenario, other.b.scenario, other.seed) == (
            answer.a.scenario,
            answer.b.scenario,
            answer.seed,
        )

    def _side(self, answer: Answer) -> Side:
        return answer.a if self.picker.side == "a" else answer.b

    def _show_nothing(self) -> None:
        self.player.pause()
        self.tokens.clear()
        self.walk = self._words = None
        self.canvas.show_picture(EMPTY)
        for part in (self.ticker, self.timeline, self.table):
            part.show_walk(None)
        text = translate("WalkView", "No such project reaches {goal}.")
        self.picker.headline.setText(text.format(goal=goal(self.answer) if self.answer else "–"))

    def _show_time(self, time: float) -> None:
        walk, words = self.walk, self._words
        if walk is None or words is None:
            return
        now = moment(walk, time)
        forward = time >= self.timeline.time
        self.canvas.graph.restate(words.picture(now))
        self.tokens.show_moment(walk, now, forward=forward)
        self.timeline.show_time(time)
        self.table.show_time(time)
        self.ticker.show_time(time, now.held)
        said = ", ".join(self.ticker.words())
        self.controls.show_time(time, said)
        row = self.table.events.row_at(time)
        if row >= 0:
            said = f"{said}. {words.event(walk.events[row])}"
        self.canvas.setAccessibleDescription(said)

    # --- playing ---------------------------------------------------------------------------------

    def _seek(self, time: float) -> None:
        self.player.pause()
        self.player.seek(time)

    def _to_end(self, direction: int) -> None:
        self._seek(self.player.times[0 if direction < 0 else -1])

    def show_gliding(self, on: bool) -> None:
        """Whether it glides from event to event, or goes in steps."""
        self.picker.calm.setChecked(not on)

    def _set_smooth(self, smooth: bool) -> None:
        self.player.set_smooth(smooth)
        self.tokens.animated = smooth
        self.gliding_changed.emit(smooth)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, arrows step, Home and End go to the ends."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
        if key == Qt.Key.Key_Space:
            self.player.toggle()
        elif key in steps:
            self.player.step(steps[key])
        elif key in ends:
            self._to_end(ends[key])
        else:
            super().keyPressEvent(event)

    # --- the window ------------------------------------------------------------------------------

    def _share_room(self) -> None:
        """The timeline as high as its rows, the rest to the network, until somebody decides."""
        if not self._split_by_user:
            whole = sum(self.split.sizes())
            below = max(self.timeline.minimumHeight(), round(whole * 0.4))
            self.split.setSizes([whole - below, below])

    def _keep_split(self) -> None:
        self._split_by_user = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share_room()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.picker.retranslate()
        self.controls.retranslate()
        self.canvas.setAccessibleName(translate("WalkView", "Where the project is"))
        self.timeline.setAccessibleName(translate("WalkView", "Timeline"))
        self.table.retranslate()
        self.timeline.retranslate()
        if self.answer is not None:
            self.show_answer(self.answer)
        if self.walk is not None:
            self._words = WalkWords(self.walk)
            self.picker.headline.setText(self._words.headline())
            self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the answer."""
        super().showEvent(event)
        self._share_room()
        if self.answer is not None:
            self._ask_anew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is looking."""
        super().hideEvent(event)
        self.player.pause()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not hasattr(self, "split"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.controls.retheme()
            self.canvas.retheme()
            self.tokens.retheme()
            self.timeline.update()
            self.ticker.update()
