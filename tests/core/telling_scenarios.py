"""Small scenarios in which two engines differ as soon as one of them has a certain rule wrong."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from builders import (
    START,
    corrected,
    day,
    needs,
    owed,
    policy,
    provisional,
    scenario,
    workdays,
)
from networks import fixed

from approvalsim.scenario import Scenario

ONE_REVIEWER = {"office": {"reviewers": 1}}
MANY = dict.fromkeys((f"p{number}" for number in range(12)), 0)
IN_A_ROW = {
    "a": {"prepare": fixed(10)},
    "b": {"prepare": fixed(10), "after": {"a": {}}},
    "c": {"prepare": fixed(10), "after": {"b": {}}},
}
WINDOW = {"kind": "spring_festival", "closed_before": 15.0, "closed_after": 8.0, "full_after": 28.0}


def _reviewed(days: float, **more: Any) -> dict[str, Any]:
    return {"department": "office", "review": fixed(days), **more}


def _broken_promise() -> Scenario:
    """The paper comes long after its deadline; meanwhile and until it is put right all rests."""
    stages = {
        "paper": {"prepare": fixed(30)},
        "permit": {"prepare": fixed(5), "after": {"paper": owed(5)}},
        "works": {"prepare": fixed(20)},
        "later": {"prepare": fixed(1), "not_before": day(12)},
    }
    milestones = {
        "groundbreaking": needs("permit"),
        "built": needs("works"),
        "open": needs("later"),
    }
    return scenario(stages, milestones, commitment=policy(remedy=4))


def _promise_in_working_days() -> Scenario:
    stages = {
        "paper": {"prepare": fixed(40)},
        "permit": {"prepare": fixed(3), "after": {"paper": owed(3)}},
    }
    weekdays = {"kind": "weekdays"}
    return scenario(
        stages, {"groundbreaking": needs("permit")}, commitment=policy(4), calendar=weekdays
    )


def _barred() -> Scenario:
    """After the breach nothing more is deferred but what has begun."""
    stages = {
        "paper": {"prepare": fixed(30)},
        "plan": {"prepare": fixed(60)},
        "permit": {"prepare": fixed(2), "after": {"paper": owed(2)}},
        "works": {"prepare": fixed(50), "after": {"plan": owed(30)}},
    }
    return scenario(
        stages,
        {"groundbreaking": needs("permit"), "built": needs("works")},
        commitment=policy(remedy=4, bar_after_breach=True),
    )


def _uniform(low: float, high: float) -> dict[str, Any]:
    return {"dist": "uniform", "min": low, "max": high, "unit": "days"}


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "papers that arrive at once": lambda: scenario(
        {"a": _reviewed(3)}, projects={"p1": 0, "p2": 0, "p3": 0}, department=ONE_REVIEWER
    ),
    "papers that arrive one after the other": lambda: scenario(
        {"a": _reviewed(5)}, projects={"p1": 0, "p2": 4, "p3": 2}, department=ONE_REVIEWER
    ),
    "papers of unequal priority": lambda: scenario(
        {"a": _reviewed(5)},
        projects={
            "p1": 0,
            "p2": {"signed": day(1), "priority": 2},
            "p3": {"signed": day(2), "priority": 1},
        },
        department={"office": {"reviewers": 1, "discipline": "priority"}},
    ),
    "papers of equal priority": lambda: scenario(
        {"a": _reviewed(5)},
        projects={"p1": 0, "p2": 4, "p3": 2},
        department={"office": {"reviewers": 1, "discipline": "priority"}},
    ),
    "a project leaves as stages of it end": lambda: scenario(
        {
            "one": {"prepare": fixed(5)},
            "last": {"after": {"two": {}}},
            "two": {"prepare": fixed(5)},
            "three": {"prepare": fixed(5)},
        },
        generator={"dropout": {"probability": 1.0, "stage": "last"}},
        projects={"p1": 0},
    ),
    "a project leaves as it is signed": lambda: scenario(
        {"one": {}, "last": {"prepare": fixed(1)}},
        generator={"dropout": {"probability": 1.0, "stage": "last"}},
        projects={"p1": 0},
    ),
    "a project leaves its queue": lambda: scenario(
        {"a": _reviewed(5), "b": {"prepare": fixed(2)}, "c": {"after": {"b": {}}}},
        generator={"dropout": {"probability": 0.5, "stage": "c"}},
        projects=MANY,
        department=ONE_REVIEWER,
    ),
    "a broken promise": _broken_promise,
    "a promise in working days": _promise_in_working_days,
    "barred after a breach": _barred,
    "papers sent back": lambda: scenario(
        {
            "a": {
                "department": "office",
                "review": _uniform(1, 3),
                "correction": corrected(2, probability=0.6, decay=0.9, max_rounds=2),
            }
        },
        projects=MANY,
        department=ONE_REVIEWER,
    ),
    "curved durations": lambda: scenario(
        {"a": {"prepare": {"dist": "lognormal", "mean": 20.0, "sd": 9.0, "unit": "days"}}},
        generator={"count": 12, "arrivals": {"kind": "exponential", "mean_days": 3.0}},
    ),
    "a notice": lambda: scenario({"a": {"review": fixed(2), "notice": fixed(5)}}),
    "a meeting every week": lambda: scenario(
        {"a": {"review": fixed(2), "meeting": {"every": 7.0, "offset": 2.0}}},
        projects={"p1": 0, "p2": 2, "p3": 3, "p4": 9},
    ),
    "the ends of a window": lambda: scenario(
        {"a": {"prepare": fixed(20)}},
        {"groundbreaking": needs("a") | {"window": WINDOW}},
        # Lunar New Year's Day is day 40: closed from 25 to 48, all open again on 68.
        projects={f"p{signed}": signed for signed in (4, 5, 20, 28, 35, 47, 48)},
    ),
    "two papers after pre-review": lambda: scenario(
        {
            "one": {"prepare": fixed(10)},
            "two": {"prepare": fixed(12)},
            "both": {"after": {"one": provisional(9), "two": provisional(3)}},
        },
        commitment=policy(),
    ),
    "a legal limit": lambda: scenario(
        {
            "a": {"review": fixed(3), "statutory": 3.0},
            "b": {"review": workdays(4), "statutory": 3.0},
        },
        calendar={"kind": "weekdays"},
        projects={"p1": 0, "p2": 4.0},
    ),
    "a deadline that passes between two reviews": lambda: scenario(
        IN_A_ROW,
        projects={"late": {"target": day(19)}, "punctual": {"target": day(26)}},
        supervision={"every": 7.0, "effect": 0.5},
    ),
    "a late project in a queue": lambda: scenario(
        {"a": _reviewed(3)},
        projects={"p1": 0, "p2": 0, "p3": 0, "p4": {"signed": 0, "target": day(1)}},
        department={"office": {"discipline": "priority"}},
        supervision={"every": 2.0},
    ),
    "a leader for one of three": lambda: scenario(
        IN_A_ROW,
        projects={
            name: {"signed": signed, "target": day(target)}
            for name, signed, target in (("p1", 0, 70), ("p2", 0, 50), ("p3", 9, 60))
        },
        supervision={"every": 5.0, "effect": 0.5, "leaders": 1},
    ),
    "an overloaded team": lambda: scenario(
        {"a": {"prepare": fixed(4), "review": fixed(1), "correction": corrected(2)}},
        projects={"p1": 0, "p2": 0, "p3": 1, "p4": 5},
        generator={"dropout": {"probability": 0.5, "stage": "a"}},
        task_force={"projects": 4, "capacity": 1, "overload": 0.5},
    ),
    "a horizon": lambda: scenario(
        {"a": {"prepare": fixed(5)}, "b": _reviewed(9), "c": {"prepare": fixed(4)}},
        department=ONE_REVIEWER,
        end=START + timedelta(days=4),  # 5 days, as the last one counts
    ),
}
