"""The people of the sample: first those written by hand, then as many more as are wanted."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from outreach.services.sample.days import Days
from outreach.services.sample.identity import Name, Registry, address
from outreach.services.sample.phrases import pick, plain
from outreach.services.sample.source import Role, Source
from outreach.services.sample.tastes import TasteMaker
from outreach.services.sample.values import SampleAccount, SampleAddress, SamplePerson, SamplePolicy

#: So many asked not to be written to.
_SUPPRESSED = 3

#: Roles whose parcels carry the name of the place alone.
_AT_WORK = frozenset({"bookseller"})
#: Roles that others follow, listen to or buy from.
_FOLLOWED = frozenset({"creator", "bookseller", "librarian", "radio_host", "journalist", "podcaster", "teacher"})
#: Of so many in a hundred without an account, what people say is heard rather than read.
_MOSTLY = 50
_PLATFORM_OF = {"journalist": "substack", "podcaster": "instagram"}


def make_people(rng: Random, source: Source, days: Days, count: int) -> list[SamplePerson]:
    """Make people; those written by hand come first."""
    maker = _PeopleMaker(rng, source, days)
    people = [maker.written(voice) for voice in source.voices[:count]]
    people += [maker.someone() for _ in range(count - len(people))]
    _suppress(rng, source, people)
    return people


def _suppress(rng: Random, source: Source, people: list[SamplePerson]) -> None:
    """A few have asked to be left in peace."""
    start = min(len(source.voices), len(people))
    able = [place for place in range(start, min(len(people), start + 1000)) if people[place].emails]
    notes = list(source.texts["suppressed"])
    rng.shuffle(notes)
    for place, note in zip(rng.sample(able, min(_SUPPRESSED, len(able))), notes, strict=False):
        people[place] = replace(people[place], suppressed=True, notes=note.say(rng), policy=None)


def _written_address(data: Mapping[str, Any], confirmed: str | None) -> SampleAddress:
    deliver_to, line1, line2, town, region, postcode = data["address"]
    return SampleAddress(deliver_to, line1, line2, town, region, postcode, data["country"], confirmed)


class _PeopleMaker:
    """Makes one person after another, no two of whom share a handle or an e-mail address."""

    def __init__(self, rng: Random, source: Source, days: Days) -> None:
        self._rng = rng
        self._source = source
        self._days = days
        self._registry = Registry(rng, source)
        self._tastes = TasteMaker(rng, source, days)

    def written(self, data: Mapping[str, Any]) -> SamplePerson:
        """Someone who was written by hand."""
        given, family = data["given"], data["family"]
        name = (
            f"{family} {given}"
            if data.get("family_first") or "さん" in data.get("greeting", "")
            else f"{given} {family}"
        )
        accounts = tuple(SampleAccount(*account) for account in data["accounts"])
        emails = tuple(data["emails"])
        self._registry.keep(name, emails, accounts)
        confirmed = self._days.text(-data["confirmed"]) if data["confirmed"] else None
        policy = data.get("policy")
        return SamplePerson(
            name=name,
            given_name=given,
            family_name=family,
            greeting=data.get("greeting", ""),
            role=data["role"],
            organisation=data.get("organisation", ""),
            job_title=data.get("job_title", ""),
            language=data.get("language", "en"),
            country=data["country"],
            notes=data["notes"],
            how_known=data["how_known"],
            emails=emails,
            accounts=accounts,
            address=_written_address(data, confirmed),
            tags=tuple(data["tags"]),
            tastes=self._tastes.written(data["tastes"]),
            policy=SamplePolicy(policy["is_open"], policy["text"]) if policy else None,
            suppressed=False,
        )

    def someone(self) -> SamplePerson:
        """Someone put together by chance."""
        rng = self._rng
        country = self._source.countries.pick(rng)
        name = self._registry.name(country.cultures.pick(rng))
        role = self._source.roles.pick(rng)
        town = pick(rng, country.towns)
        tastes = self._tastes.tastes(role.off_social < _MOSTLY, role.code in _FOLLOWED)
        slots = {"town": town[0], "family": name.family, "title": self._tastes.a_book_for(tastes)}
        organisation = pick(rng, role.organisation).say(rng, slots) if role.organisation else ""
        accounts = () if rng.random() * 100 < role.off_social else self._accounts(role, name, organisation)
        deliver_to = organisation if role.code in _AT_WORK else name.shown
        has_address = rng.random() < (0.6 if accounts else 0.8)
        return SamplePerson(
            name=name.shown,
            given_name=name.given,
            family_name=name.family,
            greeting=name.greeting,
            role=role.code,
            organisation=organisation,
            job_title=pick(rng, role.job_title).say(rng, slots) if role.job_title else "",
            language=country.language,
            country=country.code,
            notes=pick(rng, role.notes).say(rng, slots) if rng.random() < 0.42 else "",
            how_known=pick(rng, role.how_known).say(rng, slots) if rng.random() < 0.6 else "",
            emails=self._emails(name, accounts, organisation),
            accounts=accounts,
            address=address(rng, self._days, deliver_to, country, town) if has_address else None,
            tags=self._tags(role, accounts),
            tastes=tastes,
            policy=self._policy(),
            suppressed=False,
        )

    def _accounts(self, role: Role, name: Name, organisation: str) -> tuple[SampleAccount, ...]:
        rng = self._rng
        platform = _PLATFORM_OF.get(role.code) or self._source.platforms.pick(rng)
        first = self._registry.account(platform, name, plain(organisation))
        if rng.random() < 0.2:
            other = self._source.platforms.pick(rng)
            if other != platform:
                return first, self._registry.account(other, name, first.handle.removesuffix(".example"))
        return (first,)

    def _emails(self, name: Name, accounts: tuple[SampleAccount, ...], organisation: str) -> tuple[str, ...]:
        rng = self._rng
        if accounts and rng.random() < 0.07:
            return ()
        handle = accounts[0].handle.removesuffix(".example") if accounts else ""
        first = self._registry.email(name, handle, organisation)
        if rng.random() < 0.05:
            return first, self._registry.email(name, "", "")
        return (first,)

    def _tags(self, role: Role, accounts: tuple[SampleAccount, ...]) -> tuple[str, ...]:
        rng = self._rng
        tags = []
        if accounts and rng.random() < 0.6:
            tag = self._source.platform_tags.get(accounts[0].platform)
            if tag:
                tags.append(tag)
        if rng.random() < 0.3:
            tags.append(pick(rng, role.tags))
        return tuple(dict.fromkeys(tags))

    def _policy(self) -> SamplePolicy | None:
        chance = self._rng.random()
        if chance >= 0.068:
            return None
        is_open = chance >= 0.008
        return SamplePolicy(
            is_open, pick(self._rng, self._source.texts["open" if is_open else "closed"]).say(self._rng)
        )
