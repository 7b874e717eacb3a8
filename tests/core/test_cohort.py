"""What luck decides at signing: shares come out as stated, and what is stated wins over luck."""

from datetime import date

import numpy as np
import pytest
from durations import duration, read
from hypothesis import given, settings
from hypothesis import strategies as st
from networks import fixed
from portfolios import SHIPPED, START, portfolio, shipped, work
from scipy import stats

from approvalsim.cohort import draw_cohort
from approvalsim.luck import Purpose, uniform
from approvalsim.plan import compile_plan
from approvalsim.plan_parts import COMMITMENT, DEFERRED, DRAWN, HARD, PREREVIEW, STANDARD

COUNT = 4000
ALL_AT = {"kind": "all_at", "date": START}


def cohort(stages=None, seed=1, replication=0, listed=0, arrivals=ALL_AT, projects=None, **more):
    """One cohort: so many generated projects unless some are listed."""
    projects = {"arrivals": arrivals, **({} if listed else {"count": COUNT}), **(projects or {})}
    stages = stages or {"s": work(1)}
    scenario = portfolio(stages, list(stages), listed=listed, projects=projects, **more)
    return draw_cohort(compile_plan(scenario), seed, replication)


def agrees(hits, share, number=COUNT):
    """Whether so many hits are nothing unusual for this share: one in a thousand million."""
    return stats.binomtest(int(hits), int(number), share).pvalue > 1e-9


# --- attributes and grades -----------------------------------------------------------------------

SHARES = {"eia": {"book": 0.05, "form": 0.7, "exempt": 0.25}, "land": {"net": 0.6, "raw": 0.4}}


def test_attributes_come_out_with_their_shares_and_independent_of_each_other():
    drawn = cohort(projects={"attributes": SHARES})
    axes = drawn.plan.axes
    for position, name in enumerate(("eia", "land")):
        assert axes.attributes[position] == name
        for value, share in SHARES[name].items():
            hits = (drawn.values[:, position] == axes.values[position].index(value)).sum()
            assert agrees(hits, share), (name, value)
        assert (drawn.values[:, position] > 0).all()  # never *not stated*
    table = np.histogram2d(drawn.values[:, 0], drawn.values[:, 1], bins=(3, 2))[0]
    assert stats.chi2_contingency(table).pvalue > 1e-4


@settings(max_examples=30)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(sum), st.integers(0, 10**9))
def test_any_shares_come_out(weights, seed):
    shares = [weight / sum(weights) for weight in weights]
    drawn = cohort(
        seed=seed, projects={"attributes": {"a": {f"v{i}": s for i, s in enumerate(shares)}}}
    )
    for i, share in enumerate(shares):
        assert agrees((drawn.values[:, 0] == i + 1).sum(), share)


def test_grades_come_out_with_their_shares():
    shares = {"A": 0.3, "B": 0.45, "C": 0.2, "D": 0.05}
    drawn = cohort(commitment={"grades": {name: {"share": s} for name, s in shares.items()}})
    for position, share in enumerate(shares.values()):
        assert agrees((drawn.grade == position).sum(), share)
    assert (drawn.values[:, -1] == drawn.grade + 1).all()


def test_without_grades_nobody_has_one():
    drawn = cohort()
    assert (drawn.grade == DRAWN).all()
    assert (drawn.values[:, -1] == 0).all()


def test_what_a_project_states_wins_over_luck_and_moves_nobody_elses():
    listed = [{"id": f"x{n}"} for n in range(200)]
    grades = {"grades": {"A": {"share": 0.5}, "B": {"share": 0.5}}}
    free = cohort(listed=listed, projects={"attributes": SHARES}, commitment=grades)
    for n in range(0, 200, 2):
        listed[n] = {"id": f"x{n}", "attributes": {"eia": "exempt"}, "grade": "B"}
    stated = cohort(listed=listed, projects={"attributes": SHARES}, commitment=grades)
    assert (stated.values[::2, 0] == 3).all()
    assert (stated.grade[::2] == 1).all()
    assert not (free.values[::2, 0] == 3).all()
    assert (stated.values[1::2] == free.values[1::2]).all()
    assert (stated.values[:, 1] == free.values[:, 1]).all()


def test_an_attribute_without_shares_stays_unstated():
    drawn = cohort(listed=[{"attributes": {"size": "big"}}, {}, {}])
    assert drawn.values[:, 0].tolist() == [1, 0, 0]


# --- the path, and what it relaxes ---------------------------------------------------------------

