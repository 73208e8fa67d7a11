"""A workspace is a folder: ``outreach.db``, ``files/``, ``backups/``. Making one, opening one, restoring one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.store import backup, backup_files, migrate, schema
from outreach.store.connection import DAMAGE, check_file, database, told_apart
from outreach.store.database import Clock, Store, system_clock
from outreach.store.lock import WriteLock

DATABASE = "outreach.db"
BACKUPS = "backups"
FILES = "files"
LOCK = "outreach.lock"

#: A larger file is looked through by `outreach check` only: a gigabyte takes a second.
_QUICK_CHECK_BYTES = 64 * 2**20
_DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Opening:
    """How to open a workspace.

    Attributes:
        clock: Where the present moment comes from.
        by: Initials of the user.
        program: ``command`` or ``window``, told to whoever else wants to write.
        to_look: Whether nothing is to be written, so that it may be open elsewhere and on a disk that is read only.
    """

    clock: Clock = system_clock
    by: str = ""
    program: str = "command"
    to_look: bool = False


def create(folder: Path, opening: Opening) -> None:
    """Make a new, empty workspace in a folder, which may exist but must not hold one.

    Raises:
        KnownError: ``workspace.exists``, ``workspace.not_a_folder`` or ``workspace.read_only``.
    """
    os.umask(0o077)
    if folder.exists() and not folder.is_dir():
        raise KnownError("workspace.not_a_folder", folder=str(folder))
    if (folder / DATABASE).exists():
        raise KnownError("workspace.exists", folder=str(folder))
    made = folder / f".{DATABASE}.new"
    try:
        for each in (folder, folder / FILES, folder / BACKUPS):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise KnownError("workspace.read_only", folder=str(folder), why=error.strerror or str(error)) from error
    with WriteLock(folder / LOCK, program=opening.program), told_apart(folder / DATABASE):
        made.unlink(missing_ok=True)
        try:
            migrate.build(made)
            made.rename(folder / DATABASE)
        finally:
            made.unlink(missing_ok=True)


@contextmanager
def or_nothing(folder: Path) -> Iterator[None]:
    """Make a workspace in a folder, wholly or not at all: when it fails, what was made of it is removed again."""
    was_there = (folder / DATABASE).exists()
    new_folders = [each for each in (folder / FILES, folder / BACKUPS, folder) if not each.exists()]
    try:
        yield
    except BaseException:
        if not was_there and folder.is_dir():
            with suppress(OSError):
                for each in (*folder.glob(f"{DATABASE}*"), folder / LOCK):
                    each.unlink(missing_ok=True)
            for each in new_folders:
                with suppress(OSError):
                    each.rmdir()
        raise


@contextmanager
def reading(folder: Path, opening: Opening) -> Iterator[Store]:
    """Open a workspace to read; it may be open elsewhere.

    Raises:
        KnownError: when it cannot be opened; the sentence says why.
    """
    path = _looked_at(folder)
    if _checked_version(path) < schema.latest_version():
        with writing(folder, opening):
            pass  # an older workspace is brought up to date first, under the lock
    store = Store(database(path, write=False), folder, clock=opening.clock, by=opening.by)
    store.open_reader()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def writing(folder: Path, opening: Opening) -> Iterator[Store]:
    """Open a workspace to write: lock, check, bring up to date, back up once a day.

    Raises:
        KnownError: when it cannot be opened; the sentence says why.
    """
    with held(folder, opening) as store:
        store.open_writer()
        try:
            back_up_daily(store)
            yield store
        finally:
            store.close()


@contextmanager
def held(folder: Path, opening: Opening) -> Iterator[Store]:
    """Hold a workspace to write, brought up to date, with no connection yet: each thread opens and closes its own.

    Raises:
        KnownError: when it cannot be opened; the sentence says why.
    """
    os.umask(0o077)
    path = _looked_at(folder)
    with WriteLock(folder / LOCK, program=opening.program):
        _bring_up_to_date(path, opening)
        _tighten(folder)
        yield Store(database(path, write=True), folder, clock=opening.clock, by=opening.by)


@contextmanager
def looked_at(folder: Path, opening: Opening) -> Iterator[Store]:
    """Open a workspace for a look, with no connection yet: nothing that it holds changes, whatever is asked.

    Raises:
        KnownError: ``workspace.older`` where it must be brought up to date first, which writes; or what else is in the
            way.
    """
    path = _looked_at(folder)
    found, latest = _checked_version(path), schema.latest_version()
    if found < latest:
        raise KnownError("workspace.older", file=str(path), found=found, known=latest)
    yield Store(database(path, write=False), folder, clock=opening.clock, by=opening.by, to_look=True)


def back_up(store: Store, job: Job | None = None) -> Path:
    """Copy the workspace into its backups with the files that it needs, and thin the older ones.

    Raises:
        KnownError: ``backup.not_written``, ``workspace.to_look``.
        Cancelled: when the job was stopped; no file is left then.
    """
    store.must_write()
    folder = store.folder / BACKUPS
    target = _free(folder, backup.stamp(store.moment()))
    names = backup_files.needed(store.rows)
    try:
        backup_files.copy(store.folder, folder, names)
    except OSError as error:
        raise KnownError("backup.not_written", file=str(folder), why=error.strerror or str(error)) from error
    backup.copy(store.db, target, job)
    if backup.thin(folder, store.moment()):
        backup_files.sweep(folder, names, (each.path for each in backup.listed(folder)))
    return target


def back_up_daily(store: Store) -> None:
    """Back up if the newest copy is a day old, and there is anything to lose."""
    existing = backup.listed(store.folder / BACKUPS)
    newest = existing[0].taken_at if existing else None
    if newest is not None and abs((store.moment() - newest).total_seconds()) < _DAY_SECONDS:
        return
    if not is_empty(store):
        back_up(store)


def is_empty(store: Store) -> bool:
    """Whether there is neither a person nor a title."""
    return not store.rows("SELECT EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM item)")[0][0]


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a backup that was put back.

    Attributes:
        kept: Where the replaced file is now.
        lost: Covers and documents that it speaks of and that are whole nowhere any more.
    """

    kept: Path
    lost: tuple[Path, ...] = ()


