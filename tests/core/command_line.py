"""Call the command line: inside this process, which is fast, or as the program a user starts."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from approvalsim import cli, options

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "approvalsim")


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The whole of stdout as JSON."""
        return json.loads(self.out)


def call(*arguments: object, lang: str = "en") -> Said:
    """Run a command inside this process, in a language of its own."""
    words = [str(argument) for argument in arguments]
    before = options.LANGUAGE, cli.LANGUAGE
    options.LANGUAGE = cli.LANGUAGE = lang
    try:
        done = CliRunner().invoke(cli.app, words)
    finally:
        options.LANGUAGE, cli.LANGUAGE = before
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Said(done.exit_code, done.stdout, done.stderr)


def environment(**changes: str | None) -> dict[str, str]:
    """The environment of a user's shell: this one without what decides language and encoding."""
    decides = ("LC_", "LANG", "PYTHONIOENCODING", "PYTHONUTF8", "COLUMNS", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(decides)}
    changed = kept | changes
    return {name: value for name, value in changed.items() if value is not None}


def start(
    *arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start the program in a process group of its own, as a shell does."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(env or environment()),
        cwd=cwd,
        start_new_session=True,
    )


def program(*arguments: object, cwd: Path | None = None, **changes: str | None) -> Said:
    """Run the program to its end, with changes to the environment."""
    process = start(*arguments, env=environment(**changes), cwd=cwd)
    out, err = process.communicate(timeout=120)
    return Said(process.returncode, out.decode(), err.decode())


def written(path: Path, text: str) -> Path:
    """A file with this text."""
    path.write_text(text, encoding="utf-8")
    return path
