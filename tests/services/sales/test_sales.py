"""Codes, links, sales noted by hand, money, lift: and what the review makes of them."""

import pytest

from outreach.errors import KnownError
from outreach.fields.links import marked_link
from outreach.fields.money import Money, summed
from outreach.services.review.making import review
from outreach.services.review.value import Scope
from outreach.services.sales.codes import add_code, list_codes
from outreach.services.sales.lift import lift
from outreach.services.sales.log import Evidence, NewSale, list_sales, log_sale
from outreach.services.sales.rates import exchanged, note_rate
from outreach.store.database import Store
from outreach.store.models import Item, Person


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
