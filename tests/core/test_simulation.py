"""One project through its stages: hand-computed, rule by rule."""

from datetime import date
from math import inf

import numpy as np
import pytest
from builders import (
    corrected,
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

from approvalsim.luck import Purpose, uniform
from approvalsim.plan import compile_plan
from approvalsim.simulation import simulate
from approvalsim.workdays import spring_festivals

WEEKDAYS = {"kind": "weekdays"}


# From signing to finish


def test_a_stage_prepares_is_reviewed_stands_as_a_notice_and_is_finished() -> None:
    land = {"prepare": fixed(2), "review": workdays(3), "notice": fixed(5)}
    run = outcome(scenario({"land": land}, projects={"p1": 4}))

    # Signed on day 4: 4 + 2 + 3 + 5.
    assert run.stage("ready", "land") == 4
    assert run.stage("submitted", "land") == 6
    assert run.stage("review_start", "land") == 6
    assert run.stage("reviewed", "land") == 9
    assert run.finished("land") == run.happened() == 14
    assert run.facts.time_to_measure[0, 0] == 10
    assert [(line.time, line.subject, line.what, line.round) for line in run.history] == [
        (4, "", "signed", 0),
        (4, "land", "ready", 0),
        (6, "land", "submitted", 1),
        (6, "land", "review", 1),
        (9, "land", "passed", 1),
        (14, "land", "finished", 0),
        (14, "groundbreaking", "happened", 0),
    ]


def test_a_stage_waits_for_the_last_of_its_predecessors() -> None:
    stages = {"c": {"prepare": fixed(1), "after": {"a": {}, "b": {}}}}
    stages |= {"a": {"prepare": fixed(7)}, "b": {"prepare": fixed(4)}}

    assert outcome(scenario(stages)).finished("c") == 8


@pytest.mark.parametrize(("not_before", "ready"), [(2, 5), (5, 5), (9, 9)])
def test_a_stage_does_not_begin_before_its_date(not_before: int, ready: int) -> None:
    stages = {"a": {"prepare": fixed(5)}}
    stages["b"] = {"prepare": fixed(1), "not_before": day(not_before), "after": {"a": {}}}
    run = outcome(scenario(stages))

    assert run.stage("ready", "b") == ready
    assert run.finished("b") == ready + 1


@pytest.mark.parametrize(("phase", "time"), [("submitted", 2), ("reviewed", 9), ("finished", 14)])
def test_a_milestone_may_wait_for_a_phase_alone(phase: str, time: float) -> None:
    # 2 to prepare, 3 to review, 1 to rework, 3 to review again, 5 of notice. The phase "submitted"
    # is reached by the first submission.
    land = {"prepare": fixed(2), "review": workdays(3), "notice": fixed(5)}
    land["correction"] = corrected(1)
    milestones = {"listed": {"after": {"land": {"phase": phase}}}, "groundbreaking": needs("land")}
    run = outcome(scenario({"land": land}, milestones))

    assert run.happened("listed") == time


def test_times_are_counted_to_groundbreaking_or_else_to_the_last_milestone() -> None:
    stages = {"a": {"prepare": fixed(3)}, "b": {"prepare": fixed(8)}}
    named = outcome(scenario(stages, {"groundbreaking": needs("a"), "other": needs("b")}))
    unnamed = outcome(scenario(stages, {"first": needs("b"), "second": needs("a", "b")}))

    assert named.facts.started[0, 0] == 3
    assert unnamed.facts.started[0, 0] == 8


# Corrections


def test_a_paper_sent_back_is_reworked_submitted_and_reviewed_again() -> None:
    land = {"prepare": fixed(1), "review": workdays(4), "correction": corrected(2, max_rounds=2)}
    run = outcome(scenario({"land": land}))

    # 1, then 4 + 2, 4 + 2 and 4 days.
    assert run.finished("land") == 17
    assert run.stage("rounds", "land") == 3
    assert run.stage("review", "land") == 12
    assert run.stage("rework", "land") == 4
    assert run.stage("submitted", "land") == 1  # the first submission
    steps = [(line.time, line.what, line.round) for line in run.history if line.subject == "land"]
    assert steps[1:] == [
        (1, "submitted", 1), (1, "review", 1), (5, "sent_back", 1),
        (7, "submitted", 2), (7, "review", 2), (11, "sent_back", 2),
        (13, "submitted", 3), (13, "review", 3), (17, "passed", 3), (17, "finished", 0),
    ]  # fmt: skip


def test_without_rounds_to_go_every_submission_passes() -> None:
    land = {"review": workdays(4), "correction": corrected(2, max_rounds=0)}

    assert outcome(scenario({"land": land})).stage("rounds", "land") == 1


def test_the_probability_falls_by_the_decay_each_round_and_rounds_are_limited() -> None:
    correction = corrected(1, probability=0.9, decay=0.8, max_rounds=4)
    names = [f"p{number}" for number in range(300)]
    stages = {"a": {"review": workdays(1), "correction": correction}}
    run = outcome(scenario(stages, projects=dict.fromkeys(names, 0)))

    def rounds(name: str) -> int:
        for number, chance in enumerate((0.9, 0.9 * 0.8, 0.9 * 0.8 * 0.8, 0.9 * 0.8 * 0.8 * 0.8)):
            if uniform(1, 0, name, "a", number, Purpose.CORRECTION) >= chance:
                return number + 1
        return 5

    expected = [rounds(name) for name in names]
    assert [run.stage("rounds", "a", name) for name in names] == expected
    assert set(expected) == {1, 2, 3, 4, 5}


def test_each_round_has_its_own_review_and_rework_times() -> None:
    land = {
        "review": {"dist": "uniform", "min": 0.0, "max": 10.0, "unit": "days"},
        "correction": corrected(max_rounds=2)
        | {"rework": {"dist": "uniform", "min": 0.0, "max": 4.0}},
    }
    run = outcome(scenario({"land": land}))

    reviews = [10 * uniform(1, 0, "p1", "land", number, Purpose.REVIEW) for number in (0, 1, 2)]
    reworks = [4 * uniform(1, 0, "p1", "land", number, Purpose.REWORK) for number in (0, 1)]
    assert run.stage("review", "land") == pytest.approx(sum(reviews), abs=1e-9)
    assert run.stage("rework", "land") == pytest.approx(sum(reworks), abs=1e-9)
    assert len({*reviews, *reworks}) == 5


def test_reviews_longer_than_the_law_allows_are_counted_and_not_cut() -> None:
    def over(review: dict[str, object]) -> float:
        land = {"review": review, "statutory": 10.0, "correction": corrected(7)}
        run = outcome(scenario({"land": land}, calendar=WEEKDAYS))
        assert run.stage("rounds", "land") == 2
        return run.stage("over_statutory", "land")

    assert [over(workdays(days)) for days in (9, 10, 10.5)] == [0, 0, 2]
    # Both reviews begin on a Monday: two weeks have ten working days, and the next has more.
    assert [over(fixed(days)) for days in (14, 14.5)] == [0, 2]


# Meetings


@pytest.mark.parametrize(("submitted", "review"), [(0, 3), (3, 3), (3.5, 10), (10, 10), (11, 17)])
def test_reviews_begin_at_the_first_meeting_at_or_after_submission(
    submitted: float, review: float
) -> None:
    land = {"prepare": fixed(submitted), "review": workdays(1)}
    land["meeting"] = {"every": 7, "offset": 3}
    run = outcome(scenario({"land": land}))

    assert run.stage("review_start", "land") == review
    assert run.stage("meeting", "land") == review - submitted


def test_a_paper_sent_back_waits_for_another_meeting() -> None:
    land = {"review": workdays(2), "correction": corrected(1), "meeting": {"every": 7}}
    run = outcome(scenario({"land": land}))

    # Reviewed 0–2, reworked until 3, meeting on day 7, reviewed until 9.
    assert run.finished("land") == 9
    assert run.stage("meeting", "land") == 4


# Calendars


@pytest.mark.parametrize("department", [None, "office"])
def test_a_review_in_working_days_stands_still_on_weekends_and_a_preparation_does_not(
    department: str | None,
) -> None:
    land = {"prepare": fixed(4), "review": workdays(3), "notice": fixed(2)}
    land["department"] = department
    run = outcome(scenario({"land": land}, calendar=WEEKDAYS, department={"office": {}}))

    # Submitted on Friday, day 4: Friday, Monday and Tuesday end on day 9. Then two calendar days.
    assert run.stage("reviewed", "land") == 9
    assert run.stage("review", "land") == 5
    assert run.finished("land") == 11


def test_a_review_over_national_day_ends_after_it() -> None:
    land = {"review": workdays(3)}
    start = {"start": date(2024, 9, 30), "projects": {"p1": {"signed": date(2024, 9, 30)}}}
    run = outcome(scenario({"land": land}, calendar={"kind": "china"}, **start))

    # Monday, 30 September is worked; 1–7 October are off; Tuesday 8th and Wednesday 9th follow.
    assert run.finished("land") == 10  # 00:00 of 10 October


def test_dates_of_the_scenario_win_over_the_calendar() -> None:
    calendar = {"kind": "weekdays", "holidays": [day(1)], "workdays": [day(5)]}
    run = outcome(scenario({"land": {"review": workdays(5)}}, calendar=calendar))

    # Monday, Wednesday, Thursday, Friday and the Saturday.
    assert run.finished("land") == 6


# Variants and variation


def test_variants_replace_and_multiply_for_projects_that_have_the_attributes() -> None:
    land = {
        "prepare": fixed(10),
        "review": workdays(4),
        "correction": corrected(1, max_rounds=3),
        "variant": [
            {"when": {"eia": "book"}, "factor": {"prepare": 2.0, "rework": 3.0}},
            {"when": {"eia": "book", "site": "park"}, "factor": {"prepare": 0.5, "review": 0.25}},
            {"when": {"site": "park"}, "notice": fixed(7), "correction": corrected(1)},
        ],
    }
    attributes = {
        "plain": {"eia": "form", "site": "free"},
        "book": {"eia": "book", "site": "free"},
        "park": {"eia": "form", "site": "park"},
        "both": {"eia": "book", "site": "park"},
    }
    projects = {name: {"attributes": given} for name, given in attributes.items()}
    run = outcome(scenario({"land": land}, projects=projects))

    assert [run.stage("submitted", "land", name) for name in attributes] == [10, 20, 10, 10]
    # Reviews and rework: 4 · 4 + 3 · 1; 4 · 4 + 3 · 3; with one correction 2 · 4 + 1; 2 · 1 + 3.
    assert [run.stage("reviewed", "land", name) for name in attributes] == [29, 45, 19, 15]
    assert [run.finished("land", name) for name in attributes] == [29, 45, 26, 22]


def test_project_level_variation_multiplies_all_times_of_a_project_alike() -> None:
    part = {"prepare": fixed(10), "review": workdays(20), "notice": fixed(5)}
    stages = {"a": part, "b": part | {"after": {"a": {}}}}
    projects = {f"p{number}": 0 for number in range(400)}
    varied = scenario(stages, projects=projects, variation={"prepare": 0.5, "review": 0.2})
    stage = simulate(compile_plan(varied), 3, range(10)).stage
    prepare, review = stage.submitted - stage.ready, stage.review

    for times, mean, sigma in ((prepare, 10, 0.5), (review, 20, 0.2)):
        np.testing.assert_allclose(times[..., 0], times[..., 1], rtol=1e-9)
        sample = np.log(times[..., 0] / mean).ravel()
        # Mean 1: the logarithm has mean −σ²/2. Four standard errors of 4,000 projects.
        assert abs(sample.mean() + sigma**2 / 2) < 4 * sigma / np.sqrt(sample.size)
        assert abs(sample.std() - sigma) < 4 * sigma / np.sqrt(2 * sample.size)
    assert abs(np.corrcoef(prepare[..., 0].ravel(), review[..., 0].ravel())[0, 1]) < 4 / 4000**0.5
    np.testing.assert_allclose(stage.notice, 5)


# Availability windows

NEW_YEAR = 40  # 10 February 2024 is day 40 of the clock
WINDOW = {"kind": "spring_festival", "closed_before": 15.0, "closed_after": 8.0, "full_after": 28.0}


def test_the_spring_festival_of_2024_is_on_day_40() -> None:
    assert day(NEW_YEAR) == spring_festivals(2024, 2024)[0]


@pytest.mark.parametrize("due", [24, 25, 40, 48, 55, 67, 68, 100])
def test_a_milestone_waits_until_the_share_of_resumed_sites_covers_its_draw(due: int) -> None:
    names = [f"p{number}" for number in range(20)]
    milestones = {"groundbreaking": needs("a") | {"window": WINDOW}}
    stages = {"a": {"prepare": fixed(due)}}
    run = outcome(scenario(stages, milestones, dict.fromkeys(names, 0)))

    for name in names:
        draw = uniform(1, 0, name, "groundbreaking", 0, Purpose.WINDOW)
        # Closed from 25 to 48, then (t − 48) / 20 of the sites have resumed.
        opens = 48 + 20 * draw
        expected = opens if 25 <= due < opens else due
        assert run.happened(project=name) == pytest.approx(expected, abs=1e-9)


def test_a_milestone_waits_for_its_window_and_its_holds_in_turn() -> None:
    # Broken on 4 + 6 = 10. Everything else is there on day 24, inside the hold, when the window is
    # open still; the hold ends on 27 + 3 = 30, when it is closed.
    stages = {"u": {"prepare": fixed(27)}, "v": {"prepare": fixed(4), "after": {"u": owed(6)}}}
    stages |= {"x": {"prepare": fixed(24)}}
    milestones = {
        "all": needs("u", "v", "x"),
        "groundbreaking": needs("x") | {"window": WINDOW | {"full_after": 8.0}},
    }
    run = outcome(scenario(stages, milestones, commitment=policy(remedy=3)))

    assert run.happened("all") == 30
    assert run.happened() == NEW_YEAR + 8


def test_a_hold_may_be_on_when_the_window_opens() -> None:
    # Broken on 4 + 42 = 46; x is there on day 30, when the window is closed until 48. u comes on
    # day 51, and the hold ends on 51 + 3.
    stages = {"u": {"prepare": fixed(51)}, "v": {"prepare": fixed(4), "after": {"u": owed(42)}}}
    stages |= {"x": {"prepare": fixed(30)}}
    milestones = {
        "all": needs("u", "v", "x"),
        "groundbreaking": needs("x") | {"window": WINDOW | {"full_after": 8.0}},
    }
    run = outcome(scenario(stages, milestones, commitment=policy(remedy=3)))

    assert run.happened() == 54


# The horizon


@pytest.mark.parametrize(("last_day", "finished"), [(9, inf), (10, 10)])
def test_what_comes_after_the_last_day_does_not_happen(last_day: int, finished: float) -> None:
    # The last day counts to its midnight, and what happens at that very midnight is past it.
    run = outcome(scenario({"a": {"prepare": fixed(10)}}, end=day(last_day)))

    assert run.finished("a") == run.happened() == finished


def test_a_review_under_way_at_the_horizon_counts_as_busy_up_to_it() -> None:
    stages = {"a": {"department": "office", "prepare": fixed(2), "review": workdays(30)}}
    office = {"office": {}}
    run = outcome(scenario(stages, department=office, end=day(9)))

    assert run.stage("review_start", "a") == 2
    assert run.stage("reviewed", "a") == inf
    assert run.department("busy", "office") == 10 - 2
    assert run.facts.last_event[0] == 10


# Everything together


def test_eight_steps_of_a_fast_track_by_hand() -> None:
    stages = {
        "eia": {"prepare": fixed(10), "review": workdays(5), "notice": fixed(7)},
        "land": {"prepare": fixed(20), "notice": fixed(20)},
        "design": {"prepare": fixed(15), "after": {"land": provisional(1)}},
        "permit": {"review": workdays(5), "after": {"design": {}, "eia": owed(10)}},
    }
    milestones = {"groundbreaking": needs("permit")}
    slow = outcome(scenario(stages, milestones, commitment=policy(enabled=False)))
    fast = outcome(scenario(stages, milestones, commitment=policy()))

    # Standard: land 40, design 55, permit 60. Fast: design max(15, 40) + 1, permit 46.
    assert slow.happened() == 40 + 15 + 5
    assert fast.happened() == 40 + 1 + 5
    assert fast.edge("obliged", "eia->permit") == inf  # finished on 10 + 5 + 7


def test_factors_multiply_beyond_what_a_single_one_may_be() -> None:
    twice = [
        {"when": {"path": "standard"}, "factor": {"prepare": 50.0}},
        {"when": {"path": "standard"}, "factor": {"prepare": 40.0}},
    ]
    run = outcome(scenario({"only": {"prepare": fixed(1), "variant": twice}}))

    assert run.stage("finished", "only") == 1 * 50 * 40


def test_a_review_of_seven_calendar_days_never_exceeds_five_working_days_by_rounding() -> None:
    for sevenths in range(1, 60):
        land = {"prepare": fixed(sevenths / 7), "review": fixed(7), "statutory": 5}
        run = outcome(scenario({"land": land}, calendar=WEEKDAYS))
        assert run.stage("over_statutory", "land") == 0
