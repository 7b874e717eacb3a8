"""The dispatch table, counted out by hand: lights, warnings, actions in order, what is late."""

from dataclasses import replace
from math import inf, isinf, isnan

import numpy as np
import pytest
from builders import day, policy, provisional
from dispatching import TARGET, demand, project, record, register, two_stages
from hypothesis import given, settings
from hypothesis import strategies as st
from registers import kept

from approvalsim.deadlines import Board, with_targets
from approvalsim.dispatch import Line, Prospect, dispatch, prospects_of
from approvalsim.execution import Effort
from approvalsim.forecast import forecast
from approvalsim.lights import SIGNAL_WORDS, LightRules, Signal
from approvalsim.oversight import Supervision
from approvalsim.plan import compile_plan
from approvalsim.register import Entry
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim.simulation import trace
from approvalsim.standing import entered, scenario_of
from approvalsim.supervision import Light, margins

RULES = LightRules(red_after=3)


def line(as_of: int, entry: Entry | None = None, scenario: Scenario | None = None) -> Line:
    """The only line of a table."""
    table = dispatch(scenario or two_stages(), register(entry or project()), day(as_of), RULES)
    (found,) = table.lines
    return found


# --- lights --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "slack", "signal"),
    [
        (0, 24, Signal.GREEN),
        (24, 0, Signal.GREEN),  # the evening of the day on which the design is due
        (25, -1, Signal.YELLOW),
        (27, -3, Signal.YELLOW),
        (28, -4, Signal.RED),
    ],
)
def test_a_light_turns_with_the_day_after_a_deadline(
    as_of: int, slack: int, signal: Signal
) -> None:
    found = line(as_of)
    assert (found.slack, found.signal) == (slack, signal)
    assert found.light == signal.value
    assert found.urged == (signal is not Signal.GREEN)


def test_finishing_the_late_stage_moves_on_to_the_next_deadline() -> None:
    done = project(stages={"design": record(0, 12, 20, 28)})
    assert line(28, done).slack == 39 - 28
    assert line(28, done).signal is Signal.GREEN


def test_what_is_dated_after_the_day_has_not_happened_yet() -> None:
    done = project(stages={"design": record(0, 12, 20, 28)})
    assert line(27, done) == replace(
        line(27, project(stages={"design": record(0, 12, 20)})), entry=done
    )


def test_rules_of_ones_own_shift_the_lights() -> None:
    early = LightRules(yellow_below=10, red_after=0)
    lights = [
        dispatch(two_stages(), register(project()), day(each), early).lines[0].signal
        for each in (14, 15, 24, 25)
    ]
    assert lights == [Signal.GREEN, Signal.YELLOW, Signal.YELLOW, Signal.RED]


def test_rules_are_the_scenarios_where_it_has_some_and_named_by_their_numbers() -> None:
    said = Supervision(red_after=7, within=100, source="of the district")
    own = LightRules.of(two_stages().model_copy(update={"supervision": said}))
    assert (own.red_after, own.within, own.assumed) == (7, 100, False)
    assert LightRules.of(two_stages()) == LightRules()
    assert LightRules().assumed
    assert LightRules().version == LightRules(assumed=False).version != own.version


def test_without_a_target_there_is_no_light_unless_rules_give_one() -> None:
    free = project(target=None)
    found = line(30, free)
    assert isinf(found.margin)
    assert (found.slack, found.signal, found.late) == (None, Signal.NO_TARGET, ())
    assert [each.due for each in found.actions] == [None, None, None]
    within = replace(RULES, within=40)
    (bound,) = dispatch(two_stages(), register(free), day(30), within).lines
    assert (bound.target, bound.slack) == (day(39), -6)


def test_every_signal_has_a_shape_and_a_word_of_its_own() -> None:
    for words in zip(*SIGNAL_WORDS.values(), strict=True):
        assert len({word[0] for word in words}) == len(words) == len(Signal)
        assert all(len(word) > 2 for word in words)


