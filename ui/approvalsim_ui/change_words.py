"""How lists of dependencies, and what differs from the file, read in the language spoken now."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication

from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui.edits import Change
from approvalsim_ui.relaxations import Relaxation, dependencies, relaxations
from approvalsim_ui.scenario_words import part_name, place_words, value_words

translate = QCoreApplication.translate

_MEASURE = ("run", "measure")
_MOST = 3
"""Dependencies that are named; further ones are counted."""


def change_words(scenario: Scenario, change: Change) -> str:
    """A change in one line: ``Filing › review: 1/2/5 wd → 1/1/3 wd``.

    Of the dependencies a grade may relax, only those that came or went.
    """
    where = place_words(scenario, change.place)
    if _is_list(change.place):
        return f"{where}: {_list_change(scenario, change)}"
    before, after = (
        "–" if value is None else stated_words(scenario, change.place, value)
        for value in (change.before, change.after)
    )
    return f"{where}: {before} → {after}"


def stated_words(scenario: Scenario, place: Place, value: Any) -> str:
    """Like `value_words`, with the dependencies that a grade may relax by name."""
    if place == _MEASURE and value is not None:
        return part_name(scenario, "milestone", str(value))
    if not _is_list(place):
        return value_words(place, value)
    whole = _whole(scenario, value)
    return whole or _named(scenario, _listed(scenario, value))


def edge_words(scenario: Scenario, one: Relaxation) -> str:
    """A dependency by the names of its ends."""
    kind = "milestone" if one.is_milestone else "stage"
    source = part_name(scenario, "stage", one.source)
    return f"{source} → {part_name(scenario, kind, one.target)}"


def _list_change(scenario: Scenario, change: Change) -> str:
    if whole := _whole(scenario, change.after):
        return whole
    before, after = (_listed(scenario, value) for value in (change.before, change.after))
    came = [name for name in after if name not in before]
    went = [name for name in before if name not in after]
    words = []
    if came:
        words.append(translate("Words", "now also {names}").format(names=_named(scenario, came)))
    if went:
        words.append(translate("Words", "no longer {names}").format(names=_named(scenario, went)))
    return "; ".join(words) or _named(scenario, after)


def _is_list(place: Place) -> bool:
    return place[-1:] == ("may_relax",)


def _listed(scenario: Scenario, value: Any) -> tuple[str, ...]:
    """The names in a list; no list stands for all of them."""
    known = tuple(one.name for one in relaxations(scenario))
    return tuple(value) if isinstance(value, tuple) else known


def _whole(scenario: Scenario, value: Any) -> str:
    """All or nothing in a word; empty for anything between."""
    listed = _listed(scenario, value)
    if not listed:
        return translate("Words", "nothing")
    if {one.name for one in relaxations(scenario)} <= set(listed):
        return translate("Words", "everything")
    return ""


def _named(scenario: Scenario, names: Iterable[str]) -> str:
    known = {one.name: edge_words(scenario, one) for one in dependencies(scenario)}
    words = [known.get(name, name) for name in names]
    shown = ", ".join(words[:_MOST])
    if len(words) <= _MOST:
        return shown
    more = translate("Words", "{names} and {count} more")
    return more.format(names=shown, count=len(words) - _MOST)
