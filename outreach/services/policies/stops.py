"""What a review policy stops: a letter or a gift that breaks it. Only another card lets it through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outreach.errors import KnownError
from outreach.services.catalogue.genres import Genres, load_genres
from outreach.services.policies.card import Card, cards_of
from outreach.store.among import among
from outreach.store.models import Address, Edition, Item, ItemGenre, Person, ReviewPolicy
from outreach.store.models.base import raw_rows

#: Formats that do not travel in a parcel.
_ON_SCREEN = frozenset({"ebook", "egalley", "audiobook"})
#: A proof is printed on paper; who takes none of its kind has said so of proofs.
_OF_KIND = {"proof": "proof", "egalley": "egalley"}
_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Title:
    """What of a title a policy can speak of.

    Attributes:
        formats: Of the edition that is meant, or of all editions that there are.
    """

    genres: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stop:
    """Why something is stopped.

    Attributes:
        code: ``closed``, ``genre``, ``not_named``, ``format`` or ``country``.
        phrase: Her words.
        facts: What the sentence needs besides: a genre, a format, a country.
    """

    code: str
    phrase: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def stop_of(card: Card, title: Title, country: str = "", genres: Genres | None = None) -> Stop | None:
    """What of a card a title breaks, None where nothing.

    In this order: closed to requests; a genre of the title that she refuses, unless she names that very genre as one
    she takes; with "only", none of its genres being one that she takes; every format of it refused; a parcel to a
    country where she takes none. What a title is not known to be stops nothing.
    """
    known = genres or load_genres()
    if card.is_open is False:
        # What was noted by hand has no words of hers but the text, if that was kept.
        return Stop("closed", card.open_phrase or card.text[:_EXCERPT] or "…")
    taken = {rule.key for rule in card.of("genre", allows=True)}
    for rule in card.of("genre", allows=False):
        broken = [code for code in sorted(title.genres) if known.covers(rule.key, code) and code not in taken]
        if broken:
            return Stop("genre", rule.phrase or "…", {"genre": known.name(rule.key)})
    if card.genres_only and taken and title.genres:
        phrase = next(rule.phrase for rule in card.of("genre", allows=True))
        if not any(known.covers(mine, code) for mine in taken for code in title.genres):
            return Stop("not_named", phrase or "…", {"genres": ", ".join(sorted(known.name(code) for code in taken))})
    refused = {rule.key: rule.phrase for rule in card.of("format", allows=False)}
    if title.formats and title.formats <= set(refused):
        name = sorted(title.formats)[0]
        return Stop("format", refused[name] or "…", {"edition_format": name})
    return _place_stop(card, title, country)


def _place_stop(card: Card, title: Title, country: str) -> Stop | None:
    places = card.of("country", allows=True)
    travels = not title.formats or bool(title.formats - _ON_SCREEN)
    if country and places and travels and country not in {rule.key for rule in places}:
        return Stop("country", places[0].phrase or "…", {"parcel_country": country})
    return None


def closed(people: Sequence[int] | None = None) -> dict[int, Stop]:
    """Who is closed to requests whatever is offered, of some people or of all."""
    if people is None:
        people = [row[0] for row in raw_rows(ReviewPolicy.select(ReviewPolicy.person).where(ReviewPolicy.is_open == 0))]
    shut = {person: card for person, card in cards_of(people).items() if card.is_open is False}
    found = {person: stop_of(card, Title()) for person, card in shut.items()}
    return {person: stop for person, stop in found.items() if stop is not None}


def stops(item_id: int, people: Sequence[int] | None = None, edition_id: int | None = None) -> dict[int, Stop]:
    """Whom a title must not be offered to, of some people or of all, each with the reason."""
    cards = cards_of(people)
    if not cards:
        return {}
    title = title_of(item_id, edition_id)
    countries = _countries([person for person, card in cards.items() if card.of("country", allows=True)])
    genres = load_genres()
    found = {person: stop_of(card, title, countries.get(person, ""), genres) for person, card in cards.items()}
    return {person: stop for person, stop in found.items() if stop is not None}


def title_of(item_id: int, edition_id: int | None = None) -> Title:
    """What a policy can speak of, of a title and perhaps one edition of it."""
    genres = frozenset(row.genre for row in ItemGenre.select().where(ItemGenre.item == item_id))
    editions = Edition.select().where(Edition.item == item_id)
    if edition_id is not None:
        editions = editions.where(Edition.id == edition_id)
    formats = frozenset(_OF_KIND.get(row.kind) or row.format for row in editions)
    return Title(genres, formats - {""} if "" not in formats else frozenset())


def refuse_stopped(item_id: int, people: Sequence[int], edition_id: int | None = None) -> None:
    """Nothing is offered to someone whose policy it breaks.

    Raises:
        KnownError: ``policies.closed``, ``policies.genre``, ``policies.not_named``, ``policies.format``,
            ``policies.country``.
    """
    found = stops(item_id, people, edition_id)
    if found:
        raise trouble(min(found), item_id, found[min(found)])


def trouble(person_id: int, item_id: int, stop: Stop) -> KnownError:
    """The sentence of a stop."""
    return KnownError(f"policies.{stop.code}", **facts_of(person_id, item_id, stop))


def facts_of(person_id: int, item_id: int, stop: Stop) -> dict[str, Any]:
    """What the sentence of a stop needs."""
    person, item = Person.get_by_id(person_id), Item.get_by_id(item_id)
    return {"person": person.name, "title": item.title, "phrase": stop.phrase, **stop.facts}


def _countries(people: Sequence[int]) -> dict[int, str]:
    query = Address.select(Address.person, Address.country).where(
        Address.person.in_(among(people)) & (Address.is_current == 1)
    )
    return {person: country for person, country in query.tuples() if country}
