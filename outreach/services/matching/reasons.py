"""Why someone fits, and what to mind: each term of the score as a fact with the rows it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from outreach.services.catalogue.genres import load_genres
from outreach.services.matching.building import Arrays, ages_when_read
from outreach.services.matching.context import Context
from outreach.services.matching.fits import Reason
from outreach.services.matching.gathering import Book, Seen, Stated, Take, in_genre
from outreach.services.matching.model.library import Floats, era_of

#: A term that adds or takes less than this is not worth a line.
_WORTH_SAYING = 0.1
#: At most so many reasons, so many words in one, so many titles in one.
MOST_REASONS, _MOST_WORDS, _MOST_TITLES = 3, 3, 2
#: A book is close to another from this likeness on.
_CLOSE = 0.3
#: From so many books of a genre on it says something that none was liked, or that there are so few.
_SOME_READ, _MANY_READ = 3, 8
#: Under this share of the usual someone rarely reads a genre.
_RARELY = 0.35
_ENOUGH_UNREAD = 2
_NEW_RELEASES, _CLASSICS = 0, 5


@dataclass(frozen=True)
class Witness:
    """Gathers the reasons of an item's match.

    Attributes:
        book: The item's number among the known books.
    """

    arrays: Arrays
    context: Context
    book: int

    @cached_property
    def likeness(self) -> Floats:
        """How alike each book is to the item."""
        return self.arrays.engine.library.likeness(self.book)

    @cached_property
    def shared(self) -> Floats | None:
        """By book how much more than others the readers of the item's kin read it."""
        return self.arrays.engine.neighbours(self.book, self.likeness)

    @property
    def _item(self) -> Book:
        return self.arrays.known.books[self.book]

    def of(self, person: int, terms: dict[str, float]) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """The reasons of a person, the weightiest first, at most three; and all cautions."""
        found = [reason for reason in self._all(person, terms) if reason.code]
        reasons = sorted((each for each in found if each.weight > 0), key=lambda each: -each.weight)
        against = sorted((each for each in found if each.weight < 0), key=lambda each: each.weight)
        return tuple(reasons[:MOST_REASONS]), (*against, *self._cautions(person))

    def _all(self, person: int, terms: dict[str, float]) -> Iterator[Reason]:
        record = self.arrays.known.read.get(person) or {}
        yield from self._genres(person, record, terms.get("genre", 0.0))
        yield from self._author(record, terms.get("author", 0.0) + terms.get("series", 0.0))
        yield from self._close(record, terms.get("similar", 0.0) + terms.get("readers", 0.0))
        yield from self._words(record, terms.get("keywords", 0.0))
        yield from self._era(record, terms.get("era", 0.0) + terms.get("age", 0.0))
        yield from self._disliked(person, terms.get("dislike", 0.0))
        yield from self._audience(person, terms)
        yield from self._history(person, terms)

    def _genres(self, person: int, record: dict[int, Seen], weight: float) -> Iterator[Reason]:
        """The genre that adds or takes most, by what was read of it, said of it, or both."""
        known, genres = self.arrays.known, load_genres()
        lifts = self._lifts(person)
        if not lifts or abs(weight) < _WORTH_SAYING:
            return
        code = max(lifts, key=lambda each: lifts[each]) if weight > 0 else min(lifts, key=lambda each: lifts[each])
        facts = {"genre": genres.name(code)}
        read = [
            seen for seen in record.values() if known.books[seen.book].title and in_genre(known.books[seen.book], code)
        ]
        liked = [seen for seen in read if seen.take is Take.LIKED]
        if weight < 0:
            yield from self._against(code, read, liked, len(record), weight)
            return
        mine = {each: state for each, state in (known.own.get(person) or {}).items() if state.strength > 0}
        named = [each for each in lifts if each in mine]
        # What someone says of herself tells more than one book.
        if len(liked) > 1 or (liked and not named):
            numbers = {"liked": len(liked), "read": len(read)}
            yield Reason("liked_of_genre", facts | numbers, weight, _sources(read))
            return
        if len(named) > 1:
            names = ", ".join(genres.name(each) for each in named)
            yield Reason("likes_genres", {"genres": names}, weight, tuple(mine[each].source for each in named))
        elif named:
            said = self.context.said.get((person, named[0]))
            facts = {"genre": genres.name(named[0])}
            evidence = (mine[named[0]].source, *([said[1]] if said else []))
            code_ = "likes_genre_evidence" if said else "likes_genre"
            yield Reason(code_, facts | ({"evidence": said[0]} if said else {}), weight, evidence)
        else:
            yield from self._kin(mine, code, weight)

    def _kin(self, mine: dict[str, Stated], code: str, weight: float) -> Iterator[Reason]:
        genres = load_genres()
        for kin in genres.kin(code):
            state = mine.get(kin)
            if state is not None:
                facts = {"genre": genres.name(kin), "other": genres.name(code)}
                yield Reason("likes_kin", facts, weight, (state.source,))
                return

    def _against(self, code: str, read: list[Seen], liked: list[Seen], size: int, weight: float) -> Iterator[Reason]:
        facts = {"genre": load_genres().name(code), "read": len(read), "size": size}
        if len(read) >= _SOME_READ and not liked:
            yield Reason("liked_none_of_genre", facts, weight, _sources(read))
        elif size >= _MANY_READ and len(read) <= _RARELY * size * 0.5:
            yield Reason("rarely_reads", facts, weight, _sources(read))

    def _lifts(self, person: int) -> dict[str, float]:
        """By genre of the item what it adds, the strongest genre first."""
        row, engine = self.arrays.row[person], self.arrays.engine
        shares = engine.library.shares[self.book]
        codes = {at: code for code, at in self.arrays.genre.items()}
        return {
            codes[at]: float(shares[at] * engine.people.lift[at, row])
            for at in np.argsort(-shares).tolist() if shares[at] > 0
        }  # fmt: skip

    def _author(self, record: dict[int, Seen], weight: float) -> Iterator[Reason]:
        item, books = self._item, self.arrays.known.books
        if not item.author_key or abs(weight) < _WORTH_SAYING:
            return
        by_her = [each for each in record.values() if books[each.book].author_key == item.author_key
                  and each.book != self.book]  # fmt: skip
        titled = [each for each in by_her if books[each.book].title]
        liked = [each for each in titled if each.take is Take.LIKED]
        facts = {"author": item.author, "liked": len(liked), "read": len(titled)}
        if weight > 0 and liked:
            yield Reason("liked_of_author", facts, weight, _sources(titled))
        elif weight > 0 and by_her:
            yield Reason("liked_author", {"author": item.author}, weight, _sources(by_her))
        elif weight < 0 and by_her:
            yield Reason("disliked_author", {"author": item.author}, weight, _sources(by_her))

    def _close(self, record: dict[int, Seen], weight: float) -> Iterator[Reason]:
        """Books that she liked and that are close to it, or that readers of such books share."""
        known, item = self.arrays.known, self._item
        if weight < _WORTH_SAYING:
            return
        others = [
            each for each in record.values()
            if each.take is Take.LIKED and known.books[each.book].title
            and not (item.author_key and known.books[each.book].author_key == item.author_key)
        ]  # fmt: skip
        comps = set(self.arrays.engine.library.books.comps.row(self.book).tolist())
        likest = sorted(others, key=lambda each: (each.book not in comps, -self.likeness[each.book], each.book))
        close = [each for each in likest if each.book in comps or self.likeness[each.book] >= _CLOSE][:_MOST_TITLES]
        if close and close[0].book in comps:
            title = known.books[close[0].book].title
            yield Reason("liked_comp", {"title": title}, weight, close[0].sources)
        elif close:
            titles = ", ".join(known.books[each.book].title for each in close)
            yield Reason("liked_close", {"titles": titles}, weight, _sources(close))
        elif self.shared is not None:
            lift = self.shared
            sharing = sorted((each for each in others if lift[each.book] > 0), key=lambda each: -lift[each.book])
            if sharing:
                title = known.books[sharing[0].book].title
                yield Reason("liked_shared", {"title": title}, weight, sharing[0].sources)

    def _words(self, record: dict[int, Seen], weight: float) -> Iterator[Reason]:
        books = self.arrays.known.books
        said: dict[str, list[Seen]] = {}
        for each in record.values():
            if each.take is Take.LIKED and each.book != self.book:
                for word in self._item.words.keys() & books[each.book].words.keys():
                    said.setdefault(word, []).append(each)
        if not said or weight < _WORTH_SAYING:
            return
        chosen = sorted(said, key=lambda word: (-len(said[word]), list(self._item.words).index(word)))[:_MOST_WORDS]
        words = ", ".join(self._item.words[word] for word in chosen)
        sources = _sources([each for word in chosen for each in said[word]])
        yield Reason("likes_keyword", {"words": words}, weight, sources)

    def _era(self, record: dict[int, Seen], weight: float) -> Iterator[Reason]:
        step = int(self.arrays.engine.library.age[self.book])
        era = era_of(step) if step >= 0 else -1
        if weight < _WORTH_SAYING or era not in (_NEW_RELEASES, _CLASSICS):
            return
        seen = [each for each in record.values() if self.arrays.known.books[each.book].year]
        steps = ages_when_read(self.arrays.known, self.arrays.engine.library, seen)
        same = [each for each, step in zip(seen, steps.tolist(), strict=True) if era_of(step) == era]
        if len(seen) >= _SOME_READ and 2 * len(same) > len(seen):
            code = "reads_new" if era == _NEW_RELEASES else "reads_classics"
            yield Reason(code, {"number": len(same), "size": len(seen)}, weight, _sources(same))

    def _disliked(self, person: int, weight: float) -> Iterator[Reason]:
        mine = self.arrays.known.own.get(person) or {}
        for code in self._item.genres:
            if weight < 0 and code in mine and mine[code].strength < 0:
                facts = {"genre": load_genres().name(code)}
                yield Reason("dislikes_genre", facts, weight, (mine[code].source,))
                return

    def _audience(self, person: int, terms: dict[str, float]) -> Iterator[Reason]:
        theirs, weight = (self.arrays.known.audience.get(person) or {}), terms.get("audience", 0.0)
        mine = [(code, theirs[code]) for code in self._item.genres if code in theirs]
        if mine and abs(weight) >= _WORTH_SAYING:
            code, stated = max(mine, key=lambda each: each[1].strength * (1 if weight > 0 else -1))
            name = "audience_genre" if stated.strength > 0 else "dislikes_audience"
            yield Reason(name, {"genre": load_genres().name(code)}, weight, (stated.source,))
        asked = self.arrays.known.audience_words.get(person) or {}
        words = [word for word in self._item.words if word in asked][:_MOST_WORDS]
        if words and terms.get("audience_words", 0.0):
            shown = ", ".join(self._item.words[word] for word in words)
            sources = tuple(asked[word] for word in words)
            yield Reason("audience_keyword", {"words": shown}, terms["audience_words"], sources)

    def _history(self, person: int, terms: dict[str, float]) -> Iterator[Reason]:
        context = self.context
        gifts, posted = context.history.get(person, (0, 0))
        if posted and terms.get("unprompted"):
            facts = {"posted": posted, "gifts": gifts}
            yield Reason("posted", facts, terms["unprompted"], tuple(context.posts.get(person, ())))
        if terms.get("sells"):
            bought = context.bought.get(person, [])
            if bought:
                yield Reason("sold", {"number": len(bought)}, terms["sells"], tuple(bought))
            else:
                yield Reason("hosted_club", {}, terms["sells"], (context.hosts[person],))

    def _cautions(self, person: int) -> Iterator[Reason]:
        unread = self.context.unread.get(person, 0)
        if unread >= _ENOUGH_UNREAD:
            yield Reason("unread", {"number": unread})
        if person not in self.context.with_email:
            yield Reason("no_email")
        if person not in self.context.with_address:
            yield Reason("no_address")


def _sources(seen: list[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for each in seen for source in each.sources))
