"""Feeds are a person's: they go with her, to whom she turns out to be, and into what is handed to her."""

from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue import catalogue
from outreach.services.feeds import following
from outreach.services.feeds.following import NewFeed
from outreach.services.feeds.found import found_post, settle
from outreach.services.feeds.kinds import FeedState, FoundState
from outreach.services.feeds.learned import declined
from outreach.services.people import people
from outreach.services.people.forgetting import forget_person, what_goes
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson
from outreach.services.people.subject import about
from outreach.store.database import Store
from outreach.store.models import Feed, FoundPost


def keep(store: Store, feed: int, key: str, **values: object) -> int:
    item = catalogue.add_item(store, f"Title {key}", {})[0]
    with store.operation(following.Op.CHANGE_FEED):
        row = FoundPost.create(feed=feed, entry_key=key, item=item, confidence="sure", found_at=store.now(), **values)
    return int(row.id)


def test_a_person_who_is_forgotten_takes_her_feeds_and_what_was_found_of_her(store: Store, tmp_path: Path) -> None:
    person, _ = people.add_person(store, NewPerson("Juniper Hale", ["j@example.org"], ["bluesky:junipershelves"]))
    hers, _ = following.add_feed(store, NewFeed("https://j.example/feed", person))
    shared, _ = following.add_feed(store, NewFeed("https://club.example/feed"))
    keep(store, hers, "1")
    keep(store, shared, "2", author="Juniper Hale")
    keep(store, shared, "3", url="https://bsky.app/profile/junipershelves/post/1")
    kept = keep(store, shared, "4", author="June Hale", url="https://x.example/junipershelves-fan/1")
    assert what_goes(store, person).goes["feed"] == 1
    assert "https://j.example/feed" in str(about(store, person))
    forget_person(store, person, tmp_path)
    assert [row.id for row in Feed.select()] == [shared]
    assert [row.id for row in FoundPost.select()] == [kept]
    assert b"j.example/feed" not in store.path.read_bytes()


def test_feeds_go_to_whom_she_turns_out_to_be(store: Store) -> None:
    keeps, other = (people.add_person(store, NewPerson(name))[0] for name in ("Juniper Hale", "J. Hale"))
    feed, _ = following.add_feed(store, NewFeed("https://j.example/feed", other))
    merge_people(store, keeps, other)
    assert Feed.get_by_id(feed).person_id == keeps


def test_what_was_said_is_learned_until_it_is_said_otherwise(store: Store) -> None:
    feed, _ = following.add_feed(store, NewFeed("https://j.example/feed"))
    found = keep(store, feed, "1", proofs='["title", "reading"]')
    item = found_post(found).item_id
    for state, taught in ((FoundState.NOT_ABOUT_US, {(item, "reading,title")}), (FoundState.CONFIRMED, set()),
                          (FoundState.WAITING, None)):  # fmt: skip
        with store.operation(following.Op.CHANGE_FEED):
            settle(store, [found], state)
        assert declined().get(feed) == taught


def test_feeds_are_added_together_or_not_at_all(store: Store) -> None:
    new = [NewFeed("https://a.example/feed"), NewFeed("https://a.example/feed/"), NewFeed("https://b.example/feed")]
    following.add_feeds(store, new)
    assert [row.address for row in following.list_feeds()] == ["https://a.example/feed", "https://b.example/feed"]
    with pytest.raises(KnownError, match=r"feeds\.bad_address"):
        following.add_feeds(store, [NewFeed("https://c.example/feed"), NewFeed("mailto:x@c.example")])
    assert len(following.list_feeds()) == 2
    following.set_state(store, [1, 2], FeedState.PAUSED)
    assert {row.state for row in following.list_feeds()} == {"paused"}
    with pytest.raises(KnownError, match=r"refs\.unknown"):
        found_post(99)
