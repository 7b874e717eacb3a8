"""容缺审批 + 承诺制 in the simulated world: obligations, broken promises, holds and stop-work."""

from collections.abc import Callable
from math import inf

from approvalsim.casework import Case, Clock, Event, Story
from approvalsim.ledger import Ledger
from approvalsim.lists import CohortLists, PlanLists
from approvalsim.plan import Plan
from approvalsim.plan_parts import DEFERRED, HARD, PREREVIEW


class Commitments:
    """What a world does about promises; the world gives it everything it works with."""

    clock: Clock
    plan: Plan
    lists: PlanLists
    luck: CohortLists
    facts: Ledger
    end_of: Callable[[float, float], float]

    def after(self, begin: float, duration: float, workdays: bool) -> float:
        """When something begun then ends on the clock."""
        return self.end_of(begin, duration) if workdays else begin + duration

    def note(self, case: Case, subject: int | str, what: str, round_: int = 0) -> None:
        """Write a line of history, where somebody wants it."""
        raise NotImplementedError

    def predecessors_finished(self, case: Case, stage: int) -> Event:
        """What the certificate waits for after pre-review, while predecessors are missing."""
        case.certificate[stage] = self.clock.pending()
        return case.certificate[stage]

    def oblige(self, case: Case, node: int) -> None:
        """Whatever went ahead without a paper now owes it."""
        if not case.relaxed:
            return
        for edge in self.lists.edges_into[node]:
            if case.modes[edge] == DEFERRED and case.done_at[edge] == inf:
                now = self.clock.time
                self.facts.obliged[case.number * self.lists.edges + edge] = now
                self.note_edge(case, edge, "obligation")
                # One that has passed unnoticed by the as-of time is broken then.
                deadline = max(self.lists.as_of, self.end_of(now, self.lists.deadline[edge]))
                turn = self.clock.promise(case.number, edge)
                case.start(self.promise(case, edge), deadline, turn)

    def promise(self, case: Case, edge: int) -> Story:
        """The deadline of an obligation: kept, or broken and the project held until it is good."""
        clock = self.clock
        supplied = case.done_at[edge] < inf
        if supplied and not self.luck.breaks_promise(case.number, edge):
            clock.nothing_happened()
            return
        self.facts.breached[case.number * self.lists.edges + edge] = clock.time
        self.note_edge(case, edge, "breach")
        missing = self.lists.source[edge]
        if not case.holds:
            case.held_since = clock.time
        case.holds += 1
        if not supplied:
            case.missing.append(missing)
        if self.plan.policy.bar_after_breach:
            self.bar(case)
        case.announce_change()  # what the missing stage waits for may go on
        if not supplied:
            case.supply[edge] = clock.pending()
            yield case.supply[edge]
            case.missing.remove(missing)
        remedy = self.luck.remedy(case.number, edge)
        end = self.after(clock.time, remedy, self.lists.remedy_in_workdays)
        yield clock.at(end, clock.hold(case.number, edge))
        self.facts.remedied[case.number * self.lists.edges + edge] = clock.time
        case.holds -= 1
        if not case.holds:
            self.count_stop_work(case, clock.time)
            self.note(case, "", "hold_ended")
            case.announce_change()

    def bar(self, case: Case) -> None:
        """From now on every dependency of what has not begun is hard."""
        for edge, mode in enumerate(case.modes):
            target = self.lists.target[edge]
            if mode == HARD or case.begun[target]:
                continue
            case.modes[edge] = HARD
            if case.done_at[edge] == inf:
                case.waiting[target] += 1
                if mode == PREREVIEW:
                    case.unissued[target] -= 1

    def count_stop_work(self, case: Case, until: float) -> None:
        """A hold that began after the measured milestone is stop-work (停工)."""
        measured = case.number * self.lists.milestones + self.plan.measure
        if self.facts.milestone[measured] <= case.held_since:
            self.facts.stop_work[case.number] += until - case.held_since

    def note_edge(self, case: Case, edge: int, what: str) -> None:
        """Write a line of history about an obligation."""
        self.note(case, self.plan.axes.edges[edge], what)
