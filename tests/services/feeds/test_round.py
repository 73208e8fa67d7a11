"""A round: every feed by itself, politely, and never half done."""

import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services import posts
from outreach.services.catalogue import catalogue
from outreach.services.feeds import following
from outreach.services.feeds.fetching import Net
from outreach.services.feeds.following import NewFeed
from outreach.services.feeds.found import found_posts, not_about_us, waiting_count
from outreach.services.feeds.keeping import keep_result
from outreach.services.feeds.kinds import FeedState
from outreach.services.feeds.round import RoundDone, plan_round, run_round
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.posts import NewPost
from outreach.store.database import Store
from outreach.store.models import Feed, FoundPost, Item
from tests.services.feeds.day import Day, make_day
from tests.services.feeds.server import Site, serving
from tests.services.gifts.test_gifts import given
from tests.services.gifts.test_gifts import person as reader

TLS = ssl.create_default_context()
SHORT = Net(TLS, seconds=1.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as made:
        yield made


def add_items(store: Store, day: Day) -> dict[int, int]:
    """The titles of a day, by their numbers there."""
    return {
        each["id"]: catalogue.add_item(store, each["titles"][0], {"author": each["authors"][0]})[0]
        for each in day.items
    }


def a_round(
    store: Store, *feeds: int, read_all: bool = False, net: Net | None = None, job: Job | None = None
) -> RoundDone:
    plan = plan_round(store, feeds or None, read_all=read_all)
    return run_round(plan, lambda result: keep_result(store, result)[0], job or Job(), TLS, net)


def follow(store: Store, site: Site, path: str, person: int | None = None, *, private: bool = True) -> int:
    return following.add_feed(store, NewFeed(site.at(path), person, allow_private=private))[0]


def blog(*entries: str) -> bytes:
    told = "".join(f"<item><guid>{number}</guid><link>https://b.example/{number}</link><description>{each}</description></item>"
                   for number, each in enumerate(entries))  # fmt: skip
    return f"<rss version='2.0'><channel><title>B</title>{told}</channel></rss>".encode()


def test_a_day_of_feeds_is_looked_through_and_the_next_round_is_conditional(store: Store, site: Site) -> None:
    day = make_day(11, feeds=26)
    items = add_items(store, day)
    for feed in day.feeds:
        site.files[f"/{feed.number}.xml"] = feed.xml()
    feeds = {follow(store, site, f"/{feed.number}.xml"): feed for feed in day.feeds}
    done = a_round(store)
    assert (done.feeds, done.unchanged, dict(done.troubles)) == (26, 0, {})
    kept = {(feeds[row.feed_id].number, row.entry_key): row.item_id for row in FoundPost.select()}
    wanted = {key: items[item] for key, (item, how) in day.planted.items() if how != "gift"}
    right = sum(kept.get(key) == item for key, item in wanted.items())
    print(f"{len(wanted)} planted, {right} found, {len(kept.keys() - day.planted.keys())} false alarms")
    assert right >= 0.95 * len(wanted)
    assert len(kept.keys() - day.planted.keys()) <= 0.02 * len(kept)
    assert {row.title for row in Feed.select()} == {f"Blog {feed.number}" for feed in day.feeds}

    site.asked.clear()
    again = a_round(store)
    assert (again.feeds, again.unchanged, again.found) == (26, 26, 0)
    asked = site.asked_for(robots=True)
    assert len(asked) == 26, "what the site asks of programs is known for the day"
    assert all(each.known and each.status == 304 for each in asked)
    assert FoundPost.select().count() == len(kept)


def test_the_gift_of_whose_feed_it_is_is_proof(store: Store, site: Site) -> None:
    emma = catalogue.add_item(store, "Emma", {"author": "Ruth Amsel"})[0]
    person, other = reader(store, "Juniper"), reader(store, "Maya")
    given(store, person, emma)
    site.files["/a"] = site.files["/b"] = blog("I finished Emma on the train.")
    hers = follow(store, site, "/a", person)
    follow(store, site, "/b", other)
    a_round(store)
    (row,) = found_posts()
    assert (row.feed_id, row.person, row.item, row.proofs) == (hers, "Juniper", "Emma", ("gift", "reading", "title"))


def test_one_feeds_trouble_is_its_own(store: Store, site: Site) -> None:
    catalogue.add_item(store, "The Glass Heron", {"author": "Ruth Amsel"})
    site.files |= {f"/good{number}": blog("The Glass Heron is here.") for number in range(10)}
    site.files |= {"/page": b"<html><body>hello", "/deep": b"<rss>" + b"<a>" * 30_000}
    site.moved |= {"/loop": (302, "/loop"), "/secret": (302, "http://127.0.0.1:9/")}
    site.statuses |= {"/gone": (410, ""), "/later": (429, "3600"), "/no": (404, "")}
    bad = {
        "/bomb": "too_large", "/endless": "too_large", "/slow": "too_slow", "/slowhead": "too_slow", "/short": "broken",
        "/badgzip": "broken", "/nonsense": "broken", "/loop": "too_many_redirects", "/secret": "private_address",
        "/gone": "gone", "/later": "later", "/no": "refused", "/page": "no_feed",
    }  # fmt: skip
    ids = {follow(store, site, path): code for path, code in bad.items()}
    private = follow(store, site, "/good0?private", private=False)
    heavy = {follow(store, site, "/deep")}
    good = {follow(store, site, f"/good{number}") for number in range(10)}
    done = a_round(store, net=SHORT)
    codes = {feed: error.code.removeprefix("feeds.") for feed, error in done.troubles.items() if feed not in heavy}
    assert codes == {**ids, private: "private_address"}
    assert not any(each.path == "/good0?private" for each in site.asked)
    rows = {row.id: row for row in following.list_feeds()}
    assert all(rows[feed].read_at and rows[feed].entries == 1 for feed in good)
    assert {rows[feed].trouble.code for feed in ids if rows[feed].trouble} == {f"feeds.{code}" for code in bad.values()}
    states = {rows[feed].state for feed, code in ids.items() if code == "gone"}
    assert states == {"gone"}
    (later,) = [rows[feed] for feed, code in ids.items() if code == "later"]
    assert later.not_before == "2026-11-24T13:00:00Z"
    asked = len(site.asked)
    assert plan_round(store).put_off == 1
    assert asked == len(site.asked)


def test_trouble_is_told_in_a_sentence_each(store: Store) -> None:
    from outreach.wording import Words
    from outreach.wording.troubles import SENTENCES

    words = Words("en_GB")
    facts = {"host": "x.example", "why": "x", "seconds": 20, "megabytes": 5, "most": 5, "value": "x", "status": 404,
             "until": "2026-11-25T00:00:00Z", "until_day": "2026-11-25", "address": "x", "feed": "f1", "person": "x"}  # fmt: skip
    codes = [code for code in SENTENCES if code.startswith("feeds.") and "@" not in code]
    assert len(codes) > 15
    for code in codes:
        assert "{" not in words.trouble(KnownError(code, **facts))


def test_a_feed_that_moved_for_good_is_asked_there(store: Store, site: Site) -> None:
    site.files["/new"] = blog("x")
    site.moved["/old"] = (301, "/new")
    site.moved["/older"] = (301, "/new")
    feed, same = follow(store, site, "/old"), follow(store, site, "/older")
    a_round(store, feed)
    assert Feed.get_by_id(feed).address == site.at("/new")
    a_round(store, same)
    assert Feed.get_by_id(same).address == site.at("/older"), "two feeds are never one address"


def test_robots_are_asked_first_and_obeyed(store: Store, site: Site) -> None:
    site.files |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private/\n",
        "/private/feed": blog("x"),
        "/feed": blog("x"),
    }
    hidden, shown = follow(store, site, "/private/feed"), follow(store, site, "/feed")
    done = a_round(store)
    assert {feed: error.code for feed, error in done.troubles.items()} == {hidden: "feeds.robots"}
    assert not any(each.path == "/private/feed" for each in site.asked)
    assert Feed.get_by_id(shown).robots_on == "2026-11-24"
    assert Feed.get_by_id(hidden).not_before == "2026-11-25T12:00:00Z"


