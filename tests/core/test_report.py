"""Results as JSON: the keys outsiders were promised, in full and readable by any parser."""

import json
from dataclasses import asdict, replace
from datetime import date
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from portfolios import (
    SHIPPED,
    compared,
    portfolio,
    ran,
    shipped,
    shipped_run,
    summarised,
    work,
)
from rich.text import Text

from approvalsim import __version__
from approvalsim.console import summary_page
from approvalsim.errors import ScenarioError
from approvalsim.report import (
    Manifest,
    comparison_figures,
    json_text,
    new_manifest,
    read_result,
    result,
    result_hash,
    start_rate_dates,
    summary_figures,
    write_text,
)
from approvalsim.scenario import Scenario, content_hash
from approvalsim.voice import Voice

DATES = (date(2022, 12, 31), date(2023, 12, 31))
INTERVAL = {"value", "low", "high"}
MANIFEST = {"scenario", "scenario_hash", "seed", "replications", "engine", "version"}
RUN = {"time_to_groundbreaking", "start_rate", "stages", "departments", "commitments"}
STAGE = {"criticality", "wait", "work", "rework", "notice", "meeting", "rounds"}
DEPARTMENT = {"utilisation", "mean_wait", "longest_queue"}
COMMITMENTS = {"relaxed", "obligations", "breaches", "stop_work_days"}
RATE = {"date", "signed", "started", "rate", "rate_without_dropouts", "low", "high"}
COMPARISON = {"a", "b", "difference", "earlier", "later", "equal", "variance_reduction"}


def is_number(value):
    return isinstance(value, float | int) and not isinstance(value, bool)


