"""A feed is asked for within limits, and no computer of a private network without leave."""

import ssl
import time
from collections.abc import Iterator, Sequence

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.feeds.fetching import Ask, Net, fetch
from outreach.services.feeds.network import Target, is_public, parse_target
from tests.conftest import NOW
from tests.mailserver import TLS as CERTIFICATES
from tests.services.feeds.server import Site, serving

TLS = ssl.create_default_context()
FEED = b"<rss version='2.0'><channel><title>x</title></channel></rss>"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    files = {"/feed": FEED, "/big": b"x" * (5 * 2**20 + 1), "/just": b"x" * (5 * 2**20)}
    moved = {f"/hop/{number}": (301, f"/hop/{number - 1}" if number > 1 else "/feed") for number in range(1, 9)}
    moved |= {"/loop": (302, "/loop"), "/file": (302, "file:///etc/passwd"), "/script": (302, "javascript:alert(1)"),
              "/port": (302, "http://127.0.0.1:9/"), "/host": (302, "http://localhost/feed"), "/named": (302, "http://user@x.example/"),
              "/metadata": (302, "http://169.254.169.254/latest/"), "/moment": (302, "/feed")}  # fmt: skip
    statuses = {"/later": (429, "3600"), "/busy": (503, "Tue, 24 Nov 2026 13:00:00 GMT"), "/gone": (410, ""),
                "/no": (403, ""), "/long": (429, "999999999999"), "/odd": (503, "soon")}  # fmt: skip
    with serving(Site(files, moved=moved, statuses=statuses)) as made:
        yield made


def ask(site: Site, path: str, *, seconds: float = 5.0, job: Job | None = None) -> object:
    target = parse_target(site.at(path))
    assert target is not None
    net = Net(TLS, seconds=seconds)
    return fetch(Ask(target, (target.host, target.port)), net, NOW, job)


def trouble(site: Site, path: str, *, seconds: float = 5.0) -> KnownError:
    began = time.monotonic()
    with pytest.raises(KnownError) as told:
        ask(site, path, seconds=seconds)
    assert time.monotonic() - began < seconds + 1
    return told.value


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/bomb", "feeds.too_large"), ("/endless", "feeds.too_large"), ("/big", "feeds.too_large"),
        ("/slow", "feeds.too_slow"), ("/slowhead", "feeds.too_slow"), ("/short", "feeds.broken"),
        ("/badgzip", "feeds.broken"), ("/nonsense", "feeds.broken"), ("/longheader", "feeds.broken"),
        ("/loop", "feeds.too_many_redirects"), ("/hop/6", "feeds.too_many_redirects"),
        ("/file", "feeds.bad_redirect"), ("/script", "feeds.bad_redirect"), ("/named", "feeds.bad_redirect"),
        ("/port", "feeds.private_address"), ("/host", "feeds.private_address"), ("/metadata", "feeds.private_address"),
        ("/gone", "feeds.gone"), ("/no", "feeds.refused"), ("/nothing", "feeds.refused"),
    ],
)  # fmt: skip
def test_what_a_bad_server_does_ends_within_limits_and_is_told(site: Site, path: str, code: str) -> None:
    assert trouble(site, path, seconds=1.0 if "slow" in path else 5.0).code == code


def test_what_is_within_the_limits_comes_whole(site: Site) -> None:
    assert ask(site, "/feed").body == FEED  # type: ignore[attr-defined]
    assert len(ask(site, "/just").body) == 5 * 2**20  # type: ignore[attr-defined]
    assert ask(site, "/hop/5").body == FEED  # type: ignore[attr-defined]


def test_only_a_move_for_good_is_noted(site: Site) -> None:
    moved = ask(site, "/hop/2").moved_to  # type: ignore[attr-defined]
    assert moved.text() == site.at("/feed")
    assert ask(site, "/moment").moved_to is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "until"),
    [
        ("/later", "2026-11-24T13:00:00Z"), ("/busy", "2026-11-24T13:00:00Z"), ("/long", "2026-12-01T12:00:00Z"),
        ("/odd", "2026-11-24T13:00:00Z"),
    ],
)  # fmt: skip
def test_it_is_told_until_when_to_wait(site: Site, path: str, until: str) -> None:
    found = trouble(site, path)
    assert (found.code, found.facts["until"]) == ("feeds.later", until)


