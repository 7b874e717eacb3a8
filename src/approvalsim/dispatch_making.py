"""From a register file to its dispatch table: what commands about steering have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from approvalsim import options
from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.options import wrong

if TYPE_CHECKING:
    from approvalsim.bulletin_figures import Known
    from approvalsim.dispatch import Dispatch, Line, Prospect
    from approvalsim.engines import Asked
    from approvalsim.lights import LightRules
    from approvalsim.register import Register
    from approvalsim.scenario import Scenario


@dataclass(frozen=True)
class Source:
    """A register file with its scenario."""

    path: Path
    scenario: "Scenario"
    register: "Register"

    @classmethod
    def of(cls, path: Path, reference: str | None, milestone: str | None) -> "Source":
        """Read it; dates in it that contradict each other are told on stderr."""
        from approvalsim.experiments import measured
        from approvalsim.register_source import read_register
        from approvalsim.scenario_file import find, load

        named = reference or _scenario_named_in(path)
        beside = path.parent / named
        there = beside if reference is None and beside.is_file() else find(named)
        subject = measured(load(there), milestone)
        register, problems = read_register(path, subject)
        for problem in problems:
            typer.echo(problem.text(options.LANGUAGE), err=True)
        return cls(path, subject, register)

    def ends(self, begin: date, until: date) -> "tuple[Known, Known]":
        """What was known when a period began, and when it ended.

        What was not recorded by then is told by the dates of what was recorded later.
        """
        from approvalsim.bulletin_figures import Known

        eve = begin - timedelta(days=1)
        after = self._recorded(until) or Known(self.register, until, recorded=False)
        return self._recorded(eve) or Known(after.register, eve, recorded=False), after

    def _recorded(self, day: date) -> "Known | None":
        """What was recorded by the end of a day; None where nothing was yet."""
        from approvalsim.bulletin_figures import Known
        from approvalsim.register_log import SUFFIX, RegisterFile

        if self.path.suffix.lower() != SUFFIX:
            return None
        with RegisterFile.open(self.path, read_only=True) as live:
            lines = live.history()
            if not lines or lines[0].when.astimezone().date() > day:
                return None
            return Known(live.as_of(day), day)


@dataclass(frozen=True)
class Luck:
    """How much to run for a forecast."""

    replications: int | None
    seed: int | None
    workers: int | None
    engine: "Asked"


def _scenario_named_in(path: Path) -> str:
    """The scenario that a register says it belongs to."""
    from approvalsim.register_log import SUFFIX, RegisterFile
    from approvalsim.register_workbook import scenario_named_in

    if not path.is_file():
        raise ScenarioError([Problem("no_file", file=str(path))])
    named: str | None = None
    if path.suffix.lower() == SUFFIX:
        with RegisterFile.open(path, read_only=True) as live:
            named = live.register.scenario
    elif path.suffix.lower() != ".json":
        named = scenario_named_in(path)
    if not named:
        raise wrong(
            "--scenario",
            "台账没有注明所属方案，请给出",
            "the register does not name its scenario; name it",
        )
    return named


def rules_for(
    scenario: "Scenario",
    yellow_below: float | None,
    red_after: float | None,
    warn_below: float | None,
) -> "LightRules":
    """The scenario's rules with what the caller wants to be different."""
    from approvalsim.lights import LightRules

    asked = {"yellow_below": yellow_below, "red_after": red_after, "warn_below": warn_below}
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    return replace(LightRules.of(scenario), **given)


def dispatched(
    source: Source, day: date, rules: "LightRules", luck: Luck | None
) -> "tuple[Dispatch, Mapping[str, Any] | None]":
    """The table, and how to repeat its forecast."""
    from approvalsim.dispatch import dispatch

    prospects, manifest = _prospects(source, day, rules, luck) if luck else ({}, None)
    found = dispatch(source.scenario, source.register, day, rules, prospects)
    return found, manifest


def _prospects(
    source: Source, day: date, rules: "LightRules", luck: Luck
) -> "tuple[Mapping[str, Prospect], Mapping[str, Any]]":
    """What the forecast says, with targets for those that state none."""
    from approvalsim import __version__
    from approvalsim.deadlines import gone, is_dated, with_targets
    from approvalsim.dispatch import prospects_of
    from approvalsim.execution import effort_for
    from approvalsim.forecast import forecast
    from approvalsim.progress import progress
    from approvalsim.scenario import content_hash

    scenario = source.scenario
    effort = effort_for(
        *(scenario, luck.replications, luck.seed, luck.workers, luck.engine, None, "mean", 2)
    )
    manifest = {
        "scenario_hash": content_hash(scenario),
        "replications": effort.replications,
        "seed": effort.seed,
        "engine": effort.engine,
        "version": __version__,
    }
    register = with_targets(source.register, scenario, rules.within)
    entries = tuple(entry for entry in register.entries if is_dated(entry, scenario))
    if all(gone(entry, day) for entry in entries):
        return {}, manifest
    with progress(scenario.id, effort.replications) as advance:
        done = forecast(scenario, replace(register, entries=entries), day, effort, (), advance)
    return prospects_of(done), manifest


def lines_for(found: "Dispatch", projects: Sequence[str]) -> "list[Line]":
    """The projects to write about: those named, else all that are red."""
    from approvalsim.lights import URGED, Signal

    lines = {line.entry.id: line for line in found.lines}
    if not projects:
        red = [line for line in found.lines if line.signal is Signal.RED]
        if not red:
            raise wrong(
                "--project",
                "没有红灯项目；请指名要催办的项目",
                "no project is red; name the one to write about",
            )
        return red
    problems = []
    for name in projects:
        if name not in lines:
            words = {"found": name, "known": listed(lines, 5)}
            problems.append(Problem("unknown_project", ("--project",), words))
        elif lines[name].signal not in (*URGED, Signal.WARNING):
            reason = f"{name} 没有滞后，也没有预测预警", f"{name} is neither late nor in doubt"
            problems += wrong("--project", *reason).problems
    if problems:
        raise ScenarioError(problems)
    return [lines[name] for name in projects]
