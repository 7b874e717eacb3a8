"""How many values differ from the file, each of them a way to it, and a way back for all."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from approvalsim_ui import theme
from approvalsim_ui.change_words import change_words
from approvalsim_ui.scenario_editing import ScenarioEditing

_MOST = 25


class ChangeBar(QWidget):
    """A line above a table: what differs from the file."""

    field_requested = Signal(object)
    """The user wants to see this place of the scenario."""

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editing = editing
        self.refusal = QLabel(wordWrap=True)
        theme.set_role(self.refusal, "bad")
        self.refusal.hide()
        self.count = QPushButton()
        theme.set_role(self.count, "flat")
        self.menu = QMenu(self.count)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.count.setMenu(self.menu)
        self.all_back = QPushButton()
        self.all_back.clicked.connect(editing.reset_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.refusal, self.count, self.all_back):
            row.addWidget(widget)
        self._compact = False
        editing.shown.connect(self.refresh)
        self.retranslate()

    def refresh(self) -> None:
        """Count again."""
        number = len(self.editing.changes)
        self.show_refusal("")
        self.count.setEnabled(number > 0)
        self.all_back.setEnabled(number > 0)
        words = self._words(number)
        self.count.setToolTip(words)
        self.count.setText(f"◤ {number}" if self._compact and number else words)

    def _words(self, number: int) -> str:
        if number == 0:
            return self.tr("As in the file")
        if number == 1:
            return "◤ " + self.tr("1 value differs from the file")
        return "◤ " + self.tr("{number} values differ from the file").format(number=number)

    def show_compact(self, compact: bool) -> None:
        """Say it in fewer words; tool tips say the rest."""
        self._compact = compact
        self.retranslate()

    def show_refusal(self, words: str) -> None:
        """Say why something could not be put back."""
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))

    def _fill_menu(self) -> None:
        self.menu.clear()
        for change in self.editing.changes[:_MOST]:
            words = change_words(self.editing.scenario, change)
            action = self.menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(
                lambda _=False, place=change.place: self.field_requested.emit(place)
            )
        if len(self.editing.changes) > _MOST:
            self.menu.addAction("…").setEnabled(False)

    def retranslate(self) -> None:
        """Set all words anew."""
        self.all_back.setText("" if self._compact else self.tr("Reset all"))
        self.all_back.setAccessibleName(self.tr("Reset all"))
        self.all_back.setIcon(theme.icon("reset"))
        self.all_back.setToolTip(self.tr("Put back everything the file says"))
        self.count.setAccessibleName(self.tr("Values that differ from the file"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language, in other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
