"""PSPLIB's 240 networks of 30 jobs, simulated, take exactly their published critical path."""

import psplib
import pytest

from approvalsim.plan import compile_plan
from approvalsim.simulation import simulate


@pytest.mark.skipif(
    not psplib.ARCHIVE.exists(), reason=f"third-party data is not here: {psplib.ARCHIVE}"
)
def test_every_instance_breaks_ground_on_its_published_day() -> None:
    found, published = {}, {}
    for name, scenario, mpm_time in psplib.instances():
        facts = simulate(compile_plan(scenario), 1, range(1))
        found[name] = facts.time_to_measure[0, 0]
        published[name] = float(mpm_time)

    assert len(found) == psplib.INSTANCES
    assert found == published
