"""The batch: each step packs what it needs, in one step of undo; addresses are doubted and never refused."""

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.carrying.columns import numbers_in
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item
from outreach.services.gifts.gifts import GiftState, move_gifts, plan_gifts
from outreach.services.pages.batch import read_batch
from outreach.services.pages.parcels import parcel_counts, parcel_lines, unpacked_row
from outreach.services.people.addresses import current_address, save_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.people.postal_doubts import Doubt, DoubtKind, address_doubts
from outreach.services.shipments.batching import accept_addresses, number_rows, pack_rows, ship_rows
from outreach.services.shipments.shipments import deliver_shipments, list_shipments
from outreach.store.database import Store
from outreach.store.models import Gift, Mailing, Shipment, StockMovement
from tests.store.undoing import everything

GB = {"line1": "9 Marl Rise", "city": "Kendal", "postcode": "LA9 5TT", "country": "GB"}


def accepted(store: Store, names: list[str], copies: int = 0, titles: int = 1) -> list[int]:
    """People who said yes to a title each and live at a good address; their gifts, in the order of the names."""
    items = []
    for number in range(titles):
        editions = [NewEdition(EditionFormat.PROOF, copies=copies)] if copies else []
        items.append(add_item(store, f"Title {number}", {"author": "Safiya Renn"}, editions=editions)[0])
    gifts = []
    for name in names:
        person, _ = add_person(store, NewPerson(name, [f"{name.lower()}@example.org"]))
        save_address(store, person, GB, confirmed=True)
        for item in items:
            (gift,), _ = plan_gifts(store, item, [person])
            gifts.append(gift)
    move_gifts(store, gifts, GiftState.ACCEPTED)
    return gifts


def rows_of(gifts: list[int]) -> list[int]:
    return [unpacked_row(gift) for gift in gifts]


def person_of(gift: int) -> int:
    return int(Gift.get_by_id(gift).person_id)


def test_numbers_pack_what_they_stand_for_in_one_step_of_undo(store: Store) -> None:
    one, two, three = rows_of(accepted(store, ["Ada", "Bea", "Cy"]))
    before = everything(store)
    assert list(read_batch(store).ids) == [one, two, three]
    made = number_rows(store, {one: "rm 4730 0001 2gb", three: "RM473000026GB"})
    batch = read_batch(store)
    assert [each > 0 for each in batch.ids] == [True, False, True], "packing changes no row's place"
    assert {batch.packed_as[one], batch.packed_as[three]} == set(made.parcels)
    assert [row.tracking_number for row in list_shipments(ids=made.parcels)] == ["RM473000012GB", "RM473000026GB"]
    assert batch.without_number(0) == [two]
    after = everything(store)
    assert store.undo()
    assert everything(store) == before
    assert store.redo()
    assert everything(store) == after


def test_what_goes_is_packed_and_sent_in_one_step(store: Store) -> None:
    gifts = accepted(store, ["Ada", "Bea", "Cy"], copies=5)
    rows, before = rows_of(gifts), everything(store)
    number_rows(store, {rows[0]: "RM473000012GB"})
    made = ship_rows(store, rows)
    assert (len(made.parcels), made.refused) == (3, ())
    assert {Gift.get_by_id(gift).state for gift in gifts} == {"sent"}
    assert {row.state for row in list_shipments()} == {"sent"}
    assert StockMovement.select().where(StockMovement.quantity == -1).count() == 3
    assert not read_batch(store).ids
    store.undo(2)
    assert everything(store) == before


def test_gifts_of_one_person_are_one_row_and_one_parcel(store: Store) -> None:
    gifts = accepted(store, ["Ada", "Bea"], titles=2)
    batch = read_batch(store)
    assert list(batch.ids) == rows_of([gifts[0], gifts[2]])
    assert parcel_counts().to_pack == 2
    assert parcel_lines(store, batch.ids)[batch.ids[0]].more == 1
    made = pack_rows(store, batch.ids[:1])
    (parcel,) = list_shipments(ids=made.parcels)
    assert sorted(parcel.gifts) == gifts[:2]


def test_what_is_packed_on_one_day_is_one_mailing(store: Store) -> None:
    rows = rows_of(accepted(store, ["Ada", "Bea", "Cy"]))
    pack_rows(store, rows[:1])
    pack_rows(store, rows[1:2])
    assert {row.mailing_id for row in Shipment.select()} == {Mailing.get().id}
    ship_rows(store, rows[:2])
    pack_rows(store, rows[2:])
    assert Mailing.select().count() == 2, "what has gone takes nothing in"


def test_who_cannot_go_keeps_nobody_waiting(store: Store) -> None:
    rows = rows_of(accepted(store, ["Ada", "Bea", "Cy"], copies=2))
    made = ship_rows(store, rows)
    assert len(made.parcels) == 2
    assert [error.code for error in made.refused] == ["catalogue.no_copies"]
    numbered = number_rows(store, {rows[2]: "RM473000012GB"})
    assert (numbered.parcels, bool(numbered.changes), len(numbered.refused)) == ((), False, 1)


