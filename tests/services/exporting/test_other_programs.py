"""What other programs make of our files: khard lists every card, LibreOffice finds every row and no formula."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.fields.hours import there_at
from outreach.jobs import Job
from outreach.services.calendars.writing import Wanted, entries, write_calendar
from outreach.services.exporting.sheets import write_sheet
from outreach.services.exporting.tables import KINDS, export_cards
from outreach.services.importing.tables import Row, open_table
from outreach.services.people.people import NewPerson, add_person, edit_person, list_people
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.workspace import Opening
from outreach.wording import Words
from outreach.wording.clubs import calendar_phrases
from tests.conftest import NOW
from tests.fields.material import corpora

OPENING = Opening(clock=lambda: NOW, by="HO")
FORMULAS = ("=1+1", "+1+1", "-2+3", "@SUM(1+9)", "=cmd|' /C calc'!A0", "\t=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+49 30 901820")  # fmt: skip

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sample") / "w"
    new_workspace(place, OPENING)
    with workspace.writing(place, OPENING) as store:
        fill(store, people=500, seed=4, job=Job())
        for number, text in enumerate(FORMULAS):
            person, _ = add_person(store, NewPerson(f"Formula {number}"))
            edit_person(store, person, {"notes": text, "organisation": text, "phone": text})
    return place


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with workspace.reading(folder, OPENING) as opened:
        yield opened


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_khard_lists_every_card(store: Store, tmp_path: Path, version: str) -> None:
    khard = program("khard")
    export_cards(store, tmp_path / "people.vcf", version=version)
    text = (tmp_path / "people.vcf").read_bytes().decode()
    cards = [f"BEGIN:VCARD{body}END:VCARD\r\n" for body in re.findall(r"BEGIN:VCARD(.*?)END:VCARD", text, re.DOTALL)]
    book = tmp_path / "book"
    book.mkdir()
    for number, card in enumerate(cards):  # an address book there is a folder with a file a card
        (book / f"{number}.vcf").write_bytes(card.encode())
    config = tmp_path / "khard.conf"
    config.write_text(f"[addressbooks]\n[[book]]\npath = {book}\n", encoding="utf-8")
    ran = subprocess.run(
        [khard, "--skip-unparsable", "-c", str(config), "list", "--parsable"],
        capture_output=True, text=True, check=False, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    listed = [line for line in ran.stdout.splitlines() if line.strip()]
    people = list_people(store)
    print(f"khard ({version}): {len(listed)} of {len(people)} cards listed")
    assert len(listed) == len(cards) == len(people), ran.stderr[:2000]
    # It puts the given name first and a blank after it, whatever the card shows.
    named = {_letters(line.split("\t")[1]) for line in listed}
    assert {_letters(row.name) for row in people} <= named


def _letters(name: str) -> str:
    return "".join(sorted("".join(name.split())))


def opened_by_libreoffice(path: Path, place: Path) -> tuple[int, int]:
    """Rows with anything in them, and formula cells, as LibreOffice has them after opening a file."""
    subprocess.run(
        [program("soffice"), f"-env:UserInstallation=file://{place / 'profile'}", "--headless", "--convert-to", "ods:calc8",
         *(["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []), "--outdir", str(place / "out"), str(path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    made = place / "out" / f"{path.stem}.ods"
    with zipfile.ZipFile(made) as archive:
        formulas = archive.read("content.xml").count(b"table:formula=")
    table = open_table(made)
    return 1 + sum(isinstance(row, Row) for row in table.rows()), formulas


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_libreoffice_finds_every_row_and_no_formula(store: Store, tmp_path: Path, ending: str) -> None:
    for kind, write in KINDS.items():
        path = tmp_path / f"{kind}{ending}"
        made = write(store, path)
        rows, formulas = opened_by_libreoffice(path, tmp_path)
        print(f"LibreOffice, {path.name}: {rows - 1} of {made.rows} rows, {formulas} formula cells")
        assert (rows - 1, formulas) == (made.rows, 0)


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_the_formulas_of_the_corpus_are_text(tmp_path: Path, ending: str) -> None:
    lines = corpora("injection", "csv_formula", "csv-injection.txt").read_text("utf-8").splitlines()
    texts = [line for line in (*lines, *FORMULAS) if line]
    path = tmp_path / f"formulas{ending}"
    write_sheet(path, ("Name", "Notes"), [("x", text) for text in texts])
    rows, formulas = opened_by_libreoffice(path, tmp_path)
    assert (rows - 1, formulas) == (len(texts), 0)


def test_khal_lists_every_session_and_event(store: Store, tmp_path: Path) -> None:
    khal = program("khal")
    shown = entries(Wanted(), calendar_phrases(Words("en")))
    path = write_calendar(tmp_path / "all.ics", "All", shown)
    zone = "Europe/London"
    (tmp_path / "khal.conf").write_text(
        f"[calendars]\n[[c]]\npath = {tmp_path / 'cal'}\ntype = calendar\n[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"local_timezone = {zone}\ndefault_timezone = {zone}\n",
        encoding="utf-8",
    )
    (tmp_path / "cal").mkdir()
    base = [khal, "-c", str(tmp_path / "khal.conf")]
    subprocess.run([*base, "import", "--batch", str(path)], check=True, capture_output=True)
    listed = [*base, "list", "--format", "{start-date} {start-time} {title}", "2000-01-01", "2040-01-01"]
    ran = subprocess.run(listed, check=True, capture_output=True, text=True)
    found = sorted(line for line in ran.stdout.splitlines() if re.match(r"20\d\d-\d\d-\d\d \d\d:\d\d ", line))
    assert found == sorted(f"{there_at(each.starts_at, zone):%Y-%m-%d %H:%M} {each.summary}" for each in shown)
