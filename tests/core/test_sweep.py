import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from builders import day, fixed, needs, owed, policy, scenario
from command_line import Said, call, environment, start, written

from approvalsim import analyses
from approvalsim import sweep as grids
from approvalsim.analyses import SweepPlan, sweep, sweep_plan
from approvalsim.errors import ScenarioError
from approvalsim.scenario import Scenario
from approvalsim.sweep import grid_of
from approvalsim.sweep_file import KINDS, Journal
from approvalsim.yardstick import SameLuck

LUCK = SameLuck(seed=5, replications=4, workers=1)
UNSURE = {"dist": "triangular", "min": 0.0, "mode": 20.0, "max": 60.0}


def chain(**more: Any) -> Scenario:
    stages = {"a": {"prepare": fixed(10), "notice": UNSURE}, "b": {"prepare": fixed(5)}}
    stages["b"]["after"] = {"a": {}}
    return scenario(stages, projects=dict.fromkeys(("p1", "p2"), 0), **more)


def points(subject: Scenario, *settings: str, luck: SameLuck = LUCK) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sweep(sweep_plan(subject, "x", settings, luck)).result["points"]
    return found


def refusals(subject: Scenario, *settings: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        grid_of(subject, settings)
    return [problem.text("en") for problem in caught.value.problems]


# --- points ------------------------------------------------------------------------------------


def test_all_combinations_are_there_the_last_axis_changing_fastest() -> None:
    found = points(chain(), "stage.a.prepare.value=5,10", "stage.b.prepare.value=1:3:1")

    assert [tuple(point["inputs"].values()) for point in found] == [
        (5, 1), (5, 2), (5, 3), (10, 1), (10, 2), (10, 3),
    ]  # fmt: skip
    assert set(found[0]["inputs"]) == {"stage.a.prepare.value", "stage.b.prepare.value"}


def test_a_point_differs_from_the_base_by_exactly_what_was_changed() -> None:
    found = points(chain(), "stage.a.prepare.value=0:20:5")

    gaps = [point["difference"] for point in found]
    assert [gap["value"] for gap in gaps] == pytest.approx([-10, -5, 0, 5, 10])
    assert gaps[2] == {"value": 0.0, "low": 0.0, "high": 0.0}
    assert all(gap["high"] - gap["low"] < 1e-6 for gap in gaps)
    assert all(point["mean"]["high"] - point["mean"]["low"] > 1 for point in found)


def test_a_point_says_what_a_run_of_that_scenario_says(tmp_path: Path) -> None:
    def toml(value: int) -> Path:
        return written(
            tmp_path / f"x{value}.toml",
            'format = 1\nid = "x"\nstart = 2024-01-01\ncalendar = { kind = "everyday" }\n'
            f'[stage.a]\nprepare = {{ dist = "triangular", min = 1, mode = {value}, max = 90 }}\n'
            "[milestone.groundbreaking]\nafter = { a = {} }\n"
            "[projects]\ncount = 3\n"
            'arrivals = { kind = "uniform", from = 2024-01-01, to = 2024-03-01 }\n'
            "[run]\nstart_rate_on = [2024-02-01, 2024-04-01]\n",
        )

    target = tmp_path / "grid.json"
    call("sweep", toml(5), "--set", "stage.a.prepare.mode=5,40", "-n", 6, "-o", target)
    other = call("run", toml(40), "-n", 6, "--json", "-").json

    point = json.loads(target.read_text(encoding="utf-8"))["points"][1]
    times = other["time_to_groundbreaking"]
    for name in ("mean", "p50", "p80"):
        assert point[name] == pytest.approx(times[name])
    assert point["reached"] == other["reach"]["reached"]
    for rate, expected in zip(point["start_rate"], other["start_rate"], strict=True):
        assert rate["date"] == expected["date"]
        assert rate["value"] == pytest.approx(expected["rate"])
        assert rate["high"] == pytest.approx(expected["high"])


def test_breaches_and_stop_work_are_counted() -> None:
    stages = {"paper": {"prepare": fixed(60)}, "permit": {"prepare": fixed(5)}}
    stages["permit"]["after"] = {"paper": owed(4)}
    subject = scenario(
        stages,
        milestones={"groundbreaking": needs("permit")},
        commitment=policy(remedy=10),
    )
    never, always = points(subject, "commitment.share=0,1")

    assert never["breaches"]["value"] == never["stop_work_days"]["value"] == 0.0
    assert always["breaches"]["value"] == 1.0
    assert always["stop_work_days"]["value"] == pytest.approx(60 + 10 - 9)


def test_more_projects_are_compared_over_those_that_both_have() -> None:
    arrivals = {"kind": "all_at", "date": day(0)}
    stages = {"a": {"review": fixed(4, "workdays"), "department": "office"}}
    subject = scenario(
        stages, generator={"count": 3, "arrivals": arrivals}, department={"office": {}}
    )
    found = points(subject, "projects.count=1:5:2")

    assert [point["mean"]["value"] for point in found] == pytest.approx([4, 8, 12])
    # whoever comes later does not hold up those before him
    assert [point["difference"]["value"] for point in found] == pytest.approx([0, 0, 0])


def test_where_nobody_arrives_there_is_nothing_to_tell() -> None:
    (point,) = points(chain(end=day(40)), "stage.a.prepare.value=500")

    assert point["reached"] == 0
    assert point["mean"] == {"value": None, "low": None, "high": None}


def test_a_point_does_not_depend_on_the_others_or_on_who_computes_it() -> None:
    together = points(chain(), "stage.a.prepare.value=1,2,3")
    alone = points(chain(), "stage.a.prepare.value=2")
    batchwise = points(chain(), "stage.a.prepare.value=2", luck=replace(LUCK, workers=None))

    assert [together[1]] == alone == batchwise


# --- settings ----------------------------------------------------------------------------------


def test_everything_that_is_wrong_with_the_settings_is_said_at_once() -> None:
    said = refusals(
        chain(),
        "stage.a.notice.min=0:40:10",
        "stage.c.notice.mode=3",
        "stage.b.prepare.value=x",
        "stage.a.notice.min=5",
    )

    assert "stage.c: unknown key; known here: a, b" in said
    assert any(line.startswith("--set: the id stage.a.notice.min is used more") for line in said)
    assert any("min (30) must not be above mode (20)" in line for line in said)
    assert any("min (40) must not be above mode (20)" in line for line in said)
    assert any('stage.b.prepare.value: must be a number, found text "x"' in line for line in said)
    assert len(said) == 5


def test_a_point_that_cannot_be_is_named_with_its_values() -> None:
    (line,) = refusals(chain(), "stage.a.notice.min=0,30", "stage.a.notice.mode=10,40")

    assert line == (
        "--set stage.a.notice.min=30 stage.a.notice.mode=10: stage.a.notice:"
        " min (30) must not be above mode (10)"
    )


def test_a_grid_of_too_many_points_is_refused() -> None:
    (line,) = refusals(chain(), "stage.a.prepare.value=1:200:1", "stage.b.prepare.value=1:200:1")

    assert str(grids.MOST_POINTS) in line


# --- files -------------------------------------------------------------------------------------

SETTINGS = ("stage.a.prepare.value=0:10:5", "stage.b.prepare.value=1,2.5")


def plan(*settings: str, luck: SameLuck = LUCK, **more: Any) -> SweepPlan:
    return sweep_plan(chain(**more), "chain.toml", settings or SETTINGS, luck)


def swept(target: Path, wanted: SweepPlan | None = None, restart: bool = False) -> bytes:
    """The bytes of a file that a sweep wrote, or found complete."""
    wanted = wanted or plan()
    journal = Journal(target, wanted.manifest, restart)
    if not journal.finished:
        sweep(wanted, journal)
    return target.read_bytes()


def test_the_three_kinds_of_file_hold_the_same(tmp_path: Path) -> None:
    for kind in KINDS:
        swept(tmp_path / f"grid{kind}")

    table = pl.read_parquet(tmp_path / "grid.parquet")
    found = json.loads((tmp_path / "grid.json").read_text(encoding="utf-8"))
    assert table.equals(pl.read_csv(tmp_path / "grid.csv", schema=table.schema))
    assert table["mean"].to_list() == [point["mean"]["value"] for point in found["points"]]
    assert table["difference_low"].to_list() == [p["difference"]["low"] for p in found["points"]]
    assert table["stage.a.prepare.value"].to_list() == [0, 0, 5, 5, 10, 10]
    assert table["stage.b.prepare.value"].to_list() == [1.0, 2.5] * 3
    manifests = [
        found["manifest"],
        json.loads((tmp_path / "grid.csv.manifest.json").read_text(encoding="utf-8")),
        json.loads(pl.read_parquet_metadata(tmp_path / "grid.parquet")["approvalsim"]),
    ]
    assert manifests[0] == manifests[1] == manifests[2]
    assert manifests[0]["settings"][0] == "stage.a.prepare.value=0,5,10"


def test_columns_keep_the_type_of_their_input(tmp_path: Path) -> None:
    wanted = plan("start=2023-12-30:2024-01-01:2", "calendar.kind=everyday,weekdays")
    swept(tmp_path / "grid.parquet", wanted)

    table = pl.read_parquet(tmp_path / "grid.parquet")
    assert (table.schema["start"], table.schema["calendar.kind"]) == (pl.Date, pl.String)
    assert table["start"].to_list()[1:] == [day(-2), day(0), day(0)]


def test_start_rates_have_a_column_for_each_date(tmp_path: Path) -> None:
    swept(tmp_path / "grid.csv", plan(run={"start_rate_on": [day(30), day(60)]}))

    columns = pl.read_csv(tmp_path / "grid.csv").columns
    assert [name for name in columns if name.startswith("start_rate")][::3] == [
        "start_rate_2024-01-31", "start_rate_2024-03-01",
    ]  # fmt: skip


def test_nothing_is_left_beside_a_finished_file(tmp_path: Path) -> None:
    swept(tmp_path / "made" / "grid.parquet")

    assert [file.name for file in (tmp_path / "made").iterdir()] == ["grid.parquet"]


@pytest.mark.parametrize("name", ["grid", "grid.xlsx", "grid.json.gz"])
def test_other_kinds_of_file_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScenarioError, match=r"\.parquet, \.csv, \.json"):
        swept(tmp_path / name)
    assert not list(tmp_path.iterdir())


