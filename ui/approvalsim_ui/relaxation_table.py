"""Relaxed dependencies as a table: how often, by when, and which grades may."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from approvalsim.parameters import Place
from approvalsim_ui import theme
from approvalsim_ui.cell_roles import CHANGED_ROLE, Index
from approvalsim_ui.duration_text import UnreadableError, number_from, plain, share_from
from approvalsim_ui.grade_table import GRADES, list_for
from approvalsim_ui.graph_words import mode_words
from approvalsim_ui.relaxations import Relaxation, allowed, relaxations
from approvalsim_ui.scenario_editing import ScenarioEditing, reason
from approvalsim_ui.scenario_words import part_name, value_words

COLUMNS = ("edge", "mode", "uptake", "due", "grace")
NUMBERS = ("uptake", "due", "grace")


class RelaxationTableModel(QAbstractTableModel):
    """Dependencies that the commitment path may relax; after `COLUMNS` one column a grade."""

    def __init__(self, editing: ScenarioEditing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._rows: tuple[Relaxation, ...] = ()
        self._grades: tuple[str, ...] = ()
        editing.shown.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the scenario says now."""
        rows, grades = self._now()
        old = [one.place for one in self._rows], self._grades
        if old != ([one.place for one in rows], grades):
            self.beginResetModel()
            self._rows, self._grades = rows, grades
            self.endResetModel()
            return
        self._rows = rows
        if rows:
            last = self.index(len(rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _now(self) -> tuple[tuple[Relaxation, ...], tuple[str, ...]]:
        if not self.editing.has_scenario or self.editing.scenario.commitment is None:
            return (), ()
        scenario = self.editing.scenario
        policy = scenario.commitment
        return relaxations(scenario), tuple(policy.grades) if policy else ()

    def place_at(self, index: Index) -> Place | None:
        """Where the value of a cell stands in the scenario."""
        column, edge = index.column(), self._rows[index.row()]
        if column >= len(COLUMNS):
            return (*GRADES, self._grades[column - len(COLUMNS)], "may_relax")
        if COLUMNS[column] == "edge":
            return edge.place
        return (*edge.place, "relaxed" if COLUMNS[column] == "mode" else COLUMNS[column])

    def index_of(self, place: Place) -> Any:
        """The cell of a place; invalid where there is none."""
        for row, one in enumerate(self._rows):
            if place[: len(one.place)] == one.place:
                field = place[len(one.place) :][:1]
                name = str(field[0]) if field else "edge"
                column = COLUMNS.index(name) if name in COLUMNS else 1
                return self.index(row, column)
        return self.index(-1, -1)

    # --- Qt's questions -----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are relaxed dependencies; cells have no rows of their own."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """`COLUMNS`, and one for each grade."""
        if parent is not None and parent.isValid():
            return 0
        return len(COLUMNS) + len(self._grades)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns; numbers of rows."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if not 0 <= section < self.columnCount():
            return None
        if section >= len(COLUMNS):
            grade = self._grades[section - len(COLUMNS)]
            if role == Qt.ItemDataRole.ToolTipRole:
                return self.tr("Whether grade {grade} may relax it.").format(grade=grade)
            return grade
        name, meaning = self._headings()[COLUMNS[section]]
        return name if role == Qt.ItemDataRole.DisplayRole else meaning

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Numbers can be typed where they mean something, permissions ticked."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        if index.column() >= len(COLUMNS):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if self._has_number(index):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and how."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(index)
            case Qt.ItemDataRole.EditRole:
                return self._typed(index)
            case Qt.ItemDataRole.CheckStateRole if index.column() >= len(COLUMNS):
                may = self._may(index)
                return Qt.CheckState.Checked if may else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._details(index)
            case Qt.ItemDataRole.FontRole if index.column() == 0 or self._is_changed(index):
                return theme.text_font(bold=True)
            case _ if role == CHANGED_ROLE:
                return self._is_changed(index)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed or ticked, unless it is refused."""
        if not index.isValid():
            return False
        if role == Qt.ItemDataRole.CheckStateRole and index.column() >= len(COLUMNS):
            return self._tick(index, Qt.CheckState(value) == Qt.CheckState.Checked)
        if role != Qt.ItemDataRole.EditRole or not self._has_number(index):
            return False
        if str(value or "") == self._typed(index):
            return True
        place = self.place_at(index)
        assert place is not None
        try:
            number = self._read(index, str(value or ""))
        except UnreadableError:
            return False
        return not self.editing.enter(place, number)

    def refusal(self, index: Index, text: str) -> str:
        """Why a text cannot be taken; empty if it can."""
        place = self.place_at(index)
        assert place is not None
        try:
            number = self._read(index, text)
        except UnreadableError as error:
            return reason(error)
        return self.editing.refusal(lambda: self.editing.entered(place, number))

    # --- inside -------------------------------------------------------------------------------

    def _has_number(self, index: Index) -> bool:
        if index.column() >= len(COLUMNS):
            return False
        field, mode = COLUMNS[index.column()], self._rows[index.row()].mode
        return field == "uptake" or (field in ("due", "grace") and mode == "deferred")

    def _read(self, index: Index, text: str) -> float:
        read = share_from if COLUMNS[index.column()] == "uptake" else number_from
        number = read(text)
        if number is None:
            raise UnreadableError("numbers")
        return number

    def _may(self, index: Index) -> bool:
        grade = self._grades[index.column() - len(COLUMNS)]
        return self._rows[index.row()].name in allowed(self.editing.scenario, grade)

    def _tick(self, index: Index, wanted: bool) -> bool:
        scenario = self.editing.scenario
        grade = self._grades[index.column() - len(COLUMNS)]
        names, name = set(allowed(scenario, grade)), self._rows[index.row()].name
        names = names | {name} if wanted else names - {name}
        value = list_for(scenario, self.editing.filed, grade, names)
        return not self.editing.enter((*GRADES, grade, "may_relax"), value)

    def _is_changed(self, index: Index) -> bool:
        place = self.place_at(index)
        if place is None or not self.editing.is_changed(place):
            return False
        if index.column() < len(COLUMNS):
            return index.column() > 0
        filed = self.editing.filed
        grade = self._grades[index.column() - len(COLUMNS)]
        if filed.commitment is None or grade not in filed.commitment.grades:
            return True
        return (self._rows[index.row()].name in allowed(filed, grade)) != self._may(index)

    def _shown(self, index: Index) -> str:
        one, scenario = self._rows[index.row()], self.editing.scenario
        if index.column() >= len(COLUMNS):
            return self.tr("yes") if self._may(index) else self.tr("no")
        field = COLUMNS[index.column()]
        if field == "edge":
            kind = "milestone" if one.is_milestone else "stage"
            source = part_name(scenario, "stage", one.source)
            return f"{source} → {part_name(scenario, kind, one.target)}"
        if field == "mode":
            return mode_words(one.edge.relaxed)
        if not self._has_number(index):
            return "–"
        return self._typed(index)

    def _typed(self, index: Index) -> str:
        if not self._has_number(index):
            return ""
        one, field = self._rows[index.row()], COLUMNS[index.column()]
        if field == "uptake":
            return value_words((field,), one.edge.uptake)
        return plain(getattr(one.edge, field))

    def _details(self, index: Index) -> str:
        lines = [self._shown(index)]
        place = self.place_at(index)
        if place and self._is_changed(index):
            filed = self.editing.filed_words(place)
            lines.append(self.tr("Changed; the file says: {value}").format(value=filed))
        return "\n".join(lines)

    def _headings(self) -> dict[str, tuple[str, str]]:
        return {
            "edge": (self.tr("Need not wait"), self.tr("What goes ahead of what.")),
            "mode": (self.tr("How"), self.tr("Pre-review, or a promise to hand it in later.")),
            "uptake": (self.tr("Uptake"), self.tr("Share of projects that use it.")),
            "due": (self.tr("Due (wd)"), self.tr("Working days until the paper is due.")),
            "grace": (
                self.tr("Grace (wd)"),
                self.tr("Working days after that until the promise counts as broken."),
            ),
        }
