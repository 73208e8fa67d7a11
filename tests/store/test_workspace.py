"""Opening a workspace: what is let in, what is refused with one sentence, and that refusing changes nothing."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from outreach.changes import Op
from outreach.errors import KnownError
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.services.workspaces.workspaces import check, new_workspace
from outreach.store import backup, schema, workspace
from outreach.store.database import Store
from outreach.store.models import Person
from outreach.store.workspace import Opening
from outreach.wording import Words
from tests.conftest import NOW


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(folder: Path, *, write: bool = True) -> KnownError:
    opening = Opening(clock=lambda: NOW)
    mode = workspace.writing if write else workspace.reading
    with pytest.raises(KnownError) as caught, mode(folder, opening):
        pass
    assert Words("en_GB").trouble(caught.value)
    return caught.value


def test_a_new_workspace_is_private_and_sound(folder: Path, opening: Opening) -> None:
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
    with workspace.reading(folder, opening) as store:
        assert check(store) == []


def test_a_second_workspace_in_the_same_folder_is_refused(folder: Path, opening: Opening) -> None:
    with pytest.raises(KnownError) as caught:
        new_workspace(folder, opening)
    assert caught.value.code == "workspace.exists"


def test_files_that_others_could_read_are_tightened(folder: Path, opening: Opening) -> None:
    folder.chmod(0o755)
    (folder / "outreach.db").chmod(0o644)
    with workspace.writing(folder, opening):
        assert (folder / "outreach.db").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("write", [True, False])
def test_a_missing_workspace_is_not_made_up(tmp_path: Path, write: bool) -> None:
    assert refused(tmp_path / "nowhere", write=write).code == "workspace.missing"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workspace.empty"),
        (b"Name,E-mail\r\n", "workspace.not_a_database"),
        (b"SQLite format 3\x00" + b"\x00" * 84, "workspace.foreign"),
    ],
)
def test_another_file_in_its_place_is_refused_untouched(folder: Path, content: bytes, code: str, write: bool) -> None:
    path = folder / "outreach.db"
    path.write_bytes(content)
    assert refused(folder, write=write).code == code
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_untouched(folder: Path) -> None:
    path = folder / "outreach.db"
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    before = digest(path)
    assert refused(folder).code == "workspace.foreign"
    assert digest(path) == before


def test_a_link_is_refused(folder: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.db"
    (folder / "outreach.db").rename(real)
    (folder / "outreach.db").symlink_to(real)
    assert refused(folder).code == "workspace.link"
    (folder / "outreach.db").unlink()
    os.link(real, folder / "outreach.db")
    assert refused(folder).code == "workspace.link"


def test_a_newer_workspace_is_refused_untouched(folder: Path) -> None:
    path = folder / "outreach.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = digest(path)
    error = refused(folder)
    assert (error.code, error.facts["found"]) == ("workspace.newer", 9999)
    assert digest(path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON gift BEGIN DELETE FROM person; END",
        "CREATE VIEW person_view AS SELECT * FROM person",
        "DROP TABLE headcount",
        "CREATE INDEX extra ON person (phone)",
        "ALTER TABLE person ADD COLUMN shoe_size INTEGER",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(folder: Path, statement: str) -> None:
    path = folder / "outreach.db"
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    before = digest(path)
    assert refused(folder).code == "workspace.wrong_schema"
    assert refused(folder, write=False).code == "workspace.wrong_schema"
    assert digest(path) == before


def test_a_damaged_workspace_is_refused_with_the_way_back(folder: Path, opening: Opening) -> None:
    with workspace.writing(folder, opening) as store:
        for number in range(300):
            people.add_person(store, NewPerson(f"Person {number}", [f"p{number}@example.org"]))
        copy = workspace.back_up(store)
    path = folder / "outreach.db"
    raw = bytearray(path.read_bytes())
    for page in range(3, len(raw) // 4096, 3):
        raw[page * 4096 : page * 4096 + 64] = b"\xff" * 64
    path.write_bytes(bytes(raw))
    before = digest(path)
    assert refused(folder).code == "workspace.damaged"
    assert digest(path) == before
    kept = workspace.restore(folder, copy, opening).kept
    assert digest(kept) == before
    with workspace.reading(folder, opening) as store:
        assert Person.select().count() == 300
        assert check(store) == []


def test_one_writer_at_a_time_and_readers_beside_it(
    folder: Path, opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys; from pathlib import Path; from outreach.store import workspace\n"
        "from outreach.store.workspace import Opening\n"
        "with workspace.writing(Path(sys.argv[1]), Opening(program='window')):\n"
        "    print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        error = refused(folder)
        assert (error.code, error.facts["pid"], error.facts["program"]) == ("workspace.locked", other.pid, "window")
        with workspace.reading(folder, opening):
            assert Person.select().count() == 0
        other.kill()  # a lock dies with its holder
    with workspace.writing(folder, opening):
        pass


def test_writers_in_a_row_wait_for_each_other(folder: Path, opening: Opening) -> None:
    code = (
        "import sys; from pathlib import Path; from outreach.store import workspace\n"
        "from outreach.services.people.people import NewPerson, add_person\n"
        "from outreach.store.workspace import Opening\n"
        "for n in range(10):\n"
        "    with workspace.writing(Path(sys.argv[1]), Opening()) as store:\n"
        "        add_person(store, NewPerson(f'{sys.argv[2]} {n}'))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(folder), name]) for name in "abc"]
    assert [process.wait(50) for process in running] == [0, 0, 0]
    with workspace.reading(folder, opening):
        assert Person.select().count() == 30


def _as_nobody(act: Callable[[], int]) -> int:
    """Run something as a user who owns nothing, and return its answer."""
    child = os.fork()
    if child == 0:
        answer = 255
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            answer = act()
        finally:
            os._exit(answer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_folder_that_cannot_be_written_is_read_all_the_same(folder: Path) -> None:
    place = Path(tempfile.mkdtemp(dir="/var/tmp")) / "workspace"
    shutil.copytree(folder, place)
    place.parent.chmod(0o755)
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)

    def act() -> int:
        with workspace.reading(place, Opening()):
            count = Person.select().count()
        try:
            with workspace.writing(place, Opening()):
                return 254
        except KnownError as error:
            return int(count + 7 if error.code == "workspace.read_only" else 253)

    schema.expected(1)  # loads what is loaded late, while it still can be
    try:
        assert _as_nobody(act) == 7
    finally:
        place.chmod(0o755)
        shutil.rmtree(place.parent, ignore_errors=True)


def test_the_models_have_the_columns_of_the_migrations(store: object) -> None:
    from outreach.store.marks import OWN_TABLES
    from outreach.store.models import TABLES

    names = {name.partition(" ")[2] for name in schema.expected(schema.latest_version()) if name.startswith("table ")}
    names = {name for name in names if "_search" not in name and "_infix" not in name}
    assert names == {table._meta.table_name for table in TABLES} | OWN_TABLES
    for table in TABLES:
        columns = [row[1] for row in table._meta.database.execute_sql(f"PRAGMA table_info({table._meta.table_name})")]
        assert columns == [field.column_name for field in table._meta.sorted_fields], table


def test_backups_are_listed_newest_first(folder: Path) -> None:
    names = ["2026-11-20T080000Z.db", "2026-11-24T080000Z.db", "2026-11-22T080000Z-before-0002.db", "notes.db"]
    for name in names:
        (folder / "backups" / name).touch()
    assert [each.path.name for each in backup.listed(folder / "backups")] == [names[1], names[2], names[0]]


def test_what_was_read_once_is_kept_until_anybody_writes(folder: Path, opening: Opening) -> None:
    read: list[int] = []

    def count(store: Store) -> int:
        return store.once("people", lambda: read.append(Person.select().count()) or read[-1])

    with workspace.writing(folder, opening) as store:
        assert [count(store), count(store)] == [0, 0]
        people.add_person(store, NewPerson("Maya"))
        assert [count(store), count(store), len(read)] == [1, 1, 2]
        with pytest.raises(RuntimeError, match="taken back"), store.operation(Op.ADD_PERSON):
            Person.insert(name="Rosa", sort_name="rosa", name_key="rosa", created_at="", updated_at="").execute()
            assert count(store) == 2
            raise RuntimeError("taken back")
        assert count(store) == 1
        with sqlite3.connect(folder / workspace.DATABASE) as elsewhere:
            elsewhere.execute("PRAGMA recursive_triggers = 1")
            elsewhere.execute("DELETE FROM person")
        elsewhere.close()
        assert [count(store), count(store), len(read)] == [0, 0, 5]


def test_only_who_writes_holds_much_of_the_file_in_memory(folder: Path, opening: Opening) -> None:
    """Four threads read beside it, and a window on many people is to stay small."""
    with workspace.held(folder, opening) as store:
        with ThreadPoolExecutor(1, initializer=store.open_writer) as writer:
            held = writer.submit(lambda: store.rows("PRAGMA cache_size")).result()
            writer.submit(store.close).result()
        assert held == [(-65536,)]
        with ThreadPoolExecutor(1, initializer=store.open_reader) as reader:
            found = reader.submit(lambda: store.rows("PRAGMA cache_size") + store.rows("PRAGMA query_only")).result()
            reader.submit(store.close).result()
        assert found == [(-8192,), (1,)]
