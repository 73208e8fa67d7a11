"""Real files of the trade, with known truth: every count right, nobody doubled, every import taken back exactly."""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.services.catalogue.catalogue import add_item
from outreach.services.importing.batches import take_back
from outreach.services.importing.run import ImportKind, ImportOptions, ImportResult, import_file
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Edition, EmailAddress, Gift, Item, Outcome, Person, Suppression
from tests.conftest import OPENING, contents, shared

#: Written down by every import, and kept when it is taken back.
LEDGER = ("import_batch", "import_note", "import_insert", "import_update")


def _people(store: Store) -> dict[str, ImportResult]:
    folder = shared("people")
    return {path.name: import_file(store, ImportKind.PEOPLE, path) for path in sorted(folder.glob("*.csv"))}


@pytest.fixture(scope="module")
def imported(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, ImportResult]]:
    """A workspace into which all lists of people came, and what was said of each; tests work on copies of it."""
    folder = Path(shutil.copytree(empty_workspace, tmp_path_factory.mktemp("imported") / "workspace"))
    with workspace.writing(folder, OPENING) as store:
        return folder, _people(store)


@pytest.fixture
def people(imported: tuple[Path, dict[str, ImportResult]], tmp_path: Path) -> Iterator[Store]:
    folder, _ = imported
    with workspace.writing(Path(shutil.copytree(folder, tmp_path / "workspace")), OPENING) as store:
        yield store


def test_every_row_of_every_list_is_accounted_for(
    people: Store, imported: tuple[Path, dict[str, ImportResult]]
) -> None:
    truth = json.loads(shared("people", "expected.json").read_text(encoding="utf-8"))
    _, results = imported
    assert set(results) == set(truth["files"])
    for name, result in results.items():
        expected = truth["files"][name]
        assert result.rows == expected["rows"], name
        assert result.skipped == expected["rows"] - expected["people"], name
        assert result.added + result.updated + result.unchanged + result.suppressed == expected["people"], name
        # UTF-8 may carry its mark; the name of the encoding says so.
        assert result.encoding.removesuffix("-sig") == expected["encoding"], name
        assert result.layout != "spreadsheet" or name == "our-bookstagram-list.csv"
    assert Person.select().count() == truth["people_after_import"]
    assert sorted(row.shown for row in Suppression.select()) == truth["suppressed"]


def test_importing_again_adds_and_changes_nobody(people: Store) -> None:
    before = contents(people, without=LEDGER)
    for name, result in _people(people).items():
        assert (result.added, result.updated, result.suppressed) == (0, 0, 0), name
        assert result.seen_before is not None
    assert contents(people, without=LEDGER) == before


def test_each_list_is_taken_back_exactly(store: Store) -> None:
    states = []
    for path in sorted(shared("people").glob("*.csv")):
        before = contents(store, without=LEDGER)
        result = import_file(store, ImportKind.PEOPLE, path)
        assert result.batch is not None
        states.append((result.batch, before))
    for batch, before in reversed(states):
        take_back(store, batch)
        assert contents(store, without=LEDGER) == before


def test_what_was_read_is_what_the_files_say(people: Store) -> None:
    found = EmailAddress.get(EmailAddress.key == "rouven.graf164@mail.example").person
    assert (found.given_name, found.family_name, found.country) == ("Rouven", "Graf", "DE")
    rows = people.rows(
        "SELECT line1, line2, city, postcode, country FROM address WHERE person_id = ? AND is_current", found.id
    )
    assert rows == [("37 Chantal-Tschentscher-Straße", "Flat 4", "Rosenheim", "07773", "DE")]
    # A list that lost letters never takes the place of one that did not.
    turkish = EmailAddress.get(EmailAddress.key == "ildes.camurcuoglu46@example.org").person
    assert turkish.name == "İldeş Çamurcuoğlu"
    # A ZIP code that lost its leading zero has it again.
    cain = EmailAddress.get(EmailAddress.key == "bruce.cain190@post.example").person
    assert ("06046",) in people.rows("SELECT postcode FROM address WHERE person_id = ?", cain.id)
    tastes = people.rows('SELECT side, polarity, "key" FROM taste_note WHERE person_id = ? ORDER BY id', cain.id)
    assert ("own", "like", "poetry") in tastes


