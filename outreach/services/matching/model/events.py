"""What people read, as arrays in two orders: by person, for a look at everyone; by book, for a look at a few books."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from outreach.services.matching.model import constants as c
from outreach.services.matching.model.library import Floats, Ints

#: How a book was taken. Four or five stars are a like, three is so-so; without stars it counts as read gladly.
LIKED, SO_SO, DISLIKED = 0, 1, 2
_TAKES = 3
#: So many events may be added before the orders are made anew.
ROOM = 4096


class Worth(IntEnum):
    """As what a book counts that was read: each has its own value of a liking and of a dislike."""

    AUTHOR = 0
    SIMILAR = 1
    READING = 2


#: By `Worth` and by how it was taken.
_VALUES = np.array((c.AUTHOR_VALUE, c.SIMILAR_VALUE, c.READING_VALUE), np.float32)


@dataclass(frozen=True, slots=True)
class Events:
    """Who read what and how it was taken, in any order.

    Attributes:
        person: Numbers of people.
        book: Numbers of books.
        take: `LIKED`, `SO_SO` or `DISLIKED`.
        weight: What an event counts, less the longer ago it was.
        age: The step of the book's age when it was read, -1 where it is not known.
    """

    person: Ints
    book: Ints
    take: NDArray[np.int8]
    weight: Floats
    age: NDArray[np.int8]

    @classmethod
    def of_stars(cls, person: Ints, book: Ints, stars: Ints, age_of_book: Ints) -> "Events":
        """From stars of one to five, 0 for none."""
        take = np.array([LIKED, DISLIKED, DISLIKED, SO_SO, LIKED, LIKED], np.int8)[stars]
        weight = np.ones(len(person), np.float32)
        return cls(person.astype(np.int32), book.astype(np.int32), take, weight, age_of_book[book].astype(np.int8))


@dataclass(slots=True)
class Orders:
    """The events by person and by book, with room for more behind them.

    Taking an event out sets its weight to nothing in both; adding one writes it into the room, which is looked through
    whole. All arrays are written in place, so that they may lie in files.

    Attributes:
        person: By person: whose event it is.
        code: By person: which book, and how it was taken, as one number.
        weight: By person: what the event counts.
        starts: Where the events of each person begin.
        book_person: By book: whose event it is.
        book_values: By `Worth` and by book: what the event counts as that.
        book_starts: Where the events of each book begin.
        used: How much of the room is used, as an array of one.
    """

    person: Ints
    code: NDArray[np.int64]
    weight: Floats
    starts: NDArray[np.int64]
    book_person: NDArray[np.int64]
    book_values: Floats
    book_starts: NDArray[np.int64]
    used: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))

    @classmethod
    def of(cls, events: Events, people: int, books: int) -> "Orders":
        """Sort the events both ways."""
        order = np.argsort(events.person, kind="stable")
        length = len(order)
        person, code = np.zeros(length + ROOM, np.int32), np.zeros(length + ROOM, np.int64)
        weight = np.zeros(length + ROOM, np.float32)
        person[:length], weight[:length] = events.person[order], events.weight[order]
        code[:length] = events.book[order].astype(np.int64) * _TAKES + events.take[order]
        order = np.argsort(events.book, kind="stable")
        take, counts = events.take[order], events.weight[order].astype(np.float32)
        values = np.empty((len(Worth), length), np.float32)
        for kind in Worth:
            np.multiply(_VALUES[kind][take], counts, out=values[kind])
        return cls(
            person, code, weight, _starts(events.person, people), events.person[order].astype(np.int64), values,
            _starts(events.book, books),
        )  # fmt: skip

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.starts) - 1

    @property
    def sorted_length(self) -> int:
        """How many events stand in order; later ones stand behind them."""
        return int(self.starts[-1])

    @property
    def added(self) -> slice:
        """Where the events stand that were added since."""
        return slice(self.sorted_length, self.sorted_length + int(self.used[0]))

    def add(self, person: int, book: int, take: int, weight: float) -> None:
        """Write one event into the room."""
        at = self.added.stop
        self.person[at], self.code[at], self.weight[at] = person, book * _TAKES + take, weight
        self.used[0] += 1

    def remove(self, person: int) -> None:
        """Let no event of a person count any more."""
        for at in self.of_person(person):
            book = int(self.code[at]) // _TAKES
            span = slice(self.book_starts[book], self.book_starts[book + 1])
            self.book_values[:, span][:, self.book_person[span] == person] = 0
            self.weight[at] = 0

    def of_person(self, person: int) -> NDArray[np.int64]:
        """Where the events of a person stand, in the order by person."""
        kept = np.arange(self.starts[person], self.starts[person + 1])
        later = np.flatnonzero(self.person[self.added] == person) + self.sorted_length
        found = np.concatenate((kept, later))
        return np.asarray(found[self.weight[found] != 0])

    def book(self, at: NDArray[np.integer]) -> NDArray[np.int64]:
        """The books of some events, in the order by person."""
        return np.asarray(self.code[at] // _TAKES)

    def take(self, at: NDArray[np.integer]) -> NDArray[np.int64]:
        """How the books of some events were taken, in the order by person."""
        return np.asarray(self.code[at] % _TAKES)

    def of_people(self, people: NDArray[np.integer]) -> NDArray[np.int64]:
        """Where the events of some people stand, in the order by person, and all that were added since."""
        begins, counts = self.starts[people], self.starts[people + 1] - self.starts[people]
        before = np.cumsum(counts) - counts
        kept = np.arange(int(counts.sum())) + np.repeat(begins - before, counts)
        return np.concatenate((kept, np.arange(self.added.start, self.added.stop)))

    def values(self, kind: Worth, at: NDArray[np.integer]) -> Floats:
        """What some events count as, in the order by person."""
        return np.asarray(_VALUES[kind][self.take(at)] * self.weight[at])

    def touches(
        self, books: NDArray[np.integer], kind: Worth, worth: NDArray[np.floating] | None = None
    ) -> tuple[NDArray[np.int64], Floats]:
        """Who read some books, once a reading, and what that counts as, times the worth of the book."""
        spans = self._spans(books)
        person, each = self._of(spans, kind)
        if worth is not None and spans:
            each *= np.repeat(worth.astype(np.float32), [span.stop - span.start for span in spans])
        if not self.used[0]:
            return person, each
        scale = np.zeros(len(self.book_starts) - 1, np.float32)
        scale[books] = 1 if worth is None else worth
        code = self.code[self.added]
        more = scale[code // _TAKES] * _VALUES[kind][code % _TAKES] * self.weight[self.added]
        return np.concatenate((person, self.person[self.added])), np.concatenate((each, more))

    def touches_of(
        self, shelves: list[Ints], without: int, kind: Worth
    ) -> tuple[NDArray[np.int64], Floats, NDArray[np.int64]]:
        """`touches` of several groups of books, one behind the other, and where each group ends.

        Args:
            shelves: The groups.
            without: A book that is left out of all.
            kind: What a book counts as.
        """
        given = [shelf[shelf != without] for shelf in shelves]
        if self.used[0]:
            found = [self.touches(shelf, kind) for shelf in given]
            ends = np.cumsum([0, *(len(each[0]) for each in found)])
            person = np.concatenate([each[0] for each in found])
            return person, np.concatenate([each[1] for each in found]), ends
        counts = self.book_starts[1:] - self.book_starts[:-1]
        ends = np.cumsum([0, *(int(counts[shelf].sum()) for shelf in given)])
        person, each = self._of([span for shelf in given for span in self._spans(shelf)], kind)
        return person, each, ends

    def sum_of(self, books: NDArray[np.integer], kind: Worth, worth: NDArray[np.floating] | None = None) -> Floats:
        """By person what some books count as, each times its worth."""
        person, each = self.touches(books, kind, worth)
        return np.bincount(person, each, self.size).astype(np.float32)

    def likers(self, books: Sequence[int]) -> NDArray[np.int64]:
        """By person how many of some books she liked."""
        at = np.flatnonzero((self.code % _TAKES == LIKED) & (self.weight > 0))
        at = at[np.isin(self.code[at] // _TAKES, books)]
        return np.bincount(self.person[at], minlength=self.size)

    def _spans(self, books: NDArray[np.integer]) -> list[slice]:
        """Where the events of some books stand, in the order by book."""
        return list(map(slice, self.book_starts[books].tolist(), self.book_starts[books + 1].tolist()))

    def _of(self, spans: list[slice], kind: Worth) -> tuple[NDArray[np.int64], Floats]:
        if not spans:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        values = self.book_values[kind]
        person = np.concatenate([self.book_person[span] for span in spans])
        return person, np.concatenate([values[span] for span in spans])


def _starts(numbers: Ints, size: int) -> NDArray[np.int64]:
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=size), out=starts[1:])
    return starts
