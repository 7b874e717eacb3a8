from typing import Any

import pytest
from builders import needs, owed, policy, provisional, scenario
from hypothesis import given
from hypothesis import strategies as st
from random_scenarios import random_scenarios

from approvalsim.network import cycles
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load, read, save
from approvalsim.validation import problems
from approvalsim_ui.graph_edits import (
    Refused,
    added,
    dependency,
    edges_of,
    may_relax,
    relaxable,
    removed,
    with_grade,
    with_mode,
    with_terms,
)


def chain() -> Scenario:
    """Land, then permit, then groundbreaking; papers of the bank are needed for the permit."""
    stages = {
        "land": {},
        "bank": {},
        "permit": {"after": {"land": provisional(2.0), "bank": {"source": "law, art. 8"}}},
    }
    return scenario(stages, {"groundbreaking": needs("permit", "land")}, commitment=policy())


def test_a_new_dependency_is_hard_and_stands_behind_the_others() -> None:
    changed = added(chain(), "land", "bank")

    assert isinstance(changed, Scenario)
    assert dependency(changed, "land", "bank") is not None
    assert dependency(changed, "land", "bank").relaxed is None  # type: ignore[union-attr]
    assert edges_of(changed)[-3:] == edges_of(chain())[-3:]


@pytest.mark.parametrize(
    ("source", "target", "reason", "ids"),
    [
        ("permit", "permit", "itself", ("permit",)),
        ("groundbreaking", "land", "from_milestone", ("groundbreaking",)),
        ("land", "permit", "already", ("land", "permit")),
        ("nothing", "land", "unknown", ("nothing", "land")),
        ("land", "nothing", "unknown", ("land", "nothing")),
        ("permit", "land", "circle", ("land", "permit")),
    ],
)
def test_what_cannot_be_added_says_why(
    source: str, target: str, reason: str, ids: tuple[str, ...]
) -> None:
    refused = added(chain(), source, target)

    assert isinstance(refused, Refused)
    assert (refused.reason, refused.ids) == (reason, ids)


def test_a_circle_names_all_stages_on_it_in_the_direction_of_waiting() -> None:
    stages = {"a": {}, "b": {"after": {"a": {}}}, "c": {"after": {"b": {}}}}
    refused = added(scenario(stages), "c", "a")

    assert isinstance(refused, Refused)
    assert refused.ids == ("a", "b", "c")


def test_the_last_dependency_of_a_milestone_stays() -> None:
    refused = removed(scenario({"a": {}}), "a", "groundbreaking")

    assert isinstance(refused, Refused)
    assert (refused.reason, refused.ids) == ("last_of_milestone", ("groundbreaking",))


def test_a_stage_that_nothing_would_need_keeps_its_dependency() -> None:
    refused = removed(chain(), "bank", "permit")

    assert isinstance(refused, Refused)
    assert (refused.reason, refused.ids) == ("unneeded", ("bank",))


def test_what_is_not_there_cannot_be_removed_or_changed() -> None:
    for refused in (
        removed(chain(), "bank", "groundbreaking"),
        with_mode(chain(), "bank", "groundbreaking", "deferred"),
        with_terms(chain(), "bank", "groundbreaking", due=3.0),
    ):
        assert isinstance(refused, Refused)
        assert refused.reason == "no_edge"


def test_making_a_dependency_hard_drops_its_terms_and_its_place_in_grades_lists() -> None:
    grades = {"A": {"share": 1.0, "may_relax": ["land->permit"]}}
    listed = chain().model_dump(by_alias=True, exclude_unset=True)
    listed["commitment"]["grades"] = grades
    before = Scenario.model_validate(listed)
    assert problems(before) == ()

    changed = with_mode(before, "land", "permit", "hard")

    assert isinstance(changed, Scenario)
    edge: Any = dependency(changed, "land", "permit")
    assert (edge.relaxed, edge.issue) == (None, None)
    assert changed.commitment is not None
    assert changed.commitment.grades["A"].may_relax == ()


def test_a_source_becomes_a_note_when_the_users_own_numbers_come_in() -> None:
    changed = with_mode(chain(), "bank", "permit", "deferred")

    assert isinstance(changed, Scenario)
    edge: Any = dependency(changed, "bank", "permit")
    assert (edge.relaxed, edge.source, edge.assumed) == ("deferred", None, True)
    assert edge.note.en == "basis: law, art. 8"


def test_from_deferred_to_prereview_no_deadline_is_left() -> None:
    stages = {"a": {}, "b": {"after": {"a": owed(due=4.0)}}}
    before = scenario(stages, commitment=policy())

    changed = with_mode(before, "a", "b", "prereview")

    assert isinstance(changed, Scenario)
    edge: Any = dependency(changed, "a", "b")
    assert not {"due", "grace"} & edge.model_fields_set


def test_no_pre_review_leads_into_a_milestone() -> None:
    refused = with_mode(chain(), "permit", "groundbreaking", "prereview")

    assert isinstance(refused, Refused)
    assert refused.reason == "only_stages"


