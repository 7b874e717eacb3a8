"""Small real answers for views to show; each is made once."""

from dataclasses import replace
from functools import lru_cache

from approvalsim.execution import Effort
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui.answer import Answer
from approvalsim_ui.answering import Answering, Question


class _Patience:
    """Lets a run come to its end."""

    def cancelled(self) -> bool:
        return False

    def superseded(self) -> bool:
        return False

    def progress(self, done: int, wanted: int) -> None:
        pass


def answered(a: Scenario, b: Scenario, replications: int, whole: Scenario | None = None) -> Answer:
    """The final answer to two scenarios."""
    effort = Effort(replications=replications, seed=b.run.seed, workers=1)
    question = Question(a, b, (a.id, b.id), effort, whole)
    *_, last = Answering().answers(question, "simpy", _Patience())
    return last


@lru_cache
def policy_answer(replications: int = 12) -> Answer:
    """The district's portfolio, policy off against on."""
    scenario = load(find("jianghai-2022"))
    sides = scenario.with_policy(False), scenario.with_policy(True)
    return answered(*sides, replications, scenario)


@lru_cache
def same_answer() -> Answer:
    """One project against itself: no difference, one date of signing, no commitments."""
    scenario = load(find("single-project"))
    return answered(scenario, scenario, 15)


def provisional(answer: Answer) -> Answer:
    """The same answer, of which more replications are still wanted."""
    return replace(answer, wanted=10 * answer.replications)
