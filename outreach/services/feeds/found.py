"""Found posts: entries that seem to speak of us, and what somebody said of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.services.feeds.kinds import FoundState
from outreach.store.database import Store
from outreach.store.models import Feed, FoundPost, Item, Person, Post


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A found post, as it is shown.

    Attributes:
        person_id: Whose feed it was found in, if that is known.
        author: Who wrote it, as the feed says.
        published_at: When, as ISO text in UTC; empty where the feed does not say.
        text: The entry's words, plain; cut where it is long.
        passage: The sentence that made it.
        words: The words of the passage that matched.
        proofs: What says that it speaks of us, as words of ``proof``.
    """

    id: int
    feed_id: int
    feed: str
    kind: str
    person_id: int | None
    person: str
    item_id: int | None
    item: str
    url: str
    title: str
    author: str
    published_at: str
    text: str
    passage: str
    words: tuple[str, ...]
    proofs: tuple[str, ...]
    confidence: str
    state: str


def found_posts(*, state: FoundState = FoundState.WAITING, feed_id: int | None = None) -> list[FoundRow]:
    """Found posts, the newest first. One whose post was logged meanwhile waits for nobody."""
    query = FoundPost.select(FoundPost, Feed, Item, Person).join(Feed).join(Person, JOIN.LEFT_OUTER)
    query = query.switch(FoundPost).join(Item, JOIN.LEFT_OUTER).where(FoundPost.state == state.value)
    if state is FoundState.WAITING:
        query = query.where(is_open())
    if feed_id is not None:
        query = query.where(FoundPost.feed == feed_id)
    return [_row(each) for each in query.order_by(FoundPost.published_at.desc(), FoundPost.id.desc())]


def found_post(found_id: int) -> FoundRow:
    """One found post.

    Raises:
        KnownError: ``refs.unknown``.
    """
    query = FoundPost.select(FoundPost, Feed, Item, Person).join(Feed).join(Person, JOIN.LEFT_OUTER)
    query = query.switch(FoundPost).join(Item, JOIN.LEFT_OUTER).where(FoundPost.id == found_id)
    for each in query:
        return _row(each)
    raise KnownError("refs.unknown", text=f"n{found_id}", kind="found post")


def is_open() -> Any:
    """The condition of a found post that still waits for somebody, to be put into a query."""
    logged = Post.select(Post.id).where(Post.key == FoundPost.post_key)
    return (FoundPost.state == FoundState.WAITING.value) & ~fn.EXISTS(logged)


def waiting_count() -> int:
    """How many found posts wait for somebody."""
    return int(FoundPost.select().where(is_open()).count())


def not_about_us(store: Store, found: Sequence[int]) -> Changes:
    """Say that found posts do not speak of us.

    From then on their feed's entries need more than the same proof to be found for the same item
    (`outreach.services.feeds.learned`).
    """
    with store.operation(Op.NOT_ABOUT_US) as written:
        settle(store, found, FoundState.NOT_ABOUT_US)
    return written.changes


def settle(store: Store, found: Sequence[int], state: FoundState, post_id: int | None = None) -> None:
    """Note what somebody said of found posts, inside the caller's operation.

    Args:
        store: The open workspace.
        found: Which.
        state: What was said.
        post_id: The post that was logged of it, where it was confirmed.
    """
    FoundPost.update(
        state=state.value, post=post_id, settled_at=None if state is FoundState.WAITING else store.now(), by=store.by
    ).where(FoundPost.id.in_(list(found))).execute()


def _row(row: FoundPost) -> FoundRow:
    feed = row.feed
    return FoundRow(
        id=row.id, feed_id=feed.id, feed=feed.title or feed.address, kind=feed.kind, person_id=feed.person_id,
        person=feed.person.name if feed.person_id else "", item_id=row.item_id,
        item=row.item.title if row.item_id else "", url=row.url, title=row.title, author=row.author,
        published_at=row.published_at or "", text=row.text, passage=row.passage, words=tuple(json.loads(row.words)),
        proofs=tuple(json.loads(row.proofs)), confidence=row.confidence, state=row.state,
    )  # fmt: skip
