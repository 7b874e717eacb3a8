"""The program itself: streams, Ctrl-C and exit codes around the command line."""

import io
import os
import signal
import sys
from types import FrameType

USER_ERROR, INTERRUPTED = 2, 130


def main() -> None:
    """Run the command line as a program; the entry point of ``approvalsim``."""
    presses = _count_ctrl_c()
    try:
        _prepare_streams()
        from approvalsim.cli import app  # noqa: PLC0415

        sys.exit(app(standalone_mode=False))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if presses:  # Ctrl-C in the middle of an import can come out as almost anything
            sys.exit(INTERRUPTED)
        if not hasattr(error, "format_message"):  # a bug, which shows itself
            raise
        from approvalsim.options import usage_problem  # noqa: PLC0415

        print(usage_problem(error), file=sys.stderr)
        sys.exit(USER_ERROR)


def desktop() -> None:
    """Open the window; the entry point of ``approvalsim-gui``."""
    sys.argv.insert(1, "gui")
    main()


def _count_ctrl_c() -> list[int]:
    """The list to which every Ctrl-C from now on is added."""
    presses: list[int] = []

    def pressed(number: int, _frame: FrameType | None) -> None:
        presses.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else it is ignored: nohup
        signal.signal(signal.SIGINT, pressed)
    return presses


def _prepare_streams() -> None:
    """Pipes and files get UTF-8; a terminal keeps its encoding, and what it cannot show gets a ?"""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            chosen = stream.isatty() or os.environ.get("PYTHONIOENCODING")
            stream.reconfigure(encoding=None if chosen else "utf-8", errors="replace")


if __name__ == "__main__":
    main()
