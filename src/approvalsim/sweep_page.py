"""A sweep as a page of plain words and tables."""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import inf, nan

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from approvalsim.analyses import SweepDone
from approvalsim.console import footnotes
from approvalsim.estimate import Estimate
from approvalsim.report import Json
from approvalsim.voice import Voice, count, days, new_table

Page = Iterator[RenderableType]

MOST_ROWS = 40
"""Points of a table; of more, the earliest and the latest are shown."""
MOST_COLUMNS = 12
"""Values of the second axis that stand side by side."""


def sweep_page(done: SweepDone, file: str, say: Voice) -> Page:
    """How the scenario stands, how many points there are, and the points themselves."""
    points: list[Json] = done.result["points"]
    goal, base = say.goal(done.result["measure"]), days(done.base)
    yield Text(say.title(), style="bold")
    yield Text(
        say(
            f"{len(points)} 个点已写入 {file}。方案现状：签约到{goal}平均 {base} 天。",
            f"{len(points)} points, written to {file}. As the scenario stands, {goal} comes {base}"
            " days after signing on average.",
        ),
        style="bold",
    )
    yield Text()
    if len(done.grid.axes) == 2 and len(done.grid.axes[1].values) <= MOST_COLUMNS:
        down, across = (axis.name for axis in done.grid.axes)
        yield Text(
            say(
                f"平均天数与现状之差；向下：{down}；向右：{across}",
                f"Difference of the mean to now. Down: {down}; across: {across}",
            )
        )
        yield _matrix(done, points, say)
    else:
        yield from _points(done, points, say)
    yield from footnotes(done.manifest, [say], None)


def _matrix(done: SweepDone, points: Sequence[Json], say: Voice) -> Table:
    """Differences of the mean: one axis down, the other across."""
    down, across = done.grid.axes
    table = new_table(
        say("差（天）", "Days"),
        "",
        *map(str, across.values),
    )
    rows = iter(points)
    for value in down.values:
        gaps = (point["difference"]["value"] for point in islice(rows, len(across.values)))
        table.add_row(str(value), *("–" if gap is None else f"{gap:+z.1f}" for gap in gaps))
    return table


def _points(done: SweepDone, points: Sequence[Json], say: Voice) -> Page:
    """A row for each point, or for the earliest and the latest of very many."""
    order = list(points)
    if len(order) > MOST_ROWS:
        some = MOST_ROWS // 2
        order.sort(key=lambda point: _known(point["mean"]).value)
        order = order[:some] + order[-some:]
        yield Text(
            say(
                f"平均天数最少和最多的各 {some} 个点：",
                f"The {some} points with the fewest days on average, and the {some} with the most:",
            )
        )
    names = [axis.name for axis in done.grid.axes]
    table = new_table(
        say("各点，日历天（95% 区间）", "Points, calendar days (95 %)"),
        *names,
        say("平均", "mean"),
        "P80",
        say("与现状之差", "difference to now"),
        say("每个项目违诺", "breaches per project"),
    )
    for point in order:
        table.add_row(
            *(str(point["inputs"][name]) for name in names),
            days(_known(point["mean"])),
            days(_known(point["p80"])),
            days(_known(point["difference"]), signed=True),
            count(_known(point["breaches"])),
        )
    yield table


def _known(found: Json) -> Estimate:
    """An estimate read back; what could not be told is nan, and has no interval."""
    bounds = (("value", nan), ("low", -inf), ("high", inf))
    return Estimate(*(other if found[name] is None else found[name] for name, other in bounds))
