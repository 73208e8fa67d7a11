"""The rows behind each number of a review: a number that cannot be opened cannot be believed.

Each number has a name: ``gifts``, ``delivered``, ``posted``, ``reading``, ``quiet`` and the other stages; an axis and
a key, such as ``genre:ya_fantasy``, for delivered gifts; ``title:3`` for all gifts of a title; ``deal:paid``;
``nature:organic``; ``sales``, ``sales:paid``, ``costs``, ``events`` and ``clubs``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.fields.money import Money, summed
from outreach.services.gifts.states import Deal, Stage
from outreach.services.review.costing import counts_expenses, expenses_of
from outreach.services.review.gatherings import events_of
from outreach.services.review.gifts import ARRIVED, GiftFacts, gifts_of
from outreach.services.review.keys import AXES, keys_of
from outreach.services.review.selling import SaleFacts, sales_of
from outreach.services.review.thanking import latest_counts
from outreach.services.review.value import Scope
from outreach.services.shipments.gift_costs import GiftCosts, gift_costs
from outreach.services.voices.event_facts import held_events
from outreach.store.database import Store
from outreach.store.models import Campaign, Club, Event, Expense, Gift, Item, Person, Post, Sale, SalesCode

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """The list behind a number of a review is wanted; the name is what people read over it."""

    scope: Scope
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A row behind a number.

    Attributes:
        who: A person, or the name of an event or a club; empty where nobody is known.
        what: A title, or what it was.
        how: A stored value, and of which kind its word is: `how_kind`.
        day: Of its last step.
        amounts: Money, one for each currency.
        count: Copies or members, where these are counted.
        place, place_id: Where it is shown in the window; nowhere where the place is empty.
    """

    who: str
    what: str
    how: str
    how_kind: str
    day: str
    amounts: tuple[Money, ...] = ()
    count: int | None = None
    place: str = ""
    place_id: int = -1


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind a number: rows, which are looked up as they are seen."""

    kind: str
    ids: tuple[int, ...]
    costs: GiftCosts | None = None

    def lines(self, store: Store, ids: Sequence[int]) -> dict[int, BehindLine]:
        """Some of the rows."""
        return _LINES[self.kind](store, ids, self)


def behind(store: Store, scope: Scope, number: str) -> Behind:
    """The rows that a number of a review is counted from.

    Raises:
        KnownError: ``review.bad_period``.
        ValueError: for a name that is none of a number.
    """
    name, _, key = number.partition(":")
    if name in _OTHERS:
        return _OTHERS[name](store, scope, key)
    free = [each for each in gifts_of(store, scope) if each.is_free]
    if name in AXES:
        delivered = [each for each in free if each.has_arrived]
        keys = keys_of(delivered)
        return _of_gifts(each for each in delivered if keys.key(name, each) == key)
    if name == "title":
        return _of_gifts(each for each in free if str(each.item_id) == key)
    if name in ("gifts", "delivered"):
        return _of_gifts(each for each in free if name == "gifts" or each.stage in ARRIVED)
    stage = Stage(name)
    return _of_gifts(each for each in free if each.stage is stage)


def _sales(_store: Store, scope: Scope, key: str) -> Behind:
    deal = key or Deal.GIFT.value
    return Behind("sale", tuple(row.id for row in sales_of(scope) if row.has_code and row.deal == deal))


def _events(_store: Store, scope: Scope, _key: str) -> Behind:
    return Behind("event", tuple(each.id for each in events_of(scope)))


def _deal(store: Store, scope: Scope, key: str) -> Behind:
    return _of_gifts(each for each in gifts_of(store, scope) if each.deal == key and each.has_arrived)


def _nature(store: Store, scope: Scope, key: str) -> Behind:
    return Behind("post", tuple(_posts(gifts_of(store, scope), scope, key)))


def _clubs(store: Store, scope: Scope, _key: str) -> Behind:
    mine = {each.id for each in gifts_of(store, scope) if each.is_free}
    rows = Club.select(Club.id, Club.gift).order_by(Club.id).tuples()
    return Behind("club", tuple(club for club, gift in rows if gift in mine))


def _costs(store: Store, scope: Scope, _key: str) -> Behind:
    costs = gift_costs([each.id for each in gifts_of(store, scope) if each.is_free])
    spent = []
    if counts_expenses(scope):
        rows = expenses_of(scope, Expense.select(Expense.id)).order_by(Expense.id)
        spent = [-2 * row for (row,) in rows.tuples()]
        spent += [-2 * each.id - 1 for each in events_of(scope) if each.cost]
    return Behind("cost", (*sorted(costs.by_gift), *spent), costs)


def _of_gifts(some: Iterable[GiftFacts]) -> Behind:
    return Behind("gift", tuple(each.id for each in some))


def _posts(gifts: Sequence[GiftFacts], scope: Scope, nature: str) -> Iterable[int]:
    """The posts of a nature, as the review counts them."""
    from outreach.services.review.making import counts_post

    mine = {each.id for each in gifts}
    query = Post.select(Post.id, Post.gift, Post.item, Post.nature, Post.posted_on).order_by(Post.id)
    for row, gift, item, kind, day in query.tuples():
        if kind == nature and counts_post(scope, mine, gift, item, day):
            yield row


def _gift_lines(store: Store, ids: Sequence[int], whole: Behind) -> dict[int, BehindLine]:
    from outreach.services.gifts.gifts import list_gifts

    return {
        row.id: BehindLine(
            row.person, row.title, row.stage, "stage", row.state_on,
            whole.costs.of([row.id]) if whole.costs else (), None,
            *(("people", row.person_id) if row.person_id is not None else ("catalogue", row.item_id)),
        )
        for row in list_gifts(store, ids=ids)
    }  # fmt: skip


def _cost_lines(store: Store, ids: Sequence[int], whole: Behind) -> dict[int, BehindLine]:
    """Gifts by their ids; what was noted as spent by even numbers below nought, and events by odd ones."""
    found = _gift_lines(store, [row for row in ids if row > 0], whole)
    query = Expense.select(Expense.id, Expense.kind, Expense.amount_minor, Expense.currency, Expense.spent_on,
                           Expense.note, Campaign.id, Campaign.name).join(Campaign)  # fmt: skip
    spent = query.where(Expense.id.in_([-row // 2 for row in ids if row < 0 and row % 2 == 0]))
    for row, kind, minor, currency, day, note, campaign, name in spent.tuples():
        found[-2 * row] = BehindLine(name, note, kind, "budget_kind", day, (Money(currency, minor),), None,
                                     "campaigns", campaign)  # fmt: skip
    for each in held_events(Event.id.in_([(-row - 1) // 2 for row in ids if row < 0 and row % 2])):
        found[-2 * each.id - 1] = BehindLine(each.name, "", "events", "budget_kind", each.day, each.cost)
    return found


def _sale_lines(_store: Store, ids: Sequence[int], _whole: Behind) -> dict[int, BehindLine]:
    facts: Mapping[int, SaleFacts] = {row.id: row for row in sales_of(Scope(), ids)}
    codes: dict[int, str] = dict(
        Sale.select(Sale.id, SalesCode.code).join(SalesCode).where(Sale.id.in_(list(ids))).tuples()
    )
    names = _names(Person, Person.name, {row.person_id for row in facts.values()})
    titles = _names(Item, Item.title, {row.item_id for row in facts.values()})
    return {
        row.id: BehindLine(
            names.get(row.person_id or 0, "") or codes.get(row.id, ""), titles.get(row.item_id or 0, ""), row.evidence,
            "sale_evidence", row.sold_on, row.money, row.copies,
            *(("people", row.person_id) if row.person_id is not None else ()),
        )
        for row in facts.values()
    }  # fmt: skip


def _post_lines(_store: Store, ids: Sequence[int], _whole: Behind) -> dict[int, BehindLine]:
    query = Post.select(Post.id, Person.name, Item.title, Post.nature, Post.posted_on)
    query = query.left_outer_join(Person).switch(Post).left_outer_join(Item).where(Post.id.in_(list(ids)))
    return {
        row: BehindLine(name or "", title or "", nature, "nature", day, place="posts", place_id=row)
        for row, name, title, nature, day in query.tuples()
    }


def _event_lines(_store: Store, ids: Sequence[int], _whole: Behind) -> dict[int, BehindLine]:
    return {
        each.id: BehindLine(
            each.name, ", ".join(dict.fromkeys(line.name for line in each.lines)), "held", "event_state", each.day,
            summed(money for line in each.lines for money in line.money), sum(line.units for line in each.lines),
        )
        for each in held_events(Event.id.in_(list(ids)))
    }  # fmt: skip


def _club_lines(_store: Store, ids: Sequence[int], _whole: Behind) -> dict[int, BehindLine]:
    latest = latest_counts()
    query = Club.select(Club.id, Club.name, Club.kind, Item.title, Gift.state_on).left_outer_join(Gift)
    rows: Any = query.left_outer_join(Item, on=Gift.item == Item.id).where(Club.id.in_(list(ids))).tuples()
    return {
        row: BehindLine(name, title or "", kind, "club_kind", day or "", (), latest.get(row, 0), "clubs", row)
        for row, name, kind, title, day in rows
    }


def _names(model: Any, column: Any, ids: set[int | None]) -> dict[int, str]:
    return dict(model.select(model.id, column).where(model.id.in_([row for row in ids if row is not None])).tuples())


_LINES = {
    "gift": _gift_lines, "cost": _cost_lines, "sale": _sale_lines, "post": _post_lines, "event": _event_lines,
    "club": _club_lines,
}  # fmt: skip

_OTHERS = {
    "sales": _sales, "events": _events, "deal": _deal, "nature": _nature, "clubs": _clubs, "costs": _costs,
}  # fmt: skip
