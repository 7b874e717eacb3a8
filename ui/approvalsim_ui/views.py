"""The views and how they hang together with the session: made when needed, wired, and left alone.

Modules of views are imported when their screen is first seen: the window appears the sooner.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui.answer import Answer
from approvalsim_ui.compare_view import CompareView
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.files import Files
from approvalsim_ui.headline import Headline
from approvalsim_ui.screens import Screen, Screens, Shown
from approvalsim_ui.session import Session

if TYPE_CHECKING:
    from approvalsim_ui.analyses import Analyses
    from approvalsim_ui.department_view import DepartmentView
    from approvalsim_ui.graph_view import GraphView
    from approvalsim_ui.policy_panel import PolicyPanel
    from approvalsim_ui.stage_editor import StageEditor
    from approvalsim_ui.walk_view import WalkView
    from approvalsim_ui.wall_chart_view import WallChartView

translate = QCoreApplication.translate


class Views(QObject):
    """Offers the screens in the order of the rail, and makes and connects their views."""

    place_focused = Signal(object)
    """The user is at this place of the scenario."""
    evidence_requested = Signal(object)
    """The user asks where the number at this place comes from."""

    def __init__(self, session: Session, files: Files, screens: Screens, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._files, self._screens = session, files, screens
        for screen in self._offered():
            screens.add(screen)

    def _offered(self) -> tuple[Screen, ...]:
        return (
            Screen(
                "compare",
                "compare",
                lambda: translate("Screens", "Compare"),
                lambda: Shown(self.compare, self.compare.show_answer),
            ),
            Screen(
                "stages",
                "stages",
                lambda: translate("Screens", "Stages"),
                lambda: Shown(
                    self.stages,
                    lambda answer: self.stages.show_summary(answer.b.summary),
                    _with_original(self.stages.show_scenario),
                ),
            ),
            Screen(
                "policy",
                "policy",
                lambda: translate("Screens", "Policy"),
                lambda: Shown(self.policy, show_document=_with_original(self.policy.show_scenario)),
            ),
            Screen(
                "graph",
                "graph",
                lambda: translate("Screens", "Graph"),
                lambda: Shown(
                    self.graph,
                    self._show_criticality,
                    lambda document: self.graph.show_scenario(document.scenario),
                ),
            ),
            Screen(
                "walk",
                "walk",
                lambda: translate("Screens", "Walk-through"),
                lambda: Shown(self.walk, self.walk.show_answer),
            ),
            Screen(
                "wall_chart",
                "wall_chart",
                lambda: translate("Screens", "Wall chart"),
                lambda: Shown(self.wall_chart, self.wall_chart.show_answer),
            ),
            Screen(
                "departments",
                "departments",
                lambda: translate("Screens", "Departments"),
                lambda: Shown(
                    self.departments,
                    self.departments.show_answer,
                    _with_original(self.departments.show_scenario),
                ),
            ),
        )

    # --- the views ----------------------------------------------------------------------------

    @cached_property
    def headline(self) -> Headline:
        """The outcome in plain words, above all screens."""
        session, view = self._session, Headline()
        session.answer_changed.connect(view.show_answer)
        session.asked.connect(view.show_stale)
        session.progress.connect(view.show_progress)
        session.failed.connect(lambda _: view.show_failure())
        view.chart_wanted.connect(self._show_figure)
        return view

    @cached_property
    def compare(self) -> CompareView:
        """The charts of the answer."""
        view = CompareView()
        view.dates_changed.connect(self._change_dates)
        return view

    @cached_property
    def stages(self) -> "StageEditor":
        """The stages as a table, one of them beside it."""
        from approvalsim_ui.stage_editor import StageEditor

        view = StageEditor()
        view.edited.connect(self.edit)
        view.drag_finished.connect(self._end_drag)
        view.place_focused.connect(self.place_focused)
        view.evidence_requested.connect(self.evidence_requested)
        return view

    @cached_property
    def policy(self) -> "PolicyPanel":
        """The commitment policy."""
        from approvalsim_ui.policy_panel import PolicyPanel

        view = PolicyPanel()
        view.edited.connect(self.edit)
        view.drag_finished.connect(self._end_drag)
        view.place_focused.connect(self.place_focused)
        return view

    @cached_property
    def graph(self) -> "GraphView":
        """The dependencies, to look at and to change."""
        from approvalsim_ui.graph_view import GraphView

        view = GraphView()
        view.edited.connect(self.edit)
        view.stage_wanted.connect(lambda stage: self.go_to(("stage", stage, "review")))
        view.export_wanted.connect(lambda kind: self._files.export(view.export, kind, "graph"))
        return view

    @cached_property
    def walk(self) -> "WalkView":
        """One replication, played."""
        from approvalsim_ui.walk_view import WalkView

        view = WalkView()
        self.analyses.serve_walk(view)
        return view

    @cached_property
    def wall_chart(self) -> "WallChartView":
        """Who is at work on what, and when: to hang on the wall."""
        from approvalsim_ui.wall_chart_view import WallChartView

        view = WallChartView()
        self.analyses.serve_wall_chart(view)
        view.export_wanted.connect(lambda kind: self._files.export(view.export, kind, "wall-chart"))
        return view

    @cached_property
    def departments(self) -> "DepartmentView":
        """The load of the departments, and what matters most."""
        from approvalsim_ui.department_view import DepartmentView

        view = DepartmentView()
        view.edited.connect(self.edit)
        self.analyses.serve_departments(view)
        return view

    @cached_property
    def analyses(self) -> "Analyses":
        """The threads that answer what single screens ask."""
        from approvalsim_ui.analyses import Analyses

        return Analyses(self._session, self)

    @property
    def is_drawing(self) -> bool:
        """Whether the wall chart is seen and a newer one is on its way."""
        return "wall_chart" in vars(self) and self.wall_chart.is_behind

    def close(self) -> None:
        """End what is going on beside the comparison."""
        if "analyses" in vars(self):
            self.analyses.close()

    # --- what the user wishes -----------------------------------------------------------------

    def edit(self, scenario: Scenario, text: str, merge: str | None = None) -> None:
        """Make this the scenario of the document that is edited."""
        document = self._session.edited_document
        if document:
            document.edit(scenario, text, merge)

    def go_to(self, place: Place) -> bool:
        """Bring the field of a place to the front; gives whether there is one."""
        about_policy = place[:1] == ("commitment",)
        self._screens.choose("policy" if about_policy else "stages")
        return (self.policy if about_policy else self.stages).focus_field(place)

    def _end_drag(self) -> None:
        if self._session.edited_document:
            self._session.edited_document.end_drag()

    def _show_figure(self, key: str) -> None:
        self._screens.choose("compare")
        self.compare.show_figure(key)

    def _change_dates(self, dates: tuple[date, ...]) -> None:
        document = self._session.edited_document
        if document:
            run = document.scenario.run.model_copy(update={"start_rate_on": tuple(dates)})
            changed = document.scenario.model_copy(update={"run": run})
            self.edit(changed, translate("Views", "Dates of start rates"))

    def _show_criticality(self, answer: Answer) -> None:
        """What a run found for each path of the scenario that is drawn."""
        for side in (answer.a, answer.b):
            policy, drawn = side.scenario.commitment, self.graph.scenario
            if drawn and side.scenario.id == drawn.id:
                is_on = policy is not None and policy.enabled
                self.graph.show_criticality(side.summary, "commitment" if is_on else "standard")


def _with_original(
    show: Callable[[Scenario, Scenario], None],
) -> Callable[[ScenarioDocument], None]:
    """For a view that wants the scenario beside what its file says."""
    return lambda document: show(document.scenario, document.filed)
