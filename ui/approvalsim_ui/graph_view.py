"""The dependency graph: who waits for whom, on the standard path and on the fast track.

It is given a scenario and what a run found, and asks for changes: `edited` carries the scenario
that is wished for. What cannot be is told in words, below the picture.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from approvalsim import __version__
from approvalsim.network import cycles
from approvalsim.scenario import Path, Scenario, content_hash
from approvalsim.summary import Summary
from approvalsim_ui import language, theme
from approvalsim_ui.graph_bar import GraphBar
from approvalsim_ui.graph_canvas import GraphCanvas
from approvalsim_ui.graph_cards import EMPTY, Arrow, Card, Picture
from approvalsim_ui.graph_editing import GraphEditing
from approvalsim_ui.graph_edits import (
    Refused,
)
from approvalsim_ui.graph_export import Sheet, write_png, write_svg
from approvalsim_ui.graph_legend import GraphLegend, legend_of
from approvalsim_ui.graph_picture import Shares, network_picture
from approvalsim_ui.graph_scene import Key
from approvalsim_ui.graph_words import NetworkWords, path_words

translate = QCoreApplication.translate


class GraphView(QWidget):
    """The network of one scenario, to look at, to change and to export."""

    edited = Signal(object, str)
    """The scenario that is wished for, and what the edit is called."""
    path_changed = Signal(str)
    motion_changed = Signal(bool)
    """Whether pictures shall glide into each other from now on."""
    stage_wanted = Signal(str)
    """Somebody wants to edit this stage's durations."""
    export_wanted = Signal(str)
    """``svg`` or ``png``; whoever asks for the file calls `export`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scenario: Scenario | None = None
        self.path: Path = "standard"
        self._criticality: dict[Path, Shares] = {}
        self._measure: str | None = None
        """The milestone to which the run counted that found it."""
        self._stale = False
        self._refused = False
        self.bar, self.canvas, self.legend = GraphBar(), GraphCanvas(), GraphLegend()
        self.said = QLabel(wordWrap=True)
        self.foot = QStackedWidget()
        self.foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.foot.addWidget(self.legend)
        self.foot.addWidget(self.said)
        self.editing = GraphEditing(self, self.canvas)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.bar, self.canvas, self.foot):
            column.addWidget(part)
        column.setStretchFactor(self.canvas, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.bar.path_chosen.connect(self._choose_path)
        self.bar.zoom_wanted.connect(self.canvas.zoom_by)
        self.bar.fit_wanted.connect(self.canvas.fit)
        self.bar.motion_chosen.connect(self._set_motion)
        self.bar.export_wanted.connect(self.export_wanted)
        self.bar.help_wanted.connect(lambda: self._tell(self._how_to(), "info"))
        self.canvas.pointed.connect(self._say_about)
        self.canvas.linking.connect(self._say_linking)
        self.editing.edited.connect(self._pass_on)
        self.editing.refused.connect(self._refuse)
        self.editing.stage_wanted.connect(self.stage_wanted)

    # --- what is shown ---------------------------------------------------------------------------

    def show_scenario(self, scenario: Scenario, path: Path | None = None) -> None:
        """Show the network of a scenario, on a path or on the one shown now."""
        if self.scenario is not None and self.scenario.id != scenario.id:
            self._criticality = {}
            self._measure = None
        self.scenario = scenario
        self.path = path or self.path
        self.bar.show_path(self.path)
        self._refresh()

    def show_criticality(self, summary: Summary | None, path: Path | None = None) -> None:
        """Show how often each stage determined the start, as a run on a path found it."""
        path = path or self.path
        if summary is None:
            self._criticality.pop(path, None)
        else:
            self._measure = summary.measure
            self._criticality[path] = {
                name: stage.criticality for name, stage in summary.stages.items()
            }
        if path == self.path:
            self._refresh()

    def _picture(self, scenario: Scenario) -> Picture:
        known = self._criticality.get(self.path)
        measure = self._measure if self._measure in scenario.milestone else None
        return network_picture(scenario, self.path, known, measure)

    def _refresh(self) -> None:
        """Draw what is to be shown, now or when somebody looks."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        scenario = self.scenario
        if scenario is None:
            self.canvas.show_picture(EMPTY)
            return
        if cycles(scenario):
            self.canvas.show_picture(EMPTY)
            words = NetworkWords(scenario, self.path)
            self._refuse(words.refusal(Refused("circle", cycles(scenario)[0])))
            return
        self.canvas.show_picture(self._picture(scenario))
        self.legend.show_entries(legend_of(scenario, self._measure))
        self._size_foot()
        self.editing.show(scenario, self.path)
        if not self._refused:
            self._say_about(self.canvas.graph.current)

    def export(self, kind: str, path: str) -> bool:
        """Write the picture as ``svg`` or ``png``; gives whether that was possible."""
        scenario = self.scenario
        if scenario is None:
            return False
        sheet = Sheet(
            picture=self._picture(scenario),
            title=f"{language.words(scenario.name, scenario.id)} · {path_words(self.path)}",
            subtitle=translate(
                "GraphView", "Days and slack: calendar days at the most likely durations."
            ),
            provenance=translate("GraphView", "scenario {id} {hash} · version {version}").format(
                id=scenario.id, hash=content_hash(scenario)[:12], version=__version__
            ),
            legend=legend_of(scenario, self._measure),
        )
        return write_svg(sheet, path) if kind == "svg" else write_png(sheet, path)

    # --- words -----------------------------------------------------------------------------------

    def _say_about(self, key: Key | None) -> None:
        """Say what somebody points at; else show the legend, unless a refusal stands there."""
        picture = self.canvas.graph.picture
        found: Card | Arrow | None = None
        if isinstance(key, str):
            found = picture.card.get(key)
        elif key is not None:
            found = picture.arrow.get(key)
        if found is not None:
            self._refused = False
            self._tell(self._as_fits(found.spoken))
        elif not self._refused:
            self.foot.setCurrentWidget(self.legend)
            self.canvas.setAccessibleDescription(self._how_to())

    def _as_fits(self, spoken: str) -> str:
        """As many of the sentences as there is room for; the tooltip has them all."""
        lines = spoken.splitlines()
        between = "　" if language.current() == "zh" else "  "
        metrics, room = self.said.fontMetrics(), self.foot.contentsRect()
        area = QRect(0, 0, room.width() - 12, 10_000)
        wraps = int(Qt.TextFlag.TextWordWrap)
        while len(lines) > 1 and (
            metrics.boundingRect(area, wraps, between.join(lines)).height() > room.height()
        ):
            lines.pop()
        return between.join(lines)

    def _say_linking(self, source: str) -> None:
        if source and self.scenario is not None:
            said = translate(
                "GraphView", "What shall wait for “{name}”? Choose it and press Enter; Esc cancels."
            )
            self._tell(said.format(name=NetworkWords(self.scenario, self.path).name(source)))

    def _how_to(self) -> str:
        return translate(
            "GraphView",
            "Drag from one stage to another to let it wait; Tab and arrow keys move, Enter opens,"
            " L draws, Del removes. Wheel or +/− zooms, F fits.",
        )

    def _pass_on(self, scenario: Scenario, said: str) -> None:
        self._refused = False
        self.edited.emit(scenario, said)

    def _refuse(self, words: str) -> None:
        self._refused = True
        self._tell(words, "bad")

    def _tell(self, words: str, role: theme.Role = "muted") -> None:
        if self.said.property("role") != role:
            theme.set_role(self.said, role)
        self.said.setText(words)
        self.foot.setCurrentWidget(self.said)
        self.canvas.setAccessibleDescription(words)

    def _choose_path(self, path: Path) -> None:
        self.path = path
        self._refresh()
        self.path_changed.emit(path)

    def show_motion(self, on: bool) -> None:
        """Whether pictures glide into each other."""
        self.bar.motion.setChecked(on)

    def _set_motion(self, on: bool) -> None:
        self.canvas.graph.animated = on
        self.motion_changed.emit(on)

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.bar.retranslate()
        self.editing.retranslate()
        self.canvas.setAccessibleName(translate("GraphView", "Dependency graph"))
        self.bar.show_help(self._how_to())
        graph = self.canvas.graph
        animated, graph.animated = graph.animated, False
        self._refresh()
        graph.animated = animated

    def _size_foot(self) -> None:
        """Room for the legend and for what is said alike, so that nothing jumps."""
        width = max(self.foot.width(), 300)
        legend = self.legend.heightForWidth(width)
        lines = 2 if width >= 900 else 3
        words = self.said.fontMetrics().lineSpacing() * lines + 6
        self.foot.setFixedHeight(max(legend, words))

    # --- the window ------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was shown meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the small editors in their corner."""
        super().resizeEvent(event)
        self._size_foot()
        self.editing.place_panels()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not hasattr(self, "editing"):
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.bar.retheme()
            self.canvas.retheme()
            self.legend.update()
