"""What urging on is worth: the outcome for every effect that supervision may have.

No Qt here. The effect is assumed, so it is varied from nothing to twice the assumption; every value
runs under the same luck as the scenario without supervision.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from approvalsim.engines import Asked, Engine, chosen
from approvalsim.estimate import Estimate
from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.yardstick import Floats, SameLuck, Watch, Yardstick, readings

EFFECTS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
REPLICATIONS = {"kernel": 1_000, "simpy": 40}
"""Replications of each value, where the user does not say."""


@dataclass(frozen=True)
class EffectQuestion:
    """Which scenario, and how hard to try."""

    scenario: Scenario
    """With its ``[supervision]``, whether that is on or not."""
    seed: int
    replications: int | None = None
    """None leaves it to the engine's speed."""
    engine: Asked = "auto"


@dataclass(frozen=True)
class Point:
    """The outcome for one value: days to the measured milestone, and what supervision changes."""

    effect: float
    mean: Estimate
    p80: Estimate
    mean_change: Estimate
    """Against no supervision, over the pairs that get there in both."""
    p80_change: Estimate


@dataclass(frozen=True, eq=False)
class EffectAnswer:
    """All values so far, in order."""

    question: EffectQuestion
    engine: Engine
    replications: int
    mean: Estimate
    """Days without supervision."""
    p80: Estimate
    points: tuple[Point, ...]
    wanted: int

    @property
    def is_final(self) -> bool:
        """Whether every value has been run."""
        return len(self.points) >= self.wanted


def with_effect(scenario: Scenario, effect: float) -> Scenario:
    """The scenario supervised, urging on making preparation faster by this share."""
    assert scenario.supervision is not None
    changed = scenario.supervision.model_copy(update={"enabled": True, "effect": effect})
    return scenario.model_copy(update={"supervision": changed})


def effects_of(scenario: Scenario) -> tuple[float, ...]:
    """The values to run: round ones, and the one the scenario says."""
    assert scenario.supervision is not None
    return tuple(sorted({*EFFECTS, scenario.supervision.effect}))


def answers(question: EffectQuestion, watch: Watch, begin: Watch = bool) -> Iterator[EffectAnswer]:
    """Better and better answers; ``begin`` is told the total of what ``watch`` counts.

    Raises `ScenarioError` where the engine asked for cannot be had.
    """
    engine = chosen(question.engine)
    replications = question.replications or REPLICATIONS[engine]
    values = effects_of(question.scenario)
    begin((1 + len(values)) * replications)
    # SimPy's processes take a second to start, for every value anew.
    luck = SameLuck(question.seed, replications, engine, 1 if engine == "simpy" else None)
    mean, p80 = Yardstick("mean"), Yardstick("p80")
    without = compile_plan(question.scenario.with_supervision(False))
    (base,) = readings((without,), mean, luck, watch)
    answer = EffectAnswer(
        question, engine, replications, mean.level(base), p80.level(base), (), len(values)
    )
    yield answer
    for first in range(0, len(values), luck.at_once):
        some = values[first : first + luck.at_once]
        plans = tuple(compile_plan(with_effect(question.scenario, effect)) for effect in some)
        found = readings(plans, mean, luck, watch)
        points = tuple(_point(*each, base) for each in zip(some, found, strict=True))
        answer = replace(answer, points=(*answer.points, *points))
        yield answer


def _point(effect: float, times: Floats, base: Floats) -> Point:
    mean, p80 = Yardstick("mean"), Yardstick("p80")
    return Point(
        effect,
        mean.level(times),
        p80.level(times),
        mean.difference(base, times),
        p80.difference(base, times),
    )
