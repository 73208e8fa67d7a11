"""The commands about people, each as a user would call it, with its JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def work(begun: Callable[..., Path]) -> Path:
    return begun(
        ("people", "add", "Maya Reyes", "--email", "maya@example.org", "--account", "tiktok:mayareads"),
        ("people", "add", "Gwen Abara", "--set", "role=radio host"),
    )


def test_a_person_in_full(cli: Cli, work: Path, tmp_path: Path) -> None:
    kit = tmp_path / "kit.pdf"
    kit.write_bytes(b"%PDF-1.4 press kit")
    for arguments in (
        ("edit", "p1", "--role", "creator", "--role", "podcaster", "--tags", "night, sea", "--mood", "cosy",
         "--set", "time_zone=europe/london", "--set", "is_adult=yes", "--introduced-by", "p2", "--set", "owner=HO"),
        ("account", "p1", "tiktok:mayareads", "--followers", "18.4k", "--on", "2026-05-01", "--alias", "mayareadsold"),
        ("account", "p1", "tiktok:mayareads", "--followers", "21k", "--on", "2026-11-01"),
        ("address", "p1", "--set", "line1=4 Mill Lane", "--set", "city=Leeds", "--set", "postcode=LS1 4AB"),
        ("address", "p1", "--confirmed"),
        ("consent", "p1", "--set", "source=her contact page", "--set", "found_on=2026-09-02", "--set", "basis=published"),
        ("note", "p1", "wants two for the shop", "--kind", "call", "--on", "2026-11-03"),
        ("document", "p1", kit, "--kind", "press_kit"),
        ("audience", "p1", "age", "18 to 24", "--share", "40%", "--source", "media kit"),
        ("roster", "Spring", "--add", "p1"),
    ):  # fmt: skip
        ran = cli("-w", work, "people", *arguments)
        assert ran.code == 0, (arguments, ran.err)
    shown = cli("-w", work, "people", "show", "@mayareadsold", "--json").json
    record = shown["record"]
    assert record["roles"] == ["creator", "podcaster"]
    assert [reading["followers"] for reading in record["accounts"][0]["readings"]] == [21000, 18400]
    assert record["accounts"][0]["tier"] == "micro"
    assert record["places"][0]["confirmed_on"]
    assert (record["consent"]["notice_due_on"], record["consent"]["expires_on"]) == ("2026-10-02", "2028-09-02")
    assert record["consent"]["is_notice_due"]
    assert (record["notes"][0]["kind"], record["notes"][0]["day"]) == ("call", "2026-11-03")
    assert Path(record["documents"][0]["path"]).read_bytes() == kit.read_bytes()
    assert record["introduced_by"] == [2, "Gwen Abara"]
    assert (shown["values"]["time_zone"], shown["values"]["is_adult"], shown["tags"]) == (
        "Europe/London",
        1,
        ["night", "sea"],
    )
    text = cli("-w", work, "people", "show", "p1").out
    for line in ("Creator, Podcaster", "Call, 3 Nov 2026", "Spring", "18,400 followers", "Is to be told"):
        assert line in text, line


#: Each in one sentence, with nothing changed.
IN_THE_WAY: tuple[tuple[tuple[object, ...], str], ...] = (
    (("edit", "p1", "--set", "time_zone=Atlantis"), "no time zone"),
    (("edit", "p1", "--set", "is_adult=perhaps"), "neither yes, no nor unknown"),
    (("edit", "p1", "--set", "away_until=yesterday"), "no day to come"),
    (("edit", "p1", "--introduced-by", "p1"), "Nobody introduced themselves"),
    (("consent", "p1", "--set", "basis=because"), "no ground"),
    (("consent", "p1", "--set", "found_on=soon"), "is no day"),
    (("note", "p1", "  "), "needs a few words"),
    (("note", "p1", "x", "--on", "2999-01-01"), "still to come"),
    (("document", "p1", "/nowhere/kit.pdf"), "no file kit.pdf"),
    (("audience", "p1", "religion", "some"), "own words"),
    (("audience", "p1", "age", "18", "--share", "140"), "is no share"),
    (("account", "p1", "tiktok:mayareads", "--followers", "many"), "no number of followers"),
    (("roster", "Nowhere"), "no roster"),
    (("change", "p1"), "Nothing was chosen"),
    (("export", "p1", "maya.docx"), ".html or .json"),
    (("address", "p2"), "needs a street"),
    (("merge", "p1", "p2", "--take", "shoe"), "no field"),
)


def test_what_is_in_the_way_is_one_sentence(cli: Cli, work: Path) -> None:
    for arguments, says in IN_THE_WAY:
        ran = cli("-w", work, "people", *arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert len(ran.err.strip().splitlines()) == 1, ran.err
        assert says in ran.err, arguments


def test_doubles_merge_and_not_the_same(cli: Cli, work: Path) -> None:
    cli(
        "-w",
        work,
        "people",
        "add",
        "Maya Reyes",
        "--account",
        "instagram:mayareads",
        "--set",
        "organisation=Night Shelf",
    )
    found = cli("-w", work, "people", "doubles", "--json").json
    assert [(each["first"], each["second"], each["reason"]) for each in found] == [("p1", "p3", "handle")]
    cli("-w", work, "people", "not-same", "p3", "p1")
    assert cli("-w", work, "people", "doubles", "--json").json == []
    assert cli("-w", work, "people", "merge", "p1", "p3", "--take", "name").code == 0
    shown = cli("-w", work, "people", "show", "p1", "--json").json
    assert shown["values"]["organisation"] == "Night Shelf"
    assert len(shown["accounts"]) == 2


def test_archive_change_and_retention(cli: Cli, work: Path) -> None:
    assert (
        cli("-w", work, "people", "change", "p1", "p2", "--tag", "sea", "--owner", "HO", "--roster", "Spring").code == 0
    )
    assert {row["id"] for row in cli("-w", work, "people", "roster", "spring", "--json").json} == {1, 2}
    cli("-w", work, "people", "archive", "p2")
    assert [row["id"] for row in cli("-w", work, "people", "list", "--json").json] == [1]
    assert [row["id"] for row in cli("-w", work, "people", "list", "--archived", "--json").json] == [2]
    cli("-w", work, "people", "archive", "p2", "--back")
    late = "2035-01-01T00:00:00Z"
    proposed = cli("-w", work, "people", "retention", "--json", "--now", late).json
    assert [each["person_id"] for each in proposed] == [1, 2]
    cli("-w", work, "people", "retention", "--keep", "p1", "--now", late)
    assert [each["person_id"] for each in cli("-w", work, "people", "retention", "--json", "--now", late).json] == [2]


def test_all_about_her_as_page_and_data_then_forgotten(cli: Cli, work: Path, tmp_path: Path) -> None:
    cli("-w", work, "people", "note", "p1", "<b>likes</b> whales")
    for suffix in ("html", "json"):
        assert cli("-w", work, "people", "export", "p1", tmp_path / f"maya.{suffix}").code == 0
    page, data = (tmp_path / "maya.html").read_text(), json.loads((tmp_path / "maya.json").read_text())
    assert "&lt;b&gt;likes&lt;/b&gt; whales" in page
    assert "What we keep about Maya Reyes" in page
    assert data["person_note"][0]["text"] == "<b>likes</b> whales"
    assert data["email_address"][0]["address"] == "maya@example.org"
    cli("-w", work, "backup")
    ran = cli("-w", work, "people", "forget", "p1", "--yes", "--json")
    assert ran.json["backups"]
    again = cli("-w", work, "people", "add", "M. R.", "--email", "maya@example.org")
    assert again.code == 2
    assert "asked to be forgotten" in again.err


def test_a_tier_begins_where_the_user_says_and_lists_know_former_handles(cli: Cli, work: Path, tmp_path: Path) -> None:
    cli("-w", work, "people", "account", "p1", "tiktok:mayareads", "--followers", "6000", "--alias", "mayaold")
    assert cli("-w", work, "people", "show", "p1", "--json").json["record"]["accounts"][0]["tier"] == "nano"
    assert cli("-w", work, "settings", "rule.micro", "5000", "--json").json == {"rule.micro": "5000"}
    assert cli("-w", work, "people", "show", "p1", "--json").json["record"]["accounts"][0]["tier"] == "micro"
    for value in ("900000", "none", "0"):
        assert cli("-w", work, "settings", "rule.micro", value).code == 2
    path = tmp_path / "list.csv"
    path.write_text("Name,TikTok,Followers\nMaya Reyes,mayaold,7000\n")
    assert cli("-w", work, "import", "people", path, "--json").json[0]["added"] == 0
    accounts = cli("-w", work, "people", "show", "p1", "--json").json["record"]["accounts"]
    assert [account["handle"] for account in accounts] == ["mayareads"]


def test_someone_without_e_mail_can_object(cli: Cli, work: Path) -> None:
    assert cli("-w", work, "people", "suppress", "Gwen Abara").code == 0
    assert cli("-w", work, "people", "show", "p2", "--json").json["suppressed"]
