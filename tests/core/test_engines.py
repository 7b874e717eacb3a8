"""Which engine runs, and where the compiled one comes from."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import time

import pytest

from approvalsim import engines, kernel_cache
from approvalsim.errors import ScenarioError
from approvalsim.experiment import run
from approvalsim.facts import differences, joined
from approvalsim.plan import compile_plan
from approvalsim.scenario_file import load, shipped


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of its own in which the kernel has been compiled, as `approvalsim warm-up` does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APPROVALSIM_CACHE", str(tmp_path_factory.mktemp("cache")))
        assert kernel_cache.warm_up()
        yield kernel_cache.folder()


def test_simpy_answers_until_the_kernel_has_been_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPROVALSIM_CACHE", str(tmp_path))
    assert engines.chosen("auto") == "simpy"


def test_the_kernel_answers_once_it_has_been_compiled(warm: Path) -> None:
    assert warm.is_dir()
    assert engines.chosen("auto") == "kernel"
    assert engines.chosen("simpy") == "simpy"


def test_a_changed_cache_is_not_trusted_and_is_made_again(warm: Path) -> None:
    compiled = max(warm.rglob("*.nbc"), key=lambda file: file.stat().st_size)
    content = bytearray(compiled.read_bytes())
    content[len(content) // 2] ^= 0xFF
    compiled.write_bytes(content)
    assert engines.chosen("auto") == "simpy"
    assert engines.chosen("kernel") == "kernel"
    assert kernel_cache.is_ready()


def test_a_cache_without_its_seal_is_not_trusted(warm: Path) -> None:
    seal = warm / kernel_cache.SEAL
    words = seal.read_text(encoding="utf-8")
    for broken in ("", "{", "[]", "{}"):
        seal.write_text(broken, encoding="utf-8")
        assert not kernel_cache.is_ready()
    seal.write_text(words, encoding="utf-8")
    assert kernel_cache.is_ready()


def test_a_strange_file_in_the_cache_is_not_trusted(warm: Path) -> None:
    stranger = warm / "stranger.nbi"
    stranger.write_bytes(b"x")
    assert not kernel_cache.is_ready()
    stranger.unlink()
    assert kernel_cache.is_ready()


def test_what_was_left_behind_long_ago_goes_before_a_kernel_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPROVALSIM_CACHE", str(tmp_path))
    monkeypatch.setattr(kernel_cache, "_compile_into", lambda _: False)
    hours = {"compiling-a": 2, "compiling-b": 0.5, "kernel-a": 400, "kernel-b": 300, "mine": 9_000}
    for name, ago in hours.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
        for place in (tmp_path / name / "file", tmp_path / name):
            os.utime(place, (time() - 3600 * ago,) * 2)
    assert not kernel_cache.warm_up()
    assert {place.name for place in tmp_path.iterdir()} == {"compiling-b", "kernel-b", "mine"}


def test_a_kernel_in_use_stays(warm: Path) -> None:
    os.utime(warm, (0, 0))
    assert kernel_cache.is_ready()
    assert time() - warm.stat().st_mtime < 3600


def test_where_nothing_can_be_written_the_problem_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("APPROVALSIM_CACHE", str(tmp_path / "file"))
    assert engines.chosen("auto") == "simpy"
    with pytest.raises(ScenarioError) as caught:
        engines.chosen("kernel")
    assert [problem.sentence for problem in caught.value.problems] == ["no_kernel"]


@pytest.mark.parametrize(("batch", "workers"), [(1, 1), (7, 2), (40, 3)])
def test_the_kernel_gives_the_same_facts_for_any_batch_and_any_number_of_threads(
    batch: int, workers: int
) -> None:
    plan = compile_plan(load(shipped()["fast-track"]))
    whole = joined(run(plan, 3, 30, engine="kernel"))
    parts = joined(run(plan, 3, 30, batch=batch, workers=workers, engine="kernel"))
    assert differences(whole, parts) == ()
    assert differences(whole, joined(run(plan, 3, 30, engine="simpy"))) == ()
