"""Real files of other programs, read whole: cards, sheets, hostile text. Each test prints its figures."""

import json
import quopri
import re
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from outreach.errors import KnownError
from outreach.fields.accounts import parse_profile
from outreach.fields.email import parse_email
from outreach.fields.text import clean, clean_lines, fold
from outreach.services.exporting.csvfile import guarded
from outreach.services.exporting.everything import export_everything, import_everything
from outreach.services.exporting.sheets import write_sheet
from outreach.services.exporting.tables import export_cards, export_people
from outreach.services.importing.files import FileKind
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.importing.tables import BadRow, Row, open_table
from outreach.services.importing.vcard_rows import card_rows, found_in
from outreach.services.importing.vcards import Card, read_cards
from outreach.services.people.people import NewPerson, add_person, edit_person, show_person
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Person
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents
from tests.fields.material import corpora

OPENING = Opening(clock=lambda: NOW, by="HO")


# Cards, against a reading of their lines that is as plain as can be.


def lines_of(path: Path) -> Iterator[list[tuple[str, str, str]]]:
    """By card its lines as name, head and decoded value; only cards that stand by themselves."""
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    text = re.sub(
        r"(?im)^([^\n:]*QUOTED-PRINTABLE[^\n]*(?:=\n[^\n]*)+)", lambda found: found[1].replace("=\n", ""), text
    )
    text = re.sub(r"\n[ \t]", "", text)
    for body in re.findall(r"(?ims)^BEGIN:VCARD$(.*?)^END:VCARD$", text):
        lines = []
        for line in body.split("\n"):
            head, colon, value = line.partition(":")
            if colon and "QUOTED-PRINTABLE" in head.upper():
                value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
            name = head.partition(";")[0].rpartition(".")[2].upper()
            if colon and name in ("FN", "EMAIL", "TEL", "ADR"):
                lines.append((name, head, value))
        yield lines


def plain(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def street_of(value: str) -> str:
    parts = re.split(r"(?<!\\);", value)
    return plain(parts[2]) if len(parts) > 2 else ""


def kept_of(card: Card) -> str:
    """All that a card comes to, as one folded text."""
    return fold(" ".join(cell for cells in found_in(card).values() for _, cell in cells))


def test_cards_of_the_corpus() -> None:
    cards = exact = emails = kept_emails = streets = kept_streets = 0
    wrong = []
    for path in sorted(corpora("vcard").rglob("*.vcf")):
        read = list(read_cards(path))
        truths = list(lines_of(path))
        assert len(read) == len(truths), path
        for card, truth in zip(read, truths, strict=True):
            kept = kept_of(card)
            missing = []
            for name, head, value in truth:
                if name == "ADR" and "LABEL" in head.upper():
                    value = value.rpartition('":')[2]
                wanted = street_of(value) if name == "ADR" else plain(value).removeprefix("tel:")
                is_there = all(fold(clean(line.strip(" ,"))) in kept for line in wanted.split("\n"))
                emails += name == "EMAIL"
                kept_emails += name == "EMAIL" and is_there
                streets += name == "ADR" and bool(wanted)
                kept_streets += name == "ADR" and bool(wanted) and is_there
                if not is_there:
                    missing.append((name, wanted))
            cards += 1
            exact += not missing
            wrong += [(path.name, missing)] if missing else []
    print(
        f"vCard: {exact} of {cards} cards exact, {kept_emails} of {emails} e-mails, {kept_streets} of {streets} streets"
    )
    assert exact >= 0.97 * cards, wrong
    assert kept_emails >= 0.97 * emails, wrong
    assert kept_streets == streets, wrong


@pytest.mark.full
def test_cards_of_the_corpus_come_in_whole(store: Store) -> None:
    added = 0
    for path in sorted(corpora("vcard").rglob("*.vcf")):
        result = import_file(store, ImportKind.PEOPLE, path)
        assert result.rows == len(list(card_rows(path)))
        assert result.skipped <= 1, path  # a card without a name, an address or a number
        added += result.added
    print(f"vCard: {added} people from {len(list(corpora('vcard').rglob('*.vcf')))} files")
    assert Person.select().count() == added


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"BEGIN:VCARD\nFN:Maya\n", "files.broken_card", 1),
        (b"BEGIN:VCARD\nFN:Maya\nEND:VCARD\nsome text\n", "files.broken_card", 4),
        (b"begin:vcard\nfn:Maya\nend:vcard\nBEGIN:VCARD\nFN:Ro", "files.broken_card", 4),
    ],
)
def test_broken_cards_are_refused_with_their_line(
    store: Store, tmp_path: Path, content: bytes, code: str, row: int
) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(content)
    before = contents(store)
    with pytest.raises(KnownError) as caught:
        import_file(store, ImportKind.PEOPLE, path)
    assert (caught.value.code, caught.value.facts["row"]) == (code, row)
    assert contents(store) == before


