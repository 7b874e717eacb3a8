from itertools import pairwise
from math import inf, isfinite
from typing import Any

import numpy as np
import pytest
from builders import corrected, needs, owed, policy, provisional, scenario, workdays
from hypothesis import given
from hypothesis import strategies as st
from networks import fixed
from random_scenarios import random_scenarios

from approvalsim.plan import compile_plan
from approvalsim.scenario import Scenario
from approvalsim.simulation import trace
from approvalsim_ui.walk_moment import following, moment, preceding, station, stations
from approvalsim_ui.walk_story import PHASES, Walk, chosen, told, walk

CLOSE = 1e-6


def walked(scenario: Scenario, project: str = "p1", seed: int = 1) -> Walk:
    return walk(scenario, compile_plan(scenario), seed, 0, project)


def phases(told: Walk, stage: str) -> list[tuple[str, float, float]]:
    return [(each.phase, each.begin, each.end) for each in told.by_stage[stage]]


def test_a_stage_is_told_step_by_step() -> None:
    stage = {
        "department": "office",
        "prepare": fixed(2),
        "review": fixed(3),
        "meeting": {"every": 7.0, "offset": 4.0},
        "correction": corrected(rework=1),
        "notice": fixed(5),
    }
    told = walked(scenario({"land": stage}, department={"office": {}}))

    assert phases(told, "land") == [
        ("preparing", 0, 2),
        ("meeting", 2, 4),
        ("reviewing", 4, 7),
        ("correcting", 7, 8),
        ("meeting", 8, 11),
        ("reviewing", 11, 14),
        ("notice", 14, 19),
    ]
    assert [each.round for each in told.by_stage["land"]] == [0, 1, 1, 1, 2, 2, 2]
    assert (told.signed, told.started, told.days) == (0, 19, 19)


def test_a_busy_office_makes_papers_queue() -> None:
    stage = {"department": "office", "review": fixed(4)}
    built = scenario({"land": stage}, projects={"p1": 0, "p2": 1}, department={"office": {}})

    assert phases(walked(built, "p2"), "land") == [("queueing", 1, 4), ("reviewing", 4, 8)]


def test_under_pre_review_the_certificate_waits_and_is_issued() -> None:
    stages = {
        "land": {"prepare": fixed(20)},
        "permit": {"prepare": fixed(5), "after": {"land": provisional(2)}},
    }
    told = walked(scenario(stages, commitment=policy()))

    assert told.path == "commitment"
    assert told.grade == "A"
    assert told.modes["land", "permit"] == "prereview"
    assert phases(told, "permit") == [
        ("preparing", 0, 5),
        ("waiting", 5, 20),
        ("issuing", 20, 22),
    ]


def test_papers_owed_and_the_hold_of_a_broken_promise_are_told() -> None:
    stages = {"paper": {"prepare": fixed(60)}, "permit": {"prepare": fixed(5)}}
    stages["permit"]["after"] = {"paper": owed(due=8)}  # type: ignore[assignment]
    told = walked(scenario(stages, {"groundbreaking": needs("permit")}, commitment=policy(4)))

    [debt] = told.debts
    assert (debt.edge, debt.begin, debt.end, debt.broken) == (("paper", "permit"), 5, 60, 13)
    assert told.holds == ((13, 64),)
    assert told.started == 5
    assert moment(told, 12.0).passages["paper", "permit"] == "owed"
    assert not moment(told, 12.0).held
    assert moment(told, 13.0).held
    assert moment(told, 60.0).passages["paper", "permit"] == "passed"
    assert not moment(told, 64.0).held


def test_what_the_horizon_cuts_off_ends_there() -> None:
    from datetime import date

    stages = {"land": {"prepare": fixed(50)}, "permit": {"after": {"land": {}}}}
    told = walked(scenario(stages, end=date(2024, 1, 10)))

    assert phases(told, "land") == [("preparing", 0, 10)]
    assert told.started == inf
    assert told.end == 10
    assert moment(told, 10.0).active == ("land",)


def test_a_project_that_leaves_ends_there() -> None:
    stages = {"land": {"prepare": fixed(50)}, "permit": {"prepare": fixed(9)}}
    stages["late"] = {"after": {"permit": {}}}  # type: ignore[dict-item]
    built = scenario(
        stages, generator={"dropout": {"probability": 1.0, "stage": "late"}}, projects={"p1": 0}
    )
    told = walked(built)

    assert phases(told, "land") == [("preparing", 0, 9)]
    assert told.begun["late"] == inf
    assert told.events[-1].what == "left"


def test_a_project_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        walked(scenario({"a": {}}), "nobody")


