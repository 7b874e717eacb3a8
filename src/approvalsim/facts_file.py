"""Facts to and from Parquet: one row for each replication and project, one column for each fact.

Columns are named by part and id (``stage.eia.finished``, ``milestone.groundbreaking``,
``edge.filing->eia.obliged``); what belongs to a department or to the whole replication stands on
each of its rows. Axis names and the run's identity travel in the file's metadata.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import Field, asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import numpy as np
import polars as pl
from pydantic import TypeAdapter, ValidationError

from approvalsim import __version__
from approvalsim.errors import Problem, ScenarioError
from approvalsim.facts import Counts, DepartmentFacts, Facts, ProjectFacts, StageFacts, joined
from approvalsim.plan_parts import Axes

_KEY = "approvalsim"
_ROWS = 5_000
"""Rows of a part, about: some ten megabytes."""
_LAST_AXES = {
    "values": ("attribute", "attributes"),
    "milestone": ("milestone", "milestones"),
    "edge_mode": ("edge", "edges"),
    "obliged": ("edge", "edges"),
    "breached": ("edge", "edges"),
    "remedied": ("edge", "edges"),
}
"""Project facts with a last axis of their own: the prefix of their columns, the axis."""


@dataclass(frozen=True, eq=False)
class _Identity:
    """What a file says of the run that its facts come from."""

    format: Literal["1"]
    scenario: str
    scenario_hash: str
    seed: int
    measure: int
    axes: Axes
    engine: str = ""
    version: str = ""


def write_facts(facts: Facts, path: Path, engine: str = "") -> None:
    """Write facts to a Parquet file; nothing is rounded.

    Readers are told the ``engine`` that made them, where given, and the program's version.
    Raises `ScenarioError` where the file cannot be written.
    """
    with _writing(path):
        _table(facts).write_parquet(path, metadata=_metadata(facts, engine))


class FactsFiles:
    """Files of facts that grow batch by batch, one for each run; at most a part is in memory.

    Parts are written into a folder that is gone in the end. As in `write_facts`, `ScenarioError`
    is raised where something cannot be written.
    """

    def __init__(self, paths: Sequence[Path], engine: str = "") -> None:
        self._paths, self._engine = paths, engine
        self._loose: list[tuple[Facts, ...]] = []
        self._parts: list[list[Path]] = []

    def __enter__(self) -> "FactsFiles":
        with _writing(self._paths[0]):
            self._folder = TemporaryDirectory(
                prefix=".facts-", dir=self._paths[0].parent, ignore_cleanup_errors=True
            )
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def add(self, batch: tuple[Facts, ...]) -> None:
        """The next batch: the facts of each run."""
        self._loose.append(batch)
        rows = sum(len(facts.replications) * len(facts.axes.projects) for facts, *_ in self._loose)
        if rows >= _ROWS:
            self._write_part()

    def _write_part(self) -> None:
        runs = [joined(parts) for parts in zip(*self._loose, strict=True)]
        folder, number = Path(self._folder.name), len(self._parts)
        parts = [folder / f"{number:06}-{place}.parquet" for place in range(len(runs))]
        for path, part, facts in zip(self._paths, parts, runs, strict=True):
            with _writing(path):
                _table(facts).write_parquet(part)
        self._parts.append(parts)
        self._about, self._loose = runs, []

    def write(self, replications: int) -> None:
        """Make the files of the first so many replications of what has been added."""
        if self._loose:
            self._write_part()
        files = zip(*self._parts, strict=True)
        for path, facts, parts in zip(self._paths, self._about, files, strict=True):
            rows = replications * len(facts.axes.projects)
            with _writing(path):
                pl.scan_parquet(list(parts)).head(rows).sink_parquet(
                    path, metadata=_metadata(facts, self._engine)
                )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """A file that cannot be written is a problem of the user's."""
    try:
        yield
    except OSError as error:
        problem = Problem("cannot_write", words={"reason": error.strerror or error}, file=str(path))
        raise ScenarioError([problem]) from None


def _table(facts: Facts) -> pl.DataFrame:
    return pl.DataFrame(_columns(facts))


def _metadata(facts: Facts, engine: str) -> dict[str, str]:
    identity = _Identity(
        format="1",
        scenario=facts.scenario_id,
        scenario_hash=facts.scenario_hash,
        seed=facts.seed,
        measure=facts.measure,
        axes=facts.axes,
        engine=engine,
        version=__version__,
    )
    return {_KEY: json.dumps(asdict(identity), ensure_ascii=False)}


