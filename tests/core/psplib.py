"""PSPLIB's project-scheduling instances as scenarios (Kolisch and Sprecher 1997).

Third-party data beside the repository, never in it: callers skip where `ARCHIVE` is absent.
"""

import re
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from approvalsim.scenario import Scenario

ARCHIVE = Path(__file__).resolve().parents[2].parent / "shared/data/psplib_j30_sets_1-24.tar.gz"
INSTANCES = 240


def instances() -> Iterator[tuple[str, Scenario, int]]:
    """Name, scenario and critical-path length (``MPM-Time``, days) of each instance, by name.

    Every job is a stage of a fixed number of calendar days of the applicant's own time, with no
    department; `groundbreaking` waits for the jobs without successors. One project signs at the
    clock's zero, all days are worked and nothing is random, so without scarce resources it breaks
    ground on day MPM-Time exactly.
    """
    with tarfile.open(ARCHIVE) as archive:
        members = sorted(archive.getmembers(), key=lambda member: member.name)
        for member in members:
            file = archive.extractfile(member)
            if file is not None and re.search(r"j30\d+_\d+\.sm$", member.name):
                name = Path(member.name).stem
                yield name, *_instance(name, file.read().decode("latin-1"))


def _instance(name: str, text: str) -> tuple[Scenario, int]:
    _, header, rest = text.partition("PROJECT INFORMATION:")
    assert header, name
    information, _, rest = rest.partition("PRECEDENCE RELATIONS:")
    precedence, _, rest = rest.partition("REQUESTS/DURATIONS:")
    requests, _, _ = rest.partition("RESOURCEAVAILABILITIES")
    mpm_time = _rows(information)[0][5]
    successors = {job: following for job, _, _, *following in _rows(precedence)}
    duration = {job: days for job, _, days, *_ in _rows(requests)}
    assert successors.keys() == duration.keys()

    waits: dict[int, dict[str, dict[str, object]]] = {job: {} for job in duration}
    for job, following in successors.items():
        for successor in following:
            waits[successor][f"j{job}"] = {}
    start = date(2024, 1, 1)
    scenario = {
        "format": 1,
        "id": name,
        "start": start,
        "calendar": {"kind": "everyday"},
        "stage": {
            f"j{job}": {
                "prepare": {"dist": "fixed", "value": float(days), "unit": "days"},
                "after": waits[job],
            }
            for job, days in duration.items()
        },
        "milestone": {
            "groundbreaking": {
                "after": {f"j{job}": {} for job, following in successors.items() if not following}
            }
        },
        "projects": {"count": 1, "arrivals": {"kind": "all_at", "date": start}},
    }
    return Scenario.model_validate(scenario), mpm_time


def _rows(section: str) -> list[list[int]]:
    """The lines of a section that hold nothing but numbers."""
    rows = [line.split() for line in section.splitlines()]
    return [[int(word) for word in row] for row in rows if row and all(w.isdigit() for w in row)]
