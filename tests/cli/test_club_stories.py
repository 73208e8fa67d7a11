"""The stories that clubs and events are for, told by command from the gift to what came of it."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.stories import Cli, refusing, succeeding

_DAY = "2026-11-24T10:30:00Z"


@pytest.fixture
def run(cli: Cli, folder: Path) -> Cli:
    return succeeding(cli, folder, _DAY)


@pytest.fixture
def refused(cli: Cli, folder: Path) -> Cli:
    return refusing(cli, folder, _DAY)


def _text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_kaye_publicity(run: Cli, refused: Cli, tmp_path: Path) -> None:
    """A gift, a taste, an offer once enjoyed, a club of 4 that grows to 46, a visit, joiners, the next club."""
    run("catalogue", "add", "The Glass Heron", "--set", "author=Imogen Vale", "--format", "hardback", "--copies", "20")
    for name in ("Maya Okonjo-Reyes", "Joan Pell"):
        run("people", "add", name, "--email", f"{name.split()[0].lower()}@example.org")
    place = ("line1=1 Quay", "city=Hexham", "postcode=NE46", "country=GB")
    run("people", "address", "Maya", *(part for each in place for part in ("--set", each)))
    run("tastes", "note", "Maya", "genre", "fantasy")
    plan = run("gifts", "plan", "--item", "The Glass Heron", "--to", "Maya", "--edition", "hardback",
               now="2026-08-12T09:00:00Z")  # fmt: skip
    gift = plan["gifts"][0]
    made = run("gifts", "offer", gift, "--once-enjoyed", now="2026-08-12T09:00:00Z")
    assert (made["state"], made["author"], made["waits"]) == ("offered", "Imogen Vale", True)
    run("gifts", "accept", gift, now="2026-08-13T09:00:00Z")
    run("shipments", "create", "--gift", gift, now="2026-08-13T09:00:00Z")
    run("shipments", "track", "s1", now="2026-08-13T09:00:00Z")
    assert "enjoyed" in refused("gifts", "offer", gift, "--state", "taken_up")
    run("gifts", "outcome", gift, "enjoyed", now="2026-09-01T09:00:00Z")

    post = run("posts", "add", "https://www.instagram.com/p/C12abcDEFgh/", "--person", "Maya", "--item", "Glass Heron",
               "--text", "Who wants to read it with me?", now="2026-09-02T09:00:00Z")["id"]  # fmt: skip
    club = run("clubs", "start", "Night Shift Readers", "--host", "Maya", "--item", "The Glass Heron", "--post", post,
               "--members", "4", "--zone", "Europe/London", "--place", "Discord", "--on", "2026-10-03",
               now="2026-10-03T09:00:00Z")["id"]  # fmt: skip
    asked = run("clubs", "asked", club, "--people", "9", "--in", "in her comments", "--post", post,
                now="2026-10-10T09:00:00Z")  # fmt: skip
    assert run("clubs", "answer", club, now="2026-10-17T09:00:00Z")["members"] == 13
    assert asked["request"] == 1
    run("clubs", "count", club, "31", "--because", "Imogen says yes", now="2026-11-14T09:00:00Z")
    run("clubs", "asked", club, "--person", "Joan", now="2026-11-15T09:00:00Z")
    assert run("clubs", "answer", club, now="2026-11-15T09:00:00Z")["members"] == 32
    run("clubs", "count", club, "46", "--because", "Maya posts week 2", "--post", post, now="2026-11-22T09:00:00Z")

    hours = run("clubs", "hours", "add", "Imogen Vale", "2026-11-26 14:00", "--minutes", "120", "--zone",
                "America/New_York")  # fmt: skip
    assert hours["starts_at"] == "2026-11-26T19:00:00Z"
    [proposal] = run("clubs", "hours", "propose", "imogen vale")["proposals"]
    assert (proposal["readers"], proposal["is_first"], proposal["slot_hour"]) == (46, True, "2026-11-26 19:00")
    session = run("clubs", "session", "plan", club, "2026-11-26 19:30", "--minutes", "40", "--author", "Imogen Vale",
                  "--read", "To the end")  # fmt: skip
    assert (session["doubts"], session["author_hour"]) == ([], "14:30")
    assert run("gifts", "offers")[0]["state"] == "taken_up"
    run("clubs", "ask", club, "Was the ferryman always going to be her father?", "Would you have opened the box?")
    assert run("clubs", "hours", "list", "Imogen Vale")["loads"][0]["left"] == 80

    sheet = tmp_path / "visit.pdf"
    run("clubs", "sheet", f"d{session['id']}", str(sheet))
    text = _text(sheet)
    assert "America/New_York" in text and "ferryman" in text and "Night Shift Readers" in text
    run("clubs", "itinerary", "Imogen Vale", str(tmp_path / "itinerary.pdf"))
    assert "Night Shift Readers" in _text(tmp_path / "itinerary.pdf")

    run("clubs", "session", "met", f"d{session['id']}", "--came", "38", now="2026-11-27T09:00:00Z")
    run("clubs", "copies", club, "asked", "12", now="2026-11-27T09:00:00Z")
    run("clubs", "copies", club, "sent", "12", "--edition", "hardback", now="2026-11-28T09:00:00Z")
    run("clubs", "copies", club, "ordered", "38", "--amount", "570 GBP", now="2026-11-28T09:00:00Z")
    next_post = run("posts", "add", "https://www.instagram.com/p/C99abcDEFgh/", "--person", "Joan", "--item",
                    "Glass Heron", "--text", "My turn", now="2026-11-29T09:00:00Z")["id"]  # fmt: skip
    following = run("clubs", "start", "Day Shift", "--host", "Joan", "--item", "Glass Heron", "--post", next_post,
                    "--members", "6", now="2026-12-01T09:00:00Z")["id"]  # fmt: skip
    tree = run("clubs", "tree", following, now="2026-12-02T09:00:00Z")
    assert (tree["depth"], [each["name"] for each in tree["branches"]]) == (2, ["Night Shift Readers", "Day Shift"])
    assert tree["branches"][1]["joined_on"] == "2026-11-15" and f"g{tree['gift_id']}" == gift
    signals = run("clubs", "signals", now="2026-12-02T09:00:00Z")
    assert {each["code"] for each in signals} >= {"next_club", "member_posted", "grew"}
    shown = run("clubs", "show", club, now="2026-12-02T09:00:00Z")
    assert shown["posts_by_members"] == [next_post] and shown["state"] == "met"


def test_tractor_supply(run: Cli) -> None:
    """What readers listen to leads to a radio host without an account, and she to workshops that sell more than books."""
    run("catalogue", "add", "Backyard Hens", "--set", "author=Rosa Lind")
    for number in range(20):
        listens = ["--listens", "Backyard Poultry hour"] if number < 13 else ["--listens", "Morning news"]
        run("venues", "tell", "--item", "Backyard Hens", *listens, "--attends", "County fair")
    first, second = run("venues", "tally", "--item", "Backyard Hens")[:2]
    assert (first["name"], first["readers"], first["of"]) == ("County fair", 20, 20)
    assert (second["name"], second["readers"], second["person"]) == ("Backyard Poultry hour", 13, "")
    run("people", "add", "Andy Fields", "--set", "role=radio_host")
    venue = run("venues", "approach", "Backyard Poultry hour", "--item", "Backyard Hens", "--person", "Andy Fields")
    run("venues", "save", "Backyard Poultry hour", "--ref", venue["venue"], "--reach", "20000", "--reach-source",
        "the station", "--zone", "America/Chicago")  # fmt: skip
    known = run("venues", "tally", "--item", "Backyard Hens")[1]
    assert (known["person"], known["has_account"]) == ("Andy Fields", False)
    for day, came, books, chicks in (("2026-11-07", 120, 30, 100), ("2026-11-14", 90, 41, 105)):
        event = run("events", "add", f"Hens for beginners {day}", f"{day} 10:00", "--kind", "workshop", "--item",
                    "Backyard Hens", "--venue", "Backyard Poultry hour", "--cost", "250 USD")["event"]  # fmt: skip
        run("events", "held", event, "--came", str(came))
        run("events", "sales", event, str(books), "--amount", f"{books * 15} USD")
        run("events", "sales", event, str(chicks), "--other", "Chicks", "--amount", f"{chicks * 4} USD")
    twice = run("events", "add", "Noted twice", "2026-11-07 10:00", "--kind", "talk", "--item", "Backyard Hens")[
        "event"
    ]
    assert run("events", "remove", twice) == {"removed": twice}
    later, earlier = run("events", "list", "--item", "Backyard Hens")
    assert (earlier["sold"], earlier["companions"], later["person"]) == (30, 100, "Andy Fields")
    assert earlier["net"] == {"amount": "600.00", "currency": "USD"}


def test_referrals(run: Cli, refused: Cli) -> None:
    for name in ("Gwen Abara", "Tom Ash", "Ida Moss"):
        run("people", "add", name)
    run("catalogue", "add", "The Salt Orchard", "--set", "author=Imogen Vale")
    run("referrals", "add", "Tom Ash", "--by", "Gwen Abara", "--on", "2026-10-01")
    run("referrals", "add", "Ida Moss", "--by", "Gwen Abara", "--on", "2026-10-08")
    assert "circle" in refused("referrals", "add", "Gwen Abara", "--by", "Ida Moss")
    run("posts", "add", "--kind", "talk", "--person", "Tom Ash", "--item", "The Salt Orchard", "--text", "Read it")
    [gwen] = run("referrals", "list")["introducers"]
    assert (gwen["introduced"], gwen["posts"], gwen["unthanked"], gwen["good_time"]) == (2, 1, 2, False)
    run("referrals", "thank", "Gwen Abara")
    [gwen] = run("referrals", "list")["introducers"]
    assert (gwen["unthanked"], gwen["good_time"]) == (0, True)


def test_calendars_are_brought_up_to_date(run: Cli, refused: Cli, tmp_path: Path) -> None:
    run("people", "add", "Maya")
    club = run("clubs", "start", "Night shelf", "--host", "Maya", "--zone", "Europe/London")["id"]
    out = tmp_path / "all.ics"
    assert "no session" in refused("clubs", "calendar", str(out)) and not out.exists()
    session = f"d{run('clubs', 'session', 'plan', club, '2026-12-03 19:30')['id']}"
    run("clubs", "calendar", str(out), "--club", club)
    first = out.read_text(encoding="utf-8")
    assert "DTSTART;TZID=Europe/London:20261203T193000" in first and "SEQUENCE:0" in first
    assert run("clubs", "session", "edit", session, "--starts", "2026-12-04 19:30")["sequence"] == 1
    run("clubs", "session", "cancel", session)
    run("clubs", "calendar", str(out), "--session", session)
    last = out.read_text(encoding="utf-8")
    assert "STATUS:CANCELLED" in last and "SEQUENCE:2" in last
    uid = next(line for line in first.splitlines() if line.startswith("UID:"))
    assert uid in last
    assert "skip" in refused("clubs", "session", "plan", club, "2027-03-28 01:30")
    assert "no day and hour" in refused("clubs", "session", "plan", club, "tomorrow")


def test_tencent(run: Cli, tmp_path: Path) -> None:
    """300 gamers are given codes for a post: each code once, told in kind, and kept out of what came unasked."""
    rows = "".join(f"Gamer {number},g{number}@play.example\n" for number in range(300))
    (tmp_path / "gamers.csv").write_text(f"Name,Email\n{rows}", encoding="utf-8")
    run("import", "people", str(tmp_path / "gamers.csv"))
    run("catalogue", "add", "Battle token", "--product", "--format", "download")
    (tmp_path / "codes.txt").write_text("".join(f"TOKEN-{number:04}\n" for number in range(300)), encoding="utf-8")
    run("catalogue", "codes", "Battle token", "--add", str(tmp_path / "codes.txt"))
    to = [part for number in range(1, 301) for part in ("--to", f"p{number}")]
    gifts = run("gifts", "plan", "--item", "Battle token", "--edition", "download", "--deal", "in_kind", *to)["gifts"]
    run("gifts", "deal", *gifts, "--deal", "in_kind", "--reward", "tokens", "--depends-on", "posting")
    run("gifts", "accept", *gifts)
    given = run("catalogue", "codes", "Battle token", "--give-all")["given"]
    assert len(given) == 300 and len({each["code"] for each in given}) == 300
    for number in range(1, 6):
        run("posts", "add", f"https://www.youtube.com/watch?v=abcdefgh{number:03}", "--person", f"p{number}", "--item",
            "Battle token", now="2026-12-01T09:00:00Z")  # fmt: skip
    assert {post["nature"] for post in run("posts", "list", now="2026-12-02T09:00:00Z")} == {"in_kind"}
    review = run("review", now="2026-12-02T09:00:00Z")
    assert review["deals"]["in_kind"] == [300, 5] and review["organic"]["whole"] == 0
    assert review["natures"] == {"before_contact": 0, "organic": 0, "in_kind": 5, "paid": 0}
