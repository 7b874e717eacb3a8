"""The commands `forecast` and `plan`, from registers in files of every kind."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from command_line import call

from approvalsim.register import Entry, Register, StageRecord
from approvalsim.register_export import write_new
from approvalsim.register_log import RegisterFile
from approvalsim.scenario_file import load, shipped

SCENE = "jianghai-2022"
KNOWN = {"eia": "form", "land": "net", "hazard": "none"}
REGISTER = Register(
    SCENE,
    (
        Entry(
            "a1",
            name="甲机械",
            signed=date(2022, 3, 1),
            target=date(2023, 6, 30),
            grade="A",
            path="standard",
            attributes=KNOWN,
            owner="张三",
            stages={
                "filing": StageRecord(finished=date(2022, 3, 15)),
                "land_supply": StageRecord(ready=date(2022, 3, 15), submitted=date(2022, 6, 1)),
            },
        ),
        Entry("b2", signed=date(2022, 2, 1), milestones={"groundbreaking": date(2022, 6, 1)}),
        Entry("c3", signed=date(2022, 1, 10), target=date(2022, 8, 31), attributes=KNOWN),
        Entry("d4", signed=date(2022, 1, 10), left=date(2022, 4, 1)),
    ),
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The same register as JSON, as a workbook and as a register file."""
    paths = {ending: tmp_path / f"r.{ending}" for ending in ("json", "xlsx", "approvalsim")}
    paths["json"].write_text(json.dumps(asdict(REGISTER), default=str), encoding="utf-8")
    write_new(paths["xlsx"], REGISTER, load(shipped()[SCENE]), "zh")
    RegisterFile.create(paths["approvalsim"], REGISTER).close()
    return paths


def words(command: str, file: Path, *more: object) -> tuple[object, ...]:
    return (command, SCENE, "--register", file, "--as-of", "2022-06-30", "-n", 40, *more)


@pytest.mark.parametrize("command", ["forecast", "plan"])
def test_every_kind_of_file_gives_the_same(command: str, files: dict[str, Path]) -> None:
    said = {ending: call(*words(command, file, "--json", "-")) for ending, file in files.items()}
    assert {each.code for each in said.values()} == {0}
    about = "forecast" if command == "forecast" else "schedule"
    results = [each.json for each in said.values()]
    for found in results:
        del found[about]["register"]
    assert results[0] == results[1] == results[2]


def test_a_forecast_says_where_projects_are_and_when_they_will_be_there(
    files: dict[str, Path],
) -> None:
    figures = call(*words("forecast", files["json"], "--json", "-", "--on", "2024-06-30")).json
    assert figures["measure"] == "groundbreaking"
    first, second, third = figures["projects"]  # the fourth has left
    assert second["milestones"]["groundbreaking"]["happened"] == "2022-06-01"
    assert first["milestones"]["groundbreaking"]["p80"] > "2022-07-01"
    assert first["under_way"][0]["stage"] == "land_supply"
    assert third["under_way"][0]["overdue"] is True
    assert third["drawn"] == ["grade", "path"]
    days = [rate["date"] for rate in figures["start_rate"]]
    assert days == ["2022-12-31", "2023-12-31", "2024-06-30"]

    chinese = call(*words("forecast", files["json"]), lang="zh").out
    assert "甲机械" in chinese
    assert "超期" in chinese
    assert "overdue" in call(*words("forecast", files["json"]), lang="en").out


def test_another_milestone_can_be_forecast(files: dict[str, Path]) -> None:
    more = ("--milestone", "land_handover", "--json", "-")
    figures = call(*words("forecast", files["json"], *more)).json
    assert figures["measure"] == "land_handover"


def test_a_plan_says_by_when_and_what_would_help(files: dict[str, Path], tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    figures = call(*words("plan", files["json"], "--json", "-", "--html", page)).json
    by_id = {project["id"]: project for project in figures["projects"]}
    assert set(by_id) == {"a1", "c3"}
    assert by_id["a1"]["owner"] == "张三"
    assert by_id["c3"]["holds"] is False
    assert by_id["c3"]["missed_by"] > 0
    assert figures["gains"]
    assert "甲机械" in page.read_text(encoding="utf-8")
    shown = call(*words("plan", files["json"]), lang="zh").out
    assert "最迟送审" in shown
    assert "可以缩短差距的措施" in shown


def test_a_plan_needs_no_register() -> None:
    wishes = ("--target", "2024-06-30", "--project", "p03", "--confidence", 0.7)
    figures = call("plan", SCENE, *wishes, "-n", 60, "--json", "-").json
    (project,) = figures["projects"]
    assert project["probability"] >= 0.7
    assert figures["schedule"]["as_of"] is None


def test_mistakes_are_told_in_the_users_words(files: dict[str, Path], tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"scenario": "x", "entries": [{"name": "no id"}]}', encoding="utf-8")
    cases = {
        words("forecast", tmp_path / "none.json"): "no such file",
        words("forecast", broken): "not a register",
        ("forecast", SCENE, "--register", files["json"], "--as-of", "June"): "must be a date",
        ("plan", SCENE, "--as-of", "2022-06-30"): "goes with --register only",
        ("plan", SCENE): "give a target date",
        ("plan", SCENE, "--target", "2023-12-31", "--project", "zz"): "there is no project zz",
    }
    cases |= {
        ("plan", SCENE, "--target", "2021-12-31"): "must lie after 2022-01-04",
        ("forecast", SCENE, "--register", files["json"], "--as-of", "2070-01-01"): "--as-of: ",
    }
    for wishes, expected in cases.items():
        said = call(*wishes)
        assert said.code == 2, wishes
        assert expected in said.err
        assert said.out == ""


def test_dates_that_contradict_each_other_are_told_and_lived_with(tmp_path: Path) -> None:
    record = {"filing": StageRecord(submitted=date(2022, 3, 9), finished=date(2022, 3, 5))}
    register = Register(SCENE, (Entry("a1", signed=date(2022, 3, 1), stages=record),))
    file = tmp_path / "r.json"
    file.write_text(json.dumps(asdict(register), default=str), encoding="utf-8")
    said = call(*words("forecast", file))
    assert said.code == 0
    assert "lies before" in said.err


def test_all_mistaken_dates_and_projects_are_told_at_once(files: dict[str, Path]) -> None:
    register = ("--register", files["json"])
    said = call(
        "forecast", SCENE, *register, "--as-of", "June", "--on", "July", "--on", "2070-01-01"
    )
    assert (said.code, len(said.err.splitlines())) == (2, 3)
    said = call("plan", SCENE, "--target", "2023-12-31", "--project", "y", "--project", "z")
    assert (said.code, len(said.err.splitlines())) == (2, 2)


def test_what_is_a_fact_is_no_percentile(files: dict[str, Path]) -> None:
    said = call(*words("forecast", files["json"]), lang="zh").out
    (line,) = (each for each in said.splitlines() if each.strip().startswith("b2"))
    assert line.split()[-4:-2] == ["2022-06-01", "已达到"]