RELAXED = {
    "a": work(1),
    "b": work(1, {"a": {"relaxed": "prereview", "uptake": 0.4}}),
    "c": work(1, {"a": {"relaxed": "deferred", "uptake": 0.8}, "b": {}}),
}
GRADES = {
    "A": {"share": 0.5, "breach": 0.3},
    "B": {"share": 0.3, "breach": 0.05, "may_relax": ["a->b"]},
    "C": {"share": 0.2, "eligible": False},
}


def committed(stages=RELAXED, **more):
    policy = {"share": 0.6, "grades": GRADES, "remedy": fixed(1)}
    return cohort(stages, commitment={**policy, **more.pop("policy", {})}, **more)


def test_the_commitment_path_is_taken_by_its_share_of_the_eligible():
    drawn = committed()
    on_path = drawn.path == COMMITMENT
    for grade, share in ((0, 0.6), (1, 0.6), (2, 0.0)):
        of_grade = drawn.grade == grade
        assert agrees(on_path[of_grade].sum(), share, of_grade.sum())
    assert (drawn.values[:, -2] == drawn.path).all()


def test_with_the_policy_off_everybody_is_standard_and_nothing_is_relaxed():
    drawn = committed(policy={"enabled": False})
    assert (drawn.path == STANDARD).all()
    assert (drawn.edge_mode == HARD).all()


def test_a_barring_variant_keeps_a_project_off_the_path_whichever_stage_it_is_in():
    bar = [{"when": {"eia": "book"}, "commitment": False}]
    stages = {**RELAXED, "z": work(1, variant=bar)}
    drawn = committed(stages, projects={"attributes": SHARES})
    barred = drawn.values[:, 0] == 1
    assert barred.sum() > 100
    assert (drawn.path[barred] == STANDARD).all()
    free = committed(RELAXED, projects={"attributes": SHARES})
    assert (drawn.path[~barred] == free.path[~barred]).all()


def test_bars_are_looked_up_as_if_the_project_took_the_standard_path():
    for path, takes in (("commitment", True), ("standard", False)):
        bar = [{"when": {"path": path}, "commitment": False}]
        drawn = committed({**RELAXED, "z": work(1, variant=bar)})
        assert (drawn.path == COMMITMENT).any() == takes


def test_a_stated_path_is_taken_whatever_the_grade_or_the_luck():
    listed = [{"grade": "C", "path": "commitment"}, {"grade": "A", "path": "standard"}] * 50
    listed = [{"id": f"x{n}", **project} for n, project in enumerate(listed)]
    drawn = committed(listed=listed, policy={"share": 1.0})
    assert drawn.path.tolist() == [COMMITMENT, STANDARD] * 50
    off = committed(listed=listed, policy={"enabled": False})
    assert (off.path == STANDARD).all()


def test_edges_are_relaxed_one_by_one_where_the_grade_allows_it():
    drawn = committed()
    on_path, edges = drawn.path == COMMITMENT, drawn.plan.axes.edges
    first, second = edges.index("a->b"), edges.index("a->c")
    assert (drawn.edge_mode[~on_path] == HARD).all()
    both = on_path & (drawn.grade == 0)
    pre, late = drawn.edge_mode[both, first], drawn.edge_mode[both, second]
    assert set(pre) == {HARD, PREREVIEW}
    assert set(late) == {HARD, DEFERRED}
    assert agrees((pre == PREREVIEW).sum(), 0.4, both.sum())
    assert agrees((late == DEFERRED).sum(), 0.8, both.sum())
    assert agrees(((late == DEFERRED) & (pre == PREREVIEW)).sum(), 0.32, both.sum())
    only_first = on_path & (drawn.grade == 1)
    assert (drawn.edge_mode[only_first, first] == PREREVIEW).any()
    others = [edge for edge in range(len(edges)) if edge != first]
    assert (drawn.edge_mode[only_first][:, others] == HARD).all()


def test_promises_are_broken_as_often_as_the_grade_says():
    drawn = committed()
    for grade, rate in ((0, 0.3), (1, 0.05), (2, 0.0)):
        broken = drawn.breaks_promise[drawn.grade == grade]
        assert agrees(broken.sum(), rate, broken.size)


def test_dropouts_come_out_with_their_share():
    drawn = cohort(projects={"dropout": {"probability": 0.15, "stage": "s"}})
    assert agrees(drawn.drops_out.sum(), 0.15)
    assert not cohort().drops_out.any()


