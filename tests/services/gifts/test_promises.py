"""The last copy: one campaign gets it and the other is told, and no history promises more copies than there are."""

import random
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item, count_stock, move_stock, stock_of
from outreach.services.catalogue.codes import add_codes, hand_out
from outreach.services.catalogue.stock import PROMISED, StockReason, copies_left, is_promised
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.gifts.promises import free_copies, short
from outreach.services.importing.batches import take_back
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.mail.outbox import _note_sent
from outreach.services.pages.title import title_lines
from outreach.services.pages.waiting import waiting
from outreach.services.people.addresses import save_address
from outreach.services.people.forgetting import forget_person
from outreach.services.people.people import NewPerson, add_person
from outreach.services.quicklog import note, read
from outreach.services.shipments.shipments import (
    create_shipments,
    deliver_shipments,
    packable,
    replace_shipment,
    return_shipment,
    send_shipments,
)
from outreach.store import workspace
from outreach.store.checking import check
from outreach.store.database import Store
from outreach.store.models import Edition, Gift, Letter, Outbox, Shipment
from outreach.wording.words import Words
from tests.conftest import OPENING, contents

HOME = {"line1": "1 Quay Street", "city": "Bristol", "postcode": "BS1 4QQ", "country": "United Kingdom"}


def title(store: Store, copies: int = 1, name: str = "The Salt Orchard") -> tuple[int, int]:
    item, _ = add_item(store, name, {}, editions=[NewEdition(EditionFormat.PROOF, copies=copies)])
    return item, stock_of(item)[0].id


def person(store: Store, name: str) -> int:
    row, _ = add_person(store, NewPerson(name, [f"{name.casefold()}@example.org"]))
    save_address(store, row, HOME)
    return row


def planned(store: Store, item: int, edition: int | None, name: str, campaign: str = "") -> int:
    (gift,), _ = plan_gifts(store, item, [person(store, name)], edition_id=edition, campaign=campaign)
    return gift


def refused(act: Callable[[], object]) -> KnownError:
    with pytest.raises(KnownError) as caught:
        act()
    return caught.value


def test_of_two_campaigns_one_gets_the_last_copy_and_the_other_is_told(store: Store) -> None:
    item, edition = title(store)
    planned(store, item, edition, "Maya", "Spring proofs")
    rosa = person(store, "Rosa")
    before = contents(store)
    told = refused(lambda: plan_gifts(store, item, [rosa], edition_id=edition, campaign="Summer clubs"))
    assert (told.code, told.facts["person"], told.facts["campaign"]) == (
        "gifts.all_promised_for", "Maya", "Spring proofs",
    )  # fmt: skip
    sentence = Words().trouble(told)
    assert "Maya for Spring proofs" in sentence and "The Salt Orchard" in sentence
    assert contents(store) == before, "and nothing of the other campaign is kept"


def test_two_that_name_no_edition_fight_when_they_are_packed(store: Store) -> None:
    item, edition = title(store)
    maya, rosa = planned(store, item, None, "Maya"), planned(store, item, None, "Rosa")
    move_gifts(store, [maya, rosa], GiftState.ACCEPTED)
    assert [error.code for error in packable(store, [maya, rosa])[1]] == ["catalogue.no_copies"]
    create_shipments(store, [rosa])
    assert refused(lambda: create_shipments(store, [maya])).code == "catalogue.no_copies"
    assert copies_left([edition]) == {edition: 0}


def test_what_names_no_edition_takes_no_copy_that_is_promised(store: Store) -> None:
    item, edition = title(store, copies=2)
    kept = planned(store, item, edition, "Maya")
    first, second = planned(store, item, None, "Rosa"), planned(store, item, None, "Ada")
    move_gifts(store, [kept, first, second], GiftState.ACCEPTED)
    ready, told = packable(store, [kept, first, second])
    assert (ready, [error.code for error in told]) == ([kept, first], ["catalogue.no_copies"])
    create_shipments(store, [first])
    assert packable(store, [second])[1][0].code == "gifts.all_promised"
    assert refused(lambda: create_shipments(store, [second])).code == "gifts.all_promised"
    create_shipments(store, [kept])


