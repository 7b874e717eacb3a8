"""Problems: what is wrong, where, and what to do about it, in the user's language.

A problem is a value: a place, the name of a sentence, and the words that fill it. Nothing is
formatted until somebody reads it, in Chinese or in English.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from approvalsim.sentences import SENTENCES


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its place and a sentence of `SENTENCES` with the words to fill it.

    ``path`` is the place inside the file, in the file's own words; ``line`` counts from 1 and is
    None where it cannot be known.
    """

    sentence: str
    path: tuple[str | int, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None

    def __post_init__(self) -> None:
        if self.sentence not in SENTENCES:
            raise KeyError(self.sentence)

    @property
    def where(self) -> str:
        """The place as people write it: ``jianghai.toml:12: stage.eia.review.min``."""
        file = f"{self.file}:{self.line}" if self.file and self.line else self.file
        return ": ".join(part for part in (file, field_name(self.path)) if part)

    def message(self, language: str = "en") -> str:
        """What is wrong and what to do, without the place."""
        return SENTENCES[self.sentence][language != "zh"].format(**self.words)

    def text(self, language: str = "en") -> str:
        """The whole line: place and message."""
        return f"{self.where}: {self.message(language)}" if self.where else self.message(language)

    def inside(self, file: str, line: int | None) -> "Problem":
        """The same problem with its file and line."""
        return replace(self, file=file, line=line)


class ScenarioError(Exception):
    """Input that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))

    def __reduce__(self) -> tuple[type, tuple[tuple[Problem, ...]]]:
        """It travels between processes as its problems."""
        return type(self), (self.problems,)


class LostError(ScenarioError):
    """What computes for us is gone before the end; what it had done by then stands."""


def field_name(path: tuple[str | int, ...]) -> str:
    """A path as the file spells it: ``stage.eia.variant[0].when``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names for a sentence, cut where there are too many to read."""
    names = list(names)
    return ", ".join(names[:most]) + (", …" if len(names) > most else "") or "–"
