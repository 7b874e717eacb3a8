"""The file of a sweep, and the journal beside it that survives an interruption.

Every point that is done goes into the journal at once, a line for each, behind a first line that
says which sweep it belongs to. When the last point is there the file itself is written, all at
once, and the journal goes. What belongs to another sweep is never overwritten unless somebody asks
for it.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from approvalsim.errors import Problem, ScenarioError
from approvalsim.inputs import Value
from approvalsim.report import Json, Manifest, check_writable, json_text
from approvalsim.scenario_save import write_safely
from approvalsim.sweep import Grid

KINDS = (".parquet", ".csv", ".json")

_SAME = {
    "scenario_hash": ("方案", "scenario"),
    "settings": ("取值", "values"),
    "seed": ("种子", "seed"),
    "replications": ("重复次数", "replications"),
    "version": ("程序版本", "program version"),
}
"""What makes two sweeps the same, in words."""

_KEY = "approvalsim"


class Journal:
    """What is done of a sweep, on disk and in memory."""

    def __init__(self, target: Path, manifest: Manifest, restart: bool = False) -> None:
        """Take up the sweep that a file and its journal hold, or begin it.

        Raises `ScenarioError` where either holds another one, or cannot be written.
        """
        self.target = target
        self.path = target.with_name(f"{target.name}.journal")
        self.points: dict[int, Json] = {}
        self.finished = False
        self._identity = identity(manifest)
        check_kind(target)
        check_writable(target)
        if not restart and self.path.exists():
            self._take_up()
        elif not restart and target.exists():
            _agree(self._identity, _identity_of(target), target)
            self.finished = True
        else:
            write_safely(self.path, f"{_line(self._identity)}\n")

    def add(self, number: int, point: Json) -> None:
        """Keep a point, so that it need not be computed again."""
        line = _line({"number": number, "point": point})
        with _told_of(self.path, "cannot_write"), self.path.open("ab") as file:
            file.write(f"{line}\n".encode())
        self.points[number] = json.loads(line)["point"]

    def finish(self, content: bytes, beside: Mapping[Path, str]) -> None:
        """Write the file, and whatever belongs beside it; the journal has done its duty."""
        write_safely(self.target, content)
        for path, text in beside.items():
            write_safely(path, text)
        with _told_of(self.path, "cannot_write"):
            self.path.unlink(missing_ok=True)

    def _take_up(self) -> None:
        """Read all whole lines; what a sudden end has left of the last one goes."""
        with _told_of(self.path, "unreadable"):
            content = self.path.read_bytes()
        head, *lines = content.split(b"\n")[:-1] or [b""]
        _agree(self._identity, _parsed(head), self.path)
        whole = len(head) + 1
        for line in lines:
            entry = _parsed(line)
            if "number" not in entry:
                break
            self.points[entry["number"]] = entry["point"]
            whole += len(line) + 1
        if whole < len(content):
            write_safely(self.path, content[:whole])


def identity(manifest: Manifest) -> Json:
    """What has to agree for points to belong to the same sweep; the engine need not."""
    said: Json = json.loads(json.dumps({name: getattr(manifest, name) for name in _SAME}))
    return said


def check_kind(path: Path) -> None:
    """Raise `ScenarioError` where the file's name says no known kind."""
    if path.suffix not in KINDS:
        words = {
            "option": "--output",
            "reason": f"文件名应以 {'、'.join(KINDS)} 结尾，现为 {path.name}",
            "reason_en": f"the file's name must end in one of {', '.join(KINDS)}, not {path.name}",
        }
        raise ScenarioError([Problem("option", words=words)])


def contents(target: Path, sealed: Json, grid: Grid) -> tuple[bytes, Mapping[Path, str]]:
    """What goes into the file of a sweep, and what into a file beside it.

    ``sealed`` is the whole result. JSON holds all of it; Parquet the table, with the manifest in
    the file's metadata; CSV the table, with the manifest beside it.
    """
    if target.suffix == ".json":
        return json_text(sealed).encode(), {}
    table, content = pl.DataFrame(_columns(grid, sealed["points"])), io.BytesIO()
    manifest = sealed["manifest"]
    if target.suffix == ".csv":
        table.write_csv(content)
        return content.getvalue(), {_beside(target): json_text(manifest)}
    table.write_parquet(content, metadata={_KEY: json.dumps(manifest, ensure_ascii=False)})
    return content.getvalue(), {}


def _columns(grid: Grid, points: Sequence[Json]) -> dict[str, Any]:
    """The points as a flat table: the inputs, then each figure with the ends of its interval."""
    columns: dict[str, Any] = {
        axis.name: _alike([point[number] for point in grid.points])
        for number, axis in enumerate(grid.axes)
    }
    for name, example in points[0].items():
        if name == "start_rate":
            for place, rate in enumerate(example):
                rates = [point[name][place] for point in points]
                columns |= _bounds(f"{name}_{rate['date']}", rates)
        elif name == "reached":
            columns[name] = [point[name] for point in points]
        elif name != "inputs":
            columns |= _bounds(name, [point[name] for point in points])
    return columns


def _bounds(name: str, estimates: Sequence[Json]) -> dict[str, pl.Series]:
    columns = {"value": name, "low": f"{name}_low", "high": f"{name}_high"}
    return {
        column: pl.Series([estimate[bound] for estimate in estimates], dtype=pl.Float64)
        for bound, column in columns.items()
    }


def _alike(values: Sequence[Value]) -> Sequence[Any]:
    """Values of one type, as a column needs them."""
    kinds = {type(value) for value in values}
    if len(kinds) == 1:
        return values
    kind: type = float if kinds == {int, float} else str
    return [kind(value) for value in values]


def _agree(wanted: Json, found: Json, path: Path) -> None:
    """Raise `ScenarioError` where a file belongs to another sweep, or to none."""
    differs = [words for name, words in _SAME.items() if found.get(name) != wanted[name]]
    if differs:
        words = {"differs": "、".join(zh for zh, _ in differs)}
        words["differs_en"] = ", ".join(en for _, en in differs)
        raise ScenarioError([Problem("other_sweep", words=words, file=str(path))])


def _identity_of(path: Path) -> Json:
    """What a finished file says of its sweep; nothing where it says nothing."""
    try:
        if path.suffix == ".parquet":
            return _parsed(pl.read_parquet_metadata(path).get(_KEY, "").encode())
        content = _parsed((_beside(path) if path.suffix == ".csv" else path).read_bytes())
    except (OSError, pl.exceptions.PolarsError):
        return {}
    found = content.get("manifest", content)
    return found if isinstance(found, dict) else {}


@contextmanager
def _told_of(path: Path, sentence: str) -> Iterator[None]:
    """Say what the system says about a file in the user's words."""
    try:
        yield
    except OSError as error:
        words = {"reason": error.strerror or error}
        raise ScenarioError([Problem(sentence, words=words, file=str(path))]) from None


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.manifest.json")


def _line(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _parsed(text: bytes) -> Json:
    """A table written as JSON; an empty one where the text is anything else."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
