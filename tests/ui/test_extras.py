"""What is signed and what lies beside, from a title's page."""

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from outreach.app import Session
from outreach.services.catalogue.inserts import inserts_in, list_inserts
from outreach.services.gifts.gifts import GiftState, list_gifts
from outreach.services.gifts.signing import Signing, signable, signing_list
from outreach.services.shipments.shipments import create_shipments, list_shipments, packable
from outreach.store.models import Item, Shipment
from outreach.ui.dialogs.extras import InsertsDialog
from outreach.ui.dialogs.records import RecordsDialog
from tests.ui.test_flow import dialog_of


@pytest.fixture
def item(opened: Session) -> int:
    """A title with gifts that wait to be packed."""
    waiting = list_gifts(opened.desk.store, states=[GiftState.ACCEPTED])
    return next(row.item_id for row in waiting if packable(opened.desk.store, [row.id])[0])


def press(dialog: RecordsDialog, words: str) -> None:
    next(each for each in dialog.findChildren(QPushButton) if each.text() == words).click()


def spoken(dialog: RecordsDialog) -> str:
    return " | ".join(f"{record.text}, {record.detail}" for record in dialog._records())


def test_the_author_signs_in_an_order_that_stays(opened: Session, settle, item: int, tmp_path: Path) -> None:
    opened.desk.ask("signing", item)
    dialog = dialog_of(opened, RecordsDialog)
    first, name = signable(item, Signing.COPY)[0]
    dialog.form.set_values({"gift": str(first), "how": "copy", "dedication": "For the sea"})
    dialog.submit()
    settle(opened)
    assert f"1. {name}, The copy, “For the sea”" in spoken(dialog)
    dialog.form.set_values({"gift": "", "how": "bookplate", "dedication": ""})
    dialog.submit()
    settle(opened)
    rows = signing_list(item)
    assert [row.place for row in rows] == list(range(1, len(rows) + 1)) and len(rows) > 1
    press(dialog, "Write the author’s list")
    settle(opened)
    written = list(csv.reader((tmp_path / "signing.csv").read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in written[1:]] == [row.person for row in rows]
    press(dialog, "Signed")
    settle(opened)
    assert signing_list(item, signed=True)[0].signed_on == "2026-11-24"
    opened.desk.runner.undo()
    settle(opened)
    assert signing_list(item)[0].person == name
    dialog.form.set_values({"gift": "", "how": "bookplate"})
    dialog.submit()
    settle(opened)
    assert "There is nobody to sign" in dialog.trouble.text()


def test_inserts_are_added_changed_and_put_into_parcels(opened: Session, settle, item: int) -> None:
    gifts = [row.id for row in list_gifts(opened.desk.store, item_id=item, states=[GiftState.ACCEPTED])]
    ready = packable(opened.desk.store, gifts)[0]
    opened.desk.runner.write(lambda store: create_shipments(store, ready))
    settle(opened)
    holding = {row.id for row in list_shipments() if row.state == "packing" and set(row.gifts) & set(gifts)}
    opened.desk.ask("inserts", item)
    dialog = dialog_of(opened, InsertsDialog)
    assert dialog.form.values()["goes"] == "title"
    dialog.submit()
    assert "needs a name" in dialog.form._notes["name"].text()
    dialog.form.set_values({"name": "Bookmark", "kind": "insert", "cost": "0.12 GBP", "count": "40", "goes": "title"})
    dialog.submit()
    settle(opened)
    number = len(holding)
    press(dialog, f"Put into {number} parcel{'s' if number > 1 else ''}")
    settle(opened)
    assert {parcel for parcel, beside in inserts_in([row.id for row in Shipment.select()]).items() if beside} == holding
    assert f"{40 - number} left, {number} in parcels" in spoken(dialog)
    press(dialog, "Change")
    assert dialog.add.text() == "Save" and dialog.form.values()["count"] == str(40 - number)
    dialog.form.set_values({**dialog.form.values(), "kind": "swag", "count": "7", "goes": ""})
    dialog.submit()
    settle(opened)
    (row,) = list_inserts()
    assert (row.kind, row.left, row.item_id, row.cost_minor) == ("swag", 7, None, 12)
    assert dialog.add.text() == "Add"
    assert "Swag, £0.12, 7 left" in spoken(dialog) and "with any title" in spoken(dialog)
    opened.desk.runner.undo()
    settle(opened)
    assert list_inserts()[0].item_id == item
    dialog.form.set_values({"name": "BOOKMARK", "kind": "insert", "count": "", "goes": ""})
    dialog.submit()
    settle(opened)
    assert "There is “Bookmark” already" in dialog.trouble.text()


def test_what_was_put_on_the_list_is_about_this_title(opened: Session, item: int) -> None:
    other = Item.select().where(Item.id != item)[0].id
    opened.desk.ask("signing", item)
    dialog = dialog_of(opened, RecordsDialog)
    field = dialog.form._inputs["gift"]
    choices = {field.itemData(number) for number in range(field.count())}
    mine = {str(row.id) for row in list_gifts(opened.desk.store, item_id=item) if row.state != "declined"}
    assert choices == {"", *mine}
    assert not choices & {str(row.id) for row in list_gifts(opened.desk.store, item_id=other)}
