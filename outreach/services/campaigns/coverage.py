"""Whom a roster lacks: genres, audiences, countries and kinds of voice, held against the titles that it is for.

It looks at the whole roster and at nobody in it: no person is more or less worth for filling a gap.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outreach.fields.roles import known_roles
from outreach.services.campaigns.campaign import titles_of
from outreach.services.catalogue.genres import load_genres
from outreach.store.database import Store
from outreach.store.models import Campaign, Gift, Item, ItemGenre, OtherRole, Person, Roster, RosterMember, TasteNote

#: Fewer than so many leave all of it to one or two.
FEW = 3
#: A title's lesser genres are no reason to look for someone.
_LEAST_WEIGHT = 0.5
#: Who is in the house, or speaks for somebody, is no voice that a roster lacks.
_NO_VOICES = frozenset({"colleague", "agent"})


class Facet(StrEnum):
    """What is looked at."""

    GENRES = "genres"
    AUDIENCES = "audiences"
    COUNTRIES = "countries"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Cover:
    """How a genre, a country or a role is covered.

    Attributes:
        key: A code of ours.
        titles: Of how many of the titles it is; nought where titles do not ask for it.
        people: How many of the roster.
        elsewhere: How many others we know, who are not on it.
    """

    facet: Facet
    key: str
    titles: int
    people: int
    elsewhere: int

    @property
    def is_lacking(self) -> bool:
        """Whether there is nobody of it on the roster."""
        return self.people == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a roster covers what it is for.

    Attributes:
        name: The campaign's or the roster's; empty for everyone.
        people: How many are on it.
        titles: How many titles it is held against.
        untold: By facet, of how many on it that is not known.
        rows: Those that lack most first.
    """

    name: str
    people: int
    titles: int
    untold: Mapping[Facet, int]
    rows: tuple[Cover, ...]

    def of(self, facet: Facet) -> tuple[Cover, ...]:
        """The rows of one facet."""
        return tuple(each for each in self.rows if each.facet is facet)


def coverage(store: Store, campaign_id: int | None = None, roster_id: int | None = None) -> Coverage:
    """How a campaign's people cover its titles, or a roster all titles, or everyone whom we know.

    Those in the archive, and those who asked not to be contacted, are nobody who could be asked.
    """
    from outreach.services.people.suppressions import suppressed_people

    known: dict[int, tuple[str, str]] = {
        who: (role, country)
        for who, role, country in Person.select(Person.id, Person.role, Person.country)
        .where(Person.archived_on.is_null()).order_by(Person.id).tuples()
    }  # fmt: skip
    quiet = suppressed_people(store, list(known))
    known = {who: facts for who, facts in known.items() if who not in quiet}
    name, mine, titles = _scope(campaign_id, roster_id, set(known))
    roles = _roles(known)
    voices = {who: [each for each in some if each not in _NO_VOICES] for who, some in roles.items()}
    wanted = _genres(titles)
    own, audience = _tastes(known, "own"), _tastes(known, "audience")
    rows = [
        *_asked(Facet.GENRES, wanted, own, mine), *_asked(Facet.AUDIENCES, wanted, audience, mine),
        *_known(Facet.COUNTRIES, {who: [country] for who, (_, country) in known.items() if country}, mine),
        *_known(Facet.ROLES, voices, mine, [each for each in known_roles() if each not in _NO_VOICES]),
    ]  # fmt: skip
    untold = {
        Facet.GENRES: len(mine - own.keys()),
        Facet.AUDIENCES: len(mine - audience.keys()),
        Facet.COUNTRIES: sum(not known[who][1] for who in mine),
        Facet.ROLES: len(mine - roles.keys()),
    }
    return Coverage(name, len(mine), len(titles), untold, tuple(rows))


def _scope(campaign_id: int | None, roster_id: int | None, known: set[int]) -> tuple[str, set[int], set[int]]:
    """What is looked at: its name, its people, its titles."""
    if campaign_id is not None:
        rows = Gift.select(Gift.person).where((Gift.campaign == campaign_id) & (Gift.state != "declined"))
        name = Campaign.get_by_id(campaign_id).name
        return name, known & {who for (who,) in rows.tuples()}, set(titles_of(campaign_id))
    titles = {item for (item,) in Item.select(Item.id).tuples()}
    if roster_id is not None:
        rows = RosterMember.select(RosterMember.person).where(RosterMember.roster == roster_id)
        return Roster.get_by_id(roster_id).name, known & {who for (who,) in rows.tuples()}, titles
    return "", known, titles


def _genres(titles: set[int]) -> Counter[str]:
    """Of how many titles a genre is."""
    rows = ItemGenre.select(ItemGenre.item, ItemGenre.genre).where(ItemGenre.weight >= _LEAST_WEIGHT)
    return Counter(genre for item, genre in rows.distinct().tuples() if item in titles)


def _tastes(known: Mapping[int, Any], side: str) -> dict[int, set[str]]:
    """By person the genres that she, or her audience, enjoys."""
    found: dict[int, set[str]] = {}
    rows = TasteNote.select(TasteNote.person, TasteNote.key).where(
        (TasteNote.side == side) & (TasteNote.polarity == "like") & (TasteNote.kind == "genre")
    )
    for who, key in rows.tuples():
        if who in known:
            found.setdefault(who, set()).add(key)
    return found


def _roles(known: Mapping[int, tuple[str, str]]) -> dict[int, list[str]]:
    found = {who: [role] for who, (role, _) in known.items() if role}
    for who, role in OtherRole.select(OtherRole.person, OtherRole.role).tuples():
        if who in known and role not in found.get(who, ()):
            found.setdefault(who, []).append(role)
    return found


def _asked(facet: Facet, wanted: Counter[str], tastes: Mapping[int, set[str]], mine: set[int]) -> list[Cover]:
    """Who enjoys the genres of the titles, or one within them: who lives for cosy crime reads crime."""
    covers, by_key = load_genres().covers, _by_key(tastes)
    rows = []
    for genre, titles in wanted.items():
        people = set().union(*(who for key, who in by_key.items() if covers(genre, key)))
        rows.append(Cover(facet, genre, titles, len(people & mine), len(people - mine)))
    return sorted(rows, key=lambda row: (not row.is_lacking, row.people >= FEW, -row.titles, row.people, row.key))


def _known(
    facet: Facet, values: Mapping[int, Iterable[str]], mine: set[int], offered: Iterable[str] = ()
) -> list[Cover]:
    """Whom of these we know, on the roster and elsewhere; what is offered is looked for also where nobody is of it."""
    by_key = {**{key: set() for key in offered}, **_by_key(values)}
    rows = [Cover(facet, key, 0, len(who & mine), len(who - mine)) for key, who in by_key.items()]
    return sorted(
        rows, key=lambda row: (not row.is_lacking, -row.elsewhere if row.is_lacking else -row.people, row.key)
    )


def _by_key(values: Mapping[int, Iterable[str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for who, keys in values.items():
        for key in keys:
            found.setdefault(key, set()).add(who)
    return found
