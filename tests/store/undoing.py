"""Someone who does at random what an operation is for: people, titles, gifts, parcels, letters, views."""

import random
from collections.abc import Callable
from typing import Any

from outreach.errors import KnownError
from outreach.services import posts, quicklog
from outreach.services.carrying import answers, booking
from outreach.services.catalogue import catalogue
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, StockReason
from outreach.services.clubs import clubs
from outreach.services.drafting import senders
from outreach.services.drafting.drafts import LetterOrder, LetterText, approve_letter
from outreach.services.gifts import gifts, hopes
from outreach.services.gifts.gifts import GiftState, OutcomeKind
from outreach.services.pages.parcels import unpacked_row
from outreach.services.people import addresses, asking, people
from outreach.services.people.merging import merge_people
from outreach.services.people.people import NewPerson
from outreach.services.shipments import batching, shipments
from outreach.services.workspaces import views
from outreach.store.database import Store
from outreach.store.models import TABLES, EmailAddress, Gift, Item, Person, Shipment, Table

ODD = ["plain", "9780141036144", "007", "1.50", "true", "null", "[1]", "O'Brien", "é😀", 'a "b"', "x\ny", "日本"]


#: The indexes of words, which follow the rows in the same transaction.
INDEXES = ("person_search", "person_infix", "item_search", "post_search", "letter_search", "note_search")


#: By table and index its rows.
State = dict[str, list[tuple[Any, ...]]]