def test_a_packed_copy_is_counted_once(store: Store) -> None:
    """It has left the stock with its parcel, and is no longer promised beside that."""
    item, edition = title(store, copies=2)
    gift = planned(store, item, edition, "Maya")
    move_gifts(store, [gift], GiftState.ACCEPTED)
    create_shipments(store, [gift])
    assert (stock_of(item)[0].copies, stock_of(item)[0].promised, free_copies(store, [edition])) == (1, 0, {edition: 1})
    assert (title_lines()[0].left, title_lines()[0].promised) == (1, 0)
    planned(store, item, edition, "Rosa")


@pytest.mark.parametrize("back", [GiftState.CHOSEN, GiftState.ACCEPTED])
def test_who_comes_back_to_it_gets_a_copy_only_if_one_is_free(store: Store, back: GiftState) -> None:
    item, edition = title(store)
    maya = planned(store, item, edition, "Maya")
    move_gifts(store, [maya], GiftState.DECLINED)
    rosa = planned(store, item, edition, "Rosa")
    assert refused(lambda: move_gifts(store, [maya], back)).code == "gifts.all_promised"
    move_gifts(store, [rosa], GiftState.DECLINED)
    move_gifts(store, [maya], back)
    assert Gift.get_by_id(maya).state == back


def test_a_declined_gift_that_lies_packed_has_its_copy(store: Store) -> None:
    item, edition = title(store)
    maya = planned(store, item, edition, "Maya")
    move_gifts(store, [maya], GiftState.ACCEPTED)
    create_shipments(store, [maya])
    move_gifts(store, [maya], GiftState.DECLINED)
    move_gifts(store, [maya], GiftState.ACCEPTED)
    assert free_copies(store, [edition]) == {edition: 0}


def test_the_quick_log_promises_no_copy_that_is_not_free(store: Store) -> None:
    item, edition = title(store)
    maya = planned(store, item, edition, "Maya")
    rosa = person(store, "Rosa")
    line = read(store, "rosa accepted salt orchard proof")
    assert refused(lambda: note(store, line)).code == "gifts.all_promised"
    plan_gifts(store, item, [rosa])
    assert refused(lambda: note(store, line)).code == "gifts.all_promised"
    note(store, read(store, "rosa declined salt orchard proof"))
    move_gifts(store, [maya], GiftState.DECLINED)
    note(store, line)
    assert Gift.get(Gift.person == rosa).edition_id == edition
    add_item(store, "Salt and Sky", {}, editions=[NewEdition(EditionFormat.HARDBACK)])
    note(store, read(store, "rosa accepted salt and sky hardback"))
    assert Gift.get(Gift.item != item).state == GiftState.ACCEPTED, "what was never counted is not counted now"


def test_a_gift_in_the_post_comes_back_by_its_parcel(store: Store) -> None:
    item, edition = title(store)
    gift = planned(store, item, edition, "Maya")
    move_gifts(store, [gift], GiftState.ACCEPTED)
    (parcel,), _ = create_shipments(store, [gift])
    send_shipments(store, [parcel])
    told = refused(lambda: move_gifts(store, [gift], GiftState.ACCEPTED))
    assert (told.code, told.facts["shipment"]) == ("gifts.on_its_way", f"s{parcel}")
    return_shipment(store, parcel, copies_back=False)
    assert Gift.get_by_id(gift).state == GiftState.ACCEPTED
    assert [(each.title, each.missing) for each in short(store)] == [("The Salt Orchard", 1)]
    move_stock(store, edition, 1, StockReason.RECEIVED)
    assert short(store) == []


def test_a_replacement_takes_no_copy_that_is_promised(store: Store) -> None:
    item, edition = title(store, copies=2)
    maya = planned(store, item, edition, "Maya")
    move_gifts(store, [maya], GiftState.ACCEPTED)
    (parcel,), _ = create_shipments(store, [maya])
    send_shipments(store, [parcel])
    rosa = planned(store, item, edition, "Rosa")
    before = contents(store)
    assert refused(lambda: replace_shipment(store, parcel)).code == "gifts.all_promised"
    assert contents(store) == before
    move_gifts(store, [rosa], GiftState.DECLINED)
    replace_shipment(store, parcel)
    assert free_copies(store, [edition]) == {edition: 0}


def test_a_code_that_is_promised_is_not_handed_to_another(store: Store) -> None:
    item, _ = add_item(store, "The Salt Orchard", {}, editions=[NewEdition(EditionFormat.EGALLEY)])
    galley = stock_of(item)[0].id
    add_codes(store, galley, "AAA")
    kept, other = planned(store, item, galley, "Maya"), planned(store, item, None, "Rosa")
    move_gifts(store, [kept, other], GiftState.ACCEPTED)
    assert refused(lambda: hand_out(store, [other])).code == "gifts.all_promised"
    hand_out(store, [kept])


