"""A cluster of real processes on this machine: the same bits, whoever comes and goes meanwhile."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread, enumerate
from typing import Any

import finishes
import pytest
from command_line import call
from distributed import Client
from hypothesis import given
from hypothesis import strategies as st
from portfolios import POLICY, portfolio
from test_cli_interrupt import LONG, interrupted_at_first_progress

import approvalsim
from approvalsim import cluster, kernel_cache
from approvalsim.cluster import Cluster, check_address, engine_here, identity
from approvalsim.digest import Digest, Gathered
from approvalsim.errors import LostError, ScenarioError
from approvalsim.experiment import run_on_cluster, run_together
from approvalsim.facts import Facts, differences, joined
from approvalsim.facts_file import read_facts
from approvalsim.plan import compile_plan

CURVED = {"dist": "triangular", "min": 1, "mode": 10, "max": 60}
SMALL = portfolio(
    {
        "a": {"department": "office", "prepare": CURVED, "review": CURVED},
        "b": {"prepare": CURVED, "after": {"a": {"relaxed": "deferred", "due": 3.0}}},
    },
    listed=4,
    department={"office": {"reviewers": 2}},
    commitment=POLICY,
)
PLANS = compile_plan(SMALL.with_policy(False)), compile_plan(SMALL)
Batches = Sequence[tuple[Facts, ...]]
Process = subprocess.Popen[bytes]


# --- processes -----------------------------------------------------------------------------------


class Machines:
    """A scheduler, and workers started for it: processes, which a test may kill."""

    def __init__(self, folder: Path, allowed_failures: int = 3) -> None:
        self.folder, self.processes = folder, []
        failures = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(allowed_failures)}
        (folder / "no folder").touch()  # so workers cannot compile the kernel, which takes long
        where = folder / "scheduler.json"
        words = ("--port", "0", "--scheduler-file", str(where))
        process = self._start("dask_scheduler", *words, **failures)
        self._wait(lambda: where.exists() and where.read_text(), process)
        self.address = str(json.loads(where.read_text())["address"])

    def workers(self, number: int = 1, program: Path | None = None) -> list[Process]:
        """Start so many more, maybe with another program; they have joined when this returns."""
        there = self._log().count("Register worker")
        words = (self.address, "--no-nanny", "--nthreads", "1", "--death-timeout", "20")
        space = ("--local-directory", str(self.folder))
        started = [
            self._start("dask_worker", *words, *space, program=program) for _ in range(number)
        ]
        self._wait(lambda: self._log().count("Register worker") >= there + number, *started)
        return started

    def content(self) -> tuple[list[str], int]:
        """The tasks the scheduler knows, and how many are connected to it."""
        with Client(self.address, set_as_default=False) as client:
            return client.run_on_scheduler(finishes.on_scheduler)

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()

    def __enter__(self) -> "Machines":
        return self

    def _start(
        self, command: str, *words: str, program: Path | None = None, **environment: str
    ) -> Process:
        place = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
        paths = [str(path) for path in (program, Path(__file__).parent) if path]
        paths.append(str(Path(approvalsim.__file__).parents[1]))
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{command}", *words, *place],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ
                | {"PYTHONPATH": os.pathsep.join(paths)}
                | {"APPROVALSIM_CACHE": str(self.folder / "no folder")}
                | environment,
            )
        self.processes.append(process)
        return process

    def _log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def _wait(self, so_far: Callable[[], Any], *processes: Process) -> None:
        while not so_far():
            assert all(process.poll() is None for process in processes), self._log()
            time.sleep(0.02)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A cluster of two workers, which stay."""
    with Machines(tmp_path_factory.mktemp("cluster")) as started:
        started.workers(2)
        yield started


