"""The two engines: SimPy, which tells the story, and its compiled twin, which is quick.

They give the same facts to the last bit, so the choice is one of speed alone: the twin where it has
been compiled on this machine, SimPy until then.
"""

from typing import Literal

from approvalsim import kernel_cache, simulation
from approvalsim.errors import Problem, ScenarioError
from approvalsim.facts import Facts
from approvalsim.plan import Plan

Engine = Literal["simpy", "kernel"]
"""The engine that makes the facts, as manifests name it."""
Asked = Literal["auto", "simpy", "kernel"]


def chosen(asked: Asked) -> Engine:
    """The engine to use: for ``auto`` the kernel where it is ready, without waiting for it.

    To ask for the kernel by name compiles it if need be. Raises `ScenarioError` where that fails.
    """
    if asked == "simpy" or (asked == "auto" and not kernel_cache.is_ready()):
        return "simpy"
    if not kernel_cache.warm_up():
        words = {"folder": kernel_cache.folder()}
        raise ScenarioError([Problem("no_kernel", ("--engine",), words)])
    return "kernel"


def simulate(engine: Engine, plan: Plan, seed: int, replications: range) -> Facts:
    """The facts of some replications of a plan (at least one), in their order."""
    if engine == "kernel":
        from approvalsim import kernel  # noqa: PLC0415 - half a second that SimPy need not wait for

        return kernel.simulate(plan, seed, replications)
    return simulation.simulate(plan, seed, replications)
