"""What stands beside taste in a score: dislikes by name, the audience, what came of earlier gifts, first times."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import TypeVar

from outreach.services.matching.building import Arrays
from outreach.services.matching.by_person import ByPerson, K, V
from outreach.services.matching.context import Context
from outreach.services.matching.dials import Factor, Wishes
from outreach.services.matching.gathering import Book, Stated
from outreach.services.matching.model import constants as c

_T = TypeVar("_T")

#: What is worth what, as natural logarithms, where a factor matters a lot. [T]
_AUDIENCE, _AUDIENCE_WORD, _AUDIENCE_DISLIKE = 0.8, log(1.7), -log(4.0)
_DISLIKE = -log(5.0)
_UNPROMPTED = 0.8
_CLUB, _SOLD, _MOST_SOLD = log(2.0), log(1.3), 5
_NEW = log(1.15)
#: Posts are counted against four imagined gifts of which two led to a post, so that one post does not look like always.
_PRIOR_GIFTS, _PRIOR_POSTS = 4, 2
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """The terms beside taste, for one item.

    Attributes:
        book: The item's number among the known books.
        only: One person, where nobody else is asked about.
    """

    built: Arrays
    context: Context
    book: int
    wishes: Wishes
    only: int | None = None

    def terms(self) -> dict[str, dict[int, float]]:
        """What stands beside taste, by term and person; quiet people are no worse a choice than others."""
        found = {
            "dislike": self._dislikes(), "audience": self._audience(), "audience_words": self._audience_words(),
            "unprompted": self._unprompted(), "sells": self._sells(), "new": self._new(),
        }  # fmt: skip
        return {
            name: {person: value for person, value in values.items() if value and person in self.built.row}
            for name, values in found.items()
        }

    def _of(self, mapping: Mapping[int, _T]) -> Iterable[tuple[int, _T]]:
        if self.only is None:
            return mapping.items()
        return [(self.only, mapping[self.only])] if self.only in mapping else []

    def _about(self, known: ByPerson[K, V], about: Collection[K]) -> Iterable[tuple[int, dict[K, V]]]:
        if self.only is None:
            return known.having(about)
        return [(self.only, known[self.only])] if self.only in known else []

    @property
    def _item(self) -> Book:
        return self.built.known.books[self.book]

    def _dislikes(self) -> dict[int, float]:
        item, share = self._item, self.wishes.share(Factor.TASTE)
        strongest = max(item.genres.values(), default=1.0) or 1.0
        found = {}
        for person, mine in self._about(self.built.known.own, self._item.genres):
            against = [mine[code].strength * item.genres[code] for code in item.genres.keys() & mine.keys()]
            worst = min(against, default=0.0)
            if worst < 0:
                found[person] = -share * _DISLIKE * worst / strongest
        return found

    def _audience(self) -> dict[int, float]:
        share = self.wishes.share(Factor.AUDIENCE)
        known = self._about(self.built.known.audience, self._item.genres)
        return {person: share * self._enjoys(theirs) for person, theirs in known}

    def _enjoys(self, theirs: Mapping[str, Stated]) -> float:
        """How much more of the item's genres followers enjoy than the average reader; what is unknown says nothing."""
        shares, prior = self.built.engine.library.shares[self.book], self.built.engine.priors.genre
        liked = sum(each.strength for each in theirs.values() if each.strength > 0) or 1.0
        value = 0.0
        for code in self._item.genres.keys() & theirs.keys():
            at, strength = self.built.genre.get(code), theirs[code].strength
            if at is None:
                continue
            if strength < 0:
                value -= float(shares[at]) * _AUDIENCE_DISLIKE * strength
                continue
            mass, usual = c.STATED_EVENTS * strength / liked, float(prior[at])
            lift = log((mass + c.GENRE_PRIOR * usual) / ((c.STATED_EVENTS + c.GENRE_PRIOR) * usual))
            value += _AUDIENCE * c.WEIGHTS["genre"] * float(shares[at]) * max(lift, 0.0)
        return value

    def _audience_words(self) -> dict[int, float]:
        share, words = self.wishes.share(Factor.AUDIENCE) * _AUDIENCE_WORD, self._item.words.keys()
        return {
            person: share * min(len(asked.keys() & words), _MOST_WORDS)
            for person, asked in self._about(self.built.known.audience_words, words)
        }

    def _unprompted(self) -> dict[int, float]:
        share, found = self.wishes.share(Factor.UNPROMPTED) * _UNPROMPTED, {}
        for person, (gifts, posted) in self._of(self.context.history):
            rate = (posted + _PRIOR_POSTS) / (gifts + _PRIOR_GIFTS)
            if posted:
                found[person] = share * max(log(rate * _PRIOR_GIFTS / _PRIOR_POSTS), 0.0)
        return found

    def _sells(self) -> dict[int, float]:
        share = self.wishes.share(Factor.SELLS)
        found = {person: share * _CLUB for person, _ in self._of(self.context.hosts)}
        for person, rows in self._of(self.context.bought):
            found[person] = found.get(person, 0.0) + share * _SOLD * min(len(rows), _MOST_SOLD)
        return found

    def _new(self) -> dict[int, float]:
        people = self.built.known.people if self.only is None else [self.only]
        value = self.wishes.share(Factor.NEW) * _NEW
        return {person: value for person in people if person not in self.context.given}
