"""The rows behind each number of a review: a number that cannot be opened cannot be believed.

Each number has a name: ``gifts``, ``delivered``, ``posted``, ``reading``, ``quiet`` and the other stages; an axis and
a key, such as ``genre:ya_fantasy``, for delivered gifts; ``title:3`` for all gifts of a title; ``deal:paid``;
``nature:organic``; ``sales``, ``sales:paid``, ``sold``, ``costs``, ``events`` and ``clubs``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outreach.fields.money import Money, summed
from outreach.services.gifts.states import Deal
from outreach.services.posts.kinds import Nature
from outreach.services.review.costing import counts_expenses, expenses_of
from outreach.services.review.gatherings import events_of
from outreach.services.review.headcounts import latest_counts
from outreach.services.review.selling import sales_in
from outreach.services.review.value import Scope
from outreach.services.shipments.gift_costs import GiftCosts
from outreach.services.voices.event_facts import held_events
from outreach.store.database import Store
from outreach.store.models import Campaign, Club, Event, Expense, Gift, Item, Person, Post, Sale, SalesCode
from outreach.store.models.base import raw_rows


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
    from outreach.services.review.counting.rows import gifts_behind

    name, _, key = number.partition(":")
    if name in _OTHERS:
        return _OTHERS[name](store, scope, key)
    return Behind("gift", gifts_behind(store, scope, name, key))


def _sales(store: Store, scope: Scope, key: str) -> Behind:
    from outreach.services.review.counting.rows import sales_behind

    return Behind("sale", sales_behind(store, scope, Deal(key or Deal.GIFT)))


def _sold(store: Store, scope: Scope, _key: str) -> Behind:
    from outreach.services.review.counting.rows import sales_behind

    return Behind("sale", sales_behind(store, scope))


def _events(_store: Store, scope: Scope, _key: str) -> Behind:
    return Behind("event", tuple(each.id for each in events_of(scope)))


def _nature(store: Store, scope: Scope, key: str) -> Behind:
    from outreach.services.review.counting.rows import posts_behind

    return Behind("post", posts_behind(store, scope, Nature(key)))


def _clubs(store: Store, scope: Scope, _key: str) -> Behind:
    from outreach.services.review.counting.rows import clubs_behind

    return Behind("club", clubs_behind(store, scope))


def _costs(store: Store, scope: Scope, _key: str) -> Behind:
    from outreach.services.review.counting.rows import costs_behind

    gifts, costs = costs_behind(store, scope)
    spent = []
    if counts_expenses(scope):
        rows = expenses_of(scope, Expense.select(Expense.id)).order_by(Expense.id)
        spent = [-2 * row for (row,) in rows.tuples()]
        spent += [-2 * each.id - 1 for each in events_of(scope) if each.cost]
    return Behind("cost", (*gifts, *spent), costs)


def _gift_lines(store: Store, ids: Sequence[int], whole: Behind) -> dict[int, BehindLine]:
    from outreach.services.gifts.gifts import list_gifts

    cost = whole.costs.of(ids).by_gift() if whole.costs else {}
    return {
        row.id: BehindLine(
            row.person, row.title, row.stage, "stage", row.state_on,
            cost.get(row.id, ()), None,
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
    def wanted(item: Any, person: Any) -> tuple[Any, ...]:
        return (Sale.id, Sale.evidence, Sale.sold_on, Sale.copies, Sale.amount_minor, Sale.currency, SalesCode.code,
                item, person)  # fmt: skip

    rows = list(raw_rows(sales_in(Scope(), wanted).where(Sale.id.in_(list(ids)))))
    names = _names(Person, Person.name, {person for *_, person in rows})
    titles = _names(Item, Item.title, {row[-2] for row in rows})
    return {
        row: BehindLine(
            names.get(person or 0, "") or code or "", titles.get(item or 0, ""), evidence, "sale_evidence", day,
            () if minor is None else (Money(currency, minor),), copies,
            *(("people", person) if person is not None else ()),
        )
        for row, evidence, day, copies, minor, currency, code, item, person in rows
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

_OTHERS = {"sales": _sales, "sold": _sold, "events": _events, "nature": _nature, "clubs": _clubs, "costs": _costs}