def test_a_bomb_of_a_card_ends_soon(tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(b"BEGIN:VCARD\nFN:Maya\nNOTE:" + b"x\n " * 1_700_000 + b"\nEND:VCARD\n")
    began = time.monotonic()
    (card,) = read_cards(path)
    assert card.first("FN").text == "Maya"  # type: ignore[union-attr]
    assert time.monotonic() - began < 5


# Sheets.


def test_sheets_equal_their_reference() -> None:
    from python_calamine import CalamineWorkbook

    from outreach.services.importing.spreadsheets import _text

    equal = refused = 0
    for path in sorted(corpora("xlsx", "calamine").iterdir()):
        try:
            table = open_table(path)
            read = [row.cells for row in table.rows() if isinstance(row, Row)]
        except KnownError as error:
            assert error.code.startswith("files."), path
            refused += 1
            continue
        if table.format is FileKind.CSV:
            continue  # a text that is called a workbook
        book = CalamineWorkbook.from_path(str(path))
        sheets = [
            book.get_sheet_by_name(meta.name) for meta in book.sheets_metadata if str(meta.visible).endswith("Visible")
        ]
        sheet = next(sheet for sheet in sheets or [book.get_sheet_by_index(0)] if sheet.height)
        rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        width = len(table.header)
        wanted = [
            tuple([*row, *[""] * width][:width])
            for row in rows[table.header_row :]
            if any(row) and not any(row[width:])
        ]
        assert read == wanted, path
        equal += 1
    print(f"XLSX/ODS/XLS: {equal} equal to the reference, {refused} refused with a sentence")
    assert equal >= 80


#: Rows below the header, counted by hand; those with too many cells among them.
CSVKIT = {
    "dummy.csv": (1, 0), "dummy.tsv": (1, 0), "iris.csv": (150, 0), "test_utf8.csv": (2, 0), "test_utf8_bom.csv": (2, 0),
    "test_utf16_big.csv": (2, 0), "test_utf16_little.csv": (2, 0), "test_latin1.csv": (2, 0), "mac_newlines.csv": (2, 0),
    "bad.csv": (3, 1), "test_geo.csv": (17, 0), "test_locale.csv": (1, 0), "null_byte.csv": None, "empty.csv": None,
}  # fmt: skip


def test_csvkit_row_counts() -> None:
    found = {}
    for name in CSVKIT:
        try:
            rows = list(open_table(corpora("csv", "csvkit", name)).rows())
            found[name] = (len(rows), sum(isinstance(row, BadRow) for row in rows))
        except KnownError as error:
            assert error.code in ("files.nul", "files.empty"), name
            found[name] = None
    print(f"csvkit: {sum(found[name] == CSVKIT[name] for name in CSVKIT)} of {len(CSVKIT)} row counts")
    assert found == CSVKIT


# Hostile and odd text.


def naughty() -> list[str]:
    return [text for text in json.loads(corpora("strings", "blns", "blns.json").read_text("utf-8")) if text]


@pytest.mark.full
def test_naughty_strings_come_back_from_everywhere(tmp_path: Path) -> None:
    """Typed into a person's fields, kept, written and read in every format: what was kept is what comes back."""
    kept: list[tuple[str, str]] = []
    texts = [text for text in naughty() if clean(text)]
    names = ("people.csv", "people.tsv", "people.xlsx", "people.ods", "people.vcf", "people4.vcf", "all.json")
    new_workspace(tmp_path / "of", OPENING)
    with workspace.writing(tmp_path / "of", OPENING) as store:
        for number, text in enumerate(texts):
            person, _ = add_person(store, NewPerson(f"Reader {number}", emails=[f"r{number}@example.org"]))
            edit_person(store, person, {"notes": text, "organisation": text})
            values = show_person(store, person).values
            assert values["notes"] == clean_lines(text)
            kept.append((values["organisation"], values["notes"]))
        for name in names:
            if name == "all.json":
                export_everything(store, tmp_path / name)
            elif name == "people4.vcf":
                export_cards(store, tmp_path / name, version="4.0")
            else:
                export_people(store, tmp_path / name)
    equal = {}
    for name in names:
        place = tmp_path / f"of {name}"
        new_workspace(place, OPENING)
        with workspace.writing(place, OPENING) as store:
            if name == "all.json":
                import_everything(store, tmp_path / name)
            else:
                import_file(store, ImportKind.PEOPLE, tmp_path / name)
            back = [(row.organisation, row.notes) for row in Person.select().order_by(Person.id)]
        wrong = [(one, two) for one, two in zip(sorted(back), sorted(kept), strict=True) if one != two]
        assert wrong == [], name
        equal[name] = len(back)
    unchanged = sum(text == notes for text, (_, notes) in zip(texts, kept, strict=True))
    print(f"naughty strings: {len(kept)} kept, {unchanged} of them to the byte; back equal: {equal}")


def test_formulas_are_text_in_every_sheet(tmp_path: Path) -> None:
    lines = corpora("injection", "csv_formula", "csv-injection.txt").read_text("utf-8").splitlines()
    texts = [line for line in lines if line] + ["+1+1", "-2+3", "@A1", "\t=1", "+49 30 901820", "-5", "=", "'=x"]
    for ending in (".csv", ".tsv", ".xlsx", ".ods"):
        path = tmp_path / f"a{ending}"
        write_sheet(path, ("Name", "Notes"), [("x", text) for text in texts])
        back = [row.cells[1] for row in open_table(path).rows() if isinstance(row, Row)]
        assert [text.strip("\t") for text in back] == [text.strip("\t") for text in texts], ending
    assert all(guarded(text)[0] == "'" for text in texts if text[0] in "=@")
    assert guarded("+49 30 901820") == "+49 30 901820"


def test_addresses_by_category() -> None:
    tests = ET.parse(corpora("email_addresses", "isemail", "tests.xml")).getroot().findall("test")
    taken: dict[str, list[bool]] = {}
    for test in tests:
        text = "".join(
            chr(ord(sign) - 0x2400) if 0x2400 <= ord(sign) <= 0x2420 else sign
            for sign in test.findtext("address") or ""
        )
        # A full stop after an address is trimmed in any cell, so that one is no address of its own.
        taken.setdefault(test.findtext("category") or "", []).append(bool(parse_email(text)) and not text.endswith("."))
    errors, valid = taken["ISEMAIL_ERR"], taken["ISEMAIL_VALID_CATEGORY"]
    invalid = [
        one
        for name, all_ in taken.items()
        if name not in ("ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN", "ISEMAIL_RFC5321")
        for one in all_
    ]
    print(f"isemail: {errors.count(False)} of {len(errors)} errors refused, {valid.count(True)} of {len(valid)} valid taken, "
          f"{invalid.count(False)} of {len(invalid)} invalid refused")  # fmt: skip
    assert not any(errors)
    assert valid.count(True) >= 0.98 * len(valid)
    assert invalid.count(False) >= 0.95 * len(invalid)


def test_accounts_of_known_networks() -> None:
    sites = json.loads(corpora("urls", "sherlock", "data.json").read_text("utf-8"))
    right = known = 0
    for site in sites.values():
        if isinstance(site, dict):
            name = site["username_claimed"]
            profile = parse_profile(site["url"].replace("{}", name))
            if profile is not None and profile.platform != "blog":
                known += 1
                right += profile.handle.partition("@")[0].removesuffix(".bsky.social") == name.lower()
    print(f"sherlock: {right} of {known} handles of networks we know")
    assert known >= 20
    assert right >= 0.95 * known


def test_json_that_is_none_of_ours_is_refused(store: Store) -> None:
    """What no parser may take is refused with its line; what is JSON, but none of ours, with a sentence of its own."""
    before = contents(store)
    refused = {"n": 0, "y": 0, "i": 0}
    for path in sorted(corpora("json", "JSONTestSuite").glob("*.json")):
        began = time.monotonic()
        with pytest.raises(KnownError) as caught:
            import_everything_here(path)
        assert caught.value.code in ("files.broken_json", "files.no_everything", "files.empty"), path
        assert time.monotonic() - began < 5, path
        refused[path.name[0]] += 1
    print(f"JSON: {refused['n']} n_, {refused['i']} i_ and {refused['y']} y_ files refused with a sentence")
    assert refused["n"] >= 180
    assert contents(store) == before


def import_everything_here(path: Path) -> None:
    """Read a file as the child process does, without the cost of one for each of three hundred."""
    from outreach.services.exporting.everything import _check, read

    _check(path)
    for _ in read({"path": str(path)}):
        pass
