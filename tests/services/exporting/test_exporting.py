"""What goes out comes in again: tables in every format, cards, and a whole workspace."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.catalogue.catalogue import list_items
from outreach.services.exporting.everything import export_everything, import_everything
from outreach.services.exporting.sheets import write_sheet
from outreach.services.exporting.tables import KINDS, export_cards, export_people
from outreach.services.gifts.gifts import list_gifts
from outreach.services.importing.run import ImportKind, import_file
from outreach.services.importing.tables import Row, open_table
from outreach.services.people.people import NewPerson, add_person, list_people, show_person
from outreach.services.people.suppressions import SuppressionReason, suppress_people
from outreach.services.posts import list_posts
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import check, new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import ExternalId, Letter, Person, Suppression
from outreach.store.workspace import Opening
from tests.conftest import NOW, contents

OPENING = Opening(clock=lambda: NOW, by="HO")
LEDGER = ("import_batch", "import_note", "import_insert", "import_update")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "w"
    new_workspace(folder, OPENING)
    with workspace.writing(folder, OPENING) as store:
        fill(store, people=60, seed=3, job=Job())
        suppress_people(store, [5, 6], SuppressionReason.ASKED)
    return folder


@pytest.fixture
def filled(sample: Path) -> Iterator[Store]:
    with workspace.reading(sample, OPENING) as store:
        yield store


def test_everything_comes_in_again_as_it_was(sample: Path, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "all.json"
    with workspace.reading(sample, OPENING) as store:
        moved = export_everything(store, path)
        before = contents(store)
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == "outreach-everything"
    assert path.stat().st_mode & 0o077 == 0
    with workspace.writing(folder, OPENING) as store:
        assert import_everything(store, path, dry_run=True).rows == moved.rows
        assert Person.select().count() == 0
        assert import_everything(store, path).rows == moved.rows
        assert contents(store) == before
        assert check(store) == []
        # Ids go on where they stood, and the marks of those who asked hold.
        new, _ = add_person(store, NewPerson("Kit"))
        assert new == max(row[0] for row in before["person"]) + 1
        with pytest.raises(KnownError) as caught:
            import_everything(store, path)
        assert caught.value.code == "import.not_empty"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text[: len(text) // 2], "files.broken_json"),
        (lambda text: text.replace('"version":', '"version":9'), "import.newer"),
        (lambda text: text.replace('"table":"gift"', '"table":"gifts"'), "import.unknown_table"),
        (lambda text: text.replace('"sort_name"', '"short_name"'), "import.unknown_column"),
        (lambda text: text.replace('["id","person_id","address"', '["id","person_id","adress"'), "import.unknown_column"),
        (lambda text: text.replace('{"table":"edition"', '{"table":"ediction"'), "import.unknown_table"),
        (lambda _: '{"people": []}\n', "files.no_everything"),
        (lambda _: "[" * 100_000, "files.broken_json"),
        (lambda _: "Name,E-mail\n", "files.broken_json"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_leaves_nothing(sample: Path, tmp_path: Path, folder: Path, spoil, code: str) -> None:
    path = tmp_path / "all.json"
    with workspace.reading(sample, OPENING) as store:
        export_everything(store, path)
    path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
    with workspace.writing(folder, OPENING) as store:
        before = contents(store)
        with pytest.raises(KnownError) as caught:
            import_everything(store, path)
        assert caught.value.code == code
        assert contents(store) == before


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), max_size=14) | st.sampled_from(
    ["=1+1", "'=1+1", "@maya", "-", "+44 20 7946 0000", "=cmd|' /C calc'!A0", "007", "1.50", "1e5", "true", "_x000D_", "\t=1",
     " two  blanks ", "a\n\nb", "<b>&amp;", "'", "2026-11-24", "9780141439518"]
)  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx", ".ods"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_every_cell_comes_back_as_text(tmp_path: Path, ending: str, rows: list[tuple[str, str, str]]) -> None:
    path = tmp_path / f"cells{ending}"
    header = ("Name", "E-mail", "Notes")
    assert write_sheet(path, header, rows) == len(rows)
    table = open_table(path)
    assert table.header == header
    if ending == ".ods":  # a tab is a sign of its own there, which not every reader knows
        rows = [(one.replace("\t", ""), two.replace("\t", ""), three.replace("\t", "")) for one, two, three in rows]
    read = [
        tuple(cell.replace("\t", "") if ending == ".ods" else cell for cell in row.cells)
        for row in table.rows()
        if isinstance(row, Row)
    ]
    assert read == [row for row in rows if any(row)]


def test_what_a_sheet_cannot_hold_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    for ending, code in (
        (".doc", "exports.kind"),
        (".xlsx", "exports.cell_too_long"),
        (".ods", "exports.cell_too_long"),
    ):
        with pytest.raises(KnownError) as caught:
            write_sheet(tmp_path / f"a{ending}", ("A",), [("x" * 40_000,)])
        assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_export_leaves_what_was_there(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("before")
    job = Job()
    job.cancel()
    for write in (lambda: export_people(filled, path, job=job), lambda: export_cards(filled, path, job=job)):
        with pytest.raises(Cancelled):
            write()
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["people.csv"]


def person_told(store: Store, person: int) -> dict[str, object]:
    """What of a person goes into files, by content."""
    found = show_person(store, person)
    values = {
        name: found.values[name]
        for name in (
            "name",
            "given_name",
            "family_name",
            "greeting",
            "role",
            "organisation",
            "job_title",
            "phone",
            "language",
            "notes",
        )
    }
    places = {
        tuple(row[name] for name in ("line1", "line2", "city", "region", "postcode", "country"))
        for row in found.addresses
        if row["is_current"]
    }
    tastes = {(taste.side, taste.polarity, taste.subject) for taste in found.tastes if taste.polarity != "dislike"}
    return {
        **values,
        "emails": found.emails,
        "accounts": {row[:3] for row in found.accounts},
        "places": places,
        "tags": set(found.tags),
        "tastes": tastes,
    }


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx", "people.ods", "people.vcf", "people4.vcf"])
def test_people_come_back_as_they_were(sample: Path, tmp_path: Path, folder: Path, name: str) -> None:
    path = tmp_path / name
    with workspace.reading(sample, OPENING) as store:
        marked = {row.id for row in list_people(store) if row.suppressed}
        people = [row.id for row in list_people(store) if row.id not in marked]
        if name == "people4.vcf":
            export_cards(store, path, people, version="4.0")
        else:
            export_people(store, path, people)
        told = sorted(json.dumps(person_told(store, each), default=sorted, sort_keys=True) for each in people)
    with workspace.writing(folder, OPENING) as store:
        result = import_file(store, ImportKind.PEOPLE, path)
        assert (result.added, result.skipped, result.unused) == (len(people), 0, ())
        back = sorted(
            json.dumps(person_told(store, each.id), default=sorted, sort_keys=True) for each in Person.select()
        )
    assert [one for one, other in zip(back, told, strict=True) if one != other] == [
        other for one, other in zip(back, told, strict=True) if one != other
    ]


def test_cards_that_come_home_change_nobody(sample: Path, tmp_path: Path) -> None:
    import shutil

    mine = tmp_path / "mine"
    shutil.copytree(sample, mine)
    with workspace.writing(mine, OPENING) as store:
        people = Person.select().count()
        export_people(store, tmp_path / "people.vcf")
        result = import_file(store, ImportKind.PEOPLE, tmp_path / "people.vcf")
        assert (result.added, result.updated) == (0, 0)
        assert Person.select().count() == people
        assert ExternalId.select().where(ExternalId.source == "vcard").count() == 0
    text = (tmp_path / "people.vcf").read_bytes()
    assert text.count(b"\r\nUID:outreach-") == people
    assert max(map(len, text.split(b"\r\n"))) <= 75


def test_gifts_posts_and_marks_go_out_and_in(sample: Path, tmp_path: Path, folder: Path) -> None:
    with workspace.reading(sample, OPENING) as store:
        for kind, write in KINDS.items():
            write(store, tmp_path / f"{kind}.csv")
        gifts, posts = list_gifts(store), list_posts()
        marks = sorted(row.shown for row in Suppression.select())
        people = {row.name for row in list_people(store)}
    with workspace.writing(folder, OPENING) as store:
        import_file(store, ImportKind.CATALOGUE, tmp_path / "catalogue.csv")
        import_file(store, ImportKind.SUPPRESSIONS, tmp_path / "suppressions.csv")
        assert sorted(row.shown for row in Suppression.select()) == marks
        import_file(store, ImportKind.PEOPLE, tmp_path / "people.csv")
        result = import_file(store, ImportKind.GIFTS, tmp_path / "gifts.csv")
        here = {row.name for row in list_people(store)}
        back = {(row.person, row.title, row.state, row.deal) for row in list_gifts(store)}
        want = {(row.person, row.title, row.state, row.deal) for row in gifts if row.person in here}
        assert (back - want, want - back) == (set(), set())
        assert len(list_items(store)) >= 1
        import_file(store, ImportKind.POSTS, tmp_path / "posts.csv")
        urls = {row.url for row in list_posts() if row.url}
        assert urls == {row.url for row in posts if row.url and row.person in here}
        assert Letter.select().count() == 0
        assert people >= here
        assert result.skipped <= sum(row.person not in here for row in gifts)
        assert check(store) == []
