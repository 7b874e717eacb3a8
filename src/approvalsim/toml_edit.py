"""Make a TOML text say something else and leave the rest of it, with every comment, as it was.

Values are changed with tomlkit. Whole tables come, go and move as blocks of lines: a header with
the comment right above it and everything down to the next one, so that a comment stays with the
table it stands on.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from approvalsim.toml_lines import Path, headers_of

Table = dict[str, Any]
IsBlock = Callable[[Path, Any], bool]
"""Whether a new table gets a header of its own, or is written on one line."""


def edited(text: str, wanted: Table, is_block: IsBlock) -> str:
    """The text changed to say ``wanted``, with as few changes as will do."""
    if same(tomllib.loads(text), wanted):
        return text
    windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    try:
        result = _edited(text, wanted, is_block)
        right = same(tomllib.loads(result), wanted)
    except (TOMLKitError, tomllib.TOMLDecodeError, KeyError, IndexError, AttributeError, TypeError):
        right = False
    if not right:  # an unusual layout that tomlkit cannot change
        result = rewritten(text, wanted, is_block)
    return result.replace("\n", "\r\n") if windows else result


def in_order(text: str, wanted: Table) -> str:
    """The text with the blocks of each section (``[stage.…]``) in the order of ``wanted``.

    A text whose sections have no such blocks, or other entries than ``wanted``, stays as it is.
    """
    blocks, now = list(_blocks(text)), tomllib.loads(text)
    for section, entries in wanted.items():
        before = now.get(section)
        if not isinstance(before, dict) or not isinstance(entries, dict):
            continue
        order = {name: position for position, name in enumerate(entries)}
        if before.keys() != entries.keys() or list(before) == list(entries):
            continue
        slots = [n for n, block in enumerate(blocks) if block.is_in((section,)) and block.path[1:]]
        moved = sorted((blocks[n] for n in slots), key=lambda block: order[str(block.path[1])])
        for n, block in zip(slots, moved, strict=True):
            blocks[n] = _Block(block.path, block.text.rstrip("\n") + "\n\n")
    return _joined(blocks)


def rewritten(text: str, wanted: Table, is_block: IsBlock) -> str:
    """What is ``wanted``, written anew under the comment that opens the text."""
    opening = _comment_lines(text.splitlines(keepends=True))
    body = rendered((), wanted, is_block)
    return "".join(opening) + ("\n" if opening else "") + body


def _comment_lines(lines: list[str]) -> list[str]:
    end = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return [*lines[: end - 1], lines[end - 1].rstrip("\n") + "\n"] if end else []


def same(one: object, other: object) -> bool:
    """Whether two values of TOML are alike, kind included; the order of keys does not count."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def aligned(old: list[Any], new: list[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which element of ``old`` became which of ``new``: by ``id`` if there is one, or by content.

    (i, j) for kept or changed elements, (i, None) for dropped ones, (None, j) for added ones.
    """
    ids = all(isinstance(entry, dict) and "id" in entry for entry in [*old, *new])

    def names(entries: list[Any]) -> list[str]:
        return [
            str(entry["id"]) if ids else json.dumps(entry, default=str, sort_keys=True)
            for entry in entries
        ]

    matcher = SequenceMatcher(None, names(old), names(new), autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        paired = 0 if ids and kind == "replace" else min(b - a, d - c)
        yield from ((a + n, c + n) for n in range(paired))
        yield from ((n, None) for n in range(a + paired, b))
        yield from ((None, n) for n in range(c + paired, d))


# --- one edit ----------------------------------------------------------------------------------


@dataclass
class _Edit:
    """What to do to a text, in three steps: drop blocks, change values, add blocks."""

    headers: set[Path]
    is_block: IsBlock
    dropped: list[Path] = field(default_factory=list)
    added: list[tuple[Path, Any]] = field(default_factory=list)

    def between(self, old: Table, new: Table, here: Path, there: Path) -> Table:
        """The tables after the second step, noting what the first and the third have to do.

        ``here`` is the place in the old text, ``there`` the place in the new one.
        """
        self.dropped += [(*here, key) for key in old if key not in new]
        middle: Table = {}
        for key, value in new.items():
            before, now = (*here, key), (*there, key)
            if key not in old:
                if self.is_block(now, value) and self._has_headers(here):
                    self.added.append((now, value))
                else:
                    middle[key] = value
            elif isinstance(old[key], dict) and isinstance(value, dict):
                inner = self.between(old[key], value, before, now)
                if inner or before in self.headers or not self._is_added_to(now):
                    middle[key] = inner
            elif isinstance(value, list) and (*before, 0) in self.headers:
                middle[key] = self._list_between(old[key], value, before, now)
            else:
                middle[key] = value
        return middle

    def _list_between(self, old: list[Any], new: list[Any], here: Path, there: Path) -> list[Any]:
        middle: list[Any] = []
        for i, j in aligned(old, new):
            if j is None:
                self.dropped.append((*here, i or 0))
            elif i is None:
                self.added.append(((*there, j), new[j]))
            else:
                middle.append(self.between(old[i], new[j], (*here, i), (*there, j)))
        return middle

    def _is_added_to(self, place: Path) -> bool:
        return any(added[: len(place)] == place for added, _ in self.added)

    def _has_headers(self, place: Path) -> bool:
        return not place or any(header[: len(place)] == place for header in self.headers)


def _edited(text: str, wanted: Table, is_block: IsBlock) -> str:
    edit = _Edit({path for _, path in headers_of(text)}, is_block)
    middle = edit.between(tomllib.loads(text), wanted, (), ())
    text = _joined(b for b in _blocks(text) if not any(map(b.is_in, edit.dropped)))
    text = _with_values(text, middle)
    for place, value in edit.added:
        block = rendered(place, value, is_block)
        text = _joined(_with_block(list(_blocks(text)), place, block))
    return text


def _with_values(text: str, wanted: Table) -> str:
    """The text with values changed, keys added and keys removed."""
    old = tomllib.loads(text)
    if same(old, wanted):
        return text
    document = tomlkit.parse(text)
    _update(document, old, wanted)
    new = tomlkit.dumps(document)
    # tomlkit drops the space after a date inside brackets; such lines stay as they were.
    spaced = {_unspaced(line): line for line in text.split("\n") if _SPACED_DATE.search(line)}
    restored = "\n".join(spaced.get(_unspaced(line), line) for line in new.split("\n"))
    return restored if same(tomllib.loads(restored), wanted) else new


_SPACED_DATE = re.compile(r"\d{4}-\d\d-\d\d[ \t]+[]},#]")


def _unspaced(line: str) -> str:
    return re.sub(r"\s+", "", line)


def _joined(blocks: "Iterable[_Block]") -> str:
    return "".join(block.text for block in blocks)


def _update(target: MutableMapping[str, Any], old: Table, new: Table) -> None:
    """Bring a tomlkit table from ``old`` to ``new`` value by value."""
    for key in old:
        if key not in new:
            del target[key]
    for key, value in new.items():
        before = old.get(key)
        if key in old and same(before, value):
            continue
        if (
            isinstance(before, dict)
            and isinstance(value, dict)
            and not _is_rebuilt(target[key], before, value)
        ):
            _update(target[key], before, value)
        elif _are_tables(before) and _are_tables(value) and len(before or ()) == len(value):
            for index, entry in enumerate(value):
                _update(target[key][index], (before or ())[index], entry)
        else:
            target[key] = tomlkit.value(written(_in_order_of(before, value)))


def _is_rebuilt(target: Any, old: Table, new: Table) -> bool:
    """Whether a table on one line gains or loses keys; it is then written anew, evenly spaced."""
    return isinstance(target, InlineTable) and old.keys() != new.keys()


def _in_order_of(before: Any, value: Any) -> Any:
    """A table with its keys in the order they had before, new ones last."""
    if not isinstance(before, dict) or not isinstance(value, dict):
        return value
    if before.keys() - value.keys() and value.keys() - before.keys():  # it is something else now
        return value
    keys = [*(key for key in before if key in value), *(key for key in value if key not in before)]
    return {key: _in_order_of(before.get(key), value[key]) for key in keys}


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


# --- blocks ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Block:
    """The lines of one header; or, with an empty path, lines that belong to no header."""

    path: Path
    text: str

    def is_in(self, place: Path) -> bool:
        """Whether it belongs to the table at ``place``."""
        return bool(self.path) and self.path[: len(place)] == place


def _blocks(text: str) -> Iterator[_Block]:
    """The text cut into blocks; joined, they are the text again."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    starts: list[tuple[int, Path]] = [(0, ())]
    for line, path in headers_of(text):
        first = line - 1
        while first > 0 and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        starts.append((first, path))
    for (first, path), (last, _) in pairwise([*starts, (len(lines), ())]):
        end = _end_of_content(lines[first:last]) + first if path else last
        yield _Block(path, "".join(lines[first:end]))
        yield _Block((), "".join(lines[end:last]))


