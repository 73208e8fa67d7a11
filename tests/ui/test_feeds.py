"""Feeds in the window: followed, found, paused, allowed, and looked through."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton

from outreach.app import Session
from outreach.photos import settle as settled
from outreach.services.feeds import following
from outreach.services.feeds.found import found_posts
from outreach.services.feeds.kinds import FeedState
from outreach.store.models import Feed, Item, Person
from outreach.ui.dialogs.feeds import FeedsDialog
from tests.services.feeds.server import Site, serving
from tests.ui.test_extras import press, spoken
from tests.ui.test_flow import dialog_of


@pytest.fixture
def site() -> Iterator[Site]:
    page = b"<link rel=alternate type=application/rss+xml href=/feed>"
    with serving(Site({"/": page}, types={"/": "text/html"})) as made:
        yield made


def blog(title: str, author: str) -> bytes:
    words = f'&lt;script&gt;alert(1)&lt;/script&gt;I read &lt;i&gt;{title}&lt;/i&gt; by {author} twice. &lt;img src="http://127.0.0.1/x"&gt;'
    return (f"<rss version='2.0'><channel><title>Shelves</title><item><guid>1</guid><link>https://s.example/1</link>"
            f"<description>{words}</description></item></channel></rss>").encode()  # fmt: skip


def test_a_feed_is_found_followed_looked_through_and_let_go(opened: Session, settle, site: Site) -> None:
    item, person = Item.select().where(Item.author != "")[0], Person.select()[0]
    site.files["/feed"] = blog(item.title, item.author)
    known = Feed.select().count()
    opened.desk.ask("feeds", person.id)
    dialog = dialog_of(opened, FeedsDialog)
    dialog.form.set_values({"address": site.at("/"), "network": "yes"})
    dialog.submit()
    settle(opened)
    assert "Shelves, Blog. Not read yet" in spoken(dialog)
    (row,) = [each for each in following.list_feeds(person_id=person.id) if each.title == "Shelves"]
    assert (row.address, row.allow_private) == (site.at("/feed"), True)

    opened.desk.write(lambda store: following.set_state(
        store, [each.id for each in following.list_feeds() if each.id != row.id], FeedState.PAUSED))  # fmt: skip
    settle(opened)
    dialog.close_overlay()
    opened.window.go("posts")
    settle(opened)
    opened.window._pages["posts"]._find.click()
    settle(opened)
    (found,) = [each for each in found_posts() if each.feed_id == row.id]
    assert (found.item, found.person) == (item.title, person.name)
    assert found.text == f"I read {item.title} by {item.author} twice.", "words, and nothing to run or to fetch"

    opened.desk.ask("feeds", person.id)
    dialog = dialog_of(opened, FeedsDialog)
    assert "1 post found" in spoken(dialog)
    _press_of(dialog, "Stop following", "Shelves")
    settle(opened)
    assert Feed.select().count() == known
    assert "Shelves" not in spoken(dialog)


def test_closing_in_the_middle_of_a_round_leaves_nothing_half_done(open_window, folder, site: Site, qtbot) -> None:
    for number in range(12):
        site.files[f"/{number}.xml"] = blog("The Salt Orchard", "Safiya Renn").replace(b">1<", b">%d<" % number)
    first = open_window(folder)
    first.desk.runner.write(lambda writer: following.add_feeds(writer, [
        following.NewFeed(site.at(path), None, allow_private=True)
        for path in ("/slow", *site.files) if path != "/"]))  # fmt: skip
    settled(first)
    first.window.go("posts")
    settled(first)
    first.window.page._find_now()
    qtbot.waitUntil(lambda: any(row.read_at for row in following.list_feeds()))
    first.window.close()
    again = open_window(folder)
    rows = following.list_feeds()
    assert 0 < sum(bool(row.read_at) for row in rows) < len(rows), "it was in the middle"
    assert all((row.title, row.entries) == (("Shelves", 1) if row.read_at else ("", 0)) for row in rows)
    again.desk.write(lambda writer: following.set_state(writer, [row.id for row in rows], FeedState.PAUSED))
    settled(again)
    assert {row.state for row in following.list_feeds()} == {FeedState.PAUSED}


def test_what_is_in_the_way_is_said_in_the_dialog(opened: Session, settle, site: Site) -> None:
    opened.desk.ask("feeds", None)
    dialog = dialog_of(opened, FeedsDialog)
    dialog.form.set_values({"address": site.at("/")})
    dialog.submit()
    settle(opened)
    assert "is a computer of your own network" in dialog.trouble.text()
    assert "--" not in dialog.trouble.text()
    assert site.asked == []
    dialog.form.set_values({"address": "javascript:alert(1)"})
    press(dialog, "Follow as it is")
    settle(opened)
    assert "is no web address" in dialog.trouble.text()
    dialog.form.set_values({"address": site.at("/feed")})
    press(dialog, "Follow as it is")
    settle(opened)
    assert site.at("/feed") in spoken(dialog)
    assert dialog.trouble.text() == ""


def _press_of(dialog: FeedsDialog, words: str, about: str) -> None:
    named = f"{words}: {about}"
    next(each for each in dialog.findChildren(QPushButton) if each.accessibleName() == named).click()
