"""What the cards of the library say about the session's documents."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from approvalsim_ui import language
from approvalsim_ui.change_words import change_words
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.edits import changes
from approvalsim_ui.library import Card
from approvalsim_ui.session import Session

translate = QCoreApplication.translate


def cards(session: Session) -> tuple[Card, ...]:
    """A card for each open document, in the language spoken now."""
    return tuple(
        Card(
            key=document,
            title=document.title(language.current()),
            place=_place(document),
            sides="".join(_sides(session, document)),
            is_unsaved=document.has_changes,
            changes=tuple(_lines(document)),
        )
        for document in session.documents
    )


def _sides(session: Session, document: ScenarioDocument) -> Iterator[str]:
    for letter, side in (("A", session.a), ("B", session.b)):
        if side and side.document is document:
            yield letter


def _place(document: ScenarioDocument) -> str:
    if document.path:
        return document.path.name
    if document.is_example:
        return translate("Library", "example that comes with the program")
    return translate("Library", "not saved yet")


def _lines(document: ScenarioDocument) -> Iterator[str]:
    for change in changes(document.scenario, document.filed):
        if change.place not in (("id",), ("name",)):
            yield change_words(document.scenario, change)
