"""A register made by simulating a scenario, and what is known of it; each is made once."""

from datetime import date
from functools import lru_cache

from approvalsim.execution import Effort
from approvalsim.register import Register
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui.example_register import example_register, origin_of
from approvalsim_ui.standing_answer import Standing, StandingQuestion, standings


@lru_cache
def district() -> Scenario:
    """The district's portfolio."""
    return load(find("jianghai-2022"))


@lru_cache
def example() -> Register:
    """Its example register."""
    return example_register(district(), "jianghai-2022")


def example_day() -> date:
    """The date up to which that is written down."""
    origin = origin_of(example())
    assert origin is not None
    return origin.as_of


@lru_cache
def all_standings(replications: int = 120) -> tuple[Standing, ...]:
    """Lights, a quick forecast, and the one in full."""
    effort = Effort(replications, seed=1, workers=1, engine="simpy")
    question = StandingQuestion(district(), example(), example_day(), effort)
    return tuple(standings(question, bool))
