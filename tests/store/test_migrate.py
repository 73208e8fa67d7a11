"""Migrations: applied whole or put back, children kept, released workspaces brought up to date."""

import lzma
import shutil
import sqlite3
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.workspaces.workspaces import check
from outreach.store import schema, workspace
from outreach.store.connection import WRITER_PRAGMAS
from outreach.store.fingerprints import FINGERPRINTS
from outreach.store.migrate import migrate
from outreach.store.workspace import Opening

RELEASED = Path(__file__).parent.parent / "migrations"


@pytest.fixture
def populated(folder: Path, opening: Opening) -> Path:
    with workspace.writing(folder, opening) as store:
        for number in range(20):
            people.add_person(store, NewPerson(f"Person {number}", [f"p{number}@example.org"], tags=["YA"]))
    return folder


def migrations_with(tmp_path: Path, body: str) -> Path:
    place = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, place, ignore=shutil.ignore_patterns("__pycache__"))
    (place / "0099_next.py").write_text(body, encoding="utf-8")
    return place


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_a_migration_is_applied_and_the_copy_before_it_kept(populated: Path, tmp_path: Path) -> None:
    body = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT')\n"
    path = populated / "outreach.db"
    before = dump(path)
    assert (
        migrate(path, populated / "backups", stamp="2026-11-24T120000Z", migrations=migrations_with(tmp_path, body))
        == 99
    )
    assert dump(populated / "backups" / f"2026-11-24T120000Z-before-{schema.latest_version() + 1:04}.db") == before
    connection = sqlite3.connect(path)
    assert schema.version_of(connection) == 99
    assert connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    "body",
    [
        "def up(migrator, db):\n    db.execute_sql('DELETE FROM person')\n",
        "def up(migrator, db):\n    db.execute_sql('ALTER TABLE person ADD COLUMN x')\n    raise ValueError('no')\n",
        "def up(migrator, db):\n    db.execute_sql('UPDATE email_address SET person_id = 999')\n",
        "def up(migrator, db):\n    db.execute_sql('SELECT * FROM nothing')\n",
        "this is no python\n",
    ],
    ids=["loses rows", "raises", "dangles", "bad sql", "no python"],
)
def test_a_migration_that_fails_leaves_the_file_as_it_was(populated: Path, tmp_path: Path, body: str) -> None:
    path = populated / "outreach.db"
    before = dump(path)
    with pytest.raises(KnownError) as caught:
        migrate(path, populated / "backups", stamp="2026-11-24T120000Z", migrations=migrations_with(tmp_path, body))
    assert caught.value.code == "workspace.migration_failed"
    assert dump(path) == before
    with workspace.writing(populated, Opening()) as store:
        assert check(store) == []


def test_a_rebuilt_table_keeps_its_children(populated: Path, tmp_path: Path) -> None:
    """Outside a migration context SQLite would empty every table that refers to the rebuilt one."""
    assert WRITER_PRAGMAS["foreign_keys"] == 1
    body = (
        "def up(migrator, db):\n"
        "    db.execute_sql('CREATE TABLE other AS SELECT * FROM person')\n"
        "    db.execute_sql('DROP TABLE person')\n"
        "    db.execute_sql('ALTER TABLE other RENAME TO person')\n"
    )
    path = populated / "outreach.db"
    with pytest.raises(KnownError):  # the copy has no key to refer to, which is found and undone
        migrate(path, populated / "backups", stamp="2026-11-24T120000Z", migrations=migrations_with(tmp_path, body))
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM email_address").fetchone() == (20,)
    connection.close()


def test_every_migration_has_a_released_workspace_before_it() -> None:
    """The workspace of a version is kept when the next version comes, populated, to be brought up to date for ever."""
    kept = {int(path.name[:4]) for path in RELEASED.glob("*.db.xz")}
    assert kept >= set(range(1, schema.latest_version() + 1))


@pytest.mark.parametrize("path", sorted(RELEASED.glob("*.db.xz")), ids=lambda path: path.name)
def test_a_released_workspace_is_brought_up_to_date_without_loss(path: Path, tmp_path: Path, opening: Opening) -> None:
    folder = tmp_path / "released"
    folder.mkdir()
    (folder / "outreach.db").write_bytes(lzma.decompress(path.read_bytes()))
    connection = sqlite3.connect(folder / "outreach.db")
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    connection.close()
    assert before["person"] >= 100
    with workspace.writing(folder, opening) as store:
        assert check(store) == []
        after = {name: store.rows(f"SELECT count(*) FROM {name}")[0][0] for name in names}
        assert {name: count for name, count in after.items() if count < before[name]} == {}
        found = schema.described(store.db)
    assert schema.differences(found, schema.expected(schema.latest_version())) == []


def test_the_highest_number_is_known() -> None:
    """Forgetting to bump what is released beside a new migration would go unnoticed."""
    assert schema.latest_version() == 20


def test_the_fingerprints_are_those_of_the_migrations() -> None:
    """A wrong one would only make each start slow, which no other test would notice."""
    made = {version: schema.fingerprint(schema.expected(version)) for version in range(1, schema.latest_version() + 1)}
    assert made == FINGERPRINTS


def test_a_start_does_not_make_the_schema_anew(
    populated: Path, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(version: int) -> dict[str, str]:
        raise AssertionError(version)

    monkeypatch.setattr(schema, "expected", never)
    with workspace.reading(populated, opening) as store:
        assert schema.wrong_in(schema.described(store.db), schema.latest_version()) == []
        assert store.rows("SELECT count(*) FROM person") == [(20,)]


def test_a_schema_of_another_fingerprint_is_told_by_name() -> None:
    found = {**schema.expected(1), "table stray": "CREATE TABLE stray (id)"}
    assert schema.wrong_in(found, 1) == ["table stray"]
