"""A scenario as arrays: everything in its place, and nothing that could be written to."""

import pickle
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import fixed, scenarios
from portfolios import POLICY, SHIPPED, START, portfolio, ran, shipped, work
from scipy import stats

from approvalsim.facts import differences
from approvalsim.luck import keys
from approvalsim.plan import compile_plan
from approvalsim.plan_parts import (
    COMMITMENT,
    DEFERRED,
    DRAWN,
    FINISHED,
    HARD,
    PREREVIEW,
    REVIEWED,
    STANDARD,
    SUBMITTED,
)
from approvalsim.scenario import content_hash, stage_for
from approvalsim.simulation import simulate
from approvalsim.tables import NO_TIME

U = np.array([0.001, 0.2, 0.5, 0.9, 0.999])


def durations(plan, table):
    return plan.tables.read(int(table), U).tolist()


# --- forms: what depends on a project's attributes -----------------------------------------------


def check_forms(scenario):
    """Every form of every stage is the stage with the variants of that combination applied."""
    plan = compile_plan(scenario)
    axes, forms = plan.axes, plan.forms
    reached = set()
    for position, stage in enumerate(scenario.stage.values()):
        used = np.flatnonzero(plan.stages.form_stride[position])
        for combination in product(*(range(len(axes.values[a])) for a in used)):
            values = np.zeros(len(axes.attributes), dtype=np.int64)
            values[used] = combination
            form = plan.stages.form_base[position] + plan.stages.form_stride[position] @ values
            assert form not in reached
            reached.add(int(form))
            having = {axes.attributes[a]: axes.values[a][values[a]] for a in used}
            wanted, factor, bars = stage_for(stage, having)
            for role in ("prepare", "review", "notice"):
                one = getattr(wanted, role)
                quantiles = one.quantile(U) * getattr(factor, role) if one else 0 * U
                found = durations(plan, getattr(forms, role)[form])
                np.testing.assert_allclose(found, quantiles, rtol=1e-3)
            rework = wanted.correction.rework
            assert (forms.rework[form] == NO_TIME) == (rework is None)
            if rework:
                expected = rework.quantile(U) * factor.rework
                np.testing.assert_allclose(durations(plan, forms.rework[form]), expected, rtol=1e-3)
            assert forms.correction[form] == wanted.correction.probability
            assert forms.decay[form] == wanted.correction.decay
            assert forms.max_rounds[form] == wanted.correction.max_rounds
            assert forms.statutory[form] == (inf if wanted.statutory is None else wanted.statutory)
            assert forms.bars_commitment[form] == bars
    assert reached == set(range(len(forms.prepare)))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_form_of_the_shipped_scenarios_is_the_stage_with_its_variants(name):
    check_forms(shipped(name))


ATTRIBUTES = {
    "land": {"net": 0.5, "raw": 0.5},
    "eia": {"book": 0.2, "form": 0.3, "exempt": 0.5},
    "idle": {"yes": 1.0},
}
VALUES = {
    **{name: list(shares) for name, shares in ATTRIBUTES.items()},
    "path": ["standard", "commitment"],
    "grade": ["A", "B"],
}
whens = st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({n: st.sampled_from(VALUES[n]) for n in names})
)
variants = st.fixed_dictionaries(
    {"when": whens},
    optional={
        "prepare": st.integers(0, 9).map(fixed),
        "review": st.integers(0, 9).map(fixed),
        "notice": st.integers(0, 9).map(fixed),
        "factor": st.fixed_dictionaries(
            {}, optional={r: st.floats(0, 3) for r in ("prepare", "review", "notice", "rework")}
        ),
        "correction": st.floats(0, 1).map(lambda p: {"probability": p, "rework": fixed(2)}),
        "statutory": st.floats(0, 50),
        "commitment": st.just(False),
    },
)


@settings(max_examples=40)
@given(st.lists(st.lists(variants, max_size=4), min_size=1, max_size=3))
def test_every_combination_of_attributes_has_its_own_form(given_variants):
    stages = {
        f"s{n}": work(n + 1, review=fixed(3), variant=some) for n, some in enumerate(given_variants)
    }
    grades = {"A": {"share": 0.5}, "B": {"share": 0.5}}
    check_forms(
        portfolio(
            stages,
            list(stages),
            projects={"attributes": ATTRIBUTES},
            commitment={"grades": grades},
        )
    )


# --- axes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_the_axes_of_the_shipped_scenarios_are_in_the_files_order(name):
    scenario = shipped(name)
    plan = compile_plan(scenario)
    axes = plan.axes
    assert axes.stages == tuple(scenario.stage)
    assert axes.milestones == tuple(scenario.milestone)
    assert axes.departments == tuple(scenario.department)
    assert axes.milestones[plan.measure] == "groundbreaking"
    assert len(axes.projects) == (scenario.projects.count or len(scenario.project))
    assert plan.scenario_hash == content_hash(scenario)
    for part in ("project", "stage", "milestone", "edge"):
        assert getattr(plan, f"{part}_keys").tolist() == keys(getattr(axes, f"{part}s")).tolist()


