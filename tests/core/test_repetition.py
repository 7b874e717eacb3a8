import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import call, program, written

from approvalsim.engines import chosen
from approvalsim.scenario_file import shipped

RUNS = (
    ("run", "jianghai-2022", "-n", 3, "--seed", 5),
    ("run", "jianghai-2022", "-n", 3, "--policy", "off"),
    ("run", "single-project", "--precision", "9", "--measure", "mean"),
    ("compare", "jianghai-2022", "-n", 3),
    ("compare", "standard", "fast-track", "-n", 2),
)


def result_of(*words: object) -> Any:
    return call(*words, "--json", "-").json


def saved(path: Path, content: Any) -> Path:
    return written(path, json.dumps(content, ensure_ascii=False))


def copied(folder: Path, key: str = "single-project") -> Path:
    return written(folder / f"{key}.toml", shipped()[key].read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", RUNS, ids=lambda words: " ".join(map(str, words)))
@pytest.mark.parametrize("bare", [False, True])
def test_a_run_is_repeated_to_the_last_bit(
    words: tuple[object, ...], bare: bool, tmp_path: Path
) -> None:
    result = result_of(*words)
    file = saved(tmp_path / "manifest.json", result["manifest"] if bare else result)

    said = call("rerun", file)
    again = call("rerun", file, "--json", "-")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == "the same result, to the last bit"
    assert f"scenario {result['manifest']['scenario']}" in said.out
    assert again.json == result


@pytest.mark.parametrize("bare", [False, True])
def test_a_trace_is_repeated_too(bare: bool, tmp_path: Path) -> None:
    words = ("trace", "jianghai-2022", "-k", 4, "--project", "p07", "--policy", "off", "--seed", 9)
    result = call(*words, "-f", "json").json
    file = saved(tmp_path / "trace.json", result["manifest"] if bare else result)

    assert call("rerun", file, "--json", "-").json == result
    assert call("rerun", file).code == 0


def test_a_result_file_needs_its_scenario_no_more(tmp_path: Path) -> None:
    scenario = copied(tmp_path)
    file = saved(tmp_path / "result.json", result_of("run", scenario, "-n", 2))
    scenario.unlink()

    assert call("rerun", file).code == 0


def test_a_manifest_alone_needs_its_scenario(tmp_path: Path) -> None:
    scenario = copied(tmp_path)
    file = saved(tmp_path / "m.json", result_of("run", scenario, "-n", 2)["manifest"])
    scenario.unlink()

    said = call("rerun", file)

    assert said.code == 2
    assert "is neither a file nor a shipped scenario" in said.err


@pytest.mark.parametrize(
    ("lang", "scenario_changed", "result_changed"),
    [("en", "scenario content: ", "result: "), ("zh", "方案内容：", "结果：")],
)
def test_a_changed_scenario_is_named(
    lang: str, scenario_changed: str, result_changed: str, tmp_path: Path
) -> None:
    scenario = copied(tmp_path)
    manifest = result_of("run", scenario, "-n", 2)["manifest"]
    file = saved(tmp_path / "m.json", manifest)
    text = scenario.read_text(encoding="utf-8")
    changed = text.replace('dist = "triangular"', 'dist = "pert"', 1)
    assert changed != text
    scenario.write_text(changed, encoding="utf-8")

    said = call("rerun", file, lang=lang)

    lines = said.err.splitlines()
    assert said.code == 1
    assert lines[0].startswith(f"{scenario_changed}{manifest['scenario_hash'][:12]} → ")
    assert lines[1].startswith(f"{result_changed}{manifest['result_hash'][:12]} → ")
    assert "to the last bit" not in said.out


def test_a_changed_second_scenario_is_named(tmp_path: Path) -> None:
    scenario = copied(tmp_path)
    file = saved(
        tmp_path / "m.json", result_of("compare", "single-project", scenario, "-n", 2)["manifest"]
    )
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace('dist = "triangular"', 'dist = "pert"', 1), encoding="utf-8")

    said = call("rerun", file)

    assert said.code == 1
    assert said.err.startswith("second scenario: single-project ")


