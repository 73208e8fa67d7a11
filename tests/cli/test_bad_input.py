"""Bad input: one sentence on standard error, exit 2, nothing changed, no traceback."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def work(cli: Cli, folder: Path) -> Path:
    return folder


def snapshot(work: Path) -> list[tuple[str, int, bytes]]:
    import sqlite3

    connection = sqlite3.connect(work / "outreach.db")
    try:
        return [("dump", 0, "\n".join(connection.iterdump()).encode("utf-8", "surrogatepass"))]
    finally:
        connection.close()


def refused(cli: Cli, work: Path, *arguments: object) -> str:
    before = snapshot(work)
    ran = cli("--workspace", work, *arguments)
    assert ran.code == 2, ran
    assert ran.out == ""
    lines = ran.err.strip().splitlines()
    assert len(lines) == 1, ran.err
    assert lines[0].startswith("outreach: ")
    assert snapshot(work) == before
    return lines[0]


def csv(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "looks like PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "looks like a picture"),
        (b"SQLite format 3\x00" + b"\x00" * 100, "looks like a database"),
        (b"\x7fELF" + b"\x00" * 100, "looks like a program"),
        (os.urandom(1) + b"\x01\x02\x03\x04\x05\x06" * 50, "looks like no text"),
        (b"Name,E-mail\r\nMaya,maya@exam\x00ple.org\r\n", "NUL byte in line 2"),
        (b'Name,E-mail\r\n"Maya,maya@example.org\r\nRosa,rosa@example.org\r\n', "In row 2 of"),
        (b"Name,E-mail\r\nMaya" + b",x" * 300 + b"\r\n", "Row 2 of list.csv has 301 columns"),
        (b"Name,Notes\r\nMaya," + b"x" * 300_000 + b"\r\n", "a cell of more than 100,000 characters"),
        (b"Colour,Size\r\nred,4\r\n", "no column for a name"),
        (b"Name,E-mail\r\n", "no row below its headings"),
        (b"<html><body>Sign in</body></html>", "looks like XML"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maya\r\n", "is not whole at line 1"),
        (b'{"people": []}', "looks like JSON"),
    ],
)
def test_a_list_that_is_none(cli: Cli, work: Path, tmp_path: Path, content: bytes, says: str) -> None:
    assert says in refused(cli, work, "import", "people", csv(tmp_path, content))


def test_a_missing_file_a_folder_and_one_that_is_no_file(cli: Cli, work: Path, tmp_path: Path) -> None:
    assert "There is no file" in refused(cli, work, "import", "people", tmp_path / "none.csv")
    assert "is a folder" in refused(cli, work, "import", "people", tmp_path)
    assert "cannot be read" in refused(cli, work, "import", "people", "/dev/null")


def test_a_huge_file_is_not_even_opened(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = csv(tmp_path, b"Name\r\n")
    os.truncate(path, 200 * 2**20)
    assert "200 MB" in refused(cli, work, "import", "people", path)


def test_spreadsheets_that_are_broken_locked_or_bombs(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet().write_row(0, 0, ["Name", "E-mail"])
    book.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "not a whole spreadsheet" in refused(cli, work, "import", "people", path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * 2**20))
    assert "would unpack to" in refused(cli, work, "import", "people", path)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Name")
    sheet.write(1_048_575, 16_383, "far out")
    book.close()
    assert "columns" in refused(cli, work, "import", "people", path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa">]><ONIXMessage release="3.0">&a;</ONIXMessage>',
            "entities",
        ),
        ('<?xml version="1.0"?><ONIXMessage release="2.1"><Product/></ONIXMessage>', "3.0 and 3.1"),
        (
            '<?xml version="1.0"?><ONIXMessage release="3.0"><Product><RecordReference>x</Product>',
            "breaks off in line 1",
        ),
    ],
)
def test_onix_that_is_not_read(cli: Cli, work: Path, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "onix.xml"
    path.write_text(text, encoding="utf-8")
    assert says in refused(cli, work, "import", "catalogue", path)


def test_rows_that_cannot_be_used_are_listed(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        b"Name,E-mail,City\r\nMaya,maya@example.org,Bristol\r\nRosa,rosa@example.org,Hull,extra\r\nTotal,,\r\n,,Leeds\r\nBeth,not an address,York\r\n",
    )
    ran = cli("--workspace", work, "import", "people", path, "--json")
    assert ran.code == 0
    (result,) = ran.json
    assert (result["rows"], result["added"], result["skipped"]) == (5, 2, 3)
    assert [(note["row"], note["skipped"], note["code"]) for note in result["notes"]] == [
        (3, True, "rows.too_many_cells"),
        (4, True, "rows.total"),
        (5, True, "rows.no_person"),
        (6, False, "rows.bad_email"),
    ]
    shown = cli("--workspace", work, "imports", "show", result["batch"]).out
    assert "Row 3 was skipped: 4 cells where the header has 3" in shown
    assert "Row 6: “not an address” is no e-mail address" in shown


def test_a_mapping_that_makes_no_sense(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = csv(tmp_path, b"Who,Where to\r\nMaya,maya@example.org\r\n")
    mapping = tmp_path / "map.toml"
    mapping.write_text('"Who" = "shoe size"\n')
    assert "cannot be “shoe size”" in refused(cli, work, "import", "people", path, "--map", mapping)
    mapping.write_text('"Whom" = "name"\n')
    assert "no column “Whom”" in refused(cli, work, "import", "people", path, "--map", mapping)
    mapping.write_text("no toml")
    assert "no mapping" in refused(cli, work, "import", "people", path, "--map", mapping)
    mapping.write_text('"Who" = "name"\n"Where to" = "email"\n')
    assert cli("--workspace", work, "import", "people", path, "--map", mapping, "--json").json[0]["added"] == 1


def test_references_that_fit_none_or_several(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = csv(tmp_path, b"Name,E-mail\r\nMaya Reyes,maya@example.org\r\nMaya Okonjo,m.okonjo@example.org\r\n")
    cli("--workspace", work, "import", "people", path)
    message = refused(cli, work, "people", "show", "maya")
    assert "p1 Maya Reyes (maya@example.org); p2 Maya Okonjo (m.okonjo@example.org)" in message
    assert "There is no person “p99”" in refused(cli, work, "people", "show", "p99")
    assert "There is no person “nobody”" in refused(cli, work, "people", "show", "nobody")
    assert "There is no item" in refused(cli, work, "match", "--item", "The Salt Orchard")


def test_a_full_disk_changes_nothing(cli: Cli, tmp_path: Path) -> None:
    """A file system of less than two megabytes, where the system lets us mount one."""
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1800k", "tmpfs", place], capture_output=True, check=False
    ).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        assert cli("new", place / "w").code == 0
        rows = b"".join(b"Person %d,p%d@example.org,%s\r\n" % (n, n, b"x" * 200) for n in range(5000))
        path = csv(tmp_path, b"Name,E-mail,Notes\r\n" + rows)
        message = refused(cli, place / "w", "import", "people", path)
        assert "disk" in message
        assert "is full" in message
        small = csv(tmp_path, b"Name,E-mail\r\nMaya,maya@example.org\r\n")
        assert cli("--workspace", place / "w", "import", "people", small).code == 0
        assert cli("--workspace", place / "w", "check").code == 0
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_workspace_that_does_not_fit_is_not_begun(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1800k", "tmpfs", place], capture_output=True, check=False
    ).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        assert cli("new", place / "fits").code == 0
        (place / "mine").mkdir()
        for folder in (place / "w", place / "mine"):
            ran = cli("new", folder)
            assert (ran.code, "is full" in ran.err) == (2, True)
        assert sorted(path.name for path in place.iterdir()) == ["fits", "mine"]
        assert not list((place / "mine").iterdir())
        assert cli("--workspace", place / "fits", "people", "add", "Maya").code == 0
    finally:
        subprocess.run(["umount", place], check=True)


def test_a_workspace_that_cannot_be_written_is_read(cli: Cli, work: Path, tmp_path: Path) -> None:
    """Mounted again so that not even the administrator may write there."""
    place = tmp_path / "still"
    place.mkdir()
    if subprocess.run(["mount", "--bind", work, place], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
        before = snapshot(work)
        for arguments in (("people", "add", "Maya"), ("backup",), ("settings", "sender.name", "Hanna")):
            ran = cli("--workspace", place, *arguments)
            assert (ran.code, ran.out, "Read-only file system" in ran.err) == (2, "", True)
        assert cli("new", place / "more").code == 2
        assert cli("--workspace", place, "people", "list", "--json").json == []
        assert cli("--workspace", place, "check").code == 0
        assert snapshot(work) == before
    finally:
        subprocess.run(["umount", place], check=True)


def test_what_is_no_workspace(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "folder" / "outreach.db").mkdir(parents=True)
    assert "is not a workspace" in cli("--workspace", tmp_path / "folder", "people", "list").err
    assert "There is no workspace" in cli("--workspace", tmp_path / "nowhere", "people", "list").err
    (tmp_path / "list.csv").write_text("Name\n")
    assert "is not a folder" in cli("--workspace", tmp_path / "list.csv", "people", "list").err


def test_a_workspace_that_is_open_elsewhere(cli: Cli, work: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from outreach.store import workspace\n"
        "from outreach.store.workspace import Opening\n"
        "with workspace.writing(Path(sys.argv[1]), Opening(program='window')):\n"
        "    print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(work)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        other.stdout.readline()
        path = csv(tmp_path, b"Name,E-mail\r\nMaya,maya@example.org\r\n")
        assert "being written to by another window" in refused(cli, work, "import", "people", path)
        assert cli("--workspace", work, "people", "list", "--json").json == []
        other.stdin.close()


def test_ctrl_c_leaves_nothing_half_done(cli: Cli, work: Path, tmp_path: Path) -> None:
    import signal
    import time

    rows = b"".join(b"Person %d,p%d@example.org\r\n" % (n, n) for n in range(60_000))
    path = csv(tmp_path, b"Name,E-mail\r\n" + rows)
    before = snapshot(work)
    with subprocess.Popen(
        [sys.executable, "-m", "outreach", "--workspace", str(work), "import", "people", str(path)],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        while '"command"' not in (work / "outreach.lock").read_text(encoding="utf-8") and running.poll() is None:
            time.sleep(0.01)
        time.sleep(0.3)  # it is reading and writing now
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert err.strip() == "outreach: Stopped. Nothing was left half done."
    assert snapshot(work) == before


@pytest.mark.parametrize("name", ["line\nbreak", "bell\x07 and \x1b[31mred", "\u2028"])
def test_whatever_was_typed_the_reason_is_one_line_that_steers_no_terminal(cli: Cli, work: Path, name: str) -> None:
    said = refused(cli, work, "events", "remove", name)
    assert all(sign.isprintable() for sign in said)


def test_a_message_that_breaks_off_is_no_older_one(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    product = b"<Product><ProductIdentifier><IDValue>1</IDValue></ProductIdentifier></Product>"
    path.write_bytes(b"<ONIXMessage><Product>")
    assert "breaks off in line 1" in refused(cli, work, "import", "catalogue", path)
    path.write_bytes(b"<ONIXMessage>" + product + b"</ONIXMessage>")
    assert "is not ONIX 3.0" in refused(cli, work, "import", "catalogue", path)
    path.write_bytes(b'<ONIXMessage release="3.0"></ONIXMessage>')
    assert "no row below its headings" in refused(cli, work, "import", "catalogue", path)


def test_copies_below_none_are_told(cli: Cli, work: Path, tmp_path: Path) -> None:
    path = csv(tmp_path, b"Title,Format,Copies\r\nThe Salt Orchard,Hardback,-4\r\nThe Glass Heron,Hardback,6\r\n")
    ran = cli("--workspace", work, "import", "catalogue", path)
    assert "Row 2: “-4” is no number of things that are there" in ran.out, ran
