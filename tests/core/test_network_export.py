import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from networks import fixed, network

from approvalsim import __version__
from approvalsim.network import critical_path
from approvalsim.network_export import (
    days_text,
    dot_quoted,
    to_dot,
    to_graphml,
    to_json,
    to_svg,
    to_text,
)
from approvalsim.scenario import Path, Scenario, content_hash

PATHS: tuple[Path, Path] = ("standard", "commitment")
HOSTILE = 'a"b\\ & <c> ]]> &lt; \\N \\" ; } -> "x\\'
hostile_names = st.text(max_size=30)


def named(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def example_network(zh: str = "土地供应", en: str = "Land supply") -> Scenario:
    stages: dict[str, Any] = {
        "land": {"name": named(zh, en), "review": fixed(20.25), "notice": fixed(30)},
        "permit": {
            "name": named("规划报建", "Planning permit"),
            "review": fixed(10),
            "after": {"land": {"relaxed": "prereview", "issue": fixed(1)}},
        },
        "energy": {"review": fixed(1)},
    }
    return network(
        stages,
        {
            "listed": {"land": {"phase": "reviewed"}},
            "groundbreaking": {"permit": {}, "energy": {"relaxed": "deferred"}},
        },
        name=named("示例", "Example"),
    )


def test_every_export_says_which_content_of_the_scenario_and_which_version_it_shows() -> None:
    scenario = example_network()
    short = content_hash(scenario)[:12]
    for text in (
        to_text(scenario),
        to_svg(scenario),
        to_dot(scenario),
        to_graphml(scenario),
        to_json(scenario),
    ):
        assert short in text
        assert __version__ in text


@pytest.mark.parametrize("path", PATHS)
def test_text_has_one_line_for_each_stage_and_milestone(path: Path) -> None:
    lines = to_text(example_network(), path, "zh").splitlines()

    assert lines[0] == f"示例 · {'标准路径' if path == 'standard' else '承诺路径'}"
    assert lines[2] == "关键路径：土地供应 → 规划报建 → groundbreaking"
    assert len(lines) == 3 + 1 + 1 + 5 + 1 + 1
    assert ("预审" in "".join(lines[4:])) == (path == "commitment")


def test_columns_of_the_text_stand_below_each_other_in_chinese_too() -> None:
    def cells(text: str) -> int:
        return sum(2 if ord(character) > 0x2E80 else 1 for character in text)

    rows = to_text(example_network(), "standard", "zh").splitlines()[4:-2]
    ends = {cells(re.match(r"(.. *\S+(?: +[^ ]+){5})", row)[0]) for row in rows}  # type: ignore[index]
    assert len(ends) == 1


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_shows_every_name_and_the_length(path: Path, language: str) -> None:
    scenario = example_network()
    root = ElementTree.fromstring(to_svg(scenario, path, language))
    words = [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]

    chinese = language == "zh"
    assert ("规划报建" if chinese else "Planning permit") in words
    assert ("◆ groundbreaking") in words
    length = days_text(critical_path(scenario, path).length)
    assert any(length in word for word in words)
    assert (("预审" if chinese else "pre-review") in words) == (path == "commitment")
    assert ("审过后" if chinese else "reviewed") in words


@given(hostile_names, st.sampled_from(["zh", "en"]))
@example(HOSTILE, "en")
def test_the_picture_is_well_formed_with_any_name(name: str, language: str) -> None:
    ElementTree.fromstring(to_svg(example_network(name, name), "commitment", language))


def read_dot_strings(dot: str) -> list[str]:
    """The quoted strings of a DOT text, read by its rules: only \\" and \\\\ are escapes."""
    return re.findall(r'"((?:[^"\\]|\\.)*)"', dot)


@given(hostile_names)
@example(HOSTILE)
@example("\\")
def test_a_quoted_dot_string_is_one_string_whatever_it_holds(text: str) -> None:
    quoted = dot_quoted(text)

    assert re.fullmatch(r'"(?:[^"\\\n]|\\.)*"', quoted)


@given(hostile_names)
@example(HOSTILE)
def test_dot_keeps_its_form_with_any_name(name: str) -> None:
    usual, hostile = (
        to_dot(example_network(), "commitment", "en"),
        to_dot(example_network(name, name), "commitment", "en"),
    )

    outside = re.compile(r'"(?:[^"\\]|\\.)*"')
    assert outside.sub('""', hostile) == outside.sub('""', usual)
    assert len(read_dot_strings(hostile)) == len(read_dot_strings(usual))


def test_dot_tells_modes_and_critical_edges_apart() -> None:
    dot = to_dot(example_network(), "commitment", "zh")

    edges = [line.strip() for line in dot.splitlines() if "->" in line]
    assert edges[0].startswith('"land" -> "permit" [label="预审", style=dashed, color=')
    assert '"energy" -> "groundbreaking" [label="容缺", style=dotted];' in edges
    assert '"land" -> "listed" [label="审过后", style=solid];' in edges


@given(hostile_names)
@example(HOSTILE)
def test_graphml_can_be_read_back_with_any_name(name: str) -> None:
    text = to_graphml(example_network(name, name), "commitment")

    graph = nx.read_graphml(io.BytesIO(text.encode()))

    assert graph.edges["land", "permit"]["mode"] == "prereview"
    assert graph.nodes["permit"]["name_zh"] == "规划报建"
    assert graph.nodes["permit"]["critical"] is True
    assert graph.nodes["land"]["duration_days"] == 50.25


@given(hostile_names)
def test_json_can_be_read_back_and_holds_names_durations_and_slack(name: str) -> None:
    scenario = example_network(name, "Land")
    graph = nx.node_link_graph(json.loads(to_json(scenario)), edges="edges")

    assert graph.nodes["land"]["name_zh"] == name
    assert graph.nodes["land"]["name_en"] == "Land"
    assert graph.nodes["energy"]["slack_days"] == 59.25
    assert graph.graph["length_days"] == critical_path(scenario).length


@pytest.mark.parametrize("export", [to_text, to_svg, to_dot, to_graphml, to_json])
def test_exports_are_the_same_each_time(export: Callable[[Scenario], str]) -> None:
    assert export(example_network()) == export(example_network())


def test_days_are_told_with_at_most_one_decimal() -> None:
    assert [days_text(days) for days in (12.0, 4.52, 0.0, 0.04)] == ["12", "4.5", "0", "0"]


def test_work_under_pre_review_may_have_room_where_its_certificate_has_none() -> None:
    svg = to_svg(example_network(), "commitment", "zh")

    assert "办理时差 40.2 天" in svg  # its ten days may end when the land is done, on day 50.25


def test_stages_off_the_critical_path_show_their_slack_and_milestones_their_day() -> None:
    svg = to_svg(example_network(), "standard", "en")

    assert ">slack 59.2 d<" in svg
    assert ">day 20.2<" in svg
