"""Facts in Parquet: there and back to the last bit, and open to anybody's tools."""

import json
from dataclasses import fields, replace
from math import inf

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from networks import fixed
from portfolios import POLICY, SHIPPED, portfolio, ran, shipped_run, work
from random_scenarios import random_scenarios

from approvalsim import facts_file
from approvalsim.errors import ScenarioError
from approvalsim.facts import DepartmentFacts, ProjectFacts, StageFacts, differences
from approvalsim.facts_file import FactsFiles, read_facts, write_facts
from approvalsim.simulation import simulate


@pytest.fixture
def file(tmp_path):
    return tmp_path / "facts.parquet"


def check_there_and_back(facts, file):
    write_facts(facts, file)
    again = read_facts(file)
    assert differences(facts, again) == ()
    for name in ("scenario_id", "scenario_hash", "measure", "seed"):
        assert getattr(again, name) == getattr(facts, name)
    assert vars(again.axes) == vars(facts.axes)
    for part in ("stage", "project", "department"):
        for item in fields(getattr(facts, part)):
            before, after = (getattr(getattr(f, part), item.name) for f in (facts, again))
            assert (before.shape, before.dtype) == (after.shape, after.dtype), item.name
    return again


# --- there and back ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_facts_of_a_shipped_scenario_come_back_to_the_last_bit(name, file):
    check_there_and_back(shipped_run(name)[0], file)


def test_facts_without_departments_come_back(file):
    facts, _ = ran(portfolio({"a": work(1), "b": work(2)}, "ab", listed=2), replications=3)
    again = check_there_and_back(facts, file)
    assert again.department.busy.shape == (3, 0)


def test_the_largest_seed_and_late_replications_come_back(file):
    _, plan = ran(portfolio({"a": work(1)}))
    late = range(10**7, 10**7 + 2)
    again = check_there_and_back(simulate(plan, 2**63 - 1, late), file)
    assert again.seed == 2**63 - 1
    assert again.replications.tolist() == list(late)


@settings(max_examples=25)
@given(random_scenarios())
def test_any_facts_come_back(tmp_path_factory, scenario):
    facts, _ = ran(scenario, replications=2)
    check_there_and_back(facts, tmp_path_factory.mktemp("facts") / "facts.parquet")


def test_a_file_is_replaced(file):
    write_facts(ran(portfolio({"a": work(1)}))[0], file)
    check_there_and_back(ran(portfolio({"b": work(2)}, listed=3))[0], file)


# --- batch by batch ------------------------------------------------------------------------------


def part_of(facts, first, last):
    """Some of the replications, by position."""

    def some(part):
        return type(part)(*(getattr(part, item.name)[first:last] for item in fields(part)))

    return replace(
        facts,
        replications=facts.replications[first:last],
        last_event=facts.last_event[first:last],
        stage=some(facts.stage),
        project=some(facts.project),
        department=some(facts.department),
    )


