"""Below the table of projects: demands, history and problems of the one that is chosen, or all."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from approvalsim.errors import Problem
from approvalsim.register import KINDS, Register
from approvalsim.register_changes import Change
from approvalsim.register_log import Recorded
from approvalsim.scenario import Scenario
from approvalsim_ui import language, theme
from approvalsim_ui.date_cells import DateCellDelegate, RegisterCells
from approvalsim_ui.demand_table import DemandTableModel
from approvalsim_ui.figures_table import Column, Figures, FiguresModel
from approvalsim_ui.reading_table import ReadingTable
from approvalsim_ui.register_fields import field_words, value_in_history


class RegisterDetails(QTabWidget):
    """Three tabs about a project."""

    wished = Signal(tuple, str)
    """Changes, and what to call the step for undo."""
    place_wanted = Signal(tuple)
    """The path of a problem the user wants to see the cell of."""

    _is_built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register, self._project = Register(""), ""
        self._scenario: Scenario | None = None
        self._problems: tuple[Problem, ...] = ()
        self._history: tuple[Recorded, ...] = ()
        self._as_of: date | None = None
        self.demands = DemandTableModel(self)
        self.demand_table = RegisterCells()
        self.every = QCheckBox()
        self.kind, self.text = QComboBox(), QLineEdit()
        self.add, self.remove = QPushButton(), QPushButton()
        self.history, self.history_table = FiguresModel(self), ReadingTable()
        self.problems, self.problem_table = FiguresModel(self), ReadingTable()
        self._build()
        self._is_built = True
        self.retranslate()

    def _build(self) -> None:
        self.demand_table.setModel(self.demands)
        self.demand_table.setItemDelegate(DateCellDelegate(self.demand_table))
        self.demand_table.horizontalHeader().setStretchLastSection(True)
        for name in KINDS:
            self.kind.addItem("", name)
        bar = QHBoxLayout()
        for widget in (self.kind, self.text, self.add, self.remove):
            bar.addWidget(widget, 1 if widget is self.text else 0)
        bar.addWidget(self.every)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(6, 6, 6, 6)
        column.addLayout(bar)
        column.addWidget(self.demand_table, 1)
        self.addTab(page, "")
        for model, table in (
            (self.history, self.history_table),
            (self.problems, self.problem_table),
        ):
            table.setModel(model)
            table.horizontalHeader().setStretchLastSection(True)
            table.setAlternatingRowColors(True)
            self.addTab(table, "")
        self.every.toggled.connect(lambda _: self._show_demands())
        self.text.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.demands.wished.connect(self.wished)
        self.problem_table.opened.connect(self._open_problem)

    # --- what is shown ------------------------------------------------------------------------

    def show_register(
        self,
        register: Register,
        scenario: Scenario,
        problems: Sequence[Problem],
        read_only: bool,
        as_of: date,
    ) -> None:
        """Show what a register says now."""
        self._register, self._scenario, self._as_of = register, scenario, as_of
        self._problems = tuple(problems)
        self.demands.is_read_only = read_only
        for widget in (self.kind, self.text, self.add, self.remove):
            widget.setEnabled(not read_only)
        self._show_demands()
        self._show_problems()
        self._show_titles()

    def show_project(self, project: str) -> None:
        """Another project has been chosen."""
        if project != self._project:
            self._project = project
            self._show_demands()
            self._show_titles()

    def show_history(self, lines: Sequence[Recorded]) -> None:
        """Show changes, those of the project chosen; they come oldest first."""
        self._history = tuple(reversed(lines))
        self._show_history()

    def project_at(self, number: int) -> str:
        """The id of the project that stands so far down in the register."""
        entries = self._register.entries
        return entries[number].id if number < len(entries) else ""

    def _show_demands(self) -> None:
        every = self.every.isChecked()
        chosen = [each for each in self._register.demands if every or each.project == self._project]
        names = {entry.id: entry.name for entry in self._register.entries}
        self.demands.show_demands(chosen, names, self._as_of, every)
        _fit(self.demand_table, {"text": 360})

    def _show_history(self) -> None:
        rows = tuple(
            (
                f"{line.when.astimezone():%Y-%m-%d %H:%M}",
                line.who,
                field_words(line.field, self._scenario),
                value_in_history(line.field, line.old),
                value_in_history(line.field, line.new),
            )
            for line in self._history
        )
        heads = (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("From"), self.tr("To"))
        self.history.show_figures(Figures(tuple(Column(head) for head in heads), rows))
        _fit(self.history_table)

    def _show_problems(self) -> None:
        rows = tuple(
            (self._place_words(problem), problem.message(language.current()))
            for problem in self._problems
        )
        heads = (self.tr("Where"), self.tr("What"))
        self.problems.show_figures(Figures(tuple(Column(head) for head in heads), rows))
        _fit(self.problem_table, {}, 440)

    def _place_words(self, problem: Problem) -> str:
        match problem.path:
            case ("project", int(index), *rest) if index < len(self._register.entries):
                entry = self._register.entries[index]
                field = field_words(".".join(map(str, rest)), self._scenario) if rest else ""
                return " · ".join(part for part in (entry.name or entry.id, field) if part)
            case ("demand", int(index), *rest) if index < len(self._register.demands):
                demand = self._register.demands[index]
                return field_words(f"demands.{demand.id}.{rest[0] if rest else 'id'}", None)
        return ".".join(map(str, problem.path))

    def _show_titles(self) -> None:
        own = sum(
            each.project == self._project and each.closed is None for each in self._register.demands
        )
        wrong = len(self._problems)
        demands, problems = self.tr("Demands"), self.tr("Problems")
        self.setTabText(0, f"{demands} ({own})" if own else demands)
        self.setTabText(1, self.tr("History"))
        self.setTabText(2, f"{problems} ({wrong})" if wrong else problems)
        colours = theme.colours()
        self.setTabIcon(2, theme.icon("warning" if wrong else "ok", colours.bad if wrong else None))

    # --- wishes -------------------------------------------------------------------------------

    def _add(self) -> None:
        text = self.text.text().strip()
        if not text or not self._project:
            self.text.setFocus()
            return
        used = {demand.id for demand in self._register.demands}
        name = next(f"D{n}" for n in range(len(used) + 1, 10**6) if f"D{n}" not in used)
        project, place = self._project, f"demands.{name}"
        fields = {
            "id": name,
            "project": project,
            "kind": self.kind.currentData(),
            "text": text,
            "raised": date.today(),
        }
        changes = tuple(Change(project, f"{place}.{key}", value) for key, value in fields.items())
        self.text.clear()
        self.wished.emit(changes, self.tr("Add demand {id}").format(id=name))

    def _remove(self) -> None:
        demand = self.demands.demand(self.demand_table.currentIndex().row())
        if demand is not None:
            change = Change(demand.project, f"demands.{demand.id}.id", None)
            self.wished.emit((change,), self.tr("Remove demand {id}").format(id=demand.id))

    def _open_problem(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._problems):
            self.place_wanted.emit(self._problems[index.row()].path)

    # --- words --------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        other = language.current() != "zh"
        for position, words in enumerate(KINDS.values()):
            self.kind.setItemText(position, words[other])
        self.kind.setAccessibleName(self.tr("Kind of demand"))
        self.text.setPlaceholderText(self.tr("What the enterprise of the chosen project asks for"))
        self.text.setAccessibleName(self.tr("New demand"))
        self.add.setText(self.tr("Add"))
        self.add.setAccessibleName(self.tr("Add demand"))
        self.remove.setText(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove the demand chosen"))
        self.every.setText(self.tr("Of all projects"))
        self.demand_table.setAccessibleName(self.tr("Demands"))
        self.history_table.setAccessibleName(self.tr("History"))
        self.problem_table.setAccessibleName(self.tr("Problems"))
        last = self.demands.columnCount() - 1
        self.demands.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._show_demands()
        self._show_history()
        self._show_problems()
        self._show_titles()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_titles()


def _fit(table: QTableView, most: dict[str, int] | None = None, usual: int = 300) -> None:
    """Columns as wide as what they hold, within reason."""
    table.resizeColumnsToContents()
    model = table.model()
    fields = getattr(model, "fields", ())
    for number in range(model.columnCount()):
        name = fields[number] if number < len(fields) else ""
        limit = (most or {}).get(name, usual)
        table.setColumnWidth(number, min(max(table.columnWidth(number) + 8, 60), limit))
