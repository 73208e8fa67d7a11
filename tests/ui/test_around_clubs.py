"""Events, venues, the worksheet of readers' haunts and introductions in the window; two stories told there."""

import pytest

from outreach.app import Session
from outreach.services.voices import events, haunts, referrals
from outreach.store.models import Account, Club, Gift, Item, Person
from outreach.ui.dialogs.approving import ApprovingDialog
from outreach.ui.dialogs.forms import EditDialog, FormDialog
from outreach.ui.dialogs.records import RecordsDialog
from outreach.ui.pages.club_around import AroundList
from tests.ui.test_clubs_page import press
from tests.ui.test_flow import dialog_of

pytestmark = pytest.mark.begins("clubs")


def turn(opened: Session, settle, key: str) -> AroundList:
    opened.window.go("clubs")
    settle(opened)
    page = opened.window.page
    page.tabs.choose(key)
    return page.lists[key]


def fill(opened: Session, settle, **values: str) -> None:
    """Press the page's first button, and save what is typed."""
    opened.window.page._add()
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({**dialog.form.values(), **values})
    dialog.submit()
    settle(opened)


def test_tractor_supply(opened: Session, settle) -> None:
    """What readers listen to leads to a host without an account, and she to a workshop that sells more than books."""
    title = str(Item.get(Item.title == "The Glass Heron").title)
    sheet = turn(opened, settle, "worksheet")
    for _ in range(2):
        fill(opened, settle, item=title, listens="Backyard Poultry hour")
    line = next(row for row in sheet._rows.values() if row.haunt.name == "Backyard Poultry hour")
    assert line.haunt.readers == 2
    sheet.table.select_ids([line.id], line.id)
    opened.window.page._edit()
    dialog = dialog_of(opened, FormDialog)
    dialog.form.set_values({"new": "Andy Fields"})
    dialog.submit()
    settle(opened)
    andy = Person.get(Person.name == "Andy Fields")
    assert not Account.select().where(Account.person == andy.id).exists()
    [known] = [row for row in haunts.tally(line.item_id) if row.name == "Backyard Poultry hour"]
    assert (known.person, known.has_account) == ("Andy Fields", False)

    rows = turn(opened, settle, "events")
    fill(opened, settle, name="Hens for beginners", kind="workshop", starts="2026-11-07 10:00", minutes="90",
         item=title, venue="Backyard Poultry hour", cost="250 GBP")  # fmt: skip
    event = next(row.id for row in rows._rows.values() if row.name == "Hens for beginners")
    opened.desk.ask("event_sales", event)
    sales = dialog_of(opened, RecordsDialog)
    for values in ({"units": "30", "amount": "450 GBP"}, {"units": "100", "other": "Chicks", "amount": "400 GBP"}):
        sales.form.set_values(values)
        sales.submit()
        settle(opened)
    sales.close_overlay()
    opened.desk.ask("event_edit", event)
    dialog = dialog_of(opened, EditDialog)
    for key, value in (("state", "held"), ("came", "120")):
        dialog.form.left.emit(key, value)
    settle(opened)
    dialog.close_overlay()
    assert events.list_events(event)[0].state == "held"
    told = rows.table.told
    shown = {column.key: column.text(rows._rows[event]) for column in told}
    assert (shown["came"], shown["sold"], shown["beside"], shown["net"]) == ("120", "30", "100", "£600.00")
    assert "Andy Fields" in shown["where"]


def test_referrals(opened: Session, settle) -> None:
    rows = turn(opened, settle, "referrals")
    by = int(Club.get(Club.name == "Night Shift Readers").host_id)
    met = int(Gift.get(Gift.person != by).person_id)
    fill(opened, settle, by=f"p{by}", person=f"p{met}")
    assert rows._rows[by].who.unthanked == 1
    rows.table.select_ids([by], by)
    opened.window.page._act("thank")
    settle(opened)
    letters = dialog_of(opened, ApprovingDialog)
    assert f"Thank you for introducing me to {Person.get_by_id(met).name}" in letters._letters[0][1].text
    letters.close_overlay()
    opened.desk.ask("introduced", by)
    dialog = dialog_of(opened, RecordsDialog)
    press(dialog, "They were thanked")
    settle(opened)
    dialog.close_overlay()
    assert rows._rows[by].who.unthanked == 0
    opened.desk.runner.undo()
    settle(opened)
    assert [row.thanked_on for row in referrals.list_referrals() if row.introducer_id == by] == [""]


def test_a_venue_is_added_and_changed(opened: Session, settle) -> None:
    rows = turn(opened, settle, "venues")
    fill(opened, settle, name="Hexham Library", kind="library", reach="2,000")
    row = next(each for each in rows._rows.values() if each.name == "Hexham Library")
    opened.desk.ask("venue", row.id)
    dialog = dialog_of(opened, EditDialog)
    dialog.form.set_values({**dialog.form.values(), "place": "Hexham"})
    dialog.form.left.emit("place", "Hexham")
    settle(opened)
    dialog.close_overlay()
    assert (rows._rows[row.id].place, rows._rows[row.id].reach) == ("Hexham", 2000)


def test_what_was_noted_by_mistake_is_removed_and_comes_back(opened: Session, settle) -> None:
    turn(opened, settle, "venues")
    fill(opened, settle, name="Tokyo Shelf", kind="shop")
    rows = turn(opened, settle, "events")
    fill(opened, settle, name="A signing", kind="signing", starts="2026-11-07 10:00", venue="Tokyo Shelf",
         cost="1200 JPY")  # fmt: skip
    event = next(row.id for row in rows._rows.values() if row.name == "A signing")
    opened.desk.ask("event_edit", event)
    dialog = dialog_of(opened, EditDialog)
    assert dialog.form.values()["cost"] == "1200 JPY"
    press(dialog, "Remove")
    settle(opened)
    assert event not in rows._rows
    opened.desk.runner.undo()
    settle(opened)
    assert rows._rows[event].venue == "Tokyo Shelf"
    opened.desk.ask("venue", rows._rows[event].venue_id)
    press(dialog_of(opened, EditDialog), "Remove")
    settle(opened)
    assert (rows._rows[event].venue, rows._rows[event].hour) == ("", "10:00")
