"""What tests have workers of a cluster make of a batch; workers import this, and little else."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from approvalsim.errors import Problem, ScenarioError
from approvalsim.facts import Facts

Batch = tuple[Facts, ...]


def everything(batch: Batch) -> Batch:
    """The facts themselves."""
    return batch


def numbers(batch: Batch) -> list[int]:
    """Which replications they are."""
    return [int(number) for number in batch[0].replications]


def slowly(seconds: float, batch: Batch) -> Batch:
    """The facts, some time later."""
    time.sleep(seconds)
    return batch


def dying_once(flag: Path, batch: Batch) -> Batch:
    """The facts; but whoever comes first dies instead."""
    try:
        flag.touch(exist_ok=False)
    except FileExistsError:
        return batch
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("survived")


def dying(batch: Batch) -> Batch:
    """Nothing: every worker that tries dies of it."""
    os.kill(os.getpid(), signal.SIGKILL)
    return batch


def complaining(batch: Batch) -> Batch:
    """A user's mistake that only the worker can find."""
    raise ScenarioError([Problem("no_kernel", ("--engine",), {"folder": "there"})])


def on_scheduler(dask_scheduler: Any) -> tuple[list[str], int]:
    """The tasks a scheduler knows, and how many somebodies are connected besides the asker."""
    return [str(key) for key in dask_scheduler.tasks], len(dask_scheduler.clients) - 2
