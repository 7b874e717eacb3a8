"""督导 and 专班 in the simulated world: who is urged on, and how fast applicants work."""

from collections.abc import Sequence
from itertools import count
from math import inf, isnan

from approvalsim.casework import Case, Clock, Story
from approvalsim.department import Department
from approvalsim.ledger import Ledger
from approvalsim.lists import CohortLists, PlanLists
from approvalsim.plan import Plan


class Steering:
    """What a world does to bring projects forward; the world gives it everything it works with."""

    clock: Clock
    plan: Plan
    lists: PlanLists
    luck: CohortLists
    facts: Ledger
    projects: list[Case]
    departments: Sequence[Department]  # type: ignore[type-arg]
    under_way: list[int]
    """By team, projects that are signed and on their way to the measured milestone."""

    def anything_else_to_come(self) -> bool:
        """Whether anything is left to happen but reviews of the projects."""
        raise NotImplementedError

    def accompany(self, case: Case, change: int) -> None:
        """A project joins (1) or leaves (-1) those that its team looks after."""
        self.under_way[case.number // self.plan.task_forces.projects] += change

    def pace(self, case: Case) -> float:
        """Factor on preparing and reworking that the applicant begins now."""
        teams = self.plan.task_forces
        pace = 1.0 - self.plan.supervision.effect if case.urged else 1.0
        beyond = self.under_way[case.number // teams.projects] - teams.capacity
        return pace * (1.0 + teams.overload * beyond) if beyond > 0 else pace

    def is_on_its_way(self, case: Case) -> bool:
        """Whether a project is signed, has not left and not reached the measured milestone."""
        return self.luck.signed[case.number] <= self.clock.time and not self.is_done(case)

    def is_done(self, case: Case) -> bool:
        """Whether a project has left or reached the measured milestone."""
        measured = case.number * self.lists.milestones + self.plan.measure
        return self.facts.milestone[measured] < inf or self.facts.left[case.number] < inf

    def review_at(self, number: int) -> float:
        """When the projects are reviewed for the ``number``-th time, counted from 0."""
        return self.plan.supervision.offset + number * self.plan.supervision.every

    def first_review(self) -> int:
        """Number of the first review that comes after a signing."""
        signed = min(self.luck.signed)
        return next(number for number in count() if self.review_at(number) >= signed)

    def supervise(self, number: int) -> Story:
        """Review all projects from time to time, as long as anything else is to come."""
        while True:
            self.clock.nothing_happened()
            self.review_projects()
            if all(map(self.is_done, self.projects)) or not self.anything_else_to_come():
                return
            number += 1
            yield self.clock.at(self.review_at(number), self.lists.supervision_turn)

    def review_projects(self) -> None:
        """Urge on who is late or has a leader; leaders take on those with the least margin."""
        on_their_way = [case for case in self.projects if self.is_on_its_way(case)]
        margins = {case: self.margin(case) for case in on_their_way}
        free = self.plan.supervision.leaders - sum(case.led for case in on_their_way)
        alone = [case for case in on_their_way if not case.led]
        for case in sorted(alone, key=lambda case: (margins[case], case.number))[: max(free, 0)]:
            case.led = True
        changed = False
        for case in self.projects:
            urged = case in margins and (margins[case] < 0.0 or case.led)
            changed = changed or urged != case.urged
            case.urged = urged
        if changed:
            for department in self.departments:
                department.rank_anew(self.priority)

    def margin(self, case: Case) -> float:
        """Calendar days until the next deadline that is not met yet; negative if it has passed."""
        supervision = self.plan.supervision
        while case.due < len(self.lists.due_nodes) - 1 and self.is_finished(case):
            case.due += 1
        target = self.lists.target_date[case.number]
        if isnan(target):
            target = self.luck.signed[case.number] + supervision.within
        return target - self.lists.due_lead[case.due] - self.clock.time

    def is_finished(self, case: Case) -> bool:
        """Whether what the next deadline is for is done."""
        node = self.lists.due_nodes[case.due]
        if node < self.lists.stages:
            return self.facts.finished[case.number * self.lists.stages + node] < inf
        which = case.number * self.lists.milestones + node - self.lists.stages
        return self.facts.milestone[which] < inf

    def priority(self, project: int) -> int:
        """Priority class of a project; who is urged on goes a class before."""
        return self.lists.priority[project] - self.projects[project].urged
