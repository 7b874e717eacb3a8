"""Where a figure comes from, in words: what it counts, from how much, and how sure it is."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from approvalsim.estimate import Estimate
from approvalsim.voice import manifest_line
from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.compare_words import capitalised, goal, rate
from approvalsim_ui.figures_table import written

translate = QCoreApplication.translate


def explanation(answer: Answer, key: str) -> str:
    """Paragraphs about a figure of the strip, by its key."""
    kind, _, of = key.partition(":")
    if kind in ("p50", "p80"):
        paragraphs = _quantile(answer, kind)
    elif kind == "rate":
        paragraphs = _rate(answer, date.fromisoformat(of))
    elif kind == "price":
        paragraphs = _price(answer)
    else:
        paragraphs = _difference(answer)
    return "\n\n".join([*paragraphs, origin(answer)])


def origin(answer: Answer) -> str:
    """From how many replications, with which seed and version: enough to repeat it."""
    text = translate("Explanations", "A model's result, not an observation. {manifest}")
    return text.format(manifest=manifest_line(answer.manifest, language.current()))


def _quantile(answer: Answer, key: str) -> list[str]:
    share = {"p50": 0.5, "p80": 0.8}[key]
    words = {
        "name": key.upper(),
        "share": language.percent(share),
        "goal": goal(answer),
        "a": written(getattr(answer.a.summary.times, key), "days"),
        "b": written(getattr(answer.b.summary.times, key), "days"),
        "difference": written(getattr(answer.comparison.difference, key), "change"),
        "reach_a": language.percent(answer.a.summary.reach.reached, 1),
        "reach_b": language.percent(answer.b.summary.reach.reached, 1),
        "both": language.percent(answer.comparison.pairs.both, 1),
    }
    return [
        translate(
            "Explanations",
            "{name}: of all that reach {goal}, {share} do so within so many calendar days of"
            " signing. They are {reach_a} of all projects under A, {reach_b} under B; the others"
            " drop out or are not there when the run ends.",
        ).format(**words),
        translate("Explanations", "A: {a} days. B: {b} days.").format(**words),
        translate(
            "Explanations",
            "Difference B − A over the {both} that get there on both sides: {difference} days.",
        ).format(**words),
        _about_intervals(),
    ]


def _rate(answer: Answer, day: date) -> list[str]:
    lines = []
    for letter, side in (("A", answer.a), ("B", answer.b)):
        for found in side.summary.start_rates:
            if found.date == day:
                text = translate(
                    "Explanations",
                    "{side}: {started} of {signed} signed have reached {goal}, {rate}; of those"
                    " that have not left, {without}.",
                )
                lines.append(
                    text.format(
                        side=letter,
                        goal=goal(answer),
                        started=language.number(found.started, 1),
                        signed=language.number(found.signed, 1),
                        rate=written(found.rate, "share"),
                        without=written(found.rate_without_dropouts, "share"),
                    )
                )
    change = dict(answer.comparison.difference.start_rates).get(day)
    if change is not None:
        text = translate("Explanations", "Difference B − A: {} percentage points.")
        lines.append(text.format(written(change, "share change")))
    head = translate(
        "Explanations",
        "{rate} at the end of {date}: projects that have reached {goal}, divided by projects"
        " signed by then; numbers are means of one replication.",
    ).format(rate=capitalised(rate(answer)), date=language.day(day), goal=goal(answer))
    return [head, "\n".join(lines), _about_intervals()]


def _difference(answer: Answer) -> list[str]:
    comparison = answer.comparison
    words = {
        "both": language.percent(comparison.pairs.both, 1),
        "goal": goal(answer),
        "mean": written(comparison.difference.mean, "change"),
        "earlier": language.percent(comparison.earlier, 1),
        "later": language.percent(comparison.later, 1),
        "equal": language.percent(comparison.equal, 1),
    }
    paragraphs = [
        translate(
            "Explanations",
            "Every project is run twice under the same luck, once on each side, and the two are"
            " subtracted. The mean is over the {both} of pairs that reach {goal} on both sides.",
        ).format(**words),
        translate("Explanations", "Mean of B − A: {mean} days.").format(**words),
        translate(
            "Explanations",
            "Of these pairs {earlier} are earlier under B, {later} later, {equal} equal.",
        ).format(**words),
    ]
    reduction = comparison.variance_reduction
    if 1 < reduction < float("inf"):
        paragraphs.append(
            translate(
                "Explanations",
                "Without the same luck {times} times as many replications would be needed for"
                " this interval.",
            ).format(times=language.number(reduction, 1))
        )
    return [*paragraphs, _about_intervals()]


def _price(answer: Answer) -> list[str]:
    price = answer.comparison.price
    rows = (
        (translate("Explanations", "papers owed"), price.obligations),
        (translate("Explanations", "broken promises"), price.breaches),
        (translate("Explanations", "days of stop-work"), price.stop_work_days),
    )
    lines = [f"{name}: {written(_hundred(estimate), 'change count')}" for name, estimate in rows]
    return [
        translate(
            "Explanations",
            "What B costs more than A, per 100 projects. A promise is broken when the paper owed is"
            " missing at its deadline, or by the grade's own probability; the project is then held"
            " until that is put right, and a hold after {goal} is stop-work.",
        ).format(goal=goal(answer)),
        "\n".join(lines),
        _about_intervals(),
    ]


def _about_intervals() -> str:
    return translate(
        "Explanations",
        "Intervals are at 95 % and come from what varies between replications (docs/model.md).",
    )


def _hundred(estimate: Estimate) -> Estimate:
    return Estimate(100 * estimate.value, 100 * estimate.low, 100 * estimate.high)
