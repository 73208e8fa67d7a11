"""Whom the sample gives what, how far each gift has come, and what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from outreach.services.gifts.gifts import Deal, GiftState
from outreach.services.sample.phrases import Weighted, between, pick
from outreach.services.sample.source import Source, TitleSource
from outreach.services.sample.values import SamplePerson

#: Of a thousand gifts, how many have only come so far; the others arrived.
_UNDER_WAY = {
    GiftState.CONSIDERED: 17,
    GiftState.CHOSEN: 43,
    GiftState.ASKED: 73,
    GiftState.ACCEPTED: 40,
    GiftState.DECLINED: 53,
    GiftState.SENT: 37,
}
#: Of a thousand, how many were more than a gift. All of them were posted about, as agreed.
_AGREED = {Deal.IN_KIND: 20, Deal.PAID: 13}

#: Of the gifts that arrived: posted about, and still being read. The others ended quietly.
_POSTED, _READING = 0.55, 0.17
#: Posts about what arrived in the last weeks, of all gifts that arrived.
_POSTED_SOON = 0.1

#: Gifts of a title arrive from so many days before it comes out to so many days after.
_BEFORE_PUB, _AFTER_PUB = 85, 170
#: What is being read arrived between these days; what ended quietly arrived before them. In between nobody can tell.
_RECENT = (-52, -4)
_LONG_AGO = (-620, -64)

#: How readily people post, by tier, and by theme: differences that a review should find, but only just.
_EAGER_TIER = {"off_social": 1.2, "nano": 1.35, "micro": 0.75, "more": 0.5}
_EAGER_THEME = {"crime": 1.25, "table": 1.3, "page": 1.15, "land": 1.1, "lives": 0.9, "wonder": 0.9, "dark": 0.85}
_MICRO, _MORE = 10_000, 100_000

#: Of a hundred gifts, how many go to someone who likes what it is.
_MATCHED = 84


class Ending(StrEnum):
    """What came of a gift that arrived."""

    NONE = ""
    POSTED = "posted"
    READING = "reading"
    QUIET = "quiet"


@dataclass(slots=True)
class Plan:
    """A gift before its days are known.

    Attributes:
        arrives: Between which days it arrives or would; for gifts under way, no days.
        said: Kind of post and words, where they were written by hand.
        club: Whether a club that was written by hand began from it.
    """

    person: int
    item: int
    deal: Deal = Deal.GIFT
    state: GiftState = GiftState.DELIVERED
    ending: Ending = Ending.NONE
    arrives: tuple[int, int] = _LONG_AGO
    said: tuple[str, str] | None = None
    club: bool = False


def tier(person: SamplePerson) -> str:
    """The tier of a person by her largest audience, as far as it matters here."""
    largest = max((account.followers or 0 for account in person.accounts), default=-1)
    if largest < 0:
        return "off_social"
    if largest < _MICRO:
        return "nano"
    return "micro" if largest < _MORE else "more"


def likes(person: SamplePerson) -> frozenset[str]:
    """The genres a person enjoys."""
    return frozenset(
        taste.subject
        for taste in person.tastes
        if taste.kind == "genre" and taste.side == "own" and taste.polarity == "like"
    )


def refuses(person: SamplePerson) -> frozenset[str]:
    """The genres a person would rather not read, or never reads."""
    return frozenset(
        taste.subject
        for taste in person.tastes
        if taste.kind == "genre" and taste.side == "own" and taste.polarity != "like"
    )


def make_plans(
    rng: Random, source: Source, titles: Sequence[TitleSource], people: Sequence[SamplePerson], gifts: int, posts: int
) -> list[Plan]:
    """Plan so many gifts, of which at most so many are posted about."""
    return _Planner(rng, source, titles, people).plans(gifts, posts)


class _Planner:
    """Plans gifts, none twice to the same person."""

    def __init__(
        self, rng: Random, source: Source, titles: Sequence[TitleSource], people: Sequence[SamplePerson]
    ) -> None:
        self._rng = rng
        self._source = source
        self._titles = titles
        self._people = people
        self._given: set[tuple[int, int]] = set()
        able = [place for place, person in enumerate(people) if _can_be_given(person)]
        rng.shuffle(able)
        self._able = able
        self._circle: list[int] = []
        self._by_genre: dict[str, list[int]] = {}
        self._all_by_genre: Mapping[str, list[int]] = _by_genre(people, able)

    def plans(self, gifts: int, posts: int) -> list[Plan]:
        """Plan so many gifts."""
        voices = [place for place in self._able if place < len(self._source.voices)]
        others = [place for place in self._able if place >= len(self._source.voices)]
        self._circle = voices + others[: max(12, gifts * 2 // 5)]
        self._by_genre = _by_genre(self._people, self._circle)
        agreed = [deal for deal, share in _AGREED.items() for _ in range(gifts * share // 1000)]
        under_way = [state for state, share in _UNDER_WAY.items() for _ in range(gifts * share // 1000)]
        arrived = gifts - len(agreed) - len(under_way)
        posted = max(0, min(round(arrived * _POSTED), posts - len(agreed)))
        reading = round(arrived * _READING)
        plans = self._written(posted, reading)
        count = _counter(plans)
        soon = max(0, min(round(arrived * _POSTED_SOON), posted) - count(Ending.POSTED, _RECENT))
        past = arrived - reading - soon - count(Ending.POSTED, _RECENT) - count(Ending.POSTED, _LONG_AGO)
        past -= count(Ending.QUIET, _LONG_AGO)
        recent = self._arrived(reading - count(Ending.READING, _RECENT) + soon, _RECENT)
        long_ago = self._arrived(past, _LONG_AGO)
        self._end(recent, soon, Ending.READING)
        ended = sum(plan.ending is Ending.POSTED for plan in plans + recent)
        self._end(long_ago, max(0, posted - ended), Ending.QUIET)
        plans += recent + long_ago
        for deal in agreed:
            plans += self._arrived(1, _LONG_AGO, lambda place: bool(self._people[place].accounts), deal)
        for state in under_way:
            plans += self._under_way(state)
        return plans

    def _written(self, posted: int, reading: int) -> list[Plan]:
        """The gifts of those who were written by hand, as far as there is room for them."""
        places = {title.code: place for place, title in enumerate(self._titles)}
        posts: list[Plan] = []
        others: list[Plan] = []
        for person, voice in enumerate(self._source.voices[: len(self._people)]):
            club = voice.get("club", {}).get("title")
            for code, kind, text in voice.get("said", ()):
                if code in places:
                    arrives = _LONG_AGO if _meets(self._titles[places[code]], _LONG_AGO) else _RECENT
                    plan = Plan(person, places[code], ending=Ending.POSTED, arrives=arrives, said=(kind, text))
                    plan.club = code == club
                    posts.append(plan)
            for ending, arrives in ((Ending.QUIET, _LONG_AGO), (Ending.READING, _RECENT)):
                codes = [code for code in voice.get(ending.value, ()) if code in places]
                others += [Plan(person, places[code], ending=ending, arrives=arrives) for code in codes]
        posts.sort(key=lambda plan: not plan.club)
        kept = posts[:posted] + [plan for plan in others if posted and reading][:reading]
        self._given.update((plan.person, plan.item) for plan in kept)
        return kept

    def _arrived(
        self,
        count: int,
        arrives: tuple[int, int],
        wanted: Callable[[int], bool] = lambda _: True,
        deal: Deal = Deal.GIFT,
    ) -> list[Plan]:
        items = self._items(arrives)
        plans = []
        for _ in range(count if items else 0):
            item = items.pick(self._rng) if items else 0
            person = self._someone(item, wanted)
            if person is not None:
                ending = Ending.NONE if deal is Deal.GIFT else Ending.POSTED
                plans.append(Plan(person, item, deal=deal, ending=ending, arrives=arrives))
        return plans

    def _under_way(self, state: GiftState) -> list[Plan]:
        arrives = _LONG_AGO if state is GiftState.DECLINED and self._rng.random() < 0.7 else _RECENT
        plans = self._arrived(1, arrives)
        for plan in plans:
            plan.state = state
        return plans

    def _items(self, arrives: tuple[int, int]) -> Weighted[int] | None:
        """The titles that were being given in some days, by how much of the giving is about them."""
        some = [(place, each.gifts) for place, each in enumerate(self._titles) if each.gifts and _meets(each, arrives)]
        return Weighted(some) if some else None

    def _someone(self, item: int, wanted: Callable[[int], bool]) -> int | None:
        """Someone for an item who has not got it: mostly one of those we know who likes what it is."""
        title = self._titles[item]
        genres = [genre for genre, _ in title.genres]
        main = genres[0]
        pools = [self._by_genre.get(main, []), self._all_by_genre.get(main, []), self._circle, self._able]
        if between(self._rng, 1, 100) > _MATCHED:
            pools = pools[2:]
        elif len(genres) > 1 and self._rng.random() < 0.25:
            pools.insert(0, self._by_genre.get(genres[1], []))
        for pool in pools:
            for _ in range(min(12, len(pool) * 2)):
                person = pick(self._rng, pool)
                free = (person, item) not in self._given and refuses(self._people[person]).isdisjoint(genres)
                if free and wanted(person):
                    self._given.add((person, item))
                    return person
        return None

    def _end(self, plans: Sequence[Plan], posted: int, otherwise: Ending) -> None:
        """Choose which of some gifts were posted about: by chance, the readier the likelier.

        Source of the draw: P. Efraimidis and P. Spirakis, Weighted random sampling with a reservoir (2006).
        """
        keys = [(self._rng.random() ** (1 / self._eagerness(plan)), place) for place, plan in enumerate(plans)]
        chosen = {place for _, place in sorted(keys, reverse=True)[:posted]}
        for place, plan in enumerate(plans):
            plan.ending = Ending.POSTED if place in chosen else otherwise

    def _eagerness(self, plan: Plan) -> float:
        person, title = self._people[plan.person], self._titles[plan.item]
        theme = self._source.theme_of[title.genres[0][0]].code
        liked = 1.3 if likes(person) & {genre for genre, _ in title.genres} else 0.6
        return _EAGER_TIER[tier(person)] * _EAGER_THEME.get(theme, 1.0) * liked


def window(title: TitleSource, arrives: tuple[int, int]) -> tuple[int, int]:
    """Between which days gifts of a title arrived, of those asked for."""
    return max(arrives[0], title.published - _BEFORE_PUB), min(arrives[1], title.published + _AFTER_PUB)


def _meets(title: TitleSource, arrives: tuple[int, int]) -> bool:
    first, last = window(title, arrives)
    return first <= last


def _counter(plans: Sequence[Plan]) -> Callable[[Ending, tuple[int, int]], int]:
    return lambda ending, arrives: sum(plan.ending is ending and plan.arrives == arrives for plan in plans)


def _can_be_given(person: SamplePerson) -> bool:
    is_closed = person.policy is not None and not person.policy.is_open
    return person.address is not None and not person.suppressed and not is_closed


def _by_genre(people: Sequence[SamplePerson], places: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place in places:
        for genre in likes(people[place]):
            found.setdefault(genre, []).append(place)
    return found
