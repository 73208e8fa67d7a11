"""Keep a populated workspace of the schema as it is now, before a new migration is added.

A version in between, of which no workspace was kept, is made from the newest kept before it.

Run: python -m tests.migrations.make
"""

import lzma
import sys
import tempfile
from pathlib import Path

from peewee import SqliteDatabase
from playhouse.migrations import Runner

from outreach import __version__
from outreach.__main__ import run
from outreach.store import schema
from outreach.store.connection import database

_PEOPLE = 150
_HERE = Path(__file__).parent


def main() -> int:
    """Do the demo on a small sample, and compress the database beside this file."""
    latest = schema.latest_version()
    kept = {int(path.name[:4]): path for path in _HERE.glob("*.db.xz")}
    known = {migration.idx: migration.name for migration in _runner(SqliteDatabase(":memory:")).migrations()}
    with tempfile.TemporaryDirectory() as place:
        for version in sorted(set(known) - set(kept) - {latest}):
            before = max(number for number in kept if number < version)
            path = Path(place) / f"{version}.db"
            path.write_bytes(lzma.decompress(kept[before].read_bytes()))
            _bring(path, version, known[version])
            kept[version] = _keep(path, version)
        demo = Path(place) / "demo"
        if code := run(["demo", "--no-window", "--people", str(_PEOPLE), "--out", str(demo)]):
            return code
        _keep(demo / "workspace" / "outreach.db", latest)
    return 0


def _bring(path: Path, version: int, name: str) -> None:
    """Bring a workspace to a version that is not the newest."""
    db = database(path, write=True)
    db.connect()
    try:
        _runner(db).up(name)
        db.pragma("user_version", version)
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def _keep(path: Path, version: int) -> Path:
    made = _HERE / f"{version:04}-{__version__}.db.xz"
    made.write_bytes(lzma.compress(path.read_bytes(), preset=9))
    print(f"Kept {made.name}, {made.stat().st_size} bytes.")
    return made


def _runner(db: SqliteDatabase) -> Runner:
    return Runner(db, str(schema.MIGRATIONS))


if __name__ == "__main__":
    sys.exit(main())
