"""Feeds of all kinds are read as plain words."""

import json
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.feeds.reading import EMPHASIS, as_text, read_feed, without_emphasis
from outreach.workers import Limits, stream

CORPORA = Path(os.environ.get("OUTREACH_CORPORA", ""))

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Juniper &amp; shelves</title><link>https://j.example/</link>
<item><title>The Glass Heron</title><link>https://j.example/1</link><guid isPermaLink="false">one</guid>
<dc:creator>Juniper Hale</dc:creator><pubDate>Thu, 19 Nov 2026 20:12:00 +0100</pubDate><category>YA</category>
<description>short</description><content:encoded><![CDATA[<p>The <em>ending</em> wrecked me.</p><script>alert(1)</script>
<img src="https://track.example/x.gif"><p onclick="x()">Lent&nbsp;twice.</p>]]></content:encoded></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link rel="alternate" href="https://a.example/"/>
<entry><id>tag:a.example,2026:1</id><title type="html">On &lt;i&gt;It&lt;/i&gt;</title><link href="https://a.example/1"/>
<published>2026-11-19T20:12:00+01:00</published><author><name>Ada</name></author><content type="html">&lt;b&gt;x&lt;/b&gt; y</content></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://r.example/"><title>R</title><link>https://r.example/</link></channel>
<item rdf:about="https://r.example/1"><title>T</title><link>https://r.example/1</link><dc:date>2026-11-19T19:12:00Z</dc:date>
<description>words</description></item></rdf:RDF>"""
OLD = b"""<?xml version="1.0"?><rss version="0.91"><channel><title>O</title><link>https://o.example/</link>
<item><title>T</title><link>https://o.example/1</link><description>words</description></item></channel></rss>"""
PODCAST = b"""<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Page turners</title>
<item><title>Episode 4</title><guid>ep4</guid><itunes:summary>We read It by Stephen King.</itunes:summary>
<enclosure url="https://p.example/4.mp3" type="audio/mpeg" length="1"/><pubDate>Thu, 19 Nov 2026 19:12:00 GMT</pubDate></item></channel></rss>"""
GOODREADS = b"""<rss version="2.0"><channel><title>Anna's bookshelf: read</title><item><guid>https://www.goodreads.com/review/show/7</guid>
<title><![CDATA[The Glass Heron]]></title><link><![CDATA[https://www.goodreads.com/review/show/7]]></link><book_id>9</book_id>
<author_name>Ruth Amsel</author_name><user_review><![CDATA[Quiet and odd.]]></user_review><description><![CDATA[author: Ruth Amsel<br/>]]></description></item></channel></rss>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://j.example/",
    "items": [{"id": 1, "url": "https://j.example/1", "title": "T", "content_html": "<p>a <i>b</i></p>", "tags": ["x"],
               "date_published": "2026-11-19T20:12:00+01:00", "authors": [{"name": "Jo"}]},
              {"id": "2", "content_text": "plain <b>"}, "nonsense", {}],
}).encode()  # fmt: skip


def test_an_entry_is_words_and_nothing_active() -> None:
    read = read_feed(RSS)
    (entry,) = read.entries
    assert (read.title, read.site, read.is_podcast) == ("Juniper & shelves", "https://j.example/", False)
    assert (entry.key, entry.url, entry.title, entry.author) == (
        "one",
        "https://j.example/1",
        "The Glass Heron",
        "Juniper Hale",
    )
    assert entry.published_at == "2026-11-19T19:12:00Z"
    assert entry.text == f"The {EMPHASIS[0]}ending{EMPHASIS[1]} wrecked me.\nLent twice."
    assert entry.tags == ("YA",)


@pytest.mark.parametrize(
    ("body", "title", "words"),
    [(ATOM, "On It", "x y"), (RDF, "T", "words"), (OLD, "T", "words"), (JSON, "T", "a b"),
     (PODCAST, "Episode 4", "We read It by Stephen King."),
     (GOODREADS, "The Glass Heron by Ruth Amsel", "Quiet and odd.")],
    ids=["atom", "rdf", "rss091", "json", "podcast", "goodreads"],
)  # fmt: skip
def test_every_kind_of_feed_is_read(body: bytes, title: str, words: str) -> None:
    read = read_feed(body)
    assert (read.entries[0].title, without_emphasis(read.entries[0].text)) == (title, words)
    if body not in (OLD, GOODREADS):
        assert read.entries[0].published_at == "2026-11-19T19:12:00Z"
    assert read.is_podcast == (body is PODCAST)
    assert re.match("https://", read.entries[0].url)


def test_entries_without_a_name_have_a_key_of_their_own() -> None:
    keys = [each.key for each in read_feed(JSON).entries]
    assert len(set(keys)) == len(keys) == 3


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>hello</body></html>", b"{}", b"[]", b'{"items": []}', b"[" * 100_000, b'{"version":' * 5000,
     b"\x00" * 1000, b"/etc/passwd", b"file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_feed_is_said_so(body: bytes) -> None:
    with pytest.raises(KnownError, match=r"feeds\.no_feed"):
        read_feed(body)


def test_a_feed_that_would_break_its_reader_breaks_a_child_only() -> None:
    laughs = b"<!DOCTYPE l [<!ENTITY a0 'lol'>%s]><rss version='2.0'><channel><title>&a9;</title><item><title>x</title></item></channel></rss>"
    laughs %= b"".join(b"<!ENTITY a%d '%s'>" % (number, b"&a%d;" % (number - 1) * 10) for number in range(1, 10))
    outside = b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>"
    deep = b"<rss>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</rss>"
    import base64

    bodies = [base64.b64encode(each).decode() for each in (laughs, outside, deep, RSS)]
    feeds = [{"body": each, "type": "", "address": "", "gifts": [], "declined": []} for each in bodies]
    came, troubles = [], 0
    while len(came) + troubles < len(feeds):
        payload = {"feeds": feeds[len(came) + troubles :], "vocabulary": []}
        try:
            came += list(stream("outreach.services.feeds.child:read_in_child", payload, Limits(2.0, 300, 2**20)))
        except KnownError:
            troubles += 1
    assert came[-1]["entries"] == 1
    assert not any("root:" in json.dumps(each) for each in came)
    assert all(len(json.dumps(each)) < 2000 for each in came)


@given(st.text(max_size=300))
def test_any_text_becomes_words_without_markup(text: str) -> None:
    for html in (text, f"<p>{text}</p>", f"<script>{text}"):
        found = as_text(html)
        assert found == "\n".join(found.splitlines())
        assert "<script" not in as_text(f"<p>a</p><script>{text}</script>")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for whole in (
        body,
        b"<rss version='2.0'><channel><item><title>" + body + b"</title></item></channel></rss>",
        b"{" + body,
    ):
        try:
            read_feed(whole)
        except KnownError as error:
            assert error.code == "feeds.no_feed"


# The larger collections of real files.

#: Where a feed says that its server said it was, and what it says of its first entry.
_PLACE = re.compile(rb"Content-Location:\s*(http\S+)")
_EXPECTED = re.compile(
    r"Expect:\s*(?:not bozo and )?entries\[0\]\['(title|link|published_parsed|updated_parsed)'\] == ([^=\n]*)$",
    re.MULTILINE,
)


@pytest.mark.skipif(not CORPORA.joinpath("feeds").is_dir(), reason="OUTREACH_CORPORA is not at hand")
def test_titles_links_and_dates_of_real_feeds_are_right() -> None:
    right, wrong, longest = 0, [], 0.0
    for path in sorted(CORPORA.joinpath("feeds").glob("feedparser_*/**/*.xml")):
        body = path.read_bytes()
        address = _PLACE.search(body) or _PLACE.search(b"Content-Location: http://127.0.0.1:8097/")
        assert address is not None
        began = time.process_time()
        try:
            read = read_feed(body, "", address.group(1).decode())
        except KnownError:
            read = None
        longest = max(longest, time.process_time() - began)
        told = _EXPECTED.search(body.decode("utf-8", "replace"))
        if told is None:
            continue
        name, value = told.group(1), eval(told.group(2), {"__builtins__": {}})
        if name == "updated_parsed" and b"published" in body:
            continue
        if read is not None and read.entries and _as_told(read.entries[0], name) == _expected(name, value):
            right += 1
        else:
            wrong.append((path.name, value))
    print(
        f"title, link, date equal: {right} of {right + len(wrong)}; the slowest took {longest * 1000:.0f} ms; {wrong}"
    )
    assert right > 50
    assert right / (right + len(wrong)) >= 0.98
    assert longest < 2


def _as_told(entry: object, name: str) -> object:
    return getattr(entry, {"title": "title", "link": "url"}.get(name, "published_at"))


def _expected(name: str, value: object) -> object:
    if name == "title":
        return without_emphasis(as_text(str(value))).replace("\n", " ").strip()
    if name == "link":
        return value
    assert isinstance(value, tuple)
    year, month, day, hour, minute, second = value[:6]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


@pytest.mark.skipif(not CORPORA.joinpath("html").is_dir(), reason="OUTREACH_CORPORA is not at hand")
def test_nothing_active_is_left_of_hostile_feeds() -> None:
    looked, payloads = (
        0,
        re.compile(
            r"<\s*(script|iframe|object|embed|img|style|link|svg|a|div|p|b)\b|javascript:|on\w+\s*=\s*[\"']",
            re.IGNORECASE,
        ),
    )
    left = []
    for path in sorted(CORPORA.joinpath("html").glob("**/*.xml")):
        try:
            read = read_feed(path.read_bytes())
        except KnownError:
            continue
        looked += 1
        for entry in read.entries:
            assert not entry.url or entry.url.lower().startswith(("http://", "https://"))
            shown = f"{entry.title}\n{without_emphasis(entry.text)}\n{read.title}"
            left += [(path.name, shown[:200])] if payloads.search(shown) else []
    print(f"{looked} hostile feeds; with markup left in their words: {left}")
    assert looked > 700
    assert left == []
