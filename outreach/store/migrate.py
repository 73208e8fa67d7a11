"""Bringing a workspace up to this program's version: back up, apply, check, and restore if anything fails."""

from pathlib import Path

from peewee import SqliteDatabase

from outreach.errors import KnownError
from outreach.store import backup
from outreach.store.connection import APPLICATION_ID, database
from outreach.store.schema import MIGRATIONS, latest_version, version_of


def build(path: Path) -> None:
    """Make a new, empty workspace file with the newest schema."""
    db = database(path, write=True)
    db.connect()
    try:
        # Nobody has the file yet, so what goes wrong is thrown away; a log beside it would double the room it needs.
        db.pragma("journal_mode", "memory")
        db.pragma("application_id", APPLICATION_ID)
        _apply(db, MIGRATIONS)
        db.pragma("user_version", latest_version())
        db.pragma("journal_mode", "wal")
    finally:
        db.close()


def migrate(path: Path, backups: Path, *, stamp: str, migrations: Path = MIGRATIONS) -> int:
    """Apply what is pending to a workspace that is not open, all or nothing.

    Args:
        path: The workspace's database; the caller holds its lock.
        backups: Where the copy made before goes, and stays.
        stamp: The moment, for the copy's name.
        migrations: The folder of migrations, another one only in tests.

    Returns:
        The version reached.

    Raises:
        KnownError: ``workspace.migration_failed`` after the file has been put back as it was.
    """
    db = database(path, write=True)
    db.connect()
    before = version_of(db)
    copy = backups / f"{stamp}-before-{before + 1:04}.db"
    try:
        backup.copy(db, copy)
        counts = _row_counts(db)
        _apply(db, migrations)
        _check(db, counts)
        reached = max(int(found.name[:4]) for found in migrations.glob("[0-9]*.py"))
        db.pragma("user_version", reached)
    except Exception as error:
        db.close()
        if copy.exists():
            backup.put_back(copy, path)
        raise KnownError("workspace.migration_failed", file=str(path), backup=copy.name, why=str(error)) from error
    db.close()
    return reached


def _apply(db: SqliteDatabase, folder: Path) -> None:
    from playhouse.migrations import Runner

    Runner(db, str(folder)).up()


def _row_counts(db: SqliteDatabase) -> dict[str, int]:
    # What a full-text index keeps its words in has as many rows as it likes.
    own = ("schema_migration", "sqlite_sequence")
    names = [name for name in db.get_tables() if name not in own and "_search_" not in name and "_infix_" not in name]
    return {name: db.execute_sql(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _check(db: SqliteDatabase, before: dict[str, int]) -> None:
    """A table that shrank, a dangling reference or a damaged page means that the migration is wrong."""
    problems: list[str] = []
    after = _row_counts(db)
    problems += [f"{name} lost rows" for name, count in before.items() if after.get(name, count) < count]
    problems += [f"dangling reference in {row[0]}" for row in db.execute_sql("PRAGMA foreign_key_check").fetchall()]
    verdict = db.execute_sql("PRAGMA integrity_check").fetchone()[0]
    problems += [] if verdict == "ok" else [verdict]
    if problems:
        raise _WrongResult("; ".join(problems[:3]))


class _WrongResult(Exception):  # noqa: N818 - says what happened
    """A migration ran through, and what it left is wrong."""
