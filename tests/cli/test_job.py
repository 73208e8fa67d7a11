"""The job, by command, from a spreadsheet to the review; and what every command promises."""

import email
import io
import json
import shlex
import shutil
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path
from typing import Any

import click
import pypdf
import pytest

from outreach import __version__
from outreach.__main__ import run
from outreach.cli.main import _COMMANDS, outreach
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


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with four people and one title, and the user's settings; tests work on copies of them."""
    folder = tmp_path_factory.mktemp("job")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "titles.csv").write_text(TITLES, encoding="utf-8")
    place = folder / "work"
    for arguments in (
        ("new", place),
        ("import", "people", folder / "people.csv"),
        ("import", "catalogue", folder / "titles.csv"),
        ("settings", "initials", "HO"),
        ("settings", "sender.name", "Hanna Okafor"),
        ("settings", "sender.email", "hanna@finch.example"),
        ("settings", "sender.organisation", "Finch & Marlow"),
        ("settings", "sender.postal_address", "12 Quay Street, Bristol BS1 4QQ"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("OUTREACH_HOME", str(folder / "home"))
            assert run([str(each) for each in arguments]) == 0
    return folder


@pytest.fixture
def work(made_once: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of one's own, and the one that is meant when no command names another."""
    for name in ("home", "work"):
        shutil.copytree(made_once / name, tmp_path / name)
    monkeypatch.setenv("OUTREACH_WORKSPACE", str(tmp_path / "work"))
    return tmp_path / "work"


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
    assert cli("shipments", "create", "--item", "The Salt Orchard", "--json").json == {
        "shipments": ["s1"],
    }
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
    (stock,) = cli("catalogue", "stock", "i1", "--json").json
    assert (stock["copies"], stock["price"]) == (1, None)
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


def _leaves(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        yield from _leaves(child, (*path, name))


@pytest.mark.parametrize("path", list(_leaves(outreach, ())), ids=" ".join)
def test_every_command_teaches_itself_by_an_example(cli: Cli, path: tuple[str, ...]) -> None:
    ran = cli(*path, "--help")
    assert ran.code == 0
    assert f"Usage: outreach {' '.join(path)}" in ran.out
    example = ran.out.partition("Example")[2]
    assert f"outreach {' '.join(path)}" in example
    assert "--json" in ran.out


@pytest.mark.parametrize("path", list(_leaves(outreach, ())), ids=" ".join)
def test_every_example_can_be_read(path: tuple[str, ...]) -> None:
    """Options that an example uses are there, and its values are such as can be given."""
    command: click.Command = outreach
    for name in path:
        assert isinstance(command, click.Group)
        child = command.get_command(click.Context(command), name)
        assert child is not None
        command = child
    text = (command.help or "").partition("Example")[2].replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip().startswith("outreach ")]
    assert lines
    for line in lines:
        typed = shlex.split(line)
        context = command.make_context("outreach", typed[1 + len(path) :], resilient_parsing=False)
        assert context.params is not None


def test_what_is_typed_wrongly_is_told_in_one_line(cli: Cli) -> None:
    for typed, says in (
        (("sing",), "No such command 'sing'. “outreach --help” shows how."),
        (("gifts", "plan"), "Missing option '--item'. “outreach gifts plan --help” shows how."),
        (("demo", "--windows"), "“outreach demo --help” shows how."),
        (("imports", "undo", "x"), "“outreach imports undo --help” shows how."),
    ):
        ran = cli(*typed)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert ran.err.startswith("outreach: ")
        assert says in ran.err
    assert "Commands:" in cli("people").err


def test_several_files_come_in_together_or_not_at_all(cli: Cli, work: Path, tmp_path: Path) -> None:
    cli("export", "people", tmp_path / "people.csv")
    (tmp_path / "one.csv").write_text("Name,E-mail,City\nKit,kit@example.org,Hull\nMaya Reyes,maya@example.org,York\n")
    (tmp_path / "two.csv").write_bytes(b"%PDF-1.7")
    ran = cli("import", "people", tmp_path / "one.csv", tmp_path / "two.csv")
    assert (ran.code, ran.out, "two.csv" in ran.err) == (2, "", True)
    cli("export", "people", tmp_path / "after.csv")
    assert (tmp_path / "after.csv").read_bytes() == (tmp_path / "people.csv").read_bytes()
    assert cli("imports", "list", "--json").json[0]["taken_back_at"]


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


def _imported(cli: Cli, kind: str, *files: Path) -> list[dict[str, Any]]:
    ran = cli("import", kind, *files, "--json")
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = ran.json
    return found


@pytest.mark.timeout(240)  # some sixty commands
def test_the_samples_by_command(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every real list, by command, and the whole job on what they bring."""
    truth = json.loads(shared("people", "expected.json").read_text(encoding="utf-8"))
    lists = sorted(shared("people").glob("*.csv"))  # whom two lists tell apart until a third joins them goes by order
    titles = [shared("catalogue", name) for name in ("frontlist.csv", "onix-frontlist.xml")]
    assert {path.name for path in lists} == set(truth["files"])
    cli("new", tmp_path / "w")
    for result in _imported(cli, "people", *lists):
        expected = truth["files"][result["file"]]
        assert (result["rows"], result["encoding"].removesuffix("-sig")) == (expected["rows"], expected["encoding"])
        assert result["skipped"] == expected["rows"] - expected["people"], result["file"]
    assert len(cli("people", "list", "--json").json) == truth["people_after_import"]
    again = _imported(cli, "people", *lists)
    assert [(result["added"], result["updated"], result["suppressed"]) for result in again] == [(0, 0, 0)] * len(lists)
    added = [(result["rows"], result["added"], result["skipped"]) for result in _imported(cli, "catalogue", *titles)]
    assert added == [(40, 16, 0), (8, 2, 0)]  # two of its titles are on the first list too
    assert [result["added"] for result in _imported(cli, "catalogue", *titles)] == [0, 0]
    batches = len(cli("imports", "list", "--json").json)
    assert batches == 2 * (len(lists) + len(titles))
    whole = shutil.copytree(tmp_path / "w", tmp_path / "job")

    # Taken back one by one, the workspace is as it was: empty.
    for batch in range(batches, 0, -1):
        assert cli("imports", "undo", batch).code == 0
    assert set(cli("info", "--json").json["counts"].values()) == {0}
    assert cli("check").code == 0

    # And the whole job on the other one.
    monkeypatch.setenv("OUTREACH_WORKSPACE", str(whole))
    for name, value in (("name", "Hanna"), ("email", "h@finch.example"), ("postal_address", "12 Quay Street, Bristol")):
        assert cli("settings", f"sender.{name}", value).code == 0
    item = "Murder at Low Tide"
    suppressed = {row["id"] for row in cli("people", "list", "--json").json if row["suppressed"]}
    assert len(suppressed) >= len(truth["suppressed"]) - 1
    found = cli("match", "--item", item, "--limit", 300, "--json").json
    ids = [fit["id"] for fit in found["fits"]]
    assert len(ids) == len({*ids}) > 20
    assert all(fit["reasons"] for fit in found["fits"])
    assert not {int(each[1:]) for each in ids} & suppressed
    ready = [fit["id"] for fit in found["fits"] if not fit["cautions"]][:5]
    assert len(ready) == 5
    to = [each for person in ready for each in ("--to", person)]
    made = cli("gifts", "plan", "--item", item, *to, "--edition", "proof", "--json").json["gifts"]
    assert len(made) == 5
    drafted = cli("letters", "draft", "--item", item, *to, "--opening", "You wrote about the sea.", "--out",
                  tmp_path / "drafts", "--json").json  # fmt: skip
    assert (len(drafted["letters"]), len(drafted["files"]), drafted["problems"]) == (5, 5, [])
    for path in (tmp_path / "drafts").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        assert not [part.defects for part in message.walk() if part.defects]
        assert item in message["Subject"]
        body = message.get_body(("plain",))
        assert body is not None
        assert "You wrote about the sea." in body.get_content()
    assert cli("gifts", "ask", *made).code == 0
    assert cli("gifts", "accept", *made[:3]).code == 0
    assert cli("gifts", "decline", made[3]).code == 0
    assert cli("shipments", "create", "--item", item, "--json").json["shipments"] == ["s1", "s2", "s3"]
    assert cli("shipments", "track", "s1", "RB123456785GB").code == 0
    assert cli("shipments", "deliver", "s1").code == 0
    assert cli("posts", "add", "--person", ready[0], "--item", item, "--kind", "talk", "--text", "Lovely.").code == 0
    stages = cli("review", "--item", item, "--json").json["stages"]
    assert stages == {
        "chosen": 0, "asked": 1, "accepted": 2, "sent": 0, "posted": 1, "reading": 0, "quiet": 0, "declined": 1,
    }  # fmt: skip
    assert cli("check").code == 0


def test_lists_of_every_kind_go_out_and_come_in(cli: Cli, work: Path, tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "odd.csv", tmp_path / "map.toml"
    sheet.write_text("Who,Where to write,Told about it\nMaya Okonjo-Reyes,maya@example.org,2 of 3\n", encoding="utf-8")
    mapping.write_text(
        '"Who" = "name"\n"Where to write" = "email"\n"Told about it" = "posted"\n[policy]\nname = "keep"\n'
    )
    (result,) = cli("import", "people", sheet, "--map", mapping, "--remember", "--json").json
    assert result["updated"] == 1
    assert cli("import", "people", sheet, "--json").json[0]["as_before"] is True
    gifts = tmp_path / "gifts.tsv"
    gifts.write_text("Email\tStatus\nmaya@example.org\tpitched\n", encoding="utf-8")
    assert cli("import", "gifts", gifts, "--item", "i1", "--json").json[0]["added"] == 1
    marks = tmp_path / "marks.csv"
    marks.write_text("E-mail\nnever@example.org\n", encoding="utf-8")
    assert "1 address will not be written to again" in cli("import", "suppressions", marks).out
    mapping.write_text('"Who" = "name"\n[policy]\nname = "burn"\n')
    ran = cli("import", "people", sheet, "--map", mapping)
    assert (ran.code, "replace, add or keep" in ran.err) == (2, True)
    everything = tmp_path / "all.json"
    rows = cli("export", "everything", everything, "--json").json["rows"]
    again = tmp_path / "again"
    cli("new", again)
    assert cli("--workspace", again, "import", "everything", everything, "--json").json[0]["rows"] == rows
    assert cli("--workspace", again, "import", "everything", everything).code == 2
    assert cli("--workspace", again, "gifts", "list", "--json").json == cli("gifts", "list", "--json").json
    for name in ("people.vcf", "people.ods", "people.doc"):
        assert cli("export", "people", tmp_path / name).code == (2 if name.endswith(".doc") else 0)