def test_what_is_decided_of_a_project_is_decided_independently():
    dropout = {"probability": 0.4, "stage": "a"}
    span = {"kind": "uniform", "from": START, "to": date(2024, 12, 31)}
    drawn = committed(
        arrivals=span,
        projects={"dropout": dropout, "attributes": SHARES},
        variation={"prepare": 0.3, "review": 0.3},
        policy={"grades": {name: {"share": 0.5, "breach": 0.5} for name in "AB"}},
    )
    edges = drawn.plan.axes.edges
    decisions = [
        drawn.drops_out,
        drawn.path,
        drawn.grade,
        drawn.values[:, 0] == 2,
        drawn.values[:, 1],
        drawn.signed,
        np.log(drawn.durations(Purpose.PREPARE)[:, 0]),
        drawn.edge_luck.draw(Purpose.UPTAKE)[:, edges.index("a->b")],
        drawn.edge_luck.draw(Purpose.UPTAKE)[:, edges.index("a->c")],
        drawn.breaks_promise[:, edges.index("a->b")],
        drawn.breaks_promise[:, edges.index("a->c")],
    ]
    correlations = np.corrcoef(np.array(decisions, dtype=float))
    assert np.abs(correlations - np.eye(len(decisions))).max() < 5 / np.sqrt(COUNT)


# --- signing -------------------------------------------------------------------------------------


def test_uniform_arrivals_fill_the_span_from_its_first_moment_to_its_last():
    span = {"kind": "uniform", "from": date(2024, 2, 1), "to": date(2024, 2, 29)}
    signed = cohort(arrivals=span).signed
    assert signed.min() >= 31.0
    assert signed.max() < 60.0  # all of the last day counts
    assert stats.kstest((signed - 31) / 29, "uniform").pvalue > 1e-4


def test_a_span_of_one_day_is_that_day():
    span = {"kind": "uniform", "from": date(2024, 2, 1), "to": date(2024, 2, 1)}
    signed = cohort(arrivals=span).signed
    assert signed.min() >= 31.0
    assert signed.max() < 32.0


def test_exponential_arrivals_have_exponential_gaps_from_the_start():
    signed = cohort(arrivals={"kind": "exponential", "mean_days": 8.0}).signed
    gaps = np.diff(signed, prepend=0.0)
    assert (gaps > 0).all()
    assert gaps.mean() == pytest.approx(8.0, rel=4.5 / np.sqrt(COUNT))
    assert stats.kstest(gaps / 8, "expon").pvalue > 1e-4
    assert abs(np.corrcoef(gaps[1:], gaps[:-1])[0, 1]) < 4.5 / np.sqrt(COUNT)


def test_all_at_one_date_is_midnight_of_that_date():
    signed = cohort(arrivals={"kind": "all_at", "date": date(2024, 3, 1)}).signed
    assert (signed == 60.0).all()


@pytest.mark.parametrize(
    "arrivals", [ALL_AT, {"kind": "uniform", "from": START, "to": date(2024, 12, 31)}]
)
def test_a_stated_date_wins_over_arrivals_and_moves_nobody_elses(arrivals):
    open_, given_ = {"signed": None}, {"signed": date(2024, 7, 1)}
    free = cohort(listed=[open_, open_, open_], arrivals=arrivals)
    stated = cohort(listed=[open_, given_, open_], arrivals=arrivals)
    assert stated.signed[1] == 182.0
    assert (stated.signed[[0, 2]] == free.signed[[0, 2]]).all()


# --- durations -----------------------------------------------------------------------------------


def test_every_duration_is_its_own_draw_read_from_its_own_table():
    curved = {"dist": "triangular", "min": 1, "mode": 4, "max": 9}
    stages = {
        "x": {"prepare": curved, "review": fixed(2), "notice": curved},
        "y": {"review": curved, "correction": {"probability": 0.5, "rework": curved}},
    }
    drawn = cohort(stages, seed=7, replication=3, listed=3)
    table = duration(**curved)
    for purpose, stage, round_ in [
        (Purpose.PREPARE, "x", 0),
        (Purpose.NOTICE, "x", 0),
        (Purpose.REVIEW, "y", 0),
        (Purpose.REVIEW, "y", 2),
        (Purpose.REWORK, "y", 1),
    ]:
        found = drawn.durations(purpose, round_)[:, "xy".index(stage)]
        luck = [uniform(7, 3, p, stage, round_, purpose) for p in ("p1", "p2", "p3")]
        assert (found == read(table, np.array(luck))).all()
    assert (drawn.durations(Purpose.REVIEW)[:, 0] == 2.0).all()
    assert not drawn.durations(Purpose.PREPARE)[:, 1].any()


