"""The values behind the wall chart: the representative replication, bands, rows."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import inf

import numpy as np
import pytest
from answers import answered, policy_answer
from builders import needs, scenario, workdays
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from networks import fixed

from approvalsim.scenario import Scenario
from approvalsim_ui.answer import Answer
from approvalsim_ui.wall_chart import WallChart, representative, wall_charts
from approvalsim_ui.wall_chart_rows import Choice, departments_of, extent, rows_of

FIRST = float(date(2024, 1, 1).toordinal())


def example() -> Scenario:
    """Two projects: land and bank side by side, then the permit; one has a target."""
    stages = {
        "land": {"department": "office", "prepare": fixed(2), "review": fixed(3)},
        "bank": {"prepare": fixed(4)},
        "permit": {
            "department": "hall",
            "prepare": fixed(6),
            "after": {"land": {}, "bank": {}},
        },
    }
    built = scenario(
        stages,
        {"groundbreaking": needs("permit")},
        projects={"p1": 0, "p2": 10},
        department={"office": {}, "hall": {}},
    )
    first, *others = built.project
    targeted = first.model_copy(update={"target": date(2024, 1, 9)})
    return built.model_copy(update={"project": (targeted, *others)})


def no_watch(_number: int) -> None:
    pass


def made(answer: Answer) -> WallChart:
    *_, last = wall_charts(answer, no_watch, no_watch)
    return last


@lru_cache
def chart() -> WallChart:
    built = example()
    return made(answered(built, built, 4))


@lru_cache
def portfolio() -> WallChart:
    return made(policy_answer())


# --- the representative replication --------------------------------------------------------------


def test_the_representative_replication_is_nearest_to_the_median() -> None:
    times = np.array([[10.0, 30.0], [5.0, 7.0], [90.0, 110.0]])  # means 20, 6, 100
    assert representative(times) == 0


def test_what_never_started_does_not_count() -> None:
    times = np.array([[inf, inf], [8.0, inf], [20.0, inf], [9.0, inf]])
    assert representative(times) == 3


def test_sides_share_their_representative() -> None:
    a = np.array([[1.0], [2.0], [3.0]])
    b = np.array([[9.0], [5.0], [7.0]])
    assert (representative(a), representative(b)) == (1, 2)
    assert representative(a, 100 * b) == 2  # where the distance is larger


@given(arrays(np.float64, (5, 3), elements=st.floats(1, 1_000)))
def test_no_replication_is_nearer(times: np.ndarray) -> None:
    gaps = np.abs(times.mean(axis=1) - np.median(times.mean(axis=1)))
    assert gaps[representative(times)] == pytest.approx(gaps.min())


def test_of_nothing_the_first_is_taken() -> None:
    assert representative(np.full((3, 2), inf)) == 0


# --- courses and bands ---------------------------------------------------------------------------


def test_stages_stand_at_their_dates() -> None:
    course = chart().b.one["p1"]
    spans = {name: (span.begin - FIRST, span.end - FIRST) for name, span in course.stages.items()}
    assert spans == {"land": (0, 5), "bank": (0, 4), "permit": (5, 11)}
    assert course.signed == FIRST
    assert course.milestones["groundbreaking"].end == FIRST + 11


def test_a_stage_knows_what_it_waited_for() -> None:
    passages = chart().b.one["p1"].passages
    assert (passages["land"].cause, passages["land"].awaited) == ("signing", ())
    assert (passages["permit"].cause, passages["permit"].awaited) == ("stages", ("land",))


def test_bands_of_what_never_varies_are_what_happens() -> None:
    side = chart().b
    for project, course in side.one.items():
        for stage, span in course.stages.items():
            band = side.bands[project].stages[stage]
            assert (band.begin, band.end, band.late) == pytest.approx(
                (span.begin, span.end, span.end)
            )
            assert band.share == 1.0


def test_bands_are_quantiles_of_the_days_since_signing() -> None:
    answer, side = policy_answer(), portfolio().b
    place = answer.b.plan.axes.projects.index("p05")
    days = answer.b.times[:, place]
    known = days[np.isfinite(days)]
    goal = side.bands["p05"].milestones[side.scenario.measure]
    signed = side.one["p05"].signed
    assert goal.end - signed == pytest.approx(np.quantile(known, 0.5))
    assert goal.late - signed == pytest.approx(np.quantile(known, 0.8))
    assert goal.share == pytest.approx(len(known) / len(days))


def test_bands_are_in_order() -> None:
    for course in portfolio().b.bands.values():
        for span in course.stages.values():
            assert course.signed - 1e-6 <= span.begin <= span.end <= span.late
            assert 0 < span.share <= 1


def test_working_days_leave_out_holidays() -> None:
    side = portfolio().b
    monday = date(2022, 1, 31).toordinal()  # the Spring Festival, till Sunday
    assert side.working_days(monday, monday + 7) == 0
    assert not side.works(monday)
    assert side.works(monday - 1)  # a Sunday worked in exchange


def test_holidays_of_the_time_have_their_names() -> None:
    named = {(each.name, each.first) for each in portfolio().festivals}
    assert ("春节", date(2022, 1, 31)) in named
    assert ("国庆", date(2022, 10, 1)) in named
    assert chart().festivals == ()  # every day is worked there


def test_slow_engines_tell_bands_from_few_replications_first() -> None:
    told = [each.replications for each in wall_charts(policy_answer(), no_watch, no_watch)]
    assert told == [5, 12]


# --- rows ----------------------------------------------------------------------------------------


def test_one_row_a_project_holds_its_stages_in_lanes() -> None:
    first, second = rows_of(chart(), Choice())
    assert (first.project, second.project) == ("p1", "p2")
    lanes = {bar.stage: bar.lane for bar in first.bars}
    assert lanes == {"land": 0, "bank": 1, "permit": 0}
    assert first.lanes == 2
    assert [bar.number for bar in first.bars if bar.stage == "permit"] == [3]
    assert first.target == date(2024, 1, 9)


def test_no_bar_covers_another() -> None:
    for row in rows_of(portfolio(), Choice(what="bands")):
        for lane in range(row.lanes):
            ends = -inf
            for bar in sorted((b for b in row.bars if b.lane == lane), key=lambda b: b.span.begin):
                assert bar.span.begin >= ends
                ends = bar.span.late


def test_rows_of_stages_are_headed_by_their_project() -> None:
    rows = rows_of(chart(), Choice(grouping="stages"))
    assert [(row.kind, row.project, row.stage) for row in rows[:4]] == [
        ("head", "p1", ""),
        ("stage", "p1", "land"),
        ("stage", "p1", "bank"),
        ("stage", "p1", "permit"),
    ]
    assert [row.begins_group for row in rows[:4]] == [True, False, False, False]


def test_rows_by_department_come_in_the_scenarios_order() -> None:
    rows = rows_of(chart(), Choice(grouping="departments"))
    assert [(row.department, row.project) for row in rows] == [
        ("office", "p1"),
        ("office", "p2"),
        ("hall", "p1"),
        ("hall", "p2"),
        ("", "p1"),
        ("", "p2"),
    ]
    assert departments_of(chart()) == ("office", "hall")


def test_filters_leave_the_rest_out() -> None:
    choice = Choice(grouping="stages", project="p2", department="hall")
    rows = rows_of(chart(), choice)
    assert [(row.project, row.stage) for row in rows] == [("p2", ""), ("p2", "permit")]
    assert rows_of(chart(), Choice(project="nobody")) == ()


def test_both_sides_share_a_row_a_above_b() -> None:
    for row in rows_of(portfolio(), Choice(grouping="stages", sides="both")):
        if len(row.bars) == 2:
            assert [(bar.side, bar.lane) for bar in row.bars] == [("a", 0), ("b", 1)]
    whole = rows_of(portfolio(), Choice(sides="both"))[0]
    assert {bar.stage for bar in whole.bars} == {""}


def test_projects_can_stand_in_the_order_of_their_signing() -> None:
    rows = rows_of(portfolio(), Choice(order="dates"))
    signings = [row.signings[0][1] for row in rows]
    assert signings == sorted(signings)
    assert len(rows) == 43


def test_the_axis_reaches_from_the_first_to_the_last() -> None:
    rows = rows_of(chart(), Choice())
    assert extent(rows) == (FIRST, FIRST + 21)
    assert extent(rows, [date(2024, 1, 22)]) == (FIRST, FIRST + 22)
    assert extent(rows, [date(2026, 1, 1)]) == (FIRST, FIRST + 21)  # too far away
    first, last = extent(())
    assert first < last


def test_working_time_is_counted_where_days_are_free() -> None:
    stages = {"land": {"prepare": workdays(5)}}
    built = scenario(stages, {"groundbreaking": needs("land")}, calendar={"kind": "weekdays"})
    side = made(answered(built, built, 2)).b
    span = side.one["p1"].stages["land"]
    assert side.working_days(span.begin, span.end) == 5
    assert replace(span, end=span.begin + 7).end - span.begin == 7
