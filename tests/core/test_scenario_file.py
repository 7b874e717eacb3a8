"""Scenario files: what loads, what is refused and why, and that saving loses nothing."""

import json
import os
import random
import re
import shutil
import stat
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from approvalsim import scenario_file
from approvalsim.distributions import Fixed, Triangular
from approvalsim.errors import Problem, ScenarioError
from approvalsim.evidence import Text
from approvalsim.scenario import (
    Correction,
    Department,
    Dependency,
    Dropout,
    Milestone,
    MilestoneDependency,
    Project,
    Projects,
    Scenario,
    Stage,
    Variant,
    content_hash,
)
from approvalsim.scenario_file import (
    as_text,
    find,
    load,
    problems_in,
    read,
    save,
    schema,
    shipped,
)
from approvalsim.sentences import SENTENCES

HERE = Path(__file__).parent
EXAMPLE = HERE / "example.toml"
BROKEN = HERE / "broken"
SOURCES = Path(scenario_file.__file__).parent
RELAXED_SETTINGS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def complaints(path: Path) -> list[str]:
    """Problems of a file, one line each, with paths as seen from its folder."""
    here, above = f"{path.parent}{os.sep}", f"{path.parent.parent}{os.sep}"
    return [p.text("en").replace(here, "").replace(above, "../") for p in problems_in(path)]


def write(folder: Path, text: str, name: str = "scenario.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def changed(scenario: Scenario, **update: object) -> Scenario:
    return scenario.model_copy(update=update)


def with_stage(scenario: Scenario, name: str, **update: object) -> Scenario:
    stage = scenario.stage[name].model_copy(update=update)
    return changed(scenario, stage={**scenario.stage, name: stage})


# --- the corpus of broken files ------------------------------------------------------------------


def corpus() -> dict[str, list[str]]:
    """The problems each broken file must report: `expected.txt`, checked by hand.

    To write it anew after changing a sentence: REGENERATE=1 pytest tests/core/test_scenario_file.py
    """
    expected = BROKEN / "expected.txt"
    if os.environ.get("REGENERATE"):
        sections = [
            "\n".join([f"== {path.name}", *complaints(path)])
            for path in sorted(BROKEN.glob("*.toml"))
        ]
        expected.write_text("\n\n".join(sections) + "\n", encoding="utf-8")
    problems: dict[str, list[str]] = {}
    for line in filter(None, expected.read_text(encoding="utf-8").splitlines()):
        if line.startswith("== "):
            current = problems.setdefault(line[3:], [])
        else:
            current.append(line)
    return problems


CORPUS = corpus()


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_a_broken_file_reports_exactly_its_mistakes(name: str) -> None:
    assert complaints(BROKEN / name) == CORPUS[name]
    assert CORPUS[name], "a broken file has something wrong with it"


def test_the_corpus_and_its_expectations_name_the_same_files() -> None:
    assert sorted(CORPUS) == sorted(path.name for path in BROKEN.glob("*.toml"))
    assert len(CORPUS) >= 30


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_every_problem_reads_in_both_languages_and_has_its_place(name: str) -> None:
    for problem in problems_in(BROKEN / name):
        assert re.search(r"[\u4e00-\u9fff]", problem.message("zh"))
        assert problem.message("en").isascii() or not problem.message("en").isspace()
        assert "{" not in problem.message("zh").replace('{ dist = "fixed"', "")
        assert problem.file is not None
        assert problem.line is None or problem.line >= 1


def test_problems_come_in_the_order_of_the_lines() -> None:
    for name in CORPUS:
        of_file = [p for p in problems_in(BROKEN / name) if p.file == str(BROKEN / name)]
        lines = [problem.line or 0 for problem in of_file]
        assert lines == sorted(lines)


# --- sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_sentence_takes_the_same_words_in_both_languages(name: str) -> None:
    zh, en = (
        {word.removesuffix("_en") for word in re.findall(r"\{(\w+)\}", text)}
        for text in SENTENCES[name]
    )
    assert zh == en
    assert re.search(r"[\u4e00-\u9fff：]", SENTENCES[name][0])


def test_every_sentence_is_said_somewhere() -> None:
    sources = [path for path in SOURCES.glob("*.py") if path.name != "sentences.py"]
    ui = Path(__file__).parents[2] / "ui"
    code = "\n".join(path.read_text(encoding="utf-8") for path in [*sources, *ui.rglob("*.py")])
    assert [name for name in SENTENCES if f'"{name}"' not in code] == []


def test_the_corpus_says_every_sentence_about_scenarios() -> None:
    said = Counter(p.sentence for name in CORPUS for p in problems_in(BROKEN / name))
    elsewhere = {
        # said by other modules, or tested below
        *("no_file", "unreadable", "no_scenario", "binary", "huge", "too_deep", "cannot_write"),
        *("not_json", "not_manifest", "not_facts", "unknown_project", "different_shape"),
        *("bad_precision", "option", "no_kernel", "too_long", "is_folder"),
        *("no_desktop", "no_qt", "no_chinese_font", "disturbed"),  # the app's
        *("bad_path", "bad_values", "too_many", "not_single", "not_an_input", "no_duration"),
        *("nothing_uncertain", "no_salib", "other_sweep"),
        *("bad_address", "no_dask", "no_scheduler", "not_scheduler", "no_workers"),  # a cluster's
        *("foreign", "no_approvalsim", "workers_died", "cluster_lost"),
        *("dates_fall", "before_signing", "after_as_of", "after_left"),  # a register's
        *("not_workbook", "no_table", "two_tables", "no_column", "two_columns", "not_a_date"),
        *("not_a_number", "no_unit", "no_value", "two_values", "two_projects", "would_lose"),
        *("exists", "opened_by", "only_read", "not_register", "newer_register"),
        *("no_entries", "nothing_to_plan"),  # a forecast's
        "no_supervision",  # said by commands
        "other",  # what pydantic may yet think of
    }
    assert {name for name in SENTENCES if not said[name]} <= elsewhere


# --- what is no scenario file --------------------------------------------------------------------


def sentences(path: Path) -> list[str]:
    return [problem.sentence for problem in problems_in(path)]


def test_a_missing_file_a_folder_and_an_impossible_path_are_named(tmp_path: Path) -> None:
    assert sentences(tmp_path / "none.toml") == ["no_file"]
    assert sentences(tmp_path) in (["unreadable"], ["no_file"])
    assert sentences(Path("a\0b")) == ["unreadable"]


def test_binary_content_and_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    for content in (b"\x89PNG\r\n\x1a\n\0\0", "名称 = 1".encode("gbk"), "a = 1".encode("utf-16")):
        path.write_bytes(content)
        assert sentences(path) == ["binary"]
    path.write_bytes(b"a = 1\0")
    assert sentences(path) == ["binary"]


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"#" * 5_000_001)
    assert sentences(path) == ["huge"]
    assert "5 MB" in problems_in(path)[0].message()


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 50_000 + "]" * 50_000,
        "a = " + "{a=" * 50_000 + "1" + "}" * 50_000,
        ".".join("a" * 20_000) + " = 1",
        "[" + ".".join("a" * 20_000) + "]\nb = 1",
    ],
)
def test_deep_nesting_is_a_problem_and_no_crash(tmp_path: Path, text: str) -> None:
    found = problems_in(write(tmp_path, text))
    assert found
    assert all(problem.message("zh") and problem.text() for problem in found)


