"""The shape of a scenario as JSON Schema: which keys a table may have, and what they may hold.

One description serves editors (`file_schema`) and the sentences about mistakes (`Shape`).
"""

import json
from functools import cache
from typing import Any

from approvalsim.scenario import Scenario
from approvalsim.toml_lines import Path

Schema = dict[str, Any]

REMOVAL = "Removal"
_MARKS = ("source", "assumed", "note")


@cache
def _scenario_schema() -> Schema:
    return Scenario.model_json_schema(by_alias=True)


class Shape:
    """What may stand at one place of a scenario; walks down key by key."""

    def __init__(self, node: Schema | None = None) -> None:
        self.node = _dereferenced(_scenario_schema() if node is None else node)

    @property
    def is_table(self) -> bool:
        """Whether a table belongs here."""
        return self.node.get("type") == "object" or "oneOf" in self.node

    @property
    def is_words(self) -> bool:
        """Whether words in one or two languages belong here."""
        return "anyOf" in self.node

    @property
    def keys(self) -> list[str]:
        """The keys a table has here, the marks of evidence last; none where it takes any id."""
        keys = self.node.get("properties", ())
        return sorted(keys, key=lambda key: (key in _MARKS, key != "dist"))

    @property
    def choices(self) -> list[Any]:
        """The values that may be chosen from; none where there is no such list."""
        if "const" in self.node:
            return [self.node["const"]]
        return list(self.node.get("enum", ())) or list(self.kinds)

    @property
    def kinds(self) -> dict[str, Schema]:
        """The families a duration may have, by the value of ``dist``."""
        names = self.node.get("discriminator", {}).get("mapping", {})
        kinds = {ref: name for name, ref in names.items()}
        return {kinds[option["$ref"]]: option for option in self.node.get("oneOf", ())}

    def at(self, step: str | int) -> "Shape":
        """The shape one step further in."""
        node = self.node
        if isinstance(step, int):
            return Shape(node.get("items", {}))
        if self.is_words:
            node = node["anyOf"][1]
        if step in node.get("properties", {}):
            return Shape(node["properties"][step])
        entries = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
        return Shape(entries[0] if isinstance(entries[0], dict) else {})


def located(location: Path) -> tuple[Path, Shape, Shape]:
    """A place that pydantic names, as the file has it; the shape around it; and its own.

    Pydantic adds tags for families of durations and for keys, which no file contains.
    """
    shape = around = Shape()
    path: list[str | int] = []
    for step in location:
        if step == "[key]":
            break
        if step in shape.kinds:
            shape = Shape(shape.kinds[str(step)])
        else:
            path.append(step)
            around, shape = shape, shape.at(step)
    return tuple(path), around, shape


def _dereferenced(node: Schema) -> Schema:
    """The node without references and without null, which TOML does not have."""
    while True:
        if "$ref" in node:
            node = _scenario_schema()["$defs"][node["$ref"].rpartition("/")[2]]
            continue
        options = node.get("anyOf", ())
        some = [option for option in options if option.get("type") != "null"]
        if len(some) != 1 or not options:
            return node
        node = some[0]


def file_schema() -> Schema:
    """JSON Schema of a scenario file, for editors that complete and check TOML.

    A file that extends another may leave out what it inherits, and may remove it.
    """
    schema: Schema = json.loads(json.dumps(_without_null(_scenario_schema())))
    definitions = schema.pop("$defs")
    overriding = {f"{name}Override": _loosened(node) for name, node in definitions.items()}
    extends = {"type": "string", "description": "Relative path of the scenario this one changes."}
    full = {key: schema[key] for key in ("properties", "required", "additionalProperties")}
    partly = _loosened(full)
    partly["properties"]["extends"] = extends
    removal = {
        "type": "object",
        "description": "Drops what the file inherits.",
        "properties": {"remove": {"const": True}},
        "required": ["remove"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "approvalsim scenario",
        "description": schema["description"],
        "type": "object",
        "if": {"required": ["extends"]},
        "then": partly,
        "else": full,
        "$defs": {**definitions, **overriding, REMOVAL: removal},
    }


def _without_null(node: Any) -> Any:
    """The schema without null, neither as a type nor as a default."""
    if isinstance(node, list):
        return [_without_null(entry) for entry in node if entry != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    node = {key: _without_null(value) for key, value in node.items() if value is not None}
    if len(node.get("anyOf", ())) == 1:
        node = {**node.pop("anyOf")[0], **node}
    return node


def _loosened(node: Any) -> Any:
    """The schema for a file that extends another: nothing is required, everything removable."""
    if isinstance(node, list):
        return [_loosened(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    loose = {key: _loosened(value) for key, value in node.items() if key not in _NOT_LOOSE}
    if "$ref" in node:
        loose["$ref"] = f"{node['$ref']}Override"
    if "oneOf" in loose:  # without its dist a table may fit several families
        loose["anyOf"] = loose.pop("oneOf")
    removal = {"$ref": f"#/$defs/{REMOVAL}"}
    for key in ("properties", "patternProperties"):
        for name, entry in loose.get(key, {}).items():
            loose[key][name] = {"anyOf": [entry, removal]}
    if isinstance(loose.get("additionalProperties"), dict):
        loose["additionalProperties"] = {"anyOf": [loose["additionalProperties"], removal]}
    return loose


_NOT_LOOSE = ("required", "discriminator", "minProperties", "default")
