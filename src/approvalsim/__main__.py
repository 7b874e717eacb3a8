"""``python -m approvalsim``: the command line."""

import sys


def main() -> None:
    """Start the command line; Ctrl-C while it is still being loaded ends it without a word."""
    try:
        from approvalsim.cli import main as command_line  # noqa: PLC0415

        command_line()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