def test_another_version_with_the_same_result_is_mentioned_and_well(tmp_path: Path) -> None:
    result = result_of("run", "single-project", "-n", 2)
    result["manifest"] |= {"version": "0.0.1", "engine": "abacus"}

    said = call("rerun", saved(tmp_path / "r.json", result))

    assert said.code == 0
    engine = chosen("auto")  # the compiled one where an earlier test has compiled it
    assert said.err == f"engine: abacus → {engine}\nprogram version: 0.0.1 → 0.1.0\n"


def test_another_version_with_another_result_is_different(tmp_path: Path) -> None:
    result = result_of("run", "single-project", "-n", 2)
    result["manifest"] |= {"version": "0.0.1", "result_hash": "0" * 64}

    said = call("rerun", saved(tmp_path / "r.json", result))

    assert said.code == 1
    assert said.err.splitlines()[0] == "program version: 0.0.1 → 0.1.0"
    assert said.err.splitlines()[1].startswith("result: 000000000000 → ")


def test_a_scenario_changed_inside_a_result_is_noticed(tmp_path: Path) -> None:
    result = result_of("run", "single-project", "-n", 2)
    (scenario,) = result["scenarios"].values()
    scenario["stage"]["eia"]["notice"]["value"] = 9.5

    said = call("rerun", saved(tmp_path / "r.json", result))

    assert said.err.startswith("scenario content: ")


def without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest.pop(name)


def having(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest.update(values)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (without("seed"), "seed"),
        (without("result_hash"), "result_hash"),
        (without("command"), "command"),
        (having(seed="7"), "seed"),
        (having(seed=-1), "seed"),
        (having(replications=0), "replications"),
        (having(replications=True), "replications"),
        (having(command="dance"), "command"),
        (having(policy="maybe"), "policy"),
        (having(other={"file": "standard"}), "other.scenario"),
        (having(other=7), "other"),
    ],
)
def test_a_spoilt_manifest_is_refused_by_name(
    spoil: Callable[[dict[str, Any]], None], named: str, tmp_path: Path
) -> None:
    manifest = result_of("run", "single-project", "-n", 2)["manifest"]
    spoil(manifest)

    said = call("rerun", saved(tmp_path / "m.json", manifest))

    assert (said.code, said.out) == (2, "")
    assert "holds no usable manifest" in said.err
    assert named in said.err


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"manifest": 3}', "\ufeff{}", "[" * 100_000])
def test_a_file_that_is_no_manifest_is_refused(text: str, tmp_path: Path) -> None:
    said = call("rerun", written(tmp_path / "m.json", text))

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{tmp_path / 'm.json'}: ")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda scenario: scenario.pop("stage"),
        lambda scenario: scenario["stage"]["eia"]["after"].update(nowhere={}),
    ],
)
def test_a_spoilt_scenario_inside_a_result_is_refused(
    spoil: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    result = result_of("run", "single-project", "-n", 2)
    spoil(next(iter(result["scenarios"].values())))

    said = call("rerun", saved(tmp_path / "r.json", result))

    assert (said.code, said.out) == (2, "")
    assert str(tmp_path / "r.json") in said.err


def test_a_missing_or_unreadable_manifest_is_a_users_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        assert program("rerun", path).code == 2


def test_a_file_that_has_changed_since_is_named_though_the_result_is_the_same(
    tmp_path: Path,
) -> None:
    scenario = copied(tmp_path)
    file = saved(tmp_path / "result.json", result_of("run", scenario, "-n", 2))
    text = scenario.read_text(encoding="utf-8")
    written(scenario, text.replace('id = "single-project"', 'id = "another"', 1))

    said = call("rerun", file)

    assert said.code == 0
    assert f"{scenario} has changed since" in said.err
    assert said.out.splitlines()[-1] == "the same result, to the last bit"
