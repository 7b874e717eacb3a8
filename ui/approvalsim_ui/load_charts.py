"""How busy departments are, how long papers wait for them, how long their queues get; A and B."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from approvalsim_ui.compare_words import department_name, side_names
from approvalsim_ui.figures_table import Column, Figures, Form, written
from approvalsim_ui.legend import Entry
from approvalsim_ui.paired_bars import PairedBars, Row


class LoadChart(PairedBars):
    """One measure of all departments, in the order of the scenario."""

    measure: ClassVar[str]
    """A field of `approvalsim.summary.DepartmentSummary`."""
    form: ClassVar[Form]

    @abstractmethod
    def words(self) -> str:
        """A sentence about the department where it is largest: {name}, {a}, {b}."""

    @abstractmethod
    def unit(self) -> str:
        """What the numbers are, in short."""

    def rows(self) -> Sequence[Row]:  # noqa: D102
        if self._answer is None:
            return ()
        sides = self._answer.a.summary.departments, self._answer.b.summary.departments
        names = list(dict.fromkeys((*sides[1], *sides[0])))
        values = {
            name: [getattr(s[name], self.measure) if name in s else None for s in sides]
            for name in names
        }
        largest = max((v for both in values.values() for v in both if v is not None), default=0.0)
        full = 1.0 if self.form == "share" else largest or 1.0
        return tuple(
            Row(department_name(self._answer, name), a, b, full, self.form)
            for name, (a, b) in values.items()
        )

    def reading(self) -> str:  # noqa: D102
        rows = self.rows()
        if not rows:
            return "" if self._answer is None else self.tr("There are no departments.")
        top = max(rows, key=lambda row: _number(row.b))
        a, b = (written(cell, self.form) for cell in (top.a, top.b))
        return self.words().format(name=top.name, a=a, b=b)

    def figures(self) -> Figures:  # noqa: D102
        columns = (
            Column(self.tr("Department")),
            Column("A", self.form, "a"),
            Column("B", self.form, "b"),
        )
        return Figures(columns, tuple((row.name, row.a, row.b) for row in self.rows()))

    def entries(self) -> Sequence[Entry]:  # noqa: D102
        if self._answer is None:
            return ()
        a, b = side_names(self._answer)
        return (
            Entry(self.unit()),
            Entry(f"A {a}", "bar", "side_a"),
            Entry(f"B {b}", "bar", "side_b"),
        )


class UtilisationChart(LoadChart):
    """Share of reviewers' time spent holding papers."""

    measure, form = "utilisation", "share"

    def title(self) -> str:  # noqa: D102
        return self.tr("How busy reviewers are")

    def unit(self) -> str:  # noqa: D102
        return self.tr("time in use")

    def words(self) -> str:  # noqa: D102
        return self.tr(
            "Busiest under B is {name}: {b} of the time ({a} under A), averaged over the whole run,"
            " its quiet end included."
        )


class WaitChart(LoadChart):
    """Mean days a submission stands in the queue."""

    measure, form = "mean_wait", "days"

    def title(self) -> str:  # noqa: D102
        return self.tr("How long papers wait for a reviewer")

    def unit(self) -> str:  # noqa: D102
        return self.tr("calendar days, mean")

    def words(self) -> str:  # noqa: D102
        return self.tr("Papers wait longest at {name}: {b} days on average under B, {a} under A.")


class QueueChart(LoadChart):
    """Longest queue of a replication, on average."""

    measure, form = "longest_queue", "days"

    def title(self) -> str:  # noqa: D102
        return self.tr("How long queues get")

    def unit(self) -> str:  # noqa: D102
        return self.tr("papers, longest queue of a replication")

    def words(self) -> str:  # noqa: D102
        return self.tr(
            "The longest queue forms at {name}: {b} papers under B, {a} under A (the longest of"
            " each replication, on average)."
        )


def _number(cell: object) -> float:
    return cell if isinstance(cell, float) else -1.0
