"""Papers about a register: the dispatch table, bulletins, letters; written in a thread."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from approvalsim import __version__
from approvalsim.briefing_page import briefing_page
from approvalsim.bulletin import begin_of, bulletin
from approvalsim.bulletin_figures import Known
from approvalsim.bulletin_tables import bulletin_paper
from approvalsim.deadlines import in_working_days
from approvalsim.dispatch_tables import dispatch_paper
from approvalsim.letters import document as letters_document
from approvalsim.letters import letter
from approvalsim.printed import Paper, briefing
from approvalsim.printed_workbook import workbook
from approvalsim.report import write_text
from approvalsim.scenario import content_hash
from approvalsim.scenario_save import write_safely
from approvalsim.voice import Voice
from approvalsim_ui import briefing_pdf, language
from approvalsim_ui.analysis_worker import Watch
from approvalsim_ui.file_dialog import name_parts
from approvalsim_ui.files import Files
from approvalsim_ui.newest import Newest
from approvalsim_ui.register_document import RegisterDocument
from approvalsim_ui.standing_answer import Standing

Period = Literal["weekly", "monthly", "quarterly", "yearly"]
REPLY_WITHIN = 5
"""Working days in which an answer to a letter is asked for."""


class SteeringPapers(QObject):
    """Asks where a paper shall go, and has it written."""

    def __init__(self, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._files, self._window = files, window
        self.worker = Newest(self)
        self.worker.answered.connect(files.saved)
        self.worker.failed.connect(files.refused)

    def choose(self, paper: str, standing: Standing, document: RegisterDocument) -> None:
        """Ask where the dispatch table or a bulletin shall go."""
        kinds = ["Excel (*.xlsx)", "PDF (*.pdf)", "HTML (*.html)"]
        name = f"{document.path.stem}-{paper}-{standing.question.as_of}.xlsx"
        self._ask(kinds, name, lambda path: self.write(paper, standing, document, path))

    def choose_letters(self, standing: Standing, projects: tuple[str, ...]) -> None:
        """Ask where drafts of letters about projects shall go."""
        name = f"letter-{projects[0]}-{standing.question.as_of}.docx"
        kinds = ["Word (*.docx)"]
        self._ask(kinds, name, lambda path: self.write_letters(standing, projects, path))

    def write(self, paper: str, standing: Standing, document: RegisterDocument, path: Path) -> None:
        """Write the dispatch table or a bulletin, by the ending of the file's name."""
        voice = Voice(standing.board.scenario, language.current())
        if paper == "table":
            make = partial(dispatch_paper, standing.board, voice, _manifest(standing))
        else:
            ends = _ends(cast(Period, paper), standing.question.as_of, document)
            make = partial(_bulletin, cast(Period, paper), standing, ends, voice)
        self.worker.ask(partial(_written, make, path))

    def write_letters(self, standing: Standing, projects: tuple[str, ...], path: Path) -> None:
        """Write drafts of letters about projects."""
        voice = Voice(standing.board.scenario, language.current())
        self.worker.ask(partial(_letters_written, standing, projects, voice, path))

    def close(self) -> None:
        """End the thread."""
        self.worker.close()

    def _ask(self, kinds: list[str], name: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._window, self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        name_parts(dialog)
        dialog.setNameFilters(kinds)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix(chosen.split("*.")[-1].rstrip(")"))
        )
        dialog.setDirectory(str(self._files.usual_folder()))
        dialog.selectFile(name)
        dialog.filesSelected.connect(lambda names: then(Path(names[0])))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _ends(period: Period, until: date, document: RegisterDocument) -> tuple[Known, Known]:
    """What was known when a period began and when it ended, as far as it was recorded by then."""
    history = document.history()
    first = history[0].when.astimezone().date() if history else date.max

    def known(day: date, otherwise: Known | None = None) -> Known:
        if first <= day:
            return Known(document.recorded(day), day)
        return Known((otherwise or Known(document.register, day)).register, day, recorded=False)

    after = known(until)
    return known(begin_of(period, until) - timedelta(days=1), after), after


def _bulletin(period: Period, standing: Standing, ends: tuple[Known, Known], say: Voice) -> Paper:
    by = "team" if any(entry.team for entry in ends[1].register.entries) else "owner"
    found = bulletin(standing.board.scenario, period, *ends, by, standing.board.rules)
    return bulletin_paper(found, say)


def _written(make: Callable[[], Paper], path: Path, _watch: Watch, _begin: Watch) -> Iterator[Path]:
    paper = make()
    match path.suffix.lower():
        case ".pdf":
            briefing_pdf.write(briefing(paper), path)
        case ".html" | ".htm":
            write_text(briefing_page(briefing(paper)), path)
        case _:
            write_safely(path, workbook(paper))
    yield path


def _letters_written(
    standing: Standing,
    projects: tuple[str, ...],
    say: Voice,
    path: Path,
    _watch: Watch,
    _begin: Watch,
) -> Iterator[Path]:
    board = standing.board
    reply = in_working_days(board.scenario, board.as_of, REPLY_WITHIN)
    lines = [line for line in board.lines if line.entry.id in projects]
    letters = [letter(board, line, reply, say) for line in lines]
    write_safely(path, letters_document(letters, say.language))
    yield path


def _manifest(standing: Standing) -> dict[str, Any] | None:
    """By what the forecast can be repeated; None where there is none."""
    ahead = standing.forecast
    if ahead is None:
        return None
    return {
        "scenario_hash": content_hash(standing.question.scenario),
        "replications": ahead.replications,
        "seed": ahead.seed,
        "engine": ahead.engine,
        "version": __version__,
    }
