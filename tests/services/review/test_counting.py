"""What a review is counted from in columns is what is told of each gift, and is read anew when anything is written."""

from collections.abc import Callable
from pathlib import Path

from outreach.fields.money import Money
from outreach.services.gifts.gifts import OutcomeKind, add_outcome, list_gifts, stages
from outreach.services.pages.campaigns import campaign_lines
from outreach.services.pages.title import apart_of, strip_of
from outreach.services.programmes.standing import deals_as_counted
from outreach.services.review.counting.gifts import DEALS, STAGES, gifts_of
from outreach.services.review.making import review
from outreach.services.review.value import Scope
from outreach.services.shipments.gift_costs import gift_costs
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import (
    Edition,
    Gift,
    Insert,
    Item,
    Person,
    Shipment,
    ShipmentGift,
    ShipmentInsert,
    StockMovement,
)
from outreach.store.workspace import Opening
from tests.conftest import NOW


def given_to(item: int, **values: object) -> int:
    person = Person.create(name="P", name_key="p", sort_name="p", created_at="", updated_at="").id
    about = {"state": "delivered", "state_on": "2026-11-20", "delivered_on": "2026-11-20", "created_at": ""} | values
    return int(Gift.create(person=person, item=item, **about).id)


def test_columns_tell_of_gifts_what_is_told_of_each(filled_workspace: Callable[[int, int], Path]) -> None:
    with workspace.reading(filled_workspace(300, 1), Opening(clock=lambda: NOW)) as store:
        rows = list(Gift.select().order_by(Gift.id))
        gifts, shown, deals = gifts_of(store, Scope()), stages(store, rows), deals_as_counted(rows)
        assert gifts.id.tolist() == [row.id for row in rows] and len({*shown.values()}) > 5
        assert [STAGES[place] for place in gifts.stage.tolist()] == [shown[row.id] for row in rows]
        assert [DEALS[place] for place in gifts.deal.tolist()] == [deals[row.id] for row in rows]
        lines = campaign_lines(store)
        assert lines
        for line in lines:
            mine = [row for row in rows if row.campaign_id == line.id]
            assert (line.strip, line.apart) == (strip_of(store, mine), apart_of(mine))
        # However they are asked for, the newest comes first.
        some = [row.id for row in rows[5:40]]
        assert [row.id for row in list_gifts(store, ids=some)] == [
            row.id for row in list_gifts(store) if row.id in some
        ]


def test_what_is_kept_is_read_anew_when_anything_was_written(store: Store) -> None:
    item = Item.create(title="T", title_key="t", sort_title="t", created_at="", updated_at="").id
    gifts = [given_to(item) for _ in range(3)]
    assert review(store).stages["reading"] == 3
    add_outcome(store, gifts[0], OutcomeKind.POSTED)
    assert (review(store).stages["posted"], review(store).organic.part) == (1, 1)
    given_to(item)
    assert review(store).gifts == 4


def test_a_parcel_is_shared_among_its_gifts_and_what_came_back_cost_its_postage(store: Store) -> None:
    item = Item.create(title="T", title_key="t", sort_title="t", created_at="", updated_at="").id
    edition = Edition.create(item=item, cost_minor=300, cost_currency="USD").id
    one, two, three, four = (given_to(item, edition=edition if number < 2 else None) for number in range(4))
    card, bag = (Insert.create(kind="insert", name=name, name_key=name, cost_minor=cost, cost_currency="GBP",
                               created_at="").id for name, cost in (("card", 5), ("bag", None)))  # fmt: skip
    about = {"postage_currency": "GBP", "created_at": ""}
    both, back, bare = (Shipment.create(state=state, postage_minor=minor, **about).id
                        for state, minor in (("delivered", 7), ("returned", 90), ("delivered", None)))  # fmt: skip
    for parcel, gift in ((both, two), (both, one), (back, three), (bare, four)):
        ShipmentGift.create(shipment=parcel, gift=gift)
    ShipmentInsert.create(shipment=both, parcel_insert=card, quantity=1)
    ShipmentInsert.create(shipment=bare, parcel_insert=bag, quantity=2)
    ShipmentInsert.create(shipment=back, parcel_insert=card, quantity=1)
    for quantity in (-1, 1):
        StockMovement.create(edition=edition, quantity=quantity, reason="sent", shipment=back, moved_on="2026-11-01")
    StockMovement.create(edition=edition, quantity=-1, reason="sent", shipment=bare, moved_on="2026-11-01")
    costs = gift_costs()
    # Of 7 pence the gift noted first bears 4, and of the card's 5 it bears 3.
    assert costs.by_gift() == {
        one: (Money("GBP", 7), Money("USD", 300)), two: (Money("GBP", 5), Money("USD", 300)),
        three: (Money("GBP", 90),), four: (Money("USD", 300),),
    }  # fmt: skip
    assert (costs.parcels_without_postage, costs.unknown_copies) == (1, 2)
    # What some of them cost is their part, whether they are asked for alone or picked from all.
    for some in (gift_costs([two, four]), costs.of([two, four])):
        assert some.total() == (Money("GBP", 5), Money("USD", 600))
        assert some.total(copies=True) == (Money("USD", 600),)
        assert [(gift, is_copy) for gift, is_copy, _ in some.each()] == [(two, True), (two, False), (two, False),
                                                                        (four, True)]  # fmt: skip
        assert (some.parcels_without_postage, some.unknown_copies) == (1, 2)
    assert gift_costs([one]).parcels_without_postage == 0