def test_projects_vary_as_a_whole_with_multipliers_of_mean_1():
    stages = {name: work(10, review=fixed(5), notice=fixed(3)) for name in "abc"}
    drawn = cohort(stages, variation={"prepare": 0.3, "review": 0.5})
    for purpose, usual, sigma in ((Purpose.PREPARE, 10, 0.3), (Purpose.REVIEW, 5, 0.5)):
        multiplier = drawn.durations(purpose) / usual
        assert (multiplier == multiplier[:, :1]).all()  # the same for all stages of a project
        spread = np.sqrt(np.expm1(sigma**2))
        assert abs(multiplier[:, 0].mean() - 1) < 4.5 * spread / np.sqrt(COUNT)
        logs = np.log(multiplier[:, 0])
        assert logs.std() == pytest.approx(sigma, rel=4.5 / np.sqrt(2 * COUNT))
        assert stats.kstest(logs, "norm", (-(sigma**2) / 2, sigma)).pvalue > 1e-4
    together = [drawn.durations(p)[:, 0] for p in (Purpose.PREPARE, Purpose.REVIEW)]
    assert abs(np.corrcoef(*together)[0, 1]) < 4.5 / np.sqrt(COUNT)
    assert (drawn.durations(Purpose.NOTICE) == 3.0).all()


def test_later_rounds_have_draws_of_their_own_and_the_same_multiplier():
    curved = {"dist": "gamma", "shape": 2, "mean": 10}
    drawn = cohort({"a": {"review": curved}}, variation={"review": 0.4})
    plain = cohort({"a": {"review": curved}})
    ratios = [
        drawn.durations(Purpose.REVIEW, r) / plain.durations(Purpose.REVIEW, r) for r in (0, 1)
    ]
    np.testing.assert_allclose(ratios[0], ratios[1])
    both = [plain.durations(Purpose.REVIEW, r)[:, 0] for r in (0, 1)]
    assert abs(np.corrcoef(*both)[0, 1]) < 4.5 / np.sqrt(COUNT)


# --- common luck ---------------------------------------------------------------------------------

ROLES = (Purpose.PREPARE, Purpose.REVIEW, Purpose.NOTICE, Purpose.REWORK)


@settings(max_examples=20)
@given(st.permutations(range(5)), st.sets(st.integers(0, 4), min_size=1), st.integers(0, 2**63 - 1))
def test_reordering_and_removing_projects_and_stages_leaves_the_rest_untouched(order, kept, seed):
    curved = {"dist": "pert", "min": 0, "mode": 3, "max": 10}
    stages = {f"s{n}": {"prepare": curved, "review": curved} for n in range(5)}
    listed = [{"id": f"x{n}", "signed": None} for n in range(5)]
    arrivals = {"kind": "uniform", "from": START, "to": date(2024, 12, 31)}
    more = {"seed": seed, "arrivals": arrivals, "variation": {"prepare": 0.2}}
    whole = cohort(stages, listed=listed, **more)
    some = [n for n in order if n in kept]
    part = cohort(
        {f"s{n}": stages[f"s{n}"] for n in some}, listed=[listed[n] for n in some], **more
    )
    assert (part.signed == whole.signed[some]).all()
    for purpose in ROLES:
        assert (part.durations(purpose) == whole.durations(purpose)[np.ix_(some, some)]).all()


@pytest.mark.parametrize("name", ["fast-track", "jianghai-2022"])
def test_the_policy_changes_nothing_for_those_who_do_not_take_the_path(name):
    off, on = (
        draw_cohort(compile_plan(shipped(name).with_policy(enabled)), 3, 5)
        for enabled in (False, True)
    )
    assert (on.signed == off.signed).all()
    assert (on.grade == off.grade).all()
    standard = on.path == STANDARD
    assert 0 < standard.sum() < len(standard)
    for purpose in ROLES:
        assert (on.durations(purpose)[standard] == off.durations(purpose)[standard]).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_cohort_depends_on_seed_and_replication_alone(name):
    plan = compile_plan(shipped(name))
    one, again, other = (draw_cohort(plan, 1, number) for number in (4, 4, 5))
    for purpose in ROLES:
        assert (one.durations(purpose) == again.durations(purpose)).all()
    assert (one.signed == again.signed).all()
    assert (one.durations(Purpose.PREPARE) != other.durations(Purpose.PREPARE)).any()
