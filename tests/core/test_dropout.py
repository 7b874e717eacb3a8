"""Projects that never start: hand-computed, and what they leave behind."""

from math import inf

import pytest
from builders import day, fixed, needs, outcome, owed, policy, provisional, scenario, workdays

from approvalsim.luck import Purpose, uniform

OFFICE = {"office": {"reviewers": 1}}


def leaving(stage: str, probability: float = 1.0) -> dict[str, object]:
    """Every project leaves when the stage would begin."""
    return {"dropout": {"stage": stage, "probability": probability}}


def test_a_project_leaves_when_the_stage_would_become_ready() -> None:
    stages = {"a": {"prepare": fixed(5)}, "b": {"after": {"a": {}}}, "c": {"after": {"b": {}}}}
    run = outcome(scenario(stages, projects={"p1": 2}, generator=leaving("b")))

    assert run.project("left") == run.finished("a") == 7
    assert run.stage("ready", "b") == run.stage("ready", "c") == run.happened() == inf


@pytest.mark.parametrize("probability", [0.0, 0.4, 1.0])
def test_projects_leave_where_their_draw_lies_below_the_probability(probability: float) -> None:
    names = [f"p{number}" for number in range(40)]
    stages = {"a": {"prepare": fixed(5)}}
    projects = dict.fromkeys(names, 0)
    run = outcome(scenario(stages, projects=projects, generator=leaving("a", probability)))

    for name in names:
        leaves = uniform(1, 0, name, "", 0, Purpose.DROPOUT) < probability
        assert run.project("left", name) == (0 if leaves else inf)
        assert run.happened(project=name) == (inf if leaves else 5)


def alone_leaves(who: str, *staying: str) -> int:
    """A seed for which, where half of all projects leave, only the first named one does."""
    names = (who, *staying)
    wanted = [True] + [False] * len(staying)
    return next(
        seed
        for seed in range(10_000)
        if [uniform(seed, 0, name, "", 0, Purpose.DROPOUT) < 0.5 for name in names] == wanted
    )


QUEUEING = {
    "a": {"department": "office", "review": workdays(10), "notice": fixed(1)},
    "x": {"prepare": fixed(4)},
    "b": {"after": {"x": {}}},
}
"""A project of day d joins the queue then; those that drop out at b leave on day d + 4."""


def test_papers_in_the_queue_are_withdrawn_when_the_project_leaves() -> None:
    # p1 is reviewed from 0 to 10. p2 queues from day 0 and leaves on day 4, so p3, who queues from
    # day 3, is next.
    rules = {"generator": leaving("b", 0.5), "department": OFFICE}
    built = scenario(QUEUEING, projects={"p1": 0, "p2": 0, "p3": 3}, **rules)
    run = outcome(built, alone_leaves("p2", "p1", "p3"))

    assert run.project("left", "p2") == 4
    assert run.reviews == [(0, "p1", "a"), (10, "p3", "a")]
    assert run.stage("rounds", "a", "p2") == 0
    assert run.department("visits", "office") == 2


def test_the_queue_keeps_its_order_when_papers_are_withdrawn() -> None:
    # By priority the head of the queue is p4, who leaves on day 7; then p2 is before p3.
    projects = {
        name: {"signed": signed, "priority": priority}
        for name, signed, priority in (("p1", 0, 0), ("p2", 1, 1), ("p3", 2, 2), ("p4", 3, 0))
    }
    office = {"office": {"discipline": "priority"}}
    rules = {"generator": leaving("b", 0.5), "department": office}
    run = outcome(
        scenario(QUEUEING, projects=projects, **rules), alone_leaves("p4", "p1", "p2", "p3")
    )

    assert run.reviews == [(0, "p1", "a"), (10, "p2", "a"), (20, "p3", "a")]


