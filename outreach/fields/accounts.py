"""Accounts and posts, read from addresses as people paste them and from handles as they type them."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from outreach.fields.platforms import (
    AddressForm,
    Platform,
    Site,
    ends_like_an_address,
    platform_of_word,
    platforms,
    site_anywhere,
    site_of,
)
from outreach.fields.text import clean
from outreach.fields.web import WebAddress, parse_web_address

__all__ = ["PostLink", "Profile", "parse_post_url", "parse_profile", "platform_of_word"]

_BLOG = "blog"
_MASTODON = "mastodon"
_LONGEST = 4096
_LONGEST_HANDLE = 300
# A handle of a platform that was not told, or that we do not know.
_ANY_HANDLE = re.compile(r"[\w.-]{1,100}")
_LETTER = re.compile(r"[^\W_]")
_ON_A_SERVER = re.compile(r"@?[\w.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
# What people write into a cell where there is none, or to say that there is one.
_NO_HANDLE = frozenset({"n", "na", "nan", "nil", "no", "none", "null", "tba", "tbc", "tbd", "unknown", "x", "y", "yes"})


@dataclass(frozen=True, slots=True)
class Profile:
    """Someone on a platform.

    Attributes:
        platform: Its code, or empty where only a handle was given.
        handle: Without ``@``; of a blog its address without scheme, of Mastodon ``name@server``.
        key: The same for all ways to write it.
        url: Where it opens; empty where that is not known.
    """

    platform: str
    handle: str
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class PostLink:
    """Something someone said, at its address.

    Attributes:
        platform: Its code; ``blog`` for any site that is no platform.
        handle: Who said it, as in `Profile`, where the address tells it.
        code: What names it on its platform; empty where the address alone does.
        url: Where it opens, without what only tracks.
        key: The same for all ways to write the address.
    """

    platform: str
    handle: str
    code: str
    url: str
    key: str


def parse_profile(text: str, platform: str | None = None) -> Profile | None:
    """Read an address of a profile, or a handle with or without its ``@``.

    Args:
        text: What a cell holds.
        platform: The code of the platform a handle is on. An address tells its own.
    """
    if len(text) > _LONGEST:
        return None
    text = clean(text).strip("<>,; ")
    if _ON_A_SERVER.fullmatch(text) and (platform == _MASTODON or (platform is None and text[0] == "@")):
        return _profile(platforms()[_MASTODON], text.lstrip("@"))
    if not _is_address(text, platform):
        return _bare(text, platform)
    address = parse_web_address(text)
    return _profile_at(address) if address else None


def parse_account(text: str) -> Profile | None:
    """Read an account as it is typed: what `parse_profile` reads, or ``platform:handle``."""
    platform, _, rest = text.partition(":")
    return parse_profile(text) or (parse_profile(rest, platform) if rest else None)


def parse_former(text: str, platform: str) -> Profile | None:
    """Read what an account of a platform was called before: an address, or a handle there."""
    return parse_profile(text) if "/" in text else parse_profile(text, platform)


def parse_post_url(url: str) -> PostLink | None:
    """Read the address of a post; None for what is no web address, and for a platform's profile or front page.

    Short links, which cannot be followed without asking the network, are kept as they are.
    """
    address = parse_web_address(url)
    if address is None or not (address.scheme or address.path):
        return None
    site = site_of(address.site)
    found = _match(site, "posts", address)
    if found:
        return _post(address, *found)
    if site is None:
        return PostLink(_BLOG, address.site, "", address.text(), address.key())
    if not address.path.strip("/") or _match(site, "profiles", address):
        return None
    return PostLink(site.platform.code, "", "", address.text(), address.key())


def _is_address(text: str, platform: str | None) -> bool:
    if "/" in text or text[:4].lower() == "www.":
        return True
    if text[:1] == "@" or "." not in text or " " in text:
        return False
    host = text.lower()
    return platform == _BLOG or site_of(host) is not None or (platform is None and ends_like_an_address(host))


def _bare(text: str, platform: str | None) -> Profile | None:
    handle = text.removeprefix("@")
    if len(handle) > _LONGEST_HANDLE or handle.lower() in _NO_HANDLE or not _LETTER.search(handle):
        return None
    known = platforms().get(platform or "")
    if known is None:
        if not _ANY_HANDLE.fullmatch(handle):
            return None
        return Profile(platform or "", handle, f"{platform or ''}:{handle.casefold()}", "")
    if known.code == _BLOG or not known.handle.fullmatch(handle):
        return None
    return _profile(known, handle)


def _profile_at(address: WebAddress) -> Profile | None:
    site = site_of(address.site)
    found = _match(site, "profiles", address)
    if found:
        form, parts = found
        handle = _handle(form, parts, address)
        return _profile(form.platform, handle, _fill(form.template, parts))
    if site:
        return None
    handle = address.site + address.path.rstrip("/")
    return Profile(_BLOG, handle, f"{_BLOG}:{handle.casefold()}", address.text())


def _profile(platform: Platform, handle: str, url: str = "") -> Profile:
    if not platform.case_matters:
        handle = handle.lower()
    if platform.code == _MASTODON:
        name, _, server = handle.partition("@")
        url = f"https://{server}/@{name}" if server else ""
    elif not url:
        url = _fill(platform.profile, {"handle": handle})
    return Profile(platform.code, handle, f"{platform.code}:{handle.casefold()}", url)


def _post(address: WebAddress, form: AddressForm, parts: dict[str, str]) -> PostLink:
    platform = form.platform
    handle = _handle(form, parts, address)
    code = parts.get("code") or parts["digits"]
    told = f"{handle.casefold()}/{code}" if platform.codes_are_per_handle and handle else code
    exact = "*" not in form.template
    url = _fill(form.template, parts) if exact else address.text()
    return PostLink(platform.code, handle, code, url, f"{platform.code}:{told}")


def _match(site: Site | None, kind: str, address: WebAddress) -> tuple[AddressForm, dict[str, str]] | None:
    """The first form of a kind that an address has, and its parts by placeholder."""
    site = site or site_anywhere(address.site)
    if site is None:
        return None
    path = unquote(address.path) if "%" in address.path else address.path
    path = path.rstrip("/")
    if not path.isprintable():
        return None
    if site.handle_in_host:
        path = address.site.partition(".")[0] + path
    for form in site.posts if kind == "posts" else site.profiles:
        found = form.pattern.match(path + _asked(form, address) if form.query else path)
        if found:
            return form, found.groupdict()
    return None


def _asked(form: AddressForm, address: WebAddress) -> str:
    """The part of the query that a form looks at, in its order."""
    given = dict(part.partition("=")[::2] for part in address.query)
    return "?" + "&".join(f"{name}={given.get(name, '')}" for name in form.query)


def _handle(form: AddressForm, parts: dict[str, str], address: WebAddress) -> str:
    handle = parts.get("handle") or parts.get("number") or ""
    if form.platform.code == _MASTODON and "@" not in handle:
        handle = f"{handle}@{address.site}"
    return handle if form.platform.case_matters else handle.lower()


def _fill(template: str, parts: dict[str, str]) -> str:
    for name, value in parts.items():
        template = template.replace(f"{{{name}}}", value)
    return f"https://{template}"
