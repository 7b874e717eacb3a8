"""The views and how they hang together with the session: made when needed, wired, and left alone.

Modules of views are imported when their screen is first seen: the window appears the sooner.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui.answer import Answer
from approvalsim_ui.banner import Banners
from approvalsim_ui.compare_view import CompareView
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.files import Files
from approvalsim_ui.headline import Headline
from approvalsim_ui.screens import Screen, Screens, Shown
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings

if TYPE_CHECKING:
    from approvalsim_ui.analyses import Analyses
    from approvalsim_ui.department_view import DepartmentView
    from approvalsim_ui.dispatch_view import DispatchView
    from approvalsim_ui.graph_view import GraphView
    from approvalsim_ui.policy_panel import PolicyPanel
    from approvalsim_ui.register_desk import RegisterDesk
    from approvalsim_ui.register_view import RegisterView
    from approvalsim_ui.schedule_desk import ScheduleDesk
    from approvalsim_ui.schedule_view import ScheduleView
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
    undo_changed = Signal()
    """There is another step to undo, or another stack of steps."""

    def __init__(
        self,
        session: Session,
        files: Files,
        screens: Screens,
        settings: Settings,
        banners: Banners,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window, self._banners = parent, banners
        self._session, self._files, self._screens = session, files, screens
        self._settings = settings
        for screen in (*self._offered(), *self._steering()):
            screens.add(screen)
        files.register_chosen.connect(self._open_register)

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

    def _steering(self) -> tuple[Screen, ...]:
        """The screens about real projects."""
        return (
            Screen(
                "register",
                "register",
                lambda: translate("Screens", "Register"),
                lambda: Shown(self.register),
            ),
            Screen(
                "dispatch",
                "dispatch",
                lambda: translate("Screens", "Dispatch"),
                lambda: Shown(self.dispatch),
            ),
            Screen(
                "schedule",
                "schedule",
                lambda: translate("Screens", "Back-schedule"),
                lambda: Shown(self.schedule),
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
        view.show_target(self._settings.target)
        view.dates_changed.connect(self._change_dates)
        view.target_changed.connect(partial(setattr, self._settings, "target"))
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
        view.supervision_compared.connect(self._compare_supervision)
        self.analyses.serve_policy(view)
        return view

    @cached_property
    def graph(self) -> "GraphView":
        """The dependencies, to look at and to change."""
        from approvalsim_ui.graph_view import GraphView

        view = GraphView()
        view.show_motion(self._settings.graph_moves)
        view.motion_changed.connect(partial(setattr, self._settings, "graph_moves"))
        view.edited.connect(self.edit)
        view.stage_wanted.connect(lambda stage: self.go_to(("stage", stage, "review")))
        view.export_wanted.connect(lambda kind: self._files.export(view.export, kind, "graph"))
        return view

    @cached_property
    def walk(self) -> "WalkView":
        """One replication, played."""
        from approvalsim_ui.walk_view import WalkView

        view = WalkView()
        view.show_gliding(self._settings.walk_glides)
        view.gliding_changed.connect(partial(setattr, self._settings, "walk_glides"))
        self.analyses.serve_walk(view)
        return view

    @cached_property
    def wall_chart(self) -> "WallChartView":
        """Who is at work on what, and when: to hang on the wall."""
        from approvalsim_ui.wall_chart_view import WallChartView

        view = WallChartView()
        self.analyses.serve_wall_chart(view)
        view.export_wanted.connect(lambda kind: self._files.export(view.export, kind, "wall-chart"))
        self._show_recorded(view)
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
    def register(self) -> "RegisterView":
        """What has happened to real projects."""
        from approvalsim_ui.register_view import RegisterView

        view = RegisterView()
        self.desk.serve_register(view)
        return view

    @cached_property
    def dispatch(self) -> "DispatchView":
        """How real projects stand, the most urgent first."""
        from approvalsim_ui.dispatch_view import DispatchView

        view = DispatchView()
        self.desk.serve_dispatch(view)
        return view

    @cached_property
    def schedule(self) -> "ScheduleView":
        """By when everything has to be done for a target."""
        from approvalsim_ui.schedule_view import ScheduleView

        view = ScheduleView()
        self.schedules.serve(view)
        view.export_wanted.connect(lambda kind: self._files.export(view.export, kind, "schedule"))
        return view

    @cached_property
    def desk(self) -> "RegisterDesk":
        """The register that is open."""
        from approvalsim_ui.register_desk import RegisterDesk

        desk = RegisterDesk(self._session, self._files, self._banners, self._settings, self._window)
        desk.project_wanted.connect(lambda _: self._screens.choose("register"))
        desk.files.opened.connect(lambda _: self._show_register())
        desk.changed.connect(self.undo_changed)
        desk.changed.connect(lambda: self._show_recorded(vars(self).get("wall_chart")))
        return desk

    @cached_property
    def schedules(self) -> "ScheduleDesk":
        """The thread that plans backward."""
        from approvalsim_ui.schedule_desk import ScheduleDesk

        return ScheduleDesk(self._session, self.desk, self)

    @cached_property
    def analyses(self) -> "Analyses":
        """The threads that answer what single screens ask."""
        from approvalsim_ui.analyses import Analyses

        return Analyses(self._session, self)

    @property
    def is_drawing(self) -> bool:
        """Whether something newer is on its way to a screen that is seen."""
        made = vars(self)
        return (
            ("wall_chart" in made and self.wall_chart.is_behind)
            or ("desk" in made and self.desk.is_behind)
            or ("schedules" in made and self.schedules.is_behind)
        )

    @property
    def register_path(self) -> Path | None:
        """The file of the register that is open."""
        desk = self.desk if "desk" in vars(self) else None
        return desk.document.path if desk and desk.document else None

    @property
    def register_undo(self) -> QUndoStack | None:
        """The steps made in the register, where that is what one works on."""
        return self.desk.undo if "desk" in vars(self) else None

    def close(self) -> None:
        """End what is going on beside the comparison."""
        for thread in ("analyses", "schedules", "desk"):
            if thread in vars(self):
                vars(self)[thread].close()

    # --- what the user wishes -----------------------------------------------------------------

    def edit(self, scenario: Scenario, text: str, merge: str | None = None) -> None:
        """Make this the scenario of the document that is edited."""
        document = self._session.edited_document
        if document:
            document.edit(scenario, text, merge)

    def go_to(self, place: Place) -> bool:
        """Bring the field of a place to the front; gives whether there is one."""
        about_policy = place[:1] in (("commitment",), ("supervision",), ("task_force",))
        self._screens.choose("policy" if about_policy else "stages")
        return (self.policy if about_policy else self.stages).focus_field(place)

    def _compare_supervision(self) -> None:
        if document := self._session.edited_document:
            self._session.show_alone(document, "supervision")

    def _show_recorded(self, view: "WallChartView | None") -> None:
        """What the open register says, on the wall chart."""
        desk: RegisterDesk | None = vars(self).get("desk")
        if view is not None and desk is not None:
            register = desk.document.register if desk.document else None
            view.show_register(register, desk.as_of)

    def _open_register(self, path: Path) -> None:
        self.desk.files.open(path)

    def _show_register(self) -> None:
        """A register was opened: to the front, unless one looks at another screen of it."""
        seen = self._screens.seen
        if seen is None or seen.key not in ("register", "dispatch", "schedule"):
            self._screens.choose("register")

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
            self.edit(changed, translate("Views", "Reporting dates"))

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
