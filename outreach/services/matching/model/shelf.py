"""Which book for this person: what does not depend on her is worked out once for the books on offer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outreach.services.matching.model import constants as c
from outreach.services.matching.model.engine import Engine, closest, levelled, lifted, steep
from outreach.services.matching.model.events import Worth
from outreach.services.matching.model.library import Floats, Ints, Lists, era_of, nearness


@dataclass(frozen=True, slots=True)
class Tie:
    """By book the books on offer that it is tied to, and how strongly."""

    lists: Lists
    worth: Floats

    def sums(self, read: NDArray[np.integer], value: Floats, size: int) -> Floats:
        """What some books that were read are worth, by book on offer."""
        found = np.zeros(size, np.float32)
        for book, each in zip(read.tolist(), value.tolist(), strict=True):
            span = slice(self.lists.starts[book], self.lists.starts[book + 1])
            found[self.lists.ids[span]] += each * self.worth[span]
        return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """The books on offer.

    Attributes:
        books: Their numbers.
        near: Books alike.
        near_usual: What an event is worth for those on average, by book on offer.
        shared: Books that the readers of their kin read more than others.
        shared_usual: The same for those.
        level: By how much the average reader would come out above herself.
    """

    books: Ints
    near: Tie
    near_usual: Floats
    shared: Tie
    shared_usual: Floats
    level: Floats


def offer(engine: Engine, books: Sequence[int]) -> Shelf:
    """Work out for some books what is the same for everybody."""
    near: list[tuple[Ints, Floats]] = []
    shared: list[tuple[Ints, Floats]] = []
    near_usual, shared_usual, level = (np.ones(len(books), np.float32) for _ in range(3))
    for at, book in enumerate(books):
        likeness = engine.library.likeness(book)
        alike = closest(likeness, c.CLOSEST, 0.0)
        worth = likeness[alike] ** c.SIMILAR_POWER
        near.append((alike.astype(np.int32), worth))
        near_usual[at] = engine.priors.usual(engine.orders.sum_of(alike, Worth.SIMILAR, worth), c.IMAGINED_SIMILAR)
        lift = engine.neighbours(book, likeness)
        more = closest(lift, c.NEIGHBOURS, 0.0) if lift is not None else np.zeros(0, np.int64)
        worth = lift[more] if lift is not None else np.zeros(0, np.float32)
        shared.append((more.astype(np.int32), worth))
        if len(more):
            sums = engine.orders.sum_of(more, Worth.READING, worth)
            shared_usual[at] = engine.priors.usual(sums, c.IMAGINED_SHARED)
        level[at] = engine.terms(book).level
    numbers = np.array(books, np.int32)
    size = len(engine.library)
    return Shelf(numbers, _tie(near, size), near_usual, _tie(shared, size), shared_usual, level)


def _tie(rows: Sequence[tuple[Ints, Floats]], size: int) -> Tie:
    turned, order = Lists.of([row.tolist() for row, _ in rows]).turned(size)
    worth = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, np.float32)
    return Tie(turned, worth[order].astype(np.float32))


@dataclass(frozen=True, slots=True)
class Choice:
    """The evidence for each book on offer, for one person.

    Attributes:
        total: Their sum less the level.
        by_name: Each term by book on offer.
        known: Which of them she read herself; what is said of those means nothing.
    """

    total: Floats
    by_name: dict[str, Floats]
    known: np.ndarray[tuple[int], np.dtype[np.bool_]]


def choose(engine: Engine, shelf: Shelf, person: int) -> Choice:
    """The evidence for each book on offer, as `Engine.terms` has it for each person."""
    library, people, books = engine.library, engine.people, shelf.books
    at = engine.orders.of_person(person)
    read, orders = engine.orders.book(at), engine.orders
    size, count = len(books), people.read[person]
    authors, reading = orders.values(Worth.AUTHOR, at), orders.values(Worth.READING, at)
    found = {
        "genre": library.shares[books] @ people.lift[:, person] * people.leaning[person],
        "author": _same(library.books.author, books, read, authors, c.AUTHOR_STEEPNESS),
        "series": _same(library.books.series, books, read, authors, c.SERIES_STEEPNESS),
        **_ages(engine, books, person),
        "like": np.full(size, people.like[person], np.float32),
        "keywords": _keywords(engine, books, read, reading) - people.wordless[person],
        "similar": lifted(shelf.near.sums(read, orders.values(Worth.SIMILAR, at), size), count, shelf.near_usual,
                          c.SIMILAR_PRIOR),
        "readers": lifted(shelf.shared.sums(read, reading, size), count, shelf.shared_usual, c.NEIGHBOUR_PRIOR),
    }  # fmt: skip
    words = np.diff(library.words.starts)[books]
    found["keywords"] *= np.minimum(words / c.MANY_KEYWORDS, 1.0).astype(np.float32)
    total = -shelf.level * levelled(people.read[person])
    for name, values in found.items():
        values *= np.float32(c.WEIGHTS[name])
        total = total + values
    return Choice(total, found, np.isin(books, read))


def _same(group: Ints, books: Ints, read: NDArray[np.integer], value: Floats, steepness: float) -> Floats:
    sums = np.bincount(group[read] + 1, value, int(group.max(initial=-1)) + 2)
    sums[0] = 0
    return steep(sums[group[books] + 1].astype(np.float32), steepness)


def _ages(engine: Engine, books: Ints, person: int) -> dict[str, Floats]:
    ages, count, prior = engine.people.age[:, person], engine.people.dated[person], engine.priors.age
    steps = len(prior)
    era, age = np.zeros(steps + 1, np.float32), np.zeros(steps + 1, np.float32)
    for step in range(steps):
        number = era_of(step)
        span = slice(c.ERA_BEGINS[number], c.ERA_BEGINS[number + 1])
        near = nearness(step)
        usual_era, usual_age = prior[span].sum(), near @ prior
        era[step] = np.log((ages[span].sum() + c.ERA_PRIOR * usual_era) / ((count + c.ERA_PRIOR) * usual_era))
        age[step] = np.log((near @ ages + c.AGE_PRIOR * usual_age) / ((count + c.AGE_PRIOR) * usual_age))
    # The last place stands for books whose year is not known.
    return {"era": era[engine.library.age[books]], "age": age[engine.library.age[books]]}


def _keywords(engine: Engine, books: Ints, read: NDArray[np.integer], value: Floats) -> Floats:
    library = engine.library
    counts = np.zeros(library.number_of_words + 1, np.float32)
    for book, each in zip(read.tolist(), value.tolist(), strict=True):
        counts[library.words.row(book)] += each
    said = np.log(1 + counts[:-1] / (c.KEYWORD_PRIOR * engine.priors.word))
    weighted = said[library.words.ids] * library.weights
    ends = np.concatenate((np.zeros(1), np.cumsum(weighted, dtype=np.float64)))
    weights = np.concatenate((np.zeros(1), np.cumsum(library.weights, dtype=np.float64)))
    starts = library.words.starts
    total = weights[starts[1:]] - weights[starts[:-1]]
    found = (ends[starts[1:]] - ends[starts[:-1]])[books] / np.maximum(total[books], 1e-9)
    return found.astype(np.float32)
