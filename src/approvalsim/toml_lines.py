"""Where in a TOML text each key stands: a map from the path of a key to its line.

The parsers that read TOML keep no lines, or none that survive. This locator reads a text that a
parser has already accepted, so it checks nothing; it only counts lines.
"""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[^\s=.\]\"'#]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2}(?!"))' + r"|'''.*?'''(?:'{0,2}(?!'))"
    r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'",
    re.DOTALL,
)


def headers_of(text: str) -> list[tuple[int, Path]]:
    """The line and the path of every header, ``[table]`` or ``[[array]]``, from top to bottom."""
    locator = _Locator(text)
    locator.read()
    return locator.headers


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, counted from 1, of every table, key and array element in a valid TOML ``text``."""
    locator = _Locator(text)
    locator.read()
    return locator.lines


def nearest_line(lines: Mapping[Path, int], path: Path) -> int | None:
    """The line of ``path``, or of the closest thing around it that has one."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Locator:
    """One pass over a text: statements, and the values inside them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.lines: dict[Path, int] = {}
        self.headers: list[tuple[int, Path]] = []
        self._counted = 0
        self._line = 1
        self._elements: dict[Path, int] = {}

    def read(self) -> None:
        """Walk through all statements of the text."""
        table: Path = ()
        while self._skip(_BLANK) < len(self.text):
            start = self.position
            if self._at("["):
                table = self._header()
            else:
                self._pair(table)
            if self.position == start:  # never for a valid text, and never an endless loop
                return

    def _header(self) -> Path:
        """Read ``[table]`` or ``[[array of tables]]``; return where its keys belong."""
        line, is_array = self._current_line(), self.text.startswith("[[", self.position)
        self.position += 2 if is_array else 1
        key = self._key()
        self.position += 2 if is_array else 1
        path = self._inside_arrays((), key[:-1], line)
        path = (*path, key[-1]) if is_array else self._inside_arrays(path, key[-1:], line)
        if is_array:
            index = self._elements.get(path, -1) + 1
            self._elements[path] = index
            self.lines.setdefault(path, line)
            path = (*path, index)
        self.headers.append((line, path))
        self.lines[path] = line  # also where a table further in was named before
        return path

    def _inside_arrays(self, path: Path, key: list[str], line: int) -> Path:
        """Extend ``path`` by ``key``; where that is an array of tables, go to its last element."""
        for step in key:
            path = (*path, step)
            self.lines.setdefault(path, line)
            if path in self._elements:
                path = (*path, self._elements[path])
        return path

    def _pair(self, table: Path) -> None:
        """Read ``key = value``, recording every step of a dotted key."""
        line, key = self._current_line(), self._key()
        path = table
        for step in key:
            path = (*path, step)
            self.lines.setdefault(path, line)
        self._skip(_SPACE)
        self.position += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """Read a dotted key."""
        steps: list[str] = []
        while True:
            self._skip(_SPACE)
            if self._at('"') or self._at("'"):
                steps.append(_unquoted(self._take(_STRING)))
            else:
                steps.append(self._take(_BARE_KEY))
            self._skip(_SPACE)
            if not self._at("."):
                return steps
            self.position += 1

    def _value(self, path: Path) -> None:
        """Pass over a value, recording what stands inside arrays and inline tables."""
        if self._at("["):
            self._array(path)
        elif self._at("{"):
            self._inline_table(path)
        elif not self._take(_STRING):
            self._take(_SCALAR)

    def _array(self, path: Path) -> None:
        self.position += 1
        index = 0
        while self._skip(_BLANK) < len(self.text) and not self._at("]"):
            start, element = self.position, (*path, index)
            self.lines[element] = self._current_line()
            self._value(element)
            self._comma()
            if self.position == start:
                return
            index += 1
        self.position += 1

    def _inline_table(self, path: Path) -> None:
        self.position += 1
        while self._skip(_BLANK) < len(self.text) and not self._at("}"):
            start = self.position
            self._pair(path)
            self._comma()
            if self.position == start:
                return
        self.position += 1

    def _comma(self) -> None:
        self._skip(_BLANK)
        if self._at(","):
            self.position += 1

    def _at(self, sign: str) -> bool:
        return self.text.startswith(sign, self.position)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        self._take(pattern)
        return self.position

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found.group()

    def _current_line(self) -> int:
        self._line += self.text.count("\n", self._counted, self.position)
        self._counted = self.position
        return self._line


def _unquoted(text: str) -> str:
    """A quoted key without its quotes and escapes."""
    import tomllib  # noqa: PLC0415

    try:
        return next(iter(tomllib.loads(f"{text} = 0")))
    except (tomllib.TOMLDecodeError, StopIteration):
        return text