@given(random_scenarios(), st.integers(0, 50))
def test_intervals_fill_the_time_of_a_stage_and_add_up_to_the_facts(
    scenario: Scenario, seed: int
) -> None:
    plan = compile_plan(scenario)
    facts, history = trace(plan, seed, 0)
    for number, project in enumerate(plan.axes.projects):
        told_ = told(scenario, plan, facts, history, project)
        for place, stage in enumerate(plan.axes.stages):
            each = told_.by_stage[stage]
            for before, after in pairwise(each):
                assert before.end == pytest.approx(after.begin, abs=CLOSE)
            part = {
                name: getattr(facts.stage, name)[0, number, place] for name in vars(facts.stage)
            }
            if not isfinite(part["finished"]):
                continue
            spent = dict.fromkeys(PHASES, 0.0)
            for interval in each:
                spent[interval.phase] += interval.end - interval.begin
            wanted = {
                "preparing": part["submitted"] - part["ready"],
                "meeting": part["meeting"],
                "queueing": part["queue"],
                "reviewing": part["review"],
                "correcting": part["rework"],
                "notice": part["notice"],
            }
            for phase, days in wanted.items():
                assert spent[phase] == pytest.approx(days, abs=CLOSE)  # type: ignore[index]
            assert spent["waiting"] + spent["issuing"] == pytest.approx(part["issue"], abs=CLOSE)


@given(random_scenarios(), st.integers(0, 50), st.floats(-5, 90))
def test_a_moment_agrees_with_the_facts(scenario: Scenario, seed: int, time: float) -> None:
    plan = compile_plan(scenario)
    facts, history = trace(plan, seed, 0)
    for number, project in enumerate(plan.axes.projects):
        told_ = told(scenario, plan, facts, history, project)
        at = moment(told_, time)
        for place, stage in enumerate(plan.axes.stages):
            ready = facts.stage.ready[0, number, place]
            finished = facts.stage.finished[0, number, place]
            expected = "done" if finished <= time else "active" if ready <= time else "ahead"
            assert at.parts[stage].progress == expected
            interval = at.parts[stage].interval
            if interval is not None:
                assert 0 <= station(told_, interval) <= max(len(stations(told_, stage)) - 1, 0)
        for (source, target), passage in at.passages.items():
            if passage == "owed":
                assert at.parts[target].progress == "done"
                assert told_.modes[source, target] == "deferred"


def test_what_is_still_missing_is_named_before_a_stage_begins() -> None:
    stages = {
        "a": {"prepare": fixed(3)},
        "b": {"prepare": fixed(5)},
        "c": {"after": {"a": {}, "b": {}}, "prepare": workdays(1)},
    }
    told = walked(scenario(stages))

    assert moment(told, 1.0).parts["c"].missing == ("a", "b")
    assert moment(told, 4.0).parts["c"].missing == ("b",)
    assert moment(told, 4.0).passages["a", "c"] == "waiting"
    assert moment(told, 5.0).passages["a", "c"] == "passed"
    assert moment(told, 5.0).active == ("c",)


def test_steps_go_from_event_to_event() -> None:
    times = (0.0, 3.0, 7.5)

    assert following(times, 0.0) == 3.0
    assert following(times, 7.5) is None
    assert preceding(times, 7.5) == 3.0
    assert preceding(times, 0.0) is None


TIMES = np.array([[10.0, inf, 40.0], [30.0, 20.0, 50.0]])


@pytest.mark.parametrize(
    ("case", "project", "expected"),
    [
        ("median", None, (1, 0)),
        ("p80", None, (0, 2)),
        ("worst", None, (1, 2)),
        ("median", 0, (0, 0)),
        ("worst", 0, (1, 0)),
        ("median", 1, (1, 1)),
    ],
)
def test_cases_are_picked_from_times(case: Any, project: int | None, expected: Any) -> None:
    assert chosen(TIMES, case, project) == expected


def test_where_nothing_started_there_is_no_case() -> None:
    assert chosen(np.full((2, 2), inf), "median") is None
    assert chosen(TIMES[:1], "worst", 1) is None


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(("median", "p80", "worst")),
)
def test_the_picked_time_is_that_quantile(rows: list[list[int]], case: Any) -> None:
    times = np.array(rows, dtype=float)
    times[times == 9] = inf
    found = chosen(times, case)
    finite = times[np.isfinite(times)]
    if found is None:
        assert not len(finite)
        return
    share = {"median": 0.5, "p80": 0.8, "worst": 1.0}[case]
    value = times[found]
    assert (finite <= value).mean() >= share - 1e-9
    assert (finite < value).mean() < share
