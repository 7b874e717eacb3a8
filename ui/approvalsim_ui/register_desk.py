"""The open register and all that hangs on it: its screens, and the thread that answers for them.

Lights and forecasts are those of the scenario on side B: what is tried there is seen here too.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from approvalsim.engines import chosen
from approvalsim.errors import Problem, ScenarioError
from approvalsim.execution import Effort
from approvalsim.register import Register, problems_in
from approvalsim.scenario import Scenario
from approvalsim_ui import language
from approvalsim_ui.banner import Banners, Offer
from approvalsim_ui.example_register import origin_of
from approvalsim_ui.files import Files, problems_text
from approvalsim_ui.newest import Newest
from approvalsim_ui.register_document import RegisterDocument
from approvalsim_ui.register_files import RegisterFiles
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings
from approvalsim_ui.standing_answer import Standing, StandingQuestion, standings
from approvalsim_ui.steering_papers import SteeringPapers

if TYPE_CHECKING:
    from approvalsim_ui.dispatch_view import DispatchView
    from approvalsim_ui.register_start import RegisterStart
    from approvalsim_ui.register_view import RegisterView

_LOCK = "register lock"


class RegisterDesk(QObject):
    """Knows which register is open, as of which date it is read, and who wants to see it."""

    changed = Signal()
    """Another register, another date, or something in it is another now."""
    project_wanted = Signal(str)
    """A project is to be seen in the register."""

    def __init__(
        self, session: Session, files: Files, banners: Banners, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._banners, self._settings = banners, settings
        self.files = RegisterFiles(session, files, banners, window)
        self.papers = SteeringPapers(files, window)
        self.document: RegisterDocument | None = None
        self.as_of = date.today()
        self.standing: Standing | None = None
        self._register_view: RegisterView | None = None
        self._dispatch_view: DispatchView | None = None
        self._asked: StandingQuestion | None = None
        self._failure: tuple[Problem, ...] = ()
        self.worker = Newest(self)
        self.worker.answered.connect(self._take)
        self.worker.failed.connect(self._fail)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self.files.opening.connect(self._make_way)
        self.files.opened.connect(self.show_register)
        self._refused = files.refused
        files.register_chosen.connect(self.files.open)
        for signal in (session.sides_changed, session.documents_changed):
            signal.connect(self._soon.start)
        session.edited.connect(lambda _: self._soon.start())
        session.asked.connect(self._soon.start)  # other settings, such as the seed
        window.installEventFilter(self)

    # --- which register -----------------------------------------------------------------------

    def show_register(self, document: RegisterDocument) -> None:
        """Work with this register from now on; the one before is closed."""
        self._let_go()
        self.document = document
        document.setParent(self)
        self.as_of = self._first_date(document.register)
        document.changed.connect(self._on_change)
        document.refused.connect(self._refused)
        document.undo.indexChanged.connect(lambda _: self.changed.emit())
        self._tell_lock()
        self._show()
        self.changed.emit()

    def _make_way(self, path: Path) -> None:
        """The file that is open is to be opened again, or to take something over."""
        if self.document is not None and self.document.path.resolve() == path.resolve():
            self.close_register()

    def close_register(self) -> None:
        """Work with none."""
        self._let_go()
        self._show()
        self.changed.emit()

    def _let_go(self) -> None:
        self.worker.cancel()
        self._asked, self.standing, self._failure = None, None, ()
        self._banners.withdraw(_LOCK)
        if self.document is not None:
            self.document.close()
            self.document.deleteLater()
            self.document = None

    def close(self) -> None:
        """Close the register, and end the threads."""
        self._soon.stop()
        self.worker.close()
        self.papers.close()
        self._let_go()

    @property
    def undo(self) -> QUndoStack | None:
        """The steps made in the register, where it is what one works on."""
        view = self._register_view
        seen = view is not None and view.isVisible()
        return self.document.undo if self.document is not None and seen else None

    def _first_date(self, register: Register) -> date:
        origin = origin_of(register)
        return origin.as_of if origin else date.today()

    def set_as_of(self, day: date) -> None:
        """Read the register as of the end of another day."""
        if day != self.as_of:
            self.as_of = day
            self._show()
            self.changed.emit()

    # --- its scenario -------------------------------------------------------------------------

    def scenario(self) -> Scenario | None:
        """What stands on side B, counted to the milestone chosen; None where nothing does."""
        side = self._session.b
        if side is None:
            return None
        try:
            found = side.scenario()
        except ScenarioError:
            found = side.base
        milestone = self._session.milestone
        return found if milestone is None else found.with_measure(milestone)

    def effort(self, scenario: Scenario) -> Effort:
        """How much to run, as the run settings say."""
        settings = self._session.settings
        effort = replace(settings.effort(scenario), engine=settings.engine, precision=None)
        if chosen(settings.engine) == "simpy":  # its processes take a second to start
            effort = replace(effort, workers=1)
        return effort

    # --- its screens --------------------------------------------------------------------------

    def serve_register(self, view: "RegisterView") -> None:
        """Keep the table of projects up to date, and do what is wished there."""
        self._register_view = view
        self._serve_start(view.start)
        view.edited.connect(self._edit)
        view.project_chosen.connect(lambda _: self._show_history())
        view.export_wanted.connect(self._export)
        view.close_wanted.connect(self.close_register)
        if (hidden := self._settings.hidden_columns) is not None:
            view.show_hidden(hidden)
        view.hidden_changed.connect(partial(setattr, self._settings, "hidden_columns"))
        view.looked_at.connect(self._soon.start)
        self._show()

    def serve_dispatch(self, view: "DispatchView") -> None:
        """Keep the board up to date, and do what is wished there."""
        self._dispatch_view = view
        self._serve_start(view.start)
        view.as_of_changed.connect(self.set_as_of)
        view.project_wanted.connect(self._show_project)
        view.paper_wanted.connect(self._write_paper)
        view.letters_wanted.connect(self._write_letters)
        view.looked_at.connect(self._soon.start)
        self.worker.running_changed.connect(view.show_running)
        self.worker.progressed.connect(view.show_progress)
        self._show()

    def _serve_start(self, start: "RegisterStart") -> None:
        start.open_wanted.connect(self.files.choose_and_open)
        start.template_wanted.connect(self.files.choose_template)
        start.example_wanted.connect(self.files.try_example)

    def _show(self) -> None:
        """Tell the screens what is open."""
        document, scenario = self.document, self.scenario()
        register_view, dispatch_view = self._register_view, self._dispatch_view
        if document is None or scenario is None:
            for view in (register_view, dispatch_view):
                if view is not None:
                    view.show_nothing()
            return
        if register_view is not None:
            self._show_table(register_view, document, scenario)
            self._show_history()
        if dispatch_view is not None:
            dispatch_view.show_opened(self.as_of, self.note())
        if self.standing is not None:
            self._show_standing(self.standing)
        self._soon.start()

    def _show_table(
        self, view: "RegisterView", document: RegisterDocument, scenario: Scenario
    ) -> None:
        from approvalsim_ui.register_view import Opened  # noqa: PLC0415 - slow, and there by now

        found = problems_in(document.register, scenario, date.today())
        opened = Opened(document.path.name, document.read_only, self.note())
        view.show_register(opened, document.register, scenario, found, self.as_of)

    def _show_history(self) -> None:
        view, document = self._register_view, self.document
        if view is None or document is None or not view.project:
            return
        try:
            view.show_history(document.history(view.project))
        except ScenarioError as error:
            self._refused.emit(error.problems)

    def note(self) -> str:
        """What must be known of the register: made up, only to be read, or not fitting."""
        document, notes = self.document, list[str]()
        if document is None:
            return ""
        if origin := origin_of(document.register):
            said = self.tr(
                "Simulated example (seed {seed}, written down up to {day}): nothing in it was "
                "observed."
            )
            notes.append(said.format(seed=origin.seed, day=language.day(origin.as_of)))
        if document.held is not None:
            is_taken = document.held.sentence == "opened_by"
            notes.append(
                self.tr("Read only: somebody else is working on it.")
                if is_taken
                else self.tr("Read only: the file cannot be written.")
            )
        if self._failure:
            notes.append(problems_text(self._failure[:3]))
        return "\n".join(notes)

    # --- asking -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for lights, and a forecast if somebody looks at it, unless that is known."""
        self._soon.stop()
        document, scenario = self.document, self.scenario()
        if document is None or scenario is None:
            return
        board = self._dispatch_view is not None and self._dispatch_view.isVisible()
        table = self._register_view is not None and self._register_view.isVisible()
        if not board and not table:
            return
        effort = self.effort(scenario) if board else None
        question = StandingQuestion(scenario, document.register, self.as_of, effort)
        asked = self._asked
        if asked is not None and question in (asked, replace(asked, effort=None)):
            return
        if table and self._register_view is not None:
            self._show_table(self._register_view, document, scenario)
        self._asked = question
        self.worker.ask(partial(standings, question))

    @property
    def is_behind(self) -> bool:
        """Whether a newer answer is on its way."""
        return self._soon.isActive() or self.worker.is_running

    def _take(self, standing: Standing) -> None:
        if standing.question is not self._asked:
            return
        self.standing = standing
        if self._failure:
            self._failure = ()
            self._show_notes()
        self._show_standing(standing)

    def _show_standing(self, standing: Standing) -> None:
        if self._register_view is not None:
            self._register_view.show_lines(standing.board.lines)
        if self._dispatch_view is not None:
            self._dispatch_view.show_standing(standing)

    def _fail(self, problems: tuple[Problem, ...]) -> None:
        self._failure = problems
        self._show_notes()

    def _show_notes(self) -> None:
        if self._dispatch_view is not None and self.document is not None:
            self._dispatch_view.show_opened(self.as_of, self.note())

    # --- wishes -------------------------------------------------------------------------------

    def _edit(self, changes: tuple[object, ...], text: str) -> None:
        if self.document is not None:
            self.document.edit(changes, text)  # type: ignore[arg-type]

    def _on_change(self) -> None:
        self._show()
        self.changed.emit()

    def _show_project(self, project: str) -> None:
        self.project_wanted.emit(project)
        if self._register_view is not None:
            self._register_view.show_project(project)

    def _export(self) -> None:
        if self.document is not None:
            self.files.choose_export(self.document)

    def _write_paper(self, paper: str) -> None:
        if self.standing is not None and self.document is not None:
            self.papers.choose(paper, self.standing, self.document)

    def _write_letters(self, projects: tuple[str, ...]) -> None:
        if self.standing is not None:
            self.papers.choose_letters(self.standing, projects)

    def _tell_lock(self) -> None:
        document = self.document
        if document is None or document.held is None:
            return
        held = document.held
        again: Callable[[], None] = lambda: self.files.open(document.path)  # noqa: E731
        self._banners.tell(
            _LOCK,
            "warn",
            lambda: self.tr("{reason} The register can be read, not changed.").format(
                reason=held.text(language.current())
            ),
            (Offer(lambda: self.tr("Try again"), again),),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what must be known in another language, if that is spoken now."""
        if event.type() == QEvent.Type.LanguageChange:
            self._soon.start()
            self._show()
        return super().eventFilter(watched, event)
