"""Codes and copies: each code goes to one person once, no copy is given that is not there, whatever is done and undone."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import (
    EditionFormat,
    NewEdition,
    add_item,
    count_stock,
    move_stock,
    stock_of,
)
from outreach.services.catalogue.codes import add_codes, hand_out, list_codes, read_list, waiting_for_codes
from outreach.services.catalogue.stock import StockReason, lapsed_codes
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.importing.batches import take_back
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.pages.title import title_page
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person, person_keys
from outreach.services.people.suppressions import SuppressionReason, suppress_keys
from outreach.services.shipments.shipments import create_shipments, return_shipment, send_shipments
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.checking import check
from outreach.store.database import Store
from outreach.store.models import EditionCode, Gift, Shipment
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

HOME = {"line1": "1 Quay Street", "city": "Bristol", "postcode": "BS1 4QQ", "country": "United Kingdom"}
FUTURE = "2027-03-04"


def title(store: Store, form: EditionFormat = EditionFormat.EGALLEY, copies: int = 0) -> tuple[int, int]:
    item, _ = add_item(store, "The Salt Orchard", {}, editions=[NewEdition(form, copies=copies)])
    return item, stock_of(item)[0].id


def accepted(store: Store, item: int, edition: int | None, name: str) -> int:
    person, _ = add_person(store, NewPerson(name, [f"{name.casefold()}@example.org"]))
    ids, _ = plan_gifts(store, item, [person], edition_id=edition)
    move_gifts(store, ids, GiftState.ACCEPTED)
    return ids[0]


def test_a_code_is_handed_out_once_with_its_gift_and_undo_takes_it_back(store: Store) -> None:
    item, edition = title(store)
    told, _ = add_codes(store, edition, "code\nAAA-111\nBBB-222\nAAA-111\n", FUTURE)
    assert (told.added, told.twice) == (2, 0)
    assert add_codes(store, edition, "BBB-222\nCCC-333")[0].twice == 1
    assert stock_of(item)[0].copies == 3
    assert all(not row.code for row in list_codes(store, edition)), "nobody sees a code before it has an owner"
    first, second = (accepted(store, item, edition, name) for name in ("Maya", "Ada"))
    before = contents(store)
    handed, _ = hand_out(store, [first])
    assert [(each.gift_id, each.person, each.code) for each in handed] == [(first, "Maya", "AAA-111")]
    assert Gift.get_by_id(first).state == GiftState.DELIVERED
    assert (stock_of(item)[0].copies, stock_of(item)[0].given) == (2, 1)
    store.undo()
    assert contents(store) == before
    handed, _ = hand_out(store, waiting_for_codes(edition))
    assert [(each.gift_id, each.code) for each in handed] == [(first, "AAA-111"), (second, "BBB-222")]
    shown = [(row.code, row.person) for row in list_codes(store, edition)]
    assert shown == [("AAA-111", "Maya"), ("BBB-222", "Ada"), ("", "")]
    with pytest.raises(KnownError, match=r"codes\.not_accepted"):
        hand_out(store, [first])
    assert check(store) == []


def test_those_that_lapse_first_go_first_and_lapsed_ones_do_not_go(store: Store) -> None:
    item, edition = title(store)
    add_codes(store, edition, "LATE,2027-06-01\nSOON,2026-12-01\nEVER\nGONE,2026-11-01\n")
    assert lapsed_codes(store, [edition]) == {edition: 1}
    copies = title_page(store, item).copies[0]
    assert (copies.left, copies.lapsed) == (3, 1)
    gifts = [accepted(store, item, edition, name) for name in ("Maya", "Ada", "Kit")]
    assert [each.code for each in hand_out(store, gifts)[0]] == ["SOON", "LATE", "EVER"]
    person, _ = add_person(store, NewPerson("Noor"))
    with pytest.raises(KnownError, match=r"gifts\.no_copies"):
        plan_gifts(store, item, [person], edition_id=edition)
    ids, _ = plan_gifts(store, item, [person])
    move_gifts(store, ids, GiftState.ACCEPTED)
    with pytest.raises(KnownError, match=r"codes\.none_left"):
        hand_out(store, ids)


def test_what_has_codes_is_not_packed_or_counted(store: Store) -> None:
    item, edition = title(store, copies=5)
    add_codes(store, edition, "AAA\nBBB")
    assert stock_of(item)[0].copies == 2, "the copies of an edition that has codes are its codes"
    gift = accepted(store, item, edition, "Maya")
    save_address(store, Gift.get_by_id(gift).person_id, HOME)
    for act, code in (
        (lambda: create_shipments(store, [gift]), "shipments.by_code"),
        (lambda: move_stock(store, edition, 5, StockReason.RECEIVED), "codes.are_copies"),
        (lambda: count_stock(store, edition, 5), "codes.are_copies"),
    ):
        with pytest.raises(KnownError, match=code):
            act()


def test_nobody_who_asked_not_to_be_contacted_gets_a_code(store: Store) -> None:
    item, edition = title(store)
    add_codes(store, edition, "AAA")
    gift = accepted(store, item, edition, "Maya")
    suppress_keys(store, person_keys(Gift.get_by_id(gift).person_id), SuppressionReason.ASKED)
    with pytest.raises(KnownError, match=r"codes\.suppressed"):
        hand_out(store, [gift])
    assert EditionCode.get().given_on is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "codes.none"), ("code\n\n", "codes.none"), ("A" * 501, "codes.too_long"), ("A,someday", "codes.bad_day")],
)
def test_a_list_that_is_none_is_refused_whole(store: Store, text: str, code: str) -> None:
    _, edition = title(store)
    before = contents(store)
    with pytest.raises(KnownError, match=code):
        add_codes(store, edition, f"GOOD\n{text}" if code not in ("codes.none",) else text)
    assert contents(store) == before


def test_lists_are_read_from_files(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes("AAA\r\nBBB".encode("utf-16"))
    assert read_list(path).split() == ["AAA", "BBB"]
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(KnownError, match=r"codes\.no_text"):
        read_list(path)


def test_taking_back_an_import_leaves_no_copies_below_none(store: Store, tmp_path: Path) -> None:
    """A list said that copies came, and they went; that list can no longer be taken back."""
    item, edition = title(store, EditionFormat.HARDBACK)
    path = tmp_path / "stock.csv"
    path.write_text("Title,Format,Copies\nThe Salt Orchard,hardback,2\n", encoding="utf-8")
    batch = import_file(store, ImportKind.CATALOGUE, path).batch
    assert batch and stock_of(item)[0].copies == 2
    move_stock(store, edition, -2, StockReason.CORRECTED)
    before = contents(store)
    with pytest.raises(KnownError, match=r"catalogue\.below_zero"):
        take_back(store, batch)
    assert contents(store) == before
    move_stock(store, edition, 2, StockReason.CORRECTED)
    take_back(store, batch)
    assert stock_of(item)[0].copies == 0


class Giver:
    """Someone who receives, gives, ships, undoes and redoes at random."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        editions = [NewEdition(EditionFormat.HARDBACK, copies=3), NewEdition(EditionFormat.EGALLEY)]
        self.item, _ = add_item(store, "The Salt Orchard", {}, editions=editions)
        self.paper, self.galley = (each.id for each in stock_of(self.item))
        self.number = 0
        add_codes(store, self.galley, "A1\nA2,2026-11-01\nA3")
        self.base = len(store.undoable())

    def act(self) -> None:
        acts: list[Callable[[], object]] = [
            self.receive, self.count, self.codes, self.plan, self.plan, self.hand, self.hand, self.pack, self.pack,
            self.send, self.back, self.undo, self.undo, self.store.redo,
        ]  # fmt: skip
        try:
            self.random.choice(acts)()
        except (KnownError, IndexError):
            return

    def undo(self) -> object:
        return len(self.store.undoable()) > self.base and self.store.undo()

    def receive(self) -> object:
        return move_stock(self.store, self.paper, self.random.randint(-4, 4), StockReason.CORRECTED)

    def count(self) -> object:
        return count_stock(self.store, self.paper, self.random.randint(-1, 4))

    def codes(self) -> object:
        self.number += 1
        return add_codes(self.store, self.galley, f"A{self.random.randint(1, 4)}\nC{self.number}")

    def plan(self) -> object:
        self.number += 1
        person, _ = add_person(self.store, NewPerson(f"P {self.number}"))
        save_address(self.store, person, HOME)
        edition = self.random.choice([self.paper, self.galley, None])
        ids, _ = plan_gifts(self.store, self.item, [person], edition_id=edition)
        return move_gifts(self.store, ids, GiftState.ACCEPTED)

    def some(self) -> list[int]:
        return [gift.id for gift in Gift.select(Gift.id).where(Gift.state == "accepted")]

    def hand(self) -> object:
        return hand_out(self.store, [self.random.choice(self.some())])

    def pack(self) -> object:
        return create_shipments(self.store, [self.random.choice(self.some())])

    def send(self) -> object:
        return send_shipments(self.store, [self.random.choice([row.id for row in Shipment.select(Shipment.id)])])

    def back(self) -> object:
        return return_shipment(self.store, self.random.choice([row.id for row in Shipment.select(Shipment.id)]))

    def holds(self) -> None:
        """Never fewer than no copies; a code with one gift at most, and with the one that was delivered with it."""
        assert store_sums(self.store, self.paper) >= 0
        free = EditionCode.select().where(EditionCode.given_on.is_null()).count()
        assert store_sums(self.store, self.galley) == free
        given = [row.gift_id for row in EditionCode.select().where(EditionCode.given_on.is_null(False))]
        assert len(given) == len(set(given)) and None not in given
        assert all(Gift.get_by_id(gift).state == "delivered" for gift in given)
        assert not EditionCode.select().where(EditionCode.given_on > EditionCode.expires_on).exists()


def store_sums(store: Store, edition: int) -> int:
    return int(store.rows("SELECT coalesce(sum(quantity), 0) FROM stock_movement WHERE edition_id = ?", edition)[0][0])


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_copies_and_codes_add_up_whatever_is_done_and_undone(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder, opening = tmp_path_factory.mktemp("stock") / "workspace", Opening(clock=lambda: NOW)
    new_workspace(folder, opening)
    with workspace.writing(folder, opening) as store:
        giver = Giver(store, seed)
        start = contents(store)
        for _ in range(30):
            giver.act()
            giver.holds()
        while len(store.undoable()) > giver.base:
            store.undo()
            giver.holds()
        assert contents(store) == start
        assert check(store) == []
