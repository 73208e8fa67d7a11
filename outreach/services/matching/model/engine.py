"""What speaks for and against a book, for everybody at once, as natural logarithms of "times as likely as anyone".

Each term compares a person with the average one, so that terms add up and books compare with one another. Nobody's
followers are in it, nor how popular a new book is.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from outreach.services.matching.model import constants as c
from outreach.services.matching.model.events import LIKED, Events, Orders, Worth
from outreach.services.matching.model.library import Floats, Library, era_of, nearness, normalised

_STEPS = len(c.AGE_STEPS) + 1


@dataclass(frozen=True, slots=True)
class Terms:
    """The evidence for one book.

    Attributes:
        total: By person, the sum of the terms less the level.
        by_name: Each term by person.
        level: By how much the average reader would come out above herself.
    """

    total: Floats
    by_name: dict[str, Floats]
    level: float


@dataclass(slots=True)
class People:
    """What is kept of each person, a row a person; one event changes one row.

    Attributes:
        genre: Genres by people: what each read of a genre, in events.
        mass: What all those count together.
        read: How many events there are.
        reading: The same as reading of a kind: what was disliked counts less.
        age: Steps of age by people: how many books of each.
        liked: How many were liked.
        dated: Of how many the age is known.
        lift: Genres by people: how many times the usual share each has, as a logarithm; made of the above.
        like: How much likelier than anyone each is to like what she reads; made of the above.
        wordless: What it says against a keyword that nothing of it was read; made of the above.
        leaning: How much more genres count, as there is little else; made of the above.
    """

    genre: Floats
    mass: Floats
    read: Floats
    reading: Floats
    age: Floats
    liked: Floats
    dated: Floats
    lift: Floats
    like: Floats
    wordless: Floats
    leaning: Floats


@dataclass(slots=True)
class Priors:
    """The average reader, made anew with the arrays.

    Attributes:
        genre: Shares of genres.
        age: Shares of the steps of age.
        liked: The share of what is read that is liked.
        word: Shares of keywords.
        books_read: By book how much it was read.
        books_liked: By book how much it was liked.
        read: All that was read.
        imagined: So many events of the average reader are mixed in.
    """

    genre: Floats
    age: Floats
    liked: float
    word: Floats
    books_read: Floats
    books_liked: Floats
    read: float
    imagined: float = 0.0

    def usual(self, sums: Floats, worth: float) -> np.float32:
        """What an event is worth on average, some that are worth so much mixed in."""
        total = float(sums.sum(dtype=np.float64)) + self.imagined * worth
        return np.float32(total / max(self.read + self.imagined, 1e-9) + 1e-12)


class Engine:
    """The match of a library and its readers.

    Attributes:
        library: The books.
        people: What is kept of each person.
        orders: The events.
        priors: The average reader.
    """

    def __init__(self, library: Library, people: People, orders: Orders, priors: Priors) -> None:
        self.library = library
        self.people = people
        self.orders = orders
        self.priors = priors

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.people.read)

    # One book, everybody.

    def terms(self, book: int) -> Terms:
        """The evidence for one book."""
        found = {
            "genre": self._genre(book),
            "author": self._same(book, self.library.books.author, c.AUTHOR_STEEPNESS),
            **self._ages(book),
            "like": self.people.like.copy(),
            "series": self._same(book, self.library.books.series, c.SERIES_STEEPNESS),
            "keywords": self._keywords(book),
        }
        likeness = self.library.likeness(book)
        found["similar"] = self._similar(likeness)
        found["readers"] = self._readers(book, likeness)
        total = np.zeros(self.size, np.float32)
        found["genre"] *= self.people.leaning
        for name, values in found.items():
            values *= np.float32(c.WEIGHTS[name])
            total += values
        level = self._level(total)
        total -= np.float32(level) * levelled(self.people.read)
        return Terms(total, found, level)

    def _level(self, total: Floats) -> float:
        """How far the average of all that is read, in times as likely, lies above one, as a logarithm, in part."""
        mass = self.people.mass
        over = float(mass @ np.exp(total)) + c.LEVEL_PRIOR
        return c.LEVEL * float(np.log(over / (float(mass.sum(dtype=np.float64)) + c.LEVEL_PRIOR)))

    def _genre(self, book: int) -> Floats:
        shares = self.library.shares[book]
        found = np.zeros(self.size, np.float32)
        for genre in np.flatnonzero(shares):
            found += shares[genre] * self.people.lift[genre]
        return found

    def _same(self, book: int, group: NDArray[np.integer], steepness: float) -> Floats:
        if group[book] < 0:
            return np.zeros(self.size, np.float32)
        books = np.flatnonzero(group == group[book])
        return steep(self.orders.sum_of(books[books != book], Worth.AUTHOR), steepness)

    def _ages(self, book: int) -> dict[str, Floats]:
        """Whether a person reads books of this era, and of about this age."""
        step = self.library.age[book]
        if step < 0:
            return {"era": np.zeros(self.size, np.float32), "age": np.zeros(self.size, np.float32)}
        era = era_of(step)
        span = slice(c.ERA_BEGINS[era], c.ERA_BEGINS[era + 1])
        near = nearness(step)
        ages, read, prior = self.people.age, self.people.dated, self.priors.age
        return {
            "era": lifted(ages[span].sum(0), read, np.float32(prior[span].sum()), c.ERA_PRIOR),
            "age": lifted(near @ ages, read, np.float32(near @ prior), c.AGE_PRIOR),
        }

    def _keywords(self, book: int) -> Floats:
        """A person who never read of a keyword has the least share of it, the same for all; only the others differ."""
        library = self.library
        words = library.words.row(book)
        start = library.words.starts[book]
        weights = library.weights[start : start + len(words)]
        found = np.zeros(self.size, np.float32)
        if not len(words):
            return found
        shelves = [library.with_word.row(word) for word in words]
        # One look at the events for all words: whose they are, word after word.
        person, each, ends = self.orders.touches_of(shelves, book, Worth.READING)
        counts, said = np.zeros(self.size, np.float32), np.empty(len(person), np.float32)
        spans = [slice(begin, end) for begin, end in pairwise(ends.tolist())]
        for span, scale in zip(spans, 1 / (c.KEYWORD_PRIOR * self.priors.word[words]), strict=True):
            who = person[span]
            np.add.at(counts, who, each[span])
            np.multiply(counts[who], scale, out=said[span])
            counts[who] = 0
        said += 1
        np.log(said, out=said)
        for span, weight in zip(spans, weights / weights.sum(), strict=True):
            # Who is there twice is written twice, with the same.
            found[person[span]] += weight * said[span]
        found -= self.people.wordless
        found *= np.float32(min(len(words) / c.MANY_KEYWORDS, 1.0))
        return found

    def _similar(self, likeness: Floats) -> Floats:
        books = closest(likeness, c.CLOSEST, 0.0)
        worth = likeness[books] ** c.SIMILAR_POWER
        sums = self.orders.sum_of(books, Worth.SIMILAR, worth)
        return lifted(sums, self.people.read, self.priors.usual(sums, c.IMAGINED_SIMILAR), c.SIMILAR_PRIOR)

    def _readers(self, book: int, likeness: Floats) -> Floats:
        """What else the readers of the author and of close books read, more than others do."""
        lift = self.neighbours(book, likeness)
        if lift is None:
            return np.zeros(self.size, np.float32)
        books = closest(lift, c.NEIGHBOURS, 0.0)
        sums = self.orders.sum_of(books, Worth.READING, lift[books])
        return lifted(sums, self.people.read, self.priors.usual(sums, c.IMAGINED_SHARED), c.NEIGHBOUR_PRIOR)

    def neighbours(self, book: int, likeness: Floats) -> Floats | None:
        """By book how much more than others the readers of this book's kin read it; None where it has no kin."""
        kin, closeness = self._kin(book, likeness)
        if not len(kin):
            return None
        orders, priors = self.orders, self.priors
        worth = closeness / np.sqrt(priors.books_read[kin] + c.KIN_PRIOR)
        pull = orders.sum_of(kin, Worth.SIMILAR, worth) / np.sqrt(self.people.read + np.float32(c.KIN_READER_PRIOR))
        readers = closest(pull, c.KIN_READERS, 0.0)
        if not len(readers):
            return None
        at = orders.of_people(readers)
        chosen = np.zeros(self.size, np.float32)
        chosen[readers] = pull[readers]
        each = chosen[orders.person[at]] * orders.values(Worth.SIMILAR, at)
        read = np.bincount(orders.book(at), each, len(self.library))
        expected = priors.books_liked * (read.sum() / max(float(priors.books_liked.sum()), 1e-9))
        imagined = c.KIN_PRIOR * read.sum() / max(float(priors.books_liked.sum()), 1e-9)
        lift = (read + imagined) / np.maximum(expected + imagined, 1e-12)
        return np.asarray(np.maximum(lift**c.NEIGHBOUR_POWER - 1, 0), np.float32)

    def _kin(self, book: int, likeness: Floats) -> tuple[NDArray[np.int64], Floats]:
        """Books by the same author, and close ones, with how close they are."""
        closeness = likeness**c.SIMILAR_POWER
        author = self.library.books.author
        if author[book] >= 0:
            closeness[author == author[book]] = 1.0
        closeness[book] = 0
        kin = closest(closeness, c.KIN_BOOKS, c.KIN_LEAST)
        return kin, closeness[kin]


