"""What the sample's codes sold, and what the books of whole titles tell before a campaign and since."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from outreach.fields.links import marked_link
from outreach.fields.names import first_name_of
from outreach.fields.text import fold
from outreach.services.sample.values import Sample, SampleItem
from outreach.store.models import Sale, SalesCode

#: So many have a code of their own; what one sells falls off by this much from week to week, for so many weeks.
_MOST_CODES, _FALL, _WEEKS = 36, 0.62, 9
#: Books are told so many weeks before a campaign.
_WEEKS_BEFORE = 10
_CLOSE = 3
_SHOP = "https://shop.finchandmarlow.example/"


class SampleSales:
    """Writes codes with what they sold, week for week."""

    def __init__(self, put: Callable[..., int], sample: Sample, today: date, now: str) -> None:
        self._put = put
        self._sample = sample
        self._today = today
        self._now = now
        self._rng = Random(7)  # noqa: S311 - a sample, and no secret

    def by_code(self, people: Sequence[int], items: Sequence[int], campaigns: Sequence[int]) -> None:
        """Give those who posted last a code, and sell with it from their post on."""
        sample, given = self._sample, set[int]()
        for post in sorted(sample.posts, key=lambda each: each.posted_on, reverse=True):
            if len(given) == _MOST_CODES:
                return
            if post.person in given or post.gift is None or post.nature == "before_contact":
                continue
            given.add(post.person)
            item, gift = sample.items[post.item], sample.gifts[post.gift]
            code = f"{fold(first_name_of(sample.people[post.person].name)).upper()}{10 + len(given)}"
            slug = fold(item.title).replace(" ", "-")
            row = self._put(
                SalesCode, code=code, code_key=fold(code), person_id=people[post.person], item_id=items[post.item],
                campaign_id=None if gift.campaign is None else campaigns[gift.campaign],
                url=marked_link(f"{_SHOP}{slug}", code, item.title) or "", created_at=self._now,
            )  # fmt: skip
            for day, copies in self._weeks_after(date.fromisoformat(post.posted_on)):
                orders = max(1, round(copies * self._rng.uniform(0.8, 1)))
                self._sale(item, day, copies, orders=orders, sales_code_id=row, source="The shop's report")

    def in_books(self, items: Sequence[int]) -> None:
        """What the distributor's books tell of the titles of campaigns, before them and since."""
        for campaign in self._sample.campaigns:
            starts = date.fromisoformat(campaign.starts_on)
            item, day = self._sample.items[campaign.item], starts - timedelta(weeks=_WEEKS_BEFORE)
            usual = self._rng.uniform(4, 12)
            while day <= min(self._today, date.fromisoformat(campaign.ends_on)):
                more = 1.0 if day < starts else self._rng.uniform(1.5, 2.2)
                copies = round(usual * more * self._rng.uniform(0.6, 1.4))
                if copies and item.pub_date <= day.isoformat():
                    self._sale(item, day, copies, item_id=items[campaign.item], source="The distributor's books")
                day += timedelta(days=7)

    def _weeks_after(self, day: date) -> Iterator[tuple[date, int]]:
        first = self._rng.lognormvariate(2.3, 0.6)
        for week in range(_WEEKS):
            sold_on = day + timedelta(days=_CLOSE + 7 * week)
            copies = round(first * _FALL**week * self._rng.uniform(0.7, 1.3))
            if copies and sold_on <= self._today:
                yield sold_on, copies

    def _sale(self, item: SampleItem, day: date, copies: int, **columns: Any) -> None:
        price = next((each.price_minor for each in item.editions if each.price_minor), None)
        currency = next((each.currency for each in item.editions if each.price_minor), "")
        is_out = item.pub_date <= day.isoformat()
        whole = {"orders": None, "item_id": None, "sales_code_id": None, **columns}
        self._put(
            Sale, kind="sales" if is_out else "pre_orders", sold_on=day.isoformat(), copies=copies,
            amount_minor=None if price is None else copies * price, currency=currency, evidence="verified",
            by="HO", created_at=self._now, **whole,
        )  # fmt: skip
