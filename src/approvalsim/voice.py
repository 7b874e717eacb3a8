"""How results are put into words: names, numbers and empty tables, in Chinese or English."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isfinite

from rich import box
from rich.table import Table

from approvalsim.estimate import Estimate
from approvalsim.report import Manifest
from approvalsim.scenario import GROUNDBREAKING, Scenario
from approvalsim.workdays import WorkingCalendar


@dataclass(frozen=True)
class Voice:
    """Speaks of one scenario in one language: its names, and every phrase in both tongues."""

    scenario: Scenario
    language: str

    def __call__(self, zh: str, en: str) -> str:
        """The phrase in the chosen language."""
        return zh if self.language == "zh" else en

    def name(self, kind: str, key: str) -> str:
        """The name of a stage, department or milestone; its id where it has none."""
        part = getattr(self.scenario, kind).get(key)
        return part.name.in_language(self.language) if part and part.name else key

    def goal(self, milestone: str) -> str:
        """A milestone's name inside a sentence: lower case, unless it is an abbreviation."""
        name = self.name("milestone", milestone)
        return name[:1].lower() + name[1:] if name[1:2].islower() else name

    def rate(self, milestone: str) -> str:
        """What the share of projects that have got to a milestone is called: 动工率."""
        if milestone == GROUNDBREAKING:
            return self("动工率", "start rate")
        name = self.goal(milestone)
        return self(
            f"{name}率" if len(name) <= 2 else f"{name}的比例", f"share that reached {name}"
        )

    def stop_work_since(self, milestone: str) -> str:
        """What to say behind stop-work that is not counted from groundbreaking on, as is usual."""
        name = self.goal(milestone)
        return "" if milestone == GROUNDBREAKING else self(f"（{name}之后）", f" (after {name})")

    def title(self) -> str:
        """The scenario's name and id."""
        name, key = self.scenario.name, self.scenario.id
        return self(f"{name.zh}（{key}）", f"{name.en} ({key})") if name else key


def new_table(title: str, *columns: str) -> Table:
    """A table whose first column holds labels and whose others hold numbers."""
    table = Table(
        title=title or None, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold"
    )
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    return table


def word_table(columns: Sequence[str], whole: Sequence[str] = ()) -> Table:
    """A table of words; the columns named in ``whole`` are never broken into lines."""
    table = new_table("", *columns)
    for column in table.columns:
        column.justify = "left"
        column.no_wrap = column.header in whole
    return table


def days(estimate: Estimate, signed: bool = False) -> str:
    """Days with their interval."""
    return _interval(estimate, "+z.1f" if signed else "z.1f")


def percent(estimate: Estimate, signed: bool = False) -> str:
    """A share with its interval."""
    return _interval(estimate, "+z.1%" if signed else "z.1%")


def count(estimate: Estimate) -> str:
    """A number of things with its interval."""
    return _interval(estimate, "z.3f")


def _interval(estimate: Estimate, form: str) -> str:
    if not isfinite(estimate.value):
        return "–"
    value = format(estimate.value, form)
    if not isfinite(estimate.half_width):
        return value
    # No blank inside the brackets: on a narrow terminal a cell is broken before them.
    return f"{value} [{format(estimate.low, form)},{format(estimate.high, form)}]"


def side(number: int, sides: int, say: Voice) -> str:
    """The heading of one experiment's column."""
    return "AB"[number] if sides > 1 else say("结果", "result")


def mark(number: int, sides: int) -> str:
    """What tells one experiment's columns from the other's."""
    return f" {'AB'[number]}" if sides > 1 else ""


def dated(calendar: WorkingCalendar, time: float) -> str:
    """A time on the clock as date and time of day, to the minute."""
    minutes = floor(time * 1440 + 0.5)
    hours, minute = divmod(minutes % 1440, 60)
    try:
        day = str(calendar.date_of(minutes // 1440))
    except OverflowError:  # there are no dates after the year 9999
        day = f"{calendar.start} + {minutes // 1440} d"
    return f"{day} {hours:02}:{minute:02}"


def manifest_line(manifest: Manifest, language: str) -> str:
    """The manifest in one line."""
    words = (
        ("方案", "种子", "重复", "引擎", "版本")
        if language == "zh"
        else ("scenario", "seed", "replications", "engine", "version")
    )
    values = (
        f"{manifest.scenario} {manifest.scenario_hash[:12]}",
        manifest.seed,
        manifest.replications,
        manifest.engine,
        manifest.version,
    )
    return " · ".join(f"{word} {value}" for word, value in zip(words, values, strict=True))
