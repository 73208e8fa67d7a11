"""Codes, links, sales noted by hand, money, lift: and what the review makes of them."""

from decimal import Decimal

import pytest

from outreach.errors import KnownError
from outreach.fields.links import marked_link
from outreach.fields.money import Money, summed
from outreach.services.campaigns.budget import budget_of
from outreach.services.campaigns.campaign import add_campaign
from outreach.services.campaigns.goals import NewGoal, add_goal
from outreach.services.review.making import review
from outreach.services.review.value import Scope
from outreach.services.sales.before import lifts_of
from outreach.services.sales.codes import add_code, list_codes
from outreach.services.sales.lift import lift
from outreach.services.sales.log import Evidence, NewSale, list_sales, log_sale
from outreach.services.sales.rates import exchanged, note_rate
from outreach.services.voices.events import EventKind, EventState, NewEvent, end_event, note_sale, plan_event
from outreach.store.database import Store
from outreach.store.models import Item, Person
from outreach.wording import Words
from outreach.wording.review import figures, lift_lines


def title(name: str = "T") -> int:
    key = name.casefold()
    return int(Item.create(title=name, title_key=key, sort_title=key, created_at="", updated_at="").id)


def test_a_link_keeps_what_it_had_and_takes_new_marks() -> None:
    link = marked_link("https://shop.example/a?id=7&utm_source=old#top", "MAYA10", "Salt Orchard")
    assert link == "https://shop.example/a?id=7&utm_source=maya10&utm_medium=gift&utm_campaign=salt-orchard#top"
    assert marked_link(str(link), "MAYA10", "Salt Orchard") == link
    assert marked_link("javascript:alert(1)", "x", "y") is None


def test_currencies_are_never_added() -> None:
    assert summed([Money("GBP", 1), Money("USD", 2), Money("GBP", 3)]) == (Money("GBP", 4), Money("USD", 2))
    assert [Money("GBP", each).divided(2).minor for each in (7, -7, 6)] == [4, -4, 3]


def test_money_is_exchanged_by_the_last_rate_entered_and_never_without(store: Store) -> None:
    assert exchanged(Money("USD", 1000), "GBP", "2026-11-24") is None
    note_rate(store, "USD", "GBP", "0.79", "2026-11-01")
    note_rate(store, "USD", "GBP", "0.80", "2026-11-20")
    assert exchanged(Money("USD", 1000), "GBP", "2026-11-10") == (Money("GBP", 790), "2026-11-01")
    assert exchanged(Money("USD", 1000), "GBP", "2026-11-24") == (Money("GBP", 800), "2026-11-20")
    assert exchanged(Money("GBP", 1000), "USD", "2026-11-24") is None
    with pytest.raises(KnownError, match=r"sales\.bad_rate"):
        note_rate(store, "USD", "USD", "1")


def test_a_lift_is_told_with_its_range_or_not_at_all() -> None:
    # By hand: 28 copies in 4 weeks, then 60 in 4: 7 and 15 a week, 8 more; 1.959964 * sqrt(28/16 + 60/16) = 4.5966.
    found = lift(28, 28, 60, 28)
    assert (found.before, found.since, found.more) == (7, 15, 8)
    assert (found.low, found.high) == pytest.approx((3.4034, 12.5966), abs=1e-4)
    assert found.is_told and lift(4, 28, 5, 28).more is None


def test_what_is_sold_with_a_code_stands_in_the_review_with_its_evidence(store: Store) -> None:
    item = title()
    person = Person.create(name="Maya", name_key="maya", sort_name="maya", created_at="", updated_at="").id
    code, _ = add_code(store, "MAYA10", person_id=person, item_id=item, address="https://shop.example/t")
    assert [(row.code, row.person, row.title) for row in list_codes(person)] == [("MAYA10", "Maya", "T")]
    log_sale(store, NewSale(12, orders=9, amount="107.88 GBP", code_id=code, evidence=Evidence.VERIFIED))
    log_sale(store, NewSale(5, amount="40 USD", code_id=code))
    log_sale(store, NewSale(30, item_id=item))
    found = review(store)
    assert (found.by_code.copies, found.by_code.orders) == (17, 9)
    assert found.by_code.amounts == (Money("GBP", 10788), Money("USD", 4000))
    assert found.by_code.evidence == (("claimed", 5), ("verified", 12))
    assert found.sold.copies == 47 and ("unknown.no_code", 30) in found.unknown
    assert [(line.title, line.copies_sold) for line in found.items] == [("T", 17)]
    assert [(each.name, each.orders, each.copies) for each in found.thanks] == [("Maya", 9, 17)]
    assert [(line.currency, [point.copies for point in line.points]) for line in found.sales_lines] == [
        ("GBP", [12]), ("USD", [5]),
    ]  # fmt: skip
    assert review(store, Scope(item_id=title("U"))).sold.copies == 0
    assert [row.title for row in list_sales(item)] == ["T"] * 3
    store.undo()
    assert review(store).sold.copies == 17


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewSale(0, item_id=1), "sales.no_copies"),
        (NewSale(3), "sales.no_title"),
        (NewSale(3, item_id=1, on="2999-01-01"), "sales.future"),
        (NewSale(3, item_id=1, on="soon"), "sales.bad_day"),
    ],
)
def test_what_is_no_sale_is_refused(store: Store, new: NewSale, code: str) -> None:
    with pytest.raises(KnownError, match=code.replace(".", r"\.")):
        log_sale(store, new)
    assert not list_sales()


