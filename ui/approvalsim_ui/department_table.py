"""Departments as a small table under the stages: how many reviewers, how busy, how long a queue."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyleOptionViewItem, QWidget

from approvalsim.parameters import Place
from approvalsim.summary import Summary
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import CHANGED_ROLE, SHARE_ROLE, Index
from approvalsim_ui.duration_text import UnreadableError, number_from, plain
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.scenario_editing import ScenarioEditing, reason
from approvalsim_ui.scenario_words import choice_words, part_name, unit_words
from approvalsim_ui.stage_cells import CellDelegate, CellTable
from approvalsim_ui.table_columns import Column, TableFitter

COLUMNS = (
    "name",
    "reviewers",
    "discipline",
    "meeting",
    "stages",
    "utilisation",
    "mean_wait",
    "longest_queue",
)
RESULTS = ("utilisation", "mean_wait", "longest_queue")
EDITABLE = ("reviewers", "discipline", "meeting")


class DepartmentTableModel(QAbstractTableModel):
    """Departments of a scenario; wishes go to its `ScenarioEditing`."""

    def __init__(self, editing: ScenarioEditing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._rows: list[str] = []
        self._results: Mapping[str, Any] = {}
        self._seen: Any = None
        editing.shown.connect(self._follow)
        self._follow()

    def refresh(self) -> None:
        """Show everything anew, as in another language."""
        self._seen = None
        self._follow()

    def _follow(self) -> None:
        """Show what the scenario says now, unless it is the same as before."""
        scenario = self.editing.scenario if self.editing.has_scenario else None
        rows = list(scenario.department) if scenario else []
        seen, self._seen = self._seen, self._state()
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows and seen != self._seen:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def _state(self) -> Any:
        """All that the table is made of."""
        if not self.editing.has_scenario:
            return None
        scenario = self.editing.scenario
        stages = [(s.name, s.department, s.meeting) for s in scenario.stage.values()]
        changed = [
            change.place
            for change in self.editing.changes
            if change.place[0] == "department" or "meeting" in change.place
        ]
        return dict(scenario.department), stages, changed

    def show_summary(self, summary: Summary | None) -> None:
        """Show what a run says, or that nothing is known yet."""
        self._results = summary.departments if summary else {}
        if self._rows:
            first = self.index(0, COLUMNS.index(RESULTS[0]))
            self.dataChanged.emit(first, self.index(len(self._rows) - 1, len(COLUMNS) - 1))

    def row_of(self, department: str) -> int:
        """The row of a department; -1 where there is none."""
        return self._rows.index(department) if department in self._rows else -1

    def place_at(self, index: Index) -> Place | None:
        """Where the value of a cell stands in the scenario; None where there is no one place."""
        department, field = self._rows[index.row()], COLUMNS[index.column()]
        if field == "meeting":
            stage = self._meeting_stage(department)
            return ("stage", stage, "meeting", "every") if stage else None
        if field in ("name", "reviewers", "discipline"):
            return ("department", department, field)
        return None

    # --- Qt's questions -----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are departments; cells have no rows of their own."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """See `COLUMNS`."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of columns, with what they mean as tool tips; numbers of rows."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(COLUMNS):
            return None
        name, meaning = self._headings()[COLUMNS[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        return meaning if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Numbers of reviewers, orders of queues and single meetings can be edited."""
        flags = super().flags(index)
        if index.isValid() and COLUMNS[index.column()] in EDITABLE and self.place_at(index):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and how."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        department, field = self._rows[index.row()], COLUMNS[index.column()]
        place = self.place_at(index)
        changed = place is not None and self.editing.is_changed(place)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(department, field)
            case Qt.ItemDataRole.EditRole:
                return self._typed(index)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._details(index, changed)
            case Qt.ItemDataRole.TextAlignmentRole if field in (*RESULTS, "reviewers"):
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.FontRole if changed or field == "name":
                return theme.text_font(bold=True)
            case _ if role == CHANGED_ROLE:
                return changed
            case _ if role == SHARE_ROLE and field == "utilisation" and self._known(department):
                return min(float(self._results[department].utilisation), 1.0)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed, unless it is refused."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        text = str(value or "")
        if text == self._typed(index):
            return True
        place = self.place_at(index)
        assert place is not None
        try:
            return not self.editing.enter(place, self._read(index, text))
        except UnreadableError:
            return False

    def refusal(self, index: Index, text: str) -> str:
        """Why a text cannot be taken; empty if it can."""
        place = self.place_at(index)
        if place is None or text == self._typed(index):
            return ""
        try:
            value = self._read(index, text)
        except UnreadableError as error:
            return reason(error)
        return self.editing.refusal(lambda: self.editing.entered(place, value))

    # --- words --------------------------------------------------------------------------------

    def _read(self, index: Index, text: str) -> Any:
        field = COLUMNS[index.column()]
        if field == "discipline":
            return text
        number = number_from(text)
        if number is None:
            raise UnreadableError("numbers")
        whole = field == "reviewers" and number == int(number)
        return int(number) if whole else number

    def _meeting_stage(self, department: str) -> str:
        """The one stage of a department that waits for meetings; empty if there are several."""
        stages = self._meeting_stages(department)
        return stages[0] if len(stages) == 1 else ""

    def _meeting_stages(self, department: str) -> list[str]:
        stages = self.editing.scenario.stage.items()
        return [name for name, s in stages if s.department == department and s.meeting]

    def _known(self, department: str) -> bool:
        return department in self._results

    def _shown(self, department: str, field: str) -> str:
        scenario = self.editing.scenario
        part = scenario.department[department]
        if field in RESULTS:
            return self._result(department, field)
        if field == "name":
            return language.words(part.name, department)
        if field == "reviewers":
            return str(part.reviewers)
        if field == "discipline":
            return choice_words(part.discipline)
        if field == "meeting":
            found = [scenario.stage[name].meeting for name in self._meeting_stages(department)]
            words = [plain(meeting.every) for meeting in found if meeting]
            unit = unit_words("days", short=True)
            return f"{', '.join(words)} {unit}" if words else "–"
        mine = [name for name, stage in scenario.stage.items() if stage.department == department]
        return ", ".join(part_name(scenario, "stage", name) for name in mine) or "–"

    def _result(self, department: str, field: str) -> str:
        if not self._known(department):
            return "…"
        result = self._results[department]
        if field == "utilisation":
            return language.percent(result.utilisation)
        return language.number(getattr(result, field))

    def _typed(self, index: Index) -> str:
        department, field = self._rows[index.row()], COLUMNS[index.column()]
        part = self.editing.scenario.department[department]
        if field == "discipline":
            return part.discipline
        if field == "meeting" and (stage := self._meeting_stage(department)):
            meeting = self.editing.scenario.stage[stage].meeting
            return plain(meeting.every) if meeting else ""
        return str(part.reviewers) if field == "reviewers" else ""

    def _details(self, index: Index, changed: bool) -> str:
        lines = [self._shown(self._rows[index.row()], COLUMNS[index.column()])]
        place = self.place_at(index)
        if changed and place:
            filed = self.editing.filed_words(place)
            lines.append(self.tr("Changed; the file says: {value}").format(value=filed))
        return "\n".join(lines)

    def _headings(self) -> dict[str, tuple[str, str]]:
        return {
            "name": (self.tr("Department"), self.tr("Its reviewers are shared by all projects.")),
            "reviewers": (self.tr("Reviewers"), self.tr("Cases it handles at once.")),
            "discipline": (self.tr("Order"), self.tr("Whose turn comes next.")),
            "meeting": (self.tr("Meetings"), self.tr("Reviews begin only at joint meetings.")),
            "stages": (self.tr("Stages"), self.tr("What it reviews.")),
            "utilisation": (self.tr("Busy"), self.tr("Share of its reviewers' time in use.")),
            "mean_wait": (self.tr("Wait"), self.tr("Days a submission stood in the queue.")),
            "longest_queue": (
                self.tr("Queue"),
                self.tr("Longest queue of a replication, on average."),
            ),
        }


class DepartmentTable(CellTable):
    """The table itself: reviewers stand in boxes that can be clicked up and down."""

    def __init__(self, model: DepartmentTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, NumberSpin] = {}
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_DepartmentDelegate(self))
        number = Column(56, 120)
        columns = [
            Column(90, 240, words=True),
            Column(90, 90),
            Column(80, 120, words=True, spare=3),
            number,
            Column(90, 240, words=True, spare=4),
            number,
            Column(56, 120, spare=1),
            Column(56, 120, spare=2),
        ]
        self.fitter = TableFitter(self, columns, COLUMNS.index("stages"), lines=1)
        model.modelReset.connect(self._make_boxes)
        model.dataChanged.connect(self._refresh_boxes)
        self._make_boxes()

    def _make_boxes(self) -> None:
        editing, column = self._model.editing, COLUMNS.index("reviewers")
        self._boxes = {}
        for row in range(self._model.rowCount()):
            index = self._model.index(row, column)
            place = self._model.place_at(index)
            assert place is not None
            box = NumberSpin(least=1, most=10_000, decimals=0)
            box.setFrame(False)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            box.entered.connect(lambda number, at=place: editing.enter(at, round(number)))
            self._boxes[str(place[1])] = box
            self.setIndexWidget(index, _with_margin(box))
        self._refresh_boxes()

    def _refresh_boxes(self) -> None:
        for department, box in self._boxes.items():
            part = self._model.editing.scenario.department[department]
            box.show_number(part.reviewers)
            words = self.tr("Reviewers of {department}")
            name = language.words(part.name, department)
            box.setAccessibleName(words.format(department=name))

    def box_of(self, department: str) -> NumberSpin:
        """The box with the reviewers of a department."""
        return self._boxes[department]


class _DepartmentDelegate(CellDelegate):
    bar = "focus"

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Reviewers have a box, which says the number itself."""
        super().initStyleOption(option, index)
        if COLUMNS[index.column()] == "reviewers":
            option.text = ""

    def choices(self, index: Index) -> list[tuple[str, str]]:
        """The two orders of a queue."""
        if COLUMNS[index.column()] != "discipline":
            return []
        return [(name, choice_words(name)) for name in ("fifo", "priority")]


def _with_margin(box: NumberSpin) -> QWidget:
    """The box with room beside it for the mark of change."""
    frame = QWidget()
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 1, 2, 1)
    row.addWidget(box)
    frame.setFocusProxy(box)
    return frame
