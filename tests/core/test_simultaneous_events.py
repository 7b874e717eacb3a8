"""Everything at the same instant: hand-computed, because this is where engines disagree."""

from math import inf, nextafter

import pytest
from builders import corrected, fixed, needs, outcome, owed, policy, scenario, workdays
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.timetable import next_meeting

OFFICE = {"office": {"reviewers": 1}}
BY_PRIORITY = {"office": {"reviewers": 1, "discipline": "priority"}}


def reviewed(prepare: float = 0.0, review: float = 1.0, **more: object) -> dict[str, object]:
    """A stage of the office."""
    work = {"prepare": fixed(prepare), "review": workdays(review)}
    return {"department": "office", **work, **more}


# Who is taken up first


def test_of_two_projects_that_submit_at_once_the_first_in_the_scenario_is_reviewed_first() -> None:
    run = outcome(
        scenario({"a": reviewed(2, 3)}, projects={"late": 0, "early": 0}, department=OFFICE)
    )

    # Both submit on day 2: 2 + 3, then 5 + 3. The order is the scenario's, not that of the ids.
    assert run.reviews == [(2, "late", "a"), (5, "early", "a")]
    assert run.finished("a", "late") == 5
    assert run.finished("a", "early") == 8
    assert run.stage("queue", "a", "early") == 3


def test_of_two_stages_of_a_project_the_first_in_the_scenario_is_reviewed_first() -> None:
    run = outcome(scenario({"b": reviewed(2), "a": reviewed(2)}, department=OFFICE))

    assert run.reviews == [(2, "p1", "b"), (3, "p1", "a")]


def test_the_project_counts_before_the_stage() -> None:
    run = outcome(
        scenario(
            {"b": reviewed(1), "a": reviewed(1)}, projects={"p1": 0, "p2": 0}, department=OFFICE
        )
    )

    assert [who + which for _, who, which in run.reviews] == ["p1b", "p1a", "p2b", "p2a"]


def test_whoever_joined_the_queue_earlier_goes_first_whatever_the_order_of_projects() -> None:
    # p3 is reviewed from 0 to 10; p2 joins on day 4, p1 on day 5.
    projects = {"p1": 5, "p2": 4, "p3": 0}
    run = outcome(scenario({"a": reviewed(0, 10)}, projects=projects, department=OFFICE))

    assert run.reviews == [(0, "p3", "a"), (10, "p2", "a"), (20, "p1", "a")]


@pytest.mark.parametrize(
    ("office", "order"),
    [(OFFICE, ("third", "second", "first")), (BY_PRIORITY, ("first", "second", "third"))],
)
def test_priority_classes_count_before_the_time_of_joining_where_the_office_heeds_them(
    office: dict[str, object], order: tuple[str, ...]
) -> None:
    projects = {
        "third": {"signed": 1, "priority": 2},
        "second": {"signed": 2, "priority": 0},
        "first": {"signed": 3, "priority": -1},
        "busy": {"signed": 0, "priority": 9},
    }
    run = outcome(scenario({"a": reviewed(0, 5)}, projects=projects, department=office))

    assert [who for _, who, _ in run.reviews] == ["busy", *order]


def test_a_review_under_way_is_not_interrupted_by_a_higher_class() -> None:
    projects = {"low": {"signed": 0, "priority": 1}, "high": {"signed": 1, "priority": 0}}
    run = outcome(scenario({"a": reviewed(0, 5)}, projects=projects, department=BY_PRIORITY))

    assert run.reviews == [(0, "low", "a"), (5, "high", "a")]


def test_a_paper_that_arrives_as_a_reviewer_gets_free_stands_in_line_like_any_other() -> None:
    # p3 is reviewed from 0 to 5. On day 5 p1 and p2 join; p4 has waited since day 2.
    projects = {"p1": 5, "p2": 5, "p3": 0, "p4": 2}
    run = outcome(scenario({"a": reviewed(0, 5)}, projects=projects, department=OFFICE))

    assert run.reviews == [(0, "p3", "a"), (5, "p4", "a"), (10, "p1", "a"), (15, "p2", "a")]


def test_reviewers_who_get_free_at_once_take_the_head_of_the_queue_together() -> None:
    # Two reviewers, four projects at once: 0–3 and 0–3, then both at 3.
    projects = {f"p{number}": 0 for number in range(1, 5)}
    two = {"office": {"reviewers": 2}}
    run = outcome(scenario({"a": reviewed(0, 3)}, projects=projects, department=two))

    assert [time for time, _, _ in run.reviews] == [0, 0, 3, 3]
    assert run.department("longest_queue", "office") == 2
    assert run.department("wait", "office") == 6
    assert run.department("busy", "office") == 12


