"""People go out into a table or cards and come into an empty workspace as they were, by content."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.jobs import Job
from outreach.services.exporting.tables import export_cards, export_people
from outreach.services.importing.batches import take_back
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.people.accounts import AccountNews, save_account
from outreach.services.people.addresses import save_address
from outreach.services.people.audience import NewShare, add_share
from outreach.services.people.bulk import BulkChange, archive_people, change_people
from outreach.services.people.cells import basis_of, line_of, parts_of, read_cells
from outreach.services.people.consent import save_consent
from outreach.services.people.documents import keep_document
from outreach.services.people.notes import add_note
from outreach.services.people.people import NewPerson, Polarity, Side, TasteKind, add_person, edit_person
from outreach.services.people.record import record_of
from outreach.services.people.retention import keep_people
from outreach.services.people.roles import set_roles
from outreach.services.people.suppressions import SuppressionReason, suppress_people, suppressed_people
from outreach.services.people.words_on import set_introduced_by, set_looks
from outreach.services.sample.fill import fill
from outreach.services.tastes.editing import NewTaste, note_taste
from outreach.services.workspaces.workspaces import check, new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Consent, Person, TasteEvidence, TasteNote
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

OPENING = Opening(clock=lambda: NOW, by="HO")
FILES = ["people.csv", "people.xlsx", "people4.vcf"]


def make_rich(store: Store, tmp_path: Path) -> int:
    """Somebody of whom everything is kept, with signs that files have trouble with."""
    new = NewPerson("Zoë O’Brien | Quill", ["zoe@example.org", "z.quill@example.net"], ["instagram:zoereads"], ["a b"])
    zoe, _ = add_person(store, new)
    edit_person(store, zoe, {
        "pronouns": "she/her", "time_zone": "Europe/Berlin", "expertise": "Hens\nand bees", "repute": "=loved",
        "relation": "met | at\\LBF", "guardian": "Ana Quill", "guardian_contact": "+49 30 1", "is_adult": "no",
        "representative": "Kit, Agent", "representative_email": "kit@agency.example", "owner": "HO",
        "away_until": "2027-03-01", "away_note": "sea", "how_known": "a fair", "notes": "one\ntwo; three",
        "ask_again_on": "2027-02-01", "country": "DE",
    })  # fmt: skip
    set_roles(store, zoe, ["creator", "bookseller", "club_host"])
    save_address(store, zoe, {"line1": "1 Old Row", "city": "Leeds", "postcode": "LS1 4AB", "country": "GB"})
    save_address(store, zoe, {"deliver_to": "Z. Quill, c/o Ana", "line1": "Hauptstr. 2", "city": "Köln",
                              "postcode": "50667", "country": "DE", "since": "2026-09-01"}, confirmed=True)  # fmt: skip
    save_account(store, zoe, AccountNews("instagram:zoereads", "9k", on="2025-10-01", alias="oldzoe"))
    save_account(store, zoe, AccountNews("instagram:zoereads", "12,345", on="2026-10-01"))
    save_consent(store, zoe, {"source": "her site", "url": "https://zoe.example/contact", "found_on": "2026-10-01",
                              "basis": "published", "evidence": "it says\npitches | welcome", "no_pitch": "no"})  # fmt: skip
    add_note(store, zoe, "Reads on trains | mostly\nand \\ boats", "call", on="2026-10-02")
    (tmp_path / "kit.pdf").write_text("kit")
    keep_document(store, zoe, tmp_path / "kit.pdf", "press_kit", on="2026-10-03", note="signed")
    keep_document(store, zoe, "https://zoe.example/kit", "tip_sheet", on="2026-10-04")
    add_share(store, zoe, NewShare("age", "18 to 24", "40", "her media kit", "2026-10-05"))
    add_share(store, zoe, NewShare("religion", "quaker", self_described="we are Friends"))
    set_looks(store, zoe, "aesthetic", ["cottage", "ink, mostly"])
    set_looks(store, zoe, "mood", ["calm"])
    change_people(store, [zoe], BulkChange(on_roster="Spring, first"))
    note_taste(store, zoe, NewTaste(TasteKind.TROPE, "dark academia", Polarity.DISLIKE, Side.AUDIENCE))
    note_taste(store, zoe, NewTaste(TasteKind.GENRE, "romance", text="“all | of it”", url="https://zoe.example/1"))
    keep_people(store, [zoe])
    set_introduced_by(store, zoe, 2)
    return zoe


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("whole")
    new_workspace(place / "w", OPENING)
    with workspace.writing(place / "w", OPENING) as store:
        fill(store, people=60, seed=3, job=Job())
        make_rich(store, place)
        suppress_people(store, [5, 6], SuppressionReason.ASKED)
        archive_people(store, [7], archive=True)
        assert check(store) == []
    return place / "w"


def content_of(store: Store) -> dict[str, Any]:
    """By name, all that is kept of people but gifts, letters, reviews' texts, and when rows were written."""
    stopped = suppressed_people(store)
    found = {}
    for person in Person.select():
        record = record_of(store, person.id)
        values = {name: value for name, value in person.__data__.items()
                  if name not in ("id", "created_at", "updated_at", "introduced_by")}  # fmt: skip
        notes = TasteNote.select().where(TasteNote.person == person.id)
        found[person.name] = {
            **values,
            "by": Person.get_by_id(record.introduced_by[0]).name if record.introduced_by else "",
            "emails": store.rows("SELECT address FROM email_address WHERE person_id = ? ORDER BY position", person.id),
            "tags": sorted(store.rows("SELECT key FROM person_tag WHERE person_id = ?", person.id)),
            "accounts": [(each.platform, each.handle, each.url, each.aliases, each.readings) for each in record.accounts],
            "places": [(dict(each.parts), each.is_current, each.since, each.until, each.confirmed_on)
                       for each in record.places],
            "roles": record.roles, "consent": record.consent, "rosters": record.rosters, "stopped": person.id in stopped,
            "looks": (record.aesthetics, record.moods),
            "notes": [(each.kind, each.day, each.text, each.by) for each in record.notes],
            "documents": [(each.kind, each.name, each.day, each.note, each.by, each.url) for each in record.documents],
            "audience": [(each.field, each.value, each.share, each.source, each.day) for each in record.audience
                         if not each.is_sensitive],
            "tastes": sorted((note.side, note.polarity, note.kind, note.subject, note.strength, note.noted_on or "",
                              *((row.kind, row.text, row.url, row.seen_on, row.rating) for row in
                                TasteEvidence.select().where(TasteEvidence.taste_note == note.id)))
                             for note in notes),
        }  # fmt: skip
    return found


