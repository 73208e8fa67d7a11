"""The tests of Outreach."""

import os
import shutil
import sys
from pathlib import Path

# Where the environment keeps Python from keeping what it has compiled, every child process, of which the tests start
# hundreds, would compile the whole program anew. This stands here since it is read before all that is compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Thousands of workspaces are made, opened and removed: where there is a file system in memory with room for all of
# them, nobody waits for a disk.
_MEMORY = Path("/dev/shm")
if (
    "PYTEST_DEBUG_TEMPROOT" not in os.environ
    and os.access(_MEMORY, os.W_OK)
    and shutil.disk_usage(_MEMORY).free > 4 * 2**30
):
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(_MEMORY)
