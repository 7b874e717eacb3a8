"""Where the projects of a register stand and what lies ahead of them, asked and answered.

No Qt here. The lights come first, then a quick forecast, then the one in full.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from approvalsim.deadlines import gone, is_dated, with_targets
from approvalsim.dispatch import Dispatch, dispatch, prospects_of
from approvalsim.engines import chosen
from approvalsim.execution import Effort
from approvalsim.forecast import Forecast, forecast
from approvalsim.lights import LightRules
from approvalsim.register import Register
from approvalsim.scenario import Scenario
from approvalsim_ui.analysis_worker import Watch

QUICK = {"kernel": 100, "simpy": 20}
"""Replications of the first forecast."""


@dataclass(frozen=True)
class StandingQuestion:
    """Whose standing, in which scenario, as of when; ``effort`` is that of the forecast."""

    scenario: Scenario
    register: Register
    as_of: date
    effort: Effort | None
    """None asks for the lights only."""


@dataclass(frozen=True, eq=False)
class Standing:
    """The table as far as it is known; with a forecast, if there is one yet."""

    question: StandingQuestion
    board: Dispatch
    forecast: Forecast | None = None
    is_final: bool = False


def standings(question: StandingQuestion, watch: Watch, begin: Watch = bool) -> Iterator[Standing]:
    """Better and better answers. Raises `ScenarioError` where the register does not fit."""
    scenario, register, as_of = question.scenario, question.register, question.as_of
    effort = question.effort
    most = effort.replications if effort else 0
    steps = sorted({min(QUICK[chosen(effort.engine)], most), most}) if effort else []
    begin(sum(steps))
    aimed = with_targets(register, scenario, LightRules.of(scenario).within)
    known = tuple(
        entry for entry in aimed.entries if is_dated(entry, scenario) and not gone(entry, as_of)
    )
    if not known:
        steps = []
    yield Standing(question, dispatch(scenario, register, as_of), None, not steps)
    for number in steps:
        assert effort is not None
        ahead = forecast(
            scenario,
            replace(aimed, entries=known),
            as_of,
            replace(effort, replications=number, precision=None),
            watch=watch,
        )
        board = dispatch(scenario, register, as_of, prospects=prospects_of(ahead))
        yield Standing(question, board, ahead, number == steps[-1])