def levelled(read: Floats) -> Floats:
    """How much of a book's level is taken off, by how much is known of a person."""
    return np.asarray(read / (read + np.float32(c.LEVEL_FROM)), np.float32)


def steep(sums: Floats, steepness: float) -> Floats:
    """Counts inside a logarithm, dislikes against; most people have none."""
    found = np.zeros(len(sums), np.float32)
    some = np.flatnonzero(sums)
    found[some] = np.sign(sums[some]) * np.log1p(np.float32(steepness) * np.abs(sums[some]))
    return found


def lifted(sums: Floats, read: Floats, average: Floats | np.float32, prior: float) -> Floats:
    """How many times the average a person's share is, some average events mixed in, as a logarithm."""
    imagined = np.float32(prior)
    found = np.asarray(sums / average, np.float32)
    # In place: at this size each new array costs as much as the sum that is put into it.
    found += imagined
    found /= read + imagined
    return np.asarray(np.log(found, out=found), np.float32)


def closest(values: Floats, most: int, least: float) -> NDArray[np.int64]:
    """Where the largest values stand, at most so many, all above the least."""
    some = np.flatnonzero(values > least)
    if len(some) > most:
        some = some[np.argpartition(-values[some], most)[:most]]
    return some


# Building.


def build(
    library: Library, events: Events, size: int, stated: Floats | None = None, average: Floats | None = None
) -> Engine:
    """Make the arrays of all people.

    Args:
        library: The books.
        events: What was read.
        size: How many people there are.
        stated: People by genres: what each says she likes, the first the most; None where nobody said.
        average: What more the average reader reads, in events by genre.
    """
    orders = Orders.of(events, size, len(library))
    genres = library.shares.shape[1]
    value = np.array(c.GENRE_VALUE, np.float32)[events.take] * events.weight
    genre = np.empty((genres, size), np.float32)
    for number in range(genres):
        genre[number] = np.bincount(events.person, value * library.shares[:, number][events.book], size)
    mass = value * (library.shares.sum(1) > 0)[events.book]
    reading = np.array(c.READING_VALUE, np.float32)[events.take] * events.weight
    age = np.zeros((_STEPS, size), np.float32)
    for step in range(_STEPS):
        some = events.age == step
        age[step] = np.bincount(events.person[some], events.weight[some], size)

    def by_person(values: NDArray[np.floating]) -> Floats:
        return np.bincount(events.person, values, size).astype(np.float32)

    people = People(
        genre, by_person(mass), by_person(events.weight), by_person(reading), age,
        by_person(events.weight * (events.take == LIKED)), by_person(events.weight * (events.age >= 0)),
        np.empty_like(genre),
        *(np.empty(size, np.float32) for _ in range(3)),
    )  # fmt: skip
    priors = _priors(library, events, people, average)
    if stated is not None:
        state(library, people, stated)
    derive(people, priors, slice(None))
    return Engine(library, people, orders, priors)


