"""Marks say which rows were touched since, whatever touched them; of another history they say nothing."""

from outreach.changes import Op
from outreach.services.people import people
from outreach.services.people.people import NewPerson
from outreach.store import marks
from outreach.store.database import Store
from outreach.store.marks import Mark
from outreach.store.models import Person, TasteNote


def since(store: Store, mark: Mark) -> dict[str, frozenset[int] | None] | None:
    return marks.since(store.db, mark)


def test_an_operation_undo_and_redo_mark_their_rows(store: Store) -> None:
    start = marks.newest(store.db)
    assert since(store, start) == {}
    person, _ = people.add_person(store, NewPerson("Nell Harrow", ["nell@example.org"]))
    assert since(store, start) == {"person": {person}}, "what the match does not read is not marked"
    added = marks.newest(store.db)
    with store.operation(Op.NOTE_TASTE):
        note = TasteNote.create(person=person, side="own", polarity="like", kind="genre", subject="x", key="x").id
    assert since(store, added) == {"taste_note": {note}}
    for step in (store.undo, store.redo):
        before = marks.newest(store.db)
        assert step()
        assert since(store, before) == {"taste_note": {note}}


def test_what_is_rolled_back_leaves_no_mark(store: Store) -> None:
    people.add_person(store, NewPerson("Nell Harrow", ["nell@example.org"]))
    start = marks.newest(store.db)
    try:
        with store.operation(Op.EDIT_PERSON):
            Person.update(notes="Moved").execute()
            raise KeyError
    except KeyError:
        pass
    assert marks.newest(store.db) == start


def test_many_rows_are_one_mark_and_old_marks_go(store: Store) -> None:
    start = marks.newest(store.db)
    marks.note(store.db, {"person": range(1, 202), "gift": None, "letter": {1}})
    assert since(store, start) == {"person": None, "gift": None}
    assert marks.newest(store.db).id == start.id + 2
    for number in range(30):
        marks.note(store.db, {"post": range(1 + 100 * number, 101 + 100 * number)})
    assert store.rows("SELECT count(*) FROM change_mark") == [(2000,)]
    assert since(store, start) is None, "it is not told any more what came since"


def test_another_history_is_told_by_its_nonce(store: Store) -> None:
    newest = marks.newest(store.db)
    assert since(store, Mark(newest.id, "0" * 16)) is None
    assert since(store, Mark(newest.id + 1, newest.nonce)) is None
