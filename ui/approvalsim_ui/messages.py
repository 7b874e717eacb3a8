"""What the window tells its user, each with what can be done about it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from approvalsim import __version__
from approvalsim.errors import Problem, ScenarioError
from approvalsim_ui import language, theme
from approvalsim_ui.banner import Banners, Offer
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.files import Files, problems_text
from approvalsim_ui.recovery import Leftover, Recovery
from approvalsim_ui.session import Session

SHORTLY = 4.0
"""Seconds that a confirmation stays."""


class Messages(QObject):
    """Turns what happens into messages."""

    bug = Signal(str)
    """Something that should not have happened, from any thread."""

    def __init__(
        self, banners: Banners, session: Session, files: Files, recovery: Recovery
    ) -> None:
        super().__init__(banners)
        self._banners, self._session, self._files = banners, session, files
        self._recovery = recovery
        session.failed.connect(self._tell_failed)
        session.answer_changed.connect(lambda _: banners.withdraw("failed"))
        session.disturbed.connect(self._tell_disturbed)
        session.shared.connect(self._tell_shared)
        session.sides_changed.connect(lambda: banners.withdraw("shared"))
        files.broken.connect(self._tell_broken)
        files.refused.connect(self._tell_refused)
        files.saved.connect(self._tell_saved)
        session.documents_changed.connect(self._tell_if_empty)
        self.bug.connect(self._tell_bug)

    def tell_missing_font(self) -> None:
        """Say, in English and by name, what is needed to read Chinese."""
        if theme.has_chinese_font():
            return
        words = self.tr(
            "This computer has no Chinese font, so Chinese text shows as boxes. Install one "
            "(for example Noto Sans CJK SC, or the package fonts-wqy-microhei), or run: "
            'pip install "approvalsim[font]"'
        )
        self._banners.tell("font", "warn", lambda: words)

    def tell_leftovers(self) -> None:
        """Offer what was not saved when the program last ended without being asked to."""
        for number, leftover in enumerate(self._recovery.leftovers()):
            self._offer(f"leftover {number}", leftover)

    def tell_copied(self) -> None:
        """The manifest is in the clipboard."""
        self._banners.tell(
            "copied",
            "good",
            lambda: self.tr("The manifest is in the clipboard; “approvalsim rerun” repeats it."),
            seconds=SHORTLY,
        )

    def tell_about(self) -> None:
        """Which program this is."""
        self._banners.tell(
            "about",
            "info",
            lambda: self.tr(
                "approvalsim {version}: how projects get from signing to groundbreaking. "
                "MIT licence. Results are those of a model; every parameter names its source or "
                "says that it is assumed."
            ).format(version=__version__),
        )

    def _tell_bug(self, error: str) -> None:
        self._recovery.keep()
        self._banners.tell(
            "bug",
            "bad",
            lambda: self.tr(
                "An error in the program: {error}. Your changes have been copied and can be "
                "recovered; better save them, and start the program anew."
            ).format(error=error),
        )

    def _tell_if_empty(self) -> None:
        if self._session.documents:
            self._banners.withdraw("empty")
            return
        self._banners.tell(
            "empty",
            "info",
            lambda: self.tr("No scenario is open."),
            (
                Offer(lambda: self.tr("Open…"), self._files.choose_and_open),
                Offer(lambda: self.tr("Show the example"), self._files.open_example),
            ),
        )

    def _offer(self, key: str, leftover: Leftover) -> None:
        name = leftover.path.name if leftover.path else leftover.scenario.id

        def recover() -> None:
            self._recover(leftover)

        def discard() -> None:
            self._recovery.settle(leftover)

        self._banners.tell(
            key,
            "warn",
            lambda: self.tr(
                "“{name}” had changes that were not saved when the program ended last time."
            ).format(name=name),
            (
                Offer(lambda: self.tr("Recover"), recover),
                Offer(lambda: self.tr("Discard"), discard),
            ),
        )

    def _recover(self, leftover: Leftover) -> None:
        document = self._open_original(leftover)
        if document is None:
            document = ScenarioDocument(leftover.scenario)
            document.undo.resetClean()
            self._session.add(document)
        else:
            document.recover(leftover.scenario)
        self._session.show_alone(document)
        self._recovery.watch(self._session.documents)
        self._recovery.keep()  # before the old copy goes
        self._recovery.settle(leftover)

    def _open_original(self, leftover: Leftover) -> ScenarioDocument | None:
        """What the changes were made to: its file, or an example that is open and untouched."""
        if leftover.path and leftover.path.is_file():
            return self._files.open(str(leftover.path))
        examples = (
            document
            for document in self._session.documents
            if document.is_example and not document.has_changes
        )
        wanted = leftover.scenario.id if leftover.path is None else None
        return next((one for one in examples if one.scenario.id == wanted), None)

    def _tell_failed(self, problems: tuple[Problem, ...]) -> None:
        self._banners.tell("failed", "bad", lambda: problems_text(problems))

    def _tell_broken(self, path: Path, problems: tuple[Problem, ...]) -> None:
        def words() -> str:
            if len(problems) == 1:
                return problems_text(problems)
            text = self.tr(
                "{name} cannot be opened; it has {count} problems. The first is: {first}"
            )
            first = problems_text(problems[:1])
            return text.format(name=path.name, count=len(problems), first=first)

        self._banners.tell(
            f"broken {path}",
            "bad",
            words,
            (Offer(lambda: self.tr("Try again"), lambda: self._files.open_and_show(str(path))),),
        )

    def _tell_refused(self, problems: tuple[Problem, ...]) -> None:
        self._banners.tell("refused", "bad", lambda: problems_text(problems))

    def _tell_saved(self, path: Path) -> None:
        self._banners.withdraw("refused")
        self._banners.withdraw(f"disk {path}")
        self._banners.tell(
            "saved",
            "good",
            lambda: self.tr("Saved: {path}").format(path=path),
            seconds=SHORTLY,
        )

    def _tell_shared(self, document: ScenarioDocument) -> None:
        def words() -> str:
            text = self.tr(
                "The changes are in the variant, and still in “{name}” as well: A and B do not"
                " differ yet."
            )
            return text.format(name=document.title(language.current()))

        def put_back() -> None:
            document.edit(document.filed, self.tr("Put the original back"))

        offer = Offer(lambda: self.tr("Put the original back"), put_back)
        self._banners.tell("shared", "info", words, (offer,))

    def _tell_disturbed(self, document: ScenarioDocument) -> None:
        path = document.path
        if path is None:
            return
        is_there = path.is_file()

        def words() -> str:
            if is_there:
                text = self.tr("{name} has been changed by somebody else.")
            else:
                text = self.tr("{name} has been removed by somebody else.")
            return text.format(name=path.name)

        offers = [Offer(lambda: self.tr("Keep mine"), document.keep_mine)]
        if is_there:
            offers.insert(0, Offer(lambda: self.tr("Reload"), lambda: self._reload(document)))
        self._banners.tell(f"disk {path}", "warn", words, offers)

    def _reload(self, document: ScenarioDocument) -> None:
        try:
            document.reload()
        except ScenarioError as error:
            assert document.path is not None
            self._files.broken.emit(document.path, error.problems)