def test_deferred_papers_need_a_remedy() -> None:
    bare = {"grades": {"A": {"share": 1.0}}}
    refused = with_mode(scenario({"a": {}}, commitment=bare), "a", "groundbreaking", "deferred")

    assert isinstance(refused, Refused)
    assert refused.reason == "remedy_missing"


def test_terms_change_one_by_one_and_the_same_terms_change_nothing() -> None:
    before = scenario({"a": {}, "b": {"after": {"a": owed(due=4.0)}}}, commitment=policy())

    changed = with_terms(before, "a", "b", due=9.0, uptake=0.4)

    assert isinstance(changed, Scenario)
    edge: Any = dependency(changed, "a", "b")
    assert (edge.due, edge.uptake, edge.grace) == (9.0, 0.4, 0.0)
    assert with_terms(changed, "a", "b", due=9.0) is changed


def test_a_milestone_can_wait_for_less_than_the_finish() -> None:
    changed = with_terms(chain(), "land", "groundbreaking", phase="reviewed")

    assert isinstance(changed, Scenario)
    edge: Any = dependency(changed, "land", "groundbreaking")
    assert (edge.phase, edge.assumed) == ("reviewed", False)


def test_a_grade_may_relax_a_dependency_or_may_not() -> None:
    before = with_mode(chain(), "bank", "permit", "deferred")
    assert isinstance(before, Scenario)
    assert may_relax(before, "bank", "permit", "A")

    without = with_grade(before, "bank", "permit", "A", False)

    assert isinstance(without, Scenario)
    assert not may_relax(without, "bank", "permit", "A")
    assert may_relax(without, "land", "permit", "A")
    again = with_grade(without, "bank", "permit", "A", True)
    assert isinstance(again, Scenario)
    assert may_relax(again, "bank", "permit", "A")


@st.composite
def edits(draw: st.DrawFn, scenario: Scenario) -> Scenario | Refused:
    """Any change of any kind between any two ends, sensible or not."""
    ends = [*scenario.stage, *scenario.milestone]
    kind = draw(st.sampled_from(("add", "remove", "mode", "terms", "grade")))
    if kind != "add" and draw(st.integers(0, 9)):
        source, target = draw(st.sampled_from(edges_of(scenario)))
    else:
        source, target = draw(st.sampled_from(ends)), draw(st.sampled_from(ends))
    if kind == "add":
        return added(scenario, source, target)
    if kind == "remove":
        return removed(scenario, source, target)
    if kind == "mode":
        mode = draw(st.sampled_from(("hard", "prereview", "deferred")))
        return with_mode(scenario, source, target, mode)
    if kind == "grade":
        grade = draw(st.sampled_from(("A", "B", "Z")))
        return with_grade(scenario, source, target, grade, draw(st.booleans()))
    days = st.none() | st.integers(0, 30).map(float)
    return with_terms(
        scenario, source, target, uptake=draw(st.none() | st.floats(0, 1)), due=draw(days)
    )


@given(st.data(), random_scenarios())
def test_any_sequence_of_edits_keeps_a_scenario_valid_and_without_circles(
    data: st.DataObject, scenario: Scenario
) -> None:
    for _ in range(data.draw(st.integers(1, 12))):
        outcome = data.draw(edits(scenario))
        if isinstance(outcome, Refused):
            # Whatever is refused by the core's checks would have been a problem indeed.
            assert outcome.reason != "other" or outcome.problems
        else:
            assert problems(outcome) == ()
            assert cycles(outcome) == ()
            scenario = outcome
        assert Scenario.model_validate(scenario.model_dump(by_alias=True, exclude_unset=True))
    assert set(relaxable(scenario)) <= {f"{u}->{v}" for u, v in edges_of(scenario)}


@given(random_scenarios(), st.data())
def test_what_was_added_can_be_removed_again(scenario: Scenario, data: st.DataObject) -> None:
    ends = [*scenario.stage, *scenario.milestone]
    source, target = data.draw(st.sampled_from(ends)), data.draw(st.sampled_from(ends))
    changed = added(scenario, source, target)
    if isinstance(changed, Scenario):
        assert removed(changed, source, target) == scenario


def test_edits_of_the_network_survive_saving(tmp_path: Any) -> None:
    file = read(find("jianghai-2022"))
    changed: Any = file.scenario
    for edit in (
        lambda s: with_mode(s, "land_supply", "planning_permit", "hard"),
        lambda s: added(s, "eia", "planning_permit"),
        lambda s: removed(s, "filing", "planning_permit"),
        lambda s: with_mode(s, "eia", "groundbreaking", "deferred"),
        lambda s: with_terms(s, "energy", "groundbreaking", due=10.0),
        lambda s: with_grade(s, "eia", "groundbreaking", "B", True),
    ):
        changed = edit(changed)
        assert isinstance(changed, Scenario)
    path = tmp_path / "changed.toml"

    save(file, changed, path)

    assert load(path) == changed
