"""What analyses find, as JSON: effects and indices of inputs, points of a sweep.

As in `report`, the keys are a promise to outsiders, and ``null`` stands for what cannot be told.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from approvalsim.report import Json, estimate_figures, finite
from approvalsim.sensitivity import Base, Effect, Moved
from approvalsim.sobol import Index
from approvalsim.sweep import Figures, Grid
from approvalsim.uncertainty import HIGH, LOW, MORE, Input
from approvalsim.yardstick import Yardstick


def tornado_figures(base: Base, effects: Sequence[Effect]) -> Json:
    """All effects as they are ranked, behind the level they start from."""
    return {
        **_asked(base.scenario.measure, base.yardstick),
        "method": "tornado",
        "base": estimate_figures(base.level),
        "effects": [
            {
                **_input(effect.input),
                "change": effect.change,
                "low": _moved(effect.low),
                "high": _moved(effect.high),
                "swing": finite(effect.swing),
            }
            for effect in effects
        ],
    }


def sobol_figures(
    measure: str, yardstick: Yardstick, samples: int, indices: Sequence[Index]
) -> Json:
    """All indices in the order of the scenario, and what their inputs were varied over."""
    return {
        **_asked(measure, yardstick),
        "method": "sobol",
        "samples": samples,
        "indices": [
            {
                **_input(index.input),
                "range": input_range(index.input),
                "first": estimate_figures(index.first),
                "total": estimate_figures(index.total),
            }
            for index in indices
        ],
    }


def point_figures(grid: Grid, number: int, figures: Figures) -> Json:
    """One point of a sweep."""
    point = grid.points[number]
    return {
        "inputs": {
            axis.name: str(value) if isinstance(value, date) else value
            for axis, value in zip(grid.axes, point, strict=True)
        },
        "mean": estimate_figures(figures.mean),
        "p50": estimate_figures(figures.p50),
        "p80": estimate_figures(figures.p80),
        "reached": figures.reached,
        "start_rate": [
            {"date": str(day), **estimate_figures(rate)}
            for day, rate in zip(grid.scenario.run.start_rate_on, figures.start_rates, strict=True)
        ],
        "difference": estimate_figures(figures.difference),
        "breaches": estimate_figures(figures.breaches),
        "stop_work_days": estimate_figures(figures.stop_work_days),
    }


def input_range(one: Input) -> str:
    """What an input is varied over when all inputs vary at once."""
    if one.is_time:
        return f"p{LOW * 100:.0f}..p{HIGH * 100:.0f}"
    return "-1..+1" if one.kind == "reviewers" else f"{-MORE:+.0%}..{MORE:+.0%}"


def mark(one: Input) -> str:
    """Where an input's numbers come from: ``source``, ``assumed``, ``both`` or ``none``."""
    sourced = any(found.source for found in one.evidence)
    assumed = any(found.assumed for found in one.evidence)
    if sourced and assumed:
        return "both"
    return "source" if sourced else "assumed" if assumed else "none"


def _asked(measure: str, yardstick: Yardstick) -> Json:
    asked: dict[str, Any] = {"measure": measure, "outcome": yardstick.measure}
    return asked | ({"date": str(yardstick.day)} if yardstick.day else {})


def _input(one: Input) -> Json:
    sources = dict.fromkeys(found.source for found in one.evidence if found.source)
    return {"input": one.path, "mark": mark(one), "sources": list(sources)}


def _moved(moved: Moved | None) -> Json | None:
    if moved is None:
        return None
    return {
        "to": moved.end.label,
        "value": moved.end.value,
        "difference": estimate_figures(moved.difference),
    }
