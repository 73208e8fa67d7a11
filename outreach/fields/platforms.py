"""The platforms people speak on, and how each writes the addresses of profiles and posts (`platforms.toml`)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from outreach.fields.text import fold
from outreach.paths import resource

_PLACEHOLDER = re.compile(r"(\{[a-z]+\}|\*)")
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_LONGEST_WORD = 60
_HOST_OF_HANDLE = "{handle}."
_ANY_HOST = "*"
#: Where handles are written with an @ before them.
_AT = ("instagram", "tiktok", "youtube", "x", "threads")


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform.

    Attributes:
        code: What is stored.
        name: What is shown.
        handle: The shape of a handle.
        case_matters: Whether handles are kept as written; elsewhere they are kept small.
        codes_are_per_handle: Whether two people's posts may have the same code.
        profile: The address of a profile, with ``{handle}`` in it; empty where a handle alone does not tell it.
        post: What its posts are, such as ``"video"``.
        kinds: By a part of an address's path, what is posted there.
    """

    code: str
    name: str
    handle: re.Pattern[str]
    case_matters: bool
    codes_are_per_handle: bool
    profile: str
    post: str = "post"
    kinds: Mapping[str, str] = field(default_factory=dict)

    def kind_at(self, url: str) -> str:
        """What is posted at an address of this platform."""
        parts = url.partition("?")[0].split("/")
        return next((self.kinds[part] for part in parts if part in self.kinds), self.post)


@dataclass(frozen=True, slots=True)
class AddressForm:
    """One way a platform writes an address.

    Attributes:
        platform: Whose.
        template: What the address is made from again, by placeholder.
        pattern: What it looks like after the host, or after the handle in the host; its groups are the placeholders.
        query: The names in the query that count.
    """

    platform: Platform
    template: str
    pattern: re.Pattern[str]
    query: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """The forms of addresses on one host.

    Attributes:
        platform: Whose host it is.
        profiles: Those of profiles.
        posts: Those of posts.
        handle_in_host: Whether the first part of the host is a handle.
    """

    platform: Platform
    profiles: tuple[AddressForm, ...]
    posts: tuple[AddressForm, ...]
    handle_in_host: bool


@cache
def platforms() -> dict[str, Platform]:
    """All platforms by code, in the order they are offered."""
    return {told["code"]: _platform(told) for told in _data()["platform"]}


def shown_handle(platform: str, handle: str) -> str:
    """A handle as people write it there: with the sign of one where the platform has it, else as it stands."""
    return f"@{handle}" if handle and platform in _AT else handle


def platform_name(code: str) -> str:
    """A platform's own name, such as "TikTok"; the code itself for one that is not known."""
    known = platforms().get(code)
    return known.name if known else code


def platform_of_word(word: str) -> str | None:
    """The code of the platform that a word means, such as ``"insta"`` or ``"BookTok"``."""
    return _words().get(_NOT_A_LETTER.sub("", fold(word))) if len(word) <= _LONGEST_WORD else None


def site_of(host: str) -> Site | None:
    """The forms of addresses on a host, given without ``www.``; None for a host that is no platform's."""
    hosts = _hosts()
    if host in hosts:
        return _site(host)
    front, _, parent = host.partition(".")
    if f"{_HOST_OF_HANDLE}{parent}" in hosts:
        return _site(f"{_HOST_OF_HANDLE}{parent}")
    return _site(parent) if parent in hosts and _fronts().fullmatch(front) else None


def site_anywhere(host: str) -> Site | None:
    """The forms that may stand on any host; None for a host that is known to mean something else by them."""
    return None if host in _data()["hosts"]["no_mastodon"] else _site(_ANY_HOST)


def ends_like_an_address(host: str) -> bool:
    """Whether a name with dots is more likely a site's than a person's."""
    return host.endswith(tuple(_data()["hosts"]["endings"]))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("platforms.toml").read_text("utf-8"))


def _platform(told: dict[str, Any]) -> Platform:
    profile = told.get("profiles", [""])[0]
    return Platform(
        code=told["code"],
        name=told["name"],
        handle=re.compile(told["handle"]),
        case_matters=told.get("case_matters", False),
        codes_are_per_handle=told.get("codes_are_per_handle", False),
        profile="" if profile.startswith(_ANY_HOST) else profile,
        post=told.get("post", "post"),
        kinds=told.get("kinds", {}),
    )


@cache
def _words() -> dict[str, str]:
    return {
        _NOT_A_LETTER.sub("", fold(word)): told["code"]
        for told in _data()["platform"]
        for word in (told["code"], told["name"], *told["words"])
    }


@cache
def _fronts() -> re.Pattern[str]:
    return re.compile(_data()["hosts"]["fronts"])


@cache
def _hosts() -> dict[str, tuple[dict[str, Any], str]]:
    """By host, or by host with a handle in front: the platform's data, and the host its addresses are written with."""
    hosts = {}
    for told in _data()["platform"]:
        for template in (*told.get("profiles", ()), *told.get("posts", ())):
            host = _host_of(template)
            hosts[host] = (told, host)
        for host in told.get("other_hosts", ()):
            hosts[host] = (told, _host_of(told["profiles"][0]))
    return hosts


def _host_of(template: str) -> str:
    return template.partition("/")[0].removeprefix("www.")


@cache
def _site(host: str) -> Site:
    told, written = _hosts()[host]
    platform = platforms()[told["code"]]
    profiles, posts = (
        tuple(_form(platform, told, template) for template in told.get(kind, ()) if _host_of(template) == written)
        for kind in ("profiles", "posts")
    )
    return Site(platform, profiles, posts, host.startswith(_HOST_OF_HANDLE))


def _form(platform: Platform, told: dict[str, Any], template: str) -> AddressForm:
    host, slash, path = template.partition("/")
    path, _, query = path.rstrip("/").partition("?")
    shape = slash + path if path else ""
    if host.startswith(_HOST_OF_HANDLE):
        shape = "{handle}" + shape
    pattern = _pattern(platform, f"{shape}?{query}" if query else shape)
    if shape.startswith(("{handle}", "/{handle}")) and "reserved" in told:
        words = "|".join(map(re.escape, told["reserved"]))
        pattern = rf"(?!/?(?:{words})(?:[/?]|\Z))" + pattern
    if "*" in path and "{number}" in path:
        template = platform.profile.replace("{handle}", "{number}")
    return AddressForm(
        platform,
        template,
        pattern=re.compile(pattern, re.IGNORECASE),
        query=tuple(part.partition("=")[0] for part in query.split("&")) if query else (),
    )


def _pattern(platform: Platform, shape: str) -> str:
    """The regular expression of a template's path and query; whatever follows them does not matter."""
    kinds = {
        "{handle}": f"(?P<handle>{platform.handle.pattern})",
        "{number}": r"(?P<number>\d{1,20})(?:[-.][^/?]*)?",
        "{code}": r"(?P<code>[\w.~:-]{1,200})",
        "{digits}": r"(?P<digits>\d{1,25})",
        "*": "[^/?]*",
    }
    parts = (kinds.get(part, re.escape(part)) for part in _PLACEHOLDER.split(shape))
    return "".join(parts) + r"(?=[/?&]|\Z)"
