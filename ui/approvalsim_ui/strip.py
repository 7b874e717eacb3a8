"""The band that stays above every screen: what is compared, and the outcome in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from approvalsim_ui import language, theme
from approvalsim_ui.answer import Reform
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.session import Choice, Policy, Session, reforms
from approvalsim_ui.sides_bar import Entry, Pair, SidesBar

_REFORMS: dict[Pair, Reform] = {"policy": "commitment", "supervision": "supervision"}


class Strip(QFrame):
    """The sides bar, wired to the session; a headline may stand below it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "strip")
        self._session = session
        self.bar = SidesBar()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 10)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.bar)
        self.bar.sides_chosen.connect(session.show_sides)
        self.bar.pair_chosen.connect(self._show_pair)
        self.bar.swap_asked.connect(session.swap)
        self.bar.run_asked.connect(session.ask)
        self.bar.cancel_asked.connect(session.cancel)
        session.running_changed.connect(self.bar.show_running)
        session.progress.connect(self.bar.show_progress)
        for signal in (session.sides_changed, session.documents_changed):
            signal.connect(self.refresh)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bar.show_running(session.is_running)
        self.refresh()

    def add_headline(self, headline: QWidget) -> None:
        """Put the outcome in words below the choosers."""
        self._layout.addWidget(headline)

    def refresh(self) -> None:
        """Offer what is open now, in the language spoken now."""
        session = self._session
        sides = [side for side in (session.a, session.b) if side]
        entries = [entry for document in session.documents for entry in _entries(document, sides)]
        self.bar.show_entries(entries, session.a, session.b)
        self.bar.show_pairs(tuple(_pairs(session)), _current_pair(session))

    def _show_pair(self, pair: Pair) -> None:
        document = self._session.edited_document
        if document is None:
            return
        if pair != "changes":
            self._session.show_alone(document, _REFORMS[pair])
        elif b := self._session.b:
            after = Choice(document, b.policy, of=b.of)
            self._session.show_sides(replace(after, filed=True), after)
        self.refresh()  # a button that was pressed twice stays pressed


def _pairs(session: Session) -> Iterator[Pair]:
    document = session.edited_document
    for pair, of in _REFORMS.items():
        if document and of in reforms(document.scenario):
            yield pair
    if document and document.scenario is not document.filed:
        yield "changes"


def _current_pair(session: Session) -> Pair | None:
    a, b = session.a, session.b
    if not a or not b or a.document is not b.document:
        return None
    if a.of != b.of:
        return None
    if a.filed and not b.filed and a.policy == b.policy:
        return "changes"
    if (a.policy, b.policy) == ("off", "on") and a.filed == b.filed:
        return next(pair for pair, of in _REFORMS.items() if of == a.of)
    return None


def _entries(document: ScenarioDocument, sides: Sequence[Choice]) -> Iterator[Entry]:
    """What a document offers: reforms off, on, as its file is; and whatever stands on a side."""
    switches: tuple[Policy, ...] = ("off", "on")
    found = [(policy, of) for of in reforms(document.scenario) for policy in switches]
    states: list[tuple[Policy | None, Reform]] = [*found] or [(None, "commitment")]
    filed = (False, True) if document.scenario is not document.filed else (False,)
    choices = [Choice(document, policy, old, of) for old in filed for policy, of in states]
    choices += [side for side in sides if side.document is document]
    title = document.title(language.current())
    words = _words()
    for choice in dict.fromkeys(choices):
        switched = f"{choice.of}_{choice.policy}" if choice.policy else ""
        key = "_".join(filter(None, ("filed" if choice.filed else "", switched)))
        yield Entry(choice, words[key].format(name=title))


def _words() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "": "{name}",
        "commitment_off": translate("Strip", "{name} · policy off"),
        "commitment_on": translate("Strip", "{name} · policy on"),
        "supervision_off": translate("Strip", "{name} · without supervision"),
        "supervision_on": translate("Strip", "{name} · with supervision"),
        "filed": translate("Strip", "{name} · before changes"),
        "filed_commitment_off": translate("Strip", "{name} · policy off, before changes"),
        "filed_commitment_on": translate("Strip", "{name} · policy on, before changes"),
        "filed_supervision_off": translate("Strip", "{name} · without supervision, before changes"),
        "filed_supervision_on": translate("Strip", "{name} · with supervision, before changes"),
    }
