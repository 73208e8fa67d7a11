"""What somebody reads comes in from her own export: all of it, once, and can be taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue import catalogue
from outreach.services.importing import batches
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.services.people import people
from outreach.services.people.people import NewPerson, Polarity, TasteKind
from outreach.services.tastes.editing import NewTaste, note_taste
from outreach.services.tastes.ledger import books_behind, ledger_of
from outreach.services.tastes.readings import books_of
from outreach.store.database import Store
from outreach.store.models import Reading, ReadingSubject
from tests.conftest import Ran, contents
from tests.services.tastes.material import GOODREADS, GOODREADS_HEADER, STORYGRAPH

Bring = Callable[..., ImportResult]


@pytest.fixture
def maya(store: Store) -> int:
    return people.add_person(store, NewPerson("Maya Reyes", ["maya@example.org"]))[0]


@pytest.fixture
def bring(store: Store, maya: int, tmp_path: Path) -> Bring:
    def call(text: str, **options: Any) -> ImportResult:
        path = tmp_path / "library.csv"
        path.write_text(text, encoding="utf-8")
        return import_file(store, ImportKind.TASTES, path, ImportOptions(person_id=maya, **options))

    return call


def reading(title: str) -> Reading:
    return Reading.get(Reading.title == title)


def test_a_goodreads_export_becomes_a_reading_record(store: Store, bring: Bring, maya: int) -> None:
    result = bring(GOODREADS)
    assert (result.layout, result.rows, result.added, result.skipped) == ("goodreads", 6, 5, 1)
    assert [note.code for note in result.notes] == ["rows.no_title"]
    heron = reading("The Glass Heron")
    assert (heron.isbn13, heron.rating, heron.status, heron.read_on) == ("9781529034523", 5.0, "read", "2025-09-02")
    assert (heron.published, heron.outside_id, heron.author) == (2023, "101", "Ilse Marrow")
    assert heron.review == "Finished at 3am.\n\nTexted my sister."
    given_up, wanted = reading("The Cellar Door"), reading("Someday Soon")
    assert (given_up.status, given_up.rating, wanted.status, wanted.read_on) == ("dnf", None, "to_read", None)
    # What she wrote for herself only is not taken.
    assert "locked diary" not in str(store.rows("SELECT * FROM reading"))


def test_its_books_become_tastes_with_what_they_rest_on(store: Store, bring: Bring, maya: int) -> None:
    bring(GOODREADS)
    own = {(each.kind, each.key): each for each in ledger_of(store, maya).own}
    fantasy = own["genre", "ya-fantasy"]
    assert (fantasy.polarity, fantasy.count.liked, fantasy.count.said, fantasy.count.read) == ("like", 2, 3, 3)
    assert [proof.kind for proof in fantasy.proofs] == ["shelf"]
    assert [book.title for book in books_behind(maya, fantasy)] == [
        "The Glass Heron", "A River of Keys", "Salt and Cinder"]  # fmt: skip
    assert own["author", "ilse marrow"].count.liked == 2
    assert ("genre", "horror") not in own, "one book given up is no taste"


def test_a_storygraph_export_brings_moods_and_part_stars(bring: Bring) -> None:
    result = bring(STORYGRAPH)
    assert (result.layout, result.rows, result.added) == ("storygraph", 4, 4)
    assert [note.code for note in result.notes] == ["rows.bad_stars"]
    heron = reading("The Glass Heron")
    assert (heron.rating, heron.read_on, heron.review) == (4.75, "2025-09-03", "A map in the front!")
    about = {(row.kind, row.key) for row in ReadingSubject.select().where(ReadingSubject.reading == heron.id)}
    assert about == {("mood", "adventurous"), ("mood", "hopeful"), ("genre", "ya-fantasy")}
    assert reading("Night Ferry").status == "dnf"


def test_the_same_book_of_two_programs_is_one_book(store: Store, bring: Bring) -> None:
    bring(GOODREADS)
    result = bring(STORYGRAPH)
    assert (result.added, result.updated) == (3, 1)
    heron = Reading.select().where(Reading.title_key == "the glass heron")
    assert [(row.rating, row.read_on) for row in heron] == [(4.75, "2025-09-03")]


def test_a_newer_export_updates_and_says_nothing_twice(store: Store, bring: Bring) -> None:
    bring(GOODREADS)
    again = bring(GOODREADS)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 5)
    newer = GOODREADS.replace("dnf,,,,0,0", "read,,,,1,0").replace(
        "0,3.50,Finch,Paperback,300,2020,,,", "5,3.50,F,P,3,,,,"
    )
    changed = bring(newer)
    assert (changed.added, changed.updated) == (0, 2)
    assert reading("The Cellar Door").rating == 5.0


def test_a_book_of_the_catalogue_is_recognised(store: Store, bring: Bring, maya: int) -> None:
    item, _ = catalogue.add_item(store, "A River of Keys", {"author": "Ilse Marrow"}, genres=["folklore"])
    bring(GOODREADS)
    assert reading("A River of Keys").item_id == item
    # The item's own genres count for it, not the shelf she put it on.
    assert [book.title for book in books_of(maya, "genre", "ya-fantasy")] == ["The Glass Heron", "Salt and Cinder"]


def test_taking_it_back_leaves_what_was_before(store: Store, bring: Bring, maya: int) -> None:
    note_taste(store, maya, NewTaste(TasteKind.GENRE, "horror", Polarity.LIMIT, text="Never, I sleep alone"))
    bring(STORYGRAPH)
    before = contents(store, without=("import_batch", "import_note", "import_insert", "import_update"))
    result = bring(GOODREADS)
    assert result.batch is not None
    batches.take_back(store, result.batch)
    assert contents(store, without=("import_batch", "import_note", "import_insert", "import_update")) == before


def test_all_of_it_or_nothing(store: Store, bring: Bring, tmp_path: Path) -> None:
    before = contents(store)
    with pytest.raises(KnownError) as error:
        bring(GOODREADS + "107," + "x" * 200_000 + "\n")
    assert error.value.code == "files.cell_too_long"
    with pytest.raises(KnownError) as error:
        bring("Month,Sum\nMay,3\n")
    assert error.value.code == "import.no_books"
    assert bring(GOODREADS, dry_run=True).added == 5
    path = tmp_path / "library.csv"
    with pytest.raises(KnownError) as error:
        import_file(store, ImportKind.TASTES, path)
    assert error.value.code == "import.whose"
    assert contents(store) == before


def test_what_she_states_is_never_turned_round(store: Store, bring: Bring, maya: int) -> None:
    note_taste(store, maya, NewTaste(TasteKind.GENRE, "ya fantasy", Polarity.LIMIT))
    bring(GOODREADS)
    notes = [each for each in ledger_of(store, maya).own if each.key == "ya-fantasy"]
    assert [(note.polarity, len(note.proofs)) for note in notes] == [("limit", 0)]


def test_an_export_of_the_longest_shelf_is_read(bring: Bring) -> None:
    rows = "".join(
        f'{number},Book {number},Author {number % 40},,,"=""""","=""""",{number % 6},4.0,,Paperback,1,,2001,2024/01/02,'
        f"2024/01/01,fantasy,,read,,,,1,0\n"
        for number in range(1, 1501)
    )
    assert bring(GOODREADS_HEADER + rows).added == 1500


def test_the_command_says_whose_it_is(cli: Callable[..., Ran], tmp_path: Path) -> None:
    place, file = tmp_path / "w", tmp_path / "goodreads.csv"
    file.write_text(GOODREADS, encoding="utf-8")
    assert cli("new", "--workspace", place).code == 0
    assert cli("people", "add", "Maya Reyes", "--workspace", place).code == 0
    ran = cli("import", "tastes", file, "--person", "maya", "--workspace", place, "--json")
    assert (ran.code, ran.json[0]["added"]) == (0, 5)
    without = cli("import", "tastes", file, "--workspace", place)
    assert (without.code, "--person" in without.err) == (2, True)
    wrong = cli("import", "people", file, "--person", "maya", "--workspace", place)
    assert (wrong.code, len(wrong.err.splitlines())) == (2, 1)
    assert cli("imports", "undo", "1", "--workspace", place).code == 0
    shown = cli("people", "show", "p1", "--workspace", place, "--json")
    assert shown.json["tastes"] == []
