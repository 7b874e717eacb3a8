"""The backward schedule (倒排工期): by when each stage has to be done for a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, QEvent, QRectF, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from approvalsim_ui import language, theme
from approvalsim_ui.chart_card import ReadingLabel
from approvalsim_ui.chart_export import write
from approvalsim_ui.figures_table import FiguresModel
from approvalsim_ui.progress_line import ProgressLine
from approvalsim_ui.schedule_answer import TYPICAL, ScheduleAnswer
from approvalsim_ui.schedule_measures import ScheduleMeasures
from approvalsim_ui.schedule_picture import height, paint, pdf, png
from approvalsim_ui.schedule_words import figures, sentence

_PAUSE = 400
"""Milliseconds after which a date or a slider counts."""


@dataclass(frozen=True)
class Offered:
    """A project that can be planned, and its own target."""

    id: str
    name: str
    target: date | None = None


@dataclass(frozen=True)
class Wish:
    """What the user wants to have planned."""

    project: str
    target: date
    confidence: float
    signing: date


class SchedulePicture(QWidget):
    """Shows a schedule as large as it needs to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: ScheduleAnswer | None = None

    def show_answer(self, answer: ScheduleAnswer) -> None:
        """Show other dates."""
        self._answer = answer
        self.setMinimumSize(QSize(760, round(height(answer)) + 4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._answer is not None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.colours().panel)
            paint(painter, QRectF(self.rect()).adjusted(4, 0, -4, 0), self._answer, theme.colours())
            painter.end()


class ScheduleView(QWidget):
    """Controls, the answer in a sentence, the dates as a picture or table, and what would help."""

    wished = Signal(object)
    """A `Wish`."""
    variant_wanted = Signal(object)
    """A `Gain`: the user wants a variant of the scenario with it."""
    export_wanted = Signal(str)
    """``pdf``, ``png`` or ``csv``; whoever asks for the file calls `export`."""
    looked_at = Signal()

    _is_built = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: ScheduleAnswer | None = None
        self._offered: tuple[Offered, ...] = ()
        self._as_of: date | None = None
        self.project_label, self.project = QLabel(), QComboBox()
        self.signing_label, self.signing = QLabel(), QDateEdit()
        self.target_label, self.target = QLabel(), QDateEdit()
        self.sure_label, self.sure, self.sure_value = QLabel(), QSlider(), QLabel()
        self.table_switch, self.save = QPushButton(), QPushButton()
        self.verdict, self.said, self.state = QFrame(), ReadingLabel(2), QLabel()
        self.progress = ProgressLine()
        self.picture, self.model, self.table = SchedulePicture(), FiguresModel(self), QTableView()
        self.measures = ScheduleMeasures()
        self.stack = QStackedWidget()
        self._exports = {kind: QAction(self) for kind in ("pdf", "png", "csv", "copy")}
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._is_built = True
        self.retranslate()

    def _lay_out(self) -> None:
        for edit in (self.signing, self.target):
            edit.setCalendarPopup(True)
        self.project.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.project.setMinimumContentsLength(18)
        self.sure.setOrientation(Qt.Orientation.Horizontal)
        self.sure.setRange(50, 95)
        self.sure.setValue(80)
        self.sure.setPageStep(5)
        self.sure.setFixedWidth(130)
        self.sure_value.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %") + 4)
        self.table_switch.setCheckable(True)
        theme.set_role(self.state, "muted")
        self._lay_out_dates()
        keeps = self.progress.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps)
        self.progress.hide()
        told = QHBoxLayout()
        frame = QHBoxLayout(self.verdict)
        frame.setContentsMargins(10, 4, 10, 4)
        frame.addWidget(self.said)
        told.addWidget(self.verdict, 1)
        told.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(self._bar())
        column.addLayout(told)
        column.addWidget(self.stack, 1)
        column.addWidget(self.measures)
        column.addWidget(self.state)

    def _bar(self) -> QHBoxLayout:
        """The controls."""
        menu = QMenu(self.save)
        for action in self._exports.values():
            menu.addAction(action)
        self.save.setMenu(menu)
        bar = QHBoxLayout()
        pairs = (
            (self.project_label, self.project),
            (self.signing_label, self.signing),
            (self.target_label, self.target),
            (self.sure_label, self.sure),
        )
        for label, widget in pairs:
            bar.addWidget(label)
            bar.addWidget(widget)
        bar.addWidget(self.sure_value)
        bar.addStretch(1)
        bar.addWidget(self.table_switch)
        bar.addWidget(self.save)
        return bar

    def _lay_out_dates(self) -> None:
        """The picture, and the table that can take its place."""
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setWidget(self.picture)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        card = QFrame()
        theme.set_role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(6, 6, 6, 6)
        inner.addWidget(scroller)
        self.stack.addWidget(card)
        self.stack.addWidget(self.table)

    def _connect(self) -> None:
        self.project.activated.connect(lambda _: self._choose())
        for edit in (self.signing, self.target):
            edit.dateChanged.connect(lambda _: self._later.start())
        self.sure.valueChanged.connect(lambda _: self._show_sure())
        self.sure.valueChanged.connect(lambda _: self._later.start())
        self._later.timeout.connect(self._tell)
        self.table_switch.toggled.connect(self.stack.setCurrentIndex)
        self.measures.variant_wanted.connect(self.variant_wanted)
        for kind in ("pdf", "png", "csv"):
            self._exports[kind].triggered.connect(
                lambda _=False, kind=kind: self.export_wanted.emit(kind)
            )
        copy, printing = self._exports["copy"], self._exports["pdf"]
        copy.triggered.connect(self.copy)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        printing.setShortcut(QKeySequence.StandardKey.Print)
        for action in (copy, printing):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)

    # --- what is shown ------------------------------------------------------------------------

    def show_offered(self, offered: Sequence[Offered], start: date, as_of: date | None) -> None:
        """Which projects can be planned; a typical one signs on ``start`` unless told else."""
        known = (self._offered, self._as_of)
        if known == (tuple(offered), as_of) and self.signing.minimumDate() == _qt(start):
            return
        before = self.wish.project
        is_first = not self._offered
        self._offered, self._as_of = tuple(offered), as_of
        with QSignalBlocker(self.signing):
            changed = self.signing.minimumDate() != _qt(start)
            self.signing.setMinimumDate(_qt(start))
            if changed or is_first:
                self.signing.setDate(_qt(start))
        self._fill(before)
        if changed or is_first or self.wish.project != before:
            self._aim()

    def _fill(self, chosen: str) -> None:
        with QSignalBlocker(self.project):
            self.project.clear()
            self.project.addItem(self.tr("A typical project of this scenario"), TYPICAL)
            for each in self._offered:
                self.project.addItem(" ".join(filter(None, (each.id, each.name))), each.id)
            self.project.setCurrentIndex(max(self.project.findData(chosen), 0))
        self._show_signing()

    def show_answer(self, answer: ScheduleAnswer) -> None:
        """Show dates."""
        self.answer = answer
        self.picture.show_answer(answer)
        self.model.show_figures(figures(answer))
        self.table.resizeColumnsToContents()
        self.said.show_text(sentence(answer))
        theme.set_role(self.verdict, "good" if answer.project.holds else "warn")
        self.measures.show_answer(answer)
        self.save.setEnabled(True)
        self._write_state()

    def show_running(self, running: bool) -> None:
        """Whether dates are on their way."""
        self.progress.setVisible(running)
        if running:
            self.progress.show_share(0.0)

    def show_progress(self, done: int, total: int) -> None:
        """How far they are, roughly."""
        self.progress.show_share(min(done / max(total, 1), 0.97))

    def show_failure(self, words: str) -> None:
        """Why there are no dates."""
        self.said.show_text(words)
        theme.set_role(self.verdict, "bad")

    # --- wishes -------------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """What is chosen now."""
        return Wish(
            str(self.project.currentData() or TYPICAL),
            _day(self.target),
            self.sure.value() / 100,
            _day(self.signing),
        )

    def choose_project(self, project: str) -> None:
        """Plan this project."""
        found = self.project.findData(project)
        if found >= 0:
            self.project.setCurrentIndex(found)
            self._choose()

    def _choose(self) -> None:
        self._show_signing()
        self._aim()
        self._tell()

    def _aim(self) -> None:
        """The project's own target; else a year from its signing, or from now."""
        chosen = self.wish.project
        own = next((each.target for each in self._offered if each.id == chosen), None)
        begin = _day(self.signing) if chosen == TYPICAL else self._as_of or _day(self.signing)
        with QSignalBlocker(self.target):
            self.target.setDate(_qt(own or begin + timedelta(days=365)))

    def _show_signing(self) -> None:
        typical = self.wish.project == TYPICAL
        for widget in (self.signing_label, self.signing):
            widget.setVisible(typical)

    def _show_sure(self) -> None:
        self.sure_value.setText(language.percent(self.sure.value() / 100))

    def _tell(self) -> None:
        self._later.stop()
        self.wished.emit(self.wish)

    # --- taking it along ----------------------------------------------------------------------

    def copy(self) -> None:
        """The table, to the clipboard."""
        QGuiApplication.clipboard().setText(self.model.figures.tsv())
        self.state.setText(self.tr("Table copied."))

    def export(self, kind: str, path: str) -> bool:
        """Write ``pdf``, ``png`` or ``csv``; gives whether that was possible."""
        if self.answer is None:
            return False
        if kind == "csv":
            content = self.model.figures.csv().encode("utf-8-sig")
        else:
            content = pdf(self.answer) if kind == "pdf" else png(self.answer)
        return not write(Path(path), content)

    # --- words and looks ----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.project_label.setText(self.tr("Project"))
        self.signing_label.setText(self.tr("signs on"))
        self.target_label.setText(self.tr("Target"))
        self.sure_label.setText(self.tr("How sure"))
        for widget, words in (
            (self.project, self.tr("Project to plan")),
            (self.signing, self.tr("Date of signing")),
            (self.target, self.tr("Target date")),
            (self.sure, self.tr("How sure the target shall be")),
            (self.table, self.tr("Dates as a table")),
            (self.picture, self.tr("Dates as a chart")),
            (self.progress, self.tr("Progress of the schedule")),
        ):
            widget.setAccessibleName(words)
        for edit in (self.signing, self.target):
            edit.setLocale(language.locale())
            edit.setDisplayFormat("yyyy-MM-dd")
        self.table_switch.setText(self.tr("Table"))
        self.save.setText(self.tr("Export"))
        self._exports["pdf"].setText(self.tr("One page of A3 (PDF)…"))
        self._exports["png"].setText(self.tr("Picture (PNG)…"))
        self._exports["csv"].setText(self.tr("Table (CSV)…"))
        self._exports["copy"].setText(self.tr("Copy table"))
        self.save.setEnabled(self.answer is not None)
        self._show_sure()
        self._fill(self.wish.project)
        if self.answer is not None:
            self.show_answer(self.answer)
        elif not self.said.text():
            self.said.show_text(self.tr("The dates are being worked out…"))

    def _write_state(self) -> None:
        answer = self.answer
        if answer is None:
            return
        found = answer.schedule
        words = self.tr(
            "▶ latest submission, ◆ latest end. Latest dates by the model, not a record: earlier "
            "is better. Seed {seed}, {replications} replications."
        )
        self.state.setText(words.format(seed=found.seed, replications=found.replications))

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: dates are wanted now."""
        super().showEvent(event)
        self.looked_at.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if not self._is_built:
            return
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.picture.update()


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
