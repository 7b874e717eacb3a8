import os
import re
from pathlib import Path

import pytest
from command_line import ROOT, call, program, written

from approvalsim.scenario_file import shipped

BROKEN = ROOT / "tests" / "core" / "broken"


@pytest.mark.parametrize(
    "command", [("run",), ("compare",), ("graph",), ("trace",), ("validate",)], ids=lambda c: c[0]
)
def test_an_unknown_scenario_is_answered_with_the_known_ones(command: tuple[str]) -> None:
    said = call(*command, "no-such-thing.toml")

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("no-such-thing.toml: is neither a file nor a shipped scenario")
    assert all(key in said.err for key in shipped())


@pytest.mark.parametrize("command", ["run", "compare", "graph", "trace", "validate"])
def test_a_broken_scenario_is_answered_with_every_problem(command: str) -> None:
    said = call(command, BROKEN / "wrong_kinds.toml")
    in_chinese = call(command, BROKEN / "wrong_kinds.toml", lang="zh")

    lines = said.err.splitlines()
    assert (said.code, said.out) == (2, "")
    assert len(lines) > 10
    assert all(re.match(r".*wrong_kinds\.toml(:\d+)?: ", line) for line in lines)
    assert len(in_chinese.err.splitlines()) == len(lines)
    assert re.search(r"[\u4e00-\u9fff]", in_chinese.err)


def test_validate_goes_on_after_a_broken_file() -> None:
    said = call("validate", BROKEN / "wrong_kinds.toml", "standard", "nowhere", BROKEN)

    assert said.code == 2
    assert said.out == "standard: no problems\n"
    assert "wrong_kinds.toml" in said.err
    assert "nowhere: is neither" in said.err
    assert f"{BROKEN}: is a folder" in said.err


def test_the_second_scenario_of_a_comparison_is_checked_too() -> None:
    said = call("compare", "standard", "nowhere")

    assert said.code == 2
    assert said.err.startswith("nowhere: is neither")


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "standard"),
        ("run", "standard", "--policy", "on"),
        ("run", "standard", "--policy", "off"),
        ("trace", "standard", "--policy", "on"),
        ("graph", "standard", "--path", "commitment"),
    ],
)
def test_a_scenario_without_a_policy_cannot_use_one(words: tuple[str, ...]) -> None:
    said = call(*words)

    assert (said.code, said.out) == (2, "")
    assert "the scenario has no [commitment]" in said.err


@pytest.mark.parametrize("text", ["soon", "0", "-2d", "nan", "inf", "2 weeks", " "])
def test_a_precision_is_a_number_of_days(text: str) -> None:
    said = call("run", "standard", f"--precision={text}")

    assert said.code == 2
    assert said.err == f"--precision: precision is a number of days such as 2d, found {text}\n"


def test_precision_and_replications_exclude_each_other() -> None:
    said = call("run", "standard", "--precision", "2d", "-n", 5)

    assert said.code == 2
    assert "--precision" in said.err


def test_an_unknown_project_is_answered_with_examples() -> None:
    said = call("trace", "jianghai-2022", "--project", "p99")

    assert said.code == 2
    assert (
        said.err == "--project: there is no project p99; for example: p01, p02, p03, p04, p05, …\n"
    )


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (("run", "standard", "-n", "-3"), "'-n'", "的值不能用"),
        (("run", "standard", "-n", "0"), "'-n'", "的值不能用"),
        (("run", "standard", "-n", "many"), "'-n'", "的值不能用"),
        (("run", "standard", "--seed", "-1"), "'--seed'", "的值不能用"),
        (("run", "standard", "--seed", str(2**63)), "'--seed'", "的值不能用"),
        (("run", "standard", "--workers", "0"), "'--workers'", "的值不能用"),
        (("run", "standard", "--measure", "p99"), "'--measure'", "的值不能用"),
        (("trace", "standard", "-k", "-1"), "'-k'", "的值不能用"),
        (("graph", "standard", "-f", "png"), "'-f'", "的值不能用"),
        (("run", "standard", "--bogus"), "--bogus", "没有选项 --bogus"),
        (("run",), "SCENARIO", "缺少"),
        (("rum",), "rum", "命令写法有误"),
        (("run", "standard", "extra"), "extra", "命令写法有误"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_a_way_on(
    words: tuple[str, ...], english: str, chinese: str
) -> None:
    said = program(*words, LANG="C")
    in_chinese = program(*words, LANG="zh_CN.UTF-8")

    for answer, expected in ((said, english), (in_chinese, chinese)):
        assert (answer.code, answer.out) == (2, "")
        assert expected in answer.err.splitlines()[0]
        assert answer.err.splitlines()[1].endswith("--help")
        assert len(answer.err.splitlines()) == 2


@pytest.mark.parametrize("option", ["--json", "--html", "--facts"])
def test_an_output_that_cannot_be_written_is_refused_before_the_run(
    option: str, tmp_path: Path
) -> None:
    file = written(tmp_path / "file", "kept")

    for target in (file / "below.parquet", tmp_path):
        said = call("run", "standard", "-n", 10_000_000, option, target)

        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"{target}: cannot be written: ")
    assert file.read_text() == "kept"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_without_permission_is_refused_before_the_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    said = call("run", "standard", "-n", 10_000_000, "--json", tmp_path / "x.json")

    assert said.code == 2
    assert "cannot be written" in said.err


def test_graph_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    said = call("graph", "standard", "-o", tmp_path)

    assert said.code == 2
    assert said.err.startswith(f"{tmp_path}: cannot be written: ")


def test_a_device_is_written_and_not_replaced() -> None:
    said = call("run", "single-project", "-n", 2, "--json", os.devnull)

    assert said.code == 0
    assert not Path(os.devnull).is_file()


def test_scenarios_without_a_common_project_cannot_be_paired(tmp_path: Path) -> None:
    text = shipped()["single-project"].read_text(encoding="utf-8")
    other = written(tmp_path / "other.toml", re.sub(r'id = "p01"', 'id = "q01"', text))

    said = call("compare", "single-project", other, "-n", 2)

    assert said.code == 2
    assert "no project id in common" in said.err


def test_facts_go_into_files_that_say_they_are_parquet(tmp_path: Path) -> None:
    said = call("run", "single-project", "-n", 2, "--facts", tmp_path / "facts.csv")

    assert said.code == 2
    assert ".parquet" in said.err
    assert not list(tmp_path.iterdir())
