"""What people read and how they liked it: noting it once, and counting it by genre."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL, fn

from outreach.services.tastes.fading import taste_rules
from outreach.store.among import about
from outreach.store.database import Store
from outreach.store.models import Item, ItemGenre, Reading, ReadingSubject

#: A book that was read, or given up, says something of a taste; one that is wanted or under way does not yet.
DONE = ("read", "dnf")
_CHUNK = 400


@dataclass(frozen=True, slots=True)
class Count:
    """How many books of a kind were liked, of those of which that is known, and how many were read in all."""

    liked: int = 0
    said: int = 0
    read: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A book of somebody's reading.

    Attributes:
        liked: Whether it was liked; None where nothing was said.
    """

    id: int
    title: str
    author: str
    status: str
    rating: float | None
    liked: bool | None
    read_on: str
    review: str
    source: str


def is_liked(rating: float | None, liked: int | None) -> bool | None:
    """Whether a book was liked: its stars say so, else what was said of it; None where neither is known."""
    if rating is not None:
        return rating >= taste_rules().liked_from
    return None if liked is None else bool(liked)


def genre_counts(people: Sequence[int]) -> dict[tuple[int, str], Count]:
    """By person and genre how her books of it were liked.

    A book that is in the catalogue has the genres of its item; any other has those that its reader's shelves tell.
    """
    found: dict[tuple[int, str], Count] = {}
    for start in range(0, len(people), _CHUNK):
        some = people[start : start + _CHUNK]
        for rows in (_of_item(some), _of_shelves(some)):
            _count(found, rows)
    return found


@about
def _of_item(people: SQL) -> Any:
    return (
        Reading.select(Reading.person, ItemGenre.genre, Reading.rating, Reading.liked)
        .join(ItemGenre, on=(ItemGenre.item == Reading.item))
        .where(Reading.person.in_(people) & Reading.status.in_(DONE))
    )


@about
def _of_shelves(people: SQL) -> Any:
    return (
        Reading.select(Reading.person, ReadingSubject.key, Reading.rating, Reading.liked)
        .join(ReadingSubject)
        .where(Reading.person.in_(people) & Reading.status.in_(DONE) & (ReadingSubject.kind == "genre"))
        .where(Reading.item.is_null() | Reading.item.not_in(ItemGenre.select(ItemGenre.item)))
    )


def author_counts(person: int) -> dict[str, tuple[str, Count]]:
    """By author's key the name and how her books were liked."""
    found: dict[tuple[int, str], Count] = {}
    names: dict[str, str] = {}
    done = (Reading.person == person) & Reading.status.in_(DONE) & (Reading.author_key != "")
    for key, name, rating, liked in Reading.select(
        Reading.author_key, Reading.author, Reading.rating, Reading.liked
    ).where(done).tuples():  # fmt: skip
        names.setdefault(key, name)
        _count(found, [(person, key, rating, liked)])
    return {key: (names[key], count) for (_, key), count in found.items()}


def mood_counts(person: int) -> dict[str, tuple[str, Count]]:
    """By mood how her books of it were liked, as she marked them."""
    found: dict[tuple[int, str], Count] = {}
    names: dict[str, str] = {}
    query = Reading.select(ReadingSubject.key, ReadingSubject.subject, Reading.rating, Reading.liked)
    done = (Reading.person == person) & Reading.status.in_(DONE) & (ReadingSubject.kind == "mood")
    for key, name, rating, liked in query.join(ReadingSubject).where(done).tuples():
        names.setdefault(key, name)
        _count(found, [(person, key, rating, liked)])
    return {key: (names[key], count) for (_, key), count in found.items()}


