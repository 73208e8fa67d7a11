"""Keep a populated workspace of the schema as it is now, before a new migration is added.

Run: python -m tests.migrations.make
"""

import lzma
import sys
import tempfile
from pathlib import Path

from outreach import __version__
from outreach.__main__ import run
from outreach.store import schema

_PEOPLE = 150


def main() -> int:
    """Do the demo on a small sample, and compress the database beside this file."""
    kept = Path(__file__).with_name(f"{schema.latest_version():04}-{__version__}.db.xz")
    with tempfile.TemporaryDirectory() as place:
        demo = Path(place) / "demo"
        if code := run(["demo", "--people", str(_PEOPLE), "--out", str(demo)]):
            return code
        database = demo / "workspace" / "outreach.db"
        kept.write_bytes(lzma.compress(database.read_bytes(), preset=9))
    print(f"Kept {kept.name}, {kept.stat().st_size} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
