"""``python -m approvalsim_ui``: the app without the command line."""

import sys

from approvalsim_ui.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
