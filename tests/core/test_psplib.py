import psplib
import pytest

from approvalsim.network import critical_path

pytestmark = pytest.mark.skipif(
    not psplib.ARCHIVE.exists(), reason=f"third-party data is not here: {psplib.ARCHIVE}"
)


def test_every_instance_is_read() -> None:
    names = [name for name, _, _ in psplib.instances()]

    assert len(set(names)) == len(names) == psplib.INSTANCES


def test_the_critical_path_of_every_instance_has_its_published_length() -> None:
    found = {}
    published = {}
    for name, scenario, mpm_time in psplib.instances():
        found[name] = critical_path(scenario).length
        published[name] = float(mpm_time)

    assert found == published


def test_the_durations_on_the_critical_path_add_up_to_its_length() -> None:
    for _, scenario, mpm_time in psplib.instances():
        schedule = critical_path(scenario)
        on_path = [schedule.activities[name] for name in schedule.critical_path]

        assert sum(each.duration for each in on_path) == mpm_time
        assert all(each.slack == 0 and each.critical for each in on_path)
