"""The article's stories told in the window on an empty workspace: what is done by command elsewhere is done here by hand."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from outreach.app import Session
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, ItemKind, NewEdition
from outreach.services.catalogue.codes import list_codes
from outreach.services.clubs import author_hours
from outreach.services.clubs import growth as club_growth
from outreach.services.clubs import sessions as club_sessions
from outreach.services.drafting.senders import change_sender
from outreach.services.gifts import offers as author_offers
from outreach.services.gifts.gifts import list_gifts
from outreach.services.people import addresses, people
from outreach.services.people.people import NewPerson
from outreach.services.posts import list_posts
from outreach.services.review.making import review
from outreach.services.shipments import shipments
from outreach.services.tastes.ledger import ledger_of
from outreach.store.models import Campaign, Club, Edition, Letter
from outreach.ui.dialogs.approving import ApprovingDialog
from outreach.ui.dialogs.chooser import Pick
from outreach.ui.dialogs.importing import ImportDialog
from outreach.ui.dialogs.overlay import Overlay
from outreach.ui.widgets.club import BranchLine
from tests.ui.looks import shown
from tests.ui.test_flow import dialog_of

CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Asks for dialogs, fills them in, and presses what stands there."""

    def __init__(self, opened: Session, qtbot, settle) -> None:
        self.opened, self._qtbot, self._settle = opened, qtbot, settle

    def settle(self) -> None:
        self._settle(self.opened)

    def key(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.opened.window.focusWidget() or self.opened.window, key, modifier)
        self.settle()

    def fill(self, wish: str, about: object, title: int | None = None, **values: str) -> None:
        """Ask for a dialog, fill it in, and press its button."""
        self.opened.desk.ask(wish, about)
        dialog = dialog_of(self.opened)
        if title is not None:
            dialog.findChildren(Pick)[-1].hold(title, "The title")
        dialog.form.set_values({**dialog.form.values(), **values})
        dialog.submit()
        self.settle()
        for left in self.opened.window.findChildren(Overlay):
            assert not (left.isVisible() and left.trouble.text()), left.trouble.text()
            left.close_overlay()
        self.settle()

    def press(self, wish: str, about: object, text: str) -> None:
        """Ask for a dialog, and press one of its buttons."""
        self.opened.desk.ask(wish, about)
        dialog = dialog_of(self.opened)
        next(each for each in dialog.findChildren(QPushButton) if each.text() == text).click()
        self.settle()
        for each in self.opened.window.findChildren(Overlay):
            each.close_overlay()
        self.settle()

    def log(self, text: str) -> None:
        """Type a line into the quick log."""
        self.opened.window.go("today")
        self.key(Qt.Key.Key_L, CTRL)
        self._qtbot.keyClicks(self.opened.window.page.quick_log.field, text)
        self.key(Qt.Key.Key_Return)
        assert self.opened.window.page.quick_log.field.text() == "", self.opened.window.page.quick_log._trouble