def derive(people: People, priors: Priors, who: slice) -> None:
    """Work out what follows from the counts of some people."""
    genre = priors.genre[:, None]
    mass = people.mass[who] + np.float32(c.GENRE_PRIOR)
    people.lift[:, who] = np.log((people.genre[:, who] + np.float32(c.GENRE_PRIOR) * genre) / (genre * mass))
    usual_like = priors.liked
    liked = people.liked[who] + np.float32(c.LIKE_PRIOR * usual_like)
    others = people.read[who] - people.liked[who] + np.float32(c.LIKE_PRIOR * (1 - usual_like))
    people.like[who] = np.log(liked / others) - np.float32(np.log(usual_like / (1 - usual_like)))
    more = c.GENRE_MORE * c.GENRE_MORE_UNTIL / (people.read[who] + c.GENRE_MORE_UNTIL)
    people.leaning[who] = 1 + more / c.WEIGHTS["genre"]
    people.wordless[who] = np.log1p(people.reading[who] / np.float32(c.KEYWORD_PRIOR))


def _priors(library: Library, events: Events, people: People, average: Floats | None) -> Priors:
    books_read = np.bincount(events.book, events.weight, len(library)).astype(np.float32)
    values = np.array(c.SIMILAR_VALUE, np.float32)[events.take] * events.weight
    books_liked = np.bincount(events.book, values, len(library)).astype(np.float32)
    read = float(people.read.sum(dtype=np.float64))
    genre = np.asarray(books_read @ library.shares, np.float64)
    if average is not None:
        genre = genre + average
    elif read < c.FEW_EVENTS:
        genre = genre + c.IMAGINED_EVENTS * library.shares.sum(0) / max(float(library.shares.sum()), 1e-9)
    genre = np.maximum(genre / max(genre.sum(), 1e-9), c.RAREST)
    age = people.age.sum(1, dtype=np.float64)
    low, high = c.LIKE_BOUNDS
    liked = min(max((float(people.liked.sum()) + 7) / (read + 10), low), high)
    reading = np.bincount(events.book, np.array(c.READING_VALUE)[events.take] * events.weight, len(library))
    rows = np.repeat(np.arange(len(library)), np.diff(library.words.starts))
    imagined = c.IMAGINED_EVENTS if average is not None else 0.0
    word = np.bincount(library.words.ids, reading[rows], library.number_of_words) + imagined * c.IMAGINED_WORD
    word = word / max(float(reading.sum()) + imagined, 1e-9)
    return Priors(
        (genre / genre.sum()).astype(np.float32), ((age + 1) / (age.sum() + _STEPS)).astype(np.float32), liked,
        np.maximum(word, c.RAREST_KEYWORD).astype(np.float32), books_read, books_liked, read, imagined,
    )  # fmt: skip


def state(library: Library, people: People, stated: Floats) -> None:
    """Add what people say they like to what they read."""
    given = normalised(stated)
    share = np.float32(c.STATED_RELATED) * (people.read == 0)[:, None]
    given = (1 - share) * given + share * (given @ library.related)
    people.genre += (c.STATED_EVENTS * given.T).astype(np.float32)
    people.mass += (c.STATED_EVENTS * given.sum(1)).astype(np.float32)


def state_one(library: Library, people: People, person: int, stated: Floats) -> None:
    """Add what one person says she likes to what she read."""
    given = normalised(stated)
    if people.read[person] == 0:
        given = (1 - c.STATED_RELATED) * given + c.STATED_RELATED * (given @ library.related)
    people.genre[:, person] += (c.STATED_EVENTS * given).astype(np.float32)
    people.mass[person] += c.STATED_EVENTS * given.sum()
