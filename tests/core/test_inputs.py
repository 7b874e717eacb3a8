from datetime import date
from decimal import Decimal
from math import prod
from typing import Any

import pytest
from builders import corrected, fixed, policy, scenario
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.errors import ScenarioError, field_name
from approvalsim.inputs import MOST_VALUES, Axis, axis_of, place_of, with_values
from approvalsim.parameters import parameters
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import load, shipped

SCENARIO = scenario(
    {
        "paper": {
            "prepare": {"dist": "triangular", "min": 2.0, "mode": 5.0, "max": 9.0},
            "review": fixed(3),
            "department": "office",
            "correction": corrected(1, probability=0.5),
            "variant": [{"when": {"path": "commitment"}, "review": fixed(1)}],
        },
        "permit": {"prepare": fixed(1), "after": {"paper": {}}},
    },
    department={"office": {"reviewers": 2}, "other": {}},
    commitment=policy(breach=0.1),
)


def values(text: str) -> tuple[Any, ...]:
    return axis_of(f"stage.paper.prepare.mode={text}", SCENARIO).values


def refusal(text: str, of: Scenario = SCENARIO) -> str:
    with pytest.raises(ScenarioError) as caught:
        axis_of(text, of)
    (problem,) = caught.value.problems
    assert problem.text("zh") != problem.text("en")
    return problem.text("en")


# --- values ------------------------------------------------------------------------------------


def test_a_range_ends_exactly_where_it_says() -> None:
    assert values("0:1:0.1") == (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
    assert values("5:20:5") == (5, 10, 15, 20)
    assert all(isinstance(value, int) for value in values("5:20:5"))


def test_a_range_stops_before_an_end_that_no_step_meets() -> None:
    assert values("1:10:4") == (1, 5, 9)


def test_a_range_may_fall_with_either_sign_of_its_step() -> None:
    assert values("20:5:-5") == values("20:5:5") == (20, 15, 10, 5)


def test_a_range_of_one_value_is_that_value() -> None:
    assert values("7:7:1") == (7,)


@given(
    st.decimals(-1000, 1000, places=3),
    st.decimals("0.001", 50, places=3),
    st.integers(0, 40),
    st.booleans(),
)
def test_every_value_of_a_range_is_the_decimal_that_was_meant(
    first: Decimal, step: Decimal, number: int, falls: bool
) -> None:
    step = -step if falls else step
    last = first + number * step

    found = values(f"{first}:{last}:{step}")

    assert found == tuple(float(first + k * step) for k in range(number + 1))


def test_dates_go_in_steps_of_days() -> None:
    found = axis_of("start=2024-02-27:2024-03-02:2", SCENARIO).values

    assert found == (date(2024, 2, 27), date(2024, 2, 29), date(2024, 3, 2))


def test_lists_hold_numbers_switches_words_and_dates() -> None:
    assert values("5, 7.5,10") == (5, 7.5, 10)
    assert axis_of("commitment.enabled=false,true", SCENARIO).values == (False, True)
    assert axis_of("department.office.discipline=fifo,priority", SCENARIO).values == (
        "fifo",
        "priority",
    )
    assert axis_of("start=2024-01-01,2024-06-01", SCENARIO).values[1] == date(2024, 6, 1)


def test_a_value_named_twice_is_taken_once() -> None:
    assert values("3,5,3") == (3, 5)


@pytest.mark.parametrize(
    "text", ["", "1:2", "a:b:c", "1:10:0", "1:10:-1", "nan:1:1", "0:inf:1", "1,,2", "[1],[2]"]
)
def test_values_that_make_no_sense_are_refused_with_the_way_to_write_them(text: str) -> None:
    if text == "1:2":  # a word like any other, which the scenario then refuses
        with pytest.raises(ScenarioError, match="must be a number"):
            with_values(SCENARIO, {("stage", "paper", "prepare", "mode"): values(text)[0]})
        return
    assert "FROM:TO:STEP" in refusal(f"stage.paper.prepare.mode={text}")


def test_a_setting_without_values_is_refused() -> None:
    assert "FROM:TO:STEP" in refusal("stage.paper.prepare.mode")


def test_a_range_of_too_many_values_is_refused_before_it_is_made() -> None:
    assert str(MOST_VALUES) in refusal("commitment.share=0:1:1e-300")
    assert str(MOST_VALUES) in refusal("start=0001-01-01:9999-12-31:1")


@given(
    st.lists(
        st.one_of(
            st.integers(-9, 9), st.floats(0, 5), st.booleans(), st.text('a,b"é 1', max_size=5)
        ),
        min_size=1,
        unique=True,
    )
)
def test_an_axis_reads_back_from_the_way_it_is_written(found: list[Any]) -> None:
    axis = Axis(("stage", "paper", "prepare", "mode"), tuple(found))

    again = axis_of(axis.setting, SCENARIO)

    assert again.place == axis.place
    assert again.values == tuple(value for k, value in enumerate(found) if value not in found[:k])


# --- places ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", shipped().values(), ids=lambda file: file.stem)
def test_every_number_of_a_shipped_scenario_can_be_addressed_and_set_to_itself(file: Any) -> None:
    subject = load(file)
    same = {}
    for number in parameters(subject):
        if number.place[-1] in ("holidays", "workdays"):
            continue
        found = {number.place: number.value}
        if not isinstance(number.value, int | float | date):
            table = number.value.model_dump(include={"min", "mode", "max", "value"})
            found = {(*number.place, name): value for name, value in table.items()}
        for place, value in found.items():
            assert place_of(field_name(place), subject) == place
            same[place] = value

    assert len(same) > 20
    assert content_hash(with_values(subject, same)) == content_hash(subject)


def test_what_the_file_leaves_at_its_default_can_be_addressed_too() -> None:
    changed = with_values(
        SCENARIO,
        {
            place_of("stage.permit.meeting.every", SCENARIO): 7,
            place_of("stage.permit.correction.decay", SCENARIO): 0.25,
            place_of("department.other.reviewers", SCENARIO): 4,
        },
    )

    meeting = changed.stage["permit"].meeting
    assert meeting is not None
    assert (meeting.every, meeting.offset) == (7.0, 0.0)
    assert changed.stage["permit"].correction.decay == 0.25
    assert changed.department["other"].reviewers == 4


def test_entries_of_a_list_are_counted_from_zero() -> None:
    place = place_of("stage.paper.variant[0].review.value", SCENARIO)

    assert place == ("stage", "paper", "variant", 0, "review", "value")
    review = with_values(SCENARIO, {place: 2}).stage["paper"].variant[0].review
    assert review is not None
    assert review.typical() == 2.0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("stage.papr.review.value", "stage.papr: unknown key; did you mean paper?"),
        ("stage.paper.reviews.value", "stage.paper.reviews: unknown key; did you mean review?"),
        ("stage.paper.prepare.made", "stage.paper.prepare.made: unknown key; did you mean mode?"),
        ("stage.nowhere.review.value", "known here: paper, permit"),
        ("stages.paper.review.value", "did you mean stage?"),
        ("department.offic.reviewers", "did you mean office?"),
        ("commitment.grades.X.breach", "commitment.grades.X: unknown key"),
        ("stage.paper.variant[3].review.value", "known here: 0"),
        ("stage.paper.variant.review.value", "unknown key"),
        ("stage.paper.review.value.more", "unknown key"),
        ("stage.permit.review.value", "the scenario has no such duration"),
        ("stage.paper.review", "name one inside it, such as stage.paper.review.value"),
        ("stage.paper", "is not a single value"),
        ("stage.paper.variant", "name one inside it, such as stage.paper.variant[0]"),
        ("run.seed", "-n and --seed"),
        ("id", "-n and --seed"),
        ("stage.paper.name", "says nothing about how things go"),
        ("stage..paper", "is no place of a scenario"),
        ("stage.paper.", "is no place of a scenario"),
        ("[0]stage", "is no place of a scenario"),
        ("", "is no place of a scenario"),
    ],
)
def test_a_path_that_leads_nowhere_says_what_is_there(path: str, said: str) -> None:
    assert said in refusal(f"{path}=1")


