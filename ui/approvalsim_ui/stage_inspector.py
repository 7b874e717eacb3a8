"""Everything about one stage, beside the table: times on live curves, corrections, owner."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from approvalsim.parameters import Place
from approvalsim.scenario import Correction
from approvalsim_ui import theme
from approvalsim_ui.bindings import Binding
from approvalsim_ui.edits import UNSET
from approvalsim_ui.field_inputs import FieldInput, NumberInput, ShareInput
from approvalsim_ui.number_spin import NumberSpin
from approvalsim_ui.relaxation_editor import RelaxationEditor
from approvalsim_ui.scenario_editing import ScenarioEditing
from approvalsim_ui.scenario_words import part_name, unit_words, when_words
from approvalsim_ui.stage_details import StageDetails
from approvalsim_ui.stage_forms import (
    Form,
    correction_with,
    is_own,
    place_in,
    value_in,
    variant_index,
)
from approvalsim_ui.three_point import DurationInput

TIMES = ("prepare", "review", "notice")


class StageInspector(QFrame):
    """The stage chosen in the table, in the form chosen above it."""

    form_chosen = Signal(object)
    """The user wants to see the values for other projects."""
    touched = Signal(object)
    """A field got the focus; carries its place."""
    drag_finished = Signal()

    def __init__(self, editing: ScenarioEditing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self.editing = editing
        self.stage = ""
        self.form: Form = None
        self._bindings: dict[str, Binding] = {}
        self._build()
        editing.shown.connect(self.refresh)
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = QLabel(wordWrap=True)
        theme.set_role(self.title, "title")
        self.others = QLabel(wordWrap=True)
        self.others.setTextFormat(Qt.TextFormat.RichText)
        self.others.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.others.linkActivated.connect(self._choose_form)
        self.tabs = QTabWidget(documentMode=True)
        self.relaxed = RelaxationEditor(self.editing)
        self.relaxed.touched.connect(self.touched)
        self.relaxed.drag_finished.connect(self.drag_finished)
        self.details = StageDetails(self.editing)
        self.details.touched.connect(self.touched)
        for page in (self._times(), self._corrections(), self.relaxed, self.details):
            self.tabs.addTab(_scrolling(page), "")
        self.tabs.currentChanged.connect(lambda _: self._refresh_tab())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.others)
        layout.addWidget(self.tabs, 1)

    def _times(self) -> QWidget:
        page, layout = _page()
        self.times = {field: DurationInput() for field in TIMES}
        for field, widget in self.times.items():
            layout.addWidget(widget, 1)
            self._bind(field, widget, partial(self._enter, field))
        return page

    def _corrections(self) -> QWidget:
        page, layout = _page()
        self.probability = ShareInput()
        self.rework = DurationInput()
        self.decay = ShareInput()
        self.rounds = NumberInput(most=1000, decimals=0)
        self.statutory = NumberInput(most=10_000)
        for field, widget in {
            "correction.probability": self.probability,
            "correction.rework": self.rework,
            "correction.decay": self.decay,
            "correction.max_rounds": self.rounds,
        }.items():
            name = field.partition(".")[2]
            layout.addWidget(widget)
            self._bind(field, widget, partial(self._enter_correction, name))
        layout.addSpacing(8)
        layout.addWidget(self.statutory)
        self._bind("statutory", self.statutory, partial(self._enter, "statutory"))
        layout.addStretch(1)
        return page

    def _bind(self, field: str, widget: FieldInput, enter: Callable[[Any, str], str]) -> None:
        binding = Binding(self.editing, widget, lambda: self.place_of(field), enter)
        binding.touched.connect(self.touched)
        binding.drag_finished.connect(self.drag_finished)
        self._bindings[field] = binding

    # --- what is shown ------------------------------------------------------------------------

    def show_stage(self, stage: str, form: Form = None) -> None:
        """Show a stage as it is for certain projects."""
        self.stage, self.form = stage, form
        self.refresh()

    def refresh(self) -> None:
        """Show what the scenario says now."""
        known = self.editing.has_scenario and self.stage in self.editing.scenario.stage
        self.tabs.setEnabled(known)
        if not known:
            self.title.setText(self.tr("No stage chosen"))
            self.others.setText("")
            return
        self.title.setText(part_name(self.editing.scenario, "stage", self.stage))
        self._show_others()
        self._refresh_tab()

    def _refresh_tab(self) -> None:
        """Only what is seen is kept up to date: this happens thirty times a second in a drag."""
        if not self.editing.has_scenario or self.stage not in self.editing.scenario.stage:
            return
        seen = self.tabs.currentIndex()
        if seen == 2:
            self.relaxed.show_stage(self.stage)
        elif seen == 3:
            self.details.show_stage(self.stage)
        for field, binding in self._bindings.items():
            if seen < 2 and (field in TIMES) == (seen == 0):
                binding.refresh(self._value(field))

    def place_of(self, field: str) -> Place:
        """Where a field such as ``correction.rework`` of this stage and form stands."""
        name, _, inner = field.partition(".")
        place = place_in(self.editing.scenario, self.stage, self.form, name)
        return (*place, inner) if inner else place

    def _value(self, field: str) -> Any:
        """What to show: the form's own value, or the one it takes over."""
        name, _, inner = field.partition(".")
        value = value_in(self.editing.scenario, self.stage, self.form, name)
        return getattr(value, inner) if inner else value

    def _show_others(self) -> None:
        """Name the other projects for which the stage has values of its own."""
        stage = self.editing.scenario.stage[self.stage]
        here = self.tr("for all projects") if self.form is None else when_words(self.form)
        index = variant_index(stage, self.form)
        shown = [f"<b>{here}</b>"]
        links = [(-1, self.tr("all projects"))] if self.form is not None else []
        links += [(n, when_words(v.when)) for n, v in enumerate(stage.variant) if n != index]
        colour = theme.colours().link.name()
        words = [
            f'<a href="{n}" style="color:{colour}">{text.replace(" ", "&nbsp;")}</a>'
            for n, text in links
        ]
        if words:
            shown.append(self.tr("differs for: {others}").format(others=self.tr(", ").join(words)))
        self.others.setText("; ".join(shown))

    def _choose_form(self, link: str) -> None:
        variants = self.editing.scenario.stage[self.stage].variant
        self.form_chosen.emit(None if link == "-1" else dict(variants[int(link)].when))

    # --- wishes -------------------------------------------------------------------------------

    def _enter(self, field: str, value: Any, step: str) -> str:
        return self.editing.enter_in(self.stage, self.form, field, value, step)

    def _enter_correction(self, name: str, value: Any, step: str) -> str:
        """A number of the correction; a form that has none of its own begins with a copy."""
        editing, stage, form = self.editing, self.stage, self.form
        if is_own(editing.scenario, stage, form, "correction"):
            return editing.enter(self.place_of(f"correction.{name}"), value, step)
        present: Correction = value_in(editing.scenario, stage, form, "correction")
        table = {**correction_with(present, present.probability), name: value}
        kept = {key: entry for key, entry in table.items() if entry is not UNSET}
        return editing.enter_in(stage, form, "correction", kept, step)

    # --- finding fields, words ----------------------------------------------------------------

    def focus_field(self, place: Place) -> bool:
        """Give the focus to the input of a place of this stage; False where there is none."""
        for field, binding in self._bindings.items():
            mine = self.place_of(field)
            if mine == place[: len(mine)] or (mine[:-1] == place and "." in field):
                self._show_tab(binding.field)
                target = binding.field.focus_target()
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(target, NumberSpin):
                    target.selectAll()
                return True
        for page in (self.relaxed, self.details):
            page.show_stage(self.stage)
            if page.focus_field(place):
                self._show_tab(page)
                return page.focus_field(place)  # once it is seen
        return False

    def _show_tab(self, widget: QWidget) -> None:
        for index in range(self.tabs.count()):
            page = self.tabs.widget(index)
            if isinstance(page, QScrollArea) and page.isAncestorOf(widget):
                self.tabs.setCurrentIndex(index)
                page.ensureWidgetVisible(widget)

    def retranslate(self) -> None:
        """Set all words anew."""
        none = self.tr("none")
        names = {
            "prepare": self.tr("Preparation"),
            "review": self.tr("Review"),
            "notice": self.tr("Public notice"),
        }
        for field, label in names.items():
            self.times[field].set_words(label, none)
        self.probability.set_label(self.tr("Sent back for correction"))
        self.rework.set_words(self.tr("Rework"), none)
        self.decay.set_label(self.tr("Chance at each further round, times"))
        self.rounds.set_label(self.tr("Corrections at most"))
        self.statutory.set_label(self.tr("Legal limit of one review"))
        self.statutory.unit.setText(unit_words("workdays"))
        self.statutory.set_absent(none, 20.0)
        tabs = (self.tr("Times"), self.tr("Corrections"), self.tr("Relaxed"), self.tr("Details"))
        for index, words in enumerate(tabs):
            self.tabs.setTabText(index, words)
        self.tabs.setAccessibleName(self.tr("Values of the stage"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Speak another language, in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange and self._bindings:
            self.refresh()


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(2, 6, 6, 2)
    layout.setSpacing(7)
    return page, layout


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
