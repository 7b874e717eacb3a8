"""What the menus do: every action connected to the part of the app that can do it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QUndoStack

from approvalsim.scenario_file import load, shipped
from approvalsim_ui import language
from approvalsim_ui.actions import Actions
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.files import Files
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings


class Commands(QObject):
    """Connects the actions about files, undo and runs; the window keeps those about itself."""

    def __init__(
        self,
        actions: Actions,
        session: Session,
        files: Files,
        settings: Settings,
        register_undo: Callable[[], QUndoStack | None] = lambda: None,
    ) -> None:
        super().__init__(actions)
        self._register_undo = register_undo
        self._actions, self._session = actions, session
        self._files, self._settings = files, settings
        self._document: ScenarioDocument | None = None
        self._connect()
        for names in (("chinese", "english"), ("theme_light", "theme_dark", "theme_system")):
            group = QActionGroup(self)
            for name in names:
                group.addAction(actions[name])
        actions.menus["recent"].aboutToShow.connect(self._fill_recent)
        actions.menus["shipped"].aboutToShow.connect(self._fill_shipped)
        session.documents_changed.connect(self.refresh)
        session.sides_changed.connect(self.refresh)
        session.edited.connect(lambda _: self.refresh())
        session.running_changed.connect(lambda _: self.refresh())
        session.answer_changed.connect(lambda _: self.refresh())
        self.refresh()

    def _connect(self) -> None:
        on, session, files = self._actions, self._session, self._files
        on["new"].triggered.connect(files.new)
        on["open"].triggered.connect(files.choose_and_open)
        on["save"].triggered.connect(lambda: self._with_document(files.save))
        on["save_as"].triggered.connect(lambda: self._with_document(files.save_as))
        on["duplicate"].triggered.connect(lambda: self._with_document(session.duplicate))
        on["close"].triggered.connect(lambda: self._with_document(files.close))
        on["undo"].triggered.connect(lambda: self._step(QUndoStack.undo))
        on["redo"].triggered.connect(lambda: self._step(QUndoStack.redo))
        on["run"].triggered.connect(session.ask)
        on["cancel"].triggered.connect(session.cancel)
        on["swap"].triggered.connect(session.swap)
        on["live"].setChecked(True)
        on["live"].toggled.connect(self._follow)

    def _with_document(self, act: object) -> None:
        if self._session.edited_document and callable(act):
            act(self._session.edited_document)

    def _undo(self) -> QUndoStack | None:
        """The steps of what one works on: of the register where that is seen, else the scenario."""
        document = self._session.edited_document
        return self._register_undo() or (document.undo if document else None)

    def _step(self, go: Callable[[QUndoStack], object]) -> None:
        undo = self._undo()
        if undo is not None:
            go(undo)
            self.refresh()

    def _follow(self, live: bool) -> None:
        self._session.is_live = live
        if live:
            self._session.ask()

    def refresh(self) -> None:
        """Offer what can be done now."""
        on, session = self._actions, self._session
        document = session.edited_document
        for name in ("save", "save_as", "duplicate", "close", "run", "swap"):
            on[name].setEnabled(document is not None)
        on["cancel"].setEnabled(session.is_running)
        on["copy_manifest"].setEnabled(session.answer is not None)
        on["export_report"].setEnabled(session.answer is not None and not session.is_running)
        undo = self._undo()
        can_undo, can_redo = bool(undo and undo.canUndo()), bool(undo and undo.canRedo())
        on["undo"].setEnabled(can_undo)
        on["redo"].setEnabled(can_redo)
        words = QCoreApplication.translate
        on["undo"].setText(
            words("Commands", "&Undo: {step}").format(step=_plain(undo.undoText()))
            if undo and can_undo
            else words("Actions", "&Undo")
        )
        on["redo"].setText(
            words("Commands", "&Redo: {step}").format(step=_plain(undo.redoText()))
            if undo and can_redo
            else words("Actions", "&Redo")
        )

    def _fill_recent(self) -> None:
        menu = self._actions.menus["recent"]
        menu.clear()
        for path in self._settings.recent:
            self._add(menu.addAction(_short(path)), str(path))
        menu.addSeparator()
        forget = menu.addAction(QCoreApplication.translate("Commands", "Forget these files"))
        forget.triggered.connect(self._settings.forget_recent)
        forget.setEnabled(bool(self._settings.recent))

    def _fill_shipped(self) -> None:
        menu = self._actions.menus["shipped"]
        menu.clear()
        for name, path in shipped().items():
            title = language.words(load(path).name, name)
            self._add(menu.addAction(_plain(f"{title}  ({name})")), name)

    def _add(self, action: QAction, reference: str) -> None:
        action.triggered.connect(lambda: self._files.open_and_show(reference))


def _short(path: Path) -> str:
    """A path with the home folder as ``~``."""
    home = Path.home()
    return _plain(
        f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
    )


def _plain(text: str) -> str:
    """A text for a menu: an ampersand would be a shortcut."""
    return text.replace("&", "&&")
