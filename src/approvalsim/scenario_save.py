"""What a scenario file must say so that it describes another scenario, and writing it safely."""

import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from approvalsim.errors import Problem, ScenarioError
from approvalsim.scenario import Scenario
from approvalsim.scenario_source import is_removal, is_said_anew
from approvalsim.toml_edit import aligned
from approvalsim.toml_edit import rendered as rendered_table
from approvalsim.toml_lines import Path as KeyPath

Table = dict[str, Any]


class Said:
    """What a scenario says, as plain tables in the file's words, three times over.

    ``full`` has every field, ``given`` those that were set, ``lean`` those that differ from their
    default: all that a file needs.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.full: Table = _plain(scenario.model_dump(by_alias=True))
        self.given: Table = _plain(scenario.model_dump(by_alias=True, exclude_unset=True))
        self.lean: Table = _plain(scenario.model_dump(by_alias=True, exclude_defaults=True))


_DURATION_ORDER = {"dist": -1, "unit": 1, "source": 2, "assumed": 3, "note": 4}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        # A duration begins with its family and ends with what is said about it.
        place = _DURATION_ORDER if isinstance(value.get("dist"), str) else {}
        keys = sorted(value, key=lambda key: place.get(key, 0))
        return {key: _plain(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value


def revised(raw: Table, old: Scenario, new: Scenario) -> Table:
    """The tables ``raw``, which say ``old``, changed where ``new`` says something else."""
    said = Said(new)
    return _revised(raw, Said(old).full, said.full, said.given, said.lean)


def _revised(raw: Table, old: Table, new: Table, given: Table, lean: Table) -> Table:
    result: Table = {}
    # What an edge no longer says must go when it is no longer relaxed: it would have no meaning.
    strict = old.get("relaxed") != new.get("relaxed")
    for key, value in raw.items():
        if key not in new or (strict and key not in given):
            continue
        if _alike(old.get(key), new[key]):
            result[key] = value
        elif _is_edited(value, old.get(key), new[key]):
            parts = (part.get(key, {}) for part in (old, new, given, lean))
            result[key] = _revised(value, *parts)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            if lean.get(key):
                result[key] = _revised_list(value, old[key], new[key], given[key], lean[key])
        elif key in given and new[key] is not None:
            result[key] = lean.get(key, new[key])
    for key in new:
        if key not in raw and key in lean and not _alike(old.get(key), new[key]):
            result[key] = lean[key]
    return {key: result[key] for key in new if key in result}


def _alike(one: Any, other: Any) -> bool:
    """Whether two values say the same in the same order."""
    return one == other and json.dumps(one, default=str) == json.dumps(other, default=str)


def _is_edited(raw: Any, old: Any, new: Any) -> bool:
    """Whether a table is changed key by key; a duration of another family is written anew."""
    tables = all(isinstance(value, dict) for value in (raw, old, new))
    return tables and old.get("dist") == new.get("dist")


def _revised_list(
    raw: list[Table], old: list[Table], new: list[Table], given: list[Table], lean: list[Table]
) -> list[Table]:
    origins = {j: i for i, j in aligned(old, new) if i is not None and j is not None}
    return [
        _revised(raw[origins[j]], old[origins[j]], new[j], given[j], lean[j])
        if j in origins
        else lean[j]
        for j in range(len(new))
    ]


def overlay(inherited: Table, wanted: Table, own: Table) -> Table:
    """What a file must say over what it inherits to mean ``wanted``, keeping what it says already.

    The inverse of `scenario_source.merged`.
    """
    result: Table = {}
    for key, value in wanted.items():
        mine = None if is_removal(own.get(key)) else own.get(key)
        if key not in inherited:
            result[key] = value
        elif isinstance(value, dict) and isinstance(inherited[key], dict):
            part = _part_overlay(key, inherited[key], value, mine)
            if part or mine is not None:
                result[key] = part
        elif mine is not None or inherited[key] != value:
            result[key] = value
    gone = {key: {"remove": True} for key in inherited if key not in wanted}
    return result | gone


def _part_overlay(key: str, inherited: Table, wanted: Table, own: Any) -> Table:
    own = own if isinstance(own, dict) else {}
    if is_said_anew(key, own):
        return wanted
    part = overlay(inherited, wanted, own)
    # A duration of another family, or one that loses something, is said anew as a whole.
    if is_said_anew(key, wanted) and (
        is_said_anew(key, part) or any(map(is_removal, part.values()))
    ):
        return wanted
    return part


def is_block(place: KeyPath, value: Any) -> bool:
    """The usual layout: which tables of a scenario have a header of their own."""
    if isinstance(value, list):
        return place == ("project",) or (place[:1] == ("stage",) and place[2:] == ("variant",))
    if not isinstance(value, dict):
        return False
    match place:
        case ("department" | "stage" | "milestone", _):
            return True
        case _ if is_removal(value):
            return False
        case (str(section),):
            return section not in ("name", "description")
        case ("commitment", "grades") | ("projects", "attributes") | ("stage", _, "correction"):
            return True
        case ("stage" | "milestone", _, "after"):
            return any(value.values())
        case ("stage" | "milestone", _, "after", _):
            return True
        case ("project", int()) | ("stage", _, "variant", int()):
            return True
        case _:
            return False


def rendered(scenario: Scenario) -> str:
    """A scenario as the text of a new file."""
    return rendered_table((), Said(scenario).lean, is_block)


def write_safely(path: Path, content: str | bytes) -> None:
    """Replace a file at once or not at all; raises `ScenarioError` where that fails."""
    try:
        target = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        _copy_permissions(target, Path(name))
        Path(name).replace(target)
    except OSError as error:
        raise _cannot_write(path, error) from None
    finally:
        with suppress(OSError):  # gone once it has replaced the file
            Path(name).unlink()


def _copy_permissions(target: Path, new: Path) -> None:
    """The permissions of the file that is replaced; for a new file, those the user gives files."""
    if target.exists():
        shutil.copymode(target, new)
        return
    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o666 & ~mask)


def _cannot_write(path: Path, error: Exception) -> ScenarioError:
    reason = getattr(error, "strerror", None) or str(error)
    return ScenarioError([Problem("cannot_write", (), {"reason": reason}, str(path))])
