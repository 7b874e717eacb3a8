"""What briefing shall be written of an answer, and where to; quick to say."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from approvalsim_ui import language
from approvalsim_ui.answer import Answer
from approvalsim_ui.compare_words import side_names


@dataclass(frozen=True, eq=False)
class Order:
    """What shall be written, in which language, and where to."""

    answer: Answer
    names: tuple[str, str] | None
    """What the sides are, where their scenarios do not say it."""
    target: int | None
    """Days from signing."""
    language: str
    made: date
    path: Path


def order_of(answer: Answer, target: int | None, path: Path) -> Order:
    """To write an answer's briefing as it is asked for now."""
    alike = not answer.one_scenario and answer.roles[0] != "scenario"
    names = side_names(answer) if alike else None
    return Order(answer, names, target, language.current(), date.today(), path)
