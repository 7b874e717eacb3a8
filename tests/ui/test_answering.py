"""How many replications a first answer has: as many as follow a finger, and no wavering."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvalsim_ui.answering import BEAT, FIRST_STEPS, Answering

AROUND = 0.02


def learned(*paces: float) -> Answering:
    """One that has seen first answers of so many seconds a pair."""
    answering = Answering()
    for pace in paces:
        answering._learn("kernel", pace, AROUND)
        answering._affordable("kernel")
    return answering


@given(st.floats(1e-5, 1e-2))
def test_it_fills_the_beat_and_does_not_overrun_it(pace: float) -> None:
    first = learned(*[pace] * 12)._affordable("kernel")
    longer = [step for step in FIRST_STEPS if step > first]
    assert first == FIRST_STEPS[0] or AROUND + first * pace <= 1.25 * BEAT
    assert not longer or AROUND + longer[0] * pace > 0.7 * BEAT


@pytest.mark.parametrize("wavering", [0.95, 1.0, 1.1])
def test_a_pace_that_wavers_leaves_the_number_as_it_is(wavering: float) -> None:
    answering = learned(*[0.000_28] * 12)
    before = answering._affordable("kernel")
    answering._learn("kernel", 0.000_28 * wavering, AROUND)
    assert answering._affordable("kernel") == before


def test_one_slow_answer_is_soon_forgotten() -> None:
    quick = learned(*[0.000_28] * 12)._affordable("kernel")
    assert learned(0.01, 0.000_28)._affordable("kernel") == quick