def test_numbers_of_many_digits_are_a_problem_and_no_crash(tmp_path: Path) -> None:
    for number in ("9" * 5_000, "0x" + "f" * 20_000, "1e999", "-" + "1" * 4_000):
        text = f"format = {number}\nstart = {number}\nid = {number}\n[run]\nseed = {number}\n"
        assert [problem.text("zh") for problem in problems_in(write(tmp_path, text))]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(path) == load(EXAMPLE)
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("= 5\n", "= true\n").encode())
    line = text[: text.index("= 5\n")].count("\n") + 1
    assert complaints(path)[0].startswith(f"x.toml:{line}: stage.filing.statutory:")


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ("value = 30", "value = 30.5", None),
        ("value = 30", 'value = "30"', "type"),
        ("value = 30", "value = true", "type"),
        ("reviewers = 3 ", "reviewers = 3.0 ", "type"),
        ("reviewers = 3 ", 'reviewers = "3" ', "type"),
        ("reviewers = 3 ", "reviewers = true ", "type"),
        ("enabled = true", "enabled = 1", "type"),
        ("enabled = true", 'enabled = "true"', "type"),
        ("start = 2022-01-04", 'start = "2022-01-04"', "type"),
        ("start = 2022-01-04", "start = 2022-01-04T00:00:00", "type"),
        ("start = 2022-01-04", "start = 20220104", "type"),
        ("format = 1 ", "format = 1.0 ", "only_choice"),
        ("commitment = false", "commitment = 0", "only_choice"),
        ('id = "p02"', "id = 2", "type"),
        ('eia = "form"', "eia = true", "type"),
        ("holidays = [2022-03-07, ", 'holidays = ["2022-03-07", ', "type"),
    ],
)
def test_nothing_is_converted_silently(
    tmp_path: Path, written: str, instead: str, sentence: str | None
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert written in text
    found = sentences(write(tmp_path, text.replace(written, instead, 1)))
    assert found == ([] if sentence is None else [sentence])


# --- extends -------------------------------------------------------------------------------------


def test_ctrl_c_while_a_scenario_is_written_down_stays_ctrl_c():
    class Pressed(str):
        def __eq__(self, other):
            raise KeyboardInterrupt

        __hash__ = str.__hash__

    name = Text.model_construct(zh=Pressed("名"), en="name")
    interrupted = load(shipped()["standard"]).model_copy(update={"name": name})

    with pytest.raises(KeyboardInterrupt):
        interrupted.model_dump()


def test_a_file_may_extend_a_shipped_scenario_by_its_id(tmp_path: Path) -> None:
    child = write(tmp_path, 'extends = "standard"\nid = "child"\n[run]\nseed = 7\n')

    scenario = load(child)

    assert scenario.run.seed == 7
    assert scenario.stage == load(shipped()["standard"]).stage


def test_a_file_beside_it_comes_before_a_shipped_scenario_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "standard").write_text(shipped()["single-project"].read_text("utf-8"), "utf-8")
    child = write(tmp_path, 'extends = "standard"\nid = "child"\n')

    assert load(child).stage == load(shipped()["single-project"]).stage


