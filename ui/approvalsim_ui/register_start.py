"""What a screen of the register shows as long as there is none: three ways to begin."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from approvalsim_ui import theme


class RegisterStart(QWidget):
    """Open a register, make a template, or try with an example."""

    open_wanted = Signal()
    template_wanted = Signal()
    example_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.words = QLabel(), QLabel(wordWrap=True)
        theme.set_role(self.title, "title")
        self.open, self.template, self.example = QPushButton(), QPushButton(), QPushButton()
        theme.set_role(self.open, "primary")
        self.told = [QLabel(wordWrap=True) for _ in range(3)]
        cards = QHBoxLayout()
        cards.setSpacing(12)
        buttons = (self.open, self.template, self.example)
        signals = (self.open_wanted, self.template_wanted, self.example_wanted)
        for button, told, signal in zip(buttons, self.told, signals, strict=True):
            button.clicked.connect(signal)
            card = QFrame()
            theme.set_role(card, "card")
            column = QVBoxLayout(card)
            column.setContentsMargins(16, 14, 16, 14)
            told.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(told, 1)
            column.addWidget(button)
            card.setMinimumHeight(150)
            cards.addWidget(card, 1)
        inner = QWidget()
        inner.setMaximumWidth(1040)
        page = QVBoxLayout(inner)
        page.setSpacing(12)
        page.addStretch(1)
        page.addWidget(self.title)
        page.addWidget(self.words)
        page.addLayout(cards)
        page.addStretch(2)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.title.setText(self.tr("No project register is open"))
        self.words.setText(
            self.tr(
                "A register holds what has really happened: one row a project, with the dates of "
                "its stages. From it come lights, forecasts and the next actions."
            )
        )
        self.open.setText(self.tr("Open a register…"))
        self.template.setText(self.tr("Make a workbook…"))
        self.example.setText(self.tr("Try with an example"))
        words = (
            self.tr(
                "A workbook of your own (.xlsx), with headings as your office writes them, or a "
                "register of this program (.approvalsim)."
            ),
            self.tr(
                "An empty Excel workbook for this scenario: its stages as columns, its listed "
                "projects as rows. Fill it in, then open it here."
            ),
            self.tr(
                "The open scenario is simulated once and written down up to a date. Everything "
                "in such a register is made up, and says so."
            ),
        )
        for label, said in zip(self.told, words, strict=True):
            label.setText(said)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
