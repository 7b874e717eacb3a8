"""A chart of an answer: shows one after the other, and gives copies of itself for export."""

from typing import Self

from approvalsim_ui.answer import Answer
from approvalsim_ui.charts import Chart
from approvalsim_ui.theme import Colours


class AnswerChart(Chart):
    """What all charts of an answer have in common."""

    _answer: Answer | None = None

    def show_answer(self, answer: Answer) -> None:
        """Show an answer, in place of the one before."""
        self._answer = answer
        self.refresh()

    def copied(self, colours: Colours, stroke: float = 1.0) -> Self:
        """The same chart of the same answer, in fixed colours."""
        made = type(self)(colours=colours, stroke=stroke)
        if self._answer:
            made.show_answer(self._answer)
        return made
