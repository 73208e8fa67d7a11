"""Finding the feeds of a profile or a site: by what is known of its service, else by what its page says."""

import base64
import re
import ssl
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from outreach.errors import KnownError
from outreach.fields.accounts import parse_profile
from outreach.fields.text import clean
from outreach.jobs import Job
from outreach.paths import resource
from outreach.services.feeds.fetching import Answer, Ask, Net, fetch
from outreach.services.feeds.kinds import FeedKind
from outreach.services.feeds.network import Target, parse_target
from outreach.store.database import Store
from outreach.store.models import Account
from outreach.workers import Limits, first

_LOOK = "outreach.services.feeds.child:look_in_child"
_LIMITS = Limits(seconds=10.0, memory_mb=300, answer_bytes=2**20)
#: Platforms whose handle is the address of a site.
_SITES = ("blog",)


@dataclass(frozen=True, slots=True)
class Discovered:
    """A feed that was found.

    Attributes:
        title: What it calls itself, or the page that names it; may be empty.
        entries: How many entries it has; None where it was not read.
    """

    address: str
    title: str
    kind: FeedKind
    entries: int | None = None


def feeds_known(address: str) -> list[Discovered]:
    """The feeds of a profile on a service that is known, without asking anybody."""
    target = parse_target(address)
    if target is None:
        return []
    place = f"{target.host.removeprefix('www.')}{target.path.rstrip('/')}"
    for service in _services():
        for pattern in service.at:
            found = pattern.fullmatch(place)
            if found and _is_on(address, service.platform):
                return [Discovered(f"https://{_filled(each, found)}", "", service.kind) for each in service.feeds]
    return []


def discover(address: str, tls: ssl.SSLContext, store: Store, job: Job | None = None, *, allow_private: bool = False,
             net: Net | None = None) -> list[Discovered]:  # fmt: skip
    """The feeds of a profile or site, each of them read once; nothing is kept.

    Raises:
        KnownError: ``feeds.bad_address``, ``feeds.none_found``, or what was in the way.
        Cancelled: when the job was stopped.
    """
    target = parse_target(address)
    if target is None:
        raise KnownError("feeds.bad_address", value=clean(address)[:200])
    looking = _Looking(net or Net(tls), store, job, (target.host, target.port) if allow_private else None)
    known = feeds_known(address)
    found = [made for each in known if (made := looking.read(each)) is not None]
    if not found:
        found = looking.at(target)
    if not found:
        raise KnownError("feeds.none_found", address=target.text())
    return found


def sites_of(person_id: int) -> list[str]:
    """The addresses of a person's accounts where a feed may be: profiles on services that have feeds, and sites."""
    rows = Account.select(Account.platform, Account.handle, Account.url).where(Account.person == person_id)
    addresses = []
    for platform, handle, url in rows.order_by(Account.id).tuples():
        profile = parse_profile(url or handle, platform or None)
        address = url or (profile.url if profile else "") or (handle if platform in _SITES else "")
        if address and (platform in _SITES or feeds_known(address) or platform == "youtube"):
            addresses.append(address)
    return list(dict.fromkeys(addresses))


@dataclass(frozen=True, slots=True)
class _Looking:
    """Asks, and reads what came."""

    net: Net
    store: Store
    job: Job | None
    private: tuple[str, int] | None

    def at(self, target: Target) -> list[Discovered]:
        """The feeds of a page; itself, where it is one; where it names none, those at the usual places."""
        answer = self._fetch(target)
        told = self._look(answer)
        if "title" in told:
            return [_discovered(answer.target.text(), told, FeedKind.BLOG)]
        links = [Discovered(each["address"], each["title"], FeedKind.BLOG) for each in told["links"]]
        named = [made for each in links if (made := self.read(each)) is not None]
        return named or next(self._tried(answer.target), [])

    def read(self, feed: Discovered) -> Discovered | None:
        """A feed as it is; None where there is none, or it cannot be had."""
        target = parse_target(feed.address)
        if target is None:
            return None
        try:
            told = self._look(self._fetch(target))
        except KnownError:
            return None
        return _discovered(feed.address, told, feed.kind, feed.title) if "title" in told else None

    def _tried(self, page: Target) -> Iterator[list[Discovered]]:
        for path in _data()["pages"]["tries"]:
            there = Target(page.scheme, page.host, page.port, path)
            found = self.read(Discovered(there.text(), "", FeedKind.BLOG))
            if found is not None:
                yield [found]

    def _fetch(self, target: Target) -> Answer:
        return fetch(Ask(target, self.private), self.net, self.store.moment(), self.job)

    def _look(self, answer: Answer) -> Mapping[str, Any]:
        payload = {
            "body": base64.b64encode(answer.body).decode("ascii"), "type": answer.content_type,
            "address": answer.target.text(),
        }  # fmt: skip
        told: Mapping[str, Any] = first(_LOOK, payload, _LIMITS, self.job)
        return told


def _discovered(address: str, told: Mapping[str, Any], kind: FeedKind, title: str = "") -> Discovered:
    if told["is_podcast"] and kind is FeedKind.BLOG:
        kind = FeedKind.PODCAST
    return Discovered(address, told["title"] or title, kind, told["entries"])


@dataclass(frozen=True, slots=True)
class _Service:
    at: Sequence[re.Pattern[str]]
    feeds: Sequence[str]
    kind: FeedKind
    platform: str


def _is_on(address: str, platform: str) -> bool:
    """Whether an address is of a platform, where a service has none of its own hosts."""
    if not platform:
        return True
    profile = parse_profile(address)
    return profile is not None and profile.platform == platform


def _filled(template: str, found: re.Match[str]) -> str:
    for name, value in found.groupdict().items():
        template = template.replace(f"{{{name}}}", value)
    return template


@cache
def _services() -> tuple[_Service, ...]:
    return tuple(
        _Service([re.compile(each, re.IGNORECASE) for each in told["at"]], told["feeds"], FeedKind(told["kind"]),
                 told.get("platform", ""))
        for told in _data()["service"]
    )  # fmt: skip


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resource("feeds.toml").read_text(encoding="utf-8"))
