"""The clubs of the sample: groups that began around a gift, and how they grew."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from outreach.services.clubs.clubs import ClubKind
from outreach.services.sample.days import Days
from outreach.services.sample.phrases import between, pick
from outreach.services.sample.plans import Plan
from outreach.services.sample.source import ClubSource, Source, TitleSource
from outreach.services.sample.values import SampleClub, SamplePerson

#: A club begins so many days after the post that called for it, and its first days are not today's.
_CALLED = (8, 24)
_OLD_ENOUGH = -40
_STATES = ("reading", "met", "reading", "wound_down", "reading", "met", "planned")


class ClubMaker:
    """Makes clubs of gifts that were posted about."""

    def __init__(
        self, rng: Random, source: Source, people: Sequence[SamplePerson], titles: Sequence[TitleSource], days: Days
    ) -> None:
        self._rng = rng
        self._source = source
        self._people = people
        self._titles = titles
        self._days = days

    def clubs(
        self, plans: Sequence[Plan], said: Mapping[int, Sequence[tuple[int, int]]], count: int
    ) -> list[tuple[SampleClub, int]]:
        """So many clubs as far as there are gifts for them, each with the day it began.

        Args:
            plans: The gifts.
            said: By gift, the number and day of each post about it, the first one first.
            count: How many.
        """
        clubs: list[tuple[SampleClub, int]] = []
        for gift, plan in enumerate(plans):
            if plan.club and gift in said and len(clubs) < count:
                data = self._source.voices[plan.person]["club"]
                clubs.append(self._written(data, gift, plan, said[gift][0]))
        hosts = {club.host for club, _ in clubs}
        able = [gift for gift, posts in sorted(said.items()) if posts[0][1] < _OLD_ENOUGH]
        self._rng.shuffle(able)
        wanted = list(self._source.clubs)
        self._rng.shuffle(wanted)
        for kind in sorted(wanted, key=lambda each: not each.themes):
            found = next((gift for gift in able if self._suits(kind, plans[gift], hosts)), None)
            if found is not None and len(clubs) < count:
                hosts.add(plans[found].person)
                clubs.append(self._by_chance(kind, found, plans[found], said[found][0], len(clubs)))
        return sorted(clubs, key=lambda each: each[1])

    def _suits(self, kind: ClubSource, plan: Plan, hosts: set[int]) -> bool:
        person = self._people[plan.person]
        theme = self._source.theme_of[self._titles[plan.item].genres[0][0]].code
        is_new = plan.person not in hosts and plan.person >= len(self._source.voices)
        is_book = self._titles[plan.item].kind == "book"
        return is_new and is_book and person.role in kind.hosts and (not kind.themes or theme in kind.themes)

    def _written(self, data: Mapping[str, Any], gift: int, plan: Plan, post: tuple[int, int]) -> tuple[SampleClub, int]:
        number, posted = post
        counts = data["counts"]
        started = min(posted + between(self._rng, *_CALLED), -len(counts) - 1)
        apart = max(1, min(18, (-1 - started) // max(1, len(counts) - 1)))
        headcounts = tuple((self._days.text(started + apart * week), members) for week, members in enumerate(counts))
        club = SampleClub(
            name=data["name"],
            item=plan.item,
            host=plan.person,
            gift=gift,
            post=number,
            kind=data["kind"],
            state=data["state"],
            place=data["place"],
            started_on=self._days.text(started),
            headcounts=headcounts,
        )
        return club, started

    def _by_chance(
        self, kind: ClubSource, gift: int, plan: Plan, post: tuple[int, int], place: int
    ) -> tuple[SampleClub, int]:
        number, posted = post
        started = posted + between(self._rng, *_CALLED)
        person = self._people[plan.person]
        town = person.address.city if person.address else person.country
        state = _STATES[place % len(_STATES)]
        club = SampleClub(
            name=kind.name.replace("{town}", town),
            item=plan.item,
            host=plan.person,
            gift=gift,
            post=number,
            kind=kind.kind,
            state=state,
            place=kind.place.replace("{town}", town),
            started_on=self._days.text(started),
            headcounts=self._headcounts(started, kind.kind, state),
        )
        return club, started

    def _headcounts(self, started: int, kind: str, state: str) -> tuple[tuple[str, int], ...]:
        """How a group grew: mostly slowly, sometimes not at all, and smaller groups stay small."""
        rng = self._rng
        members = between(rng, 2, 4) if kind == ClubKind.BUDDY_READ else between(rng, 4, 11)
        counts = [(self._days.text(started), members)]
        day = started
        for _ in range(0 if state == "planned" else between(rng, 2, 7)):
            day += between(rng, 6, 15)
            if day >= 0:
                break
            members += pick(rng, (0, 0, 1) if kind == ClubKind.BUDDY_READ else (0, 1, 1, 2, 3, 5, -1))
            counts.append((self._days.text(day), members))
        return tuple(counts)
