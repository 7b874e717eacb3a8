"""The experiments a person asks for, from scenario to sealed result: run, compare, repeat."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from approvalsim import __version__
from approvalsim import comparison as pairs
from approvalsim.errors import Problem, ScenarioError
from approvalsim.execution import Effort, Outcome, perform
from approvalsim.experiment import ENGINE
from approvalsim.facts import Facts
from approvalsim.plan import Plan, compile_plan
from approvalsim.report import (
    Json,
    Manifest,
    comparison_figures,
    new_manifest,
    read_result,
    result,
    start_rate_dates,
    summary_figures,
)
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim.summary import Summary, summarise


@dataclass(frozen=True, eq=False)
class RunDone:
    """One scenario, run."""

    plan: Plan
    facts: Facts
    summary: Summary
    manifest: Manifest
    result: Json


@dataclass(frozen=True, eq=False)
class ComparisonDone:
    """Two scenarios, or two settings of one, run under the same luck."""

    plans: tuple[Plan, Plan]
    facts: tuple[Facts, Facts]
    comparison: pairs.Comparison
    manifest: Manifest
    result: Json


def switched(scenario: Scenario, policy: bool) -> Scenario:
    """The scenario with its policy on or off; raises `ScenarioError` where it has none."""
    if policy and scenario.commitment is None:
        raise ScenarioError([Problem("no_commitment", ("commitment",), file=scenario.id)])
    return scenario.with_policy(policy)


def run(scenario: Scenario, file: str, effort: Effort, policy: str | None = None) -> RunDone:
    """Run one scenario; ``file`` is how the caller named it, ``policy`` how it was switched."""
    plan = compile_plan(scenario)
    outcome = perform((plan,), effort, scenario.id)
    summary = summarise(outcome.facts[0], plan, start_rate_dates(scenario))
    manifest = _manifest("run", scenario, file, effort, outcome, policy=policy)
    sealed = result(manifest, summary_figures(summary), [scenario])
    return RunDone(plan, outcome.facts[0], summary, manifest, sealed)


def compare(
    scenario: Scenario,
    file: str,
    effort: Effort,
    other: Scenario | None = None,
    other_file: str | None = None,
) -> ComparisonDone:
    """Compare two scenarios, or the policy off (a) against on (b) of one."""
    if other is None:
        sides = switched(scenario, False), switched(scenario, True)
    else:
        sides = scenario, other
    plans = compile_plan(sides[0]), compile_plan(sides[1])
    outcome = perform(plans, effort, scenario.id)
    facts = outcome.facts[0], outcome.facts[1]
    dates = start_rate_dates(*reversed(sides))
    comparison = pairs.compare(facts[0], plans[0], facts[1], plans[1], dates)
    named = None
    if other is not None:
        named = {
            "scenario": other.id,
            "scenario_hash": content_hash(other),
            "file": other_file or other.id,
        }
    manifest = _manifest("compare", scenario, file, effort, outcome, other=named)
    scenarios = [scenario] if other is None else [scenario, other]
    sealed = result(manifest, comparison_figures(comparison), scenarios)
    return ComparisonDone(plans, facts, comparison, manifest, sealed)


def _manifest(
    command: str, scenario: Scenario, file: str, effort: Effort, outcome: Outcome, **more: Any
) -> Manifest:
    return new_manifest(
        command,
        scenario,
        file,
        effort.seed,
        outcome.replications,
        ENGINE,
        partial=outcome.partial,
        **more,
    )


@dataclass(frozen=True, eq=False)
class Repetition:
    """A result made again, beside the manifest it should agree with."""

    wanted: Manifest
    result: Json
    changed: tuple[tuple[str, str, str], ...]
    """What is not as it was: name, then, now."""

    @property
    def same(self) -> bool:
        """Whether every figure came out the same to the last bit."""
        return bool(self.result["manifest"]["result_hash"] == self.wanted.result_hash)

    def changes(self, language: str) -> list[str]:
        """Every difference as a line for people."""
        lines = [f"{name}: {then} → {now}" for name, then, now in self.changed]
        if not self.same:
            lines.append("结果与清单不同" if language == "zh" else "the result differs")
        return lines


def repeat(path: Path, workers: int | None = None) -> Repetition:
    """Repeat the run that a manifest or result file describes.

    A result file carries its scenarios; a bare manifest names files, which may have changed.
    Raises `ScenarioError` where either cannot be read.
    """
    wanted = Manifest.read(path)
    kept = read_result(path).get("scenarios", {})
    effort = Effort(wanted.replications, wanted.seed, workers)
    scenario = _scenario(wanted.file, wanted.scenario_hash, kept, path)
    if wanted.command == "run":
        again = run(scenario, wanted.file, effort, wanted.policy).result
    else:
        other = None
        if wanted.other:
            other = _scenario(wanted.other["file"], wanted.other["scenario_hash"], kept, path)
        named = wanted.other["file"] if wanted.other else None
        again = compare(scenario, wanted.file, effort, other, named).result
    now = Manifest(**{f.name: again["manifest"].get(f.name, f.default) for f in fields(Manifest)})
    return Repetition(wanted, again, _changed(wanted, now))


def _scenario(file: str, wanted: str, kept: Mapping[str, Any], path: Path) -> Scenario:
    """The scenario a result file carries, else the one its manifest names."""
    if wanted not in kept:
        return load(find(file))
    try:
        return Scenario.model_validate_json(json.dumps(kept[wanted]))
    except ValidationError as error:
        words = {"missing": f"scenarios.{wanted}: {error.error_count()}"}
        raise ScenarioError([Problem("not_manifest", words=words, file=str(path))]) from None


def _changed(then: Manifest, now: Manifest) -> tuple[tuple[str, str, str], ...]:
    names = ("scenario_hash", "engine", "version", "other")
    now = replace(now, version=__version__)
    return tuple(
        (name, str(getattr(then, name)), str(getattr(now, name)))
        for name in names
        if getattr(then, name) != getattr(now, name)
    )
