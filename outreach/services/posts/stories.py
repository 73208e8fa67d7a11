"""The story vault: pictures of what is gone in a day, kept as they came, with the day and the hash of what they hold.

A picture is looked at before anything decodes it, decoded in a child process only, and shown as a small copy that was
written by ourselves. The file that came stays byte for byte beside it, since its hash is the proof of what was seen.
"""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.pictures import MAX_BYTES, MAX_PIXELS, read_head
from outreach.jobs import Job
from outreach.services.importing.files import check_file
from outreach.services.posts.log import note_post
from outreach.services.posts.proposing import NewPost
from outreach.store import filebox
from outreach.store.database import Store
from outreach.store.models import Post, Snapshot
from outreach.workers import Limits, stream

_TASK = "outreach.paper.pictures:shrink"
_LIMITS = Limits(seconds=10, memory_mb=600, answer_bytes=8 * 2**20)
#: As large as a story is on a telephone.
_WIDTH, _HEIGHT = 1080, 1920
_SUFFIXES = {"png": ".png", "jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that `prepare_picture` kept below the workspace's files, and that no post has yet."""

    name: str
    hash: str
    suffix: str
    size: int
    width: int
    height: int
    preview: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture of a post.

    Attributes:
        name: What its file was called.
        hash: SHA-256 of the file as it came, in hexadecimal.
        path: Where that lies.
        preview: Where our own small copy lies; the only one that is ever shown.
        taken_on: The day it was kept.
    """

    id: int
    name: str
    hash: str
    path: Path
    preview: Path
    width: int
    height: int
    taken_on: str
    by: str


def prepare_picture(folder: Path, source: Path, job: Job | None = None) -> Picture:
    """Keep a picture and a small copy of it below the workspace's files; nothing is written into its tables yet.

    Raises:
        KnownError: ``files.missing`` and its like, ``stories.kind``, ``stories.too_large``, ``stories.broken``,
            ``files.not_written``.
        Cancelled: when the job was stopped.
    """
    check_file(source)
    too_large = KnownError(
        "stories.too_large", file=source.name, megabytes=MAX_BYTES // 2**20, pixels=MAX_PIXELS // 10**6
    )
    if source.stat().st_size > MAX_BYTES:
        raise too_large
    try:
        content = source.read_bytes()
    except OSError as error:
        raise KnownError("files.unreadable", file=source.name, why=error.strerror or str(error)) from error
    head = read_head(content)
    if head is None:
        raise KnownError("stories.kind", file=source.name)
    if len(content) > MAX_BYTES or not head.fits:
        raise too_large
    # What is decoded and what is kept is the same: the file may be another by now.
    digest, suffix = filebox.keep_bytes(folder, content, _SUFFIXES[head.kind], source.name)
    payload = {"path": str(filebox.place(folder, digest, suffix).absolute()), "width": _WIDTH, "height": _HEIGHT}
    try:
        answers = list(stream(_TASK, payload, _LIMITS, job))
    except KnownError as error:
        if error.code.startswith(("workers.", "covers.")):
            filebox.drop(folder, digest, suffix)
            raise KnownError("stories.broken", file=source.name) from error
        raise
    preview, _ = filebox.keep_bytes(folder, base64.b64decode(answers[0]), ".jpg", source.name)
    return Picture(source.name, digest, suffix, len(content), head.width, head.height, preview)


def keep_story(store: Store, picture: Picture, new: NewPost, *, post_id: int | None = None) -> tuple[int, Changes]:
    """Log a story with its picture, or put the picture to a post that is logged; one step of undo.

    Args:
        store: The open workspace.
        picture: What `prepare_picture` kept.
        new: Whose story it is, about what, when.
        post_id: The post it belongs to, if that is logged.

    Raises:
        KnownError: as `note_post`; ``stories.twice`` for a picture that is kept already; ``posts.gone``.
    """
    same = Snapshot.get_or_none(Snapshot.hash == picture.hash)
    if same is not None:
        raise KnownError("stories.twice", file=picture.name, post=f"o{same.post_id}", on_day=same.taken_on)
    if post_id is not None and not Post.select().where(Post.id == post_id).exists():
        raise KnownError("posts.gone", post=f"o{post_id}")
    with store.operation(Op.KEEP_STORY) as written:
        post = post_id if post_id is not None else note_post(store, new)
        Snapshot.create(
            post=post, name=picture.name, hash=picture.hash, suffix=picture.suffix, size=picture.size,
            width=picture.width, height=picture.height, preview=picture.preview,
            taken_on=store.today().isoformat(), by=store.by, created_at=store.now(),
        )  # fmt: skip
    return post, written.changes


def preview_of(folder: Path, picture: Picture) -> Path:
    """Where the small copy of a picture lies."""
    return filebox.place(folder, picture.preview, ".jpg")


def pictures_of(store: Store, post_id: int) -> list[Kept]:
    """The pictures of a post, the newest first."""
    return _pictures(store, Snapshot.post == post_id)


def pictures_about(store: Store, person_id: int) -> list[Kept]:
    """All pictures of a person's posts."""
    return _pictures(store, Snapshot.post.in_(Post.select(Post.id).where(Post.person == person_id)))


def _pictures(store: Store, which: Any) -> list[Kept]:
    return [
        Kept(
            row.id, row.name, row.hash, filebox.place(store.folder, row.hash, row.suffix),
            filebox.place(store.folder, row.preview, ".jpg"), row.width, row.height, row.taken_on, row.by,
        )
        for row in Snapshot.select().where(which).order_by(Snapshot.id.desc())
    ]  # fmt: skip