def generated(count):
    arrivals = {"kind": "all_at", "date": START}
    projects = {"count": count, "arrivals": arrivals}
    return compile_plan(portfolio({"s": work(1)}, listed=0, projects=projects))


def test_the_ids_of_generated_projects_do_not_depend_on_how_many_there_are():
    few, many = generated(9).axes.projects, generated(1200).axes.projects
    assert few == many[:9]
    assert (many[0], many[998], many[1199]) == ("p001", "p999", "p1200")
    assert len(set(many)) == 1200


def test_values_that_only_a_project_states_join_the_attributes():
    plan = compile_plan(
        portfolio(
            {"s": work(1)},
            projects={"attributes": {"land": {"net": 1.0}}},
            listed=[{"attributes": {"land": "raw", "size": "big"}}, {}],
        )
    )
    assert plan.axes.attributes == ("land", "size", "path", "grade")
    assert plan.axes.values == (("", "net", "raw"), ("", "big"), ("standard", "commitment"), ("",))
    assert plan.portfolio.attribute.tolist() == [[2, 1], [DRAWN, DRAWN]]


def test_without_a_groundbreaking_time_is_counted_to_the_last_milestone():
    milestones = {"first": {"after": {"s": {}}}, "second": {"after": {"s": {}}}}
    assert compile_plan(portfolio({"s": work(1)}, milestone=milestones)).measure == 1


# --- edges ---------------------------------------------------------------------------------------


def test_edges_say_what_they_may_become_and_what_they_wait_for():
    plan = compile_plan(
        portfolio(
            {
                "a": work(1),
                "b": work(1, {"a": {"relaxed": "prereview", "issue": fixed(2), "uptake": 0.4}}),
                "c": work(1, {"a": {}, "b": {"relaxed": "deferred", "due": 7, "grace": 4}}),
            },
            {"c": {"phase": "submitted"}, "a": {"relaxed": "deferred", "phase": "reviewed"}},
            commitment=POLICY,
        )
    )
    edges = plan.edges
    assert plan.axes.edges == ("a->b", "a->c", "b->c", "c->groundbreaking", "a->groundbreaking")
    assert edges.source.tolist() == [0, 0, 1, 2, 0]
    assert edges.target.tolist() == [1, 2, 2, 3, 3]
    assert edges.phase.tolist() == [FINISHED, FINISHED, FINISHED, SUBMITTED, REVIEWED]
    assert edges.relaxed.tolist() == [PREREVIEW, HARD, DEFERRED, HARD, DEFERRED]
    assert edges.uptake.tolist() == [0.4, 1.0, 1.0, 1.0, 1.0]
    assert edges.deadline.tolist() == [35.0, 35.0, 11.0, 35.0, 35.0]
    assert durations(plan, edges.issue[0]) == [2.0] * 5
    assert edges.issue[1:].tolist() == [NO_TIME] * 4


def test_a_scenario_without_waiting_stages_has_no_edges_but_to_its_milestone():
    plan = compile_plan(portfolio({"a": work(1), "b": work(2)}, ["a", "b"]))
    assert plan.axes.edges == ("a->groundbreaking", "b->groundbreaking")
    assert plan.ancestors.tolist() == [[True, False], [False, True]]


@given(scenarios())
def test_ancestors_are_all_that_can_be_reached_backwards(scenario):
    def before(name):
        found = {name}
        for predecessor in scenario.stage[name].after:
            found |= before(predecessor)
        return found

    plan = compile_plan(scenario)
    for row, name in enumerate(plan.axes.stages):
        marked = {plan.axes.stages[i] for i in np.flatnonzero(plan.ancestors[row])}
        assert marked == before(name)


# --- calendars and dates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("calendar", "counts"),
    [
        ({"kind": "everyday"}, False),
        ({"kind": "everyday", "holidays": [date(2024, 5, 1)]}, True),
        ({"kind": "weekdays"}, True),
        ({"kind": "china"}, True),
    ],
)
def test_workdays_are_days_only_where_every_day_is_worked(calendar, counts):
    stage = {"prepare": fixed(5, "workdays"), "review": {"dist": "fixed", "value": 3}}
    plan = compile_plan(portfolio({"s": stage}, calendar=calendar))
    assert plan.tables.workdays[plan.forms.prepare[0]] == counts
    assert plan.tables.workdays[plan.forms.review[0]] == counts  # reviews are so by default


def test_where_no_unit_is_given_officials_work_workdays_and_others_live_days():
    bare = {"dist": "fixed", "value": 2}
    plan = compile_plan(
        portfolio(
            {
                "a": {"prepare": bare, "review": bare, "notice": bare},
                "b": {
                    "correction": {"probability": 0.5, "rework": bare},
                    "after": {"a": {"relaxed": "prereview", "issue": bare}},
                },
            },
            calendar={"kind": "weekdays"},
            commitment={**POLICY, "remedy": bare},
        )
    )
    workdays, forms = plan.tables.workdays, plan.forms
    assert not workdays[[forms.prepare[0], forms.notice[0], forms.rework[1]]].any()
    assert workdays[[forms.review[0], plan.edges.issue[0], plan.policy.remedy]].all()


