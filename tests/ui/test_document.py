"""Documents: edits, the way back to the very file, saving, and files that others change."""

from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from approvalsim.errors import ScenarioError
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui import document as document_module
from approvalsim_ui.document import ScenarioDocument


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_bytes(find("single-project").read_bytes())
    return path


@pytest.fixture
def document(file: Path) -> ScenarioDocument:
    return ScenarioDocument.opened(file)


def with_seed(scenario: Scenario, seed: int) -> Scenario:
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"seed": seed})})


def test_an_edit_is_seen_undone_and_done_again(document: ScenarioDocument) -> None:
    before = document.scenario
    document.edit(with_seed(before, 5), "Seed")
    assert document.scenario.run.seed == 5
    assert document.has_changes
    assert document.undo.undoText() == "Seed"
    document.undo.undo()
    assert document.scenario is before
    assert not document.has_changes
    document.undo.redo()
    assert document.scenario.run.seed == 5


def test_a_drag_is_one_step_and_a_drag_back_is_none(document: ScenarioDocument) -> None:
    before = document.scenario
    document.edit(with_seed(before, 3), "Other", merge="elsewhere")
    for seed in (10, 11, 12):
        document.edit(with_seed(before, seed), f"Seed {seed}", merge="seed")
    assert document.undo.count() == 2
    document.undo.undo()
    assert document.scenario.run.seed == 3
    document.undo.redo()
    assert document.scenario.run.seed == 12
    document.undo.setIndex(1)
    for seed in (7, 3):
        document.edit(with_seed(before, seed), "Seed", merge="seed")
    assert document.undo.count() == 1


def test_steps_with_a_pause_between_them_are_undone_one_by_one(
    document: ScenarioDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter((0.0, 0.5, 5.0))
    monkeypatch.setattr(document_module, "monotonic", lambda: next(now))
    for seed in (10, 11, 12):
        document.edit(with_seed(document.scenario, seed), "Seed")
    assert document.undo.count() == 2


def test_an_edit_that_changes_nothing_is_no_step(document: ScenarioDocument) -> None:
    document.edit(with_seed(document.scenario, document.scenario.run.seed), "Nothing")
    assert document.undo.count() == 0


def test_saving_keeps_comments_and_undoing_and_saving_gives_the_very_file_back(
    document: ScenarioDocument, file: Path
) -> None:
    original = file.read_bytes()
    document.edit(with_seed(document.scenario, 77), "Seed")
    document.save()
    assert not document.has_changes
    assert load(file).run.seed == 77
    assert "补正:一成的申报被退回一次" in file.read_text(encoding="utf-8")
    document.undo.undo()
    assert document.has_changes
    document.save()
    assert file.read_bytes() == original


def test_saving_elsewhere_leaves_the_first_file_alone(
    document: ScenarioDocument, file: Path, tmp_path: Path
) -> None:
    original, other = file.read_bytes(), tmp_path / "other.toml"
    document.edit(with_seed(document.scenario, 8), "Seed")
    document.save(other)
    assert (file.read_bytes(), load(other).run.seed) == (original, 8)
    assert document.path == other
    assert document.filed is document.scenario


def test_a_failing_save_says_why_and_loses_nothing(
    document: ScenarioDocument, tmp_path: Path
) -> None:
    document.edit(with_seed(document.scenario, 8), "Seed")
    with pytest.raises(ScenarioError) as refused:
        document.save(tmp_path / "no such folder" / "x.toml")
    assert [problem.sentence for problem in refused.value.problems] == ["cannot_write"]
    assert document.has_changes
    assert document.scenario.run.seed == 8


def test_a_shipped_scenario_has_no_file_to_write(tmp_path: Path) -> None:
    document = ScenarioDocument.opened(find("jianghai-2022"))
    assert document.path is None
    assert document.is_example
    assert document.reference == "jianghai-2022"
    document.edit(with_seed(document.scenario, 4), "Seed")
    document.save(tmp_path / "mine.toml")
    assert load(tmp_path / "mine.toml") == document.scenario
    assert not document.is_example


def test_a_variant_keeps_the_comments_and_is_unsaved(
    document: ScenarioDocument, tmp_path: Path
) -> None:
    variant = document.variant("single-project-2")
    assert variant.scenario.id == "single-project-2"
    assert variant.title("en") != document.title("en")
    assert variant.has_changes
    assert variant.path is None
    variant.save(tmp_path / "variant.toml")
    text = (tmp_path / "variant.toml").read_text(encoding="utf-8")
    assert "补正:一成的申报被退回一次" in text
    assert load(tmp_path / "variant.toml").id == "single-project-2"


def test_a_broken_file_becomes_no_document(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("format = 2\n", encoding="utf-8")
    with pytest.raises(ScenarioError):
        ScenarioDocument.opened(path)
    assert path.read_text(encoding="utf-8") == "format = 2\n"


# --- what others do to the file ------------------------------------------------------------------


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_change_on_disk_is_noticed(document: ScenarioDocument, file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.changed_on_disk, timeout=5000):
        rewrite(file, "start = 2022-03-01", "start = 2022-02-01")
    assert document.is_disturbed


def test_writing_the_same_bytes_again_disturbs_nobody(
    document: ScenarioDocument, file: Path
) -> None:
    file.write_bytes(file.read_bytes())
    document.look_at_disk()
    assert not document.is_disturbed


def test_a_changed_file_is_not_overwritten_until_the_user_says_so(
    document: ScenarioDocument, file: Path
) -> None:
    document.edit(with_seed(document.scenario, 9), "Seed")
    rewrite(file, "start = 2022-03-01", "start = 2022-02-01")
    theirs = file.read_bytes()
    with pytest.raises(ScenarioError) as refused:
        document.save()
    assert [problem.sentence for problem in refused.value.problems] == ["disturbed"]
    assert file.read_bytes() == theirs
    document.keep_mine()
    document.save()
    assert load(file) == document.scenario
    assert document.scenario.run.seed == 9


def test_reloading_takes_theirs_and_can_be_undone(document: ScenarioDocument, file: Path) -> None:
    document.edit(with_seed(document.scenario, 9), "Seed")
    mine = document.scenario
    rewrite(file, "start = 2022-03-01", "start = 2022-02-01")
    document.look_at_disk()
    document.reload()
    assert document.scenario == load(file)
    assert not document.is_disturbed
    assert not document.has_changes
    document.undo.undo()
    assert document.scenario is mine


def test_a_removed_file_is_noticed_and_can_be_written_again(
    document: ScenarioDocument, file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(document.changed_on_disk, timeout=5000):
        file.unlink()
    document.keep_mine()
    document.save()
    assert load(file) == document.scenario


def test_a_file_replaced_as_editors_do_is_still_watched(
    document: ScenarioDocument, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    for day in ("02", "03"):
        other = tmp_path / "new"
        other.write_text(
            file.read_text(encoding="utf-8").replace(
                "start = 2022-03-01", f"start = 2022-02-{day}"
            ),
            encoding="utf-8",
        )
        with qtbot.waitSignal(document.changed_on_disk, timeout=5000):
            other.replace(file)
        document.keep_mine()
        file.write_bytes(find("single-project").read_bytes())
        qtbot.waitUntil(lambda: not document._later.isActive(), timeout=5000)
        document.look_at_disk()


def test_undo_stacks_belong_to_their_documents(document: ScenarioDocument) -> None:
    assert isinstance(document.undo, QUndoStack)
    other = document.variant("other")
    other.edit(with_seed(other.scenario, 4), "Seed")
    assert document.undo.count() == 0
