"""The wall chart (挂图): which stage of which project is when under way, at whose office.

It is given an answer, asks for the chart of it, and shows, prints and exports that.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from approvalsim.register import Register
from approvalsim_ui.answer import Answer
from approvalsim_ui.chart_card import ReadingLabel
from approvalsim_ui.chart_export import write
from approvalsim_ui.compare_words import side_names
from approvalsim_ui.figures_table import FiguresModel
from approvalsim_ui.wall_chart import WallChart, wall_charts
from approvalsim_ui.wall_chart_actual import ActualQuestion, actual_charts
from approvalsim_ui.wall_chart_bar import WallBar
from approvalsim_ui.wall_chart_canvas import WallCanvas
from approvalsim_ui.wall_chart_legend import WallLegend, entries
from approvalsim_ui.wall_chart_paper import (
    Fit,
    Paper,
    Sheet,
    fit,
    print_on,
    write_pdf,
    write_png,
    write_svg,
)
from approvalsim_ui.wall_chart_picture import WallPicture
from approvalsim_ui.wall_chart_print import PrintPanel
from approvalsim_ui.wall_chart_rows import Choice, Row, departments_of, extent, projects_of, rows_of
from approvalsim_ui.wall_chart_sheet import sheet_of
from approvalsim_ui.wall_chart_words import WallWords, translate

_MESSAGE_STAYS = 6_000
"""Milliseconds a confirmation stands where the current row is told."""


class WallChartView(QWidget):
    """A Gantt chart of the portfolio or of one project, for the screen and for the wall."""

    chart_requested = Signal(object)
    """An analysis to run (see `analysis_worker`) that gives `WallChart`s."""
    actual_requested = Signal(object)
    """The same, for the chart of the register."""
    export_wanted = Signal(str)
    """``pdf``, ``png``, ``svg`` or ``csv``; whoever asks for the file calls `export`."""

    _is_built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Answer | None = None
        self.simulated: WallChart | None = None
        self.actual: WallChart | None = None
        """What the register says, as far as one is open."""
        self._register: tuple[Register, date] | None = None
        self._asked_actual: ActualQuestion | None = None
        self._asked_of: Answer | None = None
        self._fitting: Sheet | None = None
        self._fits: dict[Paper, Fit] = {}
        self._came_from: Choice | None = None
        self.bar, self.canvas, self.legend = WallBar(), WallCanvas(), WallLegend()
        self.printing, self.reading = PrintPanel(), ReadingLabel(2)
        self.waiting = QLabel()
        self.model, self.table = FiguresModel(self), QTableView()
        self.stack = QStackedWidget()
        self._message_ends = QTimer(self)
        self._message_ends.setSingleShot(True)
        self._message_ends.setInterval(_MESSAGE_STAYS)
        self._lay_out()
        self._connect()
        self._add_keys()
        self._is_built = True
        self.retranslate()

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waiting.setWordWrap(True)
        for page in (self.waiting, self.canvas, self.table):
            self.stack.addWidget(page)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.printing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        for part in (self.bar, self.printing, self.stack, self.legend, self.reading):
            column.addWidget(part)
        column.setStretchFactor(self.stack, 1)

    def _connect(self) -> None:
        self.bar.chosen.connect(self._choose)
        self.bar.zoom_wanted.connect(self.canvas.zoom)
        self.bar.fit_wanted.connect(self.canvas.fit_width)
        self.bar.table_wanted.connect(self.show_table)
        self.bar.copy_wanted.connect(self.copy_table)
        self.bar.paper_wanted.connect(self.show_printing)
        self.bar.export_wanted.connect(self.export_wanted)
        self.canvas.row_changed.connect(self._read_row)
        self.canvas.opened.connect(self._open_row)
        self.canvas.left_wanted.connect(self._show_all)
        self.printing.pdf_wanted.connect(lambda: self.export_wanted.emit("pdf"))
        self.printing.print_wanted.connect(self.print)
        self.printing.closed.connect(lambda: self.show_printing(False))
        self.printing.fewer_rows_wanted.connect(self._take_fewer_rows)
        self._message_ends.timeout.connect(lambda: self._read_row(self.canvas.current))

    def _add_keys(self) -> None:
        for keys, do in (
            (QKeySequence.StandardKey.Copy, self.copy_table),
            (QKeySequence.StandardKey.Print, lambda: self.show_printing(True)),
        ):
            action = QAction(self)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(do)
            self.addAction(action)

    # --- what is shown ---------------------------------------------------------------------------

    def show_answer(self, answer: Answer) -> None:
        """There is a new answer; its chart is asked for as soon as somebody looks."""
        self.answer = answer
        if self.isVisible():
            self._ask()

    def show_register(self, register: Register | None, as_of: date | None = None) -> None:
        """What really happened up to the end of a day; None where no register is open."""
        known = None if register is None or as_of is None else (register, as_of)
        if known == self._register:
            return
        self._register = known
        self.bar.offer_actual(known is not None)
        if known is None:
            self.actual = self._asked_actual = None
            self._redraw()
        elif self.isVisible():
            self._ask_actual()

    @property
    def chart(self) -> WallChart | None:
        """What is chosen to be seen: what the register says, or an estimate."""
        return self.actual if self.bar.choice.what == "actual" else self.simulated

    def _choose(self) -> None:
        """Something else is to be seen."""
        self._offer()
        self._redraw()
        self._ask_actual()

    def _ask_actual(self) -> None:
        """Ask for the chart of the register, where it is to be seen and is another one now."""
        if self.answer is None or self._register is None or self.bar.choice.what != "actual":
            return
        known = self._asked_actual
        same = known is not None and known.answer.b.scenario == self.answer.b.scenario
        if known is not None and same and (known.register, known.as_of) == self._register:
            return
        self._asked_actual = ActualQuestion(self.answer, *self._register)
        self.actual_requested.emit(partial(actual_charts, self._asked_actual))

    @property
    def is_behind(self) -> bool:
        """Whether it is seen and its chart is not that of the last answer."""
        shown = self.simulated
        return self.isVisible() and (shown is None or shown.answer is not self.answer)

    def show_chart(self, chart: WallChart) -> None:
        """Show a chart that was asked for."""
        if chart.recorded:
            self.actual = chart
        else:
            self.simulated = chart
        self._offer()
        self._redraw()
        if self.answer is not chart.answer and self.isVisible():
            self._ask()

    def _ask(self) -> None:
        answer = self.answer
        if answer is None or answer is self._asked_of:
            return
        if answer.is_final or self._asked_of is None:
            self._asked_of = answer
            self.chart_requested.emit(partial(wall_charts, answer))
        self._ask_actual()

    def _offer(self) -> None:
        chart = self.chart
        if chart is None:
            return
        words = WallWords(chart, self.bar.choice)
        self.bar.name_sides(side_names(chart.answer))
        self.bar.offer(
            [(name, words.project(name)) for name in projects_of(chart, "both")],
            [(name, words.department(name)) for name in departments_of(chart)],
        )

    def _redraw(self) -> None:
        """Show what is chosen."""
        chart, self._fitting, self._fits = self.chart, None, {}
        choice = self.bar.choice
        self.bar.enable_sides(choice.what != "actual")
        self._enable(chart is not None)
        if chart is None:
            self.stack.setCurrentWidget(self.waiting)
            return
        if self.stack.currentWidget() is self.waiting:
            self.stack.setCurrentWidget(self.table if self.bar.table.isChecked() else self.canvas)
        rows = rows_of(chart, choice)
        picture = WallPicture(chart, choice, rows)
        self.canvas.current = self._same_row(rows)
        self.canvas.show_picture(picture, extent(rows, chart.answer.dates))
        self.legend.show_legend(entries(picture, side_names(chart.answer)))
        if self.stack.currentWidget() is self.table:
            self.model.show_figures(picture.words.figures(rows))
        self.printing.show_fits(self._fit if rows else None, choice.grouping)
        self._read_row(self.canvas.current)

    def _same_row(self, rows: Sequence[Row]) -> int:
        """Where the current row stands among others; −1 where it is no more."""
        shown, row = self.canvas.picture, self.canvas.current
        if shown is None or not 0 <= row < len(shown.rows):
            return -1
        old = shown.rows[row].project, shown.rows[row].stage
        return next((n for n, new in enumerate(rows) if (new.project, new.stage) == old), -1)

    def _fit(self, paper: Paper) -> Fit:
        """How what is seen fits a paper; asked only while somebody chooses one."""
        if self._fitting is None:
            self._fitting = self._sheet()
        if paper not in self._fits:
            self._fits[paper] = fit(self._fitting, paper)
        return self._fits[paper]

    def _sheet(self) -> Sheet:
        """What is to be printed: the rows seen now, with all of their time."""
        assert self.chart is not None
        return sheet_of(self.chart, self.bar.choice)

    # --- rows ------------------------------------------------------------------------------------

    def _read_row(self, row: int) -> None:
        """Tell the current row below the chart."""
        picture = self.canvas.picture
        if self._message_ends.isActive() or picture is None:
            return
        if 0 <= row < len(picture.rows):
            said = picture.words.row(picture.rows[row])
        elif picture.rows:
            said = translate(
                "WallView",
                "{count} rows. Arrows go through them, Ctrl+wheel zooms, Enter opens a project.",
            ).format(count=len(picture.rows))
        else:
            said = translate("WallView", "Nothing to see with this choice.")
        self.canvas.setAccessibleDescription(said)
        self.reading.show_text(said)

    def _open_row(self, row: int) -> None:
        """One project by itself, stage by stage; or back."""
        picture = self.canvas.picture
        if picture is None:
            return
        if self.bar.choice.project:
            self._show_all()
            return
        choice = self.bar.choice
        project = picture.rows[row].project
        chosen = replace(choice, grouping="stages", project=project, department="")
        self._came_from = choice
        self.bar.show_choice(chosen)
        self._redraw()
        self.canvas.go_to(0)

    def _show_all(self) -> None:
        if self.bar.choice.project:
            self.bar.show_choice(self._came_from or replace(self.bar.choice, project=""))
            self._redraw()

    def _take_fewer_rows(self) -> None:
        self.bar.groupings["projects"].click()

    # --- taking it along -------------------------------------------------------------------------

    def show_table(self, shown: bool) -> None:
        """The table instead of the chart, or the chart again."""
        if self.chart is None:
            return
        self.bar.table.setChecked(shown)
        self.stack.setCurrentWidget(self.table if shown else self.canvas)
        self._redraw()
        if shown:
            self.table.resizeColumnsToContents()

    def copy_table(self) -> None:
        """All bars and milestones seen, to the clipboard."""
        picture = self.canvas.picture
        if picture is not None:
            QGuiApplication.clipboard().setText(picture.words.figures(picture.rows).tsv())
            self._tell(translate("WallView", "Table copied."))

    def show_printing(self, shown: bool) -> None:
        """Ask for the paper above the chart, or no more."""
        shown = shown and self.chart is not None
        self.bar.paper.setChecked(shown)
        self.printing.setVisible(shown)
        if shown:
            self.printing.judge()
            self.printing.formats[self.printing.paper.format].setFocus()
        else:
            self.canvas.setFocus()

    def export(self, kind: str, path: str) -> bool:
        """Write ``pdf``, ``png``, ``svg`` or ``csv``; gives whether that was possible."""
        if self.chart is None:
            return False
        sheet = self._sheet()
        if kind == "pdf":
            content = write_pdf(sheet, self.printing.paper)
        elif kind == "csv":
            picture = sheet.picture
            content = picture.words.figures(picture.rows).csv().encode("utf-8-sig")
        else:
            content = write_svg(sheet) if kind == "svg" else write_png(sheet)
        wrong = write(Path(path), content)
        if not wrong:
            self._tell(translate("WallView", "Saved: {path}").format(path=path))
        return not wrong

    def print(self) -> None:
        """Ask for a printer and print; where there is none, say so."""
        # Slow to import, and rarely needed.
        from PySide6.QtPrintSupport import (  # noqa: PLC0415
            QPrintDialog,
            QPrinter,
            QPrinterInfo,
        )

        if self.chart is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self._tell(translate("WallView", "No printer is set up here. Save a PDF instead."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(self.printing.paper.layout)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: print_on(printer, self._sheet(), self.printing.paper))
        QDialog.open(dialog)

    def _tell(self, words: str) -> None:
        self.reading.show_text(words)
        self._message_ends.start()

    # --- words and looks -------------------------------------------------------------------------

    def _enable(self, ready: bool) -> None:
        self.bar.setEnabled(ready or self.simulated is not None)
        self.legend.setVisible(ready)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.bar.retranslate()
        self.printing.retranslate()
        self.waiting.setText(translate("WallView", "The chart is being drawn…"))
        self.canvas.setAccessibleName(translate("WallView", "Wall chart"))
        self.table.setAccessibleName(translate("WallView", "Wall chart as a table"))
        self._enable(self.chart is not None)
        self._offer()
        self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the answer."""
        super().showEvent(event)
        self._ask()
        self._ask_actual()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.bar.retheme()
            self.canvas.viewport().update()
            self.legend.update()
