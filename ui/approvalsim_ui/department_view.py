"""The Departments screen: who is busy and when, one more reviewer, and what matters most."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from approvalsim.scenario import Scenario
from approvalsim.yardstick import Yardstick
from approvalsim_ui.answer import Answer
from approvalsim_ui.card_grid import CardGrid
from approvalsim_ui.chart_card import ChartCard
from approvalsim_ui.compare_words import department_name, rate_by
from approvalsim_ui.department_panel import DepartmentPanel
from approvalsim_ui.explanations import origin
from approvalsim_ui.load_charts import QueueChart, UtilisationChart, WaitChart
from approvalsim_ui.load_course import LoadAnswer, course_days, load_answers
from approvalsim_ui.load_course_chart import LoadCourseChart
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.tornado_answer import TornadoAnswer, TornadoQuestion
from approvalsim_ui.tornado_card import TornadoCard

LoadRequest = Callable[..., object]


class DepartmentView(QWidget):
    """Utilisation, waits and queues of A and B; reviewers and meetings to change; a tornado."""

    edited = Signal(object, str, str)
    """A new scenario, the words for undo, and a key: steps of one key are one."""
    sensitivity_requested = Signal(TornadoQuestion)
    sensitivity_cancelled = Signal()
    load_requested = Signal(object)
    """An analysis to run (see `analysis_worker`) that gives a `LoadAnswer`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Answer | None = None
        self._asked_for: Answer | None = None
        self._effects_of: Scenario | None = None
        self.editing = ScenarioEditing(self)
        self.panel = DepartmentPanel(self.editing)
        self.utilisation, self.wait, self.queue = UtilisationChart(), WaitChart(), QueueChart()
        self.course = LoadCourseChart()
        self.department, self.trace = QComboBox(), QPushButton()
        self.tornado = TornadoCard()
        self.cards = {
            "utilisation": ChartCard(self.utilisation, "utilisation"),
            "wait": ChartCard(self.wait, "wait"),
            "queue": ChartCard(self.queue, "queue"),
            "load": ChartCard(self.course, "load"),
            "tornado": self.tornado,
        }
        self.cards["load"].add_controls(self._course_controls())
        self.grid = CardGrid((self.panel, *self.cards.values()), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.editing.edited.connect(self.edited)
        self.tornado.requested.connect(self._ask_what_matters)
        self.tornado.cancelled.connect(self.sensitivity_cancelled)
        self.department.currentIndexChanged.connect(self._choose_department)
        self.trace.clicked.connect(self._ask_for_load)
        self.retranslate()

    # --- what to show ----------------------------------------------------------------------------

    def show_scenario(self, scenario: Scenario, filed: Scenario) -> None:
        """Edit this scenario; ``filed`` is what its file says."""
        self.editing.show_scenario(scenario, filed)

    def show_answer(self, answer: Answer) -> None:
        """Show the departments of an answer."""
        self._answer = answer
        for chart in (self.utilisation, self.wait, self.queue):
            chart.show_answer(answer)
        self.course.show_old()
        self._name_rate()
        self._judge_effects()
        self._offer_departments()
        self._write_notes()

    def show_load(self, load: LoadAnswer) -> None:
        """Show the load over time that was asked for last."""
        if self._asked_for is not None:
            self.course.show_load(load, self._asked_for)
            if self._asked_for is not self._answer:
                self.course.show_old()

    def show_tracing(self, running: bool) -> None:
        """Whether the load over time is being traced."""
        self.trace.setEnabled(not running)
        self.trace.setText(self.tr("Tracing…") if running else self.tr("Trace the load"))

    def show_effects(self, answer: TornadoAnswer) -> None:
        """Show what matters most, as far as it is known."""
        self._effects_of = answer.question.scenario
        self.tornado.show_effects(answer)
        self._judge_effects()
        measured_in_days = answer.question.yardstick.measure == "mean"
        self.panel.show_gains(
            {
                effect.input.subject: effect.high.difference
                for effect in answer.effects
                if measured_in_days and effect.input.kind == "reviewers" and effect.high
            }
        )

    def show_sensitivity_running(self, running: bool) -> None:
        """Whether the analysis is under way."""
        self.tornado.show_running(running)

    def show_sensitivity_progress(self, done: int, total: int) -> None:
        """How far the analysis is."""
        self.tornado.show_progress(done, total)

    # --- what the user wishes --------------------------------------------------------------------

    def _ask_what_matters(self, yardstick: Yardstick) -> None:
        """Of the scenario on side B, as it was answered last."""
        if self._answer is not None:
            question = TornadoQuestion(self._answer.b.scenario, yardstick, self._answer.seed)
            self.sensitivity_requested.emit(question)

    def _judge_effects(self) -> None:
        """Whether the effects shown belong to the scenario that was answered last."""
        now = self._answer.b.scenario if self._answer else None
        self.tornado.tornado.show_old(self._effects_of is not None and self._effects_of != now)

    def _ask_for_load(self) -> None:
        answer = self._answer
        if answer is None:
            return
        self._asked_for = answer
        days = course_days(answer.pictures.course_a.dates[0], answer.pictures.course_a.dates[-1])
        plans = answer.a.plan, answer.b.plan
        self.load_requested.emit(partial(load_answers, plans, answer.seed, days))

    def _choose_department(self, position: int) -> None:
        key = self.department.itemData(position)
        if key:
            self.course.show_department(key)

    # --- inside ----------------------------------------------------------------------------------

    def _course_controls(self) -> QWidget:
        controls = QWidget()
        row = QHBoxLayout(controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.department)
        row.addStretch(1)
        row.addWidget(self.trace)
        return controls

    def _offer_departments(self) -> None:
        assert self._answer is not None
        keys = list(self._answer.b.scenario.department)
        names = [department_name(self._answer, key) for key in keys]
        known = [self.department.itemData(n) for n in range(self.department.count())]
        if keys != known:
            self.department.clear()
            for name, key in zip(names, keys, strict=True):
                self.department.addItem(name, key)
        else:
            for position, name in enumerate(names):
                self.department.setItemText(position, name)

    def _name_rate(self) -> None:
        """What the tornado may measure, in the words of the answer's milestone."""
        if answer := self._answer:
            first = answer.dates[0] if answer.dates else None
            rate = rate_by(answer.b.scenario, answer.comparison.b.measure, first)
            self.tornado.show_dates(answer.dates, rate)

    def _write_notes(self) -> None:
        if self._answer is None:
            return
        for key, card in self.cards.items():
            card.name = f"{self._answer.b.scenario.id}-{key}"
            card.show_note(origin(self._answer))

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.department.setAccessibleName(self.tr("Department whose load is shown"))
        self.trace.setText(self.tr("Trace the load"))
        self.trace.setToolTip(
            self.tr("Follow some replications step by step, and count papers day by day")
        )
        if self._answer is not None:
            self._offer_departments()
            self._name_rate()
            self._write_notes()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
