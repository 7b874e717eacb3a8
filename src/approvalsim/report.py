"""Results as JSON, and the manifest that lets anybody repeat them.

The keys are a promise to outsiders: values are days unless a name says otherwise, ``null`` stands
for what cannot be told.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from errno import EACCES, EISDIR
from hashlib import sha256
from math import isfinite
from os import W_OK, access, strerror
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict  # pydantic needs this one before Python 3.12

from approvalsim import __version__
from approvalsim.comparison import Comparison
from approvalsim.errors import Problem, ScenarioError
from approvalsim.estimate import Estimate
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_save import write_safely
from approvalsim.summary import MilestoneSummary, StartRate, Summary

Json = dict[str, Any]
Command = Literal["run", "compare", "trace", "sensitivity", "sweep"]


class Other(TypedDict):
    """The second scenario of a comparison."""

    scenario: str
    scenario_hash: str
    file: str


@dataclass(frozen=True)
class Manifest:
    """What has to be the same for a result to come out the same."""

    command: Command
    scenario: str
    scenario_hash: str
    file: str
    """How the caller named the scenario: a path or a shipped id."""
    seed: Annotated[int, Field(ge=0, lt=2**63)]
    replications: Annotated[int, Field(ge=1)]
    engine: str
    version: str
    other: Other | None = None
    """For a comparison of two files, the second one."""
    policy: Literal["on", "off"] | None = None
    """``on`` or ``off`` where the caller switched the commitment policy."""
    supervision: Literal["on", "off"] | None = None
    """``on`` or ``off`` where the caller switched supervision."""
    reform: Literal["supervision"] | None = None
    """For a comparison of one scenario, what is off and on; left out: the commitment policy."""
    milestone: str | None = None
    """To which times are counted; left out: the one the scenario says."""
    partial: bool = False
    """The run was interrupted: fewer replications than asked for."""
    result_hash: str = ""
    replication: Annotated[int, Field(ge=0)] | None = None
    """For a trace: which replication."""
    project: str | None = None
    """For a trace: the only project it follows."""
    method: Literal["tornado", "sobol"] | None = None
    """For a sensitivity analysis, as are the next four."""
    outcome: Literal["mean", "p50", "p80", "effective", "start-rate"] | None = None
    """What the inputs are judged by."""
    day: str | None = None
    """At whose end the start rate is asked."""
    samples: Annotated[int, Field(ge=1)] | None = None
    """Of Sobol's sequence; fewer than asked for where the analysis was interrupted."""
    inputs: Annotated[int, Field(ge=0)] | None = None
    """How many inputs were done before the analysis was interrupted."""
    settings: tuple[str, ...] | None = None
    """For a sweep: the values each input takes."""

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        """Read a manifest, alone or inside a result file.

        Raises `ScenarioError` where there is none.
        """
        return cls.of(read_result(path), path)

    @classmethod
    def of(cls, content: Json, path: Path) -> "Manifest":
        """The manifest of a result, or the result's content if that is a manifest itself."""
        found = content.get("manifest", content)
        try:
            manifest = TypeAdapter(cls).validate_json(json.dumps(found), strict=True)
            unusable = [] if manifest.result_hash else ["result_hash"]
        except ValidationError as error:
            unusable = [".".join(map(str, problem["loc"])) for problem in error.errors()]
        if unusable:
            words = {"missing": ", ".join(name or "manifest" for name in unusable)}
            raise ScenarioError([Problem("not_manifest", words=words, file=str(path))])
        return manifest


def read_result(path: Path) -> Json:
    """The content of a result file; raises `ScenarioError` where it is not one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScenarioError([Problem("no_file", file=str(path))]) from None
    except OSError as error:
        words: Json = {"reason": error.strerror or error}
        raise ScenarioError([Problem("unreadable", words=words, file=str(path))]) from None
    except (ValueError, RecursionError) as error:
        words = {"reason": error}
        raise ScenarioError([Problem("not_json", words=words, file=str(path))]) from None
    if not isinstance(content, dict):
        words = {"reason": type(content).__name__}
        raise ScenarioError([Problem("not_json", words=words, file=str(path))])
    return content


def check_writable(path: Path) -> None:
    """Make the folder of a file to be written; raises `ScenarioError` where it cannot be written.

    Asked before a long run, so that its result has a place to go.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        if not access(path if path.exists() else path.parent, W_OK):
            raise PermissionError(EACCES, strerror(EACCES))
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from None


def write_text(text: str, path: Path) -> None:
    """Write a result file, whole or not at all; raises `ScenarioError` where that fails."""
    check_writable(path)
    if path.is_file() or not path.exists():
        write_safely(path, text)
        return
    try:  # a pipe or a device, which must not be replaced
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: Path, error: Exception) -> ScenarioError:
    words = {"reason": getattr(error, "strerror", None) or error}
    return ScenarioError([Problem("cannot_write", words=words, file=str(path))])