def test_undo_of_a_no_promises_no_copy_that_a_sent_letter_promised(store: Store) -> None:
    """A letter cannot be undone; what was done before it with the same copies stays as well."""
    item, edition = title(store)
    maya = planned(store, item, edition, "Maya")
    rosa = planned(store, item, None, "Rosa")
    with store.operation(Op.PLAN_GIFTS, undoable=False):
        Gift.update(state="considered", edition=edition).where(Gift.id == rosa).execute()
        letter = Letter.create(
            person=Gift.get_by_id(rosa).person_id, item=item, gift=rosa, kind="pitch", state="approved",
            drafted_at=store.now(), message_id="<1@example.org>", to_name="Rosa", to_address="rosa@example.org", subject="A book", body="",
        )  # fmt: skip
        Outbox.create(letter=letter.id, state="sending", queued_at=store.now(), not_before=store.now())
    move_gifts(store, [maya], GiftState.DECLINED)
    with store.operation(Op.SEND_LETTERS, undoable=False):
        _note_sent(store, letter.id, store.now(), 250, "")
    assert Gift.get_by_id(rosa).state == GiftState.ASKED
    store.undo()
    assert (Gift.get_by_id(maya).state, short(store)) == (GiftState.DECLINED, [])


def test_an_import_whose_copies_are_promised_stays(store: Store, tmp_path: Path) -> None:
    item, edition = title(store, copies=0)
    path = tmp_path / "stock.csv"
    path.write_text("Title,Format,Copies\nThe Salt Orchard,proof,1\n", encoding="utf-8")
    batch = import_file(store, ImportKind.CATALOGUE, path).batch
    assert batch and copies_left([edition]) == {edition: 1}
    gift = planned(store, item, edition, "Maya")
    before = contents(store)
    assert refused(lambda: take_back(store, batch)).code == "imports.promised"
    assert contents(store) == before
    move_gifts(store, [gift], GiftState.DECLINED)
    take_back(store, batch)
    assert copies_left([edition]) == {edition: 0}


def test_nothing_is_promised_to_who_was_forgotten(store: Store) -> None:
    item, edition = title(store)
    gift = planned(store, item, edition, "Maya")
    forget_person(store, Gift.get_by_id(gift).person_id)
    assert free_copies(store, [edition]) == {edition: 1}
    planned(store, item, edition, "Rosa")


