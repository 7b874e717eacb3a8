import io

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from approvalsim.fitting import fitted
from approvalsim.voice import new_table


def numbers(columns: int) -> Table:
    table = new_table("题目 title", "环节 stage", *(f"column {k}" for k in range(columns)))
    table.add_row(
        "施工许可与进场 construction", *(f"{k}.5 [{k}.25,{k}.75]" for k in range(columns))
    )
    table.add_row("", *("–" for _ in range(columns)))
    return table


def printed(table: Table, width: int) -> str:
    text = io.StringIO()
    console = Console(file=text, width=width, markup=False)
    for part in fitted(table, width):
        console.print(part)
    return text.getvalue()


def test_a_table_that_fits_stays_itself() -> None:
    table = numbers(2)

    assert list(fitted(table, 140)) == [table]


@pytest.mark.parametrize("columns", [1, 2, 5, 11])
@pytest.mark.parametrize("width", [45, 60, 80, 100, 139])
def test_every_number_survives_any_width_whole_and_in_order(columns: int, width: int) -> None:
    text = printed(numbers(columns), width)

    words = text.split()
    assert [w for w in words if w.endswith("5]")] == [f"[{k}.25,{k}.75]" for k in range(columns)]
    assert [w for w in words if w.endswith(".5")] == [f"{k}.5" for k in range(columns)]
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_every_part_repeats_title_and_labels() -> None:
    parts = list(fitted(numbers(11), 60))

    assert len(parts) > 1
    assert all(part.title == "题目 title" for part in parts)
    assert all(part.columns[0].header == "环节 stage" for part in parts)
    assert sum(len(part.columns) - 1 for part in parts) == 11


def test_a_hopelessly_narrow_terminal_is_no_reason_to_fail() -> None:
    for width in range(1, 30):
        assert list(fitted(numbers(4), width))
