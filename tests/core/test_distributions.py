"""Durations against SciPy, and the tables that engines read against the durations."""

from math import exp, gamma, inf, log1p, nan, nextafter, sqrt

import numpy as np
import pytest
from durations import (
    ANY,
    CURVED,
    EMPIRICAL,
    FIXED,
    GAMMA,
    LOGNORMAL,
    PERT,
    TRIANGULAR,
    UNIFORM,
    WEIBULL,
    duration,
    read,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from approvalsim.distributions import WARPED_CELLS, quantile_table, warp

FIRST, LAST = 2.0**-53, 1 - 2.0**-53
"""The smallest and the largest draw there is."""

EVERYWHERE = np.concatenate([np.linspace(0.001, 0.999, 1999), [0.0011, 0.5, 0.9989]])


def unwarped(v):
    return np.where(v < 0.5, 2 * v**2, 1 - 2 * (1 - v) ** 2)


def inside_cells():
    """Points inside every cell, from p0.1 to p99.9: a line errs most between its knots."""
    cells = np.arange(WARPED_CELLS)[:, None]
    u = unwarped(((cells + np.array([0.2, 0.4, 0.5, 0.6, 0.8])) / WARPED_CELLS).ravel())
    return u[(u >= 0.001) & (u <= 0.999)]


INSIDE_CELLS = inside_cells()


def scipys(dist):
    """The same distribution as SciPy has it, by the definition of its parameters."""
    match dist.dist:
        case "uniform":
            return stats.uniform(dist.min, dist.max - dist.min)
        case "triangular" | "pert":
            width = dist.max - dist.min
            middle = (dist.mode - dist.min) / width
            if dist.dist == "triangular":
                return stats.triang(middle, dist.min, width)
            return stats.beta(1 + 4 * middle, 1 + 4 * (1 - middle), dist.min, width)
        case "lognormal":
            sigma = sqrt(log1p((dist.sd / dist.mean) ** 2))
            return stats.lognorm(sigma, scale=dist.mean * exp(-(sigma**2) / 2))
        case "gamma":
            return stats.gamma(dist.shape, scale=dist.mean / dist.shape)
        case "weibull":
            return stats.weibull_min(dist.shape, scale=dist.mean / gamma(1 + 1 / dist.shape))


def is_a_point(dist):
    return hasattr(dist, "min") and dist.min == dist.max


# --- quantiles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "family",
    [UNIFORM, TRIANGULAR, PERT, LOGNORMAL, GAMMA, WEIBULL],
    ids=["uniform", "triangular", "pert", "lognormal", "gamma", "weibull"],
)
def test_the_quantiles_are_those_of_scipy(family):
    @settings(max_examples=40)
    @given(family)
    def check(dist):
        found = dist.quantile(EVERYWHERE)
        if is_a_point(dist):
            assert (found == dist.min).all()
        else:
            np.testing.assert_allclose(found, scipys(dist).ppf(EVERYWHERE), rtol=1e-9, atol=1e-12)

    check()


def test_empirical_quantiles_are_equally_spaced_and_joined_by_lines():
    dist = duration("empirical", quantiles=[2.0, 4.0, 4.0, 10.0, 20.0])
    u = np.array([0.0, 0.125, 0.25, 0.4, 0.5, 0.75, 0.875, 1.0])
    assert dist.quantile(u).tolist() == [2.0, 3.0, 4.0, 4.0, 4.0, 10.0, 15.0, 20.0]


def test_the_parameters_mean_what_they_say():
    u = (np.arange(400_000) + 0.5) / 400_000
    for dist, mean, sd in [
        (duration("lognormal", mean=30.0, sd=15.0), 30.0, 15.0),
        (duration("gamma", shape=4.0, mean=20.0), 20.0, 10.0),
        (duration("weibull", shape=1.0, mean=12.0), 12.0, 12.0),
        (duration("weibull", shape=2.0, mean=12.0), 12.0, 12.0 * sqrt(4 / np.pi - 1)),
        (duration("triangular", min=5.0, mode=12.0, max=45.0), 62 / 3, sqrt(1369 / 18)),
        (duration("pert", min=6.0, mode=12.0, max=30.0), 14.0, sqrt(8 * 16 / 7)),
        (duration("uniform", min=0.0, max=30.0), 15.0, 30 / sqrt(12)),
        (duration("empirical", quantiles=[0.0, 10.0, 30.0]), 12.5, sqrt(1400 / 6 - 12.5**2)),
        (duration("fixed", value=30.0), 30.0, 0.0),
    ]:
        drawn = read(dist, u)
        assert drawn.mean() == pytest.approx(mean, rel=5e-4), dist
        assert drawn.std() == pytest.approx(sd, rel=5e-3, abs=1e-12), dist


def test_what_is_typical_is_the_mode_where_there_is_one_and_else_the_median():
    assert duration("triangular", min=1, mode=2, max=9).typical() == 2.0
    assert duration("pert", min=1, mode=3, max=9).typical() == 3.0
    assert duration("fixed", value=7).typical() == 7.0
    assert duration("uniform", min=2, max=9).typical() == 5.5
    assert duration("empirical", quantiles=[1, 2, 9]).typical() == 2.0
    dist = duration("gamma", shape=2.0, mean=10.0)
    assert dist.typical() == pytest.approx(scipys(dist).median())


