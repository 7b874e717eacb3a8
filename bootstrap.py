"""Set approvalsim up and start it: ``python bootstrap.py setup|run|test|lint|bench|texts``.

Needs Python 3.11 or newer and nothing else. Everything is installed into ``.venv`` beside this
file, exactly as pinned in ``constraints.txt``; each command sets up what it needs first and loses
no time when that is done already. Further arguments go to the program started:

    python bootstrap.py run                 # opens the app, where there is a display
    python bootstrap.py run --seed 7        # approvalsim compare ... --seed 7
    python bootstrap.py test -k workdays    # pytest -k workdays

Exit codes: that of the program started, 2 when setting up fails, 130 when interrupted.
"""

import hashlib
import importlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

# Before anything an older Python would stumble over: up to here, and as syntax, 3.6 reads it all.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        f"需要 Python 3.11 或更新版本，当前为 {sys.version.split()[0]}。\n"
        f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}."
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "constraints.txt"
PYPROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "approvalsim-setup.json"

SCENARIO = "jianghai-2022"
RESULTS = Path("results")

LIBRARIES = {
    "offscreen": "libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon0",
    "xcb": "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0"
    " libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0",
}
"""Debian's packages that Qt needs: to draw at all, and to show windows on a display."""

GATES: dict[str, list[str]] = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", "import importlinter.cli as i; i.lint_imports_command()", "--no-logo"],
}

USAGE = """\
用法 / usage: python bootstrap.py COMMAND [ARGUMENTS]

  setup   建立 .venv 并安装依赖     create .venv and install what is pinned
  run     打开桌面界面；无显示器时做对比  open the app; without a display compare, into results/
  test    全部检查与测试            every check, then the tests
  lint    仅静态检查                the checks without the tests
  bench   性能基准                 the benchmarks
  texts   更新界面译文              collect and compile the app's translations
"""


class SetupError(Exception):
    """The environment cannot be set up; the message says why, in Chinese and English."""

    def __init__(self, chinese: str, english: str, output: str = "") -> None:
        super().__init__(f"{chinese}\n{english}")
        self.output = output


def child_environment() -> dict[str, str]:
    """Return the environment programs are started with: UTF-8 whatever the locale, quiet pip."""
    strangers = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    kept = {name: value for name, value in os.environ.items() if name not in strangers}
    return kept | {"PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def start(*arguments: str) -> int:
    """Run the environment's Python at the project root, sharing the console."""
    sys.stdout.flush()
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=ROOT, env=child_environment(), check=False).returncode


def step(chinese: str, english: str, *commands: list[str]) -> None:
    """Run one step of setting up behind one line of progress; raise SetupError with its output."""
    print(f"{chinese} / {english} …", end="", flush=True)
    began = time.perf_counter()
    for command in commands:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            print(flush=True)
            raise SetupError(f"失败：{chinese}", f"failed: {english}", done.stdout)
    print(f" {time.perf_counter() - began:.1f} s", flush=True)


def pip(*arguments: str) -> list[str]:
    """Return the command line of the environment's own pip."""
    return [str(PYTHON), "-m", "pip", *arguments]


