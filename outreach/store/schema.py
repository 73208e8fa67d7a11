"""What a workspace's schema should be at each version, and whether a file has it."""

import hashlib
import re
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from outreach.store.fingerprints import FINGERPRINTS

MIGRATIONS = Path(__file__).parent / "migrations"

_NAME = re.compile(r"(\d{4})_\w+\.py")

#: Tables that SQLite or the migration runner keep for themselves.
_OTHERS = ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4", "schema_migration", "schema_migration_name")


def latest_version() -> int:
    """The number of the newest migration that this program knows."""
    found = [_NAME.fullmatch(path.name) for path in MIGRATIONS.iterdir()]
    return max(int(match[1]) for match in found if match)


def described(db: Any) -> dict[str, str]:
    """The schema of an open database: each table, index, trigger and view with its normalised SQL.

    Args:
        db: An open `peewee` database or `sqlite3` connection.
    """
    run = db.execute_sql if isinstance(db, SqliteDatabase) else db.execute
    rows = run("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {f"{kind} {name}": " ".join(str(sql).split()) for kind, name, sql in rows if name not in _OTHERS}


def expected(version: int) -> dict[str, str]:
    """The schema that the migrations up to `version` make."""
    return dict(_made_by_migrations(MIGRATIONS, version))


@cache
def _made_by_migrations(folder: Path, version: int) -> dict[str, str]:
    """Made once a program: the files of migrations do not change under it."""
    from playhouse.migrations import Runner

    db = SqliteDatabase(":memory:", autoconnect=False)
    db.connect()
    try:
        runner = Runner(db, str(folder))
        target = next(migration.name for migration in runner.migrations() if migration.idx == version)
        runner.up(target)
        return described(db)
    finally:
        db.close()


def fingerprint(described: dict[str, str]) -> str:
    """One short text that two schemas share only when they are the same."""
    told = "\n".join(f"{name}: {described[name]}" for name in sorted(described))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def wrong_in(found: dict[str, str], version: int) -> list[str]:
    """What differs in a schema from that of a version; nothing where its fingerprint is the known one.

    To make the schema of a version by its migrations takes as long as all else at the start of a command: it is made
    only where the fingerprint differs, to tell what does.
    """
    if fingerprint(found) == FINGERPRINTS.get(version):
        return []
    return differences(found, expected(version))


def differences(found: dict[str, str], wanted: dict[str, str]) -> list[str]:
    """The names of what is missing, changed or too much, such as ``"table gift"``."""
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def version_of(connection: sqlite3.Connection | SqliteDatabase) -> int:
    """The version a database says it has."""
    if isinstance(connection, SqliteDatabase):
        return int(connection.pragma("user_version"))
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
