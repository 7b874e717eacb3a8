"""A leader's briefing: question, answer, charts, price and basis, in two pages and an appendix.

It computes nothing anew: every figure is one of a comparison's, with its interval where it has one.
"""

from datetime import date

from approvalsim.briefing_answer import first_page
from approvalsim.briefing_appendix import appendix
from approvalsim.briefing_parts import Briefing, Sheet, Words
from approvalsim.briefing_reasons import second_page
from approvalsim.briefing_subject import Subject, Telling
from approvalsim.voice import manifest_line


def briefing(subject: Subject, language: str, made: date, title: str | None = None) -> Briefing:
    """The briefing in a language; ``made`` is the day it bears."""
    telling = Telling(subject, language)
    say, manifest = telling.say, subject.manifest
    title = title or say(
        f"{telling.scenario}：从签约到{telling.goal}",
        f"{telling.scenario}: from signing to {telling.goal}",
    )
    byline = say(
        f"模型测算简报 · {made} · {telling.found.b.projects} 个项目，同一运气下各重复"
        f" {manifest.replications} 次",
        f"A model's briefing · {made} · {telling.found.b.projects} projects,"
        f" {manifest.replications} replications of each side under the same luck",
    )
    sheets = (
        Sheet(
            (Words(title, "title"), Words(byline, "byline"), *first_page(telling)), one_page=True
        ),
        Sheet(tuple(second_page(telling)), one_page=True),
        *appendix(telling.voices, manifest, subject.reform is not None),
    )
    return Briefing(title, language, sheets, manifest_line(manifest, language), subject.result)
