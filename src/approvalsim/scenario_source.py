"""The text behind a scenario: files read, what they extend followed, and all merged into one.

`read_source` yields plain tables as TOML gives them, and remembers which file and line each came
from. It knows nothing of stages; what the tables mean is for others to say.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from approvalsim.errors import Problem, ScenarioError
from approvalsim.toml_lines import Path as KeyPath
from approvalsim.toml_lines import lines_of

MEGABYTE = 1_000_000
LIMIT = 5 * MEGABYTE
BYTE_ORDER_MARK = "\ufeff"

Table = dict[str, Any]


@dataclass(frozen=True)
class Layer:
    """One file of a scenario: its text as it stands, and its tables."""

    path: Path
    text: str
    data: Table
    lines: Mapping[KeyPath, int]


@dataclass(frozen=True)
class Source:
    """A file with everything it extends, merged; the file itself comes first in ``layers``."""

    layers: tuple[Layer, ...]
    data: Table
    inherited: Table | None
    problems: tuple[Problem, ...]

    def placed(self, problem: Problem) -> Problem:
        """The problem with its file and line: where the closest thing to it was last written."""
        for length in range(len(problem.path), 0, -1):
            for layer in self.layers:
                if problem.path[:length] in layer.lines:
                    return problem.inside(str(layer.path), layer.lines[problem.path[:length]])
        return problem.inside(str(self.layers[0].path), None)

    def in_order(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems with their places, in the order of the files and lines, each once."""
        located = (one if one.file else self.placed(one) for one in problems)
        placed = {problem.text("en"): problem for problem in located}
        files = [str(layer.path) for layer in self.layers]
        return tuple(
            sorted(placed.values(), key=lambda p: (files.index(p.file or files[0]), p.line or 0))
        )


def read_source(path: Path) -> Source:
    """Read a file and what it extends; raises `ScenarioError` where there is nothing to merge."""
    try:
        layers = tuple(_layers(path))
        data, inherited, problems = _merged_layers(layers)
    except RecursionError:
        raise ScenarioError([Problem("too_deep", file=str(path))]) from None
    return Source(layers, data, inherited, problems)


def _layers(path: Path) -> Iterator[Layer]:
    """The file, then what it extends, and so on down."""
    seen: list[str] = []
    extended_by: Layer | None = None
    while True:
        layer = _read_layer(path, extended_by)
        file = os.path.realpath(path)
        if file in seen:
            loop = " → ".join(Path(name).name for name in [*seen, file])
            raise ScenarioError([_about_extends("extends_loop", extended_by, {"loop": loop})])
        seen.append(file)
        yield layer
        base = layer.data.get("extends")
        if base is None:
            return
        if not isinstance(base, str) or not base.strip() or "\0" in base:
            raise ScenarioError([_about_extends("extends_type", layer, {})])
        extended_by, path = layer, _base(path.parent, base)


def _base(folder: Path, reference: str) -> Path:
    """The extended file: by its path from the folder, or by the id of a shipped scenario."""
    path, known = folder / reference, shipped()
    return known[reference] if reference in known and not path.exists() else _tidied(path)


def shipped() -> Mapping[str, Path]:
    """The scenarios that come with the program: id → file."""
    folder = Path(str(files("approvalsim"))) / "_scenarios"
    if not folder.is_dir():  # a working copy instead of an installed wheel
        folder = Path(__file__).resolve().parents[2] / "scenarios"
    return {file.stem: file for file in sorted(folder.glob("*.toml"))}


def _tidied(path: Path) -> Path:
    """The path without ``a/..``, where that leads to the same file."""
    tidy = Path(os.path.normpath(path))
    return tidy if os.path.realpath(tidy) == os.path.realpath(path) else path


def _about_extends(sentence: str, layer: Layer | None, words: Mapping[str, Any]) -> Problem:
    problem = Problem(sentence, ("extends",), words)
    if layer is None:
        return problem
    return problem.inside(str(layer.path), layer.lines.get(("extends",)))


