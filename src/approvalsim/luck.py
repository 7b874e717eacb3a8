"""Randomness as a pure function of who, where and what for.

``uniform(seed, replication, project, stage, round, purpose)`` is a counter-based generator: nothing
is drawn ahead and nothing has state, so any two scenarios share every draw they have in common
(common random numbers), in any order, on any number of cores.

Each argument is mixed in turn into a 64-bit word by the finaliser of SplitMix64 (Steele, Lea and
Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, with the constants of
Stafford's Mix13). Ids enter by a hash of their text, never by their position.
"""

from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Keys = NDArray[np.uint64]

_GAMMA = 0x9E3779B97F4A7C15
_MULTIPLY_1 = 0xBF58476D1CE4E5B9
_MULTIPLY_2 = 0x94D049BB133111EB
_MASK = (1 << 64) - 1


class Purpose(IntEnum):
    """What a draw decides. The numbers are part of a result's identity: never renumber them."""

    SIGNING = 0
    ATTRIBUTE = 1
    GRADE = 2
    PATH = 3
    DROPOUT = 4
    VARIATION_PREPARE = 5
    VARIATION_REVIEW = 6
    WINDOW = 7
    PREPARE = 8
    REVIEW = 9
    CORRECTION = 10
    REWORK = 11
    NOTICE = 12
    UPTAKE = 13
    ISSUE = 14
    BREACH = 15
    REMEDY = 16


_PURPOSES = 64  # room for later purposes without moving the rounds


@lru_cache(maxsize=65536)
def key(name: str) -> int:
    """A stable 64-bit hash of an id (BLAKE2b), the same on every machine."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def keys(names: "tuple[str, ...]") -> Keys:
    """The keys of several ids."""
    return np.array([key(name) for name in names], dtype=np.uint64)


def uniform(
    seed: int, replication: int, project: str, stage: str, round_: int, purpose: Purpose
) -> float:
    """One draw, evenly spread inside 0..1 and never 0 or 1.

    ``stage`` is the id the draw belongs to: a stage, a milestone, an attribute, or an edge written
    ``u->v``; the empty string for the project as a whole. ``round_`` counts from 0.
    """
    word = _mix(_mix(_replication_word(seed, replication) ^ key(project)) ^ key(stage))
    return _to_unit(_mix(word, round_ * _PURPOSES + purpose + 1))


def _replication_word(seed: int, replication: int) -> int:
    return _mix(_mix(seed & _MASK), replication + 1)


def _mix(word: int, counter: int = 0) -> int:
    word = (word + counter * _GAMMA) & _MASK
    word = ((word ^ (word >> 30)) * _MULTIPLY_1) & _MASK
    word = ((word ^ (word >> 27)) * _MULTIPLY_2) & _MASK
    return word ^ (word >> 31)


def _to_unit(word: int) -> float:
    # 52 bits and a half: exact in a float, so the ends 0 and 1 cannot come up by rounding.
    return ((word >> 12) + 0.5) * 2.0**-52


class Sheets:
    """The draws of one replication, a whole sheet (every project by every id) at a time.

    A sheet holds exactly the numbers `uniform` gives one by one, computed together because that is
    fifty times quicker in Python.
    """

    def __init__(self, seed: int, replication: int, projects: Keys, places: Keys) -> None:
        """Prepare the draws of ``replication`` for projects and ids, both given by their keys."""
        start = np.uint64(_replication_word(seed, replication))
        by_project = _mix_all(start ^ projects)
        self._words = _mix_all(by_project[:, None] ^ places)

    def draw(self, purpose: Purpose, round_: int = 0) -> Array:
        """The sheet of one purpose and round, shape (projects, ids)."""
        counter = np.uint64((round_ * _PURPOSES + purpose + 1) * _GAMMA & _MASK)
        return ((_mix_all(self._words + counter) >> np.uint64(12)) + np.float64(0.5)) * 2.0**-52


def _mix_all(words: Keys) -> Keys:
    words = (words ^ (words >> np.uint64(30))) * np.uint64(_MULTIPLY_1)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(_MULTIPLY_2)
    return words ^ (words >> np.uint64(31))
