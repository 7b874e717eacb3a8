"""Random scenarios that reach every feature of the model, small when they shrink.

`random_scenarios` is for whatever must hold of any scenario: invariants of one engine, and the
equality of two. Whole days are likely, so that things happen at the same time; every feature
shrinks to not being there.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from networks import fixed

from approvalsim.scenario import Scenario, edge_id
from approvalsim.validation import problems

Table = dict[str, Any]
Dates = st.SearchStrategy[date]

STARTS = (date(2024, 1, 1), date(2024, 2, 1), date(2024, 9, 27), date(2026, 12, 28))
"""A Monday; before a Spring Festival, before a National Day, before the years nobody published."""

ATTRIBUTE, VALUES = "eia", ("form", "book")

_whole_days = st.integers(0, 6).map(float)
_days = _whole_days | st.sampled_from((0.5, 1.5)) | st.integers(7, 40).map(float)
_chance = st.sampled_from((0.0, 1.0, 0.5, 0.2))


@st.composite
def _sometimes(draw: st.DrawFn, strategy: st.SearchStrategy[Any], percent: int = 50) -> Any:
    """Something in so many percent, else nothing; it shrinks to nothing."""
    return draw(strategy) if draw(st.integers(1, 100)) > 100 - percent else None


def _given(**options: Any) -> Table:
    """The options that are not None."""
    return {name: value for name, value in options.items() if value is not None}


def _some(names: Sequence[str], fewest: int, most: int) -> st.SearchStrategy[list[str]]:
    """Some of the names, in any order."""
    return st.lists(st.sampled_from(names), min_size=fewest, max_size=most, unique=True)


@st.composite
def durations(draw: st.DrawFn) -> Table:
    """A duration of any family, mostly of whole days; in days, working days or the usual unit."""
    unit = draw(st.sampled_from((None, "days", "workdays")))
    if draw(st.integers(0, 3)) < 3:  # a plain number of days, often the same as another
        return _given(**fixed(draw(_days)) | {"unit": unit})
    low, middle, high = sorted(draw(st.tuples(_whole_days, _whole_days, _whole_days)))
    mean = middle + 1.0
    family = draw(
        st.sampled_from(
            (
                {"dist": "uniform", "min": low, "max": high},
                {"dist": "empirical", "quantiles": [low, middle, high]},
                {"dist": "triangular", "min": low, "mode": middle, "max": high},
                {"dist": "pert", "min": low, "mode": middle, "max": high},
                {"dist": "lognormal", "mean": mean, "sd": mean},
                {"dist": "gamma", "shape": 0.5, "mean": mean},
                {"dist": "weibull", "shape": 1.0, "mean": mean},
            )
        )
    )
    return _given(**family, unit=unit)


@st.composite
def corrections(draw: st.DrawFn) -> Table:
    """Corrections, certain ones included."""
    return {
        "probability": draw(_chance),
        "decay": draw(_chance),
        "max_rounds": draw(st.integers(0, 3)),
        "rework": draw(durations()),
    }


@st.composite
def variants(draw: st.DrawFn, grades: Sequence[str]) -> Table:
    """What is different for projects with one or two attributes."""
    known = {ATTRIBUTE: VALUES, "path": ("standard", "commitment"), "grade": tuple(grades)}
    names = draw(st.sets(st.sampled_from([name for name in known if known[name]]), min_size=1))
    factors = st.sampled_from((0.0, 0.5, 1.0, 2.0))
    roles = ("prepare", "review", "notice", "rework")
    return _given(
        when={name: draw(st.sampled_from(known[name])) for name in sorted(names)},
        prepare=draw(_sometimes(durations())),
        review=draw(_sometimes(durations())),
        notice=draw(_sometimes(durations())),
        correction=draw(_sometimes(corrections())),
        factor=draw(_sometimes(st.fixed_dictionaries(dict.fromkeys(roles, factors)))),
        statutory=draw(_sometimes(_whole_days)),
        commitment=draw(_sometimes(st.just(False), 10)),
    )


@st.composite
def edges(draw: st.DrawFn, modes: Sequence[str | None], phases: Sequence[str | None]) -> Table:
    """A dependency; a deferred one often with a deadline that is missed."""
    mode = draw(st.sampled_from(modes))
    edge = _given(phase=draw(st.sampled_from(phases)), relaxed=mode)
    if mode is not None:
        edge |= _given(uptake=draw(_sometimes(st.just(0.5), 20)))
    if mode == "prereview":
        edge |= _given(issue=draw(_sometimes(durations(), 70)))
    if mode == "deferred":
        edge |= _given(due=draw(st.sampled_from((0.0, 1.0, 3.0))), grace=draw(_whole_days))
    return edge


@st.composite
def random_scenarios(
    draw: st.DrawFn,
    max_stages: int = 6,
    max_projects: int = 5,
    policies: bool = True,
    steering: bool = False,
) -> Scenario:
    """Any scenario without problems; without ``policies`` every dependency is hard."""
    start = draw(st.sampled_from(STARTS))
    near = st.integers(0, 20).map(lambda day: start + timedelta(days=day))
    grades = ("A", "B")[: draw(st.integers(1, 2))] if policies else ()
    departments = draw(_departments())
    drafts = draw(st.lists(_drafts(departments, grades, near), min_size=1, max_size=max_stages))
    stages, milestones = _network(drafts)
    for name in milestones:
        window = _sometimes(st.just({"kind": "spring_festival"}))
        milestones[name] |= _given(window=draw(window))
    table: Table = {
        "format": 1,
        "id": "random",
        "start": start,
        "calendar": draw(_calendars(near)),
        "department": departments,
        "stage": stages,
        "milestone": milestones,
        "variation": draw(_variations()),
        **draw(_portfolios(max_projects, list(stages), grades, near)),
        **_given(end=draw(_sometimes(st.just(start + timedelta(days=40)), 25))),
    }
    if steering:
        table |= draw(_steering())
    if grades:
        table["commitment"] = draw(_policies(grades, _relaxable(stages, milestones)))
    scenario = Scenario.model_validate(table)
    assert problems(scenario) == ()
    return scenario


@st.composite
def _calendars(draw: st.DrawFn, near: Dates) -> Table:
    kind = draw(st.sampled_from(("everyday", "weekdays", "china")))
    holidays = draw(st.sets(near, max_size=3))
    workdays = draw(st.sets(near, max_size=2)) - holidays
    return {"kind": kind, "holidays": sorted(holidays), "workdays": sorted(workdays)}


@st.composite
def _departments(draw: st.DrawFn) -> dict[str, Table]:
    return {
        f"d{number}": {
            "reviewers": draw(st.sampled_from((1, 1, 2))),
            "discipline": draw(st.sampled_from(("fifo", "priority"))),
        }
        for number in range(draw(st.sampled_from((0, 1, 1, 2))))
    }


class _Draft(NamedTuple):
    """A stage, and whatever else belongs to it, so that it can be left out as a whole."""

    stage: Table
    after: list[tuple[int, Table]]
    """Edges from the stages so many places before it, where there are any."""
    milestones: dict[str, Table]
    """Edges into milestones."""
    place: int
    """Where it stands in the scenario: by this number, then by the order of the network."""


@st.composite
def _drafts(
    draw: st.DrawFn, departments: Mapping[str, Table], grades: Sequence[str], near: Dates
) -> _Draft:
    modes = (None, "prereview", "deferred") if grades else (None,)
    into_stage = edges(modes, (None,))
    into_milestone = edges(modes[::2], ("finished", "reviewed", "submitted"))
    every = draw(_sometimes(st.sampled_from((1.0, 5.0, 0.7)), 25))
    return _Draft(
        after=draw(st.lists(st.tuples(st.integers(1, 3), into_stage), max_size=3)),
        milestones=_given(
            all=draw(into_milestone), groundbreaking=draw(_sometimes(into_milestone))
        ),
        place=draw(st.integers(0, 2)),
        stage=_given(
            department=draw(st.sampled_from((None, *departments, *departments))),
            prepare=draw(_sometimes(durations(), 70)),
            review=draw(_sometimes(durations(), 80)),
            notice=draw(_sometimes(durations())),
            statutory=draw(_sometimes(_whole_days)),
            not_before=draw(_sometimes(near, 15)),
            correction=draw(_sometimes(corrections())),
            meeting=every and {"every": every, "offset": draw(_days)},
            variant=draw(_sometimes(st.lists(variants(grades), min_size=1, max_size=2), 35)),
        ),
    )


def _network(drafts: Sequence[_Draft]) -> tuple[dict[str, Table], dict[str, Table]]:
    """Stages and milestones; edges lead forwards and backwards in the order of the scenario.

    A milestone ``all`` waits for every stage; some stages may be needed for groundbreaking.
    """
    order = sorted(range(len(drafts)), key=lambda number: drafts[number].place)
    names = {number: f"s{place}" for place, number in enumerate(order)}
    stages = {}
    milestones: dict[str, Table] = {"all": {"after": {}}}
    for number in order:
        draft, name = drafts[number], names[number]
        after = {names[number - back]: edge for back, edge in draft.after if back <= number}
        stages[name] = draft.stage | {"after": after}
        for milestone, edge in draft.milestones.items():
            milestones.setdefault(milestone, {"after": {}})["after"][name] = edge
    return stages, milestones


@st.composite
def _variations(draw: st.DrawFn) -> Table:
    return {role: draw(st.sampled_from((0.0, 0.3))) for role in ("prepare", "review")}


@st.composite
def _steering(draw: st.DrawFn) -> Table:
    """Supervision and task forces, each in half of the scenarios."""
    supervision = {
        "every": draw(st.sampled_from((1.0, 2.5, 7.0))),
        "offset": draw(st.sampled_from((0.0, 1.5, 6.0))),
        "effect": draw(st.sampled_from((0.0, 0.15, 0.5))),
        "leaders": draw(st.integers(0, 2)),
        **_given(within=draw(_sometimes(st.sampled_from((0.0, 3.0, 15.0)), 80))),
    }
    teams = {
        "projects": draw(st.integers(1, 3)),
        "capacity": draw(st.integers(1, 2)),
        "overload": draw(st.sampled_from((0.0, 0.1, 1.0))),
    }
    return _given(
        supervision=draw(_sometimes(st.just(supervision))),
        task_force=draw(_sometimes(st.just(teams))),
    )


def _relaxable(stages: Mapping[str, Table], milestones: Mapping[str, Table]) -> list[str]:
    return [
        edge_id(before, name)
        for name, part in (*stages.items(), *milestones.items())
        for before, edge in part["after"].items()
        if "relaxed" in edge
    ]


@st.composite
def _policies(draw: st.DrawFn, grades: Sequence[str], relaxable: Sequence[str]) -> Table:
    shares = {1: (1.0,), 2: (0.5, 0.5)}[len(grades)]
    some = _some(relaxable, 0, len(relaxable)) if relaxable else st.none()
    return {
        "enabled": not draw(_sometimes(st.just(True), 10)),
        "share": draw(_sometimes(st.just(0.5), 20)) or 1.0,
        "remedy": draw(durations()),
        "bar_after_breach": draw(st.booleans()),
        "grades": {
            grade: _given(
                share=share,
                breach=draw(_chance),
                eligible=not draw(_sometimes(st.just(True), 10)),
                may_relax=draw(_sometimes(some, 20)),
            )
            for grade, share in zip(grades, shares, strict=True)
        },
    }


@st.composite
def _portfolios(
    draw: st.DrawFn, most: int, stages: Sequence[str], grades: Sequence[str], near: Dates
) -> Table:
    """Generated projects, or listed ones that leave more or less open."""
    generator: Table = {
        "arrivals": draw(_arrivals(near)),
        # Shared out even where no project leaves it open, so that variants may always ask for it.
        "attributes": {ATTRIBUTE: dict.fromkeys(VALUES, 0.5)},
        **_given(dropout=draw(_sometimes(_dropouts(stages)))),
    }
    if not draw(_sometimes(st.just(True), 60)):
        return {"projects": generator | {"count": draw(st.integers(1, most))}}
    listed = draw(st.lists(_listed(grades, near), min_size=1, max_size=most))
    return {
        "projects": generator,
        "project": [{"id": f"p{number}", **project} for number, project in enumerate(listed)],
    }


@st.composite
def _listed(draw: st.DrawFn, grades: Sequence[str], near: Dates) -> Table:
    paths = (None, None, "standard", *(("commitment",) if grades else ()))
    return _given(
        signed=draw(_sometimes(near)),
        grade=draw(st.sampled_from((None, *grades))),
        path=draw(st.sampled_from(paths)),
        priority=draw(st.integers(-1, 1)),
        target=draw(_sometimes(near.map(lambda date: date + timedelta(days=21)))),
        attributes=draw(_sometimes(st.sampled_from(VALUES).map(lambda value: {ATTRIBUTE: value}))),
    )


@st.composite
def _arrivals(draw: st.DrawFn, near: Dates) -> Table:
    kind = draw(st.sampled_from(("all_at", "uniform", "exponential")))
    if kind == "all_at":
        return {"kind": kind, "date": draw(near)}
    if kind == "exponential":
        return {"kind": kind, "mean_days": 3.0}
    first, last = sorted(draw(st.tuples(near, near)))
    return {"kind": kind, "from": first, "to": last}


@st.composite
def _dropouts(draw: st.DrawFn, stages: Sequence[str]) -> Table:
    return {"probability": draw(_chance), "stage": draw(st.sampled_from(stages))}
