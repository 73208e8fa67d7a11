"""Today: what one is glad about is thanked for from there, by a letter that somebody reads first."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.catalogue.catalogue import stock_of
from outreach.services.drafting.post_letters import THANKS
from outreach.services.pages.logged import Logged
from outreach.services.pages.title import most_left
from outreach.services.pages.waiting import Waiting
from outreach.services.posts.readings import note_counts
from outreach.store.models import Item, Letter, LetterTemplate, Post
from outreach.ui.widgets.log import LogRow
from outreach.ui.widgets.today import WAITING, PlaceRow, WaitingRow
from outreach.wording.copies import left_text


def test_the_newest_organic_post_is_thanked_for_by_a_draft(opened: Session, qtbot, settle) -> None:
    opened.window.go("today")
    settle(opened)
    page = opened.window.page
    newest = Post.select().where((Post.nature == "organic") & (Post.text != "")).order_by(
        Post.posted_on.desc(), Post.id.desc())[0]  # fmt: skip
    before = Letter.select().count()
    qtbot.mouseClick(page._thank, Qt.MouseButton.LeftButton)
    settle(opened)
    assert Letter.select().count() == before + 1
    letter = Letter.select().order_by(Letter.id.desc())[0]
    assert (letter.person_id, letter.state) == (newest.person_id, "draft")
    assert LetterTemplate.get_by_id(letter.template_id).name == THANKS


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("code", WAITING)
def test_what_waits_says_why_and_names_the_first(opened: Session, settle, code: str, count: int) -> None:
    settle(opened)
    row = WaitingRow(opened.desk, Waiting(code, count, "2026-11-20", "Moth Season", "Idris Farrow", day="2026-11-27"))
    said = row.accessibleDescription()
    assert said == "".join(run[0] for run in row._runs)
    assert "{" not in said
    assert ";" not in said + row.text()
    assert ("Idris Farrow" in said) == (code not in ("address", "short"))
    # Parcels are for people; what is about a title names it, in its type.
    roles = [role for words, role, _ in row._runs if words == "Moth Season"]
    assert roles == ([] if code in ("track", "arrived") else ["titles"])


def test_why_something_waits_takes_two_lines_where_it_has_no_room_and_nothing_moves(opened: Session, settle) -> None:
    settle(opened)
    usual = opened.desk.theme.px(56)
    row = WaitingRow(
        opened.desk, Waiting("pack", 4, "2026-11-20", "The Harbourmaster’s Ledger", "Hester Knaresborough")
    )
    heights = {}
    for width in (1100, 520):
        heights[width] = set()
        for current in (False, True):
            row.set_current(current=current, shows_key=current)
            heights[width].add(row.heightForWidth(width))
    assert heights == {1100: {usual}, 520: {usual + opened.desk.theme.line_height("small")}}


def test_the_buttons_of_a_row_stand_in_its_middle(opened: Session, settle) -> None:
    opened.window.go("today")
    for size in ((1440, 900), (1100, 800), (1600, 900)):
        opened.window.resize(*size)
        settle(opened)
        rows = [row for row in opened.window.page.findChildren(WaitingRow) if row.isVisible()]
        assert rows
        for row in rows:
            assert row.height() == row.heightForWidth(row.width())
            assert abs(row._open.geometry().center().y() - row.rect().center().y()) <= 1


def test_what_waits_does_not_say_what_it_does_not_know(opened: Session, settle) -> None:
    settle(opened)

    def said(person: str, title: str) -> str:
        return WaitingRow(opened.desk, Waiting("found", 4, "2026-11-20", title, person)).accessibleDescription()

    assert said("Idris Farrow", "Moth Season") == "Newest: Idris Farrow on Moth Season"
    assert said("Idris Farrow", "") == "Idris Farrow and 3 more"
    assert said("", "Moth Season") == "Moth Season and 3 more"
    assert said("", "") == ""


def test_a_title_to_place_tells_the_format_of_which_most_are_left(opened: Session, settle) -> None:
    opened.window.go("today")
    settle(opened)
    told = [row.text() for row in opened.window.page.findChildren(PlaceRow)]
    assert told
    for text in told:
        (item,) = Item.select().where(Item.title == text.rpartition(", ")[0])
        most = most_left(opened.desk.store, [item.id])[item.id]
        assert most.format == max(
            stock_of(item.id), key=lambda each: each.copies - each.promised
        ).format  # fmt: skip
        assert text == f"{item.title}, {left_text(opened.desk.words, 0, most)}"
        assert "copies" not in text


@pytest.mark.parametrize("height", [900, 800, 720])
def test_no_row_beside_the_page_is_cut(opened: Session, settle, height: int) -> None:
    window = opened.window
    window.resize(1280, height)
    window.go("today")
    settle(opened)
    side = window.page._side
    places = side.findChildren(PlaceRow)
    assert places[0].isVisible()
    assert side.body.height() <= side.height(), "nothing is to be scrolled to"
    seen = [row.isVisible() for row in places]
    assert seen == sorted(seen, reverse=True), "the last ones give way"
    window.resize(1280, 1400)
    settle(opened)
    assert all(row.isVisible() for row in places), "they come back"


def test_an_entry_of_the_log_is_a_sentence(opened: Session, settle) -> None:
    rows = (("gift", 1), ("gift", 2))
    logged = Logged("declined", ("Idris Farrow", "Rosa Vinter"), 2, "Moth Season", "HO", "2026-11-24T10:30:00Z", rows)
    row = LogRow(opened.desk, logged, 0, "Hanna", beside_undo=False)
    assert "".join(run[0] for run in row._runs()) == "2 people said not this time to Moth Season"


def test_labels_that_wait_name_their_title_or_say_that_there_are_more(opened: Session) -> None:
    def said(**more: Any) -> str:
        waiting = Waiting("address", 4, "2026-11-20", "Moth Season", "Idris Farrow", **more)
        return WaitingRow(opened.desk, waiting).accessibleDescription()

    assert said() == "Labels for Moth Season wait on these"
    assert said(titles=2) == "Labels for Moth Season and other titles wait on these"


def test_the_history_is_a_click_away_also_before_anything_was_done(opened: Session, settle) -> None:
    opened.window.go("today")
    settle(opened)
    page = opened.window.page
    assert opened.desk.runner.history.undo is None
    assert page._logged
    assert page._history.isVisible()


def test_the_newest_post_tells_how_many_ask_for_it_else_where_it_was(opened: Session, settle) -> None:
    opened.window.go("today")
    settle(opened)
    page = opened.window.page
    glad = page._newest
    assert glad is not None
    card = page._glad
    assert card._where(replace(glad, platform="tiktok", questions=0, day="2026-11-20")).startswith("TikTok, ")
    today = opened.desk.today.isoformat()
    assert card._where(replace(glad, platform="", kind="post", questions=0, day=today)) == "Post, today"
    assert card._where(replace(glad, platform="", kind="photo", questions=0)).split(", ")[0] != ""
    opened.desk.write(lambda store: note_counts(store, glad.post_id, {"questions": 7}))
    settle(opened)
    page.refresh()
    settle(opened)
    assert page._newest.questions == 7
    assert card._where(page._newest) == "7 followers ask what book it is"
