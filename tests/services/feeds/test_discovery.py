"""The feeds of profiles and sites are found."""

import random
import ssl
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.feeds.discovery import discover, feeds_known, sites_of
from outreach.services.feeds.kinds import FeedKind
from outreach.services.feeds.pages import feed_links
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.store.database import Store
from tests.services.feeds.server import Site, serving

TLS = ssl.create_default_context()
UC = "UC" + "x" * 22

KNOWN = [
    ("https://juniper.substack.com/p/the-heron", "juniper.substack.com/feed", "newsletter"),
    ("substack.com/@juniper", "juniper.substack.com/feed", "newsletter"),
    ("https://buttondown.com/juniper/archive/", "buttondown.com/juniper/rss", "newsletter"),
    ("https://buttondown.email/juniper", "buttondown.com/juniper/rss", "newsletter"),
    ("https://juniper.ghost.io/", "juniper.ghost.io/rss/", "newsletter"),
    ("https://medium.com/@juniper", "medium.com/feed/@juniper", "blog"),
    ("https://juniper.wordpress.com/about/", "juniper.wordpress.com/feed/", "blog"),
    ("http://juniper.blogspot.co.uk/2020/", "juniper.blogspot.com/feeds/posts/default", "blog"),
    (f"https://www.youtube.com/channel/{UC}/videos", f"www.youtube.com/feeds/videos.xml?channel_id={UC}", "videos"),
    ("https://m.youtube.com/user/juniper", "www.youtube.com/feeds/videos.xml?user=juniper", "videos"),
    ("https://bsky.app/profile/juniper.bsky.social", "bsky.app/profile/juniper.bsky.social/rss", "social"),
    ("https://mastodon.social/@juniper", "mastodon.social/@juniper.rss", "social"),
    ("https://bookstodon.example/@juniper/1234", "bookstodon.example/@juniper.rss", "social"),
    ("https://juniper.tumblr.com/post/12", "juniper.tumblr.com/rss", "social"),
    ("https://www.tumblr.com/juniper", "juniper.tumblr.com/rss", "social"),
    ("https://www.goodreads.com/user/show/12-juniper", "www.goodreads.com/review/list_rss/12?shelf=read", "reviews"),
    ("https://www.buzzsprout.com/123456", "feeds.buzzsprout.com/123456.rss", "podcast"),
    ("https://pageturners.podbean.com", "feed.podbean.com/pageturners/feed.xml", "podcast"),
    ("https://pageturners.libsyn.com/website", "pageturners.libsyn.com/rss", "podcast"),
]


@pytest.mark.parametrize(("address", "feed", "kind"), KNOWN, ids=[address for address, *_ in KNOWN])
def test_profiles_on_known_services_have_their_feeds(address: str, feed: str, kind: str) -> None:
    found = feeds_known(address)[0]
    assert (found.address, found.kind) == (f"https://{feed}", kind)


@pytest.mark.parametrize(
    "address", ["https://ko-fi.com/@juniper", "https://juniper.example/", "https://www.instagram.com/juniper/", "", "x",
                "https://evil.example/juniper.substack.com", "https://substack.com.evil.example/@juniper"],
)  # fmt: skip
def test_elsewhere_nothing_is_made_up(address: str) -> None:
    assert feeds_known(address) == [] or address.startswith("https://substack.com.evil")
    assert not any("//juniper.substack" in each.address for each in feeds_known(address))


def _page(dice: random.Random) -> tuple[bytes, str, set[str]]:
    """A page as sites write them, its type, and the addresses of the feeds in it."""
    kinds = ("application/rss+xml", "application/atom+xml", "application/feed+json")
    hrefs = {
        "https://b.example/blog/feed/": "feed/", "https://b.example/rss.xml": "/rss.xml",
        "https://feeds.example/b?x=1&y=2": "//feeds.example/b?x=1&amp;y=2", "https://b.example/blog/atom": "https://b.example/blog/atom",
    }  # fmt: skip
    wanted = dict(dice.sample(sorted(hrefs.items()), dice.randint(1, 3)))
    quote = dice.choice("\"'")
    has_base = dice.random() < 0.3
    links = []
    for told in wanted.values():
        relation = dice.choice(("alternate", "ALTERNATE", "alternate home", "feed"))
        parts = [f"rel={quote}{relation}{quote}", f"type={quote}{dice.choice(kinds)}{dice.choice(('', '; charset=utf-8'))}{quote}",
                 f"href={quote}{told}{quote}", f"title={quote}My feed &raquo;{quote}"]  # fmt: skip
        dice.shuffle(parts)
        tag = dice.choice(("link", "LINK", "Link"))
        links.append(f"<{tag} {dice.choice((' ', chr(10))).join(parts)}{dice.choice(('>', ' />', '/>'))}")
    noise = [
        "<link rel=stylesheet href=/feed.css>", "<link rel=alternate hreflang=de href=/de/>", "<meta name=x content='<link rel=alternate>'>",
        "<!-- <link rel='alternate' type='application/rss+xml' href='/old.xml'> -->",
        "<script>var x = \"<link rel='alternate' type='application/rss+xml' href='/script.xml'>\";</script>",
        "<link rel='alternate' type='application/json' href='/wp-json/wp/v2/posts/1'>", "<link rel=icon href=/rss.png>",
    ]  # fmt: skip
    head = [*links, *dice.sample(noise, 4)]
    dice.shuffle(head)
    if has_base:
        head.insert(0, "<base href='/blog/'>")
    where = dice.choice(
        ("<html><head>{}</head><body><p>hi", "<!doctype html>{}", "<html><body>{}<p>hi</p></body></html>", "{}")
    )
    charset = dice.choice(("utf-8", "iso-8859-1", "utf-16", "windows-1251"))
    return (
        where.format("\n".join(head)).encode(charset, "xmlcharrefreplace"),
        f"text/html; charset={charset}",
        set(wanted),
    )


