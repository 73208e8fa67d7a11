"""The inbox of posts: read, confirmed with one key and the next, asked for rights, refused; the tabs beside it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from outreach.app import Session
from outreach.services.feeds.found import not_about_us, waiting_count
from outreach.services.feeds.learned import declined
from outreach.services.pages.rights import count_tabs
from outreach.services.rights.permissions import NewYes, grant, permissions_of
from outreach.services.rights.terms import Scope
from outreach.store.models import FoundPost, Letter, Permission, Person, Post, Snapshot
from outreach.ui.pages.post_found import FoundReader
from outreach.ui.theme import Theme
from outreach.ui.widgets.basics import Button
from outreach.wording.pseudo import LONGER, MIRRORED
from tests.ui.conftest import OpenWindow
from tests.ui.test_flow import dialog_of, no_dialog, press
from tests.ui.test_pages import find_cut

pytestmark = pytest.mark.begins("posts")


@pytest.fixture
def at_posts(opened: Session, qtbot, settle) -> Session:
    press(qtbot, opened, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    settle(opened)
    return opened


def test_six_found_posts_are_confirmed_and_two_asked_for_rights_with_nine_keys(opened: Session, qtbot, settle) -> None:
    """Ctrl 8, R, Enter, Enter, R, Enter x4: as fast as they can be pressed, nothing is waited for."""
    store, keys = opened.desk.store, 0
    before = (waiting_count(), Post.select().count(), Person.select().count())
    assert before[0] == 6
    letters = {row.id for row in Letter.select(Letter.id)}
    settle(opened)
    for key, modifier in [
        (Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_R, None), (Qt.Key.Key_Return, None),
        (Qt.Key.Key_Return, None), (Qt.Key.Key_R, None), *[(Qt.Key.Key_Return, None)] * 4,
    ]:  # fmt: skip
        press(qtbot, opened, key, modifier or Qt.KeyboardModifier.NoModifier)
        keys += 1
        if keys == 1:
            settle(opened)  # the page comes
    settle(opened)
    assert keys == 9
    assert waiting_count() == 0
    assert Post.select().count() == before[1] + 6
    assert Person.select().count() == before[2] + 1, "somebody new was added with her post"
    asked = [row for row in Letter.select() if row.id not in letters]
    assert [(row.kind, row.state) for row in asked] == [("permission", "draft")] * 2
    rows = Permission.select().where(Permission.letter.in_([row.id for row in asked]))
    assert {row.state for row in rows} == {"asked"}
    made = [row.post_id for row in FoundPost.select().order_by(FoundPost.published_at.desc())]
    assert [row.post_id for row in rows.order_by(Permission.id)] == [made[0], made[2]]
    assert store.today().isoformat() == "2026-11-24"


def test_a_confirmed_post_is_undone_whole_and_what_is_not_about_us_is_learned(at_posts: Session, qtbot, settle) -> None:
    page = at_posts.window.page
    first = page.inbox.table.current_id()
    before = Post.select().count()
    press(qtbot, at_posts, Qt.Key.Key_Return)
    settle(at_posts)
    assert (page.inbox.table.current_id() != first, waiting_count(), Post.select().count()) == (True, 5, before + 1)
    assert page.tabs.tabs["inbox"].accessibleDescription() == "5"
    press(qtbot, at_posts, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(at_posts)
    assert (waiting_count(), Post.select().count()) == (6, before)
    assert first in page.inbox.model.ids

    # And the keys that move, open and refuse.
    page.inbox.table.select_first()
    ids = list(page.inbox.model.ids)
    press(qtbot, at_posts, Qt.Key.Key_J)
    press(qtbot, at_posts, Qt.Key.Key_J)
    press(qtbot, at_posts, Qt.Key.Key_K)
    settle(at_posts)
    assert page.inbox.table.current_id() == ids[1]
    press(qtbot, at_posts, Qt.Key.Key_O)
    assert at_posts.desk.files.shown == [FoundPost.get_by_id(ids[1]).url]
    first = page.inbox.table.current_id()
    feed = FoundPost.get_by_id(first).feed_id
    press(qtbot, at_posts, Qt.Key.Key_Delete)
    settle(at_posts)
    assert (waiting_count(), FoundPost.get_by_id(first).state) == (5, "not_about_us")
    assert declined().get(feed)
    assert page.inbox.table.hasFocus()


def test_what_is_said_of_it_is_shown_before_it_is_confirmed(at_posts: Session, qtbot, settle) -> None:
    page = at_posts.window.page
    check = page.inbox.check
    assert check.person.held == "Juniper Hale"
    assert check.nature.accessibleName().startswith("Posted unprompted, No ask, no payment, gift from")
    assert "page under" in check._evidence.text()
    ids = list(page.inbox.model.ids)
    page.inbox.table.select_ids([ids[-1]], ids[-1])
    settle(at_posts)
    assert check.person.row_id == -1 and check.person._hint == "New: Perpetua Quill"
    assert check.told().new_name == "Perpetua Quill"
    press(qtbot, at_posts, Qt.Key.Key_Return)
    settle(at_posts)
    assert Person.get(Person.name == "Perpetua Quill")


def test_a_post_without_a_person_waits_for_one(at_posts: Session, qtbot, settle) -> None:
    page = at_posts.window.page
    page.inbox.check.title.suggest("Choose a title")
    press(qtbot, at_posts, Qt.Key.Key_Return)
    settle(at_posts)
    assert waiting_count() == 6


def test_a_yes_that_came_already_is_recorded_with_the_post(at_posts: Session, qtbot, settle) -> None:
    page = at_posts.window.page
    found = page.inbox.table.current_id()
    page.inbox.check.yes.click()
    settle(at_posts)
    dialog = dialog_of(at_posts)
    dialog.form.set_values({**dialog.form.values(), "answer": "Gladly"})
    dialog.go.click()
    settle(at_posts)
    assert no_dialog(at_posts)
    post = FoundPost.get_by_id(found).post_id
    (row,) = permissions_of(post)
    assert (row.state, row.scope, row.ends_on, row.answer) == ("granted", "own_channels", "2027-11-23", "Gladly")


def test_each_tab_has_its_count_and_shows_what_it_is_for(at_posts: Session, qtbot, settle) -> None:
    page, counts = at_posts.window.page, count_tabs()
    shown = {key: tab.accessibleDescription() for key, tab in page.tabs.tabs.items()}
    assert shown == {"inbox": "6", "log": str(counts.log), "gallery": "4", "rights": "5"}
    page.tabs.choose("gallery")
    settle(at_posts)
    gallery = page.gallery
    assert len(gallery.model.ids) == 2 and all(gallery.model.row(place).is_usable for place in range(2))
    gallery._which.choose("")
    settle(at_posts)
    rows = [gallery.model.row(place) for place in range(4)]
    assert sorted(row.why for row in rows if not row.is_usable) == ["asked", "ended"]
    settle(at_posts)
    at_posts.window.grab()
    settle(at_posts)
    assert len(gallery._thumbs._ready) == 4
    page.tabs.choose("rights")
    settle(at_posts)
    rows = [page.rights.model.row(place) for place in range(5)]
    assert [row.why for row in rows] == ["ended", "granted_until", "granted_until", "asked", "declined"]
    assert rows[0].places == ("Autumn catalogue, page 14",)


def test_a_post_that_comes_from_elsewhere_is_shown_in_the_log(at_posts: Session, qtbot, settle) -> None:
    post = Post.select().order_by(Post.id).first().id
    at_posts.window.go("posts", post)
    settle(at_posts)
    page = at_posts.window.page
    assert (page.tabs.key, page.table.current_id()) == ("log", post)


def test_a_picture_is_used_when_its_maker_says_yes(opened: Session, qtbot, settle) -> None:
    snapshot = Snapshot.select().first()
    opened.desk.write(lambda store: grant(store, snapshot.post_id, NewYes((Scope.PAID,), ends_on="2027-01-01")))
    settle(opened)
    opened.window.go("posts")
    settle(opened)
    page = opened.window.page
    page.tabs.choose("gallery")
    settle(opened)
    assert snapshot.id in page.gallery.model.ids


def test_an_empty_inbox_says_so(open_window: OpenWindow, sample: Path, settle) -> None:
    opened = open_window(sample)
    opened.desk.write(lambda store: _nothing_waits(store))
    settle(opened)
    opened.window.go("posts")
    settle(opened)
    page = opened.window.page
    assert page.tabs.key == "log"
    page.tabs.choose("inbox")
    settle(opened)
    assert page.inbox.find_button.isVisible()
    assert QApplication.focusWidget() is not page.inbox.table


def _nothing_waits(store):
    return not_about_us(store, [row.id for row in FoundPost.select(FoundPost.id)])


@pytest.mark.parametrize("language", [LONGER, MIRRORED])
def test_no_tab_is_cut_in_a_small_window(
    open_window: OpenWindow, sample: Path, theme: Theme, settle, language: str
) -> None:
    theme.look("light", "130")
    opened = open_window(sample, language)
    opened.window.resize(1024, 680)
    opened.window.go("posts")
    settle(opened)
    page, cut = opened.window.page, []
    for key in ("log", "gallery", "rights"):
        page.tabs.choose(key)
        settle(opened)
        cut += find_cut(opened.window, key)
        page._about.click()
        settle(opened)
        cut += find_cut(opened.window, f"{key} beside")
    assert cut == []


def test_what_a_post_may_be_used_for_is_noted_by_its_keys(at_posts: Session, qtbot, settle) -> None:
    """In the log: a yes, where it is used, words to quote, how it tells of the gift; each is shown at once."""
    post = Post.select().where((Post.text != "") & Post.gift.is_null(False)).order_by(Post.id).first()
    at_posts.window.go("posts", post.id)
    settle(at_posts)
    block = at_posts.window.page.pane.block

    def ask(key: Qt.Key, values: dict[str, str], modifier=Qt.KeyboardModifier.NoModifier) -> None:
        at_posts.window.page.table.setFocus()
        press(qtbot, at_posts, key, modifier)
        dialog = dialog_of(at_posts)
        dialog.form.set_values({**dialog.form.values(), **values})
        dialog.go.click()
        settle(at_posts)
        assert no_dialog(at_posts), dialog.trouble.text()

    ask(Qt.Key.Key_Y, {"territory": "United Kingdom", "ends": "2027-01-01"})
    assert block.post.rights.territory == ("GB",)
    assert block.rights.state.accessibleName() == "Yes until 1 Jan"
    ask(Qt.Key.Key_U, {"place": "Home page"})
    assert block.post.uses[0][1] == "Home page"
    at_posts.window.page.table.setFocus()
    press(qtbot, at_posts, Qt.Key.Key_Q)
    quoting = dialog_of(at_posts)
    quoting.form.set_values({**quoting.form.values(), "proof": "yes"})
    for _ in range(2):
        quoting.add.click()
        settle(at_posts)
        quoting.form.set_values({"text": block.post.text, "passage": block.post.text, "proof": "yes"})
    next(each for each in quoting.findChildren(Button) if each.text() == "Let go").click()
    settle(at_posts)
    assert (len(block.post.quotes), quoting.trouble.text()) == (1, "")
    quoting.close_overlay()
    settle(at_posts)
    assert block.quotes.state.accessibleName() == "To be checked"
    block._checked.click()
    settle(at_posts)
    assert block.quotes.state.accessibleName() == "1"
    import PySide6.QtWidgets as W

    at_posts.window.page.table.setFocus()
    f = W.QApplication.focusWidget()
    print(
        "FOCUS",
        f,
        at_posts.window.isActiveWindow(),
        at_posts.window.page.table.isVisible(),
        at_posts.window.page.log.isVisible(),
        W.QApplication.activeWindow(),
        block._look.isVisible(),
        at_posts.window.page.table,
    )
    ask(Qt.Key.Key_D, {"seen": "no"}, Qt.KeyboardModifier.ShiftModifier)
    assert block.disclosure.state.accessibleName() == "Does not tell of the gift"
    assert block._name.isVisible()


def test_whose_post_it_is_is_told_before_what_a_button_says(at_posts: Session, settle) -> None:
    reader = at_posts.window.page.findChild(FoundReader)
    theme = at_posts.desk.theme
    assert reader is not None and reader._line is not None
    told = theme.px(40) + 16 + theme.width("small", reader._where(reader._line))
    for width, has_words in ((800, True), (340, False)):
        reader.setFixedWidth(width)
        settle(at_posts)
        assert (reader.open.width() > theme.px(32)) == has_words
        assert reader._head.width() >= told
        assert reader.open.toolTip()
