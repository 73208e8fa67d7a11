"""The tests of Outreach."""

import os
import sys

# Where the environment keeps Python from keeping what it has compiled, every child process, of which the tests start
# hundreds, would compile the whole program anew. This stands here since it is read before all that is compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
