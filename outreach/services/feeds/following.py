"""The feeds that are followed: to add one, pause it, see how it does, and stop following it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, fn

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.text import clean
from outreach.services.feeds.found import is_open
from outreach.services.feeds.kinds import FeedKind, FeedState
from outreach.services.feeds.network import Target, parse_target
from outreach.store.database import Store
from outreach.store.models import Feed, FoundPost, Person

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed to follow.

    Attributes:
        address: Where it is.
        person_id: Whose it is, if that is known.
        title: What it calls itself; it is read again with the feed.
        kind: What it is of.
        allow_private: Whether its computer may be asked although it is of a private network.
    """

    address: str
    person_id: int | None = None
    title: str = ""
    kind: FeedKind = FeedKind.BLOG
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as a line of a list.

    Attributes:
        read_at: When it last answered, as ISO text in UTC.
        not_before: When it is asked again at the earliest, where that was put off.
        trouble: What was in the way last, None where nothing was.
        entries: How many entries it had when it was last read.
        found: How many found posts it has brought, and how many of them wait.
    """

    id: int
    person_id: int | None
    person: str
    address: str
    title: str
    kind: str
    site: str
    state: str
    allow_private: bool
    asked_at: str
    read_at: str
    not_before: str
    failures: int
    trouble: KnownError | None
    entries: int
    found: int
    waiting: int

    @property
    def name(self) -> str:
        """What it is called; its address where it has told no title."""
        return self.title or self.address


def add_feed(store: Store, new: NewFeed) -> tuple[int, Changes]:
    """Follow a feed. It is not asked for before the next round.

    Raises:
        KnownError: ``feeds.bad_address``, ``feeds.twice``.
    """
    with store.operation(Op.FOLLOW_FEED) as written:
        made = note_feed(store, new)
    return made, written.changes


def add_feeds(store: Store, new: Sequence[NewFeed]) -> Changes:
    """Follow several feeds at once, all of them or none; those that are followed already are left as they are."""
    with store.operation(Op.FOLLOW_FEED) as written:
        for each in new:
            if Feed.get_or_none(Feed.key == _target(each.address).key) is None:
                note_feed(store, each)
    return written.changes


def note_feed(store: Store, new: NewFeed) -> int:
    """Follow a feed inside the caller's operation; raises as `add_feed`."""
    target = _target(new.address)
    same = Feed.get_or_none(Feed.key == target.key)
    if same is not None:
        raise KnownError("feeds.twice", feed=f"f{same.id}", address=same.address)
    row = Feed.create(
        person=new.person_id, address=target.text(), key=target.key, title=clean(new.title)[:_LONGEST_TITLE],
        kind=new.kind.value, allow_private=int(new.allow_private), by=store.by, created_at=store.now(),
    )  # fmt: skip
    return int(row.id)


def set_state(store: Store, feeds: Sequence[int], state: FeedState) -> Changes:
    """Pause feeds, or go on with them; going on forgets that a feed had put us off."""
    values: dict[str, Any] = {"state": state.value}
    if state is FeedState.FOLLOWED:
        values |= {"failures": 0, "not_before": None, "trouble": ""}
    with store.operation(Op.CHANGE_FEED) as written:
        Feed.update(values).where(Feed.id.in_(list(feeds))).execute()
    return written.changes


def allow_private(store: Store, feed: int, *, allowed: bool) -> Changes:
    """Say whether the computer of a feed may be asked although it is of a private network, or this one."""
    with store.operation(Op.CHANGE_FEED) as written:
        values = {"allow_private": int(allowed), "failures": 0, "not_before": None, "trouble": ""}
        Feed.update(values).where(Feed.id == feed).execute()
    return written.changes


def forget_feeds(store: Store, feeds: Sequence[int]) -> Changes:
    """Stop following feeds. What was found in them goes too, and what they taught; posts that were logged stay."""
    with store.operation(Op.FORGET_FEED) as written:
        Feed.delete().where(Feed.id.in_(list(feeds))).execute()
    return written.changes


def list_feeds(*, person_id: int | None = None) -> list[FeedRow]:
    """The feeds, by name."""
    found, waiting = _counts(None), _counts(is_open())
    query = Feed.select(Feed, Person).join(Person, JOIN.LEFT_OUTER)
    if person_id is not None:
        query = query.where(Feed.person == person_id)
    rows = [_row(each, found.get(each.id, 0), waiting.get(each.id, 0)) for each in query]
    return sorted(rows, key=lambda each: (each.name.casefold(), each.id))


def trouble_of(text: str) -> KnownError | None:
    """What a column ``trouble`` tells."""
    if not text:
        return None
    told = json.loads(text)
    return KnownError(told["code"], **told["facts"])


def _counts(condition: Any) -> dict[int, int]:
    query = FoundPost.select(FoundPost.feed, fn.COUNT(FoundPost.id)).group_by(FoundPost.feed)
    return dict((query if condition is None else query.where(condition)).tuples())


def _target(address: str) -> Target:
    target = parse_target(address)
    if target is None:
        raise KnownError("feeds.bad_address", value=clean(address)[:200])
    return target


def _row(row: Feed, found: int, waiting: int) -> FeedRow:
    return FeedRow(
        id=row.id, person_id=row.person_id, person=row.person.name if row.person_id else "", address=row.address,
        title=row.title, kind=row.kind, site=row.site, state=row.state, allow_private=bool(row.allow_private),
        asked_at=row.asked_at or "", read_at=row.read_at or "", not_before=row.not_before or "",
        failures=row.failures, trouble=trouble_of(row.trouble), entries=row.entries, found=found, waiting=waiting,
    )  # fmt: skip