@pytest.fixture(scope="module")
def frail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler without workers, which lets a batch kill one worker and no more."""
    with Machines(tmp_path_factory.mktemp("frail"), allowed_failures=1) as started:
        yield started


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    monkeypatch.setattr(cluster, "LOOK", 0.1)


@contextmanager
def complaint() -> Iterator[list[str]]:
    """What a `ScenarioError` raised inside says, for people."""
    said: list[str] = []
    with pytest.raises(ScenarioError) as caught:
        yield said
    said += [problem.text("en") for problem in caught.value.problems]
    assert all(problem.text("zh") for problem in caught.value.problems)


def apart(batches: Batches, local: Batches) -> list[tuple[str, ...]]:
    """Where the facts of each plan differ; the batches may be cut as they like."""
    together = zip(zip(*batches, strict=True), zip(*local, strict=True), strict=True)
    return [differences(joined(there), joined(here)) for there, here in together]


# --- the same bits -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 40, 400])
def test_a_cluster_gives_the_same_facts_to_the_last_bit_in_order(
    machines: Machines, number: int
) -> None:
    with Cluster(machines.address) as connected:
        there = list(
            run_on_cluster(connected, PLANS, 1, number, finish=finishes.everything, engine="simpy")
        )
    local = list(run_together(PLANS, 1, number, workers=1))
    assert apart(there, local) == [(), ()]
    assert machines.content() == ([], 0)


def test_a_batch_whose_worker_dies_under_it_is_computed_again(
    machines: Machines, tmp_path: Path
) -> None:
    machines.workers(1)
    finish = partial(finishes.dying_once, tmp_path / "died")
    with Cluster(machines.address) as connected:
        there = list(run_on_cluster(connected, PLANS, 1, 100, finish=finish, engine="simpy"))
    assert (tmp_path / "died").exists()
    assert apart(there, list(run_together(PLANS, 1, 100, workers=1))) == [(), ()]
    (dead,) = [process for process in machines.processes if process.poll() is not None]
    assert dead is not machines.processes[0]


def test_a_worker_killed_in_the_middle_takes_nothing_with_it(machines: Machines) -> None:
    (victim,) = machines.workers(1)
    finish = partial(finishes.slowly, 0.05)
    with Cluster(machines.address) as connected:
        batches = run_on_cluster(connected, PLANS, 1, 300, finish=finish, engine="simpy")
        there = [next(batches)]
        assert connected.threads == 3
        victim.kill()
        there += batches
    assert apart(there, list(run_together(PLANS, 1, 300, workers=1))) == [(), ()]


def test_what_is_wrong_on_a_worker_is_said_here(machines: Machines) -> None:
    with complaint() as said, Cluster(machines.address) as connected:
        list(run_on_cluster(connected, PLANS, 1, 40, finish=finishes.complaining, engine="simpy"))
    assert said[0].startswith("--engine: the quick engine cannot be compiled")


# --- from the command line -----------------------------------------------------------------------

FEW = ("jianghai-2022", "-n", 30, "--engine", "simpy", "--json", "-")


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_command_gives_the_same_on_a_cluster_as_here(
    machines: Machines, tmp_path: Path, command: str
) -> None:
    there, here = tmp_path / "there.parquet", tmp_path / "here.parquet"
    far = call(command, *FEW, "--cluster", machines.address, "--workers", 1, "--facts", there)
    near = call(command, *FEW, "--facts", here)
    assert (far.code, far.err, far.out) == (0, "", near.out)
    files = sorted(tmp_path.glob("here*"))
    assert len(files) == (2 if command == "compare" else 1)
    for file in files:
        assert differences(read_facts(file), read_facts(there.with_stem(twin(file)))) == ()


def twin(file: Path) -> str:
    return file.stem.replace("here", "there")


def test_a_precision_is_reached_at_the_same_place_on_a_cluster_as_here(machines: Machines) -> None:
    words = ("run", "single-project", "--precision", "30d", "--engine", "simpy", "--json", "-")
    far, near = call(*words, "--cluster", machines.address), call(*words)
    assert (far.code, far.out) == (0, near.out)


def test_whatever_engines_the_workers_had_the_result_can_be_repeated_here(
    machines: Machines, tmp_path: Path
) -> None:
    target = tmp_path / "result.json"
    words = ("run", "single-project", "-n", 20, "--cluster", machines.address, "--json", target)
    assert call(*words).code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["manifest"]["engine"] == "auto"
    again = call("rerun", target)
    assert (again.code, again.err) == (0, "")
    assert "the same result, to the last bit" in again.out


def test_what_a_lost_cluster_had_done_is_kept_marked_and_explained(
    frail: Machines, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (only,) = frail.workers(1)
    add = Gathered.add

    def kill_and_add(gathered: Gathered[Digest], digest: Digest) -> None:
        only.kill()
        add(gathered, digest)

    monkeypatch.setattr(Gathered, "add", kill_and_add)
    words = ("run", "jianghai-2022", "-n", 100_000, "--engine", "simpy", "--json", "-")
    said = call(*words, "--cluster", frail.address)
    assert said.code == 130
    assert said.json["manifest"]["partial"] is True
    done = said.json["manifest"]["replications"]
    why, what = said.err.splitlines()
    assert why.startswith(f"--cluster: the cluster {frail.address} has had no worker for 0.5 s")
    assert what.startswith(f"The run was interrupted: only {done} replications")


def test_a_command_without_a_cluster_says_so(port: socket.socket) -> None:
    said = call("run", "single-project", "--cluster", "nowhere")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("--cluster: a cluster's address is host:port")


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
def test_ctrl_c_keeps_what_is_done_and_takes_the_rest_off_the_cluster(
    machines: Machines, tmp_path: Path
) -> None:
    target = tmp_path / "partial.json"
    words = ("run", *LONG, "--engine", "simpy", "--cluster", machines.address, "--json", target)
    said = interrupted_at_first_progress(*words)
    manifest = json.loads(target.read_text(encoding="utf-8"))["manifest"]
    assert (said.code, manifest["partial"]) == (130, True)
    assert f"The run was interrupted: only {manifest['replications']} replications" in said.err
    assert "Traceback" not in said.err
    assert machines.content() == ([], 0)


# --- stopping ------------------------------------------------------------------------------------


def test_who_stops_early_leaves_nothing_on_the_cluster(machines: Machines) -> None:
    finish = partial(finishes.slowly, 0.1)
    with Cluster(machines.address) as connected:
        batches = run_on_cluster(connected, PLANS, 1, 10_000, finish=finish, engine="simpy")
        next(batches)
        batches.close()
        gone = Event()
        Thread(target=lambda: (until_only_work_is_left(machines), gone.set())).start()
        assert gone.wait(30)
    assert machines.content() == ([], 0)
    assert [thread.name for thread in enumerate() if thread.name == "cluster"] == []


def until_only_work_is_left(machines: Machines) -> None:
    """Wait for the scheduler to hear that the batches are not wanted."""
    while len(machines.content()[0]) > 1:
        time.sleep(0.05)


# --- when a cluster is not what it should be -----------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        *("", "here", "10.0.0.5", "tcp://10.0.0.5", "10.0.0.5:0", "10.0.0.5:65536", "a b:8786"),
        *("http://10.0.0.5:8786", "tcp://10.0.0.5:8786/x", "tcp://a@10.0.0.5:8786", "::1:8786"),
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_done(address: str) -> None:
    with complaint() as said:
        check_address(address)
    assert said[0].startswith("--cluster: a cluster's address is host:port")


@pytest.mark.parametrize(
    "address",
    ["10.0.0.5:8786", "tcp://node-1.example:65535", "tls://a:1", "tcp://[fe80::1%2]:8786"],
)
def test_addresses_of_every_kind_are_understood(address: str) -> None:
    check_address(address)


def test_without_dask_the_problem_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    with complaint() as said:
        check_address("10.0.0.5:8786")
    assert said == [
        '--cluster: support for clusters is not installed; run pip install "approvalsim[cluster]"'
    ]


@pytest.fixture
def port() -> Iterator[socket.socket]:
    """A port of this machine that listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def address_of(port: socket.socket) -> str:
    return f"tcp://127.0.0.1:{port.getsockname()[1]}"


