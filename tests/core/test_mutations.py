"""The checks of equality are no formality: an engine with a mistake in it does not pass them.

Each mutation is one that somebody might really make, in a rule that a small scenario is about.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from mutations import KERNEL, SIMULATION, Mutation
from telling_scenarios import SCENARIOS
from wrong_engines import disagreements, with_mutations, wrong_simulation

Noticed = Mapping[str, list[str]]


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> Noticed:
    """By scenario and by mutation of the kernel, the facts in which it differs from SimPy."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path_factory.mktemp("numba"))}
    program = str(Path(__file__).with_name("wrong_engines.py"))
    child = subprocess.run(
        [sys.executable, program], env=environment, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    return dict(json.loads(line) for line in child.stdout.splitlines())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_without_a_mistake_the_engines_agree(noticed: Noticed, scenario: str) -> None:
    assert noticed[scenario] == []


@pytest.mark.parametrize("mutation", KERNEL, ids=lambda mutation: mutation.name)
def test_a_mistake_in_the_kernel_is_noticed(noticed: Noticed, mutation: Mutation) -> None:
    assert noticed[mutation.name]


@pytest.mark.parametrize("mutation", SIMULATION, ids=lambda mutation: mutation.name)
def test_a_mistake_in_the_simulation_is_noticed(mutation: Mutation) -> None:
    assert disagreements(wrong_simulation(mutation), mutation.noticed_by)


def test_a_mutation_that_no_longer_applies_is_an_error() -> None:
    mutation = Mutation("gone", "kernel", "a + b", "a - b", "a notice")
    for source in ("a * b", "a + b; a + b"):
        with pytest.raises(ValueError, match="not once in kernel"):
            with_mutations(source, [(mutation, mutation.wrong)])
