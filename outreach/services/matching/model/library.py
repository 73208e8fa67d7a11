"""The books that are known, as arrays: what they are about, who wrote them, when, and how alike they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from outreach.services.matching.model import constants as c

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


def normalised(values: NDArray[np.floating]) -> Floats:
    """Rows that sum to one; a row of zeros stays one."""
    return np.asarray(values / np.maximum(values.sum(-1, keepdims=True), 1e-12), np.float32)


def damped(genres: NDArray[np.floating]) -> Floats:
    """Genre weights as shares of a book, the strongest not drowning the others."""
    return normalised(np.asarray(genres, np.float64) ** c.GENRE_DAMPING)


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers a row, end to end: row ``i`` is ``ids[starts[i]:starts[i + 1]]``."""

    starts: Ints
    ids: Ints

    def row(self, number: int) -> Ints:
        """The numbers of a row."""
        return self.ids[self.starts[number] : self.starts[number + 1]]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Lists":
        """From lists of numbers."""
        starts = np.zeros(len(rows) + 1, np.int32)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        return cls(starts, np.array([each for row in rows for each in row], np.int32))

    def turned(self, width: int) -> tuple["Lists", Ints]:
        """For each number the rows that have it, and where in `ids` each stood."""
        order = np.argsort(self.ids, kind="stable").astype(np.int32)
        starts = np.searchsorted(self.ids[order], np.arange(width + 1)).astype(np.int32)
        rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        return Lists(starts, rows[order]), order


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of each book.

    Attributes:
        genres: Books by genres, the strongest of a book 1; a row of zeros where nothing is known.
        author: A number an author, -1 for none.
        series: A number a series, -1 for none.
        year: Of first publication, 0 where it is not known.
        keywords: A number a keyword, the most telling of a book first.
        comps: The books that a publisher compares it with.
    """

    genres: Floats
    author: Ints
    series: Ints
    year: Ints
    keywords: Lists
    comps: Lists


@dataclass(slots=True)
class Library:
    """Books, and what follows from them alone.

    Attributes:
        this_year: The year from which the age of a book is counted.
        shares: Books by genres, rows that sum to one.
        age: The step of its age by book, -1 where its year is not known.
        words: Keywords that enough books have.
        weights: What each of those counts in its book; a book's squares sum to one.
        related: Genres by genres: which genre goes with which in one book.
    """

    books: Books
    this_year: int
    fewest_books: int = c.KEYWORD_BOOKS
    shares: Floats = field(init=False)
    directions: Floats = field(init=False)
    age: Ints = field(init=False)
    words: Lists = field(init=False)
    weights: Floats = field(init=False)
    with_word: Lists = field(init=False)
    word_weights: Floats = field(init=False)
    number_of_words: int = field(init=False)
    related: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.shares = damped(self.books.genres)
        roots = np.sqrt(self.shares)
        self.directions = roots / np.maximum(np.linalg.norm(roots, axis=1, keepdims=True), 1e-12)
        self.age = ages(self.books.year, self.this_year)
        self.related = normalised(self.shares.T @ self.shares)
        self._weigh_words()

    def __len__(self) -> int:
        return len(self.books.author)

    def _weigh_words(self) -> None:
        """Rare words say more, early ones a little more; words that hardly any book has say nothing."""
        given = self.books.keywords
        self.number_of_words = int(given.ids.max()) + 1 if len(given.ids) else 0
        count = np.bincount(given.ids, minlength=self.number_of_words)
        kept = count[given.ids] >= self.fewest_books
        rows = np.repeat(np.arange(len(self)), np.diff(given.starts))[kept]
        ids = given.ids[kept]
        starts = np.searchsorted(rows, np.arange(len(self) + 1)).astype(np.int32)
        place = np.arange(len(ids)) - starts[rows]
        weights = np.log(max(len(self), 2) / count[ids]) * np.maximum(1 - c.KEYWORD_DECAY * place, 0.1)
        length = np.sqrt(np.bincount(rows, weights**2, len(self)))
        self.weights = (weights / np.maximum(length[rows], 1e-9)).astype(np.float32)
        self.words = Lists(starts, ids)
        self.with_word, order = self.words.turned(self.number_of_words)
        self.word_weights = self.weights[order]

    def likeness(self, book: int) -> Floats:
        """How alike each book is to one: 1 is the same, 0 has nothing in common."""
        words = self.words.row(book)
        share = c.SIMILAR_GENRES if self.number_of_words else c.SIMILAR_GENRES_ALONE
        alike = share * (self.directions @ self.directions[book])
        for word, weight in zip(
            words, self.weights[self.words.starts[book] : self.words.starts[book + 1]], strict=True
        ):
            span = slice(self.with_word.starts[word], self.with_word.starts[word + 1])
            alike[self.with_word.ids[span]] += (1 - share) * weight * self.word_weights[span]
        comps = self.books.comps.row(book)
        alike[comps] = np.maximum(alike[comps], c.SIMILAR_COMP)
        alike[book] = 0
        return np.asarray(np.maximum(alike, 0), np.float32)


def ages(year: Ints, this_year: int | Ints) -> Ints:
    """The step of books' ages, -1 where the year is not known."""
    age = np.maximum(this_year - year, 0)
    return np.where(year > 0, np.searchsorted(np.array(c.AGE_STEPS), age, side="left"), -1).astype(np.int32)


def era_of(step: int) -> int:
    """The era of a step of age."""
    return int(np.searchsorted(np.array(c.ERA_BEGINS), step, side="right")) - 1


def nearness(step: int) -> Floats:
    """How near in age books of each step are to those of one."""
    edges = np.array((0, *c.AGE_STEPS, 2 * c.AGE_STEPS[-1]), np.float64)
    middles = np.log((edges[1:] + edges[:-1]) / 2 + c.AGE_OFFSET)
    return np.asarray(np.exp(-np.abs(middles - middles[step]) / c.AGE_NEAR), np.float32)