@pytest.mark.parametrize(("name", "rows", "items"), [("frontlist.csv", 40, 16), ("onix-frontlist.xml", 8, 4)])
def test_a_publishers_list(store: Store, name: str, rows: int, items: int) -> None:
    before = contents(store, without=LEDGER)
    result = import_file(store, ImportKind.CATALOGUE, shared("catalogue", name))
    assert (result.rows, result.added, result.skipped) == (rows, items, 0)
    assert Item.select().count() == items
    assert Edition.select().where(Edition.isbn13.is_null(False)).count() == rows
    again = import_file(store, ImportKind.CATALOGUE, shared("catalogue", name))
    assert (again.added, again.updated) == (0, 0)
    assert again.batch is not None
    assert result.batch is not None
    take_back(store, again.batch)
    take_back(store, result.batch)
    assert contents(store, without=LEDGER) == before


def test_a_frontlist_is_read_in_full(store: Store) -> None:
    import_file(store, ImportKind.CATALOGUE, shared("catalogue", "frontlist.csv"))
    low_tide = Item.get(Item.title == "Murder at Low Tide")
    assert (low_tide.author, low_tide.imprint, low_tide.pub_date) == ("Oonagh Pell", "Finch & Marlow", "2027-03-04")
    rows = store.rows(
        "SELECT format, edition.kind, isbn13, price_minor, currency, coalesce(sum(quantity), 0) FROM edition "
        "LEFT JOIN stock_movement ON edition_id = edition.id WHERE item_id = ? GROUP BY edition.id ORDER BY edition.id",
        low_tide.id,
    )
    assert rows == [
        ("proof", "proof", "9798860000100", 999, "GBP", 40),
        ("hardback", "finished", "9798860000117", 999, "GBP", 120),
        ("ebook", "finished", "9798860000124", 999, "GBP", 0),
    ]
    orchard = Item.get(Item.title == "The Salt Orchard")
    assert orchard.review_embargo == "2027-03-01"
    assert store.rows("SELECT word FROM keyword WHERE item_id = ? ORDER BY position", orchard.id) == [
        ("found family",),
        ("folklore",),
        ("sea",),
    ]
    assert store.rows("SELECT genre FROM item_genre WHERE item_id = ?", orchard.id) == [("ya-fantasy",)]


@pytest.mark.full
def test_isbns_that_lost_their_zeros_are_repaired_and_rounded_ones_not_believed(store: Store) -> None:
    path = shared("catalogue", "goodbooks-2000.csv")
    before = contents(store, without=LEDGER)
    result = import_file(store, ImportKind.CATALOGUE, path)
    assert (result.rows, result.skipped) == (2000, 0)
    assert Edition.select().where(Edition.isbn13.is_null(False)).count() == 1929
    codes = [note.code for note in result.notes]
    assert codes.count("rows.isbn_checksum") == 5
    again = import_file(store, ImportKind.CATALOGUE, path)
    assert (again.added, again.updated) == (0, 0)
    take_back(store, int(again.batch or 0))
    take_back(store, int(result.batch or 0))
    assert contents(store, without=LEDGER) == before


def test_past_history_becomes_gifts_and_what_came_of_them(store: Store) -> None:
    path = shared("people", "our-bookstagram-list.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = Counter(row["Posted about"] for row in csv.DictReader(file))
    import_file(store, ImportKind.PEOPLE, path)
    assert Gift.select().count() == told["no"] + told["Y"] + 3 * told["2 of 3"]
    assert Outcome.select().where(Outcome.kind == "posted").count() == told["Y"] + 2 * told["2 of 3"]
    assert Gift.select().where(Gift.state.not_in(["delivered", "closed_quiet"])).count() == 0


def test_a_trackers_stages_become_gifts_of_its_title(store: Store) -> None:
    path = shared("people", "tin-shingle-tracker.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = Counter(row["Status"] for row in csv.DictReader(file, delimiter="\t"))
    item, _ = add_item(store, "The Salt Orchard", {})
    result = import_file(store, ImportKind.PEOPLE, path, ImportOptions(item=item))
    assert (result.added, result.unused) == (40, ())
    states = Counter(gift.state for gift in Gift.select().where(Gift.item == item))
    assert states == {
        "accepted": told["confirmed"],
        "asked": told["pitched"] + told["pending"],
        "declined": told["passed"],
    }


def test_those_who_unsubscribed_as_a_list_of_their_own(store: Store) -> None:
    truth = json.loads(shared("people", "expected.json").read_text(encoding="utf-8"))
    result = import_file(store, ImportKind.SUPPRESSIONS, shared("people", "mailchimp-unsubscribed.csv"))
    assert (result.suppressed, result.added, Person.select().count()) == (12, 0, 0)
    assert sorted(row.shown for row in Suppression.select()) == truth["suppressed"]
    assert {row.reason for row in Suppression.select()} == {"unsubscribed"}
    assert import_file(store, ImportKind.SUPPRESSIONS, shared("people", "mailchimp-unsubscribed.csv")).suppressed == 0
