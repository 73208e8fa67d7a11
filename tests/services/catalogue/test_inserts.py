"""Inserts: never fewer than none, and back where they were when a parcel is unpacked, comes back, or is undone."""

import random
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.catalogue.inserts import (
    InsertKind,
    NewInsert,
    add_insert,
    count_inserts,
    edit_insert,
    fitting_parcels,
    inserts_in,
    inserts_left,
    list_inserts,
    move_inserts,
    put_in,
    take_out,
)
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.gifts.signing import Signing, ask_to_sign
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.shipments.shipments import create_shipments, return_shipment, send_shipments
from outreach.services.workspaces.workspaces import check, new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import InsertMovement, Shipment, ShipmentInsert
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

HOME = {"line1": "1 Quay", "city": "Hexham", "postcode": "NE46 1NF", "country": "GB"}


def title(store: Store, name: str = "The Salt Orchard") -> int:
    return add_item(store, name, {}, editions=[NewEdition(EditionFormat.PROOF, copies=9)])[0]


def accepted(store: Store, item: int, name: str) -> int:
    person, _ = add_person(store, NewPerson(name))
    save_address(store, person, HOME)
    gifts, _ = plan_gifts(store, item, [person])
    move_gifts(store, gifts, GiftState.ACCEPTED)
    return gifts[0]


def packed(store: Store, item: int, *names: str) -> list[int]:
    return create_shipments(store, [accepted(store, item, name) for name in names])[0]


def test_an_insert_goes_into_parcels_and_is_counted_down(store: Store) -> None:
    item = title(store)
    maya, rosa = packed(store, item, "Maya", "Rosa")
    cards, _ = add_insert(store, NewInsert("Bookmark", item_id=item, cost=Decimal("0.12"), currency="GBP", count=5))
    put_in(store, cards, fitting_parcels(cards), 2)
    (row,) = list_inserts(item)
    assert (row.name, row.title, row.left, row.out, row.cost_minor) == ("Bookmark", "The Salt Orchard", 1, 4, 12)
    assert [(each.name, each.quantity) for each in inserts_in([maya])[maya]] == [("Bookmark", 2)]
    assert fitting_parcels(cards) == []
    before = contents(store)
    with pytest.raises(KnownError, match=r"inserts\.none_left") as caught:
        put_in(store, cards, [maya, rosa])
    assert caught.value.facts == {"name": "Bookmark", "left": 1, "wanted": 2}
    assert contents(store) == before
    put_in(store, cards, [rosa])
    assert inserts_in([rosa])[rosa][0].quantity == 3 and inserts_left([cards]) == {cards: 0}
    take_out(store, cards, [rosa])
    assert inserts_left([cards]) == {cards: 3} and rosa not in inserts_in([maya, rosa])


def test_what_was_never_counted_is_not_counted_now(store: Store) -> None:
    (parcel,) = packed(store, title(store), "Maya")
    cards, _ = add_insert(store, NewInsert("Note card", InsertKind.NOTE_CARD))
    put_in(store, cards, [parcel])
    assert list_inserts()[0].left is None and not InsertMovement.select().exists()
    count_inserts(store, cards, 0)
    assert list_inserts()[0].left == 0
    take_out(store, cards, [parcel])  # it took none from the count, and brings none back
    assert list_inserts()[0].left == 0


def test_a_parcel_that_comes_back_brings_its_inserts_and_a_lost_one_does_not(store: Store) -> None:
    item = title(store)
    parcels = packed(store, item, "Maya", "Rosa")
    bags, _ = add_insert(store, NewInsert("Tote bag", InsertKind.SWAG, count=4))
    put_in(store, bags, parcels, 2)
    send_shipments(store, parcels)
    with pytest.raises(KnownError, match=r"inserts\.not_packing"):
        take_out(store, bags, parcels)
    return_shipment(store, parcels[0], "moved")
    assert inserts_left([bags]) == {bags: 2}
    assert inserts_in(parcels)[parcels[0]][0].quantity == 2  # what lay in it stays known
    return_shipment(store, parcels[1], "lost", copies_back=False)
    assert inserts_left([bags]) == {bags: 2}
    store.undo(2)
    assert inserts_left([bags]) == {bags: 0}


