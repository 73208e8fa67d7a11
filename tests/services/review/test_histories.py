"""Whatever happened: posted, reading and quiet are the delivered, and gifted, in kind and paid are never added."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.fields.money import Money, summed
from outreach.services.campaigns.budget import budget_of
from outreach.services.pages.campaign import campaign_page
from outreach.services.pages.title import STRIP
from outreach.services.review.making import review
from outreach.services.review.value import Scope
from outreach.store.database import Store
from outreach.store.models import (
    Campaign,
    Edition,
    Gift,
    Item,
    Outcome,
    Person,
    Post,
    Sale,
    SalesCode,
    Shipment,
    ShipmentGift,
)

_DAYS = st.integers(1, 28).map(lambda day: f"2026-{10 + day % 2}-{day:02}")
GIFT = st.fixed_dictionaries({
    "person": st.integers(0, 3), "item": st.integers(0, 2), "deal": st.sampled_from(["gift", "in_kind", "paid"]),
    "state": st.sampled_from(["considered", "chosen", "asked", "accepted", "declined", "sent", "delivered",
                              "delivered", "delivered", "closed_quiet"]),
    "in_campaign": st.booleans(), "day": _DAYS, "parcel": st.integers(0, 3), "postage": st.integers(0, 999),
    "outcomes": st.lists(st.sampled_from(["posted", "started", "finished", "did_not_finish", "passed_on", "thanked"]),
                         max_size=3),
})  # fmt: skip
SALE = st.fixed_dictionaries({
    "code": st.integers(0, 4), "copies": st.integers(1, 20), "minor": st.none() | st.integers(0, 5000),
    "currency": st.sampled_from(["GBP", "USD"]), "day": _DAYS,
})  # fmt: skip


def build(gifts: list[dict[str, Any]], sales: list[dict[str, Any]]) -> None:
    people = [Person.create(name=f"P{each}", name_key=f"p{each}", sort_name=f"p{each}", created_at="", updated_at="").id
              for each in range(4)]  # fmt: skip
    items = []
    for number in range(3):
        items.append(Item.create(title=f"T{number}", title_key=f"t{number}", sort_title=f"t{number}", created_at="",
                                 updated_at="").id)  # fmt: skip
        Edition.create(item=items[-1], cost_minor=100 + number, cost_currency="GBP" if number < 2 else "USD")
    campaign = Campaign.create(name="C", name_key="c", created_at="").id
    parcels = {}
    for each in gifts:
        arrived = each["day"] if each["state"] in ("delivered", "closed_quiet") else None
        gift = Gift.create(person=people[each["person"]], item=items[each["item"]], edition=each["item"] + 1,
                           campaign=campaign if each["in_campaign"] else None, deal=each["deal"], state=each["state"],
                           state_on=each["day"], delivered_on=arrived, created_at="").id  # fmt: skip
        for kind in each["outcomes"] if arrived else ():
            post = None
            if kind == "posted":
                nature = {"gift": "organic"}.get(each["deal"], each["deal"])
                post = Post.create(person=people[each["person"]], item=items[each["item"]], gift=gift, kind="post",
                                   posted_on=each["day"], nature=nature, nature_reason="", created_at="").id  # fmt: skip
            Outcome.create(gift=gift, person=people[each["person"]], kind=kind, happened_on=each["day"], post=post)
        if each["state"] in ("sent", "delivered", "closed_quiet"):
            if each["parcel"] not in parcels:
                parcels[each["parcel"]] = Shipment.create(state="delivered", postage_minor=each["postage"],
                                                          postage_currency="GBP", created_at="").id  # fmt: skip
            ShipmentGift.create(shipment=parcels[each["parcel"]], gift=gift)
    codes = [SalesCode.create(code=f"K{each}", code_key=f"k{each}", person=people[each % 4] if each < 4 else None,
                              item=items[each % 3], created_at="").id for each in range(5)]  # fmt: skip
    for each in sales:
        Sale.create(sold_on=each["day"], copies=each["copies"], amount_minor=each["minor"],
                    currency=each["currency"] if each["minor"] is not None else "", sales_code=codes[each["code"]],
                    created_at="")  # fmt: skip


class _Undone(Exception):
    """Ends a transaction, so that the next history begins anew."""


@settings(max_examples=30, deadline=None, suppress_health_check=[*HealthCheck])
@given(gifts=st.lists(GIFT, max_size=14), sales=st.lists(SALE, max_size=6))
def test_the_funnel_adds_up_and_nothing_is_mixed(
    store: Store, gifts: list[dict[str, Any]], sales: list[dict[str, Any]]
) -> None:
    def checks() -> None:
        build(gifts, sales)
        whole = review(store)
        for scope in (Scope(), Scope(campaign_id=1), Scope(item_id=1), Scope(since="2026-10-15", until="2026-11-10")):
            found = review(store, scope)
            stages = found.stages
            assert stages["posted"] + stages["reading"] + stages["quiet"] == found.delivered == found.organic.whole
            assert sum(stages.values()) == found.gifts
            for groups in (found.by_genre, found.by_tier, found.by_role, found.by_item, found.by_campaign):
                assert sum(group.rate.whole for group in groups) == found.delivered
                assert sum(group.rate.part for group in groups) == found.organic.part
            for name in ("gifts", "delivered", "posted", "reading", "quiet"):
                told = {"gifts": found.gifts, "delivered": found.delivered}.get(name, stages.get(name))
                assert sum(getattr(line, name) for line in found.items) == told
        strip = campaign_page(store, 1).strip
        assert strip["posted"] + strip["reading"] + strip["quiet"] == strip["delivered"] and set(STRIP) == set(strip)
        mixes_nothing(whole)

    def mixes_nothing(whole: Any) -> None:
        # What is said of gifts is what it would be if nothing else had ever happened, money for money.
        apart = {deal: number for deal, number in whole.deals.items() if deal != "gift"}
        parts = [whole.costs.total]
        Gift.update(deal="gift").execute()
        Gift.update(deal="paid").where(Gift.id.in_([number + 1 for number, each in enumerate(gifts)
                                                    if each["deal"] == "gift"])).execute()  # fmt: skip
        parts.append(review(store).costs.total)
        Gift.update(deal="gift").execute()
        both = review(store)
        # The parts of a parcel's postage are the whole of it, whoever pays for which copy.
        assert summed(money for part in parts for money in part) == both.costs.total
        assert both.deals["gift"][0] == whole.deals["gift"][0] + sum(delivered for delivered, _ in apart.values())
        every = [whole.by_code, *whole.by_code_apart.values()]
        assert sum(sold.copies for sold in every) == whole.sold.copies == sum(each["copies"] for each in sales)
        assert summed(money for sold in every for money in sold.amounts) == summed(
            Money(each["currency"], each["minor"]) for each in sales if each["minor"] is not None
        )
        asked = {(each["person"], each["item"]) for each in gifts if each["deal"] != "gift"}
        free = [
            each for each in sales if (each["code"] % 4 if each["code"] < 4 else None, each["code"] % 3) not in asked
        ]
        assert whole.by_code.copies == sum(each["copies"] for each in free)

    undone(store, checks)


@settings(max_examples=15, deadline=None, suppress_health_check=[*HealthCheck])
@given(gifts=st.lists(GIFT, min_size=1, max_size=14))
def test_budget_and_review_of_a_campaign_cost_the_same(store: Store, gifts: list[dict[str, Any]]) -> None:
    def checks() -> None:
        build(gifts, [])
        costs, budget = review(store, Scope(campaign_id=1)).costs, budget_of(1)
        spent = summed(Money(each.currency, each.total) for each in budget.spending if each.spent)
        assert [money for money in spent if money.minor] == [money for money in costs.total if money.minor]

    undone(store, checks)


def undone(store: Store, checks: Callable[[], None]) -> None:
    """Check within a transaction that is rolled back; ids begin anew with each."""
    database = Gift._meta.database
    try:
        with database.atomic():
            checks()
            raise _Undone
    except _Undone:
        pass
