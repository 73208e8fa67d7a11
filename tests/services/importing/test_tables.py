"""Tables of text: any encoding, any delimiter, row by row, within limits."""

import csv
import io
import json
import os
import time
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.importing.files import FileKind, sniff
from outreach.services.importing.tables import BadRow, Row, open_table

CORPORA = Path(os.environ.get("OUTREACH_CORPORA", "nowhere"))
HEADER = ["Name", "Stadt", "E-mail"]
ROWS = [
    ["Zoë Müller", "Köln", "zoe@example.org"],
    ["Łukasz", "Łódź", "l@example.org"],
    ["多摩", "東京", "t@example.org"],
]


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def cells(path: Path) -> list[list[str]]:
    table = open_table(path)
    return [list(table.header), *(list(row.cells) for row in table.rows() if isinstance(row, Row))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_unicode_in_every_dress(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = write(tmp_path / "a.csv", [HEADER, *ROWS], encoding, delimiter)
    assert cells(path) == [HEADER, *ROWS]
    assert open_table(path).delimiter == delimiter


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", ["Müller", "Françoise Noël", "Söderström", "“Ça va”", "Peña"]),
        ("cp1250", ["Łukasz Żółć", "Dvořák", "Škvorecký", "Őszi", "Święto"]),
        ("mac_roman", ["Müller", "Françoise Noël", "Söderström", "Peña"]),
        ("cp1251", ["Анна Ахматова", "Пётр Ильич", "Ёлка"]),
    ],
)
def test_eight_bit_encodings_are_told_by_their_letters(tmp_path: Path, encoding: str, words: list[str]) -> None:
    path = write(tmp_path / "a.csv", [["Name", "Nr"], *([word, "1"] for word in words)], encoding)
    assert open_table(path).encoding == encoding
    assert [row[0] for row in cells(path)[1:]] == words


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r"), max_size=12), min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)  # fmt: skip
@example([["\x1f" * 12] * 3] * 3, ",", "utf-8")
def test_whatever_was_written_reads_back(tmp_path: Path, rows: list[list[str]], delimiter: str, encoding: str) -> None:
    kept = [row for row in rows if any(row)]
    path = write(tmp_path / "a.csv", [["First name", "Last name", "E-mail address"], *kept], encoding, delimiter)
    guarded = {"'=", "'+", "'-", "'@", "'\t", "'\r"}
    expected = [[cell[1:] if cell[:2] in guarded and cell[1:2] in "=@\t\r" else cell for cell in row] for row in kept]
    written = path.read_bytes()
    if encoding != "utf-16" and sum(byte < 9 or 13 < byte < 32 for byte in written) * 10 > len(written):
        # Where every tenth byte steers a machine it is no list, and is refused as a whole.
        with pytest.raises(KnownError) as raised:
            cells(path)
        assert raised.value.code == "files.wrong_kind"
        return
    read = cells(path)[1:]
    if not any(cell[:2] in {"'+", "'-"} for row in kept for cell in row):
        assert read == expected


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Name,Notes\nMaya,"two\nlines"\n\n,,\nRosa,x,,\nBeth,x,y\nKit\n')
    found = list(open_table(path).rows())
    assert [row.number for row in found] == [2, 5, 6, 7]
    assert isinstance(found[2], BadRow)
    assert found[3] == Row(7, ("Kit", ""))


def test_a_title_above_the_table_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Spring list,,\n,,\nName,E-mail,City\nMaya,maya@example.org,Leeds\n")
    table = open_table(path)
    assert (table.header, table.header_row) == (("Name", "E-mail", "City"), 3)
    assert next(iter(table.rows())) == Row(4, ("Maya", "maya@example.org", "Leeds"))


def test_a_spreadsheet_reads_like_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
    empty, sheet = book.add_worksheet("Empty"), book.add_worksheet("People")
    assert empty
    sheet.write_row(0, 0, ["Name", "ISBN", "Price", "Zip", "Wants proofs"])
    sheet.write_string(1, 0, "=Zoë")
    sheet.write_number(1, 1, 9780141439518)
    sheet.write_number(1, 2, 8.99)
    sheet.write_string(1, 3, "06046")
    sheet.write_boolean(1, 4, True)
    book.close()
    assert sniff(path) is FileKind.XLSX
    assert cells(path) == [
        ["Name", "ISBN", "Price", "Zip", "Wants proofs"],
        ["=Zoë", "9780141439518", "8.99", "06046", "yes"],
    ]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
def test_csv_spectrum() -> None:
    folder = CORPORA / "csv" / "csv_spectrum"
    for path in sorted((folder / "csvs").glob("*.csv")):
        truth = json.loads((folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        truth = truth if isinstance(truth, list) else [truth]
        # A line break within a cell is one kind of line break, whatever the file has.
        truth = [{name: cell.replace("\r\n", "\n") for name, cell in row.items()} for row in truth]
        if path.stem == "location_coordinates":  # its JSON has another telephone number than its CSV
            truth[0]["Contact Phone Number"] = "2095257564"
        table = open_table(path)
        read = [dict(zip(table.header, row.cells, strict=True)) for row in table.rows() if isinstance(row, Row)]
        assert read == truth, path.name


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs OUTREACH_CORPORA")
@pytest.mark.parametrize("area", ["csv/csvkit", "xlsx", "json", "injection", "sqlite", "images", "vcard"])
def test_whatever_is_handed_over_gives_rows_or_a_sentence(area: str) -> None:
    paths = [path for path in sorted((CORPORA / area).rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        started = time.monotonic()
        try:
            for _ in open_table(path).rows():
                pass
        except KnownError as error:
            assert error.code.startswith("files."), path
        except RecursionError:
            pytest.fail(str(path))
        assert time.monotonic() - started < 10, path
