"""What is open, what is compared with what, and the answer: the signals the whole app shares.

Nothing is shown here. An edit of a side asks anew at once; the answers come from the worker.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, QTimer, Signal

from approvalsim.errors import Problem, ScenarioError
from approvalsim.scenario import Scenario
from approvalsim_ui.answer import SIDES_OF, Answer, Reform, Role
from approvalsim_ui.answering import Question, RunSettings
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.experiment_worker import ExperimentWorker

Policy = Literal["on", "off"]


@dataclass(frozen=True)
class Choice:
    """What stands on a side: a document, as it is or as its file is, a reform switched or not."""

    document: ScenarioDocument
    policy: Policy | None = None
    filed: bool = False
    """As it is in its file, without the changes that are not saved."""
    of: Reform = "commitment"
    """What `policy` switches."""

    @property
    def base(self) -> Scenario:
        """What the document, or its file, says."""
        return self.document.filed if self.filed else self.document.scenario

    def scenario(self) -> Scenario:
        """What is run; raises `ScenarioError` where there is nothing to switch."""
        base, on = self.base, self.policy == "on"
        if self.policy is None:
            return base
        if getattr(base, self.of) is None:
            raise ScenarioError([Problem(f"no_{self.of}", (self.of,), file=base.id)])
        return base.with_policy(on) if self.of == "commitment" else base.with_supervision(on)


class Session(QObject):
    """Open documents, the two sides, and their answer."""

    documents_changed = Signal()
    """A document was opened or closed, or its name, file or unsaved mark changed."""
    edited = Signal(ScenarioDocument)
    """A document says something else now."""
    sides_changed = Signal()
    """Other documents stand on the sides."""
    answer_changed = Signal(Answer)
    asked = Signal()
    """A question is on its way; the answer shown is no longer the one to it."""
    running_changed = Signal(bool)
    progress = Signal(int, int)
    failed = Signal(tuple)
    """Problems that keep the sides from being compared."""
    shared = Signal(ScenarioDocument)
    """A variant was made of a document whose unsaved changes are in both now."""
    disturbed = Signal(ScenarioDocument)
    """Somebody else changed the file of a document."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.documents: list[ScenarioDocument] = []
        self.a: Choice | None = None
        self.b: Choice | None = None
        self.settings = RunSettings()
        self.answer: Answer | None = None
        self.problems: tuple[Problem, ...] = ()
        self.is_running = False
        self.is_live = True
        """Whether every edit asks anew; else only `ask` does."""
        self._switched: dict[Choice, tuple[Scenario, str | None, Scenario]] = {}
        """Of each side the document's scenario, the milestone asked for, and what is run."""
        self.worker = ExperimentWorker(self)
        self.worker.answered.connect(self._take)
        self.worker.progressed.connect(self.progress)
        self.worker.failed.connect(self._fail)
        self.worker.finished_asking.connect(self._finish)
        # Several edits of one event, such as undoing a macro, make one question.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.ask)

    # --- documents ----------------------------------------------------------------------------

    def open(self, path: Path) -> ScenarioDocument:
        """The document of a file, opened if it is not open yet.

        Raises `ScenarioError` where the file is broken.
        """
        for document in self.documents:
            if document.path and document.path.resolve() == path.resolve():
                return document
        document = ScenarioDocument.opened(path, self)
        self.add(document)
        return document

    def add(self, document: ScenarioDocument) -> None:
        """One more open document; the first ones stand on the sides at once."""
        document.setParent(self)
        self.documents.append(document)
        document.changed.connect(lambda: self._on_edit(document))
        document.state_changed.connect(self.documents_changed)
        document.changed_on_disk.connect(lambda: self.disturbed.emit(document))
        self.documents_changed.emit()
        if self.a is None:
            self.show_alone(document)

    def close(self, document: ScenarioDocument) -> None:
        """Close a document, whatever it holds; another one takes its side."""
        position = self.documents.index(document)
        self.documents.remove(document)
        if self.documents:
            near = self.documents[max(position - 1, 0)]
            on_sides = [side for side in (self.a, self.b) if side and side.document is document]
            if len(on_sides) == 2:
                self.show_alone(near)
            elif on_sides and self.a and self.b:
                other = self.b if self.a.document is document else self.a
                self.show_alone(other.document)
        else:
            self.a = self.b = self.answer = None
            self.cancel()
            self.sides_changed.emit()
        self.documents_changed.emit()
        document.deleteLater()

    def free_id(self, wanted: str) -> str:
        """An id like the one wanted that no open document has: ``x-2``, ``x-3`` …"""
        used = {document.scenario.id for document in self.documents}
        stem, _, tail = wanted.rpartition("-")
        is_counted = stem and tail.isdigit() and len(tail) <= 2  # and no year
        stem = (stem if is_counted else wanted)[:76]
        return next(f"{stem}-{n}" for n in range(2, 10_000) if f"{stem}-{n}" not in used)

    def duplicate(self, document: ScenarioDocument) -> ScenarioDocument:
        """A variant of a document, opened beside it: the original is side A, the variant B."""
        variant = document.variant(self.free_id(document.scenario.id))
        self.add(variant)
        self.show_sides(Choice(document), Choice(variant))
        if document.scenario != document.filed:
            self.shared.emit(document)
        return variant

    # --- sides --------------------------------------------------------------------------------

    def show_alone(self, document: ScenarioDocument, of: Reform | None = None) -> None:
        """Compare a reform of one document, off and on; or the document with itself.

        Without a wish it is the first that the document has: its policy, or its supervision.
        """
        of = of or next(iter(reforms(document.scenario)), None)
        if of is None:
            self.show_sides(Choice(document), Choice(document))
        else:
            self.show_sides(Choice(document, "off", of=of), Choice(document, "on", of=of))

    def show_sides(self, a: Choice, b: Choice) -> None:
        """Put these two beside each other."""
        if (a, b) == (self.a, self.b):
            return
        self.a, self.b = a, b
        self.sides_changed.emit()
        self._soon.start()

    def swap(self) -> None:
        """A becomes B, and B becomes A."""
        if self.a and self.b:
            self.show_sides(self.b, self.a)

    @property
    def edited_document(self) -> ScenarioDocument | None:
        """The document that editors show: the one on side B."""
        return self.b.document if self.b else None

    # --- running ------------------------------------------------------------------------------

    def set_settings(self, settings: RunSettings) -> None:
        """Run differently from now on, and run."""
        if settings != self.settings:
            self.settings = settings
            self._soon.start()

    @property
    def milestone(self) -> str | None:
        """The milestone chosen, where both sides have it; else each side counts to its own."""
        chosen, sides = self.settings.milestone, (self.a, self.b)
        there = all(side is not None and chosen in side.base.milestone for side in sides)
        return chosen if there else None

    def ask(self) -> None:
        """Answer for what stands on the sides now."""
        self._soon.stop()
        question = self._question()
        if question:
            self._set_running(True)
            self.asked.emit()
            self.worker.ask(question, self.settings.engine)

    def cancel(self) -> None:
        """Stop; what is done is shown as it is."""
        self.worker.cancel()

    def shut_down(self) -> None:
        """End the worker's thread."""
        self._soon.stop()
        self.blockSignals(True)
        self.worker.blockSignals(True)
        self.worker.close()

    def _question(self) -> Question | None:
        if self.a is None or self.b is None:
            return None
        try:
            a, b = self._scenario(self.a), self._scenario(self.b)
        except ScenarioError as error:
            self._fail(error.problems)
            return None
        one = self.a.document is self.b.document and self.a.filed == self.b.filed
        whole = one and (self.a.policy, self.b.policy) == ("off", "on") and self.a.of == self.b.of
        return Question(
            a,
            b,
            (self.a.document.reference, self.b.document.reference),
            self.settings.effort(b),
            _measured(self.a.base, self.milestone) if whole else None,
            self.b.of,
            _roles(self.a, self.b),
        )

    def _scenario(self, choice: Choice) -> Scenario:
        """The scenario of a choice; the same object as long as its document is not edited."""
        milestone = self.milestone
        known = self._switched.get(choice)
        if known is None or known[0] is not choice.base or known[1] != milestone:
            known = (choice.base, milestone, _measured(choice.scenario(), milestone))
            self._switched = {
                kept: value
                for kept, value in self._switched.items()
                if kept in (self.a, self.b) and kept != choice
            } | {choice: known}
        return known[2]

    def _on_edit(self, document: ScenarioDocument) -> None:
        self.edited.emit(document)
        on_side = any(side and side.document is document for side in (self.a, self.b))
        if not on_side:
            return
        sides = [
            replace(side, policy=None, of="commitment")
            if side.document is document and getattr(document.scenario, side.of) is None
            else side
            for side in (self.a, self.b)
            if side
        ]
        if (self.a, self.b) != tuple(sides):  # what it switched is gone
            self.show_sides(sides[0], sides[1])
        elif self.is_live:
            self._soon.start()

    # --- from the worker ----------------------------------------------------------------------

    def _take(self) -> None:
        answer = self.worker.take()
        if answer is not None:
            self.answer, self.problems = answer, ()
            self.answer_changed.emit(answer)

    def _fail(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        self._set_running(False)
        self.failed.emit(problems)

    def _finish(self, _whole: bool) -> None:
        self._set_running(False)

    def _set_running(self, running: bool) -> None:
        if running != self.is_running:
            self.is_running = running
            self.running_changed.emit(running)


def reforms(scenario: Scenario) -> tuple[Reform, ...]:
    """What of a scenario can be off on one side and on on the other."""
    names: tuple[Reform, ...] = get_args(Reform)
    return tuple(name for name in names if getattr(scenario, name) is not None)


def _measured(scenario: Scenario, milestone: str | None) -> Scenario:
    """The scenario with its times counted to a milestone, if one is named."""
    return scenario if milestone is None else scenario.with_measure(milestone)


def _roles(a: Choice, b: Choice) -> tuple[Role, Role]:
    """What two choices are to each other."""
    if a.document is not b.document:
        return "scenario", "scenario"
    if a.filed == b.filed and a.of == b.of and {a.policy, b.policy} == {"off", "on"}:
        return _rules(a), _rules(b)
    if (a.policy, a.of) == (b.policy, b.of) and a.filed != b.filed:
        return _age(a), _age(b)
    return "scenario", "scenario"


def _rules(choice: Choice) -> Role:
    return SIDES_OF[choice.of][choice.policy == "on"]


def _age(choice: Choice) -> Role:
    return "before" if choice.filed else "after"