def strictly(text):
    """Parse as strictly as any other language would: no NaN, no Infinity, no key twice."""

    def refuse(name):
        raise AssertionError(name)

    def once(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    return json.loads(text, parse_constant=refuse, object_pairs_hook=once)


def manifest_of(scenario, command="run", **more):
    return new_manifest(command, scenario, scenario.id, 1, 12, "simpy", **more)


def run_result(name):
    facts, plan = shipped_run(name)
    figures = summary_figures(summarised(facts, plan, DATES))
    return result(manifest_of(shipped(name)), figures, [shipped(name)])


def comparison_result(name):
    found = compared(*shipped_run(name, False), *shipped_run(name, True), DATES)
    return result(manifest_of(shipped(name), "compare"), comparison_figures(found), [shipped(name)])


def check_run(figures, scenario):
    assert figures.keys() >= RUN
    times = figures["time_to_groundbreaking"]
    assert times.keys() == {"mean", "p10", "p50", "p80", "p90"}
    for estimate in times.values():
        assert estimate.keys() == INTERVAL
        assert estimate["low"] <= estimate["value"] <= estimate["high"]
    assert [rate["date"] for rate in figures["start_rate"]] == [str(day) for day in DATES]
    for rate in figures["start_rate"]:
        assert rate.keys() >= RATE
        assert all(is_number(rate[key]) for key in RATE - {"date"})
        assert rate["low"] <= rate["rate"] <= rate["high"]
    assert figures["stages"].keys() == scenario.stage.keys()
    for stage in figures["stages"].values():
        assert stage.keys() >= STAGE
        assert all(is_number(stage[key]) for key in STAGE)
    assert figures["departments"].keys() == scenario.department.keys()
    for department in figures["departments"].values():
        assert department.keys() >= DEPARTMENT
        assert all(is_number(department[key]) for key in DEPARTMENT)
    assert figures["commitments"].keys() >= COMMITMENTS
    assert all(is_number(figures["commitments"][key]) for key in COMMITMENTS)


# --- the promise ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_a_run_holds_every_promised_key(name):
    found = strictly(json_text(run_result(name)))
    assert found["manifest"].keys() >= MANIFEST
    check_run(found, shipped(name))


@pytest.mark.parametrize("name", ["fast-track", "jianghai-2022"])
def test_a_comparison_holds_every_promised_key(name):
    found = strictly(json_text(comparison_result(name)))
    assert found.keys() >= COMPARISON | {"manifest"}
    check_run(found["a"], shipped(name))
    check_run(found["b"], shipped(name))
    difference = found["difference"]
    assert difference.keys() >= {"mean", "p50", "p80", "start_rate"}
    for key in ("mean", "p50", "p80"):
        assert difference[key].keys() == INTERVAL
    for day, rate in zip(DATES, difference["start_rate"], strict=True):
        assert rate.keys() == INTERVAL | {"date"}
        assert rate["date"] == str(day)
    shares = [found[key] for key in ("earlier", "later", "equal")]
    assert sum(shares) == pytest.approx(1.0)
    assert is_number(found["variance_reduction"])


def test_the_figures_are_those_of_the_summary():
    facts, plan = shipped_run("jianghai-2022")
    summary = summarised(facts, plan, DATES)
    figures = summary_figures(summary)
    assert figures["time_to_groundbreaking"]["p80"] == asdict(summary.times.p80)
    assert figures["working_days_to_groundbreaking"]["mean"] == asdict(summary.working_times.mean)
    rate, found = summary.start_rates[1], figures["start_rate"][1]
    assert found["rate"] == rate.rate.value
    assert (found["low"], found["high"]) == (rate.rate.low, rate.rate.high)
    assert found["rate_without_dropouts"] == rate.rate_without_dropouts.value
    assert figures["stages"]["eia"]["work"] == summary.stages["eia"].work
    assert figures["departments"]["ecology"] == asdict(summary.departments["ecology"])
    assert figures["commitments"]["breaches"] == summary.commitments.breaches.value
    assert figures["commitments"]["intervals"]["breaches"] == asdict(summary.commitments.breaches)
    assert figures["reach"] == asdict(summary.reach)


def test_the_figures_are_those_of_the_comparison():
    found = compared(*shipped_run("fast-track", False), *shipped_run("fast-track", True), DATES)
    figures = comparison_figures(found)
    assert figures["difference"]["mean"] == asdict(found.difference.mean)
    assert figures["difference"]["effective_mean"] == asdict(found.difference.effective_mean)
    day, rate = found.difference.start_rates[0]
    assert figures["difference"]["start_rate"][0] == {"date": str(day), **asdict(rate)}
    assert figures["a"] == summary_figures(found.a)
    assert figures["b"] == summary_figures(found.b)
    assert figures["gain_by_stage"] == found.gain_by_stage
    assert figures["price"]["stop_work_days"] == asdict(found.price.stop_work_days)
    assert figures["variance_reduction"] == found.variance_reduction


def test_rounded_quantiles_are_said_to_be_rounded():
    scenario, exact = shipped("single-project"), summarised(*shipped_run("single-project"))
    rounded = replace(exact, grid=1 / 256)
    assert summary_figures(rounded)["quantiles_rounded_to"] == 1 / 256
    assert "quantiles_rounded_to" not in summary_figures(exact)
    for language, words in (("zh", "取整到 6 分钟"), ("en", "rounded to 6 minutes")):
        for summary, said in ((rounded, True), (exact, False)):
            page = summary_page(summary, manifest_of(scenario), Voice(scenario, language))
            text = "".join(part.plain for part in page if isinstance(part, Text))
            assert (words in text) == said


# --- numbers in JSON -----------------------------------------------------------------------------


def test_what_cannot_be_told_is_null():
    facts, plan = ran(portfolio({"s": work(1)}, listed=2))
    never = replace(facts.project, milestone=np.full((1, 2, 1), inf))
    facts = replace(facts, project=never)
    before = date(2023, 12, 31)  # nobody has signed
    figures = strictly(json_text(summary_figures(summarised(facts, plan, [before]))))
    assert set(figures["time_to_groundbreaking"]["p80"].values()) == {None}
    assert figures["start_rate"][0]["rate"] is None
    assert figures["start_rate"][0]["rate_without_dropouts_low"] is None
    same = strictly(json_text(comparison_figures(compared(facts, plan, facts, plan, [before]))))
    assert set(same["difference"]["mean"].values()) == {None}
    assert same["variance_reduction"] is None


def test_one_replication_has_values_without_intervals():
    facts, plan = ran(portfolio({"s": work(3)}))
    figures = strictly(json_text(summary_figures(summarised(facts, plan))))
    for estimate in figures["time_to_groundbreaking"].values():
        assert estimate == {"value": 3.0, "low": None, "high": None}


def test_pairs_that_never_differ_spare_all_replications_which_json_cannot_say():
    facts, plan = shipped_run("fast-track")
    assert comparison_figures(compared(facts, plan, facts, plan))["variance_reduction"] is None


@pytest.mark.parametrize("number", [nan, inf, -inf])
def test_a_number_json_does_not_know_is_never_written(number):
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text({"a": number})


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_comes_back_to_the_last_bit(number):
    again = strictly(json_text({"a": number}))["a"]
    assert again.hex() == float(number).hex()


def test_a_result_comes_back_to_the_last_bit():
    content = run_result("jianghai-2022")
    assert strictly(json_text(content)) == content


def test_chinese_stays_readable():
    assert "容缺审批与承诺制" in json_text(run_result("fast-track"))


# --- a sealed result -----------------------------------------------------------------------------


def test_a_result_is_sealed_with_the_hash_of_its_figures():
    figures = {"a": 1.0, "b": {"c": [2.0, None], "d": "词"}}
    again = {"b": {"d": "词", "c": [2.0, None]}, "a": 1.0}
    assert result_hash(figures) == result_hash(again)  # the order of keys says nothing
    assert result_hash(figures) == result_hash(strictly(json_text(figures)))
    for other in ({"a": 1.0000000000000002}, {"a": -1.0}, {"e": None}, {"b": {}}):
        assert result_hash(figures) != result_hash(figures | other)
    sealed = result(manifest_of(shipped("standard")), figures, [])
    assert sealed["manifest"]["result_hash"] == result_hash(figures)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_result_carries_its_scenario(name):
    content = strictly(json_text(run_result(name)))
    kept = content["scenarios"][content["manifest"]["scenario_hash"]]
    scenario = Scenario.model_validate_json(json.dumps(kept))
    assert content_hash(scenario) == content["manifest"]["scenario_hash"]
    assert scenario == shipped(name)


def test_a_manifest_says_what_has_to_be_the_same():
    manifest = manifest_of(shipped("standard"), policy="on")
    assert manifest == Manifest(
        command="run",
        scenario="standard",
        scenario_hash=content_hash(shipped("standard")),
        file="standard",
        seed=1,
        replications=12,
        engine="simpy",
        version=__version__,
        milestone="groundbreaking",
        policy="on",
    )


def test_a_manifest_leaves_out_what_is_not_there():
    kept = result(manifest_of(shipped("standard")), {}, [])["manifest"]
    assert None not in kept.values()
    assert "other" not in kept


# --- reading again -------------------------------------------------------------------------------


def test_a_manifest_is_read_from_a_result_or_alone(tmp_path):
    content = run_result("standard")
    whole, alone = tmp_path / "whole.json", tmp_path / "alone.json"
    write_text(json_text(content), whole)
    write_text(json_text(content["manifest"]), alone)
    wanted = replace(
        manifest_of(shipped("standard")),
        result_hash=result_hash(
            {key: value for key, value in content.items() if key not in ("manifest", "scenarios")}
        ),
    )
    assert Manifest.read(whole) == Manifest.read(alone) == wanted


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"seed": None}, "seed"),
        ({"seed": "1"}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"seed": True}, "seed"),
        ({"replications": 0}, "replications"),
        ({"command": "dance"}, "command"),
        ({"policy": "perhaps"}, "policy"),
        ({"scenario": ["standard"]}, "scenario"),
    ],
)
def test_a_manifest_with_something_unusable_names_it(tmp_path, change, named):
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(run_result("standard")["manifest"] | change), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Manifest.read(file)
    (problem,) = caught.value.problems
    assert problem.sentence == "not_manifest"
    assert named in problem.words["missing"]


