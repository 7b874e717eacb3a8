"""A backward schedule in words: the answer in a sentence, and the table behind the picture."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from approvalsim.schedule import StageDates
from approvalsim.schedule_page import lever_words
from approvalsim.voice import Voice
from approvalsim_ui import language
from approvalsim_ui.figures_table import Cell, Column, Figures
from approvalsim_ui.schedule_answer import ScheduleAnswer

translate = QCoreApplication.translate
__all__ = ["deliverable", "figures", "lever_words", "sentence", "slack", "title", "voice_of"]


def voice_of(answer: ScheduleAnswer) -> Voice:
    """Speaks of the scenario that was planned in."""
    return Voice(answer.schedule.scenario, language.current())


def title(answer: ScheduleAnswer) -> str:
    """Whose schedule it is."""
    project = answer.project
    name = language.words(project.name, project.id)
    return translate("Schedule", "{scenario}: {project}").format(
        scenario=voice_of(answer).title(), project=name
    )


def sentence(answer: ScheduleAnswer) -> str:
    """Whether the target holds, by how much it is missed, and how sure that is."""
    project, voice = answer.project, voice_of(answer)
    words = {
        "goal": voice.goal(answer.schedule.measure),
        "target": language.day(project.target),
        "sure": language.percent(answer.schedule.confidence),
        "chance": language.percent(project.probability),
        "fastest": language.percent(project.fastest),
        "days": project.missed_by,
        "earliest": language.day(project.earliest) if project.earliest else "",
    }
    if project.holds:
        said = translate(
            "Schedule",
            "By these dates the project reaches {goal} by {target} with a probability of {chance} "
            "(asked: {sure}).",
        )
    elif project.missed_by is None:
        said = translate(
            "Schedule",
            "{goal} by {target} cannot be held: even if everything goes as fast as it can, the "
            "probability is {fastest}, and no date is held with {sure}.",
        )
    else:
        said = translate(
            "Schedule",
            "{goal} by {target} cannot be held with {sure}: even if everything goes as fast as it "
            "can, the probability is {fastest}. {days} more days are needed; {earliest} is the "
            "first date that sure.",
        )
    text = said.format(**words)
    text = text[:1].upper() + text[1:]
    if not answer.is_final:
        number = language.number(answer.schedule.replications, 0)
        more = translate("Schedule", "Provisional, after {number} replications.")
        text += " " + more.format(number=number)
    return text


def deliverable(answer: ScheduleAnswer, stage: StageDates) -> str:
    """What a stage ends with."""
    return voice_of(answer).name("stage", stage.stage)


def slack(answer: ScheduleAnswer, stage: StageDates) -> int | None:
    """Days from the as-of date to the next thing to do; None where there is none."""
    as_of = answer.schedule.as_of
    due = stage.submit_by or stage.finish_by
    return (due - as_of).days if as_of and due else None


def figures(answer: ScheduleAnswer) -> Figures:
    """The table: stages with owners, dates and slack."""
    columns = (
        Column(translate("Schedule", "Stage (deliverable)")),
        Column(translate("Schedule", "Owner")),
        Column(translate("Schedule", "Submitted"), "date"),
        Column(translate("Schedule", "Submit by"), "date"),
        Column(translate("Schedule", "Finished"), "date"),
        Column(translate("Schedule", "Finish by"), "date"),
        Column(translate("Schedule", "Slack, days"), "whole"),
        Column(translate("Schedule", "At once")),
    )
    at_once = translate("Schedule", "at once")
    rows: list[tuple[Cell, ...]] = []
    for stage in answer.project.stages:
        left = slack(answer, stage)
        dates: tuple[date | None, ...] = (
            stage.submitted,
            stage.submit_by,
            stage.finished,
            stage.finish_by,
        )
        rows.append(
            (
                deliverable(answer, stage),
                language.words(stage.owner, "–"),
                *dates,
                None if left is None else float(left),
                at_once if stage.at_once else "",
            )
        )
    return Figures(columns, tuple(rows))