def test_what_is_logged_or_found_elsewhere_is_not_found_again(store: Store, site: Site) -> None:
    item, _ = catalogue.add_item(store, "The Glass Heron", {"author": "Ruth Amsel"})
    person, _ = people.add_person(store, NewPerson("Juniper"))
    posts.add_post(store, NewPost("https://b.example/0", person, item))
    site.files["/a"] = site.files["/b"] = blog("The Glass Heron is here.", "The Glass Heron again.")
    follow(store, site, "/a")
    follow(store, site, "/b")
    assert a_round(store).found == 1
    assert [row.url for row in found_posts()] == ["https://b.example/1"]
    assert (a_round(store).unchanged, a_round(store, read_all=True).unchanged) == (2, 0)
    posts.add_post(store, NewPost("https://b.example/1", person, item))
    assert waiting_count() == 0, "what was logged meanwhile waits for nobody"


def test_not_about_us_is_learned_per_feed_and_can_be_taken_back(store: Store, site: Site) -> None:
    catalogue.add_item(store, "The Glass Heron", {"author": "Ruth Amsel"})
    site.files["/a"] = blog(
        "The Glass Heron shop is open.",
    )
    site.files["/b"] = blog("Nothing.")
    first, second = follow(store, site, "/a"), follow(store, site, "/b")
    a_round(store)
    (wrong,) = found_posts()
    not_about_us(store, [wrong.id])
    assert waiting_count() == 0
    site.files["/a"] = blog("", "Our The Glass Heron shop moves.", "I read “The Glass Heron” by Ruth Amsel.")
    site.files["/b"] = blog("", "", "", "Our The Glass Heron shop moves.")
    a_round(store)
    assert sorted((row.feed_id, row.passage[:3]) for row in found_posts()) == [(first, "I r"), (second, "Our")]
    assert Item.select().count() == 1


