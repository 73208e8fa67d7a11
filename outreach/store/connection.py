"""SQLite connections, opened the safe way, and SQLite's errors told apart."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import DatabaseError, InterfaceError, PeeweeException, SqliteDatabase

from outreach.errors import KnownError

#: "Outr" in ASCII, at its place in the header of every workspace.
APPLICATION_ID = 0x4F757472

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"

#: For files that may come from anywhere: the schema is not trusted, damaged cells are noticed, no file is mapped.
_SAFE = {"trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0}
_COMMON = {**_SAFE, "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 5000, "temp_store": "memory"}
#: The writer holds the pages of a large import in memory, 64 MB of them: its indexes grow at random places.
WRITER_PRAGMAS = {**_COMMON, "journal_mode": "wal", "synchronous": "normal", "cache_size": -65536}
READER_PRAGMAS = {**_COMMON, "query_only": 1}
#: Threads that only read hold 8 MB at most: more makes nothing faster, as the system holds the file anyway.
READING = ("PRAGMA query_only = 1", "PRAGMA cache_size = -8192")

#: What a damaged file raises. Broken text raises errors that are not SQLite's.
DAMAGE = (DatabaseError, InterfaceError, sqlite3.DatabaseError, UnicodeDecodeError, OverflowError)


def database(path: Path, *, write: bool) -> SqliteDatabase:
    """A database that is not connected yet; each thread that uses it connects for itself."""
    if write:
        return SqliteDatabase(str(path), pragmas=WRITER_PRAGMAS, autoconnect=False)
    return SqliteDatabase(_read_only_uri(path), uri=True, pragmas=READER_PRAGMAS, autoconnect=False)


def _read_only_uri(path: Path) -> str:
    uri = path.absolute().as_uri()
    # A folder that cannot be written cannot hold the files of a write-ahead log; nobody else can write there either.
    return f"{uri}?mode=rw" if os.access(path.parent, os.W_OK) else f"{uri}?immutable=1"


def check_file(path: Path) -> None:
    """Look at a workspace file from outside, before SQLite opens it.

    Raises:
        KnownError: ``workspace.link``, ``workspace.empty``, ``workspace.not_a_database`` or ``workspace.foreign``.
    """
    try:
        status = path.lstat()
        if not path.is_symlink() and not path.is_file():
            raise KnownError("workspace.not_a_database", file=str(path))
        if path.is_symlink() or status.st_nlink > 1:
            raise KnownError("workspace.link", file=str(path))
        if status.st_size == 0:
            raise KnownError("workspace.empty", file=str(path))
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise KnownError("workspace.unreadable", file=str(path), why=error.strerror or str(error)) from error
    if not header.startswith(_MAGIC):
        raise KnownError("workspace.not_a_database", file=str(path))
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise KnownError("workspace.foreign", file=str(path))


@contextmanager
def told_apart(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the user's world into sentences; our own mistakes pass through.

    Raises:
        KnownError: ``workspace.damaged``, ``workspace.disk_full``, ``workspace.read_only`` or ``workspace.busy``.
    """
    try:
        yield
    except (PeeweeException, sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        code = _code_of(error)
        if code is None:
            raise
        raise KnownError(code, file=str(path), folder=str(path.parent), why=str(error)) from error


def _code_of(error: BaseException) -> str | None:
    if isinstance(error, UnicodeDecodeError | OverflowError):
        return "workspace.damaged"
    text = str(error).lower()
    for code, signs in _SIGNS.items():
        if any(sign in text for sign in signs):
            return code
    # When the disk is full SQLite rolls back by itself, and rolling back again is what fails last.
    if "cannot rollback" in text and error.__context__ is not None:
        return _code_of(error.__context__)
    return None


_SIGNS = {
    "workspace.disk_full": ("disk is full", "disk i/o error", "database or disk is full"),
    "workspace.read_only": ("readonly database", "unable to open database file", "attempt to write a readonly"),
    "workspace.busy": ("database is locked", "database table is locked"),
    "workspace.damaged": (
        "malformed",
        "file is not a database",
        "corrupt",
        "unsupported file format",
        "could not decode",
    ),
}
