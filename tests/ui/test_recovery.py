"""What was not saved is found again, even after the program was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from approvalsim.scenario_file import find
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.recovery import Leftover, Recovery, state_folder

EDITOR = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from approvalsim_ui.document import ScenarioDocument
from approvalsim_ui.recovery import Recovery
from pathlib import Path
app = QApplication([])
recovery = Recovery(seconds=0.05)
document = ScenarioDocument.opened(Path(sys.argv[1]))
recovery.watch([document])
run = document.scenario.run.model_copy(update={"seed": 4711})
document.edit(document.scenario.model_copy(update={"run": run}), "Seed")
def tell():
    if list(recovery._folder.glob("*.json")):
        print("kept", flush=True)
timer = QTimer()
timer.timeout.connect(tell)
timer.start(20)
app.exec()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_bytes(find("single-project").read_bytes())
    return path


def edited(file: Path) -> ScenarioDocument:
    document = ScenarioDocument.opened(file)
    run = document.scenario.run.model_copy(update={"seed": 4711})
    document.edit(document.scenario.model_copy(update={"run": run}), "Seed")
    return document


def after_a_kill(file: Path) -> list[Leftover]:
    """Let another process edit the file, kill it, and see what is left."""
    child = subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(file)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    with child.stdout:
        assert child.stdout.readline() == "kept\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    return Recovery().leftovers()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_changes_survive_a_kill(file: Path) -> None:
    original = file.read_bytes()
    (leftover,) = after_a_kill(file)
    assert leftover.path == file
    assert leftover.scenario.run.seed == 4711
    assert file.read_bytes() == original
    document = ScenarioDocument.opened(file)
    document.recover(leftover.scenario)
    assert document.has_changes
    document.save()
    assert "seed = 4711" in file.read_text(encoding="utf-8")
    assert "补正" in file.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_is_settled_is_not_offered_again(file: Path) -> None:
    (leftover,) = after_a_kill(file)
    recovery = Recovery()
    (again,) = recovery.leftovers()
    assert again.copy == leftover.copy
    recovery.settle(again)
    assert Recovery().leftovers() == []
    assert not again.copy.parent.exists()


def test_a_running_app_keeps_what_is_its_own(file: Path) -> None:
    recovery = Recovery()
    recovery.watch([edited(file)])
    recovery.keep()
    assert Recovery().leftovers() == []


def test_what_is_saved_or_closed_leaves_nothing_behind(file: Path) -> None:
    recovery, document = Recovery(), edited(file)
    recovery.watch([document])
    recovery.keep()
    assert list(state_folder().rglob("*.json"))
    document.save()
    recovery.keep()
    assert not list(state_folder().rglob("*.json"))
    document.undo.undo()
    recovery.keep()
    assert list(state_folder().rglob("*.json"))
    recovery.close()
    assert not [path for path in state_folder().rglob("*") if path.is_file()]


def test_a_copy_that_cannot_be_written_disturbs_nobody(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    monkeypatch.setenv("APPROVALSIM_STATE", str(tmp_path / "a file"))
    recovery = Recovery()
    recovery.watch([edited(file)])
    recovery.keep()
    assert recovery.leftovers() == []
    recovery.close()


def test_a_copy_cut_short_is_passed_over(file: Path) -> None:
    folder = state_folder() / "recovery" / "dead"
    folder.mkdir(parents=True)
    (folder / "x.json").write_text('{"path": null, "scena', encoding="utf-8")
    assert Recovery().leftovers() == []
