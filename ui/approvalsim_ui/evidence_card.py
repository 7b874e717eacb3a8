"""Where one number comes from, and a place to say so who knows better."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim.evidence import Text
from approvalsim.parameters import Parameter, Place, parameter, parameters
from approvalsim_ui import language, theme
from approvalsim_ui.edits import reworded, with_evidence
from approvalsim_ui.evidence_words import sentence
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import place_words, value_words


class SourceEditor(QWidget):
    """Two lines: a source, or none for an assumption; and a note."""

    taken = Signal(str, str)
    """The source and the note as typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source_label, self.note_label = QLabel(), QLabel()
        self.source, self.note = QLineEdit(), QLineEdit()
        self.take, self.leave = QPushButton(), QPushButton()
        self.reason = QLabel(wordWrap=True)
        theme.set_role(self.reason, "bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        for label, line in ((self.source_label, self.source), (self.note_label, self.note)):
            label.setBuddy(line)
            column.addWidget(label)
            column.addWidget(line)
            line.returnPressed.connect(self._take)
        buttons = QHBoxLayout()
        for button in (self.take, self.leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self.reason)
        column.addLayout(buttons)
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.hide)
        self.retranslate()
        self.hide()

    def open(self, found: Parameter) -> None:
        """Begin with what is said about a number now."""
        self.source.setText(found.evidence.source or "")
        self.note.setText(language.words(found.evidence.note))
        self.reason.hide()
        self.show()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, words: str) -> None:
        """Say why what was typed was refused; without words it was taken."""
        self.reason.setText(words)
        self.reason.setVisible(bool(words))
        self.setVisible(bool(words))

    def _take(self) -> None:
        self.taken.emit(self.source.text().strip(), self.note.text().strip())

    def retranslate(self) -> None:
        """Set all words anew."""
        self.source_label.setText(self.tr("&Source (empty: assumed)"))
        self.note_label.setText(self.tr("&Note"))
        self.source.setPlaceholderText(self.tr("law, report, statistics, with date"))
        self.take.setText(self.tr("Take over"))
        self.leave.setText(self.tr("Leave"))

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class EvidenceCard(QFrame):
    """One number: its value, what the file says, where it comes from."""

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self.editing = editing
        self._place: Place = ()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self.title, self.value = QLabel(wordWrap=True), QLabel(wordWrap=True)
        theme.set_role(self.title, "heading")
        theme.set_role(self.value, "number")
        self.filed, self.kind = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.source, self.note = QPushButton(), QLabel(wordWrap=True)
        theme.set_role(self.source, "link")
        theme.set_role(self.note, "muted")
        self.source.clicked.connect(self._copy)
        self.state, self.reset = QPushButton(), QPushButton()
        self.editor = SourceEditor()
        self.state.clicked.connect(self._open_editor)
        self.reset.clicked.connect(lambda: self.editing.reset(self._place))
        self.editor.taken.connect(self._take)
        self.editor.leave.clicked.connect(self._claim_room)
        buttons = QHBoxLayout()
        for button in (self.state, self.reset):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        for widget in (self.title, self.value, self.filed, self.kind, self.source, self.note):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self.editor)

    # --- what is shown ------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show where the number at a place comes from; for a table, its first number."""
        if self.editing.has_scenario and parameter(self.editing.scenario, place) is None:
            inside = parameters(self.editing.scenario, place)
            place = inside[0].place if inside else place
        if place != self._place:
            self._place = place
            self.editor.hide()
        self.refresh()

    @property
    def _found(self) -> Parameter | None:
        if not self._place or not self.editing.has_scenario:
            return None
        return parameter(self.editing.scenario, self._place)

    def refresh(self) -> None:
        """Show what the scenario says now."""
        found = self._found
        for widget in (self.value, self.filed, self.source, self.note, self.state, self.reset):
            widget.setVisible(found is not None)
        if found is None:
            self.title.setText(self.tr("Where does this number come from?"))
            self.kind.setText(self.tr("Choose a number in a table, or one of the list below."))
            self._claim_room()
            return
        changed = self.editing.is_changed(self._place)
        note = language.words(found.evidence.note)
        self.title.setText(place_words(self.editing.scenario, self._place))
        self.value.setText(value_words(self._place, found.value, short=False))
        self.filed.setText("◤ " + self._filed_words())
        self.filed.setVisible(changed)
        self.kind.setText(sentence(found))
        self.source.setText(_broken(found.evidence.source or "", self._room()))
        self.source.setVisible(bool(found.evidence.source) and found.given)
        self.note.setText(note)
        self.note.setVisible(bool(note) and found.given)
        self.reset.setVisible(changed)
        self._claim_room()

    def _claim_room(self) -> None:
        """As high as the broken lines need; labels by themselves claim too little."""
        layout = self.layout()
        if layout is not None and self.width() > 0:
            layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._claim_room()

    def _filed_words(self) -> str:
        """What the file says, and where that came from."""
        before = parameter(self.editing.filed, self._place)
        words = self.tr("Changed; the file says: {value}").format(
            value=self.editing.filed_words(self._place)
        )
        if before is not None and before.evidence.source:
            words += "\n" + self.tr("The file's value came from: {source}").format(
                source=before.evidence.source
            )
        return words

    def _room(self) -> int:
        """How many letters fit into a line of the card."""
        return max((self.width() - 44) // max(self.fontMetrics().horizontalAdvance("x"), 1), 20)

    # --- wishes -------------------------------------------------------------------------------

    def _copy(self) -> None:
        found = self._found
        if found and found.evidence.source:
            QApplication.clipboard().setText(found.evidence.source)
            self.source.setToolTip(self.tr("Copied"))

    def _open_editor(self) -> None:
        if found := self._found:
            self.editor.open(found)
            self._claim_room()

    def _take(self, source: str, words: str) -> None:
        found = self._found
        if found is None:
            return
        text = reworded(found.evidence.note, words, language.current())
        note = text if isinstance(text, Text) else None
        editing, place = self.editing, self._place
        name = self.tr("Source of {place}").format(place=place_words(editing.scenario, place))
        self.editor.show_refusal(
            editing.apply(lambda: with_evidence(editing.scenario, place, source, note), name)
        )
        self._claim_room()

    def retranslate(self) -> None:
        """Set all words anew."""
        self.source.setToolTip(self.tr("Click to copy the source"))
        self.source.setAccessibleName(self.tr("Source; press to copy"))
        self.state.setText(self.tr("State a source…"))
        self.reset.setText(self.tr("Put back what the file says"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _broken(text: str, width: int) -> str:
    """A text in lines of so many letters; a Chinese one takes two."""
    lines, used = [""], 0
    for letter in text:
        size = 2 if ord(letter) > 0x2E7F else 1
        if used + size > width:
            lines.append("")
            used = 0
        lines[-1] += letter
        used += size
    return "\n".join(lines)
