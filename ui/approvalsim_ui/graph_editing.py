"""Changing a network by mouse and keyboard: what is wished for on its canvas becomes an edit.

Edits are made by the pure functions of `graph_edits`; here they only get their words, and what is
refused gets its reason.
"""

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from approvalsim.network import Mode
from approvalsim.scenario import Path, Scenario
from approvalsim_ui.graph_canvas import GraphCanvas
from approvalsim_ui.graph_edits import (
    Outcome,
    Refused,
    added,
    dependency,
    mode_of,
    removed,
    with_mode,
)
from approvalsim_ui.graph_panel import CardPanel, EdgePanel
from approvalsim_ui.graph_scene import Key
from approvalsim_ui.graph_words import NetworkWords, mode_words

translate = QCoreApplication.translate


class GraphEditing(QObject):
    """Small editors, menus and keys of one canvas."""

    edited = Signal(object, str)
    """The scenario that is wished for, and what the edit is called."""
    refused = Signal(str)
    """Why an edit cannot be."""
    stage_wanted = Signal(str)

    def __init__(self, view: QWidget, canvas: GraphCanvas) -> None:
        """The small editors stand in ``view``, over the canvas."""
        super().__init__(view)
        self.canvas = canvas
        self.scenario: Scenario | None = None
        self.path: Path = "standard"
        self.edge_panel, self.card_panel = EdgePanel(view), CardPanel(view)
        canvas.opened.connect(self.open)
        canvas.linked.connect(self._add)
        canvas.key_wish.connect(self._key_wish)
        canvas.menu_wish.connect(self._menu)
        for panel in (self.edge_panel, self.card_panel):
            panel.tried.connect(self._take)
            panel.closed.connect(canvas.setFocus)
        self.card_panel.stage_wanted.connect(self.stage_wanted)

    def show(self, scenario: Scenario, path: Path) -> None:
        """The canvas shows this now; an editor of something that is gone closes."""
        self.scenario, self.path = scenario, path
        if self.edge_panel.isVisible():
            if dependency(scenario, *self.edge_panel.edge) is None:
                self.edge_panel.close_panel()
            else:
                self.edge_panel.show_edge(scenario, self.edge_panel.edge)
                self.place_panels()
        if self.card_panel.isVisible():
            card = self.canvas.graph.picture.card.get(self.card_panel.id)
            if card is None:
                self.card_panel.close_panel()
            else:
                self.card_panel.show_card(scenario, card.id, card.spoken)

    def place_panels(self) -> None:
        """In the upper corner where they do not hide what they are about."""
        area, graph = self.canvas.geometry(), self.canvas.graph
        for panel, key in (
            (self.edge_panel, self.edge_panel.edge),
            (self.card_panel, self.card_panel.id),
        ):
            panel.fit_words()
            item = graph.item_of(key)
            middle = item.sceneBoundingRect().center() if item else graph.extent.center()
            right = self.canvas.mapFromScene(middle).x() < area.width() / 2
            x = area.right() - panel.width() - 10 if right else area.left() + 10
            panel.move(x, area.top() + 10)

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.edge_panel.retranslate()
        self.card_panel.retranslate()

    def open(self, key: Key) -> None:
        """Open the small editor of a dependency, or of a stage or milestone."""
        if self.scenario is None:
            return
        panel: EdgePanel | CardPanel
        if isinstance(key, tuple):
            self.card_panel.hide()
            panel = self.edge_panel
            self.edge_panel.show_edge(self.scenario, key)
        else:
            self.edge_panel.hide()
            panel = self.card_panel
            spoken = self.canvas.graph.picture.card[key].spoken
            self.card_panel.show_card(self.scenario, key, spoken)
        panel.show()
        self.place_panels()
        panel.raise_()
        field = self.edge_panel.kind if panel is self.edge_panel else self.card_panel.candidate
        field.setFocus()

    def _add(self, source: str, target: str) -> None:
        if self.scenario is not None:
            words = NetworkWords(self.scenario, self.path)
            self._take(added(self.scenario, source, target), words.added(source, target))

    def _key_wish(self, wish: str, edge: tuple[str, str]) -> None:
        if self.scenario is None:
            return
        words = NetworkWords(self.scenario, self.path)
        if wish == "remove":
            self._take(removed(self.scenario, *edge), words.removed(*edge))
        else:
            mode: Mode = wish  # type: ignore[assignment]
            self._take(with_mode(self.scenario, *edge, mode), words.made(*edge, mode))

    def _take(self, outcome: Outcome, said: str) -> None:
        """Pass on an edit, or tell why it cannot be."""
        if self.scenario is None:
            return
        if isinstance(outcome, Refused):
            self.refused.emit(NetworkWords(self.scenario, self.path).refusal(outcome))
        elif outcome != self.scenario:
            self.edited.emit(outcome, said)

    def _menu(self, key: Key, place: QPoint) -> None:
        menu = self.menu_for(key)
        menu.popup(place)
        menu.aboutToHide.connect(menu.deleteLater)

    def menu_for(self, key: Key) -> QMenu:
        """The menu of a card or arrow."""
        menu = QMenu(self.canvas)
        menu.addAction(translate("GraphEditing", "Open")).triggered.connect(lambda: self.open(key))
        if isinstance(key, str):
            if self.scenario is not None and key in self.scenario.stage:
                draw = menu.addAction(translate("GraphEditing", "Draw a dependency from here"))
                draw.triggered.connect(lambda: self.canvas.begin_link(key))
            return menu
        self._kind_actions(menu, key)
        menu.addSeparator()
        menu.addAction(translate("GraphEditing", "Remove")).triggered.connect(
            lambda: self._key_wish("remove", key)
        )
        return menu

    def _kind_actions(self, menu: QMenu, edge: tuple[str, str]) -> None:
        found = dependency(self.scenario, *edge) if self.scenario is not None else None
        if found is None or self.scenario is None:
            return
        group = QActionGroup(menu)
        modes: tuple[Mode, ...] = ("hard", "prereview", "deferred")
        for mode in modes:
            if mode == "prereview" and edge[1] in self.scenario.milestone:
                continue
            action = QAction(mode_words(mode), menu, checkable=True)
            action.setChecked(mode_of(found) == mode)
            action.triggered.connect(lambda _=False, mode=mode: self._key_wish(mode, edge))
            group.addAction(action)
            menu.addAction(action)
