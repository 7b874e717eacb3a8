"""What matters most, asked and answered: the effects of one input after the other.

No Qt here. Answers come while the analysis goes on; each holds all effects so far, ranked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from approvalsim.engines import Asked, Engine, chosen
from approvalsim.estimate import Estimate
from approvalsim.scenario import Scenario
from approvalsim.sensitivity import Effect, base_of, effects, ranked, variants
from approvalsim.uncertainty import uncertain_inputs
from approvalsim.yardstick import SameLuck, Watch, Yardstick

REPLICATIONS = {"kernel": 200, "simpy": 20}
"""Replications of each of about a hundred variants, where the user does not say."""


@dataclass(frozen=True)
class TornadoQuestion:
    """What to move, what to measure, and how hard to try."""

    scenario: Scenario
    yardstick: Yardstick
    seed: int
    replications: int | None = None
    """None leaves it to the engine's speed."""
    engine: Asked = "auto"


@dataclass(frozen=True, eq=False)
class TornadoAnswer:
    """All effects so far, those with the longest bars first."""

    question: TornadoQuestion
    engine: Engine
    replications: int
    level: Estimate
    """The measure, as the scenario stands."""
    effects: tuple[Effect, ...]
    done: int
    """Inputs moved so far."""
    inputs: int

    @property
    def is_final(self) -> bool:
        """Whether every input has been moved."""
        return self.done >= self.inputs


def total(question: TornadoQuestion, replications: int) -> int:
    """Replications that the whole analysis takes."""
    return (1 + variants(question.scenario)) * replications


def answers(
    question: TornadoQuestion, watch: Watch, begin: Watch = bool
) -> Iterator[TornadoAnswer]:
    """Better and better answers; ``begin`` is told the total of what ``watch`` counts.

    Raises `ScenarioError` where the engine asked for cannot be had.
    """
    engine = chosen(question.engine)
    replications = question.replications or REPLICATIONS[engine]
    begin(total(question, replications))
    # SimPy's processes take a second to start, for every input anew.
    luck = SameLuck(question.seed, replications, engine, 1 if engine == "simpy" else None)
    base = base_of(question.scenario, question.yardstick, luck, watch)
    inputs = len(uncertain_inputs(question.scenario))
    found: list[Effect] = []
    for done, some in enumerate(effects(base, watch), start=1):
        found += some
        yield TornadoAnswer(question, engine, replications, base.level, ranked(found), done, inputs)
