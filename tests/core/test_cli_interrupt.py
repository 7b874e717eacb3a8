import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from command_line import Said, call, start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals to a process group")

LONG = ("jianghai-2022", "-n", 100_000, "--lang", "en")


def members(group: int) -> list[str]:
    """The living processes of a process group (a zombie has ended)."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended just now
            name, _, rest = file.read_text().rpartition(")")
            state, _parent, its_group = rest.split()[:3]
            if its_group == str(group) and state != "Z":
                found.append(name)
    return found


def interrupted(process: subprocess.Popen[bytes], after: float) -> Said:
    """Let the program run, press Ctrl-C, and wait for its end and that of all it started."""
    time.sleep(after)
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    deadline = time.monotonic() + 10
    while (left := members(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []
    return Said(process.returncode, out.decode(), err.decode())


def interrupted_with_result(command: str, workers: int, target: Path) -> tuple[Said, Any]:
    """Press Ctrl-C late enough for a batch to be done, whatever the speed of the machine."""
    for after in (3, 6, 12, 24):
        process = start(command, *LONG, "--workers", workers, "--json", target)
        said = interrupted(process, after)
        if target.exists():
            return said, json.loads(target.read_text(encoding="utf-8"))
    pytest.fail("not one batch in 24 seconds")


@pytest.mark.parametrize(("command", "workers"), [("run", 1), ("run", 2), ("compare", 2)])
def test_what_is_done_at_ctrl_c_is_kept_marked_and_repeatable(
    command: str, workers: int, tmp_path: Path
) -> None:
    target = tmp_path / "partial.json"

    said, result = interrupted_with_result(command, workers, target)

    done = result["manifest"]["replications"]
    assert said.code == 130
    assert result["manifest"]["partial"] is True
    assert 0 < done < 100_000
    assert said.err == (
        f"The run was interrupted: only {done} replications; the result is marked as partial.\n"
    )
    assert f"only {done} replications" in said.out
    again = call("rerun", target)
    assert (again.code, again.err) == (0, "")
    assert "to the last bit" in again.out


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("after", [0.05, 0.3, 0.6, 0.8, 1.0])
def test_ctrl_c_before_the_first_batch_leaves_nothing_behind(
    workers: int, after: float, tmp_path: Path
) -> None:
    target = tmp_path / "partial.json"

    said = interrupted(start("run", *LONG, "--workers", workers, "--json", target), after)

    assert said.code == 130
    assert "Traceback" not in said.err
    assert said.err == "" or said.err.startswith(("interrupted, no result", "The run was"))
    assert target.exists() == ("The run was" in said.err)


def test_an_interrupted_rerun_does_not_claim_a_difference(tmp_path: Path) -> None:
    target = tmp_path / "long.json"
    small = call("run", "jianghai-2022", "-n", 2, "--json", "-").json
    small["manifest"]["replications"] = 100_000
    target.write_text(json.dumps(small), encoding="utf-8")

    said = interrupted(start("rerun", target, "--lang", "en", "--workers", 1), 4)

    assert said.code == 130
    assert said.out == ""
    assert "→" not in said.err
    assert "interrupted" in said.err
