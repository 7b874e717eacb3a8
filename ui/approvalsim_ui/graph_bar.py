"""The bar above the graph: which path, zoom, motion, export."""

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from approvalsim.scenario import Path
from approvalsim_ui import theme
from approvalsim_ui.graph_type import tip
from approvalsim_ui.graph_viewport import STEP
from approvalsim_ui.graph_words import path_words

translate = QCoreApplication.translate

PATHS: tuple[Path, ...] = ("standard", "commitment")


class GraphBar(QWidget):
    """Buttons; it only passes wishes on."""

    path_chosen = Signal(str)
    zoom_wanted = Signal(float)
    fit_wanted = Signal()
    motion_chosen = Signal(bool)
    export_wanted = Signal(str)
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.paths = {path: QPushButton() for path in PATHS}
        group = QButtonGroup(self, exclusive=True)
        for path, button in self.paths.items():
            button.setCheckable(True)
            group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _=False, path=path: self.path_chosen.emit(path))
        self.paths["standard"].setChecked(True)
        row.addStretch(1)
        self.motion = QCheckBox()
        self.motion.setChecked(True)
        self.motion.toggled.connect(self.motion_chosen)
        row.addWidget(self.motion)
        self.smaller, self.larger, self.fit = QToolButton(), QToolButton(), QToolButton()
        self.help, self.export, self._menu = QToolButton(), QToolButton(), QMenu(self)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setMenu(self._menu)
        self.kinds = {kind: self._menu.addAction("") for kind in ("svg", "png")}
        for kind, action in self.kinds.items():
            action.triggered.connect(lambda _=False, kind=kind: self.export_wanted.emit(kind))
        for tool in (self.help, self.smaller, self.larger, self.fit, self.export):
            theme.set_role(tool, "flat")
            tool.setIconSize(QSize(18, 18))
            row.addWidget(tool)
        self.smaller.clicked.connect(lambda: self.zoom_wanted.emit(1 / STEP))
        self.larger.clicked.connect(lambda: self.zoom_wanted.emit(STEP))
        self.fit.clicked.connect(self.fit_wanted)
        self.help.clicked.connect(self.help_wanted)
        self.retheme()

    def show_path(self, path: Path) -> None:
        """Mark the path that is shown."""
        self.paths[path].setChecked(True)

    def show_help(self, words: str) -> None:
        """How the graph is used, for the help button."""
        self.help.setToolTip(tip(words))

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        for path, button in self.paths.items():
            button.setText(path_words(path))
        self.motion.setText(translate("GraphBar", "Animate"))
        self.help.setAccessibleName(translate("GraphBar", "How to use the graph"))
        tools = {
            self.smaller: translate("GraphBar", "Zoom out (−)"),
            self.larger: translate("GraphBar", "Zoom in (+)"),
            self.fit: translate("GraphBar", "Fit (F)"),
            self.export: translate("GraphBar", "Export the picture"),
        }
        for tool, words in tools.items():
            tool.setToolTip(words)
            tool.setAccessibleName(words)
        self.kinds["svg"].setText(translate("GraphBar", "SVG (drawing)…"))
        self.kinds["png"].setText(translate("GraphBar", "PNG (picture)…"))

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        icons = {
            "zoom_out": self.smaller,
            "zoom_in": self.larger,
            "fit": self.fit,
            "help": self.help,
        }
        for name, tool in {**icons, "export": self.export}.items():
            tool.setIcon(theme.icon(name))
