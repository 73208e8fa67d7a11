"""To which genre, tier, role, title and campaign a gift belongs: rates are grouped by it, and lists are found by it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.services.catalogue.genres import load_genres
from outreach.services.people.tiers import tiers_of
from outreach.services.review.gifts import GiftFacts
from outreach.services.review.rates import Group, grouped
from outreach.store.among import rows_among
from outreach.store.models import Campaign, Item, ItemGenre, Person

#: By what rates are told, in the order in which they are shown.
AXES = ("genre", "tier", "role", "item", "campaign")


@dataclass(frozen=True, slots=True)
class Keys:
    """What is known of the gifts of a review, by person and by title."""

    genres: Mapping[int, str]
    tiers: Mapping[int, str]
    roles: Mapping[int, str]
    titles: Mapping[int, str]
    campaigns: Mapping[int, str]

    def key(self, axis: str, gift: GiftFacts) -> str:
        """The group of a gift; empty where it is not known."""
        if axis == "genre":
            return self.genres.get(gift.item_id, "")
        if axis == "tier":
            return self.tiers.get(gift.person_id or 0, "")
        if axis == "role":
            return self.roles.get(gift.person_id or 0, "")
        return str(gift.item_id) if axis == "item" else str(gift.campaign_id or "")

    def name(self, axis: str) -> Callable[[str], str]:
        """How groups are called; those of tiers and roles are stored values."""
        if axis == "genre":
            return load_genres().name
        if axis == "item":
            return lambda key: self.titles[int(key)]
        return (lambda key: self.campaigns[int(key)]) if axis == "campaign" else str

    def groups(self, axis: str, delivered: Iterable[GiftFacts]) -> tuple[Group, ...]:
        """The rates of an axis."""
        return grouped(((self.key(axis, gift), gift.is_posted) for gift in delivered), self.name(axis))


def keys_of(delivered: Sequence[GiftFacts]) -> Keys:
    """What groups some gifts belong to."""
    people = list({gift.person_id for gift in delivered if gift.person_id is not None})
    items = list({gift.item_id for gift in delivered})
    genres = ItemGenre.select(ItemGenre.item, ItemGenre.genre).order_by(ItemGenre.weight, ItemGenre.id.desc())
    roles: Any = rows_among(Person.select(Person.id, Person.role), Person.id, people)
    titles: Any = rows_among(Item.select(Item.id, Item.title), Item.id, items)
    return Keys(dict(genres.tuples()), tiers_of(people), dict(roles), dict(titles),
                dict(Campaign.select(Campaign.id, Campaign.name).tuples()))  # fmt: skip
