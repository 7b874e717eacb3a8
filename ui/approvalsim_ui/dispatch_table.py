"""The dispatch table as rows: lines in the order of their urgency, under headings if grouped."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QObject, Qt

from approvalsim.dispatch import Dispatch, Line, UnderWay
from approvalsim.dispatch_tables import action, demand, late, people, project_name, under_way
from approvalsim.lights import Signal
from approvalsim.voice import Voice
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import SHARE_ROLE, Index
from approvalsim_ui.signal_words import URGENCY, signal_words

translate = QCoreApplication.translate

Grouping = Literal["none", "team", "owner", "leader", "light"]
COLUMNS = ("project", "light", "stages", "slack", "target", "p80", "chance", "actions", "demands")
LIT = (Signal.RED, Signal.YELLOW, Signal.WARNING)
"""What somebody has to look at."""
LINE_ROLE = Qt.ItemDataRole.UserRole + 30
"""The line of a row; None for a heading."""
BARS_ROLE = Qt.ItemDataRole.UserRole + 31
"""A `Bar` for each stage under way."""
MOST_STAGES = 3
"""Stages under way that a cell names."""


@dataclass(frozen=True)
class Heading:
    """The heading of a group."""

    words: str
    count: int
    lit: int


Row = Heading | Line


@dataclass(frozen=True)
class Bar:
    """A stage under way: its name, its days, and the share of the promised time that is used."""

    name: str
    days: str
    share: float | None
    over: bool


def rows_of(board: Dispatch, grouping: Grouping, only_lit: bool, text: str = "") -> list[Row]:
    """Lines in the order of their urgency, in groups if asked for."""
    voice = Voice(board.scenario, language.current())
    wanted = text.strip().casefold()
    lines = [
        line
        for line in sorted(board.lines, key=_urgency)
        if (not only_lit or line.signal in LIT)
        and wanted in f"{project_name(line.entry)} {people(line, voice)}".casefold()
    ]
    if grouping == "none":
        return list(lines)
    return list(_grouped(lines, _group_of(grouping)))


def _urgency(line: Line) -> tuple[int, float, float]:
    """What comes first: worse lights, then less slack, then a smaller probability."""
    chance = line.prospect.on_time if line.prospect else None
    slack = line.margin if line.margin == line.margin else inf
    return URGENCY.index(line.signal), slack, 1.0 if chance is None else chance


def _group_of(grouping: Grouping) -> Callable[[Line], str]:
    if grouping == "light":
        return lambda line: signal_words(line.signal)
    nobody = translate("DispatchTable", "nobody named")
    return lambda line: str(getattr(line.entry, grouping)) or nobody


def _grouped(lines: Sequence[Line], name: Callable[[Line], str]) -> Iterator[Row]:
    """Groups in the order of their most urgent line."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(name(line), []).append(line)
    for words, members in groups.items():
        yield Heading(words, len(members), sum(line.signal in LIT for line in members))
        yield from members


class DispatchTableModel(QAbstractTableModel):
    """Shows rows; does not know where they come from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board: Dispatch | None = None
        self._rows: list[Row] = []
        self._has_forecast = False

    def show_rows(self, board: Dispatch, rows: Sequence[Row], has_forecast: bool) -> None:
        """Show these; rows of the same projects keep their selection."""
        alike = list(map(_key, rows)) == list(map(_key, self._rows))
        if not alike:
            self.beginResetModel()
        self._board, self._rows, self._has_forecast = board, list(rows), has_forecast
        if not alike:
            self.endResetModel()
        elif rows:
            last = self.index(len(rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> Row | None:
        """What stands in a row."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    # --- Qt -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are lines and headings; cells have no rows of their own."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """See `COLUMNS`."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[COLUMNS[section]]
        return None

    def _heads(self) -> dict[str, str]:
        return {
            "project": self.tr("Project"),
            "light": self.tr("Light"),
            "stages": self.tr("Stages under way: days used / promised"),
            "slack": self.tr("Slack, days"),
            "target": self.tr("Target"),
            "p80": self.tr("Forecast P80"),
            "chance": self.tr("On time"),
            "actions": self.tr("Next actions: by when, by whom"),
            "demands": self.tr("Open demands"),
        }

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are not chosen."""
        if index.isValid() and isinstance(self.row(index.row()), Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None or self._board is None:
            return None
        name = COLUMNS[index.column()]
        if isinstance(row, Heading):
            return self._heading(row, name, role)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._words(row, name, full=role == Qt.ItemDataRole.ToolTipRole) or None
            case Qt.ItemDataRole.TextAlignmentRole if name in ("slack", "chance"):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if name == "slack" and (row.slack or 0) < 0:
                return theme.colours().bad
            case _ if role == SHARE_ROLE and name == "chance":
                return row.prospect.on_time if row.prospect and not row.done else None
            case _ if role == BARS_ROLE and name == "stages":
                voice = Voice(self._board.scenario, language.current())
                return [_bar(each, voice) for each in row.under_way[:MOST_STAGES]]
            case _ if role == LINE_ROLE:
                return row
        return None

    def _heading(self, row: Heading, name: str, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and name == "project":
            words = self.tr("{name}: {count} projects, {lit} lit")
            return words.format(name=row.words, count=row.count, lit=row.lit)
        if role == Qt.ItemDataRole.FontRole:
            return theme.text_font(bold=True)
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.colours().raised
        return None

    def _words(self, line: Line, name: str, full: bool = False) -> str:
        assert self._board is not None
        voice = Voice(self._board.scenario, language.current())
        match name:
            case "project":
                return f"{project_name(line.entry)}\n{people(line, voice)}"
            case "light":
                return self._light(line, voice, full)
            case "stages":
                return "\n".join(under_way(each, voice) for each in line.under_way)
            case "slack":
                return "–" if line.slack is None else language.number(line.slack, 0)
            case "target":
                return str(line.target or "–")
            case "p80":
                return self._p80(line)
            case "chance":
                chance = line.prospect.on_time if line.prospect and not line.done else None
                return "–" if chance is None else language.percent(chance)
            case "actions":
                return "\n".join(action(each, voice) for each in line.actions)
        return "\n".join(demand(each, voice) for each in line.demands)

    def _light(self, line: Line, voice: Voice, full: bool) -> str:
        said = signal_words(line.signal)
        if full and line.late:
            return "\n".join((said, *(late(each, voice) for each in line.late)))
        return said

    def _p80(self, line: Line) -> str:
        if line.done:
            return "–"
        if line.prospect is None:
            return "…" if not self._has_forecast else "–"
        if line.prospect.p80 is None:
            return self.tr("not foreseeable")
        return str(line.prospect.p80)


def _bar(each: UnderWay, voice: Voice) -> Bar:
    """What is written of a stage, and how much of the promised time has been used."""
    unit = voice("工作日", "wd") if each.workdays else voice("天", "d")
    days = str(each.used) if each.promised is None else f"{each.used}/{each.promised:.0f}"
    over = voice(" 超期", " over") if each.over else ""
    share = each.used / each.promised if each.promised else None
    return Bar(voice.name("stage", each.stage), f"{days} {unit}{over}", share, each.over)


def _key(row: Row) -> str:
    return f"# {row.words}" if isinstance(row, Heading) else row.entry.id