def test_a_shipped_scenario_saved_elsewhere_names_its_base_by_id(tmp_path: Path) -> None:
    saved = save(read(shipped()["jianghai-2022"]), path=tmp_path / "mine.toml")

    assert 'extends = "fast-track"\n' in saved.text
    assert content_hash(load(saved.path)) == content_hash(load(shipped()["jianghai-2022"]))


def test_a_file_may_change_add_and_remove_what_it_extends(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    child = write(
        tmp_path,
        'extends = "example.toml"\nid = "child"\nend = { remove = true }\n'
        "[stage.filing]\nstatutory = 7\nprepare = { max = 20 }\n"
        'review = { dist = "fixed", value = 4 }\nowner = { remove = true }\n'
        "[stage.construction_permit.after.eia]\nremove = true\n"
        "[stage.inspection]\nafter = { eia = {} }\n"
        "[milestone.inspected]\nafter = { inspection = {} }\n"
        "[milestone.land_listed]\nremove = true\n"
        '[[project]]\nid = "only"\nsigned = 2022-02-02\n',
    )
    base, scenario = load(EXAMPLE), load(child)
    assert scenario.id == "child"
    assert scenario.end is None
    assert scenario.name == base.name
    filing = scenario.stage["filing"]
    assert filing.statutory == 7
    assert filing.owner is None
    assert filing.correction == base.stage["filing"].correction
    assert filing.prepare == base.stage["filing"].prepare.model_copy(update={"max": 20.0})
    assert filing.review == Fixed(dist="fixed", value=4)  # nothing is left of the old family
    assert list(scenario.stage["construction_permit"].after) == ["planning_permit"]
    assert list(scenario.stage) == [*base.stage, "inspection"]
    assert list(scenario.milestone) == ["groundbreaking", "inspected"]
    assert [project.id for project in scenario.project] == ["only"]


def test_a_chain_of_files_is_merged_from_its_end(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    folder.mkdir()
    shutil.copy(EXAMPLE, folder)
    write(tmp_path, 'extends = "base/example.toml"\n[run]\nseed = 2\nreplications = 5\n', "b.toml")
    child = write(tmp_path, 'extends = "b.toml"\n[run]\nseed = 3\n', "c.toml")
    assert (load(child).run.seed, load(child).run.replications) == (3, 5)


def test_a_circle_of_files_is_spelled_out(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        write(tmp_path, f'extends = "{other}.toml"\n', f"{name}.toml")
    (problem,) = problems_in(tmp_path / "a.toml")
    assert problem.words["loop"] == "a.toml → b.toml → c.toml → a.toml"
    assert problem.text() == (
        f"{tmp_path / 'c.toml'}:1: extends: extends goes in a circle: "
        "a.toml → b.toml → c.toml → a.toml; remove one of them"
    )


def test_a_problem_is_placed_in_the_file_that_wrote_it(tmp_path: Path) -> None:
    base = EXAMPLE.read_text(encoding="utf-8").replace("reviewers = 3", "reviewers = 0")
    write(tmp_path, base, "base.toml")
    child = write(tmp_path, 'extends = "base.toml"\n\n[department.ecology]\nreviewers = -1\n')
    first, second = problems_in(child)
    assert (first.file, first.line) == (str(child), 4)
    assert second.file == str(tmp_path / "base.toml")
    assert base.splitlines()[(second.line or 0) - 1].startswith("reviewers = 0")


def test_what_the_child_mends_is_no_problem(tmp_path: Path) -> None:
    base = EXAMPLE.read_text(encoding="utf-8").replace("reviewers = 3", "reviewers = 0")
    write(tmp_path, base, "base.toml")
    child = 'extends = "base.toml"\n[department.natural_resources]\nreviewers = 2\n'
    assert problems_in(write(tmp_path, child)) == ()


# --- no echoes -----------------------------------------------------------------------------------


def test_cutting_any_line_value_never_invents_unknown_references(tmp_path: Path) -> None:
    """Whatever value is spoiled, the ids that stand in the file stay known."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        spoilt = re.sub(r"= .*", "= 12:30:00", line) if re.match(r"\w+ = [^\[{]*$", line) else None
        if spoilt is None or line.startswith("department"):
            continue
        path = write(tmp_path, "\n".join([*lines[:number], spoilt, *lines[number + 1 :]]))
        found = problems_in(path)
        assert found, line
        assert {problem.line for problem in found} == {number + 1}, (line, complaints(path))


# --- shipped scenarios ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_scenario_has_no_problems_and_its_file_has_its_name(name: str) -> None:
    assert problems_in(shipped()[name]) == ()
    assert load(shipped()[name]).id == name


def test_a_scenario_is_found_by_path_or_by_name(tmp_path: Path) -> None:
    assert find(str(EXAMPLE)) == EXAMPLE
    name = next(iter(shipped()))
    assert find(name) == shipped()[name]
    with pytest.raises(ScenarioError) as refusal:
        find(str(tmp_path / "nowhere.toml"))
    assert refusal.value.problems[0].sentence == "no_scenario"
    assert name in str(refusal.value)


def test_the_example_uses_every_key_and_every_choice_of_the_format() -> None:
    described, text = schema(), EXAMPLE.read_text(encoding="utf-8")
    tables = [described["else"], *described["$defs"].values()]
    own = [table for table in tables if "anyOf" not in json.dumps(table.get("required", []))]
    keys = {key for table in own for key in table.get("properties", {})} - {"remove"}
    choices = set(
        re.findall(
            r'"([a-z_]+)"', " ".join(re.findall(r'"enum": (\[.*?\])', json.dumps(described)))
        )
    )
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == EXCLUSIVE_KEYS
    assert {word for word in choices if f'"{word}"' not in text} == EXCLUSIVE_CHOICES


# What cannot stand beside something else the example uses.
EXCLUSIVE_KEYS = {"count", "mean_days", "date"}
EXCLUSIVE_CHOICES = {
    "weekdays",
    "everyday",
    "exponential",
    "all_at",
    "fifo",
    "submitted",
    "finished",
    "standard",
}


def test_too_many_stages_are_refused(tmp_path: Path) -> None:
    stages = "".join(f"[stage.s{n}]\n" for n in range(201))
    after = ", ".join(f"s{n} = {{}}" for n in range(201))
    head = 'format = 1\nid = "x"\nstart = 2022-01-04\n'
    end = f"[milestone.m]\nafter = {{ {after} }}\n[[project]]\nid = 'p'\nsigned = 2022-02-02\n"
    (problem,) = problems_in(write(tmp_path, head + stages + end))
    assert problem.message() == "has too many entries; at most: 200"


# --- saving --------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "copy.toml"))


def difference(path: Path) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came, compared with the example."""
    old = Counter(EXAMPLE.read_text(encoding="utf-8").splitlines())
    new = Counter(path.read_text(encoding="utf-8").splitlines())
    return sorted((old - new).elements()), sorted((new - old).elements())


@pytest.mark.parametrize("path", [EXAMPLE, *shipped().values()], ids=lambda path: path.stem)
def test_saving_an_unchanged_file_gives_identical_bytes(path: Path, tmp_path: Path) -> None:
    for source in path.parent.glob("*.toml"):
        shutil.copy(source, tmp_path)
    copied = tmp_path / path.name
    save(read(copied))
    assert copied.read_bytes() == path.read_bytes()
    elsewhere = tmp_path / "elsewhere.toml"
    save(read(copied), path=elsewhere)
    assert elsewhere.read_bytes() == path.read_bytes()


def test_a_changed_value_keeps_its_line_and_its_comment(copy: Path) -> None:
    file = read(copy)
    scenario = file.scenario
    department = scenario.department["natural_resources"].model_copy(update={"reviewers": 5})
    departments = {**scenario.department, "natural_resources": department}
    saved = save(file, changed(scenario, department=departments, end=date(2025, 6, 30)))
    assert load(copy) == saved.scenario
    assert saved.text == copy.read_text(encoding="utf-8")
    assert difference(copy) == (
        ["end = 2024-12-31", "reviewers = 3 # one is on leave"],
        ["end = 2025-06-30", "reviewers = 5 # one is on leave"],
    )


def test_one_number_of_a_duration_changes_alone(copy: Path) -> None:
    file = read(copy)
    prepare = file.scenario.stage["filing"].prepare.model_copy(update={"max": 12.0})
    save(file, with_stage(file.scenario, "filing", prepare=prepare))
    gone, came = difference(copy)
    assert came == [gone[0].replace("max = 10", "max = 12")]
    assert came[0].endswith("# as they say")


def test_another_family_is_written_anew_on_the_same_line(copy: Path) -> None:
    file = read(copy)
    duration = Triangular(dist="triangular", min=1, mode=2.5, max=4, unit="workdays", source="log")
    save(file, with_stage(file.scenario, "filing", prepare=duration))
    assert difference(copy)[1] == [
        'prepare = { dist = "triangular", min = 1, mode = 2.5, max = 4, unit = "workdays",'
        ' source = "log" } # as they say'
    ]


def test_removed_tables_go_with_their_own_comments_and_leave_the_others(copy: Path) -> None:
    file = read(copy)
    scenario = file.scenario
    filing = scenario.stage["filing"].model_copy(update={"correction": Correction()})
    stages = {**scenario.stage, "filing": filing}
    stages["land_supply"] = stages["land_supply"].model_copy(
        update={"variant": stages["land_supply"].variant[1:]}
    )
    new = changed(scenario, stage=stages, project=scenario.project[1:])
    save(file, new)
    assert load(copy) == new
    gone, came = difference(copy)
    assert came == []
    assert "# The land is listed already: no notice." in gone
    assert "# The flagship." in gone
    assert "# The fast track." not in gone
    text = copy.read_text(encoding="utf-8")
    assert "# ---- What people ask about ----" in text
    assert "[[project]] # signed whenever it is drawn" in text


def test_removing_a_stage_keeps_the_banner_below_it(copy: Path) -> None:
    file = read(copy)
    scenario = file.scenario
    stages = {k: v for k, v in scenario.stage.items() if k != "construction_permit"}
    groundbreaking = scenario.milestone["groundbreaking"]
    after = {"planning_permit": MilestoneDependency(), "eia": groundbreaking.after["eia"]}
    milestones = {
        **scenario.milestone,
        "groundbreaking": groundbreaking.model_copy(update={"after": after}),
    }
    new = changed(scenario, stage=stages, milestone=milestones)
    save(file, new)
    assert load(copy) == new
    text = copy.read_text(encoding="utf-8")
    assert "construction_permit" not in text
    assert "# ---- What people ask about ----\n\n[milestone.land_listed]" in text


def test_new_parts_are_written_where_they_belong(copy: Path) -> None:
    file = read(copy)
    scenario = file.scenario
    stage = Stage(
        department="archive",
        review=Fixed(dist="fixed", value=2, unit="workdays"),
        correction=Correction(probability=0.1, rework=Fixed(dist="fixed", value=1)),
        after={"eia": Dependency(), "filing": Dependency(relaxed="deferred", due=10)},
        variant=(Variant(when={"eia": "book"}, commitment=False),),
    )
    new = changed(
        scenario,
        department={**scenario.department, "archive": Department(reviewers=1)},
        stage={**scenario.stage, "archiving": stage},
        milestone={
            **scenario.milestone,
            "archived": Milestone(after={"archiving": MilestoneDependency()}),
        },
        project=(*scenario.project, Project(id="p04", attributes={"eia": "form"})),
    )
    save(file, new)
    assert load(copy) == new
    gone, _ = difference(copy)
    assert gone == []
    text = copy.read_text(encoding="utf-8")
    order = [
        "[department.archive]",
        "[stage.filing]",
        "[stage.archiving]",
        "[milestone.land_listed]",
    ]
    order += ["[milestone.archived]", "[commitment]", 'id = "p03"', 'id = "p04"', "[run]"]
    places = [text.index(name) for name in order]
    assert places == sorted(places)


def test_stages_keep_the_order_the_scenario_gives_them(copy: Path) -> None:
    file = read(copy)
    stages = file.scenario.stage
    names = ["filing", "eia", "construction_permit", "land_supply", "planning_permit"]
    new = changed(file.scenario, stage={name: stages[name] for name in names})
    save(file, new)
    assert content_hash(load(copy)) == content_hash(new)
    text = copy.read_text(encoding="utf-8")
    assert text.index("# The land is listed already") > text.index("[stage.construction_permit]")
    gone, _ = difference(copy)
    assert [line for line in gone if line] == []


def test_projects_are_inserted_and_moved_by_their_id(copy: Path) -> None:
    file = read(copy)
    one, two, three = file.scenario.project
    new = changed(file.scenario, project=(Project(id="p00", grade="B"), three, two, one))
    save(file, new)
    assert load(copy) == new
    assert "# The flagship." in copy.read_text(encoding="utf-8")


def test_an_edge_that_is_no_longer_relaxed_loses_what_it_said_about_that(copy: Path) -> None:
    file = read(copy)
    name = "construction_permit"
    after = {**file.scenario.stage[name].after, "planning_permit": Dependency()}
    save(file, with_stage(file.scenario, name, after=after))
    assert load(copy).stage[name].after == after
    assert "by the rules of the pilot" not in copy.read_text(encoding="utf-8")


def test_windows_line_ends_and_the_byte_order_mark_survive(copy: Path) -> None:
    content = b"\xef\xbb\xbf" + EXAMPLE.read_bytes().replace(b"\n", b"\r\n")
    copy.write_bytes(content)
    file = read(copy)
    save(file)
    assert copy.read_bytes() == content
    save(file, changed(file.scenario, id="renamed"))
    assert copy.read_bytes() == content.replace(b'"example"', b'"renamed"', 1)


def test_overrides_are_written_into_the_file_that_extends(tmp_path: Path) -> None:
    base = Path(shutil.copy(EXAMPLE, tmp_path))
    child = write(
        tmp_path,
        '# the child\nextends = "example.toml" # of the tests\nid = "child"\n\n'
        "[stage.filing]\nstatutory = 7 # new law\n\n[run]\nseed = 5\n",
    )
    file = read(child)
    scenario = file.scenario
    stages = dict(scenario.stage)
    stages["eia"] = stages["eia"].model_copy(update={"department": None, "time_with": "market"})
    review = stages["filing"].review.model_copy(update={"max": 9.0})
    stages["filing"] = stages["filing"].model_copy(update={"review": review, "statutory": 5.0})
    milestones = {k: v for k, v in scenario.milestone.items() if k != "land_listed"}
    new = changed(scenario, stage=stages, milestone=milestones, end=None)
    before = base.read_bytes()
    save(file, new)
    assert base.read_bytes() == before
    assert load(child) == new
    text = child.read_text(encoding="utf-8")
    assert text.startswith('# the child\nextends = "example.toml" # of the tests\nid = "child"\n')
    assert "statutory = 5 # new law" in text
    assert "review = { max = 9 }" in text
    assert "department = { remove = true }" in text
    assert "end = { remove = true }" in text
    assert "[milestone.land_listed]\nremove = true\n" in text
    assert "seed = 5" in text


def test_what_was_removed_can_be_brought_back(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    text = 'extends = "example.toml"\n[milestone.land_listed]\nremove = true\n'
    file = read(write(tmp_path, text))
    base = load(EXAMPLE)
    milestones = {**file.scenario.milestone, "land_listed": base.milestone["land_listed"]}
    new = changed(file.scenario, milestone=milestones)
    save(file, new)
    assert load(file.path) == new
    assert "remove" not in file.path.read_text(encoding="utf-8")


def test_saving_into_another_folder_still_finds_the_base(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    file = read(write(tmp_path, 'extends = "example.toml"\nid = "child"\n'))
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    saved = save(file, path=folder / "x.toml")
    assert load(folder / "x.toml") == file.scenario
    assert 'extends = "../../example.toml"' in saved.text


def test_a_scenario_with_problems_is_not_saved(copy: Path) -> None:
    file = read(copy)
    before = copy.read_bytes()
    with pytest.raises(ScenarioError) as refusal:
        save(file, with_stage(file.scenario, "eia", department="nobody"))
    assert refusal.value.problems[0].sentence == "unknown_reference"
    assert copy.read_bytes() == before


def test_a_new_scenario_is_written_as_text_that_reads_back(tmp_path: Path) -> None:
    for path in [EXAMPLE, *shipped().values()]:
        scenario = load(path)
        assert load(write(tmp_path, as_text(scenario))) == scenario


@pytest.mark.parametrize("broken", ["replace", "fsync", "chmod"])
def test_a_failing_disk_loses_nothing_and_leaves_nothing(
    copy: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    file = read(copy)
    before = copy.read_bytes()
    monkeypatch.setattr(*{"chmod": (shutil, "copymode")}.get(broken, (os, broken)), fail)
    with pytest.raises(ScenarioError) as refusal:
        save(file, changed(file.scenario, id="renamed"))
    assert "No space left" in str(refusal.value)
    assert copy.read_bytes() == before
    assert list(copy.parent.iterdir()) == [copy]


def test_saving_into_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as refusal:
        save(read(EXAMPLE), path=tmp_path / "none" / "x.toml")
    assert refusal.value.problems[0].sentence == "cannot_write"


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
def test_permissions_and_links_survive_saving(copy: Path) -> None:
    copy.chmod(0o640)
    link = copy.with_name("link.toml")
    link.symlink_to(copy)
    file = read(link)
    save(file, changed(file.scenario, id="renamed"))
    assert link.is_symlink()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o640
    assert load(copy).id == "renamed"
    new = copy.with_name("new.toml")
    save(file, path=new)
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o666 & ~mask


@pytest.mark.parametrize(
    "layout",
    [
        "stage.a = {}\nmilestone = { m = { after = { a = {} } } }\nprojects = { count = 2, arrivals"
        ' = { kind = "all_at", date = 2022-02-01 } }\n',
        "stage.a.statutory = 5 # dotted\nmilestone.m.after.a.phase = 'finished'\n"
        "projects.count = 2\n"
        'projects.arrivals.kind = "all_at"\nprojects.arrivals.date = 2022-02-01\n',
        "[stage]\na = {}\n[milestone]\nm = { after = { a = {} } }\n"
        '[[project]]\nid = "p"\n[projects.arrivals]\nkind = "all_at"\ndate = 2022-02-01\n',
        'project = [\n  { id = "p", signed = 2022-02-01 }, # one\n]\n[stage.a.correction]\n'
        "probability = 0\n[milestone.m.after.a]\n[stage.a]\n",
    ],
)
def test_unusual_layouts_can_be_saved_too(tmp_path: Path, layout: str) -> None:
    path = write(tmp_path, f'format = 1\nid = "x"\nstart = 2022-01-04\n{layout}')
    file = read(path)
    for update in (
        {"department": "d", "statutory": 9.0},
        {"after": {}, "correction": Correction(max_rounds=1)},
        {"prepare": Fixed(dist="fixed", value=3)},
    ):
        scenario = file.scenario
        stages = {"a": scenario.stage["a"].model_copy(update=update), "b": Stage()}
        milestones = {
            **scenario.milestone,
            "n": Milestone(after={"a": MilestoneDependency(), "b": MilestoneDependency()}),
        }
        new = changed(scenario, stage=stages, milestone=milestones, department={"d": Department()})
        file = save(file, new)
        assert load(path) == new
        assert content_hash(load(path)) == content_hash(new)


# --- any edit ------------------------------------------------------------------------------------

names = st.sampled_from(["x", "新环节", "a-b", "source", "unit", "stage"])
durations = st.none() | st.one_of(
    st.builds(Fixed, dist=st.just("fixed"), value=st.floats(0, 100)),
    st.builds(
        Triangular,
        dist=st.just("triangular"),
        min=st.integers(0, 3).map(float),
        mode=st.just(3.0),
        max=st.floats(3, 50),
        unit=st.sampled_from([None, "days", "workdays"]),
        source=st.none() | st.text(max_size=8),
        assumed=st.booleans(),
    ),
)


def random_edit(draw: st.DrawFn, scenario: Scenario) -> Scenario:
    """One step somebody might take in the editor, of any kind."""
    stage = draw(st.sampled_from(sorted(scenario.stage)))
    kind = draw(st.integers(0, 9))
    match kind:
        case 0:
            fields = {"prepare": draw(durations), "notice": draw(durations)}
            return with_stage(scenario, stage, **fields)
        case 1:
            new = {**scenario.stage, draw(names): Stage(review=draw(durations))}
            return changed(scenario, stage=new)
        case 2:
            stages = {name: part for name, part in scenario.stage.items() if name != stage}
            return changed(scenario, stage=stages)
        case 3:
            after = {name: Dependency() for name in draw(st.sets(st.sampled_from([stage, "eia"])))}
            return with_stage(scenario, stage, after=after)
        case 4:
            variants = draw(st.permutations(scenario.stage[stage].variant))[:1]
            return with_stage(scenario, stage, variant=tuple(variants))
        case 5:
            kept = draw(st.permutations(scenario.project))[: draw(st.integers(0, 3))]
            return changed(scenario, project=tuple(kept))
        case 6:
            return changed(scenario, description=draw(st.none()), end=draw(st.none() | st.dates()))
        case 7:
            order = draw(st.permutations(sorted(scenario.stage)))
            return changed(scenario, stage={name: scenario.stage[name] for name in order})
        case 8:
            generator = Projects(
                attributes={draw(names): {"yes": 0.25, "no": 0.75}},
                dropout=draw(st.none() | st.just(Dropout(probability=0.5, stage=stage))),
                arrivals=scenario.projects.arrivals,
            )
            return changed(scenario, projects=generator)
        case _:
            text = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10))
            name = None if not text else {"zh": text, "en": text[::-1]}
            return Scenario.model_validate({**scenario.model_dump(by_alias=True), "name": name})


@pytest.mark.parametrize("extending", [False, True])
@settings(max_examples=60, **RELAXED_SETTINGS)
@given(data=st.data())
def test_whatever_is_edited_loads_as_it_was_saved(
    tmp_path: Path, extending: bool, data: st.DataObject
) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path))
    if extending:
        path = write(
            tmp_path,
            '# on top\nextends = "example.toml"\n'
            '[stage.eia]\nnotice = { dist = "fixed", value = 1 }\n'
            "[stage.land_supply]\nnotice = { value = 20 } # shorter\n",
        )
    file = read(path)
    for _ in range(data.draw(st.integers(1, 3))):
        before = path.read_bytes()
        new = data.draw(st.composite(random_edit)(file.scenario))
        try:
            file = save(file, new)
        except ScenarioError as refusal:
            assert refusal.problems[0].sentence != "cannot_write"  # noqa: PT017
            assert path.read_bytes() == before
            return
        assert load(path) == new
        if not extending:
            assert content_hash(load(path)) == content_hash(new)


# --- anything at all -----------------------------------------------------------------------------


def survives(path: Path) -> None:
    """A file is a scenario or has problems that can be read; nothing else may happen."""
    try:
        assert isinstance(load(path), Scenario)
    except ScenarioError as refusal:
        assert refusal.problems  # noqa: PT017
        for problem in refusal.problems:
            assert isinstance(problem, Problem)
            assert problem.text("zh")
            assert problem.text("en")


@settings(max_examples=150, **RELAXED_SETTINGS)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_content_is_a_scenario_or_a_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    survives(path)


ODD = [
    *(
        '""',
        '"x"',
        "0",
        "-1",
        "1e308",
        "nan",
        "-inf",
        "true",
        "[]",
        "{}",
        "[{}]",
        "[[]]",
        "12:00:00",
    ),
    *("2022-01-04", "1979-05-27T07:32:00Z", "99999999999999999999999", "{ remove = true }"),
    *('{ dist = "fixed" }', "{ zh = 1 }", '["a", 1]', "''", '"path"', "0.5", "9999-12-31"),
]
TOKEN = re.compile(r'"[^"]*"|[\w.-]+|[\[\]{}=,]')


def mutated(text: str, luck: random.Random) -> str:
    """The text with one thing deleted, doubled, swapped or replaced."""
    lines = text.splitlines()
    number = luck.randrange(len(lines))
    kind = luck.randrange(6)
    if kind == 0:
        del lines[number]
    elif kind == 1:
        lines.insert(number, luck.choice(lines))
    elif kind == 2:
        other = luck.randrange(len(lines))
        lines[number], lines[other] = lines[other], lines[number]
    else:
        tokens = list(TOKEN.finditer(lines[number]))
        if tokens:
            token, other = luck.choice(tokens), luck.choice(TOKEN.findall(text))
            instead = {3: "", 4: luck.choice(ODD), 5: other}[kind]
            lines[number] = lines[number][: token.start()] + instead + lines[number][token.end() :]
    return "\n".join(lines)


@settings(max_examples=400, **RELAXED_SETTINGS)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 4))
def test_a_mutated_scenario_is_a_scenario_or_a_problem(
    tmp_path: Path, seed: int, steps: int
) -> None:
    text, luck = EXAMPLE.read_text(encoding="utf-8"), random.Random(seed)
    for _ in range(steps):
        text = mutated(text, luck)
    survives(write(tmp_path, text))


