"""Files that a workspace keeps, each named by the hash of what it holds, so that the same file is kept once."""

import hashlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from outreach.errors import KnownError
from outreach.store.files import replacing

_FOLDER = ("files", "people")
#: Larger ones are better kept elsewhere, with a link.
MOST_BYTES = 50 * 2**20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def keep(folder: Path, source: Path) -> tuple[str, str, int]:
    """Copy a file into a workspace's folder.

    Returns:
        Its hash, its suffix in small letters, its size in bytes.

    Raises:
        KnownError: ``documents.missing``, ``documents.too_large``, ``documents.empty``, ``files.not_written``.
    """
    if source.is_symlink() or not source.is_file():
        raise KnownError("documents.missing", file=source.name)
    size = source.stat().st_size
    if not size:
        raise KnownError("documents.empty", file=source.name)
    if size > MOST_BYTES:
        raise KnownError("documents.too_large", file=source.name, most=MOST_BYTES // 2**20)
    try:
        content = source.read_bytes()
    except OSError as error:
        raise KnownError("files.not_written", file=source.name, why=error.strerror or str(error)) from error
    digest, suffix = keep_bytes(folder, content, source.suffix, source.name)
    return digest, suffix, len(content)


def keep_bytes(folder: Path, content: bytes, suffix: str, name: str) -> tuple[str, str]:
    """Keep what a file held, unless it is there already.

    Returns:
        Its hash, and its suffix in small letters.

    Raises:
        KnownError: ``files.not_written``, with the name by which the user knows it.
    """
    digest = hashlib.sha256(content).hexdigest()
    found = _SUFFIX.fullmatch(suffix.lower())
    suffix = found[0] if found else ""
    target = place(folder, digest, suffix)
    try:
        if not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(target) as made:
                made.write_bytes(content)
                made.chmod(0o600)
    except OSError as error:
        raise KnownError("files.not_written", file=name, why=error.strerror or str(error)) from error
    return digest, suffix


def drop(folder: Path, digest: str, suffix: str) -> None:
    """Let one file go."""
    place(folder, digest, suffix).unlink(missing_ok=True)


def place(folder: Path, digest: str, suffix: str) -> Path:
    """Where a kept file lies."""
    return folder.joinpath(*_FOLDER, digest[:2], f"{digest}{suffix}")


def sweep(folder: Path, kept: Collection[str]) -> int:
    """Let all files go whose hash is not among those to keep, and say how many."""
    removed = 0
    for path in folder.joinpath(*_FOLDER).glob("*/*"):
        if path.stem not in kept:
            path.unlink(missing_ok=True)
            removed += 1
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
    return removed


def remove_naming(folder: Path, words: Sequence[str]) -> int:
    """Delete the text files of a folder in which one of some words stands, and say how many."""
    removed = 0
    wanted = [word.encode() for word in words]
    for path in folder.glob("*.txt") if folder.is_dir() and wanted else ():
        if path.is_file() and any(word in path.read_bytes() for word in wanted):
            path.unlink(missing_ok=True)
            removed += 1
    return removed
