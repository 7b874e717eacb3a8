"""Where the kernel's time goes, by function: ``.venv/bin/python benchmarks/profile_kernel.py``.

All of the kernel is compiled into one function, so a profiler sees nothing in it. Compiled with
debug information (some ten per cent slower) it tells for each place which functions were put into
each other there. Needs Linux with ``perf``, ``nm`` and ``addr2line``.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

SECONDS = 8.0
CODE = (["T"], ["t"], ["W"])
"""What ``nm`` calls machine code."""
OBJECT, PLACE, SAMPLES = "kernel.o", "place.txt", "samples.data"


def work(folder: Path) -> None:
    """Run the reference workload for a while; leave the machine code, and where it lay."""
    # The process that analyses needs none of this.
    from approvalsim import kernel_records  # noqa: PLC0415

    # What numba puts in place itself would lose its name; to the processor it is all the same.
    kernel_records.compiled_in_place = kernel_records.compiled
    from approvalsim import kernel  # noqa: PLC0415
    from approvalsim.reference_workload import reference_plan  # noqa: PLC0415

    plan = reference_plan()
    kernel.simulate(plan, 43, range(1))
    (compiled,) = kernel.replicate_range.overloads.values()
    library, name = compiled.library, compiled.fndesc.mangled_name
    (folder / OBJECT).write_bytes(library._get_compiled_object())
    address = library.get_pointer_to_function(name)
    (folder / PLACE).write_text(f"{address} {name}", encoding="utf-8")
    begun = perf_counter()
    while perf_counter() - begun < SECONDS:
        kernel.simulate(plan, 43, range(200))


def output_of(*command: str | Path) -> list[str]:
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def places(folder: Path) -> Counter[int]:
    """How many samples fell on each place in the kernel's machine code."""
    address, name = (folder / PLACE).read_text(encoding="utf-8").split()
    parts = [line.split() for line in output_of("nm", "-S", folder / OBJECT)]
    code = {part[3]: (int(part[0], 16), int(part[1], 16)) for part in parts if part[2:3] in CODE}
    shift = int(address) - code[name][0]
    last = max(start + size for start, size in code.values())
    samples = output_of("perf", "script", "-i", folder / SAMPLES, "-F", "ip")
    offsets = (int(line, 16) - shift for line in samples)
    return Counter(offset for offset in offsets if 0 <= offset < last)


def functions_at(folder: Path, found: Counter[int]) -> dict[int, list[str]]:
    """The functions put into each other at each place, the innermost first."""
    command = ("addr2line", "-f", "-i", "-a", "-e", folder / OBJECT)
    chains: dict[int, list[str]] = {}
    lines = iter(output_of(*command, *map(hex, found)))
    for line in lines:
        if line.startswith("0x"):
            chain = chains[int(line, 16)] = []
        else:
            chain.append(plain_name(line))
            next(lines)  # the file and the line
    return chains


def plain_name(mangled: str) -> str:
    """``module.function`` of a name as numba mangles it."""
    parts, rest = [], mangled.removeprefix("_ZN")
    while found := re.match(r"\d+", rest):
        end = found.end() + int(found[0])
        parts.append(rest[found.end() : end])
        rest = rest[end:]
    return ".".join(parts[1:3]) or mangled


def measured() -> tuple[Counter[str], Counter[str]]:
    """Samples by function: its own, and with all it calls."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        environment = os.environ | {"NUMBA_DEBUGINFO": "1", "NUMBA_CACHE_DIR": f"{folder}/numba"}
        command = ["perf", "record", "-q", "-o", str(folder / SAMPLES)]
        command += [sys.executable, __file__, str(folder)]
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
        found = places(folder)
        chains = functions_at(folder, found)
    own, whole = Counter[str](), Counter[str]()
    for offset, samples in found.items():
        own[chains[offset][0]] += samples
        for name in set(chains[offset]):
            whole[name] += samples
    return own, whole


def main() -> None:
    own, whole = measured()
    total = own.total()
    print(f"{total} samples\n  own  with all it calls")
    for name, samples in own.most_common(40):
        print(f"{samples / total:5.1%} {whole[name] / total:6.1%}  {name}")


if __name__ == "__main__":
    work(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