# --- setting -----------------------------------------------------------------------------------


def test_only_what_is_named_changes_and_the_scenario_itself_does_not() -> None:
    before = content_hash(SCENARIO)

    changed = with_values(SCENARIO, {("department", "office", "reviewers"): 5})

    assert changed.department["office"].reviewers == 5
    assert changed.stage == SCENARIO.stage
    assert changed.commitment == SCENARIO.commitment
    assert content_hash(SCENARIO) == before


def test_no_values_change_nothing() -> None:
    assert content_hash(with_values(SCENARIO, {})) == content_hash(SCENARIO)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = {
        ("department", "office", "reviewers"): 0,
        ("stage", "paper", "prepare", "min"): 99,
        ("commitment", "share"): 1.5,
        ("commitment", "grades", "A", "share"): 0.5,
    }

    with pytest.raises(ScenarioError) as caught:
        with_values(SCENARIO, wrong)

    said = [problem.text("en") for problem in caught.value.problems]
    assert len(said) == len(wrong)
    assert any("must be at least 1, found 0" in line for line in said)
    assert any("min (99) must not be above mode (5)" in line for line in said)
    assert any("must be at most 1, found 1.5" in line for line in said)
    assert any("shares must add up to 1" in line for line in said)


@given(st.floats(0.5, 40))
def test_a_most_likely_value_takes_along_only_the_end_that_it_passes(mode: float) -> None:
    changed = with_values(SCENARIO, {("stage", "paper", "prepare", "mode"): mode})

    estimate = changed.stage["paper"].prepare
    assert (estimate.min, estimate.mode, estimate.max) == (min(2, mode), mode, max(9, mode))


def test_an_end_that_is_set_too_is_not_moved() -> None:
    prepare = ("stage", "paper", "prepare")

    with pytest.raises(ScenarioError, match=r"mode \(1\)"):
        with_values(SCENARIO, {(*prepare, "mode"): 1, (*prepare, "min"): 2})


@given(st.integers(1, 50), st.floats(0, 1), st.floats(0, 2))
def test_what_is_set_is_what_stands_there(reviewers: int, share: float, least: float) -> None:
    places = {
        ("department", "office", "reviewers"): reviewers,
        ("commitment", "share"): share,
        ("stage", "paper", "prepare", "min"): least,
    }
    changed = with_values(SCENARIO, places)

    assert changed.department["office"].reviewers == reviewers
    assert changed.commitment is not None
    assert changed.commitment.share == share
    assert changed.stage["paper"].prepare.min == least
    assert prod(len(getattr(changed, name)) for name in ("stage", "department")) == 4
