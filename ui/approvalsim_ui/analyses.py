"""Questions that single screens ask beside the comparison, each answered in a thread of its own."""

from functools import partial

from PySide6.QtCore import QObject

from approvalsim_ui.analysis_worker import Analysis, AnalysisWorker
from approvalsim_ui.department_view import DepartmentView
from approvalsim_ui.session import Session
from approvalsim_ui.tornado_answer import TornadoQuestion
from approvalsim_ui.tornado_answer import answers as tornado
from approvalsim_ui.walk_teller import WalkTeller
from approvalsim_ui.walk_view import WalkView
from approvalsim_ui.wall_chart_view import WallChartView


class Analyses(QObject):
    """The threads that answer the walk-through and the departments."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._teller = WalkTeller(self)
        self._tornado, self._load = AnalysisWorker(self), AnalysisWorker(self)
        self._wall_chart = AnalysisWorker(self)

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
        worker.answered.connect(lambda: view.show_chart(worker.take()))
        worker.finished.connect(go_on)
        worker.failed.connect(self._session.failed)

    def close(self) -> None:
        """End the threads."""
        self._teller.close()
        for worker in (self._tornado, self._load, self._wall_chart):
            worker.blockSignals(True)
            worker.close()
