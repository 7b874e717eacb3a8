import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from command_line import ROOT, call, program, written

from approvalsim import desktop
from approvalsim.facts_file import read_facts
from approvalsim.plan import compile_plan
from approvalsim.scenario_file import load, shipped
from approvalsim.simulation import simulate

LANGUAGES = ("zh", "en")
COMMANDS = ("list", "validate", "run", "compare", "sensitivity", "sweep", "rerun", "graph", "trace")
COMMANDS = (*COMMANDS, "bench", "schema", "gui", "report")


def test_without_arguments_or_display_the_help_names_every_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desktop, "can_open", lambda: False)

    said = call()

    assert said.code == 0
    assert all(re.search(rf"^  {command}\b", said.out, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(command: str) -> None:
    for language in LANGUAGES:
        said = program(command, "--help", "--lang", language)

        body = said.out.replace("Show this message and exit.", "")
        assert said.code == 0
        assert bool(re.search(r"[\u4e00-\u9fff]", body)) == (language == "zh"), body


def test_version_is_that_of_the_package() -> None:
    from approvalsim import __version__

    assert call("--version").out == f"approvalsim {__version__}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_has_every_shipped_id_whole_with_its_name(language: str) -> None:
    said = call("list", "--lang", language, lang=language)

    rows = {line.split()[0]: line for line in said.out.splitlines() if line.strip()}
    assert set(shipped()) <= set(rows)
    assert all(
        load(file).name.in_language(language)[:8] in rows[key] for key, file in shipped().items()
    )
    assert "…" not in said.out


def test_validate_takes_files_and_ids_together() -> None:
    said = call("validate", *shipped(), ROOT / "scenarios" / "standard.toml")

    assert (said.code, said.err) == (0, "")
    assert len(said.out.splitlines()) == len(shipped()) + 1
    assert all(line.endswith(": no problems") for line in said.out.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_page_cuts_no_table_and_ends_with_the_manifest(command: str, language: str) -> None:
    words = (command, "jianghai-2022", "-n", 2, "--engine", "simpy", "--lang", language)
    said = call(*words, lang=language)

    scenario = load(shipped()["jianghai-2022"])
    assert said.code == 0
    assert "…" not in said.out
    assert all(stage.name.in_language(language) in said.out for stage in scenario.stage.values())
    last = said.out.splitlines()[-1]
    assert all(word in last for word in ("jianghai-2022", str(scenario.run.seed), "simpy"))
    assert scenario.description.in_language(language).splitlines()[0] in said.out


def test_the_first_sentence_of_a_run_says_who_never_gets_there() -> None:
    said = call("run", "jianghai-2022", "-n", 3, "--json", "-").json
    sentence = call("run", "jianghai-2022", "-n", 3).out.splitlines()[1]

    reached = said["reach"]["reached"]
    p80 = said["time_to_groundbreaking"]["p80"]["value"]
    assert sentence.startswith(f"{reached:.1%} of projects reach groundbreaking")
    assert f"within {p80:.0f} days of signing" in sentence
    assert f"the other {1 - reached:.1%}" in sentence


def test_where_everybody_arrives_nobody_is_said_to_be_missing() -> None:
    sentence = call("run", "single-project", "-n", 5, lang="zh").out.splitlines()[1]

    assert sentence.startswith("所有项目都会动工；10 个里有 8 个在签约后")


def test_one_replication_has_no_intervals() -> None:
    said = call("compare", "jianghai-2022", "-n", 1)

    assert said.code == 0
    assert not re.search(r"\bnan\b|\binf\b|\[", said.out)


def test_a_scenario_does_not_differ_from_itself() -> None:
    page = call("compare", "single-project", "single-project", "-n", 3)
    found = call("compare", "single-project", "single-project", "-n", 3, "--json", "-").json

    assert "A and B do not differ at all" in page.out
    assert found["difference"]["mean"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    assert found["equal"] == 1.0


def test_scenarios_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    text = shipped()["single-project"].read_text(encoding="utf-8")
    copy = written(tmp_path / "mine.toml", text)

    said = call("compare", "single-project", copy, "-n", 2)

    line = next(line for line in said.out.splitlines() if line.startswith("A = "))
    assert " – single-project " in line
    assert line.endswith(f" – {copy}")


def test_json_on_stdout_is_all_there_is_on_stdout() -> None:
    for command in ("run", "compare"):
        said = call(command, "fast-track", "-n", 2, "--seed", 7, "--json", "-")

        assert said.code == 0
        assert said.json["manifest"]["seed"] == 7
        assert said.json["manifest"]["replications"] == 2


def test_json_in_a_file_is_the_same_as_on_stdout(tmp_path: Path) -> None:
    target = tmp_path / "made" / "on the way" / "结果.json"

    page = call("run", "single-project", "-n", 2, "--json", target)
    bare = call("run", "single-project", "-n", 2, "--json", "-")

    assert "Every project reaches groundbreaking" in page.out
    assert target.read_text(encoding="utf-8") == bare.out


def test_the_same_seed_gives_the_same_bytes_with_any_number_of_workers() -> None:
    one = call("run", "single-project", "-n", 60, "--workers", 1, "--json", "-")
    two = call("run", "single-project", "-n", 60, "--workers", 2, "--json", "-")

    assert one.out == two.out


def test_policy_can_be_switched(tmp_path: Path) -> None:
    off = call("run", "jianghai-2022", "-n", 2, "--policy", "off", "--json", "-").json
    on = call("run", "jianghai-2022", "-n", 2, "--policy", "on", "--json", "-").json
    both = call("compare", "jianghai-2022", "-n", 2, "--json", "-").json

    assert off["commitments"]["share"] == 0 < on["commitments"]["share"]
    for side, alone in (("a", off), ("b", on)):
        assert both[side]["time_to_groundbreaking"] == alone["time_to_groundbreaking"]


def test_precision_decides_how_many_replications() -> None:
    said = call("run", "single-project", "--precision", "5d", "--measure", "mean", "--json", "-")

    mean = said.json["time_to_groundbreaking"]["mean"]
    assert said.err == ""
    assert (mean["high"] - mean["low"]) / 2 <= 5
    assert said.json["manifest"]["replications"] >= 100


def test_a_precision_that_was_not_reached_is_admitted() -> None:
    said = call("run", "single-project", "--precision", "0.1", "--cap", 50, "--json", "-")

    assert said.code == 0
    assert said.json["manifest"]["replications"] == 50
    assert "--precision was not reached" in said.err


def test_facts_are_those_of_the_engine(tmp_path: Path) -> None:
    target = tmp_path / "facts.parquet"

    call("run", "jianghai-2022", "-n", 2, "--policy", "off", "--facts", target)

    scenario = load(shipped()["jianghai-2022"]).with_policy(False)
    expected = simulate(compile_plan(scenario), scenario.run.seed, range(2))
    found = read_facts(target)
    assert (found.time_to_measure == expected.time_to_measure).all()
    assert found.scenario_hash == expected.scenario_hash


def test_compare_writes_the_facts_of_both_sides(tmp_path: Path) -> None:
    call("compare", "jianghai-2022", "-n", 2, "--facts", tmp_path / "facts.parquet")

    a, b = (read_facts(tmp_path / f"facts-{side}.parquet") for side in "ab")
    assert a.axes.projects == b.axes.projects
    assert (a.project.signed == b.project.signed).all()
    assert a.project.path.sum() == 0 < b.project.path.sum()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_web_page_needs_nothing_else(tmp_path: Path, language: str) -> None:
    target = tmp_path / "page.html"

    said = call("compare", "jianghai-2022", "-n", 2, "--html", target, lang=language)

    content = target.read_text(encoding="utf-8")
    page = _Page()
    page.feed(content)
    assert page.open == []
    assert page.seen.count("table") == 5
    assert not re.search(r"https?:|src=|href=|url\(|@import|<script", content)
    assert all(line in page.text for line in said.out.splitlines() if line and line[0] not in " -")


def test_the_web_page_shows_hostile_names_as_they_are(tmp_path: Path) -> None:
    name = "[red]<b>&amp;</b> :smile: …"
    text = shipped()["single-project"].read_text(encoding="utf-8")
    text = re.sub(r"(?m)^name = .*$", f"name = '{name}'", text)
    copy = written(tmp_path / "hostile.toml", text)

    said = call("run", copy, "-n", 2, "--html", tmp_path / "page.html")

    assert name in said.out
    page = _Page()
    page.feed((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert name in page.text
    assert page.open == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["standard", "commitment"])
def test_graph_speaks_five_formats(path: str, language: str) -> None:
    def drawn(form: str) -> str:
        said = call("graph", "fast-track", "--path", path, "-f", form, lang=language)
        assert (said.code, said.err) == (0, "")
        return said.out

    stages = load(shipped()["fast-track"]).stage
    assert all(stage.name.in_language(language) in drawn("text") for stage in stages.values())
    assert drawn("dot").startswith("digraph")
    assert ElementTree.fromstring(drawn("svg")).tag.endswith("svg")
    assert ElementTree.fromstring(drawn("graphml")).tag.endswith("graphml")
    assert {node["id"] for node in json.loads(drawn("json"))["nodes"]} >= set(stages)


def test_graph_writes_into_a_file(tmp_path: Path) -> None:
    target = tmp_path / "new" / "graph.svg"

    said = call("graph", "fast-track", "-f", "svg", "-o", target)

    assert said.out == ""
    assert target.read_text(encoding="utf-8") == call("graph", "fast-track", "-f", "svg").out


def test_a_trace_is_the_same_story_as_table_csv_json_and_facts() -> None:
    words = ("jianghai-2022", "-k", 2, "--project", "p05")
    rows = list(csv.DictReader(io.StringIO(call("trace", *words, "-f", "csv").out)))
    events = call("trace", *words, "-f", "json").json["events"]
    table = call("trace", *words).out.splitlines()

    assert [{k: str(v) for k, v in event.items()} for event in events] == rows
    assert [event["time"] for event in events] == sorted(event["time"] for event in events)
    assert [line.split("  ")[1] for line in table if line.startswith("  2")] == [
        row["date"] for row in rows
    ]
    scenario = load(shipped()["jianghai-2022"])
    facts = simulate(compile_plan(scenario), scenario.run.seed, range(2, 3))
    project = facts.axes.projects.index("p05")
    finished = {e["subject"]: e["time"] for e in events if e["what"] == "finished"}
    expected = facts.stage.finished[0, project]
    for stage, time in zip(facts.axes.stages, expected.tolist(), strict=True):
        assert finished.get(stage, float("inf")) == time


def test_a_trace_follows_every_project_unless_told_otherwise() -> None:
    events = call("trace", "jianghai-2022", "-f", "json").json["events"]

    assert {event["project"] for event in events} == {f"p{k:02}" for k in range(1, 44)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trace_table_has_a_word_for_everything(language: str) -> None:
    said = call("trace", "build-first-verify-later", "--policy", "on", lang=language)

    ids = "sent_back|hold_ended|land_supply|planning_permit|groundbreaking->"
    assert said.code == 0
    assert not re.search(ids, said.out)


def test_a_csv_trace_names_its_origin_on_stderr() -> None:
    said = call("trace", "single-project", "-f", "csv")

    assert "scenario single-project" in said.err
    assert said.out.startswith("date,time,project,subject,what,round\n")


def test_schema_is_the_one_in_the_documentation() -> None:
    said = call("schema")

    assert said.out == (ROOT / "docs" / "scenario.schema.json").read_text(encoding="utf-8")
