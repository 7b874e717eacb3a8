"""Settings for all tests."""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

# No test depends on what the user's cache happens to hold; subprocesses inherit this.
os.environ["APPROVALSIM_CACHE"] = tempfile.mkdtemp(prefix="approvalsim-tests-")
atexit.register(shutil.rmtree, os.environ["APPROVALSIM_CACHE"], ignore_errors=True)

# A slow machine is no bug: nothing here is judged by the clock on the wall.
settings.register_profile("approvalsim", deadline=None)
settings.load_profile("approvalsim")
