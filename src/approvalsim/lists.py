"""A plan and a cohort as plain Python lists, which a world of Python objects reads fastest.

Cells of a (project, stage) table are numbered row by row: ``project * stages + stage``; likewise
those of a (project, edge) table.
"""

from math import inf
from typing import NamedTuple

import numpy as np

from approvalsim.cohort import Cohort
from approvalsim.luck import Purpose
from approvalsim.plan import Plan
from approvalsim.timetable import Window


class Sheet(NamedTuple):
    """Durations of one kind and round by cell, and whether each counts working days."""

    durations: list[float]
    workdays: list[bool]
    purpose: Purpose
    round: int


class Known(NamedTuple):
    """When a stage of a project reached its phases, on the clock; nan: not by the as-of time."""

    ready: float
    submitted: float
    reviewed: float
    finished: float


class PlanLists:
    """What a simulated world reads of a plan; made once for many replications."""

    def __init__(self, plan: Plan) -> None:
        """Unfold the arrays of ``plan``."""
        axes, edges = plan.axes, plan.edges
        self.plan = plan
        self.stages = len(axes.stages)
        self.milestones = len(axes.milestones)
        self.edges = len(axes.edges)
        self.nodes = self.stages + self.milestones
        self.department: list[int] = plan.stages.department.tolist()
        self._read_situation(plan)
        self.not_before: list[float] = np.maximum(plan.stages.not_before, self.as_of).tolist()
        self.meeting_every: list[float] = plan.stages.meeting_every.tolist()
        self.meeting_offset: list[float] = plan.stages.meeting_offset.tolist()
        self.source: list[int] = edges.source.tolist()
        self.target: list[int] = edges.target.tolist()
        self.deadline: list[float] = edges.deadline.tolist()
        self.issue_in_workdays: list[bool] = plan.tables.workdays[edges.issue].tolist()
        self.remedy_in_workdays = bool(plan.tables.workdays[plan.policy.remedy])
        self.edges_into: list[list[int]] = [[] for _ in range(self.nodes)]
        self.edges_from: list[tuple[list[int], ...]] = [([], [], []) for _ in range(self.stages)]
        for edge, phase in enumerate(edges.phase.tolist()):
            self.edges_into[self.target[edge]].append(edge)
            self.edges_from[self.source[edge]][phase].append(edge)
        self.predecessors = [len(edges) for edges in self.edges_into]
        self.before = [frozenset(np.flatnonzero(row).tolist()) for row in plan.ancestors]
        self._read_steering(plan)
        self.priority: list[int] = plan.portfolio.priority.tolist()
        calendar = plan.calendar
        self.every_day_works = calendar.every_day_works
        self.dropout_stage = plan.portfolio.dropout_stage
        windows = plan.milestones
        self.window = [
            Window(before, closed, full) if some else None
            for some, before, closed, full in zip(
                windows.has_window.tolist(),
                windows.closed_before.tolist(),
                windows.closed_after.tolist(),
                windows.full_after.tolist(),
                strict=True,
            )
        ]
        self.new_years: list[float] = windows.new_years.tolist()

    def _read_steering(self, plan: Plan) -> None:
        """Unfold deadlines; the review of all projects has the last turn of any instant."""
        supervision = plan.supervision
        self.due_nodes: list[int] = supervision.order.tolist()
        self.due_lead: list[float] = supervision.lead.tolist()
        self.target_date: list[float] = supervision.target.tolist()
        self.is_steered = supervision.enabled or plan.task_forces.overload > 0
        self.supervision_turn = len(plan.axes.projects) * (self.nodes + 1 + 2 * self.edges)

    def _read_situation(self, plan: Plan) -> None:
        """Unfold what is known: by cell when a stage was ready, submitted, reviewed, finished."""
        self.as_of = -inf
        self.known: dict[int, Known] = {}
        self.happened: dict[int, float] = {}
        self.submit_from: dict[int, float] = {}
        situation = plan.situation
        if situation is None:
            return
        self.as_of = situation.as_of
        columns = (situation.ready, situation.submitted, situation.reviewed, situation.finished)
        times = np.stack([column.ravel() for column in columns], axis=1)
        for cell in np.flatnonzero(~np.isnan(times[:, 0])).tolist():
            self.known[cell] = Known(*times[cell].tolist())
        happened, submit_from = situation.happened.ravel(), situation.submit_from.ravel()
        for place in np.flatnonzero(~np.isnan(happened)).tolist():
            self.happened[place] = float(happened[place])
        for cell in np.flatnonzero(submit_from > -inf).tolist():
            self.submit_from[cell] = float(submit_from[cell])


