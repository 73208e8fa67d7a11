"""Keeping what a round brought: each feed as one write, so that nothing is ever half done."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from outreach.changes import Changes, Op
from outreach.errors import KnownError
from outreach.fields.accounts import parse_post_url
from outreach.services.feeds.kinds import FeedKind, FeedState
from outreach.services.feeds.round import FeedResult
from outreach.store.database import Store
from outreach.store.models import Feed, FoundPost, Item, Post

_LONGEST_ADDRESS = 2000
#: After so many troubles in a row a feed is asked less and less often, at last once a week.
_PATIENCE, _SELDOM = 3, timedelta(days=7)
_A_DAY = timedelta(days=1)


def keep_result(store: Store, result: FeedResult) -> tuple[int, Changes]:
    """Keep what came of a feed, and say how many posts were found in it that were not known.

    A feed that somebody stopped following meanwhile is left alone.
    """
    with store.operation(Op.FIND_POSTS, undoable=False) as written:
        feed = Feed.get_or_none(Feed.id == result.feed)
        found = 0
        if feed is not None:
            values = (
                _after_trouble(store, feed, result.trouble) if result.trouble else _after_answer(store, feed, result)
            )
            Feed.update({"asked_at": store.now(), **values}).where(Feed.id == feed.id).execute()
            found = sum(_keep_found(store, feed, each) for each in (result.read or {}).get("found", ()))
    return found, written.changes


def _after_answer(store: Store, feed: Feed, result: FeedResult) -> dict[str, Any]:
    answer, read = result.answer, result.read
    if answer is None:
        return {}
    values: dict[str, Any] = {
        "etag": answer.etag, "last_modified": answer.last_modified, "robots_on": result.robots_on, "failures": 0,
        "trouble": "", "not_before": None, "read_at": store.now(),
    }  # fmt: skip
    if read is not None:
        values |= {"title": read["title"] or feed.title, "site": read["site"] or feed.site, "entries": read["entries"]}
        if read["is_podcast"] and feed.kind == FeedKind.BLOG.value:
            values["kind"] = FeedKind.PODCAST.value
    moved = answer.moved_to
    if moved is not None and len(moved.text()) <= _LONGEST_ADDRESS:
        same = Feed.get_or_none((Feed.key == moved.key) & (Feed.id != feed.id))
        if same is None:
            values |= {"address": moved.text(), "key": moved.key}
    return values


def _after_trouble(store: Store, feed: Feed, trouble: KnownError) -> dict[str, Any]:
    """What is told of the feed, and when it is asked again."""
    failures = feed.failures + 1
    values: dict[str, Any] = {
        "trouble": json.dumps({"code": trouble.code, "facts": trouble.facts}, ensure_ascii=False), "failures": failures
    }  # fmt: skip
    if trouble.code == "feeds.gone":
        return values | {"state": FeedState.GONE.value}
    if trouble.code == "feeds.later":
        return values | {"not_before": trouble.facts["until"]}
    if trouble.code == "feeds.robots":
        return values | {"not_before": _in(store, _A_DAY)}
    if failures > _PATIENCE:
        return values | {"not_before": _in(store, min(timedelta(hours=2 ** min(failures - _PATIENCE, 8)), _SELDOM))}
    return values


def _in(store: Store, time: timedelta) -> str:
    return (store.moment() + time).strftime("%Y-%m-%dT%H:%M:%SZ")


def _keep_found(store: Store, feed: Feed, found: Mapping[str, Any]) -> bool:
    """Keep a found post, unless it is known: found before, here or elsewhere, or logged already."""
    link = parse_post_url(found["url"]) if found["url"] else None
    key = link.key if link is not None else None
    if Item.get_or_none(Item.id == found["item"]) is None:
        return False
    if FoundPost.get_or_none((FoundPost.feed == feed.id) & (FoundPost.entry_key == found["key"])) is not None:
        return False
    if key is not None and (Post.get_or_none(Post.key == key) or FoundPost.get_or_none(FoundPost.post_key == key)):
        return False
    FoundPost.create(
        feed=feed.id, entry_key=found["key"], post_key=key, url=link.url if link is not None else found["url"],
        title=found["title"], author=found["author"], published_at=found["published_at"] or None, text=found["text"],
        item=found["item"], passage=found["passage"], words=found["words"], proofs=found["proofs"],
        confidence=found["confidence"], found_at=store.now(), by=store.by,
    )  # fmt: skip
    return True