def test_a_code_is_kept_once(store: Store) -> None:
    add_code(store, "Maya10")
    with pytest.raises(KnownError, match=r"sales\.code_taken"):
        add_code(store, "MAYA10")


def test_what_a_campaign_sold_before_and_since_by_its_books_or_its_goal(store: Store) -> None:
    item = title()
    campaign, _ = add_campaign(store, {"name": "C", "starts_on": "2026-10-28", "ends_on": "2027-01-31"}, [item])
    assert lifts_of(store, campaign) == ()
    # 28 days until today, and as many before: 28 copies in four weeks, then 60; by hand as above.
    for day, copies in (("2026-10-01", 20), ("2026-10-27", 8), ("2026-10-28", 45), ("2026-11-24", 15)):
        log_sale(store, NewSale(copies, on=day, item_id=item))
    (found,) = lifts_of(store, campaign)
    assert (found.title, found.before, found.since, found.before_days, found.since_days) == ("T", 28, 60, 28, 28)
    assert (found.lift.low, found.lift.high) == pytest.approx((3.4034, 12.5966), abs=1e-4)
    said = "\n".join(lift_lines(Words("en_GB"), review(store, Scope(campaign_id=campaign))))
    assert "T: 7 copies a week before, 15 since. The difference is likely between 3.4 and 12.6 a week." in said
    # What codes sold is in a title's books as well, and is not added to them.
    code, _ = add_code(store, "MAYA10", item_id=item)
    log_sale(store, NewSale(30, on="2026-11-20", code_id=code))
    assert lifts_of(store, campaign) == (found,)
    add_goal(store, campaign, NewGoal("sales", "500", "14", "2026-07-01", "2026-07-28"))
    (by_goal,) = lifts_of(store, campaign)
    assert (by_goal.title, by_goal.before, by_goal.before_days, by_goal.since) == ("", 14, 28, 60)


def test_events_and_rates_stand_in_the_review_of_their_campaign(store: Store) -> None:
    item = title()
    campaign, _ = add_campaign(store, {"name": "C", "currency": "GBP"}, [item])
    event, _ = plan_event(store, NewEvent("An evening", EventKind.TALK, "2026-11-20 19:00", 60, item_id=item,
                                          campaign_id=campaign, cost=Decimal(40), currency="GBP"))  # fmt: skip
    end_event(store, event, EventState.HELD, 31)
    note_sale(store, event, 12, amount=Decimal("119.88"), currency="GBP")
    note_sale(store, event, 5, name="Tea", amount=Decimal(20), currency="EUR")
    for scope in (Scope(campaign_id=campaign), Scope(item_id=item), Scope(since="2026-11-20")):
        events = review(store, scope).events
        assert (events.events, events.came, events.copies, events.companions) == (1, 31, 12, 5)
        assert events.takings == (Money("EUR", 2000), Money("GBP", 11988))
    assert review(store, Scope(campaign_id=campaign)).costs.events == (Money("GBP", 4000),)
    assert dict(budget_of(campaign).spending[0].spent) == {"events": 4000}
    assert review(store, Scope(until="2026-11-19")).events.events == 0
    code, _ = add_code(store, "MAYA10", item_id=item, campaign_id=campaign)
    log_sale(store, NewSale(2, on="2026-11-10", amount="20 USD", code_id=code))
    log_sale(store, NewSale(1, on="2026-11-10", amount="10 GBP", code_id=code))
    scope = Scope(campaign_id=campaign)
    assert review(store, scope).worth.sold is None, "nothing is turned into another money without a rate"
    note_rate(store, "USD", "GBP", "0.8", "2026-11-20")
    worth = review(store, scope).worth
    assert worth.sold is not None and worth.sold.money == Money("GBP", 2600)
    assert [rate.day for rate in worth.sold.rates] == ["2026-11-20"] and str(worth.back) == "0.65"
    assert "USD by the rate of 20 Nov 2026" in figures(Words("en_GB"), review(store, scope))[1].below
