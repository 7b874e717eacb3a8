"""Credit grades as a table: who may take the commitment path, and how often promises are broken."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal

from approvalsim.parameters import Place
from approvalsim.scenario import Grade, Scenario
from approvalsim_ui import language, theme
from approvalsim_ui.cell_roles import CHANGED_ROLE, INHERITED_ROLE, Index
from approvalsim_ui.change_words import edge_words
from approvalsim_ui.duration_text import UnreadableError, share_from
from approvalsim_ui.edits import UNSET, stated_together
from approvalsim_ui.relaxations import allowed, relaxations
from approvalsim_ui.scenario_editing import ScenarioEditing, reason
from approvalsim_ui.scenario_words import value_words

COLUMNS = ("grade", "share", "eligible", "prereview", "deferred", "breach", "barred")
CHECKED = ("eligible", "prereview", "deferred")
NUMBERS = ("share", "breach")
IDLE = ("prereview", "deferred", "breach")
"""What has no effect for a grade that may not take the path."""
TOLERANCE = 1e-6

GRADES: Place = ("commitment", "grades")


class GradeTableModel(QAbstractTableModel):
    """Credit grades; shares that do not add up yet are kept here as a draft, and tell nobody."""

    draft_changed = Signal()
    """Shares stand here that do not add up to one, or no longer do."""
    refused = Signal(str)

    def __init__(self, editing: ScenarioEditing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self._rows: list[str] = []
        self._draft: dict[str, float] = {}
        self._seen: dict[str, float] = {}
        editing.shown.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the scenario says now."""
        rows = list(self._grades())
        shares = {name: grade.share for name, grade in self._grades().items()}
        if shares != self._seen:
            self._seen, self._draft = shares, {}
            self.draft_changed.emit()
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def _grades(self) -> dict[str, Grade]:
        if not self.editing.has_scenario or self.editing.scenario.commitment is None:
            return {}
        return dict(self.editing.scenario.commitment.grades)

    def row_of(self, grade: str) -> int:
        """The row of a grade; -1 where there is none."""
        return self._rows.index(grade) if grade in self._rows else -1

    def place_at(self, index: Index) -> Place | None:
        """Where the value of a cell stands in the scenario."""
        field = COLUMNS[index.column()]
        name = {"prereview": "may_relax", "deferred": "may_relax"}.get(field, field)
        grade = self._rows[index.row()]
        return (*GRADES, grade, name) if name in Grade.model_fields else None

    # --- shares that must add up --------------------------------------------------------------

    @property
    def total(self) -> float:
        """What the shares add up to, with those typed but not taken yet."""
        return sum({**self._seen, **self._draft}.values())

    @property
    def has_draft(self) -> bool:
        """Whether shares stand here that the scenario does not have."""
        return bool(self._draft)

    def balance(self) -> None:
        """Make the shares add up: those not typed just now grow or shrink alike."""
        shares = {**self._seen, **self._draft}
        others = [name for name in shares if name not in self._draft]
        rest, present = 1 - sum(self._draft.values()), sum(shares[name] for name in others)
        if rest < 0 or not others:
            self.refused.emit(self.tr("The shares typed are above 100 % already."))
            return
        for name in others:
            part = shares[name] / present if present else 1 / len(others)
            shares[name] = round(rest * part, 6)
        shares[others[-1]] += 1 - sum(shares.values())
        self._take(shares)

    def drop_draft(self) -> None:
        """Forget shares that were typed and do not add up."""
        self._draft = {}
        self.draft_changed.emit()
        self.refresh()

    def reset_shares(self) -> None:
        """Put back all shares the file says, since they must add up together."""
        policy = self.editing.filed.commitment
        filed = {name: grade.share for name, grade in policy.grades.items()} if policy else {}
        if set(filed) == set(self._rows):
            self._take(filed)

    def _take(self, shares: dict[str, float]) -> None:
        values = {(*GRADES, name, "share"): round(share, 9) for name, share in shares.items()}
        editing = self.editing

        def make() -> Scenario:
            return stated_together(editing.scenario, editing.filed, values)

        self._draft = {}
        words = ", ".join(f"{name} {language.percent(s, 1)}" for name, s in shares.items())
        refusal = editing.apply(make, self.tr("Shares of grades: {shares}").format(shares=words))
        self.draft_changed.emit()
        if refusal:
            self.refused.emit(refusal)

    # --- Qt's questions -----------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as there are grades; cells have no rows of their own."""
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
        """Numbers can be typed, permissions ticked."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        field = COLUMNS[index.column()]
        if field in NUMBERS:
            flags |= Qt.ItemFlag.ItemIsEditable
        if field in CHECKED:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and how."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        grade, field = self._rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._shown(grade, field)
            case Qt.ItemDataRole.EditRole if field in NUMBERS:
                return value_words((*GRADES, grade, field), self._number(grade, field))
            case Qt.ItemDataRole.CheckStateRole if field in CHECKED:
                return self._state(grade, field)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._details(index)
            case Qt.ItemDataRole.FontRole if field == "grade" or self._is_changed(index):
                return theme.text_font(bold=True)
            case _ if role == CHANGED_ROLE:
                return self._is_changed(index)
            case _ if role == INHERITED_ROLE:
                return field in IDLE and not self._grades()[grade].eligible
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed or ticked, unless it is refused."""
        if not index.isValid():
            return False
        grade, field = self._rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and field in CHECKED:
            return self._tick(grade, field, Qt.CheckState(value) != Qt.CheckState.Unchecked)
        if role != Qt.ItemDataRole.EditRole or field not in NUMBERS:
            return False
        try:
            number = share_from(str(value or ""))
        except UnreadableError:
            return False
        if number is None or number > 1:
            return False
        if field == "breach":
            return not self.editing.enter((*GRADES, grade, "breach"), number)
        return self._type_share(grade, number)

    def refusal(self, index: Index, text: str) -> str:
        """Why a text cannot be taken; empty if it can."""
        try:
            number = share_from(text)
        except UnreadableError as error:
            return reason(error)
        if number is None or number > 1:
            return self.tr("A share from 0 to 100 %.")
        return ""

    # --- wishes -------------------------------------------------------------------------------

    def _type_share(self, grade: str, share: float) -> bool:
        if share == self._number(grade, "share"):
            return True
        self._draft[grade] = share
        if abs(self.total - 1) <= TOLERANCE:
            self._take({**self._seen, **self._draft})
        else:
            self.draft_changed.emit()
            self.refresh()
        return True

    def _tick(self, grade: str, field: str, wanted: bool) -> bool:
        if field == "eligible":
            return not self.editing.enter((*GRADES, grade, "eligible"), wanted)
        names = {one.name for one in self._of_mode(field)}
        may = set(allowed(self.editing.scenario, grade))
        return not self.allow(grade, may | names if wanted else may - names)

    def allow(self, grade: str, names: set[str]) -> str:
        """Let a grade relax exactly these dependencies; gives the reason if that is refused."""
        place = (*GRADES, grade, "may_relax")
        value = list_for(self.editing.scenario, self.editing.filed, grade, names)
        return self.editing.enter(place, value)

    # --- words --------------------------------------------------------------------------------

    def _number(self, grade: str, field: str) -> float:
        if field == "share" and grade in self._draft:
            return self._draft[grade]
        return float(getattr(self._grades()[grade], field))

    def _of_mode(self, mode: str) -> list[Any]:
        return [one for one in relaxations(self.editing.scenario) if one.mode == mode]

    def _state(self, grade: str, field: str) -> Qt.CheckState:
        if field == "eligible":
            may = self._grades()[grade].eligible
            return Qt.CheckState.Checked if may else Qt.CheckState.Unchecked
        names = {one.name for one in self._of_mode(field)}
        may_relax = set(allowed(self.editing.scenario, grade)) & names
        if not may_relax:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if may_relax == names else Qt.CheckState.PartiallyChecked

    def _is_changed(self, index: Index) -> bool:
        grade, field = self._rows[index.row()], COLUMNS[index.column()]
        place = self.place_at(index)
        if place is None:
            return False
        if field in ("prereview", "deferred"):
            return self.editing.is_changed(place) and self._state(grade, field) != self._filed(
                grade, field
            )
        return self.editing.is_changed(place)

    def _filed(self, grade: str, field: str) -> Qt.CheckState | None:
        """The state of a tick in the file; None where it has no such grade."""
        filed = self.editing.filed
        if filed.commitment is None or grade not in filed.commitment.grades:
            return None
        names = {one.name for one in self._of_mode(field)}
        may = set(allowed(filed, grade)) & names
        if not may:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if may == names else Qt.CheckState.PartiallyChecked

    def _shown(self, grade: str, field: str) -> str:
        if field == "grade":
            return grade
        if field in NUMBERS:
            number = self._number(grade, field)
            draft = "＊" if field == "share" and grade in self._draft else ""
            return value_words((*GRADES, grade, field), number) + draft
        if field == "barred":
            return self._not_allowed(grade)
        return {
            Qt.CheckState.Checked: self.tr("yes"),
            Qt.CheckState.PartiallyChecked: self.tr("some"),
            Qt.CheckState.Unchecked: self.tr("no"),
        }[self._state(grade, field)]

    def _not_allowed(self, grade: str) -> str:
        scenario = self.editing.scenario
        if not self._grades()[grade].eligible:
            return self.tr("everything: standard path")
        may = allowed(scenario, grade)
        missing = [one for one in relaxations(scenario) if one.name not in may]
        return "; ".join(edge_words(scenario, one) for one in missing) or "–"

    def _details(self, index: Index) -> str:
        grade, field = self._rows[index.row()], COLUMNS[index.column()]
        lines = [self._shown(grade, field)]
        place = self.place_at(index)
        if place and self._is_changed(index):
            filed = self.editing.filed_words(place)
            lines.append(self.tr("Changed; the file says: {value}").format(value=filed))
        return "\n".join(lines)

    def _headings(self) -> dict[str, tuple[str, str]]:
        return {
            "grade": (self.tr("Grade"), self.tr("Credit grade of the applicant.")),
            "share": (self.tr("Share"), self.tr("Share of applicants with this grade.")),
            "eligible": (
                self.tr("Eligible"),
                self.tr("Whether such projects may take the commitment path at all."),
            ),
            "prereview": (
                self.tr("Pre-review"),
                self.tr("Review goes ahead; the certificate waits for the missing one."),
            ),
            "deferred": (
                self.tr("Promises"),
                self.tr("Papers are promised now and handed in later."),
            ),
            "breach": (
                self.tr("Breach rate"),
                self.tr("How often a promise is broken whatever the time needed."),
            ),
            "barred": (self.tr("Not allowed"), self.tr("What this grade must wait for.")),
        }


def list_for(scenario: Scenario, filed: Scenario, grade: str, names: set[str]) -> Any:
    """What ``may_relax`` must say so that a grade may relax these; as the file says it, if it can.

    `UNSET` where everything may be relaxed and the file has no list.
    """
    known = [one.name for one in relaxations(scenario)]
    policy = filed.commitment
    before = policy.grades[grade].may_relax if policy and grade in policy.grades else ()
    if before is None and names >= set(known):
        return UNSET
    if before is not None and set(before) == names:
        return before
    return tuple(name for name in known if name in names)
