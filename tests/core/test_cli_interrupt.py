import json
import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from command_line import PROGRAM, Said, call, environment, start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals to a process group")

MANY = 100_000
LONG = ("jianghai-2022", "-n", MANY, "--lang", "en")


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


def press_ctrl_c(process: subprocess.Popen[bytes]) -> None:
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)


def all_ended(process: subprocess.Popen[bytes]) -> bool:
    """Wait a little for everything the program started to end as well."""
    deadline = time.monotonic() + 10
    while (left := members(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not left


def interrupted(process: subprocess.Popen[bytes], after: float) -> Said:
    """Press Ctrl-C after some seconds; what the program says then."""
    time.sleep(after)
    press_ctrl_c(process)
    out, err = process.communicate(timeout=60)
    assert all_ended(process)
    return Said(process.returncode, out.decode(), err.decode())


def interrupted_at_first_progress(*words: object) -> Said:
    """Press Ctrl-C as soon as the progress bar on the terminal (stderr) has moved."""
    import pty

    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=environment(TERM="xterm", COLUMNS="100"),
        start_new_session=True,
    )
    os.close(terminal)
    seen = b""
    while not re.search(rb"\b[1-9]\d*/%d" % MANY, seen):
        seen += os.read(screen, 4096)
    press_ctrl_c(process)
    after = b""
    with suppress(OSError):  # the terminal has no writer any more
        while piece := os.read(screen, 4096):
            after += piece
    os.close(screen)
    out, _ = process.communicate(timeout=60)
    assert all_ended(process)
    return Said(process.returncode, out.decode(), after.decode())


@pytest.mark.parametrize(("command", "workers"), [("run", 1), ("run", 2), ("compare", 2)])
def test_what_is_done_at_ctrl_c_is_kept_marked_and_repeatable(
    command: str, workers: int, tmp_path: Path
) -> None:
    target = tmp_path / "partial.json"

    said = interrupted_at_first_progress(command, *LONG, "--workers", workers, "--json", target)

    manifest = json.loads(target.read_text(encoding="utf-8"))["manifest"]
    done = manifest["replications"]
    assert said.code == 130
    assert manifest["partial"] is True
    assert 0 < done < MANY
    told = f"The run was interrupted: only {done} replications; the result is marked as partial."
    assert told in said.out
    assert told in said.err
    assert "Traceback" not in said.err
    again = call("rerun", target)
    assert (again.code, again.err) == (0, "")
    assert "to the last bit" in again.out


@pytest.fixture(scope="module")
def startup() -> float:
    """Seconds this machine takes to start the program and do nothing."""
    began = time.monotonic()
    start("--version").communicate()
    return time.monotonic() - began


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("after", [3, 5, 8, 10, 13])
def test_ctrl_c_before_the_first_batch_leaves_nothing_behind(
    workers: int, after: float, startup: float, tmp_path: Path
) -> None:
    target = tmp_path / "partial.json"

    process = start("run", *LONG, "--workers", workers, "--json", target)
    said = interrupted(process, after * startup)

    # In some imports CPython itself ends with the signal; for a shell that is 130 as well.
    assert said.code in (130, -signal.SIGINT)
    assert "Traceback" not in said.err
    assert said.err == "" or said.err.startswith(("interrupted, no result", "The run was"))
    assert target.exists() == ("The run was" in said.err)


def test_an_interrupted_rerun_does_not_claim_a_difference(tmp_path: Path) -> None:
    target = tmp_path / "long.json"
    small = call("run", "jianghai-2022", "-n", 2, "--json", "-").json
    small["manifest"]["replications"] = MANY
    target.write_text(json.dumps(small), encoding="utf-8")

    said = interrupted_at_first_progress("rerun", target, "--lang", "en", "--workers", 1)

    assert said.code == 130
    assert said.out == ""
    assert "→" not in said.err
    assert "The run was interrupted" in said.err


@pytest.mark.parametrize("pause", [0.1, 0.4, 1.0])
def test_an_impatient_second_ctrl_c_neither_hangs_nor_leaves_anything_behind(
    pause: float, startup: float
) -> None:
    process = start("compare", *LONG, "--engine", "simpy", "--workers", 2)
    time.sleep(20 * startup)
    press_ctrl_c(process)
    time.sleep(pause)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)

    assert all_ended(process)
    assert process.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in err
