"""What is looked for, gathered from the tables as plain values for a child process."""

from collections import defaultdict
from typing import Any

from outreach.services.feeds.vocabulary import authors_named, plain_item
from outreach.services.gifts.gifts import GiftState
from outreach.store.models import Campaign, Contributor, Edition, Gift, Item

#: ONIX list 17: those by whom a book is known.
_AUTHORS = ("A01", "A02", "B01", "A12")
_UNDER_WAY = (GiftState.SENT.value, GiftState.DELIVERED.value, GiftState.CLOSED_QUIET.value)


def gather_vocabulary() -> list[dict[str, Any]]:
    """The titles, authors, campaigns and numbers of all items."""
    authors: dict[int, list[str]] = defaultdict(list)
    for item, name in (
        Contributor.select(Contributor.item, Contributor.name).where(Contributor.role.in_(_AUTHORS)).tuples()
    ):
        authors[item].append(name)
    numbers: dict[int, list[str]] = defaultdict(list)
    for item, isbn in Edition.select(Edition.item, Edition.isbn13).where(Edition.isbn13.is_null(False)).tuples():
        numbers[item].append(isbn)
    campaigns: dict[int, list[str]] = defaultdict(list)
    of_gifts = Gift.select(Gift.item, Campaign.name).join(Campaign, on=Gift.campaign == Campaign.id).distinct()
    for item, name in of_gifts.tuples():
        campaigns[item].append(name)
    return [
        plain_item(item, [title], _each_once([*authors[item], *authors_named(author)]), campaigns[item], numbers[item])
        for item, title, author in Item.select(Item.id, Item.title, Item.author).tuples()
    ]


def _each_once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


def gather_gifts() -> dict[int, list[int]]:
    """By person the items that were sent to her."""
    found: dict[int, list[int]] = defaultdict(list)
    query = Gift.select(Gift.person, Gift.item).where(Gift.person.is_null(False) & Gift.state.in_(_UNDER_WAY))
    for person, item in query.tuples():
        found[person].append(item)
    return found