@pytest.mark.parametrize("rows", [1, 100, 300, 10**6])
def test_facts_that_come_in_batches_make_the_same_files(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(facts_file, "_ROWS", rows)
    runs = [shipped_run("jianghai-2022", policy)[0] for policy in (False, True)]
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    with FactsFiles(paths, "simpy") as files:
        for first in range(0, 12, 5):
            files.add(tuple(part_of(facts, first, first + 5) for facts in runs))
        files.write(12)
    for path, facts in zip(paths, runs, strict=True):
        again = read_facts(path)
        assert differences(again, facts) == ()
        assert again.scenario_hash == facts.scenario_hash
        assert json.loads(pl.read_parquet_metadata(path)["approvalsim"])["engine"] == "simpy"
    assert sorted(tmp_path.iterdir()) == paths


def test_only_so_many_replications_are_written_as_are_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(facts_file, "_ROWS", 100)
    facts = shipped_run("jianghai-2022")[0]
    with FactsFiles([tmp_path / "facts.parquet"]) as files:
        for first in range(12):
            files.add((part_of(facts, first, first + 1),))
        files.write(7)
    assert differences(read_facts(tmp_path / "facts.parquet"), part_of(facts, 0, 7)) == ()


def write_in_parts(path, facts, error=None):
    with FactsFiles([path]) as files:
        files.add((facts,))
        if error:
            raise error
        files.write(1)


def test_files_in_parts_that_cannot_be_written_are_problems(tmp_path):
    facts, _ = ran(portfolio({"a": work(1)}))
    (tmp_path / "folder").mkdir()
    for path in (
        tmp_path / "folder",
        tmp_path / "missing" / "f.parquet",
        tmp_path / ("x" * 300),
    ):
        with pytest.raises(ScenarioError) as caught:
            write_in_parts(path, facts)
        (problem,) = caught.value.problems
        assert problem.sentence == "cannot_write"
        assert problem.file == str(path)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_nothing_is_left_where_a_run_ends_before_anything_is_written(tmp_path):
    facts, _ = ran(portfolio({"a": work(1)}))
    with pytest.raises(KeyboardInterrupt):
        write_in_parts(tmp_path / "f.parquet", facts, KeyboardInterrupt())
    assert list(tmp_path.iterdir()) == []


# --- for other tools -----------------------------------------------------------------------------


def test_the_file_is_a_plain_table_with_a_row_for_each_replication_and_project(file):
    scenario = portfolio(
        {
            "eia": {"department": "ecology", "prepare": fixed(2), "review": fixed(3)},
            "permit": work(4, {"eia": {"relaxed": "deferred"}}),
        },
        listed=[{"id": "x", "attributes": {"size": "big"}}, {"id": "y"}],
        department={"ecology": {}},
        commitment=POLICY,
    )
    facts, _ = ran(scenario, replications=3)
    write_facts(facts, file)
    table = pl.read_parquet(file)
    stage = {f"stage.{name}.{f.name}" for name in ("eia", "permit") for f in fields(StageFacts)}
    edge = {
        f"edge.{name}.{fact}"
        for name in ("eia->permit", "permit->groundbreaking")
        for fact in ("edge_mode", "obliged", "breached", "remedied")
    }
    department = {f"department.ecology.{f.name}" for f in fields(DepartmentFacts)}
    plain = {"signed", "left", "path", "stop_work"}
    assert plain < {f.name for f in fields(ProjectFacts)}
    assert set(table.columns) == {
        "replication",
        "project",
        "last_event",
        "milestone.groundbreaking",
        *(f"attribute.{name}" for name in ("size", "path", "grade")),
        *plain,
        *stage,
        *edge,
        *department,
    }
    assert table["replication"].to_list() == [0, 0, 1, 1, 2, 2]
    assert table["project"].to_list() == ["x", "y"] * 3
    rows = table.filter(pl.col("replication") == 1)
    assert rows["stage.eia.finished"].to_list() == [5.0, 8.0]
    assert rows["stage.eia.queue"].to_list() == [0.0, 3.0]
    assert rows["milestone.groundbreaking"].to_list() == [4.0, 4.0]
    assert rows["edge.eia->permit.obliged"].to_list() == [4.0, 4.0]
    assert rows["edge.eia->permit.edge_mode"].to_list() == [2, 2]
    assert rows["attribute.size"].to_list() == [1, 0]
    assert rows["left"].to_list() == [inf, inf]
    assert rows["department.ecology.busy"].to_list() == [6.0, 6.0]  # the same in every row
    assert rows["department.ecology.visits"].to_list() == [2, 2]


def test_a_question_asked_with_plain_polars_agrees_with_the_facts(file):
    facts, _ = shipped_run("jianghai-2022")
    write_facts(facts, file)
    time = pl.col("milestone.groundbreaking") - pl.col("signed")
    mean = pl.read_parquet(file).filter(time.is_finite()).select(time.mean()).item()
    times = facts.time_to_measure
    assert mean == pytest.approx(times[np.isfinite(times)].mean())


def test_the_files_metadata_say_which_run_it_was(file):
    facts, plan = ran(portfolio({"a": work(1)}), seed=7)
    write_facts(facts, file)
    said = json.loads(pl.read_parquet_metadata(file)["approvalsim"])
    assert said["format"] == "1"
    assert said["seed"] == 7
    assert said["scenario"] == "portfolio"
    assert said["scenario_hash"] == plan.scenario_hash
    assert said["axes"]["stages"] == ["a"]


# --- what cannot be read or written --------------------------------------------------------------


def problem_of(file):
    with pytest.raises(ScenarioError) as caught:
        read_facts(file)
    (problem,) = caught.value.problems
    assert problem.sentence == "not_facts"
    assert problem.file == str(file)
    assert problem.message("zh")
    return problem.message()


def test_a_missing_file_is_a_problem(file):
    assert "No such file" in problem_of(file)


def test_a_folder_is_a_problem(tmp_path):
    assert problem_of(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"hello", b"PAR1" * 1000, bytes(range(256))])
