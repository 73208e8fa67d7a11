"""The arrays that are kept say what building them anew says; what is not theirs, or not whole, is not used."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from outreach.changes import Op
from outreach.jobs import Job
from outreach.services.catalogue import catalogue
from outreach.services.matching import Match, storing
from outreach.services.matching.building import Arrays, arrays
from outreach.services.matching.choosing import lookalikes, match_person, unexpected
from outreach.services.matching.context import context
from outreach.services.matching.gathering import gather
from outreach.services.matching.ranking import Board, board, match_item
from outreach.services.people import forgetting, people
from outreach.services.people.people import NewPerson
from outreach.services.sample.fill import fill
from outreach.services.workspaces.workspaces import new_workspace
from outreach.store import workspace
from outreach.store.database import Store
from outreach.store.models import Item, Person, ReadingSubject, TasteNote
from outreach.store.workspace import Opening
from tests.conftest import NOW

OPENING = Opening(clock=lambda: NOW, by="HO")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("storing") / "workspace"
    new_workspace(place, OPENING)
    with workspace.writing(place, OPENING) as store:
        fill(store, people=90, seed=5, job=Job())
    return place


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(made, tmp_path / "w")
    with workspace.writing(tmp_path / "w", OPENING) as opened:
        yield opened


def cached(store: Store) -> list[Path]:
    place = store.folder / "cache" / "match"
    return sorted(place.iterdir()) if place.is_dir() else []


def built_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often the arrays are built from now on."""
    times: list[int] = []
    real = storing.arrays

    def counted(known: object) -> Arrays:
        times.append(1)
        return real(known)  # type: ignore[arg-type]

    monkeypatch.setattr(storing, "arrays", counted)
    return times


def match(store: Store, built: Arrays, title: str = "Daughters of the Tidewall") -> Match:
    return match_item(store, Item.get(Item.title == title).id, on=Board(built, context(store.today())))


