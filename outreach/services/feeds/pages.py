"""The feeds that a web page names. Pure; it runs in a child process, for a page may be made to break its reader."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any

from outreach.fields.text import clean
from outreach.paths import resource
from outreach.services.feeds.network import parse_target

_LONGEST = 2 * 2**20
_MOST = 50
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_TOLD_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names: where it is, and what the page calls it."""

    address: str
    title: str


def feed_links(body: bytes, content_type: str, address: str) -> list[FeedLink]:
    """The feeds that a page names in its head, else those it links to; feeds of comments come last.

    Args:
        body: The page.
        content_type: What its server says it is.
        address: Where it is, for addresses within it.
    """
    page = _Page(address)
    page.feed(_decoded(body[:_LONGEST], content_type))
    page.close()
    told = _rules()
    found = page.named or page.linked
    links = list({each.address: each for each in reversed(found)}.values())[::-1]
    return sorted(links, key=lambda each: any(
        word in f"{each.title} {each.address}".casefold() for word in told["comments"]
    ))[:_MOST]  # fmt: skip


def _decoded(body: bytes, content_type: str) -> str:
    """The text of a page, by its byte order mark, its server's word, its own word, or as UTF-8."""
    names = [name for mark, name in _MARKS if body.startswith(mark)]
    names += _TOLD_CHARSET.findall(content_type)
    names += [each.decode("ascii") for each in _CHARSET.findall(body[:4096])]
    for name in [*names, "utf-8"]:
        try:
            return body.decode(name, "replace")
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("latin-1")


@cache
def _rules() -> Mapping[str, Any]:
    told: Mapping[str, Any] = tomllib.loads(resource("feeds.toml").read_text(encoding="utf-8"))["pages"]
    return told


class _Page(HTMLParser):
    """What a page says of feeds."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = parse_target(address)
        self._has_base = False
        self.named: list[FeedLink] = []
        self.linked: list[FeedLink] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in reversed(attrs)}
        if tag == "base" and told.get("href") and not self._has_base:
            self._has_base = True
            self._base = parse_target(told["href"], self._base) or self._base
        elif tag == "link":
            self._link(told)
        elif tag == "a":
            self._anchor(told)

    def _link(self, told: Mapping[str, str]) -> None:
        relations = told.get("rel", "").casefold().split()
        kind = told.get("type", "").partition(";")[0].strip().casefold()
        is_feed = "feed" in relations or ("alternate" in relations and kind in _rules()["types"])
        # The JSON of a page's own interface has the type of a feed, and is none.
        if kind == "application/json" and "/wp-json/" in told.get("href", ""):
            return
        if is_feed and "stylesheet" not in relations:
            self._add(self.named, told)

    def _anchor(self, told: Mapping[str, str]) -> None:
        path = told.get("href", "").partition("#")[0].partition("?")[0].rstrip("/").casefold()
        if path.endswith(tuple(_rules()["endings"])):
            self._add(self.linked, told)

    def _add(self, to: list[FeedLink], told: Mapping[str, str]) -> None:
        # An old way to say that a program for feeds should open it.
        href = re.sub(r"^feed:(?://)?(?=https?:)", "", told.get("href", "").strip()).replace("feed://", "http://", 1)
        target = parse_target(href, self._base) if href else None
        if target is not None and len(to) < _MOST:
            to.append(FeedLink(target.text(), clean(told.get("title", ""))[:300]))
