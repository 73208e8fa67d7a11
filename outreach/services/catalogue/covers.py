"""Cover pictures: looked at before they are decoded, made small in a child process, kept by their content.

Each is kept twice: as its title's page shows it, and as small as lists do, so that a list of covers is soon painted.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.pictures import MAX_BYTES, MAX_PIXELS, read_head
from outreach.jobs import Job
from outreach.services.importing.files import check_file
from outreach.store.database import Store
from outreach.store.files import replacing
from outreach.store.models import Item
from outreach.store.workspace import FILES
from outreach.workers import Limits, stream

_TASK = "outreach.paper.pictures:shrink"
_LIMITS = Limits(seconds=10, memory_mb=600, answer_bytes=4 * 2**20)


def prepare_cover(folder: Path, path: Path, job: Job | None = None) -> str:
    """Keep a small copy of a picture below the workspace's files; its name is returned, for `set_cover`.

    The picture itself is decoded in a child process only, and what is kept was written by ourselves.

    Raises:
        KnownError: ``files.missing`` and its like, ``covers.kind``, ``covers.too_large``, ``covers.broken``,
            ``files.not_written``.
        Cancelled: when the job was stopped.
    """
    check_file(path)
    if path.stat().st_size > MAX_BYTES:
        raise KnownError("covers.too_large", file=path.name, megabytes=MAX_BYTES // 2**20, pixels=MAX_PIXELS // 10**6)
    try:
        head = read_head(path.read_bytes())
    except OSError as error:
        raise KnownError("files.unreadable", file=path.name, why=error.strerror or str(error)) from error
    if head is None:
        raise KnownError("covers.kind", file=path.name)
    if not head.fits:
        raise KnownError("covers.too_large", file=path.name, megabytes=MAX_BYTES // 2**20, pixels=MAX_PIXELS // 10**6)
    try:
        answers = list(stream(_TASK, {"path": str(path.absolute())}, _LIMITS, job))
    except KnownError as error:
        if error.code.startswith("workers."):
            raise KnownError("covers.broken", file=path.name) from error
        raise
    full, small = map(base64.b64decode, answers)
    name = f"{hashlib.sha256(full).hexdigest()}.jpg"
    _keep(cover_path(folder, name), full)
    _keep(small_cover_path(folder, name), small)
    return name


def set_cover(store: Store, item_id: int, name: str) -> Changes:
    """Give a title the cover that `prepare_cover` kept, or, with an empty name, its drawn one."""
    with store.operation(Op.SET_COVER) as written:
        Item.update(cover=name, updated_at=store.now()).where(Item.id == item_id).execute()
    return written.changes


def cover_path(folder: Path, name: str) -> Path:
    """Where a kept cover lies."""
    return folder / FILES / name[:2] / name


def small_cover_path(folder: Path, name: str) -> Path:
    """Where a kept cover lies as lists show it; it may be missing, and follows from the larger one."""
    return cover_path(folder, name).with_suffix(".small.jpg")


@dataclass(frozen=True, slots=True)
class Looks:
    """How titles look wherever they appear.

    Attributes:
        by_item: By title its cloth and the name of its cover.
        books: What books are called: such a name is set in italics in any sentence.
        things: What products are called: such a name stands upright, also where titles are told.
    """

    by_item: Mapping[int, tuple[str, str]]
    books: frozenset[str]
    things: frozenset[str]


def looks() -> Looks:
    """How all titles look."""
    rows = list(Item.select(Item.id, Item.cloth, Item.cover, Item.title, Item.kind).tuples())
    books = frozenset(row[3] for row in rows if row[4] == "book")
    return Looks({row[0]: (row[1], row[2]) for row in rows}, books, frozenset(row[3] for row in rows) - books)


def _keep(path: Path, data: bytes) -> None:
    """Write a file, unless it is there already."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            with replacing(path) as made:
                made.write_bytes(data)
    except OSError as error:
        raise KnownError("files.not_written", file=str(path), why=error.strerror or str(error)) from error
