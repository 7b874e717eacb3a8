"""Durations for tests: of every family, with any parameters a scenario may give them."""

from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from approvalsim.distributions import Duration
from approvalsim.tables import TableBuilder

_ADAPTER: TypeAdapter[Any] = TypeAdapter(Duration)

DAYS = st.one_of(st.just(0.0), st.floats(0.01, 1000.0), st.integers(0, 400).map(float))
MEANS = st.floats(0.01, 1000.0)


def duration(dist: str, **parameters: Any) -> Any:
    """A duration as a scenario file would give it."""
    return _ADAPTER.validate_python({"dist": dist, **parameters})


def read(dist: Any, u: Any, factor: float = 1.0) -> Any:
    """Durations at the draws ``u``, as an engine reads them."""
    builder = TableBuilder(every_day_works=False)
    table = builder.add(dist, "days", factor)
    return builder.build().read(table, u)


def _ordered(number: int) -> Any:
    return st.lists(DAYS, min_size=number, max_size=number).map(sorted)


def _three_points(dist: str) -> Any:
    return _ordered(3).map(lambda v: duration(dist, min=v[0], mode=v[1], max=v[2]))


TRIANGULAR = _three_points("triangular")
PERT = _three_points("pert")
LOGNORMAL = st.tuples(MEANS, st.floats(0.001, 100.0)).map(
    lambda v: duration("lognormal", mean=v[0], sd=v[0] * v[1] * (1 - 1e-12))
)
GAMMA = st.tuples(st.floats(0.5, 1000.0), MEANS).map(
    lambda v: duration("gamma", shape=v[0], mean=v[1])
)
WEIBULL = st.tuples(st.floats(0.5, 1000.0), MEANS).map(
    lambda v: duration("weibull", shape=v[0], mean=v[1])
)
FIXED = DAYS.map(lambda value: duration("fixed", value=value))
UNIFORM = _ordered(2).map(lambda v: duration("uniform", min=v[0], max=v[1]))
EMPIRICAL = st.lists(DAYS, min_size=2, max_size=30).map(
    lambda v: duration("empirical", quantiles=sorted(v))
)

CURVED = st.one_of(TRIANGULAR, PERT, LOGNORMAL, GAMMA, WEIBULL)
ANY = st.one_of(FIXED, UNIFORM, EMPIRICAL, CURVED)
