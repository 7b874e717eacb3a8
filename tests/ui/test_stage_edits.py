"""Edits of scenarios as pure functions: what comes out is valid, honest and can be taken back."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from approvalsim.errors import ScenarioError
from approvalsim.evidence import Text
from approvalsim.parameters import parameter, parameters, value_at
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim.validation import problems
from approvalsim_ui.edits import (
    UNSET,
    changes,
    replaced,
    reset,
    reworded,
    same_numbers,
    stated,
    stated_together,
    with_evidence,
)
from approvalsim_ui.stage_forms import (
    aligned,
    forms,
    is_own,
    place_in,
    value_in,
    with_form,
    without_empty_forms,
)

DISTRICT = load(find("jianghai-2022"))
PREPARE = ("stage", "eia", "prepare")


def three(low: float, middle: float, high: float) -> dict[str, Any]:
    return {"dist": "triangular", "min": low, "mode": middle, "max": high, "unit": "days"}


def evidence_at(scenario: Scenario, place: tuple[str | int, ...]) -> Any:
    found = parameter(scenario, place)
    assert found is not None
    return found.evidence


def test_an_edit_gives_a_valid_scenario_and_leaves_the_old_one_alone() -> None:
    before = content_hash(DISTRICT)
    changed = stated(DISTRICT, DISTRICT, PREPARE, three(10, 20, 90))
    assert changed.stage["eia"].prepare.mode == 20  # type: ignore[union-attr]
    assert problems(changed) == ()
    assert content_hash(DISTRICT) == before


def test_an_edit_and_its_reset_lead_back_to_the_very_same_scenario() -> None:
    changed = stated(DISTRICT, DISTRICT, PREPARE, three(10, 20, 90))
    again = reset(changed, DISTRICT, PREPARE)
    assert content_hash(again) == content_hash(DISTRICT)
    assert changes(again, DISTRICT) == ()


NUMBERS = [
    found.place
    for found in parameters(DISTRICT)
    if isinstance(found.value, int | float)
    and found.place[-1] not in ("share", "count")
    and "attributes" not in found.place
]


@settings(max_examples=60)
@given(st.sampled_from(NUMBERS), st.floats(0.01, 0.99))
def test_any_number_can_be_changed_and_put_back_with_its_evidence(
    place: tuple[str | int, ...], share: float
) -> None:
    old = value_at(DISTRICT, place)
    value = old + 1 if isinstance(old, int) else round(share, 3)
    assume(value != old)
    try:
        changed = stated(DISTRICT, DISTRICT, place, value)
    except ScenarioError:
        assume(False)
    assert problems(changed) == ()
    assert value_at(changed, place) == value
    assert evidence_at(changed, place).source is None, "no source vouches for a number typed in"
    assert content_hash(reset(changed, DISTRICT, place)) == content_hash(DISTRICT)
    assert content_hash(stated(changed, DISTRICT, place, old)) == content_hash(DISTRICT)


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("stage", "eia", "statutory"), -1.0, "at_least"),
        (("stage", "eia", "prepare"), three(95, 40, 90), "wrong_order"),
        (("department", "housing", "reviewers"), 0, "at_least"),
        (("stage", "eia", "department"), "nobody", "unknown_reference"),
        (("commitment", "grades", "A", "share"), 0.4, "shares"),
        (("stage", "eia", "variant", 0, "prepare", "mode"), 1000.0, "wrong_order"),
        (("stage", "financing", "correction", "rework"), UNSET, "rework_missing"),
    ],
)
def test_what_the_core_refuses_is_refused_in_its_words(
    place: tuple[str | int, ...], value: Any, sentence: str
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        replaced(DISTRICT, place, value)
    assert sentence in [problem.sentence for problem in refusal.value.problems]


def test_a_number_that_replaces_a_sourced_one_is_assumed_and_remembers_the_source() -> None:
    place = ("stage", "land_supply", "notice")
    old = evidence_at(DISTRICT, place)
    changed = stated(DISTRICT, DISTRICT, place, {"dist": "fixed", "value": 20, "unit": "days"})
    now = evidence_at(changed, place)
    assert (now.source, now.assumed) == (None, True)
    assert old.source in now.note.en
    assert old.source in now.note.zh
    back = stated(changed, DISTRICT, place, {"dist": "fixed", "value": 30, "unit": "days"})
    assert content_hash(back) == content_hash(DISTRICT)


def test_a_tables_source_comes_back_only_when_all_its_numbers_do() -> None:
    one = ("stage", "eia", "variant", 1, "correction", "probability")
    limit = ("stage", "eia", "statutory")
    changed = stated(DISTRICT, DISTRICT, limit, 10.0)
    assert evidence_at(changed, limit).assumed
    assert evidence_at(changed, one).source, "another table's source is not touched"
    assert evidence_at(stated(changed, DISTRICT, limit, 20.0), limit).source


def test_a_source_can_be_stated_and_taken_back() -> None:
    note = Text(zh="台账", en="ledger")
    changed = with_evidence(DISTRICT, PREPARE, "our ledger of 2023", note)
    assert evidence_at(changed, PREPARE).source == "our ledger of 2023"
    assert not evidence_at(changed, PREPARE).assumed
    assert evidence_at(changed, PREPARE).note == note
    assert [change.place for change in changes(changed, DISTRICT)] == [PREPARE]
    assert content_hash(reset(changed, DISTRICT, PREPARE)) == content_hash(DISTRICT)


def test_shares_change_together_or_not_at_all() -> None:
    grades = ("commitment", "grades")
    both = {(*grades, "A", "share"): 0.2, (*grades, "B", "share"): 0.55}
    changed = stated_together(DISTRICT, DISTRICT, both)
    assert changed.commitment is not None
    assert changed.commitment.grades["B"].share == 0.55
    with pytest.raises(ScenarioError):
        stated_together(DISTRICT, DISTRICT, {(*grades, "A", "share"): 0.2})


def test_changes_name_every_place_once_and_in_order() -> None:
    changed = stated(DISTRICT, DISTRICT, ("department", "ecology", "reviewers"), 7)
    changed = stated(changed, DISTRICT, PREPARE, three(10, 20, 90))
    changed = stated(changed, DISTRICT, ("stage", "eia", "statutory"), 10.0)
    places = [change.place for change in changes(changed, DISTRICT)]
    assert places == [
        ("department", "ecology", "reviewers"),
        PREPARE,
        ("stage", "eia", "statutory"),
    ]


def test_a_part_that_is_new_is_one_change_and_goes_when_it_is_reset() -> None:
    place = ("stage", "eia", "meeting")
    changed = replaced(DISTRICT, place, {"every": 7.0})
    assert [change.place for change in changes(changed, DISTRICT)] == [place]
    deeper = reset(changed, DISTRICT, (*place, "every"))
    assert content_hash(deeper) == content_hash(DISTRICT)


def test_a_reset_of_what_is_as_in_the_file_changes_nothing() -> None:
    for place in (PREPARE, ("stage", "eia", "meeting"), ("commitment", "enabled")):
        assert content_hash(reset(DISTRICT, DISTRICT, place)) == content_hash(DISTRICT)


def test_the_same_duration_is_the_same_also_with_its_usual_unit_written_out() -> None:
    review = value_at(DISTRICT, ("stage", "eia", "review"))
    bare = type(review)(dist="triangular", min=7, mode=12, max=25)
    assert same_numbers(review, bare, "workdays")
    assert not same_numbers(review, bare, "days")
    assert not same_numbers(review, None, "days")


def test_words_change_in_one_language_only() -> None:
    assert reworded(Text(zh="环评", en="EIA"), "环境影响", "zh") == Text(zh="环境影响", en="EIA")
    assert reworded(Text(zh="A", en="A"), "B", "en") == Text(zh="B", en="B")
    assert reworded(None, "B", "en") == Text(zh="B", en="B")
    assert reworded(Text(zh="A", en="A"), "", "en") is UNSET


# --- forms -------------------------------------------------------------------------------------

FAST = {"path": "commitment"}


def test_forms_are_the_conditions_of_variants_after_the_one_for_all() -> None:
    found = forms(DISTRICT)
    assert found[0] is None
    assert FAST in found
    assert {"eia": "book"} in found


def test_a_form_takes_over_what_it_does_not_say() -> None:
    own = value_in(DISTRICT, "eia", FAST, "prepare")
    assert is_own(DISTRICT, "eia", FAST, "prepare")
    assert own.mode == 20
    assert not is_own(DISTRICT, "energy", FAST, "notice")
    assert value_in(DISTRICT, "eia", {"eia": "book"}, "prepare").mode == 40


def test_a_form_can_be_added_and_leaves_no_trace_when_it_is_emptied() -> None:
    added = with_form(DISTRICT, "energy", {"eia": "book"})
    place = place_in(added, "energy", {"eia": "book"}, "review")
    filed = aligned(DISTRICT, added)
    changed = stated(added, filed, place, {"dist": "fixed", "value": 3, "unit": "workdays"})
    assert changes(changed, filed)[0].place == place
    emptied = without_empty_forms(reset(changed, filed, place), DISTRICT)
    assert content_hash(emptied) == content_hash(DISTRICT)


def test_a_new_form_comes_first_so_that_the_files_own_still_win() -> None:
    added = with_form(DISTRICT, "eia", {"grade": "A"})
    assert dict(added.stage["eia"].variant[0].when) == {"grade": "A"}
    assert len(added.stage["eia"].variant) == len(DISTRICT.stage["eia"].variant) + 1
    assert aligned(DISTRICT, added).stage["eia"].variant[1:] == DISTRICT.stage["eia"].variant
