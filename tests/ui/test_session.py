"""The session: what is compared, answers that follow edits, and figures equal to the core's."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, active_count

import pytest
from pytestqt.qtbot import QtBot

from approvalsim import experiments, kernel_cache
from approvalsim.execution import Effort
from approvalsim.experiment import Precision
from approvalsim.report import comparison_figures
from approvalsim.scenario import Scenario
from approvalsim.scenario_file import find, load
from approvalsim_ui.answer import Answer
from approvalsim_ui.answering import RunSettings
from approvalsim_ui.session import Choice, Session

FEW = RunSettings(replications=30, engine="simpy")


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    session.settings = FEW
    yield session
    session.shut_down()


@pytest.fixture(scope="session")
def kernel() -> None:
    assert kernel_cache.warm_up()


def final(qtbot: QtBot, session: Session) -> Answer:
    """The answer in full to what stands on the sides now."""
    qtbot.waitUntil(lambda: not session._soon.isActive(), timeout=10_000)
    qtbot.waitUntil(lambda: not session.is_running, timeout=60_000)
    assert session.answer is not None
    return session.answer


def with_seed(scenario: Scenario, seed: int) -> Scenario:
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"seed": seed})})


def with_reviewers(scenario: Scenario, number: int) -> Scenario:
    name, department = next(iter(scenario.department.items()))
    changed = department.model_copy(update={"reviewers": number})
    return scenario.model_copy(update={"department": {**scenario.department, name: changed}})


def test_the_first_scenario_is_compared_policy_off_against_on(
    session: Session, qtbot: QtBot
) -> None:
    document = session.open(find("fast-track"))
    assert (session.a, session.b) == (Choice(document, "off"), Choice(document, "on"))
    answer = final(qtbot, session)
    assert answer.one_scenario
    assert answer.is_final
    assert answer.engine == "simpy"
    assert answer.comparison.a.commitments.share == 0
    assert answer.comparison.b.commitments.share > 0


@pytest.mark.parametrize("engine", ["simpy", "kernel"])
def test_figures_are_those_of_the_command_line_to_the_last_bit(
    engine: str, session: Session, qtbot: QtBot, kernel: None
) -> None:
    session.settings = RunSettings(replications=45, seed=7, engine=engine)  # type: ignore[arg-type]
    session.open(find("fast-track"))
    answer = final(qtbot, session)
    effort = Effort(45, 7, engine=engine)  # type: ignore[arg-type]
    done = experiments.compare(load(find("fast-track")), "fast-track", effort)
    assert answer.manifest.result_hash == done.result["manifest"]["result_hash"]
    assert comparison_figures(answer.comparison) == comparison_figures(done.comparison)
    for name in ("scenario", "scenario_hash", "file", "seed", "replications", "engine", "version"):
        assert getattr(answer.manifest, name) == done.result["manifest"][name]
    assert not answer.manifest.partial


def test_a_precision_is_reached_as_on_the_command_line(
    session: Session, qtbot: QtBot, kernel: None
) -> None:
    session.settings = RunSettings(precision=1.5, measure="p80", cap=700)
    session.open(find("fast-track"))
    answer = final(qtbot, session)
    effort = Effort(
        1, load(find("fast-track")).run.seed, None, Precision(1.5, 700), "p80", "kernel"
    )
    done = experiments.compare(load(find("fast-track")), "fast-track", effort)
    assert answer.manifest.result_hash == done.result["manifest"]["result_hash"]
    assert answer.replications == done.manifest.replications
    assert answer.missed == done.missed
    assert answer.is_final


def test_a_precision_that_is_out_of_reach_is_told(session: Session, qtbot: QtBot) -> None:
    session.settings = RunSettings(precision=0.001, cap=30, engine="simpy")
    session.open(find("fast-track"))
    answer = final(qtbot, session)
    assert answer.replications == 30
    assert answer.missed
    assert answer.missed > 0.001


def test_two_scenarios_give_the_figures_of_the_command_line(session: Session, qtbot: QtBot) -> None:
    a, b = session.open(find("standard")), session.open(find("fast-track"))
    session.show_sides(Choice(a), Choice(b))
    answer = final(qtbot, session)
    first, second = load(find("standard")), load(find("fast-track"))
    effort = Effort(30, second.run.seed)
    done = experiments.compare(first, "standard", effort, second, "fast-track")
    assert answer.manifest.result_hash == done.result["manifest"]["result_hash"]
    assert answer.manifest.other == done.manifest.other
    assert not answer.one_scenario


def test_an_edit_is_answered_and_undoing_it_gives_the_old_figures_back(
    session: Session, qtbot: QtBot
) -> None:
    document = session.open(find("fast-track"))
    before = final(qtbot, session)
    document.edit(with_reviewers(document.scenario, 9), "Reviewers")
    after = final(qtbot, session)
    assert after.b.scenario.department == document.scenario.department
    assert after.manifest.result_hash != before.manifest.result_hash
    document.undo.undo()
    assert final(qtbot, session).manifest.result_hash == before.manifest.result_hash


def test_edits_of_one_moment_make_one_question(session: Session, qtbot: QtBot) -> None:
    document = session.open(find("single-project"))
    final(qtbot, session)
    asked = session.worker._number
    for seed in range(50):
        document.edit(with_seed(document.scenario, seed), "Seed")
    answer = final(qtbot, session)
    assert session.worker._number == asked + 1
    assert answer.seed == 49


def test_a_newer_question_takes_the_place_of_an_older_one(session: Session, qtbot: QtBot) -> None:
    session.settings = RunSettings(replications=60, engine="simpy")
    document = session.open(find("fast-track"))
    answers: list[Answer] = []
    session.answer_changed.connect(answers.append)
    for seed in (1, 2, 3):
        document.edit(with_seed(document.scenario, seed), "Seed")
        qtbot.waitUntil(lambda: bool(answers) and answers[-1].seed == document.scenario.run.seed)
    answer = final(qtbot, session)
    assert (answer.seed, answer.replications) == (3, 60)
    assert [a.seed for a in answers if a.is_final] == [3]


def test_cancelling_keeps_what_is_done_and_says_so(session: Session, qtbot: QtBot) -> None:
    session.settings = RunSettings(replications=100_000, engine="simpy")
    session.open(find("single-project"))
    qtbot.waitUntil(lambda: session.answer is not None, timeout=20_000)
    session.cancel()
    answer = final(qtbot, session)
    assert 0 < answer.replications < 100_000
    assert answer.manifest.partial
    assert not answer.is_final


def test_cancelling_just_when_an_answer_has_been_posted_marks_that_answer(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = session.worker._post

    def post_and_cancel(answer: Answer) -> None:
        post(answer)
        session.cancel()

    monkeypatch.setattr(session.worker, "_post", post_and_cancel)
    session.settings = RunSettings(replications=100_000, engine="simpy")
    session.open(find("single-project"))
    answer = final(qtbot, session)
    assert answer.replications < 100_000
    assert answer.manifest.partial


def test_progress_is_told_and_ends_at_the_whole(session: Session, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    session.progress.connect(lambda done, wanted: told.append((done, wanted)))
    session.open(find("single-project"))
    final(qtbot, session)
    assert told[-1] == (30, 30)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_sides_that_cannot_be_paired_are_told_in_words(session: Session, qtbot: QtBot) -> None:
    a, b = session.open(find("single-project")), session.open(find("jianghai-2022"))
    listed = b.scenario.project[0].model_copy(update={"id": "elsewhere"})
    b.edit(b.scenario.model_copy(update={"project": (listed,)}), "One project")
    with qtbot.waitSignal(session.failed, timeout=20_000) as told:
        session.show_sides(Choice(a), Choice(b))
    assert [problem.sentence for problem in told.args[0]] == ["different_shape"]
    assert not session.is_running
    session.show_alone(a)
    assert final(qtbot, session).is_final


def test_changes_can_be_compared_with_the_file(session: Session, qtbot: QtBot) -> None:
    document = session.open(find("fast-track"))
    document.edit(with_reviewers(document.scenario, 9), "Reviewers")
    session.show_sides(Choice(document, "on", filed=True), Choice(document, "on"))
    answer = final(qtbot, session)
    assert answer.a.scenario.department == document.filed.department
    assert answer.b.scenario.department == document.scenario.department
    assert not answer.one_scenario


def test_a_policy_that_is_edited_away_leaves_the_sides(session: Session, qtbot: QtBot) -> None:
    document = session.open(find("fast-track"))
    bare = load(find("single-project"))
    document.edit(bare, "Everything else")
    assert (session.a, session.b) == (Choice(document), Choice(document))
    assert final(qtbot, session).is_final


def test_closing_a_document_gives_its_side_to_another(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(find("single-project").read_bytes())
    a, b = session.open(find("fast-track")), session.open(path)
    session.show_sides(Choice(a), Choice(b))
    session.close(b)
    assert session.documents == [a]
    assert session.b == Choice(a, "on")
    session.close(a)
    assert (session.documents, session.a, session.b) == ([], None, None)


def test_a_file_is_opened_once(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(find("single-project").read_bytes())
    assert session.open(path) is session.open(tmp_path / "." / "x.toml")


def test_variants_get_ids_of_their_own(session: Session) -> None:
    document = session.open(find("fast-track"))
    first, second = session.duplicate(document), session.duplicate(document)
    third = session.duplicate(first)
    ids = [d.scenario.id for d in (first, second, third)]
    assert ids == ["fast-track-2", "fast-track-3", "fast-track-4"]
    assert session.a == Choice(first)
    assert session.b == Choice(third)


def test_a_year_in_an_id_is_no_count_of_variants(session: Session) -> None:
    document = session.open(find("jianghai-2022"))
    variant = session.duplicate(document)
    assert variant.scenario.id == "jianghai-2022-2"
    assert session.free_id(variant.scenario.id) == "jianghai-2022-3"
    assert session.free_id("2022") == "2022-2"


# --- the compiled engine -------------------------------------------------------------------------


def test_simpy_answers_until_the_kernel_is_ready_and_the_kernel_refines(
    session: Session, qtbot: QtBot, kernel: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = Event()
    monkeypatch.setattr(kernel_cache, "is_ready", compiled.is_set)
    monkeypatch.setattr(kernel_cache, "warm_up", lambda: compiled.wait(60))
    session.settings = RunSettings(replications=250)
    answers: list[Answer] = []
    session.answer_changed.connect(answers.append)
    session.open(find("single-project"))
    qtbot.waitUntil(lambda: bool(answers) and answers[-1].replications == 100, timeout=30_000)
    assert {answer.engine for answer in answers} == {"simpy"}
    assert not answers[-1].is_final
    compiled.set()
    qtbot.waitUntil(lambda: answers[-1].is_final, timeout=60_000)
    assert (answers[-1].engine, answers[-1].replications) == ("kernel", 250)


def test_where_nothing_can_be_compiled_simpy_goes_all_the_way(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_cache, "is_ready", lambda: False)
    monkeypatch.setattr(kernel_cache, "warm_up", lambda: False)
    session.settings = RunSettings(replications=120)
    session.open(find("single-project"))
    qtbot.waitUntil(lambda: bool(session.answer and session.answer.is_final), timeout=60_000)
    assert session.answer
    assert session.answer.engine == "simpy"


# --- no leaks ------------------------------------------------------------------------------------


def test_a_hundred_runs_leave_no_threads_behind(session: Session, qtbot: QtBot) -> None:
    document = session.open(find("single-project"))
    session.settings = RunSettings(replications=10, engine="simpy")
    final(qtbot, session)
    before = active_count()
    for seed in range(100):
        document.edit(with_seed(document.scenario, seed), f"Seed {seed}")
        final(qtbot, session)
    assert active_count() <= before
    assert len(session._switched) <= 2


@pytest.mark.parametrize("engine", ["simpy", "kernel"])
def test_supervision_off_against_on_gives_the_figures_of_the_command_line(
    engine: str, session: Session, qtbot: QtBot, kernel: None
) -> None:
    session.settings = RunSettings(replications=12, seed=7, engine=engine)  # type: ignore[arg-type]
    document = session.open(find("supervised-2022"))
    session.show_alone(document, "supervision")
    answer = final(qtbot, session)
    effort = Effort(12, 7, engine=engine)  # type: ignore[arg-type]
    scenario = load(find("supervised-2022"))
    done = experiments.compare(scenario, "supervised-2022", effort, of="supervision")
    assert answer.roles == ("unsupervised", "supervised")
    assert answer.one_scenario
    assert comparison_figures(answer.comparison) == comparison_figures(done.comparison)
    assert answer.manifest.reform == "supervision"
    assert answer.manifest.result_hash == done.result["manifest"]["result_hash"]
    assert answer.manifest.scenario_hash == done.manifest.scenario_hash


def test_what_is_switched_is_known_by_its_name(session: Session, qtbot: QtBot) -> None:
    document = session.open(find("supervised-2022"))
    assert (session.a, session.b) == (Choice(document, "off"), Choice(document, "on"))
    assert final(qtbot, session).manifest.reform is None
    session.show_alone(document, "supervision")
    without, with_it = (side.scenario() for side in (session.a, session.b) if side)
    assert (without.supervision.enabled, with_it.supervision.enabled) == (False, True)  # type: ignore[union-attr]
    assert without.commitment == with_it.commitment == document.scenario.commitment
    session.swap()
    answer = final(qtbot, session)
    assert answer.roles == ("supervised", "unsupervised")
    assert not answer.one_scenario


def test_without_supervision_there_is_none_to_switch(session: Session, qtbot: QtBot) -> None:
    document = session.open(find("fast-track"))
    final(qtbot, session)
    with qtbot.waitSignal(session.failed) as told:
        session.show_alone(document, "supervision")
    assert [problem.sentence for problem in told.args[0]] == ["no_supervision"]


def test_taking_supervision_out_of_the_scenario_leaves_its_sides_as_they_are(
    session: Session, qtbot: QtBot
) -> None:
    document = session.open(find("supervised-2022"))
    session.show_alone(document, "supervision")
    final(qtbot, session)
    document.edit(document.scenario.model_copy(update={"supervision": None}), "without")
    assert (session.a, session.b) == (Choice(document), Choice(document))
