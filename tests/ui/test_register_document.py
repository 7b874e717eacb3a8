"""An open register: every edit is recorded at once, undoing it too, and nobody is overwritten."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from approvalsim.errors import ScenarioError
from approvalsim.register import Entry, Register
from approvalsim.register_changes import Change
from approvalsim.register_log import RegisterFile
from approvalsim_ui.register_document import RegisterDocument

DAY = date(2022, 3, 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "district.approvalsim"
    entries = (Entry("p1", "One", signed=DAY), Entry("p2", "Two"))
    RegisterFile.create(place, Register("single-project", entries)).close()
    return place


def name_of(document: RegisterDocument, project: str) -> str:
    return next(entry.name for entry in document.register.entries if entry.id == project)


def test_an_edit_is_in_the_file_at_once(path: Path, qtbot: QtBot) -> None:
    document = RegisterDocument.opened(path)
    with qtbot.waitSignal(document.changed):
        assert document.edit((Change("p1", "name", "Uno"),), "Name")
    document.close()
    with RegisterFile.open(path, read_only=True) as file:
        assert file.register.entries[0].name == "Uno"


def test_undoing_takes_back_and_is_recorded_itself(path: Path) -> None:
    document = RegisterDocument.opened(path)
    changes = (Change("p1", "name", "Uno"), Change("p1", "signed", None), Change("p3", "id", "p3"))
    before = document.register
    document.edit(changes, "Several")
    after, lines = document.register, len(document.history())
    document.undo.undo()
    assert document.register == before
    document.undo.redo()
    assert document.register == after
    assert len(document.history()) == lines + 6
    latest = {line.field: line.new for line in document.history("p1")}
    assert (latest["name"], latest["signed"]) == ("Uno", None)
    document.close()


def test_what_changes_nothing_is_no_step(path: Path) -> None:
    document = RegisterDocument.opened(path)
    assert document.edit((Change("p1", "name", "One"),), "Name")
    assert document.undo.count() == 0
    document.close()


def test_a_change_that_cannot_be_made_is_told_and_not_made(path: Path, qtbot: QtBot) -> None:
    document = RegisterDocument.opened(path)
    before = document.register
    with qtbot.waitSignal(document.refused) as told:
        assert not document.edit((Change("p9", "name", "Nobody"),), "Name")
    assert [problem.sentence for problem in told.args[0]] == ["unknown_project"]
    assert (document.register, document.undo.count()) == (before, 0)
    document.close()


def test_what_somebody_else_works_on_can_be_read_and_is_followed(path: Path, qtbot: QtBot) -> None:
    with RegisterFile.open(path, who="Wang") as other:
        document = RegisterDocument.opened(path)
        assert document.read_only
        assert document.held is not None
        assert "Wang" in document.held.text("en")
        assert not document.edit((Change("p1", "name", "Uno"),), "Name")
        other.apply((Change("p2", "name", "Dos"),))
        with qtbot.waitSignal(document.changed):
            document.look()
        assert name_of(document, "p2") == "Dos"
        document.close()
    again = RegisterDocument.opened(path)
    assert not again.read_only
    again.close()


def test_a_workbook_read_again_only_adds_what_differs(path: Path) -> None:
    entries = (Entry("p1", "Uno", signed=DAY), Entry("p2", "Two"))
    document = RegisterDocument.made(path, Register("single-project", entries), "Li (x.xlsx)")
    (line,) = [line for line in document.history() if line.who == "Li (x.xlsx)"]
    assert (line.project, line.field, line.old, line.new) == ("p1", "name", "One", "Uno")
    document.close()


def test_another_kind_of_file_is_no_register(tmp_path: Path) -> None:
    broken = tmp_path / "broken.approvalsim"
    broken.write_text("nothing of the kind")
    with pytest.raises(ScenarioError):
        RegisterDocument.opened(broken)
