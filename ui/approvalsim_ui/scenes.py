"""What a screen looks like while something is done there: further pictures for the user guide."""

from collections.abc import Callable
from dataclasses import dataclass

from approvalsim_ui.graph_edits import dependency, edges_of
from approvalsim_ui.main_window import MainWindow

SHORTER = 0.5
"""What an example change makes of a most likely duration."""


@dataclass(frozen=True)
class Scene:
    """A moment: how it comes about, and how the window is put back."""

    key: str
    enter: Callable[[MainWindow], None]
    leave: Callable[[MainWindow], None]


def scenes(window: MainWindow) -> tuple[Scene, ...]:
    """Those that the scenario on side B has something to show for."""
    found = [Scene("evidence", _ask_for_evidence, lambda w: w.panels.docks["evidence"].hide())]
    if _stage(window):
        found.append(Scene("changed", _change_and_compare, _put_back))
    if _edge(window):
        found.append(Scene("edge", _open_edge, _close_edge))
    found.append(Scene("paper", _ask_for_paper, lambda w: w.views.wall_chart.show_printing(False)))
    return tuple(found)


def _stage(window: MainWindow) -> str:
    """The stage whose preparation is changed: the EIA where there is one."""
    document = window.session.edited_document
    stages = document.scenario.stage if document else {}
    fit = [name for name, stage in stages.items() if getattr(stage.prepare, "mode", None)]
    return "eia" if "eia" in fit else next(iter(fit), "")


def _edge(window: MainWindow) -> tuple[str, str] | None:
    """A dependency that is relaxed: papers that follow rather than a pre-review."""
    document = window.session.edited_document
    if document is None:
        return None
    relaxed = {
        edge: found.relaxed
        for edge in edges_of(document.scenario)
        if (found := dependency(document.scenario, *edge)) and found.relaxed
    }
    deferred = [edge for edge, mode in relaxed.items() if mode == "deferred"]
    return next(iter([*deferred, *relaxed]), None)


def _ask_for_evidence(window: MainWindow) -> None:
    window.panels.show("evidence")
    window.views.go_to(("stage", _stage(window), "prepare"))


def _change_and_compare(window: MainWindow) -> None:
    place = ("stage", _stage(window), "prepare", "mode")
    window.views.go_to(place[:-1])
    editing = window.views.stages.editing
    prepare = editing.scenario.stage[place[1]].prepare
    least, mode = getattr(prepare, "min", 0.0), getattr(prepare, "mode", 0.0)
    editing.enter(place, max(SHORTER * mode, least))
    window.strip.bar.pairs["changes"].click()


def _put_back(window: MainWindow) -> None:
    document = window.session.edited_document
    if document:
        document.undo.undo()
        window.session.show_alone(document)


def _open_edge(window: MainWindow) -> None:
    edge = _edge(window)
    window.screens.choose("graph")
    graph = window.views.graph
    if edge and graph.scenario:
        graph.show_scenario(graph.scenario, "commitment")
        graph.editing.open(edge)


def _close_edge(window: MainWindow) -> None:
    window.views.graph.editing.edge_panel.close_panel()
    document = window.session.edited_document
    if document:
        window.views.graph.show_scenario(document.scenario, "standard")


def _ask_for_paper(window: MainWindow) -> None:
    window.screens.choose("wall_chart")
    window.views.wall_chart.show_printing(True)
