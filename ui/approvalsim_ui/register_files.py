"""Registers and their files: opening, importing a workbook, an example, writing back to Excel."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from approvalsim.errors import ScenarioError
from approvalsim.register import Register, register_of
from approvalsim.register_export import save, write_new
from approvalsim.register_log import SUFFIX, user
from approvalsim.register_source import CONTRADICTIONS
from approvalsim.register_workbook import examined, read, scenario_named_in
from approvalsim.scenario import Scenario
from approvalsim_ui import language
from approvalsim_ui.banner import Banners, Offer
from approvalsim_ui.example_register import example_register, origin_of
from approvalsim_ui.file_dialog import name_parts
from approvalsim_ui.files import Files
from approvalsim_ui.recovery import state_folder
from approvalsim_ui.register_document import RegisterDocument
from approvalsim_ui.session import Session

_KEY = "register import"
_LIVED_WITH = (*CONTRADICTIONS, "after_as_of", "target_before_signing")
"""Problems a register may be kept with: its screen shows them."""


class RegisterFiles(QObject):
    """Asks which files, and tells which register is open then."""

    opened = Signal(RegisterDocument)
    opening = Signal(Path)
    """A register file is about to be opened: whoever has it open lets go of it."""

    def __init__(self, session: Session, files: Files, banners: Banners, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._files = session, files
        self._banners, self._window = banners, window

    # --- opening ------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a register, or ask where a workbook's shall be kept; what is broken is told of."""
        try:
            if path.suffix.lower() == SUFFIX:
                self.opening.emit(path)
                document = RegisterDocument.opened(path, self)
                self._show_scenario(document.scenario_reference)
                self._take(document)
            else:
                self._import(path)
        except ScenarioError as error:
            self._files.broken.emit(path, error.problems)

    def choose_and_open(self) -> None:
        """Let the user choose a register or a workbook."""
        self._ask(
            self.tr("Open a register"),
            self.tr("Registers (*.approvalsim *.xlsx *.xlsm)"),
            QFileDialog.AcceptMode.AcceptOpen,
            self.open,
        )

    def _take(self, document: RegisterDocument) -> None:
        if origin_of(document.register) is None:
            self._files.settings.remember(document.path)
        self.opened.emit(document)

    def _show_scenario(self, reference: str) -> None:
        """Put the scenario a register names on the sides, unless it stands there."""
        if not reference:
            return
        path = Path(reference)
        for document in self._session.documents:
            own = document.path.resolve() == path.resolve() if document.path else False
            if own or document.reference == reference:
                if document is not self._session.edited_document:
                    self._session.show_alone(document)
                return
        self._files.open_and_show(reference)

    # --- importing ----------------------------------------------------------------------------

    def _import(self, path: Path) -> None:
        """Read a workbook; where its register is to be kept is asked inside the window."""
        named = scenario_named_in(path) or ""
        beside = path.parent / named
        self._show_scenario(str(beside) if named and beside.is_file() else named)
        scenario = self._scenario()
        if scenario is None:
            return
        workbook, problems = examined(path, scenario)
        if any(problem.sentence not in _LIVED_WITH for problem in problems):
            raise ScenarioError(problems)
        own = named or self._reference(path.parent)
        register = replace(workbook.register, scenario=own)
        self._offer(path, register, len(problems))

    def _offer(self, path: Path, register: Register, problems: int) -> None:
        usual = path.with_suffix(SUFFIX)

        def words() -> str:
            said = self.tr(
                "{name}: {projects} projects, {demands} demands. It is kept with its history in a "
                "register of its own; the workbook stays as it is."
            ).format(name=path.name, projects=len(register.entries), demands=len(register.demands))
            if problems:
                more = self.tr("{number} contradictions are marked in the table.")
                said += " " + more.format(number=problems)
            return said

        def keep_beside() -> str:
            if usual.exists():
                return self.tr("Update {file}").format(file=usual.name)
            return self.tr("Keep it in {file}").format(file=usual.name)

        by = f"{user()} ({path.name})"
        self._banners.tell(
            _KEY,
            "info",
            words,
            (
                Offer(keep_beside, lambda: self.keep(usual, register, by)),
                Offer(lambda: self.tr("Elsewhere…"), lambda: self._keep_elsewhere(register, by)),
            ),
        )

    def keep(self, path: Path, register: Register, who: str) -> None:
        """Keep a register in a file, new or not, and open it."""
        self.opening.emit(path)
        try:
            document = RegisterDocument.made(path, register, who, self)
        except ScenarioError as error:
            self._files.refused.emit(error.problems)
            return
        self._take(document)

    def _keep_elsewhere(self, register: Register, who: str) -> None:
        self._ask(
            self.tr("Keep the register in"),
            self.tr("Registers (*.approvalsim)"),
            QFileDialog.AcceptMode.AcceptSave,
            lambda path: self.keep(path, register, who),
            f"register{SUFFIX}",
        )

    # --- templates and examples ---------------------------------------------------------------

    def choose_template(self) -> None:
        """Ask where an empty workbook for the scenario shall go."""
        scenario = self._scenario()
        if scenario is not None:
            self._ask(
                self.tr("Make a workbook"),
                self.tr("Workbooks (*.xlsx)"),
                QFileDialog.AcceptMode.AcceptSave,
                self.write_template,
                f"{scenario.id}-register.xlsx",
            )

    def write_template(self, path: Path) -> None:
        """Write an empty workbook for the scenario."""
        scenario, spoken = self._scenario(), language.current()
        if scenario is None:
            return
        register = register_of(scenario, self._reference(path.parent), spoken)
        self._write(path, lambda: write_new(path, register, scenario, spoken), anew=True)

    def try_example(self) -> None:
        """Open a register simulated with the scenario, in the app's own folder."""
        scenario = self._scenario()
        if scenario is None:
            return
        folder = state_folder() / "examples"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            register = example_register(
                scenario, self._reference(folder), language=language.current()
            )
        except OSError as error:
            self._files.refuse(folder, error)
            return
        except ScenarioError as error:
            self._files.refused.emit(error.problems)
            return
        names = (f"{scenario.id}-{n}{SUFFIX}" for n in range(1, 1000))
        path = next(folder / name for name in names if not (folder / name).exists())
        self.keep(path, register, "approvalsim")

    # --- back to Excel ------------------------------------------------------------------------

    def choose_export(self, document: RegisterDocument) -> None:
        """Ask which workbook a register shall be written to."""
        self._ask(
            self.tr("Write to a workbook"),
            self.tr("Workbooks (*.xlsx *.xlsm)"),
            QFileDialog.AcceptMode.AcceptSave,
            lambda path: self.export(document, path),
            f"{document.path.stem}.xlsx",
            document.path.parent,
        )

    def export(self, document: RegisterDocument, path: Path) -> None:
        """Write a register: a new workbook, or what differs into one that exists."""
        scenario = self._scenario()
        if scenario is None:
            return
        register, spoken = document.register, language.current()

        def write() -> None:
            if path.exists():
                save(read(path, scenario), register)
            else:
                write_new(path, register, scenario, spoken)

        self._write(path, write)

    def _write(self, path: Path, write: Callable[[], object], anew: bool = False) -> None:
        try:
            if anew and path.exists():
                path.unlink()  # the dialog has asked
            write()
        except OSError as error:
            self._files.refuse(path, error)
        except ScenarioError as error:
            self._files.refused.emit(error.problems)
        else:
            self._files.saved.emit(path)

    # --- inside -------------------------------------------------------------------------------

    def _scenario(self) -> Scenario | None:
        document = self._session.edited_document
        return document.scenario if document else None

    def _reference(self, folder: Path) -> str:
        """The scenario as a register in a folder names it: an id, or the way to its file."""
        document = self._session.edited_document
        if document is None:
            return ""
        if document.path is None:
            return document.reference
        try:
            return Path(os.path.relpath(document.path.resolve(), folder.resolve())).as_posix()
        except ValueError:  # on another drive
            return str(document.path.resolve())

    def _ask(
        self,
        title: str,
        names: str,
        mode: QFileDialog.AcceptMode,
        then: Callable[[Path], object],
        suggestion: str = "",
        folder: Path | None = None,
    ) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(mode)
        is_open = mode == QFileDialog.AcceptMode.AcceptOpen
        kinds = QFileDialog.FileMode
        dialog.setFileMode(kinds.ExistingFile if is_open else kinds.AnyFile)
        name_parts(dialog)
        dialog.setNameFilter(names)
        dialog.setDirectory(str(folder or self._files.usual_folder()))
        if suggestion:
            dialog.setDefaultSuffix(Path(suggestion).suffix.lstrip("."))
            dialog.selectFile(suggestion)
        dialog.filesSelected.connect(lambda chosen: then(Path(chosen[0])))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
