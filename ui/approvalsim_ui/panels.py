"""The docks: scenario library, evidence, check, run settings. Each is shown and hidden by a key."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from approvalsim.errors import Problem
from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui.actions import Actions
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.library import Library
from approvalsim_ui.run_panel import RunPanel
from approvalsim_ui.views import Views

if TYPE_CHECKING:
    from approvalsim_ui.check_panel import CheckPanel
    from approvalsim_ui.evidence_panel import EvidencePanel

translate = QCoreApplication.translate

_WIDTHS = {"library": 280, "evidence": 360, "check": 360, "run_settings": 300}


class Panels(QObject):
    """Makes the docks of a window, and connects those about the scenario."""

    def __init__(self, window: QMainWindow, actions: Actions, views: Views) -> None:
        super().__init__(window)
        self.library, self.run_settings = Library(), RunPanel()
        self._views = views
        self._document: ScenarioDocument | None = None
        self._broken: tuple[str, tuple[Problem, ...], Scenario | None] | None = None
        """A file that could not be opened, what is wrong with it, and what was edited then."""
        self._titles: dict[str, Callable[[], str]] = {
            "library": lambda: translate("Panels", "Scenario library"),
            "evidence": lambda: translate("Panels", "Evidence"),
            "check": lambda: translate("Panels", "Check"),
            "run_settings": lambda: translate("Panels", "Run settings"),
        }
        self.docks = {name: self._dock(window, name, actions) for name in self._titles}
        for name in ("check", "run_settings"):
            window.tabifyDockWidget(self.docks["evidence"], self.docks[name])
        views.place_focused.connect(self._follow)
        views.evidence_requested.connect(self._show_evidence)
        self.retranslate()

    def _dock(self, window: QMainWindow, name: str, actions: Actions) -> QDockWidget:
        dock = QDockWidget(window)
        dock.setObjectName(name)
        dock.setMinimumWidth(_WIDTHS[name])
        if name in ("library", "run_settings"):
            dock.setWidget(getattr(self, name))
        areas = Qt.DockWidgetArea
        side = areas.LeftDockWidgetArea if name == "library" else areas.RightDockWidgetArea
        window.addDockWidget(side, dock)
        dock.hide()
        action = actions[name]
        dock.visibilityChanged.connect(lambda _: action.setChecked(not dock.isHidden()))
        dock.visibilityChanged.connect(lambda seen: self._look(name) if seen else None)
        action.triggered.connect(lambda wanted: self.show(name) if wanted else dock.hide())
        return dock

    # --- panels made when they are first seen -------------------------------------------------

    @cached_property
    def evidence(self) -> "EvidencePanel":
        """Where the numbers come from."""
        from approvalsim_ui.evidence_panel import EvidencePanel

        panel = EvidencePanel()
        panel.edited.connect(self._views.edit)
        panel.field_requested.connect(self._views.go_to)
        self.docks["evidence"].setWidget(panel)
        return panel

    @cached_property
    def check(self) -> "CheckPanel":
        """What is wrong."""
        from approvalsim_ui.check_panel import CheckPanel

        panel = CheckPanel()
        panel.field_requested.connect(self._go_to)
        panel.evidence_requested.connect(self._show_kind)
        self.docks["check"].setWidget(panel)
        return panel

    def _look(self, name: str) -> None:
        """A dock is seen now: what it holds is made, and up to date."""
        if name in ("evidence", "check"):
            getattr(self, name)
            self._refresh()

    # --- what is shown ------------------------------------------------------------------------

    def show(self, name: str) -> None:
        """Bring a dock to the front."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()

    def show_document(self, document: ScenarioDocument | None) -> None:
        """Another scenario is edited, or it says something else now."""
        self._document = document
        self._refresh()

    def show_broken(self, path: Path, problems: tuple[Problem, ...]) -> None:
        """A file cannot be opened: list what is wrong with it."""
        self._broken = path.name, problems, self._scenario()
        self.show("check")
        self._refresh()

    def _refresh(self) -> None:
        """Tell the docks that can be seen; the others are told once they are."""
        document = self._document
        if document and self._is_seen("evidence"):
            self.evidence.show_scenario(document.scenario, document.filed)
        if self._is_seen("check"):
            self._refresh_check()

    def _refresh_check(self) -> None:
        """What is wrong with the scenario; or with a broken file, until something is edited."""
        if self._broken and self._broken[2] is self._scenario():
            self.check.show_problems(self._broken[1], self._broken[0])
        elif self._document:
            self._broken = None
            self.check.show_scenario(self._document.scenario, self._document.filed)

    def _scenario(self) -> Scenario | None:
        return self._document.scenario if self._document else None

    def _is_seen(self, name: str) -> bool:
        return name in vars(self) and bool(getattr(self, name).isVisible())

    def _go_to(self, place: Place) -> None:
        """Bring the field of a place to the front; how a scenario is run stands in a dock."""
        if place[:1] == ("run",):
            self.show("run_settings")
            self.run_settings.milestone.setFocus()
        else:
            self._views.go_to(place)

    def _follow(self, place: object) -> None:
        if self._is_seen("evidence") and isinstance(place, tuple):
            self.evidence.show_place(place)

    def _show_evidence(self, place: object) -> None:
        self.show("evidence")
        self._refresh()
        self._follow(place)

    def _show_kind(self, kind: str) -> None:
        self.show("evidence")
        self._refresh()
        self.evidence.show_kind(kind)  # type: ignore[arg-type]

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        for name, dock in self.docks.items():
            dock.setWindowTitle(self._titles[name]())