def test_the_feeds_that_pages_name_are_found() -> None:
    dice, right, whole = random.Random(5), 0, 300
    for _ in range(whole):
        body, kind, wanted = _page(dice)
        right += {each.address for each in feed_links(body, kind, "https://b.example/blog/")} == wanted
    print(f"autodiscovery: {right} of {whole} pages")
    assert right >= 0.95 * whole


def test_feeds_of_comments_come_last_and_links_in_the_text_serve_where_there_are_no_others() -> None:
    head = b"<link rel=alternate type=application/rss+xml href=/comments/feed title='Comments'><link rel=alternate type=application/rss+xml href=/feed>"
    assert [each.address for each in feed_links(head, "", "https://b.example")] == [
        "https://b.example/feed",
        "https://b.example/comments/feed",
    ]
    text = b"<a href='javascript:x/feed'>x</a><a href='feed://b.example/rss'>RSS</a><a href=/feedback>y</a>"
    assert [each.address for each in feed_links(text, "", "https://b.example")] == ["http://b.example/rss"]


@given(st.binary(max_size=400), st.text(max_size=30))
def test_any_page_is_read(body: bytes, kind: str) -> None:
    for each in feed_links(
        b"<link rel=alternate type=text/xml href='" + body + b"'>" + body, kind, "https://b.example"
    ):
        assert each.address.startswith(("http://", "https://"))


@pytest.fixture
def site() -> Iterator[Site]:
    feed = b"<rss version='2.0'><channel><title>Juniper</title><item><title>x</title></item></channel></rss>"
    page = b"<html><head><link rel=alternate type=application/rss+xml href=/blog.xml title=News><link rel=alternate type=application/rss+xml href=/none.xml>"
    files = {"/": page, "/blog.xml": feed, "/direct": feed, "/bare": b"<html><p>hello"}
    with serving(Site(files, types={"/": "text/html", "/bare": "text/html"})) as made:
        yield made


def test_a_site_is_asked_for_its_feeds_and_each_is_read(store: Store, site: Site) -> None:
    (found,) = discover(site.at("/"), TLS, store, allow_private=True)
    assert (found.address, found.title, found.kind, found.entries) == (
        site.at("/blog.xml"),
        "Juniper",
        FeedKind.BLOG,
        1,
    )
    (direct,) = discover(site.at("/direct"), TLS, store, allow_private=True)
    assert direct.address == site.at("/direct")
    with pytest.raises(KnownError, match=r"feeds\.none_found"):
        discover(site.at("/bare"), TLS, store, allow_private=True)
    site.files["/atom.xml"] = site.files["/direct"]
    (tried,) = discover(site.at("/bare"), TLS, store, allow_private=True)
    assert tried.address == site.at("/atom.xml")
    asked = len(site.asked)
    with pytest.raises(KnownError, match=r"feeds\.private_address"):
        discover(site.at("/"), TLS, store)
    assert len(site.asked) == asked


def test_a_persons_accounts_say_where_to_look(store: Store) -> None:
    accounts = [
        "https://juniper.substack.com",
        "instagram:juniper",
        "https://juniper.example/blog",
        "@juniper@mastodon.social",
    ]
    person, _ = people.add_person(store, NewPerson("Juniper", [], accounts))
    found = sites_of(person)
    assert {"https://juniper.substack.com", "https://juniper.example/blog"} <= set(found)
    assert not any("instagram" in each for each in found)
