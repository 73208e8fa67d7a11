"""Undo and redo are exact, whatever was done."""

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import IntegrityError, TextField

from outreach.changes import MAX_IDS, Op
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services import (
    addresses,
    asking,
    catalogue,
    clubs,
    gifts,
    people,
    posts,
    quicklog,
    senders,
    shipments,
    views,
)
from outreach.services.catalogue import EditionFormat, NewEdition, StockReason
from outreach.services.drafting import LetterOrder, LetterText, approve_letter, draft_letters
from outreach.services.forgetting import forget_person
from outreach.services.gifts import GiftState, OutcomeKind
from outreach.services.merging import merge_people
from outreach.services.people import NewPerson
from outreach.services.sample.apart import SENDER
from outreach.services.sample.fill import fill
from outreach.services.suppressions import SuppressionReason, suppress_keys
from outreach.services.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.journal import UNDO_LIMIT
from outreach.store.models import (
    TABLES,
    Alias,
    EmailAddress,
    ExternalId,
    Gift,
    ImportBatch,
    ImportInsert,
    ImportNote,
    ImportUpdate,
    Item,
    Mailing,
    Person,
    Shipment,
    SubjectCode,
)
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

#: Whose steps are no part of undo, and why: what cannot be taken back, and what is taken back in its own way.
APART = {
    Op.FORGET_PERSON, Op.SUPPRESS,  # promises to people
    Op.IMPORT, Op.TAKE_BACK_IMPORT, Op.FILL_SAMPLE, Op.SAVE_TEMPLATE,  # many rows at once; what a workspace begins with
    Op.NOTE_TASTE,  # no service writes it yet
}  # fmt: skip

ODD = ["plain", "9780141036144", "007", "1.50", "true", "null", "[1]", "O'Brien", "é😀", 'a "b"', "x\ny", "日本"]