def everything(store: Store) -> State:
    """All rows of all tables and all words of the indexes; asked some hundred times, and so without detours."""
    run = store.db.connection().execute
    rows = {name: run(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in _NAMES}
    return rows | {name: run(f"SELECT rowid, words FROM {name} ORDER BY rowid").fetchall() for name in INDEXES}


_NAMES = [table._meta.table_name for table in TABLES]


class Someone:
    """A user who does things at random; what is kept of people and titles beside is in `undoing_records`."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.number = 0

    def act(self) -> bool:
        """Do one thing; False when it was refused, and so changed nothing."""
        return self.tried(self.random.choice(self.acts()))

    def acts(self) -> list[Callable[[], object]]:
        return [
            self.add_person, self.edit_person, self.merge, self.move_house, self.put_off, self.add_item, self.edit_item,
            self.stock, self.plan, self.answer, self.say_yes, self.pack, self.track, self.number_parcels, self.send,
            self.deliver, self.send_back, self.send_another, self.book, self.post, self.club, self.outcome, self.hope,
            self.sender, self.approve, self.log,
            self.save_view, self.rename_view, self.delete_view, self.ship_a_batch, self.accept_address,
        ]  # fmt: skip

    def tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (KnownError, IndexError):
            return False
        return True

    def text(self) -> str:
        return self.random.choice(ODD)

    def some(self, model: type[Table], *conditions: object) -> int:
        """Any row of a table; an `IndexError`, and so a refusal, where there is none."""
        ids = model.select(model.id).where(*conditions or (model.id > 0,)).order_by(model.id)
        return int(self.random.choice([row for (row,) in ids.tuples()]))

    def add_person(self) -> object:
        self.number += 1
        new = NewPerson(
            f"{self.text()} {self.number}",
            [f"p{self.number}@example.org"],
            [f"instagram:p{self.number}"],
            [self.text()],
        )
        person, _ = people.add_person(self.store, new)
        return self.moves_to(person, "1 Quay")

    def moves_to(self, person: int, street: str) -> object:
        place = {"line1": street, "city": "Hexham", "postcode": "NE46", "country": "GB"}
        return addresses.save_address(self.store, person, place, confirmed=self.random.random() < 0.5)

    def move_house(self) -> object:
        return self.moves_to(self.some(Person), self.text())

    def put_off(self) -> object:
        return asking.put_off(
            self.store, people=[self.some(Person)], gifts=[self.some(Gift)], on=self.random.choice(["2027-03-01", None])
        )

    def edit_person(self) -> object:
        return people.edit_person(self.store, self.some(Person), {"notes": self.text(), "role": self.text()})

    def merge(self) -> object:
        return merge_people(self.store, self.some(Person), self.some(Person))

    def add_item(self) -> object:
        self.number += 1
        edition = NewEdition(EditionFormat.HARDBACK, copies=self.random.randint(0, 9))
        return catalogue.add_item(
            self.store, f"{self.text()} {self.number}", {"author": self.text()}, editions=[edition], genres=["crime"]
        )

    def edit_item(self) -> object:
        return catalogue.edit_item(self.store, self.some(Item), {"hook": self.text()}, genres=["poetry"])

    def stock(self) -> object:
        edition = catalogue.stock_of(self.some(Item))[0].id
        return catalogue.move_stock(self.store, edition, self.random.randint(-3, 9), StockReason.CORRECTED)

    def plan(self) -> object:
        return gifts.plan_gifts(self.store, self.some(Item), [self.some(Person)], campaign=self.text())

    def answer(self) -> object:
        return gifts.move_gifts(self.store, [self.some(Gift)], self.random.choice(list(GiftState)), note=self.text())

    def say_yes(self) -> object:
        return gifts.move_gifts(self.store, [self.some(Gift)], GiftState.ACCEPTED)

    def pack(self) -> object:
        return shipments.create_shipments(self.store, [self.some(Gift, Gift.state == "accepted")])

    def track(self) -> object:
        return shipments.track_shipment(self.store, self.some(Shipment, Shipment.state == "packing"))

    def number_parcels(self) -> object:
        self.number += 1
        return batching.number_rows(self.store, {self.some(Shipment): f"AB{self.number:09}"})

    def ship_a_batch(self) -> object:
        accepted = self.some(Gift, Gift.state == "accepted")
        return batching.ship_rows(self.store, [unpacked_row(accepted)])

    def accept_address(self) -> object:
        return batching.accept_addresses(self.store, [unpacked_row(self.some(Gift, Gift.state == "accepted"))])

    def send(self) -> object:
        return shipments.send_shipments(self.store, [self.some(Shipment, Shipment.state == "packing")])

    def deliver(self) -> object:
        return shipments.deliver_shipments(self.store, [self.some(Shipment, Shipment.state == "sent")])

    def send_back(self) -> object:
        return shipments.return_shipment(self.store, self.some(Shipment, Shipment.state == "sent"), self.text())

    def send_another(self) -> object:
        return shipments.replace_shipment(self.store, self.some(Shipment, Shipment.state != "packing"), self.text())[1]

    def book(self) -> object:
        """What a carrier answers about a parcel: its number, or that it came, came back or was lost."""
        parcel = self.some(Shipment, Shipment.state.in_(("packing", "sent")))
        self.number += 1
        said = self.random.choice([f"AB{self.number:09}", "delivered", "returned", "lost"])
        plan = answers.match_answers(self.store, answers.read_lines(f"s{parcel}\t{said}"))
        return booking.book_answers(self.store, plan)

    def post(self) -> object:
        self.number += 1
        url = f"https://www.instagram.com/p/C{self.number}x/"
        return posts.add_post(self.store, posts.NewPost(url, self.some(Person), self.some(Item), text=self.text()))

    def club(self) -> object:
        return clubs.start_club(self.store, clubs.NewClub(self.text(), self.some(Person), self.some(Item), members=3))

    def outcome(self) -> object:
        return gifts.add_outcome(self.store, self.some(Gift), self.random.choice(list(OutcomeKind)), note=self.text())

    def hope(self) -> object:
        return hopes.hope_longer(self.store, [self.some(Gift, Gift.state == "delivered")])

    def sender(self) -> object:
        return senders.change_sender(self.store, name=self.text())

    def approve(self) -> object:
        """A letter that was read and found good; what it reads like is made here, to save a child process each."""
        person, item = self.some(Person), self.some(Item)
        address = EmailAddress.select().where(EmailAddress.person == person)[0].address
        letter = LetterText(person, "Maya", address, "A proof", self.text(), f"<p>{self.number}</p>", self.text())
        return approve_letter(self.store, LetterOrder("ask-address", item, (person,), {}), letter)

    def log(self) -> object:
        """A line of the quick log, with a name that is doubtful until she says whom she means, and then learnt."""
        person, item = self.some(Person), Item.get_by_id(self.some(Item))
        name = Person.get_by_id(person).name.split()[0]
        verb = self.random.choice(["accepted", "pitched", "posted", "finished"])
        text = f"{name} {verb} {item.title}"
        settled = {f"{piece.kind}:{piece.value}": person if piece.kind == "person" else item.id
                   for piece in quicklog.read(self.store, text).doubts}  # fmt: skip
        return quicklog.note(self.store, quicklog.read(self.store, text, settled))

    def save_view(self) -> object:
        self.number += 1
        columns = views.Arrangement(("email",), {"name": self.random.randint(50, 400)}, ("name", "email"))
        return views.save_view(
            self.store, f"{self.text()} {self.number % 5}", views.View("people", self.text(), columns=columns)
        )

    def rename_view(self) -> object:
        self.number += 1
        saved = self.random.choice(views.saved_views())
        return views.rename_view(self.store, saved.id, f"{self.text()} {self.number}")

    def delete_view(self) -> object:
        return views.delete_view(self.store, self.random.choice(views.saved_views()).id)