def books_of(person: int, kind: str, key: str, most: int = 40) -> list[Book]:
    """The books of a person's reading that bear on a taste, the newest first."""
    query = Reading.select().where((Reading.person == person) & Reading.status.in_(DONE))
    if kind == "author":
        query = query.where(Reading.author_key == key)
    elif kind == "comp":
        query = query.where(Reading.title_key == key)
    elif kind in ("genre", "mood"):
        told = ReadingSubject.select(ReadingSubject.reading).where(
            (ReadingSubject.kind == kind) & (ReadingSubject.key == key)
        )
        if kind == "genre":
            with_genres = ItemGenre.select(ItemGenre.item)
            has_it = ItemGenre.select(ItemGenre.item).where(ItemGenre.genre == key)
            unknown = Reading.item.is_null() | Reading.item.not_in(with_genres)
            query = query.where(Reading.item.in_(has_it) | (Reading.id.in_(told) & unknown))
        else:
            query = query.where(Reading.id.in_(told))
    else:
        return []
    newest = query.order_by(fn.coalesce(Reading.read_on, "").desc(), -Reading.id)
    return [_book(row) for row in newest.limit(most)]


def note_reading(  # noqa: PLR0913 - all of one reading
    store: Store, person: int, item_id: int, *, source: str, on: str, status: str = "read", liked: int | None = None,
    post: int | None = None,
) -> int:  # fmt: skip
    """Note inside the caller's operation that somebody read a title of the catalogue; one reading per title.

    What is known already stays: stars are never lost to a word without stars, and a book that was given up stays so
    until it was read.
    """
    row = Reading.get_or_none((Reading.person == person) & (Reading.item == item_id))
    item = Item.get_by_id(item_id)
    if row is None:
        row = Reading.get_or_none(
            (Reading.person == person) & (Reading.title_key == item.title_key)
            & (Reading.author_key == item.author_key)
        )  # fmt: skip
    if row is None:
        made = Reading.create(
            person=person, item=item_id, title=item.title, title_key=item.title_key, author=item.author,
            author_key=item.author_key, status=status, liked=liked, read_on=on, source=source, post=post,
            published=int(item.pub_date[:4]) if item.pub_date else None, by=store.by, created_at=store.now(),
        )  # fmt: skip
        return int(made.id)
    changed = {"item": item_id, "read_on": max(row.read_on or "", on)}
    if row.status not in DONE or status == "dnf":
        changed["status"] = status
    if liked is not None:
        changed["liked"] = liked
    if post is not None and row.post_id is None:
        changed["post"] = post
    Reading.update(**changed).where(Reading.id == row.id).execute()
    return int(row.id)


def item_matching(isbns: Iterable[str], titles: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The items of the catalogue that books are, by ``("isbn", number)`` and by folded title and author."""
    from outreach.store.models import Edition

    found: dict[tuple[str, str], int] = {}
    numbers, names = sorted(set(isbns)), sorted(set(titles))
    for start in range(0, len(numbers), _CHUNK):
        query = Edition.select(Edition.isbn13, Edition.item).where(Edition.isbn13.in_(numbers[start : start + _CHUNK]))
        found.update({("isbn", isbn): item for isbn, item in query.tuples()})
    for start in range(0, len(names), _CHUNK):
        some = names[start : start + _CHUNK]
        query = Item.select(Item.title_key, Item.author_key, Item.id).where(
            Item.title_key.in_([title for title, _ in some])
        )
        found.update({(title, author): item for title, author, item in query.tuples()})
    return found


def _book(row: Reading) -> Book:
    return Book(row.id, row.title, row.author, row.status, row.rating, is_liked(row.rating, row.liked),
                row.read_on or "", row.review, row.source)  # fmt: skip


def _count(found: dict[tuple[int, str], Count], rows: Iterable[tuple[int, str, float | None, int | None]]) -> None:
    counted: dict[tuple[int, str], list[int]] = {}
    for person, key, rating, liked in rows:
        one = counted.setdefault((person, key), [0, 0, 0])
        said = is_liked(rating, liked)
        one[0] += 1
        one[1] += said is not None
        one[2] += bool(said)
    for whose, (read, said_of, liked_of) in counted.items():
        old = found.get(whose, Count())
        found[whose] = Count(read=old.read + read, said=old.said + said_of, liked=old.liked + liked_of)
