"""A register to try things with: one replication of a scenario, written down up to a date.

Nothing in it was observed, and every project of it says so, in the app and in Excel alike.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isfinite
from random import Random

import numpy as np

from approvalsim.engines import chosen
from approvalsim.experiment import run
from approvalsim.facts import Facts
from approvalsim.plan import Plan, compile_plan
from approvalsim.register import KINDS, STEPS, Demand, Entry, Register, StageRecord
from approvalsim.scenario import Scenario

SEED = 20_220_930
ORIGIN = "数据来源 origin"
"""The column that says where an entry comes from."""
_WORDS = "模拟所得，并非真实记录 simulated, not observed; seed {seed}, {as_of}"
_MADE = re.compile(r"模拟所得.*seed (\d+), (\d{4}-\d\d-\d\d)")
TEAMS = 5
"""Task forces that the projects are shared out to."""
_ENOUGH = 10
"""Replications that typical times are taken from."""


@dataclass(frozen=True)
class Origin:
    """How an example register was made."""

    seed: int
    as_of: date


def origin_of(register: Register) -> Origin | None:
    """How a register was simulated; None where it was not, or not all of it."""
    said = {str(entry.extra.get(ORIGIN, "")) for entry in register.entries}
    if len(said) != 1:
        return None
    match = _MADE.search(said.pop())
    return Origin(int(match[1]), date.fromisoformat(match[2])) if match else None


def example_register(
    scenario: Scenario, reference: str, seed: int = SEED, language: str = "zh"
) -> Register:
    """What would have been entered by a day on which about half of the projects have started."""
    plan = compile_plan(scenario)
    engine = chosen("auto")
    batches = list(run(plan, seed, _ENOUGH, workers=1, engine=engine))
    signed = np.concatenate([facts.project.signed for facts in batches])
    started = np.concatenate([facts.started for facts in batches])
    came = np.isfinite(started)
    within = float(np.median((started - signed)[came])) if came.any() else 365.0
    middle = float(np.median(started[came])) if came.any() else 0.0
    as_of = plan.calendar.date_of(middle)
    by = _Clerk(plan, batches[0], as_of, round(within), language)
    words = _WORDS.format(seed=seed, as_of=as_of)
    entries = tuple(replace(entry, extra={ORIGIN: words}) for entry in by.entries(scenario))
    return Register(reference, entries, tuple(_demands(entries, as_of, Random(seed), language)))


@dataclass(frozen=True, eq=False)
class _Clerk:
    """Who enters what has happened in the first replication by the end of a day."""

    plan: Plan
    facts: Facts
    as_of: date
    within: int
    """Days from signing to the target: half of the projects take no longer."""
    language: str

    def by_then(self, time: float) -> date | None:
        day = self.plan.calendar.date_of(time) if isfinite(time) else None
        return day if day and day <= self.as_of else None

    def entries(self, scenario: Scenario) -> Iterator[Entry]:
        listed = {project.id: project for project in scenario.project}
        for place, name in enumerate(self.plan.axes.projects):
            signed = self.by_then(float(self.facts.project.signed[0, place]))
            if signed is None:
                continue
            known = listed.get(name)
            called = self._said("示例项目", "Example project", f"{place + 1:02}")
            if known and known.name:
                called = known.name.in_language(self.language)
            team = place % TEAMS + 1
            yield replace(
                self._dated(name, place),
                name=called,
                investment=known.investment if known else None,
                signed=signed,
                target=(known.target if known else None) or signed + timedelta(days=self.within),
                owner=self._said("示例责任人", "Example owner", place % 9 + 1),
                leader=self._said("示例领导", "Example leader", team),
                team=self._said("示例专班", "Example team", team),
            )

    def _said(self, chinese: str, english: str, number: object) -> str:
        return f"{chinese if self.language == 'zh' else english} {number}"

    def _dated(self, name: str, place: int) -> Entry:
        axes, facts = self.plan.axes, self.facts
        values = dict(zip(axes.attributes, facts.project.values[0, place], strict=True))
        words = {
            attribute: axes.values[column][values[attribute]]
            for column, attribute in enumerate(axes.attributes)
        }
        path, grade = words.pop("path", None), words.pop("grade", None) or None
        stages = {
            stage: StageRecord(
                **{step: self.by_then(getattr(facts.stage, step)[0, place, s]) for step in STEPS}
            )
            for s, stage in enumerate(axes.stages)
        }
        happened = {
            milestone: day
            for m, milestone in enumerate(axes.milestones)
            if (day := self.by_then(facts.project.milestone[0, place, m]))
        }
        return Entry(
            id=name,
            path="commitment" if path == "commitment" else "standard",
            grade=grade,
            attributes={key: word for key, word in words.items() if word},
            stages=stages,
            milestones=happened,
            left=self.by_then(float(facts.project.left[0, place])),
        )


def _demands(
    entries: tuple[Entry, ...], as_of: date, luck: Random, language: str
) -> Iterator[Demand]:
    """A few demands, answered and closed or not, of projects that are still on their way."""
    waiting = [entry for entry in entries if not entry.milestones and entry.left is None]
    for number, entry in enumerate(waiting[::3][:9], start=1):
        assert entry.signed is not None
        raised = entry.signed + timedelta(days=luck.randrange((as_of - entry.signed).days + 1))
        kind = list(KINDS)[number % (len(KINDS) - 1)]
        answered = raised + timedelta(days=luck.randrange(1, 15))
        closed = answered + timedelta(days=luck.randrange(1, 30))
        yield Demand(
            id=f"D{number}",
            project=entry.id,
            kind=kind,
            text=f"示例诉求：{KINDS[kind][0]}"
            if language == "zh"
            else f"Example: {KINDS[kind][1]}",
            raised=raised,
            answered=answered if answered <= as_of else None,
            closed=closed if closed <= as_of and luck.random() < 0.5 else None,
            responsible=entry.owner,
        )