def test_pausing_forgetting_and_going_on(store: Store, site: Site) -> None:
    site.files["/a"] = blog("x")
    feed = follow(store, site, "/a")
    following.set_state(store, [feed], FeedState.PAUSED)
    assert a_round(store).feeds == 0
    assert store.undo()
    assert a_round(store).feeds == 1
    with pytest.raises(KnownError, match=r"feeds\.twice"):
        follow(store, site, "/a")
    following.forget_feeds(store, [feed])
    assert following.list_feeds() == []
    assert store.undo()
    assert [row.title for row in following.list_feeds()] == ["B"]


def test_a_feed_that_is_always_in_trouble_is_asked_less_and_less(store: Store, site: Site) -> None:
    feed = follow(store, site, "/nothing")
    waits = []
    for _ in range(6):
        with store.operation(following.Op.CHANGE_FEED):
            Feed.update(not_before=None).where(Feed.id == feed).execute()
        a_round(store)
        waits.append(Feed.get_by_id(feed).not_before)
    assert waits == [None, None, None, "2026-11-24T14:00:00Z", "2026-11-24T16:00:00Z", "2026-11-24T20:00:00Z"]
    following.set_state(store, [feed], FeedState.FOLLOWED)
    assert plan_round(store).put_off == 0


def test_stopping_in_the_middle_leaves_nothing_half_done(store: Store, site: Site) -> None:
    day = make_day(12, feeds=30)
    add_items(store, day)
    for feed in day.feeds:
        site.files[f"/{feed.number}.xml"] = feed.xml()
    for feed in day.feeds:
        follow(store, site, f"/{feed.number}.xml")
    follow(store, site, "/slow")
    job, threads = Job(), threading.active_count()

    def keep(result: object) -> int:
        if job.done >= 8:
            job.cancel()
        return keep_result(store, result)[0]  # type: ignore[arg-type]

    began = time.monotonic()
    with pytest.raises(Cancelled):
        run_round(plan_round(store), keep, job, TLS)
    assert time.monotonic() - began < 15
    assert threading.active_count() <= threads + 1
    whole = {row.id: row for row in following.list_feeds()}
    read = [row for row in whole.values() if row.read_at]
    assert 0 < len(read) < 30
    assert all(row.title and row.entries == 20 for row in read)
    assert all(not row.title and not row.found for row in whole.values() if not row.read_at)
    before = FoundPost.select().count()
    a_round(store, net=SHORT)
    assert sum(bool(row.read_at) for row in following.list_feeds()) == 30
    assert FoundPost.select().count() > before


@pytest.mark.full
def test_a_round_that_is_killed_leaves_every_feed_whole_and_the_next_one_ends_it(
    folder: Path, site: Site, tmp_path: Path
) -> None:
    from outreach.services.workspaces.workspaces import check
    from outreach.store import workspace
    from outreach.store.workspace import Opening

    day = make_day(13, feeds=60)
    with workspace.writing(folder, Opening()) as store:
        add_items(store, day)
        for feed in day.feeds:
            site.files[f"/{feed.number}.xml"] = feed.xml()
            follow(store, site, f"/{feed.number}.xml")
    command = [sys.executable, "-m", "outreach", "-w", str(folder), "--json", "feeds", "find"]
    env = {**os.environ, "OUTREACH_HOME": str(tmp_path / "home")}
    ran = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(300):
        time.sleep(0.02)
        with workspace.reading(folder, Opening()):
            if Feed.select().where(Feed.read_at.is_null(False)).count() > 5:
                break
    ran.send_signal(signal.SIGKILL)
    ran.wait()
    with workspace.writing(folder, Opening()) as store:
        assert check(store) == []
        rows = following.list_feeds()
        assert any(row.read_at for row in rows)
        assert all(bool(row.read_at) == bool(row.title) == (row.entries == 20) for row in rows)
        before = {(row.feed_id, row.entry_key) for row in FoundPost.select()}
        a_round(store)
        after = [(row.feed_id, row.entry_key) for row in FoundPost.select()]
        assert len(after) == len(set(after))
        assert before <= set(after)
        assert all(row.read_at for row in following.list_feeds())
