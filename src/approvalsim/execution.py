"""Run experiments for a person who watches: progress, interruption, precision.

What is done when Ctrl-C comes is kept and marked as partial.
"""

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from math import inf
from typing import Any

from approvalsim.comparison import paired_gaps, paired_times
from approvalsim.engines import Asked, Engine, chosen
from approvalsim.errors import Problem, ScenarioError
from approvalsim.estimate import quantile_differences, quantiles
from approvalsim.experiment import Precision, run_together, until_precise
from approvalsim.facts import Facts, joined
from approvalsim.plan import Plan
from approvalsim.scenario import Scenario
from approvalsim.summary import mean_time

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
    engine: Engine = "simpy"


@dataclass(frozen=True, eq=False)
class Outcome:
    """The facts of each plan; partial where the run was interrupted."""

    facts: Batch
    partial: bool
    missed: float | None = None
    """The half-width reached, where it is more than was asked for."""

    @property
    def replications(self) -> int:
        """How many replications were done."""
        return len(self.facts[0].replications)


def effort_for(
    scenario: Scenario,
    replications: int | None,
    seed: int | None,
    workers: int | None,
    engine: Asked,
    precision: str | None,
    measure: str,
    cap: int,
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
    return Effort(
        replications=replications or scenario.run.replications,
        seed=scenario.run.seed if seed is None else seed,
        workers=workers,
        engine=chosen(engine),
        precision=None if precision is None else precision_of(precision, cap),
        measure=measure,
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


def perform(plans: Sequence[Plan], effort: Effort, title: str) -> Outcome:
    """Run the plans under the same luck, with a progress bar on a terminal.

    Raises `KeyboardInterrupt` only where not even one batch was done.
    """
    batches: list[Batch] = []
    partial = False
    with _progress(title, effort) as advance, closing(_batches(plans, effort)) as source:
        try:
            for batch in source:
                batches.append(batch)
                advance(len(batch[0].replications))
        except KeyboardInterrupt:
            if not batches:
                raise
            partial = True
    facts = _together(batches)
    return Outcome(facts, partial, None if partial else _missed(facts, effort))


def _missed(facts: Batch, effort: Effort) -> float | None:
    """How wide the interval still is, where the cap came before the precision asked for."""
    if effort.precision is None:
        return None
    width = _half_width(facts, effort.measure)
    return width if width > effort.precision.half_width else None


def _together(batches: Sequence[Batch]) -> Batch:
    return tuple(joined(parts) for parts in zip(*batches, strict=True))


def _batches(plans: Sequence[Plan], effort: Effort) -> Generator[Batch, None, None]:
    def some(numbers: range) -> Generator[Batch, None, None]:
        return run_together(
            plans, effort.seed, numbers, workers=effort.workers, engine=effort.engine
        )

    if effort.precision is None:
        return some(range(effort.replications))
    return until_precise(
        some, lambda batches: _half_width(_together(batches), effort.measure), effort.precision
    )


def _half_width(facts: Batch, measure: str) -> float:
    """Of one experiment the measure itself, of two the paired difference."""
    a, b = facts[0], facts[-1]
    if measure == "mean":
        days = paired_gaps(a, b) if len(facts) == 2 else a.time_to_measure
        return mean_time(days).estimate().half_width
    shares = (int(measure[1:]) / 100,)
    if len(facts) == 2:
        found = quantile_differences(*paired_times(a, b), shares)
    else:
        found = quantiles(a.time_to_measure, shares)
    return found[0].half_width


def _progress(title: str, effort: Effort) -> AbstractContextManager[Callable[[int], Any]]:
    """A progress bar on stderr where that is a terminal; else nothing."""
    if not sys.stderr.isatty():
        return nullcontext(lambda _: None)
    return _Bar(title, None if effort.precision else effort.replications)


class _Bar:
    """Rich's progress bar as a function of replications done."""

    def __init__(self, title: str, total: int | None) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(title, total=total)

    def __enter__(self) -> Callable[[int], Any]:
        self._progress.start()
        return lambda done: self._progress.advance(self._task, done)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