class Someone:
    """A user who does things at random."""

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
            self.deliver, self.send_back, self.post, self.club, self.outcome, self.sender, self.approve, self.log,
            self.save_view, self.rename_view, self.delete_view,
        ]  # fmt: skip

    def tried(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except (KnownError, IndexError):
            return False
        return True

    def text(self) -> str:
        return self.random.choice(ODD)

    def some(self, model: type, *conditions: object) -> int:
        ids = [row.id for row in model.select(model.id).where(*conditions or (model.id > 0,)).order_by(model.id)]
        return self.random.choice(ids)

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
        return shipments.note_numbers(self.store, {self.some(Shipment): f"AB{self.number:09}"})

    def send(self) -> object:
        return shipments.send_shipments(self.store, [self.some(Shipment, Shipment.state == "packing")])

    def deliver(self) -> object:
        return shipments.deliver_shipments(self.store, [self.some(Shipment, Shipment.state == "sent")])

    def send_back(self) -> object:
        return shipments.return_shipment(self.store, self.some(Shipment, Shipment.state == "sent"), self.text())

    def post(self) -> object:
        self.number += 1
        url = f"https://www.instagram.com/p/C{self.number}x/"
        return posts.add_post(self.store, posts.NewPost(url, self.some(Person), self.some(Item), text=self.text()))

    def club(self) -> object:
        return clubs.start_club(self.store, clubs.NewClub(self.text(), self.some(Person), self.some(Item), members=3))

    def outcome(self) -> object:
        return gifts.add_outcome(self.store, self.some(Gift), self.random.choice(list(OutcomeKind)), note=self.text())

    def sender(self) -> object:
        return senders.change_sender(self.store, name=self.text())

    def approve(self) -> object:
        """A letter that was read and found good; what it reads like is made here, to save a child process each."""
        person, item = self.some(Person), self.some(Item)
        address = EmailAddress.select().where(EmailAddress.person == person)[0].address
        letter = LetterText(person, "Maya", address, "A proof", self.text(), f"<p>{self.number}</p>", self.text())
        return approve_letter(self.store, LetterOrder("first-pitch", item, (person,), {}), letter)

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


def _act_until(store: Store, someone: Someone, steps: int) -> list[tuple[int, dict[str, object]]]:
    """Act until there are so many steps to undo; after each act their number and the contents."""
    seen = [(len(store.undoable()), contents(store))]
    for _ in range(steps * 30):
        someone.act()
        number = len(store.undoable())
        if number > seen[-1][0]:
            seen.append((number, contents(store)))
        if number >= steps:
            return seen
    raise AssertionError("too few operations were possible")


OPENING = Opening(clock=lambda: NOW, by="HO")


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_200_random_operations_are_undone_and_redone_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _undo_and_redo_200(tmp_path_factory.mktemp("undo") / "w", seed)


@pytest.mark.full
@pytest.mark.timeout(600)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_5000_random_operations_are_undone_and_redone_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    _undo_and_redo_200(tmp_path_factory.mktemp("undo") / "w", seed)


def test_every_operation_is_undone_and_redone_exactly(tmp_path: Path) -> None:
    """What the random ones choose from: a new operation has to be among it."""
    new_workspace(tmp_path / "w", OPENING)
    with workspace.writing(tmp_path / "w", OPENING) as store:
        someone = Someone(store, 1)
        senders.change_sender(store, **SENDER)
        for _ in range(3):
            someone.add_person()
            someone.add_item()
        before = contents(store)
        mark = len(store.undoable())
        for act in someone.acts():
            _until_done(someone, act)
        person, item = someone.some(Person), someone.some(Item)
        catalogue.edit_item(store, item, {"publisher": "Finch", "pub_date": "2027-03-04", "hook": "A drowned orchard."})
        order = LetterOrder("first-pitch", item, (person,), {person: "The sea holds a grudge."})
        assert draft_letters(store, order).letters
        after = contents(store)
        done = set(store.undoable())
        while len(store.undoable()) > mark:
            assert store.undo()
        assert contents(store) == before
        while store.redo():
            pass
        assert contents(store) == after
    assert done == set(Op) - APART


def test_every_table_is_undone_and_redone_exactly(store: Store) -> None:
    """Rows that were changed or deleted, with all that goes with them, whatever table they stand in."""
    fill(store, people=100, seed=1, job=Job())
    person, item = Person.select()[0], Item.select()[0]
    with store.operation(Op.EDIT_PERSON):  # what the sample has none of
        ExternalId.create(person=person, source="hubspot", value="007")
        SubjectCode.create(item=item, scheme="thema", code="YFH")
        Alias.create(key="beth", person=person)
        Mailing.create(name="Thursday", created_at=store.now())
        counts = dict.fromkeys(("rows", "added", "updated", "unchanged", "skipped"), 1)
        batch = ImportBatch.create(
            kind="people", layout="x", file_name="x", file_hash="x", imported_at=store.now(), **counts
        )
        ImportNote.create(batch=batch, row=1, skipped=0, code="x", facts="{}")
        ImportInsert.create(batch=batch, table_name="person", first_id=1, last_id=2)
        ImportUpdate.create(batch=batch, table_name="person", row_id=1, before="{}", after="{}")
    senders.change_sender(store, **SENDER)
    someone = Someone(store, 1)
    _until_done(someone, someone.approve)
    mark, states = len(store.undoable()), [contents(store)]
    for table in reversed(TABLES):  # children first: with their parents they would all be gone
        assert table.select().exists(), table
        texts = [field for field in table._meta.sorted_fields if isinstance(field, TextField) and field.null]
        for change in ([] if not texts else [table.update({texts[0]: "x'\ny 日本"})]) + [table.delete()]:
            number = len(store.undoable())
            with suppress(IntegrityError), store.operation(Op.EDIT_PERSON):
                change.where(table.id.in_(list(store.ids(table.select(table.id).limit(3))))).execute()
            if len(store.undoable()) > number:
                states.append(contents(store))
        assert states[-1][table._meta.table_name] != states[0][table._meta.table_name], table
    for state in reversed(states[:-1]):
        assert store.undo()
        assert contents(store) == state
    assert len(store.undoable()) == mark
    while store.redo():
        pass
    assert contents(store) == states[-1]


def _until_done(someone: Someone, act: Callable[[], object]) -> None:
    """Try until it can be done; what it needs, such as another parcel, is made between."""
    for _ in range(8):
        if any(someone.tried(act) for _ in range(20)):
            return
        for other in (someone.plan, someone.say_yes, someone.pack):
            someone.tried(other)
    raise AssertionError(f"{act} could not be done")


def _undo_and_redo_200(folder: Path, seed: int) -> None:
    opening = OPENING
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as store:
        senders.change_sender(store, **SENDER)
    # Two sessions of a hundred: so many steps are kept, and the log ends with its session.
    for session in range(2):
        with workspace.writing(folder, opening) as store:
            seen = _act_until(store, Someone(store, seed + session * 77_777), UNDO_LIMIT - 1)
            for number, state in reversed(seen):
                while len(store.undoable()) > number:
                    assert store.undo()
                assert contents(store) == state
            assert not store.undo()
            for number, state in seen:
                while len(store.undoable()) < number:
                    assert store.redo()
                assert contents(store) == state
            assert not store.redo()
            assert store.rows("PRAGMA foreign_key_check") == []


def test_only_the_last_hundred_steps_are_kept(store: Store) -> None:
    for number in range(UNDO_LIMIT + 5):
        people.add_person(store, NewPerson(f"Person {number}"))
    assert len(store.undoable()) == UNDO_LIMIT
    while store.undo():
        pass
    assert Person.select().count() == 5


def test_changes_name_the_rows_that_cascade(store: Store) -> None:
    person, changes = people.add_person(store, NewPerson("Maya", ["maya@example.org"], ["tiktok:maya"], ["YA"]))
    assert changes.op is Op.ADD_PERSON
    assert changes.rows == {
        "person": frozenset({person}), "email_address": frozenset({1}), "account": frozenset({1}),
        "person_tag": frozenset({1}),
    }  # fmt: skip
    assert changes.touches("account")
    assert not changes.touches("gift")


def test_changes_of_many_rows_ask_to_reload(store: Store) -> None:
    with store.operation(Op.ADD_PERSON) as written:
        rows = [
            {"name": str(n), "name_key": str(n), "sort_name": str(n), "created_at": "", "updated_at": ""}
            for n in range(MAX_IDS + 1)
        ]
        Person.insert_many(rows).execute()
    assert written.changes.rows == {"person": None}
    assert written.changes.count == MAX_IDS + 1


def test_a_failed_operation_leaves_nothing(store: Store) -> None:
    before = contents(store)
    with pytest.raises(RuntimeError, match="stop"), store.operation(Op.ADD_PERSON):
        Person.create(name="x", name_key="x", sort_name="x", created_at="", updated_at="")
        raise RuntimeError("stop")
    assert contents(store) == before
    assert not store.undoable()
    people.add_person(store, NewPerson("Maya"))
    store.undo()
    assert contents(store) == before


def test_what_cannot_be_undone_takes_the_steps_that_touch_its_rows(store: Store) -> None:
    maya, _ = people.add_person(store, NewPerson("Maya", ["maya@example.org"]))
    people.add_person(store, NewPerson("Rosa", ["rosa@example.org"]))
    people.edit_person(store, maya, {"notes": "loves the sea"})
    people.add_person(store, NewPerson("Beth"))
    forget_person(store, maya)
    assert store.undoable() == ()
    people.add_person(store, NewPerson("Kit", ["kit@example.org"]))
    suppress_keys(store, people.person_keys(people.list_people(store, "kit")[0].id), SuppressionReason.ASKED)
    assert store.undoable() == (Op.ADD_PERSON,)


def test_writing_off_the_writing_thread_is_a_mistake(folder: Path, opening: Opening) -> None:
    with workspace.reading(folder, opening) as store, pytest.raises(RuntimeError), store.operation(Op.ADD_PERSON):
        pass
