"""Copies of a workspace: taken while it is open, thinned with age, and put back."""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from peewee import SqliteDatabase

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.store.connection import DAMAGE, check_file
from outreach.store.files import replacing, sync_folder
from outreach.store.schema import latest_version, version_of

#: Pages per slice, so that a long copy can report and be stopped.
_SLICE = 2000
_STAMP = "%Y-%m-%dT%H%M%SZ"

#: Everything of the last two days is kept, then one a day, a week, a month (as Anki thins its backups).
_KEEP_ALL = timedelta(days=2)
_KEEP_DAYS, _KEEP_WEEKS, _KEEP_MONTHS = 12, 10, 9


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy in the workspace's ``backups`` folder."""

    path: Path
    taken_at: datetime
    bytes: int


def stamp(now: datetime) -> str:
    """A moment as it stands in the names of backups, in UTC, without characters that a file system refuses."""
    return now.astimezone(UTC).strftime(_STAMP)


def copy(db: SqliteDatabase, target: Path, job: Job | None = None) -> None:
    """Copy an open database into one new file, consistent whatever is written meanwhile.

    Raises:
        KnownError: ``backup.not_written``.
        Cancelled: when the job is stopped; no file is left then.
    """

    def progress(_status: int, remaining: int, total: int) -> None:
        if job is not None:
            job.report(total - remaining, total=total)

    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(target) as made:
            with closing(sqlite3.connect(made)) as out:
                # The new file is waited for once, when it is whole, and only then takes the old one's place.
                out.execute("PRAGMA synchronous = OFF")
                db.connection().backup(out, pages=_SLICE, progress=progress)
                out.execute("PRAGMA journal_mode = DELETE")
            made.chmod(0o600)
    except (OSError, sqlite3.Error) as error:
        raise KnownError("backup.not_written", file=str(target), why=str(error)) from error


def listed(folder: Path) -> list[Backup]:
    """The copies in a folder, newest first."""
    found = []
    for path in folder.glob("*.db") if folder.is_dir() else ():
        with suppress(ValueError):
            taken = datetime.strptime(path.name[:18], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, taken, path.stat().st_size))
    # Of two that were made in one second the later one has the longer name.
    return sorted(found, key=lambda each: (each.taken_at, len(each.path.name), each.path.name), reverse=True)


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete copies that age has made needless, and say which."""
    backups = listed(folder)
    kept = kept_of(backups, now)
    dropped = [each.path for each in backups if each not in kept]
    for path in dropped:
        path.unlink(missing_ok=True)
    return dropped


def kept_of(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Which copies stay: all young ones and any from the future, then the newest of each day, week and month.

    A clock that jumped ahead deletes nothing: when no copy is young, the newest one tells what day it is.
    """
    backups = list(backups)
    newest = max((each.taken_at for each in backups), default=now)
    today = newest if now - newest > _KEEP_ALL else now
    kept = [each for each in backups if today - each.taken_at <= _KEEP_ALL]
    older = [each for each in backups if each not in kept]
    for form, number in (("%Y-%j", _KEEP_DAYS), ("%G-%V", _KEEP_WEEKS), ("%Y-%m", _KEEP_MONTHS)):
        newest_of: dict[str, Backup] = {}
        for each in older:
            newest_of.setdefault(each.taken_at.strftime(form), each)
        chosen = list(newest_of.values())[:number]
        kept += [each for each in chosen if each not in kept]
    return kept


def check(path: Path) -> None:
    """Make sure that a file is a whole workspace that this program can read.

    Raises:
        KnownError: what is wrong with it.
    """
    check_file(path)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            version = version_of(connection)
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except DAMAGE as error:
        raise KnownError("workspace.damaged", file=str(path), why=str(error)) from error
    if verdict != "ok":
        raise KnownError("workspace.damaged", file=str(path), why=str(verdict))
    if version > latest_version():
        raise KnownError("workspace.newer", file=str(path), found=version, known=latest_version())


def put_back(source: Path, target: Path) -> None:
    """Put a copy in the place of a database that nobody has open; the swap is one rename."""
    with replacing(target) as made:
        made.write_bytes(source.read_bytes())
        # A log of the old file beside the new one would be replayed into it.
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{target}{suffix}")  # noqa: PTH108 - a suffix, not a child
    sync_folder(target.parent)


def pause_sending(path: Path) -> None:
    """Let nothing go out of a database that was put back: what waits in its outbox may have been sent since."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "outbox" in tables and connection.execute(_WAITING).fetchone():
                connection.execute(_PAUSE)
    finally:
        connection.close()


_PAUSE = "INSERT OR REPLACE INTO workspace_setting (name, value) VALUES ('outbox.paused', '1')"
_WAITING = "SELECT 1 FROM outbox WHERE state IN ('queued', 'later', 'sending') LIMIT 1"
