"""What parcels cost: currencies and deals are never added together."""

from decimal import Decimal

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.catalogue import EditionFormat, NewEdition, add_item, stock_of
from outreach.services.catalogue.editions import edit_edition
from outreach.services.catalogue.inserts import NewInsert, add_insert, put_in
from outreach.services.gifts.gifts import Deal, GiftState, move_gifts, plan_gifts
from outreach.services.people.addresses import save_address
from outreach.services.people.people import NewPerson, add_person
from outreach.services.shipments.costs import (
    SEVERAL,
    CostTotals,
    ParcelCost,
    cost_totals,
    note_postage,
    parcel_costs,
    parcels_of,
)
from outreach.services.shipments.shipments import create_shipments, return_shipment, send_shipments
from outreach.store.database import Store
from outreach.store.models import Shipment
from tests.conftest import contents

HOME = {"line1": "1 Quay", "city": "Hexham", "postcode": "NE46 1NF", "country": "GB"}


def title(store: Store, name: str, cost: str, currency: str) -> int:
    edition = NewEdition(EditionFormat.PROOF, copies=9, cost=Decimal(cost), cost_currency=currency)
    return add_item(store, name, {}, editions=[edition])[0]


def someone(store: Store, name: str) -> int:
    person, _ = add_person(store, NewPerson(name))
    save_address(store, person, HOME)
    return person


def parcel(store: Store, name: str, *what: tuple[int, Deal], named: bool = True) -> int:
    person, gifts = someone(store, name), []
    for item, deal in what:
        edition = stock_of(item)[0].id if named else None
        gifts += plan_gifts(store, item, [person], edition_id=edition, deal=deal)[0]
    move_gifts(store, gifts, GiftState.ACCEPTED)
    return create_shipments(store, gifts)[0][0]


def sums(totals: CostTotals) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    return {(row.deal, row.currency): (row.copies, row.inserts, row.postage, row.parcels) for row in totals.totals}


def test_deals_and_currencies_stand_apart(store: Store) -> None:
    salt, glass = title(store, "The Salt Orchard", "3.20", "GBP"), title(store, "The Glass Heron", "500", "JPY")
    given = parcel(store, "Maya", (salt, Deal.GIFT), (glass, Deal.GIFT), named=False)
    paid = parcel(store, "Rosa", (salt, Deal.PAID))
    both = parcel(store, "Beth", (salt, Deal.GIFT), (salt_two := title(store, "Salt Two", "1.00", "GBP"), Deal.IN_KIND))
    note_postage(store, [given, both], {"postage": "3.49 GBP"})
    note_postage(store, [paid], {"postage": "12 EUR", "service": "Tracked", "weight": "1,2 kg"})
    bags, _ = add_insert(store, NewInsert("Tote bag", cost=Decimal("2.50"), currency="GBP"))
    put_in(store, bags, [given, both], 2)
    costs = parcel_costs([given, paid, both])
    assert costs[given] == ParcelCost(
        given, "gift", {"gift": {"GBP": 320, "JPY": 500}}, {"GBP": 500}, {"GBP": 349}, 0, came_back=False, service="",
        weight_grams=None, contents_grams=None,
    )  # fmt: skip
    assert costs[both].deal == SEVERAL and costs[both].copies == {"gift": {"GBP": 320}, "in_kind": {"GBP": 100}}
    assert (costs[paid].service, costs[paid].weight_grams) == ("Tracked", 1200)
    assert sums(cost_totals(costs.values())) == {
        ("gift", "GBP"): (640, 500, 349, 2), ("gift", "JPY"): (500, 0, 0, 1), ("in_kind", "GBP"): (100, 0, 0, 1),
        ("paid", "GBP"): (320, 0, 0, 1), ("paid", "EUR"): (0, 0, 1200, 1), (SEVERAL, "GBP"): (0, 500, 349, 1),
    }  # fmt: skip
    assert parcels_of(item_id=salt_two) == [both] and parcels_of() == [both, paid, given]


def test_what_is_not_known_is_counted_and_never_guessed(store: Store) -> None:
    item = add_item(store, "Keeping Hens", {}, editions=[NewEdition(EditionFormat.HARDBACK, copies=2)])[0]
    hens = parcel(store, "Maya", (item, Deal.GIFT))
    cards, _ = add_insert(store, NewInsert("Card"))
    put_in(store, cards, [hens], 3)
    found = cost_totals(parcel_costs([hens]).values())
    assert (found.totals, found.no_postage, found.unknown_copies) == ((), 1, 4)
    edit_edition(store, stock_of(item)[0].id, {"weight": "420 g", "cost": "0 GBP"})
    cost = parcel_costs([hens])[hens]
    assert (cost.unknown_copies, cost.contents_grams) == (3, 420)


def test_a_parcel_that_came_back_cost_its_postage_and_a_lost_one_all(store: Store) -> None:
    item = title(store, "The Salt Orchard", "3.20", "GBP")
    parcels = [parcel(store, name, (item, Deal.GIFT)) for name in ("Maya", "Rosa")]
    note_postage(store, parcels, {"postage": "£2"})
    send_shipments(store, parcels)
    return_shipment(store, parcels[0])
    return_shipment(store, parcels[1], copies_back=False)
    costs = parcel_costs(parcels)
    assert [costs[each].came_back for each in parcels] == [True, False]
    assert sums(cost_totals(costs.values())) == {("gift", "GBP"): (320, 0, 400, 2)}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"postage": "3.49"}, "catalogue.bad_price"), ({"postage": "-1 GBP"}, "costs.bad_postage"),
        ({"weight": "heavy"}, "costs.bad_weight"), ({"weight": "0"}, "costs.bad_weight"),
        ({"weight": "101 kg"}, "costs.bad_weight"), ({"stamp": "x"}, "catalogue.unknown_field"),
    ],
)  # fmt: skip
def test_what_is_no_postage_or_weight_is_refused(store: Store, values: dict[str, str], code: str) -> None:
    sent = parcel(store, "Maya", (title(store, "The Salt Orchard", "3.20", "GBP"), Deal.GIFT))
    before = contents(store)
    with pytest.raises(KnownError) as caught:
        note_postage(store, [sent], values)
    assert caught.value.code == code and contents(store) == before


def test_postage_is_taken_away_again_and_undone(store: Store) -> None:
    sent = parcel(store, "Maya", (title(store, "The Salt Orchard", "3.20", "GBP"), Deal.GIFT))
    note_postage(store, [sent], {"postage": "3.49 GBP", "service": "Tracked 48", "weight": "420"})
    note_postage(store, [sent], {"postage": "", "weight": ""})
    row = Shipment.get_by_id(sent)
    assert (row.postage_minor, row.postage_currency, row.service, row.weight_grams) == (None, "", "Tracked 48", None)
    store.undo()
    row = Shipment.get_by_id(sent)
    assert (row.postage_minor, row.postage_currency, row.weight_grams) == (349, "GBP", 420)
