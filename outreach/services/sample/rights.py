"""Feeds and found posts of the sample, and what was agreed about posts, from ``resources/sample/found.toml``."""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from outreach.fields.accounts import parse_post_url
from outreach.paths import resource
from outreach.services.sample.values import SamplePost
from outreach.store import filebox
from outreach.store.database import Store
from outreach.store.models import DisclosureCheck, Feed, FoundPost, Permission, PermissionUse, Quote, Snapshot

#: Writes a row of a table, and says which number it got.
Put = Callable[..., int]
_SIDE = 640


class Rights:
    """Puts the rows, once people, titles and posts have their numbers."""

    def __init__(self, put: Put, store: Store) -> None:
        self._put = put
        self._store = store
        self._now = store.now()
        self._by = store.by
        self._data: dict[str, Any] = tomllib.loads(resource("sample/found.toml").read_text(encoding="utf-8"))

    def found(self, people: Mapping[str, int], items: Mapping[str, int]) -> None:
        """Feeds, and what was found in them; of people and titles that the sample has."""
        for each in self._data["found"]:
            person, item = people.get(each.get("person", "")), items.get(each["title"])
            if item is None or ("person" in each and person is None):
                continue
            name, kind, address = each["feed"]
            feed = self._put(
                Feed, person_id=person, address=address, key=address.removeprefix("https://"), title=name, kind=kind,
                read_at=self._now, asked_at=self._now, entries=20, by=self._by, created_at=self._now,
            )  # fmt: skip
            link = parse_post_url(each["url"])
            self._put(
                FoundPost, feed_id=feed, entry_key=each["url"], post_key=link.key if link else None, url=each["url"],
                author=each.get("author", each.get("person", "")), text=each["text"], passage=each["passage"],
                published_at=f"{self._day(-each['ago'])}T{each['at']}:00+00:00", item_id=item,
                words=json.dumps(each["words"], ensure_ascii=False), proofs=json.dumps(each["proofs"]),
                confidence=each["confidence"], found_at=self._now,
            )  # fmt: skip

    def agreed(self, posts: Sequence[SamplePost], rows: Sequence[int]) -> None:
        """Permissions, pictures, a quote to check and looks at disclosure, of the newest organic posts with words."""
        fitting = [row for post, row in zip(posts, rows, strict=True)
                   if post.nature == "organic" and post.text and post.platform]  # fmt: skip
        by_row = dict(zip(rows, posts, strict=True))
        for each, row in zip(self._data["permission"], reversed(fitting), strict=False):
            self._permission(each, row)
            if "picture" in each:
                self._picture(each["picture"], row)
        for row in fitting[-2:]:
            seen = row == fitting[-1]
            self._put(
                DisclosureCheck, post_id=row, seen="yes" if seen else "no", place="first_line" if seen else "",
                wording="#gifted" if seen else "", checked_on=self._day(-2), by=self._by, created_at=self._now,
            )  # fmt: skip
        for row in fitting[-3:-2]:
            post = by_row[row]
            self._put(Quote, post_id=row, text=post.text, passage=post.text, source=post.url or "", from_proof=1,
                      by=self._by, created_at=self._now)  # fmt: skip

    def _permission(self, told: Mapping[str, Any], row: int) -> None:
        ends = told.get("ends")
        permission = self._put(
            Permission, post_id=row, scope=told["scope"], state=told["state"], asked_on=self._day(-told["asked"]),
            answered_on=self._day(-told["answered"]) if "answered" in told else None, answer=told.get("answer", ""),
            channels=told.get("channels", ""), edits=told.get("edits", "none"),
            starts_on=self._day(-told["answered"]) if told["state"] == "granted" else None,
            ends_on=self._day(ends) if ends is not None else None, by=self._by, created_at=self._now,
        )  # fmt: skip
        for place in told.get("used", ()):
            self._put(PermissionUse, permission_id=permission, place=place, used_on=self._day(-told["answered"]),
                      by=self._by)  # fmt: skip

    def _picture(self, name: str, row: int) -> None:
        content = resource(f"sample/pictures/{name}.jpg").read_bytes()
        digest, suffix = filebox.keep_bytes(self._store.folder, content, ".jpg", f"{name}.jpg")
        self._put(
            Snapshot, post_id=row, name=f"{name}.jpg", hash=digest, suffix=suffix, size=len(content), width=_SIDE,
            height=_SIDE, preview=digest, taken_on=self._day(-2), by=self._by, created_at=self._now,
        )  # fmt: skip

    def _day(self, ahead: int) -> str:
        return (self._store.today() + timedelta(days=ahead)).isoformat()
