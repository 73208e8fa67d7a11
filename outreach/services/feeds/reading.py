"""What is in a feed, as plain values: RSS 0.9x to 2.0, Atom, RDF, podcasts, JSON Feed.

It runs in a child process, for a feed may be made to break its reader. Of everything only words are taken: what a
page would show or fetch is gone.
"""

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from outreach.errors import KnownError
from outreach.fields.text import clean, clean_lines

#: A feed holds the newest first, and few have as many.
_MOST_ENTRIES = 500
_LONGEST_TEXT = 30_000
_LONGEST_LINE = 500
_LONGEST_KEY = 300
_MARKS = re.compile(r"<[a-zA-Z/!]|&#?\w{1,31};")
#: Signs that stand around what was emphasised, while the words go on as text; no keyboard has them.
EMPHASIS = ("\ue000", "\ue001")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed.

    Attributes:
        key: The same whenever the feed is read again.
        url: Its web address, or nothing.
        published_at: ISO text in UTC, or nothing.
        text: Its words, in lines; what was emphasised stands between the signs of `EMPHASIS`.
        tags: What it was filed under.
    """

    key: str
    url: str
    title: str
    author: str
    published_at: str
    text: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed that was read.

    Attributes:
        site: The address of the page that it is of.
        is_podcast: Whether its entries have something to listen to.
    """

    title: str
    site: str
    is_podcast: bool
    entries: tuple[Entry, ...]


def read_feed(body: bytes, content_type: str = "", address: str = "") -> ReadFeed:
    """Read the bytes of a feed.

    Raises:
        KnownError: ``feeds.no_feed``.
    """
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    return _json_feed(body) if start[:1] == b"{" else _xml_feed(body, content_type, address)


def _xml_feed(body: bytes, content_type: str, address: str) -> ReadFeed:
    import feedparser

    head = {"content-type": content_type, "content-location": address}
    found = feedparser.parse(
        # A stream, since bytes would be taken for the name of a file.
        io.BytesIO(body), response_headers={name: value for name, value in head.items() if value}, sanitize_html=False,
    )  # fmt: skip
    if not found.get("version") and not found.entries:
        raise KnownError("feeds.no_feed")
    feed = found.feed
    entries = tuple(map(_xml_entry, found.entries[:_MOST_ENTRIES]))
    return ReadFeed(_line(_told(feed, "title")), _web(feed.get("link", "")), _has_sound(found.entries), entries)


def _has_sound(entries: Sequence[Any]) -> bool:
    return any(
        str(each.get("type", "")).startswith("audio/") for entry in entries[:3] for each in entry.get("enclosures", ())
    )


def _xml_entry(entry: Any) -> Entry:
    title = _line(_told(entry, "title"))
    made_by = entry.get("author_name")
    if made_by and entry.get("book_id"):  # a shelf of Goodreads: the title is the book's, and its author stands apart
        title = f"{title} by {_line(made_by)}"
    parts = [entry.get("user_review", ""), *(part.get("value", "") for part in entry.get("content", ()))]
    text = as_text("\n".join(filter(None, parts)) or entry.get("summary", ""))
    url = _web(entry.get("link", "")) or next(
        (found for each in entry.get("enclosures", ()) if (found := _web(each.get("href", "")))), ""
    )
    moment = entry.get("published_parsed") or entry.get("updated_parsed") or entry.get("created_parsed")
    tags = tuple(_line(str(each.get("term") or "")) for each in entry.get("tags", ())[:30])
    published = _moment(moment)
    return Entry(
        _key(entry.get("id", ""), url, title, published),
        url,
        title,
        _line(_told(entry, "author")),
        published,
        text,
        tags,
    )


def _told(told: Any, name: str) -> str:
    """A text that may be written as HTML, as words."""
    value = str(told.get(name) or "")
    return as_text(value) if _MARKS.search(value) else value


