"""Settings for all tests."""

from hypothesis import settings

# A slow machine is no bug: nothing here is judged by the clock on the wall.
settings.register_profile("approvalsim", deadline=None)
settings.load_profile("approvalsim")