def test_dates_become_days_since_the_start():
    plan = compile_plan(
        portfolio(
            {"s": work(1, not_before=date(2024, 1, 11), meeting={"every": 7, "offset": 2})},
            listed=[{}, {"signed": date(2024, 3, 1)}],
            end=date(2024, 12, 31),
            window={"closed_before": 10, "closed_after": 5, "full_after": 20},
        )
    )
    assert plan.stages.not_before.tolist() == [10.0]
    assert plan.stages.meeting_every.tolist() == [7.0]
    assert plan.stages.meeting_offset.tolist() == [2.0]
    assert plan.portfolio.signed.tolist() == [0.0, 60.0]
    assert plan.end == 366.0  # all of the last day belongs to it
    assert plan.milestones.has_window.tolist() == [True]
    assert plan.milestones.closed_before.tolist() == [10.0]
    assert plan.milestones.closed_after.tolist() == [5.0]
    assert plan.milestones.full_after.tolist() == [20.0]
    assert plan.milestones.new_years[:2].tolist() == [40.0, 394.0]  # 2024-02-10, 2025-01-29


def test_without_an_end_nothing_is_censored_and_without_windows_there_are_no_new_years():
    plan = compile_plan(portfolio({"s": work(1)}))
    assert plan.end == inf
    assert not len(plan.milestones.new_years)


# --- departments, policy, projects ---------------------------------------------------------------


def test_departments_policy_and_projects_stand_where_engines_look():
    plan = compile_plan(
        portfolio(
            {
                "a": work(1, department="quick", review=fixed(1)),
                "b": work(1, {"a": {"relaxed": "deferred"}}, department="slow", review=fixed(1)),
                "c": work(1, {"b": {"relaxed": "prereview"}}),
            },
            [*"abc"],
            listed=[
                {"priority": -3, "grade": "B", "path": "commitment"},
                {"path": "standard"},
                {},
            ],
            department={
                "slow": {"reviewers": 2},
                "quick": {"reviewers": 7, "discipline": "priority"},
            },
            commitment={
                "share": 0.7,
                "remedy": fixed(6),
                "bar_after_breach": True,
                "grades": {
                    "A": {"share": 0.25, "breach": 0.1},
                    "B": {"share": 0.75, "eligible": False, "may_relax": ["b->c"]},
                },
            },
        )
    )
    assert plan.stages.department.tolist() == [1, 0, -1]
    assert plan.reviewers.tolist() == [2, 7]
    assert plan.by_priority.tolist() == [False, True]
    policy = plan.policy
    assert (policy.enabled, policy.share, policy.bar_after_breach) == (True, 0.7, True)
    assert policy.grade_shares.tolist() == [0.25, inf]
    assert policy.eligible.tolist() == [True, False]
    assert policy.breach.tolist() == [0.1, 0.0]
    assert policy.may_relax.tolist() == [[True] * 5, [False, True, False, False, False]]
    assert durations(plan, policy.remedy) == [6.0] * 5
    assert plan.portfolio.priority.tolist() == [-3, 0, 0]
    assert plan.portfolio.grade.tolist() == [1, DRAWN, DRAWN]
    assert plan.portfolio.path.tolist() == [COMMITMENT, STANDARD, DRAWN]


def test_without_a_policy_everybody_is_standard():
    policy = compile_plan(portfolio({"s": work(1)})).policy
    assert not policy.enabled
    assert policy.may_relax.shape == (0, 1)


@pytest.mark.parametrize("sigma", [0.1, 1.0, 3.0])
def test_multipliers_have_mean_1_and_the_sigma_that_was_asked_for(sigma):
    plan = compile_plan(portfolio({"s": work(1)}, variation={"prepare": sigma}))
    expected = np.exp(sigma * stats.norm.ppf(U) - sigma**2 / 2)
    found = durations(plan, plan.portfolio.vary_prepare)
    np.testing.assert_allclose(found, expected, rtol=1e-3)
    assert plan.portfolio.vary_review == NO_TIME


# --- a plan is a value ---------------------------------------------------------------------------


def arrays(part):
    """Every array inside a dataclass."""
    for item in fields(part):
        value = getattr(part, item.name)
        if isinstance(value, np.ndarray):
            yield item.name, value
        elif is_dataclass(value):
            yield from arrays(value)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_array_of_a_plan_can_be_written_to(name):
    found = dict(arrays(compile_plan(shipped(name))))
    assert len(found) > 50
    assert not [name for name, array in found.items() if array.flags.writeable]


@pytest.mark.parametrize("name", ["single-project", "fast-track"])
def test_a_plan_that_has_travelled_gives_the_same_facts(name):
    facts, plan = ran(shipped(name), seed=5)
    again = pickle.loads(pickle.dumps(plan))
    assert differences(facts, simulate(again, 5, range(1))) == ()
    assert vars(again.axes) == vars(plan.axes)
