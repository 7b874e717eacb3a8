"""体检: everything that is wrong with a scenario or a file, each finding a link to its field."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from approvalsim.errors import Problem
from approvalsim.parameters import parameters
from approvalsim.scenario import Scenario
from approvalsim.validation import problems as problems_of
from approvalsim_ui import theme
from approvalsim_ui.evidence_words import kind_of
from approvalsim_ui.problem_table import PLACE_ROLE, ProblemTableModel
from approvalsim_ui.reading_table import ReadingTable
from approvalsim_ui.remarks import remarks
from approvalsim_ui.table_columns import Column, TableFitter

LATER = 200
"""Milliseconds after which the check follows an edit."""


class CheckPanel(QWidget):
    """Shows findings, and tells where the user wants to go."""

    field_requested = Signal(object)
    """The user wants to see this place of the scenario."""
    file_requested = Signal(str, int)
    """The user wants to see this line of a file; 0 where it is not known."""
    evidence_requested = Signal(str)
    """The user wants to see all numbers of this kind: ``assumed``, ``sourced``, ``silent``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._scenario: Scenario | None = None
        self._file = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._check)
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.sign, self.state = QLabel(), QLabel(wordWrap=True)
        self.state.setFont(theme.text_font(1.15, bold=True))
        self.advice = QLabel(wordWrap=True)
        theme.set_role(self.advice, "muted")
        self.numbers, self.assumed = QLabel(wordWrap=True), QPushButton()
        theme.set_role(self.assumed, "link")
        self.assumed.clicked.connect(lambda: self.evidence_requested.emit("assumed"))
        self.model = ProblemTableModel(self)
        self.table = ReadingTable()
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._click)
        columns = [
            Column(130, 340, words=True),
            Column(160, 4000, words=True),
            Column(60, 260, words=True),
        ]
        self._fitter = TableFitter(self.table, columns, 1, lines=1, by_content=True)
        head = QHBoxLayout()
        head.addWidget(self.sign)
        head.addWidget(self.state, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.setSpacing(6)
        page.addLayout(head)
        page.addWidget(self.advice)
        page.addWidget(self.table, 1)
        page.addWidget(self.numbers)
        page.addWidget(self.assumed, 0, Qt.AlignmentFlag.AlignLeft)
        page.addStretch(0)

    def sizeHint(self) -> QSize:
        """As wide as a column beside the tables."""
        return QSize(360, 600)

    # --- what is shown ------------------------------------------------------------------------

    def show_scenario(self, scenario: Scenario, original: Scenario | None = None) -> None:
        """Check a scenario, shortly after the last edit; the first one at once."""
        first = self._scenario is None or self._file != ""
        self._scenario, self._file = scenario, ""
        if first:
            self._check()
        else:
            self._later.start()

    def show_problems(self, problems: Sequence[Problem], file: str = "") -> None:
        """Show what is wrong with a file that cannot be opened."""
        self._later.stop()
        self._scenario, self._file = None, file
        self._problems = tuple(problems)
        self._show()

    @property
    def problem_count(self) -> int:
        """How many problems there are."""
        return len(self._problems)

    def _check(self) -> None:
        self._later.stop()
        if self._scenario is not None:
            self._problems = problems_of(self._scenario)
        self._show()

    def _show(self) -> None:
        found = remarks(self._scenario) if self._scenario else ()
        self.model.show_findings(self._problems, found, self._scenario)
        self.table.setVisible(self.model.rowCount() > 0)
        self.table.setColumnHidden(2, self._scenario is not None)
        self._show_state(len(found))
        self._show_numbers()
        self._fitter.fit()

    def _show_state(self, remarked: int) -> None:
        count, colours = len(self._problems), theme.colours()
        self.sign.setPixmap(
            theme.icon("error" if count else "ok", colours.bad if count else colours.good).pixmap(
                QSize(24, 24)
            )
        )
        if count == 0 and self._scenario is None:
            self.state.setText(self.tr("Nothing to check yet."))
            self.advice.setText("")
        elif count == 0:
            self.state.setText(self.tr("No problems: the scenario can be run."))
            worth = self.tr("{number} worth a look.").format(number=remarked) if remarked else ""
            self.advice.setText(worth)
        else:
            words = self.tr("1 problem") if count == 1 else self.tr("{number} problems")
            self.state.setText(words.format(number=count))
            if self._file:
                self.advice.setText(
                    self.tr(
                        "{file} cannot be opened until they are put right. It has not been changed."
                    ).format(file=self._file)
                )
            else:
                self.advice.setText(self.tr("Press Enter on a line to go to its field."))
        self.advice.setVisible(bool(self.advice.text()))

    def _show_numbers(self) -> None:
        for widget in (self.numbers, self.assumed):
            widget.setVisible(self._scenario is not None)
        if self._scenario is None:
            return
        kinds = [kind_of(found) for found in parameters(self._scenario)]
        self.numbers.setText(
            self.tr(
                "{all} numbers: {sourced} with a source, {assumed} assumed, {silent} say nothing."
            ).format(
                all=len(kinds),
                sourced=kinds.count("sourced"),
                assumed=kinds.count("assumed"),
                silent=kinds.count("silent"),
            )
        )

    # --- wishes -------------------------------------------------------------------------------

    def _click(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        place = index.data(PLACE_ROLE)
        if self._scenario is not None and place:
            self.field_requested.emit(tuple(place))
        elif self._scenario is None:
            problem = self._problems[index.row()]
            self.file_requested.emit(problem.file or self._file, problem.line or 0)

    # --- language, looks ----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words anew."""
        self.assumed.setText(self.tr("Show all assumed numbers"))
        self.table.setAccessibleName(self.tr("Problems"))
        last = self.model.columnCount() - 1
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language, in other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
