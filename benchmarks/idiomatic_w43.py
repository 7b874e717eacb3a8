"""The reference workload as a newcomer to SimPy would write it: the yardstick of our engines.

Resources, timeouts and `AllOf`, draws from `random`; no calendars, no facts but the time in system.
"""

import random
from collections.abc import Generator
from typing import Any

import simpy

REVIEWERS = (2, 3, 2, 2, 2, 3, 2, 2)
DAYS = (
    (3, 6, 12),
    (5, 12, 24),
    (4, 8, 18),
    (4, 9, 16),
    (5, 10, 18),
    (6, 14, 25),
    (3, 8, 16),
    (2, 5, 11),
)
AFTER = ((), (0,), (0,), (1,), (2,), (3, 4), (5,), (6,))
PROJECTS = 43
MEAN_GAP = 8.5
CORRECTION = 0.2
REWORK = (2, 5)

Process = Generator[simpy.Event, Any, None]


def replication(seed: int) -> list[float]:
    """Days in the system of each project, in one replication."""
    luck = random.Random(seed)
    env = simpy.Environment()
    offices = [simpy.Resource(env, reviewers) for reviewers in REVIEWERS]
    times: list[float] = []

    def stage(number: int, done: list[simpy.Process]) -> Process:
        yield env.all_of([done[before] for before in AFTER[number]])
        while True:
            with offices[number].request() as desk:
                yield desk
                low, mode, high = DAYS[number]
                yield env.timeout(luck.triangular(low, high, mode))
            if luck.random() >= CORRECTION:
                return
            yield env.timeout(luck.uniform(*REWORK))

    def project() -> Process:
        signed = env.now
        done: list[simpy.Process] = []
        for number in range(len(REVIEWERS)):
            done.append(env.process(stage(number, done)))
        yield done[-1]
        times.append(env.now - signed)

    def arrivals() -> Process:
        for _ in range(PROJECTS):
            yield env.timeout(luck.expovariate(1 / MEAN_GAP))
            env.process(project())

    env.process(arrivals())
    env.run()
    return times
