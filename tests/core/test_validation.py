"""Rules across a scenario, each broken on purpose in one that is right."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvalsim.distributions import Fixed
from approvalsim.scenario import (
    Arrivals,
    Commitment,
    Correction,
    Dependency,
    Dropout,
    Grade,
    Milestone,
    MilestoneDependency,
    Project,
    Projects,
    Scenario,
    Stage,
    Variant,
)
from approvalsim.scenario_file import load
from approvalsim.validation import MOST_FORMS, problems

Report = set[tuple[str, tuple[str | int, ...]]]


@pytest.fixture(scope="module")
def example() -> Scenario:
    return load(Path(__file__).with_name("example.toml"))


def small(**parts: Any) -> Scenario:
    """The smallest scenario without problems, changed by ``parts``."""
    fields: dict[str, Any] = {
        "format": 1,
        "id": "small",
        "start": date(2022, 1, 4),
        "stage": {"a": Stage(), "b": Stage(after={"a": Dependency()})},
        "milestone": {"m": Milestone(after={"b": MilestoneDependency()})},
        "projects": Projects(
            count=1, arrivals=Arrivals.model_validate({"kind": "all_at", "date": date(2022, 2, 1)})
        ),
    }
    return Scenario.model_validate({**fields, **parts})


def reported(scenario: Scenario) -> Report:
    return {(problem.sentence, problem.path) for problem in problems(scenario)}


def test_the_example_and_the_smallest_scenario_are_right(example: Scenario) -> None:
    assert problems(example) == ()
    assert problems(small()) == ()


def chain(*names: str, **after: str) -> dict[str, Stage]:
    """Stages, each waiting for the comma-separated ids given for it."""
    return {
        name: Stage(
            after={before: Dependency() for before in after.get(name, "").split(",") if before}
        )
        for name in names
    }


@pytest.mark.parametrize(
    ("stages", "circles"),
    [
        (chain("a", "b", a="a"), ["a → a"]),
        (chain("a", "b", a="b", b="a"), ["a → b → a"]),
        (
            chain("a", "b", "c", "d", "e", a="c", b="a", c="b", d="e", e="d"),
            ["a → b → c → a", "d → e → d"],
        ),
        (chain("a", "b", a="b", b="nowhere"), []),
    ],
)
def test_circles_are_spelled_out_stage_by_stage(
    stages: dict[str, Stage], circles: list[str]
) -> None:
    found = [p for p in problems(small(stage=stages)) if p.sentence == "cycle"]
    assert [problem.words["loop"] for problem in found] == circles
    for problem in found:  # the place is a dependency that exists, and part of the circle
        _, stage, _, predecessor = problem.path
        assert predecessor in stages[str(stage)].after


def test_a_stage_is_needed_through_any_chain_and_even_by_a_phase() -> None:
    stages = chain("a", "b", "c", "alone", "waits", b="a", c="b", waits="alone")
    milestones = {"m": Milestone(after={"c": MilestoneDependency(phase="submitted")})}
    found = reported(small(stage=stages, milestone=milestones))
    assert found == {("unneeded_stage", ("stage", "alone")), ("unneeded_stage", ("stage", "waits"))}


def test_an_unknown_predecessor_is_one_problem_and_not_several() -> None:
    stages = chain("a", "b", b="a,c")
    assert reported(small(stage=stages)) == {("unknown_reference", ("stage", "b", "after", "c"))}


def test_the_other_ids_are_listed_for_an_unknown_one() -> None:
    (problem,) = problems(small(stage=chain("a", "b", b="a,c")))
    assert problem.message("en") == "there is no stage named c; there are: a, b"
    assert problem.message("zh") == "没有名为 c 的环节；现有：a, b"


def test_options_given_at_their_default_still_need_a_relaxed_edge() -> None:
    edge = Dependency(due=20.0, grace=15.0, uptake=1.0)
    stages = {"a": Stage(), "b": Stage(after={"a": edge})}
    place = ("stage", "b", "after", "a")
    assert reported(small(stage=stages)) == {
        ("only_with", (*place, name)) for name in ("due", "grace", "uptake")
    }
    bare = {"a": Stage(), "b": Stage(after={"a": edge.model_copy(update={"relaxed": "deferred"})})}
    assert problems(small(stage=bare)) == ()


def test_a_correction_without_probability_needs_no_rework() -> None:
    assert problems(small(stage={"a": Stage(correction=Correction(max_rounds=2)), **_b()})) == ()
    found = reported(small(stage={"a": Stage(correction=Correction(probability=0.1)), **_b()}))
    assert found == {("rework_missing", ("stage", "a", "correction"))}


def _b() -> dict[str, Stage]:
    return {"b": Stage(after={"a": Dependency()})}


def policy(**parts: Any) -> Commitment:
    return Commitment(**{"grades": {"A": Grade(share=1.0)}, **parts})


def deferring() -> dict[str, Stage]:
    return {"a": Stage(), "b": Stage(after={"a": Dependency(relaxed="deferred")})}


@pytest.mark.parametrize("into_milestone", [False, True])
def test_a_deferred_edge_needs_a_remedy_only_where_there_is_a_policy(into_milestone: bool) -> None:
    parts: dict[str, Any] = {"stage": deferring()}
    if into_milestone:
        edge = MilestoneDependency(relaxed="deferred")
        parts = {"milestone": {"m": Milestone(after={"b": edge})}}
    assert problems(small(**parts)) == ()
    assert reported(small(**parts, commitment=policy())) == {("remedy_missing", ("commitment",))}
    remedy = Fixed(dist="fixed", value=3.0)
    assert problems(small(**parts, commitment=policy(remedy=remedy))) == ()


def test_a_grade_may_relax_only_relaxable_edges() -> None:
    grades = {"A": Grade(share=1.0, may_relax=("a->b", "b->a", "b->m"))}
    remedy = Fixed(dist="fixed", value=3.0)
    found = problems(small(stage=deferring(), commitment=policy(grades=grades, remedy=remedy)))
    assert [problem.path[-1] for problem in found] == [1, 2]
    assert found[0].words == {"found": "b->a", "known": "a->b"}


@settings(max_examples=50, deadline=None)
@given(
    parts=st.lists(st.integers(1, 50), min_size=1, max_size=6),
    error=st.sampled_from([0, 1e-8, 1e-3]),
)
def test_shares_must_add_up_but_for_rounding(parts: list[int], error: float) -> None:
    shares = [part / sum(parts) for part in parts]
    shares[0] -= min(error, shares[0])
    attributes = {"size": {f"v{n}": share for n, share in enumerate(shares)}}
    projects = small().projects.model_copy(update={"attributes": attributes})
    expected = {("shares", ("projects", "attributes", "size"))} if error > 1e-6 else set()
    assert reported(small(projects=projects)) == expected


def varied(**when: str) -> dict[str, Stage]:
    return {"a": Stage(variant=(Variant(when=when),)), **_b()}


def test_a_variant_may_ask_for_attributes_of_generated_and_of_listed_projects() -> None:
    arrivals = small().projects.arrivals
    listed = (Project(id="p", attributes={"size": "big"}),)
    projects = Projects(attributes={"eia": {"book": 1.0}}, arrivals=arrivals)
    for when in ({"size": "big"}, {"eia": "book"}, {"path": "standard", "size": "big"}):
        assert problems(small(stage=varied(**when), project=listed, projects=projects)) == ()
    for when, what in (({"colour": "red"}, "attribute"), ({"size": "small"}, "value of size")):
        (problem,) = problems(small(stage=varied(**when), project=listed, projects=projects))
        assert problem.words["what_en"] == what
        assert problem.path[-1] in when


def test_a_variant_may_ask_for_the_grades_of_the_policy() -> None:
    assert problems(small(stage=varied(grade="A"), commitment=policy())) == ()
    assert len(problems(small(stage=varied(grade="B"), commitment=policy()))) == 1


def test_combinations_of_attributes_are_limited_per_stage() -> None:
    def with_attributes(count: int) -> Scenario:
        attributes = {f"x{n}": {"yes": 0.5, "no": 0.5, "maybe": 0.0} for n in range(count)}
        projects = small().projects.model_copy(update={"attributes": attributes})
        variants = tuple(Variant(when={name: "yes"}) for name in attributes)
        return small(projects=projects, stage={"a": Stage(variant=variants), **_b()})

    assert problems(with_attributes(6)) == ()  # 4 to the power of 6 is the limit itself
    (problem,) = problems(with_attributes(7))
    assert problem.words == {"count": 4**7, "limit": MOST_FORMS}


@pytest.mark.parametrize(
    ("projects", "listed", "expected"),
    [
        (Projects(), (), {("no_projects", ("projects",))}),
        (Projects(count=2), (), {("no_arrivals", ("projects", "count"))}),
        (Projects(), (Project(id="p"),), {("no_signing_date", ("project", 0))}),
        (Projects(), (Project(id="p", signed=date(2022, 2, 1)),), set()),
        (
            Projects(count=2),
            (Project(id="p", signed=date(2022, 2, 1)),),
            {("count_and_list", ("projects", "count"))},
        ),
        (
            Projects(dropout=Dropout(probability=0.1, stage="c")),
            (Project(id="p", signed=date(2022, 2, 1)),),
            {("unknown_reference", ("projects", "dropout", "stage"))},
        ),
    ],
)
def test_projects_are_generated_or_listed(
    projects: Projects, listed: tuple[Project, ...], expected: Report
) -> None:
    assert reported(small(projects=projects, project=listed)) == expected


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"start": date(1949, 12, 31)}, ("start",)),
        ({"start": date(2061, 1, 1)}, ("start",)),
        ({"end": date(2061, 1, 1)}, ("end",)),
    ],
)
def test_the_clock_stays_within_the_calendar(parts: dict[str, Any], place: tuple[str, ...]) -> None:
    assert ("calendar_range", place) in reported(small(**parts))


def test_the_last_days_of_the_calendar_are_still_inside() -> None:
    listed = (Project(id="p", signed=date(2060, 6, 1)),)
    parts = {"start": date(1950, 1, 1), "end": date(2060, 12, 31)}
    assert problems(small(**parts, projects=Projects(), project=listed)) == ()


RULES: list[tuple[str, Callable[[Scenario], Scenario]]] = [
    ("end_before_start", lambda s: s.model_copy(update={"end": s.start})),
    (
        "same_id",
        lambda s: s.model_copy(
            update={"milestone": {**s.milestone, "eia": s.milestone["land_listed"]}}
        ),
    ),
    (
        "needs_predecessor",
        lambda s: s.model_copy(update={"milestone": {**s.milestone, "x": Milestone()}}),
    ),
    (
        "no_grades",
        lambda s: s.model_copy(
            update={"commitment": s.commitment.model_copy(update={"grades": {}})}
        ),
    ),
    ("no_commitment", lambda s: s.model_copy(update={"commitment": None})),
    ("twice", lambda s: s.model_copy(update={"project": (*s.project, s.project[0])})),
    ("before_start", lambda s: s.model_copy(update={"start": date(2022, 4, 1)})),
    (
        "both_kinds_of_day",
        lambda s: s.model_copy(
            update={"calendar": s.calendar.model_copy(update={"workdays": s.calendar.holidays})}
        ),
    ),
]


@pytest.mark.parametrize(("sentence", "spoil"), RULES, ids=[name for name, _ in RULES])
def test_a_spoilt_example_says_what_is_wrong(
    example: Scenario, sentence: str, spoil: Callable[[Scenario], Scenario]
) -> None:
    assert sentence in {problem.sentence for problem in problems(spoil(example))}


def test_problems_can_be_read_in_both_languages_and_change_nothing(example: Scenario) -> None:
    for _, spoil in RULES:
        spoilt = spoil(example)
        assert problems(spoilt) == problems(spoilt)
        assert all(p.text("zh") != p.text("en") for p in problems(spoilt))