def test_a_reviewer_finishes_the_papers_of_a_project_that_has_left() -> None:
    # p2 is reviewed from day 0 on, before p3, and leaves on day 4; the reviewer is free on day 10.
    rules = {"generator": leaving("b", 0.5), "department": OFFICE}
    built = scenario(QUEUEING, projects={"p2": 0, "p3": 3}, **rules)
    run = outcome(built, alone_leaves("p2", "p3"))

    assert run.reviews == [(0, "p2", "a"), (10, "p3", "a")]
    assert run.project("left", "p2") == 4
    assert run.stage("reviewed", "a", "p2") == run.finished("a", "p2") == inf
    assert run.department("busy", "office") == 20


def test_work_under_way_leads_nowhere_once_the_project_has_left() -> None:
    land = {"prepare": fixed(3), "review": workdays(3), "notice": fixed(3)}
    waits = {f"until{number}": {"prepare": fixed(number)} for number in (1, 4, 7)}
    for number, (submitted, reviewed) in {1: (inf, inf), 4: (3, inf), 7: (3, 6)}.items():
        stages = {"land": land, **waits, "b": {"after": {f"until{number}": {}}}}
        run = outcome(scenario(stages, generator=leaving("b"), projects={"p1": 0}))
        assert run.project("left") == number
        assert run.stage("submitted", "land") == submitted
        assert run.stage("reviewed", "land") == reviewed
        assert run.finished("land") == inf


def test_a_certificate_is_not_issued_once_the_project_has_left() -> None:
    stages = {
        "u": {"prepare": fixed(9)},
        "v": {"prepare": fixed(2), "after": {"u": provisional()}},
        "x": {"prepare": fixed(4)},
        "b": {"after": {"x": {}}},
    }
    rules = {"commitment": policy(), "generator": leaving("b"), "projects": {"p1": 0}}
    run = outcome(scenario(stages, **rules))

    assert run.finished("u") == run.finished("v") == inf


def test_milestones_that_have_happened_stay_and_others_do_not_come() -> None:
    stages = {"a": {"prepare": fixed(3)}, "x": {"prepare": fixed(4)}, "b": {"after": {"x": {}}}}
    milestones = {"handover": needs("a"), "groundbreaking": needs("a", "b")}
    run = outcome(scenario(stages, milestones, generator=leaving("b"), projects={"p1": 0}))

    assert run.happened("handover") == 3
    assert run.happened() == inf


OWING = {
    "u": {"prepare": fixed(9)},
    "v": {"prepare": fixed(2), "after": {"u": owed(4)}},
    "x": {"prepare": fixed(4)},
    "b": {"after": {"x": {}}},
}
"""u is owed from day 2 on and due on day 6; the project leaves at b, on day 4."""


def test_promises_not_yet_due_lapse_when_the_project_leaves() -> None:
    rules = {"commitment": policy(remedy=3), "generator": leaving("b"), "projects": {"p1": 0}}
    run = outcome(scenario(OWING, **rules))

    assert run.project("left") == 4
    assert run.edge("obliged", "u->v") == 2
    assert run.edge("breached", "u->v") == inf


@pytest.mark.parametrize("end", [None, day(90)])
def test_a_hold_ends_when_the_project_leaves(end: object) -> None:
    # v owes u from day 2 on, broken on day 6: a stop-work, as v is all that groundbreaking needs.
    # u waits for x until day 8, may begin inside the hold, and is where projects leave. Another
    # project goes on after the horizon.
    stages = {
        "x": {"prepare": fixed(8)},
        "u": {"prepare": fixed(9), "after": {"x": {}}},
        "v": {"prepare": fixed(2), "after": {"u": owed(4)}},
    }
    milestones = {"groundbreaking": needs("v"), "all": needs("u")}
    run = outcome(
        scenario(
            stages,
            milestones,
            projects={"p1": 0, "p2": 200},
            generator=leaving("u"),
            commitment=policy(remedy=3),
            end=end,
        )
    )

    assert run.edge("breached", "u->v") == 6
    assert run.project("left") == 8
    assert run.edge("remedied", "u->v") == inf
    assert run.project("stop_work") == 8 - 6
