"""Words that several parts of the Compare screen share: names of sides, stages and the goal."""

from collections.abc import Iterable
from datetime import date
from math import isfinite

from PySide6.QtCore import QCoreApplication

from approvalsim.estimate import Estimate
from approvalsim.scenario import GROUNDBREAKING, Scenario
from approvalsim.voice import Voice
from approvalsim_ui import language
from approvalsim_ui.answer import Answer

translate = QCoreApplication.translate


def goal(answer: Answer) -> str:
    """The measured milestone as it stands in a sentence: 动工, groundbreaking."""
    return Voice(answer.b.scenario, language.current()).goal(answer.comparison.b.measure)


def rate(answer: Answer) -> str:
    """What the share of projects that have reached the measured milestone is called: 动工率."""
    return Voice(answer.b.scenario, language.current()).rate(answer.comparison.b.measure)


def rate_by(scenario: Scenario, measure: str, day: date | None) -> str:
    """That share on a day, as short as a caption has to be: 2022年12月31日动工率."""
    say = Voice(scenario, language.current())
    reached = "Started" if measure == GROUNDBREAKING else f"Reached {say.goal(measure)}"
    when = language.day(day) if day else "–"
    return say(f"{when}{say.rate(measure)}", f"{reached} by {when}")


def capitalised(text: str) -> str:
    """As it stands at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def side_names(answer: Answer) -> tuple[str, str]:
    """What A and B are, short enough for a legend."""
    roles = {
        "standard": translate("Compare", "standard process"),
        "commitment": translate("Compare", "commitments allowed"),
        "unsupervised": translate("Compare", "without supervision"),
        "supervised": translate("Compare", "with supervision"),
        "before": translate("Compare", "before"),
        "after": translate("Compare", "after"),
    }
    if answer.roles[0] in roles:
        return roles[answer.roles[0]], roles[answer.roles[1]]
    first, second = answer.a.scenario, answer.b.scenario
    a, b = (language.words(scenario.name, scenario.id) for scenario in (first, second))
    return (a, b) if a != b else (first.id, second.id)


def stage_name(answer: Answer, key: str) -> str:
    """A stage's name, from whichever side has it."""
    side = answer.b if key in answer.b.scenario.stage else answer.a
    return Voice(side.scenario, language.current()).name("stage", key)


def joined(sentences: Iterable[str]) -> str:
    """Sentences one behind the other; empty ones fall away."""
    return (" " if language.current() == "en" else "").join(filter(None, sentences))


def whole_days(value: float) -> str:
    """Days without decimals; a dash where there are none."""
    return language.number(value, 0) if isfinite(value) else "–"


def interval(estimate: Estimate, decimals: int = 1) -> str:
    """``98.2 – 100.4``: the interval of a difference whose direction the words around it name."""
    if estimate.value < 0:
        return span(-estimate.high, -estimate.low, decimals)
    return span(estimate.low, estimate.high, decimals)


def span(low: float, high: float, decimals: int = 1) -> str:
    """``98.2 – 100.4``, never broken into lines."""
    bounds = (language.number(bound, decimals) for bound in (low, high))
    # Without the joiner a line may end behind the dash.
    return "\N{NO-BREAK SPACE}–\N{WORD JOINER}\N{NO-BREAK SPACE}".join(bounds)


def decimals_of(days: float) -> int:
    """How many decimals tell such a difference from none."""
    return 1 if abs(days) >= 0.95 else 2


def verdict(answer: Answer) -> str:
    """Who is earlier by how many days, how sure that is, and for which projects."""
    comparison, mean = answer.comparison, answer.comparison.difference.mean
    decimals = decimals_of(mean.value)
    words = {
        "goal": goal(answer),
        "days": language.number(abs(mean.value), decimals) if isfinite(mean.value) else "",
        "interval": interval(mean, decimals) if isfinite(mean.half_width) else "",
    }
    if not isfinite(mean.value):
        text = translate("Compare", "No project reaches {goal} in both A and B.")
    elif comparison.earlier == comparison.later == 0:
        text = translate("Compare", "A and B do not differ at all.")
    elif not isfinite(mean.half_width):
        text = (
            translate("Compare", "B is {days} days earlier on average.")
            if mean.value < 0
            else translate("Compare", "B is {days} days later on average.")
        )
    elif mean.low <= 0 <= mean.high:
        text = translate(
            "Compare",
            "No sure difference: the 95 % interval of the mean ({interval} days) holds 0.",
        )
    elif mean.value < 0:
        text = translate(
            "Compare", "B is {days} days earlier on average (95 % interval {interval})."
        )
    else:
        text = translate("Compare", "B is {days} days later on average (95 % interval {interval}).")
    return text.format(**words)


def department_name(answer: Answer, key: str) -> str:
    """A department's name, from whichever side has it."""
    side = answer.b if key in answer.b.scenario.department else answer.a
    return Voice(side.scenario, language.current()).name("department", key)