def read_facts(path: Path) -> Facts:
    """Read what `write_facts` wrote, equal to the last bit.

    Raises `ScenarioError` where the file is something else.
    """
    try:
        identity = pl.read_parquet_metadata(path)[_KEY]
        return _facts(
            pl.read_parquet(path), TypeAdapter(_Identity).validate_json(identity, strict=True)
        )
    except ValidationError as error:
        reason = error.errors()[0]["msg"]
    except (OSError, KeyError, ValueError, pl.exceptions.PolarsError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    raise ScenarioError([Problem("not_facts", words={"reason": reason}, file=str(path))])


def _columns(facts: Facts) -> dict[str, Any]:
    axes = facts.axes
    replications, projects = len(facts.replications), len(axes.projects)
    rows = replications * projects
    columns: dict[str, Any] = {
        "replication": np.repeat(facts.replications, projects),
        "project": pl.Series(list(axes.projects) * replications, dtype=pl.Categorical),
        "last_event": np.repeat(facts.last_event, projects),
    }
    for item in fields(ProjectFacts):
        array = getattr(facts.project, item.name)
        if item.name not in _LAST_AXES:
            columns[item.name] = array.reshape(rows)
            continue
        prefix, axis = _LAST_AXES[item.name]
        for position, name in enumerate(getattr(axes, axis)):
            column = _project_column(prefix, name, item.name)
            columns[column] = np.ascontiguousarray(array[:, :, position]).reshape(rows)
    for item in fields(StageFacts):
        array = getattr(facts.stage, item.name)
        for position, name in enumerate(axes.stages):
            cells = np.ascontiguousarray(array[:, :, position]).reshape(rows)
            columns[f"stage.{name}.{item.name}"] = cells
    for item in fields(DepartmentFacts):
        array = getattr(facts.department, item.name)
        for position, name in enumerate(axes.departments):
            columns[f"department.{name}.{item.name}"] = np.repeat(array[:, position], projects)
    return columns


def _project_column(prefix: str, name: str, fact: str) -> str:
    return f"{prefix}.{name}.{fact}" if prefix == "edge" else f"{prefix}.{name}"


def _facts(table: pl.DataFrame, identity: _Identity) -> Facts:
    axes = identity.axes
    projects = len(axes.projects)
    if not (table.height and projects and 0 <= identity.measure < len(axes.milestones)):
        raise ValueError("no replications, projects or milestones")
    shape = (table.height // projects, projects)

    def column(name: str, kind: Any) -> Any:
        cells = table[name]
        if cells.null_count() or cells.to_numpy().dtype != kind:
            raise ValueError(f"column {name}")
        return cells.to_numpy().reshape(shape)

    def stacked(names: list[str], kind: Any) -> Any:
        if not names:
            return np.zeros((*shape, 0), dtype=kind)
        return np.stack([column(name, kind) for name in names], axis=-1)

    whole: dict[str, Any] = {}
    for item in fields(ProjectFacts):
        if item.name in _LAST_AXES:
            prefix, axis = _LAST_AXES[item.name]
            names = [_project_column(prefix, name, item.name) for name in getattr(axes, axis)]
            whole[item.name] = stacked(names, _kind(item))
        else:
            whole[item.name] = column(item.name, _kind(item))
    stage = {
        item.name: stacked([f"stage.{name}.{item.name}" for name in axes.stages], _kind(item))
        for item in fields(StageFacts)
    }
    department = {
        item.name: stacked(
            [f"department.{name}.{item.name}" for name in axes.departments], _kind(item)
        )[:, 0]
        for item in fields(DepartmentFacts)
    }
    return Facts(
        scenario_id=identity.scenario,
        scenario_hash=identity.scenario_hash,
        axes=axes,
        measure=identity.measure,
        seed=identity.seed,
        replications=column("replication", np.int64)[:, 0],
        last_event=column("last_event", np.float64)[:, 0],
        stage=StageFacts(**stage),
        project=ProjectFacts(**whole),
        department=DepartmentFacts(**department),
    )


def _kind(item: "Field[Any]") -> type:
    """The type of the numbers of one array of facts."""
    return np.int64 if item.type is Counts else np.float64