def _end_of_content(lines: list[str]) -> int:
    """Where a block ends and a comment that stands by itself begins."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    while end < len(lines) and lines[end].strip():  # a comment right below the last value
        end += 1
    alone = any(line.strip() for line in lines[end:])
    return end if alone else len(lines)


def _with_block(blocks: list[_Block], place: Path, text: str) -> list[_Block]:
    """The blocks with a new one, after the last of those it belongs to."""
    new = _Block(place, text)
    if place[-1] == 0:  # the first element of a list
        later = [n for n, block in enumerate(blocks) if block.is_in(place[:-1])]
        if later:
            return _spaced(blocks, later[0], new)
    before = (*place[:-1], place[-1] - 1) if isinstance(place[-1], int) else place[:-1]
    for length in range(len(before), 0, -1):
        inside = [n for n, block in enumerate(blocks) if block.is_in(before[:length])]
        if inside:
            return _spaced(blocks, inside[-1] + 1, new)
    return _spaced(blocks, len(blocks), new)


def _spaced(blocks: list[_Block], index: int, new: _Block) -> list[_Block]:
    """The blocks with ``new`` at ``index``, a blank line before it and after it."""
    head = "".join(block.text for block in blocks[:index])
    tail = "".join(block.text for block in blocks[index:])
    gap = "" if not head or head.endswith("\n\n") else "\n" if head.endswith("\n") else "\n\n"
    after = "\n" if tail and not tail.startswith("\n") else ""
    return [*blocks[:index], _Block((), gap), new, _Block((), after), *blocks[index:]]


# --- writing -----------------------------------------------------------------------------------


def rendered(place: Path, table: Table, is_block: IsBlock) -> str:
    """A table as a block, with the blocks inside it below."""
    lines, inner = [], []
    for key, value in table.items():
        if is_block((*place, key), value):
            inner.append(((*place, key), value))
        else:
            lines.append(f"{_key(key)} = {written(value)}\n")
    blocks = []
    for path, value in inner:
        tables = enumerate(value) if isinstance(value, list) else [(None, value)]
        blocks += [
            rendered(path if index is None else (*path, index), entry, is_block)
            for index, entry in tables
        ]
    heading = ".".join(_key(step) for step in place if isinstance(step, str))
    if place and isinstance(place[-1], int):
        lines.insert(0, f"[[{heading}]]\n")
    elif place and (lines or not blocks):
        lines.insert(0, f"[{heading}]\n")
    return "\n".join(filter(None, ["".join(lines), *blocks]))


def written(value: Any) -> str:
    """A value as TOML, tables on one line."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(key)} = {written(entry)}" for key, entry in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(tomlkit.item(value).as_string())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else str(tomlkit.string(name).as_string())
