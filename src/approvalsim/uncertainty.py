"""What a scenario does not know for sure, and how far each of these inputs may go.

An input is what an analyst names: the review time of a stage, its correction probability, the
reviewers of a department, the share of the commitment path, the breach rate of a grade. A stage's
variants have times and probabilities of their own; they belong to the same input and move with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from approvalsim.distributions import Duration
from approvalsim.errors import field_name
from approvalsim.parameters import Evidence, Place, parameter
from approvalsim.scenario import Scenario

Kind = Literal["prepare", "review", "notice", "correction", "reviewers", "share", "breach"]
Change = Literal["range", "decision", "percent"]
"""To the P10 and the P90; as far as somebody may decide; by the same share as every other input."""
Changes = Mapping[Place, Any]
"""New values by their place in the file, as `inputs.with_values` takes them."""

LOW, HIGH = 0.1, 0.9
"""The quantiles that end the range of a duration."""
MORE = 0.2
"""What a number without a distribution of its own is made larger and smaller by."""

_TIMES: tuple[Kind, ...] = ("prepare", "review", "notice")
_SCALING = ("value", "min", "mode", "max", "mean", "sd", "quantiles")
"""Fields of a distribution that are times; its ``shape`` is none."""


@dataclass(frozen=True)
class End:
    """An input moved as far as it goes in one direction."""

    label: str
    """``p10``, ``-20%``, or the value itself."""
    value: float | None
    """What the input is then; of a duration with variants, the stage's own one."""
    changes: Changes


@dataclass(frozen=True)
class Swing:
    """An input moved both ways."""

    change: Change
    low: End | None
    high: End | None


@dataclass(frozen=True)
class Input:
    """An uncertain input: one number of the scenario, or several that move together."""

    kind: Kind
    subject: str
    """Id of the stage, department or grade; empty for the share."""
    path: str
    """How the input is addressed: ``stage.eia.review``."""
    values: Mapping[Place, Any]
    """What the scenario says now, by place; a stage's own value before those of its variants."""
    evidence: tuple[Evidence, ...]
    """Where each of the values comes from."""

    def swings(self) -> Iterator[Swing]:
        """Both ways of moving the input, as far as they make sense for it."""
        if self.kind == "reviewers":
            number = self._number
            low = self._whole(number - 1) if number > 1 else None
            yield Swing("decision", low, self._whole(number + 1))
            return
        if self.kind == "share":
            yield Swing("decision", self._whole(0.0), self._whole(1.0))
        elif self.has_range:
            yield Swing("range", self._at_quantile(LOW), self._at_quantile(HIGH))
        yield Swing("percent", self._scaled(1 - MORE), self._scaled(1 + MORE))

    @property
    def is_time(self) -> bool:
        """Whether it is a duration."""
        return self.kind in _TIMES

    @property
    def has_range(self) -> bool:
        """Whether it is a duration of which the scenario says how far it may go."""
        if not self.is_time:
            return False
        ends = (self._at_quantile(share).changes for share in (LOW, HIGH))
        return len({tuple(part["value"] for part in end.values()) for end in ends}) > 1

    @property
    def varies(self) -> bool:
        """Whether `sampled` moves the input at all: a fixed time has no uncertainty to sample."""
        return self.has_range or not self.is_time

    def sampled(self, share: float) -> Changes:
        """The input at a point of its range, 0 to 1.

        Durations are taken at the quantile between P10 and P90, so that within that range their
        values are as likely as the scenario says; all else evenly: one reviewer less to one more,
        shares and probabilities from 20 % less to 20 % more.
        """
        if self.is_time:
            return self._at_quantile(LOW + (HIGH - LOW) * share).changes
        if self.kind == "reviewers":
            fewest, most = max(self._number - 1, 1), self._number + 1
            return self._whole(min(fewest + int(share * (most - fewest + 1)), most)).changes
        return self._scaled(1 - MORE + 2 * MORE * share).changes

    @property
    def _number(self) -> Any:
        return next(iter(self.values.values()))

    def _whole(self, value: float) -> End:
        return End(f"{value:g}", value, dict.fromkeys(self.values, value))

    def _at_quantile(self, share: float) -> End:
        """Every duration always what its quantile is."""
        changes = {}
        for place, duration in self.values.items():
            value = float(duration.quantile(np.array([share]))[0])
            unit = {} if duration.unit is None else {"unit": duration.unit}
            changes[place] = {"dist": "fixed", "value": value, **unit}
        first = next(iter(changes.values()))["value"]
        return End(f"p{share * 100:.0f}", first, changes)

    def _scaled(self, factor: float) -> End:
        label = f"{factor - 1:+.0%}"
        if self.is_time:
            times = {place: _times(duration, factor) for place, duration in self.values.items()}
            return End(label, None, times)
        rates = {place: min(rate * factor, 1.0) for place, rate in self.values.items()}
        return End(label, next(iter(rates.values())), rates)


