"""One person's row, changed in place: a new event, or everything known of her anew.

The averages stay those of the last building; what one person adds does not move them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from outreach.services.matching.model import constants as c
from outreach.services.matching.model.engine import Engine, derive, state_one
from outreach.services.matching.model.events import LIKED
from outreach.services.matching.model.library import Floats


@dataclass(frozen=True, slots=True)
class Reading:
    """A book that someone read.

    Attributes:
        book: Its number.
        take: `LIKED`, `SO_SO` or `DISLIKED`.
        weight: What it counts.
        age: The step of the book's age when it was read, -1 where it is not known.
    """

    book: int
    take: int = LIKED
    weight: float = 1.0
    age: int = -1


def has_room(engine: Engine, number: int) -> bool:
    """Whether so many events can be added before the arrays must be built anew."""
    return bool(engine.orders.added.stop + number <= len(engine.orders.code))


def add_reading(engine: Engine, person: int, reading: Reading) -> None:
    """Count one more book that someone read; there must be room."""
    _count(engine, person, reading)
    engine.orders.add(person, reading.book, reading.take, reading.weight)
    derive(engine.people, engine.priors, slice(person, person + 1))


def put_person(engine: Engine, person: int, readings: Sequence[Reading], stated: Floats | None = None) -> None:
    """Let a person's record be this and nothing else; there must be room.

    Args:
        engine: Whose arrays are changed.
        person: The row.
        readings: All she read.
        stated: What she says she likes, by genre.
    """
    people, orders, priors = engine.people, engine.orders, engine.priors
    for at in orders.of_person(person):
        book, take, weight = int(orders.book(at)), int(orders.take(at)), float(orders.weight[at])
        priors.books_read[book] -= weight
        priors.books_liked[book] -= weight * c.SIMILAR_VALUE[take]
    orders.remove(person)
    people.genre[:, person] = 0
    people.age[:, person] = 0
    for values in (people.mass, people.read, people.reading, people.liked, people.dated):
        values[person] = 0
    for reading in readings:
        _count(engine, person, reading)
        orders.add(person, reading.book, reading.take, reading.weight)
    if stated is not None:
        state_one(engine.library, people, person, stated)
    derive(people, priors, slice(person, person + 1))


def _count(engine: Engine, person: int, reading: Reading) -> None:
    people, shares = engine.people, engine.library.shares[reading.book]
    value = np.float32(c.GENRE_VALUE[reading.take] * reading.weight)
    people.genre[:, person] += value * shares
    people.mass[person] += value * (shares.sum() > 0)
    people.read[person] += reading.weight
    people.reading[person] += c.READING_VALUE[reading.take] * reading.weight
    people.liked[person] += reading.weight * (reading.take == LIKED)
    if reading.age >= 0:
        people.age[reading.age, person] += reading.weight
        people.dated[person] += reading.weight
    engine.priors.books_read[reading.book] += reading.weight
    engine.priors.books_liked[reading.book] += reading.weight * c.SIMILAR_VALUE[reading.take]
