"""容缺与承诺: hand-computed cases of pre-review, obligations, breaches and holds.

Every day is worked unless a test says otherwise, and a promise counts as broken ``owed(…)`` days
after the work went ahead.
"""

from collections.abc import Mapping
from math import inf
from typing import Any

import pytest
from builders import (
    Outcome,
    day,
    fixed,
    needs,
    outcome,
    owed,
    policy,
    provisional,
    scenario,
    workdays,
)

from approvalsim.plan_parts import DEFERRED, HARD, PREREVIEW

WEEKDAYS = {"kind": "weekdays"}


def takes(days: float, **after: Mapping[str, Any]) -> dict[str, Any]:
    """A stage of so many days of preparation, and what it waits for."""
    return {"prepare": fixed(days), "after": after}


def committed(stages: Mapping[str, Any], *args: Any, **more: Any) -> Outcome:
    return outcome(scenario(stages, *args, **{"commitment": policy()} | more))


# Pre-review


@pytest.mark.parametrize(("own", "finished"), [(4, 12), (10, 12), (15, 17)])
def test_the_certificate_waits_for_the_predecessor_and_then_takes_its_time(
    own: float, finished: float
) -> None:
    run = committed({"u": takes(10), "v": takes(own, u=provisional(2))})

    assert run.stage("ready", "v") == 0
    assert run.finished("v") == max(own, 10) + 2 == finished
    assert run.stage("issue", "v") == finished - own
    assert run.edge("edge_mode", "u->v") == PREREVIEW


def test_with_several_predecessors_the_last_finish_and_the_longest_issue_time_count() -> None:
    stages = {"t": takes(9), "u": takes(6), "v": takes(1, t=provisional(2), u=provisional(5))}

    assert committed(stages).finished("v") == max(9, 6) + max(2, 5)


def test_issue_times_are_in_working_days_unless_they_say_otherwise() -> None:
    issue = {"dist": "fixed", "value": 2.0}
    stages = {"u": takes(4), "v": takes(1, u={"relaxed": "prereview", "issue": issue})}
    run = committed(stages, calendar=WEEKDAYS)

    # u is finished at the end of Thursday (4); one working day on Friday, the next on Monday (8).
    assert run.finished("v") == 8


def test_a_chain_of_pre_reviews_is_issued_one_after_the_other() -> None:
    stages = {"a": takes(10), "b": takes(3, a=provisional(1)), "c": takes(2, b=provisional(1))}
    run = committed(stages)

    assert [run.finished(name) for name in "abc"] == [10, 11, 12]


def test_a_project_off_the_commitment_path_waits_for_its_predecessors() -> None:
    stages = {"u": takes(10), "v": takes(4, u=provisional(2))}
    run = committed(stages, commitment=policy(enabled=False))

    assert run.stage("ready", "v") == 10
    assert run.finished("v") == 10 + 4  # and nothing has to be issued again
    assert run.edge("edge_mode", "u->v") == HARD


# Obligations


def test_a_deferred_paper_that_comes_in_time_keeps_the_promise() -> None:
    run = committed({"u": takes(10), "v": takes(4, u=owed(6))})

    assert run.finished("v") == 4
    assert run.edge("obliged", "u->v") == 4
    assert run.edge("breached", "u->v") == inf
    assert run.edge("edge_mode", "u->v") == DEFERRED


def test_what_is_there_before_the_work_is_done_is_not_owed() -> None:
    run = committed({"u": takes(3), "v": takes(4, u=owed(0))})

    assert run.stage("ready", "v") == 0
    assert run.edge("obliged", "u->v") == inf


def test_the_deadline_is_due_and_grace_together_in_working_days() -> None:
    late = owed(due=3, grace=4)
    run = committed({"u": takes(90), "v": takes(4, u=late)}, calendar=WEEKDAYS)

    # v is finished with Thursday, 4 January. Seven working days later: Friday 5th, Monday 8th to
    # Friday 12th, Monday 15th to its end, which is day 15.
    assert run.edge("obliged", "u->v") == 4
    assert run.edge("breached", "u->v") == 15


def test_a_promise_may_be_broken_although_the_paper_came() -> None:
    stages = {"u": takes(6), "v": takes(4, u=owed(5))}
    stages |= {"x": takes(8), "w": takes(1, x={}), "y": takes(10), "z": takes(1, y={})}
    run = committed(stages, commitment=policy(remedy=2, breach=1.0))

    # At the deadline, 4 + 5, not when u came; held from then on for the remedy: 9 … 9 + 2.
    assert run.edge("breached", "u->v") == 9
    assert run.edge("remedied", "u->v") == 11
    assert [run.stage("ready", name) for name in "wz"] == [8, 11]


