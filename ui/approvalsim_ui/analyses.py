"""Questions that single screens ask beside the comparison, each answered in a thread of its own."""

from functools import partial

from PySide6.QtCore import QObject

from approvalsim.scenario import Scenario
from approvalsim_ui.analysis_worker import Analysis, AnalysisWorker
from approvalsim_ui.department_view import DepartmentView
from approvalsim_ui.effect_answer import EffectQuestion
from approvalsim_ui.effect_answer import answers as effect_answers
from approvalsim_ui.newest import Newest
from approvalsim_ui.policy_panel import PolicyPanel
from approvalsim_ui.session import Session
from approvalsim_ui.tornado_answer import TornadoQuestion
from approvalsim_ui.tornado_answer import answers as tornado
from approvalsim_ui.walk_teller import WalkTeller
from approvalsim_ui.walk_view import WalkView
from approvalsim_ui.wall_chart_view import WallChartView


class Analyses(QObject):
    """The threads that answer the walk-through, the departments, the policy and the wall chart."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._teller = WalkTeller(self)
        self._actual = Newest(self)
        self._tornado, self._load = AnalysisWorker(self), AnalysisWorker(self)
        self._wall_chart, self._effect = AnalysisWorker(self), AnalysisWorker(self)

    def serve_walk(self, view: WalkView) -> None:
        """Tell the stories it asks for."""

        def tell(project: str, replication: int, side: str) -> None:
            answer = view.answer
            if answer is not None:
                told = answer.a if side == "a" else answer.b
                scenario, plan = told.scenario, told.plan
                self._teller.ask(scenario, plan, answer.seed, replication, project)

        view.story_requested.connect(tell)
        self._teller.told.connect(view.show_story)

    def serve_departments(self, view: DepartmentView) -> None:
        """Find out what matters most, and trace the load over time."""
        most, load = self._tornado, self._load

        def find_out(question: TornadoQuestion) -> None:
            if most.ask(partial(tornado, question)):
                view.show_sensitivity_running(True)

        def trace(analysis: Analysis) -> None:
            if load.ask(analysis):
                view.show_tracing(True)

        view.sensitivity_requested.connect(find_out)
        view.sensitivity_cancelled.connect(most.cancel)
        view.load_requested.connect(trace)
        most.progressed.connect(view.show_sensitivity_progress)
        most.answered.connect(lambda: view.show_effects(most.take()))
        most.finished.connect(lambda: view.show_sensitivity_running(False))
        load.answered.connect(lambda: view.show_load(load.take()))
        load.finished.connect(lambda: view.show_tracing(False))
        for worker in (most, load):
            worker.failed.connect(self._session.failed)

    def serve_policy(self, view: PolicyPanel) -> None:
        """Find out what supervision wins, to the milestone and under the luck of the answers."""
        worker, panel, session = self._effect, view.supervision, self._session

        def find_out(scenario: Scenario) -> None:
            if worker.ask(partial(effect_answers, effect_question(scenario, session))):
                panel.effect.show_running(True)

        view.effect_requested.connect(find_out)
        view.effect_cancelled.connect(worker.cancel)
        worker.progressed.connect(panel.effect.show_progress)
        worker.answered.connect(lambda: panel.show_effect(worker.take()))
        worker.finished.connect(lambda: panel.effect.show_running(False))
        worker.failed.connect(session.failed)

    def serve_wall_chart(self, view: WallChartView) -> None:
        """Make the charts it asks for, the newest one as soon as the one before is done with."""
        worker = self._wall_chart
        waiting: list[Analysis] = []

        def make(analysis: Analysis) -> None:
            if not worker.ask(analysis):
                waiting[:] = [analysis]
                worker.cancel()

        def go_on() -> None:
            if waiting:
                make(waiting.pop())

        view.chart_requested.connect(make)
        view.actual_requested.connect(self._actual.ask)
        self._actual.answered.connect(view.show_chart)
        worker.answered.connect(lambda: view.show_chart(worker.take()))
        worker.finished.connect(go_on)
        worker.failed.connect(self._session.failed)

    def close(self) -> None:
        """End the threads."""
        self._teller.close()
        self._actual.close()
        for worker in (self._tornado, self._load, self._wall_chart, self._effect):
            worker.blockSignals(True)
            worker.close()


def effect_question(scenario: Scenario, session: Session) -> EffectQuestion:
    """About a scenario, as the session would run it."""
    settings, milestone = session.settings, session.milestone
    seed = scenario.run.seed if settings.seed is None else settings.seed
    measured = scenario if milestone is None else scenario.with_measure(milestone)
    return EffectQuestion(measured, seed, engine=settings.engine)
