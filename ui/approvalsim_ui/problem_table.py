"""Problems and remarks as a table: what it is about, what is wrong, where in which file."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from approvalsim.errors import Problem, field_name
from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import Index
from approvalsim_ui.duration_text import plain
from approvalsim_ui.remarks import Remark
from approvalsim_ui.scenario_words import part_name, place_words

COLUMNS = ("where", "what", "line")
PLACE_ROLE = Qt.ItemDataRole.UserRole + 12


@dataclass(frozen=True)
class _Row:
    place: Place
    thing: Problem | Remark


class ProblemTableModel(QAbstractTableModel):
    """What is wrong with a scenario or a file, and what is worth a look."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[_Row, ...] = ()
        self._scenario: Scenario | None = None

    def show_findings(
        self,
        problems: tuple[Problem, ...],
        remarks: tuple[Remark, ...] = (),
        scenario: Scenario | None = None,
    ) -> None:
        """Show these; without a scenario places are named as the file spells them."""
        rows = (
            *(_Row(problem.path, problem) for problem in problems),
            *(_Row(remark.place, remark) for remark in remarks),
        )
        if rows == self._rows and self._scenario is scenario:
            return
        self.beginResetModel()
        self._rows, self._scenario = rows, scenario
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are findings; cells have no rows of their own."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """See `COLUMNS`."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns; numbers of rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        names = (self.tr("Where"), self.tr("What"), self.tr("File and line"))
        return names[section] if 0 <= section < len(names) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        colours = theme.colours()
        wrong = isinstance(row.thing, Problem)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._words(row, "file" if column == "line" else column) or None
            case Qt.ItemDataRole.AccessibleTextRole if column == "where":
                kind = self.tr("problem") if wrong else self.tr("worth a look")
                return f"{kind}: {self._words(row, column)}"
            case Qt.ItemDataRole.DecorationRole if column == "where":
                if wrong:
                    return theme.icon("error", colours.bad)
                return theme.icon("warning", colours.warn)
            case Qt.ItemDataRole.ForegroundRole if column == "where" and row.place:
                return colours.link
            case _ if role == PLACE_ROLE:
                return row.place
        return None

    def _words(self, row: _Row, column: str) -> str:
        thing = row.thing
        if column == "where":
            return self._place_words(row.place) or self.tr("the file as a whole")
        if column == "what":
            if isinstance(thing, Problem):
                return thing.message(language.current())
            return self._remark_words(thing)
        if isinstance(thing, Remark) or not thing.file:
            return ""
        file = thing.file if column == "file" else PurePath(thing.file).name
        return f"{file}:{thing.line}" if thing.line else file

    def _place_words(self, place: Place) -> str:
        if self._scenario is None:
            return field_name(place)
        return place_words(self._scenario, place)

    def _remark_words(self, remark: Remark) -> str:
        if remark.kind == "over_limit":
            longest, limit = (plain(round(value, 1)) for value in remark.values)
            return self.tr(
                "A review may take up to {longest} working days; the law allows {limit}."
            ).format(longest=longest, limit=limit)
        if remark.kind == "idle_department":
            return self.tr("No stage needs this department.")
        if remark.kind == "measure" and self._scenario is not None:
            goal = part_name(self._scenario, "milestone", str(remark.values[0]))
            said = self.tr("Times, rates and differences are counted to {goal}.")
            return said.format(goal=goal)
        return self.tr("The policy is on, but no dependency is relaxed: it saves no waiting.")
