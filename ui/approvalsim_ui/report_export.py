"""The briefing of what stands on the sides, written to a file in a thread of its own."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from approvalsim.yardstick import Watch
from approvalsim_ui import language
from approvalsim_ui.analysis_worker import AnalysisWorker
from approvalsim_ui.answer import Answer
from approvalsim_ui.banner import Banners, Offer
from approvalsim_ui.file_dialog import name_parts
from approvalsim_ui.files import Files
from approvalsim_ui.report_order import Order, order_of
from approvalsim_ui.session import Session

_KEY = "report"


def _written(order: Order, watch: Watch, begin: Watch) -> Iterator[Path]:
    """As `report_making.written`, which takes long to load: that happens in the thread, too."""
    from approvalsim_ui.report_making import written

    yield from written(order, watch, begin)


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
        if self.worker.ask(partial(_written, order)):
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
