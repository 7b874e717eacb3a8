import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks import fixed, network, scenarios, waiting

from approvalsim.network import (
    ancestors,
    annotated_graph,
    critical_path,
    cycles,
    dependency_graph,
    generations,
)
from approvalsim.scenario import Path, Scenario

PATHS: tuple[Path, Path] = ("standard", "commitment")
both_paths = st.sampled_from(PATHS)


# Cycles


def test_a_network_without_circles_has_no_cycles() -> None:
    assert cycles(waiting({"a": "", "b": "a", "c": "ab"})) == ()


def test_a_cycle_is_named_in_the_direction_of_the_waiting() -> None:
    assert cycles(waiting({"a": "c", "b": "a", "c": "b"})) == (("a", "b", "c"),)


def test_a_stage_that_waits_for_itself_is_a_cycle() -> None:
    assert cycles(waiting({"a": "", "b": "ab"})) == (("b",),)


def test_every_knot_is_named_once_in_the_order_of_the_file() -> None:
    scenario = waiting({"d": "e", "e": "d", "a": "bc", "b": "a", "c": "a", "f": "f"})

    assert cycles(scenario) == (("d", "e"), ("a", "b"), ("f",))


def test_cycles_pass_over_ids_that_do_not_exist() -> None:
    assert cycles(waiting({"a": "bz", "b": "ay"})) == (("a", "b"),)


def test_cycles_are_quick_where_every_one_of_200_stages_waits_for_every_other() -> None:
    names = [f"s{index}" for index in range(200)]
    stages = {name: {"after": {other: {} for other in names if other != name}} for name in names}

    assert cycles(network(stages, {"groundbreaking": {"s0": {}}})) == (("s0", "s1"),)


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("abcdef"), min_size=1))
def test_every_cycle_is_a_real_one_and_none_is_missed(waits: dict[str, str]) -> None:
    found = cycles(waiting(waits))

    for cycle in found:
        for before, name in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert before in waits[name]
    graph = nx.DiGraph((b, name) for name, after in waits.items() for b in after if b in waits)
    knots = {min(knot) for knot in nx.strongly_connected_components(graph) if len(knot) > 1}
    loops = set(nx.nodes_with_selfloops(graph))
    assert len([cycle for cycle in found if len(cycle) > 1]) == len(knots)
    assert {cycle[0] for cycle in found if len(cycle) == 1} == loops


# Graph


RELAXED = {
    "land": {"prepare": fixed(10), "review": fixed(20), "notice": fixed(30)},
    "permit": {
        "prepare": fixed(5),
        "review": fixed(10),
        "after": {"land": {"relaxed": "prereview", "issue": fixed(2)}},
    },
    "energy": {"review": fixed(200)},
    "build": {"review": fixed(7), "after": {"permit": {}, "energy": {"relaxed": "deferred"}}},
}
MILESTONES = {
    "listed": {"land": {"phase": "reviewed"}},
    "groundbreaking": {"build": {}, "energy": {"phase": "submitted", "relaxed": "deferred"}},
}


def relaxable() -> Scenario:
    return network(RELAXED, MILESTONES)


def test_edges_are_hard_on_the_standard_path_and_relaxed_on_the_commitment_path() -> None:
    standard = dependency_graph(relaxable())
    commitment = dependency_graph(relaxable(), "commitment")

    assert {mode for _, _, mode in standard.edges(data="mode")} == {"hard"}
    assert commitment.edges["land", "permit"]["mode"] == "prereview"
    assert commitment.edges["energy", "build"]["mode"] == "deferred"
    assert commitment.edges["energy", "groundbreaking"] == {
        "mode": "deferred",
        "phase": "submitted",
    }
    assert commitment.edges["permit", "build"] == {"mode": "hard", "phase": "finished"}
    assert dict(standard.nodes(data="kind")) == {
        **dict.fromkeys(RELAXED, "stage"),
        **dict.fromkeys(MILESTONES, "milestone"),
    }


def test_generations_follow_the_longest_chain_and_the_order_of_the_file() -> None:
    assert generations(relaxable()) == (
        ("land", "energy"),
        ("permit", "listed"),
        ("build",),
        ("groundbreaking",),
    )


@given(scenarios())
def test_ancestors_are_all_stages_from_which_edges_lead_here(scenario: Scenario) -> None:
    graph = dependency_graph(scenario)

    assert ancestors(scenario) == {name: nx.ancestors(graph, name) for name in graph}


# Critical path


def test_a_stage_takes_preparation_review_and_notice() -> None:
    scenario = network(
        {"a": {"prepare": fixed(1), "review": fixed(2), "notice": fixed(4)}},
        {"groundbreaking": {"a": {}}},
    )

    assert critical_path(scenario).length == 7


