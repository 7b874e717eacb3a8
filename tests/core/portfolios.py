"""Small portfolios for tests of plans, facts and everything that is made of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from networks import fixed

from approvalsim.comparison import Comparison, compare
from approvalsim.facts import Facts
from approvalsim.pairing import paired_digest
from approvalsim.plan import Plan, compile_plan
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim.simulation import simulate
from approvalsim.summary import Summary, summarise
from approvalsim.tally import digest
from approvalsim.validation import problems

START = date(2024, 1, 1)
SHIPPED = (
    "build-first-verify-later",
    "fast-track",
    "jianghai-2022",
    "single-project",
    "standard",
    "xinhui-2022",
)
POLICY = {"grades": {"A": {"share": 1.0}}, "remedy": fixed(4)}
"""Everybody commits, nobody lies, and what was broken takes four days to put right."""


def portfolio(
    stages: Mapping[str, Any],
    groundbreaking: Mapping[str, Any] | Iterable[str] = (),
    listed: Iterable[Mapping[str, Any]] | int = 1,
    window: Mapping[str, Any] | None = None,
    **more: Any,
) -> Scenario:
    """A valid scenario where every day is worked and listed projects sign on the first day.

    Groundbreaking waits for the named stages, or for the last one.
    """
    names = groundbreaking or list(stages)[-1:]
    after = names if isinstance(names, Mapping) else {name: {} for name in names}
    milestone: dict[str, Any] = {"after": after}
    if window:
        milestone["window"] = {"kind": "spring_festival", **window}
    if isinstance(listed, int):
        listed = [{}] * listed
    projects = [{"id": f"p{n}", "signed": START, **p} for n, p in enumerate(listed, start=1)]
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "id": "portfolio",
            "start": START,
            "calendar": {"kind": "everyday"},
            "stage": stages,
            "milestone": {"groundbreaking": milestone},
            "project": projects,
            **more,
        }
    )
    assert problems(scenario) == ()
    return scenario


def work(days: float, after: Mapping[str, Any] | Iterable[str] = (), **more: Any) -> dict[str, Any]:
    """A stage of nothing but preparation, so many days long."""
    waits = after if isinstance(after, Mapping) else {name: {} for name in after}
    return {"prepare": fixed(days), "after": waits, **more}


def ran(scenario: Scenario, seed: int = 1, replications: int = 1) -> tuple[Facts, Plan]:
    """The facts of a few replications, and the plan they belong to."""
    plan = compile_plan(scenario)
    return simulate(plan, seed, range(replications)), plan


def summarised(facts: Facts, plan: Plan, dates: Iterable[date] = ()) -> Summary:
    """What the facts of a plan say."""
    return summarise(digest(facts, plan, tuple(dates)))


def compared(
    a: Facts, plan_a: Plan, b: Facts, plan_b: Plan, dates: Iterable[date] = ()
) -> Comparison:
    """What the facts of two plans say side by side."""
    return compare(paired_digest((a, b), (plan_a, plan_b), tuple(dates)))


@lru_cache
def shipped(name: str) -> Scenario:
    """A scenario that comes with the program."""
    return load(find(name))


@lru_cache
def shipped_run(name: str, policy: bool | None = None, replications: int = 12) -> Any:
    """Facts and plan of a shipped scenario, its policy switched if asked for."""
    scenario = shipped(name)
    return ran(scenario if policy is None else scenario.with_policy(policy), 1, replications)