def test_what_is_no_parquet_is_a_problem(file, content):
    file.write_bytes(content)
    assert problem_of(file)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.99, 0.9999])
def test_a_truncated_file_is_a_problem(file, share):
    write_facts(shipped_run("single-project")[0], file)
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])
    assert problem_of(file)


def test_a_foreign_parquet_is_a_problem(file):
    pl.DataFrame({"stage": ["eia"], "days": [3.0]}).write_parquet(file)
    assert problem_of(file)


@pytest.mark.parametrize("said", ["", "{", "[]", "[1]", "7", '"x"', "null", "{}", "[" * 10_000])
def test_metadata_of_another_kind_are_a_problem(file, said):
    pl.DataFrame({"signed": [0.0]}).write_parquet(file, metadata={"approvalsim": said})
    assert problem_of(file)


TAMPERED = {
    "format": {"format": "2"},
    "number as format": {"format": 1},
    "no seed": {"seed": None},
    "seed in words": {"seed": "one"},
    "measure out of range": {"measure": 5},
    "negative measure": {"measure": -1},
    "no axes": {"axes": None},
    "axes as a list": {"axes": []},
    "axes without names": {"axes": {}},
}
TAMPERED_AXES = {
    "no projects": {"projects": []},
    "more projects than rows": {"projects": ["p1", "p2", "p3"]},
    "a stage without columns": {"stages": ["a", "b"]},
    "values that are no lists": {"values": [1, 2, 3]},
    "a number for names": {"milestones": 3},
    "no milestones": {"milestones": []},
}


@pytest.mark.parametrize("what", [*TAMPERED, *TAMPERED_AXES])
def test_metadata_that_do_not_fit_are_a_problem(file, what):
    write_facts(ran(portfolio({"a": work(1)}))[0], file)
    said = json.loads(pl.read_parquet_metadata(file)["approvalsim"])
    said |= TAMPERED.get(what, {})
    if what in TAMPERED_AXES:
        said["axes"] |= TAMPERED_AXES[what]
    pl.read_parquet(file).write_parquet(file, metadata={"approvalsim": json.dumps(said)})
    assert problem_of(file)


@pytest.mark.parametrize(
    "change",
    [
        pl.lit("x").alias("signed"),
        pl.lit(None, dtype=pl.Float64).alias("signed"),
        pl.lit(1).alias("signed"),
        pl.lit(1.5).alias("path"),
        pl.lit(0.0).alias("replication"),
    ],
)
def test_columns_of_another_kind_are_a_problem(file, change):
    write_facts(ran(portfolio({"a": work(1)}))[0], file)
    said = pl.read_parquet_metadata(file)["approvalsim"]
    table = pl.read_parquet(file).with_columns(change)
    table.write_parquet(file, metadata={"approvalsim": said})
    assert "column" in problem_of(file)


def test_a_missing_column_and_missing_rows_are_problems(file):
    write_facts(ran(portfolio({"a": work(1)}))[0], file)
    said = pl.read_parquet_metadata(file)["approvalsim"]
    whole = pl.read_parquet(file)
    whole.drop("stage.a.queue").write_parquet(file, metadata={"approvalsim": said})
    assert "stage.a.queue" in problem_of(file)
    whole.head(0).write_parquet(file, metadata={"approvalsim": said})
    assert problem_of(file)


def test_a_path_that_cannot_be_written_is_a_problem(tmp_path):
    facts, _ = ran(portfolio({"a": work(1)}))
    for path in (tmp_path, tmp_path / "missing" / "f.parquet", tmp_path / ("x" * 300)):
        with pytest.raises(ScenarioError) as caught:
            write_facts(facts, path)
        (problem,) = caught.value.problems
        assert problem.sentence == "cannot_write"
        assert problem.file == str(path)
