"""Today: what one is glad about is thanked for from there, by a letter that somebody reads first."""

from PySide6.QtCore import Qt

from outreach.app import Session
from outreach.services.drafting.post_letters import THANKS
from outreach.store.models import Letter, LetterTemplate, Post


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
