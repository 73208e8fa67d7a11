"""Feeds by command."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import Ran
from tests.services.feeds.server import Site, serving

FEED = b"""<rss version='2.0'><channel><title>Juniper shelves</title><item><guid>1</guid><link>https://j.example/1</link>
<description>I read The Salt Orchard by Safiya Renn twice.</description></item></channel></rss>"""


class Program:
    """The commands, on a workspace of their own."""

    def __init__(self, call: Callable[..., Ran]) -> None:
        self.run = call
        self.ok("new")

    def ok(self, *arguments: str) -> str:
        ran = self.run(*arguments)
        assert ran.code == 0, ran.err
        return ran.out

    def json(self, *arguments: str) -> Any:
        ran = self.run("--json", *arguments)
        assert ran.code == 0, ran.err
        return ran.json


@pytest.fixture
def program(cli: Callable[..., Ran]) -> Program:
    return Program(cli)


@pytest.fixture
def site() -> Iterator[Site]:
    page = b"<link rel=alternate type=application/rss+xml href=/feed>"
    with serving(Site({"/feed": FEED, "/": page}, types={"/": "text/html"})) as made:
        yield made


def test_feeds_are_followed_looked_through_paused_and_forgotten(program: Program, site: Site) -> None:
    program.ok("catalogue", "add", "The Salt Orchard", "--set", "author=Safiya Renn")
    program.ok("people", "add", "Juniper Hale")
    found = program.json("feeds", "discover", site.at("/"), "--allow-private", "--person", "Juniper Hale", "--follow")
    assert [each["title"] for each in found] == ["Juniper shelves"]
    (row,) = program.json("feeds", "list")
    assert (row["person"], row["address"], row["state"]) == ("Juniper Hale", site.at("/feed"), "followed")
    done = program.json("feeds", "find")
    assert (done["feeds"], done["found"], done["troubles"]) == (1, 1, [])
    (post,) = program.json("posts", "found")
    assert (post["item"], post["confidence"], post["person"]) == ("The Salt Orchard", "sure", "Juniper Hale")
    assert post["passage"] == "I read The Salt Orchard by Safiya Renn twice."
    assert "the author beside it" in program.ok("posts", "found")
    assert program.json("posts", "found", "--dismiss", post["id"]) == []
    assert program.json("feeds", "update")["unchanged"] == 1
    program.ok("feeds", "pause", row["id"])
    assert program.json("feeds", "find")["feeds"] == 0
    program.ok("feeds", "resume", "Juniper shelves")
    assert program.json("feeds", "list")[0]["state"] == "followed"
    program.ok("feeds", "forget", site.at("/feed"))
    assert program.json("feeds", "list") == []


def test_a_private_address_needs_leave_and_trouble_is_told(program: Program, site: Site) -> None:
    program.ok("feeds", "add", site.at("/feed"))
    told = program.ok("feeds", "find")
    assert "is a computer of your own network" in told
    assert "1 feed is in trouble" in told
    assert site.asked == []
    assert "In trouble" in program.ok("feeds", "list", "--trouble")
    program.ok("feeds", "resume", "f1", "--allow-private")
    assert program.json("feeds", "find")["troubles"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "javascript:alert(1)"), "is no web address"), (("find", "f7"), "There is no feed “f7”"),
        (("pause", "x.example"), "There is no feed"), (("discover",), "Name an ADDRESS"),
        (("add", "file:///etc/passwd"), "is no web address"), (("discover", "http://127.0.0.1:9/"), "your own network"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_a_sentence(program: Program, arguments: tuple[str, ...], said: str) -> None:
    ran = program.run("feeds", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_feed_is_followed_once(program: Program) -> None:
    program.ok("feeds", "add", "https://juniper.substack.com")
    ran = program.run("feeds", "add", "https://juniper.substack.com/feed/")
    assert ran.code == 2
    assert "followed already, as f1" in ran.err