# --- the forecast --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "chance", "signal"),
    [(5, 0.59, Signal.WARNING), (5, 0.6, Signal.GREEN), (26, 0.1, Signal.YELLOW)],
)
def test_green_with_a_doubtful_forecast_carries_a_warning(
    as_of: int, chance: float, signal: Signal
) -> None:
    said = {"p1": Prospect(day(40), day(50), 1.0, chance)}
    (found,) = dispatch(two_stages(), register(project()), day(as_of), RULES, said).lines
    assert found.signal is signal
    assert found.light is not Light.NONE
    assert found.prospect == said["p1"]


def test_the_forecast_is_the_forecasts() -> None:
    subject, known = two_stages(), register(project(stages={"design": record(0, 12)}))
    done = forecast(subject, known, day(12), Effort(5, 1, workers=1))
    # As-of is the evening of day 12; the design's review ends on day 17, the permit 15 days later.
    assert prospects_of(done) == {"p1": Prospect(day(32), day(32), 1.0, 1.0)}


# --- where it stands, and what comes next --------------------------------------------------------


def test_days_used_are_held_against_typical_time_or_the_legal_limit() -> None:
    (early,) = line(15).under_way
    assert (early.stage, early.step, early.since) == ("design", "prepare", day(0))
    assert (early.used, early.promised, early.basis, early.over) == (16, 15.0, "typical", True)
    reviewed = project(stages={"design": record(0, 8, 12, 12), "permit": record(12, 20)})
    (now,) = line(26, reviewed).under_way
    assert (now.stage, now.step, now.since) == ("permit", "review", day(20))
    assert (now.used, now.promised, now.workdays, now.over) == (7, 7.0, True, False)
    assert now.basis == "statutory"


def test_papers_that_passed_early_wait_for_their_predecessor_and_are_not_over_time() -> None:
    subject = two_stages(provisional(), commitment=policy())
    ahead = project(path="commitment", stages={"permit": record(0, 2, 5)})
    steps = {each.stage: each for each in line(60, ahead, subject).under_way}
    assert (steps["permit"].step, steps["permit"].promised, steps["permit"].over) == (
        *("wait", None, False),
    )


def test_the_next_three_actions_stand_in_the_order_of_their_dates() -> None:
    first = line(0, project(owner="招商局", leader="李", team="一班"))
    told = [(each.deed, each.subject, each.due, each.overdue) for each in first.actions]
    assert told == [
        ("submit", "design", day(19), False),
        ("finish", "design", day(24), False),
        ("submit", "permit", day(34), False),
    ]
    design, _, permit = (each.responsible for each in first.actions)
    assert design is not None
    assert design.zh == "设计科"  # the stage's
    assert permit is not None
    assert permit.en == "招商局"  # nobody else's, so the project's
    last = line(22, project(stages={"design": record(0, 12, 20, 21), "permit": record(21, 22)}))
    told = [(each.deed, each.subject, each.due, each.overdue) for each in last.actions]
    assert told == [
        ("finish", "permit", TARGET, False),
        ("reach", "groundbreaking", TARGET, False),
    ]
    assert last.actions[0].responsible is None  # nobody is named anywhere


def test_what_is_late_is_named_with_its_date_and_days() -> None:
    found = line(40, project(owner="招商局"))
    told = [(each.subject, each.due, each.days) for each in found.late]
    assert told == [
        ("design", day(24), 16),
        ("permit", TARGET, 1),
        ("groundbreaking", TARGET, 1),
    ]
    assert found.slack == -found.late[0].days
    assert [each.overdue for each in found.actions] == [True, True, True]
    assert line(24).late == ()  # the last evening on which the design may be finished


def test_leader_or_team_answer_where_no_owner_is_named() -> None:
    for given_, expected in (({"leader": "李", "team": "一班"}, "李"), ({"team": "一班"}, "一班")):
        who = line(0, project(**given_)).actions[2].responsible
        assert who is not None
        assert who.zh == expected


