"""Two stages and a target that the tests of steering are counted out by hand on.

Design takes 10 days to prepare and 5 to review, then the permit 10 and 5. With the target on day 39
(9 February 2024), the permit is due on that day, to be submitted by day 34; the design is due on
day 24 (25 January), to be submitted by day 19.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from builders import START, day, needs, scenario
from networks import fixed

from approvalsim.register import Demand, Entry, Register, StageRecord
from approvalsim.scenario import Scenario

TARGET = day(39)


def two_stages(waits: Mapping[str, Any] | None = None, **more: Any) -> Scenario:
    """The scenario; ``waits`` is how the permit waits for the design."""
    stages = {
        "design": {
            "name": {"zh": "设计", "en": "Design"},
            "prepare": fixed(10),
            "review": fixed(5),
            "owner": {"zh": "设计科", "en": "design section"},
        },
        "permit": {
            "name": {"zh": "许可", "en": "Permit"},
            "prepare": fixed(10),
            "review": fixed(5),
            "statutory": 7.0,
            "department": "housing",
            "after": {"design": waits or {}},
        },
    }
    start = {**needs("permit"), "name": {"zh": "动工", "en": "Groundbreaking"}}
    office = {"housing": {"name": {"zh": "住建局", "en": "Housing bureau"}, "reviewers": 9}}
    return scenario(stages, {"groundbreaking": start}, department=office, **more)


def project(key: str = "p1", signed: date | None = START, /, **more: Any) -> Entry:
    """A project that signed on day 0, with the target."""
    return Entry(key, **({"signed": signed, "target": TARGET} | more))


def record(*days: int | None) -> StageRecord:
    """A stage's dates by their days."""
    return StageRecord(*(None if each is None else day(each) for each in days))


def demand(name: str, project: str, raised: int, *later: int | None, kind: str = "land") -> Demand:
    """A demand by the days on which it was raised, answered and closed."""
    days = [None if each is None else day(each) for each in later]
    return Demand(name, project, kind, f"请协调{name}", day(raised), *days)


def register(*entries: Entry, demands: tuple[Demand, ...] = ()) -> Register:
    """A register of these projects."""
    return Register("network", entries, demands)
