"""Where the compiled kernel lies on disk, and whether it may be used.

Compiling takes seconds, so it happens once for a user, in a child process, and never in a process
that somebody waits for. What was compiled is used only if this program, on this machine and these
libraries, wrote it, and only if not a byte of it has changed since; else it is made again.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from time import time

SEAL = "seal.json"
"""Names and SHA-256 of all files of a complete cache; written last."""
_COMPILING = "compiling-"
_KERNEL = "kernel-"
_HOUR = 3600.0
_KEPT = {_COMPILING: _HOUR, _KERNEL: 14 * 24 * _HOUR}
"""Seconds after which folders of a kind may go that nobody has written to, or read a kernel from.

Compiling takes a minute, so what is older was left by a process that was ended meanwhile. Kernels
of another version, or another place of the program, may still be in use.
"""


def cache_root() -> Path:
    """The user's own folder for caches, on any system; ``APPROVALSIM_CACHE`` may name another."""
    if chosen := os.environ.get("APPROVALSIM_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "approvalsim"


@lru_cache(maxsize=1)
def identity() -> str:
    """A name for everything the compiled code depends on: sources, libraries, Python, processor.

    Where the sources lie counts too, since numba looks for compiled code under that place.
    """
    digest = sha256()
    sources = Path(__file__).resolve().parent
    numbered = (sources / "luck.py", sources / "plan_parts.py")  # their constants are compiled in
    for source in (*sorted(sources.glob("kernel*.py")), *numbered):
        digest.update(source.read_bytes())
    libraries = [f"{name} {version(name)}" for name in ("numba", "llvmlite", "numpy")]
    machine = (sys.version, platform.machine(), platform.processor(), _processor())
    for word in (*libraries, *machine, str(sources)):
        digest.update(word.encode())
    return digest.hexdigest()[:24]


def _processor() -> str:
    """The processor's model, as the compiler generates code for exactly this one."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.node()
    return "\n".join(sorted({line for line in lines if line.startswith(("model name", "flags"))}))


def folder() -> Path:
    """Where the kernel of this identity lies."""
    return cache_root() / f"{_KERNEL}{identity()}"


def is_ready() -> bool:
    """Whether a complete, unchanged kernel lies in the cache."""
    place = folder()
    try:
        sealed = json.loads((place / SEAL).read_text(encoding="utf-8"))
        ready = bool(sealed) and sealed == _contents(place)
    except (OSError, ValueError):
        return False
    with suppress(OSError):  # in use: see `_prune`
        os.utime(place)
    return ready


def warm_up() -> bool:
    """Compile the kernel in a child process, if need be; gives whether it is ready then.

    The new kernel is put in place by a single rename, so two that warm up at once do no harm.
    """
    if is_ready():
        return True
    root = cache_root()
    try:
        root.mkdir(parents=True, exist_ok=True)
        _prune(root)
        work = Path(tempfile.mkdtemp(prefix=_COMPILING, dir=root))
    except OSError:
        return False
    try:
        if not _compile_into(work):
            return False
        (work / SEAL).write_text(json.dumps(_contents(work)), encoding="utf-8")
        if is_ready():  # another process was quicker, and may be using its own already
            return True
        shutil.rmtree(folder(), ignore_errors=True)
        work.replace(folder())
    except OSError:
        return is_ready()  # another process may have been quicker
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return is_ready()


def _prune(root: Path) -> None:
    """Remove what was begun and never finished, and kernels that nobody uses any more."""
    for prefix, seconds in _KEPT.items():
        for place in root.glob(f"{prefix}*"):
            with suppress(OSError):  # another process may be removing it, too
                newest = max(file.stat().st_mtime for file in (place, *place.rglob("*")))
                if place.is_dir() and time() - newest > seconds:
                    shutil.rmtree(place, ignore_errors=True)


def _compile_into(work: Path) -> bool:
    """Let a child process compile the kernel with this folder as its cache."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(work)}
    command = [sys.executable, "-c", "from approvalsim.kernel import compile_now; compile_now()"]
    child = subprocess.run(
        command, env=environment, check=False, capture_output=True, stdin=subprocess.DEVNULL
    )
    return child.returncode == 0


def _contents(place: Path) -> dict[str, str]:
    """SHA-256 of every file but the seal, by its path inside the folder."""
    return {
        file.relative_to(place).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(place.rglob("*"))
        if file.is_file() and file.name != SEAL
    }