class CohortLists:
    """The luck of one replication; each sheet is made when it is first needed."""

    def __init__(self, cohort: Cohort) -> None:
        """Unfold what every replication needs of ``cohort``."""
        self.cohort = cohort
        self.signed: list[float] = cohort.signed.tolist()
        self.edge_mode: list[list[int]] = cohort.edge_mode.tolist()
        self.drops_out: list[bool] = cohort.drops_out.tolist()
        self._workdays: dict[Purpose, list[bool]] = {}
        self.prepare = self._sheet(Purpose.PREPARE, 0)
        self.notice = self._sheet(Purpose.NOTICE, 0)
        self._reviews = [self._sheet(Purpose.REVIEW, 0)]
        self._reworks: list[Sheet] = []
        self._sent_back: list[list[bool]] = []
        forms = cohort.plan.forms
        self.statutory: list[float] = forms.statutory[cohort.form].ravel().tolist()
        self._chance = forms.correction[cohort.form]
        self._decay = forms.decay[cohort.form]
        self._most = forms.max_rounds[cohort.form]

    def review(self, round_: int) -> Sheet:
        """Review times of the submissions of a round, counted from 0."""
        while len(self._reviews) <= round_:
            self._reviews.append(self._sheet(Purpose.REVIEW, len(self._reviews)))
        return self._reviews[round_]

    def rework(self, round_: int) -> Sheet:
        """Rework times after the submissions of a round."""
        while len(self._reworks) <= round_:
            self._reworks.append(self._sheet(Purpose.REWORK, len(self._reworks)))
        return self._reworks[round_]

    def sent_back(self, round_: int) -> list[bool]:
        """By cell, whether the submission of a round needs a correction."""
        while len(self._sent_back) <= round_:
            number = len(self._sent_back)
            luck = self.cohort.corrections(number)
            self._sent_back.append(((luck < self._chance) & (number < self._most)).ravel().tolist())
            self._chance = self._chance * self._decay
        return self._sent_back[round_]

    def issue(self, project: int, edge: int) -> float:
        """Time to issue the certificate after pre-review, in its table's unit."""
        return float(self.cohort.issue[project, edge])

    def remedy(self, project: int, edge: int) -> float:
        """Time to put a broken promise right, in its table's unit."""
        return float(self.cohort.remedy[project, edge])

    def breaks_promise(self, project: int, edge: int) -> bool:
        """Whether the obligation is broken although the paper came in time."""
        return bool(self.cohort.breaks_promise[project, edge])

    def window(self, project: int, milestone: int) -> float:
        """The draw against the share of sites that have resumed work."""
        return float(self.cohort.window_draws[project, milestone])

    def _sheet(self, purpose: Purpose, round_: int) -> Sheet:
        return Sheet(
            self.cohort.durations(purpose, round_).ravel().tolist(),
            self._in_workdays(purpose),
            purpose,
            round_,
        )

    def _in_workdays(self, purpose: Purpose) -> list[bool]:
        if purpose not in self._workdays:
            self._workdays[purpose] = self.cohort.in_workdays(purpose).ravel().tolist()
        return self._workdays[purpose]
