"""How to run: how many replications or how sure, seed, engine, workers.

What is left open is the scenario's choice. Everything is in force as soon as it is entered.
"""

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from approvalsim.engines import Asked
from approvalsim.execution import MEASURES
from approvalsim.scenario import Scenario
from approvalsim.voice import Voice
from approvalsim_ui import language, theme
from approvalsim_ui.answering import RunSettings

How = Literal["scenario", "number", "precision"]
HOWS: tuple[How, ...] = ("scenario", "number", "precision")
ENGINES: tuple[Asked, ...] = ("auto", "kernel", "simpy")
MOST_SEED = 2**63 - 1


class RunPanel(QWidget):
    """Settings of runs."""

    settings_changed = Signal(RunSettings)
    manifest_asked = Signal()
    edited = Signal(object, str)
    """A new scenario that counts to the milestone chosen, and what to call the step for undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = RunSettings()
        self._usual = (1000, 1)
        self._scenario: Scenario | None = None
        self.how, self.measure, self.engine = QComboBox(), QComboBox(), QComboBox()
        self.milestone, self.write = QComboBox(), QPushButton()
        self.replications, self.cap, self.workers = QSpinBox(), QSpinBox(), QSpinBox()
        self.days, self.seed = QDoubleSpinBox(), QLineEdit()
        self.own_seed, self.manifest = QCheckBox(), QPushButton()
        names = ("milestone", "how", "engine", "workers", "cap", "measure")
        self._labels = {name: QLabel() for name in names}
        self._hint = QLabel(wordWrap=True)
        theme.set_role(self._hint, "muted")
        for field, least, most in (
            (self.replications, 1, 10_000_000),
            (self.cap, 2, 10_000_000),
            (self.workers, 0, 1024),
        ):
            field.setRange(least, most)
            field.setGroupSeparatorShown(True)
            field.setKeyboardTracking(False)
        self.days.setRange(0.01, 1000)
        self.days.setDecimals(2)
        self.days.setKeyboardTracking(False)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_settings(RunSettings(), *self._usual)

    def _lay_out(self) -> None:
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self._labels["milestone"], self.milestone)
        form.addRow(self.write)
        form.addRow(self._labels["how"], self.how)
        form.addRow(self.replications)
        form.addRow(self.days)
        form.addRow(self._labels["measure"], self.measure)
        form.addRow(self._labels["cap"], self.cap)
        form.addRow(self.own_seed, self.seed)
        form.addRow(self._labels["engine"], self.engine)
        form.addRow(self._labels["workers"], self.workers)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(self.manifest, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def _connect(self) -> None:
        for box in (self.milestone, self.how, self.measure, self.engine):
            box.activated.connect(self._tell)
        for spin in (self.replications, self.cap, self.workers, self.days):
            spin.valueChanged.connect(self._tell)
        self.own_seed.toggled.connect(self._tell)
        self.seed.editingFinished.connect(self._tell)
        self.manifest.clicked.connect(self.manifest_asked)
        self.write.clicked.connect(self._write_measure)

    # --- what to show -------------------------------------------------------------------------

    def show_milestones(self, scenario: Scenario) -> None:
        """Offer the milestones of this scenario."""
        self._scenario = scenario
        self._write_milestones()

    def is_behind(self, scenario: Scenario) -> bool:
        """Whether what it offers is not what this scenario says of runs and milestones."""
        shown = self._scenario
        return shown is None or shown.run != scenario.run or shown.milestone != scenario.milestone

    def show_settings(self, settings: RunSettings, replications: int, seed: int) -> None:
        """Show settings; ``replications`` and ``seed`` are what the scenario says."""
        self._settings, self._usual = settings, (replications, seed)
        boxes = (self.milestone, self.how, self.measure, self.engine)
        spins = (self.replications, self.cap, self.workers, self.days)
        blockers = [QSignalBlocker(field) for field in (*boxes, *spins, self.own_seed, self.seed)]
        self._choose_milestone()
        self.how.setCurrentIndex(HOWS.index(_how(settings)))
        self.replications.setValue(settings.replications or replications)
        self.days.setValue(settings.precision or 1.0)
        self.measure.setCurrentIndex(MEASURES.index(settings.measure))
        self.cap.setValue(settings.cap)
        self.own_seed.setChecked(settings.seed is not None)
        self.seed.setText(str(seed if settings.seed is None else settings.seed))
        self.engine.setCurrentIndex(ENGINES.index(settings.engine))
        self.workers.setValue(settings.workers or 0)
        for blocker in blockers:
            blocker.unblock()
        self._write_how()
        self._arrange()

    def _arrange(self) -> None:
        """Show the fields that have a meaning."""
        how = HOWS[max(self.how.currentIndex(), 0)]
        self._form.setRowVisible(self.replications, how == "number")
        for field in (self.days, self.measure, self.cap):
            self._form.setRowVisible(field, how == "precision")
        self.seed.setEnabled(self.own_seed.isChecked())
        self.write.setEnabled(self._can_write)

    def _tell(self) -> None:
        how = HOWS[max(self.how.currentIndex(), 0)]
        self._arrange()
        settings = replace(
            self._settings,
            milestone=self._chosen_milestone(),
            replications=self.replications.value() if how == "number" else None,
            precision=round(self.days.value(), 2) if how == "precision" else None,
            measure=MEASURES[max(self.measure.currentIndex(), 0)],
            cap=self.cap.value(),
            seed=self._entered_seed() if self.own_seed.isChecked() else None,
            workers=self.workers.value() or None,
            engine=ENGINES[max(self.engine.currentIndex(), 0)],
        )
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)

    # --- the milestone ------------------------------------------------------------------------

    @property
    def _can_write(self) -> bool:
        """Whether the box says something that the scenario does not."""
        chosen, scenario = self._settings.milestone, self._scenario
        return scenario is not None and chosen in scenario.milestone and chosen != scenario.measure

    def _write_measure(self) -> None:
        """Make the scenario say what the box says, and let the box say it no more."""
        chosen, scenario = self._settings.milestone, self._scenario
        if scenario is None or chosen is None or not self._can_write:
            return
        run = scenario.run.model_copy(update={"measure": chosen})
        goal = Voice(scenario, language.current()).name("milestone", chosen)
        text = self.tr("Count times to {milestone}").format(milestone=goal)
        settings = replace(self._settings, milestone=None)
        self.edited.emit(scenario.model_copy(update={"run": run}), text)
        self.show_settings(settings, *self._usual)  # whoever took the edit showed the old ones
        self.settings_changed.emit(settings)

    @property
    def _milestones(self) -> tuple[str, ...]:
        """The milestones on offer, behind what the scenario says."""
        return tuple(self._scenario.milestone) if self._scenario else ()

    def _choose_milestone(self) -> None:
        """Show the one that is in force here; one that this scenario lacks is not."""
        offered, chosen = self._milestones, self._settings.milestone
        self.milestone.setCurrentIndex(offered.index(chosen) + 1 if chosen in offered else 0)

    def _chosen_milestone(self) -> str | None:
        """What the box says; one that this scenario lacks is kept for those that have it."""
        position, chosen = self.milestone.currentIndex(), self._settings.milestone
        if position > 0:
            return self._milestones[position - 1]
        return chosen if chosen not in self._milestones else None

    def _entered_seed(self) -> int:
        """The seed in the field; what cannot be one is put back."""
        text = self.seed.text().strip()
        if text.isascii() and text.isdigit() and int(text) <= MOST_SEED:
            return int(text)
        seed = self._usual[1] if self._settings.seed is None else self._settings.seed
        self.seed.setText(str(seed))
        return seed

    # --- words --------------------------------------------------------------------------------

    def _write_milestones(self) -> None:
        if self._scenario is None:
            return
        voice = Voice(self._scenario, language.current())
        usual = voice.name("milestone", self._scenario.measure)
        _fill(
            self.milestone,
            (
                self.tr("as the scenario says ({milestone})").format(milestone=usual),
                *(voice.name("milestone", name) for name in self._milestones),
            ),
        )
        blocker = QSignalBlocker(self.milestone)
        self._choose_milestone()
        blocker.unblock()
        self.write.setEnabled(self._can_write)

    def _write_how(self) -> None:
        usual = language.locale().toString(self._usual[0])
        words = (
            self.tr("as many as the scenario says ({number})").format(number=usual),
            self.tr("so many replications:"),
            self.tr("until the 95 % interval is ± so many days:"),
        )
        _fill(self.how, words)

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self._write_milestones()
        self._write_how()
        _fill(self.measure, (self.tr("of the mean"), "P10", "P50", "P80", "P90"))
        _fill(
            self.engine,
            (
                self.tr("automatic: the compiled one once it is ready"),
                self.tr("compiled"),
                self.tr("SimPy"),
            ),
        )
        self._labels["milestone"].setText(self.tr("Count times to"))
        self.milestone.setToolTip(
            self.tr("The milestone that times, rates and differences are about")
        )
        self.write.setText(self.tr("Write into the scenario"))
        self.write.setToolTip(
            self.tr("Makes the scenario itself count to this milestone; can be undone")
        )
        self._labels["how"].setText(self.tr("How many replications"))
        self._labels["measure"].setText(self.tr("Interval of the difference"))
        self._labels["cap"].setText(self.tr("Replications at most"))
        self._labels["engine"].setText(self.tr("Engine"))
        self._labels["workers"].setText(self.tr("Workers"))
        self.own_seed.setText(self.tr("Own seed"))
        self.workers.setSpecialValueText(self.tr("as many as there are cores"))
        self.days.setSuffix(self.tr(" days"))
        self._name_fields()
        self._hint.setText(
            self.tr(
                "Both engines give the same figures to the last bit. The same seed is the same "
                "luck: differences between A and B come from the rules alone."
            )
        )
        self.manifest.setText(self.tr("Copy manifest"))
        self.manifest.setToolTip(
            self.tr("Everything needed to repeat this result: scenario, seed, version, engine")
        )
        for field in (self.replications, self.cap, self.workers, self.days):
            field.setLocale(language.locale())

    def _name_fields(self) -> None:
        self.milestone.setAccessibleName(self.tr("Count times to"))
        self.how.setAccessibleName(self.tr("How many replications"))
        self.replications.setAccessibleName(self.tr("Replications"))
        self.days.setAccessibleName(self.tr("Half-width of the interval in days"))
        self.measure.setAccessibleName(self.tr("Interval of the difference"))
        self.cap.setAccessibleName(self.tr("Replications at most"))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.engine.setAccessibleName(self.tr("Engine"))
        self.workers.setAccessibleName(self.tr("Workers"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _how(settings: RunSettings) -> How:
    if settings.precision is not None:
        return "precision"
    return "scenario" if settings.replications is None else "number"


def _fill(box: QComboBox, words: tuple[str, ...]) -> None:
    """Give the entries of a box other words, and keep the one that is chosen."""
    blocker = QSignalBlocker(box)
    chosen = max(box.currentIndex(), 0)
    box.clear()
    box.addItems(words)
    box.setCurrentIndex(chosen)
    blocker.unblock()
