"""What the documentation says is tried out: its Python, its commands, their output, its links.

A fenced block is run by its language: ``python`` (the blocks of a page share their names),
``toml`` (written to the file its first line names) and ``console`` (lines with ``$`` are commands,
the others their output; ``…`` stands for any lines). After a meant change of the output run

    APPROVALSIM_UPDATE_DOCS=1 .venv/bin/python -m pytest tests/core/test_documents.py
"""

import json
import os
import re
import runpy
import shlex
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from command_line import ROOT, call

from approvalsim import execution, experiments

UPDATE = "APPROVALSIM_UPDATE_DOCS"
ANY = "…"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = (*READMES, *sorted((ROOT / "docs").glob("*.md")))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


class Block(NamedTuple):
    """A fenced block: its language and its text."""

    kind: str
    text: str


class Command(NamedTuple):
    """A command and the lines it shall print."""

    words: tuple[str, ...]
    output: tuple[str, ...]


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def commands(text: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, *output = part.splitlines()
        yield Command(tuple(shlex.split(line)), tuple(output))


def agrees(expected: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the lines are the expected ones, an ``…`` taking any number of them."""
    pattern = "".join(r"(?:.*\n)*" if e == ANY else re.escape(e) + r"\n" for e in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in found)) is not None


def brought_up_to_date(expected: Sequence[str], found: Sequence[str]) -> list[str]:
    """The expected lines, each replaced by the line of the output that is most like it."""
    lines, left = [], list(found)
    for old in expected:
        if old == ANY or not left:
            lines.append(old)
            continue
        best = max(range(len(left)), key=lambda k: SequenceMatcher(None, old, left[k]).ratio())
        lines.append(left[best])
        del left[: best + 1]
    return lines


@pytest.fixture
def shared_runs(monkeypatch: pytest.MonkeyPatch, runs: dict[Any, Any]) -> None:
    """Pages in two languages show the same runs; each is done once."""

    def perform(plans: Any, effort: Any, title: str, *more: Any) -> Any:
        key = (*(plan.scenario_hash for plan in plans), effort)
        if key not in runs:
            runs[key] = execution.perform(plans, effort, title, *more)
        return runs[key]

    monkeypatch.setattr(experiments, "perform", perform)


@pytest.fixture(scope="module")
def runs() -> dict[Any, Any]:
    return {}


@pytest.mark.usefixtures("shared_runs")
@every_page
def test_what_a_page_shows_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    names: dict[str, Any] = {"__name__": "documentation"}
    for kind, text in blocks(page):
        if kind == "python":
            exec(compile(text, page.name, "exec"), names)
        elif kind == "toml" and (file := re.match(r"# (\S+\.toml)\n", text)):
            Path(file[1]).write_text(text, encoding="utf-8")
        elif kind == "console":
            for command in commands(text):
                check(command, page)


def check(command: Command, page: Path) -> None:
    """Run a command of a page; it succeeds and prints what the page says."""
    assert command.words[0] == "approvalsim", command
    said = call(*command.words[1:], lang="zh" if "zh-CN" in page.name else "en")
    assert (said.code, said.err) == (0, ""), command
    found = said.out.splitlines()
    if os.environ.get(UPDATE) and not agrees(command.output, found):
        text = page.read_text(encoding="utf-8")
        old, new = (
            "".join(f"{line}\n" for line in lines)
            for lines in (command.output, brought_up_to_date(command.output, found))
        )
        page.write_text(text.replace(old, new), encoding="utf-8")
        return
    assert agrees(command.output, found), f"{shlex.join(command.words)}\n{said.out}"


def test_both_readmes_show_the_same_commands_and_code() -> None:
    def shown(page: Path) -> list[Any]:
        return [
            [command.words for command in commands(block.text)]
            if block.kind == "console"
            else re.sub(r"\s*#.*", "", block.text)
            for block in blocks(page)
        ]

    assert shown(READMES[0]) == shown(READMES[1])


def test_both_readmes_explain_the_same_keys_and_the_json_has_them(tmp_path: Path) -> None:
    def keys(page: Path) -> list[str]:
        rows = re.findall(r"^\| (`.*?) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
        return [key for row in rows for key in re.findall(r"`(\w+)`", row)]

    def found(command: str, *words: object) -> set[str]:
        return set(call(command, *words, "-n", 2, "--json", "-").json)

    analysis = ("sensitivity", "single-project", "--measure", "start-rate", "--on", "2022-12-31")
    grid = tmp_path / "grid.json"
    call("sweep", "single-project", "--set", "stage.eia.review.mode=9", "-n", 2, "-o", grid)

    assert keys(READMES[0]) == keys(READMES[1])
    assert set(keys(READMES[0])) == (
        found("run", "single-project")
        | found("compare", "jianghai-2022")
        | found(*analysis)
        | found(*analysis, "--method", "sobol", "--samples", 8)
        | set(json.loads(grid.read_text(encoding="utf-8")))
        | {"quantiles_rounded_to"}  # only of very many replications
    )


@every_page
def test_make_targets_exist(page: Path) -> None:
    rules = re.findall(r"^([\w ]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    known = {target for rule in rules for target in rule.split()}
    text = page.read_text(encoding="utf-8")

    mentioned = set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE))
    assert mentioned <= known
    assert mentioned >= {"run", "test"} or page not in READMES


@every_page
def test_what_windows_users_are_told_exists(page: Path) -> None:
    commands = runpy.run_path(str(ROOT / "bootstrap.py"))["COMMANDS"]
    told = re.findall(r"py bootstrap\.py (\w+)", page.read_text(encoding="utf-8"))
    assert set(told) <= {"setup", *commands}
    assert set(told) >= {"run", "test"} or page not in READMES


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@every_page
def test_files_a_page_names_exist(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    folders = "src|ui|docs|tests|scenarios|benchmarks"
    for name in re.findall(rf"`((?:{folders})/[\w./*-]*)`", text):
        assert any(ROOT.glob(name.rstrip("/"))), name


@pytest.mark.parametrize(("ending", "language"), [("", "en"), (".zh-CN", "zh")])
def test_the_picture_is_what_the_program_draws_today(ending: str, language: str) -> None:
    file = ROOT / "docs" / "images" / f"fast-track{ending}.svg"
    words = ("graph", "fast-track", "--path", "commitment", "-f", "svg")
    drawn = call(*words, lang=language).out
    if os.environ.get(UPDATE):
        file.write_text(drawn, encoding="utf-8")

    assert drawn == file.read_text(encoding="utf-8")


def test_the_order_of_modules_in_the_design_is_the_one_that_is_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")

    layers = [[name.strip() for name in layer.split("|")] for layer in contract]
    shown = [line.split() for line in blocks_after(text, "## Who may import whom").splitlines()]
    assert shown == [layer for layer in layers if layer != ["__main__"]]


def blocks_after(text: str, heading: str) -> str:
    """The first fenced block behind a heading."""
    found = FENCE.search(text, text.index(heading))
    assert found
    return found[2]


def test_an_ellipsis_stands_for_any_lines() -> None:
    assert agrees(["a", ANY, "c"], ["a", "b", "b", "c"])
    assert agrees([ANY], [])
    assert agrees(["a", ANY], ["a"])
    assert not agrees(["a"], ["a", "b"])
    assert not agrees([ANY, "c"], ["c", "d"])


def test_bringing_up_to_date_keeps_the_ellipses() -> None:
    expected = ["title", ANY, "mean 12.5 days", ANY]

    found = ["title", "", "P50 3.0", "mean 13.7 days", "end"]
    assert brought_up_to_date(expected, found) == ["title", ANY, "mean 13.7 days", ANY]
