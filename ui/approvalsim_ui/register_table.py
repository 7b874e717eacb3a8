"""The projects of a register as an editable table, with lights and problems in their cells."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from approvalsim.dispatch import Line
from approvalsim.dispatch_tables import under_way
from approvalsim.errors import Problem
from approvalsim.lights import Signal as Light
from approvalsim.register import Entry, Register
from approvalsim.register_changes import Change, fields_of, kind_of
from approvalsim.scenario import Scenario
from approvalsim.voice import Voice
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import Index
from approvalsim_ui.register_fields import (
    LIGHT,
    NOW,
    Field,
    choices,
    differs,
    fields_for,
    head,
    key_of,
    read,
    refusal,
    shown,
)
from approvalsim_ui.signal_words import URGENCY, signal_colours, signal_words

PROJECT_ROLE = Qt.ItemDataRole.UserRole + 20
"""The id of a row's project."""
FIELD_ROLE = Qt.ItemDataRole.UserRole + 21
"""The field of a cell."""


class RegisterTableModel(QAbstractTableModel):
    """One row a project, one column a field; tells what the user wants changed."""

    wished = Signal(tuple, str)
    """Changes, and what to call the step for undo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scenario: Scenario | None = None
        self.fields: tuple[Field, ...] = ()
        self.is_read_only = False
        self._rows: list[str] = []
        self._order: list[str] = []
        self._entries: dict[str, Entry] = {}
        self._values: dict[str, dict[str, Any]] = {}
        self._lines: dict[str, Line] = {}
        self._wrong: dict[tuple[str, str], list[Problem]] = {}
        self._filter = ""

    # --- what is shown ------------------------------------------------------------------------

    def show_register(
        self, register: Register, scenario: Scenario, problems: Sequence[Problem], read_only: bool
    ) -> None:
        """Show a register; what stood in order before keeps its place."""
        fields = fields_for(register, scenario)
        self._scenario, self.is_read_only = scenario, read_only
        self._entries = {entry.id: entry for entry in register.entries}
        self._values = {entry.id: fields_of(entry) for entry in register.entries}
        known = [name for name in self._order if name in self._entries]
        self._order = known + [name for name in self._entries if name not in set(known)]
        self._wrong = _by_cell(register, problems)
        if fields != self.fields:
            self.beginResetModel()
            self.fields = fields
            self._rows = self._filtered()
            self.endResetModel()
        else:
            self._show_rows()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lights and stages, as far as they are known."""
        self._lines = {line.entry.id: line for line in lines}
        self._tell_all()

    def show_filter(self, text: str) -> None:
        """Show only rows that hold a text."""
        self._filter = text.strip().casefold()
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._filtered()
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            self._tell_all()

    def _filtered(self) -> list[str]:
        if not self._filter:
            return list(self._order)
        return [name for name in self._order if self._filter in self._all_words(name)]

    def _all_words(self, project: str) -> str:
        values = self._values[project]
        words = [shown(field, values.get(key_of(field))) for field in self.fields]
        return "\n".join((*words, self._light(project))).casefold()

    def _tell_all(self) -> None:
        if self._rows and self.fields:
            last = self.index(len(self._rows) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # --- where things are ---------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many projects the register has."""
        return len(self._entries)

    def project(self, row: int) -> str:
        """The id of a row's project; empty where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else ""

    def place(self, project: str, field: Field) -> Index:
        """The cell of a field; invalid where it is not shown."""
        if project not in self._rows or field not in self.fields:
            return self.index(-1, -1)
        return self.index(self._rows.index(project), self.fields.index(field))

    def value(self, index: Index) -> Any:
        """What a cell holds."""
        field = self.fields[index.column()]
        return self._values[self._rows[index.row()]].get(key_of(field))

    def choices(self, index: Index) -> dict[str, str]:
        """What can be chosen in a cell, by its words."""
        return choices(self.fields[index.column()], self._scenario)

    def is_date(self, column: int) -> bool:
        """Whether a column holds dates."""
        return kind_of(key_of(self.fields[column])) == "date"

    def refusal(self, index: Index, text: str) -> str:
        """Why a text cannot be taken into a cell; empty if it can."""
        return refusal(self.fields[index.column()], text, self.value(index))

    # --- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are projects that fit the filter; cells have no rows of their own."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """See `fields`."""
        return 0 if parent is not None and parent.isValid() else len(self.fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return head(self.fields[section], self._scenario) if section < len(self.fields) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What follows from the register cannot be typed over, nor can ids."""
        found = super().flags(index)
        if not index.isValid() or self.is_read_only:
            return found
        fixed = self.fields[index.column()] in (LIGHT, NOW, ("id",))
        return found if fixed else found | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        project, field = self._rows[index.row()], self.fields[index.column()]
        wrong = self._wrong.get((project, key_of(field)))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(project, field)
            case Qt.ItemDataRole.EditRole:
                value = self.value(index)
                return value if self.choices(index) else shown(field, value)
            case Qt.ItemDataRole.ToolTipRole:
                if field == NOW:
                    return self._now(project, in_full=True) or None
                return _messages(wrong) if wrong else self._words(project, field) or None
            case Qt.ItemDataRole.AccessibleDescriptionRole if wrong:
                return _messages(wrong)
            case Qt.ItemDataRole.DecorationRole if wrong:
                return theme.icon("warning", theme.colours().bad)
            case Qt.ItemDataRole.BackgroundRole:
                return self._background(project, field, bool(wrong))
            case _ if role == PROJECT_ROLE:
                return project
            case _ if role == FIELD_ROLE:
                return field
        return None

    def _words(self, project: str, field: Field) -> str:
        if field == LIGHT:
            return self._light(project)
        if field == NOW:
            return self._now(project)
        value = self._values[project].get(key_of(field))
        if field == ("name",):
            return shown(field, value) or project
        return shown(field, value)

    def _light(self, project: str) -> str:
        signal = self._signal(project)
        return signal_words(signal) if signal else ""

    def _signal(self, project: str) -> Light | None:
        line = self._lines.get(project)
        if line is not None:
            return line.signal
        return Light.LEFT if self._entries[project].left else None

    def _now(self, project: str, in_full: bool = False) -> str:
        line = self._lines.get(project)
        if line is None or self._scenario is None:
            return ""
        voice = Voice(self._scenario, language.current())
        if in_full:
            return "\n".join(under_way(each, voice) for each in line.under_way)
        names = [voice.name("stage", each.stage) for each in line.under_way]
        return voice("、", ", ").join(names)

    def _background(self, project: str, field: Field, wrong: bool) -> Any:
        if wrong:
            return theme.colours().bad_soft
        signal = self._signal(project)
        return signal_colours(signal)[1] if field == LIGHT and signal else None

    def setData(self, index: Any, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Wish for another value; gives whether it can be had."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.is_read_only:
            return False
        field, old = self.fields[index.column()], self.value(index)
        text = "" if value is None else str(value)
        if self.refusal(index, text):
            return False
        new = read(field, text, old)
        if differs(old, new):
            project = self._rows[index.row()]
            called = self._words(project, ("name",))
            step = f"{called}: {head(field, self._scenario)}".replace("\n", " ")
            self.wished.emit((Change(project, key_of(field), new),), step)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put projects in the order of a column; those without a value come last."""
        if not 0 <= column < len(self.fields):
            return
        field, down = self.fields[column], order == Qt.SortOrder.DescendingOrder
        keys = {name: self._sort_key(name, field) for name in self._order}
        filled = [name for name in self._order if keys[name] is not None]
        empty = [name for name in self._order if keys[name] is None]
        self.beginResetModel()
        self._order = sorted(filled, key=lambda name: keys[name], reverse=down) + empty
        self._rows = self._filtered()
        self.endResetModel()

    def _sort_key(self, project: str, field: Field) -> Any:
        if field == LIGHT:
            signal = self._signal(project)
            return None if signal is None else URGENCY.index(signal)
        value = self._values[project].get(key_of(field))
        if field == NOW or (value is not None and not isinstance(value, int | float | date)):
            return self._words(project, field) or None
        return None if value is None else (type(value).__name__ == "str", value)


def _by_cell(
    register: Register, problems: Sequence[Problem]
) -> dict[tuple[str, str], list[Problem]]:
    """Problems of projects by the cells they are about."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        match problem.path:
            case ("project", int(index), *rest) if index < len(register.entries):
                place = register.entries[index].id, ".".join(map(str, rest))
                found.setdefault(place, []).append(problem)
    return found


def _messages(problems: Sequence[Problem]) -> str:
    return "\n".join(problem.message(language.current()) for problem in problems)
