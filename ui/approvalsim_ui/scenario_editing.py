"""A scenario being edited: every wish goes through the core's checks and comes out as a new one.

Shared by the table, the inspector and the panels of one view; they read it and ask it, and it
tells what became of their wishes.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from approvalsim.errors import Problem, ScenarioError
from approvalsim.parameters import Place, value_at
from approvalsim.scenario import Scenario
from approvalsim_ui import language
from approvalsim_ui.change_words import stated_words
from approvalsim_ui.duration_text import UnreadableError
from approvalsim_ui.edits import Change, changes, reset, stated
from approvalsim_ui.scenario_words import place_words, translate
from approvalsim_ui.stage_forms import Form, aligned, place_in, with_form, without_empty_forms


class ScenarioEditing(QObject):
    """What is being edited, and the only way in which the view changes it."""

    edited = Signal(object, str, str)
    """A new scenario, what to call the step for undo, and a key: steps of one key are one."""
    shown = Signal()
    """`scenario` or `filed` is another one now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scenario: Scenario | None = None
        self._filed: Scenario | None = None
        self._original: Scenario | None = None
        self.changes: tuple[Change, ...] = ()
        self._steps = 0

    @property
    def has_scenario(self) -> bool:
        """Whether there is anything to edit."""
        return self._scenario is not None

    @property
    def scenario(self) -> Scenario:
        """What is being edited."""
        assert self._scenario is not None
        return self._scenario

    @property
    def filed(self) -> Scenario:
        """What the file says, variants in the same places as in `scenario`."""
        assert self._filed is not None
        return self._filed

    def show_scenario(self, scenario: Scenario, original: Scenario) -> None:
        """Edit another scenario, or take over what became of this one."""
        if scenario is self._scenario and original is self._original:
            return
        self._take(scenario, original)

    def new_step(self) -> str:
        """A key that no earlier step has: the steps of one drag share it."""
        self._steps += 1
        return f"{id(self):x}-{self._steps}"

    # --- wishes -------------------------------------------------------------------------------

    def refusal(self, make: Callable[[], Scenario]) -> str:
        """Why a scenario cannot be made; empty if it can."""
        try:
            make()
        except (ScenarioError, UnreadableError) as error:
            return reason(error)
        return ""

    def enter(self, place: Place, value: Any, merge: str = "") -> str:
        """Put a value at a place; gives the reason if that is refused, else nothing."""
        return self.apply(lambda: self.entered(place, value), self.step_words(place, value), merge)

    def entered(self, place: Place, value: Any) -> Scenario:
        """The scenario with a value at a place; raises what `edits.stated` raises."""
        return stated(self.scenario, self.filed, place, value)

    def enter_in(self, stage: str, form: Form, field: str, value: Any, merge: str = "") -> str:
        """Like `enter`, for a field of a stage in one of its forms."""
        place = place_in(self.scenario, stage, form, field)
        words = self.step_words(place, value)
        return self.apply(lambda: self.entered_in(stage, form, field, value), words, merge)

    def entered_in(self, stage: str, form: Form, field: str, value: Any) -> Scenario:
        """Like `entered`, for a field of a stage in one of its forms."""
        scenario = with_form(self.scenario, stage, form)
        filed = aligned(self.filed, scenario)
        changed = stated(scenario, filed, place_in(scenario, stage, form, field), value)
        return without_empty_forms(changed, filed if scenario is self.scenario else self.filed)

    def reset(self, place: Place) -> str:
        """Put back what the file says at a place; gives the reason if that is refused."""
        words = self.tr("Reset: {place}").format(place=place_words(self.scenario, place))

        def make() -> Scenario:
            assert self._original is not None
            return without_empty_forms(reset(self.scenario, self.filed, place), self._original)

        return self.apply(make, words)

    def reset_all(self) -> None:
        """Put back everything the file says."""
        assert self._original is not None
        original = self._original
        self.apply(lambda: original, self.tr("Reset everything to the file"))

    def apply(self, make: Callable[[], Scenario], words: str, merge: str = "") -> str:
        """Make a new scenario and tell of it; gives the reason if that is refused."""
        assert self._original is not None
        try:
            scenario = make()
        except (ScenarioError, UnreadableError) as error:
            return reason(error)
        if scenario != self.scenario:
            self._take(scenario, self._original)
            self.edited.emit(scenario, words, merge or self.new_step())
        return ""

    # --- marks of change ----------------------------------------------------------------------

    def is_changed(self, place: Place) -> bool:
        """Whether something at a place, around it or inside it differs from the file."""
        return any(_touch(change.place, place) for change in self.changes)

    def filed_words(self, place: Place) -> str:
        """What the file says at a place, in words."""
        return stated_words(self.scenario, place, value_at(self.filed, place))

    def _take(self, scenario: Scenario, original: Scenario) -> None:
        self._scenario, self._original = scenario, original
        self._filed = aligned(original, scenario)
        self.changes = changes(scenario, self._filed)
        self.shown.emit()

    def step_words(self, place: Place, value: Any) -> str:
        """What to call the step that puts a value at a place."""
        where = place_words(self.scenario, place)
        what = "" if isinstance(value, dict) else stated_words(self.scenario, place, value)
        return f"{where}: {what}" if what else where


def reason(error: ScenarioError | UnreadableError) -> str:
    """Why something was refused, in the language spoken now."""
    if isinstance(error, UnreadableError):
        return unreadable_words(error)
    return problem_words(error.problems)


def problem_words(problems: tuple[Problem, ...]) -> str:
    """Up to three problems in words."""
    return "\n".join(problem.message(language.current()) for problem in problems[:3])


def unreadable_words(error: UnreadableError) -> str:
    """What kind of text is expected."""
    if error.reason == "unit":
        return translate("Words", "Either days or working days, not both.")
    if error.reason == "count":
        return translate("Words", "Three numbers such as 10/20/35, or one, or a span such as 0~30.")
    return translate("Words", "Only numbers, such as 10/20/35; none below zero.")


def _touch(one: Place, other: Place) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