def test_kaye_publicity(bare: Session, qtbot, settle, tmp_path: Path) -> None:
    """A taste, a gift with an offer, a club of 4 that grows to 46, a visit, a reminder, a joiner's own club."""
    store, hands = bare.desk.store, Hands(bare, qtbot, settle)

    def begin(writer) -> None:
        catalogue.add_item(writer, "The Glass Heron", {"author": "Imogen Vale", "hook": "A heron keeps a ferry."},
                           editions=[NewEdition(EditionFormat.HARDBACK, copies=20)])  # fmt: skip
        for name in ("Maya Okonjo", "Joan Pell"):
            email = f"{name.split()[0].lower()}@example.org"
            people.add_person(writer, NewPerson(name, [email], values={"time_zone": "Europe/London"}))
        addresses.save_address(writer, 1, {"line1": "1 Quay", "city": "Hexham", "postcode": "NE46", "country": "GB"})
        change_sender(writer, name="Hanna Okafor", email="hanna@house.example", postal_address="1 Mill Lane, Leeds")

    bare.desk.write(begin)
    settle(bare)
    hands.fill("tastes", 1, subject="Fantasy")
    assert [entry.subject for entry in ledger_of(store, 1).own] == ["Fantasy"]
    hands.fill("gift", ([1], 1), offer="enjoyed")
    [offer] = author_offers.list_offers()
    assert (offer.state, offer.author, offer.waits) == ("offered", "Imogen Vale", True)
    hands.log("maya accepted the glass heron")
    bare.desk.write(lambda writer: shipments.track_shipment(writer, shipments.create_shipments(writer, [1])[0][0]))
    settle(bare)
    hands.log("maya enjoyed the glass heron")
    assert not author_offers.list_offers()[0].waits

    hands.fill("club", 1, title=1, name="Night Shift", members="4", place="Discord")
    assert Club.get().gift_id == list_gifts(store)[0].id, "born from the gift"
    hands.fill("club_requests", 1, people="9", place="In her comments")
    hands.press("club_requests", 1, "Let in")
    hands.fill("club_counts", 1, members="45", moved_by="Imogen says yes")
    hands.fill("club_members", 1, person="p2")
    assert "46 members" in bare.window.page.sheet._members.text()
    hands.fill("club_session", (1, 0), starts="2026-12-03 19:30", minutes="40", author="Imogen Vale",
               author_zone="America/New_York", reading="To the end")  # fmt: skip
    assert author_offers.list_offers()[0].state == "taken_up"
    assert author_hours.load_of(store, "Imogen Vale").spent == 40
    assert club_sessions.list_sessions(club_id=1)[0].author_hour == "14:30"

    bare.desk.ask("club_remind", 1)
    settle(bare)
    dialog = dialog_of(bare, ApprovingDialog)
    assert [letter.to_name for _, letter, _ in dialog._ready()] == ["Maya Okonjo", "Joan Pell"]
    hands.key(Qt.Key.Key_Return)
    assert {(row.kind, row.state) for row in Letter.select()} == {("reminder", "approved")}
    assert len(list(tmp_path.glob("*.eml"))) == 2

    hands.fill("club_copies", 1, kind="ordered", copies="38", amount="570 GBP")
    hands.fill("club", 2, title=1, name="Day Shift", members="6")
    assert club_growth.tree_of(2).depth == 2
    assert [each.text().split(",")[0] for each in shown(bare.window.page, BranchLine)] == ["Night Shift", "Day Shift"]
    bare.desk.runner.undo()
    settle(bare)
    assert club_growth.tree_of(1).depth == 1


def test_tencent(bare: Session, qtbot, settle, tmp_path: Path) -> None:
    """300 gamers come in from a list, are given codes for a post, and are kept out of what came unasked."""
    store, hands = bare.desk.store, Hands(bare, qtbot, settle)
    path = tmp_path / "gamers.csv"
    path.write_text("Name,Email\n" + "".join(f"Gamer {n},g{n}@play.example\n" for n in range(300)), encoding="utf-8")
    bare.desk.ask("import", "people")
    dialog = dialog_of(bare, ImportDialog)
    dialog.look_at(path)
    settle(bare)
    for _ in range(2):
        hands.key(Qt.Key.Key_Return)
    made = [NewEdition(EditionFormat.DOWNLOAD)]
    bare.desk.write(lambda writer: catalogue.add_item(writer, "Battle token", {}, kind=ItemKind.PRODUCT, editions=made))
    settle(bare)
    edition = str(Edition.get().id)
    hands.fill("codes", 1, edition=edition, codes="\n".join(f"TOKEN-{number:04}" for number in range(300)))
    gamers = list(range(1, 301))
    hands.fill("gift", (gamers, 1), edition=edition, campaign="Battle")
    gifts = [gift.id for gift in list_gifts(store)]
    assert len(gifts) == 300
    hands.fill("deal", gifts, deal="in_kind", obliges="posting", reward="tokens")
    bare.desk.go("campaigns", Campaign.get().id)
    settle(bare)
    sheet = bare.window.page.sheet
    sheet.table.setFocus()
    hands.key(Qt.Key.Key_A, CTRL)
    next(act for act in sheet.stages().actions() if act.text() == "Accepted").trigger()
    settle(bare)
    hands.press("codes", 1, "Hand out 300")
    assert len({code.code for code in list_codes(store, int(edition)) if code.person}) == 300
    hands.log("gamer 0 posted battle token")
    assert {post.nature for post in list_posts()} == {"in_kind"}
    value = review(store)
    assert value.deals["in_kind"] == (300, 1) and value.organic.whole == 0
    assert value.natures["organic"] == 0 and value.natures["in_kind"] == 1