@pytest.mark.parametrize("name", FILES)
def test_everything_kept_of_people_comes_back(sample: Path, tmp_path: Path, folder: Path, name: str) -> None:
    with workspace.reading(sample, OPENING) as store:
        path = tmp_path / name
        export_cards(store, path, version="4.0") if name == "people4.vcf" else export_people(store, path)
        told = content_of(store)
    if path.suffix in (".csv", ".vcf"):
        assert "quaker" not in path.read_text("utf-8").casefold(), "what is sensitive stays here"
        assert "friends" not in path.read_text("utf-8").casefold().split("we are")[-1][:10]
    with workspace.writing(folder, OPENING) as store:
        before = contents(store)
        result = import_file(store, ImportKind.PEOPLE, path)
        assert (result.added, result.skipped, result.unused) == (len(told), 0, ())
        back = content_of(store)
        for person, values in told.items():
            differs = {key: (value, back[person][key]) for key, value in values.items() if back[person][key] != value}
            assert differs == {}, person
        assert back.keys() == told.keys()
        assert check(store) == []
        again = import_file(store, ImportKind.PEOPLE, path)
        assert (again.added, again.updated) == (0, 0), "the same file again brings no news"
        take_back(store, int(result.batch or 0))
        after = contents(store)
        assert {table: rows for table, rows in after.items() if rows != before[table]}.keys() <= {
            "import_batch", "import_note", "import_insert", "import_update", "workspace_setting"}  # fmt: skip


def test_it_comes_home_without_a_change(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "mine")
    with workspace.writing(tmp_path / "mine", OPENING) as store:
        export_people(store, tmp_path / "people.csv")
        told = content_of(store)
        result = import_file(store, ImportKind.PEOPLE, tmp_path / "people.csv")
        assert result.updated == 0
        assert content_of(store).items() >= told.items()


@pytest.fixture
def empty(folder: Path) -> Iterator[Store]:
    with workspace.writing(folder, OPENING) as store:
        yield store


@pytest.mark.parametrize(
    ("heading", "cell", "basis", "found_on"),
    [
        ("Consent", "Yes, at LBF 2026-03-10", "consent", "2026-03-10"),
        ("GDPR", "legitimate interest", "legitimate_interest", None),
        ("Opt-in date", "2025-05-03 10:00:00", "consent", "2025-05-03"),
        ("Einwilligung", "ja, 03.05.2025", "consent", "2025-05-03"),
        ("Consent", "no", "", None),
        ("Consent", "not given", "", None),
        ("Consent", "pending", "", None),
        ("Legal basis", "Berechtigtes Interesse", "legitimate_interest", None),
    ],
)
def test_a_column_of_consent_is_kept(
    empty: Store, tmp_path: Path, heading: str, cell: str, basis: str, found_on: str | None
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f'Name,E-mail,{heading}\nRosa,rosa@example.org,"{cell}"\n', encoding="utf-8")
    result = import_file(empty, ImportKind.PEOPLE, path)
    assert (result.added, result.unused, result.notes) == (1, (), ())
    row = Consent.get()
    assert (row.basis, row.found_on) == (basis, found_on)
    if not heading.startswith("Legal"):
        assert row.evidence == f"{heading}: {cell}"


def test_where_she_was_found_and_when_tells_when_she_must_be_told(empty: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail,Found in,Found on\nRosa,rosa@example.org,the shop's site,2026-10-20\n")
    import_file(empty, ImportKind.PEOPLE, path)
    row = Consent.get()
    assert (row.source, row.found_on, row.notice_due_on) == ("the shop's site", "2026-10-20", "2026-11-20")
    path.write_text("Name,E-mail,Found in,Found on\nRosa,rosa@example.org,elsewhere,2026-11-20\n")
    assert import_file(empty, ImportKind.PEOPLE, path).updated == 0, "where she was found first stays"


PARTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=12)


@given(st.lists(PARTS, min_size=1, max_size=6))
def test_parts_of_a_line_come_back(parts: list[str]) -> None:
    line = line_of(parts)
    assert "\n" not in line
    stripped = [part.strip(" ") for part in parts]
    assert [part.strip() for part in parts_of(line, len(parts))] == [part.strip() for part in stripped]


@given(st.dictionaries(st.sampled_from(["older_addresses", "person_notes", "documents", "audience_readings",
                                        "taste_evidence", "audience_shares", "former_handles", "consent"]),
                       st.lists(st.text(max_size=40), max_size=3)))  # fmt: skip
def test_any_cell_is_read_without_harm(cells: dict[str, list[str]]) -> None:
    read_cells(cells, [])


def test_words_of_grounds() -> None:
    assert basis_of("Legitimate interest – prospect/lead") == "legitimate_interest"
    assert basis_of("sin consentimiento") == ""
    assert basis_of("public address on her site") == "published"