def result(manifest: Manifest, figures: Json, scenarios: Sequence[Scenario]) -> Json:
    """A whole result: manifest, figures, and the scenarios themselves, so that it stands alone."""
    sealed = asdict(manifest) | {"result_hash": result_hash(figures)}
    return {
        "manifest": {name: value for name, value in sealed.items() if value is not None},
        **figures,
        "scenarios": {
            content_hash(scenario): scenario.model_dump(
                mode="json", by_alias=True, exclude_defaults=True
            )
            for scenario in scenarios
        },
    }


def result_hash(figures: Json) -> str:
    """SHA-256 of all figures to the last bit."""
    return sha256(json.dumps(figures, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def json_text(content: Json) -> str:
    """JSON as written to files: readable, Chinese unescaped, floats in full."""
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def new_manifest(
    command: Command,
    scenario: Scenario,
    file: str,
    seed: int,
    replications: int,
    engine: str,
    **more: Any,
) -> Manifest:
    """The manifest of a run of this version of the program."""
    return Manifest(
        command,
        scenario.id,
        content_hash(scenario),
        file,
        seed,
        replications,
        engine,
        __version__,
        milestone=scenario.measure,
        **more,
    )


def summary_figures(summary: Summary) -> Json:
    """A summary under the promised keys."""
    commitments = summary.commitments
    counted = ("relaxed", "obligations", "breaches", "stop_work_days")
    rounded = {"quantiles_rounded_to": summary.grid} if summary.grid else {}
    return {
        "measure": summary.measure,
        "projects": summary.projects,
        **rounded,
        "time_to_groundbreaking": _estimates(asdict(summary.times)),
        "working_days_to_groundbreaking": _estimates(asdict(summary.working_times)),
        "reach": asdict(summary.reach),
        "start_rate": [_start_rate(rate) for rate in summary.start_rates],
        "milestones": {name: _milestone(part) for name, part in summary.milestones.items()},
        "stages": {name: asdict(stage) for name, stage in summary.stages.items()},
        "other_on_path": summary.other_on_path,
        "departments": {name: asdict(load) for name, load in summary.departments.items()},
        "commitments": {
            "share": commitments.share,
            **{name: finite(getattr(commitments, name).value) for name in counted},
            "intervals": {name: estimate_figures(getattr(commitments, name)) for name in counted},
            "effective_time": estimate_figures(commitments.effective_mean),
        },
    }


def comparison_figures(comparison: Comparison) -> Json:
    """A comparison under the promised keys."""
    difference = comparison.difference
    times = {
        name: estimate_figures(getattr(difference, name))
        for name in ("mean", "p10", "p50", "p80", "p90", "effective_mean")
    }
    rates = [{"date": str(day), **estimate_figures(rate)} for day, rate in difference.start_rates]
    return {
        "a": summary_figures(comparison.a),
        "b": summary_figures(comparison.b),
        "difference": {**times, "start_rate": rates},
        "pairs": asdict(comparison.pairs),
        "earlier": comparison.earlier,
        "later": comparison.later,
        "equal": comparison.equal,
        "large_gain": comparison.large_gain,
        "gain_by_stage": dict(comparison.gain_by_stage),
        "gain_elsewhere": comparison.gain_elsewhere,
        "price": _estimates(asdict(comparison.price)),
        "variance_reduction": finite(comparison.variance_reduction),
    }


def _start_rate(rate: StartRate) -> Json:
    without = rate.rate_without_dropouts
    return {
        "date": str(rate.date),
        "signed": rate.signed,
        "started": rate.started,
        "rate": finite(rate.rate.value),
        "low": finite(rate.rate.low),
        "high": finite(rate.rate.high),
        "rate_without_dropouts": finite(without.value),
        "rate_without_dropouts_low": finite(without.low),
        "rate_without_dropouts_high": finite(without.high),
    }


def _milestone(milestone: MilestoneSummary) -> Json:
    return {
        "reached": milestone.reached,
        "p50": estimate_figures(milestone.p50),
        "rate": [{"date": str(day), **estimate_figures(rate)} for day, rate in milestone.rates],
    }


def _estimates(found: Mapping[str, Mapping[str, float]]) -> Json:
    return {
        name: {bound: finite(value) for bound, value in estimate.items()}
        for name, estimate in found.items()
    }


def estimate_figures(estimate: Estimate) -> Json:
    """An estimate under the promised keys."""
    return {name: finite(value) for name, value in asdict(estimate).items()}


def finite(value: float) -> float | None:
    """JSON knows no infinity and no nan."""
    return value if isfinite(value) else None


def start_rate_dates(scenario: Scenario, other: Scenario | None = None) -> tuple[date, ...]:
    """The dates at which the scenario, or else its counterpart, asks for start rates."""
    return scenario.run.start_rate_on or (other.run.start_rate_on if other else ())
