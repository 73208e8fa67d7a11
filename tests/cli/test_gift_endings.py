"""Closing quietly, going on hoping, and one gift whole, by command."""

import json

import pytest

LATER = "2027-06-01T10:00:00+00:00"


NOW = "2026-11-24T12:00:00+00:00"
PLANNED = (
    ("people", "add", "Maya Reyes", "--email", "maya@example.org"),
    ("people", "address", "p1", "--set", "line1=1 Quay", "--set", "city=Hexham", "--set", "country=GB"),
    ("catalogue", "add", "The Salt Orchard", "--format", "proof", "--copies", "2", "--set", "pub_date=2027-03-03"),
    ("gifts", "plan", "--item", "i1", "--to", "p1", "--edition", "proof", "--why", "loves the sea"),
)


@pytest.fixture
def arrived(cli, begun):
    """A proof that arrived at Maya's in November, of a title that comes out in March."""
    place = begun(*(("--now", NOW, *command) for command in PLANNED))

    def run(*arguments: str, now: str = NOW):
        return cli("-w", place, "--now", now, *arguments)

    return run


def test_a_gift_under_way_says_when_it_must_leave(arrived) -> None:
    row = arrived("gifts", "list", "--json").json[0]
    assert (row["leave_by"], row["arrive_by"], row["hope_until"]) == ("2027-02-11", "2027-02-17", "")
    shown = arrived("gifts", "show", "g1")
    assert "Must leave by Thursday 11 February to be there by 17 Feb 2027" in shown.out
    assert "Address never confirmed" in shown.out and "loves the sea" in shown.out
    whole = arrived("gifts", "show", "g1", "--json").json
    assert (whole["plan"]["leave_by"], whole["asked"]["is_fresh"], len(whole["conversation"])) == (
        "2027-02-11",
        False,
        1,
    )


def test_hope_ends_with_a_list_then_with_a_yes(arrived) -> None:
    arrived("gifts", "accept", "g1")
    assert arrived("shipments", "create", "--gift", "g1").err == ""
    arrived("shipments", "track", "s1", "RB123456785GB")
    arrived("shipments", "deliver", "s1")
    assert arrived("gifts", "list", "--json").json[0]["hope_until"] == "2027-01-23"
    assert "nothing to close" in arrived("gifts", "close", "--proposed").out
    proposed = arrived("gifts", "close", "--proposed", now=LATER)
    assert "1 gift of which hope has reasonably ended" in proposed.out and "23 Jan 2027" in proposed.out
    (listed,) = arrived("gifts", "close", "--proposed", "--json", now=LATER).json["proposed"]
    assert (listed["gift_id"], listed["person"], listed["until"]) == (1, "Maya Reyes", "2027-01-23")
    assert arrived("gifts", "list", "--json").json[0]["state"] == "delivered", "it was only listed"
    assert arrived("gifts", "hope", "g1", "--until", "2027-07-01", now=LATER).code == 0
    assert "nothing to close" in arrived("gifts", "close", "--proposed", now=LATER).out
    closed = arrived("gifts", "close", "--proposed", "--yes", "--json", now="2027-07-02T10:00:00+00:00").json
    assert closed == {"gifts": ["g1"], "state": "closed_quiet"}
    assert json.loads(arrived("gifts", "list", "--json").out)[0]["stage"] == "quiet"


@pytest.mark.parametrize("arguments", [("close",), ("close", "g1", "--proposed")])
def test_it_is_said_which(arrived, arguments) -> None:
    ran = arrived("gifts", *arguments)
    assert (ran.code, ran.out) == (2, "") and "--proposed" in ran.err


def test_one_that_is_not_there_or_has_not_arrived(arrived) -> None:
    assert "no gift “g9”" in arrived("gifts", "show", "g9").err
    ran = arrived("gifts", "hope", "g1")
    assert ran.code == 2 and "arrived" in ran.err


def test_the_timeline_of_a_title_is_counted_back(arrived) -> None:
    told = arrived("catalogue", "timeline", "i1", "--json").json
    assert told["steps"][-1] == {"name": "finished", "from_day": "2027-02-03", "until_day": "2027-02-24"}
    assert [each["leave_by"] for each in told["parcels"]] == ["2027-02-11"]
    shown = arrived("catalogue", "timeline", "i1").out
    assert "Galleys to bloggers" in shown and "11 Feb 2027" in shown and "Maya Reyes" in shown
    arrived("catalogue", "add", "Glass Heron")
    assert "nothing can be counted back" in arrived("catalogue", "timeline", "i2").out
