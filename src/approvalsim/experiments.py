"""The experiments a person asks for, from scenario to sealed result: run and compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

from approvalsim import comparison as pairs
from approvalsim.digest import AnyDigest, Digest, PairedDigest
from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.execution import Aim, Effort, Outcome, perform
from approvalsim.experiment import of_one
from approvalsim.facts_file import FactsFiles
from approvalsim.pairing import paired_digest
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
from approvalsim.summary import Summary, summarise, time_estimate
from approvalsim.tally import digest

Reform = Literal["commitment", "supervision"]
"""What may be off on one side and on on the other."""


@dataclass(frozen=True, eq=False)
class RunDone:
    """One scenario, run."""

    scenario: Scenario
    plan: Plan
    digest: Digest
    summary: Summary
    manifest: Manifest
    result: Json
    missed: float | None = None
    """Half-width of the interval (days), where it is more than was asked for."""
    lost: tuple[Problem, ...] = ()
    """Why a cluster could not finish it."""

    @property
    def assumed_from(self) -> date | None:
        """The first date the run used whose holidays are not published."""
        return _assumed_from([(self.plan, self.digest)])


@dataclass(frozen=True, eq=False)
class ComparisonDone:
    """Two scenarios, or two settings of one, run under the same luck."""

    plans: tuple[Plan, Plan]
    digest: PairedDigest
    comparison: pairs.Comparison
    manifest: Manifest
    result: Json
    missed: float | None = None
    """Half-width of the interval (days), where it is more than was asked for."""
    lost: tuple[Problem, ...] = ()
    """Why a cluster could not finish it."""

    @property
    def assumed_from(self) -> date | None:
        """The first date the runs used whose holidays are not published."""
        return _assumed_from(zip(self.plans, (self.digest.a, self.digest.b), strict=True))


def switched(scenario: Scenario, policy: str | None, supervision: str | None = None) -> Scenario:
    """The scenario with its policy or its supervision ``on`` or ``off``, or as it is.

    Raises `ScenarioError` where there is no such thing to switch.
    """
    if policy is not None:
        if scenario.commitment is None:
            raise ScenarioError([Problem("no_commitment", ("commitment",), file=scenario.id)])
        scenario = scenario.with_policy(policy == "on")
    if supervision is not None:
        if scenario.supervision is None:
            raise ScenarioError([Problem("no_supervision", ("supervision",), file=scenario.id)])
        scenario = scenario.with_supervision(supervision == "on")
    return scenario


def off_and_on(scenario: Scenario, of: Reform = "commitment") -> tuple[Scenario, Scenario]:
    """The scenario without and with its commitment policy, or its supervision.

    Raises `ScenarioError` where it has none.
    """
    if of == "commitment":
        return switched(scenario, "off"), switched(scenario, "on")
    return switched(scenario, None, "off"), switched(scenario, None, "on")


def measured(scenario: Scenario, milestone: str | None) -> Scenario:
    """The scenario with its times counted to a milestone of it, or as it is.

    Raises `ScenarioError` where it has no such milestone.
    """
    if milestone is None:
        return scenario
    if milestone not in scenario.milestone:
        words = {"found": milestone, "what": "里程碑", "what_en": "milestone"}
        words["known"] = listed(scenario.milestone)
        problem = Problem("unknown_reference", ("--milestone",), words, file=scenario.id)
        raise ScenarioError([problem])
    return scenario.with_measure(milestone)


def run(
    scenario: Scenario,
    file: str,
    effort: Effort,
    policy: str | None = None,
    facts: Path | None = None,
    supervision: str | None = None,
) -> RunDone:
    """Run one scenario; ``file`` is how the caller named it.

    ``policy`` and ``supervision`` switch these ``on`` or ``off``.

    All facts go into the file ``facts``, where one is given.
    """
    scenario = switched(scenario, policy, supervision)
    plan = compile_plan(scenario)
    finish = partial(of_one, partial(digest, plan=plan, dates=start_rate_dates(scenario)))
    outcome = _perform((plan,), effort, scenario.id, Aim(finish, time_estimate), facts)
    summary = summarise(outcome.digest)
    switches = {"policy": policy, "supervision": supervision}
    manifest = _manifest("run", scenario, file, effort, outcome, **switches)
    sealed = result(manifest, summary_figures(summary), [scenario])
    ends = outcome.missed, outcome.lost
    return RunDone(scenario, plan, outcome.digest, summary, manifest, sealed, *ends)


def compare(
    scenario: Scenario,
    file: str,
    effort: Effort,
    other: Scenario | None = None,
    other_file: str | None = None,
    facts: Path | None = None,
    of: Reform = "commitment",
) -> ComparisonDone:
    """Compare two scenarios, or the policy (or supervision) off (a) against on (b) of one.

    All facts go into two files beside ``facts``, where that is given.
    """
    sides = off_and_on(scenario, of) if other is None else (scenario, other)
    plans = compile_plan(sides[0]), compile_plan(sides[1])
    finish = partial(paired_digest, plans=plans, dates=start_rate_dates(*reversed(sides)))
    aim = Aim(finish, pairs.difference_estimate)
    outcome = _perform(plans, effort, scenario.id, aim, facts)
    comparison = pairs.compare(outcome.digest)
    named = None
    if other is not None:
        named = Other(
            scenario=other.id, scenario_hash=content_hash(other), file=other_file or other.id
        )
    what = "supervision" if other is None and of == "supervision" else None
    manifest = _manifest("compare", scenario, file, effort, outcome, other=named, reform=what)
    scenarios = [scenario] if other is None else [scenario, other]
    sealed = result(manifest, comparison_figures(comparison), scenarios)
    ends = outcome.missed, outcome.lost
    return ComparisonDone(plans, outcome.digest, comparison, manifest, sealed, *ends)


def _perform(
    plans: tuple[Plan, ...], effort: Effort, title: str, aim: Aim[AnyDigest], facts: Path | None
) -> Outcome[AnyDigest]:
    if facts is None:
        return perform(plans, effort, title, aim)
    paths = [facts] if len(plans) == 1 else [facts.with_stem(f"{facts.stem}-{s}") for s in "ab"]
    with FactsFiles(paths, effort.engine) as files:
        outcome = perform(plans, effort, title, aim, files.add)
        files.write(outcome.replications)
    return outcome


def _manifest(
    command: Command,
    scenario: Scenario,
    file: str,
    effort: Effort,
    outcome: Outcome[AnyDigest],
    **more: Any,
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


def _assumed_from(runs: Iterable[tuple[Plan, Digest]]) -> date | None:
    used = [
        plan.calendar.first_assumed
        for plan, digest in runs
        if plan.calendar.first_assumed
        and digest.most["last_event"] >= plan.calendar.clock_of(plan.calendar.first_assumed)
    ]
    return min(used, default=None)
