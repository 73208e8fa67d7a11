"""Today: what one is glad about is thanked for from there, by a letter that somebody reads first."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.drafting.post_letters import THANKS
from outreach.services.pages.waiting import Waiting
from outreach.services.posts.readings import note_counts
from outreach.store.models import Letter, LetterTemplate, Post
from outreach.ui.widgets.today import WAITING, WaitingRow


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
    assert "Moth Season" in said
    assert "{" not in said
    assert ("First" in said or "first" in said) == (count > 1 and code not in ("address", "short", "found"))
    assert next(role for words, role, _ in row._runs if words == "Moth Season") == "titles"


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
    assert card._where(replace(glad, platform="", kind="photo", questions=0)).split(", ")[0] != ""
    opened.desk.write(lambda store: note_counts(store, glad.post_id, {"questions": 7}))
    settle(opened)
    page.refresh()
    settle(opened)
    assert page._newest.questions == 7
    assert card._where(page._newest) == "7 followers ask what book it is"
