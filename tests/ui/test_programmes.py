"""PINK, told in the window: chosen by weighted criteria, paid, promoted into a programme, a season, alumni."""

from PySide6.QtWidgets import QPushButton

from outreach.app import Session
from outreach.services.people.people import NewPerson, add_person
from outreach.services.posts import NewPost, PostKind, add_post
from outreach.services.programmes import members, rewards
from outreach.store.database import Store
from outreach.store.models import Gift, Item, Post, Programme
from outreach.ui.dialogs.forms import FormDialog
from outreach.ui.dialogs.lists import ListDialog
from outreach.ui.dialogs.overlay import Dialog
from outreach.ui.dialogs.records import RecordsDialog
from tests.ui.test_around_clubs import fill, turn
from tests.ui.test_flow import dialog_of

AMBASSADORS = 175


def press(dialog: Dialog | ListDialog, text: str) -> None:
    next(each for each in dialog.findChildren(QPushButton) if each.text() == text).click()


def on_campus(store: Store) -> list[int]:
    """More readers than the sample has."""
    new = [
        NewPerson(f"Reader {number}", [f"r{number}@campus.example"], values={"role": "teacher"}) for number in range(60)
    ]
    return [add_person(store, each)[0] for each in new]


def test_pink(opened: Session, settle) -> None:
    opened.desk.runner.write(on_campus)
    settle(opened)
    rows = turn(opened, settle, "programmes")
    fill(opened, settle, name="Campus ambassadors", kind="ambassadors", deal="paid", target_size=str(AMBASSADORS))
    made = Programme.get(Programme.name == "Campus ambassadors").id
    glance = dialog_of(opened, Dialog)
    assert "0 criteria" in [each.text() for each in glance.findChildren(QPushButton)]
    press(glance, "0 criteria")
    settle(opened)

    criteria = dialog_of(opened, RecordsDialog)
    for values in ({"reads": "aesthetic", "wanted": "one lamp, blue hour", "weight": "3"},
                   {"reads": "role", "wanted": "librarian, teacher", "weight": "1"}):  # fmt: skip
        criteria.form.set_values(values)
        criteria.submit()
        settle(opened)
    press(criteria, "Whom to ask")
    settle(opened)
    cohort = dialog_of(opened, ListDialog)
    assert cohort.list.selected_count() == AMBASSADORS, "as many as are wanted are chosen"
    spoken = [cohort._speak(row) for row in cohort._rows.values()]
    assert "one lamp" in spoken[0] and any("not known" in each for each in spoken[1:])
    cohort.enter()
    settle(opened)
    cohort.close_overlay()
    assert [row.state for row in members.members_of(made)] == ["invited"] * AMBASSADORS

    opened.desk.ask("programme_seasons", made)
    seasons = dialog_of(opened, RecordsDialog)
    seasons.form.set_values({"name": "Autumn", "starts": "2026-09-01", "ends": "2026-12-31"})
    seasons.submit()
    settle(opened)
    seasons.close_overlay()
    opened.desk.ask("programme_members", made)
    settle(opened)
    roll = dialog_of(opened, ListDialog)
    roll.list.selectAll()
    press(roll, "They joined")
    settle(opened)
    assert {row.state for row in members.members_of(made)} == {"joined"}
    roll.close_overlay()

    campaign = Gift.select().where(Gift.campaign.is_null(False) & (Gift.state == "delivered"))[0].campaign
    opened.desk.ask("programme_promote", made)
    promotion = dialog_of(opened, FormDialog)
    promotion.form.set_values({"campaign": campaign.name})
    promotion.submit()
    settle(opened)
    dialog_of(opened, ListDialog).close_overlay()
    assert len(members.members_of(made)) > AMBASSADORS
    opened.desk.runner.undo()
    settle(opened)
    assert len(members.members_of(made)) == AMBASSADORS

    opened.desk.ask("programme_reward", made)
    given = dialog_of(opened, FormDialog)
    given.form.set_values({"kind": "fee", "amount": "1", "value": "80 GBP", "condition": "For three pictures",
                           "obliges": "posting"})  # fmt: skip
    given.submit()
    settle(opened)
    ledger = dialog_of(opened, ListDialog)
    assert "advertising" in ledger._speak(next(iter(ledger._rows.values())))
    assert "£14,000.00" in ledger._about.text()
    ledger.close_overlay()
    settle(opened)
    row = rows._rows[made]
    assert (row.joined, row.rewards, row.season) == (AMBASSADORS, AMBASSADORS, "Autumn")

    who = members.members_of(made)[0].person_id
    opened.desk.runner.write(lambda store: add_post(store, NewPost(
        person_id=who, item_id=Item.select().order_by(Item.id)[0].id, kind=PostKind.TALK, text="Read it",
        posted_on="2026-11-24",
    )))  # fmt: skip
    settle(opened)
    assert Post.select().order_by(-Post.id)[0].nature == "paid"
    opened.desk.ask("programme_members", made)
    settle(opened)
    roll = dialog_of(opened, ListDialog)
    roll.list.selectAll()
    press(roll, "They are alumni now")
    settle(opened)
    assert {row.state for row in members.members_of(made)} == {"alumni"}
    roll.close_overlay()
    opened.desk.runner.undo()
    settle(opened)
    assert {row.state for row in members.members_of(made)} == {"joined"}
    assert len(rewards.list_rewards(made)) == AMBASSADORS