def test_a_number_that_is_taken_takes_all_back(store: Store) -> None:
    one, two = rows_of(accepted(store, ["Ada", "Bea"]))
    before = everything(store)
    with pytest.raises(KnownError) as caught:
        number_rows(store, {one: "RM473000012GB", two: "RM473000012GB"})
    assert caught.value.code == "shipments.number_taken"
    assert everything(store) == before


def test_an_address_is_asked_about_when_it_is_old_or_odd_or_not_there(store: Store) -> None:
    gifts = accepted(store, ["Ada", "Bea", "Cy", "Di"])
    ada, bea, cy, di = rows_of(gifts)
    save_address(store, person_of(gifts[1]), {**GB, "postcode": "LA9"}, confirmed=True)
    save_address(store, person_of(gifts[2]), {**GB, "line1": "10 Marl Rise"})
    bare, _ = add_person(store, NewPerson("Eve", ["eve@example.org"]))
    (gift,), _ = plan_gifts(store, Gift.get_by_id(gifts[0]).item_id, [bare])
    move_gifts(store, [gift], GiftState.ACCEPTED)
    batch = read_batch(store)
    assert batch.open == {ada, di}
    assert {person for person, _ in batch.asks.values()} == {person_of(gifts[1]), person_of(gifts[2]), bare}
    lines = parcel_lines(store, batch.ids)
    assert [(lines[row].stale, bool(lines[row].doubts), lines[row].address is None) for row in batch.ids] == [
        (False, False, False), (False, True, False), (True, False, False), (False, False, False), (True, False, True),
    ]  # fmt: skip
    before = everything(store)
    made = accept_addresses(store, [bea, cy])
    assert len(made.parcels) == 1, "what is odd all the same was looked at, and is packed"
    address = current_address(person_of(gifts[2]))
    assert address is not None and address.confirmed_on == "2026-11-24"
    assert read_batch(store).open == {ada, cy, di, *made.parcels}
    store.undo()
    assert everything(store) == before


def test_a_job_that_is_stopped_leaves_nothing_half_done(store: Store) -> None:
    rows, before = rows_of(accepted(store, ["Ada", "Bea"])), everything(store)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        ship_rows(store, rows, job=job)
    assert everything(store) == before


@pytest.mark.parametrize(("parts", "doubts"), [
    ({"line1": "9 Marl Rise", "city": "Kendal", "postcode": "la9 5tt", "country": "GB"}, []),
    ({"line1": "3 Steps", "city": "Falmouth", "postcode": "TR11", "country": "GB"}, [("postcode", "short")]),
    ({"line1": "1 Rd", "city": "Hull", "postcode": "12345-678", "country": "GB"}, [("postcode", "shape")]),
    ({"line1": "1 Rd", "city": "Hull", "country": "GB"}, [("postcode", "lacks")]),
    ({"line1": "53 Elm St", "city": "Jackson", "postcode": "39202", "country": "US"}, [("region", "lacks")]),
    ({"line1": "Weg 1", "city": "Marburg", "postcode": "35037", "country": "DE"}, []),
    ({"line1": "8 Main St", "city": "Galway", "country": "IE"}, []),
    ({"line1": "1 Queen's Rd", "region": "Kowloon", "postcode": "?", "country": "HK"}, []),
    ({"line1": "anywhere", "country": ""}, []),
    ({"line1": "anywhere", "country": "Narnia"}, []),
    ({"line1": "anywhere", "country": "XX"}, []),
])  # fmt: skip
def test_the_rules_of_countries(parts: dict[str, str], doubts: list[tuple[str, str]]) -> None:
    assert [(each.part, each.kind) for each in address_doubts(parts)] == doubts


def test_a_doubt_says_how_it_should_look() -> None:
    assert address_doubts({"line1": "1", "city": "Utrecht", "postcode": "123", "country": "NL"}) == (
        Doubt("postcode", DoubtKind.SHORT, "1234 AB"),
    )


@pytest.mark.parametrize(("text", "found"), [
    ("RM473000012GB", ["RM473000012GB"]),
    ("rm 4730 0001 2 gb\r\n\r\n1Z999AA10123456784\n", ["RM473000012GB", "", "1Z999AA10123456784"]),
    ("\n15501561891853\n", ["15501561891853"]),
    ("", []),
    ("Dear Maya", []),
    ("RM473000012GB\nthank you", []),
    ("maya@example.org", []),
    ("Hardbacks 12", []),
    ("Maya\tRM473000012GB", []),
    ("\u202eRM473000012GB", ["RM473000012GB"]),
])  # fmt: skip
def test_a_column_of_numbers(text: str, found: list[str]) -> None:
    assert numbers_in(text) == found


def test_what_has_gone_takes_another_number_and_does_not_go_again(store: Store) -> None:
    (row,) = rows_of(accepted(store, ["Ada"]))
    (parcel,) = ship_rows(store, [row]).parcels
    number_rows(store, {parcel: "RM473000026GB"})
    assert list_shipments(ids=[parcel])[0].tracking_number == "RM473000026GB"
    with pytest.raises(KnownError) as caught:
        ship_rows(store, [parcel])
    assert caught.value.code == "shipments.not_packing"
    deliver_shipments(store, [parcel])
    with pytest.raises(KnownError) as caught:
        number_rows(store, {parcel: "RM473999998GB"})
    assert (caught.value.code, caught.value.facts["state"]) == ("shipments.not_packing", "delivered")