def test_a_private_address_is_not_connected_to_without_leave(site: Site) -> None:
    before = len(site.asked)
    target = parse_target(site.at("/feed"))
    assert target is not None
    for asked in (Ask(target), Ask(target, (target.host, target.port + 1)), Ask(target, ("localhost", target.port))):
        with pytest.raises(KnownError, match=r"feeds\.private_address"):
            fetch(asked, Net(TLS), NOW)
    assert len(site.asked) == before


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(site: Site) -> None:
    """A name that means a public computer when it is looked at and this one a moment later leads nowhere."""
    answers = iter((["203.0.113.9"], ["127.0.0.1"], ["127.0.0.1"]))
    asked: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    before = len(site.asked)
    target = Target("http", "rebinding.example", site.port, "/feed")
    # 203.0.113.0/24 is for documentation, and so nobody's; then the name means this computer.
    for _ in range(2):
        with pytest.raises(KnownError, match=r"feeds\.private_address"):
            fetch(Ask(target), Net(TLS, resolve, 1.0), NOW)
    assert asked == ["rebinding.example"] * 2, "asked once for each attempt: nothing is looked up again to connect"
    assert len(site.asked) == before


def test_stopping_ends_a_request_at_once(site: Site) -> None:
    import threading

    job = Job()
    threading.Timer(0.3, job.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        ask(site, "/slow", seconds=20.0, job=job)
    assert time.monotonic() - began < 2


PRIVATE = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1",
    "169.254.169.254", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:db8::1", "2001::1", "fec0::1", "not an address",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "written",
    [
        "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "[::1]",
        "[::ffff:127.0.0.1]", "①②⑦.⓪.⓪.①",
    ],
)  # fmt: skip
def test_however_this_computer_is_written_it_is_not_asked(site: Site, written: str) -> None:
    before = len(site.asked)
    target = parse_target(f"http://{written}:{site.port}/feed")
    if target is not None:
        with pytest.raises(KnownError):
            fetch(Ask(target), Net(TLS, seconds=3.0), NOW)
    assert len(site.asked) == before


@pytest.mark.parametrize(
    "text",
    ["", "file:///etc/passwd", "ftp://x.example/", "gopher://x.example", "javascript:alert(1)", "http://", "http:///x",
     "http://a:b@x.example/", "http://x.example:99999/", "http://exam\x00ple.com", "http://a b.example/", "https://[::1", "data:text/xml,x"],
)  # fmt: skip
def test_what_is_no_web_address_is_not_taken_for_one(text: str) -> None:
    assert parse_target(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x.example", "https://x.example/"), ("HTTP://X.example:80/a b", "http://x.example/a%20b"),
        ("https://bücher.example/ü?q=ä", "https://xn--bcher-kva.example/%C3%BC?q=%C3%A4"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
    ],
)  # fmt: skip
def test_addresses_are_written_as_the_network_needs_them(text: str, shown: str) -> None:
    found = parse_target(text)
    assert found is not None
    assert found.text() == shown


@pytest.mark.parametrize("name", ["good", "expired", "elsewhere", "selfsigned"])
def test_only_a_server_that_proves_who_it_is_is_read(name: str) -> None:
    with serving(Site({"/": FEED}), certificate=CERTIFICATES / f"{name}.pem") as site:
        ask = Ask(Target("https", "localhost", site.port, "/"), ("localhost", site.port))
        net = Net(ssl.create_default_context(cafile=str(CERTIFICATES / "ca.pem")), seconds=5.0)
        if name == "good":
            assert fetch(ask, net, NOW).body == FEED
            return
        with pytest.raises(KnownError, match=r"feeds\.bad_certificate"):
            fetch(ask, net, NOW)
        assert site.asked == []
