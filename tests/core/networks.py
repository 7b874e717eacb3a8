"""Small scenarios for tests of the dependency network."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from approvalsim.scenario import Scenario

Durations = Mapping[str, float]
Waits = Mapping[str, Mapping[str, Any]]


def network(stages: Mapping[str, Any], milestones: Mapping[str, Any], **more: Any) -> Scenario:
    """A scenario of stages and milestones as a file would give them; every day is worked."""
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "network",
            "start": date(2024, 1, 1),
            "calendar": {"kind": "everyday"},
            "stage": stages,
            "milestone": {name: {"after": after} for name, after in milestones.items()},
            **more,
        }
    )


def waiting(waits: Mapping[str, str]) -> Scenario:
    """Stages that wait for others, named by one letter each; a milestone waits for all of them."""
    stages = {name: {"after": {before: {} for before in after}} for name, after in waits.items()}
    return network(stages, {"groundbreaking": {name: {} for name in waits}})


def fixed(days: float, unit: str = "days") -> dict[str, Any]:
    """A duration that is always the same."""
    return {"dist": "fixed", "value": float(days), "unit": unit}


@st.composite
def scenarios(draw: st.DrawFn, days: st.SearchStrategy[float] | None = None) -> Scenario:
    """Networks of up to nine stages with every kind of edge and phase, and two milestones."""
    days = st.integers(0, 30).map(float) if days is None else days
    names = [f"s{index}" for index in range(draw(st.integers(1, 9)))]
    stages = {}
    for index, name in enumerate(names):
        after = {}
        for before in names[:index]:
            if draw(st.booleans()):
                relaxed = draw(st.sampled_from([None, "prereview", "deferred"]))
                issue = {"issue": fixed(draw(days))} if relaxed == "prereview" else {}
                after[before] = {"relaxed": relaxed, **issue}
        work = {role: fixed(draw(days)) for role in ("prepare", "review", "notice")}
        stages[name] = {**work, "after": after}
    milestones = {}
    for name in ("groundbreaking", "handover"):
        chosen = draw(st.sets(st.sampled_from(names), min_size=1))
        phases = st.sampled_from(["submitted", "reviewed", "finished"])
        relaxed = st.sampled_from([None, "deferred"])
        milestones[name] = {
            before: {"phase": draw(phases), "relaxed": draw(relaxed)} for before in sorted(chosen)
        }
    return network(stages, milestones)