def uncertain_inputs(scenario: Scenario) -> tuple[Input, ...]:
    """All uncertain inputs of a scenario, in the order of its file.

    What is zero, switched off or without effect by construction is none.
    """
    return (*_stages(scenario), *_departments(scenario), *_policy(scenario))


def _stages(scenario: Scenario) -> Iterator[Input]:
    for name, stage in scenario.stage.items():
        forms: list[tuple[Place, Any]] = [(("stage", name), stage)]
        for number, variant in enumerate(stage.variant):
            forms.append((("stage", name, "variant", number), variant))
        for kind in _TIMES:
            times: dict[Place, Any] = {
                (*place, kind): duration
                for place, form in forms
                if (duration := getattr(form, kind)) is not None and _largest(duration) > 0
            }
            yield from _input(scenario, kind, name, ("stage", name, kind), times)
        rates: dict[Place, Any] = {
            (*place, "correction", "probability"): form.correction.probability
            for place, form in forms
            if form.correction is not None and form.correction.probability > 0
        }
        home: Place = ("stage", name, "correction", "probability")
        yield from _input(scenario, "correction", name, home, rates)


def _departments(scenario: Scenario) -> Iterator[Input]:
    busy = {stage.department for stage in scenario.stage.values()}
    for name, department in scenario.department.items():
        if name in busy:
            place: Place = ("department", name, "reviewers")
            yield from _input(scenario, "reviewers", name, place, {place: department.reviewers})


def _policy(scenario: Scenario) -> Iterator[Input]:
    policy = scenario.commitment
    if policy is None or not policy.enabled:
        return
    home: Place = ("commitment", "share")
    yield from _input(scenario, "share", "", home, {home: policy.share})
    for name, grade in policy.grades.items():
        if grade.eligible and grade.breach > 0:
            place: Place = ("commitment", "grades", name, "breach")
            yield from _input(scenario, "breach", name, place, {place: grade.breach})


def _input(
    scenario: Scenario, kind: Kind, subject: str, home: Place, values: Mapping[Place, Any]
) -> Iterator[Input]:
    if values:
        found = (parameter(scenario, place) for place in values)
        evidence = tuple(number.evidence for number in found if number is not None)
        yield Input(kind, subject, field_name(home), dict(values), evidence)


def _largest(duration: Duration) -> float:
    return float(duration.quantile(np.array([1 - 2.0**-52]))[0])


def _times(duration: Duration, factor: float) -> dict[str, Any]:
    """The duration as the file would say it, so many times as long."""
    table = duration.model_dump(exclude_unset=True)
    return {key: _multiplied(value, factor) if key in _SCALING else value
            for key, value in table.items()}  # fmt: skip


def _multiplied(value: Any, factor: float) -> Any:
    return tuple(part * factor for part in value) if isinstance(value, tuple) else value * factor