def test_a_milestone_may_be_owed_a_paper_too() -> None:
    stages = {"u": takes(20), "v": takes(4)}
    milestones = {
        "groundbreaking": {"after": {"v": {}, "u": owed(due=4, grace=2.0)}},
        "all": needs("u", "v"),
    }
    run = committed(stages, milestones, commitment=policy(remedy=3))

    # Broken on 4 + 4 + 2 = 10; u comes on day 20; put right on day 23: stopped for 13 days.
    assert run.happened() == 4
    assert run.edge("breached", "u->groundbreaking") == 10
    assert run.happened("all") == 23
    assert run.project("stop_work") == 13


@pytest.mark.parametrize(("phase", "due"), [("submitted", 3), ("reviewed", 8), ("finished", 10)])
def test_a_milestone_is_owed_the_phase_it_asked_for(phase: str, due: float) -> None:
    land = {"prepare": fixed(3), "review": workdays(5), "notice": fixed(2)}
    kept = {"groundbreaking": {"after": {"u": owed(due, phase=phase)}}}
    broken = {"groundbreaking": {"after": {"u": owed(due - 1, phase=phase)}}}

    # It happens on day 0 and owes from then on; the paper is there at the deadline, or a day late.
    edge = "u->groundbreaking"
    assert committed({"u": land}, kept).edge("breached", edge) == inf
    run = committed({"u": land}, broken, commitment=policy(remedy=1))
    assert run.edge("breached", edge) == due - 1
    assert run.edge("remedied", edge) == due + 1
    assert run.project("stop_work") == 2


# Holds

PROMISE = {"u": takes(20), "v": takes(4, u=owed(6))}
"""Broken on day 10; u comes on day 20."""


def test_a_hold_lasts_until_the_paper_is_there_and_the_remedy_is_done() -> None:
    run = committed(PROMISE | {"x": takes(12), "w": takes(1, x={})}, commitment=policy(remedy=3))

    assert run.edge("breached", "u->v") == 10
    assert run.edge("remedied", "u->v") == 20 + 3
    assert run.finished("x") == 12  # work under way goes on
    assert run.stage("ready", "w") == 23
    assert run.happened() == 24


def test_remedies_are_in_working_days_unless_they_say_otherwise() -> None:
    rules = policy() | {"remedy": {"dist": "fixed", "value": 3.0}}
    run = committed(PROMISE, commitment=rules, calendar=WEEKDAYS)

    # u comes on day 20, a Sunday; Monday to Wednesday end on day 24.
    assert run.edge("remedied", "u->v") == 24


def test_a_hold_stops_neither_the_missing_paper_nor_what_that_waits_for() -> None:
    stages = {
        "w": takes(12),
        "s": takes(1, w={}),  # what u waits for, nearer or farther: begins inside the hold
        "t": takes(1, s={}),
        "u": takes(6, t={}),
        "v": takes(4, u=owed(6)),
        "other": takes(1, t={}),
    }
    run = committed(stages, commitment=policy(remedy=3))

    # Broken on 4 + 6 = 10: s 12–13, t 13–14, u 14–20, remedy until 23.
    assert [run.stage("ready", name) for name in "stu"] == [12, 13, 14]
    assert run.stage("ready", "other") == 23


def test_what_the_missing_paper_waits_for_in_any_mode_may_go_on() -> None:
    stages = {
        "w": takes(12),
        "s": takes(9, w={}),
        "u": takes(16, s=provisional()),  # own end on day 16, certificate with s on day 21
        "v": takes(4, u=owed(6)),
    }
    run = committed(stages, commitment=policy(remedy=3))

    assert run.stage("ready", "s") == 12
    assert run.finished("u") == 21
    assert run.edge("remedied", "u->v") == 24


def test_what_one_hold_stops_may_begin_once_another_needs_it() -> None:
    # Held for u from day 10 on. t lacks nothing from day 12 on, and is needed for s, which v owes
    # from day 4 on and does not have by day 4 + 12.
    stages = PROMISE | {
        "x": takes(12),
        "t": takes(1, x={}),
        "s": takes(2, t={}),
        "v": takes(4, u=owed(6), s=owed(12)),
    }
    run = committed(stages, commitment=policy(remedy=3))

    assert run.edge("breached", "s->v") == 16
    assert [run.stage("ready", name) for name in "ts"] == [16, 17]
    assert [run.edge("remedied", f"{name}->v") for name in "su"] == [22, 23]


def test_once_the_paper_is_there_the_remedy_holds_its_whole_project() -> None:
    # s is owed to u (day 16 + 90). It would become ready on day 21, within the remedy of 20 … 30.
    stages = {
        "w": takes(21),
        "s": takes(1, w={}),
        "u": takes(20, s=owed(90)),
        "v": takes(4, u=owed(6)),
    }
    run = committed(stages, commitment=policy(remedy=10))

    assert run.stage("ready", "s") == 30


def test_a_hold_concerns_its_own_project_alone() -> None:
    stages = PROMISE | {"x": takes(12), "w": takes(1, x={})}
    projects = {"p1": 0, "p2": {"signed": 0, "path": "standard"}}
    run = committed(stages, projects=projects, commitment=policy(remedy=3))

    assert run.stage("ready", "w", "p1") == 23
    assert run.stage("ready", "w", "p2") == 12