def restore(folder: Path, source: Path, opening: Opening) -> Restored:
    """Put a backup in the workspace's place, with its files; what was there is kept among the backups.

    Raises:
        KnownError: when the backup is not whole, or the workspace is open elsewhere. Nothing has changed then.
    """
    os.umask(0o077)
    backup.check(source)
    path = folder / DATABASE
    with WriteLock(folder / LOCK, program=opening.program):
        kept = _free(folder / BACKUPS, f"{backup.stamp(opening.clock())}-replaced")
        try:
            if path.exists():
                _keep(path, kept)
                _keep_files(folder, kept)
            # Whichever workspace's backup it is: its files lie beside it.
            lost = backup_files.bring_back(folder, source.parent, backup_files.needed_by(source))
            backup.put_back(source, path)
            backup.pause_sending(path)
        except OSError as error:
            raise KnownError("backup.not_restored", file=str(source), why=error.strerror or str(error)) from error
    return Restored(kept, tuple(lost))


def _free(folder: Path, stem: str) -> Path:
    """A name that no file has: a copy never takes the place of another."""
    path, number = folder / f"{stem}.db", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.db"
    return path


def _keep(path: Path, kept: Path) -> None:
    """Copy a workspace aside, also one that is damaged."""
    kept.parent.mkdir(mode=0o700, exist_ok=True)
    db = database(path, write=True)
    try:
        db.connect()
        backup.copy(db, kept)
    except (*DAMAGE, KnownError):
        kept.write_bytes(path.read_bytes())
        for suffix in ("-wal", "-shm"):
            log = Path(f"{path}{suffix}")
            if log.exists():
                Path(f"{kept}{suffix}").write_bytes(log.read_bytes())
    finally:
        db.close()


def _keep_files(folder: Path, kept: Path) -> None:
    """Keep the files of what is replaced too, as far as it can still be read."""
    with suppress(*DAMAGE):
        backup_files.copy(folder, folder / BACKUPS, backup_files.needed_by(kept))


def _looked_at(folder: Path) -> Path:
    path = folder / DATABASE
    if not folder.exists() or (folder.is_dir() and not path.exists() and not path.is_symlink()):
        raise KnownError("workspace.missing", folder=str(folder))
    if not folder.is_dir():
        raise KnownError("workspace.not_a_folder", folder=str(folder))
    check_file(path)
    return path


def _checked_version(path: Path) -> int:
    """The version of a workspace, after making sure that it is whole and has the schema of that version."""
    db = database(path, write=False)
    verdict = "ok"
    with told_apart(path):
        db.connect()
        try:
            version = schema.version_of(db)
            found = schema.described(db)
            if path.stat().st_size < _QUICK_CHECK_BYTES:
                verdict = str(db.execute_sql("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            db.close()
    if version > schema.latest_version():
        raise KnownError("workspace.newer", file=str(path), found=version, known=schema.latest_version())
    if verdict != "ok":
        raise KnownError("workspace.damaged", file=str(path), folder=str(path.parent), why=verdict)
    wrong = schema.wrong_in(found, version) if version else ["everything"]
    if wrong:
        raise KnownError("workspace.wrong_schema", file=str(path), what=", ".join(wrong[:3]))
    return version


def _bring_up_to_date(path: Path, opening: Opening) -> None:
    if _checked_version(path) < schema.latest_version():
        migrate.migrate(path, path.parent / BACKUPS, stamp=backup.stamp(opening.clock()))


def _tighten(folder: Path) -> None:
    """Nobody else on this computer reads an address book: folders 0700, files 0600."""
    if os.name != "posix":
        return
    for place in (folder, folder / FILES, folder / BACKUPS):
        if place.is_dir() and place.stat().st_mode & 0o077:
            place.chmod(0o700)
    for path in (*folder.glob("outreach.*"), *(folder / BACKUPS).glob("*")):
        if path.is_file() and path.stat().st_mode & 0o077:
            path.chmod(0o600)
