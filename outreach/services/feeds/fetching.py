"""Asking for a feed: politely, within limits, and never a computer of a private network without leave."""

import http.client
import io
import socket
import ssl
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from outreach import __version__
from outreach.errors import KnownError
from outreach.jobs import Job
from outreach.services.feeds.network import (
    Resolve,
    Target,
    Watch,
    addresses_of,
    connect,
    parse_target,
    system_resolve,
)

MOST_BYTES = 5 * 2**20
MOST_SECONDS = 20.0
MOST_REDIRECTS = 5
_CHUNK = 64 * 2**10
_ACCEPTED = "application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.5"
_MOVED_FOR_GOOD = (301, 308)
_MOVED = (*_MOVED_FOR_GOOD, 302, 303, 307)
_LATER = (429, 503)
#: A server may ask for more; then it is asked again after so long all the same.
_LONGEST_WAIT = timedelta(days=7)
USER_AGENT = f"Outreach/{__version__} (feed reader)"


@dataclass(frozen=True, slots=True)
class Net:
    """How the network is reached.

    Attributes:
        tls: Which certificates are trusted.
        resolve: What tells the addresses of a host.
        seconds: How long one feed may take in all, its redirects included.
        most_bytes: How long it may be, packed and unpacked.
    """

    tls: ssl.SSLContext
    resolve: Resolve = system_resolve
    seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for.

    Attributes:
        target: Where.
        private: The host and port that the user allowed although they may be of a private network; None for none.
        etag: What the server called the version that is known.
        last_modified: When it said that this was made.
    """

    target: Target
    private: tuple[str, int] | None = None
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came.

    Attributes:
        target: Where it came from in the end.
        moved_to: Where it has moved to for good; None where it has not.
        is_new: False where the server says that the known version is still the newest.
        body: Its bytes, unpacked.
        content_type: What the server says they are.
    """

    target: Target
    moved_to: Target | None = None
    is_new: bool = True
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(slots=True)
class _Trip:
    """A request and the redirects it led to."""

    ask: Ask
    net: Net
    watch: Watch
    now: datetime
    moved_to: Target | None = None
    is_for_good: bool = True
    hops: int = field(default=0)


def fetch(ask: Ask, net: Net, now: datetime, job: Job | None = None) -> Answer:
    """Ask for something, and for what it leads to.

    Raises:
        KnownError: ``feeds.…``, saying what was in the way.
        Cancelled: when the job was stopped.
    """
    trip = _Trip(ask, net, Watch(net.seconds, job), now)
    target = ask.target
    while True:
        allowed = ask.private == (target.host, target.port)
        found = addresses_of(target, trip.watch, allow_private=allowed, resolve=net.resolve)
        line = connect(target, found, trip.watch, net.tls)
        try:
            came = _exchange(line, target, trip)
        finally:
            line.close()
        if isinstance(came, Answer):
            return came
        target = came


def _exchange(line: socket.socket, target: Target, trip: _Trip) -> Answer | Target:
    try:
        _send(line, target, trip)
        response = http.client.HTTPResponse(_Patient(line, trip.watch))  # type: ignore[arg-type]
        response.begin()
        return _take(response, target, trip)
    except (http.client.HTTPException, zlib.error, EOFError) as error:
        raise KnownError("feeds.broken", host=target.host, why=type(error).__name__) from error
    except (OSError, ValueError) as error:
        raise KnownError("feeds.no_answer", host=target.host, why=str(error)[:200]) from error


def _send(line: socket.socket, target: Target, trip: _Trip) -> None:
    ask = trip.ask
    head = {
        "Host": target.origin.partition("://")[2], "User-Agent": USER_AGENT, "Accept": f"{_ACCEPTED}, */*;q=0.1",
        "Accept-Encoding": "gzip", "Connection": "close",
    }  # fmt: skip
    # What a server said of its own version is nobody else's.
    if (target.scheme, target.host) == (ask.target.scheme, ask.target.host):
        head |= {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    lines = [f"GET {target.path} HTTP/1.1", *(f"{name}: {_line(value)}" for name, value in head.items() if value)]
    line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))


def _line(value: str) -> str:
    return "".join(each for each in value if each.isprintable())[:1000]


def _take(response: http.client.HTTPResponse, target: Target, trip: _Trip) -> Answer | Target:
    status, head = response.status, response.headers
    if status == 304:
        return Answer(target, trip.moved_to, is_new=False, etag=head.get("ETag", trip.ask.etag),
                      last_modified=head.get("Last-Modified", trip.ask.last_modified))  # fmt: skip
    if status in _MOVED and head.get("Location"):
        return _next(str(head["Location"]), status, target, trip)
    if status == 410:
        raise KnownError("feeds.gone", host=target.host)
    if status in _LATER:
        until = trip.now + (_wait(head.get("Retry-After", ""), trip.now) or timedelta(hours=1))
        moment = until.strftime("%Y-%m-%dT%H:%M:%SZ")
        raise KnownError("feeds.later", host=target.host, until=moment, until_day=moment[:10])
    if status != 200:
        raise KnownError("feeds.refused", host=target.host, status=status)
    body = _body(response, head, trip)
    return Answer(target, trip.moved_to, True, body, str(head.get("Content-Type", ""))[:200],
                  str(head.get("ETag", ""))[:1000], str(head.get("Last-Modified", ""))[:200])  # fmt: skip


def _next(location: str, status: int, target: Target, trip: _Trip) -> Target:
    trip.hops += 1
    if trip.hops > MOST_REDIRECTS:
        raise KnownError("feeds.too_many_redirects", most=MOST_REDIRECTS)
    there = parse_target(location.encode("latin-1", "replace").decode("utf-8", "replace"), target)
    if there is None:
        raise KnownError("feeds.bad_redirect", host=target.host, value=location[:200])
    trip.is_for_good = trip.is_for_good and status in _MOVED_FOR_GOOD
    if trip.is_for_good:
        trip.moved_to = there
    return there


def _wait(told: str, now: datetime) -> timedelta | None:
    """What a ``Retry-After`` asks for: seconds or a moment (RFC 9110, 10.2.3)."""
    told = told.strip()
    try:
        if told.isascii() and told.isdigit():
            return min(timedelta(seconds=int(told[:9])), _LONGEST_WAIT)
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(timedelta(), min(moment - now, _LONGEST_WAIT))


def _body(response: http.client.HTTPResponse, head: Message, trip: _Trip) -> bytes:
    limit = trip.net.most_bytes
    packing = str(head.get("Content-Encoding", "")).strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise KnownError("feeds.broken", host=trip.ask.target.host, why=packing[:40])
    unpack = zlib.decompressobj(47) if packing not in ("", "identity") else None  # gzip or zlib, as it says itself
    found, size, read = [], 0, 0
    while chunk := response.read1(_CHUNK):
        read += len(chunk)
        piece = chunk if unpack is None else unpack.decompress(chunk, limit + 1 - size)
        size += len(piece)
        if read > limit or size > limit:
            raise KnownError("feeds.too_large", megabytes=limit // 2**20)
        found.append(piece)
    if unpack is not None and not unpack.eof and read:
        raise EOFError
    if response.length:  # it promised more
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(found)


class _Patient(io.RawIOBase):
    """A connection as `http.client` reads it, which looks between waits whether there is still time."""

    def __init__(self, line: socket.socket, watch: Watch) -> None:
        super().__init__()
        self._line = line
        self._watch = watch

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self, _CHUNK)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._watch.check()
            try:
                return self._line.recv_into(buffer)
            except TimeoutError:
                continue