def test_a_milestone_does_not_happen_inside_a_hold() -> None:
    stages = PROMISE | {"x": takes(12)}
    milestones = {"all": needs("u", "v", "x"), "groundbreaking": needs("x")}
    run = committed(stages, milestones, commitment=policy(remedy=3))

    assert run.happened() == 23
    assert run.project("stop_work") == 0  # the hold came before


# Stop-work


def test_a_breach_after_groundbreaking_stops_the_work() -> None:
    milestones = {"groundbreaking": needs("v"), "all": needs("u")}
    run = committed(PROMISE, milestones, commitment=policy(remedy=3))

    assert run.happened() == 4
    assert run.project("stop_work") == 23 - 10


def test_days_on_which_two_holds_run_count_once() -> None:
    # Held 10 … 23 for u and 16 … 33 for t; a third promise is broken alone: 40 … 45.
    stages = PROMISE | {
        "t": takes(30),
        "x": takes(42),
        "v": takes(4, u=owed(6), t=owed(12), x=owed(36)),
    }
    milestones = {"groundbreaking": needs("v"), "all": needs("u", "t", "x")}
    run = committed(stages, milestones, commitment=policy(remedy=3))

    assert [run.edge("breached", f"{name}->v") for name in "utx"] == [10, 16, 40]
    assert [run.edge("remedied", f"{name}->v") for name in "utx"] == [23, 33, 45]
    assert run.project("stop_work") == (33 - 10) + (45 - 40)
    assert [line.time for line in run.history if line.what == "hold_ended"] == [33, 45]


def test_a_hold_still_running_at_the_horizon_counts_up_to_it() -> None:
    milestones = {"groundbreaking": needs("v"), "all": needs("u")}
    run = committed(PROMISE, milestones, commitment=policy(remedy=3), end=day(14))

    assert run.project("stop_work") == 15 - 10  # the horizon is the end of that day
    assert run.edge("remedied", "u->v") == inf


# bar_after_breach

BARRED = policy(remedy=3, bar_after_breach=True)
LATER = {
    "x": takes(12),
    "slow": takes(40),
    "w": takes(5, x={}, slow=provisional()),
    "y": takes(1, x={}, slow=owed(100)),
}
"""w and y become ready on day 12 at the earliest, and do without ``slow``."""


def test_after_a_breach_what_has_not_begun_waits_for_everything() -> None:
    lenient = committed(PROMISE | LATER, commitment=policy(remedy=3))
    barred = committed(PROMISE | LATER, commitment=BARRED)

    # Held until 23; then w and y begin, or wait for slow until day 40.
    assert [lenient.stage("ready", name) for name in "wy"] == [23, 23]
    assert [barred.stage("ready", name) for name in "wy"] == [40, 40]
    assert barred.finished("w") == 45
    assert barred.edge("edge_mode", "slow->w") == barred.edge("edge_mode", "slow->y") == HARD
    assert barred.edge("obliged", "slow->y") == inf


def test_what_has_begun_before_the_breach_keeps_its_relaxed_edges() -> None:
    early = {"slow": takes(40), "w": takes(15, slow=provisional(2)), "y": takes(15, slow=owed(1))}
    run = committed(PROMISE | early, commitment=BARRED)

    assert run.stage("ready", "w") == 0
    assert run.finished("w") == 42
    assert run.edge("edge_mode", "slow->w") == PREREVIEW
    assert run.edge("breached", "slow->y") == 16


def test_a_paper_that_came_before_the_breach_is_not_waited_for_again() -> None:
    early = {"there": takes(5), "x": takes(12), "w": takes(1, x={}, there=provisional(7))}
    run = committed(PROMISE | early, commitment=BARRED)

    # w begins after the hold; its edge is hard by then, so nothing is issued again.
    assert run.stage("ready", "w") == 23
    assert run.finished("w") == 24


def test_a_barred_milestone_waits_for_what_it_would_have_been_owed() -> None:
    stages = PROMISE | {"x": takes(12), "slow": takes(40)}
    milestones = {"groundbreaking": {"after": {"x": {}, "v": {}, "u": {}, "slow": owed(9)}}}

    assert committed(stages, milestones, commitment=policy(remedy=3)).happened() == 23
    assert committed(stages, milestones, commitment=BARRED).happened() == 40


def test_the_deadline_of_a_promise_that_was_kept_is_not_the_last_thing_that_happened() -> None:
    stages = {
        "paper": {"prepare": fixed(9)},
        "permit": {"prepare": fixed(2), "after": {"paper": owed(due=200)}},
    }
    run = outcome(scenario(stages, projects={"p1": {"path": "commitment"}}, commitment=policy()))

    # The permit is there on day 2, the paper on day 9, long before the deadline.
    assert run.edge("obliged", "paper->permit") == 2
    assert run.edge("breached", "paper->permit") == inf
    assert run.facts.last_event[0] == 9
