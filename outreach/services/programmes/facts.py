"""What the workspace knows of people, as a criterion reads it: how far each has it, and the words that say so.

Whoever is not told of has no entry: that is not known, which is something else than having none of it. Each reader is
one or two queries over all people, since a workspace may have a hundred thousand.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from outreach.fields.text import fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.programmes.criteria import Criterion
from outreach.services.programmes.kinds import Reads
from outreach.store.models import Address, AudienceShare, OtherRole, Person, PersonLook, PersonTag, TasteNote
from outreach.store.models.base import raw_rows

#: So many words say what is known of somebody.
_SAID = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """How far somebody has what a criterion wants, from 0 to 1, and the words that say so."""

    met: float
    said: str


def facts_for(criterion: Criterion) -> dict[int, Fact]:
    """By person what is known of her for a criterion."""
    return _READERS[criterion.reads](criterion)


def _looks(criterion: Criterion) -> dict[int, Fact]:
    query = PersonLook.select(PersonLook.person, PersonLook.key, PersonLook.name)
    return _by_words(criterion, raw_rows(query.where(PersonLook.kind == criterion.reads.value)))


def _tags(criterion: Criterion) -> dict[int, Fact]:
    return _by_words(criterion, raw_rows(PersonTag.select(PersonTag.person, PersonTag.key, PersonTag.name)))


def _tastes(criterion: Criterion) -> dict[int, Fact]:
    """Her own likes or her audience's; what she dislikes or never reads is known too, and is not what is wanted."""
    side = "own" if criterion.reads is Reads.TASTE else "audience"
    query = TasteNote.select(TasteNote.person, TasteNote.key, TasteNote.subject, TasteNote.polarity)
    genres = {genre.code: word for word in criterion.words if (genre := load_genres().of_word(word)) is not None}

    folded = cache(fold)

    def rows() -> Iterator[tuple[int, str, str]]:
        for person, key, subject, polarity in raw_rows(query.where(TasteNote.side == side)):
            word = genres.get(key) or (folded(subject) if folded(subject) in criterion.words else key)
            yield person, word if polarity == "like" else "", subject if polarity == "like" else f"– {subject}"

    return _by_words(criterion, rows())


def _audience(criterion: Criterion) -> dict[int, Fact]:
    """The parts of her audience in one field, as last noted; what is sensitive is never read."""
    query = AudienceShare.select(
        AudienceShare.person, AudienceShare.value, AudienceShare.share, AudienceShare.source, AudienceShare.noted_on
    ).where((AudienceShare.field == criterion.field) & (AudienceShare.is_sensitive == 0))
    latest: dict[int, dict[str, tuple[str, float | None, str, str]]] = {}
    for person, value, share, source, day in raw_rows(query.order_by(AudienceShare.noted_on, AudienceShare.id)):
        latest.setdefault(person, {})[fold(value)] = (value, share, source, day)
    found = {}
    for person, parts in latest.items():
        mine = [parts[word] for word in criterion.words if word in parts]
        met = _part(criterion, [share for _, share, _, _ in mine])
        if met is not None:
            found[person] = Fact(met, "; ".join(map(_told, (mine or list(parts.values()))[:_SAID])))
    return found


def _part(criterion: Criterion, shares: list[float | None]) -> float | None:
    """How far parts are enough; None where there are some and nobody knows how many."""
    if not shares:
        return 0.0
    if criterion.least is None:
        return len(shares) / len(criterion.words)
    known = [share for share in shares if share is not None]
    return min(1.0, sum(known) / criterion.least) if len(known) == len(shares) else None


def _told(part: tuple[str, float | None, str, str]) -> str:
    value, share, source, day = part
    amount = "" if share is None else f" {share:g}%"
    return f"{value}{amount} ({', '.join(filter(None, (source, day)))})"


def _noted(column: Any) -> Callable[[Criterion], dict[int, Fact]]:
    """A note about her in words of ours, in which the words that are wanted stand or do not."""

    def reads(criterion: Criterion) -> dict[int, Fact]:
        found = {}
        for person, text in raw_rows(Person.select(Person.id, column).where(column != "")):
            told = fold(text)
            found[person] = Fact(sum(word in told for word in criterion.words) / len(criterion.words), text)
        return found

    return reads


def _one_of(rows: Callable[[], Iterable[tuple[int, str]]]) -> Callable[[Criterion], dict[int, Fact]]:
    """Something of which she has one or a few, and any of the wanted words is all of it."""

    def reads(criterion: Criterion) -> dict[int, Fact]:
        found: dict[int, Fact] = {}
        folded = cache(fold)  # there are few values, and many people
        for person, value in rows():
            word = folded(value)
            met = float(word.replace("_", " ") in criterion.words or word in criterion.words)
            known = found.get(person)
            if known is None or met > known.met:
                found[person] = Fact(met, value)
        return found

    return reads


def _countries() -> Iterator[tuple[int, str]]:
    told = set()
    for person, country in raw_rows(Person.select(Person.id, Person.country).where(Person.country != "")):
        told.add(person)
        yield person, country
    at_home = Address.select(Address.person, Address.country).where((Address.is_current == 1) & (Address.country != ""))
    for person, country in raw_rows(at_home):
        if person not in told:
            yield person, country


def _roles() -> Iterator[tuple[int, str]]:
    yield from raw_rows(Person.select(Person.id, Person.role).where(Person.role != ""))
    yield from raw_rows(OtherRole.select(OtherRole.person, OtherRole.role))


def _languages() -> Iterator[tuple[int, str]]:
    yield from raw_rows(Person.select(Person.id, Person.language).where(Person.language != ""))


def _by_words(criterion: Criterion, rows: Iterable[tuple[Any, ...]]) -> dict[int, Fact]:
    """Of words with their key: those of the wanted ones that she has, else what she has instead."""
    hers: dict[int, dict[str, str]] = {}
    for person, key, name in rows:
        hers.setdefault(person, {})[key or f"\0{name}"] = name
    found = {}
    for person, words in hers.items():
        mine = [words[word] for word in criterion.words if word in words]
        said = ", ".join((mine or list(words.values()))[:_SAID])
        found[person] = Fact(len(mine) / len(criterion.words), said)
    return found


_READERS: dict[Reads, Callable[[Criterion], dict[int, Fact]]] = {
    Reads.AESTHETIC: _looks,
    Reads.MOOD: _looks,
    Reads.AUDIENCE: _audience,
    Reads.AUDIENCE_TASTE: _tastes,
    Reads.TASTE: _tastes,
    Reads.EXPERTISE: _noted(Person.expertise),
    Reads.REPUTE: _noted(Person.repute),
    Reads.ORGANISATION: _noted(Person.organisation),
    Reads.ROLE: _one_of(_roles),
    Reads.COUNTRY: _one_of(_countries),
    Reads.LANGUAGE: _one_of(_languages),
    Reads.TAG: _tags,
}