def test_an_insert_goes_with_its_title_and_a_bookplate_with_who_gets_one(store: Store) -> None:
    salt, glass = title(store), title(store, "The Glass Heron")
    maya = accepted(store, salt, "Maya")
    create_shipments(store, [maya])
    (beth,) = packed(store, salt, "Beth")
    (rosa,) = packed(store, glass, "Rosa")
    everywhere, _ = add_insert(store, NewInsert("Card"))
    there, _ = add_insert(store, NewInsert("Bookmark", item_id=salt))
    plates, _ = add_insert(store, NewInsert("Bookplate", InsertKind.BOOKPLATE))
    assert (len(fitting_parcels(everywhere)), len(fitting_parcels(there)), fitting_parcels(plates)) == (3, 2, [])
    ask_to_sign(store, [maya], Signing.BOOKPLATE)
    first = Shipment.select(Shipment.id).order_by(Shipment.id)[0].id
    assert fitting_parcels(plates) == [first] and first not in (beth, rosa)
    with pytest.raises(KnownError, match=r"inserts\.no_parcel"):
        put_in(store, plates, [])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "inserts.no_name"), ({"name": "TOTE bag"}, "inserts.name_taken"),
        ({"kind": "hamper"}, "inserts.unknown_kind"), ({"cost": "cheap"}, "catalogue.bad_price"),
        ({"colour": "blue"}, "catalogue.unknown_field"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(store: Store, values: dict[str, str], code: str) -> None:
    cards, _ = add_insert(store, NewInsert("Card"))
    add_insert(store, NewInsert("Tote bag"))
    before = contents(store)
    with pytest.raises(KnownError) as caught:
        edit_insert(store, cards, values)
    assert caught.value.code == code and contents(store) == before
    for number in (-1, 10**8):
        with pytest.raises(KnownError, match=r"inserts\.bad_number"):
            count_inserts(store, cards, number)
    with pytest.raises(KnownError, match=r"inserts\.none_left"):
        move_inserts(store, cards, -1)


class Packer:
    """Someone who counts, packs, unpacks, sends, takes back, undoes and redoes at random."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        self.item = title(store)
        self.parcels = packed(store, self.item, "Maya", "Rosa", "Beth")
        self.cards = [add_insert(store, NewInsert(name, count=count))[0] for name, count in (("A", 4), ("B", None))]
        self.base = len(store.undoable())

    def act(self) -> None:
        card, parcel = self.random.choice(self.cards), self.random.choice(self.parcels)
        acts = [
            lambda: put_in(self.store, card, self.random.sample(self.parcels, 2), self.random.randint(1, 2)),
            lambda: take_out(self.store, card, [parcel]),
            lambda: move_inserts(self.store, card, self.random.randint(-3, 3)),
            lambda: count_inserts(self.store, card, self.random.randint(0, 5)),
            lambda: send_shipments(self.store, [parcel]),
            lambda: return_shipment(self.store, parcel, copies_back=self.random.random() < 0.7),
            lambda: self.store.undo() if len(self.store.undoable()) > self.base else None,
            self.store.redo,
        ]
        with suppress(KnownError):
            self.random.choice(acts)()

    def holds(self) -> None:
        assert all(left >= 0 for left in inserts_left(self.cards).values())
        assert all(row.quantity > 0 for row in ShipmentInsert.select())
        open_ = {row.id for row in Shipment.select().where(Shipment.state == "packing")}
        for row in ShipmentInsert.select().where(ShipmentInsert.shipment.in_(open_)):
            # Of what lies in an open parcel no more was taken from the count than lies there.
            mine = (InsertMovement.shipment == row.shipment_id) & (InsertMovement.parcel_insert == row.parcel_insert_id)
            assert 0 <= -sum(each.quantity for each in InsertMovement.select().where(mine)) <= row.quantity


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_inserts_are_never_fewer_than_none_whatever_is_done_and_undone(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder, opening = tmp_path_factory.mktemp("inserts") / "workspace", Opening(clock=lambda: NOW)
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as store:
        packer = Packer(store, seed)
        start = contents(store)
        for _ in range(40):
            packer.act()
            packer.holds()
        while len(store.undoable()) > packer.base:
            store.undo()
            packer.holds()
        assert contents(store) == start
        assert check(store) == []


def test_the_store_itself_refuses_fewer_than_none(store: Store) -> None:
    cards, _ = add_insert(store, NewInsert("Card", count=2))
    before = contents(store)
    from outreach.changes import Op

    with pytest.raises(KnownError, match=r"inserts\.below_zero"), store.operation(Op.COUNT_INSERTS):
        InsertMovement.create(parcel_insert=cards, quantity=-3, reason="corrected", moved_on="2026-11-24")
    assert contents(store) == before
