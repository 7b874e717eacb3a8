"""All numbers of a scenario as a table: where each stands, what it is, where it comes from."""

from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from approvalsim.parameters import Parameter, Place, parameters
from approvalsim.scenario import Scenario
from approvalsim_ui.cell_roles import CHANGED_ROLE, Index
from approvalsim_ui.edits import Change, changes
from approvalsim_ui.evidence_words import kind_of, short_words
from approvalsim_ui.scenario_words import place_words, value_words
from approvalsim_ui.stage_forms import aligned

COLUMNS = ("place", "value", "evidence")
Kind = Literal["assumed", "sourced", "silent", "changed", ""]
KIND_ROLE = Qt.ItemDataRole.UserRole + 11
PLACE_ROLE = Qt.ItemDataRole.UserRole + 12


@dataclass(frozen=True)
class _Row:
    parameter: Parameter
    texts: tuple[str, str, str]
    is_changed: bool


class ParameterTableModel(QAbstractTableModel):
    """Every number the scenario gives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []

    def show_scenario(self, scenario: Scenario, original: Scenario) -> None:
        """Show the numbers of a scenario; ``original`` is what its file says."""
        differing = changes(scenario, aligned(original, scenario))
        rows = [_row(scenario, found, differing) for found in parameters(scenario)]
        same = [row.parameter.place for row in rows] == [r.parameter.place for r in self._rows]
        if not same:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        old, self._rows = self._rows, rows
        for number, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before.texts != after.texts or before.is_changed != after.is_changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, 2))

    def counts(self) -> dict[str, int]:
        """How many numbers there are of each kind."""
        kinds = [kind_of(row.parameter) for row in self._rows]
        return {
            **{kind: kinds.count(kind) for kind in ("assumed", "sourced", "silent")},
            "changed": sum(row.is_changed for row in self._rows),
        }

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are numbers; cells have no rows of their own."""
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
        names = (self.tr("Number"), self.tr("Value"), self.tr("Where from"))
        return names[section] if 0 <= section < len(names) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.texts[index.column()]
        if role == KIND_ROLE:
            return kind_of(row.parameter)
        if role == PLACE_ROLE:
            return row.parameter.place
        if role == CHANGED_ROLE:
            return row.is_changed and index.column() == 1
        return None


class ParameterFilter(QSortFilterProxyModel):
    """Numbers of one kind whose words contain what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "assumed"
        self._words: list[str] = []

    def show_kind(self, kind: Kind) -> None:
        """Show only numbers of this kind; all for the empty one."""
        self._kind = kind
        self.invalidate()

    def show_words(self, text: str) -> None:
        """Show only numbers that speak of all these words."""
        self._words = text.lower().split()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        """Whether a number is shown."""
        model = self.sourceModel()
        cells = [model.index(row, column, parent) for column in range(len(COLUMNS))]
        if self._kind == "changed":
            fits = bool(cells[1].data(CHANGED_ROLE))
        else:
            fits = self._kind in ("", cells[0].data(KIND_ROLE))
        words = " ".join(str(cell.data()) for cell in cells).lower()
        return fits and all(word in words for word in self._words)


def _row(scenario: Scenario, found: Parameter, differing: tuple[Change, ...]) -> _Row:
    changed = any(_touches(change.place, found.place) for change in differing)
    texts = (
        place_words(scenario, found.place),
        value_words(found.place, found.value),
        short_words(found),
    )
    return _Row(found, texts, changed)


def _touches(change: Place, place: Place) -> bool:
    return place[: len(change)] == change
