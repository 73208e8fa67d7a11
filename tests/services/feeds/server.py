"""A web server on loopback, well-behaved or not, which remembers what it was asked."""

import gzip
import hashlib
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path, the version it knew, and the status it was given."""

    path: str
    known: str
    status: int


@dataclass(slots=True)
class Site:
    """What a server has, and what it was asked.

    Attributes:
        files: By path their bytes.
        types: By path their type, if it is not that of RSS.
        moved: By path a status and where it leads to.
        statuses: By path a status it answers with, and its ``Retry-After``.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    moved: dict[str, tuple[int, str]] = field(default_factory=dict)
    statuses: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def asked_for(self, *, robots: bool = False) -> list[Asked]:
        """The requests, in their order."""
        return [each for each in self.asked if robots or each.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        try:
            self._answer(self.path)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answer(self, path: str) -> None:
        site = self.site
        if path in _BAD:
            site.asked.append(Asked(path, "", 200))
            _BAD[path](self)
            self.close_connection = True
        elif path in site.moved:
            status, there = site.moved[path]
            self._say(status, {"Location": there})
        elif path in site.statuses:
            status, later = site.statuses[path]
            self._say(status, {"Retry-After": later})
        elif path in site.files:
            self._file(site.files[path], site.types.get(path, "application/rss+xml"))
        else:
            self._say(404, {})

    def _file(self, body: bytes, kind: str) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self._say(304, {"ETag": tag})
            return
        head = {"ETag": tag, "Content-Type": kind}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, head = gzip.compress(body, 1), head | {"Content-Encoding": "gzip"}
        self._say(200, head, body)

    def _say(self, status: int, head: Mapping[str, str], body: bytes = b"") -> None:
        self.site.asked.append(Asked(self.path, self.headers.get("If-None-Match", ""), status))
        self.send_response(status)
        for name, value in {**head, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def head(self, **more: str) -> None:
        """A good beginning."""
        self.send_response(200)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


def _bomb(handler: _Handler) -> None:
    handler.head(Content_Encoding="gzip")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(2000):
        handler.wfile.write(packer.compress(b"a" * 2**20))
    handler.wfile.write(packer.flush())


def _endless(handler: _Handler) -> None:
    handler.head()
    while True:
        handler.wfile.write(b"<item>x</item>" * 1000)


def _slow(handler: _Handler) -> None:
    handler.head()
    _drip(handler)


def _drip(handler: _Handler) -> None:
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def _short(handler: _Handler) -> None:
    handler.head(Content_Length="100000")
    handler.wfile.write(b"<rss/>")


def _bad_gzip(handler: _Handler) -> None:
    handler.head(Content_Encoding="gzip", Content_Length="10")
    handler.wfile.write(b"\x1f\x8b\x08garbage")


def _nonsense(handler: _Handler) -> None:
    handler.wfile.write(b"\x00\xff not http at all\r\n\r\n")


def _long_header(handler: _Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n")


_BAD = {
    "/bomb": _bomb, "/endless": _endless, "/slow": _slow, "/slowhead": _drip, "/short": _short,
    "/badgzip": _bad_gzip, "/nonsense": _nonsense, "/longheader": _long_header,
}  # fmt: skip


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up, or does not like the certificate, is no news."""

    request_queue_size = 64


@contextmanager
def serving(site: Site, certificate: Path | None = None) -> Iterator[Site]:
    """Serve a site while the block runs, with TLS where a certificate is named."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
