"""Which computer may be asked: addresses taken apart, names resolved, private networks kept out.

The address that was checked is the one that is connected to, so that a name which means something else a moment later
leads nowhere.
"""

import errno
import ipaddress
import queue
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job

#: The longest that one wait for the network lasts before it is looked whether to go on.
_SLICE_SECONDS = 0.1
_LONGEST = 4096
#: What an address holds when it was broken over lines; browsers leave it out too.
_UNSEEN = {ord(sign): None for sign in "\t\r\n"}
_SCHEMES = {"http": 80, "https": 443}
#: IPv6 networks that carry an IPv4 address, and where in it that stands (RFC 6052, 3056).
_CARRIERS = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 96),
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 96),
    (ipaddress.IPv6Network("::/96"), 96),
    (ipaddress.IPv6Network("2002::/16"), 16),
)
_CONNECTING = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK))

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """An http or https address, as the network needs it.

    Attributes:
        scheme: ``http`` or ``https``.
        host: Small, ASCII; an IPv6 address without its brackets.
        port: A number also where the address has none.
        path: From its first slash on, with the query, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as they are written."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _SCHEMES[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def key(self) -> str:
        """The same for all ways to write it: with ``http`` or ``https``, with ``www.`` or a last slash, or without."""
        return f"{self.origin.partition('://')[2].removeprefix('www.')}{self.path.rstrip('/')}"

    def text(self) -> str:
        """The address to ask."""
        return self.origin + self.path


class Watch:
    """How long something may take in all, and whether the user still wants it."""

    def __init__(self, seconds: float, job: Job | None = None) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._job = job

    def check(self) -> None:
        """Say that it may go on.

        Raises:
            Cancelled: when the job was stopped.
            KnownError: ``feeds.too_slow``.
        """
        if self._job is not None and self._job.cancelled:
            raise Cancelled
        if time.monotonic() >= self._end:
            raise KnownError("feeds.too_slow", seconds=round(self._seconds))


def parse_target(text: str, base: Target | None = None) -> Target | None:
    """Read an address; None for any other scheme, a name or a password in it, or what is no address.

    Args:
        text: The address; where `base` is given it may be relative to that.
        base: Where the address stood.
    """
    text = text.strip().translate(_UNSEEN)
    if not text or len(text) > _LONGEST:
        return None
    try:
        if base is not None:
            text = urljoin(base.text(), text)
        elif "://" not in text.partition("?")[0]:
            text = f"https://{text}"
        parts = urlsplit(text)
        port = parts.port or _SCHEMES.get(parts.scheme, 0)
        host = _host(parts.hostname or "")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in _SCHEMES or not host or "@" in parts.netloc:
        return None
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path)


def _host(written: str) -> str:
    host = written.rstrip(".").lower()
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if ":" in host:
        return str(ipaddress.ip_address(host))  # a zone ("%eth0") is private by nature, and no address here
    return host if host and all(each.isalnum() or each in "-._" for each in host) else ""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet, not of this computer, its network, or nobody's."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        for network, bits in _CARRIERS:
            if found in network and found.ipv4_mapped is None:
                inner = ipaddress.IPv4Address((int(found) >> (96 - bits)) & 0xFFFFFFFF)
                return _is_public(found, carries=True) and _is_public(inner)
        if found.ipv4_mapped is not None:
            return _is_public(found.ipv4_mapped)
        if found.teredo is not None:
            return False
        if found.is_site_local:
            return False
    return _is_public(found)


def _is_public(found: ipaddress.IPv4Address | ipaddress.IPv6Address, *, carries: bool = False) -> bool:
    return (found.is_global or carries) and not (found.is_multicast or found.is_loopback or found.is_link_local)


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system says; raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def addresses_of(target: Target, watch: Watch, *, allow_private: bool, resolve: Resolve) -> list[str]:
    """The addresses of a target that may be connected to.

    Raises:
        KnownError: ``feeds.no_host``, ``feeds.private_address``, ``feeds.too_slow``.
        Cancelled: when the job was stopped.
    """
    answers: queue.Queue[Sequence[str] | OSError | UnicodeError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # The system gives no way to end its asking: it is left behind.
    threading.Thread(target=ask, daemon=True).start()
    while True:
        watch.check()
        try:
            found = answers.get(timeout=_SLICE_SECONDS)
            break
        except queue.Empty:
            continue
    if isinstance(found, (OSError, UnicodeError)) or not found:
        raise KnownError("feeds.no_host", host=target.host)
    allowed = list(found) if allow_private else [each for each in found if is_public(each)]
    if not allowed:
        raise KnownError("feeds.private_address", host=target.host)
    return allowed


def connect(target: Target, addresses: Sequence[str], watch: Watch, tls: ssl.SSLContext) -> socket.socket:
    """A connection to the first address that takes one; with https its certificate is that of the host.

    Raises:
        KnownError: ``feeds.no_answer``, ``feeds.bad_certificate``, ``feeds.too_slow``.
        Cancelled: when the job was stopped.
    """
    why = ""
    for address in addresses:
        try:
            return _connect(target, address, watch, tls)
        except ssl.SSLCertVerificationError as error:
            raise KnownError("feeds.bad_certificate", host=target.host, why=error.verify_message) from error
        except OSError as error:
            why = error.strerror or str(error)
    raise KnownError("feeds.no_answer", host=target.host, why=why)


def _connect(target: Target, address: str, watch: Watch, tls: ssl.SSLContext) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setblocking(False)
        failed = made.connect_ex((address, target.port))
        if failed not in _CONNECTING:
            raise OSError(failed, _said(failed))
        with selectors.DefaultSelector() as selector:
            selector.register(made, selectors.EVENT_WRITE)
            while not selector.select(_SLICE_SECONDS):
                watch.check()
        if failed := made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(failed, _said(failed))
        made.settimeout(_SLICE_SECONDS)
        return _secured(made, target, watch, tls) if target.scheme == "https" else made
    except BaseException:
        made.close()
        raise


def _said(number: int) -> str:
    import os

    return os.strerror(number)


def _secured(made: socket.socket, target: Target, watch: Watch, tls: ssl.SSLContext) -> socket.socket:
    secured = tls.wrap_socket(made, server_hostname=target.host, do_handshake_on_connect=False)
    try:
        while True:
            watch.check()
            try:
                secured.do_handshake()
                return secured
            except TimeoutError:
                continue
    except BaseException:
        secured.close()
        raise
