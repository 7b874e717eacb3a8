"""Registers of simulated replications, as somebody would have kept them up to a date."""

from datetime import date
from math import isfinite

from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.register import STEPS, Entry, Register, StageRecord


def kept(plan: Plan, facts: Facts, as_of: date, row: int = 0, *, whole: bool = False) -> Register:
    """What was entered by the end of a day of the projects that had signed: dates, and no more.

    ``whole`` enters the others too, without a date.
    """

    def by_then(time: float) -> date | None:
        day = plan.calendar.date_of(time) if isfinite(time) else None
        return day if day and day <= as_of else None

    entries = []
    for place, name in enumerate(plan.axes.projects):
        signed = by_then(facts.project.signed[row, place])
        if signed is None and not whole:
            continue
        values = dict(zip(plan.axes.attributes, facts.project.values[row, place], strict=True))
        words = {
            attribute: plan.axes.values[column][values[attribute]]
            for column, attribute in enumerate(plan.axes.attributes)
        }
        path, grade = words.pop("path"), words.pop("grade") or None
        stages = {
            stage: StageRecord(
                **{step: by_then(getattr(facts.stage, step)[row, place, s]) for step in STEPS}
            )
            for s, stage in enumerate(plan.axes.stages)
        }
        happened = {
            milestone: day
            for m, milestone in enumerate(plan.axes.milestones)
            if (day := by_then(facts.project.milestone[row, place, m]))
        }
        entries.append(
            Entry(
                id=name,
                signed=signed,
                path=path if signed else None,
                grade=grade if signed else None,
                attributes={key: word for key, word in words.items() if word and signed},
                stages=stages,
                milestones=happened,
                left=by_then(facts.project.left[row, place]),
            )
        )
    return Register(plan.scenario_id, tuple(entries))
