"""What came of people, whom a roster lacks, and the letter of a week, opened by key and palette."""

from collections.abc import Callable
from pathlib import Path

import pytest

from outreach.app import Session
from outreach.services.review.influence import Came
from outreach.store.models import EmailAddress, Letter
from outreach.ui.commands import commands_of
from tests.ui.test_campaign_page import open_one
from tests.ui.test_flow import dialog_of, no_dialog

pytestmark = pytest.mark.begins("people")

Settle = Callable[[Session], None]


def test_people_stand_by_what_came_of_them_with_what_it_rests_on(
    opened: Session, settle: Settle, tmp_path: Path
) -> None:
    opened.window.go("people")
    settle(opened)
    wanted = next(each for each in commands_of(opened.window.page) if each.spec.id == "influence")
    wanted.action.trigger()
    settle(opened)
    dialog = dialog_of(opened)
    first = dialog._found[0]
    assert first.name in dialog.below.accessibleName() and "seen" in dialog.below.accessibleName()
    dialog.table.order_asked.emit(Came.POSTS.value, False)
    settle(opened)
    lows = [each.figures[Came.POSTS].low if Came.POSTS in each.figures else 0 for each in dialog._found]
    assert lows == sorted(lows, reverse=True) and dialog.table.current_id() == dialog._found[0].id
    dialog.export()
    settle(opened)
    written = (tmp_path / "what-came-of-people.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(written) == len(dialog._found) + 1 and "ollowers" not in written[0]
    chosen = dialog.table.current_id()
    dialog.enter()
    settle(opened)
    assert no_dialog(opened) and opened.window.page.table.current_id() == chosen


def test_a_campaign_says_whom_it_lacks_and_tells_its_week(opened: Session, settle: Settle, tmp_path: Path) -> None:
    campaign = open_one(opened, settle)
    opened.desk.ask("coverage", campaign)
    settle(opened)
    dialog = dialog_of(opened)
    assert dialog._found.name and dialog.told.accessibleName() and dialog.model.rowCount() == len(dialog._found.rows)
    dialog.export()
    settle(opened)
    assert (tmp_path / "whom-we-lack.csv").exists()
    dialog.enter()

    opened.desk.ask("campaign_week", campaign)
    settle(opened)
    letter = dialog_of(opened)
    letter.draft()
    assert letter.trouble.text() and Letter.select().where(Letter.kind == "week").count() == 0
    letter.to_oneself()
    settle(opened)
    assert [each.suffix for each in tmp_path.glob("*.eml")] == [".eml"] and no_dialog(opened)
    opened.desk.ask("campaign_week", campaign)
    settle(opened)
    letter = dialog_of(opened)
    person = EmailAddress.select().first().person
    letter.to.hold(person.id, person.name)
    letter.draft()
    settle(opened)
    assert Letter.get(Letter.kind == "week").state == "draft" and no_dialog(opened)
    opened.window._undo()
    settle(opened)
    assert not Letter.select().where(Letter.kind == "week").exists()
