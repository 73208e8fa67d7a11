"""From what is known to the arrays of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from outreach.fields.text import fold
from outreach.services.catalogue.genres import load_genres
from outreach.services.matching.gathering import Book, Known, Seen, Stated, Take, genre_codes
from outreach.services.matching.model import constants as c
from outreach.services.matching.model.change import Reading, has_room, put_person
from outreach.services.matching.model.engine import Engine, build
from outreach.services.matching.model.events import DISLIKED, LIKED, SO_SO, Events
from outreach.services.matching.model.library import Books, Floats, Library, Lists, ages

_TAKE = {Take.LIKED: LIKED, Take.LUKEWARM: SO_SO, Take.DISLIKED: DISLIKED}
#: What is that many years old counts half, and never less than the least: tastes fade, they do not vanish.
_HALF_LIFE_YEARS, _LEAST_WEIGHT = 5.0, 0.3
_DAYS_A_YEAR = 365.25
#: A genre that holds a named one, or is held by it, is named a little too.
_KIN_SHARE = 0.25
#: In a list of so many books or more, a keyword must stand in several to mean anything.
_MANY_BOOKS = 500


@dataclass(slots=True)
class Arrays:
    """The engine over what is known.

    Attributes:
        row: By person her row.
        genre: By code its column.
        has_read: By row, whether a book is known that she read.
    """

    known: Known
    engine: Engine
    row: dict[int, int]
    genre: dict[str, int]
    has_read: NDArray[np.bool_]


def arrays(known: Known) -> Arrays:
    """Build the engine."""
    genre = {code: at for at, code in enumerate(genre_codes())}
    row = {person: at for at, person in enumerate(known.people)}
    library = _library(known, genre)
    seen = [(row[person], each) for person in known.read if person in row for each in known.read[person].values()]
    events = Events(
        np.array([person for person, _ in seen], np.int32), np.array([each.book for _, each in seen], np.int32),
        np.array([_TAKE[each.take] for _, each in seen], np.int8),
        np.array([_weight(known, each) for _, each in seen], np.float32),
        ages_when_read(known, library, [each for _, each in seen]).astype(np.int8),
    )  # fmt: skip
    stated = np.zeros((len(row), len(genre)), np.float32)
    for person in known.own:
        if person in row:
            stated[row[person]] = stated_vector(known.own[person], genre)
    # The average reader reads of everything: a list of one publisher's books says little about her.
    usual = np.full(len(genre), c.IMAGINED_EVENTS / len(genre), np.float32)
    usual += c.GENRE_PRIOR * (stated / np.maximum(stated.sum(1, keepdims=True), 1e-9)).sum(0)
    has_read = np.zeros(len(row), np.bool_)
    has_read[[person for person, each in seen if known.books[each.book].title]] = True
    return Arrays(known, build(library, events, len(row), stated, usual), row, genre, has_read)


def renew(built: Arrays, person: int) -> bool:
    """Bring one person's row up to what is known of her now; False where the arrays must be built anew."""
    known, engine = built.known, built.engine
    seen = list((known.read.get(person) or {}).values())
    is_new_book = any(each.book >= len(engine.library) for each in seen)
    if person not in built.row or is_new_book or not has_room(engine, len(seen)):
        return False
    steps = ages_when_read(known, engine.library, seen)
    readings = [
        Reading(each.book, _TAKE[each.take], _weight(known, each), int(step))
        for each, step in zip(seen, steps, strict=True)
    ]
    mine = known.own.get(person)
    built.has_read[built.row[person]] = any(known.books[each.book].title for each in seen)
    put_person(engine, built.row[person], readings, stated_vector(mine, built.genre) if mine else None)
    return True


def stated_vector(mine: dict[str, Stated], genre: dict[str, int]) -> Floats:
    """What someone names, by genre; what is close to it a little too."""
    found = np.zeros(len(genre), np.float32)
    liked = {code: each.strength for code, each in mine.items() if each.strength > 0 and code in genre}
    for code, strength in liked.items():
        found[genre[code]] += strength
        for kin in _kin(code):
            if kin not in mine:
                found[genre[kin]] = max(found[genre[kin]], _KIN_SHARE * strength)
    return found


@cache
def _kin(code: str) -> tuple[str, ...]:
    """Genres that hold one or are held by it; looked up for everybody who names it."""
    return load_genres().kin(code)


def _weight(known: Known, seen: Seen) -> float:
    try:
        years = (known.today.toordinal() - _ordinal(seen.on)) / _DAYS_A_YEAR if seen.on else 0.0
    except ValueError:
        years = 0.0
    return max(_LEAST_WEIGHT, float(0.5 ** (max(years, 0.0) / _HALF_LIFE_YEARS))) * seen.strength


@cache
def _ordinal(day: str) -> int:
    return date.fromisoformat(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]).toordinal()


def ages_when_read(known: Known, library: Library, seen: list[Seen]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """How old each book was when it was read."""
    when = [int(each.on[:4]) if each.on[:4].isdigit() else known.today.year for each in seen]
    year = library.books.year[[each.book for each in seen]] if seen else np.zeros(0, np.int32)
    return ages(year, np.array(when, np.int32))


def _library(known: Known, genre: dict[str, int]) -> Library:
    books = known.books
    weights = np.zeros((len(books), len(genre)), np.float32)
    for at, book in enumerate(books):
        strongest = max(book.genres.values(), default=1.0) or 1.0
        for code, weight in book.genres.items():
            if code in genre:
                weights[at, genre[code]] = weight / strongest
    by_key = _title_numbers(books)
    words: dict[str, int] = {}
    keywords = [[words.setdefault(word, len(words)) for word in book.words] for book in books]
    comps = [[by_key[key] for key in book.comps if by_key.get(key, at) != at] for at, book in enumerate(books)]
    given = Books(
        weights, _numbered([book.author_key for book in books]), _numbered([book.series for book in books]),
        np.array([book.year for book in books], np.int32), Lists.of(keywords), Lists.of(comps),
    )  # fmt: skip
    fewest = c.KEYWORD_BOOKS if len(books) >= _MANY_BOOKS else 1
    return Library(given, known.today.year, fewest)


def _title_numbers(books: Sequence[Book]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, book in enumerate(books):
        if book.title:
            found.setdefault(fold(book.title), at)
    return found


def _numbered(keys: list[str]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    known: dict[str, int] = {}
    return np.array([known.setdefault(key, len(known)) if key else -1 for key in keys], np.int32)
