"""By command: what a post may be used for, words to quote, how it tells of the gift, and the proof of that."""

import csv
from collections.abc import Callable
from pathlib import Path

from tests.cli.test_posts import run  # noqa: F401 - a fixture
from tests.conftest import Ran


def test_a_post_is_asked_for_granted_used_and_taken_down(run: Callable[..., Ran]) -> None:  # noqa: F811
    for name, value in (("name", "Hanna Okafor"), ("email", "hanna@finch.example"), ("postal_address", "12 Quay")):
        run("settings", f"sender.{name}", value)
    run("catalogue", "edit", "i1", "--set", "author=Safiya Renn")
    run("posts", "add", "https://www.instagram.com/maya/p/Cx1/", "--text", "The ending wrecked me. Twice.")
    assert "You may link to it" in run("posts", "permission", "o1").out
    assert run("posts", "use", "o1").out == "o1: no. Not asked.\n"
    asked = run("posts", "permission", "o1", "--ask")
    assert asked.out == "o1: the letter that asks is l1. Read it, then “outreach letters approve l1”.\n"
    assert run("posts", "permission", "o1", "--ask").code == 2
    paid = run("posts", "permission", "o1", "--ask", "--for", "paid")
    assert paid.code == 2 and "our own channels only" in paid.err
    yes = run("posts", "permission", "o1", "--yes", "--until", "2027-11-23", "--country", "UK", "--credit", "@maya")
    assert yes.out == "o1: yes for our own channels, until 23 Nov 2027.\n"
    assert "Not everywhere it would be seen" in run("posts", "use", "o1").out
    assert run("posts", "use", "o1", "--country", "GB", "--json").json["may"] is True
    assert run("posts", "use", "o1", "Home page").out == "o1: used in Home page.\n"
    (row,) = run("posts", "permission", "o1", "--json").json
    assert (row["state"], row["territory"], row["uses"][0]["place"]) == ("granted", ["GB"], "Home page")
    back = run("posts", "permission", "o1", "--back")
    assert "It is to be taken down from: Home page" in back.out
    bad = run("posts", "permission", "o1", "--yes", "--country", "Atlantis")
    assert bad.code == 2 and "“Atlantis” is no country" in bad.err


def test_words_are_kept_as_they_were_said_and_checked(run: Callable[..., Ran]) -> None:  # noqa: F811
    run("posts", "add", "https://www.instagram.com/maya/p/Cx1/", "--text", "The ending wrecked me. Twice.")
    kept = run("posts", "quote", "o1", "The ending wrecked me.", "--proof")
    assert "hold it against the finished book" in kept.out
    assert run("posts", "quote", "o1", "The ending thrilled me.").code == 2
    assert run("posts", "quote", "o1", "--checked", "1").out == "1: checked against the finished book.\n"
    assert run("posts", "quote", "o1", "--checked", "7").code == 2
    assert run("posts", "quote", "o1").out == "1  “The ending wrecked me.”\n"
    assert run("posts", "quote", "o1", "--drop", "7").code == 2
    assert run("posts", "quote", "o1", "--drop", "1").out == "1: let go; it is not quoted any more.\n"
    assert run("posts", "quote", "o1").out == ""


def test_a_look_is_noted_and_proved(run: Callable[..., Ran], tmp_path: Path) -> None:  # noqa: F811
    run("posts", "add", "https://www.instagram.com/maya/p/Cx1/")
    assert "Not looked yet" in run("posts", "disclosure", "o1").out
    assert run("posts", "disclosure", "o1", "--seen", "yes").code == 2
    seen = run("posts", "disclosure", "o1", "--seen", "yes", "--place", "first_line", "--wording", "#gifted")
    assert seen.out == "o1: Tells of the gift.\n"
    asked = run("posts", "disclosure", "o1", "--ask")
    assert asked.code == 2 and "lacks nothing" in asked.err
    out = tmp_path / "proof.csv"
    assert run("posts", "proof", out).out == f"Wrote 1 post to {out}.\n"
    head, row = csv.reader(out.read_text("utf-8-sig").splitlines())
    told = dict(zip(head, row, strict=True))
    assert told["How it stands"] == "Tells of the gift" and told["Country"] == "United Kingdom"
    assert run("posts", "proof", tmp_path / "proof.txt").code == 2
