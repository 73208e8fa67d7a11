"""What people of the sample enjoy, would rather not read and never read, in their words."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from outreach.services.sample.days import Days
from outreach.services.sample.phrases import Phrase, between, pick
from outreach.services.sample.source import Source, Theme
from outreach.services.sample.values import SampleEvidence, SampleTaste

#: Of older titles people may say that they want more like it.
_OLD_ENOUGH = -200

#: Side, polarity, kind, subject and strength.
_Key = tuple[str, str, str, str, float]


class TasteMaker:
    """Makes tastes, as common as they are among readers."""

    def __init__(self, rng: Random, source: Source, days: Days) -> None:
        self._rng = rng
        self._source = source
        self._days = days
        self._bare: dict[_Key, SampleTaste] = {}
        self._books: dict[str, list[tuple[str, str]]] = {}
        for title in source.titles:
            if title.author and title.published < _OLD_ENOUGH:
                theme = source.theme_of[title.genres[0][0]]
                self._books.setdefault(theme.code, []).append((title.title, title.author))

    def tastes(self, online: bool, followed: bool) -> tuple[SampleTaste, ...]:
        """The tastes of one person.

        Args:
            online: Whether she says things where they can be quoted, or only to us.
            followed: Whether there are followers, customers, listeners or pupils.
        """
        rng = self._rng
        favourites = self._favourites()
        tastes = []
        for place, genre in enumerate(favourites):
            strength = between(rng, 8, 10) / 10 if place == 0 else between(rng, 4, 9) / 10
            said = self._said(genre, "like") if rng.random() < 0.55 else ""
            tastes.append(self._taste(("own", "like", "genre", genre, strength), said, online))
        tastes += self._beside(self._source.theme_of[favourites[0]], online)
        tastes += self._refusals(favourites, online)
        if followed and rng.random() < 0.62:
            tastes += self._audience(favourites)
        return tuple(tastes)

    def written(self, data: Iterable[Sequence[Any]]) -> tuple[SampleTaste, ...]:
        """The tastes of someone who was written by hand, as ``voices.toml`` has them."""
        tastes = []
        for side, polarity, kind, subject, strength, how, text in data:
            evidence = (SampleEvidence(how, text, "", self._some_day()),) if text else ()
            tastes.append(SampleTaste(side, polarity, kind, subject, strength, evidence))
        return tuple(tastes)

    def a_book_for(self, tastes: Sequence[SampleTaste]) -> str:
        """An older title that someone with these tastes may well have met."""
        books = self._books.get(self._source.theme_of[tastes[0].subject].code) or [("A River of Keys", "")]
        return pick(self._rng, books)[0]

    def _favourites(self) -> list[str]:
        rng = self._rng
        chance = rng.random()
        wanted = 1 + (chance < 0.7) + (chance < 0.32) + (chance < 0.1)
        favourites = [self._source.favourites.pick(rng)]
        neighbours = self._source.theme_of[favourites[0]].genres
        for _ in range(wanted - 1):
            genre = pick(rng, neighbours) if rng.random() < 0.5 else self._source.favourites.pick(rng)
            if genre not in favourites:
                favourites.append(genre)
        return favourites

    def _beside(self, theme: Theme, online: bool) -> list[SampleTaste]:
        """What is liked besides a genre: a trope, a mood, a format, an author, a book to find more like."""
        rng = self._rng
        tastes = []
        for share, kind, subjects in ((0.45, "trope", theme.tropes), (0.12, "mood", theme.moods)):
            if rng.random() < share:
                subject = pick(rng, subjects)
                said = self._word(kind, subject) if rng.random() < 0.5 else ""
                tastes.append(self._taste(("own", "like", kind, subject, between(rng, 5, 10) / 10), said, online))
        if rng.random() < 0.09:
            form = pick(rng, tuple(self._source.formats))
            said = pick(rng, self._source.formats[form]).say(rng)
            polarity = "dislike" if form == "egalley" else "like"
            tastes.append(self._taste(("own", polarity, "format", form, 0.7), said, online))
        books = self._books.get(theme.code)
        if books and rng.random() < 0.1:
            title, author = pick(rng, books)
            kind, subject = ("author", author) if rng.random() < 0.5 else ("comp", title)
            tastes.append(self._taste(("own", "like", kind, subject, 0.9), self._word(kind, subject), online))
        return tastes

    def _refusals(self, favourites: list[str], online: bool) -> list[SampleTaste]:
        rng = self._rng
        tastes = []
        refused = set(favourites)
        for share, polarity in ((0.22, "dislike"), (0.1, "limit")):
            if rng.random() < share:
                genre = self._source.refused.pick(rng)
                if genre not in refused:
                    refused.add(genre)
                    said = self._said(genre, polarity) if rng.random() < 0.6 else ""
                    strength = 1.0 if polarity == "limit" else between(rng, 4, 8) / 10
                    tastes.append(self._taste(("own", polarity, "genre", genre, strength), said, online))
        return tastes

    def _audience(self, favourites: list[str]) -> list[SampleTaste]:
        """Whoever follows someone mostly enjoys the same, and something else beside."""
        rng = self._rng
        genres = [favourites[0] if rng.random() < 0.65 else self._source.favourites.pick(rng)]
        if rng.random() < 0.4:
            genres.append(pick(rng, self._source.theme_of[genres[0]].genres))
        tastes = []
        for genre in dict.fromkeys(genres):
            said = ""
            if rng.random() < 0.4:
                said = pick(rng, self._source.any_remark.audience).say(rng, {"genre": self._source.called[genre]})
            tastes.append(self._taste(("audience", "like", "genre", genre, between(rng, 4, 10) / 10), said, False))
        return tastes

    def _said(self, genre: str, polarity: str) -> str:
        """What someone says of a genre, mostly in words that only fit that one."""
        rng = self._rng
        of_genre: tuple[Phrase, ...] = getattr(self._source.remarks[genre], polarity)
        of_any: tuple[Phrase, ...] = getattr(self._source.any_remark, polarity)
        own = of_genre and rng.random() < (0.85 if polarity == "like" else 0.5)
        return pick(rng, of_genre if own else of_any).say(rng, {"genre": self._source.called[genre]})

    def _word(self, kind: str, subject: str) -> str:
        return pick(self._rng, self._source.words[kind]).say(self._rng, {"word": subject})

    def _taste(self, key: _Key, said: str, online: bool) -> SampleTaste:
        """A taste by its side, polarity, kind, subject and strength; those nobody spoke of are shared."""
        if said:
            how = "quote" if online and self._rng.random() < 0.75 else "remark"
            evidence = (SampleEvidence(how, said, "", self._some_day()),)
            return SampleTaste(*key, evidence)
        taste = self._bare.get(key)
        if taste is None:
            taste = self._bare[key] = SampleTaste(*key)
        return taste

    def _some_day(self) -> str:
        return self._days.text(-between(self._rng, 5, 720))
