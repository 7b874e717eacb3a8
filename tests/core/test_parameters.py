"""Every number of a scenario by its place, and where it comes from."""

import tomllib

import pytest

from approvalsim.distributions import Fixed, Triangular
from approvalsim.parameters import parameter, parameters, usual_unit, value_at
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import load, shipped

FILE = """
format = 1
id = "marks"
start = 2024-01-01

[department.office]
reviewers = 2

[stage.paper]
department = "office"
statutory = 20
source = "a law"
prepare = { dist = "triangular", min = 1, mode = 2, max = 3, assumed = true }
review = { dist = "fixed", value = 4, note = "only a remark" }

[stage.paper.correction]
probability = 0.5
rework = { dist = "fixed", value = 1 }
source = "statistics"

[milestone.groundbreaking]
after = { paper = {} }

[projects]
count = 3
arrivals = { kind = "uniform", from = 2024-01-01, to = 2024-02-01, assumed = true }
"""


@pytest.fixture
def scenario() -> Scenario:
    return Scenario.model_validate(tomllib.loads(FILE))


def test_every_number_is_listed_once_in_the_order_of_the_scenario(scenario: Scenario) -> None:
    places = [found.place for found in parameters(scenario)]
    assert places == [
        ("department", "office", "reviewers"),
        ("stage", "paper", "prepare"),
        ("stage", "paper", "review"),
        ("stage", "paper", "statutory"),
        ("stage", "paper", "correction", "probability"),
        ("stage", "paper", "correction", "rework"),
        ("projects", "count"),
        ("projects", "arrivals", "from"),
        ("projects", "arrivals", "to"),
    ]


def test_a_duration_is_one_number(scenario: Scenario) -> None:
    found = parameter(scenario, ("stage", "paper", "prepare"))
    assert found is not None
    assert isinstance(found.value, Triangular)


def test_a_numbers_own_mark_comes_before_the_tables(scenario: Scenario) -> None:
    found = parameter(scenario, ("stage", "paper", "prepare"))
    assert found is not None
    assert (found.evidence.source, found.evidence.assumed) == (None, True)
    assert found.evidence.place == ("stage", "paper", "prepare")


def test_a_tables_mark_covers_what_has_none_of_its_own(scenario: Scenario) -> None:
    found = parameter(scenario, ("stage", "paper", "correction", "rework"))
    assert found is not None
    assert found.evidence.source == "statistics"
    assert found.evidence.place == ("stage", "paper", "correction")


def test_a_note_alone_leaves_the_source_as_it_is(scenario: Scenario) -> None:
    found = parameter(scenario, ("stage", "paper", "review"))
    assert found is not None
    assert found.evidence.source == "a law"
    assert found.evidence.note is not None
    assert found.evidence.note.en == "only a remark"


def test_a_number_without_any_mark_says_nothing(scenario: Scenario) -> None:
    found = parameter(scenario, ("department", "office", "reviewers"))
    assert found is not None
    assert (found.evidence.source, found.evidence.assumed) == (None, False)


def test_a_default_is_told_apart_from_what_the_file_says(scenario: Scenario) -> None:
    default = parameter(scenario, ("stage", "paper", "correction", "decay"))
    given = parameter(scenario, ("stage", "paper", "correction", "probability"))
    assert default is not None
    assert given is not None
    assert (default.value, default.given, given.given) == (0.5, False, True)


@pytest.mark.parametrize(
    "place",
    [(), ("stage",), ("stage", "paper"), ("stage", "none", "review"), ("run", "seed", "x")],
)
def test_where_there_is_no_number_there_is_none(scenario: Scenario, place: tuple[str, ...]) -> None:
    assert parameter(scenario, place) is None


def test_values_are_found_by_the_files_own_words(scenario: Scenario) -> None:
    assert value_at(scenario, ("projects", "arrivals", "from")).year == 2024
    assert isinstance(value_at(scenario, ("stage", "paper", "review")), Fixed)
    assert value_at(scenario, ("stage", "paper", "variant", 3, "review")) is None


def test_those_under_a_place_are_some_of_all(scenario: Scenario) -> None:
    under = parameters(scenario, ("stage", "paper", "correction"))
    assert [found.place[-1] for found in under] == ["probability", "rework"]
    assert set(under) <= set(parameters(scenario))


def test_reviews_are_in_working_days_and_preparation_in_calendar_days() -> None:
    assert usual_unit(("stage", "paper", "review")) == "workdays"
    assert usual_unit(("stage", "paper", "variant", 0, "review")) == "workdays"
    assert usual_unit(("stage", "paper", "prepare")) == "days"


@pytest.mark.parametrize("name", list(shipped()))
def test_every_number_of_a_shipped_scenario_has_a_mark(name: str) -> None:
    silent = [
        found.place
        for found in parameters(load(shipped()[name]))
        if not (found.evidence.source or found.evidence.assumed)
        and found.place[-1] != "signed"  # when a listed project signs is the list's own business
    ]
    assert not silent


@pytest.mark.parametrize("name", list(shipped()))
def test_listing_and_asking_agree(name: str) -> None:
    scenario = load(shipped()[name])
    for found in parameters(scenario):
        assert parameter(scenario, found.place) == found
