"""Who someone is: a name, handles and e-mail addresses that nobody else of the sample has, a place to live."""

from dataclasses import dataclass
from math import exp
from random import Random

from outreach.services.sample.days import Days
from outreach.services.sample.phrases import between, pick, plain
from outreach.services.sample.source import Country, Culture, Source
from outreach.services.sample.values import SampleAccount, SampleAddress

#: Domains that are kept for examples (RFC 2606).
_DOMAINS = ("example.com", "example.org", "example.net", "post.example", "mail.example", "letters.example")

#: Audiences are log-normal: half are below the median, about one in a hundred is above 100,000.
_MEDIAN_FOLLOWERS = 6000
_SPREAD = 1.25
#: Followers are fewer where people only keep lists of what they read.
_SMALLER = {"goodreads": 0.05, "storygraph": 0.03, "blog": 0.1, "bluesky": 0.2, "threads": 0.2}

_LONGEST_HANDLE = {"tiktok": 22, "x": 13}
_NO_DOTS = frozenset({"x", "substack", "blog", "bluesky", "youtube"})

#: Letters that all countries of the sample use in their postcodes.
_POSTCODE_LETTERS = "AEHNPRTWXY"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as shown, in its parts, and the parts in plain letters."""

    shown: str
    given: str
    family: str
    greeting: str
    plain_given: str
    plain_family: str


class Registry:
    """Gives out names, handles and e-mail addresses, no handle and no address twice."""

    def __init__(self, rng: Random, source: Source) -> None:
        self._rng = rng
        self._source = source
        self._names: set[str] = set()
        self._taken: set[str] = set()

    def name(self, culture: Culture) -> Name:
        """A new name; where a culture's names are used up, one that somebody else has."""
        for _ in range(8):
            name = self._any_name(culture)
            if name.shown not in self._names:
                break
        self._names.add(name.shown)
        return name

    def keep(self, name: str, emails: tuple[str, ...], accounts: tuple[SampleAccount, ...]) -> None:
        """Note what someone has who was written by hand."""
        self._names.add(name)
        self._taken.update(emails, (f"{account.platform}:{account.handle.lower()}" for account in accounts))

    def email(self, name: Name, handle: str, organisation: str) -> str:
        """An address under a domain that is kept for examples."""
        given, family = name.plain_given, name.plain_family
        kind = self._rng.random()
        if organisation and kind < 0.8:
            local, domain = given, f"{plain(organisation)[:40]}.example"
        elif handle and kind < 0.25:
            local, domain = "hello", f"{plain(handle)}.example"
        else:
            local, domain = pick(self._rng, (f"{given}.{family}", f"{given}{family}", f"{given[:1]}.{family}")), ""
        domain = domain or pick(self._rng, _DOMAINS)
        number = 1
        address = f"{local}@{domain}"
        while address in self._taken:
            number += between(self._rng, 1, 9)
            address = f"{local}{number}@{domain}"
        self._taken.add(address)
        return address

    def account(self, platform: str, name: Name, like: str = "") -> SampleAccount:
        """An account on a platform, called like another one of hers if she has one."""
        handle = self._handle(platform, like or self._any_handle(name))
        rng = self._rng
        followers = _MEDIAN_FOLLOWERS * exp(rng.gauss(0, _SPREAD)) * _SMALLER.get(platform, 1)
        if rng.random() < 0.06:
            return SampleAccount(platform, handle, None)
        return SampleAccount(platform, handle, _as_shown(max(40, int(followers))))

    def _any_name(self, culture: Culture) -> Name:
        rng = self._rng
        (given, plain_given), (family, plain_family) = pick(rng, culture.given), pick(rng, culture.family)
        if rng.random() * 100 < culture.double:
            second, plain_second = pick(rng, culture.family)
            if second != family and "-" not in f"{second}{family}":
                family, plain_family = f"{family}-{second}", plain_family + plain_second
        shown = {"family first": f"{family} {given}", "joined": family + given}.get(culture.order, f"{given} {family}")
        greeting = culture.greeting.say(rng, {"given": given, "family": family})
        return Name(shown, given, family, greeting, plain_given, plain_family)

    def _any_handle(self, name: Name) -> str:
        first, second = self._source.handle_words
        words = {"word1": pick(self._rng, first), "word2": pick(self._rng, second)}
        handle = pick(self._rng, self._source.handles)
        return handle.say(self._rng, {"given": name.plain_given, "family": name.plain_family, **words}).lower()

    def _handle(self, platform: str, wanted: str) -> str:
        if platform in _NO_DOTS:
            wanted = plain(wanted)
        wanted = wanted[: _LONGEST_HANDLE.get(platform, 26)].strip("._")
        ending = ".example" if platform in ("blog", "bluesky") else ""
        handle, number = wanted + ending, 0
        while f"{platform}:{handle}" in self._taken:
            number += between(self._rng, 1, 9)
            handle = f"{wanted}{number}{ending}"
        self._taken.add(f"{platform}:{handle}")
        return handle


def address(rng: Random, days: Days, deliver_to: str, country: Country, town: tuple[str, str, str]) -> SampleAddress:
    """A place to send parcels to, most often one that was confirmed."""
    line = pick(rng, country.streets).say(rng, {"n": str(between(rng, 1, 9 if rng.random() < 0.3 else 148))})
    first, _, second = (
        line.partition(", ")
        if line.startswith(("Flat ", "Villa ", "Apartment ", "Rose ", "The Old "))
        else (line, "", "")
    )
    confirmed = days.text(-between(rng, 4, 520)) if rng.random() < 0.7 else None
    city, region, shape = town
    return SampleAddress(deliver_to, first, second, city, region, _postcode(rng, shape), country.code, confirmed)


def _postcode(rng: Random, shape: str) -> str:
    if shape.isdigit():
        return shape
    letters = []
    for sign in shape:
        if sign == "#" or (sign == "%" and rng.random() < 0.5):
            letters.append(str(between(rng, 1, 9)))
        elif sign in "@%":
            letters.append(pick(rng, _POSTCODE_LETTERS))
        else:
            letters.append(sign)
    return "".join(letters)


def _as_shown(followers: int) -> int:
    """A count as precise as platforms show it: three figures from ten thousand on."""
    step = 1 if followers < 10_000 else 10 ** (len(str(followers)) - 3)
    return followers // step * step