def test_hard_edges_add_up_and_others_get_slack() -> None:
    stages = {
        "a": {"review": fixed(3)},
        "b": {"review": fixed(5), "after": {"a": {}}},
        "c": {"review": fixed(1), "after": {"a": {}}},
        "d": {"review": fixed(2), "after": {"b": {}, "c": {}}},
    }
    schedule = critical_path(network(stages, {"groundbreaking": {"d": {}}}))

    assert schedule.length == 10
    assert schedule.critical_path == ("a", "b", "d", "groundbreaking")
    assert schedule.critical == {"a", "b", "d", "groundbreaking"}
    assert schedule.critical_edges == {("a", "b"), ("b", "d"), ("d", "groundbreaking")}
    c = schedule.activities["c"]
    assert (c.earliest_start, c.earliest_finish) == (3, 4)
    assert (c.latest_start, c.latest_finish, c.slack, c.critical) == (7, 8, 4, False)


def test_under_pre_review_the_certificate_waits_and_the_work_does_not() -> None:
    schedule = critical_path(relaxable(), "commitment")
    permit = schedule.activities["permit"]

    assert (permit.earliest_start, permit.earliest_finish) == (0, 62)  # max(15, 60) + issue 2
    assert permit.latest_start == 45  # its own 15 days may end on day 60
    assert permit.critical
    assert schedule.length == 69
    assert schedule.critical_path == ("land", "permit", "build", "groundbreaking")


def test_deferred_edges_hold_nothing_up() -> None:
    standard, commitment = (critical_path(relaxable(), path) for path in PATHS)

    assert standard.length == 207
    assert standard.critical_path == ("energy", "build", "groundbreaking")
    assert commitment.length == 69
    assert not commitment.activities["energy"].critical


def test_a_milestone_may_wait_for_a_phase() -> None:
    after = {"submitted": 10, "reviewed": 30, "finished": 60}
    for phase, day in after.items():
        scenario = network({"land": RELAXED["land"]}, {"listed": {"land": {"phase": phase}}})

        assert critical_path(scenario).length == day


def test_what_only_follows_a_decisive_phase_is_not_decisive() -> None:
    milestones = {"groundbreaking": {"land": {"phase": "submitted"}}, "end": {"land": {}}}
    schedule = critical_path(network({"land": RELAXED["land"]}, milestones))

    assert schedule.length == 10
    assert schedule.critical == {"land", "groundbreaking"}
    assert schedule.activities["end"].slack == 0  # against the end of everything, day 60
    assert not schedule.activities["end"].critical


def test_slack_of_what_does_not_lead_to_the_measure_is_that_to_the_end_of_everything() -> None:
    stages = {"a": {"review": fixed(5)}, "b": {"review": fixed(2)}, "c": {"review": fixed(9)}}
    schedule = critical_path(network(stages, {"groundbreaking": {"a": {}}}))

    assert schedule.length == 5
    assert {name: schedule.activities[name].slack for name in stages} == {"a": 0, "b": 7, "c": 0}
    assert schedule.critical == {"a", "groundbreaking"}


def test_working_days_count_at_the_long_run_ratio_of_the_calendar() -> None:
    stages = {"a": {"review": {"dist": "fixed", "value": 10.0}, "prepare": fixed(1, "workdays")}}

    def length(kind: str) -> float:
        scenario = network(stages, {"groundbreaking": {"a": {}}}, calendar={"kind": kind})
        return critical_path(scenario).length

    assert length("everyday") == 11
    assert length("weekdays") == pytest.approx(11 * 7 / 5)
    assert 11 * 1.44 < length("china") < 11 * 1.50


def test_a_duration_without_unit_has_the_usual_one_of_its_role() -> None:
    plain = {"dist": "fixed", "value": 10.0}
    for role, factor in (("prepare", 1.0), ("notice", 1.0), ("review", 7 / 5)):
        scenario = network(
            {"a": {role: plain}}, {"groundbreaking": {"a": {}}}, calendar={"kind": "weekdays"}
        )

        assert critical_path(scenario).length == pytest.approx(10 * factor)


