"""A register from whatever file holds it: a workbook, a register file, or plain JSON."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from approvalsim.errors import Problem, ScenarioError, listed
from approvalsim.register import Register, problems_in
from approvalsim.register_log import SUFFIX, RegisterFile
from approvalsim.register_workbook import examined
from approvalsim.scenario import Scenario

CONTRADICTIONS = ("dates_fall", "before_signing", "after_left")
"""Mistakes between dates; `standing` says what is made of them."""


def read_register(path: Path, scenario: Scenario) -> tuple[Register, tuple[Problem, ...]]:
    """The register in a file, and what contradicts itself in it, to be told and lived with.

    By the end of the file's name; ``.json`` is as `dataclasses.asdict` says it. Raises
    `ScenarioError` with all that cannot be read, or is unknown to the scenario.
    """
    register, problems = _examined(path, scenario)
    if found := [each for each in problems if each.sentence not in CONTRADICTIONS]:
        raise ScenarioError(found)
    return register, problems


def _examined(path: Path, scenario: Scenario) -> tuple[Register, tuple[Problem, ...]]:
    if path.suffix.lower() == SUFFIX:
        with RegisterFile.open(path, read_only=True) as live:
            register = live.register
    elif path.suffix.lower() == ".json":
        register = _from_json(path)
    else:
        workbook, problems = examined(path, scenario)
        return workbook.register, problems
    found = problems_in(register, scenario)
    return register, tuple(problem.inside(str(path), None) for problem in found)


def _from_json(path: Path) -> Register:
    try:
        return TypeAdapter(Register).validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ScenarioError([Problem("no_file", file=str(path))]) from None
    except OSError as error:
        words = {"reason": error.strerror or error}
        raise ScenarioError([Problem("unreadable", words=words, file=str(path))]) from None
    except ValidationError as error:
        places = listed(".".join(map(str, each["loc"])) or each["msg"] for each in error.errors())
        words = {"reason": places}
        raise ScenarioError([Problem("not_register", words=words, file=str(path))]) from None
