"""Run experiments for a person who watches: progress, interruption, precision.

What is done when Ctrl-C comes is kept and marked as partial.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import TYPE_CHECKING, Generic

from approvalsim.digest import AnyDigest, Gathered
from approvalsim.engines import Asked, chosen
from approvalsim.errors import LostError, Problem, ScenarioError
from approvalsim.estimate import Estimate
from approvalsim.experiment import (
    Finish,
    Precision,
    batch_size,
    run_on_cluster,
    run_together,
    until_precise,
)
from approvalsim.facts import Facts
from approvalsim.plan import Plan
from approvalsim.progress import progress
from approvalsim.scenario import Scenario

if TYPE_CHECKING:
    from approvalsim.cluster import Cluster

MEASURES = ("mean", "p10", "p50", "p80", "p90")
"""What a precision may be asked of."""

Batch = tuple[Facts, ...]


@dataclass(frozen=True)
class Effort:
    """How much to run: so many replications, or until a measure is known well enough."""

    replications: int
    seed: int
    workers: int | None = None
    precision: Precision | None = None
    measure: str = "mean"
    engine: Asked = "simpy"
    """On a cluster, ``auto`` is the engine that each worker has."""
    cluster: str | None = None
    """Address of the scheduler whose workers shall run it, instead of this machine."""


@dataclass(frozen=True, eq=False)
class Aim(Generic[AnyDigest]):
    """What shall be known: of one run, or of two side by side."""

    finish: Finish[AnyDigest]
    """What to count of a batch."""
    estimate: Callable[[AnyDigest, str], Estimate]
    """One of the `MEASURES`, by what was counted."""


@dataclass(frozen=True, eq=False)
class Outcome(Generic[AnyDigest]):
    """What was counted of all replications; partial where the run was interrupted."""

    digest: AnyDigest
    partial: bool
    missed: float | None = None
    """The half-width reached, where it is more than was asked for."""
    lost: tuple[Problem, ...] = ()
    """Why a cluster could not finish it."""

    @property
    def replications(self) -> int:
        """How many replications were done."""
        return self.digest.replications


def effort_for(
    scenario: Scenario,
    replications: int | None,
    seed: int | None,
    workers: int | None,
    engine: Asked,
    precision: str | None,
    measure: str,
    cap: int,
    cluster: str | None = None,
) -> Effort:
    """What a caller asks for, and where he says nothing, what the scenario says.

    Raises `ScenarioError` where the wishes contradict each other or cannot be met.
    """
    if precision is not None and replications:
        words = {
            "option": "-n",
            "reason": "不能与 --precision 同时使用；上限用 --cap",
            "reason_en": "cannot be used together with --precision; its limit is --cap",
        }
        raise ScenarioError([Problem("option", words=words)])
    if cluster is not None:
        from approvalsim.cluster import check_address  # noqa: PLC0415 - only now, as below

        check_address(cluster)
    return Effort(
        replications=replications or scenario.run.replications,
        seed=scenario.run.seed if seed is None else seed,
        workers=workers,
        engine=chosen(engine) if cluster is None else engine,
        precision=None if precision is None else precision_of(precision, cap),
        measure=measure,
        cluster=cluster,
    )


def precision_of(text: str, cap: int) -> Precision:
    """Understand ``2d`` or ``2``: days of half-width; raises `ScenarioError` on anything else."""
    days = text.strip().removesuffix("d").removesuffix("天")
    try:
        half_width = float(days)
    except ValueError:
        half_width = 0.0
    if not 0 < half_width < inf:
        raise ScenarioError([Problem("bad_precision", ("--precision",), {"found": text})])
    return Precision(half_width, cap)


def perform(
    plans: Sequence[Plan],
    effort: Effort,
    title: str,
    aim: Aim[AnyDigest],
    keep: Callable[[Batch], object] | None = None,
) -> Outcome[AnyDigest]:
    """Run the plans under the same luck, with a progress bar on a terminal.

    ``keep`` is given the facts of each batch, which else are not kept at all. Raises
    `KeyboardInterrupt`, or `LostError` of a cluster, only where not even one batch was done.
    """
    gathered = Gathered[AnyDigest]()

    def half_width() -> float:
        return aim.estimate(gathered.whole(), effort.measure).half_width

    interrupted, lost = False, ()
    total = None if effort.precision else effort.replications
    finish = partial(_finish, aim.finish, keep is not None)
    most = batch_size(plans, "kernel") if keep else None  # facts are too many to wait beside others
    with (
        _cluster(effort) as cluster,
        progress(title, total) as advance,
        closing(_batches(plans, effort, finish, half_width, cluster, most)) as source,
    ):
        try:
            for digest, facts in source:
                if keep and facts:
                    keep(facts)
                gathered.add(digest)
                advance(digest.replications)
        except (KeyboardInterrupt, LostError) as stop:
            if not gathered:
                raise
            interrupted, lost = True, getattr(stop, "problems", ())
    missed = None
    if effort.precision and not interrupted:
        width = half_width()
        missed = width if width > effort.precision.half_width else None
    return Outcome(gathered.whole(), interrupted, missed, lost)


def _cluster(effort: Effort) -> "AbstractContextManager[Cluster | None]":
    if effort.cluster is None:
        return nullcontext()
    from approvalsim.cluster import Cluster  # noqa: PLC0415

    return Cluster(effort.cluster)


def _finish(
    finish: Finish[AnyDigest], with_facts: bool, facts: Batch
) -> tuple[AnyDigest, Batch | None]:
    return finish(facts), facts if with_facts else None


def _batches(
    plans: Sequence[Plan],
    effort: Effort,
    finish: Finish[tuple[AnyDigest, Batch | None]],
    half_width: Callable[[], float],
    cluster: "Cluster | None",
    most: int | None,
) -> Generator[tuple[AnyDigest, Batch | None], None, None]:
    def some(numbers: range) -> Generator[tuple[AnyDigest, Batch | None], None, None]:
        seed, workers, engine = effort.seed, effort.workers, effort.engine
        if cluster is not None:
            return run_on_cluster(
                *(cluster, plans, seed, numbers),
                finish=finish,
                most=most,
                workers=workers,
                engine=engine,
            )
        here = chosen("auto") if engine == "auto" else engine
        return run_together(plans, seed, numbers, finish=finish, workers=workers, engine=here)

    if effort.precision is None:
        return some(range(effort.replications))
    return until_precise(some, half_width, effort.precision)
