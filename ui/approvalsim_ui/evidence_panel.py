"""Where a number comes from: the one under focus, and a list of all that are assumed."""

from PySide6.QtCore import QEvent, QModelIndex, QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui.evidence_card import EvidenceCard
from approvalsim_ui.evidence_words import kind_words
from approvalsim_ui.parameter_table import (
    PLACE_ROLE,
    Kind,
    ParameterFilter,
    ParameterTableModel,
)
from approvalsim_ui.reading_table import ReadingTable
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.stage_cells import CellDelegate
from approvalsim_ui.table_columns import Column, TableFitter

KINDS: tuple[Kind, ...] = ("assumed", "sourced", "silent", "changed", "")
LATER = 250
"""Milliseconds after which the list follows an edit; the number under focus follows at once."""


class EvidencePanel(QWidget):
    """Shows evidence, and tells where the user wants to go and what he knows better."""

    edited = Signal(object, str, str)
    """A new scenario, what to call the step for undo, and a key: steps of one key are one."""
    field_requested = Signal(object)
    """The user wants to see this place of the scenario."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = ScenarioEditing(self)
        self.editing.edited.connect(self.edited)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._refresh_list)
        self._build()
        self.editing.shown.connect(self._refresh)
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 8, 8, 8)
        page.setSpacing(8)
        self.card = EvidenceCard(self.editing)
        page.addWidget(self.card)
        page.addWidget(self._list(), 1)

    def _list(self) -> QWidget:
        self.model, self.filter = ParameterTableModel(self), ParameterFilter(self)
        self.filter.setSourceModel(self.model)
        self.counts = QLabel(wordWrap=True)
        self.kind_box, self.search = QComboBox(), QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.kind_box.activated.connect(
            lambda _: self.filter.show_kind(self.kind_box.currentData())
        )
        self.search.textChanged.connect(self.filter.show_words)
        self.table = ReadingTable()
        self.table.setModel(self.filter)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.opened.connect(self._request)
        self.table.selectionModel().currentChanged.connect(lambda index, _: self._follow(index))
        columns = [
            Column(120, 260, words=True),
            Column(56, 150),
            Column(90, 4000, words=True),
        ]
        TableFitter(self.table, columns, 2, lines=2, heading_lines=1)
        choice = QHBoxLayout()
        choice.addWidget(self.kind_box)
        choice.addWidget(self.search, 1)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.counts)
        column.addLayout(choice)
        column.addWidget(self.table, 1)
        return below

    def sizeHint(self) -> QSize:
        """As wide as a column beside the tables."""
        return QSize(360, 600)

    # --- what is shown ------------------------------------------------------------------------

    def show_scenario(self, scenario: Scenario, original: Scenario) -> None:
        """Show the evidence of a scenario; ``original`` is what its file says."""
        self.editing.show_scenario(scenario, original)

    def show_place(self, place: Place) -> None:
        """Show where the number at a place comes from; for a table, its first number."""
        self.card.show_place(place)

    def show_kind(self, kind: Kind) -> None:
        """Show in the list the numbers of one kind."""
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind))
        self.filter.show_kind(kind)

    def _refresh(self) -> None:
        self.card.refresh()
        if self.model.rowCount() == 0:
            self._refresh_list()
        else:
            self._later.start()

    def _refresh_list(self) -> None:
        self._later.stop()
        self.model.show_scenario(self.editing.scenario, self.editing.filed)
        counts = self.model.counts()
        words = [
            self.tr("{number} of {all} numbers are assumed, {sourced} have a source.").format(
                number=counts["assumed"], all=self.model.rowCount(), sourced=counts["sourced"]
            )
        ]
        if counts["silent"]:
            silent = self.tr("{number} say nothing.").format(number=counts["silent"])
            words.append(silent)
        self.counts.setText(" ".join(words))

    def _follow(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE) if index.isValid() else None
        if place:
            self.show_place(tuple(place))

    def _request(self, index: QModelIndex) -> None:
        place = index.data(PLACE_ROLE)
        if place:
            self.field_requested.emit(tuple(place))

    # --- language -----------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words anew."""
        with QSignalBlocker(self.kind_box):
            chosen = self.kind_box.currentData()
            self.kind_box.clear()
            for kind in KINDS:
                self.kind_box.addItem(kind_words(kind), kind)
            self.kind_box.setCurrentIndex(max(self.kind_box.findData(chosen), 0))
        self.kind_box.setAccessibleName(self.tr("Which numbers are listed"))
        self.search.setPlaceholderText(self.tr("Search stage, value or source"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.table.setAccessibleName(self.tr("Numbers and where they come from"))
        if self.editing.has_scenario:
            self._refresh_list()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
