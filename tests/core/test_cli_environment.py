import subprocess
import sys

import pytest
from command_line import PROGRAM, environment, program

HEAVY = ("pydantic", "numpy", "scipy", "simpy", "networkx", "polars", "rich", "tomlkit", "holidays")


def test_starting_the_command_line_imports_nothing_heavy() -> None:
    code = "import sys, approvalsim.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not set(HEAVY) & set(done.stdout.split())


def test_importing_the_package_imports_nothing_of_it() -> None:
    code = "import sys; old = set(sys.modules); import approvalsim; print(*set(sys.modules) - old)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["approvalsim"]


def test_help_needs_nothing_heavy_either() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "approvalsim", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not set(HEAVY) & imported


@pytest.mark.parametrize(
    ("language", "changes"),
    [
        ("zh", {"LANG": "zh_CN.UTF-8"}),
        ("zh", {"LANG": "zh_TW"}),
        ("zh", {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}),
        ("zh", {"LANG": "C", "LC_MESSAGES": "zh_CN.GB18030"}),
        ("en", {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}),
        ("en", {"LANG": "en_GB.UTF-8"}),
        ("en", {"LANG": "C"}),
        ("en", {}),
        ("en", {"LANG": ""}),
        ("en", {"LANG": "zhuang"}),
    ],
)
def test_the_language_is_the_machines(language: str, changes: dict[str, str]) -> None:
    said = program("validate", "standard", **changes)

    assert said.out == {"zh": "standard：没有问题\n", "en": "standard: no problems\n"}[language]


@pytest.mark.parametrize(
    "words",
    [
        ("validate", "standard", "--lang", "zh"),
        ("validate", "--lang=zh", "standard"),
        ("--lang", "zh", "validate", "standard"),
    ],
)
def test_the_language_asked_for_wins(words: tuple[str, ...]) -> None:
    assert program(*words, LANG="en_US.UTF-8").out == "standard：没有问题\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "gbk"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_a_terminal_that_cannot_show_chinese_is_no_reason_to_fail(changes: dict[str, str]) -> None:
    environ = environment(**changes)
    for words in (("run", "single-project", "-n", "2"), ("run", "没有"), ("-h",)):
        done = subprocess.run(
            [*PROGRAM, *words, "--lang", "zh"], env=environ, capture_output=True, check=False
        )

        assert done.returncode == (2 if "没有" in words else 0), done.stderr
        assert b"Traceback" not in done.stderr


def test_json_is_utf_8_whatever_the_terminal() -> None:
    said = program("run", "single-project", "-n", "2", "--json", "-", PYTHONIOENCODING="gbk")

    scenario = next(iter(said.json["scenarios"].values()))
    assert scenario["name"]["zh"] == "单个项目"


@pytest.mark.parametrize("columns", ["80", "100", "", "wide", "-5", "0"])
def test_any_width_is_survived_and_no_number_is_cut(columns: str) -> None:
    said = program("compare", "jianghai-2022", "-n", "2", "--lang", "en", COLUMNS=columns)

    assert (said.code, said.err) == (0, "")
    assert "…" not in said.out
    drawn = [line for line in said.out.splitlines() if line.startswith("  ")]
    assert max(map(len, drawn)) <= (int(columns) if columns in ("80", "100") else 140)


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe closed early is a POSIX matter")
@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("run", "single-project", "-n", "2"),
        ("run", "jianghai-2022", "-n", "2", "--json", "-"),
        ("trace", "jianghai-2022", "-f", "csv"),
        ("trace", "jianghai-2022", "-f", "json"),
        ("schema",),
        ("graph", "fast-track", "-f", "svg"),
        ("--help",),
    ],
)
def test_a_reader_that_has_seen_enough_may_leave(words: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [*PROGRAM, *words], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(1)
    process.stdout.close()

    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=60) in (0, 1)
    assert "Traceback" not in err
    assert "BrokenPipeError" not in err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("run", "standard", "-n", "0"), "不能小于 1"),
        (("plan", "standard", "--confidence", "1.5"), "不能大于 0.99"),
        (("run", "standard", "-n", "many"), "应为整数"),
        (("plan", "standard", "--confidence", "very"), "应为数"),
        (("run", "standard", "--engine", "steam"), "'steam' 不在其中："),
        (("dispatch", "daily"), "没有这个命令：daily"),
        (("run", "standard", "a", "b"), "多出来的参数：a b"),
    ],
)
def test_what_the_parser_says_is_told_in_chinese(words: tuple[str, ...], expected: str) -> None:
    said = program(*words, "--lang", "zh")
    assert said.code == 2
    assert expected in said.err
    assert "Input" not in said.err
