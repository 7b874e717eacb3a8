"""The story of one replication, for people and for other programs."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from approvalsim.console import Voice, dated, manifest_line, trace_table
from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.experiment import ENGINE
from approvalsim.plan import Plan, compile_plan
from approvalsim.report import Json, Manifest, json_text, new_manifest
from approvalsim.scenario import Scenario
from approvalsim.simulation import Happening, trace

HAPPENINGS: Mapping[str, tuple[str, str]] = {
    "signed": ("签约", "signed"),
    "ready": ("可以开始", "ready"),
    "submitted": ("提交", "submitted"),
    "review": ("开始审查", "review begins"),
    "sent_back": ("退回补正", "sent back"),
    "passed": ("审查通过", "review passed"),
    "finished": ("办结", "finished"),
    "happened": ("达成", "happened"),
    "obligation": ("欠件,限期补交", "papers owed"),
    "breach": ("违诺,暂停推进", "promise broken, project held"),
    "hold_ended": ("整改完成,恢复推进", "put right, project goes on"),
    "left": ("退出", "dropped out"),
}


@dataclass(frozen=True, eq=False)
class Story:
    """One replication of a scenario, as it happened."""

    scenario: Scenario
    plan: Plan
    manifest: Manifest
    replication: int
    happenings: tuple[Happening, ...]

    def table(self, language: str) -> Table:
        """For the terminal, in words."""
        say = Voice(self.scenario, language)
        heads = (
            ("时间", "项目", "环节", "事件", "轮次")
            if language == "zh"
            else ("time", "project", "stage", "what", "round")
        )
        rows = [
            dict(zip(heads, self._words(happening, say), strict=True))
            for happening in self.happenings
        ]
        title = say(f"第 {self.replication} 次重复", f"replication {self.replication}")
        return trace_table(rows, f"{title} · {manifest_line(self.manifest, language)}")

    def csv(self) -> str:
        """For spreadsheets: ids instead of names, times as dates and as days on the clock."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(self._row(self.happenings[0])), lineterminator="\n")
        writer.writeheader()
        writer.writerows(self._row(happening) for happening in self.happenings)
        return text.getvalue()

    def json(self) -> str:
        """For programs: the same rows behind the manifest."""
        content: Json = {
            "manifest": {k: v for k, v in vars(self.manifest).items() if v not in (None, "")},
            "replication": self.replication,
            "events": [self._row(happening) for happening in self.happenings],
        }
        return json_text(content)

    def _row(self, happening: Happening) -> dict[str, Any]:
        return {"date": self._date(happening), **happening._asdict()}

    def _words(self, happening: Happening, say: Voice) -> tuple[str, ...]:
        what = say(*HAPPENINGS[happening.what])
        round_ = str(happening.round) if happening.round else ""
        subject = " → ".join(
            say.name("milestone" if part in self.scenario.milestone else "stage", part)
            for part in happening.subject.split("->")
        )
        return self._date(happening), happening.project, subject, what, round_

    def _date(self, happening: Happening) -> str:
        return dated(self.plan.calendar.date_of(happening.time), happening.time)


def tell(
    scenario: Scenario,
    file: str,
    replication: int,
    project: str | None = None,
    seed: int | None = None,
) -> Story:
    """Simulate one replication and keep its history, of all projects or of one.

    Raises `ScenarioError` where there is no such project.
    """
    plan = compile_plan(scenario)
    if project is not None and project not in plan.axes.projects:
        words = {"found": project, "known": listed(plan.axes.projects, 5)}
        raise ScenarioError([Problem("unknown_project", ("--project",), words)])
    luck = scenario.run.seed if seed is None else seed
    _, history = trace(plan, luck, replication)
    return Story(
        scenario,
        plan,
        new_manifest("trace", scenario, file, luck, 1, ENGINE),
        replication,
        tuple(line for line in history if project in (None, line.project)),
    )