@settings(max_examples=100, **RELAXED_SETTINGS)
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 4))
def test_a_mutated_file_that_extends_is_a_scenario_or_a_problem(
    tmp_path: Path, seed: int, steps: int
) -> None:
    shutil.copy(EXAMPLE, tmp_path)
    text = (BROKEN / "extends_a_bad_base.toml").read_text(encoding="utf-8")
    text = text.replace("unknown_references", "example")
    luck = random.Random(seed)
    for _ in range(steps):
        text = mutated(text, luck)
    survives(write(tmp_path, text))


# --- the schema ----------------------------------------------------------------------------------


def test_the_schema_in_the_documentation_is_the_one_in_force() -> None:
    """To write it anew: REGENERATE=1 pytest tests/core/test_scenario_file.py"""
    documented = HERE.parents[1] / "docs" / "scenario.schema.json"
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("REGENERATE"):
        documented.write_text(text, encoding="utf-8")
    assert json.loads(documented.read_text(encoding="utf-8")) == json.loads(text)


def test_the_schema_knows_every_reference_and_the_keys_of_the_file_format() -> None:
    described = schema()
    references = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(described)))
    assert references <= set(described["$defs"])
    assert "extends" in described["then"]["properties"]
    assert described["$defs"]["Removal"]["required"] == ["remove"]
    assert '"null"' not in json.dumps(described)
