"""The experiments a person asks for, from scenario to sealed result: run and compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from approvalsim import comparison as pairs
from approvalsim.errors import Problem, ScenarioError
from approvalsim.execution import Effort, Outcome, perform
from approvalsim.facts import Facts
from approvalsim.plan import Plan, compile_plan
from approvalsim.report import (
    Command,
    Json,
    Manifest,
    Other,
    comparison_figures,
    new_manifest,
    result,
    start_rate_dates,
    summary_figures,
)
from approvalsim.scenario import Scenario, content_hash
from approvalsim.summary import Summary, summarise


@dataclass(frozen=True, eq=False)
class RunDone:
    """One scenario, run."""

    scenario: Scenario
    plan: Plan
    facts: Facts
    summary: Summary
    manifest: Manifest
    result: Json
    missed: float | None = None
    """Half-width of the interval (days), where it is more than was asked for."""

    @property
    def assumed_from(self) -> date | None:
        """The first date the run used whose holidays are not published."""
        return _assumed_from([(self.plan, self.facts)])


@dataclass(frozen=True, eq=False)
class ComparisonDone:
    """Two scenarios, or two settings of one, run under the same luck."""

    plans: tuple[Plan, Plan]
    facts: tuple[Facts, Facts]
    comparison: pairs.Comparison
    manifest: Manifest
    result: Json
    missed: float | None = None
    """Half-width of the interval (days), where it is more than was asked for."""

    @property
    def assumed_from(self) -> date | None:
        """The first date the runs used whose holidays are not published."""
        return _assumed_from(zip(self.plans, self.facts, strict=True))


def switched(scenario: Scenario, policy: str | None) -> Scenario:
    """The scenario with its policy ``on`` or ``off``, or as it is.

    Raises `ScenarioError` where there is no policy to switch.
    """
    if policy is None:
        return scenario
    if scenario.commitment is None:
        raise ScenarioError([Problem("no_commitment", ("commitment",), file=scenario.id)])
    return scenario.with_policy(policy == "on")


def run(scenario: Scenario, file: str, effort: Effort, policy: str | None = None) -> RunDone:
    """Run one scenario; ``file`` is how the caller named it, ``policy`` switches it on or off."""
    scenario = switched(scenario, policy)
    plan = compile_plan(scenario)
    outcome = perform((plan,), effort, scenario.id)
    summary = summarise(outcome.facts[0], plan, start_rate_dates(scenario))
    manifest = _manifest("run", scenario, file, effort, outcome, policy=policy)
    sealed = result(manifest, summary_figures(summary), [scenario])
    return RunDone(scenario, plan, outcome.facts[0], summary, manifest, sealed, outcome.missed)


def compare(
    scenario: Scenario,
    file: str,
    effort: Effort,
    other: Scenario | None = None,
    other_file: str | None = None,
) -> ComparisonDone:
    """Compare two scenarios, or the policy off (a) against on (b) of one."""
    if other is None:
        sides = switched(scenario, "off"), switched(scenario, "on")
    else:
        sides = scenario, other
    plans = compile_plan(sides[0]), compile_plan(sides[1])
    outcome = perform(plans, effort, scenario.id)
    facts = outcome.facts[0], outcome.facts[1]
    dates = start_rate_dates(*reversed(sides))
    comparison = pairs.compare(facts[0], plans[0], facts[1], plans[1], dates)
    named = None
    if other is not None:
        named = Other(
            scenario=other.id, scenario_hash=content_hash(other), file=other_file or other.id
        )
    manifest = _manifest("compare", scenario, file, effort, outcome, other=named)
    scenarios = [scenario] if other is None else [scenario, other]
    sealed = result(manifest, comparison_figures(comparison), scenarios)
    return ComparisonDone(plans, facts, comparison, manifest, sealed, outcome.missed)


def _manifest(
    command: Command, scenario: Scenario, file: str, effort: Effort, outcome: Outcome, **more: Any
) -> Manifest:
    return new_manifest(
        command,
        scenario,
        file,
        effort.seed,
        outcome.replications,
        effort.engine,
        partial=outcome.partial,
        **more,
    )


def _assumed_from(runs: Iterable[tuple[Plan, Facts]]) -> date | None:
    used = [
        plan.calendar.first_assumed
        for plan, facts in runs
        if plan.calendar.first_assumed
        and facts.last_event.max() >= plan.calendar.clock_of(plan.calendar.first_assumed)
    ]
    return min(used, default=None)