# --- tables: what engines read -------------------------------------------------------------------


@settings(max_examples=250)
@given(CURVED)
@example(duration("triangular", min=0, mode=0, max=10))
@example(duration("triangular", min=0, mode=0.01, max=10))
@example(duration("pert", min=0, mode=0, max=1000))
@example(duration("gamma", shape=0.5, mean=10))
@example(duration("weibull", shape=0.5, mean=10))
@example(duration("lognormal", mean=10, sd=1000))
def test_a_table_errs_by_less_than_a_thousandth_from_p01_to_p999(dist):
    found, exact = read(dist, INSIDE_CELLS), dist.quantile(INSIDE_CELLS)
    assert np.abs(found - exact).max() <= 1e-3 * exact.max()
    positive = exact > 0
    assert (np.abs(found - exact)[positive] / exact[positive]).max(initial=0.0) < 1e-3


@given(CURVED)
def test_a_table_is_right_at_its_knots(dist):
    u = unwarped(np.arange(50, WARPED_CELLS - 50) / WARPED_CELLS)
    np.testing.assert_allclose(read(dist, u), dist.quantile(u), rtol=1e-9, atol=1e-12)


@given(FIXED, st.lists(st.floats(FIRST, LAST), min_size=1))
def test_a_fixed_duration_is_itself_whatever_the_draw(dist, u):
    assert (read(dist, np.array(u)) == dist.value).all()


@given(UNIFORM, st.lists(st.floats(FIRST, LAST), min_size=1))
def test_a_uniform_duration_is_the_line_itself(dist, u):
    u = np.array(u)
    assert (read(dist, u) == np.minimum(dist.min + (dist.max - dist.min) * u, dist.max)).all()


@given(EMPIRICAL, st.lists(st.floats(FIRST, LAST), min_size=1))
def test_an_empirical_duration_runs_along_the_lines_between_its_quantiles(dist, u):
    u = np.array(u)
    # How steep the lines are decides how much the rounding of u can move them.
    rounding = 1e-14 * len(dist.quantiles) * max(dist.quantiles)
    np.testing.assert_allclose(read(dist, u), dist.quantile(u), rtol=0, atol=rounding)


@settings(max_examples=150)
@given(ANY, st.lists(st.floats(FIRST, LAST), max_size=50))
def test_a_larger_draw_never_means_a_shorter_duration(dist, u):
    edges = unwarped(np.arange(1, WARPED_CELLS) / WARPED_CELLS)
    quantiles = getattr(dist, "quantiles", (0.0, 0.0))
    knots = np.arange(1, len(quantiles) - 1) / (len(quantiles) - 1)
    around = [np.nextafter(edge, side) for edge in (edges, knots) for side in (0.0, 1.0)]
    draws = np.sort(np.concatenate([u, edges, knots, *around, [FIRST, 0.5, LAST]]))
    drawn = read(dist, draws)
    assert (np.diff(drawn) >= 0).all()
    assert np.isfinite(drawn).all()
    assert drawn[0] >= 0
    if hasattr(dist, "min"):
        assert dist.min <= drawn[0]
        assert drawn[-1] <= dist.max


@given(CURVED)
def test_the_extreme_draws_reach_the_ends_of_the_table(dist):
    low, high = read(dist, np.array([FIRST, LAST]))
    ends = dist.quantile(np.array([2.0**-52, 2.0**-51, 1 - 2.0**-51, 1 - 2.0**-52]))
    assert np.isfinite([low, high]).all()
    tiny = 1e-12 * ends[3]
    assert 0 <= low <= read(dist, np.array([0.001]))[0]
    assert read(dist, np.array([0.999]))[0] <= high <= ends[3] + tiny
    assert quantile_table(dist).knots[[0, -1]] == pytest.approx(ends[[0, 3]], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "dist",
    [
        duration("lognormal", mean=1e5, sd=1e5),
        duration("lognormal", mean=5e-324, sd=5e-324),
        duration("lognormal", mean=1e-300, sd=1e-298),
        duration("gamma", shape=0.5, mean=1e5),
        duration("gamma", shape=1000, mean=1e5),
        duration("weibull", shape=0.5, mean=1e5),
        duration("weibull", shape=1000, mean=1e-300),
        duration("pert", min=0, mode=0, max=1e5),
        duration("pert", min=0, mode=1e5, max=1e5),
        duration("triangular", min=0, mode=5e-324, max=1e5),
        duration("triangular", min=0, mode=5e-324, max=5e-324),
        duration("pert", min=1, mode=1, max=nextafter(1, 2)),
        duration("uniform", min=0, max=1e5),
    ],
)
def test_the_ends_of_the_ranges_give_finite_rising_tables(dist):
    knots = quantile_table(dist, 1000.0).knots
    assert np.isfinite(knots).all()
    assert (np.diff(knots) >= 0).all()
    assert knots[0] >= 0


