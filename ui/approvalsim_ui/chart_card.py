"""A card with a chart: its sentence, its table twin, copies and exports."""

from pathlib import Path

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import theme
from approvalsim_ui.chart_export import Kind, exported, picture, write
from approvalsim_ui.charts import Chart
from approvalsim_ui.figures_table import FiguresModel
from approvalsim_ui.file_dialog import name_parts

_MESSAGE_STAYS = 6_000
"""Milliseconds a confirmation stands where the sentence usually does."""


class ReadingLabel(QLabel):
    """Wrapped text that never gives back a line while its width stays, so that nothing jumps."""

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        """``lines`` are reserved from the beginning."""
        super().__init__(parent, wordWrap=True)
        self._starts_anew, self._lines = True, lines
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reserve(0)

    def show_text(self, text: str) -> None:
        """Show a text; takes more lines if need be, never fewer."""
        if text != self.text():
            self.setText(text)
            kept = 0 if self._starts_anew else self.minimumHeight()
            self._starts_anew = False
            self._reserve(max(kept, self._needed()))

    def changeEvent(self, event: QEvent) -> None:
        """Another language or font needs other lines."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._starts_anew = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._reserve(self._needed())

    def _needed(self) -> int:
        """What the text takes at this width; `heightForWidth` would not go below what it has."""
        room = QRect(0, 0, max(self.width(), 80), 10_000)
        flags = int(self.alignment() | Qt.TextFlag.TextWordWrap)
        return self.fontMetrics().boundingRect(room, flags, self.text()).height() + 2

    def _reserve(self, height: int) -> None:
        wanted = max(height, self._lines * self.fontMetrics().lineSpacing() + 2)
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)


class ChartCard(QFrame):
    """A chart or its table, the sentence that reads it, and ways to take it along."""

    saved = Signal(str)
    """A file was written: its path."""

    _folder = ""
    """Where the last export went."""
    _is_built = False

    def __init__(self, chart: Chart, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what files are called, without an ending."""
        super().__init__(parent)
        self.chart, self.name, self._note = chart, name, ""
        self.model = FiguresModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.heading, self.reading = QLabel(), ReadingLabel()
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.heading, "heading")
        self.stack = QStackedWidget()
        self.toggle, self.copy, self.export = QToolButton(), QToolButton(), QToolButton()
        self._copy_picture, self._copy_table = QAction(self), QAction(self)
        self._saves: dict[Kind, QAction] = {kind: QAction(self) for kind in ("png", "svg", "csv")}
        self._message_ends = QTimer(self, singleShot=True, interval=_MESSAGE_STAYS)
        self._build_table()
        self._build_actions()
        self._lay_out()
        self._message_ends.timeout.connect(self._show_reading)
        chart.changed.connect(self._on_change)
        self._is_built = True
        theme.set_role(self, "card")
        self.retranslate()
        self.retheme()

    # --- what to show ----------------------------------------------------------------------------

    def show_note(self, note: str) -> None:
        """Where the figures come from: a line under exported pictures."""
        self._note = note

    def add_controls(self, controls: QWidget) -> None:
        """Something to set, between the chart and its sentence."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.reading), controls)

    def show_table(self, shown: bool) -> None:
        """Show the table instead of the chart, or the chart again."""
        self.stack.setCurrentWidget(self.table if shown else self.chart)
        self.toggle.setChecked(shown)
        if shown:
            self._fill_table()
            self.table.resizeColumnsToContents()
        self._write_toggle()

    @property
    def shows_table(self) -> bool:
        """Whether the table stands where the chart was."""
        return self.stack.currentWidget() is self.table

    # --- taking it along -------------------------------------------------------------------------

    def copy_picture(self) -> None:
        """The chart on its page, to the clipboard."""
        QGuiApplication.clipboard().setImage(picture(self.chart, self._note))
        self._tell(self.tr("Picture copied."))

    def copy_table(self) -> None:
        """All figures to the clipboard, in columns."""
        QGuiApplication.clipboard().setText(self.chart.figures().tsv())
        self._tell(self.tr("Table copied."))

    def save_as(self, path: Path) -> bool:
        """Write a file of the kind its ending names; says below the chart how it went."""
        kinds: dict[str, Kind] = {".png": "png", ".svg": "svg", ".csv": "csv"}
        kind = kinds.get(path.suffix.lower())
        if kind is None:
            self._tell(self.tr("Choose a name that ends in .png, .svg or .csv."), stays=True)
            return False
        wrong = write(path, exported(self.chart, kind, self._note))
        if wrong:
            self._tell(
                self.tr("Could not save {path}: {reason}").format(path=path, reason=wrong), True
            )
            return False
        ChartCard._folder = str(path.parent)
        self._tell(self.tr("Saved: {path}").format(path=path))
        self.saved.emit(str(path))
        return True

    def ask_where(self, kind: Kind) -> QFileDialog:
        """Ask for a file to save as, and save; the window stays usable meanwhile."""
        dialog = QFileDialog(self, self._saves[kind].text().replace("…", ""))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        name_parts(dialog)
        dialog.setDefaultSuffix(kind)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDirectory(ChartCard._folder or str(Path.home()))
        dialog.selectFile(f"{self.name}.{kind}")
        dialog.fileSelected.connect(lambda path: self.save_as(Path(path)))
        dialog.open()
        return dialog

    # --- inside ----------------------------------------------------------------------------------

    def _build_table(self) -> None:
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setHighlightSections(False)

    def _build_actions(self) -> None:
        self.toggle.setCheckable(True)
        self.toggle.clicked.connect(self.show_table)
        self.copy.clicked.connect(self._copy_shown)
        self._copy_picture.triggered.connect(self.copy_picture)
        self._copy_table.triggered.connect(self.copy_table)
        for kind, action in self._saves.items():
            action.triggered.connect(lambda _=False, kind=kind: self.ask_where(kind))
        copy_shown = QAction(self)
        copy_shown.setShortcut(QKeySequence.StandardKey.Copy)
        copy_shown.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy_shown.triggered.connect(self._copy_shown)
        self.addAction(copy_shown)
        menu = QMenu(self)
        menu.addActions([self._copy_picture, self._copy_table])
        menu.addSeparator()
        menu.addActions(list(self._saves.values()))
        self.export.setMenu(menu)
        self.export.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.toggle, self.copy, self.export):
            theme.set_role(button, "flat")
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.table)
        header = QHBoxLayout()
        header.setSpacing(2)
        header.addWidget(self.heading, 1)
        for button in (self.toggle, self.copy, self.export):
            header.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 10)
        column.setSpacing(4)
        column.addLayout(header)
        column.addWidget(self.stack, 1)
        column.addWidget(self.reading)

    def _copy_shown(self) -> None:
        (self.copy_table if self.shows_table else self.copy_picture)()

    def _on_change(self) -> None:
        self.heading.setText(self.chart.title())
        self.heading.setToolTip(self.chart.title())
        self.setAccessibleName(self.chart.title())
        self.table.setAccessibleName(self.chart.title())
        if not self._message_ends.isActive():
            self._show_reading()
        if self.shows_table:
            self._fill_table()

    def _fill_table(self) -> None:
        self.model.show_figures(self.chart.figures())

    def _show_reading(self) -> None:
        self._message_ends.stop()
        self.reading.show_text(self.chart.reading())

    def _tell(self, text: str, stays: bool = False) -> None:
        self.reading.show_text(text)
        self._message_ends.start(3 * _MESSAGE_STAYS if stays else _MESSAGE_STAYS)

    def _write_toggle(self) -> None:
        self.toggle.setIcon(theme.icon("chart" if self.shows_table else "table"))
        words = self.tr("Show the chart") if self.shows_table else self.tr("Show the table")
        self.toggle.setToolTip(words)
        self.toggle.setAccessibleName(words)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self._copy_picture.setText(self.tr("Copy picture"))
        self._copy_table.setText(self.tr("Copy table"))
        self._saves["png"].setText(self.tr("Save as picture (PNG)…"))
        self._saves["svg"].setText(self.tr("Save as drawing (SVG)…"))
        self._saves["csv"].setText(self.tr("Save figures (CSV)…"))
        for button, words in (
            (self.copy, self.tr("Copy (Ctrl+C)")),
            (self.export, self.tr("Copy or save")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._write_toggle()
        self._on_change()

    def retheme(self) -> None:
        """Take icons in the colours of the theme."""
        self.copy.setIcon(theme.icon("copy"))
        self.export.setIcon(theme.icon("export"))
        self._write_toggle()
        last = len(self.model.figures.columns) - 1
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(last, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.retheme()