def test_reviewers_are_given_out_after_everything_else_of_the_instant() -> None:
    # Day 3: c is submitted; then x is finished, so that b is submitted too, and b stands first.
    stages = {"b": reviewed(after={"x": {}}), "c": reviewed(3, 7), "x": {"prepare": fixed(3)}}
    run = outcome(scenario(stages, projects={"p1": 0, "p2": 0}, department=OFFICE))

    assert [who + which for _, who, which in run.reviews] == ["p1b", "p1c", "p2b", "p2c"]


# Work that takes no time


def test_reviews_that_take_no_time_all_pass_at_the_same_instant() -> None:
    stages = {"a": reviewed(1, 0), "b": reviewed(0, 0, after={"a": {}})}
    run = outcome(scenario(stages, projects={"p1": 0, "p2": 0}, department=OFFICE))

    assert run.happened(project="p1") == run.happened(project="p2") == 1
    # a of p1 is done within the office's turn; b of p1 joins at that instant, ahead of a of p2.
    assert [who + which for _, who, which in run.reviews] == ["p1a", "p1b", "p2a", "p2b"]


def test_all_departments_give_out_reviewers_in_one_turn() -> None:
    # Day 1: p1's a (north) takes no time; its b then joins the south office, where p2's c has been
    # taken up in the same turn.
    stages = {
        "a": {"department": "north", "prepare": fixed(1), "review": workdays(0)},
        "b": {"department": "south", "review": workdays(2), "after": {"a": {}}},
        "c": {"department": "south", "prepare": fixed(1), "review": workdays(4)},
    }
    run = outcome(scenario(stages, department={"north": {}, "south": {}}))

    assert run.reviews == [(1, "p1", "a"), (1, "p1", "c"), (5, "p1", "b")]


def test_a_paper_sent_back_and_reworked_in_no_time_joins_anew_behind_the_others() -> None:
    # p1 is reviewed 0–2 and sent back; p2 has waited since day 0, p1's second paper since day 2.
    stages = {"a": reviewed(0, 2, correction=corrected(0))}
    run = outcome(scenario(stages, projects={"p1": 0, "p2": 0}, department=OFFICE))

    assert run.reviews == [(0, "p1", "a"), (2, "p2", "a"), (4, "p1", "a"), (6, "p2", "a")]


# Meetings


def test_a_submission_at_the_instant_of_a_meeting_is_in_time() -> None:
    meeting = {"every": 7, "offset": 3}
    run = outcome(scenario({"a": {"prepare": fixed(10), "meeting": meeting}}))

    assert run.stage("review_start", "a") == 10
    assert run.stage("meeting", "a") == 0


@pytest.mark.parametrize("offset", [0.0, 0.5, 1.1])
@pytest.mark.parametrize("every", [0.1, 0.7, 1 / 3, 1.4, 2.3, 7.0, 14.0])
def test_a_meeting_is_met_to_the_last_bit_and_missed_by_one(every: float, offset: float) -> None:
    # Divided by 0.1, the clock time 3 · 0.1 is a little more than 3.
    for number in range(300):
        time, following = offset + number * every, offset + (number + 1) * every
        assert next_meeting(time, every, offset) == time
        assert next_meeting(nextafter(time, inf), every, offset) == following
        assert next_meeting((time + following) / 2, every, offset) == following


@given(st.floats(0.01, 400.0), st.floats(0.0, 400.0), st.floats(0.0, 1000.0))
def test_a_meeting_is_the_first_that_is_not_before_now(
    every: float, offset: float, now: float
) -> None:
    found = next_meeting(now, every, offset)

    number = round((found - offset) / every)
    assert found == offset + number * every >= now
    assert number == 0 or offset + (number - 1) * every < now


def test_papers_that_wait_for_one_meeting_join_the_queue_together() -> None:
    # p2 submits on day 1, p1 on day 2; the meeting of day 5 lets both in: p1 is first in line.
    stages = {"a": reviewed(0, 1, meeting={"every": 5})}
    run = outcome(scenario(stages, projects={"p1": 2, "p2": 1}, department=OFFICE))

    assert run.reviews == [(5, "p1", "a"), (6, "p2", "a")]
    assert run.stage("meeting", "a", "p1") == 3
    assert run.stage("queue", "a", "p2") == 1


