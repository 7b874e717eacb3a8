"""Where a number comes from, in words."""

from typing import Literal

from approvalsim.parameters import Parameter
from approvalsim_ui import language
from approvalsim_ui.scenario_words import translate


def kind_of(found: Parameter) -> Literal["assumed", "sourced", "silent"]:
    """Whether a number is assumed, has a source, or says nothing."""
    if found.evidence.source:
        return "sourced"
    return "assumed" if found.evidence.assumed else "silent"


def kind_words(kind: str) -> str:
    """The kind in words."""
    return {
        "assumed": translate("Evidence", "assumed"),
        "sourced": translate("Evidence", "with a source"),
        "silent": translate("Evidence", "nothing said"),
        "changed": translate("Evidence", "changed"),
        "": translate("Evidence", "all"),
    }[kind]


def short_words(found: Parameter) -> str:
    """Where a number comes from, in one line."""
    if not found.given:
        return translate("Evidence", "default of the program")
    words = found.evidence.source or kind_words(kind_of(found))
    note = language.words(found.evidence.note)
    return f"{words}: {note}" if note else words


def sentence(found: Parameter) -> str:
    """Where a number comes from, as a sentence without its source."""
    if not found.given:
        return translate("Evidence", "The file does not say this; it is the program's own default.")
    if found.evidence.source:
        return translate("Evidence", "The file names this source:")
    if found.evidence.assumed:
        return translate("Evidence", "This is an assumption: no source is known for it.")
    return translate("Evidence", "The file does not say where this comes from.")
