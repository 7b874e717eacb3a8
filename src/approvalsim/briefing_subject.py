"""What a briefing tells of: a comparison that is done, and the words that run through all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import inf, nan
from typing import Any

import numpy as np

from approvalsim.analyses import TornadoDone
from approvalsim.comparison import Comparison
from approvalsim.console import side_names
from approvalsim.engines import Engine
from approvalsim.estimate import Estimate, ratio
from approvalsim.experiments import ComparisonDone, Reform, off_and_on
from approvalsim.report import Manifest
from approvalsim.sample import Exact, Sample
from approvalsim.scenario import Scenario
from approvalsim.sensitivity import Effect
from approvalsim.voice import Voice


@dataclass(frozen=True)
class Sensitivity:
    """What matters most, as far as it was found out."""

    effects: tuple[Effect, ...]
    replications: int
    done: int
    inputs: int

    @classmethod
    def of(cls, found: TornadoDone) -> "Sensitivity":
        """What an analysis found."""
        manifest = found.manifest
        done = found.inputs if manifest.inputs is None else manifest.inputs
        return cls(found.effects, manifest.replications, done, found.inputs)

    @property
    def complete(self) -> bool:
        """Whether every input was moved."""
        return self.done >= self.inputs


def enough(engine: Engine) -> int:
    """Replications of each of about a hundred variants that are worth their time."""
    return 200 if engine == "kernel" else 20


@dataclass(frozen=True, eq=False)
class Subject:
    """What a briefing tells of: a comparison that is done."""

    comparison: Comparison
    scenarios: tuple[Scenario, Scenario]
    """As they were run."""
    samples: tuple[Sample, Sample]
    """Days from signing to the measured milestone, on each side."""
    manifest: Manifest
    result: Mapping[str, Any]
    assumed_from: date | None = None
    names: tuple[str, str] | None = None
    """What the sides are, where the scenarios do not say it."""
    target: int | None = None
    """Days from signing within which projects ought to be there; else what the scenario says."""
    sensitivity: Sensitivity | None = None

    @classmethod
    def of(cls, done: ComparisonDone, scenario: Scenario, other: Scenario | None) -> "Subject":
        """What `experiments.compare` found of one scenario, or of two."""
        if other is None:
            sides = off_and_on(scenario, done.manifest.reform or "commitment")
        else:
            sides = scenario, other
        return cls(
            done.comparison,
            sides,
            (done.digest.a.samples["time"], done.digest.b.samples["time"]),
            replace(done.manifest, result_hash=done.result["manifest"]["result_hash"]),
            done.result,
            done.assumed_from,
        )

    def with_sensitivity(self, found: Sensitivity | None) -> "Subject":
        """The same, and what matters most."""
        return replace(self, sensitivity=found)

    @property
    def reform(self) -> Reform | None:
        """What is off in A and on in B, where both are one scenario; None for two."""
        return None if self.manifest.other else self.manifest.reform or "commitment"


@dataclass(frozen=True, eq=False)
class Telling:
    """A subject told in one language."""

    subject: Subject
    language: str

    @cached_property
    def voices(self) -> tuple[Voice, Voice]:
        """That speak of A and of B."""
        a, b = self.subject.scenarios
        return Voice(a, self.language), Voice(b, self.language)

    @property
    def say(self) -> Voice:
        """The voice of B, the side that is asked about."""
        return self.voices[1]

    @property
    def found(self) -> Comparison:
        """The figures."""
        return self.subject.comparison

    @cached_property
    def names(self) -> tuple[str, str]:
        """What A and B are."""
        voices: Sequence[Voice] = self.voices[1:] if self.subject.reform else self.voices
        return self.subject.names or side_names(self.subject.manifest, voices)

    @property
    def goal(self) -> str:
        """The measured milestone inside a sentence."""
        return self.say.goal(self.found.b.measure)

    @property
    def scenario(self) -> str:
        """B's name."""
        name = self.say.scenario.name
        return name.in_language(self.language) if name else self.say.scenario.id

    @cached_property
    def signed_on(self) -> date | None:
        """The one date on which all projects sign, on both sides; None where there are several."""
        return _common([_signing(scenario) for scenario in self.subject.scenarios])

    @cached_property
    def target(self) -> int | None:
        """Days from signing within which projects ought to be there."""
        return self.subject.target or _target(self.subject.scenarios[1], self.signed_on)


def within(sample: Sample, days_: float) -> Estimate:
    """Share of all times that lie up to so many days; of counted ones without an interval."""
    if isinstance(sample, Exact):
        return ratio((sample.times <= days_).sum(axis=1).astype(np.float64), sample.number).share()
    total = int(sample.counts.sum())
    upto = int(sample.counts[: int(days_ / sample.grid) + 1].sum())
    return Estimate(upto / total if total else nan, -inf, inf)


def _signing(scenario: Scenario) -> date | None:
    """The one date on which every project signs; None where there are several, or luck decides."""
    arrivals = scenario.projects.arrivals
    generated = arrivals.date if arrivals and arrivals.kind == "all_at" else None
    if not scenario.project:
        return generated
    return _common([project.signed or generated for project in scenario.project])


def _target(scenario: Scenario, signed_on: date | None) -> int | None:
    """Days from signing to the target that every listed project has in common."""
    target = _common([project.target for project in scenario.project])
    return (target - signed_on).days if target and signed_on else None


def _common(found: Sequence[date | None]) -> date | None:
    return found[0] if found and len(set(found)) == 1 else None