class Campaigns:
    """Several who plan, answer, log, pack, send, count, undo and redo at random, with few copies for all of them."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        editions = [NewEdition(EditionFormat.HARDBACK, copies=2), NewEdition(EditionFormat.EGALLEY)]
        self.items = [
            add_item(store, "The Salt Orchard", {}, editions=editions)[0],
            add_item(store, "Glass Heron", {}, editions=[NewEdition(EditionFormat.PROOF, copies=1)])[0],
        ]
        self.editions = {edition.id: item for item in self.items for edition in stock_of(item)}
        self.paper = [row.id for row in Edition.select() if row.format != "egalley"]
        (self.galley,) = (edition for edition in self.editions if edition not in self.paper)
        add_codes(store, self.galley, "A1\nA2,2026-11-01")
        self.people = [person(store, name) for name in ("Maya", "Rosa", "Ada", "Noor", "Kit")]
        self.base = len(store.undoable())
        #: What was missing before each step that can be undone, and before each that can be redone.
        self.past: list[dict[int, int]] = []
        self.future: list[dict[int, int]] = []

    def act(self) -> None:
        """Do one thing; what somebody decides never makes more promises than there are copies."""
        decided = [
            self.plan,
            self.plan,
            self.answer,
            self.answer,
            self.log,
            self.pack,
            self.send,
            self.deliver,
            self.hand,
            self.replace,
        ]
        happened = [self.receive, self.count, self.lost, self.codes]
        before, steps = missing(self.store), len(self.store.undoable())
        act = self.random.choice([*decided, *happened, self.undo, self.undo, self.redo])
        if act == self.undo:
            return self.undo(before)
        if act == self.redo:
            return self.redo(before)
        try:
            act()
        except (KnownError, IndexError):
            assert (missing(self.store), len(self.store.undoable())) == (before, steps)
            return None
        after = missing(self.store)
        if act in decided:
            assert all(number <= before.get(edition, 0) for edition, number in after.items()), act.__name__
        self.past += [before] * (len(self.store.undoable()) - steps)
        if len(self.store.undoable()) > steps:
            self.future.clear()
        return None

    def undo(self, before: dict[int, int]) -> None:
        if self.past:
            assert self.store.undo()
            self.future.append(before)
            assert missing(self.store) == self.past.pop()

    def redo(self, before: dict[int, int]) -> None:
        if self.future:
            assert self.store.redo()
            self.past.append(before)
            assert missing(self.store) == self.future.pop()

    def some(self, *states: str) -> int:
        return int(self.random.choice([row.id for row in Gift.select(Gift.id).where(Gift.state.in_(states))]))

    def parcel(self) -> int:
        return int(self.random.choice([row.id for row in Shipment.select(Shipment.id)]))

    def plan(self) -> object:
        edition = self.random.choice(list(self.editions))
        named = edition if self.random.random() < 0.7 else None
        return plan_gifts(self.store, self.editions[edition], [self.random.choice(self.people)], edition_id=named,
                          campaign=self.random.choice(["Spring", "Summer", ""]))  # fmt: skip

    def answer(self) -> object:
        to = self.random.choice([GiftState.DECLINED, GiftState.ACCEPTED, GiftState.ACCEPTED, GiftState.CHOSEN])
        return move_gifts(self.store, [self.some("chosen", "asked", "accepted", "declined", "sent")], to)

    def log(self) -> object:
        who = self.random.choice(["maya", "rosa, ada", "noor", "kit"])
        verb = self.random.choice(["accepted", "declined", "pitched"])
        what = self.random.choice(["salt orchard hardback", "salt orchard", "glass heron proof"])
        return note(self.store, read(self.store, f"{who} {verb} {what}"))

    def pack(self) -> object:
        return create_shipments(self.store, [self.some("accepted")])

    def send(self) -> object:
        return send_shipments(self.store, [self.parcel()])

    def deliver(self) -> object:
        return deliver_shipments(self.store, [self.parcel()])

    def hand(self) -> object:
        return hand_out(self.store, [self.some("accepted")])

    def lost(self) -> object:
        return return_shipment(self.store, self.parcel(), copies_back=self.random.random() < 0.5)

    def replace(self) -> object:
        return replace_shipment(self.store, self.parcel())

    def receive(self) -> object:
        return move_stock(self.store, self.random.choice(self.paper), self.random.randint(-2, 2), StockReason.CORRECTED)

    def count(self) -> object:
        return count_stock(self.store, self.random.choice(self.paper), self.random.randint(0, 2))

    def codes(self) -> object:
        return add_codes(self.store, self.galley, f"C{self.random.randint(1, 3)}")

    def holds(self) -> None:
        """No edition has fewer than no copies, and what is counted is what can be counted by hand."""
        left = copies_left(list(self.editions))
        assert all(number >= 0 for number in left.values())
        packed = {row.id for row in Gift.select(Gift.id).where(~is_promised() & Gift.state.in_(PROMISED))}
        for edition, promised in ((edition, 0) for edition in self.editions):
            for gift in Gift.select().where((Gift.edition == edition) & Gift.state.in_(PROMISED)):
                promised += gift.id not in packed
            there = next(each for each in stock_of(self.editions[edition]) if each.id == edition)
            assert (there.copies, there.promised) == (left[edition], promised)


def missing(store: Store) -> dict[int, int]:
    return {each.edition_id: each.missing for each in short(store)}


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_no_history_promises_more_copies_than_there_are(
    tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path, seed: int
) -> None:
    folder = copytree(empty_workspace, tmp_path_factory.mktemp("promises") / "workspace")
    with workspace.writing(folder, OPENING) as store:
        campaigns = Campaigns(store, seed)
        start = contents(store)
        for _ in range(40):
            campaigns.act()
            campaigns.holds()
        while len(store.undoable()) > campaigns.base:
            store.undo()
            campaigns.holds()
        assert contents(store) == start
        assert check(store) == []


def test_what_the_world_took_is_told_on_today(store: Store) -> None:
    item, edition = title(store, copies=2)
    planned(store, item, edition, "Maya")
    planned(store, item, edition, "Rosa")
    assert [each.code for each in waiting(store)] == ["write"]
    count_stock(store, edition, 0)
    told = waiting(store)[0]
    assert (told.code, told.count, told.title, told.row_id) == ("short", 2, "The Salt Orchard", item)
