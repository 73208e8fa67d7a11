"""The files that backups need: covers and people's documents, each copied once, by the hash of what it holds.

They lie in ``backups/files`` as they lie in ``files``. Which of them a backup needs stands in the backup itself, so
that a copy of the database costs no further copies, and what no backup needs any more is let go.
"""

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from outreach.store import filebox
from outreach.store.connection import DAMAGE
from outreach.store.files import replacing

_FILES = "files"
#: What we name ourselves; anything else in these columns names no file of ours.
_COVER = re.compile(r"[0-9a-f]{64}\.jpg")
#: Where a file of ours may lie.
_OURS = re.compile(r"files/(people/)?[0-9a-f]{2}/[0-9a-f]{64}(\.[a-z0-9]{1,8})?")
#: So many bytes of a file are moved at once.
_PIECE = 2**20
_HASH = re.compile(r"[0-9a-f]{64}")
_COVERS = "SELECT DISTINCT cover FROM item WHERE cover <> ''"
_DOCUMENTS = "SELECT DISTINCT hash, suffix FROM person_document WHERE hash <> ''"
_COLUMNS = {("item", "cover"): _COVERS, ("person_document", "hash"): _DOCUMENTS}


def needed(run: Callable[[str], Iterable[Any]]) -> set[Path]:
    """The files that a database speaks of, as places below the folder of a workspace.

    Args:
        run: Runs SQL on it. One of an older version may not know of files.
    """
    found: set[Path] = set()
    for (table, column), sql in _COLUMNS.items():
        if not any(row[1] == column for row in run(f"PRAGMA table_info({table})")):
            continue
        for row in run(sql):
            if table == "item" and _COVER.fullmatch(row[0]):
                found.add(Path(_FILES, row[0][:2], row[0]))
            elif table != "item" and _HASH.fullmatch(row[0]):
                found.add(filebox.place(Path(), row[0], row[1]))
    return found


def parts(folder: Path, names: Iterable[Path]) -> Iterator[tuple[str, int, bytes]]:
    """Files that are whole, piece by piece: place, number of the piece, content."""
    for name in sorted(names):
        if is_whole(folder / name):
            with (folder / name).open("rb") as file:
                for number, piece in enumerate(iter(lambda file=file: file.read(_PIECE), b"")):  # type: ignore[misc]
                    yield name.as_posix(), number, piece


class Arriving:
    """Files that come piece by piece into an empty workspace; they are there when all of them have come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name, self._content = Path(), bytearray()
        self._written: list[Path] = []

    def put(self, name: str, number: int, piece: bytes, *, keeps: bool = True) -> None:
        """One piece, in order; of a trial nothing is kept.

        Raises:
            ValueError: for what is no file of ours, or is not what its name says.
            OSError: as the file system says.
        """
        if not number:
            self.finish(keeps=keeps)
            self._name = Path(name)
        if Path(name) != self._name or not _OURS.fullmatch(name) or len(self._content) > filebox.MOST_BYTES:
            raise ValueError(f"{name[:100]} is no file of ours")
        self._content += piece

    def finish(self, *, keeps: bool = True) -> None:
        """The last piece of a file has come; raises as `put`."""
        if not self._content:
            return
        content, self._content = bytes(self._content), bytearray()
        if hashlib.sha256(content).hexdigest() != self._name.stem:
            raise ValueError(f"{self._name.as_posix()} is damaged")
        target = self._folder / self._name
        if keeps and not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(target) as made:
                made.write_bytes(content)
                made.chmod(0o600)
            self._written.append(target)

    def undo(self) -> None:
        """Take away again what has come."""
        for path in self._written:
            path.unlink(missing_ok=True)


def needed_by(path: Path) -> set[Path]:
    """The files that a backup speaks of; raises what SQLite raises for one that is damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return needed(connection.execute)


def copy(folder: Path, backups: Path, names: Iterable[Path]) -> None:
    """Keep files of a workspace beside its backups; those that are there already cost nothing.

    A file that is not what its name says is not kept: what was kept of it before is the better one.

    Raises:
        OSError: as the file system says.
    """
    for name in names:
        target = backups / name
        if not target.exists() and is_whole(folder / name):
            _copy(folder / name, target)


def bring_back(folder: Path, backups: Path, names: Iterable[Path]) -> list[Path]:
    """Put the files that a workspace speaks of in their places, where they lack or are damaged.

    Returns:
        Those that are lost: they are whole neither here nor beside the backups.

    Raises:
        OSError: as the file system says.
    """
    lost = []
    for name in sorted(names):
        if is_whole(folder / name):
            continue
        if is_whole(backups / name):
            _copy(backups / name, folder / name)
        else:
            lost.append(name)
    return lost


def sweep(backups: Path, now: set[Path], copies: Iterable[Path]) -> int:
    """Let the files go that neither the workspace nor any of its backups speaks of; how many is returned.

    A backup that cannot be read may need any of them: then all stay.
    """
    kept = set(now)
    try:
        for path in copies:
            kept |= needed_by(path)
    except DAMAGE:
        return 0
    removed = 0
    for path in (backups / _FILES).rglob("*"):
        if path.is_file() and path.relative_to(backups) not in kept:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def wrong(folder: Path, names: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Which files are missing, and which are not what they were."""
    missing, damaged = [], []
    for name in sorted(names):
        if not (folder / name).is_file():
            missing.append(name)
        elif not is_whole(folder / name):
            damaged.append(name)
    return missing, damaged


def is_whole(path: Path) -> bool:
    """Whether a file holds what its name says."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == path.stem


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with replacing(target) as made:
        shutil.copyfile(source, made)
        made.chmod(0o600)
