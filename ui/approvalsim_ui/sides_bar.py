"""What is compared with what: side A, side B, ready-made pairs, and the run itself."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QWidget,
)

from approvalsim_ui import theme
from approvalsim_ui.progress_line import ProgressLine

Pair = Literal["policy", "supervision", "changes"]
"""Ready-made pairs: a reform off against on, or the file against what it has been changed to."""


@dataclass(frozen=True)
class Entry:
    """Something that can stand on a side."""

    key: Hashable
    text: str


class SideChooser(QComboBox):
    """Cuts a long name short in its middle: what tells the sides apart stands at its end."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chosen entry, elided where there is no room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        middle = Qt.TextElideMode.ElideMiddle
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, middle, room.width() - 6
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


class SidesBar(QWidget):
    """Choosers for both sides, and the button that runs and stops."""

    sides_chosen = Signal(object, object)
    """Keys of the entries the user wants on A and B."""
    pair_chosen = Signal(str)
    """A ready-made `Pair`."""
    swap_asked = Signal()
    run_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._entries: tuple[Entry, ...] = ()
        self.a, self.b = SideChooser(), SideChooser()
        self._letters = {letter: QLabel(letter.upper()) for letter in "ab"}
        for letter, label in self._letters.items():
            theme.set_role(label, "badge-a" if letter == "a" else "badge-b")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for chooser in (self.a, self.b):
            chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            chooser.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            chooser.setMinimumContentsLength(14)
            chooser.setMaximumWidth(440)
            chooser.activated.connect(self._choose)
        self.swap = QToolButton()
        theme.set_role(self.swap, "flat")
        self.swap.clicked.connect(self.swap_asked)
        self.pairs: dict[Pair, QPushButton] = {pair: QPushButton() for pair in get_args(Pair)}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        for pair, button in self.pairs.items():
            button.setCheckable(True)
            theme.set_role(button, "chip")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, name=pair: self.pair_chosen.emit(name))
        self.progress = ProgressLine()
        self.run = QPushButton()
        self.run.setIconSize(QSize(14, 14))
        self.run.clicked.connect(self._run_or_stop)
        self._lay_out()
        self.retranslate()
        self.retheme()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._letters["a"])
        layout.addWidget(self.a, 3)
        layout.addWidget(self.swap)
        layout.addWidget(self._letters["b"])
        layout.addWidget(self.b, 3)
        layout.addSpacing(8)
        for button in self.pairs.values():
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(self.progress)
        layout.addWidget(self.run)

    # --- what to show -------------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry], a: Hashable, b: Hashable) -> None:
        """Offer these entries, with ``a`` and ``b`` chosen."""
        self._entries = tuple(entries)
        for chooser, key in ((self.a, a), (self.b, b)):
            with QSignalBlocker(chooser):
                chooser.clear()
                chooser.addItems([entry.text for entry in entries])
                for position, entry in enumerate(entries):
                    tip = Qt.ItemDataRole.ToolTipRole
                    chooser.setItemData(position, entry.text, tip)
                keys = [entry.key for entry in entries]
                chooser.setCurrentIndex(keys.index(key) if key in keys else -1)
                chooser.setToolTip(chooser.currentText())
            chooser.setEnabled(bool(entries))

    def show_pairs(self, possible: Sequence[Pair], current: Pair | None) -> None:
        """Which ready-made pairs make sense now, and which of them is shown."""
        for pair, button in self.pairs.items():
            button.setEnabled(pair in possible)
            button.setVisible(pair in possible or pair != "supervision")
            button.setChecked(pair == current)

    def show_running(self, running: bool) -> None:
        """Whether a run is under way."""
        self._is_running = running
        self.progress.setVisible(running)
        if not running:
            self.progress.show_share(0)
        self._write_run()

    def show_progress(self, done: int, wanted: int) -> None:
        """How far it is."""
        self.progress.show_share(done / max(wanted, 1))

    # --- inside -------------------------------------------------------------------------------

    def _run_or_stop(self) -> None:
        (self.cancel_asked if self._is_running else self.run_asked).emit()

    def _choose(self) -> None:
        a, b = self.a.currentIndex(), self.b.currentIndex()
        if a >= 0 and b >= 0:
            self.sides_chosen.emit(self._entries[a].key, self._entries[b].key)

    def _write_run(self) -> None:
        self.run.setText(self.tr("Stop") if self._is_running else self.tr("Run"))
        self.run.setToolTip(
            self.tr("Stop, and keep what is done (Esc)")
            if self._is_running
            else self.tr("Run all replications again (F5)")
        )
        self.run.setIcon(theme.icon("stop" if self._is_running else "run"))

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self._write_run()
        self.a.setAccessibleName(self.tr("Side A"))
        self.b.setAccessibleName(self.tr("Side B"))
        self.swap.setToolTip(self.tr("Swap A and B"))
        self.swap.setAccessibleName(self.tr("Swap A and B"))
        self.pairs["policy"].setText(self.tr("Policy off → on"))
        self.pairs["policy"].setToolTip(
            self.tr("Compare one scenario without and with the commitment policy")
        )
        self.pairs["supervision"].setText(self.tr("Supervision off → on"))
        self.pairs["supervision"].setToolTip(
            self.tr("Compare one scenario without and with supervision")
        )
        self.pairs["changes"].setText(self.tr("Before → after changes"))
        self.pairs["changes"].setToolTip(
            self.tr("Compare the file as it was opened with what you have changed")
        )
        self.progress.setAccessibleName(self.tr("Progress of the run"))

    def retheme(self) -> None:
        """Take icons in the colours of the theme."""
        self.swap.setIcon(theme.icon("swap"))
        self._write_run()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.retheme()
        super().changeEvent(event)
