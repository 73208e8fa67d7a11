"""Backups hold the files that they need, each once, and bring them back; so does the whole workspace as a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.services.catalogue.covers import cover_path, prepare_cover, set_cover
from outreach.services.exporting.everything import export_everything, import_everything
from outreach.services.people.documents import documents_of, keep_document, remove_document
from outreach.services.people.people import NewPerson, add_person
from outreach.services.workspaces.workspaces import check, new_workspace
from outreach.store import backup, backup_files, workspace
from outreach.store.database import Store
from outreach.store.models import Item
from outreach.store.workspace import Opening
from tests.conftest import contents

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
COVER = Path(__file__).parents[2] / "docs" / "screenshots"


def with_files(store: Store, tmp_path: Path) -> tuple[Path, Path]:
    """A workspace with a cover and a document: where they lie."""
    item = Item.create(title="Salt", title_key="salt", sort_title="salt", created_at="x", updated_at="x")
    set_cover(store, item.id, prepare_cover(store.folder, next(COVER.glob("*.png"))))
    maya, _ = add_person(store, NewPerson("Maya"))
    (tmp_path / "kit.pdf").write_bytes(b"press kit" * 200_000)
    keep_document(store, maya, tmp_path / "kit.pdf")
    document = documents_of(store, maya)[0].path
    assert document is not None
    return cover_path(store.folder, Item.get().cover), document


def test_a_backup_brings_its_files_back(folder: Path, opening: Opening, tmp_path: Path) -> None:
    with workspace.writing(folder, opening) as store:
        cover, document = with_files(store, tmp_path)
        copy = workspace.back_up(store)
        kept = sorted((folder / "backups" / "files").rglob("*.*"))
        assert {path.name for path in kept} == {cover.name, document.name}
        assert all(not path.stat().st_mode & 0o077 for path in kept)
        times = [path.stat().st_mtime_ns for path in kept]
        workspace.back_up(store)
        assert [path.stat().st_mtime_ns for path in kept] == times, "what is there costs nothing"
        assert check(store) == []
    cover.unlink()
    document.write_bytes(b"something else")
    with workspace.reading(folder, opening) as store:
        assert [(each.code, each.count) for each in check(store)] == [
            ("check.file_missing", 1),
            ("check.file_damaged", 1),
        ]
    restored = workspace.restore(folder, copy, opening)
    assert restored.lost == ()
    assert document.read_bytes() == b"press kit" * 200_000
    with workspace.reading(folder, opening) as store:
        assert check(store) == []


def test_a_file_that_is_whole_nowhere_is_told(folder: Path, opening: Opening, tmp_path: Path) -> None:
    with workspace.writing(folder, opening) as store:
        cover, document = with_files(store, tmp_path)
        copy = workspace.back_up(store)
    document.unlink()
    (folder / "backups" / document.relative_to(folder)).write_bytes(b"damaged")
    restored = workspace.restore(folder, copy, opening)
    assert [each.name for each in restored.lost] == [document.name]
    assert cover.exists()


def test_a_damaged_file_does_not_take_the_place_of_a_whole_one(folder: Path, opening: Opening, tmp_path: Path) -> None:
    with workspace.writing(folder, opening) as store:
        _, document = with_files(store, tmp_path)
        document.write_bytes(b"damaged before it was kept")
        workspace.back_up(store)
    assert not (folder / "backups" / document.relative_to(folder)).exists()


def test_files_that_no_backup_needs_go(folder: Path, tmp_path: Path) -> None:
    with workspace.writing(folder, Opening(clock=lambda: NOW)) as store:
        with_files(store, tmp_path)
        first = workspace.back_up(store)
        remove_document(store, 1)
    kept = folder / "backups" / "files"
    with workspace.writing(folder, Opening(clock=lambda: NOW + timedelta(hours=1))) as store:
        workspace.back_up(store)
        assert len(list(kept.rglob("*.*"))) == 2
        first.unlink()
        names = [each.path for each in backup.listed(folder / "backups")]
        assert backup_files.sweep(folder / "backups", backup_files.needed(store.rows), names) == 1
    assert [path.suffix for path in kept.rglob("*.*")] == [".jpg"], "the cover is still needed"
    (folder / "backups" / "2027-01-01T000000Z.db").write_bytes(b"damaged")
    names = [each.path for each in backup.listed(folder / "backups")]
    assert backup_files.sweep(folder / "backups", set(), names) == 0, "whatever cannot be read may need them"


def test_the_whole_workspace_takes_its_files_along(folder: Path, opening: Opening, tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    with workspace.writing(folder, opening) as store:
        cover, document = with_files(store, tmp_path)
        moved = export_everything(store, path)
        before = contents(store)
    other = tmp_path / "other"
    new_workspace(other, opening)
    files = {each.relative_to(folder): each.read_bytes() for each in (cover, document)}
    with workspace.writing(other, opening) as store:
        spoilt = tmp_path / "spoilt.json"
        spoilt.write_text(path.read_text().replace(f'["files/{cover.name[:2]}/', '["../x/', 1))
        with pytest.raises(KnownError) as caught:
            import_everything(store, spoilt)
        assert caught.value.code == "import.bad_row"
        assert import_everything(store, path, dry_run=True).rows == moved.rows
        assert not [each for each in (other / "files").rglob("*") if each.is_file()]
        import_everything(store, path)
        assert contents(store) == before
        assert {name: (other / name).read_bytes() for name in files} == files
        assert check(store) == []
