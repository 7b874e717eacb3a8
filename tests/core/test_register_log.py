"""The register as a live document: its history, crashes, and two programs at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import pytest
from hypothesis import given, settings
from sample_registers import made_up, registers

from approvalsim import register_log
from approvalsim.errors import ScenarioError
from approvalsim.register import Demand, Entry, Register, StageRecord
from approvalsim.register_changes import Change, changed, differences
from approvalsim.register_log import RegisterFile

TODAY = date(2022, 6, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register file with two projects."""
    register = Register("fast-track", (Entry("a", "甲"), Entry("b", "乙", signed=TODAY)))
    RegisterFile.create(tmp_path / "台账#1.approvalsim", register, "maker").close()
    return tmp_path / "台账#1.approvalsim"


def sentences(caught: pytest.ExceptionInfo[ScenarioError]) -> list[str]:
    return [problem.sentence for problem in caught.value.problems]


# --- what is kept --------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(old=registers(), new=registers())
def test_the_file_holds_what_was_put_in_and_its_history_tells_it_again(
    old: Register, new: Register
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.approvalsim"
        with RegisterFile.create(path, old) as file:
            assert file.register == old
            file.apply(differences(old, new))
        with RegisterFile.open(path, read_only=True) as file:
            assert differences(file.register, new) == ()
            assert file.as_of(date(9000, 1, 1)) == file.register
            assert file.as_of(date(2000, 1, 1)) == Register("fast-track")


@settings(max_examples=50, deadline=None)
@given(old=registers(), new=registers())
def test_differences_are_what_turns_one_register_into_the_other(
    old: Register, new: Register
) -> None:
    assert differences(old, old) == ()
    assert differences(changed(old, differences(old, new)), new) == ()


def test_the_history_says_who_changed_what_from_what_to_what(path: Path) -> None:
    with RegisterFile.open(path) as file:
        file.apply([Change("b", "stages.eia.submitted", TODAY)], "王五")
        file.apply([Change("b", "stages.eia.submitted", None)], "赵六")
        lines = [line for line in file.history("b") if line.who != "maker"]
        assert len(file.history()) == len(file.history("a")) + len(file.history("b"))

    assert [(line.who, line.field, line.old, line.new) for line in lines] == [
        ("王五", "stages.eia.submitted", None, TODAY),
        ("赵六", "stages.eia.submitted", TODAY, None),
    ]
    assert lines[0].when < lines[1].when
    assert lines[0].when.tzinfo is not None


def test_what_changes_nothing_is_not_recorded(path: Path) -> None:
    with RegisterFile.open(path) as file:
        before = file.history()
        file.apply([Change("b", "signed", TODAY), Change("a", "owner", "")])
        assert file.history() == before


def test_projects_and_demands_come_and_go(path: Path) -> None:
    demand = Demand("d1", "b", "land", "平整", TODAY)
    with RegisterFile.open(path) as file:
        wanted = replace(
            file.register, entries=(file.register.entries[1], Entry("c")), demands=(demand,)
        )
        file.apply(differences(file.register, wanted))
        assert file.register == wanted
        file.apply([Change("b", "demands.d1.id", None), Change("z", "id", "z")])
        assert [entry.id for entry in file.register.entries] == ["b", "c", "z"]
    with RegisterFile.open(path) as file:
        assert [entry.id for entry in file.register.entries] == ["b", "c", "z"]
        assert file.register.demands == ()


def test_changes_are_made_all_or_none_and_every_wrong_one_is_named(path: Path) -> None:
    with RegisterFile.open(path) as file:
        before = file.register, file.history()
        with pytest.raises(ScenarioError) as refused:
            file.apply(
                [
                    Change("a", "owner", "发改局"),
                    Change("z", "owner", "发改局"),
                    Change("a", "colour", "red"),
                    Change("a", "stages.eia.eaten", TODAY),
                    Change("a", "signed", "2022-03-05"),
                    Change("a", "investment", True),
                    Change("a", "id", "b"),
                    Change("a", "path", "fast"),
                ]
            )
        assert (file.register, file.history()) == before

    assert sentences(refused) == [
        *("unknown_project", "unknown_key", "unknown_key", "type", "type", "type", "type")
    ]
    assert all(problem.text("zh") != problem.text("en") for problem in refused.value.problems)


def test_a_register_can_be_seen_as_it_was_recorded_on_a_day(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date.today()

    class Tomorrow(register_log.datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Tomorrow":
            return super().now(tz) + timedelta(days=1)  # type: ignore[return-value,arg-type]

    with RegisterFile.open(path) as file:
        before = file.register
        monkeypatch.setattr(register_log, "datetime", Tomorrow)
        file.apply([Change("a", "stages.eia.finished", TODAY)])

        assert file.as_of(today - timedelta(days=1)).entries == ()
        assert file.as_of(today) == before
        after = file.as_of(today + timedelta(days=1))
    assert after.entries[0].stages == {"eia": StageRecord(finished=TODAY)}


def test_a_clock_set_back_does_not_shuffle_the_history(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Yesterday(register_log.datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Yesterday":
            return super().now(tz) - timedelta(days=1)  # type: ignore[return-value,arg-type]

    with RegisterFile.open(path) as file:
        monkeypatch.setattr(register_log, "datetime", Yesterday)
        file.apply([Change("a", "owner", "发改局")])
        times = [line.when for line in file.history()]
    assert times == sorted(times)


@pytest.mark.parametrize("statement", ["DELETE FROM log", "UPDATE log SET who = 'nobody'"])
def test_the_log_can_only_grow(statement: str, path: Path) -> None:
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        connection.execute(statement)
    connection.close()


# --- files that are none -------------------------------------------------------------------------


def test_what_is_no_register_is_a_problem(tmp_path: Path) -> None:
    other = tmp_path / "other.approvalsim"
    sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.close()
    text = tmp_path / "text.approvalsim"
    text.write_text("项目台账 " * 500, encoding="utf-8")
    for file, expected in ((other, "not_register"), (text, "not_register"), (tmp_path, "no_file")):
        with pytest.raises(ScenarioError) as refused:
            RegisterFile.open(file)
        assert sentences(refused) == [expected]
    assert sorted(each.name for each in tmp_path.iterdir()) == [other.name, text.name]


def test_a_file_of_a_newer_program_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(ScenarioError) as refused:
        RegisterFile.open(path)

    assert sentences(refused) == ["newer_register"]


def test_a_new_register_never_replaces_a_file(path: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        RegisterFile.create(path, Register("x"))

    assert sentences(refused) == ["exists"]


def test_at_rest_there_is_one_file(path: Path) -> None:
    with RegisterFile.open(path) as file:
        file.apply([Change("a", "owner", "发改局")])
    assert [each.name for each in path.parent.iterdir()] == [path.name]


# --- two openings --------------------------------------------------------------------------------


def test_a_second_opening_may_read_and_sees_what_the_first_writes(path: Path) -> None:
    with RegisterFile.open(path, who="王五") as first:
        with pytest.raises(ScenarioError) as refused:
            RegisterFile.open(path)
        with RegisterFile.open(path, read_only=True) as second:
            assert second.register == first.register
            first.apply([Change("a", "owner", "发改局")])
            assert second.register == first.register
            with pytest.raises(ScenarioError) as read_only:
                second.apply([Change("a", "owner", "住建局")])

    (problem,) = refused.value.problems
    assert problem.sentence == "opened_by"
    assert problem.words["who"] == "王五"
    assert str(os.getpid()) in problem.words["place"]
    assert problem.words["since"].startswith(date.today().isoformat())
    assert sentences(read_only) == ["only_read"]
    with RegisterFile.open(path) as again:
        assert again.register.entries[0].owner == "发改局"


# --- real processes ------------------------------------------------------------------------------

BEGIN = """
    import os, signal, sys
    from approvalsim.register_changes import Change
    from approvalsim.register_log import RegisterFile
    file = RegisterFile.open(sys.argv[1], who="other")
"""


def begun(path: Path, code: str, *words: object) -> subprocess.Popen[str]:
    """Another program that has the file open, and does this with it."""
    text = textwrap.dedent(BEGIN) + textwrap.dedent(code)
    return subprocess.Popen(
        [sys.executable, "-c", text, str(path), *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that has the file open until it is killed."""
    process = begun(path, "print('open', flush=True); sys.stdin.read(); signal.pause()")
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(not hasattr(signal, "pause"), reason="needs POSIX signals")
def test_a_file_open_in_another_program_is_read_only_until_that_one_dies(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(ScenarioError) as refused:
        RegisterFile.open(path)
    with RegisterFile.open(path, read_only=True) as file:
        assert len(file.register.entries) == 2

    holder.kill()
    holder.wait()

    assert refused.value.problems[0].words["who"] == "other"
    assert str(holder.pid) in refused.value.problems[0].words["place"]
    with RegisterFile.open(path) as file:
        file.apply([Change("a", "owner", "发改局")])


DIE_AT = """
    left = int(sys.argv[2])
    def count(statement):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    file._connection.execute("PRAGMA cache_size = 2")  # so that half a change reaches the disk
    file._connection.set_trace_callback(count)
    many = "很长的内容" * 2000
    file.apply([Change(p, f"extra.{n}", many) for p in ("a", "b") for n in range(30)])
    print("saved", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("statement", [1, 2, 5, 40, 65, 66, 67, 68])
def test_a_program_killed_at_any_statement_of_saving_leaves_all_or_nothing(
    statement: int, path: Path
) -> None:
    with RegisterFile.open(path) as file:
        before, lines = file.register, len(file.history())

    process = begun(path, DIE_AT, statement)
    out, _ = process.communicate(timeout=60)

    with RegisterFile.open(path) as file:  # its lock is taken over
        found = file.register
        if out:
            assert found.entries[0].extra.keys() == {str(number) for number in range(30)}
        else:
            assert process.returncode == -signal.SIGKILL
            assert (found, len(file.history())) == (before, lines)
        assert file.as_of(date(9000, 1, 1)) == found
        file.apply([Change("a", "owner", "后来的人")])
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


SAVE_ON_AND_ON = """
    for number in range(1_000_000):
        file.apply([Change(p, "extra.n", number) for p in ("a", "b")])
        print(number, flush=True)
"""


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.25])
def test_whatever_was_reported_saved_is_there_after_a_kill(seconds: float, path: Path) -> None:
    process = begun(path, SAVE_ON_AND_ON)
    assert process.stdout is not None
    assert process.stdout.readline() == "0\n"
    sleep(seconds)
    process.kill()
    rest, _ = process.communicate()
    reported = int(rest.splitlines()[-1]) if rest.endswith("\n") else 0

    with RegisterFile.open(path) as file:
        first, second = (entry.extra["n"] for entry in file.register.entries)
        assert first == second
        assert first in (reported, reported + 1) or not rest.endswith("\n")
        assert len(file.history("a")) == len(file.history("b")) - 1  # b has a signing date


def test_two_programs_may_change_in_turn(path: Path) -> None:
    for number in range(3):
        process = begun(path, "file.apply([Change('a', 'extra.n', int(sys.argv[2]))])", number)
        process.communicate(timeout=60)
        with RegisterFile.open(path) as file:
            assert file.register.entries[0].extra == {"n": number}


def test_made_up_registers_survive_the_file(tmp_path: Path) -> None:
    for seed in range(3):
        register = made_up(seed)
        with RegisterFile.create(tmp_path / f"{seed}.approvalsim", register) as file:
            assert file.register == register
