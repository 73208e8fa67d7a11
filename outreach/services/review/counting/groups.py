"""To which genre, tier, role, title and campaign gifts belong: rates are grouped by it, and lists are found by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peewee import fn

from outreach.services.catalogue.genres import load_genres
from outreach.services.people.tiers import OFF_SOCIAL, audiences
from outreach.services.review.counting.gifts import Gifts
from outreach.services.review.rates import Group, put_in_order, rate
from outreach.services.workspaces.data_rules import data_rules
from outreach.store.among import rows_among
from outreach.store.columns import columns, distinct, in_turn, place_among, places, values_of
from outreach.store.database import Store
from outreach.store.models import Campaign, Item, ItemGenre, Person

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _People:
    """Everyone's role and tier: places in `roles` and `tiers`, of which the first is empty, for what is not known."""

    ids: _Numbers
    role: _Numbers
    roles: tuple[str, ...]
    tier: _Numbers
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """What is known of gifts by person and by title."""

    people: _People
    genres: Mapping[int, str]
    titles: Mapping[int, str]
    campaigns: Mapping[int, str]

    def of(self, axis: str, gifts: Gifts) -> tuple[_Numbers, list[str]]:
        """The group of each gift, as its place among keys, of which an empty one is of those where it is not known."""
        if axis in ("role", "tier"):
            at = places(gifts.person, self.people.ids)
            kept, keys = getattr(self.people, axis), list(getattr(self.people, f"{axis}s"))
            return np.where(at < 0, 0, kept[at]) if len(kept) else np.zeros(len(at), np.int64), keys
        if axis == "campaign":
            ids = np.array(sorted(self.campaigns), np.int64)
            return places(gifts.campaign, ids) + 1, ["", *map(str, ids.tolist())]
        ids = np.array(sorted(self.titles), np.int64)
        at = places(gifts.item, ids)
        if axis == "item":
            return at, [str(item) for item in ids.tolist()]
        keys = ["", *sorted({*self.genres.values()} - {""})]
        of_item = np.array([keys.index(self.genres.get(item, "")) for item in ids.tolist()], np.int64)
        return of_item[at] if len(ids) else at, keys

    def groups(self, axis: str, delivered: Gifts) -> tuple[Group, ...]:
        """The rates of an axis."""
        at, keys = self.of(axis, delivered)
        wholes = np.bincount(at, minlength=len(keys)).tolist()
        parts = np.bincount(at[delivered.is_posted], minlength=len(keys)).tolist()
        name = self._name(axis)
        return put_in_order(
            Group(keys[place], name(keys[place]) if keys[place] else "", rate(parts[place], wholes[place]))
            for place in in_turn(at)
        )

    def _name(self, axis: str) -> Callable[[str], str]:
        """How groups are called; those of tiers and roles are stored values."""
        if axis == "genre":
            return load_genres().name
        if axis == "item":
            return lambda key: self.titles[int(key)]
        return (lambda key: self.campaigns[int(key)]) if axis == "campaign" else str

    def without_tier(self, gifts: Gifts) -> int:
        """Of how many people with some of the gifts no tier is known."""
        at, _ = self.of("tier", gifts)
        return len(distinct(gifts.person[(at == 0) & (gifts.person > 0)]))


def keys_of(store: Store, gifts: Gifts) -> Keys:
    """What is known of gifts by person and by title."""
    items = distinct(gifts.item).tolist()
    genres: Any = ItemGenre.select(ItemGenre.item, ItemGenre.genre).order_by(ItemGenre.weight, ItemGenre.id.desc())
    titles: Any = rows_among(Item.select(Item.id, Item.title), Item.id, items)
    return Keys(
        store.once("review.people", _people), dict(rows_among(genres, ItemGenre.item, items)), dict(titles),
        dict(Campaign.select(Campaign.id, Campaign.name).tuples()),
    )  # fmt: skip


def _people() -> _People:
    roles = tuple(role for role in values_of(Person.role) if role)
    ids, role = columns(Person.select(Person.id, place_among(Person.role, roles) + 1).order_by(Person.id))
    person, followers = audiences().selected_columns
    who, followers = columns(audiences().select(fn.COALESCE(person, 0), fn.COALESCE(followers, -1)))
    at = places(who, ids)
    at, followers = at[at >= 0], followers[at >= 0]
    largest = np.full(len(ids), -1)
    np.maximum.at(largest, at, followers)
    begins = sorted(data_rules().tiers)
    tier = np.searchsorted([start for start, _ in begins], largest, side="right")
    tiers = ("", *(name for _, name in begins), OFF_SOCIAL)
    is_off = np.ones(len(ids), np.bool_)
    is_off[at] = False
    tier[is_off] = len(tiers) - 1
    return _People(ids, role, ("", *roles), tier, tiers)
