"""The job, by command, from a spreadsheet to the review; and what every command promises."""

import email
import io
import json
from collections.abc import Callable
from email import policy
from pathlib import Path

import pypdf
import pytest

from outreach import __version__
from outreach.cli.main import _COMMANDS
from tests.conftest import Ran, shared

Cli = Callable[..., Ran]

PEOPLE = """Name,E-mail,Instagram,Followers,Likes,Doesn't read,Followers enjoy,Address1,City,Zip,Country
"Reyes, Maya",maya@example.org,mayareads,12.3k,YA fantasy,horror,YA fantasy,14 Tannery Row,Leeds,LS3 1AB,United Kingdom
Rosa Vinter,rosa@example.org,rosa.vinter,900,YA fantasy / cosy crime,,,3 Quay,Hexham,NE46 1NF,UK
Beth Sandoval,beth@example.org,bethbakes,4k,cookery,,,9 Mill Lane,Ely,CB7 4AA,GB
Tom Weil,tom@example.org,,,YA fantasy,,,Hauptstr. 5,Berlin,10115,Germany
"""
TITLES = """ISBN;Format;Title;Author;Imprint;Pub Date;Thema;Hook;Copies
="9798860000001";Proof;The Salt Orchard;Safiya Renn;Finch & Marlow;03/03/2027;YFH;A drowned orchard gives back one year's fruit.;2
"""


@pytest.fixture
def work(cli: Cli, tmp_path: Path) -> Path:
    """A workspace with four people and one title, opened last, so that no command need name it."""
    place = tmp_path / "work"
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "titles.csv").write_text(TITLES, encoding="utf-8")
    for arguments in (
        ("new", place),
        ("import", "people", tmp_path / "people.csv"),
        ("import", "catalogue", tmp_path / "titles.csv"),
        ("settings", "initials", "HO"),
        ("settings", "sender.name", "Hanna Okafor"),
        ("settings", "sender.email", "hanna@finch.example"),
        ("settings", "sender.organisation", "Finch & Marlow"),
        ("settings", "sender.postal_address", "12 Quay Street, Bristol BS1 4QQ"),
    ):
        assert cli(*arguments).code == 0
    return place


def test_the_whole_job(cli: Cli, work: Path, tmp_path: Path) -> None:
    found = cli("match", "--item", "The Salt Orchard", "--json").json
    assert [fit["name"] for fit in found["fits"]] == ["Maya Reyes", "Tom Weil", "Rosa Vinter"]
    assert found["fits"][0]["reasons"] == ["Enjoys YA fantasy", "Followers enjoy YA fantasy"]
    cli(
        "gifts",
        "plan",
        "--item",
        "9798860000001",
        "--to",
        "maya@example.org",
        "--to",
        "@rosa.vinter",
        "--edition",
        "proof",
    )
    opening = "You once said you would read anything where the sea holds a grudge."
    drafts = tmp_path / "drafts"
    drafted = cli(
        "letters", "draft", "--item", "i1", "--to", "p1", "--to", "p2", "--opening", opening, "--out", drafts, "--json"
    ).json
    assert (drafted["letters"], drafted["problems"]) == (["l1", "l2"], [])
    message = email.message_from_bytes((drafts / "001-p1.eml").read_bytes(), policy=policy.default)
    assert message["To"] == "Maya Reyes <maya@example.org>"
    assert message["X-Unsent"] == "1"
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        text = " ".join(part.get_content().split())
        assert "Dear Maya" in text
        assert opening in text
        assert "12 Quay Street" in text
    assert cli("gifts", "ask", "g1", "g2").code == 0
    assert cli("gifts", "accept", "g1").code == 0
    assert cli("gifts", "decline", "g2", "--note", "busy").code == 0
    assert cli("shipments", "create", "--item", "The Salt Orchard", "--json").json == {"shipments": ["s1"]}
    labels = tmp_path / "labels.pdf"
    assert cli("shipments", "labels", labels, "--json").json["labels"] == 1
    assert "14 Tannery Row" in pypdf.PdfReader(labels).pages[0].extract_text().replace("\t", " ")
    carrier = tmp_path / "royal-mail.csv"
    assert cli("shipments", "export", "royal-mail-click-and-drop", carrier).code == 0
    assert "Maya Reyes" in carrier.read_text(encoding="utf-8-sig")
    assert cli("shipments", "track", "s1", "RB 1234 5678 5 GB", "--json").json["carrier"] == "royal-mail"
    assert cli("shipments", "deliver", "RB123456785GB").code == 0
    post = cli("posts", "add", "https://www.instagram.com/mayareads/p/Cxyz/", "--json").json
    assert (post["person"], post["nature"]) == ("Maya Reyes", "organic")
    assert cli("clubs", "start", "Night shelf", "--host", "p1", "--item", "i1", "--members", "14").code == 0
    review = cli("review", "--json").json
    assert review["stages"] == {
        "chosen": 0, "asked": 0, "accepted": 0, "sent": 0, "posted": 1, "reading": 0, "quiet": 0, "declined": 1,
    }  # fmt: skip
    assert review["organic"] == {"part": 1, "whole": 1, "share": None, "low": None, "high": None}
    page = tmp_path / "review.html"
    assert cli("review", page).code == 0
    assert "Maya Reyes: 1 post, a club of 14" in page.read_text(encoding="utf-8")
    assert cli("catalogue", "stock", "i1", "--json").json[0]["copies"] == 1
    assert [row["by"] for row in cli("gifts", "list", "--json").json] == ["HO", "HO"]
    assert cli("check").out == "Nothing is wrong.\n"


