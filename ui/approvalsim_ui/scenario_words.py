"""How the places and values of a scenario read in the language spoken now."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from approvalsim.evidence import Text
from approvalsim.parameters import Place, usual_unit, value_at
from approvalsim.scenario import Scenario
from approvalsim_ui import language
from approvalsim_ui.duration_text import FAMILIES, as_text, plain

translate = QCoreApplication.translate

_FIELDS = {
    "name": QT_TRANSLATE_NOOP("Words", "name"),
    "department": QT_TRANSLATE_NOOP("Words", "department"),
    "owner": QT_TRANSLATE_NOOP("Words", "owner"),
    "time_with": QT_TRANSLATE_NOOP("Words", "whose time"),
    "not_before": QT_TRANSLATE_NOOP("Words", "not before"),
    "prepare": QT_TRANSLATE_NOOP("Words", "preparation"),
    "review": QT_TRANSLATE_NOOP("Words", "review"),
    "notice": QT_TRANSLATE_NOOP("Words", "public notice"),
    "statutory": QT_TRANSLATE_NOOP("Words", "legal limit"),
    "correction": QT_TRANSLATE_NOOP("Words", "correction"),
    "probability": QT_TRANSLATE_NOOP("Words", "probability"),
    "decay": QT_TRANSLATE_NOOP("Words", "factor per further round"),
    "max_rounds": QT_TRANSLATE_NOOP("Words", "corrections at most"),
    "rework": QT_TRANSLATE_NOOP("Words", "rework"),
    "meeting": QT_TRANSLATE_NOOP("Words", "meeting"),
    "every": QT_TRANSLATE_NOOP("Words", "every"),
    "offset": QT_TRANSLATE_NOOP("Words", "first after"),
    "after": QT_TRANSLATE_NOOP("Words", "waits for"),
    "relaxed": QT_TRANSLATE_NOOP("Words", "relaxed to"),
    "uptake": QT_TRANSLATE_NOOP("Words", "uptake"),
    "due": QT_TRANSLATE_NOOP("Words", "papers due after"),
    "grace": QT_TRANSLATE_NOOP("Words", "grace"),
    "issue": QT_TRANSLATE_NOOP("Words", "time to issue"),
    "phase": QT_TRANSLATE_NOOP("Words", "phase"),
    "variant": QT_TRANSLATE_NOOP("Words", "variants"),
    "when": QT_TRANSLATE_NOOP("Words", "applies to"),
    "factor": QT_TRANSLATE_NOOP("Words", "factor"),
    "window": QT_TRANSLATE_NOOP("Words", "Spring Festival"),
    "closed_before": QT_TRANSLATE_NOOP("Words", "closed days before"),
    "closed_after": QT_TRANSLATE_NOOP("Words", "closed days after"),
    "full_after": QT_TRANSLATE_NOOP("Words", "all at work after"),
    "reviewers": QT_TRANSLATE_NOOP("Words", "reviewers"),
    "discipline": QT_TRANSLATE_NOOP("Words", "order of the queue"),
    "commitment": QT_TRANSLATE_NOOP("Words", "commitment policy"),
    "enabled": QT_TRANSLATE_NOOP("Words", "switched on"),
    "share": QT_TRANSLATE_NOOP("Words", "share"),
    "grades": QT_TRANSLATE_NOOP("Words", "credit grades"),
    "eligible": QT_TRANSLATE_NOOP("Words", "may take the path"),
    "breach": QT_TRANSLATE_NOOP("Words", "breach rate"),
    "may_relax": QT_TRANSLATE_NOOP("Words", "what may be relaxed"),
    "remedy": QT_TRANSLATE_NOOP("Words", "time to put right"),
    "bar_after_breach": QT_TRANSLATE_NOOP("Words", "barred after a breach"),
    "supervision": QT_TRANSLATE_NOOP("Words", "supervision"),
    "within": QT_TRANSLATE_NOOP("Words", "target after signing"),
    "red_after": QT_TRANSLATE_NOOP("Words", "red when late by more than"),
    "effect": QT_TRANSLATE_NOOP("Words", "time saved while urged on"),
    "leaders": QT_TRANSLATE_NOOP("Words", "places with a leader"),
    "task_force": QT_TRANSLATE_NOOP("Words", "task forces"),
    "capacity": QT_TRANSLATE_NOOP("Words", "projects at a time"),
    "overload": QT_TRANSLATE_NOOP("Words", "slower for each project beyond"),
    "variation": QT_TRANSLATE_NOOP("Words", "variation between projects"),
    "projects": QT_TRANSLATE_NOOP("Words", "projects"),
    "project": QT_TRANSLATE_NOOP("Words", "project"),
    "count": QT_TRANSLATE_NOOP("Words", "number"),
    "arrivals": QT_TRANSLATE_NOOP("Words", "signings"),
    "from": QT_TRANSLATE_NOOP("Words", "from"),
    "to": QT_TRANSLATE_NOOP("Words", "to"),
    "date": QT_TRANSLATE_NOOP("Words", "date"),
    "mean_days": QT_TRANSLATE_NOOP("Words", "mean gap in days"),
    "attributes": QT_TRANSLATE_NOOP("Words", "attributes"),
    "dropout": QT_TRANSLATE_NOOP("Words", "projects that leave"),
    "stage": QT_TRANSLATE_NOOP("Words", "stage"),
    "signed": QT_TRANSLATE_NOOP("Words", "signed"),
    "grade": QT_TRANSLATE_NOOP("Words", "credit grade"),
    "investment": QT_TRANSLATE_NOOP("Words", "investment"),
    "target": QT_TRANSLATE_NOOP("Words", "target date"),
    "path": QT_TRANSLATE_NOOP("Words", "path"),
    "priority": QT_TRANSLATE_NOOP("Words", "priority"),
    "calendar": QT_TRANSLATE_NOOP("Words", "calendar"),
    "milestone": QT_TRANSLATE_NOOP("Words", "milestone"),
    "run": QT_TRANSLATE_NOOP("Words", "run"),
    "measure": QT_TRANSLATE_NOOP("Words", "times counted to"),
    "replications": QT_TRANSLATE_NOOP("Words", "replications"),
    "seed": QT_TRANSLATE_NOOP("Words", "seed"),
    "start": QT_TRANSLATE_NOOP("Words", "start"),
    "end": QT_TRANSLATE_NOOP("Words", "end"),
    "source": QT_TRANSLATE_NOOP("Words", "source"),
    "assumed": QT_TRANSLATE_NOOP("Words", "assumed"),
    "note": QT_TRANSLATE_NOOP("Words", "note"),
}

_NUMBERS = {
    "value": QT_TRANSLATE_NOOP("Words", "always"),
    "min": QT_TRANSLATE_NOOP("Words", "least"),
    "mode": QT_TRANSLATE_NOOP("Words", "likely"),
    "max": QT_TRANSLATE_NOOP("Words", "most"),
    "mean": QT_TRANSLATE_NOOP("Words", "mean"),
    "sd": QT_TRANSLATE_NOOP("Words", "standard deviation"),
    "shape": QT_TRANSLATE_NOOP("Words", "shape"),
    "quantiles": QT_TRANSLATE_NOOP("Words", "quantiles"),
}

_CHOICES = {
    "fixed": QT_TRANSLATE_NOOP("Words", "fixed"),
    "uniform": QT_TRANSLATE_NOOP("Words", "uniform"),
    "triangular": QT_TRANSLATE_NOOP("Words", "triangular"),
    "pert": QT_TRANSLATE_NOOP("Words", "PERT"),
    "lognormal": QT_TRANSLATE_NOOP("Words", "lognormal"),
    "gamma": QT_TRANSLATE_NOOP("Words", "gamma"),
    "weibull": QT_TRANSLATE_NOOP("Words", "Weibull"),
    "empirical": QT_TRANSLATE_NOOP("Words", "empirical"),
    "standard": QT_TRANSLATE_NOOP("Words", "standard path"),
    "prereview": QT_TRANSLATE_NOOP("Words", "pre-review"),
    "deferred": QT_TRANSLATE_NOOP("Words", "promised, handed in later"),
    "hard": QT_TRANSLATE_NOOP("Words", "strict"),
    "fifo": QT_TRANSLATE_NOOP("Words", "in turn"),
    "priority": QT_TRANSLATE_NOOP("Words", "by priority"),
    "applicant": QT_TRANSLATE_NOOP("Words", "applicant"),
    "government": QT_TRANSLATE_NOOP("Words", "government"),
    "market": QT_TRANSLATE_NOOP("Words", "market"),
    "submitted": QT_TRANSLATE_NOOP("Words", "submitted"),
    "reviewed": QT_TRANSLATE_NOOP("Words", "reviewed"),
    "finished": QT_TRANSLATE_NOOP("Words", "finished"),
}

_SHARES = ("probability", "decay", "uptake", "share", "breach", "effect", "overload")
_WORKING = ("statutory", "due", "grace")
_CALENDAR = (
    *("every", "offset", "closed_before", "closed_after", "full_after"),
    *("within", "red_after"),
)


def field_words(name: str) -> str:
    """A field of the file in words; its own name where there are none."""
    return translate("Words", str(_FIELDS[name])) if name in _FIELDS else name


def number_words(name: str) -> str:
    """A number of a distribution: least, most likely, most."""
    return translate("Words", str(_NUMBERS.get(name, name)))


def choice_words(name: str) -> str:
    """A choice such as the family of a distribution, or how a dependency is relaxed."""
    return translate("Words", str(_CHOICES[name])) if name in _CHOICES else name


def unit_words(unit: str, *, short: bool = False) -> str:
    """``days`` or ``workdays`` in words."""
    if short:
        return translate("Words", "wd") if unit == "workdays" else translate("Words", "d")
    return (
        translate("Words", "working days")
        if unit == "workdays"
        else translate("Words", "calendar days")
    )


def part_name(scenario: Scenario, kind: str, key: str) -> str:
    """The name of a stage, department or milestone; its id where it has none."""
    part = getattr(scenario, kind).get(key)
    return language.words(part.name, key) if part else key


def when_words(when: Mapping[str, str]) -> str:
    """Which projects a variant is for."""
    return ", ".join(_condition(name, value) for name, value in when.items())


def _condition(name: str, value: str) -> str:
    if name == "path":
        return (
            translate("Words", "commitment path") if value == "commitment" else choice_words(value)
        )
    if name == "grade":
        return translate("Words", "grade {grade}").format(grade=value)
    return f"{name} = {value}"


def duration_words(duration: Any, unit: str, *, short: bool = True) -> str:
    """A duration with its unit: ``20/40/90 d``; ``unit`` is the usual one at its place."""
    if duration is None:
        return translate("Words", "none")
    words = as_text(duration)
    if duration.dist in ("pert", "gamma", "weibull", "empirical"):
        words = f"{choice_words(duration.dist)} {words}"
    return f"{words} {unit_words(duration.unit or unit, short=short)}"


def value_words(place: Place, value: Any, *, short: bool = True) -> str:
    """A value at its place, with its unit in short or in whole words."""
    field = next((step for step in reversed(place) if isinstance(step, str)), "")
    if isinstance(value, tuple(FAMILIES.values())):
        return duration_words(value, usual_unit(place), short=short)
    if value is None:
        return translate("Words", "none")
    if isinstance(value, bool):
        return translate("Words", "yes") if value else translate("Words", "no")
    if isinstance(value, Text):
        return language.words(value)
    if isinstance(value, date):
        return language.day(value)
    if isinstance(value, int | float):
        return _number_words(place, field, value, short)
    if isinstance(value, BaseModel):
        return _part_words(place, value)
    if isinstance(value, tuple):
        return ", ".join(value_words(place, entry) for entry in value) or translate("Words", "none")
    return choice_words(str(value))


def _number_words(place: Place, field: str, value: float, short: bool) -> str:
    if field in _SHARES or "attributes" in place:
        return language.percent(value, 0 if round(value * 100, 6) % 1 == 0 else 1)
    if field in _WORKING:
        return f"{plain(value)} {unit_words('workdays', short=short)}"
    if field in _CALENDAR:
        return f"{plain(value)} {unit_words('days', short=short)}"
    return plain(value)


def _part_words(place: Place, part: BaseModel) -> str:
    given = [name for name in type(part).model_fields if name in part.model_fields_set]
    numbers = [name for name in given if name not in ("source", "assumed", "note")]
    return ", ".join(
        f"{field_words(name)} {value_words((*place, name), getattr(part, name))}"
        for name in numbers
    ) or translate("Words", "as usual")


def place_words(scenario: Scenario, place: Place) -> str:
    """A place in words, from the whole to the part: ``Environmental assessment › review``."""
    words: list[str] = []
    steps = list(place)
    if len(steps) > 1 and steps[0] in ("stage", "department", "milestone"):
        words.append(part_name(scenario, str(steps[0]), str(steps[1])))
    elif len(steps) > 2 and steps[:2] == ["commitment", "grades"]:
        words.append(translate("Words", "grade {grade}").format(grade=steps[2]))
        steps = steps[1:]
    elif len(steps) > 1 and steps[0] == "project":
        project = value_at(scenario, place[:2])
        words.append(language.words(project.name, project.id) if project else str(steps[1]))
    else:
        words.append(field_words(str(steps[0])) if steps else "")
        steps = [steps[0], *steps] if steps else []
    words += _inner_words(scenario, place, len(place) - len(steps) + 2, steps[2:])
    return " › ".join(word for word in words if word)


def _inner_words(scenario: Scenario, place: Place, start: int, steps: list[Any]) -> list[str]:
    words, previous = [], ""
    for position, step in enumerate(steps, start=start):
        if isinstance(step, int):
            part = value_at(scenario, place[: position + 1])
            known = previous == "variant" and part is not None
            words.append(when_words(part.when) if known else str(step + 1))
        elif previous == "after":
            words.append(part_name(scenario, "stage", step))
        elif previous in ("attributes", "when") or (previous and "attributes" in place):
            words.append(step)
        elif step != "variant":
            words.append(number_words(step) if step in _NUMBERS else field_words(step))
        previous = str(step)
    return words
