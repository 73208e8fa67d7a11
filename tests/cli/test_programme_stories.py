"""PINK, told by command: chosen by weighted criteria, paid, promoted into a programme, a season, alumni."""

from pathlib import Path

import pytest

from tests.cli.stories import Cli, refusing, succeeding

_DAY = "2027-01-04T10:30:00Z"


@pytest.fixture
def run(cli: Cli, folder: Path) -> Cli:
    return succeeding(cli, folder, _DAY)


@pytest.fixture
def refused(cli: Cli, folder: Path) -> Cli:
    return refusing(cli, folder, _DAY)


def test_pink(run: Cli, refused: Cli, cli: Cli, folder: Path, tmp_path: Path) -> None:
    """175 ambassadors of 200 by weighted criteria, paid, in a programme that outlives its campaign, then alumni."""
    rows = "".join(
        f"Student {number:03},s{number}@campus.example,{'Leeds University' if number % 8 else 'Night shop'},{'campus' if number % 5 else ''}\n"
        for number in range(200)
    )
    (tmp_path / "students.csv").write_text(f"Name,Email,Organisation,Tags\n{rows}", encoding="utf-8")
    run("import", "people", str(tmp_path / "students.csv"))
    run("people", "suppress", "s7@campus.example")
    run("catalogue", "add", "The Pink Line", "--product", "--format", "product", "--copies", "400")

    made = run("programmes", "start", "Campus ambassadors", "--kind", "ambassadors", "--deal", "paid", "--target", "175",
               "--purpose", "Wear it on campus", "--on", "2027-01-02")["programme"]  # fmt: skip
    assert made == "a1"
    assert "no criterion" in refused("programmes", "criterion", made, "5000", "--reads", "followers")
    assert "own words" in refused("programmes", "criterion", made, "religion: any", "--reads", "audience")
    assert "Say first" in refused("programmes", "propose", made)
    run("programmes", "criterion", made, "campus", "--reads", "tag", "--weight", "3")
    run("programmes", "criterion", made, "university", "--reads", "organisation", "--weight", "2")
    for person, look in (("Student 001", "pastel"), ("Student 002", "neon")):
        run("people", "edit", person, "--aesthetic", look)
    run("programmes", "criterion", made, "pastel", "--reads", "aesthetic", "--weight", "5")
    found = run("programmes", "propose", made)
    assert found["wanted"] == 175 and len(found["candidates"]) == 175
    assert found["left_out"]["suppressed"] == 1 and found["considered"] + found["nothing_known"] == 199
    first = found["candidates"][0]
    assert (first["person"], first["score"], first["low"], first["high"]) == ("Student 001", 100, 100, 100)
    other = next(each for each in found["candidates"] if each["person"] == "Student 003")
    look = other["known"][2]
    assert (look["met"], look["said"]) == (None, "") and (other["low"], other["score"], other["high"]) == (50, 75, 100)
    assert not any(each["person"] == "Student 007" for each in found["candidates"])
    shown = cli("-w", str(folder), "--now", "2027-01-04T10:30:00Z", "programmes", "propose", made, "--limit", "3").out
    assert "pastel: not known" in shown and "asked not to be contacted" in shown

    chosen = [f"p{each['person_id']}" for each in found["candidates"]]
    to = [part for each in chosen for part in ("--to", each)]
    gifts = run("gifts", "plan", "--item", "The Pink Line", "--edition", "product", "--campaign", "Spring", "--deal",
                "paid", *to)["gifts"]  # fmt: skip
    run("gifts", "accept", *gifts)
    run("programmes", "season", made, "Spring 2027", "--from", "2027-01-10", "--until", "2027-05-31")
    done = run("programmes", "promote", made, "--campaign", "Spring", now="2027-01-12T09:00:00Z")
    assert len(done["joined"]) == 175 and done["kept_out"] == 0
    assert "no fee" not in str(run("programmes", "reward", made, "--everybody", "--kind", "fee", "--value", "80 GBP",
                                   "--for", "for three pictures", "--depends-on", "posting",
                                   now="2027-02-01T09:00:00Z"))  # fmt: skip
    ledger = run("programmes", "rewards", made)
    [total] = ledger["totals"]
    assert (total["amount"], total["value"]) == (175, [{"amount": "14000.00", "currency": "GBP"}])
    assert {row["tells"] for row in ledger["rows"]} == {"posting"}

    # Another title, and nothing given for it: in a season it is no organic post all the same.
    run("catalogue", "add", "A Quiet Book", "--set", "author=Ida Moss")
    who = chosen[0]
    inside = run("posts", "add", "--kind", "talk", "--person", who, "--item", "A Quiet Book", "--text", "Read it", "--on",
                 "2027-03-01", now="2027-03-02T09:00:00Z")  # fmt: skip
    assert (inside["nature"], inside["nature_reason"]) == ("paid", "programme_paid")
    run("campaigns", "close", "Spring", now="2027-04-01T09:00:00Z")
    row = run("programmes", "show", made, now="2027-04-02T09:00:00Z")
    assert (row["joined"], row["campaign"], row["season"], row["is_running"]) == (175, "Spring", "Spring 2027", True)
    review = run("review", now="2027-04-02T09:00:00Z")
    assert review["natures"] == {"before_contact": 0, "organic": 0, "in_kind": 0, "paid": 1}
    assert review["gifts"] == 0 and review["organic"]["whole"] == 0

    run("programmes", "leave", made, "--everybody", "--on", "2027-05-31", now="2027-06-01T09:00:00Z")
    alumni = run("programmes", "members", made, "--state", "alumni", now="2027-06-01T09:00:00Z")
    assert len(alumni) == 175
    assert (alumni[0]["alumni_on"], alumni[0]["seasons"]) == ("2027-05-31", ["Spring 2027"])
    later = run("posts", "add", "--kind", "talk", "--person", who, "--item", "A Quiet Book", "--text", "Again", "--on",
                "2027-07-01", now="2027-07-02T09:00:00Z")  # fmt: skip
    assert later["nature"] == "organic"


