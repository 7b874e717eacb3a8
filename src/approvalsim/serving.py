"""Whose papers the reviewers hold at the as-of time, and since when.

A register says when papers were submitted and when their review was passed, not when a reviewer
took them up, nor that they were sent back. That follows in part: a department takes papers in the
order in which they came, whoever has passed one takes the next, and papers that a reviewer would
have held for longer than any review takes were sent back meanwhile, and came again.
"""

from collections.abc import Iterator
from heapq import heapify, heappop, heappush, heapreplace
from math import floor, inf, isinf, isnan, nan

import numpy as np

from approvalsim.plan import Plan
from approvalsim.plan_parts import Flags, Floats, Situation
from approvalsim.timetable import next_meeting

APART = 2.0**-20
"""Days (a tenth of a second) between papers that have to stay in order."""


def take_up(plan: Plan, known: Situation) -> None:
    """Enter papers in a queue as if they had been submitted when they were last taken up.

    Those that still wait come behind them, in their order. An engine lets papers that are not
    passed begin at once where a reviewer is free, and knows nothing of those that were passed
    before; so it would take the time they waited for time of their review. Papers that go through
    meetings are entered at the meeting before they were taken up; those that wait, at the next one.
    """
    for department in range(len(plan.reviewers)):
        mine = plan.stages.department == department
        came, begun = _last_turns(plan, known, mine, int(plan.reviewers[department]))
        latest = float(begun[np.isfinite(begun)].max(initial=-inf))
        place = np.nonzero(~np.isnan(begun))
        order = np.lexsort((came[place], np.isinf(begun[place])))
        for number, (project, stage) in enumerate(np.transpose(place)[order].tolist()):
            every, offset = _meetings(plan, stage)
            entered = float(begun[project, stage])
            if isinf(entered):
                entered = max(float(came[project, stage]), latest) + (number + 1) * APART
                entered = next_meeting(entered, every, offset) if every else entered
            elif every:
                entered = offset + floor((entered - offset) / every) * every
            if known.submitted[project, stage] < entered < known.as_of:
                known.submitted[project, stage] = entered


def _meetings(plan: Plan, stage: int) -> tuple[float, float]:
    """Days between a stage's meetings (0: none), and the first of them."""
    return float(plan.stages.meeting_every[stage]), float(plan.stages.meeting_offset[stage])


def _last_turns(plan: Plan, known: Situation, mine: Flags, reviewers: int) -> tuple[Floats, Floats]:
    """(project, stage) when papers not yet passed came last, and when they were taken up then.

    The latter is infinite where they wait; both are nan where there are none.
    """
    came, begun = (np.full(known.submitted.shape, nan) for _ in range(2))
    papers = list(_papers(plan, known, mine))
    heapify(papers)
    free_from = [-inf] * reviewers
    while papers:
        at, project, stage = heappop(papers)
        taken, passed = max(at, free_from[0]), float(known.reviewed[project, stage])
        latest = _latest_end(plan, stage, taken) if taken < known.as_of else inf
        if latest < (known.as_of if isnan(passed) else passed):
            heapreplace(free_from, latest)
            heappush(papers, (latest, project, stage))
        elif isnan(passed):
            came[project, stage] = at
            begun[project, stage] = taken if taken < known.as_of else inf
            heapreplace(free_from, inf)
        elif taken <= passed:  # else it went before its turn, and held up nobody we know of
            heapreplace(free_from, passed)
    return came, begun


def _papers(plan: Plan, known: Situation, mine: Flags) -> Iterator[tuple[float, int, int]]:
    """When papers came to a department, with their projects and stages."""
    for project, stage in np.argwhere(mine & ~np.isnan(known.submitted)).tolist():
        came = float(known.submitted[project, stage])
        every, offset = _meetings(plan, stage)
        yield next_meeting(came, every, offset) if every else came, project, stage


def _latest_end(plan: Plan, stage: int, taken: float) -> float:
    """When a review begun at a time must be over; infinite where papers are never sent back.

    Nor where it takes no time.
    """
    first, base = int(plan.stages.form_base[stage]), plan.stages.form_base
    after = base[base > first]
    forms = slice(first, int(after.min()) if len(after) else len(plan.forms.review))
    if not plan.forms.correction[forms].any():
        return inf
    tables = plan.tables
    ends = []
    for table in plan.forms.review[forms].tolist():
        longest = float(tables.knots[tables.start[table] + tables.cells[table]])
        works = bool(tables.workdays[table])
        ends.append(plan.calendar.end_of(taken, longest) if works else taken + longest)
    end = max(ends)
    return end if end > taken else inf
