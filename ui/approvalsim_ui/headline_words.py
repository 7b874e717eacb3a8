"""The outcome in plain words, and the few figures that stand beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import isfinite
from typing import Literal

from PySide6.QtCore import QCoreApplication

from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.compare_words import (
    capitalised,
    decimals_of,
    goal,
    interval,
    joined,
    rate_by,
    side_names,
    verdict,
    whole_days,
)
from approvalsim_ui.figures_table import NOTHING

translate = QCoreApplication.translate

Look = Literal["a", "b", "text"]


@dataclass(frozen=True)
class Part:
    """A piece of a figure: words, and the side they belong to."""

    words: str
    look: Look = "text"


@dataclass(frozen=True)
class Figure:
    """One figure of the strip: what it is called, and what it says."""

    key: str
    """``p50``, ``p80``, ``rate:2022-12-31``, ``difference``, ``price``."""
    caption: str
    parts: tuple[Part, ...]
    widest: str
    """Words as wide as it ever gets, so that it never moves its neighbours."""

    @property
    def words(self) -> str:
        """All of it in one line, for screen readers."""
        return f"{self.caption}: {' '.join(part.words for part in self.parts)}"


def sentence(answer: Answer) -> str:
    """How soon 8 in 10 get there, and how much sooner that is than on the other side."""
    a, b = answer.a.summary, answer.b.summary
    name_a, name_b = side_names(answer)
    words = {
        "a": name_a,
        "b": name_b,
        "goal": goal(answer),
        "a80": whole_days(a.times.p80.value),
        "b80": whole_days(b.times.p80.value),
    }
    if not isfinite(b.times.p80.value):
        return translate("Headline", "{b} (B): no project reaches {goal}.").format(**words)
    everybody = b.reach.reached == 1
    signed_on = answer.pictures.signed_on
    if signed_on is not None:
        words["date"] = language.day(signed_on + timedelta(days=round(b.times.p80.value)))
        first = (
            translate("Headline", "{b} (B): 8 in 10 projects reach {goal} by {date}.")
            if everybody
            else translate("Headline", "{b} (B): of 10 that reach {goal}, 8 do so by {date}.")
        )
    elif everybody:
        first = translate(
            "Headline", "{b} (B): 8 in 10 projects reach {goal} within {b80} days of signing."
        )
    else:
        first = translate(
            "Headline", "{b} (B): of 10 that reach {goal}, 8 do so within {b80} days of signing."
        )
    second = (
        translate("Headline", "{a} (A) needs {a80} days.") if isfinite(a.times.p80.value) else ""
    )
    sentences = [text.format(**words) for text in (first, second) if text] + [verdict(answer)]
    return joined(map(capitalised, sentences))


def figures(answer: Answer) -> Iterator[Figure]:
    """The figures of the strip, the most telling ones first."""
    yield _difference(answer)
    yield _days(answer, "p50", translate("Headline", "Half within (P50)"))
    yield _days(answer, "p80", translate("Headline", "8 in 10 within (P80)"))
    rates = zip(answer.a.summary.start_rates, answer.b.summary.start_rates, strict=True)
    for a, b in rates:
        yield Figure(
            f"rate:{a.date}",
            rate_by(answer.b.scenario, answer.comparison.b.measure, a.date),
            (_rate(a.rate.value, "a"), _rate(b.rate.value, "b")),
            language.percent(0.888, 1) * 2,
        )
    yield _price(answer)


def _days(answer: Answer, key: str, caption: str) -> Figure:
    a, b = (getattr(side.summary.times, key).value for side in (answer.a, answer.b))
    unit = translate("Headline", "days")
    parts = (Part(whole_days(a), "a"), Part(whole_days(b), "b"), Part(unit))
    return Figure(key, caption, parts, f"888888{unit}")


def _rate(rate: float, look: Look) -> Part:
    return Part(language.percent(rate, 1) if isfinite(rate) else NOTHING, look)


def _difference(answer: Answer) -> Figure:
    mean = answer.comparison.difference.mean
    decimals = decimals_of(mean.value)
    caption = translate("Headline", "Mean difference")
    if isfinite(mean.half_width) and isfinite(mean.value):
        caption = translate("Headline", "95 %: {} days").format(interval(mean, decimals))
    if not isfinite(mean.value):
        words = NOTHING
    elif answer.comparison.earlier == answer.comparison.later == 0:
        words = translate("Headline", "none")
    else:
        words = (
            translate("Headline", "B {} days earlier")
            if mean.value < 0
            else translate("Headline", "B {} days later")
        ).format(language.number(abs(mean.value), decimals))
    look: Look = "b" if mean.value < 0 else "a"
    widest = translate("Headline", "B {} days earlier").format("888.8")
    return Figure("difference", caption, (Part(words, look),), widest)


def _price(answer: Answer) -> Figure:
    price = answer.comparison.price
    caption = translate("Headline", "Price of B per 100 projects")
    text = translate("Headline", "{breaches} breaches, {days} stop-work days")
    words = text.format(
        breaches=_signed(100 * price.breaches.value, 2),
        days=_signed(100 * price.stop_work_days.value, 1),
    )
    widest = text.format(breaches="+8.88", days="+88.8")
    if not any(side.summary.commitments.share for side in (answer.a, answer.b)):
        words = translate("Headline", "none: nothing was promised")
    return Figure("price", caption, (Part(words),), widest)


def _signed(value: float, decimals: int) -> str:
    if not isfinite(value):
        return NOTHING
    text = language.number(value, decimals)
    return f"+{text}" if round(value, decimals) > 0 else text