def digest(*parts: bytes | str) -> str:
    """Return one fingerprint of all parts."""
    texts = [part if isinstance(part, str) else hashlib.sha256(part).hexdigest() for part in parts]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what the last finished steps recorded; nothing when there is no usable record."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(environment: str, project: str) -> None:
    """Record which state of the files the environment was made from."""
    stamp = {"environment": environment, "project": project}
    STAMP.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def ensure_ensurepip() -> None:
    """Make sure ``python -m venv`` can work: Debian ships Python without ensurepip."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if install_packages([package]):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    raise SetupError(
        f"此 Python 缺少 venv（ensurepip）。Debian/Ubuntu 请执行：sudo apt-get install {package}",
        f"this Python lacks venv (ensurepip). On Debian/Ubuntu: sudo apt-get install {package}",
    )


def install_packages(packages: list[str]) -> bool:
    """Install packages of the system if this is Debian and the user may; else do nothing."""
    apt = shutil.which("apt-get")
    if not apt or getattr(os, "geteuid", lambda: -1)() != 0:
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    names = " ".join(packages)
    step(
        f"安装系统软件包 {names}",
        f"installing system packages {names}",
        [apt, "-qq", "update"],
        [apt, "-qq", "--yes", "--no-install-recommends", "install", *packages],
    )
    return True


def qt_starts(platform: str | None) -> bool:
    """Whether Qt finds all it needs on this platform of its own, or on that of the display."""
    environment = child_environment() | ({"QT_QPA_PLATFORM": platform} if platform else {})
    program = "from PySide6.QtWidgets import QApplication; QApplication([])"
    done = subprocess.run(
        [str(PYTHON), "-c", program],
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0


def ensure_qt(platform: str) -> bool:
    """Make sure the system has the libraries Qt needs there; gives whether it does."""
    own = "offscreen" if platform == "offscreen" else None
    if qt_starts(own):
        return True
    packages = LIBRARIES["offscreen"].split()
    if platform == "xcb":
        packages += LIBRARIES["xcb"].split()
    if sys.platform == "linux" and install_packages(packages) and qt_starts(own):
        return True
    print(
        f"桌面界面缺少系统库。Debian/Ubuntu 请执行：sudo apt-get install {' '.join(packages)}\n"
        "libraries of the system that the app needs are missing."
        f" On Debian/Ubuntu: sudo apt-get install {' '.join(packages)}",
        file=sys.stderr,
    )
    return False


def has_display() -> bool:
    """Whether there is somewhere to show a window."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def build_environment() -> None:
    """Make ``.venv`` anew with every pinned package; without its stamp it counts as unmade."""
    ensure_ensurepip()
    STAMP.unlink(missing_ok=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    base = getattr(sys, "_base_executable", None) or sys.executable  # also from inside .venv
    step("建立虚拟环境 .venv", "creating the environment .venv", [base, "-m", "venv", str(VENV)])
    step(
        "安装 constraints.txt 中的依赖（首次约需一分钟，需联网）",
        "installing constraints.txt (about a minute the first time, needs the network)",
        pip("install", "--quiet", "--require-hashes", "-r", str(CONSTRAINTS)),
    )


def install_project() -> None:
    """Install the project itself, editable, and check that the pins cover what it asks for."""
    step(
        "安装 approvalsim",
        "installing approvalsim",
        pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
    )
    step(
        "核对依赖（若失败：make pins）",
        "checking the pins against pyproject.toml (if this fails: make pins)",
        pip("check"),
    )


def setup() -> None:
    """Bring ``.venv`` up to date with the files; do nothing when it is.

    A new interpreter, place or ``constraints.txt`` makes a new environment, as does one that was
    never finished; a new ``pyproject.toml`` only installs the project again.
    """
    for path in (CONSTRAINTS, PYPROJECT):
        if not path.is_file():
            raise SetupError(f"缺少文件 {path.name}", f"{path.name} is missing")
    interpreter = f"{sys.implementation.name} {sys.version_info[:2]} {sysconfig.get_platform()}"
    environment = digest(str(ROOT), interpreter, CONSTRAINTS.read_bytes())
    project = digest(PYPROJECT.read_bytes())
    stamp = read_stamp() if PYTHON.exists() else {}
    try:
        if stamp.get("environment") != environment:
            build_environment()
            stamp = {}
        if stamp.get("project") != project:
            write_stamp(environment, project="")
            install_project()
            write_stamp(environment, project)
    except OSError as problem:
        raise SetupError(
            f"无法写入 {VENV}（是否有程序正在使用，或权限不足？）",
            f"cannot write {VENV} (in use by a program, or no permission?)",
            str(problem),
        ) from None


def run(extra: list[str]) -> int:
    """Open the app; without a display, or with arguments, compare on the command line."""
    if not extra and has_display() and ensure_qt("xcb"):
        return start("-m", "approvalsim", "gui")
    if not has_display():
        print(
            "没有显示器，改在命令行对比；桌面界面：approvalsim gui\n"
            "no display, so comparing on the command line; the app: approvalsim gui",
            flush=True,
        )
    return compare(extra)


def compare(extra: list[str]) -> int:
    """Compare fast track with standard on the shipped scenario; reports go to ``results/``."""
    (ROOT / RESULTS).mkdir(exist_ok=True)
    start("-m", "approvalsim", "warm-up")  # without the quick engine it would only take longer
    arguments = ["-m", "approvalsim", "compare", SCENARIO]
    written: list[Path] = []
    for kind in ("html", "json"):
        if not any(word.split("=")[0] == f"--{kind}" for word in extra):
            written.append(RESULTS / f"{SCENARIO}.{kind}")
            arguments += [f"--{kind}", str(written[-1])]
    code = start(*arguments, *extra)
    for path in written if code == 0 and "--help" not in extra else []:
        print(f"已写入 / written: {ROOT / path}")
    return code


def lint(_extra: list[str]) -> int:
    """Run every static check, also after one has failed; name the failed ones at the end."""
    return report_failed(failed_gates())


def test(extra: list[str]) -> int:
    """Run every check, then the tests; when all is well, pytest's closing line is the last."""
    ensure_qt("offscreen")
    failed = failed_gates()
    announce("pytest")
    if start("-m", "pytest", "-q", *extra) != 0:
        failed.append("pytest")
    return report_failed(failed)


def bench(extra: list[str]) -> int:
    """Run the benchmarks, which the tests leave out."""
    return start("-m", "pytest", "benchmarks", "-q", *extra)


def texts(_extra: list[str]) -> int:
    """Bring the app's translation up to date with its sources, and compile it."""
    package = ROOT / "ui" / "approvalsim_ui"
    translation = package / "resources" / "i18n" / "approvalsim_zh_CN.ts"
    sources = [path.relative_to(ROOT).as_posix() for path in sorted(package.glob("*.py"))]
    kept = ["-no-obsolete", "-locations", "none", "-disable-heuristic", "sametext"]
    kept += ["-disable-heuristic", "similartext", "-source-language", "en"]
    collect = [str(SCRIPTS / "pyside6-lupdate"), *kept, *sources, "-ts", str(translation)]
    compiled = str(translation.with_suffix(".qm"))
    write = [str(SCRIPTS / "pyside6-lrelease"), str(translation), "-qm", compiled]
    commands = (collect, write)
    return max(subprocess.run(each, cwd=ROOT, check=False).returncode for each in commands)


def failed_gates() -> list[str]:
    """Run the static checks and return the names of those that failed."""
    failed = []
    for name, arguments in GATES.items():
        announce(name)
        if start(*arguments) != 0:
            failed.append(name)
    return failed


def announce(name: str) -> None:
    """Print the heading under which a check's own output follows."""
    print(f"── {name}", flush=True)


def report_failed(failed: list[str]) -> int:
    """Name what failed, if anything did, and return the exit code."""
    if failed:
        print(f"未通过 / failed: {', '.join(failed)}", file=sys.stderr, flush=True)
    return 1 if failed else 0


COMMANDS = {"run": run, "test": test, "lint": lint, "bench": bench, "texts": texts}


def main(arguments: list[str]) -> int:
    """Do what the first argument says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    command, extra = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    if command not in {"setup", *COMMANDS}:
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        setup()
        return COMMANDS[command](extra) if command in COMMANDS else 0
    except SetupError as problem:
        if problem.output.strip():
            lines = problem.output.strip().splitlines()[-20:]
            print("\n".join(line[:300] for line in lines), file=sys.stderr)
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已中断 / interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