# --- interruption ------------------------------------------------------------------------------


def interrupt_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: Any) -> Iterator[Any]:
        yield from islice(grids_figures(*arguments), number)
        raise KeyboardInterrupt

    grids_figures = grids.figures
    monkeypatch.setattr(analyses.grids, "figures", interrupted)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("done", [0, 1, 5])
def test_an_interrupted_and_resumed_sweep_writes_the_very_same_bytes(
    kind: str, done: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = swept(tmp_path / f"whole{kind}")
    target = tmp_path / f"grid{kind}"

    with monkeypatch.context() as patch:
        interrupt_after(done, patch)
        with pytest.raises(KeyboardInterrupt):
            swept(target)
    assert not target.exists()
    journal = Journal(target, plan().manifest)
    assert sorted(journal.points) == list(range(done))

    computed = []

    def counted(*arguments: Any) -> Iterator[Any]:
        for number, figures in original(*arguments):
            computed.append(number)
            yield number, figures

    original = grids.figures
    monkeypatch.setattr(analyses.grids, "figures", counted)
    assert swept(target) == whole
    assert computed == list(range(done, 6))
    assert not journal.path.exists()


def test_a_line_that_was_cut_off_is_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, target = swept(tmp_path / "whole.csv"), tmp_path / "grid.csv"
    with monkeypatch.context() as patch:
        interrupt_after(3, patch)
        with pytest.raises(KeyboardInterrupt):
            swept(target)
    path = tmp_path / "grid.csv.journal"
    full = path.read_bytes()

    for cut in (1, 40, len(full.splitlines(keepends=True)[-1]) - 1):
        path.write_bytes(full[:-cut])
        journal = Journal(target, plan().manifest)
        assert sorted(journal.points) == [0, 1]
        assert full.startswith(path.read_bytes())
        path.write_bytes(full[:-cut])
    assert swept(target) == whole


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals to a process group")
@pytest.mark.parametrize("blow", ["SIGKILL", "SIGINT"])
def test_a_process_that_was_killed_is_carried_on_by_the_next(blow: str, tmp_path: Path) -> None:
    words = ("sweep", "single-project", "--set", "stage.eia.review.mode=7:25:1.5", "-n", 50)
    words = (*words, "--workers", 1, "--engine", "simpy", "--lang", "en")
    target = tmp_path / "grid.parquet"
    journal = tmp_path / "grid.parquet.journal"

    process = start(*words, "-o", target, env=environment())
    while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    os.killpg(process.pid, getattr(signal, blow))
    out, err = process.communicate(timeout=60)
    said = Said(process.returncode, out.decode(), err.decode())
    kept = journal.read_bytes().count(b"\n") - 1

    assert not target.exists()
    assert 2 <= kept < 13
    if blow == "SIGINT":
        assert said.code == 130
        assert said.out == ""
        assert f"interrupted: {kept} of 13 points are kept in {journal}" in said.err
    resumed = call(*words, "-o", target)
    whole = call(*words, "-o", tmp_path / "whole.parquet")
    assert (resumed.code, whole.code) == (0, 0)
    assert target.read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert not journal.exists()


# --- what is there already ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_finished_sweep_is_left_as_it_is(kind: str, tmp_path: Path) -> None:
    target = tmp_path / f"grid{kind}"
    swept(target)
    before = target.stat().st_mtime_ns

    assert Journal(target, plan().manifest).finished
    assert Journal(target, plan("stage.a.prepare.value=0,5,10", SETTINGS[1]).manifest).finished
    assert target.stat().st_mtime_ns == before


OTHERS = {
    "scenario": plan(id="other"),
    "values": plan("stage.a.prepare.value=0:15:5", SETTINGS[1]),
    "seed": plan(luck=replace(LUCK, seed=6)),
    "replications": plan(luck=replace(LUCK, replications=5)),
    "program version": replace(plan(), manifest=replace(plan().manifest, version="0.0.1")),
}


@pytest.mark.parametrize("unfinished", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("differs", OTHERS)
def test_another_sweep_is_refused_and_replaced_only_on_demand(
    differs: str, kind: str, unfinished: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"grid{kind}"
    if unfinished:
        with monkeypatch.context() as patch:
            interrupt_after(2, patch)
            with pytest.raises(KeyboardInterrupt):
                swept(target, OTHERS[differs])
    else:
        swept(target, OTHERS[differs])
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}

    with pytest.raises(ScenarioError) as caught:
        swept(target)

    (problem,) = caught.value.problems
    assert problem.sentence == "other_sweep"
    assert f"(differs in: {differs})" in problem.text("en")
    assert "--restart" in problem.text("zh")
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert swept(target, restart=True) == swept(tmp_path / f"fresh{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_no_sweep_is_not_overwritten(kind: str, tmp_path: Path) -> None:
    for place in (tmp_path / f"grid{kind}", tmp_path / f"other{kind}.journal"):
        written(place, "precious\nnotes\n")

    for name in ("grid", "other"):
        with pytest.raises(ScenarioError, match="holds another sweep, or none"):
            swept(tmp_path / f"{name}{kind}")
    assert (tmp_path / f"grid{kind}").read_text(encoding="utf-8") == "precious\nnotes\n"


def test_the_engine_is_no_reason_to_begin_anew(tmp_path: Path) -> None:
    swept(tmp_path / "grid.csv")
    kernel = replace(plan().manifest, engine="kernel")

    assert Journal(tmp_path / "grid.csv", kernel).finished


# --- the command -------------------------------------------------------------------------------

QUICK = ("sweep", "single-project", "-n", 2, "--workers", 1)


def test_the_page_shows_two_axes_as_a_matrix_and_says_where_the_file_is(tmp_path: Path) -> None:
    target = tmp_path / "grid.csv"
    words = (*QUICK, "--set", "stage.land_supply.notice.value=20,30")
    words = (*words, "--set", "stage.eia.review.mode=8,12,16", "-o", target)

    said = call(*words)
    again = call(*words)
    chinese = call(*words[:-1], tmp_path / "zh.csv", "--lang", "zh", lang="zh")

    assert (said.code, said.err) == (0, "")
    assert f"6 points, written to {target}" in said.out
    assert ". Down: stage.land_supply.notice.value; across: stage.eia.review.mode" in said.out
    assert [line.split()[0] for line in said.out.splitlines() if "+0.0" in line] == ["30"]
    assert again.out == f"{target} holds all of this sweep already and was left as it is\n"
    assert "6 个点已写入" in chinese.out


def test_the_page_of_one_axis_has_a_row_for_each_point(tmp_path: Path) -> None:
    said = call(*QUICK, "--set", "stage.eia.review.mode=7:25:9", "-o", tmp_path / "grid.csv")

    rows = [line.split()[0] for line in said.out.splitlines() if "[" in line and "+" in line]
    assert rows == ["7", "16", "25"]


def test_of_very_many_points_the_page_shows_the_ends(tmp_path: Path) -> None:
    text = (
        'format = 1\nid = "x"\nstart = 2024-01-01\ncalendar = { kind = "everyday" }\n'
        '[stage.a]\nprepare = { dist = "fixed", value = 1 }\n'
        "[milestone.groundbreaking]\nafter = { a = {} }\n"
        '[[project]]\nid = "p"\nsigned = 2024-01-01\n'
    )
    file = written(tmp_path / "x.toml", text)
    setting = "stage.a.prepare.value=1:60:1"

    said = call("sweep", file, "--set", setting, "-n", 1, "-o", tmp_path / "x.csv")

    rows = [int(line.split()[0]) for line in said.out.splitlines() if line.startswith("  ")
            and line.split()[0].isdecimal()]  # fmt: skip
    assert rows == [*range(1, 21), *range(41, 61)]


def test_a_sweep_can_be_repeated(tmp_path: Path) -> None:
    words = (*QUICK, "--set", "stage.eia.review.mode=8,12")
    call(*words, "-o", tmp_path / "grid.json")
    call(*words, "-o", tmp_path / "grid.csv")

    for manifest in ("grid.json", "grid.csv.manifest.json"):
        said = call("rerun", tmp_path / manifest)
        assert (said.code, said.err) == (0, "")
        assert "to the last bit" in said.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            ("--set", "stage.eia.review.min=5:25:10", "-o", "x.csv"),
            "--set stage.eia.review.min=15",
        ),
        (("--set", "stage.eai.review.mode=9", "-o", "x.csv"), "did you mean eia?"),
        (("--set", "stage.eia.review.mode", "-o", "x.csv"), "FROM:TO:STEP"),
        (("--set", "stage.eia.review.mode=9", "-o", "x.xls"), "--output"),
        (("--set", "stage.eia.review.mode=9", "-o", "/dev/null/x.csv"), "cannot be written"),
    ],
)
def test_wrong_wishes_are_refused_in_both_languages(
    words: tuple[str, ...], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for language in ("en", "zh"):
        said = call(*QUICK, *words, "--lang", language, lang=language)
        assert (said.code, said.out) == (2, "")
        assert language == "zh" or complaint in said.err
    assert not list(tmp_path.iterdir())
