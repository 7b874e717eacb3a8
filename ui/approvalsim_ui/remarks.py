"""What is no mistake in a scenario but worth a look. No Qt here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from approvalsim.distributions import Duration
from approvalsim.parameters import Place
from approvalsim.scenario import Scenario
from approvalsim_ui.density import reach
from approvalsim_ui.relaxations import relaxations


@dataclass(frozen=True)
class Remark:
    """Something worth a look, at a place; the words are for the view to choose."""

    kind: Literal["over_limit", "idle_department", "no_relaxation", "measure"]
    place: Place
    values: tuple[Any, ...] = ()


def remarks(scenario: Scenario) -> tuple[Remark, ...]:
    """Everything worth a look, in the scenario's order."""
    return (
        *_over_limit(scenario),
        *_idle_departments(scenario),
        *_no_relaxation(scenario),
        *_measure(scenario),
    )


def _over_limit(scenario: Scenario) -> Iterator[Remark]:
    """Reviews that may take longer than the law allows: not cut, but reported after a run."""
    for name, stage in scenario.stage.items():
        limit, review = stage.statutory, stage.review
        if limit is None or review is None or _unit(review) != "workdays":
            continue
        longest = reach(review)
        if longest > limit:
            yield Remark("over_limit", ("stage", name, "review"), (longest, limit))


def _idle_departments(scenario: Scenario) -> Iterator[Remark]:
    used = {stage.department for stage in scenario.stage.values()}
    for name in scenario.department:
        if name not in used:
            yield Remark("idle_department", ("department", name))


def _no_relaxation(scenario: Scenario) -> Iterator[Remark]:
    """A policy that is on and yet changes nothing that anybody waits for."""
    policy = scenario.commitment
    if policy is not None and policy.enabled and not relaxations(scenario):
        yield Remark("no_relaxation", ("commitment", "enabled"))


def _measure(scenario: Scenario) -> Iterator[Remark]:
    """Times that are counted to another milestone than is usual."""
    if scenario.run.measure is not None:
        yield Remark("measure", ("run", "measure"), (scenario.run.measure,))


def _unit(review: Duration) -> str:
    return review.unit or "workdays"