# Promises


def test_a_paper_that_comes_at_the_deadline_keeps_the_promise() -> None:
    stages = {"u": {"prepare": fixed(9)}, "v": {"prepare": fixed(4), "after": {"u": owed(5)}}}
    run = outcome(scenario(stages, commitment=policy()))

    # v is finished on day 4, u is due on 4 + 5 = 9 and finished then: completions come first.
    assert run.edge("obliged", "u->v") == 4
    assert run.edge("breached", "u->v") == inf


def test_what_becomes_ready_at_the_instant_of_a_breach_begins_before_it() -> None:
    # u is due on day 4 + 2 = 6; w waits for x, which is finished on day 6; y for z, on day 7.
    stages = {
        "u": {"prepare": fixed(20)},
        "v": {"prepare": fixed(4), "after": {"u": owed(2)}},
        "x": {"prepare": fixed(6)},
        "w": {"after": {"x": {}}},
        "z": {"prepare": fixed(7)},
        "y": {"after": {"z": {}}},
    }
    run = outcome(scenario(stages, commitment=policy(remedy=3)))

    assert run.edge("breached", "u->v") == 6
    assert run.stage("ready", "w") == 6
    assert run.stage("ready", "y") == 23  # after the hold: 20 + 3


def test_what_a_reviewer_lets_go_at_the_instant_of_a_breach_begins_after_the_hold() -> None:
    # x is reviewed in no time on day 6. The reviewer is given out after the breach of that instant.
    stages = {
        "u": {"prepare": fixed(20)},
        "v": {"prepare": fixed(4), "after": {"u": owed(2)}},
        "x": reviewed(6, 0),
        "w": {"after": {"x": {}}},
    }
    run = outcome(scenario(stages, commitment=policy(remedy=3), department=OFFICE))

    assert run.finished("x") == run.edge("breached", "u->v") == 6
    assert run.stage("ready", "w") == 23


def test_a_breach_at_the_end_of_a_hold_prolongs_it() -> None:
    # v owes u from day 1 on, broken on day 2, and u comes on day 5: the first hold is 2 … 5 + 2.
    # w owes t from day 1 on, due on day 7: the breach comes before the end of the hold, so that
    # nothing begins on day 7. t comes on day 9: held until 9 + 2.
    stages = {
        "u": {"prepare": fixed(5)},
        "v": {"prepare": fixed(1), "after": {"u": owed(1)}},
        "t": {"prepare": fixed(9)},
        "w": {"prepare": fixed(1), "after": {"t": owed(6)}},
        "x": {"after": {"u": {}}},
    }
    run = outcome(scenario(stages, commitment=policy(remedy=2)))

    assert run.edge("breached", "t->w") == 7
    assert run.stage("ready", "x") == 11


def test_a_milestone_that_falls_due_as_a_promise_is_broken_still_happens() -> None:
    stages = {
        "u": {"prepare": fixed(20)},
        "v": {"prepare": fixed(4), "after": {"u": owed(2)}},
        "x": {"prepare": fixed(6)},
    }
    milestones = {"all": needs("u", "v"), "groundbreaking": needs("x")}
    run = outcome(scenario(stages, milestones, commitment=policy(remedy=3)))

    assert run.happened() == 6
    assert run.project("stop_work") == 20 + 3 - 6


def test_of_two_stages_that_end_at_once_the_later_in_the_scenario_is_still_missing() -> None:
    # v and u end on day 5; u stands behind v, so that v is finished without it.
    stages = {"v": {"prepare": fixed(5), "after": {"u": owed(3)}}, "u": {"prepare": fixed(5)}}
    run = outcome(scenario(stages, commitment=policy()))
    turned = {name: stages[name] for name in ("u", "v")}

    assert run.edge("obliged", "u->v") == 5
    assert outcome(scenario(turned, commitment=policy())).edge("obliged", "u->v") == inf


def test_the_order_of_the_projects_in_the_scenario_decides_and_nothing_else() -> None:
    stages = {"a": reviewed(1, 2), "b": reviewed(1, 3)}
    there = outcome(scenario(stages, projects={"p1": 0, "p2": 0}, department=OFFICE))
    back = outcome(scenario(stages, projects={"p2": 0, "p1": 0}, department=OFFICE))

    # One after the other from day 1: a takes 2 and b 3 days, the first project first.
    assert [there.happened(project=p) for p in ("p1", "p2")] == [6, 11]
    assert [back.happened(project=p) for p in ("p1", "p2")] == [11, 6]
