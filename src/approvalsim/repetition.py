"""Do again what a manifest describes, and say whether it came out the same."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from approvalsim.analyses import sobol, sweep, sweep_plan, tornado, yardstick_for
from approvalsim.engines import chosen
from approvalsim.errors import Problem, ScenarioError
from approvalsim.execution import Effort
from approvalsim.experiments import compare, measured, run, switched
from approvalsim.report import Json, Manifest, read_result
from approvalsim.scenario import Scenario, content_hash
from approvalsim.scenario_file import find, load
from approvalsim.story import tell
from approvalsim.validation import problems
from approvalsim.yardstick import SameLuck

WATCHED: Mapping[str, tuple[str, str]] = {
    "scenario_hash": ("方案内容", "scenario content"),
    "other": ("第二个方案", "second scenario"),
    "engine": ("引擎", "engine"),
    "version": ("程序版本", "program version"),
    "result_hash": ("结果", "result"),
}
"""What may have changed since a manifest was written, in words."""


@dataclass(frozen=True, eq=False)
class Repetition:
    """A result made again, beside the manifest it should agree with."""

    wanted: Manifest
    now: Manifest
    result: Json
    outdated: tuple[str, ...] = ()
    """Files that say something else now; what the result file kept was used instead."""

    @property
    def partial(self) -> bool:
        """Whether it was interrupted, so that nothing can be said."""
        return self.now.partial

    @property
    def same(self) -> bool:
        """Whether every figure came out the same to the last bit."""
        return self.now.result_hash == self.wanted.result_hash

    def changes(self, language: str) -> list[str]:
        """Everything that is not as it was, as lines for people."""
        lines = [
            f"{file} 此后已改动，这里用的是结果文件里保存的内容"
            if language == "zh"
            else f"{file} has changed since; what the result file kept of it was used"
            for file in self.outdated
        ]
        for name, words in WATCHED.items():
            then, now = getattr(self.wanted, name), getattr(self.now, name)
            if then not in (now, "auto"):  # the workers of a cluster had engines of their own
                word = words[language != "zh"]
                lines.append(
                    f"{word}{'：' if language == 'zh' else ': '}{_short(then)} → {_short(now)}"
                )
        return lines


def _short(value: object) -> str:
    """A part of a manifest in few characters."""
    if isinstance(value, Mapping):
        return f"{value['scenario']} {value['scenario_hash'][:12]}"
    text = str(value or "–")
    return text[:12] if len(text) == 64 else text


def repeat(path: Path, workers: int | None = None) -> Repetition:
    """Do again what a manifest or result file describes, be it a run, a comparison or an analysis.

    A result file carries its scenarios; a bare manifest names files, which may have changed.
    Raises `ScenarioError` where either cannot be read.
    """
    wanted = Manifest.read(path)
    kept = read_result(path).get("scenarios", {})
    scenario = _scenario(wanted.file, wanted.scenario_hash, wanted.milestone, kept, path)
    # The engines agree to the last bit, so a kernel that is not ready is no reason to wait.
    engine = chosen("simpy" if wanted.engine == "simpy" else "auto")
    effort = Effort(wanted.replications, wanted.seed, workers, engine=engine)
    if wanted.command == "run":
        policy, supervision = wanted.policy, wanted.supervision
        again = run(scenario, wanted.file, effort, policy, supervision=supervision).result
    elif wanted.command == "trace":
        number = wanted.replication or 0
        again = tell(
            scenario, wanted.file, number, wanted.project, wanted.seed, wanted.policy
        ).result()
    elif wanted.command in ("sensitivity", "sweep"):
        again = _analysis(
            scenario, wanted, SameLuck(wanted.seed, wanted.replications, engine, workers)
        )
    else:
        other, named = None, None
        if wanted.other:
            named = wanted.other["file"]
            other = _scenario(named, wanted.other["scenario_hash"], wanted.milestone, kept, path)
        of = wanted.reform or "commitment"
        again = compare(scenario, wanted.file, effort, other, named, of=of).result
    return Repetition(wanted, Manifest.of(again, path), again, _outdated(wanted, kept))


def _analysis(scenario: Scenario, wanted: Manifest, luck: SameLuck) -> Json:
    """The result of a sweep or of a sensitivity analysis, made again."""
    if wanted.command == "sweep":
        return sweep(sweep_plan(scenario, wanted.file, wanted.settings or (), luck)).result
    day = None if wanted.day is None else date.fromisoformat(wanted.day)
    yardstick = yardstick_for(scenario, wanted.outcome or "mean", day)
    if wanted.method == "sobol":
        return sobol(scenario, wanted.file, yardstick, luck, wanted.samples or 1).result
    return tornado(scenario, wanted.file, yardstick, luck, wanted.inputs).result


def _outdated(wanted: Manifest, kept: Any) -> tuple[str, ...]:
    """Files of a manifest that can be read and say something else than the result file kept."""
    files = {wanted.file: wanted.scenario_hash}
    if wanted.other:
        files[wanted.other["file"]] = wanted.other["scenario_hash"]
    found = []
    for file, hash_ in files.items():
        if not isinstance(kept, dict) or hash_ not in kept:
            continue
        with suppress(ScenarioError):
            now = measured(load(find(file)), wanted.milestone)
            if content_hash(switched(now, wanted.policy, wanted.supervision)) != hash_:
                found.append(file)
    return tuple(found)


def _scenario(file: str, wanted: str, milestone: str | None, kept: Any, path: Path) -> Scenario:
    """The scenario a result file carries, else the one its manifest names."""
    if not isinstance(kept, dict) or wanted not in kept:
        return measured(load(find(file)), milestone)
    try:
        scenario = Scenario.model_validate_json(json.dumps(kept[wanted]))
    except ValidationError:
        words = {"missing": f"scenarios.{wanted[:12]}"}
        raise ScenarioError([Problem("not_manifest", words=words, file=str(path))]) from None
    if found := problems(scenario):
        raise ScenarioError(problem.inside(str(path), None) for problem in found)
    return scenario
