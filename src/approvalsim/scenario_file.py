"""Scenarios as TOML files: the only module that knows where they lie and how they are written."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_mistakes import examined
from approvalsim.scenario_save import is_block, overlay, rendered, revised, write_safely
from approvalsim.scenario_shape import file_schema
from approvalsim.scenario_source import BYTE_ORDER_MARK, merged, parsed, read_source
from approvalsim.scenario_source import shipped as shipped  # noqa: PLC0414 - part of this module for others
from approvalsim.toml_edit import edited, in_order, rewritten


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario with the text it was read from, so that saving keeps comments and layout."""

    path: Path
    text: str
    scenario: Scenario
    base: Mapping[str, Any] | None = None
    """What the file inherits through ``extends``, as plain tables; None if it extends nothing."""


def load(path: str | PathLike[str]) -> Scenario:
    """The scenario in a file; raises `ScenarioError` with everything that is wrong with it."""
    return read(path).scenario


def read(path: str | PathLike[str]) -> ScenarioFile:
    """Like `load`, with all that is needed to `save` a changed scenario into the same file."""
    source = read_source(Path(path))
    try:
        scenario, found = examined(source.data)
        complaints = source.in_order((*source.problems, *found))
    except RecursionError:
        raise ScenarioError([Problem("too_deep", file=str(path))]) from None
    if scenario is None or complaints:
        raise ScenarioError(complaints)
    return ScenarioFile(Path(path), source.layers[0].text, scenario, source.inherited)


def problems_in(path: str | PathLike[str]) -> tuple[Problem, ...]:
    """Everything that is wrong with a scenario file, in the order of its lines."""
    try:
        read(path)
    except ScenarioError as error:
        return error.problems
    return ()


def save(
    file: ScenarioFile,
    scenario: Scenario | None = None,
    path: str | PathLike[str] | None = None,
) -> ScenarioFile:
    """Write a scenario into its file, or to another ``path``; return the file as it now is.

    Only values that differ change in the text. What is inherited through ``extends`` stays where it
    is and is overridden here. The file is replaced at once, and only after the new text has been
    read back as the same scenario. Raises `ScenarioError`, having changed nothing, where the
    scenario has problems of its own or the file cannot be written.
    """
    target = file.path if path is None else Path(path)
    wanted = file.scenario if scenario is None else scenario
    text = _text_for(file, wanted, target)
    if text != file.text or not _holds(target, text):
        write_safely(target, text)
    return ScenarioFile(target, text, wanted, file.base)


def as_text(scenario: Scenario) -> str:
    """The scenario as the text of a new file that extends nothing."""
    return rendered(scenario)


def _text_for(file: ScenarioFile, wanted: Scenario, target: Path) -> str:
    """The file's text, changed to say ``wanted``; checked by reading it back."""
    own = parsed(file.text, str(file.path))
    extends = _moved(own.pop("extends", None), file.path.parent, target.parent)
    inherited = dict(file.base or {})
    raw = merged(inherited, own, [])
    said = overlay(inherited, revised(raw, file.scenario, wanted), own)
    if extends is not None:
        said = {"extends": extends, **said}
    mark = BYTE_ORDER_MARK if file.text.startswith(BYTE_ORDER_MARK) else ""
    old = file.text.removeprefix(mark)
    for text in _ways_to_write(old, said):
        if content_hash(_read_back(text, inherited, target)) == content_hash(wanted):
            return mark + text
    # What is inherited comes first, so not every order can be written down.
    text = edited(old, said, is_block)
    if _read_back(text, inherited, target) != wanted:
        words = {"reason": "the text would not read back as the same scenario"}
        raise ScenarioError([Problem("cannot_write", (), words, str(target))])
    return mark + text


def _ways_to_write(old: str, said: dict[str, Any]) -> Iterator[str]:
    """Texts that say the same, each more unlike the old one than the one before."""
    text = edited(old, said, is_block)
    yield text
    yield in_order(text, said)
    yield rewritten(old, said, is_block)


def _moved(extends: str | None, old: Path, new: Path) -> str | None:
    """The extended file as seen from another folder; a shipped one by its id, known anywhere."""
    if extends is None or old.resolve() == new.resolve() or not (old / extends).exists():
        return extends
    base = (old / extends).resolve()
    for key, file in shipped().items():
        if file.resolve() == base:
            return key
    try:
        return Path(os.path.relpath(base, new.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(base)


def _read_back(text: str, inherited: dict[str, Any], target: Path) -> Scenario:
    own = parsed(text, str(target))
    own.pop("extends", None)
    scenario, found = examined(merged(inherited, own, []))
    if scenario is None or found:
        raise ScenarioError(problem.inside(str(target), None) for problem in found)
    return scenario


def _holds(path: Path, text: str) -> bool:
    """Whether a file exists and holds exactly this text."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def schema() -> dict[str, Any]:
    """JSON Schema of the scenario file."""
    return file_schema()


def find(reference: str) -> Path:
    """The file meant by a path or by the id of a shipped scenario."""
    known = shipped()
    if reference in known and not Path(reference).is_file():
        return known[reference]
    if Path(reference).is_file():
        return Path(reference)
    if Path(reference).is_dir():
        raise ScenarioError([Problem("is_folder", file=reference)])
    raise ScenarioError([Problem("no_scenario", (), {"known": listed(known)}, reference)])
