"""Durations as they are typed and read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from approvalsim.distributions import Duration
from approvalsim_ui.duration_text import (
    FAMILIES,
    UnreadableError,
    as_table,
    as_text,
    fields_of,
    number_from,
    parsed,
    plain,
    share_from,
)

ADAPTER: TypeAdapter[Any] = TypeAdapter(Duration)


def made(**table: Any) -> Any:
    return ADAPTER.validate_python(table)


@pytest.mark.parametrize(
    "text",
    [
        "10/20/35",
        "10-20-35",
        "10, 20, 35",
        " 10  20 35 ",
        "１０／２０／３５",
        "10、20、35",
        "10~20~35",
    ],
)
def test_three_numbers_are_read_however_they_are_separated(text: str) -> None:
    assert parsed(text) == {"dist": "triangular", "min": 10, "mode": 20, "max": 35}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5/9/12 工作日", "workdays"),
        ("5/9/12 个工作日", "workdays"),
        ("5/9/12wd", "workdays"),
        ("5/9/12 working days", "workdays"),
        ("5天/9天/12天", "days"),
        ("5/9/12 日历日", "days"),
        ("5/9/12 d", "days"),
    ],
)
def test_a_unit_may_be_typed(text: str, unit: str) -> None:
    table = parsed(text)
    assert table is not None
    assert table["unit"] == unit


def test_one_number_is_always_the_same_duration() -> None:
    before = made(dist="triangular", min=20, mode=40, max=90, unit="days")
    assert parsed("20", before) == {"dist": "fixed", "value": 20, "unit": "days"}


def test_a_span_is_uniform_and_two_loose_numbers_are_nothing() -> None:
    assert parsed("0~30") == {"dist": "uniform", "min": 0, "max": 30}
    assert parsed("3 至 9") == {"dist": "uniform", "min": 3, "max": 9}
    with pytest.raises(UnreadableError, match="count"):
        parsed("3/9")


def test_the_family_stays_where_the_numbers_fit_it() -> None:
    pert = made(dist="pert", min=1, mode=2, max=3)
    lognormal = made(dist="lognormal", mean=40, sd=12)
    quantiles = made(dist="empirical", quantiles=(1, 2, 9))
    assert parsed("4/5/6", pert) == {"dist": "pert", "min": 4, "mode": 5, "max": 6}
    assert parsed("30/9", lognormal) == {"dist": "lognormal", "mean": 30, "sd": 9}
    assert parsed("1/4", quantiles) == {"dist": "empirical", "quantiles": (1, 4)}


def test_no_text_is_no_duration() -> None:
    assert parsed("  ") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5/10/20", "numbers"),
        ("ten", "numbers"),
        ("10//20", "numbers"),
        ("10/20/35/", "numbers"),
        ("1e9", "numbers"),
        ("1/2/3/4", "count"),
        ("5 d / 9 wd / 12", "unit"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        parsed(text)


NUMBERS = st.integers(0, 4000).map(lambda n: n / 4)


@given(st.sampled_from(sorted(FAMILIES)), st.lists(NUMBERS, min_size=3, max_size=6))
def test_what_is_shown_can_be_typed_again(kind: str, numbers: list[float]) -> None:
    numbers.sort()
    names = fields_of(kind)
    table: dict[str, Any] = dict(zip(names, numbers, strict=False))
    if kind == "empirical":
        table = {"quantiles": tuple(numbers)}
    if kind in ("lognormal", "gamma", "weibull"):
        table = {name: max(value, 1.0) for name, value in table.items()}
        table["sd" if kind == "lognormal" else "shape"] = 2.0
    duration = made(dist=kind, **table)
    again = parsed(as_text(duration), duration)
    assert again == as_table(duration)


@pytest.mark.parametrize(
    ("text", "share"),
    [("35%", 0.35), ("35", 0.35), ("0.35", 0.35), ("35％", 0.35), ("100", 1.0), ("1", 0.01)],
)
def test_shares_are_read_with_and_without_a_sign(text: str, share: float) -> None:
    assert share_from(text) == share


def test_a_number_may_have_its_unit() -> None:
    assert number_from("20 工作日") == 20
    assert number_from("") is None
    with pytest.raises(UnreadableError):
        number_from("20/30")


@given(st.floats(0, 100_000))
def test_plain_numbers_mean_what_they_were(value: float) -> None:
    assert float(plain(value)) == pytest.approx(value, abs=1e-6)
