"""The briefing of what stands on the sides, written to a file in a thread of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from approvalsim.briefing import briefing
from approvalsim.briefing_page import briefing_page
from approvalsim.briefing_subject import Sensitivity, Subject, enough
from approvalsim.report import comparison_figures, result, write_text
from approvalsim.sample import Exact
from approvalsim.tally import SHARES
from approvalsim.yardstick import Watch, Yardstick
from approvalsim_ui import briefing_pdf, language
from approvalsim_ui.analysis_worker import AnalysisWorker
from approvalsim_ui.answer import Answer
from approvalsim_ui.banner import Banners, Offer
from approvalsim_ui.compare_words import side_names
from approvalsim_ui.file_dialog import name_parts
from approvalsim_ui.files import Files
from approvalsim_ui.session import Session
from approvalsim_ui.tornado_answer import TornadoQuestion
from approvalsim_ui.tornado_answer import answers as tornado

_KEY = "report"


@dataclass(frozen=True, eq=False)
class Order:
    """What shall be written, in which language, and where to."""

    answer: Answer
    names: tuple[str, str] | None
    """What the sides are, where their scenarios do not say it."""
    target: int | None
    """Days from signing."""
    question: TornadoQuestion
    language: str
    made: date
    path: Path


def subject_of(
    answer: Answer, target: int | None = None, names: tuple[str, str] | None = None
) -> Subject:
    """What a briefing tells of an answer; ``target`` in days from signing."""
    sides = answer.a, answer.b
    scenarios = (answer.a.scenario, answer.b.scenario)
    sealed = result(answer.manifest, comparison_figures(answer.comparison), scenarios)
    return Subject(
        answer.comparison,
        scenarios,
        (Exact(sides[0].times, SHARES), Exact(sides[1].times, SHARES)),
        answer.manifest,
        sealed,
        answer.assumed_from,
        names=names,
        target=target,
    )


def order_of(answer: Answer, target: int | None, path: Path) -> Order:
    """To write an answer's briefing as it is asked for now."""
    alike = not answer.one_scenario and answer.roles[0] != "scenario"
    names = side_names(answer) if alike else None
    replications = min(enough(answer.engine), answer.replications)
    question = TornadoQuestion(
        answer.b.scenario, Yardstick("mean"), answer.seed, replications, answer.engine
    )
    return Order(answer, names, target, question, language.current(), date.today(), path)


def written(order: Order, watch: Watch, begin: Watch = bool) -> Iterator[Path]:
    """Find out what matters most, and write the file; gives its path.

    Raises `ScenarioError` where it cannot be written.
    """
    found = tuple(tornado(order.question, watch, begin))[-1:]
    told = [Sensitivity(last.effects, last.replications, last.done, last.inputs) for last in found]
    subject = subject_of(order.answer, order.target, order.names)
    subject = subject.with_sensitivity(told[0] if told else None)
    made = briefing(subject, order.language, order.made)
    if order.path.suffix.lower() == ".pdf":
        briefing_pdf.write(made, order.path)
    else:
        write_text(briefing_page(made), order.path)
    yield order.path


class ReportExport(QObject):
    """Asks where a briefing shall go, and has it written."""

    def __init__(
        self,
        session: Session,
        files: Files,
        banners: Banners,
        target: Callable[[], int | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._files, self._banners = session, files, banners
        self._target, self._window = target, window
        self._done = self._total = 0
        self.worker = AnalysisWorker(self)
        self.worker.progressed.connect(self._show_progress)
        self.worker.answered.connect(self._tell_written)
        self.worker.failed.connect(files.refused)
        self.worker.finished.connect(lambda: banners.withdraw(_KEY))

    @property
    def is_running(self) -> bool:
        """Whether a briefing is being written."""
        return self.worker.isRunning()

    def ask(self) -> None:
        """Ask where the briefing of the answer shown shall go, and write it there."""
        answer = self._session.answer
        if answer is None or self.is_running:
            return
        dialog = QFileDialog(self._window, self.tr("Export report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        name_parts(dialog)
        dialog.setNameFilters(["PDF (*.pdf)", "HTML (*.html)"])
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("html" if "html" in chosen else "pdf")
        )
        dialog.selectFile(f"{answer.b.scenario.id}-briefing.pdf")
        dialog.filesSelected.connect(lambda names: self.write(answer, Path(names[0])))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, answer: Answer, path: Path) -> None:
        """Write the briefing of an answer; messages say how it goes on."""
        order = order_of(answer, self._target(), path)
        self._done = self._total = 0
        if self.worker.ask(partial(written, order)):
            cancel = Offer(lambda: self.tr("Cancel"), self.worker.cancel)
            self._banners.tell(_KEY, "info", self._words, (cancel,))

    def close(self) -> None:
        """End the thread."""
        self.worker.blockSignals(True)
        self.worker.close()

    def _show_progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        if banner := self._banners.shown.get(_KEY):
            banner.retranslate()

    def _words(self) -> str:
        share = self._done / self._total if self._total else 0.0
        return self.tr(
            "The report is being made, with what matters most: {share}. You can go on working."
        ).format(share=language.percent(share))

    def _tell_written(self) -> None:
        path = self.worker.take()
        if path is not None:
            self._files.saved.emit(path)
