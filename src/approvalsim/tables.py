"""All the duration tables of a plan in one flat array, so that any engine can read them alike."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from approvalsim.distributions import QuantileTable, Unit, quantile_table, warp

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

NO_TIME = 0
"""Index of the table that always reads 0: a duration the scenario leaves out."""


@dataclass(frozen=True, eq=False)
class DurationTables:
    """Quantile tables, one behind the other.

    Table ``i`` holds ``knots[start[i] : start[i] + cells[i] + 1]``; ``workdays[i]`` says that its
    durations are working days rather than calendar days, ``warped[i]`` on which axis its steps are
    equal (see `QuantileTable`).
    """

    knots: Array
    start: Indices
    cells: Indices
    warped: NDArray[np.bool_]
    workdays: NDArray[np.bool_]

    def read(self, table: Indices | int, u: Array) -> Array:
        """Durations at the draws ``u`` from the tables of the same index; shapes broadcast.

        The order of the operations is part of the result: engines repeat it to the last bit.
        """
        cells = self.cells[table]
        position = np.where(self.warped[table], warp(u), u) * cells
        cell = np.minimum(position.astype(np.int64), cells - 1)
        knot = self.start[table] + cell
        low, high = self.knots[knot], self.knots[knot + 1]
        duration: Array = np.minimum(low + (high - low) * (position - cell), high)
        return duration

    def read_beyond(self, table: int, u: float, spent: float) -> float:
        """The duration at a draw, given that it is longer than what has been ``spent``.

        Where the table knows no longer one, as much as a fresh draw is still to come. The order of
        the operations is part of the result.
        """
        level = self.level(table, spent)
        if level >= 1.0:
            return spent + float(self.read(table, np.array(u)))
        return float(self.read(table, np.array(level + u * (1.0 - level))))

    def level(self, table: int, duration: float) -> float:
        """The draw up to which a table's durations are not longer than this one; its inverse."""
        start, cells = int(self.start[table]), int(self.cells[table])
        knots = self.knots[start : start + cells + 1]
        cell = int(np.searchsorted(knots, duration, side="right")) - 1
        if cell < 0:
            return 0.0
        if cell >= cells:
            return 1.0
        low, high = float(knots[cell]), float(knots[cell + 1])
        level = (cell + (duration - low) / (high - low)) / cells
        if not self.warped[table]:
            return level
        other = 1.0 - level
        return 2.0 * level * level if level < 0.5 else 1.0 - 2.0 * other * other


@dataclass
class TableBuilder:
    """Collects the tables while a plan is compiled; equal durations share one table."""

    every_day_works: bool
    """Working days are then calendar days, and are treated as such."""
    _tables: list[tuple[QuantileTable, bool]] = field(default_factory=list)
    _index: dict[object, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        zero = np.zeros(2)
        zero.setflags(write=False)
        self._tables.append((QuantileTable(zero, warped=False), False))

    def add(self, duration: Any, usual_unit: Unit, factor: float = 1.0) -> int:
        """Index of the table for ``factor`` times ``duration``, or `NO_TIME` for None."""
        if duration is None:
            return NO_TIME
        table = quantile_table(duration, factor)
        workdays = (duration.unit or usual_unit) == "workdays" and not self.every_day_works
        key = (id(table), workdays)  # quantile_table gives the same object for the same content
        if key not in self._index:
            self._index[key] = len(self._tables)
            self._tables.append((table, workdays))
        return self._index[key]

    def build(self) -> DurationTables:
        """Everything added so far, flat and read-only."""
        cells = [len(table.knots) - 1 for table, _ in self._tables]
        start = np.concatenate(([0], np.cumsum([n + 1 for n in cells])[:-1]))
        tables = DurationTables(
            knots=np.concatenate([table.knots for table, _ in self._tables]),
            start=start.astype(np.int64),
            cells=np.array(cells, dtype=np.int64),
            warped=np.array([table.warped for table, _ in self._tables]),
            workdays=np.array([workdays for _, workdays in self._tables]),
        )
        for array in vars(tables).values():
            array.setflags(write=False)
        return tables
