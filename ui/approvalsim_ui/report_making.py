"""A briefing made of what the app shows: found out and written in whatever thread calls."""

from collections.abc import Iterator
from pathlib import Path

from approvalsim.briefing import briefing
from approvalsim.briefing_page import briefing_page
from approvalsim.briefing_subject import Sensitivity, Subject, enough
from approvalsim.report import comparison_figures, result, write_text
from approvalsim.sample import Exact
from approvalsim.tally import SHARES
from approvalsim.yardstick import Watch, Yardstick
from approvalsim_ui import briefing_pdf
from approvalsim_ui.answer import Answer
from approvalsim_ui.report_order import Order
from approvalsim_ui.tornado_answer import TornadoQuestion
from approvalsim_ui.tornado_answer import answers as tornado


def subject_of(
    answer: Answer, target: int | None = None, names: tuple[str, str] | None = None
) -> Subject:
    """What a briefing tells of an answer; ``target`` in days from signing."""
    sides = answer.a, answer.b
    scenarios = (answer.a.scenario, answer.b.scenario)
    sealed = result(answer.manifest, comparison_figures(answer.comparison), scenarios)
    return Subject(
        answer.comparison,
        scenarios,
        (Exact(sides[0].times, SHARES), Exact(sides[1].times, SHARES)),
        answer.manifest,
        sealed,
        answer.assumed_from,
        names=names,
        target=target,
    )


def written(order: Order, watch: Watch, begin: Watch = bool) -> Iterator[Path]:
    """Find out what matters most, and write the file; gives its path.

    Raises `ScenarioError` where it cannot be written.
    """
    answer = order.answer
    replications = min(enough(answer.engine), answer.replications)
    question = TornadoQuestion(
        answer.b.scenario, Yardstick("mean"), answer.seed, replications, answer.engine
    )
    found = tuple(tornado(question, watch, begin))[-1:]
    told = [Sensitivity(last.effects, last.replications, last.done, last.inputs) for last in found]
    subject = subject_of(answer, order.target, order.names)
    subject = subject.with_sensitivity(told[0] if told else None)
    made = briefing(subject, order.language, order.made)
    if order.path.suffix.lower() == ".pdf":
        briefing_pdf.write(made, order.path)
    else:
        write_text(briefing_page(made), order.path)
    yield order.path