def test_the_warp_maps_0_to_1_onto_itself_and_rises():
    u = np.linspace(0, 1, 10_001)
    v = warp(u)
    assert v[[0, 5000, 10_000]].tolist() == [0.0, 0.5, 1.0]
    assert (np.diff(v) > 0).all()
    np.testing.assert_allclose(unwarped(v), u, atol=1e-15)
    np.testing.assert_allclose(v + v[::-1], 1.0, atol=1e-15)  # both tails alike


# --- one table for one content -------------------------------------------------------------------


def test_equal_durations_share_one_table_whatever_is_noted_beside_them():
    plain = duration("gamma", shape=2, mean=10)
    noted = duration("gamma", shape=2.0, mean=10.0, unit="workdays", note="n", assumed=True)
    assert quantile_table(plain) is quantile_table(noted)


def test_durations_that_differ_do_not_share_a_table():
    table = quantile_table(duration("gamma", shape=2, mean=10))
    assert table is not quantile_table(duration("gamma", shape=2, mean=11))
    assert table is not quantile_table(duration("weibull", shape=2, mean=10))
    assert table is not quantile_table(duration("gamma", shape=2, mean=10), 2.0)


@given(ANY, st.one_of(st.just(0.0), st.floats(0.001, 1000)))
def test_a_factor_stretches_the_table_exactly(dist, factor):
    plain, stretched = quantile_table(dist), quantile_table(dist, factor)
    assert (stretched.knots == plain.knots * factor).all()
    assert stretched.warped == plain.warped


@given(ANY)
def test_nobody_can_write_into_a_shared_table(dist):
    with pytest.raises(ValueError, match="read-only"):
        quantile_table(dist).knots[0] = 1.0


# --- what is refused -----------------------------------------------------------------------------


def refusal(dist, **parameters):
    """Type and place of the only thing that is wrong."""
    with pytest.raises(ValidationError) as caught:
        duration(dist, **parameters)
    (error,) = caught.value.errors()
    return error["type"], error["loc"][1:]


@pytest.mark.parametrize("value", ["5", "", True, False, None, [5.0], 5j, b"5"])
def test_a_duration_is_a_number_and_nothing_that_looks_like_one(value):
    assert refusal("fixed", value=value) == ("float_type", ("value",))
    assert refusal("lognormal", mean=value, sd=1.0) == ("float_type", ("mean",))
    assert refusal("gamma", shape=value, mean=1.0) == ("float_type", ("shape",))
    assert refusal("empirical", quantiles=[1.0, value, 3.0]) == ("float_type", ("quantiles", 1))


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_duration_is_finite(value):
    assert refusal("fixed", value=value)[0] == "finite_number"


def test_a_whole_number_is_a_number():
    assert duration("fixed", value=5) == duration("fixed", value=5.0)
    assert isinstance(duration("fixed", value=5).value, float)


@pytest.mark.parametrize(
    ("dist", "parameters", "error"),
    [
        ("fixed", {"value": -0.1}, ("greater_than_equal", ("value",))),
        ("fixed", {"value": 100_001}, ("less_than_equal", ("value",))),
        ("lognormal", {"mean": 0, "sd": 1}, ("greater_than", ("mean",))),
        ("lognormal", {"mean": 1, "sd": 0}, ("greater_than", ("sd",))),
        ("gamma", {"shape": 0.49, "mean": 1}, ("greater_than_equal", ("shape",))),
        ("weibull", {"shape": 1001, "mean": 1}, ("less_than_equal", ("shape",))),
        ("empirical", {"quantiles": [1]}, ("too_short", ("quantiles",))),
        ("empirical", {"quantiles": [1, 3, 2]}, ("not_ascending", ())),
        ("fixed", {"value": 1, "unit": "weeks"}, ("literal_error", ("unit",))),
        ("fixed", {"value": 1, "sd": 2}, ("extra_forbidden", ("sd",))),
        ("uniform", {"min": 1}, ("missing", ("max",))),
        ("normal", {"mean": 1}, ("union_tag_invalid", ())),
    ],
)
def test_what_a_family_cannot_be_is_refused(dist, parameters, error):
    assert refusal(dist, **parameters) == error


@pytest.mark.parametrize(
    ("dist", "parameters", "lower", "upper"),
    [
        ("uniform", {"min": 5, "max": 3}, "min", "max"),
        ("triangular", {"min": 5, "mode": 3, "max": 9}, "min", "mode"),
        ("triangular", {"min": 1, "mode": 10, "max": 9}, "mode", "max"),
        ("pert", {"min": 1, "mode": 10, "max": 9}, "mode", "max"),
        ("lognormal", {"mean": 1, "sd": 101}, "sd", "100 × mean"),
        ("lognormal", {"mean": 1e-300, "sd": 1e5}, "sd", "100 × mean"),
    ],
)
def test_values_in_the_wrong_order_are_named(dist, parameters, lower, upper):
    with pytest.raises(ValidationError) as caught:
        duration(dist, **parameters)
    (error,) = caught.value.errors()
    assert error["type"] == "wrong_order"
    assert (error["ctx"]["lower"], error["ctx"]["upper"]) == (lower, upper)
    assert error["ctx"]["a"] > error["ctx"]["b"]
