"""``python -m approvalsim``: the command line."""

from approvalsim.cli import main

if __name__ == "__main__":
    main()
