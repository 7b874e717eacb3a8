"""Bulletins between two dates: what happened, which lights changed, who stands where."""

from dataclasses import replace
from datetime import date

import pytest
from builders import day
from dispatching import demand, project, record, register, two_stages
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.bulletin import LEFT, SIGNED, Bulletin, begin_of, bulletin
from approvalsim.bulletin_figures import GroupFigures, Known
from approvalsim.errors import ScenarioError
from approvalsim.lights import LightRules, Signal
from approvalsim.register import Register

START = {"groundbreaking": day(26)}
DONE = {"design": record(0, 5, 8, 8), "permit": record(8, 20, 24, 24)}

BEFORE = register(
    project("p1", owner="甲", extra={"镇街": "外海"}),
    project("p2", owner="乙"),
    project("p3", owner="甲", stages=DONE),
    project("p4", owner="乙"),
)
AFTER = register(
    project("p1", owner="甲", extra={"镇街": "外海"}),
    project("p2", owner="乙", stages={"design": record(0, 21, 25, 25)}),
    project("p3", owner="甲", stages=DONE, milestones=START),
    project("p4", owner="乙", left=day(23)),
    project("p5", day(22), target=day(80)),
    project("p6", day(10), owner="乙", target=day(80)),
    demands=(
        demand("a", "p1", 2, 5, 22),
        demand("b", "p1", 21, 25),
        demand("c", "p2", 20, None, None, kind="energy"),
        demand("d", "p2", 27, kind="energy"),
    ),
)


def told(
    before: Register = BEFORE, after: Register = AFTER, by: str = "owner", until: int = 26
) -> Bulletin:
    """The week from day 20 on."""
    ends = Known(before, day(19)), Known(after, day(until))
    return bulletin(two_stages(), "weekly", *ends, by, LightRules(red_after=1))


def group(found: Bulletin, name: str) -> GroupFigures:
    """The figures of one group."""
    (figures,) = [each for each in found.groups if each.name == name]
    return figures


def test_what_happened_is_what_was_not_known_before() -> None:
    found = told()
    events = [(each.what, each.entry.id, each.day, each.late) for each in found.events]
    assert events == [
        (SIGNED, "p6", day(10), True),  # happened before, entered now
        (SIGNED, "p5", day(22), False),
        ("groundbreaking", "p3", day(26), False),
        (LEFT, "p4", day(23), False),
    ]
    # By date: p2's design and p3's permit were submitted and finished in these days.
    assert found.papers == (2, 2)
    assert (found.since, found.until) == (day(20), day(26))


def test_what_happened_on_the_eve_and_was_entered_later_is_late_too() -> None:
    eve = register(project("p1", day(19)), project("p2", day(20)))
    events = [(each.entry.id, each.late) for each in told(register(), eve).events]
    assert events == [("p1", True), ("p2", False)]


def test_lights_that_changed_are_told_the_most_urgent_first() -> None:
    changes = [(each.entry.id, each.before, each.after) for each in told().changed]
    # p1's design was due on day 24; p2's was finished on day 25.
    assert changes == [
        ("p1", Signal.GREEN, Signal.RED),
        ("p5", Signal.UNSIGNED, Signal.GREEN),
        ("p6", Signal.UNSIGNED, Signal.GREEN),
        ("p3", Signal.GREEN, Signal.DONE),
        ("p4", Signal.GREEN, Signal.LEFT),
    ]


def test_who_is_urged_on_is_told_the_latest_first() -> None:
    late = replace(AFTER, entries=(*AFTER.entries, project("p9", target=day(35))))
    urged = [(line.entry.id, line.slack, line.signal) for line in told(after=late).urged]
    assert urged == [("p9", -6, Signal.RED), ("p1", -2, Signal.RED)]


