"""The analyses a person asks for, from scenario to sealed result: tornado, Sobol, sweep.

What is done when Ctrl-C comes is kept: a tornado of some inputs, indices from fewer samples, the
points of a sweep in their journal.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from approvalsim import sobol as variance
from approvalsim import sweep as grids
from approvalsim.engines import Asked, chosen
from approvalsim.errors import Problem, ScenarioError
from approvalsim.estimate import Estimate, mean_time
from approvalsim.findings import point_figures, sobol_figures, tornado_figures
from approvalsim.progress import progress
from approvalsim.report import Json, Manifest, estimate_figures, new_manifest, result
from approvalsim.scenario import Scenario
from approvalsim.sensitivity import Base, Effect, base_of, effects, ranked, variants
from approvalsim.sweep_file import Journal, contents
from approvalsim.uncertainty import uncertain_inputs
from approvalsim.yardstick import Measure, SameLuck, Yardstick

SOBOL_REPLICATIONS = 25
"""Replications of a point unless the caller says otherwise: there are thousands of points."""


@dataclass(frozen=True, eq=False)
class TornadoDone:
    """All effects, ranked; of an interrupted analysis those of the first inputs."""

    base: Base
    effects: tuple[Effect, ...]
    inputs: int
    """How many inputs there are."""
    manifest: Manifest
    result: Json


@dataclass(frozen=True, eq=False)
class SobolDone:
    """The indices of all inputs; of an interrupted analysis from fewer samples."""

    scenario: Scenario
    yardstick: Yardstick
    indices: tuple[variance.Index, ...]
    manifest: Manifest
    result: Json


@dataclass(frozen=True, eq=False)
class SweepPlan:
    """A sweep that has been thought through: every point of it is sound."""

    grid: grids.Grid
    luck: SameLuck
    manifest: Manifest


@dataclass(frozen=True, eq=False)
class SweepDone:
    """All points of a sweep, as they stand in its file."""

    grid: grids.Grid
    base: Estimate
    """Mean time of the scenario as it stands."""
    manifest: Manifest
    result: Json


def luck_for(
    scenario: Scenario,
    replications: int | None,
    seed: int | None,
    workers: int | None,
    engine: Asked,
) -> SameLuck:
    """What a caller asks for, and where he says nothing, what the scenario says."""
    return SameLuck(
        seed=scenario.run.seed if seed is None else seed,
        replications=replications or scenario.run.replications,
        engine=chosen(engine),
        workers=workers,
    )


def yardstick_for(scenario: Scenario, measure: Measure, day: date | None) -> Yardstick:
    """The yardstick asked for; a start rate without a date is that of the scenario's first.

    Raises `ScenarioError` where no date is known, or one is given that cannot be used.
    """
    if measure != "start-rate":
        if day is not None:
            raise _wrong_date("只用于 --measure start-rate", "goes with --measure start-rate only")
        return Yardstick(measure)
    day = day or next(iter(scenario.run.start_rate_on), None)
    if day is None:
        raise _wrong_date(
            "方案没有列出动工率的日期（start_rate_on），请给出一个",
            "the scenario names no dates for start rates (start_rate_on); give one",
        )
    if day < scenario.start or (scenario.end and day > scenario.end):
        span = f"{scenario.start} – {scenario.end or '…'}"
        raise _wrong_date(f"{day} 不在方案的时间范围 {span} 内", f"{day} is outside {span}")
    return Yardstick(measure, day)


def _wrong_date(reason: str, reason_en: str) -> ScenarioError:
    words = {"option": "--on", "reason": reason, "reason_en": reason_en}
    return ScenarioError([Problem("option", words=words)])


def tornado(
    scenario: Scenario, file: str, yardstick: Yardstick, luck: SameLuck, only: int | None = None
) -> TornadoDone:
    """Move every uncertain input by itself, or ``only`` the first so many.

    Raises `KeyboardInterrupt` only where not even one input was done.
    """
    inputs = len(uncertain_inputs(scenario))
    total = (1 + variants(scenario)) * luck.replications
    found: list[tuple[Effect, ...]] = []
    partial = False
    with progress(scenario.id, total) as advance:
        base = base_of(scenario, yardstick, luck, advance)
        with closing(effects(base, advance)) as source:
            try:
                found.extend(islice(source, only))  # what came before an interruption stays
            except KeyboardInterrupt:
                if not found:
                    raise
                partial = True
    some = len(found) if len(found) < inputs else None
    manifest = _asked(
        scenario, file, luck, yardstick, method="tornado", inputs=some, partial=partial
    )
    order = ranked(effect for both in found for effect in both)
    sealed = result(manifest, tornado_figures(base, order), [scenario])
    return TornadoDone(base, order, inputs, manifest, sealed)


def sobol(
    scenario: Scenario, file: str, yardstick: Yardstick, luck: SameLuck, samples: int
) -> SobolDone:
    """Move all uncertain inputs at once, at so many samples of Sobol's sequence.

    Raises `KeyboardInterrupt` only where there is too little for any index.
    """
    design = variance.design_of(scenario, samples, luck.seed)
    found: list[variance.Floats] = []
    total = len(design.points) * luck.replications
    with (
        progress(scenario.id, total) as advance,
        closing(variance.outcomes(design, yardstick, luck, advance)) as source,
    ):
        try:
            found.extend(source)
        except KeyboardInterrupt:
            if len(found) < variance.FEWEST:
                raise
    used = variance.usable(len(found))
    indices = variance.indices(design, found[:used])
    manifest = _asked(
        scenario, file, luck, yardstick, method="sobol", samples=used, partial=used < samples
    )
    figures = sobol_figures(scenario.measure, yardstick, used, indices)
    return SobolDone(scenario, yardstick, indices, manifest, result(manifest, figures, [scenario]))


def sweep_plan(scenario: Scenario, file: str, settings: Sequence[str], luck: SameLuck) -> SweepPlan:
    """The sweep that the settings describe; raises `ScenarioError` with all that is wrong."""
    grid = grids.grid_of(scenario, settings)
    manifest = new_manifest(
        "sweep",
        scenario,
        file,
        luck.seed,
        luck.replications,
        luck.engine,
        settings=tuple(axis.setting for axis in grid.axes),
    )
    return SweepPlan(grid, luck, manifest)


def sweep(plan: SweepPlan, journal: Journal | None = None) -> SweepDone:
    """Compute every point that is not in the journal yet, and write the journal's file.

    On `KeyboardInterrupt` the journal holds what is done.
    """
    grid, luck, scenario = plan.grid, plan.luck, plan.grid.scenario
    points = journal.points if journal else {}
    total = (1 + len(grid.points) - len(points)) * luck.replications
    with progress(scenario.id, total) as advance:
        base = grids.compared_with(scenario, luck, advance)
        with closing(grids.figures(grid, base, tuple(points), advance)) as source:
            for number, figures in source:
                points[number] = point_figures(grid, number, figures)
                if journal:
                    journal.add(number, points[number])
    level = mean_time(base.times).estimate()
    found = {
        "measure": scenario.measure,
        "base": estimate_figures(level),
        "points": [points[number] for number in sorted(points)],
    }
    sealed = result(plan.manifest, found, [scenario])
    if journal:
        journal.finish(*contents(journal.target, sealed, grid))
    return SweepDone(grid, level, plan.manifest, sealed)


def _asked(
    scenario: Scenario, file: str, luck: SameLuck, yardstick: Yardstick, **more: Any
) -> Manifest:
    return new_manifest(
        "sensitivity",
        scenario,
        file,
        luck.seed,
        luck.replications,
        luck.engine,
        outcome=yardstick.measure,
        day=str(yardstick.day) if yardstick.day else None,
        **more,
    )
