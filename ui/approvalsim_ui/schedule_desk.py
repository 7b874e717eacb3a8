"""The thread behind the backward schedule, and the variants made of its measures."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from approvalsim.deadlines import gone, is_dated
from approvalsim.errors import Problem, ScenarioError
from approvalsim.levers import Gain
from approvalsim.scenario import Scenario
from approvalsim_ui import language
from approvalsim_ui.files import problems_text
from approvalsim_ui.newest import Newest
from approvalsim_ui.register_desk import RegisterDesk
from approvalsim_ui.schedule_answer import (
    TYPICAL,
    ScheduleAnswer,
    ScheduleQuestion,
    schedules,
    with_lever,
)
from approvalsim_ui.schedule_words import lever_words, voice_of
from approvalsim_ui.session import Session

if TYPE_CHECKING:
    from approvalsim_ui.schedule_view import Offered, ScheduleView, Wish


class ScheduleDesk(QObject):
    """Asks for the dates the view wants, in the scenario on side B, with the open register."""

    def __init__(self, session: Session, register: RegisterDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._register = session, register
        self._view: ScheduleView | None = None
        self._asked: ScheduleQuestion | None = None
        self.worker = Newest(self)
        self.worker.answered.connect(self._take)
        self.worker.failed.connect(self._fail)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        for signal in (session.sides_changed, session.asked, register.changed):
            signal.connect(self._soon.start)
        session.edited.connect(lambda _: self._soon.start())

    def serve(self, view: "ScheduleView") -> None:
        """Keep a view up to date."""
        self._view = view
        view.wished.connect(lambda _: self.refresh())
        view.looked_at.connect(self._soon.start)
        view.variant_wanted.connect(self.make_variant)
        self.worker.running_changed.connect(view.show_running)
        self.worker.progressed.connect(view.show_progress)
        self._soon.start()

    @property
    def is_behind(self) -> bool:
        """Whether newer dates are on their way."""
        return self._soon.isActive() or self.worker.is_running

    def close(self) -> None:
        """End the thread."""
        self._soon.stop()
        self.worker.close()

    def refresh(self) -> None:
        """Ask for what is wanted now, if somebody looks and it is not known."""
        self._soon.stop()
        view, scenario = self._view, self._register.scenario()
        if view is None or not view.isVisible() or scenario is None:
            return
        document = self._register.document
        as_of = self._register.as_of if document else None
        view.show_offered(tuple(self._offered(scenario)), scenario.start, as_of)
        question = self._question(scenario, view.wish)
        if question != self._asked:
            self._asked = question
            self.worker.ask(partial(schedules, question))

    def _offered(self, scenario: Scenario) -> "Iterator[Offered]":
        """Projects of the register that are on their way; without one those of the scenario."""
        from approvalsim_ui.schedule_view import Offered  # noqa: PLC0415 - there by now

        document, as_of = self._register.document, self._register.as_of
        if document is None:
            for project in scenario.project:
                yield Offered(project.id, language.words(project.name), project.target)
            return
        for entry in document.register.entries:
            reached = entry.milestones.get(scenario.measure)
            done = reached is not None and reached <= as_of
            if is_dated(entry, scenario) and not gone(entry, as_of) and not done:
                yield Offered(entry.id, entry.name, entry.target)

    def _question(self, scenario: Scenario, wish: "Wish") -> ScheduleQuestion:
        document = self._register.document
        listed = wish.project != TYPICAL and document is not None
        return ScheduleQuestion(
            scenario=scenario,
            effort=self._register.effort(scenario),
            target=wish.target,
            confidence=wish.confidence,
            project=wish.project,
            signing=wish.signing,
            register=document.register if listed and document else None,
            as_of=self._register.as_of if listed else None,
        )

    def _take(self, answer: ScheduleAnswer) -> None:
        if self._view is not None and answer.question is self._asked:
            self._view.show_answer(answer)

    def _fail(self, problems: tuple[Problem, ...]) -> None:
        if self._view is not None:
            self._view.show_failure(problems_text(problems[:3]))

    def make_variant(self, gain: Gain) -> None:
        """Open a variant of the scenario with a measure; it stands on side B then."""
        view, document = self._view, self._session.edited_document
        if view is None or view.answer is None or document is None:
            return
        words = lever_words(gain, voice_of(view.answer))
        try:
            changed = with_lever(document.scenario, gain)
        except ScenarioError as error:
            view.show_failure(problems_text(error.problems))
            return
        if changed is None:
            view.show_failure(
                self.tr("{measure}: this cannot be said in the scenario itself.").format(
                    measure=words
                )
            )
            return
        variant = self._session.duplicate(document)
        kept = {"id": variant.scenario.id, "name": variant.scenario.name}
        variant.edit(changed.model_copy(update=kept), words)
