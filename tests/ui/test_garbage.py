"""Cyclic garbage goes in the thread of the windows, and not in the middle of a drag."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from approvalsim_ui.garbage import GarbageCollector


class Circle:
    """Something only the collector can find."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def busy() -> list[bool]:
    return [False]


@pytest.fixture
def collector(busy: list[bool]) -> Iterator[GarbageCollector]:
    collector = GarbageCollector(is_busy=lambda: busy[0])
    yield collector
    collector.close()
    assert gc.isenabled()
    gc.disable()  # as the fixture of all tests expects


def old_circle() -> "weakref.ref[Circle]":
    """A circle that has outlived the young generations, and is garbage now."""
    circle = Circle()
    gc.collect(0)
    gc.collect(1)
    return weakref.ref(circle)


def make_due(generation: int) -> None:
    """Let so many collections pass that a full one is due."""
    for _ in range(gc.get_threshold()[generation] + 1):
        gc.collect(generation - 1)


def test_python_itself_collects_nothing_any_more(collector: GarbageCollector) -> None:
    assert not gc.isenabled()


def test_young_garbage_goes_at_the_next_look(collector: GarbageCollector) -> None:
    gc.collect()
    circle = weakref.ref(Circle())
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
    collector.look()
    assert circle() is None
    assert kept


def test_old_garbage_waits_while_somebody_drags(
    collector: GarbageCollector, busy: list[bool]
) -> None:
    circle = old_circle()
    make_due(2)
    busy[0] = True
    collector.look()
    assert circle() is not None
    busy[0] = False
    make_due(2)
    collector.look()
    assert circle() is None