@pytest.mark.parametrize("missing", sorted(MANIFEST | {"command", "file"}))
def test_a_manifest_that_lacks_something_names_it(tmp_path, missing):
    content = run_result("standard")["manifest"]
    del content[missing]
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Manifest.read(file)
    assert caught.value.problems[0].words["missing"] == missing


@pytest.mark.parametrize("content", [{}, {"manifest": None}, {"manifest": []}, {"manifest": 5}])
def test_a_file_without_a_manifest_is_a_problem(tmp_path, content):
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Manifest.read(file)
    assert caught.value.problems[0].sentence == "not_manifest"


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '"x"', "null", "[" * 100_000, "\ud800"])
def test_what_is_no_result_is_a_problem(tmp_path, text):
    file = tmp_path / "result.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ScenarioError) as caught:
        read_result(file)
    (problem,) = caught.value.problems
    assert problem.sentence == "not_json"
    assert problem.file == str(file)


def test_a_missing_file_or_a_folder_is_a_problem(tmp_path):
    for path, sentence in ((tmp_path / "none.json", "no_file"), (tmp_path, "unreadable")):
        with pytest.raises(ScenarioError) as caught:
            read_result(path)
        assert caught.value.problems[0].sentence == sentence


def test_a_result_is_written_into_new_folders(tmp_path):
    file = tmp_path / "new" / "folder" / "r.json"
    write_text("{}", file)
    assert read_result(file) == {}


def test_a_result_that_cannot_be_written_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "r.json", tmp_path / ("x" * 300)):
        with pytest.raises(ScenarioError) as caught:
            write_text("{}", path)
        assert caught.value.problems[0].sentence == "cannot_write"
        assert str(path) in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# --- dates ---------------------------------------------------------------------------------------


def test_start_rates_are_asked_by_the_scenario_or_else_by_its_counterpart():
    silent, asking = shipped("single-project"), shipped("jianghai-2022")
    assert start_rate_dates(asking) == DATES
    assert start_rate_dates(silent) == ()
    assert start_rate_dates(silent, asking) == DATES
    assert start_rate_dates(asking, silent) == DATES
