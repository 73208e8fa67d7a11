"""Backups: whole while someone writes, thinned with age, put back with the old one kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach.errors import KnownError
from outreach.jobs import Cancelled, Job
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.store import backup, workspace
from outreach.store.backup import Backup
from outreach.store.database import Store
from outreach.store.models import Person
from outreach.store.workspace import Opening

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def taken(*ages: timedelta) -> list[Backup]:
    return [Backup(Path(f"{number}.db"), NOW - age, 1) for number, age in enumerate(sorted(ages))]


def test_young_copies_all_stay() -> None:
    backups = taken(*(timedelta(hours=hour) for hour in range(48)))
    assert backup.kept_of(backups, NOW) == backups


def test_older_copies_are_thinned_to_days_weeks_and_months() -> None:
    kept = backup.kept_of(taken(*(timedelta(hours=6 * number) for number in range(4 * 800))), NOW)
    ages = [NOW - each.taken_at for each in kept]
    assert len([age for age in ages if timedelta(days=2) < age < timedelta(days=14)]) == 12
    assert timedelta(days=230) < max(ages) < timedelta(days=275)  # the newest of the ninth month
    assert len(kept) <= 9 + 12 + 10 + 9


def test_a_clock_that_jumps_ahead_deletes_nothing() -> None:
    backups = taken(*(timedelta(hours=hour) for hour in range(40)))
    assert backup.kept_of(backups, NOW + timedelta(days=400)) == backups


def test_copies_from_the_future_stay() -> None:
    backups = taken(timedelta(days=-30), timedelta(days=-1))
    assert backup.kept_of(backups, NOW) == backups


def test_a_workspace_with_people_is_backed_up_once_a_day(folder: Path, tmp_path: Path) -> None:
    moments = [NOW, NOW, NOW + timedelta(hours=3), NOW + timedelta(hours=25)]
    for number, moment in enumerate(moments):
        with workspace.writing(folder, Opening(clock=lambda at=moment: at)) as store:
            people.add_person(store, NewPerson(f"Person {number}"))
    # None for the empty workspace, one at the second opening, one a day later.
    assert len(backup.listed(folder / "backups")) == 2


def test_restoring_keeps_what_was_replaced(folder: Path, opening: Opening) -> None:
    with workspace.writing(folder, opening) as store:
        people.add_person(store, NewPerson("Maya"))
        copy = workspace.back_up(store)
        people.add_person(store, NewPerson("Rosa"))
    kept = workspace.restore(folder, copy, opening).kept
    with workspace.reading(folder, opening):
        assert [row.name for row in Person.select()] == ["Maya"]
    workspace.restore(folder, kept, opening)
    with workspace.reading(folder, opening):
        assert [row.name for row in Person.select()] == ["Maya", "Rosa"]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_no_backup_is_not_put_back(folder: Path, opening: Opening, tmp_path: Path, content: bytes) -> None:
    before = (folder / "outreach.db").read_bytes()
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(KnownError):
        workspace.restore(folder, tmp_path / "x.db", opening)
    assert (folder / "outreach.db").read_bytes() == before


def test_a_stopped_backup_leaves_no_file(store: Store, folder: Path) -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        backup.copy(store.db, folder / "backups" / "2026-11-24T120000Z.db", job)
    assert list((folder / "backups").iterdir()) == []
