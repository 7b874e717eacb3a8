"""Both engines with a deliberate mistake in them.

`simulation` and what it is made of are read anew for each mutation. The kernel takes long to
compile, so all its mutations are compiled at once, each behind a switch, in a process of its own:
run as a program, this prints what every scenario and every mutation came to.
"""

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from llvmlite import ir
from mutations import KERNEL, Mutation
from numba import njit, types
from numba.extending import intrinsic
from telling_scenarios import SCENARIOS

import approvalsim
from approvalsim import simulation
from approvalsim.facts import differences
from approvalsim.plan import compile_plan

SEED, REPLICATIONS = 7, range(3)
PARTS = ("timetable", "department", "casework", "clock", "commitments", "steering", "simulation")
"""The modules of the SimPy model that can be read anew, each after those it imports."""
SWITCH = np.zeros(1, dtype=np.int64)
"""Which mutation of the kernel is on, counted from 1; 0 for none."""


def with_mutations(source: str, mutations: Iterable[tuple[Mutation, str]]) -> str:
    """The source with something else in the place of what is right in each mutation.

    Raises `ValueError` where that does not stand in the source exactly once.
    """
    found = []
    for mutation, instead in mutations:
        if source.count(mutation.right) != 1:
            raise ValueError(f"{mutation.name}: not once in {mutation.module}: {mutation.right}")
        found.append((source.index(mutation.right), mutation.right, instead))
    for start, right, instead in sorted(found, reverse=True):
        source = source[:start] + instead + source[start + len(right) :]
    return source


def disagreements(engine: Any, scenario: str) -> tuple[str, ...]:
    """Names of the facts in which an engine differs from the SimPy model."""
    plan = compile_plan(SCENARIOS[scenario]())
    return differences(
        engine.simulate(plan, SEED, REPLICATIONS), simulation.simulate(plan, SEED, REPLICATIONS)
    )


def wrong_simulation(mutation: Mutation) -> ModuleType:
    """A copy of `simulation`, mutated or made of a mutated part; nobody else notices it."""
    names = [f"approvalsim.{part}" for part in PARTS]
    kept = {name: sys.modules[name] for name in names}
    try:
        for part, name in zip(PARTS, names, strict=True):
            sys.modules[name] = module = ModuleType(name)
            mine = [(mutation, mutation.wrong)] if part == mutation.module else []
            code = compile(with_mutations(_source(part), mine), f"{part}.py", "exec")
            exec(code, vars(module))
        return module
    finally:
        sys.modules.update(kept)


def _source(module: str) -> str:
    return (Path(approvalsim.__file__).parent / f"{module}.py").read_text(encoding="utf-8")


class WithSwitches(MetaPathFinder):
    """Finds the modules of the kernel with every mutation in them, each behind its switch."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if not name.startswith("approvalsim.kernel"):
            return None
        module = name.removeprefix("approvalsim.")
        file = str(Path(approvalsim.__file__).parent / f"{module}.py")
        return ModuleSpec(name, _Loader(name, file), origin=file)


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> Any:
        mine = [
            (mutation, f"(({mutation.wrong}) if switched_on() == {number} else ({mutation.right}))")
            for number, mutation in enumerate(KERNEL, start=1)
            if f"approvalsim.{mutation.module}" == fullname
        ]
        text = with_mutations(Path(self.path).read_text(encoding="utf-8"), mine)
        if mine:
            text += "\n\nfrom wrong_engines import switched_on\n"
        return compile(text, self.path, "exec")


@intrinsic
def _number_of_switch(typing: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number = ir.IntType(64)
        address = ir.Constant(number, SWITCH.ctypes.data)
        return builder.load(builder.inttoptr(address, number.as_pointer()))

    return types.int64(), generate


@njit
def switched_on() -> int:
    """The number of the mutation that is on."""
    return _number_of_switch()


def main() -> None:
    """Print what each scenario and each mutation came to, as lines of JSON."""
    sys.meta_path.insert(0, WithSwitches())
    kernel = import_module("approvalsim.kernel")
    for scenario in SCENARIOS:
        print(json.dumps([scenario, disagreements(kernel, scenario)]), flush=True)
    for number, mutation in enumerate(KERNEL, start=1):
        SWITCH[0] = number
        print(json.dumps([mutation.name, disagreements(kernel, mutation.noticed_by)]), flush=True)


if __name__ == "__main__":
    import wrong_engines  # the module the mutated kernel imports from, and not this program

    wrong_engines.main()