def test_a_letter_that_lacks_a_fact_is_not_drafted(cli: Cli, work: Path, tmp_path: Path) -> None:
    ran = cli("letters", "draft", "--item", "i1", "--to", "p1", "--out", tmp_path / "drafts", "--json")
    assert (ran.json["letters"], ran.json["problems"][0]["why"]) == ([], "The letter to Maya Reyes lacks opening.")
    assert not list((tmp_path / "drafts").glob("*"))


def test_nobody_who_asked_not_to_be_written_to_gets_a_letter(cli: Cli, work: Path) -> None:
    cli("people", "suppress", "maya@example.org")
    ran = cli("letters", "draft", "--item", "i1", "--to", "p1", "--to", "p2", "--opening", "Hello.", "--json")
    assert ran.json["letters"] == ["l1"]
    assert ran.json["problems"] == [{"id": "p1", "name": "Maya Reyes", "why": "Maya Reyes asked not to be contacted."}]
    assert "Maya" not in [fit["name"] for fit in cli("match", "--item", "i1", "--json").json["fits"]]


def test_drafting_again_renews_the_draft(cli: Cli, work: Path) -> None:
    for opening in ("One.", "Two."):
        assert cli("letters", "draft", "--item", "i1", "--to", "p1", "--opening", opening, "--json").json[
            "letters"
        ] == ["l1"]


def test_letters_need_a_sender(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "titles.csv").write_text(TITLES, encoding="utf-8")
    cli("new", tmp_path / "w")
    cli("import", "catalogue", tmp_path / "titles.csv")
    cli("people", "add", "Maya", "--email", "maya@example.org")
    ran = cli("letters", "preview", "--item", "i1", "--to", "p1")
    assert ran.code == 2
    assert "sender.name, sender.email, sender.postal_address" in ran.err


def test_exports_come_back_as_they_were(cli: Cli, work: Path, tmp_path: Path) -> None:
    cli("people", "add", "=cmd|' /C calc'!A0", "--email", "formula@example.org", "--set", "phone=+44 20 7946 0000")
    for kind in ("people", "catalogue"):
        assert cli("export", kind, tmp_path / f"{kind}.csv").code == 0
    text = (tmp_path / "people.csv").read_text(encoding="utf-8-sig")
    assert "'=cmd" in text
    assert ",+44 20 7946 0000," in text
    again = tmp_path / "again"
    cli("new", again)
    for kind, number in (("people", 5), ("catalogue", 1)):
        (result,) = cli("--workspace", again, "import", kind, tmp_path / f"{kind}.csv", "--json").json
        assert (result["added"], result["skipped"]) == (number, 0)
    names = [
        [row["name"] for row in cli("--workspace", place, "people", "list", "--json").json] for place in (work, again)
    ]
    assert names[0] == names[1]
    shown = [
        cli("--workspace", place, "catalogue", "show", "The Salt Orchard", "--json").json for place in (work, again)
    ]
    assert shown[0]["editions"] == shown[1]["editions"]
    assert shown[0]["genres"] == shown[1]["genres"] == ["YA fantasy"]