def test_where_nobody_listens_or_answers_there_is_no_scheduler(
    port: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    silent = address_of(port)
    with complaint() as said, Cluster(silent):
        pass
    assert said[0].startswith(f"--cluster: {silent} did not answer within 0.5 s")
    port.close()
    with complaint() as said, Cluster(silent):
        pass
    assert said[0].startswith(f"--cluster: {silent} did not answer within 0.5 s")


def test_somebody_else_who_listens_is_no_scheduler(port: socket.socket) -> None:
    def answer() -> None:
        caller, _ = port.accept()
        with caller:
            caller.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")

    answering = Thread(target=answer)
    answering.start()
    with complaint() as said, Cluster(address_of(port)):
        pass
    answering.join()
    assert said[0].startswith(f"--cluster: cannot talk to a dask scheduler at {address_of(port)}: ")


def test_a_scheduler_without_workers_is_not_waited_for_forever(
    frail: Machines, impatient: None
) -> None:
    with complaint() as said, Cluster(frail.address):
        pass
    assert said[0].startswith(f"--cluster: the cluster {frail.address} has had no worker for 0.5 s")


def test_when_all_workers_are_gone_what_was_done_stands(frail: Machines, impatient: None) -> None:
    (only,) = frail.workers(1)
    finish = partial(finishes.slowly, 0.05)
    with Cluster(frail.address) as connected:
        batches = run_on_cluster(connected, PLANS, 1, 10_000, finish=finish, engine="simpy")
        first = next(batches)
        only.kill()
        with pytest.raises(LostError) as caught:
            list(batches)
        with pytest.raises(LostError):
            next(run_on_cluster(connected, PLANS, 1, 1, finish=finish))
    assert [problem.sentence for problem in caught.value.problems] == ["no_workers"]
    number = len(first[0].replications)
    assert apart([first], list(run_together(PLANS, 1, number, workers=1))) == [(), ()]


def test_a_batch_that_kills_worker_after_worker_ends_the_run(frail: Machines) -> None:
    frail.workers(2)
    with Cluster(frail.address) as connected, pytest.raises(LostError) as caught:
        list(run_on_cluster(connected, PLANS, 1, 1, finish=finishes.dying, engine="simpy"))
    (problem,) = caught.value.problems
    assert (problem.sentence, problem.words["count"]) == ("workers_died", 2)


def test_a_scheduler_that_ends_ends_the_run(tmp_path: Path) -> None:
    finish = partial(finishes.slowly, 0.05)
    with Machines(tmp_path) as mortal:
        mortal.workers(1)
        with Cluster(mortal.address) as connected:
            batches = run_on_cluster(connected, PLANS, 1, 10_000, finish=finish, engine="simpy")
            next(batches)
            mortal.processes[0].kill()
            with pytest.raises(LostError) as caught:
                list(batches)
    assert [problem.sentence for problem in caught.value.problems] == ["cluster_lost"]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this program lies with a word of the model changed."""
    folder = tmp_path_factory.mktemp("changed")
    original = Path(approvalsim.__file__).parent
    shutil.copytree(original, folder / "approvalsim", ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "approvalsim" / "luck.py").open("a", encoding="utf-8") as source:
        source.write("# not the same\n")
    return folder


def test_a_worker_of_another_program_is_named_and_refused_whenever_it_joins(
    machines: Machines, changed: Path
) -> None:
    finish = partial(finishes.slowly, 0.1)
    with Cluster(machines.address) as connected:
        batches = run_on_cluster(connected, PLANS, 1, 10_000, finish=finish, engine="simpy")
        next(batches)
        (stranger,) = machines.workers(1, changed)
        with complaint() as said:
            list(batches)
    with complaint() as again, Cluster(machines.address):
        pass
    stranger.kill()
    assert said == again
    here = identity()["approvalsim/*.py"]
    assert f"here it is {here}; results are the same to the last bit only if" in said[0]


def test_a_worker_without_this_program_is_named_and_refused(
    machines: Machines, tmp_path: Path
) -> None:
    (tmp_path / "approvalsim").mkdir()
    (tmp_path / "approvalsim" / "__init__.py").write_text("")
    (stranger,) = machines.workers(1, tmp_path)
    with complaint() as said, Cluster(machines.address):
        pass
    stranger.kill()
    assert "cannot run approvalsim: " in said[0]
    assert "No module named 'approvalsim.cluster'" in said[0]


def test_differences_are_put_together_and_the_most_telling_comes_first() -> None:
    same = identity()
    older = {**same, "approvalsim": "0.0.9", "approvalsim/*.py": "0123456789ab", "numpy": "1.0"}
    places = {"a": same, "b": older, "c": {**same, "numpy": "1.0"}, "d": older}
    found = cluster._differences({**places, "e": ModuleNotFoundError("no approvalsim")})
    assert [problem.text("en").split(";")[0] for problem in found] == [
        f"--cluster: b, d: approvalsim is 0.0.9, here it is {same['approvalsim']}",
        f"--cluster: c: numpy is 1.0, here it is {same['numpy']}",
        "--cluster: e: cannot run approvalsim: no approvalsim",
    ]


# --- the engine of a worker ----------------------------------------------------------------------


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Compilations of the kernel on a worker where it is not ready; each is done at once."""
    done: list[str] = []
    monkeypatch.setattr(cluster, "_compiling", cluster.Lock())
    monkeypatch.setattr(kernel_cache, "is_ready", lambda: bool(done))
    monkeypatch.setattr(kernel_cache, "warm_up", lambda: not done.append("compiled"))
    return done


def test_a_worker_uses_simpy_until_it_has_compiled_the_kernel_which_it_does_once(
    compilations: list[str],
) -> None:
    assert engine_here("auto") == "simpy"
    while not compilations:
        time.sleep(0.01)
    assert engine_here("auto") == "kernel"
    assert compilations == ["compiled"] * 2  # and then it asks, in vain, whether it is there


def test_a_worker_told_to_use_simpy_compiles_nothing(compilations: list[str]) -> None:
    assert engine_here("simpy") == "simpy"
    assert compilations == []


# --- how much is sent at a time ------------------------------------------------------------------


class Pretended:
    """A cluster without machines: what comes back is the numbers of the replications."""

    def __init__(self, threads: int, seconds: Callable[[int], float]) -> None:
        self.threads, self.seconds = threads, seconds
        self.parts: list[range] = []
        self.most = self.under_way = 0

    def submit(self, work: Callable[[range], Any], part: range) -> Future[Any]:
        self.parts.append(part)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return Later(self, part)


class Later(Future[Any]):
    def __init__(self, owner: Pretended, part: range) -> None:
        super().__init__()
        self.owner, self.part = owner, part

    def result(self, timeout: float | None = None) -> Any:
        self.owner.under_way -= 1
        return [list(self.part)], self.owner.seconds(len(self.part))

    def cancel(self) -> bool:
        self.owner.under_way -= 1
        return super().cancel()


@given(
    st.integers(0, 300),
    st.integers(1, 5),
    st.integers(1, 4) | st.none(),
    st.floats(1e-6, 2.0) | st.just(0.0),
)
def test_every_replication_is_sent_once_and_as_many_at_a_time_as_are_worth_it(
    number: int, threads: int, workers: int | None, pace: float
) -> None:
    pretended = Pretended(threads, lambda size: pace * size)
    batches = run_on_cluster(
        pretended,  # type: ignore[arg-type]
        PLANS[:1],
        1,
        number,
        finish=finishes.numbers,
        workers=workers,
        engine="simpy",
    )
    assert [k for batch in batches for k in batch] == list(range(number))
    assert [k for part in pretended.parts for k in part] == list(range(number))
    assert pretended.most <= 2 * (workers or threads)
    sizes = [len(part) for part in pretended.parts]
    assert all(after <= 2 * before for before, after in pairwise(sizes))
    under_way = pretended.most
    assert all(pace * size <= 0.5 or size == 1 for size in sizes[under_way:])


def test_what_is_closed_early_is_cancelled() -> None:
    pretended = Pretended(3, lambda _: 1.0)
    batches = run_on_cluster(
        pretended,  # type: ignore[arg-type]
        PLANS,
        1,
        1_000,
        finish=finishes.numbers,
        engine="simpy",
    )
    with closing(batches):
        next(batches)
        assert pretended.under_way == 5
    assert pretended.under_way == 0