def test_demands_are_open_until_they_are_closed() -> None:
    demands = (
        demand("a", "p1", 3, 5, 9),
        demand("b", "p1", 4, 8),
        demand("c", "p1", 11),
        demand("d", "p2", 1),
    )
    known = register(project(), project("p2"), demands=demands)
    one, two = dispatch(two_stages(), known, day(7), RULES).lines
    told = [(each.demand.id, each.days, each.answered) for each in one.demands]
    assert told == [("a", 4, day(5)), ("b", 3, None)]
    assert [each.demand.id for each in two.demands] == ["d"]
    one, _ = dispatch(two_stages(), known, day(9), RULES).lines
    assert [(each.demand.id, each.answered) for each in one.demands] == [("b", day(8))]


# --- odd registers -------------------------------------------------------------------------------


def test_an_empty_register_gives_an_empty_table() -> None:
    table = dispatch(two_stages(), register(), day(5), RULES)
    assert table.lines == ()
    assert all(table.count(signal) == 0 for signal in Signal)


def test_a_table_of_finished_projects_asks_for_nothing() -> None:
    done = project(
        stages={"design": record(0, 9, 20, 20), "permit": record(20, 25, 30, 30)},
        milestones={"groundbreaking": day(31)},
    )
    found = line(60, done)
    assert (found.signal, found.done) == (Signal.DONE, day(31))
    assert (found.actions, found.late, found.under_way) == ((), (), ())
    assert isnan(found.margin)


def test_who_signs_tomorrow_has_not_signed_today() -> None:
    tomorrow = project("p4", day(9))
    signals = [
        dispatch(two_stages(), register(tomorrow), day(as_of), RULES).lines[0].signal
        for as_of in (8, 9)
    ]
    assert signals == [Signal.UNSIGNED, Signal.GREEN]


def test_projects_without_a_date_are_unsigned_and_those_that_left_are_gone() -> None:
    known = register(project("p1"), Entry("p2"), project("p3", left=day(4)), project("p4", day(9)))
    table = dispatch(two_stages(), known, day(5), RULES)
    told = {each.entry.id: each.signal for each in table.lines}
    assert told == {"p1": Signal.GREEN, "p2": Signal.UNSIGNED, "p4": Signal.UNSIGNED}
    assert dispatch(two_stages(), register(Entry("p2")), day(5)).lines[0].actions == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 40), st.integers(0, 260))
def test_a_line_agrees_with_itself_whatever_stands_in_the_register(row: int, days: int) -> None:
    scenario = load(find("supervised-2022"))
    plan = compile_plan(scenario)
    facts, _ = trace(plan, 7, row)
    as_of = plan.calendar.date_of(days)
    known = kept(plan, facts, as_of)
    table = dispatch(scenario, known, as_of)
    staying = [each for each in known.entries if not (each.left and each.left <= as_of)]
    assert [each.entry.id for each in table.lines] == [each.id for each in staying]
    for each in table.lines:
        dues = [one.due for one in each.actions if one.due]
        assert dues == sorted(dues)
        assert (each.slack is not None and each.slack < 0) == bool(each.late)
        assert each.urged == bool(each.late)
        if each.late:
            assert each.slack == -max(one.days for one in each.late)


def test_margins_are_those_that_supervision_lights_by() -> None:
    subject = two_stages(supervision={"within": 35.0})
    known = register(
        project(target=None, stages={"design": record(0, 9, 20, 20)}),
        project("p2", day(3)),
        project("p3", day(8), stages={"design": record(8)}),
    )
    board = Board.of(subject, with_targets(known, subject, 35.0), day(22))
    plan = compile_plan(scenario_of(subject, known, day(22)))
    times = entered(plan, known, day(22))
    stays = np.full(3, inf)
    theirs = margins(plan, plan.portfolio.signed, times.finished, times.happened, stays, 23.0)
    assert board.margin.tolist() == theirs.tolist() == [12.0, 2.0, 2.0]
