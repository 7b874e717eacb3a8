"""Demands (诉求) of one project or of all as an editable table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from approvalsim.register import Demand
from approvalsim.register_changes import Change, demand_fields
from approvalsim.register_headings import DEMAND_HEADINGS
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import Index
from approvalsim_ui.register_fields import DEMAND_FIELDS, choices, differs, read, refusal, shown

_FIELDS = (*DEMAND_FIELDS, "days")
_FIXED = ("id", "project", "days")


class DemandTableModel(QAbstractTableModel):
    """One row a demand; tells what the user wants changed."""

    wished = Signal(tuple, str)
    """Changes, and what to call the step for undo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._demands: tuple[Demand, ...] = ()
        self._names: dict[str, str] = {}
        self._as_of: date | None = None
        self.fields: tuple[str, ...] = _FIELDS
        self.is_read_only = False

    def show_demands(
        self, demands: Sequence[Demand], names: dict[str, str], as_of: date | None, every: bool
    ) -> None:
        """Show these; the project of each only where they are of several."""
        fields = (_FIELDS[0], "project", *_FIELDS[1:]) if every else _FIELDS
        alike = [each.id for each in demands] == [each.id for each in self._demands]
        self._names, self._as_of = names, as_of
        if alike and fields == self.fields:
            self._demands = tuple(demands)
            if demands:
                last = self.index(len(demands) - 1, len(fields) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._demands, self.fields = tuple(demands), fields
        self.endResetModel()

    def demand(self, row: int) -> Demand | None:
        """The demand of a row."""
        return self._demands[row] if 0 <= row < len(self._demands) else None

    def choices(self, index: Index) -> dict[str, str]:
        """What can be chosen in a cell, by its words."""
        return choices((self.fields[index.column()],), None, "demand")

    def is_date(self, column: int) -> bool:
        """Whether a column holds dates."""
        return self.fields[column] in ("raised", "answered", "closed")

    def refusal(self, index: Index, text: str) -> str:
        """Why a text cannot be taken into a cell; empty if it can."""
        field = self.fields[index.column()]
        if field == "raised" and not text.strip():
            return self.tr("A demand needs the date on which it was raised.")
        return refusal((field,), text, self._value(index), "demand")

    def _value(self, index: Index) -> Any:
        field = self.fields[index.column()]
        return demand_fields(self._demands[index.row()]).get(field)

    # --- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are demands; cells have no rows of their own."""
        return 0 if parent is not None and parent.isValid() else len(self._demands)

    def columnCount(self, parent: Index | None = None) -> int:
        """See `fields`."""
        return 0 if parent is not None and parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if field == "days":
            return self.tr("Days open")
        if field == "project":
            return self.tr("Project")
        return DEMAND_HEADINGS[field][language.current() != "zh"]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be typed over but what the demand is called."""
        found = super().flags(index)
        if not index.isValid() or self.is_read_only or self.fields[index.column()] in _FIXED:
            return found
        return found | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; those that are closed look fainter."""
        if not index.isValid() or index.row() >= len(self._demands):
            return None
        demand, field = self._demands[index.row()], self.fields[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(demand, field)
            case Qt.ItemDataRole.EditRole:
                value = self._value(index)
                return value if self.choices(index) else shown((field,), value, "demand")
            case Qt.ItemDataRole.ForegroundRole if demand.closed:
                return theme.colours().muted
        return None

    def _words(self, demand: Demand, field: str) -> str:
        if field == "days":
            return self._days(demand)
        if field == "project":
            return self._names.get(demand.project) or demand.project
        return shown((field,), demand_fields(demand).get(field), "demand")

    def _days(self, demand: Demand) -> str:
        """How long it took to answer, or has been open."""
        until = demand.closed or self._as_of
        if until is None or until < demand.raised:
            return ""
        days = (until - demand.raised).days
        if demand.closed:
            return self.tr("closed after {days}").format(days=days)
        return str(days)

    def setData(self, index: Any, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Wish for another value; gives whether it can be had."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.is_read_only:
            return False
        demand, field = self._demands[index.row()], self.fields[index.column()]
        text = "" if value is None else str(value)
        if self.refusal(index, text):
            return False
        old = self._value(index)
        new = read((field,), text, old, "demand")
        if differs(old, new):
            name = f"demands.{demand.id}.{field}"
            step = self.tr("Demand {id}").format(id=demand.id)
            self.wished.emit((Change(demand.project, name, new),), step)
        return True
