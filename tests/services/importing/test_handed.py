"""Lists that are pasted or dropped: what they are is told from them, and cells come back as they were copied."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.services.exporting.csvfile import as_cells, guarded, unguarded
from outreach.services.importing.batches import take_back
from outreach.services.importing.handed import Handed, Pasted, import_handed, kind_of
from outreach.services.importing.run import ImportKind, ImportOptions
from outreach.services.importing.tables import Row, open_table
from outreach.services.people.people import list_people
from outreach.store.database import Store

PEOPLE, CATALOGUE = ImportKind.PEOPLE, ImportKind.CATALOGUE
#: Whatever a cell may hold but what no text has: half a pair, and control characters.
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), max_size=12) | st.sampled_from(
    ["=1+1", "'=1+1", "''", "@maya", "-", "+44 20 7946 0000", 'say "yes"', "a\tb", "two\nlines", "a\r\nb", "\tx", "'", "=", "a,b"]
)  # fmt: skip


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_what_is_copied_is_read_again_cell_by_cell(rows: list[tuple[str, str, str]]) -> None:
    header = ("Name", "E-mail", "Notes")
    pasted = Pasted(as_cells(header, rows), "pasted")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / pasted.file_name
        path.write_text(pasted.text, encoding="utf-8", newline="")
        table = open_table(path)
        read = [row.cells if isinstance(row, Row) else row for row in table.rows()]
    assert table.header == header
    told = [tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row) for row in rows]
    assert read == [row for row in told if any(row)]


@given(CELLS)
def test_no_cell_is_a_formula_and_each_comes_back(cell: str) -> None:
    harmless = guarded(cell)
    assert unguarded(harmless) == cell
    if harmless == cell and cell.startswith(("=", "@", "\t", "\r")):
        pytest.fail(f"{cell!r} would be run")


@pytest.mark.parametrize(
    ("text", "likely", "kind"),
    [
        ("Name\tE-mail\tTags\nMaya\tm@example.org\tx\n", CATALOGUE, PEOPLE),
        ("Title,Author,ISBN\nThe Salt Orchard,A. N. Other,\n", PEOPLE, CATALOGUE),
        ("Name\nMaya\n", PEOPLE, PEOPLE),
        ("Name\nMaya\n", CATALOGUE, CATALOGUE),
        ('<?xml version="1.0"?><ONIXMessage release="3.0"></ONIXMessage>', PEOPLE, CATALOGUE),
        ("Subscriber,First Name,Last Name,E-mail,Genre,Tags\n,Maya,O,m@example.org,ya,\n", CATALOGUE, PEOPLE),
    ],
)
def test_what_a_list_brings_is_told_from_its_headings(
    tmp_path: Path, text: str, likely: ImportKind, kind: ImportKind
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert kind_of(path, likely) is kind


@pytest.mark.parametrize(("content", "code"), [(b"%PDF-1.7 x", "files.wrong_kind"), (b"", "files.empty")])
def test_what_is_no_list_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        kind_of(path, PEOPLE)
    assert caught.value.code == code


def test_pasted_cells_are_imported_and_taken_back(store: Store) -> None:
    text = as_cells(("Name", "E-mail", "Notes"), [("Ada Newcomer", "ada@example.org", "=two\nlines"), ("Bo", "", "")])
    handed = Handed(Pasted(text, "Pasted list"), PEOPLE)
    dry = import_handed(store, handed, options=ImportOptions(dry_run=True))
    assert (dry.kind, dry.added, list_people(store)) == (PEOPLE, 2, [])
    result = import_handed(store, handed)
    assert {person.name for person in list_people(store)} == {"Ada Newcomer", "Bo"}
    assert result.file == "Pasted list.tsv"
    assert result.batch is not None
    take_back(store, result.batch)
    assert list_people(store) == []