def _json_feed(body: bytes) -> ReadFeed:
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise KnownError("feeds.no_feed") from error
    told = found.get("items") if isinstance(found, dict) else None
    if not isinstance(told, list) or "jsonfeed.org/version" not in str(found.get("version", "")):
        raise KnownError("feeds.no_feed")
    items = [each for each in told[:_MOST_ENTRIES] if isinstance(each, dict)]
    sound = any(
        str(part.get("mime_type", "")).startswith("audio/")
        for each in items[:3]
        for part in _dicts(each, "attachments")
    )
    return ReadFeed(
        _line(found.get("title")), _web(found.get("home_page_url")), sound, tuple(map(_json_entry, items))
    )  # fmt: skip


def _json_entry(item: Mapping[str, Any]) -> Entry:
    title, url = _line(item.get("title")), _web(item.get("url")) or _web(item.get("external_url"))
    html, plain = item.get("content_html"), item.get("content_text") or item.get("summary")
    text = as_text(html) if isinstance(html, str) else _calm(str(plain or ""))
    authors = [_line(each.get("name")) for each in (*_dicts(item, "authors"), *_dicts(item, "author"))]
    moment = _iso(item.get("date_published")) or _iso(item.get("date_modified"))
    tags = item.get("tags")
    return Entry(
        _key(item.get("id"), url, title, moment), url, title, next(filter(None, authors), ""), moment, text,
        tuple(map(_line, tags[:30])) if isinstance(tags, list) else (),
    )  # fmt: skip


def _dicts(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = told.get(name)
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _line(value: Any) -> str:
    return clean(str(value).replace(EMPHASIS[0], "").replace(EMPHASIS[1], ""))[:_LONGEST_LINE] if value else ""


def _web(value: Any) -> str:
    """An address that can be opened, as it was written; nothing else is kept, such as ``javascript:``."""
    found = clean(str(value or ""))[:2000]
    return found if re.match(r"https?://[^\s/]", found, re.IGNORECASE) else ""


def _key(name: Any, url: str, title: str, moment: str) -> str:
    key = clean(str(name or "")) or url or f"{moment} {title}"
    return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _moment(parsed: Any) -> str:
    """A moment of feedparser, nine numbers in UTC."""
    try:
        year, month, day, hour, minute, second = parsed[:6] if parsed else (0,) * 6
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC) if parsed else None
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
    except (ValueError, TypeError, OverflowError):
        return ""


def _iso(value: Any) -> str:
    try:
        moment = datetime.fromisoformat(str(value)) if value else None
        if moment is None:
            return ""
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""


def as_text(html: str) -> str:
    """The words of a piece of HTML, in lines; nothing of it can be shown, fetched or run."""
    for sign in (*EMPHASIS, "<![CDATA[", "]]>"):
        html = html.replace(sign, "")
    if not _MARKS.search(html):
        return _calm(html)
    words = _Words()
    words.feed(html[: _LONGEST_TEXT * 8])
    words.close()
    return _calm("".join(words.found))


def without_emphasis(text: str) -> str:
    """A text of an entry as it is shown."""
    return text.replace(EMPHASIS[0], "").replace(EMPHASIS[1], "")


def _calm(text: str) -> str:
    lines = clean_lines(text[: _LONGEST_TEXT * 2]).split("\n")
    return "\n".join(line for line in lines if line)[:_LONGEST_TEXT]


class _Words(HTMLParser):
    """The words of a piece of HTML; what a script or a style holds is no word."""

    _SILENT = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "textarea", "select")
    _BREAKS = (
        "p", "br", "div", "tr", "td", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "figcaption",
        "section", "article", "dd", "dt", "pre",
    )  # fmt: skip
    _EMPHASIS = ("i", "em", "cite", "b", "strong", "u")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if self._silent:
            return
        if tag in self._SILENT:
            self._silent = tag
        elif tag in self._BREAKS:
            self.found.append("\n")
        elif tag in self._EMPHASIS:
            self.found.append(EMPHASIS[0])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BREAKS and not self._silent:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag in self._BREAKS:
            self.found.append("\n")
        elif tag in self._EMPHASIS:
            self.found.append(EMPHASIS[1])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)