def test_rewards_in_kind_are_told_apart(run: Cli, refused: Cli) -> None:
    run("people", "add", "Gus Byrne")
    team = run("programmes", "start", "Guild", "--kind", "street_team")["programme"]
    assert "nothing is agreed" in refused("programmes", "reward", team, "Gus", "--kind", "tokens")
    run("programmes", "edit", team, "--deal", "in_kind")
    assert "not a paid" in refused("programmes", "reward", team, "Gus", "--kind", "fee")
    assert "no season" in refused("programmes", "reward", team, "Gus", "--kind", "tokens")
    run("programmes", "season", team, "Winter", "--from", "2026-12-01", "--until", "2027-02-28")
    assert "overlap" in refused("programmes", "season", team, "X", "--from", "2027-02-28", "--until", "2027-03-28")
    assert "not in this programme" in refused("programmes", "reward", team, "Gus", "--kind", "tokens")
    run("programmes", "join", team, "Gus", "--place", "Hexham")
    run("programmes", "note", team, "Gus", "--place", "Leeds", "--note", "Keeps the shelf")
    [noted] = run("programmes", "members", team)
    assert (noted["place"], noted["note"]) == ("Leeds", "Keeps the shelf")
    for amount, kind, unit in (("300", "tokens", "gold"), ("200", "tokens", "gold"), ("1", "early_access", "")):
        run("programmes", "reward", team, "Gus", "--kind", kind, "--amount", amount, "--unit", unit, "--for",
            "for reading a chapter to her class")  # fmt: skip
    ledger = run("programmes", "rewards", team)
    assert [(each["kind"], each["amount"], each["unknown"]) for each in ledger["totals"]] == [
        ("tokens", 500, 2), ("early_access", 1, 1),
    ]  # fmt: skip
    assert ledger["rows"][0]["tells"] == "in_kind"
    assert "called" in refused("programmes", "edit", team, "--deal", "gift")
    assert "stay as alumni" in refused("programmes", "take-out", team, "Gus")
    assert "stays" in refused("programmes", "season", team, "Winter", "--drop")
    run("programmes", "drop-reward", team, "1")
    assert len(run("programmes", "rewards", team, "--person", "Gus")["rows"]) == 2
