"""The bar above the wall chart: sides, rows, what the bars are, filters, zoom, table, export."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import theme
from approvalsim_ui.wall_chart_canvas import STEP
from approvalsim_ui.wall_chart_rows import GROUPINGS, Choice, Grouping, Sides, What
from approvalsim_ui.wall_chart_words import translate

Kind = Literal["pdf", "png", "svg", "csv"]
KINDS: tuple[Kind, ...] = ("pdf", "png", "svg", "csv")
SIDES: tuple[Sides, ...] = ("a", "b", "both")
WHATS: tuple[What, ...] = ("one", "bands", "actual")
T = TypeVar("T", bound=str)


class WallBar(QWidget):
    """Tells what is chosen; only passes wishes on."""

    chosen = Signal()
    """Something else is to be seen: see `choice`."""
    zoom_wanted = Signal(float)
    fit_wanted = Signal()
    table_wanted = Signal(bool)
    copy_wanted = Signal()
    paper_wanted = Signal(bool)
    """Show or hide what is asked before printing."""
    export_wanted = Signal(str)
    """``png``, ``svg`` or ``csv``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sides = {side: QPushButton() for side in SIDES}
        self.groupings = {grouping: QPushButton() for grouping in GROUPINGS}
        self.whats = {what: QPushButton() for what in WHATS}
        self.project, self.department = QComboBox(), QComboBox()
        self.by_date = QCheckBox()
        self.table, self.paper = QToolButton(), QToolButton()
        self.smaller, self.larger, self.fit = QToolButton(), QToolButton(), QToolButton()
        self.copy, self.export, self._menu = QToolButton(), QToolButton(), QMenu(self)
        self._labels = [QLabel() for _ in range(3)]
        self._kinds = {kind: self._menu.addAction("") for kind in KINDS}
        self._build()
        self.show_choice(Choice())
        self.offer_actual(False)
        self._connect()
        self.retranslate()
        self.retheme()

    def _build(self) -> None:
        upper, lower = QHBoxLayout(), QHBoxLayout()
        chips = (self.sides, self.groupings, self.whats)
        for label, group in zip(self._labels, chips, strict=True):
            theme.set_role(label, "muted")
            upper.addWidget(label)
            exclusive = QButtonGroup(self, exclusive=True)
            for button in group.values():  # type: ignore[attr-defined]
                button.setCheckable(True)
                theme.set_role(button, "chip")
                exclusive.addButton(button)
                upper.addWidget(button)
            upper.addSpacing(10)
        upper.addStretch(1)
        for box in (self.project, self.department):
            box.setMinimumContentsLength(14)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(300)
            lower.addWidget(box)
        lower.addWidget(self.by_date)
        lower.addStretch(1)
        self.export.setMenu(self._menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.export.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.paper.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for tool in (
            *(self.smaller, self.larger, self.fit),
            *(self.table, self.copy, self.export, self.paper),
        ):
            theme.set_role(tool, "flat")
            tool.setIconSize(QSize(18, 18))
            tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            lower.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for tool in (self.table, self.paper):
            tool.setCheckable(True)
        for row in (upper, lower):
            row.setSpacing(6)
            column.addLayout(row)

    def _connect(self) -> None:
        for buttons in (self.sides, self.groupings, self.whats):
            for button in buttons.values():
                button.clicked.connect(self.chosen)
        self.project.activated.connect(self.chosen)
        self.department.activated.connect(self.chosen)
        self.by_date.clicked.connect(self.chosen)
        self.table.clicked.connect(self.table_wanted)
        self.paper.clicked.connect(self.paper_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.fit.clicked.connect(self.fit_wanted)
        self.smaller.clicked.connect(lambda: self.zoom_wanted.emit(1 / STEP))
        self.larger.clicked.connect(lambda: self.zoom_wanted.emit(STEP))
        for kind, action in self._kinds.items():
            if kind == "pdf":
                action.triggered.connect(self.paper.click)
            else:
                action.triggered.connect(lambda _=False, kind=kind: self.export_wanted.emit(kind))

    # --- what is chosen --------------------------------------------------------------------------

    @property
    def choice(self) -> Choice:
        """What is to be seen."""
        grouping: Grouping = _checked(self.groupings)
        what: What = _checked(self.whats)
        sides: Sides = _checked(self.sides)
        return Choice(
            grouping=grouping,
            what=what,
            sides="both" if what == "actual" else sides,
            order="dates" if self.by_date.isChecked() else "listed",
            project=str(self.project.currentData() or ""),
            department=str(self.department.currentData() or ""),
        )

    def show_choice(self, choice: Choice) -> None:
        """Choose something, as a click would; what is not offered is left out."""
        self.groupings[choice.grouping].setChecked(True)
        self.whats[choice.what].setChecked(True)
        if choice.what != "actual":
            self.sides[choice.sides].setChecked(True)
        self.by_date.setChecked(choice.order == "dates")
        for box, wanted in ((self.project, choice.project), (self.department, choice.department)):
            with QSignalBlocker(box):
                box.setCurrentIndex(max(box.findData(wanted), 0))

    def offer(
        self, projects: Sequence[tuple[str, str]], departments: Sequence[tuple[str, str]]
    ) -> None:
        """Projects and departments to choose from (ids and names), behind all of them."""
        for box, whole, offered in (
            (self.project, translate("WallBar", "All projects"), projects),
            (self.department, translate("WallBar", "All departments"), departments),
        ):
            kept = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                box.addItem(whole, "")
                for id_, name in offered:
                    box.addItem(name, id_)
                box.setCurrentIndex(max(box.findData(kept), 0))

    def offer_actual(self, offered: bool) -> None:
        """Whether what really happened can be seen against the plan."""
        self.whats["actual"].setVisible(offered)
        if not offered and self.whats["actual"].isChecked():
            self.whats["one"].setChecked(True)

    def enable_sides(self, enabled: bool) -> None:
        """Whether there are sides to choose."""
        for button in self.sides.values():
            button.setEnabled(enabled)

    def name_sides(self, names: tuple[str, str]) -> None:
        """What A and B are."""
        for side, name in zip(("a", "b"), names, strict=True):
            words = f"{side.upper()} · {name}"
            self.sides[side].setToolTip(words)  # type: ignore[index]
            self.sides[side].setAccessibleName(words)  # type: ignore[index]

    # --- words and looks -------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        heads = (
            translate("WallBar", "Side"),
            translate("WallBar", "Rows"),
            translate("WallBar", "Bars"),
        )
        for label, words in zip(self._labels, heads, strict=True):
            label.setText(words)
        for side, words in zip(SIDES, ("A", "B", translate("WallBar", "A and B")), strict=True):
            self.sides[side].setText(words)
        for button, words, tip in (
            (
                self.groupings["projects"],
                translate("WallBar", "one a project"),
                translate("WallBar", "Every project in one row"),
            ),
            (
                self.groupings["stages"],
                translate("WallBar", "stages by project"),
                translate("WallBar", "Every stage in a row, project by project"),
            ),
            (
                self.groupings["departments"],
                translate("WallBar", "stages by department"),
                translate("WallBar", "Every stage in a row, department by department"),
            ),
            (
                self.whats["one"],
                translate("WallBar", "one replication"),
                translate("WallBar", "The replication whose mean time is nearest the median"),
            ),
            (
                self.whats["bands"],
                translate("WallBar", "P50 and P80"),
                translate(
                    "WallBar",
                    "Over all replications: medians, and on to the day by which 80 % are finished;"
                    " set off from the signing of the representative replication",
                ),
            ),
            (
                self.whats["actual"],
                translate("WallBar", "against plan"),
                translate("WallBar", "What the register says, and by when it ought to have been"),
            ),
        ):
            button.setText(words)
            button.setToolTip(tip)
        self.by_date.setText(translate("WallBar", "by date"))
        self.by_date.setToolTip(translate("WallBar", "Projects in the order of their signing"))
        self.project.setAccessibleName(translate("WallBar", "Project"))
        self.department.setAccessibleName(translate("WallBar", "Department"))
        self._name_tools()
        self._menu.actions()[0].setText(translate("WallBar", "PDF on one page…"))
        for kind, words in (
            ("png", translate("WallBar", "Save as picture (PNG)…")),
            ("svg", translate("WallBar", "Save as drawing (SVG)…")),
            ("csv", translate("WallBar", "Save figures (CSV)…")),
        ):
            self._kinds[kind].setText(words)  # type: ignore[index]

    def _name_tools(self) -> None:
        self.paper.setText(translate("WallBar", "Print"))
        for tool, words in (
            (self.smaller, translate("WallBar", "Zoom out (−)")),
            (self.larger, translate("WallBar", "Zoom in (+)")),
            (self.fit, translate("WallBar", "Fit to width (0)")),
            (self.table, translate("WallBar", "Show the table")),
            (self.copy, translate("WallBar", "Copy the table (Ctrl+C)")),
            (self.export, translate("WallBar", "Save")),
            (self.paper, translate("WallBar", "Print on one page, or save as PDF (Ctrl+P)")),
        ):
            tool.setToolTip(words)
            tool.setAccessibleName(words)

    def retheme(self) -> None:
        """Take icons in the colours of the theme."""
        for tool, name in (
            *((self.smaller, "zoom_out"), (self.larger, "zoom_in"), (self.fit, "fit")),
            *((self.table, "table"), (self.copy, "copy"), (self.export, "export")),
            (self.paper, "print"),
        ):
            tool.setIcon(theme.icon(name))


def _checked(buttons: dict[T, QPushButton]) -> T:
    return next(name for name, button in buttons.items() if button.isChecked())
