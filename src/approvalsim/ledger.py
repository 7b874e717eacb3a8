"""The facts of one replication while it runs: flat lists, turned into arrays when it is over."""

from array import array
from collections.abc import Sequence
from dataclasses import fields
from math import inf
from typing import Protocol

import numpy as np

from approvalsim.facts import DepartmentFacts, Facts, Floats, ProjectFacts, StageFacts
from approvalsim.lists import CohortLists, PlanLists

_TIMES = tuple(f.name for f in fields(StageFacts) if f.name not in ("rounds", "over_statutory"))


class DepartmentLedger(Protocol):
    """What a department has to remember; see `DepartmentFacts`."""

    busy: float
    wait: float
    visits: int
    longest_queue: int


class Ledger:
    """One list for every array of facts; cells are numbered as in `lists`."""

    def __init__(self, lists: PlanLists, cohort: CohortLists) -> None:
        """Open the books: nothing has happened yet."""
        self._lists, self._cohort = lists, cohort.cohort
        self._projects = len(cohort.signed)
        cells = self._projects * lists.stages
        edges = self._projects * lists.edges
        self.ready, self.submitted, self.review_start = ([inf] * cells for _ in range(3))
        self.reviewed, self.finished = ([inf] * cells for _ in range(2))
        self.queue, self.review, self.rework = ([0.0] * cells for _ in range(3))
        self.meeting, self.notice, self.issue = ([0.0] * cells for _ in range(3))
        self.rounds, self.over_statutory = ([0] * cells for _ in range(2))
        self.left = [inf] * self._projects
        self.stop_work = [0.0] * self._projects
        self.milestone = [inf] * (self._projects * lists.milestones)
        self.obliged, self.breached, self.remedied = ([inf] * edges for _ in range(3))
        self.edge_mode: list[int] = self._cohort.edge_mode.ravel().tolist()

    def close(self, departments: Sequence[DepartmentLedger], last_event: float) -> Facts:
        """Everything as the facts of one replication."""
        plan, cohort, projects = self._lists.plan, self._cohort, self._projects
        by_stage = (1, projects, self._lists.stages)
        return Facts(
            scenario_id=plan.scenario_id,
            scenario_hash=plan.scenario_hash,
            axes=plan.axes,
            measure=plan.measure,
            seed=cohort.seed,
            replications=np.array([cohort.replication], dtype=np.int64),
            last_event=np.array([last_event]),
            stage=StageFacts(
                **{name: _array(getattr(self, name)).reshape(by_stage) for name in _TIMES},
                rounds=np.array(self.rounds, dtype=np.int64).reshape(by_stage),
                over_statutory=np.array(self.over_statutory, dtype=np.int64).reshape(by_stage),
            ),
            project=ProjectFacts(
                signed=cohort.signed[None],
                left=_array(self.left)[None],
                path=cohort.path[None],
                values=cohort.values[None],
                milestone=_array(self.milestone).reshape(1, projects, -1),
                edge_mode=np.array(self.edge_mode, dtype=np.int64).reshape(1, projects, -1),
                obliged=_array(self.obliged).reshape(1, projects, -1),
                breached=_array(self.breached).reshape(1, projects, -1),
                remedied=_array(self.remedied).reshape(1, projects, -1),
                stop_work=_array(self.stop_work)[None],
            ),
            department=DepartmentFacts(
                busy=np.array([[office.busy for office in departments]], dtype=np.float64),
                wait=np.array([[office.wait for office in departments]], dtype=np.float64),
                visits=np.array([[office.visits for office in departments]], dtype=np.int64),
                longest_queue=np.array(
                    [[office.longest_queue for office in departments]], dtype=np.int64
                ),
            ),
        )


def _array(values: list[float]) -> Floats:
    """Numbers as an array; by way of `array`, which takes a third of the time."""
    return np.frombuffer(array("d", values))
