"""Undo and redo are exact, whatever was done."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.changes import MAX_IDS, Op
from outreach.errors import KnownError
from outreach.services import catalogue, clubs, gifts, people, posts, senders, shipments
from outreach.services.catalogue import EditionFormat, NewEdition, StockReason
from outreach.services.forgetting import forget_person
from outreach.services.gifts import GiftState, OutcomeKind
from outreach.services.merging import merge_people
from outreach.services.people import NewPerson
from outreach.services.suppressions import SuppressionReason, suppress_keys
from outreach.services.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.journal import UNDO_LIMIT
from outreach.store.models import Address, Gift, Item, Person, Shipment
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

ODD = ["plain", "9780141036144", "007", "1.50", "true", "null", "[1]", "O'Brien", "é😀", 'a "b"', "x\ny", "日本"]


class Someone:
    """A user who does things at random."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.number = 0

    def act(self) -> bool:
        """Do one thing; False when it was refused, and so changed nothing."""
        acts: list[Callable[[], object]] = [
            self.add_person, self.edit_person, self.merge, self.add_item, self.edit_item, self.stock, self.plan,
            self.answer, self.pack, self.track, self.deliver, self.send_back, self.post, self.club, self.outcome,
            self.sender,
        ]  # fmt: skip
        try:
            self.random.choice(acts)()
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
        person, changes = people.add_person(self.store, new)
        with self.store.operation(Op.EDIT_PERSON):
            Address.create(
                person=person, line1="1 Quay", city="Hexham", postcode="NE46", country="GB", created_at=self.store.now()
            )
        return changes

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

    def pack(self) -> object:
        return shipments.create_shipments(self.store, [self.some(Gift, Gift.state == "accepted")])

    def track(self) -> object:
        return shipments.track_shipment(self.store, self.some(Shipment, Shipment.state == "packing"))

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


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_200_random_operations_are_undone_and_redone_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("undo") / "w"
    opening = Opening(clock=lambda: NOW, by="HO")
    new_workspace(folder, opening)
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
