"""The fields of a register as columns: which there are, what they are called, what may be typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from approvalsim.errors import Problem
from approvalsim.register import (
    KINDS,
    PATHS,
    STEPS,
    Register,
    known_attributes,
    known_grades,
)
from approvalsim.register_cells import (
    CellError,
    is_empty,
    read_amount,
    read_choice,
    read_date,
    read_text,
)
from approvalsim.register_changes import Value, kind_of, path_of, same
from approvalsim.register_headings import (
    DEMAND_HEADINGS,
    heading,
    stage_heading,
    step_heading,
    value_words,
)
from approvalsim.scenario import Scenario
from approvalsim_ui import language

translate = QCoreApplication.translate

Field = tuple[str, ...]
LIGHT: Field = ("light",)
NOW: Field = ("now",)
"""Stages under way: what a register does not say, but what follows from it."""
FROZEN: tuple[Field, ...] = (("name",), LIGHT, NOW, ("target",))
"""Columns that stay in sight."""
_PLAIN: tuple[Field, ...] = tuple(
    (name,) for name in ("id", "owner", "leader", "team", "investment", "grade")
)
_AFTER: tuple[Field, ...] = (("path",), ("signed",))
DEMAND_FIELDS = ("id", "kind", "text", "raised", "answered", "closed", "responsible")


@dataclass(frozen=True)
class Group:
    """Columns that are shown or hidden together."""

    key: str
    title: str
    section: str
    """``fields``, ``stages``, ``steps``, ``milestones`` or ``own``."""


RARE = frozenset({"step ready", "step reviewed"})
"""Groups that are not shown until somebody asks for them."""


def fields_for(register: Register, scenario: Scenario) -> tuple[Field, ...]:
    """Every column, those in sight first."""
    stages, milestones = list(scenario.stage), list(scenario.milestone)
    attributes, own = list(known_attributes(scenario)), list[str]()
    for entry in register.entries:
        _add(stages, entry.stages)
        _add(milestones, entry.milestones)
        _add(attributes, entry.attributes)
        _add(own, entry.extra)
    return (
        *FROZEN,
        *_PLAIN,
        *(("attributes", name) for name in attributes),
        *_AFTER,
        *(("stages", stage, step) for stage in stages for step in STEPS),
        *(("milestones", name) for name in milestones),
        ("left",),
        *(("extra", name) for name in own),
    )


def _add(known: list[str], names: Iterable[str]) -> None:
    known += [name for name in names if name not in known]


def groups_of(fields: Sequence[Field], scenario: Scenario) -> tuple[Group, ...]:
    """What can be shown and hidden of these columns."""
    spoken = language.current()
    found: dict[str, Group] = {}
    for field in fields:
        if field in FROZEN:
            continue
        if field[0] == "stages":
            title = stage_heading(scenario, field[1], spoken)
            found.setdefault(f"stage {field[1]}", Group(f"stage {field[1]}", title, "stages"))
            continue
        section = {"milestones": "milestones", "extra": "own"}.get(field[0], "fields")
        found[key_of(field)] = Group(key_of(field), head(field, scenario), section)
    steps = [Group(f"step {step}", step_heading(step, spoken), "steps") for step in STEPS]
    return (*found.values(), *steps)


def is_shown(field: Field, hidden: frozenset[str]) -> bool:
    """Whether a column is shown where these groups are hidden."""
    if field[0] == "stages":
        return not {f"stage {field[1]}", f"step {field[2]}"} & hidden
    return key_of(field) not in hidden


def key_of(field: Field) -> str:
    """A field as changes and the history name it."""
    return ".".join(field)


# --- words ---------------------------------------------------------------------------------------


def head(field: Field, scenario: Scenario | None) -> str:
    """The heading of a column; a stage's stands above its step."""
    spoken = language.current()
    if field == LIGHT:
        return translate("RegisterFields", "Light")
    if field == NOW:
        return translate("RegisterFields", "Stages under way")
    if field[0] == "stages":
        return f"{stage_heading(scenario, field[1], spoken)}\n{step_heading(field[2], spoken)}"
    return heading(field, scenario, spoken)


def field_words(field: str, scenario: Scenario | None) -> str:
    """A field of the history in words."""
    kind, _, rest = field.partition(".")
    if kind == "demands":
        name, _, part = rest.rpartition(".")
        column = DEMAND_HEADINGS[part][language.current() != "zh"] if part != "id" else ""
        said = translate("RegisterFields", "Demand {id}").format(id=name)
        return f"{said} · {column}" if column else said
    if field == "id":
        return translate("RegisterFields", "Project")
    try:
        return head(path_of(field), scenario).replace("\n", " · ")
    except KeyError:
        return field


def shown(field: Field, value: Any, kind: str = "project") -> str:
    """A value as people read it; empty for nothing."""
    other = language.current() != "zh"
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if kind == "project" and field == ("path",):
        return PATHS[value][other] if value in PATHS else str(value)
    if kind == "project" and field[0] == "attributes":
        return value_words(field[1], (value,))[value][other]
    if kind == "demand" and field == ("kind",):
        return KINDS[value][other] if value in KINDS else str(value)
    return read_text(value)


def value_in_history(field: str, value: Any) -> str:
    """A value of the history in words; a dash for nothing."""
    kind, _, rest = field.partition(".")
    if kind == "demands":
        return shown((rest.rpartition(".")[2],), value, "demand") or "–"
    return shown(path_of(field), value) or "–"


# --- what is typed -------------------------------------------------------------------------------


def choices(field: Field, scenario: Scenario | None, kind: str = "project") -> dict[str, str]:
    """What a cell can be, by its words; nothing where one types."""
    other = language.current() != "zh"
    known: Mapping[str, Sequence[str]] = {}
    if kind == "demand":
        known = KINDS if field == ("kind",) else {}
    elif field == ("path",):
        known = PATHS
    elif scenario is not None and field == ("grade",):
        known = {grade: (grade, grade) for grade in known_grades(scenario)}
    elif scenario is not None and field[0] == "attributes":
        values = known_attributes(scenario).get(field[1], ())
        known = value_words(field[1], values)
    words = {name: called[other] for name, called in known.items()}
    return ({"": "–"} if kind == "project" else {}) | words if words else {}


def read(field: Field, text: str, old: Any, kind: str = "project") -> Value:
    """What somebody typed, as the field holds it; raises `CellError`."""
    if is_empty(text):
        return None
    match kind_of(key_of(field), kind):
        case "date":
            return read_date(text)
        case "number":
            return read_amount(text, "亿")
        case "path":
            return read_choice(text, PATHS)
        case "any":
            return _own(text, old)
    return text.strip()


def _own(text: str, old: Any) -> Value:
    """A cell of the user's own: what was a date or a number stays one."""
    if isinstance(old, date):
        return read_date(text)
    if isinstance(old, int | float) and not isinstance(old, bool):
        try:
            return float(text)
        except ValueError:
            return text.strip()
    return text.strip()


def refusal(field: Field, text: str, old: Any, kind: str = "project") -> str:
    """Why a text cannot be taken, in the language spoken now; empty if it can."""
    try:
        read(field, text, old, kind)
    except CellError as error:
        return Problem(error.sentence, (), error.words).message(language.current())
    return ""


def differs(one: Any, other: Any) -> bool:
    """Whether two values of a field are not the same; nothing is nothing."""
    if one in (None, "") and other in (None, ""):
        return False
    return not same(one, other)
