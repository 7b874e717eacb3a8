"""Files for a person: what to open, where to save, and what to do when that fails."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from approvalsim.errors import Problem, ScenarioError
from approvalsim.scenario_file import find, shipped
from approvalsim_ui import language
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.file_dialog import name_parts
from approvalsim_ui.session import Session
from approvalsim_ui.settings import Settings

EXAMPLE = "jianghai-2022"
"""What a first start shows."""
REGISTERS = (".approvalsim", ".xlsx", ".xlsm")
"""How the names of registers end: live ones, and workbooks to be imported."""
TEMPLATE = "single-project"
"""The shipped scenario a new one begins as."""


class Files(QObject):
    """Opens, saves and closes the session's documents."""

    broken = Signal(Path, tuple)
    """A file that cannot be opened, and its problems."""
    refused = Signal(tuple)
    """Problems that kept something from being saved."""
    saved = Signal(Path)
    register_chosen = Signal(Path)
    """A register, or a workbook that holds one, is to be opened."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings, self._window = session, settings, window

    @property
    def settings(self) -> Settings:
        """Which files were opened last, among others."""
        return self._settings

    # --- opening ------------------------------------------------------------------------------

    def open(self, reference: str) -> ScenarioDocument | None:
        """Open a file or a shipped scenario; one that is broken is told of, and left alone."""
        try:
            path = find(reference)
            document = self._session.open(path)
        except ScenarioError as error:
            self.broken.emit(Path(reference), error.problems)
            return None
        if document.path:
            self._settings.remember(document.path)
        return document

    def open_and_show(self, reference: str) -> None:
        """Open one and put it on the sides; a register is opened elsewhere."""
        if Path(reference).suffix.lower() in REGISTERS:
            self.register_chosen.emit(Path(reference))
        elif document := self.open(reference):
            self._session.show_alone(document)

    def open_all(self, references: Sequence[str]) -> None:
        """Open some files; the last of them is put on the sides."""
        for reference in references:
            self.open_and_show(reference)

    def open_example(self) -> None:
        """Open the worked example."""
        self.open_and_show(EXAMPLE)

    def choose_and_open(self) -> None:
        """Let the user choose files to open."""
        self._dialog(
            self.tr("Open scenarios and registers"),
            QFileDialog.AcceptMode.AcceptOpen,
            QFileDialog.FileMode.ExistingFiles,
            self.open_all,
            names=self.tr("Scenarios and registers (*.toml *.approvalsim *.xlsx *.xlsm)"),
        )

    def new(self) -> None:
        """A new scenario, begun as a small example."""
        template = ScenarioDocument.opened(shipped()[TEMPLATE], self._session)
        document = template.variant(self._session.free_id("scenario"))
        template.deleteLater()
        self._session.add(document)
        self._session.show_alone(document)

    # --- saving -------------------------------------------------------------------------------

    def save(self, document: ScenarioDocument, then: Callable[[], None] | None = None) -> None:
        """Save where it belongs, or ask where that is."""
        if document.path is None:
            self.save_as(document, then)
        else:
            self._write(document, None, then)

    def save_as(self, document: ScenarioDocument, then: Callable[[], None] | None = None) -> None:
        """Ask where to save, and save."""
        folder = document.path.parent if document.path else self.usual_folder()
        self._dialog(
            self.tr("Save the scenario"),
            QFileDialog.AcceptMode.AcceptSave,
            QFileDialog.FileMode.AnyFile,
            lambda names: self._write(document, Path(names[0]), then),
            folder / f"{document.scenario.id}.toml",
        )

    def _write(
        self, document: ScenarioDocument, path: Path | None, then: Callable[[], None] | None
    ) -> None:
        try:
            document.save(path)
        except ScenarioError as error:
            self.refused.emit(error.problems)
            return
        assert document.path is not None
        self._settings.remember(document.path)
        self.saved.emit(document.path)
        if then:
            then()

    def refuse(self, path: Path, error: OSError) -> None:
        """Tell why a file cannot be written."""
        words = {"reason": error.strerror or error}
        self.refused.emit((Problem("cannot_write", words=words, file=str(path)),))

    def usual_folder(self) -> Path:
        """Where the user is likely to look for files."""
        recent = self._settings.recent
        return recent[0].parent if recent else Path.home()

    # --- exporting ----------------------------------------------------------------------------

    def export(self, write: Callable[[str, str], bool], kind: str, name: str) -> None:
        """Ask where a picture or table shall go; ``write`` gets its kind and path."""

        def chosen(names: list[str]) -> None:
            if write(kind, names[0]):
                self.saved.emit(Path(names[0]))
            else:
                words = {"reason": self.tr("the disk is full, or writing is not allowed")}
                self.refused.emit((Problem("cannot_write", words=words, file=names[0]),))

        document = self._session.edited_document
        stem = f"{document.scenario.id}-{name}" if document else name
        self._dialog(
            self.tr("Export"),
            QFileDialog.AcceptMode.AcceptSave,
            QFileDialog.FileMode.AnyFile,
            chosen,
            self.usual_folder() / f"{stem}.{kind}",
            kind,
        )

    # --- closing ------------------------------------------------------------------------------

    def close(self, document: ScenarioDocument) -> None:
        """Close a scenario; unsaved changes are asked about first."""
        self.ask_about([document], lambda: self._session.close(document))

    def ask_about(self, documents: list[ScenarioDocument], then: Callable[[], None]) -> None:
        """Ask about the unsaved changes of each, one after the other, and go on unless told not."""
        unsaved = [document for document in documents if document.has_changes]
        if not unsaved:
            then()
            return
        document, others = unsaved[0], unsaved[1:]
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Unsaved changes"))
        words = self.tr("“{name}” has changes that are not saved.")
        box.setText(words.format(name=document.title(language.current())))
        keep = box.addButton(self.tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(stay)

        def answered() -> None:
            if box.clickedButton() is keep:
                self.save(document, lambda: self.ask_about(others, then))
            elif box.clickedButton() is drop:
                self.ask_about(others, then)
            box.deleteLater()

        box.finished.connect(answered)
        box.open()

    # --- inside -------------------------------------------------------------------------------

    def _dialog(
        self,
        title: str,
        accept: QFileDialog.AcceptMode,
        mode: QFileDialog.FileMode,
        then: Callable[[list[str]], object],
        suggestion: Path | None = None,
        suffix: str = "toml",
        names: str = "",
    ) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(accept)
        dialog.setFileMode(mode)
        name_parts(dialog)
        dialog.setDefaultSuffix(suffix)
        scenarios = names or self.tr("Scenarios (*.toml)")
        dialog.setNameFilter(scenarios if suffix == "toml" else f"{suffix.upper()} (*.{suffix})")
        if suggestion:
            dialog.setDirectory(str(suggestion.parent))
            dialog.selectFile(suggestion.name)
        else:
            dialog.setDirectory(str(self.usual_folder()))
        dialog.filesSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def problems_text(problems: tuple[Problem, ...]) -> str:
    """Problems as lines in the language spoken now."""
    return "\n".join(problem.text(language.current()) for problem in problems)
