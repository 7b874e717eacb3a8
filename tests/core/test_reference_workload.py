"""The reference workload, and that its yardsticks do the same work as the engines."""

import shutil
from pathlib import Path
from statistics import mean

import pytest

from approvalsim import reference_workload
from approvalsim.facts import differences
from approvalsim.plan import compile_plan
from approvalsim.reference_workload import EventLoop, idiomatic, reference_plan
from approvalsim.scenario_file import find, load
from approvalsim.simulation import simulate

needs_gcc = pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no gcc here")


@needs_gcc
@pytest.mark.parametrize(
    ("times", "replications"), [(1, range(50)), (1, range(7, 9)), (10, range(2))]
)
def test_the_loop_in_c_gives_the_same_facts_to_the_last_bit(
    times: int, replications: range
) -> None:
    plan = reference_plan(times)
    assert (
        differences(EventLoop(plan).simulate(43, replications), simulate(plan, 43, replications))
        == ()
    )


@pytest.mark.parametrize("name", ["standard", "single-project"])
def test_the_loop_in_c_refuses_what_it_does_not_know(name: str) -> None:
    with pytest.raises(ValueError, match="no more than"):
        EventLoop(compile_plan(load(find(name))))


def test_without_a_compiler_the_loop_in_c_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference_workload, "GCC", ("no-such-compiler",))
    with pytest.raises(OSError, match="no-such-compiler"):
        EventLoop(reference_plan())


def test_the_newcomers_model_is_of_the_same_workload() -> None:
    replication = idiomatic()
    times = [replication(seed) for seed in range(150)]

    assert {len(each) for each in times} == {43}
    assert mean(map(mean, times)) == pytest.approx(105.4, abs=3.0)  # six engines agree on 105.41


def test_a_larger_workload_has_as_many_more_projects_reviewers_and_arrivals() -> None:
    small, large = reference_plan(), reference_plan(10)

    assert len(large.axes.projects) == 10 * len(small.axes.projects)
    assert (large.reviewers == 10 * small.reviewers).all()
    last = [
        simulate(plan, 1, range(3)).project.signed.max(axis=1).mean() for plan in (small, large)
    ]
    assert last[1] == pytest.approx(last[0], rel=0.3)


def test_an_installation_finds_the_files_among_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference_workload, "files", lambda _: tmp_path)
    shutil.copytree(reference_workload.folder(), tmp_path / "_benchmarks")

    assert reference_workload.folder() == tmp_path / "_benchmarks"
    assert len(reference_plan().axes.projects) == 43
