"""The stages as a table: one row a stage, edited in place; and what a run says about each."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QObject,
    Qt,
)

from approvalsim.parameters import Place, usual_unit
from approvalsim.scenario import Scenario
from approvalsim.summary import Summary
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import CHANGED_ROLE, INHERITED_ROLE, SHARE_ROLE, Index
from approvalsim_ui.duration_text import (
    UnreadableError,
    as_text,
    number_from,
    parsed,
    plain,
    share_from,
)
from approvalsim_ui.edits import UNSET, reworded
from approvalsim_ui.relaxations import Relaxation, relaxations_of
from approvalsim_ui.scenario_editing import ScenarioEditing, reason
from approvalsim_ui.scenario_words import (
    duration_words,
    part_name,
    unit_words,
    value_words,
)
from approvalsim_ui.stage_forms import (
    Form,
    correction_with,
    factor_in,
    is_own,
    place_in,
    value_in,
)

COLUMNS = (
    "name",
    "department",
    "owner",
    "prepare",
    "review",
    "notice",
    "correction",
    "statutory",
    "relaxed",
    "criticality",
    "duration",
)
DURATIONS = ("prepare", "review", "notice")
TEXTS = ("name", "owner")
RESULTS = ("criticality", "duration")
FIXED = ("relaxed", *RESULTS)
"""Columns that are not edited in place."""


class StageTableModel(QAbstractTableModel):
    """Stages of a scenario in one form; wishes go to its `ScenarioEditing`."""

    def __init__(self, editing: ScenarioEditing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self.form: Form = None
        self._rows: list[str] = []
        self._results: Mapping[str, Any] = {}
        self._seen: dict[str, tuple[Any, ...]] = {}
        editing.shown.connect(self._follow)
        self._follow()

    # --- what is shown ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show everything anew, as in another language."""
        self._seen = {}
        self._follow()

    def _follow(self) -> None:
        """Show what the scenario says now; rows that say the same are left alone."""
        rows = list(self.editing.scenario.stage) if self.editing.has_scenario else []
        seen, self._seen = self._seen, {name: self._state(name) for name in rows}
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for row, name in enumerate(rows):
            if not _same(seen.get(name, ()), self._seen[name]):
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _state(self, stage: str) -> tuple[Any, ...]:
        """All that a row is made of."""
        editing = self.editing
        milestones = [
            milestone.after.get(stage) for milestone in editing.scenario.milestone.values()
        ]
        changed = [change.place for change in editing.changes if stage in change.place]
        part = editing.scenario.stage[stage]
        department = editing.scenario.department.get(part.department or "")
        return (part, department, changed, *milestones)

    def show_form(self, form: Form) -> None:
        """Show the stages as they are for other projects."""
        self.form = form
        self.refresh()

    def show_summary(self, summary: Summary | None) -> None:
        """Show what a run says, or that nothing is known yet."""
        self._results = summary.stages if summary else {}
        if self._rows:
            first, last = (COLUMNS.index(name) for name in (RESULTS[0], RESULTS[-1]))
            self.dataChanged.emit(self.index(0, first), self.index(len(self._rows) - 1, last))

    def stage_at(self, row: int) -> str:
        """The id of the stage in a row."""
        return self._rows[row]

    def row_of(self, stage: str) -> int:
        """The row of a stage; -1 where there is none."""
        return self._rows.index(stage) if stage in self._rows else -1

    def place_at(self, index: Index) -> Place | None:
        """Where the value of a cell stands in the scenario; None for results."""
        field, stage = COLUMNS[index.column()], self._rows[index.row()]
        if field in RESULTS:
            return None
        return place_in(self.editing.scenario, stage, self.form, field)

    # --- Qt's questions -----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are stages; cells have no rows of their own."""
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
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._explanation(COLUMNS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be selected; results and relaxations cannot be typed over."""
        flags = super().flags(index)
        if index.isValid() and COLUMNS[index.column()] not in FIXED:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and how."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        stage, field = self._rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(stage, field)
            case Qt.ItemDataRole.EditRole:
                return self._typed(stage, field)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._details(stage, field) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = (
                    Qt.AlignmentFlag.AlignRight if field in RESULTS else Qt.AlignmentFlag.AlignLeft
                )
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.FontRole if field == "name" or self._is_changed(stage, field):
                return theme.text_font(bold=True)
            case _ if role == CHANGED_ROLE:
                return self._is_changed(stage, field)
            case _ if role == INHERITED_ROLE:
                return not is_own(self.editing.scenario, stage, self.form, field)
            case _ if role == SHARE_ROLE and field == "criticality" and stage in self._results:
                return float(self._results[stage].criticality)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed, unless it is refused."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if COLUMNS[index.column()] in FIXED:
            return False
        text = "" if value is None else str(value)
        if text == self._typed(self._rows[index.row()], COLUMNS[index.column()]):
            return True
        return not self._enter(index, text)

    # --- wishes -------------------------------------------------------------------------------

    def refusal(self, index: Index, text: str) -> str:
        """Why a text cannot be taken; empty if it can."""
        stage, field = self._rows[index.row()], COLUMNS[index.column()]
        if text == self._typed(stage, field):
            return ""
        return self.editing.refusal(
            lambda: self._made(stage, field, self._read(stage, field, text))
        )

    def _enter(self, index: Index, text: str) -> str:
        stage, field = self._rows[index.row()], COLUMNS[index.column()]
        editing = self.editing
        try:
            value = self._read(stage, field, text)
        except UnreadableError as error:
            return reason(error)
        words = editing.step_words(place_in(editing.scenario, stage, self.form, field), value)
        return editing.apply(lambda: self._made(stage, field, value), words)

    def _made(self, stage: str, field: str, value: Any) -> Scenario:
        """The scenario with a value in a cell; raises what `edits.stated` raises."""
        if isinstance(value, float) and field == "correction":
            place = place_in(self.editing.scenario, stage, self.form, field)
            return self.editing.entered((*place, "probability"), value)
        return self.editing.entered_in(stage, self.form, field, value)

    def _read(self, stage: str, field: str, text: str) -> Any:
        """The value that a text means; raises `UnreadableError`."""
        present = value_in(self.editing.scenario, stage, self.form, field)
        if field in TEXTS:
            return reworded(present, text.strip(), language.current())
        if field == "department":
            return text or UNSET
        if field in DURATIONS:
            table = parsed(text, present)
            return UNSET if table is None else table
        if field == "statutory":
            number = number_from(text)
            return UNSET if number is None else number
        share = share_from(text)
        if share is None or is_own(self.editing.scenario, stage, self.form, field):
            return UNSET if share is None else share
        return correction_with(present, share)

    # --- words --------------------------------------------------------------------------------

    def _is_changed(self, stage: str, field: str) -> bool:
        editing = self.editing
        if field == "relaxed":
            return any(editing.is_changed(r.place) for r in relaxations_of(editing.scenario, stage))
        if field in RESULTS:
            return False
        return editing.is_changed(place_in(editing.scenario, stage, self.form, field))

    def _shown(self, stage: str, field: str) -> str:
        scenario = self.editing.scenario
        if field in RESULTS:
            return self._result(stage, field)
        if field == "relaxed":
            return "; ".join(self._relaxed(r) for r in relaxations_of(scenario, stage)) or "–"
        value = value_in(scenario, stage, self.form, field)
        if field == "name":
            return language.words(value, stage)
        if field == "owner":
            return language.words(value, "–")
        if field == "department":
            return part_name(scenario, "department", value) if value else self.tr("no queue")
        if field in DURATIONS:
            return self._duration(stage, field, value)
        if field == "statutory":
            return "–" if value is None else plain(value)
        return value_words((field, "probability"), value.probability) if value.probability else "–"

    def _duration(self, stage: str, field: str, value: Any) -> str:
        if value is None:
            return "–"
        words = duration_words(value, usual_unit((field,)))
        # The usual unit stands in the heading.
        words = words.removesuffix(" " + unit_words(usual_unit((field,)), short=True))
        factor = factor_in(self.editing.scenario, stage, self.form, field)
        return words if factor == 1 else f"{words} × {plain(factor)}"

    def _result(self, stage: str, field: str) -> str:
        if stage not in self._results:
            return "…"
        result = self._results[stage]
        if field == "criticality":
            return language.percent(result.criticality)
        return language.number(result.duration)

    def _relaxed(self, relaxation: Relaxation) -> str:
        scenario = self.editing.scenario
        if relaxation.is_milestone:
            name = part_name(scenario, "milestone", relaxation.target)
            return self.tr("after {milestone}").format(milestone=name)
        name = part_name(scenario, "stage", relaxation.source)
        if relaxation.mode == "prereview":
            return self.tr("pre-review before {stage}").format(stage=name)
        return self.tr("{stage} later").format(stage=name)

    def _typed(self, stage: str, field: str) -> str:
        """What stands in a cell when one begins to type."""
        value = value_in(self.editing.scenario, stage, self.form, field)
        if field in TEXTS:
            return language.words(value)
        if field in DURATIONS:
            return "" if value is None else as_text(value)
        if field == "department":
            return value or ""
        if field == "statutory":
            return "" if value is None else plain(value)
        if field == "correction":
            return value_words((field, "probability"), value.probability)
        return ""

    def _details(self, stage: str, field: str) -> str:
        lines = [self._shown(stage, field)]
        if field in DURATIONS:
            value = value_in(self.editing.scenario, stage, self.form, field)
            lines = [duration_words(value, usual_unit((field,)))]
        if field == "duration":
            lines = [self._parts_of_result(stage)]
        place = None if field in FIXED else place_in(self.editing.scenario, stage, self.form, field)
        if field == "correction":
            correction = value_in(self.editing.scenario, stage, self.form, field)
            lines = [value_words(("correction",), correction)]
        if place and not is_own(self.editing.scenario, stage, self.form, field):
            lines.append(self.tr("As for all projects."))
        if place and self._is_changed(stage, field):
            filed = self.editing.filed_words(place)
            lines.append(self.tr("Changed; the file says: {value}").format(value=filed))
        return "\n".join(lines)

    def _parts_of_result(self, stage: str) -> str:
        if stage not in self._results:
            return self.tr("No run yet.")
        result = self._results[stage]
        parts = {
            self.tr("preparation"): result.prepare,
            self.tr("waiting for a meeting"): result.meeting,
            self.tr("in the queue"): result.wait,
            self.tr("review"): result.review,
            self.tr("rework"): result.rework,
            self.tr("public notice"): result.notice,
            self.tr("issue"): result.issue,
        }
        return "\n".join(f"{name}: {language.number(days)}" for name, days in parts.items() if days)

    def heading(self, field: str) -> str:
        """The name of a column."""
        return {
            "name": self.tr("Stage"),
            "department": self.tr("Office"),
            "owner": self.tr("Owner"),
            "prepare": self.tr("Prepare (d)"),
            "review": self.tr("Review (wd)"),
            "notice": self.tr("Notice (d)"),
            "correction": self.tr("Sent back"),
            "statutory": self.tr("Limit (wd)"),
            "relaxed": self.tr("Relaxed"),
            "criticality": self.tr("Critical"),
            "duration": self.tr("Mean days"),
        }[field]

    def _explanation(self, field: str) -> str:
        return {
            "name": self.tr("The stage; its name can be changed."),
            "department": self.tr("The department whose reviewers it needs."),
            "owner": self.tr("Who answers for it."),
            "prepare": self.tr(
                "Least/likely/most time to prepare the papers; calendar days (d) unless said."
            ),
            "review": self.tr(
                "Least/likely/most time of one review; working days (wd) unless said."
            ),
            "notice": self.tr("Public notice after the review; calendar days (d) unless said."),
            "correction": self.tr("How often a first submission is sent back for correction."),
            "statutory": self.tr("The legal limit of one review, in working days."),
            "relaxed": self.tr("What the commitment path need not wait for."),
            "criticality": self.tr("In how many projects the stage lies on the path that decides."),
            "duration": self.tr("Calendar days from ready to finished, on average."),
        }[field]


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two rows are made of the same; parts of scenarios are taken over, not copied."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, list) and a == b) for a, b in zip(one, other, strict=True)
    )