def test_what_is_kept_says_exactly_what_was_built(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = storing.arrays_of(store)
    times = built_anew(monkeypatch)
    again = storing.arrays_of(store)
    assert not times, "it was mapped, not built"
    (folder,) = cached(store)
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    for title in ("Daughters of the Tidewall", "The Glass Heron"):
        assert match(store, again, title) == match(store, first, title)
    one, other = (Board(each, context(store.today())) for each in (first, again))
    item = Item.get(Item.title == "The Glass Heron").id
    assert unexpected(store, item, on=one) == unexpected(store, item, on=other)
    for person in [row[0] for row in Person.select(Person.id).limit(20).tuples()]:
        assert lookalikes(store, person, on=one) == lookalikes(store, person, on=other)
        assert match_person(store, person, on=one, limit=3) == match_person(store, person, on=other, limit=3)


def test_what_is_known_is_the_same_in_columns(store: Store) -> None:
    known = gather(store.today())
    storing.arrays_of(store)
    (found, _) = storing.kept(store) or pytest.fail("nothing is kept")
    for part in ("read", "own", "audience", "audience_words", "limits", "refused"):
        mine, theirs = getattr(known, part), getattr(found.known, part)
        assert {person: theirs[person] for person in theirs} == dict(mine), part
        about = {each for held in mine.values() for each in list(held)[:1]}
        assert sorted(theirs.having(about)) == sorted(mine.having(about)), part
        assert theirs.get(-1) is None
        assert -1 not in theirs
    assert list(found.known.books) == known.books
    assert (found.known.by_title, found.known.thin) == (known.by_title, known.thin)
    assert (found.known.people, found.known.of_item, found.known.today) == (known.people, known.of_item, known.today)


def test_a_changed_row_renews_one_person(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = [fit.person_id for fit in match(store, storing.arrays_of(store)).fits]
    times = built_anew(monkeypatch)
    with store.operation(Op.NOTE_TASTE):
        TasteNote.create(
            person=fine[-1], side="own", polarity="limit", kind="genre", subject="ya-fantasy", key="ya-fantasy"
        )
    people.edit_person(store, fine[0], {"notes": "Moved to Leith."})
    renewed = storing.arrays_of(store)
    assert not times
    shown = match(store, renewed)
    assert fine[-1] in {each.person_id for each in shown.never_shown}
    assert shown.never_shown == match(store, arrays(gather(store.today()))).never_shown
    assert len(cached(store)) == 1


def test_what_cannot_be_told_is_built_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    storing.arrays_of(store)
    times = built_anew(monkeypatch)
    person, _ = people.add_person(store, NewPerson("Nell Harrow", ["nell@example.org"]))
    assert person in storing.arrays_of(store).row
    item, _ = catalogue.add_item(store, "A New One", {"author": "Safiya Renn"}, genres=["ya-fantasy"])
    assert item in storing.arrays_of(store).known.of_item
    store.undo(2)
    assert item not in storing.arrays_of(store).known.of_item
    with store.operation(Op.EDIT_PERSON):
        ReadingSubject.delete().where(ReadingSubject.kind == "genre").execute()
    storing.arrays_of(store)
    assert len(times) == 4
    storing.arrays_of(store)
    assert len(times) == 4
    assert len(cached(store)) == 1, "what is of no use any more is gone"


@pytest.mark.parametrize("damage", ["flipped", "cut", "no meta", "bad meta", "foreign", "empty"])
def test_what_is_damaged_is_built_anew(store: Store, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = match(store, storing.arrays_of(store))
    (folder,) = cached(store)
    path = folder / "people.lift.npy"
    content = bytearray(path.read_bytes())
    match damage:
        case "flipped":
            content[-9] ^= 0x40
            path.write_bytes(content)
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "no meta":
            (folder / "meta.json").unlink()
        case "bad meta":
            (folder / "meta.json").write_text('{"mark": [1', encoding="utf-8")
        case "foreign":
            np.save(path, np.array([{"a": 1}], dtype=object), allow_pickle=True)
        case "empty":
            shutil.rmtree(folder)
            folder.mkdir()
    times = built_anew(monkeypatch)
    assert match(store, storing.arrays_of(store)) == before
    assert times == [1]
    assert match(store, storing.arrays_of(store)) == before
    assert times == [1]


def test_a_backup_that_was_put_back_is_another_history(made: Path, tmp_path: Path) -> None:
    """It comes as far as what is kept, by another way."""
    folder = tmp_path / "w"
    shutil.copytree(made, folder)
    with workspace.writing(folder, OPENING) as store:
        copy = workspace.back_up(store)
        first, _ = people.add_person(store, NewPerson("Nell Harrow", ["nell@example.org"]))
        assert first in storing.arrays_of(store).row
    workspace.restore(folder, copy, OPENING)
    with workspace.writing(folder, OPENING) as store:
        other = Person.select(Person.id).order_by(Person.id)[0].id
        people.edit_person(store, other, {"notes": "Moved to Leith."})
        assert first not in storing.arrays_of(store).row


def test_who_is_forgotten_is_in_no_file(store: Store, tmp_path: Path) -> None:
    person, _ = people.add_person(store, NewPerson("Nell Harrow", ["nell@example.org"]))
    with store.operation(Op.NOTE_TASTE):
        TasteNote.create(
            person=person, side="own", polarity="like", kind="comp", subject="The Quiet Harrow", key="the quiet harrow"
        )
    storing.arrays_of(store)
    assert any(b"The Quiet Harrow" in path.read_bytes() for path in cached(store)[0].iterdir())
    forgetting.forget_person(store, person, logs=tmp_path)
    assert not (store.folder / "cache").exists()
    assert person not in storing.arrays_of(store).row


def test_opened_for_a_look_nothing_is_written(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "w")
    with workspace.looked_at(tmp_path / "w", OPENING) as looked:
        looked.open_reader()
        assert storing.arrays_of(looked).row
        looked.close()
    assert not (tmp_path / "w" / "cache").exists()


def test_a_link_in_its_place_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (store.folder / "cache").symlink_to(tmp_path / "elsewhere")
    assert storing.arrays_of(store).row
    assert not list((tmp_path / "elsewhere").iterdir())


def test_few_people_need_no_files(store: Store) -> None:
    board(store)
    assert not cached(store)