def test_variants_replace_in_the_order_of_the_file_and_then_factors_multiply() -> None:
    stage = {
        "prepare": fixed(10),
        "review": fixed(10),
        "variant": [
            {"when": {"eia": "book"}, "factor": {"prepare": 2.0}},
            {"when": {"eia": "book"}, "prepare": fixed(7)},
            {"when": {"eia": "book", "path": "commitment"}, "factor": {"prepare": 3.0}},
            {"when": {"path": "commitment"}, "review": fixed(1)},
        ],
    }
    scenario = network({"eia": stage}, {"groundbreaking": {"eia": {}}})

    def length(path: Path, attributes: dict[str, str] | None = None) -> float:
        return critical_path(scenario, path, attributes).length

    assert length("standard") == 20
    assert length("standard", {"eia": "book"}) == 7 * 2 + 10
    assert length("commitment") == 10 + 1
    assert length("commitment", {"eia": "book"}) == 7 * 2 * 3 + 1
    assert length("standard", {"path": "commitment"}) == 20  # the path asked for decides


def test_durations_count_at_their_mode() -> None:
    review = {"dist": "triangular", "min": 1.0, "mode": 4.0, "max": 30.0, "unit": "days"}

    assert critical_path(network({"a": {"review": review}}, {"m": {"a": {}}})).length == 4


def weighted(scenario: Scenario) -> nx.DiGraph:
    """The network for networkx: every edge as long as the stage it comes from."""
    graph = nx.DiGraph()
    for name, stage in scenario.stage.items():
        work = (stage.prepare, stage.review, stage.notice)
        graph.add_node(name, days=sum(part.typical() for part in work if part))
    for before, after, phase in dependency_graph(scenario).edges(data="phase"):
        stage = scenario.stage[before]
        work = (stage.prepare, stage.review, stage.notice)
        count = {"submitted": 1, "reviewed": 2, "finished": 3}[phase]
        days = sum(part.typical() for part in work[:count] if part)
        graph.add_edge(before, after, days=days)
    return graph


@given(scenarios())
def test_the_length_is_that_of_the_longest_path(scenario: Scenario) -> None:
    graph = weighted(scenario)
    leading = graph.subgraph(nx.ancestors(graph, scenario.measure) | {scenario.measure})

    length = critical_path(scenario).length

    assert length == nx.dag_longest_path_length(leading, weight="days")


@given(scenarios(days=st.floats(0, 50)))
def test_the_length_is_that_of_the_longest_path_for_parts_of_days_too(scenario: Scenario) -> None:
    graph = weighted(scenario)
    leading = graph.subgraph(nx.ancestors(graph, scenario.measure) | {scenario.measure})

    length = critical_path(scenario).length

    assert length == pytest.approx(nx.dag_longest_path_length(leading, weight="days"))


@given(scenarios(days=st.floats(0, 50)), both_paths)
def test_slack_is_never_negative_and_nothing_critical_has_any(
    scenario: Scenario, path: Path
) -> None:
    schedule = critical_path(scenario, path)

    for each in schedule.activities.values():
        assert each.slack >= 0
        assert each.earliest_start <= each.latest_start
        assert each.earliest_finish <= each.latest_finish
        assert each.slack == 0 or not each.critical
    assert set(schedule.critical_path) <= schedule.critical
    assert schedule.critical_path[-1] == scenario.measure
    steps = zip(schedule.critical_path, schedule.critical_path[1:], strict=False)
    assert set(steps) <= schedule.critical_edges


@given(scenarios(), both_paths, st.data())
def test_a_start_may_slip_by_its_room_and_not_by_more(
    scenario: Scenario, path: Path, data: st.DataObject
) -> None:
    before = critical_path(scenario, path)
    name = data.draw(st.sampled_from(sorted(scenario.stage)))
    each = before.activities[name]
    room = each.latest_start - each.earliest_start

    def length_if_late_by(days: float) -> float:
        return critical_path(_delayed(scenario, name, days), path).length

    matters = length_if_late_by(10_000) > before.length
    assert length_if_late_by(room) == before.length
    assert length_if_late_by(room + 1) == before.length + (1 if matters else 0)


def _delayed(scenario: Scenario, name: str, days: float) -> Scenario:
    stage = scenario.stage[name]
    assert stage.prepare is not None
    longer = stage.prepare.model_copy(update={"value": stage.prepare.typical() + days})
    changed = stage.model_copy(update={"prepare": longer})
    return scenario.model_copy(update={"stage": {**scenario.stage, name: changed}})


@given(scenarios(), both_paths)
def test_the_annotated_graph_says_what_the_schedule_says(scenario: Scenario, path: Path) -> None:
    schedule = critical_path(scenario, path)
    graph = annotated_graph(scenario, path)

    assert graph.graph["length_days"] == schedule.length
    for name, facts in graph.nodes(data=True):
        assert facts["slack_days"] == schedule.activities[name].slack
        assert all(isinstance(value, str | float | bool) for value in facts.values())
    critical = {(a, b) for a, b, yes in graph.edges(data="critical") if yes}
    assert critical == schedule.critical_edges
