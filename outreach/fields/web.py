"""Addresses of the web: taken apart, and freed of what only tracks the visitor."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from outreach.fields.text import clean
from outreach.paths import resource

_LONGEST = 4096
_ADDRESS = re.compile(
    r"(?:(https?)://)?"
    r"([^\s/?#:@\\\[\]<>\"]{1,253})"
    r"(?::(\d{1,5}))?"
    r"(/[^\s?#\\<>\"]*)?"
    r"(?:\?([^\s#\\<>\"]*))?"
    r"(?:\#\S*)?",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address.

    Attributes:
        scheme: ``http`` or ``https``, or empty where it was not written.
        host: Small, ASCII, as it was written otherwise (with ``www.``), and with its port where that is unusual.
        path: From its first slash on, still percent-encoded; may be empty.
        query: Its parts, in their order, undecoded, without those that only track.
    """

    scheme: str
    host: str
    path: str
    query: tuple[str, ...]

    @property
    def site(self) -> str:
        """The host without ``www.``, by which sites are compared."""
        return self.host.removeprefix("www.")

    def text(self) -> str:
        """The address to open."""
        return f"{self.scheme or 'https'}://{self.host}{self.path}{self._query_text()}"

    def key(self) -> str:
        """The address for comparing: whether ``http`` or ``www.`` was written, or a last slash, does not matter."""
        return f"{self.site}{self.path.rstrip('/')}{self._query_text()}"

    def _query_text(self) -> str:
        return f"?{'&'.join(self.query)}" if self.query else ""


def parse_web_address(text: str) -> WebAddress | None:
    """Read an address with or without its scheme; None for any other scheme, and for hosts without a name.

    An address that carries a user name or a password is refused: it is written so only to mislead.
    """
    if len(text) > _LONGEST:
        return None
    text = clean(text).strip("<>,; ")
    parts = _ADDRESS.fullmatch(text)
    if parts is None:
        return None
    scheme, host, port, path, query = parts.groups()
    host = _host(host)
    if not host or int(port or 0) > 65535:
        return None
    scheme = (scheme or "").lower()
    if port and port != _PORTS.get(scheme):
        host = f"{host}:{port}"
    return WebAddress(scheme, host, path or "", _without_tracking(query) if query else ())


def _host(written: str) -> str:
    """The host in small ASCII letters, or an empty text for what cannot be one."""
    host = written.lower().rstrip(".")
    if not host.isascii() or "xn--" in host:
        try:
            host = host.encode("idna").decode("ascii")
            host.encode("ascii").decode("idna")
        except UnicodeError:
            return ""
    return host if len(host) <= 253 and _HOST.fullmatch(host) else ""


def _without_tracking(query: str) -> tuple[str, ...]:
    names, prefixes = _tracking()
    kept = []
    for part in query.split("&"):
        name = part.partition("=")[0].lower()
        if part and name not in names and not name.startswith(prefixes):
            kept.append(part)
    return tuple(kept)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    told = tomllib.loads(resource("platforms.toml").read_text("utf-8"))["tracking"]
    return frozenset(told["names"]), tuple(told["prefixes"])
