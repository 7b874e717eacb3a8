"""By which rules a project is given its light (红黄绿灯), and what the lights look like.

The defaults follow 银川 (March 2025: yellow for a start missed in its planned month, red after
three) and 三亚 (May 2022: yellow up to half behind, red beyond), as far as rules by share or month
can be put in days; see ``docs/dispatch.md``. They are assumptions, and may be changed.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from hashlib import sha256

from approvalsim.scenario import Scenario
from approvalsim.supervision import Light, light

_FORMAT = 1
"""Of what the numbers mean; they make the version together."""


@dataclass(frozen=True)
class LightRules:
    """When a light is yellow and red, and when a green one carries a warning."""

    yellow_below: float = 0.0
    """Days of margin below which it is yellow; 0: as soon as a deadline has passed."""
    red_after: float = 30.0
    """Days late after which it is red."""
    warn_below: float = 0.6
    """A green light carries a warning where the target is met with a smaller probability."""
    within: float | None = None
    """Days from signing to the target of projects that state none; None: they have no light."""
    assumed: bool = True
    """Whether nobody but this program says so."""

    @classmethod
    def of(cls, scenario: Scenario) -> "LightRules":
        """The rules a scenario's ``[supervision]`` gives, and for the rest the defaults."""
        said = scenario.supervision
        if said is None:
            return cls()
        return cls(red_after=said.red_after, within=said.within, assumed=said.assumed)

    @property
    def version(self) -> str:
        """A name for these numbers: the same for the same ones, and another for others."""
        numbers = astuple(self)[:-1]
        return f"{_FORMAT}-{sha256(repr(numbers).encode()).hexdigest()[:8]}"

    def light(self, margin: float) -> Light:
        """The light for a margin as in `supervision.margins`."""
        return light(margin - self.yellow_below, self.red_after + self.yellow_below)


class Signal(StrEnum):
    """What is shown of a project: its light, or why it has none."""

    RED = "red"
    YELLOW = "yellow"
    WARNING = "warning"
    """Green by its plan, but the forecast doubts that the target will be met."""
    GREEN = "green"
    NO_TARGET = "no_target"
    UNSIGNED = "unsigned"
    DONE = "done"
    LEFT = "left"


URGED = (Signal.RED, Signal.YELLOW)
"""Who is urged on."""

SIGNAL_WORDS: Mapping[Signal, tuple[str, str]] = {
    Signal.RED: ("■ 红 督办", "■ red: urge on"),
    Signal.YELLOW: ("▲ 黄 预警", "▲ yellow: late"),
    Signal.WARNING: ("◆ 绿 预测预警", "◆ green: forecast doubtful"),
    Signal.GREEN: ("● 绿 正常", "● green: on time"),
    Signal.NO_TARGET: ("○ 无目标", "○ no target"),
    Signal.UNSIGNED: ("– 未签约", "– not signed"),
    Signal.DONE: ("✓ 已完成", "✓ done"),
    Signal.LEFT: ("× 已退出", "× left"),
}
"""Shape and word, in Chinese and English: nothing is told by a colour alone."""

SIGNAL_FILLS: Mapping[Signal, str] = {
    Signal.RED: "F4B6B0",
    Signal.YELLOW: "FFE699",
    Signal.WARNING: "DDEBF7",
    Signal.GREEN: "C6E0B4",
}
"""Colours behind the words, RRGGBB."""