def test_demands_are_counted_by_kind_with_the_days_to_their_answers() -> None:
    land, energy = told().demands
    assert (land.kind, land.raised, land.answered, land.closed) == ("land", 1, 1, 1)
    assert (land.open, land.unanswered, land.days_to_answer) == (1, 0, 4.0)
    assert (energy.kind, energy.raised, energy.answered, energy.closed) == ("energy", 1, 0, 0)
    assert (energy.open, energy.unanswered, energy.days_to_answer) == (1, 1, None)  # d is to come
    assert [each.id for each in told().open_demands] == ["c", "b"]
    assert [each.id for each in told().closed_demands] == ["a"]


def test_groups_are_ranked_by_their_start_rates_and_the_unnamed_stand_last() -> None:
    found = told()
    assert [(each.name, each.rank) for each in found.groups] == [("甲", 1), ("乙", 2), ("", None)]
    first, second = group(found, "甲"), group(found, "乙")
    assert (first.signed, first.started, first.left) == (2, 1, 0)
    assert (first.rate_before, first.rate, first.staying) == (0.0, 0.5, 0.5)
    assert (first.signed_now, first.started_now) == (0, 1)
    assert (first.red, first.yellow, first.green, first.worst) == (1, 0, 0, 2)
    assert first.open_demands == 1
    assert (second.signed, second.left, second.rate, second.staying) == (3, 1, 0.0, 0.0)
    assert (group(found, "").signed, group(found, "").signed_now) == (1, 1)


def test_equal_groups_share_a_rank() -> None:
    same = register(*(project(name, owner=name) for name in "abc"))
    assert [each.rank for each in told(same, same).groups] == [1, 1, 1]


def test_groups_may_be_a_column_of_ones_own_and_nothing_unknown() -> None:
    assert [each.name for each in told(by="镇街").groups] == ["外海", ""]
    with pytest.raises(ScenarioError) as wrong:
        told(by="镇")
    (problem,) = wrong.value.problems
    assert problem.sentence == "unknown_reference"
    assert "镇街" in problem.message()


@pytest.mark.parametrize(
    ("period", "begin"),
    [("weekly", 18), ("monthly", 1), ("quarterly", 1), ("yearly", 1)],
)
def test_a_period_begins_where_its_name_says(period: str, begin: int) -> None:
    months = {"weekly": 8, "monthly": 8, "quarterly": 7, "yearly": 1}
    assert begin_of(period, date(2024, 8, 24)) == date(2024, months[period], begin)


def test_a_year_is_told_by_its_quarters_and_a_quarter_by_its_months() -> None:
    many = register(
        project("p1", day(5), stages=DONE, milestones={"groundbreaking": day(40)}),
        project("p2", day(100), target=day(160)),
    )
    ends = Known(many, day(-1), recorded=False), Known(many, day(120))
    found = bulletin(two_stages(), "yearly", *ends)
    spans = [(each.since, each.until, each.signed, each.started, each.rate) for each in found.spans]
    assert spans == [
        (date(2024, 1, 1), date(2024, 3, 31), 1, 1, 1.0),
        (date(2024, 4, 1), day(120), 1, 0, 0.5),
    ]
    assert not found.recorded
    months = bulletin(two_stages(), "quarterly", Known(many, day(90)), Known(many, day(120)))
    assert [each.since for each in months.spans] == [date(2024, 4, 1)]
    assert told().spans == ()


def test_an_empty_register_has_an_empty_bulletin() -> None:
    found = told(register(), register())
    assert (found.events, found.changed, found.demands, found.groups) == ((), (), (), ())
    assert found.urged == ()


@given(st.integers(0, 60), st.integers(0, 30), st.integers(0, 30))
def test_what_two_weeks_tell_is_what_the_whole_tells(begin: int, one: int, two: int) -> None:
    def events(since: int, until: int) -> set[tuple[str, str]]:
        ends = Known(AFTER, day(since - 1)), Known(AFTER, day(until))
        return {
            (each.entry.id, each.what) for each in bulletin(two_stages(), "weekly", *ends).events
        }

    middle, end = begin + one, begin + one + 1 + two
    parts = events(begin, middle), events(middle + 1, end)
    assert not parts[0] & parts[1]
    assert parts[0] | parts[1] == events(begin, end)
