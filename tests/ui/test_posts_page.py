"""The log of posts: several links logged at once, a story dropped on the page, counts, and what was agreed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.pages.posts import PostOrder, PostQuery, post_ids, posts_within
from outreach.services.posts import NewPost, add_post, list_posts
from outreach.services.posts.readings import counts_of
from outreach.services.posts.stories import pictures_of
from outreach.services.workspaces.views import View, save_view, saved_views
from outreach.store.database import Store
from outreach.store.models import Account, Gift, Item, Person, Post, Snapshot
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.post_story import StoryDialog
from outreach.ui.dialogs.posts import LogDialog
from outreach.ui.dialogs.records import RecordsDialog
from outreach.ui.dialogs.whole_list import WholeListDialog
from tests.services.catalogue.test_covers import png
from tests.ui.test_dropping import dragged, dropped, mime
from tests.ui.test_flow import dialog_of, no_dialog, press

pytestmark = pytest.mark.begins("posts")


def log_of(opened: Session, settle):
    opened.window.go("posts")
    settle(opened)
    opened.window.page.tabs.choose("log")
    settle(opened)
    return opened.window.page.log


def read_post(opened: Session, settle, *conditions: object) -> Post:
    """A post that is read in the log."""
    log = log_of(opened, settle)
    post = Post.select().where(*conditions).order_by(Post.id).first()
    log.show_row(post.id)
    settle(opened)
    assert log.table.current_id() == post.id
    return post


def test_several_links_are_logged_at_once_and_told_before(opened: Session, qtbot, settle) -> None:
    log = log_of(opened, settle)
    log.table.setFocus()
    press(qtbot, opened, Qt.Key.Key_N)
    settle(opened)
    dialog = dialog_of(opened, LogDialog)
    account = Account.select().where(Account.platform == "instagram").first()
    item = Item.select().first()
    links = [f"https://www.instagram.com/{account.handle}/p/CzNew{number}/" for number in range(2)]
    known = Post.select().where(Post.url.is_null(False)).first()
    dialog.form.set_values({"url": "\n".join([*links, "https://www.tiktok.com/@nobody/video/1", known.url, links[0]])})
    settle(opened)
    told = dialog.found.text()
    assert "It is not known who posted that" in told and "That post is noted already" in told
    dialog.title.hold(item.id, item.title)
    dialog.form.set_values({"url": "\n".join([links[0], links[0]])})
    settle(opened)
    assert "it stands twice among the links" in dialog.found.text()
    dialog.form.set_values({"url": "\n".join(links)})
    settle(opened)
    person = Person.get_by_id(account.person_id)
    assert dialog.found.text().count(f"Instagram, {person.name}, {item.title}. ") == 2
    before = Post.select().count()
    dialog.submit()
    settle(opened)
    assert no_dialog(opened), dialog.trouble.text()
    assert Post.select().count() == before + 2
    opened.window.desk.runner.undo()
    settle(opened)
    assert Post.select().count() == before


def test_nothing_to_log_is_said_in_the_dialog(opened: Session, settle) -> None:
    opened.desk.ask("post", None)
    settle(opened)
    dialog = dialog_of(opened, LogDialog)
    dialog.form.set_values({})
    dialog.submit()
    settle(opened)
    assert "paste an address, or say who spoke" in dialog.trouble.text()


def test_a_screenshot_dropped_on_the_page_becomes_a_story(opened: Session, settle, tmp_path: Path) -> None:
    log_of(opened, settle)
    before = Snapshot.select().count()
    path = tmp_path / "story.png"
    path.write_bytes(png(1080, 1920))
    assert dragged(opened.window, mime(path))
    assert "as a story" in opened.window.dropping.hint.accessibleName()
    dropped(opened.window, mime(path))
    settle(opened)
    dialog = dialog_of(opened, StoryDialog)
    gift = Gift.select().where((Gift.state == "delivered") & Gift.person.is_null(False)).first()
    dialog.person.hold(gift.person_id, "x")
    dialog.title.hold(gift.item_id, "x")
    dialog.submit()
    settle(opened)
    assert no_dialog(opened), dialog.trouble.text()
    row = list_posts(person_id=gift.person_id)[0]
    assert (row.kind, len(pictures_of(opened.desk.store, row.id))) == ("story", 1)
    pane = opened.window.page.log.pane
    assert pane._picture.isVisible() and "SHA-256" in pane._facts.text()
    path.write_bytes(b"no picture")
    opened.desk.ask("story", path)
    settle(opened)
    assert not isinstance(dialog_of(opened, Dialog), StoryDialog), "what is no picture is told, and not kept"
    assert Snapshot.select().count() == before + 1


def test_counts_are_noted_in_the_window_and_shown_with_named_rates(opened: Session, qtbot, settle) -> None:
    post = read_post(opened, settle, Post.posted_on < "2026-11-01", Post.platform == "instagram")
    opened.window.page.log.table.setFocus()
    press(qtbot, opened, Qt.Key.Key_C)
    settle(opened)
    dialog = dialog_of(opened, RecordsDialog)
    dialog.form.set_values({"likes": "1.2k", "views": "24,000", "questions": "7"})
    dialog.submit()
    settle(opened)
    assert counts_of(post.id)[0].values == {"likes": 1200, "views": 24000, "questions": 7}
    dialog.form.set_values({"likes": "many"})
    dialog.submit()
    assert not no_dialog(opened)
    dialog.close_overlay()
    settle(opened)
    shown = opened.window.page.log.pane._counts.accessibleName()
    assert "1,200 likes, 24,000 views, 7 ask what book it is" in shown
    assert "5.0% by Modash: likes per view" in shown


@pytest.mark.parametrize("is_right", [True, False])
def test_a_list_of_counts_is_seen_before_it_is_kept(opened: Session, settle, tmp_path: Path, is_right: bool) -> None:
    post = read_post(opened, settle, Post.posted_on < "2026-11-01", Post.platform == "instagram")
    before = len(counts_of(post.id))
    path = tmp_path / "counts.csv"
    path.write_text(f"url,date,likes\no{post.id},2026-11-24,612\n" + ("" if is_right else "o999999,2026-11-24,1\n"))
    opened.desk.ask("count_list", path)
    settle(opened)
    dialog = dialog_of(opened, WholeListDialog)
    dialog.enter()
    settle(opened)
    assert no_dialog(opened)
    assert len(counts_of(post.id)) == before + is_right


def test_what_was_agreed_changes_the_nature_before_ones_eyes(opened: Session, settle) -> None:
    post = read_post(opened, settle, Post.nature == "organic", Post.gift.is_null(False))
    log = opened.window.page.log
    log.pane.ask_deal()
    settle(opened)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"deal": "gift", "obliges": "posting", "reward": "A voucher"})
    dialog.submit()
    settle(opened)
    assert no_dialog(opened), dialog.trouble.text()
    assert Post.get_by_id(post.id).nature == "in_kind"
    assert "A reward depended on posting" in log.pane._nature.accessibleName()


def test_a_post_is_put_right_and_taken_off_in_the_window(opened: Session, settle) -> None:
    post = read_post(opened, settle, Post.url.is_null())
    log = opened.window.page.log
    opened.desk.ask("edit_post", post.id)
    settle(opened)
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({**dialog.form.values(), "outlet": "Radio Bristol", "told_by": "Sam"})
    dialog.submit()
    settle(opened)
    assert no_dialog(opened), dialog.trouble.text()
    assert "Told by Sam" in log.pane._facts.text()
    log.filter.setText("bristol")
    settle(opened)
    log._take_off()
    settle(opened)
    assert not Post.select().where(Post.id == post.id).exists()


@pytest.mark.parametrize("order", list(PostOrder))
def test_the_log_has_one_order_and_a_filter_keeps_it(opened: Session, order: PostOrder) -> None:
    store: Store = opened.desk.store
    for descending in (False, True):
        everything = post_ids(store, PostQuery(order=order, descending=descending))
        assert len(set(everything)) == len(everything) == Post.select().count()
        for words, nature in (("orchard", ""), ("the", "organic"), ("", "before_contact"), ("zzz", "")):
            query = PostQuery(words, nature, order, descending)
            assert posts_within(store, query, everything) == post_ids(store, query)
    days = [Post.get_by_id(row).posted_on for row in post_ids(store)]
    assert days == sorted(days, reverse=True)


def test_a_heading_turns_the_order_and_a_view_keeps_it(opened: Session, settle) -> None:
    log = log_of(opened, settle)
    newest = list(log.model.ids)
    log._order("who", False)
    settle(opened)
    names = [log.model.row(place).person.name for place in range(5)]
    assert list(log.model.ids) != newest and log._view().sort == "who" and len(set(names)) < 6
    log._show_view(log._view())
    settle(opened)
    assert [log.model.row(place).person.name for place in range(5)] == names


def test_who_is_new_in_the_log_is_there_after_a_write(opened: Session, settle) -> None:
    log = log_of(opened, settle)
    number = len(log.model.ids)
    person, item = Person.select().first(), Item.select().first()
    opened.desk.write(lambda store: add_post(store, NewPost("", person.id, item.id, text="New words")))
    settle(opened)
    assert len(log.model.ids) == number + 1


def test_a_view_is_shown_in_a_log_that_nobody_has_seen_yet(opened: Session, settle) -> None:
    opened.desk.write(lambda store: save_view(store, "Organic", View("posts", which="organic")))
    settle(opened)
    view = saved_views("posts")[0]
    opened.desk.show_view("posts", view.id)
    settle(opened)
    page = opened.window.page
    assert (page.tabs.key, page.log.which.key) == ("log", "organic")
    assert page.log.views.on is not None and page.log.views.on.id == view.id
    assert 0 < page.log.model.rowCount() < Post.select().count()