def _read_layer(path: Path, extended_by: Layer | None) -> Layer:
    try:
        text = _text_of(path)
    except FileNotFoundError:
        if extended_by is None:
            raise ScenarioError([Problem("no_file", file=str(path))]) from None
        words = {"found": extended_by.data["extends"]}
        raise ScenarioError([_about_extends("no_base", extended_by, words)]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScenarioError([Problem("unreadable", (), {"reason": reason}, str(path))]) from None
    data = parsed(text, str(path))
    if not data:
        raise ScenarioError([Problem("empty", file=str(path))])
    return Layer(path, text, data, lines_of(text.removeprefix(BYTE_ORDER_MARK)))


def _text_of(path: Path) -> str:
    """The text of a file, unless it is too large, empty or no text at all."""
    with path.open("rb") as file:
        size = path.stat().st_size
        content = file.read(LIMIT + 1)
    if len(content) > LIMIT:
        words = {"size": f"{max(size, len(content)) / MEGABYTE:.1f}", "limit": LIMIT // MEGABYTE}
        raise ScenarioError([Problem("huge", (), words, str(path))])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise ScenarioError([Problem("binary", file=str(path))]) from None
    if "\0" in text:
        raise ScenarioError([Problem("binary", file=str(path))])
    return text


def parsed(text: str, file: str) -> Table:
    """The tables of a TOML text; raises `ScenarioError` with the line where it is not TOML."""
    try:
        return tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except ValueError as error:  # also integers of thousands of digits
        (zh, en), line = _reason_and_line(str(error), text)
        words = {"reason": zh, "reason_en": en}
        raise ScenarioError([Problem("not_toml", (), words, file, line)]) from None
    except RecursionError:
        raise ScenarioError([Problem("too_deep", file=file)]) from None


def _reason_and_line(message: str, text: str) -> tuple[tuple[str, str], int | None]:
    """A parser's reason in both languages, and its line."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    reason = message[: found.start()] if found else message
    zh, en = next((both for start, both in _REASONS.items() if reason.startswith(start)), ("", ""))
    zh, en = zh or reason, en or reason
    if found is None:
        return (zh, en), None
    if found[1] is None:
        zh, en = f"{zh}（文件到此中断）", f"{en} (the text ends here)"
    return (zh, en), int(found[1] or text.rstrip().count("\n") + 1)


_REASONS = {
    "Expected '=' after a key": ("键的后面缺少等号", ""),
    "Expected newline or end of document": ("一行里只能写一项", ""),
    "Expected ']' at the end": ("表头缺少右方括号 ]", ""),
    "Expected ']]' at the end": ("表头缺少右方括号 ]]", ""),
    "Invalid initial character for a key": ("键的第一个字符无效", ""),
    "Invalid statement": ("无法识别这一行", ""),
    "Invalid value": ("值的写法无效", ""),
    "Invalid date or datetime": ("没有这个日期", "There is no such date"),
    "Unclosed array": ("列表缺少右方括号 ]", ""),
    "Unclosed inline table": ("行内表缺少右花括号 }", ""),
    "Unterminated string": ("文字缺少后引号", ""),
    "Illegal character '\\n'": ("这一行的文字缺少后引号", "Text without its closing quote"),
    "Illegal character": ("出现了不允许的字符", ""),
    "Found invalid character": ("出现了不允许的字符", ""),
    "Unescaped '\\'": ("文字里的反斜杠 \\ 要写成 \\\\", ""),
    "Cannot overwrite a value": ("同一个键写了两次", "The same key stands here twice"),
    "Cannot declare": ("同一个表写了两次", ""),
    "Cannot mutate": ("一行写完的表不能再补充", ""),
    "Cannot redefine": ("同一个名称写了两次", ""),
    "Duplicate inline table key": ("行内表里同一个键写了两次", ""),
    "Exceeds the limit": ("整数的位数过多", "Integer with too many digits"),
}


def _merged_layers(layers: tuple[Layer, ...]) -> tuple[Table, Table | None, tuple[Problem, ...]]:
    """Everything merged, and all but the file itself merged."""
    data: Table = {}
    inherited: Table | None = None
    problems: list[Problem] = []
    for layer in reversed(layers):
        inherited = data if layer is layers[0] and len(layers) > 1 else None
        own = {key: value for key, value in layer.data.items() if key != "extends"}
        complaints: list[Problem] = []
        data = merged(data, own, complaints)
        file = str(layer.path)
        problems += [problem.inside(file, layer.lines.get(problem.path)) for problem in complaints]
    return data, inherited, tuple(problems)


def merged(inherited: Table, own: Table, complaints: list[Problem], path: KeyPath = ()) -> Table:
    """What ``own`` makes of what it inherits; wrong removals go to ``complaints``.

    Tables merge by key, everything else is replaced, and ``remove = true`` drops what was
    inherited. A table that names its ``dist`` says a duration anew and replaces the whole of it.
    """
    result = dict(inherited)
    for key, value in own.items():
        here = (*path, key)
        if is_removal(value):
            if key not in inherited:
                complaints.append(Problem("nothing_to_remove", here))
            if value != {"remove": True}:
                complaints.append(Problem("remove_alone", here))
            result.pop(key, None)
        elif isinstance(value, dict):
            before = inherited.get(key)
            keeps = isinstance(before, dict) and not is_said_anew(key, value)
            result[key] = merged(before if keeps and before else {}, value, complaints, here)
        else:
            result[key] = value
    return result


def is_removal(value: object) -> bool:
    """Whether a table drops what it inherits: ``remove = true``."""
    return isinstance(value, dict) and isinstance(value.get("remove"), bool)


def is_said_anew(key: str, table: Table) -> bool:
    """Whether a table replaces what it inherits: a duration, or arrivals, naming its kind."""
    return isinstance(table.get("dist"), str) or (
        key == "arrivals" and isinstance(table.get("kind"), str)
    )