def test_an_import_is_shown_tried_and_taken_back(cli: Cli, work: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("Name,E-mail\nKit Larkspur,kit@example.org\n")
    assert "Nothing was changed" in cli("import", "people", more, "--dry-run").out
    assert len(cli("people", "list", "--json").json) == 4
    batch = cli("import", "people", more, "--json").json[0]["batch"]
    cli("gifts", "plan", "--item", "i1", "--to", "kit@example.org")
    ran = cli("imports", "undo", batch)
    assert (ran.code, "“gift”" in ran.err) == (2, True)
    other = tmp_path / "other.csv"
    other.write_text("Name,E-mail\nIdris Farrow,idris@example.org\n")
    batch = cli("import", "people", other, "--json").json[0]["batch"]
    assert cli("imports", "undo", batch).code == 0
    assert cli("imports", "undo", batch).code == 2
    assert len(cli("people", "list", "--json").json) == 5
    assert [row["id"] for row in cli("imports", "list", "--json").json] == [4, 3, 2, 1]


def test_backup_and_restore(cli: Cli, work: Path) -> None:
    copy = cli("backup", "--json").json["backup"]
    cli("people", "add", "Later")
    assert cli("restore", copy).code == 0
    assert len(cli("people", "list", "--json").json) == 4
    assert cli("restore", work / "nothing.db").code == 2


def test_forgetting_asks_first(cli: Cli, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert cli("people", "forget", "p1").code == 130
    assert cli("people", "forget", "p1", "--yes").code == 0
    assert len(cli("people", "list", "--json").json) == 3


@pytest.mark.parametrize("name", list(_COMMANDS))
def test_every_command_teaches_itself(cli: Cli, name: str) -> None:
    ran = cli(name, "--help")
    assert ran.code == 0
    assert "Usage: outreach" in ran.out
    assert "--help" in ran.out


def test_the_root(cli: Cli) -> None:
    assert cli("--version").out.strip().endswith(__version__)
    shown = cli("--help").out
    for name in _COMMANDS:
        assert f"  {name} " in shown
    assert cli("sing").code == 2
    assert cli("people", "list").code == 2


def test_json_is_one_document_with_stable_keys(cli: Cli, work: Path) -> None:
    (row, *_) = cli("people", "list", "--json").json
    assert list(row) == ["id", "name", "role", "email", "handle", "country", "suppressed"]
    item = cli("catalogue", "show", "i1", "--json").json
    assert item["editions"][0]["price"] is None
    json.dumps(item)


def test_the_clock_can_be_set(cli: Cli, work: Path) -> None:
    cli("--now", "2027-06-01T10:00:00+00:00", "gifts", "plan", "--item", "i1", "--to", "p1")
    assert cli("gifts", "list", "--json").json[0]["state_on"] == "2027-06-01"
    assert cli("--now", "noon", "info").code == 2


def test_the_samples_by_command(cli: Cli, tmp_path: Path) -> None:
    """Every real list, by command, and the whole job on what they bring."""
    cli("new", tmp_path / "w")
    lists = sorted(shared("people").glob("*.csv"))
    results = cli("import", "people", *lists, "--json").json
    assert sum(result["added"] for result in results) == 247
    again = cli("import", "people", *lists, "--json").json
    assert [(result["added"], result["updated"]) for result in again] == [(0, 0)] * len(lists)
    cli("import", "catalogue", shared("catalogue", "frontlist.csv"))
    assert cli("match", "--item", "Murder at Low Tide", "--json").json["fits"]
    for batch in range(25, 0, -1):
        assert cli("imports", "undo", batch).code == 0
    info = cli("info", "--json").json
    assert set(info["counts"].values()) == {0}
