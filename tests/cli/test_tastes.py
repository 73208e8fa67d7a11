"""Tastes, policies and codes by command."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def place(cli: Cli, tmp_path: Path) -> Path:
    work = tmp_path / "w"
    assert cli("new", "--workspace", work).code == 0
    assert cli("people", "add", "Maya Reyes", "--email", "maya@example.org", "--workspace", work).code == 0
    return work


def test_a_taste_is_noted_shown_and_removed(cli: Cli, place: Path) -> None:
    noted = cli("tastes", "note", "maya", "genre", "YA fantasy", "--text", "A stubborn heroine", "--how", "quote",
                "--workspace", place)  # fmt: skip
    assert noted.code == 0
    assert cli("tastes", "note", "maya", "genre", "horror", "--never", "--workspace", place).code == 0
    shown = cli("tastes", "show", "p1", "--workspace", place)
    assert "1  Likes: YA fantasy (fairly sure)" in shown.out
    assert "A stubborn heroine" in shown.out
    assert "Never: Horror" in shown.out
    ledger = cli("tastes", "show", "p1", "--workspace", place, "--json").json
    assert [each["key"] for each in ledger["own"]] == ["ya-fantasy", "horror"]
    assert cli("tastes", "remove", "2", "--workspace", place).code == 0
    for wrong in (("tastes", "remove", "2"), ("tastes", "note", "p1", "genre", "zorble"), ("tastes", "show", "nobody")):
        ran = cli(*wrong, "--workspace", place)
        assert (ran.code, len(ran.err.splitlines())) == (2, 1), wrong


def test_a_policy_is_read_accepted_and_stops_a_gift(cli: Cli, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    file.write_text("I do not read horror. I love fantasy. I am based in the UK.", encoding="utf-8")
    looked = cli("policy", "read", "maya", file, "--workspace", place)
    assert "No: genre genre:horror (“I do not read horror”)" in looked.out
    assert cli("policy", "show", "maya", "--workspace", place, "--json").json is None
    kept = cli(
        "policy", "read", "maya", file, "--accept", "genre:horror", "--url", "maya.example", "--workspace", place
    )
    assert "✓ No: genre genre:horror" in kept.out
    card = cli("policy", "show", "maya", "--workspace", place, "--json").json
    assert [rule["key"] for rule in card["rules"]] == ["horror"]
    assert "horror" in cli("policy", "show", "maya", "--workspace", place).out
    assert cli("catalogue", "add", "Night Well", "--genre", "horror", "--workspace", place).code == 0
    stopped = cli("gifts", "plan", "--item", "i1", "--to", "p1", "--workspace", place)
    assert stopped.code == 2
    assert "Maya Reyes takes no Horror (“I do not read horror”)" in stopped.err
    assert cli("policy", "read", "maya", file, "--accept", "genre:poetry", "--workspace", place).code == 2
    assert cli("policy", "remove", "maya", "--workspace", place).code == 0
    file.write_text("I like tea.", encoding="utf-8")
    assert cli("policy", "read", "maya", file, "--workspace", place).code == 2
    assert cli("policy", "read", "maya", tmp_path / "none.txt", "--workspace", place).code == 2


def test_codes_are_loaded(cli: Cli, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("Code,Heading\nFMH,Historical fantasy\n", encoding="utf-8")
    assert cli("catalogue", "subjects", "load", file, "--workspace", place, "--json").json["codes"] == 1
