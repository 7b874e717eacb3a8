"""The window: rail, strip, screens, docks, menus, and messages; it decides nothing itself."""

from collections.abc import Iterable
from dataclasses import asdict

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from approvalsim.report import json_text
from approvalsim_ui import language, theme
from approvalsim_ui.actions import Actions
from approvalsim_ui.answer import Answer
from approvalsim_ui.banner import Banners
from approvalsim_ui.commands import Commands
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.files import Files
from approvalsim_ui.language import Language
from approvalsim_ui.library_cards import cards
from approvalsim_ui.messages import Messages
from approvalsim_ui.panels import Panels
from approvalsim_ui.rail import Rail
from approvalsim_ui.recovery import Recovery
from approvalsim_ui.report_export import ReportExport
from approvalsim_ui.screens import Screens
from approvalsim_ui.session import Choice, Session
from approvalsim_ui.settings import Settings, ThemeChoice
from approvalsim_ui.status import StatusBar
from approvalsim_ui.strip import Strip
from approvalsim_ui.tour import Tour
from approvalsim_ui.tour_stops import stops
from approvalsim_ui.views import Views

SMALLEST = QSize(1100, 700)
"""It fits on 1280 by 800 with room for a task bar."""
USUAL = QSize(1440, 900)


class MainWindow(QMainWindow):
    """All of the app in one window."""

    def __init__(self, session: Session, settings: Settings, recovery: Recovery) -> None:
        super().__init__()
        self.session, self.settings, self.recovery = session, settings, recovery
        session.setParent(self)
        recovery.setParent(self)
        self.files = Files(session, settings, self)
        self.commands = Actions(self)
        self.rail, self.strip, self.screens = Rail(), Strip(session), Screens()
        self.banners, self.status = Banners(), StatusBar()
        self.messages = Messages(self.banners, session, self.files, recovery)
        self.views = Views(session, self.files, self.screens, settings, self.banners, self)
        self.panels = Panels(self, self.commands, self.views)
        self.report = ReportExport(
            session, self.files, self.banners, lambda: self.views.compare.target.target, self
        )
        self.tour: Tour | None = None
        self._may_close = False
        self._cards_soon = QTimer(self, singleShot=True, interval=200)
        self._lay_out()
        self._connect_session()
        self._connect_widgets()
        self._connect_actions()
        self.retranslate()
        self._restore()

    # --- building -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self.setAcceptDrops(True)
        self.commands.fill(self.menuBar())
        self.setStatusBar(self.status)
        self.strip.add_headline(self.views.headline)
        for screen in self.screens.all:
            self.rail.add(screen.key, screen.icon, screen.title)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners)
        column.addWidget(self.screens, 1)
        self.setCentralWidget(central)
        self.screens.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # at first nothing is chosen
        self._frame(self.strip, "strip", Qt.ToolBarArea.TopToolBarArea)
        self._frame(self.rail, "rail", Qt.ToolBarArea.LeftToolBarArea)

    def _frame(self, widget: QWidget, name: str, area: Qt.ToolBarArea) -> None:
        """Put a widget around the docks, for good."""
        bar = QToolBar()
        bar.setObjectName(name)
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setEnabled(False)
        bar.addWidget(widget)
        self.addToolBar(area, bar)

    def _connect_session(self) -> None:
        session = self.session
        session.answer_changed.connect(self._show_answer)
        session.running_changed.connect(self.status.show_running)
        session.worker.readiness_changed.connect(self.status.show_readiness)
        session.documents_changed.connect(self._show_documents)
        session.sides_changed.connect(self._show_sides)
        session.edited.connect(self._show_edit)

    def _connect_widgets(self) -> None:
        session, library = self.session, self.panels.library
        self.rail.chosen.connect(self.screens.choose)
        self.screens.switched.connect(self.rail.show_chosen)
        self.status.language_asked.connect(self._speak_the_other)
        self.status.theme_asked.connect(self._dress_the_other)
        library.open_asked.connect(self.files.choose_and_open)
        library.shown_alone.connect(session.show_alone)
        library.put_on_a.connect(self._put_on_a)
        library.put_on_b.connect(self._put_on_b)
        library.duplicate_asked.connect(session.duplicate)
        library.close_asked.connect(self.files.close)
        self._cards_soon.timeout.connect(self._show_cards)
        self.files.broken.connect(self.panels.show_broken)
        self.panels.run_settings.settings_changed.connect(session.set_settings)
        self.panels.run_settings.edited.connect(self.views.edit)
        self.panels.run_settings.manifest_asked.connect(self.copy_manifest)

    def _connect_actions(self) -> None:
        on = self.commands
        commands = Commands(
            on, self.session, self.files, self.settings, lambda: self.views.register_undo
        )
        self.views.undo_changed.connect(commands.refresh)
        self.screens.switched.connect(lambda _: commands.refresh())
        on["quit"].triggered.connect(self.close)
        on["tour"].triggered.connect(self.start_tour)
        on["about"].triggered.connect(self.messages.tell_about)
        on["copy_manifest"].triggered.connect(self.copy_manifest)
        on["export_report"].triggered.connect(self.report.ask)
        on["chinese"].triggered.connect(lambda: self.speak("zh"))
        on["english"].triggered.connect(lambda: self.speak("en"))
        on["theme_light"].triggered.connect(lambda: self.dress("light"))
        on["theme_dark"].triggered.connect(lambda: self.dress("dark"))
        on["theme_system"].triggered.connect(lambda: self.dress("system"))

    # --- what the session tells ---------------------------------------------------------------

    def _show_answer(self, answer: Answer) -> None:
        self.screens.show_answer(answer)
        self.status.show_answer(answer)

    def _show_documents(self) -> None:
        self.recovery.watch(self.session.documents)
        for part in (self.screens, self.views.headline):
            part.setVisible(bool(self.session.documents))
        if not self.session.documents:
            self.status.show_answer(None)
        self._show_document()  # it may have another file now
        self._show_title()
        self._cards_soon.start()

    def _show_sides(self) -> None:
        self._show_document()
        self._show_title()
        self._show_run_settings()
        self._cards_soon.start()

    def _show_edit(self, document: ScenarioDocument) -> None:
        if document is self.session.edited_document:
            self._show_document()
            if self.panels.run_settings.is_behind(document.scenario):
                self._show_run_settings()
        self._cards_soon.start()

    def _show_document(self) -> None:
        self.screens.show_document(self.session.edited_document)
        self.panels.show_document(self.session.edited_document)

    def _show_cards(self) -> None:
        self.panels.library.show_cards(cards(self.session))

    def _show_title(self) -> None:
        document = self.session.edited_document
        name = document.title(language.current()) if document else ""
        self.setWindowTitle(f"{name}[*] — approvalsim" if name else "approvalsim")
        self.setWindowModified(any(document.has_changes for document in self.session.documents))

    def _show_run_settings(self) -> None:
        document = self.session.edited_document
        if document:
            run = document.scenario.run
            self.panels.run_settings.show_milestones(document.scenario)
            self.panels.run_settings.show_settings(
                self.session.settings, run.replications, run.seed
            )

    # --- what the user wishes -----------------------------------------------------------------

    def _put_on_a(self, document: ScenarioDocument) -> None:
        if self.session.b:
            self.session.show_sides(_like(document, "on"), self.session.b)

    def _put_on_b(self, document: ScenarioDocument) -> None:
        if self.session.a:
            self.session.show_sides(self.session.a, _like(document, "on"))

    def copy_manifest(self) -> None:
        """Put what repeats the answer shown into the clipboard."""
        answer = self.session.answer
        if answer is None:
            return
        manifest = {k: v for k, v in asdict(answer.manifest).items() if v is not None}
        QGuiApplication.clipboard().setText(json_text(manifest))
        self.messages.tell_copied()

    def start_tour(self) -> None:
        """Lead through the window, from the beginning."""
        if self.tour is not None:
            self.tour.end()
        self.tour = Tour(self, stops(self.strip, self.rail, self.screens))
        self.tour.ended.connect(self._end_tour)

    def _end_tour(self) -> None:
        self.tour = None
        self.settings.tour_seen = True

    def speak(self, chosen: Language) -> None:
        """Speak another language from now on, and the next time."""
        language.use(_app(), chosen)
        self.settings.language = chosen

    def dress(self, chosen: ThemeChoice) -> None:
        """Look different from now on, and the next time."""
        theme.apply(_app(), chosen)
        self.settings.theme = chosen
        self._check_choices()

    def _speak_the_other(self) -> None:
        self.speak("en" if language.current() == "zh" else "zh")

    def _dress_the_other(self) -> None:
        self.dress("light" if theme.current() == "dark" else "dark")

    # --- words and looks ----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set all words in the language spoken now."""
        self.commands.retranslate()
        self.panels.retranslate()
        self._show_title()
        self.strip.refresh()
        self._cards_soon.start()
        self._check_choices()

    def _check_choices(self) -> None:
        self.commands["chinese" if language.current() == "zh" else "english"].setChecked(True)
        self.commands[f"theme_{self.settings.theme}"].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.commands.retheme()
            self.setWindowIcon(theme.icon("logo", theme.colours().side_a))
        super().changeEvent(event)

    # --- coming and going ---------------------------------------------------------------------

    def _restore(self) -> None:
        if remembered := self.settings.window:
            geometry, layout = remembered
            self.restoreGeometry(geometry)
            self.restoreState(layout)
        self.screens.choose(self.rail.keys[0])
        self.screens.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        if _files_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what is dropped."""
        self.files.open_all(list(_files_in(event)))
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything unsaved has been asked about; remember what stood where."""
        if not self._may_close:
            event.ignore()
            self.files.ask_about(self.session.documents, self.close_now)
            return
        self.settings.window = (self.saveGeometry(), self.saveState())
        register = self.views.register_path
        self.settings.open_files = [
            *(d.path for d in self.session.documents if d.path),
            *([register] if register else []),
        ]
        self.settings.save()
        self.session.shut_down()
        self.views.close()
        self.report.close()
        self.recovery.close()
        event.accept()

    def close_now(self) -> None:
        """Close, whatever is not saved."""
        self._may_close = True
        self.close()


def _like(document: ScenarioDocument, policy: str) -> Choice:
    """The document on a side, its policy on where it has one."""
    if document.scenario.commitment is None:
        return Choice(document)
    return Choice(document, "on" if policy == "on" else "off")


def _files_in(event: QDropEvent) -> Iterable[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
