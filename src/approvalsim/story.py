"""The story of one replication, for people and for other programs."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.experiments import switched
from approvalsim.plan import Plan, compile_plan
from approvalsim.report import Json, Manifest, new_manifest, result
from approvalsim.scenario import Scenario
from approvalsim.simulation import Happening, trace
from approvalsim.voice import Voice, dated, manifest_line, word_table

HAPPENINGS: Mapping[str, tuple[str, str]] = {
    "signed": ("签约", "signed"),
    "ready": ("可以开始", "ready"),
    "submitted": ("提交", "submitted"),
    "review": ("开始审查", "review begins"),
    "sent_back": ("退回补正", "sent back"),
    "passed": ("审查通过", "review passed"),
    "finished": ("办结", "finished"),
    "happened": ("达成", "happened"),
    "obligation": ("欠件，限期补交", "papers owed"),
    "breach": ("违诺，暂停推进", "promise broken, project held"),
    "hold_ended": ("整改完成，恢复推进", "put right, project goes on"),
    "left": ("退出", "dropped out"),
}


@dataclass(frozen=True, eq=False)
class Story:
    """One replication of a scenario, as it happened."""

    scenario: Scenario
    plan: Plan
    manifest: Manifest
    happenings: tuple[Happening, ...]

    def page(self, language: str) -> Iterator[RenderableType]:
        """For the terminal, in words."""
        say = Voice(self.scenario, language)
        number = self.manifest.replication
        yield Text(f"{say.title()} · {say(f'第 {number} 次重复', f'replication {number}')}", "bold")
        heads = (
            ("时间", "签约后天数", "项目", "环节", "事件", "轮次")
            if language == "zh"
            else ("time", "days since signing", "project", "stage", "what", "round")
        )
        table = word_table(heads, whole=(heads[0], heads[2]))
        table.columns[1].justify = table.columns[5].justify = "right"
        signed: dict[str, float] = {}
        for happening in self.happenings:
            since = happening.time - signed.setdefault(happening.project, happening.time)
            table.add_row(*self._words(happening, since, say))
        yield table
        yield Text(manifest_line(self.manifest, language), style="dim")

    def csv(self) -> str:
        """For spreadsheets: ids instead of names, times as dates and as days on the clock."""
        text = io.StringIO()
        names = ("date", *Happening._fields)
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(self._row(happening) for happening in self.happenings)
        return text.getvalue()

    def result(self) -> Json:
        """For programs: the same rows behind the manifest, as a result that can be repeated."""
        rows = [self._row(happening) for happening in self.happenings]
        return result(self.manifest, {"events": rows}, [self.scenario])

    def _row(self, happening: Happening) -> dict[str, Any]:
        return {"date": dated(self.plan.calendar, happening.time), **happening._asdict()}

    def _words(self, happening: Happening, since: float, say: Voice) -> tuple[str, ...]:
        what = say(*HAPPENINGS[happening.what])
        round_ = str(happening.round) if happening.round else ""
        subject = " → ".join(
            say.name("milestone" if part in self.scenario.milestone else "stage", part)
            for part in happening.subject.split("->")
        )
        when = dated(self.plan.calendar, happening.time)
        return when, f"{since:.1f}", happening.project, subject, what, round_


def tell(
    scenario: Scenario,
    file: str,
    replication: int,
    project: str | None = None,
    seed: int | None = None,
    policy: str | None = None,
) -> Story:
    """Simulate one replication and keep its history, of all projects or of one.

    Raises `ScenarioError` where there is no such project.
    """
    scenario = switched(scenario, policy)
    plan = compile_plan(scenario)
    if project is not None and project not in plan.axes.projects:
        words = {"found": project, "known": listed(plan.axes.projects, 5)}
        raise ScenarioError([Problem("unknown_project", ("--project",), words)])
    luck = scenario.run.seed if seed is None else seed
    _, history = trace(plan, luck, replication)
    whole = {"policy": policy, "replication": replication, "project": project}
    return Story(
        scenario,
        plan,
        new_manifest("trace", scenario, file, luck, 1, "simpy", **whole),
        tuple(line for line in history if project in (None, line.project)),
    )
