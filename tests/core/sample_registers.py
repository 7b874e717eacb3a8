"""Registers for tests: made up from a seed, by hypothesis, or as the sheets people fill in."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook

from approvalsim.register import KINDS, STEPS, Demand, Entry, Register, StageRecord
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load

Rows = Sequence[Sequence[Any]]


@cache
def scenario() -> Scenario:
    """What the registers of these tests belong to."""
    return load(find("fast-track"))


def made_up(seed: int, projects: int = 8) -> Register:
    """A register of projects that never were, without contradictions."""
    luck = Random(seed)
    subject = scenario()
    entries = []
    for number in range(1, projects + 1):
        signed = date(2022, 1, 4) + timedelta(days=luck.randrange(200))
        stages, day = {}, signed
        for stage in list(subject.stage)[: luck.randrange(len(subject.stage) + 1)]:
            days = []
            for _ in STEPS:
                day += timedelta(days=luck.randrange(12))
                days.append(day)
            stages[stage] = StageRecord(*days[: luck.randrange(1, 5)])
        entries.append(
            Entry(
                f"t{number:02}",
                f"测试项目{number}",
                investment=luck.randrange(10, 600) / 10,
                grade=luck.choice("ABCD"),
                attributes={"eia": luck.choice(("exempt", "form", "book"))},
                signed=signed,
                target=signed + timedelta(days=300),
                path=luck.choice(("standard", "commitment", None)),
                owner=luck.choice(("发改局", "自然资源局", "")),
                leader=f"领导{luck.randrange(3)}",
                team=f"专班{number}",
                stages=stages,
                milestones={"land_listed": day} if luck.random() < 0.4 else {},
            )
        )
    demands = tuple(
        Demand(
            f"d{number}",
            luck.choice(entries).id,
            luck.choice(list(KINDS)),
            f"请协调第{number}件事",
            date(2022, 9, number),
            answered=date(2022, 9, number + 1) if number % 2 else None,
            responsible="发改局",
        )
        for number in range(1, 6)
    )
    return Register("fast-track", tuple(entries), demands)


# --- by hypothesis -------------------------------------------------------------------------------

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
ids = st.from_regex(r"[a-zA-Z0-9\u4e00-\u4eff][a-z0-9_-]{0,8}", fullmatch=True)
# What a cell can hold, without the spaces around it that reading takes away.
texts = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
    .map(str.strip)
    .filter(lambda text: text and not text.startswith("_x"))
)
amounts = st.decimals(0, 9999, places=3, allow_nan=False).map(float)
own_values = st.one_of(
    texts,
    st.integers(-(10**9), 10**9),
    st.booleans(),
    days,
    st.floats(-1e6, 1e6).map(lambda value: round(value, 6)),
    st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)).map(
        lambda when: when.replace(microsecond=0, second=30)
    ),
    st.times().map(lambda when: time(when.hour, when.minute, when.second)),
)
own_names = st.sampled_from(("备注", "联系电话", "所属镇街", "序号", "Remark", "亩数/面积"))


@st.composite
def records(draw: Callable[..., Any]) -> StageRecord:
    """Four dates in their order, not all of them there."""
    found = sorted(draw(st.lists(days, min_size=1, max_size=4)))
    size = len(found)
    steps = draw(st.lists(st.sampled_from(list(STEPS)), min_size=size, max_size=size, unique=True))
    return StageRecord(**dict(zip(sorted(steps, key=list(STEPS).index), found, strict=True)))


@st.composite
def entries(draw: Callable[..., Any], name: str) -> Entry:
    """Any project that a register of `scenario` may hold."""
    subject = scenario()
    attributes = {
        "eia": st.sampled_from(("exempt", "form", "book")),
        "land": st.sampled_from(("net", "non_net", "listed")),
        "hazard": st.sampled_from(("none", "chemical")),
    }
    return Entry(
        name,
        draw(texts | st.just("")),
        investment=draw(st.none() | amounts),
        grade=draw(st.sampled_from((None, "A", "B", "C", "D"))),
        attributes=draw(st.fixed_dictionaries({}, optional=attributes)),
        signed=draw(st.none() | days),
        target=draw(st.none() | days),
        path=draw(st.sampled_from((None, "standard", "commitment"))),
        owner=draw(texts | st.just("")),
        leader=draw(texts | st.just("")),
        team=draw(texts | st.just("")),
        stages=draw(st.dictionaries(st.sampled_from(list(subject.stage)), records(), max_size=4)),
        milestones=draw(st.dictionaries(st.sampled_from(list(subject.milestone)), days)),
        left=draw(st.none() | days),
        extra=draw(st.dictionaries(own_names, own_values, max_size=4)),
    )


@st.composite
def registers(draw: Callable[..., Any]) -> Register:
    """Any register that can be written down."""
    names = draw(st.lists(ids, unique=True, max_size=5))
    projects = tuple(draw(entries(name)) for name in names)
    numbers = draw(st.lists(ids, unique=True, max_size=4)) if names else []
    demands = tuple(
        Demand(
            number,
            draw(st.sampled_from(names)),
            draw(st.sampled_from(list(KINDS))),
            draw(texts),
            draw(days),
            draw(st.none() | days),
            draw(st.none() | days),
            draw(texts | st.just("")),
        )
        for number in numbers
    )
    return Register("fast-track", projects, demands)


# --- sheets --------------------------------------------------------------------------------------


def workbook(
    path: Path, rows: Rows, merged: Sequence[str] = (), sheet: str = "项目台账", **more: Rows
) -> Path:
    """A workbook with these rows, some cells merged, and further sheets by their names."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for area in merged:
        first.merge_cells(area)
    for name, others in more.items():
        other = book.create_sheet(name)
        for row in others:
            other.append(list(row))
    book.save(path)
    return path
